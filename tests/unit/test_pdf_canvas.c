/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canvas with the synthetic font: Han are 1000 of 1000 wide, so that every number here is worked by hand. */
#include "unit.h"
#include "pdf_canvas.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static pdf_canvas *fresh(double w, double h)
{
    kam_err err = KAM_ERR_INIT;
    pdf_canvas *c = pdf_canvas_new(&(pdf_doc_opts){.lang = PDF_ZH}, NULL);
    assert_int_equal(pdf_canvas_page(c, w, h, &err), KAM_OK);
    return c;
}

static void near(double got, double want)
{
    if (fabs(got - want) > 1e-6) print_message("got %.9f want %.9f\n", got, want);
    assert_true(fabs(got - want) <= 1e-6);
}

static size_t count(const pdf_canvas *c, const char *what)
{
    kam_str s = KAM_STR_INIT;
    size_t n = 0, k = strlen(what);
    pdf_canvas_dump(c, &s);
    for (const char *p = kam_str_cstr(&s); (p = strstr(p, what)) != NULL; p += k) n++;
    kam_str_release(&s);
    return n;
}

/* Three Han at 10 pt are 30 wide; leading 1.5 makes lines of 15, whose baseline stands (15 − 10) / 2 + 8.65 = 11.15 below the
 * top. A line at (100, 50) therefore begins at 38.85. */
static void test_a_line_of_text(void **state)
{
    (void)state;
    pdf_canvas *c = fresh(200, 200);
    kam_err err = KAM_ERR_INIT;
    pdf_said d;
    pdf_say s = {.text = "华瑞厂", .x = 100, .y = 50, .size = 10, .leading = 1.5};
    assert_int_equal(pdf_canvas_text(c, &s, &d, &err), KAM_OK);
    near(d.x, 100), near(d.y, 38.85), near(d.w, 30), near(d.h, 15);
    assert_int_equal(d.lines, 1);
    assert_int_equal(count(c, "text 100.00 50.00 w=30.00"), 1);
    s.set = PDF_SET_RIGHT;
    assert_int_equal(pdf_canvas_text(c, &s, &d, &err), KAM_OK);
    near(d.x, 70);
    s.set = PDF_SET_CENTRE;
    s.text = "华瑞厂\n客户"; /* lines of 30 and 20, each in the middle of x */
    assert_int_equal(pdf_canvas_text(c, &s, &d, &err), KAM_OK);
    near(d.x, 85), near(d.w, 30), near(d.h, 30);
    assert_int_equal(count(c, "text 85.00 50.00 w=30.00"), 1);
    assert_int_equal(count(c, "text 90.00 65.00 w=20.00"), 1);
    pdf_canvas_free(c);
}

/* A box of 40 × 50 holds four Han a line and three lines of 15. Twelve fit, the rest comes back; in a box of 70 high, four
 * lines of ten Han in all stand 10 (= 70 − 60) lower at the bottom, 5 lower in the middle. */
static void test_a_box_of_text(void **state)
{
    (void)state;
    pdf_canvas *c = fresh(200, 200);
    kam_err err = KAM_ERR_INIT;
    pdf_said d;
    pdf_say s = {.text = "一二三四五六七八九十百千万亿", .x = 10, .y = 20, .size = 10, .leading = 1.5, .width = 40, .height = 50};
    assert_int_equal(pdf_canvas_text(c, &s, &d, &err), KAM_OK);
    assert_int_equal(d.lines, 3);
    near(d.x, 10), near(d.y, 20), near(d.w, 40), near(d.h, 45);
    assert_string_equal(kam_str_cstr(&d.rest), "万亿");
    kam_str_release(&d.rest);
    s.height = 70;
    const pdf_valign way[] = {PDF_TOP, PDF_MIDDLE, PDF_BOTTOM};
    for (int i = 0; i < 3; i++) {
        s.valign = way[i];
        assert_int_equal(pdf_canvas_measure(c, &s, &d, &err), KAM_OK);
        near(d.y, 20 + 5 * i);
        assert_int_equal(d.rest.len, 0);
    }
    s.height = 14; /* not even one line */
    assert_int_equal(pdf_canvas_text(c, &s, &d, &err), KAM_OK);
    assert_int_equal(d.lines, 0);
    assert_string_equal(kam_str_cstr(&d.rest), s.text);
    kam_str_release(&d.rest);
    s.text = "", s.height = 0;
    assert_int_equal(pdf_canvas_text(c, &s, &d, &err), KAM_OK);
    near(d.w, 0);
    pdf_canvas_free(c);
}

/* Property: boxes that hand their rest on show every character once, whatever their size. */
static void test_nothing_is_lost(void **state)
{
    (void)state;
    const char *text = "我们在华东与 East China 的客户，2025 年续约；“华瑞”（精密）说：可以。";
    for (double w = 25; w < 200; w += 13) {
        pdf_canvas *c = fresh(500, 5000);
        kam_err err = KAM_ERR_INIT;
        kam_str rest = KAM_STR_INIT, seen = KAM_STR_INIT;
        kam_str_add(&rest, text);
        for (int box = 0; rest.len && box < 50; box++) {
            pdf_said d;
            pdf_say s = {.text = kam_str_cstr(&rest), .x = 10, .y = 20 + 90.0 * box, .size = 10, .leading = 1.5, .width = w, .height = 31};
            assert_int_equal(pdf_canvas_text(c, &s, &d, &err), KAM_OK);
            assert_true(d.rest.len < rest.len);
            assert_true(d.w <= w + 1e-6);
            kam_str_add(&seen, "");
            size_t shown = rest.len - d.rest.len;
            kam_str_addn(&seen, rest.s, shown);
            kam_str_release(&rest);
            rest = d.rest;
        }
        assert_string_equal(kam_str_cstr(&seen), text);
        assert_int_equal(pdf_canvas_faults(c, NULL), 0);
        kam_str_release(&rest);
        kam_str_release(&seen);
        pdf_canvas_free(c);
    }
}

/* A text of 30 at (100, 50) on a page of 120: lying it leaves the page at the right; turned upright by 90° it goes from y = 50
 * up to 20 and stays; by 180° it goes from 100 to 70 and stays; turned upright at y = 25 it leaves the page at the top. */
static void test_turned_texts_and_the_page(void **state)
{
    (void)state;
    const struct {
        double angle, y;
        size_t faults;
    } way[] = {{0, 50, 1}, {90, 50, 0}, {180, 50, 0}, {270, 50, 0}, {90, 25, 1}, {30, 50, 1}, {150, 50, 0}};
    for (size_t i = 0; i < COUNT_OF(way); i++) {
        pdf_canvas *c = fresh(120, 120);
        kam_err err = KAM_ERR_INIT;
        pdf_said d;
        pdf_say s = {.text = "华瑞厂", .x = 100, .y = way[i].y, .size = 10, .angle = way[i].angle};
        assert_int_equal(pdf_canvas_text(c, &s, &d, &err), KAM_OK);
        assert_int_equal(pdf_canvas_faults(c, NULL), way[i].faults);
        assert_int_equal(count(c, "\npush"), way[i].angle != 0);
        assert_int_equal(count(c, "\npop"), way[i].angle != 0);
        pdf_canvas_free(c);
    }
    /* two upright texts over each other are found, beside each other not */
    for (int apart = 0; apart < 2; apart++) {
        pdf_canvas *c = fresh(200, 200);
        kam_err err = KAM_ERR_INIT;
        pdf_said d;
        for (int k = 0; k < 2; k++) {
            pdf_say s = {.text = "华瑞厂", .x = 100 + 15.0 * apart * k, .y = 100 + 5.0 * k, .size = 10, .angle = 90};
            assert_int_equal(pdf_canvas_text(c, &s, &d, &err), KAM_OK);
        }
        assert_int_equal(pdf_canvas_faults(c, NULL), apart ? 0 : 1);
        pdf_canvas_free(c);
    }
}

static void test_path_data(void **state)
{
    (void)state;
    const struct {
        const char *text, *verbs;
        double last_x, last_y;
    } good[] = {
        {"M1 2", "M", 1, 2},
        {"M 1,2 3,4", "ML", 3, 4},                       /* further pairs are lines */
        {"m1 2 3 4", "ML", 4, 6},                        /* relative, also the first */
        {"M10 10h5v-5H0V0", "MLLLL", 0, 0},
        {"M0 0L1.5.5-1-2", "MLL", -1, -2},               /* numbers may touch */
        {"M0 0C1 1 2 2 3 3S5 5 6 6", "MCC", 6, 6},
        {"M0 0q3 3 6 0t6 0", "MCC", 12, 0},
        {"M5 5 L9 9 Z l1 0", "MLZML", 6, 5},             /* after Z the part begins where it began */
        {"M1e1 2E-1", "M", 10, 0.2},
        {"M+1 +2", "M", 1, 2},
    };
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        pdf_path p = PDF_PATH_INIT;
        kam_err err = KAM_ERR_INIT;
        if (pdf_path_parse(&p, good[i].text, 2, &err) != KAM_OK) fail_msg("%s: %s", good[i].text, err.msg);
        assert_string_equal(kam_str_cstr(&p.verbs), good[i].verbs);
        near(p.pts[2 * p.n - 2], 2 * good[i].last_x);
        near(p.pts[2 * p.n - 1], 2 * good[i].last_y);
        pdf_path_release(&p);
    }
    /* S takes the handle of the curve before, mirrored: (3,3) − ((2,2) − (3,3)) = (4,4) */
    pdf_path p = PDF_PATH_INIT;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(pdf_path_parse(&p, "M0 0C1 1 2 2 3 3S5 5 6 6", 1, &err), KAM_OK);
    near(p.pts[8], 4), near(p.pts[9], 4);
    pdf_path_release(&p);
    const char *const bad[] = {"", " ", "L1 2", "1 2", "M", "M1", "M1 2L3", "M1 2A1 1 0 0 0 5 5", "M1 2 X", "M nan 2", "M1 2 1e999 3", "M--1 2", "M1 2C1 2 3 4 5"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(pdf_path_parse(&p, bad[i], 1, &err), KAM_USAGE);
        assert_string_equal(err.word[0], "path");
        assert_int_equal(p.n, 0);
        assert_true(strcmp(err.msg, err.msg_zh) != 0);
        kam_err_clear(&err);
    }
}

static void test_limits(void **state)
{
    (void)state;
    kam_err err = KAM_ERR_INIT;
    pdf_canvas *c = pdf_canvas_new(NULL, NULL);
    pdf_said d;
    assert_int_equal(pdf_canvas_text(c, &(pdf_say){.text = "x"}, &d, &err), KAM_USAGE); /* no page */
    assert_string_equal(err.word[0], "page");
    kam_err_clear(&err);
    const double sides[][2] = {{9, 100}, {100, 14401}, {NAN, 100}, {INFINITY, 100}, {-5, 100}};
    for (size_t i = 0; i < COUNT_OF(sides); i++) {
        assert_int_equal(pdf_canvas_page(c, sides[i][0], sides[i][1], &err), KAM_USAGE);
        kam_err_clear(&err);
    }
    assert_int_equal(pdf_canvas_pages(c), 0);
    assert_int_equal(pdf_canvas_page(c, 100, 100, &err), KAM_OK);
    /* 40,000 characters count as 320 KB, and the canvas takes 512 MB: after some 1,670 of them it must end */
    char *text = kam_alloc(40001);
    memset(text, 'x', 40000);
    text[40000] = '\0';
    size_t n = 0;
    kam_rc rc;
    while ((rc = pdf_canvas_text(c, &(pdf_say){.text = text, .size = 10}, &d, &err)) == KAM_OK && n < 10000) n++;
    assert_int_equal(rc, KAM_LIMIT);
    assert_string_equal(err.word[0], "canvas");
    assert_true(n > 1000 && n < 2000);
    kam_free(text);
    pdf_canvas_free(c);
    pdf_canvas_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line_of_text),     cmocka_unit_test(test_a_box_of_text), cmocka_unit_test(test_nothing_is_lost),
        cmocka_unit_test(test_turned_texts_and_the_page), cmocka_unit_test(test_path_data),     cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
