/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_session.h"
#include "cmd_inspect.h"
#include "cmd_log.h"
#include "cmd_session_int.h"
#include "cmd_tongue.h"
#include "cmd_value.h"
#include "cmd_worker.h"
#include "kam_str.h"
#include "store.h"
#include "store_setting.h"
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* --- getters --------------------------------------------------------------------------------------------------- */

Tcl_Interp *cmd_session_interp(const cmd_session *s) { return s->interp; }
int cmd_session_lang(const cmd_session *s) { return s->lang; }
void cmd_session_set_lang(cmd_session *s, int lang) { s->lang = lang; }
int cmd_session_reader(const cmd_session *s) { return s->has_reader ? s->reader : s->lang; }
const char *cmd_session_say(const cmd_session *s, cmd_text t) { return s->lang == CMD_LANG_ZH ? t.zh : t.en; }
const char *cmd_session_format(const cmd_session *s) { return cmd_format_names[s->format]; }
size_t cmd_session_max_rows(const cmd_session *s) { return s->max_rows; }
const char *cmd_session_currency(const cmd_session *s) { return store_currency(cmd_session_store(s)); }
int cmd_session_exponent(const cmd_session *s) { return store_exponent(cmd_session_store(s)); }
kam_progress *cmd_session_progress(cmd_session *s) { return &s->progress; }
bool cmd_session_confined(const cmd_session *s) { return s->confined != NULL; }
int cmd_session_exit_status(const cmd_session *s) { return s->exit_status; }
void cmd_session_set_exit_status(cmd_session *s, int status) { s->exit_status = status; }

kam_day cmd_session_today(void)
{
    time_t now = time(NULL);
    struct tm tm;
    localtime_r(&now, &tm);
    return kam_day_from_ymd(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

void cmd_session_clock(char out[CMD_CLOCK_MAX])
{
    time_t now = time(NULL);
    struct tm tm;
    localtime_r(&now, &tm);
    strftime(out, CMD_CLOCK_MAX, "%Y-%m-%d %H:%M:%S", &tm);
}

kam_day cmd_session_asof(const cmd_session *s)
{
    kam_day d;
    if (s->asof_set) return s->asof;
    return store_setting_day(cmd_session_store(s), "asof", &d) ? d : cmd_session_today();
}

size_t cmd_session_width(const cmd_session *s)
{
    struct winsize w;
    if (s->width >= 0) return (size_t)s->width;
    if (!isatty(STDOUT_FILENO)) return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0) return w.ws_col;
    return 80;
}

static bool said(const char *variable)
{
    const char *v = getenv(variable);
    return v && *v;
}

bool cmd_color_on(cmd_color asked, int fd)
{
    if (asked != CMD_COLOR_AUTO) return asked == CMD_COLOR_ALWAYS;
    if (said("NO_COLOR")) return false;
    if (said("CLICOLOR_FORCE") && strcmp(getenv("CLICOLOR_FORCE"), "0") != 0) return true;
    const char *term = getenv("TERM");
    return isatty(fd) && term && strcmp(term, "dumb") != 0;
}

bool cmd_session_color(const cmd_session *s) { return cmd_color_on(s->color, STDOUT_FILENO); }
bool cmd_session_wide(const cmd_session *s) { return s->wide; }
bool cmd_session_timing(const cmd_session *s) { return s->timing; }
bool cmd_session_verbose(const cmd_session *s) { return s->verbose; }
void cmd_session_set_verbose(cmd_session *s, bool on) { s->verbose = on; }

/* --- interrupt ---------------------------------------------------------------------------------------------------- */

void cmd_session_interrupt(cmd_session *s)
{
    s->interrupted = 1;
    if (s->db) store_interrupt(s->db);
}

void cmd_session_interrupt_clear(cmd_session *s)
{
    s->interrupted = 0;
    cmd_session_tell_begin(s);
}

/* --- writing ------------------------------------------------------------------------------------------------------- */

/* The command as typed, words quoted as Tcl would, long ones and tables shortened. */
static char *typed_words(const cmd_session *s)
{
    Tcl_Obj *list = Tcl_NewListObj(0, NULL);
    Tcl_IncrRefCount(list);
    size_t room = 1000;
    for (int i = 0; i < s->typed_n && room > 0; i++) {
        Tcl_Obj *w = s->typed[i];
        if (cmd_value_is_table(w)) w = Tcl_NewStringObj("<table>", -1);
        int n;
        Tcl_GetStringFromObj(w, &n);
        room = (size_t)n < room ? room - (size_t)n : 0;
        Tcl_ListObjAppendElement(NULL, list, w);
    }
    kam_str hold = KAM_STR_INIT;
    char *text = kam_strdup(cmd_value_text(list, &hold));
    if (strlen(text) > 1000) {
        size_t cut = 1000;
        while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80) cut--;
        text[cut] = '\0';
    }
    kam_str_release(&hold);
    Tcl_DecrRefCount(list);
    return text;
}

static const char *user_name(void)
{
    const char *name = getenv("KAMSH_USER");
    if (name && *name) return name;
    struct passwd *pw = getpwuid(getuid());
    return pw ? pw->pw_name : NULL;
}

kam_rc cmd_write_begin(cmd_session *s, kam_err *err)
{
    char *words = typed_words(s);
    s->kept = false;
    store_stamp stamp = {(int64_t)time(NULL), user_name(), words};
    kam_rc rc = store_entry_begin(s->db, &stamp, err);
    kam_free(words);
    return rc;
}

kam_rc cmd_write_end(cmd_session *s, int64_t *entry, kam_err *err)
{
    kam_rc rc = store_entry_commit(s->db, entry, err);
    /* A ^C that came while the disk was written could not stop it any more, and the user must not believe it did. */
    if (rc == KAM_OK && s->interrupted && store_depth(s->db) == 0 && !store_entry_open(s->db)) s->kept = true;
    return rc;
}

void cmd_write_abort(cmd_session *s) { store_entry_rollback(s->db); }

/* --- opening ------------------------------------------------------------------------------------------------------- */

void *cmd_session_kept(const cmd_session *s, cmd_keep what) { return s->keep[what].block; }

void cmd_session_keep(cmd_session *s, cmd_keep what, void *block, void (*drop)(void *))
{
    if (s->keep[what].block) s->keep[what].drop(s->keep[what].block);
    s->keep[what].block = block;
    s->keep[what].drop = drop;
}

static void keep_nothing(cmd_session *s)
{
    for (int i = 0; i < CMD_KEEPS; i++) cmd_session_keep(s, (cmd_keep)i, NULL, NULL);
}

kam_rc cmd_session_open(cmd_session *s, const char *path, unsigned flags, kam_err *err)
{
    store *db;
    kam_rc rc = store_open(path, flags, &db, err);
    if (rc != KAM_OK) return rc;
    keep_nothing(s);
    if (s->db) {
        rc = store_close(s->db, err);
        if (rc != KAM_OK) {
            /* The old one is gone whatever it reports; the session goes on with the new one. */
            s->db = db;
            store_set_progress(db, &s->progress);
            return rc;
        }
    }
    s->db = db;
    store_set_progress(db, &s->progress);
    const char *lang = path && !s->lang_said ? store_setting_text(db, "language") : NULL;
    if (lang) s->lang = lang[0] == 'z' ? CMD_LANG_ZH : CMD_LANG_EN;
    return KAM_OK;
}

/* A session that named no database gets its temporary one when something first asks for it: laying out the tables is
 * half of what starting would cost. */
kam_rc cmd_session_ready(cmd_session *s, kam_err *err)
{
    if (s->db || !s->later) return KAM_OK;
    s->later = false;
    return cmd_session_open(s, NULL, s->readonly ? STORE_OPEN_READONLY : 0, err);
}

store *cmd_session_store(const cmd_session *s)
{
    kam_err err = KAM_ERR_INIT;
    /* What the session holds is not changed for anybody who looks; only this call makes it. */
    if (s->later && cmd_session_ready((cmd_session *)s, &err) != KAM_OK) KAM_BUG("no temporary database: %s", err.msg);
    return s->db;
}

static int language_of_environment(void)
{
    static const char *const var[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < 3; i++) {
        const char *v = getenv(var[i]);
        if (v && *v) return strncmp(v, "zh", 2) == 0 ? CMD_LANG_ZH : CMD_LANG_EN;
    }
    return CMD_LANG_EN;
}

bool cmd_start_chinese(const char *lang)
{
    if (lang && (strcmp(lang, "zh") == 0 || strcmp(lang, "en") == 0)) return lang[0] == 'z';
    return language_of_environment() == CMD_LANG_ZH;
}

static kam_rc usage(kam_err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static kam_rc usage(kam_err *err, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    kam_err_vset(err, KAM_USAGE, fmt, ap);
    va_end(ap);
    return kam_err_word(err, "kamsh");
}

static kam_rc take_options(cmd_session *s, const cmd_start_options *o, kam_err *err)
{
    if (o->lang) {
        if (strcmp(o->lang, "zh") != 0 && strcmp(o->lang, "en") != 0)
            return usage(err, "--lang %s: give zh or en", o->lang);
        s->lang = o->lang[0] == 'z' ? CMD_LANG_ZH : CMD_LANG_EN;
        s->lang_said = true;
    }
    s->lang = cmd_start_chinese(o->lang) ? CMD_LANG_ZH : CMD_LANG_EN;
    if (o->asof) {
        if (!kam_day_parse(o->asof, &s->asof)) return usage(err, "--asof %s: give a date as YYYY-MM-DD", o->asof);
        s->asof_set = true;
    }
    s->format = o->interactive ? CMD_F_BOX : CMD_F_TSV;
    if (o->format && !cmd_format_parse(o->format, &s->format))
        return usage(err, "--format %s: give box, table, tsv, csv, json, jsonl, markdown, html, line or tcl", o->format);
    s->color = o->color;
    s->interactive = o->interactive;
    s->readonly = o->readonly;
    s->max_rows = 200;
    s->width = -1;
    return KAM_OK;
}

/* A script may call `exit`: the database is closed then, too. */
static void close_at_exit(ClientData data)
{
    cmd_session *s = data;
    store_close(s->db, NULL);
    s->db = NULL;
    s->later = false;
}

static kam_rc run_boot(cmd_session *s, kam_err *err)
{
    if (Tcl_EvalEx(s->interp, cmd_boot_script, -1, TCL_EVAL_GLOBAL) == TCL_OK) {
        Tcl_ResetResult(s->interp);
        return KAM_OK;
    }
    const char *info = Tcl_GetVar(s->interp, "errorInfo", TCL_GLOBAL_ONLY);
    return kam_err_set(err, KAM_CALC, "the boot library failed: %s", info ? info : "?");
}

kam_rc cmd_start(Tcl_Interp *interp, const cmd_start_options *opt, cmd_session **out, kam_err *err)
{
    cmd_session *s = kam_zalloc(sizeof *s);
    s->interp = interp;
    s->null_mark = kam_strdup("");
    s->progress.interrupted = &s->interrupted;
    s->count = true;
    cmd_session_tell_init(s);
    Tcl_SetSystemEncoding(NULL, "utf-8");
    kam_rc rc = take_options(s, opt, err);
    unsigned flags = (opt->readonly ? STORE_OPEN_READONLY : 0) | (opt->create ? STORE_OPEN_CREATE : 0);
    s->later = !opt->database;
    if (rc == KAM_OK && opt->database) rc = cmd_session_open(s, opt->database, flags, err);
    if (rc == KAM_OK) rc = cmd_spec_register(interp, s, err);
    if (rc == KAM_OK) cmd_complete_create(s);
    if (rc == KAM_OK) cmd_worker_create(s);
    if (rc == KAM_OK) cmd_inspect_create(s);
    if (rc == KAM_OK) cmd_unknown_create(s);
    if (rc == KAM_OK) rc = run_boot(s, err);
    if (rc != KAM_OK) {
        cmd_session_free(s);
        return rc;
    }
    Tcl_CreateExitHandler(close_at_exit, s);
    *out = s;
    return KAM_OK;
}

void cmd_session_settle(cmd_session *s)
{
    cmd_worker_stop(s);
    cmd_worker_tidy(s);
}

void cmd_session_free(cmd_session *s)
{
    if (!s) return;
    Tcl_DeleteExitHandler(close_at_exit, s);
    cmd_worker_tidy(s);
    cmd_value_pending_clear(s);
    store_close(s->db, NULL);
    kam_free(s->spec);
    cmd_log_close(s);
    kam_free(s->null_mark);
    kam_free(s->confined);
    cmd_worker_forget(s);
    kam_free(s->hired);
    kam_table_unref(s->batch_kept.values);
    kam_free(s->batch_kept.key);
    keep_nothing(s);
    kam_arena_release(&s->arena);
    kam_free(s);
}

/* --- presenting ---------------------------------------------------------------------------------------------------- */

cmd_render_options cmd_session_render_options(const cmd_session *s, bool limit)
{
    cmd_render_options o = {.format = s->format, .lang = s->lang, .null_mark = s->null_mark};
    o.width = cmd_session_width(s);
    o.color = cmd_session_color(s) && (s->format == CMD_F_BOX || s->format == CMD_F_TABLE || s->format == CMD_F_LINE);
    o.wide = s->wide;
    o.cut = s->cut;
    o.brief = !s->cut && !s->records;
    o.count = limit && s->count;
    if (limit) o.max_rows = s->max_rows;
    return o;
}

kam_rc cmd_session_present(cmd_session *s, Tcl_Obj *value, bool limit, char **text, kam_err *err)
{
    kam_str b = KAM_STR_INIT;
    cmd_session_tell_end(s);
    if (cmd_value_is_table(value)) {
        kam_table *t = NULL;
        kam_rc rc = cmd_value_table_get(s, value, &t, err);
        if (rc != KAM_OK) return rc;
        cmd_render_options o = cmd_session_render_options(s, limit);
        if (o.format != CMD_F_BOX && o.format != CMD_F_TABLE && o.format != CMD_F_LINE) o.max_rows = 0;
        kam_table *shown = cmd_tongue(s, t, &o);
        cmd_render(shown, &o, &b);
        cmd_session_tell_end(s);
        kam_table_unref(shown);
        kam_table_unref(t);
        if (kam_progress_stopped(&s->progress)) { /* it may not be whole */
            kam_str_release(&b);
            return kam_err_set(err, KAM_INTERRUPT, "interrupted");
        }
    } else {
        kam_str hold = KAM_STR_INIT;
        const char *v = cmd_value_text(value, &hold);
        if (*v) {
            if (s->format == CMD_F_JSON || s->format == CMD_F_JSONL) cmd_render_json_string(&b, v);
            else kam_str_add(&b, v);
            if (b.s[b.len - 1] != '\n') kam_str_addc(&b, '\n');
        }
        kam_str_release(&hold);
    }
    *text = b.s ? kam_str_detach(&b) : kam_strdup("");
    return KAM_OK;
}
