/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_account_audit: E6, eight rules as queries with their offenders, and J5, the user's own rules in Tcl. What a rule file is and how it is run
 * is written in Tcl (scripts/kam/rules.tcl); here are the record, the eight rules and the result. */
#include "cmd_run.h"
#include "store_query_run.h"
#include "cmd_value.h"
#include <stddef.h>
#include <string.h>

extern const char cmd_rules_script[]; /* scripts/kam/rules.tcl */

struct audit_args {
    kam_day asof; /* first: cmd_run_asof */
    cmd_ref account, rep;
    int rule;
    bool summary, key;
    const char *rules;
};

/* --- the eight rules ------------------------------------------------------------------------------------------------ */

static kam_rc audit(cmd_session *s, kam_day asof, kam_table **out, kam_table **summary, kam_err *err)
{
    cmd_run r;
    calc_audit_params p;
    unsigned tables = CMD_RUN_BIT(CMD_RUN_OWNERS) | CMD_RUN_BIT(CMD_RUN_PROFILE) | CMD_RUN_BIT(CMD_RUN_EXCEPTIONS) | CMD_RUN_BIT(CMD_RUN_TOUCHED) |
                      CMD_RUN_BIT(CMD_RUN_POST_MORTEMS) | CMD_RUN_BIT(CMD_RUN_LIFECYCLE) | CMD_RUN_BIT(CMD_RUN_PYRAMID) |
                      CMD_RUN_BIT(CMD_RUN_KEY);
    kam_rc rc = cmd_run_load(s, asof, STORE_F_INVOICES, tables, 0, &r, err);
    if (rc) return rc;
    cmd_audit_params(s, asof, &p);
    rc = store_query_audited(cmd_session_store(s), asof, asof - p.window_days, &r.t[CMD_RUN_WORK], err);
    const calc_audit_in in = {.accounts = r.facts.held.accounts, .owners = r.t[CMD_RUN_OWNERS], .profile = r.t[CMD_RUN_PROFILE],
                              .invoices = r.facts.held.invoices, .exceptions = r.t[CMD_RUN_EXCEPTIONS], .touched = r.t[CMD_RUN_TOUCHED],
                              .work = r.t[CMD_RUN_WORK], .post_mortems = r.t[CMD_RUN_POST_MORTEMS], .lifecycle = r.t[CMD_RUN_LIFECYCLE],
                              .pyramid = r.t[CMD_RUN_PYRAMID], .key = r.t[CMD_RUN_KEY]};
    if (!rc) rc = calc_audit(&in, &p, out, summary, err);
    cmd_run_release(&r);
    return rc;
}

static kam_rc run_eight(cmd_session *s, const struct audit_args *a, cmd_value *out, kam_err *err)
{
    kam_table *rows = NULL, *summary = NULL;
    kam_rc rc = audit(s, a->asof, &rows, &summary, err);
    if (rc) return rc;
    kam_table **t = a->summary ? &summary : &rows;
    if (a->rule >= 0) cmd_rows_keep(t, "rule", calc_audit_keys[a->rule]);
    if (!a->summary) {
        cmd_rows_keep(t, "account", a->account.code);
        cmd_rows_keep(t, "owner", a->rep.code);
        rc = cmd_run_keep_key(s, t, a->key, a->asof, err);
    }
    if (!rc) cmd_value_take_table(out, kam_table_ref(*t));
    kam_table_unref(rows);
    kam_table_unref(summary);
    return rc;
}

/* --- rules of the user ------------------------------------------------------------------------------------------------ */

enum { U_RULE, U_TEXT, U_STATUS, U_OFFENDERS, U_ACCOUNT, U_OBJECT, U_WHY, U_COLS };
static const struct {
    const char *name, *label;
    kam_type type;
} user_cols[U_COLS] = {{"rule", "run.audit.rule", KAM_TEXT},     {"text", "run.audit.text", KAM_TEXT},  {"status", "run.audit.status", KAM_TEXT},
                       {"offenders", "run.offenders", KAM_INT}, {"account", "run.account", KAM_TEXT}, {"object", "run.record", KAM_TEXT},
                       {"why", "run.why", KAM_TEXT}};

/* Rows {rule text offenders account object why} of the Tcl part; -summary keeps the first row of each rule. */
static void user_table(cmd_session *s, Tcl_Obj *rows, bool summary, kam_table **out, size_t *failed)
{
    Tcl_Interp *interp = cmd_session_interp(s);
    Tcl_Obj **row, **cell;
    int n, cells, offenders;
    kam_column *c[U_COLS];
    kam_table *t = kam_table_new();
    kam_str last = KAM_STR_INIT, hold = KAM_STR_INIT;
    kam_table_set_title(t, "run.audit.rules");
    for (int k = 0; k < (summary ? U_ACCOUNT : U_COLS); k++) c[k] = kam_table_add_column(t, user_cols[k].name, user_cols[k].type, user_cols[k].label);
    *failed = 0;
    if (Tcl_ListObjGetElements(interp, rows, &n, &row) != TCL_OK) n = 0;
    for (int i = 0; i < n; i++) {
        if (Tcl_ListObjGetElements(interp, row[i], &cells, &cell) != TCL_OK || cells != 6 || Tcl_GetIntFromObj(interp, cell[2], &offenders) != TCL_OK)
            KAM_BUG("rules.tcl gave a row of %d cells", cells);
        const char *name = cmd_value_text(cell[0], &hold);
        bool first = i == 0 || strcmp(name, kam_str_cstr(&last)) != 0;
        *failed += first && offenders > 0;
        if (first) {
            kam_str_clear(&last);
            kam_str_add(&last, name);
        }
        if (summary && !first) continue;
        kam_col_push_text(c[U_RULE], kam_str_cstr(&last));
        kam_col_push_text(c[U_TEXT], cmd_value_text(cell[1], &hold));
        kam_col_push_text(c[U_STATUS], offenders ? "fail" : "pass");
        kam_col_push_int(c[U_OFFENDERS], offenders);
        for (int k = 0; !summary && k < 3; k++) {
            const char *text = cmd_value_text(cell[3 + k], &hold);
            kam_col_push_text(c[U_ACCOUNT + k], text[0] ? text : NULL);
        }
    }
    kam_str_release(&last);
    kam_str_release(&hold);
    kam_table_seal(t);
    *out = t;
}

static kam_rc need_rules(cmd_session *s, kam_err *err)
{
    Tcl_Interp *interp = cmd_session_interp(s);
    if (Tcl_FindNamespace(interp, "::kam::rules", NULL, 0)) return KAM_OK;
    int code = Tcl_EvalEx(interp, cmd_rules_script, -1, TCL_EVAL_GLOBAL);
    return code == TCL_OK ? KAM_OK : cmd_value_from_tcl(s, code, err);
}

static kam_rc run_user(cmd_session *s, const struct audit_args *a, cmd_value *out, kam_err *err)
{
    char day[KAM_DATE_MAX];
    kam_rc rc = need_rules(s, err);
    if (rc) return rc;
    kam_day_format(a->asof, day);
    Tcl_Obj *word[] = {Tcl_NewStringObj("::kam::rules::run", -1), Tcl_NewStringObj(a->rules, -1), Tcl_NewStringObj(day, -1), Tcl_NewWideIntObj(a->asof)};
    Tcl_Obj *call = Tcl_NewListObj(4, word);
    Tcl_IncrRefCount(call);
    int code = Tcl_EvalObjEx(cmd_session_interp(s), call, TCL_EVAL_DIRECT | TCL_EVAL_GLOBAL);
    Tcl_DecrRefCount(call);
    if (code != TCL_OK) return cmd_value_from_tcl(s, code, err);
    kam_table *t = NULL;
    size_t failed;
    Tcl_Obj *rows = Tcl_GetObjResult(cmd_session_interp(s));
    Tcl_IncrRefCount(rows);
    user_table(s, rows, a->summary, &t, &failed);
    Tcl_DecrRefCount(rows);
    cmd_rows_keep(&t, "account", a->account.code);
    if (failed && cmd_session_exit_status(s) == 0) cmd_session_set_exit_status(s, 1);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct audit_args *a = args;
    if (a->summary && (a->account.id || a->rep.id || a->key)) return cmd_run_usage(err, "account-audit", "-summary counts all accounts; leave out -account, -rep and -key");
    if (!a->rules) return run_eight(s, a, out, err);
    if (a->rule >= 0 || a->rep.id || a->key) return cmd_run_usage(err, "account-audit", "-rules FILE runs the file's own rules; leave out -rule, -rep and -key");
    return run_user(s, a, out, err);
}

static const cmd_arg args_[] = {
    {.name = "-summary", .kind = CMD_FLAG, .offset = offsetof(struct audit_args, summary), .help = {"one row a rule: checked, offences, pass or fail", "每条规则一行：检查数、违反数、结论"}},
    {.name = "-rule", .kind = CMD_ENUM, .offset = offsetof(struct audit_args, rule), .values = calc_audit_keys, .help = {"only this rule", "只看该规则"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(struct audit_args, account), .of = "account", .help = {"only this account", "只看该客户"}},
    {.name = "-rep", .kind = CMD_REF, .offset = offsetof(struct audit_args, rep), .of = "rep", .help = {"only accounts this person owns", "只看此人负责的客户"}},
    {.name = "-key", .kind = CMD_FLAG, .offset = offsetof(struct audit_args, key), .help = {"only key accounts (A12)", "只看大客户（A12）"}},
    {.name = "-rules", .kind = CMD_FILE, .offset = offsetof(struct audit_args, rules),
     .help = {"run the rules of this Tcl file instead; when one fails the program ends with status 1", "改为执行该 Tcl 文件中的规则；有一条不通过则程序以状态 1 结束"}},
    CMD_ARG_ASOF(struct audit_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"rule", KAM_TEXT, {"file, receivables, exceptions, thanks, visits, complaints, post-mortems, largest; or the file's own", "规则键；-rules 时为文件中的规则名"}, NULL},
    {"account", KAM_TEXT, {"code", "客户编码"}, "without -summary"},
    {"name", KAM_TEXT, {"name", "客户名称"}, "without -summary, -rules"},
    {"owner", KAM_TEXT, {"who owns it", "负责人"}, "without -summary, -rules"},
    {"date", KAM_DAY, {"day of the fact", "事实的日期"}, "without -summary, -rules"},
    {"record", KAM_TEXT, {"the record it stands in", "来源记录"}, "without -summary, -rules"},
    {"why", KAM_TEXT, {"how it offends, in words", "如何违反"}, NULL},
    {"next_step", KAM_TEXT, {"what to do", "怎么办"}, "without -summary, -rules"},
    {"text", KAM_TEXT, {"the rule in words", "规则"}, "-summary, -rules"},
    {"checked", KAM_INT, {"what the rule was asked of", "检查的项数"}, "-summary"},
    {"offences", KAM_INT, {"how many offend", "违反的项数"}, "-summary"},
    {"accounts", KAM_INT, {"accounts concerned", "涉及的客户数"}, "-summary"},
    {"status", KAM_TEXT, {"pass, fail, nothing (nothing to check)", "通过、不通过、无可检查"}, "-summary, -rules"},
    {"offenders", KAM_INT, {"rows the rule's script returned", "违反者数"}, "-rules"},
    {"object", KAM_TEXT, {"what it is about beside the account", "除客户外涉及的对象"}, "-rules"},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"key-account-share", NULL},
    {"key-account-lenses", NULL},
    {"key-account-revenue", NULL},
    {"lifecycle-lost-days", NULL},
    {"lifecycle-lost-gaps", NULL},
    {"window", NULL},
    {"lifecycle-overdue-days", NULL},
    {"lifecycle-complaint-days", NULL},
    {"audit-thank-days", NULL},
    {"audit-debrief-days", NULL},
    {"pyramid-split", NULL},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"Which rules are kept?", "哪些规则得到遵守？"}, "table select [account-audit -summary] rule checked offences status",
     "rule\tchecked\toffences\tstatus\nfile\t1\t1\tfail\nreceivables\t0\t0\tnothing\nexceptions\t1\t1\tfail\nthanks\t0\t0\tnothing\nvisits\t1\t1\tfail\n"
     "complaints\t0\t0\tnothing\npost-mortems\t0\t0\tnothing\nlargest\t0\t0\tnothing"},
    {{"The offenders of one rule.", "一条规则的违反者。"}, "table select [account-audit -rule visits] account date record why",
     "account\tdate\trecord\twhy\nACME\t2025-06-01\tinteraction 1\tvisit of 2025-06-01: not debriefed"},
    {{"A rule of one's own.", "自己的规则。"},
     "set f [open rules.tcl w]; puts $f {rule named {客户都有行业 | every account has an industry} {account list -where {industry missing} -columns code} "
     "-because {{code} 没有行业 | {code} has no industry}}; close $f\ntable select [account-audit -rules rules.tcl] rule status offenders why",
     "rule\tstatus\toffenders\twhy\nnamed\tfail\t1\tACME has no industry"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_account_audit_spec = {
    .name = "account-audit",
    .summary = {"eight rules of account keeping with their offenders, or your own rules from a file", "八条客户管理规则及违反者，或文件中自定的规则"},
    .detail = {"The eight: every account has a file; receivables are clear; nobody gets an exception without a record; small accounts are thanked; every visit is "
               "prepared and debriefed; every complaint has an outcome; every lost account has a post-mortem; rules bind the largest too. Each offence names "
               "its record and what to do.\n"
               "Your own rules stand in a Tcl file, one a command: rule NAME {中文 | English} SCRIPT ?-because TEXT?. SCRIPT returns the offenders as a table or "
               "a list of dicts (`sql`, `table where`, any question of kamsh); no row: the rule is kept. It sees $asof (the as-of day), $asof_day (its number, for "
               "`sql`: day <= :asof_day) and `day -30` (a date 30 days before). -because is the sentence said of an offender, {column} stands for its cell. "
               "The file may have procedures of its own; it runs with the rights of your session. When a rule fails the program ends with status 1; a script that "
               "fails stops the audit with its error, so that nothing passes unchecked. Examples: examples/rules-*.tcl.",
               "八条：每个客户都有档案；应收账款清楚；没有记录就没有例外；小客户也要感谢；每次拜访都有准备、有复盘；每件投诉都有结果；每个流失客户都有总结；"
               "规则对最大的客户同样有效。每项违反都给出记录与做法。\n"
               "自定规则写在 Tcl 文件中，每条一个命令：rule 名称 {中文 | English} 脚本 ?-because 文字?。脚本以表或字典列表返回违反者（可用 sql、table where 及 kamsh 的任何提问），"
               "没有行即为遵守。脚本可用 $asof（截止日期）、$asof_day（其天数，供 sql 使用：day <= :asof_day）和 day -30（30 天前的日期）。-because 为对违反者的说明，{列名} 代表其值。"
               "文件可有自己的过程，并以会话的权限执行。有规则不通过时程序以状态 1 结束；脚本出错则审核以该错误中止，以免漏检。示例见 examples/rules-*.tcl。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct audit_args),
    .args = args_,
    .columns = columns,
    .setup = "rep add R1 -name Ann; account add ACME -name Acme -known_since 2023-01-01\n"
             "exception add -account ACME -date 2025-05-01 -what {longer terms}; interaction add -account ACME -date 2025-06-01 -kind visit -prepared 1",
    .examples = examples,
    .run = run,
    .why = cmd_audit_why,
    .settings = settings,
    .topic = "questions"};
