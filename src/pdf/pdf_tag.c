/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_tag.h"

void pdf_tag_document(pdf_list *list)
{
    KAM_GROW(list->tags, list->cap_tags, 1);
    list->tags[0] = (pdf_tag){.kind = PDF_TAG_DOCUMENT, .parent = -1};
    list->n_tags = 1;
}

bool pdf_tag_wanted(const pdf_galley *g)
{
    return g->cx->list->n_tags > 0;
}

int pdf_tag_add(pdf_galley *g, pdf_tag_kind kind, int parent)
{
    pdf_list *l = g->cx->list;
    if (l->n_tags == 0) return 0;
    KAM_GROW(l->tags, l->cap_tags, l->n_tags + 1);
    l->tags[l->n_tags] = (pdf_tag){.kind = kind, .parent = parent};
    return (int)l->n_tags++;
}

int pdf_tag_open(pdf_galley *g, pdf_tag_kind kind)
{
    const pdf_list *l = g->cx->list;
    int before = g->ops.tag, parent = before;
    if (l->n_tags && l->tags[parent].kind == PDF_TAG_FIGURE && kind != PDF_TAG_CAPTION) parent = l->tags[parent].parent;
    g->ops.tag = pdf_tag_add(g, kind, parent);
    return before;
}

int pdf_tag_heading(pdf_galley *g, int level)
{
    pdf_list *l = g->cx->list;
    while (l->n_above > 0 && l->above[l->n_above - 1] >= level) l->n_above--;
    l->above[l->n_above++] = level;
    return pdf_tag_open(g, PDF_TAG_H1 + (pdf_tag_kind)(l->n_above - 1));
}

void pdf_tag_close(pdf_galley *g, int before)
{
    g->ops.tag = before;
}

pdf_tag *pdf_tag_now(pdf_galley *g)
{
    return g->ops.tag ? &g->cx->list->tags[g->ops.tag] : NULL;
}

bool pdf_tag_solid(pdf_tag_kind kind)
{
    return kind == PDF_TAG_FIGURE || kind == PDF_TAG_SIGN;
}
