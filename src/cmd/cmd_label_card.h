/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_label_card: headings and words of score cards and the methods on them (A6–A12), in both languages; for cmd_label.c alone. First the
 * columns of result tables, then the words their cells hold, as in cmd_label_calc.h. */
#ifndef CMD_LABEL_CARD_H
#define CMD_LABEL_CARD_H
#include "cmd_label.h"

static const cmd_label cmd_label_card[] = {
    {"quality.title", "Good and poor customers", "优质与劣质客户"},
};
#endif
