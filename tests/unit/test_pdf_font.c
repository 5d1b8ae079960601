/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The font layer: a font made here byte by byte (mutated, truncated), and the fonts of this system. */
#include "unit.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include "pdf_cff.h"
#include "pdf_fonts_int.h"
#include "pdf_subset.h"
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/* --- a small font: .notdef (blank), A (triangle), B (composite of A), C (composite of B: nested) --- */
static void put16(kam_str *b, unsigned v)
{
    char x[2] = {(char)(v >> 8), (char)v};
    kam_str_addn(b, x, 2);
}

static void put32(kam_str *b, uint32_t v)
{
    put16(b, v >> 16);
    put16(b, v & 0xFFFF);
}

static void put_all(kam_str *b, const unsigned *v, size_t n)
{
    for (size_t i = 0; i < n; i++) put16(b, v[i]);
}
#define PUT(b, ...) put_all(b, (const unsigned[]){__VA_ARGS__}, sizeof((const unsigned[]){__VA_ARGS__}) / sizeof(unsigned))

enum { N_TABLES = 9 };
static void small_font(kam_str *out, unsigned fs_type)
{
    static const char *const tags[N_TABLES] = {"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "kern", "loca", "maxp"};
    kam_str t[N_TABLES];
    memset(t, 0, sizeof t);
    PUT(&t[0], 1, 500, 400, 5, fs_type);
    for (int i = 0; i < 40; i++) put16(&t[0], 0);
    /* cmap: one format 12 table: A B C -> 1 2 3, U+20BB7 -> 1 */
    PUT(&t[1], 0, 1, 3, 10, 0, 12, 12, 0, 0, 40, 0, 0, 0, 2, 0, 'A', 0, 'C', 0, 1, 2, 0x0BB7, 2, 0x0BB7, 0, 1);
    /* glyph 1: 1 contour, 3 points, 2 bytes of instructions, flags 1 (on curve, word deltas) */
    PUT(&t[2], 1, 100, 0, 600, 700, 2, 2, 0xB001);
    kam_str_addn(&t[2], "\1\1\1", 3);
    PUT(&t[2], 100, 500, (unsigned)-250, 0, 0, 700);
    kam_str_addc(&t[2], 0);
    size_t one = t[2].len;
    PUT(&t[2], 0xFFFF, 110, 20, 610, 720, 0x0003, 1, 10, 20);
    size_t two = t[2].len;
    PUT(&t[2], 0xFFFF, 120, 40, 620, 740, 0x0003, 2, 10, 20);
    PUT(&t[3], 1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 800, 0, 8, 2, 0, 0);
    PUT(&t[4], 1, 0, 800, (unsigned)-200, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 4);
    PUT(&t[5], 500, 0, 700, 100, 720, 110, 730, 120);
    PUT(&t[6], 0, 1, 0, 20, 1, 1, 6, 0, 0, 1, 2, (unsigned)-80);
    PUT(&t[7], 0, 0, (unsigned)one / 2, (unsigned)two / 2, (unsigned)t[2].len / 2);
    PUT(&t[8], 1, 0, 4, 3, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 2);
    put32(out, 0x00010000);
    PUT(out, N_TABLES, 128, 3, 16);
    uint32_t at = 12 + 16 * N_TABLES;
    for (int i = 0; i < N_TABLES; i++) {
        kam_str_add(out, tags[i]);
        put32(out, 0), put32(out, at), put32(out, (uint32_t)t[i].len);
        at += ((uint32_t)t[i].len + 3) & ~3u;
    }
    for (int i = 0; i < N_TABLES; i++) {
        kam_str_addn(out, t[i].s, t[i].len);
        while (out->len & 3) kam_str_addc(out, '\0');
        kam_str_release(&t[i]);
    }
}

static kam_rc open_str(pdf_sfnt *f, const kam_str *s, kam_err *err)
{
    return pdf_sfnt_open_mem(f, s->s, s->len, 0, "test", err);
}

static void test_reading(void **state)
{
    (void)state;
    kam_str s = KAM_STR_INIT;
    small_font(&s, 0);
    pdf_sfnt f;
    kam_err err = KAM_ERR_INIT;
    if (open_str(&f, &s, &err) != KAM_OK) fail_msg("%s", err.msg);
    assert_int_equal(pdf_sfnt_glyph(&f, 'A'), 1);
    assert_int_equal(pdf_sfnt_glyph(&f, 'C'), 3);
    assert_int_equal(pdf_sfnt_glyph(&f, 'D'), 0);
    assert_int_equal(pdf_sfnt_glyph(&f, 0x20BB7), 1); /* beyond U+FFFF */
    assert_int_equal(pdf_sfnt_glyph(&f, 0x20BB8), 0);
    assert_int_equal(pdf_sfnt_advance(&f, 2), 720);
    assert_int_equal(pdf_sfnt_kern(&f, 1, 2), -80);
    assert_int_equal(pdf_sfnt_kern(&f, 2, 1), 0);
    assert_int_equal(pdf_sfnt_outline(&f, 0).n, 0);
    assert_true(pdf_sfnt_outline(&f, 3).n == 18);
    pdf_sfnt_close(&f);
    kam_str_release(&s);
}

static void test_licence_and_kind(void **state)
{
    (void)state;
    const struct {
        unsigned type;
        kam_rc rc;
    } cases[] = {{0, KAM_OK}, {2, KAM_PDF}, {4, KAM_OK}, {8, KAM_OK}, {6, KAM_OK}, {0x100, KAM_PDF}, {0x200, KAM_PDF}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kam_str s = KAM_STR_INIT;
        small_font(&s, cases[i].type);
        pdf_sfnt f;
        kam_err err = KAM_ERR_INIT;
        assert_int_equal(open_str(&f, &s, &err), cases[i].rc);
        if (cases[i].rc == KAM_OK) pdf_sfnt_close(&f);
        else assert_non_null(strstr(err.msg, "licence"));
        kam_str_release(&s);
    }
    kam_str s = KAM_STR_INIT;
    small_font(&s, 0);
    memcpy(strstr(s.s + 12, "OS/2") + 32, "CFF ", 4); /* the directory is binary: glyf is the third entry */
    pdf_sfnt f;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(open_str(&f, &s, &err), KAM_PDF);
    assert_non_null(strstr(err.msg, "CFF"));
    kam_str_release(&s);
}

/* --- the subset, read back --- */
static void read_subset(pdf_sfnt *f, const kam_str *s)
{
    memset(f, 0, sizeof *f);
    f->file = (pdf_span){(const uint8_t *)s->s, s->len};
    pdf_span *const t[] = {&f->glyf, &f->head, &f->hhea, &f->hmtx, &f->loca, &f->maxp};
    for (size_t i = 0; i < 6; i++) *t[i] = pdf_sub(f->file, pdf_u32(f->file, 12 + 16 * i + 8), pdf_u32(f->file, 12 + 16 * i + 12));
    f->upem = pdf_u16(f->head, 18);
    f->long_loca = pdf_i16(f->head, 50) != 0;
    f->n_glyphs = pdf_u16(f->maxp, 4);
    f->n_hmetrics = pdf_u16(f->hhea, 34);
}

/* Same outline? Instructions aside, byte for byte, through components. */
static bool same_outline(const pdf_sfnt *a, int ga, const pdf_sfnt *b, int gb, int depth)
{
    pdf_span x = pdf_sfnt_outline(a, ga), y = pdf_sfnt_outline(b, gb);
    if (x.n == 0 || y.n == 0) return x.n == 0 && y.n == 0;
    if (depth > 8 || pdf_i16(x, 0) != pdf_i16(y, 0) || memcmp(x.p, y.p, 10) != 0) return false;
    if (pdf_i16(x, 0) >= 0) {
        size_t head = 10 + 2 * (size_t)pdf_i16(x, 0), skip = pdf_u16(x, head), rest = x.n - head - 2 - skip;
        if (memcmp(x.p, y.p, head) != 0 || pdf_u16(y, head) != 0 || y.n - head - 2 < rest) return false;
        return memcmp(x.p + head + 2 + skip, y.p + head + 2, rest) == 0;
    }
    for (size_t at = 10;;) {
        unsigned fx = pdf_u16(x, at) & ~0x300u, fy = pdf_u16(y, at);
        size_t args = (fx & 1 ? 4 : 2) + (fx & 8 ? 2 : fx & 0x40 ? 4 : fx & 0x80 ? 8 : 0);
        if (fx != fy || memcmp(x.p + at + 4, y.p + at + 4, args) != 0) return false;
        if (!same_outline(a, pdf_u16(x, at + 2), b, pdf_u16(y, at + 2), depth + 1)) return false;
        at += 4 + args;
        if (!(fx & 0x20)) return true;
    }
}

static uint32_t checksum(const kam_str *s)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < s->len; i++) sum += (uint32_t)(uint8_t)s->s[i] << (24 - 8 * (i & 3));
    return sum;
}

static void test_subset_of_small_font(void **state)
{
    (void)state;
    kam_str s = KAM_STR_INIT, out = KAM_STR_INIT;
    small_font(&s, 0);
    pdf_sfnt f, g;
    assert_int_equal(open_str(&f, &s, NULL), KAM_OK);
    pdf_subset sub;
    pdf_subset_init(&sub, &f);
    assert_int_equal(pdf_subset_use(&sub, 'C', 3, false, 0), 1);
    assert_int_equal(pdf_subset_use(&sub, 'C', 3, false, 250), 2); /* same outline, wider */
    assert_int_equal(pdf_subset_use(&sub, 'C', 3, false, 0), 1);
    assert_int_equal(pdf_slot_width(&sub, 2), 980);
    pdf_subset_write(&sub, &out);
    assert_int_equal(sub.n, 5); /* .notdef, C, wide C, and the components B and A */
    assert_true(checksum(&out) == 0xB1B0AFBAu);
    read_subset(&g, &out);
    assert_true(same_outline(&f, 3, &g, 1, 0));
    assert_int_equal(pdf_sfnt_advance(&g, 1), 730);
    assert_int_equal(pdf_sfnt_advance(&g, 2), 980);
    pdf_span alias = pdf_sfnt_outline(&g, 2);
    assert_int_equal(pdf_i16(alias, 0), -1);
    assert_int_equal(pdf_u16(alias, 12), 1); /* points to slot 1 */
    assert_false(same_outline(&f, 1, &g, 1, 0)); /* the comparison can fail */
    pdf_subset_release(&sub);
    pdf_sfnt_close(&f);
    kam_str_release(&s);
    kam_str_release(&out);
}

/* Whatever a font file holds, it is refused or used; sanitizers watch. */
static void use_it(const uint8_t *p, size_t n)
{
    uint8_t *exact = kam_alloc(n);
    memcpy(exact, p, n);
    pdf_sfnt f;
    if (pdf_sfnt_open_mem(&f, exact, n, 0, "test", NULL) == KAM_OK) {
        pdf_subset sub;
        pdf_subset_init(&sub, &f);
        for (uint32_t c = 'A'; c <= 'D'; c++) {
            int g = pdf_sfnt_glyph(&f, c);
            (void)pdf_sfnt_kern(&f, g, 2);
            pdf_subset_use(&sub, c, g, c & 1, c == 'B' ? 250 : 0);
        }
        pdf_subset_use(&sub, 0x20BB7, pdf_sfnt_glyph(&f, 0x20BB7), false, 0);
        kam_str out = KAM_STR_INIT;
        pdf_subset_write(&sub, &out);
        assert_true(out.len > 12 && checksum(&out) == 0xB1B0AFBAu);
        kam_str_release(&out);
        pdf_subset_release(&sub);
        pdf_sfnt_close(&f);
    }
    kam_free(exact);
}

static void test_mutated_fonts(void **state)
{
    (void)state;
    static const uint8_t values[] = {0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF};
    kam_str s = KAM_STR_INIT;
    small_font(&s, 0);
    for (size_t n = 0; n < s.len; n++) use_it((const uint8_t *)s.s, n); /* truncated */
    for (size_t i = 0; i < s.len; i++) {
        char old = s.s[i];
        for (size_t k = 0; k < COUNT_OF(values); k++) {
            s.s[i] = (char)values[k];
            use_it((const uint8_t *)s.s, s.len);
        }
        s.s[i] = old;
    }
    uint64_t r = 1; /* several at once */
    for (int round = 0; round < 4000; round++) {
        kam_str m = KAM_STR_INIT;
        kam_str_addn(&m, s.s, s.len);
        for (int k = 0; k < 1 + round % 6; k++) {
            r = r * 6364136223846793005u + 1442695040888963407u;
            m.s[(r >> 33) % m.len] = (char)(r >> 20);
        }
        use_it((const uint8_t *)m.s, m.len);
        kam_str_release(&m);
    }
    kam_str_release(&s);
}

/* Components that contain themselves, and towers of components. */
static void test_circular_composite(void **state)
{
    (void)state;
    kam_str s = KAM_STR_INIT;
    small_font(&s, 0);
    size_t at = 0; /* the component of the last glyph becomes itself */
    for (size_t i = 0; i + 8 < s.len; i++)
        if (memcmp(s.s + i, "\0\3\0\2\0\12\0\24", 8) == 0) at = i;
    assert_true(at > 0);
    s.s[at + 3] = 3;
    use_it((const uint8_t *)s.s, s.len);
    kam_str_release(&s);
}

/* --- CFF: what HarfBuzz would hand over, made here --- */
static void put_index(kam_str *b, const char *const *obj, const size_t *len, size_t n)
{
    put16(b, (unsigned)n);
    if (n == 0) return;
    size_t at = 1;
    kam_str_addc(b, 2); /* bytes of an offset */
    for (size_t i = 0; i <= n; i++) {
        put16(b, (unsigned)at);
        if (i < n) at += len[i];
    }
    for (size_t i = 0; i < n; i++) kam_str_addn(b, obj[i], len[i]);
}

/* Numbers of charstrings: v + 139. 100 = EF, 0 = 8B, 10 = 95, 50 = BD; 21 rmoveto, 4 vmoveto, 22 hmoveto, 6 hlineto,
 * 14 endchar; 28 hi lo: 16 bits. */
#define BLANK "\x0e"
#define MOVED "\xbd\xef\x95\x15\xbd\x06\x0e" /* width 50; 100 10 rmoveto 50 hlineto */
#define RISEN "\x95\x04\xbd\x06\x0e"         /* 10 vmoveto */
#define LEVEL "\x95\x16\xbd\x06\x0e"         /* 10 hmoveto */
#define HINTED "\x95\xef\x01\x95\x15\x0e"    /* hstem: nothing HarfBuzz would leave */
static void small_cff(kam_str *out)
{
    static const char *const glyphs[] = {BLANK, MOVED, RISEN, LEVEL, HINTED};
    const size_t len[] = {1, 7, 5, 5, 6};
    kam_str_addn(out, "\1\0\4\2", 4);
    put_index(out, (const char *const[]){"Small"}, (const size_t[]){5}, 1);
    char top[] = "\x1c\0\0\x11"; /* where the charstrings are */
    size_t where = out->len + 2 + 1 + 4 + 4 + 2 + 2;
    top[1] = (char)(where >> 8), top[2] = (char)where;
    put_index(out, (const char *const[]){top}, (const size_t[]){4}, 1);
    put_index(out, NULL, NULL, 0);
    put_index(out, NULL, NULL, 0);
    assert_int_equal(out->len, where);
    put_index(out, glyphs, len, COUNT_OF(glyphs));
}

static pdf_span span_of(const kam_str *s)
{
    return (pdf_span){(const uint8_t *)s->s, s->len};
}

/* A width in front, the first point moved by the shift and down by the drop, the rest as it was. */
static void test_cff_slots(void **state)
{
    (void)state;
    const struct {
        uint16_t glyph;
        int16_t advance, extra, shift, drop;
        const char *want;
        size_t n;
    } cases[] = {
        {0, 100, 0, 0, 0, "\xef\x0e", 2},
        {1, 100, 0, 0, 0, "\xef\xef\x95\x15\xbd\x06\x0e", 7},                    /* 50 was the old width */
        {1, 90, 10, -50, 0, "\xef\xbd\x95\x15\xbd\x06\x0e", 7},                  /* 100 - 50 = 50 */
        {2, 100, 0, 50, 0, "\xef\xbd\x95\x15\xbd\x06\x0e", 7},                   /* vmoveto becomes rmoveto */
        {2, 100, 0, 0, 0, "\xef\x95\x04\xbd\x06\x0e", 6},
        {3, 1000, 250, 40, 0, "\x1c\x04\xe2\xbd\x16\xbd\x06\x0e", 8},            /* 1250 = 04E2; 10 + 40 */
        {1, 100, 0, 0, 10, "\xef\xef\x8b\x15\xbd\x06\x0e", 7},               /* down by 10 */
        {2, 100, 0, 0, 10, "\xef\x8b\x04\xbd\x06\x0e", 6},
        {3, 100, 0, 0, 10, "\xef\x95\x81\x15\xbd\x06\x0e", 7},               /* hmoveto becomes rmoveto: 10 -10 */
        {4, 100, 0, 0, 0, "\xef\x0e", 2},                                        /* not understood: blank, width kept */
        {9, 100, 0, 0, 0, "\xef\x0e", 2},                                        /* no such glyph */
    };
    kam_str cff = KAM_STR_INIT;
    small_cff(&cff);
    assert_true(pdf_cff_sound(span_of(&cff), 5));
    assert_false(pdf_cff_sound(span_of(&cff), 6));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        pdf_sfnt font = {.upem = 1000, .name = "Small"};
        pdf_slot slot = {.advance = cases[i].advance, .extra = cases[i].extra, .shift = cases[i].shift, .drop = cases[i].drop};
        pdf_subset sub = {.font = &font, .slot = &slot, .n = 1};
        kam_str out = KAM_STR_INIT;
        assert_true(pdf_cff_write(&sub, span_of(&cff), &cases[i].glyph, &out));
        /* the only INDEX of one object of that length with those bytes */
        bool found = false;
        for (size_t k = 0; k + cases[i].n <= out.len && !found; k++) found = memcmp(out.s + k, cases[i].want, cases[i].n) == 0;
        if (!found) fail_msg("case %zu", i);
        assert_true(pdf_cff_sound(span_of(&out), 1));
        kam_str_release(&out);
    }
    kam_str_release(&cff);
}

static void write_some(const kam_str *cff, size_t n)
{
    uint8_t *exact = kam_alloc(n);
    if (n) memcpy(exact, cff->s, n);
    pdf_sfnt font = {.upem = 2048, .name = "Small"};
    pdf_slot slot[5] = {{.advance = 500}, {.shift = 7}, {.shift = 9}, {.extra = 250}, {.advance = 8000}};
    pdf_subset sub = {.font = &font, .slot = slot, .n = 5};
    kam_str out = KAM_STR_INIT;
    if (pdf_cff_write(&sub, (pdf_span){exact, n}, (const uint16_t[]){0, 1, 2, 3, 4}, &out))
        assert_true(pdf_cff_sound(span_of(&out), 5)); /* whatever went in, what comes out is whole */
    else assert_int_equal(out.len, 0);
    kam_str_release(&out);
    kam_free(exact);
}

static void test_mutated_cff(void **state)
{
    (void)state;
    static const uint8_t values[] = {0, 1, 4, 14, 0x1C, 0x1E, 0x7F, 0x80, 0xFE, 0xFF};
    kam_str s = KAM_STR_INIT;
    small_cff(&s);
    for (size_t n = 0; n <= s.len; n++) write_some(&s, n);
    for (size_t i = 0; i < s.len; i++) {
        char old = s.s[i];
        for (size_t k = 0; k < COUNT_OF(values); k++) {
            s.s[i] = (char)values[k];
            write_some(&s, s.len);
        }
        s.s[i] = old;
    }
    kam_str_release(&s);
}

/* --- the fonts of this system --- */
/* Two small fonts of the fuzz corpus, the same outlines in both formats, with the pair A B at -80/1000 in GPOS. */
static void test_harfbuzz(void **state)
{
    (void)state;
    static const char *const file[] = {"cff.otf", "truetype.ttf"};
    const char *src = getenv("KAM_SRCDIR");
    if (!src) fail_msg("set KAM_SRCDIR");
    for (size_t i = 0; i < COUNT_OF(file); i++) {
        pdf_sfnt f;
        kam_err err = KAM_ERR_INIT;
        kam_str path = KAM_STR_INIT;
        kam_str_addf(&path, "%s/tests/fuzz/corpus/font/%s", src, file[i]);
        kam_rc rc = pdf_sfnt_open(&f, path.s, 0, &err);
        kam_str_release(&path);
        if (!pdf_hb_built() && i == 0) {
            assert_int_equal(rc, KAM_PDF);
            assert_non_null(strstr(err.msg, "without HarfBuzz"));
            continue;
        }
        if (rc != KAM_OK) fail_msg("%s", err.msg);
        assert_int_equal(f.cff, i == 0);
        int a = pdf_sfnt_glyph(&f, 'A'), b = pdf_sfnt_glyph(&f, 'B'), want = pdf_hb_built() ? i ? -78 : -80 : 0;
        assert_int_equal(pdf_sfnt_kern_pair(&f, 'A', a, 'B', b), want); /* -80 of 1024 is -78 of 1000 */
        assert_int_equal(pdf_sfnt_kern_pair(&f, 'B', b, 'A', a), 0);
        /* U+FF08, 1000 wide with ink from 140 to 540, of 1024 in the second: it moves to the right half */
        pdf_form form = pdf_sfnt_form(&f, 0xFF08, pdf_sfnt_glyph(&f, 0xFF08), false);
        assert_int_equal(form.shift, i == 0 ? 360 : 350 /* 977 - 527 - 100 */);
        pdf_subset sub;
        kam_str out = KAM_STR_INIT;
        pdf_subset_init(&sub, &f);
        pdf_subset_use(&sub, 'A', a, false, 0), pdf_subset_use(&sub, 'A', a, false, 250);
        pdf_subset_write(&sub, &out);
        if (i == 0) assert_true(pdf_cff_sound(span_of(&out), 3));
        else assert_true(checksum(&out) == 0xB1B0AFBAu);
        kam_str_release(&out);
        pdf_subset_release(&sub);
        pdf_sfnt_close(&f);
    }
}

/* A family with a bold: bold text takes its own face and widths; without one the same face serves. */
static void test_real_bold(void **state)
{
    (void)state;
    static const char *const family[] = {"Noto Sans CJK SC", "LXGW WenKai", "DejaVu Sans"};
    size_t seen = 0;
    for (size_t i = pdf_hb_built() ? 0 : 1; i < COUNT_OF(family); i++) {
        pdf_fonts *fonts;
        kam_err err = KAM_ERR_INIT;
        if (pdf_fonts_open(family[i], &fonts, &err) != KAM_OK) continue; /* not installed */
        int plain, bold, glyph;
        assert_true(pdf_fonts_find(fonts, 0, 'A', false, &plain, &glyph));
        assert_true(pdf_fonts_find(fonts, 0, 'A', true, &bold, &glyph));
        assert_int_equal(plain, 0);
        assert_int_equal(fonts->face[0].bold >= 0, bold != plain);
        if (bold != plain) {
            assert_true(fonts->face[bold].heavy && fonts->face[bold].partner && !fonts->face[plain].heavy);
            assert_non_null(strstr(fonts->face[bold].sfnt.name, "Bold"));
            pdf_metrics m = pdf_fonts_metrics(fonts);
            assert_int_equal(m.advance(m.ctx, 'A', true), pdf_sfnt_advance(&fonts->face[bold].sfnt, glyph));
            seen++;
        }
        pdf_fonts_free(fonts);
    }
    if (!seen) SKIP_BECAUSE("no family with a bold");
}

static void test_every_common_character(void **state)
{
    (void)state;
    pdf_fonts *fonts;
    kam_err err = KAM_ERR_INIT;
    if (pdf_fonts_open(NULL, &fonts, &err) != KAM_OK) SKIP_BECAUSE("no font with Chinese characters");
    iconv_t cd = iconv_open("UTF-8", "GB2312");
    if (cd == (iconv_t)-1) SKIP_BECAUSE("iconv knows no GB2312");
    int face = -1, glyph;
    assert_true(pdf_fonts_find(fonts, 0, 0x4E2D, false, &face, &glyph));
    pdf_sfnt own; /* the first Chinese TrueType font of the chain: of CFF ones HarfBuzz holds the outlines */
    bool have = false;
    for (size_t i = 0; i < pdf_fonts_count(fonts) && !have; i++) {
        if (pdf_sfnt_open(&own, fonts->face[i].path, fonts->face[i].index, NULL) != KAM_OK) continue;
        have = !own.cff && pdf_sfnt_glyph(&own, 0x4E2D);
        if (!have) pdf_sfnt_close(&own);
    }
    if (!have) SKIP_BECAUSE("no TrueType font with Chinese characters");
    const pdf_sfnt *f = &own;
    pdf_subset sub;
    pdf_subset_init(&sub, f);
    size_t n = 0;
    for (int hi = 0xB0; hi <= 0xD7; hi++)
        for (int lo = 0xA1; lo <= (hi == 0xD7 ? 0xF9 : 0xFE); lo++, n++) {
            char gb[2] = {(char)hi, (char)lo}, u[8], *in = gb, *to = u;
            size_t left = 2, room = sizeof u, used;
            assert_true(iconv(cd, &in, &left, &to, &room) != (size_t)-1);
            uint32_t cp = kam_utf8_next(u, (size_t)(to - u), &used);
            int g = pdf_sfnt_glyph(f, cp);
            if (g == 0) fail_msg("U+%04X is not in %s", cp, f->name);
            assert_true(pdf_sfnt_outline(f, g).n > 0);
            assert_int_equal(pdf_subset_use(&sub, cp, g, false, 0), n + 1);
        }
    assert_int_equal(n, 3755); /* GB 2312, level 1 */
    kam_str out = KAM_STR_INIT;
    pdf_sfnt small;
    pdf_subset_write(&sub, &out);
    read_subset(&small, &out);
    for (size_t i = 1; i <= n; i++) {
        if (!same_outline(f, sub.slot[i].glyph, &small, (int)i, 0)) fail_msg("outline of U+%04X lost", sub.slot[i].cp);
        assert_int_equal(pdf_sfnt_advance(&small, (int)i), pdf_sfnt_advance(f, sub.slot[i].glyph));
    }
    kam_str_release(&out);
    pdf_subset_release(&sub);
    pdf_sfnt_close(&own);
    iconv_close(cd);
    pdf_fonts_free(fonts);
}

static void test_chain(void **state)
{
    (void)state;
    pdf_fonts *fonts;
    kam_err err = KAM_ERR_INIT;
    if (pdf_fonts_open(NULL, &fonts, &err) != KAM_OK) SKIP_BECAUSE("no font with Chinese characters");
    int face, glyph;
    assert_false(pdf_fonts_find(fonts, 0, 0xE123, false, &face, &glyph)); /* private use: nobody has it */
    assert_true(face >= 0 && glyph == 0);
    assert_true(pdf_fonts_find(fonts, 0, 0x200D, false, &face, &glyph) && face < 0); /* a joiner draws nothing */
    pdf_metrics m = pdf_fonts_metrics(fonts);
    assert_int_equal(m.advance(m.ctx, 0x200D, false), 0);
    assert_int_equal(m.advance(m.ctx, 0x4E2D, false), 1000);
    assert_true(pdf_fonts_count(fonts) >= 1 && strlen(pdf_fonts_name(fonts, 0)) > 3);
    pdf_fonts_free(fonts);
    assert_int_equal(pdf_fonts_open("No Such Family 9", &fonts, &err), KAM_NOTFOUND);
    assert_string_equal(err.word[0], "font");
    kam_err_clear(&err);
    assert_int_equal(pdf_fonts_open("/no/such/font.ttf", &fonts, &err), KAM_NOTFOUND);
    kam_err_clear(&err);
    assert_int_equal(pdf_fonts_open("/dev/null", &fonts, &err), KAM_PDF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_licence_and_kind),
        cmocka_unit_test(test_subset_of_small_font),
        cmocka_unit_test(test_mutated_fonts),
        cmocka_unit_test(test_circular_composite),
        cmocka_unit_test(test_cff_slots),
        cmocka_unit_test(test_mutated_cff),
        cmocka_unit_test(test_harfbuzz),
        cmocka_unit_test(test_real_bold),
        cmocka_unit_test(test_every_common_character),
        cmocka_unit_test(test_chain),
    };
    return cmocka_run_group_tests_name("pdf_font", tests, NULL, NULL);
}
