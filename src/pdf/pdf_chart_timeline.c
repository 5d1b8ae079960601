/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timeline: a row an action on a scale of days. Names stand left, owners behind them, so that nothing is written
 * over the bars; the scale is repeated on every page. */
#include "kam_date.h"
#include "pdf_chart.h"
#include "pdf_figure.h"
#include <math.h>
#include <stdio.h>

enum { MAX_TICKS = 40 };
static const double ROW = 17, HEAD = 18;

typedef struct timeline {
    pdf_fig f;
    const pdf_timeline_opts *o;
    size_t label, due;
    int start, owner, tone;
    int64_t lo, hi;
    size_t n, undated;
    double x0, x1, owner_x, owner_w;
    double tick[MAX_TICKS];
    size_t n_ticks;
} timeline;

static bool day_at(const timeline *t, int col, size_t row, int64_t *day)
{
    if (col < 0) return false;
    const kam_column *c = kam_table_column(t->f.t, (size_t)col);
    if (kam_col_missing(c, row)) return false;
    *day = kam_col_int(c, row);
    return true;
}

static void span(timeline *t)
{
    t->lo = INT64_MAX, t->hi = INT64_MIN;
    for (size_t r = 0; r < kam_table_rows(t->f.t); r++) {
        int64_t due, start;
        if (!day_at(t, (int)t->due, r, &due)) {
            t->undated++;
            continue;
        }
        t->n++;
        if (!day_at(t, t->start, r, &start) || start > due) start = due;
        if (start < t->lo) t->lo = start;
        if (due > t->hi) t->hi = due;
    }
    if (t->n == 0) return;
    if (t->o->has_today && t->o->today < t->lo) t->lo = t->o->today;
    if (t->o->has_today && t->o->today > t->hi) t->hi = t->o->today;
    t->lo = kam_day_month_start((kam_day)t->lo);
    t->hi = t->hi + 5;
    if (t->hi - t->lo < 30) t->hi = t->lo + 30;
}

static double x_of(const timeline *t, int64_t day)
{
    return t->x0 + (t->x1 - t->x0) * (double)(day - t->lo) / (double)(t->hi - t->lo);
}

/* Scale: months, or every 2, 3, 6, 12 … of them, so that labels keep apart. */
static void put_scale(timeline *t)
{
    const pdf_theme *th = t->f.th;
    const double label = pdf_measure(t->f.m, t->f.size, "2026-12") + 10;
    static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 2400, 6000, 12000, 24000};
    double months = (double)(t->hi - t->lo) / 30.4;
    size_t s = 0;
    while (s + 1 < sizeof steps / sizeof *steps && (t->x1 - t->x0) / fmax(months / steps[s], 1) < label) s++;
    int64_t day = t->lo;
    for (int k = 0; day <= t->hi && t->n_ticks < MAX_TICKS; k++) {
        double x = x_of(t, day);
        if (k % steps[s] == 0) {
            char text[KAM_DATE_MAX];
            kam_day_format((kam_day)day, text);
            text[7] = '\0';
            if (x + label - 10 <= t->x1 + 20) pdf_fig_text(&t->f, x + 2, HEAD - 6, th->muted, text, PDF_SET_LEFT, 0);
            t->tick[t->n_ticks++] = x;
        }
        day = kam_day_month_start((kam_day)(day + 32));
    }
    pdf_put_line(t->f.o, 0, HEAD - 1, t->f.w, HEAD - 1, th->unknown, 0.6);
}

static void put_marks(timeline *t, size_t row, int64_t due, pdf_rgb colour, pdf_sign sign)
{
    int64_t start;
    double x = x_of(t, due), mid = ROW / 2;
    if (day_at(t, t->start, row, &start) && start < due)
        pdf_put_rect(t->f.o, x_of(t, start), mid - 2, x - x_of(t, start), 4, pdf_fig_blend(colour, 0xFFFFFF, 0.45));
    pdf_put_sign(t->f.o, sign, x, mid, 3.6, colour, 0xFFFFFF);
}

static bool remarks(const timeline *t)
{
    return (t->o->has_today && t->o->today_label) || t->undated > 0;
}

/* Row k of those drawn. Two stand with the scale, two at the end with the remark under them. */
static void put_row(timeline *t, size_t row, size_t k)
{
    const pdf_theme *th = t->f.th;
    int64_t due;
    if (!day_at(t, (int)t->due, row, &due)) return;
    size_t op0 = t->f.o->n;
    if (k % 2 == 1) pdf_put_rect(t->f.o, 0, 0, t->f.w, ROW, th->zebra);
    for (size_t i = 0; i < t->n_ticks; i++) pdf_put_line(t->f.o, t->tick[i], 0, t->tick[i], ROW, th->faint, 0.4);
    if (t->o->has_today) {
        double x = x_of(t, t->o->today);
        pdf_put_line(t->f.o, x, 0, x, ROW, th->accent, 0.9)->dash = 2;
    }
    pdf_rgb colour = th->accent;
    pdf_sign sign = PDF_SIGN_DIAMOND;
    if (t->tone >= 0) {
        const char *word = kam_col_text(kam_table_column(t->f.t, (size_t)t->tone), row);
        if (*word) pdf_tone_of(th, word, &colour, &sign);
    }
    double base = pdf_baseline(ROW, t->f.size);
    pdf_fig_text(&t->f, 2, base, th->ink, pdf_fig_label(&t->f, t->label, row), PDF_SET_LEFT, (t->owner >= 0 ? t->owner_x : t->x0) - 8);
    if (t->owner >= 0 && !kam_col_missing(kam_table_column(t->f.t, (size_t)t->owner), row))
        pdf_fig_text(&t->f, t->owner_x, base, th->muted, pdf_fig_label(&t->f, (size_t)t->owner, row), PDF_SET_LEFT, t->owner_w);
    put_marks(t, row, due, colour, sign);
    pdf_item *it = pdf_galley_item(t->f.g, op0, ROW);
    it->head = (int)t->f.g->n_heads - 1;
    it->keep = k == 0 || k + 2 == t->n || (k + 1 == t->n && remarks(t));
}

/* The scale as a head that opens every page, and once as an item here. */
static void put_head(timeline *t)
{
    pdf_galley *g = t->f.g;
    size_t op0 = g->ops.n;
    put_scale(t);
    KAM_GROW(g->heads, g->cap_heads, g->n_heads + 1);
    g->heads[g->n_heads++] = (pdf_head){op0, g->ops.n, HEAD};
    pdf_item *it = pdf_galley_item(g, op0, HEAD);
    it->keep = true;
}

static void arrange(timeline *t)
{
    double names = 0, owners = 0;
    for (size_t r = 0; r < kam_table_rows(t->f.t); r++) {
        names = fmax(names, pdf_measure(t->f.m, t->f.size, pdf_fig_label(&t->f, t->label, r)));
        if (t->owner >= 0) owners = fmax(owners, pdf_measure(t->f.m, t->f.size, pdf_fig_label(&t->f, (size_t)t->owner, r)));
    }
    names = fmin(names + 10, t->f.w * 0.42);
    t->owner_w = fmin(owners, t->f.w * 0.12);
    t->owner_x = names + 2;
    t->x0 = names + (t->owner >= 0 ? t->owner_w + 12 : 6);
    t->x1 = t->f.w - 6;
}

static void say_rest(timeline *t, pdf_galley *g)
{
    char line[160];
    if (t->o->has_today && t->o->today_label) {
        char day[KAM_DATE_MAX];
        kam_day_format((kam_day)t->o->today, day);
        snprintf(line, sizeof line, "┊ %.60s %s", t->o->today_label, day);
        pdf_fig_remark(g, line);
    }
    if (t->undated == 0) return;
    if (t->f.lang == PDF_ZH) snprintf(line, sizeof line, "另有 %zu 项没有期限。", t->undated);
    else snprintf(line, sizeof line, "%zu more without a due day.", t->undated);
    pdf_fig_remark(g, line);
}

void pdf_set_timeline(pdf_galley *g, const pdf_block *b)
{
    timeline t = {.o = b->u.figure};
    pdf_fig_open(&t.f, g, b, t.o->caption);
    t.label = pdf_fig_col(&t.f, t.o->label_col), t.due = pdf_fig_col(&t.f, t.o->due_col);
    t.start = t.o->start_col ? kam_table_index(t.f.t, t.o->start_col) : -1;
    t.owner = t.o->owner_col ? kam_table_index(t.f.t, t.o->owner_col) : -1;
    t.tone = t.o->tone_col ? kam_table_index(t.f.t, t.o->tone_col) : -1;
    span(&t);
    if (t.n == 0) {
        pdf_fig_empty(&t.f);
        say_rest(&t, g);
        return;
    }
    arrange(&t);
    put_head(&t);
    size_t drawn = 0;
    for (size_t r = 0; r < kam_table_rows(t.f.t); r++) {
        int64_t due;
        if (day_at(&t, (int)t.due, r, &due)) put_row(&t, r, drawn++);
    }
    kam_str_release(&t.f.s);
    say_rest(&t, g);
    g->v[g->n - 1].after = t.f.th->block_gap + 4;
}
