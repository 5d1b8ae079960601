/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_card: marks of score cards (A6–A8, A11, D1, D9, E10, F6): which cards there are, what is marked on one, and marking. */
#include "calc_card.h"
#include "cmd_cards.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "store.h"
#include "store_setting.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

static const char *const CONTROL[] = {"yes", "partly", "no", NULL};
struct card_args {
    const char *card, *subject, *criterion;
    double mark;
    kam_day date, asof;
    const char *evidence, *by;
    int control;
    cmd_ref competitor;
    bool dryrun, quiet;
};

/* --- words ----------------------------------------------------------------------------------------------------------- */

static kam_rc not_found(kam_err *err, const char *what, const calc_card *in, const char *word)
{
    const char *near[3];
    size_t n = calc_card_nearest(in, word, near, 3);
    if (in) kam_err_set(err, KAM_NOTFOUND, "no %s \"%.60s\" on the card %s", what, word, in->key);
    else kam_err_set(err, KAM_NOTFOUND, "no %s \"%.60s\"", what, word);
    if (n) kam_err_nearest(err, word, near, n);
    else kam_err_append(err, "; `card list%s%s` shows what there is", in ? " " : "", in ? in->key : "");
    kam_err_word(err, what);
    return kam_err_word(err, word);
}

static kam_rc find_card(const char *word, const calc_card **out, kam_err *err)
{
    *out = calc_card_find(word);
    return *out ? KAM_OK : not_found(err, "card", NULL, word);
}

/* The subject's kind, code and number, of the kinds the card takes; "-" is ourselves. */
struct subject {
    const char *kind;
    int64_t id;
    char *code;
};

static kam_rc find_subject(cmd_session *s, const calc_card *card, const char *word, struct subject *out, kam_err *err)
{
    static const char *const kinds[] = {"account", "opportunity", "contact", "rep"};
    kam_err first = KAM_ERR_INIT;
    *out = (struct subject){"ourselves", 0, NULL};
    bool ourselves = kam_streq(word, "-") || kam_streq(word, "ourselves");
    if (ourselves && calc_card_takes(card, "ourselves")) {
        out->code = kam_strdup("-");
        return KAM_OK;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        kam_err e = KAM_ERR_INIT;
        if (!calc_card_takes(card, kinds[i])) continue;
        kam_rc rc = store_lookup(cmd_session_store(s), store_entity_find(kinds[i]), word, &out->id, &out->code, &e);
        if (rc == KAM_OK) {
            out->kind = kinds[i];
            return KAM_OK;
        }
        if (first.code == KAM_OK || (first.code == KAM_NOTFOUND && e.code != KAM_NOTFOUND)) first = e;
    }
    if (first.code == KAM_OK) {
        kam_err_set(err, KAM_NOTFOUND, "the card %s is for ourselves; write - for the subject, not \"%.60s\"", card->key, word);
        kam_err_word(err, "ourselves");
        return kam_err_word(err, word);
    }
    if (err) *err = first;
    return first.code;
}

/* --- card list -------------------------------------------------------------------------------------------------------- */

enum { L_CARD, L_SOURCE, L_SUBJECTS, L_GROUP, L_CRITERION, L_NAME, L_QUESTION, L_LOW, L_HIGH, L_REVERSED, L_MEASURED, L_WEIGHT, L_SETTING,
       L_ADVICE, L_COLS };
static const struct {
    const char *name;
    kam_type type;
} list_cols[L_COLS] = {
    {"card", KAM_TEXT}, {"source", KAM_TEXT},   {"subjects", KAM_TEXT}, {"group", KAM_TEXT}, {"criterion", KAM_TEXT},
    {"name", KAM_TEXT}, {"question", KAM_TEXT}, {"low", KAM_REAL},      {"high", KAM_REAL},  {"reversed", KAM_FLAG},
    {"measured", KAM_FLAG}, {"weight", KAM_REAL}, {"setting", KAM_TEXT}, {"advice", KAM_TEXT},
};

static void list_card(cmd_session *s, const calc_card *card, kam_column **c)
{
    calc_lang lang = cmd_facts_lang(s);
    double weights[32];
    cmd_card_weights(s, card, weights);
    for (size_t k = 0; k < card->n; k++) {
        const calc_criterion *x = &card->criteria[k];
        kam_col_push_text(c[L_CARD], card->key);
        kam_col_push_text(c[L_SOURCE], card->source);
        kam_col_push_text(c[L_SUBJECTS], card->subjects);
        kam_col_push_text(c[L_GROUP], card->groups ? calc_card_text(&card->groups[x->group], lang) : NULL);
        kam_col_push_text(c[L_CRITERION], x->key);
        kam_col_push_text(c[L_NAME], calc_card_text(&x->name, lang));
        kam_col_push_text(c[L_QUESTION], calc_card_text(&x->ask, lang));
        kam_col_push_real(c[L_LOW], x->lo);
        kam_col_push_real(c[L_HIGH], x->hi);
        kam_col_push_int(c[L_REVERSED], x->reversed);
        kam_col_push_int(c[L_MEASURED], x->measured);
        kam_col_push_real(c[L_WEIGHT], card->total == CALC_CARD_MEAN ? weights[k] : NAN);
        kam_col_push_text(c[L_SETTING], card->weight_setting);
        kam_col_push_text(c[L_ADVICE], calc_card_text(&x->advice, lang));
    }
}

static kam_rc list_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct card_args *a = args;
    const calc_card *only = NULL;
    kam_rc rc = a->card ? find_card(a->card, &only, err) : KAM_OK;
    if (rc) return rc;
    kam_column *c[L_COLS];
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "card.list");
    for (size_t i = 0; i < L_COLS; i++) {
        char label[64];
        snprintf(label, sizeof label, "card.%s", list_cols[i].name);
        c[i] = kam_table_add_column(t, list_cols[i].name, list_cols[i].type, label);
    }
    size_t n;
    const calc_card *const *cards = calc_cards(&n);
    for (size_t i = 0; i < n; i++)
        if (!only || cards[i] == only) list_card(s, cards[i], c);
    if (only) kam_table_add_note(t, calc_card_text(&only->purpose, cmd_facts_lang(s)));
    kam_table_seal(t);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

/* --- card show -------------------------------------------------------------------------------------------------------- */

/* Marks of one subject as a table that calc_marks_read takes: row 0 · criterion · date · mark · control · evidence · by. */
static kam_rc marks_of(cmd_session *s, const calc_card *card, const struct subject *who, const struct card_args *a, kam_table **out,
                       kam_err *err)
{
    char date[KAM_DATE_MAX];
    kam_day_format(a->asof, date);
    store_where where[] = {{"card", STORE_EQ, card->key}, {"subject_kind", STORE_EQ, who->kind}, {"date", STORE_LE, date},
                           {"opponent", a->competitor.id ? STORE_EQ : STORE_MISSING, a->competitor.id ? a->competitor.code : NULL}};
    static const char *const sort[] = {"date"}, *const names[] = {"subject", "criterion", "date", "mark", "control", "evidence", "by"};
    store_query q = {.where = where, .n_where = 4, .columns = names, .n_columns = 7, .sort = sort, .n_sort = 1};
    kam_table *all = NULL;
    kam_rc rc = store_list(cmd_session_store(s), store_entity_find("mark"), &q, &all, err);
    if (rc) return rc;
    kam_table *t = kam_table_new();
    kam_column *row = kam_table_add_column(t, "row", KAM_INT, NULL), *c[6];
    const kam_column *in[7];
    for (size_t i = 0; i < 7; i++) {
        in[i] = kam_table_find(all, names[i]);
        if (i) c[i - 1] = kam_table_add_column(t, names[i], kam_col_type(in[i]), NULL);
    }
    for (size_t r = 0; r < kam_table_rows(all); r++) {
        if (!kam_streq(who->kind, "ourselves") && !kam_streq(kam_col_text(in[0], r), who->code)) continue;
        kam_col_push_int(row, 0);
        for (size_t i = 0; i < 6; i++) kam_col_push_from(c[i], in[i + 1], r);
    }
    kam_table_seal(t);
    kam_table_unref(all);
    *out = t;
    return KAM_OK;
}

static kam_table *one_subject(const struct subject *who)
{
    kam_table *t = kam_table_new();
    kam_column *code = kam_table_add_column(t, "account", KAM_TEXT, NULL), *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_col_push_text(code, who->code);
    kam_col_push_text(name, who->code);
    kam_table_seal(t);
    return t;
}

/* The long form of calc_marks_table without its first two columns, and the total in a last row. */
static kam_table *with_total(cmd_session *s, const kam_table *t, const calc_card *card, const double *marks, const double *weights)
{
    double total = NAN, coverage = 0;
    kam_table *out = kam_table_new();
    calc_lang lang = cmd_facts_lang(s);
    bool known = calc_card_score(card, weights, marks, &total, &coverage);
    kam_table_set_title(out, "card.show");
    size_t rows = kam_table_rows(t);
    for (size_t i = 2; i < kam_table_columns(t); i++) {
        const kam_column *from = kam_table_column(t, i);
        kam_column *c = kam_table_add_column(out, kam_col_name(from), kam_col_type(from), kam_col_label(from));
        for (size_t r = 0; r < rows; r++) kam_col_push_from(c, from, r);
        const char *name = kam_col_name(from);
        if (kam_streq(name, "criterion")) kam_col_push_text(c, "total");
        else if (kam_streq(name, "question")) kam_col_push_text(c, lang == CALC_ZH ? "合计（权重列为已知比例）" : "total (weight: share known)");
        else if (kam_streq(name, "mark")) kam_col_push_real(c, known ? total : NAN);
        else if (kam_streq(name, "weight")) kam_col_push_real(c, coverage);
        else kam_col_push_missing(c);
    }
    kam_table_add_note(out, calc_card_text(&card->purpose, lang));
    kam_table_seal(out);
    return out;
}

/* Data of all accounts answer some criteria of an account's card. */
static kam_rc show_account(cmd_session *s, const calc_card *card, const struct subject *who, kam_day asof, kam_table **out, kam_err *err)
{
    cmd_card_run r;
    kam_table *t = NULL;
    kam_rc rc = cmd_card_run_of(s, card, asof, &r, err);
    if (rc) return rc;
    size_t row;
    if (!store_ledger_row(cmd_session_store(s), asof, who->id, &row)) {
        char date[KAM_DATE_MAX];
        kam_day_format(asof, date);
        cmd_card_run_release(&r);
        kam_err_set(err, KAM_NOTFOUND, "account %s is not known on %s yet; ask for a later -asof", who->code, date);
        kam_err_word(err, "account");
        return kam_err_word(err, who->code);
    }
    const double *weights = r.weighted ? r.weights : NULL;
    rc = calc_marks_table(&r.marks, r.facts.held.accounts, r.marks_table, weights, cmd_facts_lang(s), row, &t, err);
    if (!rc) *out = with_total(s, t, card, calc_marks_of(&r.marks, row), weights);
    kam_table_unref(t);
    cmd_card_run_release(&r);
    return rc;
}

static kam_rc show_other(cmd_session *s, const calc_card *card, const struct subject *who, const struct card_args *a, kam_table **out,
                         kam_err *err)
{
    kam_table *marks = NULL, *t = NULL, *subject = one_subject(who);
    calc_marks m = CALC_MARKS_INIT;
    double weights[32];
    cmd_card_weights(s, card, weights);
    kam_rc rc = marks_of(s, card, who, a, &marks, err);
    if (!rc) rc = calc_marks_read(card, marks, 1, &m, err);
    if (!rc) rc = calc_marks_table(&m, subject, marks, weights, cmd_facts_lang(s), SIZE_MAX, &t, err);
    if (!rc) *out = with_total(s, t, card, calc_marks_of(&m, 0), weights);
    calc_marks_release(&m);
    kam_table_unref(marks);
    kam_table_unref(t);
    kam_table_unref(subject);
    return rc;
}

static kam_rc show_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct card_args *a = args;
    const calc_card *card;
    struct subject who = {NULL, 0, NULL};
    kam_table *t = NULL;
    kam_rc rc = find_card(a->card, &card, err);
    if (!rc) rc = find_subject(s, card, a->subject, &who, err);
    if (!rc && kam_streq(who.kind, "account") && !a->competitor.id) rc = show_account(s, card, &who, a->asof, &t, err);
    else if (!rc) rc = show_other(s, card, &who, a, &t, err);
    kam_free(who.code);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

/* --- card set, card add ------------------------------------------------------------------------------------------------ */

static kam_rc check_mark(const calc_card *card, const calc_criterion *c, double mark, kam_err *err)
{
    bool whole = card->total == CALC_CARD_SUM; /* for, against or unknown: nothing in between */
    if (mark >= c->lo && mark <= c->hi && !(whole && mark != floor(mark))) return KAM_OK;
    char lo[KAM_NUM_MAX], hi[KAM_NUM_MAX], got[KAM_NUM_MAX];
    kam_format_real(c->lo, lo);
    kam_format_real(c->hi, hi);
    kam_format_real(mark, got);
    kam_err_set(err, KAM_CONSTRAINT, "%s on the card %s is marked from %s to %s%s, not %s", c->key, card->key, lo, hi,
                whole ? ", in whole numbers" : "", got);
    kam_err_word(err, "range");
    kam_err_word(err, "mark.mark");
    return kam_err_word(err, got);
}

/* Key fields first, then the rest; texts lent. */
static size_t values_of(const struct card_args *a, const calc_card *card, const struct subject *who, const char *date, const char *mark,
                        store_value v[10], size_t *n_key)
{
    size_t n = 0;
    v[n++] = (store_value){"subject_kind", who->kind};
    v[n++] = (store_value){"subject", who->code};
    v[n++] = (store_value){"card", card->key};
    v[n++] = (store_value){"criterion", a->criterion};
    v[n++] = (store_value){"date", date};
    if (a->competitor.id) v[n++] = (store_value){"opponent", a->competitor.code};
    *n_key = n;
    v[n++] = (store_value){"mark", mark};
    if (a->evidence) v[n++] = (store_value){"evidence", a->evidence};
    if (a->control >= 0) v[n++] = (store_value){"control", CONTROL[a->control]};
    if (a->by) v[n++] = (store_value){"by", a->by};
    return n;
}

static kam_rc write_mark(cmd_session *s, const struct card_args *a, const calc_card *card, const struct subject *who, bool replace,
                         kam_table **diff, kam_err *err)
{
    store *db = cmd_session_store(s);
    const store_entity *e = store_entity_find("mark");
    unsigned flags = a->dryrun ? STORE_DRYRUN : 0;
    char date[KAM_DATE_MAX], mark[KAM_NUM_MAX];
    store_value v[10];
    size_t n_key;
    kam_table *old = NULL;
    kam_err none = KAM_ERR_INIT;
    kam_day_format(a->date, date);
    kam_format_real(a->mark, mark);
    size_t n = values_of(a, card, who, date, mark, v, &n_key);
    bool there = replace && store_get(db, e, v, n_key, &old, &none) == KAM_OK;
    kam_table_unref(old);
    if (there) return store_set(db, e, v, n_key, v + n_key, n - n_key, flags, diff, err);
    return store_add(db, e, v, n, flags, NULL, diff, err);
}

static kam_rc mark_run(cmd_session *s, const struct card_args *a, bool replace, cmd_value *out, kam_err *err)
{
    const calc_card *card;
    struct subject who = {NULL, 0, NULL};
    kam_table *diff = NULL;
    kam_rc rc = find_card(a->card, &card, err);
    if (rc) return rc;
    const calc_criterion *c = calc_card_criterion(card, a->criterion);
    if (!c) return not_found(err, "criterion", card, a->criterion);
    rc = find_subject(s, card, a->subject, &who, err);
    if (!rc) rc = check_mark(card, c, a->mark, err);
    if (!rc && !a->dryrun) rc = cmd_write_begin(s, err);
    if (!rc) {
        rc = write_mark(s, a, card, &who, replace, &diff, err);
        if (!a->dryrun && !rc) rc = cmd_write_end(s, NULL, err);
        else if (!a->dryrun) cmd_write_abort(s);
    }
    if (!rc && !a->quiet) cmd_value_take_table(out, kam_table_ref(diff));
    kam_table_unref(diff);
    kam_free(who.code);
    return rc;
}

static kam_rc set_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    return mark_run(s, args, true, out, err);
}

static kam_rc add_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    return mark_run(s, args, false, out, err);
}

/* --- records ----------------------------------------------------------------------------------------------------------- */

static const char *const CARD_NAMES[] = {"quality", "risks", "fit", "capability", "potential", "discipline", "opportunity", "buying-factors",
                                         "competence", "shifts", "practice", NULL};

#define ARG_CARD(need)                                                                                                                     \
    {                                                                                                                                      \
        .name = "card", .kind = CMD_STRING, .offset = offsetof(struct card_args, card), .flags = (need), .values = CARD_NAMES,              \
        .help = {"quality, risks, fit, capability, potential, discipline, opportunity, buying-factors, competence, shifts or practice",   \
                 "评分卡：quality 优劣、risks 风险、fit 让渡价值、capability 能力、potential 潜力、discipline 价值法则、opportunity 商机评估、"             \
                 "buying-factors 采购要素、competence 胜任力、shifts 四个转变、practice 五个方面"}                                               \
    }
#define ARG_SUBJECT                                                                                                                        \
    {                                                                                                                                      \
        .name = "subject", .kind = CMD_STRING, .offset = offsetof(struct card_args, subject), .flags = CMD_REQUIRED,                        \
        .help = {"code or name of what the card is about (see `card list`); - is ourselves", "评分对象的编码或名称（见 card list）；- 为我们自己"} \
    }
#define ARG_COMPETITOR                                                                                                                     \
    {                                                                                                                                      \
        .name = "-competitor", .kind = CMD_REF, .offset = offsetof(struct card_args, competitor), .of = "competitor",                      \
        .help = {"the marks of this competitor, not ours", "该竞争对手的评分，而非我方的"}                                                        \
    }
/* Of `card set` and `card add`. */
static const cmd_arg mark_args[] = {
    ARG_CARD(CMD_REQUIRED), ARG_SUBJECT,
    {.name = "criterion", .kind = CMD_STRING, .offset = offsetof(struct card_args, criterion), .flags = CMD_REQUIRED,
     .help = {"criterion of the card", "评分卡的标准"}},
    {.name = "mark", .kind = CMD_REAL, .offset = offsetof(struct card_args, mark), .flags = CMD_REQUIRED,
     .help = {"the mark, in the range of the criterion", "评分，须在该标准的范围内"}},
    {.name = "-date", .kind = CMD_DATE, .offset = offsetof(struct card_args, date), .def = "asof",
     .help = {"day from which it holds", "自何日起有效"}},
    {.name = "-evidence", .kind = CMD_STRING, .offset = offsetof(struct card_args, evidence),
     .help = {"what it rests on", "依据"}},
    {.name = "-control", .kind = CMD_ENUM, .offset = offsetof(struct card_args, control), .values = CONTROL,
     .help = {"whether it is in our control", "是否由我们控制"}},
    {.name = "-by", .kind = CMD_STRING, .offset = offsetof(struct card_args, by),
     .help = {"whose judgement it is", "谁的判断"}},
    ARG_COMPETITOR, CMD_ARG_DRYRUN(struct card_args), CMD_ARG_QUIET(struct card_args), CMD_ARGS_END};

static const cmd_arg list_args[] = {ARG_CARD(0), CMD_ARGS_END};
static const cmd_arg show_args[] = {ARG_CARD(CMD_REQUIRED), ARG_SUBJECT, ARG_COMPETITOR, CMD_ARG_ASOF(struct card_args), CMD_ARGS_END};

static const cmd_column list_columns[] = {
    {"card", KAM_TEXT, {"the card", "评分卡"}, NULL},
    {"source", KAM_TEXT, {"the method it belongs to", "所属方法"}, NULL},
    {"subjects", KAM_TEXT, {"what it is about", "对象类型"}, NULL},
    {"group", KAM_TEXT, {"group of criteria", "分组"}, NULL},
    {"criterion", KAM_TEXT, {"the criterion, as commands take it", "标准（命令所用的键）"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"question", KAM_TEXT, {"what to ask and what to look for", "要问什么、看什么"}, NULL},
    {"low", KAM_REAL, {"lowest mark", "最低分"}, NULL},
    {"high", KAM_REAL, {"highest mark", "最高分"}, NULL},
    {"reversed", KAM_FLAG, {"a high mark is a burden", "分数高为不利"}, NULL},
    {"measured", KAM_FLAG, {"data answer it where they can", "能由数据测算"}, NULL},
    {"weight", KAM_REAL, {"weight in force; missing where nothing is weighed", "现行权重；不加权则缺失"}, NULL},
    {"setting", KAM_TEXT, {"the setting that holds the weights", "存放权重的设置"}, NULL},
    {"advice", KAM_TEXT, {"what a low mark calls for", "低分时应做什么"}, NULL},
    CMD_COLUMNS_END};
static const cmd_column show_columns[] = {
    {"criterion", KAM_TEXT, {"the criterion; the last row is `total`", "标准；末行为 total 合计"}, NULL},
    {"question", KAM_TEXT, {"its name", "名称"}, NULL},
    {"mark", KAM_REAL, {"the latest mark, or what the data say", "最近的评分或测算值"}, NULL},
    {"how", KAM_TEXT, {"measured, entered, general (of ourselves) or missing", "measured 测算、entered 录入、general 沿用我方、missing 缺失"}, NULL},
    {"weight", KAM_REAL, {"share of the weight; of the total: the share that is known", "权重占比；合计行为已知比例"}, NULL},
    {"date", KAM_DAY, {"since when the entered mark holds", "录入评分的日期"}, NULL},
    {"control", KAM_TEXT, {"whether it is in our control", "可控性"}, NULL},
    {"evidence", KAM_TEXT, {"what it rests on", "依据"}, NULL},
    {"by", KAM_TEXT, {"whose judgement it is", "评分人"}, NULL},
    CMD_COLUMNS_END};
static const cmd_column diff_columns[] = {
    {"entity", KAM_TEXT, {"mark", "评分"}, NULL},
    {"action", KAM_TEXT, {"add or set", "增或改"}, NULL},
    {"object", KAM_TEXT, {"key of the mark", "评分的键"}, NULL},
    {"field", KAM_TEXT, {"field", "字段"}, NULL},
    {"before", KAM_TEXT, {"value before", "之前"}, NULL},
    {"after", KAM_TEXT, {"value after", "之后"}, NULL},
    CMD_COLUMNS_END};

/* Of the cards that have weights; quality and potential are measured among all accounts. */
static const cmd_setting list_settings[] = {{"quality-weights", NULL}, {"potential-weights", NULL}, CMD_SETTINGS_END};
static const cmd_setting show_settings[] = {{"quality-weights", NULL}, {"potential-weights", NULL}, {"lifecycle-trend-days", NULL},
                                            {"window", NULL}, {"default-margin", NULL}, CMD_SETTINGS_END};

static const char setup[] = "account add ACME -name Acme -known_since 2023-01-01";
static const cmd_example list_examples[] = {
    {{"the criteria of a card and their weights", "一张评分卡的标准与权重"}, "table select [card list quality] criterion weight measured",
     "criterion\tweight\tmeasured\nbuying-power\t25\t0\nmargin-payment\t25\t1\ncost-to-serve\t20\t1\nloyalty\t20\t1\nteaches\t10\t0"},
    CMD_EXAMPLES_END};
static const cmd_example show_examples[] = {
    {{"marks, where they come from, and the total over what is known", "各项评分、来源及已知部分的合计"},
     "card set potential ACME research 8 -evidence {two patents} -by Li -quiet; card set potential ACME strategy 6 -quiet; "
     "table select [table where [card show potential ACME] {!missing(mark)}] criterion mark how weight evidence by",
     "criterion\tmark\thow\tweight\tevidence\tby\nresearch\t8\tentered\t0.125\ttwo patents\tLi\nstrategy\t6\tentered\t0.125\t\t\n"
     "total\t7\t\t0.25\t\t"},
    CMD_EXAMPLES_END};
static const cmd_example set_examples[] = {
    {{"mark with evidence", "带依据的评分"}, "card set quality ACME teaches 8 -evidence {joint trial of May} -quiet; mark list -columns {criterion mark evidence}",
     "criterion\tmark\tevidence\nteaches\t8\tjoint trial of May"},
    {{"what would change", "会改什么"}, "table select [card set quality ACME loyalty 5 -dryrun] action field after",
     NULL},
    {{"a slip of the pen names the nearest", "写错时给出最近的名称"}, "card set quality ACME loyal 5", "error: KAM NOTFOUND criterion loyal"},
    CMD_EXAMPLES_END};
static const cmd_example add_examples[] = {
    {{"a mark of that day must be new", "当日的评分须是新的"}, "card add quality ACME teaches 8 -quiet; card add quality ACME teaches 9",
     "error: KAM CONSTRAINT duplicate mark.subject_kind {account quality teaches}"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_card_list_spec = {
    .name = "card list",
    .summary = {"score cards and their criteria", "评分卡及其标准"},
    .detail = {"One row a criterion: what to ask and look for, range, weight, and whether data answer it. Weights that stand in a setting are "
               "changed there.",
               "每项标准一行：要问什么、看什么、分数范围、权重，以及能否由数据测算。权重存于设置者，在设置中修改。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct card_args),
    .args = list_args,
    .columns = list_columns,
    .examples = list_examples,
    .run = list_run,
    .settings = list_settings,
    .topic = "questions"};
const cmd_spec cmd_card_show_spec = {
    .name = "card show",
    .summary = {"every criterion of a card with its latest mark", "评分卡各项标准的最近评分"},
    .detail = {"The latest mark dated on or before the as-of day counts; a later one never does. What data can answer is measured among all "
               "accounts and takes the place of an entered mark. The last row is the total over what is known; its weight is the share that is.",
               "以截止日期及以前最近的评分为准，之后的不算。数据能回答的在全体客户中测算，代替录入的评分。末行为已知部分的合计，其权重列为已知比例。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct card_args),
    .args = show_args,
    .columns = show_columns,
    .setup = setup,
    .examples = show_examples,
    .run = show_run,
    .settings = show_settings,
    .topic = "questions"};
const cmd_spec cmd_card_set_spec = {
    .name = "card set",
    .summary = {"mark a criterion of a score card", "给评分卡的一项标准评分"},
    .detail = {"Gives the mark that holds from a day on; a mark of the same day is replaced. Earlier marks stay, so that an earlier -asof sees "
               "them. `card add` does the same but refuses to replace.",
               "给出自某日起有效的评分；同日的评分被替换。更早的评分保留，较早的 -asof 仍可看到。card add 相同，但不替换。"},
    .effect = CMD_WRITES,
    .args_size = sizeof(struct card_args),
    .args = mark_args,
    .columns = diff_columns,
    .setup = setup,
    .examples = set_examples,
    .run = set_run,
    .topic = "data"};
const cmd_spec cmd_card_add_spec = {
    .name = "card add",
    .summary = {"mark a criterion that has no mark of that day yet", "给当日尚无评分的标准评分"},
    .detail = {"As `card set`, but a mark of the same day is an error instead of being replaced: for scripts that must not overwrite.",
               "与 card set 相同，但当日已有评分则报错而不替换：供不得覆盖的脚本使用。"},
    .effect = CMD_WRITES,
    .args_size = sizeof(struct card_args),
    .args = mark_args,
    .columns = diff_columns,
    .setup = setup,
    .examples = add_examples,
    .run = add_run,
    .topic = "data"};
