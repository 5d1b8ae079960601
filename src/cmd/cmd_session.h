/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_session: the one mutable state of the command layer: open database, language, as-of date, format, interrupt.
 * One session per interpreter. Getters lend. The clock is read here and in main, nowhere else. */
#ifndef CMD_SESSION_H
#define CMD_SESSION_H
#include "cmd_spec.h"
#include "kam_progress.h"

typedef struct store store; /* store.h */

typedef enum { CMD_COLOR_AUTO, CMD_COLOR_ALWAYS, CMD_COLOR_NEVER } cmd_color;

/* What the command line said; zero-initialise, then set. Strings are copied. */
typedef struct cmd_start_options {
    const char *database; /* NULL: an unlinked temporary file */
    bool readonly;
    bool create;          /* make the database when it does not exist */
    const char *lang;     /* "en", "zh"; NULL: from LC_MESSAGES/LANG */
    const char *asof;     /* NULL: setting asof of the database, else today */
    const char *format;   /* NULL: box when interactive, else tsv */
    cmd_color color;
    bool interactive;     /* a terminal: affects the default format and max-rows */
} cmd_start_options;

/* A session and all its commands in `interp`: store opened, ::kam commands made and imported, boot library run.
 * The session lives until cmd_session_free (call it before Tcl_DeleteInterp … or let the interpreter's exit
 * handler do it). KAM_IO, KAM_DATABASE, KAM_BUSY, KAM_USAGE. */
bool cmd_start_chinese(const char *lang); /* what the session will speak: --lang, else the locale */
kam_rc cmd_start(Tcl_Interp *interp, const cmd_start_options *opt, cmd_session **out, kam_err *err);
void cmd_session_free(cmd_session *s);
/* Before the program ends, whatever ended it: what a batch that was left in a hurry has lying about goes. */
void cmd_session_settle(cmd_session *s);

Tcl_Interp *cmd_session_interp(const cmd_session *s);
store *cmd_session_store(const cmd_session *s); /* never NULL; borrow for the call, do not keep */

/* The as-of date: --asof, else setting asof, else today. Handlers use their own -asof argument instead. */
kam_day cmd_session_asof(const cmd_session *s);
kam_day cmd_session_today(void); /* local calendar day; reads the clock */
enum { CMD_CLOCK_MAX = 24 };
void cmd_session_clock(char out[CMD_CLOCK_MAX]); /* the local time of day, "2026-06-30 14:05:09"; reads the clock */

int cmd_session_lang(const cmd_session *s); /* CMD_LANG_EN or CMD_LANG_ZH */
void cmd_session_set_lang(cmd_session *s, int lang); /* a report in another language sets it back afterwards */
int cmd_session_reader(const cmd_session *s); /* in which errors and progress are said: the language, except within such a report */
/* The text in the session's language. */
const char *cmd_session_say(const cmd_session *s, cmd_text t);

const char *cmd_session_format(const cmd_session *s); /* "box" … */
size_t cmd_session_max_rows(const cmd_session *s);    /* rows the prompt draws; 0: all */
size_t cmd_session_width(const cmd_session *s);       /* columns of the window; 0: unlimited */
bool cmd_session_color(const cmd_session *s);
bool cmd_session_wide(const cmd_session *s); /* characters of ambiguous width take two columns in this terminal */
/* Colour on this file descriptor: what was asked for, else NO_COLOR, CLICOLOR_FORCE, else a terminal that can do it. */
bool cmd_color_on(cmd_color asked, int fd);
bool cmd_session_timing(const cmd_session *s);
bool cmd_session_verbose(const cmd_session *s);
void cmd_session_set_verbose(cmd_session *s, bool on);
const char *cmd_session_currency(const cmd_session *s);
int cmd_session_exponent(const cmd_session *s);

/* What is kept between questions, one block of each kind. `drop` frees it: when another is kept in its place, another database is opened or the
 * session ends. What it holds must say for which store_facts_version it is good. */
typedef enum { CMD_KEEP_FITS, CMD_KEEP_LIKENESS, CMD_KEEP_QUALITY, CMD_KEEP_RHYTHM, CMD_KEEPS } cmd_keep;
void *cmd_session_kept(const cmd_session *s, cmd_keep what); /* NULL: none */
void cmd_session_keep(cmd_session *s, cmd_keep what, void *block, void (*drop)(void *));

/* Progress to pass into long loops of calc and store. Where standard error is a terminal, a command that takes more than a
 * second is told there, a line with how far it is, the rate and the time left. */
kam_progress *cmd_session_progress(cmd_session *s);
/* Take that line away; before anything else is written to the terminal. */
void cmd_session_tell_end(cmd_session *s);
/* Async-signal-safe: sets the flag and interrupts SQLite. */
void cmd_session_interrupt(cmd_session *s);
void cmd_session_interrupt_clear(cmd_session *s); /* before a new command starts */

/* Settings are read with store_setting_int(cmd_session_store(s), "window", &n) and its sisters (store_setting.h). */

/* Every writing handler does its work between these two; on failure in between call cmd_write_abort. They stamp the
 * journal entry with the clock, the user and the command as typed. cmd_write_end drops cached results. */
kam_rc cmd_write_begin(cmd_session *s, kam_err *err);
kam_rc cmd_write_end(cmd_session *s, int64_t *entry, kam_err *err);
void cmd_write_abort(cmd_session *s);

/* Text of a value for people or programs: a table in the session's format, anything else as it is (json: a JSON
 * string). Empty values give an empty string. Ends with a line break unless empty. Caller frees. `limit` draws at
 * most max-rows rows and says how many there are. */
kam_rc cmd_session_present(cmd_session *s, Tcl_Obj *value, bool limit, char **text, kam_err *err);

/* Exit status the process should end with when all went well (3 after an import with rejected rows). */
int cmd_session_exit_status(const cmd_session *s);
/* A template nobody vouches for runs in this process (cmd_worker.c): no files may be named. */
bool cmd_session_confined(const cmd_session *s);
void cmd_session_set_exit_status(cmd_session *s, int status);
#endif
