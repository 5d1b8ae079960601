/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account at a glance: who, whose, which class, sales, worth, health, deals, who is for and against us, what hurts, and what
 * to do about it. Lines whose question has an answer "none" say so where that is news; the others are left out. */
#include "cmd_facts.h"
#include "cmd_glance.h"
#include "kam_mem.h"
#include "store.h"
#include "store_field.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What fits a model to all accounts, or ranks them, is no glance any more beyond so many. MOST_SHOWN: of people on one side. */
enum { MOST_ACCOUNTS = 20000, YEAR = 365, STEPS = 12, MOST_SHOWN = 8 };

typedef struct account_screen {
    cmd_glance *g;
    int64_t accounts;
    bool owned, known, bought; /* has an owner, people, purchases: what is lacking is the first thing to do */
    kam_table *circle, *flags, *complaints, *late; /* late: the deal that is overdue for longest */
} account_screen;

/* A macro, so that the compiler sees the formats. */
#define SAY(a, en, zh) CMD_GLANCE_SAY((a)->g, en, zh)

/* Row of the table whose column holds the text; rows when none does. */
static size_t row_of(const kam_table *t, const char *column, const char *text)
{
    size_t n = t ? kam_table_rows(t) : 0;
    for (size_t i = 0; i < n; i++) {
        const char *s = cmd_glance_text(t, i, column);
        if (s && kam_streq(s, text)) return i;
    }
    return n;
}

static void itself(account_screen *a)
{
    cmd_glance *g = a->g;
    kam_table *t = CMD_GLANCE_ASK(g, "account", "show", g->code);
    static const char *const fields[] = {"name_en", "industry", "region", "ownership"};
    char *name = cmd_glance_cell(g, t, 0, "name");
    if (!cmd_glance_addf(g, SAY(a, "%s (%s)", "%s（%s）"), name, g->code)) cmd_glance_add_cut(g, name);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) cmd_glance_add_cell(g, t, 0, fields[i], "");
    cmd_glance_add_cell(g, t, 0, "known_since", SAY(a, "since ", "相识于 "));
    cmd_glance_line(g, SAY(a, "account", "客户"));
    kam_free(name);
    kam_table_unref(t);
}

/* "R01 李一" */
static void rep(account_screen *a, const char *code, const char *before)
{
    kam_table *t = code ? CMD_GLANCE_ASK(a->g, "rep", "show", code) : NULL;
    char *name = cmd_glance_cell(a->g, t, 0, "name");
    if (code) cmd_glance_addf(a->g, "%s%s %s", before, code, name);
    kam_free(name);
    kam_table_unref(t);
}

/* Among very many, whether it is a key account is too long a question for a glance; who owns it is not. */
static kam_table *owner_alone(account_screen *a)
{
    char subject[256], until[KAM_DATE_MAX + 8] = "date <= ";
    snprintf(subject, sizeof subject, "subject = %s", a->g->code);
    kam_day_format(cmd_session_asof(a->g->s), until + strlen(until));
    return CMD_GLANCE_ASK(a->g, "assessment", "list", "-where", "subject_kind = account", "-where", subject, "-where", until, "-where",
                          "opportunity missing", "-sort", "date");
}

/* The last value of an attribute in a list of assessments by date; NULL: none. */
static const char *latest(const kam_table *t, const char *attribute)
{
    for (size_t i = t ? kam_table_rows(t) : 0; i-- > 0;)
        if (kam_streq(cmd_glance_text(t, i, "attribute"), attribute)) return cmd_glance_text(t, i, "value");
    return NULL;
}

static void say_owner(account_screen *a, const char *code, const char *sponsor)
{
    a->owned = code != NULL;
    rep(a, code, "");
    if (!code) cmd_glance_add(a->g, SAY(a, "nobody", "无人负责"));
    rep(a, sponsor, SAY(a, "sponsor ", "高层支持者 "));
}

static void owner(account_screen *a)
{
    if (a->accounts > MOST_ACCOUNTS) {
        kam_table *told = owner_alone(a);
        say_owner(a, latest(told, "owner"), latest(told, "sponsor"));
        kam_table_unref(told);
        cmd_glance_line(a->g, SAY(a, "owner", "负责人"));
        return;
    }
    kam_table *t = CMD_GLANCE_ASK(a->g, "coverage", "-view", "accounts");
    size_t i = row_of(t, "account", a->g->code);
    say_owner(a, cmd_glance_text(t, i, "owner"), cmd_glance_text(t, i, "sponsor"));
    if (cmd_glance_real(t, i, "key", 0) > 0) cmd_glance_add(a->g, SAY(a, "key account", "大客户"));
    cmd_glance_line(a->g, SAY(a, "owner", "负责人"));
    kam_table_unref(t);
}

static void classes(account_screen *a)
{
    static const struct {
        const char *by, *en;
    } by[] = {{"yield", "yield "}, {"pyramid", "pyramid "}, {"ladder", "ladder "}, {"lifecycle", "life cycle "}};
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
        if (kam_streq(by[i].by, "pyramid") && a->accounts > MOST_ACCOUNTS) continue; /* ranks all of them */
        kam_table *t = CMD_GLANCE_ASK(a->g, "classify", "-by", by[i].by, "-account", a->g->code);
        cmd_glance_add_cell(a->g, t, 0, "class", SAY(a, by[i].en, ""));
        kam_table_unref(t);
    }
    cmd_glance_line(a->g, SAY(a, "class", "分类"));
}

/* --- sales and worth ------------------------------------------------------------------------------------------------------ */

/* Twelve equal parts of the last year in eight levels; a part without sales, or below zero, is the lowest. */
static void spark(const double *v, kam_str *out)
{
    static const char *const level[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double most = 0;
    for (int i = 0; i < STEPS; i++) most = fmax(most, v[i]);
    for (int i = 0; i < STEPS; i++) kam_str_add(out, level[most > 0 && v[i] > 0 ? (int)fmin(7, floor(8 * v[i] / most)) : 0]);
}

static void sum_text(account_screen *a, kam_table *like, double minor, char *out, size_t size)
{
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, kam_table_currency(like), kam_table_exponent(like));
    kam_col_push_int(kam_table_add_column(t, "amount", KAM_MONEY, NULL), (int64_t)minor);
    kam_table_seal(t);
    char *cell = cmd_glance_cell(a->g, t, 0, "amount");
    snprintf(out, size, "%s", cell);
    kam_free(cell);
    kam_table_unref(t);
}

static void sales(account_screen *a)
{
    cmd_glance *g = a->g;
    char where[256], from[KAM_DATE_MAX + 8] = "date > ", until[KAM_DATE_MAX + 8] = "date <= ", sum[64];
    kam_str part = KAM_STR_INIT;
    kam_day asof = cmd_session_asof(g->s);
    snprintf(where, sizeof where, "account = %s", g->code);
    kam_day_format(asof - 2 * YEAR, from + strlen(from));
    kam_day_format(asof, until + strlen(until));
    kam_table *t = CMD_GLANCE_ASK(g, "transaction", "list", "-where", where, "-where", from, "-where", until, "-columns", "date amount");
    const kam_column *amount = t ? kam_table_find(t, "amount") : NULL;
    double step[STEPS] = {0}, year = 0, before = 0;
    for (size_t i = 0; amount && i < kam_table_rows(t); i++) {
        kam_day ago = asof - cmd_glance_day(t, i, "date", asof);
        double minor = (double)kam_col_int(amount, i);
        *(ago < YEAR ? &year : &before) += minor;
        if (ago < YEAR) step[STEPS - 1 - ago * STEPS / YEAR] += minor;
    }
    a->bought = t && kam_table_rows(t) > 0;
    if (a->bought) {
        spark(step, &part);
        sum_text(a, t, year, sum, sizeof sum);
        cmd_glance_addf(g, SAY(a, "12 months %s", "12 个月 %s"), sum);
        if (before > 0) cmd_glance_addf(g, SAY(a, "%+.1f %% on last year", "较上年 %+.1f %%"), 100 * (year / before - 1));
        cmd_glance_add(g, part.s);
    } else cmd_glance_add(g, SAY(a, "none in 24 months", "24 个月内无销售"));
    cmd_glance_line(g, SAY(a, "sales", "销售额"));
    kam_str_release(&part);
    kam_table_unref(t);
}

static void worth(account_screen *a)
{
    cmd_glance *g = a->g;
    kam_table *t = a->bought && a->accounts <= MOST_ACCOUNTS ? CMD_GLANCE_ASK(g, "lifetime-value", "-account", g->code) : NULL;
    if (cmd_glance_add_cell(g, t, 0, "lifetime_value", "")) {
        char *low = cmd_glance_cell(g, t, 0, "future_low"), *high = cmd_glance_cell(g, t, 0, "future_high");
        if (*low && *high) cmd_glance_addf(g, SAY(a, "ahead %s … %s", "未来 %s … %s"), low, high);
        double alive = cmd_glance_real(t, 0, "p_alive", -1);
        if (alive >= 0) cmd_glance_addf(g, SAY(a, "alive %.1f %%", "仍活跃 %.1f %%"), 100 * alive);
        kam_free(low);
        kam_free(high);
    }
    cmd_glance_line(g, SAY(a, "worth", "价值"));
    kam_table_unref(t);
}

/* A bar of ten, and the ingredients that cost most. */
static void health(account_screen *a)
{
    cmd_glance *g = a->g;
    kam_table *t = CMD_GLANCE_ASK(g, "health", g->code);
    size_t n = t ? kam_table_rows(t) : 0, row = row_of(t, "ingredient", "health");
    double score = cmd_glance_real(t, row, "score", -1);
    if (score >= 0) {
        kam_str bar = KAM_STR_INIT;
        for (int i = 0; i < 10; i++) kam_str_add(&bar, i < lround(score / 10) ? "█" : "░");
        cmd_glance_addf(g, SAY(a, "%.0f of 100", "%.0f 分（满分 100）"), score);
        cmd_glance_add(g, bar.s);
        kam_str_release(&bar);
        bool taken[32] = {false};
        for (int k = 0; k < 2; k++) {
            size_t worst = n;
            for (size_t i = 0; i < row && i < 32; i++)
                if (!taken[i] && cmd_glance_real(t, i, "lost", 0) >= 0.5 &&
                    (worst == n || cmd_glance_real(t, i, "lost", 0) > cmd_glance_real(t, worst, "lost", 0)))
                    worst = i;
            if (worst == n) break;
            taken[worst] = true;
            char *name = cmd_glance_cell(g, t, worst, "ingredient");
            cmd_glance_addf(g, "%s -%.0f", name, cmd_glance_real(t, worst, "lost", 0));
            kam_free(name);
        }
    }
    cmd_glance_line(g, SAY(a, "health", "健康度"));
    kam_table_unref(t);
}

/* --- deals ---------------------------------------------------------------------------------------------------------------- */

static void deals(account_screen *a)
{
    cmd_glance *g = a->g;
    kam_table *t = CMD_GLANCE_ASK(g, "funnel", "-show", "opportunities", "-account", g->code);
    const kam_column *amount = t ? kam_table_find(t, "amount") : NULL, *weighted = t ? kam_table_find(t, "weighted") : NULL;
    size_t n = t ? kam_table_rows(t) : 0, next = n;
    double sum = 0, likely = 0;
    kam_day asof = cmd_session_asof(g->s);
    for (size_t i = 0; i < n; i++) {
        sum += amount ? (double)kam_col_int(amount, i) : 0;
        likely += weighted ? (double)kam_col_int(weighted, i) : 0;
        kam_day close = cmd_glance_day(t, i, "expected_close", INT32_MAX);
        if (close < INT32_MAX && (next == n || close < cmd_glance_day(t, next, "expected_close", INT32_MAX))) next = i;
    }
    if (n) {
        char all[64], share[64];
        sum_text(a, t, sum, all, sizeof all);
        sum_text(a, t, likely, share, sizeof share);
        cmd_glance_addf(g, SAY(a, "%zu open", "%zu 个在谈"), n);
        cmd_glance_add(g, all);
        cmd_glance_addf(g, SAY(a, "weighted %s", "加权 %s"), share);
        bool late = next < n && cmd_glance_day(t, next, "expected_close", INT32_MAX) < asof;
        if (next < n && !late) cmd_glance_add_cell(g, t, next, "expected_close", SAY(a, "next ", "最近 "));
        if (late) a->late = cmd_rows_where(t, "opportunity", cmd_glance_text(t, next, "opportunity"));
    } else cmd_glance_add(g, SAY(a, "none open", "没有在谈商机"));
    cmd_glance_line(g, SAY(a, "deals", "商机"));
    kam_table_unref(t);
}

/* "lead 1 · proposal 2 (1 stuck)" */
static void funnel(account_screen *a)
{
    cmd_glance *g = a->g;
    kam_table *t = CMD_GLANCE_ASK(g, "funnel", "-account", g->code);
    for (size_t i = 0; t && i < kam_table_rows(t); i++) {
        int n = (int)cmd_glance_real(t, i, "count", 0), stuck = (int)cmd_glance_real(t, i, "stuck", 0);
        const char *stage = cmd_glance_text(t, i, "stage");
        if (n <= 0 || !stage || kam_streq(stage, "won") || kam_streq(stage, "pool")) continue;
        char *name = cmd_glance_cell(g, t, i, "stage");
        if (stuck > 0) cmd_glance_addf(g, SAY(a, "%s %d (%d stuck)", "%s %d（%d 停滞）"), name, n, stuck);
        else cmd_glance_addf(g, "%s %d", name, n);
        kam_free(name);
    }
    cmd_glance_line(g, SAY(a, "funnel", "漏斗"));
    kam_table_unref(t);
}

/* --- people --------------------------------------------------------------------------------------------------------------- */

/* Those with an attitude on the asked side of zero, the strongest first; of equals the one with more influence. */
static size_t on_side(account_screen *a, const kam_table *t, double sign, const char *about)
{
    cmd_glance *g = a->g;
    size_t n = t ? kam_table_rows(t) : 0, count = 0;
    bool *taken = kam_calloc(n + 1, sizeof *taken), room = true;
    for (size_t i = 0; i < n; i++) count += sign * cmd_glance_real(t, i, "attitude", 0) > 0;
    for (size_t k = 0; room && k < count && k < MOST_SHOWN; k++) {
        size_t best = n;
        for (size_t i = 0; i < n; i++) {
            double v = sign * cmd_glance_real(t, i, "attitude", 0), w = best < n ? sign * cmd_glance_real(t, best, "attitude", 0) : 0;
            if (taken[i] || v <= 0) continue;
            if (best == n || v > w || (v == w && cmd_glance_real(t, i, "influence", 0) > cmd_glance_real(t, best, "influence", 0))) best = i;
        }
        taken[best] = true;
        char *name = cmd_glance_cell(g, t, best, "name"), *role = cmd_glance_cell(g, t, best, "buying_role");
        if (!*role) {
            kam_free(role);
            role = cmd_glance_cell(g, t, best, "title");
        }
        double attitude = cmd_glance_real(t, best, "attitude", 0);
        room = cmd_glance_addf(g, SAY(a, *role ? "%s %+g (%s)" : "%s %+g", *role ? "%s %+g（%s）" : "%s %+g"), name, attitude, role);
        kam_free(name);
        kam_free(role);
    }
    cmd_glance_line(g, about);
    kam_free(taken);
    return count;
}

static void people(account_screen *a)
{
    cmd_glance *g = a->g;
    kam_table *t = CMD_GLANCE_ASK(g, "stakeholder-map", g->code);
    size_t n = t ? kam_table_rows(t) : 0;
    a->known = n > 0;
    if (n) {
        on_side(a, t, 1, SAY(a, "for us", "支持"));
        on_side(a, t, -1, SAY(a, "against us", "反对"));
        cmd_glance_addf(g, SAY(a, "%zu known", "认识 %zu 人"), n);
        size_t filled = 0, seats = a->circle ? kam_table_rows(a->circle) : 0;
        for (size_t i = 0; i < seats; i++) filled += cmd_glance_real(a->circle, i, "filled", 0) > 0;
        if (seats) cmd_glance_addf(g, SAY(a, "winning circle %zu of %zu", "成功圈 %zu/%zu"), filled, seats);
        for (size_t i = 0; i < seats; i++)
            if (cmd_glance_real(a->circle, i, "filled", 0) == 0) cmd_glance_add_cell(g, a->circle, i, "seat", SAY(a, "no ", "缺"));
    } else cmd_glance_add(g, SAY(a, "nobody known", "尚无认识的人"));
    cmd_glance_line(g, SAY(a, "people", "关键人"));
    kam_table_unref(t);
}

/* The graver a flag of B5, the earlier it stands here. */
static int grave(const char *flag)
{
    static const char *const order[] = {"8", "1", "3", "5", "6", "4a", "4b", "7", "2", "9"};
    int n = sizeof order / sizeof *order, at = 0;
    while (at < n && !(flag && kam_streq(flag, order[at]))) at++;
    return at;
}

static size_t gravest(const kam_table *t)
{
    size_t best = 0, n = t ? kam_table_rows(t) : 0;
    for (size_t i = 1; i < n; i++)
        if (grave(cmd_glance_text(t, i, "flag")) < grave(cmd_glance_text(t, best, "flag"))) best = i;
    return best;
}

static void red_flags(account_screen *a)
{
    cmd_glance *g = a->g;
    size_t n = a->flags ? kam_table_rows(a->flags) : 0;
    if (n) {
        char *evidence = cmd_glance_cell(g, a->flags, gravest(a->flags), "evidence");
        cmd_glance_addf(g, SAY(a, "%zu", "%zu 项"), n);
        cmd_glance_add_cut(g, evidence);
        kam_free(evidence);
    }
    cmd_glance_line(g, SAY(a, "red flags", "雷区"));
}

static bool is_open(const kam_table *t, size_t i) { return cmd_glance_day(t, i, "resolved_on", -1) < 0; }

static void complaints(account_screen *a)
{
    cmd_glance *g = a->g;
    size_t n = a->complaints ? kam_table_rows(a->complaints) : 0, open = 0, oldest = n;
    for (size_t i = 0; i < n; i++) {
        if (!is_open(a->complaints, i)) continue;
        open++;
        if (oldest == n || cmd_glance_real(a->complaints, i, "age_days", 0) > cmd_glance_real(a->complaints, oldest, "age_days", 0)) oldest = i;
    }
    if (open) {
        cmd_glance_addf(g, SAY(a, "%zu open", "%zu 件未决"), open);
        cmd_glance_addf(g, SAY(a, "oldest %.0f days", "最久 %.0f 天"), cmd_glance_real(a->complaints, oldest, "age_days", 0));
        cmd_glance_add_cell(g, a->complaints, oldest, "topic", "");
        cmd_glance_add_cell(g, a->complaints, oldest, "owner", "");
    } else if (a->bought) cmd_glance_add(g, SAY(a, "none open", "没有未决投诉"));
    cmd_glance_line(g, SAY(a, "complaints", "投诉"));
}

static void next_order(account_screen *a)
{
    cmd_glance *g = a->g;
    kam_table *t = a->bought && a->accounts <= MOST_ACCOUNTS ? CMD_GLANCE_ASK(g, "next-purchase", "-account", g->code) : NULL;
    bool late = cmd_glance_real(t, 0, "overdue", 0) > 0;
    if (cmd_glance_add_cell(g, t, 0, "expected", late ? SAY(a, "was expected ", "本应于 ") : "")) {
        cmd_glance_add_cell(g, t, 0, "product", "");
        cmd_glance_add_cell(g, t, 0, "quantity", SAY(a, "bring ", "可备 "));
        cmd_glance_add_cell(g, t, 0, "last_purchase", SAY(a, "last ", "上次 "));
    }
    cmd_glance_line(g, SAY(a, "next order", "下次订货"));
    kam_table_unref(t);
}

/* --- what to do ----------------------------------------------------------------------------------------------------------- */

static bool full(const account_screen *a) { return kam_col_rows(a->g->about) >= CMD_GLANCE_ROWS; }

static void todo(account_screen *a)
{
    if (full(a)) kam_str_clear(&a->g->text);
    else cmd_glance_line(a->g, SAY(a, "to do", "要做的事"));
}

/* What is lacking altogether, with the command that changes it. */
static void begin_with(account_screen *a)
{
    cmd_glance *g = a->g;
    if (!a->owned && cmd_glance_addf(g, "assessment add account %s owner DATE -value REP", g->code)) todo(a);
    if (!a->known && cmd_glance_addf(g, "contact add CODE -account %s -name NAME -title TITLE", g->code)) todo(a);
    if (!a->bought && cmd_glance_addf(g, "transaction add -account %s -date DATE -amount AMOUNT", g->code)) todo(a);
}

/* A complaint that has missed a clock, open or closed: the step that is due. */
static void complaint_steps(account_screen *a)
{
    cmd_glance *g = a->g;
    for (size_t i = 0; a->complaints && i < kam_table_rows(a->complaints); i++) {
        const char *class_ = cmd_glance_text(a->complaints, i, "class");
        if (!class_ || !kam_streq(class_, "overdue")) continue;
        char *topic = cmd_glance_cell(g, a->complaints, i, "topic");
        cmd_glance_add_cell(g, a->complaints, i, "due", SAY(a, "overdue since ", "逾期 "));
        cmd_glance_add_cell(g, a->complaints, i, "next", SAY(a, "complaint: ", "投诉："));
        cmd_glance_add_cut(g, topic);
        cmd_glance_add_cell(g, a->complaints, i, "owner", "");
        kam_free(topic);
        todo(a);
        return;
    }
}

static void late_deal(account_screen *a)
{
    cmd_glance *g = a->g;
    if (!cmd_glance_add_cell(g, a->late, 0, "expected_close", SAY(a, "overdue since ", "逾期 "))) return;
    cmd_glance_add_cell(g, a->late, 0, "rep", "");
    cmd_glance_add_cell(g, a->late, 0, "opportunity", SAY(a, "close or date anew: ", "成交或改期："));
    cmd_glance_add_cell(g, a->late, 0, "amount", "");
    todo(a);
}

static void flag_step(account_screen *a)
{
    if (!a->flags || !kam_table_rows(a->flags)) return;
    char *step = cmd_glance_cell(a->g, a->flags, gravest(a->flags), "next_step");
    cmd_glance_add_cut(a->g, step);
    kam_free(step);
    todo(a);
}

/* Steps and renewals by day, the overdue ones first; the same promise made twice stands once. */
static void dated_steps(account_screen *a)
{
    cmd_glance *g = a->g;
    kam_table *t = CMD_GLANCE_ASK(g, "reminders", "-account", g->code, "-kinds", "step renewal");
    size_t n = t ? kam_table_rows(t) : 0;
    for (size_t i = 0; i < n && !full(a); i++) {
        const char *what = cmd_glance_text(t, i, "what");
        if (!what || row_of(t, "what", what) < i) continue;
        char *cell = cmd_glance_cell(g, t, i, "what");
        bool late = cmd_glance_real(t, i, "in_days", 0) < 0;
        cmd_glance_add_cell(g, t, i, "date", late ? SAY(a, "overdue since ", "逾期 ") : "");
        cmd_glance_add_cell(g, t, i, "rep", "");
        cmd_glance_add_cut(g, cell);
        kam_free(cell);
        todo(a);
    }
    kam_table_unref(t);
}

void cmd_glance_account(cmd_glance *g)
{
    account_screen a = {.g = g};
    char where[256];
    kam_err none = KAM_ERR_INIT;
    if (store_count(cmd_session_store(g->s), store_entity_find("account"), &a.accounts, &none) != KAM_OK) return;
    snprintf(where, sizeof where, "account = %s", g->code);
    a.circle = CMD_GLANCE_ASK(g, "stakeholder-map", g->code, "-view", "circle");
    a.flags = CMD_GLANCE_ASK(g, "stakeholder-map", g->code, "-view", "flags");
    a.complaints = CMD_GLANCE_ASK(g, "complaints", "-account", g->code);
    itself(&a);
    owner(&a);
    classes(&a);
    sales(&a);
    worth(&a);
    health(&a);
    deals(&a);
    funnel(&a);
    people(&a);
    red_flags(&a);
    complaints(&a);
    cmd_glance_contact(g, where, true);
    next_order(&a);
    begin_with(&a);
    complaint_steps(&a);
    late_deal(&a);
    flag_step(&a);
    dated_steps(&a);
    kam_table_unref(a.circle);
    kam_table_unref(a.flags);
    kam_table_unref(a.complaints);
    kam_table_unref(a.late);
}
