/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_table_make: a table from columns and rows given by a script, and the row of totals. */
#include "cmd_session.h"
#include "cmd_table.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <string.h>

/* --- make --------------------------------------------------------------------------------------------------------- */

struct make_args {
    cmd_words columns, labels;
    Tcl_Obj *rows;
    const kam_table *like;
};

static kam_rc bad_cell(int row, const char *name, const char *type, const char *text, kam_err *err)
{
    char at[KAM_NUM_MAX];
    snprintf(at, sizeof at, "%d", row);
    kam_err_set(err, KAM_DATA, "table make: row %s: %s \"%.100s\" is not of type %s", at, name, text, type);
    kam_err_word(err, "rows");
    kam_err_word(err, at);
    return kam_err_word(err, name);
}

/* Of "中文 | English" the half of the session's language, which in a template is the report's. */
static char *tongue(cmd_session *s, const char *label)
{
    const char *bar = strstr(label, " | ");
    if (!bar) return kam_strdup(label);
    return cmd_session_lang(s) == CMD_LANG_ZH ? kam_strndup(label, (size_t)(bar - label)) : kam_strdup(bar + 3);
}

/* The heading of a column: one of -labels, that of the same column of -like, or none. */
static char *heading(cmd_session *s, const struct make_args *a, const char *name)
{
    for (size_t i = 0; i + 1 < a->labels.n; i += 2)
        if (strcmp(a->labels.word[i], name) == 0) return tongue(s, a->labels.word[i + 1]);
    const kam_column *c = a->like ? kam_table_find(a->like, name) : NULL;
    return c ? kam_strdup(kam_col_label(c)) : NULL;
}

static kam_rc check_labels(const struct make_args *a, const kam_table *t, kam_err *err)
{
    if (a->labels.n % 2) {
        kam_err_set(err, KAM_USAGE, "table make: -labels takes pairs: column heading …");
        return kam_err_word(err, "table make");
    }
    for (size_t i = 0; i < a->labels.n; i += 2) {
        size_t col;
        kam_rc rc = cmd_table_column(t, "table make", a->labels.word[i], &col, err);
        if (rc != KAM_OK) return rc;
    }
    return KAM_OK;
}

static kam_rc declare(cmd_session *s, const struct make_args *a, kam_table *t, kam_column **col, kam_err *err)
{
    if (a->columns.n % 2) {
        kam_err_set(err, KAM_USAGE, "table make: column %.100s has no type; give NAME TYPE pairs",
                    a->columns.word[a->columns.n - 1]);
        return kam_err_word(err, "table make");
    }
    kam_table_set_currency(t, cmd_session_currency(s), cmd_session_exponent(s));
    for (size_t i = 0; i < a->columns.n; i += 2) {
        kam_type type;
        const char *name = a->columns.word[i], *word = a->columns.word[i + 1];
        if (!kam_type_parse(word, &type)) {
            kam_err_set(err, KAM_USAGE, "table make: \"%.100s\" is no type; give int, real, text, day, money or flag", word);
            return kam_err_word(err, "table make");
        }
        if (!*name || kam_table_find(t, name)) {
            kam_err_set(err, KAM_CONSTRAINT, "table make: column \"%.100s\" is named twice or empty", name);
            kam_err_word(err, "duplicate");
            return kam_err_word(err, name);
        }
        char *label = heading(s, a, name);
        col[i / 2] = kam_table_add_column(t, name, type, label);
        kam_free(label);
    }
    return check_labels(a, t, err);
}

static kam_rc fill(const struct make_args *a, kam_table *t, kam_column **col, kam_err *err)
{
    int n;
    Tcl_Obj **row;
    kam_str hold = KAM_STR_INIT;
    if (Tcl_ListObjGetElements(NULL, a->rows, &n, &row) != TCL_OK) {
        kam_err_set(err, KAM_DATA, "table make: ROWS is not a list of dicts");
        return kam_err_word(err, "rows");
    }
    for (int r = 0; r < n; r++) {
        int size;
        if (Tcl_DictObjSize(NULL, row[r], &size) != TCL_OK) return bad_cell(r, "the row", "dict", Tcl_GetString(row[r]), err);
        for (size_t i = 0; i < a->columns.n / 2; i++) {
            Tcl_Obj *key = cmd_value_text_obj(a->columns.word[2 * i], strlen(a->columns.word[2 * i])), *value = NULL;
            Tcl_IncrRefCount(key);
            Tcl_DictObjGet(NULL, row[r], key, &value);
            Tcl_DecrRefCount(key);
            const char *text = value ? cmd_value_text(value, &hold) : NULL;
            kam_rc rc = KAM_OK;
            if (!text) kam_col_push_missing(col[i]);
            else if (!cmd_table_push(t, col[i], text))
                rc = bad_cell(r, a->columns.word[2 * i], a->columns.word[2 * i + 1], text, err);
            if (rc != KAM_OK) {
                kam_str_release(&hold);
                return rc;
            }
        }
    }
    kam_str_release(&hold);
    return KAM_OK;
}

static kam_rc make_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct make_args *a = args;
    kam_table *t = kam_table_new();
    kam_column **col = kam_calloc(a->columns.n + 1, sizeof *col);
    kam_rc rc = declare(s, a, t, col, err);
    if (rc == KAM_OK) rc = fill(a, t, col, err);
    kam_free(col);
    if (rc == KAM_OK) {
        kam_table_seal(t);
        cmd_value_take_table(out, t);
    } else {
        kam_table_unref(t);
    }
    return rc;
}

static const cmd_arg make_arg[] = {
    {.name = "columns", .kind = CMD_LIST, .offset = offsetof(struct make_args, columns), .flags = CMD_REQUIRED,
     .help = {"pairs of a name and a type: int, real, text, day, money, flag", "成对的列名和类型：int、real、text、day、money、flag"}},
    {.name = "rows", .kind = CMD_VALUE, .offset = offsetof(struct make_args, rows), .flags = CMD_REQUIRED,
     .help = {"a list of dicts; a key that is left out is missing", "字典的列表；没有的键为缺失"}},
    {.name = "-labels", .kind = CMD_LIST, .offset = offsetof(struct make_args, labels),
     .help = {"headings: column heading …; `中文 | English` holds both", "标题：列名 标题 …；“中文 | English”兼含两种语言"}},
    {.name = "-like", .kind = CMD_TABLE, .offset = offsetof(struct make_args, like),
     .help = {"columns of the same name are headed as in this table", "同名列沿用此表的标题"}},
    CMD_ARGS_END};
static const cmd_column make_columns[] = {{"…", KAM_TEXT, {"the columns named", "所列的列"}, NULL}, CMD_COLUMNS_END};
static const cmd_example make_examples[] = {
    {{"Codes stay text, money stays money.", "代码保持文本，金额保持金额。"},
     "table make {code text fee money} {{code 007 fee 1.5} {code 008}}", "code\tfee\n007\t1.50\n008\t"},
    {{"Headings of your own.", "自定标题。"},
     "table get [table columns [table make {n int} {{n 3}} -labels {n {件数 | Items}}] -types] 0 label", "Items"},
    {{"A value of another type is refused.", "类型不符则拒绝。"}, "table make {n int} {{n x}}", "error: KAM DATA rows 0 n"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_make_spec = {
    .name = "table make",
    .summary = {"Make a table from a list of dicts, with types.", "用字典列表造表，并指定类型。"},
    .detail = {"Where a table is wanted a list of dicts will do, too; then types are guessed from the values.",
               "需要表的地方也可直接给字典列表，此时按值猜类型。"},
    .args_size = sizeof(struct make_args), .args = make_arg, .columns = make_columns,
    .examples = make_examples, .run = make_run, .topic = "tables"};

/* --- total ---------------------------------------------------------------------------------------------------------- */

struct total_args {
    const kam_table *table;
    cmd_words columns;
    const char *label;
};

static bool summable(kam_type k) { return k == KAM_INT || k == KAM_REAL || k == KAM_MONEY; }

/* Sum of a column's known cells appended to d; missing when none is known. */
static kam_rc push_sum(const kam_column *c, kam_column *d, kam_err *err)
{
    size_t n = kam_col_rows(c), known = 0;
    int64_t whole = 0;
    double real = 0;
    for (size_t r = 0; r < n; r++) {
        if (kam_col_missing(c, r)) continue;
        known++;
        if (kam_col_type(c) == KAM_REAL) real += kam_col_real(c, r);
        else if (__builtin_add_overflow(whole, kam_col_int(c, r), &whole)) {
            kam_err_set(err, KAM_LIMIT, "the sum of column %s is too large", kam_col_name(c));
            return kam_err_word(err, "sum");
        }
    }
    if (!known) kam_col_push_missing(d);
    else if (kam_col_type(c) == KAM_REAL) kam_col_push_real(d, real);
    else kam_col_push_int(d, whole);
    return KAM_OK;
}

static bool wanted(const cmd_words *w, const char *name)
{
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(w->word[i], name) == 0) return true;
    return w->n == 0;
}

static kam_rc total_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct total_args *a = args;
    static const cmd_text total = {"Total", "合计"};
    const char *label = a->label ? a->label : cmd_session_say(s, total);
    for (size_t i = 0; i < a->columns.n; i++) {
        size_t at;
        kam_rc rc = cmd_table_column(a->table, "table total", a->columns.word[i], &at, err);
        if (rc != KAM_OK) return rc;
        if (summable(kam_col_type(kam_table_column(a->table, at)))) continue;
        kam_err_set(err, KAM_USAGE, "table total: column %s holds no numbers", a->columns.word[i]);
        return kam_err_word(err, "table total");
    }
    kam_table *t = cmd_table_like(a->table);
    size_t rows = kam_table_rows(a->table);
    bool labelled = false;
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < kam_table_columns(a->table) && rc == KAM_OK; i++) {
        const kam_column *c = kam_table_column(a->table, i);
        kam_column *d = cmd_table_copy_column(t, c, NULL, NULL, rows);
        if (summable(kam_col_type(c)) && wanted(&a->columns, kam_col_name(c))) {
            rc = push_sum(c, d, err);
        } else if (kam_col_type(c) == KAM_TEXT && !labelled) {
            kam_col_push_text(d, label);
            labelled = true;
        } else {
            kam_col_push_missing(d);
        }
    }
    if (rc != KAM_OK) {
        kam_table_unref(t);
        return rc;
    }
    kam_table_seal(t);
    cmd_value_take_table(out, t);
    return KAM_OK;
}

static const cmd_arg total_arg[] = {
    {.name = "table", .kind = CMD_TABLE, .offset = offsetof(struct total_args, table), .flags = CMD_REQUIRED,
     .help = {"the table", "表"}},
    {.name = "column", .kind = CMD_COLUMN, .offset = offsetof(struct total_args, columns),
     .flags = CMD_REST | CMD_RAW, .help = {"the columns to add up; else all with numbers", "要合计的列；默认为所有数值列"}},
    {.name = "-label", .kind = CMD_STRING, .offset = offsetof(struct total_args, label),
     .help = {"what stands in the first text column of the new row", "新行第一个文本列的文字"}},
    CMD_ARGS_END};
static const cmd_column total_columns[] = {{"…", KAM_TEXT, {"the columns of the given table", "与所给表相同的列"}, NULL},
                                           CMD_COLUMNS_END};
static const cmd_example total_examples[] = {
    {{"Sums below.", "底部合计。"}, "table get [table total $t amount] -1", "account Total amount 420.50"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_total_spec = {
    .name = "table total",
    .summary = {"Add a row of sums at the bottom.", "在底部加一行合计。"},
    .detail = {"Missing cells are left out of a sum; money stays money.", "缺失值不计入合计；金额仍为金额。"},
    .args_size = sizeof(struct total_args), .args = total_arg, .columns = total_columns,
    .setup = cmd_table_setup, .examples = total_examples, .run = total_run, .topic = "tables"};
