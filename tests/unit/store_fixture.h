/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_fixture: small helpers of the store's tests: a new database, writes in an entry of their own, cells. */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H
#include "store.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_setting.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STAMP(text) (&(store_stamp){1000000000, "tester", (text)})
#define ENT(name) store_entity_find(name)

static inline store *fx_open(void)
{
    store *s = NULL;
    kam_err err = KAM_ERR_INIT;
    if (store_open(NULL, 0, &s, &err) != KAM_OK) fail_msg("%s", err.msg);
    return s;
}

static inline void fx_close(store *s)
{
    kam_err err = KAM_ERR_INIT;
    if (store_close(s, &err) != KAM_OK) fail_msg("%s", err.msg);
}

#define FX_OK(call)                                          \
    do {                                                     \
        kam_err fx_err_ = KAM_ERR_INIT, *err = &fx_err_;     \
        if ((call) != KAM_OK) fail_msg("%s:%d: %s", __FILE__, __LINE__, err->msg); \
    } while (0)

/* The call fails with the code, and its first word is the one given (NULL: any). */
#define FX_FAILS(call, rc, first)                                                              \
    do {                                                                                       \
        kam_err fx_err_ = KAM_ERR_INIT, *err = &fx_err_;                                       \
        kam_rc fx_rc_ = (call);                                                                \
        if (fx_rc_ != (rc)) fail_msg("%s:%d: code %s: %s", __FILE__, __LINE__, kam_rc_name(fx_rc_), err->msg); \
        assert_true(err->msg[0] != '\0');                                                      \
        const char *fx_first_ = (first);                                                       \
        if (fx_first_) assert_string_equal(err->word[0], fx_first_);                           \
    } while (0)

/* "field=value" strings, ended by NULL, into values. */
static inline size_t fx_values(const char *const *pairs, store_value *out, char **copies)
{
    size_t n = 0;
    for (; pairs[n]; n++) {
        copies[n] = kam_strdup(pairs[n]);
        char *eq = strchr(copies[n], '=');
        *eq = '\0';
        out[n] = (store_value){copies[n], eq[1] ? eq + 1 : NULL};
    }
    return n;
}

static inline kam_rc fx_add_rc(store *s, const char *entity, const char *const *pairs, kam_err *err)
{
    store_value v[40];
    char *copy[40];
    size_t n = fx_values(pairs, v, copy);
    kam_rc rc = store_entry_begin(s, STAMP("add"), err);
    if (rc == KAM_OK) {
        rc = store_add(s, ENT(entity), v, n, 0, NULL, NULL, err);
        if (rc == KAM_OK) rc = store_entry_commit(s, NULL, err);
        else store_entry_rollback(s);
    }
    for (size_t i = 0; i < n; i++) kam_free(copy[i]);
    return rc;
}
#define fx_add(s, entity, ...) FX_OK(fx_add_rc((s), (entity), (const char *const[]){__VA_ARGS__, NULL}, err))
#define fx_add_fails(s, rc, first, entity, ...) \
    FX_FAILS(fx_add_rc((s), (entity), (const char *const[]){__VA_ARGS__, NULL}, err), (rc), (first))

static inline kam_rc fx_set_rc(store *s, const char *entity, const char *code, const char *const *pairs, kam_err *err)
{
    store_value v[40], key = {ENT(entity)->fields[0].name, code};
    char *copy[40];
    size_t n = fx_values(pairs, v, copy);
    kam_rc rc = store_entry_begin(s, STAMP("set"), err);
    if (rc == KAM_OK) {
        rc = store_set(s, ENT(entity), &key, 1, v, n, 0, NULL, err);
        if (rc == KAM_OK) rc = store_entry_commit(s, NULL, err);
        else store_entry_rollback(s);
    }
    for (size_t i = 0; i < n; i++) kam_free(copy[i]);
    return rc;
}
#define fx_set(s, entity, code, ...) \
    FX_OK(fx_set_rc((s), (entity), (code), (const char *const[]){__VA_ARGS__, NULL}, err))
#define fx_set_fails(s, rc, first, entity, code, ...) \
    FX_FAILS(fx_set_rc((s), (entity), (code), (const char *const[]){__VA_ARGS__, NULL}, err), (rc), (first))

static inline kam_rc fx_remove_rc(store *s, const char *entity, const char *code, unsigned flags, kam_err *err)
{
    store_value key = {ENT(entity)->fields[0].name, code};
    kam_rc rc = store_entry_begin(s, STAMP("remove"), err);
    if (rc == KAM_OK) {
        rc = store_remove(s, ENT(entity), &key, 1, flags, NULL, err);
        if (rc == KAM_OK) rc = store_entry_commit(s, NULL, err);
        else store_entry_rollback(s);
    }
    return rc;
}

/* Cell of a one-row table as text; "-" when missing. Static buffer. */
static inline const char *fx_cell(const kam_table *t, const char *column, size_t row)
{
    static char out[4096], b[KAM_CELL_MAX];
    int c = kam_table_index(t, column);
    if (c < 0) fail_msg("no column %s", column);
    if (row >= kam_table_rows(t)) fail_msg("no row %zu", row);
    if (kam_col_missing(kam_table_column(t, (size_t)c), row)) return "-";
    snprintf(out, sizeof out, "%s", kam_table_cell(t, (size_t)c, row, b));
    return out;
}

static inline int64_t fx_count(store *s, const char *entity)
{
    int64_t n = -1;
    FX_OK(store_count(s, ENT(entity), &n, err));
    return n;
}

/* A field of one record as text. */
static inline char *fx_get(store *s, const char *entity, const char *code, const char *field)
{
    kam_table *t = NULL;
    store_value key = {ENT(entity)->fields[0].name, code};
    FX_OK(store_get(s, ENT(entity), &key, 1, &t, err));
    char *text = kam_strdup(fx_cell(t, field, 0));
    kam_table_unref(t);
    return text;
}
#define fx_is(s, entity, code, field, want)                  \
    do {                                                     \
        char *fx_text_ = fx_get((s), (entity), (code), (field)); \
        assert_string_equal(fx_text_, (want));               \
        kam_free(fx_text_);                                  \
    } while (0)

/* Everything in the database as text, entity by entity, for comparing states. Caller frees. */
static inline char *fx_dump(store *s)
{
    kam_str out = KAM_STR_INIT;
    size_t n;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(e[i].name, "change") == 0) continue;
        kam_table *t = NULL;
        const char *columns[64];
        for (size_t j = 0; j < e[i].n_fields; j++) columns[j] = e[i].fields[j].name;
        store_query q = {.columns = columns, .n_columns = e[i].n_fields};
        FX_OK(store_list(s, &e[i], &q, &t, err));
        kam_str_addf(&out, "%s\n", e[i].name);
        for (size_t r = 0; r < kam_table_rows(t); r++) {
            for (size_t c = 0; c < kam_table_columns(t); c++)
                kam_str_addf(&out, "%s|", fx_cell(t, kam_col_name(kam_table_column(t, c)), r));
            kam_str_add(&out, "\n");
        }
        kam_table_unref(t);
    }
    return kam_str_detach(&out);
}
#endif
