/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void grows_and_stays_terminated(void **state)
{
    (void)state;
    kam_str b = KAM_STR_INIT;
    assert_string_equal(kam_str_cstr(&b), "");
    for (int i = 0; i < 1000; i++) {
        kam_str_addc(&b, 'x');
        assert_int_equal(b.s[b.len], 0);
    }
    kam_str_addf(&b, "[%0300d]", 7); /* longer than the room vsnprintf is first given */
    assert_int_equal(b.len, 1302);
    assert_int_equal(strlen(b.s), 1302);
    assert_string_equal(b.s + 1300, "7]");
    kam_str_pad(&b, '-', 3);
    kam_str_pad(&b, '-', 0);
    kam_str_addn(&b, "abc", 0);
    assert_string_equal(b.s + 1300, "7]---");
    kam_str_clear(&b);
    assert_string_equal(kam_str_cstr(&b), "");
    kam_str_add(&b, "again");
    char *taken = kam_str_detach(&b);
    assert_string_equal(taken, "again");
    assert_null(b.s);
    kam_free(taken);
    taken = kam_str_detach(&b);
    assert_string_equal(taken, "");
    kam_free(taken);
    kam_str_release(&b);
}

static void small_helpers(void **state)
{
    (void)state;
    assert_true(kam_streq(NULL, NULL));
    assert_false(kam_streq("", NULL));
    assert_true(kam_streq("a", "a"));
    assert_true(kam_str_starts("abc", "ab"));
    assert_true(kam_str_starts("abc", ""));
    assert_false(kam_str_starts("ab", "abc"));
    assert_true(kam_str_ends("abc", "bc"));
    assert_false(kam_str_ends("bc", "abc"));
    char text[] = " \t a b \r\n", none[] = "  ", empty[] = "";
    assert_string_equal(kam_strtrim(text), "a b");
    assert_string_equal(kam_strtrim(none), "");
    assert_string_equal(kam_strtrim(empty), "");
}

static void reals_are_short(void **state)
{
    (void)state;
    static const struct {
        double v;
        const char *text;
    } want[] = {{0.1, "0.1"}, {1e300, "1e+300"}, {1, "1"}, {-2.5, "-2.5"}, {0.0, "0"}, {-0.0, "0"},
                {1.0 / 3, "0.3333333333333333"}, {0.1 + 0.2, "0.30000000000000004"}, {123456789012345, "123456789012345"},
                {5e-324, "4.94065645841247e-324"}, {DBL_MAX, "1.797693134862316e+308"}, {100000, "100000"}};
    char out[KAM_NUM_MAX];
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        kam_format_real(want[i].v, out);
        if (i != 10) assert_string_equal(out, want[i].text);
        double back;
        assert_true(kam_parse_real(out, &back));
        assert_true(back == want[i].v);
    }
}

static uint64_t next_random(uint64_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

static void random_bits_read_back(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252u;
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = next_random(&seed);
        double v, back;
        memcpy(&v, &bits, sizeof v);
        if (!isfinite(v)) continue;
        char out[KAM_NUM_MAX];
        kam_format_real(v, out);
        if (!kam_parse_real(out, &back) || back != v) fail_msg("%a became %s", v, out);
    }
}

/* The shortest of 15 to 17 digits, as the C library writes it, for decimals of every length and their neighbours. */
static void decimals_as_the_library_writes_them(void **state)
{
    (void)state;
    uint64_t seed = 1234567;
    for (int i = 0; i < 300000; i++) {
        const uint64_t r = next_random(&seed);
        double v = (double)(int64_t)(r >> (r % 61));
        for (uint64_t d = r / 61 % 7; d > 0; d--) v /= 10;
        if (r / 427 % 3 == 0) v = -v;
        if (r / 1281 % 4 == 0) v = nextafter(v, r & 1 ? INFINITY : 0);
        if (v == 0) continue;
        char want[KAM_NUM_MAX], out[KAM_NUM_MAX];
        for (int digits = 15; digits <= 17; digits++) {
            snprintf(want, sizeof want, "%.*g", digits, v);
            if (strtod(want, NULL) == v) break;
        }
        kam_format_real(v, out);
        if (strcmp(out, want) != 0) fail_msg("%a became %s, not %s", v, out, want);
    }
}

static void numbers_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", " 1", "1 ", "0x10", "inf", "nan", "-", "+", ".", "1e", "1e+", "1.2.3", "1,5",
                                      "1e999", "--1", "1d5", "infinity", "e5"};
    double d = 42;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (kam_parse_real(bad[i], &d)) fail_msg("took %s", bad[i]);
    assert_true(d == 42);
    static const char *const bad_int[] = {"", " 1", "1 ", "0x1", "1.0", "9223372036854775808", "-9223372036854775809",
                                          "-", "+", "1e3"};
    long long n = 42;
    for (size_t i = 0; i < COUNT_OF(bad_int); i++)
        if (kam_parse_int(bad_int[i], &n)) fail_msg("took %s", bad_int[i]);
    assert_int_equal(n, 42);
    assert_true(kam_parse_int("-9223372036854775808", &n));
    assert_true(n == INT64_MIN);
    assert_true(kam_parse_int("+007", &n));
    assert_int_equal(n, 7);
    assert_true(kam_parse_real("-.5e1", &d));
    assert_true(d == -5);
    assert_true(kam_parse_real("5.", &d));
    assert_true(d == 5);
    assert_true(kam_parse_real("1e-999", &d)); /* nearest to it is zero */
    assert_true(d == 0);
}

static void nearest_names(void **state)
{
    (void)state;
    static const char *const names[] = {"classify", "forecast",   "funnel",     "lifetime-value", "stakeholder-map",
                                        "华为技术有限公司", "海尔智家", "中兴通讯", "account",    "import"};
    size_t best[3];
    assert_int_equal(kam_nearest("clasify", names, COUNT_OF(names), best, 3), 1);
    assert_int_equal(best[0], 0);
    assert_int_equal(kam_nearest("CLASSFIY", names, COUNT_OF(names), best, 3), 1); /* folded, neighbours swapped */
    assert_int_equal(best[0], 0);
    assert_int_equal(kam_nearest("华为", names, COUNT_OF(names), best, 3), 1); /* a part of a long name */
    assert_int_equal(best[0], 5);
    assert_int_equal(kam_nearest("华为枝术", names, COUNT_OF(names), best, 3), 1); /* a slip in the part of a long name */
    assert_int_equal(kam_nearest("华为枝木", names, COUNT_OF(names), best, 3), 0);
    assert_int_equal(kam_nearest("海儿智家", names, COUNT_OF(names), best, 3), 1);
    assert_int_equal(best[0], 6);
    assert_int_equal(kam_nearest("zzzzzz", names, COUNT_OF(names), best, 3), 0);
    assert_int_equal(kam_nearest("", names, COUNT_OF(names), best, 3), 0);
    assert_int_equal(kam_nearest("x", names, COUNT_OF(names), best, 3), 0);
    assert_int_equal(kam_nearest("account", names, COUNT_OF(names), best, 0), 0);

    static const char *const close[] = {"abcdefgh", "abcdef", "abcdefg", "abcdxfg", "abcdefg!"};
    assert_int_equal(kam_nearest("abcdefg", close, COUNT_OF(close), best, 3), 3);
    assert_int_equal(best[0], 2); /* the word itself first, then equals in their order */
    assert_int_equal(best[1], 0);
    assert_int_equal(best[2], 1);
    char longest[1000];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(kam_nearest(longest, close, COUNT_OF(close), best, 3), 0);
    const char *const with_long[] = {longest, "abc"};
    assert_int_equal(kam_nearest("abd", with_long, 2, best, 3), 1);
    assert_int_equal(best[0], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_and_stays_terminated), cmocka_unit_test(small_helpers),
        cmocka_unit_test(reals_are_short),            cmocka_unit_test(random_bits_read_back),
        cmocka_unit_test(decimals_as_the_library_writes_them),
        cmocka_unit_test(numbers_refused),            cmocka_unit_test(nearest_names),
    };
    return cmocka_run_group_tests_name("base_str", tests, NULL, NULL);
}
