/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The csv reader: the first byte chooses delimiter and portions, the rest is the text. Fields are valid UTF-8; what
 * was read, written with kam_csv_put, reads back the same. */
#include "fuzz.h"
#include "kam_csv.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <string.h>

typedef struct source {
    const char *s;
    size_t n, step;
} source;

static kam_rc give(void *ctx, char *buf, size_t cap, size_t *got, kam_err *err)
{
    (void)err;
    source *src = ctx;
    size_t n = src->n < src->step ? src->n : src->step;
    if (n > cap) n = cap;
    memcpy(buf, src->s, n);
    src->s += n;
    src->n -= n;
    *got = n;
    return KAM_OK;
}

static void read_back(const kam_str *line, const char *const *fields, size_t n, char delimiter)
{
    source src = {line->s, line->len, 3};
    kam_csv *c = kam_csv_new(give, &src, delimiter);
    const char *const *again;
    size_t k;
    FUZZ_MUST(kam_csv_next(c, &again, &k, NULL) == KAM_OK);
    FUZZ_MUST(k == n);
    for (size_t i = 0; i < n; i++)
        FUZZ_MUST(strcmp(fields[i], again[i]) == 0);
    kam_csv_free(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    static const char delimiters[] = {',', ';', '\t', '|'};
    char delimiter = delimiters[data[0] & 3];
    source src = {(const char *)data + 1, size - 1, 1u + (data[0] >> 2)};
    kam_csv *c = kam_csv_new(give, &src, delimiter);
    size_t last_line = 0;
    while (!kam_csv_dead(c)) {
        const char *const *f;
        size_t n;
        kam_err err = KAM_ERR_INIT;
        if (kam_csv_next(c, &f, &n, &err) != KAM_OK) {
            FUZZ_MUST(err.code == KAM_DATA && err.n_words == 3);
            continue;
        }
        if (n == 0) break;
        FUZZ_MUST(kam_csv_line(c) > last_line);
        last_line = kam_csv_line(c);
        kam_str line = KAM_STR_INIT;
        for (size_t i = 0; i < n; i++) {
            FUZZ_MUST(kam_utf8_valid(f[i], strlen(f[i])));
            FUZZ_MUST(kam_csv_column(c, i) >= 1);
            if (i > 0) kam_str_addc(&line, delimiter);
            if (n == 1 && f[0][0] == '\0')
                kam_str_add(&line, "\"\"");
            else
                kam_csv_put(&line, f[i], delimiter);
        }
        kam_str_addc(&line, '\n');
        read_back(&line, f, n, delimiter);
        kam_str_release(&line);
    }
    kam_csv_free(c);
    return 0;
}
