/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Record keeping: what is refused and how it is said, names, lists, conditions, removal of what is referred to. */
#include "store_fixture.h"

static store *world(void)
{
    store *s = fx_open();
    fx_add(s, "rep", "code=R1", "name=李明");
    fx_add(s, "competitor", "code=K1", "name=对手甲");
    fx_add(s, "competitor", "code=K2", "name=对手乙");
    fx_add(s, "account", "code=A1", "name=华东精工", "name_en=East Precision", "region=华东", "employees=120");
    fx_add(s, "account", "code=A2", "name=华为", "region=华南", "employees=9", "tags=big；vip");
    fx_add(s, "account", "code=A3", "name=Northern Tools");
    fx_add(s, "contact", "code=C1", "account=A1", "name=王芳");
    fx_add(s, "contact", "code=C2", "account=A1", "name=张伟", "reports_to=C1");
    fx_add(s, "contact", "code=C3", "account=A1", "name=刘洋", "reports_to=C2");
    return s;
}

static void refused(void **state)
{
    (void)state;
    store *s = world();
    char *before = fx_dump(s);
    fx_add_fails(s, KAM_USAGE, "account", "account", "code=A9", "nmae=x");
    fx_add_fails(s, KAM_USAGE, "account", "account", "code=A9", "name=x", "name=y");
    fx_add_fails(s, KAM_CONSTRAINT, "required", "account", "code=A9");
    fx_add_fails(s, KAM_CONSTRAINT, "required", "account", "name=x");
    fx_add_fails(s, KAM_CONSTRAINT, "required", "account", "code=A9", "name=");
    fx_add_fails(s, KAM_CONSTRAINT, "duplicate", "account", "code=A1", "name=x");
    fx_add_fails(s, KAM_CONSTRAINT, "range", "account", "code=A9", "name=x", "exit_cost=10.5");
    fx_add_fails(s, KAM_CONSTRAINT, "range", "account", "code=A9", "name=x", "pay_day=32");
    fx_add_fails(s, KAM_CONSTRAINT, "value", "account", "code=A9", "name=x", "kind=shop");
    fx_add_fails(s, KAM_CONSTRAINT, "value", "account", "code=A9", "name=x", "known_since=2025-02-29");
    fx_add_fails(s, KAM_CONSTRAINT, "value", "account", "code=A9", "name=x", "annual_spend=1.234");
    fx_add_fails(s, KAM_CONSTRAINT, "value", "account", "code=A9", "name=x", "bad_debt=maybe");
    fx_add_fails(s, KAM_CONSTRAINT, "value", "account", "code=A;9", "name=x");
    fx_add_fails(s, KAM_CONSTRAINT, "value", "account", "code=A\t9", "name=x");
    fx_add_fails(s, KAM_CONSTRAINT, "value", "account", "code=A9", "name=\xff\xfe");
    fx_add_fails(s, KAM_NOTFOUND, "account", "contact", "code=C9", "name=x", "account=A77");
    fx_add_fails(s, KAM_CONSTRAINT, "one_of", "target", "period=2025", "amount=1");
    fx_add_fails(s, KAM_CONSTRAINT, "one_of", "target", "period=2025", "amount=1", "rep=R1", "account=A1");
    fx_add_fails(s, KAM_CONSTRAINT, "value", "target", "period=2025-13", "amount=1", "rep=R1");
    fx_add_fails(s, KAM_USAGE, "setting", "setting", "name=window", "value=1");
    fx_set_fails(s, KAM_CONSTRAINT, "cycle", "contact", "C1", "reports_to=C3");
    fx_set_fails(s, KAM_CONSTRAINT, "cycle", "contact", "C1", "reports_to=C1");
    fx_set_fails(s, KAM_CONSTRAINT, "required", "account", "A1", "name=");
    fx_set_fails(s, KAM_CONSTRAINT, "duplicate", "account", "A1", "code=A2");
    fx_set_fails(s, KAM_NOTFOUND, "account", "account", "A77", "name=x");
    char *after = fx_dump(s);
    assert_string_equal(before, after);
    kam_free(before);
    kam_free(after);
    fx_set(s, "account", "A2", "parent=A1");
    fx_set_fails(s, KAM_CONSTRAINT, "cycle", "account", "A1", "parent=A2");
    fx_close(s);
}

static void nearest_is_said(void **state)
{
    (void)state;
    store *s = world();
    kam_err said = KAM_ERR_INIT;
    int64_t id;
    assert_int_equal(store_lookup(s, ENT("account"), "Norhtern Tools", &id, NULL, &said), KAM_NOTFOUND);
    assert_non_null(strstr(said.msg, "Northern Tools"));
    assert_string_equal(said.word[1], "Norhtern Tools");
    kam_err_clear(&said);
    assert_int_equal(fx_add_rc(s, "account", (const char *const[]){"code=A9", "nmae=x", NULL}, &said), KAM_USAGE);
    assert_non_null(strstr(said.msg, "name"));
    fx_close(s);
}

static void names(void **state)
{
    (void)state;
    store *s = world();
    int64_t id, same;
    char *code;
    FX_OK(store_lookup(s, ENT("account"), "A2", &id, &code, err));
    assert_string_equal(code, "A2");
    kam_free(code);
    FX_OK(store_lookup(s, ENT("account"), "华为", &same, NULL, err));
    assert_int_equal(id, same);
    FX_OK(store_lookup(s, ENT("account"), "east precision", &id, &code, err));
    assert_string_equal(code, "A1");
    kam_free(code);
    fx_add(s, "account", "code=A4", "name=华为");
    FX_FAILS(store_lookup(s, ENT("account"), "华为", &id, NULL, err), KAM_CONSTRAINT, "ambiguous");
    kam_table *t;
    FX_OK(store_complete(s, ENT("account"), "华", 0, &t, NULL, NULL, err));
    assert_int_equal(kam_table_rows(t), 3);
    assert_string_equal(fx_cell(t, "code", 0), "A1");
    kam_table_unref(t);
    FX_OK(store_complete(s, ENT("account"), "hd", 0, &t, NULL, NULL, err)); /* 华东精工: hdjg */
    assert_int_equal(kam_table_rows(t), 1);
    kam_table_unref(t);
    FX_OK(store_complete(s, ENT("account"), "EAST", 0, &t, NULL, NULL, err));
    assert_int_equal(kam_table_rows(t), 1);
    kam_table_unref(t);
    FX_OK(store_complete(s, ENT("account"), "", 2, &t, NULL, NULL, err));
    assert_int_equal(kam_table_rows(t), 2);
    kam_table_unref(t);
    fx_is(s, "account", "A1", "sort_key", "hdjg");
    fx_set(s, "account", "A1", "name=中国Steel 2");
    fx_is(s, "account", "A1", "sort_key", "zgsteel2");
    fx_close(s);
}

static size_t rows_where(store *s, const char *entity, const char *condition)
{
    store_where w;
    char *buf;
    kam_table *t;
    FX_OK(store_where_parse(ENT(entity), condition, &w, &buf, err));
    FX_OK(store_list(s, ENT(entity), &(store_query){.where = &w, .n_where = 1}, &t, err));
    size_t n = kam_table_rows(t);
    kam_table_unref(t);
    kam_free(buf);
    return n;
}

static void lists(void **state)
{
    (void)state;
    store *s = world();
    assert_int_equal(rows_where(s, "account", "region = 华东"), 1);
    assert_int_equal(rows_where(s, "account", "region != 华东"), 2); /* a missing one is not it either */
    assert_int_equal(rows_where(s, "account", "region missing"), 1);
    assert_int_equal(rows_where(s, "account", "region present"), 2);
    assert_int_equal(rows_where(s, "account", "employees>=9"), 2);
    assert_int_equal(rows_where(s, "account", "employees < 10"), 1);
    assert_int_equal(rows_where(s, "account", "name ~ TOOL"), 1);
    assert_int_equal(rows_where(s, "account", "tags = vip"), 1);
    assert_int_equal(rows_where(s, "account", "tags = vi"), 0);
    assert_int_equal(rows_where(s, "contact", "reports_to = 王芳"), 1);
    store_where w;
    char *buf;
    FX_FAILS(store_where_parse(ENT("account"), "region", &w, &buf, err), KAM_USAGE, "account");
    FX_FAILS(store_where_parse(ENT("account"), "regoin = x", &w, &buf, err), KAM_USAGE, "account");
    const char *columns[] = {"name", "employees"}, *sort[] = {"-employees"};
    kam_table *t;
    FX_OK(store_list(s, ENT("account"), &(store_query){.columns = columns, .n_columns = 2, .sort = sort, .n_sort = 1}, &t, err));
    assert_int_equal(kam_table_columns(t), 2);
    assert_string_equal(fx_cell(t, "employees", 0), "120");
    assert_string_equal(fx_cell(t, "employees", 1), "9");
    assert_string_equal(fx_cell(t, "employees", 2), "-"); /* missing last */
    assert_string_equal(kam_col_label(kam_table_column(t, 0)), "account.name");
    kam_table_unref(t);
    FX_OK(store_list(s, ENT("account"), &(store_query){.limit = 1}, &t, err));
    assert_int_equal(kam_table_rows(t), 1);
    kam_table_unref(t);
    fx_close(s);
}

static void removal(void **state)
{
    (void)state;
    store *s = world();
    fx_add(s, "transaction", "account=A1", "date=2025-01-02", "amount=10");
    fx_add(s, "transaction", "account=A1", "date=2025-01-02", "amount=10"); /* equal rows are legal */
    fx_add(s, "interaction", "account=A1", "date=2025-01-02", "kind=visit", "contacts=C1;C2");
    fx_add(s, "assessment", "subject_kind=contact", "subject=C1", "attribute=attitude", "date=2025-01-01", "value=3");
    char *before = fx_dump(s);
    kam_err said = KAM_ERR_INIT;
    assert_int_equal(fx_remove_rc(s, "account", "A1", 0, &said), KAM_CONSTRAINT);
    assert_string_equal(said.word[0], "referenced");
    assert_non_null(strstr(said.msg, "2 transactions"));
    assert_non_null(strstr(said.msg, "3 contacts"));
    FX_OK(fx_remove_rc(s, "account", "A1", STORE_CASCADE, err));
    assert_int_equal(fx_count(s, "account"), 2);
    assert_int_equal(fx_count(s, "contact"), 0);
    assert_int_equal(fx_count(s, "transaction"), 0);
    assert_int_equal(fx_count(s, "assessment"), 0);
    kam_table *t;
    FX_OK(store_check(s, &t, err));
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    FX_OK(store_undo(s, 1, NULL, err));
    char *after = fx_dump(s);
    assert_string_equal(before, after);
    kam_free(before);
    kam_free(after);
    fx_close(s);
}

static void assessments(void **state)
{
    (void)state;
    store *s = world();
    fx_add(s, "assessment", "subject_kind=contact", "subject=王芳", "attribute=buying_role", "date=2025-01-01", "value=向导, decider");
    fx_add(s, "assessment", "subject_kind=account", "subject=A1", "attribute=owner", "date=2025-01-01", "value=李明");
    fx_add(s, "opportunity", "code=O1", "account=A1", "opened_on=2025-01-01", "competitors=K2;K1;K2");
    fx_is(s, "opportunity", "O1", "competitors", "K1;K2");
    fx_is(s, "opportunity", "O1", "result", "open");
    fx_add(s, "assessment", "subject_kind=opportunity", "subject=O1", "attribute=amount", "date=2025-01-01", "value=1,000");
    kam_table *t;
    FX_OK(store_list(s, ENT("assessment"), NULL, &t, err));
    assert_int_equal(kam_table_rows(t), 3);
    assert_string_equal(fx_cell(t, "value", 0), "R1");
    assert_string_equal(fx_cell(t, "value", 1), "coach,decider");
    assert_string_equal(fx_cell(t, "value", 2), "1000.00");
    kam_table_unref(t);
    fx_set(s, "rep", "R1", "code=R9"); /* the owner is the person, not the code */
    FX_OK(store_list(s, ENT("assessment"), NULL, &t, err));
    assert_string_equal(fx_cell(t, "value", 0), "R9");
    kam_table_unref(t);
    fx_add_fails(s, KAM_CONSTRAINT, "range", "assessment", "subject_kind=contact", "subject=C1", "attribute=attitude", "date=2025-01-01", "value=6");
    fx_add_fails(s, KAM_CONSTRAINT, "value", "assessment", "subject_kind=contact", "subject=C1", "attribute=owner", "date=2025-01-01", "value=R9");
    fx_add_fails(s, KAM_NOTFOUND, "rep", "assessment", "subject_kind=account", "subject=A1", "attribute=owner", "date=2025-02-01", "value=R1");
    fx_add_fails(s, KAM_NOTFOUND, "contact", "assessment", "subject_kind=contact", "subject=A1", "attribute=attitude", "date=2025-01-01", "value=1");
    /* the general one and the one for an opportunity are two records */
    fx_add(s, "assessment", "subject_kind=contact", "subject=C1", "attribute=attitude", "date=2025-01-01", "value=1");
    fx_add(s, "assessment", "subject_kind=contact", "subject=C1", "attribute=attitude", "date=2025-01-01", "value=-2", "opportunity=O1");
    fx_add_fails(s, KAM_CONSTRAINT, "duplicate", "assessment", "subject_kind=contact", "subject=C1", "attribute=attitude", "date=2025-01-01", "value=1");
    store_value key[] = {{"subject_kind", "contact"}, {"subject", "C1"}, {"attribute", "attitude"}, {"date", "2025-01-01"}};
    store_value four = {"value", "4.50"};
    FX_OK(store_entry_begin(s, STAMP("set"), err));
    FX_OK(store_set(s, ENT("assessment"), key, 4, &four, 1, 0, &t, err));
    FX_OK(store_entry_commit(s, NULL, err));
    assert_int_equal(kam_table_rows(t), 1);
    assert_string_equal(fx_cell(t, "before", 0), "1");
    assert_string_equal(fx_cell(t, "after", 0), "4.5");
    kam_table_unref(t);
    fx_add(s, "mark", "subject_kind=ourselves", "subject=-", "card=shift", "criterion=keep", "date=2025-01-01", "mark=5");
    FX_OK(store_list(s, ENT("mark"), NULL, &t, err));
    assert_string_equal(fx_cell(t, "subject", 0), "-");
    kam_table_unref(t);
    fx_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refused), cmocka_unit_test(nearest_is_said), cmocka_unit_test(names),
        cmocka_unit_test(lists),   cmocka_unit_test(removal),         cmocka_unit_test(assessments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
