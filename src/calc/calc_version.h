/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_version: J6, versions of an account plan. A version is data: one row a value, and the difference of two is a list of changes.
 *
 * A state is a table: kind TEXT (part of the plan) · object TEXT (what in it: a code, the number of a record, a section) · name TEXT (what it
 * was called) · field TEXT · value TEXT · since DAY (from which day the value holds, where data say so) · by TEXT (whose judgement). Values are
 * texts in one form: days ISO, money decimal, numbers in their shortest form, classes by their keys. Which fields there are, what more of
 * each means and who may read it is one const table (calc_version_table.c). A kind or field it does not have is compared as plain text. */
#ifndef CALC_VERSION_H
#define CALC_VERSION_H
#include "calc_text.h"
#include "kam_err.h"
#include "kam_table.h"

typedef enum { CALC_V_TEXT, CALC_V_KEY, CALC_V_DAY, CALC_V_MONEY, CALC_V_REAL, CALC_V_SIGNED, CALC_V_SHARE } calc_version_form;

typedef struct calc_version_field {
    const char *kind, *field;
    calc_version_form form;
    int sign;          /* more (later, further in `order`) is better: 1, worse: −1, neither: 0 */
    const char *order; /* CALC_V_KEY: keys from worst to best, with blanks between; a key that is not in it has no rank */
    bool customer;     /* may stand in an edition for the customer */
    const char *words; /* for calc_version_params.word: which family of keys; NULL: none */
    const char *en, *zh;
} calc_version_field;

typedef struct calc_version_kind {
    const char *key, *en, *zh;
    bool single;         /* one object only (the account itself), or each object with one value: changes are told field by field */
    bool customer;
    const char *verdict; /* field that, when it changed, says all there is to say of the object */
    int added, removed;  /* sign of an object that came, that went */
    const char *details; /* fields told of a new object, with blanks between */
    calc_text came, went;
} calc_version_kind;

/* In the order of the plan; looked up by key, NULL: absent. */
const calc_version_kind *calc_version_kinds(size_t *n);
const calc_version_kind *calc_version_kind_find(const char *key);
const calc_version_field *calc_version_fields(size_t *n);
const calc_version_field *calc_version_field_find(const char *kind, const char *field); /* kind NULL: the first of that name */

typedef struct calc_version_params {
    calc_lang lang;
    bool customer; /* leave out what a customer does not read: attitudes, politics, deals, rivals, what was not agreed with him */
    /* The word of a key in the reader's language; NULL: the key itself. May be NULL. */
    const char *(*word)(void *ctx, const char *words, const char *key, calc_lang lang);
    void *ctx;
} calc_version_params;

/* One row a change, in the order of the kinds, objects by code (numbers by size), fields in the order of the table:
 * kind, object, name, field TEXT (missing: the whole object came or went) · change TEXT (added removed changed) · sign TEXT (better worse;
 * missing: neither) · before, after TEXT (missing for a whole object; of a red flag its kind) · difference REAL (of numbers, money in major units, days) · since DAY · by TEXT (of the new value,
 * where data say it) · text TEXT (a sentence). A note counts them. Where the verdict of an object changed (a deal was won, an action done)
 * its other fields are left out; a probability that follows the stage is. O(n log n). KAM_CALC NODATA: a column is absent. */
kam_rc calc_version_diff(const kam_table *before, const kam_table *after, const calc_version_params *p, kam_table **out, kam_err *err);

/* A value as a reader sees it: a share in percent, money with thousands marks, a key in words. Appended to *out. f NULL: as it is. */
void calc_version_say(kam_str *out, const calc_version_field *f, const char *value, const calc_version_params *p);
#endif
