/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_past: how rates and plans came about (J1): the plan of a month (D3), past forecasts (J8), rates of won and lost (D10), retention (F3)
 * and the visit brief (D7). What a rate rests on is named record by record; the change is carried out on one of them. */
#include "cmd_care.h"
#include "cmd_deals.h"
#include "cmd_forecast.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <stdio.h>
#include <string.h>

enum { MOST = 8 }; /* records named one by one */

static kam_rc wrong_form(kam_err *err, const char *why)
{
    kam_err_set(err, KAM_USAGE, "why: %s", why);
    return kam_err_word(err, "why");
}

static const char *text_at(const kam_table *t, const char *column, size_t row)
{
    const kam_column *c = kam_table_find(t, column);
    return c && !kam_col_missing(c, row) ? kam_col_text(c, row) : NULL;
}
static kam_day day_at(const kam_table *t, const char *column, size_t row)
{
    const kam_column *c = kam_table_find(t, column);
    return c && !kam_col_missing(c, row) ? (kam_day)kam_col_int(c, row) : CMD_UNSET_DAY;
}
static const char *day_text(kam_day d, char buf[KAM_DATE_MAX])
{
    kam_day_format(d, buf);
    return buf;
}

static bool zh(const cmd_why *w) { return cmd_session_lang(cmd_why_session(w)) == CMD_LANG_ZH; }

static void left_out(cmd_why *w, size_t n)
{
    if (n > MOST) cmd_why_note(w, (cmd_text){"and {1} more like these", "另有 {1} 项同类"}, CMD_WHY_ARGS(calc_arg_int((int64_t)(n - MOST))));
}

/* The rows whose text column says the subject. */
static size_t pick_by(cmd_why *w, const char *column, const char *also, const char *value)
{
    const kam_table *t = cmd_why_table(w);
    size_t n = 0, *rows = kam_calloc(kam_table_rows(t) + 1, sizeof *rows);
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (kam_streq(text_at(t, column, i), cmd_why_code(w)) && (!also || kam_streq(text_at(t, also, i), value))) rows[n++] = i;
    cmd_why_pick(w, rows, n);
    kam_free(rows);
    return n;
}

/* --- D3: the plan of a month ---------------------------------------------------------------------------------------------- */

/* What makes a step of the plan another one: a close to come, or done. */
static void change_step(cmd_why *w, const kam_table *t, size_t row, kam_day asof)
{
    char date[KAM_DATE_MAX], later[KAM_DATE_MAX];
    kam_str try = KAM_STR_INIT;
    const char *kind = text_at(t, "kind", row), *code = text_at(t, "opportunity", row);
    const kam_column *record = kam_table_find(t, "record");
    char id[24] = "";
    if (record && !kam_col_missing(record, row)) snprintf(id, sizeof id, "%lld", (long long)kam_col_int(record, row));
    day_text(asof, date);
    day_text(kam_day_add_months(asof, 6), later);
    if (kam_streq(kind, "deal")) {
        cmd_why_try(&try, "opportunity set", code, "-result", "lost", "-closed_on", date, NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"once {1} is closed there is nothing to move", "{1} 了结后即无须推进"}, CMD_WHY_ARGS(calc_arg_text(code)));
    } else if (kam_streq(kind, "action")) {
        cmd_why_try(&try, "action set", id, "-done_on", date, "-status", "done", NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"done, it is off the plan", "完成后即不在计划内"}, NULL, 0);
    } else {
        cmd_why_try(&try, "interaction set", id, "-next_on", later, NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"agreed for {1}, it is not on this month's plan", "改约 {1} 后即不在当月计划内"}, CMD_WHY_ARGS(calc_arg_text(later)));
    }
    kam_str_release(&try);
}

kam_rc cmd_forecast_plan_why(const cmd_forecast_args *a, cmd_why *w, kam_err *err)
{
    if (kam_streq(cmd_why_kind(w), "contact") || kam_streq(cmd_why_kind(w), "product"))
        return wrong_form(err, "ask about a rep, an account or an opportunity of the plan");
    cmd_why_rule(w, "D3", (cmd_text){"plan of the month", "当月计划"},
                 (cmd_text){"open deals that are overdue, undated, stuck or to be closed in the month; steps agreed at talks and actions that are due in it or overdue",
                            "逾期、未定日期、停滞或应在当月成交的商机；会谈约定的下一步与行动，当月到期或已逾期者"});
    const kam_table *t = cmd_why_table(w);
    size_t n = cmd_why_rows(w);
    for (size_t i = 0; i < n && i < MOST; i++) {
        size_t row = cmd_why_row(w, i);
        const char *kind = text_at(t, "kind", row), *code = text_at(t, "opportunity", row);
        const kam_column *record = kam_table_find(t, "record");
        kam_str source = KAM_STR_INIT;
        if (kam_streq(kind, "deal")) kam_str_addf(&source, "opportunity %s", code);
        else if (!kam_col_missing(record, row))
            kam_str_addf(&source, "%s %lld", kam_streq(kind, "action") ? "action" : "interaction", (long long)kam_col_int(record, row));
        const char *what = text_at(t, "what", row);
        cmd_why_fact(w, kam_streq(kind, "deal") ? (cmd_text){"a deal to move", "要推进的商机"} : kam_streq(kind, "visit") ? (cmd_text){"a step agreed", "约定的下一步"} : (cmd_text){"an action", "行动"},
                     cmd_why_label(w, "status", text_at(t, "status", row)), day_at(t, "due", row), kam_str_cstr(&source), (cmd_text){"{1}", "{1}"},
                     CMD_WHY_ARGS(calc_arg_text(what ? what : "-")));
        kam_str_release(&source);
    }
    left_out(w, n);
    cmd_why_setting(w, "funnel-stuck-factor");
    if (n) change_step(w, t, cmd_why_row(w, 0), a->asof);
    return KAM_OK;
}

/* --- J8: past forecasts ------------------------------------------------------------------------------------------------------- */

kam_rc cmd_forecast_past_why(cmd_session *s, const cmd_forecast_args *a, cmd_why *w, kam_err *err)
{
    const char *kind = cmd_why_kind(w);
    bool scores = a->show == CMD_PAST_SCORES, rep = kam_streq(kind, "rep"), all = kam_streq(kind, "by"), of_deals = a->show == CMD_PAST_DEALS;
    if (!(of_deals && (rep || kam_streq(kind, "opportunity") || kam_streq(kind, "account"))) && !(scores && (rep || all)))
        return wrong_form(err, "of past forecasts ask about a rep, about all, or with -show deals about an opportunity, an account or a rep");
    if (scores && rep) pick_by(w, "group", "by", "rep");
    cmd_why_rule(w, "J8", (cmd_text){"honest forecast", "诚实的预测"},
                 (cmd_text){"each forecast is held against what came true: the Brier score is the mean of (probability − 1 or 0)², bias the mean of probability − 1 or 0",
                            "每次预测与实际对照：Brier 分为（概率 − 1 或 0）² 的均值，偏差为概率 − 1 或 0 的均值"});
    cmd_forecast_args every = *a;
    every.show = CMD_PAST_DEALS;
    kam_table *t = NULL;
    kam_rc rc = cmd_forecast_past(s, &every, &t, err);
    if (rc) return rc;
    const kam_column *p = kam_table_find(t, "probability"), *came = kam_table_find(t, "came_true");
    size_t n = 0, change = SIZE_MAX;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        if (!all && !kam_streq(text_at(t, kind, i), cmd_why_code(w))) continue;
        bool yes = kam_col_int(came, i) != 0;
        if (change == SIZE_MAX && yes) change = i;
        if (n++ >= MOST) continue;
        const char *stage = text_at(t, "stage", i), *period = text_at(t, "period", i);
        kam_str source = KAM_STR_INIT, value = KAM_STR_INIT;
        kam_str_addf(&source, "opportunity %s", text_at(t, "opportunity", i));
        kam_str_addf(&value, "%g", kam_col_real(p, i));
        cmd_why_fact(w, (cmd_text){"a forecast", "一次预测"}, kam_str_cstr(&value), day_at(t, "origin", i), kam_str_cstr(&source),
                     yes ? (cmd_text){"{1}, for {2}: came true", "{1}，预计 {2}：已成真"} : (cmd_text){"{1}, for {2}: did not come true", "{1}，预计 {2}：未成真"},
                     CMD_WHY_ARGS(calc_arg_text(stage ? calc_stage_name(calc_stage_index(stage), cmd_facts_lang(s)) : "-"), calc_arg_text(period ? period : "-")));
        kam_str_release(&source);
        kam_str_release(&value);
    }
    left_out(w, n);
    if (a->source == 0) cmd_why_setting(w, "stage-probability");
    if (change != SIZE_MAX) {
        kam_str try = KAM_STR_INIT;
        const char *code = text_at(t, "opportunity", change);
        cmd_why_try(&try, "opportunity set", code, "-result", "lost", NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"had {1} been lost, its forecasts would have missed", "若 {1} 丢单，对它的预测即为落空"}, CMD_WHY_ARGS(calc_arg_text(code)));
        kam_str_release(&try);
    } else if (n) cmd_why_change(w, NULL, (cmd_text){"nothing that was forecast of it came true; a deal won in its month would change it", "其预测无一成真；有商机在预计月份成交即会改变"}, NULL, 0);
    kam_table_unref(t);
    return KAM_OK;
}

/* --- D10: rates of won and lost --------------------------------------------------------------------------------------------- */

/* Is "A;B" a list that names `one`? */
static bool names(const char *list, const char *one)
{
    size_t n = strlen(one);
    for (const char *p = list; p; p = strchr(p, ';'), p = p ? p + 1 : NULL)
        if (strncmp(p, one, n) == 0 && (p[n] == '\0' || p[n] == ';')) return true;
    return false;
}

static bool of_subject(const cmd_why *w, const kam_table *t, size_t row)
{
    const char *kind = cmd_why_kind(w), *code = cmd_why_code(w);
    if (kam_streq(kind, "competitor")) return names(text_at(t, "competitors", row), code);
    return kam_streq(text_at(t, kam_streq(kind, "stage") ? "last_stage" : kind, row), code);
}

kam_rc cmd_win_loss_rates_why(cmd_why *w, const kam_table *deals, kam_err *err)
{
    const char *kind = cmd_why_kind(w);
    if (!kam_streq(kind, "result") && !kam_streq(kind, "competitor") && !kam_streq(kind, "stage") && !kam_streq(kind, "rep"))
        return wrong_form(err, "about a closed opportunity ask win-loss -show deals; rates are of won or lost, a competitor, a stage or a rep");
    if (kam_streq(kind, "rep") && !kam_table_find(cmd_why_table(w), "rep")) return wrong_form(err, "about a rep ask win-loss -by rep");
    cmd_why_rule(w, "D10", (cmd_text){"win and loss", "得失总结"},
                 kam_streq(kind, "result") ? (cmd_text){"a reason's share is of all that were won, or of all that were lost, with a Wilson interval", "原因占比以全部赢单（或丢单）为分母，附 Wilson 区间"}
                                           : (cmd_text){"won ÷ closed, with a Wilson interval; a deal with several rivals counts for each, and for every stage it was in", "赢单 ÷ 已结，附 Wilson 区间；多个对手的商机对每个对手各计一次，到过的每个阶段各计一次"});
    size_t n = 0, first = SIZE_MAX;
    for (size_t i = 0; i < kam_table_rows(deals); i++) {
        if (!of_subject(w, deals, i)) continue;
        if (first == SIZE_MAX) first = i;
        if (n++ >= MOST) continue;
        const char *reason = text_at(deals, "reason", i), *result = text_at(deals, "result", i);
        kam_str source = KAM_STR_INIT, half = KAM_STR_INIT;
        kam_str_addf(&source, "opportunity %s", text_at(deals, "opportunity", i));
        if (reason) calc_say_half(&half, cmd_facts_lang(cmd_why_session(w)), reason);
        cmd_why_fact(w, kam_streq(kind, "stage") ? (cmd_text){"a deal that ended there", "止于该阶段的商机"} : (cmd_text){"a closed deal", "已结商机"},
                     zh(w) ? kam_streq(result, "won") ? "赢单" : "丢单" : result, day_at(deals, "closed_on", i), kam_str_cstr(&source), reason ? (cmd_text){"because: {1}", "原因：{1}"} : (cmd_text){"no reason written down", "未写原因"},
                     CMD_WHY_ARGS(calc_arg_text(kam_str_cstr(&half))));
        kam_str_release(&source);
        kam_str_release(&half);
    }
    left_out(w, n);
    if (first == SIZE_MAX) {
        cmd_why_note(w, (cmd_text){"all that were in it went on to another stage", "到过此处的都进入了其他阶段"}, NULL, 0);
        return KAM_OK;
    }
    bool won = kam_streq(text_at(deals, "result", first), "won");
    const char *code = text_at(deals, "opportunity", first);
    kam_str try = KAM_STR_INIT;
    cmd_why_try(&try, "opportunity set", code, "-result", won ? "lost" : "won", NULL);
    cmd_why_change(w, kam_str_cstr(&try), won ? (cmd_text){"had {1} been lost, the rates would be others", "若 {1} 丢单，比率即不同"} : (cmd_text){"had {1} been won, the rates would be others", "若 {1} 赢单，比率即不同"},
                   CMD_WHY_ARGS(calc_arg_text(code)));
    kam_str_release(&try);
    return KAM_OK;
}

/* --- F3: retention ------------------------------------------------------------------------------------------------------------ */

/* First day the account was lost in [from, until]; CMD_UNSET_DAY: not. *last: the purchase before. */
static kam_day lost_in(const kam_ledger *l, size_t account, const calc_spell_rule *rule, kam_day from, kam_day until)
{
    calc_spell_walk walk = {0};
    calc_spell spell;
    while (calc_spell_next(l, account, rule, until, &walk, &spell))
        if (spell.lost != CALC_SPELL_NEVER && spell.lost >= from && spell.lost <= until) return spell.lost;
    return CMD_UNSET_DAY;
}

static kam_rc lost_account(cmd_why *w, const char *code, kam_day lost, kam_err *err)
{
    char until[KAM_DATE_MAX];
    kam_str source = KAM_STR_INIT;
    store_where where[] = {{"account", STORE_EQ, code}, {"date", STORE_LT, day_text(lost, until)}};
    kam_rc rc = cmd_why_source(w, "transaction", where, 2, "-date", &source, err);
    if (!rc) cmd_why_fact(w, (cmd_text){"lost", "流失"}, code, lost, kam_str_cstr(&source), (cmd_text){"no purchase for too long on that day; the record is its last before", "至该日沉默过久；记录为此前最后一次购买"}, NULL, 0);
    kam_str_release(&source);
    return rc;
}

kam_rc cmd_retention_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    kam_day asof = cmd_retention_asof(args), from, until;
    calc_spell_rule rule = {365, 3.0};
    cmd_facts f = CMD_FACTS_INIT;
    if (!kam_streq(cmd_why_kind(w), "period") || cmd_why_rows(w) == 0) return wrong_form(err, "ask about a period, as in `why 2026 retention`");
    cmd_why_rule(w, "F3", (cmd_text){"retention", "保留率"},
                 (cmd_text){"kept ÷ ours at the beginning; lost on the first day on which the life cycle says so; opening + new + won back − lost = closing",
                            "保留 ÷ 期初客户；以生命周期首次判定流失之日为准；期初 + 新增 + 挽回 − 流失 = 期末"});
    static const struct {
        const char *column;
        cmd_text item;
    } shown[] = {{"opening", {"ours at the beginning", "期初客户"}}, {"new", {"new", "新增"}}, {"won_back", {"won back", "挽回"}}, {"lost", {"lost", "流失"}}, {"kept", {"kept", "保留"}}};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) cmd_why_input_cell(w, shown[i].item, shown[i].column, CMD_UNSET_DAY);
    size_t row = cmd_why_row(w, 0), n = 0, one = SIZE_MAX;
    kam_day one_lost = CMD_UNSET_DAY;
    from = day_at(cmd_why_table(w), "from", row);
    until = day_at(cmd_why_table(w), "until", row);
    cmd_spell_rule(s, &rule);
    kam_rc rc = cmd_facts_load(s, asof, STORE_F_LEDGER, &f, err);
    const kam_column *codes = rc ? NULL : kam_table_find(f.held.accounts, "account");
    for (size_t i = 0; !rc && i < kam_table_rows(f.held.accounts); i++) {
        kam_day lost = lost_in(f.calc.ledger, i, &rule, from, until);
        if (lost == CMD_UNSET_DAY) continue;
        if (one == SIZE_MAX || lost > one_lost) one = i, one_lost = lost;
        if (n++ < MOST) rc = lost_account(w, kam_col_text(codes, i), lost, err);
    }
    left_out(w, n);
    static const char *const names_[] = {"lifecycle-lost-days", "lifecycle-lost-gaps", "level", "window"};
    for (size_t i = 0; i < 4; i++) cmd_why_setting(w, names_[i]);
    if (!rc && one != SIZE_MAX) {
        char date[KAM_DATE_MAX];
        kam_str try = KAM_STR_INIT;
        cmd_why_try(&try, "transaction add", "-account", kam_col_text(codes, one), "-date", day_text(one_lost - 1, date), "-amount", "1", NULL);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"had {1} bought on {2}, it would have been kept", "若 {1} 在 {2} 购买，则保留"}, CMD_WHY_ARGS(calc_arg_text(kam_col_text(codes, one)), calc_arg_day(one_lost - 1)));
        kam_str_release(&try);
    } else if (!rc) cmd_why_change(w, NULL, (cmd_text){"nobody was lost in it; a lower lifecycle-lost-days would see losses sooner", "期内无流失；调低 lifecycle-lost-days 会更早判定流失"}, NULL, 0);
    cmd_facts_release(&f);
    return rc;
}

/* --- D7: the visit brief ------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *section;
    cmd_text rule;
} parts[] = {
    {"aims", {"objectives of the account with their targets", "客户目标及其指标"}},
    {"deals", {"open opportunities with what leads the buyer's thoughts in this phase (D5)", "未结商机及买方本期所关心（D5）"}},
    {"people", {"everybody known who has not left: role, quadrant, relationship, attitude, a point of the talk and how to handle the temperament (B2–B4, B7, A9)", "已知且未离任者：角色、象限、关系、态度、谈话要点与性格应对（B2–B4、B7、A9）"}},
    {"flags", {"red flags (B5)", "雷区（B5）"}},
    {"circle", {"seats of the winning circle that nobody fills (B6)", "成功圈中的空位（B6）"}},
    {"complaints", {"complaints without a resolution (F5)", "尚未解决的投诉（F5）"}},
    {"promises", {"next steps agreed at talks and actions that are not done", "会谈约定的下一步与未完成的行动"}},
    {"objections", {"objections of the window with the answer that worked, here first", "统计期内的异议及有效的答复，本客户优先"}},
    {"repeated", {"what the customer raised as often as brief-repeat says", "客户提出次数达到 brief-repeat 的话题"}},
    {"rumours", {"what was heard of rivals in the window, with advice for true, false and not known", "统计期内关于对手的传闻，按属实、不实、不明给出应对"}},
    {"sensitive", {"overdue invoices, lost deals, people who are against us, and taboos", "逾期发票、丢单、反对我方者与禁忌"}},
};

kam_rc cmd_visit_brief_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    (void)s;
    const char *kind = cmd_why_kind(w);
    bool whole = kam_streq(kind, "account"), one = kam_streq(kind, "section");
    if (!whole && !one) return wrong_form(err, "ask about the account of the brief, or about one of its sections: why rumours visit-brief ACCOUNT");
    const kam_table *t = cmd_why_table(w);
    cmd_why_rule(w, "D7", (cmd_text){"visit brief", "拜访准备"},
                 (cmd_text){"one page put together from what is on record; nothing in it is a judgement of its own", "由已有记录汇成的一页纸，本身不作判断"});
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        size_t n = 0, last = 0;
        for (size_t i = 0; i < kam_table_rows(t); i++)
            if (kam_streq(text_at(t, "section", i), parts[k].section)) n++, last = i;
        if (n == 0 || (one && !kam_streq(parts[k].section, cmd_why_code(w)))) continue;
        const char *label = cmd_why_label(w, "brief.section", parts[k].section);
        kam_str count = KAM_STR_INIT;
        kam_str_addf(&count, "%zu", n);
        cmd_why_fact(w, (cmd_text){label, label}, kam_str_cstr(&count), day_at(t, "date", last), text_at(t, "source", last), parts[k].rule, NULL, 0);
        kam_str_release(&count);
    }
    for (size_t i = 0; one && i < cmd_why_rows(w) && i < MOST; i++) {
        size_t row = cmd_why_row(w, i);
        const char *item = text_at(t, "item", row), *detail = text_at(t, "detail", row);
        cmd_why_fact(w, (cmd_text){"stands in it", "其中一项"}, item, day_at(t, "date", row), text_at(t, "source", row), (cmd_text){"{1}", "{1}"}, CMD_WHY_ARGS(calc_arg_text(detail ? detail : "-")));
    }
    if (one) left_out(w, cmd_why_rows(w));
    static const char *const read[] = {"window", "brief-repeat", "stakeholder-cut", "stakeholder-met-days", "stakeholder-bad-attitude"};
    for (size_t i = 0; i < 5; i++) cmd_why_setting(w, read[i]);
    char date[KAM_DATE_MAX];
    kam_str try = KAM_STR_INIT;
    cmd_why_try(&try, "interaction add", "-account", cmd_brief_account(args), "-date", day_text(cmd_brief_asof(args), date), "-kind", "call", "-objections", "what if", NULL);
    cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"an objection noted today would stand in it", "今天记下的异议会列入其中"}, NULL, 0);
    kam_str_release(&try);
    return KAM_OK;
}
