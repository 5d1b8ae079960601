/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_people: what the files of the people map share: who is on it (pdf_chart_people), the cards (pdf_people_card), and
 * the lines between them (pdf_people_link). Nobody else needs it. */
#ifndef PDF_PEOPLE_H
#define PDF_PEOPLE_H
#include "pdf_chart.h"
#include "pdf_figure.h"
#include "pdf_shelf.h"

typedef enum { LINK_INFLUENCE, LINK_CONFLICT, LINK_INFORMAL, LINK_KINDS } pdf_link_kind;

/* How a card is set; lengths in points. Words that find no room on one line get a second one before they are cut. */
typedef struct pdf_card_style {
    double min_w, h_gap;      /* of a card; between two columns, where lines run */
    double name_pt, least_pt; /* a name of one line is set down to that size before it gets two */
    double small;             /* part of the theme's small type that words are set in, 7 pt at least */
    double pad, sign;         /* at the sides; size of the signs, 1 is large */
    double name, title, step; /* baselines under the upper edge: of a name of one line, of the title below it; from line to line */
    double two;               /* of the first line of a name of two */
    int lines;                /* of the title below a name of one line */
} pdf_card_style;

typedef struct pdf_id {
    const char *id;
    size_t row;
} pdf_id;

typedef struct pdf_spot { /* where a person's card stands; shelf -1: not yet */
    int shelf, col, row;
} pdf_spot;

typedef struct pdf_people {
    pdf_fig f;
    const pdf_people_opts *o;
    const kam_table *links;
    size_t n;
    pdf_id *ids; /* sorted */
    pdf_spot *at;
    const pdf_card_style *style;
    bool plain; /* nothing at the foot of a card but where it goes on */
    double card_w, card_h, v_gap;
    int lanes; /* links drawn: each keeps to a lane of its own in the gaps */
} pdf_people;

const char *pdf_people_text(const kam_table *t, const char *name, size_t row, char buf[KAM_CELL_MAX]); /* "" where there is none */
bool pdf_people_number(const pdf_people *p, const char *name, size_t row, double *v); /* false: missing */
bool pdf_people_yes(const pdf_people *p, const char *name, size_t row);
size_t pdf_people_find(const pdf_people *p, const char *id); /* its row; p->n: nobody */

/* --- cards and signs --- */
typedef enum { ATTITUDE_UNKNOWN, ATTITUDE_FOR, ATTITUDE_NEUTRAL, ATTITUDE_AGAINST, ATTITUDES } pdf_attitude;
pdf_attitude pdf_people_attitude(const pdf_people *p, size_t row);
void pdf_put_attitude(pdf_people *p, double cx, double cy, double scale, pdf_attitude a);
void pdf_put_star(pdf_ops *o, double cx, double cy, double r, pdf_rgb fill);
double pdf_put_coverage(pdf_people *p, double right, double cy, double scale, bool known, double filled); /* the room it takes */
void pdf_put_card(pdf_people *p, const pdf_cell *c, double x, double y);

/* --- lines --- */
double pdf_people_x(const pdf_people *p, int col);
double pdf_people_y(const pdf_people *p, int row);
void pdf_put_reports(pdf_people *p, const pdf_part *part, int dx);
void pdf_put_route(pdf_people *p, pdf_link_kind kind, const double *xy, size_t n);
void pdf_put_links(pdf_people *p, int shelf);
/* Does a line of that kind run between two people on the map? */
bool pdf_people_linked(const pdf_people *p, pdf_link_kind want);
/* Lines whose ends stand on different shelves, in words: the first dozen, and how many more there are. */
void pdf_say_links(pdf_people *p, pdf_galley *g);
#endif
