/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first rows of an import, as they are understood and with what would become of them. */
#include "store_import_int.h"
#include "store_setting.h"

typedef struct {
    const char *action;
    char *why;
} outcome;

struct import_preview {
    import_job *j;
    kam_table *t;
    kam_column *line, **col; /* per field of the entity; NULL: the file has no such column */
    outcome *row;
    size_t n, cap;
};

import_preview *import_preview_new(import_job *j)
{
    const store_entity *e = j->e;
    char buf[STORE_LABEL_MAX];
    import_preview *p = kam_calloc(1, sizeof *p);
    p->j = j;
    p->col = kam_calloc(e->n_fields, sizeof *p->col);
    p->t = kam_table_new();
    kam_table_set_title(p->t, "import.preview");
    kam_table_set_currency(p->t, store_currency(j->s), store_exponent(j->s));
    p->line = kam_table_add_column(p->t, "line", KAM_INT, "line");
    for (size_t i = 0; i < e->n_fields; i++)
        if (j->header.column[i] != IMPORT_NO_COLUMN)
            p->col[i] = kam_table_add_column(p->t, e->fields[i].name, store_kind_type(e->fields[i].kind),
                                             store_field_label(e, &e->fields[i], buf));
    return p;
}

static void value(import_job *j, size_t i, const import_row *r, kam_column *c)
{
    const store_cell *v = store_writer_cell(j->w, i);
    const char *raw = r && (size_t)j->header.column[i] < r->n ? r->cell[j->header.column[i]] : "";
    bool text = store_kind_type(j->e->fields[i].kind) == KAM_TEXT;
    if (v->type == STORE_C_TEXT && text) kam_col_push_text(c, v->text);
    else if (text) kam_col_push_text(c, raw[0] ? raw : NULL);
    else if (v->type == STORE_C_INT) kam_col_push_int(c, v->i);
    else if (v->type == STORE_C_REAL) kam_col_push_real(c, v->r);
    else kam_col_push_missing(c);
}

void import_preview_values(import_preview *p, const import_row *r, size_t line)
{
    kam_col_push_int(p->line, (int64_t)line);
    for (size_t i = 0; i < p->j->e->n_fields; i++)
        if (p->col[i]) value(p->j, i, r, p->col[i]);
    KAM_GROW(p->row, p->cap, p->n + 1);
    p->row[p->n++] = (outcome){NULL, NULL};
}

void import_preview_outcome(import_preview *p, size_t number, const char *action, const char *why)
{
    outcome *o = &p->row[number];
    o->action = action;
    o->why = why ? kam_strdup(why) : NULL;
}

/* How the file is written, which column goes where, what would become of these rows, and what was not looked at. */
static void say(import_preview *p)
{
    import_job *j = p->j;
    const store_import_result *r = j->out;
    bool zh = j->spec->chinese;
    kam_str s = KAM_STR_INIT;
    const char delimiter[2] = {j->file.delimiter, '\0'};
    kam_str_addf(&s, zh ? "编码 %s，分隔符 %s" : "encoding %s, delimiter %s", store_text_encoding(j->file.text),
                 delimiter[0] == '\t' ? "tab" : delimiter);
    kam_table_add_note(p->t, s.s);
    kam_str_clear(&s);
    for (size_t i = 0; i < j->e->n_fields; i++)
        if (j->header.column[i] != IMPORT_NO_COLUMN)
            kam_str_addf(&s, "%s%s ← %s", s.len ? zh ? "，" : ", " : zh ? "列：" : "columns: ", j->e->fields[i].name,
                         j->header.name[j->header.column[i]]);
    if (s.len) kam_table_add_note(p->t, s.s);
    kam_str_clear(&s);
    kam_str_addf(&s, zh ? "新增 %llu，更新 %llu，不变 %llu，拒绝 %llu" : "%llu to add, %llu to update, %llu unchanged, %llu rejected",
                 (unsigned long long)r->added, (unsigned long long)r->updated, (unsigned long long)r->unchanged, (unsigned long long)r->rejected);
    if (j->cut)
        kam_str_addf(&s, zh ? "；只看了前 %llu 行，其余未看（-dryrun 检查整个文件）" : "; only the first %llu rows were looked at (-dryrun checks the whole file)",
                     (unsigned long long)r->read);
    kam_table_add_note(p->t, s.s);
    kam_str_release(&s);
}

kam_table *import_preview_table(import_preview *p)
{
    kam_column *action = kam_table_add_column(p->t, "action", KAM_TEXT, "change.action");
    kam_column *problem = kam_table_add_column(p->t, "problem", KAM_TEXT, "problem");
    for (size_t i = 0; i < p->n; i++) {
        kam_col_push_text(action, p->row[i].action);
        kam_col_push_text(problem, p->row[i].why);
    }
    say(p);
    kam_table *t = p->t;
    p->t = NULL;
    return t;
}

void import_preview_free(import_preview *p)
{
    if (!p) return;
    for (size_t i = 0; i < p->n; i++) kam_free(p->row[i].why);
    kam_free(p->row);
    kam_free(p->col);
    kam_table_unref(p->t);
    kam_free(p);
}
