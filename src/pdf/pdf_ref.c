/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References in marked text: {page:NAME} is the number of the page where the heading of that name stands. It is known
 * only when all is laid out, and its width may move what it names: layout runs again until the numbers hold
 * (pdf_layout_run). */
#include "pdf_block.h"
#include <string.h>

static const char *const opening = "{page:";

bool pdf_ref_any(const struct pdf_flow *f)
{
    for (size_t i = 0; i < f->n; i++) {
        const pdf_block *b = &f->v[i];
        if (!b->markup) continue;
        if ((b->text && strstr(b->text, opening)) || (b->title && strstr(b->title, opening))) return true;
        for (size_t k = 0; b->items && k < b->n; k++)
            if (strstr(b->items[k], opening)) return true;
    }
    return false;
}

/* The page of a named heading, from 1; 0: not known yet; -1: no heading has that name. */
static long page_of(const pdf_ctx *cx, const char *name, size_t n)
{
    for (size_t i = 0; i < cx->list->n_marks; i++) {
        const char *own = cx->list->marks[i].name;
        if (own && strlen(own) == n && memcmp(own, name, n) == 0) return cx->ref_pages ? (long)cx->ref_pages[i] + 1 : 0;
    }
    return -1;
}

const char *pdf_ref_expand(const pdf_ctx *cx, const char *text)
{
    if (!strstr(text, opening)) return text;
    kam_str out = KAM_STR_INIT;
    for (const char *p = text; *p;) {
        const char *end = strncmp(p, opening, strlen(opening)) == 0 ? strchr(p, '}') : NULL;
        if (!end) {
            if (*p == '\\' && p[1]) kam_str_addc(&out, *p++);
            kam_str_addc(&out, *p++);
            continue;
        }
        const char *name = p + strlen(opening);
        long page = page_of(cx, name, (size_t)(end - name));
        if (page >= 0) kam_str_addf(&out, "%ld", page);
        else {
            kam_str_addc(&out, '?');
            pdf_list_bad_ref(cx->list, name, (size_t)(end - name));
        }
        p = end + 1;
    }
    const char *kept = kam_arena_strdup(cx->arena, kam_str_cstr(&out));
    kam_str_release(&out);
    return kept;
}
