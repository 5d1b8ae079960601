/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names by their beginning and by pinyin initials: which readings count, what a user's sort key does, that the table of
 * spellings follows every way of changing a name, the limit and the count. */
#include "store_db.h"
#include "store_fixture.h"
#include "store_pinyin.h"
#include <unistd.h>

static void letters_are(const char *character, const char *want, char usual)
{
    char got[27], primary = 0;
    size_t n = 0;
    unsigned char c[4] = {0};
    memcpy(c, character, strlen(character));
    uint32_t cp = strlen(character) == 3 ? (uint32_t)(c[0] & 15) << 12 | (uint32_t)(c[1] & 63) << 6 | (c[2] & 63)
                                         : (uint32_t)(c[0] & 7) << 18 | (uint32_t)(c[1] & 63) << 12 | (uint32_t)(c[2] & 63) << 6 | (c[3] & 63);
    uint32_t set = store_pinyin_letters(cp, &primary);
    for (int b = 0; b < 26; b++)
        if (set >> b & 1) got[n++] = (char)('a' + b);
    got[n] = '\0';
    if (strcmp(got, want) != 0) print_message("# %s\n", character);
    assert_string_equal(got, want);
    assert_int_equal(primary, usual);
}

/* Xiandai Hanyu Cidian: 行 xíng háng (héng only in 道行, of the 2013 table, begins alike); 厦 shà xià; 长 zhǎng cháng; 中
 * zhōng zhòng; 乐 lè yuè; 不 bù (fǒu is of the great dictionary only). The usual one of common characters is GB 2312's. */
static void readings(void **state)
{
    (void)state;
    letters_are("行", "hx", 'x');
    letters_are("厦", "sx", 'x');
    letters_are("长", "cz", 'c');
    letters_are("中", "z", 'z');
    letters_are("乐", "ly", 'l');
    letters_are("重", "cz", 'z');
    letters_are("不", "b", 'b');
    letters_are("鑫", "x", 'x');  /* beyond the first level of GB 2312 */
    letters_are("銀", "y", 'y');  /* traditional */
    letters_are("長", "cz", 'z');
    letters_are("𠀀", "h", 'h');  /* beyond 16 bits */
    char p;
    assert_int_equal(store_pinyin_letters('a', &p), 0);
    assert_int_equal(store_pinyin_letters(0x1F600, &p), 0);
    assert_int_equal(store_pinyin_letters(0x10FFFF, &p), 0);
}

static void add_text(void *ctx, const char *initials) { kam_str_addf(ctx, "%s ", initials); }

static void spelled(const char *name, const char *key, const char *want)
{
    kam_str b = KAM_STR_INIT;
    store_spellings(name, key, add_text, &b);
    assert_string_equal(kam_str_cstr(&b), want);
    kam_str_release(&b);
}

static void spellings(void **state)
{
    (void)state;
    spelled("银行", "yx", "yh ");
    spelled("银行", NULL, "yx yh ");
    spelled("Huawei 华为", "huaweihw", "");
    spelled("长行", "cx", "zx ch zh ");
    spelled("", "", "");
    spelled("é😀", NULL, "é😀 ");
    /* five characters of two readings: 16 spellings, the fifth keeps its usual letter; no more than eight characters */
    kam_str b = KAM_STR_INIT;
    store_spellings("长长长长长一二三四", NULL, add_text, &b);
    size_t n = 0;
    for (const char *c = b.s; *c; c++) n += *c == ' ';
    assert_int_equal(n, STORE_SPELLINGS);
    assert_true(strncmp(b.s, "cccccyes ", 9) == 0);
    assert_non_null(strstr(b.s, "zzzzcyes "));
    kam_str_release(&b);
    assert_true(store_sort_key_is_own("鑫源", "xy"));
    assert_true(store_sort_key_is_own("鑫源", "鑫y")); /* of an older table */
    assert_false(store_sort_key_is_own("鑫源", "zz"));
    assert_false(store_sort_key_is_own("鑫源", "xyz"));
    assert_false(store_sort_key_is_own("鑫源", "x"));
}

/* Codes found, joined. */
static void found(store *s, const char *entity, const char *prefix, const char *want)
{
    kam_table *t;
    kam_str b = KAM_STR_INIT;
    FX_OK(store_complete(s, ENT(entity), prefix, 0, &t, NULL, NULL, err));
    for (size_t i = 0; i < kam_table_rows(t); i++) kam_str_addf(&b, "%s%s", i ? " " : "", fx_cell(t, "code", i));
    if (strcmp(kam_str_cstr(&b), want) != 0) print_message("# for %s\n", prefix);
    assert_string_equal(kam_str_cstr(&b), want);
    kam_str_release(&b);
    kam_table_unref(t);
}

static void by_initials(void **state)
{
    (void)state;
    store *s = fx_open();
    fx_add(s, "account", "code=A1", "name=华兴科技");
    fx_add(s, "account", "code=A2", "name=中国银行", "name_en=Bank");
    fx_add(s, "account", "code=A3", "name=厦门重工");
    fx_add(s, "account", "code=A4", "name=长安");
    fx_add(s, "account", "code=A5", "name=银行", "sort_key=qq");
    fx_add(s, "rep", "code=R1", "name=曾行");
    found(s, "account", "hxkj", "A1");
    found(s, "account", "zgyh", "A2");
    found(s, "account", "zgyx", "A2");
    found(s, "account", "ZGYH", "A2");
    found(s, "account", "bank", "A2");
    found(s, "account", "xm", "A3");
    found(s, "account", "smcg", "A3");
    found(s, "account", "ca", "A4");
    found(s, "account", "za", "A4");
    found(s, "account", "yh", ""); /* the user's sort key alone counts */
    found(s, "account", "qq", "A5");
    found(s, "account", "银", "A5");
    found(s, "rep", "zh", "R1"); /* no sort key: all spellings are kept beside */
    found(s, "rep", "cx", "R1");
    FX_FAILS(store_complete(s, ENT("transaction"), "1", 0, &(kam_table *){NULL}, NULL, NULL, err), KAM_USAGE, "transaction");
    fx_close(s);
}

/* The table of spellings, as text; caller frees. */
static char *fx_spellings(store *s)
{
    sqlite3_stmt *st;
    bool row;
    kam_str b = KAM_STR_INIT;
    kam_str_add(&b, "");
    FX_OK(store_prepare(s, "SELECT entity || ' ' || initials || ' ' || object_id FROM name_initials ORDER BY 1", &st, err));
    for (;;) {
        FX_OK(store_step(s, st, &row, err));
        if (!row) break;
        kam_str_addf(&b, "%s\n", (const char *)sqlite3_column_text(st, 0));
    }
    store_done(st);
    return kam_str_detach(&b);
}

/* Whatever changes a name, what is spelled is what a table made anew would hold. */
static void agrees(store *s)
{
    char *now = fx_spellings(s);
    FX_OK(store_level_begin(s, true, err));
    FX_OK(store_initials_rebuild(s, err));
    char *anew = fx_spellings(s);
    store_level_rollback(s);
    assert_string_equal(now, anew);
    kam_free(now);
    kam_free(anew);
}

static void sql(store *s, const char *text)
{
    kam_table *t = NULL;
    FX_OK(store_entry_begin(s, STAMP("sql"), err));
    FX_OK(store_sql(s, text, NULL, NULL, true, &t, err));
    FX_OK(store_entry_commit(s, NULL, err));
    kam_table_unref(t);
}

static void follows(void **state)
{
    (void)state;
    store *s = fx_open();
    fx_add(s, "account", "code=A1", "name=中国银行");
    fx_add(s, "account", "code=A2", "name=长安");
    fx_add(s, "contact", "code=C1", "account=A1", "name=乐行");
    agrees(s);
    fx_set(s, "account", "A1", "name=重庆长安");
    agrees(s);
    found(s, "account", "zgyh", "");
    found(s, "account", "zqza", "A1");
    FX_OK(store_undo(s, 1, NULL, err));
    agrees(s);
    found(s, "account", "zgyh", "A1");
    FX_OK(store_redo(s, 1, NULL, err));
    agrees(s);
    fx_set(s, "account", "A1", "sort_key=abc");
    agrees(s);
    found(s, "account", "zqza", "");
    sql(s, "UPDATE accounts SET name = '厦门' || name, sort_key = NULL");
    agrees(s);
    found(s, "account", "smz", "A2 A1");
    sql(s, "UPDATE accounts SET id = id + 100 WHERE code = 'A2'");
    agrees(s);
    sql(s, "INSERT INTO accounts (code, name) VALUES ('A3', '银行'), ('A4', '行长')");
    agrees(s);
    FX_OK(fx_remove_rc(s, "account", "A4", 0, err));
    agrees(s);
    FX_OK(store_undo(s, 5, NULL, err));
    agrees(s);
    FX_OK(store_redo(s, 5, NULL, err));
    agrees(s);
    /* a row taken back within an entry, and an entry given up */
    FX_OK(store_entry_begin(s, STAMP("x"), err));
    FX_OK(store_mark(s, err));
    FX_OK(store_exec(s, "UPDATE accounts SET name = '行' WHERE code = 'A1'", err));
    FX_OK(store_mark_rollback(s, err));
    FX_OK(store_exec(s, "UPDATE accounts SET name = '大行' WHERE code = 'A3'", err));
    FX_OK(store_entry_commit(s, NULL, err));
    agrees(s);
    found(s, "account", "dh", "A3");
    FX_OK(store_entry_begin(s, STAMP("x"), err));
    FX_OK(store_exec(s, "DELETE FROM accounts WHERE code = 'A3'", err));
    store_entry_rollback(s);
    agrees(s);
    found(s, "account", "dh", "A3");
    fx_close(s);
}

static void limits(void **state)
{
    (void)state;
    store *s = fx_open();
    sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) "
           "INSERT INTO accounts (code, name, sort_key) SELECT printf('A%04d', i), '银行' || i, 'yx' || i FROM n");
    kam_table *t;
    size_t more;
    bool many;
    FX_OK(store_complete(s, ENT("account"), "A00", 50, &t, &more, &many, err));
    assert_int_equal(kam_table_rows(t), 50);
    assert_string_equal(fx_cell(t, "code", 0), "A0001");
    assert_int_equal(more, 49);
    assert_false(many);
    kam_table_unref(t);
    FX_OK(store_complete(s, ENT("account"), "yh", 50, &t, &more, &many, err));
    assert_int_equal(kam_table_rows(t), 50);
    assert_int_equal(more, STORE_COMPLETE_SEEN);
    assert_true(many);
    kam_table_unref(t);
    FX_OK(store_complete(s, ENT("account"), "nothing", 50, &t, &more, &many, err));
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(more, 0);
    kam_table_unref(t);
    fx_close(s);
}

/* "key (note)" of each row, then how many more. */
static void rows_are(kam_table *t, size_t more, const char *want)
{
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        const char *note = kam_col_text(kam_table_find(t, "note"), i);
        kam_str_addf(&b, "%s%s%s%s; ", kam_col_text(kam_table_find(t, "key"), i), *note ? " (" : "", note, *note ? ")" : "");
    }
    kam_str_addf(&b, "+%zu", more);
    assert_string_equal(b.s, want);
    kam_str_release(&b);
    kam_table_unref(t);
}

static void records_are(store *s, const char *entity, const char *prefix, bool zh, size_t limit, const char *want)
{
    kam_table *t = NULL;
    size_t more = 0;
    bool many = false;
    FX_OK(store_complete_record(s, ENT(entity), prefix, zh, limit, &t, &more, &many, err));
    assert_false(many);
    rows_are(t, more, want);
}

static void records(void **state)
{
    (void)state;
    store *s = fx_open();
    kam_table *t = NULL;
    size_t more = 0;
    bool many = false;
    records_are(s, "risk", "", true, 9, "+0");
    fx_add(s, "account", "code=A1", "name=华兴科技", "name_en=Huaxing");
    fx_add(s, "account", "code=A2", "name=厦门银行");
    fx_add(s, "risk", "account=A1", "what=价格 | Price", "date=2025-03-01");
    fx_add(s, "risk", "account=A2", "what=延期😀");
    fx_add(s, "interaction", "account=A2", "date=2025-04-01", "kind=complaint");
    /* nothing typed, the number, date, name, initials, code, label, text; the newest first; the reader's half of a text */
    records_are(s, "risk", "", true, 9, "2 (厦门银行, 延期😀); 1 (华兴科技, 价格, 2025-03-01); +0");
    records_are(s, "risk", "", false, 1, "2 (厦门银行, 延期😀); +1");
    records_are(s, "risk", "1", false, 9, "1 (华兴科技, Price, 2025-03-01); +0");
    records_are(s, "risk", "2025-0", false, 9, "1 (华兴科技, Price, 2025-03-01); +0");
    records_are(s, "risk", "华", false, 9, "1 (华兴科技, Price, 2025-03-01); +0");
    records_are(s, "risk", "hx", false, 9, "1 (华兴科技, Price, 2025-03-01); +0");
    records_are(s, "risk", "A1", false, 9, "1 (华兴科技, Price, 2025-03-01); +0");
    records_are(s, "risk", "延", false, 9, "2 (厦门银行, 延期😀); +0");
    records_are(s, "risk", "x", false, 9, "2 (厦门银行, 延期😀); +0"); /* xmyx */
    records_are(s, "risk", "q", false, 9, "+0");
    records_are(s, "interaction", "投", true, 9, "1 (厦门银行, 2025-04-01, 投诉); +0");
    records_are(s, "interaction", "compl", false, 9, "1 (厦门银行, 2025-04-01, complaint); +0");
    FX_FAILS(store_complete_record(s, ENT("account"), "", true, 9, &t, &more, &many, err), KAM_USAGE, "account");
    fx_close(s);
}

static void keys_are(store *s, const char *entity, const char *field, const char *const *given, const char *prefix, size_t limit, const char *want)
{
    store_value v[8];
    char *copy[8];
    size_t n = fx_values(given, v, copy), more = 0;
    kam_table *t = NULL;
    FX_OK(store_complete_key(s, ENT(entity), store_field_find(ENT(entity), field), v, n, prefix, limit, &t, &more, err));
    rows_are(t, more, want);
    for (size_t i = 0; i < n; i++) kam_free(copy[i]);
}
#define GIVEN(...) ((const char *const[]){__VA_ARGS__, NULL})

static void keys(void **state)
{
    (void)state;
    store *s = fx_open();
    fx_add(s, "account", "code=A1", "name=华兴科技");
    fx_add(s, "account", "code=A2", "name=厦门银行");
    fx_add(s, "plan-text", "account=A1", "section=needs", "date=2025-01-01", "text=x");
    fx_add(s, "plan-text", "account=A1", "section=needs", "date=2025-02-01", "text=x");
    fx_add(s, "plan-text", "account=A1", "section=environment", "date=2025-03-01", "text=x");
    fx_add(s, "assessment", "subject_kind=account", "subject=A2", "attribute=reputation", "date=2025-05-05", "value=7");
    keys_are(s, "plan-text", "section", GIVEN("account=A1"), "", 9, "environment; needs; +0");
    keys_are(s, "plan-text", "section", GIVEN("account=华兴科技"), "n", 9, "needs; +0");
    keys_are(s, "plan-text", "section", GIVEN("account=A2"), "", 9, "+0");
    keys_are(s, "plan-text", "section", GIVEN("account=nobody"), "", 9, "+0");
    keys_are(s, "plan-text", "date", GIVEN("account=A1", "section=needs"), "", 9, "2025-02-01; 2025-01-01; +0");
    keys_are(s, "plan-text", "date", GIVEN("account=A1", "section=needs"), "2025-0", 1, "2025-02-01; +1");
    keys_are(s, "assessment", "date", GIVEN("subject_kind=account", "subject=A2", "attribute=reputation"), "", 9, "2025-05-05; +0");
    keys_are(s, "assessment", "date", GIVEN("subject_kind=account", "subject=A1", "attribute=reputation"), "", 9, "+0");
    fx_close(s);
}

/* What another program does: no hook of ours sees it. */
static void behind_our_back(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void stale_are(store *s, const char *want)
{
    kam_str b = KAM_STR_INIT;
    kam_table *t = NULL;
    FX_OK(store_check(s, &t, err));
    for (size_t i = 0; i < kam_table_rows(t); i++)
        kam_str_addf(&b, "%s %s; ", kam_col_text(kam_table_find(t, "check"), i), kam_col_text(kam_table_find(t, "object"), i));
    assert_string_equal(kam_str_cstr(&b), want);
    kam_str_release(&b);
    kam_table_unref(t);
}

/* A name changed, a spelling taken away, another put in its place (as many rows as before): each is seen, and repaired. */
static void stale(void **state)
{
    (void)state;
    static const char *const harm[] = {"UPDATE accounts SET name = '厦门', sort_key = 'xm' WHERE code = 'A1'",
                                       "DELETE FROM name_initials WHERE entity = 'account'",
                                       "UPDATE name_initials SET initials = 'zz' WHERE entity = 'account' AND initials = 'yh'"};
    char path[512];
    snprintf(path, sizeof path, "%s/stale-%d.kam", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", (int)getpid());
    store *s = NULL;
    FX_OK(store_open(path, STORE_OPEN_CREATE, &s, err));
    fx_add(s, "account", "code=A1", "name=银行");
    fx_add(s, "rep", "code=R1", "name=长安");
    stale_are(s, "");
    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        kam_table *t = NULL;
        behind_our_back(path, harm[i]);
        stale_are(s, "spelling account; ");
        FX_OK(store_repair(s, &t, err));
        kam_table_unref(t);
        stale_are(s, "");
        behind_our_back(path, "UPDATE accounts SET name = '银行', sort_key = 'yx'");
        FX_OK(store_repair(s, &t, err));
        kam_table_unref(t);
        stale_are(s, "");
    }
    fx_close(s);
    remove(path);
}

static void values_are(store *s, const char *entity, const char *field, const char *prefix, size_t limit, const char *want, size_t want_more)
{
    kam_table *t = NULL;
    size_t more = 99;
    bool many = true;
    kam_str b = KAM_STR_INIT;
    FX_OK(store_complete_value(s, ENT(entity), store_field_find(ENT(entity), field), prefix, limit, &t, &more, &many, err));
    for (size_t i = 0; i < kam_table_rows(t); i++) kam_str_addf(&b, "%s;", kam_col_text(kam_table_column(t, 0), i));
    assert_string_equal(kam_str_cstr(&b), want);
    assert_int_equal(more, want_more);
    assert_false(many);
    kam_table_unref(t);
    kam_str_release(&b);
}

/* What a text field holds: each value once, by the beginning of either half; long ones and ones of several lines are not offered. */
static void field_values(void **state)
{
    (void)state;
    store *s = fx_open();
    values_are(s, "account", "region", "", 50, "", 0);
    fx_add(s, "account", "code=A1", "name=a", "region=华东 | East");
    fx_add(s, "account", "code=A2", "name=b", "region=North");
    fx_add(s, "account", "code=A3", "name=c", "region=North");
    fx_add(s, "account", "code=A4", "name=d");
    fx_add(s, "account", "code=A5", "name=e", "region=a region whose name is so long that nobody wants to see it in a list");
    values_are(s, "account", "region", "", 50, "华东 | East;North;", 0);
    values_are(s, "account", "region", "", 1, "华东 | East;", 1);
    values_are(s, "account", "region", "E", 50, "华东 | East;", 0);
    values_are(s, "account", "region", "华", 50, "华东 | East;", 0);
    values_are(s, "account", "region", "No", 50, "North;", 0);
    values_are(s, "account", "region", "o", 50, "", 0);
    fx_close(s);
}

/* Of a large table pieces are looked at, from its beginning to its end. */
static void field_values_of_many(void **state)
{
    (void)state;
    store *s = fx_open();
    kam_table *t = NULL;
    size_t more;
    bool many;
    sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
           "INSERT INTO accounts (code, name, sort_key, region) SELECT 'K' || i, 'n', 'n', 'R' || (i / 3000) FROM n");
    FX_OK(store_complete_value(s, ENT("account"), store_field_find(ENT("account"), "region"), "", 50, &t, &more, &many, err));
    assert_in_range(kam_table_rows(t), 20, 21);
    kam_table_unref(t);
    fx_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(readings), cmocka_unit_test(spellings), cmocka_unit_test(by_initials),
                                       cmocka_unit_test(follows), cmocka_unit_test(limits), cmocka_unit_test(records), cmocka_unit_test(keys), cmocka_unit_test(field_values), cmocka_unit_test(field_values_of_many), cmocka_unit_test(stale)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
