/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.h: the document every PDF maker of the bench sets, read from plan.txt: T title, H heading, P paragraph, R row of the
 * table, B bar. {N} in a text is the number of the document. */
#ifndef BENCH_PLAN_H
#define BENCH_PLAN_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLAN_LINES = 400, PLAN_CELLS = 6 };
typedef struct plan_line {
    char kind;
    char *text;               /* after "R " or "B ": cells split at '|' */
    char *cell[PLAN_CELLS];
} plan_line;
typedef struct plan {
    plan_line v[PLAN_LINES];
    size_t n;
} plan;

static inline void plan_read(plan *p, const char *path)
{
    char buf[8192];
    FILE *f = fopen(path, "r");
    if (!f) fprintf(stderr, "cannot open %s\n", path), exit(1);
    p->n = 0;
    while (p->n < PLAN_LINES && fgets(buf, sizeof buf, f)) {
        buf[strcspn(buf, "\n")] = '\0';
        plan_line *l = &p->v[p->n++];
        *l = (plan_line){.kind = buf[0], .text = strdup(buf + 2)};
        if (l->kind != 'R' && l->kind != 'B') continue;
        char *c = l->text;
        for (int k = 0; k < PLAN_CELLS && c; k++) {
            l->cell[k] = c;
            c = strchr(c, '|');
            if (c) *c++ = '\0';
        }
    }
    fclose(f);
}

/* The text for document number k; lent until the next call. */
static inline const char *plan_text(const char *text, int k)
{
    static char out[8192];
    const char *at = strstr(text, "{N}");
    if (!at) return text;
    snprintf(out, sizeof out, "%.*s%d%s", (int)(at - text), text, k, at + 3);
    return out;
}
#endif
