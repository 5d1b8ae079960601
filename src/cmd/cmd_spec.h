/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_spec: one const record per command, beside its handler. From this record come: parsing and checking of the
 * words, generated usage errors, `help`, `kamsh --help`, the manual page, Tab completion, the examples that run as
 * tests and the coverage gate. Nothing about a command is said in a second place.
 *
 * How to write one: copy cmd_hello.c. A handler gets a filled, validated struct and never sees objc/objv:
 *
 *     struct args { cmd_ref account; int by; kam_day asof; bool summary; };
 *     static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err);
 *
 * and the record names for every argument its kind and its offset in that struct. Register the record with one
 * extern line and one entry in cmd_all.c; add the .c to Makefile.am; write tests/tcl/NAME.test.
 *
 * What each kind stores at `offset` (and how "not given" looks when there is no default):
 *   CMD_STRING, CMD_FILE, CMD_SETTING, CMD_ENTITY, CMD_FIELD, CMD_COMMAND   const char *       NULL
 *   CMD_INT     int64_t      CMD_UNSET_INT        CMD_REAL   double        NAN
 *   CMD_FLAG    bool         false (an option without a value)
 *   CMD_ENUM    int, index into values[]          -1
 *   CMD_DATE    kam_day      CMD_UNSET_DAY  (accepts YYYY-MM-DD, `today`, `asof`)
 *   CMD_PERIOD  cmd_period   .set = false   (30 or 30d, 4w, 6m, 1y back from the as-of date; 2026, 2026-05, 2026-Q1,
 *               2026-01-01..2026-03-31). Relative to this command's -asof argument where it has one.
 *   CMD_MONEY   int64_t minor units               CMD_UNSET_INT
 *   CMD_REF     cmd_ref      .id = 0        (`of` names the entity: "account", "contact", "product" …; the word is a
 *               code, or a name that is unique; unknown: KAM_NOTFOUND with the nearest names)
 *   CMD_LIST    cmd_words    .n = 0         (a Tcl list)
 *   CMD_TABLE   const kam_table *  NULL     (a table value, or a list of dicts)
 *   CMD_SCRIPT, CMD_EXPR, CMD_VAR, CMD_VALUE   Tcl_Obj *   NULL
 *   CMD_SELF    const cmd_spec *   (no word of the user's: the record itself, for handlers shared by generated
 *               records; its name is "")
 * With CMD_REST (last positional) or CMD_MANY (an option that may be repeated) the field is a cmd_words (string
 * kinds), cmd_refs (CMD_REF) or cmd_objs (Tcl_Obj kinds). With CMD_RAW the word is delivered as const char * and
 * checked by the handler; the kind still serves help and completion.
 * Everything in the struct is lent for the duration of the handler. */
#ifndef CMD_SPEC_H
#define CMD_SPEC_H
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcl.h>

typedef struct cmd_session cmd_session;
typedef struct cmd_value cmd_value;
typedef struct cmd_spec cmd_spec;

/* A text the user sees, in both languages, side by side. */
typedef struct cmd_text {
    const char *en, *zh;
} cmd_text;

typedef enum cmd_kind {
    CMD_STRING,
    CMD_INT,
    CMD_REAL,
    CMD_FLAG,
    CMD_ENUM,
    CMD_LIST,
    CMD_DATE,
    CMD_PERIOD,
    CMD_MONEY,
    CMD_REF,
    CMD_ENTITY,
    CMD_FIELD, /* `of`: the entity, or NULL: of the entity named by an earlier argument */
    CMD_SETTING,
    CMD_FILE,
    CMD_TABLE,
    CMD_COLUMN, /* a column of the command's table argument; delivered as const char * */
    CMD_COMMAND,
    CMD_SCRIPT,
    CMD_EXPR,
    CMD_VAR,
    CMD_VALUE,
    CMD_SELF
} cmd_kind;

/* The kind's name as `describe`, help and completion say it; a CMD_REF says its entity. */
struct cmd_arg;
const char *cmd_kind_name(const struct cmd_arg *a);

/* CMD_TAIL, with CMD_REST: the words of another command; from the first of them on nothing is taken as an option.
 * CMD_OPEN, with CMD_LIST: an option that the record does not know goes here without its dash, and the word behind it. */
enum { CMD_REQUIRED = 1, CMD_REST = 2, CMD_MANY = 4, CMD_RAW = 8, CMD_TAIL = 16, CMD_OPEN = 32 };

typedef struct cmd_arg {
    const char *name; /* "account" is positional, "-by" an option; positionals in the order they are typed */
    cmd_kind kind;
    size_t offset;
    cmd_text help;
    unsigned flags;
    const char *def;           /* as the user would type it; NULL: unset */
    const char *const *values; /* CMD_ENUM: NULL-terminated; others: suggestions for completion, or NULL */
    const char *of;            /* CMD_REF, CMD_FIELD: the entity; CMD_STRING: for completion, one or several of them */
    double min, max;           /* CMD_INT, CMD_REAL: inclusive range; both 0: no check */
    const char *setting;       /* the setting that stands in where the option is not given (the handler reads it); or NULL */
    const char *alone;         /* what an option means that is the last word, or before another option; NULL: it needs a value */
} cmd_arg;

/* A setting the command reads (cmd_uses.h). `when`: with which options ("-by rfm,ladder", "-by pyramid -basis margin",
 * "-reestimate"); NULL: always. A setting may be listed once for each. */
typedef struct cmd_setting {
    const char *name, *when;
} cmd_setting;

/* A column of the result. `when` says with which words it appears ("-by pyramid"); NULL: always. */
typedef struct cmd_column {
    const char *name;
    kam_type type;
    cmd_text help;
    const char *when;
} cmd_column;

/* An example that runs as a test. It starts in a new temporary database with as-of date 2025-06-30, in which the
 * record's `setup` and then `script` are evaluated; `result` is the value of `script`: a table as tsv (as `render
 * VALUE -as tsv` writes it, without the last line break), anything else as text. An error is written
 * "error: KAM NOTFOUND account C999". NULL: whatever it returns. */
typedef struct cmd_example {
    cmd_text says;
    const char *script;
    const char *result;
} cmd_example;

typedef enum { CMD_READS, CMD_WRITES, CMD_CONTROLS } cmd_effect; /* WRITES: the database; CONTROLS: only the session */

typedef kam_rc (*cmd_run_fn)(cmd_session *s, const void *args, cmd_value *out, kam_err *err);
/* How one row of the result came about (cmd_why.h). `args` as the handler got them. */
typedef struct cmd_why cmd_why;
typedef kam_rc (*cmd_why_fn)(cmd_session *s, const void *args, cmd_why *w, kam_err *err);

struct cmd_spec {
    const char *name; /* "classify" or "account add" (ensemble and exact subcommand) */
    cmd_text summary; /* one line */
    cmd_text detail;  /* paragraphs: the rule, the result, what to know */
    cmd_effect effect;
    size_t args_size; /* sizeof the handler's struct; 0: no arguments */
    const cmd_arg *args;         /* ended by an entry whose name is NULL; may be NULL */
    const cmd_column *columns;   /* likewise; NULL when the result is not a table */
    cmd_text returns;            /* said when the result is not a table */
    const char *setup;           /* see cmd_example; may be NULL */
    const cmd_example *examples; /* ended by an entry whose script is NULL */
    cmd_run_fn run;
    const char *of_account; /* the option that picks one account's rows out of the same answer: `why` asks with it; NULL: none */
    cmd_why_fn why;    /* NULL: `why` cannot explain this command */
    const cmd_setting *settings; /* thresholds it reads, ended by an entry whose name is NULL; NULL: none */
    const char *topic; /* group in help: "data" "tables" "questions" "output" "session" */
    const void *data;  /* for generated records */
};

enum { CMD_LANG_EN, CMD_LANG_ZH };

#define CMD_UNSET_INT INT64_MIN
#define CMD_UNSET_DAY INT64_MIN

typedef struct cmd_ref {
    int64_t id;       /* row id in the store; 0: not given */
    const char *code; /* its key as text */
} cmd_ref;
typedef struct cmd_refs {
    size_t n;
    cmd_ref *ref;
} cmd_refs;
typedef struct cmd_words {
    size_t n;
    const char **word;
} cmd_words;
typedef struct cmd_objs {
    size_t n;
    Tcl_Obj **obj;
} cmd_objs;
typedef struct cmd_period {
    bool set;
    kam_day first, last; /* both inclusive */
    int64_t days;        /* last − first + 1 */
} cmd_period;

#define CMD_ARGS_END {.name = NULL}
#define CMD_SETTINGS_END {.name = NULL}
#define CMD_COLUMNS_END {.name = NULL}
#define CMD_EXAMPLES_END {.script = NULL}

/* The as-of option every question has; `struct_type` has a member `kam_day asof`. Never unset. */
#define CMD_ARG_ASOF(struct_type)                                                                             \
    {                                                                                                         \
        .name = "-asof", .kind = CMD_DATE, .offset = offsetof(struct_type, asof), .def = "asof",              \
        .help = {"the day from which everything is seen; nothing dated later is read",                        \
                 "截止日期：只读取该日及以前的数据"}                                                           \
    }
/* The dry-run option every writing command has; `struct_type` has a member `bool dryrun`. */
#define CMD_ARG_DRYRUN(struct_type)                                                                           \
    {                                                                                                         \
        .name = "-dryrun", .kind = CMD_FLAG, .offset = offsetof(struct_type, dryrun),                         \
        .help = {"check and say what would change, but change nothing", "只检查并说明会改什么，不作改动"}    \
    }
/* The option of commands that remove more than one record (cmd_ask_removal); `struct_type` has a member `bool yes`. */
#define CMD_ARG_YES(struct_type)                                                                              \
    {                                                                                                         \
        .name = "-yes", .kind = CMD_FLAG, .offset = offsetof(struct_type, yes),                               \
        .help = {"remove more than one record without asking; scripts must give it",                          \
                 "删除多条记录时不再询问；脚本中必须给出"}                                                     \
    }
/* The quiet option of writing commands; `struct_type` has a member `bool quiet`. */
#define CMD_ARG_QUIET(struct_type)                                                                            \
    {                                                                                                         \
        .name = "-quiet", .kind = CMD_FLAG, .offset = offsetof(struct_type, quiet),                           \
        .help = {"return nothing", "不返回结果"}                                                              \
    }

/* Every hand-written record, ended by NULL (cmd_all.c). Generated ones are found through the session. */
extern const cmd_spec *const cmd_all[];

/* Create the Tcl commands of all records (hand-written and generated) in ::kam, their ensembles, and import them
 * into the global namespace. KAM_CONSTRAINT when a name would shadow a command of Tcl. */
kam_rc cmd_spec_register(Tcl_Interp *interp, cmd_session *s, kam_err *err);

/* Create the command of one record added later (it must be in the registry already). */
kam_rc cmd_spec_create(cmd_session *s, const cmd_spec *c, kam_err *err);
/* The words of CMD_PERIOD. false: not a period. */
bool cmd_period_parse(const char *word, kam_day asof, cmd_period *p);

/* Run a record with arguments that are bound (cmd_bind.h). */
kam_rc cmd_spec_run(cmd_session *s, const cmd_spec *c, const void *args, cmd_value *v, kam_err *err);

/* Record by full name ("account add"); NULL: none. */
const cmd_spec *cmd_spec_find(cmd_session *s, const char *name);
/* All records, sorted by name; lent. */
const cmd_spec *const *cmd_spec_list(cmd_session *s, size_t *n);

/* One line of usage: "classify ?-by yield|pyramid? ?-asof DATE?". */
char *cmd_spec_usage(const cmd_spec *c); /* caller frees with kam_free */
/* The same, but a long list of options is left to `help`. For error messages. */
char *cmd_spec_usage_short(const cmd_spec *c, bool *shortened);

#endif
