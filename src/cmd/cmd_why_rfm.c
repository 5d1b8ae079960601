/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_rfm: why an account is in its RFM segment (J1 for A3): its three values, the population's means, and which of the
 * three comparisons a purchase, or silence, would turn. */
#include "cmd_alone.h"
#include "cmd_classify.h"
#include "kam_mem.h"
#include <math.h>

struct asked {
    cmd_session *s;
    cmd_why *w;
    calc_rfm_params p;
    const cmd_facts *f;
    size_t row;
    calc_rfm_sums sums;
    calc_rfm_values x;
    bool in; /* it is in the population */
    int exponent;
};

static const char *segment_name(const struct asked *q, const char *key) { return cmd_why_label(q->w, "classify.rfm.class", key); }

static double mean_monetary(const struct asked *q) { return q->sums.monetary / (double)q->sums.n; }

/* --- what it was applied to ---------------------------------------------------------------------------------------- */

static void compare(const struct asked *q)
{
    calc_rfm_sides sides = calc_rfm_compare(&q->x, &q->sums);
    double n = (double)q->sums.n;
    cmd_why_check(q->w, (cmd_text){"R+: bought more recently than the mean", "R+：比平均更近"}, sides.r, q->p.asof - q->x.recency, NULL,
                  (cmd_text){"{1} days ago; the mean of {3} accounts is {2}", "{1} 天前；{3} 个客户平均 {2} 天"},
                  CMD_WHY_ARGS(calc_arg_int(q->x.recency), calc_arg_real((double)q->sums.recency / n, 2), calc_arg_int(q->sums.n)));
    cmd_why_check(q->w, (cmd_text){"F+: bought at least as often as the mean", "F+：不少于平均次数"}, sides.f, q->p.asof, NULL,
                  (cmd_text){"{1} purchase days in the window; the mean is {2}", "统计期购买日 {1} 个；平均 {2} 个"},
                  CMD_WHY_ARGS(calc_arg_int(q->x.frequency), calc_arg_real((double)q->sums.frequency / n, 2)));
    cmd_why_check(q->w, (cmd_text){"M+: a purchase day brings at least the mean", "M+：每购买日不低于平均"}, sides.m, q->p.asof, NULL,
                  (cmd_text){"{1} a purchase day; the mean is {2}", "每购买日 {1}；平均 {2}"},
                  CMD_WHY_ARGS(calc_arg_money(llround(q->x.monetary), q->exponent),
                               calc_arg_money(llround(mean_monetary(q)), q->exponent)));
}

static kam_rc inputs(const struct asked *q, kam_err *err)
{
    char date[KAM_DATE_MAX], from[KAM_DATE_MAX];
    store_where last[] = {{"account", STORE_EQ, cmd_why_code(q->w)},
                          {"date", STORE_EQ, cmd_classify_day(q->p.asof - q->x.recency, date)}};
    kam_rc rc = cmd_why_records(q->w, (cmd_text){"last purchase (R)", "最近购买（R）"}, "transaction", last, 2, "amount", "date", 3, NULL,
                                err);
    if (rc) return rc;
    cmd_classify_day(q->p.asof - q->p.window_days, from);
    kam_str source = KAM_STR_INIT;
    store_where first[] = {{"account", STORE_EQ, cmd_why_code(q->w)}, {"date", STORE_GT, from}};
    rc = cmd_why_source(q->w, "transaction", first, 2, "date", &source, err);
    cmd_why_input_int(q->w, (cmd_text){"purchase days in the window (F), the first of them in", "统计期购买日数（F），首个见"}, q->x.frequency,
                      q->p.asof, kam_str_cstr(&source));
    kam_str_release(&source);
    cmd_why_input_cell(q->w, (cmd_text){"mean per purchase day (M)", "每购买日均额（M）"}, "monetary", q->p.asof);
    cmd_why_input_cell(q->w, (cmd_text){"cell of scores 1–5 (for sorting; the segment goes by the means)", "1–5 分的单元（用于排序；分群依据平均值）"},
                       "cell", q->p.asof);
    return rc;
}

/* --- what would change it ------------------------------------------------------------------------------------------- */

static void add_purchase(const struct asked *q, int64_t minor, cmd_text sentence)
{
    cmd_alone_days had = {0};
    cmd_alone one;
    calc_rfm_values x;
    cmd_alone_take(q->f, q->row, &one);
    cmd_alone_buy(&one, q->p.asof, minor);
    had = cmd_alone_bought(&one.ledger, 0);
    if (had.n && calc_rfm_of(&one.ledger, 0, &q->p, &x)) {
        const char *then = calc_rfm_if(&q->sums, q->in ? &q->x : NULL, &x);
        const char *now = q->in ? calc_rfm_segment(calc_rfm_compare(&q->x, &q->sums)) : NULL;
        char date[KAM_DATE_MAX], amount[KAM_CELL_MAX];
        kam_str try = KAM_STR_INIT;
        cmd_why_try(&try, "transaction add", "-account", cmd_why_code(q->w), "-date", cmd_classify_day(q->p.asof, date), "-amount",
                    cmd_classify_money(q->s, minor, amount), NULL);
        if (!kam_streq(then, now))
            cmd_why_change(q->w, kam_str_cstr(&try), sentence,
                           CMD_WHY_ARGS(calc_arg_money(minor, q->exponent), calc_arg_text(segment_name(q, then))));
        kam_str_release(&try);
    }
    cmd_alone_release(&one);
}

/* The purchase of today with which the mean per purchase day just reaches the population's: with b bought on d days, n
 * accounts and S their sum of means, (b + y)/(d + 1) = (S − b/d + (b + y)/(d + 1))/n. */
static void lift_monetary(const struct asked *q)
{
    double d = (double)q->x.frequency, n = (double)q->sums.n, own = q->x.monetary;
    if (q->sums.n < 2 || calc_rfm_compare(&q->x, &q->sums).m || q->x.recency == 0) return;
    double wanted = (q->sums.monetary - own) / (n - 1); /* the mean of the others: equal to it is equal to the mean */
    double y = ceil(wanted * (d + 1) - own * d);
    if (y > 0 && y < 9e15)
        add_purchase(q, (int64_t)y + 1, (cmd_text){"a purchase of {1} today would lift its mean above the others': {2}",
                                                   "今日购买 {1} 可使其均额高于平均：{2}"});
}

/* Take the latest purchase days away, one after the other, until the segment is another. */
static void silence(const struct asked *q)
{
    cmd_alone one;
    calc_rfm_values x;
    const char *now = calc_rfm_segment(calc_rfm_compare(&q->x, &q->sums)), *then = now;
    cmd_alone_take(q->f, q->row, &one);
    kam_day until = q->p.asof;
    int64_t taken = 0;
    while (kam_streq(then, now)) {
        cmd_alone_days d = cmd_alone_bought(&one.ledger, 0);
        if (d.n == 0) break;
        until = d.last - 1;
        cmd_alone_until(&one, until);
        taken++;
        then = calc_rfm_of(&one.ledger, 0, &q->p, &x) ? calc_rfm_if(&q->sums, &q->x, &x) : NULL;
    }
    kam_str try = KAM_STR_INIT;
    cmd_why_try_remove(&try, "transaction", cmd_why_code(q->w), until + 1, NULL);
    if (then && !kam_streq(then, now))
        cmd_why_change(q->w, kam_str_cstr(&try), (cmd_text){"silent since {1} (without its last {2} purchase days) it would be {3}",
                                                            "若自 {1} 起没有购买（少最近 {2} 个购买日），则为{3}"},
                       CMD_WHY_ARGS(calc_arg_day(until + 1), calc_arg_int(taken), calc_arg_text(segment_name(q, then))));
    else if (!then)
        cmd_why_change(q->w, kam_str_cstr(&try), (cmd_text){"without a purchase from {1} on it would be in no segment",
                                                            "若自 {1} 起没有购买，则不在任何分群"}, CMD_WHY_ARGS(calc_arg_day(until + 1)));
    kam_str_release(&try);
    cmd_alone_release(&one);
}

static kam_rc explain(struct asked *q, kam_err *err)
{
    q->in = calc_rfm_of(q->f->calc.ledger, q->row, &q->p, &q->x);
    kam_rc rc = calc_rfm_population(&q->f->calc, &q->p, &q->sums, err);
    if (rc) return rc;
    if (!q->in) {
        cmd_why_fact(q->w, (cmd_text){"purchase days in the window", "统计期购买日数"}, "0", q->p.asof, NULL,
                     (cmd_text){"nothing bought in the last {1} days, so it is not part of the population",
                                "最近 {1} 天没有购买，故不在总体之内"}, CMD_WHY_ARGS(calc_arg_int(q->p.window_days)));
        int64_t usual = q->sums.n ? llround(mean_monetary(q)) : 100;
        add_purchase(q, usual, (cmd_text){"a purchase of {1} today would make it {2}", "今日购买 {1} 即为{2}"});
        return KAM_OK;
    }
    compare(q);
    rc = inputs(q, err);
    if (rc) return rc;
    add_purchase(q, llround(q->x.monetary) > 0 ? llround(q->x.monetary) : 1,
                 (cmd_text){"a purchase of its usual {1} today would make it {2}", "今日再按其均额购买 {1} 即为{2}"});
    lift_monetary(q);
    silence(q);
    return KAM_OK;
}

kam_rc cmd_why_rfm(cmd_session *s, const cmd_classify_args *a, cmd_why *w, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    struct asked q = {.s = s, .w = w, .f = &f, .exponent = cmd_session_exponent(s)};
    cmd_rfm_params(s, a->asof, (int)a->window, &q.p);
    cmd_why_rule(w, "A3", (cmd_text){"recency, frequency, monetary", "RFM 分析"},
                 (cmd_text){"of the accounts that bought in the window each value is compared with their mean; R and F and M above or below "
                            "it give eight segments",
                            "在统计期有购买的客户中，各值与其平均比较；R、F、M 的高低组成八个分群"});
    cmd_classify_why_window(w, a);
    kam_rc rc = cmd_facts_load(s, a->asof, STORE_F_LEDGER, &f, err);
    if (rc) return rc;
    q.row = cmd_alone_row(&f, cmd_why_code(w));
    if (q.row != SIZE_MAX) rc = explain(&q, err);
    cmd_facts_release(&f);
    return rc;
}
