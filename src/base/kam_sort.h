/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_sort: qsort that can be told to stop, for what may have a million elements. */
#ifndef KAM_SORT_H
#define KAM_SORT_H
#include "kam_progress.h"
#include <stddef.h>

/* The order of equal elements is not defined. Told to stop, the elements are all still there, in any order: whoever can return an error asks
 * again. watch may be NULL. O(n log n), n/2 elements of memory beyond 32,768. */
void kam_sort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *), const kam_progress *watch);
#endif
