/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_stakeholder_account: the account in one row, gathered from the views of its people: the head of a plan or a list. */
#include "cmd_stakeholder_map.h"
#include "kam_mem.h"
#include "kam_str.h"

enum { A_ACCOUNT, A_NAME, A_PEOPLE, A_SEATS, A_MET, A_COACHES, A_CIRCLE, A_COMPLETE, A_FLAGS, A_RELATIONSHIP, A_ORG, A_PERSON, A_FEELING,
       A_EXIT, A_RISK, A_PRESENT, A_WANTED, A_COLS };

typedef struct sources {
    kam_table *layers, *roles, *circle, *flags, *needs, *feeling, *relation;
} sources;

static void release(sources *x)
{
    kam_table *t[] = {x->layers, x->roles, x->circle, x->flags, x->needs, x->feeling, x->relation};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) kam_table_unref(t[i]);
}

static kam_rc gather(cmd_session *s, const cmd_map_args *a, sources *x, kam_err *err)
{
    cmd_map m;
    kam_rc rc = cmd_map_load(s, a, STORE_P_RELATIONS, &m, err);
    if (rc) return rc;
    rc = calc_people_layers(&m.people, &m.params, &x->layers, err);
    if (!rc) rc = calc_people_roles(&m.people, &m.params, &x->roles, err);
    if (!rc) rc = calc_people_circle(&m.people, &m.params, &x->circle, err);
    if (!rc) rc = calc_people_flags(&m.people, &m.params, &x->flags, err);
    if (!rc) rc = calc_people_needs(&m.people, &m.params, &x->needs, err);
    if (!rc) rc = calc_people_relation(&m.people, &m.params, &x->relation, err);
    cmd_map_release(&m);
    return rc ? rc : cmd_map_feeling(s, a->account.code, a->asof, &x->feeling, err);
}

static int64_t total(const kam_table *t, const char *column)
{
    const kam_column *c = kam_table_find(t, column);
    int64_t sum = 0;
    for (size_t i = 0; i < kam_col_rows(c); i++) sum += kam_col_missing(c, i) ? 0 : kam_col_int(c, i);
    return sum;
}

static void copy(kam_column *to, const kam_table *t, const char *column, size_t row)
{
    kam_col_push_from(to, kam_table_find(t, column), row);
}

kam_rc cmd_map_account(cmd_session *s, const cmd_map_args *a, kam_table **out, kam_err *err)
{
    static const struct {
        const char *name;
        kam_type type;
        const char *label;
    } cols[A_COLS] = {
        {"account", KAM_TEXT, "classify.account"},       {"name", KAM_TEXT, "classify.name"},
        {"people", KAM_INT, "stakeholder.known"},
        {"seats", KAM_INT, "stakeholder.seats"},         {"met", KAM_INT, "stakeholder.met"},
        {"coaches", KAM_INT, "header.coaches"},          {"circle", KAM_TEXT, "header.circle"},
        {"complete", KAM_FLAG, "header.complete"},       {"flags", KAM_INT, "header.flags"},
        {"relationship", KAM_TEXT, "stakeholder.relationship"}, {"org_fit", KAM_REAL, "stakeholder.org_fit"},
        {"person_fit", KAM_REAL, "stakeholder.person_fit"}, {"feeling", KAM_TEXT, "feeling.feeling"},
        {"exit_cost", KAM_REAL, "feeling.exit_cost"},    {"at_risk", KAM_FLAG, "feeling.at_risk"},
        {"relation_present", KAM_TEXT, "relation.present"}, {"relation_wanted", KAM_TEXT, "relation.wanted"}};
    sources x = {0};
    kam_rc rc = gather(s, a, &x, err);
    if (!rc) {
        kam_table *t = kam_table_new();
        kam_column *c[A_COLS];
        kam_table_set_title(t, "header.title");
        for (int k = 0; k < A_COLS; k++) c[k] = kam_table_add_column(t, cols[k].name, cols[k].type, cols[k].label);
        size_t needs = kam_table_rows(x.needs) - 1; /* the last row is the account's */
        int64_t filled = total(x.circle, "filled"), seats = (int64_t)kam_table_rows(x.circle);
        kam_str circle = KAM_STR_INIT;
        kam_str_addf(&circle, "%lld/%lld", (long long)filled, (long long)seats);
        kam_col_push_text(c[A_ACCOUNT], a->account.code);
        copy(c[A_NAME], x.feeling, "name", 0);
        kam_col_push_int(c[A_PEOPLE], total(x.layers, "known"));
        kam_col_push_int(c[A_SEATS], total(x.layers, "seats"));
        kam_col_push_int(c[A_MET], total(x.layers, "met"));
        copy(c[A_COACHES], x.roles, "known", kam_table_rows(x.roles) - 1); /* the coach is the last role */
        kam_col_push_text(c[A_CIRCLE], kam_str_cstr(&circle));
        kam_col_push_int(c[A_COMPLETE], filled == seats);
        kam_col_push_int(c[A_FLAGS], (int64_t)kam_table_rows(x.flags));
        static const char *const of_needs[] = {"relationship", "org_fit", "person_fit"}, *const of_feeling[] = {"feeling", "exit_cost", "at_risk"};
        for (int k = 0; k < 3; k++) copy(c[A_RELATIONSHIP + k], x.needs, of_needs[k], needs);
        for (int k = 0; k < 3; k++) copy(c[A_FEELING + k], x.feeling, of_feeling[k], 0);
        copy(c[A_PRESENT], x.relation, "relation_present", 0);
        copy(c[A_WANTED], x.relation, "relation_wanted", 0);
        kam_str_release(&circle);
        kam_table_seal(t);
        *out = t;
    }
    release(&x);
    return rc;
}
