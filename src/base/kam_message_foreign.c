/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_message.h"
#include "kam_mem.h"
#include "kam_message_foreign.h"
#include <string.h>

enum { MAX_HOLES = 9, TEXT_MAX = 4096, MAX_TRIES = 20000 };

typedef struct hole {
    const char *at; /* in the text */
    size_t n;
    bool quoted, list; /* between two quotes: the user's word; after "must be": a list of words */
} hole;

typedef struct fit {
    hole hole[MAX_HOLES];
    size_t n;
    int tries; /* steps back; a text that needs too many is none of ours */
} fit;

static bool ends_in(const char *from, const char *to, const char *what)
{
    size_t n = strlen(what);
    return (size_t)(to - from) >= n && memcmp(to - n, what, n) == 0;
}

/* Does the pattern from p on fit the text from t on? Each hole takes as little as it can. */
static bool fits(const char *pattern, const char *p, const char *t, fit *f)
{
    for (;; p++, t++) {
        if (p[0] == '%' && p[1] == 's') break;
        if (p[0] == '%' && p[1] == '%') p++;
        if (*p != *t) return false;
        if (!*p) return true;
    }
    if (f->n == MAX_HOLES) return false;
    hole *h = &f->hole[f->n++];
    *h = (hole){t, 0, p > pattern && p[-1] == '"' && p[2] == '"', ends_in(pattern, p, "must be ") || ends_in(pattern, p, "one of ")};
    size_t before = f->n;
    for (const char *end = p[2] ? t : t + strlen(t); f->tries++ < MAX_TRIES; end++) {
        h->n = (size_t)(end - t);
        f->n = before;
        if ((!p[2] || *end == p[2] || p[2] == '%') && fits(pattern, p + 2, end, f)) return true;
        if (!*end) break;
    }
    return false;
}

/* "a, b, or c" → "a、b 或 c" */
static void add_list(kam_str *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        const char *rest = s + i;
        if (kam_str_starts(rest, ", or ")) {
            kam_str_add(out, " 或 ");
            i += 5;
        } else if (kam_str_starts(rest, ", ")) {
            kam_str_add(out, "、");
            i += 2;
        } else if (kam_str_starts(rest, " or ")) {
            kam_str_add(out, " 或 ");
            i += 4;
        } else if (kam_str_starts(rest, "an integer")) {
            kam_str_add(out, "整数");
            i += 10;
        } else {
            kam_str_addc(out, s[i++]);
        }
    }
}

static void add_hole(kam_str *out, const hole *h)
{
    if (h->list) {
        add_list(out, h->at, h->n);
        return;
    }
    char *word = kam_strndup(h->at, h->n);
    bool a_name = h->quoted || !strchr(word, ' ');
    if (a_name || !kam_message_foreign(word, out)) kam_str_add(out, word);
    kam_free(word);
}

bool kam_message_foreign(const char *text, kam_str *out)
{
    const char *whole = kam_message_zh(text);
    if (whole && !strchr(whole, '{')) {
        kam_str_add(out, whole);
        return true;
    }
    if (strlen(text) > TEXT_MAX) return false;
    for (size_t i = 0; i < sizeof kam_message_foreign_rows / sizeof *kam_message_foreign_rows; i++) {
        const kam_message *row = &kam_message_foreign_rows[i];
        fit f = {.n = 0};
        if (!fits(row->en, row->en, text, &f)) continue;
        for (const char *c = row->zh; *c; c++) {
            if (c[0] == '{' && c[1] >= '1' && c[1] <= '9' && c[2] == '}') {
                if ((size_t)(c[1] - '1') < f.n) add_hole(out, &f.hole[c[1] - '1']);
                c += 2;
            } else {
                kam_str_addc(out, *c);
            }
        }
        return true;
    }
    return false;
}
