/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_label_people: headings and words of who decides: B6–B10, J4, in both languages; for cmd_label.c alone. First the
 * columns of result tables, then the words their cells hold, as in cmd_label_calc.h. */
#ifndef CMD_LABEL_PEOPLE_H
#define CMD_LABEL_PEOPLE_H
#include "cmd_label.h"

static const cmd_label cmd_label_people[] = {
    {"contact.assessed", "Assessments", "评估"},
    {"coverage.title", "Our people and theirs", "我方与客户方人员"},
};
#endif
