/* SPDX-License-Identifier: GPL-3.0-or-later */
/* describe NAME of an account, a contact or an opportunity: one screen. Nothing is computed here: every line is asked of the
 * command that answers it at length; these commands are named below. A question that has no answer in these data is left out. */
#include "cmd_describe.h"
#include "cmd_facts.h"
#include "cmd_render.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_field.h"
#include <string.h>

/* The lifetime value fits a model to all accounts; beyond so many that is no glance any more. */
enum { PEOPLE = 3, DEALS = 3, FLAGS = 3, MOST_ACCOUNTS = 20000 };

typedef struct glance {
    cmd_session *s;
    const char *code;
    kam_table *t;
    kam_column *about, *what, *detail;
    kam_str text, more; /* of the line that is being put together; the commands asked so far */
} glance;

static bool zh(const glance *g) { return cmd_session_lang(g->s) == CMD_LANG_ZH; }
static const char *say(const glance *g, const char *en, const char *in_zh) { return zh(g) ? in_zh : en; }

/* The table a command of ours returns; NULL when it has no answer. Words are ended by NULL. */
static kam_table *ask(glance *g, const char *const *words)
{
    Tcl_Interp *interp = cmd_session_interp(g->s);
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    Tcl_IncrRefCount(list);
    for (; *words; words++) Tcl_ListObjAppendElement(NULL, list, Tcl_NewStringObj(*words, -1));
    kam_table *t = NULL;
    kam_err none = KAM_ERR_INIT;
    if (Tcl_EvalObjEx(interp, list, TCL_EVAL_GLOBAL) == TCL_OK) cmd_value_table_get(g->s, Tcl_GetObjResult(interp), &t, &none);
    Tcl_ResetResult(interp);
    Tcl_DecrRefCount(list);
    return t;
}
#define ASK(g, ...) ask((g), (const char *const[]){__VA_ARGS__, NULL})

/* A cell as people read it, appended after `label` (if any) and a separator; nothing when it is not there or missing. */
static bool add(glance *g, const kam_table *t, size_t row, const char *column, const char *label)
{
    int c = t ? kam_table_index(t, column) : -1;
    if (c < 0 || row >= kam_table_rows(t) || kam_col_missing(kam_table_column(t, (size_t)c), row)) return false;
    kam_str cell = KAM_STR_INIT;
    const kam_column *column_at = kam_table_column(t, (size_t)c);
    int decimals = kam_col_type(column_at) == KAM_REAL ? cmd_render_decimals(column_at) : 0;
    cmd_render_cell(t, (size_t)c, row, decimals, cmd_session_lang(g->s), &cell);
    bool any = cell.len > 0;
    if (any && g->text.len) kam_str_add(&g->text, say(g, "; ", "；"));
    if (any) kam_str_addf(&g->text, "%s%s%s", label ? label : "", label && !zh(g) ? " " : "", cell.s);
    kam_str_release(&cell);
    return any;
}

/* A line: what was added up to now is its detail; `more` is the command that says more. */
static void line(glance *g, const char *about, const char *what, const char *more)
{
    kam_col_push_text(g->about, about);
    kam_col_push_text(g->what, what);
    kam_col_push_text(g->detail, g->text.len ? g->text.s : NULL);
    kam_str_clear(&g->text);
    if (g->more.len && strstr(g->more.s, more)) return;
    kam_str_addf(&g->more, "%s%s", g->more.len ? " · " : "", more);
}

/* The first few of many, numbered. */
static void line_of(glance *g, const char *about, size_t k, size_t n, const char *what, const char *more)
{
    kam_str b = KAM_STR_INIT;
    kam_str_addf(&b, "%s %zu/%zu", about, k + 1, n);
    line(g, b.s, what, more);
    kam_str_release(&b);
}

static char *cell_text(glance *g, const kam_table *t, size_t row, const char *column)
{
    kam_str keep = g->text;
    g->text = (kam_str)KAM_STR_INIT;
    add(g, t, row, column, NULL);
    char *text = g->text.s ? kam_str_detach(&g->text) : kam_strdup("");
    g->text = keep;
    return text;
}

static char *with_code(const char *format, const char *code)
{
    kam_str b = KAM_STR_INIT;
    for (const char *p = format; *p; p++) {
        if (*p == '@') kam_str_add(&b, code);
        else kam_str_addc(&b, *p);
    }
    return kam_str_detach(&b);
}

/* --- an account --------------------------------------------------------------------------------------------------------- */

static void account_itself(glance *g)
{
    kam_table *t = ASK(g, "account", "show", g->code);
    static const char *const fields[] = {"name_en", "kind", "industry", "region", "ownership"};
    char *name = cell_text(g, t, 0, "name"), *more = with_code("account show @", g->code);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) add(g, t, 0, fields[i], NULL);
    add(g, t, 0, "known_since", say(g, "known since", "相识于 "));
    line(g, say(g, "account", "客户"), name, more);
    kam_free(name);
    kam_free(more);
    kam_table_unref(t);
}

/* One line for all: the classes, and why the life cycle says what it says. */
static void account_classes(glance *g)
{
    static const struct {
        const char *by, *en, *zh;
    } by[] = {{"yield", "yield", "产出"}, {"pyramid", "pyramid", "金字塔"}, {"ladder", "ladder", "阶梯"}, {"lifecycle", "life cycle", "生命周期"}};
    kam_str what = KAM_STR_INIT;
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
        kam_table *t = ASK(g, "classify", "-by", by[i].by, "-account", g->code);
        char *class_ = cell_text(g, t, 0, "class");
        if (*class_) kam_str_addf(&what, "%s%s %s", what.len ? say(g, ", ", "，") : "", say(g, by[i].en, by[i].zh), class_);
        if (kam_streq(by[i].by, "lifecycle")) add(g, t, 0, "why", NULL);
        kam_free(class_);
        kam_table_unref(t);
    }
    char *more = with_code("classify -account @", g->code);
    if (what.len) line(g, say(g, "class", "分类"), what.s, more);
    kam_free(more);
    kam_str_release(&what);
}

static void account_value(glance *g)
{
    int64_t n = 0;
    kam_err none = KAM_ERR_INIT;
    if (store_count(cmd_session_store(g->s), store_entity_find("account"), &n, &none) != KAM_OK || n > MOST_ACCOUNTS) return;
    kam_table *t = ASK(g, "lifetime-value", "-account", g->code);
    if (t && kam_table_rows(t)) {
        char *more = with_code("lifetime-value -account @", g->code), *value = cell_text(g, t, 0, "lifetime_value");
        add(g, t, 0, "future_value", say(g, "ahead", "未来 "));
        char *low = cell_text(g, t, 0, "future_low"), *high = cell_text(g, t, 0, "future_high");
        if (*low && *high) kam_str_addf(&g->text, " (%s … %s)", low, high);
        kam_free(low);
        kam_free(high);
        add(g, t, 0, "p_alive", say(g, "still a customer", "仍是客户的概率 "));
        line(g, say(g, "value", "价值"), value, more);
        kam_free(value);
        kam_free(more);
    }
    kam_table_unref(t);
}

static void one_person(glance *g, const kam_table *t, size_t row, size_t k, const char *more)
{
    add(g, t, row, "name", NULL);
    add(g, t, row, "title", NULL);
    char *name = g->text.len ? kam_str_detach(&g->text) : kam_strdup("");
    add(g, t, row, "buying_role", NULL);
    add(g, t, row, "attitude", say(g, "attitude", "态度 "));
    add(g, t, row, "last_met", say(g, "met", "见面 "));
    line_of(g, say(g, "person", "关键人"), k, kam_table_rows(t), name, more);
    kam_free(name);
}

/* By influence, the greatest first; ties in the map's own order. */
static void account_people(glance *g)
{
    kam_table *t = ASK(g, "stakeholder-map", g->code);
    size_t n = t ? kam_table_rows(t) : 0, shown = 0;
    const kam_column *influence = t ? kam_table_find(t, "influence") : NULL;
    bool *taken = kam_calloc(n + 1, sizeof *taken);
    char *more = with_code("stakeholder-map @", g->code);
    for (; shown < PEOPLE && shown < n; shown++) {
        size_t best = n;
        for (size_t i = 0; i < n; i++) {
            if (taken[i]) continue;
            double v = influence && !kam_col_missing(influence, i) ? kam_col_real(influence, i) : -1;
            double w = best < n && influence && !kam_col_missing(influence, best) ? kam_col_real(influence, best) : -1;
            if (best == n || v > w) best = i;
        }
        taken[best] = true;
        one_person(g, t, best, shown, more);
    }
    kam_free(taken);
    kam_free(more);
    kam_table_unref(t);
}

static void one_deal(glance *g, const kam_table *t, size_t i, size_t k, size_t n, const char *more)
{
    char *code = cell_text(g, t, i, "opportunity"), *title = cell_text(g, t, i, "name");
    kam_str what = KAM_STR_INIT;
    kam_str_addf(&what, "%s %s", code, title);
    add(g, t, i, "amount", NULL);
    add(g, t, i, "stage", NULL);
    add(g, t, i, "expected_close", say(g, "by", "预计 "));
    line_of(g, say(g, "open deal", "在谈商机"), k, n, what.s, more);
    kam_str_release(&what);
    kam_free(code);
    kam_free(title);
}

static void account_deals(glance *g)
{
    cmd_facts f = CMD_FACTS_INIT;
    kam_err none = KAM_ERR_INIT;
    if (cmd_facts_load(g->s, cmd_session_asof(g->s), STORE_F_OPPORTUNITIES, &f, &none) != KAM_OK) return;
    const kam_table *t = f.calc.opportunities;
    const kam_column *code = kam_table_find(f.held.accounts, "account"), *row = kam_table_find(t, "row"), *result = kam_table_find(t, "result");
    size_t n = 0, first[DEALS];
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        if (!kam_streq(kam_col_text(result, i), "open") || !kam_streq(kam_col_text(code, (size_t)kam_col_int(row, i)), g->code)) continue;
        if (n < DEALS) first[n] = i;
        n++;
    }
    char *more = with_code("opportunity list -where \"account = @\"", g->code);
    for (size_t k = 0; k < n && k < DEALS; k++) one_deal(g, t, first[k], k, n, more);
    kam_free(more);
    cmd_facts_release(&f);
}

/* Flags of all people, or of one. */
static void flags(glance *g, const char *account, const char *contact)
{
    kam_table *all = ASK(g, "stakeholder-map", account, "-view", "flags");
    kam_table *t = all && contact ? cmd_rows_where(all, "contact", contact) : all ? kam_table_ref(all) : NULL;
    size_t n = t ? kam_table_rows(t) : 0;
    char *more = with_code("stakeholder-map @ -view flags", account);
    for (size_t i = 0; i < n && i < FLAGS; i++) {
        char *what = cell_text(g, t, i, "evidence");
        line_of(g, say(g, "flag", "红旗"), i, n, what, more);
        kam_free(what);
    }
    kam_free(more);
    kam_table_unref(t);
    kam_table_unref(all);
}

static void last_of(glance *g, const char *entity, const char *condition, const char *sort, const char *about, const char *first,
                    const char *const *fields)
{
    char *where = with_code(condition, g->code);
    char until[KAM_DATE_MAX + 8] = "date <= ";
    kam_day_format(cmd_session_asof(g->s), until + strlen(until)); /* nothing dated later is read */
    kam_table *t = ASK(g, entity, "list", "-where", where, "-where", until, "-sort", sort, "-limit", "1");
    if (t && kam_table_rows(t)) {
        kam_str more = KAM_STR_INIT;
        kam_str_addf(&more, "%s list -where \"%s\"", entity, where);
        char *what = cell_text(g, t, 0, first);
        for (; *fields; fields++) add(g, t, 0, *fields, NULL);
        line(g, about, what, more.s);
        kam_free(what);
        kam_str_release(&more);
    }
    kam_free(where);
    kam_table_unref(t);
}

static void glance_account(glance *g)
{
    account_itself(g);
    account_classes(g);
    account_value(g);
    account_people(g);
    account_deals(g);
    flags(g, g->code, NULL);
    last_of(g, "interaction", "account = @", "-date", say(g, "last contact", "最近接触"), "date",
            (const char *const[]){"kind", "topic", "outcome", "rep", "next_step", NULL});
}

/* --- a contact, an opportunity ------------------------------------------------------------------------------------------ */

static void glance_contact(glance *g)
{
    kam_table *t = ASK(g, "contact", "show", g->code);
    char *account = cell_text(g, t, 0, "account"), *name = cell_text(g, t, 0, "name"), *more = with_code("contact show @", g->code);
    add(g, t, 0, "name_en", NULL);
    add(g, t, 0, "title", NULL);
    add(g, t, 0, "account", say(g, "of", "属 "));
    add(g, t, 0, "preferences", NULL);
    line(g, say(g, "contact", "联系人"), name, more);
    kam_table *map = ASK(g, "stakeholder-map", account);
    const kam_column *who = map ? kam_table_find(map, "contact") : NULL;
    for (size_t i = 0; who && i < kam_table_rows(map); i++) {
        if (kam_col_missing(who, i) || !kam_streq(kam_col_text(who, i), g->code)) continue;
        char *map_more = with_code("stakeholder-map @", account), *role = cell_text(g, map, i, "buying_role");
        add(g, map, i, "layer", NULL);
        add(g, map, i, "quadrant", NULL);
        add(g, map, i, "attitude", say(g, "attitude", "态度 "));
        add(g, map, i, "influence", say(g, "influence", "影响力 "));
        add(g, map, i, "last_met", say(g, "last met", "上次见面 "));
        line(g, say(g, "role", "角色"), role, map_more);
        kam_free(map_more);
        kam_free(role);
    }
    flags(g, account, g->code);
    last_of(g, "interaction", "contacts ~ @", "-date", say(g, "last contact", "最近接触"), "date",
            (const char *const[]){"kind", "topic", "outcome", "rep", "next_step", NULL});
    kam_free(account);
    kam_free(name);
    kam_free(more);
    kam_table_unref(t);
    kam_table_unref(map);
}

static void glance_opportunity(glance *g)
{
    kam_table *t = ASK(g, "opportunity", "show", g->code);
    char *name = cell_text(g, t, 0, "name"), *more = with_code("opportunity show @", g->code);
    static const char *const fields[] = {"account", "product", "result", "competitors"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) add(g, t, 0, fields[i], NULL);
    add(g, t, 0, "opened_on", say(g, "opened on", "建立于 "));
    line(g, say(g, "opportunity", "商机"), name, more);
    kam_free(more);
    kam_free(name);
    kam_table_unref(t);
    last_of(g, "stage-change", "opportunity = @", "-date", say(g, "stage", "阶段"), "stage",
            (const char *const[]){"date", "amount", "expected_close", NULL});
    if ((t = ASK(g, "assess-opportunity", g->code)) != NULL && kam_table_rows(t)) {
        name = cell_text(g, t, 0, "verdict");
        more = with_code("assess-opportunity @", g->code);
        add(g, t, 0, "why", NULL);
        add(g, t, 0, "unknown", say(g, "unknown marks:", "不明项 "));
        line(g, say(g, "standing", "胜算"), name, more);
        kam_free(name);
        kam_free(more);
    }
    kam_table_unref(t);
    last_of(g, "interaction", "opportunity = @", "-date", say(g, "last contact", "最近接触"), "date",
            (const char *const[]){"kind", "topic", "outcome", "rep", "next_step", NULL});
}

/* --- which of them ------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *entity;
    void (*run)(glance *g);
} kinds[] = {{"account", glance_account}, {"contact", glance_contact}, {"opportunity", glance_opportunity}};

kam_rc cmd_describe_glance(cmd_session *s, const char *name, kam_table **out, kam_err *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *code = NULL;
        int64_t id;
        kam_err own = KAM_ERR_INIT;
        kam_rc rc = store_lookup(cmd_session_store(s), store_entity_find(kinds[i].entity), name, &id, &code, &own);
        if (rc == KAM_NOTFOUND) continue;
        if (rc != KAM_OK) { /* ambiguous, or the database: the first that says so */
            if (err) *err = own;
            return rc;
        }
        glance g = {.s = s, .code = code, .t = kam_table_new()};
        kam_table_set_title(g.t, "describe.glance");
        g.about = kam_table_add_column(g.t, "about", KAM_TEXT, "describe.about");
        g.what = kam_table_add_column(g.t, "what", KAM_TEXT, "describe.what");
        g.detail = kam_table_add_column(g.t, "detail", KAM_TEXT, "describe.detail");
        kinds[i].run(&g);
        kam_str note = KAM_STR_INIT;
        kam_str_addf(&note, "%s%s", say(&g, "more: ", "更多："), kam_str_cstr(&g.more));
        kam_table_add_note(g.t, note.s);
        kam_str_release(&note);
        kam_table_seal(g.t);
        kam_str_release(&g.text);
        kam_str_release(&g.more);
        kam_free(code);
        *out = g.t;
        return KAM_OK;
    }
    *out = NULL;
    return KAM_OK;
}
