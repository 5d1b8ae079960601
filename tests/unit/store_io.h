/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of files, ledger and queries share: a store, files with given bytes, one-line imports. */
#ifndef TESTS_STORE_IO_H
#define TESTS_STORE_IO_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "kam_mem.h"
#include "kam_str.h"
#include "store.h"
#include "store_export.h"
#include "store_import.h"
#include "store_setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define UNUSED __attribute__((unused))

static const store_stamp io_stamp = {1700000000, "tester", "test"};
static char io_dir[64];

UNUSED static const char *io_path(const char *name)
{
    static char buf[4][256];
    static int turn;
    assert_true(io_dir[0]); /* without io_setup it would be the root of the file system */
    char *p = buf[turn++ % 4];
    snprintf(p, 256, "%s/%s", io_dir, name);
    return p;
}

UNUSED static int io_setup(void **state)
{
    (void)state;
    snprintf(io_dir, sizeof io_dir, "storeio.XXXXXX");
    return mkdtemp(io_dir) ? 0 : -1;
}

UNUSED static int io_teardown(void **state)
{
    (void)state;
    char cmd[128];
    snprintf(cmd, sizeof cmd, "rm -rf '%s'", io_dir);
    return system(cmd);
}

#define OK(call)                                                                                                       \
    do {                                                                                                               \
        kam_err err_ = KAM_ERR_INIT, *io_err = &err_;                                                                    \
        kam_rc rc_ = (call);                                                                                           \
        if (rc_ != KAM_OK) fail_msg("%s: %s: %s", #call, kam_rc_name(rc_), err_.msg);                                  \
    } while (0)

UNUSED static store *io_store(void)
{
    store *s = NULL;
    OK(store_open(NULL, STORE_OPEN_CREATE, &s, io_err));
    return s;
}

UNUSED static void io_close(store *s)
{
    OK(store_close(s, io_err));
}

UNUSED static const char *io_file_n(const char *name, const char *bytes, size_t n)
{
    const char *path = io_path(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return path;
}
#define io_file(name, text) io_file_n((name), (text), strlen(text))

UNUSED static char *io_slurp(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    kam_str s = KAM_STR_INIT;
    char buf[4096];
    for (size_t n; (n = fread(buf, 1, sizeof buf, f)) > 0;) kam_str_addn(&s, buf, n);
    fclose(f);
    kam_str_addn(&s, "", 0);
    return kam_str_detach(&s);
}

/* Import in an entry of its own. */
UNUSED static kam_rc io_import_spec(store *s, const char *entity, const store_import_spec *spec, store_import_result *r,
                                    kam_err *err)
{
    kam_rc rc = store_entry_begin(s, &io_stamp, err);
    if (rc != KAM_OK) return rc;
    rc = store_import(s, store_entity_find(entity), spec, r, err);
    if (rc == KAM_OK) return store_entry_commit(s, NULL, err);
    store_entry_rollback(s);
    return rc;
}

/* Rows that must all go in. */
UNUSED static void io_load(store *s, const char *entity, const char *csv)
{
    store_import_spec spec = {.path = io_file("load.csv", csv)};
    store_import_result r = STORE_IMPORT_RESULT_INIT;
    OK(io_import_spec(s, entity, &spec, &r, io_err));
    if (r.rejected) fail_msg("%s: %s", entity, kam_col_text(kam_table_column(r.rejections, 4), 0));
    store_import_result_release(&r);
}

UNUSED static int64_t io_count(store *s, const char *entity)
{
    int64_t n = -1;
    OK(store_count(s, store_entity_find(entity), &n, io_err));
    return n;
}

/* Cell of the record with this code. */
UNUSED static const char *io_get(store *s, const char *entity, const char *code, const char *field)
{
    static char out[512];
    const store_entity *e = store_entity_find(entity);
    store_value key = {e->fields[0].name, code};
    kam_table *t = NULL;
    char buf[KAM_CELL_MAX];
    OK(store_get(s, e, &key, 1, &t, io_err));
    int c = kam_table_index(t, field);
    assert_true(c >= 0);
    snprintf(out, sizeof out, "%s", kam_table_cell(t, (size_t)c, 0, buf));
    kam_table_unref(t);
    return out;
}

/* A table as "a|b\nc|d\n", to compare with a literal. */
UNUSED static void io_expect(const kam_table *t, const char *columns, const char *text)
{
    kam_str s = KAM_STR_INIT;
    for (size_t r = 0; r < kam_table_rows(t); r++) {
        char copy[512], *save = NULL;
        snprintf(copy, sizeof copy, "%s", columns);
        bool first = true;
        for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
            char buf[KAM_CELL_MAX];
            int c = kam_table_index(t, w);
            if (c < 0) fail_msg("no column %s", w);
            kam_str_addf(&s, "%s%s", first ? "" : "|", kam_table_cell(t, (size_t)c, r, buf));
            first = false;
        }
        kam_str_addc(&s, '\n');
    }
    assert_string_equal(kam_str_cstr(&s), text);
    kam_str_release(&s);
}
#endif
