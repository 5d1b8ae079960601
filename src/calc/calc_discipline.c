/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_discipline.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>

const char *const calc_discipline_classes[] = {"operations", "product", "intimacy", "tied", NULL};
enum { N = 3, TIED = 3, NONE = -1 };

static const calc_text names[] = {{"operations", "operational excellence", "经营卓越"}, {"product", "product leadership", "产品领先"},
                                  {"intimacy", "customer intimacy", "客户亲密"},       {"tied", "no single one", "并列"}};
static const calc_text why_both = {"discipline.both", "sees us as {1}, wants {2}; widest gap {3} in {4}",
                                   "眼中的我们是{1}，想要的是{2}；差距最大的是{4}（{3}）"};
static const calc_text why_given = {"discipline.given", "sees us as {1}; what it wants is not marked", "眼中的我们是{1}；期望未评分"};
static const calc_text why_nothing = {"discipline.nothing", "it has not been asked how it sees us", "尚未询问客户如何看待我们"};

/* Place of the highest known mark. */
static int dominant(const double *m)
{
    int best = NONE;
    bool tied = false;
    for (int k = 0; k < N; k++) {
        if (isnan(m[k])) continue;
        tied = best != NONE && (m[k] == m[best] || (tied && m[k] < m[best]));
        if (best == NONE || m[k] > m[best]) best = k;
    }
    return tied ? TIED : best;
}

/* Widest gap wanted − given; NaN: none known. */
static double widest_gap(const double *given, const double *wanted, int *in)
{
    double widest = NAN;
    *in = NONE;
    for (int k = 0; k < N; k++) {
        double gap = wanted[k] - given[k];
        if (isnan(gap) || gap <= widest) continue;
        widest = gap;
        *in = k;
    }
    return widest;
}

enum { O_ACCOUNT, O_NAME, O_CLASS, O_WHY, O_WANTED, O_MATCH, O_GAP, O_GAP_IN, O_WIDEST, O_COVERAGE, O_MARK, O_COLS = O_MARK + 2 * N };
static const calc_col out_cols[O_COLS] = {
    {"account", KAM_TEXT, "classify.account"},
    {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "discipline.class"},
    {"why", KAM_TEXT, "classify.why"},
    {"wanted", KAM_TEXT, "discipline.wanted"},
    {"match", KAM_FLAG, "discipline.match"},
    {"gap", KAM_REAL, "discipline.gap"},
    {"gap_in", KAM_TEXT, "discipline.gap_in"},
    {"widest", KAM_REAL, "discipline.widest"},
    {"coverage", KAM_REAL, "card.coverage"},
    {"operations_given", KAM_REAL, "discipline.operations_given"},
    {"product_given", KAM_REAL, "discipline.product_given"},
    {"intimacy_given", KAM_REAL, "discipline.intimacy_given"},
    {"operations_wanted", KAM_REAL, "discipline.operations_wanted"},
    {"product_wanted", KAM_REAL, "discipline.product_wanted"},
    {"intimacy_wanted", KAM_REAL, "discipline.intimacy_wanted"},
};

static void push_why(kam_column *why, kam_str *buf, calc_lang lang, int given, int wanted, double widest, int in)
{
    if (given == NONE) calc_push_say(why, buf, lang, &why_nothing, NULL, 0);
    else if (wanted == NONE || in == NONE)
        calc_push_say(why, buf, lang, &why_given, CALC_ARGS(calc_arg_text(calc_card_text(&names[given], lang))));
    else
        calc_push_say(why, buf, lang, &why_both,
                      CALC_ARGS(calc_arg_text(calc_card_text(&names[given], lang)), calc_arg_text(calc_card_text(&names[wanted], lang)),
                                calc_arg_real(widest, 1), calc_arg_text(calc_card_text(&names[in], lang))));
}

kam_rc calc_discipline(const calc_facts *f, const calc_marks *marks, calc_lang lang, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS];
    size_t n;
    kam_rc rc = calc_use_accounts(f, false, acc, &n, err);
    if (rc) return rc;
    KAM_ASSERT(marks->n == n && marks->card->n == 2 * N);
    kam_column *c[O_COLS];
    kam_table *t = calc_out_new("discipline.title", f->accounts, out_cols, O_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        const double *m = calc_marks_of(marks, i);
        double total, coverage;
        int given = dominant(m), wanted = dominant(m + N), in;
        double widest = widest_gap(m, m + N, &in);
        bool both = given != NONE && given != TIED && wanted != NONE && wanted != TIED;
        calc_card_score(marks->card, NULL, m, &total, &coverage);
        kam_col_push_from(c[O_ACCOUNT], acc[CALC_ACC_CODE], i);
        kam_col_push_from(c[O_NAME], acc[CALC_ACC_NAME], i);
        kam_col_push_text(c[O_CLASS], given == NONE ? NULL : calc_discipline_classes[given]);
        push_why(c[O_WHY], &buf, lang, given, wanted, widest, in);
        kam_col_push_text(c[O_WANTED], wanted == NONE ? NULL : calc_discipline_classes[wanted]);
        calc_push_opt(c[O_MATCH], both, given == wanted);
        kam_col_push_real(c[O_GAP], wanted >= 0 && wanted < N ? m[N + wanted] - m[wanted] : NAN);
        kam_col_push_text(c[O_GAP_IN], in == NONE ? NULL : calc_discipline_classes[in]);
        kam_col_push_real(c[O_WIDEST], widest);
        kam_col_push_real(c[O_COVERAGE], coverage);
        for (int k = 0; k < 2 * N; k++) kam_col_push_real(c[O_MARK + k], m[k]);
    }
    kam_str_release(&buf);
    return calc_out_done(t, out, err);
}
