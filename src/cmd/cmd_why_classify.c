/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_classify: why an account is in its class (J1 for A1–A5). A function a method; the specimen for others is A1. */
#include "calc_funnel.h"
#include "cmd_alone.h"
#include "cmd_classify.h"
#include "cmd_facts.h"
#include "kam_mem.h"
#include "kam_money.h"
#include <string.h>

#define day_text cmd_classify_day

const char *cmd_classify_day(kam_day d, char buf[KAM_DATE_MAX])
{
    kam_day_format(d, buf);
    return buf;
}

const char *cmd_classify_money(cmd_session *s, int64_t minor, char buf[KAM_CELL_MAX])
{
    kam_money_format(minor, cmd_session_exponent(s), buf);
    return buf;
}

bool cmd_classify_costs_known(cmd_session *s, kam_day asof)
{
    cmd_facts f = CMD_FACTS_INIT;
    if (cmd_facts_load(s, asof, STORE_F_LEDGER, &f, NULL)) return false;
    bool known = f.calc.ledger->margin_minor != NULL;
    cmd_facts_release(&f);
    return known;
}

void cmd_classify_why_window(cmd_why *w, const cmd_classify_args *a)
{
    char days[32];
    snprintf(days, sizeof days, "%lld", (long long)a->window);
    cmd_why_setting_or(w, "window", "-window", a->window ? days : NULL);
}

/* Place of the asked account among the facts. */
static size_t account_row(const cmd_why *w, const cmd_facts *f) { return cmd_alone_row(f, cmd_why_code(w)); }

/* --- A1 ------------------------------------------------------------------------------------------------------------ */

/* Class of the asked account were it not for its purchases; NULL: unknown. It hangs on no other account, so the method runs
 * on this one alone. */
static const char *yield_without_purchases(const cmd_facts *f, calc_yield_params p, kam_day last, size_t row, char out[2])
{
    kam_table *t = NULL;
    cmd_alone one;
    p.window_days = (int)(p.asof - last); /* (asof − n, asof] then begins after the last purchase */
    if (p.window_days < 1) return NULL;
    cmd_alone_take(f, row, &one);
    if (calc_yield(&one.facts, &p, &t, NULL) == KAM_OK) {
        memcpy(out, kam_col_text(kam_table_find(t, "class"), 0), 1);
        out[1] = '\0';
        kam_table_unref(t);
    } else out[0] = '\0';
    cmd_alone_release(&one);
    return out[0] ? out : NULL;
}

static kam_rc yield_bought(cmd_why *w, const cmd_facts *f, const calc_yield_params *p, kam_day last, kam_err *err)
{
    char date[KAM_DATE_MAX], below[2];
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"date", STORE_EQ, day_text(last, date)}};
    kam_rc rc = cmd_why_records(w, (cmd_text){"purchase", "购买"}, "transaction", where, 2, "amount", "date", 5, NULL, err);
    if (rc) return rc;
    const char *then = yield_without_purchases(f, *p, last, account_row(w, f), below);
    kam_str try = KAM_STR_INIT;
    cmd_why_try_remove(&try, "transaction", cmd_why_code(w), p->asof - p->window_days + 1, NULL);
    cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"no purchase from {1} on would leave it {2}", "若自 {1} 起没有购买，则为 {2}"},
                   CMD_WHY_ARGS(calc_arg_day(p->asof - p->window_days + 1), calc_arg_text(then ? then : "B / C")));
    kam_str_release(&try);
    return KAM_OK;
}

/* Open opportunities of the account with their stages; those at intent or later make it B. */
static kam_rc yield_open(cmd_why *w, const cmd_facts *f, kam_day asof, kam_err *err)
{
    const kam_table *o = f->held.opportunities;
    const kam_column *row = kam_table_find(o, "row"), *code = kam_table_find(o, "opportunity"),
                     *result = kam_table_find(o, "result");
    size_t want = account_row(w, f);
    char date[KAM_DATE_MAX];
    kam_rc rc = KAM_OK;
    for (size_t i = 0; !rc && i < kam_table_rows(o); i++) {
        if ((size_t)kam_col_int(row, i) != want || !kam_streq(kam_col_text(result, i), "open")) continue;
        store_where where[] = {{"opportunity", STORE_EQ, kam_col_text(code, i)}, {"date", STORE_LE, day_text(asof, date)}};
        size_t found = 0;
        rc = cmd_why_records(w, (cmd_text){"stage of an open opportunity", "未结商机的阶段"}, "stage-change", where, 2, "stage",
                             "date", 1, &found, err);
        if (rc || found) continue;
        kam_str source = KAM_STR_INIT;
        kam_str_addf(&source, "opportunity %s", kam_col_text(code, i));
        cmd_why_input(w, (cmd_text){"stage of an open opportunity", "未结商机的阶段"}, NULL, CMD_UNSET_DAY, kam_str_cstr(&source));
        kam_str_release(&source);
    }
    return rc;
}

static kam_rc yield_progress(cmd_why *w, const calc_yield_params *p, kam_err *err)
{
    char from[KAM_DATE_MAX], to[KAM_DATE_MAX];
    day_text(p->asof - p->progress_days, from);
    day_text(p->asof, to);
    kam_rc rc = KAM_OK;
    static const char *const outcome[] = {"order", "advance"};
    for (size_t i = 0; !rc && i < 2; i++) {
        store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"outcome", STORE_EQ, outcome[i]},
                               {"date", STORE_GT, from}, {"date", STORE_LE, to}};
        rc = cmd_why_records(w, (cmd_text){"outcome of an interaction", "接触结果"}, "interaction", where, 4, "outcome", "date", 1,
                             NULL, err);
    }
    return rc;
}

static void yield_changes(cmd_why *w, kam_day asof, char class)
{
    char date[KAM_DATE_MAX];
    const char *code = cmd_why_code(w);
    kam_str try = KAM_STR_INIT;
    day_text(asof, date);
    kam_str_addf(&try, "transaction add -account {%s} -date %s -amount 1", code, date);
    cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a purchase would make it A", "有一次购买即为 A"}, NULL, 0);
    if (class == 'C') {
        kam_str_clear(&try);
        kam_str_addf(&try, "interaction add -account {%s} -date %s -kind meeting -outcome advance", code, date);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"an agreed concrete step, or an open opportunity at stage intent, would make it B",
                                                         "约定一个具体行动，或有处于意向阶段的商机，即为 B"}, NULL, 0);
    }
    kam_str_release(&try);
}

static kam_rc why_yield(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_yield_params p;
    double last;
    cmd_why_rule(w, "A1", (cmd_text){"yielding, incubating, potential", "产出、孵化、潜在"},
                 (cmd_text){"A: bought within the window; B: an open opportunity at intent or later, or an advance or order within the "
                            "progress days; C: the rest",
                            "A：统计期内有购买；B：有意向及以后阶段的未结商机，或期限内有进展或订单；C：其余"});
    const char *cell = cmd_why_cell(w, "class");
    char class = cell ? cell[0] : 'C';
    cmd_yield_params(s, a->asof, (int)a->window, &p);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER | STORE_F_OPPORTUNITIES | STORE_F_PROGRESS, &f, err);
    if (rc) return rc;
    bool bought = cmd_why_number(w, "last_purchase", &last);
    if (class == 'A') rc = yield_bought(w, &f, &p, (kam_day)last, err);
    else cmd_why_input(w, (cmd_text){"last purchase", "最近购买"}, cmd_why_cell(w, "last_purchase"), bought ? (kam_day)last : CMD_UNSET_DAY, NULL);
    if (!rc && class != 'A') rc = yield_open(w, &f, a->asof, err);
    if (!rc && class != 'A') rc = yield_progress(w, &p, err);
    cmd_classify_why_window(w, a);
    cmd_why_setting(w, "yield-progress-days");
    if (class != 'A') yield_changes(w, a->asof, class);
    cmd_facts_release(&f);
    return rc;
}

/* --- by method ----------------------------------------------------------------------------------------------------- */

kam_rc cmd_classify_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_classify_args *a = args;
    static kam_rc (*const method[])(cmd_session *, const cmd_classify_args *, cmd_why *, kam_err *) = {
        [CMD_BY_YIELD] = why_yield,         [CMD_BY_PYRAMID] = cmd_why_pyramid, [CMD_BY_RFM] = cmd_why_rfm,
        [CMD_BY_LIFECYCLE] = cmd_why_lifecycle, [CMD_BY_LADDER] = cmd_why_ladder,
        [CMD_BY_QUALITY] = cmd_why_quality,     [CMD_BY_FIT] = cmd_why_fit,               [CMD_BY_POTENTIAL] = cmd_why_potential,
        [CMD_BY_SEGMENTS] = cmd_why_segments,   [CMD_BY_DISCIPLINE] = cmd_why_discipline, [CMD_BY_KEY] = cmd_why_key,
    };
    const char *wrong = NULL;
    if (a->summary || a->compare || a->show || a->since != CMD_UNSET_DAY) wrong = "ask about one account's class, without -summary, -show and -since";
    else if (!kam_table_find(cmd_why_table(w), cmd_why_kind(w))) wrong = "ask about an account (a product or rep with -of)";
    if (!wrong && cmd_classify_alone(a)) cmd_scope_account(s, &a->account);
    if (!wrong) return method[a->by](s, a, w, err);
    kam_err_set(err, KAM_USAGE, "why: %s", wrong);
    return kam_err_word(err, "why");
}
