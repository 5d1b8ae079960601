/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_text.h"
#include "kam_utf8.h"
#include "pdf_break.h"
#include "pdf_line.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    EM = 1000,
    HALF = 500,        /* what a full-width mark can lose */
    WIDE = 900,        /* a mark this wide is full-width in this font */
    LEAST_OF_PIECE = 4, /* characters */
    WORD_LEFT_OUT = 8, /* characters of a word that an ellipsis may take with it */
    STRETCH_HAN = 90,  /* above a tenth of an em, text extraction sees blanks between Han characters */
    STRETCH_GAP = 200, /* the quarter em between Han and Latin is read as a blank anyway */
    SHRINK_SPACE = 70, /* of a blank, a quarter of it */
    SHRINK_GAP = 125,  /* of the quarter em between Han and Latin */
    SHRINK_MARK = 250  /* of the blank half of a full-width mark */
};

/* --- shaping --- */
static int16_t clamp16(int v)
{
    return (int16_t)(v < -4000 ? -4000 : v > 8000 ? 8000 : v);
}

static int pair_extra(const pdf_metrics *m, const pdf_char *a, const pdf_char *b)
{
    bool ha = pdf_is_han(a->cp), hb = pdf_is_han(b->cp), wa = pdf_is_western(a->cp), wb = pdf_is_western(b->cp);
    if ((ha && wb) || (wa && hb)) return PDF_GAP;
    /* a middle dot with blanks around it: where the font's dot is a full em, the blanks are in it */
    if ((a->cp == ' ' && b->cp == 0xB7 && b->adv >= WIDE) || (a->cp == 0xB7 && a->adv >= WIDE && b->cp == ' ')) return PDF_DOT;
    if (a->adv >= WIDE) {
        if (pdf_is_half_blank(a->cp) && pdf_is_closing(b->cp)) return PDF_SQUEEZE;
        /* ：（ and the like: the left half of the opening mark is blank in every font, that of a colon only in some */
        if ((pdf_is_closing(a->cp) || pdf_is_opening(a->cp)) && pdf_is_opening(b->cp) && b->adv >= WIDE) return PDF_SQUEEZE;
    }
    if (m->kern && wa && wb && a->style == b->style) return m->kern(m->ctx, a->cp, b->cp, a->style & PDF_BOLD);
    return 0;
}

static size_t decode(pdf_char *c, const pdf_metrics *m, const pdf_run *run)
{
    size_t n = 0, len = strlen(run->text);
    for (size_t i = 0, used; i < len; i += used) {
        uint32_t cp = kam_utf8_next(run->text + i, len - i, &used);
        if (cp == '\t') cp = ' ';
        if (cp == 0x2028 || cp == 0x2029) cp = '\n';
        if ((cp < 0x20 && cp != '\n') || (cp >= 0x7F && cp < 0xA0) || (cp >= 0xFE00 && cp <= 0xFE0F)) continue;
        int adv = cp == '\n' ? 0 : m->advance(m->ctx, cp, run->style & PDF_BOLD);
        c[n++] = (pdf_char){cp, clamp16(adv), 0, run->style, false, PDF_BRK_NO, run->colour};
    }
    return n;
}

static bool is_word(uint32_t cp)
{
    return pdf_is_western(cp) || (cp >= 0xC0 && cp < 0x250);
}

/* Text with a Chinese name here and there is still Latin text. */
static bool is_chinese(const pdf_text *t)
{
    size_t han = 0, latin = 0;
    for (size_t i = 0; i < t->n; i++) {
        han += pdf_is_han(t->c[i].cp);
        latin += is_word(t->c[i].cp);
    }
    return han > 0 && latin <= 3 * han;
}

static void make_narrow(pdf_char *c, const pdf_metrics *m)
{
    c->narrow = true;
    c->adv = clamp16(m->narrow(m->ctx, c->cp, c->style & PDF_BOLD));
}

/* Quotation marks and the ellipsis are characters that Chinese and Latin share but set differently: a full em there, a
 * narrow mark here, dots in the middle of the line there, at its foot here. In Chinese text only an apostrophe is narrow. */
static void choose_quotes(pdf_text *t, const pdf_metrics *m)
{
    bool han = is_chinese(t);
    for (size_t i = 0; i < t->n; i++) {
        pdf_char *c = &t->c[i];
        if (c->cp != 0x2018 && c->cp != 0x2019 && c->cp != 0x201C && c->cp != 0x201D && c->cp != 0x2026) continue;
        bool apostrophe = i > 0 && i + 1 < t->n && is_word(c[-1].cp) && is_word(c[1].cp);
        if ((han && !apostrophe) || c->adv < WIDE) continue;
        make_narrow(c, m);
    }
}

void pdf_text_init(pdf_text *t, const pdf_metrics *m, const pdf_run *runs, size_t n_runs)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n_runs; i++) bytes += strlen(runs[i].text);
    *t = (pdf_text){.c = kam_calloc(bytes + 1, sizeof *t->c)};
    for (size_t i = 0; i < n_runs; i++) t->n += decode(t->c + t->n, m, &runs[i]);
    if (t->n == 0) return;
    choose_quotes(t, m);
    uint32_t *cp = kam_calloc(t->n, sizeof *cp);
    char *brk = kam_alloc(t->n);
    for (size_t i = 0; i < t->n; i++) cp[i] = t->c[i].cp;
    pdf_break_find(cp, t->n, brk);
    for (size_t i = 0; i < t->n; i++) {
        t->c[i].brk = cp[i] == '\n' ? PDF_BRK_MUST : brk[i] == PDF_BRK_MUST ? PDF_BRK_MAY : brk[i];
        if (i + 1 < t->n) t->c[i].extra = clamp16(pair_extra(m, &t->c[i], &t->c[i + 1]));
    }
    kam_free(cp);
    kam_free(brk);
}

void pdf_text_release(pdf_text *t)
{
    kam_free(t->c);
    kam_free(t->line);
    *t = (pdf_text){0};
}

/* --- breaking --- */
bool pdf_line_blank(uint32_t cp)
{
    return cp == ' ' || cp == '\n' || cp == 0x3000;
}

int32_t pdf_line_shift(const pdf_text *t, size_t i)
{
    return i < t->n && pdf_is_opening(t->c[i].cp) && t->c[i].adv >= WIDE ? -HALF : 0;
}

/* A stop at the end of a line may give up its blank half. */
int32_t pdf_line_squeeze(const pdf_char *c)
{
    return pdf_is_half_blank(c->cp) && c->adv >= WIDE ? HALF : 0;
}

void pdf_line_add(pdf_text *t, size_t from, size_t to, int32_t limit, bool last)
{
    pdf_line l = {from, to, 0, 0, last};
    while (l.to > l.from && pdf_line_blank(t->c[l.to - 1].cp)) l.to--;
    if (from > 0 && t->c[from - 1].brk != PDF_BRK_MUST) l.shift = (int16_t)pdf_line_shift(t, from);
    l.width = l.shift;
    for (size_t i = l.from; i < l.to; i++) l.width += t->c[i].adv + (i + 1 < l.to ? t->c[i].extra : 0);
    if (l.to > l.from && l.width > limit) l.width -= pdf_line_squeeze(&t->c[l.to - 1]);
    KAM_GROW(t->line, t->cap_lines, t->n_lines + 1);
    t->line[t->n_lines++] = l;
}

static bool is_stop(uint32_t cp)
{
    return cp == ',' || cp == ';' || cp == ':' || cp == '.' || cp == 0xFF0C || cp == 0xFF1B || cp == 0xFF1A || cp == 0x3001 || cp == 0x3002;
}

/* Is the piece without a break that begins at s wider than a line? It has to be cut anyway. */
static bool is_endless(const pdf_text *t, size_t s, int32_t limit)
{
    int32_t w = 0;
    for (size_t i = s; i < t->n; i++) {
        const pdf_char *c = &t->c[i];
        if (pdf_line_blank(c->cp)) return false;
        w += c->adv;
        if (w - pdf_line_squeeze(c) > limit) return true;
        if (c->brk != PDF_BRK_NO) return false;
        w += c->extra;
    }
    return false;
}

static bool is_alnum(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || (cp >= 0xC0 && cp < 0x250);
}

/* Where before i an endless piece that begins at s may be cut: between two letters, some of them on this line; 0: nowhere. */
static size_t cut_of(const pdf_text *t, size_t s, size_t i)
{
    while (i >= s + LEAST_OF_PIECE && !(is_alnum(t->c[i].cp) && is_alnum(t->c[i - 1].cp))) i--;
    return i >= s + LEAST_OF_PIECE ? i : 0;
}

/* First fit. Returns where the line that starts at s ends; *hard when a forced break ends it. */
static size_t find_end(const pdf_text *t, size_t s, int32_t limit, bool *hard)
{
    int32_t w = s > 0 && t->c[s - 1].brk != PDF_BRK_MUST ? pdf_line_shift(t, s) : 0;
    size_t fallback = 0;
    *hard = false;
    for (size_t i = s; i < t->n; i++) {
        const pdf_char *c = &t->c[i];
        if (c->cp != '\n' && !pdf_line_blank(c->cp) && i > s && w + c->adv - pdf_line_squeeze(c) > limit) {
            if (fallback) { /* an endless piece goes on where it begins, unless little of it would stand there */
                size_t cut = is_endless(t, fallback, limit) ? cut_of(t, fallback, i) : 0;
                return cut ? cut : fallback;
            }
            if (c->adv > 0) return i; /* a piece wider than the line: break where it must */
        }
        w += c->adv + c->extra;
        if (c->brk == PDF_BRK_MUST) {
            *hard = true;
            return i + 1;
        }
        if (c->brk == PDF_BRK_MAY) fallback = i + 1;
    }
    *hard = true;
    return t->n;
}

int32_t pdf_line_limit(double size, double width)
{
    return width <= 0 ? 0 : width / size > 1e6 ? 1000000000 : (int32_t)(width / size * EM + 0.5);
}

static void wrap(pdf_text *t, int32_t limit)
{
    t->n_lines = 0;
    size_t s = 0;
    while (s < t->n) {
        bool hard;
        size_t e = find_end(t, s, limit, &hard);
        pdf_line_add(t, s, e, limit, hard);
        s = e;
    }
    if (t->n == 0 || t->c[t->n - 1].cp == '\n') pdf_line_add(t, t->n, t->n, limit, true);
}

void pdf_text_wrap(pdf_text *t, double size, double width)
{
    wrap(t, pdf_line_limit(size, width));
}

double pdf_text_natural(const pdf_text *t, double size)
{
    int32_t best = 0, w = 0, trail = 0;
    for (size_t i = 0; i < t->n; i++) {
        const pdf_char *c = &t->c[i];
        if (c->cp == '\n') {
            w = 0;
            continue;
        }
        trail = c->extra;
        w += c->adv + c->extra;
        if (w - trail > best) best = w - trail;
    }
    return best * size / EM;
}

double pdf_text_longest(const pdf_text *t, double size)
{
    int32_t best = 0, w = 0;
    for (size_t i = 0; i < t->n; i++) {
        const pdf_char *c = &t->c[i];
        if (!pdf_line_blank(c->cp)) {
            if (w + c->adv - pdf_line_squeeze(c) > best) best = w + c->adv - pdf_line_squeeze(c);
            w += c->adv + c->extra;
        }
        if (c->brk != PDF_BRK_NO) w = 0;
    }
    return best * size / EM;
}

void pdf_text_even(pdf_text *t, double size, double width)
{
    int32_t hi = pdf_line_limit(size, width), lo = (int32_t)(pdf_text_longest(t, size) / size * EM) - 1; /* words stay whole */
    wrap(t, hi);
    size_t n = t->n_lines;
    if (n < 2) return;
    while (hi - lo > EM / 8) { /* n lines fit into hi, not into lo */
        int32_t mid = lo + (hi - lo) / 2;
        wrap(t, mid);
        if (t->n_lines > n) lo = mid;
        else hi = mid;
    }
    wrap(t, hi);
}

double pdf_text_halves(const pdf_text *t, double size)
{
    int32_t all = 0, left = 0;
    for (size_t i = 0; i < t->n; i++) all += t->c[i].adv + (i + 1 < t->n ? t->c[i].extra : 0);
    int32_t best = all;
    for (size_t i = 0; i + 1 < t->n; i++) {
        const pdf_char *c = &t->c[i];
        left += c->adv;
        int32_t first = left - (pdf_line_blank(c->cp) ? c->adv : 0), second = all - left - c->extra;
        if (c->brk != PDF_BRK_NO && (first > second ? first : second) < best) best = first > second ? first : second;
        left += c->extra;
    }
    return best * size / EM;
}

/* --- setting --- */
int pdf_line_room(const pdf_text *t, size_t i)
{
    const pdf_char *a = &t->c[i], *b = &t->c[i + 1];
    if (a->cp == ' ') return PDF_STRETCH_SPACE;
    if (a->extra == PDF_GAP) return STRETCH_GAP;
    bool ca = pdf_is_han(a->cp) || pdf_is_closing(a->cp), cb = pdf_is_han(b->cp) || pdf_is_opening(b->cp);
    if ((ca || cb) && b->cp != ' ' && b->adv > 0) return STRETCH_HAN;
    return 0;
}

int pdf_line_give(const pdf_text *t, size_t i)
{
    const pdf_char *a = &t->c[i], *b = &t->c[i + 1];
    if (a->cp == ' ') return SHRINK_SPACE;
    if (a->extra == PDF_GAP) return SHRINK_GAP;
    if (a->extra < 0) return 0; /* squeezed already */
    return (pdf_is_half_blank(a->cp) && a->adv >= WIDE) || (pdf_is_opening(b->cp) && b->adv >= WIDE) ? SHRINK_MARK : 0;
}

/* Room to add after each character so that the line fills `slack` more (or takes as much less); false when that would tear
 * it apart. */
static bool justify(const pdf_text *t, const pdf_line *l, int32_t slack, int16_t *add)
{
    int64_t room = 0;
    bool latin = true;
    int (*part)(const pdf_text *, size_t) = slack < 0 ? pdf_line_give : pdf_line_room;
    for (size_t i = l->from; i + 1 < l->to; i++) {
        int r = part(t, i);
        room += r;
        latin = latin && (r == 0 || t->c[i].cp == ' ');
    }
    if (slack == 0 || room == 0 || (slack > 0 && latin ? room * PDF_MOST_SPACE / PDF_STRETCH_SPACE : room) < labs(slack)) return false;
    int64_t seen = 0, given = 0;
    for (size_t i = l->from; i + 1 < l->to; i++) {
        seen += part(t, i);
        int64_t due = (seen * labs(slack) + room / 2) / room;
        add[i - l->from] = (int16_t)(slack < 0 ? given - due : due - given);
        given = due;
    }
    return true;
}

/* Characters [from, to) of one style and colour as one op. */
static double put_segment(const pdf_text *t, size_t from, size_t to, size_t line_from, bool line_end,
                          const int16_t *add, pdf_ops *o, double x, double y, double size)
{
    size_t n = to - from, out = 0;
    for (size_t i = from; i < to; i++) n += t->c[i].narrow;
    char *text = kam_arena_alloc(o->arena, n * 4 + 1), *p = text;
    int16_t *adj = NULL;
    int32_t w = 0;
    for (size_t i = from; i < to; i++) {
        const pdf_char *c = &t->c[i];
        p += kam_utf8_put(c->cp, p);
        if (c->narrow) p += kam_utf8_put(0xFE00, p);
        int extra = line_end && i + 1 == to ? 0 : c->extra + (add ? add[i - line_from] : 0);
        w += c->adv + extra;
        if (extra && !adj) adj = kam_arena_alloc(o->arena, n * sizeof *adj);
        if (extra) adj[out] = (int16_t)extra;
        out += c->narrow ? 2 : 1;
    }
    pdf_op *op = pdf_ops_add(o, PDF_OP_TEXT);
    op->x = x, op->y = y, op->w = w * size / EM, op->size = size;
    op->style = t->c[from].style, op->fill = t->c[from].colour;
    op->text = text, op->adj = adj, op->n_chars = n;
    return op->w;
}

double pdf_text_put(const pdf_text *t, size_t i, pdf_ops *o, double x, double baseline, double size, double width,
                    pdf_set set)
{
    const pdf_line *l = &t->line[i];
    int32_t slack = (int32_t)floor(width / size * EM + 0.5) - l->width;
    int16_t *add = NULL;
    if (set == PDF_SET_RIGHT) x += slack * size / EM;
    if (set == PDF_SET_CENTRE) x += slack * size / EM / 2;
    if (set == PDF_SET_JUSTIFY && (!l->last || slack < 0) && l->to > l->from) {
        add = kam_calloc(l->to - l->from, sizeof *add);
        if (!justify(t, l, slack, add)) {
            kam_free(add);
            add = NULL;
        }
    }
    x += l->shift * size / EM;
    for (size_t from = l->from; from < l->to;) {
        size_t to = from + 1;
        while (to < l->to && t->c[to].style == t->c[from].style && t->c[to].colour == t->c[from].colour) to++;
        x += put_segment(t, from, to, l->from, to == l->to, add, o, x, baseline, size);
        from = to;
    }
    kam_free(add);
    return x;
}

double pdf_measure(const pdf_metrics *m, double size, const char *text)
{
    pdf_text t;
    pdf_text_init(&t, m, &(pdf_run){text, 0, 0}, 1);
    double w = pdf_text_natural(&t, size);
    pdf_text_release(&t);
    return w;
}

/* Of what begins at `from` keep what fits before an ellipsis; a word is left out whole when that costs little. */
static void cut_line(pdf_text *t, const pdf_metrics *m, size_t from, int32_t limit)
{
    pdf_char dot = {.cp = 0x2026, .style = from < t->n ? t->c[from].style & PDF_BOLD : 0};
    dot.adv = clamp16(m->advance(m->ctx, dot.cp, dot.style));
    if (dot.adv >= WIDE && !is_chinese(t)) make_narrow(&dot, m);
    int32_t dots = dot.adv, w = 0;
    size_t keep = from, word = 0;
    while (keep < t->n && t->c[keep].cp != '\n' && w + t->c[keep].adv + dots <= limit) {
        w += t->c[keep].adv + t->c[keep].extra;
        if (t->c[keep].brk != PDF_BRK_NO) word = keep + 1;
        keep++;
    }
    if (keep >= t->n) return;
    if (word > from && t->c[keep].cp != '\n' && keep - word <= WORD_LEFT_OUT) keep = word;
    while (keep > from && (pdf_line_blank(t->c[keep - 1].cp) || is_stop(t->c[keep - 1].cp))) keep--;
    pdf_char *c = &t->c[keep];
    c->cp = dot.cp, c->adv = dot.adv, c->extra = 0, c->narrow = dot.narrow;
    if (keep > from) t->c[keep - 1].extra = 0;
    t->n = keep + 1;
}

void pdf_text_cut(pdf_text *t, const pdf_metrics *m, double size, double width, size_t lines)
{
    if (lines == 0 || t->n_lines <= lines) return;
    size_t from = t->line[lines - 1].from;
    cut_line(t, m, from, pdf_line_limit(size, width));
    t->n_lines = lines - 1;
    pdf_line_add(t, from, t->n, pdf_line_limit(size, width), true);
}

double pdf_put_text(pdf_ops *o, const pdf_metrics *m, double x, double baseline, double size, uint8_t style,
                    pdf_rgb colour, const char *text, pdf_set set, double max_width)
{
    if (!text || !*text) return 0;
    pdf_text t;
    pdf_text_init(&t, m, &(pdf_run){text, style, colour}, 1);
    for (size_t i = 0; i < t.n; i++)
        if (t.c[i].cp == '\n') t.c[i].cp = ' ', t.c[i].brk = PDF_BRK_MAY;
    if (max_width > 0 && pdf_text_natural(&t, size) > max_width + 0.01)
        cut_line(&t, m, 0, (int32_t)(max_width / size * EM));
    pdf_text_wrap(&t, size, 1e9);
    double w = t.line[0].width * size / EM;
    if (set == PDF_SET_RIGHT) x -= w;
    if (set == PDF_SET_CENTRE) x -= w / 2;
    pdf_text_put(&t, 0, o, x, baseline, size, w, PDF_SET_LEFT);
    pdf_text_release(&t);
    return w;
}

double pdf_baseline(double line_height, double size)
{
    return (line_height - size) / 2 + 0.865 * size;
}
