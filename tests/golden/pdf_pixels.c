/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All characters of GB 2312 (6,763) in one font: once through kamsh's font layer, once with the whole font file put into
 * a PDF written here by hand, at the same places. Rendered, the two must look alike.
 *   pdf_pixels make FAMILY regular|bold FOLDER STEP  ours.pdf again.pdf whole.pdf text.txt cells.txt; every STEP-th
 *                                                    character; 77: that font is not there
 *   pdf_pixels compare A.pgm B.pgm CELLS PAGE DPI    "worst PERMILLE lost N glyphs N different N", by cell */
#include "kam_utf8.h"
#include "pdf_block.h"
#include "pdf_fonts_int.h"
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOT_THERE = 77 };

static void die(const char *what)
{
    fprintf(stderr, "pdf_pixels: %s\n", what);
    exit(1);
}

static void write_file(const char *folder, const char *name, const kam_str *b)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b->s, 1, b->len, f) != b->len || fclose(f) != 0) die("cannot write");
}

/* Rows B0 to F7 of the code table: the Han characters, level 1 and 2. */
static size_t all_characters(kam_str *out, int step)
{
    iconv_t cd = iconv_open("UTF-8", "GB2312");
    if (cd == (iconv_t)-1) die("iconv knows no GB2312");
    size_t n = 0;
    for (int hi = 0xB0; hi <= 0xF7; hi++)
        for (int lo = 0xA1; lo <= (hi == 0xD7 ? 0xF9 : 0xFE); lo++, n++) {
            char gb[2] = {(char)hi, (char)lo}, u[8], *in = gb, *to = u;
            size_t left = 2, room = sizeof u;
            if (iconv(cd, &in, &left, &to, &room) == (size_t)-1) die("not in GB2312");
            if (n % (size_t)step == 0) kam_str_addn(out, u, (size_t)(to - u));
        }
    iconv_close(cd);
    if (n != 6763) die("GB2312 has 6,763 characters");
    return n;
}

/* --- the whole font in a PDF of our own --- */
static pdf_span table_of(pdf_span file, size_t dir, const char *tag)
{
    for (size_t i = 0, n = pdf_u16(file, dir + 4); i < n; i++) {
        size_t rec = dir + 12 + 16 * i;
        if (memcmp(file.p + rec, tag, 4) == 0) return pdf_sub(file, pdf_u32(file, rec + 8), pdf_u32(file, rec + 12));
    }
    return (pdf_span){NULL, 0};
}

static void put32(kam_str *b, uint32_t v)
{
    char x[4] = {(char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v};
    kam_str_addn(b, x, 4);
}

/* A face of a collection as a file of its own. */
static void lone_face(pdf_span file, size_t dir, kam_str *out)
{
    size_t n = pdf_u16(file, dir + 4), at = 12 + 16 * n;
    kam_str_addn(out, (const char *)file.p + dir, 12);
    for (size_t i = 0; i < n; i++) {
        size_t rec = dir + 12 + 16 * i, len = pdf_u32(file, rec + 12);
        kam_str_addn(out, (const char *)file.p + rec, 8);
        put32(out, (uint32_t)at), put32(out, (uint32_t)len);
        at += (len + 3) & ~(size_t)3;
    }
    for (size_t i = 0; i < n; i++) {
        size_t rec = dir + 12 + 16 * i;
        pdf_span t = pdf_sub(file, pdf_u32(file, rec + 8), pdf_u32(file, rec + 12));
        if (t.n) kam_str_addn(out, (const char *)t.p, t.n);
        while (out->len & 3) kam_str_addc(out, '\0');
    }
}

typedef struct writer {
    kam_str out;
    size_t at[200];
    int n;
} writer;

static int begin_object(writer *w)
{
    w->at[++w->n] = w->out.len;
    kam_str_addf(&w->out, "%d 0 obj\n", w->n);
    return w->n;
}

static void put_stream(writer *w, const char *dict, const kam_str *bytes)
{
    begin_object(w);
    kam_str_addf(&w->out, "<<%s/Length %zu>>\nstream\n", dict, bytes->len);
    kam_str_addn(&w->out, bytes->s, bytes->len);
    kam_str_add(&w->out, "\nendstream\nendobj\n");
}

static void put_whole_font(writer *w, const pdf_sfnt *f) /* objects 1 to 4 */
{
    size_t dir = memcmp(f->file.p, "ttcf", 4) == 0 ? pdf_u32(f->file, 12 + 4 * (size_t)f->face) : 0;
    kam_str bytes = KAM_STR_INIT;
    if (f->cff) {
        pdf_span cff = table_of(f->file, dir, "CFF ");
        kam_str_addn(&bytes, (const char *)cff.p, cff.n);
    } else lone_face(f->file, dir, &bytes);
    put_stream(w, f->cff ? "/Subtype/CIDFontType0C" : "", &bytes);
    begin_object(w);
    kam_str_addf(&w->out, "<</Type/FontDescriptor/FontName/Whole/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d"
                          "/CapHeight %d/StemV 80/%s 1 0 R>>\nendobj\n", f->bbox[0], f->bbox[1], f->bbox[2], f->bbox[3], f->ascent,
                 f->descent, f->cap_height, f->cff ? "FontFile3" : "FontFile2");
    begin_object(w);
    kam_str_addf(&w->out, "<</Type/Font/Subtype/%s/BaseFont/Whole%s/DW 1000/FontDescriptor 2 0 R/CIDSystemInfo<</Registry(Adobe)"
                          "/Ordering(Identity)/Supplement 0>>>>\nendobj\n", f->cff ? "CIDFontType0" : "CIDFontType2",
                 f->cff ? "" : "/CIDToGIDMap/Identity");
    begin_object(w);
    kam_str_add(&w->out, "<</Type/Font/Subtype/Type0/BaseFont/Whole/Encoding/Identity-H/DescendantFonts[3 0 R]>>\nendobj\n");
    kam_str_release(&bytes);
}

/* The texts of the page in that font, at their places. */
static void put_page(writer *w, const pdf_sfnt *f, const pdf_ops *o, int parent)
{
    kam_str c = KAM_STR_INIT;
    for (size_t i = 0; i < o->n; i++) {
        const pdf_op *op = &o->v[i];
        if (op->kind != PDF_OP_TEXT) continue;
        kam_str_addf(&c, "BT /F %.2f Tf %.2f %.2f Td <", op->size, op->x, o->page_h - op->y);
        size_t len = strlen(op->text);
        for (size_t k = 0, used; k < len; k += used)
            kam_str_addf(&c, "%04X", (unsigned)pdf_sfnt_glyph(f, kam_utf8_next(op->text + k, len - k, &used)));
        kam_str_add(&c, "> Tj ET\n");
    }
    put_stream(w, "", &c);
    int content = w->n;
    begin_object(w);
    kam_str_addf(&w->out, "<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.4f %.4f]/Contents %d 0 R/Resources<</Font<</F 4 0 R>>>>>>\nendobj\n",
                 parent, o->page_w, o->page_h, content);
    kam_str_release(&c);
}

static void whole(const pdf_sfnt *f, const pdf_list *l, kam_str *out)
{
    writer w = {.out = KAM_STR_INIT};
    kam_str_add(&w.out, "%PDF-1.4\n");
    put_whole_font(&w, f);
    int parent = 5 + 2 * (int)l->n_pages;
    if (parent > 190) die("too many pages");
    for (size_t p = 0; p < l->n_pages; p++) put_page(&w, f, &l->pages[p], parent);
    begin_object(&w);
    kam_str_addf(&w.out, "<</Type/Pages/Count %zu/Kids[", l->n_pages);
    for (size_t p = 0; p < l->n_pages; p++) kam_str_addf(&w.out, "%d 0 R ", 6 + 2 * (int)p);
    kam_str_add(&w.out, "]>>\nendobj\n");
    begin_object(&w);
    kam_str_addf(&w.out, "<</Type/Catalog/Pages %d 0 R>>\nendobj\n", parent);
    size_t xref = w.out.len;
    kam_str_addf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", w.n + 1);
    for (int i = 1; i <= w.n; i++) kam_str_addf(&w.out, "%010zu 00000 n \n", w.at[i]);
    kam_str_addf(&w.out, "trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%zu\n%%%%EOF\n", w.n + 1, w.n, xref);
    *out = w.out;
}

/* --- make --- */
static pdf_flow *flow_of(const char *text, bool bold)
{
    static pdf_theme th;
    th = *pdf_theme_screen();
    th.ragged = true;
    th.body_pt = 15;
    th.leading = 1.4;
    th.ink = th.accent = 0;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.theme = &th, .no_page_numbers = true});
    kam_str marked = KAM_STR_INIT;
    kam_str_addf(&marked, bold ? "**%s**" : "%s", text);
    pdf_flow_markup(f, bold);
    pdf_flow_paragraph(f, marked.s);
    kam_str_release(&marked);
    return f;
}

static void put_cells(const pdf_list *l, kam_str *out)
{
    for (size_t p = 0; p < l->n_pages; p++)
        for (size_t i = 0; i < l->pages[p].n; i++) {
            const pdf_op *op = &l->pages[p].v[i];
            if (op->kind != PDF_OP_TEXT) continue;
            size_t len = strlen(op->text), k = 0, n = 0;
            for (size_t used; k < len; k += used, n++)
                kam_str_addf(out, "%zu %.3f %.3f %.3f %X\n", p + 1, op->x + (double)n * op->size, op->y - 0.9 * op->size, op->size,
                             (unsigned)kam_utf8_next(op->text + k, len - k, &used));
        }
}

static int make(const char *family, bool bold, const char *folder, int step)
{
    pdf_fonts *fonts;
    kam_err err = KAM_ERR_INIT;
    if (pdf_fonts_open(family, &fonts, &err) != KAM_OK) {
        fprintf(stderr, "%s\n", err.msg);
        return NOT_THERE;
    }
    int face, glyph;
    pdf_fonts_find(fonts, 0, 0x4E2D, bold, &face, &glyph);
    if (face < 0 || (bold && !fonts->face[face].heavy)) return NOT_THERE;
    kam_str text = KAM_STR_INIT, out = KAM_STR_INIT, cells = KAM_STR_INIT;
    all_characters(&text, step);
    pdf_flow *f = flow_of(text.s, bold);
    pdf_metrics m = pdf_fonts_metrics(fonts);
    pdf_list l;
    pdf_report r;
    if (pdf_layout_run(f, &m, &l, &err) != KAM_OK) die(err.msg);
    static const char *const names[] = {"ours.pdf", "again.pdf"};
    for (int i = 0; i < 2; i++) {
        kam_str_clear(&out);
        if (pdf_flow_bytes(f, fonts, &out, &r, &err) != KAM_OK) die(err.msg);
        write_file(folder, names[i], &out);
    }
    kam_str_release(&out);
    whole(&fonts->face[face].sfnt, &l, &out);
    write_file(folder, "whole.pdf", &out);
    write_file(folder, "text.txt", &text);
    put_cells(&l, &cells);
    write_file(folder, "cells.txt", &cells);
    printf("%s %zu pages %zu bytes %zu missing\n", fonts->face[face].sfnt.name, r.pages, r.bytes, r.n_missing);
    kam_str_release(&text);
    kam_str_release(&out);
    kam_str_release(&cells);
    pdf_list_release(&l);
    pdf_flow_free(f);
    pdf_fonts_free(fonts);
    return 0;
}

/* --- compare --- */
typedef struct image {
    int w, h;
    unsigned char *p;
} image;

static image read_pgm(const char *path)
{
    image m = {0};
    int most;
    FILE *f = fopen(path, "rb");
    if (!f || fscanf(f, "P5 %d %d %d", &m.w, &m.h, &most) != 3 || most != 255 || m.w < 1 || m.h < 1) die("not a PGM");
    fgetc(f);
    m.p = malloc((size_t)m.w * (size_t)m.h);
    if (!m.p || fread(m.p, 1, (size_t)m.w * (size_t)m.h, f) != (size_t)m.w * (size_t)m.h) die("short PGM");
    fclose(f);
    return m;
}

static int compare(const char *a, const char *b, const char *cells, int page, double dpi)
{
    enum { DIFFERS = 24 /* of 255 */, INK = 128 };
    image x = read_pgm(a), y = read_pgm(b);
    if (x.w != y.w || x.h != y.h) die("pages of different size");
    FILE *f = fopen(cells, "r");
    if (!f) die("no cells");
    int at;
    double left, top, size, worst = 0;
    unsigned cp, worst_cp = 0;
    long glyphs = 0, lost = 0, different = 0;
    while (fscanf(f, "%d %lf %lf %lf %X", &at, &left, &top, &size, &cp) == 5) {
        if (at != page) continue;
        int x0 = (int)(left * dpi / 72), y0 = (int)(top * dpi / 72), side = (int)(size * dpi / 72 + 1);
        long bad = 0, ink_a = 0, ink_b = 0;
        for (int r = y0; r < y0 + side && r < x.h; r++)
            for (int c = x0; c < x0 + side && c < x.w; c++) {
                int p = x.p[r * x.w + c], q = y.p[r * y.w + c];
                bad += abs(p - q) > DIFFERS;
                ink_a += p < INK, ink_b += q < INK;
            }
        double share = (double)bad * 1000 / ((double)side * side);
        if (share > worst) worst = share, worst_cp = cp;
        glyphs++;
        different += share > 10;
        lost += ink_b > 0 && ink_a * 10 < ink_b * 9; /* a stroke gone is more than a tenth of the ink */
        lost += ink_b == 0;                          /* nothing to compare with */
    }
    fclose(f);
    free(x.p);
    free(y.p);
    printf("worst %.1f U+%04X lost %ld glyphs %ld different %ld\n", worst, worst_cp, lost, glyphs, different);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 6 && strcmp(argv[1], "make") == 0 && atoi(argv[5]) > 0)
        return make(argv[2], strcmp(argv[3], "bold") == 0, argv[4], atoi(argv[5]));
    if (argc == 7 && strcmp(argv[1], "compare") == 0) return compare(argv[2], argv[3], argv[4], atoi(argv[5]), atof(argv[6]));
    fprintf(stderr, "usage: pdf_pixels make FAMILY regular|bold FOLDER STEP | compare A.pgm B.pgm CELLS PAGE DPI\n");
    return 2;
}
