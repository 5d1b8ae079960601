/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_text: each encoding, each way a file can be no text, and that detection does not guess where it must refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "kam_mem.h"
#include "kam_str.h"
#include "store_text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[] = "test_store_text.XXXXXX";

static void put(const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}
#define PUT(lit) put(lit, sizeof(lit) - 1)

/* The whole stream, read in pieces of `cap` bytes. */
static kam_rc slurp(const char *file, const char *encoding, size_t cap, kam_str *out, char name[64], kam_err *err)
{
    store_text *t = NULL;
    kam_rc rc = store_text_open(file, encoding, &t, err);
    if (rc != KAM_OK) {
        assert_null(t);
        return rc;
    }
    snprintf(name, 64, "%s", store_text_encoding(t));
    char *buf = kam_alloc(cap);
    for (size_t got = 1; rc == KAM_OK && got > 0;) {
        rc = store_text_read(t, buf, cap, &got, err);
        if (rc == KAM_OK) kam_str_addn(out, buf, got);
    }
    kam_free(buf);
    store_text_close(t);
    return rc;
}

static void expect(const char *encoding, const char *text, const char *detected)
{
    const size_t caps[] = {4, 7, 65536};
    for (size_t i = 0; i < 3; i++) {
        kam_err err = KAM_ERR_INIT;
        kam_str s = KAM_STR_INIT;
        char name[64] = "";
        kam_rc rc = slurp(path, encoding, caps[i], &s, name, &err);
        if (rc != KAM_OK) print_error("%s\n", err.msg);
        assert_int_equal(rc, KAM_OK);
        assert_string_equal(kam_str_cstr(&s), text);
        assert_string_equal(name, detected);
        kam_str_release(&s);
    }
}

static void expect_error(const char *encoding, kam_rc code, const char *line, const char *column, const char *part)
{
    kam_err err = KAM_ERR_INIT;
    kam_str s = KAM_STR_INIT;
    char name[64] = "";
    assert_int_equal(slurp(path, encoding, 4096, &s, name, &err), code);
    kam_str_release(&s);
    if (line) assert_string_equal(err.word[1], line);
    if (column) assert_string_equal(err.word[2], column);
    if (!strstr(err.msg, part)) print_error("%s\n", err.msg);
    assert_non_null(strstr(err.msg, part));
}

static void test_utf8(void **state)
{
    (void)state;
    PUT("code,name\n1,plain\n");
    expect(NULL, "code,name\n1,plain\n", "ascii");
    PUT("code,name\n1,华为\n");
    expect("auto", "code,name\n1,华为\n", "utf-8");
    PUT("\xef\xbb\xbf" "code,name\n1,华为\n");
    expect("auto", "code,name\n1,华为\n", "utf-8 (BOM)");
    expect("utf-8", "code,name\n1,华为\n", "utf-8 (BOM)");
    PUT("");
    expect(NULL, "", "ascii");
}

static void test_gb18030(void **state)
{
    (void)state;
    PUT("code,name\n1,\xbb\xaa\xce\xaa\n"); /* 华为, two bytes each */
    expect(NULL, "code,name\n1,华为\n", "gb18030");
    PUT("n\n\x95\x34\xb2\x35,\xce\xaa,\x81\x39\xee\x39\n"); /* 𠮷 and 㐀 in four bytes */
    expect(NULL, "n\n𠮷,为,㐀\n", "gb18030");
    PUT("a\nb,\xbb\xaa\xff\n"); /* 0xff starts nothing */
    expect_error(NULL, KAM_DATA, "2", "4", "0xFF");
    PUT("a\n\xbb\xaa\xce"); /* cut in the middle of a character */
    expect_error(NULL, KAM_DATA, "2", "2", "cut short");
}

static void test_utf16(void **state)
{
    (void)state;
    PUT("\xff\xfe" "a\0,\0\x4e\x53\x42\xd8\xb7\xdf\n\0"); /* a,华 (as U+534E) and U+20BB7 as a pair */
    expect(NULL, "a,华𠮷\n", "utf-16le");
    PUT("\xfe\xff" "\0a\0,\x53\x4e\xd8\x42\xdf\xb7\0\n");
    expect(NULL, "a,华𠮷\n", "utf-16be");
    expect("utf-16", "a,华𠮷\n", "utf-16be");
    PUT("\xff\xfe" "a\0\n\0\x42\xd8" "b\0"); /* a lone half pair */
    expect_error(NULL, KAM_DATA, "2", "1", "utf-16le");
    PUT("c\0o\0d\0e\0\n\0" "1\0");
    expect_error(NULL, KAM_DATA, "1", "1", "-encoding utf-16le");
    expect("utf-16le", "code\n1", "utf-16le");
}

static void test_damaged(void **state)
{
    (void)state;
    PUT("华为技术有限公司\n中国移动\xff通信\n");
    expect_error(NULL, KAM_DATA, "2", "5", "not UTF-8");
    /* A NUL inside a row is the row's affair. */
    put("a,b\n1,\0x\n", 9);
    kam_err err = KAM_ERR_INIT;
    kam_str s = KAM_STR_INIT;
    char name[64] = "";
    assert_int_equal(slurp(path, NULL, 100, &s, name, &err), KAM_OK);
    assert_int_equal(s.len, 9);
    kam_str_release(&s);
}

static void test_wrong_use(void **state)
{
    (void)state;
    PUT("a\n");
    expect_error("klingon", KAM_USAGE, NULL, NULL, "klingon");
    kam_err err = KAM_ERR_INIT;
    store_text *t = NULL;
    assert_int_equal(store_text_open("no/such/file.csv", NULL, &t, &err), KAM_IO);
    assert_string_equal(err.word[0], "no/such/file.csv");
    kam_err_clear(&err);
    assert_int_equal(store_text_open(".", NULL, &t, &err), KAM_IO);
    assert_non_null(strstr(err.msg, "folder"));
}

/* Characters that straddle the reading buffer, in both ways of delivery. */
static void test_long(void **state)
{
    (void)state;
    kam_str want = KAM_STR_INIT, gb = KAM_STR_INIT;
    for (int i = 0; i < 200001; i++) {
        kam_str_add(&want, i % 50 == 49 ? "华\n" : "华");
        kam_str_add(&gb, i % 50 == 49 ? "\xbb\xaa\n" : "\xbb\xaa");
    }
    put(want.s, want.len);
    expect(NULL, want.s, "utf-8");
    put(gb.s, gb.len);
    expect(NULL, want.s, "gb18030");
    kam_str_addc(&gb, (char)0xff);
    put(gb.s, gb.len);
    expect_error(NULL, KAM_DATA, "4001", "2", "0xFF");
    kam_str_release(&want);
    kam_str_release(&gb);
}

static void test_pipe(void **state)
{
    (void)state;
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        int fd = open(path, O_WRONLY);
        _exit(fd >= 0 && write(fd, "a\n\xbb\xaa\n", 5) == 5 ? 0 : 1);
    }
    kam_err err = KAM_ERR_INIT;
    kam_str s = KAM_STR_INIT;
    char name[64] = "";
    assert_int_equal(slurp(path, NULL, 100, &s, name, &err), KAM_OK);
    assert_string_equal(s.s, "a\n华\n");
    assert_string_equal(name, "gb18030");
    kam_str_release(&s);
    int status = 1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static int setup(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    if (fd < 0) return -1;
    close(fd);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8),    cmocka_unit_test(test_gb18030),   cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_damaged), cmocka_unit_test(test_wrong_use), cmocka_unit_test(test_long),
        cmocka_unit_test(test_pipe), /* last: it turns the file into a pipe */
    };
    return cmocka_run_group_tests_name("store_text", tests, setup, teardown);
}
