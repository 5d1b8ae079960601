/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_mem.h"
#include "kam_str.h"
#include "pdf_fonts_int.h"
#include <fontconfig/fontconfig.h>
#include <string.h>

/* Families in the order we like them; the first that exists carries the text, the rest fill its holes. Those with CFF
 * outlines count only where HarfBuzz was built in. */
static const char *const families[] = {"Noto Sans CJK SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "LXGW WenKai",
                                       "AR PL UMing CN", "AR PL UKai CN", "DejaVu Sans"};
enum { N_FAMILIES = sizeof families / sizeof *families, FIRST_TRUETYPE = 1 };

/* The number of the face; -1 when there is no room for it. */
static int add_face(pdf_fonts *f, const char *path, int index)
{
    for (size_t i = 0; i < f->n; i++)
        if (kam_streq(f->face[i].path, path) && f->face[i].index == index) return (int)i;
    if (f->n >= PDF_CHAIN_MAX) return -1;
    f->face[f->n] = (pdf_face){.path = kam_strdup(path), .index = index, .bold = -1};
    return (int)f->n++;
}

typedef struct found {
    char *path;
    int index, rank;
} found;

static int plain_rank(const FcPattern *p)
{
    static const char *const plain[] = {"Regular", "Book", "Medium", "Light"};
    FcChar8 *style = NULL;
    if (FcPatternGetString(p, FC_STYLE, 0, &style) != FcResultMatch) return 100;
    for (int i = 0; i < 4; i++)
        if (kam_streq((const char *)style, plain[i])) return i;
    return 100;
}

/* How far from a true upright bold of ordinary width; -1: not at all one. */
static int bold_rank(const FcPattern *p)
{
    int weight = 0, slant = 0, width = FC_WIDTH_NORMAL;
    FcPatternGetInteger(p, FC_WEIGHT, 0, &weight);
    FcPatternGetInteger(p, FC_SLANT, 0, &slant);
    FcPatternGetInteger(p, FC_WIDTH, 0, &width);
    if (weight < FC_WEIGHT_DEMIBOLD || weight > FC_WEIGHT_EXTRABOLD || slant != FC_SLANT_ROMAN || width != FC_WIDTH_NORMAL)
        return -1;
    return weight > FC_WEIGHT_BOLD ? weight - FC_WEIGHT_BOLD : FC_WEIGHT_BOLD - weight;
}

static void consider(found *best, const FcPattern *p, bool bold)
{
    FcChar8 *file = NULL;
    int at = 0, rank = bold ? bold_rank(p) : plain_rank(p);
    FcBool variable = FcFalse;
    FcPatternGetBool(p, FC_VARIABLE, 0, &variable);
    FcPatternGetInteger(p, FC_INDEX, 0, &at);
    if (variable || rank < 0 || FcPatternGetString(p, FC_FILE, 0, &file) != FcResultMatch) return;
    /* equally good files: the same one every time, whatever order fontconfig has them in */
    if (best->path && (rank > best->rank || (rank == best->rank && strcmp((const char *)file, best->path) >= 0))) return;
    kam_free(best->path);
    *best = (found){kam_strdup((const char *)file), at & 0xFFFF, rank};
}

/* The plain upright face, or the bold one, of exactly that family. fontconfig's own matching would always offer
 * something. */
static found find_family(FcConfig *fc, const char *family, bool bold)
{
    found best = {0};
    FcPattern *want = FcPatternCreate();
    FcPatternAddString(want, FC_FAMILY, (const FcChar8 *)family);
    FcObjectSet *os = FcObjectSetBuild(FC_FILE, FC_INDEX, FC_STYLE, FC_VARIABLE, FC_WEIGHT, FC_SLANT, FC_WIDTH, (char *)NULL);
    FcFontSet *set = FcFontList(fc, want, os);
    for (int i = 0; set && i < set->nfont; i++) consider(&best, set->fonts[i], bold);
    if (set) FcFontSetDestroy(set);
    FcObjectSetDestroy(os);
    FcPatternDestroy(want);
    return best;
}

static void add_bold(pdf_fonts *f, FcConfig *fc, const char *family, int face)
{
    found bold = find_family(fc, family, true);
    if (bold.path && f->face[face].bold < 0) {
        size_t before = f->n;
        int k = add_face(f, bold.path, bold.index);
        f->face[face].bold = k;
        if (k >= 0) f->face[k].heavy = true;
        if (k >= 0 && (size_t)k >= before) f->face[k].partner = true; /* a user's bold file stays in the chain */
    }
    kam_free(bold.path);
}

/* The number of its plain face; -1: there is no such family. */
static int add_family(pdf_fonts *f, FcConfig *fc, const char *family)
{
    found plain = find_family(fc, family, false);
    int face = plain.path ? add_face(f, plain.path, plain.index) : -1;
    if (face >= 0) add_bold(f, fc, family, face);
    kam_free(plain.path);
    return face;
}

/* The bold of a file the user named, when fontconfig knows what family the file belongs to. */
static void add_bold_of_file(pdf_fonts *f, FcConfig *fc, int face)
{
    FcPattern *want = FcPatternCreate();
    FcPatternAddString(want, FC_FILE, (const FcChar8 *)f->face[face].path);
    FcObjectSet *os = FcObjectSetBuild(FC_FAMILY, FC_INDEX, (char *)NULL);
    FcFontSet *set = FcFontList(fc, want, os);
    for (int i = 0; set && i < set->nfont; i++) {
        FcChar8 *family = NULL;
        int at = -1;
        FcPatternGetInteger(set->fonts[i], FC_INDEX, 0, &at);
        if ((at & 0xFFFF) == f->face[face].index && FcPatternGetString(set->fonts[i], FC_FAMILY, 0, &family) == FcResultMatch)
            add_bold(f, fc, (const char *)family, face);
    }
    if (set) FcFontSetDestroy(set);
    FcObjectSetDestroy(os);
    FcPatternDestroy(want);
}

static bool open_face(pdf_fonts *f, size_t i, kam_err *err)
{
    pdf_face *face = &f->face[i];
    if (face->state == PDF_FACE_CLOSED) {
        kam_rc rc = pdf_sfnt_open(&face->sfnt, face->path, face->index, err);
        face->state = rc == KAM_OK ? PDF_FACE_OPEN : PDF_FACE_BAD;
    }
    return face->state == PDF_FACE_OPEN;
}

/* "FILE", "FILE#2" or a family name. What the user asked for must work: no silent replacement. */
static kam_rc add_user(pdf_fonts *f, FcConfig *fc, const char *user, int *face, kam_err *err)
{
    if (strchr(user, '/')) {
        char *path = kam_strdup(user), *hash = strrchr(path, '#');
        long long index = 0;
        if (hash && kam_parse_int(hash + 1, &index) && index >= 0 && index < 1000) *hash = '\0';
        *face = add_face(f, path, (int)index);
        kam_free(path);
        if (*face >= 0) add_bold_of_file(f, fc, *face);
    } else {
        *face = add_family(f, fc, user);
        if (*face < 0) {
            kam_err_set(err, KAM_NOTFOUND, "no font family \"%s\" is installed; fc-list : family names those that are",
                        user);
            kam_err_word(err, "font");
            kam_err_word(err, user);
            return KAM_NOTFOUND;
        }
    }
    if (*face < 0) {
        kam_err_set(err, KAM_LIMIT, "no room for a further font: %s", user);
        return kam_err_word(err, "fonts");
    }
    kam_err why = KAM_ERR_INIT;
    if (open_face(f, (size_t)*face, &why)) return KAM_OK;
    if (why.code == KAM_OK) { /* it was tried before */
        kam_err_set(&why, KAM_PDF, "font %s cannot be used: %s", user, "a table is missing or damaged");
        kam_err_word(&why, "font");
    }
    if (err && err->code == KAM_OK) *err = why;
    return why.code;
}

kam_rc pdf_fonts_name_face(pdf_fonts *f, const char *user, int *named, kam_err *err)
{
    FcConfig *fc = FcInitLoadConfigAndFonts();
    size_t before = f->n;
    int face = -1;
    kam_rc rc = fc ? add_user(f, fc, user, &face, err)
                   : kam_err_set(err, KAM_PDF, "fontconfig cannot be started; is its configuration installed (package fontconfig-config)?");
    if (fc) FcConfigDestroy(fc);
    for (size_t i = before; i < f->n; i++) f->face[i].partner = true; /* other texts do not see it */
    if (rc == KAM_OK) *named = face + 1;
    return rc;
}

static bool has_han(pdf_fonts *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (open_face(f, i, NULL) && pdf_sfnt_glyph(&f->face[i].sfnt, 0x4E2D)) return true;
    return false;
}

kam_rc pdf_fonts_open(const char *user, pdf_fonts **out, kam_err *err)
{
    FcConfig *fc = FcInitLoadConfigAndFonts();
    if (!fc) {
        kam_err_set(err, KAM_PDF, "fontconfig cannot be started; is its configuration installed (package fontconfig-config)?");
        kam_err_word(err, "font");
        return KAM_PDF;
    }
    pdf_fonts *f = kam_zalloc(sizeof *f);
    int face;
    kam_rc rc = user && *user ? add_user(f, fc, user, &face, err) : KAM_OK;
    for (size_t i = pdf_hb_built() ? 0 : FIRST_TRUETYPE; i < N_FAMILIES && rc == KAM_OK; i++)
        add_family(f, fc, families[i]);
    FcConfigDestroy(fc);
    if (rc == KAM_OK && !has_han(f)) {
        rc = kam_err_set(err, KAM_PDF, "no font with Chinese characters is installed; install one of the packages "
                                       "fonts-wqy-microhei, fonts-wqy-zenhei, fonts-lxgw-wenkai, fonts-arphic-uming, fonts-noto-cjk");
        kam_err_word(err, "font");
    }
    if (rc != KAM_OK) {
        pdf_fonts_free(f);
        return rc;
    }
    *out = f;
    return KAM_OK;
}

void pdf_fonts_free(pdf_fonts *f)
{
    if (!f) return;
    for (size_t i = 0; i < f->n; i++) {
        if (f->face[i].state == PDF_FACE_OPEN) pdf_sfnt_close(&f->face[i].sfnt);
        kam_free(f->face[i].path);
    }
    kam_free(f);
}

size_t pdf_fonts_count(const pdf_fonts *f)
{
    return f->n;
}

const char *pdf_fonts_name(const pdf_fonts *f, size_t i)
{
    return f->face[i].state == PDF_FACE_OPEN ? f->face[i].sfnt.name : f->face[i].path;
}

/* --- characters --- */
static bool draws_nothing(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0100 && c <= 0xE01EF);
}

/* Glyphs a font has but should not be asked for: Micro Hei's ½ lacks its 2, and its ✓ is a root sign. */
static bool is_bad_glyph(const pdf_sfnt *f, uint32_t cp)
{
    return (cp == 0xBD || cp == 0x2713) && strcmp(f->name, "WenQuanYiMicroHei") == 0;
}

/* The first font that has it, in the chain's order. */
static bool find_plain(pdf_fonts *f, uint32_t cp, int *face, int *glyph)
{
    int poor = -1, poor_glyph = 0;
    for (size_t i = 0; i < f->n; i++) {
        if (f->face[i].partner || !open_face(f, i, NULL)) continue;
        if (*face < 0) *face = (int)i; /* the box for what nobody has */
        int g = pdf_sfnt_glyph(&f->face[i].sfnt, cp);
        if (g == 0) continue;
        if (is_bad_glyph(&f->face[i].sfnt, cp)) {
            if (poor < 0) poor = (int)i, poor_glyph = g;
            continue;
        }
        *face = (int)i;
        *glyph = g;
        return true;
    }
    if (poor < 0) return false;
    *face = poor; /* better than nothing */
    *glyph = poor_glyph;
    return true;
}

bool pdf_fonts_find(pdf_fonts *f, int named, uint32_t cp, bool bold, int *face, int *glyph)
{
    *face = -1;
    *glyph = 0;
    if (draws_nothing(cp)) return true;
    int own = named - 1, g = own >= 0 && open_face(f, (size_t)own, NULL) ? pdf_sfnt_glyph(&f->face[own].sfnt, cp) : 0;
    if (g && !is_bad_glyph(&f->face[own].sfnt, cp)) *face = own, *glyph = g;
    else if (!find_plain(f, cp, face, glyph)) return false;
    int partner = bold ? f->face[*face].bold : -1;
    if (partner < 0 || !open_face(f, (size_t)partner, NULL)) return true;
    g = pdf_sfnt_glyph(&f->face[partner].sfnt, cp);
    if (g) *face = partner, *glyph = g;
    return true;
}

static int metrics_advance(void *ctx, uint32_t cp, bool bold)
{
    pdf_fonts_view *v = ctx;
    int face, glyph;
    pdf_fonts_find(v->fonts, v->named, cp, bold, &face, &glyph);
    return face < 0 ? 0 : pdf_sfnt_advance(&v->fonts->face[face].sfnt, glyph);
}

static int metrics_narrow(void *ctx, uint32_t cp, bool bold)
{
    pdf_fonts_view *v = ctx;
    int face, glyph;
    pdf_fonts_find(v->fonts, v->named, cp, bold, &face, &glyph);
    return face < 0 ? 0 : pdf_sfnt_form(&v->fonts->face[face].sfnt, cp, glyph, true).advance;
}

static int metrics_kern(void *ctx, uint32_t left, uint32_t right, bool bold)
{
    pdf_fonts_view *v = ctx;
    int a, b, ga, gb;
    if (!pdf_fonts_find(v->fonts, v->named, left, bold, &a, &ga) || !pdf_fonts_find(v->fonts, v->named, right, bold, &b, &gb) || a != b || a < 0)
        return 0;
    return pdf_sfnt_kern_pair(&v->fonts->face[a].sfnt, left, ga, right, gb);
}

pdf_metrics pdf_fonts_view_metrics(pdf_fonts_view *v)
{
    return (pdf_metrics){v, metrics_advance, metrics_narrow, metrics_kern};
}

pdf_metrics pdf_fonts_metrics(pdf_fonts *f)
{
    f->whole = (pdf_fonts_view){f, 0};
    return pdf_fonts_view_metrics(&f->whole);
}
