/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_care.h"
#include "calc_run_int.h"
#include "kam_mem.h"
#include <math.h>

static const char *const grades[] = {"top", "major", "ordinary", "small"};
static const calc_text why_kept = {"care.kept", "everything promised was kept", "承诺均已兑现"};
static const calc_text why_broken = {"care.broken", "not kept: {1}", "未兑现：{1}"};
enum { VISITS, ATTENTIONS, ANSWER, SPONSOR, PROMISES };
static const calc_text promises[PROMISES] = {{"visits", "visits {1} of {2}", "拜访 {1}/{2}"},
                                             {"attentions", "attentions {1} of {2}", "关怀 {1}/{2}"},
                                             {"answer", "answer after {1} days instead of {2}", "{1} 天才答复（应为 {2} 天）"},
                                             {"sponsor", "no sponsor", "没有高层支持者"}};

typedef struct cared {
    int64_t visits, attentions;
    double answer; /* slowest, days; NaN: no complaint */
    const char *sponsor;
} cared;

static int grade_of(const kam_column *c, size_t i)
{
    for (int g = 0; g < CALC_GRADES; g++)
        if (calc_text_is(c, i, grades[g])) return g;
    return -1;
}

static void add_contact(cared *x, const kam_column *const c[4], size_t r, const calc_care_params *p)
{
    if (calc_text_is(c[2], r, "visit") || calc_text_is(c[2], r, "meeting")) x->visits++;
    else if (calc_text_is(c[2], r, "call") || calc_text_is(c[2], r, "mail")) x->attentions++;
    else if (calc_text_is(c[2], r, "complaint")) {
        double days = (double)((calc_known(c[3], r) ? kam_col_int(c[3], r) : p->asof) - kam_col_int(c[1], r));
        if (isnan(x->answer) || days > x->answer) x->answer = days;
    }
}

static kam_rc read_care(const calc_care_in *in, const calc_care_params *p, size_t n, cared *x, kam_err *err)
{
    static const calc_use own[] = {{"row", KAM_INT, false}, {"sponsor", KAM_TEXT, true}}, mail[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}};
    static const calc_use work[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"kind", KAM_TEXT, false}, {"answered_on", KAM_DAY, false}};
    const kam_column *o[2], *m[2], *w[4];
    kam_rc rc = calc_use_table(in->owners, "owners", own, 2, o, err);
    if (!rc) rc = calc_use_table(in->mailed, "mailed", mail, 2, m, err);
    if (!rc) rc = calc_use_table(in->work, "work", work, 4, w, err);
    for (size_t i = 0; i < n; i++) x[i].answer = NAN;
    for (size_t r = 0; !rc && r < calc_use_rows(in->owners); r++) {
        size_t i = calc_row_at(o[0], r, n);
        if (i != SIZE_MAX) x[i].sponsor = calc_text_at(o[1], r);
    }
    for (size_t r = 0; !rc && r < calc_use_rows(in->mailed); r++) {
        size_t i = calc_row_at(m[0], r, n);
        if (i != SIZE_MAX) x[i].attentions += kam_col_int(m[1], r) > p->asof - p->window_days;
    }
    for (size_t r = 0; !rc && r < calc_use_rows(in->work); r++) {
        size_t i = calc_row_at(w[0], r, n);
        if (i != SIZE_MAX && kam_col_int(w[1], r) > p->asof - p->window_days) add_contact(&x[i], w, r, p);
    }
    return rc;
}

/* A promise a year, in proportion to the days of the window in which the account was known. */
static int64_t promised(double a_year, kam_day known, bool has_known, const calc_care_params *p)
{
    kam_day days = p->window_days;
    if (has_known && p->asof - known < days) days = p->asof - known;
    if (days < 0) days = 0;
    return (int64_t)floor(a_year * (double)days / 365 + 1e-9);
}

enum { O_ACCOUNT, O_NAME, O_CLASS, O_KEPT, O_VISITS, O_VISITS_P, O_ATT, O_ATT_P, O_ANSWER, O_ANSWER_P, O_SPONSOR, O_SPONSOR_P, O_BROKEN, O_WHY, O_COLS };
static const calc_col out_cols[O_COLS] = {
    {"account", KAM_TEXT, "run.account"},   {"name", KAM_TEXT, "run.name"},       {"class", KAM_TEXT, "run.care.class"},  {"kept", KAM_FLAG, "run.kept"},
    {"visits", KAM_INT, "run.visits"},      {"visits_promised", KAM_INT, "run.visits_promised"}, {"attentions", KAM_INT, "run.attentions"},
    {"attentions_promised", KAM_INT, "run.attentions_promised"}, {"answer_days", KAM_REAL, "run.answer_days"}, {"answer_promised", KAM_REAL, "run.answer_promised"},
    {"sponsor", KAM_TEXT, "run.sponsor"},   {"sponsor_promised", KAM_FLAG, "run.sponsor_promised"}, {"broken", KAM_TEXT, "run.care.broken"}, {"why", KAM_TEXT, "run.why"}};

static void push_words(kam_column **c, const cared *x, const bool broken[PROMISES], const int64_t want[2], double answer, calc_lang lang)
{
    kam_str keys = KAM_STR_INIT, words = KAM_STR_INIT;
    for (int k = 0; k < PROMISES; k++) {
        if (!broken[k]) continue;
        const calc_arg args[2] = {k == ANSWER ? calc_arg_real(x->answer, 0) : calc_arg_int(k == VISITS ? x->visits : x->attentions),
                                  k == ANSWER ? calc_arg_real(answer, 0) : calc_arg_int(want[k == VISITS ? 0 : 1])};
        kam_str_addf(&keys, "%s%s", keys.len ? ", " : "", promises[k].id);
        if (words.len) kam_str_add(&words, lang == CALC_ZH ? "；" : "; ");
        calc_say(&words, lang, &promises[k], args, 2);
    }
    kam_col_push_text(c[O_BROKEN], keys.len ? kam_str_cstr(&keys) : NULL);
    kam_str line = KAM_STR_INIT;
    calc_push_say(c[O_WHY], &line, lang, keys.len ? &why_broken : &why_kept, CALC_ARGS(calc_arg_text(kam_str_cstr(&words))));
    kam_str_release(&line);
    kam_str_release(&keys);
    kam_str_release(&words);
}

static void push_account(kam_column **c, const cared *x, int g, const kam_column *known, size_t i, const calc_care_params *p)
{
    bool has = calc_known(known, i);
    kam_day since = has ? kam_col_int(known, i) : 0;
    const int64_t want[2] = {promised(p->visits[g], since, has, p), promised(p->attentions[g], since, has, p)};
    bool sponsor = p->sponsor[g] > 0;
    const bool broken[PROMISES] = {x->visits < want[0], x->attentions < want[1], !isnan(x->answer) && x->answer > p->answer[g], sponsor && !x->sponsor};
    kam_col_push_text(c[O_CLASS], grades[g]);
    kam_col_push_int(c[O_KEPT], !(broken[0] || broken[1] || broken[2] || broken[3]));
    kam_col_push_int(c[O_VISITS], x->visits);
    kam_col_push_int(c[O_VISITS_P], want[0]);
    kam_col_push_int(c[O_ATT], x->attentions);
    kam_col_push_int(c[O_ATT_P], want[1]);
    kam_col_push_real(c[O_ANSWER], x->answer);
    kam_col_push_real(c[O_ANSWER_P], p->answer[g]);
    kam_col_push_text(c[O_SPONSOR], x->sponsor);
    kam_col_push_int(c[O_SPONSOR_P], sponsor);
    push_words(c, x, broken, want, p->answer[g], p->lang);
}

kam_rc calc_care(const calc_care_in *in, const calc_care_params *p, kam_table **out, kam_err *err)
{
    static const calc_use acc[] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"known_since", KAM_DAY, true}}, cls[] = {{"class", KAM_TEXT, false}};
    const kam_column *who[3], *grade[1];
    kam_rc rc = calc_use_table(in->accounts, "accounts", acc, 3, who, err);
    if (!rc) rc = calc_use_table(in->pyramid, "pyramid", cls, 1, grade, err);
    if (rc) return rc;
    size_t n = calc_use_rows(in->accounts);
    cared *x = kam_calloc(n + 1, sizeof *x);
    rc = read_care(in, p, n, x, err);
    if (!rc) {
        kam_column *c[O_COLS];
        kam_table *t = calc_out_new("run.care.title", in->accounts, out_cols, O_COLS, c);
        for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
            int g = grade_of(grade[0], i);
            if (g < 0) continue;
            kam_col_push_from(c[O_ACCOUNT], who[0], i);
            kam_col_push_from(c[O_NAME], who[1], i);
            push_account(c, &x[i], g, who[2], i, p);
        }
        rc = calc_out_done(t, out, err);
    }
    kam_free(x);
    return rc;
}

kam_rc calc_care_summary(const kam_table *rows, const calc_care_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"class", KAM_TEXT, false}, {"kept", KAM_FLAG, false}};
    static const calc_col cols[] = {{"class", KAM_TEXT, "run.care.class"}, {"accounts", KAM_INT, "run.accounts"}, {"kept", KAM_INT, "run.kept"},
                                    {"share", KAM_REAL, "run.share"}, {"visits_promised", KAM_INT, "run.visits_promised"},
                                    {"answer_promised", KAM_REAL, "run.answer_promised"}, {"attentions_promised", KAM_INT, "run.attentions_promised"},
                                    {"sponsor_promised", KAM_FLAG, "run.sponsor_promised"}};
    const kam_column *in[2];
    kam_column *c[8];
    kam_rc rc = calc_use_table(rows, "rows", want, 2, in, err);
    if (rc) return rc;
    kam_table *t = calc_out_new("run.care.summary", rows, cols, 8, c);
    for (int g = 0; g < CALC_GRADES; g++) {
        int64_t n = 0, kept = 0;
        for (size_t i = 0; i < calc_use_rows(rows); i++) {
            if (grade_of(in[0], i) != g) continue;
            n++;
            kept += kam_col_int(in[1], i);
        }
        kam_col_push_text(c[0], grades[g]);
        kam_col_push_int(c[1], n);
        kam_col_push_int(c[2], kept);
        kam_col_push_real(c[3], n ? (double)kept / (double)n : NAN);
        kam_col_push_int(c[4], (int64_t)p->visits[g]);
        kam_col_push_real(c[5], p->answer[g]);
        kam_col_push_int(c[6], (int64_t)p->attentions[g]);
        kam_col_push_int(c[7], p->sponsor[g] > 0);
    }
    return calc_out_done(t, out, err);
}
