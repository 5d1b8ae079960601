/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_label_run: headings and words of running the portfolio, satisfaction, what is next, and `why`: E, F, G, J, in both languages; for cmd_label.c alone. First the
 * columns of result tables, then the words their cells hold, as in cmd_label_calc.h. */
#ifndef CMD_LABEL_RUN_H
#define CMD_LABEL_RUN_H
#include "cmd_label.h"

static const cmd_label cmd_label_run[] = {
    {"why.title", "How it came about", "来由"},
    {"setting.list", "Settings", "设置"},
    {"why.part", "part", "部分"},
    {"why.item", "item", "项目"},
    {"why.value", "value", "值"},
    {"why.date", "date", "日期"},
    {"why.source", "source", "来源"},
    {"why.meaning", "meaning", "说明"},
    {"why.try", "try", "可试"},
    {"why.part.result", "result", "结果"},
    {"why.part.rule", "rule", "规则"},
    {"why.part.input", "input", "输入"},
    {"why.part.setting", "setting", "设置"},
    {"why.part.change", "change", "变化"},
};
#endif
