/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table downwards: one field a line. Values too long for the window go on under themselves. And what a cell means, for its
 * colour. */
#include "cmd_label.h"
#include "cmd_render_box.h"
#include "cmd_spec.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <string.h>

enum { GAP = 2, LEAST_VALUE = 12, RULE = 60 };

struct fields {
    const kam_table *t;
    const cmd_render_options *o;
    size_t n, widest;
    char **head;
    int *decimals;
};

static void fields_init(struct fields *f, const kam_table *t, const cmd_render_options *o)
{
    *f = (struct fields){.t = t, .o = o, .n = kam_table_columns(t)};
    f->head = kam_calloc(f->n + 1, sizeof *f->head);
    f->decimals = kam_calloc(f->n + 1, sizeof *f->decimals);
    for (size_t i = 0; i < f->n; i++) {
        const kam_column *c = kam_table_column(t, i);
        f->head[i] = cmd_render_clean(cmd_label_column(c, o->lang));
        if (kam_col_type(c) == KAM_REAL) f->decimals[i] = cmd_render_decimals(c);
        size_t w = kam_utf8_width(f->head[i], o->wide);
        if (w > f->widest) f->widest = w;
    }
    /* In a very narrow window a value needs its room more than the longest heading does. */
    if (o->width > LEAST_VALUE + GAP && f->widest + GAP + LEAST_VALUE > o->width) f->widest = o->width - GAP - LEAST_VALUE;
}

static void fields_release(struct fields *f)
{
    for (size_t i = 0; i < f->n; i++) kam_free(f->head[i]);
    kam_free(f->head);
    kam_free(f->decimals);
}

static void drop_blanks(kam_str *out)
{
    while (out->len && out->s[out->len - 1] == ' ') out->s[--out->len] = '\0';
}

/* Heading and value side by side, each as many lines as it needs. */
static void put_field(const struct fields *f, size_t i, size_t r, const char *value, kam_str *out)
{
    const cmd_render_options *o = f->o;
    size_t room = o->width > f->widest + GAP ? o->width - f->widest - GAP : SIZE_MAX / 2;
    const char *head = f->head[i], *bold = o->color ? "\033[1m" : "", *off = o->color ? "\033[0m" : "";
    cmd_tone tone = o->color ? cmd_render_tone(f->t, i, r) : CMD_TONE_PLAIN;
    do {
        size_t skip, n = kam_utf8_line(head, f->widest, o->wide, &skip);
        kam_str_add(out, bold);
        cmd_render_put(o, head, n, f->widest, false, CMD_TONE_PLAIN, out);
        kam_str_add(out, off);
        head += n + skip;
        kam_str_pad(out, ' ', GAP);
        n = kam_utf8_line(value, room, o->wide, &skip);
        cmd_render_put(o, value, n, 0, false, tone, out);
        value += n + skip;
        drop_blanks(out);
        kam_str_addc(out, '\n');
    } while (*head || *value);
}

/* brief: a line that would only say that nothing is known is left out. */
static void put_record(const struct fields *f, size_t r, bool brief, kam_str *out)
{
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < f->n; i++) {
        bool missing = kam_col_missing(kam_table_column(f->t, i), r);
        kam_str_clear(&b);
        if (missing && brief && !(f->o->null_mark && *f->o->null_mark)) continue;
        if (missing) kam_str_add(&b, f->o->null_mark ? f->o->null_mark : "");
        else cmd_render_cell(f->t, i, r, f->decimals[i], f->o->lang, &b);
        char *value = cmd_render_clean(kam_str_cstr(&b));
        put_field(f, i, r, value, out);
        kam_free(value);
    }
    kam_str_release(&b);
}

/* "── 3 ────────" */
static void put_number(const struct fields *f, size_t r, kam_str *out)
{
    const char *dash = f->o->wide || f->o->format == CMD_F_TABLE ? "-" : "─";
    size_t width = f->o->width && f->o->width < RULE ? f->o->width : RULE, at = out->len, used = 4;
    if (f->o->color) kam_str_add(out, "\033[2m");
    kam_str_addf(out, "%s%s %zu ", dash, dash, r + 1);
    for (size_t n = r + 1; n; n /= 10) used++;
    for (; used < width; used++) kam_str_add(out, dash);
    if (f->o->color && out->len > at) kam_str_add(out, "\033[0m");
    kam_str_addc(out, '\n');
}

void cmd_render_records(const kam_table *t, const cmd_render_options *o, kam_str *out)
{
    struct fields f;
    size_t rows = cmd_render_rows(t, o);
    fields_init(&f, t, o);
    for (size_t r = 0; r < rows && kam_table_step(t, "rows", r, rows, NULL) == KAM_OK; r++) {
        if (kam_table_rows(t) > 1) put_number(&f, r, out);
        put_record(&f, r, kam_table_rows(t) > 1, out);
    }
    fields_release(&f);
    cmd_render_below(t, o, out);
}

void cmd_render_line(const kam_table *t, const cmd_render_options *o, kam_str *out)
{
    struct fields f;
    size_t rows = cmd_render_rows(t, o);
    fields_init(&f, t, o);
    for (size_t r = 0; r < rows; r++) {
        if (r) kam_str_addc(out, '\n');
        put_record(&f, r, false, out);
    }
    fields_release(&f);
    cmd_render_below(t, o, out);
}

/* --- meaning ------------------------------------------------------------------------------------------------------------ */

/* Key words of the analytics and of the entities that are good or bad news wherever they stand. */
static const struct {
    const char *word;
    cmd_tone tone;
} words[] = {
    {"at-risk", CMD_TONE_BAD},      {"broken", CMD_TONE_BAD},     {"cancelled", CMD_TONE_BAD}, {"champion", CMD_TONE_GOOD},
    {"chase", CMD_TONE_WARN},       {"competitor", CMD_TONE_WARN}, {"declining", CMD_TONE_WARN}, {"done", CMD_TONE_GOOD},
    {"due", CMD_TONE_WARN},         {"good", CMD_TONE_GOOD},      {"green", CMD_TONE_GOOD},    {"growing", CMD_TONE_GOOD},
    {"hostile", CMD_TONE_BAD},      {"inactive", CMD_TONE_BAD},   {"late", CMD_TONE_BAD},      {"lost", CMD_TONE_BAD},
    {"loyal", CMD_TONE_GOOD},       {"not-met", CMD_TONE_WARN},   {"advocate", CMD_TONE_GOOD}, {"never-visited", CMD_TONE_WARN},
    {"no-value", CMD_TONE_BAD},     {"opponent", CMD_TONE_BAD},   {"overdue", CMD_TONE_BAD},   {"poor", CMD_TONE_BAD},
    {"problem", CMD_TONE_BAD},      {"pursue", CMD_TONE_GOOD},    {"red", CMD_TONE_BAD},       {"rejected", CMD_TONE_BAD},
    {"stable", CMD_TONE_GOOD},      {"stuck", CMD_TONE_WARN},     {"supporter", CMD_TONE_GOOD}, {"top", CMD_TONE_GOOD},
    {"undated", CMD_TONE_WARN},     {"unhappy", CMD_TONE_BAD},    {"unresolved", CMD_TONE_BAD}, {"walk-away", CMD_TONE_BAD},
    {"win-back", CMD_TONE_WARN},    {"won", CMD_TONE_GOOD},       {"yellow", CMD_TONE_WARN},
};

/* Lines of an object at a glance, by what they are about (`about`, in either language) or how they begin. */
static const struct {
    const char *about, *begins;
    cmd_tone tone;
} lines[] = {
    {NULL, "overdue", CMD_TONE_BAD}, {NULL, "逾期", CMD_TONE_BAD},
    {"against us", "", CMD_TONE_BAD}, {"反对", "", CMD_TONE_BAD},     {"for us", "", CMD_TONE_GOOD}, {"支持", "", CMD_TONE_GOOD},
    {"red flag", "", CMD_TONE_BAD},   {"red flags", "", CMD_TONE_BAD}, {"雷区", "", CMD_TONE_BAD},
    {"stuck", "", CMD_TONE_WARN}, {"停滞", "", CMD_TONE_WARN}, {"complaints", "none", CMD_TONE_GOOD}, {"complaints", "", CMD_TONE_BAD}, {"投诉", "没有", CMD_TONE_GOOD}, {"投诉", "", CMD_TONE_BAD},
};

static cmd_tone line_tone(const char *about, const char *s)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if ((!lines[i].about || kam_streq(lines[i].about, about)) && strncmp(s, lines[i].begins, strlen(lines[i].begins)) == 0) return lines[i].tone;
    return CMD_TONE_PLAIN;
}

cmd_tone cmd_render_tone(const kam_table *t, size_t col, size_t row)
{
    const kam_column *c = kam_table_column(t, col), *about = NULL;
    if (kam_col_missing(c, row)) return CMD_TONE_PLAIN;
    switch (kam_col_type(c)) {
    case KAM_INT:
    case KAM_MONEY: return kam_col_int(c, row) < 0 ? CMD_TONE_BAD : CMD_TONE_PLAIN;
    case KAM_REAL: return kam_col_real(c, row) < 0 ? CMD_TONE_BAD : CMD_TONE_PLAIN;
    case KAM_TEXT: break;
    default: return CMD_TONE_PLAIN;
    }
    const char *s = kam_col_text(c, row);
    if (strcmp(kam_col_label(c), "describe.what") == 0) about = kam_table_find(t, "about");
    if (about && kam_col_type(about) == KAM_TEXT && !kam_col_missing(about, row)) return line_tone(kam_col_text(about, row), s);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kam_streq(words[i].word, s)) return words[i].tone;
    return CMD_TONE_PLAIN;
}
