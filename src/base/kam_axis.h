/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_axis: round ticks for a scale (steps 1, 2, 2.5, 5 × 10^k; P. Heckbert, "Nice numbers for graph labels", Graphics
 * Gems, 1990). Pure. */
#ifndef KAM_AXIS_H
#define KAM_AXIS_H
#include <stdbool.h>
#include <stddef.h>

enum { KAM_TICKS_MAX = 24 };
typedef struct kam_axis {
    double min, max, step; /* min and max are multiples of step (loose labelling) */
    size_t n;
    double tick[KAM_TICKS_MAX];
    int decimals;          /* that a plain label of these ticks needs */
} kam_axis;

/* About `want` ticks (2–12) covering lo … hi. lo == hi or non-finite input gives a sound axis around it. with_zero
 * stretches the range to contain 0. */
void kam_axis_make(kam_axis *a, double lo, double hi, int want, bool with_zero);
/* The same from 0 for whole numbers: ticks are whole too, at the price of fewer ticks or a longer scale. */
void kam_axis_make_whole(kam_axis *a, double lo, double hi, int want);
/* Place of v on a scale from p0 (at min) to p1 (at max). */
double kam_axis_map(const kam_axis *a, double v, double p0, double p1);
#endif
