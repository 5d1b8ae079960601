/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_session_int: the session's inside, for cmd_session, cmd_spec, cmd_value and the session's own commands only. */
#ifndef CMD_SESSION_INT_H
#define CMD_SESSION_INT_H
#include "cmd_render.h"
#include "cmd_session.h"
#include "kam_mem.h"
#include <stdio.h>
#include <sys/types.h>

struct cmd_session {
    Tcl_Interp *interp;
    store *db;  /* through cmd_session_store, which makes a temporary one */
    bool later; /* no database was named, and none has been needed so far */
    bool readonly;
    int lang;
    bool hinted; /* what to do with an empty database has been said */
    bool has_reader; /* a report in another language is being made: who waits reads errors and progress in `reader` */
    int reader;
    bool lang_said; /* --lang, or display set lang: the setting of a database does not change it */
    bool asof_set; /* --asof */
    kam_day asof;
    cmd_format format;
    cmd_color color;
    bool interactive;
    struct {
        void *block;
        void (*drop)(void *);
    } keep[CMD_KEEPS]; /* cmd_session_keep */
    bool verbose; /* results name the settings they used, errors show the stack */
    bool wide, cut, records, count, timing; /* display: ambiguous-width 2, wide-tables cut or records, row-count, timing */
    size_t max_rows;
    int64_t width; /* -1: ask the terminal */
    char *null_mark;
    FILE *log; /* cmd_log.c; NULL: none is on */
    int64_t logged;
    bool confirmed; /* the command that runs asked, and was answered yes: its log has to say so */
    volatile int interrupted;
    bool kept; /* the last entry was committed although an interrupt was asked for */
    kam_progress progress;
    struct {
        const char *what;               /* lent by who tells; NULL: nothing told since the command began */
        uint64_t first, done, total;
        int64_t begun, since, shown;    /* milliseconds: of the command, of this phase, of the last line */
        bool open;                      /* a line stands on the terminal */
    } told;
    int exit_status;
    bool shown_table; /* the last thing shown was a csv or tsv table */
    char *confined; /* a template nobody vouches for runs here: the only file it may write; NULL: not so */
    bool answered;  /* its one answer is given */
    bool checking; /* report check -run: a report that its template saves by itself is made but not written */
    struct {             /* a worker's: what accounts are worth, asked for with every document of a batch (cmd_lifetime.c) */
        kam_table *values;
        void *key;       /* of what question; kam_alloc */
    } batch_kept;
    bool unsynced; /* a worker: whoever hired it sees to it that files reach the disk */
    bool batch;    /* a report with workers runs; there is nobody to hear them when it does not */
    struct cmd_hired { /* processes of ours (cmd_worker_pool.c) */
        pid_t pid;     /* 0: it was ended */
        char *channel; /* Tcl's name of the pipe to it; kam_alloc */
    } *hired;
    size_t n_hired, cap_hired;
    int depth; /* of evaluated row expressions, see cmd_expr */
    /* what a script evaluated by a handler left behind (cmd_value_from_tcl) */
    bool pending;
    int pending_rc;
    Tcl_Obj *pending_options, *pending_result;
    /* the words of the running command, for the journal; lent while it runs */
    Tcl_Obj *const *typed;
    int typed_n;
    /* registry: every record, sorted by name; generated ones live in the arena */
    const cmd_spec **spec;
    size_t n_spec, cap_spec;
    kam_arena arena;
};

/* Add a record made at run time (it must live as long as the session). The name must be new. */
void cmd_registry_add(cmd_session *s, const cmd_spec *c);
void cmd_registry_sort(cmd_session *s);
/* Records of all entities of the store (cmd_entity.c), of import and export. */
void cmd_entity_generate(cmd_session *s);
/* The hidden commands ::kam::complete, man, records, labels (cmd_complete.c). */
void cmd_complete_create(cmd_session *s);
/* ::kam::worker, and which commands a confined session may run (cmd_worker.c). */
void cmd_worker_create(cmd_session *s);
bool cmd_worker_allows(const cmd_session *s, const cmd_spec *c);
/* Tcl's `unknown`, ours (cmd_unknown.c). */
void cmd_unknown_create(cmd_session *s);
/* ::kam::command NAME RECORD BODY (cmd_declare.c). */
int cmd_declare_proc(ClientData data, Tcl_Interp *interp, int objc, Tcl_Obj *const objv[]);
/* Make the temporary database if it is still to be made; every command is preceded by this, so that trouble is an error. */
kam_rc cmd_session_ready(cmd_session *s, kam_err *err);
/* Open another database in place of the present one. */
kam_rc cmd_session_open(cmd_session *s, const char *path, unsigned flags, kam_err *err);
/* Progress on standard error (cmd_session_progress.c): hang the session's teller into s->progress; a command begins. */
void cmd_session_tell_init(cmd_session *s);
void cmd_session_tell_begin(cmd_session *s);
/* How the session draws; limit: at most max-rows rows. */
cmd_render_options cmd_session_render_options(const cmd_session *s, bool limit);
/* scripts/kam, embedded at build time (cmd_boot.c is generated). */
extern const char cmd_boot_script[];
#endif
