/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text, bars, funnel and sparklines. A row of bars is built as an array of cells, each one column wide, so that the
 * ends of an interval can be laid over the bar. */
#include "cmd_plot_draw.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { LABEL_MIN = 4, CELLS_MIN = 4, CELLS_WANTED = 20 };

/* --- text -------------------------------------------------------------------------------------------------------- */

char *cmd_plot_clean(const char *s)
{
    char *copy = kam_strdup(s);
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f) *p = ' ';
    return copy;
}

/* Signs of figures that take two columns where ambiguous characters do, and what stands for them there. */
static const struct {
    const char *sign, *ascii;
} narrow[] = {
    {"█", "#"}, {"▉", "#"}, {"▊", "#"}, {"▋", "#"}, {"▌", "#"}, {"▍", ":"}, {"▎", ":"}, {"▏", "."}, {"▐", "#"}, {"░", "."}, {"▒", ":"},
    {"▓", "%"}, {"▁", "_"}, {"▂", "."}, {"▃", "-"}, {"▄", "="}, {"▅", "+"}, {"▆", "*"}, {"▇", "%"}, {"─", "-"}, {"│", "|"}, {"├", "+"},
    {"┤", "+"}, {"┼", "+"}, {"┬", "+"}, {"└", "+"}, {"●", "o"}, {"▲", "^"}, {"■", "#"}, {"○", "c"}, {"△", "A"}, {"□", "D"}, {"◆", "*"},
    {"◇", "x"}, {"•", "*"}, {"…", "~"}, {"−", "-"}, {"×", "x"}, {"·", "."},
};

void cmd_plot_narrow(kam_str *out, size_t from)
{
    kam_str b = KAM_STR_INIT;
    for (const char *p = out->len ? out->s + from : ""; *p;) {
        size_t i = 0, n = 1, known = sizeof narrow / sizeof *narrow;
        if ((unsigned char)*p >= 0x80)
            while (i < known && strncmp(p, narrow[i].sign, strlen(narrow[i].sign)) != 0) i++;
        else i = known;
        if (i < known) n = strlen(narrow[i].sign);
        kam_str_addn(&b, i < known ? narrow[i].ascii : p, i < known ? 1 : n);
        p += n;
    }
    out->len = from;
    kam_str_add(out, kam_str_cstr(&b));
    kam_str_release(&b);
}

/* A text as it is going to be drawn: clean, and in a wide terminal without the signs figures are drawn with. */
static char *shown(const cmd_plot_look *k, const char *s)
{
    char *c = cmd_plot_clean(s);
    if (!k->wide) return c;
    kam_str b = KAM_STR_INIT;
    kam_str_add(&b, c);
    cmd_plot_narrow(&b, 0);
    kam_free(c);
    return kam_str_detach(&b);
}

size_t cmd_plot_width(const cmd_plot_look *k, const char *s)
{
    char *c = shown(k, s);
    size_t w = kam_utf8_width(c, k->wide);
    kam_free(c);
    return w;
}

void cmd_plot_cell(const cmd_plot_look *k, kam_str *out, const char *s, size_t width, bool right)
{
    char *c = shown(k, s);
    size_t w = kam_utf8_width(c, k->wide), n = strlen(c);
    const bool cut = w > width;
    if (cut) n = kam_utf8_fit(c, width ? width - 1 : 0, k->wide, &w);
    if (cut && width) w++;
    if (right) kam_str_pad(out, ' ', width - w);
    kam_str_addn(out, c, n);
    if (cut && width) kam_str_add(out, k->wide ? "~" : "…");
    if (!right) kam_str_pad(out, ' ', width - w);
    kam_free(c);
}

void cmd_plot_sentence(const cmd_plot_look *k, const char *s, kam_str *out)
{
    char *c = shown(k, s);
    for (const char *p = c; *p;) {
        size_t w, n = kam_utf8_fit(p, k->width, k->wide, &w);
        if (p[n] && p[n] != ' ') {
            size_t back = n;
            while (back > 0 && p[back - 1] != ' ' && (unsigned char)p[back - 1] < 0x80) back--;
            if (back > 0) n = back;
        }
        if (n == 0) break;
        kam_str_addn(out, p, n);
        cmd_plot_end_line(out);
        p += n;
        while (*p == ' ') p++;
    }
    kam_free(c);
}

void cmd_plot_end_line(kam_str *out)
{
    while (out->len && out->s[out->len - 1] == ' ') out->s[--out->len] = '\0';
    kam_str_addc(out, '\n');
}

void cmd_plot_title(const cmd_plot_look *k, kam_str *out)
{
    if (!k->title || !*k->title) return;
    if (k->color) kam_str_add(out, "\033[1m");
    size_t w = cmd_plot_width(k, k->title);
    cmd_plot_cell(k, out, k->title, w < k->width ? w : k->width, false);
    if (k->color) kam_str_add(out, "\033[0m");
    cmd_plot_end_line(out);
}

static void say_count(const cmd_plot_look *k, size_t n, const char *one, const char *many, const char *zh, kam_str *out)
{
    char buf[120];
    if (n == 0) return;
    /* the wordings are this file's own: {} stands for the number */
    const char *form = k->chinese ? zh : n == 1 ? one : many, *hole = strstr(form, "{}");
    snprintf(buf, sizeof buf, "%.*s%zu%s", (int)(hole - form), form, n, hole + 2);
    cmd_plot_sentence(k, buf, out);
}

void cmd_plot_missing(const cmd_plot_look *k, size_t n, kam_str *out)
{
    say_count(k, n, "{} value is missing and left out", "{} values are missing and left out", "缺失值 {} 个，未画", out);
}

static void say_more(const cmd_plot_look *k, size_t n, kam_str *out)
{
    say_count(k, n, "{} more row is not drawn", "{} more rows are not drawn", "另有 {} 行未画", out);
}

void cmd_plot_color(const cmd_plot_look *k, size_t i, kam_str *out)
{
    static const char *const code[] = {"\033[36m", "\033[33m", "\033[35m", "\033[32m", "\033[34m", "\033[31m"};
    if (k->color) kam_str_add(out, code[i % (sizeof code / sizeof *code)]);
}

void cmd_plot_plain(const cmd_plot_look *k, kam_str *out)
{
    if (k->color) kam_str_add(out, "\033[0m");
}

void cmd_plot_legend(const cmd_plot_look *k, size_t n, const char *const *sign, const char *const *name, kam_str *out)
{
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        size_t s = kam_utf8_width(sign[i], false), w = cmd_plot_width(k, name[i]);
        if (s + 1 + w > k->width) w = k->width - s - 1;
        if (used && used + 2 + s + 1 + w > k->width) {
            cmd_plot_end_line(out);
            used = 0;
        }
        if (used) kam_str_add(out, "  ");
        cmd_plot_color(k, i, out);
        kam_str_add(out, sign[i]);
        cmd_plot_plain(k, out);
        kam_str_addc(out, ' ');
        cmd_plot_cell(k, out, name[i], w, false);
        used += (used ? 2 : 0) + s + 1 + w;
    }
    if (used) cmd_plot_end_line(out);
}

/* --- what bars and funnel have in common: label and value in columns of their own --------------------------------- */

typedef struct columns {
    size_t label, value, cells;
    bool brief; /* numbers are too long for the window: written short */
} columns;

static size_t widest(const cmd_plot_look *k, const char *const *text, const double *v, size_t n)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++) {
        size_t w = !v || isfinite(v[i]) ? cmd_plot_width(k, text[i]) : 0;
        if (w > most) most = w;
    }
    return most;
}

/* `beside` columns stay free on the right. */
static columns arrange(const cmd_plot_look *k, size_t n, const char *const *label, size_t n_series,
                       const cmd_plot_series *s, size_t beside)
{
    columns c = {widest(k, label, NULL, n), 0, 0, false};
    for (size_t j = 0; j < n_series; j++) {
        size_t w = widest(k, s[j].text, s[j].v, n);
        if (w > c.value) c.value = w;
    }
    if (c.value > k->width / 2) {
        c.value = 9; /* "-1.2e+300" */
        c.brief = true;
    }
    const size_t most = k->width * 2 / 5 > LABEL_MIN ? k->width * 2 / 5 : LABEL_MIN;
    if (c.label > most) c.label = most;
    const size_t rest = c.value + 2 + beside; /* a blank, the axis */
    while (c.label > LABEL_MIN && c.label + 1 + rest + CELLS_WANTED > k->width) c.label--;
    c.cells = c.label + 1 + rest + CELLS_MIN < k->width ? k->width - c.label - 1 - rest : CELLS_MIN;
    return c;
}

static void put_label(const cmd_plot_look *k, const columns *c, const char *label, const cmd_plot_series *s, size_t i, kam_str *out)
{
    char buf[32];
    cmd_plot_cell(k, out, label, c->label, false);
    kam_str_addc(out, ' ');
    if (c->brief) snprintf(buf, sizeof buf, "%.2g", s->v[i]);
    cmd_plot_cell(k, out, c->brief ? buf : s->text[i], c->value, true);
    kam_str_addc(out, ' ');
}

/* --- bars --------------------------------------------------------------------------------------------------------- */

typedef struct bars {
    const cmd_plot_look *k;
    columns c;
    size_t left, right; /* cells on either side of the axis */
    double unit;        /* value of a cell */
} bars;

static void stretch(double v, double *lo, double *hi)
{
    if (!isfinite(v)) return;
    if (v < *lo) *lo = v;
    if (v > *hi) *hi = v;
}

static void scale(bars *b, size_t n, size_t n_series, const cmd_plot_series *s)
{
    double lo = 0, hi = 0;
    for (size_t j = 0; j < n_series; j++)
        for (size_t i = 0; i < n; i++) {
            if (!isfinite(s[j].v[i])) continue;
            stretch(s[j].v[i], &lo, &hi);
            if (s[j].low) stretch(s[j].low[i], &lo, &hi);
            if (s[j].high) stretch(s[j].high[i], &lo, &hi);
        }
    const size_t all = b->c.cells;
    b->left = lo < 0 ? (size_t)fmin((double)(all - 1), fmax(1, round((double)all * (-lo / 2) / (hi / 2 - lo / 2)))) : 0;
    if (lo < 0 && hi <= 0) b->left = all;
    b->right = all - b->left;
    b->unit = fmax(b->right ? hi / (double)b->right : 0, b->left ? -lo / (double)b->left : 0);
    if (!(b->unit > 0)) b->unit = 1;
}

/* Cell in which a value lies; the axis itself for 0. */
static size_t cell_of(const bars *b, double v)
{
    if (v == 0) return b->left;
    const double far = fabs(v) / b->unit;
    if (v > 0) return b->left + 1 + (size_t)fmin(far, (double)b->right - 1);
    return b->left - 1 - (size_t)fmin(far, (double)b->left - 1);
}

static void fill(const bars *b, const char **cell, double v, size_t series)
{
    static const char *const part[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    static const char *const solid[] = {"█", "░", "▓", "▒"};
    const char *full = solid[series % 4];
    const double eighths = fabs(v) / b->unit * 8;
    size_t e = (size_t)round(fmin(eighths, 8.0 * (double)(v > 0 ? b->right : b->left))), whole = e / 8;
    if (series > 0) { /* the other fills know no parts */
        whole = (e + 4) / 8;
        e = whole * 8;
    } else if (v > 0 && e == 0) {
        e = 1;
    }
    for (size_t i = 0; i < whole; i++) cell[v > 0 ? b->left + 1 + i : b->left - 1 - i] = full;
    if (v > 0 && e % 8) cell[b->left + 1 + whole] = part[e % 8];
    /* to the left there are half blocks only */
    if (v < 0 && series == 0 && whole < b->left && (e % 8 >= 2 || e == 0)) cell[b->left - 1 - whole] = "▐";
}

static void whisker(const bars *b, const char **cell, double v, double low, double high)
{
    if (!isfinite(low) || !isfinite(high) || low >= high) return;
    size_t from = cell_of(b, low), to = cell_of(b, high);
    for (size_t i = from; i <= to; i++) cell[i] = "─";
    cell[from] = "├";
    cell[to] = "┤";
    if (from == to) cell[from] = "┼";
    if (v < low || v > high) return;
    const size_t at = cell_of(b, v);
    if (at != from && at != to) cell[at] = "┼";
}

static void put_bar(const bars *b, const cmd_plot_series *s, size_t series, size_t i, kam_str *out)
{
    const size_t n = b->c.cells + 1;
    const char **cell = kam_alloc(n * sizeof *cell);
    for (size_t c = 0; c < n; c++) cell[c] = " ";
    cell[b->left] = "│";
    if (s->v[i] != 0) fill(b, cell, s->v[i], series);
    if (s->low && s->high) whisker(b, cell, s->v[i], s->low[i], s->high[i]);
    size_t last = n;
    while (last && cell[last - 1][0] == ' ') last--;
    cmd_plot_color(b->k, series, out);
    for (size_t c = 0; c < last; c++) kam_str_add(out, cell[c]);
    cmd_plot_plain(b->k, out);
    kam_free(cell);
}

static void bar_legend(const cmd_plot_look *k, size_t n_series, const cmd_plot_series *s, kam_str *out)
{
    static const char *const solid[] = {"█", "░", "▓", "▒", "█", "░", "▓", "▒"};
    const char *sign[CMD_PLOT_SERIES + 1], *name[CMD_PLOT_SERIES + 1];
    bool intervals = false;
    size_t n = 0;
    for (; n < n_series; n++) {
        sign[n] = solid[n];
        name[n] = s[n].name;
        intervals = intervals || (s[n].low && s[n].high);
    }
    if (intervals) {
        sign[n] = "├┤";
        name[n++] = k->chinese ? "区间" : "interval";
    }
    cmd_plot_legend(k, n, sign, name, out);
}

void cmd_plot_bar(const cmd_plot_look *k, size_t n, const char *const *label, size_t n_series, const cmd_plot_series *s,
                  kam_str *out)
{
    const size_t all = n;
    size_t missing = 0;
    if (n > k->height) n = k->height;
    bars b = {.k = k, .c = arrange(k, n, label, n_series, s, 0)};
    scale(&b, n, n_series, s);
    cmd_plot_title(k, out);
    bar_legend(k, n_series, s, out);
    for (size_t i = 0; i < n; i++) {
        bool first = true;
        for (size_t j = 0; j < n_series; j++) {
            if (!isfinite(s[j].v[i])) {
                missing++;
                continue;
            }
            put_label(k, &b.c, first ? label[i] : "", &s[j], i, out);
            put_bar(&b, &s[j], j, i, out);
            cmd_plot_end_line(out);
            first = false;
        }
    }
    say_more(k, all - n, out);
    cmd_plot_missing(k, missing, out);
}

/* --- funnel -------------------------------------------------------------------------------------------------------- */

void cmd_plot_funnel(const cmd_plot_look *k, size_t n, const char *const *label, const cmd_plot_series *s,
                     const char *const *beside, kam_str *out)
{
    const size_t all = n;
    size_t missing = 0, side = 0;
    if (n > k->height) n = k->height;
    if (beside) side = widest(k, beside, s->v, n);
    columns c = arrange(k, n, label, 1, s, side ? side + 1 : 0);
    if (side && c.label + c.value + c.cells + side + 4 > k->width) c = arrange(k, n, label, 1, s, side = 0);
    double most = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(s->v[i]) && s->v[i] > most) most = s->v[i];
    cmd_plot_title(k, out);
    cmd_plot_legend(k, 1, (const char *const[]){"█"}, &s->name, out);
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(s->v[i])) {
            missing++;
            continue;
        }
        put_label(k, &c, label[i], s, i, out);
        /* an even number of half cells lies in the middle */
        size_t cells = c.cells, halves = most > 0 ? 2 * (size_t)round(s->v[i] / most * (double)cells) : 0;
        if (halves == 0 && s->v[i] > 0) halves = 2;
        size_t from = (2 * cells - halves) / 2, to = from + halves;
        cmd_plot_color(k, 0, out);
        for (size_t x = 0; x < cells; x++) {
            const bool l = 2 * x >= from && 2 * x < to, r = 2 * x + 1 >= from && 2 * x + 1 < to;
            kam_str_add(out, l && r ? "█" : l ? "▌" : r ? "▐" : " ");
        }
        cmd_plot_plain(k, out);
        if (side) {
            kam_str_add(out, "  ");
            cmd_plot_cell(k, out, beside[i], side, true);
        }
        cmd_plot_end_line(out);
    }
    say_more(k, all - n, out);
    cmd_plot_missing(k, missing, out);
}

/* --- sparklines ------------------------------------------------------------------------------------------------------ */

typedef struct course {
    size_t n, first, least, most, last; /* values there are, and their rows */
} course;

static course look_over(const double *v, size_t n)
{
    course c = {0, 0, 0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(v[i])) continue;
        if (c.n++ == 0) c.first = c.least = c.most = i;
        if (v[i] < v[c.least]) c.least = i;
        if (v[i] > v[c.most]) c.most = i;
        c.last = i;
    }
    return c;
}

static void put_course(const double *v, size_t n, size_t cells, const course *c, kam_str *out)
{
    static const char *const level[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const double lo = v[c->least] / 2, span = v[c->most] / 2 - lo;
    if (cells > n) cells = n;
    for (size_t x = 0; x < cells; x++) {
        double sum = 0;
        size_t m = 0;
        for (size_t i = x * n / cells; i < (x + 1) * n / cells; i++)
            if (isfinite(v[i])) {
                sum += v[i] / 2 - lo;
                m++;
            }
        if (m == 0) kam_str_addc(out, ' ');
        else kam_str_add(out, level[span > 0 ? (size_t)fmin(7, sum / (double)m / span * 8) : 3]);
    }
}

void cmd_plot_spark(const cmd_plot_look *k, size_t n, size_t n_series, const cmd_plot_series *s, kam_str *out)
{
    size_t label = 0, missing = 0;
    cmd_plot_title(k, out);
    for (size_t j = 0; j < n_series; j++) {
        size_t w = cmd_plot_width(k, s[j].name);
        if (w > label) label = w;
    }
    if (label > k->width * 2 / 5) label = k->width * 2 / 5;
    for (size_t j = 0; j < n_series; j++) {
        const course c = look_over(s[j].v, n);
        missing += n - c.n;
        if (c.n == 0) continue;
        kam_str words = KAM_STR_INIT;
        kam_str_addf(&words, k->chinese ? "最小 %s 最大 %s 最后 %s" : "least %s, most %s, last %s", s[j].text[c.least],
                     s[j].text[c.most], s[j].text[c.last]);
        size_t w = cmd_plot_width(k, kam_str_cstr(&words));
        const bool beside = label + 1 + 8 + 2 + w <= k->width; /* else the figures stand below */
        cmd_plot_cell(k, out, s[j].name, label, false);
        kam_str_addc(out, ' ');
        cmd_plot_color(k, j, out);
        put_course(s[j].v, n, k->width - label - 1 - (beside ? 2 + w : 0), &c, out);
        cmd_plot_plain(k, out);
        if (beside) kam_str_add(out, "  ");
        if (beside) cmd_plot_cell(k, out, kam_str_cstr(&words), w, false);
        cmd_plot_end_line(out);
        if (!beside) cmd_plot_sentence(k, kam_str_cstr(&words), out);
        kam_str_release(&words);
    }
    cmd_plot_missing(k, missing, out);
}
