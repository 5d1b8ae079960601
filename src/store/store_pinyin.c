/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_pinyin.h"
#include "kam_utf8.h"
#include "store_pinyin_table.h"
#include <string.h>

enum { LETTERS = (1 << 26) - 1 };

uint32_t store_pinyin_letters(uint32_t cp, char *primary)
{
    for (size_t i = 0; i < sizeof pinyin_blocks / sizeof *pinyin_blocks; i++) {
        if (cp > pinyin_blocks[i].last) continue;
        if (cp < pinyin_blocks[i].from) return 0;
        uint32_t set = pinyin_set[pinyin_blocks[i].set[cp - pinyin_blocks[i].from]];
        *primary = (char)('a' + (set >> 26));
        return set & LETTERS;
    }
    return 0;
}

/* One character of a name at s[0..n): its part in a sort key is put into part; `letters` as above, 0 for characters that
 * have one spelling. Returns its length, *k that of the part (0: left out). */
static size_t next_part(const char *s, size_t n, char part[8], size_t *k, uint32_t *letters)
{
    unsigned char c = (unsigned char)*s;
    *letters = 0;
    *k = 1;
    if (c < 128) {
        part[0] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        *k = (part[0] >= 'a' && part[0] <= 'z') || (part[0] >= '0' && part[0] <= '9');
        return 1;
    }
    size_t used;
    uint32_t cp = kam_utf8_next(s, n, &used);
    *letters = store_pinyin_letters(cp, part);
    if (!*letters) memcpy(part, s, *k = used);
    return used;
}

void store_sort_key(const char *name, kam_str *out)
{
    size_t n = strlen(name), k;
    uint32_t letters;
    char part[8];
    for (size_t i = 0; i < n;) {
        i += next_part(name + i, n - i, part, &k, &letters);
        kam_str_addn(out, part, k);
    }
}

bool store_sort_key_is_own(const char *name, const char *key)
{
    size_t n = strlen(name), k;
    uint32_t letters;
    char part[8];
    for (size_t i = 0; i < n;) {
        size_t used = next_part(name + i, n - i, part, &k, &letters);
        if (strncmp(key, part, k) == 0) key += k;
        else if (letters && strncmp(key, name + i, used) == 0) key += used;
        else return false;
        i += used;
    }
    return !*key;
}

/* What a name is spelled from: each place a piece of fixed text or one of several letters, the primary first. */
typedef struct places {
    size_t n, total, choices[STORE_SPELLED];
    char choice[STORE_SPELLED][26], fixed[STORE_SPELLED][8];
    size_t fixed_n[STORE_SPELLED];
} places;

static void read_places(const char *name, places *p)
{
    size_t n = strlen(name), k;
    uint32_t letters;
    char part[8];
    p->n = 0;
    p->total = 1;
    for (size_t i = 0; i < n && p->n < STORE_SPELLED;) {
        i += next_part(name + i, n - i, part, &k, &letters);
        if (k == 0) continue;
        memcpy(p->fixed[p->n], part, k);
        p->fixed_n[p->n] = k;
        size_t c = 0;
        p->choice[p->n][c++] = part[0];
        /* one that would go beyond the limit keeps its primary letter */
        size_t many = letters ? (size_t)__builtin_popcount(letters) : 1;
        if (many > 1 && p->total * many <= STORE_SPELLINGS) {
            p->total *= many;
            for (int b = 0; b < 26; b++)
                if ((letters >> b & 1) && 'a' + b != part[0]) p->choice[p->n][c++] = (char)('a' + b);
        }
        p->choices[p->n++] = c;
    }
}

void store_spellings(const char *name, const char *key, void (*fn)(void *ctx, const char *initials), void *ctx)
{
    places p;
    read_places(name, &p);
    if (p.n == 0) return;
    for (size_t which = 0; which < p.total; which++) {
        char text[STORE_SPELLED * 8 + 1];
        size_t len = 0, rest = which;
        for (size_t i = 0; i < p.n; i++) {
            if (p.choices[i] > 1) {
                text[len++] = p.choice[i][rest % p.choices[i]];
                rest /= p.choices[i];
            } else {
                memcpy(text + len, p.fixed[i], p.fixed_n[i]);
                len += p.fixed_n[i];
            }
        }
        text[len] = '\0';
        if (!key || strncmp(key, text, len) != 0) fn(ctx, text);
    }
}
