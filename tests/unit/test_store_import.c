/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_import: headers, values, every way a row or a file can be wrong, modes and keys, and what is left afterwards. */
#include "store_io.h"

#include <sys/resource.h>
#include <signal.h>

static void expect_rejection(const store_import_result *r, size_t i, int64_t line, int64_t column, const char *part)
{
    const kam_table *t = r->rejections;
    assert_true(kam_table_rows(t) > i);
    const char *reason = kam_col_text(kam_table_column(t, 4), i);
    if (!strstr(reason, part)) fail_msg("\"%s\" does not say \"%s\"", reason, part);
    assert_int_equal(kam_col_int(kam_table_column(t, 0), i), line);
    if (column) assert_int_equal(kam_col_int(kam_table_column(t, 1), i), column);
}

/* One bad row among two good ones: the good ones are there, the bad one says why. */
static void one_bad(const char *entity, const char *csv, size_t n, int64_t line, int64_t column, const char *part)
{
    store *s = io_store();
    io_load(s, "account", "code,name\nA1,one\nA2,two\n");
    int64_t before = io_count(s, entity);
    store_import_spec spec = {.path = io_file_n("bad.csv", csv, n)};
    store_import_result r;
    OK(io_import_spec(s, entity, &spec, &r, io_err));
    assert_int_equal(r.read, 3);
    assert_int_equal(r.added, 2);
    assert_int_equal(r.rejected, 1);
    assert_int_equal(io_count(s, entity), before + 2);
    expect_rejection(&r, 0, line, column, part);
    store_import_result_release(&r);
    io_close(s);
}
#define ONE_BAD(entity, csv, line, column, part) one_bad(entity, csv, sizeof(csv) - 1, line, column, part)

/* A file that is refused leaves nothing. */
static void refused(const char *entity, const char *csv, size_t n, kam_rc code, const char *line, const char *part)
{
    store *s = io_store();
    io_load(s, "account", "code,name\nA1,one\nA2,two\n");
    int64_t before = io_count(s, entity);
    store_import_spec spec = {.path = io_file_n("bad.csv", csv, n)};
    store_import_result r;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(io_import_spec(s, entity, &spec, &r, &err), code);
    if (!strstr(err.msg, part)) fail_msg("\"%s\" does not say \"%s\"", err.msg, part);
    if (code == KAM_DATA) {
        assert_string_equal(err.word[0], spec.path);
        assert_string_equal(err.word[1], line);
    }
    assert_null(r.summary);
    assert_int_equal(io_count(s, entity), before);
    io_close(s);
}
#define REFUSED(entity, csv, code, line, part) refused(entity, csv, sizeof(csv) - 1, code, line, part)

static void test_headers(void **state)
{
    (void)state;
    store *s = io_store();
    io_load(s, "account", "code,name,known_since\nA1,one,2024-01-31\n");
    io_load(s, "account", "Known since;CODE;Name\n2024-02-01;A2;two\n");
    io_load(s, "account", "代码\t名称\t相识日期\nA3\t三\t2024-02-02\n");
    io_load(s, "account", "\xef\xbb\xbf" "code / 代码 *,name / 名称 *,known_since / 相识日期\r\nA4,\"four, \"\"4\"\"\",2024-02-03\r\n");
    assert_int_equal(io_count(s, "account"), 4);
    assert_string_equal(io_get(s, "account", "A2", "known_since"), "2024-02-01");
    assert_string_equal(io_get(s, "account", "A3", "name"), "三");
    assert_string_equal(io_get(s, "account", "A4", "name"), "four, \"4\"");

    const store_import_map map[] = {{"code", "customer_id"}, {"name", "Who?"}};
    store_import_spec spec = {.path = io_file("map.csv", "customer_id,Who?,name,colour\nA5,five,other,red\n"),
                              .map = map, .n_map = 2};
    store_import_result r;
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    assert_string_equal(io_get(s, "account", "A5", "name"), "five");
    assert_non_null(strstr(kam_table_note(r.summary, 0), "name, colour"));
    store_import_result_release(&r);
    io_close(s);
}

static void test_header_faults(void **state)
{
    (void)state;
    REFUSED("transaction", "account,amount\nA1,5\n", KAM_DATA, "1", "lacks date");
    REFUSED("transaction", "\n\ncolour,shape\nred,round\n", KAM_DATA, "3", "names a field");
    REFUSED("transaction", "account,date,amount,日期\nA1,2024-01-01,5,2024-01-01\n", KAM_USAGE, NULL, "both name");
    REFUSED("transaction", "", KAM_DATA, "1", "empty");
    REFUSED("change", "entry\n1\n", KAM_USAGE, NULL, "cannot be imported");
    store *s = io_store();
    const store_import_map map[] = {{"accunt", "a"}}, map2[] = {{"account", "b"}};
    store_import_spec spec = {.path = io_file("m.csv", "a,date,amount\nA1,2024-01-01,5\n"), .map = map, .n_map = 1};
    store_import_result r;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(io_import_spec(s, "transaction", &spec, &r, &err), KAM_USAGE);
    assert_non_null(strstr(err.msg, "did you mean account"));
    kam_err_clear(&err);
    spec.map = map2;
    assert_int_equal(io_import_spec(s, "transaction", &spec, &r, &err), KAM_USAGE);
    assert_non_null(strstr(err.msg, "no column \"b\""));
    io_close(s);
}

static void test_bad_rows(void **state)
{
    (void)state;
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,2024-02-30,6\nA2,2024-01-03,7\n", 3, 4, "no such day");
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,03/04/2024,6\nA2,2024-01-03,7\n", 3, 4,
            "cannot be told apart");
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,45291,6\nA2,2024-01-03,7\n", 3, 4, "spreadsheet");
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,2024-01-02,6.005\nA2,2024-01-03,7\n", 3, 15, "6.005");
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA9,2024-01-02,6\nA2,2024-01-03,7\n", 3, 1, "A9");
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,2024-01-02,\nA2,2024-01-03,7\n", 3, 15, "a value is required");
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,2024-01-02,1,200\nA2,2024-01-03,7\n", 3, 0, "4 cells");
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,2024-01-02\nA2,2024-01-03,7\n", 3, 0, "2 cells");
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,2024-01-02,6\0\nA2,2024-01-03,7\n", 3, 0, "NUL");
    ONE_BAD("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,\"2024-01-02\"x,6\nA2,2024-01-03,7\n", 3, 0,
            "closing quote");
    ONE_BAD("account", "code,name\nB1,one\nB1,again\nB2,two\n", 3, 1, "earlier line");
    ONE_BAD("account", "code,name\nB1,one\nA1,again\nB2,two\n", 3, 1, "already an account A1 (-mode upsert");
    ONE_BAD("account", "code,name,known_since,employees\nB1,one,,\nA1,,never,many\nB2,two,,\n", 3, 4, /* all four faults */
            "account.name: a value is required; account.known_since: \"never\" is not a day: write days as YYYY-MM-DD; account.employees: ");
    ONE_BAD("account", "code,name,known_since\nB1,one,\nA1,x,never\nB2,two,\n", 3, 6, "YYYY-MM-DD; account.code: this account is there");
    ONE_BAD("account", "code,name,known_since\nB1,one,\nB1,x,never\nB2,two,\n", 3, 6, "YYYY-MM-DD; account.code: the same account as in an earlier");
    ONE_BAD("account", "code,name,kind\nB1,one,company\nB2,two,martian\nB3,three,企业\n", 3, 8, "martian");
    ONE_BAD("interaction", "account,date,kind,contacts\nA1,2024-01-01,visit,\nA1,2024-01-02,visit,C9\nA1,2024-01-03,call,\n", 3,
            21, "C9");
}

static void test_refused_files(void **state)
{
    (void)state;
    REFUSED("transaction", "account,date,amount\nA1,2024-01-01,5\nA1,\"2024-01-02,6\nA2,2024-01-03,7\n", KAM_DATA, "3",
            "nothing was imported");
    REFUSED("transaction", "account,date,amount,invoice_no\nA1,2024-01-01,5,\xbb\xaa\nA1,2024-01-02,6,\xff\xff\n", KAM_DATA, "3",
            "gb18030");
    REFUSED("account", "code,name\nB1,\"open\n", KAM_DATA, "2", "quote");
}

static void test_values(void **state)
{
    (void)state;
    store *s = io_store();
    io_load(s, "account", "code,name,known_since,employees,bad_debt,annual_spend,tags\n"
                          "A1,one,2024/1/5, 12 ,是,\"1,234.50\",a;b\n"
                          "A2,two,20240105,,no,,\n"
                          "A3,three,2024年1月5日,,,,\n"
                          "A4,four,2024-01-05 13:22:10,,,,\n"
                          "A5,five,2024.01.05,,,,\n");
    for (char c = '1'; c <= '5'; c++)
        assert_string_equal(io_get(s, "account", (char[]){'A', c, 0}, "known_since"), "2024-01-05");
    assert_string_equal(io_get(s, "account", "A1", "employees"), "12");
    assert_string_equal(io_get(s, "account", "A1", "bad_debt"), "1");
    assert_string_equal(io_get(s, "account", "A1", "annual_spend"), "1234.50");
    assert_string_equal(io_get(s, "account", "A2", "employees"), "");
    io_close(s);
}

static void test_encodings(void **state)
{
    (void)state;
    store *s = io_store();
    store_import_result r;
    store_import_spec spec = {.path = io_file("gb.csv", "\xb4\xfa\xc2\xeb,\xc3\xfb\xb3\xc6\nA1,\xbb\xaa\xce\xaa\n")};
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    assert_string_equal(kam_col_text(kam_table_find(r.summary, "encoding"), 0), "gb18030");
    assert_string_equal(io_get(s, "account", "A1", "name"), "华为");
    store_import_result_release(&r);
    static const char u16[] = "\xff\xfe" "c\0o\0d\0e\0\t\0n\0a\0m\0e\0\n\0A\0002\0\t\0\x4e\x53\n\0";
    spec.path = io_file_n("u16.txt", u16, sizeof u16 - 1);
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    assert_string_equal(kam_col_text(kam_table_find(r.summary, "encoding"), 0), "utf-16le");
    assert_string_equal(kam_col_text(kam_table_find(r.summary, "delimiter"), 0), "tab");
    assert_string_equal(io_get(s, "account", "A2", "name"), "华");
    store_import_result_release(&r);
    io_close(s);
}

static void test_create(void **state)
{
    (void)state;
    store *s = io_store();
    const char *const create[] = {"account", "product"};
    store_import_spec spec = {.path = io_file("t.csv", "account,date,amount,product\n"
                                                       "X1,2024-01-01,5,P1\nX1,2024-01-02,6,P1\n X2 ,2024-01-02,7,\n"
                                                       "X3,2024-01-02,oops,P9\nX4,2024-01-02,1.001,P8\n"),
                              .create = create, .n_create = 2};
    store_import_result r;
    OK(io_import_spec(s, "transaction", &spec, &r, io_err));
    assert_int_equal(r.added, 3);
    assert_int_equal(r.rejected, 2);
    assert_int_equal(r.created, 3);
    assert_int_equal(io_count(s, "account"), 2); /* a rejected row makes nothing */
    assert_int_equal(io_count(s, "product"), 1);
    assert_string_equal(io_get(s, "account", "X2", "name"), "X2");
    store_import_result_release(&r);
    /* One entry: one undo takes back rows and what was made for them. */
    OK(store_undo(s, 1, NULL, io_err));
    assert_int_equal(io_count(s, "account"), 0);
    assert_int_equal(io_count(s, "transaction"), 0);
    const char *const contact[] = {"contact"};
    spec.create = contact;
    spec.n_create = 1;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(io_import_spec(s, "transaction", &spec, &r, &err), KAM_USAGE);
    assert_non_null(strstr(err.msg, "account"));
    io_close(s);
}

static void test_nearest(void **state)
{
    (void)state;
    store *s = io_store();
    io_load(s, "account", "code,name\nHUAWEI,华为\nZTE,中兴\n");
    store_import_spec spec = {.path = io_file("t.csv", "account,date,amount\nHUAWEY,2024-01-01,5\n中兴,2024-01-01,5\n")};
    store_import_result r;
    OK(io_import_spec(s, "transaction", &spec, &r, io_err));
    assert_int_equal(r.added, 1); /* by unique name */
    expect_rejection(&r, 0, 2, 1, "HUAWEI");
    expect_rejection(&r, 0, 2, 1, "-create account");
    assert_string_equal(kam_col_text(kam_table_column(r.rejections, 2), 0), "account");
    assert_string_equal(kam_col_text(kam_table_column(r.rejections, 3), 0), "HUAWEY");
    store_import_result_release(&r);
    io_close(s);
}

static void test_keys(void **state)
{
    (void)state;
    store *s = io_store();
    io_load(s, "account", "code,name\nA1,one\n");
    const char *const key[] = {"invoice_no"};
    const char *csv = "account,date,amount,invoice_no,cost\nA1,2024-01-01,5,F1,\nA1,2024-01-02,6,F2,3\nA1,2024-01-03,7,F3,4\n";
    store_import_spec spec = {.path = io_file("k.csv", csv), .key = key, .n_key = 1};
    store_import_result r;
    OK(io_import_spec(s, "transaction", &spec, &r, io_err));
    assert_int_equal(r.added, 3);
    store_import_result_release(&r);
    OK(io_import_spec(s, "transaction", &spec, &r, io_err)); /* again: nothing happens */
    assert_int_equal(r.added, 0);
    assert_int_equal(r.unchanged, 3);
    store_import_result_release(&r);
    spec.path = io_file("k2.csv", "account,date,amount,invoice_no,cost\nA1,2024-01-01,5,F1,\nA1,2024-01-02,60,F2,\n"
                                  "A1,2024-01-09,9,F9,1\nA1,2024-01-09,9,F9,1\nA1,2024-01-09,9,,1\n");
    OK(io_import_spec(s, "transaction", &spec, &r, io_err));
    assert_int_equal(r.unchanged, 1);
    assert_int_equal(r.updated, 1);
    assert_int_equal(r.added, 1);
    assert_int_equal(r.rejected, 2);
    expect_rejection(&r, 0, 5, 0, "line 4");
    expect_rejection(&r, 1, 6, 17, "empty");
    store_import_result_release(&r);
    assert_int_equal(io_count(s, "transaction"), 4);
    kam_table *t = NULL;
    OK(store_list(s, store_entity_find("transaction"), NULL, &t, io_err));
    io_expect(t, "date amount cost invoice_no", "2024-01-01|5.00||F1\n2024-01-02|60.00||F2\n2024-01-03|7.00|4.00|F3\n"
                                                "2024-01-09|9.00|1.00|F9\n");
    kam_table_unref(t);
    OK(store_undo(s, 1, NULL, io_err));
    assert_int_equal(io_count(s, "transaction"), 3);
    io_close(s);
}

static void test_modes(void **state)
{
    (void)state;
    store *s = io_store();
    io_load(s, "account", "code,name,region\nA1,one,N\nA2,two,S\n");
    store_import_spec spec = {.path = io_file("a.csv", "code,name,region\nA1,eins,N\nA3,drei,\nA2,two,S\n")};
    store_import_result r;
    spec.mode = STORE_IMPORT_UPDATE;
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    assert_int_equal(r.updated, 1);
    assert_int_equal(r.unchanged, 1);
    expect_rejection(&r, 0, 3, 0, "no such account");
    store_import_result_release(&r);
    spec.mode = STORE_IMPORT_UPSERT;
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    assert_int_equal(r.unchanged, 2);
    assert_int_equal(r.added, 1);
    store_import_result_release(&r);
    spec.mode = STORE_IMPORT_INSERT;
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    assert_int_equal(r.rejected, 3);
    store_import_result_release(&r);
    assert_string_equal(io_get(s, "account", "A1", "name"), "eins");
    spec.path = io_file("b.csv", "code,region\nA1,\n"); /* an empty cell is a missing value */
    spec.mode = STORE_IMPORT_UPDATE;
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    assert_int_equal(r.updated, 1);
    store_import_result_release(&r);
    assert_string_equal(io_get(s, "account", "A1", "region"), "");
    assert_string_equal(io_get(s, "account", "A1", "name"), "eins");
    io_close(s);
}

static void test_self_reference(void **state)
{
    (void)state;
    store *s = io_store();
    store_import_spec spec = {.path = io_file("a.csv", "code,name,parent\nA1,one,A3\nA2,two,A1\nA3,three,\nA4,four,A9\n"
                                                       "A5,five,A6\nA6,six,A5\n")};
    store_import_result r;
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    assert_int_equal(r.read, 6);
    assert_int_equal(r.added, 3);
    assert_int_equal(r.rejected, 3);
    expect_rejection(&r, 0, 5, 9, "A9");
    assert_string_equal(io_get(s, "account", "A2", "parent"), "A1");
    assert_string_equal(io_get(s, "account", "A1", "parent"), "A3");
    store_import_result_release(&r);
    io_close(s);
}

static void test_strict_dryrun_preview(void **state)
{
    (void)state;
    store *s = io_store();
    store_import_spec spec = {.path = io_file("a.csv", "code,name,known_since\nA1,one,2024-01-01\nA2,two,never\n")};
    store_import_result r;
    kam_err err = KAM_ERR_INIT;
    spec.dryrun = true; /* needs no entry */
    OK(store_import(s, store_entity_find("account"), &spec, &r, io_err));
    assert_int_equal(r.added, 1);
    assert_int_equal(r.rejected, 1);
    io_expect(r.difference, "entity action object field before after", "account|add|A1|||name=one; known_since=2024-01-01\n");
    assert_int_equal(r.more, 0);
    store_import_result_release(&r);
    assert_int_equal(io_count(s, "account"), 0);
    spec.dryrun = false;
    spec.preview = 5;
    OK(store_import(s, store_entity_find("account"), &spec, &r, io_err));
    io_expect(r.summary, "line code known_since", "2|A1|2024-01-01\n3|A2|\n");
    assert_non_null(strstr(kam_col_text(kam_table_find(r.summary, "problem"), 1), "never"));
    store_import_result_release(&r);
    assert_int_equal(io_count(s, "account"), 0);
    spec.preview = 0;
    spec.strict = true;
    spec.errors_path = io_path("errors.csv");
    assert_int_equal(io_import_spec(s, "account", &spec, &r, &err), KAM_DATA);
    assert_string_equal(err.word[1], "3");
    assert_string_equal(err.word[2], "8");
    assert_int_equal(io_count(s, "account"), 0);
    assert_int_equal(kam_table_rows(r.rejections), 1);
    store_import_result_release(&r);
    char *errors = io_slurp(spec.errors_path);
    assert_non_null(errors);
    assert_int_equal(strncmp(errors, "line,column,reason,code,name,known_since\n3,8,", 45), 0);
    assert_non_null(strstr(errors, ",A2,two,never\n"));
    kam_free(errors);
    io_close(s);
}

/* What a preview says of each row, and that an import then does just that. */
static void test_preview_outcomes(void **state)
{
    (void)state;
    store *s = io_store();
    io_load(s, "account", "code,name,region\nA1,one,North\nA2,two,South\n");
    store_import_spec spec = {.path = io_file("p.csv", "code,name,region,parent\n"
                                                       "A1,one,North,\n"   /* as it is */
                                                       "A2,two,East,\n"    /* differs */
                                                       "B1,x,,B2\n"        /* refers to the next */
                                                       "B2,y,,\n"
                                                       "B2,z,,\n"          /* twice in the file */
                                                       "B3,,,B9\n"         /* two faults; B9 is beyond a preview of 6 */
                                                       "B9,late,,\n"),
                              .mode = STORE_IMPORT_UPSERT, .preview = 6};
    store_import_result r;
    OK(store_import(s, store_entity_find("account"), &spec, &r, io_err));
    io_expect(r.summary, "line code parent action",
              "2|A1||unchanged\n3|A2||set\n4|B1|B2|add\n5|B2||add\n6|B2||reject\n7|B3|B9|reject\n");
    const kam_column *problem = kam_table_find(r.summary, "problem");
    assert_non_null(strstr(kam_col_text(problem, 4), "as in line 5"));
    assert_non_null(strstr(kam_col_text(problem, 5), "a value is required"));
    assert_non_null(strstr(kam_table_note(r.summary, 2), "2 to add, 1 to update, 1 unchanged, 2 rejected; only the first 6 rows"));
    store_import_result_release(&r);
    assert_int_equal(io_count(s, "account"), 2);
    assert_string_equal(io_get(s, "account", "A2", "region"), "South");
    spec.preview = 7; /* exactly the file */
    OK(store_import(s, store_entity_find("account"), &spec, &r, io_err));
    assert_null(strstr(kam_table_note(r.summary, 2), "only the first"));
    store_import_result_release(&r);
    spec.preview = 3; /* B2 is further down */
    OK(store_import(s, store_entity_find("account"), &spec, &r, io_err));
    assert_non_null(strstr(kam_col_text(kam_table_find(r.summary, "problem"), 2), "further down"));
    store_import_result_release(&r);
    spec.preview = 0;
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    assert_int_equal(r.added, 3);
    assert_int_equal(r.updated, 1);
    assert_int_equal(r.unchanged, 1);
    assert_int_equal(r.rejected, 2);
    store_import_result_release(&r);
    io_close(s);
}

static void stop(void *ctx, const char *what, uint64_t done, uint64_t total)
{
    (void)what, (void)total;
    if (done > 0) *(volatile int *)ctx = 1;
}

static void test_interrupt(void **state)
{
    (void)state;
    store *s = io_store();
    kam_str csv = KAM_STR_INIT;
    kam_str_add(&csv, "code,name\n");
    for (int i = 0; i < 5000; i++) kam_str_addf(&csv, "A%d,n\n", i);
    volatile int flag = 0;
    kam_progress p = {&flag, stop, (void *)&flag};
    store_import_spec spec = {.path = io_file("a.csv", csv.s), .progress = &p};
    store_import_result r;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(io_import_spec(s, "account", &spec, &r, &err), KAM_INTERRUPT);
    assert_int_equal(io_count(s, "account"), 0);
    kam_str_release(&csv);
    io_close(s);
}

static void test_template(void **state)
{
    (void)state;
    size_t n = 0;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) {
        if (e[i].flags & STORE_E_READONLY) continue;
        const char *path = io_path(i % 2 ? "template.tsv" : "template.csv");
        OK(store_import_template(&e[i], path, true, io_err));
        store *s = io_store();
        store_import_spec spec = {.path = path, .preview = 3};
        store_import_result r;
        OK(store_import(s, &e[i], &spec, &r, io_err));
        assert_int_equal(r.read, 1);
        assert_int_equal(kam_table_notes(r.summary), 3); /* how it was read, which column is what, counts; a fourth would name columns left out */
        store_import_result_release(&r);
        io_close(s);
    }
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(store_import_template(store_entity_find("account"), io_path("template.csv"), false, &err),
                     KAM_CONSTRAINT);
}

static void test_account_template_loads(void **state)
{
    (void)state;
    const char *path = io_path("account.csv");
    OK(store_import_template(store_entity_find("account"), path, true, io_err));
    store *s = io_store();
    store_import_spec spec = {.path = path};
    store_import_result r;
    OK(io_import_spec(s, "account", &spec, &r, io_err));
    if (r.rejected) print_error("%s\n", kam_col_text(kam_table_column(r.rejections, 4), 0));
    assert_int_equal(r.added, 1);
    store_import_result_release(&r);
    io_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),       cmocka_unit_test(test_header_faults),
        cmocka_unit_test(test_bad_rows),      cmocka_unit_test(test_refused_files),
        cmocka_unit_test(test_values),        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_create),        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_keys),          cmocka_unit_test(test_modes),
        cmocka_unit_test(test_self_reference), cmocka_unit_test(test_strict_dryrun_preview), cmocka_unit_test(test_preview_outcomes),
        cmocka_unit_test(test_interrupt),     cmocka_unit_test(test_template),
        cmocka_unit_test(test_account_template_loads),
    };
    return cmocka_run_group_tests_name("store_import", tests, io_setup, io_teardown);
}
