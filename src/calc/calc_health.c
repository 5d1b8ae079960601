/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_health.h"
#include "calc_run_int.h"
#include "kam_mem.h"
#include <math.h>

const char *const calc_health_keys[] = {"profile", "circle", "relationship", "satisfaction", "activity", "orders", "risks", NULL};
enum { PROFILE, CIRCLE, RELATIONSHIP, SATISFACTION, ACTIVITY, ORDERS, RISKS };

static const calc_text names[CALC_HEALTH_PARTS] = {
    {"profile", "profile", "档案完整"},     {"circle", "winning circle", "成功圈"}, {"relationship", "relationship", "关系水平"},
    {"satisfaction", "satisfaction", "满意度"}, {"activity", "activity", "接触活跃"}, {"orders", "orders", "订货"}, {"risks", "risks", "风险"}};
static const calc_text asks[CALC_HEALTH_PARTS] = {
    {"profile", "fields of the profile that are on record", "档案各项是否齐全"},
    {"circle", "seats of the winning circle that are filled", "成功圈席位是否到位"},
    {"relationship", "how well the needs of organisation and people are met", "组织与个人需要的满足度"},
    {"satisfaction", "surveys of the window, perceived against expected", "统计期内调查的感知与期望之差"},
    {"activity", "days since the last contact", "距最近接触的天数"},
    {"orders", "revenue of late against the time before", "近期收入与前期之比"},
    {"risks", "open risks, complaints open too long, overdue invoices", "未消除的风险、久拖的投诉、逾期的发票"}};
static const calc_text why_weak = {"health.weak", "costs most: {1} ({2})", "失分最多：{1}（{2} 分）"};
static const calc_text why_full = {"health.full", "nothing known costs a point", "已知各项均为满分"};
static const calc_text why_none = {"health.none", "nothing is known of it", "一无所知"};
static const calc_text why_missing = {"health.missing", "not known; its weight goes to the others", "未知，权重分给其余各项"};

bool calc_health_total(const double score[CALC_HEALTH_PARTS], const double weight[CALC_HEALTH_PARTS], double *total, double *coverage)
{
    double sum = 0, known = 0, all = 0;
    for (int k = 0; k < CALC_HEALTH_PARTS; k++) {
        all += weight[k];
        if (isnan(score[k])) continue;
        sum += weight[k] * score[k];
        known += weight[k];
    }
    *coverage = all > 0 ? known / all : 0;
    if (known <= 0) return false;
    *total = sum / known;
    return true;
}

const char *calc_health_band(double health, const calc_health_params *p)
{
    return health >= p->band[0] ? "good" : health >= p->band[1] ? "watch" : "poor";
}

/* --- the ingredients -------------------------------------------------------------------------------------------------- */

typedef struct account {
    double score[CALC_HEALTH_PARTS];
    double gaps, likelihood; /* sums */
    int64_t surveys, complaints, invoices;
    bool risk_known;
} account;

static double cut(double x) { return x < 0 ? 0 : x > 100 ? 100 : x; }

static kam_rc read_profile(const calc_health_in *in, size_t n, account *a, kam_err *err)
{
    enum { FIELDS = 9, CONTACTS = 9, ROW, COLS };
    static const calc_use want[COLS] = {{"kind", KAM_FLAG, false},      {"industry", KAM_FLAG, false},    {"region", KAM_FLAG, false},
                                        {"ownership", KAM_FLAG, false}, {"source", KAM_FLAG, false},      {"known_since", KAM_FLAG, false},
                                        {"employees", KAM_FLAG, false}, {"annual_spend", KAM_FLAG, false}, {"pay_day", KAM_FLAG, false},
                                        {"contacts", KAM_INT, false},   {"row", KAM_INT, false}};
    const kam_column *c[COLS];
    kam_rc rc = calc_use_table(in->profile, "profile", want, COLS, c, err);
    for (size_t r = 0; !rc && r < calc_use_rows(in->profile); r++) {
        size_t i = calc_row_at(c[ROW], r, n);
        if (i == SIZE_MAX) continue;
        int has = 0;
        for (int k = 0; k < ROW; k++) has += kam_col_int(c[k], r) > 0;
        a[i].score[PROFILE] = 100.0 * has / ROW;
    }
    return rc;
}

static kam_rc read_circle(const calc_health_in *in, size_t n, account *a, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"filled", KAM_INT, false}, {"seats", KAM_INT, false}, {"org_fit", KAM_REAL, false},
                                    {"person_fit", KAM_REAL, false}};
    const kam_column *c[5];
    kam_rc rc = calc_use_table(in->circle, "circle", want, 5, c, err);
    for (size_t r = 0; !rc && r < calc_use_rows(in->circle); r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX) continue;
        if (calc_known(c[1], r) && kam_col_int(c[2], r) > 0) a[i].score[CIRCLE] = 100.0 * (double)kam_col_int(c[1], r) / (double)kam_col_int(c[2], r);
        bool org = calc_known(c[3], r), person = calc_known(c[4], r);
        double sum = (org ? kam_col_real(c[3], r) : 0) + (person ? kam_col_real(c[4], r) : 0);
        if (org || person) a[i].score[RELATIONSHIP] = cut(10 * sum / (org + person));
    }
    return rc;
}

static kam_rc read_surveys(const calc_health_in *in, const calc_health_params *p, size_t n, account *a, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"expectation", KAM_REAL, false}, {"perceived", KAM_REAL, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(in->surveys, "surveys", want, 4, c, err);
    for (size_t r = 0; !rc && r < calc_use_rows(in->surveys); r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || kam_col_int(c[1], r) <= p->asof - p->window_days) continue;
        a[i].gaps += kam_col_real(c[3], r) - kam_col_real(c[2], r);
        a[i].surveys++;
    }
    for (size_t i = 0; !rc && i < n; i++)
        if (a[i].surveys) a[i].score[SATISFACTION] = cut(p->gap[0] + p->gap[1] * a[i].gaps / (double)a[i].surveys);
    return rc;
}

static double activity_score(int64_t days, const calc_health_params *p)
{
    double d = (double)days, full = p->activity[0], none = p->activity[1];
    if (d <= full) return 100;
    return d >= none ? 0 : 100 * (none - d) / (none - full);
}

static kam_rc read_activity(const calc_health_in *in, const calc_health_params *p, size_t n, account *a, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}}, acc[] = {{"known_since", KAM_DAY, true}};
    const kam_column *c[2], *known[1];
    kam_rc rc = calc_use_table(in->touched, "touched", want, 2, c, err);
    if (!rc) rc = calc_use_table(in->accounts, "accounts", acc, 1, known, err);
    for (size_t i = 0; !rc && i < n; i++)
        if (calc_known(known[0], i)) a[i].score[ACTIVITY] = activity_score(p->asof - kam_col_int(known[0], i), p);
    for (size_t r = 0; !rc && r < calc_use_rows(in->touched); r++) {
        size_t i = calc_row_at(c[0], r, n);
        if (i != SIZE_MAX && calc_known(c[1], r)) a[i].score[ACTIVITY] = activity_score(p->asof - kam_col_int(c[1], r), p);
    }
    return rc;
}

static double order_score(const kam_column *const c[5], size_t i, const calc_health_params *p)
{
    if (!calc_known(c[1], i)) return NAN; /* never bought */
    if (calc_text_is(c[0], i, "lost")) return 0;
    if (kam_col_int(c[1], i) > p->asof - p->trend_days) return 100;
    double recent = kam_col_real(c[2], i), prior = kam_col_real(c[3], i);
    if (prior <= 0) return recent > 0 ? 100 : 0;
    return cut(p->order_level * recent / prior);
}

static kam_rc read_orders(const calc_health_in *in, const calc_health_params *p, size_t n, account *a, kam_err *err)
{
    static const calc_use want[] = {{"class", KAM_TEXT, false}, {"first_purchase", KAM_DAY, false}, {"recent_revenue", KAM_MONEY, false},
                                    {"prior_revenue", KAM_MONEY, false}};
    const kam_column *c[5];
    kam_rc rc = calc_use_table(in->lifecycle, "lifecycle", want, 4, c, err);
    for (size_t i = 0; !rc && i < n && i < calc_use_rows(in->lifecycle); i++) a[i].score[ORDERS] = order_score(c, i, p);
    return rc;
}

static kam_rc read_risks(const calc_health_in *in, const calc_health_params *p, size_t n, account *a, kam_err *err)
{
    static const calc_use risk[] = {{"row", KAM_INT, false}, {"likelihood", KAM_REAL, false}, {"effect", KAM_REAL, false}, {"open", KAM_FLAG, false}};
    static const calc_use comp[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"resolved_on", KAM_DAY, false}};
    static const calc_use inv[] = {{"row", KAM_INT, false}, {"due", KAM_DAY, false}};
    const kam_column *r[4], *c[3], *v[2];
    kam_rc rc = calc_use_table(in->risks, "risks", risk, 4, r, err);
    if (!rc) rc = calc_use_table(in->complaints, "complaints", comp, 3, c, err);
    if (!rc) rc = calc_use_table(in->invoices, "invoices", inv, 2, v, err);
    for (size_t k = 0; !rc && k < calc_use_rows(in->risks); k++) {
        size_t i = calc_row_at(r[0], k, n);
        if (i == SIZE_MAX) continue;
        a[i].risk_known = true;
        if (kam_col_int(r[3], k) && calc_known(r[1], k) && calc_known(r[2], k)) a[i].likelihood += kam_col_real(r[1], k) * kam_col_real(r[2], k);
    }
    for (size_t k = 0; !rc && k < calc_use_rows(in->complaints); k++) {
        size_t i = calc_row_at(c[0], k, n);
        if (i == SIZE_MAX) continue;
        a[i].risk_known = true;
        a[i].complaints += !calc_known(c[2], k) && p->asof - kam_col_int(c[1], k) > p->complaint_days;
    }
    for (size_t k = 0; !rc && k < calc_use_rows(in->invoices); k++) {
        size_t i = calc_row_at(v[0], k, n);
        if (i == SIZE_MAX || !calc_known(v[1], k)) continue;
        a[i].risk_known = true;
        a[i].invoices += p->asof - kam_col_int(v[1], k) > p->overdue_days;
    }
    for (size_t i = 0; !rc && i < n; i++)
        if (a[i].risk_known)
            a[i].score[RISKS] = cut(100 - a[i].likelihood - p->risk[0] * (double)a[i].complaints - p->risk[1] * (double)a[i].invoices);
    return rc;
}

/* --- the results ------------------------------------------------------------------------------------------------------ */

enum { O_ACCOUNT, O_NAME, O_CLASS, O_HEALTH, O_COVERAGE, O_PARTS, O_WEAKEST = O_PARTS + CALC_HEALTH_PARTS, O_WHY, O_COLS };
static const calc_col out_cols[O_COLS] = {
    {"account", KAM_TEXT, "run.account"}, {"name", KAM_TEXT, "run.name"}, {"class", KAM_TEXT, "run.health.class"}, {"health", KAM_REAL, "run.health"},
    {"coverage", KAM_REAL, "run.coverage"}, {"profile", KAM_REAL, "run.ingredient.profile"}, {"circle", KAM_REAL, "run.ingredient.circle"},
    {"relationship", KAM_REAL, "run.ingredient.relationship"}, {"satisfaction", KAM_REAL, "run.ingredient.satisfaction"},
    {"activity", KAM_REAL, "run.ingredient.activity"}, {"orders", KAM_REAL, "run.ingredient.orders"}, {"risks", KAM_REAL, "run.ingredient.risks"},
    {"weakest", KAM_TEXT, "run.weakest_part"}, {"why", KAM_TEXT, "run.why"}};

/* The known ingredient that costs most points; −1: none costs any. */
static int weakest_of(const double *score, const calc_health_params *p, double *points)
{
    int worst = -1;
    double known = 0;
    *points = 0;
    for (int k = 0; k < CALC_HEALTH_PARTS; k++)
        if (!isnan(score[k])) known += p->weight[k];
    for (int k = 0; known > 0 && k < CALC_HEALTH_PARTS; k++) {
        double lost = isnan(score[k]) ? 0 : (100 - score[k]) * p->weight[k] / known;
        if (lost <= *points + 1e-12) continue;
        *points = lost;
        worst = k;
    }
    return worst;
}

static void push_account(kam_column **c, kam_str *buf, const kam_column *const in[2], size_t i, const account *a, const calc_health_params *p)
{
    double total = NAN, coverage, points;
    bool known = calc_health_total(a->score, p->weight, &total, &coverage);
    int worst = weakest_of(a->score, p, &points);
    kam_col_push_from(c[O_ACCOUNT], in[0], i);
    kam_col_push_from(c[O_NAME], in[1], i);
    kam_col_push_text(c[O_CLASS], known ? calc_health_band(total, p) : NULL);
    kam_col_push_real(c[O_HEALTH], known ? total : NAN);
    kam_col_push_real(c[O_COVERAGE], coverage);
    for (int k = 0; k < CALC_HEALTH_PARTS; k++) kam_col_push_real(c[O_PARTS + k], a->score[k]);
    kam_col_push_text(c[O_WEAKEST], worst < 0 ? NULL : calc_health_keys[worst]);
    if (!known) calc_push_say(c[O_WHY], buf, p->lang, &why_none, NULL, 0);
    else if (worst < 0) calc_push_say(c[O_WHY], buf, p->lang, &why_full, NULL, 0);
    else
        calc_push_say(c[O_WHY], buf, p->lang, &why_weak,
                      CALC_ARGS(calc_arg_text(p->lang == CALC_ZH ? names[worst].zh : names[worst].en), calc_arg_real(points, 1)));
}

kam_rc calc_health(const calc_health_in *in, const calc_health_params *p, kam_table **out, kam_err *err)
{
    static const calc_use acc[] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}};
    const kam_column *who[2];
    kam_rc rc = calc_use_table(in->accounts, "accounts", acc, 2, who, err);
    if (rc) return rc;
    size_t n = calc_use_rows(in->accounts);
    account *a = kam_calloc(n + 1, sizeof *a);
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < CALC_HEALTH_PARTS; k++) a[i].score[k] = NAN;
    rc = read_profile(in, n, a, err);
    if (!rc) rc = read_circle(in, n, a, err);
    if (!rc) rc = read_surveys(in, p, n, a, err);
    if (!rc) rc = read_activity(in, p, n, a, err);
    if (!rc) rc = read_orders(in, p, n, a, err);
    if (!rc) rc = read_risks(in, p, n, a, err);
    if (!rc) {
        kam_column *c[O_COLS];
        kam_table *t = calc_out_new("run.health.title", in->accounts, out_cols, O_COLS, c);
        kam_str buf = KAM_STR_INIT;
        for (size_t i = 0; i < n && calc_goes_on(t, i, n); i++)
            if (in->only == SIZE_MAX || in->only == i) push_account(c, &buf, who, i, &a[i], p);
        kam_str_release(&buf);
        rc = calc_out_done(t, out, err);
    }
    kam_free(a);
    return rc;
}

static double real_at(const kam_column *c, size_t row) { return row != SIZE_MAX && calc_known(c, row) ? kam_col_real(c, row) : NAN; }

kam_rc calc_health_change(const kam_table *now, const kam_table *before, kam_table **out, kam_err *err)
{
    static const calc_use want[] = {{"account", KAM_TEXT, false}, {"health", KAM_REAL, false}};
    const kam_column *a[2], *b[2];
    kam_rc rc = calc_use_table(now, "now", want, 2, a, err);
    if (!rc) rc = calc_use_table(before, "before", want, 2, b, err);
    if (rc) return rc;
    kam_table *t = kam_table_new();
    kam_table_set_title(t, kam_table_title(now));
    for (size_t k = 0; k < kam_table_columns(now); k++) {
        kam_table_share_column(t, kam_table_column(now, k), NULL);
        if (kam_table_column(now, k) != a[1]) continue;
        kam_column *was = kam_table_add_column(t, "before", KAM_REAL, "run.health_before"), *change = kam_table_add_column(t, "change", KAM_REAL, "run.change");
        for (size_t i = 0; i < kam_table_rows(now); i++) {
            double x = real_at(b[1], calc_run_find(b[0], kam_col_text(a[0], i)));
            kam_col_push_real(was, x);
            kam_col_push_real(change, real_at(a[1], i) - x);
        }
    }
    return calc_out_done(t, out, err);
}

enum { P_PART, P_SCORE, P_WEIGHT, P_POINTS, P_LOST, P_BEFORE, P_CHANGE, P_WHY, P_COLS };
static const calc_col part_cols[P_COLS] = {
    {"ingredient", KAM_TEXT, "run.health.ingredient"}, {"score", KAM_REAL, "run.score"}, {"weight", KAM_REAL, "run.weight"}, {"points", KAM_REAL, "run.points"},
    {"lost", KAM_REAL, "run.points_lost"}, {"before", KAM_REAL, "run.health_before"}, {"change", KAM_REAL, "run.change"}, {"why", KAM_TEXT, "run.why"}};

static void push_part(kam_column **c, kam_str *buf, const char *key, const calc_text *why, double score, double weight, double was, bool compare,
                      calc_lang lang)
{
    bool known = !isnan(score);
    kam_col_push_text(c[P_PART], key);
    kam_col_push_real(c[P_SCORE], score);
    kam_col_push_real(c[P_WEIGHT], known ? weight : NAN);
    kam_col_push_real(c[P_POINTS], known ? score * weight : NAN);
    kam_col_push_real(c[P_LOST], known ? (100 - score) * weight : NAN);
    if (compare) {
        kam_col_push_real(c[P_BEFORE], was);
        kam_col_push_real(c[P_CHANGE], score - was);
    }
    calc_push_say(c[compare ? P_WHY : P_BEFORE], buf, lang, known ? why : &why_missing, NULL, 0);
}

kam_rc calc_health_parts(const kam_table *now, size_t row, const kam_table *before, size_t before_row, const calc_health_params *p, kam_table **out,
                         kam_err *err)
{
    static const calc_text total_why = {"health", "weighted mean of what is known", "已知各项的加权平均"};
    double score[CALC_HEALTH_PARTS], was[CALC_HEALTH_PARTS], known = 0, total = NAN, coverage, total_was = NAN, unused;
    for (int k = 0; k < CALC_HEALTH_PARTS; k++) {
        const calc_use want[] = {{calc_health_keys[k], KAM_REAL, false}};
        const kam_column *a[1], *b[1];
        kam_rc rc = calc_use_table(now, "now", want, 1, a, err);
        if (!rc) rc = calc_use_table(before, "before", want, 1, b, err);
        if (rc) return rc;
        score[k] = real_at(a[0], row);
        was[k] = real_at(b[0], before_row);
        if (!isnan(score[k])) known += p->weight[k];
    }
    calc_health_total(score, p->weight, &total, &coverage);
    calc_health_total(was, p->weight, &total_was, &unused);
    calc_col cols[P_COLS];
    size_t n = 0;
    for (int k = 0; k < P_COLS; k++)
        if (before || (k != P_BEFORE && k != P_CHANGE)) cols[n++] = part_cols[k];
    kam_column *c[P_COLS];
    kam_table *t = calc_out_new("run.health.title", now, cols, n, c);
    kam_str buf = KAM_STR_INIT;
    for (int k = 0; k < CALC_HEALTH_PARTS; k++)
        push_part(c, &buf, calc_health_keys[k], &asks[k], score[k], known > 0 ? p->weight[k] / known : NAN, was[k], before != NULL, p->lang);
    push_part(c, &buf, "health", &total_why, total, 1, total_was, before != NULL, p->lang);
    static const calc_text covered = {"health.covered", "{1} of the weight is known", "已知部分占权重 {1}"};
    calc_note_say(t, p->lang, &covered, CALC_ARGS(calc_arg_pct(coverage)));
    kam_str_release(&buf);
    return calc_out_done(t, out, err);
}
