/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_base: messages said in base, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_BASE_H
#define KAM_MESSAGE_BASE_H
#include "kam_message.h"

static const kam_message kam_message_base_rows[] = {
    {"line %zu, column %zu: %s", "第 {1} 行第 {2} 列：{3}"},
    {"%s: interrupted", "{1}：已中断"},
};
#endif
