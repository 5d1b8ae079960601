/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_ics: reminders (calc_remind.h) as an iCalendar file (RFC 5545): one all-day event each, with an alarm.
 *
 * The same reminders, day and language give the same bytes: the time stamp is the as-of day, and the uid of a reminder stays
 * the same whenever it is asked for, so that a calendar that reads the file again moves an event instead of adding
 * one. Lines end with CRLF and are folded at 75 octets between characters; text is escaped; control characters are left out. */
#ifndef CALC_ICS_H
#define CALC_ICS_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_str.h"
#include "kam_table.h"

typedef struct calc_ics_params {
    kam_day asof;
    calc_lang lang;
    int alarm_days; /* days before; 0: on the day. Setting reminder-alarm-days */
} calc_ics_params;

/* Appends the whole calendar to *out. KAM_CALC NODATA: a column is absent. O(bytes). */
kam_rc calc_ics(const kam_table *reminders, const calc_ics_params *p, kam_str *out, kam_err *err);
/* One content line "NAME:value" folded and ended; the value as it is. */
void calc_ics_line(kam_str *out, const char *name, const char *value);
/* Text escaped for a value: \\ \; \, \n. */
void calc_ics_escape(kam_str *out, const char *s);
#endif
