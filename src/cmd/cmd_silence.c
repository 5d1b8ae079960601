/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_silence: F3, who used to complain and no longer does? Also the thresholds the questions of F share. */
#include "cmd_care.h"
#include "cmd_value.h"
#include "store_setting.h"
#include <stddef.h>

void cmd_care_days(cmd_session *s, const char *name, int *out)
{
    int64_t v;
    if (store_setting_int(cmd_session_store(s), name, &v)) *out = (int)v;
}

void cmd_care_real(cmd_session *s, const char *name, double *out)
{
    double v;
    if (store_setting_real(cmd_session_store(s), name, &v)) *out = v;
}

void cmd_spell_rule(cmd_session *s, calc_spell_rule *r)
{
    *r = (calc_spell_rule){365, 3.0};
    cmd_care_days(s, "lifecycle-lost-days", &r->lost_days);
    cmd_care_real(s, "lifecycle-lost-gaps", &r->lost_gaps);
}

void cmd_silence_params(cmd_session *s, kam_day asof, calc_silence_params *p)
{
    *p = (calc_silence_params)CALC_SILENCE_PARAMS(asof, cmd_facts_lang(s));
    cmd_care_days(s, "silence-complaints", &p->habit);
    cmd_care_days(s, "silence-days", &p->quiet_days);
    cmd_care_real(s, "silence-gaps", &p->quiet_gaps);
    cmd_care_days(s, "lifecycle-trend-days", &p->trend_days);
    cmd_care_real(s, "lifecycle-declining-ratio", &p->declining_ratio);
    cmd_spell_rule(s, &p->rule);
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_silence_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_silence_params p;
    kam_table *t = NULL, *rows = NULL;
    cmd_silence_params(s, a->asof, &p);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_COMPLAINTS | STORE_F_SURVEYS, &f, err);
    if (!rc) rc = calc_silence(&f.calc, &p, &rows, err);
    cmd_facts_release(&f);
    if (rc) return rc;
    if (a->summary) rc = calc_class_summary(rows, "class", "recent_revenue", calc_silence_classes, &t, err);
    else if (a->account.id) t = cmd_rows_where(rows, "account", a->account.code);
    else t = kam_table_ref(rows);
    kam_table_unref(rows);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_silence_args, account), .of = "account",
     .help = {"only this account", "只看该客户"}},
    {.name = "-summary", .kind = CMD_FLAG, .offset = offsetof(cmd_silence_args, summary),
     .help = {"count, share and recent revenue of each class", "各类别的数量、占比与近期收入"}},
    CMD_ARG_ASOF(cmd_silence_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code of the account", "客户编码"}, NULL},
    {"name", KAM_TEXT, {"its name", "名称"}, NULL},
    {"class", KAM_TEXT, {"alarm (silent, orders fall), warning (silent), talking, no-habit", "alarm 警报（沉默且订单下降）、warning 预警（沉默）、talking 仍在反映、no-habit 不惯投诉"}, NULL},
    {"why", KAM_TEXT, {"the fact that decided", "判定事实"}, NULL},
    {"complaints", KAM_INT, {"complaints ever", "累计投诉数"}, NULL},
    {"last_complaint", KAM_DAY, {"day of the last one", "最近投诉日"}, NULL},
    {"silent_days", KAM_INT, {"days since", "距今天数"}, NULL},
    {"silent_after", KAM_REAL, {"days of silence allowed; missing without a habit", "容许的沉默天数；不惯投诉则缺失"}, NULL},
    {"recent_revenue", KAM_MONEY, {"net of the recent half", "近期净收入"}, NULL},
    {"prior_revenue", KAM_MONEY, {"net of the half before", "前期净收入"}, NULL},
    {"order_ratio", KAM_REAL, {"recent ÷ prior", "近期 ÷ 前期"}, NULL},
    {"last_gap", KAM_REAL, {"perceived − expected of the latest survey: silence may be content", "最近调查的感知减期望：沉默也可能是满意"}, NULL},
    {"count", KAM_INT, {"accounts in the class", "该类客户数"}, "-summary"},
    {"share", KAM_REAL, {"of all rows", "占比"}, "-summary"},
    CMD_COLUMNS_END};

static const cmd_setting settings[] = {
    {"silence-complaints", NULL},
    {"silence-days", NULL},
    {"silence-gaps", NULL},
    {"lifecycle-trend-days", NULL},
    {"lifecycle-declining-ratio", NULL},
    {"lifecycle-lost-days", NULL},
    {"lifecycle-lost-gaps", NULL},
    CMD_SETTINGS_END};

static const cmd_example examples[] = {
    {{"who fell silent?", "谁沉默了？"}, "table select [silence] account class silent_days silent_after",
     "account\tclass\tsilent_days\tsilent_after\nACME\talarm\t241\t180"},
    {{"count of each class", "各类数量"}, "table select [silence -summary] class count", "class\tcount\nalarm\t1\nwarning\t0\ntalking\t0\nno-habit\t0"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_silence_spec = {
    .name = "silence",
    .summary = {"customers that used to complain and no longer do: a warning, with falling orders an alarm", "沉默的客户：从前投诉、如今不再投诉为预警，订单又下降为警报"},
    .detail = {"Whoever complains still wants something from us. An account with a habit (setting silence-complaints) is silent when it has not complained for more than "
               "max(silence-days, silence-gaps × its own mean gap between complaints). Orders fall by the rule of the life cycle (lifecycle-trend-days, "
               "lifecycle-declining-ratio). Only accounts that are still ours; silence may also be content, so the gap of the latest survey stands beside it.",
               "肯投诉的客户对我们还有期待。惯于投诉的客户（设置 silence-complaints）超过 max（silence-days，silence-gaps × 自身平均投诉间隔）没有投诉即为沉默。"
               "订单下降按生命周期的规则判定（lifecycle-trend-days、lifecycle-declining-ratio）。只看仍属我方的客户；沉默也可能是满意，故并列最近调查的差距。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_silence_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; transaction add -account ACME -date 2024-08-01 -amount 900; "
             "transaction add -account ACME -date 2025-05-02 -amount 300; interaction add -account ACME -date 2024-10-01 -kind complaint; "
             "interaction add -account ACME -date 2024-11-01 -kind complaint",
    .examples = examples,
    .run = run,
    .why = cmd_silence_why,
    .settings = settings,
    .topic = "questions"};
