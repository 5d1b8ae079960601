/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of rows into the store: the first byte chooses the entity, the second how, the rest is the file. Whatever it
 * holds, every row is taken or rejected, the database stays sound, and taking the entry back leaves nothing. */
#include "fuzz.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include "store.h"
#include "store_import.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const store_stamp stamp = {1700000000, "fuzz", "import"};

static store *open_store(void)
{
    store *s = NULL;
    kam_err err = KAM_ERR_INIT;
    const store_value account[] = {{"code", "A1"}, {"name", "华为技术"}};
    FUZZ_MUST(store_open(NULL, 0, &s, &err) == KAM_OK);
    FUZZ_MUST(store_entry_begin(s, &stamp, &err) == KAM_OK);
    FUZZ_MUST(store_add(s, store_entity_find("account"), account, 2, 0, NULL, NULL, &err) == KAM_OK);
    FUZZ_MUST(store_entry_commit(s, NULL, &err) == KAM_OK);
    return s;
}

static void write_file(const char *path, const uint8_t *data, size_t n)
{
    FILE *f = fopen(path, "wb");
    FUZZ_MUST(f != NULL);
    FUZZ_MUST(n == 0 || fwrite(data, 1, n, f) == n);
    FUZZ_MUST(fclose(f) == 0);
}

static void must_be_sound(store *s)
{
    kam_table *problems = NULL;
    kam_err err = KAM_ERR_INIT;
    FUZZ_MUST(store_check(s, &problems, &err) == KAM_OK);
    FUZZ_MUST(kam_table_rows(problems) == 0);
    kam_table_unref(problems);
}

/* What a failure says is one line of text for people. */
static void must_be_told(const kam_err *err)
{
    FUZZ_MUST(err->code != KAM_OK && err->msg[0]);
    FUZZ_MUST(kam_utf8_valid(err->msg, strlen(err->msg)));
}

static void import(store *s, const store_entity *e, const store_import_spec *spec)
{
    store_import_result r = STORE_IMPORT_RESULT_INIT;
    kam_err err = KAM_ERR_INIT;
    int64_t before = 0, after = 0;
    FUZZ_MUST(store_count(s, e, &before, &err) == KAM_OK);
    FUZZ_MUST(store_entry_begin(s, &stamp, &err) == KAM_OK);
    kam_rc rc = store_import(s, e, spec, &r, &err);
    if (rc == KAM_OK && !spec->preview) {
        FUZZ_MUST(r.read == r.added + r.updated + r.unchanged + r.rejected);
        if (!spec->dryrun) {
            FUZZ_MUST(store_count(s, e, &after, &err) == KAM_OK);
            FUZZ_MUST(after >= before + (int64_t)r.added);
            must_be_sound(s);
        }
    }
    if (rc != KAM_OK) must_be_told(&err);
    store_import_result_release(&r);
    store_entry_rollback(s);
    kam_err_clear(&err);
    FUZZ_MUST(store_count(s, e, &after, &err) == KAM_OK && after == before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const create[] = {"account", "product"};
    static const char *const names[] = {"account", "transaction", "contact", "opportunity", "interaction", "product"};
    if (size < 2) return 0;
    size_t n;
    const store_entity *all = store_entities(&n);
    const store_entity *e = data[0] >= 'a' && data[0] < 'a' + 6 ? store_entity_find(names[data[0] - 'a']) : &all[data[0] % n];
    unsigned how = data[1];
    const char *folder = getenv("TMPDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/fuzz-import-%ld.csv", folder ? folder : "/tmp", (long)getpid());
    write_file(path, data + 2, size - 2);
    store_import_spec spec = {.path = path, .strict = how & 1, .dryrun = how & 2, .preview = how & 4 ? 5 : 0,
                              .create = create, .n_create = how & 8 ? 2 : 0,
                              .mode = how & 64 ? STORE_IMPORT_UPSERT : STORE_IMPORT_DEFAULT};
    store *s = open_store();
    import(s, e, &spec);
    must_be_sound(s);
    kam_err err = KAM_ERR_INIT;
    FUZZ_MUST(store_close(s, &err) == KAM_OK);
    unlink(path);
    return 0;
}
