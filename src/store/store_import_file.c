/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_import_int.h"

#include "kam_mem.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 1 << 16 };

static kam_rc read_on(void *ctx, char *buf, size_t cap, size_t *got, kam_err *err)
{
    import_file *f = ctx;
    size_t left = f->head_len - f->head_pos;
    if (left == 0) return store_text_read(f->text, buf, cap, got, err);
    size_t n = left < cap ? left : cap;
    memcpy(buf, f->head + f->head_pos, n);
    f->head_pos += n;
    *got = n;
    return KAM_OK;
}

/* The delimiter that splits the first line that is not blank most often, outside quotes; a comma when none does. */
static char sniff(const char *s, size_t n)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    size_t count[sizeof candidates] = {0}, best = 0;
    bool quoted = false, text = false;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"') quoted = !quoted;
        if (quoted) continue;
        if (s[i] == '\n' || s[i] == '\r') {
            if (text) break;
            memset(count, 0, sizeof count);
            continue;
        }
        text = true;
        for (size_t k = 0; k < sizeof candidates; k++) count[k] += s[i] == candidates[k];
    }
    for (size_t k = 1; k < sizeof candidates; k++)
        if (count[k] > count[best]) best = k;
    return candidates[best];
}

static kam_rc read_head(import_file *f, kam_err *err)
{
    f->head = kam_alloc(HEAD);
    while (f->head_len < HEAD) {
        size_t got = 0;
        kam_rc rc = store_text_read(f->text, f->head + f->head_len, HEAD - f->head_len, &got, err);
        if (rc == KAM_DATA && f->head_len > 0) { /* the reader meets the place again when it comes to it */
            kam_err_clear(err);
            break;
        }
        if (rc != KAM_OK) return rc;
        if (got == 0) break;
        f->head_len += got;
        if (memchr(f->head + f->head_len - got, '\n', got)) break;
    }
    return KAM_OK;
}

kam_rc import_file_open(import_file *f, const store_import_spec *spec, kam_err *err)
{
    kam_rc rc = store_text_open(spec->path, spec->encoding, &f->text, err);
    if (rc == KAM_OK) rc = read_head(f, err);
    if (rc != KAM_OK) {
        import_file_close(f);
        return rc;
    }
    f->delimiter = spec->delimiter ? spec->delimiter : sniff(f->head, f->head_len);
    f->csv = kam_csv_new(read_on, f, f->delimiter);
    return KAM_OK;
}

void import_file_close(import_file *f)
{
    kam_csv_free(f->csv);
    store_text_close(f->text);
    kam_free(f->head);
    *f = (import_file)IMPORT_FILE_INIT;
}
