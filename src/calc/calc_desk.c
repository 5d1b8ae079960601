/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_desk.h"
#include "calc_rank.h"
#include "calc_use.h"
#include "kam_mem.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const calc_desk_classes[] = {"overdue", "running", "closed", NULL};
const char *const calc_desk_clocks[] = {"progress", "written", "visit", "filed", NULL};
const char *const calc_desk_states[] = {"met", "late", "running", "overdue", NULL};
enum { C_OVERDUE, C_RUNNING, C_CLOSED };
enum { S_MET, S_LATE, S_RUNNING, S_OVERDUE, STATES };

static const calc_text note_clocks = {"desk.clocks", "clocks from the day of the complaint: progress call {1}, written result {2}, visit {3}, filed {4} days (settings complaint-progress-days, complaint-written-days, complaint-visit-days, complaint-filed-days)",
                                      "时钟自投诉之日起：进度通报 {1} 天、书面答复 {2} 天、回访 {3} 天、归档 {4} 天（设置 complaint-progress-days、complaint-written-days、complaint-visit-days、complaint-filed-days）"};
static const calc_text note_price = {"desk.price", "upper bound of a complaint not resolved: annual revenue × {1} (setting complaint-factor); an account counts once, do not add its complaints up",
                                     "未解决投诉的上限：年销售额 × {1}（设置 complaint-factor）；同一客户只计一次，其各件投诉不可相加"};
static const calc_text note_search = {"desk.search", "only cases with “{1}” in topic, resolution, lesson or notes", "只列话题、处理结果、教训或备注中含“{1}”者"};

enum { I_ROW, I_ID, I_DATE, I_TOPIC, I_OWNER, I_CLOCK, I_RESOLVED = I_CLOCK + CALC_DESK_CLOCKS, I_RESOLUTION, I_LESSON, I_NOTES, I_COLS };
static const calc_use want[I_COLS] = {
    {"row", KAM_INT, false},       {"complaint", KAM_INT, false},  {"date", KAM_DAY, false},      {"topic", KAM_TEXT, true},
    {"owner", KAM_TEXT, true},     {"progress_on", KAM_DAY, true}, {"written_on", KAM_DAY, true}, {"visited_on", KAM_DAY, true},
    {"filed_on", KAM_DAY, true},   {"resolved_on", KAM_DAY, true}, {"resolution", KAM_TEXT, true}, {"lesson", KAM_TEXT, true},
    {"notes", KAM_TEXT, true}};

typedef struct item {
    size_t source, row;
    int64_t id, date, age, due;
    int next; /* clock; -1: none is left */
    int state[CALC_DESK_CLOCKS], cls;
    bool open;
} item;

static void days_of(const calc_desk_params *p, int days[CALC_DESK_CLOCKS])
{
    days[CALC_DESK_PROGRESS] = p->progress;
    days[CALC_DESK_WRITTEN] = p->price.written;
    days[CALC_DESK_VISIT] = p->price.visit;
    days[CALC_DESK_FILED] = p->price.filed;
}

static bool up_to(const kam_column *c, size_t r, kam_day asof)
{
    return calc_known(c, r) && kam_col_int(c, r) <= asof;
}

static void judge(const kam_column **in, size_t r, const calc_desk_params *p, item *x)
{
    int days[CALC_DESK_CLOCKS];
    kam_day asof = p->price.asof;
    bool late = false;
    days_of(p, days);
    x->open = !up_to(in[I_RESOLVED], r, asof);
    x->age = (x->open ? asof : kam_col_int(in[I_RESOLVED], r)) - x->date;
    x->next = -1;
    for (int k = 0; k < CALC_DESK_CLOCKS; k++) {
        int64_t due = x->date + days[k];
        bool done = up_to(in[I_CLOCK + k], r, asof);
        x->state[k] = done ? (kam_col_int(in[I_CLOCK + k], r) <= due ? S_MET : S_LATE) : due < asof ? S_OVERDUE : S_RUNNING;
        late |= x->state[k] == S_OVERDUE;
        if (done || (x->next >= 0 && x->due <= due)) continue;
        x->next = k;
        x->due = due;
    }
    x->cls = late ? C_OVERDUE : x->open || x->next >= 0 ? C_RUNNING : C_CLOSED;
}

static char fold(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool holds(const char *text, const char *word)
{
    for (; text && *text; text++) {
        size_t k = 0;
        while (word[k] && fold(text[k]) == fold(word[k])) k++;
        if (!word[k]) return true;
    }
    return false;
}

static bool found(const kam_column **in, size_t r, const char *word)
{
    static const int where[] = {I_TOPIC, I_RESOLUTION, I_LESSON, I_NOTES};
    if (!word || !*word) return true;
    for (size_t i = 0; i < CALC_COUNT(where); i++)
        if (holds(calc_text_at(in[where[i]], r), word)) return true;
    return false;
}

static int most_urgent(const void *a, const void *b)
{
    const item *x = a, *y = b;
    if (x->cls != y->cls) return x->cls < y->cls ? -1 : 1;
    if ((x->next < 0) != (y->next < 0)) return x->next < 0 ? 1 : -1;
    if (x->next >= 0 && x->due != y->due) return x->due < y->due ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

enum { O_ID, O_ACCOUNT, O_NAME, O_CLASS, O_DATE, O_TOPIC, O_OWNER, O_AGE, O_DUE, O_NEXT, O_CLOCK, O_RESOLVED = O_CLOCK + CALC_DESK_CLOCKS,
       O_RESOLUTION, O_LESSON, O_BOUND, O_COLS };
static const calc_col cols[O_COLS] = {
    {"complaint", KAM_INT, "complaints.complaint"}, {"account", KAM_TEXT, "classify.account"},   {"name", KAM_TEXT, "classify.name"},
    {"class", KAM_TEXT, "complaints.class"},        {"date", KAM_DAY, "complaint-cost.date"},    {"topic", KAM_TEXT, "complaints.topic"},
    {"owner", KAM_TEXT, "complaint-cost.owner"},    {"age_days", KAM_INT, "complaints.age_days"}, {"due", KAM_DAY, "complaints.due"},
    {"next", KAM_TEXT, "complaints.next"},          {"progress", KAM_TEXT, "complaints.progress"}, {"written", KAM_TEXT, "complaints.written"},
    {"visit", KAM_TEXT, "complaints.visit"},        {"filed", KAM_TEXT, "complaints.filed"},     {"resolved_on", KAM_DAY, "complaint-cost.resolved_on"},
    {"resolution", KAM_TEXT, "complaints.resolution"}, {"lesson", KAM_TEXT, "complaints.lesson"}, {"upper_bound", KAM_MONEY, "complaint-cost.upper_bound"}};

static void push_item(kam_column **c, const kam_column **in, const kam_column **acc, const item *x, double bound)
{
    size_t r = x->source;
    kam_col_push_int(c[O_ID], x->id);
    kam_col_push_from(c[O_ACCOUNT], acc[CALC_ACC_CODE], x->row);
    kam_col_push_from(c[O_NAME], acc[CALC_ACC_NAME], x->row);
    kam_col_push_text(c[O_CLASS], calc_desk_classes[x->cls]);
    kam_col_push_int(c[O_DATE], x->date);
    kam_col_push_text(c[O_TOPIC], calc_text_at(in[I_TOPIC], r));
    kam_col_push_text(c[O_OWNER], calc_text_at(in[I_OWNER], r));
    kam_col_push_int(c[O_AGE], x->age);
    calc_push_opt(c[O_DUE], x->next >= 0, x->due);
    kam_col_push_text(c[O_NEXT], x->next >= 0 ? calc_desk_clocks[x->next] : NULL);
    for (int k = 0; k < CALC_DESK_CLOCKS; k++) kam_col_push_text(c[O_CLOCK + k], calc_desk_states[x->state[k]]);
    calc_push_opt(c[O_RESOLVED], !x->open, x->open ? 0 : kam_col_int(in[I_RESOLVED], r));
    kam_col_push_text(c[O_RESOLUTION], x->open ? NULL : calc_text_at(in[I_RESOLUTION], r));
    kam_col_push_text(c[O_LESSON], calc_text_at(in[I_LESSON], r));
    bool priced = x->open && isfinite(bound) && fabs(bound) < 9e18;
    calc_push_opt(c[O_BOUND], priced, priced ? llround(bound) : 0);
}

static void notes(kam_table *t, const calc_desk_params *p)
{
    calc_note_say(t, p->price.lang, &note_clocks, CALC_ARGS(calc_arg_int(p->progress), calc_arg_int(p->price.written), calc_arg_int(p->price.visit),
                                                            calc_arg_int(p->price.filed)));
}

kam_rc calc_desk(const calc_facts *f, const kam_table *cases, const calc_desk_params *p, kam_table **out, kam_err *err)
{
    const kam_column *acc[CALC_ACC_COLS], *in[I_COLS];
    kam_column *c[O_COLS];
    double *annual = NULL;
    size_t n, m = 0;
    kam_rc rc = calc_use_accounts(f, true, acc, &n, err);
    if (!rc) rc = calc_use_table(cases, "cases", want, I_COLS, in, err);
    if (!rc) rc = calc_complaint_revenue(f, &p->price, &annual, err);
    if (rc) return rc;
    item *x = kam_calloc(calc_use_rows(cases) + 1, sizeof *x);
    for (size_t r = 0, rows = calc_use_rows(cases); r < rows; r++) {
        size_t i = calc_row_at(in[I_ROW], r, n);
        if (i == SIZE_MAX || !up_to(in[I_DATE], r, p->price.asof) || !found(in, r, p->search)) continue;
        x[m] = (item){.source = r, .row = i, .id = kam_col_int(in[I_ID], r), .date = kam_col_int(in[I_DATE], r)};
        judge(in, r, p, &x[m++]);
    }
    qsort(x, m, sizeof *x, most_urgent);
    kam_table *t = calc_out_new("complaints", f->accounts, cols, O_COLS, c);
    for (size_t k = 0; k < m; k++) push_item(c, in, acc, &x[k], annual[x[k].row] * p->price.factor);
    notes(t, p);
    calc_note_say(t, p->price.lang, &note_price, CALC_ARGS(calc_arg_real(p->price.factor, 2)));
    if (p->search && *p->search) calc_note_say(t, p->price.lang, &note_search, CALC_ARGS(calc_arg_text(p->search)));
    kam_table_seal(t);
    kam_free(x);
    kam_free(annual);
    *out = t;
    return KAM_OK;
}

/* --- by clock and by owner ------------------------------------------------------------------------------------------ */

kam_rc calc_desk_by_clock(const kam_table *rows, const calc_desk_params *p, kam_table **out, kam_err *err)
{
    static const calc_col lay[] = {
        {"clock", KAM_TEXT, "complaints.clock"},      {"days", KAM_INT, "complaints.days"},       {"complaints", KAM_INT, "complaint-cost.complaints"},
        {"met", KAM_INT, "complaints.met"},           {"late", KAM_INT, "complaints.late"},       {"running", KAM_INT, "complaints.running"},
        {"overdue", KAM_INT, "complaints.overdue"},   {"share", KAM_REAL, "complaints.share"},    {"low", KAM_REAL, "measures.low"},
        {"high", KAM_REAL, "measures.high"}};
    calc_use in[CALC_DESK_CLOCKS];
    const kam_column *s[CALC_DESK_CLOCKS];
    kam_column *c[CALC_COUNT(lay)];
    int days[CALC_DESK_CLOCKS];
    for (int k = 0; k < CALC_DESK_CLOCKS; k++) in[k] = (calc_use){calc_desk_clocks[k], KAM_TEXT, false};
    kam_rc rc = calc_use_table(rows, "complaints", in, CALC_DESK_CLOCKS, s, err);
    if (rc) return rc;
    days_of(p, days);
    kam_table *t = calc_out_new("complaints.clocks", rows, lay, CALC_COUNT(lay), c);
    for (int k = 0; k < CALC_DESK_CLOCKS; k++) {
        int64_t n[STATES] = {0};
        double low = NAN, high = NAN;
        for (size_t r = 0; r < kam_table_rows(rows); r++)
            for (int i = 0; i < STATES; i++) n[i] += calc_text_is(s[k], r, calc_desk_states[i]);
        int64_t judged = n[S_MET] + n[S_LATE] + n[S_OVERDUE];
        if (!calc_wilson((double)n[S_MET], (double)judged, p->price.level, &low, &high)) low = high = NAN;
        kam_col_push_text(c[0], calc_desk_clocks[k]);
        kam_col_push_int(c[1], days[k]);
        kam_col_push_int(c[2], (int64_t)kam_table_rows(rows));
        for (int i = 0; i < STATES; i++) kam_col_push_int(c[3 + i], n[i]);
        kam_col_push_real(c[7], judged ? (double)n[S_MET] / (double)judged : NAN);
        kam_col_push_real(c[8], low);
        kam_col_push_real(c[9], high);
    }
    notes(t, p);
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

/* Rows lo … hi − 1 of `order` have one owner. */
static void push_owner(kam_column **c, const kam_column **in, const size_t *order, size_t lo, size_t hi)
{
    int64_t open = 0, overdue = 0, oldest = 0, median, *time = kam_calloc(hi - lo, sizeof *time);
    uint8_t *event = kam_calloc(hi - lo, 1);
    for (size_t k = lo; k < hi; k++) {
        size_t r = order[k];
        bool is_open = !calc_known(in[2], r);
        if (is_open && (!open || kam_col_int(in[3], r) < oldest)) oldest = kam_col_int(in[3], r);
        open += is_open;
        overdue += calc_text_is(in[1], r, "overdue");
        time[k - lo] = kam_col_int(in[4], r);
        event[k - lo] = !is_open;
    }
    bool known = calc_km_median(time, event, hi - lo, &median);
    kam_col_push_from(c[0], in[0], order[lo]);
    kam_col_push_int(c[1], (int64_t)(hi - lo));
    kam_col_push_int(c[2], open);
    kam_col_push_int(c[3], overdue);
    calc_push_opt(c[4], open > 0, oldest);
    kam_col_push_real(c[5], known ? (double)median : NAN);
    kam_free(event);
    kam_free(time);
}

kam_rc calc_desk_by_owner(const kam_table *rows, const calc_desk_params *p, kam_table **out, kam_err *err)
{
    static const calc_use use[] = {{"owner", KAM_TEXT, false}, {"class", KAM_TEXT, false}, {"resolved_on", KAM_DAY, false}, {"date", KAM_DAY, false},
                                   {"age_days", KAM_INT, false}};
    static const calc_col lay[] = {
        {"owner", KAM_TEXT, "complaint-cost.owner"}, {"complaints", KAM_INT, "complaint-cost.complaints"}, {"open", KAM_INT, "complaint-cost.open_complaints"},
        {"overdue", KAM_INT, "complaints.overdue"},  {"oldest_open", KAM_DAY, "complaint-cost.oldest_open"}, {"median_days", KAM_REAL, "complaints.median_days"}};
    const kam_column *in[CALC_COUNT(use)];
    kam_column *c[CALC_COUNT(lay)];
    kam_rc rc = calc_use_table(rows, "complaints", use, CALC_COUNT(use), in, err);
    if (rc) return rc;
    size_t by = (size_t)kam_table_index(rows, "owner"), n = kam_table_rows(rows);
    const bool down = false;
    size_t *order = kam_table_order(rows, &by, &down, 1);
    kam_table *t = calc_out_new("complaints.owners", rows, lay, CALC_COUNT(lay), c);
    for (size_t lo = 0, hi; lo < n; lo = hi) {
        for (hi = lo + 1; hi < n && calc_known(in[0], order[hi]) == calc_known(in[0], order[lo]) &&
                          strcmp(kam_col_text(in[0], order[hi]), kam_col_text(in[0], order[lo])) == 0; hi++) {}
        push_owner(c, in, order, lo, hi);
    }
    notes(t, p);
    kam_table_seal(t);
    kam_free(order);
    *out = t;
    return KAM_OK;
}
