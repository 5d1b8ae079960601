/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_mem: memory that never returns NULL (out of memory aborts with a message), and arenas.
 * Sizes that come from input must be bounded by the caller before they get here. */
#ifndef KAM_MEM_H
#define KAM_MEM_H
#include <stddef.h>

void *kam_alloc(size_t n);                 /* uninitialised; n = 0 gives a unique pointer */
void *kam_zalloc(size_t n);                /* zeroed */
void *kam_calloc(size_t count, size_t size); /* zeroed, overflow-checked */
void *kam_realloc(void *p, size_t n);
void *kam_reallocarray(void *p, size_t count, size_t size); /* overflow-checked */
char *kam_strdup(const char *s);           /* NULL stays NULL */
char *kam_strndup(const char *s, size_t n);
void kam_free(void *p);

/* Grow an array so that it holds `need` elements (amortised doubling). */
#define KAM_GROW(ptr, cap, need)                                                          \
    do {                                                                                  \
        if ((size_t)(need) > (size_t)(cap)) {                                             \
            size_t kam_new_cap_ = (size_t)(cap) ? (size_t)(cap) * 2 : 16;                 \
            if (kam_new_cap_ < (size_t)(need)) kam_new_cap_ = (size_t)(need);             \
            (ptr) = kam_reallocarray((ptr), kam_new_cap_, sizeof *(ptr));                 \
            (cap) = kam_new_cap_;                                                         \
        }                                                                                 \
    } while (0)

/* An arena: many small allocations freed in one call. Init does not allocate; release frees everything. */
typedef struct kam_arena {
    struct kam_arena_block *head;
} kam_arena;
#define KAM_ARENA_INIT {NULL}
void *kam_arena_alloc(kam_arena *a, size_t n); /* aligned for any type, zeroed */
char *kam_arena_strdup(kam_arena *a, const char *s);
char *kam_arena_strndup(kam_arena *a, const char *s, size_t n);
char *kam_arena_printf(kam_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void kam_arena_release(kam_arena *a);
#endif
