/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_save: a file complete under its name, or not at all: written beside it, synced, renamed. An existing file is
 * replaced only by a complete one and keeps its permissions. synced false: not waiting for the disk. KAM_IO path. */
#ifndef PDF_SAVE_H
#define PDF_SAVE_H
#include "kam_err.h"

kam_rc pdf_save_file(const char *path, const void *bytes, size_t n, bool synced, kam_err *err);
#endif
