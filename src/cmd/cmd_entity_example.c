/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Examples of the generated commands: one record of each entity, with the records it refers to. They serve help and
 * run as tests, so every entity is added, changed, listed, shown, removed and undone at least once. */
#include "cmd_entity.h"
#include "kam_str.h"
#include "store.h"
#include <string.h>

const char *cmd_entity_example_value(const store_entity *e, const store_field *f)
{
    if (f->kind == STORE_REF || f->kind == STORE_REFS) {
        const store_entity *to = store_entity_find(f->ref);
        return cmd_entity_example_value(to, &to->fields[0]);
    }
    if (f->kind == STORE_SUBJECT) {
        const store_field *kind = store_field_find(e, f->ref);
        const store_entity *to = store_entity_find(cmd_entity_example_value(e, kind));
        return to ? cmd_entity_example_value(to, &to->fields[0]) : "-";
    }
    if (f->example) return f->example;
    switch (f->kind) {
    case STORE_CODE: return "X1";
    case STORE_INT:
    case STORE_REAL: return f->flags & STORE_RANGED && f->lo > 1 ? "2" : "1";
    case STORE_FLAG: return "1";
    case STORE_DAY: return "2025-06-30";
    case STORE_MONEY: return "100.00";
    case STORE_PERIOD: return "2025-06";
    case STORE_ENUM: return f->values[0].name;
    case STORE_AUTO: return "1";
    default: return "text";
    }
}

/* A second object of the same entity, so that a line between two contacts or a referral has two ends. */
static const char *other_code(kam_arena *a, const char *code) { return kam_arena_printf(a, "%sb", code); }

static bool needed(const store_entity *e, const store_field *f)
{
    if (f->kind == STORE_AUTO || (f->flags & STORE_READONLY)) return false;
    if (store_field_positional(f)) return true;
    if (f->flags & STORE_ONE_OF) {
        for (size_t i = 0; i < e->n_fields; i++)
            if (e->fields[i].flags & STORE_ONE_OF) return &e->fields[i] == f;
    }
    return (f->flags & STORE_REQUIRED) && !f->dflt && !(f->flags & STORE_DERIVED);
}

/* The value of field f in the example record: the second reference to an entity names its second object. */
static const char *value_of(kam_arena *a, const store_entity *e, const store_field *f)
{
    const char *v = cmd_entity_example_value(e, f);
    if (f->kind != STORE_REF) return v;
    for (const store_field *g = e->fields; g < f; g++)
        if (g->kind == STORE_REF && needed(e, g) && kam_streq(g->ref, f->ref)) return other_code(a, v);
    return v;
}

static void add_word(kam_str *b, const char *s)
{
    if (b->len) kam_str_addc(b, ' ');
    if (*s && !strpbrk(s, " ;\"$[]{}\\\t\n#")) kam_str_add(b, s);
    else kam_str_addf(b, "{%s}", s);
}

static void add_command(kam_arena *a, const store_entity *e, const char *code, kam_str *out)
{
    kam_str b = KAM_STR_INIT;
    kam_str_addf(&b, "%s add", e->name);
    for (int options = 0; options < 2; options++)
        for (size_t i = 0; i < e->n_fields; i++) {
            const store_field *f = &e->fields[i];
            if (!needed(e, f) || store_field_positional(f) != (options == 0)) continue;
            if (options) {
                kam_str_addf(&b, " -%s", f->name);
            }
            add_word(&b, code && i == 0 ? code : value_of(a, e, f));
        }
    kam_str_add(out, kam_str_cstr(&b));
    kam_str_release(&b);
}

static void add_line(kam_str *out, const char *line)
{
    if (out->len) kam_str_addc(out, '\n');
    kam_str_add(out, line);
}

/* The objects e's example needs, each once, in an order in which every one finds what it refers to. */
static void add_objects(kam_arena *a, const store_entity *e, kam_str *out, int depth)
{
    if (depth > 6) KAM_BUG("the example of %s refers to itself", e->name);
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        if (!needed(e, f)) continue;
        const store_entity *to = NULL;
        if (f->kind == STORE_REF || f->kind == STORE_REFS) to = store_entity_find(f->ref);
        else if (f->kind == STORE_SUBJECT)
            to = store_entity_find(cmd_entity_example_value(e, store_field_find(e, f->ref)));
        if (!to) continue;
        add_objects(a, to, out, depth + 1);
        kam_str line = KAM_STR_INIT;
        const char *code = value_of(a, e, f);
        add_command(a, to, code, &line);
        if (!out->len || !strstr(kam_str_cstr(out), kam_str_cstr(&line))) add_line(out, kam_str_cstr(&line));
        kam_str_release(&line);
    }
}

char *cmd_entity_example_setup(kam_arena *a, const store_entity *e, bool self)
{
    kam_str b = KAM_STR_INIT;
    add_objects(a, e, &b, 0);
    if (self) {
        kam_str line = KAM_STR_INIT;
        add_command(a, e, NULL, &line);
        add_line(&b, kam_str_cstr(&line));
        kam_str_release(&line);
    }
    char *s = kam_arena_strdup(a, kam_str_cstr(&b));
    kam_str_release(&b);
    return s;
}

char *cmd_entity_example_add(kam_arena *a, const store_entity *e)
{
    kam_str b = KAM_STR_INIT;
    add_command(a, e, NULL, &b);
    char *s = kam_arena_strdup(a, kam_str_cstr(&b));
    kam_str_release(&b);
    return s;
}

char *cmd_entity_example_key(kam_arena *a, const store_entity *e)
{
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        if (f->kind == STORE_AUTO) add_word(&b, "1");
        else if (store_field_positional(f)) add_word(&b, value_of(a, e, f));
        else if ((f->flags & STORE_KEY) && needed(e, f)) {
            add_word(&b, kam_arena_printf(a, "-%s", f->name));
            add_word(&b, value_of(a, e, f));
        }
    }
    char *s = kam_arena_strdup(a, kam_str_cstr(&b));
    kam_str_release(&b);
    return s;
}
