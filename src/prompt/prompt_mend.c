/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt_mend.h"
#include "prompt_width.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

enum { MAX_ROWS = 200 };

typedef struct place {
    int row, column; /* column may be the screen's width: the next character that takes room begins a row */
} place;

typedef struct screen_line {
    int width, height, first, rows; /* the first row with something of the line; those before hold prompt */
    bool marked;
    place cursor;
    struct {
        size_t from, to; /* of the line's bytes */
        int column, end; /* of the first of them, behind the last */
    } row[MAX_ROWS];
} screen_line;

static screen_line laid;
static struct {
    kam_str line, prompt;
    place cursor;
    bool marked;
} mended; /* the last time: a line that is as it was needs nothing; one that lost its marks may have left some behind */

static int char_at(const char *s, size_t n, size_t *used)
{
    uint32_t cp = kam_utf8_next(s, n, used);
    if (cp < 0x20 || cp == 0x7F || cp == 0xFFFD) return -1; /* Readline shows these in a way of its own */
    return kam_cp_width(cp, prompt_width_wide());
}

static void advance(place *p, int width, int columns)
{
    if (columns > 0 && p->column + columns > width) *p = (place){p->row + 1, 0};
    p->column += columns;
}

/* Where the prompt ends; what stands between \001 and \002 takes no room. */
static bool after_prompt(const char *prompt, int width, place *p)
{
    bool hidden = false;
    size_t used;
    for (; *prompt; prompt += used) {
        used = 1;
        if (*prompt == RL_PROMPT_START_IGNORE || *prompt == RL_PROMPT_END_IGNORE) {
            hidden = *prompt == RL_PROMPT_START_IGNORE;
        } else if (!hidden) {
            int columns = char_at(prompt, strlen(prompt), &used);
            if (columns < 0) return false;
            advance(p, width, columns);
        }
    }
    return true;
}

/* How the line stands on the screen, as Readline lays it out; false: it holds what Readline shows in a way of its own. */
static bool lay_out(screen_line *l)
{
    place p = {0, 0};
    const char *sideways = rl_variable_value("horizontal-scroll-mode");
    if (!rl_display_prompt || !rl_get_termcap("up") || (sideways && strcmp(sideways, "on") == 0)) return false;
    rl_get_screen_size(&l->height, &l->width);
    if (l->width < 2 || !after_prompt(rl_display_prompt, l->width, &p)) return false;
    l->marked = false;
    size_t end = (size_t)rl_end, used;
    l->first = -1;
    for (size_t at = 0; at < end; at += used) {
        bool breaks = rl_line_buffer[at] == '\n';
        int columns = char_at(rl_line_buffer + at, end - at, &used);
        if (columns < 0 && !breaks) return false;
        place before = p;
        if (breaks) p = (place){p.row + 1, columns = 0};
        else advance(&p, l->width, columns);
        if (p.row >= MAX_ROWS) return false;
        if (l->first < 0) {
            l->first = breaks ? before.row : p.row;
            l->row[l->first].from = l->row[l->first].to = 0;
            l->row[l->first].column = l->row[l->first].end = before.column;
        }
        if (at == 0 || p.row != before.row) {
            l->row[p.row].from = at;
            l->row[p.row].column = at == 0 && p.row == before.row ? before.column : 0;
        }
        if (breaks) {
            l->row[p.row].from = at + 1;
            if (at == (size_t)rl_point) l->cursor = before;
        }
        l->row[p.row].to = at + used;
        l->row[p.row].end = p.column;
        if (columns == 0 && !breaks) l->marked = true;
        if (at == (size_t)rl_point && !breaks) l->cursor = (place){p.row, p.column - columns};
    }
    if (rl_point == rl_end) l->cursor = p.column >= l->width ? (place){p.row + 1, 0} : p;
    l->rows = p.row + 1;
    return true;
}

static void move(place *at, int row, int column)
{
    putc('\r', rl_outstream);
    if (row < at->row) fprintf(rl_outstream, "\033[%dA", at->row - row);
    if (row > at->row) fprintf(rl_outstream, "\033[%dB", row - at->row);
    if (column > 0) fprintf(rl_outstream, "\033[%dC", column);
    *at = (place){row, column};
}

void prompt_mend_forget(void)
{
    kam_str_clear(&mended.line);
}

/* Written once more, and what is behind it cleared: Readline counts on marks there, too. */
static void write_row(int i)
{
    fwrite(rl_line_buffer + laid.row[i].from, 1, laid.row[i].to - laid.row[i].from, rl_outstream);
    if (laid.row[i].end < laid.width) fputs(i == laid.rows - 1 ? "\033[J" : "\033[K", rl_outstream);
}

/* A search has begun, gone on or ended: Readline forgets characters of two columns that move from row to row with it. */
static bool prompt_changed(void)
{
    const char *now = rl_display_prompt ? rl_display_prompt : "";
    if (kam_streq(now, kam_str_cstr(&mended.prompt))) return false;
    kam_str_clear(&mended.prompt);
    kam_str_add(&mended.prompt, now);
    prompt_mend_forget();
    return true;
}

/* -1: none. What scrolled away cannot be reached; of a line taller than the screen, and without marks, Readline gets the last row
 * wrong only: it does not clear it. */
static int first_to_mend(bool changed)
{
    bool tall = laid.rows > laid.height;
    if (tall ? laid.cursor.row != laid.rows - 1 : laid.cursor.row >= laid.height) return -1;
    if (!laid.marked && !mended.marked && !changed) return tall ? laid.rows - 1 : -1;
    int top = tall ? laid.rows - laid.height : 0;
    return top > laid.first ? top : laid.first;
}

static void mend(void)
{
    bool changed = prompt_changed();
    int from = rl_end > 0 && lay_out(&laid) ? first_to_mend(changed) : -1;
    if (from < 0) {
        prompt_mend_forget();
        mended.marked = false;
        return;
    }
    place at = laid.cursor;
    if (at.row == mended.cursor.row && at.column == mended.cursor.column && kam_streq(kam_str_cstr(&mended.line), rl_line_buffer)) return;
    mended.cursor = at;
    mended.marked = laid.marked;
    kam_str_clear(&mended.line);
    kam_str_add(&mended.line, rl_line_buffer);
    for (int i = from; i < laid.rows; i++) {
        move(&at, i, laid.row[i].column);
        write_row(i);
    }
    move(&at, laid.cursor.row, laid.cursor.column);
    fflush(rl_outstream);
}

static void redisplay(void)
{
    if (rl_last_func == rl_clear_screen || rl_last_func == rl_refresh_line) prompt_mend_forget();
    rl_redisplay();
    mend();
}

/* Most terminals wrap anew what they show when their width changes, and take the cursor along. Those that cut and do not say who
 * they are cannot be told apart. */
static bool wraps_anew(void)
{
    const char *term = getenv("TERM");
    if (getenv("TMUX")) return true;
    if (getenv("XTERM_VERSION") || !term) return false;
    static const char *const cutting[] = {"linux", "rxvt", "screen", "vt", "dumb", NULL};
    for (size_t i = 0; cutting[i]; i++)
        if (strncmp(term, cutting[i], strlen(cutting[i])) == 0) return false;
    return true;
}

/* The row of the cursor when what was drawn at the old width has been wrapped at the new one. Where a wide character found no
 * room at a row's end, Readline wrote a blank, which is now one of the line. */
static int row_now(int before, int now)
{
    place p = {0, 0}, q = {0, 0};
    size_t used;
    if (!after_prompt(rl_display_prompt, before, &p) || !after_prompt(rl_display_prompt, now, &q)) return 0;
    for (size_t at = 0; at < (size_t)rl_point; at += used) {
        int columns = char_at(rl_line_buffer + at, (size_t)rl_end - at, &used);
        if (columns < 0) {
            p = (place){0, 0};
            q = (place){q.row + 1, 0};
            continue;
        }
        if (p.column < before && p.column + columns > before) advance(&q, now, 1);
        advance(&p, before, columns);
        advance(&q, now, columns);
    }
    return q.row; /* a cursor behind a full row stays there */
}

/* Readline goes by the rows of the old width, and would leave parts of the line behind or write over what stands above it. So
 * the first row is found, all from there on cleared, and the line drawn as if it were new. */
static void draw_anew(int before)
{
    place at = {row_now(before, laid.width), 0};
    move(&at, 0, 0);
    fputs("\033[J", rl_outstream);
    rl_on_new_line();
    prompt_mend_forget();
    redisplay();
}

void prompt_mend_resize(void)
{
    int height, width;
    rl_get_screen_size(&height, &width);
    rl_reset_screen_size();
    bool laid_out = lay_out(&laid);
    if (laid_out && laid.width == width) return;
    if (laid_out && wraps_anew()) {
        draw_anew(width);
        return;
    }
    rl_set_screen_size(height, width);
    rl_redisplay_function = rl_redisplay;
    rl_resize_terminal();
    rl_redisplay_function = redisplay;
    prompt_mend_forget();
    mend();
}

void prompt_mend_init(void)
{
    rl_redisplay_function = redisplay;
}
