/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_complete: what may stand at a place of a command, for the prompt (its contract is prompt_complete.h):
 *     ::kam::complete WORDS PREFIX ?AFTER? → {KIND CANDIDATES MORE PART}
 * It follows the binder: the word after an option is its value, positionals come in order; the values are offered by
 * cmd_complete_value.c. Also the hidden ::kam::man and ::kam::records, which the build and the tests ask for the records. */
#include "cmd_bind.h"
#include "cmd_complete.h"
#include "cmd_entity.h"
#include "cmd_help.h"
#include "cmd_label.h"
#include "cmd_report.h"
#include "cmd_value.h"
#include <stdio.h>
#include <string.h>

void cmd_offer_add(cmd_offer *o, const char *text, const char *note)
{
    Tcl_ListObjAppendElement(NULL, o->list, cmd_value_text_obj(text, strlen(text)));
    Tcl_ListObjAppendElement(NULL, o->list, cmd_value_text_obj(note ? note : "", note ? strlen(note) : 0));
}

void cmd_offer_matching(cmd_offer *o, const char *text, const char *note)
{
    if (kam_str_starts(text, o->prefix)) cmd_offer_add(o, text, note);
}

/* A name of two words is one command of the line, but two words of it: the first stands for all that begin with it, with the
 * second ones as its note. The records are sorted by name. */
static size_t offer_first_word(cmd_offer *o, const cmd_spec *const *all, size_t from, size_t n, bool explained_only)
{
    const size_t len = (size_t)(strchr(all[from]->name, ' ') - all[from]->name);
    kam_str first = KAM_STR_INIT, second = KAM_STR_INIT;
    kam_str_addn(&first, all[from]->name, len);
    size_t i = from;
    for (; i < n && strncmp(all[i]->name, all[from]->name, len + 1) == 0; i++)
        if (all[i]->why || !explained_only) kam_str_addf(&second, "%s%s", second.len ? " " : "", all[i]->name + len + 1);
    if (second.len) cmd_offer_matching(o, first.s, second.s);
    kam_str_release(&first);
    kam_str_release(&second);
    return i;
}

void cmd_offer_commands(cmd_offer *o, bool explained_only)
{
    size_t n;
    const cmd_spec *const *all = cmd_spec_list(o->s, &n);
    for (size_t i = 0; i < n;) {
        if (strchr(all[i]->name, ' ')) {
            i = offer_first_word(o, all, i, n, explained_only);
            continue;
        }
        if (all[i]->why || !explained_only) cmd_offer_matching(o, all[i]->name, cmd_session_say(o->s, all[i]->summary));
        i++;
    }
}

/* The next record from *at on whose name begins with this word and has a second one; NULL: there is none. */
static const cmd_spec *next_of_two(const cmd_offer *o, const char *first, size_t *at)
{
    size_t n, len = strlen(first);
    const cmd_spec *const *all = cmd_spec_list(o->s, &n);
    while (*at < n) {
        const cmd_spec *c = all[(*at)++];
        if (strncmp(c->name, first, len) == 0 && c->name[len] == ' ') return c;
    }
    return NULL;
}

bool cmd_offer_subcommands(cmd_offer *o, const char *first)
{
    size_t at = 0;
    bool any = false;
    for (const cmd_spec *c; (c = next_of_two(o, first, &at)) != NULL; any = true)
        cmd_offer_matching(o, c->name + strlen(first) + 1, cmd_session_say(o->s, c->summary));
    return any;
}

/* --- where are we? --------------------------------------------------------------------------------------------------- */

const cmd_arg *cmd_place_option(const cmd_spec *c, const char *word)
{
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (a->kind != CMD_SELF && cmd_arg_is_option(a) && strcmp(a->name, word) == 0) return a;
    return NULL;
}

const cmd_arg *cmd_place_positional(const cmd_spec *c, size_t at)
{
    for (const cmd_arg *a = c->args; a && a->name; a++) {
        if (a->kind == CMD_SELF || cmd_arg_is_option(a)) continue;
        if (at == 0 || (a->flags & CMD_REST)) return a;
        at--;
    }
    return NULL;
}

static void add_options(cmd_offer *o, const cmd_spec *c, Tcl_Obj **word, int n)
{
    for (const cmd_arg *a = c->args; a && a->name; a++) {
        if (a->kind == CMD_SELF || !cmd_arg_is_option(a)) continue;
        bool used = false;
        for (int i = 0; i < n; i++) used |= strcmp(Tcl_GetString(word[i]), a->name) == 0;
        if (!used || (a->flags & CMD_MANY)) cmd_offer_matching(o, a->name, cmd_session_say(o->s, a->help));
    }
}

static const char *complete(cmd_offer *o, Tcl_Obj **word, int n);

/* Within the words of another command, which begin at word: first its name, then whatever that command takes; and at any
 * time `-column NAME`, which belongs to the outer one. */
static const char *complete_tail(cmd_offer *o, Tcl_Obj **word, int n)
{
    if (n == 0) {
        cmd_offer_commands(o, true);
        return "word";
    }
    if (strcmp(Tcl_GetString(word[n - 1]), "-column") == 0) {
        const cmd_spec *c = cmd_offer_command(o, word, n);
        for (const cmd_column *k = c ? c->columns : NULL; k && k->name; k++) cmd_offer_matching(o, k->name, cmd_session_say(o->s, k->help));
        return "word";
    }
    const char *kind = complete(o, word, n);
    if (o->prefix[0] == '-')
        cmd_offer_matching(o, "-column", cmd_session_say(o->s, (cmd_text){"ask about this column of the result", "只问结果的这一列"}));
    return kind;
}

/* A list of word and note (or of words alone) that a Tcl command gave. */
static void add_listed(cmd_offer *o, Tcl_Obj *list, bool with_notes)
{
    Tcl_Obj **word;
    int n;
    if (Tcl_ListObjGetElements(NULL, list, &n, &word) != TCL_OK) return;
    for (int i = 0; i + (with_notes ? 1 : 0) < n; i += with_notes ? 2 : 1)
        cmd_offer_matching(o, Tcl_GetString(word[i]), with_notes ? Tcl_GetString(word[i + 1]) : "");
}

/* The parameters of a template, or the values of one of them; the template declares them. */
static const char *complete_template(cmd_offer *o, const char *proc, const char *name, const char *option)
{
    Tcl_Obj *result = NULL;
    const char *args[] = {name, option};
    if (!cmd_report_ask(o->s, proc, args, (name != NULL) + (option != NULL), &result)) return "none";
    if (option) {
        Tcl_Obj *of = NULL, *values = NULL;
        if (Tcl_ListObjIndex(NULL, result, 0, &of) == TCL_OK && of && *Tcl_GetString(of)) cmd_offer_objects(o, Tcl_GetString(of));
        if (Tcl_ListObjIndex(NULL, result, 1, &values) == TCL_OK && values) add_listed(o, values, false);
    } else add_listed(o, result, name != NULL);
    Tcl_DecrRefCount(result);
    return "word";
}

static bool takes_open(const cmd_spec *c)
{
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (a->flags & CMD_OPEN) return true;
    return false;
}

static const char *complete_arguments(cmd_offer *o, const cmd_spec *c, Tcl_Obj **word, int n)
{
    size_t at = 0;
    const cmd_arg *pending = NULL;
    const char *template = NULL;
    bool ended = false;
    for (int i = 0; i < n; i++) {
        const char *w = Tcl_GetString(word[i]);
        if (pending) {
            pending = NULL;
            continue;
        }
        const cmd_arg *a = ended ? NULL : cmd_place_option(c, w);
        if (!ended && !a && template && w[0] == '-' && takes_open(c)) {
            if (i + 1 == n) return complete_template(o, "option_values", template, w);
            i++;
            continue;
        }
        if (!ended && strcmp(w, "--") == 0) ended = true;
        else if (a && a->kind != CMD_FLAG) pending = a;
        else if (!a) {
            const cmd_arg *p = cmd_place_positional(c, at++);
            if (p && (p->flags & CMD_TAIL)) return complete_tail(o, word + i, n - i);
            if (p && strcmp(p->name, "template") == 0) template = w;
        }
    }
    if (pending) return cmd_offer_values(o, &(cmd_place){c, pending, word, n});
    const cmd_arg *p = cmd_place_positional(c, at);
    if (p && (p->flags & CMD_TAIL)) return complete_tail(o, word + n, 0);
    if (!ended && (o->prefix[0] == '-' || !p)) {
        add_options(o, c, word, n);
        if (template && takes_open(c)) complete_template(o, "options", template, NULL);
        if (p && p->kind == CMD_COLUMN) cmd_offer_values(o, &(cmd_place){c, p, word, n}); /* -COLUMN sorts downwards */
        return "word";
    }
    const char *kind = p ? cmd_offer_values(o, &(cmd_place){c, p, word, n}) : "none";
    /* Nothing else to say: options may stand here as well. */
    if (strcmp(kind, "none") == 0 && !ended && !o->prefix[0]) {
        add_options(o, c, word, n);
        return "word";
    }
    return kind;
}

const cmd_spec *cmd_offer_command(cmd_offer *o, Tcl_Obj **word, int n)
{
    const cmd_spec *c = cmd_spec_find(o->s, Tcl_GetString(word[0]));
    if (c || n < 2) return c;
    kam_str name = KAM_STR_INIT;
    kam_str_addf(&name, "%s %s", Tcl_GetString(word[0]), Tcl_GetString(word[1]));
    c = cmd_spec_find(o->s, kam_str_cstr(&name));
    kam_str_release(&name);
    return c;
}

static const char *complete(cmd_offer *o, Tcl_Obj **word, int n)
{
    const char *head = Tcl_GetString(word[0]);
    if (kam_str_starts(head, "::kam::")) head += 7;
    const cmd_spec *c = cmd_spec_find(o->s, head);
    if (c) return complete_arguments(o, c, word + 1, n - 1);
    if (n == 1) return cmd_offer_subcommands(o, head) ? "word" : "unknown";
    size_t at = 0;
    while ((c = next_of_two(o, head, &at)) != NULL)
        if (strcmp(c->name + strlen(head) + 1, Tcl_GetString(word[1])) == 0) return complete_arguments(o, c, word + 2, n - 2);
    at = 0;
    return next_of_two(o, head, &at) ? "none" : "unknown";
}

static int complete_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    cmd_session *s = data;
    int n;
    Tcl_Obj **word;
    if (objc != 3 && objc != 4) {
        Tcl_WrongNumArgs(interp, 1, objv, "WORDS PREFIX ?AFTER?");
        return TCL_ERROR;
    }
    if (Tcl_ListObjGetElements(interp, objv[1], &n, &word) != TCL_OK) return TCL_ERROR;
    kam_str hold = KAM_STR_INIT, behind = KAM_STR_INIT;
    const char *prefix = cmd_value_text(objv[2], &hold);
    cmd_offer o = {.s = s, .prefix = prefix, .whole = prefix, .after = objc == 4 ? cmd_value_text(objv[3], &behind) : "", .list = Tcl_NewListObj(0, NULL)};
    const char *kind = "command";
    if (n == 0) cmd_offer_commands(&o, false);
    else kind = complete(&o, word, n);
    if (o.keys && strcmp(kind, "word") == 0) kind = "key";
    char more[40] = "";
    if (o.more) snprintf(more, sizeof more, "%zu%s", o.more, o.many ? "+" : "");
    Tcl_Obj *answer[] = {Tcl_NewStringObj(kind, -1), o.list, Tcl_NewStringObj(more, -1), cmd_value_text_obj(o.prefix, strlen(o.prefix))};
    Tcl_SetObjResult(interp, Tcl_NewListObj(4, answer));
    kam_str_release(&hold);
    kam_str_release(&behind);
    return TCL_OK;
}

/* --- for the build and the tests --------------------------------------------------------------------------------------- */

static int man_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    (void)objc;
    (void)objv;
    kam_str b = KAM_STR_INIT;
    cmd_help_man(data, &b);
    Tcl_SetObjResult(interp, Tcl_NewStringObj(kam_str_cstr(&b), (int)b.len));
    kam_str_release(&b);
    return TCL_OK;
}

static void put(Tcl_Obj *dict, const char *key, Tcl_Obj *value)
{
    Tcl_DictObjPut(NULL, dict, Tcl_NewStringObj(key, -1), value);
}

static void put_text(Tcl_Obj *dict, const char *key, const char *s) { put(dict, key, Tcl_NewStringObj(s ? s : "", -1)); }

static Tcl_Obj *both(cmd_text t)
{
    Tcl_Obj *d = Tcl_NewDictObj();
    put_text(d, "en", t.en);
    put_text(d, "zh", t.zh);
    return d;
}

static Tcl_Obj *record_arguments(const cmd_spec *c)
{
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    for (const cmd_arg *a = c->args; a && a->name; a++) {
        if (a->kind == CMD_SELF) continue;
        Tcl_Obj *d = Tcl_NewDictObj(), *values = Tcl_NewListObj(0, NULL);
        for (size_t i = 0; a->values && a->values[i]; i++)
            Tcl_ListObjAppendElement(NULL, values, Tcl_NewStringObj(a->values[i], -1));
        put_text(d, "name", a->name);
        put_text(d, "kind", cmd_kind_name(a));
        put(d, "required", Tcl_NewIntObj((a->flags & CMD_REQUIRED) != 0));
        put_text(d, "default", a->def);
        put(d, "values", values);
        put(d, "help", both(a->help));
        Tcl_ListObjAppendElement(NULL, list, d);
    }
    return list;
}

static Tcl_Obj *record(const cmd_spec *c)
{
    static const char *const effects[] = {"reads", "writes", "controls"};
    Tcl_Obj *d = Tcl_NewDictObj(), *examples = Tcl_NewListObj(0, NULL), *columns = Tcl_NewListObj(0, NULL);
    put_text(d, "name", c->name);
    put(d, "summary", both(c->summary));
    put(d, "detail", both(c->detail));
    put(d, "returns", both(c->returns));
    put_text(d, "topic", c->topic);
    put_text(d, "effect", effects[c->effect]);
    put_text(d, "setup", c->setup);
    put(d, "arguments", record_arguments(c));
    for (const cmd_column *k = c->columns; k && k->name; k++) {
        Tcl_Obj *one = Tcl_NewDictObj();
        put_text(one, "name", k->name);
        put(one, "help", both(k->help));
        Tcl_ListObjAppendElement(NULL, columns, one);
    }
    put(d, "columns", columns);
    Tcl_Obj *settings = Tcl_NewListObj(0, NULL);
    for (const cmd_setting *u = c->settings; u && u->name; u++) {
        Tcl_Obj *one[] = {Tcl_NewStringObj(u->name, -1), Tcl_NewStringObj(u->when ? u->when : "", -1)};
        Tcl_ListObjAppendElement(NULL, settings, Tcl_NewListObj(2, one));
    }
    put(d, "settings", settings);
    put(d, "explains", Tcl_NewIntObj(c->why != NULL));
    for (const cmd_example *x = c->examples; x && x->script; x++) {
        Tcl_Obj *one = Tcl_NewDictObj();
        put(one, "says", both(x->says));
        put_text(one, "script", x->script);
        if (x->result) put_text(one, "result", x->result);
        Tcl_ListObjAppendElement(NULL, examples, one);
    }
    put(d, "examples", examples);
    return d;
}

/* ::kam::records → list of dicts, one a command. */
static int records_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    (void)objc;
    (void)objv;
    size_t n;
    const cmd_spec *const *all = cmd_spec_list(data, &n);
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    for (size_t i = 0; i < n; i++) {
        cmd_entity_examples(data, all[i]);
        Tcl_ListObjAppendElement(NULL, list, record(all[i]));
    }
    Tcl_SetObjResult(interp, list);
    return TCL_OK;
}

/* ::kam::labels → list of {id en zh}; ::kam::labels ID → {en zh} or nothing. */
static int labels_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    (void)data;
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    if (objc == 2) {
        for (int lang = 0; lang < 2; lang++) {
            const char *s = cmd_label_text(Tcl_GetString(objv[1]), lang ? CMD_LANG_ZH : CMD_LANG_EN);
            if (s) Tcl_ListObjAppendElement(NULL, list, Tcl_NewStringObj(s, -1));
        }
    } else {
        size_t n;
        const cmd_label *l;
        for (size_t part = 0; (l = cmd_label_list(part, &n)) != NULL; part++) {
            for (size_t i = 0; i < n; i++) {
                Tcl_Obj *row[] = {Tcl_NewStringObj(l[i].id, -1), Tcl_NewStringObj(l[i].en ? l[i].en : "", -1),
                                  Tcl_NewStringObj(l[i].zh ? l[i].zh : "", -1)};
                Tcl_ListObjAppendElement(NULL, list, Tcl_NewListObj(3, row));
            }
        }
    }
    Tcl_SetObjResult(interp, list);
    return TCL_OK;
}

void cmd_complete_create(cmd_session *s)
{
    Tcl_CreateObjCommand(s->interp, "::kam::complete", complete_proc, s, NULL);
    Tcl_CreateObjCommand(s->interp, "::kam::command", cmd_declare_proc, s, NULL);
    Tcl_CreateObjCommand(s->interp, "::kam::man", man_proc, s, NULL);
    Tcl_CreateObjCommand(s->interp, "::kam::records", records_proc, s, NULL);
    Tcl_CreateObjCommand(s->interp, "::kam::labels", labels_proc, s, NULL);
}
