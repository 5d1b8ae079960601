/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_loop.h"
#include "calc_run_int.h"
#include "kam_mem.h"

const char *const calc_loop_keys[] = {"value", "differentiate", "strategy", "monitor", NULL};
static const calc_text names[CALC_LOOP_STEPS] = {{"value", "value", "价值"}, {"differentiate", "differentiate", "区分"}, {"strategy", "strategy", "策略"},
                                                 {"monitor", "monitor", "监控"}};
static const calc_text dos[CALC_LOOP_STEPS] = {
    {"value", "note what it is worth: card set, or value-note add", "评估价值：card set 或 value-note add"},
    {"differentiate", "say what sets it apart: the wanted relation, a sponsor, the card discipline", "明确区分：目标关系、高层支持者或价值法则评分卡"},
    {"strategy", "write the strategy or agree an objective: plan-text add, objective add", "写明策略或商定目标：plan-text add、objective add"},
    {"monitor", "look how it goes: a debriefed visit, a survey, an action done", "跟踪进展：复盘拜访、调查或完成行动"}};
static const calc_text why_none = {"loop.none", "{1}: no record; {2}", "{1}：没有记录；{2}"};
static const calc_text why_old = {"loop.old", "{1}: last on {3}, older than {4} days; {2}", "{1}：最近在 {3}，已超过 {4} 天；{2}"};
static const calc_text why_all = {"loop.all", "all four steps are current", "四步均在有效期内"};

typedef struct newest {
    kam_day day[CALC_LOOP_STEPS];
    bool has[CALC_LOOP_STEPS];
} newest;

enum { O_ACCOUNT, O_NAME, O_STEPS, O_CURRENT = O_STEPS + CALC_LOOP_STEPS, O_NEXT, O_WHY, O_COLS };
static const calc_col out_cols[O_COLS] = {
    {"account", KAM_TEXT, "run.account"},  {"name", KAM_TEXT, "run.name"},        {"value", KAM_DAY, "run.loop.step.value"}, {"differentiate", KAM_DAY, "run.loop.step.differentiate"},
    {"strategy", KAM_DAY, "run.loop.step.strategy"}, {"monitor", KAM_DAY, "run.loop.step.monitor"}, {"current", KAM_INT, "run.current"},
    {"next_step", KAM_TEXT, "run.loop.next"}, {"why", KAM_TEXT, "run.why"}};

static void push(kam_column **c, kam_str *buf, const newest *x, const calc_loop_params *p)
{
    int next = -1;
    int64_t current = 0;
    for (int k = 0; k < CALC_LOOP_STEPS; k++) {
        bool ok = x->has[k] && (double)(p->asof - x->day[k]) < p->days[k];
        current += ok;
        if (!ok && next < 0) next = k;
        calc_push_opt(c[O_STEPS + k], x->has[k], x->day[k]);
    }
    kam_col_push_int(c[O_CURRENT], current);
    kam_col_push_text(c[O_NEXT], next < 0 ? NULL : calc_loop_keys[next]);
    if (next < 0) {
        calc_push_say(c[O_WHY], buf, p->lang, &why_all, NULL, 0);
        return;
    }
    const calc_text *name = &names[next], *act = &dos[next];
    bool zh = p->lang == CALC_ZH;
    calc_push_say(c[O_WHY], buf, p->lang, x->has[next] ? &why_old : &why_none,
                  CALC_ARGS(calc_arg_text(zh ? name->zh : name->en), calc_arg_text(zh ? act->zh : act->en), calc_arg_day(x->day[next]),
                            calc_arg_real(p->days[next], 0)));
}

kam_rc calc_loop(const kam_table *accounts, const kam_table *steps, const calc_loop_params *p, kam_table **out, kam_err *err)
{
    static const calc_use acc[] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    static const calc_use want[] = {{"row", KAM_INT, false}, {"step", KAM_TEXT, false}, {"date", KAM_DAY, false}};
    const kam_column *who[2], *s[3];
    kam_rc rc = calc_use_table(accounts, "accounts", acc, 2, who, err);
    if (!rc) rc = calc_use_table(steps, "steps", want, 3, s, err);
    if (rc) return rc;
    size_t n = calc_use_rows(accounts);
    newest *x = kam_calloc(n + 1, sizeof *x);
    for (size_t r = 0; r < calc_use_rows(steps); r++) {
        size_t i = calc_row_at(s[0], r, n);
        if (i == SIZE_MAX || !calc_known(s[2], r)) continue;
        for (int k = 0; k < CALC_LOOP_STEPS; k++) {
            if (!calc_text_is(s[1], r, calc_loop_keys[k])) continue;
            if (!x[i].has[k] || kam_col_int(s[2], r) > x[i].day[k]) x[i].day[k] = kam_col_int(s[2], r);
            x[i].has[k] = true;
        }
    }
    kam_column *c[O_COLS];
    kam_table *t = calc_out_new("run.loop.title", accounts, out_cols, O_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        kam_col_push_from(c[O_ACCOUNT], who[0], i);
        kam_col_push_from(c[O_NAME], who[1], i);
        push(c, &buf, &x[i], p);
    }
    kam_str_release(&buf);
    kam_free(x);
    return calc_out_done(t, out, err);
}
