/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <string.h>

static void every_code_point_round_trips(void **state)
{
    (void)state;
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
        char buf[4];
        size_t used;
        int n = kam_utf8_put(cp, buf);
        bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
        uint32_t back = kam_utf8_next(buf, (size_t)n, &used);
        assert_int_equal(used, n);
        assert_int_equal(back, surrogate ? 0xFFFD : cp);
        assert_true(kam_utf8_valid(buf, (size_t)n));
        if (n > 1) assert_false(kam_utf8_valid(buf, (size_t)n - 1));
    }
    char buf[4];
    assert_int_equal(kam_utf8_put(0x110000, buf), 3);
    assert_memory_equal(buf, "\xEF\xBF\xBD", 3);
}

static void bad_sequences(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",             /* a tail alone */
        "\xC0\xAF",         /* overlong / */
        "\xC1\xBF",         /* overlong */
        "\xE0\x80\xAF",     /* overlong */
        "\xE0\x9F\xBF",     /* overlong */
        "\xF0\x80\x80\xAF", /* overlong */
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",     /* half a surrogate pair */
        "\xED\xBF\xBF",     /* the other half */
        "\xF4\x90\x80\x80", /* beyond U+10FFFF */
        "\xF5\x80\x80\x80", "\xFE",  "\xFF", "\xE4\xBD", "\xE4", "\xF0\x9F\x98", "\xE4\xBD\x41",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        size_t used;
        assert_false(kam_utf8_valid(bad[i], strlen(bad[i])));
        assert_int_equal(kam_utf8_next(bad[i], strlen(bad[i]), &used), 0xFFFD);
        assert_int_equal(used, 1);
        size_t len;
        char *fixed = kam_utf8_repair(bad[i], strlen(bad[i]), &len);
        assert_true(kam_utf8_valid(fixed, len));
        assert_int_equal(strlen(fixed), len);
        kam_free(fixed);
    }
    assert_true(kam_utf8_valid("", 0));
    assert_false(kam_utf8_valid("a\0b", 3));
    assert_true(kam_utf8_valid("\xEF\xBF\xBD", 3)); /* U+FFFD itself is good text */
}

static void repaired(const char *in, size_t n, const char *want)
{
    size_t len;
    char *out = kam_utf8_repair(in, n, &len);
    assert_string_equal(out, want);
    assert_int_equal(len, strlen(want));
    kam_free(out);
}

static void repair_of_what_tcl_hands_out(void **state)
{
    (void)state;
    repaired("\xED\xA0\xBD\xED\xB8\x80", 6, "\xF0\x9F\x98\x80"); /* CESU pair of 😀 */
    repaired("a\xED\xA0\xBD" "b", 5, "a\xEF\xBF\xBD" "b");        /* cut in the middle: one mark a half */
    repaired("\xED\xB8\x80\xED\xA0\xBD", 6, "\xEF\xBF\xBD\xEF\xBF\xBD"); /* wrong way round */
    repaired("a\xC0\x80" "b", 4, "a\xEF\xBF\xBD" "b");                    /* Tcl's NUL */
    repaired("a\0b", 3, "a\xEF\xBF\xBD" "b");
    repaired("\xFF\xFE", 2, "\xEF\xBF\xBD\xEF\xBF\xBD");
    repaired("华为", 6, "华为");
    repaired("", 0, "");
    repaired("\xED\xA0\xBD\xED\xB8", 5, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); /* the pair lacks its end */
}

/* Expected widths by hand from UAX #11 and UTS #51. */
static void widths(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t narrow, wide;
    } want[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"华为技术", 8, 8},
        {"ｆｕｌｌ", 8, 8},
        {"ﾊﾝｶｸ", 4, 4},
        {"，。", 4, 4},
        {"한글", 4, 4},
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", 2, 2}, /* 한 as three jamo */
        {"e\xCC\x81", 1, 1},                             /* e + combining acute */
        {"\xCC\x81", 0, 0},
        {"α→“", 3, 6}, /* ambiguous */
        {"😀", 2, 2},
        {"𠮷", 2, 2},
        {"👨\xE2\x80\x8D👩\xE2\x80\x8D👧", 2, 2}, /* family joined */
        {"👍🏽", 2, 2},                            /* skin tone */
        {"🏽", 2, 2},                             /* alone */
        {"🇨🇳🇩🇪", 4, 4},                         /* two flags */
        {"❤\xEF\xB8\x8F", 2, 2},                  /* picture by selector */
        {"❤", 1, 1},
        {"1\xEF\xB8\x8F\xE2\x83\xA3", 2, 2}, /* keycap */
        {"a\tb\n", 2, 2},
        {"\x1B[0m", 3, 3}, /* the caller takes colour codes away first */
        {"\xC2\xAD", 1, 2}, /* soft hyphen: shown by terminals, and ambiguous */
        {"\xE2\x80\x8B\xEF\xBB\xBF", 0, 0},
        {"\xFF", 1, 2}, /* shown as U+FFFD, itself ambiguous */
        {"华\xE2\x80\x8D为", 4, 4}, /* a joiner joins emoji only */
    };
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        if (kam_utf8_width(want[i].text, false) != want[i].narrow || kam_utf8_width(want[i].text, true) != want[i].wide)
            fail_msg("%zu: %s has %zu and %zu", i, want[i].text, kam_utf8_width(want[i].text, false),
                     kam_utf8_width(want[i].text, true));
    }
    assert_int_equal(kam_cp_width(0, false), 0);
    assert_int_equal(kam_cp_width(0x7F, false), 0);
    assert_int_equal(kam_cp_width(0x9F, false), 0);
    assert_int_equal(kam_cp_width(0xA0, false), 1);
    assert_int_equal(kam_cp_width(0x3000, false), 2);
    assert_int_equal(kam_cp_width(0x2FFFD, false), 2);
    assert_int_equal(kam_cp_width(0x30000, false), 2);
    assert_int_equal(kam_cp_width(0x10FFFF, false), 1);
}

static void fitting(void **state)
{
    (void)state;
    size_t w;
    assert_int_equal(kam_utf8_fit("华为技术", 5, false, &w), 6);
    assert_int_equal(w, 4);
    assert_int_equal(kam_utf8_fit("华为", 1, false, &w), 0);
    assert_int_equal(w, 0);
    assert_int_equal(kam_utf8_fit("abc", 10, false, &w), 3);
    assert_int_equal(w, 3);
    /* marks stay with their base, joined pictures stay whole */
    assert_int_equal(kam_utf8_fit("e\xCC\x81x", 1, false, &w), 3);
    assert_int_equal(kam_utf8_fit("👨\xE2\x80\x8D👩", 1, false, &w), 0);
    assert_int_equal(kam_utf8_fit("👨\xE2\x80\x8D👩x", 2, false, &w), 11);
    assert_int_equal(kam_utf8_fit("🇨🇳", 1, false, NULL), 0);
    assert_int_equal(kam_utf8_fit("", 5, false, &w), 0);
}

static void counting(void **state)
{
    (void)state;
    assert_int_equal(kam_utf8_count(""), 0);
    assert_int_equal(kam_utf8_count("a华😀"), 3);
    assert_int_equal(kam_utf8_count("\xFF\xFE"), 2);
}

/* Any bytes: repair gives valid text, fit never reads or cuts out of line. Text in the buffer's last bytes, so that
 * a sanitizer sees an overrun. */
static void random_bytes(void **state)
{
    (void)state;
    uint32_t seed = 2463534242u;
    for (int round = 0; round < 20000; round++) {
        size_t n = (size_t)round % 24;
        char *s = kam_alloc(n + 1);
        for (size_t i = 0; i < n; i++) {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            s[i] = (char)(seed % 3 ? 0x80 | seed >> 8 : seed >> 8);
            if (s[i] == '\0') s[i] = 'a';
        }
        s[n] = '\0';
        size_t len, w, total = kam_utf8_width(s, false);
        for (size_t col = 0; col <= total; col++) {
            size_t cut = kam_utf8_fit(s, col, false, &w);
            assert_true(cut <= n && w <= col);
        }
        char *fixed = kam_utf8_repair(s, n, &len);
        assert_true(kam_utf8_valid(fixed, len));
        if (kam_utf8_valid(s, n)) assert_string_equal(s, fixed);
        kam_free(fixed);
        kam_free(s);
    }
}

/* Lines as a terminal would show them, joined with "|". */
static void wrapped(const char *text, size_t columns, const char *want)
{
    char got[512] = "";
    for (const char *p = text; *p;) {
        size_t skip, n = kam_utf8_line(p, columns, false, &skip);
        assert_true(n + skip > 0 && strlen(got) + n + 2 < sizeof got);
        strncat(got, p, n);
        p += n + skip;
        if (*p) strcat(got, "|");
    }
    assert_string_equal(got, want);
}

/* Han are two columns wide. A mark that may not begin a line takes the character before it along; one that may not end a line
 * goes to the next. */
static void lines(void **state)
{
    (void)state;
    wrapped("one two three", 8, "one two|three");
    wrapped("one two three", 7, "one two|three");
    wrapped("客户关系管理", 4, "客户|关系|管理");
    wrapped("客户关系，管理", 8, "客户关|系，管理");
    wrapped("他说：“好。”", 10, "他说：|“好。”");
    wrapped("甲（乙丙）丁", 4, "甲|（乙|丙）|丁");
    wrapped("甲乙丙……丁", 8, "甲乙丙……|丁");
    wrapped("续约率为85%，很好", 10, "续约率为|85%，很好");
    wrapped("客户Huarui续约", 8, "客户|Huarui续|约");
    wrapped("客户Huaruijingmi续约", 8, "客户Huar|uijingmi|续约"); /* no line holds the word */
    wrapped("客户 Huarui 续约", 8, "客户|Huarui|续约");
    wrapped("。。。", 2, "。|。|。");                                   /* no other way */
    wrapped("中", 1, "中");
    wrapped("a\nb\n\nc", 5, "a|b||c");
    wrapped("", 5, "");
    wrapped("e\xCC\x81" "e\xCC\x81" "e\xCC\x81", 2, "e\xCC\x81" "e\xCC\x81" "|" "e\xCC\x81"); /* combining marks stay */
    /* nor is a word broken beside a letter of its own: composed, with a mark, Cyrillic */
    wrapped("in Z\xC3\xBCrich", 6, "in|Z\xC3\xBCrich");
    wrapped("in Zu\xCC\x88rich", 6, "in|Zu\xCC\x88rich");
    wrapped("о Москве", 7, "о|Москве");
    wrapped("客户Zu\xCC\x88rich续约", 8, "客户|Zu\xCC\x88rich续|约");
    wrapped("re\xCC\x81sume\xCC\x81s", 4, "re\xCC\x81su|me\xCC\x81s"); /* no line holds the word */
}

/* Property: nothing is lost but blanks and line breaks, no line is wider than asked for unless it is one character, and none begins
 * with a closing mark where two characters fit. */
static void lines_lose_nothing(void **state)
{
    (void)state;
    static const char text[] = "客户说：“价格可以，但交期要提前。”（见附件一、二。）他还问 Huarui：什么时候签约？A long word: internationalisation，结束。";
    for (size_t columns = 1; columns < 90; columns++) {
        char kept[512] = "", want[512] = "";
        for (const char *p = text; *p;) {
            size_t skip, n = kam_utf8_line(p, columns, false, &skip);
            char *one = kam_strndup(p, n);
            size_t w = kam_utf8_width(one, false);
            assert_true(w <= columns || kam_utf8_count(one) == 1);
            if (columns >= 8 && p > text)
                assert_true(strncmp(p, "，", 3) && strncmp(p, "。", 3) && strncmp(p, "”", 3) && strncmp(p, "）", 3) && strncmp(p, "？", 3));
            strcat(kept, one);
            kam_free(one);
            p += n + skip;
        }
        char *a = kept, *b = want;
        for (const char *p = text; *p; p++)
            if (*p != ' ') *b++ = *p;
        *b = '\0', b = kept;
        for (; *a; a++)
            if (*a != ' ') *b++ = *a;
        *b = '\0';
        assert_string_equal(kept, want);
    }
}

static void cluster_is(const char *text, size_t want)
{
    assert_int_equal(kam_utf8_cluster(text, strlen(text)), want);
}

/* What a person sees as one character, in bytes. */
static void clusters(void **state)
{
    (void)state;
    cluster_is("ab", 1);
    cluster_is("\xe5\x8d\x8e" "b", 3);
    cluster_is("e\xcc\x81x", 3);                                               /* e and an acute */
    cluster_is("\xf0\x9f\x87\xa8\xf0\x9f\x87\xb3\xf0\x9f\x87\xa9", 8);       /* two of three regional indicators */
    cluster_is("\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd" "a", 8);                     /* a skin tone */
    cluster_is("\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xf0\x9f\x91\xa7", 11); /* two joined, the third is not */
    cluster_is("\xe2\x9d\xa4\xef\xb8\x8f\xf0\x9f\x98\x80", 6);                 /* a heart with its selector, then another */
    cluster_is("1\xef\xb8\x8f\xe2\x83\xa3" "2", 7);                            /* a keycap */
    cluster_is("\xff\xfe", 1);
    cluster_is("\n\xcc\x81", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_round_trips), cmocka_unit_test(bad_sequences),
        cmocka_unit_test(repair_of_what_tcl_hands_out), cmocka_unit_test(widths),
        cmocka_unit_test(fitting),                      cmocka_unit_test(counting),
        cmocka_unit_test(random_bytes),
        cmocka_unit_test(lines),
        cmocka_unit_test(lines_lose_nothing),
        cmocka_unit_test(clusters),
    };
    return cmocka_run_group_tests_name("base_utf8", tests, NULL, NULL);
}
