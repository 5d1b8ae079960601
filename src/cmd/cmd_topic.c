/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_topic.h"
#include "cmd_bind.h"
#include "cmd_entity.h"
#include "cmd_session.h"
#include "kam_mem.h"
#include "store_field.h"
#include "store_setting.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool cmd_topic_shown(cmd_session *s, const cmd_topic *t) { return !*t->needs || cmd_spec_find(s, t->needs) != NULL; }

/* Is `name` one of the pieces of `list`? */
static bool among(const char *list, const char *separator, const char *name)
{
    const size_t n = strlen(name), gap = strlen(separator);
    for (const char *p = list; *p;) {
        const char *end = strstr(p, separator);
        const size_t len = end ? (size_t)(end - p) : strlen(p);
        if (len == n && strncasecmp(p, name, n) == 0) return true;
        p += len + (end ? gap : 0);
    }
    return false;
}

const cmd_topic *cmd_topic_find(cmd_session *s, const char *name)
{
    for (const cmd_topic *t = cmd_topics; t->name; t++)
        if (strcasecmp(t->name, name) == 0 && cmd_topic_shown(s, t)) return t;
    for (const cmd_topic *t = cmd_topics; t->name; t++)
        if (among(t->words, " ", name) && cmd_topic_shown(s, t)) return t;
    return NULL;
}

const cmd_topic *cmd_topic_of(cmd_session *s, const char *command)
{
    for (const cmd_topic *t = cmd_topics; t->name; t++)
        if (among(t->commands, "; ", command) && cmd_topic_shown(s, t)) return t;
    return NULL;
}

void cmd_topic_text(cmd_session *s, const cmd_topic *t, kam_str *out)
{
    cmd_help_wrapped(s, out, cmd_session_say(s, t->title), 0);
    kam_str_addc(out, '\n');
    for (const char *p = cmd_session_say(s, t->body); *p;) {
        const size_t n = strcspn(p, "\n");
        if (strncmp(p, "  - ", 4) == 0) {
            char *item = kam_strndup(p + 4, n - 4);
            const size_t at = out->len;
            cmd_help_wrapped(s, out, item, 4);
            if (out->len > at + 4) out->s[at + 2] = '-';
            kam_free(item);
        } else if (n == 0 || strncmp(p, "  ", 2) == 0) {
            kam_str_addn(out, p, n);
            kam_str_addc(out, '\n');
        } else {
            char *line = kam_strndup(p, n);
            cmd_help_wrapped(s, out, line, 0);
            kam_free(line);
        }
        p += n + (p[n] == '\n');
    }
    if (!*t->commands) return;
    kam_str b = KAM_STR_INIT;
    kam_str_add(&b, cmd_session_say(s, (cmd_text){"Commands: ", "命令："}));
    kam_str_add(&b, t->commands);
    kam_str_addc(out, '\n');
    cmd_help_wrapped(s, out, kam_str_cstr(&b), 0);
    kam_str_release(&b);
}

void cmd_topic_list(cmd_session *s, kam_str *out)
{
    for (const cmd_topic *t = cmd_topics; t->name; t++)
        if (cmd_topic_shown(s, t)) cmd_help_entry(s, out, t->name, cmd_session_say(s, t->title), 28);
}

/* --- search --------------------------------------------------------------------------------------------------------- */

/* ASCII case does not matter. */
static const char *find(const char *text, const char *word)
{
    const size_t n = strlen(word);
    for (; text && *text; text++)
        if (strncasecmp(text, word, n) == 0) return text;
    return NULL;
}

static bool in_text(cmd_text t, const char *word) { return find(t.en, word) || find(t.zh, word); }

/* How well one thing answers one word: its name, what it is called, what it is for, what is said of it. */
typedef struct thing {
    const char *name, *words;
    cmd_text title, body;
    const cmd_arg *args;
    const store_entity *entity;
} thing;

static int score_word(const thing *t, const char *word)
{
    const char *at = find(t->name, word);
    if (strcasecmp(t->name, word) == 0) return 100;
    if (among(t->words, " ", word)) return 90;
    if (at == t->name) return 70;
    if (at || find(t->words, word)) return 60;
    if (in_text(t->title, word)) return 40;
    if (in_text(t->body, word)) return 20;
    for (const cmd_arg *a = t->args; a && a->name; a++)
        if (find(a->name, word) || in_text(a->help, word)) return 10;
    for (size_t i = 0; t->entity && i < t->entity->n_fields; i++)
        if (find(t->entity->fields[i].name, word) || find(t->entity->fields[i].en, word) || find(t->entity->fields[i].zh, word)) return 10;
    return 0;
}

/* Every word must occur; the sum counts. */
static int score(const thing *t, const char *const *word, size_t n)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++) {
        const int one = score_word(t, word[i]);
        if (one == 0) return 0;
        sum += one;
    }
    return sum;
}

enum { KIND_TOPIC, KIND_COMMAND, KIND_ENTITY, KIND_SETTING };

typedef struct hit {
    int score, kind;
    size_t place;
    const char *name, *summary;
} hit;

typedef struct hits {
    hit *row;
    size_t n, cap;
    const char *const *word;
    size_t n_words;
} hits;

static void offer(hits *h, int kind, const thing *t, const char *summary)
{
    const int points = score(t, h->word, h->n_words);
    if (points == 0) return;
    KAM_GROW(h->row, h->cap, h->n + 1);
    h->row[h->n] = (hit){points, kind, h->n, t->name, summary};
    h->n++;
}

static int by_score(const void *a, const void *b)
{
    const hit *p = a, *q = b;
    if (p->score != q->score) return p->score > q->score ? -1 : 1;
    if (p->kind != q->kind) return p->kind - q->kind;
    return p->place < q->place ? -1 : 1;
}

static void collect(cmd_session *s, hits *h)
{
    size_t n;
    for (const cmd_topic *t = cmd_topics; t->name; t++)
        if (cmd_topic_shown(s, t))
            offer(h, KIND_TOPIC, &(thing){t->name, t->words, t->title, t->body, NULL, NULL}, cmd_session_say(s, t->title));
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    for (size_t i = 0; i < n; i++) /* the entity stands for the commands made from it */
        if (!cmd_entity_made(all[i]))
            offer(h, KIND_COMMAND, &(thing){all[i]->name, "", all[i]->summary, all[i]->detail, all[i]->args, NULL},
                  cmd_session_say(s, all[i]->summary));
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++)
        offer(h, KIND_ENTITY, &(thing){e[i].name, "", {e[i].en, e[i].zh}, {e[i].help_en, e[i].help_zh}, NULL, &e[i]},
              cmd_session_say(s, (cmd_text){e[i].help_en ? e[i].help_en : e[i].en, e[i].help_zh ? e[i].help_zh : e[i].zh}));
    const store_setting *set = store_settings(&n);
    for (size_t i = 0; i < n; i++)
        offer(h, KIND_SETTING, &(thing){set[i].name, "", {set[i].en, set[i].zh}, {NULL, NULL}, NULL, NULL},
              cmd_session_say(s, (cmd_text){set[i].en, set[i].zh}));
    if (h->n) qsort(h->row, h->n, sizeof *h->row, by_score);
}

static void say_near(cmd_session *s, const char *text, kam_table *t)
{
    size_t n, m = 0;
    const cmd_spec *const *all = cmd_spec_list(s, &n);
    const char **names = kam_calloc(n + 200, sizeof *names);
    for (const cmd_topic *k = cmd_topics; k->name && m < 100; k++)
        if (cmd_topic_shown(s, k)) names[m++] = k->name;
    for (size_t i = 0; i < n; i++)
        if (!cmd_entity_made(all[i])) names[m++] = all[i]->name;
    kam_err e = KAM_ERR_INIT; /* for its two languages */
    kam_err_set(&e, KAM_NOTFOUND, "nothing found");
    kam_err_nearest(&e, text, names, m);
    kam_table_add_note(t, kam_err_text(&e, cmd_session_lang(s) == CMD_LANG_ZH));
    kam_free(names);
}

kam_table *cmd_help_search(cmd_session *s, const char *text)
{
    static const char *const KIND[] = {"topic", "command", "entity", "setting"};
    enum { WORDS = 8 };
    char *copy = kam_strdup(text);
    const char *word[WORDS];
    hits h = {.word = word};
    for (char *p = copy; *p && h.n_words < WORDS;) {
        p += strspn(p, " \t\n");
        const size_t n = strcspn(p, " \t\n");
        if (n == 0) break;
        word[h.n_words++] = p;
        p += n;
        if (*p) *p++ = '\0';
    }
    if (h.n_words) collect(s, &h);
    kam_table *t = kam_table_new();
    kam_column *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_column *kind = kam_table_add_column(t, "kind", KAM_TEXT, NULL);
    kam_column *summary = kam_table_add_column(t, "summary", KAM_TEXT, NULL);
    for (size_t i = 0; i < h.n; i++) {
        kam_col_push_text(name, h.row[i].name);
        kam_col_push_text(kind, KIND[h.row[i].kind]);
        kam_col_push_text(summary, h.row[i].summary);
    }
    if (h.n == 0) say_near(s, text, t);
    kam_table_seal(t);
    kam_free(h.row);
    kam_free(copy);
    return t;
}
