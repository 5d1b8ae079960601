/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_table_group: group and join. Both sort row numbers and scan; O(n log n). */
#include "cmd_session.h"
#include "cmd_table.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static kam_rc usage(kam_err *err, const char *who, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static kam_rc usage(kam_err *err, const char *who, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    kam_err_vset(err, KAM_USAGE, fmt, ap);
    va_end(ap);
    kam_err_prefix(err, "%s: ", who);
    return kam_err_word(err, who);
}

/* --- group ---------------------------------------------------------------------------------------------------------- */

struct group_args {
    const kam_table *table;
    cmd_words by;
    const char *count;
    cmd_words fold[6];
};

enum fold { SUM, MEAN, MIN, MAX, MEDIAN, DISTINCT, N_FOLDS };
static const char *const fold_suffix[N_FOLDS] = {"sum", "mean", "min", "max", "median", "distinct"};

static bool is_number(const kam_column *c)
{
    kam_type k = kam_col_type(c);
    return k == KAM_INT || k == KAM_REAL || k == KAM_MONEY || k == KAM_FLAG;
}

static kam_type fold_type(enum fold f, const kam_column *c)
{
    kam_type k = kam_col_type(c);
    if (f == DISTINCT) return KAM_INT;
    if (f == SUM) return k == KAM_FLAG ? KAM_INT : k;
    if (f == MEAN || f == MEDIAN) return k == KAM_MONEY ? KAM_MONEY : KAM_REAL;
    return k;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static kam_rc fold_sum(const kam_column *c, const size_t *row, size_t n, kam_column *d, kam_err *err)
{
    size_t known = 0;
    int64_t whole = 0;
    double real = 0;
    for (size_t i = 0; i < n; i++) {
        if (kam_col_missing(c, row[i])) continue;
        known++;
        if (kam_col_type(c) == KAM_REAL) real += kam_col_real(c, row[i]);
        else if (__builtin_add_overflow(whole, kam_col_int(c, row[i]), &whole)) {
            kam_err_set(err, KAM_LIMIT, "table group: the sum of column %s is too large", kam_col_name(c));
            return kam_err_word(err, "sum");
        }
    }
    if (!known) kam_col_push_missing(d);
    else if (kam_col_type(c) == KAM_REAL) kam_col_push_real(d, real);
    else kam_col_push_int(d, whole);
    return KAM_OK;
}

static void fold_middle(enum fold f, const kam_column *c, const size_t *row, size_t n, kam_column *d)
{
    double *v = kam_calloc(n + 1, sizeof *v), m = 0;
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (!kam_col_missing(c, row[i])) v[k++] = kam_col_real(c, row[i]);
    if (k == 0) {
        kam_col_push_missing(d);
    } else {
        if (f == MEAN) {
            for (size_t i = 0; i < k; i++) m += v[i];
            m /= (double)k;
        } else {
            qsort(v, k, sizeof *v, by_value);
            m = k % 2 ? v[k / 2] : (v[k / 2 - 1] + v[k / 2]) / 2;
        }
        if (kam_col_type(d) == KAM_MONEY) kam_col_push_int(d, llround(m));
        else kam_col_push_real(d, m);
    }
    kam_free(v);
}

static void fold_extreme(enum fold f, const kam_column *c, const size_t *row, size_t n, kam_column *d)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        if (kam_col_missing(c, row[i])) continue;
        int k = best == SIZE_MAX ? 0 : cmd_table_compare(c, row[i], c, best);
        if (best == SIZE_MAX || (f == MIN ? k < 0 : k > 0)) best = row[i];
    }
    if (best == SIZE_MAX) kam_col_push_missing(d);
    else kam_col_push_from(d, c, best);
}

static void fold_distinct(const kam_column *c, const size_t *rank, const size_t *row, size_t n, kam_column *d)
{
    /* rank: equal cells have equal numbers; sort the group's ranks and count the changes. */
    double *v = kam_calloc(n + 1, sizeof *v);
    size_t k = 0, distinct = 0;
    for (size_t i = 0; i < n; i++)
        if (!kam_col_missing(c, row[i])) v[k++] = (double)rank[row[i]];
    qsort(v, k, sizeof *v, by_value);
    for (size_t i = 0; i < k; i++) distinct += i == 0 || v[i] != v[i - 1];
    kam_col_push_int(d, (int64_t)distinct);
    kam_free(v);
}

static size_t *ranks(const kam_table *t, size_t col)
{
    size_t n = kam_table_rows(t), r = 0;
    bool up = false;
    size_t *order = kam_table_order(t, &col, &up, 1), *rank = kam_calloc(n + 1, sizeof *rank);
    const kam_column *c = kam_table_column(t, col);
    for (size_t i = 0; i < n && kam_table_step(t, "rows", i, n, NULL) == KAM_OK; i++) {
        if (i && cmd_table_compare(c, order[i - 1], c, order[i]) != 0) r++;
        rank[order[i]] = r;
    }
    kam_free(order);
    return rank;
}

/* The groups: rows in key order and where each group begins (n_groups + 1 entries). */
struct groups {
    size_t *order, *start, n;
};

static struct groups make_groups(const kam_table *t, const size_t *by, size_t n_by)
{
    size_t rows = kam_table_rows(t);
    bool *up = kam_calloc(n_by + 1, sizeof *up);
    struct groups g = {kam_table_order(t, by, up, n_by), kam_calloc(rows + 2, sizeof(size_t)), 0};
    for (size_t i = 0; i < rows && kam_table_step(t, "rows", i, rows, NULL) == KAM_OK; i++) {
        bool same = i > 0;
        for (size_t k = 0; k < n_by && same; k++) {
            const kam_column *c = kam_table_column(t, by[k]);
            same = cmd_table_compare(c, g.order[i - 1], c, g.order[i]) == 0;
        }
        if (!same) g.start[g.n++] = i;
    }
    g.start[g.n] = rows;
    kam_free(up);
    return g;
}

static kam_rc add_fold(const kam_table *t, const struct groups *g, enum fold f, const char *name, kam_table *to,
                       kam_err *err)
{
    size_t col;
    kam_rc rc = cmd_table_column(t, "table group", name, &col, err);
    if (rc != KAM_OK) return rc;
    const kam_column *c = kam_table_column(t, col);
    if ((f == SUM || f == MEAN || f == MEDIAN) && !is_number(c))
        return usage(err, "table group", "column %s holds no numbers", name);
    kam_str full = KAM_STR_INIT;
    kam_str_addf(&full, "%s_%s", name, fold_suffix[f]);
    if (kam_table_find(to, kam_str_cstr(&full))) rc = usage(err, "table group", "column %s is there twice", kam_str_cstr(&full));
    if (rc == KAM_OK) {
        kam_column *d = kam_table_add_column(to, kam_str_cstr(&full), fold_type(f, c), NULL);
        size_t *rank = f == DISTINCT ? ranks(t, col) : NULL;
        for (size_t i = 0; i < g->n && rc == KAM_OK; i++) {
            if ((rc = kam_table_step(t, "rows", i, g->n, err)) != KAM_OK) break;
            const size_t *row = g->order + g->start[i];
            size_t n = g->start[i + 1] - g->start[i];
            if (f == SUM) rc = fold_sum(c, row, n, d, err);
            else if (f == MEAN || f == MEDIAN) fold_middle(f, c, row, n, d);
            else if (f == DISTINCT) fold_distinct(c, rank, row, n, d);
            else fold_extreme(f, c, row, n, d);
        }
        kam_free(rank);
    }
    kam_str_release(&full);
    return rc;
}

static kam_rc fill_groups(const struct group_args *a, const size_t *by, const struct groups *g, kam_table *to, kam_err *err)
{
    size_t *first = kam_calloc(g->n + 1, sizeof *first);
    for (size_t i = 0; i < g->n; i++) first[i] = g->order[g->start[i]];
    for (size_t k = 0; k < a->by.n; k++)
        cmd_table_copy_column(to, kam_table_column(a->table, by[k]), NULL, first, g->n);
    kam_free(first);
    if (a->count[0]) {
        if (kam_table_find(to, a->count)) return usage(err, "table group", "column %s is there twice; give another -count", a->count);
        kam_column *d = kam_table_add_column(to, a->count, KAM_INT, NULL);
        for (size_t i = 0; i < g->n; i++) kam_col_push_int(d, (int64_t)(g->start[i + 1] - g->start[i]));
    }
    for (int f = 0; f < N_FOLDS; f++)
        for (size_t i = 0; i < a->fold[f].n; i++) {
            kam_rc rc = add_fold(a->table, g, (enum fold)f, a->fold[f].word[i], to, err);
            if (rc != KAM_OK) return rc;
        }
    return KAM_OK;
}

static kam_rc group_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct group_args *a = args;
    (void)s;
    size_t *by = kam_calloc(a->by.n + 1, sizeof *by);
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < a->by.n && rc == KAM_OK; i++) {
        rc = cmd_table_column(a->table, "table group", a->by.word[i], &by[i], err);
        for (size_t k = 0; k < i && rc == KAM_OK; k++)
            if (by[k] == by[i]) rc = usage(err, "table group", "column %s is named twice", a->by.word[i]);
    }
    if (rc == KAM_OK) {
        struct groups g = make_groups(a->table, by, a->by.n);
        kam_table *t = kam_table_new();
        kam_table_set_currency(t, kam_table_currency(a->table), kam_table_exponent(a->table));
        kam_table_set_watch(t, kam_table_watch(a->table));
        rc = kam_table_step(a->table, "rows", 0, 0, err);
        if (rc == KAM_OK) rc = fill_groups(a, by, &g, t, err);
        if (rc == KAM_OK) {
            kam_table_seal(t);
            cmd_value_take_table(out, t);
        } else {
            kam_table_unref(t);
        }
        kam_free(g.order);
        kam_free(g.start);
    }
    kam_free(by);
    return rc;
}

#define FOLD_ARG(option, i, en, zh)                                                                           \
    {                                                                                                         \
        .name = option, .kind = CMD_LIST, .offset = offsetof(struct group_args, fold) + (i) * sizeof(cmd_words), \
        .help = {en, zh}                                                                                      \
    }
static const cmd_arg group_arg[] = {
    {.name = "table", .kind = CMD_TABLE, .offset = offsetof(struct group_args, table), .flags = CMD_REQUIRED,
     .help = {"the table", "表"}},
    {.name = "column", .kind = CMD_COLUMN, .offset = offsetof(struct group_args, by), .flags = CMD_REST | CMD_RAW,
     .help = {"the columns to group by; none: one group of all rows", "分组的列；不给则全部为一组"}},
    {.name = "-count", .kind = CMD_STRING, .offset = offsetof(struct group_args, count), .def = "count",
     .help = {"name of the column with the number of rows; empty: none", "行数列的名称；空则不要"}},
    FOLD_ARG("-sum", SUM, "columns to add up: COLUMN_sum", "求和的列：列_sum"),
    FOLD_ARG("-mean", MEAN, "columns to average: COLUMN_mean", "求平均的列：列_mean"),
    FOLD_ARG("-min", MIN, "columns whose least value is wanted: COLUMN_min", "求最小值的列：列_min"),
    FOLD_ARG("-max", MAX, "columns whose greatest value is wanted: COLUMN_max", "求最大值的列：列_max"),
    FOLD_ARG("-median", MEDIAN, "columns whose median is wanted: COLUMN_median", "求中位数的列：列_median"),
    FOLD_ARG("-distinct", DISTINCT, "columns whose different values are counted: COLUMN_distinct", "计不同值个数的列：列_distinct"),
    CMD_ARGS_END};
static const cmd_column group_columns[] = {
    {"COLUMN", KAM_TEXT, {"the columns grouped by", "分组的列"}, NULL},
    {"count", KAM_INT, {"rows in the group", "组内行数"}, NULL},
    {"COLUMN_sum", KAM_REAL, {"and so on, as asked; money stays money", "其余按选项；金额仍为金额"}, "-sum …"},
    CMD_COLUMNS_END};
static const cmd_example group_examples[] = {
    {{"Sales by account.", "按客户汇总。"}, "table group $t account -sum amount -max day",
     "account\tcount\tamount_sum\tday_max\nA1\t2\t400.50\t2025-03-05\nA2\t1\t20.00\t2025-02-01"},
    {{"Over all rows.", "全部行。"}, "table group $t -count {} -mean {amount units} -distinct account",
     "amount_mean\tunits_mean\taccount_distinct\n140.17\t2\t2"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_group_spec = {
    .name = "table group",
    .summary = {"Group rows and fold columns.", "分组并汇总列。"},
    .detail = {"One row a group, in the order of the keys; missing keys form a group of their own, last. Missing cells do not count; "
               "a group without known cells gives missing.",
               "每组一行，按键排序；键缺失的自成一组，排在最后。缺失值不计；没有已知值的组结果为缺失。"},
    .args_size = sizeof(struct group_args), .args = group_arg, .columns = group_columns,
    .setup = cmd_table_setup, .examples = group_examples, .run = group_run, .topic = "tables"};

/* --- join ------------------------------------------------------------------------------------------------------------ */

struct join_args {
    const kam_table *left, *right;
    cmd_words on;
    int kind;
};

enum { JOIN_INNER, JOIN_LEFT };
static const char *const join_kinds[] = {"inner", "left", NULL};
enum { JOIN_MAX = 50000000 };

struct join {
    const struct join_args *a;
    size_t *lcol, *rcol;
    size_t *order; /* right rows by key */
    size_t *lrow, *rrow, n, cap_l, cap_r;
};

static bool comparable(kam_type a, kam_type b)
{
    return a == b || ((a == KAM_INT || a == KAM_REAL) && (b == KAM_INT || b == KAM_REAL));
}

static kam_rc join_keys(struct join *j, kam_err *err)
{
    const struct join_args *a = j->a;
    for (size_t i = 0; i < a->on.n; i++) {
        char *pair = kam_strdup(a->on.word[i]), *right = strchr(pair, ' ');
        if (right) *right++ = '\0';
        else right = pair;
        kam_rc rc = cmd_table_column(a->left, "table join", pair, &j->lcol[i], err);
        if (rc == KAM_OK) rc = cmd_table_column(a->right, "table join", right, &j->rcol[i], err);
        if (rc == KAM_OK && !comparable(kam_col_type(kam_table_column(a->left, j->lcol[i])),
                                        kam_col_type(kam_table_column(a->right, j->rcol[i]))))
            rc = usage(err, "table join", "the two columns of %s are of different types", pair);
        kam_free(pair);
        if (rc != KAM_OK) return rc;
    }
    return KAM_OK;
}

static int compare_keys(const struct join *j, size_t l, size_t r)
{
    for (size_t i = 0; i < j->a->on.n; i++) {
        int k = cmd_table_compare(kam_table_column(j->a->left, j->lcol[i]), l,
                                  kam_table_column(j->a->right, j->rcol[i]), r);
        if (k) return k;
    }
    return 0;
}

static bool key_missing(const struct join *j, size_t l)
{
    for (size_t i = 0; i < j->a->on.n; i++)
        if (kam_col_missing(kam_table_column(j->a->left, j->lcol[i]), l)) return true;
    return false;
}

static void join_pair(struct join *j, size_t l, size_t r)
{
    KAM_GROW(j->lrow, j->cap_l, j->n + 1);
    KAM_GROW(j->rrow, j->cap_r, j->n + 1);
    j->lrow[j->n] = l;
    j->rrow[j->n++] = r;
}

static kam_rc join_rows(struct join *j, kam_err *err)
{
    size_t left = kam_table_rows(j->a->left), right = kam_table_rows(j->a->right);
    for (size_t l = 0; l < left; l++) {
        kam_rc rc = kam_table_step(j->a->left, "rows", l, left, err);
        if (rc != KAM_OK) return rc;
        size_t lo = 0, hi = right;
        while (lo < hi) {
            size_t mid = lo + (hi - lo) / 2;
            if (compare_keys(j, l, j->order[mid]) > 0) lo = mid + 1;
            else hi = mid;
        }
        bool any = false;
        /* A missing key is unknown: it equals nothing, not even another missing one. */
        for (; !key_missing(j, l) && lo < right && compare_keys(j, l, j->order[lo]) == 0; lo++) {
            any = true;
            join_pair(j, l, j->order[lo]);
            if (j->n > JOIN_MAX) {
                kam_err_set(err, KAM_LIMIT, "table join: the result has more than %d rows; are the keys complete?", JOIN_MAX);
                return kam_err_word(err, "rows");
            }
        }
        if (!any && j->a->kind == JOIN_LEFT) join_pair(j, l, SIZE_MAX);
    }
    return KAM_OK;
}

static void join_columns(const struct join *j, kam_table *t)
{
    const struct join_args *a = j->a;
    for (size_t i = 0; i < kam_table_columns(a->left); i++)
        cmd_table_copy_column(t, kam_table_column(a->left, i), NULL, j->lrow, j->n);
    for (size_t i = 0; i < kam_table_columns(a->right); i++) {
        bool key = false;
        for (size_t k = 0; k < a->on.n; k++) key |= j->rcol[k] == i;
        if (key) continue;
        const kam_column *c = kam_table_column(a->right, i);
        kam_str name = KAM_STR_INIT;
        kam_str_add(&name, kam_col_name(c));
        while (kam_table_find(t, kam_str_cstr(&name))) kam_str_add(&name, "_right");
        cmd_table_copy_column(t, c, kam_str_cstr(&name), j->rrow, j->n);
        kam_str_release(&name);
    }
}

static kam_rc join_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct join_args *a = args;
    (void)s;
    if (a->on.n == 0) return usage(err, "table join", "-on names no column");
    struct join j = {.a = a, .lcol = kam_calloc(a->on.n, sizeof(size_t)), .rcol = kam_calloc(a->on.n, sizeof(size_t))};
    bool *up = kam_calloc(a->on.n, sizeof *up);
    kam_rc rc = join_keys(&j, err);
    if (rc == KAM_OK) {
        j.order = kam_table_order(a->right, j.rcol, up, a->on.n);
        rc = join_rows(&j, err);
    }
    if (rc == KAM_OK) {
        kam_table *t = cmd_table_like(a->left);
        join_columns(&j, t);
        kam_table_seal(t);
        cmd_value_take_table(out, t);
    }
    kam_free(up);
    kam_free(j.lcol);
    kam_free(j.rcol);
    kam_free(j.order);
    kam_free(j.lrow);
    kam_free(j.rrow);
    return rc;
}

static const cmd_arg join_arg[] = {
    {.name = "left", .kind = CMD_TABLE, .offset = offsetof(struct join_args, left), .flags = CMD_REQUIRED,
     .help = {"the table whose rows are kept in order", "保持行序的表"}},
    {.name = "right", .kind = CMD_TABLE, .offset = offsetof(struct join_args, right), .flags = CMD_REQUIRED,
     .help = {"the table looked up", "被查的表"}},
    {.name = "-on", .kind = CMD_LIST, .offset = offsetof(struct join_args, on), .flags = CMD_REQUIRED,
     .help = {"key columns; {LEFT RIGHT} where the names differ", "键列；名称不同时写 {左列 右列}"}},
    {.name = "-kind", .kind = CMD_ENUM, .offset = offsetof(struct join_args, kind), .values = join_kinds, .def = "inner",
     .help = {"left keeps rows without a match", "left 保留无匹配的行"}},
    CMD_ARGS_END};
static const cmd_column join_columns_doc[] = {
    {"LEFT", KAM_TEXT, {"the columns of the left table", "左表的列"}, NULL},
    {"RIGHT", KAM_TEXT, {"those of the right table but its keys; _right is added to a name that is taken", "右表除键外的列；重名加 _right"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example join_examples[] = {
    {{"Names to codes; unmatched rows stay.", "按代码取名称，保留无匹配的行。"},
     "table select [table join $t {{code A1 name 华夏}} -on {{account code}} -kind left] account amount name",
     "account\tamount\tname\nA1\t100.50\t华夏\nA2\t20.00\t\nA1\t300.00\t华夏"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_join_spec = {
    .name = "table join",
    .summary = {"Put two tables together by key columns.", "按键列连接两个表。"},
    .detail = {"Every pair of rows with equal keys gives a row. A missing key matches nothing.", "键相等的每对行得一行。缺失的键不与任何值匹配。"},
    .args_size = sizeof(struct join_args), .args = join_arg, .columns = join_columns_doc,
    .setup = cmd_table_setup, .examples = join_examples, .run = join_run, .topic = "tables"};
