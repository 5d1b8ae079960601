/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_deals: how verdicts, flags and kinds of opportunities came about (J1 for D1, D4–D6, D9–D11). The changes named are computed,
 * not guessed: what `try` does makes the result another one. */
#include "calc_card.h"
#include "cmd_deals.h"
#include "kam_str.h"
#include "store_setting.h"
#include <math.h>
#include <string.h>

static const char *day_text(kam_day d, char buf[KAM_DATE_MAX])
{
    kam_day_format(d, buf);
    return buf;
}

static bool zh(const cmd_why *w) { return cmd_session_lang(cmd_why_session(w)) == CMD_LANG_ZH; }

static kam_rc wrong_form(kam_err *err, const char *why)
{
    kam_err_set(err, KAM_USAGE, "why: %s", why);
    return kam_err_word(err, "why");
}

/* --- D1 ------------------------------------------------------------------------------------------------------------------- */

/* A verdict in the reader's words. */
static const char *verdict_word(const cmd_why *w, const char *verdict)
{
    static const cmd_text word[] = {{"walk away", "放弃"}, {"qualify", "待评"}, {"pursue", "追求"}}; /* as calc_verdict_keys */
    for (size_t i = 0; calc_verdict_keys[i]; i++)
        if (strcmp(calc_verdict_keys[i], verdict) == 0) return zh(w) ? word[i].zh : word[i].en;
    return verdict;
}

/* A buying factor in both languages, from its card. */
static cmd_text factor_name(const char *key)
{
    const calc_criterion *k = calc_card_criterion(calc_card_find("buying-factors"), key);
    return k ? (cmd_text){k->name.en, k->name.zh} : (cmd_text){key, key};
}

static void add_mark(kam_str *try, const cmd_why *w, const char *criterion, int mark, kam_day asof)
{
    char date[KAM_DATE_MAX];
    kam_str_addf(try, "%sassess-opportunity {%s} -mark %s %d -evidence {what if} -date %s -quiet", try->len ? "; " : "", cmd_why_code(w), criterion,
                 mark, day_text(asof, date));
}

/* Give marks, one after the other, until the verdict is another one than now. `first` criteria in this order, each marked `mark`. */
static void change_verdict(cmd_why *w, calc_assessment a, const calc_assess_params *p, const size_t *order, size_t n, int mark, bool all_way,
                           kam_day asof)
{
    const calc_card *card = calc_card_find("opportunity");
    const char *now = a.verdict;
    kam_str try = KAM_STR_INIT, names = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) {
        size_t k = order[i];
        if (a.mark[k] == mark) continue;
        a.mark[k] = mark;
        add_mark(&try, w, card->criteria[k].key, mark, asof);
        kam_str_addf(&names, "%s%s", names.len ? zh(w) ? "、" : ", " : "", calc_card_text(&card->criteria[k].name, p->lang));
        calc_assess_judge(&a, p);
        if (strcmp(a.verdict, now) == 0) continue;
        if (all_way && strcmp(a.verdict, "pursue") != 0) continue; /* what is wanted is to win, not only another word */
        cmd_why_change(w, kam_str_cstr(&try),
                       mark > 0 ? (cmd_text){"with +1 on {1} the verdict is {2}", "{1} 为 +1 时结论为 {2}"}
                                : (cmd_text){"with −1 on {1} the verdict is {2}", "{1} 为 −1 时结论为 {2}"},
                       CMD_WHY_ARGS(calc_arg_text(kam_str_cstr(&names)), calc_arg_text(verdict_word(w, a.verdict))));
        break;
    }
    kam_str_release(&try);
    kam_str_release(&names);
}

static kam_rc explain_marks(cmd_why *w, kam_day asof, kam_err *err)
{
    const calc_card *card = calc_card_find("opportunity");
    char date[KAM_DATE_MAX];
    day_text(asof, date);
    kam_rc rc = KAM_OK;
    for (size_t i = 0; !rc && i < card->n; i++) {
        const calc_criterion *k = &card->criteria[i];
        cmd_text item = {k->name.en, k->name.zh};
        store_where where[] = {{"subject_kind", STORE_EQ, "opportunity"}, {"subject", STORE_EQ, cmd_why_code(w)}, {"card", STORE_EQ, "opportunity"},
                               {"criterion", STORE_EQ, k->key}, {"opponent", STORE_MISSING, NULL}, {"date", STORE_LE, date}};
        size_t found = 0;
        rc = cmd_why_records(w, item, "mark", where, 6, "mark", "date", 1, &found, err);
        if (!rc && !found) cmd_why_input(w, item, NULL, CMD_UNSET_DAY, NULL);
    }
    return rc;
}

kam_rc cmd_assess_opportunity_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    kam_day asof = cmd_assess_asof(args);
    calc_assess_params p;
    calc_assessment a;
    kam_table *marks = NULL;
    size_t order[CALC_CRITERIA];
    if (!cmd_why_cell(w, "verdict")) return wrong_form(err, "ask about the verdict, without -show; the card shows its marks with evidence and day");
    cmd_assess_params(s, &p);
    cmd_why_rule(w, "D1", (cmd_text){"qualification of an opportunity", "商机评估"},
                 (cmd_text){"walk-away: question 1 or 4 sums below 0; pursue: every question sums to at least the setting and no more than so many marks "
                            "are unknown; else qualify. A criterion without a mark is unknown and counts as 0.",
                            "放弃：第一或第四个问题合计低于 0；追求：每个问题合计不低于设置值，且不明项不超过设置数；其余为待评。没有评分的标准为不明，计 0。"});
    kam_rc rc = explain_marks(w, asof, err);
    if (!rc) rc = store_query_deal_marks(cmd_session_store(s), asof, cmd_why_code(w), &marks, err);
    if (!rc) rc = calc_assess(marks, NULL, &p, &a, err);
    kam_table_unref(marks);
    if (rc) return rc;
    cmd_why_setting(w, "assess-pursue-sum");
    cmd_why_setting(w, "assess-max-unknown");
    if (strcmp(a.verdict, "pursue") != 0) change_verdict(w, a, &p, a.work, a.n_work, 1, true, asof);
    for (size_t i = 0; i < CALC_CRITERIA; i++) order[i] = i;
    change_verdict(w, a, &p, order, CALC_CRITERIA, -1, false, asof);
    return KAM_OK;
}

/* --- D4 ------------------------------------------------------------------------------------------------------------------- */

static kam_rc talks_of(cmd_why *w, const char *field, kam_day from, kam_day asof, size_t limit, kam_err *err)
{
    char after[KAM_DATE_MAX], until[KAM_DATE_MAX];
    store_where where[] = {{field, STORE_EQ, cmd_why_code(w)}, {"outcome", STORE_PRESENT, NULL}, {"date", STORE_GT, day_text(from, after)},
                           {"date", STORE_LE, day_text(asof, until)}};
    return cmd_why_records(w, (cmd_text){"outcome of a talk", "谈话结果"}, "interaction", where, 4, "outcome", "date", limit, NULL, err);
}

static void add_talk(kam_str *try, const char *account, const char *opportunity, const char *rep, const char *outcome, kam_day asof)
{
    char date[KAM_DATE_MAX];
    kam_str_addf(try, "interaction add -account {%s} -date %s -kind meeting -outcome %s", account, day_text(asof, date), outcome);
    if (opportunity) kam_str_addf(try, " -opportunity {%s}", opportunity);
    if (rep) kam_str_addf(try, " -rep {%s}", rep);
}

static kam_rc why_only_words(cmd_why *w, kam_day asof, const calc_outcomes_params *p, kam_err *err)
{
    kam_str account = KAM_STR_INIT, try = KAM_STR_INIT;
    const char *cell = cmd_why_cell(w, "account");
    if (cell) kam_str_add(&account, cell);
    bool flagged = cmd_why_cell(w, "flag") != NULL;
    double talks = 0;
    kam_rc rc = talks_of(w, "opportunity", asof - p->continuation_days, asof, 20, err);
    bool counted = cmd_why_number(w, "talks", &talks);
    if (!rc && counted && talks == 0) cmd_why_input_int(w, (cmd_text){"talks in these days", "这些天内的谈话"}, 0, asof, NULL);
    cmd_why_setting(w, "continuation-days");
    if (!rc && flagged) {
        add_talk(&try, kam_str_cstr(&account), cmd_why_code(w), NULL, "advance", asof);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"an agreed concrete action takes the flag away", "约定一个具体行动即可解除预警"}, NULL, 0);
    } else if (!rc && counted && talks == 0 && account.len) {
        add_talk(&try, kam_str_cstr(&account), cmd_why_code(w), NULL, "continuation", asof);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"a talk with nothing but kind words would flag it", "若谈了却只有好话即会预警"}, NULL, 0);
    } else if (!rc)
        cmd_why_change(w, NULL, (cmd_text){"nothing but continuations for {1} days would flag it", "若 {1} 天内只有延续即会预警"}, CMD_WHY_ARGS(calc_arg_int(p->continuation_days)));
    kam_str_release(&account);
    kam_str_release(&try);
    return rc;
}

static kam_rc why_rate(cmd_session *s, cmd_why *w, kam_day asof, const calc_outcomes_params *p, kam_err *err)
{
    bool rep = kam_streq(cmd_why_kind(w), "rep");
    kam_str try = KAM_STR_INIT;
    const char *account = rep ? NULL : cmd_why_code(w);
    kam_table *any = NULL;
    kam_rc rc = talks_of(w, cmd_why_kind(w), asof - p->window_days, asof, 50, err);
    cmd_why_setting(w, "window");
    if (!rc && rep) { /* some account is needed for the example */
        const store_query q = {.limit = 1};
        rc = store_list(cmd_session_store(s), store_entity_find("account"), &q, &any, err);
        if (!rc && kam_table_rows(any)) account = kam_col_text(kam_table_find(any, "code"), 0);
    }
    if (!rc && account) {
        double rate = 0;
        bool lower = cmd_why_number(w, "advance_rate", &rate) && rate > 0;
        add_talk(&try, account, NULL, rep ? cmd_why_code(w) : NULL, lower ? "refusal" : "advance", asof);
        cmd_why_change(w, kam_str_cstr(&try),
                       lower ? (cmd_text){"one more talk that ends in a refusal would lower the rate", "再有一次被拒绝的谈话，进展率就会下降"}
                             : (cmd_text){"one talk that ends in an advance would raise the rate", "有一次以进展结束的谈话，进展率就会上升"}, NULL, 0);
    }
    kam_table_unref(any);
    kam_str_release(&try);
    return rc;
}

kam_rc cmd_call_outcomes_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    kam_day asof = cmd_outcomes_asof(args);
    calc_outcomes_params p;
    bool deal = kam_streq(cmd_why_kind(w), "opportunity");
    cmd_outcomes_params(s, asof, cmd_outcomes_window(args), &p);
    cmd_why_rule(w, "D4", (cmd_text){"outcomes of talks", "谈话成效"},
                 (cmd_text){"order and advance are progress, a continuation (kind words, no action) is not; an open opportunity with nothing but "
                            "continuations in the last days is flagged; rate = progress ÷ talks with an outcome",
                            "订单与进展算前进，延续（只有好话、没有行动）不算；近期只有延续的进行中商机预警；进展率 = 前进 ÷ 有结果的谈话"});
    if (deal) {
        if (!kam_table_find(cmd_why_table(w), "opportunity")) return wrong_form(err, "about an opportunity ask call-outcomes -show opportunities");
        return why_only_words(w, asof, &p, err);
    }
    if (!kam_table_find(cmd_why_table(w), cmd_why_kind(w))) return wrong_form(err, "about an account ask call-outcomes -by account, about a rep -by rep");
    return why_rate(s, w, asof, &p, err);
}

/* --- D6 ------------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_competitor_watch_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    kam_day asof = cmd_watch_asof(args);
    char until[KAM_DATE_MAX], number[KAM_CELL_MAX] = "";
    (void)s;
    if (!kam_streq(cmd_why_kind(w), "account")) return wrong_form(err, "ask competitor-watch about an account");
    const char *cell = cmd_why_cell(w, "sighting");
    if (cell) snprintf(number, sizeof number, "%s", cell);
    bool answered = kam_streq(cmd_why_cell(w, "status"), "answered");
    cmd_why_rule(w, "D6", (cmd_text){"accountability", "竞争问责"},
                 (cmd_text){"an order or advert of a rival, not known to be false, at an account somebody owns that has no current order with us comes on "
                            "the next list; its owner explains it by a day",
                            "有人负责、近期没有我方订单的客户若见到对手的订单或广告（且非不实），即列入下一期清单，负责人须按期解释"});
    const store_where seen[] = {{"account", STORE_EQ, cmd_why_code(w)}, {"date", STORE_LE, day_text(asof, until)}};
    const store_where owner[] = {{"subject_kind", STORE_EQ, "account"}, {"subject", STORE_EQ, cmd_why_code(w)}, {"attribute", STORE_EQ, "owner"}, {"date", STORE_LE, until}};
    kam_rc rc = cmd_why_records(w, (cmd_text){"sighting", "竞争动态"}, "sighting", seen, 2, "kind", "date", 20, NULL, err);
    if (!rc) rc = cmd_why_records(w, (cmd_text){"owner", "负责人"}, "assessment", owner, 4, "value", "date", 1, NULL, err);
    if (!rc) rc = cmd_why_records(w, (cmd_text){"last order with us", "最近我方订单"}, "transaction", seen, 2, "amount", "date", 1, NULL, err);
    if (rc) return rc;
    cmd_why_setting(w, "owned-watch-days");
    cmd_why_setting(w, "watch-list-days");
    cmd_why_setting(w, "watch-answer-days");
    kam_str try = KAM_STR_INIT;
    if (number[0] && !answered) {
        kam_str_addf(&try, "sighting set %s -answered_on %s -explanation {what if}", number, until);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"an explanation settles it", "作出解释即了结"}, NULL, 0);
        kam_str_clear(&try);
    }
    if (number[0]) {
        kam_str_addf(&try, "transaction add -account {%s} -date %s -amount 1", cmd_why_code(w), until);
        cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"an order with us takes the account off the list", "有我方订单即不再列入"}, NULL, 0);
    }
    kam_str_release(&try);
    return KAM_OK;
}

/* --- D10 ------------------------------------------------------------------------------------------------------------------ */

kam_rc cmd_win_loss_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    if (!kam_table_find(cmd_why_table(w), "flag")) { /* the rates */
        kam_table *deals = NULL;
        kam_rc rates = cmd_win_loss_closed(s, args, &deals, err);
        if (!rates) rates = cmd_win_loss_rates_why(w, deals, err);
        kam_table_unref(deals);
        return rates;
    }
    if (!kam_streq(cmd_why_kind(w), "opportunity")) return wrong_form(err, "about a closed opportunity ask win-loss -show deals");
    bool flagged = cmd_why_cell(w, "flag") != NULL;
    cmd_why_rule(w, "D10", (cmd_text){"win and loss", "得失总结"},
                 (cmd_text){"every closed opportunity carries a reason and a lesson; what lacks is flagged", "每个已结商机都应写明原因与教训，缺者预警"});
    const store_where self[] = {{"code", STORE_EQ, cmd_why_code(w)}};
    static const char *const field[] = {"result", "reason", "lesson"};
    static const cmd_text item[] = {{"result", "结果"}, {"reason", "原因"}, {"lesson", "教训"}};
    kam_rc rc = KAM_OK;
    for (size_t i = 0; !rc && i < 3; i++) rc = cmd_why_records(w, item[i], "opportunity", self, 1, field[i], "closed_on", 1, NULL, err);
    if (rc || cmd_why_rows(w) == 0) return rc;
    kam_str try = KAM_STR_INIT;
    kam_str_addf(&try, flagged ? "opportunity set {%s} -reason {what if} -lesson {what if}" : "opportunity set {%s} -lesson {}", cmd_why_code(w));
    cmd_why_change(w, kam_str_cstr(&try),
                   flagged ? (cmd_text){"with reason and lesson written down there is no flag", "写明原因与教训即无预警"}
                           : (cmd_text){"without a lesson it would be flagged", "若没有教训即会预警"}, NULL, 0);
    kam_str_release(&try);
    return KAM_OK;
}

/* --- D5 ------------------------------------------------------------------------------------------------------------------- */

kam_rc cmd_buying_phase_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    kam_day asof = cmd_phase_asof(args);
    char until[KAM_DATE_MAX];
    double median;
    if (!kam_streq(cmd_why_kind(w), "opportunity")) return wrong_form(err, "ask buying-phase about an opportunity");
    cmd_why_rule(w, "D5", (cmd_text){"buyer concerns", "采购周期"},
                 (cmd_text){"lead and intent: needs and cost lead; proposal: the solution; negotiation: risk and cost. Longer at intent or proposal than "
                            "the stage's median stay, but not stuck: one phase on",
                            "潜在与意向：需求与成本为先；方案：方案为先；商务谈判：风险与成本为先。在意向或方案阶段停留超过中位数而未停滞：进一期"});
    const store_where stage[] = {{"opportunity", STORE_EQ, cmd_why_code(w)}, {"date", STORE_LE, day_text(asof, until)}};
    kam_rc rc = cmd_why_records(w, (cmd_text){"stage", "阶段"}, "stage-change", stage, 2, "stage", "date", 1, NULL, err);
    if (rc || cmd_why_rows(w) == 0) return rc;
    cmd_why_input(w, (cmd_text){"days in the stage", "停留天数"}, cmd_why_cell(w, "age"), asof, NULL);
    cmd_why_input_real(w, (cmd_text){"median stay of the stage", "该阶段的停留中位数"}, cmd_why_number(w, "median_stay", &median) ? median : NAN, asof, NULL);
    cmd_why_setting(w, "funnel-stuck-factor");
    const char *phase = cmd_why_cell(w, "phase");
    const char *other = kam_streq(phase, "risk") ? "lead" : "negotiation";
    kam_str try = KAM_STR_INIT;
    kam_str_addf(&try, "foreach k [stage-change list -where {opportunity = %s} -where {date = %s}] {stage-change remove {%s} %s -quiet}; stage-change add {%s} %s -stage %s",
                 cmd_why_code(w), until, cmd_why_code(w), until, cmd_why_code(w), until, other);
    cmd_why_change(w, kam_str_cstr(&try), (cmd_text){"at stage {1} another concern leads", "处于{1}阶段时，为先的是别的"}, CMD_WHY_ARGS(calc_arg_text(calc_stage_name(calc_stage_index(other), cmd_facts_lang(s)))));
    kam_str_release(&try);
    return KAM_OK;
}

/* --- D9 ------------------------------------------------------------------------------------------------------------------- */

static void set_factor(cmd_why *w, const char *opportunity, const char *factor, double value, kam_day asof, const kam_table *marks, cmd_text sentence,
                       const calc_arg *arg, size_t n)
{
    char day[KAM_DATE_MAX], num[KAM_NUM_MAX];
    const kam_column *contact = kam_table_find(marks, "contact"), *attribute = kam_table_find(marks, "attribute"), *date = kam_table_find(marks, "date"),
                     *own = kam_table_find(marks, "own");
    bool today = false;
    for (size_t i = 0; i < kam_table_rows(marks); i++)
        today |= kam_streq(kam_col_text(contact, i), cmd_why_code(w)) && kam_streq(kam_col_text(attribute, i), factor) && kam_col_int(date, i) == asof && kam_col_int(own, i);
    kam_format_real(value, num);
    kam_str try = KAM_STR_INIT;
    kam_str_addf(&try, "assessment %s contact {%s} %s %s -opportunity {%s} -value %s", today ? "set" : "add", cmd_why_code(w), factor, day_text(asof, day), opportunity, num);
    cmd_why_change(w, kam_str_cstr(&try), sentence, arg, n);
    kam_str_release(&try);
}

/* What makes another factor the lowest: raising the lowest above the next, or another one falling to 0. */
static void change_lowest(cmd_why *w, const char *opportunity, kam_day asof, const kam_table *marks)
{
    double v[CALC_FACTORS], second = NAN;
    int low = -1, other = -1;
    for (int k = 0; k < CALC_FACTORS; k++)
        if (!cmd_why_number(w, calc_factor_keys[k], &v[k])) v[k] = NAN;
    for (int k = 0; k < CALC_FACTORS; k++)
        if (!isnan(v[k]) && (low < 0 || v[k] < v[low])) low = k;
    if (low < 0) return;
    for (int k = 0; k < CALC_FACTORS; k++) {
        if (k == low) continue;
        if (other < 0) other = k;
        if (!isnan(v[k]) && (isnan(second) || v[k] < second)) second = v[k];
    }
    if (second < 10)
        set_factor(w, opportunity, calc_factor_keys[low], 10, asof, marks, (cmd_text){"were \"{1}\" 10, another factor would be the lowest", "若“{1}”为 10，最低的就是别的要素"},
                   CMD_WHY_ARGS(calc_arg_text(cmd_session_say(cmd_why_session(w), factor_name(calc_factor_keys[low])))));
    if (v[low] > 0)
        set_factor(w, opportunity, calc_factor_keys[other], 0, asof, marks, (cmd_text){"were \"{1}\" 0, it would be the lowest", "若“{1}”为 0，它就是最低的"},
                   CMD_WHY_ARGS(calc_arg_text(cmd_session_say(cmd_why_session(w), factor_name(calc_factor_keys[other])))));
}

kam_rc cmd_buying_factors_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    kam_day asof = cmd_factors_asof(args);
    const char *opportunity = cmd_factors_opportunity(args);
    kam_table *marks = NULL;
    if (!kam_streq(cmd_why_kind(w), "contact")) return wrong_form(err, "ask buying-factors about a person: why CONTACT buying-factors OPPORTUNITY");
    cmd_why_rule(w, "D9", (cmd_text){"five buying factors", "采购五要素"},
                 (cmd_text){"the lowest known factor names the selling force; of equal ones the one that comes first in selling: knows us, needs it, worth "
                            "it, trusts us, was satisfied",
                            "已知要素中最低者决定销售力；相等时取销售次序在前者：了解、需要、值得、相信、满意"});
    kam_rc rc = store_query_factors(cmd_session_store(s), asof, opportunity, &marks, err);
    if (rc) return rc;
    const kam_column *contact = kam_table_find(marks, "contact"), *attribute = kam_table_find(marks, "attribute"), *date = kam_table_find(marks, "date"),
                     *value = kam_table_find(marks, "value"), *own = kam_table_find(marks, "own");
    for (size_t i = 0; i < kam_table_rows(marks); i++) {
        char day[KAM_DATE_MAX];
        if (!kam_streq(kam_col_text(contact, i), cmd_why_code(w))) continue;
        kam_str source = KAM_STR_INIT;
        kam_str_addf(&source, "assessment contact %s %s %s", cmd_why_code(w), kam_col_text(attribute, i), day_text(kam_col_int(date, i), day));
        if (kam_col_int(own, i)) kam_str_addf(&source, " %s", opportunity);
        cmd_why_input_real(w, factor_name(kam_col_text(attribute, i)), kam_col_real(value, i), kam_col_int(date, i), kam_str_cstr(&source));
        kam_str_release(&source);
    }
    if (cmd_why_rows(w)) change_lowest(w, opportunity, asof, marks);
    kam_table_unref(marks);
    return KAM_OK;
}

/* --- D11 ------------------------------------------------------------------------------------------------------------------ */

typedef struct signs {
    bool known[4], speaks[4];
} signs;

static bool is_key(const signs *g)
{
    int n = 0, k = 0;
    for (int i = 0; i < 4; i++) {
        n += g->known[i];
        k += g->known[i] && g->speaks[i];
    }
    return n && 2 * k >= n;
}

/* Turn one sign after the other the other way until the class is another one. The first is a fact, the others are borders. */
static void change_kind(cmd_why *w, signs g, kam_day asof, bool bought_today)
{
    static const struct {
        int sign;
        const char *up, *down;
    } move[] = {{0, "setting set key-sale-days 1", "setting set key-sale-days 3650"},
                {1, "setting set key-sale-deciders 1", "setting set key-sale-deciders 1000"},
                {2, "setting set key-sale-repeats 1", "setting set key-sale-repeats 1000"}};
    bool key = is_key(&g);
    char date[KAM_DATE_MAX];
    kam_str try = KAM_STR_INIT;
    kam_str_addf(&try, "assessment %s opportunity {%s} buys_for %s -value %s", bought_today ? "set" : "add", cmd_why_code(w), day_text(asof, date), key ? "features" : "value");
    g.known[3] = true;
    g.speaks[3] = !key;
    for (size_t i = 0; i < sizeof move / sizeof *move && is_key(&g) == key; i++) {
        if (!g.known[move[i].sign] || g.speaks[move[i].sign] != key) continue;
        kam_str_addf(&try, "; %s", key ? move[i].down : move[i].up);
        g.speaks[move[i].sign] = !key;
    }
    if (is_key(&g) != key)
        cmd_why_change(w, kam_str_cstr(&try), key ? (cmd_text){"if it bought for features (and borders were higher) it would be an ordinary sale", "若为功能而购买（且界限更高），则为普通销售"}
                                                  : (cmd_text){"if it bought for value (and borders were lower) it would be a key sale", "若为价值而购买（且界限更低），则为大客户销售"}, NULL, 0);
    kam_str_release(&try);
}

static int64_t int_setting(cmd_session *s, const char *name)
{
    int64_t v = 0;
    store_setting_int(cmd_session_store(s), name, &v);
    return v;
}

kam_rc cmd_deal_kind_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    kam_day asof = cmd_kind_asof(args);
    char until[KAM_DATE_MAX];
    double cycle, deciders, repeats;
    size_t today = 0;
    if (!kam_streq(cmd_why_kind(w), "opportunity")) return wrong_form(err, "ask deal-kind about an opportunity");
    cmd_why_rule(w, "D11", (cmd_text){"key or ordinary sale", "大客户销售或普通销售"},
                 (cmd_text){"key when at least half of the known signs speak for it: a long cycle, many deciders (by role, or by authority), repeat orders, buying for value",
                            "已知特征中至少一半表明即为大客户销售：周期长、决策人多（按角色或权力）、重复订货、为价值而购买"});
    bool c = cmd_why_number(w, "cycle_days", &cycle), d = cmd_why_number(w, "deciders", &deciders), r = cmd_why_number(w, "repeats", &repeats);
    cmd_why_input_real(w, (cmd_text){"length of the cycle in days", "销售周期天数"}, c ? cycle : NAN, asof, NULL);
    cmd_why_input_real(w, (cmd_text){"deciders", "决策人数"}, d ? deciders : NAN, asof, NULL);
    cmd_why_input_real(w, (cmd_text){"purchase days in the window", "统计期内购买日数"}, r ? repeats : NAN, asof, NULL);
    const store_where self[] = {{"code", STORE_EQ, cmd_why_code(w)}};
    const store_where bought[] = {{"subject_kind", STORE_EQ, "opportunity"}, {"subject", STORE_EQ, cmd_why_code(w)}, {"attribute", STORE_EQ, "buys_for"}, {"date", STORE_LE, day_text(asof, until)}};
    kam_rc rc = cmd_why_records(w, (cmd_text){"opened on", "建立日期"}, "opportunity", self, 1, "opened_on", "opened_on", 1, NULL, err);
    const char *buys = cmd_why_cell(w, "buys_for");
    bool value = kam_streq(buys, "value"), known = buys != NULL;
    if (!rc) rc = cmd_why_records(w, (cmd_text){"buys for", "为何购买"}, "assessment", bought, 4, "value", "date", 1, NULL, err);
    if (!rc && !known) cmd_why_input(w, (cmd_text){"buys for", "为何购买"}, NULL, CMD_UNSET_DAY, NULL);
    if (rc) return rc;
    static const char *const names[] = {"key-sale-days", "key-sale-deciders", "key-sale-repeats", "stakeholder-cut", "window"};
    for (size_t i = 0; i < 5; i++) cmd_why_setting(w, names[i]);
    const store_where same_day[] = {bought[0], bought[1], bought[2], {"date", STORE_EQ, until}};
    const store_query q = {.where = same_day, .n_where = 4};
    kam_table *t = NULL;
    rc = store_list(cmd_session_store(s), store_entity_find("assessment"), &q, &t, err);
    if (rc) return rc;
    today = kam_table_rows(t);
    kam_table_unref(t);
    signs g = {{c, d, r, known},
               {c && cycle >= (double)int_setting(s, names[0]), d && deciders >= (double)int_setting(s, names[1]), r && repeats >= (double)int_setting(s, names[2]), value}};
    if (cmd_why_rows(w)) change_kind(w, g, asof, today > 0);
    return KAM_OK;
}
