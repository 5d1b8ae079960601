/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_remind.h"
#include "calc_festival.h"
#include "calc_next.h"
#include "calc_use.h"
#include "kam_mem.h"
#include "kam_sort.h"
#include <stdlib.h>
#include <string.h>

const char *const calc_remind_kinds[] = {"birthday", "festival", "known", "member", "renewal", "end", "step", "purchase", NULL};

kam_day calc_remind_yearly(kam_day day, int year)
{
    int y, m, d;
    kam_day_to_ymd(day, &y, &m, &d);
    if (!kam_ymd_valid(year, m, d)) d = 28; /* 29 February in a common year */
    return kam_day_from_ymd(year, m, d);
}

/* --- gathering ---------------------------------------------------------------------------------------------------------- */

/* One reminder; texts are lent by the inputs or live in the arena. */
typedef struct item {
    kam_day day;
    int kind;
    size_t account;   /* SIZE_MAX: none */
    const char *contact, *person, *rep, *source, *uid, *what;
} item;

typedef struct pile {
    const calc_remind_in *in;
    const calc_remind_params *p;
    const kam_column *acc[CALC_ACC_COLS];
    size_t n_accounts, n, cap;
    const char **owner; /* by account; NULL: none */
    item *v;
    kam_arena text;
} pile;

static bool wants(const pile *g, int kind, size_t account, const char *rep)
{
    const calc_remind_params *p = g->p;
    if (p->kinds && !(p->kinds & (1u << kind))) return false;
    if (account == SIZE_MAX) return true;
    if (p->only != SIZE_MAX && account != p->only) return false;
    return !p->rep || (rep && strcmp(rep, p->rep) == 0);
}

static const char *code_of(const pile *g, size_t account) { return kam_col_text(g->acc[CALC_ACC_CODE], account); }
static const char *name_of(const pile *g, size_t account) { return kam_col_text(g->acc[CALC_ACC_NAME], account); }

static item *add(pile *g, kam_day day, int kind, size_t account, const char *rep)
{
    KAM_GROW(g->v, g->cap, g->n + 1);
    g->v[g->n] = (item){.day = day, .kind = kind, .account = account, .rep = rep};
    return &g->v[g->n++];
}

static const char *say(pile *g, const calc_text *t, const calc_arg *args, size_t n)
{
    kam_str b = KAM_STR_INIT;
    calc_say(&b, g->p->lang, t, args, n);
    const char *s = kam_arena_strdup(&g->text, kam_str_cstr(&b));
    kam_str_release(&b);
    return s;
}

static const char *half(pile *g, const char *s)
{
    kam_str b = KAM_STR_INIT;
    calc_say_half(&b, g->p->lang, s);
    const char *out = kam_arena_strdup(&g->text, kam_str_cstr(&b));
    kam_str_release(&b);
    return out;
}

static void years_of(const pile *g, int *first, int *last)
{
    int m, d;
    kam_day_to_ymd(g->p->asof, first, &m, &d);
    kam_day_to_ymd(g->p->asof + g->p->days, last, &m, &d);
}

static bool near(const pile *g, kam_day day) { return day >= g->p->asof && day <= g->p->asof + g->p->days; }

/* --- kind by kind --------------------------------------------------------------------------------------------------------- */

static const calc_text birthday_age = {"remind.birthday", "{1} turns {2}", "{1} {2} 岁生日"};
static const calc_text birthday_plain = {"remind.birthday-plain", "birthday of {1}", "{1} 生日"};
enum { AGE_LEAST = 10, AGE_MOST = 110 }; /* an age outside means that the year was not known */

static kam_rc birthdays(pile *g, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"contact", KAM_TEXT, false}, {"name", KAM_TEXT, false}, {"birthday", KAM_DAY, false}};
    const kam_column *c[4];
    int first, last;
    kam_rc rc = calc_use_table(g->in->persons, "persons", want, 4, c, err);
    years_of(g, &first, &last);
    for (size_t i = 0; !rc && i < calc_use_rows(g->in->persons); i++) {
        size_t a = calc_row_at(c[0], i, g->n_accounts);
        if (a == SIZE_MAX || !calc_known(c[3], i) || !wants(g, CALC_REMIND_BIRTHDAY, a, g->owner[a])) continue;
        kam_day born = kam_col_int(c[3], i);
        int y, m, d;
        kam_day_to_ymd(born, &y, &m, &d);
        for (int year = first; year <= last; year++) {
            kam_day day = calc_remind_yearly(born, year);
            if (!near(g, day)) continue;
            item *x = add(g, day, CALC_REMIND_BIRTHDAY, a, g->owner[a]);
            x->contact = kam_col_text(c[1], i);
            x->person = kam_col_text(c[2], i);
            bool age = year - y >= AGE_LEAST && year - y <= AGE_MOST;
            x->what = say(g, age ? &birthday_age : &birthday_plain, CALC_ARGS(calc_arg_text(half(g, x->person)), calc_arg_int(year - y)));
            x->source = kam_arena_printf(&g->text, "contact %s", x->contact);
            x->uid = kam_arena_printf(&g->text, "birthday-%s-%d", x->contact, year);
        }
    }
    return rc;
}

static void festivals(pile *g)
{
    int first, last;
    years_of(g, &first, &last);
    for (int year = first; year <= last; year++) {
        calc_festival f[CALC_FESTIVALS_A_YEAR];
        size_t n = calc_festivals(year, f);
        for (size_t i = 0; i < n; i++) {
            if (!near(g, f[i].day) || !wants(g, CALC_REMIND_FESTIVAL, SIZE_MAX, NULL)) continue;
            item *x = add(g, f[i].day, CALC_REMIND_FESTIVAL, SIZE_MAX, NULL);
            x->what = g->p->lang == CALC_ZH ? f[i].name->zh : f[i].name->en;
            x->uid = kam_arena_printf(&g->text, "festival-%s-%d", f[i].name->id, year);
        }
    }
}

/* One year, and more. */
static const calc_text known_for[] = {{"remind.known-one", "we have known {1} for a year", "与{1}相识 {2} 周年"},
                                      {"remind.known", "we have known {1} for {2} years", "与{1}相识 {2} 周年"}};
static const calc_text member_for[] = {{"remind.member-one", "{1} has been a member for a year", "{1} 入会 {2} 周年"},
                                       {"remind.member", "{1} has been a member for {2} years", "{1} 入会 {2} 周年"}};

static void anniversary(pile *g, int kind, const kam_column *since, size_t a, const calc_text t[2])
{
    int first, last, y, m, d;
    if (!calc_known(since, a) || !wants(g, kind, a, g->owner[a])) return;
    kam_day from = kam_col_int(since, a);
    kam_day_to_ymd(from, &y, &m, &d);
    years_of(g, &first, &last);
    for (int year = first > y ? first : y + 1; year <= last; year++) {
        kam_day day = calc_remind_yearly(from, year);
        if (!near(g, day)) continue;
        item *x = add(g, day, kind, a, g->owner[a]);
        x->what = say(g, &t[year - y > 1], CALC_ARGS(calc_arg_text(half(g, name_of(g, a))), calc_arg_int(year - y)));
        x->source = kam_arena_printf(&g->text, "account %s", code_of(g, a));
        x->uid = kam_arena_printf(&g->text, "%s-%s-%d", calc_remind_kinds[kind], code_of(g, a), year);
    }
}

static kam_rc anniversaries(pile *g, kam_err *err)
{
    static const calc_use want[] = {{"known_since", KAM_DAY, true}, {"member_since", KAM_DAY, true}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(g->in->facts.accounts, "accounts", want, 2, c, err);
    for (size_t a = 0; !rc && a < g->n_accounts && calc_goes_on(g->in->facts.accounts, a, 0); a++) {
        anniversary(g, CALC_REMIND_KNOWN, c[0], a, known_for);
        anniversary(g, CALC_REMIND_MEMBER, c[1], a, member_for);
    }
    return rc;
}

static const calc_text renewal_due = {"remind.renewal", "contract {1} is to be renewed", "合同 {1} 续签"};
static const calc_text contract_ends = {"remind.end", "contract {1} ends", "合同 {1} 到期"};

static kam_rc contracts(pile *g, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"contract", KAM_TEXT, false}, {"renewal", KAM_DAY, false}, {"end", KAM_DAY, false}};
    const kam_column *c[4];
    kam_rc rc = calc_use_table(g->in->renewals, "renewals", want, 4, c, err);
    for (size_t i = 0; !rc && i < calc_use_rows(g->in->renewals); i++) {
        size_t a = calc_row_at(c[0], i, g->n_accounts);
        if (a == SIZE_MAX) continue;
        bool runs = !calc_known(c[3], i) || kam_col_int(c[3], i) >= g->p->asof;
        for (int kind = CALC_REMIND_RENEWAL; kind <= CALC_REMIND_END; kind++) {
            const kam_column *when = c[kind == CALC_REMIND_RENEWAL ? 2 : 3];
            if (!runs || !calc_known(when, i) || !wants(g, kind, a, g->owner[a])) continue;
            kam_day day = kam_col_int(when, i);
            bool late = kind == CALC_REMIND_RENEWAL && day < g->p->asof && calc_known(c[3], i); /* passed, and still running */
            if (!near(g, day) && !late) continue;
            item *x = add(g, day, kind, a, g->owner[a]);
            const char *code = kam_col_text(c[1], i);
            x->what = say(g, kind == CALC_REMIND_RENEWAL ? &renewal_due : &contract_ends, CALC_ARGS(calc_arg_text(code)));
            x->source = kam_arena_printf(&g->text, "contract %s", code);
            x->uid = kam_arena_printf(&g->text, "%s-%s", calc_remind_kinds[kind], code);
        }
    }
    return rc;
}

static kam_rc steps(pile *g, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"source", KAM_TEXT, false}, {"rep", KAM_TEXT, false},
                                    {"what", KAM_TEXT, false}, {"due", KAM_DAY, false}};
    static const calc_text unnamed = {"remind.step", "next step", "下一步"};
    const kam_column *c[5];
    kam_rc rc = calc_use_table(g->in->steps, "steps", want, 5, c, err);
    for (size_t i = 0; !rc && i < calc_use_rows(g->in->steps); i++) {
        size_t a = calc_row_at(c[0], i, g->n_accounts);
        if (a == SIZE_MAX || !calc_known(c[4], i)) continue;
        const char *rep = calc_known(c[2], i) ? kam_col_text(c[2], i) : g->owner[a];
        if (kam_col_int(c[4], i) > g->p->asof + g->p->days || !wants(g, CALC_REMIND_STEP, a, rep)) continue;
        item *x = add(g, kam_col_int(c[4], i), CALC_REMIND_STEP, a, rep);
        x->what = calc_known(c[3], i) ? kam_col_text(c[3], i) : say(g, &unnamed, NULL, 0);
        x->source = kam_col_text(c[1], i);
        char *uid = kam_arena_printf(&g->text, "step-%s", x->source);
        for (char *s = uid; *s; s++)
            if (*s == ' ') *s = '-';
        x->uid = uid;
    }
    return rc;
}

static const calc_text purchase_due = {"remind.purchase", "{1} is expected to buy{2}; last on {3}", "{1} 预计采购{2}，上次 {3}"};

/* Place of an account by its code; accounts are by code. */
static size_t place_of(const pile *g, const char *code)
{
    size_t lo = 0, hi = g->n_accounts;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(code_of(g, mid), code) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo < g->n_accounts && strcmp(code_of(g, lo), code) == 0 ? lo : SIZE_MAX;
}

void calc_remind_next(const calc_remind_params *p, calc_next_params *out)
{
    *out = (calc_next_params)CALC_NEXT_PARAMS(p->asof, p->lang);
    out->lost = p->lost;
    out->days = p->days;
    out->only = p->only;
    out->terse = true;
    out->frame = p->frame;
    out->learn = p->learn;
}

/* The expected day of each account's next purchase, from calc_next. */
static kam_rc purchases(pile *g, kam_err *err)
{
    static const calc_use want[] = {{"account", KAM_TEXT, false}, {"expected", KAM_DAY, false}, {"gaps", KAM_INT, false},
                                    {"last_purchase", KAM_DAY, false}, {"product", KAM_TEXT, false}};
    calc_next_params np;
    const kam_column *c[5];
    kam_table *calls = NULL;
    if (g->p->kinds && !(g->p->kinds & (1u << CALC_REMIND_PURCHASE))) return KAM_OK;
    calc_remind_next(g->p, &np);
    np.progress = kam_table_watch(g->in->facts.accounts);
    kam_rc rc = calc_next_calls(&g->in->facts, g->in->quantities, g->in->habits, &np, &calls, err);
    if (!rc) rc = calc_use_table(calls, "calls", want, 5, c, err);
    for (size_t i = 0; !rc && i < calc_use_rows(calls) && calc_goes_on(calls, i, 0); i++) {
        size_t a = place_of(g, kam_col_text(c[0], i));
        if (a == SIZE_MAX || !calc_known(c[1], i) || kam_col_int(c[2], i) + 1 < g->p->purchases || !wants(g, CALC_REMIND_PURCHASE, a, g->owner[a])) continue;
        kam_day day = kam_col_int(c[1], i);
        if (day < g->p->asof - g->p->days || day > g->p->asof + g->p->days) continue;
        item *x = add(g, day, CALC_REMIND_PURCHASE, a, g->owner[a]);
        const char *product = calc_known(c[4], i) ? kam_arena_printf(&g->text, " %s", kam_col_text(c[4], i)) : "";
        x->what = say(g, &purchase_due, CALC_ARGS(calc_arg_text(half(g, name_of(g, a))), calc_arg_text(product), calc_arg_day(kam_col_int(c[3], i))));
        x->source = kam_arena_printf(&g->text, "account %s", code_of(g, a));
        x->uid = kam_arena_printf(&g->text, "purchase-%s", code_of(g, a));
    }
    kam_table_unref(calls);
    return rc;
}

/* --- the result ------------------------------------------------------------------------------------------------------------- */

static int by_day(const void *p, const void *q)
{
    const item *a = p, *b = q;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    if (a->kind != b->kind) return a->kind - b->kind;
    if (a->account != b->account) return a->account < b->account ? -1 : 1;
    return strcmp(a->uid, b->uid);
}

static kam_rc read_owners(pile *g, kam_err *err)
{
    static const calc_use want[] = {{"row", KAM_INT, false}, {"owner", KAM_TEXT, false}};
    const kam_column *c[2];
    kam_rc rc = calc_use_table(g->in->owners, "owners", want, 2, c, err);
    g->owner = kam_calloc(g->n_accounts + 1, sizeof *g->owner);
    for (size_t i = 0; !rc && i < calc_use_rows(g->in->owners); i++) {
        size_t a = calc_row_at(c[0], i, g->n_accounts);
        if (a != SIZE_MAX) g->owner[a] = calc_text_at(c[1], i);
    }
    return rc;
}

static const calc_text note_lunar = {"remind.lunar", "lunar festivals are known for {1}–{2} only", "农历节日仅收录 {1}–{2} 年"};

static kam_table *lay_out(pile *g)
{
    static const calc_col cols[] = {
        {"date", KAM_DAY, "remind.date"}, {"in_days", KAM_INT, "remind.in_days"}, {"reminder", KAM_TEXT, "remind.reminder"},
        {"account", KAM_TEXT, "remind.account"}, {"name", KAM_TEXT, "remind.name"}, {"contact", KAM_TEXT, "remind.contact"},
        {"person", KAM_TEXT, "remind.person"}, {"rep", KAM_TEXT, "remind.rep"}, {"what", KAM_TEXT, "remind.what"},
        {"source", KAM_TEXT, "remind.source"}, {"uid", KAM_TEXT, "remind.uid"}};
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("remind.title", g->in->facts.accounts, cols, CALC_COUNT(cols), c);
    if (g->n) kam_sort(g->v, g->n, sizeof *g->v, by_day, kam_table_watch(t));
    for (size_t i = 0; i < g->n && calc_goes_on(t, i, g->n); i++) {
        const item *x = &g->v[i];
        kam_col_push_int(c[0], x->day);
        kam_col_push_int(c[1], x->day - g->p->asof);
        kam_col_push_text(c[2], calc_remind_kinds[x->kind]);
        kam_col_push_text(c[3], x->account == SIZE_MAX ? NULL : code_of(g, x->account));
        kam_col_push_text(c[4], x->account == SIZE_MAX ? NULL : name_of(g, x->account));
        kam_col_push_text(c[5], x->contact);
        kam_col_push_text(c[6], x->person);
        kam_col_push_text(c[7], x->rep);
        kam_col_push_text(c[8], x->what);
        kam_col_push_text(c[9], x->source);
        kam_col_push_text(c[10], x->uid);
    }
    int first, last;
    years_of(g, &first, &last);
    if (first < CALC_FESTIVAL_FIRST || last > CALC_FESTIVAL_LAST)
        calc_note_say(t, g->p->lang, &note_lunar, CALC_ARGS(calc_arg_int(CALC_FESTIVAL_FIRST), calc_arg_int(CALC_FESTIVAL_LAST)));
    return t;
}

kam_rc calc_remind(const calc_remind_in *in, const calc_remind_params *p, kam_table **out, kam_err *err)
{
    pile g = {.in = in, .p = p, .text = KAM_ARENA_INIT};
    kam_rc rc = calc_use_accounts(&in->facts, true, g.acc, &g.n_accounts, err);
    if (rc) return rc;
    rc = read_owners(&g, err);
    if (!rc) rc = birthdays(&g, err);
    if (!rc) rc = anniversaries(&g, err);
    if (!rc) rc = contracts(&g, err);
    if (!rc) rc = steps(&g, err);
    if (!rc) rc = purchases(&g, err);
    if (!rc) {
        festivals(&g);
        rc = calc_out_done(lay_out(&g), out, err);
    }
    kam_free(g.v);
    kam_free(g.owner);
    kam_arena_release(&g.text);
    return rc;
}
