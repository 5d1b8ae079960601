/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_contact_assess: `contact assess`, the attributes of a person (B1–B4, B7, B8) entered as dated assessments in one
 * journal entry: by answering the questions of a small decision tree at the prompt, or as options. */
#include "cmd_ask.h"
#include "cmd_session.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store.h"
#include "store_field.h"
#include <stddef.h>
#include <string.h>

enum { LAYER, BUYING_ROLE, ACCOUNT_ROLE, AUTHORITY, PARTICIPATION, ATTITUDE, ORG_NEED, ORG_FIT, PERSON_NEED, PERSON_FIT,
       THINKING, ATTRIBUTES };
static const char *const NAME[ATTRIBUTES] = {"layer",    "buying_role", "account_role", "authority",  "participation", "attitude",
                                             "org_need", "org_fit",     "person_need",  "person_fit", "thinking"};

struct assess_args {
    cmd_ref contact, opportunity;
    const char *value[ATTRIBUTES];
    kam_day date;
    const char *by, *evidence;
    bool dryrun, quiet;
};

/* --- one assessment ------------------------------------------------------------------------------------------------ */

typedef struct writer {
    cmd_session *s;
    const struct assess_args *a;
    char date[KAM_DATE_MAX];
    int attribute; /* the one being asked about */
} writer;

/* Add it, or replace the value given for the same day before. */
static kam_rc put(writer *w, int attribute, const char *value, unsigned flags, kam_err *err)
{
    const store_entity *e = store_entity_find("assessment");
    store *db = cmd_session_store(w->s);
    const struct assess_args *a = w->a;
    store_value v[8] = {{"subject_kind", "contact"}, {"subject", a->contact.code}, {"attribute", NAME[attribute]}, {"date", w->date}};
    size_t key = 4, n;
    if (a->opportunity.id) v[key++] = (store_value){"opportunity", a->opportunity.code};
    n = key;
    v[n++] = (store_value){"value", value};
    if (a->by) v[n++] = (store_value){"by", a->by};
    if (a->evidence) v[n++] = (store_value){"evidence", a->evidence};
    kam_err e1 = KAM_ERR_INIT;
    kam_rc rc = store_add(db, e, v, n, flags, NULL, NULL, &e1);
    if (rc == KAM_CONSTRAINT && kam_streq(e1.word[0], "duplicate"))
        return store_set(db, e, v, key, v + key, n - key, flags, NULL, err);
    if (rc && err) *err = e1;
    return rc;
}

/* --- the questions ------------------------------------------------------------------------------------------------- */

/* Choices are added behind the question, numbered. */
static const cmd_text QUESTION[ATTRIBUTES] = {
    [LAYER] = {"What matters most to %s: the institution's standing, approval from above, that it is done well, or that it is easy?",
               "%s 最在意什么：单位的形象、上级的认可、把事办好，还是用着方便？"},
    [BUYING_ROLE] = {"What part has %s in the purchase? (several: 1,4)", "%s 在采购中担当什么？（可多选：1,4）"},
    [ACCOUNT_ROLE] = {"And in dealing with us?", "与我们打交道时是什么角色？"},
    [AUTHORITY] = {"How far does the word of %s carry, 0 to 10 (5 and more: can decide)?", "%s 说话有多大分量？0 至 10（5 及以上：能拍板）"},
    [PARTICIPATION] = {"How much does %s take part in this, 0 to 10?", "%s 参与多少？0 至 10"},
    [ATTITUDE] = {"How does %s stand towards us, −5 (against) to 5 (for)?", "%s 对我们的态度？-5（反对）至 5（支持）"},
    [ORG_NEED] = {"What does the organisation want, in the eyes of %s?", "在 %s 看来，单位要什么？"},
    [ORG_FIT] = {"How well do we meet that, 0 to 10, as %s sees it?", "%s 认为我们满足得如何？0 至 10"},
    [PERSON_NEED] = {"And what does %s want personally?", "%s 个人想要什么？"},
    [PERSON_FIT] = {"How well do we meet that, 0 to 10?", "我们满足得如何？0 至 10"},
    [THINKING] = {"How does %s think?", "%s 偏好怎样思考？"},
};
static const cmd_text SKIP = {"(Return: not known)", "（回车：不清楚）"};

static char *question(cmd_session *s, int attribute, const char *name)
{
    const store_attribute *at = store_attribute_find("contact", NAME[attribute]);
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    const char *text = cmd_session_say(s, QUESTION[attribute]), *hole = strstr(text, "%s");
    kam_str b = KAM_STR_INIT;
    kam_str_addn(&b, text, hole ? (size_t)(hole - text) : strlen(text));
    if (hole) kam_str_addf(&b, "%s%s", name, hole + 2);
    for (size_t i = 0; at->values && at->values[i].name; i++)
        kam_str_addf(&b, "\n  %zu %s", i + 1, zh ? at->values[i].zh : at->values[i].en);
    kam_str_addf(&b, "%s%s", at->values ? "\n" : " ", cmd_session_say(s, SKIP));
    return kam_str_detach(&b);
}

/* Numbers of choices become their keys: "1,4" → "decider,user". Caller frees. */
static char *chosen(int attribute, const char *answer)
{
    const store_attribute *at = store_attribute_find("contact", NAME[attribute]);
    size_t n = 0;
    while (at->values && at->values[n].name) n++;
    kam_str b = KAM_STR_INIT;
    for (const char *p = answer; at->values && *p;) {
        size_t len = strcspn(p, " ,;");
        char *word = kam_strndup(p, len);
        long long k;
        bool number = kam_parse_int(word, &k) && k >= 1 && (size_t)k <= n;
        if (len) kam_str_addf(&b, "%s%s", b.len ? "," : "", number ? at->values[k - 1].name : word);
        kam_free(word);
        p += len;
        p += strspn(p, " ,;");
    }
    if (!b.len) kam_str_add(&b, answer);
    return kam_str_detach(&b);
}

static kam_rc check(void *ctx, const char *answer, kam_err *err)
{
    writer *w = ctx;
    char *value = chosen(w->attribute, answer);
    kam_rc rc = put(w, w->attribute, value, STORE_DRYRUN, err);
    kam_free(value);
    return rc;
}

/* What the buying role says about the role towards us; NULL: has to be asked. */
static const char *role_follows(const char *buying)
{
    static const char *const same[] = {"decider", "purchaser", "user"};
    for (size_t i = 0; buying && i < 3; i++)
        if (strstr(buying, same[i])) return same[i];
    return NULL;
}

/* The tree: a fit is asked only for a need that is known, the role towards us only where it does not follow. */
static bool asked(int attribute, char *const value[ATTRIBUTES])
{
    if (attribute == ACCOUNT_ROLE) return !role_follows(value[BUYING_ROLE]);
    if (attribute == ORG_FIT) return value[ORG_NEED] != NULL;
    return attribute != PERSON_FIT || value[PERSON_NEED] != NULL;
}

static kam_rc ask_all(writer *w, const char *name, char *value[ATTRIBUTES], kam_err *err)
{
    for (int i = 0; i < ATTRIBUTES; i++) {
        if (!asked(i, value)) {
            if (i == ACCOUNT_ROLE) value[i] = kam_strdup(role_follows(value[BUYING_ROLE]));
            continue;
        }
        char *text = question(w->s, i, name), *answer = NULL;
        w->attribute = i;
        kam_rc rc = cmd_ask_until(w->s, text, check, w, &answer, err);
        kam_free(text);
        if (rc) return rc;
        if (*answer) value[i] = chosen(i, answer);
        kam_free(answer);
    }
    return KAM_OK;
}

/* --- the command --------------------------------------------------------------------------------------------------- */

/* The value in force on the day before anything is written; NULL: none. Caller frees. */
static kam_rc value_before(writer *w, int attribute, char **out, kam_err *err)
{
    const struct assess_args *a = w->a;
    store_where where[] = {{"subject_kind", STORE_EQ, "contact"}, {"subject", STORE_EQ, a->contact.code},
                           {"attribute", STORE_EQ, NAME[attribute]}, {"date", STORE_LE, w->date},
                           {"opportunity", a->opportunity.id ? STORE_EQ : STORE_MISSING, a->opportunity.code}};
    static const char *const sort[] = {"-date"};
    store_query q = {.where = where, .n_where = 5, .sort = sort, .n_sort = 1, .limit = 1};
    kam_table *t = NULL;
    kam_rc rc = store_list(cmd_session_store(w->s), store_entity_find("assessment"), &q, &t, err);
    if (rc) return rc;
    if (kam_table_rows(t)) *out = kam_strdup(kam_col_text(kam_table_find(t, "value"), 0));
    kam_table_unref(t);
    return KAM_OK;
}

static kam_rc write_all(writer *w, char *const value[ATTRIBUTES], kam_table **out, kam_err *err)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "contact.assessed");
    kam_column *attribute = kam_table_add_column(t, "attribute", KAM_TEXT, "assessment.attribute"),
               *before = kam_table_add_column(t, "before", KAM_TEXT, "before"),
               *now = kam_table_add_column(t, "value", KAM_TEXT, "assessment.value"),
               *date = kam_table_add_column(t, "date", KAM_DAY, "assessment.date");
    kam_rc rc = KAM_OK;
    for (int i = 0; i < ATTRIBUTES && !rc; i++) {
        if (!value[i]) continue;
        char *old = NULL;
        rc = value_before(w, i, &old, err);
        if (!rc) rc = put(w, i, value[i], w->a->dryrun ? STORE_DRYRUN : 0, err);
        kam_col_push_text(attribute, NAME[i]);
        kam_col_push_text(before, old);
        kam_col_push_text(now, value[i]);
        kam_col_push_int(date, w->a->date);
        kam_free(old);
    }
    kam_table_seal(t);
    if (rc) kam_table_unref(t);
    else *out = t;
    return rc;
}

static kam_rc name_of(cmd_session *s, const char *code, char **out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_get(cmd_session_store(s), store_entity_find("contact"), &(store_value){"code", code}, 1, &t, err);
    if (rc) return rc;
    *out = kam_strdup(kam_col_text(kam_table_find(t, "name"), 0));
    kam_table_unref(t);
    return KAM_OK;
}

/* Questions at the prompt when no attribute was given. */
static kam_rc collect(writer *w, char *value[ATTRIBUTES], kam_err *err)
{
    size_t given = 0;
    for (int i = 0; i < ATTRIBUTES; i++) {
        if (!w->a->value[i]) continue;
        value[i] = chosen(i, w->a->value[i]);
        given++;
    }
    if (given) return KAM_OK;
    if (!cmd_ask_possible(w->s))
        return cmd_ask_nobody("contact assess", "-layer, -buying_role, -authority, -participation, -attitude …; see help contact assess", err);
    char *name = NULL;
    kam_rc rc = name_of(w->s, w->a->contact.code, &name, err);
    if (!rc) rc = ask_all(w, name, value, err);
    kam_free(name);
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct assess_args *a = args;
    writer w = {.s = s, .a = a};
    char *value[ATTRIBUTES] = {NULL};
    kam_table *t = NULL;
    kam_day_format(a->date, w.date);
    kam_rc rc = collect(&w, value, err);
    if (!rc && !a->dryrun) rc = cmd_write_begin(s, err);
    if (!rc) {
        rc = write_all(&w, value, &t, err);
        if (!a->dryrun) {
            if (rc) cmd_write_abort(s);
            else rc = cmd_write_end(s, NULL, err);
        }
    }
    if (!rc && !a->quiet) cmd_value_take_table(out, kam_table_ref(t));
    kam_table_unref(t);
    for (int i = 0; i < ATTRIBUTES; i++) kam_free(value[i]);
    return rc;
}

/* For completion at the prompt; that each of them is accepted is tested. */
static const char *const LAYERS[] = {"image", "decision", "implementation", "use", NULL};
static const char *const BUYING[] = {"decider", "gatekeeper", "purchaser", "user", "coach", NULL};
static const char *const ROLES[] = {"decider", "user", "purchaser", "interface", NULL};
static const char *const ORG[] = {"financial", "performance", "image", NULL};
static const char *const PERSONAL[] = {"power", "achievement", "recognition", "acceptance", "order", "safety", NULL};
static const char *const WAYS[] = {"A", "B", "C", "D", NULL};

#define ATTRIBUTE(index, option, words, text_en, text_zh)                                                                      \
    {.name = "-" option, .kind = CMD_STRING, .offset = offsetof(struct assess_args, value) + (index) * sizeof(char *),    \
     .values = (words), .help = {text_en, text_zh}}

static const cmd_arg spec_args[] = {
    {.name = "contact", .kind = CMD_REF, .offset = offsetof(struct assess_args, contact), .of = "contact", .flags = CMD_REQUIRED,
     .help = {"the person", "联系人"}},
    ATTRIBUTE(LAYER, "layer", LAYERS, "B1: image, decision, implementation or use", "B1：image、decision、implementation 或 use"),
    ATTRIBUTE(BUYING_ROLE, "buying_role", BUYING, "B2: decider, gatekeeper, purchaser, user, coach; several joined by commas",
              "B2：decider、gatekeeper、purchaser、user、coach；多个用逗号隔开"),
    ATTRIBUTE(ACCOUNT_ROLE, "account_role", ROLES, "B8: decider, user, purchaser or interface", "B8：decider、user、purchaser 或 interface"),
    ATTRIBUTE(AUTHORITY, "authority", NULL, "B3: 0 to 10", "B3：0 至 10"),
    ATTRIBUTE(PARTICIPATION, "participation", NULL, "B3: 0 to 10", "B3：0 至 10"),
    ATTRIBUTE(ATTITUDE, "attitude", NULL, "−5 against us to 5 for us", "-5 反对至 5 支持"),
    ATTRIBUTE(ORG_NEED, "org_need", ORG, "B4: financial, performance or image", "B4：financial、performance 或 image"),
    ATTRIBUTE(ORG_FIT, "org_fit", NULL, "B4: how well we meet it, 0 to 10", "B4：满足程度 0 至 10"),
    ATTRIBUTE(PERSON_NEED, "person_need", PERSONAL, "B4: power, achievement, recognition, acceptance, order or safety",
              "B4：power、achievement、recognition、acceptance、order 或 safety"),
    ATTRIBUTE(PERSON_FIT, "person_fit", NULL, "B4: how well we meet it, 0 to 10", "B4：满足程度 0 至 10"),
    ATTRIBUTE(THINKING, "thinking", WAYS, "B7: A, B, C or D", "B7：A、B、C 或 D"),
    {.name = "-date", .kind = CMD_DATE, .offset = offsetof(struct assess_args, date), .def = "asof",
     .help = {"the day from which it holds", "从哪天起有效"}},
    {.name = "-opportunity", .kind = CMD_REF, .offset = offsetof(struct assess_args, opportunity), .of = "opportunity",
     .help = {"it holds for this opportunity only", "只对这一商机有效"}},
    {.name = "-by", .kind = CMD_STRING, .offset = offsetof(struct assess_args, by), .help = {"whose judgement it is", "谁的判断"}},
    {.name = "-evidence", .kind = CMD_STRING, .offset = offsetof(struct assess_args, evidence), .help = {"what it rests on", "依据"}},
    CMD_ARG_DRYRUN(struct assess_args),
    CMD_ARG_QUIET(struct assess_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"attribute", KAM_TEXT, {"what is assessed", "属性"}, NULL},
    {"before", KAM_TEXT, {"the value in force so far", "此前的值"}, NULL},
    {"value", KAM_TEXT, {"the new value", "新值"}, NULL},
    {"date", KAM_DAY, {"the day from which it holds", "从哪天起有效"}, NULL},
    CMD_COLUMNS_END};

static const cmd_example examples[] = {
    {{"In a script, as options; the numbers of choices serve as well as their names", "在脚本中用选项；可写选项编号，也可写名称"},
     "contact assess ACME-1 -layer decision -buying_role 1,5 -authority 8 -participation 7 -quiet; "
     "table select [stakeholder-map ACME] contact layer buying_role quadrant",
     "contact\tlayer\tbuying_role\tquadrant\nACME-1\tdecision\tdecider,coach\towner"},
    {{"What would be written", "会写入什么"}, "contact assess ACME-1 -attitude 2 -dryrun",
     "attribute\tbefore\tvalue\tdate\nattitude\t1\t2\t2025-06-30"},
    {{"Nobody can be asked in a script", "脚本中无人可问"}, "contact assess ACME-1", "error: KAM USAGE {contact assess}"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_contact_assess_spec = {
    .name = "contact assess",
    .summary = {"enter what we know of a person by answering a few questions", "回答几个问题，录入对一个人的了解"},
    .detail = {"At the prompt, without an attribute among the options, it asks: what matters to the person, the part in the purchase, "
               "authority, participation, attitude, needs and how well we meet them. A fit is asked only for a need that is known, the "
               "role towards us only where it does not follow from the buying role. Return leaves an answer unknown and writes "
               "nothing for it. In scripts the answers are options. All of it is one journal entry; a value given for the same day is "
               "replaced.",
               "在提示符下不带属性选项时逐项询问：最在意什么、在采购中担当什么、权力、参与、态度、需要以及我们满足得如何。只有知道需要才问满足度；"
               "与我们打交道的角色能由采购角色推出时不再问。回车表示不清楚，不写入。脚本中用选项给出。全部写入为一条流水；同一天已有的值被替换。"},
    .effect = CMD_WRITES,
    .args_size = sizeof(struct assess_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme; contact add ACME-1 -account ACME -name Ann; assessment add contact ACME-1 attitude 2025-01-10 -value 1",
    .examples = examples,
    .run = run,
    .topic = "data"};
