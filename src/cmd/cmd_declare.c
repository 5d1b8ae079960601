/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_declare: commands written in Tcl, with a record like any other:
 *     ::kam::command NAME RECORD BODY
 * RECORD is a dict: summary {en … zh …}, detail {en … zh …}, and where wanted returns {en … zh …}, topic, effect
 * (reads, writes, controls), setup, arguments and examples. An argument is a dict: name (with a dash: an option),
 * help {en … zh …}, kind (string unless said: as `describe` shows them; an entity's name is a reference), required,
 * rest, many, default, values, min, max. An example is a dict: says {en … zh …}, script, result.
 * BODY runs with the checked words in the dict variable `arg`, keyed by name without dash; what was not given and has no
 * default is left out; a flag is always there. Errors of BODY come out as they are. A name that is taken is refused. */
#include "cmd_bind.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_money.h"
#include "kam_str.h"
#include "store_field.h"
#include <math.h>
#include <string.h>

/* What a declared record's `data` points to. */
struct declared {
    Tcl_Obj *lambda; /* lives as long as the session */
};

enum { SLOT = 32 }; /* room for the largest value a binder stores */

struct declared_args {
    const cmd_spec *self;
    _Alignas(max_align_t) char slot[];
};

/* --- reading the record --------------------------------------------------------------------------------------------- */

struct reader {
    cmd_session *s;
    const char *name;
    kam_err *err;
};

static kam_rc refuse(struct reader *r, const char *what, const char *word)
{
    kam_err_set(r->err, KAM_USAGE, "command %s: %s \"%.100s\"", r->name, what, word);
    return kam_err_word(r->err, "command");
}

static Tcl_Obj *member(Tcl_Obj *dict, const char *key)
{
    Tcl_Obj *k = Tcl_NewStringObj(key, -1), *v = NULL;
    Tcl_IncrRefCount(k);
    if (Tcl_DictObjGet(NULL, dict, k, &v) != TCL_OK) v = NULL;
    Tcl_DecrRefCount(k);
    return v;
}

static const char *keep(struct reader *r, Tcl_Obj *o)
{
    if (!o) return NULL;
    kam_str hold = KAM_STR_INIT;
    const char *s = kam_arena_strdup(&r->s->arena, cmd_value_text(o, &hold));
    kam_str_release(&hold);
    return s;
}

static cmd_text both(struct reader *r, Tcl_Obj *o)
{
    cmd_text t = {NULL, NULL};
    int n;
    if (o && Tcl_DictObjSize(NULL, o, &n) == TCL_OK) {
        t.en = keep(r, member(o, "en"));
        t.zh = keep(r, member(o, "zh"));
    }
    return t;
}

static bool flag(Tcl_Obj *dict, const char *key)
{
    int b = 0;
    Tcl_Obj *o = member(dict, key);
    return o && Tcl_GetBooleanFromObj(NULL, o, &b) == TCL_OK && b;
}

static double number(Tcl_Obj *dict, const char *key)
{
    double v = 0;
    Tcl_Obj *o = member(dict, key);
    if (o) Tcl_GetDoubleFromObj(NULL, o, &v);
    return v;
}

static const char *const *words(struct reader *r, Tcl_Obj *o)
{
    int n;
    Tcl_Obj **el;
    if (!o || Tcl_ListObjGetElements(NULL, o, &n, &el) != TCL_OK || n == 0) return NULL;
    const char **w = kam_arena_alloc(&r->s->arena, ((size_t)n + 1) * sizeof *w);
    for (int i = 0; i < n; i++) w[i] = keep(r, el[i]);
    return w;
}

static kam_rc read_kind(struct reader *r, const char *kind, cmd_arg *a)
{
    for (int k = CMD_STRING; k < CMD_SELF; k++) {
        cmd_arg probe = {.kind = (cmd_kind)k};
        if (k == CMD_REF || strcmp(cmd_kind_name(&probe), kind) != 0) continue;
        a->kind = (cmd_kind)k;
        return KAM_OK;
    }
    const store_entity *e = store_entity_find(kind);
    if (!e) return refuse(r, "there is no kind", kind);
    a->kind = CMD_REF;
    a->of = e->name;
    return KAM_OK;
}

static kam_rc read_argument(struct reader *r, Tcl_Obj *o, size_t slot, cmd_arg *a)
{
    int n;
    if (Tcl_DictObjSize(NULL, o, &n) != TCL_OK || !member(o, "name")) return refuse(r, "an argument is no dict with a name:", Tcl_GetString(o));
    *a = (cmd_arg){.name = keep(r, member(o, "name")), .kind = CMD_STRING, .help = both(r, member(o, "help")),
                   .def = keep(r, member(o, "default")), .values = words(r, member(o, "values")),
                   .min = number(o, "min"), .max = number(o, "max"),
                   .offset = offsetof(struct declared_args, slot) + slot * SLOT};
    a->flags = (flag(o, "required") ? CMD_REQUIRED : 0u) | (flag(o, "rest") ? CMD_REST : 0u) | (flag(o, "many") ? CMD_MANY : 0u);
    if (!a->name[0] || !a->help.en || !a->help.zh) return refuse(r, "an argument needs a name and help in en and zh:", a->name);
    const char *kind = keep(r, member(o, "kind"));
    kam_rc rc = kind ? read_kind(r, kind, a) : KAM_OK;
    if (rc == KAM_OK && a->kind == CMD_ENUM && !a->values) rc = refuse(r, "an enum needs values:", a->name);
    return rc;
}

static kam_rc read_arguments(struct reader *r, Tcl_Obj *o, cmd_spec *c)
{
    int n = 0;
    Tcl_Obj **el = NULL;
    if (o && Tcl_ListObjGetElements(NULL, o, &n, &el) != TCL_OK) return refuse(r, "arguments is no list:", Tcl_GetString(o));
    cmd_arg *a = kam_arena_alloc(&r->s->arena, ((size_t)n + 2) * sizeof *a);
    a[0] = (cmd_arg){.name = "", .kind = CMD_SELF, .offset = offsetof(struct declared_args, self)};
    kam_rc rc = KAM_OK;
    for (int i = 0; i < n && rc == KAM_OK; i++) rc = read_argument(r, el[i], (size_t)i, &a[i + 1]);
    c->args = a;
    c->args_size = sizeof(struct declared_args) + (size_t)n * SLOT;
    return rc;
}

static kam_rc read_examples(struct reader *r, Tcl_Obj *o, cmd_spec *c)
{
    int n = 0;
    Tcl_Obj **el = NULL;
    if (o && Tcl_ListObjGetElements(NULL, o, &n, &el) != TCL_OK) return refuse(r, "examples is no list:", Tcl_GetString(o));
    cmd_example *x = kam_arena_alloc(&r->s->arena, ((size_t)n + 1) * sizeof *x);
    for (int i = 0; i < n; i++) {
        int size;
        if (Tcl_DictObjSize(NULL, el[i], &size) != TCL_OK || !member(el[i], "script"))
            return refuse(r, "an example is no dict with a script:", Tcl_GetString(el[i]));
        x[i] = (cmd_example){both(r, member(el[i], "says")), keep(r, member(el[i], "script")), keep(r, member(el[i], "result"))};
    }
    c->examples = x;
    return KAM_OK;
}

/* --- running ------------------------------------------------------------------------------------------------------------ */

static Tcl_Obj *word_list(size_t n, const char *const *w)
{
    Tcl_Obj *l = Tcl_NewListObj(0, NULL);
    for (size_t i = 0; i < n; i++) Tcl_ListObjAppendElement(NULL, l, Tcl_NewStringObj(w[i], -1));
    return l;
}

static Tcl_Obj *many_value(const cmd_arg *a, const void *at)
{
    if (a->kind == CMD_SCRIPT || a->kind == CMD_EXPR || a->kind == CMD_VAR || a->kind == CMD_VALUE) {
        const cmd_objs *o = at;
        return o->n ? Tcl_NewListObj((int)o->n, o->obj) : NULL;
    }
    if (a->kind == CMD_REF) {
        const cmd_refs *r = at;
        Tcl_Obj *l = r->n ? Tcl_NewListObj(0, NULL) : NULL;
        for (size_t i = 0; i < r->n; i++) Tcl_ListObjAppendElement(NULL, l, Tcl_NewStringObj(r->ref[i].code, -1));
        return l;
    }
    const cmd_words *w = at;
    return w->n ? word_list(w->n, w->word) : NULL;
}

static Tcl_Obj *day_obj(kam_day d)
{
    char buf[KAM_DATE_MAX];
    kam_day_format(d, buf);
    return Tcl_NewStringObj(buf, -1);
}

static Tcl_Obj *money_obj(cmd_session *s, int64_t minor)
{
    char buf[KAM_MONEY_MAX];
    kam_money_format(minor, cmd_session_exponent(s), buf);
    return Tcl_NewStringObj(buf, -1);
}

/* The bound value as Tcl sees it; NULL: not given. */
static Tcl_Obj *value_of(cmd_session *s, const cmd_arg *a, const void *at)
{
    if (a->flags & (CMD_REST | CMD_MANY)) return many_value(a, at);
    switch (a->kind) {
    case CMD_FLAG: return Tcl_NewIntObj(*(const bool *)at);
    case CMD_INT: return *(const int64_t *)at == CMD_UNSET_INT ? NULL : Tcl_NewWideIntObj(*(const int64_t *)at);
    case CMD_MONEY: return *(const int64_t *)at == CMD_UNSET_INT ? NULL : money_obj(s, *(const int64_t *)at);
    case CMD_REAL: return isnan(*(const double *)at) ? NULL : Tcl_NewDoubleObj(*(const double *)at);
    case CMD_ENUM: return *(const int *)at < 0 ? NULL : Tcl_NewStringObj(a->values[*(const int *)at], -1);
    case CMD_DATE: return *(const kam_day *)at == CMD_UNSET_DAY ? NULL : day_obj(*(const kam_day *)at);
    case CMD_REF: return ((const cmd_ref *)at)->id ? Tcl_NewStringObj(((const cmd_ref *)at)->code, -1) : NULL;
    case CMD_LIST: return ((const cmd_words *)at)->word ? word_list(((const cmd_words *)at)->n, ((const cmd_words *)at)->word) : NULL;
    case CMD_TABLE: {
        const kam_table *const *t = at;
        return *t ? cmd_value_table_obj(s, (kam_table *)(uintptr_t)*t) : NULL;
    }
    case CMD_PERIOD: {
        const cmd_period *p = at;
        Tcl_Obj *two[2];
        if (!p->set) return NULL;
        two[0] = day_obj(p->first);
        two[1] = day_obj(p->last);
        return Tcl_NewListObj(2, two);
    }
    case CMD_SCRIPT:
    case CMD_EXPR:
    case CMD_VAR:
    case CMD_VALUE: return *(Tcl_Obj *const *)at;
    default: return *(const char *const *)at ? Tcl_NewStringObj(*(const char *const *)at, -1) : NULL;
    }
}

static kam_rc declared_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct declared_args *d = args;
    const struct declared *data = d->self->data;
    Tcl_Obj *dict = Tcl_NewDictObj();
    for (const cmd_arg *a = d->self->args; a->name; a++) {
        Tcl_Obj *v = a->kind == CMD_SELF ? NULL : value_of(s, a, (const char *)args + a->offset);
        if (v) Tcl_DictObjPut(NULL, dict, Tcl_NewStringObj(a->name + cmd_arg_is_option(a), -1), v);
    }
    Tcl_Obj *word[] = {Tcl_NewStringObj("::apply", -1), data->lambda, dict};
    for (int i = 0; i < 3; i++) Tcl_IncrRefCount(word[i]);
    int code = Tcl_EvalObjv(s->interp, 3, word, TCL_EVAL_GLOBAL);
    kam_rc rc = KAM_OK;
    if (code == TCL_OK) cmd_value_set_obj(out, Tcl_GetObjResult(s->interp));
    else rc = cmd_value_from_tcl(s, code, err);
    for (int i = 0; i < 3; i++) Tcl_DecrRefCount(word[i]);
    return rc;
}

/* --- declaring ------------------------------------------------------------------------------------------------------------- */

static kam_rc check_name(struct reader *r)
{
    size_t n = strlen(r->name);
    if (n == 0 || strspn(r->name, "abcdefghijklmnopqrstuvwxyz0123456789- ") != n || r->name[0] == ' ' || r->name[n - 1] == ' ')
        return refuse(r, "a name is lower-case words:", r->name);
    if (cmd_spec_find(r->s, r->name)) {
        kam_err_set(r->err, KAM_CONSTRAINT, "command: there is already a command \"%s\"", r->name);
        kam_err_word(r->err, "duplicate");
        return kam_err_word(r->err, r->name);
    }
    return KAM_OK;
}

static kam_rc read_record(struct reader *r, Tcl_Obj *record, cmd_spec *c)
{
    static const char *const effects[] = {"reads", "writes", "controls"};
    int n;
    if (Tcl_DictObjSize(NULL, record, &n) != TCL_OK) return refuse(r, "the record is no dict:", Tcl_GetString(record));
    c->name = kam_arena_strdup(&r->s->arena, r->name);
    c->summary = both(r, member(record, "summary"));
    c->detail = both(r, member(record, "detail"));
    c->returns = both(r, member(record, "returns"));
    c->setup = keep(r, member(record, "setup"));
    c->topic = keep(r, member(record, "topic"));
    if (!c->topic) c->topic = "session";
    const char *effect = keep(r, member(record, "effect"));
    for (size_t i = 0; effect && i < 3; i++)
        if (strcmp(effects[i], effect) == 0) c->effect = (cmd_effect)i;
    if (!c->summary.en || !c->summary.zh || !c->detail.en || !c->detail.zh)
        return refuse(r, "summary and detail are wanted in en and zh:", r->name);
    kam_rc rc = read_arguments(r, member(record, "arguments"), c);
    return rc == KAM_OK ? read_examples(r, member(record, "examples"), c) : rc;
}

int cmd_declare_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    cmd_session *s = data;
    kam_err err = KAM_ERR_INIT;
    if (objc != 4) {
        Tcl_WrongNumArgs(interp, 1, objv, "NAME RECORD BODY");
        return TCL_ERROR;
    }
    kam_str hold = KAM_STR_INIT;
    struct reader r = {s, cmd_value_text(objv[1], &hold), &err};
    cmd_spec *c = kam_arena_alloc(&s->arena, sizeof *c);
    kam_rc rc = check_name(&r);
    if (rc == KAM_OK) rc = read_record(&r, objv[2], c);
    if (rc == KAM_OK) {
        struct declared *d = kam_arena_alloc(&s->arena, sizeof *d);
        Tcl_Obj *part[] = {Tcl_NewStringObj("arg", -1), objv[3], Tcl_NewStringObj("::", -1)};
        d->lambda = Tcl_NewListObj(3, part);
        Tcl_IncrRefCount(d->lambda);
        c->data = d;
        c->run = declared_run;
        rc = cmd_spec_create(s, c, &err);
        if (rc == KAM_OK) {
            cmd_registry_add(s, c);
            cmd_registry_sort(s);
        } else {
            Tcl_DecrRefCount(d->lambda);
        }
    }
    kam_str_release(&hold);
    return rc == KAM_OK ? TCL_OK : cmd_value_error(s, &err);
}
