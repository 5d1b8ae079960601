/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_pdf: messages said in pdf, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_PDF_H
#define KAM_MESSAGE_PDF_H
#include "kam_message.h"

static const kam_message kam_message_pdf_rows[] = {
    {"libharu cannot be started", "无法启动 libharu"},
};
#endif
