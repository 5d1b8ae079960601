/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_run: how load, effort, bids, offences, flow, health, completeness, steps, competence and care came about (J1 for E, J2, J3). */
#include "cmd_run.h"
#include "cmd_label.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_setting.h"
#include <math.h>
#include <string.h>

static const char *today(const void *args, char buf[KAM_DATE_MAX])
{
    kam_day_format(cmd_run_asof(args), buf);
    return buf;
}

static void settings(cmd_why *w, const char *const *names)
{
    for (; *names; names++) cmd_why_setting(w, *names);
}
#define SETTINGS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A cell of the subject's row as an input, by its column. */
static void input(cmd_why *w, cmd_text item, const char *column, kam_day day)
{
    cmd_why_input(w, item, cmd_why_cell(w, column), day, NULL);
}

static kam_rc wrong_form(kam_err *err, const char *why)
{
    kam_err_set(err, KAM_USAGE, "why: %s", why);
    return kam_err_word(err, "why");
}

static bool is(const char *a, const char *b) { return a && strcmp(a, b) == 0; }

/* A touch of the account today: what ends "not touched". */
static void add_contact(kam_str *try, const cmd_why *w, const char *more, const void *args)
{
    char date[KAM_DATE_MAX];
    kam_str_addf(try, "%sinteraction add -account {%s} -date %s%s", try->len ? "; " : "", cmd_why_code(w), today(args, date), more);
}

/* Code of some rep, to show what an owner would change. NULL: there is none. Caller frees. */
static char *some_rep(cmd_session *s)
{
    kam_table *t = NULL;
    const store_query q = {.limit = 1};
    char *code = NULL;
    if (store_list(cmd_session_store(s), store_entity_find("rep"), &q, &t, NULL) == KAM_OK && kam_table_rows(t))
        code = kam_strdup(kam_col_text(kam_table_find(t, "code"), 0));
    kam_table_unref(t);
    return code;
}

/* --- E1, E2 ----------------------------------------------------------------------------------------------------------- */

static void account_changes(cmd_session *s, cmd_why *w, const void *args, const char *status)
{
    char date[KAM_DATE_MAX];
    kam_str try = KAM_STR_INIT;
    if (is(status, "unowned")) {
        char *rep = some_rep(s);
        kam_str_addf(&try, "assessment add account {%s} owner %s -value {%s}", cmd_why_code(w), today(args, date), rep ? rep : "R");
        cmd_why_change(w, rep ? kam_str_cstr(&try) : NULL, (cmd_text){"an owner would change it", "有了负责人就会改变"}, NULL, 0);
        kam_free(rep);
    } else if (is(status, "unworked")) {
        add_contact(&try, w, " -kind call", args);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a contact would make it owned", "有一次接触即为有人负责"}, NULL, 0);
    } else
        cmd_why_change(w, NULL, (cmd_text){"left alone for {1} days it would be unworked", "{1} 天没有接触即为无人经营"},
                       CMD_WHY_ARGS(calc_arg_int(cmd_run_int(s, "unworked-days"))));
    kam_str_release(&try);
}

static void rep_changes(cmd_session *s, cmd_why *w, const char *status)
{
    double accounts = 0;
    kam_str try = KAM_STR_INIT;
    if (!cmd_why_number(w, "accounts", &accounts)) return;
    int n = (int)accounts;
    if (is(status, "over")) {
        kam_str_addf(&try, "setting set load-high %d; rep set {%s} -capacity %d", n > cmd_run_int(s, "load-high") ? n : (int)cmd_run_int(s, "load-high"), cmd_why_code(w), n);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"with room for {1} it would be within", "若容量为 {1} 即为适中"}, CMD_WHY_ARGS(calc_arg_int(n)));
    } else if (is(status, "under")) {
        kam_str_addf(&try, "setting set load-low %d", n);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"if {1} were enough it would be within", "若 {1} 个即够则为适中"}, CMD_WHY_ARGS(calc_arg_int(n)));
    } else if (n > 1) {
        kam_str_addf(&try, "rep set {%s} -capacity %d", cmd_why_code(w), n - 1);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"with a capacity of {1} it would be over", "若容量为 {1} 即为超额"}, CMD_WHY_ARGS(calc_arg_int(n - 1)));
    }
    kam_str_release(&try);
}

static kam_rc why_duty(cmd_session *s, cmd_why *w, const void *args)
{
    kam_str try = KAM_STR_INIT, sponsor = KAM_STR_INIT;
    const char *cell = cmd_why_cell(w, "sponsor");
    (void)s;
    kam_str_add(&sponsor, cell ? cell : "");
    cmd_why_rule(w, "E2", (cmd_text){"duty calls of sponsors", "高层例行拜访"},
                 (cmd_text){"a duty call is an interaction marked so, by the sponsor, at the account; the next is due duty-call-days later",
                            "例行拜访为高层支持者在该客户、标为例行拜访的接触；duty-call-days 天后再访"});
    input(w, (cmd_text){"sponsor", "高层支持者"}, "sponsor", CMD_UNSET_DAY);
    input(w, (cmd_text){"last duty call", "最近例行拜访"}, "last_call", CMD_UNSET_DAY);
    cmd_why_setting(w, "duty-call-days");
    if (is(cmd_why_cell(w, "status"), "overdue")) {
        kam_str more = KAM_STR_INIT;
        kam_str_addf(&more, " -kind visit -duty_call 1 -rep {%s}", kam_str_cstr(&sponsor));
        add_contact(&try, w, kam_str_cstr(&more), args);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a duty call would keep it", "有一次例行拜访即为已履行"}, NULL, 0);
        kam_str_release(&more);
    } else
        cmd_why_change(w, NULL, (cmd_text){"without another one by the due day it would be overdue", "到期前没有再访即为逾期"}, NULL, 0);
    kam_str_release(&try);
    kam_str_release(&sponsor);
    return KAM_OK;
}

kam_rc cmd_coverage_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    bool rep = is(cmd_why_kind(w), "rep"), account = is(cmd_why_kind(w), "account");
    if (kam_table_find(cmd_why_table(w), "last_call")) return account ? why_duty(s, w, args) : wrong_form(err, "coverage -view duty is about accounts");
    if (kam_table_find(cmd_why_table(w), "duty_calls")) return wrong_form(err, "about a sponsor ask coverage -view duty, account by account");
    if (account != (kam_table_find(cmd_why_table(w), "account") != NULL) || (!account && !rep))
        return wrong_form(err, "ask about a rep (coverage) or an account (coverage -view accounts)");
    cmd_why_rule(w, "E1", (cmd_text){"load", "负荷"},
                 (cmd_text){"accounts owned against the lower of load-high and the own capacity (over), and load-low (under); an account is unworked when its "
                            "owner has not touched it for unworked-days",
                            "负责的客户数与 load-high、本人容量中较低者（超额）及 load-low（不足）相比；负责人超过 unworked-days 天没有接触为无人经营"});
    kam_str status = KAM_STR_INIT;
    const char *cell = cmd_why_cell(w, "status");
    kam_str_add(&status, cell ? cell : "");
    kam_rc rc = KAM_OK;
    char date[KAM_DATE_MAX];
    if (rep) {
        input(w, (cmd_text){"accounts owned", "负责的客户数"}, "accounts", cmd_run_asof(args));
        input(w, (cmd_text){"own capacity", "本人容量"}, "capacity", CMD_UNSET_DAY);
        settings(w, SETTINGS("load-low", "load-high"));
        rep_changes(s, w, kam_str_cstr(&status));
    } else {
        const store_where owner[] = {{"subject_kind", STORE_EQ, "account"}, {"subject", STORE_EQ, cmd_why_code(w)}, {"attribute", STORE_EQ, "owner"},
                                     {"date", STORE_LE, today(args, date)}};
        const store_where touch[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"kind", STORE_NE, "complaint"}, {"date", STORE_LE, date}};
        rc = cmd_why_records(w, (cmd_text){"owner", "负责人"}, "assessment", owner, 4, "value", "date", 1, NULL, err);
        if (!rc) rc = cmd_why_records(w, (cmd_text){"last contact", "最近接触"}, "interaction", touch, 3, "kind", "date", 1, NULL, err);
        cmd_why_setting(w, "unworked-days");
        account_changes(s, w, args, kam_str_cstr(&status));
    }
    kam_str_release(&status);
    return rc;
}

/* --- E3 --------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_effort_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    if (!kam_table_find(cmd_why_table(w), "nearest")) return wrong_form(err, "ask about a rep or an account: effort-mix -by rep, effort-mix -by account");
    static const cmd_text parts[] = {{"selection", "大客户选择"}, {"selling process", "营销过程"}, {"sales administration", "销售管理"}};
    (void)s;
    cmd_why_rule(w, "E3", (cmd_text){"effort mix", "投入比例"},
                 (cmd_text){"hours by activity of the account's owner; nearest is the model with the smallest squared distance, distance is to the chosen one",
                            "客户负责人按环节的工时；最接近者为平方距离最小的模式，距离以选定模式计"});
    for (int k = 0; k < CALC_EFFORTS; k++) input(w, parts[k], calc_effort_keys[k], cmd_run_asof(args));
    input(w, (cmd_text){"hours", "工时"}, "hours", cmd_run_asof(args));
    settings(w, SETTINGS("effort-model", "effort-models", "window"));
    double distance = 0;
    const char *nearest = cmd_why_cell(w, "nearest");
    if (nearest && cmd_why_number(w, "distance", &distance) && distance > 0) {
        kam_str try = KAM_STR_INIT, model = KAM_STR_INIT;
        kam_str_add(&model, nearest);
        kam_str_addf(&try, "setting set effort-model %s", kam_str_cstr(&model));
        bool chosen = is(store_setting_text(cmd_session_store(cmd_why_session(w)), "effort-model"), kam_str_cstr(&model));
        cmd_why_change(w, chosen ? NULL : kam_str_cstr(&try),
                       chosen ? (cmd_text){"it is nearest to the chosen model already", "已最接近选定的模式"}
                              : (cmd_text){"against {1} the distance would be smaller", "以 {1} 为准距离更小"}, CMD_WHY_ARGS(calc_arg_text(kam_str_cstr(&model))));
        kam_str_release(&try);
        kam_str_release(&model);
    }
    return KAM_OK;
}

/* --- E4 --------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_allocation_list_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    if (!is(cmd_why_kind(w), "account")) return wrong_form(err, "allocation list is about accounts");
    cmd_why_rule(w, "E4", (cmd_text){"up for bids", "可竞标"},
                 (cmd_text){"accounts nobody owns, or whose owner has not touched them for unworked-days", "无人负责，或负责人超过 unworked-days 天没有接触的客户"});
    input(w, (cmd_text){"owner", "负责人"}, "owner", CMD_UNSET_DAY);
    input(w, (cmd_text){"last contact", "最近接触"}, "last_contact", CMD_UNSET_DAY);
    cmd_why_setting(w, "unworked-days");
    kam_str status = KAM_STR_INIT;
    const char *cell = cmd_why_cell(w, "status");
    kam_str_add(&status, cell ? cell : "");
    account_changes(s, w, args, kam_str_cstr(&status));
    kam_str_release(&status);
    return KAM_OK;
}

kam_rc cmd_allocation_bids_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    if (!is(cmd_why_kind(w), "rep")) return wrong_form(err, "ask about a bidder: why REP allocation bids ACCOUNT");
    (void)s;
    cmd_why_rule(w, "E4", (cmd_text){"score of a bid", "竞标评分"},
                 (cmd_text){"weighted mean of yield (rank of the revenue owned), room left and sector (share of the accounts owned in the same industry), over "
                            "what is known",
                            "业绩（所负责收入的名次）、剩余余量与行业（同行业客户比例）对已知各项的加权平均"});
    static const struct {
        cmd_text item;
        const char *column;
    } marks[] = {{{"yield", "业绩"}, "yield"}, {{"room", "余量"}, "load"}, {{"sector", "行业"}, "sector"}, {{"accounts that may be added", "还可接的客户数"}, "room"}};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) input(w, marks[k].item, marks[k].column, cmd_run_asof(args));
    settings(w, SETTINGS("bid-weights", "load-high"));
    double can = 0, room = 0;
    cmd_why_number(w, "room", &room);
    if (cmd_why_number(w, "can_win", &can) && can == 0 && room <= 0) {
        kam_str try = KAM_STR_INIT;
        kam_str_addf(&try, "rep set {%s} -capacity 100000", cmd_why_code(w));
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"with a larger capacity the bid could win", "容量更大即可中标"}, NULL, 0);
        kam_str_release(&try);
    } else
        cmd_why_change(w, NULL, (cmd_text){"more room, or more accounts of the industry, would raise it", "余量更多或同行业客户更多则分数更高"}, NULL, 0);
    return KAM_OK;
}

/* --- E6 --------------------------------------------------------------------------------------------------------------- */

static const char *text_in(const kam_table *t, const char *column, size_t row)
{
    const kam_column *c = kam_table_find(t, column);
    return c && !kam_col_missing(c, row) ? kam_col_text(c, row) : NULL;
}

/* The command that settles an offence; false: no single one does. */
static bool settle(kam_str *try, const cmd_why *w, const char *rule, const char *record, const void *args)
{
    char date[KAM_DATE_MAX];
    const char *id = record ? strrchr(record, ' ') : NULL;
    today(args, date);
    if (is(rule, "visits") && id) kam_str_addf(try, "interaction set%s -prepared 1 -debriefed 1", id);
    else if (is(rule, "complaints") && id) kam_str_addf(try, "interaction set%s -resolved_on %s -resolution {what if}", id, date);
    else if (is(rule, "exceptions") && id) kam_str_addf(try, "exception set%s -approved_by {what if}", id);
    else if (is(rule, "exceptions")) kam_str_addf(try, "exception add -account {%s} -date %s -what {what if} -approved_by {what if}", cmd_why_code(w), date);
    else if (is(rule, "post-mortems")) kam_str_addf(try, "post-mortem add {%s} %s -text {what if}", cmd_why_code(w), date);
    else if (is(rule, "thanks")) add_contact(try, w, " -kind call", args);
    else return false;
    return true;
}

kam_rc cmd_audit_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const kam_table *t = cmd_why_table(w);
    if (!is(cmd_why_kind(w), "account") || !kam_table_find(t, "record")) return wrong_form(err, "ask about an account, without -summary and -rules");
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    const kam_column *date = kam_table_find(t, "date");
    unsigned said = 0;
    for (size_t k = 0; k < cmd_why_rows(w); k++) {
        size_t row = cmd_why_row(w, k);
        const char *rule = text_in(t, "rule", row), *record = text_in(t, "record", row);
        int which = 0;
        while (calc_audit_keys[which] && !is(rule, calc_audit_keys[which])) which++;
        const calc_text *words = calc_audit_rule(which);
        if (!(said & (1u << which))) cmd_why_rule(w, "E6", (cmd_text){rule, zh ? words->zh : rule}, (cmd_text){words->en, words->zh});
        said |= 1u << which;
        kam_day day = kam_col_missing(date, row) ? CMD_UNSET_DAY : kam_col_int(date, row);
        cmd_why_input(w, (cmd_text){rule, words->zh}, text_in(t, "why", row), day, record);
        kam_str try = KAM_STR_INIT;
        bool one = settle(&try, w, rule, record, args);
        const char *next = text_in(t, "next_step", row);
        cmd_why_change(w, one ? kam_str_cstr(&try) : NULL, (cmd_text){"{1}", "{1}"}, CMD_WHY_ARGS(calc_arg_text(next)));
        kam_str_release(&try);
    }
    if (cmd_why_rows(w) == 0)
        cmd_why_note(w, (cmd_text){"it breaks none of the rules asked about", "没有违反所问的规则"}, NULL, 0);
    settings(w, SETTINGS("lifecycle-overdue-days", "lifecycle-complaint-days", "audit-thank-days", "audit-debrief-days", "window"));
    return KAM_OK;
}

/* --- E8 --------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_portfolio_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    if (!is(cmd_why_kind(w), "account") || !kam_table_find(cmd_why_table(w), "change"))
        return wrong_form(err, "ask about an account of the flow: why ACCOUNT portfolio -show moves");
    (void)s;
    char date[KAM_DATE_MAX];
    cmd_why_rule(w, "E8", (cmd_text){"flow of customers", "客户流量"},
                 (cmd_text){"customers are A4's relationship accounts: new were never, won back were lost; lost are silent too long; the others grew or shrank by the revenue "
                            "of the window",
                            "客户指 A4 的关系客户：新增为从未购买者，赢回为曾流失者，流失为沉默过久者；其余按统计期收入增长或缩减"});
    input(w, (cmd_text){"revenue before", "期初收入"}, "before", CMD_UNSET_DAY);
    input(w, (cmd_text){"revenue after", "期末收入"}, "after", cmd_run_asof(args));
    settings(w, SETTINGS("window", "lifecycle-lost-days", "lifecycle-lost-gaps"));
    if (is(cmd_why_cell(w, "flow"), "lost")) {
        kam_str try = KAM_STR_INIT;
        kam_str_addf(&try, "transaction add -account {%s} -date %s -amount 1", cmd_why_code(w), today(args, date));
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a purchase today would keep it", "今天有一次购买即留下"}, NULL, 0);
        kam_str_release(&try);
    } else
        cmd_why_change(w, NULL, (cmd_text){"silent for too long it would be lost", "沉默过久即为流失"}, NULL, 0);
    return KAM_OK;
}

/* --- J2 --------------------------------------------------------------------------------------------------------------- */

/* Score of an ingredient, from the row of all accounts or from the rows of one. */
static bool ingredient(const cmd_why *w, const char *key, double *score)
{
    const kam_table *t = cmd_why_table(w);
    if (kam_table_find(t, "health")) return cmd_why_number(w, key, score);
    const kam_column *name = kam_table_find(t, "ingredient"), *c = kam_table_find(t, "score");
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (is(kam_col_text(name, i), key) && !kam_col_missing(c, i)) {
            *score = kam_col_real(c, i);
            return true;
        }
    return false;
}

static kam_rc health_records(cmd_why *w, const void *args, kam_err *err)
{
    char date[KAM_DATE_MAX], from[KAM_DATE_MAX];
    today(args, date);
    kam_day_format(cmd_run_asof(args) - cmd_run_int(cmd_why_session(w), "window"), from);
    const store_where survey[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"date", STORE_LE, date}, {"date", STORE_GT, from}};
    const store_where touch[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"kind", STORE_NE, "complaint"}, {"date", STORE_LE, date}};
    const store_where risk[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"closed_on", STORE_MISSING, NULL}};
    kam_rc rc = cmd_why_records(w, (cmd_text){"satisfaction: perceived", "满意度：感知"}, "survey", survey, 3, "perceived", "date", 5, NULL, err);
    if (!rc) rc = cmd_why_records(w, (cmd_text){"activity: last contact", "接触：最近一次"}, "interaction", touch, 3, "kind", "date", 1, NULL, err);
    if (!rc) rc = cmd_why_records(w, (cmd_text){"risks: open", "风险：未消除"}, "risk", risk, 2, "what", "date", 5, NULL, err);
    return rc;
}

static void health_change(cmd_why *w, const void *args)
{
    char date[KAM_DATE_MAX];
    double score;
    kam_str try = KAM_STR_INIT;
    if (ingredient(w, "activity", &score) && score < 100) {
        add_contact(&try, w, " -kind call", args);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a contact today would raise it", "今天有一次接触即可提高"}, NULL, 0);
    } else {
        kam_str_addf(&try, "survey add -account {%s} -date %s -expectation 10 -perceived 0", cmd_why_code(w), today(args, date));
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a survey with deep disappointment would lower it", "一次极为失望的调查会拉低"}, NULL, 0);
    }
    kam_str_release(&try);
}

kam_rc cmd_health_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    if (!is(cmd_why_kind(w), "account")) return wrong_form(err, "health is about accounts: why ACCOUNT health ACCOUNT");
    static const cmd_text names[CALC_HEALTH_PARTS] = {{"profile", "档案完整"}, {"winning circle", "成功圈"}, {"relationship", "关系水平"}, {"satisfaction", "满意度"},
                                                      {"activity", "接触活跃"}, {"orders", "订货"}, {"risks", "风险"}};
    (void)s;
    cmd_why_rule(w, "J2", (cmd_text){"health", "健康度"},
                 (cmd_text){"weighted mean of the seven ingredients, each 0–100, over what is known; see help health for each", "七项构成（各 0–100）对已知各项的加权平均；各项算法见 help health"});
    for (int k = 0; k < CALC_HEALTH_PARTS; k++) {
        double score = NAN;
        if (!ingredient(w, calc_health_keys[k], &score)) score = NAN;
        cmd_why_input_real(w, names[k], score, cmd_run_asof(args), NULL);
    }
    kam_rc rc = health_records(w, args, err);
    settings(w, SETTINGS("health-weights", "health-bands", "health-gap", "health-activity-days", "health-order-level", "health-risk-points", "window",
                         "lifecycle-trend-days", "lifecycle-complaint-days", "lifecycle-overdue-days"));
    if (!rc) health_change(w, args);
    return rc;
}

/* --- J3 --------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_completeness_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const kam_table *t = cmd_why_table(w);
    if (!is(cmd_why_kind(w), "account") || !kam_table_find(t, "section")) return wrong_form(err, "ask about one account: why ACCOUNT completeness ACCOUNT");
    (void)s;
    cmd_why_rule(w, "J3", (cmd_text){"completeness", "完整度"},
                 (cmd_text){"items of the plan (E5) that are on record, section by section; see help completeness", "计划（E5）各章节已有的项目；见 help completeness"});
    static const struct {
        const char *section, *text;
    } texts[] = {{"environment", "environment"}, {"value-chain", "value"}, {"needs", "needs"}, {"objectives", "strategy"}, {"profile", "profile"}};
    char date[KAM_DATE_MAX];
    bool proposed = false;
    for (size_t k = 0; k < kam_table_rows(t); k++) {
        const char *section = text_in(t, "section", k), *missing = text_in(t, "missing", k);
        const kam_column *status = kam_table_find(t, "status");
        const char *zh = cmd_label_word(kam_table_find(t, "section"), section, CMD_LANG_ZH);
        kam_str line = KAM_STR_INIT;
        kam_str_add(&line, kam_col_text(status, k));
        if (missing) kam_str_addf(&line, ": %s", missing);
        cmd_why_input(w, (cmd_text){section, zh ? zh : section}, kam_str_cstr(&line), cmd_run_asof(args), NULL);
        kam_str_release(&line);
        for (size_t q = 0; missing && !proposed && q < sizeof texts / sizeof *texts; q++) {
            const store_where there[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"section", STORE_EQ, texts[q].text}};
            const store_query query = {.where = there, .n_where = 2, .limit = 1};
            kam_table *found = NULL;
            if (!is(section, texts[q].section)) continue;
            kam_rc rc = store_list(cmd_session_store(cmd_why_session(w)), store_entity_find("plan-text"), &query, &found, err);
            if (rc) return rc;
            bool has = kam_table_rows(found) > 0;
            kam_table_unref(found);
            if (has) continue;
            kam_str try = KAM_STR_INIT;
            kam_str_addf(&try, "plan-text add {%s} %s %s -text {what if}", cmd_why_code(w), texts[q].text, today(args, date));
            cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a plan text `{1}` would fill it", "写上计划文字 {1} 即可补上"}, CMD_WHY_ARGS(calc_arg_text(texts[q].text)));
            kam_str_release(&try);
            proposed = true;
        }
    }
    return KAM_OK;
}

/* --- E7 --------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_next_step_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    if (!is(cmd_why_kind(w), "account")) return wrong_form(err, "next-step is about accounts");
    static const cmd_text names[] = {{"value", "价值"}, {"differentiate", "区分"}, {"strategy", "策略"}, {"monitor", "监控"}};
    (void)s;
    cmd_why_rule(w, "E7", (cmd_text){"four-step loop", "四步循环"},
                 (cmd_text){"a step is current while its newest record is younger than its loop-days; the next step is the first that is not", "最近记录未超过 loop-days 即为有效；下一步为第一个无效的步骤"});
    for (int k = 0; k < CALC_LOOP_STEPS; k++) input(w, names[k], calc_loop_keys[k], CMD_UNSET_DAY);
    cmd_why_setting(w, "loop-days");
    char date[KAM_DATE_MAX];
    const char *next = cmd_why_cell(w, "next_step"), *code = cmd_why_code(w);
    kam_str try = KAM_STR_INIT;
    today(args, date);
    if (is(next, "value")) kam_str_addf(&try, "value-note add -account {%s} -date %s -level basic", code, date);
    else if (is(next, "differentiate")) kam_str_addf(&try, "assessment add account {%s} relation_wanted %s -value cooperation", code, date);
    else if (is(next, "strategy")) kam_str_addf(&try, "plan-text add {%s} strategy %s -text {what if}", code, date);
    else if (is(next, "monitor")) kam_str_addf(&try, "interaction add -account {%s} -date %s -kind visit -debriefed 1", code, date);
    cmd_why_change(w, try.len ? kam_str_cstr(&try) : NULL,
                   try.len ? (cmd_text){"a record of today would make the step current", "今天有记录该步即有效"} : (cmd_text){"time alone would make a step old", "只有时间会使步骤过期"}, NULL, 0);
    kam_str_release(&try);
    return KAM_OK;
}

/* --- E10, E11 --------------------------------------------------------------------------------------------------------- */

kam_rc cmd_competence_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    if (!is(cmd_why_kind(w), "rep")) return wrong_form(err, "competence is about reps: why REP competence");
    char date[KAM_DATE_MAX];
    (void)s;
    cmd_why_rule(w, "E10", (cmd_text){"competence", "胜任力"},
                 (cmd_text){"mean of the latest marks of the card competence; a mark below competence-low names the training of its criterion", "评分卡 competence 最近各项的均分；低于 competence-low 的项给出相应培训"});
    const store_where mark[] = {{"subject_kind", STORE_EQ, "rep"}, {"subject", STORE_EQ, cmd_why_code(w)}, {"card", STORE_EQ, "competence"}, {"date", STORE_LE, today(args, date)}};
    size_t found = 0;
    kam_rc rc = cmd_why_records(w, (cmd_text){"mark", "评分"}, "mark", mark, 4, "mark", "date", 20, &found, err);
    if (!rc && !found) cmd_why_input(w, (cmd_text){"mark", "评分"}, NULL, CMD_UNSET_DAY, NULL);
    cmd_why_setting(w, "competence-low");
    const char *weakest = cmd_why_cell(w, "weakest");
    kam_str try = KAM_STR_INIT;
    const store_where same[] = {mark[0], mark[1], mark[2], {"date", STORE_EQ, date}};
    const store_query q = {.where = same, .n_where = 4, .limit = 1};
    kam_table *t = NULL;
    if (!rc) rc = store_list(cmd_session_store(cmd_why_session(w)), store_entity_find("mark"), &q, &t, err);
    bool marked_today = t && kam_table_rows(t) > 0;
    kam_table_unref(t);
    if (!rc) {
        kam_str_addf(&try, "mark %s rep {%s} competence %s %s -mark 10", weakest && marked_today ? "set" : "add", cmd_why_code(w), weakest ? weakest : "product", date);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a full mark on {1} would raise it", "{1} 得满分即可提高"}, CMD_WHY_ARGS(calc_arg_text(weakest ? weakest : "product")));
    }
    kam_str_release(&try);
    return rc;
}

kam_rc cmd_care_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    if (!is(cmd_why_kind(w), "account") || !kam_table_find(cmd_why_table(w), "broken")) return wrong_form(err, "ask about an account, without -summary");
    static const struct {
        cmd_text item;
        const char *column;
    } facts[] = {{{"grade", "等级"}, "class"}, {{"visits", "拜访"}, "visits"}, {{"visits promised", "承诺拜访"}, "visits_promised"}, {{"attentions", "关怀"}, "attentions"},
                 {{"attentions promised", "承诺关怀"}, "attentions_promised"}, {{"slowest answer in days", "最慢答复天数"}, "answer_days"},
                 {{"answer promised", "承诺答复天数"}, "answer_promised"}, {{"sponsor", "高层支持者"}, "sponsor"}};
    cmd_why_rule(w, "E11", (cmd_text){"care by grade", "分级关怀"},
                 (cmd_text){"each grade of the pyramid has its promises; kept when visits, attentions, the slowest answer and the sponsor are all as promised", "金字塔各级各有承诺；拜访、关怀、最慢答复与高层支持者均达到即为兑现"});
    for (size_t k = 0; k < sizeof facts / sizeof *facts; k++) input(w, facts[k].item, facts[k].column, CMD_UNSET_DAY);
    settings(w, SETTINGS("care-visits", "care-attentions", "care-answer-days", "care-sponsor", "window", "pyramid-split"));
    double have = 0, want = 0;
    kam_str try = KAM_STR_INIT;
    char date[KAM_DATE_MAX];
    cmd_why_number(w, "visits", &have);
    if (cmd_why_number(w, "visits_promised", &want) && have < want) {
        kam_str_addf(&try, "for {set i 0} {$i < %d} {incr i} {interaction add -account {%s} -date %s -kind visit}", (int)(want - have), cmd_why_code(w), today(args, date));
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"{1} more visits would keep that promise", "再有 {1} 次拜访即兑现该承诺"}, CMD_WHY_ARGS(calc_arg_int((int64_t)(want - have))));
    } else {
        kam_str_addf(&try, "setting set care-visits 1000/1000/1000/1000");
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"if many more visits were promised it would be broken", "若承诺的拜访多得多即为未兑现"}, NULL, 0);
    }
    kam_str_release(&try);
    (void)s;
    return KAM_OK;
}
