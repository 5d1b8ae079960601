/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_pdf: messages said in pdf, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_PDF_H
#define KAM_MESSAGE_PDF_H
#include "kam_message.h"

static const kam_message kam_message_pdf_rows[] = {
    {"%s: column `%s` must hold days", "{1}：列 {2} 必须是日期"},
    {"%s: column `%s` holds no numbers", "{1}：列 {2} 不是数值"},
    {"%s: the table has no column `%s`", "{1}：表中没有列 {2}"},
    {"libharu cannot be started", "无法启动 libharu"},
};
#endif
