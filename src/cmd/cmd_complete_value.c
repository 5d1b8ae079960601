/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of a place: by the argument's kind, and for some by what was typed before it (the value of a setting, the
 * criterion of a card, the parameters of a template, the columns of a table). */
#include "calc_card.h"
#include "cmd_complete.h"
#include "cmd_entity.h"
#include "cmd_facts.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "store.h"
#include "store_field.h"
#include "store_query_run.h"
#include "store_setting.h"
#include <stdio.h>
#include <string.h>

static bool chinese(const cmd_offer *o) { return cmd_session_lang(o->s) == CMD_LANG_ZH; }

/* --- names in the database and in the program -------------------------------------------------------------------- */

static void take_keys(cmd_offer *o, kam_table *t, size_t more, bool many)
{
    const kam_column *key = kam_table_find(t, "key"), *note = kam_table_find(t, "note");
    for (size_t i = 0; i < kam_table_rows(t); i++) cmd_offer_add(o, kam_col_text(key, i), kam_col_text(note, i));
    kam_table_unref(t);
    o->more += more;
    o->many |= many;
    o->keys = true;
}

/* Records that have a number instead of a code. */
static void add_records(cmd_offer *o, const store_entity *e)
{
    kam_table *t = NULL;
    size_t more = 0;
    bool many = false;
    if (store_complete_record(cmd_session_store(o->s), e, o->prefix, chinese(o), CMD_COMPLETE_MAX, &t, &more, &many, NULL) == KAM_OK)
        take_keys(o, t, more, many);
}

static void add_objects(cmd_offer *o, const char *of)
{
    const store_entity *e = of ? store_entity_find(of) : NULL;
    kam_table *t = NULL;
    size_t more = 0;
    bool many = false;
    if (e && e->flags & STORE_E_AUTO) {
        add_records(o, e);
        return;
    }
    if (!e || store_complete(cmd_session_store(o->s), e, o->prefix, CMD_COMPLETE_MAX, &t, &more, &many, NULL) != KAM_OK) return;
    const kam_column *code = kam_table_find(t, "code"), *name = kam_table_find(t, "name");
    for (size_t i = 0; i < kam_table_rows(t); i++) cmd_offer_add(o, kam_col_text(code, i), kam_col_text(name, i));
    kam_table_unref(t);
    o->more += more;
    o->many |= many;
}

/* Objects of several kinds: "account contact rep". */
static void add_objects_of(cmd_offer *o, const char *kinds)
{
    for (const char *k = kinds; *k;) {
        size_t n = strcspn(k, " ");
        char *kind = kam_strndup(k, n);
        add_objects(o, kind);
        kam_free(kind);
        k += n + (k[n] == ' ');
    }
}

void cmd_offer_objects(cmd_offer *o, const char *kinds) { add_objects_of(o, kinds); }

static void add_fields(cmd_offer *o, const char *of)
{
    const store_entity *e = of ? store_entity_find(of) : NULL;
    for (size_t i = 0; e && i < e->n_fields; i++)
        cmd_offer_matching(o, e->fields[i].name, chinese(o) ? e->fields[i].zh : e->fields[i].en);
}

static void add_entities(cmd_offer *o)
{
    size_t n;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) cmd_offer_matching(o, e[i].name, chinese(o) ? e[i].zh : e[i].en);
}

static void add_settings(cmd_offer *o)
{
    size_t n;
    const store_setting *list = store_settings(&n);
    for (size_t i = 0; i < n; i++) cmd_offer_matching(o, list[i].name, chinese(o) ? list[i].zh : list[i].en);
}

static void add_enum(cmd_offer *o, const store_enum *v)
{
    for (; v && v->name; v++) {
        const char *label = chinese(o) ? v->zh : v->en;
        if (kam_str_starts(v->name, o->prefix) || (*o->prefix && label && kam_str_starts(label, o->prefix))) cmd_offer_add(o, v->name, label);
    }
}

/* --- by what was typed before --------------------------------------------------------------------------------------- */

/* The word given for the argument of that name; NULL: none. */
static const char *given(const cmd_place *p, const char *name)
{
    size_t at = 0;
    for (int i = 0; i < p->n; i++) {
        const char *w = Tcl_GetString(p->word[i]);
        const cmd_arg *a = cmd_place_option(p->c, w);
        if (a && a->kind == CMD_FLAG) continue;
        if (a) {
            if (++i < p->n && strcmp(a->name, name) == 0) return Tcl_GetString(p->word[i]);
            continue;
        }
        const cmd_arg *q = cmd_place_positional(p->c, at++);
        if (q && strcmp(q->name, name) == 0) return w;
    }
    return NULL;
}

static void add_setting_value(cmd_offer *o, const char *name)
{
    const store_setting *set = name ? store_setting_find(name) : NULL;
    if (!set) return;
    const char *now = store_setting_text(cmd_session_store(o->s), name);
    if (set->kind == STORE_S_ENUM) add_enum(o, set->values);
    else if (set->kind == STORE_S_FLAG) {
        cmd_offer_matching(o, "0", "");
        cmd_offer_matching(o, "1", "");
    } else {
        if (now) cmd_offer_matching(o, now, chinese(o) ? "现值" : "as it is");
        if (set->dflt && !kam_streq(now, set->dflt)) cmd_offer_matching(o, set->dflt, chinese(o) ? "缺省值" : "default");
    }
}

static void add_criteria(cmd_offer *o, const char *name)
{
    const calc_card *card = name ? calc_card_find(name) : NULL;
    for (size_t i = 0; card && i < card->n; i++)
        cmd_offer_matching(o, card->criteria[i].key, calc_card_text(&card->criteria[i].name, cmd_facts_lang(o->s)));
}

static void add_cards(cmd_offer *o)
{
    size_t n;
    const calc_card *const *cards = calc_cards(&n);
    for (size_t i = 0; i < n; i++) cmd_offer_matching(o, cards[i]->key, calc_card_text(&cards[i]->name, cmd_facts_lang(o->s)));
}

/* Whom a card or an assessment is about. */
static void add_subjects(cmd_offer *o, const cmd_place *p)
{
    const char *kind = given(p, "subject_kind"), *name = given(p, "card");
    const calc_card *card = name ? calc_card_find(name) : NULL;
    if (kind) add_objects(o, kind);
    else if (card) add_objects_of(o, card->subjects);
    else add_objects_of(o, "account contact opportunity");
}

static void add_attributes(cmd_offer *o, const cmd_place *p)
{
    size_t n;
    const store_attribute *a = store_attributes(&n);
    const char *kind = given(p, "subject_kind");
    for (size_t i = 0; i < n; i++)
        if (!kind || strcmp(a[i].subject, kind) == 0) cmd_offer_matching(o, a[i].name, chinese(o) ? a[i].zh : a[i].en);
}

static void add_attribute_value(cmd_offer *o, const cmd_place *p)
{
    const char *kind = given(p, "subject_kind"), *name = given(p, "attribute");
    const store_attribute *a = kind && name ? store_attribute_find(kind, name) : NULL;
    if (a && a->values) add_enum(o, a->values);
    else if (a && a->kind == STORE_REF) add_objects(o, "rep");
}

/* A further part of the key of a record: what there is under the parts typed before. */
static bool add_key_part(cmd_offer *o, const cmd_place *p, const store_entity *e)
{
    const store_field *f = store_field_find(e, p->a->name);
    store_value before[8];
    size_t n = 0;
    if (!f || e->flags & (STORE_E_NAMED | STORE_E_NAME) || !store_field_positional(f) || (f->kind != STORE_DAY && f->kind != STORE_CODE && f->kind != STORE_PERIOD)) return false;
    for (size_t i = 0; &e->fields[i] < f && n < sizeof before / sizeof *before; i++)
        if (store_field_positional(&e->fields[i])) before[n++] = (store_value){e->fields[i].name, given(p, e->fields[i].name)};
    kam_table *t = NULL;
    size_t more = 0;
    if (store_complete_key(cmd_session_store(o->s), e, f, before, n, o->prefix, CMD_COMPLETE_MAX, &t, &more, NULL) != KAM_OK) return false;
    take_keys(o, t, more, false);
    return true;
}

/* The next word of a text of words and blanks (caller frees); NULL: none is left. */
static char *next_word(const char **text)
{
    *text += strspn(*text, " ");
    size_t n = strcspn(*text, " ");
    char *w = n ? kam_strndup(*text, n) : NULL;
    *text += n;
    return w;
}

/* Templates, or the parameters of one, as `report list` knows them. */
static void add_templates(cmd_offer *o, const char *parameters_of)
{
    Tcl_Obj *list = NULL;
    kam_table *t = NULL;
    Tcl_InterpState state = Tcl_SaveInterpState(o->s->interp, TCL_OK);
    if (Tcl_EvalEx(o->s->interp, "::kam::report list", -1, TCL_EVAL_GLOBAL) == TCL_OK) list = Tcl_GetObjResult(o->s->interp);
    if (list) Tcl_IncrRefCount(list);
    if (list && cmd_value_table_get(o->s, list, &t, NULL) == KAM_OK && kam_table_rows(t) > 0) {
        const kam_column *name = kam_table_find(t, "name"), *summary = kam_table_find(t, "summary"), *parameters = kam_table_find(t, "parameters");
        for (size_t i = 0; name && i < kam_table_rows(t); i++) {
            if (!parameters_of) cmd_offer_matching(o, kam_col_text(name, i), summary ? kam_col_text(summary, i) : "");
            else if (parameters && kam_streq(kam_col_text(name, i), parameters_of)) {
                const char *text = kam_col_text(parameters, i) ? kam_col_text(parameters, i) : "";
                for (char *w; (w = next_word(&text)) != NULL; kam_free(w)) { /* "-account ACCOUNT ?-edition a|b?" */
                    const char *name_only = w + (*w == '?');
                    if (*name_only == '-') cmd_offer_matching(o, name_only + 1, "");
                }
            }
        }
    }
    kam_table_unref(t);
    if (list) Tcl_DecrRefCount(list);
    Tcl_RestoreInterpState(o->s->interp, state);
}

enum { MAX_NESTED = 8 };
static bool add_columns_of(cmd_offer *o, Tcl_Obj *given, int depth);

/* Downwards: as `-COLUMN`. */
static void offer_column(cmd_offer *o, const char *name, const char *note)
{
    kam_str down = KAM_STR_INIT;
    if (o->downwards) kam_str_addf(&down, "-%s", name);
    cmd_offer_matching(o, o->downwards ? kam_str_cstr(&down) : name, note);
    kam_str_release(&down);
}

/* The columns of what a command gives, "[account list -limit 3]", as its record says; it is not run. Those of a `table …` are
 * those of the table it is given. */
static bool add_columns_by(cmd_offer *o, const char *bracketed, int depth)
{
    size_t len = strlen(bracketed);
    Tcl_Obj *list = Tcl_NewStringObj(bracketed + 1, (int)(len - (len > 1 && bracketed[len - 1] == ']') - 1));
    Tcl_Parse parse;
    const cmd_spec *c = NULL;
    bool any = false;
    Tcl_IncrRefCount(list);
    const char *text = Tcl_GetStringFromObj(list, NULL);
    if (Tcl_ParseCommand(NULL, text, -1, 0, &parse) == TCL_OK) {
        Tcl_Obj **word = kam_calloc((size_t)parse.numWords + 1, sizeof *word);
        int n = 0;
        for (const Tcl_Token *t = parse.tokenPtr; n < parse.numWords; t += t->numComponents + 1)
            Tcl_IncrRefCount(word[n++] = Tcl_NewStringObj(t->start, t->size));
        if (n > 0) c = cmd_offer_command(o, word, n);
        bool passes_on = c && kam_str_starts(c->name, "table ");
        for (int i = 1; passes_on && depth < MAX_NESTED && i < n && !any; i++) any = add_columns_of(o, word[i], depth + 1);
        for (const cmd_column *k = c && !passes_on ? c->columns : NULL; k && k->name; k++, any = true)
            offer_column(o, k->name, cmd_session_say(o->s, k->help));
        for (int i = 0; i < n; i++) Tcl_DecrRefCount(word[i]);
        kam_free(word);
        Tcl_FreeParse(&parse);
    }
    Tcl_DecrRefCount(list);
    return any;
}

/* The columns of the table a word stands for: "$variable" or "[command]". */
static bool add_columns_of(cmd_offer *o, Tcl_Obj *given, int depth)
{
    const char *w = Tcl_GetString(given);
    if (w[0] == '[') return add_columns_by(o, w, depth);
    Tcl_Obj *v = w[0] == '$' ? Tcl_GetVar2Ex(o->s->interp, w + 1, NULL, TCL_GLOBAL_ONLY) : NULL;
    kam_table *t = NULL;
    if (!v || !cmd_value_is_table(v) || cmd_value_table_get(o->s, v, &t, NULL) != KAM_OK) return false;
    for (size_t k = 0; k < kam_table_columns(t); k++) offer_column(o, kam_col_name(kam_table_column(t, k)), "");
    kam_table_unref(t);
    return true;
}

/* The columns of the table given before. */
static void add_columns(cmd_offer *o, const cmd_place *p)
{
    o->downwards = strcmp(p->c->name, "table sort") == 0 && o->prefix[0] == '-';
    for (int i = 0; i < p->n; i++)
        if (add_columns_of(o, p->word[i], 0)) return;
}

/* The versions of the plan of the account named before: names, else numbers. */
static void add_versions(cmd_offer *o, const char *account)
{
    kam_table *t = NULL;
    char *code = NULL;
    int64_t id;
    if (!account || store_lookup(cmd_session_store(o->s), store_entity_find("account"), account, &id, &code, NULL) != KAM_OK) return;
    if (store_query_plan_snapshots(cmd_session_store(o->s), cmd_session_asof(o->s), code, &t, NULL) == KAM_OK) {
        const kam_column *number = kam_table_find(t, "number"), *name = kam_table_find(t, "name"), *date = kam_table_find(t, "date");
        char text[KAM_NUM_MAX], day[KAM_DATE_MAX];
        for (size_t i = 0; i < kam_table_rows(t); i++) {
            snprintf(text, sizeof text, "%lld", (long long)kam_col_int(number, i));
            kam_day_format(kam_col_int(date, i), day);
            cmd_offer_matching(o, kam_col_missing(name, i) ? text : kam_col_text(name, i), day);
        }
        cmd_offer_matching(o, "now", "");
    }
    kam_table_unref(t);
    kam_free(code);
}

/* --- parts of a word -------------------------------------------------------------------------------------------------- */

/* Only the last element of a list counts. */
static void last_element(cmd_offer *o)
{
    const char *cut = strrchr(o->whole, ' ');
    o->prefix = cut ? cut + 1 : o->whole;
}

/* What a text field holds in the database. */
static void add_field_values(cmd_offer *o, const store_entity *e, const store_field *f)
{
    kam_table *t = NULL;
    size_t more = 0;
    bool many = false;
    if (store_complete_value(cmd_session_store(o->s), e, f, o->prefix, CMD_COMPLETE_MAX, &t, &more, &many, NULL) == KAM_OK)
        take_keys(o, t, more, many);
}

/* Names among a million are found by their index. */
static void add_names(cmd_offer *o, const store_entity *e, const store_field *f)
{
    kam_table *t = NULL;
    size_t more = 0;
    bool many = false;
    if (!*o->prefix || store_complete(cmd_session_store(o->s), e, o->prefix, CMD_COMPLETE_MAX, &t, &more, &many, NULL) != KAM_OK) {
        add_field_values(o, e, f);
        return;
    }
    const kam_column *name = kam_table_find(t, f->name), *code = kam_table_find(t, "code");
    for (size_t i = 0; name && i < kam_table_rows(t); i++)
        if (!kam_col_missing(name, i)) cmd_offer_matching(o, kam_col_text(name, i), kam_col_text(code, i));
    kam_table_unref(t);
}

static void add_flag(cmd_offer *o)
{
    cmd_offer_matching(o, "0", chinese(o) ? "否" : "no");
    cmd_offer_matching(o, "1", chinese(o) ? "是" : "yes");
}

static void add_condition_value(cmd_offer *o, const store_entity *e, const store_field *f)
{
    bool named = (e->flags & (STORE_E_NAMED | STORE_E_NAME)) && (strcmp(f->name, "name") == 0 || strcmp(f->name, "name_en") == 0);
    if (f->kind == STORE_ENUM) add_enum(o, f->values);
    else if (f->kind == STORE_REF || f->kind == STORE_REFS) add_objects(o, f->ref);
    else if (f->kind == STORE_CODE) add_objects(o, e->name);
    else if (f->kind == STORE_FLAG) add_flag(o);
    else if (f->kind == STORE_TEXT && named) add_names(o, e, f);
    else if (f->kind == STORE_TEXT) add_field_values(o, e, f);
}

/* -where {FIELD OP VALUE}: the field, the sign, and the values; a value may hold blanks and goes on to the end. */
static void add_condition(cmd_offer *o, const char *of)
{
    static const char signs[] = "=!<>~";
    const store_entity *e = store_entity_find(of);
    const char *from = o->whole + strspn(o->whole, " "), *sign = from + strspn(from, "abcdefghijklmnopqrstuvwxyz0123456789_");
    char *field = kam_strndup(from, (size_t)(sign - from));
    const store_field *f = e ? store_field_find(e, field) : NULL;
    const char *op = sign + strspn(sign, " "), *value = op + strspn(op, signs);
    if (!*sign) {
        o->prefix = from;
        add_fields(o, of);
    } else if (f && value > op && (*value || value[-1] != '!')) {
        o->prefix = value + strspn(value, " ");
        add_condition_value(o, e, f);
    } else if (f) {
        static const char *const ops[] = {"=", "!=", "<", "<=", ">", ">=", "~", "missing", "present", NULL};
        o->prefix = op;
        for (size_t i = 0; ops[i]; i++) cmd_offer_matching(o, ops[i], "");
    }
    kam_free(field);
}

static const char *list_values(cmd_offer *o, const cmd_place *p)
{
    const cmd_arg *a = p->a;
    last_element(o);
    if (strcmp(p->c->name, "report run") == 0 && strcmp(a->name, "-with") == 0) {
        const char *name = given(p, "template");
        if (name) add_templates(o, name);
    } else if (strcmp(p->c->name, "import") == 0) {
        if (strcmp(a->name, "-create") == 0) add_entities(o);
        else add_fields(o, given(p, "entity"));
    } else if (a->of && strchr(a->of, ' ')) add_objects_of(o, a->of);
    else if (a->of) {
        add_fields(o, a->of);
        if (!cmd_entity_made(p->c) || (strcmp(a->name, "-columns") != 0 && strcmp(a->name, "-sort") != 0)) add_objects(o, a->of);
    } else add_columns(o, p);
    return "list";
}

/* --- the whole ---------------------------------------------------------------------------------------------------------- */

/* The name of a command, whose two words are two words here as well. */
static void add_commands(cmd_offer *o, const cmd_place *p)
{
    if (p->n == 0) cmd_offer_commands(o, false);
    else if (p->n == 1) cmd_offer_subcommands(o, Tcl_GetString(p->word[0]));
}

/* The month of the as-of day and those after it, as YYYY-MM. */
static void add_months(cmd_offer *o)
{
    enum { MONTHS = 12 };
    int y, m, d;
    char text[16];
    kam_day_to_ymd(cmd_session_asof(o->s), &y, &m, &d);
    for (int i = 0; i < MONTHS; i++) {
        snprintf(text, sizeof text, "%04d-%02d", y + (m - 1 + i) / 12, (m - 1 + i) % 12 + 1);
        cmd_offer_matching(o, text, "");
    }
}

/* A text field of the record that is being entered or changed: what others have there. */
static const store_field *text_field(const store_entity *e, const cmd_arg *a)
{
    const store_field *f = e && a->kind == CMD_STRING && a->name[0] == '-' ? store_field_find(e, a->name + 1) : NULL;
    bool own = f && (strcmp(f->name, "name") == 0 || strcmp(f->name, "name_en") == 0 || strcmp(f->name, "sort_key") == 0);
    return f && f->kind == STORE_TEXT && !own ? f : NULL;
}

static void add_words(cmd_offer *o, const char *const *list)
{
    for (; *list; list++) cmd_offer_matching(o, *list, "");
}

/* Arguments that are plain texts to the binder, known by command and name. NULL: not one of them. */
static const char *named_values(cmd_offer *o, const cmd_place *p)
{
    const char *c = p->c->name, *a = p->a->name;
    const store_entity *e = cmd_entity_made(p->c) ? ((const cmd_entity_data *)p->c->data)->entity : NULL;
    static const char *const encodings[] = {"auto", "gb18030", "utf-16be", "utf-16le", "utf-8", NULL}, *const delimiters[] = {",", ";", "tab", "|", NULL};
    const store_field *text = text_field(e, p->a);
    if (strcmp(c, "setting set") == 0 && strcmp(a, "value") == 0) add_setting_value(o, given(p, "name"));
    else if (strcmp(c, "display set") == 0 && strcmp(a, "value") == 0) cmd_offer_display(o, given(p, "name"));
    else if (strcmp(c, "forecast") == 0 && strcmp(a, "-month") == 0) add_months(o);
    else if (strcmp(c, "import") == 0 && strcmp(a, "-encoding") == 0) add_words(o, encodings);
    else if (strcmp(c, "import") == 0 && strcmp(a, "-delimiter") == 0) add_words(o, delimiters);
    else if (strcmp(a, "template") == 0 || (strcmp(c, "report new") == 0 && strcmp(a, "-from") == 0)) {
        int n = 0;
        add_templates(o, NULL);
        if (*o->prefix && Tcl_ListObjLength(NULL, o->list, &n) == TCL_OK && n == 0) return "file"; /* it may be one */
    }
    else if (strcmp(a, "card") == 0) add_cards(o);
    else if (strcmp(a, "criterion") == 0) add_criteria(o, given(p, "card"));
    else if (strcmp(a, "subject") == 0 && strcmp(c, "why") != 0) add_subjects(o, p);
    else if (e && strcmp(a, "attribute") == 0) add_attributes(o, p);
    else if (e && strcmp(a, "-value") == 0) add_attribute_value(o, p);
    else if (e && strcmp(a, "code") == 0 && !kam_str_ends(c, " add")) add_objects(o, e->name);
    else if (e && e->flags & STORE_E_AUTO && strcmp(a, "id") == 0 && !kam_str_ends(c, " add")) add_records(o, e);
    else if (e && (!kam_str_ends(c, " add") || p->a->kind == CMD_STRING) && add_key_part(o, p, e)) return "word";
    else if (kam_str_starts(c, "plan ") && (strcmp(a, "from") == 0 || strcmp(a, "to") == 0 || strcmp(a, "version") == 0)) add_versions(o, given(p, "account"));
    else if (strcmp(c, "table rename") == 0 && strcmp(a, "old_new") == 0) { /* TABLE OLD NEW OLD NEW … */
        if (p->n % 2 == 0) return "none";
        add_columns(o, p);
    } else if (strcmp(c, "export") == 0 && strcmp(a, "what") == 0) add_entities(o);
    else if (text) add_field_values(o, e, text);
    else if (strcmp(c, "describe") == 0) { /* without a letter the objects are too many */
        add_commands(o, p);
        if (p->n == 0 && *o->prefix) add_objects_of(o, "account contact opportunity");
    }
    else return NULL;
    return "word";
}

const char *cmd_offer_values(cmd_offer *o, const cmd_place *p)
{
    const cmd_arg *a = p->a;
    const char *kind;
    if (strcmp(p->c->name, "sql") == 0 && strcmp(a->name, "query") == 0) return cmd_offer_sql(o);
    if (a->values && strcmp(a->name, "card") != 0) {
        /* beside commands: topics, but for those a command has the name of */
        for (size_t i = 0; a->values[i]; i++)
            if (a->kind != CMD_COMMAND || (p->n == 0 && !cmd_spec_find(o->s, a->values[i]))) cmd_offer_matching(o, a->values[i], "");
        if (a->kind == CMD_COMMAND) add_commands(o, p);
        return "word";
    }
    if ((kind = named_values(o, p)) != NULL) return kind;
    switch (a->kind) {
    case CMD_REF: add_objects_of(o, a->of); return "word";
    case CMD_LIST: return list_values(o, p);
    case CMD_STRING:
        if (!a->of) return "none";
        if (strchr(a->of, ' ')) add_objects_of(o, a->of);
        else if (strcmp(a->name, "-where") == 0) {
            add_condition(o, a->of);
            return "part";
        } else add_fields(o, a->of);
        return "word";
    case CMD_ENTITY: add_entities(o); return "word";
    case CMD_FIELD: add_fields(o, a->of ? a->of : given(p, "entity")); return "word";
    case CMD_COLUMN: add_columns(o, p); return "word";
    case CMD_SETTING: add_settings(o); return "word";
    case CMD_COMMAND: add_commands(o, p); return "word";
    case CMD_DATE:
        cmd_offer_matching(o, "asof", "");
        cmd_offer_matching(o, "today", "");
        return "word";
    case CMD_FILE: return "file";
    case CMD_VAR: return "variable";
    case CMD_SCRIPT: return "command";
    default: return "none";
    }
}
