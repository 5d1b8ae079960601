/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_log.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "store.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct log_args {
    const char *file;
    bool append;
};

/* --- writing ---------------------------------------------------------------------------------------------------------- */

/* Each line behind "# ". Colour is left out, and a backslash at the end of a line, which would go on to the next, gets a
 * blank behind it. */
static void add_comment(kam_str *b, const char *text)
{
    while (*text) {
        kam_str_add(b, "# ");
        for (; *text && *text != '\n'; text++) {
            if (*text == '\033' && text[1] == '[') {
                text += 2 + strspn(text + 2, "0123456789;?");
                if (!*text) break;
            } else if (*text != '\r') kam_str_addc(b, *text);
        }
        while (b->len > 0 && b->s[b->len - 1] == ' ') b->s[--b->len] = '\0';
        if (b->len > 0 && b->s[b->len - 1] == '\\') kam_str_addc(b, ' ');
        kam_str_addc(b, '\n');
        if (*text == '\n') text++;
    }
}

static bool write_all(FILE *f, const kam_str *b)
{
    return fwrite(kam_str_cstr(b), 1, b->len, f) == b->len && fflush(f) == 0;
}

/* The command begins with `log`: it is not part of what is done again. */
static bool about_log(const char *script)
{
    script += strspn(script, " \t\r\n");
    return strncmp(script, "log", 3) == 0 && (script[3] == ' ' || script[3] == '\t');
}

void cmd_log_confirmed(cmd_session *s) { s->confirmed = true; }

/* One command and nothing else, of those that take -yes. */
static bool takes_yes(const char *text)
{
    Tcl_Parse parse;
    if (Tcl_ParseCommand(NULL, text, -1, 0, &parse) != TCL_OK) return false;
    const Tcl_Token *first = parse.tokenPtr, *second = first + (parse.numWords > 1 ? first->numComponents + 1 : 0);
    const char *rest = parse.commandStart + parse.commandSize;
    static const char *const names[] = {"undo", "redo", "sql", "segment"};
    bool takes = parse.numWords > 1 && second->size == 6 && strncmp(second->start, "remove", 6) == 0;
    for (size_t i = 0; i < sizeof names / sizeof *names && parse.numWords > 0; i++)
        takes |= (size_t)first->size == strlen(names[i]) && strncmp(first->start, names[i], strlen(names[i])) == 0;
    Tcl_FreeParse(&parse);
    return takes && *rest == '\0' && parse.commandSize > 0 && rest[-1] != ';' && rest[-1] != '\n';
}

/* Nobody is asked when the script runs again: the answer that was given stands in it. */
static void add_answered(kam_str *b, const char *text)
{
    if (takes_yes(text)) kam_str_addf(b, "%s -yes\n", text);
    else kam_str_addf(b, "namespace eval ::kam::prompt {proc ask question {return y}}\n%s\nrename ::kam::prompt::ask {}\n", text);
}

void cmd_log_record(cmd_session *s, const char *script, const char *shown, int code, bool undone)
{
    bool confirmed = s->confirmed;
    s->confirmed = false;
    if (!s->log || about_log(script)) return;
    kam_str b = KAM_STR_INIT;
    char *copy = kam_strdup(script);
    const char *text = kam_strtrim(copy);
    bool failed = code != TCL_OK && code != TCL_RETURN;
    if (failed && undone) add_comment(&b, text);
    else if (failed) {
        Tcl_Obj *words[] = {Tcl_NewStringObj("catch", -1), Tcl_NewStringObj(text, -1)}, *list = Tcl_NewListObj(2, words);
        Tcl_IncrRefCount(list);
        if (confirmed) add_answered(&b, Tcl_GetString(list));
        else kam_str_addf(&b, "%s\n", Tcl_GetString(list));
        Tcl_DecrRefCount(list);
    } else if (confirmed) add_answered(&b, text);
    else kam_str_addf(&b, "%s\n", text);
    if (shown) add_comment(&b, shown);
    s->logged++;
    if (!write_all(s->log, &b)) {
        fprintf(stderr, cmd_session_lang(s) == CMD_LANG_ZH ? "kamsh: 无法写入记录文件：%s；记录已停止\n" : "kamsh: the log cannot be written: %s; it has ended\n",
                strerror(errno));
        cmd_log_close(s);
    }
    kam_free(copy);
    kam_str_release(&b);
}

void cmd_log_close(cmd_session *s)
{
    if (s->log) fclose(s->log);
    s->log = NULL;
}

/* --- the commands -------------------------------------------------------------------------------------------------------- */

static kam_rc io_error(const char *path, const char *what, kam_err *err)
{
    kam_err_set(err, KAM_IO, "log on: %s: %s", path, what);
    return kam_err_word(err, path);
}

static kam_rc on_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct log_args *a = args;
    (void)out;
    int fd = open(a->file, O_WRONLY | O_CREAT | O_CLOEXEC | (a->append ? O_APPEND : O_EXCL), 0600);
    if (fd < 0 && errno == EEXIST) return io_error(a->file, KAM_MSG("the file is there already; use -append or another name"), err);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "a");
    if (!f) {
        kam_rc rc = io_error(a->file, strerror(errno), err);
        if (fd >= 0) close(fd);
        return rc;
    }
    const char *path = store_path(cmd_session_store(s));
    char day[KAM_DATE_MAX];
    kam_day_format(cmd_session_asof(s), day);
    kam_str b = KAM_STR_INIT;
    add_comment(&b, "kamsh log; to do it again: source it with the database as it was then");
    kam_str line = KAM_STR_INIT;
    kam_str_addf(&line, "database %s, as of %s", path ? path : "(temporary)", day);
    add_comment(&b, kam_str_cstr(&line));
    kam_str_release(&line);
    bool ok = write_all(f, &b);
    kam_str_release(&b);
    if (!ok) {
        fclose(f);
        return io_error(a->file, strerror(errno), err);
    }
    cmd_log_close(s);
    s->log = f;
    s->logged = 0;
    return KAM_OK;
}

static kam_rc off_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)args;
    if (!s->log) {
        kam_err_set(err, KAM_USAGE, "log off: no log is on");
        return kam_err_word(err, "log off");
    }
    cmd_log_close(s);
    cmd_value_set_int(out, s->logged);
    return KAM_OK;
}

static const cmd_arg on_arg[] = {
    {.name = "file", .kind = CMD_FILE, .offset = offsetof(struct log_args, file), .flags = CMD_REQUIRED,
     .help = {"the script to write", "要写的脚本文件"}},
    {.name = "-append", .kind = CMD_FLAG, .offset = offsetof(struct log_args, append),
     .help = {"go on at the end of a file that is there", "文件已存在时接在末尾"}},
    CMD_ARGS_END};
static const cmd_example on_examples[] = {
    {{"Begin and end.", "开始与结束。"}, "close [file tempfile name]; file delete $name; log on $name; log off", "0"},
    {{"A file is not written over.", "不覆盖已有文件。"}, "close [file tempfile name]; catch {log on $name} said; lrange $::errorCode 0 1", "KAM IO"},
    CMD_EXAMPLES_END};
static const cmd_example off_examples[] = {
    {{"Nothing to end.", "没有开始过。"}, "log off", "error: KAM USAGE {log off}"}, CMD_EXAMPLES_END};

const cmd_spec cmd_log_on_spec = {
    .name = "log on",
    .summary = {"Write what is typed at the prompt into a script.", "把提示符下输入的命令记录成脚本。"},
    .detail = {"Every command follows as it was typed, what it showed below it as a comment. Sourced with the database as it was, the "
               "script does the same again. A command that failed stands within catch, an interrupted one is a comment. Answers "
               "given to a command's questions are not recorded. The file is its owner's only.",
               "命令照原样写入，其显示的结果以注释写在下面。数据库处于当时状态时，source 该脚本会再做一遍。出错的命令写在 catch "
               "中，中断的命令写成注释；对命令提问的回答不记录。文件仅本人可读写。"},
    .effect = CMD_CONTROLS, .args_size = sizeof(struct log_args), .args = on_arg, .returns = {"nothing", "无"},
    .examples = on_examples, .run = on_run, .topic = "session"};
const cmd_spec cmd_log_off_spec = {
    .name = "log off",
    .summary = {"End the log.", "结束记录。"},
    .detail = {"See log on.", "见 log on。"},
    .effect = CMD_CONTROLS, .returns = {"how many commands were recorded", "记录了多少条命令"},
    .examples = off_examples, .run = off_run, .topic = "session"};
