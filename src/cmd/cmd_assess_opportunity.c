/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_assess_opportunity: D1, is there an opportunity, can we compete, can we win, is it worth winning? The card, the same card for each
 * rival, the verdict and what to work on; and marks are given here too. */
#include "calc_card.h"
#include "cmd_deals.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { SHOW_VERDICT, SHOW_CARD, SHOW_COMPARE, SHOW_WORK };
static const char *const SHOW[] = {"verdict", "card", "compare", "work", NULL};
static const char *const CONTROL[] = {"yes", "partly", "no", NULL};
static const char *const VALUES[] = {"-1", "0", "1", NULL};
static const cmd_setting SETTINGS[] = {{"assess-pursue-sum", "-show verdict"}, {"assess-max-unknown", "-show verdict"}, CMD_SETTINGS_END};

struct assess_args {
    cmd_ref opportunity, competitor;
    int show, value, control;
    const char *mark, *evidence;
    kam_day date, asof;
    bool dryrun, quiet;
};

/* --- who is compared with us ------------------------------------------------------------------------------------------- */

typedef struct sides {
    char **code; /* NULL-terminated */
    size_t n, cap;
} sides;

static void add_side(sides *x, const char *s, size_t n)
{
    for (size_t i = 0; i < x->n; i++)
        if (strlen(x->code[i]) == n && strncmp(x->code[i], s, n) == 0) return;
    KAM_GROW(x->code, x->cap, x->n + 2);
    x->code[x->n++] = kam_strndup(s, n);
    x->code[x->n] = NULL;
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Rivals of the opportunity and those who have marks. */
static kam_rc find_sides(cmd_session *s, const char *opportunity, const kam_table *marks, sides *x, kam_err *err)
{
    kam_table *t = NULL;
    const store_value key[] = {{"code", opportunity}};
    kam_rc rc = store_get(cmd_session_store(s), store_entity_find("opportunity"), key, 1, &t, err);
    if (rc) return rc;
    const char *list = kam_col_text(kam_table_find(t, "competitors"), 0);
    for (const char *end; *list; list = *end ? end + 1 : end) {
        end = list + strcspn(list, ";");
        if (end > list) add_side(x, list, (size_t)(end - list));
    }
    kam_table_unref(t);
    const kam_column *opponent = kam_table_find(marks, "opponent");
    for (size_t i = 0; i < kam_table_rows(marks); i++)
        if (!kam_col_missing(opponent, i)) add_side(x, kam_col_text(opponent, i), strlen(kam_col_text(opponent, i)));
    if (x->n) qsort(x->code, x->n, sizeof *x->code, by_text);
    return KAM_OK;
}

static void release_sides(sides *x)
{
    for (size_t i = 0; i < x->n; i++) kam_free(x->code[i]);
    kam_free(x->code);
}

/* --- a mark is given ----------------------------------------------------------------------------------------------------- */

static kam_rc wrong(const char *why, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "assess-opportunity: %s; usage: assess-opportunity OPP -mark CRITERION -1|0|1 -evidence TEXT", why);
    return kam_err_word(err, "assess-opportunity");
}

static kam_rc no_criterion(const calc_card *card, const char *word, kam_err *err)
{
    const char *near[3];
    size_t n = calc_card_nearest(card, word, near, 3);
    kam_str names = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) kam_str_addf(&names, "%s%s", i ? ", " : "", near[i]);
    kam_err_set(err, KAM_NOTFOUND, "assess-opportunity: no criterion \"%.60s\"; the nearest are %s", word, kam_str_cstr(&names));
    kam_str_release(&names);
    kam_err_word(err, "criterion");
    return kam_err_word(err, word);
}

static kam_rc check(const struct assess_args *a, kam_err *err)
{
    if (!a->mark) {
        if (a->value >= 0 || a->evidence || a->control >= 0 || a->date != CMD_UNSET_DAY) return wrong("a mark, -evidence, -control and -date go with -mark", err);
        if (a->competitor.id && a->show != SHOW_CARD) return wrong("-competitor goes with -mark or -show card", err);
        return KAM_OK;
    }
    if (a->value < 0) return wrong("the mark is missing", err);
    if (!a->evidence || !a->evidence[0]) return wrong("a mark rests on evidence; give -evidence", err);
    return KAM_OK;
}

/* The mark of a day may be given anew; then it takes the place of the old one. */
static kam_rc write_mark(cmd_session *s, const struct assess_args *a, kam_err *err)
{
    char day[KAM_DATE_MAX];
    kam_day_format(a->date == CMD_UNSET_DAY ? a->asof : a->date, day);
    const store_entity *e = store_entity_find("mark");
    const store_value v[] = {{"subject_kind", "opportunity"}, {"subject", a->opportunity.code}, {"card", "opportunity"},
                             {"criterion", a->mark},          {"date", day},                    {"opponent", a->competitor.id ? a->competitor.code : NULL},
                             {"mark", VALUES[a->value]},      {"evidence", a->evidence},        {"control", a->control < 0 ? NULL : CONTROL[a->control]}};
    size_t n = sizeof v / sizeof *v - (a->control < 0);
    kam_err first = KAM_ERR_INIT;
    kam_rc rc = store_add(cmd_session_store(s), e, v, n, a->dryrun ? STORE_DRYRUN : 0, NULL, NULL, &first);
    if (rc == KAM_CONSTRAINT && kam_streq(first.word[0], "duplicate"))
        return store_set(cmd_session_store(s), e, v, 6, v + 6, n - 6, a->dryrun ? STORE_DRYRUN : 0, NULL, err);
    if (rc && err) *err = first;
    return rc;
}

static kam_rc give_mark(cmd_session *s, const struct assess_args *a, kam_err *err)
{
    const calc_card *card = calc_card_find("opportunity");
    if (!calc_card_criterion(card, a->mark)) return no_criterion(card, a->mark, err);
    if (a->dryrun) return write_mark(s, a, err);
    kam_rc rc = cmd_write_begin(s, err);
    if (rc) return rc;
    rc = write_mark(s, a, err);
    if (!rc) return cmd_write_end(s, NULL, err);
    cmd_write_abort(s);
    return rc;
}

/* --- the answer ---------------------------------------------------------------------------------------------------------- */

static kam_rc answer(cmd_session *s, const struct assess_args *a, kam_table **t, kam_err *err)
{
    calc_assess_params p;
    kam_table *marks = NULL;
    sides x = {NULL, 0, 0};
    cmd_assess_params(s, &p);
    kam_rc rc = store_query_deal_marks(cmd_session_store(s), a->asof, a->opportunity.code, &marks, err);
    if (!rc && a->show == SHOW_COMPARE) rc = find_sides(s, a->opportunity.code, marks, &x, err);
    if (!rc)
        rc = a->show == SHOW_CARD      ? calc_assess_card(marks, a->competitor.id ? a->competitor.code : NULL, &p, t, err)
             : a->show == SHOW_COMPARE ? calc_assess_compare(marks, (const char *const *)x.code, &p, t, err)
             : a->show == SHOW_WORK    ? calc_assess_work(marks, &p, t, err)
                                       : calc_assess_verdict(marks, a->opportunity.code, &p, t, err);
    release_sides(&x);
    kam_table_unref(marks);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct assess_args *a = args;
    kam_table *t = NULL;
    kam_rc rc = check(a, err);
    if (!rc && a->mark) rc = give_mark(s, a, err);
    if (rc || (a->mark && a->quiet)) return rc;
    rc = answer(s, a, &t, err);
    if (rc) return rc;
    cmd_value_take_table(out, t);
    return KAM_OK;
}

kam_day cmd_assess_asof(const void *args) { return ((const struct assess_args *)args)->asof; }

#define AT(field) offsetof(struct assess_args, field)
static const cmd_arg args_[] = {
    {.name = "opportunity", .kind = CMD_REF, .offset = AT(opportunity), .of = "opportunity", .flags = CMD_REQUIRED, .help = {"the opportunity", "商机"}},
    {.name = "value", .kind = CMD_ENUM, .offset = AT(value), .values = VALUES, .help = {"with -mark: against us, unknown, for us", "与 -mark 同用：不利、不明、有利"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = AT(show), .values = SHOW, .def = "verdict",
     .help = {"verdict and sums; the card; our card beside the rivals'; what to work on, first things first", "结论与合计；评分卡；与对手并列；先做什么"}},
    {.name = "-mark", .kind = CMD_STRING, .offset = AT(mark), .help = {"give this criterion a mark (`-show card` lists them)", "给该项标准评分（-show card 列出各项）"}},
    {.name = "-evidence", .kind = CMD_STRING, .offset = AT(evidence), .help = {"what the mark rests on", "评分依据"}},
    {.name = "-control", .kind = CMD_ENUM, .offset = AT(control), .values = CONTROL, .help = {"is it in our control?", "是否由我们控制"}},
    {.name = "-date", .kind = CMD_DATE, .offset = AT(date), .help = {"day of the mark; default: the as-of date", "评分日期；默认为截止日期"}},
    {.name = "-competitor", .kind = CMD_REF, .offset = AT(competitor), .of = "competitor", .help = {"the card of this rival", "该对手的评分卡"}},
    CMD_ARG_ASOF(struct assess_args), CMD_ARG_DRYRUN(struct assess_args), CMD_ARG_QUIET(struct assess_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"opportunity", KAM_TEXT, {"the opportunity", "商机"}, "verdict"},
    {"verdict", KAM_TEXT, {"walk-away, qualify, pursue", "放弃、待评、追求"}, "verdict"},
    {"why", KAM_TEXT, {"which sum decided", "由哪项合计决定"}, "verdict"},
    {"sum_opportunity", KAM_REAL, {"is there an opportunity? −5 … 5", "有没有机会？−5 至 5"}, "verdict"},
    {"sum_compete", KAM_REAL, {"can we compete?", "有没有竞争力？"}, "verdict"},
    {"sum_win", KAM_REAL, {"can we win?", "能不能赢？"}, "verdict"},
    {"sum_worth", KAM_REAL, {"is it worth winning?", "值不值得赢？"}, "verdict"},
    {"unknown", KAM_INT, {"criteria unknown, of 20", "不明项数（共 20）"}, "verdict"},
    {"work_on", KAM_TEXT, {"what to work on first", "先做哪几项"}, "verdict"},
    {"question", KAM_TEXT, {"which of the four questions", "四个问题之一"}, "card, compare"},
    {"criterion", KAM_TEXT, {"key of the criterion; missing in rows of sums", "标准；合计行为空"}, "card, compare, work"},
    {"name", KAM_TEXT, {"in words", "名称"}, "card, compare, work"},
    {"mark", KAM_REAL, {"−1, 0, 1; missing: not marked, which counts as unknown", "−1、0、1；空为未评，视同不明"}, "card, work"},
    {"control", KAM_TEXT, {"yes, partly, no", "可控、部分可控、不可控"}, "card, work"},
    {"date", KAM_DAY, {"day of the mark", "评分日期"}, "card"},
    {"evidence", KAM_TEXT, {"what it rests on", "依据"}, "card"},
    {"ask", KAM_TEXT, {"what to find out", "要弄清什么"}, "card"},
    {"ours", KAM_REAL, {"our mark or sum; then a column a rival, named by its code", "我方分数或合计；其后每个对手一列，以编码为名"}, "compare"},
    {"place", KAM_INT, {"order: movable and bad ones first", "次序：可控而不利者在前"}, "work"},
    {"advice", KAM_TEXT, {"what to do", "怎么做"}, "work"},
    CMD_COLUMNS_END};
static const cmd_example examples[] = {
    {{"The money is not there: walk away.", "没有资金：放弃。"},
     "table select [assess-opportunity D1 -mark funding -1 -evidence {budget cut} -control no] verdict sum_opportunity unknown",
     "verdict\tsum_opportunity\tunknown\nwalk-away\t-1\t19"},
    {{"What to work on first.", "先做什么。"},
     "assess-opportunity D1 -mark inside-support -1 -evidence {no coach} -control yes -quiet; table select [table head [assess-opportunity D1 -show work] 2] criterion mark control",
     "criterion\tmark\tcontrol\ninside-support\t-1\tyes\nproject\t\t"},
    {{"Beside a rival.", "与对手并列。"},
     "assess-opportunity D1 -competitor K1 -mark project 1 -evidence {they wrote it} -quiet; table get [assess-opportunity D1 -show compare] 0 K1",
     "1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_assess_opportunity_spec = {
    .name = "assess-opportunity",
    .summary = {"qualification: twenty criteria in four questions, the verdict, what to work on, rivals side by side", "商机评估：四个问题二十项标准，结论、先做什么、与对手并列"},
    .detail = {"Marks are −1, 0 (unknown) or +1 with evidence; the latest on or before the as-of date counts. walk-away: the first or the last "
               "question sums below 0. pursue: every question sums to 2 or more (setting assess-pursue-sum) and at most five are unknown "
               "(assess-max-unknown). Else qualify: work on what is unknown or bad, what is in our hands first.",
               "分数为 −1、0（不明）或 +1，附依据；取截止日期及以前的最新一次。放弃：第一或第四个问题合计低于 0。追求：每个问题合计不低于 2"
               "（设置 assess-pursue-sum），且不明者不超过五项（assess-max-unknown）。其余为待评：先解决不明与不利者，可控者在前。"},
    .effect = CMD_WRITES,
    .args_size = sizeof(struct assess_args),
    .args = args_,
    .columns = columns,
    .setup = "account add ACME -name Acme; competitor add K1 -name Rival; opportunity add D1 -account ACME -opened_on 2025-05-01 -competitors K1",
    .examples = examples,
    .run = run,
    .why = cmd_assess_opportunity_why, .settings = SETTINGS,
    .topic = "questions"};
