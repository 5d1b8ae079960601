/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_file: a file that appears whole or not at all. Written beside under another name, synced, renamed; until
 * store_file_commit an existing file is untouched, and nothing is left behind on failure.
 *
 * Mode 0600, or that of the file it replaces. A symbolic link is followed: the file it points at is replaced.
 * Writing errors are sticky and reported by store_file_commit. Something that is not a regular file (a pipe,
 * /dev/stdout) is written in place.
 * Errors: KAM_CONSTRAINT exists path (there and force not given), KAM_IO path. Included by files of store/ only. */
#ifndef STORE_FILE_H
#define STORE_FILE_H
#include "kam_err.h"
#include <stdbool.h>
#include <stddef.h>

typedef struct store_file store_file;
kam_rc store_file_open(const char *path, bool force, store_file **out, kam_err *err);
void store_file_write(store_file *f, const char *s, size_t n);
bool store_file_failed(const store_file *f);
/* Both free f. */
kam_rc store_file_commit(store_file *f, kam_err *err);
void store_file_abort(store_file *f); /* NULL is fine */
#endif
