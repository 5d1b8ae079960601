/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_card: why an account has its fit, potential and value discipline (J1 for A7, A8, A11), and what the explanations of
 * methods on score cards share. */
#include "cmd_why_card.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

/* --- shared ----------------------------------------------------------------------------------------------------------- */

size_t cmd_why_account_row(const cmd_why *w, const kam_table *accounts)
{
    const kam_column *code = kam_table_find(accounts, "account");
    for (size_t i = 0; i < kam_col_rows(code); i++)
        if (kam_streq(kam_col_text(code, i), cmd_why_code(w))) return i;
    return SIZE_MAX;
}

static void mark_source(const cmd_why *w, kam_str *out, const calc_marks *m, const kam_table *marks, size_t cell, const char *criterion)
{
    char date[KAM_DATE_MAX];
    kam_day_format(m->day[cell], date);
    const kam_column *record = marks ? kam_table_find(marks, "record") : NULL;
    bool assessed = record && m->at[cell] != UINT32_MAX && kam_streq(kam_col_text(record, m->at[cell]), "assessment");
    if (m->how[cell] == CALC_MARK_GENERAL) kam_str_addf(out, "mark ourselves - %s %s %s", m->card->key, criterion, date);
    else if (assessed) kam_str_addf(out, "assessment account %s %s %s", cmd_why_code(w), criterion, date);
    else if (m->how[cell] == CALC_MARK_ENTERED)
        kam_str_addf(out, "mark account %s %s %s %s", cmd_why_code(w), m->card->key, criterion, date);
}

void cmd_why_marks(cmd_why *w, const calc_marks *m, const kam_table *marks, size_t row)
{
    for (size_t k = 0; row != SIZE_MAX && k < m->card->n; k++) {
        size_t cell = row * m->card->n + k;
        const calc_criterion *c = &m->card->criteria[k];
        kam_str source = KAM_STR_INIT;
        mark_source(w, &source, m, marks, cell, c->key);
        if (m->how[cell] == CALC_MARK_MEASURED) kam_str_add(&source, cmd_session_say(cmd_why_session(w), (cmd_text){"measured", "测算"}));
        cmd_why_input_real(w, (cmd_text){c->name.en, c->name.zh}, m->mark[cell], m->day[cell] ? m->day[cell] : CMD_UNSET_DAY,
                           source.len ? kam_str_cstr(&source) : NULL);
        kam_str_release(&source);
    }
}

kam_rc cmd_why_recent(cmd_why *w, cmd_text item, const char *entity, const char *value_field, kam_day asof, int days, size_t limit,
                      kam_err *err)
{
    char from[KAM_DATE_MAX], to[KAM_DATE_MAX];
    kam_day_format(asof - days, from);
    kam_day_format(asof, to);
    store_where where[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"date", STORE_LE, to}, {"date", STORE_GT, from}};
    return cmd_why_records(w, item, entity, where, days ? 3 : 2, value_field, "date", limit, NULL, err);
}

void cmd_why_add_try(kam_str *try, const char *fmt, ...)
{
    va_list ap;
    if (try->len) kam_str_add(try, "; ");
    va_start(ap, fmt);
    kam_str_vaddf(try, fmt, ap);
    va_end(ap);
}

void cmd_why_set_mark(cmd_why *w, kam_str *try, const char *card, const char *criterion, double mark, kam_day asof)
{
    char date[KAM_DATE_MAX], number[KAM_NUM_MAX];
    kam_day_format(asof, date);
    kam_format_real(mark, number);
    cmd_why_add_try(try, "card set %s {%s} %s %s -date %s -quiet", card, cmd_why_code(w), criterion, number, date);
}

/* Every criterion of a card (of one group; −1: all) that data do not answer gets the mark. */
static void set_all(cmd_why *w, kam_str *try, const calc_card *card, int group, double mark, kam_day asof)
{
    for (size_t k = 0; k < card->n; k++)
        if (!card->criteria[k].measured && (group < 0 || card->criteria[k].group == group))
            cmd_why_set_mark(w, try, card->key, card->criteria[k].key, mark, asof);
}

static void change(cmd_why *w, kam_str *try, cmd_text sentence)
{
    cmd_why_change(w, kam_str_cstr(try), sentence, NULL, 0);
    kam_str_release(try);
}

/* --- A8 ---------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_why_potential(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    cmd_card_run r;
    kam_str try = KAM_STR_INIT;
    cmd_why_rule(w, "A8", (cmd_text){"potential of an organisation", "组织客户的价值潜力"},
                 (cmd_text){"mean of eight criteria by weight over those known; growth is measured among all accounts; high from one border on, "
                            "low below another",
                            "八项标准中已知者的加权平均；增长在全体客户中测算；达到上界为高潜力，低于下界为低潜力"});
    kam_rc rc = cmd_potential_run(s, a->asof, &r, err);
    if (rc) return rc;
    size_t row = cmd_why_account_row(w, r.facts.held.accounts);
    cmd_why_marks(w, &r.marks, r.marks_table, row);
    rc = cmd_why_recent(w, (cmd_text){"purchase behind the growth", "增长所依据的购买"}, "transaction", "amount", a->asof, 0, 3, err);
    cmd_why_setting(w, "potential-weights");
    cmd_why_setting(w, "potential-high");
    cmd_why_setting(w, "potential-low");
    cmd_why_setting(w, "lifecycle-trend-days");
    bool high = kam_streq(cmd_why_cell(w, "class"), "high");
    set_all(w, &try, r.marks.card, -1, high ? 0 : 10, a->asof);
    change(w, &try, high ? (cmd_text){"with 0 in all seven entered criteria it would be low", "七项录入标准均为 0 则为低潜力"}
                         : (cmd_text){"with 10 in all seven entered criteria it would be high", "七项录入标准均为 10 则为高潜力"});
    cmd_card_run_release(&r);
    return rc;
}

/* --- A7 ---------------------------------------------------------------------------------------------------------------- */

static void fit_changes(cmd_why *w, const cmd_card_run *r, kam_day asof, double cut)
{
    double value = NAN, capability = NAN;
    kam_str try = KAM_STR_INIT;
    cmd_why_number(w, "value", &value);
    cmd_why_number(w, "capability", &capability);
    if (isnan(value)) {
        cmd_why_set_mark(w, &try, "fit", "reputation", 8, asof);
        if (isnan(capability)) {
            set_all(w, &try, r->marks.card, 0, 8, asof);
            set_all(w, &try, r->marks.card, 1, 2, asof);
        }
        change(w, &try, (cmd_text){"marks on the card `fit` and its reputation would give it a class", "给出评分卡 fit 的评分与声誉即有类别"});
    } else if (capability >= cut) {
        cmd_why_set_mark(w, &try, "capability", "technology", 0, asof);
        change(w, &try, (cmd_text){"without the technology it needs our capability would be 0", "若缺乏其所需技术，我方能力即为 0"});
    } else {
        set_all(w, &try, r->marks.card, 0, 10, asof);
        set_all(w, &try, r->marks.card, 1, 0, asof);
        set_all(w, &try, r->capability.card, -1, 10, asof);
        change(w, &try, (cmd_text){"with all it wants delivered free of trouble, and our four capabilities at 10, our capability would be 100",
                                   "若完全满足其所需且无任何代价，并且我方四项能力均为 10，则能力为 100"});
    }
}

kam_rc cmd_why_fit(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    cmd_card_run r;
    calc_fit_params p;
    cmd_text from = {"percentile by revenue (A2)", "销售额百分位（A2）"}, a8 = {"potential (A8)", "价值潜力（A8）"};
    double v = NAN;
    cmd_why_rule(w, "A7", (cmd_text){"match of rank", "门当户对"},
                 (cmd_text){"value: mean of the known of percentile, ten times potential, ten times reputation; capability: the lower of 50 + 1.25 × "
                            "(values − costs) and ten times our lowest capability mark; both against the cut",
                            "价值：百分位、潜力×10、声誉×10 中已知者的平均；能力：50+1.25×（价值之和−成本之和）与最低能力评分×10 中的较低者；均与分界比较"});
    cmd_fit_params(s, a->asof, &p);
    kam_rc rc = cmd_fit_run(s, a->asof, (int)a->window, &r, err);
    if (rc) return rc;
    size_t row = cmd_why_account_row(w, r.facts.held.accounts);
    if (!cmd_why_number(w, "percentile", &v)) v = NAN;
    cmd_why_input_real(w, from, v, CMD_UNSET_DAY, "classify -by pyramid");
    if (!cmd_why_number(w, "potential", &v)) v = NAN;
    cmd_why_input_real(w, a8, v, CMD_UNSET_DAY, "classify -by potential");
    cmd_why_marks(w, &r.marks, r.marks_table, row);
    cmd_why_marks(w, &r.capability, r.capability_table, row);
    rc = cmd_why_recent(w, (cmd_text){"purchase behind the percentile", "百分位所依据的购买"}, "transaction", "amount", a->asof, 0, 3, err);
    cmd_why_setting(w, "fit-cut");
    cmd_why_setting(w, "window");
    cmd_why_setting(w, "potential-weights");
    fit_changes(w, &r, a->asof, p.cut);
    cmd_card_run_release(&r);
    return rc;
}

/* --- A11 --------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_why_discipline(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    cmd_card_run r;
    kam_str try = KAM_STR_INIT;
    cmd_why_rule(w, "A11", (cmd_text){"value disciplines", "价值法则"},
                 (cmd_text){"the discipline with the highest mark the account gives us; tied when two share it; gap: wanted less given",
                            "客户给我们评分最高的一项；两项并列为并列；差距＝期望减现状"});
    kam_rc rc = cmd_discipline_run(s, a->asof, &r, err);
    if (rc) return rc;
    cmd_why_marks(w, &r.marks, r.marks_table, cmd_why_account_row(w, r.facts.held.accounts));
    const char *cell = cmd_why_cell(w, "class");
    bool product = kam_streq(cell, "product");
    set_all(w, &try, r.marks.card, 0, 0, a->asof);
    cmd_why_set_mark(w, &try, "discipline", product ? "intimacy-given" : "product-given", 10, a->asof);
    change(w, &try, product ? (cmd_text){"10 for customer intimacy and 0 for the others would make it intimacy", "客户亲密 10 分、其余 0 分则为客户亲密"}
                            : (cmd_text){"10 for product leadership and 0 for the others would make it product", "产品领先 10 分、其余 0 分则为产品领先"});
    cmd_card_run_release(&r);
    return KAM_OK;
}
