/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_churn_int.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

const char *const calc_trait_names[] = {"silence", "gap-ratio", "frequency", "trend", "revenue", "tenure", "complaints", "unresolved", "gap",
                                        "overdue", "rivals", "contacts", NULL};

uint64_t churn_hash(const char *code)
{
    uint64_t h = 1469598103934665603u;
    for (; *code; code++) h = (h ^ (unsigned char)*code) * 1099511628211u;
    h ^= h >> 33; /* FNV leaves the upper bits of short codes alike: the finaliser of murmur3 spreads them */
    h *= 0xff51afd7ed558ccdu;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 33;
}

/* --- facts by account ----------------------------------------------------------------------------------------------- */

/* Columns: row, day, until (may be NULL), and a function that says whether a row counts and its value. */
typedef bool (*counts_fn)(const kam_column *const *c, size_t r, float *value);

static void gather(const kam_column *const *c, const kam_column *day, const kam_column *until, size_t rows, size_t n, counts_fn counts,
                   churn_facts *out)
{
    float value = 0;
    out->start = kam_calloc(n + 2, sizeof *out->start);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t r = 0; r < rows; r++) {
            size_t i = calc_row_at(c[0], r, n);
            if (i == SIZE_MAX || !calc_known(day, r) || (counts && !counts(c, r, &value))) continue;
            if (!pass) {
                out->start[i + 1]++;
                continue;
            }
            out->at[out->start[i]++] = (churn_fact){(int32_t)kam_col_int(day, r), calc_known(until, r) ? (int32_t)kam_col_int(until, r) : INT32_MAX, value};
        }
        if (!pass) {
            for (size_t i = 0; i < n; i++) out->start[i + 1] += out->start[i];
            out->at = kam_calloc(out->start[n] + 1, sizeof *out->at);
        }
    }
    /* the second pass moved each start to the next account's: move them back */
    memmove(out->start + 1, out->start, n * sizeof *out->start);
    out->start[0] = 0;
}

static bool is_survey(const kam_column *const *c, size_t r, float *value)
{
    if (!calc_known(c[2], r) || !calc_known(c[3], r)) return false;
    *value = (float)(kam_col_real(c[3], r) - kam_col_real(c[2], r));
    return true;
}

static bool is_rival(const kam_column *const *c, size_t r, float *value)
{
    *value = 1;
    return calc_text_is(c[2], r, "order") || calc_text_is(c[2], r, "advert");
}

static bool is_contact(const kam_column *const *c, size_t r, float *value)
{
    *value = 1;
    return !calc_text_is(c[2], r, "complaint");
}

kam_rc churn_data_init(const calc_churn_in *in, const calc_churn_params *p, churn_data *d, kam_err *err)
{
    static const calc_use complaint[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"resolved_on", KAM_DAY, false}};
    static const calc_use survey[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"expectation", KAM_REAL, false}, {"perceived", KAM_REAL, false}};
    static const calc_use kind[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"kind", KAM_TEXT, false}};
    static const calc_use invoice[] = {{"row", KAM_INT, false}, {"due", KAM_DAY, false}, {"paid_on", KAM_DAY, false}};
    const struct {
        const kam_table *t;
        const char *what;
        const calc_use *want;
        size_t n_want;
        bool settled; /* the third column is the day it was settled */
        counts_fn counts;
    } part[CHURN_KINDS] = {
        {in->facts->complaints, "complaints", complaint, 3, true, NULL}, {in->facts->surveys, "surveys", survey, 4, false, is_survey},
        {in->facts->sightings, "sightings", kind, 3, false, is_rival},   {in->contacts, "contacts", kind, 3, false, is_contact},
        {in->invoices, "invoices", invoice, 3, true, NULL}};
    memset(d, 0, sizeof *d);
    d->in = in;
    d->p = p;
    kam_rc rc = calc_use_accounts(in->facts, true, d->acc, &d->n, err);
    if (rc) return rc;
    d->unit = pow(10, kam_table_exponent(in->facts->accounts));
    for (int k = 0; k < CHURN_KINDS && !rc; k++) {
        const kam_column *c[4] = {NULL, NULL, NULL, NULL};
        rc = calc_use_table(part[k].t, part[k].what, part[k].want, part[k].n_want, c, err);
        if (!rc) gather(c, c[1], part[k].settled ? c[2] : NULL, calc_use_rows(part[k].t), d->n, part[k].counts, &d->facts[k]);
    }
    if (rc) churn_data_release(d);
    return rc;
}

void churn_data_release(churn_data *d)
{
    for (int k = 0; k < CHURN_KINDS; k++) {
        kam_free(d->facts[k].start);
        kam_free(d->facts[k].at);
    }
}

/* --- traits --------------------------------------------------------------------------------------------------------- */

/* Facts of the account in (from, t]. */
static double count_in(const churn_data *d, int kind, size_t i, kam_day from, kam_day t)
{
    const churn_facts *f = &d->facts[kind];
    double n = 0;
    for (size_t k = f->start[i]; k < f->start[i + 1]; k++) n += f->at[k].day > from && f->at[k].day <= t;
    return n;
}

/* Begun before or on `until_day`, and not settled on t. */
static double count_open(const churn_data *d, int kind, size_t i, kam_day begun, kam_day t)
{
    const churn_facts *f = &d->facts[kind];
    double n = 0;
    for (size_t k = f->start[i]; k < f->start[i + 1]; k++) n += f->at[k].day <= begun && f->at[k].until > t;
    return n;
}

/* Of the latest survey ≤ t; of one day the worst. */
static double latest_gap(const churn_data *d, size_t i, kam_day t)
{
    const churn_facts *f = &d->facts[CHURN_SURVEYS];
    double gap = NAN;
    int32_t day = INT32_MIN;
    for (size_t k = f->start[i]; k < f->start[i + 1]; k++) {
        const churn_fact *x = &f->at[k];
        if (x->day > t || x->day < day || (x->day == day && x->value >= gap)) continue;
        day = x->day;
        gap = x->value;
    }
    return gap;
}

static double above_zero(int64_t minor) { return minor > 0 ? (double)minor : 0; }

static void from_ledger(const churn_data *d, size_t i, kam_day t, double *x, double *v)
{
    const kam_ledger *l = d->in->facts->ledger;
    calc_buys b;
    calc_buys_scan(l, i, t, d->p->window_days, &b);
    double silent = (double)(t - b.last), gap = b.days > 1 ? (double)(b.last - b.first) / (double)(b.days - 1) : NAN;
    double recent = above_zero(calc_net_between(l, i, t - d->p->trend_days, t));
    double prior = above_zero(calc_net_between(l, i, t - 2 * (int64_t)d->p->trend_days, t - d->p->trend_days));
    v[CALC_TRAIT_SILENCE] = silent;
    v[CALC_TRAIT_GAP_RATIO] = (1 + silent) / (1 + gap);
    v[CALC_TRAIT_FREQUENCY] = (double)b.window_days;
    v[CALC_TRAIT_TREND] = recent + prior > 0 ? (recent - prior) / (recent + prior) : NAN;
    v[CALC_TRAIT_REVENUE] = above_zero(b.window_net) / d->unit;
    v[CALC_TRAIT_TENURE] = (double)(t - b.first);
    x[CALC_TRAIT_GAP_RATIO] = log(v[CALC_TRAIT_GAP_RATIO]);
    x[CALC_TRAIT_TREND] = v[CALC_TRAIT_TREND];
}

void churn_traits(const churn_data *d, size_t i, kam_day t, double x[CALC_TRAITS], double plain[CALC_TRAITS])
{
    static const calc_trait logged[] = {CALC_TRAIT_SILENCE, CALC_TRAIT_FREQUENCY, CALC_TRAIT_REVENUE, CALC_TRAIT_TENURE, CALC_TRAIT_COMPLAINTS,
                                        CALC_TRAIT_UNRESOLVED, CALC_TRAIT_OVERDUE, CALC_TRAIT_RIVALS, CALC_TRAIT_CONTACTS};
    double v[CALC_TRAITS];
    kam_day from = t - d->p->window_days;
    from_ledger(d, i, t, x, v);
    v[CALC_TRAIT_COMPLAINTS] = count_in(d, CHURN_COMPLAINTS, i, from, t);
    v[CALC_TRAIT_UNRESOLVED] = count_open(d, CHURN_COMPLAINTS, i, t, t);
    v[CALC_TRAIT_GAP] = x[CALC_TRAIT_GAP] = latest_gap(d, i, t);
    v[CALC_TRAIT_OVERDUE] = count_open(d, CHURN_INVOICES, i, t - 1, t);
    v[CALC_TRAIT_RIVALS] = count_in(d, CHURN_RIVALS, i, from, t);
    v[CALC_TRAIT_CONTACTS] = count_in(d, CHURN_CONTACTS, i, from, t);
    for (size_t k = 0; k < CALC_COUNT(logged); k++) x[logged[k]] = log1p(v[logged[k]]);
    if (plain) memcpy(plain, v, sizeof v);
}
