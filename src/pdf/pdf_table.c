/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: column widths, rows that wrap, repeated heads, totals. Booktabs manner: a strong rule above and below, a
 * thin one under the head, zebra or hairlines between rows, no vertical rules. */
#include "pdf_block.h"
#include "pdf_format.h"
#include "pdf_sign.h"
#include <math.h>
#include <string.h>

enum { SAMPLE_ROWS = 400 }; /* rows measured for the widths; beyond, a wider cell wraps */

typedef struct column {
    const pdf_col *spec;
    size_t index;        /* in the table */
    long tone;           /* column of tones; -1: none */
    int decimals;
    pdf_set set;
    bool wraps;          /* text: may take more than one line */
    double natural, least, width, x;
    double floor;        /* below `least`: what is left when even long words have to be broken */
} column;

typedef struct layout {
    pdf_galley *g;
    const pdf_block *b;
    const pdf_table_opts *o;
    const kam_table *t;
    column *col;
    size_t n;
    double size, line_h, pad_x, pad_y;
    size_t rows;         /* body rows, without a totals row that is part of the table */
    long head;           /* index of the repeated head */
    long group;          /* column whose runs get a subtotal; -1: none */
    kam_str cell;        /* the cell being formatted */
} layout;

static const char *cell_text(layout *l, const column *c, size_t row)
{
    kam_str_clear(&l->cell);
    const kam_column *kc = kam_table_column(l->t, c->index);
    if (l->o->blank_rows && kam_col_missing(kc, row)) return "";
    pdf_format_cell(&l->cell, l->t, c->index, row, l->g->cx->lang, l->g->cx->word, c->spec->format, c->decimals);
    return kam_str_cstr(&l->cell);
}

static double sign_room(const layout *l, const column *c)
{
    return c->tone >= 0 ? l->size * 0.95 : 0;
}

/* --- columns --- */
static pdf_set set_of(const pdf_col *spec, kam_type type)
{
    switch (spec->align) {
    case PDF_LEFT: return PDF_SET_LEFT;
    case PDF_RIGHT: return PDF_SET_RIGHT;
    case PDF_CENTRE: return PDF_SET_CENTRE;
    case PDF_ALIGN_AUTO: break;
    }
    if (type == KAM_TEXT) return PDF_SET_LEFT;
    return type == KAM_DAY || type == KAM_FLAG ? PDF_SET_CENTRE : PDF_SET_RIGHT;
}

static void open_columns(layout *l)
{
    l->n = l->o->n_cols;
    l->col = kam_calloc(l->n, sizeof *l->col);
    for (size_t i = 0; i < l->n; i++) {
        column *c = &l->col[i];
        c->spec = &l->o->cols[i];
        c->index = (size_t)kam_table_index(l->t, c->spec->name);
        c->tone = c->spec->tone_col ? kam_table_index(l->t, c->spec->tone_col) : -1;
        const kam_column *kc = kam_table_column(l->t, c->index);
        c->decimals = c->spec->decimals ? c->spec->decimals : pdf_column_decimals(kc, c->spec->format);
        c->set = set_of(c->spec, kam_col_type(kc));
        c->wraps = kam_col_type(kc) == KAM_TEXT;
    }
}

static void widen(layout *l, column *c, const char *text, bool head, double extra)
{
    uint8_t style = head || c->spec->bold ? PDF_BOLD : 0;
    pdf_text t;
    pdf_text_init(&t, l->g->cx->m, &(pdf_run){text, style, 0}, 1);
    double pads = 2 * l->pad_x + extra;
    double natural = pdf_text_natural(&t, l->size) + pads, least = pdf_text_longest(&t, l->size) + pads;
    if (head) least = fmax(least, fmin(natural, 3.2 * l->size + pads)); /* Chinese heads may break anywhere: no towers */
    c->natural = fmax(c->natural, natural);
    c->least = fmax(c->least, c->wraps || head ? least : natural);
    pdf_text_release(&t);
}

static double column_sum(const layout *l, const column *c, size_t from, size_t to)
{
    double sum = 0;
    for (size_t r = from; r < to; r++) sum += kam_col_real(kam_table_column(l->t, c->index), r);
    return sum;
}

static const char *total_text(layout *l, const column *c, size_t i)
{
    if (l->o->totals_last_row) return cell_text(l, c, l->rows);
    if (i == 0 && !c->spec->total) return l->o->totals_label;
    const kam_column *kc = kam_table_column(l->t, c->index);
    if (!c->spec->total || kam_col_type(kc) == KAM_TEXT) return "";
    kam_str_clear(&l->cell);
    pdf_format_value(&l->cell, l->g->cx->lang, kam_col_type(kc), column_sum(l, c, 0, l->rows), kam_table_exponent(l->t),
                     c->spec->format, c->decimals);
    return kam_str_cstr(&l->cell);
}

/* --- subtotals --- */
static const char *group_value(layout *l, size_t row)
{
    kam_str_clear(&l->cell);
    pdf_format_cell(&l->cell, l->t, (size_t)l->group, row, l->g->cx->lang, l->g->cx->word, PDF_FORMAT_AUTO, 0);
    return kam_str_cstr(&l->cell);
}

/* Behind the last row of the run that starts at `from`. */
static size_t group_end(layout *l, size_t from)
{
    if (l->group < 0) return l->rows;
    char *value = kam_strdup(group_value(l, from));
    size_t to = from + 1;
    while (to < l->rows && kam_streq(group_value(l, to), value)) to++;
    kam_free(value);
    return to;
}

static const char *subtotal_text(layout *l, const column *c, size_t i, size_t from, size_t to)
{
    const kam_column *kc = kam_table_column(l->t, c->index);
    if (i == 0 && !c->spec->total) {
        const char *label = l->o->subtotal_label ? l->o->subtotal_label : l->g->cx->lang == PDF_ZH ? "小计" : "subtotal";
        return kam_arena_printf(l->g->cx->arena, "%s %s", label, group_value(l, from));
    }
    if (!c->spec->total || kam_col_type(kc) == KAM_TEXT) return "";
    kam_str_clear(&l->cell);
    pdf_format_value(&l->cell, l->g->cx->lang, kam_col_type(kc), column_sum(l, c, from, to), kam_table_exponent(l->t),
                     c->spec->format, c->decimals);
    return kam_str_cstr(&l->cell);
}

static bool has_totals(const layout *l)
{
    return l->o->totals_last_row || (l->o->totals_label && l->rows > 0);
}

static void measure(layout *l)
{
    const double pads = 2 * l->pad_x, most = l->g->width * 0.45, word = fmin(most, 12 * l->size + pads); /* one long word must not push the others out */
    for (size_t i = 0; i < l->n; i++) {
        column *c = &l->col[i];
        c->natural = c->least = 0;
        widen(l, c, c->spec->label, true, 0);
        for (size_t r = 0; r < l->rows && r < SAMPLE_ROWS; r++) widen(l, c, cell_text(l, c, r), false, sign_room(l, c));
        if (has_totals(l)) widen(l, c, total_text(l, c, i), true, 0);
        for (size_t r = 0, end; l->group >= 0 && r < l->rows && r < SAMPLE_ROWS; r = end) {
            end = group_end(l, r);
            widen(l, c, subtotal_text(l, c, i, r, end), true, 0);
        }
        if (!c->wraps) c->least = fmax(c->least, 0.7 * c->natural); /* a head in two lines, not in three */
        c->natural += 0.1; /* what rounding of sums may eat */
        c->least = fmin(c->least + 0.1, c->wraps ? word : most);
        /* a text column narrower than a few characters reads like a tower */
        if (c->wraps) c->least = fmax(c->least, fmin(c->natural, 5.5 * l->size + pads));
        c->floor = c->wraps ? fmin(c->least, 5.5 * l->size + pads) : c->least;
        if (c->spec->width_pt > 0) c->natural = c->least = c->floor = c->spec->width_pt;
    }
}

static double sum_of(const layout *l, bool natural)
{
    double s = 0;
    for (size_t i = 0; i < l->n; i++) s += natural ? l->col[i].natural : l->col[i].least;
    return s;
}

/* How much of the room left over a column asks for: its weight; without any weights, text columns by their natural
 * width; a table of numbers only is spread evenly. */
static double share_of(const column *c, int pass)
{
    if (pass == 3) return 1;
    if (c->spec->width_pt > 0) return 0;
    return pass == 0 ? c->spec->weight : pass == 1 ? (c->wraps ? c->natural : 0) : 1;
}

static void share_rest(layout *l, double rest)
{
    for (int pass = 0; pass <= 3; pass++) {
        double total = 0;
        for (size_t i = 0; i < l->n; i++) total += share_of(&l->col[i], pass);
        if (total <= 0) continue;
        for (size_t i = 0; i < l->n; i++) l->col[i].width += rest * share_of(&l->col[i], pass) / total;
        return;
    }
}

/* When the widths wanted (the natural ones; or, when `broken`, those that hold the longest word) do not fit, the widest
 * columns give way first: every column has what it wants up to the cap at which all fit, and never less than it must. Short
 * columns keep their line, heads of numbers wrap, long texts share what is left by their weights. */
static double capped(const column *c, bool broken, double cap)
{
    if (c->spec->weight > 0) cap *= c->spec->weight;
    if (!broken && !c->wraps) return c->least;
    return broken ? fmax(c->floor, fmin(c->least, cap)) : fmax(c->least, fmin(c->natural, cap));
}
static double widest_allowed(const layout *l, bool broken)
{
    double lo = 0, hi = l->g->width;
    for (size_t i = 0; i < l->n; i++)
        if (l->col[i].spec->weight > 0) hi = fmax(hi, l->g->width / l->col[i].spec->weight);
    for (int step = 0; step < 60; step++) {
        double cap = (lo + hi) / 2, sum = 0;
        for (size_t i = 0; i < l->n; i++) sum += capped(&l->col[i], broken, cap);
        if (sum > l->g->width) hi = cap;
        else lo = cap;
    }
    return lo;
}

static void fit(layout *l)
{
    double room = l->g->width, natural = sum_of(l, true), floor_sum = 0;
    bool broken = sum_of(l, false) > room;
    double cap = widest_allowed(l, broken);
    for (size_t i = 0; i < l->n; i++) floor_sum += l->col[i].floor;
    for (size_t i = 0; i < l->n; i++) {
        column *c = &l->col[i];
        if (natural <= room) c->width = c->natural;
        else if (floor_sum <= room) c->width = capped(c, broken, cap);
        else c->width = c->floor * room / floor_sum;
    }
    double x = 0;
    for (size_t i = 0; i < l->n; i++) x += l->col[i].width;
    if (x < room - 0.01) share_rest(l, room - x);
    x = 0;
    for (size_t i = 0; i < l->n; i++) {
        l->col[i].x = x;
        x += l->col[i].width;
    }
}

/* Type size: as asked; smaller, down to 7 pt, when the columns cannot stand otherwise. */
static void choose_size(layout *l)
{
    const pdf_theme *th = l->g->cx->th;
    double size = l->o->compact ? th->table_pt - 1 : th->table_pt;
    for (;; size -= 0.5) {
        l->size = size;
        l->line_h = size * (l->g->cx->lang == PDF_ZH ? 1.42 : 1.36);
        l->pad_x = l->n > 8 ? 3 : 5;
        l->pad_y = l->o->compact ? 1.8 : 3.2;
        measure(l);
        if (size <= 7 || sum_of(l, false) <= l->g->width) return;
    }
}

/* --- rows --- */
typedef struct row {
    pdf_text *cell;
    size_t lines; /* of the tallest cell */
    uint8_t style;
    pdf_rgb colour;
} row;

static void wrap_cell(layout *l, row *r, size_t i, const char *text, double room_less)
{
    const column *c = &l->col[i];
    uint8_t style = r->style | (c->spec->bold ? PDF_BOLD : 0);
    pdf_text_init(&r->cell[i], l->g->cx->m, &(pdf_run){text, style, r->colour}, 1);
    pdf_text_wrap(&r->cell[i], l->size, c->width - 2 * l->pad_x - room_less);
    if (r->cell[i].n_lines > r->lines) r->lines = r->cell[i].n_lines;
}

static void release_row(layout *l, row *r)
{
    for (size_t i = 0; i < l->n; i++) pdf_text_release(&r->cell[i]);
    r->lines = 1;
}

/* Lines [from, to) of every cell with the row's top at 0. */
static void put_cells(layout *l, const row *r, size_t from, size_t to, double top)
{
    for (size_t i = 0; i < l->n; i++) {
        const column *c = &l->col[i];
        double less = r->style ? 0 : sign_room(l, c);
        for (size_t k = from; k < to && k < r->cell[i].n_lines; k++)
            pdf_text_put(&r->cell[i], k, &l->g->ops, c->x + l->pad_x + less,
                         top + (double)(k - from) * l->line_h + pdf_baseline(l->line_h, l->size), l->size,
                         c->width - 2 * l->pad_x - less, c->set);
    }
}

static void put_signs(layout *l, size_t at, double top)
{
    for (size_t i = 0; i < l->n; i++) {
        const column *c = &l->col[i];
        pdf_rgb colour;
        pdf_sign sign;
        if (c->tone < 0) continue;
        if (pdf_tone_of(l->g->cx->th, kam_col_text(kam_table_column(l->t, (size_t)c->tone), at), &colour, &sign))
            pdf_put_sign(&l->g->ops, sign, c->x + l->pad_x + 3,
                         top + pdf_baseline(l->line_h, l->size) - l->size * 0.36, 2.6, colour, PDF_NONE);
    }
}

static double row_height(const layout *l, size_t lines)
{
    return fmax((double)lines * l->line_h + 2 * l->pad_y, l->o->min_row_pt);
}

/* A row as one item, or as several when it is taller than most of a page. */
static void put_row(layout *l, const row *r, size_t at, bool keep)
{
    const pdf_theme *th = l->g->cx->th;
    pdf_galley *g = l->g;
    size_t cut = (size_t)fmax(4, g->cx->body_h * 0.4 / l->line_h), from = 0;
    if (row_height(l, r->lines) < g->cx->body_h * 0.6) cut = r->lines;
    while (from < r->lines) {
        size_t to = from + cut < r->lines ? from + cut : r->lines;
        double top = from == 0 ? l->pad_y : 0, h = (double)(to - from) * l->line_h + top;
        if (to == r->lines) h += l->pad_y;
        if (cut == r->lines) h = row_height(l, r->lines);
        size_t op0 = g->ops.n;
        if (l->o->zebra && at % 2 == 1) pdf_put_rect(&g->ops, 0, 0, g->width, h, th->zebra);
        /* a row higher than its text (room to write) has the text in its middle */
        if (cut == r->lines) top += (h - 2 * l->pad_y - (double)r->lines * l->line_h) / 2;
        if (from == 0) put_signs(l, at, top);
        put_cells(l, r, from, to, top);
        if (to == r->lines && (!l->o->zebra || l->o->blank_rows))
            pdf_put_line(&g->ops, 0, h, g->width, h, th->faint, 0.5);
        pdf_item *it = pdf_galley_item(g, op0, h);
        it->head = (int)l->head;
        it->keep = keep && to == r->lines;
        from = to;
    }
}

static void put_head(layout *l, row *r)
{
    const pdf_theme *th = l->g->cx->th;
    pdf_galley *g = l->g;
    r->style = PDF_BOLD, r->colour = th->head_ink, r->lines = 1;
    for (size_t i = 0; i < l->n; i++) wrap_cell(l, r, i, l->col[i].spec->label, 0);
    double h = (double)r->lines * l->line_h + 2 * l->pad_y + 1;
    size_t op0 = g->ops.n;
    pdf_put_rect(&g->ops, 0, 0, g->width, h, th->head_fill);
    pdf_put_line(&g->ops, 0, 0, g->width, 0, th->accent_dark, 1);
    /* labels of fewer lines stand at the foot of the head, near their column */
    for (size_t i = 0; i < l->n; i++) {
        const column *c = &l->col[i];
        double top = l->pad_y + 0.5 + (double)(r->lines - r->cell[i].n_lines) * l->line_h;
        for (size_t k = 0; k < r->cell[i].n_lines; k++)
            pdf_text_put(&r->cell[i], k, &g->ops, c->x + l->pad_x,
                         top + (double)k * l->line_h + pdf_baseline(l->line_h, l->size), l->size,
                         c->width - 2 * l->pad_x, c->set);
    }
    pdf_put_line(&g->ops, 0, h, g->width, h, th->accent_dark, 0.5);
    pdf_item *it = pdf_galley_item(g, op0, h);
    it->keep = true;
    it->before = fmax(it->before, th->block_gap * 0.4);
    KAM_GROW(g->heads, g->cap_heads, g->n_heads + 1);
    g->heads[g->n_heads] = (pdf_head){op0, g->ops.n, h};
    l->head = (long)g->n_heads++;
    release_row(l, r);
}

static void put_totals(layout *l, row *r)
{
    const pdf_theme *th = l->g->cx->th;
    pdf_galley *g = l->g;
    r->style = PDF_BOLD, r->colour = th->ink, r->lines = 1;
    for (size_t i = 0; i < l->n; i++) wrap_cell(l, r, i, total_text(l, &l->col[i], i), 0);
    double h = row_height(l, r->lines);
    size_t op0 = g->ops.n;
    pdf_put_line(&g->ops, 0, 0, g->width, 0, th->accent_dark, 0.7);
    put_cells(l, r, 0, r->lines, l->pad_y);
    pdf_item *it = pdf_galley_item(g, op0, h);
    it->head = (int)l->head;
    it->keep = true;
    release_row(l, r);
}

/* Kept with the row above it; a thin rule sets it off. */
static void put_subtotal(layout *l, row *r, size_t from, size_t to)
{
    const pdf_theme *th = l->g->cx->th;
    pdf_galley *g = l->g;
    r->style = PDF_BOLD, r->colour = th->ink, r->lines = 1;
    for (size_t i = 0; i < l->n; i++) wrap_cell(l, r, i, subtotal_text(l, &l->col[i], i, from, to), 0);
    double h = row_height(l, r->lines);
    size_t op0 = g->ops.n;
    pdf_put_rect(&g->ops, 0, 0, g->width, h, th->tint);
    pdf_put_line(&g->ops, 0, 0, g->width, 0, th->muted, 0.5);
    put_cells(l, r, 0, r->lines, l->pad_y);
    pdf_put_line(&g->ops, 0, h, g->width, h, th->faint, 0.5);
    g->v[g->n - 1].keep = true;
    pdf_galley_item(g, op0, h)->head = (int)l->head;
    release_row(l, r);
}

static void put_empty(layout *l)
{
    const pdf_theme *th = l->g->cx->th;
    const char *text = l->o->empty ? l->o->empty : l->g->cx->lang == PDF_ZH ? "无数据" : "no data";
    pdf_galley *g = l->g;
    double h = row_height(l, 1);
    size_t op0 = g->ops.n;
    pdf_put_text(&g->ops, g->cx->m, g->width / 2, l->pad_y + pdf_baseline(l->line_h, l->size), l->size, 0, th->muted, text,
                 PDF_SET_CENTRE, g->width);
    pdf_galley_item(g, op0, h)->keep = true;
}

static void put_body(layout *l, row *r)
{
    size_t from = 0, end = l->rows ? group_end(l, 0) : 0;
    for (size_t at = 0; at < l->rows && !pdf_watch_stop(l->g->cx->watch); at++) {
        r->style = 0, r->colour = l->g->cx->th->ink, r->lines = 1;
        for (size_t i = 0; i < l->n; i++) wrap_cell(l, r, i, cell_text(l, &l->col[i], at), sign_room(l, &l->col[i]));
        /* two rows stand with the head, two before the end */
        bool keep = at == 0 || at + 2 == l->rows || at + 1 == l->rows;
        put_row(l, r, at, keep);
        release_row(l, r);
        if (l->group < 0 || at + 1 != end) continue;
        put_subtotal(l, r, from, end);
        from = end;
        if (end < l->rows) end = group_end(l, end);
    }
    if (l->rows == 0) put_empty(l);
    if (has_totals(l)) put_totals(l, r);
    /* the closing rule belongs to the last row: a page never opens with it */
    pdf_galley *g = l->g;
    pdf_item *last = &g->v[g->n - 1];
    pdf_put_line(&g->ops, 0, last->height, g->width, last->height, g->cx->th->accent_dark, 1);
    last->op1 = g->ops.n;
    last->keep = false;
    last->after = g->cx->th->block_gap;
}

/* A short table reads better whole than cut in two: from its first item on everything is tied. */
static void keep_if_short(pdf_galley *g, size_t first)
{
    const double share = 0.20; /* of a page: much more, and the page before it stays white */
    double h = 0;
    for (size_t i = first; i < g->n; i++) h += g->v[i].height;
    if (h > g->cx->body_h * share) return;
    for (size_t i = first; i + 1 < g->n; i++) g->v[i].keep = true;
}

void pdf_set_table(pdf_galley *g, const pdf_block *b)
{
    layout l = {.g = g, .b = b, .o = b->u.table, .t = b->table, .head = -1, .group = -1};
    l.rows = kam_table_rows(b->table);
    if (l.o->totals_last_row && l.rows > 0) l.rows--;
    if (l.o->n_cols == 0) return;
    if (l.o->subtotal_col) l.group = kam_table_index(l.t, l.o->subtotal_col);
    open_columns(&l);
    choose_size(&l);
    fit(&l);
    size_t first = g->n;
    pdf_set_caption(g, l.o->caption);
    if (!l.o->caption) g->gap = fmax(g->gap, g->cx->th->block_gap);
    row r = {.cell = kam_calloc(l.n, sizeof *r.cell), .lines = 1};
    put_head(&l, &r);
    put_body(&l, &r);
    keep_if_short(g, first);
    kam_free(r.cell);
    kam_free(l.col);
    kam_str_release(&l.cell);
    if (l.o->no_notes) return;
    for (size_t i = 0; i < kam_table_notes(b->table); i++) {
        if (i == 0) g->v[g->n - 1].keep = true, g->v[g->n - 1].after = 3;
        pdf_set_small(g, NULL, kam_table_note(b->table, i));
        if (i + 1 < kam_table_notes(b->table)) g->v[g->n - 1].after = 0;
    }
}
