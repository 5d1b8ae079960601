/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marked text: **bold**, __emphasis__, backslash before * _ { \ for themselves ({page:NAME}: pdf_ref.c). A mark that is never closed is plain
 * text: data with stray stars looks odd at most, it never fails. */
#include "pdf_flow.h"
#include "pdf_text.h"
#include <string.h>

void pdf_mark_escape(kam_str *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '*' || *text == '_' || *text == '{' || *text == '\\') kam_str_addc(out, '\\');
        kam_str_addc(out, *text);
    }
}

static const char *find_close(const char *p, char mark)
{
    for (; *p; p++) {
        if (*p == '\\' && p[1]) p++;
        else if (p[0] == mark && p[1] == mark) return p;
    }
    return NULL;
}

static const char *unescape(kam_arena *a, const char *s, size_t n)
{
    char *out = kam_arena_alloc(a, n + 1), *q = out;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\\' && i + 1 < n && strchr("*_{\\", s[i + 1])) i++;
        *q++ = s[i];
    }
    *q = '\0';
    return out;
}

size_t pdf_mark_parse(kam_arena *a, const char *text, uint8_t style, pdf_rgb colour, pdf_rgb emphasis, pdf_run **runs)
{
    size_t max = 1;
    for (const char *p = text; *p; p++) max += (*p == '*' || *p == '_');
    *runs = kam_arena_alloc(a, (max + 1) * sizeof **runs);
    size_t n = 0;
    const char *plain = text, *p = text;
    while (*p) {
        if (*p == '\\' && p[1]) {
            p += 2;
            continue;
        }
        bool mark = (p[0] == '*' && p[1] == '*') || (p[0] == '_' && p[1] == '_');
        const char *close = mark ? find_close(p + 2, *p) : NULL;
        if (!close || close == p + 2) {
            p += mark ? 2 : 1;
            continue;
        }
        if (p > plain) (*runs)[n++] = (pdf_run){unescape(a, plain, (size_t)(p - plain)), style, colour};
        bool bold = *p == '*';
        (*runs)[n++] = (pdf_run){unescape(a, p + 2, (size_t)(close - p - 2)),
                                 (uint8_t)(style | (bold ? PDF_BOLD : PDF_OBLIQUE)), bold ? colour : emphasis};
        p = plain = close + 2;
    }
    if (p > plain || n == 0) (*runs)[n++] = (pdf_run){unescape(a, plain, (size_t)(p - plain)), style, colour};
    return n;
}
