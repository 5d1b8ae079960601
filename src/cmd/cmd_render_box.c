/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout: every shown cell is formatted once; natural widths are measured in terminal columns (Chinese characters
 * take two). If the sum is too wide, headings wrap, then the widest text columns shrink, a column at a time, and wrap as
 * long as they can be read; what is still too wide is drawn record by record (or, when asked, the last columns are left
 * out and named below). Tables that say so (below_columns) draw their sentences under the row, over the whole width,
 * instead. */
#include "cmd_render_box.h"
#include "cmd_help.h"
#include "cmd_label.h"
#include "cmd_spec.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* READABLE: columns a text keeps as long as others can give way, BRIEF: before a whole column does; TALL: lines of a row beyond which records read better. */
enum { BELOW_INDENT = 4, COMMAND_MARK = 2, MIN_TEXT = 8, MIN_HEAD = 4, MAX_WORD = 30, READABLE = 28, BRIEF = 20, FEW = 4, TALL = 8 };

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
    size_t *width, *natural;
    size_t *least; /* width below which words of the column would be cut */
    bool *right, *text;
};

char *cmd_render_clean(const char *s)
{
    char *copy = kam_strdup(s);
    for (char *p = copy; *p; p++)
        if (((unsigned char)*p < 0x20 && *p != '\n') || *p == 0x7f) *p = ' ';
    return copy;
}

static size_t cell_width(const char *s, bool wide)
{
    size_t widest = 0;
    for (const char *p = s;;) {
        const char *end = strchr(p, '\n');
        char *line = end ? kam_strndup(p, (size_t)(end - p)) : NULL;
        size_t w = kam_utf8_width(line ? line : p, wide);
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

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

/* A column of numbers, days or flags never breaks a value, but its heading may; a column of texts breaks between words. */
static void layout_column(struct layout *l, size_t i)
{
    const kam_column *c = kam_table_column(l->t, i);
    kam_type k = kam_col_type(c);
    kam_str b = KAM_STR_INIT;
    size_t values = 0, words = 0;
    l->right[i] = k == KAM_INT || k == KAM_REAL || k == KAM_MONEY;
    l->text[i] = k == KAM_TEXT;
    int decimals = k == KAM_REAL ? cmd_render_decimals(c) : 0;
    l->cell[i] = cmd_render_clean(cmd_label_column(c, l->o->lang));
    for (size_t r = 0; r < l->rows && kam_table_step(l->t, "rows", r, l->rows, NULL) == KAM_OK; r++) {
        kam_str_clear(&b);
        if (kam_col_missing(c, r)) kam_str_add(&b, l->o->null_mark ? l->o->null_mark : "");
        else cmd_render_cell(l->t, i, r, decimals, l->o->lang, &b);
        char *s = l->cell[(r + 1) * l->all + i] = cmd_render_clean(kam_str_cstr(&b));
        values = larger(values, cell_width(s, l->o->wide));
        words = larger(words, longest_word(s));
    }
    l->width[i] = larger(values, cell_width(l->cell[i], l->o->wide));
    l->natural[i] = l->width[i];
    size_t head = larger(longest_word(l->cell[i]), MIN_HEAD);
    l->least[i] = l->text[i] ? larger(larger(words, head), MIN_TEXT) : larger(values, head);
    if (l->text[i] && l->least[i] > MAX_WORD) l->least[i] = MAX_WORD;
    if (l->least[i] > l->width[i]) l->least[i] = l->width[i];
    kam_str_release(&b);
}

static void layout_cells(struct layout *l)
{
    l->cell = kam_calloc((l->rows + 1) * l->all + 1, sizeof *l->cell);
    l->width = kam_calloc(l->all + 1, sizeof *l->width);
    l->natural = kam_calloc(l->all + 1, sizeof *l->natural);
    l->right = kam_calloc(l->all + 1, sizeof *l->right);
    l->text = kam_calloc(l->all + 1, sizeof *l->text);
    l->least = kam_calloc(l->all + 1, sizeof *l->least);
    for (size_t i = 0; i < l->all; i++) layout_column(l, i);
}

static void layout_release(struct layout *l)
{
    for (size_t i = 0; i < (l->rows + 1) * l->all; i++) kam_free(l->cell[i]);
    kam_free(l->cell);
    kam_free(l->width);
    kam_free(l->natural);
    kam_free(l->right);
    kam_free(l->text);
    kam_free(l->least);
}

static size_t total_width(const struct layout *l)
{
    size_t sum = l->box ? 1 : 0;
    for (size_t i = 0; i < l->n; i++) sum += l->width[i] + (l->box ? 3 : i ? 2 : 0);
    return sum;
}

/* Makes the widest column of a kind narrower, again and again, until the table fits or every one is at its least. */
static void shrink_kind(struct layout *l, bool text)
{
    while (total_width(l) > l->o->width) {
        size_t widest = l->n;
        for (size_t i = 0; i < l->n; i++)
            if (l->text[i] == text && l->width[i] > l->least[i] && (widest == l->n || l->width[i] > l->width[widest])) widest = i;
        if (widest == l->n) break;
        l->width[widest]--;
    }
}

static void shrink(struct layout *l)
{
    shrink_kind(l, false);
    shrink_kind(l, true);
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

static size_t lines_of(const char *s, size_t width, bool wide)
{
    size_t n = 0, skip;
    for (; *s; n++) {
        size_t k = kam_utf8_line(s, width, wide, &skip);
        s += k + skip;
    }
    return n;
}

static bool too_tall(const struct layout *l)
{
    for (size_t r = 0; r < l->rows; r++)
        for (size_t i = 0; i < l->n; i++)
            if (lines_of(l->cell[(r + 1) * l->all + i], l->width[i], l->o->wide) > TALL) return true;
    return false;
}

/* Whole, if headings wrap and text stays wide enough to read, or else is squeezed down to its words without rows becoming
 * towers. */
static bool fit_whole(struct layout *l, const size_t *natural, size_t *readable, bool brief)
{
    size_t *least = l->least;
    l->least = readable;
    bool fits = fit_down_to(l, natural, l->all);
    l->least = least;
    return fits || (!brief && fit_down_to(l, natural, l->all) && !too_tall(l));
}

/* Text is first kept wide enough to read, at the cost of the last columns; only a table that would keep fewer than
 * FEW columns so is squeezed down to its longest words. */
static void fit_cut(struct layout *l, const size_t *natural, size_t *readable)
{
    size_t *least = l->least;
    l->least = readable;
    bool fits = fit_down_to(l, natural, l->all < FEW ? l->all : FEW);
    l->least = least;
    if (!fits) fit_down_to(l, natural, 1);
    /* One column alone may be wider than the window; cut it then rather than break every line. */
    if (l->n == 1 && total_width(l) > l->o->width && l->o->width > 6) l->width[0] = l->o->width - (l->box ? 4 : 0);
}

/* false: the table does not fit and is to be drawn record by record; `brief`: or without some of its columns, so that texts
 * are not squeezed first. */
static bool layout_fit(struct layout *l, bool brief)
{
    if (!l->o->width || total_width(l) <= l->o->width || fit_below(l)) return true;
    size_t *natural = kam_calloc(l->all + 1, sizeof *natural), *readable = kam_calloc(l->all + 1, sizeof *readable);
    memcpy(natural, l->width, l->all * sizeof *natural);
    for (size_t i = 0; i < l->all; i++)
        readable[i] = l->text[i] ? larger(l->least[i], natural[i] < READABLE ? natural[i] : READABLE) : l->least[i];
    bool fits = fit_whole(l, natural, readable, brief && l->o->brief);
    if (!fits && (l->o->cut || l->all == 1)) {
        fit_cut(l, natural, readable);
        fits = true;
    }
    kam_free(natural);
    kam_free(readable);
    return fits;
}

static const char *const tones[] = {"", "\033[32m", "\033[33m", "\033[31m"};

void cmd_render_put(const cmd_render_options *o, const char *s, size_t n, size_t width, bool right, cmd_tone tone, kam_str *out)
{
    char *piece = kam_strndup(s, n);
    size_t w = kam_utf8_width(piece, o->wide), pad = w < width ? width - w : 0;
    bool colored = o->color && tone != CMD_TONE_PLAIN && n > 0;
    if (right) kam_str_pad(out, ' ', pad);
    if (colored) kam_str_add(out, tones[tone]);
    kam_str_add(out, piece);
    if (colored) kam_str_add(out, "\033[0m");
    if (!right) kam_str_pad(out, ' ', pad);
    kam_free(piece);
}

/* The pieces lines are made of; where they would be two columns wide, ASCII. */
static const char *bar(const struct layout *l) { return l->o->wide ? "|" : "│"; }
static const char *dash(const struct layout *l) { return l->o->wide || !l->box ? "-" : "─"; }

/* A heading of several lines is broken into lines of about the same length, so that no character stands alone. */
static size_t balanced(const char *head, size_t width, bool wide)
{
    size_t n = lines_of(head, width, wide), best = width;
    while (n > 1 && best > 2 && lines_of(head, best - 1, wide) == n) best--;
    return larger(best, longest_word(head) < width ? longest_word(head) : width);
}

/* One row of cells, as many lines as its tallest cell; row 0 is the headings. */
static void put_row(const struct layout *l, size_t row, kam_str *out)
{
    char **cell = l->cell + row * l->all;
    const char **rest = kam_calloc(l->n + 1, sizeof *rest);
    const char *dim = l->o->color && l->box ? "\033[2m" : "", *bold = l->o->color && row == 0 ? "\033[1m" : "";
    const char *off = l->o->color ? "\033[0m" : "";
    size_t *width = kam_calloc(l->n + 1, sizeof *width);
    for (size_t i = 0; i < l->n; i++) {
        rest[i] = cell[i];
        width[i] = row ? l->width[i] : balanced(cell[i], l->width[i], l->o->wide);
    }
    for (bool more = true; more;) {
        more = false;
        kam_str line = KAM_STR_INIT;
        for (size_t i = 0; i < l->n; i++) {
            if (l->box) kam_str_addf(&line, "%s%s%s ", dim, bar(l), *dim ? off : "");
            else if (i) kam_str_add(&line, "  ");
            size_t skip, n = kam_utf8_line(rest[i], width[i], l->o->wide, &skip);
            cmd_tone tone = row && l->o->color ? cmd_render_tone(l->t, i, row - 1) : CMD_TONE_PLAIN;
            kam_str_add(&line, bold);
            cmd_render_put(l->o, rest[i], n, l->width[i], l->right[i], tone, &line);
            if (*bold) kam_str_add(&line, off);
            rest[i] += n + skip;
            if (*rest[i]) more = true;
            if (l->box) kam_str_addc(&line, ' ');
        }
        if (l->box) kam_str_addf(&line, "%s%s%s", dim, bar(l), *dim ? off : "");
        while (!l->box && line.len && line.s[line.len - 1] == ' ') line.s[--line.len] = '\0';
        kam_str_add(out, kam_str_cstr(&line));
        kam_str_addc(out, '\n');
        kam_str_release(&line);
    }
    kam_free(rest);
    kam_free(width);
}

/* The cells that stand under their row, over the whole width. */
static void put_below_row(const struct layout *l, char **cell, kam_str *out)
{
    size_t inner = total_width(l) - (l->box ? 4 : 0) - BELOW_INDENT - COMMAND_MARK;
    const char *dim = l->o->color && l->box ? "\033[2m" : "", *off = *dim ? "\033[0m" : "";
    for (size_t i = l->n; i < l->n + l->below; i++) {
        for (const char *rest = cell[i]; *rest;) {
            size_t skip, n = kam_utf8_line(rest, inner, l->o->wide, &skip);
            if (l->box) kam_str_addf(out, "%s%s%s ", dim, bar(l), off);
            kam_str_pad(out, ' ', BELOW_INDENT);
            /* A command stands as in help; its second line is set in. */
            bool command = kam_streq(kam_col_name(kam_table_column(l->t, i)), "try");
            if (command) kam_str_add(out, rest == cell[i] ? "% " : "  ");
            cmd_render_put(l->o, rest, n, l->box ? inner + (command ? 0 : COMMAND_MARK) : 0, false, CMD_TONE_PLAIN, out);
            if (l->box) kam_str_addf(out, " %s%s%s", dim, bar(l), off);
            while (!l->box && out->len && out->s[out->len - 1] == ' ') out->s[--out->len] = '\0';
            kam_str_addc(out, '\n');
            rest += n + skip;
        }
    }
}

static void put_rule(const struct layout *l, const char *left, const char *middle, const char *right, kam_str *out)
{
    const char *plus = l->o->wide ? "+" : NULL;
    if (l->o->color) kam_str_add(out, "\033[2m");
    for (size_t i = 0; i < l->n; i++) {
        if (l->box) kam_str_add(out, plus ? plus : i ? middle : left);
        else if (i) kam_str_add(out, "  ");
        for (size_t k = 0; k < l->width[i] + (l->box ? 2 : 0); k++) kam_str_add(out, dash(l));
    }
    if (l->box) kam_str_add(out, plus ? plus : right);
    if (l->o->color) kam_str_add(out, "\033[0m");
    kam_str_addc(out, '\n');
}

void cmd_render_note(const char *note, const cmd_render_options *o, kam_str *out)
{
    size_t width = o->width ? o->width : SIZE_MAX / 2;
    do {
        size_t skip, n = kam_utf8_line(note, width, o->wide, &skip);
        kam_str_addn(out, note, n);
        kam_str_addc(out, '\n');
        note += n + skip;
    } while (*note);
}

void cmd_render_below(const kam_table *t, const cmd_render_options *o, kam_str *out)
{
    size_t rows = kam_table_rows(t), shown = cmd_render_rows(t, o);
    bool zh = o->lang == CMD_LANG_ZH;
    if (rows > shown) kam_str_addf(out, zh ? "显示 %zu 行，共 %zu 行\n" : "%zu of %zu rows\n", shown, rows);
    else if (rows == 0) kam_str_add(out, zh ? "没有记录\n" : "no rows\n");
    else if (o->count && rows > 1 && !kam_streq(kam_table_title(t), "describe.glance")) kam_str_addf(out, zh ? "%zu 行\n" : "%zu rows\n", rows);
    for (size_t i = 0; i < kam_table_notes(t); i++) cmd_render_note(kam_table_note(t, i), o, out);
}

static void put_left_out(const struct layout *l, kam_str *out)
{
    if (l->n + l->below >= l->all) return;
    kam_str_add(out, l->o->lang == CMD_LANG_ZH ? "未列出的列：" : "columns left out: ");
    for (size_t i = l->n; i < l->all; i++)
        kam_str_addf(out, "%s%s", i > l->n ? ", " : "", kam_col_name(kam_table_column(l->t, i)));
    kam_str_addc(out, '\n');
}

size_t cmd_render_rows(const kam_table *t, const cmd_render_options *o)
{
    size_t rows = kam_table_rows(t);
    return o->max_rows && rows > o->max_rows ? o->max_rows : rows;
}

/* A long table without the columns that can be missed most easily. false: that does not help. */
static bool put_brief(const struct layout *l, kam_str *out)
{
    size_t *least = kam_calloc(l->all + 1, sizeof *least), *cols = kam_calloc(l->all + 1, sizeof *cols), n = 0;
    bool *keep = kam_calloc(l->all + 1, sizeof *keep);
    for (size_t i = 0; i < l->all; i++) {
        size_t natural = larger(l->natural[i], l->least[i]);
        least[i] = l->text[i] ? larger(l->least[i], natural < BRIEF ? natural : BRIEF) : l->least[i];
    }
    bool fits = cmd_render_brief_columns(l->t, l->o, least, keep);
    for (size_t i = 0; i < l->all; i++)
        if (keep[i]) cols[n++] = i;
    if (fits) {
        cmd_render_options o = *l->o;
        o.brief = false;
        kam_table *t = kam_table_select(l->t, cols, n);
        cmd_render_box(t, &o, out);
        cmd_render_brief_notes(l->t, l->o, keep, out);
        kam_table_unref(t);
    }
    kam_free(least);
    kam_free(cols);
    kam_free(keep);
    return fits;
}

void cmd_render_box(const kam_table *t, const cmd_render_options *o, kam_str *out)
{
    struct layout l = {.t = t, .o = o, .box = o->format == CMD_F_BOX};
    l.all = l.n = kam_table_columns(t);
    l.rows = cmd_render_rows(t, o);
    layout_cells(&l);
    if (kam_progress_stopped(kam_table_watch(t))) { /* not every cell is there */
        layout_release(&l);
        return;
    }
    /* One record that is too wide is better read downwards than with half its fields left out, whatever was asked for. */
    bool fits = layout_fit(&l, true);
    if (!fits && o->brief) {
        memcpy(l.width, l.natural, l.all * sizeof *l.width);
        if (put_brief(&l, out)) {
            layout_release(&l);
            return;
        }
        fits = layout_fit(&l, false);
    }
    if (!fits || (l.n + l.below < l.all && l.rows == 1)) {
        layout_release(&l);
        cmd_render_records(t, o, out);
        return;
    }
    if (l.n) {
        if (l.box) put_rule(&l, "┌", "┬", "┐", out);
        put_row(&l, 0, out);
        put_rule(&l, "├", "┼", "┤", out);
        for (size_t r = 0; r < l.rows && kam_table_step(t, "rows", r, l.rows, NULL) == KAM_OK; r++) {
            put_row(&l, r + 1, out);
            if (l.below) put_below_row(&l, l.cell + (r + 1) * l.all, out);
        }
        if (l.box) put_rule(&l, "└", "┴", "┘", out);
    }
    put_left_out(&l, out);
    cmd_render_below(t, o, out);
    layout_release(&l);
}
