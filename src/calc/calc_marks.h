/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_marks: the marks of one score card for all accounts, as entered and as measured, and the few numbers data say about
 * an account that several methods turn into marks (A6, A8, A10).
 *
 * A matrix n accounts × card->n criteria. A measured mark takes the place of an entered one (DOMAIN A6: what data can answer
 * is computed); what neither says is missing (NaN). Own the struct, release it. O(n · criteria).
 */
#ifndef CALC_MARKS_H
#define CALC_MARKS_H
#include "calc_card.h"
#include "calc_class.h"
#include "calc_facts.h"
#include "kam_date.h"

typedef enum { CALC_MARK_MISSING, CALC_MARK_ENTERED, CALC_MARK_MEASURED, CALC_MARK_GENERAL } calc_mark_how;
/* "missing", "entered", "measured", "general" (a mark of ourselves that stands in, A7). */
const char *calc_mark_how_name(calc_mark_how how);

typedef struct calc_marks {
    const calc_card *card;
    size_t n;
    double *mark;    /* n × card->n; NaN: missing */
    uint8_t *how;    /* calc_mark_how */
    int32_t *day;    /* of an entered mark, else 0 */
    uint32_t *at;    /* its row in the table read, else UINT32_MAX */
} calc_marks;
#define CALC_MARKS_INIT {NULL, 0, NULL, NULL, NULL, NULL}

/* From a table row INT · criterion TEXT · date DAY · mark REAL (store_query_marks; NULL: none), one row a criterion at most; the
 * latest date wins. Criteria the card does not have and marks out of their range are passed over. KAM_CALC NODATA. */
kam_rc calc_marks_read(const calc_card *card, const kam_table *marks, size_t n, calc_marks *out, kam_err *err);
/* Marks of ourselves (criterion TEXT · date DAY · mark REAL) for every account that has none of its own. */
kam_rc calc_marks_general(calc_marks *m, const kam_table *own, kam_err *err);
/* values[i] NaN leaves the entered mark of account i. */
void calc_marks_measured(calc_marks *m, const char *criterion, const double *values);
void calc_marks_release(calc_marks *m);
static inline const double *calc_marks_of(const calc_marks *m, size_t i) { return m->mark + i * m->card->n; }
static inline calc_mark_how calc_marks_how(const calc_marks *m, size_t i, size_t criterion)
{
    return (calc_mark_how)m->how[i * m->card->n + criterion];
}

/* Long form, a row an account and criterion: account TEXT, name TEXT, criterion TEXT, question TEXT, mark REAL, how TEXT, weight
 * REAL (share of the card's weight; missing for cards without weights), date DAY (of an entered mark), control TEXT, evidence
 * TEXT, by TEXT (from `marks`, the table read). weights NULL: the criteria's own. only: that account's row, SIZE_MAX: all. */
kam_rc calc_marks_table(const calc_marks *m, const kam_table *accounts, const kam_table *marks, const double *weights,
                        calc_lang lang, size_t only, kam_table **out, kam_err *err);

/* --- what data say in one number ----------------------------------------------------------------------------------- */
/* Recent against prior: Σ net of the last `days` over Σ net of the `days` before, less 1. false: the first purchase is not 2 ×
 * days ago, or prior ≤ 0. */
bool calc_growth(const kam_ledger *l, size_t account, kam_day asof, int days, double *out);
/* Margin rate of the window over the entries whose margin is known: Σ margin / Σ net. margin_minor and base_minor (may be NULL)
 * get the two sums. false: no such entry, Σ net ≤ 0, or the ledger knows no cost at all. */
bool calc_margin_rate(const kam_ledger *l, size_t account, kam_day asof, int window, double *rate, double *margin_minor,
                      double *base_minor);
/* scale × mid-rank share (mid-rank − ½) / n among the n values that are not NaN: 0 … scale, equal values equal marks; reversed:
 * the lowest value gets the highest mark. out may be values. O(n log n). */
void calc_rank_marks(const double *values, size_t n, double scale, bool reversed, double *out);
#endif
