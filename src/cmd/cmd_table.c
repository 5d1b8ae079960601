/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_table: looking into tables and choosing rows and columns. */
#include "cmd_table.h"
#include "cmd_bind.h"
#include "cmd_label.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_money.h"
#include "kam_str.h"
#include <string.h>

const char cmd_table_setup[] =
    "set t [table make {account text day day amount money units int} {\n"
    "  {account A1 day 2025-01-10 amount 100.50 units 3} {account A2 day 2025-02-01 amount 20 units 1}\n"
    "  {account A1 day 2025-03-05 amount 300}}]";

/* --- helpers -------------------------------------------------------------------------------------------------- */

kam_rc cmd_table_column(const kam_table *t, const char *who, const char *name, size_t *out, kam_err *err)
{
    int i = kam_table_index(t, name);
    if (i >= 0) {
        *out = (size_t)i;
        return KAM_OK;
    }
    size_t n = kam_table_columns(t);
    const char **names = kam_calloc(n + 1, sizeof *names);
    for (size_t k = 0; k < n; k++) names[k] = kam_col_name(kam_table_column(t, k));
    kam_err_set(err, KAM_NOTFOUND, "%s: the table has no column \"%.100s\"", who, name);
    kam_err_nearest(err, name, names, n);
    kam_free(names);
    kam_err_word(err, "column");
    return kam_err_word(err, name);
}

kam_table *cmd_table_like(const kam_table *t)
{
    kam_table *n = kam_table_new();
    kam_table_set_currency(n, kam_table_currency(t), kam_table_exponent(t));
    kam_table_set_watch(n, kam_table_watch(t));
    if (kam_table_title(t)) kam_table_set_title(n, kam_table_title(t));
    for (size_t i = 0; i < kam_table_notes(t); i++) kam_table_add_note(n, kam_table_note(t, i));
    return n;
}

kam_column *cmd_table_copy_column(kam_table *to, const kam_column *c, const char *name, const size_t *rows, size_t n)
{
    kam_column *d = kam_table_add_column(to, name ? name : kam_col_name(c), kam_col_type(c), kam_col_label(c));
    kam_col_reserve(d, n);
    bool on = true; /* told to stop, the rest is missing at once */
    for (size_t i = 0; i < n; i++) {
        on = on && kam_table_step(to, "rows", i, n, NULL) == KAM_OK;
        size_t r = rows ? rows[i] : i;
        if (!on || r == SIZE_MAX) kam_col_push_missing(d);
        else kam_col_push_from(d, c, r);
    }
    return d;
}

bool cmd_table_push(kam_table *t, kam_column *c, const char *s)
{
    long long i;
    double r;
    int64_t m;
    kam_day d;
    if (!*s && kam_col_type(c) != KAM_TEXT) {
        kam_col_push_missing(c);
        return true;
    }
    switch (kam_col_type(c)) {
    case KAM_INT:
        if (!kam_parse_int(s, &i)) return false;
        kam_col_push_int(c, i);
        return true;
    case KAM_REAL:
        if (!kam_parse_real(s, &r)) return false;
        kam_col_push_real(c, r);
        return true;
    case KAM_MONEY:
        /* An expression gives more decimals than the currency has: round those. */
        if (!kam_money_parse(s, kam_table_exponent(t), &m) &&
            !(kam_parse_real(s, &r) && kam_money_from_major(r, kam_table_exponent(t), &m)))
            return false;
        kam_col_push_int(c, m);
        return true;
    case KAM_DAY:
        if (!kam_day_parse(s, &d)) return false;
        kam_col_push_int(c, d);
        return true;
    case KAM_FLAG: {
        int b;
        if (Tcl_GetBoolean(NULL, s, &b) != TCL_OK) return false;
        kam_col_push_int(c, b);
        return true;
    }
    default: kam_col_push_text(c, s); return true;
    }
}

int cmd_table_compare(const kam_column *a, size_t i, const kam_column *b, size_t j)
{
    bool ma = kam_col_missing(a, i), mb = kam_col_missing(b, j);
    if (ma || mb) return (int)ma - (int)mb;
    if (kam_col_type(a) == KAM_TEXT) return strcmp(kam_col_text(a, i), kam_col_text(b, j));
    if (kam_col_type(a) == KAM_REAL || kam_col_type(b) == KAM_REAL) {
        double x = kam_col_real(a, i), y = kam_col_real(b, j);
        return (x > y) - (x < y);
    }
    int64_t x = kam_col_int(a, i), y = kam_col_int(b, j);
    return (x > y) - (x < y);
}

/* --- columns, rows, get ------------------------------------------------------------------------------------------ */

struct look_args {
    const kam_table *table;
    bool types;
    int64_t row, count;
    const char *column;
    cmd_words rest;
    bool last;
};

#define TABLE_ARG                                                                                             \
    {                                                                                                         \
        .name = "table", .kind = CMD_TABLE, .offset = offsetof(struct look_args, table), .flags = CMD_REQUIRED, \
        .help = {"the table", "表"}                                                                           \
    }

static kam_rc columns_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct look_args *a = args;
    size_t n = kam_table_columns(a->table);
    (void)err;
    if (!a->types) {
        const char **names = kam_calloc(n + 1, sizeof *names);
        for (size_t i = 0; i < n; i++) names[i] = kam_col_name(kam_table_column(a->table, i));
        cmd_value_set_words(out, names, n);
        kam_free(names);
        return KAM_OK;
    }
    kam_table *t = kam_table_new();
    kam_column *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_column *type = kam_table_add_column(t, "type", KAM_TEXT, NULL);
    kam_column *label = kam_table_add_column(t, "label", KAM_TEXT, "column.label");
    for (size_t i = 0; i < n; i++) {
        const kam_column *c = kam_table_column(a->table, i);
        kam_col_push_text(name, kam_col_name(c));
        kam_col_push_text(type, kam_type_name(kam_col_type(c)));
        kam_col_push_text(label, cmd_label_column(c, cmd_session_lang(s)));
    }
    kam_table_seal(t);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

static const cmd_arg columns_arg[] = {
    TABLE_ARG,
    {.name = "-types", .kind = CMD_FLAG, .offset = offsetof(struct look_args, types),
     .help = {"a table of name, type and heading instead", "改为返回名称、类型、标题的表"}},
    CMD_ARGS_END};
static const cmd_column columns_columns[] = {{"name", KAM_TEXT, {"name of the column", "列名"}, "-types"},
                                             {"type", KAM_TEXT, {"its type", "类型"}, "-types"},
                                             {"label", KAM_TEXT, {"its heading in the session's language", "会话语言的标题"}, "-types"},
                                             CMD_COLUMNS_END};
static const cmd_example columns_examples[] = {
    {{"The names.", "列名。"}, "table columns $t", "account day amount units"},
    {{"With types.", "带类型。"}, "table get [table columns $t -types] 2 type", "money"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_columns_spec = {
    .name = "table columns",
    .summary = {"The names of a table's columns.", "表的列名。"},
    .detail = {"Names are the English keys that scripts, csv and json use.", "列名是脚本、csv、json 使用的英文键。"},
    .args_size = sizeof(struct look_args), .args = columns_arg, .columns = columns_columns,
    .returns = {"a list of names", "列名的列表"},
    .setup = cmd_table_setup, .examples = columns_examples, .run = columns_run, .topic = "tables"};

static kam_rc rows_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct look_args *a = args;
    (void)s;
    (void)err;
    cmd_value_set_int(out, (int64_t)kam_table_rows(a->table));
    return KAM_OK;
}
static const cmd_arg rows_arg[] = {TABLE_ARG, CMD_ARGS_END};
static const cmd_example rows_examples[] = {{{"How many.", "多少行。"}, "table rows $t", "3"}, CMD_EXAMPLES_END};
const cmd_spec cmd_table_rows_spec = {
    .name = "table rows",
    .summary = {"The number of rows of a table.", "表的行数。"},
    .detail = {"Does not turn the table into a list, unlike llength.", "与 llength 不同，不会把表转成列表。"},
    .args_size = sizeof(struct look_args), .args = rows_arg, .returns = {"a number", "一个数"},
    .setup = cmd_table_setup, .examples = rows_examples, .run = rows_run, .topic = "tables"};

static kam_rc get_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct look_args *a = args;
    (void)s;
    size_t rows = kam_table_rows(a->table), col;
    int64_t r = a->row < 0 ? a->row + (int64_t)rows : a->row;
    if (r < 0 || r >= (int64_t)rows) {
        char word[KAM_NUM_MAX];
        snprintf(word, sizeof word, "%lld", (long long)a->row);
        kam_err_set(err, KAM_NOTFOUND, "table get: there is no row %s; the table has %zu, counted from 0", word, rows);
        kam_err_word(err, "row");
        return kam_err_word(err, word);
    }
    if (!a->column) {
        cmd_value_set_obj(out, cmd_value_row(a->table, NULL, kam_table_columns(a->table), (size_t)r));
        return KAM_OK;
    }
    kam_rc rc = cmd_table_column(a->table, "table get", a->column, &col, err);
    if (rc == KAM_OK) cmd_value_set_obj(out, cmd_value_cell(a->table, col, (size_t)r));
    return rc;
}
static const cmd_arg get_arg[] = {
    TABLE_ARG,
    {.name = "row", .kind = CMD_INT, .offset = offsetof(struct look_args, row), .flags = CMD_REQUIRED,
     .help = {"which row, counted from 0; -1 is the last", "第几行，从 0 起；-1 为最后一行"}},
    {.name = "column", .kind = CMD_COLUMN, .offset = offsetof(struct look_args, column),
     .help = {"which column; without it the whole row as a dict", "哪一列；不给则以字典返回整行"}},
    CMD_ARGS_END};
static const cmd_example get_examples[] = {
    {{"One cell.", "一个单元格。"}, "table get $t 0 amount", "100.50"},
    {{"A row as a dict; what is missing is left out.", "一行；缺失的不出现。"}, "table get $t -1",
     "account A1 day 2025-03-05 amount 300.00"},
    {{"Rows that are not there.", "不存在的行。"}, "table get $t 7", "error: KAM NOTFOUND row 7"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_get_spec = {
    .name = "table get",
    .summary = {"One cell or one row of a table.", "表的一个单元格或一行。"},
    .detail = {"A missing cell gives an empty string.", "缺失的单元格返回空串。"},
    .args_size = sizeof(struct look_args), .args = get_arg, .returns = {"the value, or a dict", "值或字典"},
    .setup = cmd_table_setup, .examples = get_examples, .run = get_run, .topic = "tables"};

/* --- select, sort, head, rename ------------------------------------------------------------------------------------- */

static kam_rc places(const kam_table *t, const char *who, const cmd_words *w, bool *desc, size_t **out, kam_err *err)
{
    size_t *cols = kam_calloc(w->n + 1, sizeof *cols);
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < w->n && rc == KAM_OK; i++) {
        const char *name = w->word[i];
        if (desc) {
            desc[i] = name[0] == '-' && kam_table_index(t, name) < 0;
            name += desc[i];
        }
        rc = cmd_table_column(t, who, name, &cols[i], err);
    }
    if (rc == KAM_OK) *out = cols;
    else kam_free(cols);
    return rc;
}

static kam_rc select_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct look_args *a = args;
    size_t *cols;
    (void)s;
    for (size_t i = 0; i < a->rest.n; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(a->rest.word[i], a->rest.word[k]) == 0) {
                kam_err_set(err, KAM_USAGE, "table select: column %.100s is named twice", a->rest.word[i]);
                return kam_err_word(err, "table select");
            }
    kam_rc rc = places(a->table, "table select", &a->rest, NULL, &cols, err);
    if (rc != KAM_OK) return rc;
    cmd_value_take_table(out, kam_table_select(a->table, cols, a->rest.n));
    kam_free(cols);
    return KAM_OK;
}
#define REST_ARG(en, zh)                                                                                      \
    {                                                                                                         \
        .name = "column", .kind = CMD_COLUMN, .offset = offsetof(struct look_args, rest),                     \
        .flags = CMD_REQUIRED | CMD_REST | CMD_RAW, .help = {en, zh}                                          \
    }
static const cmd_arg select_arg[] = {TABLE_ARG, REST_ARG("the columns to keep, in this order", "要保留的列及其顺序"),
                                     CMD_ARGS_END};
static const cmd_example select_examples[] = {
    {{"Two of four.", "四列取二。"}, "table select $t amount account",
     "amount\taccount\n100.50\tA1\n20.00\tA2\n300.00\tA1"},
    CMD_EXAMPLES_END};
static const cmd_column same_columns[] = {{"…", KAM_TEXT, {"the columns of the given table", "与所给表相同的列"}, NULL},
                                          CMD_COLUMNS_END};
const cmd_spec cmd_table_select_spec = {
    .name = "table select",
    .summary = {"Keep some columns of a table.", "保留表的若干列。"},
    .detail = {"Columns are shared, no data is copied.", "列是共享的，不复制数据。"},
    .args_size = sizeof(struct look_args), .args = select_arg, .columns = same_columns,
    .setup = cmd_table_setup, .examples = select_examples, .run = select_run, .topic = "tables"};

static kam_rc sort_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct look_args *a = args;
    size_t *cols;
    (void)s;
    bool *desc = kam_calloc(a->rest.n + 1, sizeof *desc);
    kam_rc rc = places(a->table, "table sort", &a->rest, desc, &cols, err);
    if (rc == KAM_OK) {
        size_t *order = kam_table_order(a->table, cols, desc, a->rest.n);
        cmd_value_take_table(out, kam_table_pick(a->table, order, kam_table_rows(a->table)));
        kam_free(order);
        kam_free(cols);
    }
    kam_free(desc);
    return rc;
}
static const cmd_arg sort_arg[] = {
    TABLE_ARG, REST_ARG("a column; -COLUMN sorts downwards; several are used in turn", "列；-列 为降序；可有多列"),
    CMD_ARGS_END};
static const cmd_example sort_examples[] = {
    {{"The largest first.", "大的在前。"}, "table select [table sort $t -amount] account amount",
     "account\tamount\nA1\t300.00\nA1\t100.50\nA2\t20.00"},
    {{"By account, then day downwards.", "先按客户，再按日期降序。"}, "table select [table sort $t account -day] account day",
     "account\tday\nA1\t2025-03-05\nA1\t2025-01-10\nA2\t2025-02-01"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_sort_spec = {
    .name = "table sort",
    .summary = {"Sort the rows of a table.", "给表的行排序。"},
    .detail = {"Stable; missing cells come last either way; texts compare byte by byte.", "稳定排序；缺失总在最后；文本按字节比较。"},
    .args_size = sizeof(struct look_args), .args = sort_arg, .columns = same_columns,
    .setup = cmd_table_setup, .examples = sort_examples, .run = sort_run, .topic = "tables"};

static kam_rc head_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct look_args *a = args;
    (void)s;
    (void)err;
    size_t rows = kam_table_rows(a->table);
    size_t n = (uint64_t)a->count < rows ? (size_t)a->count : rows;
    size_t first = a->last ? rows - n : 0;
    size_t *pick = kam_calloc(n + 1, sizeof *pick);
    for (size_t i = 0; i < n; i++) pick[i] = first + i;
    cmd_value_take_table(out, kam_table_pick(a->table, pick, n));
    kam_free(pick);
    return KAM_OK;
}
static const cmd_arg head_arg[] = {
    TABLE_ARG,
    {.name = "count", .kind = CMD_INT, .offset = offsetof(struct look_args, count), .def = "10", .min = 0, .max = 1e15,
     .help = {"how many rows", "多少行"}},
    {.name = "-last", .kind = CMD_FLAG, .offset = offsetof(struct look_args, last),
     .help = {"the last rows instead", "改取最后若干行"}},
    CMD_ARGS_END};
static const cmd_example head_examples[] = {
    {{"The first row.", "第一行。"}, "table head $t 1", "account\tday\tamount\tunits\nA1\t2025-01-10\t100.50\t3"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_head_spec = {
    .name = "table head",
    .summary = {"The first rows of a table.", "表的前若干行。"},
    .detail = {"A table with fewer rows comes back whole.", "行数不足时返回全部。"},
    .args_size = sizeof(struct look_args), .args = head_arg, .columns = same_columns,
    .setup = cmd_table_setup, .examples = head_examples, .run = head_run, .topic = "tables"};

static kam_rc rename_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct look_args *a = args;
    (void)s;
    size_t n = kam_table_columns(a->table);
    if (a->rest.n % 2) {
        kam_err_set(err, KAM_USAGE, "table rename: column %.100s has no new name; usage: table rename TABLE OLD NEW …",
                    a->rest.word[a->rest.n - 1]);
        return kam_err_word(err, "table rename");
    }
    const char **names = kam_calloc(n + 1, sizeof *names);
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < a->rest.n && rc == KAM_OK; i += 2) {
        size_t at;
        rc = cmd_table_column(a->table, "table rename", a->rest.word[i], &at, err);
        if (rc == KAM_OK) names[at] = a->rest.word[i + 1];
    }
    for (size_t i = 0; i < n && rc == KAM_OK; i++)
        for (size_t k = 0; k < i && rc == KAM_OK; k++) {
            const char *x = names[i] ? names[i] : kam_col_name(kam_table_column(a->table, i));
            const char *y = names[k] ? names[k] : kam_col_name(kam_table_column(a->table, k));
            if (strcmp(x, y) != 0 && *x) continue;
            kam_err_set(err, KAM_CONSTRAINT, "table rename: there would be two columns called \"%.100s\"", x);
            kam_err_word(err, "duplicate");
            rc = kam_err_word(err, x);
        }
    if (rc == KAM_OK) cmd_value_take_table(out, kam_table_rename(a->table, names));
    kam_free(names);
    return rc;
}
static const cmd_arg rename_arg[] = {
    TABLE_ARG,
    {.name = "old_new", .kind = CMD_STRING, .offset = offsetof(struct look_args, rest),
     .flags = CMD_REQUIRED | CMD_REST, .help = {"pairs of a column and its new name", "成对的旧列名和新列名"}},
    CMD_ARGS_END};
static const cmd_example rename_examples[] = {
    {{"One column.", "改一列。"}, "table columns [table rename $t amount revenue]", "account day revenue units"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_rename_spec = {
    .name = "table rename",
    .summary = {"Give columns other names.", "给列改名。"},
    .detail = {"Data is shared, not copied.", "数据共享，不复制。"},
    .args_size = sizeof(struct look_args), .args = rename_arg, .columns = same_columns,
    .setup = cmd_table_setup, .examples = rename_examples, .run = rename_run, .topic = "tables"};
