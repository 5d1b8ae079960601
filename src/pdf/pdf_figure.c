/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recording of the figures: checks columns, copies options into the flow's arena. */
#include "pdf_figure.h"
#include "kam_utf8.h"
#include "pdf_block.h"
#include <string.h>

static const char *keep(pdf_flow *f, const char *s)
{
    if (!s) return NULL;
    char *clean = kam_utf8_repair(s, strlen(s), NULL);
    const char *out = kam_arena_strdup(&f->arena, clean);
    kam_free(clean);
    return out;
}

typedef enum { ANY, NUMBER, DAY } want;

static kam_rc check_column(const kam_table *t, const char *name, want w, const char *what, kam_err *err)
{
    if (!name) return KAM_OK;
    const kam_column *c = kam_table_find(t, name);
    if (!c) {
        kam_err_set(err, KAM_NOTFOUND, "%s: the table has no column `%s`", what, name);
        kam_err_word(err, "column");
        return kam_err_word(err, name);
    }
    kam_type type = kam_col_type(c);
    if (w == DAY && type != KAM_DAY) {
        kam_err_set(err, KAM_USAGE, "%s: column `%s` must hold days", what, name);
        return kam_err_word(err, what);
    }
    if (w == NUMBER && (type == KAM_TEXT || type == KAM_DAY)) {
        kam_err_set(err, KAM_USAGE, "%s: column `%s` holds no numbers", what, name);
        return kam_err_word(err, what);
    }
    return KAM_OK;
}

/* The options copied, with those of their strings that are listed. */
static void *record(pdf_flow *f, pdf_block_kind kind, kam_table *t, kam_table *links, const void *opts, size_t size,
                    const size_t *strings, size_t n)
{
    char *copy = kam_arena_alloc(&f->arena, size);
    memcpy(copy, opts, size);
    for (size_t i = 0; i < n; i++) {
        const char **s = (const char **)(void *)(copy + strings[i]);
        *s = keep(f, *s);
    }
    KAM_GROW(f->v, f->cap, f->n + 1);
    f->v[f->n++] = (pdf_block){.kind = kind, .table = kam_table_ref(t), .links = links ? kam_table_ref(links) : NULL,
                               .u.figure = copy};
    return copy;
}

#define AT(type, field) offsetof(type, field)

kam_rc pdf_flow_people(pdf_flow *f, kam_table *t, const pdf_people_opts *o, kam_err *err)
{
    static const char what[] = "people map";
    const struct {
        const char *name;
        want w;
    } cols[] = {{o->id_col, ANY},        {o->name_col, ANY},         {o->title_col, ANY},       {o->role_col, ANY},
                {o->reports_col, ANY},   {o->influence_col, NUMBER}, {o->attitude_col, NUMBER}, {o->coverage_col, NUMBER},
                {o->decider_col, NUMBER}, {o->star_col, NUMBER}};
    for (size_t i = 0; i < sizeof cols / sizeof *cols; i++) {
        kam_rc rc = check_column(t, cols[i].name, cols[i].w, what, err);
        if (rc) return rc;
    }
    static const char *const ends[] = {"from", "to", "kind"};
    for (size_t i = 0; o->links && kam_table_columns(o->links) && i < 3; i++) {
        kam_rc rc = check_column(o->links, ends[i], ANY, what, err);
        if (rc) return rc;
    }
    static const size_t s[] = {AT(pdf_people_opts, id_col), AT(pdf_people_opts, name_col), AT(pdf_people_opts, title_col),
                               AT(pdf_people_opts, role_col), AT(pdf_people_opts, reports_col),
                               AT(pdf_people_opts, influence_col), AT(pdf_people_opts, attitude_col),
                               AT(pdf_people_opts, coverage_col), AT(pdf_people_opts, decider_col),
                               AT(pdf_people_opts, star_col), AT(pdf_people_opts, caption),
                               AT(pdf_people_opts, turned)};
    kam_table *links = o->links && kam_table_columns(o->links) ? o->links : NULL;
    record(f, PDF_B_PEOPLE, t, links, o, sizeof *o, s, sizeof s / sizeof *s);
    return KAM_OK;
}

kam_rc pdf_flow_heat(pdf_flow *f, kam_table *t, const pdf_heat_opts *o, kam_err *err)
{
    static const char what[] = "heat grid";
    kam_rc rc = check_column(t, o->row_col, ANY, what, err);
    if (!rc) rc = check_column(t, o->col_col, ANY, what, err);
    if (!rc) rc = check_column(t, o->value_col, NUMBER, what, err);
    if (!rc) rc = check_column(t, o->state_col, ANY, what, err);
    if (!rc) rc = check_column(t, o->note_col, ANY, what, err);
    if (rc) return rc;
    static const size_t s[] = {AT(pdf_heat_opts, row_col), AT(pdf_heat_opts, col_col), AT(pdf_heat_opts, value_col),
                               AT(pdf_heat_opts, state_col), AT(pdf_heat_opts, note_col), AT(pdf_heat_opts, row_label),
                               AT(pdf_heat_opts, caption)};
    record(f, PDF_B_HEAT, t, NULL, o, sizeof *o, s, sizeof s / sizeof *s);
    return KAM_OK;
}

kam_rc pdf_flow_whale(pdf_flow *f, kam_table *t, const pdf_whale_opts *o, kam_err *err)
{
    kam_rc rc = check_column(t, o->value_col, NUMBER, "whale curve", err);
    if (rc) return rc;
    static const size_t s[] = {AT(pdf_whale_opts, value_col), AT(pdf_whale_opts, caption), AT(pdf_whale_opts, x_label),
                               AT(pdf_whale_opts, y_label)};
    record(f, PDF_B_WHALE, t, NULL, o, sizeof *o, s, sizeof s / sizeof *s);
    return KAM_OK;
}

kam_rc pdf_flow_histogram(pdf_flow *f, kam_table *t, const pdf_histogram_opts *o, kam_err *err)
{
    kam_rc rc = check_column(t, o->value_col, NUMBER, "histogram", err);
    if (rc) return rc;
    static const size_t s[] = {AT(pdf_histogram_opts, value_col), AT(pdf_histogram_opts, interval_label),
                               AT(pdf_histogram_opts, mark_label), AT(pdf_histogram_opts, caption),
                               AT(pdf_histogram_opts, x_label), AT(pdf_histogram_opts, y_label)};
    record(f, PDF_B_HISTOGRAM, t, NULL, o, sizeof *o, s, sizeof s / sizeof *s);
    return KAM_OK;
}

kam_rc pdf_flow_timeline(pdf_flow *f, kam_table *t, const pdf_timeline_opts *o, kam_err *err)
{
    static const char what[] = "timeline";
    kam_rc rc = check_column(t, o->label_col, ANY, what, err);
    if (!rc) rc = check_column(t, o->due_col, DAY, what, err);
    if (!rc) rc = check_column(t, o->start_col, DAY, what, err);
    if (!rc) rc = check_column(t, o->owner_col, ANY, what, err);
    if (!rc) rc = check_column(t, o->tone_col, ANY, what, err);
    if (rc) return rc;
    static const size_t s[] = {AT(pdf_timeline_opts, label_col), AT(pdf_timeline_opts, due_col),
                               AT(pdf_timeline_opts, start_col), AT(pdf_timeline_opts, owner_col),
                               AT(pdf_timeline_opts, tone_col), AT(pdf_timeline_opts, today_label),
                               AT(pdf_timeline_opts, caption)};
    record(f, PDF_B_TIMELINE, t, NULL, o, sizeof *o, s, sizeof s / sizeof *s);
    return KAM_OK;
}
