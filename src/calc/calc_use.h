/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_use: how a method reads its input tables and lays out its result; for calc's own .c files.
 *
 * Inputs are lent. An absent optional column, and every column of an absent table, is NULL; the readers below take
 * NULL as "all missing", so methods need no special case.
 */
#ifndef CALC_USE_H
#define CALC_USE_H
#include "calc_facts.h"
#include "calc_text.h"
#include "kam_date.h"

typedef struct calc_use {
    const char *name;
    kam_type type;
    bool optional;
} calc_use;

/* Find `n` columns of table `what` (its name in messages). A NULL table fills all with NULL. An INT column serves
 * where REAL is wanted. KAM_CALC NODATA: a column is absent or of another type. */
kam_rc calc_use_table(const kam_table *t, const char *what, const calc_use *want, size_t n, const kam_column **out,
                      kam_err *err);
size_t calc_use_rows(const kam_table *t);                    /* 0 for NULL */
bool calc_known(const kam_column *c, size_t row);            /* false for NULL or a missing cell */
const char *calc_text_at(const kam_column *c, size_t row);   /* NULL when missing */
bool calc_text_is(const kam_column *c, size_t row, const char *word); /* false when missing */
/* Account row a fact belongs to, or SIZE_MAX: missing or not one of the n accounts (known later than D). */
size_t calc_row_at(const kam_column *c, size_t row, size_t n);

/* accounts and ledger of f, checked against each other; cols: account, name. */
enum { CALC_ACC_CODE, CALC_ACC_NAME, CALC_ACC_COLS };
kam_rc calc_use_accounts(const calc_facts *f, bool want_ledger, const kam_column *cols[CALC_ACC_COLS], size_t *n,
                         kam_err *err);

/* What one account bought: purchase days ever, and sums of the window (asof − window, asof]. Days after asof are passed over. */
typedef struct calc_buys {
    int64_t days;                 /* purchase days ever */
    int64_t first, second, last;  /* purchase days; defined for days ≥ 1, 2, 1 */
    int64_t window_days;          /* purchase days in the window */
    int64_t window_entries;
    int64_t window_net;           /* Σ net */
    int64_t window_bought;        /* Σ net of the purchase days only */
    int64_t window_margin;        /* Σ known margin; Σ net when the ledger knows no cost */
    int64_t window_no_margin;     /* entries of the window without a known margin */
} calc_buys;
void calc_buys_scan(const kam_ledger *l, size_t account, kam_day asof, int window, calc_buys *out);
/* Σ net of (from, to]. O(log) + entries in it. */
int64_t calc_net_between(const kam_ledger *l, size_t account, kam_day from, kam_day to);

/* Result layout: a new table with these columns and the currency of `like`; c[] gets the columns. */
typedef struct calc_col {
    const char *name;
    kam_type type;
    const char *label;
} calc_col;
kam_table *calc_out_new(const char *title, const kam_table *like, const calc_col *cols, size_t n, kam_column **c);
/* For a loop that makes row i of about n of t: false when told to stop. Leave it at a whole row; calc_out_done says the rest. */
bool calc_goes_on(const kam_table *t, size_t i, size_t n);
/* Seals t and hands it over; told to stop meanwhile: KAM_INTERRUPT, and t is gone. */
kam_rc calc_out_done(kam_table *t, kam_table **out, kam_err *err);
void calc_push_opt(kam_column *c, bool known, int64_t v); /* an int-like cell or missing */

/* Measures table (see calc_class.h) built row by row. */
typedef struct calc_measures {
    kam_table *t;
    kam_column *c[6];
} calc_measures;
void calc_measures_start(calc_measures *m, const char *title, const kam_table *like);
void calc_measures_value(calc_measures *m, const char *measure, double value, int64_t n); /* NaN: missing */
void calc_measures_range(calc_measures *m, const char *measure, double value, double low, double high, int64_t n);
void calc_measures_word(calc_measures *m, const char *measure, const char *reading);

/* Say a sentence and push it as the next cell; `buf` is scratch. */
void calc_push_say(kam_column *c, kam_str *buf, calc_lang lang, const calc_text *t, const calc_arg *args, size_t n);
void calc_note_say(kam_table *t, calc_lang lang, const calc_text *s, const calc_arg *args, size_t n);
#define CALC_ARGS(...) ((const calc_arg[]){__VA_ARGS__}), (sizeof((const calc_arg[]){__VA_ARGS__}) / sizeof(calc_arg))
#define CALC_COUNT(a) (sizeof(a) / sizeof((a)[0]))
#endif
