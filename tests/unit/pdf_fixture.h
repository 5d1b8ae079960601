/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_fixture.h: laying out a flow with the synthetic font, and looking at what came out. */
#ifndef KAM_PDF_FIXTURE_H
#define KAM_PDF_FIXTURE_H
#include "pdf_block.h"
#include <math.h>
#include <string.h>

/* Number of pairs of texts that overlap, and of texts that leave the page. Says which. */
static inline size_t count_clashes(const pdf_list *l)
{
    kam_str out = KAM_STR_INIT;
    size_t bad = pdf_list_faults(l, true, &out);
    if (bad) printf("# %s", kam_str_cstr(&out));
    kam_str_release(&out);
    return bad;
}

static inline const pdf_op *find_text(const pdf_ops *o, const char *text)
{
    for (size_t i = 0; i < o->n; i++)
        if (o->v[i].kind == PDF_OP_TEXT && strcmp(o->v[i].text, text) == 0) return &o->v[i];
    return NULL;
}

/* The lowest baseline of body text on a page (the footer is left out). */
static inline double lowest_body(const pdf_list *l, size_t page, const pdf_theme *th)
{
    double y = 0;
    const pdf_ops *o = &l->pages[page];
    for (size_t i = 0; i < o->n; i++)
        if (o->v[i].kind == PDF_OP_TEXT && o->v[i].y <= l->page_h - th->margin_bottom) y = fmax(y, o->v[i].y);
    return y;
}

static inline void lay_out(const pdf_flow *f, pdf_list *list)
{
    kam_err err = KAM_ERR_INIT;
    kam_rc rc = pdf_layout_run(f, pdf_metrics_synthetic(), list, &err);
    if (rc != KAM_OK) print_message("%s\n", err.msg);
    assert_int_equal(rc, KAM_OK);
}
#endif
