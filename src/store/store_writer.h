/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_writer: the inside of a writer, shared by store_writer.c (values and rules of a row) and store_writer_sql.c
 * (its statements). The interface for others is in store_int.h. */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H
#include "store_row.h"

enum { STORE_VALUE_PARTS = 5 }; /* columns of an assessment's value: text, real, day, money, rep */

typedef struct ref_cache {
    struct {
        char *text;
        int64_t id;
    } *slot;
    size_t n, size; /* size: power of two */
} ref_cache;

struct store_writer {
    store *s;
    const store_entity *e;
    store_cell *cell;
    const char **pending;        /* text of SUBJECT and VALUE fields */
    store_cell parts[STORE_VALUE_PARTS]; /* of the VALUE field, once resolved */
    ref_cache *refs;             /* per field */
    kam_arena arena;
    kam_str insert, sql;
    sqlite3_stmt *insert_st; /* lent by the store's cache */
};

/* Has field i a value (not absent, not missing, no empty list)? */
bool store_writer_has(const store_writer *w, size_t i);
size_t store_writer_field(const store_writer *w, const char *name); /* a bug when there is none */
/* Subjects and assessment values, whose text waits for the fields that say what it means. */
kam_rc store_writer_resolve(store_writer *w, kam_err *err);
kam_rc store_writer_defaults(store_writer *w, kam_err *err);
void store_writer_sort_key(store_writer *w);
kam_rc store_writer_required(store_writer *w, bool whole, kam_err *err);
kam_rc store_writer_cycles(store_writer *w, int64_t id, kam_err *err);
/* A complaint is not resolved without a resolution; id 0: a new row. */
kam_rc store_writer_outcome(store_writer *w, int64_t id, kam_err *err);
#endif
