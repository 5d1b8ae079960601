/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_value.h"
#include "cmd_session_int.h"
#include "kam_money.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include "store_setting.h"
#include <string.h>

/* --- text ---------------------------------------------------------------------------------------------------- */

const char *cmd_value_text(Tcl_Obj *obj, kam_str *hold)
{
    int n;
    const char *s = Tcl_GetStringFromObj(obj, &n);
    if (kam_utf8_valid(s, (size_t)n)) return s;
    size_t len;
    char *clean = kam_utf8_repair(s, (size_t)n, &len);
    kam_str_clear(hold);
    kam_str_addn(hold, clean, len);
    kam_free(clean);
    return kam_str_cstr(hold);
}

Tcl_Obj *cmd_value_text_obj(const char *s, size_t n)
{
    if (kam_utf8_valid(s, n)) return Tcl_NewStringObj(s, (int)n);
    size_t len;
    char *clean = kam_utf8_repair(s, n, &len);
    Tcl_Obj *obj = Tcl_NewStringObj(clean, (int)len);
    kam_free(clean);
    return obj;
}

/* --- what a handler returns ------------------------------------------------------------------------------------ */

void cmd_value_set_obj(cmd_value *v, Tcl_Obj *obj)
{
    if (obj) Tcl_IncrRefCount(obj);
    if (v->obj) Tcl_DecrRefCount(v->obj);
    v->obj = obj;
}

static Tcl_Obj *table_obj(kam_table *taken, size_t limit);

void cmd_value_take_table(cmd_value *v, kam_table *t)
{
    /* The limit of the string form is filled in when the command ends: here the session is not at hand. */
    cmd_value_set_obj(v, table_obj(t, 0));
}

void cmd_value_set_text(cmd_value *v, const char *s) { cmd_value_set_obj(v, cmd_value_text_obj(s, strlen(s))); }
void cmd_value_set_int(cmd_value *v, int64_t n) { cmd_value_set_obj(v, Tcl_NewWideIntObj(n)); }
void cmd_value_set_flag(cmd_value *v, bool b) { cmd_value_set_obj(v, Tcl_NewIntObj(b)); }

/* The shortest form that reads back the same, as everywhere else, whatever tcl_precision says. */
static Tcl_Obj *real_obj(double x)
{
    char buf[KAM_NUM_MAX];
    kam_format_real(x, buf);
    return Tcl_NewStringObj(buf, -1);
}

void cmd_value_set_real(cmd_value *v, double x) { cmd_value_set_obj(v, real_obj(x)); }

void cmd_value_set_words(cmd_value *v, const char *const *words, size_t n)
{
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    for (size_t i = 0; i < n; i++)
        Tcl_ListObjAppendElement(NULL, list, cmd_value_text_obj(words[i], strlen(words[i])));
    cmd_value_set_obj(v, list);
}

/* --- the table as an object type --------------------------------------------------------------------------------- */

static void table_free(Tcl_Obj *obj);
static void table_dup(Tcl_Obj *src, Tcl_Obj *dup);
static void table_string(Tcl_Obj *obj);

static const Tcl_ObjType table_type = {"kam_table", table_free, table_dup, table_string, NULL};

static kam_table *rep_table(Tcl_Obj *obj) { return obj->internalRep.twoPtrValue.ptr1; }
static size_t rep_limit(Tcl_Obj *obj) { return (size_t)(uintptr_t)obj->internalRep.twoPtrValue.ptr2; }

static Tcl_Obj *table_obj(kam_table *taken, size_t limit)
{
    Tcl_Obj *obj = Tcl_NewObj();
    Tcl_InvalidateStringRep(obj);
    obj->internalRep.twoPtrValue.ptr1 = taken;
    obj->internalRep.twoPtrValue.ptr2 = (void *)(uintptr_t)limit;
    obj->typePtr = &table_type;
    return obj;
}

static void table_free(Tcl_Obj *obj)
{
    kam_table_unref(rep_table(obj));
    obj->typePtr = NULL;
}

static void table_dup(Tcl_Obj *src, Tcl_Obj *dup)
{
    dup->internalRep.twoPtrValue.ptr1 = kam_table_ref(rep_table(src));
    dup->internalRep.twoPtrValue.ptr2 = src->internalRep.twoPtrValue.ptr2;
    dup->typePtr = &table_type;
}

Tcl_Obj *cmd_value_row(const kam_table *t, const size_t *cols, size_t n, size_t row)
{
    Tcl_Obj *dict = Tcl_NewDictObj();
    for (size_t k = 0; k < n; k++) {
        size_t i = cols ? cols[k] : k;
        Tcl_Obj *cell = cmd_value_cell(t, i, row);
        if (!cell) continue;
        const char *name = kam_col_name(kam_table_column(t, i));
        Tcl_DictObjPut(NULL, dict, cmd_value_text_obj(name, strlen(name)), cell);
    }
    return dict;
}

/* The string form: a list of dicts. A Tcl string form cannot fail, so a table above the limit yields a text that
 * says so and that no list command accepts (the piece after the brace shows up in Tcl's error message). */
static void table_string(Tcl_Obj *obj)
{
    const kam_table *t = rep_table(obj);
    size_t rows = kam_table_rows(t), limit = rep_limit(obj);
    kam_str b = KAM_STR_INIT;
    if (limit && rows > limit) {
        kam_str_addf(&b, "{a table of %zu rows is more than max-list-rows (%zu) and is not made a list; go through "
                         "it with: table each ROW $table BODY}:use-table-each", rows, limit);
    } else {
        size_t n = kam_table_columns(t);
        for (size_t r = 0; r < rows; r++) {
            Tcl_Obj *dict = cmd_value_row(t, NULL, n, r);
            Tcl_IncrRefCount(dict);
            Tcl_Obj *one = Tcl_NewListObj(1, &dict);
            Tcl_IncrRefCount(one);
            int len;
            const char *s = Tcl_GetStringFromObj(one, &len);
            if (r) kam_str_addc(&b, ' ');
            kam_str_addn(&b, s, (size_t)len);
            Tcl_DecrRefCount(one);
            Tcl_DecrRefCount(dict);
        }
    }
    obj->length = (int)b.len;
    obj->bytes = ckalloc((unsigned)b.len + 1);
    memcpy(obj->bytes, kam_str_cstr(&b), b.len + 1);
    kam_str_release(&b);
}

bool cmd_value_is_table(Tcl_Obj *obj) { return obj->typePtr == &table_type; }

static size_t list_limit(cmd_session *s)
{
    int64_t n;
    return store_setting_int(cmd_session_store(s), "max-list-rows", &n) ? (size_t)n : 0;
}

Tcl_Obj *cmd_value_table_obj(cmd_session *s, kam_table *t) { return table_obj(kam_table_ref(t), list_limit(s)); }

void cmd_value_limit(cmd_session *s, Tcl_Obj *obj)
{
    if (cmd_value_is_table(obj)) obj->internalRep.twoPtrValue.ptr2 = (void *)(uintptr_t)list_limit(s);
}

Tcl_Obj *cmd_value_cell(const kam_table *t, size_t col, size_t row)
{
    const kam_column *c = kam_table_column(t, col);
    if (kam_col_missing(c, row)) return NULL;
    switch (kam_col_type(c)) {
    case KAM_INT: return Tcl_NewWideIntObj(kam_col_int(c, row));
    case KAM_FLAG: return Tcl_NewIntObj(kam_col_int(c, row) != 0);
    case KAM_REAL: return real_obj(kam_col_real(c, row));
    default: break;
    }
    char buf[KAM_CELL_MAX];
    const char *s = kam_table_cell(t, col, row, buf);
    return cmd_value_text_obj(s, strlen(s));
}

/* --- a list of dicts as a table ------------------------------------------------------------------------------------ */

/* A whole number as we would write it ourselves: "007" and "+7" are codes, not numbers. */
static bool canonical_int(const char *s, int64_t *out)
{
    long long v;
    char buf[KAM_NUM_MAX];
    if (!kam_parse_int(s, &v)) return false;
    snprintf(buf, sizeof buf, "%lld", v);
    *out = v;
    return strcmp(buf, s) == 0;
}

static bool plain_real(const char *s, double *out)
{
    const char *p = *s == '-' ? s + 1 : s;
    if (*p < '0' || *p > '9') return false;
    if (p[0] == '0' && p[1] >= '0' && p[1] <= '9') return false;
    return kam_parse_real(s, out);
}

struct guess {
    Tcl_Obj *key; /* lent by the dicts */
    bool can_int, can_real, can_day;
};

static void guess_value(struct guess *g, const char *s)
{
    int64_t i;
    double r;
    kam_day d;
    if (g->can_int && !canonical_int(s, &i)) g->can_int = false;
    if (g->can_real && !plain_real(s, &r)) g->can_real = false;
    if (g->can_day && !kam_day_parse(s, &d)) g->can_day = false;
}

static void push_guess(kam_column *c, const char *s)
{
    int64_t i = 0;
    double r = 0;
    kam_day d = 0;
    switch (kam_col_type(c)) {
    case KAM_INT: canonical_int(s, &i); kam_col_push_int(c, i); break;
    case KAM_REAL: kam_parse_real(s, &r); kam_col_push_real(c, r); break;
    case KAM_DAY: kam_day_parse(s, &d); kam_col_push_int(c, d); break;
    default: kam_col_push_text(c, s);
    }
}

static kam_rc not_a_table(kam_err *err, int row)
{
    char word[KAM_NUM_MAX];
    snprintf(word, sizeof word, "%d", row);
    if (row) kam_err_set(err, KAM_DATA, "element %d of the list is not a dict of column names and values", row);
    else kam_err_set(err, KAM_DATA, "not a table: give the result of a command or a list of dicts");
    kam_err_word(err, "table");
    return kam_err_word(err, word);
}

/* Pass 1: columns in order of first appearance, and the types every value allows. */
static kam_rc guess_columns(Tcl_Obj **rows, int n, Tcl_Obj *index, struct guess **out, size_t *n_out, kam_err *err)
{
    size_t cap = 0;
    kam_str hold = KAM_STR_INIT;
    kam_rc rc = KAM_OK;
    for (int i = 0; i < n && rc == KAM_OK; i++) {
        Tcl_DictSearch search;
        Tcl_Obj *key, *value;
        int done, size;
        if (Tcl_DictObjSize(NULL, rows[i], &size) != TCL_OK ||
            Tcl_DictObjFirst(NULL, rows[i], &search, &key, &value, &done) != TCL_OK) {
            rc = not_a_table(err, i + 1);
            break;
        }
        for (; !done; Tcl_DictObjNext(&search, &key, &value, &done)) {
            Tcl_Obj *at = NULL;
            Tcl_DictObjGet(NULL, index, key, &at);
            int k = (int)*n_out;
            if (at) {
                Tcl_GetIntFromObj(NULL, at, &k);
            } else {
                KAM_GROW(*out, cap, *n_out + 1);
                (*out)[(*n_out)++] = (struct guess){key, true, true, true};
                Tcl_DictObjPut(NULL, index, key, Tcl_NewIntObj(k));
            }
            guess_value(&(*out)[k], cmd_value_text(value, &hold));
        }
        Tcl_DictObjDone(&search);
    }
    kam_str_release(&hold);
    return rc;
}

kam_rc cmd_value_table_get(cmd_session *s, Tcl_Obj *obj, kam_table **out, kam_err *err)
{
    if (cmd_value_is_table(obj)) {
        *out = kam_table_ref(rep_table(obj));
        kam_table_set_watch(*out, &s->progress);
        return KAM_OK;
    }
    int n;
    Tcl_Obj **rows;
    /* A copy, so that turning the value into a list leaves the caller's object as it was. */
    Tcl_Obj *copy = Tcl_DuplicateObj(obj);
    Tcl_IncrRefCount(copy);
    if (Tcl_ListObjGetElements(NULL, copy, &n, &rows) != TCL_OK) {
        Tcl_DecrRefCount(copy);
        return not_a_table(err, 0);
    }
    struct guess *g = NULL;
    size_t n_g = 0;
    Tcl_Obj *index = Tcl_NewDictObj();
    Tcl_IncrRefCount(index);
    kam_rc rc = guess_columns(rows, n, index, &g, &n_g, err);
    if (rc == KAM_OK) {
        kam_str hold = KAM_STR_INIT;
        kam_table *t = kam_table_new();
        kam_table_set_watch(t, &s->progress);
        kam_table_set_currency(t, cmd_session_currency(s), cmd_session_exponent(s));
        for (size_t k = 0; k < n_g; k++) {
            kam_type type = g[k].can_int ? KAM_INT : g[k].can_real ? KAM_REAL : g[k].can_day ? KAM_DAY : KAM_TEXT;
            const char *name = cmd_value_text(g[k].key, &hold);
            if (kam_table_find(t, name)) continue; /* two broken keys repaired to the same name */
            kam_column *c = kam_table_add_column(t, name, type, NULL);
            for (int i = 0; i < n; i++) {
                Tcl_Obj *value = NULL;
                Tcl_DictObjGet(NULL, rows[i], g[k].key, &value);
                if (value) push_guess(c, cmd_value_text(value, &hold));
                else kam_col_push_missing(c);
            }
        }
        kam_table_seal(t);
        kam_str_release(&hold);
        *out = t;
    }
    kam_free(g);
    Tcl_DecrRefCount(index);
    Tcl_DecrRefCount(copy);
    return rc;
}

/* --- errors -------------------------------------------------------------------------------------------------------- */

int cmd_value_error(cmd_session *s, const kam_err *err)
{
    const char *message = kam_err_text(err, cmd_session_reader(s) == CMD_LANG_ZH);
    Tcl_Obj *code = Tcl_NewListObj(0, NULL);
    Tcl_ListObjAppendElement(NULL, code, Tcl_NewStringObj("KAM", -1));
    Tcl_ListObjAppendElement(NULL, code, Tcl_NewStringObj(kam_rc_name(err->code), -1));
    for (int i = 0; i < err->n_words; i++)
        Tcl_ListObjAppendElement(NULL, code, cmd_value_text_obj(err->word[i], strlen(err->word[i])));
    Tcl_SetObjResult(s->interp, cmd_value_text_obj(message, strlen(message)));
    Tcl_SetObjErrorCode(s->interp, code);
    return TCL_ERROR;
}

void cmd_value_pending_clear(cmd_session *s)
{
    if (!s->pending) return;
    Tcl_DecrRefCount(s->pending_options);
    Tcl_DecrRefCount(s->pending_result);
    s->pending = false;
}

kam_rc cmd_value_from_tcl(cmd_session *s, int rc, kam_err *err)
{
    cmd_value_pending_clear(s);
    s->pending = true;
    s->pending_rc = rc;
    s->pending_options = Tcl_GetReturnOptions(s->interp, rc);
    Tcl_IncrRefCount(s->pending_options);
    s->pending_result = Tcl_GetObjResult(s->interp);
    Tcl_IncrRefCount(s->pending_result);
    kam_str hold = KAM_STR_INIT;
    kam_err_set(err, KAM_USAGE, "%s", cmd_value_text(s->pending_result, &hold));
    kam_str_release(&hold);
    return KAM_USAGE;
}

bool cmd_value_pending_restore(cmd_session *s, int *rc)
{
    if (!s->pending) return false;
    Tcl_SetObjResult(s->interp, s->pending_result);
    *rc = Tcl_SetReturnOptions(s->interp, s->pending_options);
    if (*rc == TCL_OK) *rc = s->pending_rc;
    cmd_value_pending_clear(s);
    return true;
}
