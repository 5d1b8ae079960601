/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_inspect: goes through the text of a template as Tcl parses it. Twice: what is defined is gathered before anything is judged. */
#include "cmd_inspect.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_FOUND = 50, MAX_DEPTH = 100 };

static int line_of(const cmd_inspection *q, const char *at)
{
    int line = 1;
    for (const char *p = q->text.s; p < at; p++) line += *p == '\n';
    return line;
}

/* Once a line, however often it is come by. */
void cmd_inspect_say(cmd_inspection *q, const char *at, kam_err *err)
{
    Tcl_Obj **row;
    int n;
    bool known = q->gathering || q->n_found >= MAX_FOUND;
    if (!known) {
        const char *text = kam_err_text(err, cmd_session_reader(q->s) == CMD_LANG_ZH);
        Tcl_Obj *pair[] = {Tcl_NewIntObj(line_of(q, at)), cmd_value_text_obj(text, strlen(text))};
        Tcl_Obj *one = Tcl_NewListObj(2, pair);
        Tcl_IncrRefCount(one);
        Tcl_ListObjGetElements(NULL, q->found, &n, &row);
        for (int i = 0; i < n; i++) known = known || strcmp(Tcl_GetString(row[i]), Tcl_GetString(one)) == 0;
        if (!known) Tcl_ListObjAppendElement(NULL, q->found, one), q->n_found++;
        Tcl_DecrRefCount(one);
    }
    kam_err_clear(err);
}

/* --- words ------------------------------------------------------------------------------------------------------------ */

/* Scripts in brackets within tokens. */
static void nested(cmd_inspection *q, const Tcl_Token *t, int n)
{
    for (int i = 0; i < n; i++)
        if (t[i].type == TCL_TOKEN_COMMAND && t[i].size >= 2) cmd_inspect_script(q, (cmd_piece){t[i].start + 1, (size_t)t[i].size - 2});
}

/* Fills a word; what is literal is copied. */
static void read_word(const Tcl_Token *t, cmd_inspected *w)
{
    *w = (cmd_inspected){.raw = {t->start, (size_t)t->size}, .expanded = t->type == TCL_TOKEN_EXPAND_WORD};
    if (!w->expanded && t->size >= 2 && t->start[0] == '{') w->braced = (cmd_piece){t->start + 1, (size_t)t->size - 2};
    for (int k = 1; k <= t->numComponents; k++)
        if (t[k].type != TCL_TOKEN_TEXT && t[k].type != TCL_TOKEN_BS) return;
    if (w->expanded) return;
    kam_str text = KAM_STR_INIT;
    for (int k = 1; k <= t->numComponents; k++)
        if (t[k].type == TCL_TOKEN_TEXT) kam_str_addn(&text, t[k].start, (size_t)t[k].size);
        else {
            char utf[TCL_UTF_MAX + 1];
            kam_str_addn(&text, utf, (size_t)Tcl_UtfBackslash(t[k].start, NULL, utf));
        }
    kam_str_addn(&text, "", 0);
    w->literal = text.s ? kam_str_detach(&text) : kam_strdup("");
}

static void command(cmd_inspection *q, const Tcl_Parse *parse)
{
    size_t n = (size_t)parse->numWords;
    if (n > CMD_WORDS_MAX) n = CMD_WORDS_MAX;
    cmd_inspected *w = kam_calloc(n + 1, sizeof *w);
    const Tcl_Token *t = parse->tokenPtr;
    for (size_t i = 0; i < n; i++, t += t->numComponents + 1) {
        read_word(t, &w[i]);
        nested(q, t + 1, t->numComponents);
    }
    cmd_inspect_call(q, w, n);
    for (size_t i = 0; i < n; i++) kam_free((char *)w[i].literal);
    kam_free(w);
}

/* --- scripts and expressions ------------------------------------------------------------------------------------------- */

static void say_parse(cmd_inspection *q, const Tcl_Parse *parse, const char *from)
{
    static const char *const says[] = {
        [TCL_PARSE_QUOTE_EXTRA] = KAM_MSG("something stands right behind a closing quote"),
        [TCL_PARSE_BRACE_EXTRA] = KAM_MSG("something stands right behind a closing brace"),
        [TCL_PARSE_MISSING_BRACE] = KAM_MSG("a brace is not closed"),
        [TCL_PARSE_MISSING_BRACKET] = KAM_MSG("a bracket is not closed"),
        [TCL_PARSE_MISSING_PAREN] = KAM_MSG("a parenthesis is not closed"),
        [TCL_PARSE_MISSING_QUOTE] = KAM_MSG("a quote is not closed"),
        [TCL_PARSE_MISSING_VAR_BRACE] = KAM_MSG("the brace of a variable's name is not closed"),
    };
    kam_err err = KAM_ERR_INIT;
    int e = parse->errorType;
    bool known = e > 0 && e < (int)(sizeof says / sizeof *says) && says[e];
    const char *at = parse->term >= from && parse->term < q->text.s + q->text.n ? parse->term : from;
    kam_err_set(&err, KAM_USAGE, "%s", known ? says[e] : KAM_MSG("this is not Tcl"));
    cmd_inspect_say(q, at, &err);
}

void cmd_inspect_script(cmd_inspection *q, cmd_piece script)
{
    const char *p = script.s, *end = script.s + script.n;
    if (q->depth >= MAX_DEPTH) return;
    q->depth++;
    while (p < end) {
        Tcl_Parse parse;
        if (Tcl_ParseCommand(NULL, p, (int)(end - p), 0, &parse) != TCL_OK) {
            say_parse(q, &parse, p);
            Tcl_FreeParse(&parse);
            break;
        }
        if (parse.numWords > 0) command(q, &parse);
        const char *next = parse.commandStart + parse.commandSize;
        Tcl_FreeParse(&parse);
        p = next > p ? next : p + 1;
    }
    q->depth--;
}

void cmd_inspect_expr(cmd_inspection *q, cmd_piece expr, bool strict)
{
    Tcl_Parse parse;
    if (q->depth >= MAX_DEPTH) return;
    q->depth++;
    if (Tcl_ParseExpr(NULL, expr.s, (int)expr.n, &parse) == TCL_OK) nested(q, parse.tokenPtr, parse.numTokens);
    else if (strict) {
        kam_err err = KAM_ERR_INIT;
        char *text = kam_strndup(expr.s, expr.n < 60 ? expr.n : 60);
        kam_err_set(&err, KAM_USAGE, "\"%.60s\" is no expression", text);
        cmd_inspect_say(q, expr.s, &err);
        kam_free(text);
    }
    Tcl_FreeParse(&parse);
    q->depth--;
}

size_t cmd_inspect_list(cmd_piece list, cmd_piece *out, size_t max)
{
    const char *p = list.s, *end = list.s + list.n;
    size_t n = 0;
    while (n < max) {
        while (p < end && strchr(" \t\r\n\f\v\\", *p)) p++;
        if (p >= end) break;
        if (*p == '{' || *p == '"') {
            Tcl_Parse parse;
            const char *after = NULL;
            int rc = *p == '{' ? Tcl_ParseBraces(NULL, p, (int)(end - p), &parse, 0, &after) : Tcl_ParseQuotedString(NULL, p, (int)(end - p), &parse, 0, &after);
            Tcl_FreeParse(&parse);
            if (rc != TCL_OK || !after) break;
            out[n++] = (cmd_piece){p + 1, (size_t)(after - p) - 2};
            p = after;
        } else {
            const char *from = p;
            while (p < end && !strchr(" \t\r\n\f\v", *p)) p++;
            out[n++] = (cmd_piece){from, (size_t)(p - from)};
        }
    }
    return n;
}

/* --- the whole ----------------------------------------------------------------------------------------------------------- */

static void balance(cmd_inspection *q)
{
    bool open = false;
    const char *bad = cmd_inspect_brace(q->text, &open);
    kam_err err = KAM_ERR_INIT;
    if (!bad) return;
    kam_err_set(&err, KAM_USAGE, "%s", open ? KAM_MSG("a brace opened in this line is not closed, to judge by the indentation")
                                            : KAM_MSG("a brace is closed here that was not opened, to judge by the indentation"));
    cmd_inspect_say(q, bad, &err);
}

/* Does the text fall into whole commands, the last of which none is a stray brace? */
static bool whole(cmd_piece text)
{
    const char *p = text.s, *end = text.s + text.n;
    while (p < end) {
        Tcl_Parse parse;
        bool ok = Tcl_ParseCommand(NULL, p, (int)(end - p), 0, &parse) == TCL_OK;
        if (ok && parse.numWords > 0 && parse.tokenPtr->start[0] == '}') ok = false;
        /* template NAME FACTS BODY, and nothing behind it in the line */
        if (ok && parse.numWords != 4 && parse.numWords > 1 && parse.tokenPtr->size == 8 && strncmp(parse.tokenPtr->start, "template", 8) == 0) ok = false;
        const char *next = ok ? parse.commandStart + parse.commandSize : end;
        Tcl_FreeParse(&parse);
        if (!ok) return false;
        p = next > p ? next : p + 1;
    }
    return true;
}

static int by_line(const void *a, const void *b)
{
    Tcl_Obj *one, *two;
    int i = 0, k = 0;
    Tcl_ListObjIndex(NULL, *(Tcl_Obj *const *)a, 0, &one);
    Tcl_ListObjIndex(NULL, *(Tcl_Obj *const *)b, 0, &two);
    Tcl_GetIntFromObj(NULL, one, &i);
    Tcl_GetIntFromObj(NULL, two, &k);
    return i != k ? i < k ? -1 : 1 : strcmp(Tcl_GetString(*(Tcl_Obj *const *)a), Tcl_GetString(*(Tcl_Obj *const *)b));
}

static Tcl_Obj *in_order(Tcl_Obj *found)
{
    Tcl_Obj **row;
    int n;
    Tcl_ListObjGetElements(NULL, found, &n, &row);
    Tcl_Obj **copy = kam_calloc((size_t)n + 1, sizeof *copy);
    memcpy(copy, row, (size_t)n * sizeof *copy);
    qsort(copy, (size_t)n, sizeof *copy, by_line);
    Tcl_Obj *out = Tcl_NewListObj(n, copy);
    kam_free(copy);
    return out;
}

static int inspect_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[])
{
    cmd_inspection q = {.s = data};
    if (objc != 2) {
        Tcl_WrongNumArgs(interp, 1, objv, "text");
        return TCL_ERROR;
    }
    int n;
    q.text.s = Tcl_GetStringFromObj(objv[1], &n);
    q.text.n = (size_t)n;
    q.found = Tcl_NewListObj(0, NULL);
    Tcl_IncrRefCount(q.found);
    Tcl_InitHashTable(&q.own, TCL_STRING_KEYS);
    Tcl_InitHashTable(&q.headings, TCL_STRING_KEYS);
    if (!whole(q.text)) balance(&q);
    if (!q.n_found) {
        q.gathering = true;
        cmd_inspect_script(&q, q.text);
        q.gathering = false;
        cmd_inspect_script(&q, q.text);
    }
    Tcl_DeleteHashTable(&q.own);
    Tcl_DeleteHashTable(&q.headings);
    Tcl_SetObjResult(interp, in_order(q.found));
    Tcl_DecrRefCount(q.found);
    return TCL_OK;
}

void cmd_inspect_create(cmd_session *s)
{
    Tcl_CreateObjCommand(s->interp, "::kam::inspect", inspect_proc, s, NULL);
}
