/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_sale.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

/* --- D5 ---------------------------------------------------------------------------------------------------------------- */

const char *const calc_phase_keys[] = {"needs", "solution", "risk", NULL};
enum { NEEDS, SOLUTION, RISK };
static const calc_text topic_needs[] = {
    {"phase.needs.1", "ask what the present way costs them and whom it troubles", "问清现状让他们付出什么代价、困扰了谁"},
    {"phase.needs.2", "the budget: is there one, whose is it, how sure", "预算：有没有、归谁管、把握多大"},
    {"phase.needs.3", "do not present yet; agree on the needs in their words", "先不谈方案，用对方的话确认需求"}};
static const calc_text topic_solution[] = {
    {"phase.solution.1", "the decision criteria, written and unwritten, and how we fit each", "成文与不成文的决策标准，以及我们逐条如何契合"},
    {"phase.solution.2", "what only we can do, in the terms of their users", "只有我们能做到的，用使用者的语言讲"},
    {"phase.solution.3", "a trial or a reference visit that lets them see it", "安排试用或参观样板，让对方亲眼看到"}};
static const calc_text topic_risk[] = {
    {"phase.risk.1", "what could go wrong for each of them personally, and what takes the fear away", "对每个人来说会出什么问题，怎样打消顾虑"},
    {"phase.risk.2", "price again: total cost over the years, not the first invoice", "再谈价格：讲多年总成本，而不是首付"},
    {"phase.risk.3", "the next step in writing: who signs what, when", "书面写明下一步：谁在何时签什么"}};
static const struct {
    const calc_text *topic;
    size_t n;
} topics[CALC_PHASES] = {{topic_needs, CALC_COUNT(topic_needs)}, {topic_solution, CALC_COUNT(topic_solution)}, {topic_risk, CALC_COUNT(topic_risk)}};
static const calc_text why_stage = {"phase.stage", "at stage {1}", "处于{1}阶段"};
static const calc_text why_moving = {"phase.moving", "{2} days at stage {1}, longer than the usual {3}: thoughts have moved on", "在{1}阶段已 {2} 天，超过通常的 {3} 天：心思已到下一步"};
static const calc_text why_stuck = {"phase.stuck", "stuck at stage {1} for {2} days: still in this phase", "在{1}阶段停滞 {2} 天：仍在本期"};

int calc_phase_of(int stage, bool past_median, bool stuck)
{
    static const int base[CALC_STAGES] = {NEEDS, NEEDS, SOLUTION, RISK, RISK};
    KAM_ASSERT(stage >= 0 && stage < CALC_STAGES);
    bool moves = past_median && !stuck && (stage == 1 || stage == 2);
    return base[stage] + moves;
}

const calc_text *calc_phase_topics(int phase, size_t *n)
{
    *n = topics[phase].n;
    return topics[phase].topic;
}

static void say_topics(kam_str *b, int phase, calc_lang lang)
{
    kam_str_clear(b);
    for (size_t i = 0; i < topics[phase].n; i++) {
        if (i) kam_str_add(b, lang == CALC_ZH ? "；" : "; ");
        calc_say(b, lang, &topics[phase].topic[i], NULL, 0);
    }
}

kam_rc calc_phases(const kam_table *deals, calc_lang lang, kam_table **out, kam_err *err)
{
    enum { CODE, NAME, ACCOUNT, STAGE, AGE, MEDIAN, STUCK, REP, IN_COLS };
    static const calc_use want[IN_COLS] = {{"opportunity", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"account", KAM_TEXT, false},
                                           {"stage", KAM_TEXT, false},       {"age", KAM_INT, false},   {"median_stay", KAM_REAL, false},
                                           {"stuck", KAM_FLAG, false},       {"rep", KAM_TEXT, false}};
    enum { O_CODE, O_NAME, O_ACCOUNT, O_STAGE, O_AGE, O_MEDIAN, O_PHASE, O_WHY, O_TOPICS, O_REP, COLS };
    static const calc_col cols[COLS] = {
        {"opportunity", KAM_TEXT, "funnel.opportunity"}, {"name", KAM_TEXT, "funnel.name"}, {"account", KAM_TEXT, "classify.account"},
        {"stage", KAM_TEXT, "funnel.stage"},             {"age", KAM_INT, "funnel.age"},    {"median_stay", KAM_REAL, "funnel.median_stay"},
        {"phase", KAM_TEXT, "phase.phase"},              {"why", KAM_TEXT, "classify.why"}, {"topics", KAM_TEXT, "phase.topics"},
        {"rep", KAM_TEXT, "funnel.rep"}};
    static const int copy[][2] = {{O_CODE, CODE}, {O_NAME, NAME}, {O_ACCOUNT, ACCOUNT}, {O_STAGE, STAGE}, {O_AGE, AGE}, {O_MEDIAN, MEDIAN}, {O_REP, REP}};
    const kam_column *in[IN_COLS];
    kam_column *c[COLS];
    kam_rc rc = calc_use_table(deals, "opportunities", want, IN_COLS, in, err);
    if (rc) return rc;
    kam_table *t = calc_out_new("phases", deals, cols, COLS, c);
    kam_str b = KAM_STR_INIT;
    for (size_t r = 0, rows = calc_use_rows(deals); r < rows; r++) {
        int stage = calc_stage_index(kam_col_text(in[STAGE], r));
        bool known = calc_known(in[AGE], r) && calc_known(in[MEDIAN], r);
        bool past = known && kam_col_real(in[AGE], r) > kam_col_real(in[MEDIAN], r), stuck = calc_known(in[STUCK], r) && kam_col_int(in[STUCK], r);
        int phase = calc_phase_of(stage < 0 ? 0 : stage, past, stuck);
        bool moved = phase != calc_phase_of(stage < 0 ? 0 : stage, false, false);
        for (size_t k = 0; k < CALC_COUNT(copy); k++) kam_col_push_from(c[copy[k][0]], in[copy[k][1]], r);
        kam_col_push_text(c[O_PHASE], calc_phase_keys[phase]);
        calc_push_say(c[O_WHY], &b, lang, stuck ? &why_stuck : moved ? &why_moving : &why_stage,
                      CALC_ARGS(calc_arg_text(calc_stage_name(stage < 0 ? 0 : stage, lang)), calc_arg_int(kam_col_int(in[AGE], r)),
                                calc_arg_real(kam_col_real(in[MEDIAN], r), 1)));
        say_topics(&b, phase, lang);
        kam_col_push_text(c[O_TOPICS], kam_str_cstr(&b));
    }
    kam_table_seal(t);
    kam_str_release(&b);
    *out = t;
    return KAM_OK;
}

/* --- D9 ---------------------------------------------------------------------------------------------------------------- */

const char *const calc_factor_keys[] = {"knows", "needs", "worth", "trusts", "satisfied", NULL};
const char *const calc_force_keys[] = {"introduce", "bring-out-need", "show-value", "build-trust", "exceed", NULL};
static const calc_text why_factor[CALC_FACTORS] = {
    {"factors.knows", "knows us least well ({1}): introduce ourselves", "对我们了解最少（{1}）：先作介绍"},
    {"factors.needs", "feels the need least ({1}): bring it out", "需要最不明显（{1}）：挖掘需求"},
    {"factors.worth", "doubts that it is worth the money ({1}): show the value", "觉得不够值得（{1}）：展示价值"},
    {"factors.trusts", "trusts us too little ({1}): build trust", "相信最少（{1}）：建立信任"},
    {"factors.satisfied", "was satisfied least ({1}): exceed what is expected", "以往满意最低（{1}）：超出期望"}};

enum { F_CONTACT, F_NAME, F_MARK, F_LOWEST = F_MARK + CALC_FACTORS, F_FORCE, F_COVERAGE, F_WHY, F_COLS };
static const calc_col factor_cols[F_COLS] = {
    {"contact", KAM_TEXT, "factors.contact"}, {"name", KAM_TEXT, "factors.name"},     {"knows", KAM_REAL, "factors.knows"},
    {"needs", KAM_REAL, "factors.needs"},     {"worth", KAM_REAL, "factors.worth"},   {"trusts", KAM_REAL, "factors.trusts"},
    {"satisfied", KAM_REAL, "factors.satisfied"}, {"lowest", KAM_TEXT, "factors.lowest"}, {"force", KAM_TEXT, "factors.force"},
    {"coverage", KAM_REAL, "factors.coverage"}, {"why", KAM_TEXT, "classify.why"}};

static void push_person(kam_column **c, const double v[CALC_FACTORS], calc_lang lang, kam_str *b)
{
    int low = -1, known = 0;
    for (int k = 0; k < CALC_FACTORS; k++) {
        kam_col_push_real(c[F_MARK + k], v[k]);
        if (isnan(v[k])) continue;
        known++;
        if (low < 0 || v[k] < v[low]) low = k;
    }
    kam_col_push_text(c[F_LOWEST], low < 0 ? NULL : calc_factor_keys[low]);
    kam_col_push_text(c[F_FORCE], low < 0 ? NULL : calc_force_keys[low]);
    kam_col_push_real(c[F_COVERAGE], (double)known / CALC_FACTORS);
    if (low < 0) kam_col_push_missing(c[F_WHY]);
    else calc_push_say(c[F_WHY], b, lang, &why_factor[low], CALC_ARGS(calc_arg_real(v[low], 1)));
}

kam_rc calc_factors(const kam_table *factors, calc_lang lang, kam_table **out, kam_err *err)
{
    enum { CONTACT, NAME, ATTRIBUTE, VALUE, IN_COLS };
    static const calc_use want[IN_COLS] = {{"contact", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"attribute", KAM_TEXT, false}, {"value", KAM_REAL, false}};
    const kam_column *in[IN_COLS];
    kam_rc rc = calc_use_table(factors, "factors", want, IN_COLS, in, err);
    if (rc) return rc;
    kam_column *c[F_COLS];
    kam_table *t = calc_out_new("factors", factors, factor_cols, F_COLS, c);
    kam_str b = KAM_STR_INIT;
    size_t rows = calc_use_rows(factors);
    const size_t by = rows ? (size_t)kam_table_index(factors, "contact") : 0;
    const bool down = false;
    size_t *order = rows ? kam_table_order(factors, &by, &down, 1) : NULL;
    for (size_t i = 0, j; i < rows; i = j) {
        double v[CALC_FACTORS] = {NAN, NAN, NAN, NAN, NAN};
        const char *who = kam_col_text(in[CONTACT], order[i]);
        for (j = i; j < rows && strcmp(kam_col_text(in[CONTACT], order[j]), who) == 0; j++)
            for (int k = 0; k < CALC_FACTORS; k++)
                if (calc_text_is(in[ATTRIBUTE], order[j], calc_factor_keys[k]) && calc_known(in[VALUE], order[j])) v[k] = kam_col_real(in[VALUE], order[j]);
        kam_col_push_text(c[F_CONTACT], who);
        kam_col_push_from(c[F_NAME], in[NAME], order[i]);
        push_person(c, v, lang, &b);
    }
    kam_free(order);
    kam_table_seal(t);
    kam_str_release(&b);
    *out = t;
    return KAM_OK;
}

/* --- D11 --------------------------------------------------------------------------------------------------------------- */

const char *const calc_kind_keys[] = {"key", "ordinary", NULL};
static const calc_text why_kind = {"kind.why", "{1} of {2} known signs speak for a key sale", "{2} 项已知特征中有 {1} 项表明是大客户销售"};
static const calc_text why_unknown = {"kind.unknown", "none of the four signs is known", "四项特征均不详"};

enum { K_ROW, K_CODE, K_NAME, K_RESULT, K_OPENED, K_CLOSED, K_EXPECTED, K_IN };
static const calc_use kind_use[K_IN] = {{"row", KAM_INT, false},       {"opportunity", KAM_TEXT, false}, {"name", KAM_TEXT, true},
                                        {"result", KAM_TEXT, false},   {"opened_on", KAM_DAY, false},    {"closed_on", KAM_DAY, false},
                                        {"expected_close", KAM_DAY, false}};
enum { D_CODE, D_NAME, D_ACCOUNT, D_CLASS, D_WHY, D_CYCLE, D_DECIDERS, D_REPEATS, D_BUYS, D_SIGNS, D_KNOWN, D_COLS };
static const calc_col kind_cols[D_COLS] = {
    {"opportunity", KAM_TEXT, "funnel.opportunity"}, {"name", KAM_TEXT, "funnel.name"},   {"account", KAM_TEXT, "classify.account"},
    {"class", KAM_TEXT, "kind.class"},               {"why", KAM_TEXT, "classify.why"},   {"cycle_days", KAM_INT, "kind.cycle_days"},
    {"deciders", KAM_INT, "kind.deciders"},          {"repeats", KAM_INT, "kind.repeats"}, {"buys_for", KAM_TEXT, "kind.buys_for"},
    {"signs", KAM_INT, "kind.signs"},                {"known", KAM_INT, "kind.known"}};

typedef struct signs { /* −1: unknown */
    int64_t cycle, deciders, repeats;
    const char *buys_for;
} signs;

static int64_t cycle_of(const kam_column **o, size_t i, kam_day asof)
{
    if (!calc_known(o[K_OPENED], i)) return -1;
    kam_day from = kam_col_int(o[K_OPENED], i);
    if (!calc_text_is(o[K_RESULT], i, "open")) return calc_known(o[K_CLOSED], i) ? kam_col_int(o[K_CLOSED], i) - from : -1;
    kam_day to = calc_known(o[K_EXPECTED], i) && kam_col_int(o[K_EXPECTED], i) > asof ? kam_col_int(o[K_EXPECTED], i) : asof;
    return to - from;
}

static void push_kind(kam_column **c, const signs *s, const calc_kind_params *p, kam_str *b)
{
    const bool known[4] = {s->cycle >= 0, s->deciders >= 0, s->repeats >= 0, s->buys_for != NULL};
    const bool speaks[4] = {s->cycle >= p->long_cycle_days, s->deciders >= p->many_deciders, s->repeats >= p->many_repeats,
                            s->buys_for && strcmp(s->buys_for, "value") == 0};
    int n = 0, k = 0;
    for (int i = 0; i < 4; i++) {
        n += known[i];
        k += known[i] && speaks[i];
    }
    kam_col_push_text(c[D_CLASS], n == 0 ? NULL : calc_kind_keys[2 * k < n]);
    calc_push_say(c[D_WHY], b, p->lang, n ? &why_kind : &why_unknown, CALC_ARGS(calc_arg_int(k), calc_arg_int(n)));
    calc_push_opt(c[D_CYCLE], known[0], s->cycle);
    calc_push_opt(c[D_DECIDERS], known[1], s->deciders);
    calc_push_opt(c[D_REPEATS], known[2], s->repeats);
    kam_col_push_text(c[D_BUYS], s->buys_for);
    kam_col_push_int(c[D_SIGNS], k);
    kam_col_push_int(c[D_KNOWN], n);
}

kam_rc calc_kind(const calc_facts *f, const kam_table *table, const calc_kind_params *p, kam_table **out, kam_err *err)
{
    static const calc_use sign_use[] = {{"opportunity", KAM_INT, false}, {"deciders", KAM_INT, false}, {"buys_for", KAM_TEXT, false}};
    const kam_column *acc[CALC_ACC_COLS], *o[K_IN], *g[3];
    size_t accounts, n = calc_use_rows(f->opportunities);
    kam_rc rc = calc_use_accounts(f, f->ledger != NULL, acc, &accounts, err);
    if (!rc) rc = calc_use_table(f->opportunities, "opportunities", kind_use, K_IN, o, err);
    if (!rc) rc = calc_use_table(table, "signs", sign_use, 3, g, err);
    if (rc) return rc;
    signs *s = kam_calloc(n + 1, sizeof *s);
    for (size_t i = 0; i < n; i++) s[i] = (signs){cycle_of(o, i, p->asof), -1, -1, NULL};
    for (size_t r = 0, rows = calc_use_rows(table); r < rows; r++) {
        size_t i = calc_row_at(g[0], r, n);
        if (i == SIZE_MAX) continue;
        if (calc_known(g[1], r)) s[i].deciders = kam_col_int(g[1], r);
        s[i].buys_for = calc_text_at(g[2], r);
    }
    kam_column *c[D_COLS];
    kam_table *t = calc_out_new("kind.title", f->accounts, kind_cols, D_COLS, c);
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) {
        size_t row = calc_row_at(o[K_ROW], i, accounts);
        calc_buys buys = {0};
        if (f->ledger && row != SIZE_MAX) {
            calc_buys_scan(f->ledger, row, p->asof, p->window_days, &buys);
            s[i].repeats = buys.window_days;
        }
        kam_col_push_from(c[D_CODE], o[K_CODE], i);
        kam_col_push_text(c[D_NAME], calc_text_at(o[K_NAME], i));
        if (row == SIZE_MAX) kam_col_push_missing(c[D_ACCOUNT]);
        else kam_col_push_from(c[D_ACCOUNT], acc[CALC_ACC_CODE], row);
        push_kind(c, &s[i], p, &b);
    }
    kam_table_seal(t);
    kam_str_release(&b);
    kam_free(s);
    *out = t;
    return KAM_OK;
}
