/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_entity.h"
#include "cmd_session_int.h"
#include "store.h"
#include <string.h>

/* Builds the argument list of one record. */
struct builder {
    kam_arena *a;
    const store_entity *e;
    cmd_arg *arg;
    size_t n;
};

static cmd_arg *push(struct builder *b, cmd_arg arg)
{
    b->arg[b->n] = arg;
    return &b->arg[b->n++];
}

static cmd_kind kind_of(const store_field *f)
{
    switch (f->kind) {
    case STORE_INT:
    case STORE_AUTO: return CMD_INT;
    case STORE_REAL: return CMD_REAL;
    case STORE_DAY: return CMD_DATE;
    case STORE_MONEY: return CMD_MONEY;
    case STORE_PERIOD: return CMD_PERIOD;
    case STORE_ENUM: return CMD_ENUM;
    case STORE_LIST:
    case STORE_REFS: return CMD_LIST;
    case STORE_REF: return CMD_REF;
    default: return CMD_STRING;
    }
}

static const char *const flag_values[] = {"0", "1", NULL};

static const char *const *values_of(kam_arena *a, const store_field *f)
{
    if (f->kind == STORE_FLAG) return flag_values;
    if (f->kind != STORE_ENUM) return NULL;
    size_t n = 0;
    while (f->values[n].name) n++;
    const char **v = kam_arena_alloc(a, (n + 1) * sizeof *v);
    for (size_t i = 0; i < n; i++) v[i] = f->values[i].name;
    return v;
}

/* The field as a word or an option; its text goes to the store, which checks it. */
static void push_field(struct builder *b, const store_field *f, bool option, unsigned flags)
{
    size_t slot = store_field_index(b->e, f);
    cmd_arg arg = {.name = option ? kam_arena_printf(b->a, "-%s", f->name) : f->name,
                   .kind = kind_of(f),
                   .offset = offsetof(cmd_entity_args, text) + slot * sizeof(const char *),
                   .help = {f->help_en ? f->help_en : f->en, f->help_zh ? f->help_zh : f->zh},
                   .flags = flags | CMD_RAW,
                   .values = values_of(b->a, f)};
    if (f->kind == STORE_REF || f->kind == STORE_REFS) arg.of = f->ref;
    /* A key naming a record of this very entity completes to its codes. */
    if (!option && f->kind == STORE_CODE && f == &b->e->fields[0] && (b->e->flags & (STORE_E_NAMED | STORE_E_NAME))) {
        arg.kind = CMD_REF;
        arg.of = b->e->name;
    }
    push(b, arg);
}

static bool is_auto(const store_field *f) { return f->kind == STORE_AUTO; }

/* Key words and key options that say which record is meant. */
static void push_key(struct builder *b, bool required)
{
    for (size_t i = 0; i < b->e->n_fields; i++) {
        const store_field *f = &b->e->fields[i];
        if (is_auto(f) || store_field_positional(f)) push_field(b, f, false, required ? CMD_REQUIRED : 0);
        else if (f->flags & STORE_KEY) push_field(b, f, true, 0);
    }
}

static void push_dryrun(struct builder *b) { push(b, (cmd_arg)CMD_ARG_DRYRUN(cmd_entity_args)); }
static void push_quiet(struct builder *b) { push(b, (cmd_arg)CMD_ARG_QUIET(cmd_entity_args)); }

static void push_add(struct builder *b)
{
    for (size_t i = 0; i < b->e->n_fields; i++) {
        const store_field *f = &b->e->fields[i];
        if (!store_field_positional(f)) continue;
        push_field(b, f, false, CMD_REQUIRED);
        /* A new code is no existing one. */
        if (f->kind == STORE_CODE) b->arg[b->n - 1].kind = CMD_STRING, b->arg[b->n - 1].of = NULL;
    }
    for (size_t i = 0; i < b->e->n_fields; i++) {
        const store_field *f = &b->e->fields[i];
        if (store_field_positional(f) || ((f->flags & STORE_READONLY) && !is_auto(f))) continue;
        bool need = (f->flags & STORE_REQUIRED) && !f->dflt && !is_auto(f) && !(f->flags & (STORE_DERIVED | STORE_ONE_OF));
        push_field(b, f, true, need ? CMD_REQUIRED : 0);
    }
    push_dryrun(b);
    push_quiet(b);
}

static void push_set(struct builder *b)
{
    push_key(b, true);
    for (size_t i = 0; i < b->e->n_fields; i++) {
        const store_field *f = &b->e->fields[i];
        if ((f->flags & (STORE_KEY | STORE_READONLY)) || is_auto(f)) continue;
        push_field(b, f, true, 0);
    }
    push_dryrun(b);
    push_quiet(b);
}

static void push_list(struct builder *b)
{
    const char *e = b->e->name;
    push(b, (cmd_arg){.name = "-where", .kind = CMD_STRING, .offset = offsetof(cmd_entity_args, where),
                      .flags = CMD_MANY, .of = e,
                      .help = {"only records with FIELD OP VALUE; OP is = != < <= > >= ~ (contains), or FIELD missing, "
                               "FIELD present; may be repeated, all must hold",
                               "条件：字段 运算符 值；运算符为 = != < <= > >= ~（包含），或 字段 missing、字段 present;"
                               "可重复，须全部满足"}});
    push(b, (cmd_arg){.name = "-columns", .kind = CMD_LIST, .offset = offsetof(cmd_entity_args, columns), .of = e,
                      .help = {"the fields to show, in this order", "要显示的字段及其顺序"}});
    push(b, (cmd_arg){.name = "-sort", .kind = CMD_LIST, .offset = offsetof(cmd_entity_args, sort), .of = e,
                      .help = {"fields to sort by; -FIELD for descending", "排序字段；-字段 为降序"}});
    push(b, (cmd_arg){.name = "-limit", .kind = CMD_INT, .offset = offsetof(cmd_entity_args, limit), .def = "0",
                      .min = 0, .max = 1e12, .help = {"at most so many records; 0: all", "最多多少条；0 为全部"}});
}

static void push_remove(struct builder *b)
{
    push_key(b, true);
    push(b, (cmd_arg){.name = "-cascade", .kind = CMD_FLAG, .offset = offsetof(cmd_entity_args, cascade),
                      .help = {"also what refers to it", "连同引用它的记录"}});
    push(b, (cmd_arg)CMD_ARG_YES(cmd_entity_args));
    push_dryrun(b);
    push_quiet(b);
}

static void push_changes(struct builder *b)
{
    push_key(b, false);
    push(b, (cmd_arg){.name = "-since", .kind = CMD_DATE, .offset = offsetof(cmd_entity_args, since),
                      .help = {"only changes made on or after this day", "只看该日及以后的变更"}});
    push(b, (cmd_arg){.name = "-limit", .kind = CMD_INT, .offset = offsetof(cmd_entity_args, limit), .def = "1000",
                      .min = 1, .max = 1e9, .help = {"at most so many rows", "最多多少行"}});
}

/* --- result columns ------------------------------------------------------------------------------------------------ */

static const cmd_column diff_columns[] = {
    {"entity", KAM_TEXT, {"what kind of record", "记录类型"}, NULL},
    {"action", KAM_TEXT, {"set or remove", "操作"}, NULL},
    {"object", KAM_TEXT, {"which record", "哪条记录"}, NULL},
    {"field", KAM_TEXT, {"which field", "哪个字段"}, NULL},
    {"before", KAM_TEXT, {"value before", "变更前的值"}, NULL},
    {"after", KAM_TEXT, {"value after", "变更后的值"}, NULL},
    CMD_COLUMNS_END};

static const cmd_column change_columns[] = {
    {"entry", KAM_INT, {"number of the journal entry", "流水号"}, NULL},
    {"when", KAM_TEXT, {"when it was made (UTC)", "时间（UTC）"}, NULL},
    {"who", KAM_TEXT, {"who made it", "操作人"}, NULL},
    {"command", KAM_TEXT, {"the command as typed", "所用命令"}, NULL},
    {"state", KAM_TEXT, {"done or undone", "已做或已撤销"}, NULL},
    {"entity", KAM_TEXT, {"what kind of record", "记录类型"}, NULL},
    {"action", KAM_TEXT, {"add, set or remove", "新增、修改或删除"}, NULL},
    {"object", KAM_TEXT, {"which record", "哪条记录"}, NULL},
    {"before", KAM_TEXT, {"values before", "变更前"}, NULL},
    {"after", KAM_TEXT, {"values after", "变更后"}, NULL},
    CMD_COLUMNS_END};

static const cmd_column *field_columns(kam_arena *a, const store_entity *e)
{
    cmd_column *c = kam_arena_alloc(a, (e->n_fields + 1) * sizeof *c);
    for (size_t i = 0; i < e->n_fields; i++) {
        const store_field *f = &e->fields[i];
        c[i] = (cmd_column){f->name, store_kind_type(f->kind),
                            {f->help_en ? f->help_en : f->en, f->help_zh ? f->help_zh : f->zh},
                            f->flags & STORE_HIDDEN ? "-columns" : NULL};
    }
    return c;
}

/* --- the six records ---------------------------------------------------------------------------------------------------- */

enum verb { ADD, SET, SHOW, LIST, REMOVE, CHANGES, N_VERBS };

static const struct {
    const char *name;
    cmd_effect effect;
    cmd_run_fn run;
    void (*args)(struct builder *b);
    const char *en, *zh;               /* summary around the entity's name */
    const char *detail_en, *detail_zh;
} verbs[N_VERBS] = {
    {"add", CMD_WRITES, cmd_entity_add, push_add, "Add %s.", "新增%s。",
     "Returns the key of the new record.", "返回新记录的键。"},
    {"set", CMD_WRITES, cmd_entity_set, push_set, "Change fields of %s.", "修改%s的字段。",
     "An empty value clears a field. Returns what changed, one row a field.", "空值清除字段。返回改动，每个字段一行。"},
    {"show", CMD_READS, cmd_entity_show, NULL, "Show %s with every field.", "显示%s的全部字段。",
     "One row with every field, also those that `list` leaves out.", "一行，含 list 不显示的字段。"},
    {"list", CMD_READS, cmd_entity_list, push_list, "List records of %s.", "列出%s。",
     "All conditions must hold; a missing value satisfies only `missing` and `!=`.", "条件须全部满足；缺失值只满足 missing 和 !=。"},
    {"remove", CMD_WRITES, cmd_entity_remove, push_remove, "Remove %s.", "删除%s。",
     "Refused while other records refer to it, unless -cascade is given, which asks before it removes more than one record. undo brings them back.",
     "有记录引用它时拒绝删除，除非加 -cascade；删除多条前会询问。可用 undo 恢复。"},
    {"changes", CMD_READS, cmd_entity_changes, push_changes, "Show the history of %s.", "显示%s的变更历史。",
     "From the journal, newest first; without a key: of all records of the kind.", "取自变更日志，新的在前；不给键时为该类全部记录。"},
};

static const char *around(kam_arena *a, const char *pattern, const char *word)
{
    const char *hole = strchr(pattern, '%');
    return kam_arena_printf(a, "%.*s%s%s", (int)(hole - pattern), pattern, word, hole + 2);
}

static const char *with_article(kam_arena *a, const store_entity *e)
{
    return kam_arena_printf(a, "%s %s", strchr("aeiouAEIOU", e->en[0]) ? "an" : "a", e->en);
}

static const cmd_example *examples_of(kam_arena *a, const store_entity *e, enum verb v)
{
    cmd_example *x = kam_arena_alloc(a, 2 * sizeof *x);
    char *key = cmd_entity_example_key(a, e);
    x[0].says = (cmd_text){around(a, verbs[v].en, with_article(a, e)), around(a, verbs[v].zh, e->zh)};
    switch (v) {
    case ADD: x[0].script = cmd_entity_example_add(a, e); break;
    case LIST: x[0].script = kam_arena_printf(a, "table rows [%s list]", e->name); x[0].result = "1"; break;
    case CHANGES: x[0].script = kam_arena_printf(a, "table get [%s changes %s] 0 action", e->name, key);
        x[0].result = "add"; break;
    case REMOVE: x[0].script = kam_arena_printf(a, "%s remove %s; table rows [%s list]", e->name, key, e->name);
        x[0].result = "0"; break;
    case SHOW: x[0].script = kam_arena_printf(a, "table rows [%s show %s]", e->name, key); x[0].result = "1"; break;
    case SET: {
        x[0].script = kam_arena_printf(a, "%s set %s", e->name, key);
        x[0].result = "entity\taction\tobject\tfield\tbefore\tafter";
        for (size_t i = 0; i < e->n_fields; i++) {
            const store_field *f = &e->fields[i];
            if (strcmp(f->name, "notes") != 0 && strcmp(f->name, "evidence") != 0) continue;
            x[0].script = kam_arena_printf(a, "table get [%s set %s -%s new] 0 after", e->name, key, f->name);
            x[0].result = "new";
        }
        break;
    }
    default: break;
    }
    return x;
}

static void generate_one(cmd_session *s, const store_entity *e, enum verb v)
{
    kam_arena *a = &s->arena;
    struct builder b = {a, e, kam_arena_alloc(a, (2 * e->n_fields + 8) * sizeof(cmd_arg)), 0};
    push(&b, (cmd_arg){.name = "", .kind = CMD_SELF, .offset = offsetof(cmd_entity_args, self)});
    if (verbs[v].args) verbs[v].args(&b);
    else push_key(&b, true);

    cmd_entity_data *data = kam_arena_alloc(a, sizeof *data);
    data->entity = e;
    cmd_spec *c = kam_arena_alloc(a, sizeof *c);
    c->name = kam_arena_printf(a, "%s %s", e->name, verbs[v].name);
    c->summary = (cmd_text){around(a, verbs[v].en, v == LIST ? e->en : with_article(a, e)), around(a, verbs[v].zh, e->zh)};
    c->detail = (cmd_text){kam_arena_printf(a, "%s %s", e->help_en ? e->help_en : e->en, verbs[v].detail_en),
                           kam_arena_printf(a, "%s%s", e->help_zh ? e->help_zh : e->zh, verbs[v].detail_zh)};
    c->effect = verbs[v].effect;
    c->args_size = sizeof(cmd_entity_args) + e->n_fields * sizeof(const char *);
    c->args = b.arg;
    c->run = verbs[v].run;
    c->topic = "data";
    c->data = data;
    if (v == SHOW || v == LIST) c->columns = field_columns(a, e);
    else if (v == CHANGES) c->columns = change_columns;
    else if (v != ADD) c->columns = diff_columns;
    if (v == ADD) c->returns = (cmd_text){"the key of the new record", "新记录的键"};
    data->verb = v;
    cmd_registry_add(s, c);
}

/* Examples are written only for who reads them: making all of them would take a tenth of the start. */
void cmd_entity_examples(cmd_session *s, const cmd_spec *c)
{
    if (!cmd_entity_made(c) || c->examples) return;
    const cmd_entity_data *data = c->data;
    cmd_spec *own = (cmd_spec *)c; /* made by generate_one, in the session's arena */
    own->setup = cmd_entity_example_setup(&s->arena, data->entity, data->verb != ADD);
    own->examples = examples_of(&s->arena, data->entity, (enum verb)data->verb);
}

void cmd_entity_generate(cmd_session *s)
{
    size_t n;
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; i < n; i++) {
        if (e[i].flags & STORE_E_READONLY) continue;
        for (int v = 0; v < N_VERBS; v++) generate_one(s, &e[i], (enum verb)v);
    }
}
