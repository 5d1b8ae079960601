/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_marks.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

const char *calc_mark_how_name(calc_mark_how how)
{
    static const char *const names[] = {"missing", "entered", "measured", "general"};
    return names[how];
}

static size_t criterion_at(const calc_card *card, const char *key)
{
    const calc_criterion *c = key ? calc_card_criterion(card, key) : NULL;
    return c ? (size_t)(c - card->criteria) : SIZE_MAX;
}

static bool in_range(const calc_criterion *c, double v) { return v >= c->lo && v <= c->hi; }

kam_rc calc_marks_read(const calc_card *card, const kam_table *marks, size_t n, calc_marks *out, kam_err *err)
{
    static const calc_use want[] = {
        {"row", KAM_INT, false}, {"criterion", KAM_TEXT, false}, {"date", KAM_DAY, false}, {"mark", KAM_REAL, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(marks, "marks", want, 4, c, err);
    if (rc) return rc;
    size_t cells = n * card->n;
    calc_marks m = {card, n, kam_calloc(cells + 1, sizeof *m.mark), kam_calloc(cells + 1, 1), kam_calloc(cells + 1, sizeof *m.day),
                    kam_calloc(cells + 1, sizeof *m.at)};
    for (size_t i = 0; i < cells && calc_goes_on(marks, i, 0); i++) m.mark[i] = NAN;
    if (calc_goes_on(marks, 0, 0)) memset(m.at, 0xff, (cells + 1) * sizeof *m.at);
    for (size_t r = 0, rows = calc_use_rows(marks); r < rows && calc_goes_on(marks, r, rows); r++) {
        size_t i = calc_row_at(c[0], r, n), k = criterion_at(card, calc_text_at(c[1], r));
        if (i == SIZE_MAX || k == SIZE_MAX || !calc_known(c[2], r) || !calc_known(c[3], r)) continue;
        size_t cell = i * card->n + k;
        int32_t day = (int32_t)kam_col_int(c[2], r);
        if (!in_range(&card->criteria[k], kam_col_real(c[3], r)) || (m.how[cell] && m.day[cell] > day)) continue;
        m.mark[cell] = kam_col_real(c[3], r);
        m.how[cell] = CALC_MARK_ENTERED;
        m.day[cell] = day;
        m.at[cell] = (uint32_t)r;
    }
    rc = kam_progress_step(kam_table_watch(marks), "rows", 0, 0, err);
    if (!rc) *out = m;
    else calc_marks_release(&m);
    return rc;
}

kam_rc calc_marks_general(calc_marks *m, const kam_table *own, kam_err *err)
{
    static const calc_use want[] = {{"criterion", KAM_TEXT, false}, {"date", KAM_DAY, false}, {"mark", KAM_REAL, false}};
    const kam_column *c[3];
    kam_rc rc = calc_use_table(own, "own marks", want, 3, c, err);
    if (rc) return rc;
    for (size_t r = 0, rows = calc_use_rows(own); r < rows; r++) {
        size_t k = criterion_at(m->card, calc_text_at(c[0], r));
        if (k == SIZE_MAX || !calc_known(c[1], r) || !calc_known(c[2], r)) continue;
        double v = kam_col_real(c[2], r);
        if (!in_range(&m->card->criteria[k], v)) continue;
        for (size_t i = 0; i < m->n; i++) {
            size_t cell = i * m->card->n + k;
            if (m->how[cell] != CALC_MARK_MISSING) continue;
            m->mark[cell] = v;
            m->how[cell] = CALC_MARK_GENERAL;
            m->day[cell] = (int32_t)kam_col_int(c[1], r);
        }
    }
    return KAM_OK;
}

void calc_marks_measured(calc_marks *m, const char *criterion, const double *values)
{
    size_t k = criterion_at(m->card, criterion);
    KAM_ASSERT(k != SIZE_MAX);
    for (size_t i = 0; i < m->n; i++) {
        if (isnan(values[i])) continue;
        size_t cell = i * m->card->n + k;
        m->mark[cell] = values[i];
        m->how[cell] = CALC_MARK_MEASURED;
        m->day[cell] = 0;
        m->at[cell] = UINT32_MAX;
    }
}

void calc_marks_release(calc_marks *m)
{
    kam_free(m->mark);
    kam_free(m->how);
    kam_free(m->day);
    kam_free(m->at);
    *m = (calc_marks)CALC_MARKS_INIT;
}

/* --- long form ----------------------------------------------------------------------------------------------------- */

enum { L_ACCOUNT, L_NAME, L_CRITERION, L_QUESTION, L_MARK, L_HOW, L_WEIGHT, L_DATE, L_CONTROL, L_EVIDENCE, L_BY, L_COLS };
static const calc_col long_cols[L_COLS] = {
    {"account", KAM_TEXT, "classify.account"}, {"name", KAM_TEXT, "classify.name"},   {"criterion", KAM_TEXT, "card.criterion"},
    {"question", KAM_TEXT, "card.question"},   {"mark", KAM_REAL, "card.mark"},       {"how", KAM_TEXT, "card.how"},
    {"weight", KAM_REAL, "card.weight"},       {"date", KAM_DAY, "card.date"},        {"control", KAM_TEXT, "mark.control"},
    {"evidence", KAM_TEXT, "card.evidence"},   {"by", KAM_TEXT, "card.by"},
};

static void push_from(kam_column *to, const kam_column *from, uint32_t row)
{
    if (from && row != UINT32_MAX) kam_col_push_from(to, from, row);
    else kam_col_push_missing(to);
}

/* Share of the card's weight; NaN where the card adds up without weights. */
static double weight_share(const calc_card *card, const double *weights, size_t k)
{
    double all = 0;
    if (card->total != CALC_CARD_MEAN) return NAN;
    for (size_t j = 0; j < card->n; j++) all += weights ? weights[j] : card->criteria[j].weight;
    return all > 0 ? (weights ? weights[k] : card->criteria[k].weight) / all : NAN;
}

kam_rc calc_marks_table(const calc_marks *m, const kam_table *accounts, const kam_table *marks, const double *weights,
                        calc_lang lang, size_t only, kam_table **out, kam_err *err)
{
    static const calc_use want_acc[] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    static const calc_use want[] = {{"control", KAM_TEXT, true}, {"evidence", KAM_TEXT, true}, {"by", KAM_TEXT, true}};
    const kam_column *acc[2], *in[3], *q;
    kam_rc rc = calc_use_table(accounts, "accounts", want_acc, 2, acc, err);
    if (!rc) rc = calc_use_table(marks, "marks", want, 3, in, err);
    if (rc) return rc;
    kam_column *c[L_COLS];
    kam_table *t = calc_out_new("card.marks", accounts, long_cols, L_COLS, c);
    for (size_t i = only == SIZE_MAX ? 0 : only; i < (only == SIZE_MAX ? m->n : only + 1); i++)
        for (size_t k = 0; k < m->card->n; k++) {
            size_t cell = i * m->card->n + k;
            kam_col_push_from(c[L_ACCOUNT], acc[0], i);
            kam_col_push_from(c[L_NAME], acc[1], i);
            kam_col_push_text(c[L_CRITERION], m->card->criteria[k].key);
            kam_col_push_text(c[L_QUESTION], calc_card_text(&m->card->criteria[k].name, lang));
            kam_col_push_real(c[L_MARK], m->mark[cell]);
            kam_col_push_text(c[L_HOW], calc_mark_how_name((calc_mark_how)m->how[cell]));
            kam_col_push_real(c[L_WEIGHT], weight_share(m->card, weights, k));
            calc_push_opt(c[L_DATE], m->how[cell] == CALC_MARK_ENTERED || m->how[cell] == CALC_MARK_GENERAL, m->day[cell]);
            for (size_t j = 0; j < 3; j++) {
                q = in[j];
                push_from(c[L_CONTROL + j], q, m->at[cell]);
            }
        }
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

/* --- what data say in one number ----------------------------------------------------------------------------------- */

bool calc_growth(const kam_ledger *l, size_t account, kam_day asof, int days, double *out)
{
    size_t k = l->start[account], end = l->start[account + 1];
    while (k < end && l->net_minor[k] <= 0) k++;
    if (k == end || l->day[k] > asof - 2 * (kam_day)days) return false;
    int64_t recent = calc_net_between(l, account, asof - days, asof), prior = calc_net_between(l, account, asof - 2 * days, asof - days);
    if (prior <= 0) return false;
    *out = (double)recent / (double)prior - 1;
    return true;
}

bool calc_margin_rate(const kam_ledger *l, size_t account, kam_day asof, int window, double *rate, double *margin_minor,
                      double *base_minor)
{
    double margin = 0, base = 0;
    for (size_t k = l->start[account]; k < l->start[account + 1] && l->day[k] <= asof; k++) {
        if (l->day[k] <= asof - window || !l->margin_minor || (l->margin_missing && l->margin_missing[k])) continue;
        margin += (double)l->margin_minor[k];
        base += (double)l->net_minor[k];
    }
    if (margin_minor) *margin_minor = margin;
    if (base_minor) *base_minor = base;
    if (!(base > 0)) return false;
    *rate = margin / base;
    return true;
}

void calc_rank_marks(const double *values, size_t n, double scale, bool reversed, double *out)
{
    double *known = kam_calloc(n + 1, sizeof *known);
    int64_t *rank2 = kam_calloc(n + 1, sizeof *rank2);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i])) known[k++] = values[i];
    calc_midrank2(known, k, rank2);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i])) {
            out[i] = NAN;
            continue;
        }
        double share = (double)(rank2[at++] - 1) / (2.0 * (double)k);
        out[i] = scale * (reversed ? 1 - share : share);
    }
    kam_free(known);
    kam_free(rank2);
}
