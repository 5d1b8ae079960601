/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_ask.h"
#include "cmd_entity.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "store.h"
#include <string.h>

bool cmd_entity_made(const cmd_spec *c)
{
    return c->run == cmd_entity_add || c->run == cmd_entity_set || c->run == cmd_entity_show || c->run == cmd_entity_list ||
           c->run == cmd_entity_remove || c->run == cmd_entity_changes;
}

static const store_entity *entity_of(const cmd_entity_args *a)
{
    return ((const cmd_entity_data *)a->self->data)->entity;
}

static bool is_key(const store_field *f) { return f->kind == STORE_AUTO || (f->flags & STORE_KEY); }

/* What was given, split in key and other fields. Arrays hold n_fields; lent texts. */
struct given {
    store_value *key, *value;
    size_t n_key, n_value;
};

static struct given split(const cmd_entity_args *a, bool add)
{
    const store_entity *e = entity_of(a);
    struct given g = {kam_calloc(e->n_fields + 1, sizeof(store_value)), kam_calloc(e->n_fields + 1, sizeof(store_value)),
                      0, 0};
    for (size_t i = 0; i < e->n_fields; i++) {
        if (!a->text[i]) continue;
        store_value v = {e->fields[i].name, a->text[i]};
        if (!add && is_key(&e->fields[i])) g.key[g.n_key++] = v;
        else g.value[g.n_value++] = v;
    }
    return g;
}

static void given_release(struct given *g)
{
    kam_free(g->key);
    kam_free(g->value);
}

/* Run one write inside an entry, or without one for a dry run. */
static kam_rc begin(cmd_session *s, const cmd_entity_args *a, kam_err *err)
{
    return a->dryrun ? KAM_OK : cmd_write_begin(s, err);
}

static kam_rc end(cmd_session *s, const cmd_entity_args *a, kam_rc rc, kam_err *err)
{
    if (a->dryrun) return rc;
    if (rc == KAM_OK) return cmd_write_end(s, NULL, err);
    cmd_write_abort(s);
    return rc;
}

kam_rc cmd_entity_add(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_entity_args *a = args;
    struct given g = split(a, true);
    char *object = NULL;
    kam_table *diff = NULL;
    kam_rc rc = begin(s, a, err);
    if (rc == KAM_OK) {
        rc = store_add(cmd_session_store(s), entity_of(a), g.value, g.n_value, a->dryrun ? STORE_DRYRUN : 0, &object,
                       a->dryrun ? &diff : NULL, err);
        rc = end(s, a, rc, err);
    }
    if (rc == KAM_OK && !a->quiet) {
        if (diff) cmd_value_take_table(out, kam_table_ref(diff));
        else cmd_value_set_text(out, object ? object : "");
    }
    kam_table_unref(diff);
    kam_free(object);
    given_release(&g);
    return rc;
}

kam_rc cmd_entity_set(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_entity_args *a = args;
    struct given g = split(a, false);
    kam_table *diff = NULL;
    kam_rc rc = begin(s, a, err);
    if (rc == KAM_OK) {
        rc = store_set(cmd_session_store(s), entity_of(a), g.key, g.n_key, g.value, g.n_value,
                       a->dryrun ? STORE_DRYRUN : 0, &diff, err);
        rc = end(s, a, rc, err);
    }
    if (rc == KAM_OK && !a->quiet) cmd_value_take_table(out, kam_table_ref(diff));
    kam_table_unref(diff);
    given_release(&g);
    return rc;
}

/* How many records a cascade would take along: asked before, so that nobody else waits while a person thinks. */
static kam_rc confirm_cascade(cmd_session *s, const cmd_entity_args *a, const struct given *g, kam_err *err)
{
    if (!a->cascade || a->dryrun || a->yes) return KAM_OK;
    kam_table *diff = NULL;
    int64_t n = 0;
    kam_rc rc = store_remove(cmd_session_store(s), entity_of(a), g->key, g->n_key, STORE_DRYRUN | STORE_CASCADE, &diff, err);
    if (rc != KAM_OK) return rc;
    const kam_column *action = kam_table_find(diff, "action");
    for (size_t i = 0; i < kam_table_rows(diff); i++) n += kam_streq(kam_col_text(action, i), "remove");
    kam_table_unref(diff);
    return cmd_ask_removal(s, a->self->name, n, false, err);
}

kam_rc cmd_entity_remove(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_entity_args *a = args;
    struct given g = split(a, false);
    kam_table *diff = NULL;
    unsigned flags = (a->dryrun ? STORE_DRYRUN : 0) | (a->cascade ? STORE_CASCADE : 0);
    kam_rc rc = confirm_cascade(s, a, &g, err);
    if (rc == KAM_OK) rc = begin(s, a, err);
    if (rc == KAM_OK) {
        rc = store_remove(cmd_session_store(s), entity_of(a), g.key, g.n_key, flags, &diff, err);
        rc = end(s, a, rc, err);
    }
    if (rc == KAM_OK && !a->quiet) cmd_value_take_table(out, kam_table_ref(diff));
    kam_table_unref(diff);
    given_release(&g);
    return rc;
}

kam_rc cmd_entity_show(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_entity_args *a = args;
    struct given g = split(a, false);
    kam_table *t = NULL;
    kam_rc rc = store_get(cmd_session_store(s), entity_of(a), g.key, g.n_key, &t, err);
    if (rc == KAM_OK) cmd_value_take_table(out, t);
    given_release(&g);
    return rc;
}

kam_rc cmd_entity_list(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_entity_args *a = args;
    const store_entity *e = entity_of(a);
    store_where *where = kam_calloc(a->where.n + 1, sizeof *where);
    char **buf = kam_calloc(a->where.n + 1, sizeof *buf);
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < a->where.n && rc == KAM_OK; i++)
        rc = store_where_parse(e, a->where.word[i], &where[i], &buf[i], err);
    if (rc == KAM_OK) {
        kam_table *t = NULL;
        store_query q = {.where = where, .n_where = a->where.n, .limit = (size_t)a->limit};
        if (a->columns.n) q.columns = a->columns.word, q.n_columns = a->columns.n;
        q.sort = a->sort.word;
        q.n_sort = a->sort.n;
        rc = store_list(cmd_session_store(s), e, &q, &t, err);
        if (rc == KAM_OK) cmd_value_take_table(out, t);
    }
    for (size_t i = 0; i < a->where.n; i++) kam_free(buf[i]);
    kam_free(buf);
    kam_free(where);
    return rc;
}

/* Key text of an object as the journal lists it: the key's values with a blank between them. */
static kam_rc object_text(cmd_session *s, const cmd_entity_args *a, kam_str *object, kam_err *err)
{
    const store_entity *e = entity_of(a);
    bool any = false;
    for (size_t i = 0; i < e->n_fields; i++) any |= a->text[i] != NULL;
    if (!any) return KAM_OK;
    if (e->flags & (STORE_E_NAMED | STORE_E_NAME)) {
        /* A removed object has a history too: what is not found is taken as the code itself. */
        char *code = NULL;
        int64_t id;
        kam_err ignored = KAM_ERR_INIT;
        kam_rc rc = store_lookup(cmd_session_store(s), e, a->text[0], &id, &code, &ignored);
        if (rc != KAM_OK && rc != KAM_NOTFOUND) {
            *err = ignored;
            return rc;
        }
        kam_str_add(object, code ? code : a->text[0]);
        kam_free(code);
        return KAM_OK;
    }
    for (size_t i = 0; i < e->n_fields; i++)
        if (is_key(&e->fields[i]) && a->text[i]) kam_str_addf(object, "%s%s", object->len ? " " : "", a->text[i]);
    return KAM_OK;
}

kam_rc cmd_entity_changes(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_entity_args *a = args;
    kam_str object = KAM_STR_INIT;
    kam_rc rc = object_text(s, a, &object, err);
    if (rc == KAM_OK) {
        kam_table *t = NULL;
        store_changes_query q = {.entity = entity_of(a)->name, .limit = (size_t)a->limit};
        if (object.len) q.object = object.s;
        if (a->since != CMD_UNSET_DAY) q.since_s = a->since * 86400;
        rc = store_changes(cmd_session_store(s), &q, &t, err);
        if (rc == KAM_OK) cmd_value_take_table(out, t);
    }
    kam_str_release(&object);
    return rc;
}
