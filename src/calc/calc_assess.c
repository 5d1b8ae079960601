/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_assess.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_verdict_keys[] = {"walk-away", "qualify", "pursue", NULL};
static const calc_text why_walk = {"assess.walk-away", "\"{1}\" sums to {2}, below 0", "“{1}”合计 {2}，低于 0"};
static const calc_text why_pursue = {"assess.pursue", "every question sums to {1} or more, {2} marks unknown", "每个问题合计都不低于 {1}，不明者 {2} 项"};
static const calc_text why_unknown = {"assess.unknown", "{1} marks are unknown, more than {2}", "不明者 {1} 项，多于 {2} 项"};
static const calc_text why_nothing = {"assess.nothing", "nothing is known yet of \"{1}\"", "“{1}”尚一无所知"};
static const calc_text why_weak = {"assess.weak", "\"{1}\" sums to {2}, below {3}", "“{1}”合计 {2}，低于 {3}"};
static const char *const controls[] = {"yes", "partly", NULL, "no"};

enum { M_CRITERION, M_OPPONENT, M_DATE, M_MARK, M_CONTROL, M_EVIDENCE, M_COLS };
static const calc_use mark_use[M_COLS] = {{"criterion", KAM_TEXT, false}, {"opponent", KAM_TEXT, false}, {"date", KAM_DAY, false},
                                          {"mark", KAM_REAL, false},      {"control", KAM_TEXT, false},  {"evidence", KAM_TEXT, false}};

static const calc_card *the_card(void)
{
    const calc_card *c = calc_card_find("opportunity");
    KAM_ASSERT(c && c->n == CALC_CRITERIA && c->n_groups == CALC_QUESTIONS);
    return c;
}

static int control_of(const kam_column *c, size_t row)
{
    for (int k = 0; k < 4; k++)
        if (controls[k] && calc_text_is(c, row, controls[k])) return k;
    return 2;
}

typedef struct task { /* a criterion that wants work */
    size_t criterion;
    int control;
    bool unknown;
} task;

static int first_things(const void *a, const void *b)
{
    const task *x = a, *y = b;
    if (x->control != y->control) return x->control - y->control;
    if (x->unknown != y->unknown) return x->unknown - y->unknown;
    return (x->criterion > y->criterion) - (x->criterion < y->criterion);
}

static void list_work(calc_assessment *a)
{
    task t[CALC_CRITERIA];
    size_t n = 0;
    for (size_t i = 0; i < CALC_CRITERIA; i++) {
        bool unknown = isnan(a->mark[i]) || a->mark[i] == 0.0;
        if (unknown || a->mark[i] < 0) t[n++] = (task){i, a->control[i], unknown};
    }
    if (n) qsort(t, n, sizeof *t, first_things);
    for (size_t i = 0; i < n; i++) a->work[i] = t[i].criterion;
    a->n_work = n;
}

void calc_assess_judge(calc_assessment *a, const calc_assess_params *p)
{
    const calc_card *card = the_card();
    size_t unknown = 0;
    bool all = true;
    for (int g = 0; g < CALC_QUESTIONS; g++) {
        size_t missing, zero;
        a->sum[g] = calc_card_group_sum(card, g, a->mark, &missing, &zero);
        unknown += missing + zero;
        all = all && a->sum[g] >= p->pursue_sum;
    }
    a->unknown = unknown;
    bool walk = a->sum[0] < 0 || a->sum[CALC_QUESTIONS - 1] < 0;
    a->verdict = calc_verdict_keys[walk ? 0 : all && (int64_t)unknown <= p->max_unknown ? 2 : 1];
}

kam_rc calc_assess(const kam_table *marks, const char *opponent, const calc_assess_params *p, calc_assessment *out, kam_err *err)
{
    const calc_card *card = the_card();
    const kam_column *c[M_COLS];
    kam_rc rc = calc_use_table(marks, "marks", mark_use, M_COLS, c, err);
    if (rc) return rc;
    calc_assessment a = {.verdict = NULL};
    for (size_t i = 0; i < CALC_CRITERIA; i++) {
        a.mark[i] = NAN;
        a.control[i] = 2;
        a.row[i] = SIZE_MAX;
    }
    for (size_t r = 0, rows = calc_use_rows(marks); r < rows; r++) {
        const calc_criterion *k = calc_known(c[M_CRITERION], r) ? calc_card_criterion(card, kam_col_text(c[M_CRITERION], r)) : NULL;
        if (!k || !calc_known(c[M_MARK], r) || !kam_streq(calc_text_at(c[M_OPPONENT], r), opponent)) continue;
        size_t i = (size_t)(k - card->criteria);
        if (a.row[i] != SIZE_MAX && kam_col_int(c[M_DATE], a.row[i]) > kam_col_int(c[M_DATE], r)) continue;
        a.mark[i] = kam_col_real(c[M_MARK], r);
        a.control[i] = control_of(c[M_CONTROL], r);
        a.row[i] = r;
    }
    calc_assess_judge(&a, p);
    list_work(&a);
    *out = a;
    return KAM_OK;
}

/* --- the card ---------------------------------------------------------------------------------------------------------- */

kam_rc calc_assess_card(const kam_table *marks, const char *opponent, const calc_assess_params *p, kam_table **out, kam_err *err)
{
    enum { QUESTION, CRITERION, NAME, MARK, CONTROL, DATE, EVIDENCE, ASK, COLS };
    static const calc_col cols[COLS] = {
        {"question", KAM_TEXT, "assess.question"}, {"criterion", KAM_TEXT, "assess.criterion"}, {"name", KAM_TEXT, "assess.name"},
        {"mark", KAM_REAL, "assess.mark"},         {"control", KAM_TEXT, "assess.control"},     {"date", KAM_DAY, "assess.date"},
        {"evidence", KAM_TEXT, "assess.evidence"}, {"ask", KAM_TEXT, "assess.ask"}};
    const calc_card *card = the_card();
    calc_assessment a;
    kam_column *c[COLS];
    kam_rc rc = calc_assess(marks, opponent, p, &a, err);
    if (rc) return rc;
    kam_table *t = calc_out_new("assess.card", marks, cols, COLS, c);
    for (size_t i = 0; i < CALC_CRITERIA; i++) {
        const calc_criterion *k = &card->criteria[i];
        kam_col_push_text(c[QUESTION], card->groups[k->group].id);
        kam_col_push_text(c[CRITERION], k->key);
        kam_col_push_text(c[NAME], calc_card_text(&k->name, p->lang));
        kam_col_push_real(c[MARK], a.mark[i]);
        kam_col_push_text(c[CONTROL], controls[a.control[i]]);
        if (a.row[i] == SIZE_MAX) kam_col_push_missing(c[DATE]);
        else kam_col_push_from(c[DATE], kam_table_find(marks, "date"), a.row[i]);
        kam_col_push_text(c[EVIDENCE], a.row[i] == SIZE_MAX ? NULL : calc_text_at(kam_table_find(marks, "evidence"), a.row[i]));
        kam_col_push_text(c[ASK], calc_card_text(&k->ask, p->lang));
    }
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

/* --- the verdict -------------------------------------------------------------------------------------------------------- */

/* Of none of the criteria of a question is anything known: its sum is no 0 but a blank. */
static bool nothing_known(const calc_card *card, const calc_assessment *a, int group)
{
    for (size_t i = 0; i < CALC_CRITERIA; i++)
        if (card->criteria[i].group == group && !isnan(a->mark[i]) && a->mark[i] != 0) return false;
    return true;
}

static void say_why(kam_str *b, const calc_assessment *a, const calc_assess_params *p)
{
    const calc_card *card = the_card();
    int weak = -1;
    kam_str_clear(b);
    for (int g = CALC_QUESTIONS - 1; g >= 0; g--)
        if (a->sum[g] < p->pursue_sum) weak = g;
    if (strcmp(a->verdict, "walk-away") == 0) weak = a->sum[0] < 0 ? 0 : CALC_QUESTIONS - 1;
    const char *question = weak < 0 ? NULL : calc_card_text(&card->groups[weak], p->lang);
    calc_arg sum = calc_arg_real(weak < 0 ? 0 : a->sum[weak], 1), floor = calc_arg_real(p->pursue_sum, 1), unknown = calc_arg_int((int64_t)a->unknown);
    if (strcmp(a->verdict, "walk-away") == 0) calc_say(b, p->lang, &why_walk, CALC_ARGS(calc_arg_text(question), sum));
    else if (strcmp(a->verdict, "pursue") == 0) calc_say(b, p->lang, &why_pursue, CALC_ARGS(floor, unknown));
    else if (weak >= 0 && nothing_known(card, a, weak)) calc_say(b, p->lang, &why_nothing, CALC_ARGS(calc_arg_text(question)));
    else if (weak >= 0) calc_say(b, p->lang, &why_weak, CALC_ARGS(calc_arg_text(question), sum, floor));
    else calc_say(b, p->lang, &why_unknown, CALC_ARGS(unknown, calc_arg_int(p->max_unknown)));
}

static void say_work(kam_str *b, const calc_assessment *a, calc_lang lang)
{
    kam_str_clear(b);
    for (size_t i = 0; i < a->n_work && i < 3; i++)
        kam_str_addf(b, "%s%s", i ? lang == CALC_ZH ? "；" : "; " : "", calc_card_text(&the_card()->criteria[a->work[i]].name, lang));
}

enum { V_OPP, V_VERDICT, V_WHY, V_SUM, V_UNKNOWN = V_SUM + CALC_QUESTIONS, V_WORK, V_COLS };
static const calc_col verdict_cols[V_COLS] = {
    {"opportunity", KAM_TEXT, "funnel.opportunity"},      {"verdict", KAM_TEXT, "assess.verdict"},
    {"why", KAM_TEXT, "classify.why"},                    {"sum_opportunity", KAM_REAL, "assess.sum_opportunity"},
    {"sum_compete", KAM_REAL, "assess.sum_compete"},      {"sum_win", KAM_REAL, "assess.sum_win"},
    {"sum_worth", KAM_REAL, "assess.sum_worth"},          {"unknown", KAM_INT, "assess.unknown"},
    {"work_on", KAM_TEXT, "assess.work_on"}};

kam_rc calc_assess_verdict(const kam_table *marks, const char *opportunity, const calc_assess_params *p, kam_table **out, kam_err *err)
{
    kam_column *c[V_COLS];
    calc_assessment a;
    kam_rc rc = calc_assess(marks, NULL, p, &a, err);
    if (rc) return rc;
    kam_table *t = calc_out_new("assess.title", marks, verdict_cols, V_COLS, c);
    kam_str b = KAM_STR_INIT;
    kam_col_push_text(c[V_OPP], opportunity);
    kam_col_push_text(c[V_VERDICT], a.verdict);
    say_why(&b, &a, p);
    kam_col_push_text(c[V_WHY], kam_str_cstr(&b));
    for (int g = 0; g < CALC_QUESTIONS; g++) kam_col_push_real(c[V_SUM + g], a.sum[g]);
    kam_col_push_int(c[V_UNKNOWN], (int64_t)a.unknown);
    say_work(&b, &a, p->lang);
    kam_col_push_text(c[V_WORK], b.len ? kam_str_cstr(&b) : NULL);
    kam_str_release(&b);
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

/* --- side by side ------------------------------------------------------------------------------------------------------- */

static size_t count_sides(const char *const *sides)
{
    size_t n = 0;
    while (sides && sides[n]) n++;
    return n;
}

kam_rc calc_assess_compare(const kam_table *marks, const char *const *sides, const calc_assess_params *p, kam_table **out, kam_err *err)
{
    const calc_card *card = the_card();
    size_t n = 1 + count_sides(sides);
    calc_assessment *a = kam_calloc(n, sizeof *a);
    kam_rc rc = KAM_OK;
    for (size_t s = 0; s < n && !rc; s++) rc = calc_assess(marks, s ? sides[s - 1] : NULL, p, &a[s], err);
    if (rc) {
        kam_free(a);
        return rc;
    }
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "assess.compare");
    kam_column *question = kam_table_add_column(t, "question", KAM_TEXT, "assess.question"),
               *criterion = kam_table_add_column(t, "criterion", KAM_TEXT, "assess.criterion"),
               *name = kam_table_add_column(t, "name", KAM_TEXT, "assess.name"), **side = kam_calloc(n, sizeof *side);
    side[0] = kam_table_add_column(t, "ours", KAM_REAL, "assess.ours");
    for (size_t s = 1; s < n; s++) { /* a rival may bear the name of one of our columns */
        kam_str code = KAM_STR_INIT;
        kam_str_addf(&code, "%s", sides[s - 1]);
        while (kam_table_find(t, kam_str_cstr(&code))) kam_str_addc(&code, '_');
        side[s] = kam_table_add_column(t, kam_str_cstr(&code), KAM_REAL, NULL);
        kam_str_release(&code);
    }
    for (size_t i = 0; i < CALC_CRITERIA; i++) {
        const calc_criterion *k = &card->criteria[i];
        kam_col_push_text(question, card->groups[k->group].id);
        kam_col_push_text(criterion, k->key);
        kam_col_push_text(name, calc_card_text(&k->name, p->lang));
        for (size_t s = 0; s < n; s++) kam_col_push_real(side[s], a[s].mark[i]);
        if (i + 1 < CALC_CRITERIA && card->criteria[i + 1].group == k->group) continue;
        kam_col_push_text(question, card->groups[k->group].id);
        kam_col_push_missing(criterion);
        kam_col_push_text(name, calc_card_text(&card->groups[k->group], p->lang));
        for (size_t s = 0; s < n; s++) { /* nothing marked: the sum of nothing is not shown as 0 */
            size_t missing;
            double sum = calc_card_group_sum(card, k->group, a[s].mark, &missing, NULL);
            kam_col_push_real(side[s], missing == CALC_CRITERIA / CALC_QUESTIONS ? NAN : sum);
        }
    }
    kam_table_seal(t);
    kam_free(side);
    kam_free(a);
    *out = t;
    return KAM_OK;
}

kam_rc calc_assess_work(const kam_table *marks, const calc_assess_params *p, kam_table **out, kam_err *err)
{
    enum { PLACE, CRITERION, NAME, MARK, CONTROL, ADVICE, COLS };
    static const calc_col cols[COLS] = {{"place", KAM_INT, "assess.place"},      {"criterion", KAM_TEXT, "assess.criterion"},
                                        {"name", KAM_TEXT, "assess.name"},       {"mark", KAM_REAL, "assess.mark"},
                                        {"control", KAM_TEXT, "assess.control"}, {"advice", KAM_TEXT, "assess.advice"}};
    calc_assessment a;
    kam_column *c[COLS];
    kam_rc rc = calc_assess(marks, NULL, p, &a, err);
    if (rc) return rc;
    kam_table *t = calc_out_new("assess.work", marks, cols, COLS, c);
    for (size_t i = 0; i < a.n_work; i++) {
        const calc_criterion *k = &the_card()->criteria[a.work[i]];
        kam_col_push_int(c[PLACE], (int64_t)i + 1);
        kam_col_push_text(c[CRITERION], k->key);
        kam_col_push_text(c[NAME], calc_card_text(&k->name, p->lang));
        kam_col_push_real(c[MARK], a.mark[a.work[i]]);
        kam_col_push_text(c[CONTROL], controls[a.control[a.work[i]]]);
        kam_col_push_text(c[ADVICE], calc_card_text(&k->advice, p->lang));
    }
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}
