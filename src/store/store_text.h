/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_text: a file, in whatever encoding it came, as a stream of UTF-8 for kam_csv.
 *
 * Detection ("auto") reads a regular file once before the first byte is delivered:
 *   1 a byte-order mark decides (UTF-8, UTF-16LE, UTF-16BE, UTF-32LE/BE);
 *   2 text that is valid UTF-8 is UTF-8 (plain ASCII says so);
 *   3 a file whose NUL bytes sit at every other place is UTF-16 without a mark: refused, naming the option to give;
 *   4 text that is UTF-8 but for a few bad bytes is damaged UTF-8: refused with the place, rather than turned into
 *     Chinese characters nobody wrote;
 *   5 else GB18030 (what Chinese Excel writes; GBK and GB2312 are subsets), decoded strictly by iconv(3).
 * Any other name iconv knows may be given. A NUL that is not a sign of UTF-16 is passed on: kam_csv rejects the row.
 *
 * Errors: KAM_IO path (cannot open or read), KAM_DATA file line column (a byte that is not text in the encoding;
 * line and column 1-based, in characters), KAM_USAGE import (an encoding this system does not know).
 * Something that cannot be rewound (a pipe) is copied to an unlinked temporary file first.
 * Complexity: two passes for "auto", one when the encoding is named. */
#ifndef STORE_TEXT_H
#define STORE_TEXT_H
#include "kam_err.h"
#include <stddef.h>
#include <stdint.h>

typedef struct store_text store_text;

/* `encoding` NULL or "auto" detects. */
kam_rc store_text_open(const char *path, const char *encoding, store_text **out, kam_err *err);
void store_text_close(store_text *t); /* NULL is fine */

/* A kam_csv_read_fn; ctx is the store_text. */
kam_rc store_text_read(void *ctx, char *buf, size_t cap, size_t *got, kam_err *err);

/* "utf-8", "utf-8 (BOM)", "ascii", "gb18030", "utf-16le" …: what the stream is decoded from. */
const char *store_text_encoding(const store_text *t);
uint64_t store_text_bytes_read(const store_text *t); /* for progress */
uint64_t store_text_size(const store_text *t);
#endif
