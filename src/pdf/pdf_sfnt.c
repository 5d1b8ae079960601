/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_sfnt.h"
#include "kam_mem.h"
#include "pdf_break.h"
#include "pdf_cff.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BMP = 0x10000 };

/* --- checked reads --- */
uint16_t pdf_u16(pdf_span s, size_t at)
{
    if (at > s.n || s.n - at < 2) return 0;
    return (uint16_t)(s.p[at] << 8 | s.p[at + 1]);
}

uint32_t pdf_u32(pdf_span s, size_t at)
{
    if (at > s.n || s.n - at < 4) return 0;
    return (uint32_t)pdf_u16(s, at) << 16 | pdf_u16(s, at + 2);
}

pdf_span pdf_sub(pdf_span s, size_t at, size_t n)
{
    if (at > s.n || n > s.n - at) return (pdf_span){NULL, 0};
    return (pdf_span){s.p + at, n};
}

static kam_rc refuse(kam_err *err, const char *what, const char *why)
{
    kam_err_set(err, KAM_PDF, "font %s cannot be used: %s", what, why);
    kam_err_word(err, "font");
    return KAM_PDF;
}

static pdf_span find_table(pdf_span file, size_t dir, const char *tag)
{
    size_t n = pdf_u16(file, dir + 4);
    for (size_t i = 0; i < n; i++) {
        size_t rec = dir + 12 + 16 * i;
        pdf_span t = pdf_sub(file, rec, 16);
        if (t.p && memcmp(t.p, tag, 4) == 0) return pdf_sub(file, pdf_u32(file, rec + 8), pdf_u32(file, rec + 12));
    }
    return (pdf_span){NULL, 0};
}

/* --- cmap --- */
static void map_set(pdf_sfnt *f, uint32_t cp, uint32_t glyph)
{
    if (glyph < (uint32_t)f->n_glyphs) f->map[cp] = (uint16_t)glyph;
}

/* Segments must ascend: a crafted file could otherwise make us walk 32,767 × 65,536 characters. */
static void read_format4(pdf_sfnt *f, pdf_span t)
{
    size_t n = pdf_u16(t, 6) / 2, ends = 14, starts = 16 + 2 * n, deltas = 16 + 4 * n, ranges = 16 + 6 * n;
    uint32_t next = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t a = pdf_u16(t, starts + 2 * i), b = pdf_u16(t, ends + 2 * i);
        uint32_t delta = pdf_u16(t, deltas + 2 * i), range = pdf_u16(t, ranges + 2 * i);
        if (a < next) a = next;
        for (uint32_t c = a; c <= b && c < 0xFFFF; c++) {
            uint32_t g = c;
            if (range) {
                g = pdf_u16(t, ranges + 2 * i + range + 2 * (c - pdf_u16(t, starts + 2 * i)));
                if (g == 0) continue;
            }
            map_set(f, c, (g + delta) & 0xFFFF);
        }
        if (b >= next) next = b + 1;
    }
}

static void read_format12(pdf_sfnt *f, pdf_span t)
{
    size_t n = pdf_u32(t, 12), fit = t.n > 16 ? (t.n - 16) / 12 : 0;
    if (n > fit) n = fit;
    uint32_t next = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t a = pdf_u32(t, 16 + 12 * i), b = pdf_u32(t, 20 + 12 * i), g = pdf_u32(t, 24 + 12 * i);
        if (a < next || b < a) continue;
        if (a >= BMP) {
            f->groups = pdf_sub(t, 16 + 12 * i, 12 * (n - i));
            return;
        }
        for (uint32_t c = a; c <= b && c < BMP; c++)
            if (g <= UINT32_MAX - (c - a)) map_set(f, c, g + (c - a));
        next = b + 1;
    }
}

static bool read_cmap(pdf_sfnt *f, pdf_span cmap)
{
    pdf_span four = {0}, twelve = {0};
    size_t n = pdf_u16(cmap, 2);
    for (size_t i = 0; i < n && 4 + 8 * (i + 1) <= cmap.n; i++) {
        unsigned platform = pdf_u16(cmap, 4 + 8 * i);
        size_t at = pdf_u32(cmap, 8 + 8 * i);
        if ((platform != 0 && platform != 3) || at >= cmap.n) continue;
        pdf_span t = pdf_sub(cmap, at, cmap.n - at);
        if (pdf_u16(t, 0) == 4) four = t;
        if (pdf_u16(t, 0) == 12) twelve = t;
    }
    if (!four.p && !twelve.p) return false;
    f->map = kam_calloc(BMP, sizeof *f->map);
    if (twelve.p) read_format12(f, twelve);
    else read_format4(f, four);
    return true;
}

int pdf_sfnt_glyph(const pdf_sfnt *f, uint32_t cp)
{
    if (cp < BMP) return f->map[cp];
    size_t lo = 0, hi = f->groups.n / 12;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        uint32_t a = pdf_u32(f->groups, 12 * mid), b = pdf_u32(f->groups, 12 * mid + 4);
        if (cp < a) hi = mid;
        else if (cp > b) lo = mid + 1;
        else {
            uint64_t g = (uint64_t)pdf_u32(f->groups, 12 * mid + 8) + (cp - a);
            return g < (uint64_t)f->n_glyphs ? (int)g : 0;
        }
    }
    return 0;
}

/* --- metrics and outlines --- */
static int to_1000(const pdf_sfnt *f, int v)
{
    int t = v * 1000;
    return (t >= 0 ? t + f->upem / 2 : t - f->upem / 2) / f->upem;
}

int pdf_sfnt_advance(const pdf_sfnt *f, int glyph)
{
    if (glyph < 0 || glyph >= f->n_glyphs) return 0;
    int k = glyph < f->n_hmetrics ? glyph : f->n_hmetrics - 1;
    int a = to_1000(f, pdf_u16(f->hmtx, 4 * (size_t)k));
    return a > 8000 ? 8000 : a; /* a wider character can only be a damaged one */
}

typedef struct pdf_outlines {
    int fd;
    off_t start;          /* of the table glyf */
    kam_arena arena;
    const uint8_t **at;   /* by glyph; NULL: not read */
} pdf_outlines;

static pdf_outlines *outlines_new(const pdf_sfnt *f, int fd)
{
    pdf_outlines *o = kam_zalloc(sizeof *o);
    o->fd = fd;
    o->start = f->glyf.p - f->file.p;
    o->at = kam_calloc((size_t)f->n_glyphs + 1, sizeof *o->at);
    return o;
}

static void outlines_free(pdf_outlines *o)
{
    if (!o) return;
    close(o->fd);
    kam_free(o->at);
    kam_arena_release(&o->arena);
    kam_free(o);
}

/* A file that became shorter or cannot be read gives a blank glyph. */
static pdf_span read_outline(pdf_outlines *o, size_t glyph, size_t at, size_t n)
{
    if (!o->at[glyph]) {
        uint8_t *p = kam_arena_alloc(&o->arena, n);
        size_t done = 0;
        for (ssize_t k; done < n; done += (size_t)k) {
            k = pread(o->fd, p + done, n - done, o->start + (off_t)(at + done));
            if (k < 0 && errno == EINTR) k = 0;
            else if (k <= 0) break;
        }
        if (done < n) memset(p, 0, n);
        o->at[glyph] = p;
    }
    return (pdf_span){o->at[glyph], n};
}

pdf_span pdf_sfnt_outline(const pdf_sfnt *f, int glyph)
{
    if (glyph < 0 || glyph >= f->n_glyphs) return (pdf_span){NULL, 0};
    size_t k = (size_t)glyph, a, b;
    if (f->long_loca) a = pdf_u32(f->loca, 4 * k), b = pdf_u32(f->loca, 4 * k + 4);
    else a = 2 * (size_t)pdf_u16(f->loca, 2 * k), b = 2 * (size_t)pdf_u16(f->loca, 2 * k + 2);
    if (b <= a || b - a < 10) return (pdf_span){NULL, 0};
    pdf_span o = pdf_sub(f->glyf, a, b - a);
    return f->outlines && o.p ? read_outline(f->outlines, k, a, b - a) : o;
}

/* Left, lower, right, upper edge of its ink. */
static bool extent(const pdf_sfnt *f, int glyph, int box[4])
{
    if (f->cff) return pdf_hb_bounds(f->hb, glyph, box);
    pdf_span o = pdf_sfnt_outline(f, glyph);
    if (!o.p) return false;
    for (size_t i = 0; i < 4; i++) box[i] = pdf_i16(o, 2 + 2 * i);
    return true;
}

pdf_form pdf_sfnt_form(const pdf_sfnt *f, uint32_t cp, int glyph, bool narrow)
{
    enum { WIDE = 900, FULL_HALF = 480, INNER = 100, SIDE = 70, HIGH = 150, ELLIPSIS = 0x2026 };
    pdf_form form = {.advance = pdf_sfnt_advance(f, glyph)};
    bool dots = narrow && cp == ELLIPSIS;
    if (form.advance < WIDE || (!dots && !pdf_is_opening(cp) && !pdf_is_closing(cp))) return form;
    int box[4];
    if (!extent(f, glyph, box)) return form;
    int left = to_1000(f, box[0]), right = form.advance - to_1000(f, box[2]), foot = to_1000(f, box[1]);
    if (narrow) return (pdf_form){form.advance - left - right + 2 * SIDE, SIDE - left, dots && foot > HIGH ? foot : 0};
    if (pdf_is_opening(cp) && left < FULL_HALF && right > INNER) form.shift = right - INNER;
    if (cp != 0xFF1A && cp != 0xFF1B && cp != 0xFF01 && cp != 0xFF1F && !pdf_is_opening(cp) && right < FULL_HALF &&
        left > INNER)
        form.shift = INNER - left;
    return form;
}

int pdf_sfnt_kern(const pdf_sfnt *f, int left, int right)
{
    size_t n = f->kern.n / 6, lo = 0, hi = n;
    uint32_t key = (uint32_t)left << 16 | (uint32_t)right;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        uint32_t k = pdf_u32(f->kern, 6 * mid);
        if (k == key) return to_1000(f, pdf_i16(f->kern, 6 * mid + 4));
        if (k < key) lo = mid + 1;
        else hi = mid;
    }
    return 0;
}

int pdf_sfnt_kern_pair(pdf_sfnt *f, uint32_t left, int left_glyph, uint32_t right, int right_glyph)
{
    if (f->kern.n || !f->gpos) return pdf_sfnt_kern(f, left_glyph, right_glyph);
    if (!f->hb && !(f->hb = pdf_hb_open(f->file.p, f->file.n, f->face))) {
        f->gpos = false;
        return 0;
    }
    f->gpos = pdf_hb_has_kern(f->hb);
    return to_1000(f, pdf_hb_kern(f->hb, left, left_glyph, right, right_glyph));
}

/* The pairs of the first horizontal format 0 subtable. */
static pdf_span read_kern(pdf_span kern)
{
    size_t n = pdf_u16(kern, 2), at = 4;
    if (pdf_u16(kern, 0) != 0) return (pdf_span){NULL, 0}; /* Apple's form */
    for (size_t i = 0; i < n && at + 14 <= kern.n; i++) {
        size_t len = pdf_u16(kern, at + 2);
        unsigned coverage = pdf_u16(kern, at + 4);
        if ((coverage >> 8) == 0 && (coverage & 7) == 1) return pdf_sub(kern, at + 14, 6 * (size_t)pdf_u16(kern, at + 6));
        if (len < 6) break;
        at += len;
    }
    return (pdf_span){NULL, 0};
}

/* --- names and licence --- */
static void read_name(pdf_sfnt *f, pdf_span name)
{
    size_t n = pdf_u16(name, 2), strings = pdf_u16(name, 4), k = 0;
    for (size_t i = 0; i < n && k == 0; i++) {
        size_t rec = 6 + 12 * i;
        if (rec + 12 > name.n) break;
        if (pdf_u16(name, rec + 6) != 6) continue;
        pdf_span s = pdf_sub(name, strings + pdf_u16(name, rec + 10), pdf_u16(name, rec + 8));
        for (size_t j = 0; j < s.n && k + 1 < sizeof f->name; j++) /* UTF-16 or one byte: only ASCII is kept */
            if (s.p[j] > 32 && s.p[j] < 127 && !strchr("()<>[]{}/%#,", s.p[j])) f->name[k++] = (char)s.p[j];
    }
    f->name[k] = '\0';
    if (k == 0) memcpy(f->name, "Font", 5);
}

static const char *licence_problem(pdf_span os2)
{
    unsigned type = pdf_u16(os2, 8);
    if ((type & 0xE) == 2) return KAM_MSG("its licence (fsType) forbids embedding");
    if (type & 0x100) return KAM_MSG("its licence (fsType) forbids subsetting");
    if (type & 0x200) return KAM_MSG("its licence (fsType) allows only bitmaps to be embedded");
    return NULL;
}

/* --- opening --- */
static const char *read_tables(pdf_sfnt *f, size_t dir)
{
    pdf_span file = f->file, os2 = find_table(file, dir, "OS/2");
    f->head = find_table(file, dir, "head");
    f->hhea = find_table(file, dir, "hhea");
    f->maxp = find_table(file, dir, "maxp");
    f->hmtx = find_table(file, dir, "hmtx");
    f->loca = find_table(file, dir, "loca");
    f->glyf = find_table(file, dir, "glyf");
    f->cff = !f->glyf.p && find_table(file, dir, "CFF ").p;
    f->gpos = pdf_hb_built() && find_table(file, dir, "GPOS").p;
    if (f->cff && !pdf_hb_built()) return KAM_MSG("it has CFF outlines; this kamsh was built without HarfBuzz");
    if (f->head.n < 54 || f->hhea.n < 36 || f->maxp.n < 6 || !f->hmtx.p || (!f->cff && (!f->loca.p || !f->glyf.p)))
        return KAM_MSG("a table is missing or damaged");
    f->upem = pdf_u16(f->head, 18);
    f->long_loca = pdf_u16(f->head, 50) != 0;
    f->n_glyphs = pdf_u16(f->maxp, 4);
    f->n_hmetrics = pdf_u16(f->hhea, 34);
    if (f->upem < 16 || f->upem > 16384 || f->n_glyphs < 1 || f->n_hmetrics < 1 || f->n_hmetrics > f->n_glyphs ||
        f->hmtx.n < 4 * (size_t)f->n_hmetrics ||
        (!f->cff && f->loca.n < ((size_t)f->n_glyphs + 1) * (f->long_loca ? 4 : 2)))
        return KAM_MSG("its sizes contradict each other");
    if (f->cff && !pdf_cff_sound(find_table(file, dir, "CFF "), f->n_glyphs)) return KAM_MSG("its CFF outlines are damaged");
    const char *licence = licence_problem(os2);
    if (licence) return licence;
    if (!read_cmap(f, find_table(file, dir, "cmap"))) return KAM_MSG("it has no Unicode character map");
    f->kern = read_kern(find_table(file, dir, "kern"));
    f->ascent = to_1000(f, pdf_i16(f->hhea, 4));
    f->descent = to_1000(f, pdf_i16(f->hhea, 6));
    f->cap_height = pdf_u16(os2, 0) >= 2 ? to_1000(f, pdf_i16(os2, 88)) : 0;
    if (f->cap_height <= 0) f->cap_height = 700;
    for (size_t i = 0; i < 4; i++) f->bbox[i] = to_1000(f, pdf_i16(f->head, 36 + 2 * i));
    read_name(f, find_table(file, dir, "name"));
    if (f->cff && !(f->hb = pdf_hb_open(file.p, file.n, f->face))) return KAM_MSG("HarfBuzz finds no glyphs in it");
    return NULL;
}

kam_rc pdf_sfnt_open_mem(pdf_sfnt *f, const void *data, size_t n, int face, const char *what, kam_err *err)
{
    pdf_sfnt t = {.file = {data, n}, .face = face};
    const char *why = NULL;
    size_t dir = 0;
    pdf_span tag = pdf_sub(t.file, 0, 4);
    if (n < 12 || !tag.p) why = "it is too short to be a font";
    else if (memcmp(tag.p, "ttcf", 4) == 0) {
        if (face < 0 || (uint32_t)face >= pdf_u32(t.file, 8)) why = "the collection has no such face";
        else dir = pdf_u32(t.file, 12 + 4 * (size_t)face);
    } else if (face > 0) why = "it is not a collection of faces";
    if (!why) {
        uint32_t version = pdf_u32(t.file, dir);
        if (version != 0x00010000 && version != 0x74727565 && version != 0x4F54544F) why = "it is not a TrueType font";
        else why = read_tables(&t, dir);
    }
    if (why) {
        pdf_sfnt_close(&t);
        return refuse(err, what, why);
    }
    *f = t;
    return KAM_OK;
}

kam_rc pdf_sfnt_open(pdf_sfnt *f, const char *path, int face, kam_err *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        int e = errno;
        if (fd >= 0) close(fd);
        if (e == ENOENT) {
            kam_err_set(err, KAM_NOTFOUND, "font file %s: %s", path, strerror(e));
            kam_err_word(err, "font");
        } else kam_err_set(err, KAM_IO, "cannot read font %s: %s", path, strerror(e));
        kam_err_word(err, path);
        return e == ENOENT ? KAM_NOTFOUND : KAM_IO;
    }
    if (!S_ISREG(st.st_mode) || st.st_size < 12) {
        close(fd);
        return refuse(err, path, "it is too short to be a font");
    }
    void *m = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (m == MAP_FAILED) {
        int e = errno;
        close(fd);
        kam_err_set(err, KAM_IO, "cannot map font %s: %s", path, strerror(e));
        kam_err_word(err, path);
        return KAM_IO;
    }
    kam_rc rc = pdf_sfnt_open_mem(f, m, (size_t)st.st_size, face, path, err);
    if (rc == KAM_OK) f->mapped = true;
    else munmap(m, (size_t)st.st_size);
    if (rc == KAM_OK && !f->cff) f->outlines = outlines_new(f, fd);
    else close(fd);
    return rc;
}

void pdf_sfnt_close(pdf_sfnt *f)
{
    pdf_hb_close(f->hb);
    outlines_free(f->outlines);
    if (f->mapped) munmap((void *)(uintptr_t)f->file.p, f->file.n);
    kam_free(f->map);
    memset(f, 0, sizeof *f);
}
