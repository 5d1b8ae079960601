/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report_made: what a saved document came to, as a table, and what its reader would stumble over. */
#include "cmd_report.h"
#include "cmd_session.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "kam_utf8.h"

/* "U+1F99A 🦚"; of what cannot be shown the number only. */
static void add_character(kam_str *out, uint32_t cp)
{
    char utf[5] = "";
    bool shown = cp > 0x20 && !(cp >= 0x7F && cp < 0xA1) && !(cp >= 0xE000 && cp < 0xF900) && cp < 0xF0000 && (cp & 0xFFFE) != 0xFFFE;
    if (shown) utf[kam_utf8_put(cp, utf)] = '\0';
    kam_str_addf(out, "U+%04X%s%s", (unsigned)cp, shown ? " " : "", utf);
}

static void add_missing(kam_str *out, const pdf_report *made, bool zh)
{
    enum { TOLD = 6 };
    size_t told = made->n_missing < TOLD ? made->n_missing : TOLD;
    if (!told) return;
    kam_str_add(out, zh ? "字体中没有 " : "no font has ");
    for (size_t i = 0; i < told; i++) {
        if (i) kam_str_add(out, zh ? "、" : ", ");
        add_character(out, made->missing[i]);
    }
    if (made->n_missing > told) kam_str_addf(out, zh ? " 等 %zu 个字符" : " and %zu more", zh ? made->n_missing : made->n_missing - told);
    kam_str_add(out, zh ? "，印为方框" : ", printed as boxes");
}

static void add_references(kam_str *out, const pdf_report *made, bool zh)
{
    for (size_t i = 0; i < made->n_bad_refs && i < PDF_REPORT_REFS; i++) {
        if (out->len) kam_str_add(out, zh ? "；" : "; ");
        kam_str_addf(out, zh ? "没有名为“%s”的标题" : "no heading is named \"%s\"", made->bad_ref[i]);
        if (*made->near_ref[i]) kam_str_addf(out, zh ? "（是否指 %s？）" : " (did you mean %s?)", made->near_ref[i]);
        kam_str_add(out, zh ? "，其页码印为“?”" : ", its page is printed as \"?\"");
    }
    if (made->n_bad_refs > PDF_REPORT_REFS) kam_str_addf(out, zh ? "；另有 %zu 处" : "; and %zu more", made->n_bad_refs - PDF_REPORT_REFS);
}

kam_table *cmd_report_made(const cmd_session *s, const char *path, const pdf_report *made)
{
    bool zh = cmd_session_reader(s) == CMD_LANG_ZH;
    kam_str warnings = KAM_STR_INIT;
    kam_table *t = kam_table_new();
    kam_column *file = kam_table_add_column(t, "file", KAM_TEXT, "report.file");
    kam_column *pages = kam_table_add_column(t, "pages", KAM_INT, "report.pages");
    kam_column *bytes = kam_table_add_column(t, "bytes", KAM_INT, "report.bytes");
    kam_column *missing = kam_table_add_column(t, "missing_characters", KAM_INT, "report.missing_characters");
    kam_col_push_text(file, path);
    kam_col_push_int(pages, (int64_t)made->pages);
    kam_col_push_int(bytes, (int64_t)made->bytes);
    kam_col_push_int(missing, (int64_t)made->n_missing);
    add_missing(&warnings, made, zh);
    add_references(&warnings, made, zh);
    if (warnings.len) kam_col_push_text(kam_table_add_column(t, "warnings", KAM_TEXT, "report.warnings"), kam_str_cstr(&warnings));
    kam_str_release(&warnings);
    kam_table_seal(t);
    return t;
}
