/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The widths of a table's columns. What fits on one line gets it; else the widest columns give way first, and what is
 * left is moved between the columns that wrap until the rows are as low as they can be. */
#include "pdf_table.h"
#include <math.h>

enum {
    SAMPLE_ROWS = 400,  /* rows measured for the widths; beyond, a wider cell wraps */
    BALANCED_ROWS = 32  /* rows whose height is weighed */
};

typedef enum { CELL, HEAD, SUM } part;

/* Returns the width of the text on one line, without what stands around it. */
static double widen(pdf_table_set *l, pdf_tcol *c, const char *text, part kind, double extra)
{
    uint8_t style = kind != CELL || c->spec->bold ? PDF_BOLD : 0;
    pdf_text t;
    pdf_text_init(&t, l->g->cx->m, &(pdf_run){text, style, 0}, 1);
    double pads = 2 * l->pad_x + extra, one = pdf_text_natural(&t, l->size), least = one;
    if (kind == HEAD) least = fmax(pdf_text_halves(&t, l->size), fmin(one, 3.2 * l->size)); /* two lines, no towers */
    else if (c->wraps) least = pdf_text_longest(&t, l->size);
    c->natural = fmax(c->natural, one + pads);
    c->least = fmax(c->least, least + pads);
    pdf_text_release(&t);
    return one;
}

/* The label of a row of sums may run on over the empty cells beside it: only else does its column have to hold it. */
static bool runs_on(const pdf_table_set *l, size_t i, const char *beside)
{
    return i == 0 && l->n > 1 && l->col[0].set == PDF_SET_LEFT && !*beside;
}

static void measure_sums(pdf_table_set *l, size_t i)
{
    pdf_tcol *c = &l->col[i], *beside = i + 1 < l->n ? c + 1 : c;
    if (pdf_table_has_totals(l) && !runs_on(l, i, pdf_table_total(l, beside, i + 1)))
        widen(l, c, pdf_table_total(l, c, i), SUM, 0);
    for (size_t r = 0, end; l->group >= 0 && r < l->rows && r < SAMPLE_ROWS; r = end) {
        end = pdf_table_group_end(l, r);
        if (!runs_on(l, i, pdf_table_subtotal(l, beside, i + 1, r, end))) widen(l, c, pdf_table_subtotal(l, c, i, r, end), SUM, 0);
    }
}

static void measure(pdf_table_set *l)
{
    const double pads = 2 * l->pad_x, most = l->g->width * 0.45, word = fmin(most, 12 * l->size + pads); /* one long word must not push the others out */
    for (size_t i = 0; i < l->n; i++) {
        pdf_tcol *c = &l->col[i];
        c->natural = c->least = 0;
        widen(l, c, c->spec->label, HEAD, 0);
        for (size_t r = 0; r < l->rows && r < SAMPLE_ROWS; r++) {
            double w = widen(l, c, pdf_table_cell(l, c, r), CELL, pdf_table_sign_room(l, c));
            if (r < BALANCED_ROWS) l->one_line[r * l->n + i] = w;
        }
        measure_sums(l, i);
        c->natural += 0.1; /* what rounding of sums may eat */
        c->least = fmin(c->least + 0.1, c->wraps ? word : most);
        /* a text column narrower than a few characters reads like a tower */
        if (c->wraps) c->least = fmax(c->least, fmin(c->natural, 5.5 * l->size + pads));
        c->floor = c->wraps ? fmin(c->least, 5.5 * l->size + pads) : c->least;
        if (c->spec->lines > 0) c->least = c->floor; /* what is cut may be cut early: no smaller print for its sake */
        if (c->spec->width_pt > 0) c->natural = c->least = c->floor = c->spec->width_pt;
    }
}

static double sum_of(const pdf_table_set *l, bool natural)
{
    double s = 0;
    for (size_t i = 0; i < l->n; i++) s += natural ? l->col[i].natural : l->col[i].least;
    return s;
}

/* How much of the room left over a column asks for: its weight; without any weights, text columns by their natural
 * width; a table of numbers only is spread evenly. */
static double share_of(const pdf_tcol *c, int pass)
{
    if (pass == 3) return 1;
    if (c->spec->width_pt > 0) return 0;
    return pass == 0 ? c->spec->weight : pass == 1 ? (c->wraps ? c->natural : 0) : 1;
}

static void share_rest(pdf_table_set *l, double rest)
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
static double capped(const pdf_tcol *c, bool broken, double cap)
{
    if (c->spec->weight > 0) cap *= c->spec->weight;
    if (!broken && !c->wraps) return c->least;
    return broken ? fmax(c->floor, fmin(c->least, cap)) : fmax(c->least, fmin(c->natural, cap));
}
static double widest_allowed(const pdf_table_set *l, bool broken)
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

/* --- balance --- */
/* Lines a cell of this width takes in column c when that is w wide, as a real number: about a third of a word is lost at
 * the end of each line. */
static double lines_in(const pdf_table_set *l, const pdf_tcol *c, double one, double w)
{
    double room = w - 2 * l->pad_x - pdf_table_sign_room(l, c);
    if (one <= room) return 1;
    double word = fmin(c->least - 2 * l->pad_x, room), used = fmax(room - word / 3, l->size);
    double lines = fmax(one / used, 1.001);
    return c->spec->lines > 0 ? fmin(lines, c->spec->lines) : lines;
}

/* Height of the rows looked at, in lines; whole ones or, to see which way is down, broken ones. */
static double height_of(const pdf_table_set *l, bool whole)
{
    double sum = 0;
    for (size_t r = 0; r < l->rows && r < BALANCED_ROWS; r++) {
        double most = 1;
        for (size_t i = 0; i < l->n; i++) {
            if (!l->col[i].wraps) continue;
            double lines = lines_in(l, &l->col[i], l->one_line[r * l->n + i], l->col[i].width);
            most = fmax(most, whole ? ceil(lines) : lines);
        }
        sum += most;
    }
    return sum;
}

/* A column that holds its longest cell on one line keeps that. */
static bool gives(const pdf_tcol *c, double step)
{
    double least = c->width > c->natural - 0.05 ? c->natural : c->least;
    return c->wraps && c->spec->width_pt <= 0 && c->spec->lines == 0 && c->width - step >= least;
}

/* Which columns get the width: one, or (at == n) those that are about as tall as the tallest. Returns how many. */
static size_t choose_takers(const pdf_table_set *l, size_t at, bool *taker)
{
    double *tall = kam_calloc(l->n, sizeof *tall), most = 0;
    for (size_t i = 0; i < l->n; i++) {
        for (size_t r = 0; l->col[i].wraps && r < l->rows && r < BALANCED_ROWS; r++)
            tall[i] += lines_in(l, &l->col[i], l->one_line[r * l->n + i], l->col[i].width);
        most = fmax(most, tall[i]);
    }
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++) {
        bool may = l->col[i].wraps && l->col[i].spec->width_pt <= 0;
        taker[i] = may && (at == l->n ? tall[i] >= 0.85 * most : i == at);
        n += taker[i];
    }
    kam_free(tall);
    return n;
}

static void shift_width(pdf_table_set *l, size_t from, const bool *taker, double give, double take)
{
    l->col[from].width -= give;
    for (size_t i = 0; i < l->n; i++)
        if (taker[i]) l->col[i].width += take;
}

/* Moves width from one column to others while that makes the rows lower. Two texts alike have to grow together. */
static bool move_width(pdf_table_set *l, double step)
{
    bool any = false, *taker = kam_calloc(l->n, sizeof *taker);
    double *had = kam_calloc(l->n, sizeof *had);
    for (size_t to = 0; to <= l->n; to++) {
        size_t takers = choose_takers(l, to, taker);
        for (size_t from = 0; takers && from < l->n; from++) {
            if (taker[from] || !gives(&l->col[from], step)) continue;
            double before = height_of(l, false);
            for (size_t i = 0; i < l->n; i++) had[i] = l->col[i].width;
            shift_width(l, from, taker, step, step / (double)takers);
            if (height_of(l, false) < before - 1e-6) any = true;
            else
                for (size_t i = 0; i < l->n; i++) l->col[i].width = had[i];
        }
    }
    kam_free(taker);
    kam_free(had);
    return any;
}

/* Long texts beside each other: the widths that were shared out by weight or evenly make one of them a tower while the
 * other has room. Kept when it saves lines; otherwise the author's widths stand. */
static void balance(pdf_table_set *l)
{
    enum { ROUNDS = 12 };
    double before = height_of(l, true);
    double *old = kam_calloc(l->n, sizeof *old);
    for (size_t i = 0; i < l->n; i++) old[i] = l->col[i].width;
    int rounds = 0;
    for (double step = l->g->width / 12; step > 2; step /= 2)
        while (rounds < ROUNDS && move_width(l, step)) rounds++;
    if (height_of(l, true) > before * 0.97)
        for (size_t i = 0; i < l->n; i++) l->col[i].width = old[i];
    kam_free(old);
}

static void fit(pdf_table_set *l)
{
    double room = l->g->width, natural = sum_of(l, true), floor_sum = 0;
    bool broken = sum_of(l, false) > room;
    double cap = widest_allowed(l, broken);
    for (size_t i = 0; i < l->n; i++) floor_sum += l->col[i].floor;
    for (size_t i = 0; i < l->n; i++) {
        pdf_tcol *c = &l->col[i];
        if (natural <= room) c->width = c->natural;
        else if (floor_sum <= room) c->width = capped(c, broken, cap);
        else c->width = c->floor * room / floor_sum;
    }
    double x = 0;
    for (size_t i = 0; i < l->n; i++) x += l->col[i].width;
    if (x < room - 0.01) share_rest(l, room - x);
    if (natural > room && floor_sum <= room) balance(l);
    x = 0;
    for (size_t i = 0; i < l->n; i++) {
        l->col[i].x = x;
        x += l->col[i].width;
    }
}

/* Type size: as asked; smaller, down to 8 pt, and then closer, when the columns cannot stand otherwise. Nothing is set below 8 pt: what still
 * does not fit is broken within its cells. */
static void choose_size(pdf_table_set *l)
{
    const pdf_theme *th = l->g->cx->th;
    const double least = 8;
    double size = fmax(least, l->o->compact ? th->table_pt - 1 : th->table_pt);
    for (bool close = l->n > 8;; size = fmax(least, size - 0.5)) {
        l->size = size;
        l->line_h = size * (l->g->cx->lang == PDF_ZH ? 1.42 : 1.36);
        l->pad_x = close ? 3 : 5;
        l->pad_y = l->o->compact ? 1.8 : 3.2;
        measure(l);
        if (sum_of(l, false) <= l->g->width || (close && size <= least)) return;
        if (size <= least) close = true;
    }
}

void pdf_table_widths(pdf_table_set *l)
{
    l->one_line = kam_calloc(BALANCED_ROWS * l->n, sizeof *l->one_line);
    choose_size(l);
    fit(l);
    kam_free(l->one_line);
    l->one_line = NULL;
}
