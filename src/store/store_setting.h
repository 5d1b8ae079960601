/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_setting: the one table of settings: every threshold DOMAIN.md names, with default, type, range and source.
 *
 * A database holds only values that differ from the default. Reading a name that is not in the table is a bug.
 * Writing needs an open journal entry (store.h) and validates by kind. Values are text in canonical form. */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H
#include "store.h"

typedef enum {
    STORE_S_TEXT, STORE_S_INT, STORE_S_REAL, STORE_S_FLAG, STORE_S_DAY, STORE_S_MONEY, /* money: a decimal text */
    STORE_S_CURRENCY, /* ISO 4217 code we know */
    STORE_S_ENUM,
    STORE_S_REALS     /* numbers separated by '/', e.g. 1/4/15/80 */
} store_setting_kind;

typedef struct store_setting {
    const char *name;          /* "window" */
    store_setting_kind kind;
    const char *dflt;          /* NULL: no default, missing unless set */
    double lo, hi;             /* INT, REAL, each of REALS */
    int n_reals;               /* REALS: how many; 0: any number */
    const store_enum *values;  /* ENUM */
    const char *unit;          /* "days", "share", "" … */
    const char *zh, *en;       /* meaning */
    const char *source;        /* DOMAIN code, "A1" */
} store_setting;

const store_setting *store_settings(size_t *n);              /* sorted by name */
const store_setting *store_setting_find(const char *name);   /* NULL: absent */

/* Typed reading with the default as fallback; false: missing (no value and no default). */
bool store_setting_int(store *s, const char *name, int64_t *out);
bool store_setting_real(store *s, const char *name, double *out);
bool store_setting_flag(store *s, const char *name);
bool store_setting_day(store *s, const char *name, kam_day *out);
bool store_setting_money(store *s, const char *name, int64_t *minor); /* in the database's currency */
/* Fills up to max numbers, returns how many. */
size_t store_setting_reals(store *s, const char *name, double *out, size_t max);
/* Text in canonical form, lent until the next write; NULL: missing. */
const char *store_setting_text(store *s, const char *name);
bool store_setting_is_default(store *s, const char *name);
const char *store_currency(store *s); /* the code */
int store_exponent(store *s);         /* its decimals */

/* name unknown: KAM_NOTFOUND with the nearest; bad value: KAM_CONSTRAINT. `currency` can only be changed while no
 * money is stored. value NULL resets. */
kam_rc store_setting_set(store *s, const char *name, const char *value, kam_err *err);
kam_rc store_setting_reset(store *s, const char *name, kam_err *err);
/* Columns: name, value, default, unit, meaning_zh, meaning_en, source. name NULL: all. */
kam_rc store_setting_list(store *s, const char *name, kam_table **out, kam_err *err);
#endif
