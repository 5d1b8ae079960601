/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout: every shown cell is formatted once; natural widths are measured in terminal columns (Chinese characters
 * take two); if the sum is too wide the widest text columns shrink, a column at a time, and wrap; if even that is too
 * wide the last columns are left out and named below. Tables that say so (below_columns) draw their sentences under
 * the row, over the whole width, instead. */
#include "cmd_render_box.h"
#include "cmd_label.h"
#include "cmd_spec.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <stdio.h>
#include <string.h>

enum { BELOW_INDENT = 4, COMMAND_MARK = 2, MIN_TEXT = 8, MAX_WORD = 30, READABLE = 28, FEW = 4 };

/* Tables, by title, whose last columns hold sentences: from that column on they stand under their row when the table is too
 * wide. */
static const struct {
    const char *title, *column;
} below_columns[] = {{"why.title", "meaning"}, {"setting.list", "meaning"}};

struct layout {
    const kam_table *t;
    const cmd_render_options *o;
    bool box;
    size_t n, rows;  /* columns and rows shown */
    size_t below;    /* columns drawn under their row: n … n + below − 1 */
    char **cell;     /* [(rows + 1) * all columns], row 0 the headings */
    size_t all;      /* columns of the table */
    size_t *width;
    size_t *least; /* width below which words of the column would be cut */
    bool *right;
};

/* What a control character would do to the drawing is not wanted: each becomes a blank, except the line break. */
static char *clean(const char *s)
{
    char *copy = kam_strdup(s);
    for (char *p = copy; *p; p++)
        if (((unsigned char)*p < 0x20 && *p != '\n') || *p == 0x7f) *p = ' ';
    return copy;
}

static size_t cell_width(const char *s)
{
    size_t widest = 0;
    for (const char *p = s;;) {
        const char *end = strchr(p, '\n');
        char *line = end ? kam_strndup(p, (size_t)(end - p)) : NULL;
        size_t w = kam_utf8_width(line ? line : p, false);
        kam_free(line);
        if (w > widest) widest = w;
        if (!end) return widest;
        p = end + 1;
    }
}

/* Columns of the longest piece that cannot be wrapped: Latin words and numbers stay whole, Chinese wraps anywhere. */
static size_t longest_word(const char *s)
{
    size_t longest = 0, run = 0;
    for (; *s; s++) {
        run = (unsigned char)*s < 0x80 && *s != ' ' && *s != '\n' ? run + 1 : 0;
        if (run > longest) longest = run;
    }
    return longest;
}

static void layout_cells(struct layout *l)
{
    kam_str b = KAM_STR_INIT;
    l->cell = kam_calloc((l->rows + 1) * l->all + 1, sizeof *l->cell);
    l->width = kam_calloc(l->all + 1, sizeof *l->width);
    l->right = kam_calloc(l->all + 1, sizeof *l->right);
    l->least = kam_calloc(l->all + 1, sizeof *l->least);
    for (size_t i = 0; i < l->all; i++) {
        const kam_column *c = kam_table_column(l->t, i);
        kam_type k = kam_col_type(c);
        l->right[i] = k == KAM_INT || k == KAM_REAL || k == KAM_MONEY;
        int decimals = k == KAM_REAL ? cmd_render_decimals(c) : 0;
        l->cell[i] = clean(cmd_label_column(c, l->o->lang));
        l->width[i] = cell_width(l->cell[i]);
        for (size_t r = 0; r < l->rows; r++) {
            kam_str_clear(&b);
            if (kam_col_missing(c, r)) kam_str_add(&b, l->o->null_mark ? l->o->null_mark : "");
            else cmd_render_cell(l->t, i, r, decimals, l->o->lang, &b);
            char *s = l->cell[(r + 1) * l->all + i] = clean(kam_str_cstr(&b));
            size_t w = cell_width(s);
            if (w > l->width[i]) l->width[i] = w;
            w = k == KAM_TEXT ? longest_word(s) : l->width[i];
            if (w > l->least[i]) l->least[i] = w;
        }
        if (l->least[i] < MIN_TEXT) l->least[i] = MIN_TEXT;
        if (l->least[i] > MAX_WORD) l->least[i] = MAX_WORD;
    }
    kam_str_release(&b);
}

static void layout_release(struct layout *l)
{
    for (size_t i = 0; i < (l->rows + 1) * l->all; i++) kam_free(l->cell[i]);
    kam_free(l->cell);
    kam_free(l->width);
    kam_free(l->right);
    kam_free(l->least);
}

static size_t total_width(const struct layout *l)
{
    size_t sum = l->box ? 1 : 0;
    for (size_t i = 0; i < l->n; i++) sum += l->width[i] + (l->box ? 3 : i ? 2 : 0);
    return sum;
}

/* Makes the widest text column narrower, again and again, until the table fits or every one is at its least. */
static void shrink(struct layout *l)
{
    while (total_width(l) > l->o->width) {
        size_t widest = l->n;
        for (size_t i = 0; i < l->n; i++)
            if (!l->right[i] && l->width[i] > l->least[i] && (widest == l->n || l->width[i] > l->width[widest])) widest = i;
        if (widest == l->n) break;
        l->width[widest]--;
    }
}

/* Narrows columns, then leaves out the last ones, until the table fits or `fewest` are left. */
static bool fit_down_to(struct layout *l, const size_t *natural, size_t fewest)
{
    for (l->n = l->all;; l->n--) {
        memcpy(l->width, natural, l->all * sizeof *natural);
        shrink(l);
        if (total_width(l) <= l->o->width) return true;
        if (l->n <= fewest) return false;
    }
}

/* First of the columns that may stand under their row; `all`: none may. */
static size_t first_below(const struct layout *l)
{
    for (size_t i = 0; i < sizeof below_columns / sizeof *below_columns; i++) {
        int c = kam_streq(kam_table_title(l->t), below_columns[i].title) ? kam_table_index(l->t, below_columns[i].column) : -1;
        if (c > 0) return (size_t)c;
    }
    return l->all;
}

/* The last columns go under their rows: the others get what they need, the last of them the rest of the width, so that the
 * sentences have room. */
static bool fit_below(struct layout *l)
{
    size_t first = first_below(l), widest = 0;
    if (first == l->all) return false;
    for (l->n = first; l->n > 1; l->n--) { /* in a very narrow window further columns go below as well */
        shrink(l);
        if (total_width(l) <= l->o->width) break;
    }
    if (l->n == 1) {
        l->n = l->all;
        return false;
    }
    first = l->n;
    for (size_t i = first; i < l->all; i++)
        if (l->width[i] > widest) widest = l->width[i];
    size_t inner = total_width(l) - (l->box ? 4 : 0), room = l->o->width - total_width(l);
    widest += BELOW_INDENT + COMMAND_MARK;
    if (widest > inner) l->width[first - 1] += widest - inner < room ? widest - inner : room;
    l->below = l->all - first;
    return true;
}

/* Text is first kept wide enough to read, at the cost of the last columns; only a table that would keep fewer than
 * FEW columns so is squeezed down to its longest words. */
static void layout_fit(struct layout *l)
{
    if (!l->o->width || total_width(l) <= l->o->width || fit_below(l)) return;
    size_t *natural = kam_calloc(l->all + 1, sizeof *natural), *least = l->least;
    memcpy(natural, l->width, l->all * sizeof *natural);
    l->least = kam_calloc(l->all + 1, sizeof *l->least);
    for (size_t i = 0; i < l->all; i++) {
        size_t wanted = natural[i] < READABLE ? natural[i] : READABLE;
        l->least[i] = least[i] > wanted ? least[i] : wanted;
    }
    bool fits = fit_down_to(l, natural, l->all < FEW ? l->all : FEW);
    kam_free(l->least);
    l->least = least;
    if (!fits) fit_down_to(l, natural, 1);
    /* One column alone may be wider than the window; cut it then rather than break every line. */
    if (l->n == 1 && total_width(l) > l->o->width && l->o->width > 6) l->width[0] = l->o->width - (l->box ? 4 : 0);
    kam_free(natural);
}

/* Bytes of the next piece of s that fits: whole words where possible. */
static size_t next_piece(const char *s, size_t width, size_t *skip)
{
    size_t line = strcspn(s, "\n"), w;
    char *one = kam_strndup(s, line);
    size_t fit = kam_utf8_fit(one, width, false, &w);
    kam_free(one);
    *skip = 0;
    if (fit == 0 && line > 0) {
        kam_utf8_next(s, line, &fit); /* a wide character in a column of one: never loop */
        return fit;
    }
    if (fit == line) {
        *skip = s[line] == '\n';
        return line;
    }
    if (s[fit] == ' ') {
        *skip = 1;
        return fit;
    }
    size_t back = fit;
    while (back > 0 && s[back - 1] != ' ' && (unsigned char)s[back - 1] < 0x80) back--;
    return back > 0 && (s[back - 1] == ' ') ? back : fit;
}

static void put_cell(kam_str *out, const char *s, size_t n, size_t width, bool right)
{
    char *piece = kam_strndup(s, n);
    size_t w = kam_utf8_width(piece, false), pad = w < width ? width - w : 0;
    if (right) kam_str_pad(out, ' ', pad);
    kam_str_add(out, piece);
    if (!right) kam_str_pad(out, ' ', pad);
    kam_free(piece);
}

/* One row of cells, as many lines as its tallest cell. */
static void put_row(const struct layout *l, char **cell, bool head, kam_str *out)
{
    const char **rest = kam_calloc(l->n + 1, sizeof *rest);
    const char *dim = l->o->color && l->box ? "\033[2m" : "", *bold = l->o->color && head ? "\033[1m" : "";
    const char *off = l->o->color ? "\033[0m" : "";
    for (size_t i = 0; i < l->n; i++) rest[i] = cell[i];
    for (bool more = true; more;) {
        more = false;
        kam_str line = KAM_STR_INIT;
        for (size_t i = 0; i < l->n; i++) {
            if (l->box) kam_str_addf(&line, "%s│%s ", dim, *dim ? off : "");
            else if (i) kam_str_add(&line, "  ");
            size_t skip, n = next_piece(rest[i], l->width[i], &skip);
            kam_str_add(&line, bold);
            put_cell(&line, rest[i], n, l->width[i], l->right[i]);
            if (*bold) kam_str_add(&line, off);
            rest[i] += n + skip;
            if (*rest[i]) more = true;
            if (l->box) kam_str_addc(&line, ' ');
        }
        if (l->box) kam_str_addf(&line, "%s│%s", dim, *dim ? off : "");
        while (!l->box && line.len && line.s[line.len - 1] == ' ') line.s[--line.len] = '\0';
        kam_str_add(out, kam_str_cstr(&line));
        kam_str_addc(out, '\n');
        kam_str_release(&line);
    }
    kam_free(rest);
}

/* The cells that stand under their row, over the whole width. */
static void put_below_row(const struct layout *l, char **cell, kam_str *out)
{
    size_t inner = total_width(l) - (l->box ? 4 : 0) - BELOW_INDENT - COMMAND_MARK;
    const char *dim = l->o->color && l->box ? "\033[2m" : "", *off = *dim ? "\033[0m" : "";
    for (size_t i = l->n; i < l->n + l->below; i++) {
        for (const char *rest = cell[i]; *rest;) {
            size_t skip, n = next_piece(rest, inner, &skip);
            if (l->box) kam_str_addf(out, "%s│%s ", dim, off);
            kam_str_pad(out, ' ', BELOW_INDENT);
            /* A command stands as in help; its second line is set in. */
            bool command = kam_streq(kam_col_name(kam_table_column(l->t, i)), "try");
            if (command) kam_str_add(out, rest == cell[i] ? "% " : "  ");
            put_cell(out, rest, n, l->box ? inner + (command ? 0 : COMMAND_MARK) : 0, false);
            if (l->box) kam_str_addf(out, " %s│%s", dim, off);
            while (!l->box && out->len && out->s[out->len - 1] == ' ') out->s[--out->len] = '\0';
            kam_str_addc(out, '\n');
            rest += n + skip;
        }
    }
}

static void put_rule(const struct layout *l, const char *left, const char *middle, const char *right, kam_str *out)
{
    if (l->o->color) kam_str_add(out, "\033[2m");
    for (size_t i = 0; i < l->n; i++) {
        if (l->box) kam_str_add(out, i ? middle : left);
        else if (i) kam_str_add(out, "  ");
        for (size_t k = 0; k < l->width[i] + (l->box ? 2 : 0); k++) kam_str_add(out, l->box ? "─" : "-");
    }
    if (l->box) kam_str_add(out, right);
    if (l->o->color) kam_str_add(out, "\033[0m");
    kam_str_addc(out, '\n');
}

static void put_below(const struct layout *l, kam_str *out)
{
    size_t rows = kam_table_rows(l->t);
    bool zh = l->o->lang == CMD_LANG_ZH;
    if (rows > l->rows)
        kam_str_addf(out, zh ? "显示 %zu 行，共 %zu 行\n" : "%zu of %zu rows\n", l->rows, rows);
    else if (rows == 0) kam_str_add(out, zh ? "没有记录\n" : "no rows\n");
    if (l->n + l->below < l->all) {
        kam_str_add(out, zh ? "未显示的列：" : "columns left out: ");
        for (size_t i = l->n; i < l->all; i++)
            kam_str_addf(out, "%s%s", i > l->n ? ", " : "", kam_col_name(kam_table_column(l->t, i)));
        kam_str_addc(out, '\n');
    }
    for (size_t i = 0; i < kam_table_notes(l->t); i++) kam_str_addf(out, "%s\n", kam_table_note(l->t, i));
}

void cmd_render_box(const kam_table *t, const cmd_render_options *o, kam_str *out)
{
    struct layout l = {.t = t, .o = o, .box = o->format == CMD_F_BOX};
    l.all = l.n = kam_table_columns(t);
    l.rows = kam_table_rows(t);
    if (o->max_rows && l.rows > o->max_rows) l.rows = o->max_rows;
    layout_cells(&l);
    layout_fit(&l);
    if (l.n + l.below < l.all && l.rows == 1) {
        /* One record that is too wide is better read downwards than with half its fields left out. */
        layout_release(&l);
        cmd_render_line(t, o, out);
        return;
    }
    if (l.n) {
        if (l.box) put_rule(&l, "┌", "┬", "┐", out);
        put_row(&l, l.cell, true, out);
        put_rule(&l, "├", "┼", "┤", out);
        for (size_t r = 0; r < l.rows; r++) {
            put_row(&l, l.cell + (r + 1) * l.all, false, out);
            if (l.below) put_below_row(&l, l.cell + (r + 1) * l.all, out);
        }
        if (l.box) put_rule(&l, "└", "┴", "┘", out);
    }
    put_below(&l, out);
    layout_release(&l);
}

/* One field a line, a blank line between records. */
void cmd_render_line(const kam_table *t, const cmd_render_options *o, kam_str *out)
{
    struct layout l = {.t = t, .o = o};
    l.all = l.n = kam_table_columns(t);
    l.rows = kam_table_rows(t);
    if (o->max_rows && l.rows > o->max_rows) l.rows = o->max_rows;
    layout_cells(&l);
    size_t widest = 0;
    for (size_t i = 0; i < l.n; i++) {
        size_t w = kam_utf8_width(l.cell[i], false);
        if (w > widest) widest = w;
    }
    for (size_t r = 0; r < l.rows; r++) {
        if (r) kam_str_addc(out, '\n');
        for (size_t i = 0; i < l.n; i++) {
            put_cell(out, l.cell[i], strlen(l.cell[i]), widest, false);
            kam_str_add(out, "  ");
            for (const char *s = l.cell[(r + 1) * l.all + i]; *s; s++) {
                kam_str_addc(out, *s);
                if (*s == '\n') kam_str_pad(out, ' ', widest + 2);
            }
            while (out->len && out->s[out->len - 1] == ' ') out->s[--out->len] = '\0';
            kam_str_addc(out, '\n');
        }
    }
    put_below(&l, out);
    layout_release(&l);
}
