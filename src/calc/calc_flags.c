/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B5, red flags 雷区: one function a number, each pushing what it finds. */
#include "calc_people.h"
#include "calc_stakeholder.h"

typedef struct flag_rule {
    const char *flag, *kind;
    calc_text evidence, next;
} flag_rule;

enum { F_ROLE, F_INFO, F_COACH, F_NEVER, F_NOT_MET, F_CHANGED, F_NEW, F_RIVALS, F_HOSTILE, F_POLICY, FLAGS };
static const flag_rule rules[FLAGS] = {
    [F_ROLE] = {"1", "role-unfilled", {"flag.1", "no known {1}", "没有已知的{1}"},
                {"flag.1.next", "find out who the {1} is", "查明谁是{1}"}},
    [F_INFO] = {"2", "information-missing", {"flag.2", "missing on {1}: {2}", "{1} 缺少信息：{2}"},
                {"flag.2.next", "ask a coach or {1} about it at the next contact", "下次接触时向向导或 {1} 本人了解"}},
    [F_COACH] = {"3", "no-coach", {"flag.3", "nobody is our coach", "没有向导"},
                 {"flag.3.next", "win a coach: see the candidates", "发展一位向导：见候选人"}},
    [F_NEVER] = {"4a", "never-visited", {"flag.4a", "{1} was never visited by us", "我们从未拜访过 {1}"},
                 {"flag.4a.next", "arrange a first visit to {1}", "安排首次拜访 {1}"}},
    [F_NOT_MET] = {"4b", "not-met", {"flag.4b", "{1} was last met on {2}, {3} days ago", "上次与 {1} 会面是 {2}，已 {3} 天"},
                   {"flag.4b.next", "meet {1}", "与 {1} 会面"}},
    [F_CHANGED] = {"5", "role-changed", {"flag.5", "role or title of {1} changed on {2}, no meeting since",
                                         "{1} 的角色或职务于 {2} 变动，此后没有会面"},
                   {"flag.5.next", "meet {1} in the new role", "以新角色与 {1} 会面"}},
    [F_NEW] = {"6", "new-person", {"flag.6", "{1} is new since {2}, no meeting since", "{1} 于 {2} 新到，此后没有会面"},
               {"flag.6.next", "introduce ourselves to {1}", "向 {1} 作自我介绍"}},
    [F_RIVALS] = {"7", "no-competitor-info", {"flag.7", "no competitor information on open opportunity {1}", "未结商机 {1} 没有竞争对手信息"},
                  {"flag.7.next", "find out who else is bidding for {1}", "查明还有谁在争取 {1}"}},
    [F_HOSTILE] = {"8", "hostile", {"flag.8", "attitude of {1} is {2}, no action against it", "{1} 的态度为 {2}，没有应对行动"},
                   {"flag.8.next", "plan an action to win {1} over, or to work around", "制定行动，争取或绕开 {1}"}},
    [F_POLICY] = {"9", "no-policy-review", {"flag.9", "open opportunity {1}, no policy note reviewed in {2} days",
                                            "有未结商机 {1}，{2} 天内没有复核政策动态"},
                  {"flag.9.next", "review policy of the industry and the region", "复核行业与地区政策"}},
};

static const calc_text parts[] = {{"role", "role", "角色"},
                                  {"authority", "authority", "权力"},
                                  {"attitude", "attitude", "态度"},
                                  {"needs", "needs", "需求"},
                                  {"means", "contact means", "联系方式"}};

typedef struct flags {
    const calc_crowd *w;
    const calc_stakeholder_params *p;
    kam_column *c[7];
    kam_str buf;
} flags;

/* person: row of the contact or SIZE_MAX; opp: code or NULL. */
static void push_flag(flags *f, int rule, size_t person, const char *opp, const calc_arg *args, size_t n)
{
    kam_col_push_text(f->c[0], rules[rule].flag);
    kam_col_push_text(f->c[1], rules[rule].kind);
    kam_col_push_text(f->c[2], person == SIZE_MAX ? NULL : calc_text_at(f->w->c[P_CONTACT], person));
    kam_col_push_text(f->c[3], person == SIZE_MAX ? NULL : calc_text_at(f->w->c[P_NAME], person));
    kam_col_push_text(f->c[4], opp);
    calc_push_say(f->c[5], &f->buf, f->p->lang, &rules[rule].evidence, args, n);
    calc_push_say(f->c[6], &f->buf, f->p->lang, &rules[rule].next, args, n);
}

static calc_arg person_name(const flags *f, size_t i)
{
    return calc_arg_text(calc_crowd_called(f->w, i));
}

static bool role_filled(const calc_crowd *w, const char *role)
{
    for (size_t i = 0; i < w->n; i++)
        if (!calc_crowd_placeholder(w, i) && calc_crowd_has_role(w, i, role)) return true;
    return false;
}

static void roles_unfilled(flags *f)
{
    for (int k = 0; k < CALC_ROLES - 1; k++) {
        const calc_text *name = &calc_role_names[k];
        if (!role_filled(f->w, name->id))
            push_flag(f, F_ROLE, SIZE_MAX, NULL, CALC_ARGS(calc_arg_text(f->p->lang == CALC_ZH ? name->zh : name->en)));
    }
}

static void information_missing(flags *f)
{
    const calc_crowd *w = f->w;
    for (size_t i = 0; i < w->n; i++) {
        if (calc_crowd_placeholder(w, i)) continue;
        const bool has[] = {calc_known(w->c[P_ROLE], i), calc_known(w->c[P_AUTHORITY], i), calc_known(w->c[P_ATTITUDE], i),
                            calc_known(w->c[P_ORG_NEED], i) && calc_known(w->c[P_PERSON_NEED], i),
                            calc_known(w->c[P_MEANS], i) && kam_col_int(w->c[P_MEANS], i)};
        kam_str list = KAM_STR_INIT;
        for (size_t k = 0; k < CALC_COUNT(has); k++) {
            if (has[k]) continue;
            bool zh = f->p->lang == CALC_ZH;
            if (list.len) kam_str_add(&list, zh ? "、" : ", ");
            kam_str_add(&list, zh ? parts[k].zh : parts[k].en);
        }
        if (list.len) push_flag(f, F_INFO, i, NULL, CALC_ARGS(person_name(f, i), calc_arg_text(kam_str_cstr(&list))));
        kam_str_release(&list);
    }
}

static void contact_lost(flags *f)
{
    const calc_crowd *w = f->w;
    for (size_t i = 0; i < w->n; i++)
        if (calc_crowd_core(w, i) && !calc_known(w->c[P_VISIT], i)) push_flag(f, F_NEVER, i, NULL, CALC_ARGS(person_name(f, i)));
    for (size_t i = 0; i < w->n; i++) {
        if (!calc_crowd_core(w, i) || !calc_known(w->c[P_MET], i) || calc_crowd_met_lately(w, i)) continue;
        int64_t met = kam_col_int(w->c[P_MET], i);
        push_flag(f, F_NOT_MET, i, NULL, CALC_ARGS(person_name(f, i), calc_arg_day(met), calc_arg_int(f->p->asof - met)));
    }
}

/* Flags 5 and 6: something happened on a day and no meeting came after. */
static void no_meeting_since(flags *f, int rule, int column, int within_days)
{
    const calc_crowd *w = f->w;
    for (size_t i = 0; i < w->n; i++) {
        if (!calc_crowd_core(w, i) || !calc_known(w->c[column], i)) continue;
        int64_t day = kam_col_int(w->c[column], i);
        if (within_days && day <= f->p->asof - within_days) continue;
        if (!calc_crowd_met_since(w, i, day)) push_flag(f, rule, i, NULL, CALC_ARGS(person_name(f, i), calc_arg_day(day)));
    }
}

static void hostile(flags *f)
{
    const calc_crowd *w = f->w;
    for (size_t i = 0; i < w->n; i++) {
        if (!calc_crowd_core(w, i) || !calc_known(w->c[P_ATTITUDE], i)) continue;
        double attitude = kam_col_real(w->c[P_ATTITUDE], i);
        bool acted = calc_known(w->c[P_ACTIONS], i) && kam_col_int(w->c[P_ACTIONS], i) > 0;
        if (attitude <= f->p->bad_attitude && !acted)
            push_flag(f, F_HOSTILE, i, NULL, CALC_ARGS(person_name(f, i), calc_arg_real(attitude, 1)));
    }
}

static void opportunities_blind(flags *f, const kam_column *const c[2], size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        if (calc_known(c[1], r) && kam_col_int(c[1], r) > 0) continue;
        const char *code = kam_col_text(c[0], r);
        push_flag(f, F_RIVALS, SIZE_MAX, code, CALC_ARGS(calc_arg_text(code)));
    }
}

kam_rc calc_people_flags(const calc_people *in, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"opportunity", KAM_TEXT, false}, {"competitor_facts", KAM_INT, false}};
    static const calc_col cols[] = {
        {"flag", KAM_TEXT, "stakeholder.flag"},         {"kind", KAM_TEXT, "stakeholder.kind"},
        {"contact", KAM_TEXT, "stakeholder.contact"},   {"name", KAM_TEXT, "stakeholder.name"},
        {"opportunity", KAM_TEXT, "funnel.opportunity"}, {"evidence", KAM_TEXT, "stakeholder.evidence"},
        {"next_step", KAM_TEXT, "stakeholder.next_step"}};
    calc_crowd w;
    const kam_column *opp[2];
    kam_rc rc = calc_crowd_open(in, p, &w, err);
    if (!rc) rc = calc_use_table(in->opportunities, "opportunities", want, 2, opp, err);
    if (rc) return rc;
    flags f = {.w = &w, .p = p, .buf = KAM_STR_INIT};
    kam_table *t = calc_out_new("stakeholder.flags", in->people, cols, CALC_COUNT(cols), f.c);
    size_t open = calc_use_rows(in->opportunities);
    roles_unfilled(&f);
    information_missing(&f);
    if (!role_filled(&w, "coach")) push_flag(&f, F_COACH, SIZE_MAX, NULL, NULL, 0);
    contact_lost(&f);
    no_meeting_since(&f, F_CHANGED, P_CHANGED, 0);
    no_meeting_since(&f, F_NEW, P_KNOWN, p->new_days);
    opportunities_blind(&f, opp, open);
    hostile(&f);
    if (open && !(in->has_policy_review && in->policy_review > p->asof - p->policy_days)) {
        const char *code = kam_col_text(opp[0], 0);
        push_flag(&f, F_POLICY, SIZE_MAX, code, CALC_ARGS(calc_arg_text(code), calc_arg_int(p->policy_days)));
    }
    kam_table_seal(t);
    kam_str_release(&f.buf);
    *out = t;
    return KAM_OK;
}
