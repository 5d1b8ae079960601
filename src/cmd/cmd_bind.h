/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_bind: words → the handler's struct, by the command's record. */
#ifndef CMD_BIND_H
#define CMD_BIND_H
#include "cmd_spec.h"
#include "kam_mem.h"

typedef struct cmd_bound {
    void *args;      /* the struct, args_size bytes */
    kam_arena arena; /* what the struct points to */
    kam_table **table;
    size_t n_table, cap_table;
    Tcl_Obj **obj;
    size_t n_obj, cap_obj;
} cmd_bound;

/* Fills and checks the struct from the words after the command's name. KAM_USAGE (word: the command), KAM_NOTFOUND,
 * KAM_CONSTRAINT ambiguous name, KAM_DATA not a table. *b is to be released in any case. */
kam_rc cmd_bind(cmd_session *s, const cmd_spec *c, int objc, Tcl_Obj *const objv[], cmd_bound *b, kam_err *err);
void cmd_bound_release(cmd_bound *b);

size_t cmd_arg_count(const cmd_spec *c); /* without CMD_SELF */
bool cmd_arg_is_option(const cmd_arg *a);
#endif
