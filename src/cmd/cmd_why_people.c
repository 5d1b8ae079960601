/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_people: which explanation is asked for, and those of persons: B3, B4, B8, B2 (coach), B7, single attributes. */
#include "cmd_why_people.h"
#include "cmd_label.h"
#include "cmd_spec.h"
#include "kam_mem.h"
#include "store_field.h"
#include <math.h>
#include <string.h>

/* --- reading the people ------------------------------------------------------------------------------------------- */

size_t cmd_wp_people(const people_why *x) { return kam_table_rows(x->m.held.people); }

size_t cmd_wp_row(const people_why *x, const char *contact)
{
    const kam_column *c = kam_table_find(x->m.held.people, "contact");
    for (size_t i = 0; i < kam_col_rows(c); i++)
        if (kam_streq(kam_col_text(c, i), contact)) return i;
    return SIZE_MAX;
}

const char *cmd_wp_text(const people_why *x, const char *column, size_t row)
{
    const kam_column *c = kam_table_find(x->m.held.people, column);
    return kam_col_missing(c, row) ? NULL : kam_col_text(c, row);
}

bool cmd_wp_real(const people_why *x, const char *column, size_t row, double *out)
{
    const kam_column *c = kam_table_find(x->m.held.people, column);
    if (kam_col_missing(c, row)) return false;
    *out = kam_col_real(c, row);
    return true;
}

bool cmd_wp_placeholder(const people_why *x, size_t row)
{
    double v;
    return cmd_wp_real(x, "placeholder", row, &v) && v != 0;
}

bool cmd_wp_role(const people_why *x, size_t row, const char *role)
{
    const char *s = cmd_wp_text(x, "buying_role", row);
    size_t n = strlen(role);
    for (const char *p = s ? strstr(s, role) : NULL; p; p = strstr(p + n, role))
        if ((p == s || strchr(" ,;", p[-1])) && (p[n] == '\0' || strchr(" ,;", p[n]))) return true;
    return false;
}

/* --- saying ------------------------------------------------------------------------------------------------------- */

kam_rc cmd_wp_assessed(people_why *x, const char *contact, const char *attribute, kam_err *err)
{
    const store_attribute *at = store_attribute_find("contact", attribute);
    const char *name = cmd_wp_row(x, contact) == SIZE_MAX ? NULL : cmd_wp_text(x, "name", cmd_wp_row(x, contact));
    kam_str en = KAM_STR_INIT, zh = KAM_STR_INIT;
    kam_str_addf(&en, "%s of %s", at->en, name ? name : contact);
    kam_str_addf(&zh, "%s 的%s", name ? name : contact, at->zh);
    cmd_text item = {kam_str_cstr(&en), kam_str_cstr(&zh)};
    store_where where[] = {{"subject_kind", STORE_EQ, "contact"}, {"subject", STORE_EQ, contact}, {"attribute", STORE_EQ, attribute},
                           {"date", STORE_LE, x->day}, {"opportunity", STORE_EQ, x->a->opportunity.code}};
    size_t found = 0;
    kam_rc rc = KAM_OK;
    if (x->a->opportunity.id) rc = cmd_why_records(x->w, item, "assessment", where, 5, "value", "date", 1, &found, err);
    where[4] = (store_where){"opportunity", STORE_MISSING, NULL};
    if (!rc && !found) rc = cmd_why_records(x->w, item, "assessment", where, 5, "value", "date", 1, &found, err);
    if (!rc && !found) cmd_why_input(x->w, item, NULL, CMD_UNSET_DAY, NULL);
    kam_str_release(&en);
    kam_str_release(&zh);
    return rc;
}

kam_rc cmd_wp_met(people_why *x, const char *contact, kam_err *err)
{
    static const char *const kind[] = {"visit", "meeting"};
    static const cmd_text item[] = {{"last visit to %s", "最近拜访 %s"}, {"last meeting with %s", "最近与 %s 会面"}};
    size_t row = cmd_wp_row(x, contact), any = 0;
    const char *name = row == SIZE_MAX ? contact : cmd_wp_text(x, "name", row);
    kam_rc rc = KAM_OK;
    for (size_t k = 0; k < 2 && !rc; k++) {
        kam_str en = KAM_STR_INIT, zh = KAM_STR_INIT;
        kam_str_addf(&en, "%.*s%s", (int)(strstr(item[k].en, "%s") - item[k].en), item[k].en, name);
        kam_str_addf(&zh, "%.*s%s%s", (int)(strstr(item[k].zh, "%s") - item[k].zh), item[k].zh, name, strstr(item[k].zh, "%s") + 2);
        store_where where[] = {{"account", STORE_EQ, x->a->account.code}, {"contacts", STORE_EQ, contact}, {"kind", STORE_EQ, kind[k]},
                               {"date", STORE_LE, x->day}};
        size_t found = 0;
        rc = cmd_why_records(x->w, (cmd_text){kam_str_cstr(&en), kam_str_cstr(&zh)}, "interaction", where, 4, "kind", "date", 1, &found, err);
        any += found;
        if (!rc && k == 1 && !any) cmd_why_input(x->w, (cmd_text){kam_str_cstr(&en), kam_str_cstr(&zh)}, NULL, CMD_UNSET_DAY, NULL);
        kam_str_release(&en);
        kam_str_release(&zh);
    }
    return rc;
}

const char *cmd_wp_try(people_why *x, const char *fmt, ...)
{
    va_list ap;
    kam_str_clear(&x->try);
    va_start(ap, fmt);
    kam_str_vaddf(&x->try, fmt, ap);
    va_end(ap);
    return kam_str_cstr(&x->try);
}

const char *cmd_wp_try_assess(people_why *x, const char *contact, const char *options)
{
    bool own = x->a->opportunity.id != 0;
    return cmd_wp_try(x, "contact assess {%s} %s -date %s%s%s%s -quiet", contact, options, x->day, own ? " -opportunity {" : "",
                      own ? x->a->opportunity.code : "", own ? "}" : "");
}

const char *cmd_wp_word(const people_why *x, const char *kind, const char *key)
{
    char id[64];
    if (!key) return NULL;
    snprintf(id, sizeof id, "%s.%s", kind, key);
    const char *word = cmd_label_text(id, cmd_session_lang(x->s));
    return word ? word : key;
}

void cmd_wp_left_out(people_why *x, size_t n)
{
    if (n) cmd_why_note(x->w, (cmd_text){"{1} more are not listed here", "另有 {1} 项未列出"}, CMD_WHY_ARGS(calc_arg_int((int64_t)n)));
}

/* --- B3 ----------------------------------------------------------------------------------------------------------- */

/* A value on the other side of the border; an unknown one goes up to it. */
static double other_side(bool known, double v, double cut) { return !known || v < cut ? cut : cut - 1 > 0 ? cut - 1 : 0; }

static const char *quadrant(double authority, double participation, double cut)
{
    return authority >= cut ? participation >= cut ? "owner" : "approver" : participation >= cut ? "champion" : "adviser";
}

static kam_rc why_quadrant(people_why *x, kam_err *err)
{
    static const char *const mark[] = {"authority", "participation"};
    static const cmd_text says[] = {{"authority {1} would make it {2}", "权力为 {1} 则为 {2}"}, {"participation {1} would make it {2}", "参与度为 {1} 则为 {2}"}};
    const char *code = cmd_why_code(x->w);
    size_t row = cmd_wp_row(x, code);
    double v[2], cut = x->m.params.cut;
    bool known[2];
    cmd_why_rule(x->w, "B3", (cmd_text){"authority × participation", "权力×参与"},
                 (cmd_text){"both marks are low below the border and high from it on: champion low/high, owner high/high, adviser low/low, approver "
                            "high/low; a mark that is missing leaves the quadrant missing",
                            "两项分值低于分界为低，否则为高：倡导者 低/高，拥有者 高/高，建议者 低/低，审批者 高/低；缺一项则象限缺失"});
    for (int k = 0; k < 2; k++) {
        kam_rc rc = cmd_wp_assessed(x, code, mark[k], err);
        if (rc) return rc;
        known[k] = cmd_wp_real(x, mark[k], row, &v[k]);
    }
    cmd_why_setting(x->w, "stakeholder-cut");
    for (int k = 0; k < 2; k++) {
        double to = other_side(known[k], v[k], cut), then[2] = {v[0], v[1]};
        char options[64], buf[KAM_NUM_MAX];
        if (!known[1 - k] || (to >= cut) == (known[k] && v[k] >= cut)) continue;
        then[k] = to;
        kam_format_real(to, buf);
        snprintf(options, sizeof options, "-%s %s", mark[k], buf);
        cmd_why_change(x->w, cmd_wp_try_assess(x, code, options), says[k], CMD_WHY_ARGS(calc_arg_real(to, 1), calc_arg_text(cmd_wp_word(x, "quadrant", quadrant(then[0], then[1], cut)))));
    }
    if (!known[0] && !known[1])
        cmd_why_change(x->w, cmd_wp_try_assess(x, code, "-authority 8 -participation 8"), (cmd_text){"both marks known would give a quadrant", "两项分值都知道，就有象限"}, NULL, 0);
    return KAM_OK;
}

/* --- B4 of a person ------------------------------------------------------------------------------------------------ */

static const char *relationship(double org, double person, double cut)
{
    return org >= cut ? person >= cut ? "partner" : "supplier" : person >= cut ? "friend" : "outsider";
}

static kam_rc why_relationship(people_why *x, kam_err *err)
{
    static const char *const fit[] = {"org_fit", "person_fit"}, *const need[] = {"org_need", "person_need"};
    static const cmd_text says[] = {{"fit to the organisation {1} would make it {2}", "组织需要满足度为 {1} 则为 {2}"},
                                    {"fit to the person {1} would make it {2}", "个人需要满足度为 {1} 则为 {2}"}};
    const char *code = cmd_why_code(x->w);
    size_t row = cmd_wp_row(x, code);
    double v[2], cut = x->m.params.cut;
    bool known[2];
    cmd_why_rule(x->w, "B4", (cmd_text){"relationship", "客户关系"},
                 (cmd_text){"how well we fit the organisation's and the person's needs, low below the border: outsider, friend (person only), supplier "
                            "(organisation only), partner (both)",
                            "组织需要与个人需要的满足度，低于分界为低：局外人、朋友（仅个人）、供应商（仅组织）、伙伴（两者）"});
    for (int k = 0; k < 2; k++) {
        kam_rc rc = cmd_wp_assessed(x, code, need[k], err);
        if (!rc) rc = cmd_wp_assessed(x, code, fit[k], err);
        if (rc) return rc;
        known[k] = cmd_wp_real(x, fit[k], row, &v[k]);
    }
    cmd_why_setting(x->w, "stakeholder-cut");
    for (int k = 0; k < 2; k++) {
        double to = other_side(known[k], v[k], cut), then[2] = {v[0], v[1]};
        char options[64], buf[KAM_NUM_MAX];
        if (!known[1 - k] || (to >= cut) == (known[k] && v[k] >= cut)) continue;
        then[k] = to;
        kam_format_real(to, buf);
        snprintf(options, sizeof options, "-%s %s", fit[k], buf);
        cmd_why_change(x->w, cmd_wp_try_assess(x, code, options), says[k], CMD_WHY_ARGS(calc_arg_real(to, 1), calc_arg_text(cmd_wp_word(x, "relationship", relationship(then[0], then[1], cut)))));
    }
    if (!known[0] && !known[1])
        cmd_why_change(x->w, cmd_wp_try_assess(x, code, "-org_fit 6 -person_fit 6"), (cmd_text){"both fits known would give a relationship", "两项满足度都知道，就有关系"}, NULL, 0);
    return KAM_OK;
}

/* --- B8 ----------------------------------------------------------------------------------------------------------- */

/* What each follower passes on. */
static kam_rc say_followers(people_why *x, const char *code, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = calc_people_influence(&x->m.people, &x->m.params, code, &t, err);
    if (rc) return rc;
    size_t n = kam_table_rows(t);
    for (size_t i = 0; i < n && i < CMD_WP_MANY; i++) {
        const char *from = kam_col_text(kam_table_find(t, "contact"), i), *name = kam_col_text(kam_table_find(t, "name"), i);
        bool influence = kam_streq(kam_col_text(kam_table_find(t, "over"), i), "influence");
        kam_str en = KAM_STR_INIT, zh = KAM_STR_INIT, source = KAM_STR_INIT;
        char buf[KAM_NUM_MAX];
        const kam_column *own = kam_table_find(t, "influence");
        kam_format_real(kam_col_missing(own, i) ? 0 : kam_col_real(own, i), buf);
        kam_str_addf(&en, "passed on by %s (influence %s, %lld outgoing)", name, buf, (long long)kam_col_int(kam_table_find(t, "lines"), i));
        kam_str_addf(&zh, "%s 传来（影响力 %s，%lld 条线）", name, buf, (long long)kam_col_int(kam_table_find(t, "lines"), i));
        if (influence) kam_str_addf(&source, "link %s %s influence", from, code);
        else kam_str_addf(&source, "contact %s", from);
        cmd_why_input_real(x->w, (cmd_text){kam_str_cstr(&en), kam_str_cstr(&zh)}, kam_col_real(kam_table_find(t, "passes"), i), CMD_UNSET_DAY,
                           kam_str_cstr(&source));
        kam_str_release(&en);
        kam_str_release(&zh);
        kam_str_release(&source);
    }
    cmd_wp_left_out(x, n > CMD_WP_MANY ? n - CMD_WP_MANY : 0);
    kam_table_unref(t);
    return KAM_OK;
}

static kam_rc why_influence(people_why *x, kam_err *err)
{
    const char *code = cmd_why_code(x->w);
    double v = 0;
    bool known = cmd_wp_real(x, "authority", cmd_wp_row(x, code), &v);
    char options[64], buf[KAM_NUM_MAX];
    cmd_why_rule(x->w, "B8", (cmd_text){"influence", "影响力"},
                 (cmd_text){"authority + Σ over those who report to or listen to the person of share × their influence ÷ their number of outgoing lines; the "
                            "fixed point",
                            "权力 + Σ（向其汇报或听其意见者）比例 × 其影响力 ÷ 其外向线数；取不动点"});
    kam_rc rc = cmd_wp_assessed(x, code, "authority", err);
    if (!rc) rc = say_followers(x, code, err);
    if (rc) return rc;
    cmd_why_setting(x->w, "stakeholder-influence-share");
    double to = known && v > 9 ? v - 1 : v + 1;
    kam_format_real(to, buf);
    snprintf(options, sizeof options, "-authority %s", buf);
    cmd_why_change(x->w, cmd_wp_try_assess(x, code, options), to > v ? (cmd_text){"authority {1} would raise it", "权力为 {1} 则升高"} : (cmd_text){"authority {1} would lower it", "权力为 {1} 则降低"},
                   CMD_WHY_ARGS(calc_arg_real(to, 1)));
    return KAM_OK;
}

/* --- B2: the rank of a coach ----------------------------------------------------------------------------------------- */

static kam_rc why_coach(people_why *x, kam_err *err)
{
    const char *code = cmd_why_code(x->w);
    double rank, access;
    cmd_why_rule(x->w, "B2", (cmd_text){"candidates for a coach", "向导候选人"},
                 (cmd_text){"known people from the least attitude on, in order of attitude, need for achievement, fewest lines to a known decider, last "
                            "meeting, code",
                            "态度不低于下限的已知人员，依次按态度、成就需求、到已知决策人的最少步数、最近会面、编码排序"});
    kam_rc rc = cmd_wp_assessed(x, code, "attitude", err);
    if (!rc) rc = cmd_wp_assessed(x, code, "person_need", err);
    if (!rc) rc = cmd_wp_met(x, code, err);
    if (rc) return rc;
    bool reach = cmd_why_number(x->w, "access", &access), ranked = cmd_why_number(x->w, "rank", &rank);
    cmd_why_input_real(x->w, (cmd_text){"lines to the nearest decider", "到最近决策人的步数"}, reach ? access : NAN, CMD_UNSET_DAY, NULL);
    cmd_why_setting(x->w, "stakeholder-coach-attitude");
    char options[64], buf[KAM_NUM_MAX];
    double least = x->m.params.coach_attitude;
    if (ranked && least > -5) {
        kam_format_real(least - 1 > -5 ? least - 1 : -5, buf);
        snprintf(options, sizeof options, "-attitude %s", buf);
        cmd_why_change(x->w, cmd_wp_try_assess(x, code, options), (cmd_text){"an attitude below {1} would take the person off the list", "态度低于 {1} 就不再是候选人"},
                       CMD_WHY_ARGS(calc_arg_real(least, 1)));
    }
    if (!ranked || rank > 1)
        cmd_why_change(x->w, cmd_wp_try_assess(x, code, "-attitude 5 -person_need achievement"),
                       ranked ? (cmd_text){"attitude 5 and a need for achievement would move the person up", "态度 5 且追求成就，名次上升"}
                              : (cmd_text){"attitude 5 would make the person a candidate", "态度 5 即为候选人"},
                       NULL, 0);
    return KAM_OK;
}

/* --- B7 and single attributes ---------------------------------------------------------------------------------------- */

static kam_rc why_talk(people_why *x, kam_err *err)
{
    const char *code = cmd_why_code(x->w);
    size_t row = cmd_wp_row(x, code);
    const char *now = row == SIZE_MAX ? NULL : cmd_wp_text(x, "thinking", row);
    cmd_why_rule(x->w, "B7", (cmd_text){"thinking preference", "全脑四象限"},
                 (cmd_text){"A facts and logic, B order and detail, C people and feelings, D big picture and future: the points follow from the preference noted",
                            "A 事实与逻辑、B 秩序与细节、C 人与感情、D 全局与未来：要点由所记录的偏好而来"});
    kam_rc rc = cmd_wp_assessed(x, code, "thinking", err);
    if (rc) return rc;
    bool is_a = kam_streq(now, "A");
    cmd_why_change(x->w, cmd_wp_try_assess(x, code, is_a ? "-thinking D" : "-thinking A"), (cmd_text){"preference {1} would give other points", "偏好为 {1} 则要点不同"},
                   CMD_WHY_ARGS(calc_arg_text(is_a ? "D" : "A")));
    return KAM_OK;
}

/* Columns that show one assessment as it is. */
static kam_rc why_attribute(people_why *x, kam_err *err)
{
    const char *code = cmd_why_code(x->w), *column = cmd_why_column(x->w);
    const store_attribute *at = store_attribute_find("contact", column);
    cmd_why_rule(x->w, at->source, (cmd_text){"the latest assessment", "最新评估"},
                 (cmd_text){"the latest one on or before the day; one given for the opportunity asked about goes before the general one",
                            "截止日及以前最新的一项；针对所问商机的评估优先于一般评估"});
    kam_rc rc = cmd_wp_assessed(x, code, column, err);
    if (rc) return rc;
    const char *now = cmd_why_cell(x->w, column);
    const char *other = at->values ? at->values[kam_streq(now, at->values[0].name)].name : kam_streq(now, "1") ? "2" : "1";
    char options[64];
    snprintf(options, sizeof options, "-%s %s", column, other);
    cmd_why_change(x->w, cmd_wp_try_assess(x, code, options), (cmd_text){"a newer assessment would take its place", "更新的评估会取而代之"}, NULL, 0);
    return KAM_OK;
}

/* --- which explanation ---------------------------------------------------------------------------------------------- */

static people_why_fn of_person(const cmd_map_args *a, const char *column)
{
    static const struct {
        const char *column;
        people_why_fn fn;
    } by_column[] = {{"quadrant", why_quadrant},       {"relationship", why_relationship}, {"influence", why_influence},
                     {"scaled", why_influence},        {"line", why_influence},            {"rank", why_coach},
                     {"seat", cmd_wp_circle},          {"filled", cmd_wp_circle},          {"flag", cmd_wp_flags},
                     {"thinking", why_talk},           {"point", why_talk},                {"present", cmd_wp_coverage},
                     {"wanted", cmd_wp_coverage},      {"steps", cmd_wp_coverage}};
    if (a->view == CMD_VIEW_CIRCLE || a->view == CMD_VIEW_ROUTE) return cmd_wp_circle;
    if (a->view == CMD_VIEW_COACHES) return why_coach;
    if (a->view == CMD_VIEW_FLAGS) return cmd_wp_flags;
    if (a->view == CMD_VIEW_COVERAGE) return cmd_wp_coverage;
    if (a->view == CMD_VIEW_TALK) return why_talk;
    for (size_t i = 0; column && i < sizeof by_column / sizeof *by_column; i++)
        if (kam_streq(by_column[i].column, column)) return by_column[i].fn;
    return column && store_attribute_find("contact", column) ? why_attribute : NULL;
}

static people_why_fn of_account(const cmd_map_args *a, const char *column)
{
    static const people_why_fn by_view[CMD_VIEWS] = {
        [CMD_VIEW_LAYERS] = cmd_wp_layers,         [CMD_VIEW_ROLES] = cmd_wp_roles,       [CMD_VIEW_NEEDS] = cmd_wp_account_relationship,
        [CMD_VIEW_COURSE] = cmd_wp_account_relationship, [CMD_VIEW_FLAGS] = cmd_wp_flags, [CMD_VIEW_CIRCLE] = cmd_wp_circle,
        [CMD_VIEW_ROUTE] = cmd_wp_circle,          [CMD_VIEW_COVERAGE] = cmd_wp_coverage, [CMD_VIEW_FEELING] = cmd_wp_feeling,
        [CMD_VIEW_RELATION] = cmd_wp_relation};
    static const struct {
        const char *column;
        people_why_fn fn;
    } of_header[] = {{"relationship", cmd_wp_account_relationship}, {"org_fit", cmd_wp_account_relationship},
                     {"person_fit", cmd_wp_account_relationship},   {"feeling", cmd_wp_feeling},
                     {"at_risk", cmd_wp_feeling},                   {"exit_cost", cmd_wp_feeling},
                     {"circle", cmd_wp_circle},                     {"complete", cmd_wp_circle},
                     {"flags", cmd_wp_flags},                       {"coaches", cmd_wp_roles},
                     {"people", cmd_wp_layers},                     {"met", cmd_wp_layers},
                     {"relation_present", cmd_wp_relation},         {"relation_wanted", cmd_wp_relation}};
    if (a->view != CMD_VIEW_ACCOUNT) return by_view[a->view];
    for (size_t i = 0; column && i < sizeof of_header / sizeof *of_header; i++)
        if (kam_streq(of_header[i].column, column)) return of_header[i].fn;
    return NULL;
}

kam_rc cmd_map_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err)
{
    const cmd_map_args *a = args;
    people_why x = {.w = w, .s = s, .a = a, .try = KAM_STR_INIT};
    const char *kind = cmd_why_kind(w);
    bool person = kam_streq(kind, "contact");
    people_why_fn fn = person ? of_person(a, cmd_why_column(w))
                       : kam_streq(kind, "opportunity") && a->view == CMD_VIEW_FLAGS ? cmd_wp_flags
                       : kam_streq(kind, "rep") && a->view == CMD_VIEW_COVERAGE ? cmd_wp_coverage
                       : kam_streq(cmd_why_code(w), a->account.code) ? of_account(a, cmd_why_column(w)) : NULL;
    if (a->meeting.n) fn = NULL;
    if (!fn) {
        kam_err_set(err, KAM_USAGE, "why: %s cannot be asked about this; ask about a contact for people, needs, coaches, talk and org, about the account for the rest", cmd_why_code(w));
        return kam_err_word(err, "why");
    }
    kam_day_format(a->asof, x.day);
    kam_rc rc = cmd_map_load(s, a, STORE_P_LEVELS | STORE_P_RELATIONS, &x.m, err);
    if (rc) return rc;
    if (person && cmd_wp_row(&x, cmd_why_code(w)) == SIZE_MAX) {
        rc = kam_err_set(err, KAM_NOTFOUND, "%s is not among the people of %s on that day", cmd_why_code(w), a->account.code);
        kam_err_word(err, "contact");
        kam_err_word(err, cmd_why_code(w));
    }
    if (!rc) rc = fn(&x, err);
    kam_str_release(&x.try);
    cmd_map_release(&x.m);
    return rc;
}
