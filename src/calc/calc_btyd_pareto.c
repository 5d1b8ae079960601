/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pareto/NBD in the positive-term form: with q = r+s+x and z_t = |α−β|/(max(α,β)+t),
 *   L/C = Y_T·[ c_T + c_x·Y_x/Y_T ],   Y_t = (α+t)^−(r+x) (β+t)^−s,
 *   α ≥ β: c_T = (r+x)/q·(β+T)/(α+T)·F(1,r+x+1;q+1;z_T),  c_x = s/q·F(1,r+x;q+1;z_x)
 *   β > α: c_T = (r+x)/q·F(1,s;q+1;z_T),                  c_x = s/q·(α+t_x)/(β+t_x)·F(1,s+1;q+1;z_x).
 * No subtraction, so nothing cancels at t_x = T or α = β and nothing overflows at large x. */
#include "calc_btyd_int.h"
#include "calc_special.h"
#include <math.h>

/* F(1,u;c;z) = Σ (u)_n/(c)_n zⁿ for 0 < u < c: all terms positive, the ratio below z. */
static double f1(double u, double c, double z)
{
    double term = 1, sum = 1;
    for (double n = 0; term > 1e-17 * sum; n += 1) sum += term *= (u + n) / (c + n) * z;
    return sum;
}

double calc_pareto_c_T(const double *par, double x, double T)
{
    const double alpha = par[1], beta = par[3], rx = par[0] + x, q = rx + par[2];
    if (alpha >= beta) return rx / q * (beta + T) / (alpha + T) * f1(rx + 1, q + 1, (alpha - beta) / (alpha + T));
    return rx / q * f1(par[2], q + 1, (beta - alpha) / (beta + T));
}

double calc_pareto_c_x(const double *par, double x, double tx)
{
    const double alpha = par[1], s = par[2], beta = par[3], rx = par[0] + x, q = rx + s;
    if (alpha >= beta) return s / q * f1(rx, q + 1, (alpha - beta) / (alpha + tx));
    return s / q * (alpha + tx) / (beta + tx) * f1(s + 1, q + 1, (beta - alpha) / (beta + tx));
}

double calc_pareto_ln_alive(const double *par, int32_t x, double tx, double T)
{
    const double r = par[0], alpha = par[1], s = par[2], beta = par[3], rx = r + x;
    double lsum;
    if (fabs(alpha - beta) > 0.9 * (fmax(alpha, beta) + tx)) { /* the series would be long */
        lsum = calc_pareto_ln_integral(par, x, tx, T);
    } else {
        const double cT = calc_pareto_c_T(par, x, T), cx = calc_pareto_c_x(par, x, tx);
        const double up = rx * log1p((T - tx) / (alpha + tx)) + s * log1p((T - tx) / (beta + tx)); /* ln Y_x/Y_T */
        lsum = up + log(cx + cT * exp(-up));
    }
    return fmin(0, -lsum);
}

double calc_pareto_loglik1(const double *par, int32_t x, double tx, double T)
{
    return calc_nbd_loglik1(par, x, T) - par[2] * log1p(T / par[3]) - calc_pareto_ln_alive(par, x, tx, T);
}

double calc_pareto_log_mean_alive(const double *par, int32_t x, double T, double t)
{
    const double B = par[3] + T;
    return log((par[0] + x) * B / (par[1] + T)) + log(calc_expm1_ratio(par[2] - 1, -log1p(t / B)));
}
