/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_cff.h"
#include "kam_mem.h"
#include <string.h>

enum {
    OP_VMOVETO = 4, OP_ENDCHAR = 14, OP_RMOVETO = 21, OP_HMOVETO = 22,
    TOP_CHARSTRINGS = 17,
    MAX_ARGS = 6 /* before the first operator; an accented endchar (four more) has no place in a CID font */
};

/* --- reading --- */
static uint8_t byte_at(pdf_span s, size_t at)
{
    return at < s.n ? s.p[at] : 0;
}

typedef struct cff_index {
    pdf_span offsets, data; /* data: from the byte before the first object, as offsets count from 1 */
    size_t n, size;         /* size of an offset */
} cff_index;

static size_t offset_at(const cff_index *x, size_t i)
{
    size_t v = 0;
    for (size_t k = 0; k < x->size; k++) v = v << 8 | byte_at(x->offsets, i * x->size + k);
    return v;
}

/* Returns where the INDEX ends; 0: damaged. */
static size_t read_index(pdf_span s, size_t at, cff_index *x)
{
    *x = (cff_index){.n = pdf_u16(s, at)};
    if (!pdf_sub(s, at, 2).p) return 0;
    if (x->n == 0) return at + 2;
    x->size = byte_at(s, at + 2);
    if (x->size < 1 || x->size > 4) return 0;
    x->offsets = pdf_sub(s, at + 3, (x->n + 1) * x->size);
    if (!x->offsets.p) return 0;
    size_t base = at + 3 + x->offsets.n - 1, end = offset_at(x, x->n);
    x->data = pdf_sub(s, base, end);
    return x->data.p ? base + end : 0;
}

static pdf_span object_at(const cff_index *x, size_t i)
{
    if (i >= x->n) return (pdf_span){NULL, 0};
    size_t a = offset_at(x, i), b = offset_at(x, i + 1);
    return a < 1 || b < a ? (pdf_span){NULL, 0} : pdf_sub(x->data, a, b - a);
}

/* A number of a charstring or dictionary that starts with b0; its bytes, 0: none. Value in 1/65536. */
static size_t number_at(pdf_span s, size_t at, bool dict, int64_t *v)
{
    int b = byte_at(s, at), b1 = byte_at(s, at + 1);
    *v = 0;
    if (b >= 32 && b <= 246) return *v = (int64_t)(b - 139) * 65536, 1;
    if (b >= 247 && b <= 250) return *v = (int64_t)((b - 247) * 256 + b1 + 108) * 65536, 2;
    if (b >= 251 && b <= 254) return *v = (int64_t)(-(b - 251) * 256 - b1 - 108) * 65536, 2;
    if (b == 28) return *v = (int64_t)pdf_i16(s, at + 1) * 65536, 3;
    if (b == 29 && dict) return *v = (int64_t)(int32_t)pdf_u32(s, at + 1) * 65536, 5;
    if (b == 255 && !dict) return *v = (int32_t)pdf_u32(s, at + 1), 5;
    return 0;
}

static size_t real_end(pdf_span s, size_t at)
{
    for (at++; at < s.n; at++)
        if ((s.p[at] & 15) == 15 || s.p[at] >> 4 == 15) return at + 1;
    return s.n;
}

/* The offset an operator of the top dictionary holds; 0: not there. */
static size_t top_offset(pdf_span dict, int want)
{
    int64_t last = 0, v;
    for (size_t at = 0; at < dict.n;) {
        size_t used = number_at(dict, at, true, &v);
        if (used) {
            last = v / 65536;
            at += used;
        } else if (dict.p[at] == 30) at = real_end(dict, at);
        else {
            int op = dict.p[at];
            if (op == want) return last > 0 ? (size_t)last : 0;
            at += op == 12 ? 2 : 1;
        }
    }
    return 0;
}

static bool read_charstrings(pdf_span cff, cff_index *strings)
{
    cff_index names, tops;
    size_t at = byte_at(cff, 2);
    if (at < 4 || !(at = read_index(cff, at, &names)) || !read_index(cff, at, &tops)) return false;
    size_t where = top_offset(object_at(&tops, 0), TOP_CHARSTRINGS);
    return where && read_index(cff, where, strings) && strings->n > 0;
}

bool pdf_cff_sound(pdf_span cff, int n_glyphs)
{
    cff_index strings;
    return read_charstrings(cff, &strings) && strings.n >= (size_t)n_glyphs;
}

/* --- writing --- */
static void put8(kam_str *b, unsigned v)
{
    kam_str_addc(b, (char)v);
}

static void put16(kam_str *b, unsigned v)
{
    put8(b, v >> 8);
    put8(b, v);
}

static void put32(kam_str *b, size_t v)
{
    put16(b, (unsigned)(v >> 16 & 0xFFFF));
    put16(b, (unsigned)(v & 0xFFFF));
}

static void put_int(kam_str *b, int v)
{
    if (v >= -107 && v <= 107) put8(b, (unsigned)(v + 139));
    else if (v >= 108 && v <= 1131) put8(b, (unsigned)(247 + (v - 108) / 256)), put8(b, (unsigned)((v - 108) % 256));
    else if (v <= -108 && v >= -1131) put8(b, (unsigned)(251 + (-v - 108) / 256)), put8(b, (unsigned)((-v - 108) % 256));
    else put8(b, 28), put16(b, (unsigned)(v & 0xFFFF));
}

static void put_fixed(kam_str *b, int64_t v)
{
    if (v % 65536 == 0 && v / 65536 >= -32768 && v / 65536 <= 32767) put_int(b, (int)(v / 65536));
    else put8(b, 255), put32(b, (uint32_t)v);
}

static void put_offset(kam_str *b, size_t v) /* always five bytes, so that places are known before values are */
{
    put8(b, 29);
    put32(b, v);
}

static void put_span(kam_str *b, pdf_span s)
{
    if (s.n) kam_str_addn(b, (const char *)s.p, s.n);
}

static int to_units(const pdf_subset *s, int thousandths)
{
    return thousandths * s->font->upem / 1000;
}

typedef struct opening { /* of a charstring, up to and with its first operator */
    int64_t arg[MAX_ARGS];
    size_t n, end;
    int op;
} opening;

static bool read_opening(pdf_span c, opening *o)
{
    *o = (opening){0};
    for (size_t at = 0; at < c.n;) {
        int64_t v;
        size_t used = number_at(c, at, false, &v);
        if (used == 0) {
            o->op = c.p[at];
            o->end = at + 1;
            return true;
        }
        if (o->n == MAX_ARGS) return false;
        o->arg[o->n++] = v;
        at += used;
    }
    return false;
}

static void put_blank(kam_str *out, int width)
{
    put_int(out, width);
    put8(out, OP_ENDCHAR);
}

static void put_charstring(kam_str *out, pdf_span c, int width, int shift, int drop)
{
    opening o;
    size_t own = 0;
    if (!read_opening(c, &o)) {
        put_blank(out, width);
        return;
    }
    switch (o.op) {
    case OP_RMOVETO: own = 2; break;
    case OP_HMOVETO: case OP_VMOVETO: own = 1; break;
    case OP_ENDCHAR: break;
    default: put_blank(out, width); return; /* hints were to be gone: damaged */
    }
    if (o.n < own || o.n > own + 1) {
        put_blank(out, width);
        return;
    }
    const int64_t *arg = o.arg + o.n - own, dx = (int64_t)shift * 65536, dy = -(int64_t)drop * 65536;
    put_int(out, width);
    if (own == 0) put8(out, (unsigned)o.op);
    else if (own == 1 && (o.op == OP_HMOVETO ? dy : dx) == 0) { /* still along its axis */
        put_fixed(out, arg[0] + (o.op == OP_HMOVETO ? dx : dy));
        put8(out, (unsigned)o.op);
    } else {
        put_fixed(out, dx + (o.op == OP_VMOVETO ? 0 : arg[0]));
        put_fixed(out, dy + (o.op == OP_HMOVETO ? 0 : arg[own - 1]));
        put8(out, OP_RMOVETO);
    }
    put_span(out, pdf_sub(c, o.end, c.n - o.end));
}

static void put_index(kam_str *b, const kam_str *objects, const uint32_t *end, size_t n)
{
    put16(b, (unsigned)n);
    if (n == 0) return;
    put8(b, 4);
    put32(b, 1);
    for (size_t i = 0; i < n; i++) put32(b, end[i] + 1);
    kam_str_addn(b, objects->s, objects->len);
}

static void put_index1(kam_str *b, const char *bytes, size_t n)
{
    kam_str one = KAM_STR_INIT;
    kam_str_addn(&one, bytes, n);
    put_index(b, &one, &(uint32_t){(uint32_t)n}, 1);
    kam_str_release(&one);
}

/* 1/upem as the nibbles of a real: 9 significant digits do for every size a font may have. */
static void put_scale(kam_str *b, int upem)
{
    char text[24];
    int n = 0;
    uint64_t v = 1000000000000u / (uint64_t)upem; /* 1e-12 */
    kam_str digits = KAM_STR_INIT;
    kam_str_addf(&digits, ".%012llu", (unsigned long long)v);
    for (size_t i = 0; i < digits.len; i++) text[n++] = digits.s[i] == '.' ? 10 : (char)(digits.s[i] - '0');
    text[n++] = 15;
    if (n % 2) text[n++] = 15;
    put8(b, 30);
    for (int i = 0; i < n; i += 2) put8(b, (unsigned)(text[i] << 4 | text[i + 1]));
    kam_str_release(&digits);
}

/* The sections behind the string INDEX, and where each begins. */
typedef struct sections {
    size_t charset, select, strings, dicts, private;
    size_t private_len;
} sections;

static void put_top(kam_str *b, const pdf_subset *s, const sections *at)
{
    const pdf_sfnt *f = s->font;
    put_int(b, 391), put_int(b, 392), put_int(b, 0), put8(b, 12), put8(b, 30); /* ROS: Adobe Identity 0 */
    if (f->upem != 1000) {
        put_scale(b, f->upem), put_int(b, 0), put_int(b, 0), put_scale(b, f->upem), put_int(b, 0), put_int(b, 0);
        put8(b, 12), put8(b, 7);
    }
    for (size_t i = 0; i < 4; i++) put_int(b, to_units(s, f->bbox[i]));
    put8(b, 5);
    put_offset(b, s->n), put8(b, 12), put8(b, 34); /* CIDCount */
    put_offset(b, at->charset), put8(b, 15);
    put_offset(b, at->select), put8(b, 12), put8(b, 37);
    put_offset(b, at->strings), put8(b, TOP_CHARSTRINGS);
    put_offset(b, at->dicts), put8(b, 12), put8(b, 36);
}

static void put_front(kam_str *b, const pdf_subset *s, const sections *at)
{
    kam_str top = KAM_STR_INIT;
    put8(b, 1), put8(b, 0), put8(b, 4), put8(b, 4);
    put_index1(b, s->font->name, strlen(s->font->name));
    put_top(&top, s, at);
    put_index1(b, top.s, top.len);
    kam_str words = KAM_STR_INIT;
    kam_str_add(&words, "AdobeIdentity");
    put_index(b, &words, (const uint32_t[]){5, 13}, 2);
    put16(b, 0); /* no subroutines */
    kam_str_release(&words);
    kam_str_release(&top);
}

static void put_all_charstrings(kam_str *b, const pdf_subset *s, const cff_index *strings, const uint16_t *glyph)
{
    kam_str objects = KAM_STR_INIT;
    uint32_t *end = kam_calloc(s->n, sizeof *end);
    for (size_t i = 0; i < s->n; i++) {
        put_charstring(&objects, object_at(strings, glyph[i]), to_units(s, pdf_slot_width(s, i)), to_units(s, s->slot[i].shift),
                       to_units(s, s->slot[i].drop));
        end[i] = (uint32_t)objects.len;
    }
    put_index(b, &objects, end, s->n);
    kam_free(end);
    kam_str_release(&objects);
}

bool pdf_cff_write(const pdf_subset *s, pdf_span cff, const uint16_t *glyph, kam_str *out)
{
    cff_index strings;
    if (!read_charstrings(cff, &strings)) return false;
    sections at = {0};
    kam_str b = KAM_STR_INIT;
    put_front(&b, s, &at);
    size_t front = b.len;
    at.charset = b.len;
    put8(&b, 2); /* CID = number of the glyph, from 1 on */
    if (s->n > 1) put16(&b, 1), put16(&b, (unsigned)(s->n - 2));
    at.select = b.len;
    put8(&b, 3), put16(&b, 1), put16(&b, 0), put8(&b, 0), put16(&b, (unsigned)s->n);
    at.strings = b.len;
    put_all_charstrings(&b, s, &strings, glyph);
    at.private = b.len;
    put_int(&b, 0), put8(&b, 20), put_int(&b, 0), put8(&b, 21); /* default and nominal width: each glyph says its own */
    at.private_len = b.len - at.private;
    at.dicts = b.len;
    kam_str dict = KAM_STR_INIT;
    put_offset(&dict, at.private_len), put_offset(&dict, at.private), put8(&dict, 18);
    put_index1(&b, dict.s, dict.len);
    kam_str_release(&dict);
    size_t start = out->len;
    put_front(out, s, &at);
    if (out->len - start != front) KAM_BUG("the front of the CFF changed its length");
    kam_str_addn(out, b.s + front, b.len - front);
    kam_str_release(&b);
    return true;
}
