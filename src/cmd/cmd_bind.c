/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_bind.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_money.h"
#include "kam_str.h"
#include "store_field.h"
#include "store_setting.h"
#include <math.h>
#include <string.h>

/* --- small helpers --------------------------------------------------------------------------------------------- */

bool cmd_arg_is_option(const cmd_arg *a) { return a->name[0] == '-'; }

size_t cmd_arg_count(const cmd_spec *c)
{
    size_t n = 0;
    if (c->args)
        for (const cmd_arg *a = c->args; a->name; a++) n += a->kind != CMD_SELF;
    return n;
}

static bool is_positional(const cmd_arg *a) { return a->kind != CMD_SELF && !cmd_arg_is_option(a); }

/* "NAME: what is wrong; usage: …" with the command as the code's word. */
static kam_rc say_usage(const cmd_spec *c, kam_err *err)
{
    kam_err_prefix(err, "%s: ", c->name);
    bool shortened;
    char *line = cmd_spec_usage_short(c, &shortened);
    kam_err_append(err, "; usage: %.900s", line);
    if (shortened) kam_err_append(err, "; see: help %.100s", c->name);
    kam_err_word(err, c->name);
    kam_free(line);
    return KAM_USAGE;
}

static kam_rc usage(const cmd_spec *c, kam_err *err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static kam_rc usage(const cmd_spec *c, kam_err *err, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    kam_err_vset(err, KAM_USAGE, fmt, ap);
    va_end(ap);
    return say_usage(c, err);
}

static kam_rc bad_value(const cmd_spec *c, const cmd_arg *a, const char *word, const char *want, kam_err *err)
{
    return usage(c, err, "%s \"%.200s\" is not %s", a->name, word, want);
}

/* --- what the words are assigned to ------------------------------------------------------------------------------ */

struct slot {
    Tcl_Obj **word;
    size_t n, cap;
    bool given;
};

struct binding {
    cmd_session *s;
    const cmd_spec *c;
    cmd_bound *b;
    struct slot *slot; /* one per argument of the record */
    size_t n_arg;
    kam_day asof;
    bool asof_known;
    bool tail; /* a CMD_TAIL argument has begun */
    const kam_table *table; /* the first table argument, for columns */
    const store_entity *entity; /* the last entity argument, for fields */
};

static void slot_add(struct slot *l, Tcl_Obj *o)
{
    KAM_GROW(l->word, l->cap, l->n + 1);
    l->word[l->n++] = o;
    l->given = true;
}

static kam_rc unknown_option(struct binding *q, const char *word, kam_err *err)
{
    const char *names[256];
    size_t n = 0;
    for (size_t i = 0; i < q->n_arg && n < 256; i++)
        if (q->c->args[i].kind != CMD_SELF && cmd_arg_is_option(&q->c->args[i])) names[n++] = q->c->args[i].name;
    kam_err_set(err, KAM_USAGE, "unknown option %.100s", word);
    kam_err_nearest(err, word, names, n);
    return say_usage(q->c, err);
}

static bool looks_like_option(const struct binding *q, const char *w)
{
    if (w[0] != '-' || !w[1] || (w[1] >= '0' && w[1] <= '9') || w[1] == '.') return false;
    bool any = false;
    for (size_t i = 0; i < q->n_arg; i++) any |= q->c->args[i].kind != CMD_SELF && cmd_arg_is_option(&q->c->args[i]);
    if (!any) return false;
    /* A word with a blank in it is an expression or a text, not a misspelt option. */
    return !strpbrk(w, " \t\n$[");
}

static kam_rc take_positional(struct binding *q, Tcl_Obj *word, kam_err *err)
{
    for (size_t i = 0; i < q->n_arg; i++) {
        const cmd_arg *a = &q->c->args[i];
        if (!is_positional(a)) continue;
        if (q->slot[i].given && !(a->flags & CMD_REST)) continue;
        slot_add(&q->slot[i], word);
        q->tail = (a->flags & CMD_TAIL) != 0;
        return KAM_OK;
    }
    kam_str hold = KAM_STR_INIT;
    const char *w = cmd_value_text(word, &hold);
    kam_rc rc = w[0] == '-' ? unknown_option(q, w, err) : usage(q->c, err, "one word too many: \"%.100s\"", w);
    kam_str_release(&hold);
    return rc;
}

static Tcl_Obj *keep_obj(struct binding *q, Tcl_Obj *word)
{
    KAM_GROW(q->b->obj, q->b->cap_obj, q->b->n_obj + 1);
    Tcl_IncrRefCount(word);
    q->b->obj[q->b->n_obj++] = word;
    return word;
}

/* The argument that takes options the record does not know; q->n_arg: none. */
static size_t open_arg(const struct binding *q)
{
    size_t k = 0;
    while (k < q->n_arg && !(q->c->args[k].flags & CMD_OPEN)) k++;
    return k;
}

/* Appends NAME VALUE to the list the argument holds. */
static void take_open(struct binding *q, size_t k, const char *option, Tcl_Obj *value)
{
    struct slot *l = &q->slot[k];
    Tcl_Obj *list = l->n ? Tcl_DuplicateObj(l->word[0]) : Tcl_NewListObj(0, NULL);
    Tcl_ListObjAppendElement(NULL, list, Tcl_NewStringObj(option + 1, -1));
    Tcl_ListObjAppendElement(NULL, list, value);
    keep_obj(q, list);
    if (l->n) l->word[0] = list;
    else slot_add(l, list);
}

static bool names_option(const struct binding *q, Tcl_Obj *word)
{
    for (size_t k = 0; k < q->n_arg; k++)
        if (cmd_arg_is_option(&q->c->args[k]) && strcmp(q->c->args[k].name, Tcl_GetString(word)) == 0) return true;
    return false;
}

/* Optional positionals before required ones are not made use of: records do not have them. */
static kam_rc assign(struct binding *q, int objc, Tcl_Obj *const objv[], kam_err *err)
{
    bool ended = false;
    for (int i = 0; i < objc; i++) {
        if (q->tail) {
            kam_rc taken = take_positional(q, objv[i], err);
            if (taken != KAM_OK) return taken;
            continue;
        }
        /* A table value must not be turned into text just to see whether it begins with '-'. */
        const char *w = cmd_value_is_table(objv[i]) ? "" : Tcl_GetString(objv[i]);
        if (!ended && strcmp(w, "--") == 0) {
            ended = true;
            continue;
        }
        size_t k = q->n_arg;
        if (!ended && w[0] == '-')
            for (k = 0; k < q->n_arg; k++)
                if (q->c->args[k].kind != CMD_SELF && strcmp(q->c->args[k].name, w) == 0) break;
        kam_rc rc;
        if (k == q->n_arg && !ended && looks_like_option(q, w) && open_arg(q) < q->n_arg) {
            if (i + 1 >= objc) return usage(q->c, err, "%s needs a value", w);
            take_open(q, open_arg(q), w, objv[++i]);
            continue;
        }
        if (k == q->n_arg) {
            rc = !ended && looks_like_option(q, w) ? unknown_option(q, w, err) : take_positional(q, objv[i], err);
            if (rc != KAM_OK) return rc;
            continue;
        }
        const cmd_arg *a = &q->c->args[k];
        if (q->slot[k].given && !(a->flags & CMD_MANY)) return usage(q->c, err, "%s is given twice", a->name);
        if (a->kind == CMD_FLAG) {
            q->slot[k].given = true;
            continue;
        }
        if (a->alone && (i + 1 >= objc || names_option(q, objv[i + 1]))) {
            slot_add(&q->slot[k], keep_obj(q, Tcl_NewStringObj(a->alone, -1)));
            continue;
        }
        if (i + 1 >= objc) return usage(q->c, err, "%s needs a value", a->name);
        slot_add(&q->slot[k], objv[++i]);
    }
    for (size_t k = 0; k < q->n_arg; k++)
        if ((q->c->args[k].flags & CMD_REQUIRED) && !q->slot[k].given)
            return usage(q->c, err, "%s is missing", q->c->args[k].name);
    return KAM_OK;
}

/* --- one word → one value --------------------------------------------------------------------------------------------- */

static const char *keep_text(struct binding *q, Tcl_Obj *word)
{
    kam_str hold = KAM_STR_INIT;
    const char *s = kam_arena_strdup(&q->b->arena, cmd_value_text(word, &hold));
    kam_str_release(&hold);
    return s;
}

static kam_rc get_int(struct binding *q, const cmd_arg *a, const char *w, int64_t *out, kam_err *err)
{
    long long v;
    if (!kam_parse_int(w, &v)) return bad_value(q->c, a, w, "a whole number", err);
    if ((a->min != 0 || a->max != 0) && ((double)v < a->min || (double)v > a->max)) {
        return usage(q->c, err, "%s \"%.200s\" is not between %.15g and %.15g", a->name, w, a->min, a->max);
    }
    *out = v;
    return KAM_OK;
}

static kam_rc get_real(struct binding *q, const cmd_arg *a, const char *w, double *out, kam_err *err)
{
    double v;
    if (!kam_parse_real(w, &v)) return bad_value(q->c, a, w, "a number", err);
    if ((a->min != 0 || a->max != 0) && (v < a->min || v > a->max)) {
        return usage(q->c, err, "%s \"%.200s\" is not between %.15g and %.15g", a->name, w, a->min, a->max);
    }
    *out = v;
    return KAM_OK;
}

static kam_rc get_enum(struct binding *q, const cmd_arg *a, const char *w, int *out, kam_err *err)
{
    size_t n = 0;
    for (; a->values[n]; n++)
        if (strcmp(a->values[n], w) == 0) {
            *out = (int)n;
            return KAM_OK;
        }
    kam_str all = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) kam_str_addf(&all, "%s%s", i ? "|" : "", a->values[i]);
    kam_err_set(err, KAM_USAGE, "%s \"%.100s\" is none of %s", a->name, w, kam_str_cstr(&all));
    kam_err_nearest(err, w, a->values, n);
    kam_str_release(&all);
    return say_usage(q->c, err);
}

static kam_rc get_date(struct binding *q, const cmd_arg *a, const char *w, kam_day *out, kam_err *err)
{
    if (strcmp(w, "asof") == 0) *out = cmd_session_asof(q->s);
    else if (strcmp(w, "today") == 0) *out = cmd_session_today();
    else if (!kam_day_parse(w, out)) return bad_value(q->c, a, w, "a date (YYYY-MM-DD, today or asof)", err);
    return KAM_OK;
}

/* 30, 30d, 4w, 6m, 1y: the last that many days, weeks, months, years up to the as-of date. */
static bool period_back(const char *w, kam_day asof, kam_day *first)
{
    char digits[16];
    size_t n = strspn(w, "0123456789");
    if (n == 0 || n > 6) return false;
    memcpy(digits, w, n);
    digits[n] = '\0';
    long long v;
    if (!kam_parse_int(digits, &v) || v == 0) return false;
    const char *unit = w + n;
    if (*unit && unit[1]) return false;
    switch (*unit) {
    case '\0':
    case 'd': *first = asof - v + 1; break;
    case 'w': *first = asof - 7 * v + 1; break;
    case 'm':
        if (v > 12000) return false;
        *first = kam_day_add_months(asof, -(int)v) + 1;
        break;
    case 'y':
        if (v > 1000) return false;
        *first = kam_day_add_months(asof, -12 * (int)v) + 1;
        break;
    default: return false;
    }
    return *first >= KAM_DAY_MIN;
}

/* 2026, 2026-05, 2026-Q1: calendar years, months, quarters. */
static bool period_calendar(const char *w, kam_day *first, kam_day *last)
{
    int year = 0, month = 1, months = 12;
    size_t n = strlen(w);
    if (strspn(w, "0123456789") != 4 && !(n > 4 && strspn(w, "0123456789") == 4)) return false;
    year = (w[0] - '0') * 1000 + (w[1] - '0') * 100 + (w[2] - '0') * 10 + (w[3] - '0');
    if (n == 7 && w[4] == '-' && (w[5] == 'Q' || w[5] == 'q') && w[6] >= '1' && w[6] <= '4') {
        month = (w[6] - '1') * 3 + 1;
        months = 3;
    } else if (n == 7 && w[4] == '-' && strspn(w + 5, "0123456789") == 2) {
        month = (w[5] - '0') * 10 + (w[6] - '0');
        months = 1;
    } else if (n != 4) {
        return false;
    }
    if (!kam_ymd_valid(year, month, 1) || year >= 9999) return false;
    *first = kam_day_from_ymd(year, month, 1);
    *last = kam_day_add_months(*first, months) - 1;
    return true;
}

bool cmd_period_parse(const char *w, kam_day asof, cmd_period *p)
{
    const char *dots = strstr(w, "..");
    char from[KAM_DATE_MAX + 1];
    p->last = asof;
    /* A bare four-digit number from 1900 on is a year, not that many days. */
    bool year = strlen(w) == 4 && strspn(w, "0123456789") == 4 && strcmp(w, "1900") >= 0 && strcmp(w, "2199") <= 0;
    if (dots) {
        size_t n = (size_t)(dots - w);
        if (n >= sizeof from) return false;
        memcpy(from, w, n);
        from[n] = '\0';
        if (!kam_day_parse(from, &p->first) || !kam_day_parse(dots + 2, &p->last) || p->last < p->first) return false;
    } else if ((year || !period_back(w, asof, &p->first)) && !period_calendar(w, &p->first, &p->last)) {
        return false;
    }
    p->days = p->last - p->first + 1;
    p->set = true;
    return true;
}

static kam_rc get_money(struct binding *q, const cmd_arg *a, const char *w, int64_t *out, kam_err *err)
{
    if (!kam_money_parse(w, cmd_session_exponent(q->s), out)) {
        return usage(q->c, err, "%s \"%.200s\" is not an amount in %s", a->name, w, cmd_session_currency(q->s));
    }
    return KAM_OK;
}

static kam_rc get_ref(struct binding *q, const cmd_arg *a, const char *w, cmd_ref *out, kam_err *err)
{
    const store_entity *e = store_entity_find(a->of);
    KAM_ASSERT(e);
    char *code = NULL;
    kam_rc rc = store_lookup(cmd_session_store(q->s), e, w, &out->id, &code, err);
    if (rc != KAM_OK) return rc;
    out->code = kam_arena_strdup(&q->b->arena, code);
    kam_free(code);
    return KAM_OK;
}

static kam_rc get_list(struct binding *q, const cmd_arg *a, Tcl_Obj *word, cmd_words *out, kam_err *err)
{
    int n;
    Tcl_Obj **el;
    if (Tcl_ListObjGetElements(NULL, word, &n, &el) != TCL_OK)
        return bad_value(q->c, a, keep_text(q, word), "a list", err);
    out->n = (size_t)n;
    out->word = kam_arena_alloc(&q->b->arena, (size_t)(n ? n : 1) * sizeof *out->word);
    for (int i = 0; i < n; i++) out->word[i] = keep_text(q, el[i]);
    return KAM_OK;
}

static kam_rc get_table(struct binding *q, const cmd_arg *a, Tcl_Obj *word, const kam_table **out, kam_err *err)
{
    kam_table *t;
    kam_rc rc = cmd_value_table_get(q->s, word, &t, err);
    if (rc != KAM_OK) {
        kam_err_prefix(err, "%s: %s: ", q->c->name, a->name);
        return rc;
    }
    KAM_GROW(q->b->table, q->b->cap_table, q->b->n_table + 1);
    q->b->table[q->b->n_table++] = t;
    if (!q->table) q->table = t;
    *out = t;
    return KAM_OK;
}

/* Names that are checked against something that is known: entities, fields, settings, columns. */
static kam_rc get_name(struct binding *q, const cmd_arg *a, const char *w, kam_err *err)
{
    if (a->flags & CMD_RAW) return KAM_OK;
    const char **names = NULL;
    size_t n = 0;
    const char *what = cmd_kind_name(a);
    if (a->kind == CMD_ENTITY) {
        const store_entity *e = store_entities(&n);
        names = kam_arena_alloc(&q->b->arena, (n + 1) * sizeof *names);
        for (size_t i = 0; i < n; i++) names[i] = e[i].name;
        if ((q->entity = store_entity_find(w)) != NULL) return KAM_OK;
    } else if (a->kind == CMD_FIELD) {
        const store_entity *e = a->of ? store_entity_find(a->of) : q->entity;
        if (!e) return KAM_OK;
        n = e->n_fields;
        names = kam_arena_alloc(&q->b->arena, (n + 1) * sizeof *names);
        for (size_t i = 0; i < n; i++) names[i] = e->fields[i].name;
    } else if (a->kind == CMD_SETTING) {
        const store_setting *list = store_settings(&n);
        names = kam_arena_alloc(&q->b->arena, (n + 1) * sizeof *names);
        for (size_t i = 0; i < n; i++) names[i] = list[i].name;
    } else { /* CMD_COLUMN */
        if (!q->table) return KAM_OK;
        n = kam_table_columns(q->table);
        names = kam_arena_alloc(&q->b->arena, (n + 1) * sizeof *names);
        for (size_t i = 0; i < n; i++) names[i] = kam_col_name(kam_table_column(q->table, i));
    }
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], w) == 0) return KAM_OK;
    kam_err_set(err, KAM_NOTFOUND, "%s: there is no %s \"%.100s\"", q->c->name, what, w);
    kam_err_nearest(err, w, names, n);
    kam_err_word(err, what);
    return kam_err_word(err, w);
}

/* --- one argument → the struct -------------------------------------------------------------------------------------- */

static bool is_obj_kind(cmd_kind k) { return k == CMD_SCRIPT || k == CMD_EXPR || k == CMD_VAR || k == CMD_VALUE; }

static bool is_name_kind(cmd_kind k)
{
    return k == CMD_ENTITY || k == CMD_FIELD || k == CMD_SETTING || k == CMD_COLUMN;
}

/* ~/x and ~name/x as Tcl's own commands understand them; a user who is not there leaves the name as it is. */
static const char *at_home(struct binding *q, const char *w)
{
    Tcl_DString path;
    const char *full = Tcl_TranslateFileName(NULL, w, &path);
    if (!full) return w;
    w = kam_arena_strdup(&q->b->arena, full);
    Tcl_DStringFree(&path);
    return w;
}

static kam_rc set_one(struct binding *q, const cmd_arg *a, Tcl_Obj *word, void *at, kam_err *err)
{
    if (is_obj_kind(a->kind)) {
        *(Tcl_Obj **)at = keep_obj(q, word);
        return KAM_OK;
    }
    if (a->flags & CMD_RAW) {
        *(const char **)at = keep_text(q, word);
        return KAM_OK;
    }
    if (a->kind == CMD_TABLE) return get_table(q, a, word, at, err);
    if (a->kind == CMD_LIST) return get_list(q, a, word, at, err);
    const char *w = keep_text(q, word);
    switch (a->kind) {
    case CMD_INT: return get_int(q, a, w, at, err);
    case CMD_REAL: return get_real(q, a, w, at, err);
    case CMD_ENUM: return get_enum(q, a, w, at, err);
    case CMD_DATE: return get_date(q, a, w, at, err);
    case CMD_MONEY: return get_money(q, a, w, at, err);
    case CMD_REF: return get_ref(q, a, w, at, err);
    case CMD_PERIOD:
        if (!cmd_period_parse(w, q->asof, at))
            return bad_value(q->c, a, w, "a period (30d, 4w, 6m, 1y, 2026, 2026-05, 2026-Q1, DATE..DATE)", err);
        return KAM_OK;
    default: break;
    }
    if (is_name_kind(a->kind)) {
        kam_rc rc = get_name(q, a, w, err);
        if (rc != KAM_OK) return rc;
    } else if (a->kind == CMD_FILE && cmd_session_confined(q->s)) {
        return usage(q->c, err, "%s: a template that is not trusted may not name files", a->name);
    } else if (a->kind == CMD_FILE && !w[0]) {
        return usage(q->c, err, "%s is an empty file name", a->name);
    } else if (a->kind == CMD_FILE && w[0] == '~') w = at_home(q, w);
    *(const char **)at = w;
    return KAM_OK;
}

static kam_rc set_many(struct binding *q, const cmd_arg *a, const struct slot *l, void *at, kam_err *err)
{
    if (is_obj_kind(a->kind)) {
        cmd_objs *o = at;
        o->n = l->n;
        o->obj = kam_arena_alloc(&q->b->arena, (l->n + 1) * sizeof *o->obj);
        for (size_t i = 0; i < l->n; i++) o->obj[i] = keep_obj(q, l->word[i]);
        return KAM_OK;
    }
    if (a->kind == CMD_REF && !(a->flags & CMD_RAW)) {
        cmd_refs *r = at;
        r->n = l->n;
        r->ref = kam_arena_alloc(&q->b->arena, (l->n + 1) * sizeof *r->ref);
        for (size_t i = 0; i < l->n; i++) {
            kam_rc rc = set_one(q, a, l->word[i], &r->ref[i], err);
            if (rc != KAM_OK) return rc;
        }
        return KAM_OK;
    }
    cmd_words *w = at;
    w->n = l->n;
    w->word = kam_arena_alloc(&q->b->arena, (l->n + 1) * sizeof *w->word);
    for (size_t i = 0; i < l->n; i++) {
        w->word[i] = keep_text(q, l->word[i]);
        if (!is_name_kind(a->kind)) continue;
        kam_rc rc = get_name(q, a, w->word[i], err);
        if (rc != KAM_OK) return rc;
    }
    return KAM_OK;
}

static void set_unset(const cmd_arg *a, void *at)
{
    if (a->flags & (CMD_REST | CMD_MANY | CMD_RAW)) return; /* zero is unset */
    switch (a->kind) {
    case CMD_INT:
    case CMD_MONEY: *(int64_t *)at = CMD_UNSET_INT; break;
    case CMD_DATE: *(kam_day *)at = CMD_UNSET_DAY; break;
    case CMD_REAL: *(double *)at = NAN; break;
    case CMD_ENUM: *(int *)at = -1; break;
    default: break;
    }
}

static kam_rc set_arg(struct binding *q, size_t k, kam_err *err)
{
    const cmd_arg *a = &q->c->args[k];
    const struct slot *l = &q->slot[k];
    char *at = (char *)q->b->args + a->offset;
    if (a->kind == CMD_SELF) {
        *(const cmd_spec **)(void *)at = q->c;
        return KAM_OK;
    }
    if (a->kind == CMD_FLAG) {
        *(bool *)at = l->given;
        return KAM_OK;
    }
    if (a->flags & (CMD_REST | CMD_MANY)) return set_many(q, a, l, at, err);
    if (l->given) return set_one(q, a, l->word[0], at, err);
    set_unset(a, at);
    if (!a->def) return KAM_OK;
    Tcl_Obj *def = Tcl_NewStringObj(a->def, -1);
    Tcl_IncrRefCount(def);
    kam_rc rc = set_one(q, a, def, at, err);
    Tcl_DecrRefCount(def);
    return rc;
}

/* Dates first (periods hang on -asof), then tables and entities (columns and fields hang on them), then the rest. */
static int turn_of(const cmd_arg *a)
{
    if (a->kind == CMD_DATE) return 0;
    if (a->kind == CMD_TABLE || a->kind == CMD_ENTITY) return 1;
    return 2;
}

kam_rc cmd_bind(cmd_session *s, const cmd_spec *c, int objc, Tcl_Obj *const objv[], cmd_bound *b, kam_err *err)
{
    memset(b, 0, sizeof *b);
    struct binding q = {.s = s, .c = c, .b = b};
    if (c->args)
        while (c->args[q.n_arg].name) q.n_arg++;
    b->args = kam_zalloc(c->args_size ? c->args_size : 1);
    q.slot = kam_calloc(q.n_arg + 1, sizeof *q.slot);
    kam_rc rc = assign(&q, objc, objv, err);
    for (int turn = 0; turn < 3 && rc == KAM_OK; turn++) {
        for (size_t k = 0; k < q.n_arg && rc == KAM_OK; k++) {
            if (turn_of(&c->args[k]) != turn) continue;
            rc = set_arg(&q, k, err);
            if (rc == KAM_OK && c->args[k].kind == CMD_DATE && strcmp(c->args[k].name, "-asof") == 0) {
                q.asof = *(kam_day *)(void *)((char *)b->args + c->args[k].offset);
                q.asof_known = true;
            }
        }
        if (turn == 0 && !q.asof_known) q.asof = cmd_session_asof(s);
    }
    for (size_t k = 0; k < q.n_arg; k++) kam_free(q.slot[k].word);
    kam_free(q.slot);
    return rc;
}

void cmd_bound_release(cmd_bound *b)
{
    for (size_t i = 0; i < b->n_table; i++) kam_table_unref(b->table[i]);
    for (size_t i = 0; i < b->n_obj; i++) Tcl_DecrRefCount(b->obj[i]);
    kam_free(b->table);
    kam_free(b->obj);
    kam_free(b->args);
    kam_arena_release(&b->arena);
}
