/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_path.h"
#include <math.h>
#include <string.h>

void pdf_path_release(pdf_path *p)
{
    kam_str_release(&p->verbs);
    kam_free(p->pts);
    *p = (pdf_path)PDF_PATH_INIT;
}

static void add(pdf_path *p, double x, double y)
{
    KAM_GROW(p->pts, p->cap, 2 * p->n + 2);
    p->pts[2 * p->n] = x, p->pts[2 * p->n + 1] = y;
    p->n++;
}

void pdf_path_move(pdf_path *p, double x, double y)
{
    kam_str_addc(&p->verbs, 'M');
    add(p, x, y);
}

void pdf_path_line(pdf_path *p, double x, double y)
{
    kam_str_addc(&p->verbs, 'L');
    add(p, x, y);
}

void pdf_path_curve(pdf_path *p, const double xy[6])
{
    kam_str_addc(&p->verbs, 'C');
    for (int i = 0; i < 6; i += 2) add(p, xy[i], xy[i + 1]);
}

void pdf_path_close(pdf_path *p)
{
    kam_str_addc(&p->verbs, 'Z');
}

void pdf_path_rect(pdf_path *p, double x, double y, double w, double h)
{
    pdf_path_move(p, x, y);
    pdf_path_line(p, x + w, y);
    pdf_path_line(p, x + w, y + h);
    pdf_path_line(p, x, y + h);
    pdf_path_close(p);
}

void pdf_path_oval(pdf_path *p, double x, double y, double a, double b)
{
    const double k = 0.5522847498; /* Bezier handle of a quarter circle */
    pdf_path_move(p, x + a, y);
    pdf_path_curve(p, (double[]){x + a, y + k * b, x + k * a, y + b, x, y + b});
    pdf_path_curve(p, (double[]){x - k * a, y + b, x - a, y + k * b, x - a, y});
    pdf_path_curve(p, (double[]){x - a, y - k * b, x - k * a, y - b, x, y - b});
    pdf_path_curve(p, (double[]){x + k * a, y - b, x + a, y - k * b, x + a, y});
    pdf_path_close(p);
}

pdf_op *pdf_put_path(pdf_ops *o, pdf_op_kind kind, const pdf_path *p)
{
    double *pts = kam_arena_alloc(o->arena, (2 * p->n + 1) * sizeof *pts);
    if (p->n) memcpy(pts, p->pts, 2 * p->n * sizeof *pts);
    const char *verbs = kam_arena_strndup(o->arena, kam_str_cstr(&p->verbs), p->verbs.len);
    pdf_op *op = pdf_ops_add(o, kind);
    op->text = verbs, op->pts = pts, op->n_pts = p->n;
    return op;
}

/* --- path data of SVG --- */
typedef struct reader {
    pdf_path *p;
    const char *text, *at;
    double scale;
    double x, y;           /* current point */
    double start_x, start_y;
    double hx, hy;         /* handle of the curve before, for S and T */
    char last;             /* its letter, large */
} reader;

static void skip(reader *r)
{
    while (*r->at == ' ' || *r->at == ',' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r') r->at++;
}

static bool at_number(reader *r)
{
    skip(r);
    return (*r->at >= '0' && *r->at <= '9') || *r->at == '-' || *r->at == '+' || *r->at == '.';
}

/* One number as SVG writes it: "1.5.5" are two, "1-2" too. No locale has a say. */
static bool number(reader *r, double *out)
{
    enum { LONGEST = 40 };
    char buf[LONGEST];
    size_t n = 0;
    bool dot = false, power = false, digit = false;
    if (!at_number(r)) return false;
    for (const char *s = r->at; n + 1 < LONGEST; s++) {
        bool sign = *s == '-' || *s == '+';
        if (sign && n > 0 && buf[n - 1] != 'e') break;
        if (*s == '.' && (dot || power)) break;
        if ((*s == 'e' || *s == 'E') && (power || !digit)) break;
        if (!sign && *s != '.' && *s != 'e' && *s != 'E' && (*s < '0' || *s > '9')) break;
        dot = dot || *s == '.';
        power = power || *s == 'e' || *s == 'E';
        digit = digit || (*s >= '0' && *s <= '9');
        buf[n++] = *s == 'E' ? 'e' : *s;
    }
    buf[n] = '\0';
    const char *plain = buf[0] == '+' ? buf + 1 : buf;
    if (!kam_parse_real(plain, out) || fabs(*out) > 1e6) return false;
    r->at += n;
    *out *= r->scale;
    return true;
}

static kam_rc bad(const reader *r, const char *wanted, kam_err *err)
{
    char here[24];
    size_t n = strcspn(r->at, " ,\n\t");
    if (n > sizeof here - 1) n = sizeof here - 1;
    memcpy(here, r->at, n);
    here[n] = '\0';
    kam_err_set(err, KAM_USAGE, "path: at character %zu (\"%s\"): %s", (size_t)(r->at - r->text) + 1, here, wanted);
    return kam_err_word(err, "path");
}

static bool numbers(reader *r, double *v, size_t n, bool relative)
{
    for (size_t i = 0; i < n; i++) {
        if (!number(r, &v[i])) return false;
        if (relative) v[i] += i % 2 ? r->y : r->x;
    }
    return true;
}

static void curve_to(reader *r, const double v[6])
{
    pdf_path_curve(r->p, v);
    r->hx = v[2], r->hy = v[3], r->x = v[4], r->y = v[5];
}

/* A quadratic curve as a cubic one. */
static void quad_to(reader *r, double qx, double qy, double x, double y)
{
    const double v[6] = {r->x + (qx - r->x) * 2 / 3, r->y + (qy - r->y) * 2 / 3, x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3, x, y};
    curve_to(r, v);
    r->hx = qx, r->hy = qy;
}

/* One set of numbers of a letter; false: a number is missing. */
static bool segment(reader *r, char letter, bool relative)
{
    double v[6];
    bool smooth_c = r->last == 'C' || r->last == 'S', smooth_q = r->last == 'Q' || r->last == 'T';
    double mx = 2 * r->x - r->hx, my = 2 * r->y - r->hy;
    switch (letter) {
    case 'M': case 'L':
        if (!numbers(r, v, 2, relative)) return false;
        if (letter == 'M') pdf_path_move(r->p, v[0], v[1]), r->start_x = v[0], r->start_y = v[1];
        else pdf_path_line(r->p, v[0], v[1]);
        r->x = v[0], r->y = v[1];
        return true;
    case 'H': case 'V':
        if (!number(r, &v[0])) return false;
        if (letter == 'H') r->x = v[0] + (relative ? r->x : 0);
        else r->y = v[0] + (relative ? r->y : 0);
        pdf_path_line(r->p, r->x, r->y);
        return true;
    case 'C':
        if (!numbers(r, v, 6, relative)) return false;
        curve_to(r, v);
        return true;
    case 'S':
        if (!numbers(r, v + 2, 4, relative)) return false;
        v[0] = smooth_c ? mx : r->x, v[1] = smooth_c ? my : r->y;
        curve_to(r, v);
        return true;
    case 'Q':
        if (!numbers(r, v, 4, relative)) return false;
        quad_to(r, v[0], v[1], v[2], v[3]);
        return true;
    default: /* T */
        if (!numbers(r, v, 2, relative)) return false;
        quad_to(r, smooth_q ? mx : r->x, smooth_q ? my : r->y, v[0], v[1]);
        return true;
    }
}

static kam_rc read_all(reader *r, kam_err *err)
{
    for (skip(r); *r->at; skip(r)) {
        char c = *r->at, letter = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if (!strchr("MLHVCSQTZ", letter)) return bad(r, KAM_MSG("expected one of M L H V C S Q T Z"), err);
        if (r->p->verbs.len == 0 && letter != 'M') return bad(r, KAM_MSG("a path begins with M"), err);
        bool relative = c != letter;
        r->at++;
        if (letter == 'Z') {
            pdf_path_close(r->p);
            r->x = r->start_x, r->y = r->start_y, r->last = letter;
            continue;
        }
        do {
            if (r->last == 'Z' && letter != 'M') pdf_path_move(r->p, r->x, r->y); /* a new part begins where the last one did */
            if (!segment(r, letter, relative)) return bad(r, KAM_MSG("a number is missing"), err);
            r->last = letter;
            if (letter == 'M') letter = 'L'; /* further pairs are lines */
            if (r->p->n > PDF_PATH_POINTS) {
                kam_err_set(err, KAM_LIMIT, "path: more than %d points", (int)PDF_PATH_POINTS);
                return kam_err_word(err, "path");
            }
        } while (at_number(r));
    }
    return r->p->n ? KAM_OK : bad(r, KAM_MSG("a path begins with M"), err);
}

kam_rc pdf_path_parse(pdf_path *p, const char *text, double scale, kam_err *err)
{
    reader r = {.p = p, .text = text, .at = text, .scale = scale};
    kam_rc rc = read_all(&r, err);
    if (rc != KAM_OK) pdf_path_release(p);
    return rc;
}
