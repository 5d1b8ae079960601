/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_hb.h"
#include "kam_mem.h"
#ifdef HAVE_HARFBUZZ
#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

enum { PAIRS = 2048 }; /* kept kerning pairs; a power of two */

typedef struct pair {
    uint32_t left, right; /* characters; 0: empty */
    int value;
} pair;

struct pdf_hb {
    hb_face_t *face;
    hb_face_t *outlines; /* the same font seen as CFF, head and maxp only: nothing else is subset */
    hb_font_t *font;
    hb_buffer_t *buffer;
    bool kern;
    pair *pairs;
};

bool pdf_hb_built(void)
{
    return true;
}

static hb_blob_t *outline_table(hb_face_t *face, hb_tag_t tag, void *whole)
{
    (void)face;
    switch (tag) {
    case HB_TAG('C', 'F', 'F', ' '): case HB_TAG('h', 'e', 'a', 'd'): case HB_TAG('m', 'a', 'x', 'p'):
        return hb_face_reference_table(whole, tag);
    default: return NULL;
    }
}

static bool find_kern(hb_face_t *face)
{
    if (!hb_ot_layout_has_positioning(face)) return false;
    hb_set_t *lookups = hb_set_create();
    const hb_tag_t kern[] = {HB_TAG('k', 'e', 'r', 'n'), HB_TAG_NONE};
    hb_ot_layout_collect_lookups(face, HB_OT_TAG_GPOS, NULL, NULL, kern, lookups);
    bool found = !hb_set_is_empty(lookups);
    hb_set_destroy(lookups);
    return found;
}

pdf_hb *pdf_hb_open(const void *font, size_t n, int face)
{
    hb_blob_t *blob = hb_blob_create(font, (unsigned)n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *whole = hb_face_create(blob, face < 0 ? 0 : (unsigned)face);
    hb_blob_destroy(blob);
    if (hb_face_get_glyph_count(whole) == 0) {
        hb_face_destroy(whole);
        return NULL;
    }
    pdf_hb *h = kam_zalloc(sizeof *h);
    h->face = whole;
    h->outlines = hb_face_create_for_tables(outline_table, whole, NULL);
    h->font = hb_font_create(whole);
    int upem = (int)hb_face_get_upem(whole);
    hb_font_set_scale(h->font, upem, upem);
    h->kern = find_kern(whole);
    return h;
}

void pdf_hb_close(pdf_hb *h)
{
    if (!h) return;
    if (h->buffer) hb_buffer_destroy(h->buffer);
    hb_font_destroy(h->font);
    hb_face_destroy(h->outlines);
    hb_face_destroy(h->face);
    kam_free(h->pairs);
    kam_free(h);
}

bool pdf_hb_bounds(pdf_hb *h, int glyph, int box[4])
{
    hb_glyph_extents_t e;
    if (glyph < 0 || !hb_font_get_glyph_extents(h->font, (hb_codepoint_t)glyph, &e) || e.width == 0) return false;
    int x0 = e.x_bearing, x1 = e.x_bearing + e.width, y1 = e.y_bearing, y0 = e.y_bearing + e.height;
    const int limit = 16000; /* a damaged glyph */
    if (x0 < -limit || x1 > limit || y0 < -limit || y1 > limit || x1 < x0) return false;
    box[0] = x0, box[1] = y0 < y1 ? y0 : y1, box[2] = x1, box[3] = y0 < y1 ? y1 : y0;
    return true;
}

/* --- kerning --- */
bool pdf_hb_has_kern(const pdf_hb *h)
{
    return h->kern;
}

/* Both characters shaped with kerning and nothing else. Something that became other glyphs is not ours to place. */
static int shape_pair(pdf_hb *h, uint32_t left, int left_glyph, uint32_t right, int right_glyph)
{
    static const char *const on[] = {"kern"}, *const off[] = {"liga", "clig", "calt", "rlig", "ccmp", "locl", "rclt", "chws"};
    hb_feature_t f[9];
    unsigned n = 0;
    for (size_t i = 0; i < sizeof on / sizeof *on; i++)
        f[n++] = (hb_feature_t){hb_tag_from_string(on[i], 4), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    for (size_t i = 0; i < sizeof off / sizeof *off; i++)
        f[n++] = (hb_feature_t){hb_tag_from_string(off[i], 4), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    if (!h->buffer) h->buffer = hb_buffer_create();
    hb_buffer_clear_contents(h->buffer);
    hb_buffer_add_codepoints(h->buffer, (const hb_codepoint_t[]){left, right}, 2, 0, 2);
    hb_buffer_set_direction(h->buffer, HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(h->buffer);
    hb_buffer_set_language(h->buffer, hb_language_from_string("en", 2)); /* not that of the locale */
    hb_shape(h->font, h->buffer, f, n);
    unsigned len;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(h->buffer, &len);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(h->buffer, NULL);
    if (len != 2 || info[0].codepoint != (hb_codepoint_t)left_glyph || info[1].codepoint != (hb_codepoint_t)right_glyph)
        return 0;
    int room = pos[0].x_advance - hb_font_get_glyph_h_advance(h->font, info[0].codepoint);
    return room < -2000 || room > 2000 ? 0 : room;
}

int pdf_hb_kern(pdf_hb *h, uint32_t left, int left_glyph, uint32_t right, int right_glyph)
{
    if (!h->kern) return 0;
    if (!h->pairs) h->pairs = kam_calloc(PAIRS, sizeof *h->pairs);
    pair *p = &h->pairs[((left * 2654435761u) ^ (right * 40503u)) >> 7 & (PAIRS - 1)];
    if (p->left != left || p->right != right)
        *p = (pair){left, right, shape_pair(h, left, left_glyph, right, right_glyph)};
    return p->value;
}

/* --- outlines --- */
static hb_subset_input_t *wanted(const uint16_t *glyph, size_t n)
{
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    if (!in) return NULL;
    hb_set_t *set = hb_subset_input_glyph_set(in);
    hb_set_add(set, 0);
    for (size_t i = 0; i < n; i++) hb_set_add(set, glyph[i]);
    hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE |
                                  HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    return in;
}

bool pdf_hb_charstrings(pdf_hb *h, const uint16_t *glyph, size_t n, uint16_t *to, kam_str *cff)
{
    hb_subset_input_t *in = wanted(glyph, n);
    hb_subset_plan_t *plan = in ? hb_subset_plan_create_or_fail(h->outlines, in) : NULL;
    hb_face_t *made = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (made) {
        const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
        for (size_t i = 0; i < n; i++) {
            hb_codepoint_t k = hb_map_get(map, glyph[i]);
            to[i] = k == HB_MAP_VALUE_INVALID ? 0 : (uint16_t)k;
        }
        hb_blob_t *blob = hb_face_reference_table(made, HB_TAG('C', 'F', 'F', ' '));
        unsigned len;
        const char *p = hb_blob_get_data(blob, &len);
        kam_str_addn(cff, p ? p : "", len);
        hb_blob_destroy(blob);
        hb_face_destroy(made);
    }
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(in);
    return made && cff->len > 0;
}
#else
bool pdf_hb_built(void)
{
    return false;
}

pdf_hb *pdf_hb_open(const void *font, size_t n, int face)
{
    (void)font, (void)n, (void)face;
    return NULL;
}

void pdf_hb_close(pdf_hb *h)
{
    (void)h;
}

bool pdf_hb_bounds(pdf_hb *h, int glyph, int box[4])
{
    (void)h, (void)glyph, (void)box;
    return false;
}

bool pdf_hb_has_kern(const pdf_hb *h)
{
    (void)h;
    return false;
}

int pdf_hb_kern(pdf_hb *h, uint32_t left, int left_glyph, uint32_t right, int right_glyph)
{
    (void)h, (void)left, (void)left_glyph, (void)right, (void)right_glyph;
    return 0;
}

bool pdf_hb_charstrings(pdf_hb *h, const uint16_t *glyph, size_t n, uint16_t *to, kam_str *cff)
{
    (void)h, (void)glyph, (void)n, (void)to, (void)cff;
    return false;
}
#endif
