/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt_pager.h"
#include "prompt_width.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

bool prompt_screen_size(int fd, int *rows, int *columns)
{
    struct winsize ws;
    if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &ws) != 0) return false;
    *rows = ws.ws_row > 0 ? ws.ws_row : 24;
    *columns = ws.ws_col > 0 ? ws.ws_col : 80;
    return true;
}

/* Columns of a line as the terminal shows it: colours take none. */
static size_t line_width(const char *line, size_t n)
{
    kam_str plain = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++) {
        if (line[i] != '\033') {
            kam_str_addc(&plain, line[i]);
            continue;
        }
        while (i + 1 < n && line[i] != 'm') i++;
    }
    size_t w = kam_utf8_width(kam_str_cstr(&plain), prompt_width_wide());
    kam_str_release(&plain);
    return w;
}

/* Taller than the screen, where a line that is wider than it counts for as many as it takes. */
static bool too_tall(const char *text, int rows, int columns)
{
    size_t lines = 0;
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        size_t w = n > (size_t)columns ? line_width(line, n) : n;
        lines += w > (size_t)columns ? (w + (size_t)columns - 1) / (size_t)columns : 1;
        if (lines >= (size_t)rows) return true;
        line += n + (line[n] == '\n');
    }
    return false;
}

static bool through_pager(const char *text)
{
    const char *pager = getenv("KAMSH_PAGER");
    if (!pager) pager = getenv("PAGER");
    if (!pager) pager = "less";
    if (!*pager) return false;
    setenv("LESS", "FRSX", 0);
    setenv("LESSCHARSET", "utf-8", 0);
    FILE *out = popen(pager, "w");
    if (!out) return false;
    /* ^C belongs to the pager while it is shown. */
    struct sigaction ignore, before;
    memset(&ignore, 0, sizeof ignore);
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ignore, &before);
    fputs(text, out);
    int status = pclose(out);
    sigaction(SIGINT, &before, NULL);
    return status != 127 << 8; /* 127: there is no such program */
}

bool prompt_page(const char *text, bool allowed)
{
    int rows, columns;
    size_t n = strlen(text);
    if (allowed && prompt_screen_size(STDOUT_FILENO, &rows, &columns) && too_tall(text, rows, columns) &&
        through_pager(text))
        return true;
    /* A long text fails in the middle of fputs, and the flush that follows has nothing left to fail with. */
    if (fputs(text, stdout) < 0) return false;
    if (n > 0 && text[n - 1] != '\n' && fputc('\n', stdout) == EOF) return false;
    return fflush(stdout) == 0;
}
