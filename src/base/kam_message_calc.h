/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_calc: messages said in calc, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_CALC_H
#define KAM_MESSAGE_CALC_H
#include "kam_message.h"

static const kam_message kam_message_calc_rows[] = {
    {"table %s lacks the column %s", "表 {1} 缺少列 {2}"},
    {"column %s of table %s is %s, not %s", "表 {2} 的列 {1} 类型为 {3}，应为 {4}"},
    {"-retention takes points between -100 and 100", "-retention 取 -100 至 100 之间的百分点"},
    {"-margin takes a fraction above -1, such as 0.05", "-margin 取大于 -1 的比例，如 0.05"},
    {"-discount takes the new rate a year, above -1", "-discount 取新的年折现率，须大于 -1"},
    {"-acquisition takes a fraction of -1 or more, such as -0.1", "-acquisition 取不小于 -1 的比例，如 -0.1"},
    {"-retention: so many points less would leave nobody after a year", "-retention：减少这么多百分点，一年后将无人留存"},
    {"what-if: contracts without an end need a discount rate above 0", "what-if：无期限的合同需要大于 0 的折现率"},
    {"what-if: -retention: so many points less would leave no contract after a year", "what-if：-retention：减少这么多百分点，一年后将没有合同"},
    {"lifetime-value: the account had not bought by then, so nothing can be said of its purchases", "lifetime-value：该客户当时尚未购买，无从谈其购买次数"},
    {"%s is not among the people of this account on that day", "{1} 当日不在该客户的人员之中"},
    {"the answers to be compared lack the column %s", "所比较的结果缺少列 {1}"},
};
#endif
