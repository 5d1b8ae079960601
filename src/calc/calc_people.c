/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_people.h"
#include "kam_mem.h"
#include <string.h>

const calc_text calc_role_names[CALC_ROLES] = {{"decider", "decider", "决策人"},
                                               {"gatekeeper", "gatekeeper", "技术/财务把关者"},
                                               {"purchaser", "purchaser", "采购人员"},
                                               {"user", "user", "使用者"},
                                               {"coach", "coach", "向导"}};

kam_rc calc_crowd_open(const calc_people *f, const calc_stakeholder_params *p, calc_crowd *out, kam_err *err)
{
    static const calc_use want[P_COLS] = {
        [P_CONTACT] = {"contact", KAM_TEXT, false},      [P_NAME] = {"name", KAM_TEXT, false},
        [P_TITLE] = {"title", KAM_TEXT, false},          [P_REPORTS] = {"reports_to", KAM_TEXT, false},
        [P_KNOWN] = {"known_since", KAM_DAY, false},     [P_PLACEHOLDER] = {"placeholder", KAM_FLAG, false},
        [P_MEANS] = {"has_means", KAM_FLAG, false},      [P_LAYER] = {"layer", KAM_TEXT, false},
        [P_ROLE] = {"buying_role", KAM_TEXT, false},     [P_ACCOUNT_ROLE] = {"account_role", KAM_TEXT, true},
        [P_AUTHORITY] = {"authority", KAM_REAL, false},  [P_PARTICIPATION] = {"participation", KAM_REAL, false},
        [P_ATTITUDE] = {"attitude", KAM_REAL, false},    [P_ORG_NEED] = {"org_need", KAM_TEXT, false},
        [P_ORG_FIT] = {"org_fit", KAM_REAL, false},      [P_PERSON_NEED] = {"person_need", KAM_TEXT, false},
        [P_PERSON_FIT] = {"person_fit", KAM_REAL, false}, [P_MET] = {"last_met", KAM_DAY, false},
        [P_VISIT] = {"last_visit", KAM_DAY, false},      [P_CHANGED] = {"role_changed", KAM_DAY, false},
        [P_ACTIONS] = {"open_actions", KAM_INT, false},    [P_THINKING] = {"thinking", KAM_TEXT, true},
        [P_WIN] = {"coach_win", KAM_TEXT, true},          [P_NAME_EN] = {"name_en", KAM_TEXT, true}};
    *out = (calc_crowd){.n = calc_use_rows(f->people), .p = p};
    return calc_use_table(f->people, "people", want, P_COLS, out->c, err);
}

bool calc_crowd_placeholder(const calc_crowd *w, size_t i)
{
    return calc_known(w->c[P_PLACEHOLDER], i) && kam_col_int(w->c[P_PLACEHOLDER], i);
}

bool calc_crowd_has_role(const calc_crowd *w, size_t i, const char *role)
{
    const char *s = calc_text_at(w->c[P_ROLE], i);
    size_t len = strlen(role);
    while (s && *s) {
        size_t word = strcspn(s, " ,;");
        if (word == len && memcmp(s, role, len) == 0) return true;
        s += word;
        s += strspn(s, " ,;");
    }
    return false;
}

bool calc_crowd_core(const calc_crowd *w, size_t i)
{
    if (calc_crowd_placeholder(w, i)) return false;
    if (calc_known(w->c[P_AUTHORITY], i) && kam_col_real(w->c[P_AUTHORITY], i) >= w->p->cut) return true;
    for (int k = 0; k < CALC_ROLES - 1; k++)
        if (calc_crowd_has_role(w, i, calc_role_names[k].id)) return true;
    return false;
}

bool calc_crowd_met_since(const calc_crowd *w, size_t i, kam_day day)
{
    return calc_known(w->c[P_MET], i) && kam_col_int(w->c[P_MET], i) >= day;
}

bool calc_crowd_met_lately(const calc_crowd *w, size_t i) { return calc_crowd_met_since(w, i, w->p->asof - w->p->met_days + 1); }

const char *calc_crowd_quadrant(const calc_crowd *w, size_t i)
{
    if (!calc_known(w->c[P_AUTHORITY], i) || !calc_known(w->c[P_PARTICIPATION], i)) return NULL;
    bool decider = kam_col_real(w->c[P_AUTHORITY], i) >= w->p->cut, takes_part = kam_col_real(w->c[P_PARTICIPATION], i) >= w->p->cut;
    return decider ? takes_part ? "owner" : "approver" : takes_part ? "champion" : "adviser";
}

const char *calc_crowd_relationship(double org, double person, double cut)
{
    return org >= cut ? person >= cut ? "partner" : "supplier" : person >= cut ? "friend" : "outsider";
}

const char *calc_crowd_called(const calc_crowd *w, size_t i)
{
    const char *name = w->p->lang == CALC_EN && w->c[P_NAME_EN] ? calc_text_at(w->c[P_NAME_EN], i) : NULL;
    if (!name) name = calc_text_at(w->c[P_NAME], i);
    return name ? name : kam_col_text(w->c[P_CONTACT], i);
}

void calc_crowd_name(kam_str *names, const calc_crowd *w, size_t i)
{
    if (names->len) kam_str_add(names, w->p->lang == CALC_ZH ? "、" : ", ");
    kam_str_add(names, calc_crowd_called(w, i));
}

size_t *calc_crowd_order(const calc_crowd *w)
{
    size_t *order = kam_calloc(w->n, sizeof *order);
    for (size_t i = 0; i < w->n; i++) { /* by insertion: the people of one account, nearly always sorted already */
        size_t k = i;
        for (; k > 0 && strcmp(kam_col_text(w->c[P_CONTACT], order[k - 1]), kam_col_text(w->c[P_CONTACT], i)) > 0; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return order;
}

size_t calc_crowd_find(const calc_crowd *w, const size_t *order, const char *contact)
{
    size_t lo = 0, hi = w->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int cmp = strcmp(kam_col_text(w->c[P_CONTACT], order[mid]), contact);
        if (cmp == 0) return order[mid];
        if (cmp < 0) lo = mid + 1;
        else hi = mid;
    }
    return SIZE_MAX;
}
