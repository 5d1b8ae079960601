/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_expr.h"
#include "cmd_session_int.h"
#include "cmd_table.h"
#include "cmd_value.h"
#include "kam_str.h"
#include <ctype.h>
#include <string.h>

struct variable {
    size_t col;
    Tcl_Obj *name;
    Tcl_Obj *before; /* the caller's value, or NULL */
    bool set;
};

struct cmd_expr {
    cmd_session *s;
    const char *who;
    const kam_table *t;
    Tcl_Obj *text;  /* rewritten */
    Tcl_Obj *value; /* of the last row */
    struct variable *var; /* columns the expression reads */
    size_t n_var;
    size_t *probe; /* columns it asks missing() of */
    size_t n_probe, cap_probe;
    Tcl_Obj *array; /* name of the array behind missing() */
    bool typed;
    kam_type type;
};

/* --- rewriting missing(COLUMN) ------------------------------------------------------------------------------------ */

static bool name_char(char c) { return isalnum((unsigned char)c) || c == '_' || c == '-' || (unsigned char)c >= 0x80; }

/* End of a quoted or bracketed piece that begins at p; the piece is copied as it is. */
static const char *skip_piece(const char *p)
{
    char open = *p, close = open == '{' ? '}' : open == '[' ? ']' : '"';
    int depth = 0;
    for (; *p; p++) {
        if (*p == '\\' && p[1]) p++;
        else if (open != '"' && *p == open) depth++;
        else if (*p == close && (open == '"' ? depth++ > 0 : --depth == 0)) return p + 1;
    }
    return p;
}

/* `missing ( NAME )` at p? Returns its end and the name. */
static const char *match_missing(const char *start, const char *p, char name[], size_t cap)
{
    if (strncmp(p, "missing", 7) != 0 || (p > start && (name_char(p[-1]) || p[-1] == '$' || p[-1] == ':'))) return NULL;
    p += 7;
    while (*p == ' ') p++;
    if (*p++ != '(') return NULL;
    while (*p == ' ' || *p == '$') p++;
    size_t n = 0;
    while (name_char(*p) && n + 1 < cap) name[n++] = *p++;
    name[n] = '\0';
    while (*p == ' ') p++;
    return n && *p == ')' ? p + 1 : NULL;
}

static kam_rc rewrite(cmd_expr *x, const char *text, kam_str *out, kam_err *err)
{
    char name[256];
    for (const char *p = text; *p;) {
        const char *end = match_missing(text, p, name, sizeof name);
        if (end) {
            size_t col;
            kam_rc rc = cmd_table_column(x->t, x->who, name, &col, err);
            if (rc != KAM_OK) return rc;
            KAM_GROW(x->probe, x->cap_probe, x->n_probe + 1);
            x->probe[x->n_probe++] = col;
            kam_str_addf(out, "$%s(%s)", Tcl_GetString(x->array), name);
            p = end;
        } else if (*p == '"' || *p == '{' || *p == '[') {
            end = skip_piece(p);
            kam_str_addn(out, p, (size_t)(end - p));
            p = end;
        } else {
            kam_str_addc(out, *p++);
        }
    }
    return KAM_OK;
}

/* --- looking at the parsed expression -------------------------------------------------------------------------------- */

/* Column a sub-expression consists of, -1 when it is more than a bare $column. */
static int bare_column(const cmd_expr *x, const Tcl_Token *sub)
{
    if (sub->type != TCL_TOKEN_SUB_EXPR || sub[1].type != TCL_TOKEN_VARIABLE || sub[1].numComponents != 1) return -1;
    if (sub->numComponents != 1 + sub[1].numComponents) return -1;
    char name[256];
    if (sub[2].size <= 0 || sub[2].size >= (int)sizeof name) return -1;
    memcpy(name, sub[2].start, (size_t)sub[2].size);
    name[sub[2].size] = '\0';
    return kam_table_index(x->t, name);
}

static bool token_is(const Tcl_Token *t, const char *s)
{
    return t->type == TCL_TOKEN_OPERATOR && t->size == (int)strlen(s) && strncmp(t->start, s, (size_t)t->size) == 0;
}

static const Tcl_Token *next_token(const Tcl_Token *t) { return t + 1 + t->numComponents; }

static kam_rc refuse_equals(const cmd_expr *x, const Tcl_Token *sub, kam_err *err)
{
    if (sub->type != TCL_TOKEN_SUB_EXPR) return KAM_OK;
    const Tcl_Token *end = next_token(sub), *op = sub + 1;
    bool equals = token_is(op, "==") || token_is(op, "!=");
    for (const Tcl_Token *t = op; t < end; t = next_token(t)) {
        int col = equals ? bare_column(x, t) : -1;
        if (col >= 0 && kam_col_type(kam_table_column(x->t, (size_t)col)) == KAM_TEXT) {
            kam_err_set(err, KAM_USAGE, "%s: column %s is text: compare it with %s, because %.*s would take \"007\" and 7 for "
                        "the same", x->who, kam_col_name(kam_table_column(x->t, (size_t)col)),
                        token_is(op, "==") ? "eq" : "ne", op->size, op->start);
            return kam_err_word(err, x->who);
        }
        kam_rc rc = refuse_equals(x, t, err);
        if (rc != KAM_OK) return rc;
    }
    return KAM_OK;
}

enum { NOT_AMOUNT = -1000, LITERAL = -999 };

/* Power of money of a sub-expression: 1 an amount, 0 a plain number, LITERAL a number that fits anywhere. */
static int dimension(const cmd_expr *x, const Tcl_Token *sub)
{
    if (sub->type != TCL_TOKEN_SUB_EXPR) return NOT_AMOUNT;
    const Tcl_Token *op = sub + 1, *end = next_token(sub);
    int col = bare_column(x, sub);
    if (col >= 0) return kam_col_type(kam_table_column(x->t, (size_t)col)) == KAM_MONEY;
    if (op->type == TCL_TOKEN_TEXT) return LITERAL;
    if (op->type == TCL_TOKEN_SUB_EXPR) return dimension(x, op); /* parentheses */
    if (op->type != TCL_TOKEN_OPERATOR) return 0;
    int d[3] = {0, 0, 0}, n = 0;
    for (const Tcl_Token *t = next_token(op); t < end && n < 3; t = next_token(t)) d[n++] = dimension(x, t);
    if (n == 0) return 0;
    for (int i = 0; i < n; i++)
        if (d[i] == NOT_AMOUNT) return NOT_AMOUNT;
    bool unary = n == 1;
    if (token_is(op, "?")) {
        d[0] = d[1];
        d[1] = d[2];
        n = 2;
    }
    int a = d[0], b = n > 1 ? d[1] : LITERAL;
    if (token_is(op, "*")) return (a == LITERAL ? 0 : a) + (b == LITERAL ? 0 : b);
    if (token_is(op, "/")) return (a == LITERAL ? 0 : a) - (b == LITERAL ? 0 : b);
    static const char *const keep[] = {"+", "-", "?", "abs", "round", "min", "max", "double", "floor", "ceil"};
    for (size_t i = 0; i < sizeof keep / sizeof *keep; i++) {
        if (!token_is(op, keep[i])) continue;
        if (unary || b == LITERAL || a == b) return a;
        return a == LITERAL ? b : NOT_AMOUNT;
    }
    return 0;
}

static void find_type(cmd_expr *x, const Tcl_Token *top)
{
    static const char *const truth[] = {"<", ">", "<=", ">=", "==", "!=", "eq", "ne", "in", "ni", "&&", "||", "!"};
    int col = bare_column(x, top);
    if (col >= 0) {
        x->typed = true;
        x->type = kam_col_type(kam_table_column(x->t, (size_t)col));
        return;
    }
    for (size_t i = 0; i < sizeof truth / sizeof *truth; i++)
        if (token_is(top + 1, truth[i])) {
            x->typed = true;
            x->type = KAM_FLAG;
            return;
        }
    if (dimension(x, top) == 1) {
        x->typed = true;
        x->type = KAM_MONEY;
    }
}

static kam_rc examine(cmd_expr *x, kam_err *err)
{
    Tcl_Parse parse;
    Tcl_Interp *interp = x->s->interp;
    int n;
    const char *text = Tcl_GetStringFromObj(x->text, &n);
    if (Tcl_ParseExpr(interp, text, n, &parse) != TCL_OK) {
        kam_err_set(err, KAM_USAGE, "%s: the expression cannot be read: %s", x->who, Tcl_GetStringResult(interp));
        Tcl_ResetResult(interp);
        return kam_err_word(err, x->who);
    }
    kam_rc rc = refuse_equals(x, parse.tokenPtr, err);
    if (rc == KAM_OK) find_type(x, parse.tokenPtr);
    Tcl_FreeParse(&parse);
    return rc;
}

/* --- variables --------------------------------------------------------------------------------------------------------- */

/* Does the text read $name or ${name}? Too many hits do no harm. */
static bool reads(const char *text, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = strchr(text, '$'); p; p = strchr(p + 1, '$')) {
        const char *q = p + 1;
        if (*q == '{') q++;
        if (strncmp(q, name, n) == 0 && (q[-1] == '{' ? q[n] == '}' : !(isalnum((unsigned char)q[n]) || q[n] == '_')))
            return true;
    }
    return false;
}

static void find_variables(cmd_expr *x, const char *text)
{
    size_t n = kam_table_columns(x->t);
    x->var = kam_calloc(n + 1, sizeof *x->var);
    for (size_t i = 0; i < n; i++) {
        const char *name = kam_col_name(kam_table_column(x->t, i));
        if (!reads(text, name)) continue;
        struct variable *v = &x->var[x->n_var++];
        v->col = i;
        v->name = Tcl_NewStringObj(name, -1);
        Tcl_IncrRefCount(v->name);
        v->before = Tcl_ObjGetVar2(x->s->interp, v->name, NULL, 0);
        if (v->before) Tcl_IncrRefCount(v->before);
        v->set = v->before != NULL;
    }
}

kam_rc cmd_expr_open(cmd_session *s, const char *who, const kam_table *t, Tcl_Obj *text, cmd_expr **out, kam_err *err)
{
    cmd_expr *x = kam_zalloc(sizeof *x);
    kam_str hold = KAM_STR_INIT, b = KAM_STR_INIT;
    x->s = s;
    x->who = who;
    x->t = t;
    /* Nested expressions each have their own array. */
    x->array = Tcl_ObjPrintf("::kam::missing%d", s->depth++);
    Tcl_IncrRefCount(x->array);
    const char *source = cmd_value_text(text, &hold);
    kam_rc rc = rewrite(x, source, &b, err);
    if (rc == KAM_OK) {
        /* Without a rewrite the caller's object is used, so that its compiled form is kept between calls. */
        x->text = x->n_probe ? Tcl_NewStringObj(kam_str_cstr(&b), -1) : text;
        Tcl_IncrRefCount(x->text);
        rc = examine(x, err);
    }
    if (rc == KAM_OK) find_variables(x, source);
    kam_str_release(&hold);
    kam_str_release(&b);
    if (rc != KAM_OK) {
        cmd_expr_close(x);
        return rc;
    }
    *out = x;
    return KAM_OK;
}

static kam_rc set_row(cmd_expr *x, size_t row, kam_err *err)
{
    Tcl_Interp *interp = x->s->interp;
    for (size_t i = 0; i < x->n_var; i++) {
        struct variable *v = &x->var[i];
        Tcl_Obj *cell = cmd_value_cell(x->t, v->col, row);
        if (cell) {
            if (!Tcl_ObjSetVar2(interp, v->name, NULL, cell, TCL_LEAVE_ERR_MSG)) return cmd_value_from_tcl(x->s, TCL_ERROR, err);
        } else if (v->set) {
            Tcl_UnsetVar(interp, Tcl_GetString(v->name), 0);
        }
        v->set = cell != NULL;
    }
    for (size_t i = 0; i < x->n_probe; i++) {
        const kam_column *c = kam_table_column(x->t, x->probe[i]);
        Tcl_SetVar2Ex(interp, Tcl_GetString(x->array), kam_col_name(c), Tcl_NewIntObj(kam_col_missing(c, row)),
                      TCL_GLOBAL_ONLY);
    }
    return KAM_OK;
}

/* The error is that of reading a variable whose cell is missing on this row. */
static bool read_missing(const cmd_expr *x)
{
    const char *message = Tcl_GetStringResult(x->s->interp), *close;
    if (strncmp(message, "can't read \"", 12) != 0 || !(close = strchr(message + 12, '"'))) return false;
    size_t n = (size_t)(close - message - 12);
    for (size_t i = 0; i < x->n_var; i++) {
        const char *name = Tcl_GetString(x->var[i].name);
        if (!x->var[i].set && strlen(name) == n && strncmp(name, message + 12, n) == 0) return true;
    }
    return false;
}

kam_rc cmd_expr_eval(cmd_expr *x, size_t row, Tcl_Obj **out, kam_err *err)
{
    if (x->value) Tcl_DecrRefCount(x->value);
    x->value = NULL;
    kam_rc rc = KAM_OK;
    if (row % 1024 == 0) rc = kam_progress_step(&x->s->progress, x->who, row, kam_table_rows(x->t), err);
    if (rc == KAM_OK) rc = set_row(x, row, err);
    if (rc != KAM_OK) return rc;
    int code = Tcl_ExprObj(x->s->interp, x->text, &x->value);
    if (code != TCL_OK) {
        x->value = NULL;
        if (!read_missing(x)) return cmd_value_from_tcl(x->s, code, err);
        Tcl_ResetResult(x->s->interp);
    }
    *out = x->value;
    return KAM_OK;
}

bool cmd_expr_type(const cmd_expr *x, kam_type *out)
{
    if (x->typed) *out = x->type;
    return x->typed;
}

void cmd_expr_close(cmd_expr *x)
{
    if (!x) return;
    for (size_t i = 0; i < x->n_var; i++) {
        struct variable *v = &x->var[i];
        if (v->before) {
            Tcl_ObjSetVar2(x->s->interp, v->name, NULL, v->before, 0);
            Tcl_DecrRefCount(v->before);
        } else if (v->set) {
            Tcl_UnsetVar(x->s->interp, Tcl_GetString(v->name), 0);
        }
        Tcl_DecrRefCount(v->name);
    }
    if (x->value) Tcl_DecrRefCount(x->value);
    if (x->text) Tcl_DecrRefCount(x->text);
    if (x->n_probe) Tcl_UnsetVar(x->s->interp, Tcl_GetString(x->array), TCL_GLOBAL_ONLY);
    Tcl_DecrRefCount(x->array);
    x->s->depth--;
    kam_free(x->var);
    kam_free(x->probe);
    kam_free(x);
}
