/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_draw.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include "pdf_break.h"
#include "pdf_format.h"
#include "pdf_text.h"
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <math.h>
#include <string.h>

typedef struct graphics { /* what the page's stream has set */
    pdf_rgb fill, stroke;
    double line, dash, gap, size;
    int font, mode;
} graphics;

typedef struct pen {
    pdf_drawing *d;
    HPDF_Page page;
    double h;
    kam_str out;
    graphics now;
    graphics kept[PDF_NEST]; /* under every open PUSH */
    size_t depth;
    int element; /* whose marked content is open: 0 an ornament's; -1: none */
    kam_str line;
} pen;

/* --- numbers and state --- */
static void num(pen *p, double v, int decimals)
{
    pdf_put_trim(&p->out, v, decimals);
    kam_str_addc(&p->out, ' ');
}

static void nums(pen *p, const double *v, size_t n, const char *op)
{
    for (size_t i = 0; i < n; i++) num(p, v[i], 2);
    kam_str_add(&p->out, op);
    kam_str_addc(&p->out, '\n');
}

static void set_colour(pen *p, pdf_rgb *now, pdf_rgb c, bool fill)
{
    if (*now == c) return;
    *now = c;
    unsigned r = c >> 16 & 255, g = c >> 8 & 255, b = c & 255;
    num(p, r / 255.0, 3);
    if (r != g || g != b) num(p, g / 255.0, 3), num(p, b / 255.0, 3);
    kam_str_add(&p->out, r == g && g == b ? (fill ? "g\n" : "G\n") : fill ? "rg\n" : "RG\n");
}

static void set_line(pen *p, double w)
{
    if (p->now.line == w) return;
    p->now.line = w;
    num(p, w, 3);
    kam_str_add(&p->out, "w\n");
}

static void set_dash(pen *p, double d, double gap)
{
    if (p->now.dash == d && p->now.gap == gap) return;
    p->now.dash = d, p->now.gap = gap;
    kam_str_addc(&p->out, '[');
    if (d > 0) num(p, d, 2), num(p, gap > 0 ? gap : d * 1.6, 2);
    kam_str_add(&p->out, "] 0 d\n");
}

/* Sets what the op needs; returns the painting operator. */
static const char *paint(pen *p, const pdf_op *op, bool closed)
{
    bool fill = op->fill != PDF_NONE, stroke = op->stroke != PDF_NONE && op->line > 0;
    if (fill) set_colour(p, &p->now.fill, op->fill, true);
    if (stroke) {
        set_colour(p, &p->now.stroke, op->stroke, false);
        set_line(p, op->line);
        set_dash(p, op->dash, op->gap);
    }
    return fill && stroke ? (closed ? "b" : "B") : fill ? "f" : stroke ? (closed ? "s" : "S") : "n";
}

/* --- shapes --- */

static void draw_line(pen *p, const pdf_op *op)
{
    const char *how = paint(p, op, false);
    nums(p, (double[]){op->x, p->h - op->y}, 2, "m");
    nums(p, (double[]){op->x + op->w, p->h - op->y - op->h}, 2, "l");
    nums(p, NULL, 0, how);
}

static void curve(pen *p, double x1, double y1, double x2, double y2, double x3, double y3)
{
    nums(p, (double[]){x1, y1, x2, y2, x3, y3}, 6, "c");
}

static const double round_k = 0.5522847498; /* Bezier handle of a quarter circle */

static void draw_rect(pen *p, const pdf_op *op)
{
    double r = op->size, x0 = op->x, x1 = op->x + op->w, y1 = p->h - op->y, y0 = y1 - op->h;
    const char *how = paint(p, op, true);
    if (r <= 0) {
        nums(p, (double[]){x0, y0, op->w, op->h}, 4, "re");
    } else {
        double k = r * (1 - round_k);
        nums(p, (double[]){x0 + r, y0}, 2, "m");
        nums(p, (double[]){x1 - r, y0}, 2, "l");
        curve(p, x1 - k, y0, x1, y0 + k, x1, y0 + r);
        nums(p, (double[]){x1, y1 - r}, 2, "l");
        curve(p, x1, y1 - k, x1 - k, y1, x1 - r, y1);
        nums(p, (double[]){x0 + r, y1}, 2, "l");
        curve(p, x0 + k, y1, x0, y1 - k, x0, y1 - r);
        nums(p, (double[]){x0, y0 + r}, 2, "l");
        curve(p, x0, y0 + k, x0 + k, y0, x0 + r, y0);
    }
    nums(p, NULL, 0, how);
}

static void draw_oval(pen *p, const pdf_op *op)
{
    double x = op->x, y = p->h - op->y, a = op->w, b = op->h, ka = a * round_k, kb = b * round_k;
    const char *how = paint(p, op, true);
    nums(p, (double[]){x + a, y}, 2, "m");
    curve(p, x + a, y + kb, x + ka, y + b, x, y + b);
    curve(p, x - ka, y + b, x - a, y + kb, x - a, y);
    curve(p, x - a, y - kb, x - ka, y - b, x, y - b);
    curve(p, x + ka, y - b, x + a, y - kb, x + a, y);
    nums(p, NULL, 0, how);
}

static void draw_poly(pen *p, const pdf_op *op)
{
    const char *how = paint(p, op, op->flags & PDF_CLOSED);
    for (size_t i = 0; i < op->n_pts; i++)
        nums(p, (double[]){op->x + op->pts[2 * i], p->h - op->y - op->pts[2 * i + 1]}, 2, i ? "l" : "m");
    nums(p, NULL, 0, how);
}

static void trace(pen *p, const pdf_op *op)
{
    const double *q = op->pts;
    for (const char *v = op->text; *v; v++) {
        double xy[6];
        size_t n = *v == 'C' ? 3 : *v == 'Z' ? 0 : 1;
        for (size_t i = 0; i < n; i++, q += 2) xy[2 * i] = op->x + q[0], xy[2 * i + 1] = p->h - op->y - q[1];
        nums(p, xy, 2 * n, *v == 'C' ? "c" : *v == 'Z' ? "h" : *v == 'M' ? "m" : "l");
    }
}

static void draw_path(pen *p, const pdf_op *op)
{
    const char *how = paint(p, op, false);
    trace(p, op);
    kam_str_add(&p->out, how);
    if ((op->flags & PDF_EVEN_ODD) && op->fill != PDF_NONE) kam_str_addc(&p->out, '*');
    kam_str_addc(&p->out, '\n');
}

/* --- turned and clipped --- */
static void push(pen *p, const pdf_op *op)
{
    KAM_ASSERT(p->depth < PDF_NEST);
    p->kept[p->depth++] = p->now;
    kam_str_add(&p->out, "q\n");
    if (op->size == 0) return;
    double a = op->size * (3.14159265358979323846 / 180), c = cos(a), s = sin(a), x = op->x, y = p->h - op->y;
    const double m[] = {c, s, -s, c, x - x * c + y * s, y - x * s - y * c};
    for (size_t i = 0; i < 6; i++) num(p, fabs(m[i]) < 5e-7 ? 0 : m[i], i < 4 ? 6 : 3);
    kam_str_add(&p->out, "cm\n");
}

static void clip(pen *p, const pdf_op *op)
{
    trace(p, op);
    kam_str_add(&p->out, op->flags & PDF_EVEN_ODD ? "W* n\n" : "W n\n");
}

static void pop(pen *p)
{
    KAM_ASSERT(p->depth > 0);
    p->now = p->kept[--p->depth];
    kam_str_add(&p->out, "Q\n");
}

/* --- images --- */
static HPDF_STATUS write_dct(HPDF_Dict d, HPDF_Stream out)
{
    (void)d;
    return HPDF_Stream_WriteStr(out, "/Filter /DCTDecode\012");
}

/* Without an Adobe segment readers would take three channels for YCbCr. */
static HPDF_STATUS write_dct_as_stored(HPDF_Dict d, HPDF_Stream out)
{
    (void)d;
    return HPDF_Stream_WriteStr(out, "/Filter /DCTDecode\012/DecodeParms <</ColorTransform 0>>\012");
}

static HPDF_Dict image_stream(pdf_drawing *d, int w, int h, const char *space)
{
    HPDF_Dict x = HPDF_DictStream_New(d->doc->mmgr, d->doc->xref);
    x->header.obj_class |= HPDF_OSUBCLASS_XOBJECT;
    HPDF_Dict_AddName(x, "Type", "XObject");
    HPDF_Dict_AddName(x, "Subtype", "Image");
    HPDF_Dict_AddNumber(x, "Width", w);
    HPDF_Dict_AddNumber(x, "Height", h);
    HPDF_Dict_AddName(x, "ColorSpace", space);
    HPDF_Dict_AddNumber(x, "BitsPerComponent", 8);
    return x;
}

static HPDF_Dict new_image(pdf_drawing *d, const pdf_image *m)
{
    bool aside = m->turn >= 5;
    HPDF_Dict x = image_stream(d, aside ? m->h : m->w, aside ? m->w : m->h, m->channels == 1 ? "DeviceGray" : m->channels == 3 ? "DeviceRGB" : "DeviceCMYK");
    if (m->jpeg) {
        HPDF_Stream_Write(x->stream, m->data, (HPDF_UINT)m->n);
        x->filter = HPDF_STREAM_FILTER_NONE;
        x->write_fn = m->as_stored ? write_dct_as_stored : write_dct;
    } else pdf_stream_set(x, &d->deflater, (const char *)m->data, m->n);
    if (m->inverted) {
        HPDF_Array decode = HPDF_Array_New(d->doc->mmgr);
        HPDF_Dict_Add(x, "Decode", decode);
        for (int i = 0; i < 8; i++) HPDF_Array_AddNumber(decode, i % 2 == 0);
    }
    if (m->alpha) {
        HPDF_Dict mask = image_stream(d, m->w, m->h, "DeviceGray");
        pdf_stream_set(mask, &d->deflater, (const char *)m->alpha, (size_t)m->w * (size_t)m->h);
        HPDF_Dict_Add(x, "SMask", mask);
    }
    return x;
}

static HPDF_Dict image_object(pdf_drawing *d, const pdf_image *m)
{
    for (size_t i = 0; i < d->n_placed; i++)
        if (d->placed[i].image == m) return d->placed[i].object;
    KAM_GROW(d->placed, d->cap_placed, d->n_placed + 1);
    d->placed[d->n_placed] = (pdf_placed){m, new_image(d, m)};
    return d->placed[d->n_placed++].object;
}

static void draw_image(pen *p, const pdf_op *op)
{
    const char *name = HPDF_Page_GetXObjectName(p->page, image_object(p->d, op->image));
    if (!name) return; /* libharu keeps the error */
    /* by Exif orientation: where the lines and columns of the file run, and where its first corner stands */
    static const signed char way[9][6] = {{1, 0, 0, 1, 0, 0},  {1, 0, 0, 1, 0, 0},   {-1, 0, 0, 1, 1, 0},
                                          {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1}, {0, -1, -1, 0, 1, 1},
                                          {0, -1, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 0},   {0, 1, -1, 0, 1, 0}};
    const signed char *k = way[op->image->turn];
    double w = op->w, h = op->h;
    kam_str_add(&p->out, "q ");
    nums(p, (double[]){k[0] * w, k[1] * h, k[2] * w, k[3] * h, op->x + k[4] * w, p->h - op->y - h + k[5] * h}, 6, "cm");
    kam_str_addf(&p->out, "/%s Do Q\n", name);
}

/* --- text --- */
static void note_missing(pdf_drawing *d, uint32_t cp)
{
    for (size_t i = 0; i < d->report.n_missing; i++)
        if (d->missing[i] == cp) return;
    KAM_GROW(d->missing, d->cap_missing, d->report.n_missing + 1);
    d->missing[d->report.n_missing] = cp;
    if (d->report.n_missing < PDF_REPORT_MISSING) d->report.missing[d->report.n_missing] = cp;
    d->report.n_missing++;
}

static void use_font(pen *p, int face, double size)
{
    pdf_type0 *t = &p->d->type0[face];
    if (!t->font) pdf_type0_init(t, p->d->doc, &p->d->fonts->face[face].sfnt);
    if (p->now.font == face && p->now.size == size) return;
    p->now.font = face;
    p->now.size = size;
    kam_str_addf(&p->out, "/%s ", HPDF_Page_GetLocalFontName(p->page, t->font));
    num(p, size, 2);
    kam_str_add(&p->out, "Tf\n");
}

/* Faux bold, for fonts without a bold of their own: outlines filled and stroked. 2.6 % of the size reads as bold next to the regular and leaves the inner
 * spaces of dense characters open. */
static void use_weight(pen *p, const pdf_op *op, bool heavy, double share)
{
    int mode = heavy ? 2 : 0;
    if (heavy) {
        set_colour(p, &p->now.stroke, op->fill, false);
        set_line(p, op->size * share);
        set_dash(p, 0, 0);
    }
    if (mode == p->now.mode) return;
    p->now.mode = mode;
    kam_str_addf(&p->out, "%d Tr\n", mode);
}

/* Two bytes within ( ): half of what hexadecimal digits take, for deflate to chew and for the file. */
static void put_slot(kam_str *out, unsigned slot)
{
    char c[4];
    size_t n = 0;
    for (int shift = 8; shift >= 0; shift -= 8) {
        char b = (char)(slot >> shift);
        if (b == '(' || b == ')' || b == '\\') c[n++] = '\\';
        if (b == '\r') c[n++] = '\\', b = 'r'; /* a bare CR reads as LF */
        c[n++] = b;
    }
    kam_str_addn(out, c, n);
}

/* The spacings that come often have glyphs of their own (see pdf_subset); the rest is written between glyphs. */
static int part_of_glyph(int adj)
{
    enum { NEAR = 100 }; /* justification adds a little to either */
    return adj >= PDF_GAP - NEAR ? PDF_GAP : adj <= PDF_SQUEEZE + NEAR ? PDF_SQUEEZE : 0;
}

typedef struct glyph_at {
    uint32_t cp;
    int face, glyph, adj;
    bool found, slanted, narrow;
} glyph_at;

static glyph_at next_glyph(pen *p, const pdf_op *op, const char *s, size_t n, size_t k, size_t *used)
{
    glyph_at g = {.cp = kam_utf8_next(s, n, used)};
    g.found = pdf_fonts_find(p->d->fonts, op->font, g.cp, op->style & PDF_BOLD, &g.face, &g.glyph);
    g.adj = op->adj && k < op->n_chars ? op->adj[k] : 0;
    g.narrow = n >= *used + 3 && memcmp(s + *used, "\xEF\xB8\x80", 3) == 0; /* U+FE00 */
    g.slanted = (op->style & PDF_OBLIQUE) && !pdf_is_han(g.cp) && !pdf_is_closing(g.cp) && !pdf_is_opening(g.cp);
    return g;
}

static void open_run(pen *p, const pdf_op *op, const glyph_at *g, double x)
{
    kam_str_add(&p->out, "BT\n");
    use_font(p, g->face, op->size);
    /* Han has no oblique: emphasised Han is a little heavier instead */
    bool bold = op->style & PDF_BOLD, emphasised = (op->style & PDF_OBLIQUE) && !g->slanted;
    bool faux = bold && !p->d->fonts->face[g->face].heavy;
    use_weight(p, op, faux || (emphasised && !bold), faux ? 0.026 : 0.014);
    if (g->slanted) kam_str_add(&p->out, "1 0 .2 1 ");
    num(p, x, 2);
    num(p, p->h - op->y, 2);
    kam_str_add(&p->out, g->slanted ? "Tm\n[(" : "Td\n[(");
}

static void draw_text(pen *p, const pdf_op *op)
{
    set_colour(p, &p->now.fill, op->fill, true);
    size_t n = strlen(op->text), k = 0;
    double x = op->x;
    bool open = false, slanted = false;
    int face = -1;
    for (size_t i = 0, used; i < n; i += used, k++) {
        glyph_at g = next_glyph(p, op, op->text + i, n - i, k, &used);
        if (g.face < 0) continue; /* draws nothing */
        if (!g.found) note_missing(p->d, g.cp);
        if (open && (g.face != face || g.slanted != slanted)) {
            kam_str_add(&p->out, ")] TJ\nET\n");
            open = false;
        }
        if (!open) open_run(p, op, &g, x);
        open = true, face = g.face, slanted = g.slanted;
        pdf_type0 *t = &p->d->type0[face];
        int inside = part_of_glyph(g.adj), rest = g.adj - inside;
        unsigned slot = pdf_subset_use(&t->sub, g.cp, g.glyph, g.narrow, inside);
        put_slot(&p->out, slot);
        if (rest) kam_str_addf(&p->out, ")%d(", -rest);
        x += (pdf_slot_width(&t->sub, slot) + rest) * op->size / 1000;
    }
    if (open) kam_str_add(&p->out, ")] TJ\nET\n");
}

static void draw_op(pen *p, const pdf_op *op)
{
    switch (op->kind) {
    case PDF_OP_TEXT: draw_text(p, op); break;
    case PDF_OP_RECT: draw_rect(p, op); break;
    case PDF_OP_LINE: draw_line(p, op); break;
    case PDF_OP_POLY: draw_poly(p, op); break;
    case PDF_OP_OVAL: draw_oval(p, op); break;
    case PDF_OP_IMAGE: draw_image(p, op); break;
    case PDF_OP_PATH: draw_path(p, op); break;
    case PDF_OP_PUSH: push(p, op); break;
    case PDF_OP_CLIP: clip(p, op); break;
    case PDF_OP_POP: pop(p); break;
    case PDF_OP_LINK: case PDF_OP_MARK: break; /* pdf_doc */
    }
}

/* --- marked content --- */
static void end_marked(pen *p)
{
    if (p->element >= 0) kam_str_add(&p->out, "EMC\n");
    p->element = -1;
}

/* What is drawn from here on is the op's element's. */
static void mark(pen *p, const pdf_op *op)
{
    pdf_struct *t = p->d->tree;
    if (op->kind == PDF_OP_PUSH || op->kind == PDF_OP_POP) end_marked(p);
    int e = pdf_struct_element(t, op);
    if (e < 0 || e == p->element) return;
    end_marked(p);
    p->element = e;
    if (e == 0) kam_str_add(&p->out, "/Artifact BMC\n");
    else kam_str_addf(&p->out, "/%s<</MCID %zu>>BDC\n", pdf_struct_name(t, e), pdf_struct_content(t, e));
}

static uint32_t last_of(const char *s)
{
    uint32_t c = 0;
    for (size_t i = 0, n = strlen(s), used; i < n; i += used) {
        uint32_t next = kam_utf8_next(s + i, n - i, &used);
        if (next != 0xFE00) c = next;
    }
    return c;
}

static bool runs_on(uint32_t c) /* no blank is read at a line's end beside it */
{
    return c == ' ' || pdf_is_han(c) || pdf_is_closing(c) || pdf_is_opening(c);
}

/* Who reads the text without its lines needs the blank that a line's end swallowed, or room stands for. */
static bool blank_follows(const pen *p, const pdf_ops *ops, size_t i)
{
    const pdf_op *op = &ops->v[i], *next = NULL;
    if (op->tag == 0 || !*op->text) return false;
    for (size_t k = i + 1; k < ops->n && !next; k++)
        if (ops->v[k].kind == PDF_OP_TEXT && *ops->v[k].text) next = &ops->v[k];
    if (next && next->tag != op->tag) next = NULL;
    uint32_t last = last_of(op->text);
    if (!next) return !runs_on(last) && pdf_struct_goes_on(p->d->tree, op->tag);
    if (next->size != op->size) return last != ' '; /* a label, and what it labels */
    if (next->y == op->y) return last != ' ' && fabs(next->x - op->x - op->w) > op->size * 0.3;
    size_t used;
    return !runs_on(last) && !runs_on(kam_utf8_next(next->text, strlen(next->text), &used));
}

static void draw_tagged(pen *p, const pdf_ops *ops, size_t i)
{
    pdf_op op = ops->v[i];
    mark(p, &op);
    if (op.kind != PDF_OP_TEXT || !blank_follows(p, ops, i)) {
        draw_op(p, &op);
        return;
    }
    kam_str_clear(&p->line);
    kam_str_addf(&p->line, "%s ", op.text);
    op.text = p->line.s;
    draw_op(p, &op);
}

void pdf_draw_page(pdf_drawing *d, HPDF_Page page, const pdf_ops *ops, double page_h)
{
    pen p = {.d = d, .page = page, .h = page_h, .out = KAM_STR_INIT, .line = KAM_STR_INIT, .element = -1,
             .now = {.fill = PDF_NONE, .stroke = PDF_NONE, .line = -1, .size = -1, .font = -1}};
    for (size_t i = 0; i < ops->n; i++)
        if (d->tree) draw_tagged(&p, ops, i);
        else draw_op(&p, &ops->v[i]);
    end_marked(&p);
    HPDF_PageAttr attr = page->attr;
    pdf_stream_set(attr->contents, &d->deflater, kam_str_cstr(&p.out), p.out.len);
    kam_str_release(&p.out);
    kam_str_release(&p.line);
}
