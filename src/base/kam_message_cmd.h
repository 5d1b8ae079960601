/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_cmd: messages said in cmd, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_CMD_H
#define KAM_MESSAGE_CMD_H
#include "kam_message.h"

static const kam_message kam_message_cmd_rows[] = {
    {"there is no command \"%.100s\"%s; help lists them", "没有命令“{1}”{2}；help 列出全部命令"},
    {"; usage: %s", "；用法：{1}"},
    {"%s \"%.200s\" is not %s", "{1} 的值“{2}”不是{3}"},
    {"a whole number", "整数"},
    {"a number", "数"},
    {"a list", "列表"},
    {"unknown option %.100s%s", "没有选项 {1}{2}"},
    {"one word too many: \"%.100s\"", "多了一个词：“{1}”"},
    {"%s is missing", "缺少 {1}"},
    {"%s needs a value", "{1} 需要一个值"},
    {"%s is given twice", "{1} 给了两次"},
    /* help */
    {"help: there is no topic \"%.100s\"%s; help lists them", "help：没有主题“{1}”{2}；help 列出全部主题"},
    {"help: there is no command or topic \"%.100s\"%s; help -search %.100s looks in all texts", "help：没有命令或主题“{1}”{2}；help -search {3} 在所有文字中查找"},
    /* plot */
    {"%s cannot draw this: %s", "{1} 画不出：{2}"},
    {"the table needs two columns of numbers", "表中须有两个数值列"},
    {"the table has no column of numbers", "表中没有数值列"},
    {"a funnel takes values of 0 or more; try `plot bar`", "漏斗的数值不能小于零，可改用 plot bar"},
    {"%s: column \"%.100s\" holds text, and numbers are wanted", "{1}：列“{2}”是文本，此处需要数值"},
    {"%s: -y takes at most %zu columns", "{1}：-y 最多 {2} 列"},
};
#endif
