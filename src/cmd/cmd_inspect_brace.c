/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_inspect_brace: where braces do not balance. Tcl only knows that the outermost one is never closed; who wrote the text wants
 * the line. A line that begins with a closing brace stands as far to the right as the line that opened it. */
#include "cmd_inspect.h"
#include "kam_mem.h"

struct opened {
    const char *line;
    size_t indent;
};
struct scan {
    struct opened *v;
    size_t n, cap;
    const char *line; /* beginning of the line we are in */
    size_t indent;
    bool blank; /* nothing but blanks yet */
};

/* A closing brace at p. The line to blame; NULL: none. */
static const char *closing(struct scan *q, bool *open)
{
    if (!q->n) return *open = false, q->line;
    const struct opened *top = &q->v[--q->n];
    if (!q->blank || top->indent == q->indent) return NULL;
    *open = q->indent < top->indent;
    return *open ? top->line : q->line;
}

const char *cmd_inspect_brace(cmd_piece text, bool *open)
{
    struct scan q = {.line = text.s, .blank = true};
    const char *bad = NULL;
    for (size_t i = 0; i < text.n && !bad; i++) {
        char c = text.s[i];
        if (c == '\n') {
            q.line = text.s + i + 1, q.indent = 0, q.blank = true;
            continue;
        }
        if (q.blank && (c == ' ' || c == '\t')) {
            q.indent++;
            continue;
        }
        if (c == '{') {
            KAM_GROW(q.v, q.cap, q.n + 1);
            q.v[q.n++] = (struct opened){q.line, q.indent};
        } else if (c == '}') bad = closing(&q, open);
        else if (c == '\\' && i + 1 < text.n && text.s[i + 1] != '\n') i++;
        q.blank = false;
    }
    if (!bad && q.n) bad = q.v[q.n - 1].line, *open = true;
    kam_free(q.v);
    return bad;
}
