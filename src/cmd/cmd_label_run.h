/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_label_run: headings and words of running the portfolio, satisfaction, what is next, and `why`: E, F, G, J, in both languages; for cmd_label.c alone. First the
 * columns of result tables, then the words their cells hold, as in cmd_label_calc.h. */
#ifndef CMD_LABEL_RUN_H
#define CMD_LABEL_RUN_H
#include "cmd_label.h"

static const cmd_label cmd_label_run[] = {
    {"why.title", "How it came about", "来由"},
};
#endif
