/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_date: days since 1970-01-01 in the proleptic Gregorian calendar. No clock, no time zone, no locale. */
#ifndef KAM_DATE_H
#define KAM_DATE_H
#include <stdbool.h>
#include <stdint.h>

typedef int64_t kam_day;
enum { KAM_DAY_MIN = -719162 /* 0001-01-01 */, KAM_DAY_MAX = 2932896 /* 9999-12-31 */ };
enum { KAM_DATE_MAX = 12 };

kam_day kam_day_from_ymd(int year, int month, int day); /* arguments must be a valid date */
void kam_day_to_ymd(kam_day d, int *year, int *month, int *day);
bool kam_ymd_valid(int year, int month, int day);

/* Exactly YYYY-MM-DD, years 0001–9999. */
bool kam_day_parse(const char *s, kam_day *out);
void kam_day_format(kam_day d, char out[KAM_DATE_MAX]);

int kam_day_weekday(kam_day d);                  /* 1 = Monday … 7 = Sunday */
kam_day kam_day_add_months(kam_day d, int months); /* the 31st becomes the month's last day */
kam_day kam_day_month_start(kam_day d);
#endif
