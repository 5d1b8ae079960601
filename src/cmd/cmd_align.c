/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_align.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

static size_t *by_code(const kam_table *t, const kam_column **code)
{
    int at = kam_table_index(t, "account");
    size_t col = (size_t)at;
    bool down = false;
    *code = kam_table_column(t, col);
    return kam_table_order(t, &col, &down, 1);
}

size_t *cmd_align(const kam_table *accounts, const kam_table *rows)
{
    const kam_column *a, *b;
    size_t *ao = by_code(accounts, &a), *bo = by_code(rows, &b), n = kam_table_rows(accounts), m = kam_table_rows(rows), j = 0;
    size_t *at = kam_calloc(n + 1, sizeof *at);
    for (size_t i = 0; i < n; i++) {
        int cmp = -1;
        while (j < m && (cmp = strcmp(kam_col_text(b, bo[j]), kam_col_text(a, ao[i]))) < 0) j++;
        at[ao[i]] = j < m && cmp == 0 ? bo[j] : SIZE_MAX;
    }
    kam_free(ao);
    kam_free(bo);
    return at;
}

double *cmd_align_real(const kam_table *accounts, const kam_table *rows, const char *column)
{
    const kam_column *c = kam_table_find(rows, column);
    size_t *at = cmd_align(accounts, rows), n = kam_table_rows(accounts);
    double *v = kam_calloc(n + 1, sizeof *v);
    for (size_t i = 0; i < n; i++) v[i] = c && at[i] != SIZE_MAX && !kam_col_missing(c, at[i]) ? kam_col_real(c, at[i]) : NAN;
    kam_free(at);
    return v;
}

const char **cmd_align_text(const kam_table *accounts, const kam_table *rows, const char *column)
{
    const kam_column *c = kam_table_find(rows, column);
    size_t *at = cmd_align(accounts, rows), n = kam_table_rows(accounts);
    const char **v = kam_calloc(n + 1, sizeof *v);
    for (size_t i = 0; i < n; i++) v[i] = c && at[i] != SIZE_MAX && !kam_col_missing(c, at[i]) ? kam_col_text(c, at[i]) : NULL;
    kam_free(at);
    return v;
}
