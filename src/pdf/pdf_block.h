/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_block: the recorded form of what an author put into a flow, and the functions that set each kind into a
 * galley. Inside the layer only. Everything a block points to lives in the flow's arena. */
#ifndef PDF_BLOCK_H
#define PDF_BLOCK_H
#include "pdf_image.h"
#include "pdf_layout.h"

typedef enum {
    PDF_B_TITLE, PDF_B_HEADING, PDF_B_PARAGRAPH, PDF_B_SMALL, PDF_B_LIST, PDF_B_NOTE, PDF_B_TILES, PDF_B_LINES,
    PDF_B_CHOICES, PDF_B_BREAK, PDF_B_SPACER, PDF_B_NEED, PDF_B_RULE, PDF_B_TOC, PDF_B_COLUMNS, PDF_B_COLUMNS_NEXT,
    PDF_B_COLUMNS_END, PDF_B_TURN, PDF_B_TABLE, PDF_B_BAR, PDF_B_FUNNEL, PDF_B_QUADRANT, PDF_B_LINE, PDF_B_IMAGE,
    PDF_B_PEOPLE, PDF_B_HEAT, PDF_B_WHALE, PDF_B_HISTOGRAM, PDF_B_TIMELINE
} pdf_block_kind;

typedef struct pdf_block {
    pdf_block_kind kind;
    bool markup;
    bool keep;              /* with the block after it */
    pdf_para align;         /* of text */
    int number;             /* level, kind of list or note, lines, max_level; turn: 1 = landscape */
    int level, start;       /* list: 1–3; number of its first item */
    int mark;               /* heading: its index among all headings, which is its mark */
    size_t beyond;          /* contents: only in a document of more pages */
    double height;          /* spacer, need; image: its width, 0 = by its pixels */
    const pdf_image *image; /* image; title: the logo, may be NULL */
    const char *text, *title;
    const char *empty;      /* figure: said in its place where there is nothing to draw; may be NULL */
    const char *name;       /* heading: what texts refer to it by; may be NULL */
    const char **items;     /* list, choices */
    size_t n;
    kam_table *table;       /* a reference */
    kam_table *links;       /* people map: its lines; a reference or NULL */
    union {
        const pdf_title *title;
        const pdf_tile *tiles;
        const double *weights;
        const pdf_table_opts *table;
        const pdf_bar_opts *bar;
        const pdf_funnel_opts *funnel;
        const pdf_quadrant_opts *quadrant;
        const pdf_line_opts *line;
        const void *figure; /* pdf_figure.h: the options of its kind */
    } u;
} pdf_block;

struct pdf_flow {
    kam_arena arena;
    pdf_doc_opts opts;      /* strings copied, theme resolved */
    pdf_theme theme;
    kam_progress *watch;    /* NULL: nobody stops it */
    bool unsynced;
    bool markup;
    pdf_para align;         /* of texts to come */
    int n_headings;
    const pdf_image *logo;  /* in title blocks; NULL: none */
    int columns_open;       /* columns still to come in an open columns block; 0: none open */
    pdf_block *v;
    size_t n, cap;
};

/* pdf_ref.c: does any text refer to a page; a text with its references as numbers */
bool pdf_ref_any(const struct pdf_flow *f);
const char *pdf_ref_expand(const pdf_ctx *cx, const char *text);
/* pdf_block_text.c */
/* How the lines of a text stand: as the block asks, else as the theme, else by what it is made of. */
pdf_set pdf_set_of(const pdf_theme *th, const pdf_block *b, const char *text, double width, double size);
void pdf_set_title(pdf_galley *g, const pdf_block *b);
void pdf_set_heading(pdf_galley *g, const pdf_block *b);
void pdf_set_paragraph(pdf_galley *g, const pdf_block *b);
/* A sentence in the middle of a width, muted, on as many lines as it needs; the first baseline given. Returns the number of lines. */
size_t pdf_set_centred(pdf_galley *g, double baseline, double size, double step, const char *text);
void pdf_set_small(pdf_galley *g, const pdf_block *b, const char *text); /* b: marks and alignment; NULL: plain */
void pdf_set_caption(pdf_galley *g, const char *text);
void pdf_set_list(pdf_galley *g, const pdf_block *b);
/* pdf_block_box.c */
void pdf_set_note(pdf_galley *g, const pdf_block *b);
void pdf_set_tiles(pdf_galley *g, const pdf_block *b);
void pdf_set_lines(pdf_galley *g, const pdf_block *b);
void pdf_set_choices(pdf_galley *g, const pdf_block *b);
void pdf_set_rule(pdf_galley *g);
void pdf_set_image(pdf_galley *g, const pdf_block *b);
/* `headings`: level and text of every heading of the flow, in order of their marks */
void pdf_set_toc(pdf_galley *g, const pdf_block *b, const pdf_mark *headings, size_t n);
/* pdf_table.c */
void pdf_set_table(pdf_galley *g, const pdf_block *b);
/* pdf_chart_*.c */
void pdf_set_bar(pdf_galley *g, const pdf_block *b);
void pdf_set_funnel(pdf_galley *g, const pdf_block *b);
void pdf_set_quadrant(pdf_galley *g, const pdf_block *b);
void pdf_set_line(pdf_galley *g, const pdf_block *b);
void pdf_set_people(pdf_galley *g, const pdf_block *b);
/* Where a map that may have a page of its own stands best: here; at the head of the next page, for here it would be cut; on a page
 * turned round (of that width and body), for an upright one would cut it too. */
typedef enum { PDF_PEOPLE_HERE, PDF_PEOPLE_NEXT, PDF_PEOPLE_TURNED } pdf_people_place;
pdf_people_place pdf_people_where(const pdf_galley *g, const pdf_block *b, double width, double body_h);
void pdf_set_heat(pdf_galley *g, const pdf_block *b);
void pdf_set_whale(pdf_galley *g, const pdf_block *b);
void pdf_set_histogram(pdf_galley *g, const pdf_block *b);
void pdf_set_timeline(pdf_galley *g, const pdf_block *b);
#endif
