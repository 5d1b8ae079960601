/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_people.h"
#include "kam_mem.h"
#include <math.h>
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
        [P_ACTIONS] = {"open_actions", KAM_INT, false}};
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

void calc_crowd_name(kam_str *names, const calc_crowd *w, size_t i)
{
    const char *name = calc_text_at(w->c[P_NAME], i);
    if (names->len) kam_str_add(names, w->p->lang == CALC_ZH ? "、" : ", ");
    kam_str_add(names, name ? name : kam_col_text(w->c[P_CONTACT], i));
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

typedef struct line {
    size_t from, to;
} line;

static kam_rc collect_lines(const calc_crowd *w, const calc_people *f, const size_t *order, line **out, size_t *count,
                            kam_err *err)
{
    static const calc_use want[] = {{"contact", KAM_TEXT, false}, {"other", KAM_TEXT, false}, {"kind", KAM_TEXT, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(f->links, "links", want, 3, c, err);
    if (rc) return rc;
    size_t links = calc_use_rows(f->links), n = 0;
    line *l = kam_calloc(w->n + links, sizeof *l);
    for (size_t i = 0; i < w->n; i++) {
        size_t to = calc_known(w->c[P_REPORTS], i) ? calc_crowd_find(w, order, kam_col_text(w->c[P_REPORTS], i)) : SIZE_MAX;
        if (to != SIZE_MAX && to != i) l[n++] = (line){i, to};
    }
    for (size_t r = 0; r < links; r++) {
        if (!calc_text_is(c[2], r, "influence") || !calc_known(c[0], r) || !calc_known(c[1], r)) continue;
        size_t from = calc_crowd_find(w, order, kam_col_text(c[0], r)), to = calc_crowd_find(w, order, kam_col_text(c[1], r));
        if (from != SIZE_MAX && to != SIZE_MAX && from != to) l[n++] = (line){from, to};
    }
    *out = l;
    *count = n;
    return KAM_OK;
}

kam_rc calc_crowd_influence(const calc_crowd *w, const calc_people *f, double *influence, uint8_t *known, kam_err *err)
{
    line *l;
    size_t lines, n = w->n, *order = calc_crowd_order(w);
    kam_rc rc = collect_lines(w, f, order, &l, &lines, err);
    kam_free(order);
    if (rc) return rc;
    double *base = kam_calloc(n, sizeof *base), *next = kam_calloc(n, sizeof *next);
    size_t *out = kam_calloc(n, sizeof *out);
    for (size_t i = 0; i < n; i++) {
        known[i] = calc_known(w->c[P_AUTHORITY], i);
        base[i] = influence[i] = known[i] ? kam_col_real(w->c[P_AUTHORITY], i) : 0.0;
    }
    for (size_t k = 0; k < lines; k++) out[l[k].from]++;
    /* Each person passes on at most influence_share of what it has, so the steps shrink by that factor each round. */
    for (int round = 0; round < 200; round++) {
        double change = 0.0;
        memcpy(next, base, n * sizeof *next);
        for (size_t k = 0; k < lines; k++)
            next[l[k].to] += w->p->influence_share * influence[l[k].from] / (double)out[l[k].from];
        for (size_t i = 0; i < n; i++) {
            change = fmax(change, fabs(next[i] - influence[i]));
            influence[i] = next[i];
        }
        if (change < 1e-12) break;
    }
    for (size_t i = 0; i < n; i++) known[i] = known[i] || influence[i] > 0.0;
    kam_free(base);
    kam_free(next);
    kam_free(out);
    kam_free(l);
    return KAM_OK;
}
