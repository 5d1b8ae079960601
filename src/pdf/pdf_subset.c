/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_subset.h"
#include "kam_mem.h"
#include "pdf_cff.h"
#include <string.h>

enum { MAX_SLOTS = 65000, MAX_DEPTH = 16 };

void pdf_subset_init(pdf_subset *s, const pdf_sfnt *font)
{
    *s = (pdf_subset){.font = font, .hash_size = 1024};
    s->hash = kam_calloc(s->hash_size, sizeof *s->hash);
    s->base = kam_calloc((size_t)font->n_glyphs, sizeof *s->base);
    KAM_GROW(s->slot, s->cap, 512);
    s->slot[s->n++] = (pdf_slot){.advance = (int16_t)pdf_sfnt_advance(font, 0)};
}

void pdf_subset_release(pdf_subset *s)
{
    kam_free(s->slot);
    kam_free(s->hash);
    kam_free(s->base);
    *s = (pdf_subset){0};
}

static size_t hash_of(const pdf_subset *s, uint32_t cp, bool narrow, int extra)
{
    uint32_t h = (cp ^ (uint32_t)(extra + 8192) << 18 ^ (uint32_t)narrow << 17) * 2654435761u;
    return (h >> 7) & (s->hash_size - 1);
}

static void rehash(pdf_subset *s)
{
    s->hash_size *= 2;
    s->hash = kam_reallocarray(s->hash, s->hash_size, sizeof *s->hash);
    memset(s->hash, 0, s->hash_size * sizeof *s->hash);
    for (size_t i = 1; i < s->n; i++) {
        if (s->slot[i].cp == 0) continue;
        size_t k = hash_of(s, s->slot[i].cp, s->slot[i].narrow, s->slot[i].extra);
        while (s->hash[k]) k = (k + 1) & (s->hash_size - 1);
        s->hash[k] = (uint32_t)i + 1;
    }
}

static unsigned add_slot(pdf_subset *s, uint32_t cp, int glyph, bool narrow, int extra)
{
    KAM_GROW(s->slot, s->cap, s->n + 1);
    pdf_form form = pdf_sfnt_form(s->font, cp, glyph, narrow);
    s->slot[s->n] = (pdf_slot){cp, (uint16_t)glyph, (int16_t)extra, (int16_t)form.advance, (int16_t)form.shift, (int16_t)form.drop, narrow};
    /* glyph 0 has its outline in slot 0 */
    if (extra == 0 && form.shift == 0 && form.drop == 0 && glyph != 0 && s->base[glyph] == 0) s->base[glyph] = (uint16_t)s->n;
    return (unsigned)s->n++;
}

unsigned pdf_subset_use(pdf_subset *s, uint32_t cp, int glyph, bool narrow, int extra)
{
    size_t k = hash_of(s, cp, narrow, extra);
    while (s->hash[k]) {
        const pdf_slot *x = &s->slot[s->hash[k] - 1];
        if (x->cp == cp && x->narrow == narrow && x->extra == extra) return s->hash[k] - 1;
        k = (k + 1) & (s->hash_size - 1);
    }
    if (s->n >= MAX_SLOTS) return 0;
    unsigned slot = add_slot(s, cp, glyph, narrow, extra);
    s->hash[k] = slot + 1;
    if (s->n * 2 > s->hash_size) rehash(s);
    return slot;
}

int pdf_slot_width(const pdf_subset *s, size_t slot)
{
    return s->slot[slot].advance + s->slot[slot].extra;
}

/* --- writing --- */
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

static void put_span(kam_str *b, pdf_span s)
{
    if (s.n) kam_str_addn(b, (const char *)s.p, s.n);
}

static void set16(kam_str *b, size_t at, unsigned v)
{
    b->s[at] = (char)(v >> 8);
    b->s[at + 1] = (char)v;
}

/* The slot that holds the outline of a glyph, added when there is none. */
static unsigned base_slot(pdf_subset *s, int glyph)
{
    if (glyph == 0 || s->base[glyph]) return s->base[glyph];
    return s->n < MAX_SLOTS ? add_slot(s, 0, glyph, false, 0) : 0;
}

static void put_simple(kam_str *out, pdf_span g)
{
    size_t head = 10 + 2 * (size_t)pdf_i16(g, 0), code = pdf_u16(g, head);
    pdf_span rest = pdf_sub(g, head + 2 + code, g.n > head + 2 + code ? g.n - head - 2 - code : 0);
    if (head + 2 > g.n || !rest.p) return; /* damaged: blank */
    put_span(out, pdf_sub(g, 0, head));
    put16(out, 0); /* no instructions */
    put_span(out, rest);
}

static size_t component_size(unsigned flags)
{
    size_t args = flags & 0x0001 ? 4 : 2;
    return 4 + args + (flags & 0x0008 ? 2 : flags & 0x0040 ? 4 : flags & 0x0080 ? 8 : 0);
}

/* Does a walk from `glyph` through its components come back, or go deeper than any real font? */
static bool too_deep(const pdf_sfnt *f, int glyph, int depth, int *budget)
{
    pdf_span g = pdf_sfnt_outline(f, glyph);
    if (pdf_i16(g, 0) >= 0) return false;
    if (depth >= MAX_DEPTH || --*budget < 0) return true;
    for (size_t at = 10; at + 4 <= g.n;) {
        unsigned flags = pdf_u16(g, at);
        if (too_deep(f, pdf_u16(g, at + 2), depth + 1, budget)) return true;
        at += component_size(flags);
        if (!(flags & 0x0020)) break;
    }
    return false;
}

static void put_composite(pdf_subset *s, kam_str *out, pdf_span g, int glyph)
{
    int budget = 4096;
    if (too_deep(s->font, glyph, 0, &budget)) return;
    size_t start = out->len;
    put_span(out, pdf_sub(g, 0, 10));
    for (size_t at = 10;;) {
        unsigned flags = pdf_u16(g, at);
        size_t size = component_size(flags);
        int part = pdf_u16(g, at + 2);
        pdf_span args = pdf_sub(g, at + 4, size - 4);
        if (!args.p || part >= s->font->n_glyphs) {
            out->len = start; /* damaged: blank */
            return;
        }
        put16(out, flags & ~0x0300u); /* no instructions follow; metrics are those of the whole */
        put16(out, base_slot(s, part));
        put_span(out, args);
        at += size;
        if (!(flags & 0x0020)) return;
    }
}

static int to_units(const pdf_subset *s, int thousandths)
{
    return thousandths * s->font->upem / 1000;
}

/* A composite of one: the outline of another slot, moved by the slot's shift and drop. */
static void put_alias(pdf_subset *s, kam_str *out, pdf_span g, int glyph, int shift, int drop)
{
    unsigned to = base_slot(s, glyph);
    int dx = to_units(s, shift), dy = -to_units(s, drop);
    put16(out, 0xFFFF);
    for (size_t at = 2; at < 10; at += 2) put16(out, (unsigned)(pdf_i16(g, at) + (at == 2 || at == 6 ? dx : dy)));
    put16(out, 0x0003); /* arguments are words and offsets */
    put16(out, to);
    put16(out, (unsigned)dx);
    put16(out, (unsigned)dy);
}

static void put_outline(pdf_subset *s, size_t i, kam_str *out)
{
    int glyph = s->slot[i].glyph;
    pdf_span g = pdf_sfnt_outline(s->font, glyph);
    if (!g.p) return;
    bool holds = i == 0 || (glyph != 0 && s->base[glyph] == i);
    if (!holds) put_alias(s, out, g, glyph, s->slot[i].shift, s->slot[i].drop);
    else if (pdf_i16(g, 0) >= 0) put_simple(out, g);
    else put_composite(s, out, g, glyph);
    if (out->len & 1) kam_str_addc(out, '\0');
}

static void put_hmtx(const pdf_subset *s, kam_str *out)
{
    const pdf_sfnt *f = s->font;
    for (size_t i = 0; i < s->n; i++) {
        if (i > 0 && s->slot[i].cp == 0) { /* a component is never set by itself */
            put16(out, 0), put16(out, 0);
            continue;
        }
        size_t g = s->slot[i].glyph, nh = (size_t)f->n_hmetrics;
        int adv = to_units(s, pdf_slot_width(s, i));
        put16(out, adv < 0 ? 0 : adv > 0xFFFF ? 0xFFFF : (unsigned)adv);
        /* renderers move an outline so that its left edge is at the bearing: both must move together */
        put16(out, (unsigned)(pdf_u16(f->hmtx, g < nh ? 4 * g + 2 : 4 * nh + 2 * (g - nh)) + to_units(s, s->slot[i].shift)));
    }
}

static uint32_t checksum(const char *p, size_t n)
{
    const uint8_t *b = (const uint8_t *)p;
    uint32_t sum = 0;
    size_t i = 0;
    for (; i + 4 <= n; i += 4) sum += (uint32_t)b[i] << 24 | (uint32_t)b[i + 1] << 16 | (uint32_t)b[i + 2] << 8 | b[i + 3];
    for (; i < n; i++) sum += (uint32_t)b[i] << (24 - 8 * (i & 3));
    return sum;
}

static void put_small_tables(const pdf_subset *s, kam_str t[6], const uint32_t *offset)
{
    put_span(&t[1], pdf_sub(s->font->head, 0, 54));
    memset(t[1].s + 8, 0, 4); /* checkSumAdjustment: filled in last */
    bool wide = offset[s->n] > 2 * 0xFFFFu;
    set16(&t[1], 50, wide);   /* whether loca is long */
    put_span(&t[2], pdf_sub(s->font->hhea, 0, 36));
    set16(&t[2], 34, (unsigned)s->n);
    put_hmtx(s, &t[3]);
    for (size_t i = 0; i <= s->n; i++)
        if (wide) put32(&t[4], offset[i]);
        else put16(&t[4], offset[i] / 2);
    bool full = s->font->maxp.n >= 32 && pdf_u32(s->font->maxp, 0) == 0x00010000;
    put_span(&t[5], pdf_sub(s->font->maxp, 0, full ? 32 : 6));
    set16(&t[5], 4, (unsigned)s->n);
    if (!full) return;
    set16(&t[5], 26, 0); /* no instructions */
    unsigned parts = pdf_u16(s->font->maxp, 28), depth = pdf_u16(s->font->maxp, 30);
    set16(&t[5], 28, parts ? parts : 1);
    set16(&t[5], 30, depth + 1); /* aliases add a level */
}

/* Nothing HarfBuzz made sense of: an empty font, and viewers show blanks. The text itself stays. */
static void write_cff(const pdf_subset *s, kam_str *out)
{
    kam_str cff = KAM_STR_INIT;
    uint16_t *glyph = kam_calloc(s->n, sizeof *glyph), *to = kam_calloc(s->n, sizeof *to);
    for (size_t i = 0; i < s->n; i++) glyph[i] = s->slot[i].glyph;
    if (pdf_hb_charstrings(s->font->hb, glyph, s->n, to, &cff))
        pdf_cff_write(s, (pdf_span){(const uint8_t *)cff.s, cff.len}, to, out);
    kam_free(glyph);
    kam_free(to);
    kam_str_release(&cff);
}

void pdf_subset_write(pdf_subset *s, kam_str *out)
{
    if (s->font->cff) {
        write_cff(s, out);
        return;
    }
    static const char *const tags[] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    kam_str t[6] = {KAM_STR_INIT, KAM_STR_INIT, KAM_STR_INIT, KAM_STR_INIT, KAM_STR_INIT, KAM_STR_INIT};
    uint32_t *offset = NULL;
    size_t cap = 0;
    for (size_t i = 0; i < s->n; i++) { /* s->n grows while components come in */
        KAM_GROW(offset, cap, s->n + 2);
        offset[i] = (uint32_t)t[0].len;
        put_outline(s, i, &t[0]);
    }
    KAM_GROW(offset, cap, s->n + 1);
    offset[s->n] = (uint32_t)t[0].len;
    put_small_tables(s, t, offset);
    size_t start = out->len, head = 0;
    put32(out, 0x00010000);
    put16(out, 6), put16(out, 64), put16(out, 2), put16(out, 32);
    uint32_t at = 12 + 16 * 6;
    for (size_t i = 0; i < 6; i++) {
        kam_str_add(out, tags[i]);
        put32(out, checksum(t[i].s, t[i].len));
        put32(out, at);
        put32(out, (uint32_t)t[i].len);
        at += ((uint32_t)t[i].len + 3) & ~3u;
    }
    for (size_t i = 0; i < 6; i++) {
        if (i == 1) head = out->len;
        kam_str_addn(out, t[i].len ? t[i].s : "", t[i].len);
        while ((out->len - start) & 3) kam_str_addc(out, '\0');
        kam_str_release(&t[i]);
    }
    uint32_t adjust = 0xB1B0AFBAu - checksum(out->s + start, out->len - start);
    set16(out, head + 8, adjust >> 16);
    set16(out, head + 10, adjust & 0xFFFF);
    kam_free(offset);
}
