/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts are cut into parts, sorted by text and date, and runs of one text are a row. */
#include "calc_brief.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <stdlib.h>
#include <string.h>

enum { I_ID, I_DATE, I_KIND, I_TOPIC, I_OBJECTIONS, I_ANSWERS, I_COLS };
static const calc_use use[I_COLS] = {{"id", KAM_INT, false},         {"date", KAM_DAY, false},    {"kind", KAM_TEXT, false},
                                     {"topic", KAM_TEXT, false},     {"objections", KAM_TEXT, false}, {"answers", KAM_TEXT, false}};
static const calc_text advice[3] = {
    {"rumour.true", "true: admit it, with a smile, say what was done about it, and go back to the purpose of the visit", "属实：坦然承认，带点幽默，说明已采取的措施，再回到正题"},
    {"rumour.false", "false: stay light, one sentence of fact, no word against the rival, back to the purpose of the visit", "不实：轻松一句说明事实，不贬低对手，回到正题"},
    {"rumour.unknown", "not known yet: do not argue; ask where it comes from, promise an answer by a day, and keep it", "尚不清楚：不争辩，问清来源，约定答复日期并兑现"}};

const char *calc_rumour_advice(const char *truth, calc_lang lang)
{
    int k = truth && strcmp(truth, "true") == 0 ? 0 : truth && strcmp(truth, "false") == 0 ? 1 : 2;
    return lang == CALC_ZH ? advice[k].zh : advice[k].en;
}

typedef struct part {
    char *text, *answer; /* answer NULL: none */
    kam_day date;
    int64_t id;
} part;

typedef struct parts {
    part *at;
    size_t n, cap;
} parts;

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/* Next part of *rest without blanks at its ends; NULL: no more. Empty ones are passed over. Caller frees. */
static char *next_part(const char **rest)
{
    while (**rest) {
        const char *from = *rest, *half = strchr(from, ';'), *full = strstr(from, "；");
        const char *end = !half ? full : !full ? half : half < full ? half : full;
        const char *stop = end ? end : from + strlen(from);
        *rest = end ? end + (end == half ? 1 : strlen("；")) : stop;
        while (from < stop && is_blank(*from)) from++;
        while (stop > from && is_blank(stop[-1])) stop--;
        if (stop > from) return kam_strndup(from, (size_t)(stop - from));
    }
    return NULL;
}

static size_t count_parts(const char *s)
{
    size_t n = 0;
    for (char *p; (p = next_part(&s)); n++) kam_free(p);
    return n;
}

static void add_part(parts *x, char *text, char *answer, kam_day date, int64_t id)
{
    KAM_GROW(x->at, x->cap, x->n + 1);
    x->at[x->n++] = (part){text, answer, date, id};
}

static void add_objections(parts *x, const char *objections, const char *answers, kam_day date, int64_t id)
{
    bool paired = answers && count_parts(objections) == count_parts(answers);
    for (char *text; (text = next_part(&objections));)
        add_part(x, text, !answers ? NULL : paired ? next_part(&answers) : kam_strdup(answers), date, id);
}

static int by_text(const void *a, const void *b)
{
    const part *x = a, *y = b;
    int cmp = strcmp(x->text, y->text);
    if (cmp) return cmp;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

typedef struct theme { /* a run of one text */
    const part *first;
    size_t n;
} theme;

static int most_often(const void *a, const void *b)
{
    const theme *x = a, *y = b;
    if (x->n != y->n) return x->n < y->n ? 1 : -1;
    kam_day d = x->first[x->n - 1].date, e = y->first[y->n - 1].date;
    if (d != e) return d < e ? 1 : -1;
    return strcmp(x->first->text, y->first->text);
}

static theme *themes_of(parts *x, size_t least, size_t *count)
{
    theme *t = kam_calloc(x->n + 1, sizeof *t);
    if (x->n) qsort(x->at, x->n, sizeof *x->at, by_text);
    *count = 0;
    for (size_t i = 0, j; i < x->n; i = j) {
        for (j = i + 1; j < x->n && strcmp(x->at[j].text, x->at[i].text) == 0;) j++;
        if (j - i >= least) t[(*count)++] = (theme){&x->at[i], j - i};
    }
    if (*count) qsort(t, *count, sizeof *t, most_often);
    return t;
}

static kam_rc collect(const kam_table *t, const calc_brief_params *p, bool topics, parts *x, kam_err *err)
{
    const kam_column *c[I_COLS];
    kam_rc rc = calc_use_table(t, "interactions", use, I_COLS, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(t); r < rows; r++) {
        if (!calc_known(c[I_DATE], r)) continue;
        kam_day d = kam_col_int(c[I_DATE], r);
        if (d > p->asof || d <= p->asof - p->window_days) continue;
        int64_t id = kam_col_int(c[I_ID], r);
        if (calc_known(c[I_OBJECTIONS], r)) add_objections(x, kam_col_text(c[I_OBJECTIONS], r), calc_text_at(c[I_ANSWERS], r), d, id);
        bool theirs = calc_text_is(c[I_KIND], r, "complaint") || calc_text_is(c[I_KIND], r, "suggestion");
        if (!topics || !theirs || !calc_known(c[I_TOPIC], r)) continue;
        const char *topic = kam_col_text(c[I_TOPIC], r);
        for (char *text; (text = next_part(&topic));) add_part(x, text, NULL, d, id);
    }
    return KAM_OK;
}

static void release(parts *x)
{
    for (size_t i = 0; i < x->n; i++) {
        kam_free(x->at[i].text);
        kam_free(x->at[i].answer);
    }
    kam_free(x->at);
}

kam_rc calc_brief_objections(const kam_table *interactions, const calc_brief_params *p, kam_table **out, kam_err *err)
{
    enum { OBJECTION, TIMES, LAST, ANSWER, ANSWERED_IN, LAST_IN, COLS };
    static const calc_col cols[COLS] = {{"objection", KAM_TEXT, "brief.objection"}, {"times", KAM_INT, "brief.times"}, {"last", KAM_DAY, "brief.last"},
                                        {"answer", KAM_TEXT, "brief.answer"}, {"answered_in", KAM_INT, "brief.answered_in"}, {"last_in", KAM_INT, "brief.last_in"}};
    parts x = {NULL, 0, 0};
    kam_rc rc = collect(interactions, p, false, &x, err);
    if (rc) {
        release(&x);
        return rc;
    }
    size_t n;
    theme *t = themes_of(&x, 1, &n);
    kam_column *c[COLS];
    kam_table *o = calc_out_new("brief.objections", NULL, cols, COLS, c);
    for (size_t i = 0; i < n; i++) {
        const part *last = &t[i].first[t[i].n - 1], *answered = NULL;
        for (size_t k = 0; k < t[i].n; k++)
            if (t[i].first[k].answer) answered = &t[i].first[k];
        kam_col_push_text(c[OBJECTION], last->text);
        kam_col_push_int(c[TIMES], (int64_t)t[i].n);
        kam_col_push_int(c[LAST], last->date);
        kam_col_push_text(c[ANSWER], answered ? answered->answer : NULL);
        calc_push_opt(c[ANSWERED_IN], answered != NULL, answered ? answered->id : 0);
        kam_col_push_int(c[LAST_IN], last->id);
    }
    kam_table_seal(o);
    kam_free(t);
    release(&x);
    *out = o;
    return KAM_OK;
}

kam_rc calc_brief_repeated(const kam_table *interactions, const calc_brief_params *p, kam_table **out, kam_err *err)
{
    enum { TOPIC, TIMES, LAST, LAST_IN, COLS };
    static const calc_col cols[COLS] = {{"topic", KAM_TEXT, "brief.topic"}, {"times", KAM_INT, "brief.times"}, {"last", KAM_DAY, "brief.last"}, {"last_in", KAM_INT, "brief.last_in"}};
    parts x = {NULL, 0, 0};
    kam_rc rc = collect(interactions, p, true, &x, err);
    if (rc) {
        release(&x);
        return rc;
    }
    size_t n;
    theme *t = themes_of(&x, p->repeat < 1 ? 1 : (size_t)p->repeat, &n);
    kam_column *c[COLS];
    kam_table *o = calc_out_new("brief.repeated", NULL, cols, COLS, c);
    for (size_t i = 0; i < n; i++) {
        const part *last = &t[i].first[t[i].n - 1];
        kam_col_push_text(c[TOPIC], last->text);
        kam_col_push_int(c[TIMES], (int64_t)t[i].n);
        kam_col_push_int(c[LAST], last->date);
        kam_col_push_int(c[LAST_IN], last->id);
    }
    kam_table_seal(o);
    kam_free(t);
    release(&x);
    *out = o;
    return KAM_OK;
}
