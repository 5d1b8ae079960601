/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_struct.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include "pdf_format.h"
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ANNOTATION = -1 }; /* in place of a number of marked content */

typedef struct piece { /* something that belongs to an element */
    size_t page;
    long content;         /* its number on that page, or ANNOTATION */
    HPDF_UINT32 object;   /* the annotation's */
    size_t next;          /* piece of the same element, + 1; 0: the last */
} piece;

typedef struct extent { /* of a figure */
    size_t page;          /* + 1; 0: on several pages, which have no common extent */
    double x0, y0, x1, y1;
} extent;

typedef struct node { /* an element, by its index among the tags */
    size_t first, last;   /* pieces, + 1; 0: none */
    int child, sibling;   /* 0: none */
    size_t last_page;     /* that something of it stands on, + 1 */
    HPDF_UINT32 object;   /* 0: left out */
    size_t extent;        /* + 1; 0: none */
} node;

struct pdf_struct {
    const pdf_list *list;
    node *node;
    piece *piece;
    size_t n_pieces, cap_pieces;
    int *owner;           /* element of every marked content, page after page */
    size_t n_owners, cap_owners;
    size_t *page_at;      /* where a page begins there; one more than pages */
    size_t page;
    extent *extent;
    size_t n_extents, cap_extents;
    int *link;            /* element of every annotation */
    size_t n_links, cap_links;
    HPDF_UINT32 first;    /* number of the root; parents, pages, elements and streams follow */
    HPDF_UINT32 *page_object;
    HPDF_Obj_Header root; /* stands for an object that libharu does not know: of it a reference needs the number only */
    kam_str ids;          /* names of the elements that must have one */
};

static const char *const NAMES[PDF_TAG_KINDS] = {"Document", "Title", "H1", "H2", "H3", "P", "Caption", "L", "LI", "Lbl", "LBody", "Table", "TR",
                                                 "TH", "TD", "Figure", "Note", "TOC", "TOCI", "Reference", "Link", "Span", "Span"};

/* --- drawing --- */
int pdf_struct_element(const pdf_struct *t, const pdf_op *op)
{
    switch (op->kind) {
    case PDF_OP_TEXT:
        if (!op->text || !*op->text) return -1;
        return op->tag;
    case PDF_OP_IMAGE: return op->tag;
    case PDF_OP_LINK: case PDF_OP_MARK: case PDF_OP_PUSH: case PDF_OP_CLIP: case PDF_OP_POP: return -1;
    default: return pdf_tag_solid(t->list->tags[op->tag].kind) ? op->tag : 0;
    }
}

static void reach(extent *e, double x, double y)
{
    e->x0 = fmin(e->x0, x), e->y0 = fmin(e->y0, y), e->x1 = fmax(e->x1, x), e->y1 = fmax(e->y1, y);
}

/* The extent of a figure grows to what is drawn for it. */
static void extend(pdf_struct *t, int element, const pdf_op *op, size_t page)
{
    node *f = &t->node[element];
    if (!f->extent) {
        KAM_GROW(t->extent, t->cap_extents, t->n_extents + 1);
        t->extent[t->n_extents++] = (extent){page + 1, op->x, op->y, op->x, op->y};
        f->extent = t->n_extents;
    }
    extent *e = &t->extent[f->extent - 1];
    if (e->page != page + 1) e->page = 0;
    switch (op->kind) {
    case PDF_OP_TEXT: reach(e, op->x, op->y - op->size), reach(e, op->x + op->w, op->y + op->size / 4); break;
    case PDF_OP_OVAL: reach(e, op->x - op->w, op->y - op->h), reach(e, op->x + op->w, op->y + op->h); break;
    case PDF_OP_POLY: case PDF_OP_PATH:
        for (size_t i = 0; i < op->n_pts; i++) reach(e, op->x + op->pts[2 * i], op->y + op->pts[2 * i + 1]);
        break;
    default: reach(e, op->x, op->y), reach(e, op->x + op->w, op->y + op->h);
    }
}

static void look_over(pdf_struct *t, size_t page)
{
    const pdf_ops *ops = &t->list->pages[page];
    for (size_t i = 0; i < ops->n; i++) {
        int e = pdf_struct_element(t, &ops->v[i]);
        if (e <= 0) continue;
        t->node[e].last_page = page + 1;
        if (t->list->tags[e].kind == PDF_TAG_FIGURE) extend(t, e, &ops->v[i], page);
    }
}

pdf_struct *pdf_struct_new(const pdf_list *list)
{
    if (list->n_tags == 0) return NULL;
    pdf_struct *t = kam_zalloc(sizeof *t);
    t->list = list;
    t->node = kam_calloc(list->n_tags, sizeof *t->node);
    t->page_at = kam_calloc(list->n_pages + 1, sizeof *t->page_at);
    t->page_object = kam_calloc(list->n_pages + 1, sizeof *t->page_object);
    for (size_t p = 0; p < list->n_pages; p++) look_over(t, p);
    return t;
}

void pdf_struct_free(pdf_struct *t)
{
    if (!t) return;
    kam_free(t->node);
    kam_free(t->piece);
    kam_free(t->owner);
    kam_free(t->page_at);
    kam_free(t->page_object);
    kam_free(t->link);
    kam_free(t->extent);
    kam_str_release(&t->ids);
    kam_free(t);
}

void pdf_struct_page(pdf_struct *t, size_t page)
{
    t->page = page;
    t->page_at[page] = t->n_owners;
}

const char *pdf_struct_name(const pdf_struct *t, int element)
{
    return NAMES[t->list->tags[element].kind];
}

bool pdf_struct_goes_on(const pdf_struct *t, int element)
{
    return t->node[element].last_page > t->page + 1;
}

static void add_piece(pdf_struct *t, int element, piece p)
{
    node *e = &t->node[element];
    KAM_GROW(t->piece, t->cap_pieces, t->n_pieces + 1);
    t->piece[t->n_pieces++] = p;
    if (e->last) t->piece[e->last - 1].next = t->n_pieces;
    else e->first = t->n_pieces;
    e->last = t->n_pieces;
}

size_t pdf_struct_content(pdf_struct *t, int element)
{
    size_t number = t->n_owners - t->page_at[t->page];
    KAM_GROW(t->owner, t->cap_owners, t->n_owners + 1);
    t->owner[t->n_owners++] = element;
    add_piece(t, element, (piece){.page = t->page, .content = (long)number});
    return number;
}

static HPDF_UINT32 number_of(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF;
}

void pdf_struct_link(pdf_struct *t, int element, HPDF_Dict annotation, size_t page)
{
    KAM_GROW(t->link, t->cap_links, t->n_links + 1);
    HPDF_Dict_AddNumber(annotation, "StructParent", (HPDF_INT32)(t->list->n_pages + t->n_links));
    t->link[t->n_links++] = element;
    add_piece(t, element, (piece){.page = page, .content = ANNOTATION, .object = number_of(annotation)});
}

/* --- numbers --- */
static bool is_cell(pdf_tag_kind kind)
{
    return kind == PDF_TAG_TD || kind == PDF_TAG_TH;
}

/* Parents stand before their children: backwards a parent lives when a child does, forwards a cell when its row does. */
static void number_elements(pdf_struct *t, HPDF_UINT32 at)
{
    const pdf_tag *tag = t->list->tags;
    const size_t n = t->list->n_tags;
    t->node[0].object = 1;
    for (size_t i = n; --i > 0;) {
        node *e = &t->node[i];
        if (!e->first && !e->object) continue;
        e->object = 1;
        t->node[tag[i].parent].object = 1;
    }
    for (size_t i = 1; i < n; i++)
        if (is_cell(tag[i].kind) && t->node[tag[i].parent].object) t->node[i].object = 1;
    for (size_t i = n; --i > 0;) {
        if (!t->node[i].object) continue;
        t->node[i].sibling = t->node[tag[i].parent].child;
        t->node[tag[i].parent].child = (int)i;
    }
    for (size_t i = 0; i < n; i++)
        if (t->node[i].object) t->node[i].object = at++;
}

void pdf_struct_announce(pdf_struct *t, HPDF_Doc doc, HPDF_Page *pages)
{
    const size_t n = t->list->n_pages;
    t->page_at[n] = t->n_owners;
    t->first = doc->xref->entries->count;
    number_elements(t, t->first + 2 + (HPDF_UINT32)n);
    for (size_t p = 0; p < n; p++) {
        t->page_object[p] = number_of(pages[p]);
        HPDF_Dict_AddNumber(pages[p], "StructParents", (HPDF_INT32)p);
        HPDF_Dict_AddName(pages[p], "Tabs", "S");
    }
    HPDF_Dict mark = HPDF_Dict_New(doc->mmgr);
    HPDF_Dict_Add(doc->catalog, "MarkInfo", mark);
    HPDF_Dict_Add(mark, "Marked", HPDF_Boolean_New(doc->mmgr, HPDF_TRUE));
    t->root = (HPDF_Obj_Header){.obj_id = t->first | HPDF_OTYPE_INDIRECT, .obj_class = HPDF_OCLASS_DICT};
    HPDF_Dict_Add(doc->catalog, "StructTreeRoot", &t->root);
    doc->pdf_version = HPDF_VER_17;
}

/* --- objects as text --- */
static void put_text(kam_str *out, const char *key, const char *utf8)
{
    size_t n = strlen(utf8);
    kam_str_addf(out, "/%s<FEFF", key);
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t c = kam_utf8_next(utf8 + i, n - i, &used);
        if (c > 0xFFFF) kam_str_addf(out, "%04X%04X", (unsigned)(0xD800 + ((c - 0x10000) >> 10)), (unsigned)(0xDC00 + ((c - 0x10000) & 0x3FF)));
        else kam_str_addf(out, "%04X", (unsigned)c);
    }
    kam_str_addc(out, '>');
}

static void put_ref(kam_str *out, HPDF_UINT32 object)
{
    kam_str_addf(out, "%u 0 R", (unsigned)object);
}

static void put_piece(const pdf_struct *t, const piece *p, size_t own_page, kam_str *out)
{
    unsigned page = (unsigned)t->page_object[p->page];
    if (p->content == ANNOTATION) kam_str_addf(out, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>>", page, (unsigned)p->object);
    else if (p->page == own_page) kam_str_addf(out, "%ld", p->content);
    else kam_str_addf(out, "<</Type/MCR/Pg %u 0 R/MCID %ld>>", page, p->content);
}

static void put_kids(const pdf_struct *t, const node *e, kam_str *out)
{
    const piece *first = e->first ? &t->piece[e->first - 1] : NULL;
    bool many = (first && (first->next || e->child)) || (e->child && t->node[e->child].sibling);
    if (!first && !e->child) return;
    if (first) kam_str_addf(out, "/Pg %u 0 R", (unsigned)t->page_object[first->page]);
    kam_str_add(out, many ? "/K[" : "/K ");
    for (size_t i = e->first; i; i = t->piece[i - 1].next) {
        put_piece(t, &t->piece[i - 1], first->page, out);
        kam_str_addc(out, ' ');
    }
    for (int c = e->child; c; c = t->node[c].sibling) {
        put_ref(out, t->node[c].object);
        kam_str_addc(out, ' ');
    }
    if (many) kam_str_addc(out, ']');
}

/* Readers that set the text anew need to know how much room a figure takes. */
static void put_extent(const pdf_struct *t, const node *e, kam_str *out)
{
    const extent *x = e->extent ? &t->extent[e->extent - 1] : NULL;
    if (!x || !x->page) return;
    double h = t->list->pages[x->page - 1].page_h;
    const double side[] = {x->x0, h - x->y1, x->x1, h - x->y0};
    kam_str_add(out, "/A<</O/Layout/BBox[");
    for (int i = 0; i < 4; i++) {
        if (i) kam_str_addc(out, ' ');
        pdf_put_trim(out, side[i], 1);
    }
    kam_str_add(out, "]>>");
}

static void put_element(pdf_struct *t, size_t i, kam_str *out)
{
    static const char *const numbering[] = {"Disc", "Decimal", "None"};
    const pdf_tag *tag = &t->list->tags[i];
    kam_str_addf(out, "<</S/%s/P ", NAMES[tag->kind]);
    put_ref(out, i ? t->node[tag->parent].object : t->first);
    put_kids(t, &t->node[i], out);
    if (tag->alt) put_text(out, tag->kind == PDF_TAG_SIGN ? "ActualText" : "Alt", tag->alt);
    put_extent(t, &t->node[i], out);
    if (tag->kind == PDF_TAG_TH) kam_str_add(out, "/A<</O/Table/Scope/Column>>");
    if (tag->kind == PDF_TAG_TD && tag->span > 1) kam_str_addf(out, "/A<</O/Table/ColSpan %d>>", tag->span);
    if (tag->kind == PDF_TAG_L && tag->span) kam_str_addf(out, "/A<</O/List/ListNumbering/%s>>", numbering[tag->span - 1]);
    if (tag->kind == PDF_TAG_NOTE) {
        kam_str_addf(out, "/ID(n%08u)", (unsigned)i); /* sorted as they come */
        kam_str_addf(&t->ids, "(n%08u)%u 0 R", (unsigned)i, (unsigned)t->node[i].object);
    }
    kam_str_add(out, ">>");
}

static void put_page(const pdf_struct *t, size_t page, kam_str *out)
{
    kam_str_addc(out, '[');
    for (size_t i = t->page_at[page]; i < t->page_at[page + 1]; i++) {
        put_ref(out, t->node[t->owner[i]].object);
        kam_str_addc(out, ' ');
    }
    kam_str_addc(out, ']');
}

static void put_parents(const pdf_struct *t, kam_str *out)
{
    const size_t n = t->list->n_pages;
    kam_str_add(out, "<</Nums[");
    for (size_t p = 0; p < n; p++) kam_str_addf(out, "%zu %u 0 R ", p, (unsigned)(t->first + 2 + p));
    for (size_t i = 0; i < t->n_links; i++) kam_str_addf(out, "%zu %u 0 R ", n + i, (unsigned)t->node[t->link[i]].object);
    kam_str_add(out, "]>>");
}

static void put_root(const pdf_struct *t, kam_str *out)
{
    kam_str_addf(out, "<</Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %zu/RoleMap<</Title/P>>",
                 (unsigned)t->node[0].object, (unsigned)(t->first + 1), t->list->n_pages + t->n_links);
    if (t->ids.len) kam_str_addf(out, "/IDTree<</Names[%s]>>", kam_str_cstr(&t->ids));
    kam_str_add(out, ">>");
}

/* --- object streams and the cross-reference stream --- */
typedef struct writer {
    kam_str *out;
    size_t start;
    pdf_deflater *z;
    kam_str index, body; /* of the object stream being filled */
    size_t n;
    kam_str xref;
    HPDF_UINT32 stream;  /* its number */
} writer;

enum { ROW = 7 }; /* bytes: 1 4 2 */

static void put_row(kam_str *xref, int type, size_t a, unsigned b)
{
    const unsigned char row[ROW] = {(unsigned char)type, (unsigned char)(a >> 24), (unsigned char)(a >> 16), (unsigned char)(a >> 8), (unsigned char)a,
                                 (unsigned char)(b >> 8), (unsigned char)b};
    kam_str_addn(xref, (const char *)row, sizeof row);
}

/* Each row as its difference from the one above (PNG's predictor "up"), led by a 2: rows that count up become equal, and deflate well. */
static void predict(kam_str *xref)
{
    kam_str out = KAM_STR_INIT;
    for (size_t i = 0; i < xref->len; i++) {
        if (i % ROW == 0) kam_str_addc(&out, 2);
        kam_str_addc(&out, (char)(xref->s[i] - (i < ROW ? 0 : xref->s[i - ROW])));
    }
    kam_str_release(xref);
    *xref = out;
}

static void put_stream(writer *w, HPDF_UINT32 object, const char *dict, const kam_str *bytes)
{
    pdf_deflate(w->z, kam_str_cstr(bytes), bytes->len);
    kam_str_addf(w->out, "%u 0 obj\n<<%s/Filter/FlateDecode/Length %zu>>stream\n", (unsigned)object, dict, w->z->out.len);
    kam_str_addn(w->out, w->z->out.s, w->z->out.len);
    kam_str_add(w->out, "\nendstream\nendobj\n");
}

/* Rows of objects within streams name the stream by its number, which is known only when all objects have one: the streams follow
 * them, PER objects each. */
enum { PER = 400 };

static void end_stream(writer *w, kam_str *rows)
{
    if (w->n == 0) return;
    char dict[80];
    snprintf(dict, sizeof dict, "/Type/ObjStm/N %zu/First %zu", w->n, w->index.len);
    put_row(rows, 1, w->out->len - w->start, 0);
    kam_str_addn(&w->index, w->body.s, w->body.len);
    put_stream(w, w->stream++, dict, &w->index);
    kam_str_clear(&w->index);
    kam_str_clear(&w->body);
    w->n = 0;
}

static void end_object(writer *w, HPDF_UINT32 object, size_t at, kam_str *rows)
{
    kam_str_addf(&w->index, "%u %zu ", (unsigned)object, at);
    kam_str_addc(&w->body, ' ');
    put_row(&w->xref, 2, w->stream, (unsigned)w->n);
    if (++w->n == PER) end_stream(w, rows);
}

/* libharu's own objects, as it placed them. */
static void put_known(HPDF_Xref x, kam_str *xref)
{
    for (HPDF_UINT i = 0; i < x->entries->count; i++) {
        const HPDF_XrefEntry_Rec *e = HPDF_Xref_GetEntry(x, i);
        bool used = e->entry_typ == HPDF_IN_USE_ENTRY;
        put_row(xref, used, used ? e->byte_offset : 0, e->gen_no);
    }
}

static void put_objects(pdf_struct *t, writer *w, kam_str *rows)
{
    const size_t n_pages = t->list->n_pages, n = t->list->n_tags;
    HPDF_UINT32 last = t->first + 2 + (HPDF_UINT32)n_pages;
    for (size_t i = 0; i < n; i++)
        if (t->node[i].object) last++;
    w->stream = last;
    kam_str elements = KAM_STR_INIT; /* the root knows the names of all, and stands first */
    size_t *at = kam_calloc(last - t->first, sizeof *at), k = 0;
    for (size_t i = 0; i < n; i++) {
        if (!t->node[i].object) continue;
        at[k++] = elements.len;
        put_element(t, i, &elements);
    }
    at[k] = elements.len;
    for (HPDF_UINT32 object = t->first; object < last; object++) {
        size_t from = w->body.len, e = object - t->first;
        if (e == 0) put_root(t, &w->body);
        else if (e == 1) put_parents(t, &w->body);
        else if (e < 2 + n_pages) put_page(t, e - 2, &w->body);
        else kam_str_addn(&w->body, elements.s + at[e - 2 - n_pages], at[e - 1 - n_pages] - at[e - 2 - n_pages]);
        end_object(w, object, from, rows);
    }
    end_stream(w, rows);
    kam_free(at);
    kam_str_release(&elements);
}

void pdf_struct_write(pdf_struct *t, HPDF_Doc doc, pdf_deflater *z, kam_str *out, size_t start)
{
    writer w = {.out = out, .start = start, .z = z, .index = KAM_STR_INIT, .body = KAM_STR_INIT, .xref = KAM_STR_INIT};
    kam_str rows = KAM_STR_INIT;
    out->len = start + doc->xref->addr; /* what follows is its table */
    put_known(doc->xref, &w.xref);
    put_objects(t, &w, &rows);
    kam_str_addn(&w.xref, rows.s, rows.len);
    size_t at = out->len - start;
    put_row(&w.xref, 1, at, 0);
    predict(&w.xref);
    char dict[160];
    snprintf(dict, sizeof dict, "/Type/XRef/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>/Size %u/Root %u 0 R/Info %u 0 R", (unsigned)w.stream + 1, (unsigned)number_of(doc->catalog),
             (unsigned)number_of(doc->info));
    put_stream(&w, w.stream, dict, &w.xref);
    kam_str_addf(out, "startxref\n%zu\n%%%%EOF\n", at);
    kam_str_release(&w.index);
    kam_str_release(&w.body);
    kam_str_release(&w.xref);
    kam_str_release(&rows);
}
