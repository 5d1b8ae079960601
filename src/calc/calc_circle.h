/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_circle: the seats of the winning circle and who sits in them (B6), for calc's own .c files: the circle itself and
 * the routes to its empty seats. */
#ifndef CALC_CIRCLE_H
#define CALC_CIRCLE_H
#include "calc_people.h"

typedef enum { SEAT_COACH, SEAT_USER, SEAT_TECHNICAL, SEAT_INFLUENCER, SEAT_DECIDER, SEAT_KINDS } calc_seat;
extern const char *const calc_seat_keys[SEAT_KINDS]; /* coach user-side technical-side influencer decider */
const char *calc_seat_name(calc_seat s, calc_lang lang); /* for sentences */

/* What keeps a person who holds the role out of the seat. */
enum { LACKS_AUTHORITY = 1 /* an influencer's must be known and below the cut */, LACKS_MEETING = 2, LACKS_ATTITUDE = 4 };

typedef struct calc_circle {
    size_t n;        /* seats */
    calc_seat *seat;
    size_t *person;  /* row who sits there, SIZE_MAX: empty */
    size_t *nearest; /* of an empty seat the row that lacks least and sits nowhere, SIZE_MAX: nobody */
} calc_circle;
void calc_circle_open(const calc_crowd *w, calc_circle *out);
void calc_circle_release(calc_circle *c);

bool calc_seat_role(const calc_crowd *w, size_t i, calc_seat s);   /* holds the role, placeholder or not */
unsigned calc_seat_lacks(const calc_crowd *w, size_t i, calc_seat s);
#endif
