/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_plan_version: finding a version of a plan by what the user calls it, and the words of the keys in it. */
#include "cmd_label.h"
#include "cmd_plan.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_query_run.h"
#include <stdio.h>
#include <string.h>

/* --- finding ------------------------------------------------------------------------------------------------------------- */

static void take(const kam_table *t, size_t row, cmd_plan_version *out)
{
    const kam_column *name = kam_table_find(t, "name");
    out->number = kam_col_int(kam_table_find(t, "number"), row);
    out->day = kam_col_int(kam_table_find(t, "date"), row);
    out->snapshot = kam_strdup(kam_col_text(kam_table_find(t, "snapshot"), row));
    out->name = kam_col_missing(name, row) ? NULL : kam_strdup(kam_col_text(name, row));
}

void cmd_plan_version_release(cmd_plan_version *v)
{
    kam_free(v->snapshot);
    kam_free(v->name);
    *v = (cmd_plan_version)CMD_PLAN_VERSION_INIT;
}

/* The latest on or before the day; of one day the one with the highest number. SIZE_MAX: none. */
static size_t last_until(const kam_table *t, kam_day day)
{
    const kam_column *date = kam_table_find(t, "date");
    size_t found = SIZE_MAX;
    for (size_t r = 0; r < kam_table_rows(t); r++)
        if (kam_col_int(date, r) <= day && (found == SIZE_MAX || kam_col_int(date, r) >= kam_col_int(date, found))) found = r;
    return found;
}

static size_t by_name(const kam_table *t, const char *word)
{
    const kam_column *number = kam_table_find(t, "number"), *code = kam_table_find(t, "snapshot"), *name = kam_table_find(t, "name");
    long long n;
    bool numbered = kam_parse_int(word, &n);
    for (size_t r = 0; r < kam_table_rows(t); r++) {
        if (numbered ? kam_col_int(number, r) == n : kam_streq(kam_col_text(code, r), word)) return r;
        if (!numbered && !kam_col_missing(name, r) && kam_streq(kam_col_text(name, r), word)) return r;
    }
    return SIZE_MAX;
}

enum { NONE_AT_ALL, NONE_YET, NONE_SO_EARLY };
static kam_rc none_kept(const char *account, kam_day asof, int how, kam_err *err)
{
    char date[KAM_DATE_MAX];
    kam_day_format(asof, date);
    if (how == NONE_SO_EARLY) kam_err_set(err, KAM_NOTFOUND, "plan: no snapshot of %.100s is dated %s or before; plan list %.100s shows those there are", account, date, account);
    else if (how == NONE_YET) kam_err_set(err, KAM_NOTFOUND, "plan: no snapshot of %.100s is dated %s or before; plan list %.100s -asof DAY shows later ones", account, date, account);
    else kam_err_set(err, KAM_NOTFOUND, "plan: no snapshot of %.100s was kept; plan snapshot %.100s keeps one", account, account);
    kam_err_word(err, "plan-snapshot");
    return kam_err_word(err, account);
}

/* Not one of them: says which there are, and those that are near. */
static kam_rc unknown(const kam_table *t, const char *account, const char *word, kam_err *err)
{
    size_t n = kam_table_rows(t), k = 0;
    const char **names = kam_calloc(2 * n + 1, sizeof *names);
    const kam_column *name = kam_table_find(t, "name"), *code = kam_table_find(t, "snapshot");
    for (size_t r = 0; r < n; r++) {
        if (!kam_col_missing(name, r)) names[k++] = kam_col_text(name, r);
        names[k++] = kam_col_text(code, r);
    }
    kam_err_set(err, KAM_NOTFOUND, "plan: %.100s has no snapshot \"%.100s\"", account, word);
    kam_err_word(err, "plan-snapshot");
    kam_err_word(err, word);
    if (!kam_err_nearest(err, word, names, k)) kam_err_append(err, "; plan list %.100s shows them", account);
    kam_free(names);
    return KAM_NOTFOUND;
}

kam_rc cmd_plan_find(cmd_session *s, const char *account, const char *word, kam_day asof, cmd_plan_version *out, kam_err *err)
{
    kam_table *t = NULL;
    kam_day day;
    if (kam_streq(word, "now")) {
        *out = (cmd_plan_version){0, NULL, NULL, asof};
        return KAM_OK;
    }
    kam_rc rc = store_query_plan_snapshots(cmd_session_store(s), asof, account, &t, err);
    if (rc) return rc;
    bool dated = word && kam_day_parse(word, &day);
    size_t row = by_name(t, word ? word : "");
    if (row == SIZE_MAX && (!word || kam_streq(word, "last") || dated)) row = last_until(t, dated ? day : asof);
    if (kam_table_rows(t) == 0) {
        kam_table *later = NULL;
        rc = store_query_plan_snapshots(cmd_session_store(s), KAM_DAY_MAX, account, &later, err);
        if (!rc) rc = none_kept(account, asof, kam_table_rows(later) ? NONE_YET : NONE_AT_ALL, err);
        kam_table_unref(later);
    } else if (row == SIZE_MAX && dated) rc = none_kept(account, day, NONE_SO_EARLY, err);
    else if (row == SIZE_MAX) rc = unknown(t, account, word, err);
    else take(t, row, out);
    kam_table_unref(t);
    return rc;
}

kam_table *cmd_plan_headed(kam_table *t, const char *title)
{
    kam_table *out = kam_table_new();
    kam_table_set_title(out, title);
    for (size_t i = 0; i < kam_table_columns(t); i++) {
        const kam_column *from = kam_table_column(t, i);
        kam_str id = KAM_STR_INIT;
        kam_str_addf(&id, "version.%s", kam_col_name(from));
        kam_column *c = kam_table_add_column(out, kam_col_name(from), kam_col_type(from), id.s);
        for (size_t r = 0; r < kam_table_rows(t); r++) kam_col_push_from(c, from, r);
        kam_str_release(&id);
    }
    kam_table_seal(out);
    kam_table_unref(t);
    return out;
}

kam_rc cmd_plan_load(cmd_session *s, const cmd_ref *account, const cmd_plan_version *v, kam_day asof, kam_table **out, kam_err *err)
{
    if (!v->snapshot) return cmd_plan_state(s, account, asof, out, err);
    kam_table *t = NULL;
    kam_rc rc = store_query_plan_facts(cmd_session_store(s), asof, v->snapshot, &t, err);
    if (!rc) *out = cmd_plan_headed(t, "version.show");
    return rc;
}

/* --- words --------------------------------------------------------------------------------------------------------------- */

static const char *enum_word(const store_enum *values, const char *key, bool zh)
{
    for (; values && values->name; values++)
        if (kam_streq(values->name, key)) return zh ? values->zh : values->en;
    return NULL;
}

/* words: "field.ENTITY.FIELD", "attribute.SUBJECT.NAME", or the beginning of a label's id. */
const char *cmd_plan_word(void *ctx, const char *words, const char *key, calc_lang lang)
{
    (void)ctx;
    char part[3][64] = {{0}}, id[160];
    bool zh = lang == CALC_ZH;
    int n = sscanf(words, "%63[^.].%63[^.].%63s", part[0], part[1], part[2]);
    if (n == 3 && kam_streq(part[0], "field")) {
        const store_field *f = store_field_find(store_entity_find(part[1]), part[2]);
        return f ? enum_word(f->values, key, zh) : NULL;
    }
    if (n == 3 && kam_streq(part[0], "attribute")) {
        const store_attribute *a = store_attribute_find(part[1], part[2]);
        return a ? enum_word(a->values, key, zh) : NULL;
    }
    snprintf(id, sizeof id, "%.80s.%.60s", words, key);
    return cmd_label_text(id, zh ? CMD_LANG_ZH : CMD_LANG_EN);
}
