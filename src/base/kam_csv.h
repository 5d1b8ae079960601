/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_csv: a bounded, streaming reader of delimited text (RFC 4180: quotes, doubled quotes, line breaks in quoted
 * fields, CRLF or LF) and the quoting used when writing.
 *
 * Input is UTF-8 text delivered through a callback; encodings are the caller's affair (store_import uses iconv).
 * A record is lent until the next call. Errors carry line and column (1-based, in characters) of the place to
 * look at: an unterminated quote names the line where the quote opened; text after a closing quote, a NUL byte and
 * bad UTF-8 name their place; the error's words are "", line, column (kam_err_in_file fills in the file). A
 * byte-order mark at the beginning is skipped; a lone CR ends a line too; a quote inside an unquoted field is text.
 * Limits: KAM_CSV_MAX_FIELD bytes a field, KAM_CSV_MAX_FIELDS fields and KAM_CSV_MAX_RECORD bytes a record. */
#ifndef KAM_CSV_H
#define KAM_CSV_H
#include "kam_err.h"
#include "kam_str.h"
#include <stdbool.h>
#include <stddef.h>

enum { KAM_CSV_MAX_FIELD = 1 << 20, KAM_CSV_MAX_FIELDS = 4096, KAM_CSV_MAX_RECORD = 1 << 26 };

/* Fill buf with up to cap bytes; *got = 0 at the end. */
typedef kam_rc (*kam_csv_read_fn)(void *ctx, char *buf, size_t cap, size_t *got, kam_err *err);

typedef struct kam_csv kam_csv;
kam_csv *kam_csv_new(kam_csv_read_fn read, void *ctx, char delimiter);
void kam_csv_free(kam_csv *c);

/* Next record. *n_fields = 0 at the end of input; a blank line is skipped. On KAM_DATA the reader stands after
 * the bad record where that can be known (text after a closing quote, NUL, bad UTF-8), so that reading can go on;
 * kam_csv_dead tells when it cannot (unterminated quote, limits, read error). */
kam_rc kam_csv_next(kam_csv *c, const char *const **fields, size_t *n_fields, kam_err *err);
bool kam_csv_dead(const kam_csv *c);
size_t kam_csv_line(const kam_csv *c); /* first line of the last record */
/* Column (in characters, 1-based) where field i of the last record began. */
size_t kam_csv_column(const kam_csv *c, size_t i);
bool kam_csv_quoted(const kam_csv *c, size_t i); /* "" differs from an empty field */

/* Append one field, quoted when it needs to be (delimiter, quote, CR, LF, leading/trailing blank). A record of one
 * empty field would read back as a blank line: write it as "" (two quotes). */
void kam_csv_put(kam_str *out, const char *field, char delimiter);
#endif
