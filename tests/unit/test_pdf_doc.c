/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole documents: bytes, files, failures. */
#include "unit.h"
#include "pdf_flow.h"
#include "pdf_save.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static pdf_fonts *fonts;
static char folder[200];

static int set_up(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/kam-pdf-XXXXXX", tmp ? tmp : "/tmp");
    return mkdtemp(folder) ? pdf_fonts_open(NULL, &fonts, NULL), 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    pdf_fonts_free(fonts);
    DIR *d = opendir(folder);
    struct dirent *e;
    while (d && (e = readdir(d)) != NULL)
        if (e->d_name[0] != '.') unlinkat(dirfd(d), e->d_name, 0);
    if (d) closedir(d);
    return rmdir(folder);
}

static size_t files(void)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    struct dirent *e;
    while ((e = readdir(d)) != NULL) n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static pdf_flow *sample(void)
{
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.title = "客户规划 𠮷", .header_left = "规划"});
    pdf_flow_toc(f, NULL, 3);
    pdf_flow_heading(f, 1, "一、摘要");
    pdf_flow_paragraph(f, "华瑞精密 2026 年（第3季度）“收入” 1,286 万元。\xff\xfe坏字节");
    pdf_flow_heading(f, 3, "level three right under one");
    pdf_flow_paragraph(f, "Don’t panic. AV To.");
    return f;
}

static void test_same_input_same_bytes(void **state)
{
    (void)state;
    if (!fonts) SKIP_BECAUSE("no font with Chinese characters");
    pdf_flow *f = sample();
    kam_str a = KAM_STR_INIT, b = KAM_STR_INIT;
    pdf_report r;
    kam_err err = KAM_ERR_INIT;
    if (pdf_flow_bytes(f, fonts, &a, &r, &err) != KAM_OK) fail_msg("%s", err.msg);
    assert_int_equal(r.pages, 1);
    assert_int_equal(r.bytes, a.len);
    assert_int_equal(r.n_missing, 0);
    assert_memory_equal(a.s, "%PDF-1.", 7);
    assert_int_equal(pdf_flow_bytes(f, fonts, &b, NULL, &err), KAM_OK); /* the same flow again */
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.s, b.s, a.len);
    pdf_flow *g = sample();
    kam_str_clear(&b);
    assert_int_equal(pdf_flow_bytes(g, NULL, &b, NULL, &err), KAM_OK); /* another flow, fonts of its own */
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.s, b.s, a.len);
    assert_true(a.len < 40000);
    kam_str_release(&a);
    kam_str_release(&b);
    pdf_flow_free(f);
    pdf_flow_free(g);
}

static void test_missing_characters_are_reported(void **state)
{
    (void)state;
    if (!fonts) SKIP_BECAUSE("no font with Chinese characters");
    pdf_flow *f = pdf_flow_new(NULL);
    pdf_flow_paragraph(f, "好 \xEE\x84\xA3 \xEE\x84\xA3 \xEE\x84\xA4"); /* U+E123 twice, U+E124 */
    kam_str a = KAM_STR_INIT;
    pdf_report r;
    assert_int_equal(pdf_flow_bytes(f, fonts, &a, &r, NULL), KAM_OK);
    assert_int_equal(r.n_missing, 2);
    assert_int_equal(r.missing[0], 0xE123);
    kam_str_release(&a);
    pdf_flow_free(f);
}

static void in_folder(char *path, size_t n, const char *name)
{
    snprintf(path, n, "%s/%s", folder, name);
}

static void test_saving(void **state)
{
    (void)state;
    if (!fonts) SKIP_BECAUSE("no font with Chinese characters");
    pdf_flow *f = sample();
    char path[300];
    in_folder(path, sizeof path, "计划.pdf");
    kam_err err = KAM_ERR_INIT;
    pdf_report r;
    assert_int_equal(pdf_flow_save(f, fonts, path, &r, &err), KAM_OK);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal((size_t)st.st_size, r.bytes);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(pdf_flow_save(f, fonts, path, NULL, &err), KAM_OK); /* replaces; keeps the mode */
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(files(), 1);
    in_folder(path, sizeof path, "no/such/folder.pdf");
    assert_int_equal(pdf_flow_save(f, fonts, path, NULL, &err), KAM_IO);
    assert_string_equal(err.word[0], path);
    assert_int_equal(pdf_flow_save(f, fonts, folder, NULL, NULL), KAM_IO); /* a folder is not a file */
    assert_int_equal(pdf_save_file("/dev/full", "x", 1, NULL), KAM_IO);
    assert_int_equal(pdf_save_file("/dev/null", "x", 1, NULL), KAM_OK);
    pdf_flow_free(f);
}

/* A full disk, played by a file size limit: the old file stays, nothing new is left. */
static void test_full_disk(void **state)
{
    (void)state;
    char path[300], old[4] = {0};
    in_folder(path, sizeof path, "old.pdf");
    assert_int_equal(pdf_save_file(path, "old", 3, NULL), KAM_OK);
    size_t before = files();
    char *big = calloc(1, 1 << 20);
    struct rlimit was, small;
    getrlimit(RLIMIT_FSIZE, &was);
    small = was;
    small.rlim_cur = 65536;
    signal(SIGXFSZ, SIG_IGN);
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    kam_rc rc = pdf_save_file(path, big, 1 << 20, &err);
    setrlimit(RLIMIT_FSIZE, &was);
    assert_int_equal(rc, KAM_IO);
    assert_int_equal(files(), before);
    int fd = open(path, O_RDONLY);
    assert_int_equal(read(fd, old, 3), 3);
    close(fd);
    assert_string_equal(old, "old");
    free(big);
}

static void test_everything_in_the_arena(void **state)
{
    (void)state;
    /* inputs may die right after the call */
    char text[] = "temporary";
    kam_table *t = kam_table_new();
    kam_col_push_text(kam_table_add_column(t, "a", KAM_TEXT, NULL), "cell");
    kam_table_seal(t);
    pdf_flow *f = pdf_flow_new(NULL);
    pdf_flow_paragraph(f, text);
    pdf_flow_list(f, PDF_BULLETS, (const char *[]){text}, 1);
    pdf_col col = {.name = "a", .label = text};
    assert_int_equal(pdf_flow_table(f, t, &(pdf_table_opts){.cols = &col, .n_cols = 1, .caption = text}, NULL), KAM_OK);
    kam_table_unref(t);
    memset(text, 'Z', sizeof text - 1);
    kam_str s = KAM_STR_INIT;
    assert_int_equal(pdf_flow_dump(f, &s, NULL), KAM_OK);
    assert_null(strstr(kam_str_cstr(&s), "ZZZ"));
    assert_non_null(strstr(kam_str_cstr(&s), "\"cell\""));
    kam_str_release(&s);
    pdf_flow_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_input_same_bytes),
        cmocka_unit_test(test_missing_characters_are_reported),
        cmocka_unit_test(test_saving),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_everything_in_the_arena),
    };
    return cmocka_run_group_tests_name("pdf_doc", tests, set_up, tear_down);
}
