/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_health: J2, health of an account 0–100 with its ingredients, of one or of all, and what changed since a day. */
#include "cmd_run.h"
#include "cmd_value.h"
#include "kam_str.h"
#include <stddef.h>

struct health_args {
    kam_day asof; /* first: cmd_run_asof */
    cmd_ref account;
    kam_day since;
    bool each, key;
};

kam_rc cmd_health_rows(cmd_session *s, kam_day asof, const char *account, kam_table **out, kam_err *err)
{
    cmd_run r;
    calc_health_params p;
    kam_table *circle = NULL;
    unsigned tables = CMD_RUN_BIT(CMD_RUN_PROFILE) | CMD_RUN_BIT(CMD_RUN_TOUCHED) | CMD_RUN_BIT(CMD_RUN_LIFECYCLE) | CMD_RUN_BIT(CMD_RUN_RISKS);
    kam_rc rc = cmd_run_load(s, asof, STORE_F_SURVEYS | STORE_F_COMPLAINTS | STORE_F_INVOICES, tables, 0, &r, err);
    if (rc) return rc;
    /* An account that was not known yet has no row: `only` past the end picks none. */
    size_t n = kam_table_rows(r.facts.held.accounts), only = SIZE_MAX;
    if (account) {
        only = cmd_run_row(&r, account);
        if (only == SIZE_MAX) only = n;
    }
    cmd_health_params(s, asof, &p);
    rc = cmd_run_circle(s, &r, only, &circle, err);
    if (!rc) {
        const calc_health_in in = {.accounts = r.facts.held.accounts, .profile = r.t[CMD_RUN_PROFILE], .circle = circle, .surveys = r.facts.held.surveys,
                                   .touched = r.t[CMD_RUN_TOUCHED], .lifecycle = r.t[CMD_RUN_LIFECYCLE], .risks = r.t[CMD_RUN_RISKS],
                                   .complaints = r.facts.held.complaints, .invoices = r.facts.held.invoices, .only = only};
        rc = calc_health(&in, &p, out, err);
    }
    kam_table_unref(circle);
    cmd_run_release(&r);
    return rc;
}

static kam_rc unknown_then(const struct health_args *a, kam_err *err)
{
    char date[KAM_DATE_MAX];
    kam_day_format(a->asof, date);
    kam_err_set(err, KAM_CALC, "health: %.100s was not known on %s", a->account.code, date);
    return kam_err_word(err, "NODATA");
}

static kam_rc one(cmd_session *s, const struct health_args *a, const kam_table *now, const kam_table *before, kam_table **out, kam_err *err)
{
    calc_health_params p;
    cmd_health_params(s, a->asof, &p);
    if (kam_table_rows(now) == 0) return unknown_then(a, err);
    return calc_health_parts(now, 0, before, before && kam_table_rows(before) ? 0 : SIZE_MAX, &p, out, err);
}

static kam_rc check(const struct health_args *a, kam_err *err)
{
    if (a->each == (a->account.id != 0)) return cmd_run_usage(err, "health", a->each ? "an account, or -each for all of them, not both" : "which account? health ACCOUNT, or health -each");
    if (a->key && !a->each) return cmd_run_usage(err, "health", "-key goes with -each");
    if (a->since != CMD_UNSET_DAY && a->since >= a->asof) return cmd_run_usage(err, "health", "-since must be a day before the as-of date");
    return KAM_OK;
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct health_args *a = args;
    kam_table *now = NULL, *before = NULL, *t = NULL;
    const char *account = a->each ? NULL : a->account.code;
    kam_rc rc = check(a, err);
    if (!rc) cmd_scope_account(s, &a->account);
    if (!rc) rc = cmd_health_rows(s, a->asof, account, &now, err);
    if (!rc && a->since != CMD_UNSET_DAY) rc = cmd_health_rows(s, a->since, account, &before, err);
    if (!rc && !a->each) rc = one(s, a, now, before, &t, err);
    else if (!rc && before) rc = calc_health_change(now, before, &t, err);
    else if (!rc) t = kam_table_ref(now);
    if (!rc) rc = cmd_run_keep_key(s, &t, a->key, a->asof, err);
    kam_table_unref(now);
    kam_table_unref(before);
    if (rc) kam_table_unref(t);
    else cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg args_[] = {
    {.name = "account", .kind = CMD_REF, .offset = offsetof(struct health_args, account), .of = "account", .help = {"the account", "客户"}},
    {.name = "-each", .kind = CMD_FLAG, .offset = offsetof(struct health_args, each), .help = {"all accounts, one row each", "全部客户，每个一行"}},
    {.name = "-since", .kind = CMD_DATE, .offset = offsetof(struct health_args, since), .help = {"beside it the health of that day, and the change", "并列该日的健康度及变化"}},
    {.name = "-key", .kind = CMD_FLAG, .offset = offsetof(struct health_args, key), .help = {"-each: only key accounts (A12)", "-each：只看大客户（A12）"}},
    CMD_ARG_ASOF(struct health_args),
    CMD_ARGS_END};
static const cmd_column columns[] = {
    {"ingredient", KAM_TEXT, {"profile, circle, relationship, satisfaction, activity, orders, risks; last: health", "档案、成功圈、关系、满意、接触、订货、风险；最后为健康度"}, "ACCOUNT"},
    {"score", KAM_REAL, {"0–100; missing: not known", "0–100；空为未知"}, "ACCOUNT"},
    {"weight", KAM_REAL, {"share of the whole among what is known", "在已知各项中的权重"}, "ACCOUNT"},
    {"points", KAM_REAL, {"score × weight", "得分"}, "ACCOUNT"},
    {"lost", KAM_REAL, {"points to a full score", "失分"}, "ACCOUNT"},
    {"account", KAM_TEXT, {"code", "客户编码"}, "-each"},
    {"name", KAM_TEXT, {"name", "客户名称"}, "-each"},
    {"class", KAM_TEXT, {"good, watch, poor", "良好、关注、差"}, "-each"},
    {"health", KAM_REAL, {"0–100", "健康度 0–100"}, "-each"},
    {"before", KAM_REAL, {"on the day of -since", "-since 当日"}, "-since"},
    {"change", KAM_REAL, {"since then", "此后变化"}, "-since"},
    {"coverage", KAM_REAL, {"share of the weight that is known", "已知部分占权重"}, "-each"},
    {"profile", KAM_REAL, {"score", "档案完整"}, "-each"},
    {"circle", KAM_REAL, {"score", "成功圈"}, "-each"},
    {"relationship", KAM_REAL, {"score", "关系水平"}, "-each"},
    {"satisfaction", KAM_REAL, {"score", "满意度"}, "-each"},
    {"activity", KAM_REAL, {"score", "接触活跃"}, "-each"},
    {"orders", KAM_REAL, {"score", "订货"}, "-each"},
    {"risks", KAM_REAL, {"score", "风险"}, "-each"},
    {"weakest", KAM_TEXT, {"ingredient that costs most points", "失分最多的一项"}, "-each"},
    {"why", KAM_TEXT, {"in words", "说明"}, NULL},
    CMD_COLUMNS_END};
static const cmd_setting settings[] = {
    {"lifecycle-lost-days", NULL},
    {"stakeholder-cut", NULL},
    {"stakeholder-met-days", NULL},
    {"winning-circle-attitude", NULL},
    {"winning-circle-coaches", NULL},
    {"winning-circle-deciders", NULL},
    {"winning-circle-influencers", NULL},
    {"health-weights", NULL},
    {"health-bands", "-each"},
    {"health-gap", NULL},
    {"health-activity-days", NULL},
    {"health-order-level", NULL},
    {"health-risk-points", NULL},
    {"window", NULL},
    {"lifecycle-trend-days", NULL},
    {"lifecycle-complaint-days", NULL},
    {"lifecycle-overdue-days", NULL},
    CMD_SETTINGS_END};
static const cmd_example examples[] = {
    {{"What makes it so? Nobody is known: their weight goes to the others.", "由何而来？没有认识的人：权重分给其余各项。"},
     "table select [table where [health ACME] {!missing(score)}] ingredient score weight",
     "ingredient\tscore\tweight\nprofile\t20\t0.16666666666666666\nsatisfaction\t85\t0.3333333333333333\nactivity\t100\t0.25\norders\t100\t0.25\nhealth\t81.66666666666667\t1"},
    {{"All accounts, worst first.", "全部客户，差的在前。"}, "table select [table sort [health -each] health] account health class weakest",
     "account\thealth\tclass\tweakest\nACME\t81.66666666666667\tgood\tprofile"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_health_spec = {
    .name = "health",
    .summary = {"health of an account 0–100, its ingredients and their change", "客户健康度 0–100、构成及变化"},
    .detail = {"profile: fields on record of 10. circle: seats filled of the winning circle (B6). relationship: 10 × mean of organisation and personal fit (B4). "
               "satisfaction: 70 + 15 × mean gap of the window's surveys. activity: 100 up to 30 days since a contact, 0 from 180. orders: 80 × revenue of the "
               "last 180 days ÷ the 180 before; lost 0. risks: 100 − likelihood × effect of open risks − 20 a complaint open too long − 10 an overdue "
               "invoice. All cut to 0–100; these numbers are settings (health-…), so are the weights. What is not known gives its weight to the others; coverage says "
               "how much is known.",
               "档案：10 项中已有几项。成功圈：已占席位（B6）。关系：组织与个人满足度均值 × 10（B4）。满意：70 + 15 × 统计期调查的平均差距。"
               "接触：30 天内 100 分，180 天起 0 分。订货：80 × 最近 180 天收入 ÷ 前 180 天；流失为 0。风险：100 − 未消除风险的可能性 × 影响 − 久拖投诉每件 20 − 逾期发票每张 10。"
               "均截在 0–100；数值与权重都是设置（health-…）。未知项的权重分给其余各项，coverage 为已知部分。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct health_args),
    .args = args_,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01 -industry Food\n"
             "survey add -account ACME -date 2025-05-01 -expectation 7 -perceived 8\n"
             "interaction add -account ACME -date 2025-06-20 -kind call\n"
             "foreach {day amount} {2024-09-01 100 2025-03-01 150} {transaction add -account ACME -date $day -amount $amount}",
    .examples = examples,
    .run = run,
    .why = cmd_health_why,
    .settings = settings,
    .topic = "questions"};
