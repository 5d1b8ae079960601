/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole documents: bytes, files, failures. */
#include "unit.h"
#include "pdf_canvas.h"
#include "pdf_flow.h"
#include "pdf_image.h"
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
    assert_int_equal(pdf_save_file("/dev/full", "x", 1, true, NULL), KAM_IO);
    assert_int_equal(pdf_save_file("/dev/null", "x", 1, true, NULL), KAM_OK);
    pdf_flow_free(f);
}

static void count_tell(void *ctx, const char *what, uint64_t done, uint64_t total)
{
    (void)what, (void)done, (void)total;
    ++*(size_t *)ctx;
}

/* A ^C before it begins, and one each at the n-th question: always KAM_INTERRUPT and never a file. */
typedef struct stopper {
    volatile int flag;
    size_t asked, at;
} stopper;
static void stop_at(void *ctx, const char *what, uint64_t done, uint64_t total)
{
    stopper *s = ctx;
    (void)what, (void)done, (void)total;
    if (++s->asked == s->at) s->flag = 1;
}
static void test_stopping(void **state)
{
    (void)state;
    if (!fonts) SKIP_BECAUSE("no font with Chinese characters");
    pdf_flow *f = sample();
    for (int i = 0; i < 400; i++) pdf_flow_paragraph(f, "一行 one line");
    char path[300];
    in_folder(path, sizeof path, "stopped.pdf");
    size_t before = files(), asked = 0;
    kam_err err = KAM_ERR_INIT;
    kam_progress count = {.tell = count_tell, .ctx = &asked};
    pdf_flow_watch(f, &count);
    assert_int_equal(pdf_flow_save(f, fonts, path, NULL, &err), KAM_OK);
    assert_true(asked > 10);
    assert_int_equal(unlink(path), 0);
    for (size_t at = 1; at < asked; at++) {
        stopper s = {0, 0, at};
        kam_progress p = {.interrupted = &s.flag, .tell = stop_at, .ctx = &s};
        pdf_flow_watch(f, &p);
        assert_int_equal(pdf_flow_save(f, fonts, path, NULL, &err), KAM_INTERRUPT);
        assert_string_equal(err.msg, "report: interrupted");
        assert_int_equal(files(), before);
        kam_err_clear(&err);
    }
    pdf_flow_watch(f, NULL);
    assert_int_equal(pdf_flow_save(f, fonts, path, NULL, &err), KAM_OK); /* and none harms the flow */
    assert_int_equal(unlink(path), 0);
    pdf_flow_free(f);
}

/* A full disk, played by a file size limit: the old file stays, nothing new is left. */
static void test_full_disk(void **state)
{
    (void)state;
    char path[300], old[4] = {0};
    in_folder(path, sizeof path, "old.pdf");
    assert_int_equal(pdf_save_file(path, "old", 3, true, NULL), KAM_OK);
    size_t before = files();
    char *big = calloc(1, 1 << 20);
    struct rlimit was, small;
    getrlimit(RLIMIT_FSIZE, &was);
    small = was;
    small.rlim_cur = 65536;
    signal(SIGXFSZ, SIG_IGN);
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    kam_rc rc = pdf_save_file(path, big, 1 << 20, true, &err);
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

/* --- pictures, from the fuzz corpus --- */
static const char *picture(const char *name)
{
    static char path[4096];
    const char *src = getenv("KAM_SRCDIR");
    if (!src) fail_msg("set KAM_SRCDIR");
    snprintf(path, sizeof path, "%s/tests/fuzz/corpus/image/%s", src, name);
    return path;
}

static void test_pictures(void **state)
{
    (void)state;
    kam_arena a = KAM_ARENA_INIT;
    kam_err err = KAM_ERR_INIT;
    const pdf_image *m = NULL;
    /* 4 × 3 of half transparent (200, 30, 40) with one opaque pixel #1f5a8c at (1, 1) */
    assert_int_equal(pdf_image_load(&a, picture("rgba.png"), &m, &err), KAM_OK);
    assert_true(m->w == 4 && m->h == 3 && m->channels == 3 && m->n == 36 && m->alpha && !m->jpeg);
    assert_memory_equal(m->data + 3 * (4 * 1 + 1), "\x1f\x5a\x8c", 3);
    assert_memory_equal(m->data, "\xc8\x1e\x28", 3);
    assert_true(m->alpha[5] == 255 && (m->alpha[0] == 127 || m->alpha[0] == 128));
    /* 16 bits and interlaced, which libharu garbles or refuses: black above, white below */
    assert_int_equal(pdf_image_load(&a, picture("gray16-interlaced.png"), &m, &err), KAM_OK);
    assert_true(m->w == 5 && m->h == 4 && m->channels == 1 && m->n == 20 && !m->alpha);
    assert_int_equal(m->data[0], 0);
    assert_int_equal(m->data[19], 255);
    assert_int_equal(pdf_image_load(&a, picture("palette.png"), &m, &err), KAM_OK);
    assert_memory_equal(m->data, "\0\0\xff\xff\0\0", 6);
    const struct {
        const char *name;
        int channels;
    } jpeg[] = {{"rgb.jpg", 3}, {"gray-progressive.jpg", 1}, {"cmyk.jpg", 4}};
    for (size_t i = 0; i < COUNT_OF(jpeg); i++) {
        assert_int_equal(pdf_image_load(&a, picture(jpeg[i].name), &m, &err), KAM_OK);
        assert_true(m->jpeg && m->w == 16 && m->h == 8 && m->channels == jpeg[i].channels);
    }
    const char *const bad[] = {"rgba-cut-140", "rgba-cut-20", "rgb-cut-156", "rgb-cut-309", "png-huge", "png-no-data", "png-bad-crc",
                               "jpeg-zero-size", "neither"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(pdf_image_load(&a, picture(bad[i]), &m, &err), KAM_PDF);
        assert_string_equal(err.word[0], "image");
        kam_err_clear(&err);
    }
    assert_int_equal(pdf_image_load(&a, picture("not-there"), &m, &err), KAM_NOTFOUND);
    kam_err_clear(&err);
    assert_int_equal(pdf_image_load(&a, picture(""), &m, &err), KAM_IO); /* a folder */
    kam_arena_release(&a);
}

static size_t slurp(const char *name, uint8_t *to, size_t room)
{
    FILE *f = fopen(picture(name), "rb");
    assert_non_null(f);
    size_t n = fread(to, 1, room, f);
    fclose(f);
    assert_true(n > 0 && n < room);
    return n;
}

static bool holds(const void *where, size_t n, const char *what)
{
    size_t k = strlen(what);
    for (size_t i = 0; i + k <= n; i++)
        if (memcmp((const char *)where + i, what, k) == 0) return true;
    return false;
}

/* JPEGs are decoded to the end: all kinds a PDF can hold pass, and what is kept is the picture, not what the camera says of it. */
static void test_jpegs(void **state)
{
    (void)state;
    static uint8_t file[8192];
    kam_arena a = KAM_ARENA_INIT;
    kam_err err = KAM_ERR_INIT;
    const pdf_image *m = NULL;
    const struct {
        const char *name;
        int w, h, channels, turn;
        bool as_stored, inverted;
    } good[] = {{"rgb-progressive.jpg", 40, 24, 3, 1, false, false}, {"rgb-restart.jpg", 40, 24, 3, 1, false, false},
                {"rgb-stored.jpg", 40, 24, 3, 1, true, false},       {"cmyk-stored.jpg", 16, 16, 4, 1, true, false},
                {"rgb-turned.jpg", 24, 40, 3, 6, false, false},      {"cmyk.jpg", 16, 8, 4, 1, false, true}};
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        assert_int_equal(pdf_image_load(&a, picture(good[i].name), &m, &err), KAM_OK);
        assert_true(m->jpeg && m->w == good[i].w && m->h == good[i].h && m->channels == good[i].channels);
        assert_true(m->turn == good[i].turn && m->inverted == good[i].inverted);
        assert_int_equal(m->as_stored, good[i].as_stored);
    }
    size_t n = slurp("rgb-turned.jpg", file, sizeof file);
    assert_true(holds(file, n, "Exif") && holds(file, n, "owner"));
    assert_int_equal(pdf_image_load(&a, picture("rgb-turned.jpg"), &m, &err), KAM_OK);
    assert_true(m->n < n && !holds(m->data, m->n, "Exif") && !holds(m->data, m->n, "owner"));
    /* bytes behind the end are left out: 40 of them here */
    n = slurp("rgb-progressive.jpg", file, sizeof file);
    assert_int_equal(pdf_image_load(&a, picture("jpeg-behind.jpg"), &m, &err), KAM_OK);
    assert_int_equal(m->n, n);
    assert_memory_equal(m->data, file, n);
    assert_int_equal(pdf_image_load(&a, picture("jpeg-many-scans"), &m, &err), KAM_PDF);
    assert_non_null(strstr(err.msg, "scans"));
    kam_err_clear(&err);
    assert_int_equal(pdf_image_load(&a, picture("jpeg-flipped"), &m, &err), KAM_PDF);
    assert_non_null(strstr(err.msg, "damaged"));
    kam_err_clear(&err);
    kam_arena_release(&a);
}

/* A property: a JPEG that lacks even one byte of its end is refused, wherever it is cut. */
static void test_cut_jpegs(void **state)
{
    (void)state;
    static uint8_t file[8192];
    const char *const names[] = {"rgb.jpg", "rgb-progressive.jpg", "rgb-restart.jpg", "gray-progressive.jpg", "cmyk.jpg"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        size_t n = slurp(names[i], file, sizeof file);
        for (size_t k = 0; k < n; k++) {
            kam_arena a = KAM_ARENA_INIT;
            kam_err err = KAM_ERR_INIT;
            const pdf_image *m = NULL;
            assert_int_equal(pdf_image_decode(&a, file, k, "cut", &m, &err), KAM_PDF);
            assert_true(!m && err.msg[0] && err.msg_zh[0] && strcmp(err.msg, err.msg_zh) != 0);
            kam_arena_release(&a);
        }
    }
}

/* Asked to stop while it is written, a drawing gives no bytes and leaves no file; asked again it is complete. */
static void test_a_drawing_is_stopped(void **state)
{
    (void)state;
    if (!fonts) skip();
    volatile int stop = 1;
    kam_progress watch = {.interrupted = &stop};
    kam_err err = KAM_ERR_INIT;
    kam_str pdf = KAM_STR_INIT;
    pdf_canvas *c = pdf_canvas_new(NULL, fonts);
    pdf_said said;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(pdf_canvas_page(c, 200, 200, &err), KAM_OK);
        assert_int_equal(pdf_canvas_text(c, &(pdf_say){.text = "华瑞 Huarui", .x = 20, .y = 20}, &said, &err), KAM_OK);
    }
    assert_int_equal(pdf_canvas_bytes(c, &watch, &pdf, NULL, &err), KAM_INTERRUPT);
    assert_int_equal(pdf.len, 0);
    kam_err_clear(&err);
    char path[256];
    in_folder(path, sizeof path, "stopped.pdf");
    assert_int_equal(pdf_canvas_save(c, path, true, &watch, NULL, &err), KAM_INTERRUPT);
    assert_int_not_equal(access(path, F_OK), 0);
    kam_err_clear(&err);
    stop = 0;
    pdf_report report;
    assert_int_equal(pdf_canvas_bytes(c, &watch, &pdf, &report, &err), KAM_OK);
    assert_true(report.pages == 3 && report.bytes == pdf.len && pdf.len > 1000);
    kam_str_release(&pdf);
    pdf_canvas_free(c);
}

/* A logo and pictures in a document: each file once however often it is drawn on pages, kept within the column. */
static void test_pictures_in_a_document(void **state)
{
    (void)state;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN});
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(pdf_flow_logo(f, picture("rgba.png"), &err), KAM_OK);
    pdf_flow_title(f, &(pdf_title){.title = "One"});
    pdf_flow_page_break(f);
    pdf_flow_title(f, &(pdf_title){.title = "Two"});
    assert_int_equal(pdf_flow_image(f, picture("cmyk.jpg"), 9999, "Wide", &err), KAM_OK);
    assert_int_equal(pdf_flow_image(f, picture("rgba-cut-20"), 0, NULL, &err), KAM_PDF); /* leaves the flow as it was */
    kam_str dump = KAM_STR_INIT, pdf = KAM_STR_INIT;
    assert_int_equal(pdf_flow_dump(f, &dump, &err), KAM_OK);
    size_t n = 0;
    for (const char *p = dump.s; (p = strstr(p, "\nimage ")) != NULL; p++) n++;
    assert_int_equal(n, 3);
    double x, y, w, h;
    assert_int_equal(sscanf(strstr(dump.s, "Wide"), "Wide\"\nimage %lf %lf %lf %lf 16x8", &x, &y, &w, &h), 4);
    assert_true(w > 470 && w < 480 && h > w / 2 - 0.1 && h < w / 2 + 0.1); /* the column is 476 wide */
    if (fonts) {
        assert_int_equal(pdf_flow_bytes(f, fonts, &pdf, NULL, &err), KAM_OK);
        n = 0;
        for (size_t i = 0; i + 14 < pdf.len; i++) n += memcmp(pdf.s + i, "/Subtype /Image", 15) == 0;
        assert_int_equal(n, 3); /* the logo, its transparency, the JPEG */
    }
    kam_str_release(&dump);
    kam_str_release(&pdf);
    pdf_flow_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_input_same_bytes),
        cmocka_unit_test(test_missing_characters_are_reported),
        cmocka_unit_test(test_saving),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_stopping),
        cmocka_unit_test(test_everything_in_the_arena),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_jpegs),
        cmocka_unit_test(test_cut_jpegs),
        cmocka_unit_test(test_a_drawing_is_stopped),
        cmocka_unit_test(test_pictures_in_a_document),
    };
    return cmocka_run_group_tests_name("pdf_doc", tests, set_up, tear_down);
}
