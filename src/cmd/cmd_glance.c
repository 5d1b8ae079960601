/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_glance.h"
#include "cmd_render.h"
#include "cmd_value.h"
#include "cmd_tongue.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LEAST_CUT = 8 };

kam_table *cmd_glance_ask(cmd_glance *g, const char *const *words)
{
    Tcl_Interp *interp = cmd_session_interp(g->s);
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    Tcl_IncrRefCount(list);
    for (; *words; words++) Tcl_ListObjAppendElement(NULL, list, Tcl_NewStringObj(*words, -1));
    kam_table *t = NULL;
    kam_err none = KAM_ERR_INIT;
    if (Tcl_EvalObjEx(interp, list, TCL_EVAL_GLOBAL) == TCL_OK) cmd_value_table_get(g->s, Tcl_GetObjResult(interp), &t, &none);
    Tcl_ResetResult(interp);
    Tcl_DecrRefCount(list);
    cmd_tongue_words(g->s, &t);
    return t;
}

static const kam_column *column_at(const kam_table *t, size_t row, const char *column)
{
    const kam_column *c = t ? kam_table_find(t, column) : NULL;
    return c && row < kam_table_rows(t) && !kam_col_missing(c, row) ? c : NULL;
}

char *cmd_glance_cell(cmd_glance *g, const kam_table *t, size_t row, const char *column)
{
    const kam_column *c = column_at(t, row, column);
    kam_str b = KAM_STR_INIT;
    if (c) {
        int decimals = kam_col_type(c) == KAM_REAL ? cmd_render_decimals(c) : 0;
        cmd_render_cell(t, (size_t)kam_table_index(t, column), row, decimals, cmd_session_lang(g->s), &b);
    }
    return b.s ? kam_str_detach(&b) : kam_strdup("");
}

const char *cmd_glance_text(const kam_table *t, size_t row, const char *column)
{
    const kam_column *c = column_at(t, row, column);
    return c && kam_col_type(c) == KAM_TEXT ? kam_col_text(c, row) : NULL;
}

double cmd_glance_real(const kam_table *t, size_t row, const char *column, double missing)
{
    const kam_column *c = column_at(t, row, column);
    if (!c) return missing;
    return kam_col_type(c) == KAM_REAL ? kam_col_real(c, row) : (double)kam_col_int(c, row);
}

kam_day cmd_glance_day(const kam_table *t, size_t row, const char *column, kam_day missing)
{
    const kam_column *c = column_at(t, row, column);
    return c && kam_col_type(c) == KAM_DAY ? (kam_day)kam_col_int(c, row) : missing;
}

static size_t room(const cmd_glance *g)
{
    size_t used = g->text.len ? kam_utf8_width(g->text.s, cmd_session_wide(g->s)) + 2 : 0;
    return used < CMD_GLANCE_LINE ? CMD_GLANCE_LINE - used : 0;
}

bool cmd_glance_add(cmd_glance *g, const char *piece)
{
    if (!*piece || kam_utf8_width(piece, cmd_session_wide(g->s)) > room(g)) return false;
    if (g->text.len) kam_str_add(&g->text, CMD_GLANCE_SAY(g, "; ", "；"));
    kam_str_add(&g->text, piece);
    return true;
}

bool cmd_glance_addf(cmd_glance *g, const char *format, ...)
{
    char piece[512];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(piece, sizeof piece, format, ap);
    va_end(ap);
    return n >= 0 && n < (int)sizeof piece && cmd_glance_add(g, piece);
}

bool cmd_glance_add_cell(cmd_glance *g, const kam_table *t, size_t row, const char *column, const char *before)
{
    char *cell = cmd_glance_cell(g, t, row, column);
    bool done = *cell && cmd_glance_addf(g, "%s%s", before, cell);
    kam_free(cell);
    return done;
}

void cmd_glance_add_cut(cmd_glance *g, const char *piece)
{
    if (!*piece || cmd_glance_add(g, piece) || room(g) < LEAST_CUT) return;
    size_t n = kam_utf8_fit(piece, room(g) - 2, cmd_session_wide(g->s), NULL);
    char *start = kam_strndup(piece, n);
    if (g->text.len) kam_str_add(&g->text, CMD_GLANCE_SAY(g, "; ", "；"));
    kam_str_addf(&g->text, "%s…", start);
    kam_free(start);
}

void cmd_glance_line(cmd_glance *g, const char *about)
{
    if (g->text.len) {
        kam_col_push_text(g->about, about);
        kam_col_push_text(g->what, g->text.s);
    }
    kam_str_clear(&g->text);
}

void cmd_glance_contact(cmd_glance *g, const char *condition, bool always)
{
    char until[KAM_DATE_MAX + 8] = "date <= ";
    kam_day asof = cmd_session_asof(g->s);
    kam_day_format(asof, until + strlen(until)); /* nothing dated later is read */
    kam_table *t = CMD_GLANCE_ASK(g, "interaction", "list", "-where", condition, "-where", until, "-sort", "-date -id", "-limit", "1");
    if (t && kam_table_rows(t)) {
        static const char *const fields[] = {"kind", "topic", "outcome", "rep", "next_step"};
        char *day = cmd_glance_cell(g, t, 0, "date");
        int ago = (int)(asof - cmd_glance_day(t, 0, "date", asof));
        if (ago) cmd_glance_addf(g, CMD_GLANCE_SAY(g, ago == 1 ? "%s, %d day ago" : "%s, %d days ago", "%s，%d 天前"), day, ago);
        else cmd_glance_add(g, day);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) cmd_glance_add_cell(g, t, 0, fields[i], "");
        kam_free(day);
    } else if (always) cmd_glance_add(g, CMD_GLANCE_SAY(g, "never", "从未接触"));
    cmd_glance_line(g, CMD_GLANCE_SAY(g, "contact", "最近接触"));
    kam_table_unref(t);
}
