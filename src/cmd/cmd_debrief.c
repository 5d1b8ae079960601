/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_debrief: D7 and D4, what came of a visit: the interaction with its outcome and the agreed step as an action, in one journal entry.
 * At the prompt it asks for what the options do not say; in scripts the options say it all. */
#include "cmd_ask.h"
#include "cmd_deals.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <stddef.h>
#include <string.h>

/* What is asked, in this order. */
enum { CONTACTS, TOPIC, OBJECTIONS, ANSWERS, OUTCOME, NEXT_STEP, NEXT_ON, CONFIRMED, N_ASKED };
static const struct question {
    const char *field; /* of an interaction */
    const char *option;
    cmd_text ask;
} QUESTION[N_ASKED] = {
    [CONTACTS] = {"contacts", "-contacts", {"Whom did you meet? Codes, separated by ';' (Return: not noted)", "见了谁？编码，用分号隔开（回车：不写）"}},
    [TOPIC] = {"topic", "-topic", {"What was it about? (Return: not noted)", "谈了什么？（回车：不写）"}},
    [OBJECTIONS] = {"objections", "-objections", {"What did they object to? Separated by ';' (Return: nothing)", "对方有什么异议？用分号隔开（回车：没有）"}},
    [ANSWERS] = {"answers", "-answers", {"Which answers worked? In the same order (Return: none)", "哪些答复起了作用？次序相同（回车：没有）"}},
    [OUTCOME] = {"outcome", "-outcome",
                 {"What did the customer DO? order, advance (agreed on a concrete action), continuation (kind words), refusal (Return: not noted)",
                  "客户做了什么？order 订单、advance 进展（约定具体行动）、continuation 延续（只有好话）、refusal 拒绝（回车：不写）"}},
    [NEXT_STEP] = {"next_step", "-next_step", {"What was agreed as the next step? (Return: nothing)", "约定的下一步是什么？（回车：没有）"}},
    [NEXT_ON] = {"next_on", "-next_on", {"By when? YYYY-MM-DD (Return: no date)", "什么时候？YYYY-MM-DD（回车：没有日期）"}},
    [CONFIRMED] = {"confirmed", "-confirmed", {"Is it confirmed in writing? yes or no (Return: no)", "书面确认了吗？yes 或 no（回车：没有）"}},
};

static const char *const KIND[] = {"visit", "call", "meeting", NULL};
struct debrief_args {
    cmd_ref account, opportunity, rep;
    int kind;
    const char *said[N_ASKED];
    double hours;
    int64_t cost;
    kam_day date;
    bool dryrun, quiet;
};

typedef struct writer {
    cmd_session *s;
    const struct debrief_args *a;
    char *said[N_ASKED]; /* NULL: not said */
    char *rep;           /* who was there; NULL: nobody known */
    char date[KAM_DATE_MAX];
    int asking;
} writer;

enum { MAX_VALUES = 20 };
typedef struct values {
    store_value v[MAX_VALUES];
    size_t n;
    char hours[KAM_NUM_MAX];
    calc_arg cost;
} values;

static void give(values *v, const char *name, const char *text)
{
    if (!text) return;
    KAM_ASSERT(v->n < MAX_VALUES);
    v->v[v->n++] = (store_value){name, text};
}

static void interaction_values(const writer *w, values *v)
{
    const struct debrief_args *a = w->a;
    v->n = 0;
    give(v, "account", a->account.code);
    give(v, "date", w->date);
    give(v, "kind", KIND[a->kind]);
    give(v, "rep", w->rep);
    if (a->opportunity.id) give(v, "opportunity", a->opportunity.code);
    for (int i = 0; i < N_ASKED; i++) give(v, QUESTION[i].field, w->said[i]);
    if (!w->said[CONFIRMED] && kam_streq(w->said[OUTCOME], "advance")) give(v, "confirmed", "0");
    if (a->hours == a->hours) {
        kam_format_real(a->hours, v->hours);
        give(v, "hours", v->hours);
    }
    if (a->cost != CMD_UNSET_INT) {
        v->cost = calc_arg_money(a->cost, cmd_session_exponent(w->s));
        give(v, "cost", v->cost.buf);
    }
    give(v, "activity", "process");
    give(v, "debriefed", "1");
}

/* --- asking --------------------------------------------------------------------------------------------------------------- */

/* An answer is right when the store would take it: tried on a record of nothing but the answer. */
static kam_rc check(void *ctx, const char *answer, kam_err *err)
{
    const writer *w = ctx;
    const store_value v[] = {{"account", w->a->account.code}, {"date", w->date}, {"kind", "visit"}, {QUESTION[w->asking].field, answer}};
    return store_add(cmd_session_store(w->s), store_entity_find("interaction"), v, 4, STORE_DRYRUN, NULL, NULL, err);
}

/* Answers are asked for only after an objection; day and confirmation only of a step. */
static bool wanted(const writer *w, int i)
{
    if (w->said[i]) return false;
    if (i == ANSWERS) return w->said[OBJECTIONS] != NULL;
    if (i == NEXT_ON || i == CONFIRMED) return w->said[NEXT_STEP] != NULL;
    return true;
}

static kam_rc ask(writer *w, kam_err *err)
{
    for (w->asking = 0; w->asking < N_ASKED; w->asking++) {
        char *answer = NULL;
        if (!wanted(w, w->asking)) continue;
        kam_rc rc = cmd_ask_until(w->s, cmd_session_say(w->s, QUESTION[w->asking].ask), check, w, &answer, err);
        if (rc) return rc;
        if (answer[0]) w->said[w->asking] = answer;
        else kam_free(answer);
    }
    return KAM_OK;
}

static kam_rc collect(writer *w, kam_err *err)
{
    for (int i = 0; i < N_ASKED; i++) w->said[i] = w->a->said[i] && w->a->said[i][0] ? kam_strdup(w->a->said[i]) : NULL;
    if (!w->said[OUTCOME]) {
        if (!cmd_ask_possible(w->s)) return cmd_ask_nobody("debrief", "-outcome order|advance|continuation|refusal, -contacts, -topic, -objections, -answers, -next_step, -next_on, -confirmed", err);
        kam_rc rc = ask(w, err);
        if (rc) return rc;
    }
    if (kam_streq(w->said[OUTCOME], "advance") && !w->said[NEXT_STEP]) {
        kam_err_set(err, KAM_USAGE, "debrief: an advance is a concrete action the customer agreed on; name it with -next_step, or it is a continuation");
        return kam_err_word(err, "debrief");
    }
    return KAM_OK;
}

/* --- writing -------------------------------------------------------------------------------------------------------------- */

/* Who was there: -rep, else the owner of the account on the day. */
static kam_rc find_rep(writer *w, kam_err *err)
{
    if (w->a->rep.id) {
        w->rep = kam_strdup(w->a->rep.code);
        return KAM_OK;
    }
    const store_where where[] = {{"subject_kind", STORE_EQ, "account"}, {"subject", STORE_EQ, w->a->account.code},
                                 {"attribute", STORE_EQ, "owner"},      {"date", STORE_LE, w->date}, {"opportunity", STORE_MISSING, NULL}};
    static const char *const sort[] = {"-date"};
    const store_query q = {.where = where, .n_where = 5, .sort = sort, .n_sort = 1, .limit = 1};
    kam_table *t = NULL;
    kam_rc rc = store_list(cmd_session_store(w->s), store_entity_find("assessment"), &q, &t, err);
    if (!rc && kam_table_rows(t)) w->rep = kam_strdup(kam_col_text(kam_table_find(t, "value"), 0));
    kam_table_unref(t);
    return rc;
}

typedef struct report { /* what was written, a row a value */
    kam_table *t;
    kam_column *record, *field, *value;
} report;

static void report_start(report *r)
{
    r->t = kam_table_new();
    kam_table_set_title(r->t, "debrief");
    r->record = kam_table_add_column(r->t, "record", KAM_TEXT, "debrief.record");
    r->field = kam_table_add_column(r->t, "field", KAM_TEXT, "debrief.field");
    r->value = kam_table_add_column(r->t, "value", KAM_TEXT, "debrief.value");
}

static kam_rc write_record(writer *w, const char *entity, const store_value *v, size_t n, report *r, kam_err *err)
{
    char *object = NULL;
    kam_rc rc = store_add(cmd_session_store(w->s), store_entity_find(entity), v, n, w->a->dryrun ? STORE_DRYRUN : 0, &object, NULL, err);
    kam_str name = KAM_STR_INIT;
    kam_str_addf(&name, "%s%s%s", entity, object && object[0] && !w->a->dryrun ? " " : "", object && !w->a->dryrun ? object : "");
    for (size_t i = 0; !rc && i < n; i++) {
        kam_col_push_text(r->record, kam_str_cstr(&name));
        kam_col_push_text(r->field, v[i].name);
        kam_col_push_text(r->value, v[i].text);
    }
    kam_str_release(&name);
    kam_free(object);
    return rc;
}

/* The first of the people met is the one the step is about. */
static char *first_contact(const writer *w)
{
    const char *s = w->said[CONTACTS];
    return s ? kam_strndup(s, strcspn(s, ";")) : NULL;
}

static kam_rc write_all(writer *w, report *r, kam_err *err)
{
    values v;
    interaction_values(w, &v);
    kam_rc rc = write_record(w, "interaction", v.v, v.n, r, err);
    if (rc || !w->said[NEXT_STEP]) return rc;
    char *contact = first_contact(w);
    v.n = 0;
    give(&v, "account", w->a->account.code);
    give(&v, "what", w->said[NEXT_STEP]);
    if (w->a->opportunity.id) give(&v, "opportunity", w->a->opportunity.code);
    give(&v, "contact", contact);
    give(&v, "owner", w->rep);
    give(&v, "due", w->said[NEXT_ON]);
    rc = write_record(w, "action", v.v, v.n, r, err);
    kam_free(contact);
    return rc;
}

static kam_rc write_entry(writer *w, report *r, kam_err *err)
{
    kam_rc rc = w->a->dryrun ? KAM_OK : cmd_write_begin(w->s, err);
    if (rc) return rc;
    rc = write_all(w, r, err);
    if (w->a->dryrun) return rc;
    if (!rc) return cmd_write_end(w->s, NULL, err);
    cmd_write_abort(w->s);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    writer w = {.s = s, .a = args};
    report r;
    kam_day_format(w.a->date, w.date);
    report_start(&r);
    kam_rc rc = find_rep(&w, err);
    if (!rc) rc = collect(&w, err);
    if (!rc) rc = write_entry(&w, &r, err);
    kam_table_seal(r.t);
    if (!rc && !w.a->quiet) cmd_value_take_table(out, kam_table_ref(r.t));
    kam_table_unref(r.t);
    for (int i = 0; i < N_ASKED; i++) kam_free(w.said[i]);
    kam_free(w.rep);
    return rc;
}

#define AT(field) offsetof(struct debrief_args, field)
#define SAID(index) (offsetof(struct debrief_args, said) + (index) * sizeof(char *))
static const char *const OUTCOMES[] = {"order", "advance", "continuation", "refusal", NULL};
static const char *const YES_NO[] = {"yes", "no", NULL};
static const cmd_arg args_[] = {
    {.name = "account", .kind = CMD_REF, .offset = AT(account), .of = "account", .flags = CMD_REQUIRED, .help = {"whom we visited", "拜访的客户"}},
    {.name = "-kind", .kind = CMD_ENUM, .offset = AT(kind), .values = KIND, .def = "visit", .help = {"visit, call or meeting", "拜访、电话或会议"}},
    {.name = "-date", .kind = CMD_DATE, .offset = AT(date), .def = "asof", .help = {"its day", "日期"}},
    {.name = "-contacts", .kind = CMD_STRING, .offset = SAID(CONTACTS), .help = {"codes of the people met, separated by ';'", "在场的人的编码，用分号隔开"}},
    {.name = "-opportunity", .kind = CMD_REF, .offset = AT(opportunity), .of = "opportunity", .help = {"opportunity it was about", "涉及的商机"}},
    {.name = "-rep", .kind = CMD_REF, .offset = AT(rep), .of = "rep", .help = {"who was there; default: the owner of the account", "我方的人；默认为客户负责人"}},
    {.name = "-topic", .kind = CMD_STRING, .offset = SAID(TOPIC), .help = {"what it was about", "话题"}},
    {.name = "-objections", .kind = CMD_STRING, .offset = SAID(OBJECTIONS), .help = {"what they objected to, separated by ';'", "异议，用分号隔开"}},
    {.name = "-answers", .kind = CMD_STRING, .offset = SAID(ANSWERS), .help = {"the answers that worked, in the same order", "起作用的答复，次序相同"}},
    {.name = "-outcome", .kind = CMD_STRING, .offset = SAID(OUTCOME), .values = OUTCOMES, .help = {"what the customer did: order, advance, continuation, refusal (D4)", "客户的行动：order、advance、continuation、refusal（D4）"}},
    {.name = "-next_step", .kind = CMD_STRING, .offset = SAID(NEXT_STEP), .help = {"what was agreed; becomes an action", "约定的下一步；同时记为行动"}},
    {.name = "-next_on", .kind = CMD_STRING, .offset = SAID(NEXT_ON), .help = {"its day, YYYY-MM-DD", "下一步的日期 YYYY-MM-DD"}},
    {.name = "-confirmed", .kind = CMD_STRING, .offset = SAID(CONFIRMED), .values = YES_NO, .help = {"it is confirmed in writing: yes or no", "是否已书面确认：yes 或 no"}},
    {.name = "-hours", .kind = CMD_REAL, .offset = AT(hours), .min = 0, .max = 10000, .help = {"hours it took", "花费的小时"}},
    {.name = "-cost", .kind = CMD_MONEY, .offset = AT(cost), .help = {"money it took", "费用"}},
    CMD_ARG_DRYRUN(struct debrief_args), CMD_ARG_QUIET(struct debrief_args), CMD_ARGS_END};
static const cmd_column columns[] = {
    {"record", KAM_TEXT, {"the record written: an interaction, an action", "写入的记录：接触、行动"}, NULL},
    {"field", KAM_TEXT, {"its field", "字段"}, NULL},
    {"value", KAM_TEXT, {"what it holds", "值"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example examples[] = {
    {{"An advance and its next step.", "进展与下一步。"},
     "debrief ACME -contacts C1 -outcome advance -next_step {trial on site} -next_on 2025-07-10 -confirmed yes -quiet; table select [action list] what contact due status",
     "what\tcontact\tdue\tstatus\ntrial on site\tC1\t2025-07-10\topen"},
    {{"An advance without a concrete action is none.", "没有具体行动不算进展。"}, "debrief ACME -outcome advance", "error: KAM USAGE debrief"},
    {{"Nobody can be asked in a script.", "脚本中无人可问。"}, "debrief ACME", "error: KAM USAGE debrief"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_debrief_spec = {
    .name = "debrief",
    .summary = {"enter what came of a visit: outcome, objections and answers, the next step as an action", "拜访复盘：录入结果、异议与答复，下一步记为行动"},
    .detail = {"At the prompt it asks for what the options do not say: whom you met, the topic, objections and the answers that worked, what "
               "the customer did, the next step, by when, and whether it is confirmed in writing. Return leaves a thing out. With -outcome "
               "given it does not ask. The interaction and the action are one journal entry.",
               "在提示符下询问选项未给出的内容：见了谁、话题、异议与起作用的答复、客户做了什么、下一步、何时、是否书面确认；回车略过。"
               "给出 -outcome 时不再询问。接触与行动为一条流水。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct debrief_args), .args = args_, .columns = columns,
    .setup = "account add ACME -name Acme; contact add C1 -account ACME -name Ann",
    .examples = examples, .run = run, .topic = "questions"};
