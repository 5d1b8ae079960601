/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_export: the formats, a file that appears whole or not at all, and that an export read back is the same database,
 * for every entity of the field table. */
#include "store_io.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static kam_table *sample(void)
{
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, "CNY", 2);
    kam_column *a = kam_table_add_column(t, "code", KAM_TEXT, NULL), *b = kam_table_add_column(t, "amount", KAM_MONEY, NULL);
    kam_column *c = kam_table_add_column(t, "day", KAM_DAY, NULL), *d = kam_table_add_column(t, "share", KAM_REAL, NULL);
    kam_column *e = kam_table_add_column(t, "ok", KAM_FLAG, NULL);
    kam_col_push_text(a, "a,\"b\" | 华\n2");
    kam_col_push_int(b, -123450);
    kam_col_push_int(c, 19723);
    kam_col_push_real(d, 0.1);
    kam_col_push_int(e, 1);
    kam_col_push_text(a, "x\ty\\");
    kam_col_push_missing(b);
    kam_col_push_missing(c);
    kam_col_push_missing(d);
    kam_col_push_int(e, 0);
    kam_table_seal(t);
    return t;
}

static void expect_file(const kam_table *t, const char *name, const char *text)
{
    OK(store_export_table(t, io_path(name), true, io_err));
    char *s = io_slurp(io_path(name));
    assert_non_null(s);
    assert_string_equal(s, text);
    kam_free(s);
}

static void test_formats(void **state)
{
    (void)state;
    kam_table *t = sample();
    expect_file(t, "t.csv", "code,amount,day,share,ok\n\"a,\"\"b\"\" | 华\n2\",-1234.50,2024-01-01,0.1,1\nx\ty\\,,,,0\n");
    expect_file(t, "t.tsv", "code\tamount\tday\tshare\tok\n\"a,\"\"b\"\" | 华\n2\"\t-1234.50\t2024-01-01\t0.1\t1\n\"x\ty\\\"\t\t\t\t0\n");
    expect_file(t, "t.json", "[\n{\"code\":\"a,\\\"b\\\" | 华\\n2\",\"amount\":-1234.50,\"day\":\"2024-01-01\",\"share\":0.1,"
                             "\"ok\":true},\n{\"code\":\"x\\ty\\\\\",\"amount\":null,\"day\":null,\"share\":null,\"ok\":false}\n]\n");
    expect_file(t, "t.JSONL", "{\"code\":\"a,\\\"b\\\" | 华\\n2\",\"amount\":-1234.50,\"day\":\"2024-01-01\",\"share\":0.1,"
                              "\"ok\":true}\n{\"code\":\"x\\ty\\\\\",\"amount\":null,\"day\":null,\"share\":null,\"ok\":false}\n");
    expect_file(t, "t.md", "| code | amount | day | share | ok |\n| --- | ---: | --- | ---: | --- |\n"
                           "| a,\"b\" \\| 华<br>2 | -1234.50 | 2024-01-01 | 0.1 | 1 |\n| x\ty\\\\ |  |  |  | 0 |\n");
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(store_export_table(t, io_path("t.doc"), true, &err), KAM_USAGE);
    assert_non_null(strstr(err.msg, ".csv .tsv .json .jsonl .md"));
    kam_err_clear(&err);
    assert_int_equal(store_export_table(t, "no.such.folder/t.csv", true, &err), KAM_IO);
    kam_err_clear(&err);
    assert_int_equal(store_export_table(t, io_path("t.csv"), false, &err), KAM_CONSTRAINT);
    assert_string_equal(err.word[0], "exists");
    kam_table_unref(t);
}

static void test_mode_and_link(void **state)
{
    (void)state;
    kam_table *t = sample();
    struct stat st;
    OK(store_export_table(t, io_path("new.csv"), false, io_err));
    assert_int_equal(stat(io_path("new.csv"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(chmod(io_path("new.csv"), 0644), 0);
    assert_int_equal(symlink("new.csv", io_path("link.csv")), 0);
    OK(store_export_table(t, io_path("link.csv"), true, io_err));
    assert_int_equal(lstat(io_path("link.csv"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(stat(io_path("new.csv"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0644);
    kam_table_unref(t);
}

/* RLIMIT_FSIZE stands for a full disk. In a child: a limit once lowered stays. */
static int on_full_disk(rlim_t limit, int (*body)(void))
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit l = {limit, limit};
        signal(SIGXFSZ, SIG_IGN);
        _exit(setrlimit(RLIMIT_FSIZE, &l) == 0 ? body() : 9);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static kam_table *big_table(void)
{
    kam_table *t = kam_table_new();
    kam_column *a = kam_table_add_column(t, "n", KAM_INT, NULL);
    for (int i = 0; i < 100000; i++) kam_col_push_int(a, i);
    kam_table_seal(t);
    return t;
}

static int export_big(void)
{
    kam_table *t = big_table();
    kam_err err = KAM_ERR_INIT;
    kam_rc rc = store_export_table(t, io_path("full.csv"), true, &err);
    kam_table_unref(t);
    return rc == KAM_IO && strcmp(err.word[0], io_path("full.csv")) == 0 ? 0 : 1;
}

static int import_big(void)
{
    store *s = NULL;
    store_import_result r = STORE_IMPORT_RESULT_INIT;
    store_import_spec spec = {.path = io_path("big.csv")};
    kam_err err = KAM_ERR_INIT;
    int64_t n = -1;
    if (store_open(io_path("full.kam"), 0, &s, NULL) != KAM_OK) return 2;
    kam_rc rc = io_import_spec(s, "account", &spec, &r, &err);
    store_import_result_release(&r); /* the import may go well and only its commit fail */
    if (rc != KAM_IO) return 3;
    if (store_count(s, store_entity_find("account"), &n, NULL) != KAM_OK || n != 1) return 4;
    (void)store_close(s, NULL);
    return 0;
}

static void test_full_disk(void **state)
{
    (void)state;
    char cmd[128];
    io_file("full.csv", "before\n");
    assert_int_equal(on_full_disk(65536, export_big), 0);
    char *s = io_slurp(io_path("full.csv"));
    assert_string_equal(s, "before\n");
    kam_free(s);
    snprintf(cmd, sizeof cmd, "ls -A '%s' | grep -q '^\\.kamsh'", io_dir);
    assert_int_not_equal(system(cmd), 0); /* no temporary file left */

    store *db = NULL;
    OK(store_open(io_path("full.kam"), STORE_OPEN_CREATE, &db, io_err));
    io_load(db, "account", "code,name\nA,before\n");
    io_close(db);
    kam_str csv = KAM_STR_INIT;
    kam_str_add(&csv, "code,name\n");
    for (int i = 0; i < 60000; i++) kam_str_addf(&csv, "B%06d,some name of a customer that takes room\n", i);
    io_file("big.csv", csv.s);
    kam_str_release(&csv);
    struct stat st;
    assert_int_equal(stat(io_path("full.kam"), &st), 0);
    assert_int_equal(on_full_disk((rlim_t)st.st_size + 1000000, import_big), 0);
    OK(store_open(io_path("full.kam"), 0, &db, io_err));
    assert_int_equal(io_count(db, "account"), 1);
    kam_table *problems = NULL;
    OK(store_check(db, &problems, io_err));
    assert_int_equal(kam_table_rows(problems), 0);
    kam_table_unref(problems);
    io_close(db);
}

/* --- round trip ------------------------------------------------------------------------------------------------ */

enum { RECORDS = 4 };

/* Code of the n-th record of an entity, or its number. */
static void code_of(const store_entity *e, int n, char out[64])
{
    if (e->flags & STORE_E_AUTO) snprintf(out, 64, "%d", n + 1);
    else snprintf(out, 64, "%c%c-%03d", e->name[0] - 32, e->name[1] - 32, n + 1);
}

static const char *text_value(int n)
{
    static const char *const v[] = {"plain", "a, \"b\"; c", "华东精工\n第二行 𠮷", " leading and trailing "};
    return v[n % 4];
}

static bool attribute_value(const char *subject, int n, const char **attribute, char out[64])
{
    size_t k = 0, seen = 0;
    const store_attribute *a = store_attributes(&k);
    for (size_t i = 0; i < k; i++) {
        if (strcmp(a[i].subject, subject) != 0 || (int)seen++ != n) continue;
        *attribute = a[i].name;
        if (a[i].kind == STORE_REF) code_of(store_entity_find("rep"), n % RECORDS, out);
        else snprintf(out, 64, "%s", a[i].example);
        return true;
    }
    return false;
}

/* A valid value of field f in record n; false: leave it out. */
static bool value_of(const store_entity *e, const store_field *f, int n, char out[64])
{
    const bool required = (f->flags & (STORE_REQUIRED | STORE_KEY)) != 0;
    size_t k = 0;
    if (!required && n == 0) return false; /* one record bare */
    if (f->flags & STORE_ONE_OF) {
        size_t i = store_field_index(e, f);
        bool first = !(e->fields[i - 1].flags & STORE_ONE_OF);
        if (first == (n % 2 == 1)) return false;
    }
    switch (f->kind) {
    case STORE_AUTO: return false;
    case STORE_CODE:
        if (store_field_index(e, f) == 0) code_of(e, n, out);
        else snprintf(out, 64, "%s", f->example ? f->example : "part");
        return true;
    case STORE_TEXT: snprintf(out, 64, "%s", text_value(n)); return true;
    case STORE_INT: snprintf(out, 64, "%d", (int)(f->flags & STORE_RANGED ? f->lo : 0) + n); return true;
    case STORE_REAL: snprintf(out, 64, "%s", n % 2 ? "0.1" : "3"); return true;
    case STORE_FLAG: snprintf(out, 64, "%d", n % 2); return true;
    case STORE_DAY: snprintf(out, 64, "2024-01-%02d", n + 1); return true;
    case STORE_MONEY: snprintf(out, 64, "%d.%02d", n * 1000, n); return true;
    case STORE_PERIOD: snprintf(out, 64, n % 2 ? "2024-Q%d" : "202%d", n + 1); return true;
    case STORE_ENUM:
        while (f->values[k].name) k++;
        snprintf(out, 64, "%s", f->values[(size_t)n % k].name);
        return true;
    case STORE_LIST: snprintf(out, 64, "x;y %d", n); return true;
    case STORE_REF:
        if (strcmp(f->ref, e->name) == 0) { /* upwards: a later record above an earlier one */
            if (n == RECORDS - 1) return false;
            code_of(e, n + 1, out);
            return true;
        }
        code_of(store_entity_find(f->ref), required && strcmp(f->name, "referred") == 0 ? (n + 1) % RECORDS : n, out);
        return true;
    case STORE_REFS: {
        char a[64], b[64], both[130];
        code_of(store_entity_find(f->ref), 0, a);
        code_of(store_entity_find(f->ref), n, b);
        snprintf(both, sizeof both, "%s;%s", a, b);
        memcpy(out, both, 63);
        out[63] = 0;
        return true;
    }
    default: return false;
    }
}

static void add_record(store *s, const store_entity *e, int n)
{
    static const char *const kinds[] = {"contact", "account", "opportunity", "contact"};
    store_value v[64];
    char text[64][64];
    size_t k = 0;
    const char *attribute = NULL;
    char value[64] = "";
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        bool given;
        if (f->kind == STORE_SUBJECT) {
            code_of(store_entity_find(kinds[n]), n, text[k]);
            given = true;
        } else if (f->kind == STORE_ENUM && i + 1 < e->n_fields && e->fields[i + 1].kind == STORE_SUBJECT) {
            snprintf(text[k], 64, "%s", kinds[n]);
            given = true;
        } else if (strcmp(f->name, "attribute") == 0) {
            assert_true(attribute_value(kinds[n], n % 3, &attribute, value));
            snprintf(text[k], 64, "%s", attribute);
            given = true;
        } else if (f->kind == STORE_VALUE) {
            snprintf(text[k], 64, "%s", value);
            given = true;
        } else {
            given = value_of(e, f, n, text[k]);
        }
        if (!given) continue;
        v[k] = (store_value){f->name, text[k]};
        k++;
    }
    kam_err err = KAM_ERR_INIT;
    if (store_add(s, e, v, k, 0, NULL, NULL, &err) != KAM_OK) fail_msg("%s %d: %s", e->name, n, err.msg);
}

static void fill_all(store *s)
{
    size_t n = 0;
    const store_entity *e = store_entities(&n);
    OK(store_entry_begin(s, &io_stamp, io_err));
    for (size_t i = 0; i < n; i++) {
        if (e[i].flags & STORE_E_READONLY) continue;
        for (int k = RECORDS - 1; k >= 0; k--) /* downwards, so that what stands above is there */
            add_record(s, &e[i], e[i].flags & STORE_E_AUTO ? RECORDS - 1 - k : k);
    }
    OK(store_entry_commit(s, NULL, io_err));
}

static void export_all(store *s, const char *suffix, const char *ext)
{
    size_t n = 0;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) {
        char name[96];
        uint64_t rows = 0;
        if (e[i].flags & STORE_E_READONLY) continue;
        snprintf(name, sizeof name, "%s%s.%s", e[i].name, suffix, ext);
        OK(store_export_entity(s, &e[i], io_path(name), true, &rows, io_err));
        assert_int_equal(rows, RECORDS);
    }
}

static void import_all(store *s, const char *suffix, const char *ext, bool again)
{
    size_t n = 0;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) {
        char name[96];
        if (e[i].flags & STORE_E_READONLY) continue;
        snprintf(name, sizeof name, "%s%s.%s", e[i].name, suffix, ext);
        store_import_spec spec = {.path = io_path(name), .mode = again ? STORE_IMPORT_UPSERT : STORE_IMPORT_INSERT};
        store_import_result r;
        OK(io_import_spec(s, e[i].name, &spec, &r, io_err));
        if (r.rejected) fail_msg("%s: %s", e[i].name, kam_col_text(kam_table_column(r.rejections, 4), 0));
        if (again && r.unchanged != RECORDS) fail_msg("%s: %d unchanged, %d updated", e[i].name, (int)r.unchanged, (int)r.updated);
        if (!again) assert_int_equal(r.added, RECORDS);
        store_import_result_release(&r);
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    static const char *const ext[] = {"csv", "tsv"};
    store *a = io_store();
    fill_all(a);
    for (size_t x = 0; x < 2; x++) {
        export_all(a, ".1", ext[x]);
        store *b = io_store();
        import_all(b, ".1", ext[x], false);
        export_all(b, ".2", ext[x]);
        size_t n = 0;
        const store_entity *e = store_entities(&n);
        for (size_t i = 0; i < n; i++) {
            char one[96], two[96];
            if (e[i].flags & STORE_E_READONLY) continue;
            snprintf(one, sizeof one, "%s.1.%s", e[i].name, ext[x]);
            snprintf(two, sizeof two, "%s.2.%s", e[i].name, ext[x]);
            char *s1 = io_slurp(io_path(one)), *s2 = io_slurp(io_path(two));
            assert_string_equal(s1, s2);
            kam_free(s1);
            kam_free(s2);
        }
        import_all(b, ".1", ext[x], true); /* once more: all unchanged */
        io_close(b);
    }
    io_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_mode_and_link),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_round_trip),
    };
    return cmocka_run_group_tests_name("store_export", tests, io_setup, io_teardown);
}
