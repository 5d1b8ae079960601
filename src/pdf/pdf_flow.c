/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recording of blocks: copies everything into the flow's arena and checks that columns exist. */
#include "kam_utf8.h"
#include "pdf_block.h"
#include <math.h>
#include <string.h>

/* --- copying --- */
static const char *keep(pdf_flow *f, const char *s)
{
    if (!s) return NULL;
    size_t n = strlen(s);
    if (kam_utf8_valid(s, n)) return kam_arena_strndup(&f->arena, s, n);
    char *clean = kam_utf8_repair(s, n, NULL);
    const char *out = kam_arena_strdup(&f->arena, clean);
    kam_free(clean);
    return out;
}

static const char *keep_text(pdf_flow *f, const char *s)
{
    return s ? keep(f, s) : "";
}

static void *keep_mem(pdf_flow *f, const void *p, size_t n)
{
    void *out = kam_arena_alloc(&f->arena, n ? n : 1);
    if (n) memcpy(out, p, n);
    return out;
}

static const char **keep_list(pdf_flow *f, const char *const *items, size_t n)
{
    const char **out = kam_arena_alloc(&f->arena, (n + 1) * sizeof *out);
    for (size_t i = 0; i < n; i++) out[i] = keep_text(f, items[i]);
    return out;
}

static pdf_block *add(pdf_flow *f, pdf_block_kind kind)
{
    KAM_GROW(f->v, f->cap, f->n + 1);
    pdf_block *b = &f->v[f->n++];
    *b = (pdf_block){.kind = kind, .markup = f->markup, .align = f->align};
    return b;
}

pdf_flow *pdf_flow_new(const pdf_doc_opts *opts)
{
    pdf_flow *f = kam_zalloc(sizeof *f);
    if (opts) f->opts = *opts;
    f->theme = f->opts.theme ? *f->opts.theme : *pdf_theme_screen();
    f->opts.theme = &f->theme;
    const char **strings[] = {&f->opts.title, &f->opts.author, &f->opts.subject, &f->opts.keywords,
                              &f->opts.header_left, &f->opts.header_right, &f->opts.footer_left};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) *strings[i] = keep(f, *strings[i]);
    return f;
}

void pdf_flow_free(pdf_flow *f)
{
    if (!f) return;
    for (size_t i = 0; i < f->n; i++) {
        kam_table_unref(f->v[i].table);
        kam_table_unref(f->v[i].links);
    }
    kam_free(f->v);
    kam_arena_release(&f->arena);
    kam_free(f);
}

void pdf_flow_watch(pdf_flow *f, kam_progress *p)
{
    f->watch = p;
}

void pdf_flow_unsynced(pdf_flow *f, bool on)
{
    f->unsynced = on;
}

void pdf_flow_align(pdf_flow *f, pdf_para how)
{
    f->align = how;
}

void pdf_flow_keep(pdf_flow *f)
{
    if (f->n) f->v[f->n - 1].keep = true;
}

void pdf_flow_empty(pdf_flow *f, const char *text)
{
    if (f->n && text) f->v[f->n - 1].empty = keep_text(f, text);
}

void pdf_flow_markup(pdf_flow *f, bool on)
{
    f->markup = on;
}

/* --- text --- */
void pdf_flow_title(pdf_flow *f, const pdf_title *t)
{
    pdf_title *c = keep_mem(f, t, sizeof *t);
    c->kicker = keep(f, t->kicker);
    c->title = keep(f, t->title);
    c->subtitle = keep(f, t->subtitle);
    pdf_fact *facts = kam_arena_alloc(&f->arena, (t->n_facts + 1) * sizeof *facts);
    for (size_t i = 0; i < t->n_facts; i++)
        facts[i] = (pdf_fact){keep_text(f, t->facts[i].name), keep_text(f, t->facts[i].value)};
    c->facts = facts;
    pdf_block *b = add(f, PDF_B_TITLE);
    b->u.title = c, b->image = f->logo;
}

void pdf_flow_heading(pdf_flow *f, int level, const char *text)
{
    const char *copy = keep_text(f, text);
    pdf_block *b = add(f, PDF_B_HEADING);
    b->number = level < 1 ? 1 : level > 3 ? 3 : level;
    b->text = copy;
    b->mark = f->n_headings++;
}

void pdf_flow_name(pdf_flow *f, const char *name)
{
    for (size_t i = f->n; i-- > 0;) {
        if (f->v[i].kind != PDF_B_HEADING) continue;
        f->v[i].name = keep(f, name);
        return;
    }
}

void pdf_flow_paragraph(pdf_flow *f, const char *text)
{
    const char *copy = keep_text(f, text);
    add(f, PDF_B_PARAGRAPH)->text = copy;
}

void pdf_flow_small(pdf_flow *f, const char *text)
{
    const char *copy = keep_text(f, text);
    add(f, PDF_B_SMALL)->text = copy;
}

void pdf_flow_list(pdf_flow *f, pdf_list_kind kind, const char *const *items, size_t n)
{
    const char **copy = keep_list(f, items, n);
    pdf_block *b = add(f, PDF_B_LIST);
    b->number = (int)kind, b->items = copy, b->n = n;
    b->level = 1, b->start = 1;
}

void pdf_flow_list_at(pdf_flow *f, int level, int start)
{
    if (f->n == 0 || f->v[f->n - 1].kind != PDF_B_LIST) return;
    f->v[f->n - 1].level = level < 1 ? 1 : level > 3 ? 3 : level;
    f->v[f->n - 1].start = start < 0 ? 0 : start > 100000 ? 100000 : start;
}

void pdf_flow_note(pdf_flow *f, pdf_note_kind kind, const char *title, const char *text)
{
    const char *t = keep(f, title), *copy = keep_text(f, text);
    pdf_block *b = add(f, PDF_B_NOTE);
    b->number = (int)kind, b->title = t, b->text = copy;
}

void pdf_flow_tiles(pdf_flow *f, const pdf_tile *tiles, size_t n)
{
    if (n == 0) return;
    pdf_tile *copy = keep_mem(f, tiles, n * sizeof *tiles);
    for (size_t i = 0; i < n; i++) {
        copy[i].label = keep_text(f, tiles[i].label);
        copy[i].value = keep_text(f, tiles[i].value);
        copy[i].delta = keep(f, tiles[i].delta);
    }
    pdf_block *b = add(f, PDF_B_TILES);
    b->u.tiles = copy, b->n = n;
}

void pdf_flow_answer_lines(pdf_flow *f, const char *prompt, int lines)
{
    const char *copy = keep(f, prompt);
    pdf_block *b = add(f, PDF_B_LINES);
    b->text = copy, b->number = lines < 0 ? 0 : lines > 1000 ? 1000 : lines;
}

void pdf_flow_choices(pdf_flow *f, const char *prompt, const char *const *choices, size_t n)
{
    const char *copy = keep(f, prompt), **items = keep_list(f, choices, n);
    pdf_block *b = add(f, PDF_B_CHOICES);
    b->text = copy, b->items = items, b->n = n;
}

kam_rc pdf_flow_image(pdf_flow *f, const char *path, double width_pt, const char *caption, kam_err *err)
{
    const pdf_image *m;
    kam_rc rc = pdf_image_load(&f->arena, path, &m, err);
    if (rc != KAM_OK) return rc;
    const char *copy = keep(f, caption);
    pdf_block *b = add(f, PDF_B_IMAGE);
    b->image = m, b->title = copy;
    b->height = isfinite(width_pt) && width_pt > 0 ? fmin(width_pt, 5000) : 0;
    return KAM_OK;
}

kam_rc pdf_flow_logo(pdf_flow *f, const char *path, kam_err *err)
{
    return pdf_image_load(&f->arena, path, &f->logo, err);
}

/* --- structure --- */
static double sound(double pt)
{
    return isfinite(pt) && pt > 0 ? fmin(pt, 5000) : 0;
}

void pdf_flow_page_break(pdf_flow *f)
{
    add(f, PDF_B_BREAK);
}

bool pdf_flow_turn(pdf_flow *f, bool landscape)
{
    if (f->columns_open) return false;
    add(f, PDF_B_TURN)->number = landscape;
    return true;
}

void pdf_flow_spacer(pdf_flow *f, double height_pt)
{
    add(f, PDF_B_SPACER)->height = sound(height_pt);
}

void pdf_flow_need(pdf_flow *f, double height_pt)
{
    add(f, PDF_B_NEED)->height = sound(height_pt);
}

void pdf_flow_rule(pdf_flow *f)
{
    add(f, PDF_B_RULE);
}

void pdf_flow_toc(pdf_flow *f, const char *title, int max_level)
{
    const char *t = keep(f, title);
    pdf_block *b = add(f, PDF_B_TOC);
    b->title = t ? t : f->opts.lang == PDF_ZH ? "目录" : "Contents";
    b->number = max_level < 1 ? 3 : max_level;
}

void pdf_flow_toc_beyond(pdf_flow *f, size_t pages)
{
    if (f->n && f->v[f->n - 1].kind == PDF_B_TOC) f->v[f->n - 1].beyond = pages;
}

bool pdf_flow_in_columns(const pdf_flow *f)
{
    return f->columns_open > 0;
}

void pdf_flow_columns_begin(pdf_flow *f, size_t n, const double *weights)
{
    KAM_ASSERT(f->columns_open == 0 && n >= 1);
    double *copy = kam_arena_alloc(&f->arena, n * sizeof *copy);
    for (size_t i = 0; i < n; i++) copy[i] = weights && weights[i] > 0 ? weights[i] : 1;
    pdf_block *b = add(f, PDF_B_COLUMNS);
    b->n = n, b->u.weights = copy;
    f->columns_open = (int)n;
}

void pdf_flow_columns_next(pdf_flow *f)
{
    if (f->columns_open <= 1) return;
    add(f, PDF_B_COLUMNS_NEXT);
    f->columns_open--;
}

void pdf_flow_columns_end(pdf_flow *f)
{
    if (f->columns_open == 0) return;
    add(f, PDF_B_COLUMNS_END);
    f->columns_open = 0;
}

/* --- tables and charts --- */
static kam_rc need_column(const kam_table *t, const char *name, bool number, const char *what, kam_err *err)
{
    const kam_column *c = name ? kam_table_find(t, name) : NULL;
    if (!c) {
        kam_err_set(err, KAM_NOTFOUND, "%s: the table has no column \"%s\"", what, name ? name : "");
        kam_err_word(err, "column");
        kam_err_word(err, name ? name : "");
        return KAM_NOTFOUND;
    }
    if (number && kam_col_type(c) == KAM_TEXT) {
        kam_err_set(err, KAM_USAGE, "%s: column \"%s\" is text, a number is needed", what, name);
        kam_err_word(err, what);
        return KAM_USAGE;
    }
    return KAM_OK;
}

static kam_rc may_column(const kam_table *t, const char *name, bool number, const char *what, kam_err *err)
{
    return name ? need_column(t, name, number, what, err) : KAM_OK;
}

static pdf_block *add_table(pdf_flow *f, pdf_block_kind kind, kam_table *t)
{
    pdf_block *b = add(f, kind);
    b->table = kam_table_ref(t);
    return b;
}

kam_rc pdf_flow_table(pdf_flow *f, kam_table *t, const pdf_table_opts *o, kam_err *err)
{
    static const pdf_table_opts none = {0};
    if (!o) o = &none;
    for (size_t i = 0; i < o->n_cols; i++) {
        kam_rc rc = need_column(t, o->cols[i].name, false, "table", err);
        if (rc == KAM_OK) rc = may_column(t, o->cols[i].tone_col, false, "table", err);
        if (rc != KAM_OK) return rc;
    }
    kam_rc rc = may_column(t, o->subtotal_col, false, "table", err);
    if (rc != KAM_OK) return rc;
    pdf_table_opts *c = keep_mem(f, o, sizeof *o);
    size_t n = o->cols ? o->n_cols : kam_table_columns(t);
    pdf_col *cols = kam_arena_alloc(&f->arena, (n + 1) * sizeof *cols);
    for (size_t i = 0; i < n; i++) {
        if (o->cols) cols[i] = o->cols[i];
        else cols[i].name = kam_col_name(kam_table_column(t, i));
        const char *label = cols[i].label ? cols[i].label : kam_col_label(kam_table_find(t, cols[i].name));
        cols[i].name = keep(f, cols[i].name);
        cols[i].label = keep(f, label);
        cols[i].tone_col = keep(f, cols[i].tone_col);
    }
    c->cols = cols, c->n_cols = n;
    c->caption = keep(f, o->caption);
    c->totals_label = keep(f, o->totals_label);
    c->subtotal_col = keep(f, o->subtotal_col);
    c->subtotal_label = keep(f, o->subtotal_label);
    c->empty = keep(f, o->empty);
    add_table(f, PDF_B_TABLE, t)->u.table = c;
    return KAM_OK;
}

static kam_rc keep_series(pdf_flow *f, const kam_table *t, const char **cols, const char **names, size_t n,
                          const char *what, kam_err *err)
{
    if (n < 1 || n > PDF_SERIES) {
        kam_err_set(err, KAM_USAGE, "%s: takes 1 to %d value columns", what, PDF_SERIES);
        kam_err_word(err, what);
        return KAM_USAGE;
    }
    for (size_t i = 0; i < n; i++) {
        kam_rc rc = need_column(t, cols[i], true, what, err);
        if (rc != KAM_OK) return rc;
        names[i] = keep(f, names[i] ? names[i] : kam_col_label(kam_table_find(t, cols[i])));
        cols[i] = keep(f, cols[i]);
    }
    return KAM_OK;
}

kam_rc pdf_flow_bar(pdf_flow *f, kam_table *t, const pdf_bar_opts *o, kam_err *err)
{
    pdf_bar_opts *c = keep_mem(f, o, sizeof *o);
    kam_rc rc = need_column(t, o->label_col, false, "bar chart", err);
    if (rc == KAM_OK) rc = may_column(t, o->tone_col, false, "bar chart", err);
    if (rc == KAM_OK) rc = keep_series(f, t, c->value_cols, c->series, c->n_values, "bar chart", err);
    if (rc != KAM_OK) return rc;
    c->label_col = keep(f, o->label_col);
    c->caption = keep(f, o->caption);
    c->axis = keep(f, o->axis);
    c->tone_col = keep(f, o->tone_col);
    add_table(f, PDF_B_BAR, t)->u.bar = c;
    return KAM_OK;
}

kam_rc pdf_flow_funnel(pdf_flow *f, kam_table *t, const pdf_funnel_opts *o, kam_err *err)
{
    kam_rc rc = need_column(t, o->label_col, false, "funnel", err);
    if (rc == KAM_OK) rc = need_column(t, o->value_col, true, "funnel", err);
    if (rc == KAM_OK) rc = may_column(t, o->second_col, false, "funnel", err);
    if (rc != KAM_OK) return rc;
    pdf_funnel_opts *c = keep_mem(f, o, sizeof *o);
    c->label_col = keep(f, o->label_col);
    c->value_col = keep(f, o->value_col);
    c->second_col = keep(f, o->second_col);
    c->value_label = keep(f, o->value_label ? o->value_label : kam_col_label(kam_table_find(t, o->value_col)));
    if (o->second_col)
        c->second_label = keep(f, o->second_label ? o->second_label : kam_col_label(kam_table_find(t, o->second_col)));
    c->rate_label = keep(f, o->rate_label);
    c->caption = keep(f, o->caption);
    add_table(f, PDF_B_FUNNEL, t)->u.funnel = c;
    return KAM_OK;
}

kam_rc pdf_flow_quadrant(pdf_flow *f, kam_table *t, const pdf_quadrant_opts *o, kam_err *err)
{
    kam_rc rc = need_column(t, o->label_col, false, "quadrant", err);
    if (rc == KAM_OK) rc = need_column(t, o->x_col, true, "quadrant", err);
    if (rc == KAM_OK) rc = need_column(t, o->y_col, true, "quadrant", err);
    if (rc == KAM_OK) rc = may_column(t, o->size_col, true, "quadrant", err);
    if (rc == KAM_OK) rc = may_column(t, o->group_col, false, "quadrant", err);
    if (rc != KAM_OK) return rc;
    pdf_quadrant_opts *c = keep_mem(f, o, sizeof *o);
    const char **strings[] = {&c->x_col, &c->y_col, &c->label_col, &c->size_col, &c->group_col, &c->x_label,
                              &c->y_label, &c->caption, &c->corner[0], &c->corner[1], &c->corner[2], &c->corner[3]};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) *strings[i] = keep(f, *strings[i]);
    add_table(f, PDF_B_QUADRANT, t)->u.quadrant = c;
    return KAM_OK;
}

kam_rc pdf_flow_line(pdf_flow *f, kam_table *t, const pdf_line_opts *o, kam_err *err)
{
    pdf_line_opts *c = keep_mem(f, o, sizeof *o);
    kam_rc rc = need_column(t, o->x_col, false, "line chart", err);
    if (rc == KAM_OK) rc = keep_series(f, t, c->value_cols, c->series, c->n_values, "line chart", err);
    if (rc != KAM_OK) return rc;
    c->x_col = keep(f, o->x_col);
    c->caption = keep(f, o->caption);
    c->x_label = keep(f, o->x_label);
    c->y_label = keep(f, o->y_label);
    add_table(f, PDF_B_LINE, t)->u.line = c;
    return KAM_OK;
}
