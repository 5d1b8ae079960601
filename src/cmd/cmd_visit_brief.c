/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_visit_brief: D7, one page before a visit: aims, people, what is open, what was promised, what they may say and what we answer. One
 * table with sections, so that it can be printed as it is. */
#include "calc_brief.h"
#include "calc_temperament.h"
#include "cmd_deals.h"
#include "cmd_label.h"
#include "cmd_render.h"
#include "cmd_stakeholder_map.h"
#include "cmd_value.h"
#include "cmd_tongue.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_setting.h"
#include <stddef.h>
#include <string.h>

struct brief_args {
    cmd_ref account, opportunity;
    int64_t window;
    kam_day asof;
};

kam_day cmd_brief_asof(const void *args) { return ((const struct brief_args *)args)->asof; }
const char *cmd_brief_account(const void *args) { return ((const struct brief_args *)args)->account.code; }

static const cmd_setting SETTINGS[] = {{"window", NULL}, {"brief-repeat", NULL}, {"stakeholder-cut", NULL}, {"stakeholder-met-days", NULL}, {"stakeholder-new-days", NULL},
    {"stakeholder-bad-attitude", NULL}, {"winning-circle-attitude", NULL},
    {"winning-circle-coaches", NULL}, {"winning-circle-deciders", NULL}, {"winning-circle-influencers", NULL}, {"stakeholder-policy-days", NULL}, {"funnel-stuck-factor", NULL}, CMD_SETTINGS_END};

typedef struct brief {
    cmd_session *s;
    const struct brief_args *a;
    calc_brief_params p;
    char asof[KAM_DATE_MAX];
    kam_table *t;
    kam_column *section, *item, *detail, *date, *source;
} brief;

static bool zh(const brief *b) { return b->p.lang == CALC_ZH; }

/* The reader's half of "中文 | English"; appended. */
static void add_half(const brief *b, kam_str *out, const char *s)
{
    const char *bar = strstr(s, " | ");
    if (!bar) kam_str_add(out, s);
    else if (zh(b)) kam_str_addn(out, s, (size_t)(bar - s));
    else kam_str_add(out, bar + 3);
}

/* Several keys joined by commas, each in the reader's words. */
static void add_keys(const brief *b, kam_str *out, const kam_column *c, const char *s)
{
    for (size_t n; *s; s += n + (s[n] == ',')) {
        n = strcspn(s, ",");
        char *key = kam_strndup(s, n);
        const char *word = cmd_label_word(c, key, zh(b) ? CMD_LANG_ZH : CMD_LANG_EN);
        kam_str_add(out, word ? word : key);
        if (s[n]) kam_str_add(out, zh(b) ? "、" : ", ");
        kam_free(key);
    }
}

/* A cell as the reader reads it: words for keys, his half of a text; nothing when missing. */
static void add_cell(const brief *b, kam_str *out, const kam_table *t, const char *column, size_t row)
{
    int c = kam_table_index(t, column);
    if (c < 0 || kam_col_missing(kam_table_column(t, (size_t)c), row)) return;
    if (kam_streq(column, "buying_role")) add_keys(b, out, kam_table_column(t, (size_t)c), kam_col_text(kam_table_column(t, (size_t)c), row));
    else cmd_render_cell(t, (size_t)c, row, -1, zh(b) ? CMD_LANG_ZH : CMD_LANG_EN, out);
}

/* "label value" after a separator, where the cell is known. */
static void add_labelled(const brief *b, kam_str *out, cmd_text label, const kam_table *t, const char *column, size_t row)
{
    const kam_column *c = kam_table_find(t, column);
    if (!c || kam_col_missing(c, row)) return;
    if (out->len) kam_str_add(out, zh(b) ? "；" : "; ");
    kam_str_addf(out, "%s%s", zh(b) ? label.zh : label.en, label.en[0] ? zh(b) ? "" : " " : "");
    add_cell(b, out, t, column, row);
}

static void push(brief *b, const char *section, const char *item, const char *detail, kam_day date, const char *source)
{
    kam_str x = KAM_STR_INIT, y = KAM_STR_INIT;
    if (item) add_half(b, &x, item);
    if (detail) add_half(b, &y, detail);
    kam_col_push_text(b->section, section);
    kam_col_push_text(b->item, x.len ? kam_str_cstr(&x) : NULL);
    kam_col_push_text(b->detail, y.len ? kam_str_cstr(&y) : NULL);
    if (date == CMD_UNSET_DAY) kam_col_push_missing(b->date);
    else kam_col_push_int(b->date, date);
    kam_col_push_text(b->source, source);
    kam_str_release(&x);
    kam_str_release(&y);
}

static kam_day day_at(const kam_table *t, const char *column, size_t row)
{
    const kam_column *c = kam_table_find(t, column);
    return c && !kam_col_missing(c, row) ? kam_col_int(c, row) : CMD_UNSET_DAY;
}

static const char *text_at(const kam_table *t, const char *column, size_t row)
{
    const kam_column *c = kam_table_find(t, column);
    return c && !kam_col_missing(c, row) ? kam_col_text(c, row) : NULL;
}

/* "interaction 17" */
static void source_of(kam_str *out, const char *entity, const kam_table *t, const char *column, size_t row)
{
    char buf[KAM_CELL_MAX];
    int c = kam_table_index(t, column);
    kam_str_clear(out);
    kam_str_addf(out, "%s %s", entity, c < 0 ? "" : kam_table_cell(t, (size_t)c, row, buf));
}

/* Records of an entity of this account, newest first; every column. */
static kam_rc list(brief *b, const char *entity, const store_where *more, size_t n_more, const char *sort, kam_table **out, kam_err *err)
{
    store_where where[6] = {{"account", STORE_EQ, b->a->account.code}};
    size_t n = 1;
    for (size_t i = 0; i < n_more; i++) where[n++] = more[i];
    const store_entity *e = store_entity_find(entity);
    const char **columns = kam_calloc(e->n_fields, sizeof *columns);
    for (size_t i = 0; i < e->n_fields; i++) columns[i] = e->fields[i].name;
    store_query q = {.where = where, .n_where = n, .columns = columns, .n_columns = e->n_fields, .sort = &sort, .n_sort = sort ? 1 : 0};
    kam_rc rc = store_list(cmd_session_store(b->s), e, &q, out, err);
    kam_free(columns);
    return rc;
}

/* --- aims and deals ------------------------------------------------------------------------------------------------------ */

static kam_rc aims(brief *b, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = list(b, "objective", NULL, 0, "code", &t, err);
    kam_str d = KAM_STR_INIT, src = KAM_STR_INIT;
    for (size_t i = 0; !rc && i < kam_table_rows(t); i++) {
        kam_day on = day_at(t, "agreed_on", i);
        if (on != CMD_UNSET_DAY && on > b->a->asof) continue;
        kam_str_clear(&d);
        add_cell(b, &d, t, "target", i);
        source_of(&src, "objective", t, "code", i);
        push(b, "aims", text_at(t, "measure", i), kam_str_cstr(&d), on, kam_str_cstr(&src));
    }
    kam_table_unref(t);
    kam_str_release(&d);
    kam_str_release(&src);
    return rc;
}

static kam_rc deals(brief *b, kam_err *err)
{
    cmd_facts f = CMD_FACTS_INIT;
    calc_funnel_params fp;
    kam_table *open = NULL, *t = NULL;
    store *db = cmd_session_store(b->s);
    const store_scope outer = store_scope_get(db);
    cmd_scope_deals(b->s); /* what is usual is learnt from all deals; the accounts without one do not matter */
    kam_rc rc = cmd_facts_load(b->s, b->a->asof, STORE_F_OPPORTUNITIES | STORE_F_STAGES | STORE_F_FEW, &f, err);
    store_scope_set(db, outer);
    if (rc) return rc;
    cmd_funnel_params(b->s, b->a->asof, 0, &fp);
    rc = calc_funnel_opportunities(&f.calc, &fp, &open, err);
    if (!rc) rc = calc_phases(open, b->p.lang, &t, err);
    kam_table_unref(open);
    cmd_facts_release(&f);
    if (rc) return rc;
    cmd_rows_keep(&t, "account", b->a->account.code);
    cmd_rows_keep(&t, "opportunity", b->a->opportunity.id ? b->a->opportunity.code : NULL);
    kam_str d = KAM_STR_INIT, src = KAM_STR_INIT, item = KAM_STR_INIT;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        kam_str_clear(&d);
        kam_str_clear(&item);
        kam_str_addf(&item, "%s ", text_at(t, "opportunity", i));
        add_cell(b, &item, t, "name", i);
        add_labelled(b, &d, (cmd_text){"stage", "阶段："}, t, "stage", i);
        add_labelled(b, &d, (cmd_text){"what counts now:", "当前重点："}, t, "phase", i);
        add_labelled(b, &d, (cmd_text){"", ""}, t, "topics", i);
        source_of(&src, "opportunity", t, "opportunity", i);
        push(b, "deals", kam_str_cstr(&item), kam_str_cstr(&d), CMD_UNSET_DAY, kam_str_cstr(&src));
    }
    kam_str_release(&d);
    kam_str_release(&src);
    kam_str_release(&item);
    kam_table_unref(t);
    return KAM_OK;
}

/* B6: seats of the winning circle nobody fills yet. */
static kam_rc circle(brief *b, const cmd_map *m, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = calc_people_circle(&m->people, &m->params, &t, err);
    if (rc) return rc;
    kam_str item = KAM_STR_INIT, d = KAM_STR_INIT, src = KAM_STR_INIT;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        const char *nearest = text_at(t, "contact", i);
        if (kam_col_int(kam_table_find(t, "filled"), i)) continue;
        kam_str_clear(&item);
        kam_str_clear(&d);
        add_cell(b, &item, t, "seat", i);
        add_labelled(b, &d, (cmd_text){"", ""}, t, "why", i);
        add_labelled(b, &d, (cmd_text){"", ""}, t, "next_step", i);
        source_of(&src, "contact", t, "contact", i);
        push(b, "circle", kam_str_cstr(&item), kam_str_cstr(&d), day_at(t, "last_met", i), nearest ? kam_str_cstr(&src) : NULL);
    }
    kam_str_release(&item);
    kam_str_release(&d);
    kam_str_release(&src);
    kam_table_unref(t);
    return KAM_OK;
}

/* --- people -------------------------------------------------------------------------------------------------------------- */

typedef struct crowd {
    kam_table *map, *talk;
    const kam_table *people; /* lent */
} crowd;

static void add_talk(const brief *b, kam_str *out, const kam_table *talk, const char *contact)
{
    for (size_t i = 0; i < kam_table_rows(talk); i++) { /* the first point of the talk says what the person wants to hear */
        if (!kam_streq(text_at(talk, "contact", i), contact) || !text_at(talk, "thinking", i)) continue;
        add_labelled(b, out, (cmd_text){"how to talk:", "谈话方式："}, talk, "point", i);
        return;
    }
}

static void push_person(brief *b, const crowd *w, size_t i)
{
    kam_str d = KAM_STR_INIT, item = KAM_STR_INIT, src = KAM_STR_INIT;
    const char *contact = text_at(w->map, "contact", i);
    add_cell(b, &item, w->map, "name", i);
    if (text_at(w->map, "title", i)) {
        kam_str_add(&item, zh(b) ? "，" : ", ");
        add_cell(b, &item, w->map, "title", i);
    }
    add_labelled(b, &d, (cmd_text){"", ""}, w->map, "buying_role", i);
    add_labelled(b, &d, (cmd_text){"quadrant", "象限："}, w->map, "quadrant", i);
    add_labelled(b, &d, (cmd_text){"sees us as", "视我们为"}, w->map, "relationship", i);
    const kam_column *attitude = kam_table_find(w->map, "attitude");
    if (attitude && !kam_col_missing(attitude, i)) {
        kam_str_addf(&d, "%s%s%s", d.len ? zh(b) ? "；" : "; " : "", zh(b) ? "态度 " : "attitude ", kam_col_real(attitude, i) > 0 ? "+" : "");
        add_cell(b, &d, w->map, "attitude", i);
    }
    add_talk(b, &d, w->talk, contact);
    size_t row = 0;
    while (row < kam_table_rows(w->people) && !kam_streq(text_at(w->people, "contact", row), contact)) row++;
    const calc_temperament *kind = row < kam_table_rows(w->people) ? calc_temperament_find(text_at(w->people, "temperament", row)) : NULL;
    if (kind) {
        const calc_text *parts[] = {&kind->name, &kind->hint, &kind->avoid};
        for (size_t k = 0; k < 3; k++)
            kam_str_addf(&d, "%s%s", d.len ? k == 0 ? zh(b) ? "；" : "; " : k == 1 ? zh(b) ? "：" : ": " : " " : "", zh(b) ? parts[k]->zh : parts[k]->en);
    }
    source_of(&src, "contact", w->map, "contact", i);
    push(b, "people", kam_str_cstr(&item), kam_str_cstr(&d), day_at(w->map, "last_met", i), kam_str_cstr(&src));
    kam_str_release(&d);
    kam_str_release(&item);
    kam_str_release(&src);
}

static kam_rc people(brief *b, kam_err *err)
{
    cmd_map m;
    cmd_map_args of = {.account = b->a->account, .opportunity = b->a->opportunity, .asof = b->a->asof};
    crowd w = {NULL, NULL, NULL};
    kam_table *flags = NULL;
    kam_rc rc = cmd_map_load(b->s, &of, 0, &m, err);
    if (rc) return rc;
    w.people = m.held.people;
    rc = calc_people_map(&m.people, &m.params, &w.map, err);
    if (!rc) cmd_tongue_words(b->s, &w.map);
    if (!rc) rc = calc_people_talk(&m.people, &m.params, &w.talk, err);
    if (!rc) rc = calc_people_flags(&m.people, &m.params, &flags, err);
    for (size_t i = 0; !rc && i < kam_table_rows(w.map); i++) push_person(b, &w, i);
    kam_str item = KAM_STR_INIT, d = KAM_STR_INIT, src = KAM_STR_INIT;
    for (size_t i = 0; !rc && i < kam_table_rows(flags); i++) {
        kam_str_clear(&item);
        kam_str_clear(&d);
        kam_str_addf(&item, "%s ", text_at(flags, "flag", i));
        add_cell(b, &item, flags, "evidence", i);
        add_cell(b, &d, flags, "next_step", i);
        kam_str_clear(&src);
        const char *who = text_at(flags, "contact", i), *deal = text_at(flags, "opportunity", i);
        if (who || deal) kam_str_addf(&src, "%s %s", who ? "contact" : "opportunity", who ? who : deal);
        push(b, "flags", kam_str_cstr(&item), kam_str_cstr(&d), CMD_UNSET_DAY, src.len ? kam_str_cstr(&src) : NULL);
    }
    kam_str_release(&item);
    kam_str_release(&d);
    kam_str_release(&src);
    if (!rc) rc = circle(b, &m, err);
    kam_table_unref(flags);
    kam_table_unref(w.map);
    kam_table_unref(w.talk);
    cmd_map_release(&m);
    return rc;
}

/* --- what is open, promised, said ----------------------------------------------------------------------------------------- */

/* Was the same step with the same day promised in a talk listed before (a later one)? */
static bool promised_later(const kam_table *talks, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (kam_streq(text_at(talks, "next_step", i), text_at(talks, "next_step", row)) && day_at(talks, "next_on", i) == day_at(talks, "next_on", row))
            return true;
    return false;
}

static void complaints_and_promises(brief *b, const kam_table *talks)
{
    kam_str src = KAM_STR_INIT, d = KAM_STR_INIT;
    for (size_t i = 0; i < kam_table_rows(talks); i++) {
        kam_day resolved = day_at(talks, "resolved_on", i);
        if (!kam_streq(text_at(talks, "kind", i), "complaint") || (resolved != CMD_UNSET_DAY && resolved <= b->a->asof)) continue;
        kam_str_clear(&d);
        long long days = (long long)(b->a->asof - day_at(talks, "date", i));
        kam_str_addf(&d, zh(b) ? "已 %lld 天未了" : days == 1 ? "open for %lld day" : "open for %lld days", days);
        add_labelled(b, &d, (cmd_text){"owner", "负责人 "}, talks, "complaint_owner", i);
        source_of(&src, "interaction", talks, "id", i);
        push(b, "complaints", text_at(talks, "topic", i), kam_str_cstr(&d), day_at(talks, "date", i), kam_str_cstr(&src));
    }
    size_t shown = 0;
    for (size_t i = 0; i < kam_table_rows(talks) && shown < 5; i++) { /* newest first: the last five */
        if (!text_at(talks, "next_step", i)) continue;
        kam_day due = day_at(talks, "next_on", i);
        if (promised_later(talks, i)) continue;
        shown++;
        kam_str_clear(&d);
        add_labelled(b, &d, (cmd_text){"for", "约定日期 "}, talks, "next_on", i);
        if (due != CMD_UNSET_DAY && due < b->a->asof) kam_str_addf(&d, "%s%s", d.len ? zh(b) ? "；" : "; " : "", zh(b) ? "日期已过：履行了吗？" : "that day has passed: was it kept?");
        source_of(&src, "interaction", talks, "id", i);
        push(b, "promises", text_at(talks, "next_step", i), kam_str_cstr(&d), day_at(talks, "date", i), kam_str_cstr(&src));
    }
    kam_str_release(&src);
    kam_str_release(&d);
}

static kam_rc actions(brief *b, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = list(b, "action", NULL, 0, "due", &t, err);
    kam_str src = KAM_STR_INIT, d = KAM_STR_INIT;
    for (size_t i = 0; !rc && i < kam_table_rows(t); i++) {
        kam_day done = day_at(t, "done_on", i);
        bool open = done == CMD_UNSET_DAY ? kam_streq(text_at(t, "status", i), "open") : done > b->a->asof && !kam_streq(text_at(t, "status", i), "dropped");
        if (!open) continue;
        kam_str_clear(&d);
        add_labelled(b, &d, (cmd_text){"due", "期限 "}, t, "due", i);
        add_labelled(b, &d, (cmd_text){"ours:", "我方 "}, t, "owner", i);
        add_labelled(b, &d, (cmd_text){"theirs:", "对方 "}, t, "customer_owner", i);
        source_of(&src, "action", t, "id", i);
        push(b, "promises", text_at(t, "what", i), kam_str_cstr(&d), day_at(t, "due", i), kam_str_cstr(&src));
    }
    kam_str_release(&src);
    kam_str_release(&d);
    kam_table_unref(t);
    return rc;
}

static kam_rc objections(brief *b, const kam_table *talks, kam_err *err)
{
    kam_table *o = NULL, *r = NULL;
    kam_rc rc = calc_brief_objections(talks, &b->p, &o, err);
    if (!rc) rc = calc_brief_repeated(talks, &b->p, &r, err);
    kam_str d = KAM_STR_INIT, src = KAM_STR_INIT;
    for (size_t i = 0; !rc && i < kam_table_rows(o); i++) {
        const char *answer = text_at(o, "answer", i);
        kam_str_clear(&d);
        kam_str_add(&d, answer ? zh(b) ? "此处有效的答复：" : "answer that worked here: " : zh(b) ? "此处没有有效答复的记录：事先准备" : "no answer on record here: prepare one");
        if (answer) add_half(b, &d, answer);
        source_of(&src, "interaction", o, answer ? "answered_in" : "last_in", i);
        push(b, "objections", text_at(o, "objection", i), kam_str_cstr(&d), day_at(o, "last", i), kam_str_cstr(&src));
    }
    for (size_t i = 0; !rc && i < kam_table_rows(r); i++) {
        char times[KAM_CELL_MAX];
        kam_str_clear(&d);
        kam_str_addf(&d, zh(b) ? "提了 %s 次：对客户很重要，先解决它" : "raised %s times: it matters to them, settle it first",
                     kam_table_cell(r, (size_t)kam_table_index(r, "times"), i, times));
        source_of(&src, "interaction", r, "last_in", i);
        push(b, "repeated", text_at(r, "topic", i), kam_str_cstr(&d), day_at(r, "last", i), kam_str_cstr(&src));
    }
    kam_str_release(&d);
    kam_str_release(&src);
    kam_table_unref(o);
    kam_table_unref(r);
    return rc;
}

/* --- rumours and what to be careful about ---------------------------------------------------------------------------------- */

static kam_rc rumours(brief *b, kam_err *err)
{
    kam_table *t = NULL;
    const store_where until[] = {{"date", STORE_LE, b->asof}, {"kind", STORE_EQ, "rumour"}};
    kam_rc rc = list(b, "sighting", until, 2, "-date", &t, err);
    kam_str item = KAM_STR_INIT, src = KAM_STR_INIT;
    for (size_t i = 0; !rc && i < kam_table_rows(t); i++) {
        if (day_at(t, "date", i) <= b->a->asof - b->p.window_days) continue;
        kam_str_clear(&item);
        add_cell(b, &item, t, "competitor", i);
        if (text_at(t, "what", i)) kam_str_add(&item, zh(b) ? "：" : ": ");
        add_cell(b, &item, t, "what", i);
        source_of(&src, "sighting", t, "id", i);
        push(b, "rumours", kam_str_cstr(&item), calc_rumour_advice(text_at(t, "truth", i), b->p.lang), day_at(t, "date", i), kam_str_cstr(&src));
    }
    kam_str_release(&item);
    kam_str_release(&src);
    kam_table_unref(t);
    return rc;
}

static kam_rc taboos(brief *b, kam_err *err)
{
    kam_table *t = NULL;
    const store_where has[] = {{"preferences", STORE_PRESENT, NULL}};
    kam_rc rc = list(b, "contact", has, 1, "code", &t, err);
    kam_str src = KAM_STR_INIT;
    for (size_t i = 0; !rc && i < kam_table_rows(t); i++) {
        kam_day left = day_at(t, "left_on", i);
        if (left != CMD_UNSET_DAY && left <= b->a->asof) continue;
        source_of(&src, "contact", t, "code", i);
        const char *english = zh(b) ? NULL : text_at(t, "name_en", i);
        push(b, "sensitive", english ? english : text_at(t, "name", i), text_at(t, "preferences", i), CMD_UNSET_DAY, kam_str_cstr(&src));
    }
    kam_str_release(&src);
    kam_table_unref(t);
    return rc;
}

static kam_rc overdue_invoices(brief *b, kam_err *err)
{
    kam_table *t = NULL;
    const store_where late[] = {{"due_on", STORE_LT, b->asof}, {"date", STORE_LE, b->asof}};
    kam_rc rc = list(b, "transaction", late, 2, "due_on", &t, err);
    int64_t n = 0, sum = 0;
    size_t oldest = SIZE_MAX; /* sorted by due day: the first */
    for (size_t i = 0; !rc && i < kam_table_rows(t); i++) {
        kam_day paid = day_at(t, "paid_on", i);
        if (paid != CMD_UNSET_DAY && paid <= b->a->asof) continue;
        if (oldest == SIZE_MAX) oldest = i;
        n++;
        sum += kam_col_int(kam_table_find(t, "amount"), i);
    }
    if (n) {
        kam_str d = KAM_STR_INIT, src = KAM_STR_INIT;
        calc_arg money = calc_arg_money(sum, cmd_session_exponent(b->s));
        kam_str_addf(&d, zh(b) ? "%lld 张，共 %s，最早一张已逾期 %lld 天" : "%lld of them, %s in all, the oldest overdue for %lld days", (long long)n, money.buf,
                     (long long)(b->a->asof - day_at(t, "due_on", oldest)));
        source_of(&src, "transaction", t, "id", oldest);
        push(b, "sensitive", zh(b) ? "逾期未付发票" : "overdue invoices", kam_str_cstr(&d), day_at(t, "due_on", oldest), kam_str_cstr(&src));
        kam_str_release(&d);
        kam_str_release(&src);
    }
    kam_table_unref(t);
    return rc;
}

static kam_rc lost_deals(brief *b, kam_err *err)
{
    kam_table *t = NULL;
    const store_where lost[] = {{"result", STORE_EQ, "lost"}, {"closed_on", STORE_LE, b->asof}};
    kam_rc rc = list(b, "opportunity", lost, 2, "-closed_on", &t, err);
    kam_str d = KAM_STR_INIT, src = KAM_STR_INIT;
    for (size_t i = 0; !rc && i < kam_table_rows(t); i++) {
        if (day_at(t, "closed_on", i) <= b->a->asof - b->p.window_days) continue;
        kam_str_clear(&d);
        add_labelled(b, &d, (cmd_text){"lost:", "丢单："}, t, "reason", i);
        add_labelled(b, &d, (cmd_text){"lesson:", "教训："}, t, "lesson", i);
        source_of(&src, "opportunity", t, "code", i);
        push(b, "sensitive", text_at(t, "name", i), d.len ? kam_str_cstr(&d) : NULL, day_at(t, "closed_on", i), kam_str_cstr(&src));
    }
    kam_str_release(&d);
    kam_str_release(&src);
    kam_table_unref(t);
    return rc;
}

/* --- the page -------------------------------------------------------------------------------------------------------------- */

static kam_rc fill(brief *b, kam_err *err)
{
    kam_table *talks = NULL;
    const store_where until[] = {{"date", STORE_LE, b->asof}};
    kam_rc rc = aims(b, err);
    if (!rc) rc = deals(b, err);
    if (!rc) rc = people(b, err);
    if (!rc) rc = list(b, "interaction", until, 1, "-date", &talks, err);
    if (!rc) complaints_and_promises(b, talks);
    if (!rc) rc = actions(b, err);
    if (!rc) rc = objections(b, talks, err);
    if (!rc) rc = rumours(b, err);
    if (!rc) rc = taboos(b, err);
    if (!rc) rc = overdue_invoices(b, err);
    if (!rc) rc = lost_deals(b, err);
    kam_table_unref(talks);
    return rc;
}

static void params(brief *b)
{
    int64_t v;
    b->p = (calc_brief_params){b->a->asof, cmd_facts_lang(b->s), 365, 2};
    if (store_setting_int(cmd_session_store(b->s), "window", &v)) b->p.window_days = (int)v;
    if (b->a->window > 0) b->p.window_days = (int)b->a->window;
    if (store_setting_int(cmd_session_store(b->s), "brief-repeat", &v)) b->p.repeat = (int)v;
    kam_day_format(b->a->asof, b->asof);
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    brief b = {.s = s, .a = args};
    params(&b);
    b.t = kam_table_new();
    kam_table_set_title(b.t, "brief");
    b.section = kam_table_add_column(b.t, "section", KAM_TEXT, "brief.section");
    b.item = kam_table_add_column(b.t, "item", KAM_TEXT, "brief.item");
    b.detail = kam_table_add_column(b.t, "detail", KAM_TEXT, "brief.detail");
    b.date = kam_table_add_column(b.t, "date", KAM_DAY, "brief.date");
    b.source = kam_table_add_column(b.t, "source", KAM_TEXT, "brief.source");
    kam_rc rc = fill(&b, err);
    kam_table_seal(b.t);
    if (rc) {
        kam_table_unref(b.t);
        return rc;
    }
    cmd_value_take_table(out, b.t);
    return KAM_OK;
}

static const cmd_arg args_[] = {
    {.name = "account", .kind = CMD_REF, .offset = offsetof(struct brief_args, account), .of = "account", .flags = CMD_REQUIRED, .help = {"whom we visit", "拜访的客户"}},
    {.name = "-opportunity", .kind = CMD_REF, .offset = offsetof(struct brief_args, opportunity), .of = "opportunity",
     .help = {"the opportunity the visit is about: assessments given for it count", "拜访所谈的商机：以针对它的评估为准"}},
    {.name = "-window", .kind = CMD_INT, .offset = offsetof(struct brief_args, window), .def = "0", .setting = "window", .min = 0, .max = 36500,
     .help = {"how far back objections, rumours and lost deals go, in days; 0: the setting `window`", "异议、传闻、丢单回溯的天数；0 为设置 window"}},
    CMD_ARG_ASOF(struct brief_args), CMD_ARGS_END};
static const cmd_column columns[] = {
    {"section", KAM_TEXT, {"aims, deals, people, flags, circle, complaints, promises, objections, repeated, rumours, sensitive", "目标、商机、人物、雷区、成功圈、投诉、承诺、异议、反复提出、传闻、敏感话题"}, NULL},
    {"item", KAM_TEXT, {"what or who", "事项"}, NULL},
    {"detail", KAM_TEXT, {"what to know and what to do", "须知与做法"}, NULL},
    {"date", KAM_DAY, {"its day: last met, due, last raised", "日期：最近会面、期限、最近提出"}, NULL},
    {"source", KAM_TEXT, {"the record it stands in", "来源记录"}, NULL},
    CMD_COLUMNS_END};
static const cmd_example examples[] = {
    {{"What they said last time, and what helped.", "上次的异议与有效的答复。"},
     "table select [table where [visit-brief ACME] {$section eq \"objections\"}] item detail source",
     "item\tdetail\tsource\ntoo dear\tanswer that worked here: total cost over five years\tinteraction 1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_visit_brief_spec = {
    .name = "visit-brief",
    .summary = {"one page before a visit: aims, people, what is open and promised, likely objections, rumours, sensitive topics", "拜访准备一页纸：目标、人物、未了与承诺、可能的异议、传闻、敏感话题"},
    .detail = {"One table with sections. People come with role, quadrant, relationship, a point of the talk and how to handle their "
               "temperament; objections with the answer that worked here before; rumours of a rival with advice that fits whether they are true, "
               "false or not known; what the customer raised twice or more (setting brief-repeat) matters and is settled first. `debrief` "
               "enters what came of the visit.",
               "一张分节的表。人物附采购角色、象限、关系、谈话要点与性格应对；异议附在此处有效的答复；对手传闻按属实、不实、不明给出应对；"
               "客户提过两次及以上（设置 brief-repeat）的话题很重要，先解决。拜访之后用 debrief 录入。"},
    .effect = CMD_READS, .args_size = sizeof(struct brief_args), .args = args_, .columns = columns,
    .setup = "account add ACME -name Acme; contact add C1 -account ACME -name Ann\n"
             "interaction add -account ACME -date 2025-05-05 -kind visit -objections {too dear} -answers {total cost over five years}",
    .examples = examples, .run = run, .why = cmd_visit_brief_why, .settings = SETTINGS, .topic = "questions"};
