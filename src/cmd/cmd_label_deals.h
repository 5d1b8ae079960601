/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_label_deals: headings and words of opportunities, visits, forecasts: D, in both languages; for cmd_label.c alone. First the
 * columns of result tables, then the words their cells hold, as in cmd_label_calc.h. */
#ifndef CMD_LABEL_DEALS_H
#define CMD_LABEL_DEALS_H
#include "cmd_label.h"

static const cmd_label cmd_label_deals[] = {
    {"assess.title", "Qualification of an opportunity", "商机评估"},
};
#endif
