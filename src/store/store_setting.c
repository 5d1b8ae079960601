/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of settings: read once per data version, kept beside the store. */
#include "store_db.h"
#include "kam_money.h"
#include "kam_utf8.h"
#include <stdio.h>
#include <string.h>

const store_setting *store_setting_find(const char *name)
{
    size_t n;
    const store_setting *t = store_settings(&n);
    for (size_t lo = 0, hi = n; lo < hi;) { /* money cells ask for the currency: a million times in an import */
        size_t mid = lo + (hi - lo) / 2;
        int c = strcmp(name, t[mid].name);
        if (c == 0) return &t[mid];
        if (c < 0) hi = mid;
        else lo = mid + 1;
    }
    return NULL;
}

void store_setting_forget(store *s)
{
    s->setting_loaded = false;
}

void store_setting_release(store *s)
{
    size_t n;
    store_settings(&n);
    for (size_t i = 0; s->setting && i < n; i++) kam_free(s->setting[i]);
    kam_free(s->setting);
}

static const char *value_or_default(const store *s, const char *name)
{
    size_t n;
    const store_setting *f = store_setting_find(name);
    return s->setting[f - store_settings(&n)] ? s->setting[f - store_settings(&n)] : f->dflt;
}

static void load(store *s)
{
    /* Inside an entry the database is ours alone, and whoever changes settings forgets them; the version changes with
     * every row written and would have them read again for each. */
    if (s->setting_loaded && (s->entry_depth > 0 || s->setting_version == store_version(s))) return;
    size_t n;
    const store_setting *t = store_settings(&n);
    if (!s->setting) s->setting = kam_calloc(n, sizeof *s->setting);
    sqlite3_stmt *st;
    bool row;
    if (store_prepare(s, "SELECT name, value FROM settings", &st, NULL) != KAM_OK) return;
    for (size_t i = 0; i < n; i++) {
        kam_free(s->setting[i]);
        s->setting[i] = NULL;
    }
    while (store_step(s, st, &row, NULL) == KAM_OK && row) {
        const store_setting *f = store_setting_find((const char *)sqlite3_column_text(st, 0));
        if (f) s->setting[f - t] = kam_strdup((const char *)sqlite3_column_text(st, 1));
    }
    store_done(st);
    int e = kam_currency_exponent(value_or_default(s, "currency"));
    s->setting_exponent = e < 0 ? 2 : e;
    s->setting_version = store_version(s);
    s->setting_loaded = true;
}

static const char *value_of(store *s, const char *name, const store_setting **def)
{
    size_t n;
    const store_setting *t = store_settings(&n), *f = store_setting_find(name);
    if (!f) KAM_BUG("no setting named %s", name);
    load(s);
    if (def) *def = f;
    return s->setting && s->setting[f - t] ? s->setting[f - t] : f->dflt;
}

const char *store_setting_text(store *s, const char *name)
{
    return value_of(s, name, NULL);
}

bool store_setting_is_default(store *s, const char *name)
{
    const store_setting *f;
    const char *v = value_of(s, name, &f);
    return kam_streq(v, f->dflt);
}

bool store_setting_int(store *s, const char *name, int64_t *out)
{
    long long v;
    const char *t = value_of(s, name, NULL);
    if (!t || !kam_parse_int(t, &v)) return false;
    *out = v;
    return true;
}

bool store_setting_real(store *s, const char *name, double *out)
{
    const char *t = value_of(s, name, NULL);
    return t && kam_parse_real(t, out);
}

bool store_setting_flag(store *s, const char *name)
{
    return kam_streq(value_of(s, name, NULL), "1");
}

bool store_setting_day(store *s, const char *name, kam_day *out)
{
    const char *t = value_of(s, name, NULL);
    return t && kam_day_parse(t, out);
}

const char *store_currency(store *s)
{
    return value_of(s, "currency", NULL);
}

int store_exponent(store *s)
{
    load(s);
    return s->setting_loaded ? s->setting_exponent : 2;
}

bool store_setting_money(store *s, const char *name, int64_t *minor)
{
    const char *t = value_of(s, name, NULL);
    return t && kam_money_parse(t, store_exponent(s), minor);
}

static size_t parse_reals(const char *t, double *out, size_t max)
{
    size_t n = 0;
    char *copy = kam_strdup(t), *next = copy;
    for (char *part; next;) {
        part = next;
        next = strchr(part, '/');
        if (next) *next++ = '\0';
        double v;
        if (!kam_parse_real(kam_strtrim(part), &v)) {
            n = 0;
            break;
        }
        if (n < max) out[n] = v;
        n++;
    }
    kam_free(copy);
    return n;
}

size_t store_setting_reals(store *s, const char *name, double *out, size_t max)
{
    const char *t = value_of(s, name, NULL);
    size_t n = t ? parse_reals(t, out, max) : 0;
    return n < max ? n : max;
}

/* --- writing --- */

static kam_rc bad_words(const store_setting *f, const char *value, const char *rule, kam_err *err)
{
    kam_err_prefix(err, "setting %s: ", f->name);
    kam_err_word(err, rule);
    kam_err_word(err, f->name);
    kam_err_word(err, value);
    return KAM_CONSTRAINT;
}

static kam_rc bad(const store_setting *f, const char *value, const char *rule, const char *wrong, kam_err *err)
{
    kam_err_set(err, KAM_CONSTRAINT, "\"%s\" is not %s", value, wrong);
    return bad_words(f, value, rule, err);
}

static kam_rc in_range(const store_setting *f, double v, const char *value, kam_err *err)
{
    if (v >= f->lo && v <= f->hi) return KAM_OK;
    char lo[KAM_NUM_MAX], hi[KAM_NUM_MAX];
    kam_format_real(f->lo, lo);
    kam_format_real(f->hi, hi);
    kam_err_set(err, KAM_CONSTRAINT, "\"%s\" is not between %s and %s", value, lo, hi);
    return bad_words(f, value, "range", err);
}

static kam_rc canonical_reals(const store_setting *f, const char *value, kam_str *out, kam_err *err)
{
    double v[16];
    char b[KAM_NUM_MAX];
    size_t n = parse_reals(value, v, 16);
    if (n == 0 || n > 16 || (f->n_reals && n != (size_t)f->n_reals)) {
        if (f->n_reals) kam_err_set(err, KAM_CONSTRAINT, "\"%s\" is not %d numbers separated by '/'", value, f->n_reals);
        else kam_err_set(err, KAM_CONSTRAINT, "\"%s\" is not %s", value, "numbers separated by '/'");
        return bad_words(f, value, "value", err);
    }
    for (size_t i = 0; i < n; i++) {
        kam_rc rc = in_range(f, v[i], value, err);
        if (rc != KAM_OK) return rc;
        kam_format_real(v[i], b);
        kam_str_addf(out, "%s%s", i ? "/" : "", b);
    }
    return KAM_OK;
}

static kam_rc canonical(store *s, const store_setting *f, const char *value, kam_str *out, kam_err *err)
{
    char b[64]; /* holds KAM_NUM_MAX and KAM_MONEY_MAX */
    long long i;
    double v;
    kam_day d;
    int64_t minor;
    const store_enum *e;
    kam_rc rc = KAM_OK;
    if (!kam_utf8_valid(value, strlen(value)) || strlen(value) > 4000) return bad(f, "?", "value", "text", err);
    switch (f->kind) {
    case STORE_S_TEXT:
        kam_str_add(out, value);
        break;
    case STORE_S_INT:
        if (!kam_parse_int(value, &i)) return bad(f, value, "value", "a whole number", err);
        rc = in_range(f, (double)i, value, err);
        kam_str_addf(out, "%lld", i);
        break;
    case STORE_S_REAL:
        if (!kam_parse_real(value, &v)) return bad(f, value, "value", "a number", err);
        rc = in_range(f, v, value, err);
        kam_format_real(v, b);
        kam_str_add(out, b);
        break;
    case STORE_S_FLAG:
        if (strcmp(value, "0") != 0 && strcmp(value, "1") != 0) return bad(f, value, "value", "0 or 1", err);
        kam_str_add(out, value);
        break;
    case STORE_S_DAY:
        if (!kam_day_parse(value, &d)) return bad(f, value, "value", "a date YYYY-MM-DD", err);
        kam_str_add(out, value);
        break;
    case STORE_S_MONEY:
        if (!kam_money_parse(value, store_exponent(s), &minor)) return bad(f, value, "value", "an amount", err);
        kam_money_format(minor, store_exponent(s), b);
        kam_str_add(out, b);
        break;
    case STORE_S_CURRENCY:
        if (kam_currency_exponent(value) < 0) return bad(f, value, "value", "a currency code of ISO 4217 that is known", err);
        kam_str_add(out, value);
        break;
    case STORE_S_ENUM:
        e = store_enum_find(f->values, value);
        if (!e) {
            kam_str want = KAM_STR_INIT;
            for (e = f->values; e->name; e++) kam_str_addf(&want, "%s%s", e == f->values ? "" : ", ", e->name);
            kam_err_set(err, KAM_CONSTRAINT, "\"%s\" is not one of %s", value, want.s);
            kam_str_release(&want);
            return bad_words(f, value, "value", err);
        }
        kam_str_add(out, e->name);
        break;
    case STORE_S_REALS:
        return canonical_reals(f, value, out, err);
    }
    return rc;
}

static kam_rc not_found(const char *name, kam_err *err)
{
    size_t n;
    const store_setting *t = store_settings(&n);
    const char **names = kam_calloc(n, sizeof *names);
    for (size_t i = 0; i < n; i++) names[i] = t[i].name;
    kam_err_set(err, KAM_NOTFOUND, "no setting named \"%s\"", name);
    kam_err_nearest(err, name, names, n);
    kam_err_append(err, "; `setting list` shows all");
    kam_err_word(err, "setting");
    kam_err_word(err, name);
    kam_free(names);
    return KAM_NOTFOUND;
}

/* Amounts are kept in minor units of the one currency: a change would give them another meaning. */
static kam_rc no_money(store *s, const char *value, kam_err *err)
{
    size_t n;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < e[i].n_fields; j++) {
            const store_field *f = &e[i].fields[j];
            if (f->kind != STORE_MONEY && f->kind != STORE_VALUE) continue;
            kam_str sql = KAM_STR_INIT;
            kam_str_addf(&sql, "SELECT EXISTS (SELECT 1 FROM %s WHERE %s IS NOT NULL)", e[i].table,
                         f->kind == STORE_VALUE ? "value_minor" : f->column);
            int64_t any = 0;
            kam_rc rc = store_get_int(s, sql.s, &any, NULL, err);
            kam_str_release(&sql);
            if (rc != KAM_OK) return rc;
            if (!any) continue;
            kam_err_set(err, KAM_CONSTRAINT,
                        "the currency cannot change to %s: amounts in %s are stored (%s.%s); start a new database", value,
                        store_currency(s), e[i].name, f->name);
            kam_err_word(err, "currency");
            kam_err_word(err, "currency");
            return kam_err_word(err, value);
        }
    }
    const store_setting *f = store_settings(&n);
    for (size_t i = 0; i < n; i++, f++) {
        if (f->kind != STORE_S_MONEY || store_setting_is_default(s, f->name)) continue;
        kam_err_set(err, KAM_CONSTRAINT, "the currency cannot change to %s while the setting %s holds an amount; reset it first",
                    value, f->name);
        kam_err_word(err, "currency");
        kam_err_word(err, f->name);
        return kam_err_word(err, value);
    }
    return KAM_OK;
}

static kam_rc write_value(store *s, const char *name, const char *value, kam_err *err)
{
    sqlite3_stmt *st;
    kam_rc rc = store_prepare(s,
                              value ? "INSERT INTO settings (name, value) VALUES (?1, ?2)"
                                      " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                                    : "DELETE FROM settings WHERE name = ?1",
                              &st, err);
    if (rc != KAM_OK) return rc;
    sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
    if (value) sqlite3_bind_text(st, 2, value, -1, SQLITE_STATIC);
    rc = store_run(s, st, err);
    store_done(st);
    store_setting_forget(s);
    store_touch(s);
    return rc;
}

kam_rc store_setting_set(store *s, const char *name, const char *value, kam_err *err)
{
    const store_setting *f = store_setting_find(name);
    if (!f) return not_found(name, err);
    kam_rc rc = store_need_entry(s, err);
    if (rc != KAM_OK) return rc;
    kam_str v = KAM_STR_INIT;
    if (value) rc = canonical(s, f, value, &v, err);
    const char *text = !value || kam_streq(kam_str_cstr(&v), f->dflt) ? NULL : kam_str_cstr(&v);
    const char *becomes = text ? text : f->dflt;
    if (rc == KAM_OK && f->kind == STORE_S_CURRENCY && !kam_streq(becomes, store_currency(s)))
        rc = no_money(s, becomes, err);
    if (rc == KAM_OK) rc = write_value(s, name, text, err);
    kam_str_release(&v);
    return rc;
}

kam_rc store_setting_reset(store *s, const char *name, kam_err *err)
{
    return store_setting_set(s, name, NULL, err);
}

kam_rc store_setting_list(store *s, const char *name, kam_table **out, kam_err *err)
{
    size_t n;
    const store_setting *t = store_settings(&n);
    if (name && !store_setting_find(name)) return not_found(name, err);
    kam_table *r = kam_table_new();
    static const char *const columns[] = {"name", "value", "default", "unit", "meaning_zh", "meaning_en", "source"};
    kam_column *c[7];
    for (int i = 0; i < 7; i++) c[i] = kam_table_add_column(r, columns[i], KAM_TEXT, i < 2 ? (i ? "setting.value" : "setting.name") : NULL);
    for (size_t i = 0; i < n; i++) {
        if (name && strcmp(t[i].name, name) != 0) continue;
        kam_col_push_text(c[0], t[i].name);
        kam_col_push_text(c[1], store_setting_text(s, t[i].name));
        kam_col_push_text(c[2], t[i].dflt);
        kam_col_push_text(c[3], t[i].unit[0] ? t[i].unit : NULL);
        kam_col_push_text(c[4], t[i].zh);
        kam_col_push_text(c[5], t[i].en);
        kam_col_push_text(c[6], t[i].source);
    }
    kam_table_seal(r);
    *out = r;
    return KAM_OK;
}
