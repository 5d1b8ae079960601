/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_figure: the figures of account work, made from tables like those of pdf_flow.h: the people map, the heat grid,
 * the whale curve, the histogram, the timeline. All of them break over as many pages as they need, keep to 8 pt at
 * least (7 on the small cards of a people map), and say by a shape or a word what they say by a colour.
 *
 * Ownership and errors as in pdf_flow.h: strings are copied, tables kept by reference; a column that is not there or
 * holds no numbers is KAM_NOTFOUND column NAME or KAM_USAGE, and the flow stays as it was. */
#ifndef PDF_FIGURE_H
#define PDF_FIGURE_H
#include "pdf_flow.h"

/* People as cards: an organisation chart by who reports to whom, with lines of influence and conflict across it.
 * Cards are as small as keeps the map in one picture; trees wider or taller than a page are cut into parts that name each other; rings of superiors are cut at the first
 * one met. Who has neither superior nor reports stands after the trees. O(n log n) and the lines. */
typedef struct pdf_people_opts {
    const char *id_col, *name_col;  /* required, text; an id that comes twice is drawn twice, lines meet the first */
    const char *title_col, *role_col;
    const char *reports_col;        /* text: id of the superior; missing or unknown: at the top */
    const char *influence_col;      /* number, printed in the corner */
    const char *attitude_col;       /* number: > 0 supporter ＋, 0 neutral 0, < 0 opponent －, missing unknown ? */
    const char *coverage_col;       /* number 0–4: filled dots; missing: dashes */
    const char *decider_col, *star_col; /* flag or number ≠ 0: double border; star (champion, coach) */
    kam_table *links;               /* from, to (ids), kind: influence | conflict | informal; may be NULL */
    const char *caption;
    const char *turned;             /* not NULL: where it would be cut it stands, under these words, at the head of the next page, or, if
                                       an upright page would cut it too, on one turned round behind the one where it is asked for;
                                       the text goes on meanwhile. Not in columns. */
} pdf_people_opts;
kam_rc pdf_flow_people(pdf_flow *f, kam_table *t, const pdf_people_opts *o, kam_err *err);

/* One row a cell. With states: owned (dark), pipeline (mid tone), gap (white, dashed), competitor (hatched), blocked
 * (grey); any other word is printed as it stands. Without: the tone follows the value, which is printed. Rows and
 * columns come in the order of their first appearance; columns that do not fit side by side follow below. */
typedef struct pdf_heat_opts {
    const char *row_col, *col_col;  /* required, text */
    const char *value_col;          /* number or money, printed */
    const char *state_col;          /* text */
    const char *note_col;           /* text: competitor's name, stage, reason */
    pdf_format format;
    bool totals;                    /* with states: the share owned of what is neither blocked nor unknown, by row and column */
    const char *row_label, *caption;
} pdf_heat_opts;
kam_rc pdf_flow_heat(pdf_flow *f, kam_table *t, const pdf_heat_opts *o, kam_err *err);

/* The cumulated share over the ranked rows, best first (the curve turns down where rows cost more than they bring),
 * with the rank at which 80 % is reached and the peak. */
typedef struct pdf_whale_opts {
    const char *value_col;          /* required, number */
    const char *caption, *x_label, *y_label;
    double height_pt;
} pdf_whale_opts;
kam_rc pdf_flow_whale(pdf_flow *f, kam_table *t, const pdf_whale_opts *o, kam_err *err);

typedef struct pdf_histogram_opts {
    const char *value_col;          /* required, number */
    bool has_interval, has_mark;
    double low, high, mark;         /* a shaded interval, a line; major units */
    const char *interval_label, *mark_label;
    pdf_format format;
    const char *caption, *x_label, *y_label;
    double height_pt;
} pdf_histogram_opts;
kam_rc pdf_flow_histogram(pdf_flow *f, kam_table *t, const pdf_histogram_opts *o, kam_err *err);

/* A row an action on a scale of days: a bar from start to due, or a point when there is no start; what is done has a
 * filled sign. Rows without a due day are said under the figure. */
typedef struct pdf_timeline_opts {
    const char *label_col, *due_col; /* required; due: day */
    const char *start_col, *owner_col;
    const char *tone_col;            /* good warn bad unknown */
    bool has_today;
    int64_t today;                   /* a line at this day */
    const char *today_label, *caption;
} pdf_timeline_opts;
kam_rc pdf_flow_timeline(pdf_flow *f, kam_table *t, const pdf_timeline_opts *o, kam_err *err);
#endif
