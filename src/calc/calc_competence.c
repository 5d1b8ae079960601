/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_competence.h"
#include "calc_card.h"
#include "calc_run_int.h"
#include <math.h>

enum { MAX_CRITERIA = 32 };
typedef struct card_marks {
    double mark[MAX_CRITERIA];
    kam_day date[MAX_CRITERIA];
} card_marks;

enum { M_REP, M_CRITERION, M_DATE, M_MARK, M_COLS };
static kam_rc use_marks(const kam_table *marks, const kam_column *c[M_COLS], kam_err *err)
{
    static const calc_use want[M_COLS] = {{"rep", KAM_TEXT, false}, {"criterion", KAM_TEXT, false}, {"date", KAM_DAY, false}, {"mark", KAM_REAL, false}};
    return calc_use_table(marks, "marks", want, M_COLS, c, err);
}

/* The marks of one rep; rows of other cards' criteria do not fit and are passed over. */
static void marks_of(const calc_card *card, const kam_column *const c[M_COLS], size_t rows, const char *rep, card_marks *out)
{
    for (size_t k = 0; k < card->n && k < MAX_CRITERIA; k++) out->mark[k] = NAN;
    for (size_t r = 0; r < rows; r++) {
        if (!calc_text_is(c[M_REP], r, rep) || !calc_known(c[M_MARK], r)) continue;
        for (size_t k = 0; k < card->n && k < MAX_CRITERIA; k++)
            if (calc_text_is(c[M_CRITERION], r, card->criteria[k].key)) {
                out->mark[k] = kam_col_real(c[M_MARK], r);
                out->date[k] = kam_col_int(c[M_DATE], r);
            }
    }
}

enum { R_REP, R_NAME, R_SCORE, R_COVERAGE, R_WEAKEST, R_TRAINING, R_WHY, R_COLS };
static const calc_col rep_cols[R_COLS] = {
    {"rep", KAM_TEXT, "run.rep"},         {"name", KAM_TEXT, "run.rep_name"}, {"score", KAM_REAL, "run.score"}, {"coverage", KAM_REAL, "run.coverage"},
    {"weakest", KAM_TEXT, "run.competence.weakest"}, {"training", KAM_TEXT, "run.training"}, {"why", KAM_TEXT, "run.why"}};
static const calc_text why_none = {"competence.none", "not marked yet: card set … competence", "尚未评分：card set … competence"};
static const calc_text why_low = {"competence.low", "{1} of {2} marks below {3}", "{2} 项中有 {1} 项低于 {3}"};
static const calc_text why_good = {"competence.good", "no mark below {3}", "没有低于 {3} 的项目"};

static void push_rep(kam_column **c, kam_str *buf, const calc_card *card, const card_marks *m, const calc_competence_params *p)
{
    double score = NAN, coverage;
    kam_str training = KAM_STR_INIT;
    size_t worst = SIZE_MAX;
    int64_t low = 0, known = 0;
    bool has = calc_card_score(card, NULL, m->mark, &score, &coverage);
    for (size_t k = 0; k < card->n && k < MAX_CRITERIA; k++) {
        if (isnan(m->mark[k])) continue;
        known++;
        if (worst == SIZE_MAX || m->mark[k] < m->mark[worst]) worst = k;
        if (m->mark[k] >= p->low) continue;
        low++;
        const char *advice = calc_card_text(&card->criteria[k].advice, p->lang);
        if (advice) kam_str_addf(&training, "%s%s", training.len ? p->lang == CALC_ZH ? "；" : "; " : "", advice);
    }
    kam_col_push_real(c[R_SCORE], has ? score : NAN);
    kam_col_push_real(c[R_COVERAGE], coverage);
    kam_col_push_text(c[R_WEAKEST], worst == SIZE_MAX ? NULL : card->criteria[worst].key);
    kam_col_push_text(c[R_TRAINING], training.len ? kam_str_cstr(&training) : NULL);
    calc_push_say(c[R_WHY], buf, p->lang, !known ? &why_none : low ? &why_low : &why_good,
                  CALC_ARGS(calc_arg_int(low), calc_arg_int(known), calc_arg_real(p->low, 1)));
    kam_str_release(&training);
}

kam_rc calc_competence(const kam_table *reps, const kam_table *marks, const calc_competence_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"rep", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    const calc_card *card = calc_card_find("competence");
    const kam_column *r[2], *m[M_COLS];
    kam_rc rc = calc_use_table(reps, "reps", want, 2, r, err);
    if (!rc) rc = use_marks(marks, m, err);
    if (rc) return rc;
    kam_column *c[R_COLS];
    kam_table *t = calc_out_new("run.competence.title", reps, rep_cols, R_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < calc_use_rows(reps); i++) {
        card_marks x;
        marks_of(card, m, calc_use_rows(marks), kam_col_text(r[0], i), &x);
        kam_col_push_from(c[R_REP], r[0], i);
        kam_col_push_from(c[R_NAME], r[1], i);
        push_rep(c, &buf, card, &x, p);
    }
    kam_str_release(&buf);
    return calc_out_done(t, out, err);
}

enum { C_CRITERION, C_NAME, C_MARK, C_DATE, C_LOW, C_TRAINING, C_COLS };
static const calc_col card_cols[C_COLS] = {
    {"criterion", KAM_TEXT, "run.criterion"}, {"name", KAM_TEXT, "run.criterion_name"}, {"mark", KAM_REAL, "run.mark"}, {"date", KAM_DAY, "run.date"},
    {"low", KAM_FLAG, "run.low"}, {"training", KAM_TEXT, "run.training"}};

kam_rc calc_competence_card(const kam_table *marks, const char *rep, const calc_competence_params *p, kam_table **out, kam_err *err)
{
    const calc_card *card = calc_card_find("competence");
    const kam_column *m[M_COLS];
    kam_rc rc = use_marks(marks, m, err);
    if (rc) return rc;
    card_marks x;
    marks_of(card, m, calc_use_rows(marks), rep, &x);
    kam_column *c[C_COLS];
    kam_table *t = calc_out_new("run.competence.card", marks, card_cols, C_COLS, c);
    for (size_t k = 0; k < card->n && k < MAX_CRITERIA; k++) {
        bool known = !isnan(x.mark[k]), low = known && x.mark[k] < p->low;
        kam_col_push_text(c[C_CRITERION], card->criteria[k].key);
        kam_col_push_text(c[C_NAME], calc_card_text(&card->criteria[k].name, p->lang));
        kam_col_push_real(c[C_MARK], x.mark[k]);
        calc_push_opt(c[C_DATE], known, x.date[k]);
        calc_push_opt(c[C_LOW], known, low);
        kam_col_push_text(c[C_TRAINING], low ? calc_card_text(&card->criteria[k].advice, p->lang) : NULL);
    }
    return calc_out_done(t, out, err);
}
