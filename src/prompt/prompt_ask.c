/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt_ask.h"
#include "kam_mem.h"
#include "prompt_interrupt.h"
#include "prompt_mend.h"
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/readline.h>

static struct {
    bool over;
    char *line; /* Readline's; NULL: the end of input */
} answer;

static void on_answer(char *line)
{
    rl_callback_handler_remove();
    answer.over = true;
    answer.line = line;
}

void prompt_suspend(bool reading)
{
    if (reading) rl_deprep_terminal();
    raise(SIGSTOP);
    if (!reading) return;
    rl_prep_term_function(1);
    prompt_mend_forget();
    rl_forced_update_display();
}

void prompt_drop(void)
{
    rl_free_line_state();
    rl_callback_sigcleanup();
    rl_point = rl_end;
    rl_redisplay();
    fputs("^C\n", rl_outstream);
    fflush(rl_outstream);
    rl_replace_line("", 1);
}

void prompt_end_of_input(void)
{
    const char *pastes = rl_variable_value("enable-bracketed-paste");
    if (rl_readline_version < 0x0801 || !isatty(STDIN_FILENO) || !pastes || strcmp(pastes, "on") != 0) fputc('\n', rl_outstream);
}

/* False: ^C, or the program is to end. */
static bool heed_signals(void)
{
    for (int signo; (signo = prompt_interrupt_next()) != 0;) {
        if (signo == SIGWINCH) prompt_mend_resize();
        else if (signo == SIGTSTP) prompt_suspend(true);
        else if (signo == SIGINT || prompt_interrupt_fatal()) return false;
    }
    return true;
}

static void converse(void)
{
    while (!answer.over) {
        struct pollfd fd[2] = {{STDIN_FILENO, POLLIN, 0}, {prompt_interrupt_fd(), POLLIN, 0}};
        if (poll(fd, 2, -1) < 0) continue;
        if (fd[1].revents && !heed_signals()) break;
        if (fd[0].revents) rl_callback_read_char();
    }
}

char *prompt_ask(const char *question)
{
    /* what stands on lines of its own is not part of the line being edited */
    const char *last = strrchr(question, '\n');
    last = last ? last + 1 : question;
    fwrite(question, 1, (size_t)(last - question), rl_outstream);
    fflush(rl_outstream);
    answer.over = false;
    answer.line = NULL;
    int inhibited = rl_inhibit_completion;
    rl_inhibit_completion = 1;
    prompt_interrupt_editing(true);
    rl_callback_handler_install(last, on_answer);
    converse();
    if (!answer.over) {
        prompt_drop();
        rl_callback_handler_remove();
    } else if (!answer.line) {
        prompt_end_of_input();
    }
    prompt_interrupt_editing(false);
    rl_inhibit_completion = inhibited;
    fflush(rl_outstream);
    char *text = answer.line ? kam_strdup(answer.line) : NULL;
    free(answer.line);
    return text;
}
