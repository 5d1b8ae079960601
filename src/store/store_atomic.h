/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_atomic: a file that appears whole or not at all. Written beside under another name, synced, renamed; until
 * store_atomic_commit an existing file is untouched, and nothing is left behind on failure.
 *
 * Mode 0600, or that of the file it replaces. A symbolic link is followed: the file it points at is replaced.
 * Writing errors are sticky and reported by store_atomic_commit. Something that is not a regular file (a pipe,
 * /dev/stdout) is written in place.
 * Errors: KAM_CONSTRAINT exists path (there and force not given), KAM_IO path. Included by files of store/ only. */
#ifndef STORE_ATOMIC_H
#define STORE_ATOMIC_H
#include "kam_err.h"
#include <stdbool.h>
#include <stddef.h>

typedef struct store_atomic store_atomic;
kam_rc store_atomic_open(const char *path, bool force, store_atomic **out, kam_err *err);
void store_atomic_write(store_atomic *f, const char *s, size_t n);
bool store_atomic_failed(const store_atomic *f);
/* Both free f. */
kam_rc store_atomic_commit(store_atomic *f, kam_err *err);
void store_atomic_abort(store_atomic *f); /* NULL is fine */
#endif
