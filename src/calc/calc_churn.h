/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_churn: F4, who will be lost? Logistic regression on the traits of the lost, from a panel of the past.
 *
 * DESIGN (discrete-time hazard: Allison, Sociological Methodology 13, 1982; Singer and Willett, Applied Longitudinal Data Analysis, 2003). Cut
 * days t = D − H, D − 2H … (H = horizon_days) as far back as anybody had bought. A row = an account that is ours on t (A4: it has bought and
 * is not lost); y = 1 when the first day on which A4 calls it lost lies in (t, t + H]. The outcome windows do not overlap, so that a loss
 * counts once. Traits are measured from what is dated ≤ t alone; what is dated later (a purchase, an answer, a payment, a resolution) was
 * not known then. Today's risk = the fitted probability at today's traits: to be called lost within H days.
 * That a rival was seen counts whether or not it later proved true: the verdict has no date.
 *
 * HOLDOUT by accounts, so that no account is on both sides: of the accounts with and without a loss alike the share `holdout`, chosen by a
 * hash of the code. λ is chosen by five-fold cross-validation on the rest (folds by accounts too) unless given; AUC, Brier score and the
 * calibration table are of the holdout; the coefficients used for today are then fitted on all rows.
 *
 * SAMPLE: with more than `sample` rows, accounts are taken by the hash of their code with equal probability, lost or not, so that
 * probabilities need no correction.
 *
 * REFUSES with KAM_CALC NODATA below min_lost losses or as many kept rows.
 *
 * Reads facts: accounts, ledger, complaints, surveys, sightings; further contacts: row INT, date DAY, kind TEXT (store_query_interactions),
 * invoices: row INT, due DAY, paid_on DAY (all, paid ones too: store_query_payments). */
#ifndef CALC_CHURN_H
#define CALC_CHURN_H
#include "calc_class.h"
#include "calc_facts.h"
#include "calc_logit.h"
#include "calc_spell.h"
#include "kam_date.h"
#include "kam_progress.h"

typedef enum {
    CALC_TRAIT_SILENCE,    /* log(1 + days since the last purchase) */
    CALC_TRAIT_GAP_RATIO,  /* log((1 + these days) ÷ (1 + own mean gap)); unknown with one purchase day */
    CALC_TRAIT_FREQUENCY,  /* log(1 + purchase days of the window) */
    CALC_TRAIT_TREND,      /* (recent − prior) ÷ (recent + prior) of net in trend_days, below 0 taken as 0; unknown when both are 0 */
    CALC_TRAIT_REVENUE,    /* log(1 + net of the window in major units), below 0 taken as 0 */
    CALC_TRAIT_TENURE,     /* log(1 + days since the first purchase) */
    CALC_TRAIT_COMPLAINTS, /* log(1 + complaints of the window) */
    CALC_TRAIT_UNRESOLVED, /* log(1 + complaints not resolved) */
    CALC_TRAIT_GAP,        /* perceived − expected of the latest survey; unknown without one */
    CALC_TRAIT_OVERDUE,    /* log(1 + invoices overdue) */
    CALC_TRAIT_RIVALS,     /* log(1 + orders and adverts of rivals seen in the window) */
    CALC_TRAIT_CONTACTS,   /* log(1 + contacts of the window, complaints left out) */
    CALC_TRAITS
} calc_trait;
extern const char *const calc_trait_names[]; /* silence gap-ratio frequency trend revenue tenure complaints unresolved gap overdue rivals contacts */

typedef struct calc_churn_params {
    kam_day asof;
    calc_lang lang;
    calc_spell_rule rule;
    int window_days, trend_days;  /* 365, 180 */
    int horizon_days;             /* 365; setting churn-horizon-days */
    int min_lost;                 /* 10; setting churn-min-lost */
    int sample;                   /* 100,000 rows; setting churn-sample */
    double holdout;               /* 0.3; setting churn-holdout */
    double lambda;                /* setting churn-lambda; NaN: chosen */
    double high, watch;           /* 0.5, 0.2; settings churn-high, churn-watch: borders of the classes */
    double level;                 /* 0.8; setting level */
    kam_progress *progress;
} calc_churn_params;
#define CALC_CHURN_PARAMS(asof, lang) {(asof), (lang), {365, 3.0}, 365, 180, 365, 10, 100000, 0.3, NAN, 0.5, 0.2, 0.8, NULL}

typedef struct calc_churn_in {
    const calc_facts *facts;
    const kam_table *contacts, *invoices;
} calc_churn_in;

enum { CALC_CHURN_BINS = 10 };

typedef struct calc_churn_model {
    calc_logit fit;
    size_t periods, rows, lost, accounts; /* of the panel, before the sample */
    size_t used_rows, used_lost;          /* of the sample */
    size_t train_rows, train_lost, test_rows, test_lost;
    bool chosen;                          /* λ by cross-validation */
    bool tested;                          /* the holdout has both classes */
    double auc, auc_low, auc_high, brier, brier_base;
    calc_calibration bin[CALC_CHURN_BINS];
    size_t bins;
} calc_churn_model;

/* O(entries · periods) to build, then calc_logit on at most `sample` rows. KAM_CALC NODATA, UNIDENTIFIED. */
kam_rc calc_churn_fit(const calc_churn_in *in, const calc_churn_params *p, calc_churn_model *out, kam_err *err);

extern const char *const calc_churn_classes[]; /* high watch low */

/* One row an account of ours on D, by risk descending, then code: account, name, class (risk ≥ high, ≥ watch, below), why TEXT (the three
 * traits that move it most, with their contributions to the log odds), risk REAL, p_alive REAL (of the caller, by account row; NULL or NaN:
 * missing), last_purchase DAY, silent_days INT, window_revenue MONEY, at_risk MONEY (risk × window revenue). m NULL: risk and what rests on it missing,
 * class by 1 − P(alive), order by that. */
kam_rc calc_churn_accounts(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, const double *p_alive,
                           kam_table **out, kam_err *err);
/* One account, one row a trait, by |contribution| descending: trait TEXT, meaning TEXT, value REAL (as people say it: days, counts, money),
 * standardised REAL, coefficient REAL, contribution REAL; a last row `base` with the intercept and one `total` (log odds). An
 * account that is not ours: no rows. */
kam_rc calc_churn_reasons(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, size_t account, kam_table **out,
                          kam_err *err);
/* One row a trait, then base: trait, coefficient, std_error, low, high REAL (a standard deviation of the trait), odds_ratio REAL, mean, sd,
 * known REAL (of the transformed trait), used FLAG. */
kam_rc calc_churn_model_table(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, kam_table **out);
/* Measures: auc, brier, brier_base (of predicting the mean), lambda, periods, rows, lost, accounts, train_rows, test_rows, test_lost. */
kam_rc calc_churn_measures(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, kam_table **out);
/* One row a group of the holdout: group INT, from, to, predicted REAL, accounts INT, lost INT, observed REAL, low, high REAL (Wilson). */
kam_rc calc_churn_calibration(const calc_churn_in *in, const calc_churn_params *p, const calc_churn_model *m, kam_table **out);
#endif
