/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_calc: messages said in calc, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_CALC_H
#define KAM_MESSAGE_CALC_H
#include "kam_message.h"

static const kam_message kam_message_calc_rows[] = {
    {"table %s lacks the column %s", "表 {1} 缺少列 {2}"},
    {"column %s of table %s is %s, not %s", "表 {2} 的列 {1} 类型为 {3}，应为 {4}"},
    {"%s is not among the people of this account on that day", "{1} 当日不在该客户的人员之中"},
};
#endif
