/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_satisfaction_ourselves: F6 and F8, the marks we give ourselves, beside what the records say of the time to fulfil. */
#include "calc_card.h"
#include "calc_rank.h"
#include "cmd_care.h"
#include "cmd_cards.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

enum { O_CARD, O_CRITERION, O_NAME, O_MARK, O_DATE, O_CHANGE, O_ADVICE, O_FULFIL, O_KEPT, O_COLS };
static const struct {
    const char *name;
    kam_type type;
    const char *label;
} cols[O_COLS] = {
    {"card", KAM_TEXT, "card.card"},      {"criterion", KAM_TEXT, "card.criterion"}, {"name", KAM_TEXT, "card.name"}, {"mark", KAM_REAL, "card.mark"},
    {"date", KAM_DAY, "card.date"},       {"change", KAM_REAL, "satisfaction.change"}, {"advice", KAM_TEXT, "card.advice"},
    {"fulfil_days", KAM_REAL, "satisfaction.fulfil_days"}, {"kept_share", KAM_REAL, "satisfaction.kept_share"}};

/* Mark of a criterion in a table of store_query_own_marks; NaN: none. */
static double mark_of(const kam_table *t, const char *criterion, kam_day *day)
{
    const kam_column *c = kam_table_find(t, "criterion"), *mark = kam_table_find(t, "mark"), *date = kam_table_find(t, "date");
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        if (kam_col_missing(mark, i) || !kam_streq(kam_col_text(c, i), criterion)) continue;
        *day = kam_col_int(date, i);
        return kam_col_real(mark, i);
    }
    return NAN;
}

typedef struct fulfil {
    double days, kept; /* NaN: unknown */
} fulfil;

static void push_row(kam_column **c, const calc_card *card, const char *criterion, const char *name, double mark, kam_day day, double change, const char *advice,
                     const fulfil *f)
{
    kam_col_push_text(c[O_CARD], card->key);
    kam_col_push_text(c[O_CRITERION], criterion);
    kam_col_push_text(c[O_NAME], name);
    kam_col_push_real(c[O_MARK], mark);
    if (day == CMD_UNSET_DAY) kam_col_push_missing(c[O_DATE]);
    else kam_col_push_int(c[O_DATE], day);
    kam_col_push_real(c[O_CHANGE], change);
    kam_col_push_text(c[O_ADVICE], advice);
    if (!c[O_FULFIL]) return;
    kam_col_push_real(c[O_FULFIL], f ? f->days : NAN);
    kam_col_push_real(c[O_KEPT], f ? f->kept : NAN);
}

/* The card's marks on D and a window before, and a row `total` with the means; advice only where a mark is below the middle. */
static void push_card(cmd_session *s, const calc_card *card, const kam_table *now, const kam_table *before, const fulfil *f, kam_column **c)
{
    calc_lang lang = cmd_facts_lang(s);
    double *marks = kam_calloc(2 * card->n + 1, sizeof *marks), total[2], share;
    for (size_t k = 0; k < card->n; k++) {
        const calc_criterion *x = &card->criteria[k];
        kam_day day = CMD_UNSET_DAY, old = CMD_UNSET_DAY;
        marks[k] = mark_of(now, x->key, &day);
        marks[card->n + k] = mark_of(before, x->key, &old);
        bool low = !isnan(marks[k]) && marks[k] < (x->lo + x->hi) / 2;
        push_row(c, card, x->key, calc_card_text(&x->name, lang), marks[k], day, marks[k] - marks[card->n + k], low ? calc_card_text(&x->advice, lang) : NULL,
                 kam_streq(x->key, "decides") ? f : NULL);
    }
    for (int i = 0; i < 2; i++)
        if (!calc_card_score(card, NULL, marks + (size_t)i * card->n, &total[i], &share)) total[i] = NAN;
    push_row(c, card, "total", calc_card_text(&card->name, lang), total[0], CMD_UNSET_DAY, total[0] - total[1], NULL, NULL);
    kam_free(marks);
}

static kam_rc push_own(cmd_session *s, const char *key, kam_day asof, int window, const fulfil *f, kam_column **c, kam_err *err)
{
    kam_table *now = NULL, *before = NULL;
    kam_rc rc = store_query_own_marks(cmd_session_store(s), asof, key, &now, err);
    if (!rc) rc = store_query_own_marks(cmd_session_store(s), asof - window, key, &before, err);
    if (!rc) push_card(s, calc_card_find(key), now, before, f, c);
    kam_table_unref(before);
    kam_table_unref(now);
    return rc;
}

/* Kaplan–Meier median of the days from a complaint to its resolution, of complaints in the window. */
static kam_rc days_to_fulfil(cmd_session *s, kam_day asof, int window, double *out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_query_cases(cmd_session_store(s), asof, &t, err);
    if (rc) return rc;
    const kam_column *date = kam_table_find(t, "date"), *done = kam_table_find(t, "resolved_on");
    size_t n = 0, rows = kam_table_rows(t);
    int64_t *time = kam_calloc(rows + 1, sizeof *time), median;
    uint8_t *event = kam_calloc(rows + 1, 1);
    for (size_t i = 0; i < rows; i++) {
        if (kam_col_int(date, i) <= asof - window) continue;
        event[n] = !kam_col_missing(done, i);
        time[n] = (event[n] ? kam_col_int(done, i) : asof) - kam_col_int(date, i);
        n++;
    }
    *out = calc_km_median(time, event, n, &median) ? (double)median : NAN;
    kam_free(event);
    kam_free(time);
    kam_table_unref(t);
    return KAM_OK;
}

static kam_rc promises_kept(cmd_session *s, kam_day asof, int window, double *out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = store_query_promises(cmd_session_store(s), asof, &t, err);
    if (rc) return rc;
    const kam_column *due = kam_table_find(t, "due"), *done = kam_table_find(t, "done_on");
    int64_t n = 0, kept = 0;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        if (kam_col_int(due, i) <= asof - window) continue;
        n++;
        kept += !kam_col_missing(done, i) && kam_col_int(done, i) <= kam_col_int(due, i);
    }
    *out = n ? (double)kept / (double)n : NAN;
    kam_table_unref(t);
    return KAM_OK;
}

static kam_table *start(const char *title, bool with_time, kam_column **c)
{
    kam_table *t = kam_table_new();
    kam_table_set_title(t, title);
    for (int i = 0; i < O_COLS; i++) c[i] = i < O_FULFIL || with_time ? kam_table_add_column(t, cols[i].name, cols[i].type, cols[i].label) : NULL;
    return t;
}

static kam_rc finish(kam_table *t, kam_rc rc, kam_table **out)
{
    kam_table_seal(t);
    if (!rc) *out = t;
    else kam_table_unref(t);
    return rc;
}

kam_rc cmd_satisfaction_audit(cmd_session *s, kam_day asof, int window, kam_table **out, kam_err *err)
{
    kam_column *c[O_COLS];
    fulfil f = {NAN, NAN};
    kam_table *t = start("satisfaction.audit", true, c);
    kam_rc rc = days_to_fulfil(s, asof, window, &f.days, err);
    if (!rc) rc = promises_kept(s, asof, window, &f.kept, err);
    if (!rc) rc = push_own(s, "audit", asof, window, &f, c, err);
    kam_table_add_note(t, cmd_session_say(s, (cmd_text){"marks of ourselves (card audit); time to fulfil: complaints and actions of the window (setting window); change: against a window ago",
                                                        "我方自评（评分卡 audit）；兑现用时：统计期（设置 window）内的投诉与行动；变化：与一个统计期之前相比"}));
    return finish(t, rc, out);
}

kam_rc cmd_satisfaction_shifts(cmd_session *s, kam_day asof, int window, kam_table **out, kam_err *err)
{
    kam_column *c[O_COLS];
    kam_table *t = start("satisfaction.shifts", false, c);
    kam_rc rc = push_own(s, "shifts", asof, window, NULL, c, err);
    if (!rc) rc = push_own(s, "practice", asof, window, NULL, c, err);
    kam_table_add_note(t, cmd_session_say(s, (cmd_text){"marks of ourselves (cards shifts and practice); change: against a window ago (setting window)",
                                                        "我方自评（评分卡 shifts 与 practice）；变化：与一个统计期之前相比（设置 window）"}));
    return finish(t, rc, out);
}
