/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_table_row: what runs once a row: where, add, each. */
#include "cmd_expr.h"
#include "cmd_session_int.h"
#include "cmd_table.h"
#include "cmd_value.h"
#include "kam_str.h"
#include <string.h>

struct row_args {
    const kam_table *table;
    const char *name, *label;
    Tcl_Obj *expr, *var, *body;
    cmd_words columns;
    int type;
};

#define TABLE_ARG                                                                                             \
    {                                                                                                         \
        .name = "table", .kind = CMD_TABLE, .offset = offsetof(struct row_args, table), .flags = CMD_REQUIRED, \
        .help = {"the table", "表"}                                                                           \
    }

/* --- where --------------------------------------------------------------------------------------------------------- */

static kam_rc where_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct row_args *a = args;
    cmd_expr *x;
    kam_rc rc = cmd_expr_open(s, "table where", a->table, a->expr, &x, err);
    if (rc != KAM_OK) return rc;
    size_t rows = kam_table_rows(a->table), n = 0;
    size_t *keep = kam_calloc(rows + 1, sizeof *keep);
    for (size_t r = 0; r < rows && rc == KAM_OK; r++) {
        Tcl_Obj *v;
        int yes = 0;
        rc = cmd_expr_eval(x, r, &v, err);
        if (rc != KAM_OK || !v) continue;
        if (Tcl_GetBooleanFromObj(NULL, v, &yes) != TCL_OK) {
            kam_str hold = KAM_STR_INIT;
            rc = kam_err_set(err, KAM_USAGE, "table where: the expression gives \"%.100s\", which is neither true nor false",
                             cmd_value_text(v, &hold));
            kam_err_word(err, "table where");
            kam_str_release(&hold);
        }
        if (yes) keep[n++] = r;
    }
    cmd_expr_close(x);
    if (rc == KAM_OK) cmd_value_take_table(out, kam_table_pick(a->table, keep, n));
    kam_free(keep);
    return rc;
}

static const cmd_arg where_arg[] = {
    TABLE_ARG,
    {.name = "expr", .kind = CMD_EXPR, .offset = offsetof(struct row_args, expr), .flags = CMD_REQUIRED,
     .help = {"a Tcl expression with the columns as variables", "以列为变量的 Tcl 表达式"}},
    CMD_ARGS_END};
static const cmd_column same_columns[] = {{"…", KAM_TEXT, {"the columns of the given table", "与所给表相同的列"}, NULL},
                                          CMD_COLUMNS_END};
static const cmd_example where_examples[] = {
    {{"Large sales.", "大额交易。"}, "table select [table where $t {$amount > 100}] account amount",
     "account\tamount\nA1\t100.50\nA1\t300.00"},
    {{"A missing cell makes the condition false; missing() asks for it.", "读到缺失值时条件为假；missing() 可判断缺失。"},
     "table rows [table where $t {missing(units) || $units < 3}]", "2"},
    {{"Codes compare with eq.", "代码用 eq 比较。"}, "table where $t {$account == {A1}}", "error: KAM USAGE {table where}"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_where_spec = {
    .name = "table where",
    .summary = {"Keep the rows for which an expression is true.", "保留使表达式为真的行。"},
    .detail = {"Variables of the caller can be used beside the columns. A condition that reads a missing cell is false. == and "
               "!= on a text column are refused: use eq, ne.",
               "除列外也可使用调用处的变量。读到缺失值的条件为假。文本列不许用 == 和 !=，请用 eq、ne。"},
    .args_size = sizeof(struct row_args), .args = where_arg, .columns = same_columns,
    .setup = cmd_table_setup, .examples = where_examples, .run = where_run, .topic = "tables"};

/* --- add ------------------------------------------------------------------------------------------------------------- */

static const char *const types[] = {"int", "real", "text", "day", "money", "flag", NULL}; /* the order of kam_type */

/* All values first (the type hangs on them), as texts; NULL is missing. */
static kam_rc evaluate(cmd_expr *x, size_t rows, kam_arena *a, const char **text, kam_err *err)
{
    kam_str hold = KAM_STR_INIT;
    kam_rc rc = KAM_OK;
    for (size_t r = 0; r < rows && rc == KAM_OK; r++) {
        Tcl_Obj *v;
        rc = cmd_expr_eval(x, r, &v, err);
        if (rc == KAM_OK && v) text[r] = kam_arena_strdup(a, cmd_value_text(v, &hold));
    }
    kam_str_release(&hold);
    return rc;
}

static kam_type guess(const char *const *text, size_t rows)
{
    bool can_int = true, can_real = true, can_day = true, any = false;
    for (size_t r = 0; r < rows; r++) {
        long long i;
        double d;
        kam_day day;
        if (!text[r]) continue;
        any = true;
        if (can_int && !kam_parse_int(text[r], &i)) can_int = false;
        if (can_real && !kam_parse_real(text[r], &d)) can_real = false;
        if (can_day && !kam_day_parse(text[r], &day)) can_day = false;
    }
    return !any ? KAM_TEXT : can_int ? KAM_INT : can_real ? KAM_REAL : can_day ? KAM_DAY : KAM_TEXT;
}

static kam_rc add_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct row_args *a = args;
    size_t rows = kam_table_rows(a->table);
    cmd_expr *x;
    kam_type type;
    if (!a->name[0]) {
        kam_err_set(err, KAM_USAGE, "table add: the new column needs a name");
        return kam_err_word(err, "table add");
    }
    kam_rc rc = cmd_expr_open(s, "table add", a->table, a->expr, &x, err);
    if (rc != KAM_OK) return rc;
    kam_arena arena = KAM_ARENA_INIT;
    const char **text = kam_calloc(rows + 1, sizeof *text);
    rc = evaluate(x, rows, &arena, text, err);
    if (a->type >= 0) type = (kam_type)a->type;
    else if (!cmd_expr_type(x, &type)) type = guess(text, rows);
    cmd_expr_close(x);
    if (rc == KAM_OK) {
        /* A column of that name is replaced in its place. */
        kam_table *t = cmd_table_like(a->table);
        kam_column *d = NULL;
        for (size_t i = 0; i < kam_table_columns(a->table); i++) {
            const kam_column *c = kam_table_column(a->table, i);
            if (strcmp(kam_col_name(c), a->name) == 0) d = kam_table_add_column(t, a->name, type, a->label);
            else cmd_table_copy_column(t, c, NULL, NULL, rows);
        }
        if (!d) d = kam_table_add_column(t, a->name, type, a->label);
        for (size_t r = 0; r < rows && rc == KAM_OK; r++) {
            if (!text[r]) kam_col_push_missing(d);
            else if (!cmd_table_push(t, d, text[r])) {
                rc = kam_err_set(err, KAM_DATA, "table add: on row %zu the expression gives \"%.100s\", which is not of type %s",
                                 r, text[r], kam_type_name(type));
                kam_err_word(err, "expr");
            }
        }
        if (rc == KAM_OK) {
            kam_table_seal(t);
            cmd_value_take_table(out, t);
        } else {
            kam_table_unref(t);
        }
    }
    kam_free(text);
    kam_arena_release(&arena);
    return rc;
}

static const cmd_arg add_arg[] = {
    TABLE_ARG,
    {.name = "name", .kind = CMD_STRING, .offset = offsetof(struct row_args, name), .flags = CMD_REQUIRED,
     .help = {"name of the new column; an old one of that name is replaced", "新列名；已有同名列则替换"}},
    {.name = "expr", .kind = CMD_EXPR, .offset = offsetof(struct row_args, expr), .flags = CMD_REQUIRED,
     .help = {"a Tcl expression with the columns as variables", "以列为变量的 Tcl 表达式"}},
    {.name = "-type", .kind = CMD_ENUM, .offset = offsetof(struct row_args, type), .values = types,
     .help = {"its type; else by the expression and its values", "类型；默认由表达式和值决定"}},
    {.name = "-label", .kind = CMD_STRING, .offset = offsetof(struct row_args, label),
     .help = {"its heading", "标题"}},
    CMD_ARGS_END};
static const cmd_column add_columns[] = {{"…", KAM_TEXT, {"the columns of the given table", "所给表的列"}, NULL},
                                         {"NAME", KAM_TEXT, {"the new column", "新列"}, NULL},
                                         CMD_COLUMNS_END};
static const cmd_example add_examples[] = {
    {{"Money stays money; a missing cell gives a missing result.", "金额仍为金额；读到缺失则结果缺失。"},
     "table select [table add $t price {$amount / $units}] account price",
     "account\tprice\nA1\t33.50\nA2\t20.00\nA1\t"},
    {{"A share is a number.", "比例是数。"}, "set all 420.5; table get [table add $t share {round($amount * 100 / $all)}] 0 share",
     "24.00"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_add_spec = {
    .name = "table add",
    .summary = {"Add a column computed from the others.", "增加由其他列算出的列。"},
    .detail = {"Sums, differences and multiples of money are money again, rounded to the currency; give -type where another type is "
               "wanted. An expression that reads a missing cell gives a missing cell.",
               "金额的和、差、倍数仍为金额，按货币位数舍入；需要其他类型时用 -type。读到缺失值则结果缺失。"},
    .args_size = sizeof(struct row_args), .args = add_arg, .columns = add_columns,
    .setup = cmd_table_setup, .examples = add_examples, .run = add_run, .topic = "tables"};

/* --- each -------------------------------------------------------------------------------------------------------------- */

static kam_rc each_columns(const struct row_args *a, size_t **out, size_t *n, kam_err *err)
{
    size_t all = kam_table_columns(a->table);
    *n = a->columns.n ? a->columns.n : all;
    size_t *cols = kam_calloc(*n + 1, sizeof *cols);
    kam_rc rc = KAM_OK;
    for (size_t i = 0; i < *n && rc == KAM_OK; i++) {
        cols[i] = i;
        if (a->columns.n) rc = cmd_table_column(a->table, "table each", a->columns.word[i], &cols[i], err);
    }
    if (rc == KAM_OK) *out = cols;
    else kam_free(cols);
    return rc;
}

static kam_rc each_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct row_args *a = args;
    size_t *cols, n, rows = kam_table_rows(a->table);
    (void)out;
    kam_rc rc = each_columns(a, &cols, &n, err);
    if (rc != KAM_OK) return rc;
    for (size_t r = 0; r < rows && rc == KAM_OK; r++) {
        if (r % 256 == 0 && (rc = kam_progress_step(&s->progress, "table each", r, rows, err)) != KAM_OK) break;
        if (!Tcl_ObjSetVar2(s->interp, a->var, NULL, cmd_value_row(a->table, cols, n, r), TCL_LEAVE_ERR_MSG)) {
            rc = cmd_value_from_tcl(s, TCL_ERROR, err);
            break;
        }
        int code = Tcl_EvalObjEx(s->interp, a->body, 0);
        if (code == TCL_OK || code == TCL_CONTINUE) continue;
        if (code == TCL_BREAK) break;
        if (code == TCL_ERROR)
            Tcl_AppendObjToErrorInfo(s->interp, Tcl_ObjPrintf("\n    (\"table each\" body line %d, row %d)",
                                                              Tcl_GetErrorLine(s->interp), (int)r));
        rc = cmd_value_from_tcl(s, code, err);
    }
    kam_free(cols);
    return rc;
}

static const cmd_arg each_arg[] = {
    {.name = "row", .kind = CMD_VAR, .offset = offsetof(struct row_args, var), .flags = CMD_REQUIRED,
     .help = {"the variable that takes each row as a dict", "依次取每行（字典）的变量"}},
    TABLE_ARG,
    {.name = "body", .kind = CMD_SCRIPT, .offset = offsetof(struct row_args, body), .flags = CMD_REQUIRED,
     .help = {"the script to run for each row", "对每行运行的脚本"}},
    {.name = "-columns", .kind = CMD_LIST, .offset = offsetof(struct row_args, columns),
     .help = {"put only these columns into the dict", "字典中只放这些列"}},
    CMD_ARGS_END};
static const cmd_example each_examples[] = {
    {{"Go through a table of any size.", "遍历任意大小的表。"},
     "set sum 0; table each row $t {if {[dict exists $row units]} {incr sum [dict get $row units]}}; set sum", "4"},
    {{"Only some columns; break, continue and return work.", "只取部分列；可用 break、continue、return。"},
     "table each -columns account row $t {break}; set row", "account A1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_table_each_spec = {
    .name = "table each",
    .summary = {"Run a script for every row of a table.", "对表的每行运行脚本。"},
    .detail = {"The table is not turned into a list, so this works for millions of rows, and types and labels stay with the table. "
               "Missing cells are left out of the dict.",
               "不会把表转成列表，百万行也可用，类型和标题不丢。缺失的单元格不在字典中。"},
    .args_size = sizeof(struct row_args), .args = each_arg, .returns = {"nothing", "无"},
    .setup = cmd_table_setup, .examples = each_examples, .run = each_run, .topic = "tables"};
