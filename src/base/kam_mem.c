/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_mem.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void out_of_memory(size_t n)
{
    fprintf(stderr, "kamsh: out of memory (%zu bytes wanted)\n", n);
    abort();
}

void *kam_alloc(size_t n)
{
    void *p = malloc(n ? n : 1);
    if (p == NULL) out_of_memory(n);
    return p;
}

void *kam_zalloc(size_t n)
{
    return kam_calloc(n, 1);
}

void *kam_calloc(size_t count, size_t size)
{
    if (count == 0 || size == 0) count = size = 1;
    void *p = calloc(count, size);
    if (p == NULL) out_of_memory(count > SIZE_MAX / size ? SIZE_MAX : count * size);
    return p;
}

void *kam_realloc(void *p, size_t n)
{
    void *q = realloc(p, n ? n : 1);
    if (q == NULL) out_of_memory(n);
    return q;
}

void *kam_reallocarray(void *p, size_t count, size_t size)
{
    size_t n;
    if (__builtin_mul_overflow(count, size, &n)) out_of_memory(SIZE_MAX);
    return kam_realloc(p, n);
}

char *kam_strdup(const char *s)
{
    return s == NULL ? NULL : kam_strndup(s, strlen(s));
}

char *kam_strndup(const char *s, size_t n)
{
    if (s == NULL) return NULL;
    n = strnlen(s, n);
    char *p = kam_alloc(n + 1);
    memcpy(p, s, n);
    p[n] = '\0';
    return p;
}

void kam_free(void *p)
{
    free(p);
}

/* --- arena --------------------------------------------------------------------------------------------------- */

typedef struct kam_arena_block {
    struct kam_arena_block *next;
    size_t used, cap;
    _Alignas(max_align_t) unsigned char data[];
} arena_block;

enum { ARENA_FIRST = 2048, ARENA_MOST = 1 << 18 };

static void *arena_take(kam_arena *a, size_t n, bool aligned)
{
    arena_block *b = a->head;
    size_t mask = aligned ? _Alignof(max_align_t) - 1 : 0;
    size_t at = b == NULL ? 0 : (b->used + mask) & ~mask;
    if (b == NULL || at > b->cap || n > b->cap - at) {
        size_t cap = b == NULL ? ARENA_FIRST : b->cap * 2;
        if (cap > ARENA_MOST) cap = ARENA_MOST;
        if (cap < n) cap = n;
        size_t whole;
        if (__builtin_add_overflow(sizeof *b, cap, &whole)) out_of_memory(n);
        arena_block *fresh = kam_alloc(whole);
        fresh->cap = cap;
        fresh->used = 0;
        /* A block made for one large piece goes behind the head, which still has room for small ones. */
        if (b != NULL && n > ARENA_MOST / 2) {
            fresh->next = b->next;
            b->next = fresh;
        } else {
            fresh->next = b;
            a->head = fresh;
        }
        b = fresh;
        at = 0;
    }
    b->used = at + n;
    return b->data + at;
}

void *kam_arena_alloc(kam_arena *a, size_t n)
{
    void *p = arena_take(a, n ? n : 1, true);
    memset(p, 0, n);
    return p;
}

char *kam_arena_strndup(kam_arena *a, const char *s, size_t n)
{
    if (s == NULL) return NULL;
    n = strnlen(s, n);
    char *p = arena_take(a, n + 1, false);
    memcpy(p, s, n);
    p[n] = '\0';
    return p;
}

char *kam_arena_strdup(kam_arena *a, const char *s)
{
    return s == NULL ? NULL : kam_arena_strndup(a, s, strlen(s));
}

char *kam_arena_printf(kam_arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) return kam_arena_strdup(a, "");
    char *p = arena_take(a, (size_t)n + 1, false);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return p;
}

void kam_arena_release(kam_arena *a)
{
    while (a->head != NULL) {
        arena_block *next = a->head->next;
        free(a->head);
        a->head = next;
    }
}
