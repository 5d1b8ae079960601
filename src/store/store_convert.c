/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to storage by kind, with an error that says what is wanted. */
#include "kam_money.h"
#include "kam_utf8.h"
#include "store_row.h"
#include <stdio.h>
#include <string.h>

kam_rc store_bad(const store_entity *e, const store_field *f, const char *rule, const char *value, kam_err *err,
                 const char *fmt, ...)
{
    char label[STORE_LABEL_MAX], en[STORE_LABEL_MAX + 4], zh[3 * STORE_LABEL_MAX];
    va_list ap;
    va_start(ap, fmt);
    kam_err_vset(err, KAM_CONSTRAINT, fmt, ap);
    va_end(ap);
    if (f) store_field_label(e, f, label);
    else snprintf(label, sizeof label, "%s", e->name);
    snprintf(en, sizeof en, "%s: ", label);
    if (f) snprintf(zh, sizeof zh, "%s的%s（%s）：", e->zh, f->zh, label);
    else snprintf(zh, sizeof zh, "%s：", e->zh);
    kam_err_prefix_both(err, en, zh);
    kam_err_word(err, rule);
    kam_err_word(err, label);
    kam_err_word(err, value);
    return KAM_CONSTRAINT;
}

static bool clean_text(const char *t, bool one_line)
{
    for (const unsigned char *p = (const unsigned char *)t; *p; p++)
        if ((*p < 32 && (one_line || (*p != '\n' && *p != '\t' && *p != '\r'))) || *p == 127) return false;
    return kam_utf8_valid(t, strlen(t));
}

static bool parse_flag(const char *t, int64_t *out)
{
    static const char *const yes[] = {"1", "yes", "true", "on", "是", "有", "y"};
    static const char *const no[] = {"0", "no", "false", "off", "否", "无", "n"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (sqlite3_stricmp(t, yes[i]) == 0) {
            *out = 1;
            return true;
        }
        if (sqlite3_stricmp(t, no[i]) == 0) {
            *out = 0;
            return true;
        }
    }
    return false;
}

/* YYYY, YYYY-Qn, YYYY-MM. */
static bool valid_period(const char *t)
{
    size_t n = strlen(t);
    for (size_t i = 0; i < 4; i++)
        if (i >= n || t[i] < '0' || t[i] > '9') return false;
    if (n == 4) return true;
    if (n != 7 || t[4] != '-') return false;
    if (t[5] == 'Q') return t[6] >= '1' && t[6] <= '4';
    int month = (t[5] - '0') * 10 + (t[6] - '0');
    return t[5] >= '0' && t[5] <= '1' && t[6] >= '0' && t[6] <= '9' && month >= 1 && month <= 12;
}

static kam_rc range_error(const store_entity *e, const store_field *f, const char *text, kam_err *err)
{
    char lo[KAM_NUM_MAX], hi[KAM_NUM_MAX];
    kam_format_real(f->lo, lo);
    kam_format_real(f->hi, hi);
    return store_bad(e, f, "range", text, err, "%s is out of range; it must be between %s and %s", text, lo, hi);
}

char **store_split(const char *text, bool commas, kam_arena *a, size_t *n)
{
    static const char *const marks[] = {";", "；", "、", "\n", ",", " "};
    size_t n_marks = commas ? 6 : 4, cap = 0, k = 0;
    char **list = NULL, *copy = kam_arena_strdup(a, text);
    for (char *part = copy; part;) {
        char *cut = NULL;
        size_t width = 0;
        for (size_t i = 0; i < n_marks; i++) {
            char *p = strstr(part, marks[i]);
            if (p && (!cut || p < cut)) {
                cut = p;
                width = strlen(marks[i]);
            }
        }
        if (cut) *cut = '\0';
        char *item = kam_strtrim(part);
        if (*item) {
            KAM_GROW(list, cap, k + 1);
            list[k++] = item;
        }
        part = cut ? cut + width : NULL;
    }
    char **out = kam_arena_alloc(a, (k + 1) * sizeof *out);
    if (k) memcpy(out, list, k * sizeof *out);
    kam_free(list);
    *n = k;
    return out;
}

static kam_rc convert_list(const store_entity *e, const store_field *f, const char *text, kam_arena *a, store_cell *out,
                           kam_err *err)
{
    size_t n;
    char **item = store_split(text, f->values != NULL, a, &n);
    kam_str s = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) {
        const char *one = item[i];
        if (f->values) {
            const store_enum *v = store_enum_find(f->values, one);
            if (!v) {
                kam_str_release(&s);
                return store_bad(e, f, "value", one, err, "\"%s\" is not one of its values", one);
            }
            one = v->name;
        }
        bool twice = false;
        for (size_t j = 0; j < i && !twice; j++) twice = strcmp(item[j], item[i]) == 0;
        if (!twice) kam_str_addf(&s, "%s%s", s.len ? (f->values ? "," : ";") : "", one);
    }
    if (s.len) *out = (store_cell){.type = STORE_C_TEXT, .text = kam_arena_strdup(a, s.s)};
    else *out = (store_cell){.type = STORE_C_NULL};
    kam_str_release(&s);
    return KAM_OK;
}

static kam_rc convert_enum(const store_entity *e, const store_field *f, const char *text, store_cell *out, kam_err *err)
{
    const store_enum *v = store_enum_find(f->values, text);
    if (v) {
        *out = (store_cell){.type = STORE_C_TEXT, .text = v->name};
        return KAM_OK;
    }
    kam_str all = KAM_STR_INIT;
    for (v = f->values; v->name; v++) kam_str_addf(&all, "%s%s", all.len ? ", " : "", v->name);
    kam_rc rc = store_bad(e, f, "value", text, err, "\"%s\" is not one of %s", text, all.s);
    kam_str_release(&all);
    return rc;
}

static kam_rc convert_number(store *s, const store_entity *e, const store_field *f, const char *text, store_cell *out,
                             kam_err *err)
{
    bool ranged = f->flags & STORE_RANGED;
    long long i;
    int64_t v = 0;
    double r;
    if (f->kind == STORE_REAL) {
        if (!kam_parse_real(text, &r)) return store_bad(e, f, "value", text, err, "\"%s\" is not a number", text);
        if (ranged && (r < f->lo || r > f->hi)) return range_error(e, f, text, err);
        *out = (store_cell){.type = STORE_C_REAL, .r = r};
        return KAM_OK;
    }
    if (f->kind == STORE_MONEY) {
        int exponent = store_exponent(s);
        if (!kam_money_parse(text, exponent, &v))
            return store_bad(e, f, "value", text, err, "\"%s\" is not an amount in %s (at most %d decimals)", text,
                             store_currency(s), exponent);
        r = kam_money_to_major(v, exponent);
        if (ranged && (r < f->lo || r > f->hi)) return range_error(e, f, text, err);
    } else if (f->kind == STORE_FLAG) {
        if (!parse_flag(text, &v)) return store_bad(e, f, "value", text, err, "\"%s\" is not yes or no (1, 0, 是, 否)", text);
    } else if (f->kind == STORE_DAY) {
        if (!kam_day_parse(text, &v)) return store_bad(e, f, "value", text, err, "\"%s\" is not a date YYYY-MM-DD", text);
    } else { /* INT, AUTO */
        if (!kam_parse_int(text, &i)) return store_bad(e, f, "value", text, err, "\"%s\" is not a whole number", text);
        v = i;
        if (ranged && ((double)v < f->lo || (double)v > f->hi)) return range_error(e, f, text, err);
        if (f->kind == STORE_AUTO && v < 1) return store_bad(e, f, "range", text, err, "a number begins at 1");
    }
    *out = (store_cell){.type = STORE_C_INT, .i = v};
    return KAM_OK;
}

kam_rc store_convert(store *s, const store_entity *e, const store_field *f, const char *text, kam_arena *a,
                     store_cell *out, kam_err *err)
{
    size_t n = strlen(text);
    if (!clean_text(text, f->kind != STORE_TEXT && f->kind != STORE_LIST))
        return store_bad(e, f, "value", "?", err, "control characters or bytes that are not UTF-8 are not allowed");
    if (n > 1000000) return store_bad(e, f, "value", "?", err, "the text is longer than 1,000,000 bytes");
    switch (f->kind) {
    case STORE_TEXT:
        break;
    case STORE_CODE:
        if (text[0] == ' ' || text[n - 1] == ' ' || strchr(text, ';') || n > 200)
            return store_bad(e, f, "value", text, err,
                             "\"%s\" cannot be a code: no blank at its ends, no ';', at most 200 bytes", text);
        break;
    case STORE_PERIOD:
        if (!valid_period(text))
            return store_bad(e, f, "value", text, err, "\"%s\" is not a period YYYY, YYYY-Qn or YYYY-MM", text);
        break;
    case STORE_ENUM:
        return convert_enum(e, f, text, out, err);
    case STORE_LIST:
        return convert_list(e, f, text, a, out, err);
    default:
        return convert_number(s, e, f, text, out, err);
    }
    *out = (store_cell){.type = STORE_C_TEXT, .text = kam_arena_strdup(a, text)};
    return KAM_OK;
}

void store_bind_cell(sqlite3_stmt *st, int i, const store_cell *c)
{
    if (c->type == STORE_C_INT) sqlite3_bind_int64(st, i, c->i);
    else if (c->type == STORE_C_REAL) sqlite3_bind_double(st, i, c->r);
    else if (c->type == STORE_C_TEXT) sqlite3_bind_text(st, i, c->text, -1, SQLITE_STATIC);
    else sqlite3_bind_null(st, i);
}

kam_rc store_unknown_field(const store_entity *e, const char *name, kam_err *err)
{
    const char **names = kam_calloc(e->n_fields, sizeof *names);
    for (size_t i = 0; i < e->n_fields; i++) names[i] = e->fields[i].name;
    kam_err_set(err, KAM_USAGE, "%s has no field \"%s\"", e->name, name);
    kam_err_nearest(err, name, names, e->n_fields);
    kam_err_word(err, e->name);
    kam_err_word(err, name);
    kam_free(names);
    return KAM_USAGE;
}
