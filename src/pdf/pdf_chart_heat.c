/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heat grid: a cell a row of the table, rows and columns by first appearance. Every state has a fill and an edge of
 * its own and the cell says in words or numbers what it is. */
#include "pdf_chart.h"
#include "pdf_figure.h"
#include "pdf_format.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_COLS = 200 }; /* wider grids are no picture; the rest is counted in words */

typedef enum { OWNED, PIPELINE, GAP, COMPETITOR, BLOCKED, STATES } state;
static const char *const STATE_WORDS[STATES] = {"owned", "pipeline", "gap", "competitor", "blocked"};

typedef struct name {
    const char *text;
    size_t row; /* of first appearance */
    size_t rank;
} name;

typedef struct heat {
    pdf_fig f;
    const pdf_heat_opts *o;
    size_t *row_of, *col_of; /* of every table row */
    const char **rows, **cols;
    size_t n_rows, n_cols, all_cols;
    size_t *cell;            /* n_rows × n_cols: table row + 1; 0: none */
    int value, state, note;
    double least, most;
    double name_w, cell_w, total_w, row_h;
    size_t per;              /* columns side by side */
} heat;

/* --- names --- */
static int by_text(const void *a, const void *b)
{
    const name *x = a, *y = b;
    int d = strcmp(x->text, y->text);
    return d ? d : (x->row > y->row) - (x->row < y->row);
}
static int by_row(const void *a, const void *b)
{
    const name *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

/* Distinct texts of a column in order of first appearance; of[i]: which one table row i has. O(n log n). */
static size_t *index_names(const heat *h, const char *col, const char ***out, size_t *n_out)
{
    size_t n = kam_table_rows(h->f.t), distinct = 0;
    const kam_column *c = kam_table_find(h->f.t, col);
    int ci = kam_table_index(h->f.t, col);
    name *v = kam_calloc(n + 1, sizeof *v), *first = kam_calloc(n + 1, sizeof *first);
    char buf[KAM_CELL_MAX];
    for (size_t i = 0; i < n; i++) {
        const char *s = kam_col_type(c) == KAM_TEXT ? kam_col_text(c, i) : kam_table_cell(h->f.t, (size_t)ci, i, buf);
        v[i] = (name){s == buf ? kam_arena_strdup(h->f.g->cx->arena, s) : s, i, 0};
    }
    qsort(v, n, sizeof *v, by_text);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(v[i].text, v[i - 1].text) != 0) {
            first[distinct] = (name){v[i].text, v[i].row, distinct};
            distinct++;
        }
        v[i].rank = distinct - 1;
    }
    qsort(first, distinct, sizeof *first, by_row);
    size_t *place = kam_calloc(distinct + 1, sizeof *place), *of = kam_calloc(n + 1, sizeof *of);
    *out = kam_calloc(distinct + 1, sizeof **out);
    for (size_t i = 0; i < distinct; i++) place[first[i].rank] = i, (*out)[i] = first[i].text;
    for (size_t i = 0; i < n; i++) of[v[i].row] = place[v[i].rank];
    *n_out = distinct;
    kam_free(place);
    kam_free(first);
    kam_free(v);
    return of;
}

static void read_cells(heat *h)
{
    h->row_of = index_names(h, h->o->row_col, &h->rows, &h->n_rows);
    h->col_of = index_names(h, h->o->col_col, &h->cols, &h->n_cols);
    h->value = h->o->value_col ? kam_table_index(h->f.t, h->o->value_col) : -1;
    h->state = h->o->state_col ? kam_table_index(h->f.t, h->o->state_col) : -1;
    h->note = h->o->note_col ? kam_table_index(h->f.t, h->o->note_col) : -1;
    h->all_cols = h->n_cols;
    if (h->n_cols > MAX_COLS) h->n_cols = MAX_COLS;
    h->cell = kam_calloc(h->n_rows * h->n_cols + 1, sizeof *h->cell);
    h->least = INFINITY, h->most = -INFINITY;
    for (size_t i = 0; i < kam_table_rows(h->f.t); i++) {
        double v;
        if (h->col_of[i] >= h->n_cols) continue;
        h->cell[h->row_of[i] * h->n_cols + h->col_of[i]] = i + 1;
        if (h->value >= 0 && pdf_fig_value(&h->f, (size_t)h->value, i, &v)) h->least = fmin(h->least, v), h->most = fmax(h->most, v);
    }
}

/* The state of a cell; STATES: none of ours. */
static state state_of(const heat *h, size_t row)
{
    if (h->state < 0) return STATES;
    const char *word = kam_col_text(kam_table_column(h->f.t, (size_t)h->state), row);
    for (int i = 0; i < STATES; i++)
        if (kam_streq(STATE_WORDS[i], word)) return (state)i;
    return STATES;
}

/* --- a cell --- */
static pdf_rgb put_ground(heat *h, state s, double x, double y, double w, double height)
{
    const pdf_theme *th = h->f.th;
    pdf_op *op;
    switch (s) {
    case OWNED: pdf_put_rect(h->f.o, x, y, w, height, th->accent_dark); return 0xFFFFFF;
    case PIPELINE:
        op = pdf_put_rect(h->f.o, x, y, w, height, pdf_fig_blend(th->accent, 0xFFFFFF, 0.72));
        op->stroke = th->accent, op->line = 0.6;
        return th->ink;
    case GAP:
        op = pdf_put_frame(h->f.o, x + 0.4, y + 0.4, w - 0.8, height - 0.8, th->muted, 0.6);
        op->dash = 1.6;
        return th->ink;
    case COMPETITOR:
        pdf_put_hatch(h->f.o, 1, x, y, w, height, pdf_fig_blend(th->bad, 0xFFFFFF, 0.6));
        pdf_put_frame(h->f.o, x, y, w, height, pdf_fig_blend(th->bad, 0xFFFFFF, 0.35), 0.5);
        return th->ink;
    case BLOCKED: pdf_put_rect(h->f.o, x, y, w, height, th->faint); return th->muted;
    case STATES: break;
    }
    pdf_put_frame(h->f.o, x, y, w, height, th->faint, 0.5);
    return th->ink;
}

static pdf_rgb put_shade(heat *h, size_t row, double x, double y, double w, double height)
{
    double v, t = 0;
    if (!pdf_fig_value(&h->f, (size_t)h->value, row, &v)) return put_ground(h, STATES, x, y, w, height);
    if (h->most > h->least) t = (v - fmin(h->least, 0)) / (h->most - fmin(h->least, 0));
    pdf_put_rect(h->f.o, x, y, w, height, pdf_fig_blend(0xFFFFFF, h->f.th->accent_dark, 0.06 + 0.86 * t));
    return t > 0.5 ? 0xFFFFFF : h->f.th->ink;
}

static void put_line(heat *h, double x, double base, double w, pdf_rgb ink, const char *text, bool over_hatch)
{
    double tw = fmin(pdf_measure(h->f.m, h->f.size, text), w - 6);
    if (over_hatch) pdf_put_rect(h->f.o, x + w / 2 - tw / 2 - 1.5, base - h->f.size * 0.85, tw + 3, h->f.size * 1.1, 0xFFFFFF);
    pdf_fig_text(&h->f, x + w / 2, base, ink, text, PDF_SET_CENTRE, w - 6);
}

static void put_cell(heat *h, size_t at, double x, double y, double w)
{
    const double in = 1, height = h->row_h - 2 * in;
    x += in, y += in, w -= 2 * in;
    if (at == 0) { /* no cell: an empty box would pass for a gap among states */
        if (h->state < 0) put_ground(h, STATES, x, y, w, height);
        return;
    }
    size_t row = at - 1;
    state s = state_of(h, row);
    pdf_rgb ink = h->state < 0 && h->value >= 0 ? put_shade(h, row, x, y, w, height) : put_ground(h, s, x, y, w, height);
    const char *lines[2] = {NULL, NULL};
    char number[64] = "";
    double v;
    if (h->value >= 0 && pdf_fig_value(&h->f, (size_t)h->value, row, &v)) {
        snprintf(number, sizeof number, "%s", pdf_fig_number(&h->f, (size_t)h->value, v, h->o->format, h->o->format == PDF_FORMAT_SHORT ? 0 : -1));
        lines[0] = number;
    }
    const char *note = h->note >= 0 ? kam_col_text(kam_table_column(h->f.t, (size_t)h->note), row) : "";
    if (*note) lines[lines[0] ? 1 : 0] = note;
    if (!lines[0] && h->state >= 0 && s == STATES) lines[0] = kam_col_text(kam_table_column(h->f.t, (size_t)h->state), row);
    if (!lines[0]) return;
    double mid = y + height / 2 + h->f.size * 0.35;
    put_line(h, x, lines[1] ? mid - 5.2 : mid, w, ink, lines[0], s == COMPETITOR);
    if (lines[1]) put_line(h, x, mid + 5.2, w, ink, lines[1], s == COMPETITOR);
}

/* --- totals: what is ours of what could be --- */
static void share(heat *h, bool by_col, size_t k, char out[32])
{
    size_t ours = 0, all = 0, n = by_col ? h->n_rows : h->n_cols;
    for (size_t i = 0; i < n; i++) {
        size_t at = by_col ? h->cell[i * h->n_cols + k] : h->cell[k * h->n_cols + i];
        state s = at ? state_of(h, at - 1) : STATES;
        if (s == STATES || s == BLOCKED) continue;
        all++;
        ours += s == OWNED;
    }
    if (all) snprintf(out, 32, "%.0f %%", 100.0 * (double)ours / (double)all);
    else snprintf(out, 32, "–");
}

/* --- grid --- */
static void put_head(heat *h, size_t from, size_t n, bool last)
{
    enum { LINES = 3 };
    pdf_galley *g = h->f.g;
    const pdf_theme *th = h->f.th;
    size_t op0 = g->ops.n, lines = 1;
    const double step = h->f.size * 1.2;
    for (size_t c = 0; c < n; c++) {
        pdf_text t;
        pdf_text_init(&t, h->f.m, &(pdf_run){h->cols[from + c], PDF_BOLD, th->head_ink}, 1);
        pdf_text_wrap(&t, h->f.size, h->cell_w - 8);
        pdf_set set = t.n_lines > LINES ? PDF_SET_LEFT : PDF_SET_CENTRE;
        pdf_text_cut(&t, h->f.m, h->f.size, h->cell_w - 8, LINES);
        for (size_t i = 0; i < t.n_lines; i++)
            pdf_text_put(&t, i, h->f.o, h->name_w + (double)c * h->cell_w + 4, 11 + (double)i * step, h->f.size, h->cell_w - 8, set);
        if (t.n_lines > lines) lines = t.n_lines;
        pdf_text_release(&t);
    }
    if (h->o->row_label) pdf_fig_bold(&h->f, 2, 11, th->head_ink, h->o->row_label, PDF_SET_LEFT, h->name_w - 6);
    if (last && h->total_w > 0)
        pdf_fig_bold(&h->f, h->name_w + (double)n * h->cell_w + h->total_w - 4, 11, th->head_ink,
                     h->f.lang == PDF_ZH ? "占有率" : "owned", PDF_SET_RIGHT, h->total_w - 4);
    double height = 7 + (double)lines * step;
    KAM_GROW(g->heads, g->cap_heads, g->n_heads + 1);
    g->heads[g->n_heads++] = (pdf_head){op0, g->ops.n, height};
    pdf_galley_item(g, op0, height)->keep = true;
}

static void put_row(heat *h, size_t r, size_t from, size_t n, bool last)
{
    size_t op0 = h->f.o->n;
    double base = pdf_baseline(h->row_h, h->f.size);
    pdf_fig_text(&h->f, 2, base, h->f.th->ink, h->rows[r], PDF_SET_LEFT, h->name_w - 8);
    for (size_t c = 0; c < n; c++) put_cell(h, h->cell[r * h->n_cols + from + c], h->name_w + (double)c * h->cell_w, 0, h->cell_w);
    if (last && h->total_w > 0) {
        char s[32];
        share(h, false, r, s);
        pdf_fig_bold(&h->f, h->name_w + (double)n * h->cell_w + h->total_w - 4, base, h->f.th->ink, s, PDF_SET_RIGHT, 0);
    }
    pdf_galley_item(h->f.g, op0, h->row_h)->head = (int)h->f.g->n_heads - 1;
}

static void put_foot(heat *h, size_t from, size_t n)
{
    size_t op0 = h->f.o->n;
    const double height = 15;
    pdf_fig_bold(&h->f, 2, 11, h->f.th->ink, h->f.lang == PDF_ZH ? "占有率" : "owned", PDF_SET_LEFT, h->name_w - 8);
    for (size_t c = 0; c < n; c++) {
        char s[32];
        share(h, true, from + c, s);
        pdf_fig_bold(&h->f, h->name_w + ((double)c + 0.5) * h->cell_w, 11, h->f.th->ink, s, PDF_SET_CENTRE, 0);
    }
    pdf_galley_item(h->f.g, op0, height)->head = (int)h->f.g->n_heads - 1;
    if (h->f.g->n >= 2) h->f.g->v[h->f.g->n - 2].keep = true;
}

static void put_legend(heat *h)
{
    static const char *const zh[STATES] = {"已占有", "在谈", "空白", "竞争对手", "不可行"};
    static const char *const en[STATES] = {"owned", "in the pipeline", "gap", "a competitor's", "blocked"};
    double x = 0, keep_h = h->row_h;
    for (int s = 0; s < STATES; s++) {
        put_ground(h, (state)s, x, 2, 16, 9);
        x += 20 + pdf_fig_text(&h->f, x + 20, 10, h->f.th->ink, h->f.lang == PDF_ZH ? zh[s] : en[s], PDF_SET_LEFT, 0) + 16;
    }
    h->row_h = keep_h;
    pdf_item *it = pdf_galley_item(h->f.g, h->f.op0, 15);
    it->keep = true;
    it->after = 3;
}

static void arrange(heat *h)
{
    const double least = 54;
    for (size_t r = 0; r < h->n_rows; r++) h->name_w = fmax(h->name_w, pdf_measure(h->f.m, h->f.size, h->rows[r]));
    if (h->o->row_label) h->name_w = fmax(h->name_w, pdf_measure(h->f.m, h->f.size, h->o->row_label) * 1.08);
    if (h->o->totals) h->name_w = fmax(h->name_w, pdf_measure(h->f.m, h->f.size, h->f.lang == PDF_ZH ? "已占有" : "owned") * 1.12); /* bold */
    h->name_w = fmin(h->name_w + 12, h->f.w * 0.3);
    h->total_w = h->o->totals && h->state >= 0 ? 44 : 0;
    double room = h->f.w - h->name_w - h->total_w;
    size_t fit = (size_t)fmax(1, floor(room / least)), blocks = (h->n_cols + fit - 1) / fit;
    h->per = (h->n_cols + blocks - 1) / blocks;
    h->cell_w = fmin(room / (double)h->per, 110);
    h->row_h = h->note >= 0 && h->value >= 0 ? 28 : 19;
}

static void say_rest(const heat *h, pdf_galley *g)
{
    char line[80];
    if (h->all_cols == h->n_cols) return;
    snprintf(line, sizeof line, h->f.lang == PDF_ZH ? "另有 %zu 列未画出。" : "%zu more columns are not drawn.", h->all_cols - h->n_cols);
    pdf_fig_remark(g, line);
}

void pdf_set_heat(pdf_galley *g, const pdf_block *b)
{
    heat h = {.o = b->u.figure};
    pdf_fig_open(&h.f, g, b, h.o->caption);
    if (kam_table_rows(h.f.t) == 0) {
        pdf_fig_empty(&h.f);
        return;
    }
    read_cells(&h);
    arrange(&h);
    if (h.state >= 0) put_legend(&h);
    for (size_t from = 0; from < h.n_cols; from += h.per) {
        size_t n = h.n_cols - from < h.per ? h.n_cols - from : h.per;
        bool last = from + n == h.n_cols;
        put_head(&h, from, n, last);
        for (size_t r = 0; r < h.n_rows; r++) put_row(&h, r, from, n, last);
        if (h.total_w > 0) put_foot(&h, from, n);
        g->v[g->n - 1].after = h.f.th->block_gap + 4;
    }
    kam_str_release(&h.f.s);
    say_rest(&h, g);
    kam_free(h.row_of);
    kam_free(h.col_of);
    kam_free(h.rows);
    kam_free(h.cols);
    kam_free(h.cell);
}
