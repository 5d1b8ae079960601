/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_class.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <string.h>

const char *const calc_yield_classes[] = {"A", "B", "C", NULL};
const char *const calc_pyramid_classes[] = {"top", "major", "ordinary", "small", "inactive", NULL};
const char *const calc_rfm_classes[] = {"value",         "develop",         "keep",         "win-back",
                                        "general-value", "general-develop", "general-keep", "general-win-back", NULL};
const char *const calc_lifecycle_classes[] = {"potential", "selling",   "new",     "growing",  "stable",
                                              "declining", "problem",   "no-value", "lost",    NULL};
const char *const calc_lifecycle_phases[] = {"potential", "selling", "relationship", "lost", NULL};
const char *const calc_ladder_classes[] = {"prospect", "first-time", "repeat", "loyal", "member", "advocate", NULL};

static size_t class_count(const char *const *classes)
{
    size_t n = 0;
    while (classes[n]) n++;
    return n;
}

/* Index of the class of a row; n (one past the last) for missing or foreign. */
static size_t class_at(const kam_column *c, size_t row, const char *const *classes, size_t n)
{
    if (kam_col_missing(c, row)) return n;
    const char *s = kam_col_text(c, row);
    size_t k = 0;
    while (k < n && strcmp(s, classes[k]) != 0) k++;
    return k;
}

kam_rc calc_class_summary(const kam_table *rows, const char *class_column, const char *basis_column,
                          const char *const *classes, kam_table **out, kam_err *err)
{
    const kam_column *in[2] = {NULL, NULL};
    const calc_use want[2] = {{class_column, KAM_TEXT, false}, {basis_column, KAM_MONEY, false}};
    kam_rc rc = calc_use_table(rows, "rows", want, basis_column ? 2 : 1, in, err);
    if (rc) return rc;
    size_t n = class_count(classes), total = kam_table_rows(rows);
    int64_t *count = kam_calloc(n + 1, sizeof *count), *basis = kam_calloc(n + 1, sizeof *basis), basis_total = 0;
    for (size_t i = 0; i < total; i++) {
        size_t k = class_at(in[0], i, classes, n);
        count[k]++;
        if (!calc_known(in[1], i)) continue;
        basis[k] += kam_col_int(in[1], i);
        basis_total += kam_col_int(in[1], i);
    }
    static const calc_col cols[] = {
        {"class", KAM_TEXT, "summary.class"},   {"count", KAM_INT, "summary.count"},
        {"share", KAM_REAL, "summary.share"},   {"basis", KAM_MONEY, "summary.basis"},
        {"basis_share", KAM_REAL, "summary.basis_share"},
    };
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new(kam_table_title(rows), rows, cols, CALC_COUNT(cols), c);
    for (size_t k = 0; k <= n; k++) {
        if (k == n && count[k] == 0) continue;
        kam_col_push_text(c[0], k < n ? classes[k] : "unknown");
        kam_col_push_int(c[1], count[k]);
        if (total) kam_col_push_real(c[2], (double)count[k] / (double)total);
        else kam_col_push_missing(c[2]);
        calc_push_opt(c[3], in[1] != NULL, basis[k]);
        if (basis_total > 0) kam_col_push_real(c[4], (double)basis[k] / (double)basis_total);
        else kam_col_push_missing(c[4]);
    }
    for (size_t i = 0; i < kam_table_notes(rows); i++) kam_table_add_note(t, kam_table_note(rows, i));
    kam_table_seal(t);
    kam_free(count);
    kam_free(basis);
    *out = t;
    return KAM_OK;
}

/* Count pairs (class then, class now); the index n stands for "none". */
static void count_moves(const kam_table *before, const kam_column *const b[2], const kam_table *after,
                        const kam_column *const a[2], const char *const *classes, size_t n, int64_t *moves)
{
    const size_t bcol = (size_t)kam_table_index(before, "account"), acol = (size_t)kam_table_index(after, "account");
    const bool up = false;
    size_t *bo = kam_table_order(before, &bcol, &up, 1), *ao = kam_table_order(after, &acol, &up, 1);
    size_t bn = kam_table_rows(before), an = kam_table_rows(after), i = 0, j = 0;
    while (i < bn || j < an) {
        int cmp = i == bn ? 1 : j == an ? -1 : strcmp(kam_col_text(b[0], bo[i]), kam_col_text(a[0], ao[j]));
        size_t from = cmp <= 0 ? class_at(b[1], bo[i], classes, n) : n;
        size_t to = cmp >= 0 ? class_at(a[1], ao[j], classes, n) : n;
        moves[from * (n + 1) + to]++;
        if (cmp <= 0) i++;
        if (cmp >= 0) j++;
    }
    kam_free(bo);
    kam_free(ao);
}

kam_rc calc_class_migration(const kam_table *before, const kam_table *after, const char *class_column,
                            const char *const *classes, kam_table **out, kam_err *err)
{
    const kam_column *b[2], *a[2];
    const calc_use want[2] = {{"account", KAM_TEXT, false}, {class_column, KAM_TEXT, false}};
    kam_rc rc = calc_use_table(before, "before", want, 2, b, err);
    if (!rc) rc = calc_use_table(after, "after", want, 2, a, err);
    if (rc) return rc;
    size_t n = class_count(classes), side = n + 1;
    int64_t *moves = kam_calloc(side * side, sizeof *moves);
    count_moves(before, b, after, a, classes, n, moves);
    static const calc_col cols[] = {
        {"from", KAM_TEXT, "migration.from"},
        {"to", KAM_TEXT, "migration.to"},
        {"count", KAM_INT, "migration.count"},
        {"share", KAM_REAL, "migration.share"},
    };
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new(kam_table_title(after), after, cols, CALC_COUNT(cols), c);
    for (size_t from = 0; from <= n; from++) {
        int64_t total = 0;
        for (size_t to = 0; to <= n; to++) total += moves[from * side + to];
        for (size_t to = 0; to <= n; to++) {
            int64_t m = moves[from * side + to];
            if ((from == n || to == n) && m == 0) continue;
            kam_col_push_text(c[0], from < n ? classes[from] : "none");
            kam_col_push_text(c[1], to < n ? classes[to] : "none");
            kam_col_push_int(c[2], m);
            if (total) kam_col_push_real(c[3], (double)m / (double)total);
            else kam_col_push_missing(c[3]);
        }
    }
    kam_table_seal(t);
    kam_free(moves);
    *out = t;
    return KAM_OK;
}
