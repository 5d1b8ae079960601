/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "worth_peer.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* --- Nelder and Mead, as in the textbooks --------------------------------------------------------------------------- */
enum { P = 4 };
typedef double (*peer_fn)(const peer_rows *r, const double *par);

typedef struct simplex {
    peer_fn fn;
    const peer_rows *rows;
    int n, evaluations;
    double v[P + 1][P], f[P + 1];
} simplex;

static double value_at(simplex *s, const double *ln) /* to be made small */
{
    double par[P];
    for (int i = 0; i < s->n; i++) par[i] = exp(ln[i]);
    s->evaluations++;
    const double ll = s->fn(s->rows, par);
    return isfinite(ll) ? -ll : 1e300;
}

/* The point center + t·(center − worst); kept in place of the worst when it is better than `below`. */
static double reflect(simplex *s, int worst, double t, double below)
{
    double v[P];
    for (int i = 0; i < s->n; i++) {
        double c = 0;
        for (int k = 0; k <= s->n; k++) c += k == worst ? 0 : s->v[k][i] / s->n;
        v[i] = c + t * (c - s->v[worst][i]);
    }
    const double f = value_at(s, v);
    if (f < below) {
        memcpy(s->v[worst], v, sizeof v);
        s->f[worst] = f;
    }
    return f;
}

static void shrink(simplex *s, int best)
{
    for (int k = 0; k <= s->n; k++) {
        if (k == best) continue;
        for (int i = 0; i < s->n; i++) s->v[k][i] = 0.5 * (s->v[k][i] + s->v[best][i]);
        s->f[k] = value_at(s, s->v[k]);
    }
}

static double minimise(simplex *s, double *par)
{
    memset(s->v, 0, sizeof s->v);
    for (int k = 0; k < s->n; k++) s->v[k + 1][k] = 0.5;
    for (int k = 0; k <= s->n; k++) s->f[k] = value_at(s, s->v[k]);
    int best = 0;
    for (int it = 0; it < 2000; it++) {
        int worst = 0, second = -1;
        best = 0;
        for (int k = 1; k <= s->n; k++) {
            if (s->f[k] < s->f[best]) best = k;
            if (s->f[k] > s->f[worst]) worst = k;
        }
        for (int k = 0; k <= s->n; k++)
            if (k != worst && (second < 0 || s->f[k] > s->f[second])) second = k;
        if (s->f[worst] - s->f[best] <= 1e-10 * fabs(s->f[best])) break;
        const double was_best = s->f[best], was_second = s->f[second];
        const double f = reflect(s, worst, 1, s->f[worst]);
        if (f < was_best) reflect(s, worst, -2, f); /* twice as far, seen from the reflected point */
        if (f < was_second) continue;
        const double now = s->f[worst]; /* contract on whichever side is the better one */
        if (reflect(s, worst, -0.5, now) >= now) shrink(s, best);
    }
    for (int i = 0; i < s->n; i++) par[i] = exp(s->v[best][i]);
    return -s->f[best];
}

static double fit(peer_fn fn, const peer_rows *r, int n, double *par, int *evaluations)
{
    simplex s = {.fn = fn, .rows = r, .n = n};
    const double ll = minimise(&s, par);
    *evaluations = s.evaluations;
    return ll;
}

static double ln_gamma(double v)
{
    int sign;
    return lgamma_r(v, &sign);
}

/* --- the models ------------------------------------------------------------------------------------------------------ */

/* Fader, Hardie & Lee 2005, eq. 6, in the arrangement of their note 004: A1 … A4. */
static double bg_loglik(const peer_rows *d, const double *v)
{
    const double r = v[0], alpha = v[1], a = v[2], b = v[3];
    double sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        const double x = d->x[i], A1 = ln_gamma(r + x) - ln_gamma(r) + r * log(alpha);
        const double A2 = ln_gamma(a + b) + ln_gamma(b + x) - ln_gamma(b) - ln_gamma(a + b + x);
        const double A3 = -(r + x) * log(alpha + d->T[i]);
        const double A4 = x > 0 ? log(a) - log(b + x - 1) - (r + x) * log(alpha + d->tx[i]) : 0;
        sum += A1 + A2 + (x > 0 ? fmax(A3, A4) + log(exp(A3 - fmax(A3, A4)) + exp(A4 - fmax(A3, A4))) : A3);
    }
    return sum;
}

static double h2f1(double a, double b, double c, double z)
{
    double term = 1, sum = 1;
    for (double k = 0; k < 100000; k++) {
        term *= (a + k) * (b + k) / (c + k) / (k + 1) * z;
        sum += term;
        if (fabs(term) < 1e-16 * fabs(sum)) break;
    }
    return sum;
}

/* Schmittlein, Morrison & Colombo 1987 in the form of Fader & Hardie's note 009: a difference of two 2F1. */
static double pareto_loglik(const peer_rows *d, const double *v)
{
    const double r = v[0], alpha = v[1], s = v[2], beta = v[3], top = fmax(alpha, beta), gap = fabs(alpha - beta);
    double sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        const double x = d->x[i], q = r + s + x, u = alpha >= beta ? s + 1 : r + x;
        const double lx = log(h2f1(q, u, q + 1, gap / (top + d->tx[i]))) - q * log(top + d->tx[i]);
        const double lT = log(h2f1(q, u, q + 1, gap / (top + d->T[i]))) - q * log(top + d->T[i]);
        const double first = -(r + x) * log(alpha + d->T[i]) - s * log(beta + d->T[i]);
        const double second = log(s / q) + lx + log1p(-exp(fmin(0, lT - lx)));
        const double most = fmax(first, second);
        sum += ln_gamma(r + x) - ln_gamma(r) + r * log(alpha) + s * log(beta) + most +
               log(exp(first - most) + (isfinite(second) ? exp(second - most) : 0));
    }
    return sum;
}

/* Fader & Hardie's note 025. */
static double spend_loglik(const peer_rows *d, const double *v)
{
    const double p = v[0], q = v[1], g = v[2];
    double sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        const double x = d->spend_days[i], m = d->spend[i];
        if (!(x > 0 && m > 0)) continue;
        sum += ln_gamma(p * x + q) - ln_gamma(p * x) - ln_gamma(q) + q * log(g) + (p * x - 1) * log(m) + p * x * log(x) -
               (p * x + q) * log(g + m * x);
    }
    return sum;
}

double peer_bg(const peer_rows *r, double par[4], int *evaluations) { return fit(bg_loglik, r, 4, par, evaluations); }
double peer_pareto(const peer_rows *r, double par[4], int *evaluations) { return fit(pareto_loglik, r, 4, par, evaluations); }
double peer_spend(const peer_rows *r, double par[3], int *evaluations) { return fit(spend_loglik, r, 3, par, evaluations); }

double peer_bg_scores(const peer_rows *d, const double v[4], double month)
{
    const double r = v[0], alpha = v[1], a = v[2], b = v[3];
    double sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        const double x = d->x[i], T = d->T[i];
        const double odds = x > 0 ? a / (b + x - 1) * pow((alpha + T) / (alpha + d->tx[i]), r + x) : 0;
        double before = 0;
        for (int k = 1; k <= 12; k++) {
            const double t = k * month, z = t / (alpha + T + t);
            const double now = (a + b + x - 1) / (a - 1) *
                               (1 - pow((alpha + T) / (alpha + T + t), r + x) * h2f1(r + x, b + x, a + b + x - 1, z)) / (1 + odds);
            sum += now - before;
            before = now;
        }
    }
    return sum;
}

/* --- the summary ------------------------------------------------------------------------------------------------------ */
size_t peer_sql_summary(const char *database)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    size_t rows = 0;
    if (sqlite3_open_v2(database, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db,
                           "SELECT account_id, count(DISTINCT day), min(day), max(day), sum(amount_minor) FROM transactions "
                           "GROUP BY account_id",
                           -1, &st, NULL) == SQLITE_OK)
        while (sqlite3_step(st) == SQLITE_ROW) rows += sqlite3_column_int64(st, 1) > 0;
    sqlite3_finalize(st);
    sqlite3_close(db);
    return rows;
}
