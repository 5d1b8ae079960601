/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_festival: the days on which one greets customers in China: fixed ones, and those of the lunar calendar for 2020–2040.
 *
 * Source of the lunar days: scripts/dev/festivals.tcl, which computes them by the rules of GB/T 33661-2017 from new moons and the sun's
 * longitude (J. Meeus, Astronomical Algorithms, 2nd ed.). They agree with the Chinese calendar of ICU 78.2 in all years
 * but 2027 and 2030, where the new moon of the Spring Festival falls 4 minutes before and 8 minutes after midnight in Beijing and
 * ICU is a day off (2027-02-06 and 2030-02-03 are the days of the published calendars). */
#ifndef CALC_FESTIVAL_H
#define CALC_FESTIVAL_H
#include "calc_text.h"
#include "kam_date.h"
#include <stddef.h>

enum { CALC_FESTIVAL_FIRST = 2020, CALC_FESTIVAL_LAST = 2040, CALC_FESTIVALS_A_YEAR = 10 };

typedef struct calc_festival {
    kam_day day;
    const calc_text *name; /* id "mid-autumn" and both names; static */
} calc_festival;

/* The festivals of one year by day; returns how many (fixed ones only outside the table). out: CALC_FESTIVALS_A_YEAR. */
size_t calc_festivals(int year, calc_festival *out);
#endif
