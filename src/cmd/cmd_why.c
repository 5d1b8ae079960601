/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why: the command `why` and the rows a command's explanation is made of. */
#include "cmd_why.h"
#include "cmd_bind.h"
#include "cmd_label.h"
#include "cmd_spec.h"
#include "cmd_uses.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "kam_money.h"
#include "store_field.h"
#include "store_setting.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cmd_why {
    cmd_session *s;
    const cmd_spec *c; /* the command asked about */
    const char *kind;
    int64_t id;
    char *code;
    const char *column;
    kam_table *result;
    size_t *row, n_row;
    kam_err unknown; /* why the subject is no object, while its being a value of the result is still open */
    char cell[KAM_CELL_MAX];
    kam_table *t;
    kam_column *part, *item, *value, *date, *source, *meaning, *try;
};

/* --- what was asked ------------------------------------------------------------------------------------------------ */

cmd_session *cmd_why_session(const cmd_why *w) { return w->s; }
const char *cmd_why_kind(const cmd_why *w) { return w->kind; }
int64_t cmd_why_id(const cmd_why *w) { return w->id; }
const char *cmd_why_code(const cmd_why *w) { return w->code; }
const char *cmd_why_column(const cmd_why *w) { return w->column; }
const kam_table *cmd_why_table(const cmd_why *w) { return w->result; }
size_t cmd_why_rows(const cmd_why *w) { return w->n_row; }
size_t cmd_why_row(const cmd_why *w, size_t i) { return w->row[i]; }

void cmd_why_pick(cmd_why *w, const size_t *rows, size_t n)
{
    KAM_ASSERT(n <= kam_table_rows(w->result));
    w->n_row = 0;
    for (size_t i = 0; i < n; i++) w->row[w->n_row++] = rows[i];
}

const char *cmd_why_cell(cmd_why *w, const char *column)
{
    int c = kam_table_index(w->result, column);
    if (c < 0 || w->n_row == 0 || kam_col_missing(kam_table_column(w->result, (size_t)c), w->row[0])) return NULL;
    return kam_table_cell(w->result, (size_t)c, w->row[0], w->cell);
}

bool cmd_why_number(const cmd_why *w, const char *column, double *out)
{
    const kam_column *c = kam_table_find(w->result, column);
    if (!c || w->n_row == 0 || kam_col_type(c) == KAM_TEXT || kam_col_missing(c, w->row[0])) return false;
    *out = kam_col_real(c, w->row[0]);
    return true;
}

/* --- what is answered ---------------------------------------------------------------------------------------------- */

static void push(cmd_why *w, const char *part, const char *item, const char *value, kam_day day, const char *source,
                 const char *meaning, const char *try)
{
    kam_col_push_text(w->part, part);
    kam_col_push_text(w->item, item);
    kam_col_push_text(w->value, value);
    if (day == CMD_UNSET_DAY) kam_col_push_missing(w->date);
    else kam_col_push_int(w->date, day);
    kam_col_push_text(w->source, source);
    kam_col_push_text(w->meaning, meaning);
    kam_col_push_text(w->try, try);
}

void cmd_why_rule(cmd_why *w, const char *code, cmd_text name, cmd_text rule)
{
    push(w, "rule", cmd_session_say(w->s, name), code, CMD_UNSET_DAY, NULL, cmd_session_say(w->s, rule), NULL);
}

void cmd_why_input(cmd_why *w, cmd_text item, const char *value, kam_day day, const char *source)
{
    push(w, "input", cmd_session_say(w->s, item), value, day, source,
         value ? NULL : cmd_session_say(w->s, (cmd_text){"not on record", "没有记录"}), NULL);
}

void cmd_why_input_int(cmd_why *w, cmd_text item, int64_t value, kam_day day, const char *source)
{
    char buf[32];
    snprintf(buf, sizeof buf, "%lld", (long long)value);
    cmd_why_input(w, item, buf, day, source);
}

/* Six digits are enough to follow a calculation; whole numbers stay whole. */
static double readable(double value)
{
    char digits[64];
    if (value == floor(value)) return value;
    snprintf(digits, sizeof digits, fabs(value) < 1e4 ? "%.6g" : "%.2f", value);
    return strtod(digits, NULL);
}

void cmd_why_input_real(cmd_why *w, cmd_text item, double value, kam_day day, const char *source)
{
    char buf[KAM_NUM_MAX];
    if (isfinite(value)) kam_format_real(readable(value), buf);
    cmd_why_input(w, item, isfinite(value) ? buf : NULL, day, source);
}

void cmd_why_input_money(cmd_why *w, cmd_text item, int64_t minor, kam_day day, const char *source)
{
    calc_arg a = calc_arg_money(minor, cmd_session_exponent(w->s));
    cmd_why_input(w, item, a.buf, day, source);
}

void cmd_why_input_cell(cmd_why *w, cmd_text item, const char *column, kam_day day)
{
    cmd_why_input(w, item, cmd_why_cell(w, column), day, NULL);
}

void cmd_why_setting_or(cmd_why *w, const char *name, const char *option, const char *given)
{
    if (!given) {
        cmd_why_setting(w, name);
        return;
    }
    kam_str b = KAM_STR_INIT;
    const store_setting *set = store_setting_find(name);
    if (!set || (w->c->settings && !cmd_uses_lists(w->c, name))) KAM_BUG("%s: why names a setting it does not list: %s", w->c->name, name);
    bool zh = cmd_session_lang(w->s) == CMD_LANG_ZH;
    kam_str_addf(&b, zh ? "%s（随命令给出，代替设置 %s）" : "%s (given with the command in place of the setting %s)", zh ? set->zh : set->en, name);
    push(w, "setting", option, given, CMD_UNSET_DAY, NULL, kam_str_cstr(&b), NULL);
    kam_str_release(&b);
}

void cmd_why_setting(cmd_why *w, const char *name)
{
    const store_setting *set = store_setting_find(name);
    if (!set || (w->c->settings && !cmd_uses_lists(w->c, name))) KAM_BUG("%s: why names a setting it does not list: %s", w->c->name, name);
    bool zh = cmd_session_lang(w->s) == CMD_LANG_ZH;
    const char *value = store_setting_text(cmd_session_store(w->s), name);
    kam_str meaning = KAM_STR_INIT;
    kam_str_add(&meaning, zh ? set->zh : set->en);
    if (set->dflt)
        kam_str_addf(&meaning, zh ? "（默认 %s，%s）" : " (default %s, %s)", set->dflt, cmd_setting_source(w->s, set->source));
    push(w, "setting", name, value, CMD_UNSET_DAY, NULL, kam_str_cstr(&meaning), NULL);
    kam_str_release(&meaning);
}

/* What a row says beside its sentence. */
struct row {
    const char *part, *item, *value;
    kam_day day;
    const char *source, *try;
};

static void say(cmd_why *w, struct row r, cmd_text sentence, const calc_arg *args, size_t n)
{
    kam_str b = KAM_STR_INIT;
    calc_text t = {"why", sentence.en, sentence.zh};
    calc_say(&b, cmd_session_lang(w->s) == CMD_LANG_ZH ? CALC_ZH : CALC_EN, &t, args, n);
    push(w, r.part, r.item, r.value, r.day, r.source, kam_str_cstr(&b), r.try);
    kam_str_release(&b);
}

void cmd_why_change(cmd_why *w, const char *try, cmd_text sentence, const calc_arg *args, size_t n)
{
    say(w, (struct row){.part = "change", .day = CMD_UNSET_DAY, .try = try}, sentence, args, n);
}

void cmd_why_note(cmd_why *w, cmd_text sentence, const calc_arg *args, size_t n)
{
    say(w, (struct row){.part = "rule", .day = CMD_UNSET_DAY}, sentence, args, n);
}

void cmd_why_fact(cmd_why *w, cmd_text item, const char *value, kam_day day, const char *source, cmd_text sentence,
                  const calc_arg *args, size_t n)
{
    say(w, (struct row){"input", cmd_session_say(w->s, item), value, day, source, NULL}, sentence, args, n);
}

void cmd_why_check(cmd_why *w, cmd_text item, cmd_why_met met, kam_day day, const char *source, cmd_text sentence,
                   const calc_arg *args, size_t n)
{
    static const cmd_text words[] = {{"no", "否"}, {"yes", "是"}, {"unknown", "未知"}};
    say(w, (struct row){"rule", cmd_session_say(w->s, item), cmd_session_say(w->s, words[met]), day, source, NULL}, sentence, args, n);
}

/* --- building `try` ------------------------------------------------------------------------------------------------ */

static void add_word(kam_str *out, const char *word)
{
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    Tcl_IncrRefCount(list);
    Tcl_ListObjAppendElement(NULL, list, Tcl_NewStringObj(word, -1));
    kam_str_add(out, Tcl_GetString(list));
    Tcl_DecrRefCount(list);
}

void cmd_why_try(kam_str *out, ...)
{
    va_list ap;
    if (out->len) kam_str_add(out, "; ");
    va_start(ap, out);
    bool first = true;
    for (const char *word; (word = va_arg(ap, const char *)) != NULL; first = false) {
        if (!first) kam_str_addc(out, ' ');
        if (first) kam_str_add(out, word); /* a command of two words stays two */
        else add_word(out, word);
    }
    va_end(ap);
}

void cmd_why_try_remove(kam_str *out, const char *entity, const char *account, kam_day from, const char *more)
{
    char date[KAM_DATE_MAX];
    kam_str_addf(out, "%sforeach k [%s list -where {account = %s}", out->len ? "; " : "", entity, account);
    if (from != CMD_UNSET_DAY) {
        kam_day_format(from, date);
        kam_str_addf(out, " -where {date >= %s}", date);
    }
    if (more) kam_str_addf(out, " -where {%s}", more);
    kam_str_addf(out, "] {%s remove [dict get $k id] -quiet}", entity);
}

const char *cmd_why_label(const cmd_why *w, const char *id, const char *key)
{
    kam_str b = KAM_STR_INIT;
    kam_str_addf(&b, "%s.%s", id, key);
    const char *s = cmd_label_text(kam_str_cstr(&b), cmd_session_lang(w->s));
    kam_str_release(&b);
    return s ? s : key;
}

/* "transaction 17", "assessment contact H-1 - authority 2026-03-01": entity and key fields as commands take them. */
static void add_source(kam_str *out, const store_entity *e, const kam_table *t, size_t row)
{
    kam_str_add(out, e->name);
    for (size_t i = 0; i < e->n_fields && (e->fields[i].flags & STORE_KEY); i++) {
        char cell[KAM_CELL_MAX];
        int c = kam_table_index(t, e->fields[i].name);
        if (c < 0 || kam_col_missing(kam_table_column(t, (size_t)c), row)) continue;
        if (e->fields[i].kind != STORE_AUTO && !store_field_positional(&e->fields[i])) kam_str_addf(out, " -%s", e->fields[i].name);
        kam_str_addf(out, " %s", kam_table_cell(t, (size_t)c, row, cell));
    }
}

kam_rc cmd_why_source(cmd_why *w, const char *entity, const store_where *where, size_t n_where, const char *sort, kam_str *out,
                      kam_err *err)
{
    const store_entity *e = store_entity_find(entity);
    KAM_ASSERT(e);
    store_query q = {.where = where, .n_where = n_where, .sort = &sort, .n_sort = sort ? 1 : 0, .limit = 1};
    kam_table *t = NULL;
    kam_rc rc = store_list(cmd_session_store(w->s), e, &q, &t, err);
    if (rc) return rc;
    if (kam_table_rows(t)) add_source(out, e, t, 0);
    kam_table_unref(t);
    return KAM_OK;
}

kam_rc cmd_why_records(cmd_why *w, cmd_text item, const char *entity, const store_where *where, size_t n_where,
                       const char *value_field, const char *day_field, size_t limit, size_t *found, kam_err *err)
{
    const store_entity *e = store_entity_find(entity);
    KAM_ASSERT(e);
    kam_str down = KAM_STR_INIT;
    if (day_field) kam_str_addf(&down, "-%s", day_field);
    const char *sort[] = {kam_str_cstr(&down)};
    store_query q = {.where = where, .n_where = n_where, .sort = sort, .n_sort = day_field ? 1 : 0, .limit = limit};
    kam_table *t = NULL;
    kam_rc rc = store_list(cmd_session_store(w->s), e, &q, &t, err);
    kam_str_release(&down);
    if (rc) return rc;
    const kam_column *day = day_field ? kam_table_find(t, day_field) : NULL;
    int value = value_field ? kam_table_index(t, value_field) : -1;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        kam_str source = KAM_STR_INIT;
        char cell[KAM_CELL_MAX];
        add_source(&source, e, t, i);
        bool has = value >= 0 && !kam_col_missing(kam_table_column(t, (size_t)value), i);
        push(w, "input", cmd_session_say(w->s, item), has ? kam_table_cell(t, (size_t)value, i, cell) : NULL,
             day && !kam_col_missing(day, i) ? kam_col_int(day, i) : CMD_UNSET_DAY, kam_str_cstr(&source), NULL, NULL);
        kam_str_release(&source);
    }
    if (found) *found = kam_table_rows(t);
    kam_table_unref(t);
    return KAM_OK;
}

/* --- the command --------------------------------------------------------------------------------------------------- */

struct why_args {
    const char *subject;
    cmd_objs words;
};

static const char *const KINDS[] = {"account", "contact", "opportunity", "rep", "product"};
enum { N_KINDS = sizeof KINDS / sizeof *KINDS };

/* What is asked about when no column is named: the first the result has. */
static const char *const DECIDES[] = {"class",   "verdict", "quadrant",  "relationship", "flag",    "status",
                                      "complete", "phase",  "score",     "health",       "risk",    "lifetime_value",
                                      "probability", "weighted", "influence", "line",     "profit", "upper_bound", "rank",         "future_value",
                                      "feeling", "filled",  "thinking", "present",      "relation_present", "seat",   "lowest",
                                      "advance_rate", "count", "known",    "usual_delay", "gap",   "coverage",   "difference", "advantage",
                                      "win_rate", "share",  "retention", "brier",      "error", "section"};

static kam_rc usage_error(kam_err *err, const char *why)
{
    kam_err_set(err, KAM_USAGE, "why: %s; usage: why SUBJECT COMMAND WORDS… ?-column NAME?", why);
    return kam_err_word(err, "why");
}

/* An object of one of the kinds by code or unique name; a code wins over a name of another kind. */
static kam_rc find_subject(cmd_why *w, const char *word, kam_err *err)
{
    kam_err first = KAM_ERR_INIT;
    size_t hits = 0;
    for (size_t i = 0; i < N_KINDS; i++) {
        kam_err e = KAM_ERR_INIT;
        int64_t id;
        char *code = NULL;
        kam_rc rc = store_lookup(cmd_session_store(w->s), store_entity_find(KINDS[i]), word, &id, &code, &e);
        if (rc == KAM_OK && (hits == 0 || (kam_streq(code, word) && !kam_streq(w->code, word)))) {
            kam_free(w->code);
            w->kind = KINDS[i];
            w->id = id;
            w->code = code;
            hits++;
        } else {
            kam_free(code);
            if (rc == KAM_OK) hits += !(kam_streq(w->code, word));
            else if (i == 0 || (e.code != KAM_NOTFOUND && first.code == KAM_NOTFOUND)) first = e;
        }
    }
    if (hits > 0) return KAM_OK;
    if (first.code != KAM_NOTFOUND) {
        if (err) *err = first;
        return first.code;
    }
    w->code = kam_strdup(word);
    w->unknown = first;
    return KAM_OK;
}

/* A word that is no object may be a row's name: a month of `forecast`, a stage of `funnel`. */
static kam_rc first_column_value(cmd_why *w, kam_err *err)
{
    const kam_column *c = kam_table_columns(w->result) ? kam_table_column(w->result, 0) : NULL;
    for (size_t i = 0; c && kam_col_type(c) == KAM_TEXT && i < kam_col_rows(c); i++)
        if (kam_streq(kam_col_text(c, i), w->code)) {
            w->kind = kam_col_name(c);
            return KAM_OK;
        }
    if (err) *err = w->unknown;
    return w->unknown.code;
}

static const cmd_spec *find_command(cmd_session *s, const cmd_objs *words, size_t *used)
{
    kam_str name = KAM_STR_INIT;
    const cmd_spec *c = NULL;
    for (size_t n = 2; n > 0 && !c; n--) {
        if (words->n < n) continue;
        kam_str_clear(&name);
        for (size_t i = 0; i < n; i++) kam_str_addf(&name, "%s%s", i ? " " : "", Tcl_GetString(words->obj[i]));
        c = cmd_spec_find(s, kam_str_cstr(&name));
        *used = n;
    }
    kam_str_release(&name);
    return c;
}

static kam_rc cannot_explain(cmd_session *s, const char *word, bool exists, kam_err *err)
{
    size_t n;
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    kam_str names = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++)
        if (all[i]->why) kam_str_addf(&names, "%s%s", names.len ? ", " : "", all[i]->name);
    kam_err_set(err, exists ? KAM_USAGE : KAM_NOTFOUND,
                exists ? "why: there is nothing to explain about \"%.60s\"; it can explain %s"
                       : "why: there is no command \"%.60s\"; it can explain %s", word, kam_str_cstr(&names));
    kam_err_word(err, exists ? "why" : "command");
    kam_str_release(&names);
    return exists ? err->code : kam_err_word(err, word);
}

/* The subject's rows of the result, and the column asked about. */
static kam_rc find_rows(cmd_why *w, const char *column, kam_err *err)
{
    kam_rc rc = w->kind ? KAM_OK : first_column_value(w, err);
    if (rc) return rc;
    const kam_table *t = w->result;
    const kam_column *key = kam_table_find(t, w->kind);
    w->row = kam_calloc(kam_table_rows(t) + 1, sizeof *w->row);
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (!key || kam_streq(kam_col_text(key, i), w->code)) w->row[w->n_row++] = i;
    for (size_t i = 0; !column && i < sizeof DECIDES / sizeof *DECIDES; i++)
        if (kam_table_find(t, DECIDES[i])) column = DECIDES[i];
    if (column && !kam_table_find(t, column)) {
        size_t n = kam_table_columns(t);
        const char **names = kam_calloc(n + 1, sizeof *names);
        for (size_t i = 0; i < n; i++) names[i] = kam_col_name(kam_table_column(t, i));
        kam_err_set(err, KAM_NOTFOUND, "why: the result has no column \"%.60s\"", column);
        kam_err_nearest(err, column, names, n);
        kam_free(names);
        kam_err_word(err, "column");
        return kam_err_word(err, column);
    }
    w->column = column;
    return KAM_OK;
}

/* Whatever order a command says it in: results, rules, inputs, settings, changes. */
static kam_table *in_order(kam_table *t)
{
    static const char *const order[] = {"result", "rule", "input", "setting", "change"};
    const kam_column *part = kam_table_find(t, "part");
    size_t n = kam_table_rows(t), k = 0, *rows = kam_calloc(n + 1, sizeof *rows);
    for (size_t p = 0; p < sizeof order / sizeof *order; p++)
        for (size_t i = 0; i < n; i++)
            if (kam_streq(kam_col_text(part, i), order[p])) rows[k++] = i;
    kam_table *sorted = kam_table_pick(t, rows, n);
    kam_free(rows);
    kam_table_unref(t);
    return sorted;
}

static void push_results(cmd_why *w)
{
    const kam_column *why = kam_table_find(w->result, "why"), *evidence = kam_table_find(w->result, "evidence");
    int c = w->column ? kam_table_index(w->result, w->column) : -1;
    for (size_t i = 0; c >= 0 && i < w->n_row; i++) {
        char cell[KAM_CELL_MAX];
        const kam_column *col = kam_table_column(w->result, (size_t)c);
        bool missing = kam_col_missing(col, w->row[i]);
        const kam_column *says = why ? why : evidence;
        const char *value = missing ? NULL : kam_table_cell(w->result, (size_t)c, w->row[i], cell);
        const char *word = value ? cmd_label_word(col, value, cmd_session_lang(w->s)) : NULL; /* the key in the reader's words */
        kam_str meaning = KAM_STR_INIT;
        if (word) kam_str_add(&meaning, word);
        if (says && !kam_col_missing(says, w->row[i]))
            kam_str_addf(&meaning, "%s%s", word ? "：" : "", kam_col_text(says, w->row[i]));
        /* A row of something else than the subject is named: "weighted amount, 2026-09". */
        const kam_column *first = kam_table_column(w->result, 0);
        kam_str item = KAM_STR_INIT;
        kam_str_add(&item, cmd_label_column(col, cmd_session_lang(w->s)));
        if (!kam_streq(kam_col_name(first), w->kind) && kam_col_type(first) == KAM_TEXT && !kam_col_missing(first, w->row[i])) {
            const char *of = kam_col_text(first, w->row[i]), *of_word = cmd_label_word(first, of, cmd_session_lang(w->s));
            kam_str_addf(&item, cmd_session_lang(w->s) == CMD_LANG_ZH ? "，%s" : ", %s", of_word ? of_word : of);
        }
        push(w, "result", kam_str_cstr(&item), value, CMD_UNSET_DAY, NULL, meaning.len ? kam_str_cstr(&meaning) : NULL, NULL);
        kam_str_release(&item);
        kam_str_release(&meaning);
    }
    if (w->n_row == 0)
        push(w, "result", w->column, NULL, CMD_UNSET_DAY, NULL,
             cmd_session_say(w->s, (cmd_text){"the result has no row of this subject", "结果中没有该对象的行"}), NULL);
}

static void start_table(cmd_why *w)
{
    w->t = kam_table_new();
    kam_table_set_currency(w->t, cmd_session_currency(w->s), cmd_session_exponent(w->s));
    kam_table_set_title(w->t, "why.title");
    w->part = kam_table_add_column(w->t, "part", KAM_TEXT, "why.part");
    w->item = kam_table_add_column(w->t, "item", KAM_TEXT, "why.item");
    w->value = kam_table_add_column(w->t, "value", KAM_TEXT, "why.value");
    w->date = kam_table_add_column(w->t, "date", KAM_DAY, "why.date");
    w->source = kam_table_add_column(w->t, "source", KAM_TEXT, "why.source");
    w->meaning = kam_table_add_column(w->t, "meaning", KAM_TEXT, "why.meaning");
    w->try = kam_table_add_column(w->t, "try", KAM_TEXT, "why.try");
}

/* Where an option only picks an account's rows out of the answer, the question is asked with it: that may cost far less. */
static void ask_about(const cmd_why *w, const cmd_spec *c, void *args)
{
    if (!c->of_account || !kam_streq(w->kind, "account")) return;
    for (const cmd_arg *a = c->args; a->name; a++) {
        if (!kam_streq(a->name, c->of_account)) continue;
        cmd_ref *ref = (cmd_ref *)((char *)args + a->offset);
        if (!ref->id) *ref = (cmd_ref){w->id, w->code};
    }
}

/* Bind and run the command, then let it explain itself. */
static kam_rc explain(cmd_why *w, const cmd_spec *c, int n, Tcl_Obj *const words[], const char *column, kam_err *err)
{
    cmd_bound b;
    cmd_value v = {NULL};
    kam_rc rc = cmd_bind(w->s, c, n, words, &b, err);
    if (!rc) ask_about(w, c, b.args);
    if (!rc) rc = cmd_spec_run(w->s, c, b.args, &v, err);
    if (!rc && !(v.obj && cmd_value_is_table(v.obj))) rc = usage_error(err, "this form of the command gives no table to explain");
    if (!rc) rc = cmd_value_table_get(w->s, v.obj, &w->result, err);
    if (!rc) rc = find_rows(w, column, err);
    if (!rc) {
        start_table(w);
        rc = c->why(w->s, b.args, w, err);
        if (!rc) push_results(w);
    }
    if (v.obj) Tcl_DecrRefCount(v.obj);
    cmd_bound_release(&b);
    return rc;
}

static kam_rc why_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct why_args *a = args;
    cmd_objs words = a->words;
    const char *column = NULL;
    size_t used = 0;
    if (words.n >= 2 && kam_streq(Tcl_GetString(words.obj[words.n - 2]), "-column")) {
        column = Tcl_GetString(words.obj[words.n - 1]);
        words.n -= 2;
    }
    if (words.n == 0) return usage_error(err, "the command is missing");
    const cmd_spec *c = find_command(s, &words, &used);
    if (!c || !c->why) return cannot_explain(s, Tcl_GetString(words.obj[0]), c != NULL, err);
    cmd_why w = {.s = s, .c = c};
    kam_rc rc = find_subject(&w, a->subject, err);
    if (!rc) rc = explain(&w, c, (int)(words.n - used), words.obj + used, column, err);
    if (w.t) {
        kam_table_seal(w.t);
        if (rc) kam_table_unref(w.t);
        else cmd_value_take_table(out, in_order(w.t));
    }
    kam_table_unref(w.result);
    kam_free(w.row);
    kam_free(w.code);
    return rc;
}

static const cmd_arg why_arg[] = {
    {.name = "subject", .kind = CMD_STRING, .offset = offsetof(struct why_args, subject), .flags = CMD_REQUIRED,
     .of = "account contact opportunity rep product",
     .help = {"code or name of an account, contact, opportunity, rep or product; or what the first column of the result holds (a month)",
              "客户、联系人、商机、客户经理或产品的编码或名称；或结果第一列的值（如月份）"}},
    {.name = "command", .kind = CMD_VALUE, .offset = offsetof(struct why_args, words), .flags = CMD_REQUIRED | CMD_REST | CMD_TAIL,
     .help = {"the command as it was asked, with its options; `-column NAME` at the end asks about that column",
              "所问的命令及其选项；末尾的 -column NAME 指定要解释的列"}},
    CMD_ARGS_END};

static const cmd_column why_columns[] = {
    {"part", KAM_TEXT, {"result, rule, input, setting or change", "结果、规则、输入、设置或变化"}, NULL},
    {"item", KAM_TEXT, {"what", "项目"}, NULL},
    {"value", KAM_TEXT, {"its value", "值"}, NULL},
    {"date", KAM_DAY, {"the day it holds for", "日期"}, NULL},
    {"source", KAM_TEXT, {"the record it stands in", "来源记录"}, NULL},
    {"meaning", KAM_TEXT, {"in words", "说明"}, NULL},
    {"try", KAM_TEXT, {"the command that brings the change about (try it in `begin -what-if`)", "实现该变化的命令（可在 begin -what-if 中试）"}, NULL},
    CMD_COLUMNS_END};

static const cmd_example why_examples[] = {
    {{"Which fact put ACME into its class?", "哪一事实决定了 ACME 的类别？"},
     "table select [table where [why ACME classify] {$part eq \"input\"}] item value date source",
     "item\tvalue\tdate\tsource\npurchase\t1200.00\t2025-05-02\ttransaction 1"},
    {{"What would change it?", "怎样才会改变？"},
     "table get [table where [why ACME classify] {$part eq \"change\"}] 0 meaning",
     "no purchase from 2024-07-01 on would leave it C"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_why_spec = {
    .name = "why",
    .summary = {"how a class, score, flag or verdict came about", "类别、评分、预警或结论的来由"},
    .detail = {"Names the rule, each input with its day and the record it stands in, each setting with the value in force, and what "
               "would change the result. The column `try` holds a command that brings such a change about: `begin -what-if`, try it, "
               "ask again, `rollback`.",
               "给出所用规则、每项输入及其日期与来源记录、每项设置的现值，以及怎样才会改变结果。try 列为实现该变化的命令："
               "begin -what-if 之后执行、再问一次，然后 rollback。"},
    .effect = CMD_READS,
    .args_size = sizeof(struct why_args),
    .args = why_arg,
    .columns = why_columns,
    .setup = "account add ACME -name Acme -known_since 2023-01-01; transaction add -account ACME -date 2025-05-02 -amount 1200",
    .examples = why_examples,
    .run = why_run,
    .topic = "questions"};
