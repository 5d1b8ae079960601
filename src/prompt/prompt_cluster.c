/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt_cluster.h"
#include "kam_utf8.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

/* Where the cluster ends that begins at `at`. */
static int behind(int at)
{
    return at >= rl_end ? rl_end : at + (int)kam_utf8_cluster(rl_line_buffer + at, (size_t)(rl_end - at));
}

/* Where the cluster begins that ends at `at`, or holds it; counted from the beginning, since flags pair up from there. */
static int before(int at)
{
    int from = 0;
    for (int next; from < at && (next = behind(from)) < at;) from = next;
    return from;
}

static int forward(int count, int key);

static int backward(int count, int key)
{
    if (count < 0) return forward(-count, key);
    for (; count > 0 && rl_point > 0; count--) rl_point = before(rl_point);
    return count > 0 ? rl_ding() : 0;
}

static int forward(int count, int key)
{
    if (count < 0) return backward(-count, key);
    for (; count > 0 && rl_point < rl_end; count--) rl_point = behind(rl_point);
    return count > 0 ? rl_ding() : 0;
}

/* What is deleted by a count can be yanked, as everywhere in Readline. */
static void take_out(int from, int to)
{
    if (rl_explicit_arg) {
        rl_kill_text(from, to);
    } else {
        rl_begin_undo_group();
        rl_delete_text(from, to);
        rl_end_undo_group();
    }
    rl_point = from;
}

static int delete_behind(int count, int key);

static int delete_before(int count, int key)
{
    if (count < 0) return delete_behind(-count, key);
    if (rl_point == 0) return rl_ding();
    if (rl_insert_mode == 0) return rl_rubout(count, key); /* overwriting, it puts blanks */
    int from = rl_point;
    for (; count > 0 && from > 0; count--) from = before(from);
    take_out(from, rl_point);
    return 0;
}

static int delete_behind(int count, int key)
{
    if (count < 0) return delete_before(-count, key);
    if (rl_point == rl_end) return rl_ding();
    int to = rl_point;
    for (; count > 0 && to < rl_end; count--) to = behind(to);
    take_out(rl_point, to);
    return 0;
}

/* The one before the cursor goes behind the one it stands on; at the end of the line the last two. */
static int exchange(int count, int key)
{
    int middle = rl_point == rl_end ? before(rl_point) : rl_point, from = before(middle), to = behind(middle);
    if (count != 1) return rl_transpose_chars(count, key);
    if (middle == 0 || rl_end < 2) return rl_ding();
    char *first = rl_copy_text(from, middle);
    rl_begin_undo_group();
    rl_delete_text(from, middle);
    rl_point = from + to - middle;
    rl_insert_text(first);
    rl_end_undo_group();
    free(first);
    return 0;
}

static const struct {
    rl_command_func_t *theirs, *ours;
} functions[] = {
    {rl_forward_char, forward}, {rl_forward, forward},       {rl_backward_char, backward}, {rl_backward, backward},
    {rl_rubout, delete_before}, {rl_delete, delete_behind}, {rl_transpose_chars, exchange},
};

enum { DEEPEST = 8 };

static void exchange_in(Keymap map, int depth)
{
    for (int i = 0; i < KEYMAP_SIZE; i++) {
        Keymap below;
        memcpy(&below, &map[i].function, sizeof below); /* Readline keeps it in the place of a function */
        if (map[i].type == ISKMAP && depth < DEEPEST) exchange_in(below, depth + 1);
        for (size_t k = 0; map[i].type == ISFUNC && k < sizeof functions / sizeof *functions; k++)
            if (map[i].function == functions[k].theirs) map[i].function = functions[k].ours;
    }
}

void prompt_cluster_bind(void)
{
    exchange_in(rl_get_keymap_by_name("emacs"), 0);
    exchange_in(rl_get_keymap_by_name("vi-insert"), 0);
}
