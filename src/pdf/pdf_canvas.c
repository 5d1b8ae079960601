/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_canvas.h"
#include "kam_utf8.h"
#include "pdf_break.h"
#include "pdf_doc.h"
#include "pdf_fonts_int.h"
#include "pdf_image.h"
#include "pdf_save.h"
#include <math.h>
#include <string.h>
#include <sys/stat.h>

typedef struct picture_file { /* a file that was read already */
    char *path;
    off_t size;
    struct timespec changed;
    const pdf_image *image;
} picture_file;

struct pdf_canvas {
    pdf_doc_opts opts; /* strings copied into the list's arena, theme resolved */
    pdf_theme theme;
    pdf_fonts *fonts;
    pdf_list list;
    size_t cost; /* bytes of operations and pictures, about */
    size_t clips;
    picture_file *file;
    size_t n_files, cap_files;
    size_t *to_page, n_targets, cap_targets; /* marks that stand for pages links lead to */
};

static const char *keep(pdf_canvas *c, const char *s)
{
    if (!s) return NULL;
    char *clean = kam_utf8_repair(s, strlen(s), NULL);
    const char *out = kam_arena_strdup(&c->list.arena, clean);
    kam_free(clean);
    return out;
}

pdf_canvas *pdf_canvas_new(const pdf_doc_opts *opts, pdf_fonts *fonts)
{
    pdf_canvas *c = kam_zalloc(sizeof *c);
    if (opts) c->opts = *opts;
    c->fonts = fonts;
    c->theme = c->opts.theme ? *c->opts.theme : *pdf_theme_screen();
    c->opts.theme = &c->theme;
    pdf_list_init(&c->list, 0, 0);
    pdf_break_init();
    const char **strings[] = {&c->opts.title, &c->opts.author, &c->opts.subject, &c->opts.keywords};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) *strings[i] = keep(c, *strings[i]);
    return c;
}

void pdf_canvas_free(pdf_canvas *c)
{
    if (!c) return;
    for (size_t i = 0; i < c->n_files; i++) kam_free(c->file[i].path);
    kam_free(c->file);
    kam_free(c->to_page);
    pdf_list_release(&c->list);
    kam_free(c);
}

const pdf_theme *pdf_canvas_theme(const pdf_canvas *c)
{
    return &c->theme;
}

/* --- pages and limits --- */
kam_rc pdf_canvas_page(pdf_canvas *c, double w, double h, kam_err *err)
{
    if (!(w >= 10 && w <= 14400 && h >= 10 && h <= 14400)) {
        kam_err_set(err, KAM_USAGE, "a page is 10 to 14400 points (3.5 to 5080 mm) wide and high");
        return kam_err_word(err, "size");
    }
    if (c->clips) {
        kam_err_set(err, KAM_USAGE, "a page cannot begin within a clip");
        return kam_err_word(err, "clip");
    }
    if (c->list.n_pages >= PDF_MAX_PAGES) {
        kam_err_set(err, KAM_LIMIT, "the document has more than %d pages; leave out rows or split it", PDF_MAX_PAGES);
        return kam_err_word(err, "pages");
    }
    c->list.page_w = w, c->list.page_h = h;
    pdf_list_add_page(&c->list);
    return KAM_OK;
}

size_t pdf_canvas_pages(const pdf_canvas *c)
{
    return c->list.n_pages;
}

void pdf_canvas_size(const pdf_canvas *c, double *w, double *h)
{
    *w = *h = 0;
    if (c->list.n_pages) *w = c->list.page_w, *h = c->list.page_h;
}

/* The page to draw on, when it may take `bytes` more. */
static kam_rc room(pdf_canvas *c, size_t bytes, pdf_ops **out, kam_err *err)
{
    if (c->list.n_pages == 0) {
        kam_err_set(err, KAM_USAGE, "there is no page to draw on; begin one with `pdf page`");
        return kam_err_word(err, "page");
    }
    if (bytes > PDF_CANVAS_BYTES || c->cost > PDF_CANVAS_BYTES - bytes) {
        kam_err_set(err, KAM_LIMIT, "the drawing takes more than %d MB; split it into several documents", PDF_CANVAS_BYTES >> 20);
        return kam_err_word(err, "canvas");
    }
    *out = &c->list.pages[c->list.n_pages - 1];
    c->cost += bytes;
    return KAM_OK;
}

/* --- links --- */
static kam_rc bad_link(kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "a link leads to an address (http:, https:, mailto: or tel:) or to a page");
    return kam_err_word(err, "link");
}

static kam_rc check_link(const char *uri, size_t to_page, kam_err *err)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:", "tel:"};
    if (to_page > PDF_MAX_PAGES || (uri && to_page)) return bad_link(err);
    for (size_t i = 0; uri && i < sizeof schemes / sizeof *schemes; i++)
        if (kam_str_starts(uri, schemes[i]) && uri[strlen(schemes[i])] && strlen(uri) < 8000) return KAM_OK;
    return uri ? bad_link(err) : KAM_OK;
}

/* A PDF wants ASCII: other bytes, blanks and brackets are escaped, what is escaped already stays. */
static const char *escaped(pdf_canvas *c, const char *uri)
{
    kam_str out = KAM_STR_INIT;
    for (const char *p = uri; *p; p++) {
        unsigned char b = (unsigned char)*p;
        if (b <= ' ' || b >= 0x7F || strchr("\"<>\\^`{|}()", b)) kam_str_addf(&out, "%%%02X", b);
        else kam_str_addc(&out, *p);
    }
    const char *kept = kam_arena_strdup(&c->list.arena, kam_str_cstr(&out));
    kam_str_release(&out);
    return kept;
}

/* The mark of a page: made when first asked for, not in the outline. */
static int page_mark(pdf_canvas *c, size_t page)
{
    for (size_t i = 0; i < c->n_targets; i++)
        if (c->list.marks[c->to_page[i]].page == page - 1) return (int)c->to_page[i];
    int k = pdf_list_add_mark(&c->list, 0, "");
    c->list.marks[k].page = page - 1;
    KAM_GROW(c->to_page, c->cap_targets, c->n_targets + 1);
    c->to_page[c->n_targets++] = (size_t)k;
    return k;
}

static void put_link(pdf_canvas *c, pdf_ops *o, double x, double y, double w, double h, const char *uri, size_t to_page)
{
    if (!uri && !to_page) return;
    pdf_op *op = pdf_put_link(o, x, y, w, h, to_page ? page_mark(c, to_page) : -1);
    if (uri) op->text = escaped(c, uri);
}

kam_rc pdf_canvas_link(pdf_canvas *c, double x, double y, double w, double h, const char *uri, size_t to_page, kam_err *err)
{
    pdf_ops *o = NULL;
    kam_rc rc = uri || to_page ? check_link(uri, to_page, err) : bad_link(err);
    if (rc == KAM_OK) rc = room(c, 2 * sizeof(pdf_op) + (uri ? strlen(uri) : 0), &o, err);
    if (rc == KAM_OK) put_link(c, o, x, y, w, h, uri, to_page);
    return rc;
}

kam_rc pdf_canvas_outline(pdf_canvas *c, int level, const char *text, double y, kam_err *err)
{
    pdf_ops *o = NULL;
    kam_rc rc = room(c, sizeof(pdf_mark) + strlen(text), &o, err);
    if (rc != KAM_OK) return rc;
    char *clean = kam_utf8_repair(text, strlen(text), NULL);
    int k = pdf_list_add_mark(&c->list, level, clean);
    kam_free(clean);
    c->list.marks[k].page = c->list.n_pages - 1;
    c->list.marks[k].y = y;
    return KAM_OK;
}

/* Links are drawn before the pages they lead to: here all are known. */
static kam_rc check_whole(const pdf_canvas *c, kam_err *err)
{
    if (c->list.n_pages == 0) {
        kam_err_set(err, KAM_USAGE, "the drawing has no page; begin one with `pdf page`");
        return kam_err_word(err, "page");
    }
    for (size_t i = 0; i < c->n_targets; i++) {
        size_t page = c->list.marks[c->to_page[i]].page;
        if (page < c->list.n_pages) continue;
        kam_err_set(err, KAM_USAGE, "a link leads to page %zu, but the drawing has %zu", page + 1, c->list.n_pages);
        return kam_err_word(err, "link");
    }
    return KAM_OK;
}

/* --- text --- */
typedef struct setting { /* a text that is wrapped */
    pdf_text t;
    pdf_fonts_view view;
    double size, line_h;
    size_t fits; /* lines that are shown */
} setting;

static void set_open(pdf_canvas *c, const pdf_say *s, setting *k)
{
    pdf_metrics m = *pdf_metrics_synthetic();
    if (c->fonts) {
        k->view = (pdf_fonts_view){c->fonts, s->named};
        m = pdf_fonts_view_metrics(&k->view);
    }
    char *clean = kam_utf8_repair(s->text, strlen(s->text), NULL);
    kam_arena runs_arena = KAM_ARENA_INIT;
    pdf_run one = {clean, s->style, s->colour}, *runs = &one;
    size_t n = 1;
    if (s->marks) n = pdf_mark_parse(&runs_arena, clean, s->style, s->colour, c->theme.accent, &runs);
    pdf_text_init(&k->t, &m, runs, n);
    kam_arena_release(&runs_arena);
    kam_free(clean);
    k->size = s->size > 0 ? s->size : c->theme.body_pt;
    double leading = s->leading > 0 ? s->leading : c->opts.lang == PDF_ZH ? c->theme.leading : c->theme.leading - 0.14;
    k->line_h = k->size * leading;
    if (s->set == PDF_SET_JUSTIFY && s->width > 0) pdf_text_fill(&k->t, k->size, s->width);
    else pdf_text_wrap(&k->t, k->size, s->width > 0 ? s->width : 1e9);
    k->fits = k->t.n_lines;
    if (s->width > 0 && s->height > 0) {
        double most = floor(s->height / k->line_h + 1e-6);
        if (most < (double)k->fits) k->fits = most > 0 ? (size_t)most : 0;
    }
}

static double widest(const setting *k)
{
    double w = 0;
    for (size_t i = 0; i < k->fits; i++) w = fmax(w, k->t.line[i].width * k->size / 1000);
    return w;
}

/* Characters from the first line that found no room on, as text again. */
static void put_rest(const setting *k, kam_str *out)
{
    *out = (kam_str)KAM_STR_INIT;
    if (k->fits >= k->t.n_lines) return;
    for (size_t i = k->t.line[k->fits].from; i < k->t.n; i++) {
        char utf8[4];
        kam_str_addn(out, utf8, (size_t)kam_utf8_put(k->t.c[i].cp, utf8));
    }
}

/* Where it stands: upper left corner and extent. */
static void place(const pdf_say *s, const setting *k, pdf_said *out)
{
    double h = (double)k->fits * k->line_h, w = widest(k), space = s->width > 0 ? s->width : 0;
    if (s->set == PDF_SET_JUSTIFY && space > 0) w = fmin(w, space); /* a line may have been drawn together */
    double slack = s->set == PDF_SET_RIGHT ? space - w : s->set == PDF_SET_CENTRE ? (space - w) / 2 : 0;
    *out = (pdf_said){.x = s->x + slack, .y = s->y, .w = w, .h = h, .lines = k->fits};
    if (space <= 0) out->y = s->y - pdf_baseline(k->line_h, k->size);
    else if (s->height > 0 && s->valign != PDF_TOP) out->y += (s->height - h) * (s->valign == PDF_MIDDLE ? 0.5 : 1);
    put_rest(k, &out->rest);
}

kam_rc pdf_canvas_measure(pdf_canvas *c, const pdf_say *s, pdf_said *out, kam_err *err)
{
    setting k;
    (void)err;
    set_open(c, s, &k);
    place(s, &k, out);
    pdf_text_release(&k.t);
    return KAM_OK;
}

static size_t text_cost(const setting *k)
{
    return k->t.n * 8 + (k->fits + 4) * sizeof(pdf_op);
}

kam_rc pdf_canvas_text(pdf_canvas *c, const pdf_say *s, pdf_said *out, kam_err *err)
{
    setting k;
    pdf_ops *o = NULL;
    kam_rc rc = check_link(s->uri, s->to_page, err);
    if (rc != KAM_OK) return rc;
    set_open(c, s, &k);
    rc = room(c, text_cost(&k), &o, err);
    if (rc != KAM_OK) {
        pdf_text_release(&k.t);
        return rc;
    }
    place(s, &k, out);
    if (s->angle != 0) {
        pdf_op *turn = pdf_ops_add(o, PDF_OP_PUSH);
        turn->x = s->x, turn->y = s->y, turn->size = s->angle;
    }
    size_t op0 = o->n;
    for (size_t i = 0; i < k.fits; i++) {
        double w = k.t.line[i].width * k.size / 1000, x = s->x;
        if (s->width <= 0 && s->set == PDF_SET_RIGHT) x -= w;
        if (s->width <= 0 && s->set == PDF_SET_CENTRE) x -= w / 2;
        pdf_text_put(&k.t, i, o, x, out->y + (double)i * k.line_h + pdf_baseline(k.line_h, k.size), k.size,
                     s->width > 0 ? s->width : w, s->set == PDF_SET_JUSTIFY ? s->set : s->width > 0 ? s->set : PDF_SET_LEFT);
    }
    for (size_t i = op0; i < o->n; i++) o->v[i].font = (uint8_t)s->named;
    if (s->angle != 0) pdf_ops_add(o, PDF_OP_POP);
    put_link(c, o, out->x, out->y, out->w, out->h, s->uri, s->to_page);
    pdf_text_release(&k.t);
    return KAM_OK;
}

/* --- paths --- */
static void ink_of(pdf_op *op, const pdf_ink *ink)
{
    op->fill = ink->fill, op->stroke = ink->stroke, op->line = ink->line, op->dash = ink->dash, op->gap = ink->gap;
    if (ink->even_odd) op->flags |= PDF_EVEN_ODD;
}

kam_rc pdf_canvas_path(pdf_canvas *c, const pdf_path *p, const pdf_ink *ink, kam_err *err)
{
    pdf_ops *o = NULL;
    kam_rc rc = room(c, sizeof(pdf_op) + p->n * 16 + p->verbs.len, &o, err);
    if (rc == KAM_OK) ink_of(pdf_put_path(o, PDF_OP_PATH, p), ink);
    return rc;
}

kam_rc pdf_canvas_rect(pdf_canvas *c, double x, double y, double w, double h, double radius, const pdf_ink *ink, kam_err *err)
{
    pdf_ops *o = NULL;
    kam_rc rc = room(c, sizeof(pdf_op), &o, err);
    if (rc != KAM_OK) return rc;
    pdf_op *op = pdf_put_rect(o, x, y, w, h, PDF_NONE);
    op->size = fmin(radius, fmin(w, h) / 2);
    ink_of(op, ink);
    return KAM_OK;
}

kam_rc pdf_canvas_oval(pdf_canvas *c, double x, double y, double rx, double ry, const pdf_ink *ink, kam_err *err)
{
    pdf_ops *o = NULL;
    kam_rc rc = room(c, sizeof(pdf_op), &o, err);
    if (rc == KAM_OK) ink_of(pdf_put_oval(o, x, y, rx, ry, PDF_NONE), ink);
    return rc;
}

kam_rc pdf_canvas_clip(pdf_canvas *c, const pdf_path *p, bool even_odd, kam_err *err)
{
    pdf_ops *o = NULL;
    if (c->clips >= PDF_NEST - 2) { /* a turned text within is one more */
        kam_err_set(err, KAM_LIMIT, "more than %d clips within each other", PDF_NEST - 2);
        return kam_err_word(err, "clip");
    }
    kam_rc rc = room(c, 3 * sizeof(pdf_op) + p->n * 16, &o, err);
    if (rc != KAM_OK) return rc;
    pdf_ops_add(o, PDF_OP_PUSH);
    pdf_op *op = pdf_put_path(o, PDF_OP_CLIP, p);
    if (even_odd) op->flags |= PDF_EVEN_ODD;
    c->clips++;
    return KAM_OK;
}

void pdf_canvas_unclip(pdf_canvas *c)
{
    if (c->clips == 0) return;
    pdf_ops_add(&c->list.pages[c->list.n_pages - 1], PDF_OP_POP);
    c->clips--;
}

/* --- pictures --- */
static kam_rc read_once(pdf_canvas *c, const char *path, const pdf_image **out, kam_err *err)
{
    struct stat st = {0};
    bool there = stat(path, &st) == 0;
    for (size_t i = 0; there && i < c->n_files; i++) {
        const picture_file *f = &c->file[i];
        if (!kam_streq(f->path, path) || f->size != st.st_size || memcmp(&f->changed, &st.st_mtim, sizeof st.st_mtim) != 0) continue;
        *out = f->image;
        return KAM_OK;
    }
    kam_rc rc = pdf_image_load(&c->list.arena, path, out, err);
    if (rc != KAM_OK) return rc;
    KAM_GROW(c->file, c->cap_files, c->n_files + 1);
    c->file[c->n_files++] = (picture_file){kam_strdup(path), st.st_size, st.st_mtim, *out};
    c->cost += (*out)->n + ((*out)->alpha ? (size_t)(*out)->w * (size_t)(*out)->h : 0);
    return KAM_OK;
}

kam_rc pdf_canvas_image(pdf_canvas *c, const pdf_picture *p, double at[4], kam_err *err)
{
    pdf_ops *o = NULL;
    const pdf_image *m = NULL;
    kam_rc rc = check_link(p->uri, p->to_page, err);
    if (rc == KAM_OK) rc = room(c, 4 * sizeof(pdf_op), &o, err);
    if (rc == KAM_OK) rc = read_once(c, p->path, &m, err);
    if (rc == KAM_OK) rc = room(c, 0, &o, err); /* with the picture */
    if (rc != KAM_OK) return rc;
    double x = p->x, y = p->y, w = p->w, h = p->h, form = (double)m->w / m->h;
    if (w <= 0 && h <= 0) w = m->w * 72.0 / 150;
    if (w <= 0) w = h * form;
    else if (h <= 0) h = w / form;
    else if (!p->stretch) {
        double fw = fmin(w, h * form), fh = fw / form;
        x += (w - fw) / 2, y += (h - fh) / 2, w = fw, h = fh;
    }
    if (p->angle != 0) {
        pdf_op *turn = pdf_ops_add(o, PDF_OP_PUSH);
        turn->x = p->x, turn->y = p->y, turn->size = p->angle;
    }
    pdf_op *op = pdf_ops_add(o, PDF_OP_IMAGE);
    op->x = x, op->y = y, op->w = w, op->h = h, op->image = m;
    if (p->angle != 0) pdf_ops_add(o, PDF_OP_POP);
    put_link(c, o, x, y, w, h, p->uri, p->to_page);
    at[0] = x, at[1] = y, at[2] = w, at[3] = h;
    return KAM_OK;
}

/* --- out --- */
kam_rc pdf_canvas_bytes(pdf_canvas *c, kam_progress *progress, kam_str *out, pdf_report *report, kam_err *err)
{
    kam_rc rc = check_whole(c, err);
    if (rc != KAM_OK) return rc;
    KAM_ASSERT(c->fonts && c->clips == 0);
    return pdf_doc_bytes(&c->list, &c->opts, c->fonts, progress, out, report, err);
}

kam_rc pdf_canvas_save(pdf_canvas *c, const char *path, bool synced, kam_progress *progress, pdf_report *report, kam_err *err)
{
    kam_str bytes = KAM_STR_INIT;
    kam_rc rc = pdf_canvas_bytes(c, progress, &bytes, report, err);
    if (rc == KAM_OK) rc = pdf_save_file(path, bytes.s, bytes.len, synced, err);
    kam_str_release(&bytes);
    return rc;
}

void pdf_canvas_dump(const pdf_canvas *c, kam_str *out)
{
    pdf_list_dump(&c->list, out);
}

size_t pdf_canvas_faults(const pdf_canvas *c, kam_str *out)
{
    return pdf_list_faults(&c->list, false, out);
}
