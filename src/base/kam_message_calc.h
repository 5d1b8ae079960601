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
    {"churn: the log is younger than one horizon of %d days (setting churn-horizon-days), so nobody could be seen leaving; "
     "P(alive) needs no losses: -show alive",
     "流失：记录不满一个期限（{1} 天，设置 churn-horizon-days），无从看到流失；活跃概率无需流失样本：-show alive"},
    {"churn: losses %zu, accounts kept %zu, periods %zu; at least %d losses and as many kept are needed (setting churn-min-lost); "
     "P(alive) needs no losses: -show alive",
     "流失：{3} 期中流失 {1} 次、保留 {2} 次；流失与保留各至少需要 {4} 次（设置 churn-min-lost）；活跃概率无需流失样本：-show alive"},
    {"logistic regression: the data do not determine the coefficients (the classes are separated or columns repeat each other); use a penalty above 0",
     "逻辑回归：数据不能确定系数（两类完全分离或特征重复）；请用大于 0 的惩罚"},
    {"logistic regression: all %zu rows are of one class", "逻辑回归：全部 {1} 行属于同一类"},
    {"cross-validation: no part of the rows has both classes", "交叉验证：没有一部分同时含有两类"},
};
#endif
