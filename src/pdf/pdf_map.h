/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_map: where the cards of an organisation chart stand: on a grid of cells, so that lines can run in the gaps. Pure
 * integers, no type, no points.
 *
 * A superior stands above those who report to him, in the middle column of theirs. Those who have no reports of their
 * own stand below each other in stacks. A tree that is wider or taller than the grid is cut: the widest branch goes
 * into a part of its own, and a pointer to that part stands in its place. O(n log n). */
#ifndef PDF_MAP_H
#define PDF_MAP_H
#include <stdbool.h>
#include <stddef.h>

typedef enum {
    PDF_CELL_CARD,
    PDF_CELL_STUB,  /* this person's card, whose reports stand in part `part` */
    PDF_CELL_REPEAT /* head of a part: a card that stood in another part already */
} pdf_cell_kind;

typedef struct pdf_cell {
    size_t person;
    int col, row;
    pdf_cell_kind kind;
    int part;   /* STUB: number of the part (from 1) where it goes on */
    int above;  /* index of the superior's cell in the same part; -1: none */
    bool stack; /* one of several below each other: its line comes from the left */
} pdf_cell;

typedef struct pdf_part {
    pdf_cell *v;
    size_t n, cap;
    int cols, rows;
    int root_col;
    int number; /* parts that are pointed to are numbered from 1; 0: not pointed to */
} pdf_part;

typedef struct pdf_map {
    pdf_part *v;
    size_t n, cap;
} pdf_map;

/* superior[i]: index of i's superior, or n for none; rings are cut. cols and rows (≥ 2) are what a page holds. */
void pdf_map_make(pdf_map *m, const size_t *superior, size_t n, int cols, int rows);
/* The parts in another order (order[i]: which comes i-th), numbered anew as they will be read. */
void pdf_map_order(pdf_map *m, const size_t *order);
void pdf_map_release(pdf_map *m);
#endif
