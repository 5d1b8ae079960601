/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_main: messages said in main and prompt, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_MAIN_H
#define KAM_MESSAGE_MAIN_H
#include "kam_message.h"

static const kam_message kam_message_main_rows[] = {
    {"%s takes no value", "{1} 不带值"},
    {"%s wants a value", "{1} 需要一个值"},
};
#endif
