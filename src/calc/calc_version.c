/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both states are sorted by kind, object and field and gone through side by side, object by object. */
#include "calc_version.h"
#include "calc_use.h"
#include "kam_mem.h"
#include "kam_money.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { S_KIND, S_OBJECT, S_NAME, S_FIELD, S_VALUE, S_SINCE, S_BY, S_COLS };
enum { O_KIND, O_OBJECT, O_NAME, O_FIELD, O_CHANGE, O_SIGN, O_BEFORE, O_AFTER, O_DIFFERENCE, O_SINCE, O_BY, O_TEXT, O_COLS };

static const calc_text each_changed = {"version.each", "{1}: {2} → {3}", "{1}：{2} → {3}"};
static const calc_text each_number = {"version.each.number", "{1}: {2} → {3} ({4})", "{1}：{2} → {3}（{4}）"};
static const calc_text each_came = {"version.each.came", "{1}: now known, {2}", "{1}：现已知，{2}"};
static const calc_text each_went = {"version.each.went", "{1}: no longer known, was {2}", "{1}：不再有记录，原为{2}"};
static const calc_text field_changed = {"version.field", "{1}: {4} {2} → {3}", "{1}：{4} {2} → {3}"};
static const calc_text field_came = {"version.field.came", "{1}: {3} noted: {2}", "{1}：补记{3}：{2}"};
static const calc_text field_went = {"version.field.went", "{1}: {3} no longer noted, was {2}", "{1}：{3}不再有记录，原为{2}"};
static const calc_text text_changed = {"version.text", "{1}: rewritten", "{1}：改写"};
static const calc_text text_came = {"version.text.came", "{1}: written", "{1}：新写"};
static const calc_text text_went = {"version.text.went", "{1}: left out", "{1}：删去"};
static const calc_text setting_changed = {"version.setting", "setting {1}: {2} → {3}", "设置 {1}：{2} → {3}"};
static const calc_text setting_came = {"version.setting.came", "setting {1}: default → {2}", "设置 {1}：缺省 → {2}"};
static const calc_text setting_went = {"version.setting.went", "setting {1}: {2} → default", "设置 {1}：{2} → 缺省"};
static const calc_text note_none = {"version.none", "nothing changed", "没有变化"};
static const calc_text note_one = {"version.one", "1 change: {1} for the better, {2} for the worse", "1 处变化：{1} 处好转，{2} 处变差"};
static const calc_text note_count = {"version.count", "{1} changes: {2} for the better, {3} for the worse", "{1} 处变化：{2} 处好转，{3} 处变差"};

/* How the verdict of an object reads; another value of it says that it is open again. */
static const struct {
    const char *kind, *value;
    calc_text says;
} verdicts[] = {
    {"opportunity", "won", {"version.won", "won: {1}{2}", "赢单：{1}{2}"}},
    {"opportunity", "lost", {"version.lost", "lost: {1}{2}", "丢单：{1}{2}"}},
    {"action", "done", {"version.done", "done: {1}{2}", "已完成：{1}{2}"}},
    {"action", "dropped", {"version.dropped", "dropped: {1}{2}", "已放弃：{1}{2}"}},
    {"risk", "closed", {"version.over", "no longer a risk: {1}{2}", "风险消除：{1}{2}"}},
    {"complaint", "resolved", {"version.resolved", "complaint resolved: {1}{2}", "投诉已解决：{1}{2}"}},
    {NULL, NULL, {"version.again", "open again: {1}{2}", "重新打开：{1}{2}"}},
};

typedef struct fact {
    size_t kind, field; /* places in the tables; beyond them: unknown */
    const char *kind_key, *object, *field_key;
    size_t row;
} fact;

typedef struct state {
    const kam_column *c[S_COLS];
    fact *f;
    size_t n;
} state;

typedef struct diff {
    const calc_version_params *p;
    state before, after;
    kam_column *c[O_COLS];
    kam_str text, a, d; /* scratch */
    int64_t better, worse, all;
} diff;

/* Numbers by size, other objects as text. */
static int by_object(const char *x, const char *y)
{
    bool nx = *x && x[strspn(x, "0123456789")] == '\0', ny = *y && y[strspn(y, "0123456789")] == '\0';
    size_t lx = strlen(x), ly = strlen(y);
    if (nx && ny && lx != ly) return lx < ly ? -1 : 1;
    return strcmp(x, y);
}

static int same_place(size_t x, size_t y, const char *kx, const char *ky) { return x != y ? (x < y ? -1 : 1) : strcmp(kx, ky); }

static int compare_objects(const fact *x, const fact *y)
{
    int cmp = same_place(x->kind, y->kind, x->kind_key, y->kind_key);
    return cmp ? cmp : by_object(x->object, y->object);
}

static int compare_facts(const fact *x, const fact *y)
{
    int cmp = compare_objects(x, y);
    return cmp ? cmp : same_place(x->field, y->field, x->field_key, y->field_key);
}

static int by_fact(const void *a, const void *b)
{
    const fact *x = a, *y = b;
    int cmp = compare_facts(x, y);
    return cmp ? cmp : (x->row > y->row) - (x->row < y->row);
}

static const calc_version_kind *kind_of(const fact *f)
{
    size_t n;
    const calc_version_kind *k = calc_version_kinds(&n);
    return f->kind < n ? &k[f->kind] : NULL;
}

static const calc_version_field *field_of(const fact *f)
{
    size_t n;
    const calc_version_field *k = calc_version_fields(&n);
    return f->field < n ? &k[f->field] : NULL;
}

static kam_rc state_of(const kam_table *t, const char *what, state *s, kam_err *err)
{
    static const calc_use want[S_COLS] = {{"kind", KAM_TEXT, false},  {"object", KAM_TEXT, false}, {"name", KAM_TEXT, true}, {"field", KAM_TEXT, false},
                                          {"value", KAM_TEXT, false}, {"since", KAM_DAY, true},    {"by", KAM_TEXT, true}};
    size_t n_kinds, n_fields;
    const calc_version_kind *kinds = calc_version_kinds(&n_kinds);
    const calc_version_field *fields = calc_version_fields(&n_fields);
    kam_rc rc = calc_use_table(t, what, want, S_COLS, s->c, err);
    if (rc) return rc;
    s->f = kam_calloc(kam_table_rows(t) + 1, sizeof *s->f);
    for (size_t r = 0; r < kam_table_rows(t); r++) {
        if (!calc_known(s->c[S_VALUE], r)) continue;
        fact f = {n_kinds, n_fields, kam_col_text(s->c[S_KIND], r), kam_col_text(s->c[S_OBJECT], r), kam_col_text(s->c[S_FIELD], r), r};
        const calc_version_kind *k = calc_version_kind_find(f.kind_key);
        const calc_version_field *v = k ? calc_version_field_find(f.kind_key, f.field_key) : NULL;
        if (k) f.kind = (size_t)(k - kinds);
        if (v) f.field = (size_t)(v - fields);
        s->f[s->n++] = f;
    }
    if (s->n) qsort(s->f, s->n, sizeof *s->f, by_fact);
    return KAM_OK;
}

static const char *value_at(const state *s, const fact *f) { return kam_col_text(s->c[S_VALUE], f->row); }

static const fact *field_at(const fact *f, size_t n, const char *field)
{
    for (size_t i = 0; i < n; i++)
        if (kam_streq(f[i].field_key, field)) return &f[i];
    return NULL;
}

/* --- what a change means -------------------------------------------------------------------------------------------------- */

/* Place of a key in "worst … best"; −1: none. */
static int rank_of(const char *order, const char *key)
{
    size_t n = strlen(key);
    int at = 0;
    for (const char *w = order; w && *w; at++) {
        size_t k = strcspn(w, " ");
        if (k == n && memcmp(w, key, n) == 0) return at;
        w += k + (w[k] == ' ');
    }
    return -1;
}

/* after − before of a number, money in major units, days; false: not numbers. */
static bool difference(const calc_version_field *f, const char *before, const char *after, double *out)
{
    double x, y;
    kam_day dx, dy;
    if (!f || f->form == CALC_V_TEXT || f->form == CALC_V_KEY) return false;
    if (f->form == CALC_V_DAY) {
        if (!kam_day_parse(before, &dx) || !kam_day_parse(after, &dy)) return false;
        *out = (double)(dy - dx);
        return true;
    }
    if (!kam_parse_real(before, &x) || !kam_parse_real(after, &y)) return false;
    *out = fabs(y - x) < 1e9 ? round((y - x) * 1e9) / 1e9 : y - x; /* 0.3 − 0.1 is 0.2 */
    return true;
}

static int sign_of(const calc_version_field *f, const char *before, const char *after)
{
    double d;
    if (!f || !f->sign || !before || !after) return 0;
    if (f->order) {
        int x = rank_of(f->order, before), y = rank_of(f->order, after);
        return x < 0 || y < 0 ? 0 : f->sign * ((y > x) - (y < x));
    }
    return difference(f, before, after, &d) ? f->sign * ((d > 0) - (d < 0)) : 0;
}

/* What an edition for the customer leaves out. `at` is the object as it stands after (where it went: before). */
static bool hidden(const diff *x, const fact *at, size_t n)
{
    const calc_version_kind *k = kind_of(at);
    if (!x->p->customer) return false;
    if (!k || !k->customer || field_at(at, n, "ours")) return true;
    if (kam_streq(k->key, "objective") || kam_streq(k->key, "action")) return !field_at(at, n, "agreed_on");
    if (kam_streq(k->key, "text")) return !kam_streq(at->object, "profile") && !kam_streq(at->object, "needs") && !kam_streq(at->object, "value");
    return false;
}

/* What the customer reads is for his edition; ours has the texts themselves. */
static bool field_hidden(const diff *x, const fact *f)
{
    const calc_version_field *v = field_of(f);
    if (!x->p->customer) return kam_streq(f->field_key, "ours") || (kam_streq(f->kind_key, "text") && kam_streq(f->field_key, "shared"));
    return x->p->customer && (!v || !v->customer);
}

/* --- rows ------------------------------------------------------------------------------------------------------------------ */

static void push(diff *x, const fact *at, const state *s, const char *field, const char *change, int sign, const char *before, const char *after)
{
    double d;
    const calc_version_field *f = field ? field_of(at) : NULL;
    bool known = before && after && difference(f, before, after, &d);
    bool now = s == &x->after;
    kam_col_push_text(x->c[O_KIND], at->kind_key);
    kam_col_push_text(x->c[O_OBJECT], at->object);
    kam_col_push_text(x->c[O_NAME], calc_text_at(s->c[S_NAME], at->row));
    kam_col_push_text(x->c[O_FIELD], field);
    kam_col_push_text(x->c[O_CHANGE], change);
    kam_col_push_text(x->c[O_SIGN], sign > 0 ? "better" : sign < 0 ? "worse" : NULL);
    kam_col_push_text(x->c[O_BEFORE], before);
    kam_col_push_text(x->c[O_AFTER], after);
    if (known) kam_col_push_real(x->c[O_DIFFERENCE], d);
    else kam_col_push_missing(x->c[O_DIFFERENCE]);
    calc_push_opt(x->c[O_SINCE], now && calc_known(s->c[S_SINCE], at->row), now && calc_known(s->c[S_SINCE], at->row) ? kam_col_int(s->c[S_SINCE], at->row) : 0);
    kam_col_push_text(x->c[O_BY], now ? calc_text_at(s->c[S_BY], at->row) : NULL);
    kam_col_push_text(x->c[O_TEXT], kam_str_cstr(&x->text));
    x->better += sign > 0;
    x->worse += sign < 0;
    x->all++;
}

/* The subject of a sentence into x->a: the name as the reader sees it. */
static void subject(diff *x, const fact *at, const state *s)
{
    const char *name = calc_text_at(s->c[S_NAME], at->row);
    kam_str_clear(&x->a);
    calc_say_half(&x->a, x->p->lang, name ? name : at->object);
}

static const char *label(const diff *x, const fact *f)
{
    const calc_version_field *v = field_of(f);
    bool zh = x->p->lang == CALC_ZH;
    if (x->p->customer && kam_streq(f->field_key, "window_revenue")) return zh ? "统计期采购额" : "purchases of the period"; /* our revenue is what he buys */
    return !v ? f->field_key : zh ? v->zh : v->en;
}

/* ", proposal, 50,000.00": the telling fields of an object into x->d. `open` needs no saying. */
static void details(diff *x, const char *names, const fact *f, size_t n, const state *s)
{
    kam_str_clear(&x->d);
    for (const char *w = names; w && *w;) {
        size_t k = strcspn(w, " ");
        for (size_t i = 0; i < n; i++) {
            const char *value = value_at(s, &f[i]);
            if (strlen(f[i].field_key) != k || memcmp(f[i].field_key, w, k) != 0 || kam_streq(value, "open") || field_hidden(x, &f[i])) continue;
            kam_str_add(&x->d, x->p->lang == CALC_ZH ? "，" : ", ");
            calc_version_say(&x->d, field_of(&f[i]), value, x->p);
        }
        w += k + (w[k] == ' ');
    }
}

static void say(diff *x, const calc_text *t)
{
    kam_str_clear(&x->text);
    calc_say(&x->text, x->p->lang, t, CALC_ARGS(calc_arg_text(kam_str_cstr(&x->a)), calc_arg_text(kam_str_cstr(&x->d))));
}

/* An object that came, or went. */
static void push_whole(diff *x, const fact *f, size_t n, const state *s, bool came)
{
    const calc_version_kind *k = kind_of(f);
    static const calc_text his_person = {"version.came.contact", "new contact: {1}{2}", "新联系人：{1}{2}"};
    static const calc_text unknown_came = {"version.came", "new: {1}{2}", "新增：{1}{2}"}, unknown_went = {"version.went", "gone: {1}{2}", "删除：{1}{2}"};
    int sign = !k ? 0 : came ? k->added : k->removed;
    const fact *verdict = k && k->verdict && came ? field_at(f, n, k->verdict) : NULL;
    if (verdict && !kam_streq(value_at(s, verdict), "open")) sign = sign_of(field_of(verdict), "open", value_at(s, verdict));
    subject(x, f, s);
    bool flag = k && kam_streq(k->key, "flag");
    if (flag) { /* the flag is the subject, whom it is about the detail */
        kam_str_clear(&x->d);
        const char *name = calc_text_at(s->c[S_NAME], f->row), *role = name && x->p->word ? x->p->word(x->p->ctx, "attribute.contact.buying_role", name, x->p->lang) : NULL;
        if (!kam_streq(name, f->object)) kam_str_addf(&x->d, "%s%s", x->p->lang == CALC_ZH ? "，" : ", ", role ? role : kam_str_cstr(&x->a));
        kam_str_clear(&x->a);
        calc_version_say(&x->a, field_of(f), value_at(s, f), x->p);
    } else details(x, came && k ? k->details : NULL, f, n, s);
    if (k && came && x->p->customer && kam_streq(k->key, "person")) say(x, &his_person); /* he has known them long */
    else say(x, k ? came ? &k->came : &k->went : came ? &unknown_came : &unknown_went);
    const char *value = flag ? value_at(s, f) : NULL; /* the one thing a flag is */
    push(x, f, s, NULL, came ? "added" : "removed", sign, came ? NULL : value, came ? value : NULL);
}

/* What the account is called in sentences about itself: the field, or the section. */
static void single_subject(diff *x, const fact *f)
{
    const calc_version_field *v = field_of(f);
    kam_str_clear(&x->a);
    if (v && kam_streq(v->kind, "text")) {
        const char *word = x->p->word ? x->p->word(x->p->ctx, v->words, f->object, x->p->lang) : NULL;
        kam_str_add(&x->a, word ? word : f->object);
    } else kam_str_add(&x->a, label(x, f));
}

static void say_difference(diff *x, const calc_version_field *f, double d)
{
    char number[KAM_NUM_MAX];
    kam_format_real(d, number);
    calc_version_params p = *x->p;
    calc_version_field shown = *f;
    kam_str_clear(&x->d);
    if (f->form == CALC_V_MONEY) snprintf(number, sizeof number, "%.0f", d);
    if (d > 0 && f->form != CALC_V_SIGNED) kam_str_addc(&x->d, '+');
    calc_version_say(&x->d, &shown, number, &p);
}

/* One field that came, went or changed; b or a may be NULL. */
static void push_field(diff *x, const fact *b, const fact *a, bool single)
{
    const fact *at = a ? a : b;
    const state *s = a ? &x->after : &x->before;
    const calc_version_field *f = field_of(at);
    const char *before = b ? value_at(&x->before, b) : NULL, *after = a ? value_at(&x->after, a) : NULL;
    kam_str was = KAM_STR_INIT, is = KAM_STR_INIT;
    double d;
    bool text = f && kam_streq(f->kind, "text"), setting = kam_streq(at->kind_key, "setting");
    if (before) calc_version_say(&was, f, before, x->p);
    if (after) calc_version_say(&is, f, after, x->p);
    if (single) single_subject(x, at);
    else subject(x, at, s);
    bool number = single && f && f->form != CALC_V_DAY && before && after && difference(f, before, after, &d);
    if (number) say_difference(x, f, d);
    const calc_arg name = calc_arg_text(kam_str_cstr(&x->a)), w = calc_arg_text(kam_str_cstr(&was)), i = calc_arg_text(kam_str_cstr(&is));
    const calc_arg l = calc_arg_text(label(x, at)), delta = calc_arg_text(kam_str_cstr(&x->d));
    kam_str_clear(&x->text);
    if (text) calc_say(&x->text, x->p->lang, !b ? &text_came : !a ? &text_went : &text_changed, &name, 1);
    else if (setting && b && a) calc_say(&x->text, x->p->lang, &setting_changed, CALC_ARGS(name, w, i));
    else if (setting) calc_say(&x->text, x->p->lang, a ? &setting_came : &setting_went, CALC_ARGS(name, a ? i : w));
    else if (b && a && number) calc_say(&x->text, x->p->lang, &each_number, CALC_ARGS(name, w, i, delta));
    else if (b && a) calc_say(&x->text, x->p->lang, single ? &each_changed : &field_changed, CALC_ARGS(name, w, i, l));
    else if (a) calc_say(&x->text, x->p->lang, single ? &each_came : &field_came, CALC_ARGS(name, i, l));
    else calc_say(&x->text, x->p->lang, single ? &each_went : &field_went, CALC_ARGS(name, w, l));
    push(x, at, s, at->field_key, !b ? "added" : !a ? "removed" : "changed", sign_of(f, before, after), before, after);
    kam_str_release(&was);
    kam_str_release(&is);
}

/* The probability of a deal follows its stage. */
static bool follows(const fact *f, bool stage_changed) { return stage_changed && kam_streq(f->field_key, "probability"); }

/* A deal won, an action done: that is all there is to say of it. */
static bool push_verdict(diff *x, const calc_version_kind *k, const fact *b, size_t nb, const fact *a, size_t na)
{
    const fact *fb = k && k->verdict ? field_at(b, nb, k->verdict) : NULL, *fa = fb ? field_at(a, na, k->verdict) : NULL;
    if (!fa || kam_streq(value_at(&x->before, fb), value_at(&x->after, fa))) return false;
    const char *before = value_at(&x->before, fb), *after = value_at(&x->after, fa);
    size_t v = 0;
    while (verdicts[v].kind && !(kam_streq(verdicts[v].kind, k->key) && kam_streq(verdicts[v].value, after))) v++;
    subject(x, fa, &x->after);
    details(x, kam_streq(k->key, "complaint") ? "resolution" : kam_streq(k->key, "opportunity") ? "reason" : NULL, a, na, &x->after);
    say(x, &verdicts[v].says);
    push(x, fa, &x->after, fa->field_key, "changed", sign_of(field_of(fa), before, after), before, after);
    return true;
}

static void push_object(diff *x, const fact *b, size_t nb, const fact *a, size_t na)
{
    const fact *at = na ? a : b;
    const calc_version_kind *k = kind_of(at);
    bool single = k && k->single;
    if (hidden(x, at, na ? na : nb)) return;
    if (!single && (!na || !nb)) {
        push_whole(x, at, na ? na : nb, na ? &x->after : &x->before, na > 0);
        return;
    }
    if (na && nb && push_verdict(x, k, b, nb, a, na)) return;
    const fact *was = field_at(b, nb, "stage"), *is = field_at(a, na, "stage");
    bool moved = was && is && !kam_streq(value_at(&x->before, was), value_at(&x->after, is));
    for (size_t i = 0, j = 0; i < nb || j < na;) {
        int cmp = i == nb ? 1 : j == na ? -1 : compare_facts(&b[i], &a[j]);
        const fact *fb = cmp <= 0 ? &b[i++] : NULL, *fa = cmp >= 0 ? &a[j++] : NULL;
        if (field_hidden(x, fb ? fb : fa) || follows(fb ? fb : fa, moved) || (fb && fa && strcmp(value_at(&x->before, fb), value_at(&x->after, fa)) == 0)) continue;
        push_field(x, fb, fa, single);
    }
}

static size_t run_of(const fact *f, size_t n)
{
    size_t k = 1;
    while (k < n && compare_objects(&f[0], &f[k]) == 0) k++;
    return k;
}

static void walk(diff *x)
{
    for (size_t i = 0, j = 0; i < x->before.n || j < x->after.n;) {
        const fact *b = &x->before.f[i], *a = &x->after.f[j];
        int cmp = i == x->before.n ? 1 : j == x->after.n ? -1 : compare_objects(b, a);
        size_t nb = cmp <= 0 ? run_of(b, x->before.n - i) : 0, na = cmp >= 0 ? run_of(a, x->after.n - j) : 0;
        push_object(x, b, nb, a, na);
        i += nb;
        j += na;
    }
}

kam_rc calc_version_diff(const kam_table *before, const kam_table *after, const calc_version_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[O_COLS] = {
        {"kind", KAM_TEXT, "version.kind"},     {"object", KAM_TEXT, "version.object"},         {"name", KAM_TEXT, "version.name"},
        {"field", KAM_TEXT, "version.field"},   {"change", KAM_TEXT, "version.change"},         {"sign", KAM_TEXT, "version.sign"},
        {"before", KAM_TEXT, "version.before"}, {"after", KAM_TEXT, "version.after"},           {"difference", KAM_REAL, "version.difference"},
        {"since", KAM_DAY, "version.since"},    {"by", KAM_TEXT, "version.by"},                 {"text", KAM_TEXT, "version.text"}};
    diff x = {.p = p};
    kam_rc rc = state_of(before, "the state before", &x.before, err);
    if (!rc) rc = state_of(after, "the state after", &x.after, err);
    if (!rc) {
        kam_table *t = calc_out_new("version.diff", after, cols, O_COLS, x.c);
        walk(&x);
        if (x.all == 1) calc_note_say(t, p->lang, &note_one, CALC_ARGS(calc_arg_int(x.better), calc_arg_int(x.worse)));
        else if (x.all) calc_note_say(t, p->lang, &note_count, CALC_ARGS(calc_arg_int(x.all), calc_arg_int(x.better), calc_arg_int(x.worse)));
        else calc_note_say(t, p->lang, &note_none, NULL, 0);
        kam_table_seal(t);
        *out = t;
    }
    kam_free(x.before.f);
    kam_free(x.after.f);
    kam_str_release(&x.text);
    kam_str_release(&x.a);
    kam_str_release(&x.d);
    return rc;
}
