/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_doc: a display list becomes the bytes of a PDF. Of `o` only what stands in the document's properties is read. Asks
 * `watch` (may be NULL) before every page. KAM_PDF code; KAM_INTERRUPT. */
#ifndef PDF_DOC_H
#define PDF_DOC_H
#include "kam_progress.h"
#include "pdf_flow.h"
#include "pdf_list.h"

kam_rc pdf_doc_bytes(const pdf_list *list, const pdf_doc_opts *o, pdf_fonts *fonts, kam_progress *watch, kam_str *out,
                     pdf_report *report, kam_err *err);
#endif
