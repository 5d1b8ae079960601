/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_entity: the record-keeping commands ENTITY add|set|show|list|remove|changes, made from the store's table of
 * fields, never by hand: records (and with them parsing, help, completion, examples, tests) and handlers. */
#ifndef CMD_ENTITY_H
#define CMD_ENTITY_H
#include "cmd_spec.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "store_field.h"

/* The struct behind all of them; text[] has one slot per field of the entity. */
typedef struct cmd_entity_args {
    const cmd_spec *self;
    bool dryrun, quiet, cascade, yes;
    cmd_words where, columns, sort;
    int64_t limit;
    kam_day since;
    const char *text[];
} cmd_entity_args;

/* What a generated record's `data` points to. */
typedef struct cmd_entity_data {
    const store_entity *entity;
    int verb;
} cmd_entity_data;

/* Is this one of the generated records? */
bool cmd_entity_made(const cmd_spec *c);
/* Writes setup and examples into a generated record, which starts without; others are left as they are. To be called by
 * whoever reads them: help, man, ::kam::records. */
void cmd_entity_examples(cmd_session *s, const cmd_spec *c);

/* Handlers, in cmd_entity_run.c. */
kam_rc cmd_entity_add(cmd_session *s, const void *args, cmd_value *out, kam_err *err);
kam_rc cmd_entity_set(cmd_session *s, const void *args, cmd_value *out, kam_err *err);
kam_rc cmd_entity_show(cmd_session *s, const void *args, cmd_value *out, kam_err *err);
kam_rc cmd_entity_list(cmd_session *s, const void *args, cmd_value *out, kam_err *err);
kam_rc cmd_entity_remove(cmd_session *s, const void *args, cmd_value *out, kam_err *err);
kam_rc cmd_entity_changes(cmd_session *s, const void *args, cmd_value *out, kam_err *err);

/* Examples made from the fields' example values (cmd_entity_example.c). */
/* A value that field f accepts. */
const char *cmd_entity_example_value(const store_entity *e, const store_field *f);
/* Commands, one a line, that make the objects a record of e refers to, then (self) the record itself. */
char *cmd_entity_example_setup(kam_arena *a, const store_entity *e, bool self);
/* The key words of the example record, as typed: "A001", "C001 attitude 2025-06-30 -opportunity O001". */
char *cmd_entity_example_key(kam_arena *a, const store_entity *e);
/* "ENTITY add …" of the example record. */
char *cmd_entity_example_add(kam_arena *a, const store_entity *e);
#endif
