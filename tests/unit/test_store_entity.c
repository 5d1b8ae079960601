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
        if (strcmp(f->ref, "segment") == 0) return "S1";
        if (strcmp(f->ref, "plan-snapshot") == 0) return "V1";
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
    fx_add(s, "segment", "code=S1");
    fx_add(s, "plan-snapshot", "code=V1", "account=A1", "number=7", "date=2025-01-01");
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

/* One entity's life: the states it goes through are kept as text and met again by undo and redo. */
typedef struct life {
    store *s;
    const store_entity *e;
    store_value v[64], key[16];
    size_t n, nk;
    char *object, *empty, *added, *changed;
    int64_t before;
} life;

static void is_now(life *l, const char *want)
{
    char *now = fx_dump(l->s);
    assert_string_equal(now, want);
    kam_free(now);
}

static void is_added(life *l)
{
    kam_table *t = NULL;
    l->n = full_row(l->e, 0, true, l->v);
    FX_OK(store_add(l->s, l->e, l->v, l->n, STORE_DRYRUN, NULL, &t, err)); /* leaves no trace */
    assert_true(kam_table_rows(t) >= 1);
    kam_table_unref(t);
    is_now(l, l->empty);
    FX_OK(store_entry_begin(l->s, STAMP("one add"), err));
    FX_OK(store_add(l->s, l->e, l->v, l->n, 0, &l->object, NULL, err));
    FX_OK(store_entry_commit(l->s, NULL, err));
    assert_int_equal(fx_count(l->s, l->e->name), l->before + 1);
    l->added = fx_dump(l->s);
    l->nk = key_of(l->e, l->object, l->key);
    if (!(l->e->flags & STORE_E_AUTO)) { /* the same key again */
        FX_OK(store_entry_begin(l->s, STAMP("again"), err));
        FX_FAILS(store_add(l->s, l->e, l->v, l->n, 0, NULL, NULL, err), KAM_CONSTRAINT, "duplicate");
        store_entry_rollback(l->s);
    }
}

static void is_shown(life *l)
{
    kam_table *t = NULL;
    FX_OK(store_get(l->s, l->e, l->key, l->nk, &t, err));
    assert_int_equal(kam_table_columns(t), l->e->n_fields);
    assert_int_equal(kam_table_rows(t), 1);
    for (size_t i = 0; i < l->e->n_fields; i++) {
        const kam_column *c = kam_table_column(t, i);
        assert_int_equal(kam_col_type(c), store_kind_type(l->e->fields[i].kind));
        if (!(l->e->fields[i].flags & STORE_ONE_OF)) assert_false(kam_col_missing(c, 0));
    }
    kam_table_unref(t);
    FX_OK(store_list(l->s, l->e, NULL, &t, err));
    assert_int_equal(kam_table_rows(t), l->before + 1);
    kam_table_unref(t);
}

static void is_set(life *l)
{
    int64_t entry = -1;
    l->n = full_row(l->e, 1, false, l->v);
    FX_OK(store_entry_begin(l->s, STAMP("one set"), err));
    FX_OK(store_set(l->s, l->e, l->key, l->nk, l->v, l->n, 0, NULL, err));
    FX_OK(store_entry_commit(l->s, NULL, err));
    l->changed = fx_dump(l->s);
    FX_OK(store_entry_begin(l->s, STAMP("no change"), err)); /* the same again leaves no entry */
    FX_OK(store_set(l->s, l->e, l->key, l->nk, l->v, l->n, 0, NULL, err));
    FX_OK(store_entry_commit(l->s, &entry, err));
    assert_int_equal(entry, 0);
}

static void is_removed_and_undone(life *l)
{
    kam_table *t = NULL;
    FX_OK(store_entry_begin(l->s, STAMP("one remove"), err));
    FX_OK(store_remove(l->s, l->e, l->key, l->nk, 0, NULL, err));
    FX_OK(store_entry_commit(l->s, NULL, err));
    is_now(l, l->empty);
    FX_OK(store_undo(l->s, 1, NULL, err));
    is_now(l, l->changed);
    size_t steps = strcmp(l->changed, l->added) == 0 ? 1 : 2;
    assert_true(steps == 2 || l->n == 0); /* what can be set was changed */
    FX_OK(store_undo(l->s, steps, NULL, err));
    is_now(l, l->empty);
    FX_OK(store_redo(l->s, steps, &t, err));
    assert_int_equal(kam_table_rows(t), steps);
    kam_table_unref(t);
    is_now(l, l->changed);
}

static void one_entity(const store_entity *e)
{
    life l = {.s = fx_open(), .e = e};
    kam_table *t = NULL;
    build(l.s);
    l.empty = fx_dump(l.s);
    l.before = fx_count(l.s, e->name);
    is_added(&l);
    is_shown(&l);
    is_set(&l);
    is_removed_and_undone(&l);
    FX_OK(store_changes(l.s, &(store_changes_query){.entity = e->name}, &t, err));
    assert_true(kam_table_rows(t) >= 2);
    kam_table_unref(t);
    FX_OK(store_check(l.s, &t, err));
    if (kam_table_rows(t)) fail_msg("%s: %s", fx_cell(t, "object", 0), fx_cell(t, "problem", 0));
    kam_table_unref(t);
    kam_free(l.object);
    kam_free(l.empty);
    kam_free(l.added);
    kam_free(l.changed);
    fx_close(l.s);
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
    assert_int_equal(n, 37);
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
