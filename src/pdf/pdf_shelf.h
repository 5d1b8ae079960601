/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_shelf: the parts of a people map on shelves (parts side by side), the shelves on pages. Pure: numbers only.
 *
 * How a map is cut (how many rows a part may have, how large the cards are) is chosen by the room that is left on the
 * page where it begins and by that of the pages after it: of all ways the one that leaves least paper white at the feet
 * of pages, where a tree that is cut at all costs what `torn` says, n parts cost as much as n² / 12 rows of cards, and each smaller size of
 * cards as much as a row: of a map that must be cut, one part more is welcome
 * where it saves a third of a page, many never. A part that finds no room waits, and a later one that does find some goes before it;
 * parts are numbered as they stand. Those who stand alone come after the trees. O(ways × (n log n + parts)). */
#ifndef PDF_SHELF_H
#define PDF_SHELF_H
#include "pdf_map.h"

typedef struct pdf_shelf_room { /* points for shelves alone: heading and legend are taken off already */
    double here;  /* on the page where the map begins; less than a card: none */
    double fresh; /* when it begins on a new page */
    double later; /* on every page after that */
    double number_h; /* above a part that has a number */
    double torn;  /* what it costs that a tree is cut: points left white */
} pdf_shelf_room;

typedef struct pdf_card_size {
    double card_h, gap;
    int cols; /* of a page */
} pdf_card_size;

typedef struct pdf_shelf {
    size_t at, n; /* parts [at, at + n) of the map */
    int rows;
} pdf_shelf;

typedef struct pdf_shelves {
    pdf_map map;
    pdf_shelf *v;
    size_t n, cap;
    size_t size; /* index of the card size taken */
    size_t pages; /* begun, beyond the one where the map begins */
    double used;  /* points of shelves and gaps on all of them */
    int widest;  /* columns of the widest shelf, at least 1 */
    bool torn;   /* a tree is cut */
    double cost; /* points, see above */
} pdf_shelves;

/* superior as in pdf_map_make. Of equal ways the first size and the tallest parts. */
void pdf_shelf_make(pdf_shelves *s, const size_t *superior, size_t n, const pdf_card_size *sizes, size_t n_sizes, const pdf_shelf_room *room);
void pdf_shelf_release(pdf_shelves *s);
double pdf_shelf_height(const pdf_shelves *s, const pdf_shelf *shelf, pdf_card_size size, double number_h);
#endif
