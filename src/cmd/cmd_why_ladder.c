/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_ladder: why an account is on its rung of the ladder of loyalty (J1 for A5): every rung's condition with the record
 * that met it or did not, and the step to the next. */
#include "cmd_alone.h"
#include "cmd_classify.h"
#include "kam_mem.h"
#include "kam_money.h"
#include <math.h>
#include <string.h>

enum { PROSPECT, FIRST_TIME, REPEAT, LOYAL, MEMBER, ADVOCATE };

struct asked {
    cmd_session *s;
    cmd_why *w;
    calc_ladder_params p;
    const cmd_facts *f;
    size_t row;
    int rung, exponent;
    const char *code;
    cmd_alone_days bought;
    bool rival, programme, member, referred;
    double share; /* NaN: unknown */
    int64_t window_revenue;
};

static const char *rung_name(const struct asked *q, int rung)
{
    return cmd_why_label(q->w, "classify.ladder.class", calc_ladder_classes[rung]);
}

static bool cell_day(const struct asked *q, const char *column, kam_day *day)
{
    double v;
    *day = CMD_UNSET_DAY;
    if (!cmd_why_number(q->w, column, &v)) return false;
    *day = (kam_day)v;
    return true;
}

static double number(const struct asked *q, const char *column)
{
    double v;
    return cmd_why_number(q->w, column, &v) ? v : NAN;
}

/* Is anyone in a programme on the as-of day? Then a member stands between loyal and advocate. */
static bool has_programme(const cmd_facts *f, kam_day asof)
{
    const kam_column *c = kam_table_find(f->held.accounts, "member_since");
    for (size_t i = 0; c && i < kam_col_rows(c); i++)
        if (!kam_col_missing(c, i) && kam_col_int(c, i) <= asof) return true;
    return false;
}

/* --- the rungs ---------------------------------------------------------------------------------------------------- */

static kam_rc purchase_rung(const struct asked *q, cmd_text item, bool met, kam_day day, kam_err *err)
{
    char date[KAM_DATE_MAX];
    kam_str source = KAM_STR_INIT;
    kam_rc rc = KAM_OK;
    if (met) {
        store_where where[] = {{"account", STORE_EQ, q->code}, {"date", STORE_EQ, cmd_classify_day(day, date)}};
        rc = cmd_why_source(q->w, "transaction", where, 2, NULL, &source, err);
    }
    cmd_why_check(q->w, item, met, met ? day : CMD_UNSET_DAY, met ? kam_str_cstr(&source) : NULL,
                  (cmd_text){"purchase days on record: {1}", "购买日记录：{1} 个"}, CMD_WHY_ARGS(calc_arg_int(q->bought.n)));
    kam_str_release(&source);
    return rc;
}

static kam_rc rival_rung(const struct asked *q, kam_err *err)
{
    char from[KAM_DATE_MAX], to[KAM_DATE_MAX];
    kam_day day;
    kam_str source = KAM_STR_INIT;
    kam_rc rc = KAM_OK;
    if (cell_day(q, "competitor_order", &day)) {
        cmd_classify_day(day, from);
        store_where where[] = {{"account", STORE_EQ, q->code}, {"date", STORE_EQ, from}, {"kind", STORE_EQ, "order"}, {"truth", STORE_NE, "false"}};
        rc = cmd_why_source(q->w, "sighting", where, 4, NULL, &source, err);
    } else cmd_classify_day(q->p.asof - q->p.window_days + 1, from);
    cmd_classify_day(q->p.asof, to);
    static const cmd_text item = {"loyal: no order to a competitor seen", "忠诚：未见竞争对手的订单"};
    if (q->rival)
        cmd_why_check(q->w, item, CMD_WHY_NO, day, kam_str_cstr(&source),
                      (cmd_text){"an order to a competitor was seen in the last {1} days", "最近 {1} 天见到竞争对手的订单"},
                      CMD_WHY_ARGS(calc_arg_int(q->p.window_days)));
    else
        cmd_why_check(q->w, item, CMD_WHY_YES, CMD_UNSET_DAY, NULL, (cmd_text){"none seen from {1} to {2}", "{1} 至 {2} 未见"},
                      CMD_WHY_ARGS(calc_arg_text(from), calc_arg_text(to)));
    kam_str_release(&source);
    return rc;
}

static void wallet_rung(const struct asked *q)
{
    static const cmd_text item = {"loyal: share of wallet high enough", "忠诚：客户份额足够"};
    const kam_column *spend = kam_table_find(q->f->held.accounts, "annual_spend");
    kam_str source = KAM_STR_INIT;
    kam_str_addf(&source, "account %s", q->code);
    bool known = spend && !kam_col_missing(spend, q->row);
    if (isnan(q->share))
        cmd_why_check(q->w, item, CMD_WHY_UNKNOWN, CMD_UNSET_DAY, kam_str_cstr(&source),
                      (cmd_text){"what it spends a year in our category is not on record (annual_spend), so its share with us is unknown",
                                 "没有其品类年支出（annual_spend）的记录，故份额未知"}, NULL, 0);
    else
        cmd_why_check(q->w, item, q->share >= q->p.loyal_share * (1 - 1e-12), q->p.asof, kam_str_cstr(&source),
                      (cmd_text){"{1} bought of {2} it spends a year: {3}; loyal from {4}", "购买 {1}，其年支出 {2}：{3}；{4} 起为忠诚"},
                      CMD_WHY_ARGS(calc_arg_money(q->window_revenue, q->exponent),
                                   calc_arg_money(known ? kam_col_int(spend, q->row) : 0, q->exponent), calc_arg_pct(q->share),
                                   calc_arg_pct(q->p.loyal_share)));
    kam_str_release(&source);
}

static void member_rung(const struct asked *q)
{
    kam_day day;
    kam_str source = KAM_STR_INIT;
    kam_str_addf(&source, "account %s", q->code);
    cell_day(q, "member_since", &day);
    static const cmd_text item = {"member: in the programme", "成员：加入计划"};
    if (!q->programme)
        cmd_why_check(q->w, item, CMD_WHY_UNKNOWN, CMD_UNSET_DAY, NULL,
                      (cmd_text){"no account is in a programme, so this rung is left out", "没有客户加入计划，跳过此级"}, NULL, 0);
    else
        cmd_why_check(q->w, item, q->member, day, kam_str_cstr(&source),
                      q->member ? (cmd_text){"member since that day", "自该日为成员"} : (cmd_text){"member_since is not on record", "没有入会日期"},
                      NULL, 0);
    kam_str_release(&source);
}

static kam_rc referral_rung(const struct asked *q, kam_err *err)
{
    char from[KAM_DATE_MAX], to[KAM_DATE_MAX];
    kam_str source = KAM_STR_INIT;
    cmd_classify_day(q->p.asof - q->p.window_days, from);
    cmd_classify_day(q->p.asof, to);
    store_where where[] = {{"account", STORE_EQ, q->code}, {"date", STORE_GT, from}, {"date", STORE_LE, to}};
    kam_rc rc = cmd_why_source(q->w, "referral", where, 3, "-date", &source, err);
    cmd_why_check(q->w, (cmd_text){"advocate: has referred someone", "拥护者：推荐过客户"}, q->referred, CMD_UNSET_DAY,
                  source.len ? kam_str_cstr(&source) : NULL,
                  q->referred ? (cmd_text){"within the last {1} days", "在最近 {1} 天内"}
                              : (cmd_text){"no referral within the last {1} days", "最近 {1} 天内没有推荐"},
                  CMD_WHY_ARGS(calc_arg_int(q->p.window_days)));
    kam_str_release(&source);
    return rc;
}

static kam_rc rungs(const struct asked *q, kam_err *err)
{
    kam_rc rc = purchase_rung(q, (cmd_text){"first-time: has bought", "首次购买：有购买"}, q->bought.n > 0, q->bought.first, err);
    if (!rc && q->rung >= FIRST_TIME)
        rc = purchase_rung(q, (cmd_text){"repeat: bought on a second day", "重复购买：有第二个购买日"}, q->bought.n > 1, q->bought.second, err);
    if (rc || q->rung < REPEAT) return rc;
    rc = rival_rung(q, err);
    wallet_rung(q);
    if (rc || q->rung < LOYAL) return rc;
    member_rung(q);
    return referral_rung(q, err);
}

/* --- the next step -------------------------------------------------------------------------------------------------- */

static void say_next(const struct asked *q, const kam_str *try, cmd_text sentence, int then)
{
    cmd_why_change(q->w, kam_str_cstr(try), sentence, CMD_WHY_ARGS(calc_arg_text(rung_name(q, then))));
}

static void buy_again(const struct asked *q)
{
    char date[KAM_DATE_MAX];
    kam_str try = KAM_STR_INIT;
    kam_day day = q->bought.n && q->bought.last == q->p.asof ? q->p.asof - 1 : q->p.asof;
    cmd_why_try(&try, "transaction add", "-account", q->code, "-date", cmd_classify_day(day, date), "-amount", "1", NULL);
    /* With the first or second purchase the conditions of loyal may be met at once. */
    int then = q->rung + 1;
    if (then == REPEAT && !q->rival && !isnan(q->share) && q->share >= q->p.loyal_share)
        then = q->programme ? (q->member ? (q->referred ? ADVOCATE : MEMBER) : LOYAL) : q->referred ? ADVOCATE : LOYAL;
    say_next(q, &try, q->bought.n ? (cmd_text){"a purchase on another day would make it {1}", "在另一日购买即为{1}"}
                                  : (cmd_text){"a purchase would make it {1}", "有购买即为{1}"}, then);
    kam_str_release(&try);
}

/* Rung reached once the conditions of loyal are met. */
static int above_repeat(const struct asked *q)
{
    if (!q->programme) return q->referred ? ADVOCATE : LOYAL;
    return !q->member ? LOYAL : q->referred ? ADVOCATE : MEMBER;
}

static void become_loyal(const struct asked *q)
{
    char date[KAM_DATE_MAX], from[KAM_DATE_MAX], amount[KAM_CELL_MAX];
    kam_str try = KAM_STR_INIT, said_en = KAM_STR_INIT, said_zh = KAM_STR_INIT;
    const kam_column *spend = kam_table_find(q->f->held.accounts, "annual_spend");
    cmd_classify_day(q->p.asof, date);
    if (q->rival) {
        cmd_classify_day(q->p.asof - q->p.window_days, from);
        kam_str_addf(&try, "foreach k [sighting list -where {account = %s} -where {kind = order} -where {date > %s} -where {date <= %s}] "
                           "{sighting set [dict get $k id] -truth false}", q->code, from, date);
        kam_str_add(&said_en, "the sighted orders turn out false");
        kam_str_add(&said_zh, "所见的竞争订单不属实");
    }
    if (isnan(q->share)) {
        int64_t revenue = q->window_revenue;
        if (revenue <= 0) { /* any purchase will do: what it makes the window hold is then all it spends */
            int64_t unit = 1;
            kam_money_from_major(1.0, q->exponent, &unit);
            cmd_why_try(&try, "transaction add", "-account", q->code, "-date", date, "-amount",
                        cmd_classify_money(q->s, unit - revenue, amount), NULL);
            revenue = unit;
            kam_str_addf(&said_en, "%sit buys again", said_en.len ? ", " : "");
            kam_str_addf(&said_zh, "%s再次购买", said_zh.len ? "，" : "");
        }
        double year = (double)revenue * 365.0 / q->p.window_days;
        cmd_why_try(&try, "account set", q->code, "-annual_spend", cmd_classify_money(q->s, (int64_t)floor(year), amount), NULL);
        kam_str_addf(&said_en, "%sall it spends in the category is what it buys from us", said_en.len ? " and " : "");
        kam_str_addf(&said_zh, "%s其品类支出全在我方", said_zh.len ? "，且" : "");
    } else if (q->share < q->p.loyal_share) {
        double need = ceil(q->p.loyal_share * (double)kam_col_int(spend, q->row) * q->p.window_days / 365.0) - (double)q->window_revenue;
        calc_arg more = calc_arg_money((int64_t)need, q->exponent);
        cmd_why_try(&try, "transaction add", "-account", q->code, "-date", date, "-amount",
                    cmd_classify_money(q->s, (int64_t)need, amount), NULL);
        kam_str_addf(&said_en, "%sit buys %s more", said_en.len ? " and " : "", more.buf);
        kam_str_addf(&said_zh, "%s再购买 %s", said_zh.len ? "，且" : "", more.buf);
    }
    cmd_why_change(q->w, try.len ? kam_str_cstr(&try) : NULL, (cmd_text){"if {1}, it would be {2}", "若{1}，则为{2}"},
                   CMD_WHY_ARGS(calc_arg_text(cmd_session_lang(q->s) == CMD_LANG_ZH ? kam_str_cstr(&said_zh) : kam_str_cstr(&said_en)),
                                calc_arg_text(rung_name(q, above_repeat(q)))));
    kam_str_release(&try);
    kam_str_release(&said_en);
    kam_str_release(&said_zh);
}

static kam_rc refer(const struct asked *q, kam_err *err)
{
    char date[KAM_DATE_MAX];
    kam_str other = KAM_STR_INIT, try = KAM_STR_INIT;
    store_where where[] = {{"code", STORE_NE, q->code}};
    kam_rc rc = cmd_why_source(q->w, "account", where, 1, NULL, &other, err);
    if (!rc && other.len)
        cmd_why_try(&try, "referral add", q->code, strchr(other.s, ' ') + 1, "-date", cmd_classify_day(q->p.asof, date), NULL);
    if (!rc) {
        cmd_why_change(q->w, try.len ? kam_str_cstr(&try) : NULL, (cmd_text){"a referral would make it {1}", "推荐他人即为{1}"},
                       CMD_WHY_ARGS(calc_arg_text(rung_name(q, ADVOCATE))));
    }
    kam_str_release(&other);
    kam_str_release(&try);
    return rc;
}

/* What would take it down again, from loyal on. */
static kam_rc lose(const struct asked *q, kam_err *err)
{
    char date[KAM_DATE_MAX];
    kam_str rival = KAM_STR_INIT, try = KAM_STR_INIT;
    kam_rc rc = cmd_why_source(q->w, "competitor", NULL, 0, NULL, &rival, err);
    if (rc) return rc;
    if (!rival.len) cmd_why_try(&try, "competitor add", "RIVAL", "-name", "RIVAL", NULL);
    cmd_why_try(&try, "sighting add", "-account", q->code, "-competitor", rival.len ? strchr(rival.s, ' ') + 1 : "RIVAL", "-date",
                cmd_classify_day(q->p.asof, date), "-kind", "order", NULL);
    say_next(q, &try, (cmd_text){"an order to a competitor would take it down to {1}", "若见到竞争对手的订单，则降为{1}"}, REPEAT);
    kam_str_release(&rival);
    kam_str_release(&try);
    return KAM_OK;
}

static kam_rc changes(const struct asked *q, kam_err *err)
{
    char date[KAM_DATE_MAX];
    kam_rc rc = KAM_OK;
    if (q->rung < REPEAT) {
        buy_again(q);
        return KAM_OK;
    }
    if (q->rung == REPEAT) {
        become_loyal(q);
        return KAM_OK;
    }
    if (q->rung == LOYAL && q->programme) {
        kam_str try = KAM_STR_INIT;
        cmd_why_try(&try, "account set", q->code, "-member_since", cmd_classify_day(q->p.asof, date), NULL);
        say_next(q, &try, (cmd_text){"joining the programme would make it {1}", "加入计划即为{1}"}, q->referred ? ADVOCATE : MEMBER);
        kam_str_release(&try);
    } else if (q->rung < ADVOCATE) rc = refer(q, err);
    return rc ? rc : lose(q, err);
}

/* --- together -------------------------------------------------------------------------------------------------------- */

static void look(struct asked *q)
{
    const char *class = cmd_why_cell(q->w, "class");
    kam_day day;
    while (q->rung < ADVOCATE && !kam_streq(class, calc_ladder_classes[q->rung])) q->rung++;
    q->bought = cmd_alone_bought(q->f->calc.ledger, q->row);
    q->rival = cell_day(q, "competitor_order", &day);
    q->member = cell_day(q, "member_since", &day);
    q->referred = number(q, "referred") > 0;
    q->programme = q->p.programme || has_programme(q->f, q->p.asof);
    q->share = number(q, "wallet_share");
    q->window_revenue = (int64_t)number(q, "window_revenue");
}

kam_rc cmd_why_ladder(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    struct asked q = {.s = s, .w = w, .f = &f, .exponent = cmd_session_exponent(s), .code = cmd_why_code(w)};
    cmd_ladder_params(s, a->asof, (int)a->window, &q.p);
    cmd_why_rule(w, "A5", (cmd_text){"ladder of loyalty", "忠诚阶梯"},
                 (cmd_text){"the highest rung whose condition and all below it are met: prospect, first-time, repeat, loyal, member, advocate",
                            "条件与其下各级都满足的最高一级：预期、首次购买、重复购买、忠诚、成员、拥护者"});
    cmd_why_setting(w, "ladder-loyal-share");
    cmd_classify_why_window(w, a);
    if (cmd_why_rows(w) == 0) return KAM_OK;
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER, &f, err);
    if (rc) return rc;
    q.row = cmd_alone_row(&f, q.code);
    if (q.row != SIZE_MAX) {
        look(&q);
        rc = rungs(&q, err);
        if (!rc) rc = changes(&q, err);
    }
    cmd_facts_release(&f);
    return rc;
}
