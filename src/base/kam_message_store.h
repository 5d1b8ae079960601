/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_store: messages said in store, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_STORE_H
#define KAM_MESSAGE_STORE_H
#include "kam_message.h"

static const kam_message kam_message_store_rows[] = {
    {"; nothing was imported", "；没有导入任何内容"},
    {"interrupted", "已中断"},
    {"records of %s have no code to find them by", "{1} 的记录没有代码，无法按代码查找"},
    {"a complaint closes with an outcome only: give resolution with resolved_on", "投诉须有结果才能结案：请同时给 resolution 与 resolved_on"},
};
#endif
