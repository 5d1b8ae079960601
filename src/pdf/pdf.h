/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf: what every part of the layer and its users share: colours, themes, options of a document, fonts.
 *
 * Units: lengths are PostScript points (1/72 inch, suffix _pt or none inside the layer), the origin of all layout is
 * the upper left corner of the page with y growing downwards; only pdf_draw turns it over. Colours are 0xRRGGBB.
 * Texts are UTF-8; bad bytes are repaired (U+FFFD) where text enters the layer. Nothing here reads a clock, so the
 * same input with the same fonts and library versions gives the same bytes. */
#ifndef PDF_H
#define PDF_H
#include "kam_err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t pdf_rgb;
#define PDF_NONE 0xFF000000u /* no fill, no stroke */
typedef enum { PDF_ZH, PDF_EN } pdf_lang;
typedef enum { PDF_A4, PDF_A3, PDF_LETTER, PDF_A5 } pdf_paper;

void pdf_paper_size(pdf_paper paper, double *w, double *h); /* upright, points */

#define PDF_MM(mm) ((mm) * (72.0 / 25.4))

enum { PDF_MAX_PAGES = 10000, PDF_SERIES = 6 };

/* Colours, type scale and spacing. A plain value: copy one of the two defaults and change what you like; it is
 * copied again where it is used. Every meaning that a colour carries has a second sign as well (a hatch, a shape, a
 * character), so that the paper copy says the same. */
typedef struct pdf_theme {
    /* colours */
    pdf_rgb ink, muted, faint;       /* text; captions and axes; hairlines */
    pdf_rgb accent, accent_dark;     /* the one brand colour; its dark form for headings */
    pdf_rgb tint, zebra;             /* fill of note boxes and tiles; of every second row */
    pdf_rgb head_fill, head_ink;     /* table head */
    pdf_rgb good, warn, bad, unknown;
    pdf_rgb series[PDF_SERIES];
    bool ragged;                     /* Han is set ragged too, not justified */
    bool justified;                  /* Latin is justified too, and narrow columns; ragged goes before */
    bool hatch;                      /* tell series apart by hatching too (black-and-white print) */
    /* type scale, points */
    double title_pt, heading_pt[3], body_pt, table_pt, small_pt;
    double leading;                  /* line height ÷ size of running text; Latin-only text uses a little less */
    /* spacing, points */
    double margin_left, margin_right, margin_top, margin_bottom;
    double para_gap;                 /* between paragraphs */
    double heading_before[3], heading_after[3];
    double block_gap;                /* around tables, figures, boxes */
} pdf_theme;

const pdf_theme *pdf_theme_screen(void);
const pdf_theme *pdf_theme_print(void);            /* black and white */
const pdf_theme *pdf_theme_find(const char *name); /* "screen" "print"; NULL: unknown */
/* One value of a theme by its name, as a Tcl dict writes it: colours (ink, accent, series-2 …) as #rrggbb, sizes (body,
 * heading-1 …) and gaps in points, margins in millimetres, hatch, ragged and justified as 0 or 1. KAM_USAGE theme KEY: no such
 * name (the message lists them), or a value out of range. */
kam_rc pdf_theme_set(pdf_theme *th, const char *key, const char *value, kam_err *err);
/* A colour as users write it: #rrggbb, #rgb, black, white, none (PDF_NONE), or a colour of the theme by its name. KAM_USAGE
 * colour NAME, with the nearest names. */
kam_rc pdf_colour_parse(const pdf_theme *th, const char *text, pdf_rgb *out, kam_err *err);

/* What readers see in place of a key that a cell of a table holds ("top"); NULL: the cell as it is. The result must last. */
struct kam_column;
typedef const char *(*pdf_word_fn)(const struct kam_column *c, const char *value, pdf_lang lang);

/* Options of a document. All zero is a good start: Chinese, A4 portrait, screen theme, page numbers. Strings may be
 * NULL; they are copied. */
typedef struct pdf_doc_opts {
    pdf_lang lang;
    pdf_paper paper;
    bool landscape;
    const pdf_theme *theme;     /* NULL: pdf_theme_screen */
    const char *title;          /* info dictionary, and the window's title */
    const char *author, *subject, *keywords;
    const char *header_left;    /* running head: short title … */
    const char *header_right;   /* … and confidentiality; both NULL: no head */
    const char *footer_left;    /* account · as-of date */
    bool no_page_numbers;       /* else "第 x 页 / 共 y 页" or "page x of y" at the right */
    bool mirrored;              /* bound copies: page number on the outer edge */
    bool first_page_plain;      /* page 1 carries a title block: of the running head it has header_right only */
    pdf_word_fn word;           /* NULL: cells are printed as they are */
    bool tagged;                /* with a structure tree, for readers that read aloud or set the text anew (PDF 1.7) */
} pdf_doc_opts;

/* --- fonts -------------------------------------------------------------------------------------------------------
 * A font set is the chain of font files tried, per character, for every text: the user's own choice first, then what
 * fontconfig finds of Noto Sans CJK SC (with HarfBuzz only), WenQuanYi Micro Hei, WenQuanYi Zen Hei, LXGW WenKai, AR PL UMing and UKai, then DejaVu Sans for
 * symbols. Bold text is set in the family's own bold where fontconfig finds one; else the regular is drawn heavier.
 * Opening maps the files and builds tables (a few ms); one set serves any number of documents, one after
 * the other. Not for concurrent use. */
typedef struct pdf_fonts pdf_fonts;

/* `user` is NULL or "", a font file (with a '/'; ".ttc#2" picks a face) or a family name. KAM_NOTFOUND font NAME: the
 * user's font is not there; KAM_PDF font: it cannot be used (says why: damaged, licence forbids embedding, CFF
 * outlines), or no font with Chinese characters is installed (says which packages to install). */
kam_rc pdf_fonts_open(const char *user, pdf_fonts **out, kam_err *err);
void pdf_fonts_free(pdf_fonts *f); /* NULL is fine */
/* A further font for texts that name it; the chain still fills its holes. *named > 0 is how such texts know it. Errors as
 * above; KAM_LIMIT fonts: too many. */
kam_rc pdf_fonts_name_face(pdf_fonts *f, const char *user, int *named, kam_err *err);
size_t pdf_fonts_count(const pdf_fonts *f);
/* PostScript name of the i-th font of the chain, or its file as long as no text needed it; lent. */
const char *pdf_fonts_name(const pdf_fonts *f, size_t i);
#endif
