/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_complete.h"
#include "calc_run_int.h"
#include "kam_mem.h"

const char *const calc_section_keys[] = {"profile", "environment", "value-chain", "needs", "relationships", "opportunities", "objectives", "actions", "risks", NULL};
enum { PROFILE, ENVIRONMENT, VALUE_CHAIN, NEEDS, RELATIONSHIPS, OPPORTUNITIES, OBJECTIVES, ACTIONS, RISKS };

/* The items, in the order of the sections; a bit each. */
enum {
    I_KIND, I_INDUSTRY, I_REGION, I_OWNERSHIP, I_SOURCE, I_SINCE, I_EMPLOYEES, I_SPEND, I_PROFILE,
    I_CUSTOMER, I_CUSTOMERS, I_COMPETITORS, I_MIDDLE, I_SUPPLIERS, I_OURSELVES,
    I_CHOOSE, I_PROVIDE, I_TELL, I_NEEDS, I_NOTE, I_KNOWN, I_CIRCLE, I_OWNER, I_WANTED,
    I_DEAL, I_AMOUNT, I_CLOSE, I_DEAL_OWNER, I_OBJECTIVE, I_MEASURABLE, I_OWNED, I_AGREED, I_STRATEGY,
    I_ACTION, I_ACTION_OWNER, I_DUE, I_ON_TIME, I_RISK, I_ANSWER, ITEMS
};
static const struct {
    int section;
    calc_text text;
    const char *plan, *plan_all; /* plan text that fills it */
} items[ITEMS] = {
    {PROFILE, {"", "kind", "类型"}, NULL, NULL},
    {PROFILE, {"", "industry", "行业"}, NULL, NULL},
    {PROFILE, {"", "region", "地区"}, NULL, NULL},
    {PROFILE, {"", "ownership", "所有制"}, NULL, NULL},
    {PROFILE, {"", "source", "来源"}, NULL, NULL},
    {PROFILE, {"", "known since", "相识日期"}, NULL, NULL},
    {PROFILE, {"", "employees", "员工数"}, NULL, NULL},
    {PROFILE, {"", "annual spend in our category", "品类年支出"}, NULL, NULL},
    {PROFILE, {"", "a text on the account", "概况文字"}, "profile", NULL},
    {ENVIRONMENT, {"", "the customer", "客户自身"}, "environment-customer", "environment"},
    {ENVIRONMENT, {"", "its customers", "客户的客户"}, "environment-customers", "environment"},
    {ENVIRONMENT, {"", "competitors", "竞争者"}, "environment-competitors", "environment"},
    {ENVIRONMENT, {"", "intermediaries", "中间商"}, "environment-intermediaries", "environment"},
    {ENVIRONMENT, {"", "suppliers", "供应商"}, "environment-suppliers", "environment"},
    {ENVIRONMENT, {"", "ourselves", "我们自己"}, "environment-ourselves", "environment"},
    {VALUE_CHAIN, {"", "choose the value", "选择价值"}, "value-choose", "value"},
    {VALUE_CHAIN, {"", "provide the value", "提供价值"}, "value-provide", "value"},
    {VALUE_CHAIN, {"", "tell the value", "传播价值"}, "value-tell", "value"},
    {NEEDS, {"", "a text on its needs", "需求文字"}, "needs", NULL},
    {NEEDS, {"", "a value note", "价值记录"}, NULL, NULL},
    {RELATIONSHIPS, {"", "somebody we know there", "认识的人"}, NULL, NULL},
    {RELATIONSHIPS, {"", "a complete winning circle", "完整的成功圈"}, NULL, NULL},
    {RELATIONSHIPS, {"", "an owner on our side", "我方负责人"}, NULL, NULL},
    {RELATIONSHIPS, {"", "a wanted relation or a sponsor", "目标关系或高层支持者"}, NULL, NULL},
    {OPPORTUNITIES, {"", "an open opportunity", "进行中的商机"}, NULL, NULL},
    {OPPORTUNITIES, {"", "amounts", "金额"}, NULL, NULL},
    {OPPORTUNITIES, {"", "expected closes", "预计成交日"}, NULL, NULL},
    {OPPORTUNITIES, {"", "owners", "负责人"}, NULL, NULL},
    {OBJECTIVES, {"", "an objective", "目标"}, NULL, NULL},
    {OBJECTIVES, {"", "measures and targets", "衡量与目标值"}, NULL, NULL},
    {OBJECTIVES, {"", "owners", "负责人"}, NULL, NULL},
    {OBJECTIVES, {"", "the customer's agreement", "与客户商定"}, NULL, NULL},
    {OBJECTIVES, {"", "a text on the strategy", "策略文字"}, "strategy", NULL},
    {ACTIONS, {"", "an open action", "进行中的行动"}, NULL, NULL},
    {ACTIONS, {"", "owners", "负责人"}, NULL, NULL},
    {ACTIONS, {"", "due dates", "期限"}, NULL, NULL},
    {ACTIONS, {"", "no action overdue", "没有逾期的行动"}, NULL, NULL},
    {RISKS, {"", "a risk noted", "已列风险"}, NULL, NULL},
    {RISKS, {"", "answers to open risks", "未消除风险的对策"}, NULL, NULL},
};

/* Bits of an account: what is asked, what is there, and how many there are of what stands in lists. */
typedef struct file {
    uint64_t skip, has;
    uint32_t deals, objectives, actions, risks;
} file;
#define BIT(i) (UINT64_C(1) << (i))

/* An item that all rows of a list must have: taken away where one does not. */
static void all_must(file *f, int item, bool has) { if (!has) f->has &= ~BIT(item); }

static kam_rc read_profile(const calc_complete_in *in, size_t n, file *f, kam_err *err)
{
    enum { FIELDS = 8, ROW = 8, CONTACTS, COLS };
    static const calc_use want[COLS] = {{"kind", KAM_FLAG, false},      {"industry", KAM_FLAG, false},    {"region", KAM_FLAG, false},
                                        {"ownership", KAM_FLAG, false}, {"source", KAM_FLAG, false},      {"known_since", KAM_FLAG, false},
                                        {"employees", KAM_FLAG, false}, {"annual_spend", KAM_FLAG, false}, {"row", KAM_INT, false},
                                        {"contacts", KAM_INT, false}};
    static const calc_use own[] = {{"row", KAM_INT, false}, {"owner", KAM_TEXT, true}, {"sponsor", KAM_TEXT, true}};
    const kam_column *c[COLS], *o[3];
    kam_rc rc = calc_use_table(in->profile, "profile", want, COLS, c, err);
    if (!rc) rc = calc_use_table(in->owners, "owners", own, 3, o, err);
    for (size_t r = 0; !rc && r < calc_use_rows(in->profile); r++) {
        size_t i = calc_row_at(c[ROW], r, n);
        for (int k = 0; i != SIZE_MAX && k < FIELDS; k++)
            if (kam_col_int(c[k], r)) f[i].has |= BIT(I_KIND + k);
        if (i != SIZE_MAX && kam_col_int(c[CONTACTS], r) > 0) f[i].has |= BIT(I_KNOWN);
    }
    for (size_t r = 0; !rc && r < calc_use_rows(in->owners); r++) {
        size_t i = calc_row_at(o[0], r, n);
        if (i == SIZE_MAX) continue;
        if (calc_known(o[1], r)) f[i].has |= BIT(I_OWNER);
        if (calc_known(o[2], r)) f[i].has |= BIT(I_WANTED);
    }
    return rc;
}

static kam_rc read_texts(const calc_complete_in *in, size_t n, file *f, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"section", KAM_TEXT, false}};
    static const calc_use step[] = {{"row", KAM_INT, false}, {"source", KAM_TEXT, false}, {"step", KAM_TEXT, false}};
    static const calc_use ring[] = {{"row", KAM_INT, false}, {"filled", KAM_INT, false}, {"seats", KAM_INT, false}, {"wanted", KAM_FLAG, true}};
    const kam_column *c[2], *s[3], *g[4];
    kam_rc rc = calc_use_table(in->plan, "plan", want, 2, c, err);
    if (!rc) rc = calc_use_table(in->steps, "steps", step, 3, s, err);
    if (!rc) rc = calc_use_table(in->circle, "circle", ring, 4, g, err);
    for (size_t r = 0; !rc && r < calc_use_rows(in->plan); r++) {
        size_t i = calc_row_at(c[0], r, n);
        for (int k = 0; i != SIZE_MAX && k < ITEMS; k++)
            if ((items[k].plan && calc_text_is(c[1], r, items[k].plan)) || (items[k].plan_all && calc_text_is(c[1], r, items[k].plan_all)))
                f[i].has |= BIT(k);
    }
    for (size_t r = 0; !rc && r < calc_use_rows(in->steps); r++) {
        size_t i = calc_row_at(s[0], r, n);
        if (i != SIZE_MAX && calc_text_is(s[1], r, "value-note")) f[i].has |= BIT(I_NOTE);
        if (i != SIZE_MAX && calc_text_is(s[1], r, "assessment") && calc_text_is(s[2], r, "differentiate")) f[i].has |= BIT(I_WANTED);
    }
    for (size_t r = 0; !rc && r < calc_use_rows(in->circle); r++) {
        size_t i = calc_row_at(g[0], r, n);
        if (i != SIZE_MAX && calc_known(g[1], r) && kam_col_int(g[1], r) == kam_col_int(g[2], r)) f[i].has |= BIT(I_CIRCLE);
    }
    return rc;
}

static kam_rc read_deals(const calc_complete_in *in, size_t n, file *f, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"result", KAM_TEXT, false}, {"amount", KAM_MONEY, false}, {"expected_close", KAM_DAY, false},
                                    {"rep", KAM_TEXT, false}};
    const kam_column *c[5];
    kam_rc rc = calc_use_table(in->opportunities, "opportunities", want, 5, c, err);
    for (size_t r = 0; !rc && r < calc_use_rows(in->opportunities); r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_text_is(c[1], r, "open")) continue;
        if (!f[i].deals++) f[i].has |= BIT(I_DEAL) | BIT(I_AMOUNT) | BIT(I_CLOSE) | BIT(I_DEAL_OWNER);
        all_must(&f[i], I_AMOUNT, calc_known(c[2], r));
        all_must(&f[i], I_CLOSE, calc_known(c[3], r));
        all_must(&f[i], I_DEAL_OWNER, calc_known(c[4], r));
    }
    return rc;
}

static kam_rc read_objectives(const calc_complete_in *in, size_t n, file *f, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"measurable", KAM_FLAG, false}, {"owner", KAM_TEXT, false}, {"agreed_on", KAM_DAY, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(in->objectives, "objectives", want, 4, c, err);
    for (size_t r = 0; !rc && r < calc_use_rows(in->objectives); r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX) continue;
        if (!f[i].objectives++) f[i].has |= BIT(I_OBJECTIVE) | BIT(I_MEASURABLE) | BIT(I_OWNED) | BIT(I_AGREED);
        all_must(&f[i], I_MEASURABLE, kam_col_int(c[1], r));
        all_must(&f[i], I_OWNED, calc_known(c[2], r));
        all_must(&f[i], I_AGREED, calc_known(c[3], r));
    }
    return rc;
}

static kam_rc read_actions(const calc_complete_in *in, const calc_complete_params *p, size_t n, file *f, kam_err *err)
{
    static const calc_use act[] = {{"row", KAM_INT, false}, {"open", KAM_FLAG, false}, {"owner", KAM_TEXT, false}, {"due", KAM_DAY, false}};
    static const calc_use risk[] = {{"row", KAM_INT, false}, {"open", KAM_FLAG, false}, {"has_answer", KAM_FLAG, false}};
    const kam_column *c[4], *k[3];
    kam_rc rc = calc_use_table(in->actions, "actions", act, 4, c, err);
    if (!rc) rc = calc_use_table(in->risks, "risks", risk, 3, k, err);
    for (size_t r = 0; !rc && r < calc_use_rows(in->actions); r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !kam_col_int(c[1], r)) continue;
        if (!f[i].actions++) f[i].has |= BIT(I_ACTION) | BIT(I_ACTION_OWNER) | BIT(I_DUE) | BIT(I_ON_TIME);
        all_must(&f[i], I_ACTION_OWNER, calc_known(c[2], r));
        all_must(&f[i], I_DUE, calc_known(c[3], r));
        all_must(&f[i], I_ON_TIME, !calc_known(c[3], r) || kam_col_int(c[3], r) >= p->asof);
    }
    for (size_t r = 0; !rc && r < calc_use_rows(in->risks); r++) {
        size_t i = calc_row_at(k[0], r, n);
        if (i == SIZE_MAX) continue;
        if (!f[i].risks++) f[i].has |= BIT(I_RISK) | BIT(I_ANSWER);
        all_must(&f[i], I_ANSWER, !kam_col_int(k[1], r) || kam_col_int(k[2], r));
    }
    return rc;
}

/* What is said of each of several is asked only where there is one. */
static void leave_out(file *f)
{
    if (!f->deals) f->skip |= BIT(I_AMOUNT) | BIT(I_CLOSE) | BIT(I_DEAL_OWNER);
    if (!f->objectives) f->skip |= BIT(I_MEASURABLE) | BIT(I_OWNED) | BIT(I_AGREED);
    if (!f->actions) f->skip |= BIT(I_ACTION_OWNER) | BIT(I_DUE) | BIT(I_ON_TIME);
    if (!f->risks) f->skip |= BIT(I_ANSWER);
}

static kam_rc read_files(const calc_complete_in *in, const calc_complete_params *p, size_t n, file **out, kam_err *err)
{
    file *f = kam_calloc(n + 1, sizeof *f);
    kam_rc rc = read_profile(in, n, f, err);
    if (!rc) rc = read_texts(in, n, f, err);
    if (!rc) rc = read_deals(in, n, f, err);
    if (!rc) rc = read_objectives(in, n, f, err);
    if (!rc) rc = read_actions(in, p, n, f, err);
    for (size_t i = 0; i < n; i++) leave_out(&f[i]);
    if (rc) kam_free(f);
    else *out = f;
    return rc;
}

static void count(const file *f, int section, int *filled, int *needed)
{
    *filled = *needed = 0;
    for (int k = 0; k < ITEMS; k++) {
        if (items[k].section != section || (f->skip & BIT(k))) continue;
        ++*needed;
        *filled += (f->has & BIT(k)) != 0;
    }
}

enum { O_SECTION, O_FILLED, O_NEEDED, O_SHARE, O_STATUS, O_MISSING, O_COLS };
static const calc_col section_cols[O_COLS] = {
    {"section", KAM_TEXT, "run.complete.section"}, {"filled", KAM_INT, "run.filled"}, {"needed", KAM_INT, "run.needed"}, {"share", KAM_REAL, "run.share"},
    {"status", KAM_TEXT, "run.complete.status"}, {"missing", KAM_TEXT, "run.missing"}};
static const calc_text note_whole = {"complete.whole", "{1} of {2} items are on record ({3})", "{2} 项中已有 {1} 项（{3}）"};

kam_rc calc_complete(const calc_complete_in *in, size_t only, const calc_complete_params *p, kam_table **out, kam_err *err)
{
    size_t n = calc_use_rows(in->accounts);
    file *f = NULL;
    kam_rc rc = read_files(in, p, n, &f, err);
    if (rc) return rc;
    kam_column *c[O_COLS];
    kam_table *t = calc_out_new("run.complete.title", in->accounts, section_cols, O_COLS, c);
    kam_str list = KAM_STR_INIT;
    bool zh = p->lang == CALC_ZH;
    int filled = 0, needed = 0;
    for (int s = 0; only < n && s < CALC_SECTIONS; s++) {
        int have, want;
        count(&f[only], s, &have, &want);
        filled += have;
        needed += want;
        kam_str_clear(&list);
        for (int k = 0; k < ITEMS; k++)
            if (items[k].section == s && !((f[only].skip | f[only].has) & BIT(k)))
                kam_str_addf(&list, "%s%s", list.len ? zh ? "、" : ", " : "", zh ? items[k].text.zh : items[k].text.en);
        kam_col_push_text(c[O_SECTION], calc_section_keys[s]);
        kam_col_push_int(c[O_FILLED], have);
        kam_col_push_int(c[O_NEEDED], want);
        kam_col_push_real(c[O_SHARE], (double)have / want);
        kam_col_push_text(c[O_STATUS], have == want ? "complete" : have ? "part" : "missing");
        kam_col_push_text(c[O_MISSING], list.len ? kam_str_cstr(&list) : NULL);
    }
    if (needed)
        calc_note_say(t, p->lang, &note_whole, CALC_ARGS(calc_arg_int(filled), calc_arg_int(needed), calc_arg_pct((double)filled / needed)));
    kam_str_release(&list);
    kam_free(f);
    return calc_out_done(t, out, err);
}

enum { E_ACCOUNT, E_NAME, E_SHARE, E_FILLED, E_NEEDED, E_SECTIONS, E_WEAKEST = E_SECTIONS + CALC_SECTIONS, E_COLS };
static const calc_col each_cols[E_COLS] = {
    {"account", KAM_TEXT, "run.account"}, {"name", KAM_TEXT, "run.name"}, {"share", KAM_REAL, "run.share"}, {"filled", KAM_INT, "run.filled"},
    {"needed", KAM_INT, "run.needed"}, {"profile", KAM_REAL, "run.section.profile"}, {"environment", KAM_REAL, "run.section.environment"},
    {"value_chain", KAM_REAL, "run.section.value-chain"}, {"needs", KAM_REAL, "run.section.needs"}, {"relationships", KAM_REAL, "run.section.relationships"},
    {"opportunities", KAM_REAL, "run.section.opportunities"}, {"objectives", KAM_REAL, "run.section.objectives"},
    {"actions", KAM_REAL, "run.section.actions"}, {"risks", KAM_REAL, "run.section.risks"}, {"weakest", KAM_TEXT, "run.weakest_section"}};

kam_rc calc_complete_each(const calc_complete_in *in, const calc_complete_params *p, kam_table **out, kam_err *err)
{
    static const calc_use acc[] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    const kam_column *who[2];
    size_t n = calc_use_rows(in->accounts);
    file *f = NULL;
    kam_rc rc = calc_use_table(in->accounts, "accounts", acc, 2, who, err);
    if (!rc) rc = read_files(in, p, n, &f, err);
    if (rc) return rc;
    kam_column *c[E_COLS];
    kam_table *t = calc_out_new("run.complete.each", in->accounts, each_cols, E_COLS, c);
    for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++) {
        int filled = 0, needed = 0, weakest = -1, have, want;
        double least = 1;
        kam_col_push_from(c[E_ACCOUNT], who[0], i);
        kam_col_push_from(c[E_NAME], who[1], i);
        for (int s = 0; s < CALC_SECTIONS; s++) {
            count(&f[i], s, &have, &want);
            filled += have;
            needed += want;
            double share = (double)have / want;
            kam_col_push_real(c[E_SECTIONS + s], share);
            if (share >= least) continue;
            least = share;
            weakest = s;
        }
        kam_col_push_real(c[E_SHARE], (double)filled / needed);
        kam_col_push_int(c[E_FILLED], filled);
        kam_col_push_int(c[E_NEEDED], needed);
        kam_col_push_text(c[E_WEAKEST], weakest < 0 ? NULL : calc_section_keys[weakest]);
    }
    kam_free(f);
    return calc_out_done(t, out, err);
}
