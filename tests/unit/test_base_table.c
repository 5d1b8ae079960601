/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "kam_date.h"
#include "kam_mem.h"
#include "kam_sort.h"
#include "kam_table.h"
#include <math.h>
#include <string.h>

/* Three rows of every type; the second row is missing everywhere. */
static kam_table *sample(void)
{
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, "KWD", 3);
    kam_table_set_title(t, "classify.yield");
    kam_table_add_note(t, "one");
    kam_table_add_note(t, "two");
    kam_column *i = kam_table_add_column(t, "i", KAM_INT, NULL);
    kam_column *r = kam_table_add_column(t, "r", KAM_REAL, "label.r");
    kam_column *s = kam_table_add_column(t, "s", KAM_TEXT, NULL);
    kam_column *d = kam_table_add_column(t, "d", KAM_DAY, NULL);
    kam_column *m = kam_table_add_column(t, "m", KAM_MONEY, NULL);
    kam_column *f = kam_table_add_column(t, "f", KAM_FLAG, NULL);
    kam_col_push_int(i, -7);
    kam_col_push_real(r, 0.1);
    kam_col_push_text(s, "华为");
    kam_col_push_int(d, 19782);
    kam_col_push_int(m, -1234567);
    kam_col_push_int(f, 1);
    kam_col_push_missing(i);
    kam_col_push_real(r, NAN);
    kam_col_push_text(s, NULL);
    kam_col_push_missing(d);
    kam_col_push_missing(m);
    kam_col_push_missing(f);
    kam_col_push_int(i, INT64_MIN);
    kam_col_push_real(r, 1e300);
    kam_col_push_text(s, "");
    kam_col_push_int(d, KAM_DAY_MIN);
    kam_col_push_int(m, INT64_MAX);
    kam_col_push_int(f, 0);
    kam_table_seal(t);
    return t;
}

static void every_type_reads_back(void **state)
{
    (void)state;
    kam_table *t = sample();
    static const char *const want[3][6] = {{"-7", "0.1", "华为", "2024-02-29", "-1234.567", "1"},
                                           {"", "", "", "", "", ""},
                                           {"-9223372036854775808", "1e+300", "", "0001-01-01",
                                            "9223372036854775.807", "0"}};
    assert_int_equal(kam_table_rows(t), 3);
    assert_int_equal(kam_table_columns(t), 6);
    for (size_t r = 0; r < 3; r++) {
        for (size_t c = 0; c < 6; c++) {
            char buf[KAM_CELL_MAX];
            assert_string_equal(kam_table_cell(t, c, r, buf), want[r][c]);
            assert_int_equal(kam_col_missing(kam_table_column(t, c), r), r == 1);
        }
    }
    assert_int_equal(kam_col_int(kam_table_find(t, "i"), 1), 0);
    assert_string_equal(kam_col_text(kam_table_find(t, "s"), 1), "");
    assert_true(kam_col_real(kam_table_find(t, "m"), 0) == -1234567.0);
    assert_true(kam_col_real(kam_table_find(t, "r"), 1) == 0);
    assert_null(kam_table_find(t, "nothing"));
    assert_int_equal(kam_table_index(t, "f"), 5);
    assert_int_equal(kam_table_index(t, "nothing"), -1);
    assert_string_equal(kam_col_label(kam_table_find(t, "r")), "label.r");
    assert_string_equal(kam_col_label(kam_table_find(t, "i")), "i");
    assert_string_equal(kam_table_currency(t), "KWD");
    assert_string_equal(kam_table_title(t), "classify.yield");
    assert_int_equal(kam_table_notes(t), 2);
    assert_string_equal(kam_table_note(t, 1), "two");
    kam_table_unref(t);
}

static void type_names(void **state)
{
    (void)state;
    for (int i = KAM_INT; i <= KAM_FLAG; i++) {
        kam_type back;
        assert_true(kam_type_parse(kam_type_name((kam_type)i), &back));
        assert_int_equal(back, i);
    }
    kam_type none = KAM_DAY;
    assert_false(kam_type_parse("date", &none));
    assert_int_equal(none, KAM_DAY);
}

static void empty_tables(void **state)
{
    (void)state;
    kam_table *none = kam_table_new();
    kam_table_seal(none);
    assert_int_equal(kam_table_rows(none), 0);
    assert_null(kam_table_title(none));
    kam_table_unref(none);
    kam_table_unref(NULL);

    kam_table *t = kam_table_new();
    kam_table_add_column(t, "a", KAM_TEXT, NULL);
    kam_table_add_column(t, "b", KAM_REAL, NULL);
    kam_table_seal(t);
    assert_int_equal(kam_table_rows(t), 0);
    size_t col = 0;
    size_t *order = kam_table_order(t, &col, NULL, 1);
    kam_table *p = kam_table_pick(t, order, 0);
    assert_int_equal(kam_table_rows(p), 0);
    assert_int_equal(kam_table_columns(p), 2);
    kam_free(order);
    kam_table_unref(p);
    kam_table_unref(t);
}

/* Small numbers first, then one that needs eight bytes, then missing bits late: nothing before may change. */
static void widening_keeps_the_past(void **state)
{
    (void)state;
    kam_table *t = kam_table_new();
    kam_column *c = kam_table_add_column(t, "c", KAM_INT, NULL);
    for (int64_t i = 0; i < 1000; i++)
        kam_col_push_int(c, i % 2 ? i : -i);
    kam_col_push_int(c, INT64_C(1) << 31);
    kam_col_push_missing(c);
    for (int64_t i = 0; i < 1000; i++)
        kam_col_push_int(c, i);
    kam_table_seal(t);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(kam_col_int(c, i), i % 2 ? (int64_t)i : -(int64_t)i);
        assert_false(kam_col_missing(c, i));
        assert_int_equal(kam_col_int(c, 1002 + i), i);
        assert_false(kam_col_missing(c, 1002 + i));
    }
    assert_true(kam_col_int(c, 1000) == INT64_C(1) << 31);
    assert_true(kam_col_missing(c, 1001));
    kam_table_unref(t);
}

static void missing_bits_at_word_borders(void **state)
{
    (void)state;
    kam_table *t = kam_table_new();
    kam_column *c = kam_table_add_column(t, "c", KAM_REAL, NULL);
    kam_col_reserve(c, 10);
    for (int i = 0; i < 5000; i++) {
        if (i == 63 || i == 64 || i == 127 || i == 4999 || i % 1000 == 0)
            kam_col_push_missing(c);
        else
            kam_col_push_real(c, i);
    }
    kam_table_seal(t);
    for (int i = 0; i < 5000; i++) {
        bool gone = i == 63 || i == 64 || i == 127 || i == 4999 || i % 1000 == 0;
        assert_int_equal(kam_col_missing(c, (size_t)i), gone);
        assert_true(kam_col_real(c, (size_t)i) == (gone ? 0 : i));
    }
    kam_table_unref(t);
}

static void equal_neighbours_share(void **state)
{
    (void)state;
    kam_table *t = kam_table_new();
    kam_column *c = kam_table_add_column(t, "c", KAM_TEXT, NULL);
    for (int i = 0; i < 100; i++)
        kam_col_push_text(c, i < 50 ? "same" : "other");
    kam_col_push_textn(c, "others", 5);
    kam_col_push_textn(c, "oth\0rs", 6);
    kam_col_push_text(c, "");
    kam_table_seal(t);
    assert_ptr_equal(kam_col_text(c, 0), kam_col_text(c, 49));
    assert_ptr_not_equal(kam_col_text(c, 49), kam_col_text(c, 50));
    assert_ptr_equal(kam_col_text(c, 50), kam_col_text(c, 100));
    assert_string_equal(kam_col_text(c, 0), "same");
    assert_string_equal(kam_col_text(c, 99), "other");
    assert_string_equal(kam_col_text(c, 101), "oth");
    assert_string_equal(kam_col_text(c, 102), "");
    assert_false(kam_col_missing(c, 102));
    kam_table_unref(t);
}

/* The text of an earlier row again is the same bytes, whatever stands between; the neighbour that shares is still the last one written. */
static void texts_said_again_share(void **state)
{
    (void)state;
    kam_table *t = kam_table_new();
    kam_column *c = kam_table_add_column(t, "c", KAM_TEXT, NULL);
    kam_col_push_text(c, "first");
    kam_col_push_text(c, "second");
    for (size_t i = 0; i < 100; i++) kam_col_push_again(c, i % 2);
    kam_col_push_text(c, "second");
    kam_col_push_missing(c);
    kam_table_seal(t);
    assert_int_equal(kam_col_rows(c), 104);
    for (size_t i = 2; i < 102; i++) assert_ptr_equal(kam_col_text(c, i), kam_col_text(c, i % 2));
    assert_string_equal(kam_col_text(c, 100), "first");
    assert_ptr_equal(kam_col_text(c, 102), kam_col_text(c, 1));
    assert_true(kam_col_missing(c, 103));
    kam_table_unref(t);
}

static void derived_tables_share_and_outlive(void **state)
{
    (void)state;
    kam_table *t = sample();
    size_t cols[] = {2, 0};
    kam_table *s = kam_table_select(t, cols, 2);
    const char *const names[] = {"name", NULL};
    kam_table *r = kam_table_rename(s, names);
    assert_ptr_equal(kam_col_text(kam_table_column(s, 0), 0), kam_col_text(kam_table_find(t, "s"), 0));
    kam_table *built = kam_table_new();
    kam_table_share_column(built, kam_table_find(t, "d"), "day");
    kam_column *extra = kam_table_add_column(built, "extra", KAM_INT, NULL);
    for (int i = 0; i < 3; i++)
        kam_col_push_int(extra, i);
    kam_table_seal(built);
    kam_table_unref(t);
    kam_table_unref(s);
    assert_string_equal(kam_col_name(kam_table_column(r, 0)), "name");
    assert_string_equal(kam_col_name(kam_table_column(r, 1)), "i");
    assert_string_equal(kam_col_text(kam_table_column(r, 0), 0), "华为");
    assert_string_equal(kam_table_title(r), "classify.yield");
    assert_int_equal(kam_table_exponent(r), 3);
    assert_int_equal(kam_table_notes(r), 2);
    assert_int_equal(kam_table_rows(r), 3);
    assert_int_equal(kam_col_int(kam_table_find(built, "day"), 0), 19782);
    kam_table_unref(r);
    kam_table_unref(built);

    t = sample();
    kam_table *again = kam_table_ref(t);
    assert_ptr_equal(again, t);
    kam_table_unref(t);
    assert_int_equal(kam_table_rows(again), 3);
    kam_table *no_columns = kam_table_select(again, NULL, 0);
    assert_int_equal(kam_table_rows(no_columns), 3);
    kam_table_unref(no_columns);
    kam_table_unref(again);
}

static void picking_rows(void **state)
{
    (void)state;
    kam_table *t = sample();
    size_t rows[] = {2, 2, 1, 0};
    kam_table *p = kam_table_pick(t, rows, 4);
    assert_int_equal(kam_table_rows(p), 4);
    for (size_t c = 0; c < 6; c++) {
        for (size_t k = 0; k < 4; k++) {
            char a[KAM_CELL_MAX], b[KAM_CELL_MAX];
            assert_string_equal(kam_table_cell(p, c, k, a), kam_table_cell(t, c, rows[k], b));
            assert_int_equal(kam_col_missing(kam_table_column(p, c), k),
                             kam_col_missing(kam_table_column(t, c), rows[k]));
        }
    }
    assert_string_equal(kam_col_label(kam_table_column(p, 1)), "label.r");
    kam_table_unref(t);
    kam_table_unref(p);
}

static void order_is_stable_and_missing_last(void **state)
{
    (void)state;
    enum { N = 3000 };
    kam_table *t = kam_table_new();
    kam_column *a = kam_table_add_column(t, "a", KAM_INT, NULL);
    kam_column *b = kam_table_add_column(t, "b", KAM_TEXT, NULL);
    kam_column *c = kam_table_add_column(t, "c", KAM_REAL, NULL);
    uint32_t seed = 12345;
    for (int i = 0; i < N; i++) {
        seed = seed * 1664525u + 1013904223u;
        if (seed >> 28 == 0)
            kam_col_push_missing(a);
        else
            kam_col_push_int(a, seed >> 24 & 7);
        char text[3] = {(char)('A' + (seed >> 12) % 3), 0, 0};
        kam_col_push_text(b, text);
        kam_col_push_real(c, (double)(seed >> 20 & 3) - 1.5);
    }
    kam_table_seal(t);
    for (int variant = 0; variant < 8; variant++) {
        size_t cols[] = {0, 1, 2};
        bool desc[] = {variant & 1, variant >> 1 & 1, variant >> 2 & 1};
        size_t *o = kam_table_order(t, cols, desc, 3);
        char seen[N] = {0};
        for (size_t i = 0; i < N; i++) {
            assert_false(seen[o[i]]);
            seen[o[i]] = 1;
            if (i == 0) continue;
            bool mx = kam_col_missing(a, o[i - 1]), my = kam_col_missing(a, o[i]);
            int64_t x = kam_col_int(a, o[i - 1]), y = kam_col_int(a, o[i]);
            assert_false(mx && !my);
            if (mx != my) continue;
            if (x != y) {
                assert_true(desc[0] ? x > y : x < y);
                continue;
            }
            int s = strcmp(kam_col_text(b, o[i - 1]), kam_col_text(b, o[i]));
            if (s != 0) {
                assert_true(desc[1] ? s > 0 : s < 0);
                continue;
            }
            double p = kam_col_real(c, o[i - 1]), q = kam_col_real(c, o[i]);
            if (p != q)
                assert_true(desc[2] ? p > q : p < q);
            else
                assert_true(o[i - 1] < o[i]);
        }
        kam_free(o);
    }
    size_t *same = kam_table_order(t, NULL, NULL, 0);
    for (size_t i = 0; i < N; i++)
        assert_int_equal(same[i], i);
    kam_free(same);
    kam_table_unref(t);
}

static void codes_sort_as_text(void **state)
{
    (void)state;
    kam_table *t = kam_table_new();
    kam_column *c = kam_table_add_column(t, "code", KAM_TEXT, NULL);
    static const char *const codes[] = {"10", "9", "A2", "A10", "a", "华"};
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        kam_col_push_text(c, codes[i]);
    kam_table_seal(t);
    size_t col = 0;
    size_t *o = kam_table_order(t, &col, NULL, 1);
    static const size_t want[] = {0, 1, 3, 2, 4, 5};
    for (size_t i = 0; i < COUNT_OF(want); i++)
        assert_int_equal(o[i], want[i]);
    kam_free(o);
    kam_table_unref(t);
}

/* Told to stop: every row is there once, a pick keeps its shape and is missing; not told: as without a watch. */
static void stops_when_told(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    volatile int flag = 0;
    kam_progress p = {&flag, NULL, NULL};
    kam_table *t = kam_table_new();
    kam_column *n = kam_table_add_column(t, "n", KAM_INT, NULL), *s = kam_table_add_column(t, "s", KAM_TEXT, NULL);
    for (size_t i = 0; i < MANY; i++) {
        kam_col_push_int(n, (int64_t)(i * 7919 % MANY));
        kam_col_push_text(s, "x");
    }
    kam_table_seal(t);
    kam_table_set_watch(t, &p);
    const size_t col = 0;
    for (flag = 0; flag < 2; flag++) {
        size_t *o = kam_table_order(t, &col, NULL, 1), sum = 0, ordered = 0;
        for (size_t i = 0; i < MANY; i++) {
            sum += o[i];
            ordered += kam_col_int(n, o[i]) == (int64_t)i;
        }
        assert_int_equal(sum, (size_t)MANY * (MANY - 1) / 2);
        assert_int_equal(ordered == MANY, !flag);
        kam_table *picked = kam_table_pick(t, o, MANY);
        assert_ptr_equal(kam_table_watch(picked), &p);
        assert_int_equal(kam_table_rows(picked), MANY);
        assert_int_equal(kam_col_missing(kam_table_column(picked, 0), MANY - 1), flag);
        assert_string_equal(kam_col_text(kam_table_column(picked, 1), MANY - 1), flag ? "" : "x");
        kam_err err = KAM_ERR_INIT;
        assert_int_equal(kam_table_step(picked, "rows", 0, MANY, &err), flag ? KAM_INTERRUPT : KAM_OK);
        assert_int_equal(kam_table_step(picked, "rows", 1, MANY, &err), KAM_OK); /* not at every row */
        kam_table_unref(picked);
        kam_free(o);
    }
    kam_table_unref(t);
}

static volatile int *stop_flag;
static size_t compared, stop_after; /* 0: never */
static int by_number(const void *a, const void *b)
{
    if (++compared == stop_after) *stop_flag = 1;
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void sorting_stops_anywhere(void **state)
{
    (void)state;
    enum { MANY = 150001 };
    volatile int flag = 0;
    kam_progress p = {&flag, NULL, NULL};
    uint32_t *v = kam_calloc(MANY, sizeof *v);
    size_t whole = 0;
    stop_flag = &flag;
    for (size_t round = 0; round <= 20; round++) {
        for (size_t i = 0; i < MANY; i++) v[i] = (uint32_t)(i * 7919 % MANY);
        compared = 0;
        flag = 0;
        stop_after = whole * round / 20;
        kam_sort(v, MANY, sizeof *v, by_number, &p);
        size_t ordered = 0;
        uint64_t sum = 0;
        for (size_t i = 0; i < MANY; i++) {
            ordered += v[i] == i;
            sum += v[i];
        }
        assert_int_equal(sum, (uint64_t)MANY * (MANY - 1) / 2); /* nothing lost, nothing twice */
        if (!stop_after) assert_int_equal(ordered, MANY);
        else if (round < 15) assert_true(ordered < MANY && compared < whole); /* and at once */
        if (!round) whole = compared;
    }
    kam_free(v);
    kam_sort(NULL, 0, 4, by_number, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_reads_back),        cmocka_unit_test(type_names),
        cmocka_unit_test(empty_tables),                 cmocka_unit_test(widening_keeps_the_past),
        cmocka_unit_test(missing_bits_at_word_borders), cmocka_unit_test(equal_neighbours_share),
        cmocka_unit_test(texts_said_again_share),
        cmocka_unit_test(derived_tables_share_and_outlive), cmocka_unit_test(picking_rows),
        cmocka_unit_test(order_is_stable_and_missing_last), cmocka_unit_test(codes_sort_as_text),
        cmocka_unit_test(stops_when_told),              cmocka_unit_test(sorting_stops_anywhere),
    };
    return cmocka_run_group_tests_name("base_table", tests, NULL, NULL);
}
