/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_spec.h"
#include "cmd_bind.h"
#include "cmd_session_int.h"
#include "cmd_uses.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store.h"
#include <stdlib.h>
#include <string.h>

const char *cmd_kind_name(const cmd_arg *a)
{
    static const char *const name[] = {
        [CMD_STRING] = "string", [CMD_INT] = "int", [CMD_REAL] = "real", [CMD_FLAG] = "flag", [CMD_ENUM] = "enum",
        [CMD_LIST] = "list", [CMD_DATE] = "date", [CMD_PERIOD] = "period", [CMD_MONEY] = "money",
        [CMD_REF] = "object", [CMD_ENTITY] = "entity", [CMD_FIELD] = "field", [CMD_SETTING] = "setting",
        [CMD_FILE] = "file", [CMD_TABLE] = "table", [CMD_COLUMN] = "column", [CMD_COMMAND] = "command",
        [CMD_SCRIPT] = "script", [CMD_EXPR] = "expr", [CMD_VAR] = "var", [CMD_VALUE] = "value", [CMD_SELF] = "self"};
    return a->kind == CMD_REF && a->of ? a->of : name[a->kind];
}

/* --- usage -------------------------------------------------------------------------------------------------------- */

static void add_upper(kam_str *b, const char *s)
{
    for (; *s; s++) kam_str_addc(b, *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s == '_' ? '-' : *s);
}

static void add_value_hint(kam_str *b, const cmd_arg *a)
{
    if (a->kind == CMD_ENUM) {
        for (size_t i = 0; a->values[i]; i++) kam_str_addf(b, "%s%s", i ? "|" : "", a->values[i]);
        return;
    }
    /* An option's own name says more than "string" would. */
    if (a->kind == CMD_STRING) add_upper(b, cmd_arg_is_option(a) ? a->name + 1 : a->name);
    else add_upper(b, cmd_kind_name(a));
}

static void add_usage(kam_str *b, const cmd_arg *a)
{
    bool need = a->flags & CMD_REQUIRED;
    kam_str_add(b, need ? " " : " ?");
    if (cmd_arg_is_option(a)) {
        kam_str_add(b, a->name);
        if (a->kind != CMD_FLAG) {
            kam_str_add(b, a->alone ? " ?" : " ");
            add_value_hint(b, a);
            if (a->alone) kam_str_addc(b, '?');
        }
        if (a->flags & CMD_MANY) kam_str_add(b, " …");
    } else {
        if (a->kind == CMD_ENUM) add_value_hint(b, a);
        else add_upper(b, a->name);
        if (a->flags & CMD_REST) kam_str_add(b, "…");
    }
    if (!need) kam_str_addc(b, '?');
}

char *cmd_spec_usage(const cmd_spec *c)
{
    kam_str b = KAM_STR_INIT;
    kam_str_add(&b, c->name);
    for (int options = 0; options < 2; options++)
        for (const cmd_arg *a = c->args; a && a->name; a++)
            if (a->kind != CMD_SELF && cmd_arg_is_option(a) == (options == 1)) add_usage(&b, a);
    return kam_str_detach(&b);
}

char *cmd_spec_usage_short(const cmd_spec *c, bool *shortened)
{
    char *full = cmd_spec_usage(c);
    *shortened = false;
    if (strlen(full) <= 240) return full;
    kam_free(full);
    kam_str b = KAM_STR_INIT;
    kam_str_add(&b, c->name);
    for (int options = 0; options < 2; options++)
        for (const cmd_arg *a = c->args; a && a->name; a++)
            if (a->kind != CMD_SELF && cmd_arg_is_option(a) == (options == 1) &&
                (!options || (a->flags & CMD_REQUIRED)))
                add_usage(&b, a);
    kam_str_add(&b, " ?-option …?");
    *shortened = true;
    return kam_str_detach(&b);
}

/* --- registry ------------------------------------------------------------------------------------------------------- */

void cmd_registry_add(cmd_session *s, const cmd_spec *c)
{
    KAM_GROW(s->spec, s->cap_spec, s->n_spec + 1);
    s->spec[s->n_spec++] = c;
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const cmd_spec *const *)a)->name, (*(const cmd_spec *const *)b)->name);
}

void cmd_registry_sort(cmd_session *s)
{
    qsort(s->spec, s->n_spec, sizeof *s->spec, by_name);
    for (size_t i = 1; i < s->n_spec; i++)
        if (strcmp(s->spec[i - 1]->name, s->spec[i]->name) == 0)
            KAM_BUG("two commands are called \"%s\"", s->spec[i]->name);
}

const cmd_spec *cmd_spec_find(cmd_session *s, const char *name)
{
    cmd_spec probe = {.name = name};
    const cmd_spec *key = &probe;
    const cmd_spec **hit = bsearch(&key, s->spec, s->n_spec, sizeof *s->spec, by_name);
    return hit ? *hit : NULL;
}

const cmd_spec *const *cmd_spec_list(cmd_session *s, size_t *n)
{
    *n = s->n_spec;
    return s->spec;
}

/* --- running ---------------------------------------------------------------------------------------------------------- */

static int finish(cmd_session *s, kam_rc rc, cmd_value *v, kam_err *err)
{
    Tcl_Interp *interp = s->interp;
    int code = TCL_OK;
    if (rc == KAM_OK) {
        cmd_value_pending_clear(s);
        if (v->obj) cmd_value_limit(s, v->obj);
        Tcl_SetObjResult(interp, v->obj ? v->obj : Tcl_NewObj());
    } else if (!cmd_value_pending_restore(s, &code)) {
        if (err->code == KAM_OK) KAM_BUG("a command failed without a message");
        code = cmd_value_error(s, err);
    }
    if (v->obj) Tcl_DecrRefCount(v->obj);
    return code;
}

/* Bind the words after the name and run the handler. `skip`: words of the name. */
/* A command that is about some accounts only says so to the store (cmd_facts.h); that ends with it, and does not hold for the
 * commands it calls. */
kam_rc cmd_spec_run(cmd_session *s, const cmd_spec *c, const void *args, cmd_value *v, kam_err *err)
{
    const store *db = s->db;
    const store_scope outer = db ? store_scope_get(db) : (store_scope){STORE_SCOPE_ALL, 0};
    if (s->db) store_scope_set(s->db, (store_scope){STORE_SCOPE_ALL, 0});
    const kam_rc rc = c->run(s, args, v, err);
    if (s->db) store_scope_set(s->db, s->db == db ? outer : (store_scope){STORE_SCOPE_ALL, 0});
    return rc;
}

static int run_spec(cmd_session *s, const cmd_spec *c, int skip, int objc, Tcl_Obj *const objv[])
{
    kam_err err = KAM_ERR_INIT;
    cmd_bound b;
    cmd_value v = {NULL};
    Tcl_Obj *const *outer = s->typed;
    int outer_n = s->typed_n;
    if (!outer) cmd_session_tell_begin(s);
    s->typed = objv;
    s->typed_n = objc;
    cmd_value_pending_clear(s);
    kam_rc rc = cmd_session_ready(s, &err);
    if (rc == KAM_OK && !cmd_worker_allows(s, c)) {
        rc = kam_err_set(&err, KAM_USAGE, "%s: not allowed in a template that is not trusted", c->name);
        kam_err_word(&err, c->name);
    }
    if (rc == KAM_OK) {
        rc = cmd_bind(s, c, objc - skip, objv + skip, &b, &err);
        if (rc == KAM_OK) rc = cmd_spec_run(s, c, b.args, &v, &err);
        /* Loops that were told to stop left with whatever they had. What was written is written, and said. */
        if (rc == KAM_OK && c->effect == CMD_READS && kam_progress_stopped(&s->progress))
            rc = kam_err_set(&err, KAM_INTERRUPT, "%s: interrupted", c->name);
        if (rc == KAM_OK) cmd_uses_dryrun(s, c, b.args, &v);
        if (rc == KAM_OK && s->verbose) cmd_uses_footnote(s, c, b.args, &v);
        cmd_bound_release(&b);
    }
    s->typed = outer;
    s->typed_n = outer_n;
    if (!outer) cmd_session_tell_end(s);
    return finish(s, rc, &v, &err);
}

/* Commands hold on to the record's name, not the record, so that records may be replaced at run time. */
struct binding_data {
    cmd_session *s;
    const char *name;
};

static int command_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    (void)interp;
    const struct binding_data *d = data;
    return run_spec(d->s, cmd_spec_find(d->s, d->name), 1, objc, objv);
}

/* The subcommands of an ensemble: the records whose name begins with "NAME ". */
static void ensemble_range(cmd_session *s, const char *name, size_t *first, size_t *n)
{
    size_t len = strlen(name);
    *first = *n = 0;
    for (size_t i = 0; i < s->n_spec; i++) {
        const char *full = s->spec[i]->name;
        if (strncmp(full, name, len) != 0 || full[len] != ' ') continue;
        if (*n == 0) *first = i;
        ++*n;
    }
}

static int ensemble_error(cmd_session *s, const char *name, const char *word)
{
    size_t first, n, len = strlen(name) + 1;
    ensemble_range(s, name, &first, &n);
    const char **sub = kam_calloc(n + 1, sizeof *sub);
    kam_str all = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) {
        sub[i] = s->spec[first + i]->name + len;
        kam_str_addf(&all, "%s%s", i ? ", " : "", sub[i]);
    }
    kam_err err = KAM_ERR_INIT;
    if (word) {
        kam_err_set(&err, KAM_USAGE, "%.100s: unknown subcommand \"%.100s\"", name, word);
        kam_err_nearest(&err, word, sub, n);
    } else {
        kam_err_set(&err, KAM_USAGE, "%.100s: a subcommand is missing", name);
    }
    kam_err_append(&err, "; there are: %s", kam_str_cstr(&all));
    kam_err_word(&err, name);
    kam_str_release(&all);
    kam_free(sub);
    return cmd_value_error(s, &err);
}

/* Our own dispatch instead of a Tcl ensemble: exact names and errors that carry a KAM code and the nearest name. */
static int ensemble_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    (void)interp;
    const struct binding_data *d = data;
    if (objc < 2) return ensemble_error(d->s, d->name, NULL);
    kam_str hold = KAM_STR_INIT, full = KAM_STR_INIT;
    const char *word = cmd_value_text(objv[1], &hold);
    kam_str_addf(&full, "%s %s", d->name, word);
    const cmd_spec *c = cmd_spec_find(d->s, kam_str_cstr(&full));
    int rc = c ? run_spec(d->s, c, 2, objc, objv) : ensemble_error(d->s, d->name, word);
    kam_str_release(&hold);
    kam_str_release(&full);
    return rc;
}

static void free_data(ClientData data) { kam_free(data); }

/* Make ::kam::NAME. A global command of that name that is not ours is Tcl's: refused. */
static kam_rc create(cmd_session *s, const char *name, Tcl_ObjCmdProc *proc, kam_err *err)
{
    kam_str full = KAM_STR_INIT;
    Tcl_CmdInfo info;
    kam_rc rc = KAM_OK;
    kam_str_addf(&full, "::kam::%s", name);
    if (!Tcl_GetCommandInfo(s->interp, kam_str_cstr(&full), &info)) {
        kam_str global = KAM_STR_INIT;
        kam_str_addf(&global, "::%s", name);
        if (Tcl_GetCommandInfo(s->interp, kam_str_cstr(&global), &info)) {
            kam_err_set(err, KAM_CONSTRAINT, "the command %s would shadow Tcl's own", name);
            rc = kam_err_word(err, "shadow");
        } else {
            struct binding_data *d = kam_alloc(sizeof *d);
            *d = (struct binding_data){s, kam_arena_strdup(&s->arena, name)};
            Tcl_CreateObjCommand(s->interp, kam_str_cstr(&full), proc, d, free_data);
        }
        kam_str_release(&global);
    }
    kam_str_release(&full);
    return rc;
}

static kam_rc create_for(cmd_session *s, const cmd_spec *c, kam_err *err)
{
    const char *blank = strchr(c->name, ' ');
    if (!blank) return create(s, c->name, command_proc, err);
    char *head = kam_strndup(c->name, (size_t)(blank - c->name));
    kam_rc rc = create(s, head, ensemble_proc, err);
    kam_free(head);
    return rc;
}

kam_rc cmd_spec_create(cmd_session *s, const cmd_spec *c, kam_err *err)
{
    kam_str head = KAM_STR_INIT;
    kam_str_addf(&head, "::kam::%.*s", (int)strcspn(c->name, " "), c->name);
    Tcl_CmdInfo info;
    bool there = Tcl_GetCommandInfo(s->interp, kam_str_cstr(&head), &info);
    kam_rc rc = create_for(s, c, err);
    if (rc == KAM_OK && !there) {
        Tcl_Export(s->interp, Tcl_FindNamespace(s->interp, "::kam", NULL, 0), kam_str_cstr(&head) + strlen("::kam::"), 0);
        Tcl_Import(s->interp, Tcl_GetGlobalNamespace(s->interp), kam_str_cstr(&head), 0);
    }
    kam_str_release(&head);
    return rc;
}

kam_rc cmd_spec_register(Tcl_Interp *interp, cmd_session *s, kam_err *err)
{
    if (!Tcl_FindNamespace(interp, "::kam", NULL, 0)) Tcl_CreateNamespace(interp, "::kam", NULL, NULL);
    for (size_t i = 0; cmd_all[i]; i++) cmd_registry_add(s, cmd_all[i]);
    cmd_entity_generate(s);
    cmd_registry_sort(s);
    for (size_t i = 0; i < s->n_spec; i++) {
        kam_rc rc = create_for(s, s->spec[i], err);
        if (rc != KAM_OK) return rc;
    }
    /* All at once: each call looks for every command through every pattern. And without Tcl's auto_import, which reads the
     * indexes of all libraries first (a tenth of the start): nothing of ours is in one. */
    Tcl_Namespace *ns = Tcl_FindNamespace(interp, "::kam", NULL, 0);
    Tcl_Export(interp, ns, "*", 1);
    bool held = Tcl_EvalEx(interp, "::rename ::auto_import ::auto_import(kam)", -1, TCL_EVAL_GLOBAL) == TCL_OK;
    Tcl_Import(interp, Tcl_GetGlobalNamespace(interp), "::kam::*", 0);
    if (held) Tcl_EvalEx(interp, "::rename ::auto_import(kam) ::auto_import", -1, TCL_EVAL_GLOBAL);
    for (size_t i = 0; i < s->n_spec; i++) {
        char *head = kam_strndup(s->spec[i]->name, strcspn(s->spec[i]->name, " "));
        if (i == 0 || strncmp(s->spec[i - 1]->name, head, strlen(head)) != 0 || !strchr(" ", s->spec[i - 1]->name[strlen(head)]))
            Tcl_Export(interp, ns, head, i == 0);
        kam_free(head);
    }
    return KAM_OK;
}
