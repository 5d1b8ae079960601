/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_err, kam_mem, kam_progress, kam_ledger. */
#include "unit.h"
#include "kam_err.h"
#include "kam_ledger.h"
#include "kam_mem.h"
#include "kam_progress.h"
#include "kam_utf8.h"
#include <string.h>

static void first_error_wins(void **state)
{
    (void)state;
    kam_err e = KAM_ERR_INIT;
    assert_int_equal(kam_err_set(&e, KAM_DATA, "row %d", 7), KAM_DATA);
    assert_int_equal(kam_err_word(&e, "a.csv"), KAM_DATA);
    assert_int_equal(kam_err_set(&e, KAM_IO, "second"), KAM_IO);
    assert_int_equal(e.code, KAM_DATA);
    assert_string_equal(e.msg, "row 7");
    assert_int_equal(e.n_words, 1);
    kam_err_clear(&e);
    kam_err_set(&e, KAM_IO, "now");
    assert_string_equal(e.msg, "now");
    assert_int_equal(e.n_words, 0);
}

static void no_place_to_put_it(void **state)
{
    (void)state;
    assert_int_equal(kam_err_set(NULL, KAM_BUSY, "x"), KAM_BUSY);
    kam_err_word(NULL, "x");
    kam_err_prefix(NULL, "x");
    kam_err_in_file(NULL, "x");
    kam_err_clear(NULL);
    kam_err e = KAM_ERR_INIT;
    kam_err_word(&e, "word without an error");
    kam_err_prefix(&e, "prefix");
    assert_int_equal(e.n_words, 0);
    assert_string_equal(e.msg, "");
}

/* The Chinese stands beside the English: holes by number, text arguments that are rows themselves translated, '*' skipped,
 * and English where there is no row. */
static void both_languages(void **state)
{
    (void)state;
    kam_err e = KAM_ERR_INIT;
    kam_err_set(&e, KAM_DATA, "line %zu, column %zu: %s", (size_t)3, (size_t)14, "a whole number");
    assert_string_equal(kam_err_text(&e, false), "line 3, column 14: a whole number");
    assert_string_equal(kam_err_text(&e, true), "第 3 行第 14 列：整数");
    kam_err_prefix(&e, "%s: ", "账目.csv");
    kam_err_append(&e, "; nothing was imported");
    assert_string_equal(e.msg, "账目.csv: line 3, column 14: a whole number; nothing was imported");
    assert_string_equal(e.msg_zh, "账目.csv：第 3 行第 14 列：整数；没有导入任何内容");
    kam_err_clear(&e);
    kam_err_set(&e, KAM_DATA, "no such row %d %.*s %5.2f %lld %%", 7, 2, "abc", 1.5, 8LL);
    assert_string_equal(kam_err_text(&e, true), "no such row 7 ab  1.50 8 %");
    kam_err_clear(&e);
    kam_err_set(&e, KAM_CALC, "column %s of table %s is %s, not %s", "a", "b", "c", "d");
    assert_string_equal(kam_err_text(&e, true), "表 b 的列 a 类型为 c，应为 d"); /* another order */
}

/* A word that the format quotes or cuts is the user's, though it may be a row; names of a model come with both languages. */
static void users_words_stay(void **state)
{
    (void)state;
    kam_err e = KAM_ERR_INIT;
    kam_err_set(&e, KAM_NOTFOUND, "no %s \"%s\"", "account", "account");
    assert_string_equal(e.msg_zh, "没有客户“account”");
    kam_err_append(&e, "; `%.100s list` shows what there is", "account");
    assert_string_equal(e.msg, "no account \"account\"; `account list` shows what there is");
    assert_string_equal(e.msg_zh, "没有客户“account”；account list 列出现有的");
    kam_err_clear(&e);
    kam_err_set(&e, KAM_CONSTRAINT, "a value is required");
    kam_err_prefix_both(&e, "account.name: ", "客户的名称：");
    assert_string_equal(e.msg, "account.name: a value is required");
    assert_string_equal(e.msg_zh, "客户的名称：必须有值");
}

/* kam_nearest takes what is within about a third of the letters. */
static void near_names_are_offered(void **state)
{
    (void)state;
    static const char *const names[] = {"alpha", "alphb", "alphc", "alphd", "omega"};
    static const char *const zh[] = {"", "（是否指 alpha？）", "（是否指 alpha 或 alphb？）", "（是否指 alpha、alphb 或 alphc？）"};
    static const char *const en[] = {"", " (did you mean alpha?)", " (did you mean alpha or alphb?)", " (did you mean alpha, alphb or alphc?)"};
    for (size_t n = 0; n < 5; n++) {
        size_t told = n < 3 ? n : 3;
        kam_err e = KAM_ERR_INIT;
        kam_err_set(&e, KAM_NOTFOUND, "nothing found");
        assert_int_equal(kam_err_nearest(&e, "alph", names, n), told);
        assert_string_equal(e.msg + strlen("nothing found"), en[told]);
        assert_string_equal(e.msg_zh + strlen("没有找到"), zh[told]);
    }
    kam_err none = KAM_ERR_INIT;
    assert_int_equal(kam_err_nearest(&none, "alph", names + 4, 1), 0);
    assert_string_equal(none.msg, "");
    assert_int_equal(kam_err_nearest(NULL, "alph", names, 1), 1); /* nobody listens */
}

static void words_are_bounded(void **state)
{
    (void)state;
    kam_err e = KAM_ERR_INIT;
    kam_err_set(&e, KAM_NOTFOUND, "x");
    kam_err_word(&e, NULL);
    assert_int_equal(e.n_words, 0);
    for (int i = 0; i < KAM_ERR_WORDS + 3; i++)
        kam_err_word(&e, "w");
    assert_int_equal(e.n_words, KAM_ERR_WORDS);
}

/* 华 is three bytes: whatever the length in front, the cut text must stay valid. */
static void cut_on_a_character(void **state)
{
    (void)state;
    for (size_t lead = 0; lead < 4; lead++) {
        char text[3 * KAM_ERR_MSG_MAX + 8] = {0};
        memset(text, 'a', lead);
        for (size_t i = 0; i < KAM_ERR_MSG_MAX; i++)
            memcpy(text + lead + 3 * i, "华", 3);
        kam_err e = KAM_ERR_INIT;
        kam_err_set(&e, KAM_DATA, "%s", text);
        kam_err_word(&e, text);
        kam_err_prefix(&e, "%s", "pre: ");
        assert_true(kam_utf8_valid(e.msg, strlen(e.msg)));
        assert_true(strlen(e.msg) >= KAM_ERR_MSG_MAX - 4);
        assert_true(kam_utf8_valid(e.word[0], strlen(e.word[0])));
        assert_true(strlen(e.word[0]) >= KAM_ERR_WORD_MAX - 4);
        assert_memory_equal(e.msg, "pre: ", 5);
    }
    kam_err e = KAM_ERR_INIT;
    kam_err_set(&e, KAM_USAGE, "no \"%.4s\" and \xff\"%.5s\"", "华为", "华为");
    assert_string_equal(e.msg, "no \"华\" and \"华\""); /* nothing is left of what the precision cut in two */
}

static void file_goes_into_the_first_word(void **state)
{
    (void)state;
    kam_err e = KAM_ERR_INIT;
    kam_err_set(&e, KAM_DATA, "line 3, column 4: bad");
    kam_err_word(&e, "");
    kam_err_word(&e, "3");
    kam_err_in_file(&e, "a.csv");
    assert_string_equal(e.word[0], "a.csv");
    assert_string_equal(e.word[1], "3");
    assert_string_equal(e.msg, "a.csv: line 3, column 4: bad");
}

static void codes_and_statuses(void **state)
{
    (void)state;
    static const struct {
        kam_rc code;
        const char *name;
        int status;
    } want[] = {{KAM_OK, "OK", 0}, {KAM_USAGE, "USAGE", 2}, {KAM_NOTFOUND, "NOTFOUND", 2},
                {KAM_CONSTRAINT, "CONSTRAINT", 3}, {KAM_DATA, "DATA", 3}, {KAM_BUSY, "BUSY", 4}, {KAM_IO, "IO", 4},
                {KAM_DATABASE, "DATABASE", 4}, {KAM_PDF, "PDF", 4}, {KAM_CALC, "CALC", 1},
                {KAM_INTERRUPT, "INTERRUPT", 130}, {KAM_LIMIT, "LIMIT", 1}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_string_equal(kam_rc_name(want[i].code), want[i].name);
        assert_int_equal(kam_rc_exit_status(want[i].code), want[i].status);
    }
}

static void arena_keeps_what_it_gave(void **state)
{
    (void)state;
    kam_arena a = KAM_ARENA_INIT;
    char *text[500];
    for (size_t i = 0; i < COUNT_OF(text); i++) {
        text[i] = kam_arena_printf(&a, "text number %zu", i);
        void *p = kam_arena_alloc(&a, i * 37 + 1);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t k = 0; k <= i * 37; k++)
            assert_int_equal(((char *)p)[k], 0);
        memset(p, 0xAA, i * 37 + 1);
    }
    char *big = kam_arena_alloc(&a, 5000000);
    big[4999999] = 1;
    for (size_t i = 0; i < COUNT_OF(text); i++) {
        char want[32];
        snprintf(want, sizeof want, "text number %zu", i);
        assert_string_equal(text[i], want);
    }
    assert_string_equal(kam_arena_strndup(&a, "abcdef", 3), "abc");
    assert_string_equal(kam_arena_strndup(&a, "ab", 30), "ab");
    assert_null(kam_arena_strdup(&a, NULL));
    kam_arena_release(&a);
    assert_null(a.head);
}

static void memory_helpers(void **state)
{
    (void)state;
    void *none = kam_alloc(0);
    assert_non_null(none);
    kam_free(none);
    assert_null(kam_strdup(NULL));
    char *s = kam_strndup("abc", 2);
    assert_string_equal(s, "ab");
    kam_free(s);
    int *v = NULL;
    size_t cap = 0;
    for (int i = 0; i < 1000; i++) {
        KAM_GROW(v, cap, i + 1);
        v[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v[i], i);
    kam_free(v);
}

static uint64_t told;
static void tell(void *ctx, const char *what, uint64_t done, uint64_t total)
{
    (void)what;
    assert_int_equal(total, 10);
    *(uint64_t *)ctx += 1;
    told = done;
}

static void progress_stops_when_asked(void **state)
{
    (void)state;
    kam_err e = KAM_ERR_INIT;
    uint64_t calls = 0;
    volatile int flag = 0;
    kam_progress p = {&flag, tell, &calls};
    assert_int_equal(kam_progress_step(NULL, "x", 1, 2, &e), KAM_OK);
    assert_int_equal(kam_progress_step(&p, "import", 4, 10, &e), KAM_OK);
    assert_int_equal(calls, 1);
    assert_int_equal(told, 4);
    flag = 1;
    assert_int_equal(kam_progress_step(&p, "import", 5, 10, &e), KAM_INTERRUPT);
    assert_int_equal(e.code, KAM_INTERRUPT);
    assert_int_equal(calls, 1);
    kam_progress silent = {NULL, NULL, NULL};
    assert_int_equal(kam_progress_step(&silent, "x", 1, 2, NULL), KAM_OK);
}

static void ledger_release_leaves_it_empty(void **state)
{
    (void)state;
    kam_ledger l = KAM_LEDGER_INIT;
    l.start = kam_calloc(2, sizeof *l.start);
    l.day = kam_calloc(1, sizeof *l.day);
    l.n_accounts = 1;
    kam_ledger_release(&l);
    assert_null(l.start);
    assert_int_equal(l.n_accounts, 0);
    kam_ledger_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_error_wins),      cmocka_unit_test(no_place_to_put_it),
        cmocka_unit_test(both_languages), cmocka_unit_test(users_words_stay), cmocka_unit_test(near_names_are_offered), cmocka_unit_test(words_are_bounded),     cmocka_unit_test(cut_on_a_character),
        cmocka_unit_test(file_goes_into_the_first_word), cmocka_unit_test(codes_and_statuses),
        cmocka_unit_test(arena_keeps_what_it_gave), cmocka_unit_test(memory_helpers),
        cmocka_unit_test(progress_stops_when_asked), cmocka_unit_test(ledger_release_leaves_it_empty),
    };
    return cmocka_run_group_tests_name("base_err", tests, NULL, NULL);
}
