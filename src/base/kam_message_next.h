/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_next: messages of what is next (G1–G6), in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_NEXT_H
#define KAM_MESSAGE_NEXT_H
#include "kam_message.h"

static const kam_message kam_message_next_rows[] = {
    /* calc */
    {"rules: more than %u baskets or entries; narrow the period or the products", "规则：购物篮或条目超过 {1} 个；请缩小期间或产品范围"},
    /* shared: COMMAND: sentence */
    {"%s: %s", "{1}：{2}"},
    /* cross-sell */
    {"-account belongs to -show offers", "-account 只用于 -show offers"},
    {"a rule belongs to no account; ask about the offers", "规则不属于任何客户；请询问推荐（offers）"},
    /* lookalike */
    {"-weights: give pairs of column and weight", "-weights：请给出成对的列与权重"},
    {"-weights: the columns are industry, kind, ownership, region, source, employees, annual_spend and exit_cost",
     "-weights：可用的列为 industry、kind、ownership、region、source、employees、annual_spend 和 exit_cost"},
    {"-weights: a weight is a number from 0 on", "-weights：权重为不小于 0 的数"},
    {"lookalike: nobody has bought %.60s up to %s, so nobody can be like its buyers; name another product",
     "lookalike：截至 {2} 无人购买过 {1}，无从比较；请换一个产品"},
    {"lookalike: no account is loyal on %s (see classify -by ladder); enter annual_spend, or use -product",
     "lookalike：{1} 没有忠诚客户（见 classify -by ladder）；请录入 annual_spend，或使用 -product"},
    {"-show columns wants -account", "-show columns 需要 -account"},
    /* wallet-share, whitespace */
    {"-account belongs to -show accounts", "-account 只用于 -show accounts"},
    {"measures are of the whole portfolio; ask about an account", "指标属于全体客户；请询问某个客户"},
    {"whitespace: %.0f cells are more than whitespace-max-rows (%.0f); name -account or -category",
     "whitespace：{1} 格超过 whitespace-max-rows（{2}）；请指定 -account 或 -category"},
    {"a row of the grid holds many states; ask without -grid", "网格的一行含多个状态；请去掉 -grid 再问"},
    /* reminders */
    {"-kinds: give birthday, festival, known, member, renewal, end, step or purchase",
     "-kinds：可用 birthday、festival、known、member、renewal、end、step、purchase"},
    {"reminders: nothing is due, and a calendar must hold something; no file was written. Take more -days",
     "reminders：没有到期事项，而日历不能为空；未写文件。请加大 -days"},
    /* segment */
    {"segment: %s has no text column \"account\"; give a table with one row an account, or account list",
     "segment：{1}没有文本列“account”；请给出每客户一行的表，或 account list"},
    {"the value of the script", "脚本的结果"},
    {"the table", "该表"},
    {"the segment", "该细分"},
    {"a row names an account by name, not by code, so that the table", "某行写的是客户名称而非代码，故该表"},
    {"give either -table or -script", "请给出 -table 或 -script 之一"},
    {"-again belongs to -mailing", "-again 须与 -mailing 同用"},
    /* campaign */
    {"-show accounts wants -mailing", "-show accounts 需要 -mailing"},
    {"the mailing is dated after the as-of day", "该活动的日期在截止日期之后"},
    {"measures belong to no account; ask with -show accounts", "指标不属于任何客户；请加 -show accounts 再问"},
};
#endif
