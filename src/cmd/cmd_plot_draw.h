/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_plot_draw: figures in characters, from arrays. Bars and funnel in cmd_plot_draw.c, lines and points in
 * cmd_plot_canvas.c.
 *
 * Pure: no table, no session, no terminal, no Tcl. All arrays are lent and have one element a row; a value that is not
 * finite is missing, is left out and counted in a last line. Every line appended is at most `width` columns wide
 * (kam_utf8_width) and ends with a line break; blanks at its end are dropped. Series and groups differ by mark or
 * fill, so that colour only repeats what is drawn. Texts may hold anything; line breaks and control characters become
 * blanks, and what is too wide is cut with "…".
 * Complexity O(rows + width · height); O(rows · log rows) for a line whose x is not in order. */
#ifndef CMD_PLOT_DRAW_H
#define CMD_PLOT_DRAW_H
#include "kam_str.h"
#include "kam_table.h"

enum { CMD_PLOT_SERIES = 8, CMD_PLOT_WIDTH_MIN = 20, CMD_PLOT_HEIGHT_MIN = 3 };

typedef struct cmd_plot_look {
    size_t width;  /* columns, ≥ CMD_PLOT_WIDTH_MIN */
    size_t height; /* line, scatter: rows of the drawing, ≥ CMD_PLOT_HEIGHT_MIN; bar, funnel: most rows drawn */
    bool color;
    bool chinese;
    const char *title; /* NULL: none */
    bool wide;         /* signs of ambiguous width take two columns in this terminal: texts are measured so, figures drawn in ASCII
                          (what is appended is passed through cmd_plot_narrow by the caller) */
} cmd_plot_look;

typedef struct cmd_plot_series {
    const char *name;
    const double *v;
    const double *low, *high; /* bar: ends of an interval, missing where none; NULL: no intervals */
    const char *const *text;  /* bar, funnel, spark: the values as people read them */
} cmd_plot_series;

/* How the numbers of an axis are written. */
typedef struct cmd_plot_axis {
    const char *name;
    kam_type type;           /* INT, REAL, MONEY (major units), DAY; TEXT: the rows in order, named by text */
    const char *const *text; /* TEXT only */
} cmd_plot_axis;

/* A bar a row, several series grouped under one label. Negative bars point left of the common axis. */
void cmd_plot_bar(const cmd_plot_look *k, size_t n, const char *const *label, size_t n_series, const cmd_plot_series *s,
                  kam_str *out);
/* Bars in the middle, one below the other; values ≥ 0. beside (may be NULL): a text to the right of each. */
void cmd_plot_funnel(const cmd_plot_look *k, size_t n, const char *const *label, const cmd_plot_series *s,
                     const char *const *beside, kam_str *out);
/* One line a series: its course in eight levels, with least, greatest and last value. More rows than columns: means of
 * neighbours. */
void cmd_plot_spark(const cmd_plot_look *k, size_t n, size_t n_series, const cmd_plot_series *s, kam_str *out);
/* A line a series over x; rows are joined in the order of x, a missing value interrupts the line. */
void cmd_plot_line(const cmd_plot_look *k, size_t n, const cmd_plot_axis *ax, const double *x, const cmd_plot_axis *ay,
                   size_t n_series, const cmd_plot_series *s, kam_str *out);
/* A point a row. group (may be NULL): index into groups[0..n_groups) of each row, n_groups ≤ CMD_PLOT_SERIES. */
void cmd_plot_scatter(const cmd_plot_look *k, size_t n, const cmd_plot_axis *ax, const double *x,
                      const cmd_plot_axis *ay, const double *y, const uint8_t *group, const char *const *groups,
                      size_t n_groups, kam_str *out);

/* Puts one ASCII character in the place of each sign figures are drawn with, from byte `from` on. */
void cmd_plot_narrow(kam_str *out, size_t from);

/* --- shared by the two files ------------------------------------------------------------------------------------- */
char *cmd_plot_clean(const char *s);  /* blanks for line breaks and control characters; caller frees with kam_free */
size_t cmd_plot_width(const cmd_plot_look *k, const char *s); /* columns of it when clean */
/* Text in exactly `width` columns (right: filled on the left), cut with "…" when wider. */
void cmd_plot_cell(const cmd_plot_look *k, kam_str *out, const char *s, size_t width, bool right);
/* Text in lines of at most the look's width, broken at blanks where possible. */
void cmd_plot_sentence(const cmd_plot_look *k, const char *s, kam_str *out);
/* Drops blanks at the end and adds the line break. */
void cmd_plot_end_line(kam_str *out);
void cmd_plot_title(const cmd_plot_look *k, kam_str *out);
/* "n values missing, left out"; nothing for 0. */
void cmd_plot_missing(const cmd_plot_look *k, size_t n, kam_str *out);
/* Escape codes for series i and back; nothing without colour. */
void cmd_plot_color(const cmd_plot_look *k, size_t i, kam_str *out);
void cmd_plot_plain(const cmd_plot_look *k, kam_str *out);
/* Names with their signs, in lines of at most the look's width. */
void cmd_plot_legend(const cmd_plot_look *k, size_t n, const char *const *sign, const char *const *name, kam_str *out);
#endif
