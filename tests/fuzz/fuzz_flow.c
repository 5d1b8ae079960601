/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout, with the synthetic font: lines of text become blocks by their first character ('#' heading, '-' item,
 * '!' note, '>' small print, '|' row of a table, '=' tile, '?' lines to write on, '@' markup on or off, '~' bar,
 * '/' page break; else a paragraph). Any text is laid out, the same way twice, into valid text. */
#include "fuzz.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include "pdf_flow.h"
#include <string.h>

typedef struct builder {
    pdf_flow *f;
    kam_table *table; /* under construction; NULL: none */
    bool markup;
    char was;
} builder;

static void end_table(builder *b)
{
    kam_err err = KAM_ERR_INIT;
    if (!b->table) return;
    kam_table_seal(b->table);
    kam_rc rc;
    if (b->was == '|') {
        rc = pdf_flow_table(b->f, b->table, &(pdf_table_opts){.zebra = true, .caption = "t"}, &err);
    } else {
        pdf_bar_opts o = {.label_col = "a", .value_cols = {"v"}, .n_values = 1};
        rc = pdf_flow_bar(b->f, b->table, &o, &err);
    }
    FUZZ_MUST(rc == KAM_OK || err.msg[0]);
    kam_table_unref(b->table);
    b->table = NULL;
}

static void add_row(builder *b, char kind, const char *text)
{
    static const char *const name[] = {"a", "b", "c"};
    if (b->table && b->was != kind) end_table(b);
    if (!b->table) {
        b->table = kam_table_new();
        b->was = kind;
        for (size_t i = 0; i < 3; i++) kam_table_add_column(b->table, name[i], KAM_TEXT, NULL);
        kam_table_add_column(b->table, "v", KAM_REAL, NULL);
    }
    for (size_t i = 0; i < 3; i++) {
        size_t n = strcspn(text, "|");
        kam_col_push_textn((kam_column *)(uintptr_t)kam_table_column(b->table, i), text, n);
        text += n + (text[n] == '|');
    }
    double v;
    char cut[64];
    size_t n = strlen(text) < sizeof cut ? strlen(text) : sizeof cut - 1;
    memcpy(cut, text, n);
    cut[n] = '\0';
    kam_column *c = (kam_column *)(uintptr_t)kam_table_column(b->table, 3);
    if (kam_parse_real(cut, &v)) kam_col_push_real(c, v);
    else kam_col_push_missing(c);
}

static void add_line(builder *b, const char *s)
{
    const char kind = *s, *text = kind ? s + 1 : s;
    if (kind == '|' || kind == '~') {
        add_row(b, kind, text);
        return;
    }
    end_table(b);
    switch (kind) {
    case '#': pdf_flow_heading(b->f, 1 + (int)(strspn(text, "#") % 3), text + strspn(text, "#")); break;
    case '-': pdf_flow_list(b->f, PDF_BULLETS, (const char *const[]){text, text}, 2); break;
    case '!': pdf_flow_note(b->f, PDF_NOTE_WARN, text, text); break;
    case '>': pdf_flow_small(b->f, text); break;
    case '=': pdf_flow_tiles(b->f, (pdf_tile[]){{text, text, NULL, PDF_TONE_UP}, {"n", text, text, PDF_TONE_BAD}}, 2); break;
    case '?': pdf_flow_answer_lines(b->f, text, 3); break;
    case '/': pdf_flow_page_break(b->f); break;
    case '@':
        b->markup = !b->markup;
        pdf_flow_markup(b->f, b->markup);
        break;
    default: pdf_flow_paragraph(b->f, s);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MOST = 20000 };
    if (size < 1 || size > MOST) return 0;
    pdf_doc_opts opts = {.lang = data[0] & 1 ? PDF_ZH : PDF_EN, .title = "fuzz", .tagged = data[0] & 2};
    builder b = {pdf_flow_new(&opts), NULL, false, 0};
    size_t len;
    char *text = kam_utf8_repair((const char *)data + 1, size - 1, &len);
    for (char *line = text, *end; line; line = end) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        add_line(&b, line);
    }
    end_table(&b);
    kam_str one = KAM_STR_INIT, two = KAM_STR_INIT;
    kam_err err = KAM_ERR_INIT;
    FUZZ_MUST(pdf_flow_dump(b.f, &one, &err) == KAM_OK);
    FUZZ_MUST(pdf_flow_dump(b.f, &two, &err) == KAM_OK);
    FUZZ_MUST(one.len == two.len && memcmp(one.s, two.s, one.len) == 0);
    FUZZ_MUST(kam_utf8_valid(one.s, one.len));
    kam_str_release(&one);
    kam_str_release(&two);
    pdf_flow_free(b.f);
    kam_free(text);
    return 0;
}
