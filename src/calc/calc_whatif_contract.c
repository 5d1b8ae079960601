/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers on running contracts (sBG). With theta ~ beta(a, b + survived), E[(1 − theta)^(c·k)] = B(a, b + survived + c·k) / B(a, b + survived):
 * the survival curve with its clock slowed, in closed form. */
#include "calc_special.h"
#include "calc_use.h"
#include "calc_whatif_int.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>

static const calc_text note_retention = {"whatif.contracts", "retention: expected share of the running contracts that still runs in a year; its change multiplies every contract's hazard of leaving, -ln(1 - theta), by {1}",
                                         "保留率：现行合同一年后仍存续的预期比例；其变动即把每份合同的流失强度 -ln(1 - theta) 乘以 {1}"};
static const calc_text note_no_leaving = {"whatif.contracts.no-leaving", "no contract ended so far: retention is 100 % in this model and cannot rise",
                                          "尚无合同终止：该模型中保留率已是 100 %，无法再升"};
static const calc_text note_endless = {"whatif.contracts.endless", "equity: all further periods of the running contracts at {1} a year; prices stand for margins",
                                       "客户资产：现行合同今后各期，年折现率 {1}；以价格代替毛利"};
static const calc_text note_no_acquisition = {"whatif.contracts.no-acquisition", "acquisition cost is not part of contract records: use a model without contracts",
                                              "合同记录不含获客成本：请使用非合同模型"};

/* Contracts that survived as many periods of one length are one to the model: count and prices are summed. */
typedef struct alike {
    int32_t survived;
    double periods_a_year, count, price;
} alike;

typedef struct contracts {
    size_t n; /* of `group` */
    alike *group;
    double count;
    const calc_sbg_fit *fit;
    kam_progress *progress; /* when it says stop, sums are of no use and the caller asks again */
} contracts;

static int by_kind(const void *a, const void *b)
{
    const alike *x = a, *y = b;
    if (x->periods_a_year != y->periods_a_year) return x->periods_a_year < y->periods_a_year ? -1 : 1;
    return (x->survived > y->survived) - (x->survived < y->survived);
}

static contracts group(size_t n, const calc_whatif_contract *c, const calc_sbg_fit *fit, kam_progress *progress)
{
    contracts k = {0, kam_calloc(n + 1, sizeof *k.group), (double)n, fit, progress};
    for (size_t i = 0; i < n; i++) k.group[i] = (alike){c[i].survived, c[i].periods_a_year, 1, c[i].price_minor};
    qsort(k.group, n, sizeof *k.group, by_kind);
    for (size_t i = 0; i < n; i++) {
        if (k.n && by_kind(&k.group[k.n - 1], &k.group[i]) == 0) {
            k.group[k.n - 1].count += 1;
            k.group[k.n - 1].price += k.group[i].price;
        } else k.group[k.n++] = k.group[i];
    }
    return k;
}

static double stay(const calc_sbg_fit *f, int32_t survived, double t)
{
    double b = f->b + survived;
    return t > 0 ? exp(calc_ln_beta(f->a, b + t) - calc_ln_beta(f->a, b)) : 1;
}

static double survival(const void *ctx, double years)
{
    const contracts *k = ctx;
    double sum = 0;
    for (size_t i = 0; i < k->n && !kam_progress_stopped(k->progress); i++)
        sum += k->group[i].count * stay(k->fit, k->group[i].survived, years * k->group[i].periods_a_year);
    return k->n ? sum / k->count : NAN;
}

static double equity(const contracts *k, double c, double discount_year)
{
    double total = 0;
    for (size_t i = 0; i < k->n && !kam_progress_step(k->progress, "what-if", i, k->n, NULL); i++) {
        double v = exp(-log1p(discount_year) / k->group[i].periods_a_year), power = v, sum = 0;
        for (int j = 1; j < 1000000 && (j % 4096 || !kam_progress_stopped(k->progress)); j++, power *= v) {
            double term = stay(k->fit, k->group[i].survived, c * j) * power;
            sum += term;
            if (term * v < 1e-12 * sum * (1 - v)) break;
        }
        total += k->group[i].price * sum;
    }
    return total;
}

kam_rc calc_whatif_contracts(size_t n, const calc_whatif_contract *c, const calc_sbg_fit *fit, double discount_year,
                             const calc_whatif_levers *l, calc_lang lang, const kam_table *like, kam_progress *progress, kam_table **out,
                             kam_err *err)
{
    double pace = 1, now = NAN, rate = isnan(l->discount_year) ? discount_year : l->discount_year;
    kam_rc rc = calc_whatif_check(l, err);
    if (rc) return rc;
    if (!(discount_year > 0) || !(rate > 0)) {
        kam_err_set(err, KAM_USAGE, "what-if: contracts without an end need a discount rate above 0");
        return kam_err_word(err, "what-if");
    }
    contracts all = group(n, c, fit, progress);
    double target = survival(&all, 1) + l->retention / 100;
    if (l->retention != 0 && n && target <= 0) {
        kam_free(all.group);
        kam_err_set(err, KAM_USAGE, "what-if: -retention: so many points less would leave no contract after a year");
        return kam_err_word(err, "what-if");
    }
    bool leaves = calc_whatif_solve(survival, &all, 1, l->retention / 100, 1e-11, &pace, &now);
    double then = leaves ? fmin(1, target) : now, before = equity(&all, 1, discount_year), more = 1 + l->margin;
    kam_column *col[WHATIF_COLS];
    kam_table *t = calc_whatif_table(like, col);
    int levers = (l->retention != 0) + (l->margin != 0) + !isnan(l->discount_year);
    if (l->retention != 0) calc_whatif_push(col, "retention", now, then, before, equity(&all, pace, discount_year), NAN, n);
    if (l->margin != 0) calc_whatif_push(col, "margin", 1, more, before, before * more, NAN, n);
    if (!isnan(l->discount_year)) calc_whatif_push(col, "discount", discount_year, rate, before, equity(&all, 1, rate), NAN, n);
    if (levers > 1)
        calc_whatif_push(col, "together", NAN, NAN, before, more * equity(&all, l->retention != 0 ? pace : 1, rate), NAN, n);
    if (l->retention != 0 && leaves) calc_note_say(t, lang, &note_retention, CALC_ARGS(calc_arg_real(pace, 4)));
    if (l->retention != 0 && !leaves) calc_note_say(t, lang, &note_no_leaving, NULL, 0);
    calc_note_say(t, lang, &note_endless, CALC_ARGS(calc_arg_pct(discount_year)));
    if (l->acquisition != 0) calc_note_say(t, lang, &note_no_acquisition, NULL, 0);
    kam_table_seal(t);
    kam_free(all.group);
    rc = kam_progress_step(progress, "what-if", 0, 0, err);
    if (rc) kam_table_unref(t);
    else *out = t;
    return rc;
}
