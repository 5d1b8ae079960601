/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_health: J2, health of an account 0–100 with published ingredients.
 *
 *   profile       100 × fields on record ÷ 10 (kind, industry, region, ownership, source, known since, employees, annual spend, pay day,
 *                 a contact)
 *   circle        100 × seats filled ÷ seats of the winning circle (B6); nobody known: missing
 *   relationship  10 × mean of the account's organisation and personal fit (B4), of what is known
 *   satisfaction  level + step × mean gap (perceived − expected) of the surveys of the window, cut to 0 … 100
 *   activity      100 up to full_days since the last contact (or since we know it), 0 from none_days on, straight in between
 *   orders        lost (A4) 0; first bought within trend_days 100; else level × revenue of the last trend_days ÷ the trend_days before, cut
 *                 at 100; nothing before: 100 when there is something now, else 0; never bought: missing
 *   risks         100 − Σ likelihood × effect of open risks − points a complaint open too long − points an invoice overdue, cut at 0; no risk,
 *                 complaint or unpaid invoice ever noted: missing
 * health = Σ weight × score ÷ Σ weight over what is known; coverage = the share of the weight that is known. Band: good, watch, poor. */
#ifndef CALC_HEALTH_H
#define CALC_HEALTH_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"

enum { CALC_HEALTH_PARTS = 7 };
extern const char *const calc_health_keys[]; /* profile circle relationship satisfaction activity orders risks */

typedef struct calc_health_params {
    kam_day asof;
    calc_lang lang;
    double weight[CALC_HEALTH_PARTS]; /* 10 15 15 20 15 15 10: setting health-weights */
    double band[2];                   /* 70 40: setting health-bands: good from, watch from */
    double gap[2];                    /* 70 15: setting health-gap: level of a gap of 0, and a step */
    double activity[2];               /* 30 180: setting health-activity-days */
    double order_level;               /* 80: setting health-order-level */
    double risk[2];                   /* 20 10: setting health-risk-points: an open complaint, an overdue invoice */
    int window_days, trend_days;      /* 365, 180 */
    int complaint_days, overdue_days; /* 14, 30 */
} calc_health_params;
#define CALC_HEALTH_PARAMS(asof, lang) \
    {(asof), (lang), {10, 15, 15, 20, 15, 15, 10}, {70, 40}, {70, 15}, {30, 180}, 80, {20, 10}, 365, 180, 14, 30}

/* As of D, `row` is the place in accounts (account, name, known_since). profile, touched, risks: store_query_run; surveys, complaints, invoices:
 * calc_facts; lifecycle: rows of calc_lifecycle in the order of accounts; circle: row INT · filled INT · seats INT · org_fit REAL · person_fit
 * REAL (one row an account with people). only: the row to work out; SIZE_MAX: all. */
typedef struct calc_health_in {
    const kam_table *accounts, *profile, *circle, *surveys, *touched, *lifecycle, *risks, *complaints, *invoices;
    size_t only;
} calc_health_in;

/* Σ over the known (NaN: missing); false: nothing is known. */
bool calc_health_total(const double score[CALC_HEALTH_PARTS], const double weight[CALC_HEALTH_PARTS], double *total, double *coverage);
const char *calc_health_band(double health, const calc_health_params *p); /* good watch poor */

/* One row an account (or the one): account, name TEXT · class TEXT (band; missing: nothing known) · health REAL · coverage REAL · the seven scores
 * REAL · weakest TEXT (the known ingredient that costs most points) · why TEXT. O(rows). */
kam_rc calc_health(const calc_health_in *in, const calc_health_params *p, kam_table **out, kam_err *err);

/* The change since an earlier day: `now` with the columns before REAL and change REAL (missing where either is) put behind health. Joined by
 * code. */
kam_rc calc_health_change(const kam_table *now, const kam_table *before, kam_table **out, kam_err *err);

/* One account's ingredients from its row of `now` (and of `before`, where given; before_row SIZE_MAX: it was not known): ingredient TEXT · score
 * REAL · weight REAL (renormalised, 0 … 1; missing: not known) · points REAL (score × weight) · lost REAL (points to 100) · before, change REAL
 * (only with `before`) · why TEXT; last a row `health`. */
kam_rc calc_health_parts(const kam_table *now, size_t row, const kam_table *before, size_t before_row, const calc_health_params *p, kam_table **out,
                         kam_err *err);
#endif
