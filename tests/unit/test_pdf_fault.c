/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "pdf_layout.h"
#include "pdf_text.h"
#include <math.h>
#include <string.h>

/* The checker must be able to fail: two texts at one place, one beyond the edge, and their sizes around the limit. */
static void test_faults_are_found(void **state)
{
    (void)state;
    pdf_list l;
    pdf_list_init(&l, 200, 100);
    pdf_ops *o = pdf_list_add_page(&l);
    const pdf_metrics *m = pdf_metrics_synthetic();
    pdf_put_text(o, m, 10, 50, 10, 0, 0, "中文", PDF_SET_LEFT, 0); /* 20 wide */
    pdf_put_text(o, m, 30, 50, 10, 0, 0, "挨着", PDF_SET_LEFT, 0); /* begins where the first ends */
    pdf_put_text(o, m, 10, 58.1, 10, 0, 0, "下行", PDF_SET_LEFT, 0); /* its capitals begin at 51.1, descenders end at 51 */
    assert_int_equal(pdf_list_faults(&l, true, NULL), 0);
    kam_str out = KAM_STR_INIT;
    pdf_put_text(o, m, 45, 50, 10, 0, 0, "叠", PDF_SET_LEFT, 0);
    assert_int_equal(pdf_list_faults(&l, true, &out), 1);
    assert_string_equal(out.s, "page 1: \"挨着\" stands over \"叠\"\n");
    pdf_put_text(o, m, 185, 20, 10, 0, 0, "出界", PDF_SET_LEFT, 0); /* 185 + 20 > 200 */
    pdf_put_text(o, m, 100, 99.5, 10, 0, 0, "底", PDF_SET_LEFT, 0); /* 99.5 + 1 > 100 */
    kam_str_clear(&out);
    assert_int_equal(pdf_list_faults(&l, true, &out), 3);
    assert_non_null(strstr(out.s, "\"出界\" leaves the page"));
    assert_non_null(strstr(out.s, "\"底\" leaves the page"));
    kam_str_release(&out);
    pdf_list_release(&l);
}

static size_t faults_of(const pdf_list *l, bool all, const char *holds)
{
    kam_str out = KAM_STR_INIT;
    size_t n = pdf_list_faults(l, all, &out);
    if (n || *holds) assert_non_null(strstr(kam_str_cstr(&out), holds));
    kam_str_release(&out);
    return n;
}

/* Lines, areas and ovals too: half a pen beyond the page is allowed for by 0.3 points, what a clip hides is not there, and what has
 * no number for its place is told. In a drawing (all false) a sheet's edge may be crossed. */
static void test_faults_of_what_is_drawn(void **state)
{
    (void)state;
    pdf_list l;
    pdf_list_init(&l, 200, 100);
    pdf_ops *o = pdf_list_add_page(&l);
    pdf_put_rect(o, 0, 0, 200, 100, 0x112233);
    pdf_put_line(o, 0, 50, 200, 50, 0, 0.5);
    pdf_put_oval(o, 20, 20, 20, 20, 0);
    pdf_put_rect(o, 190, 0, 50, 10, PDF_NONE); /* nobody sees it */
    assert_int_equal(faults_of(&l, true, ""), 0);
    pdf_op *op = pdf_ops_add(o, PDF_OP_PUSH);
    op = pdf_ops_add(o, PDF_OP_CLIP);
    const double frame[] = {10, 10, 90, 10, 90, 90, 10, 90};
    op->pts = frame, op->n_pts = 4, op->text = "MLLL";
    pdf_put_rect(o, -500, -500, 1000, 1000, 0); /* seen within the clip only */
    pdf_ops_add(o, PDF_OP_POP);
    assert_int_equal(faults_of(&l, true, ""), 0);
    pdf_put_line(o, 150, 50, 200.5, 50, 0, 0.5);
    assert_int_equal(faults_of(&l, true, "page 1: a line leaves the page\n"), 1);
    assert_int_equal(faults_of(&l, false, ""), 0);
    pdf_put_oval(o, 190, 20, 20, 20, 0);
    assert_int_equal(faults_of(&l, true, "an oval leaves the page"), 2);
    pdf_put_poly(o, (double[]){10, 10, NAN, 20, 30, 30}, 3, false, PDF_NONE, 0, 1);
    assert_int_equal(faults_of(&l, true, "a polygon has no place"), 3);
    pdf_put_rect(o, 10, INFINITY, 10, 10, 0);
    assert_int_equal(faults_of(&l, true, "a rectangle has no place"), 4);
    op = pdf_ops_add(o, PDF_OP_PUSH);
    op->x = 100, op->y = 50, op->size = 90; /* 150 wide, which is 150 high on a page of 100 */
    pdf_put_rect(o, 25, 45, 150, 10, 0);
    pdf_ops_add(o, PDF_OP_POP);
    assert_int_equal(faults_of(&l, true, "a rectangle leaves the page"), 5);
    pdf_list_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_faults_are_found), cmocka_unit_test(test_faults_of_what_is_drawn)};
    return cmocka_run_group_tests_name("pdf_fault", tests, NULL, NULL);
}
