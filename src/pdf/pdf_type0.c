/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_type0.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <hpdf_conf.h>
#include <hpdf_consts.h>
#include <hpdf_types.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <hpdf_utils.h>
#include <stdio.h>
#include <string.h>
#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#else
#include <zlib.h>
#endif

/* --- streams and strings --- */
static HPDF_STATUS write_filter(HPDF_Dict d, HPDF_Stream out)
{
    kam_err ignored = KAM_ERR_INIT;
    bool stop = kam_progress_step(d->attr, "report", 0, 0, &ignored) != KAM_OK;
    kam_err_clear(&ignored);
    if (stop) return HPDF_SetError(d->error, HPDF_FILE_IO_ERROR, 0);
    return HPDF_Stream_WriteStr(out, "/Filter /FlateDecode\012");
}

/* The lowest level of either. Zlib: against level 6 a third of the time for 8 % more bytes; libdeflate: half of zlib's time and a
 * little smaller, level 6 would take twice as long for 7 % less. Outlines hardly compress. */
enum { LEVEL = 1 };

#ifdef HAVE_LIBDEFLATE
void pdf_deflater_release(pdf_deflater *d)
{
    if (d->z) libdeflate_free_compressor(d->z);
    kam_str_release(&d->out);
    d->z = NULL;
}

void pdf_deflate(pdf_deflater *d, const char *bytes, size_t n)
{
    if (!d->z && !(d->z = libdeflate_alloc_compressor(LEVEL))) KAM_BUG("libdeflate: no compressor");
    kam_str_clear(&d->out);
    kam_str_pad(&d->out, '\0', libdeflate_zlib_compress_bound(d->z, n));
    d->out.len = libdeflate_zlib_compress(d->z, bytes, n, d->out.s, d->out.len);
    if (d->out.len == 0) KAM_BUG("libdeflate failed");
}
#else
void pdf_deflater_release(pdf_deflater *d)
{
    if (d->z) deflateEnd(d->z);
    kam_free(d->z);
    kam_str_release(&d->out);
    d->z = NULL;
}

void pdf_deflate(pdf_deflater *d, const char *bytes, size_t n)
{
    z_stream *z = d->z;
    if (!z) {
        d->z = z = kam_zalloc(sizeof *z);
        if (deflateInit(z, LEVEL) != Z_OK) KAM_BUG("deflateInit failed");
    } else deflateReset(z);
    kam_str_clear(&d->out);
    kam_str_pad(&d->out, '\0', deflateBound(z, (uLong)n));
    z->next_in = (Bytef *)(uintptr_t)bytes;
    z->avail_in = (uInt)n;
    z->next_out = (Bytef *)d->out.s;
    z->avail_out = (uInt)d->out.len;
    if (deflate(z, Z_FINISH) != Z_STREAM_END) KAM_BUG("deflate failed");
    d->out.len = z->total_out;
}
#endif

void pdf_stream_set(HPDF_Dict stream, pdf_deflater *d, const char *bytes, size_t n)
{
    pdf_deflate(d, bytes, n);
    HPDF_Stream_Write(stream->stream, (const HPDF_BYTE *)d->out.s, (HPDF_UINT)d->out.len);
    /* libharu removes /Filter from streams it does not compress itself; write_fn puts it back */
    stream->filter = HPDF_STREAM_FILTER_NONE;
    stream->write_fn = write_filter;
    stream->attr = d->watch; /* libharu keeps nothing there for a stream, and frees nothing without a free_fn */
}

HPDF_Binary pdf_text_string(HPDF_MMgr mm, const char *utf8)
{
    size_t n = strlen(utf8), k = 2;
    if (n > 10000) n = 10000; /* a title, not a chapter: strings end at 65,535 bytes */
    HPDF_BYTE *b = kam_alloc(4 * n + 2);
    b[0] = 0xFE, b[1] = 0xFF;
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t c = kam_utf8_next(utf8 + i, n - i, &used), unit[2] = {c, 0};
        size_t units = 1;
        if (c > 0xFFFF) unit[0] = 0xD800 + ((c - 0x10000) >> 10), unit[1] = 0xDC00 + ((c - 0x10000) & 0x3FF), units = 2;
        for (size_t u = 0; u < units; u++) b[k++] = (HPDF_BYTE)(unit[u] >> 8), b[k++] = (HPDF_BYTE)unit[u];
    }
    HPDF_Binary out = HPDF_Binary_New(mm, b, (HPDF_UINT)k);
    kam_free(b);
    return out;
}

/* --- the font --- */
void pdf_type0_init(pdf_type0 *t, HPDF_Doc doc, const pdf_sfnt *sfnt)
{
    pdf_subset_init(&t->sub, sfnt);
    t->font = HPDF_Dict_New(doc->mmgr);
    HPDF_Xref_Add(doc->xref, t->font);
    t->font->header.obj_class |= HPDF_OSUBCLASS_FONT;
    HPDF_Dict_AddName(t->font, "Type", "Font");
    HPDF_Dict_AddName(t->font, "Subtype", "Type0");
    HPDF_Dict_AddName(t->font, "Encoding", "Identity-H");
}

void pdf_type0_release(pdf_type0 *t)
{
    if (t->font) pdf_subset_release(&t->sub);
    t->font = NULL;
}

/* "ABCDEF+Name", the tag made of what is in the subset: the same text gives the same name. */
static void subset_name(const pdf_subset *s, size_t n_text, char *out, size_t size)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n_text; i++) {
        h = (h ^ s->slot[i].glyph) * 16777619u;
        h = (h ^ (uint16_t)s->slot[i].extra) * 16777619u;
    }
    char tag[7] = {0};
    for (int i = 0; i < 6; i++, h /= 26) tag[i] = (char)('A' + h % 26);
    snprintf(out, size, "%s+%s", tag, s->font->name);
}

static HPDF_Dict font_file(HPDF_Doc doc, pdf_deflater *z, const kam_str *bytes, bool cff)
{
    HPDF_Dict file = HPDF_DictStream_New(doc->mmgr, doc->xref);
    if (cff) HPDF_Dict_AddName(file, "Subtype", "CIDFontType0C");
    else HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)bytes->len);
    pdf_stream_set(file, z, kam_str_cstr(bytes), bytes->len);
    return file;
}

static HPDF_Dict descriptor(const pdf_type0 *t, HPDF_Doc doc, const char *name, HPDF_Dict file)
{
    enum { SYMBOLIC = 4, STEM_V = 80 };
    const pdf_sfnt *f = t->sub.font;
    HPDF_Dict d = HPDF_Dict_New(doc->mmgr);
    HPDF_Xref_Add(doc->xref, d);
    HPDF_Dict_AddName(d, "Type", "FontDescriptor");
    HPDF_Dict_AddName(d, "FontName", name);
    HPDF_Dict_AddNumber(d, "Flags", SYMBOLIC);
    HPDF_Array box = HPDF_Array_New(doc->mmgr);
    HPDF_Dict_Add(d, "FontBBox", box);
    for (int i = 0; i < 4; i++) HPDF_Array_AddNumber(box, f->bbox[i]);
    HPDF_Dict_AddNumber(d, "ItalicAngle", 0);
    HPDF_Dict_AddNumber(d, "Ascent", f->ascent);
    HPDF_Dict_AddNumber(d, "Descent", f->descent);
    HPDF_Dict_AddNumber(d, "CapHeight", f->cap_height);
    HPDF_Dict_AddNumber(d, "StemV", STEM_V);
    HPDF_Dict_Add(d, f->cff ? "FontFile3" : "FontFile2", file);
    return d;
}

/* W: runs of slots whose width is not the default of 1000. */
static void add_widths(const pdf_type0 *t, HPDF_Doc doc, HPDF_Dict cid, size_t n_text)
{
    HPDF_Array w = HPDF_Array_New(doc->mmgr), run = NULL;
    HPDF_Dict_Add(cid, "W", w);
    for (size_t i = 0; i < n_text; i++) {
        int width = pdf_slot_width(&t->sub, i);
        if (width == 1000) {
            run = NULL;
            continue;
        }
        if (!run) {
            HPDF_Array_AddNumber(w, (HPDF_INT32)i);
            run = HPDF_Array_New(doc->mmgr);
            HPDF_Array_Add(w, run);
        }
        HPDF_Array_AddNumber(run, width);
    }
}

static HPDF_Dict descendant(const pdf_type0 *t, HPDF_Doc doc, const char *name, HPDF_Dict desc, size_t n_text)
{
    HPDF_Dict c = HPDF_Dict_New(doc->mmgr), info = HPDF_Dict_New(doc->mmgr);
    HPDF_Xref_Add(doc->xref, c);
    HPDF_Dict_AddName(c, "Type", "Font");
    HPDF_Dict_AddName(c, "Subtype", t->sub.font->cff ? "CIDFontType0" : "CIDFontType2");
    HPDF_Dict_AddName(c, "BaseFont", name);
    if (!t->sub.font->cff) HPDF_Dict_AddName(c, "CIDToGIDMap", "Identity");
    HPDF_Dict_AddNumber(c, "DW", 1000);
    HPDF_Dict_Add(c, "FontDescriptor", desc);
    HPDF_Dict_Add(c, "CIDSystemInfo", info);
    HPDF_Dict_Add(info, "Registry", HPDF_String_New(doc->mmgr, "Adobe", NULL));
    HPDF_Dict_Add(info, "Ordering", HPDF_String_New(doc->mmgr, "Identity", NULL));
    HPDF_Dict_AddNumber(info, "Supplement", 0);
    add_widths(t, doc, c, n_text);
    return c;
}

static void put_hex16(kam_str *out, unsigned v)
{
    static const char hex[] = "0123456789ABCDEF";
    for (int shift = 12; shift >= 0; shift -= 4) kam_str_addc(out, hex[v >> shift & 15]);
}

static void put_character(kam_str *out, uint32_t cp)
{
    kam_str_addc(out, '<');
    if (cp > 0xFFFF) {
        put_hex16(out, 0xD800 + ((cp - 0x10000) >> 10));
        cp = 0xDC00 + ((cp - 0x10000) & 0x3FF);
    }
    put_hex16(out, cp);
    kam_str_addc(out, '>');
}

/* Slots [from, to) as one range with a list: half of what a line for each takes. */
static void put_range(const pdf_type0 *t, kam_str *out, size_t from, size_t to)
{
    kam_str_addc(out, '<');
    put_hex16(out, (unsigned)from);
    kam_str_add(out, "><");
    put_hex16(out, (unsigned)to - 1);
    kam_str_add(out, ">[");
    for (size_t k = from; k < to; k++) put_character(out, t->sub.slot[k].cp);
    kam_str_add(out, "]\n");
}

static HPDF_Dict to_unicode(const pdf_type0 *t, HPDF_Doc doc, pdf_deflater *z, size_t n_text)
{
    enum { SPAN = 64, BLOCK = 100 }; /* a range stays within one high byte; a section has at most 100 */
    kam_str b = KAM_STR_INIT;
    kam_str_add(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (size_t at = 1; at < n_text;) {
        size_t spans = (n_text - 1) / SPAN - at / SPAN + 1;
        if (spans > BLOCK) spans = BLOCK;
        kam_str_addf(&b, "%zu beginbfrange\n", spans);
        for (; spans > 0; spans--) {
            size_t end = (at / SPAN + 1) * SPAN;
            put_range(t, &b, at, end < n_text ? end : n_text);
            at = end;
        }
        kam_str_add(&b, "endbfrange\n");
    }
    kam_str_add(&b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    HPDF_Dict d = HPDF_DictStream_New(doc->mmgr, doc->xref);
    pdf_stream_set(d, z, b.s, b.len);
    kam_str_release(&b);
    return d;
}

void pdf_type0_finish(pdf_type0 *t, HPDF_Doc doc, pdf_deflater *z)
{
    size_t n_text = t->sub.n; /* components come in behind; they have no character */
    kam_str bytes = KAM_STR_INIT;
    char name[80];
    pdf_subset_write(&t->sub, &bytes);
    subset_name(&t->sub, n_text, name, sizeof name);
    HPDF_Dict desc = descriptor(t, doc, name, font_file(doc, z, &bytes, t->sub.font->cff));
    HPDF_Array list = HPDF_Array_New(doc->mmgr);
    HPDF_Dict_Add(t->font, "DescendantFonts", list);
    HPDF_Array_Add(list, descendant(t, doc, name, desc, n_text));
    HPDF_Dict_AddName(t->font, "BaseFont", name);
    HPDF_Dict_Add(t->font, "ToUnicode", to_unicode(t, doc, z, n_text));
    kam_str_release(&bytes);
}
