/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_segment: G3, saved selections of accounts, exported as mailing lists with a record of who received what. Listing, showing and
 * removing them are the generated commands of the entity. */
#include "cmd_ask.h"
#include "cmd_next.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "store_export.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* --- members --------------------------------------------------------------------------------------------------------- */

static kam_rc no_accounts(const char *what, kam_err *err)
{
    kam_err_set(err, KAM_DATA, "segment: %s has no text column \"account\"; give a table with one row an account, or account list", what);
    return kam_err_word(err, "account");
}

static int by_code(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* The distinct codes of a table's column `account`, sorted, lent by the table; the array is the caller's. */
static kam_rc codes_of(const kam_table *t, const char *what, const char ***out, size_t *n, kam_err *err)
{
    const kam_column *c = kam_table_find(t, "account");
    if (!c) { /* what `account list` gives will do as it is */
        c = kam_table_find(t, "code");
        if (c && !kam_streq(kam_col_label(c), "account.code")) c = NULL;
    }
    if (!c || kam_col_type(c) != KAM_TEXT) return no_accounts(what, err);
    const char **v = kam_calloc(kam_table_rows(t) + 1, sizeof *v);
    size_t m = 0, k = 0;
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (!kam_col_missing(c, i)) v[m++] = kam_col_text(c, i);
    if (m) qsort(v, m, sizeof *v, by_code);
    for (size_t i = 0; i < m; i++)
        if (i == 0 || strcmp(v[i], v[k - 1]) != 0) v[k++] = v[i];
    *out = v;
    *n = k;
    return KAM_OK;
}

/* What the script gives now: a table. */
static kam_rc evaluate(cmd_session *s, const char *script, kam_table **out, kam_err *err)
{
    Tcl_Interp *interp = cmd_session_interp(s);
    Tcl_Obj *body = cmd_value_text_obj(script, strlen(script));
    Tcl_IncrRefCount(body);
    int code = Tcl_EvalObjEx(interp, body, TCL_EVAL_GLOBAL);
    Tcl_DecrRefCount(body);
    if (code != TCL_OK) return cmd_value_from_tcl(s, code, err);
    Tcl_Obj *result = Tcl_GetObjResult(interp);
    Tcl_IncrRefCount(result);
    Tcl_ResetResult(interp);
    kam_err own = KAM_ERR_INIT;
    kam_rc rc = cmd_value_table_get(s, result, out, &own);
    Tcl_DecrRefCount(result);
    return rc == KAM_OK ? KAM_OK : no_accounts("the value of the script", err);
}

/* Members of a saved segment as a table with the column `account`, and its name. */
static kam_rc members_of(cmd_session *s, const char *code, kam_table **out, char **name, kam_err *err)
{
    store *st = cmd_session_store(s);
    const store_value key[] = {{"code", code}};
    kam_table *t = NULL;
    kam_rc rc = store_get(st, store_entity_find("segment"), key, 1, &t, err);
    if (rc) return rc;
    const kam_column *script = kam_table_find(t, "script"), *named = kam_table_find(t, "name");
    if (name) *name = kam_strdup(kam_col_missing(named, 0) ? code : kam_col_text(named, 0));
    if (!kam_col_missing(script, 0)) {
        char *text = kam_strdup(kam_col_text(script, 0));
        rc = evaluate(s, text, out, err);
        kam_free(text);
    } else {
        const store_where where[] = {{"segment", STORE_EQ, code}};
        static const char *const columns[] = {"account"};
        const store_query q = {.where = where, .n_where = 1, .columns = columns, .n_columns = 1};
        rc = store_list(st, store_entity_find("segment-member"), &q, out, err);
    }
    kam_table_unref(t);
    if (rc && name) {
        kam_free(*name);
        *name = NULL;
    }
    return rc;
}

/* Codes with their names; every one must be an account. */
static kam_rc named_table(cmd_session *s, const char *const *codes, size_t n, kam_table **out, kam_err *err)
{
    const store_entity *e = store_entity_find("account");
    kam_table *all = NULL, *t = kam_table_new();
    static const char *const columns[] = {"code", "name"};
    const store_query q = {.columns = columns, .n_columns = 2}; /* by code */
    kam_rc rc = store_list(cmd_session_store(s), e, &q, &all, err);
    kam_table_set_title(t, "segment.members.title");
    kam_column *account = kam_table_add_column(t, "account", KAM_TEXT, "segment.account"), *name = kam_table_add_column(t, "name", KAM_TEXT, "classify.name");
    const kam_column *code = all ? kam_table_find(all, "code") : NULL, *known = all ? kam_table_find(all, "name") : NULL;
    size_t at = 0;
    for (size_t i = 0; i < n && !rc; i++) {
        while (at < kam_table_rows(all) && strcmp(kam_col_text(code, at), codes[i]) < 0) at++;
        if (at == kam_table_rows(all) || strcmp(kam_col_text(code, at), codes[i]) != 0) {
            int64_t id;
            rc = store_lookup(cmd_session_store(s), e, codes[i], &id, NULL, err); /* not a code: says what is near */
            if (!rc) rc = no_accounts("a row names an account by name, not by code, so that the table", err);
            break;
        }
        kam_col_push_text(account, codes[i]);
        kam_col_push_from(name, known, at);
    }
    kam_table_seal(t);
    kam_table_unref(all);
    if (rc) kam_table_unref(t);
    else *out = t;
    return rc;
}

/* --- save --------------------------------------------------------------------------------------------------------------- */

struct save_args {
    const char *code, *name;
    const kam_table *table;
    Tcl_Obj *script;
    bool force, yes, dryrun, quiet;
};

/* A segment that is replaced goes with all its members. */
static kam_rc confirm(cmd_session *s, const struct save_args *a, kam_err *err)
{
    if (!a->force || a->dryrun || a->yes) return KAM_OK;
    const store_where where[] = {{"segment", STORE_EQ, a->code}};
    const store_query q = {.where = where, .n_where = 1};
    const store_value key[] = {{"code", a->code}};
    kam_err none = KAM_ERR_INIT;
    kam_table *t = NULL;
    if (store_get(cmd_session_store(s), store_entity_find("segment"), key, 1, &t, &none) != KAM_OK) return KAM_OK;
    kam_table_unref(t);
    kam_rc rc = store_list(cmd_session_store(s), store_entity_find("segment-member"), &q, &t, err);
    if (rc) return rc;
    int64_t n = (int64_t)kam_table_rows(t) + 1;
    kam_table_unref(t);
    return cmd_ask_removal(s, "segment save -force", n, false, err);
}

static kam_rc write_segment(cmd_session *s, const struct save_args *a, const char *script, const char *const *codes, size_t n, kam_err *err)
{
    store *st = cmd_session_store(s);
    char day[KAM_DATE_MAX];
    kam_day_format(cmd_session_asof(s), day);
    const store_value key[] = {{"code", a->code}};
    kam_rc rc = cmd_write_begin(s, err);
    if (rc) return rc;
    if (a->force) {
        kam_err none = KAM_ERR_INIT;
        rc = store_remove(st, store_entity_find("segment"), key, 1, STORE_CASCADE, NULL, &none);
        if (rc == KAM_NOTFOUND) rc = KAM_OK; /* nothing to replace */
        else if (rc && err) *err = none;
    }
    store_value values[4] = {{"code", a->code}, {"saved_on", day}};
    size_t m = 2;
    if (a->name) values[m++] = (store_value){"name", a->name};
    if (script) values[m++] = (store_value){"script", script};
    if (!rc) rc = store_add(st, store_entity_find("segment"), values, m, 0, NULL, NULL, err);
    for (size_t i = 0; i < n && !script && !rc; i++) {
        const store_value member[] = {{"segment", a->code}, {"account", codes[i]}};
        rc = store_add(st, store_entity_find("segment-member"), member, 2, 0, NULL, NULL, err);
        if (!rc && i % 1024 == 0) rc = kam_progress_step(cmd_session_progress(s), "segment", i, n, err);
    }
    if (!rc) return cmd_write_end(s, NULL, err);
    cmd_write_abort(s);
    return rc;
}

static kam_rc save_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct save_args *a = args;
    kam_str hold = KAM_STR_INIT;
    kam_table *t = NULL, *members = NULL;
    const char **codes = NULL;
    size_t n = 0;
    if (!a->table == !a->script) return cmd_next_usage("segment save", "give either -table or -script", err);
    const char *script = a->script ? cmd_value_text(a->script, &hold) : NULL;
    kam_rc rc = KAM_OK;
    if (script) rc = evaluate(s, script, &t, err);
    else t = kam_table_ref((kam_table *)a->table);
    if (!rc) rc = codes_of(t, script ? "the value of the script" : "the table", &codes, &n, err);
    if (!rc) rc = named_table(s, codes, n, &members, err);
    if (!rc) rc = confirm(s, a, err);
    if (!rc && a->dryrun) {
        const store_value values[] = {{"code", a->code}, {"name", a->name}};
        kam_err exists = KAM_ERR_INIT;
        rc = store_add(cmd_session_store(s), store_entity_find("segment"), values, 2, STORE_DRYRUN, NULL, NULL, &exists);
        if (rc && a->force && kam_streq(exists.word[0], "duplicate")) rc = KAM_OK;
        else if (rc && err) *err = exists;
    } else if (!rc) {
        rc = write_segment(s, a, script, codes, n, err);
    }
    if (!rc && !a->quiet) cmd_value_take_table(out, kam_table_ref(members));
    kam_table_unref(members);
    kam_table_unref(t);
    kam_free(codes);
    kam_str_release(&hold);
    return rc;
}

static const cmd_arg save_args_[] = {
    {.name = "code", .kind = CMD_STRING, .offset = offsetof(struct save_args, code), .flags = CMD_REQUIRED, .help = {"code of the segment", "细分的代码"}},
    {.name = "-table", .kind = CMD_TABLE, .offset = offsetof(struct save_args, table),
     .help = {"a table with a column `account`, or an `account list`: these accounts are kept", "含 account 列的表，或 account list：保存这些客户"}},
    {.name = "-script", .kind = CMD_SCRIPT, .offset = offsetof(struct save_args, script),
     .help = {"a script that gives such a table: it is kept, and evaluated whenever the segment is used", "给出这种表的脚本：保存脚本，每次使用时求值"}},
    {.name = "-name", .kind = CMD_STRING, .offset = offsetof(struct save_args, name), .help = {"what it is called", "名称"}},
    {.name = "-force", .kind = CMD_FLAG, .offset = offsetof(struct save_args, force), .help = {"replace a segment of that code, with all its members", "替换同代码的细分，连同其全部成员"}},
    {.name = "-yes", .kind = CMD_FLAG, .offset = offsetof(struct save_args, yes),
     .help = {"replace it without being asked; scripts need it when it has members", "替换时不再询问；脚本中，细分已有成员时必须给出"}},
    CMD_ARG_DRYRUN(struct save_args), CMD_ARG_QUIET(struct save_args), CMD_ARGS_END};
static const cmd_column member_columns[] = {
    {"account", KAM_TEXT, {"an account of the segment", "细分中的客户"}, NULL}, {"name", KAM_TEXT, {"its name", "名称"}, NULL}, CMD_COLUMNS_END};
#define SEGMENT_SETUP                                                                                                        \
    "foreach a {ACME BETA} {account add $a -name $a -known_since 2024-01-01 -region East}; contact add A1 -account ACME -name Ann -email ann@acme.example; "  \
    "contact add A2 -account ACME -name Bob; contact add B1 -account BETA -name Cy -phone 555"
static const cmd_example save_examples[] = {
    {{"keep these accounts", "保存这些客户"}, "segment save EAST -table [account list -where {region = East}] -name East",
     "account\tname\nACME\tACME\nBETA\tBETA"},
    {{"keep the question instead of the answer", "保存问题而非答案"},
     "segment save NEW -script {table where [classify] {$class eq \"C\"}} -quiet; table rows [segment members NEW]", "2"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_segment_save_spec = {
    .name = "segment save",
    .summary = {"save a selection of accounts, or the script that makes it", "保存一组客户，或得到它的脚本"},
    .detail = {"With -table the accounts themselves are kept; with -script they are asked for anew whenever the segment is used. A script runs "
               "with all you may do: look at one that came with somebody else's database (`segment show`) before using it. Listing, "
               "showing and removing: `segment list`, `segment show`, `segment remove -cascade`.",
               "-table 保存客户本身；-script 每次使用时重新求值。脚本以您的全部权限运行：他人数据库带来的脚本请先用 segment show 查看。"
               "列出、查看与删除用 segment list、segment show、segment remove -cascade。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct save_args), .args = save_args_, .columns = member_columns, .setup = SEGMENT_SETUP,
    .examples = save_examples, .run = save_run, .topic = "questions"};

/* --- members -------------------------------------------------------------------------------------------------------------- */

struct members_args {
    cmd_ref segment;
};

static kam_rc members_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct members_args *a = args;
    kam_table *t = NULL, *named = NULL;
    const char **codes = NULL;
    size_t n = 0;
    kam_rc rc = members_of(s, a->segment.code, &t, NULL, err);
    if (!rc) rc = codes_of(t, "the segment", &codes, &n, err);
    if (!rc) rc = named_table(s, codes, n, &named, err);
    if (!rc) cmd_value_take_table(out, named);
    kam_free(codes);
    kam_table_unref(t);
    return rc;
}

static const cmd_arg members_args_[] = {
    {.name = "segment", .kind = CMD_REF, .offset = offsetof(struct members_args, segment), .of = "segment", .flags = CMD_REQUIRED,
     .help = {"the segment", "细分"}},
    CMD_ARGS_END};
static const cmd_example members_examples[] = {
    {{"who is in it", "其中有谁"}, "segment save EAST -table {{account ACME}} -quiet; segment members EAST", "account\tname\nACME\tACME"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_segment_members_spec = {
    .name = "segment members",
    .summary = {"the accounts of a saved segment", "细分中的客户"},
    .detail = {"Those that were kept, or those its script gives now, by code.", "保存的客户，或其脚本此刻给出的客户，按代码排列。"},
    .effect = CMD_READS, .args_size = sizeof(struct members_args), .args = members_args_, .columns = member_columns, .setup = SEGMENT_SETUP,
    .examples = members_examples, .run = members_run, .topic = "questions"};

/* --- export ----------------------------------------------------------------------------------------------------------------- */

enum { WITH_EITHER, WITH_EMAIL, WITH_PHONE, WITH_ALL };
static const char *const WITH[] = {"either", "email", "phone", "all", NULL};
struct export_args {
    cmd_ref segment;
    const char *file, *mailing;
    int with;
    bool again, force, dryrun, quiet;
    kam_day asof;
};

/* What an export works on. */
typedef struct job {
    const struct export_args *a;
    const char *name;            /* of the segment */
    const char **member;         /* codes, sorted */
    size_t n_members;
    kam_table *sent;             /* recipients of the mailing: contact, sent_on */
    const char **known;          /* their contacts, sorted */
    size_t n_known;
    kam_table *list;             /* the result */
    size_t no_address, before;   /* left out */
    bool new_mailing;
} job;

static bool has(const char *const *v, size_t n, const char *code)
{
    return n && bsearch(&code, v, n, sizeof *v, by_code);
}

static bool reachable(int with, const kam_column *email, const kam_column *phone, size_t i)
{
    bool e = !kam_col_missing(email, i), p = !kam_col_missing(phone, i);
    return with == WITH_ALL || (with == WITH_EMAIL ? e : with == WITH_PHONE ? p : e || p);
}

static kam_rc read_sent(cmd_session *s, job *j, kam_err *err)
{
    store *st = cmd_session_store(s);
    int64_t id;
    kam_err none = KAM_ERR_INIT;
    if (!j->a->mailing) return KAM_OK;
    kam_rc rc = store_lookup(st, store_entity_find("mailing"), j->a->mailing, &id, NULL, &none);
    j->new_mailing = rc == KAM_NOTFOUND;
    if (rc && !j->new_mailing) {
        if (err) *err = none;
        return rc;
    }
    if (j->new_mailing) return KAM_OK;
    const store_where where[] = {{"mailing", STORE_EQ, j->a->mailing}};
    const store_query q = {.where = where, .n_where = 1};
    rc = store_list(st, store_entity_find("recipient"), &q, &j->sent, err);
    if (rc) return rc;
    const kam_column *contact = kam_table_find(j->sent, "contact");
    j->known = kam_calloc(kam_table_rows(j->sent) + 1, sizeof *j->known);
    for (size_t i = 0; i < kam_table_rows(j->sent); i++) j->known[j->n_known++] = kam_col_text(contact, i);
    if (j->n_known) qsort(j->known, j->n_known, sizeof *j->known, by_code);
    return KAM_OK;
}

/* Did this contact receive the mailing? One written down without a day of sending did not yet. */
static bool received(const job *j, const char *contact)
{
    if (!has(j->known, j->n_known, contact)) return false;
    const kam_column *code = kam_table_find(j->sent, "contact"), *on = kam_table_find(j->sent, "sent_on");
    for (size_t i = 0; i < kam_table_rows(j->sent); i++)
        if (kam_streq(kam_col_text(code, i), contact)) return !kam_col_missing(on, i);
    return false;
}

static kam_rc make_list(cmd_session *s, job *j, kam_err *err)
{
    kam_table *persons = NULL, *accounts = NULL;
    kam_rc rc = store_query_persons(cmd_session_store(s), j->a->asof, &persons, err);
    if (!rc) rc = store_query_accounts(cmd_session_store(s), j->a->asof, &accounts, err);
    if (!rc) {
        static const char *const from[] = {"contact", "name", "name_en", "title", "email", "phone"};
        static const char *const labels[] = {"mailing.contact", "contact.name", "mailing.name_en", "mailing.title", "mailing.email", "mailing.phone"};
        const kam_column *row = kam_table_find(persons, "row"), *code = kam_table_find(accounts, "account"), *name = kam_table_find(accounts, "name"), *in[6];
        kam_column *out[6];
        j->list = kam_table_new();
        kam_table_set_title(j->list, "mailing.list");
        for (int k = 0; k < 6; k++) {
            in[k] = kam_table_find(persons, from[k]);
            out[k] = kam_table_add_column(j->list, from[k], KAM_TEXT, labels[k]);
        }
        kam_column *account = kam_table_add_column(j->list, "account", KAM_TEXT, "mailing.account"),
                   *account_name = kam_table_add_column(j->list, "account_name", KAM_TEXT, "mailing.account_name");
        for (size_t i = 0; i < kam_table_rows(persons); i++) {
            size_t a = (size_t)kam_col_int(row, i);
            if (!has(j->member, j->n_members, kam_col_text(code, a))) continue;
            if (!reachable(j->a->with, in[4], in[5], i)) j->no_address++;
            else if (!j->a->again && received(j, kam_col_text(in[0], i))) j->before++;
            else {
                for (int k = 0; k < 6; k++) kam_col_push_from(out[k], in[k], i);
                kam_col_push_from(account, code, a);
                kam_col_push_from(account_name, name, a);
            }
        }
    }
    kam_table_unref(persons);
    kam_table_unref(accounts);
    return rc;
}

static void add_notes(cmd_session *s, job *j)
{
    static const calc_text address = {"mailing.no-address", "{1} people have no such address", "{1} 人没有相应的联系方式"};
    static const calc_text again = {"mailing.before", "{1} people received {2} before (-again writes to them too)", "{1} 人已收到过 {2}（-again 可再次寄送）"};
    kam_str b = KAM_STR_INIT;
    if (j->no_address) {
        calc_say(&b, cmd_facts_lang(s), &address, CMD_WHY_ARGS(calc_arg_int((int64_t)j->no_address)));
        kam_table_add_note(j->list, kam_str_cstr(&b));
    }
    kam_str_clear(&b);
    if (j->before) {
        calc_say(&b, cmd_facts_lang(s), &again, CMD_WHY_ARGS(calc_arg_int((int64_t)j->before), calc_arg_text(j->a->mailing)));
        kam_table_add_note(j->list, kam_str_cstr(&b));
    }
    kam_str_release(&b);
    kam_table_seal(j->list);
}

/* Who receives it, and on which day. */
static kam_rc record(cmd_session *s, const job *j, kam_err *err)
{
    store *st = cmd_session_store(s);
    const store_entity *recipient = store_entity_find("recipient");
    const kam_column *contact = kam_table_find(j->list, "contact");
    char day[KAM_DATE_MAX];
    kam_rc rc = KAM_OK;
    kam_day_format(j->a->asof, day);
    if (j->new_mailing) {
        const store_value mailing[] = {{"code", j->a->mailing}, {"name", j->name}, {"date", day}};
        rc = store_add(st, store_entity_find("mailing"), mailing, 3, 0, NULL, NULL, err);
    }
    for (size_t i = 0; i < kam_table_rows(j->list) && !rc; i++) {
        const store_value v[] = {{"mailing", j->a->mailing}, {"contact", kam_col_text(contact, i)}, {"sent_on", day}};
        rc = has(j->known, j->n_known, kam_col_text(contact, i)) ? store_set(st, recipient, v, 2, v + 2, 1, 0, NULL, err)
                                                                  : store_add(st, recipient, v, 3, 0, NULL, NULL, err);
    }
    return rc;
}

/* The file and the records stand or fall together: the records are taken back when the file cannot be written. */
static kam_rc write_all(cmd_session *s, const job *j, kam_err *err)
{
    if (!j->a->mailing) return store_export_table(j->list, j->a->file, j->a->force, err);
    kam_rc rc = cmd_write_begin(s, err);
    if (rc) return rc;
    rc = record(s, j, err);
    if (!rc) rc = store_export_table(j->list, j->a->file, j->a->force, err);
    if (!rc) return cmd_write_end(s, NULL, err);
    cmd_write_abort(s);
    return rc;
}

static kam_rc export_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct export_args *a = args;
    job j = {.a = a};
    kam_table *members = NULL;
    char *name = NULL;
    if (a->again && !a->mailing) return cmd_next_usage("segment export", "-again belongs to -mailing", err);
    kam_rc rc = members_of(s, a->segment.code, &members, &name, err);
    j.name = name;
    if (!rc) rc = codes_of(members, "the segment", &j.member, &j.n_members, err);
    if (!rc) rc = read_sent(s, &j, err);
    if (!rc) rc = make_list(s, &j, err);
    if (!rc) {
        add_notes(s, &j);
        if (!a->dryrun) rc = write_all(s, &j, err);
    }
    if (!rc && !a->quiet) cmd_value_take_table(out, kam_table_ref(j.list));
    kam_table_unref(j.list);
    kam_table_unref(j.sent);
    kam_table_unref(members);
    kam_free(j.member);
    kam_free(j.known);
    kam_free(name);
    return rc;
}

static const cmd_arg export_args_[] = {
    {.name = "segment", .kind = CMD_REF, .offset = offsetof(struct export_args, segment), .of = "segment", .flags = CMD_REQUIRED, .help = {"the segment", "细分"}},
    {.name = "file", .kind = CMD_FILE, .offset = offsetof(struct export_args, file), .flags = CMD_REQUIRED,
     .help = {"the file; its name ends in csv, tsv, json, jsonl or md", "文件；以 csv、tsv、json、jsonl 或 md 结尾"}},
    {.name = "-mailing", .kind = CMD_STRING, .offset = offsetof(struct export_args, mailing),
     .help = {"write down that they receive this mailing on the as-of day; made when it does not exist. Nobody gets it twice",
              "记录他们于截止日期收到该活动；不存在则建立。不会重复寄给同一人"}},
    {.name = "-again", .kind = CMD_FLAG, .offset = offsetof(struct export_args, again), .help = {"also to those who received it before", "也寄给已收到过的人"}},
    {.name = "-with", .kind = CMD_ENUM, .offset = offsetof(struct export_args, with), .values = WITH, .def = "either",
     .help = {"people with an email or a phone (either), with one of them, or all", "有邮箱或电话者（either）、其一，或全部"}},
    {.name = "-force", .kind = CMD_FLAG, .offset = offsetof(struct export_args, force), .help = {"replace a file that is there", "覆盖已有文件"}},
    CMD_ARG_ASOF(struct export_args), CMD_ARG_DRYRUN(struct export_args), CMD_ARG_QUIET(struct export_args), CMD_ARGS_END};
static const cmd_column export_columns[] = {
    {"contact", KAM_TEXT, {"the person", "联系人"}, NULL},        {"name", KAM_TEXT, {"the name", "姓名"}, NULL},
    {"name_en", KAM_TEXT, {"the name in English", "英文名"}, NULL}, {"title", KAM_TEXT, {"the title", "职务"}, NULL},
    {"email", KAM_TEXT, {"the email address", "电子邮件"}, NULL},  {"phone", KAM_TEXT, {"the telephone number", "电话"}, NULL},
    {"account", KAM_TEXT, {"the account", "客户"}, NULL},          {"account_name", KAM_TEXT, {"its name", "客户名称"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example export_examples[] = {
    {{"a mailing list, and who received it", "寄送名单及收件记录"},
     "segment save EAST -table {{account ACME} {account BETA}} -quiet; segment export EAST kamsh-example.csv -mailing M1 -quiet; "
     "file delete kamsh-example.csv; table select [recipient list] mailing contact sent_on",
     "mailing\tcontact\tsent_on\nM1\tA1\t2025-06-30\nM1\tB1\t2025-06-30"},
    {{"never twice", "绝不重复"},
     "segment save EAST -table {{account ACME} {account BETA}} -quiet; segment export EAST a.csv -mailing M1 -quiet; "
     "set n [table rows [segment export EAST b.csv -mailing M1]]; file delete a.csv b.csv; set n", "0"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_segment_export_spec = {
    .name = "segment export",
    .summary = {"the people of a segment as a mailing list, with a record of who received what and when", "把细分中的联系人导出为寄送名单，并记录谁何时收到什么"},
    .detail = {"People who left, unfilled seats and those without an address are left out. With -mailing the recipients are written down in "
               "one step of undo, and the file appears only with them; a recipient on record without a day of sending has not received it yet. Who "
               "received what: `recipient list`.",
               "已离职者、空缺职位与没有联系方式者不列入。用 -mailing 时收件人一并记录（一步可撤销），文件与记录同时出现；已登记但无寄出日者视为尚未收到。"
               "收件情况见 recipient list。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct export_args), .args = export_args_, .columns = export_columns, .setup = SEGMENT_SETUP,
    .examples = export_examples, .run = export_run, .topic = "questions"};
