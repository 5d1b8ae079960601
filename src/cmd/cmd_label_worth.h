/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_label_worth: headings and words of what accounts are worth: C4–C8, in both languages; for cmd_label.c alone. First the
 * columns of result tables, then the words their cells hold, as in cmd_label_calc.h. */
#ifndef CMD_LABEL_WORTH_H
#define CMD_LABEL_WORTH_H
#include "cmd_label.h"

static const cmd_label cmd_label_worth[] = {
    {"cost-to-serve.title", "Cost to serve", "服务成本"},
};
#endif
