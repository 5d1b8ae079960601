/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The C library sorts pieces that take a few milliseconds; merging them asks. */
#include "kam_sort.h"
#include "kam_mem.h"
#include <stdlib.h>
#include <string.h>

enum { PIECE = 32768, ASK_EVERY = 2048 };

typedef struct sorting {
    size_t size;
    int (*compare)(const void *, const void *);
    const kam_progress *watch;
    char *spare; /* room for half of the elements */
} sorting;

/* Both halves are sorted. Wherever it ends, what is left of the spare goes into the gap. */
static void merge(const sorting *s, char *v, size_t half, size_t n)
{
    const size_t z = s->size;
    char *mid = v + half * z;
    if (s->compare(mid - z, mid) <= 0) return;
    memcpy(s->spare, v, half * z);
    size_t i = 0, j = half, k = 0;
    while (i < half && j < n && (k % ASK_EVERY != 0 || !kam_progress_stopped(s->watch))) {
        const char *a = s->spare + i * z, *b = v + j * z;
        const char *least = s->compare(a, b) <= 0 ? (i++, a) : (j++, b);
        memcpy(v + k++ * z, least, z);
    }
    memcpy(v + k * z, s->spare + i * z, (half - i) * z);
}

static void sort(const sorting *s, char *v, size_t n)
{
    if (kam_progress_stopped(s->watch)) return;
    if (n <= PIECE) {
        qsort(v, n, s->size, s->compare);
        return;
    }
    const size_t half = n / 2;
    sort(s, v, half);
    sort(s, v + half * s->size, n - half);
    if (!kam_progress_stopped(s->watch)) merge(s, v, half, n);
}

void kam_sort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *), const kam_progress *watch)
{
    if (n < 2) return;
    sorting s = {size, compare, watch, n > PIECE ? kam_reallocarray(NULL, n / 2 + 1, size) : NULL};
    sort(&s, base, n);
    kam_free(s.spare);
}
