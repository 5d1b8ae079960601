/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_progress.h"

bool kam_progress_stopped(const kam_progress *p) { return p != NULL && p->interrupted != NULL && *p->interrupted; }

kam_rc kam_progress_step(kam_progress *p, const char *what, uint64_t done, uint64_t total, kam_err *err)
{
    if (p == NULL) return KAM_OK;
    if (kam_progress_stopped(p)) return kam_err_set(err, KAM_INTERRUPT, "%s: interrupted", what);
    if (p->tell != NULL) p->tell(p->ctx, what, done, total);
    return KAM_OK;
}
