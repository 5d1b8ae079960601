/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_remind: G4, what is to be thought of in the next days: birthdays, festivals, anniversaries, renewals, steps agreed on, and
 * purchases that are due. Pure; calc_ics.h writes the result as a calendar.
 *
 * A day d is within reach when D ≤ d ≤ D + days. Birthdays and anniversaries come every year; one of 29 February falls on 28 February
 * in common years. Anniversaries: known since and member since, from the first year on. Renewals: the contract's
 * renewal day, or its end. Steps: open actions by due date and steps agreed in talks; those before D are overdue and always shown. Purchases: expected
 * by calc_next (accounts with at least `purchases` purchase days that are still waited for), also up to `days` overdue: later ones are no
 * reminder any more but silence. Festivals belong to no account (calc_festival.h). */
#ifndef CALC_REMIND_H
#define CALC_REMIND_H
#include "calc_facts.h"
#include "calc_next.h"
#include "calc_text.h"
#include "kam_date.h"

/* What may be reminded of, in this order on one day. Bits of `kinds`. */
enum { CALC_REMIND_BIRTHDAY, CALC_REMIND_FESTIVAL, CALC_REMIND_KNOWN, CALC_REMIND_MEMBER, CALC_REMIND_RENEWAL, CALC_REMIND_END,
       CALC_REMIND_STEP, CALC_REMIND_PURCHASE, CALC_REMIND_KINDS };
extern const char *const calc_remind_kinds[]; /* birthday festival known member renewal end step purchase; NULL-ended */

typedef struct calc_remind_in {
    calc_facts facts;          /* accounts (known_since, member_since), ledger */
    const kam_table *persons;  /* row, contact, name, birthday */
    const kam_table *renewals; /* row, contract, renewal, end */
    const kam_table *steps;    /* row, source, rep, what, due */
    const kam_table *owners;   /* row, owner */
    const kam_table *quantities, *habits; /* as calc_next.h has them; NULL: none on record */
} calc_remind_in;

typedef struct calc_remind_params {
    kam_day asof;
    calc_lang lang;
    int days;           /* 30; setting reminder-days */
    unsigned kinds;     /* 1 << CALC_REMIND_…; 0: all */
    int purchases;      /* 3; setting reminder-purchases */
    double lost;        /* 0.01; setting next-purchase-lost */
    const char *rep;    /* only what is his: the account's owner, a step's own; NULL: all. Festivals always stay */
    size_t only;        /* one account's place, or SIZE_MAX */
    const calc_next_frame *frame; /* as those of calc_next_params */
    calc_next_frame *learn;
} calc_remind_params;
#define CALC_REMIND_PARAMS(asof, lang) {(asof), (lang), 30, 0, 3, 0.01, NULL, SIZE_MAX, NULL, NULL}

/* By date, kind, account: date DAY · in_days INT (below 0: overdue) · reminder TEXT (a kind) · account · name · contact · person · rep
 * TEXT (missing where none) · what TEXT · source TEXT ("action 7", "contract C1", "contact H-1", "account A") · uid TEXT (the same for
 * the same thing whenever it is asked). O(n log n). KAM_CALC NODATA: a column is absent. */
kam_rc calc_remind(const calc_remind_in *in, const calc_remind_params *p, kam_table **out, kam_err *err);

/* How the next purchases are asked for. */
void calc_remind_next(const calc_remind_params *p, calc_next_params *out);

/* The day on which a 29 February (or any other day) is kept in a year. */
kam_day calc_remind_yearly(kam_day day, int year);
#endif
