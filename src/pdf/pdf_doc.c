/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf_doc: a laid out flow becomes a file. libharu keeps the objects, the page tree and the cross-reference table;
 * fonts and content are ours. Its errors are sticky: they are looked at once, at the end. */
#include "kam_mem.h"
#include "pdf_block.h"
#include "pdf_doc.h"
#include "pdf_draw.h"
#include "pdf_save.h"
#include <hpdf_doc.h>
#include <hpdf_pages.h>
#include <stdio.h>
#include <string.h>

/* kam_alloc never returns NULL, so neither do libharu's constructors for want of memory. */
static void *alloc_fn(HPDF_UINT size)
{
    return kam_alloc(size);
}

static void free_fn(void *p)
{
    kam_free(p);
}

static const char *meaning(HPDF_STATUS code)
{
    switch (code) {
    case HPDF_ARRAY_COUNT_ERR: case HPDF_DICT_COUNT_ERR: return KAM_MSG("the document has more objects than fit into a PDF");
    case HPDF_FAILD_TO_ALLOC_MEM: return KAM_MSG("out of memory");
    case HPDF_FILE_IO_ERROR: return KAM_MSG("writing failed");
    case HPDF_STRING_OUT_OF_RANGE: return KAM_MSG("a string is too long");
    case HPDF_PAGE_INVALID_SIZE: return KAM_MSG("the page size is out of range");
    case HPDF_XREF_COUNT_ERR: return KAM_MSG("the document has more objects than fit into a PDF");
    default: return KAM_MSG("an object was refused");
    }
}

static kam_rc check(HPDF_Doc doc, kam_err *err)
{
    HPDF_STATUS code = HPDF_GetError(doc);
    if (code == HPDF_OK) return KAM_OK;
    char hex[24];
    snprintf(hex, sizeof hex, "0x%04lX", (unsigned long)code);
    kam_err_set(err, KAM_PDF, "the PDF could not be made: %s (libharu error %s, detail %lu)", meaning(code), hex,
                (unsigned long)HPDF_GetErrorDetail(doc));
    kam_err_word(err, hex);
    return KAM_PDF;
}

static void set_info(HPDF_Doc doc, const pdf_doc_opts *o)
{
    const struct {
        HPDF_InfoType type;
        const char *key, *value;
    } info[] = {
        {HPDF_INFO_TITLE, "Title", o->title},
        {HPDF_INFO_AUTHOR, "Author", o->author},
        {HPDF_INFO_SUBJECT, "Subject", o->subject},
        {HPDF_INFO_KEYWORDS, "Keywords", o->keywords},
    };
    HPDF_SetInfoAttr(doc, HPDF_INFO_CREATOR, "kamsh");
    for (size_t i = 0; i < sizeof info / sizeof *info; i++)
        if (info[i].value) HPDF_Dict_Add(doc->info, info[i].key, pdf_text_string(doc->mmgr, info[i].value));
    HPDF_Dict_Add(doc->catalog, "Lang", HPDF_String_New(doc->mmgr, o->lang == PDF_ZH ? "zh-CN" : "en", NULL));
    HPDF_Dict prefs = HPDF_Dict_New(doc->mmgr);
    HPDF_Dict_Add(doc->catalog, "ViewerPreferences", prefs);
    if (o->title) HPDF_Dict_Add(prefs, "DisplayDocTitle", HPDF_Boolean_New(doc->mmgr, HPDF_TRUE));
}

/* A target a little above the heading, zoom kept: the API insists on a zoom, so the array is written by hand. */
static HPDF_Destination target(HPDF_Page page, double y)
{
    HPDF_Destination d = HPDF_Page_CreateDestination(page);
    HPDF_Array_Clear(d);
    HPDF_Array_Add(d, page);
    HPDF_Array_AddName(d, "XYZ");
    HPDF_Array_AddNumber(d, 0);
    HPDF_Array_AddReal(d, (HPDF_REAL)y);
    HPDF_Array_AddNumber(d, 0);
    return d;
}

static void add_outline(HPDF_Doc doc, const pdf_list *l, HPDF_Page *pages, HPDF_Destination *at)
{
    (void)pages;
    HPDF_Outline parent[4] = {NULL};
    for (size_t i = 0; i < l->n_marks; i++) {
        int level = l->marks[i].level;
        if (level == 0) continue;
        HPDF_Outline above = NULL;
        for (int k = level - 1; k >= 1 && !above; k--) above = parent[k];
        HPDF_Outline o = HPDF_CreateOutline(doc, above, "-", NULL);
        HPDF_Dict_Add(o, "Title", pdf_text_string(doc->mmgr, l->marks[i].text));
        HPDF_Outline_SetDestination(o, at[i]);
        HPDF_Outline_SetOpened(o, level == 1 ? HPDF_TRUE : HPDF_FALSE);
        parent[level] = o;
        for (int k = level + 1; k < 4; k++) parent[k] = NULL;
    }
    if (l->n_marks > 2 && l->n_pages > 2) HPDF_SetPageMode(doc, HPDF_PAGE_MODE_USE_OUTLINE);
}

static void add_links(pdf_drawing *d, const pdf_list *l, HPDF_Page *pages, HPDF_Destination *at)
{
    for (size_t p = 0; p < l->n_pages; p++)
        for (size_t i = 0; i < l->pages[p].n; i++) {
            const pdf_op *op = &l->pages[p].v[i];
            if (op->kind != PDF_OP_LINK) continue;
            HPDF_Rect r = {(HPDF_REAL)op->x, (HPDF_REAL)(l->pages[p].page_h - op->y - op->h), (HPDF_REAL)(op->x + op->w),
                           (HPDF_REAL)(l->pages[p].page_h - op->y)};
            HPDF_Annotation a = op->target >= 0 ? HPDF_Page_CreateLinkAnnot(pages[p], r, at[op->target])
                                                : HPDF_Page_CreateURILinkAnnot(pages[p], r, op->text);
            HPDF_LinkAnnot_SetBorderStyle(a, 0, 0, 0);
            if (!d->tree || op->tag == 0) continue;
            if (op->target >= 0) HPDF_Dict_Add(a, "Contents", pdf_text_string(d->doc->mmgr, l->marks[op->target].text));
            pdf_struct_link(d->tree, op->tag, a, p);
        }
}

static void read_stream(HPDF_Doc doc, kam_str *out)
{
    char buf[65536];
    HPDF_ResetStream(doc);
    for (;;) {
        HPDF_UINT32 n = sizeof buf;
        HPDF_ReadFromStream(doc, (HPDF_BYTE *)buf, &n);
        if (n == 0) break;
        kam_str_addn(out, buf, n);
    }
    if (HPDF_GetError(doc) == HPDF_STREAM_EOF) HPDF_ResetError(doc);
}

static kam_rc draw(const pdf_doc_opts *o, const pdf_list *l, pdf_drawing *d, kam_progress *watch, kam_str *out, kam_err *err)
{
    HPDF_Doc doc = d->doc;
    HPDF_Page *pages = kam_calloc(l->n_pages + 1, sizeof *pages);
    HPDF_Destination *at = kam_calloc(l->n_marks + 1, sizeof *at);
    kam_rc rc = KAM_OK;
    for (size_t p = 0; p < l->n_pages && rc == KAM_OK; p++) {
        pages[p] = HPDF_AddPage(doc);
        HPDF_Page_SetWidth(pages[p], (HPDF_REAL)l->pages[p].page_w);
        HPDF_Page_SetHeight(pages[p], (HPDF_REAL)l->pages[p].page_h);
        rc = kam_progress_step(watch, "report", 0, 0, err);
        if (rc == KAM_OK) rc = check(doc, err); /* drawing on a page that is not there would crash */
        if (rc == KAM_OK && d->tree) pdf_struct_page(d->tree, p);
        if (rc == KAM_OK) pdf_draw_page(d, pages[p], &l->pages[p], l->pages[p].page_h);
    }
    if (rc == KAM_OK) {
        for (size_t i = 0; i < PDF_CHAIN_MAX; i++)
            if (d->type0[i].font) pdf_type0_finish(&d->type0[i], doc, &d->deflater);
        set_info(doc, o);
        for (size_t i = 0; i < l->n_marks; i++)
            at[i] = target(pages[l->marks[i].page], l->pages[l->marks[i].page].page_h - l->marks[i].y + 8);
        rc = check(doc, err);
    }
    if (rc == KAM_OK) {
        add_outline(doc, l, pages, at);
        add_links(d, l, pages, at);
        if (d->tree) pdf_struct_announce(d->tree, doc, pages);
        HPDF_SaveToStream(doc);
        rc = kam_progress_step(watch, "report", 0, 0, err); /* then the error of libharu is ours, see write_filter */
        if (rc == KAM_OK) rc = check(doc, err);
    }
    size_t start = out->len;
    if (rc == KAM_OK) read_stream(doc, out);
    if (rc == KAM_OK) rc = check(doc, err);
    if (rc == KAM_OK && d->tree) pdf_struct_write(d->tree, doc, &d->deflater, out, start);
    kam_free(pages);
    kam_free(at);
    return rc;
}

kam_rc pdf_doc_bytes(const pdf_list *list, const pdf_doc_opts *o, pdf_fonts *fonts, kam_progress *watch, kam_str *out,
                     pdf_report *report, kam_err *err)
{
    kam_rc rc = KAM_OK;
    pdf_drawing d = {.fonts = fonts, .deflater.watch = watch, .tree = pdf_struct_new(list)};
    d.doc = HPDF_NewEx(NULL, alloc_fn, free_fn, 0, NULL);
    if (!d.doc) rc = kam_err_set(err, KAM_PDF, "libharu cannot be started");
    size_t before = out->len;
    if (rc == KAM_OK) rc = draw(o, list, &d, watch, out, err);
    d.report.pages = list->n_pages;
    d.report.bytes = out->len - before;
    for (size_t i = 0; i < PDF_CHAIN_MAX; i++) pdf_type0_release(&d.type0[i]);
    if (d.doc) HPDF_Free(d.doc);
    pdf_deflater_release(&d.deflater);
    kam_free(d.missing);
    kam_free(d.placed);
    pdf_struct_free(d.tree);
    if (rc == KAM_OK && report) *report = d.report;
    return rc;
}

/* Cut before a character that would not fit whole. */
static void set_name(char *out, const char *name)
{
    size_t n = strlen(name);
    if (n >= PDF_REPORT_NAME)
        for (n = PDF_REPORT_NAME - 1; n > 0 && ((unsigned char)name[n] & 0xC0) == 0x80; n--) {}
    memcpy(out, name, n);
    out[n] = '\0';
}

static void report_refs(const pdf_list *l, pdf_report *r)
{
    r->n_bad_refs = l->n_bad_refs;
    for (size_t i = 0; i < l->n_bad_refs && i < PDF_REPORT_REFS; i++) {
        const char *near = pdf_list_near_ref(l, l->bad_refs[i]);
        set_name(r->bad_ref[i], l->bad_refs[i]);
        set_name(r->near_ref[i], near ? near : "");
    }
}

static kam_rc make(const pdf_flow *f, pdf_fonts *fonts, kam_str *out, pdf_report *report, kam_err *err)
{
    pdf_metrics m = pdf_fonts_metrics(fonts);
    pdf_list list;
    kam_rc rc = pdf_layout_run(f, &m, &list, err);
    if (rc != KAM_OK) return rc;
    rc = pdf_doc_bytes(&list, &f->opts, fonts, f->watch, out, report, err);
    if (rc == KAM_OK && report) report_refs(&list, report);
    pdf_list_release(&list);
    return rc;
}

kam_rc pdf_flow_faults(const pdf_flow *f, pdf_fonts *fonts, size_t *n, kam_str *out, kam_err *err)
{
    pdf_metrics m = fonts ? pdf_fonts_metrics(fonts) : *pdf_metrics_synthetic();
    pdf_list list;
    kam_rc rc = pdf_layout_run(f, &m, &list, err);
    if (rc != KAM_OK) return rc;
    *n = pdf_list_faults(&list, true, out);
    pdf_list_release(&list);
    return KAM_OK;
}

kam_rc pdf_flow_bytes(const pdf_flow *f, pdf_fonts *fonts, kam_str *out, pdf_report *report, kam_err *err)
{
    pdf_fonts *own = NULL;
    kam_rc rc = fonts ? KAM_OK : pdf_fonts_open(NULL, &own, err);
    if (rc == KAM_OK) rc = make(f, fonts ? fonts : own, out, report, err);
    pdf_fonts_free(own);
    return rc;
}

kam_rc pdf_flow_save(const pdf_flow *f, pdf_fonts *fonts, const char *path, pdf_report *report, kam_err *err)
{
    kam_str bytes = KAM_STR_INIT;
    kam_rc rc = pdf_flow_bytes(f, fonts, &bytes, report, err);
    if (rc == KAM_OK) rc = pdf_save_file(path, bytes.s, bytes.len, !f->unsynced, err);
    kam_str_release(&bytes);
    return rc;
}
