/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_serve: C4, cost to serve 服务成本: what is left of an account's margin after what it costs to win and serve it, and who
 * eats the profit (whale curve: Kaplan & Narayanan 2001, "Measuring and Managing Customer Profitability").
 *
 * Rule, of the window (D − window, D]: profit = Σ known margin − Σ service cost − acquisition cost if it falls into the window.
 * Reads facts: accounts, ledger; and flows, which is no member of calc_facts:
 *   flows   row INT · date DAY · amount MONEY (negative: what we spent) · kind TEXT (attract, promote, maintain, serve, acquisition;
 *           missing: counts in the total only)
 * Margin and profit are missing when the account has lines in the window and the margin of none is known; where the
 * ledger knows no cost at all the amount stands for the margin and a note says so. */
#ifndef CALC_SERVE_H
#define CALC_SERVE_H
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

typedef struct calc_serve_params {
    kam_day asof;
    calc_lang lang;
    int window_days; /* 365; setting window */
    int curve_points; /* 100: at most about so many steps of the whale curve */
} calc_serve_params;
#define CALC_SERVE_PARAMS(asof, lang) {(asof), (lang), 365, 100}

/* Out, one row an account, best profit first (ties and unknown by code, unknown last): account TEXT, name TEXT, rank INT, revenue MONEY,
 * margin MONEY, attract, promote, maintain, serve MONEY, service_cost MONEY (of every kind), acquisition MONEY, profit MONEY,
 * profit_margin REAL (profit / revenue; missing when revenue ≤ 0), peak_share REAL (profit as a share of the peak of the whale
 * curve: what it brings, or eats when negative; missing when nobody earns), unknown_days INT (days of the window whose margin is unknown
 * and left out). O(accounts log accounts + entries + flows). */
kam_rc calc_serve(const calc_facts *f, const kam_table *flows, const calc_serve_params *p, kam_table **out, kam_err *err);

/* The whale curve of calc_serve's rows: rank INT (0 first), account TEXT (who makes this step; missing at 0), account_share REAL,
 * profit MONEY (of that account), cumulative MONEY, peak_share REAL (cumulative / peak), peak FLAG (the last account with profit > 0).
 * Thinned to about curve_points steps; the peak and the end are always there. */
kam_rc calc_serve_whale(const kam_table *rows, const calc_serve_params *p, kam_table **out, kam_err *err);

/* Measures, money in major units: revenue, margin, service_cost, acquisition, profit; peak_profit (n = who earn), peak_accounts (share
 * of accounts up to the peak), eaten (n = who lose), eaten_share (of the peak), serve_ratio (service cost / revenue), unknown_profit_profit (n). */
kam_rc calc_serve_measures(const kam_table *rows, const calc_serve_params *p, kam_table **out, kam_err *err);
#endif
