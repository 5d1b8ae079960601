/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_potential.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>

const char *const calc_potential_classes[] = {"high", "middle", "low", NULL};

static const calc_text why_score = {"potential.score", "potential {1} of 10, from {2} of the card", "潜力 {1}（满分 10），依据评分卡的 {2}"};
static const calc_text why_nothing = {"potential.nothing", "no criterion of the card is known", "评分卡上没有任何已知标准"};

enum { O_ACCOUNT, O_NAME, O_CLASS, O_WHY, O_POTENTIAL, O_COVERAGE, O_MARK, O_RATE = O_MARK + CALC_POTENTIAL_CRITERIA, O_COLS };
static const calc_col out_cols[O_COLS] = {
    {"account", KAM_TEXT, "classify.account"},          {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "potential.class"},             {"why", KAM_TEXT, "classify.why"},
    {"potential", KAM_REAL, "potential.potential"},     {"coverage", KAM_REAL, "card.coverage"},
    {"expansion", KAM_REAL, "potential.expansion"},     {"research", KAM_REAL, "potential.research"},
    {"market_power", KAM_REAL, "potential.market_power"}, {"strategy", KAM_REAL, "potential.strategy"},
    {"culture", KAM_REAL, "potential.culture"},         {"technology_cycle", KAM_REAL, "potential.technology_cycle"},
    {"growth", KAM_REAL, "potential.growth"},           {"deciders", KAM_REAL, "potential.deciders"},
    {"growth_rate", KAM_REAL, "quality.growth"},
};

kam_rc calc_potential(const calc_facts *f, const calc_potential_params *p, calc_marks *marks, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t n;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (rc) return rc;
    KAM_ASSERT(marks->card->n == CALC_POTENTIAL_CRITERIA && marks->n == n);
    double *rate = kam_calloc(n + 1, sizeof *rate), *mark = kam_calloc(n + 1, sizeof *mark);
    for (size_t i = 0; i < n; i++) {
        rate[i] = NAN;
        if (!calc_goes_on(f->accounts, i, n)) continue;
        calc_growth(f->ledger, i, p->asof, p->trend_days, &rate[i]);
    }
    calc_rank_marks(rate, n, 10, false, mark);
    if (calc_goes_on(f->accounts, 0, n)) calc_marks_measured(marks, "growth", mark);
    kam_column *c[O_COLS];
    kam_table *t = calc_out_new("potential.title", f->accounts, out_cols, O_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        double score = NAN, coverage = 0;
        bool known = calc_card_score(marks->card, p->weights, calc_marks_of(marks, i), &score, &coverage);
        kam_col_push_from(c[O_ACCOUNT], acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[O_NAME], acc[CALC_ACC_NAME], i);
        kam_col_push_text(c[O_CLASS], !known ? NULL : score >= p->high ? "high" : score < p->low ? "low" : "middle");
        if (known) calc_push_say(c[O_WHY], &buf, p->lang, &why_score, CALC_ARGS(calc_arg_real(score, 1), calc_arg_pct(coverage)));
        else calc_push_say(c[O_WHY], &buf, p->lang, &why_nothing, NULL, 0);
        kam_col_push_real(c[O_POTENTIAL], score);
        kam_col_push_real(c[O_COVERAGE], coverage);
        for (size_t k = 0; k < CALC_POTENTIAL_CRITERIA; k++) kam_col_push_real(c[O_MARK + k], calc_marks_of(marks, i)[k]);
        kam_col_push_real(c[O_RATE], rate[i]);
    }
    kam_str_release(&buf);
    kam_free(rate);
    kam_free(mark);
    return calc_out_done(t, out, err);
}
