/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines and points on a grid of cells with two axes. A line is drawn in the 2 × 4 dots of a braille character; where
 * there are several, each carries a mark of its own every few columns. */
#include "cmd_plot_draw.h"
#include "kam_axis.h"
#include "kam_date.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TICK_TEXT = 40, NOBODY = 255, SEVERAL = 254 };

static const char *const marks[CMD_PLOT_SERIES] = {"●", "▲", "■", "○", "△", "□", "◆", "◇"};

typedef struct ticks {
    size_t n;
    double at[KAM_TICKS_MAX];
    char text[KAM_TICKS_MAX][TICK_TEXT];
} ticks;

typedef struct canvas {
    const cmd_plot_look *k;
    size_t w, h;           /* cells */
    size_t left;           /* columns of the labels of y */
    double x0, x1, y0, y1; /* ranges, x0 < x1, y0 < y1 */
    ticks tx, ty;
    uint8_t *dot, *owner;  /* w·h: braille bits; the series they belong to */
    const char **over;     /* w·h: what stands in place of dots; NULL: nothing */
} canvas;

/* --- ticks --------------------------------------------------------------------------------------------------------- */

static void number_text(char *out, double v, int decimals)
{
    char plain[400];
    if (fabs(v) >= 1e15 || decimals > 6) {
        snprintf(out, TICK_TEXT, "%.3g", v);
        return;
    }
    snprintf(plain, sizeof plain, "%.*f", decimals, v);
    const size_t sign = plain[0] == '-', whole = strcspn(plain, ".") - sign;
    size_t o = 0;
    if (sign) out[o++] = '-';
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0) out[o++] = ',';
        out[o++] = plain[sign + i];
    }
    snprintf(out + o, TICK_TEXT - o, "%s", plain + sign + whole);
}

static void add_tick(ticks *t, double at, const char *text)
{
    if (t->n == KAM_TICKS_MAX) return;
    t->at[t->n] = at;
    snprintf(t->text[t->n++], TICK_TEXT, "%s", text);
}

/* Counts have no tick between two whole numbers. */
static void number_axis(kam_axis *a, double lo, double hi, int want, bool zero, bool whole)
{
    for (int n = want; n >= 2; n--) {
        kam_axis_make(a, lo, hi, n, zero);
        if (!whole || a->step == floor(a->step)) return;
    }
    if (hi - lo < 1e6) kam_axis_make(a, floor(lo), fmax(ceil(hi), floor(lo) + 2), 2, zero);
}

/* Ticks on a grid of calendar steps, as close as their labels allow on an axis that many columns long. */
static void day_ticks(ticks *t, double lo, double hi, size_t columns)
{
    static const int days[] = {1, 2, 7, 14}, months[] = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400};
    enum { DAY_ROOM = 13, MONTH_ROOM = 10, YEAR_ROOM = 7 };
    const double column = (hi - lo) / (double)columns; /* in days */
    char text[KAM_DATE_MAX];
    int year, month, day;
    t->n = 0;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (days[i] < column * DAY_ROOM) continue;
        kam_day d = (kam_day)ceil(lo);
        if (days[i] >= 7) d += (8 - kam_day_weekday(d)) % 7; /* Mondays */
        for (; (double)d <= hi; d += days[i]) {
            kam_day_format(d, text);
            add_tick(t, (double)d, text);
        }
        return;
    }
    int step = months[0];
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        step = months[i];
        if (step * 30.4375 >= column * (step % 12 ? MONTH_ROOM : YEAR_ROOM)) break;
    }
    kam_day_to_ymd((kam_day)lo, &year, &month, &day);
    for (int m = (year * 12 + month - 1) / step * step; m / 12 <= 9999; m += step) {
        if (m < 12) continue;
        const double at = (double)kam_day_from_ymd(m / 12, m % 12 + 1, 1);
        if (at > hi) break;
        kam_day_format((kam_day)at, text);
        text[step % 12 ? 7 : 4] = '\0'; /* the month, or the year */
        if (at >= lo) add_tick(t, at, text);
    }
}

/* --- ranges -------------------------------------------------------------------------------------------------------- */

static bool range_of(const double *v, size_t n, double *lo, double *hi)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(v[i])) continue;
        if (!any || v[i] < *lo) *lo = v[i];
        if (!any || v[i] > *hi) *hi = v[i];
        any = true;
    }
    return any;
}

static bool is_whole(kam_type t) { return t == KAM_INT || t == KAM_FLAG; }

static void make_y(canvas *c, const cmd_plot_axis *ay, double lo, double hi)
{
    const int want = (int)fmin(8, fmax(2, (double)c->h / 3));
    if (ay->type == KAM_DAY) {
        if (!(hi > lo)) hi = lo + 1;
        day_ticks(&c->ty, lo, hi, c->h * 4); /* a row of the axis for a label and some rows of rest */
    } else {
        kam_axis a;
        number_axis(&a, lo, hi, want, lo >= 0 && lo <= hi / 2, is_whole(ay->type));
        /* an axis that reaches far beyond the data ends with them */
        const double top = a.max - hi > a.step / 2 && hi > a.min ? hi : a.max;
        lo = lo - a.min > a.step / 2 && lo < top ? lo : a.min;
        hi = top;
        for (size_t i = 0; i < a.n; i++) {
            char text[TICK_TEXT];
            if (a.tick[i] < lo || a.tick[i] > hi) continue;
            number_text(text, a.tick[i], a.decimals);
            add_tick(&c->ty, a.tick[i], text);
        }
    }
    c->y0 = lo, c->y1 = hi;
    for (size_t i = 0; i < c->ty.n; i++) {
        size_t w = strlen(c->ty.text[i]);
        if (w > c->left) c->left = w;
    }
    if (c->left <= c->k->width / 2) return;
    c->left = 0;
    for (size_t i = 0; i < c->ty.n; i++) { /* too long for the window */
        size_t w = (size_t)snprintf(c->ty.text[i], TICK_TEXT, "%.2g", c->ty.at[i]);
        if (w > c->left) c->left = w;
    }
}

static void text_ticks(const cmd_plot_look *k, ticks *t, const cmd_plot_axis *ax, size_t n, size_t cells)
{
    size_t most = 1;
    for (size_t i = 0; i < n; i++) {
        size_t w = cmd_plot_width(k, ax->text[i]);
        if (w > most) most = w;
    }
    if (most > 16) most = 16;
    size_t step = 1;
    while (step < n && (double)cells * (double)step / (double)n < (double)most + 2) step++;
    while (n / step >= KAM_TICKS_MAX) step++;
    for (size_t i = 0; i < n; i += step) {
        char *clean = cmd_plot_clean(ax->text[i]), text[TICK_TEXT];
        size_t w, bytes = kam_utf8_fit(clean, 16, k->wide, &w);
        if (bytes >= TICK_TEXT) bytes = 0; /* marks upon marks; the rows are still in order */
        snprintf(text, sizeof text, "%.*s", (int)bytes, clean);
        add_tick(t, (double)i, text);
        kam_free(clean);
    }
}

static void make_x(canvas *c, const cmd_plot_axis *ax, double lo, double hi, size_t n)
{
    if (ax->type == KAM_TEXT) {
        text_ticks(c->k, &c->tx, ax, n, c->w);
    } else if (ax->type == KAM_DAY) {
        day_ticks(&c->tx, lo, hi, c->w);
    } else {
        kam_axis a;
        number_axis(&a, lo, hi, (int)fmin(8, fmax(2, (double)c->w / 12)), false, is_whole(ax->type));
        for (size_t i = 0; i < a.n; i++) {
            char text[TICK_TEXT];
            number_text(text, a.tick[i], a.decimals);
            add_tick(&c->tx, a.tick[i], text);
        }
        if (!(hi > lo)) lo = a.min, hi = a.max;
    }
    if (!(hi > lo)) lo -= 0.5, hi += 0.5;
    c->x0 = lo, c->x1 = hi;
}

static void canvas_init(canvas *c, const cmd_plot_look *k, const cmd_plot_axis *ax, const cmd_plot_axis *ay, size_t n,
                        const double xr[2], const double yr[2])
{
    memset(c, 0, sizeof *c);
    c->k = k;
    c->h = k->height;
    make_y(c, ay, yr[0], yr[1]);
    c->w = k->width - c->left - 1;
    make_x(c, ax, xr[0], xr[1], n);
    c->dot = kam_calloc(c->w * c->h, 1);
    c->owner = kam_calloc(c->w * c->h, 1);
    c->over = kam_calloc(c->w * c->h, sizeof *c->over);
    memset(c->owner, NOBODY, c->w * c->h);
}

static void canvas_release(canvas *c)
{
    kam_free(c->dot);
    kam_free(c->owner);
    kam_free(c->over);
}

/* Place in dots; halves keep the largest numbers finite. */
static long dot_of(double from, double v, double to, size_t dots)
{
    const double d = (v / 2 - from / 2) / (to / 2 - from / 2) * (double)(dots - 1);
    return lround(fmin((double)(dots - 1), fmax(0, d)));
}

static long dot_x(const canvas *c, double x) { return dot_of(c->x0, x, c->x1, 2 * c->w); }
static long dot_y(const canvas *c, double y) { return dot_of(c->y1, y, c->y0, 4 * c->h); }

static void own(canvas *c, size_t at, uint8_t who)
{
    c->owner[at] = c->owner[at] == NOBODY || c->owner[at] == who ? who : SEVERAL;
}

static void put_dot(canvas *c, long x, long y, uint8_t who)
{
    static const uint8_t bit[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    const size_t at = (size_t)(y / 4) * c->w + (size_t)(x / 2);
    c->dot[at] |= bit[y % 4][x % 2];
    own(c, at, who);
}

/* --- drawing what is on the canvas ---------------------------------------------------------------------------------- */

static void put_cell(const canvas *c, size_t at, kam_str *out)
{
    char utf8[4];
    const bool painted = c->owner[at] < CMD_PLOT_SERIES;
    if (painted) cmd_plot_color(c->k, c->owner[at], out);
    if (c->over[at]) kam_str_add(out, c->over[at]);
    else if (c->dot[at]) kam_str_addn(out, utf8, (size_t)kam_utf8_put(0x2800u + c->dot[at], utf8));
    else kam_str_addc(out, ' ');
    if (painted) cmd_plot_plain(c->k, out);
}

static void put_rows(const canvas *c, kam_str *out)
{
    for (size_t y = 0; y < c->h; y++) {
        const char *label = "";
        bool ticked = false;
        for (size_t i = 0; i < c->ty.n && !ticked; i++)
            if ((size_t)dot_y(c, c->ty.at[i]) / 4 == y) {
                label = c->ty.text[i];
                ticked = true;
            }
        cmd_plot_cell(c->k, out, label, c->left, true);
        kam_str_add(out, ticked ? "┤" : "│");
        for (size_t x = 0; x < c->w; x++) put_cell(c, y * c->w + x, out);
        cmd_plot_end_line(out);
    }
}

static void put_x_axis(const canvas *c, const cmd_plot_axis *ax, kam_str *out)
{
    kam_str labels = KAM_STR_INIT;
    size_t used = 0; /* columns of the line of labels */
    const char **rule = kam_alloc(c->w * sizeof *rule);
    for (size_t x = 0; x < c->w; x++) rule[x] = "─";
    for (size_t i = 0; i < c->tx.n; i++) {
        const long d = c->tx.at[i] >= c->x0 && c->tx.at[i] <= c->x1 ? dot_x(c, c->tx.at[i]) : -1;
        if (d < 0) continue;
        const size_t at = c->left + 1 + (size_t)d / 2, w = kam_utf8_width(c->tx.text[i], c->k->wide);
        size_t from = at > w / 2 ? at - w / 2 : 0;
        if (from + w > c->k->width) from = w > c->k->width ? 0 : c->k->width - w;
        if (used && from < used + 1) continue;
        if (w > c->k->width) continue;
        rule[d / 2] = "┬";
        kam_str_pad(&labels, ' ', from - used);
        kam_str_add(&labels, c->tx.text[i]);
        used = from + w;
    }
    kam_str_pad(out, ' ', c->left);
    kam_str_add(out, "└");
    for (size_t x = 0; x < c->w; x++) kam_str_add(out, rule[x]);
    cmd_plot_end_line(out);
    kam_str_add(out, kam_str_cstr(&labels));
    cmd_plot_end_line(out);
    kam_str_release(&labels);
    kam_free(rule);
    if (ax->type == KAM_DAY || !ax->name || !*ax->name) return;
    const size_t w = cmd_plot_width(c->k, ax->name);
    if (w < c->w) kam_str_pad(out, ' ', c->left + 1 + (c->w - w) / 2);
    cmd_plot_cell(c->k, out, ax->name, w < c->w ? w : c->k->width, false);
    cmd_plot_end_line(out);
}

/* --- lines ----------------------------------------------------------------------------------------------------------- */

typedef struct place {
    double x;
    size_t row;
} place;

static int by_x(const void *a, const void *b)
{
    const place *p = a, *q = b;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

/* Rows with an x in its order. */
static place *in_order(const double *x, size_t n, size_t *m)
{
    place *p = kam_alloc((n + 1) * sizeof *p);
    bool sorted = true;
    *m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i])) continue;
        if (*m && p[*m - 1].x > x[i]) sorted = false;
        p[(*m)++] = (place){x[i], i};
    }
    if (!sorted) qsort(p, *m, sizeof *p, by_x);
    return p;
}

/* Row of cells a series runs through in each column; -1: none. */
static void stroke(canvas *c, long ax, long ay, long bx, long by, uint8_t who, int *row)
{
    const long dx = labs(bx - ax), dy = labs(by - ay), steps = dx > dy ? dx : dy;
    for (long s = 0; s <= steps; s++) {
        const long x = steps ? ax + lround((double)(bx - ax) * (double)s / (double)steps) : ax;
        const long y = steps ? ay + lround((double)(by - ay) * (double)s / (double)steps) : ay;
        put_dot(c, x, y, who);
        row[x / 2] = (int)(y / 4);
    }
}

static void draw_series(canvas *c, const place *p, size_t m, const double *v, uint8_t who, int *row)
{
    bool down = false;
    long lx = 0, ly = 0;
    for (size_t i = 0; i < m; i++) {
        const double y = v[p[i].row];
        if (!isfinite(y)) {
            down = false;
            continue;
        }
        const long x = dot_x(c, p[i].x), d = dot_y(c, y);
        stroke(c, down ? lx : x, down ? ly : d, x, d, who, row);
        lx = x, ly = d, down = true;
    }
}

/* Marks every `period` columns, those of one series between those of the others; at least one each. */
static void put_marks(canvas *c, size_t who, size_t n_series, const int *row)
{
    const size_t period = n_series * 5 < 12 ? 12 : n_series * 5;
    size_t set = 0, want = period / (2 * n_series) + who * period / n_series;
    for (size_t x = 0; x < c->w; x++) {
        if (x < want || row[x] < 0) continue;
        const size_t at = (size_t)row[x] * c->w + x;
        if (c->over[at]) continue;
        c->over[at] = marks[who];
        c->owner[at] = (uint8_t)who;
        set++;
        want += period * ((x - want) / period + 1);
    }
    for (size_t x = c->w; x-- > 0 && !set;)
        if (row[x] >= 0 && !c->over[(size_t)row[x] * c->w + x]) {
            c->over[(size_t)row[x] * c->w + x] = marks[who];
            set++;
        }
}

static size_t count_missing(const double *v, const double *x, size_t n)
{
    size_t missing = 0;
    for (size_t i = 0; i < n; i++) missing += !isfinite(v[i]) || !isfinite(x[i]);
    return missing;
}

void cmd_plot_line(const cmd_plot_look *k, size_t n, const cmd_plot_axis *ax, const double *x, const cmd_plot_axis *ay,
                   size_t n_series, const cmd_plot_series *s, kam_str *out)
{
    double xr[2] = {0, 1}, yr[2] = {0, 1};
    bool any = false;
    size_t m, missing = 0;
    const char *name[CMD_PLOT_SERIES];
    for (size_t j = 0; j < n_series; j++) {
        double lo = 0, hi = 0;
        name[j] = s[j].name;
        missing += count_missing(s[j].v, x, n);
        if (!range_of(s[j].v, n, &lo, &hi)) continue;
        yr[0] = any ? fmin(yr[0], lo) : lo;
        yr[1] = any ? fmax(yr[1], hi) : hi;
        any = true;
    }
    range_of(x, n, &xr[0], &xr[1]);
    canvas c;
    canvas_init(&c, k, ax, ay, n, xr, yr);
    place *p = in_order(x, n, &m);
    int *row = kam_alloc(n_series * c.w * sizeof *row);
    for (size_t i = 0; i < n_series * c.w; i++) row[i] = -1;
    for (size_t j = 0; j < n_series; j++) draw_series(&c, p, m, s[j].v, (uint8_t)j, row + j * c.w);
    for (size_t j = 0; n_series > 1 && j < n_series; j++) put_marks(&c, j, n_series, row + j * c.w);
    cmd_plot_title(k, out);
    cmd_plot_legend(k, n_series, n_series > 1 ? marks : (const char *const[]){"⠤"}, name, out);
    put_rows(&c, out);
    put_x_axis(&c, ax, out);
    cmd_plot_missing(k, missing, out);
    kam_free(row);
    kam_free(p);
    canvas_release(&c);
}

/* --- points ----------------------------------------------------------------------------------------------------------- */

static const char *const how_many[] = {"•", "2", "3", "4", "5", "6", "7", "8", "9", "+"};

/* Groups by their mark, several groups in one cell by "*"; without groups by how many points there are. */
static bool put_points(canvas *c, const double *x, const double *y, size_t n, const uint8_t *group)
{
    bool crowded = false;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i])) continue;
        const size_t at = (size_t)(dot_y(c, y[i]) / 4) * c->w + (size_t)(dot_x(c, x[i]) / 2);
        if (group) {
            own(c, at, group[i]);
            c->over[at] = c->owner[at] == SEVERAL ? "*" : marks[group[i]];
            crowded = crowded || c->owner[at] == SEVERAL;
        } else {
            c->owner[at] = 0;
            if (c->over[at]) crowded = true;
            c->over[at] = how_many[c->dot[at]];
            if (c->dot[at] < 9) c->dot[at]++;
        }
    }
    return crowded;
}

static void scatter_legend(const cmd_plot_look *k, const char *y_name, const char *const *groups, size_t n_groups,
                           bool crowded, kam_str *out)
{
    const char *sign[CMD_PLOT_SERIES + 2], *name[CMD_PLOT_SERIES + 2];
    size_t n = 0;
    if (groups) cmd_plot_sentence(k, y_name, out);
    for (; groups && n < n_groups; n++) sign[n] = marks[n], name[n] = groups[n];
    if (!groups) sign[0] = "•", name[n++] = y_name;
    if (crowded) {
        sign[n] = groups ? "*" : "2…9 +";
        name[n++] = k->chinese ? "多点重叠" : "points in one place";
    }
    cmd_plot_legend(k, n, sign, name, out);
}

void cmd_plot_scatter(const cmd_plot_look *k, size_t n, const cmd_plot_axis *ax, const double *x,
                      const cmd_plot_axis *ay, const double *y, const uint8_t *group, const char *const *groups,
                      size_t n_groups, kam_str *out)
{
    double xr[2] = {0, 1}, yr[2] = {0, 1};
    double *seen_x = kam_alloc((n + 1) * sizeof *seen_x), *seen_y = kam_alloc((n + 1) * sizeof *seen_y);
    for (size_t i = 0; i < n; i++) { /* a point without one of the two does not widen the other's range */
        const bool both = isfinite(x[i]) && isfinite(y[i]);
        seen_x[i] = both ? x[i] : NAN;
        seen_y[i] = both ? y[i] : NAN;
    }
    range_of(seen_x, n, &xr[0], &xr[1]);
    range_of(seen_y, n, &yr[0], &yr[1]);
    canvas c;
    canvas_init(&c, k, ax, ay, n, xr, yr);
    const bool crowded = put_points(&c, seen_x, seen_y, n, group);
    cmd_plot_title(k, out);
    scatter_legend(k, ay->name, group ? groups : NULL, n_groups, crowded, out);
    put_rows(&c, out);
    put_x_axis(&c, ax, out);
    cmd_plot_missing(k, count_missing(y, x, n), out);
    canvas_release(&c);
    kam_free(seen_x);
    kam_free(seen_y);
}
