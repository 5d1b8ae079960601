/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt_history.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>

static kam_rc io_error(kam_err *err, const char *path, const char *what)
{
    kam_err_set(err, KAM_IO, "cannot %s the history file %s: %s", what, path, strerror(errno));
    return kam_err_word(err, path);
}

static void escape(kam_str *b, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n') kam_str_add(b, "\\n");
        else if (*text == '\\') kam_str_add(b, "\\\\");
        else kam_str_addc(b, *text);
    }
    kam_str_addc(b, '\n');
}

static void unescape(char *text)
{
    char *to = text;
    for (char *from = text; *from; from++) {
        if (*from == '\\' && from[1]) {
            from++;
            *to++ = *from == 'n' ? '\n' : *from;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

/* mkdir -p of the file's folder, for us alone. */
static bool make_folder(const char *path)
{
    char *copy = kam_strdup(path);
    bool ok = true;
    for (char *slash = strchr(copy + 1, '/'); slash && ok; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        ok = mkdir(copy, 0700) == 0 || errno == EEXIST;
        *slash = '/';
    }
    kam_free(copy);
    return ok;
}

static bool write_all(int fd, const char *s, size_t n)
{
    while (n > 0) {
        ssize_t k = write(fd, s, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        s += k;
        n -= (size_t)k;
    }
    return true;
}

typedef struct entry {
    char *text;
    size_t at; /* order of appearance */
} entry;

static int by_text_latest_first(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int c = strcmp(x->text, y->text);
    return c ? c : (x->at < y->at) - (x->at > y->at);
}

static int by_place(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

/* The last of equal entries stays; order kept. Returns how many are left. */
static size_t deduplicate(entry *e, size_t n)
{
    if (n == 0) return 0;
    qsort(e, n, sizeof *e, by_text_latest_first);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && strcmp(e[kept - 1].text, e[i].text) == 0) kam_free(e[i].text);
        else e[kept++] = e[i];
    }
    qsort(e, kept, sizeof *e, by_place);
    return kept;
}

static kam_rc rewrite(const char *path, const entry *e, size_t n, kam_err *err)
{
    kam_str beside = KAM_STR_INIT, text = KAM_STR_INIT;
    kam_str_addf(&beside, "%s.new-%ld", path, (long)getpid());
    for (size_t i = 0; i < n; i++) escape(&text, e[i].text);
    int fd = open(beside.s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write_all(fd, kam_str_cstr(&text), text.len);
    if (fd >= 0 && close(fd) != 0) ok = false;
    ok = ok && rename(beside.s, path) == 0;
    kam_rc rc = ok ? KAM_OK : io_error(err, path, "rewrite");
    if (!ok && fd >= 0) unlink(beside.s);
    kam_str_release(&beside);
    kam_str_release(&text);
    return rc;
}

kam_rc prompt_history_load(const char *path, kam_err *err)
{
    using_history();
    stifle_history(PROMPT_HISTORY_MAX);
    FILE *f = fopen(path, "re");
    if (!f) return errno == ENOENT ? KAM_OK : io_error(err, path, "read");
    flock(fileno(f), LOCK_EX);
    fchmod(fileno(f), 0600);
    entry *e = NULL;
    size_t n = 0, cap = 0, room = 0;
    char *line = NULL;
    for (ssize_t len; (len = getline(&line, &room, f)) > 0;) {
        if (line[len - 1] == '\n') line[len - 1] = '\0';
        if (!*line) continue;
        unescape(line);
        KAM_GROW(e, cap, n + 1);
        e[n] = (entry){kam_strdup(line), n};
        n++;
    }
    free(line);
    size_t kept = deduplicate(e, n);
    size_t first = kept > PROMPT_HISTORY_MAX ? kept - PROMPT_HISTORY_MAX : 0;
    kam_rc rc = KAM_OK;
    if (kept - first < n) rc = rewrite(path, e + first, kept - first, err);
    fclose(f);
    for (size_t i = 0; i < kept; i++) {
        if (i >= first) add_history(e[i].text);
        kam_free(e[i].text);
    }
    kam_free(e);
    return rc;
}

static void forget(const char *command)
{
    HIST_ENTRY **list = history_list();
    for (int i = history_length - 1; list && i >= 0; i--) {
        if (strcmp(list[i]->line, command) != 0) continue;
        free_history_entry(remove_history(i));
        return;
    }
}

kam_rc prompt_history_add(const char *path, const char *command, kam_err *err)
{
    if (!*command || *command == ' ' || *command == '\t') return KAM_OK;
    HIST_ENTRY *last = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    if (last && strcmp(last->line, command) == 0) return KAM_OK;
    forget(command);
    add_history(command);
    if (!path) return KAM_OK;
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 && errno == ENOENT && make_folder(path))
        fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return io_error(err, path, "open");
    flock(fd, LOCK_EX);
    kam_str line = KAM_STR_INIT;
    escape(&line, command);
    kam_rc rc = write_all(fd, line.s, line.len) ? KAM_OK : io_error(err, path, "write");
    kam_str_release(&line);
    close(fd);
    return rc;
}
