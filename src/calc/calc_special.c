/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_special.h"
#include <math.h>

double calc_ln_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign); /* lgamma would write the global signgam */
}

double calc_digamma(double x)
{
    double s = 0.0;
    while (x < 12.0) {
        s -= 1.0 / x;
        x += 1.0;
    }
    const double i2 = 1.0 / (x * x);
    const double t = i2 * (1.0 / 12 - i2 * (1.0 / 120 - i2 * (1.0 / 252 - i2 * (1.0 / 240 - i2 * (1.0 / 132 -
                     i2 * (691.0 / 32760 - i2 / 12))))));
    return s + log(x) - 0.5 / x - t;
}

double calc_trigamma(double x)
{
    double s = 0.0;
    while (x < 12.0) {
        s += 1.0 / (x * x);
        x += 1.0;
    }
    const double i = 1.0 / x, i2 = i * i;
    const double t = i2 * (1.0 / 6 - i2 * (1.0 / 30 - i2 * (1.0 / 42 - i2 * (1.0 / 30 - i2 * (5.0 / 66 -
                     i2 * (691.0 / 2730 - i2 * 7 / 6))))));
    return s + i * (1.0 + 0.5 * i + t);
}

/* Stirling's remainder: lnΓ(x) − [(x−½)ln x − x + ½ ln 2π]; x ≥ 10. */
static double stirling(double x)
{
    const double i = 1.0 / x, i2 = i * i;
    return i * (1.0 / 12 - i2 * (1.0 / 360 - i2 * (1.0 / 1260 - i2 * (1.0 / 1680 - i2 * (1.0 / 1188 -
           i2 * (691.0 / 360360 - i2 / 156))))));
}

double calc_ln_beta(double a, double b)
{
    if (a > b) {
        const double t = a;
        a = b;
        b = t;
    }
    if (b < 10.0) return calc_ln_gamma(a) + calc_ln_gamma(b) - calc_ln_gamma(a + b);
    /* lnΓ(b) − lnΓ(a+b) without forming either */
    const double db = stirling(b) - stirling(a + b);
    if (a < 10.0)
        return calc_ln_gamma(a) + db - (b - 0.5) * log1p(a / b) - a * log(a + b) + a;
    return 0.5 * log(2 * M_PI) + stirling(a) + db - 0.5 * log(b) + (a - 0.5) * log(a / (a + b)) - b * log1p(a / b);
}

calc_rising calc_ln_rising(double a, double n)
{
    calc_rising r = {0, 0, 0};
    if (n <= 64.0) {
        const int m = (int)n;
        for (int j = 0; j < m; j++) {
            const double v = a + j, i = 1.0 / v;
            r.f += log(v);
            r.d1 += i;
            r.d2 -= i * i;
        }
        return r;
    }
    /* Move a to where the asymptotic series holds, then take differences term by term. */
    while (a < 12.0) {
        const double i = 1.0 / a;
        r.f += log(a);
        r.d1 += i;
        r.d2 -= i * i;
        a += 1.0;
        n -= 1.0;
    }
    const double c = a + n, l = log1p(n / a);
    r.f += n * log(c) + (a - 0.5) * l - n + stirling(c) - stirling(a);
    const double ia = 1 / a, ic = 1 / c;
    r.d1 += l + 0.5 * n * ia * ic;
    r.d2 -= n * ia * ic + 0.5 * (ia * ia - ic * ic);
    /* the tails of ψ and ψ′ beyond ln x − 1/(2x) */
    const double a2 = ia * ia, c2 = ic * ic;
#define PSI_TAIL(i2) ((i2) * (1.0 / 12 - (i2) * (1.0 / 120 - (i2) * (1.0 / 252 - (i2) * (1.0 / 240 - (i2) * (1.0 / 132 - (i2)*691.0 / 32760))))))
#define TRI_TAIL(i, i2) ((i) * (i2) * (1.0 / 6 - (i2) * (1.0 / 30 - (i2) * (1.0 / 42 - (i2) * (1.0 / 30 - (i2) * (5.0 / 66 - (i2)*691.0 / 2730))))))
    r.d1 += PSI_TAIL(a2) - PSI_TAIL(c2);
    r.d2 += TRI_TAIL(ic, c2) - TRI_TAIL(ia, a2);
#undef PSI_TAIL
#undef TRI_TAIL
    return r;
}

double calc_softplus(double y) { return (y > 0 ? y : 0) + log1p(exp(-fabs(y))); }

double calc_sigmoid(double y)
{
    const double e = exp(-fabs(y));
    return y >= 0 ? 1 / (1 + e) : e / (1 + e);
}

double calc_expm1_ratio(double e, double l)
{
    const double y = e * l;
    if (fabs(y) < 1e-5) return -l * (1 + y / 2 * (1 + y / 3));
    return -expm1(y) / e;
}

double calc_normal_cdf(double z) { return 0.5 * erfc(-z * M_SQRT1_2); }

/* Acklam's rational approximation, one Halley step with erfc: full double precision. */
double calc_normal_quantile(double p)
{
    static const double a[] = {-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
                               1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    static const double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                               6.680131188771972e+01,  -1.328068155288572e+01};
    static const double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                               -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    static const double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                               3.754408661907416e+00};
    const double t = p < 0.5 ? p : 1 - p;
    double z;
    if (t < 0.02425) {
        const double q = sqrt(-2 * log(t));
        z = (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
            ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
    } else {
        const double q = t - 0.5, r = q * q;
        z = (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
            (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
    }
    const double e = 0.5 * erfc(-z * M_SQRT1_2) - t;
    const double u = e * sqrt(2 * M_PI) * exp(z * z / 2);
    z -= u / (1 + z * u / 2);
    return p < 0.5 ? z : -z;
}

/* P(a, x) given ln Γ(a). */
static double gamma_p(double a, double x, double lga)
{
    if (x <= 0) return 0;
    if (a > 1e6 || fabs(x - a) > 1e6) /* Wilson–Hilferty is good to 1e-7 there, and bounded in time */
        return calc_normal_cdf((cbrt(x / a) - 1 + 1 / (9 * a)) * 3 * sqrt(a));
    const double pre = exp(a * log(x) - x - lga);
    if (x < a + 1) {
        double term = 1 / a, sum = term;
        for (double k = a + 1; term > sum * 1e-16; k += 1) sum += term *= x / k;
        return fmin(1, sum * pre);
    }
    double b = x + 1 - a, c = 1e300, d = 1 / b, h = d; /* Lentz */
    for (int i = 1; i < 100000; i++) {
        const double an = -i * (i - a);
        b += 2;
        d = an * d + b;
        if (fabs(d) < 1e-300) d = 1e-300;
        c = b + an / c;
        if (fabs(c) < 1e-300) c = 1e-300;
        d = 1 / d;
        const double del = d * c;
        h *= del;
        if (fabs(del - 1) < 1e-15) break;
    }
    return fmax(0, 1 - pre * h);
}

double calc_gamma_p(double a, double x) { return gamma_p(a, x, calc_ln_gamma(a)); }

/* Wilson–Hilferty's start, then Halley steps inside a bracket. */
double calc_gamma_quantile(double a, double p)
{
    if (p <= 0) return 0;
    const double lga = calc_ln_gamma(a), z = calc_normal_quantile(fmin(p, 1 - 1e-16));
    const double w = 1 - 1 / (9 * a) + z / (3 * sqrt(a));
    double x = w > 0.3 ? a * w * w * w : exp((log(p) + lga + log(a)) / a);
    double lo = 0, hi = INFINITY;
    for (int i = 0; i < 200; i++) {
        const double f = gamma_p(a, x, lga) - p;
        if (f > 0) hi = x;
        else lo = x;
        const double u = f / exp((a - 1) * log(x) - x - lga);
        const double step = u / (1 - fmin(0.5, fmax(-0.5, 0.5 * u * ((a - 1) / x - 1))));
        double nx = x - step;
        if (!(nx > 0 && nx >= lo && nx <= hi)) nx = isinf(hi) ? 2 * x + 1 : 0.5 * (lo + hi);
        /* cubic convergence: the step after one of 1e-5 is below 1e-13 */
        if (fabs(nx - x) <= 1e-5 * nx || nx <= 1e-300) return nx;
        x = nx;
    }
    return x;
}

double calc_chi2_tail(double x, double dof) { return 1 - calc_gamma_p(dof / 2, x / 2); }

/* --- random numbers: Blackman & Vigna's xoshiro256**, seeded by splitmix64 ----------------------------------- */
void calc_rng_seed(calc_rng *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        uint64_t z = (seed += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        r->s[i] = z ^ (z >> 31);
    }
}

static uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static uint64_t rng_next(calc_rng *r)
{
    uint64_t *s = r->s;
    const uint64_t out = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return out;
}

double calc_rng_uniform(calc_rng *r) { return ((double)(rng_next(r) >> 12) + 0.5) * 0x1p-52; }
double calc_rng_exp(calc_rng *r) { return -log(calc_rng_uniform(r)); }

double calc_rng_normal(calc_rng *r)
{
    for (;;) {
        const double u = 2 * calc_rng_uniform(r) - 1, v = 2 * calc_rng_uniform(r) - 1, q = u * u + v * v;
        if (q < 1 && q > 0) return u * sqrt(-2 * log(q) / q);
    }
}

/* Marsaglia & Tsang 2000; below 1 by the power trick, in logs so that tiny shapes do not underflow to 0. */
double calc_rng_gamma(calc_rng *r, double shape)
{
    if (shape < 1) {
        const double g = calc_rng_gamma(r, shape + 1);
        return fmax(g * exp(log(calc_rng_uniform(r)) / shape), 1e-300);
    }
    const double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        const double z = calc_rng_normal(r), v0 = 1 + c * z;
        if (v0 <= 0) continue;
        const double v = v0 * v0 * v0, u = calc_rng_uniform(r);
        if (log(u) < 0.5 * z * z + d - d * v + d * log(v)) return d * v;
    }
}

double calc_rng_beta(calc_rng *r, double a, double b)
{
    const double x = calc_rng_gamma(r, a), y = calc_rng_gamma(r, b);
    return x / (x + y);
}
