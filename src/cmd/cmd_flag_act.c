/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_flag_act: `flag act`, a red flag of B5 becomes an action: what is its next step, the notes are its evidence. */
#include "cmd_spec.h"
#include "cmd_stakeholder_map.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <stddef.h>

struct act_args {
    cmd_ref account, contact, opportunity, owner;
    const char *flag;
    kam_day due, asof;
    bool dryrun, quiet;
};

enum { ZH, EN, LANGS };
typedef struct act {
    cmd_session *s;
    const struct act_args *a;
    kam_table *flags[LANGS]; /* the same rows in both languages */
    char *owner;             /* code of who does it; NULL: nobody is known */
    kam_column *action, *flag, *contact, *name, *what, *due, *owner_col;
} act;

/* Texts kept for readers of both languages: "中文 | English". Caller frees. */
static char *both(const act *x, const char *column, size_t row)
{
    kam_str b = KAM_STR_INIT;
    kam_str_addf(&b, "%s | %s", kam_col_text(kam_table_find(x->flags[ZH], column), row),
                 kam_col_text(kam_table_find(x->flags[EN], column), row));
    return kam_str_detach(&b);
}

static const char *cell(const act *x, const char *column, size_t row)
{
    const kam_column *c = kam_table_find(x->flags[EN], column);
    return kam_col_missing(c, row) ? NULL : kam_col_text(c, row);
}

static bool asked(const act *x, size_t row)
{
    return kam_streq(cell(x, "flag", row), x->a->flag) &&
           (!x->a->contact.id || kam_streq(cell(x, "contact", row), x->a->contact.code)) &&
           (!x->a->opportunity.id || kam_streq(cell(x, "opportunity", row), x->a->opportunity.code));
}

static kam_rc load_flags(act *x, kam_err *err)
{
    cmd_map m;
    cmd_map_args of = {.account = x->a->account, .asof = x->a->asof};
    kam_rc rc = cmd_map_load(x->s, &of, 0, &m, err);
    if (rc) return rc;
    for (int k = 0; k < LANGS && !rc; k++) {
        m.params.lang = k == ZH ? CALC_ZH : CALC_EN;
        rc = calc_people_flags(&m.people, &m.params, &x->flags[k], err);
    }
    cmd_map_release(&m);
    return rc;
}

/* Who owns the account on the day, unless -owner says who does it. */
static kam_rc find_owner(act *x, kam_err *err)
{
    char date[KAM_DATE_MAX];
    if (x->a->owner.id) {
        x->owner = kam_strdup(x->a->owner.code);
        return KAM_OK;
    }
    kam_day_format(x->a->asof, date);
    store_where where[] = {{"subject_kind", STORE_EQ, "account"}, {"subject", STORE_EQ, x->a->account.code},
                           {"attribute", STORE_EQ, "owner"}, {"date", STORE_LE, date}, {"opportunity", STORE_MISSING, NULL}};
    static const char *const sort[] = {"-date"};
    store_query q = {.where = where, .n_where = 5, .sort = sort, .n_sort = 1, .limit = 1};
    kam_table *t = NULL;
    kam_rc rc = store_list(cmd_session_store(x->s), store_entity_find("assessment"), &q, &t, err);
    if (rc) return rc;
    if (kam_table_rows(t)) x->owner = kam_strdup(kam_col_text(kam_table_find(t, "value"), 0));
    kam_table_unref(t);
    return KAM_OK;
}

static kam_rc write_one(act *x, size_t row, kam_err *err)
{
    const struct act_args *a = x->a;
    char *what = both(x, "next_step", row), *notes = both(x, "evidence", row), *object = NULL, due[KAM_DATE_MAX];
    if (a->due != CMD_UNSET_DAY) kam_day_format(a->due, due);
    store_value v[] = {{"account", a->account.code},         {"what", what},
                       {"contact", cell(x, "contact", row)}, {"opportunity", cell(x, "opportunity", row)},
                       {"owner", x->owner},                  {"due", a->due == CMD_UNSET_DAY ? NULL : due},
                       {"notes", notes}};
    kam_rc rc = store_add(cmd_session_store(x->s), store_entity_find("action"), v, sizeof v / sizeof *v,
                          a->dryrun ? STORE_DRYRUN : 0, a->dryrun ? NULL : &object, NULL, err);
    if (!rc) {
        long long id;
        if (object && kam_parse_int(object, &id)) kam_col_push_int(x->action, id);
        else kam_col_push_missing(x->action);
        kam_col_push_text(x->flag, a->flag);
        kam_col_push_text(x->contact, cell(x, "contact", row));
        kam_col_push_text(x->name, cell(x, "name", row));
        kam_col_push_text(x->what, what);
        if (a->due == CMD_UNSET_DAY) kam_col_push_missing(x->due);
        else kam_col_push_int(x->due, a->due);
        kam_col_push_text(x->owner_col, x->owner);
    }
    kam_free(what);
    kam_free(notes);
    kam_free(object);
    return rc;
}

static kam_rc not_raised(const act *x, kam_err *err)
{
    kam_str raised = KAM_STR_INIT;
    const char *last = NULL;
    for (size_t i = 0; i < kam_table_rows(x->flags[EN]); i++) {
        const char *flag = cell(x, "flag", i);
        if (!kam_streq(flag, last)) kam_str_addf(&raised, "%s%s", raised.len ? ", " : "", flag);
        last = flag;
    }
    kam_err_set(err, KAM_NOTFOUND, "flag act: no such flag %s at %s on that day; raised are: %s", x->a->flag, x->a->account.code,
                raised.len ? kam_str_cstr(&raised) : "-");
    kam_err_word(err, "flag");
    kam_str_release(&raised);
    return kam_err_word(err, x->a->flag);
}

static kam_rc write_all(act *x, kam_table **out, kam_err *err)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, "flag.act");
    x->action = kam_table_add_column(t, "action", KAM_INT, "flag.action");
    x->flag = kam_table_add_column(t, "flag", KAM_TEXT, "stakeholder.flag");
    x->contact = kam_table_add_column(t, "contact", KAM_TEXT, "stakeholder.contact");
    x->name = kam_table_add_column(t, "name", KAM_TEXT, "stakeholder.name");
    x->what = kam_table_add_column(t, "what", KAM_TEXT, "action.what");
    x->due = kam_table_add_column(t, "due", KAM_DAY, "action.due");
    x->owner_col = kam_table_add_column(t, "owner", KAM_TEXT, "action.owner");
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < kam_table_rows(x->flags[EN]) && !rc; i++)
        if (asked(x, i)) rc = write_one(x, i, err);
    kam_table_seal(t);
    if (!rc && kam_table_rows(t) == 0) rc = not_raised(x, err);
    if (rc) kam_table_unref(t);
    else *out = t;
    return rc;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct act_args *a = args;
    act x = {.s = s, .a = a};
    kam_table *t = NULL;
    kam_rc rc = load_flags(&x, err);
    if (!rc) rc = find_owner(&x, err);
    if (!rc && !a->dryrun) rc = cmd_write_begin(s, err);
    if (!rc) {
        rc = write_all(&x, &t, err);
        if (!a->dryrun) {
            if (rc) cmd_write_abort(s);
            else rc = cmd_write_end(s, NULL, err);
        }
    }
    if (!rc && !a->quiet) cmd_value_take_table(out, kam_table_ref(t));
    kam_table_unref(t);
    for (int k = 0; k < LANGS; k++) kam_table_unref(x.flags[k]);
    kam_free(x.owner);
    return rc;
}

static const char *const NUMBERS[] = {"1", "2", "3", "4a", "4b", "5", "6", "7", "8", "9", NULL};
static const cmd_arg spec_args[] = {
    {.name = "account", .kind = CMD_REF, .offset = offsetof(struct act_args, account), .of = "account", .flags = CMD_REQUIRED,
     .help = {"the account", "客户"}},
    {.name = "flag", .kind = CMD_STRING, .offset = offsetof(struct act_args, flag), .flags = CMD_REQUIRED, .values = NUMBERS,
     .help = {"number of the red flag: 1, 2, 3, 4a, 4b, 5 to 9", "雷区编号：1、2、3、4a、4b、5 至 9"}},
    {.name = "-contact", .kind = CMD_REF, .offset = offsetof(struct act_args, contact), .of = "contact",
     .help = {"only what is raised about this person", "只处理此人的雷区"}},
    {.name = "-opportunity", .kind = CMD_REF, .offset = offsetof(struct act_args, opportunity), .of = "opportunity",
     .help = {"only what is raised about this opportunity", "只处理此商机的雷区"}},
    {.name = "-due", .kind = CMD_DATE, .offset = offsetof(struct act_args, due), .help = {"day it is due", "期限"}},
    {.name = "-owner", .kind = CMD_REF, .offset = offsetof(struct act_args, owner), .of = "rep",
     .help = {"who does it; the account's owner when not given", "由谁完成；不给时为客户负责人"}},
    CMD_ARG_ASOF(struct act_args),
    CMD_ARG_DRYRUN(struct act_args),
    CMD_ARG_QUIET(struct act_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"action", KAM_INT, {"number of the action", "行动编号"}, NULL},
    {"flag", KAM_TEXT, {"number of the red flag", "雷区编号"}, NULL},
    {"contact", KAM_TEXT, {"whom it is about", "针对的人"}, NULL},
    {"name", KAM_TEXT, {"name", "姓名"}, NULL},
    {"what", KAM_TEXT, {"what is to be done, in both languages", "要做什么（中英文）"}, NULL},
    {"due", KAM_DAY, {"day it is due", "期限"}, NULL},
    {"owner", KAM_TEXT, {"who does it", "负责人"}, NULL},
    CMD_COLUMNS_END};

static const cmd_example examples[] = {
    {{"A hostile buyer: the action settles the flag", "敌对的买者：有了行动，雷区即解除"},
     "flag act ACME 8 -contact ACME-1 -due 2025-07-15 -quiet; "
     "list [table get [action list] 0 due] [lmap f [stakeholder-map ACME -view flags] {dict get $f flag}]",
     "2025-07-15 {1 1 1 2 3 4a}"},
    {{"What would be written", "会写入什么"}, "table select [flag act ACME 4a -dryrun] flag contact what",
     "flag\tcontact\twhat\n4a\tACME-1\t安排首次拜访 Ann | arrange a first visit to Ann"},
    {{"A flag that is not raised", "没有触发的雷区"}, "flag act ACME 9", "error: KAM NOTFOUND flag 9"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_flag_act_spec = {
    .name = "flag act",
    .summary = {"make an action of a red flag", "把雷区转为行动"},
    .detail = {"Writes one action for each row that `stakeholder-map ACCOUNT -view flags` shows under this number: what is to be done is "
               "the flag's next step, the notes are its evidence, both in Chinese and English. All of it is one journal entry.",
               "对 stakeholder-map ACCOUNT -view flags 中该编号的每一行写入一项行动：内容为下一步，备注为依据，中英文并列。全部写入为一条流水。"},
    .effect = CMD_WRITES,
    .args_size = sizeof(struct act_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme; contact add ACME-1 -account ACME -name Ann; "
             "contact assess ACME-1 -buying_role decider -authority 8 -attitude -3 -date 2025-05-01 -quiet",
    .examples = examples,
    .run = run,
    .topic = "data"};
