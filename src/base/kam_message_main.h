/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_main: messages said in main and prompt, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_MAIN_H
#define KAM_MESSAGE_MAIN_H
#include "kam_message.h"

static const kam_message kam_message_main_rows[] = {
    {"--new: %s is there already; leave --new out to open it", "--new：{1} 已存在；去掉 --new 即可打开"},
    {"--new asks questions, so it needs a terminal; in scripts: --create %s -c 'setting set currency CNY'", "--new 需要提问，只能在终端使用；脚本中请用：--create {1} -c 'setting set currency CNY'"},
    {"%s and %s do not go together", "{1} 与 {2} 不能同时使用"},
    {"%s takes no value", "{1} 不带值"},
    {"%s wants a value", "{1} 需要一个值"},
};
#endif
