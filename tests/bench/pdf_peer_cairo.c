/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_peer_cairo PLAN FAMILY N FILE: the same plan by cairo and pango. */
#include "plan.h"
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdbool.h>

static cairo_t *cr;
static PangoLayout *layout;
static double y;
static const char *family;
enum { LEFT = 60, RIGHT = 535, TOP = 68, FOOT = 780 };

static void set_font(double size)
{
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, family);
    pango_font_description_set_absolute_size(d, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, d);
    pango_font_description_free(d);
}

static void put(double x, double at, double size, const char *text)
{
    set_font(size);
    pango_layout_set_width(layout, -1);
    pango_layout_set_text(layout, text, -1);
    cairo_move_to(cr, x, at);
    pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(layout, 0));
}

static void new_page(bool first)
{
    if (!first) cairo_show_page(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    put(LEFT, 46, 8.2, "大客户规划");
    put(LEFT, 806, 8.2, "截至 2026-09-30");
    y = TOP;
}

static void room(double h)
{
    if (y + h > FOOT) new_page(false);
    y += h;
}

static void paragraph(const char *text, double size)
{
    set_font(size);
    pango_layout_set_width(layout, (RIGHT - LEFT) * PANGO_SCALE);
    pango_layout_set_text(layout, text, -1);
    PangoLayout *mine = pango_layout_copy(layout);
    for (int i = 0, n = pango_layout_get_line_count(mine); i < n; i++) {
        room(size * 1.62);
        cairo_move_to(cr, LEFT, y);
        pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(mine, i));
    }
    g_object_unref(mine);
    y += 6;
}

static void make(const plan *p, int k, const char *path)
{
    static const double at[] = {60, 90, 260, 320, 420, 470};
    cairo_surface_t *s = cairo_pdf_surface_create(path, 595.28, 841.89);
    cr = cairo_create(s);
    layout = pango_cairo_create_layout(cr);
    pango_layout_set_justify(layout, TRUE);
    new_page(true);
    for (size_t i = 0; i < p->n; i++) {
        const plan_line *l = &p->v[i];
        const char *text = plan_text(l->text, k);
        if (l->kind == 'T') room(40), put(LEFT, y, 20, text), y += 10;
        if (l->kind == 'H') room(40), put(LEFT, y - 8, 15.5, text);
        if (l->kind == 'P') paragraph(text, 10.3);
        if (l->kind == 'R') {
            room(15.4);
            for (int c = 0; c < PLAN_CELLS; c++) put(at[c], y - 4, 8, l->cell[c]);
        }
        if (l->kind == 'B') {
            room(20);
            put(LEFT, y - 6, 8, l->cell[0]);
            cairo_set_source_rgb(cr, 0.12, 0.35, 0.55);
            cairo_rectangle(cr, 150, y - 16, atoi(l->cell[1]) * 0.25, 14);
            cairo_fill(cr);
            cairo_set_source_rgb(cr, 0, 0, 0);
            put(160 + atoi(l->cell[1]) * 0.25, y - 6, 8, l->cell[1]);
        }
    }
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_finish(s);
    cairo_surface_destroy(s);
}

int main(int argc, char **argv)
{
    if (argc != 5) return fprintf(stderr, "usage: pdf_peer_cairo PLAN FAMILY N FILE\n"), 2;
    plan p;
    plan_read(&p, argv[1]);
    family = argv[2];
    for (int k = 1, n = atoi(argv[3]); k <= n; k++) make(&p, k, argv[4]);
    return 0;
}
