/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quadrant: points on a cross, names beside them. Names are placed greedily, the heavier point first, at the first
 * of a ring of places that touches neither another name, nor a point, nor the frame, nor a leader; a name put far off gets
 * a leader, which crosses neither a name, nor another point, nor a leader. Points at one place are parted. When no place is left the name is left out and the figure
 * says how many are. O(names · places · n); of a crowd of points O(n): those that would stand upon each other are drawn once, and names keep
 * away from the ground they cover. */
#include "pdf_chart.h"
#include <math.h>
#include <stdlib.h>
#include <stdio.h>

enum { MAX_NAMES = 250 /* tried; beyond that nobody reads them */, MAX_GROUPS = PDF_SERIES, CROWD = 2000, FINE = 4 /* of a point of length */ };

typedef struct box {
    double x0, y0, x1, y1;
} box;

typedef struct leader {
    double x0, y0, x1, y1;
} leader;

typedef struct point {
    double x, y, r, weight;
    size_t row, group;
} point;

typedef struct quadrant {
    pdf_fig f;
    const pdf_quadrant_opts *o;
    size_t xc, yc, lc, sc, gc;
    kam_axis ax, ay;
    box frame;
    point *p;
    size_t n, skipped;
    const char *groups[MAX_GROUPS];
    size_t n_groups;
    box *taken;
    size_t n_taken, cap_taken;
    size_t first_point, end_point; /* of those taken: what stands in front are words in the corners, behind are names */
    leader *leaders;
    size_t n_leaders, cap_leaders;
    double sx, sy;      /* where the cross stands */
    int32_t *ground;    /* of a crowd: how many points cover each square of one point, summed from the upper left */
    size_t ground_w, ground_h;
} quadrant;

/* --- data --- */
static size_t group_of(quadrant *q, size_t row)
{
    if (!q->o->group_col) return 0;
    const char *name = kam_col_text(kam_table_column(q->f.t, q->gc), row);
    if (!*name) name = "–";
    for (size_t i = 0; i < q->n_groups; i++)
        if (kam_streq(q->groups[i], name)) return i;
    if (q->n_groups < MAX_GROUPS) {
        q->groups[q->n_groups] = name;
        return q->n_groups++;
    }
    return MAX_GROUPS - 1;
}

static int heavier(const void *a, const void *b)
{
    const point *p = a, *q = b;
    if (p->weight != q->weight) return p->weight > q->weight ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

static void collect(quadrant *q)
{
    size_t rows = kam_table_rows(q->f.t);
    q->p = kam_calloc(rows + 1, sizeof *q->p);
    double most = 0;
    for (size_t r = 0; r < rows; r++) {
        point p = {.row = r};
        if (!pdf_fig_value(&q->f, q->xc, r, &p.x) || !pdf_fig_value(&q->f, q->yc, r, &p.y)) {
            q->skipped++;
            continue;
        }
        p.group = group_of(q, r);
        if (!q->o->size_col || !pdf_fig_value(&q->f, q->sc, r, &p.weight) || p.weight < 0) p.weight = 0;
        most = fmax(most, p.weight);
        q->p[q->n++] = p;
    }
    for (size_t i = 0; i < q->n; i++) q->p[i].r = q->o->size_col && most > 0 ? 3 + 6.5 * sqrt(q->p[i].weight / most) : 3.6;
    if (q->n) qsort(q->p, q->n, sizeof *q->p, heavier); /* big ones first: small ones are drawn over them */
}

static void axis_of(const quadrant *q, kam_axis *a, bool x)
{
    double lo = x ? q->o->x_min : q->o->y_min, hi = x ? q->o->x_max : q->o->y_max;
    if (lo != hi) {
        kam_axis_make(a, lo, hi, 5, false);
        return;
    }
    lo = INFINITY, hi = -INFINITY;
    for (size_t i = 0; i < q->n; i++) {
        double v = x ? q->p[i].x : q->p[i].y;
        lo = fmin(lo, v), hi = fmax(hi, v);
    }
    if (q->o->split_given) lo = fmin(lo, x ? q->o->x_split : q->o->y_split), hi = fmax(hi, x ? q->o->x_split : q->o->y_split);
    double pad = (hi - lo) * 0.04; /* points do not sit on the frame, but what cannot be negative has no negative axis */
    kam_axis_make(a, lo >= 0 ? fmax(0, lo - pad) : lo - pad, hi <= 0 ? fmin(0, hi + pad) : hi + pad, 5, false);
}

/* --- frame --- */
static const char *tick(quadrant *q, bool x, double v)
{
    const kam_axis *a = x ? &q->ax : &q->ay;
    pdf_format fm = x ? q->o->x_format : q->o->y_format;
    int d = a->decimals ? a->decimals : -1;
    if (fm == PDF_FORMAT_PERCENT) d = a->step >= 0.01 ? -1 : 1;
    return pdf_fig_number(&q->f, x ? q->xc : q->yc, v, fm, d);
}

static void put_corners(quadrant *q, double sx, double sy)
{
    const box *b = &q->frame;
    const pdf_theme *th = q->f.th;
    struct {
        double x, y;
        pdf_set set;
        double room;
    } at[4] = {{b->x0 + 6, b->y0 + 13, PDF_SET_LEFT, sx - b->x0}, {b->x1 - 6, b->y0 + 13, PDF_SET_RIGHT, b->x1 - sx},
               {b->x0 + 6, b->y1 - 6, PDF_SET_LEFT, sx - b->x0}, {b->x1 - 6, b->y1 - 6, PDF_SET_RIGHT, b->x1 - sx}};
    (void)sy;
    for (int i = 0; i < 4; i++) {
        if (!q->o->corner[i]) continue;
        double size = q->f.size + 1.3;
        double w = pdf_put_text(q->f.o, q->f.m, at[i].x, at[i].y, size, PDF_BOLD, th->unknown, q->o->corner[i], at[i].set,
                                fmax(at[i].room - 10, 20));
        double x0 = at[i].set == PDF_SET_LEFT ? at[i].x : at[i].x - w;
        KAM_GROW(q->taken, q->cap_taken, q->n_taken + 1);
        q->taken[q->n_taken++] = (box){x0 - 1, at[i].y - size, x0 + w + 1, at[i].y + 3};
    }
}

static void put_frame(quadrant *q)
{
    const box *b = &q->frame;
    const pdf_theme *th = q->f.th;
    double sx = q->o->split_given ? q->o->x_split : (q->ax.min + q->ax.max) / 2;
    double sy = q->o->split_given ? q->o->y_split : (q->ay.min + q->ay.max) / 2;
    sx = fmin(fmax(kam_axis_map(&q->ax, sx, b->x0, b->x1), b->x0), b->x1);
    sy = fmin(fmax(kam_axis_map(&q->ay, sy, b->y1, b->y0), b->y0), b->y1);
    q->sx = sx, q->sy = sy;
    /* the quadrant to be in is tinted */
    pdf_put_rect(q->f.o, sx, b->y0, b->x1 - sx, sy - b->y0, th->tint);
    pdf_put_frame(q->f.o, b->x0, b->y0, b->x1 - b->x0, b->y1 - b->y0, th->unknown, 0.7);
    pdf_put_line(q->f.o, sx, b->y0, sx, b->y1, th->unknown, 0.7);
    pdf_put_line(q->f.o, b->x0, sy, b->x1, sy, th->unknown, 0.7);
    for (size_t i = 0; i < q->ax.n; i++) {
        double x = kam_axis_map(&q->ax, q->ax.tick[i], b->x0, b->x1);
        pdf_put_line(q->f.o, x, b->y1, x, b->y1 + 2.5, th->unknown, 0.5);
        const char *text = tick(q, true, q->ax.tick[i]);
        pdf_fig_text(&q->f, pdf_fig_centre(&q->f, x, text), b->y1 + q->f.size + 4, th->muted, text, PDF_SET_CENTRE, 0);
    }
    for (size_t i = 0; i < q->ay.n; i++) {
        double y = kam_axis_map(&q->ay, q->ay.tick[i], b->y1, b->y0);
        pdf_put_line(q->f.o, b->x0 - 2.5, y, b->x0, y, th->unknown, 0.5);
        pdf_fig_text(&q->f, b->x0 - 5, y + q->f.size * 0.35, th->muted, tick(q, false, q->ay.tick[i]), PDF_SET_RIGHT, 0);
    }
    put_corners(q, sx, sy);
}

/* --- names --- */
static bool overlap(const box *a, const box *b)
{
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

static bool on_cross(const quadrant *q, const box *b)
{
    return (b->x0 < q->sx && b->x1 > q->sx) || (b->y0 < q->sy && b->y1 > q->sy);
}

/* Does the line pass through the box? (Liang and Barsky's clipping.) */
static bool passes(const leader *l, const box *b)
{
    double dx = l->x1 - l->x0, dy = l->y1 - l->y0, from = 0, to = 1;
    const double p[4] = {-dx, dx, -dy, dy}, d[4] = {l->x0 - b->x0, b->x1 - l->x0, l->y0 - b->y0, b->y1 - l->y0};
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0 && d[i] <= 0) return false;
        if (p[i] < 0) from = fmax(from, d[i] / p[i]);
        if (p[i] > 0) to = fmin(to, d[i] / p[i]);
    }
    return from < to;
}

static double side(const leader *l, double x, double y)
{
    return (l->x1 - l->x0) * (y - l->y0) - (l->y1 - l->y0) * (x - l->x0);
}

static bool crosses(const leader *a, const leader *b)
{
    return side(a, b->x0, b->y0) * side(a, b->x1, b->y1) <= 0 && side(b, a->x0, a->y0) * side(b, a->x1, a->y1) <= 0;
}

/* May the leader of that point run there? It may graze other points, for they lie close together where leaders are needed. */
static bool runs_free(const quadrant *q, const leader *l, const point *own)
{
    for (size_t i = 0; i < q->n_taken; i++) {
        box b = q->taken[i];
        if (i >= q->first_point && i < q->end_point) {
            const point *p = &q->p[i - q->first_point];
            if (p == own) continue;
            b = (box){p->x - p->r / 2, p->y - p->r / 2, p->x + p->r / 2, p->y + p->r / 2};
        }
        if (passes(l, &b)) return false;
    }
    for (size_t i = 0; i < q->n_leaders; i++)
        if (crosses(l, &q->leaders[i])) return false;
    return true;
}

/* Squares of the ground from a to b; whatever lies beyond counts as its edge. */
static size_t square(double v, double from, size_t n)
{
    double k = v - from;
    return k <= 0 ? 0 : k >= (double)n - 1 ? n - 1 : (size_t)k;
}

static bool is_covered(const quadrant *q, const box *b)
{
    size_t x0 = square(b->x0, q->frame.x0, q->ground_w), x1 = square(ceil(b->x1), q->frame.x0, q->ground_w);
    size_t y0 = square(b->y0, q->frame.y0, q->ground_h), y1 = square(ceil(b->y1), q->frame.y0, q->ground_h);
    const int32_t *g = q->ground;
    const size_t w = q->ground_w;
    int32_t sum = g[y1 * w + x1] - (x0 ? g[y1 * w + x0 - 1] : 0) - (y0 ? g[(y0 - 1) * w + x1] : 0) + (x0 && y0 ? g[(y0 - 1) * w + x0 - 1] : 0);
    return sum != 0;
}

static bool is_free(const quadrant *q, const box *b)
{
    if (q->ground && is_covered(q, b)) return false;
    for (size_t i = 0; i < q->n_leaders; i++)
        if (passes(&q->leaders[i], b)) return false;
    if (b->x0 < q->frame.x0 + 2 || b->x1 > q->frame.x1 - 2 || b->y0 < q->frame.y0 + 1 || b->y1 > q->frame.y1 - 1) return false;
    for (size_t i = 0; i < q->n_taken; i++)
        if (overlap(b, &q->taken[i])) return false;
    return true;
}

/* The place of a name of size w × h in direction d (of 8), `off` beyond the point's edge. */
static box place(const point *p, int d, double off, double w, double h)
{
    static const double dir[8][2] = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}};
    double reach = p->r + off, k = dir[d][0] != 0 && dir[d][1] != 0 ? 0.75 : 1;
    double cx = p->x + dir[d][0] * (reach * k + w / 2), cy = p->y + dir[d][1] * (reach * k + h / 2);
    return (box){cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2};
}

/* From the edge of the point to its name; false: they touch. */
static bool leader_to(const point *p, const box *b, leader *l)
{
    double tx = fmin(fmax(p->x, b->x0), b->x1), ty = fmin(fmax(p->y, b->y0), b->y1), d = hypot(tx - p->x, ty - p->y);
    if (d <= p->r + 1) return false;
    *l = (leader){p->x + (tx - p->x) * p->r / d, p->y + (ty - p->y) * p->r / d, tx, ty};
    return true;
}

static void put_leader(quadrant *q, const leader *l)
{
    pdf_put_line(q->f.o, l->x0, l->y0, l->x1, l->y1, q->f.th->muted, 0.4);
    KAM_GROW(q->leaders, q->cap_leaders, q->n_leaders + 1);
    q->leaders[q->n_leaders++] = *l;
}

static bool put_name(quadrant *q, const point *p)
{
    const char *name = pdf_fig_label(&q->f, q->lc, p->row);
    double most = (q->frame.x1 - q->frame.x0) * 0.4, w = fmin(pdf_measure(q->f.m, q->f.size, name), most) + 2, h = q->f.size + 1.5;
    /* near places off the cross, then near ones on it, then farther ones */
    static const struct {
        double off;
        bool cross, leader;
    } rings[] = {{1.5, false, false}, {4, false, false}, {1.5, true, false}, {4, true, false},
                 {12, true, true},    {22, true, true},  {34, true, true},   {48, true, true},
                 {62, true, true}};
    for (size_t ring = 0; ring < sizeof rings / sizeof *rings && !(q->ground && rings[ring].leader); ring++)
        for (int d = 0; d < 8; d++) {
            box b = place(p, d, rings[ring].off, w, h);
            if (!is_free(q, &b) || (!rings[ring].cross && on_cross(q, &b))) continue;
            leader l;
            bool led = rings[ring].leader && leader_to(p, &b, &l);
            if (led && !runs_free(q, &l, p)) continue;
            if (led) put_leader(q, &l);
            pdf_fig_text(&q->f, b.x0 + 1, b.y0 + 0.5 + q->f.size * 0.87, q->f.th->ink, name, PDF_SET_LEFT, w);
            KAM_GROW(q->taken, q->cap_taken, q->n_taken + 1);
            q->taken[q->n_taken++] = b;
            return true;
        }
    return false;
}

static void put_point(quadrant *q, const point *p)
{
    pdf_put_sign(q->f.o, (pdf_sign)(p->group % PDF_SIGN_RING), p->x, p->y, p->r, q->f.th->series[p->group % PDF_SERIES],
                 q->f.th->hatch ? q->f.th->ink : 0xFFFFFF); /* pale greys need their edge, as in the key */
}

/* A crowd: of points of one kind within the quarter of a point of length only the first is drawn, which is the largest. */
static void put_crowd(quadrant *q)
{
    size_t w = (size_t)((q->frame.x1 - q->frame.x0) * FINE) + 2, h = (size_t)((q->frame.y1 - q->frame.y0) * FINE) + 2;
    q->ground_w = w / FINE + 3, q->ground_h = h / FINE + 3;
    q->ground = kam_calloc(q->ground_w * q->ground_h, sizeof *q->ground);
    unsigned char *drawn = kam_calloc(w * h, 1); /* a bit a group */
    for (size_t i = 0; i < q->n; i++) {
        const point *p = &q->p[i];
        unsigned char *at = &drawn[(size_t)((p->y - q->frame.y0) * FINE) * w + (size_t)((p->x - q->frame.x0) * FINE)];
        const unsigned bit = 1u << (p->group % MAX_GROUPS % 8);
        if (*at & bit) continue;
        *at = (unsigned char)(*at | bit);
        put_point(q, p);
        size_t x0 = square(p->x - p->r, q->frame.x0, q->ground_w), x1 = square(p->x + p->r, q->frame.x0, q->ground_w - 1) + 1;
        size_t y0 = square(p->y - p->r, q->frame.y0, q->ground_h), y1 = square(p->y + p->r, q->frame.y0, q->ground_h - 1) + 1;
        q->ground[y0 * q->ground_w + x0]++, q->ground[y1 * q->ground_w + x1]++;
        q->ground[y0 * q->ground_w + x1]--, q->ground[y1 * q->ground_w + x0]--;
    }
    /* what was noted at corners becomes how often a square is covered, and that its sums */
    for (int pass = 0; pass < 2; pass++) {
        for (size_t k = 0; k < q->ground_w * q->ground_h; k++)
            if (k % q->ground_w) q->ground[k] += q->ground[k - 1];
        for (size_t k = q->ground_w; k < q->ground_w * q->ground_h; k++) q->ground[k] += q->ground[k - q->ground_w];
        for (size_t k = 0; k < q->ground_w * q->ground_h && pass == 0; k++) q->ground[k] = q->ground[k] > 0; /* or sums would grow too large */
    }
    kam_free(drawn);
}

static int by_place(const void *a, const void *b)
{
    const point *p = *(point *const *)a, *q = *(point *const *)b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    if (p->y != q->y) return p->y < q->y ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

/* Several at one place stand side by side, or in a ring around it, so that they are seen to be several; within the frame. */
static void spread(const quadrant *q, point **v, size_t n)
{
    double r = 0, least = INFINITY, most = -INFINITY, low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) r = fmax(r, v[i]->r);
    const double ring = n == 2 ? r : r / sin(M_PI / (double)n);
    for (size_t i = 0; i < n; i++) {
        double a = M_PI + 2 * M_PI * (double)i / (double)n;
        v[i]->x += ring * cos(a), v[i]->y += ring * sin(a);
        least = fmin(least, v[i]->x), most = fmax(most, v[i]->x);
        low = fmin(low, v[i]->y), high = fmax(high, v[i]->y);
    }
    double dx = fmax(0, q->frame.x0 - least) + fmin(0, q->frame.x1 - most), dy = fmax(0, q->frame.y0 - low) + fmin(0, q->frame.y1 - high);
    for (size_t i = 0; i < n; i++) v[i]->x += dx, v[i]->y += dy;
}

static void part_points(quadrant *q)
{
    enum { MANY = 12 }; /* more would be a ring wider than a name: they stay on one another */
    point **v = kam_calloc(q->n + 1, sizeof(point *));
    for (size_t i = 0; i < q->n; i++) v[i] = &q->p[i];
    if (q->n) qsort(v, q->n, sizeof(point *), by_place);
    for (size_t i = 0, end; i < q->n; i = end) {
        for (end = i + 1; end < q->n && v[end]->x == v[i]->x && v[end]->y == v[i]->y;) end++;
        if (end - i > 1 && end - i <= MANY) spread(q, v + i, end - i);
    }
    kam_free(v);
}

static size_t put_points(quadrant *q)
{
    size_t unnamed = 0;
    q->first_point = q->n_taken;
    for (size_t i = 0; i < q->n; i++) {
        point *p = &q->p[i];
        p->x = fmin(fmax(kam_axis_map(&q->ax, p->x, q->frame.x0, q->frame.x1), q->frame.x0), q->frame.x1);
        p->y = fmin(fmax(kam_axis_map(&q->ay, p->y, q->frame.y1, q->frame.y0), q->frame.y0), q->frame.y1);
    }
    if (q->n > CROWD) put_crowd(q);
    else part_points(q);
    for (size_t i = 0; i < q->n && q->n <= CROWD; i++) {
        const point *p = &q->p[i];
        put_point(q, p);
        KAM_GROW(q->taken, q->cap_taken, q->n_taken + 1);
        q->taken[q->n_taken++] = (box){p->x - p->r, p->y - p->r, p->x + p->r, p->y + p->r};
    }
    q->end_point = q->n_taken;
    for (size_t i = 0; i < q->n; i++)
        if (i >= MAX_NAMES || !put_name(q, &q->p[i])) unnamed++;
    return unnamed;
}

static void say_unnamed(quadrant *q, pdf_galley *g, size_t unnamed)
{
    char line[96];
    if (unnamed == 0) return;
    if (q->f.lang == PDF_ZH) snprintf(line, sizeof line, "有 %zu 个点因位置不足未标名称。", unnamed);
    else snprintf(line, sizeof line, "%zu point%s without a name for want of room.", unnamed, unnamed == 1 ? "" : "s");
    pdf_fig_remark(g, line);
}

void pdf_set_quadrant(pdf_galley *g, const pdf_block *block)
{
    quadrant q = {.o = block->u.quadrant};
    pdf_fig_open(&q.f, g, block, q.o->caption);
    q.xc = pdf_fig_col(&q.f, q.o->x_col), q.yc = pdf_fig_col(&q.f, q.o->y_col), q.lc = pdf_fig_col(&q.f, q.o->label_col);
    if (q.o->size_col) q.sc = pdf_fig_col(&q.f, q.o->size_col);
    if (q.o->group_col) q.gc = pdf_fig_col(&q.f, q.o->group_col);
    collect(&q);
    if (q.n == 0) pdf_fig_empty(&q.f);
    else {
        axis_of(&q, &q.ax, true);
        axis_of(&q, &q.ay, false);
        double top = q.n_groups > 1 ? pdf_fig_legend(&q.f, 0, 0, q.f.w, q.groups, q.n_groups, PDF_KEY_SIGN) + 4 : 2, left = 0;
        if (q.o->y_label) pdf_fig_text(&q.f, 0, top + q.f.size, q.f.th->muted, q.o->y_label, PDF_SET_LEFT, q.f.w), top += q.f.size + 9;
        for (size_t i = 0; i < q.ay.n; i++) left = fmax(left, pdf_measure(q.f.m, q.f.size, tick(&q, false, q.ay.tick[i])));
        double h = pdf_fig_height(&q.f, q.o->height_pt, fmin(q.f.w * 0.62, g->cx->body_h * 0.6));
        q.frame = (box){left + 8, top, q.f.w - 1, fmax(h - 28, top + 80)};
        put_frame(&q);
        size_t unnamed = put_points(&q);
        double foot = q.frame.y1 + q.f.size + 6;
        if (q.o->x_label)
            pdf_fig_text(&q.f, (q.frame.x0 + q.frame.x1) / 2, foot + q.f.size + 1, q.f.th->muted, q.o->x_label, PDF_SET_CENTRE, q.f.w), foot += q.f.size + 4;
        pdf_fig_close(&q.f, foot, q.skipped);
        say_unnamed(&q, g, unnamed);
    }
    kam_free(q.p);
    kam_free(q.taken);
    kam_free(q.leaders);
    kam_free(q.ground);
}
