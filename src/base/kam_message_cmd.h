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
    /* stakeholder-map, contact assess, flag act */
    {"there is nobody to ask: no command typed at the prompt is running", "无人可问：当前没有在提示符下输入的命令"},
    {"%s: nobody can be asked outside the prompt; give the answers as options: %s", "{1}：提示符之外无人可问，请用选项给出回答：{2}"},
    {"stakeholder-map: -meeting belongs to -view talk", "stakeholder-map：-meeting 只用于 -view talk"},
    {"flag act: no such flag %s at %s on that day; raised are: %s", "flag act：当日 {2} 没有雷区 {1}；现有：{3}"},
    {"why: %s cannot be asked about this; ask about a contact for people, needs, coaches, talk and org, about the account for the rest",
     "why：{1} 不能这样问；people、needs、coaches、talk、org 请问联系人，其余请问客户"},
    {"%s is not among the people of %s on that day", "{1} 当日不在 {2} 的人员之中"},
    {"%s: -y takes at most %zu columns", "{1}：-y 最多 {2} 列"},
    {"cost-to-serve: -account and -kinds belong to -show accounts",
     "cost-to-serve：-account 与 -kinds 只用于 -show accounts"},
    {"complaint-cost: -account and -open belong to -show register or accounts",
     "complaint-cost：-account 与 -open 只用于 -show register 或 accounts"},
    {"what-if: %s", "what-if：{1}"},
    {"-show keep takes no lever and no contracts; its rates are settings", "-show keep 不接受杠杆，也不用合同；其比率为设置项"},
    {"what-if: no contracts on or before the as-of date; add some (`contract add`) or choose another -model",
     "what-if：截止日期及以前没有合同；请添加（contract add）或另选 -model"},
    {"what-if: no account has a repeat purchase with a positive value, so equity cannot be estimated",
     "what-if：没有客户有金额为正的重复购买，无法估计客户资产"},
    {"next-purchase: %s", "next-purchase：{1}"},
    {"-all belongs to -show calls", "-all 只用于 -show calls"},
    {"-account and -days belong to lists, not to -show rhythm", "-account 与 -days 用于列表，不用于 -show rhythm"},
    {"value-levels: account %s is not known yet on the as-of date", "value-levels：截止日期时尚不认识客户 {1}"},
    {"value-levels: -show measures is of all accounts; leave the account out",
     "value-levels：-show measures 针对全体客户，请不要给出客户"},
    {"lifetime-value: -show %s is of one account; name it with -account",
     "lifetime-value：-show {1} 针对单个客户，请用 -account 指定"},
    {"lifetime-value: account %s is not known yet on the as-of date", "lifetime-value：截止日期时尚不认识客户 {1}"},
    {"-ahead belongs to -show accounts", "-ahead 只用于 -show accounts"},
};
#endif
