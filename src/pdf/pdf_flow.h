/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_flow: the document as its author thinks of it: a row of blocks. Blocks are added in reading order; pages come
 * into being when the flow is saved or dumped.
 *
 *   pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = PDF_EN, .title = "Account plan"});
 *   pdf_flow_heading(f, 1, "Where we stand");
 *   pdf_flow_paragraph(f, "…");
 *   rc = pdf_flow_table(f, table, &(pdf_table_opts){.zebra = true}, err);
 *   rc = pdf_flow_save(f, fonts, "plan.pdf", &report, err);
 *   pdf_flow_free(f);
 *
 * Ownership: every text is copied and repaired, every table is kept by reference (it must be sealed); option structs
 * are read during the call. A zeroed option struct is a sensible default throughout. Texts arrive translated: the
 * only words this layer owns are those of page furniture ("page x of y", "Contents", "continued") and of what figures show
 * in a tagged document (pdf_tag.h), in both languages.
 *
 * Complexity: saving is O(text + ops); a flow may be saved and dumped any number of times.
 * Errors of adding (a column that is not there) are KAM_NOTFOUND column NAME and leave the flow as it was. */
#ifndef PDF_FLOW_H
#define PDF_FLOW_H
#include "kam_progress.h"
#include "kam_str.h"
#include "kam_table.h"
#include "pdf.h"

typedef struct pdf_flow pdf_flow;
pdf_flow *pdf_flow_new(const pdf_doc_opts *opts); /* NULL: all defaults */
void pdf_flow_free(pdf_flow *f);

/* Laying out and drawing ask `p` (lent) now and then whether to stop, and end with KAM_INTERRUPT then: no file is written. */
void pdf_flow_watch(pdf_flow *f, kam_progress *p);
/* The caller brings the file to the disk (of many, all at once): saving does not wait for it. */
void pdf_flow_unsynced(pdf_flow *f, bool on);

/* From here on the texts of paragraphs, list items and notes are read with marks: **bold**, __emphasis__, {page:NAME}
 * (see pdf_flow_name), \* \_ \{ \\ for the characters themselves. Off at first. Data put into a marked text goes through pdf_mark_escape. */
void pdf_flow_markup(pdf_flow *f, bool on);
/* From here on paragraphs, list items and notes are set so. AUTO: as the theme says; where that says nothing, Han justified (ragged
 * in narrow columns), Latin ragged. */
typedef enum { PDF_PARA_AUTO, PDF_PARA_JUSTIFIED, PDF_PARA_RAGGED, PDF_PARA_CENTRE, PDF_PARA_RIGHT } pdf_para;
void pdf_flow_align(pdf_flow *f, pdf_para how);
/* The block added last stays on one page with (the beginning of) what comes next. */
void pdf_flow_keep(pdf_flow *f);
/* Said by the figure just added, where it has nothing to draw: what is missing, in the reader's words. NULL: a sentence that fits any figure. */
void pdf_flow_empty(pdf_flow *f, const char *text);
void pdf_mark_escape(kam_str *out, const char *text);

/* --- text --- */
typedef struct pdf_fact {
    const char *name, *value;
} pdf_fact;
/* Title block at the place where it is added (usually first). kicker: a small line above ("Key account plan");
 * facts: owner, period, date …, set in two columns. */
typedef struct pdf_title {
    const char *kicker, *title, *subtitle;
    const pdf_fact *facts;
    size_t n_facts;
} pdf_title;
void pdf_flow_title(pdf_flow *f, const pdf_title *t);

void pdf_flow_heading(pdf_flow *f, int level, const char *text); /* level 1–3; goes into outline and contents */
/* Names the heading added last: {page:NAME} in a marked text is the number of its page. */
void pdf_flow_name(pdf_flow *f, const char *name);
void pdf_flow_paragraph(pdf_flow *f, const char *text); /* '\n' breaks a line */
void pdf_flow_small(pdf_flow *f, const char *text);     /* muted small print: sources, footnotes, legends */
typedef enum { PDF_BULLETS, PDF_NUMBERS, PDF_CHECKS } pdf_list_kind; /* CHECKS: empty boxes to tick */
void pdf_flow_list(pdf_flow *f, pdf_list_kind kind, const char *const *items, size_t n);
/* The list added last stands at that level (1–3: within the item above it), and its numbers begin with `start`. */
void pdf_flow_list_at(pdf_flow *f, int level, int start);

typedef enum { PDF_NOTE_INFO, PDF_NOTE_GOOD, PDF_NOTE_WARN, PDF_NOTE_BAD, PDF_NOTE_TRAINER } pdf_note_kind;
void pdf_flow_note(pdf_flow *f, pdf_note_kind kind, const char *title, const char *text); /* title may be NULL */

/* KPI tiles in one row (more than four: two rows). delta: a line under the value, coloured by tone and led by ▲ ▼
 * when the tone says so. */
typedef enum { PDF_TONE_NONE, PDF_TONE_GOOD, PDF_TONE_WARN, PDF_TONE_BAD, PDF_TONE_UP, PDF_TONE_DOWN } pdf_tone;
typedef struct pdf_tile {
    const char *label, *value, *delta; /* delta may be NULL */
    pdf_tone tone;
} pdf_tile;
void pdf_flow_tiles(pdf_flow *f, const pdf_tile *tiles, size_t n);

/* A PNG or JPEG file, read at once. width_pt 0: 150 pixels to the inch. caption may be NULL. KAM_NOTFOUND, KAM_IO, KAM_PDF
 * image (pdf_image.h). */
kam_rc pdf_flow_image(pdf_flow *f, const char *path, double width_pt, const char *caption, kam_err *err);
/* The picture in the upper right corner of title blocks added from here on. */
kam_rc pdf_flow_logo(pdf_flow *f, const char *path, kam_err *err);

/* --- room to write on (handouts): ruled lines 8.5 mm apart, led by an optional question --- */
void pdf_flow_answer_lines(pdf_flow *f, const char *prompt, int lines);
/* One row of boxes to tick; every choice has its text ("yes", "1".."5"). */
void pdf_flow_choices(pdf_flow *f, const char *prompt, const char *const *choices, size_t n);

/* --- structure --- */
void pdf_flow_page_break(pdf_flow *f);
/* From here on landscape (or portrait) pages, beginning with a new one; for maps and wide tables. false, and
 * nothing happens, within columns. */
bool pdf_flow_turn(pdf_flow *f, bool landscape);
void pdf_flow_spacer(pdf_flow *f, double height_pt);
void pdf_flow_need(pdf_flow *f, double height_pt); /* new page unless that much room is left */
void pdf_flow_rule(pdf_flow *f);
void pdf_flow_toc(pdf_flow *f, const char *title, int max_level); /* title NULL: "目录" / "Contents" */
/* The contents added last stand only in a document that has more pages than that without any such contents. */
void pdf_flow_toc_beyond(pdf_flow *f, size_t pages);
/* Columns side by side: begin, blocks, next, blocks, …, end. weights gives the relative widths (NULL: equal). The
 * row is kept on one page if it fits on any; else every column goes on by itself on the pages that follow. Not nested. */
bool pdf_flow_in_columns(const pdf_flow *f); /* then none may begin */
void pdf_flow_columns_begin(pdf_flow *f, size_t n, const double *weights);
void pdf_flow_columns_next(pdf_flow *f);
void pdf_flow_columns_end(pdf_flow *f);

/* --- tables --- */
typedef enum { PDF_ALIGN_AUTO, PDF_LEFT, PDF_RIGHT, PDF_CENTRE } pdf_align; /* AUTO: numbers right, days/flags centre */
typedef enum {
    PDF_FORMAT_AUTO,    /* by type: grouped integers and money, reals with `decimals`, ISO days, ✓ for flags */
    PDF_FORMAT_PLAIN,   /* as csv writes it */
    PDF_FORMAT_PERCENT, /* a real or int fraction: 0.185 → 18.5 % */
    PDF_FORMAT_SIGNED,  /* with + or − */
    PDF_FORMAT_SHORT    /* 1,234 万 · 1.23 亿 / 12.3 M; zeros cut; for tiles and axes */
} pdf_format;
/* One printed column. A missing cell prints "–". */
typedef struct pdf_col {
    const char *name;   /* of the table's column; required */
    const char *label;  /* translated heading; NULL: kam_col_label */
    double width_pt;    /* fixed; 0: fitted to content */
    double weight;      /* share of the room left over; 0: 1 for wrapping text, 0 for others */
    pdf_align align;
    pdf_format format;
    int decimals;       /* reals and percents; 0: automatic, -1: none, n: n */
    bool bold;
    int lines;          /* a cell is cut to so many lines, the last ends in "…"; 0: as many as it needs */
    bool total;         /* summed into the totals row (int, real, money) */
    const char *tone_col; /* text column good|warn|bad|unknown: a coloured sign ● ▲ ■ ○ before the cell; may be NULL */
} pdf_col;
typedef struct pdf_table_opts {
    const pdf_col *cols;      /* NULL: all columns of the table with their own labels */
    size_t n_cols;
    const char *caption;      /* above the table, numbered by the caller if at all */
    const char *subtotal_col; /* rows of equal value there stand together; after each such run a row sums the columns
                                 marked total; may be NULL */
    const char *subtotal_label; /* NULL: "小计" / "subtotal"; the value follows it */
    const char *totals_label; /* not NULL: a totals row summing the columns marked total */
    bool totals_last_row;     /* the last row of the table is the totals row: set it so */
    bool zebra;               /* else hairlines */
    bool compact;             /* small print and tighter rows */
    bool blank_rows;          /* hairline grid with empty cells printed as blanks to write in (handouts) */
    double min_row_pt;        /* e.g. PDF_MM(8.5) for rows to write in */
    const char *empty;        /* said instead of rows when there are none; NULL: "没有记录。" / "Nothing on record." */
    bool no_notes;            /* else the table's notes follow in small print */
} pdf_table_opts;
kam_rc pdf_flow_table(pdf_flow *f, kam_table *t, const pdf_table_opts *o, kam_err *err);

/* --- charts: figures over the column's full width unless height says otherwise; legend, axis and value labels at 8 pt
 * at least. Missing values are left out and counted in a line under the figure. --- */
typedef struct pdf_bar_opts {
    const char *label_col;          /* text; required */
    const char *value_cols[PDF_SERIES];
    const char *series[PDF_SERIES]; /* translated names for the legend; NULL: column label */
    size_t n_values;                /* ≥ 1 */
    bool vertical;                  /* else lying bars: better for names */
    bool stacked;
    pdf_format format;
    const char *caption, *axis;     /* axis: what is measured and its unit */
    const char *tone_col;           /* text good|warn|bad|… colours single bars (one series only) */
    size_t max_bars;                /* more rows are summed into "others"; 0: 20 */
    double height_pt;               /* 0: by the number of bars */
} pdf_bar_opts;
kam_rc pdf_flow_bar(pdf_flow *f, kam_table *t, const pdf_bar_opts *o, kam_err *err);

typedef struct pdf_funnel_opts {
    const char *label_col;   /* stage, widest first; required */
    const char *value_col;   /* decides the widths; required */
    const char *second_col;  /* printed beside (weighted amount, count); may be NULL */
    const char *value_label, *second_label; /* translated; NULL: column labels */
    const char *rate_label;  /* e.g. "conversion"; not NULL prints value ÷ value of the stage before, between stages */
    pdf_format format, second_format;
    const char *caption;
    double height_pt;
} pdf_funnel_opts;
kam_rc pdf_flow_funnel(pdf_flow *f, kam_table *t, const pdf_funnel_opts *o, kam_err *err);

typedef struct pdf_quadrant_opts {
    const char *x_col, *y_col, *label_col; /* required */
    const char *size_col;    /* bubble area; may be NULL */
    const char *group_col;   /* text: colour and shape, legend by first appearance; may be NULL */
    const char *x_label, *y_label;
    const char *corner[4];   /* names of the quadrants: top left, top right, bottom left, bottom right; may be NULL */
    double x_split, y_split; /* where the cross stands; both 0 and no split_given: the middle of the axes */
    bool split_given;
    double x_min, x_max, y_min, y_max; /* equal: from the data */
    pdf_format x_format, y_format;
    const char *caption;
    double height_pt;        /* 0: about 2/3 of the width */
} pdf_quadrant_opts;
kam_rc pdf_flow_quadrant(pdf_flow *f, kam_table *t, const pdf_quadrant_opts *o, kam_err *err);

typedef struct pdf_line_opts {
    const char *x_col;                /* int, real, day or money: a scale; text: evenly spaced; required */
    const char *value_cols[PDF_SERIES];
    const char *series[PDF_SERIES];
    size_t n_values;
    bool from_zero;                   /* y axis starts at 0 */
    bool pareto;                      /* one value column: bars sorted as given plus cumulative share in percent */
    pdf_format format;
    const char *caption, *x_label, *y_label;
    double height_pt;
} pdf_line_opts;
kam_rc pdf_flow_line(pdf_flow *f, kam_table *t, const pdf_line_opts *o, kam_err *err);

/* --- results --- */
/* What a saved document came to. Missing characters are those no font of the chain has; each is printed as a box. */
enum { PDF_REPORT_MISSING = 16, PDF_REPORT_REFS = 3, PDF_REPORT_NAME = 64 };
typedef struct pdf_report {
    size_t pages, bytes;
    size_t n_missing;                       /* distinct characters */
    uint32_t missing[PDF_REPORT_MISSING];   /* the first of them */
    size_t n_bad_refs;                      /* distinct names in {page:NAME} that no heading has; printed as "?" */
    char bad_ref[PDF_REPORT_REFS][PDF_REPORT_NAME];  /* the first of them, cut */
    char near_ref[PDF_REPORT_REFS][PDF_REPORT_NAME]; /* the name of a heading that is near to it; "": none */
} pdf_report;

/* Lays out, draws and writes the file: complete under its final name, or not at all (written beside it, synced,
 * renamed). fonts NULL: opened for this call. report may be NULL. KAM_IO path; KAM_PDF code when libharu fails;
 * KAM_LIMIT pages; KAM_INTERRUPT. */
kam_rc pdf_flow_save(const pdf_flow *f, pdf_fonts *fonts, const char *path, pdf_report *report, kam_err *err);
/* The same bytes into memory. */
kam_rc pdf_flow_bytes(const pdf_flow *f, pdf_fonts *fonts, kam_str *out, pdf_report *report, kam_err *err);

/* What a reader would stumble over: texts that overlap and texts that leave their page, counted; one sentence a line
 * into `out` (may be NULL). fonts NULL: with the synthetic metrics. */
kam_rc pdf_flow_faults(const pdf_flow *f, pdf_fonts *fonts, size_t *n, kam_str *out, kam_err *err);

/* The display list as text, one operation a line, laid out with the synthetic metrics font (no font file is
 * touched): the form goldens are kept in. */
kam_rc pdf_flow_dump(const pdf_flow *f, kam_str *out, kam_err *err);

/* A number as the tables of this layer print it, for texts and tiles. `type` KAM_INT, KAM_REAL, KAM_MONEY (value in
 * minor units, exponent used) … */
void pdf_format_value(kam_str *out, pdf_lang lang, kam_type type, double value, int exponent, pdf_format format,
                      int decimals);
#endif
