/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Justified paragraphs broken as a whole. Each way of breaking has demerits: for every line the square of ten plus a hundred
 * times the cube of how much of its room to stretch or shrink it uses (Knuth and Plass, Breaking Paragraphs into Lines, Software
 * Practice and Experience 11, 1981, without hyphens and classes of tightness). The way with the least is found from front to
 * back over the places where a line may end; lines that are much too short are not looked at, so that the time is the text
 * times a part of a line. The first fit is always among the ways: never worse than it. */
#include "kam_mem.h"
#include "pdf_break.h"
#include "pdf_line.h"
#include <math.h>

enum {
    EM = 1000,
    CALM = 2,        /* badness up to which a line needs no better one: a quarter of its room */
    LINE = 10,       /* demerits every line has */
    ORPHAN = 20000,  /* of a last line of a character or two */
    ORPHAN_EM = 2,
    TORN = 2000      /* badness of a line that cannot be filled and is left ragged */
};

typedef struct fill {
    const pdf_text *t;
    int32_t limit;
    int32_t *x;      /* place of each character, as if all stood on one line */
    int32_t *room;   /* what may be added before it */
    int32_t *give;   /* what may be taken away */
    int32_t *han;    /* room that is not at blanks */
} fill;

typedef struct stop { /* a place where a line may end */
    size_t at;       /* before this character */
    size_t end;      /* behind the last one that is no blank */
    size_t first_fit; /* the stop before it in the first fit; its own index: it is none of those */
    double cost;
    size_t from;     /* stop before it on the best way */
} stop;

static void open_fill(fill *f, const pdf_text *t, int32_t limit)
{
    *f = (fill){t, limit, kam_alloc((t->n + 1) * 4 * sizeof *f->x), NULL, NULL, NULL};
    f->room = f->x + t->n + 1, f->give = f->room + t->n + 1, f->han = f->give + t->n + 1;
    f->x[0] = f->room[0] = f->give[0] = f->han[0] = 0;
    for (size_t i = 0; i < t->n; i++) {
        const pdf_char *c = &t->c[i];
        int room = i + 1 < t->n ? pdf_line_room(t, i) : 0;
        f->x[i + 1] = f->x[i] + c->adv + c->extra;
        f->room[i + 1] = f->room[i] + room;
        f->give[i + 1] = f->give[i] + (i + 1 < t->n ? pdf_line_give(t, i) : 0);
        f->han[i + 1] = f->han[i] + (c->cp == ' ' ? 0 : room);
    }
}

static int32_t width_of(const fill *f, size_t from, size_t end)
{
    const pdf_text *t = f->t;
    if (end <= from) return 0;
    int32_t w = f->x[end] - f->x[from] - t->c[end - 1].extra;
    if (from > 0 && t->c[from - 1].brk != PDF_BRK_MUST) w += pdf_line_shift(t, from);
    return w > f->limit ? w - pdf_line_squeeze(&t->c[end - 1]) : w;
}

/* Of a line of [from, end); infinite when it cannot be set that narrow. */
static double badness(const fill *f, size_t from, size_t end, bool last)
{
    int32_t slack = f->limit - width_of(f, from, end);
    if (slack == 0 || (slack > 0 && last)) return 0;
    int32_t inner = end > from ? (int32_t)(end - 1 - from) : 0;
    if (slack < 0) {
        double give = inner ? f->give[end - 1] - f->give[from] : 0, r = give > 0 ? -slack / give : INFINITY;
        return r <= 1 ? 100 * r * r * r : INFINITY;
    }
    double room = inner ? f->room[end - 1] - f->room[from] : 0;
    bool latin = inner == 0 || f->han[end - 1] == f->han[from];
    double most = latin ? room * PDF_MOST_SPACE / PDF_STRETCH_SPACE : room, r = room > 0 ? slack / room : INFINITY;
    return slack <= most ? 100 * r * r * r : TORN + (double)TORN * slack / fmax(f->limit, 1);
}

static double demerits(const fill *f, size_t from, size_t end, bool first, bool last)
{
    double b = LINE + badness(f, from, end, last);
    bool orphan = last && !first && width_of(f, from, end) < ORPHAN_EM * EM;
    return b * b + (orphan ? ORPHAN : 0);
}

/* Does the paragraph of lines [a, b) need anything better? */
static bool is_calm(const fill *f, const pdf_line *line, size_t a, size_t b)
{
    for (size_t i = a; i + 1 < b; i++)
        if (badness(f, line[i].from, line[i].to, false) > CALM) return false;
    return b - a < 2 || width_of(f, line[b - 1].from, line[b - 1].to) >= ORPHAN_EM * EM;
}

/* The stops of [from, to); line: the first fit. */
static size_t find_stops(const fill *f, size_t from, size_t to, const pdf_line *line, size_t n_lines, stop *v)
{
    const pdf_text *t = f->t;
    size_t n = 0, next = 1, fit = 0;
    v[n++] = (stop){.at = from, .end = from};
    for (size_t i = from + 1; i <= to; i++) {
        bool first_fit = i == to || (next < n_lines && line[next].from == i);
        if (!first_fit && t->c[i - 1].brk == PDF_BRK_NO) continue;
        size_t end = i;
        while (end > from && pdf_line_blank(t->c[end - 1].cp)) end--;
        v[n] = (stop){.at = i, .end = end, .first_fit = first_fit ? fit : n, .cost = INFINITY};
        if (first_fit) fit = n, next++;
        n++;
    }
    return n;
}

static void try_line(const fill *f, stop *v, size_t i, size_t j, bool last)
{
    if (!(v[i].cost < v[j].cost)) return; /* an infinite one, or dearer already */
    double cost = v[i].cost + demerits(f, v[i].at, v[j].end, i == 0, last);
    if (cost < v[j].cost) v[j].cost = cost, v[j].from = i;
}

static void find_way(const fill *f, stop *v, size_t n)
{
    const int32_t shortest = f->limit - (int32_t)fmax(f->limit / 4.0, 6.0 * EM); /* a line must be that long to be tried */
    size_t near = 0; /* the nearest stop before j that gives such a line */
    for (size_t j = 1; j < n; j++) {
        bool last = j + 1 == n;
        while (near + 1 < j && width_of(f, v[near + 1].at, v[j].end) >= shortest) near++;
        for (size_t i = last ? j - 1 : near;; i--) {
            try_line(f, v, i, j, last);
            int32_t over = width_of(f, v[i].at, v[j].end) - f->limit;
            if (i == 0 || over > (v[j].end > v[i].at ? f->give[v[j].end - 1] - f->give[v[i].at] : 0)) break;
        }
        if (v[j].first_fit != j) try_line(f, v, v[j].first_fit, j, last);
    }
}

/* Lines of the way that ends at stop j are added. */
static void take_way(pdf_text *t, stop *v, size_t n, int32_t limit, bool hard)
{
    size_t j = n - 1, next = n; /* the way backwards becomes a way forwards */
    while (j > 0) {
        size_t from = v[j].from;
        v[j].from = next;
        next = j, j = from;
    }
    for (size_t i = 0; next < n; i = next, next = v[next].from) pdf_line_add(t, v[i].at, v[next].at, limit, hard && next == n - 1);
}

/* The paragraph of lines [a, b) of the first fit, up to character `to`. false: no way at all, a character is wider than the line. */
static bool fill_lines(fill *f, pdf_text *t, const pdf_line *line, size_t a, size_t b, size_t to)
{
    stop *v = kam_alloc((to - line[a].from + 1) * sizeof *v);
    size_t n = find_stops(f, line[a].from, to, line + a, b - a, v);
    find_way(f, v, n);
    bool found = isfinite(v[n - 1].cost);
    if (found) take_way(t, v, n, f->limit, line[b - 1].last);
    kam_free(v);
    return found;
}

void pdf_text_fill(pdf_text *t, double size, double width)
{
    pdf_text_wrap(t, size, width);
    if (t->n_lines < 2) return;
    fill f;
    open_fill(&f, t, pdf_line_limit(size, width));
    pdf_line *line = t->line;
    size_t n = t->n_lines;
    t->line = NULL, t->n_lines = t->cap_lines = 0;
    for (size_t a = 0, b; a < n; a = b) {
        for (b = a + 1; b < n && !line[b - 1].last; b++) {}
        if (!is_calm(&f, line, a, b) && fill_lines(&f, t, line, a, b, b < n ? line[b].from : t->n)) continue;
        for (size_t i = a; i < b; i++) pdf_line_add(t, line[i].from, line[i].to, f.limit, line[i].last);
    }
    kam_free(line);
    kam_free(f.x);
}

double pdf_text_demerits(const pdf_text *t, double size, double width)
{
    fill f;
    open_fill(&f, t, pdf_line_limit(size, width));
    double sum = 0;
    for (size_t i = 0; i < t->n_lines; i++) {
        const pdf_line *l = &t->line[i];
        sum += demerits(&f, l->from, l->to, i == 0 || l[-1].last, l->last);
    }
    kam_free(f.x);
    return sum;
}
