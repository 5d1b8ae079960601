/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_tongue.h"
#include "cmd_session_int.h"
#include "kam_mem.h"
#include "store.h"
#include "store_field.h"
#include <string.h>

enum { MAX_OWNERS = 4 };

/* A column of codes whose records may own a name; NULL: the code was left out of what a command gave, and the name must do. */
typedef struct owner {
    const kam_column *code;
    const store_entity *e;
} owner;

/* column NULL: by the name alone. */
static size_t add_owner(owner *list, size_t n, store *db, const kam_table *t, const char *column, const char *entity)
{
    const kam_column *c = column ? kam_table_find(t, column) : NULL;
    const store_entity *e = store_entity_find(entity);
    if (n < MAX_OWNERS && (!column || (c && kam_col_type(c) == KAM_TEXT)) && store_has_english(db, e)) list[n++] = (owner){c, e};
    return n;
}

/* Whose name may stand in this column: in `name` that of the contact, else of the account beside it; in X_name that of X. */
static size_t owners_of(store *db, const kam_table *t, const kam_column *c, owner *list)
{
    const char *name = kam_col_name(c);
    size_t n = 0, len = strlen(name), end = strlen("_name");
    if (kam_col_type(c) != KAM_TEXT) return 0;
    if (strcmp(name, "name") == 0) {
        if (kam_table_find(t, "name_en")) return 0;
        n = add_owner(list, n, db, t, "contact", "contact");
        n = add_owner(list, n, db, t, "account", "account");
        n = add_owner(list, n, db, t, "code", kam_streq(kam_table_title(t), "contact") ? "contact" : "account");
        bool coded = kam_table_find(t, "contact") || kam_table_find(t, "account") || kam_table_find(t, "code");
        if (coded || !kam_table_title(t)) return n;
        n = add_owner(list, n, db, t, NULL, "contact");
        return add_owner(list, n, db, t, NULL, "account");
    }
    if (len <= end || strcmp(name + len - end, "_name") != 0) return 0;
    char *of = kam_strndup(name, len - end);
    n = add_owner(list, n, db, t, of, "account");
    n = add_owner(list, n, db, t, of, "contact");
    kam_free(of);
    return n;
}

static void push(cmd_session *s, kam_column *to, const kam_column *c, const owner *list, size_t n, size_t row)
{
    char *english = NULL;
    for (size_t i = 0; i < n && !english && !kam_col_missing(c, row); i++)
        if (!list[i].code || !kam_col_missing(list[i].code, row))
            store_english_name(s->db, list[i].e, list[i].code ? kam_col_text(list[i].code, row) : NULL, kam_col_text(c, row), &english, NULL);
    if (english) kam_col_push_text(to, english);
    else kam_col_push_from(to, c, row);
    kam_free(english);
}

static bool for_people(cmd_format f)
{
    return f == CMD_F_BOX || f == CMD_F_TABLE || f == CMD_F_LINE || f == CMD_F_MARKDOWN || f == CMD_F_HTML;
}

kam_table *cmd_tongue(cmd_session *s, const kam_table *t, const cmd_render_options *o)
{
    owner list[MAX_OWNERS];
    size_t cols = kam_table_columns(t), rows = kam_table_rows(t), any = 0;
    if (o->lang == CMD_LANG_EN && for_people(o->format) && s->db)
        for (size_t i = 0; i < cols; i++) any += owners_of(s->db, t, kam_table_column(t, i), list);
    if (!any) return kam_table_ref((kam_table *)t);
    kam_table *out = kam_table_new();
    kam_table_set_title(out, kam_table_title(t));
    kam_table_set_currency(out, kam_table_currency(t), kam_table_exponent(t));
    kam_table_set_watch(out, kam_table_watch(t));
    for (size_t i = 0; i < kam_table_notes(t); i++) kam_table_add_note(out, kam_table_note(t, i));
    for (size_t i = 0; i < cols; i++) {
        const kam_column *c = kam_table_column(t, i);
        size_t n = owners_of(s->db, t, c, list);
        if (!n) {
            kam_table_share_column(out, c, NULL);
            continue;
        }
        kam_column *to = kam_table_add_column(out, kam_col_name(c), KAM_TEXT, kam_col_label(c));
        for (size_t row = 0; row < rows; row++) push(s, to, c, list, o->max_rows && row >= o->max_rows ? 0 : n, row);
    }
    kam_table_seal(out);
    return out;
}

void cmd_tongue_words(cmd_session *s, kam_table **t)
{
    const cmd_render_options o = {.format = CMD_F_BOX, .lang = cmd_session_lang(s)};
    kam_table *own = *t;
    if (!own) return;
    *t = cmd_tongue(s, own, &o);
    kam_table_unref(own);
}
