/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "kam_csv.h"
#include "kam_mem.h"
#include <stdlib.h>
#include <string.h>

/* A source that gives at most `step` bytes at a time and fails at byte `fail_at`. */
typedef struct source {
    const char *s;
    size_t n, at, step, fail_at;
} source;

static kam_rc give(void *ctx, char *buf, size_t cap, size_t *got, kam_err *err)
{
    source *src = ctx;
    if (src->at >= src->fail_at) return kam_err_set(err, KAM_IO, "the disk is gone");
    size_t n = src->n - src->at;
    if (n > src->step) n = src->step;
    if (n > cap) n = cap;
    memcpy(buf, src->s + src->at, n);
    src->at += n;
    *got = n;
    return KAM_OK;
}

/* Everything the reader says about a text, in one string: fields in [], quoted ones in "", a record a line, errors
 * as !code:line:column. */
static char *transcript(const char *text, size_t n, size_t step, char delimiter)
{
    source src = {text, n, 0, step, (size_t)-1};
    kam_csv *c = kam_csv_new(give, &src, delimiter);
    kam_str out = KAM_STR_INIT;
    for (;;) {
        const char *const *fields = NULL;
        size_t k = 99;
        kam_err err = KAM_ERR_INIT;
        kam_rc rc = kam_csv_next(c, &fields, &k, &err);
        if (rc != KAM_OK) {
            assert_int_equal(rc, err.code);
            assert_int_equal(err.n_words, 3);
            kam_str_addf(&out, "!%s:%s:%s%s\n", kam_rc_name(rc), err.word[1], err.word[2],
                         kam_csv_dead(c) ? " dead" : "");
            if (kam_csv_dead(c)) break;
            continue;
        }
        if (k == 0) break;
        kam_str_addf(&out, "%zu:", kam_csv_line(c));
        for (size_t i = 0; i < k; i++)
            kam_str_addf(&out, kam_csv_quoted(c, i) ? " \"%s\"" : " [%s]", fields[i]);
        kam_str_addc(&out, '\n');
    }
    kam_csv_free(c);
    return kam_str_detach(&out);
}

/* The reader must say the same however the input is cut. */
static void reads(const char *text, size_t n, const char *want)
{
    static const size_t steps[] = {1, 2, 3, 5, 7, 64, 1 << 20};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        char *got = transcript(text, n, steps[i], ',');
        assert_string_equal(got, want);
        kam_free(got);
    }
}
#define READS(text, want) reads((text), sizeof(text) - 1, (want))

static void plain_records(void **state)
{
    (void)state;
    READS("", "");
    READS("a,b,c\n1,2,3\n", "1: [a] [b] [c]\n2: [1] [2] [3]\n");
    READS("a,b\r\n1,2\r\n", "1: [a] [b]\n2: [1] [2]\n");
    READS("a,b\r1,2\r", "1: [a] [b]\n2: [1] [2]\n");
    READS("a,b\n1,2", "1: [a] [b]\n2: [1] [2]\n");
    READS("a,", "1: [a] []\n");
    READS(",", "1: [] []\n");
    READS(",,\n", "1: [] [] []\n");
    READS("a\n\n\r\n\nb\n", "1: [a]\n5: [b]\n");
    READS("\n\n", "");
    READS("\xEF\xBB\xBF" "a,b\n", "1: [a] [b]\n");
    READS("\xEF\xBB\xBF", "");
    READS("\xEF\xBB", "!DATA:1:1\n");
    READS("a\xEF\xBB\xBF" "b\n", "1: [a\xEF\xBB\xBF" "b]\n"); /* only the first is a mark */
    READS(" a , b ", "1: [ a ] [ b ]\n");
    READS("华为,海尔\n", "1: [华为] [海尔]\n");
    READS("5\" pipe,a\"b\"\n", "1: [5\" pipe] [a\"b\"]\n");
}

static void quoted_records(void **state)
{
    (void)state;
    READS("\"a\",\"b,c\"\n", "1: \"a\" \"b,c\"\n");
    READS("\"a\"\"b\",\"\"\"\"\n", "1: \"a\"b\" \"\"\"\n");
    READS("\"\",\n", "1: \"\" []\n");
    READS("\"\"\n", "1: \"\"\n");
    READS("\"two\nlines\",x\ny\n", "1: \"two\nlines\" [x]\n3: [y]\n");
    READS("\"two\r\nlines\"\r\ny\r\n", "1: \"two\r\nlines\"\n3: [y]\n");
    READS("\"\n\n\n\"\nz", "1: \"\n\n\n\"\n5: [z]\n");
    READS("\"end\"", "1: \"end\"\n");
    READS("\xEF\xBB\xBF\"a\"\n", "1: \"a\"\n");
}

static void errors_name_their_place(void **state)
{
    (void)state;
    READS("a,b\n1,\"open\nstill\n", "1: [a] [b]\n!DATA:2:3 dead\n");
    READS("\"", "!DATA:1:1 dead\n");
    READS("\"a\"\"", "!DATA:1:1 dead\n");
    READS("x\n华,\"海\"尔,2\nok\n", "1: [x]\n!DATA:2:6\n3: [ok]\n");
    READS("\"\"x,1\nok\n", "!DATA:1:3\n2: [ok]\n");
    READS("\"a\" ,1\nok\n", "!DATA:1:4\n2: [ok]\n");
    READS("\"a\nb\"x\nok\n", "!DATA:2:3\n3: [ok]\n");
    READS("\"a\"\"b\"x\nok\n", "!DATA:1:7\n2: [ok]\n");
    READS("\"a\"x,\"q\nr\",3\nok\n", "!DATA:1:4\n3: [ok]\n"); /* the rest of the record is read as fields */
    READS("a,b\0c,d\nok\n", "!DATA:1:4\n2: [ok]\n");
    READS("a,\"b\0c\",d\nok\n", "!DATA:1:5\n2: [ok]\n");
    READS("\0\nok\n", "!DATA:1:1\n2: [ok]\n");
    READS("ab,华\xFF,d\nok\n", "!DATA:1:5\n2: [ok]\n");
    READS("\"华\n\xC0\xAF\",d\nok\n", "!DATA:2:1\n3: [ok]\n");
    READS("\xED\xA0\x80\n", "!DATA:1:1\n");
    READS("a,\xFF,\"x\"y\n", "!DATA:1:3\n"); /* the first of two */
    READS("\"\xFF\"y\n", "!DATA:1:1\n");     /* before the text behind the quote */
    READS("\xBB\xAA\xCE\xAA,1\n", "!DATA:1:1\n"); /* 华为 in GB18030 */
}

static void columns_count_characters(void **state)
{
    (void)state;
    static const char text[] = "华为,\"a\"\"b\",,\"x\ny\",last\n";
    source src = {text, sizeof text - 1, 0, 4, (size_t)-1};
    kam_csv *c = kam_csv_new(give, &src, ',');
    const char *const *f;
    size_t n;
    assert_int_equal(kam_csv_next(c, &f, &n, NULL), KAM_OK);
    assert_int_equal(n, 5);
    static const size_t want[] = {1, 4, 11, 12, 4};
    for (size_t i = 0; i < n; i++)
        assert_int_equal(kam_csv_column(c, i), want[i]);
    assert_false(kam_csv_quoted(c, 7));
    kam_csv_free(c);
}

static void other_delimiters(void **state)
{
    (void)state;
    char *got = transcript("a;b,c;\"d;e\"\n", 12, 3, ';');
    assert_string_equal(got, "1: [a] [b,c] \"d;e\"\n");
    kam_free(got);
    got = transcript("a\tb c\t\n", 7, 3, '\t');
    assert_string_equal(got, "1: [a] [b c] []\n");
    kam_free(got);
}

static void ends_with(char *text, size_t n, const char *want)
{
    static const size_t steps[] = {1000, 1 << 20};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        char *got = transcript(text, n, steps[i], ',');
        size_t len = strlen(got), k = strlen(want);
        if (len < k || strcmp(got + len - k, want) != 0) fail_msg("ended with %.60s", len > 60 ? got + len - 60 : got);
        kam_free(got);
    }
}

static void limits(void **state)
{
    (void)state;
    size_t n = KAM_CSV_MAX_FIELD + 10;
    char *text = kam_alloc(n + 1);
    memset(text, 'x', n);
    ends_with(text, n, "!DATA:1:1 dead\n");
    memcpy(text, "ab,\"", 4);
    ends_with(text, n, "!DATA:1:4 dead\n");
    text[3] = 'x';
    text[KAM_CSV_MAX_FIELD + 3] = '\n'; /* just fits */
    char *got = transcript(text, n, 65536, ',');
    assert_null(strchr(got, '!'));
    kam_free(got);
    memset(text, ',', KAM_CSV_MAX_FIELDS);
    text[KAM_CSV_MAX_FIELDS - 1] = '\n';
    got = transcript(text, KAM_CSV_MAX_FIELDS, 65536, ',');
    assert_null(strchr(got, '!'));
    kam_free(got);
    text[KAM_CSV_MAX_FIELDS - 1] = ',';
    ends_with(text, KAM_CSV_MAX_FIELDS, "!DATA:1:4097 dead\n");
    kam_free(text);
}

/* Fields of just under the limit, until the record is too long as a whole. */
static void a_record_has_a_limit(void **state)
{
    (void)state;
    size_t n = (size_t)KAM_CSV_MAX_RECORD + KAM_CSV_MAX_FIELD;
    char *text = kam_alloc(n);
    memset(text, 'x', n);
    for (size_t i = 1 << 19; i < n; i += 1 << 19)
        text[i] = ',';
    ends_with(text, n, " dead\n");
    kam_free(text);
}

static void read_errors_pass_through(void **state)
{
    (void)state;
    source src = {"a,b\nc,d\n", 8, 0, 4, 4};
    kam_csv *c = kam_csv_new(give, &src, ',');
    const char *const *f;
    size_t n;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(kam_csv_next(c, &f, &n, &err), KAM_OK);
    assert_int_equal(kam_csv_next(c, &f, &n, &err), KAM_IO);
    assert_string_equal(err.msg, "the disk is gone");
    assert_true(kam_csv_dead(c));
    assert_int_not_equal(kam_csv_next(c, &f, &n, NULL), KAM_OK);
    kam_csv_free(c);
    kam_csv_free(NULL);
}

static void put(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } want[] = {{"", ""}, {"abc", "abc"}, {"a b", "a b"}, {" a", "\" a\""}, {"a\t", "\"a\t\""}, {"a,b", "\"a,b\""},
                {"a\"b", "\"a\"\"b\""}, {"\"\"", "\"\"\"\"\"\""}, {"a\nb", "\"a\nb\""}, {"a\r", "\"a\r\""}, {"a;b", "a;b"},
                {"华为", "华为"}, {"\xEF\xBB\xBFx", "\"\xEF\xBB\xBFx\""}};
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        kam_str_clear(&b);
        kam_csv_put(&b, want[i].in, ',');
        assert_string_equal(kam_str_cstr(&b), want[i].out);
    }
    kam_str_release(&b);
}

static uint32_t seed = 2463534242u;
static uint32_t roll(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % n;
}

/* What kam_csv_put writes, kam_csv reads back, whatever the text and wherever the input is cut. */
static void random_round_trip(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", ",", "\"", "\n", "\r", "\r\n", " ", "华", "😀", ";", "xyz", "\t", "\"\"", "\xEF\xBB\xBF"};
    for (int round = 0; round < 3000; round++) {
        enum { ROWS = 8, COLS = 4 };
        kam_str cell[ROWS][COLS] = {{KAM_STR_INIT}}, text = KAM_STR_INIT;
        const char *ending = roll(2) ? "\r\n" : "\n";
        for (int r = 0; r < ROWS; r++) {
            for (int k = 0; k < COLS; k++) {
                for (uint32_t n = roll(6); n > 0; n--)
                    kam_str_add(&cell[r][k], piece[roll(COUNT_OF(piece))]);
                if (k > 0) kam_str_addc(&text, ',');
                kam_csv_put(&text, kam_str_cstr(&cell[r][k]), ',');
            }
            kam_str_add(&text, ending);
        }
        source src = {kam_str_cstr(&text), text.len, 0, 1 + roll(9), (size_t)-1};
        kam_csv *c = kam_csv_new(give, &src, ',');
        for (int r = 0; r < ROWS; r++) {
            const char *const *f;
            size_t n;
            kam_err err = KAM_ERR_INIT;
            if (kam_csv_next(c, &f, &n, &err) != KAM_OK) fail_msg("%s in:\n%s", err.msg, kam_str_cstr(&text));
            assert_int_equal(n, COLS);
            for (int k = 0; k < COLS; k++) {
                assert_string_equal(f[k], kam_str_cstr(&cell[r][k]));
                kam_str_release(&cell[r][k]);
            }
        }
        const char *const *f;
        size_t n = 1;
        assert_int_equal(kam_csv_next(c, &f, &n, NULL), KAM_OK);
        assert_int_equal(n, 0);
        kam_csv_free(c);
        kam_str_release(&text);
    }
}

/* Any bytes at all: the reader says the same for every way of cutting them, and comes to an end. */
static void random_bytes_in_any_portions(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", ",", "\"", "\n", "\r", " ", "华", "\xFF", "\"\"", "\xE5\x8D", "\xEF\xBB\xBF"};
    for (int round = 0; round < 3000; round++) {
        kam_str text = KAM_STR_INIT;
        for (uint32_t n = roll(40); n > 0; n--) {
            uint32_t k = roll(COUNT_OF(piece) + 1);
            if (k == COUNT_OF(piece))
                kam_str_addc(&text, '\0');
            else
                kam_str_add(&text, piece[k]);
        }
        char *whole = transcript(kam_str_cstr(&text), text.len, 1 << 20, ',');
        for (size_t step = 1; step < 6; step++) {
            char *cut = transcript(kam_str_cstr(&text), text.len, step, ',');
            assert_string_equal(cut, whole);
            kam_free(cut);
        }
        kam_free(whole);
        kam_str_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_records),           cmocka_unit_test(quoted_records),
        cmocka_unit_test(errors_name_their_place), cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(other_delimiters),        cmocka_unit_test(limits),
        cmocka_unit_test(a_record_has_a_limit),    cmocka_unit_test(read_errors_pass_through),
        cmocka_unit_test(put),                     cmocka_unit_test(random_round_trip),
        cmocka_unit_test(random_bytes_in_any_portions),
    };
    return cmocka_run_group_tests_name("base_csv", tests, NULL, NULL);
}
