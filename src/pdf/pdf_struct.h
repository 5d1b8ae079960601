/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_struct: the structure tree of a document (pdf_tag) as PDF: which marked content belongs to which element, and the objects that say so.
 *
 * They are many and small: an element for every cell. libharu would write each as an object of its own with twenty bytes of
 * cross-reference; here they are written as text into deflated object streams, and a cross-reference stream takes the place of
 * libharu's table (PDF 1.5 and later). A cell comes to about six bytes instead of a hundred.
 * Source: ISO 32000-1, 7.5.7, 7.5.8, 14.7, 14.8. Includes <hpdf.h>: only for .c files of this layer. */
#ifndef PDF_STRUCT_H
#define PDF_STRUCT_H
#include "pdf_tag.h"
#include "pdf_type0.h"

typedef struct pdf_struct pdf_struct;
/* NULL when the list has no tree; the other functions want one. The list must outlive it, and it the
 * writing of the document. O(operations). */
pdf_struct *pdf_struct_new(const pdf_list *list);
void pdf_struct_free(pdf_struct *t); /* NULL is fine */

/* --- while pages are drawn, in their order --- */
void pdf_struct_page(pdf_struct *t, size_t page);
int pdf_struct_element(const pdf_struct *t, const pdf_op *op); /* 0: an ornament; -1: draws nothing */
const char *pdf_struct_name(const pdf_struct *t, int element); /* as PDF calls its kind */
size_t pdf_struct_content(pdf_struct *t, int element);         /* the number of new marked content on this page */
bool pdf_struct_goes_on(const pdf_struct *t, int element);     /* has it something on a later page? */
void pdf_struct_link(pdf_struct *t, int element, HPDF_Dict annotation, size_t page);

/* --- after them --- */
/* What pages and catalog say of the tree; nothing may be added to the document afterwards. */
void pdf_struct_announce(pdf_struct *t, HPDF_Doc doc, HPDF_Page *pages);
/* `out` from `start` on is the document as libharu wrote it; the tree is added. */
void pdf_struct_write(pdf_struct *t, HPDF_Doc doc, pdf_deflater *z, kam_str *out, size_t start);
#endif
