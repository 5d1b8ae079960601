/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: column widths, rows that wrap, repeated heads, totals. Booktabs manner: a strong rule above and below, a
 * thin one under the head, zebra or hairlines between rows, no vertical rules. */
#include "pdf_format.h"
#include "pdf_sign.h"
#include "pdf_table.h"
#include "pdf_tag.h"
#include <math.h>
#include <string.h>

const char *pdf_table_cell(pdf_table_set *l, const pdf_tcol *c, size_t row)
{
    kam_str_clear(&l->cell);
    const kam_column *kc = kam_table_column(l->t, c->index);
    if (l->o->blank_rows && kam_col_missing(kc, row)) return "";
    pdf_format_cell(&l->cell, l->t, c->index, row, l->g->cx->lang, l->g->cx->word, c->spec->format, c->decimals);
    return kam_str_cstr(&l->cell);
}

double pdf_table_sign_room(const pdf_table_set *l, const pdf_tcol *c)
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

static void open_columns(pdf_table_set *l)
{
    l->n = l->o->n_cols;
    l->col = kam_calloc(l->n, sizeof *l->col);
    for (size_t i = 0; i < l->n; i++) {
        pdf_tcol *c = &l->col[i];
        c->spec = &l->o->cols[i];
        c->index = (size_t)kam_table_index(l->t, c->spec->name);
        c->tone = c->spec->tone_col ? kam_table_index(l->t, c->spec->tone_col) : -1;
        const kam_column *kc = kam_table_column(l->t, c->index);
        c->decimals = c->spec->decimals ? c->spec->decimals : pdf_column_decimals(kc, c->spec->format);
        c->set = set_of(c->spec, kam_col_type(kc));
        c->wraps = kam_col_type(kc) == KAM_TEXT;
    }
}

/* The sum of what is known in rows [from, to); "–" when nothing is. */
static const char *sum_text(pdf_table_set *l, const pdf_tcol *c, size_t from, size_t to)
{
    const kam_column *kc = kam_table_column(l->t, c->index);
    double sum = 0;
    bool known = false;
    for (size_t r = from; r < to; r++) {
        if (kam_col_missing(kc, r)) continue;
        known = true;
        sum += kam_col_real(kc, r);
    }
    kam_str_clear(&l->cell);
    if (!known) return "–";
    pdf_format_value(&l->cell, l->g->cx->lang, kam_col_type(kc), sum, kam_table_exponent(l->t), c->spec->format, c->decimals);
    return kam_str_cstr(&l->cell);
}

const char *pdf_table_total(pdf_table_set *l, const pdf_tcol *c, size_t i)
{
    if (l->o->totals_last_row) return pdf_table_cell(l, c, l->rows);
    if (i == 0 && !c->spec->total) return l->o->totals_label;
    const kam_column *kc = kam_table_column(l->t, c->index);
    if (!c->spec->total || kam_col_type(kc) == KAM_TEXT) return "";
    return sum_text(l, c, 0, l->rows);
}

/* --- subtotals --- */
static const char *group_value(pdf_table_set *l, size_t row)
{
    kam_str_clear(&l->cell);
    pdf_format_cell(&l->cell, l->t, (size_t)l->group, row, l->g->cx->lang, l->g->cx->word, PDF_FORMAT_AUTO, 0);
    return kam_str_cstr(&l->cell);
}

/* Behind the last row of the run that starts at `from`. */
size_t pdf_table_group_end(pdf_table_set *l, size_t from)
{
    if (l->group < 0) return l->rows;
    char *value = kam_strdup(group_value(l, from));
    size_t to = from + 1;
    while (to < l->rows && kam_streq(group_value(l, to), value)) to++;
    kam_free(value);
    return to;
}

const char *pdf_table_subtotal(pdf_table_set *l, const pdf_tcol *c, size_t i, size_t from, size_t to)
{
    const kam_column *kc = kam_table_column(l->t, c->index);
    if (i == 0 && !c->spec->total) {
        const char *label = l->o->subtotal_label ? l->o->subtotal_label : l->g->cx->lang == PDF_ZH ? "小计" : "subtotal";
        return kam_arena_printf(l->g->cx->arena, "%s %s", label, group_value(l, from));
    }
    if (!c->spec->total || kam_col_type(kc) == KAM_TEXT) return "";
    return sum_text(l, c, from, to);
}

bool pdf_table_has_totals(const pdf_table_set *l)
{
    return l->o->totals_last_row || (l->o->totals_label && l->rows > 0);
}

/* --- rows --- */
typedef struct row {
    pdf_text *cell;
    size_t lines; /* of the tallest cell */
    uint8_t style;
    pdf_rgb colour;
} row;

static void wrap_cell(pdf_table_set *l, row *r, size_t i, const char *text, double room_less)
{
    const pdf_tcol *c = &l->col[i];
    uint8_t style = r->style | (c->spec->bold ? PDF_BOLD : 0);
    pdf_text_init(&r->cell[i], l->g->cx->m, &(pdf_run){text, style, r->colour}, 1);
    double width = c->width - 2 * l->pad_x - room_less;
    pdf_text_wrap(&r->cell[i], l->size, width);
    if (!r->style && c->spec->lines > 0) pdf_text_cut(&r->cell[i], l->g->cx->m, l->size, width, (size_t)c->spec->lines);
    if (r->cell[i].n_lines > r->lines) r->lines = r->cell[i].n_lines;
}

static const char *summed(pdf_table_set *l, size_t i, bool total, size_t from, size_t to)
{
    return total ? pdf_table_total(l, &l->col[i], i) : pdf_table_subtotal(l, &l->col[i], i, from, to);
}

/* A row of sums; its label may run on over the empty cells beside it. */
static void wrap_sums(pdf_table_set *l, row *r, bool total, size_t from, size_t to)
{
    double beside = 0;
    r->style = PDF_BOLD, r->colour = l->g->cx->th->ink, r->lines = 1;
    for (size_t i = 1; l->col[0].set == PDF_SET_LEFT && i < l->n && !*summed(l, i, total, from, to); i++) beside += l->col[i].width;
    for (size_t i = 0; i < l->n; i++) wrap_cell(l, r, i, summed(l, i, total, from, to), i ? 0 : -beside);
}

static void release_row(pdf_table_set *l, row *r)
{
    for (size_t i = 0; i < l->n; i++) pdf_text_release(&r->cell[i]);
    r->lines = 1;
}

/* A row and its cells, all of them: also those that stay empty. The row is open then. */
static int open_row(pdf_table_set *l, pdf_tag_kind cell)
{
    int up = pdf_tag_open(l->g, PDF_TAG_TR);
    for (size_t i = 0; i < l->n; i++) l->col[i].tag = pdf_tag_add(l->g, cell, l->g->ops.tag);
    return up;
}

/* Lines [from, to) of every cell with the row's top at 0. */
static void put_cells(pdf_table_set *l, const row *r, size_t from, size_t to, double top)
{
    for (size_t i = 0; i < l->n; i++) {
        const pdf_tcol *c = &l->col[i];
        double less = r->style ? 0 : pdf_table_sign_room(l, c);
        l->g->ops.tag = c->tag;
        for (size_t k = from; k < to && k < r->cell[i].n_lines; k++)
            pdf_text_put(&r->cell[i], k, &l->g->ops, c->x + l->pad_x + less,
                         top + (double)(k - from) * l->line_h + pdf_baseline(l->line_h, l->size), l->size,
                         c->width - 2 * l->pad_x - less, c->set);
    }
}

/* The sign is read as its word, then the text, which stands in a span of its own for that. */
static int open_sign(pdf_table_set *l, pdf_tcol *c, const char *tone)
{
    int cell = c->tag, before = l->g->ops.tag;
    if (!cell) return before;
    l->g->ops.tag = pdf_tag_add(l->g, PDF_TAG_SIGN, cell);
    pdf_tag_now(l->g)->alt = pdf_tone_word(l->g->cx->lang, tone);
    c->tag = pdf_tag_add(l->g, PDF_TAG_SPAN, cell);
    return before;
}

static void put_signs(pdf_table_set *l, size_t at, double top)
{
    for (size_t i = 0; i < l->n; i++) {
        const pdf_tcol *c = &l->col[i];
        pdf_rgb colour;
        pdf_sign sign;
        if (c->tone < 0) continue;
        const char *tone = kam_col_text(kam_table_column(l->t, (size_t)c->tone), at);
        if (!pdf_tone_of(l->g->cx->th, tone, &colour, &sign)) continue;
        int up = open_sign(l, &l->col[i], tone);
        pdf_put_sign(&l->g->ops, sign, c->x + l->pad_x + 3, top + pdf_baseline(l->line_h, l->size) - l->size * 0.36, 2.6, colour, PDF_NONE);
        pdf_tag_close(l->g, up);
    }
}

static double row_height(const pdf_table_set *l, size_t lines)
{
    return fmax((double)lines * l->line_h + 2 * l->pad_y, l->o->min_row_pt);
}

/* A row as one item, or as several when it is taller than most of a page. */
static void put_row(pdf_table_set *l, const row *r, size_t at, bool keep)
{
    const pdf_theme *th = l->g->cx->th;
    pdf_galley *g = l->g;
    size_t cut = (size_t)fmax(4, g->cx->body_h * 0.4 / l->line_h), from = 0;
    if (row_height(l, r->lines) < g->cx->body_h * 0.6) cut = r->lines;
    int up = open_row(l, PDF_TAG_TD);
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
    pdf_tag_close(g, up);
}

static void put_head(pdf_table_set *l, row *r)
{
    const pdf_theme *th = l->g->cx->th;
    pdf_galley *g = l->g;
    r->style = PDF_BOLD, r->colour = th->head_ink, r->lines = 1;
    for (size_t i = 0; i < l->n; i++) {
        wrap_cell(l, r, i, l->col[i].spec->label, 0);
        pdf_text_even(&r->cell[i], l->size, l->col[i].width - 2 * l->pad_x);
    }
    double h = (double)r->lines * l->line_h + 2 * l->pad_y + 1;
    size_t op0 = g->ops.n;
    int up = open_row(l, PDF_TAG_TH);
    pdf_put_rect(&g->ops, 0, 0, g->width, h, th->head_fill);
    pdf_put_line(&g->ops, 0, 0, g->width, 0, th->accent_dark, 1);
    /* labels of fewer lines stand at the foot of the head, near their column */
    for (size_t i = 0; i < l->n; i++) {
        const pdf_tcol *c = &l->col[i];
        double top = l->pad_y + 0.5 + (double)(r->lines - r->cell[i].n_lines) * l->line_h;
        g->ops.tag = c->tag;
        for (size_t k = 0; k < r->cell[i].n_lines; k++)
            pdf_text_put(&r->cell[i], k, &g->ops, c->x + l->pad_x,
                         top + (double)k * l->line_h + pdf_baseline(l->line_h, l->size), l->size,
                         c->width - 2 * l->pad_x, c->set);
    }
    pdf_tag_close(g, up);
    pdf_put_line(&g->ops, 0, h, g->width, h, th->accent_dark, 0.5);
    pdf_item *it = pdf_galley_item(g, op0, h);
    it->keep = true;
    it->before = fmax(it->before, th->block_gap * 0.4);
    KAM_GROW(g->heads, g->cap_heads, g->n_heads + 1);
    g->heads[g->n_heads] = (pdf_head){op0, g->ops.n, h};
    l->head = (long)g->n_heads++;
    release_row(l, r);
}

static void put_totals(pdf_table_set *l, row *r)
{
    const pdf_theme *th = l->g->cx->th;
    pdf_galley *g = l->g;
    wrap_sums(l, r, true, 0, l->rows);
    double h = row_height(l, r->lines);
    size_t op0 = g->ops.n;
    pdf_put_line(&g->ops, 0, 0, g->width, 0, th->accent_dark, 0.7);
    int up = open_row(l, PDF_TAG_TD);
    put_cells(l, r, 0, r->lines, l->pad_y);
    pdf_tag_close(g, up);
    pdf_item *it = pdf_galley_item(g, op0, h);
    it->head = (int)l->head;
    it->keep = true;
    release_row(l, r);
}

/* Kept with the row above it; a thin rule sets it off. */
static void put_subtotal(pdf_table_set *l, row *r, size_t from, size_t to)
{
    const pdf_theme *th = l->g->cx->th;
    pdf_galley *g = l->g;
    wrap_sums(l, r, false, from, to);
    double h = row_height(l, r->lines);
    size_t op0 = g->ops.n;
    pdf_put_rect(&g->ops, 0, 0, g->width, h, th->tint);
    pdf_put_line(&g->ops, 0, 0, g->width, 0, th->muted, 0.5);
    int up = open_row(l, PDF_TAG_TD);
    put_cells(l, r, 0, r->lines, l->pad_y);
    pdf_tag_close(g, up);
    pdf_put_line(&g->ops, 0, h, g->width, h, th->faint, 0.5);
    g->v[g->n - 1].keep = true;
    pdf_galley_item(g, op0, h)->head = (int)l->head;
    release_row(l, r);
}

static void put_empty(pdf_table_set *l)
{
    const char *text = l->o->empty ? l->o->empty : l->g->cx->lang == PDF_ZH ? "没有记录。" : "Nothing on record.";
    pdf_galley *g = l->g;
    int up = pdf_tag_open(g, PDF_TAG_TR);
    pdf_tag_open(g, PDF_TAG_TD);
    if (pdf_tag_now(g)) pdf_tag_now(g)->span = (int)l->n;
    size_t op0 = g->ops.n, lines = pdf_set_centred(g, l->pad_y + pdf_baseline(l->line_h, l->size), l->size, l->line_h, text);
    pdf_tag_close(g, up);
    pdf_galley_item(g, op0, row_height(l, lines ? lines : 1))->keep = true;
}

static void put_body(pdf_table_set *l, row *r)
{
    size_t from = 0, end = l->rows ? pdf_table_group_end(l, 0) : 0;
    for (size_t at = 0; at < l->rows && !pdf_watch_stop(l->g->cx->watch); at++) {
        r->style = 0, r->colour = l->g->cx->th->ink, r->lines = 1;
        for (size_t i = 0; i < l->n; i++) wrap_cell(l, r, i, pdf_table_cell(l, &l->col[i], at), pdf_table_sign_room(l, &l->col[i]));
        /* two rows stand with the head, two before the end */
        bool keep = at == 0 || at + 2 == l->rows || at + 1 == l->rows;
        put_row(l, r, at, keep);
        release_row(l, r);
        if (l->group < 0 || at + 1 != end) continue;
        put_subtotal(l, r, from, end);
        from = end;
        if (end < l->rows) end = pdf_table_group_end(l, end);
    }
    if (l->rows == 0) put_empty(l);
    if (pdf_table_has_totals(l)) put_totals(l, r);
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
    pdf_table_set l = {.g = g, .b = b, .o = b->u.table, .t = b->table, .head = -1, .group = -1};
    l.rows = kam_table_rows(b->table);
    if (l.o->totals_last_row && l.rows > 0) l.rows--;
    if (l.o->n_cols == 0) return;
    if (l.o->subtotal_col) l.group = kam_table_index(l.t, l.o->subtotal_col);
    open_columns(&l);
    pdf_table_widths(&l);
    size_t first = g->n;
    int up = pdf_tag_open(g, PDF_TAG_TABLE);
    pdf_set_caption(g, l.o->caption);
    if (!l.o->caption) g->gap = fmax(g->gap, g->cx->th->block_gap);
    row r = {.cell = kam_calloc(l.n, sizeof *r.cell), .lines = 1};
    put_head(&l, &r);
    put_body(&l, &r);
    pdf_tag_close(g, up);
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
