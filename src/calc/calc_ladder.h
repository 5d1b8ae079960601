/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_ladder: A5, the ladder of loyalty 忠诚阶梯.
 *
 * prospect (no purchase day) → first-time (1) → repeat (≥ 2) → loyal (repeat, no competitor order sighted in the window,
 * share of wallet known and ≥ loyal_share) → member (loyal and in the programme; skipped where no account has
 * member_since) → advocate (on the rung below, and has referred someone in the window).
 * Share of wallet = window revenue ÷ (annual_spend × window / 365). A sighting whose truth is `false` does not count.
 * Reads facts: accounts (member_since, annual_spend, known_since), ledger, sightings, referrals.
 */
#ifndef CALC_LADDER_H
#define CALC_LADDER_H
#include "calc_class.h"
#include "calc_facts.h"
#include <stdbool.h>
#include "kam_date.h"

typedef struct calc_ladder_params {
    kam_day asof;
    calc_lang lang;
    int window_days;    /* 365; setting window */
    double loyal_share; /* 0.80; setting ladder-loyal-share */
    double level;       /* 0.95: level of the intervals */
    bool programme; /* an account that is not among the facts is a member: there is a programme */
    bool terse;         /* no sentences: `why` is missing */
} calc_ladder_params;
#define CALC_LADDER_PARAMS(asof, lang) {(asof), (lang), 365, 0.80, 0.95, false, false}

/* Out, one row an account in the order of `accounts`: account TEXT, name TEXT, class TEXT, why TEXT, purchase_days INT
 * (ever), first_purchase DAY, second_purchase DAY, member_since DAY, first_referral DAY, wallet_share REAL (0–1, may exceed
 * 1), wallet_unknown FLAG (repeat only because the share is unknown), competitor_order DAY (last sighted in the window),
 * referred FLAG (in the window), known_since DAY, window_revenue MONEY.
 * Summary: calc_class_summary(out, "class", "window_revenue", calc_ladder_classes). O(accounts + entries + rows). */
kam_rc calc_ladder(const calc_facts *f, const calc_ladder_params *p, kam_table **out, kam_err *err);

/* Measures: conversion_first-time … conversion_advocate (share of the accounts on the rung below or higher that reached
 * this one; Wilson interval, n = the rung below; the member row is absent without a programme), and days_first-time,
 * days_repeat, days_member, days_advocate: median days between the dated rungs known since → first → second purchase day →
 * member since → first referral (n = accounts with both dates in this order). */
kam_rc calc_ladder_measures(const kam_table *rows, const calc_ladder_params *p, kam_table **out, kam_err *err);
#endif
