/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every entity of the field table, generated: add, show, list, set, remove, undo, redo; and the table's own rules. */
#include "store_fixture.h"

/* A value for field f that is valid in the world of build(); variant 0 and 1 differ where they can. */
static const char *value_for(const store_entity *e, const store_field *f, int variant)
{
    if (f->kind == STORE_REF || f->kind == STORE_REFS) {
        if (strcmp(f->ref, "account") == 0) return strcmp(f->name, "referred") == 0 || strcmp(f->name, "parent") == 0 ? "A2" : "A1";
        if (strcmp(f->ref, "contact") == 0)
            return strcmp(f->name, "other") == 0 || strcmp(f->name, "reports_to") == 0 || strcmp(f->name, "customer_owner") == 0
                       ? "C2" : f->kind == STORE_REFS ? "C1;C2" : "C1";
        if (strcmp(f->ref, "rep") == 0) return "R1";
        if (strcmp(f->ref, "competitor") == 0) return "K1";
        if (strcmp(f->ref, "product") == 0) return "P1";
        if (strcmp(f->ref, "opportunity") == 0) return "O1";
        if (strcmp(f->ref, "objective") == 0) return "Z1";
        if (strcmp(f->ref, "mailing") == 0) return "M1";
        if (strcmp(f->ref, "survey") == 0) return "1";
        fail_msg("no value for %s.%s", e->name, f->name);
    }
    if (f->kind == STORE_SUBJECT) return strcmp(e->name, "mark") == 0 ? "A1" : "C1";
    if (f->kind == STORE_CODE && f == &e->fields[0]) return "X1";
    if (f->example && !variant) return f->example;
    switch (f->kind) {
    case STORE_TEXT: case STORE_CODE: return variant ? "另一段 text" : "some 文字; \"quoted\"";
    case STORE_INT: return variant ? "17" : "5";
    case STORE_REAL: return variant ? "0.25" : "2";
    case STORE_FLAG: return variant ? "是" : "0";
    case STORE_DAY: return variant ? "2024-02-29" : "2025-01-31";
    case STORE_MONEY: return variant ? "0.01" : "1,234.50";
    case STORE_PERIOD: return variant ? "2024-12" : "2025-Q3";
    case STORE_ENUM: return variant && f->values[1].name ? f->values[1].zh : f->values[0].name;
    case STORE_LIST: return variant ? "x" : "一；two、3;two";
    case STORE_VALUE: return variant ? "-4" : "3";
    default: return NULL;
    }
}

static void build(store *s)
{
    fx_add(s, "rep", "code=R1", "name=李明");
    fx_add(s, "competitor", "code=K1", "name=对手");
    fx_add(s, "product", "sku=P1", "name=泵");
    fx_add(s, "account", "code=A1", "name=华东精工");
    fx_add(s, "account", "code=A2", "name=Northern Tools");
    fx_add(s, "contact", "code=C1", "account=A1", "name=王芳");
    fx_add(s, "contact", "code=C2", "account=A1", "name=张伟");
    fx_add(s, "opportunity", "code=O1", "account=A1", "opened_on=2025-01-01");
    fx_add(s, "objective", "code=Z1", "account=A1");
    fx_add(s, "mailing", "code=M1");
    fx_add(s, "survey", "account=A1", "date=2025-01-01");
}

static size_t full_row(const store_entity *e, int variant, bool keys, store_value *v)
{
    size_t n = 0;
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        if (f->kind == STORE_AUTO || (!keys && (f->flags & (STORE_KEY | STORE_ONE_OF)))) continue;
        if ((f->flags & STORE_ONE_OF) && strcmp(f->name, "rep") == 0) continue; /* give the account */
        v[n++] = (store_value){f->name, value_for(e, f, variant)};
    }
    return n;
}

static size_t key_of(const store_entity *e, const char *object, store_value *v)
{
    if (e->flags & STORE_E_AUTO) {
        v[0] = (store_value){"id", object};
        return 1;
    }
    size_t n = 0;
    for (size_t i = 0; i < e->n_fields; i++)
        if ((e->fields[i].flags & STORE_KEY) && !((e->fields[i].flags & STORE_ONE_OF) && strcmp(e->fields[i].name, "rep") == 0))
            v[n++] = (store_value){e->fields[i].name, value_for(e, &e->fields[i], 0)};
    return n;
}

static void one_entity(const store_entity *e)
{
    store *s = fx_open();
    store_value v[64], key[16];
    char *object = NULL, *empty, *added, *changed, *now;
    kam_table *t = NULL;
    build(s);
    empty = fx_dump(s);
    int64_t before = fx_count(s, e->name);

    size_t n = full_row(e, 0, true, v);
    FX_OK(store_add(s, e, v, n, STORE_DRYRUN, NULL, &t, err)); /* leaves no trace */
    assert_true(kam_table_rows(t) >= 1);
    kam_table_unref(t);
    now = fx_dump(s);
    assert_string_equal(now, empty);
    kam_free(now);

    FX_OK(store_entry_begin(s, STAMP("one add"), err));
    FX_OK(store_add(s, e, v, n, 0, &object, &t, err));
    FX_OK(store_entry_commit(s, NULL, err));
    assert_int_equal(fx_count(s, e->name), before + 1);
    kam_table_unref(t);
    added = fx_dump(s);

    size_t nk = key_of(e, object, key);
    FX_OK(store_get(s, e, key, nk, &t, err));
    assert_int_equal(kam_table_columns(t), e->n_fields);
    assert_int_equal(kam_table_rows(t), 1);
    for (size_t i = 0; i < e->n_fields; i++) {
        const kam_column *c = kam_table_column(t, i);
        assert_int_equal(kam_col_type(c), store_kind_type(e->fields[i].kind));
        if (!(e->fields[i].flags & STORE_ONE_OF)) assert_false(kam_col_missing(c, 0));
    }
    kam_table_unref(t);

    if (!(e->flags & STORE_E_AUTO)) { /* the same key again */
        FX_OK(store_entry_begin(s, STAMP("again"), err));
        FX_FAILS(store_add(s, e, v, n, 0, NULL, NULL, err), KAM_CONSTRAINT, "duplicate");
        store_entry_rollback(s);
    }

    n = full_row(e, 1, false, v);
    FX_OK(store_entry_begin(s, STAMP("one set"), err));
    FX_OK(store_set(s, e, key, nk, v, n, 0, &t, err));
    FX_OK(store_entry_commit(s, NULL, err));
    if (n > 0) assert_true(kam_table_rows(t) >= 1 || (n == 1 && e->fields[e->n_fields - 1].kind == STORE_REF));
    kam_table_unref(t);
    changed = fx_dump(s);

    int64_t entry = -1; /* the same again changes nothing and leaves no entry */
    FX_OK(store_entry_begin(s, STAMP("no change"), err));
    FX_OK(store_set(s, e, key, nk, v, n, 0, NULL, err));
    FX_OK(store_entry_commit(s, &entry, err));
    assert_int_equal(entry, 0);

    FX_OK(store_list(s, e, NULL, &t, err));
    assert_int_equal(kam_table_rows(t), before + 1);
    kam_table_unref(t);

    FX_OK(store_entry_begin(s, STAMP("one remove"), err));
    FX_OK(store_remove(s, e, key, nk, 0, NULL, err));
    FX_OK(store_entry_commit(s, NULL, err));
    now = fx_dump(s);
    assert_string_equal(now, empty);
    kam_free(now);

    FX_OK(store_undo(s, 1, NULL, err));
    now = fx_dump(s);
    assert_string_equal(now, changed);
    kam_free(now);
    size_t steps = strcmp(changed, added) == 0 ? 1 : 2;
    FX_OK(store_undo(s, steps, NULL, err));
    now = fx_dump(s);
    assert_string_equal(now, empty);
    kam_free(now);
    FX_OK(store_redo(s, steps, &t, err));
    assert_int_equal(kam_table_rows(t), steps);
    kam_table_unref(t);
    now = fx_dump(s);
    assert_string_equal(now, changed);
    kam_free(now);

    FX_OK(store_changes(s, &(store_changes_query){.entity = e->name}, &t, err));
    assert_true(kam_table_rows(t) >= 2);
    kam_table_unref(t);
    FX_OK(store_check(s, &t, err));
    if (kam_table_rows(t)) fail_msg("%s: %s", fx_cell(t, "object", 0), fx_cell(t, "problem", 0));
    kam_table_unref(t);
    kam_free(object);
    kam_free(empty);
    kam_free(added);
    kam_free(changed);
    fx_close(s);
}

static void every_entity(void **state)
{
    (void)state;
    size_t n, tried = 0;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) {
        if (e[i].flags & STORE_E_READONLY) continue;
        one_entity(&e[i]);
        tried++;
    }
    assert_int_equal(tried, n - 2);
}

/* Names are unique, labels are there in both languages, references lead somewhere, keys come first. */
static void the_table_itself(void **state)
{
    (void)state;
    size_t n;
    const store_entity *e = store_entities(&n);
    assert_int_equal(n, 33);
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(store_entity_find(e[i].name), &e[i]);
        assert_ptr_equal(store_entity_of_table(e[i].table), &e[i]);
        assert_true(e[i].zh[0] && e[i].en[0] && e[i].plural_en[0] && e[i].help_zh[0] && e[i].help_en[0]);
        bool data = false;
        for (size_t j = 0; j < e[i].n_fields; j++) {
            const store_field *f = &e[i].fields[j];
            assert_ptr_equal(store_field_find(&e[i], f->name), f);
            assert_true(f->zh[0] && f->en[0] && f->help_zh[0] && f->help_en[0]);
            if (f->kind == STORE_REF || f->kind == STORE_REFS) assert_non_null(store_entity_find(f->ref));
            if (f->kind == STORE_SUBJECT) assert_int_equal(store_field_find(&e[i], f->ref)->kind, STORE_ENUM);
            if (f->kind == STORE_ENUM) assert_non_null(f->values);
            if (f->flags & STORE_RANGED) assert_true(f->hi > f->lo);
            if (store_field_positional(f)) assert_false(data); /* positional ones first */
            else data = true;
        }
    }
    assert_string_equal(store_label_text("account.known_since", true), "相识日期");
    assert_string_equal(store_label_text("account", false), "account");
    assert_null(store_label_text("account.nonsense", true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_itself),
        cmocka_unit_test(every_entity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
