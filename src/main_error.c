/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tcl tells the line of the outermost command only. errorInfo quotes the source of each command on the way, the
 * innermost first; the first quotation that is found in the text, at or after that line, is the place to show. Of an error in a
 * procedure that is the text with its body (main_error_proc), and the outermost command is told below. */
#include "main_error.h"
#include "main_error_proc.h"
#include "kam_mem.h"
#include "kam_message.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include "prompt_interrupt.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_COLUMNS = 160 };

static const char *global(Tcl_Interp *interp, const char *name)
{
    const char *s = Tcl_GetVar2(interp, name, NULL, TCL_GLOBAL_ONLY);
    return s ? s : "";
}

static int code_words(Tcl_Interp *interp, Tcl_Obj ***word)
{
    Tcl_Obj *list = Tcl_GetVar2Ex(interp, "errorCode", NULL, TCL_GLOBAL_ONLY);
    int n = 0;
    if (!list || Tcl_ListObjGetElements(NULL, list, &n, word) != TCL_OK) return 0;
    return n;
}

int main_error_status(Tcl_Interp *interp, int code)
{
    Tcl_Obj **word;
    if (code != TCL_ERROR) return 1;
    if (prompt_interrupt_is_error(interp, code)) return 130;
    if (code_words(interp, &word) < 2 || strcmp(Tcl_GetString(word[0]), "KAM") != 0) return 1;
    for (int rc = KAM_USAGE; rc <= KAM_LIMIT; rc++)
        if (strcmp(kam_rc_name((kam_rc)rc), Tcl_GetString(word[1])) == 0) return kam_rc_exit_status((kam_rc)rc);
    return 1;
}

bool main_error_is_closed_pipe(Tcl_Interp *interp)
{
    Tcl_Obj **word;
    return code_words(interp, &word) >= 2 && strcmp(Tcl_GetString(word[0]), "POSIX") == 0 &&
           strcmp(Tcl_GetString(word[1]), "EPIPE") == 0;
}

/* The innermost `(file "NAME" line N)` of errorInfo. */
static bool file_and_line(const char *info, char **file, int *line)
{
    const char *at = strstr(info, "(file \"");
    return at && main_error_frame(at, "file", file, line);
}

/* The next command quoted in errorInfo: after `while executing` or `invoked from within`. NULL: there is none. */
static char *next_quotation(const char **info)
{
    const char *a = strstr(*info, "while executing\n\""), *b = strstr(*info, "invoked from within\n\"");
    const char *at = a && (!b || a < b) ? a : b;
    if (!at) return NULL;
    at = strchr(at, '"') + 1;
    const char *end = at;
    while ((end = strstr(end, "\"\n")) != NULL && strncmp(end + 2, "    (", 5) != 0 &&
           strncmp(end + 2, "    invoked from within\n", 24) != 0)
        end++;
    if (!end) end = at + strlen(at) - (*at ? 1 : 0);
    *info = end;
    size_t n = (size_t)(end - at);
    if (n > 3 && strncmp(end - 3, "...", 3) == 0) n -= 3;
    return kam_strndup(at, n);
}

static const char *find_command(const char *info, const char *from)
{
    const char *found = NULL;
    for (char *quoted; !found && (quoted = next_quotation(&info)) != NULL;) {
        if (strlen(quoted) > 1 || (*quoted && *quoted != '\n')) found = strstr(from, quoted);
        kam_free(quoted);
    }
    return found;
}

/* Bytes of the command that begins here, over as many lines as it has; of what is no whole command, its first line. */
static size_t command_length(const char *command)
{
    Tcl_Parse parse;
    size_t n = strcspn(command, "\n");
    if (Tcl_ParseCommand(NULL, command, -1, 0, &parse) != TCL_OK) return n;
    const char *end = parse.commandStart + parse.commandSize;
    Tcl_FreeParse(&parse);
    return end > command + n ? (size_t)(end - command) : n;
}

/* Where `w` (n bytes) stands as a word in the command, behind the command's name; NULL: nowhere. */
static const char *word_in(const char *command, const char *w, size_t n)
{
    size_t len = command_length(command);
    for (size_t i = 1; n > 0 && i + n <= len; i++)
        if (memcmp(command + i, w, n) == 0 && !strchr(" \t\n", command[i]) && strchr(" \t\n\"{[$(,", command[i - 1])) return command + i;
    return NULL;
}

/* Bytes of an option or a name that begins here: up to a blank or a mark, Chinese ones too. */
static size_t dash_end(const char *dash)
{
    size_t n = 0;
    while (dash[n] && !strchr(" ,;:)?", dash[n]) && !((unsigned char)dash[n] & 0x80)) n++;
    return n;
}

/* As word_in, for the words a message quotes between two marks. */
static const char *quoted_in(const char *command, const char *message, const char *mark, const char *end_mark)
{
    const char *at = NULL;
    for (const char *open = strstr(message, mark), *close; open && !at; open = strstr(close + strlen(end_mark), mark)) {
        open += strlen(mark);
        close = strstr(open, end_mark);
        if (!close) break;
        at = word_in(command, open, (size_t)(close - open));
    }
    return at;
}

/* The word the error is about: one its code names, else one its message quotes or an option it names, that stands in the
 * command; else the command itself. */
static const char *find_word(Tcl_Interp *interp, const char *command, const char *message)
{
    Tcl_Obj **word;
    const char *at = NULL;
    int n = code_words(interp, &word);
    for (int i = n - 1; i >= 3 && !at; i--) at = word_in(command, Tcl_GetString(word[i]), strlen(Tcl_GetString(word[i])));
    if (!at) at = quoted_in(command, message, "\"", "\"");
    if (!at) at = quoted_in(command, message, "“", "”");
    for (const char *colon = strstr(message, ": "); colon && !at; colon = strstr(colon + 2, ": ")) /* no such column: NAME */
        at = word_in(command, colon + 2, dash_end(colon + 2));
    static const char *const named[] = {"没有表 ", "没有列 "};
    for (size_t i = 0; i < sizeof named / sizeof *named && !at; i++) {
        const char *name = strstr(message, named[i]);
        if (name) at = word_in(command, name + strlen(named[i]), dash_end(name + strlen(named[i])));
    }
    for (const char *dash = strstr(message, " -"); dash && !at; dash = strstr(dash + 1, " -"))
        at = word_in(command, dash + 1, dash_end(dash + 1));
    return at ? at : command;
}

static void show_source(const char *text, const char *at, bool wide)
{
    const char *start = at;
    while (start > text && start[-1] != '\n') start--;
    while (*start == ' ' || *start == '\t') start++;
    if (at < start) at = start;
    size_t n = strcspn(start, "\r\n");
    char *line = kam_strndup(start, n), *before = kam_strndup(start, (size_t)(at - start));
    for (char *c = line; *c; c++)
        if (*c == '\t') *c = ' ';
    size_t width, column = kam_utf8_width(before, wide);
    line[kam_utf8_fit(line, SOURCE_COLUMNS, wide, &width)] = '\0';
    if (*line) fprintf(stderr, "    %s\n", line);
    if (*line && column < SOURCE_COLUMNS) fprintf(stderr, "    %*s^\n", (int)column, "");
    kam_free(line);
    kam_free(before);
}

static bool several_lines(const char *text)
{
    const char *end = strchr(text + strspn(text, " \n"), '\n');
    return end && end[strspn(end, " \t\n")];
}

static int line_of(const char *text, const char *at)
{
    int line = 1;
    for (; text < at; text++)
        if (*text == '\n') line++;
    return line;
}

/* What Tcl and the system said in English, in Chinese, behind whatever names the place ("account-plan: can't read …"). As it is
 * where it is not known. Caller frees. */
static char *in_chinese(const char *message)
{
    kam_str b = KAM_STR_INIT;
    if (kam_message_foreign(message, &b)) return kam_str_detach(&b);
    for (const char *at = message; (at = strstr(at, ": ")) != NULL; at++) {
        kam_str_addf(&b, "%.*s：", (int)(at - message), message);
        if (kam_message_foreign(at + 2, &b)) return kam_str_detach(&b);
        kam_str_clear(&b);
    }
    kam_str_release(&b);
    return kam_strdup(message);
}

static const char *const strays[][2] = {{"`break` outside of a loop", "break 不在循环之中"},
                                        {"`continue` outside of a loop", "continue 不在循环之中"},
                                        {"the script ended with an unknown code", "脚本以未知的代码结束"}};

typedef struct where {
    const char *origin, *text;
    bool chinese, wide;
    const char *red, *plain;
} where;

/* "kamsh: FILE:LINE: message" */
static void tell_message(const where *w, const char *origin, const char *text, const char *at, const char *message)
{
    fputs("kamsh: ", stderr);
    if (at && origin) fprintf(stderr, "%s:%d: ", origin, line_of(text, at));
    else if (origin) fprintf(stderr, "%s: ", origin);
    char *shown = w->chinese ? in_chinese(message) : kam_strdup(message);
    fprintf(stderr, "%s%s%s\n", w->red, shown, w->plain);
    kam_free(shown);
}

static void tell(Tcl_Interp *interp, int code, const where *w, const char *message)
{
    const char *info = global(interp, "errorInfo"), *origin = w->origin, *text = w->text;
    char *file = NULL, *own = NULL;
    int line = Tcl_GetErrorLine(interp);
    main_error_place inner = MAIN_ERROR_PLACE_INIT;
    bool within = code == TCL_ERROR && main_error_proc(interp, info, origin, text, &inner);
    if (code == TCL_ERROR && file_and_line(info, &file, &line)) {
        origin = file;
        text = own = main_error_read(file);
    }
    const char *from = text ? main_error_line(text, line) : NULL;
    const char *at = from && code == TCL_ERROR ? find_command(info, from) : NULL;
    if (from && !at) at = from + strspn(from, " \t");
    if (within) {
        const char *in = find_command(info, inner.line);
        if (!in) in = inner.line + strspn(inner.line, " \t");
        tell_message(w, inner.origin, inner.text, in, message);
        show_source(inner.text, find_word(interp, in, message), w->wide);
        bool same = at && kam_streq(origin, inner.origin) && line_of(text, at) == line_of(inner.text, in);
        if (at && origin && !same) fprintf(stderr, w->chinese ? "    由 %s:%d 调用\n" : "    called from %s:%d\n", origin, line_of(text, at));
    } else {
        tell_message(w, origin, text, at, message);
        const char *word = at ? find_word(interp, at, message) : NULL;
        /* A line just typed stands above: it is shown again to point at a word of it. */
        if (word && (origin || word != at || several_lines(text))) show_source(text, word, w->wide);
    }
    main_error_place_release(&inner);
    kam_free(file);
    kam_free(own);
}

void main_error_report(Tcl_Interp *interp, int code, const char *origin, const char *text, bool color, bool chinese, bool wide)
{
    const char *red = color ? "\033[31m" : "", *plain = color ? "\033[0m" : "";
    char *message = kam_strdup(Tcl_GetStringResult(interp));
    if (code != TCL_ERROR) {
        kam_free(message);
        int k = code == TCL_BREAK ? 0 : code == TCL_CONTINUE ? 1 : 2;
        message = kam_strdup(strays[k][chinese]);
    } else if (prompt_interrupt_is_error(interp, code)) {
        bool bare = !*message || kam_str_ends(message, "interrupted") || kam_str_ends(message, "已中断"); /* whatever loop it met ("money: …") */
        fprintf(stderr, "kamsh: %s%s%s\n", red, !bare ? message : chinese ? "已中断" : "interrupted", plain);
        kam_free(message);
        return;
    }
    tell(interp, code, &(where){origin, text, chinese, wide, red, plain}, message);
    kam_free(message);
}

void main_error_stack(Tcl_Interp *interp, int code)
{
    if (code != TCL_ERROR || prompt_interrupt_is_error(interp, code)) return;
    const char *info = global(interp, "errorInfo"), *message = Tcl_GetStringResult(interp);
    size_t n = strlen(message);
    if (strncmp(info, message, n) == 0) info += n;
    while (*info == '\n') info++;
    if (*info) fprintf(stderr, "%s\n", info);
}
