/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_image: values of rows as bytes, for the journal. Numbers are zigzag varints; a value is one type byte
 * (0 null, 1 integer, 2 real, 3 text, 4 blob) and its content.
 *
 * A removed row:  row number, count, values.          (an image shorter than the table is of an older schema)
 * An updated row: row number, count, then count times column index, old value, new value. */
#ifndef STORE_IMAGE_H
#define STORE_IMAGE_H
#include "store_db.h"

void store_image_int(store_capture *c, int64_t v);
void store_image_value(store_capture *c, sqlite3_value *v);

typedef struct store_image_reader {
    const unsigned char *p, *end;
    bool bad; /* ran over the end or met an unknown type */
} store_image_reader;

typedef struct store_image_cell {
    int type; /* SQLITE_NULL, SQLITE_INTEGER, … */
    int64_t i;
    double r;
    const char *bytes; /* lent from the image */
    int n;
} store_image_cell;

int64_t store_image_read_int(store_image_reader *r);
store_image_cell store_image_read(store_image_reader *r);
void store_image_bind(sqlite3_stmt *st, int i, const store_image_cell *v);
bool store_image_equals(sqlite3_stmt *st, int column, const store_image_cell *v);
#endif
