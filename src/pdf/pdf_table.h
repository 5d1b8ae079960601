/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_table: what the setting of tables (pdf_table.c) and the choice of their column widths (pdf_table_width.c) share.
 * Inside the layer only. */
#ifndef PDF_TABLE_H
#define PDF_TABLE_H
#include "pdf_block.h"

typedef struct pdf_tcol {
    const pdf_col *spec;
    size_t index;        /* in the table */
    long tone;           /* column of tones; -1: none */
    int decimals;
    pdf_set set;
    bool wraps;          /* text: may take more than one line */
    double natural, least, width, x;
    double floor;        /* below `least`: what is left when even long words have to be broken */
    int tag;             /* element of the text of its cell in the row being set */
} pdf_tcol;

typedef struct pdf_table_set {
    pdf_galley *g;
    const pdf_block *b;
    const pdf_table_opts *o;
    const kam_table *t;
    pdf_tcol *col;
    size_t n;
    double size, line_h, pad_x, pad_y;
    size_t rows;         /* body rows, without a totals row that is part of the table */
    long head;           /* index of the repeated head */
    long group;          /* column whose runs get a subtotal; -1: none */
    double *one_line;    /* while widths are chosen: width of each cell of the first rows on one line, row by row */
    kam_str cell;        /* the cell being formatted */
} pdf_table_set;

/* Texts as printed; lent until the next call. */
const char *pdf_table_cell(pdf_table_set *l, const pdf_tcol *c, size_t row);
const char *pdf_table_total(pdf_table_set *l, const pdf_tcol *c, size_t i);
const char *pdf_table_subtotal(pdf_table_set *l, const pdf_tcol *c, size_t i, size_t from, size_t to);
bool pdf_table_has_totals(const pdf_table_set *l);
size_t pdf_table_group_end(pdf_table_set *l, size_t from); /* behind the last row of the run that starts at `from` */
double pdf_table_sign_room(const pdf_table_set *l, const pdf_tcol *c);
/* Type size and the columns' widths and places. */
void pdf_table_widths(pdf_table_set *l);
#endif
