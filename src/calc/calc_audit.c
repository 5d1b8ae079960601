/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_audit.h"
#include "calc_run_int.h"
#include "kam_mem.h"
#include <stdio.h>

const char *const calc_audit_keys[] = {"file", "receivables", "exceptions", "thanks", "visits", "complaints", "post-mortems", "largest", NULL};
enum { FILES, RECEIVABLES, EXCEPTIONS, THANKS, VISITS, COMPLAINTS, POST_MORTEMS, LARGEST };

static const calc_text rules[CALC_AUDIT_RULES] = {
    {"file", "every account has a file", "每个客户都有档案"},
    {"receivables", "receivables are clear", "应收账款清楚"},
    {"exceptions", "nobody gets an exception without a record", "没有记录就没有例外"},
    {"thanks", "small accounts are thanked", "小客户也要感谢"},
    {"visits", "every visit is prepared and debriefed", "每次拜访都有准备、有复盘"},
    {"complaints", "every complaint has an outcome", "每件投诉都有结果"},
    {"post-mortems", "every lost account has a post-mortem", "每个流失客户都有总结"},
    {"largest", "rules bind the largest too", "规则对最大的客户同样有效"},
};
const calc_text *calc_audit_rule(int rule) { return &rules[rule]; }

static const calc_text why_file = {"audit.file", "missing: {1}", "缺：{1}"};
static const calc_text why_due = {"audit.due", "{1} due on {2}, overdue for {3} days", "{1} 应于 {2} 付款，已逾期 {3} 天"};
static const calc_text why_exception = {"audit.exception", "exception \"{1}\" approved by nobody", "例外“{1}”无人批准"};
static const calc_text why_debt = {"audit.debt", "has bad debt, bought on {1}, and no exception is on record", "有坏账而于 {1} 仍有购买，没有例外记录"};
static const calc_text why_thanks = {"audit.thanks", "not touched since {1}", "自 {1} 起没有接触"};
static const calc_text why_never = {"audit.never", "no contact on record", "没有接触记录"};
static const calc_text why_visit = {"audit.visit", "visit of {1}: {2}", "{1} 的拜访：{2}"};
static const calc_text not_prepared = {"audit.not-prepared", "not prepared", "没有准备"};
static const calc_text not_debriefed = {"audit.not-debriefed", "not debriefed", "没有复盘"};
static const calc_text not_both = {"audit.not-both", "neither prepared nor debriefed", "没有准备，也没有复盘"};
static const calc_text why_open = {"audit.open", "complaint of {1} open for {2} days", "{1} 的投诉已 {2} 天没有解决"};
static const calc_text why_outcome = {"audit.outcome", "complaint of {1} resolved without a word on how", "{1} 的投诉已解决，但没有写明结果"};
static const calc_text why_lost = {"audit.lost", "lost, bought last on {1}, no post-mortem since", "已流失，最后购买在 {1}，此后没有总结"};
static const calc_text why_largest = {"audit.largest", "key account, breaks: {1}", "大客户，违反：{1}"};

static const calc_text next_steps[CALC_AUDIT_RULES] = {
    {"file", "complete the file: account set {1} …", "补全档案：account set {1} …"},
    {"receivables", "collect, or agree a plan and record the exception", "催收，或商定计划并登记例外"},
    {"exceptions", "have it approved or take it back: exception set {2} -approved_by …", "补批或收回：exception set {2} -approved_by …"},
    {"thanks", "thank it: a call or a card, and note it", "致谢：打个电话或寄张卡片，并记录"},
    {"visits", "write it down: interaction set {2} -prepared … -debriefed …", "补记：interaction set {2} -prepared … -debriefed …"},
    {"complaints", "settle it and write how: interaction set {2} -resolved_on … -resolution …", "解决并写明：interaction set {2} -resolved_on … -resolution …"},
    {"post-mortems", "write it: post-mortem add {1} DATE -text …", "写总结：post-mortem add {1} 日期 -text …"},
    {"largest", "hold it to the same rules as everybody", "与其他客户一视同仁"},
};

/* One offence; text is what the sentence is made of later. */
typedef struct offence {
    size_t account;
    int rule;
    bool has_date;
    kam_day date;
    int64_t record; /* 0: none */
    const char *entity;
    const char *why; /* in the arena */
} offence;

typedef struct audit {
    const calc_audit_in *in;
    const calc_audit_params *p;
    size_t n;
    const kam_column *code, *name, *life, *last_purchase, *pyramid, *key;
    const char **owner;
    offence *v;
    size_t n_v, cap;
    kam_arena text;
    unsigned *broken; /* bit a rule, by account */
    int64_t checked[CALC_AUDIT_RULES];
} audit;

/* What the rules have done when told to stop is thrown away by calc_audit. */
static bool goes_on(const audit *a, size_t i)
{
    return calc_goes_on(a->in->accounts, i, 0);
}

static void add(audit *a, int rule, size_t account, const kam_day *date, const char *entity, int64_t record, const calc_text *t,
                const calc_arg *args, size_t n)
{
    kam_str b = KAM_STR_INIT;
    calc_say(&b, a->p->lang, t, args, n);
    KAM_GROW(a->v, a->cap, a->n_v + 1);
    a->v[a->n_v++] = (offence){account, rule, date != NULL, date ? *date : 0, record, entity, kam_arena_strdup(&a->text, kam_str_cstr(&b))};
    kam_str_release(&b);
    a->broken[account] |= 1u << rule;
}

static kam_rc start(audit *a, kam_err *err)
{
    static const calc_use acc[] = {{"account", KAM_TEXT, false}, {"name", KAM_TEXT, false}}, own[] = {{"row", KAM_INT, false}, {"owner", KAM_TEXT, true}};
    static const calc_use life[] = {{"class", KAM_TEXT, false}, {"last_purchase", KAM_DAY, false}}, cls[] = {{"class", KAM_TEXT, false}};
    const kam_column *c[2], *o[2], *l[2], *y[1], *k[1];
    kam_rc rc = calc_use_table(a->in->accounts, "accounts", acc, 2, c, err);
    if (!rc) rc = calc_use_table(a->in->owners, "owners", own, 2, o, err);
    if (!rc) rc = calc_use_table(a->in->lifecycle, "lifecycle", life, 2, l, err);
    if (!rc) rc = calc_use_table(a->in->pyramid, "pyramid", cls, 1, y, err);
    if (!rc) rc = calc_use_table(a->in->key, "key", cls, 1, k, err);
    if (rc) return rc;
    a->n = calc_use_rows(a->in->accounts);
    a->code = c[0];
    a->name = c[1];
    a->life = l[0];
    a->last_purchase = l[1];
    a->pyramid = y[0];
    a->key = k[0];
    a->owner = kam_calloc(a->n + 1, sizeof *a->owner);
    a->broken = kam_calloc(a->n + 1, sizeof *a->broken);
    for (size_t r = 0; r < calc_use_rows(a->in->owners) && goes_on(a, r); r++) {
        size_t i = calc_row_at(o[0], r, a->n);
        if (i != SIZE_MAX) a->owner[i] = calc_text_at(o[1], r);
    }
    return KAM_OK;
}

/* --- the rules ------------------------------------------------------------------------------------------------------ */

static kam_rc rule_file(audit *a, kam_err *err)
{
    enum { INDUSTRY, REGION, SOURCE, SINCE, CONTACTS, ROW, COLS };
    static const calc_use want[COLS] = {{"industry", KAM_FLAG, false},    {"region", KAM_FLAG, false},  {"source", KAM_FLAG, false},
                                        {"known_since", KAM_FLAG, false}, {"contacts", KAM_INT, false}, {"row", KAM_INT, false}};
    static const calc_text what[] = {{"", "industry", "行业"}, {"", "region", "地区"}, {"", "source", "来源"}, {"", "known since", "相识日期"},
                                     {"", "a contact", "联系人"}, {"", "an owner", "负责人"}};
    const kam_column *c[COLS];
    kam_rc rc = calc_use_table(a->in->profile, "profile", want, COLS, c, err);
    kam_str list = KAM_STR_INIT;
    bool zh = a->p->lang == CALC_ZH;
    for (size_t r = 0; !rc && r < calc_use_rows(a->in->profile) && goes_on(a, r); r++) {
        size_t i = calc_row_at(c[ROW], r, a->n);
        if (i == SIZE_MAX) continue;
        a->checked[FILES]++;
        kam_str_clear(&list);
        for (int k = 0; k < 6; k++) {
            bool has = k < ROW ? kam_col_int(c[k], r) > 0 : a->owner[i] != NULL;
            if (!has) kam_str_addf(&list, "%s%s", list.len ? zh ? "、" : ", " : "", zh ? what[k].zh : what[k].en);
        }
        if (list.len) add(a, FILES, i, NULL, NULL, 0, &why_file, CALC_ARGS(calc_arg_text(kam_str_cstr(&list))));
    }
    kam_str_release(&list);
    return rc;
}

/* Lines of one invoice stand one after the other: one offence an invoice. */
static bool same_invoice(const kam_column *const c[4], size_t r, size_t q)
{
    return kam_col_int(c[0], r) == kam_col_int(c[0], q) && kam_col_int(c[1], r) == kam_col_int(c[1], q) && calc_known(c[2], r) && calc_known(c[2], q) &&
           strcmp(kam_col_text(c[2], r), kam_col_text(c[2], q)) == 0;
}

static kam_rc rule_receivables(audit *a, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"due", KAM_DAY, false}, {"invoice_no", KAM_TEXT, true}, {"amount", KAM_MONEY, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(a->in->invoices, "invoices", want, 4, c, err);
    kam_str what = KAM_STR_INIT;
    int exponent = a->in->accounts ? kam_table_exponent(a->in->accounts) : 2;
    for (size_t r = 0, next; !rc && r < calc_use_rows(a->in->invoices) && goes_on(a, r); r = next) {
        size_t i = calc_row_at(c[0], r, a->n);
        int64_t amount = kam_col_int(c[3], r);
        for (next = r + 1; next < calc_use_rows(a->in->invoices) && same_invoice(c, r, next); next++) amount += kam_col_int(c[3], next);
        if (i == SIZE_MAX || !calc_known(c[1], r)) continue;
        kam_day due = kam_col_int(c[1], r);
        a->checked[RECEIVABLES]++;
        if (a->p->asof - due <= a->p->overdue_days) continue;
        calc_arg money = calc_arg_money(amount, exponent);
        const char *no = calc_text_at(c[2], r);
        kam_str_clear(&what);
        kam_str_addf(&what, "%s%s%s", no ? no : "", no ? " " : "", money.buf);
        add(a, RECEIVABLES, i, &due, NULL, 0, &why_due, CALC_ARGS(calc_arg_text(kam_str_cstr(&what)), calc_arg_day(due), calc_arg_int(a->p->asof - due)));
    }
    kam_str_release(&what);
    return rc;
}

static kam_rc rule_exceptions(audit *a, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}, {"what", KAM_TEXT, false}, {"approved", KAM_FLAG, false},
                                    {"exception", KAM_INT, false}};
    static const calc_use debt[] = {{"row", KAM_INT, false}, {"bad_debt", KAM_FLAG, true}};
    const kam_column *c[5], *d[2];
    kam_rc rc = calc_use_table(a->in->exceptions, "exceptions", want, 5, c, err);
    if (!rc) rc = calc_use_table(a->in->profile, "profile", debt, 2, d, err);
    if (rc) return rc;
    bool *covered = kam_calloc(a->n + 1, sizeof *covered);
    for (size_t r = 0; r < calc_use_rows(a->in->exceptions) && goes_on(a, r); r++) {
        size_t i = calc_row_at(c[0], r, a->n);
        if (i == SIZE_MAX) continue;
        kam_day day = kam_col_int(c[1], r);
        a->checked[EXCEPTIONS]++;
        covered[i] |= day > a->p->asof - a->p->window_days;
        if (kam_col_int(c[3], r)) continue;
        kam_str what = KAM_STR_INIT;
        calc_say_half(&what, a->p->lang, calc_text_at(c[2], r));
        add(a, EXCEPTIONS, i, &day, "exception", kam_col_int(c[4], r), &why_exception, CALC_ARGS(calc_arg_text(kam_str_cstr(&what))));
        kam_str_release(&what);
    }
    for (size_t r = 0; r < calc_use_rows(a->in->profile) && goes_on(a, r); r++) {
        size_t i = calc_row_at(d[0], r, a->n);
        if (i == SIZE_MAX || !calc_known(d[1], r) || !kam_col_int(d[1], r) || !calc_known(a->last_purchase, i)) continue;
        kam_day last = kam_col_int(a->last_purchase, i);
        a->checked[EXCEPTIONS]++;
        if (last > a->p->asof - a->p->window_days && !covered[i]) add(a, EXCEPTIONS, i, &last, NULL, 0, &why_debt, CALC_ARGS(calc_arg_day(last)));
    }
    kam_free(covered);
    return KAM_OK;
}

static kam_rc rule_thanks(audit *a, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(a->in->touched, "touched", want, 2, c, err);
    if (rc) return rc;
    kam_day *last = kam_calloc(a->n + 1, sizeof *last);
    bool *has = kam_calloc(a->n + 1, sizeof *has);
    for (size_t r = 0; r < calc_use_rows(a->in->touched) && goes_on(a, r); r++) {
        size_t i = calc_row_at(c[0], r, a->n);
        if (i == SIZE_MAX || !calc_known(c[1], r) || (has[i] && last[i] >= kam_col_int(c[1], r))) continue;
        has[i] = true;
        last[i] = kam_col_int(c[1], r);
    }
    for (size_t i = 0; a->pyramid && i < a->n && goes_on(a, i); i++) {
        if (!calc_text_is(a->pyramid, i, "small") && !calc_text_is(a->pyramid, i, "ordinary")) continue;
        a->checked[THANKS]++;
        if (!has[i]) add(a, THANKS, i, NULL, NULL, 0, &why_never, NULL, 0);
        else if (last[i] <= a->p->asof - a->p->thank_days) add(a, THANKS, i, &last[i], NULL, 0, &why_thanks, CALC_ARGS(calc_arg_day(last[i])));
    }
    kam_free(last);
    kam_free(has);
    return KAM_OK;
}

enum { W_ROW, W_DATE, W_KIND, W_PREPARED, W_DEBRIEFED, W_RESOLVED, W_RESOLUTION, W_ID, W_COLS };
static kam_rc use_work(const audit *a, const kam_column *c[W_COLS], kam_err *err)
{
    static const calc_use want[W_COLS] = {{"row", KAM_INT, false},        {"date", KAM_DAY, false},       {"kind", KAM_TEXT, false},
                                          {"prepared", KAM_FLAG, false},  {"debriefed", KAM_FLAG, false}, {"resolved_on", KAM_DAY, false},
                                          {"has_resolution", KAM_FLAG, false}, {"interaction", KAM_INT, false}};
    return calc_use_table(a->in->work, "work", want, W_COLS, c, err);
}

static kam_rc rule_visits(audit *a, kam_err *err)
{
    const kam_column *c[W_COLS];
    kam_rc rc = use_work(a, c, err);
    for (size_t r = 0; !rc && r < calc_use_rows(a->in->work) && goes_on(a, r); r++) {
        size_t i = calc_row_at(c[W_ROW], r, a->n);
        if (i == SIZE_MAX || !calc_text_is(c[W_KIND], r, "visit")) continue;
        kam_day day = kam_col_int(c[W_DATE], r);
        if (day <= a->p->asof - a->p->window_days) continue;
        bool prepared = kam_col_int(c[W_PREPARED], r), debriefed = kam_col_int(c[W_DEBRIEFED], r) || day > a->p->asof - a->p->debrief_days;
        a->checked[VISITS]++;
        if (prepared && debriefed) continue;
        const calc_text *what = !prepared && !debriefed ? &not_both : prepared ? &not_debriefed : &not_prepared;
        add(a, VISITS, i, &day, "interaction", kam_col_int(c[W_ID], r), &why_visit,
            CALC_ARGS(calc_arg_day(day), calc_arg_text(a->p->lang == CALC_ZH ? what->zh : what->en)));
    }
    return rc;
}

static kam_rc rule_complaints(audit *a, kam_err *err)
{
    const kam_column *c[W_COLS];
    kam_rc rc = use_work(a, c, err);
    for (size_t r = 0; !rc && r < calc_use_rows(a->in->work) && goes_on(a, r); r++) {
        size_t i = calc_row_at(c[W_ROW], r, a->n);
        if (i == SIZE_MAX || !calc_text_is(c[W_KIND], r, "complaint")) continue;
        kam_day day = kam_col_int(c[W_DATE], r);
        int64_t id = kam_col_int(c[W_ID], r);
        a->checked[COMPLAINTS]++;
        if (calc_known(c[W_RESOLVED], r)) {
            if (!kam_col_int(c[W_RESOLUTION], r)) add(a, COMPLAINTS, i, &day, "interaction", id, &why_outcome, CALC_ARGS(calc_arg_day(day)));
        } else if (a->p->asof - day > a->p->complaint_days)
            add(a, COMPLAINTS, i, &day, "interaction", id, &why_open, CALC_ARGS(calc_arg_day(day), calc_arg_int(a->p->asof - day)));
    }
    return rc;
}

static kam_rc rule_post_mortems(audit *a, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"date", KAM_DAY, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(a->in->post_mortems, "post_mortems", want, 2, c, err);
    if (rc) return rc;
    bool *written = kam_calloc(a->n + 1, sizeof *written);
    for (size_t r = 0; r < calc_use_rows(a->in->post_mortems) && goes_on(a, r); r++) {
        size_t i = calc_row_at(c[0], r, a->n);
        if (i != SIZE_MAX && calc_known(a->last_purchase, i)) written[i] |= kam_col_int(c[1], r) > kam_col_int(a->last_purchase, i);
    }
    for (size_t i = 0; a->life && i < a->n && goes_on(a, i); i++) {
        if (!calc_text_is(a->life, i, "lost")) continue;
        a->checked[POST_MORTEMS]++;
        kam_day last = kam_col_int(a->last_purchase, i);
        if (!written[i]) add(a, POST_MORTEMS, i, &last, NULL, 0, &why_lost, CALC_ARGS(calc_arg_day(last)));
    }
    kam_free(written);
    return KAM_OK;
}

static void rule_largest(audit *a)
{
    kam_str list = KAM_STR_INIT;
    bool zh = a->p->lang == CALC_ZH;
    for (size_t i = 0; i < a->n; i++) {
        if (!calc_text_is(a->key, i, "key")) continue;
        a->checked[LARGEST]++;
        kam_str_clear(&list);
        for (int k = 0; k < LARGEST; k++)
            if (a->broken[i] & (1u << k)) kam_str_addf(&list, "%s%s", list.len ? zh ? "、" : ", " : "", zh ? rules[k].zh : rules[k].id);
        if (list.len) add(a, LARGEST, i, NULL, NULL, 0, &why_largest, CALC_ARGS(calc_arg_text(kam_str_cstr(&list))));
    }
    kam_str_release(&list);
}

/* --- the result ----------------------------------------------------------------------------------------------------- */

enum { O_RULE, O_ACCOUNT, O_NAME, O_OWNER, O_DATE, O_RECORD, O_WHY, O_NEXT, O_COLS };
static const calc_col out_cols[O_COLS] = {
    {"rule", KAM_TEXT, "run.audit.rule"}, {"account", KAM_TEXT, "run.account"}, {"name", KAM_TEXT, "run.name"}, {"owner", KAM_TEXT, "run.owner"},
    {"date", KAM_DAY, "run.date"},        {"record", KAM_TEXT, "run.record"},   {"why", KAM_TEXT, "run.why"},   {"next_step", KAM_TEXT, "run.next_step"}};

/* By rule, and inside it as the facts were read: by account. */
static kam_table *offences(const audit *a)
{
    kam_column *c[O_COLS];
    kam_table *t = calc_out_new("run.audit.title", a->in->accounts, out_cols, O_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (size_t k = 0; k < a->n_v && calc_goes_on(t, k, a->n_v); k++) {
        const offence *v = &a->v[k];
        char record[64];
        kam_col_push_text(c[O_RULE], calc_audit_keys[v->rule]);
        kam_col_push_from(c[O_ACCOUNT], a->code, v->account);
        kam_col_push_from(c[O_NAME], a->name, v->account);
        kam_col_push_text(c[O_OWNER], a->owner[v->account]);
        calc_push_opt(c[O_DATE], v->has_date, v->date);
        snprintf(record, sizeof record, "%s %lld", v->record ? v->entity : "", (long long)v->record);
        kam_col_push_text(c[O_RECORD], v->record ? record : NULL);
        kam_col_push_text(c[O_WHY], v->why);
        calc_push_say(c[O_NEXT], &buf, a->p->lang, &next_steps[v->rule],
                      CALC_ARGS(calc_arg_text(kam_col_text(a->code, v->account)), v->record ? calc_arg_int(v->record) : calc_arg_text("…")));
    }
    kam_str_release(&buf);
    kam_table_seal(t);
    return t;
}

enum { S_RULE, S_TEXT, S_CHECKED, S_OFFENCES, S_ACCOUNTS, S_STATUS, S_WHY, S_COLS };
static const calc_col sum_cols[S_COLS] = {
    {"rule", KAM_TEXT, "run.audit.rule"}, {"text", KAM_TEXT, "run.audit.text"}, {"checked", KAM_INT, "run.checked"}, {"offences", KAM_INT, "run.offences"},
    {"accounts", KAM_INT, "run.accounts"}, {"status", KAM_TEXT, "run.audit.status"}, {"why", KAM_TEXT, "run.why"}};
static const calc_text sum_pass = {"audit.pass", "{1} checked, none offends", "检查 {1} 项，全部符合"};
static const calc_text sum_fail = {"audit.fail", "{1} of {2} offend (accounts: {3})", "{2} 项中 {1} 项违反，涉及 {3} 个客户"};
static const calc_text sum_none = {"audit.none", "nothing to check", "没有可检查的"};

static kam_table *summary_of(const audit *a)
{
    kam_column *c[S_COLS];
    kam_table *t = calc_out_new("run.audit.summary", a->in->accounts, sum_cols, S_COLS, c);
    kam_str buf = KAM_STR_INIT;
    for (int k = 0; k < CALC_AUDIT_RULES; k++) {
        int64_t n = 0, accounts = 0;
        for (size_t i = 0; i < a->n_v; i++) n += a->v[i].rule == k;
        for (size_t i = 0; i < a->n; i++) accounts += (a->broken[i] >> k) & 1;
        kam_col_push_text(c[S_RULE], calc_audit_keys[k]);
        kam_col_push_text(c[S_TEXT], a->p->lang == CALC_ZH ? rules[k].zh : rules[k].en);
        kam_col_push_int(c[S_CHECKED], a->checked[k]);
        kam_col_push_int(c[S_OFFENCES], n);
        kam_col_push_int(c[S_ACCOUNTS], accounts);
        kam_col_push_text(c[S_STATUS], n ? "fail" : a->checked[k] ? "pass" : "nothing");
        calc_push_say(c[S_WHY], &buf, a->p->lang, n ? &sum_fail : a->checked[k] ? &sum_pass : &sum_none,
                      n ? (const calc_arg[]){calc_arg_int(n), calc_arg_int(a->checked[k]), calc_arg_int(accounts)}
                        : (const calc_arg[]){calc_arg_int(a->checked[k]), calc_arg_int(0), calc_arg_int(0)},
                      3);
    }
    kam_str_release(&buf);
    kam_table_seal(t);
    return t;
}

kam_rc calc_audit(const calc_audit_in *in, const calc_audit_params *p, kam_table **out, kam_table **summary, kam_err *err)
{
    static kam_rc (*const rule[])(audit *, kam_err *) = {rule_file,   rule_receivables, rule_exceptions,  rule_thanks,
                                                         rule_visits, rule_complaints,  rule_post_mortems};
    audit a = {.in = in, .p = p, .text = KAM_ARENA_INIT};
    kam_rc rc = start(&a, err);
    for (size_t k = 0; !rc && k < CALC_COUNT(rule); k++) rc = rule[k](&a, err);
    if (!rc) {
        rule_largest(&a);
        kam_table *v = offences(&a);
        rc = kam_progress_step(kam_table_watch(v), "rows", a.n_v, a.n_v, err);
        if (!rc && summary) *summary = summary_of(&a);
        if (!rc) *out = v;
        else kam_table_unref(v);
    }
    kam_arena_release(&a.text);
    kam_free(a.v);
    kam_free(a.owner);
    kam_free(a.broken);
    return rc;
}
