/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_progress: how a long loop asks "shall I stop?" and tells how far it is, without knowing prompt or clock.
 * A NULL kam_progress never stops and tells nobody. */
#ifndef KAM_PROGRESS_H
#define KAM_PROGRESS_H
#include "kam_err.h"
#include <stdbool.h>
#include <stdint.h>

typedef struct kam_progress {
    volatile int *interrupted; /* set asynchronously; may be NULL */
    void (*tell)(void *ctx, const char *what, uint64_t done, uint64_t total); /* may be NULL; total 0 = unknown */
    void *ctx;
} kam_progress;

/* KAM_INTERRUPT when asked to stop, else KAM_OK. Call every few thousand steps. */
kam_rc kam_progress_step(kam_progress *p, const char *what, uint64_t done, uint64_t total, kam_err *err);
/* The question alone, for loops within what is told as one: true when asked to stop, and from then on. Leave the loop; whoever can return an
 * error asks again with kam_progress_step. */
bool kam_progress_stopped(const kam_progress *p);
#endif
