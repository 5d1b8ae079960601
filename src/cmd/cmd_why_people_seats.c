/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why of B1 (layers), B2 (roles), B6 (winning circle and route) and B5 (red flags). */
#include "cmd_why_people.h"
#include "calc_text.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

/* --- B1, B2 ---------------------------------------------------------------------------------------------------------- */

static bool met_lately(const people_why *x, size_t row)
{
    double met;
    return cmd_wp_real(x, "last_met", row, &met) && met > (double)(x->a->asof - x->m.params.met_days);
}

/* The attribute and the meetings of the first many people; what one meeting more would change. */
static kam_rc people_and_meetings(people_why *x, const char *attribute, kam_err *err)
{
    size_t n = cmd_wp_people(x), unmet = SIZE_MAX;
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < n && !rc; i++) {
        bool counts = !cmd_wp_placeholder(x, i) && cmd_wp_text(x, attribute, i);
        if (counts && unmet == SIZE_MAX && !met_lately(x, i)) unmet = i;
        if (i >= CMD_WP_MANY) continue;
        rc = cmd_wp_assessed(x, cmd_wp_text(x, "contact", i), attribute, err);
        if (!rc && counts) rc = cmd_wp_met(x, cmd_wp_text(x, "contact", i), err);
    }
    if (rc) return rc;
    cmd_wp_left_out(x, n > CMD_WP_MANY ? n - CMD_WP_MANY : 0);
    cmd_why_setting(x->w, "stakeholder-met-days");
    if (unmet != SIZE_MAX)
        cmd_why_change(x->w, cmd_wp_try(x, "interaction add -account {%s} -date %s -kind meeting -contacts {%s} -quiet", x->a->account.code, x->day, cmd_wp_text(x, "contact", unmet)),
                       (cmd_text){"a meeting with {1} would count as met", "与 {1} 会面即计入近期会面"}, CMD_WHY_ARGS(calc_arg_text(cmd_wp_text(x, "name", unmet))));
    return KAM_OK;
}

static kam_rc one_person_more(people_why *x, const char *option, cmd_text sentence)
{
    cmd_why_change(x->w, cmd_wp_try(x, "contact add {%s-new} -account {%s} -name ? -quiet; contact assess {%s-new} %s -date %s -quiet", x->a->account.code, x->a->account.code,
                                    x->a->account.code, option, x->day),
                   sentence, NULL, 0);
    return KAM_OK;
}

kam_rc cmd_wp_layers(people_why *x, kam_err *err)
{
    cmd_why_rule(x->w, "B1", (cmd_text){"layers of key people", "关键人物层次"},
                 (cmd_text){"people by the layer noted of them; met: a visit or meeting within the days of the setting; placeholders are seats, not people",
                            "按所记录的层次计数；期限内有拜访或会面为近期会面；空缺职位只算席位"});
    kam_rc rc = people_and_meetings(x, "layer", err);
    return rc ? rc : one_person_more(x, "-layer decision", (cmd_text){"one more known person of the decision layer would be counted there", "决策层多一位已知人员，即计入该层"});
}

kam_rc cmd_wp_roles(people_why *x, kam_err *err)
{
    cmd_why_rule(x->w, "B2", (cmd_text){"four kinds of buyers and the coach", "四类买者与向导"},
                 (cmd_text){"people by the buying roles noted of them, somebody with several in each; met as in B1", "按所记录的采购角色计数，兼任者各计一次；近期会面同 B1"});
    kam_rc rc = people_and_meetings(x, "buying_role", err);
    return rc ? rc : one_person_more(x, "-buying_role coach", (cmd_text){"one more coach would be counted", "多一位向导即计入"});
}

/* --- B6 -------------------------------------------------------------------------------------------------------------- */

static const char *text_of(const kam_table *t, const char *column, size_t row)
{
    const kam_column *c = kam_table_find(t, column);
    return kam_col_missing(c, row) ? NULL : kam_col_text(c, row);
}

static bool influencer_seat(const char *seat) { return !kam_streq(seat, "coach") && !kam_streq(seat, "decider"); }

static kam_rc say_sitter(people_why *x, const kam_table *circle, size_t k, kam_err *err)
{
    const char *code = text_of(circle, "contact", k), *seat = text_of(circle, "seat", k);
    if (!code) {
        cmd_why_input(x->w, (cmd_text){cmd_wp_word(x, "seat", seat), cmd_wp_word(x, "seat", seat)}, NULL, CMD_UNSET_DAY, NULL);
        return KAM_OK;
    }
    kam_rc rc = cmd_wp_assessed(x, code, "buying_role", err);
    if (!rc && influencer_seat(seat)) rc = cmd_wp_assessed(x, code, "authority", err);
    if (!rc) rc = cmd_wp_assessed(x, code, "attitude", err);
    return rc ? rc : cmd_wp_met(x, code, err);
}

/* An authority an influencer may have. */
static void low_authority(const people_why *x, char out[KAM_NUM_MAX]) { kam_format_real(x->m.params.cut > 1 ? x->m.params.cut - 1 : 0, out); }

/* Nobody holds the role: somebody new would fill the seat. */
static void say_newcomer(people_why *x, const char *seat, size_t k)
{
    const char *role = kam_streq(seat, "coach") ? "coach" : kam_streq(seat, "decider") ? "decider" : kam_streq(seat, "technical-side") ? "purchaser" : "user";
    char attitude[KAM_NUM_MAX], authority[KAM_NUM_MAX], options[160], code[96];
    kam_str b = KAM_STR_INIT;
    kam_format_real(x->m.params.circle_attitude, attitude);
    low_authority(x, authority);
    snprintf(code, sizeof code, "new-%zu", k + 1);
    snprintf(options, sizeof options, "-buying_role %s -attitude %s -authority %s", role, attitude, authority);
    kam_str_addf(&b, "contact add %s -account {%s} -name ? -quiet; %s; ", code, x->a->account.code, cmd_wp_try_assess(x, code, options));
    kam_str_addf(&b, "interaction add -account {%s} -date %s -kind meeting -contacts %s -quiet", x->a->account.code, x->day, code);
    cmd_why_change(x->w, kam_str_cstr(&b), (cmd_text){"a {1} who is known, met and has an attitude of {2} would fill the seat {3}", "有已知的 {1}，会过面且态度为 {2}，即可入席：{3}"},
                   CMD_WHY_ARGS(calc_arg_text(cmd_wp_word(x, "buying_role", role)), calc_arg_real(x->m.params.circle_attitude, 1), calc_arg_text(cmd_wp_word(x, "seat", seat))));
    kam_str_release(&b);
}

/* What the person who comes nearest still lacks, and nothing else. */
static void say_filling(people_why *x, const kam_table *circle, size_t k)
{
    const char *code = text_of(circle, "contact", k), *seat = text_of(circle, "seat", k);
    size_t row = code ? cmd_wp_row(x, code) : SIZE_MAX;
    double attitude, authority;
    char buf[KAM_NUM_MAX];
    kam_str options = KAM_STR_INIT, b = KAM_STR_INIT;
    if (!code) {
        say_newcomer(x, seat, k);
        return;
    }
    if (!cmd_wp_real(x, "attitude", row, &attitude) || attitude < x->m.params.circle_attitude) {
        kam_format_real(x->m.params.circle_attitude, buf);
        kam_str_addf(&options, "-attitude %s", buf);
    }
    if (influencer_seat(seat) && (!cmd_wp_real(x, "authority", row, &authority) || authority >= x->m.params.cut)) {
        low_authority(x, buf);
        kam_str_addf(&options, "%s-authority %s", options.len ? " " : "", buf);
    }
    if (options.len) kam_str_add(&b, cmd_wp_try_assess(x, code, kam_str_cstr(&options)));
    if (!met_lately(x, row))
        kam_str_addf(&b, "%sinteraction add -account {%s} -date %s -kind meeting -contacts {%s} -quiet", b.len ? "; " : "", x->a->account.code, x->day, code);
    cmd_why_change(x->w, kam_str_cstr(&b), (cmd_text){"{1} would fill the seat {2} if it were not for this: {3}", "若无此项，{1} 即可入席 {2}：{3}"},
                   CMD_WHY_ARGS(calc_arg_text(text_of(circle, "name", k)), calc_arg_text(cmd_wp_word(x, "seat", seat)), calc_arg_text(text_of(circle, "why", k))));
    kam_str_release(&b);
    kam_str_release(&options);
}

/* Who sits in a seat leaves it when the attitude falls. */
static void say_leaving(people_why *x, const kam_table *circle, size_t k)
{
    char options[64], buf[KAM_NUM_MAX];
    double below = x->m.params.circle_attitude - 1;
    if (below < -5) return;
    kam_format_real(below, buf);
    snprintf(options, sizeof options, "-attitude %s", buf);
    cmd_why_change(x->w, cmd_wp_try_assess(x, text_of(circle, "contact", k), options), (cmd_text){"an attitude of {2} would take {1} out of the circle", "态度降为 {2}，{1} 就离席"},
                   CMD_WHY_ARGS(calc_arg_text(text_of(circle, "name", k)), calc_arg_real(below, 1)));
}

kam_rc cmd_wp_circle(people_why *x, kam_err *err)
{
    static const char *const settings[] = {"winning-circle-coaches", "winning-circle-influencers", "winning-circle-deciders", "winning-circle-attitude",
                                           "stakeholder-met-days", "stakeholder-cut"};
    bool person = kam_streq(cmd_why_kind(x->w), "contact"), route = x->a->view == CMD_VIEW_ROUTE;
    kam_table *t = NULL;
    cmd_why_rule(x->w, "B6", (cmd_text){"winning circle 1+2+1", "成功圈 1+2+1"},
                 (cmd_text){"one person one seat, the assignment that fills most: coach; an influencer (authority below the border) of the user side and one of the "
                            "technical or financial side; decider; each met lately and with the least attitude",
                            "一人一席，取占席最多的安排：向导；使用方与技术/财务方影响者各一（权力低于分界）；决策人；均须近期会面且态度达到下限"});
    if (route)
        cmd_why_note(x->w, (cmd_text){"to each empty seat the shortest way over reporting and influence lines from the best-disposed known person; lines between people in conflict "
                                      "are not used", "从态度最好的已知人员出发，沿汇报线与影响线到每个空席的最短路；有冲突的两人之间不走"}, NULL, 0);
    kam_rc rc = calc_people_circle(&x->m.people, &x->m.params, &t, err);
    size_t changes = 0;
    for (size_t k = 0; !rc && k < kam_table_rows(t); k++) {
        if (person && !kam_streq(text_of(t, "contact", k), cmd_why_code(x->w))) continue;
        rc = say_sitter(x, t, k, err);
        bool filled = kam_col_int(kam_table_find(t, "filled"), k) != 0;
        if (rc || (filled && changes)) continue;
        if (filled) say_leaving(x, t, k);
        else say_filling(x, t, k);
        changes++;
    }
    for (size_t i = 0; !rc && i < sizeof settings / sizeof *settings; i++) cmd_why_setting(x->w, settings[i]);
    if (!rc && route) cmd_why_setting(x->w, "route-step-days");
    kam_table_unref(t);
    return rc;
}

/* --- B5 -------------------------------------------------------------------------------------------------------------- */

enum { F_ROLE, F_INFO, F_COACH, F_NEVER, F_NOT_MET, F_CHANGED, F_NEW, F_RIVALS, F_HOSTILE, F_POLICY, FLAGS };
static const struct {
    const char *flag;
    cmd_text name, rule;
    const char *setting, *setting2;
} flag_rules[FLAGS] = {
    [F_ROLE] = {"1", {"role without a person", "角色缺人"}, {"each of the four buying roles has a known person", "四类买者每类都应有已知的人"}, NULL, NULL},
    [F_INFO] = {"2", {"information missing", "信息缺失"}, {"of everybody known are on record: role, authority, attitude, both needs, email or phone", "每个已知的人都应有：角色、权力、态度、两项需要、邮件或电话"}, NULL, NULL},
    [F_COACH] = {"3", {"no coach", "没有向导"}, {"somebody known has the role coach", "至少有一位已知的向导"}, NULL, NULL},
    [F_NEVER] = {"4a", {"never visited", "从未拜访"}, {"a core buyer (authority from the border on, or a buying role) was visited", "核心买者（权力达到分界或有采购角色）应拜访过"}, "stakeholder-cut", NULL},
    [F_NOT_MET] = {"4b", {"not met lately", "久未会面"}, {"a core buyer was met within the days of the setting", "核心买者在期限内见过面"}, "stakeholder-met-days", "stakeholder-cut"},
    [F_CHANGED] = {"5", {"role changed", "角色变动"}, {"after a change of buying role, account role or layer a core buyer was met", "核心买者的采购角色、客户角色或层次变动后见过面"}, "stakeholder-cut", NULL},
    [F_NEW] = {"6", {"new person", "新人"}, {"a core buyer known for no longer than the days of the setting was met since", "相识不超过期限的核心买者已见过面"}, "stakeholder-new-days", "stakeholder-cut"},
    [F_RIVALS] = {"7", {"no competitor information", "没有竞争信息"}, {"an open opportunity names competitors, or one was sighted at the account", "未结商机记有竞争对手，或在该客户处见到对手"}, NULL, NULL},
    [F_HOSTILE] = {"8", {"hostile", "敌对"}, {"against a core buyer at or below the border of attitude an action is open", "对态度不高于界限的核心买者有未完成的行动"}, "stakeholder-bad-attitude", "stakeholder-cut"},
    [F_POLICY] = {"9", {"policy not reviewed", "未复核政策"}, {"with an open opportunity a policy note of the industry or region was reviewed within the days of the setting", "有未结商机时，行业或地区政策动态在期限内复核过"}, "stakeholder-policy-days", NULL},
};

/* A row of the flags with what it names; NULL where it names none. */
typedef struct raised {
    int rule;
    const char *contact, *name, *opportunity;
    size_t nth; /* how many rows of this flag came before */
} raised;

static const char *meet_try(people_why *x, const char *contact, const char *kind)
{
    return cmd_wp_try(x, "interaction add -account {%s} -date %s -kind %s -contacts {%s} -quiet", x->a->account.code, x->day, kind, contact);
}

/* The role the nth row of flag 1 is about. */
static const char *missing_role(const people_why *x, size_t nth)
{
    static const char *const roles[] = {"decider", "gatekeeper", "purchaser", "user"};
    for (size_t k = 0; k < 4; k++) {
        bool held = false;
        for (size_t i = 0; i < cmd_wp_people(x) && !held; i++) held = !cmd_wp_placeholder(x, i) && cmd_wp_role(x, i, roles[k]);
        if (!held && nth-- == 0) return roles[k];
    }
    return roles[0];
}

static void change_role(people_why *x, const char *role)
{
    char options[160];
    for (size_t i = 0; i < cmd_wp_people(x); i++) {
        if (cmd_wp_placeholder(x, i)) continue;
        const char *now = cmd_wp_text(x, "buying_role", i);
        snprintf(options, sizeof options, "-buying_role {%.100s%s%s}", now ? now : "", now ? "," : "", role);
        cmd_why_change(x->w, cmd_wp_try_assess(x, cmd_wp_text(x, "contact", i), options), (cmd_text){"{1} in the role {2} would settle it", "{1} 担任 {2} 即解除"},
                       CMD_WHY_ARGS(calc_arg_text(cmd_wp_text(x, "name", i)), calc_arg_text(cmd_wp_word(x, "buying_role", role))));
        return;
    }
    snprintf(options, sizeof options, "-buying_role %s", role);
    one_person_more(x, options, (cmd_text){"a known person in that role would settle it", "该角色有已知的人即解除"});
}

static kam_rc say_information(people_why *x, const raised *r, kam_err *err)
{
    static const struct {
        const char *attribute, *value;
    } wanted[] = {{"buying_role", "user"}, {"authority", "4"}, {"attitude", "0"}, {"org_need", "performance"}, {"person_need", "order"}};
    size_t row = cmd_wp_row(x, r->contact);
    kam_str options = KAM_STR_INIT, try = KAM_STR_INIT;
    kam_rc rc = KAM_OK;
    double means;
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted && !rc; k++) {
        double v;
        bool has = k == 1 || k == 2 ? cmd_wp_real(x, wanted[k].attribute, row, &v) : cmd_wp_text(x, wanted[k].attribute, row) != NULL;
        rc = cmd_wp_assessed(x, r->contact, wanted[k].attribute, err);
        if (!has) kam_str_addf(&options, "%s-%s %s", options.len ? " " : "", wanted[k].attribute, wanted[k].value);
    }
    bool reach = cmd_wp_real(x, "has_means", row, &means) && means != 0;
    cmd_why_input(x->w, (cmd_text){"email or phone", "邮件或电话"}, reach ? "1" : NULL, CMD_UNSET_DAY, NULL);
    if (options.len) kam_str_add(&try, cmd_wp_try_assess(x, r->contact, kam_str_cstr(&options)));
    if (!reach) kam_str_addf(&try, "%scontact set {%s} -phone 000 -quiet", try.len ? "; " : "", r->contact);
    if (!rc) cmd_why_change(x->w, kam_str_cstr(&try), (cmd_text){"with that on record about {1} it would be gone", "补全 {1} 的信息即解除"}, CMD_WHY_ARGS(calc_arg_text(r->name)));
    kam_str_release(&options);
    kam_str_release(&try);
    return rc;
}

static kam_rc say_changed(people_why *x, const raised *r, kam_err *err)
{
    static const char *const attribute[] = {"buying_role", "account_role", "layer"};
    kam_rc rc = KAM_OK;
    for (size_t k = 0; k < 3 && !rc; k++) {
        store_where where[] = {{"subject_kind", STORE_EQ, "contact"}, {"subject", STORE_EQ, r->contact}, {"attribute", STORE_EQ, attribute[k]},
                               {"date", STORE_LE, x->day}, {"opportunity", STORE_MISSING, NULL}};
        rc = cmd_why_records(x->w, (cmd_text){attribute[k], k == 0 ? "采购角色" : k == 1 ? "客户角色" : "层次"}, "assessment", where, 5, "value", "date", 2, NULL, err);
    }
    return rc ? rc : cmd_wp_met(x, r->contact, err);
}

static kam_rc say_rivals(people_why *x, const raised *r, kam_err *err)
{
    size_t found = 0;
    store_where where[] = {{"account", STORE_EQ, x->a->account.code}, {"date", STORE_LE, x->day}};
    kam_rc rc = cmd_why_records(x->w, (cmd_text){"sighting", "竞争动态"}, "sighting", where, 2, "kind", "date", 3, &found, err);
    kam_str source = KAM_STR_INIT;
    kam_str_addf(&source, "opportunity %s", r->opportunity);
    if (!rc && !found) cmd_why_input(x->w, (cmd_text){"competitors named, or sighted at the account", "记录的或见到的竞争对手"}, NULL, CMD_UNSET_DAY, kam_str_cstr(&source));
    kam_str_release(&source);
    if (!rc)
        cmd_why_change(x->w, cmd_wp_try(x, "competitor add K-new -name ? -quiet; sighting add -account {%s} -competitor K-new -date %s -kind rumour -quiet", x->a->account.code, x->day),
                       (cmd_text){"a competitor seen at the account would settle it", "在该客户处见到对手即解除"}, NULL, 0);
    return rc;
}

static kam_rc say_policy(people_why *x, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_get(cmd_session_store(x->s), store_entity_find("account"), &(store_value){"code", x->a->account.code}, 1, &t, err);
    if (rc) return rc;
    const char *field = text_of(t, "industry", 0) ? "industry" : "region", *value = text_of(t, field, 0);
    if (value) {
        store_where where[] = {{field, STORE_EQ, value}, {"reviewed_on", STORE_LE, x->day}};
        size_t found = 0;
        rc = cmd_why_records(x->w, (cmd_text){"policy note, reviewed", "政策动态复核"}, "policy-note", where, 2, field, "reviewed_on", 1, &found, err);
        if (!rc && !found) cmd_why_input(x->w, (cmd_text){"policy note, reviewed", "政策动态复核"}, NULL, CMD_UNSET_DAY, NULL);
        if (!rc)
            cmd_why_change(x->w, cmd_wp_try(x, "policy-note add PN-new -%s {%s} -date %s -reviewed_on %s -quiet", field, value, x->day, x->day),
                           (cmd_text){"a policy note reviewed on {1} would settle it", "于 {1} 复核一条政策动态即解除"}, CMD_WHY_ARGS(calc_arg_day(x->a->asof)));
    } else {
        cmd_why_note(x->w, (cmd_text){"neither industry nor region of the account is on record, so no policy note can be about it", "客户没有行业与地区，无从对应政策动态"}, NULL, 0);
    }
    kam_table_unref(t);
    return rc;
}

static kam_rc say_new(people_why *x, const raised *r, kam_err *err)
{
    double known;
    kam_str source = KAM_STR_INIT;
    char day[KAM_DATE_MAX] = "";
    bool has = cmd_wp_real(x, "known_since", cmd_wp_row(x, r->contact), &known);
    if (has) kam_day_format((kam_day)known, day);
    kam_str_addf(&source, "contact %s", r->contact);
    cmd_why_input(x->w, (cmd_text){"known since", "相识日期"}, has ? day : NULL, has ? (kam_day)known : CMD_UNSET_DAY, kam_str_cstr(&source));
    kam_str_release(&source);
    return cmd_wp_met(x, r->contact, err);
}

static kam_rc say_core(people_why *x, const raised *r, kam_err *err)
{
    kam_rc rc = cmd_wp_assessed(x, r->contact, "authority", err);
    return rc ? rc : cmd_wp_assessed(x, r->contact, "buying_role", err);
}

static const char *best_coach(people_why *x)
{
    kam_table *t = NULL;
    const char *code = NULL;
    if (calc_people_coaches(&x->m.people, &x->m.params, &t, NULL) == KAM_OK && kam_table_rows(t))
        code = cmd_wp_text(x, "contact", cmd_wp_row(x, kam_col_text(kam_table_find(t, "contact"), 0)));
    kam_table_unref(t);
    return code;
}

static void change_coach(people_why *x)
{
    const char *code = best_coach(x);
    if (!code) {
        change_role(x, "coach");
        return;
    }
    const char *now = cmd_wp_text(x, "buying_role", cmd_wp_row(x, code));
    char options[160];
    snprintf(options, sizeof options, "-buying_role {%.100s%scoach}", now ? now : "", now ? "," : "");
    cmd_why_change(x->w, cmd_wp_try_assess(x, code, options), (cmd_text){"{1}, the best candidate, as our coach would settle it", "最佳候选人 {1} 成为向导即解除"},
                   CMD_WHY_ARGS(calc_arg_text(cmd_wp_text(x, "name", cmd_wp_row(x, code)))));
}

static kam_rc say_flag(people_why *x, const raised *r, kam_err *err)
{
    kam_rc rc = KAM_OK;
    calc_arg name = calc_arg_text(r->name);
    const char *role;
    switch (r->rule) {
    case F_ROLE:
        role = missing_role(x, r->nth);
        cmd_why_input_int(x->w, (cmd_text){cmd_wp_word(x, "buying_role", role), cmd_wp_word(x, "buying_role", role)}, 0, x->a->asof, NULL);
        change_role(x, role);
        return KAM_OK;
    case F_INFO: return say_information(x, r, err);
    case F_COACH:
        cmd_why_input_int(x->w, (cmd_text){"coaches", "向导人数"}, 0, x->a->asof, NULL);
        change_coach(x);
        return KAM_OK;
    case F_NEVER:
    case F_NOT_MET:
        rc = say_core(x, r, err);
        if (!rc) rc = cmd_wp_met(x, r->contact, err);
        if (!rc) cmd_why_change(x->w, meet_try(x, r->contact, "visit"), (cmd_text){"a visit to {1} would settle it", "拜访 {1} 即解除"}, &name, 1);
        return rc;
    case F_CHANGED:
    case F_NEW:
        rc = r->rule == F_NEW ? say_new(x, r, err) : say_changed(x, r, err);
        if (!rc) cmd_why_change(x->w, meet_try(x, r->contact, "meeting"), (cmd_text){"a meeting with {1} would settle it", "与 {1} 会面即解除"}, &name, 1);
        return rc;
    case F_RIVALS: return say_rivals(x, r, err);
    case F_HOSTILE:
        rc = say_core(x, r, err);
        if (!rc) rc = cmd_wp_assessed(x, r->contact, "attitude", err);
        if (rc) return rc;
        cmd_why_input_int(x->w, (cmd_text){"open actions", "未完成的行动"}, 0, x->a->asof, NULL);
        cmd_why_change(x->w, cmd_wp_try(x, "flag act {%s} 8 -contact {%s} -asof %s -quiet", x->a->account.code, r->contact, x->day),
                       (cmd_text){"an action about {1} would settle it", "对 {1} 有了行动即解除"}, &name, 1);
        return KAM_OK;
    default: return say_policy(x, err);
    }
}

static int rule_of(const char *flag)
{
    for (int k = 0; k < FLAGS; k++)
        if (kam_streq(flag_rules[k].flag, flag)) return k;
    return -1;
}

static bool uses(int k, const char *setting)
{
    return kam_streq(flag_rules[k].setting, setting) || kam_streq(flag_rules[k].setting2, setting);
}

/* Each setting once, whichever of the rules use it. */
static void say_settings(people_why *x, const bool ruled[FLAGS])
{
    static const char *const all[] = {"stakeholder-cut", "stakeholder-met-days", "stakeholder-new-days", "stakeholder-bad-attitude", "stakeholder-policy-days"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        bool used = false;
        for (int k = 0; k < FLAGS; k++) used = used || (ruled[k] && uses(k, all[i]));
        if (used) cmd_why_setting(x->w, all[i]);
    }
}

kam_rc cmd_wp_flags(people_why *x, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = calc_people_flags(&x->m.people, &x->m.params, &t, err);
    const char *kind = cmd_why_kind(x->w);
    size_t said = 0, more = 0, seen[FLAGS] = {0};
    bool ruled[FLAGS] = {false};
    for (size_t i = 0; !rc && i < kam_table_rows(t); i++) {
        int k = rule_of(text_of(t, "flag", i));
        raised r = {k, text_of(t, "contact", i), text_of(t, "name", i), text_of(t, "opportunity", i), seen[k]++};
        if (!kam_streq(kind, "account") && !kam_streq(text_of(t, kind, i), cmd_why_code(x->w))) continue;
        if (!ruled[k]) cmd_why_rule(x->w, "B5", flag_rules[k].name, flag_rules[k].rule);
        ruled[k] = true;
        if (said++ >= CMD_WP_MANY) more++;
        else rc = say_flag(x, &r, err);
    }
    if (!rc && said == 0) {
        cmd_why_rule(x->w, "B5", (cmd_text){"red flags", "雷区"}, (cmd_text){"nine rules, none of which is broken here", "九条规则，此处均未触发"});
        for (int k = 0; k < FLAGS; k++) ruled[k] = true;
    }
    if (!rc) say_settings(x, ruled);
    if (!rc) cmd_wp_left_out(x, more);
    kam_table_unref(t);
    return rc;
}
