/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_stakeholder.h"
#include "calc_people.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

static const calc_text why_marks = {"people.marks", "authority {1}, participation {2}; fit to the organisation {3}, to the person {4}",
                                    "权力 {1}，参与 {2}；组织契合 {3}，个人契合 {4}"};

static void push_real_or_missing(kam_column *c, const kam_column *from, size_t i)
{
    if (calc_known(from, i)) kam_col_push_real(c, kam_col_real(from, i));
    else kam_col_push_missing(c);
}

static calc_arg mark(const kam_column *c, size_t i)
{
    return calc_known(c, i) ? calc_arg_real(kam_col_real(c, i), 1) : calc_arg_text(NULL);
}

static const char *relationship(const calc_crowd *w, size_t i)
{
    if (!calc_known(w->c[P_ORG_FIT], i) || !calc_known(w->c[P_PERSON_FIT], i)) return NULL;
    return calc_crowd_relationship(kam_col_real(w->c[P_ORG_FIT], i), kam_col_real(w->c[P_PERSON_FIT], i), w->p->cut);
}

kam_rc calc_people_map(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"contact", KAM_TEXT, "stakeholder.contact"},   {"name", KAM_TEXT, "stakeholder.name"},
        {"title", KAM_TEXT, "stakeholder.title"},       {"layer", KAM_TEXT, "stakeholder.layer"},
        {"buying_role", KAM_TEXT, "stakeholder.buying_role"}, {"quadrant", KAM_TEXT, "stakeholder.quadrant"},
        {"attitude", KAM_REAL, "stakeholder.attitude"}, {"influence", KAM_REAL, "stakeholder.influence"},
        {"last_met", KAM_DAY, "stakeholder.last_met"},  {"relationship", KAM_TEXT, "stakeholder.relationship"},
        {"authority", KAM_REAL, "stakeholder.authority"}, {"participation", KAM_REAL, "stakeholder.participation"},
        {"placeholder", KAM_FLAG, "stakeholder.placeholder"}, {"why", KAM_TEXT, "classify.why"}};
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    double *influence = kam_calloc(w.n, sizeof *influence);
    uint8_t *known = kam_calloc(w.n, 1);
    rc = calc_crowd_influence(&w, f, influence, known, err);
    if (rc) {
        kam_free(influence);
        kam_free(known);
        return rc;
    }
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("stakeholder.people", f->people, cols, CALC_COUNT(cols), c);
    kam_str buf = KAM_STR_INIT;
    for (size_t i = 0; i < w.n; i++) {
        static const int copied[][2] = {{0, P_CONTACT}, {1, P_NAME}, {2, P_TITLE}, {3, P_LAYER}, {4, P_ROLE}, {8, P_MET}};
        for (size_t k = 0; k < CALC_COUNT(copied); k++) kam_col_push_from(c[copied[k][0]], w.c[copied[k][1]], i);
        kam_col_push_text(c[5], calc_crowd_quadrant(&w, i));
        push_real_or_missing(c[6], w.c[P_ATTITUDE], i);
        kam_col_push_real(c[7], known[i] ? influence[i] : NAN);
        kam_col_push_text(c[9], relationship(&w, i));
        push_real_or_missing(c[10], w.c[P_AUTHORITY], i);
        push_real_or_missing(c[11], w.c[P_PARTICIPATION], i);
        kam_col_push_int(c[12], calc_crowd_placeholder(&w, i));
        calc_push_say(c[13], &buf, p->lang, &why_marks,
                      CALC_ARGS(mark(w.c[P_AUTHORITY], i), mark(w.c[P_PARTICIPATION], i), mark(w.c[P_ORG_FIT], i),
                                mark(w.c[P_PERSON_FIT], i)));
    }
    kam_table_seal(t);
    kam_str_release(&buf);
    kam_free(influence);
    kam_free(known);
    *out = t;
    return KAM_OK;
}

typedef struct tally {
    int64_t known, met, seats;
    kam_str names;
} tally;

static void tally_add(tally *x, const calc_crowd *w, size_t i)
{
    if (calc_crowd_placeholder(w, i)) {
        x->seats++;
        return;
    }
    x->known++;
    x->met += calc_crowd_met_lately(w, i);
    calc_crowd_name(&x->names, w, i);
}

static void push_names(kam_column *c, tally *x)
{
    kam_col_push_text(c, x->names.len ? kam_str_cstr(&x->names) : NULL);
    kam_str_release(&x->names);
}

kam_rc calc_people_layers(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const char *const layers[] = {"image", "decision", "implementation", "use", "unknown"};
    enum { N = CALC_COUNT(layers) };
    static const calc_col cols[] = {
        {"layer", KAM_TEXT, "stakeholder.layer"},       {"known", KAM_INT, "stakeholder.known"},
        {"met", KAM_INT, "stakeholder.met"},            {"share_met", KAM_REAL, "stakeholder.share_met"},
        {"seats", KAM_INT, "stakeholder.seats"},        {"names", KAM_TEXT, "stakeholder.names"}};
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    tally x[N] = {0};
    for (size_t i = 0; i < w.n; i++) {
        size_t k = 0;
        while (k < N - 1 && !calc_text_is(w.c[P_LAYER], i, layers[k])) k++;
        tally_add(&x[k], &w, i);
    }
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("stakeholder.layers", f->people, cols, CALC_COUNT(cols), c);
    for (size_t k = 0; k < N; k++) {
        if (k == N - 1 && x[k].known + x[k].seats == 0) continue;
        kam_col_push_text(c[0], layers[k]);
        kam_col_push_int(c[1], x[k].known);
        kam_col_push_int(c[2], x[k].met);
        kam_col_push_real(c[3], x[k].known ? (double)x[k].met / (double)x[k].known : NAN);
        kam_col_push_int(c[4], x[k].seats);
        push_names(c[5], &x[k]);
    }
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

kam_rc calc_people_roles(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {{"buying_role", KAM_TEXT, "stakeholder.buying_role"}, {"known", KAM_INT, "stakeholder.known"},
                                    {"met", KAM_INT, "stakeholder.met"}, {"names", KAM_TEXT, "stakeholder.names"}};
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("stakeholder.roles", f->people, cols, CALC_COUNT(cols), c);
    for (int k = 0; k < CALC_ROLES; k++) {
        tally x = {0};
        for (size_t i = 0; i < w.n; i++)
            if (calc_crowd_has_role(&w, i, calc_role_names[k].id)) tally_add(&x, &w, i);
        kam_col_push_text(c[0], calc_role_names[k].id);
        kam_col_push_int(c[1], x.known);
        kam_col_push_int(c[2], x.met);
        push_names(c[3], &x);
    }
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

kam_rc calc_people_grid(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const char *const grid[][3] = {{"champion", "low", "high"}, {"owner", "high", "high"}, {"adviser", "low", "low"},
                                          {"approver", "high", "low"}, {"unknown", NULL, NULL}};
    static const calc_col cols[] = {
        {"quadrant", KAM_TEXT, "stakeholder.quadrant"}, {"authority", KAM_TEXT, "stakeholder.authority"},
        {"participation", KAM_TEXT, "stakeholder.participation"}, {"count", KAM_INT, "summary.count"},
        {"names", KAM_TEXT, "stakeholder.names"}};
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("stakeholder.grid", f->people, cols, CALC_COUNT(cols), c);
    for (size_t k = 0; k < CALC_COUNT(grid); k++) {
        tally x = {0};
        for (size_t i = 0; i < w.n; i++) {
            const char *q = calc_crowd_quadrant(&w, i);
            if (strcmp(q ? q : "unknown", grid[k][0]) == 0) tally_add(&x, &w, i);
        }
        if (k == CALC_COUNT(grid) - 1 && x.known == 0) {
            kam_str_release(&x.names);
            continue;
        }
        for (int j = 0; j < 3; j++) kam_col_push_text(c[j], grid[k][j]);
        kam_col_push_int(c[3], x.known);
        push_names(c[4], &x);
    }
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

kam_rc calc_people_needs(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {
        {"contact", KAM_TEXT, "stakeholder.contact"},   {"name", KAM_TEXT, "stakeholder.name"},
        {"org_need", KAM_TEXT, "stakeholder.org_need"}, {"org_fit", KAM_REAL, "stakeholder.org_fit"},
        {"person_need", KAM_TEXT, "stakeholder.person_need"}, {"person_fit", KAM_REAL, "stakeholder.person_fit"},
        {"relationship", KAM_TEXT, "stakeholder.relationship"}, {"weight", KAM_REAL, "stakeholder.weight"}};
    static const int fits[2] = {P_ORG_FIT, P_PERSON_FIT};
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("stakeholder.needs", f->people, cols, CALC_COUNT(cols), c);
    double sum[2] = {0}, weights[2] = {0}, mean[2];
    for (size_t i = 0; i < w.n; i++) {
        if (calc_crowd_placeholder(&w, i)) continue;
        double weight = calc_known(w.c[P_AUTHORITY], i) ? fmax(kam_col_real(w.c[P_AUTHORITY], i), 1.0) : 1.0;
        static const int copied[][2] = {{0, P_CONTACT}, {1, P_NAME}, {2, P_ORG_NEED}, {4, P_PERSON_NEED}};
        for (size_t k = 0; k < CALC_COUNT(copied); k++) kam_col_push_from(c[copied[k][0]], w.c[copied[k][1]], i);
        for (int k = 0; k < 2; k++) {
            push_real_or_missing(c[k ? 5 : 3], w.c[fits[k]], i);
            if (!calc_known(w.c[fits[k]], i)) continue;
            sum[k] += weight * kam_col_real(w.c[fits[k]], i);
            weights[k] += weight;
        }
        kam_col_push_text(c[6], relationship(&w, i));
        kam_col_push_real(c[7], weight);
    }
    for (int k = 0; k < 2; k++) mean[k] = weights[k] > 0 ? sum[k] / weights[k] : NAN;
    for (int k = 0; k < 8; k++) {
        if (k == 3 || k == 5) kam_col_push_real(c[k], mean[k == 5]);
        else if (k == 6 && !isnan(mean[0]) && !isnan(mean[1]))
            kam_col_push_text(c[k], calc_crowd_relationship(mean[0], mean[1], p->cut));
        else kam_col_push_missing(c[k]);
    }
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}
