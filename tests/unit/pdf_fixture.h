/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_fixture.h: laying out a flow with the synthetic font, and looking at what came out. */
#ifndef KAM_PDF_FIXTURE_H
#define KAM_PDF_FIXTURE_H
#include "pdf_block.h"
#include <math.h>
#include <string.h>

typedef struct ink {
    double x0, y0, x1, y1;
    const char *text;
} ink;

/* Where the ink of a text may be: em box less what is blank above capitals and below descenders. */
static inline ink ink_of(const pdf_op *op)
{
    return (ink){op->x, op->y - 0.70 * op->size, op->x + op->w, op->y + 0.10 * op->size, op->text};
}

/* Number of pairs of texts that overlap, and of texts that leave the page. Says which. */
static inline size_t count_clashes(const pdf_list *l)
{
    size_t bad = 0;
    const double eps = 0.3;
    for (size_t p = 0; p < l->n_pages; p++) {
        const pdf_ops *o = &l->pages[p];
        for (size_t i = 0; i < o->n; i++) {
            if (o->v[i].kind != PDF_OP_TEXT) continue;
            ink a = ink_of(&o->v[i]);
            if (a.x0 < -eps || a.y0 < -eps || a.x1 > l->page_w + eps || a.y1 > l->page_h + eps) {
                printf("# page %zu: \"%s\" leaves the page\n", p + 1, a.text);
                bad++;
            }
            for (size_t k = i + 1; k < o->n; k++) {
                if (o->v[k].kind != PDF_OP_TEXT) continue;
                ink b = ink_of(&o->v[k]);
                if (a.x0 + eps < b.x1 && b.x0 + eps < a.x1 && a.y0 + eps < b.y1 && b.y0 + eps < a.y1) {
                    printf("# page %zu: \"%s\" over \"%s\"\n", p + 1, a.text, b.text);
                    bad++;
                }
            }
        }
    }
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
