/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_inspect_call: one command of a template: is it known, does it know these words, and which of them are scripts. */
#include "cmd_bind.h"
#include "cmd_inspect.h"
#include "cmd_session_int.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <string.h>

static bool is(const cmd_inspected *w, const char *word) { return kam_streq(w->literal, word); }

static const char *last_part(const char *name)
{
    const char *p = name;
    for (const char *k; (k = strstr(p, "::")) != NULL;) p = k + 2;
    return p;
}

/* --- scripts in the words of Tcl's own commands ------------------------------------------------------------------------ */

static void script(cmd_inspection *q, cmd_inspected *w)
{
    if (!w->braced.s) return;
    w->script = true;
    cmd_inspect_script(q, w->braced);
}
static void expression(cmd_inspection *q, cmd_inspected *w, bool strict)
{
    if (!w->braced.s) return;
    w->script = true;
    cmd_inspect_expr(q, w->braced, strict);
}

/* {ARGS BODY ?NAMESPACE?} */
static void lambda(cmd_inspection *q, cmd_inspected *w)
{
    cmd_piece part[3];
    if (!w->braced.s || cmd_inspect_list(w->braced, part, 3) < 2) return;
    w->script = true;
    cmd_inspect_script(q, part[1]);
}

static void in_if(cmd_inspection *q, cmd_inspected *w, size_t n)
{
    for (size_t i = 1; i < n;) {
        expression(q, &w[i++], true);
        if (i < n && is(&w[i], "then")) i++;
        if (i < n) script(q, &w[i++]);
        if (i < n && is(&w[i], "elseif")) {
            i++;
            continue;
        }
        if (i < n && is(&w[i], "else")) i++;
        if (i < n) script(q, &w[i]);
        return;
    }
}

static void in_switch(cmd_inspection *q, cmd_inspected *w, size_t n)
{
    size_t i = 1;
    for (; i < n && w[i].literal && w[i].literal[0] == '-'; i++) {
        if (is(&w[i], "--")) {
            i++;
            break;
        }
        if (is(&w[i], "-matchvar") || is(&w[i], "-indexvar")) i++;
    }
    if (i + 2 == n && w[i + 1].braced.s) {
        enum { MOST = 1000 };
        cmd_piece *arm = kam_calloc(MOST, sizeof *arm);
        size_t arms = cmd_inspect_list(w[i + 1].braced, arm, MOST);
        w[i + 1].script = true;
        for (size_t k = 1; k < arms; k += 2)
            if (arm[k].n != 1 || arm[k].s[0] != '-') cmd_inspect_script(q, arm[k]);
        kam_free(arm);
    } else for (i += 2; i < n; i += 2) script(q, &w[i]);
}

static void in_try(cmd_inspection *q, cmd_inspected *w, size_t n)
{
    if (n > 1) script(q, &w[1]);
    for (size_t i = 2; i < n;) {
        bool last = is(&w[i], "finally");
        i += last ? 1 : 3;
        if (i < n) script(q, &w[i]);
        i++;
    }
}

static bool any_expanded(const cmd_inspected *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (w[i].expanded) return true;
    return false;
}

/* Which words of a command of Tcl are scripts (s), expressions (e), lambdas (l); '$' is the last word. */
static void in_tcl(cmd_inspection *q, const char *name, cmd_inspected *w, size_t n)
{
    static const struct {
        const char *name, *words;
        size_t least; /* words, with its name */
    } shapes[] = {{"apply", "l", 2}, {"catch", "s", 2}, {"dict", "$", 2}, {"eval", "s", 2}, {"expr", "e", 2}, {"for", "sess", 5}, {"foreach", "$", 4},
                  {"if", "", 3}, {"lmap", "$", 4}, {"namespace", "$", 2}, {"proc", "--s", 4}, {"time", "s", 2}, {"uplevel", "$", 2}, {"while", "es", 3}};
    if (strcmp(name, "if") == 0) in_if(q, w, n);
    else if (strcmp(name, "switch") == 0) in_switch(q, w, n);
    else if (strcmp(name, "try") == 0) in_try(q, w, n);
    else if (strcmp(name, "list") == 0 && n > 2 && is(&w[1], "apply")) lambda(q, &w[2]);
    if (strcmp(name, "dict") == 0 && (n < 4 || !w[1].literal || !strstr(" for map with update filter ", w[1].literal))) return;
    if (strcmp(name, "dict") == 0 && is(&w[1], "filter") && !(n > 3 && is(&w[3], "script"))) return;
    if (strcmp(name, "namespace") == 0 && !(n > 3 && is(&w[1], "eval"))) return;
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        if (strcmp(shapes[k].name, name) != 0) continue;
        if (n < shapes[k].least && !any_expanded(w, n)) {
            kam_err err = KAM_ERR_INIT;
            kam_err_set(&err, KAM_USAGE, "%.100s: words are missing", name);
            cmd_inspect_say(q, w[0].raw.s, &err);
            return;
        }
        if (shapes[k].words[0] == '$') {
            if (n > 2) script(q, &w[n - 1]);
            else if (n == 2 && strcmp(name, "uplevel") == 0) script(q, &w[1]);
            return;
        }
        if (strcmp(name, "expr") == 0 && n != 2) return;
        for (size_t i = 0; shapes[k].words[i] && i + 1 < n; i++)
            if (shapes[k].words[i] == 's') script(q, &w[i + 1]);
            else if (shapes[k].words[i] == 'e') expression(q, &w[i + 1], true);
            else if (shapes[k].words[i] == 'l') lambda(q, &w[i + 1]);
    }
}

/* --- what the text defines ----------------------------------------------------------------------------------------------- */

static void add(Tcl_HashTable *t, const char *name)
{
    int fresh;
    Tcl_CreateHashEntry(t, name, &fresh);
}

static void gather(cmd_inspection *q, cmd_inspected *w, size_t n)
{
    static const char *const makers[] = {"source", "load", "package", "interp", "rename", "command", "import", NULL};
    if (!w[0].literal) return;
    const char *name = last_part(w[0].literal);
    if (strcmp(name, "proc") == 0 && n > 1) {
        if (w[1].literal) add(&q->own, last_part(w[1].literal));
        else q->open_commands = true;
    }
    for (size_t i = 0; makers[i]; i++)
        if (strcmp(name, makers[i]) == 0 || (strcmp(name, "namespace") == 0 && n > 1 && is(&w[1], "import"))) q->open_commands = true;
    if (strcmp(name, "report") != 0 || n < 2) return;
    if (!w[1].literal) q->open_headings = true; /* any of them */
    if (!is(&w[1], "heading")) return;
    for (size_t i = 2; i < n; i++) {
        if (w[i].expanded) q->open_headings = true;
        if (!is(&w[i], "-name") || i + 1 == n) continue;
        if (w[i + 1].literal) add(&q->headings, w[i + 1].literal);
        else q->open_headings = true;
    }
}

/* --- {page:NAME} ----------------------------------------------------------------------------------------------------------- */

/* Names of a table, for kam_err_nearest; to be freed. */
static const char **names_of(Tcl_HashTable *t, size_t *n)
{
    const char **out = kam_calloc((size_t)t->numEntries + 1, sizeof *out);
    Tcl_HashSearch at;
    *n = 0;
    for (Tcl_HashEntry *e = Tcl_FirstHashEntry(t, &at); e; e = Tcl_NextHashEntry(&at)) out[(*n)++] = Tcl_GetHashKey(t, e);
    return out;
}

static void references(cmd_inspection *q, cmd_piece raw)
{
    static const char opening[] = "{page:";
    const size_t len = sizeof opening - 1;
    for (const char *p = raw.s, *end = raw.s + raw.n; p + len < end; p++) {
        if (*p != '{' || strncmp(p, opening, len) != 0) continue;
        const char *close = memchr(p, '}', (size_t)(end - p));
        if (!close) return;
        char *name = kam_strndup(p + len, (size_t)(close - p) - len);
        if (!strpbrk(name, "$[\\") && !Tcl_FindHashEntry(&q->headings, name)) {
            kam_err err = KAM_ERR_INIT;
            size_t n;
            const char **known = names_of(&q->headings, &n);
            kam_err_set(&err, KAM_NOTFOUND, "{page:%.100s}: no heading has that name", name);
            kam_err_nearest(&err, name, known, n);
            cmd_inspect_say(q, p, &err);
            kam_free(known);
        }
        kam_free(name);
    }
}

/* --- commands of ours --------------------------------------------------------------------------------------------------------- */

static const cmd_arg *option(const cmd_spec *c, const char *word)
{
    if (word[0] != '-') return NULL; /* x may be the name of a word that stands by its place */
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (a->kind != CMD_SELF && strcmp(a->name, word) == 0) return a;
    return NULL;
}
static bool takes(const cmd_spec *c, unsigned flag)
{
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (a->flags & flag) return true;
    return false;
}
static bool has_options(const cmd_spec *c)
{
    for (const cmd_arg *a = c->args; a && a->name; a++)
        if (a->kind != CMD_SELF && cmd_arg_is_option(a)) return true;
    return false;
}

static void say_option(cmd_inspection *q, const cmd_spec *c, const cmd_inspected *w)
{
    const char *names[256];
    size_t n = 0;
    kam_err err = KAM_ERR_INIT;
    for (const cmd_arg *a = c->args; a && a->name && n < 256; a++)
        if (a->kind != CMD_SELF && cmd_arg_is_option(a)) names[n++] = a->name;
    kam_err_set(&err, KAM_USAGE, "unknown option %.100s", w->literal);
    kam_err_nearest(&err, w->literal, names, n);
    kam_err_prefix(&err, "%s: ", c->name);
    cmd_inspect_say(q, w->raw.s, &err);
}

/* A word of a short list: -align lft. */
static void value_of(cmd_inspection *q, const cmd_spec *c, const cmd_arg *a, const cmd_inspected *w)
{
    size_t n = 0;
    if (a->kind != CMD_ENUM || !a->values || !w->literal || a->flags & (CMD_RAW | CMD_MANY)) return;
    for (; a->values[n]; n++)
        if (strcmp(a->values[n], w->literal) == 0) return;
    kam_err err = KAM_ERR_INIT;
    kam_err_set(&err, KAM_USAGE, "%s: %s knows no \"%.100s\"", c->name, a->name, w->literal);
    if (!kam_err_nearest(&err, w->literal, a->values, n)) {
        kam_str all = KAM_STR_INIT;
        for (size_t i = 0; i < n; i++) kam_str_addf(&all, "%s%s", i ? ", " : "", a->values[i]);
        kam_err_append(&err, "; there are: %s", kam_str_cstr(&all));
        kam_str_release(&all);
    }
    cmd_inspect_say(q, w->raw.s, &err);
}

/* A word that stands by its place. */
static const cmd_arg *by_place(const cmd_spec *c, size_t at)
{
    for (const cmd_arg *a = c->args; a && a->name; a++) {
        if (a->kind == CMD_SELF || cmd_arg_is_option(a)) continue;
        if (at == 0 || a->flags & CMD_REST) return a;
        at--;
    }
    return NULL;
}

static bool option_like(const char *w)
{
    return w[0] == '-' && w[1] && !(w[1] >= '0' && w[1] <= '9') && w[1] != '.' && !strpbrk(w, " \t\n$[");
}

/* `w`: the words behind the command's name. */
static void our_words(cmd_inspection *q, const cmd_spec *c, cmd_inspected *w, size_t n)
{
    size_t place = 0;
    bool sure = true; /* which place a word has */
    for (size_t i = 0; i < n; i++) {
        const char *word = w[i].literal;
        if (w[i].expanded) {
            sure = false;
            continue;
        }
        if (word && strcmp(word, "--") == 0) return;
        const cmd_arg *a = word ? option(c, word) : NULL;
        if (a && a->kind != CMD_FLAG) {
            if (i + 1 < n && !(a->alone && w[i + 1].literal && option(c, w[i + 1].literal)) && !w[i + 1].expanded) {
                i++;
                value_of(q, c, a, &w[i]);
                if (a->kind == CMD_SCRIPT) script(q, &w[i]);
            }
            continue;
        }
        if (a) continue;
        if (word && option_like(word) && has_options(c)) {
            if (takes(c, CMD_OPEN)) i++;
            else say_option(q, c, &w[i]);
            continue;
        }
        a = by_place(c, place++);
        if (!a || !sure) continue;
        if (a->flags & CMD_TAIL) return;
        if (a->kind == CMD_SCRIPT) script(q, &w[i]);
        else if (a->kind == CMD_EXPR) expression(q, &w[i], false);
        else value_of(q, c, a, &w[i]);
    }
}

/* The words of the lists of subcommands of NAME; how many. */
static size_t subcommands(cmd_session *s, const char *name, const char **out, size_t max)
{
    size_t n, len = strlen(name), found = 0;
    const cmd_spec *const *list = cmd_spec_list(s, &n);
    for (size_t i = 0; i < n; i++)
        if (strncmp(list[i]->name, name, len) == 0 && list[i]->name[len] == ' ' && found < max) out[found++] = list[i]->name + len + 1;
    return found;
}

/* true: NAME is one of ours, and was judged. (None of ours has the name of one of Tcl's.) */
static bool ours(cmd_inspection *q, const char *name, cmd_inspected *w, size_t n)
{
    const char *sub[256];
    const cmd_spec *c = cmd_spec_find(q->s, name);
    size_t subs = subcommands(q->s, name, sub, 256);
    if (!c && !subs) return false;
    if (!subs) {
        our_words(q, c, w + 1, n - 1);
        return true;
    }
    if (n < 2 || !w[1].literal || w[1].expanded) return true;
    kam_str full = KAM_STR_INIT;
    kam_str_addf(&full, "%s %s", name, w[1].literal);
    const cmd_spec *one = cmd_spec_find(q->s, kam_str_cstr(&full));
    kam_str_release(&full);
    if (one) our_words(q, one, w + 2, n - 2);
    else if (c) our_words(q, c, w + 1, n - 1);
    else {
        kam_err err = KAM_ERR_INIT;
        kam_err_set(&err, KAM_USAGE, "%.100s: unknown subcommand \"%.100s\"", name, w[1].literal);
        kam_err_nearest(&err, w[1].literal, sub, subs);
        cmd_inspect_say(q, w[1].raw.s, &err);
    }
    return true;
}

/* --- is it a command? ---------------------------------------------------------------------------------------------------------- */

static const char space[] = "::kam::template::";

static Tcl_Command find(cmd_inspection *q, const char *name)
{
    Tcl_Interp *in = q->s->interp;
    return Tcl_FindCommand(in, name, Tcl_FindNamespace(in, "::kam::template", NULL, 0), 0);
}

/* What other templates left behind does not count. */
static bool is_tool(cmd_inspection *q, const char *full)
{
    if (!kam_str_starts(full, space)) return true;
    return Tcl_GetVar2(q->s->interp, "::kam::template::tools", full + sizeof space - 1, 0) != NULL;
}

static void unknown(cmd_inspection *q, const cmd_inspected *w)
{
    static const char gather_names[] = "lsort -unique [concat [array names ::kam::template::tools] [info commands]]";
    Tcl_Interp *in = q->s->interp;
    const char *word = last_part(w->literal);
    if (q->gathering || q->open_commands || Tcl_FindHashEntry(&q->own, word) || Tcl_GetVar2(in, "::auto_index", w->literal, TCL_GLOBAL_ONLY)) return;
    kam_err err = KAM_ERR_INIT;
    Tcl_Obj *list = NULL, **el;
    int n = 0;
    size_t own;
    kam_err_set(&err, KAM_NOTFOUND, "there is no command \"%.100s\"", w->literal);
    if (Tcl_EvalEx(in, gather_names, -1, TCL_EVAL_GLOBAL) == TCL_OK) Tcl_IncrRefCount(list = Tcl_GetObjResult(in));
    if (!list || Tcl_ListObjGetElements(NULL, list, &n, &el) != TCL_OK) n = 0;
    const char **mine = names_of(&q->own, &own), **names = kam_calloc((size_t)n + own + 1, sizeof *names);
    for (size_t i = 0; i < own; i++) names[i] = mine[i];
    for (int i = 0; i < n; i++) names[own + (size_t)i] = Tcl_GetString(el[i]);
    kam_err_nearest(&err, word, names, own + (size_t)n);
    cmd_inspect_say(q, w->raw.s, &err);
    kam_free(names), kam_free(mine);
    if (list) Tcl_DecrRefCount(list);
    Tcl_ResetResult(in);
}

/* Subcommands of Tcl's own ensembles, which may be cut short. */
static void tcl_ensemble(cmd_inspection *q, Tcl_Command c, cmd_inspected *w, size_t n)
{
    Tcl_Obj *map = NULL, *key = NULL, *value;
    Tcl_DictSearch at;
    const char *names[256];
    size_t many = 0;
    bool known = false;
    int done;
    if (n < 2 || !w[1].literal || w[1].expanded || !Tcl_IsEnsemble(c) || Tcl_GetEnsembleMappingDict(NULL, c, &map) != TCL_OK || !map) return;
    if (Tcl_DictObjFirst(NULL, map, &at, &key, &value, &done) != TCL_OK) return;
    for (; !done; Tcl_DictObjNext(&at, &key, &value, &done)) {
        if (many < 256) names[many++] = Tcl_GetString(key);
        known = known || kam_str_starts(Tcl_GetString(key), w[1].literal);
    }
    Tcl_DictObjDone(&at);
    if (known) return;
    kam_err err = KAM_ERR_INIT;
    kam_err_set(&err, KAM_USAGE, "%.100s: unknown subcommand \"%.100s\"", last_part(w[0].literal), w[1].literal);
    kam_err_nearest(&err, w[1].literal, names, many);
    cmd_inspect_say(q, w[1].raw.s, &err);
}

static void declaration(cmd_inspection *q, cmd_inspected *w, size_t n)
{
    if (n == 4) {
        script(q, &w[3]);
        return;
    }
    kam_err err = KAM_ERR_INIT;
    kam_err_set(&err, KAM_USAGE, "%s takes a name, a declaration and a body", last_part(w[0].literal));
    cmd_inspect_say(q, w[0].raw.s, &err);
}

static void judge(cmd_inspection *q, cmd_inspected *w, size_t n)
{
    const char *word = w[0].literal;
    if (!word || w[0].expanded || !*word) return;
    Tcl_Command c = find(q, word);
    Tcl_Obj *full = Tcl_NewObj();
    Tcl_IncrRefCount(full);
    if (c) Tcl_GetCommandFullName(q->s->interp, c, full);
    const char *name = Tcl_GetString(full);
    bool own = Tcl_FindHashEntry(&q->own, last_part(word)) != NULL;
    if (kam_streq(name, "::kam::template::template") || kam_streq(name, "::kam::template::module")) declaration(q, w, n);
    else if (kam_streq(name, "::kam::template::asked")) { /* its words are a command */
        if (n > 1) cmd_inspect_call(q, w + 1, n - 1);
    } else if (own) {
        /* it may have any words */
    } else if (!c || !is_tool(q, name)) unknown(q, &w[0]);
    else if (kam_str_starts(name, space) || !ours(q, last_part(name), w, n)) {
        in_tcl(q, last_part(name), w, n);
        tcl_ensemble(q, c, w, n);
    }
    Tcl_DecrRefCount(full);
}

void cmd_inspect_call(cmd_inspection *q, cmd_inspected *w, size_t n)
{
    if (!n) return;
    if (q->gathering) gather(q, w, n);
    judge(q, w, n);
    if (q->gathering || q->open_headings) return;
    for (size_t i = 0; i < n; i++)
        if (!w[i].script) references(q, w[i].raw);
}
