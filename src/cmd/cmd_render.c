/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formats for programs, markdown, html and line; box and table are in cmd_render_box.c. */
#include "cmd_render.h"
#include "cmd_label.h"
#include "cmd_render_box.h"
#include "cmd_spec.h"
#include "kam_csv.h"
#include "kam_mem.h"
#include "store_field.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <tcl.h>

const char *const cmd_format_names[] = {"box",      "table", "tsv",  "csv", "json", "jsonl",
                                        "markdown", "html",  "line", "tcl", NULL};

bool cmd_format_parse(const char *s, cmd_format *out)
{
    for (int i = 0; cmd_format_names[i]; i++)
        if (strcmp(s, cmd_format_names[i]) == 0) {
            *out = (cmd_format)i;
            return true;
        }
    return false;
}

/* --- cells for people ---------------------------------------------------------------------------------------------- */

/* Sums that should be zero come out as this much. */
static const double ROUNDING = 1e-9;

int cmd_render_decimals(const kam_column *c)
{
    size_t n = kam_col_rows(c);
    double large = 0;
    bool whole = true;
    for (size_t r = 0; r < n; r++) {
        if (kam_col_missing(c, r)) continue;
        double v = fabs(kam_col_real(c, r));
        if (v > large) large = v;
        if (v != floor(v)) whole = false;
    }
    if (large >= 1e15 || (large > 0 && large < 1e-3)) return -1;
    if (whole) return 0;
    int most = large < 10 ? 4 : large < 1000 ? 3 : 2;
    for (int d = 1; d < most; d++) {
        double scale = pow(10, d);
        bool enough = true;
        for (size_t r = 0; r < n && enough; r++) {
            if (kam_col_missing(c, r)) continue;
            double v = kam_col_real(c, r) * scale;
            enough = fabs(v - round(v)) < 1e-9 * (1 + fabs(v));
        }
        if (enough) return d;
    }
    return most;
}

/* Puts thousands marks into the whole part of a plain decimal. */
static void add_grouped(kam_str *out, const char *s)
{
    if (*s == '-') kam_str_addc(out, *s++);
    size_t whole = strcspn(s, ".");
    if (strpbrk(s, "eE")) {
        kam_str_add(out, s);
        return;
    }
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0) kam_str_addc(out, ',');
        kam_str_addc(out, s[i]);
    }
    kam_str_add(out, s + whole);
}

/* Several keys joined by ';', or by ", " or blanks, become words each; false: one of them is no key of this column. */
static bool joined_words(const kam_column *c, const char *s, int lang, kam_str *out)
{
    const char *marks = strchr(s, ';') ? ";" : ", ";
    kam_str words = KAM_STR_INIT;
    bool all = true;
    for (size_t n; *s && all; s += n, s += strspn(s, marks)) {
        char key[64];
        n = strcspn(s, marks);
        if (n >= sizeof key) all = false;
        else {
            memcpy(key, s, n);
            key[n] = '\0';
            const char *word = cmd_label_word(c, key, lang);
            kam_str_addf(&words, "%s%s", words.len ? "、" : "", word ? word : "");
            all = word != NULL;
        }
    }
    if (all) kam_str_add(out, kam_str_cstr(&words));
    kam_str_release(&words);
    return all;
}

/* What was and will be there: the half of the other language may be what differs. */
static bool whole_text(const kam_column *c)
{
    return strcmp(kam_col_label(c), "change.before") == 0 || strcmp(kam_col_label(c), "change.after") == 0;
}

/* Keys become words; a text that holds both languages, "中文 | English", shows the reader's. */
static void people_text(const kam_column *c, const char *s, int lang, kam_str *out)
{
    const char *word = cmd_label_word(c, s, lang), *bar = strstr(s, " | ");
    if (bar && whole_text(c)) bar = NULL;
    if (word) kam_str_add(out, word);
    else if (!bar && lang == CMD_LANG_ZH && strpbrk(s, "; ") && joined_words(c, s, lang, out)) return;
    else if (!bar) kam_str_add(out, s);
    else if (lang == CMD_LANG_ZH) kam_str_addn(out, s, (size_t)(bar - s));
    else kam_str_add(out, bar + 3);
}

static const char *text_or_null(const kam_column *c, size_t row)
{
    return c && kam_col_type(c) == KAM_TEXT && !kam_col_missing(c, row) ? kam_col_text(c, row) : NULL;
}

/* The value of an explanation is a key of whatever column was asked about. */
static bool why_text(const kam_table *t, const kam_column *c, size_t row, int lang, kam_str *out)
{
    size_t n = 0;
    if (strcmp(kam_col_label(c), "why.value") != 0) return false;
    const char *word = cmd_label_why(kam_col_text(c, row), text_or_null(kam_table_find(t, "meaning"), row),
                                     text_or_null(kam_table_find(t, "source"), row), lang, &n);
    if (word) kam_str_addn(out, word, n);
    return word != NULL;
}

/* The name of a field beside the kind of record it belongs to: `name` of an account is no person's. */
static bool field_text(const kam_table *t, const kam_column *c, size_t row, int lang, kam_str *out)
{
    if (lang != CMD_LANG_ZH || strcmp(kam_col_name(c), "field") != 0) return false;
    const char *kind = text_or_null(kam_table_find(t, "entity"), row);
    const store_entity *e = kind ? store_entity_find(kind) : NULL;
    const store_field *f = e ? store_field_find(e, kam_col_text(c, row)) : NULL;
    if (f) kam_str_add(out, f->zh);
    return f != NULL;
}

void cmd_render_cell(const kam_table *t, size_t col, size_t row, int decimals, int lang, kam_str *out)
{
    const kam_column *c = kam_table_column(t, col);
    char buf[KAM_CELL_MAX], big[400];
    switch (kam_col_type(c)) {
    case KAM_REAL: {
        double v = kam_col_real(c, row);
        if (decimals < 0) {
            kam_format_real(v, buf);
            add_grouped(out, buf);
            break;
        }
        /* printf's decimal point follows the locale; kamsh never leaves the C numeric locale. */
        snprintf(big, sizeof big, "%.*f", decimals, v);
        bool zero = strspn(big, "-0.") == strlen(big);
        if (zero && decimals > 0 && fabs(v) > ROUNDING) { /* something, but less than can be shown */
            kam_str_addf(out, "%s%.*f", v < 0 ? ">-" : "<", decimals, pow(10, -decimals));
        } else if (zero && big[0] == '-') add_grouped(out, big + 1);
        else add_grouped(out, big);
        break;
    }
    case KAM_INT:
    case KAM_MONEY: add_grouped(out, kam_table_cell(t, col, row, buf)); break;
    case KAM_FLAG:
        if (lang == CMD_LANG_ZH) kam_str_add(out, kam_col_int(c, row) ? "是" : "否");
        else kam_str_add(out, kam_col_int(c, row) ? "yes" : "no");
        break;
    case KAM_TEXT:
        if (!why_text(t, c, row, lang, out) && !field_text(t, c, row, lang, out)) people_text(c, kam_col_text(c, row), lang, out);
        break;
    default: kam_str_add(out, kam_table_cell(t, col, row, buf));
    }
}

/* --- delimited -------------------------------------------------------------------------------------------------------- */

static void tsv_put(kam_str *out, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '\t': kam_str_add(out, "\\t"); break;
        case '\n': kam_str_add(out, "\\n"); break;
        case '\r': kam_str_add(out, "\\r"); break;
        case '\\': kam_str_add(out, "\\\\"); break;
        default: kam_str_addc(out, *s);
        }
    }
}

static void put(kam_str *out, const char *s, char delimiter)
{
    if (delimiter == '\t') tsv_put(out, s);
    else kam_csv_put(out, s, delimiter);
}

/* Whoever asked for the text asks again whether it is whole. */
static bool goes_on(const kam_table *t, size_t r, size_t rows)
{
    return kam_table_step(t, "rows", r, rows, NULL) == KAM_OK;
}

static void render_delimited(const kam_table *t, char delimiter, kam_str *out)
{
    size_t n = kam_table_columns(t), rows = kam_table_rows(t);
    char buf[KAM_CELL_MAX];
    if (n == 0) return;
    for (size_t i = 0; i < n; i++) {
        if (i) kam_str_addc(out, delimiter);
        put(out, kam_col_name(kam_table_column(t, i)), delimiter);
    }
    kam_str_addc(out, '\n');
    for (size_t r = 0; r < rows && goes_on(t, r, rows); r++) {
        for (size_t i = 0; i < n; i++) {
            const kam_column *c = kam_table_column(t, i);
            if (i) kam_str_addc(out, delimiter);
            if (kam_col_missing(c, r)) {
                /* A lone missing cell would be a blank line, which readers skip. */
                if (n == 1 && delimiter == ',') kam_str_add(out, "\"\"");
                continue;
            }
            put(out, kam_table_cell(t, i, r, buf), delimiter);
        }
        kam_str_addc(out, '\n');
    }
}

/* --- json ------------------------------------------------------------------------------------------------------------- */

void cmd_render_json_string(kam_str *out, const char *s)
{
    kam_str_addc(out, '"');
    while (*s) {
        size_t plain = 0;
        while ((unsigned char)s[plain] >= 0x20 && s[plain] != '"' && s[plain] != '\\' && s[plain] != 0x7f) plain++;
        kam_str_addn(out, s, plain);
        s += plain;
        if (!*s) break;
        unsigned char c = (unsigned char)*s++;
        switch (c) {
        case '"': kam_str_add(out, "\\\""); break;
        case '\\': kam_str_add(out, "\\\\"); break;
        case '\n': kam_str_add(out, "\\n"); break;
        case '\r': kam_str_add(out, "\\r"); break;
        case '\t': kam_str_add(out, "\\t"); break;
        default: kam_str_addf(out, "\\u%04x", c);
        }
    }
    kam_str_addc(out, '"');
}

/* keys: `"name": ` of every column, made once. */
static void json_row(const kam_table *t, const kam_str *keys, size_t r, kam_str *out)
{
    char buf[KAM_CELL_MAX];
    kam_str_addc(out, '{');
    for (size_t i = 0; i < kam_table_columns(t); i++) {
        const kam_column *c = kam_table_column(t, i);
        kam_str_addn(out, keys[i].s, keys[i].len);
        if (kam_col_missing(c, r)) {
            kam_str_add(out, "null");
            continue;
        }
        switch (kam_col_type(c)) {
        case KAM_FLAG: kam_str_add(out, kam_col_int(c, r) ? "true" : "false"); break;
        case KAM_TEXT:
        case KAM_DAY: cmd_render_json_string(out, kam_table_cell(t, i, r, buf)); break;
        default: kam_str_add(out, kam_table_cell(t, i, r, buf));
        }
    }
    kam_str_addc(out, '}');
}

static void render_json(const kam_table *t, bool lines, kam_str *out)
{
    size_t rows = kam_table_rows(t), n = kam_table_columns(t);
    kam_str *keys = kam_calloc(n + 1, sizeof *keys);
    for (size_t i = 0; i < n; i++) {
        if (i) kam_str_add(&keys[i], ", ");
        cmd_render_json_string(&keys[i], kam_col_name(kam_table_column(t, i)));
        kam_str_add(&keys[i], ": ");
    }
    if (!lines) kam_str_addc(out, '[');
    for (size_t r = 0; r < rows && goes_on(t, r, rows); r++) {
        if (!lines) kam_str_add(out, r ? ",\n " : "");
        json_row(t, keys, r, out);
        if (lines) kam_str_addc(out, '\n');
    }
    for (size_t i = 0; i < n; i++) kam_str_release(&keys[i]);
    kam_free(keys);
    if (!lines) kam_str_add(out, "]\n");
}

/* --- markdown, html, line ------------------------------------------------------------------------------------------------ */

static bool is_number(const kam_column *c)
{
    kam_type k = kam_col_type(c);
    return k == KAM_INT || k == KAM_REAL || k == KAM_MONEY;
}

static void markdown_text(kam_str *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '\n') kam_str_add(out, "<br>");
        else if (*s == '\r') continue;
        else if (strchr("|\\`*_<>[]", *s)) kam_str_addf(out, "\\%c", *s);
        else kam_str_addc(out, *s);
    }
}

void cmd_render_html_text(kam_str *out, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '&': kam_str_add(out, "&amp;"); break;
        case '<': kam_str_add(out, "&lt;"); break;
        case '>': kam_str_add(out, "&gt;"); break;
        case '"': kam_str_add(out, "&quot;"); break;
        case '\n': kam_str_add(out, "<br>"); break;
        default: kam_str_addc(out, *s);
        }
    }
}

static void human_cell(const kam_table *t, size_t col, size_t row, int decimals, const cmd_render_options *o,
                       kam_str *cell)
{
    kam_str_clear(cell);
    if (kam_col_missing(kam_table_column(t, col), row)) kam_str_add(cell, o->null_mark ? o->null_mark : "");
    else cmd_render_cell(t, col, row, decimals, o->lang, cell);
}

static int *all_decimals(const kam_table *t)
{
    size_t n = kam_table_columns(t);
    int *d = kam_calloc(n + 1, sizeof *d);
    for (size_t i = 0; i < n; i++)
        if (kam_col_type(kam_table_column(t, i)) == KAM_REAL) d[i] = cmd_render_decimals(kam_table_column(t, i));
    return d;
}

static size_t shown_rows(const kam_table *t, const cmd_render_options *o)
{
    size_t rows = kam_table_rows(t);
    return o->max_rows && rows > o->max_rows ? o->max_rows : rows;
}

static void render_markdown(const kam_table *t, const cmd_render_options *o, kam_str *out)
{
    size_t n = kam_table_columns(t), rows = shown_rows(t, o);
    int *decimals = all_decimals(t);
    kam_str cell = KAM_STR_INIT;
    kam_str_addc(out, '|');
    for (size_t i = 0; i < n; i++) {
        kam_str_addc(out, ' ');
        markdown_text(out, cmd_label_column(kam_table_column(t, i), o->lang));
        kam_str_add(out, " |");
    }
    kam_str_add(out, "\n|");
    for (size_t i = 0; i < n; i++) kam_str_add(out, is_number(kam_table_column(t, i)) ? " ---: |" : " --- |");
    kam_str_addc(out, '\n');
    for (size_t r = 0; r < rows && goes_on(t, r, rows); r++) {
        kam_str_addc(out, '|');
        for (size_t i = 0; i < n; i++) {
            human_cell(t, i, r, decimals[i], o, &cell);
            kam_str_addc(out, ' ');
            markdown_text(out, kam_str_cstr(&cell));
            kam_str_add(out, " |");
        }
        kam_str_addc(out, '\n');
    }
    kam_str_release(&cell);
    kam_free(decimals);
}

static void render_html(const kam_table *t, const cmd_render_options *o, kam_str *out)
{
    size_t n = kam_table_columns(t), rows = shown_rows(t, o);
    int *decimals = all_decimals(t);
    kam_str cell = KAM_STR_INIT;
    kam_str_add(out, "<table>\n<thead><tr>");
    for (size_t i = 0; i < n; i++) {
        kam_str_add(out, is_number(kam_table_column(t, i)) ? "<th align=\"right\">" : "<th>");
        cmd_render_html_text(out, cmd_label_column(kam_table_column(t, i), o->lang));
        kam_str_add(out, "</th>");
    }
    kam_str_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < rows && goes_on(t, r, rows); r++) {
        kam_str_add(out, "<tr>");
        for (size_t i = 0; i < n; i++) {
            human_cell(t, i, r, decimals[i], o, &cell);
            kam_str_add(out, is_number(kam_table_column(t, i)) ? "<td align=\"right\">" : "<td>");
            cmd_render_html_text(out, kam_str_cstr(&cell));
            kam_str_add(out, "</td>");
        }
        kam_str_add(out, "</tr>\n");
    }
    kam_str_add(out, "</tbody>\n</table>\n");
    kam_str_release(&cell);
    kam_free(decimals);
}

/* --- entry --------------------------------------------------------------------------------------------------------------- */

/* Append one list element, quoted as Tcl does. */
static void tcl_word(kam_str *b, const char *s)
{
    int flags;
    char *room = kam_alloc((size_t)Tcl_ScanElement(s, &flags) + 2);
    room[Tcl_ConvertElement(s, room, flags)] = '\0';
    if (b->len) kam_str_addc(b, ' ');
    kam_str_add(b, room);
    kam_free(room);
}

static void render_tcl(const kam_table *t, kam_str *out)
{
    char buf[KAM_CELL_MAX];
    for (size_t r = 0, rows = kam_table_rows(t); r < rows && goes_on(t, r, rows); r++) {
        kam_str row = KAM_STR_INIT;
        for (size_t i = 0; i < kam_table_columns(t); i++) {
            const kam_column *c = kam_table_column(t, i);
            if (kam_col_missing(c, r)) continue;
            tcl_word(&row, kam_col_name(c));
            tcl_word(&row, kam_table_cell(t, i, r, buf));
        }
        kam_str all = KAM_STR_INIT;
        tcl_word(&all, kam_str_cstr(&row));
        kam_str_add(out, kam_str_cstr(&all));
        kam_str_addc(out, '\n');
        kam_str_release(&all);
        kam_str_release(&row);
    }
}

void cmd_render(const kam_table *t, const cmd_render_options *o, kam_str *out)
{
    switch (o->format) {
    case CMD_F_BOX:
    case CMD_F_TABLE: cmd_render_box(t, o, out); break;
    case CMD_F_TSV: render_delimited(t, '\t', out); break;
    case CMD_F_CSV: render_delimited(t, ',', out); break;
    case CMD_F_JSON: render_json(t, false, out); break;
    case CMD_F_JSONL: render_json(t, true, out); break;
    case CMD_F_MARKDOWN: render_markdown(t, o, out); break;
    case CMD_F_HTML: render_html(t, o, out); break;
    case CMD_F_LINE: cmd_render_line(t, o, out); break;
    case CMD_F_TCL: render_tcl(t, out); break;
    }
}
