/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_pdf PLAN FONT N FILE ?tagged?: the plan of plan.txt (two pages of mixed text, a table of 60 rows, a bar chart) made N times
 * with one font set, each with its own number; the last is written to FILE. Measured from outside by pdf_peers.tcl. */
#include "pdf_flow.h"
#include "plan.h"

static kam_table *rows_of(const plan *p)
{
    static const char *const name[] = {"no", "name", "grade", "amount", "share", "last"};
    kam_table *t = kam_table_new();
    kam_column *c[PLAN_CELLS];
    for (int k = 0; k < PLAN_CELLS; k++) c[k] = kam_table_add_column(t, name[k], KAM_TEXT, NULL);
    for (size_t i = 0; i < p->n; i++)
        for (int k = 0; k < PLAN_CELLS && p->v[i].kind == 'R'; k++) kam_col_push_text(c[k], p->v[i].cell[k]);
    kam_table_seal(t);
    return t;
}

static kam_table *bars_of(const plan *p)
{
    kam_table *t = kam_table_new();
    kam_column *name = kam_table_add_column(t, "name", KAM_TEXT, NULL), *v = kam_table_add_column(t, "v", KAM_INT, "收入（万元）");
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].kind == 'B') kam_col_push_text(name, p->v[i].cell[0]), kam_col_push_int(v, atoi(p->v[i].cell[1]));
    kam_table_seal(t);
    return t;
}

static pdf_flow *flow_of(const plan *p, int k, bool tagged, kam_table *rows, kam_table *bars)
{
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.title = "大客户规划", .header_left = "大客户规划", .header_right = "内部", .footer_left = "截至 2026-09-30", .tagged = tagged});
    static const pdf_col cols[] = {{.name = "no", .label = "#", .align = PDF_RIGHT}, {.name = "name", .label = "客户", .weight = 1}, {.name = "grade", .label = "等级"},
                                   {.name = "amount", .label = "净收入", .align = PDF_RIGHT}, {.name = "share", .label = "份额", .align = PDF_RIGHT}, {.name = "last", .label = "最近购买"}};
    kam_err err = KAM_ERR_INIT;
    for (size_t i = 0; i < p->n; i++) {
        const plan_line *l = &p->v[i];
        const char *text = plan_text(l->text, k);
        kam_rc rc = KAM_OK;
        bool first = i > 0 && p->v[i - 1].kind != l->kind;
        if (l->kind == 'T') pdf_flow_title(f, &(pdf_title){.title = text});
        else if (l->kind == 'H') pdf_flow_heading(f, 1, text);
        else if (l->kind == 'P') pdf_flow_paragraph(f, text);
        else if (l->kind == 'R' && first) rc = pdf_flow_table(f, rows, &(pdf_table_opts){.cols = cols, .n_cols = 6, .zebra = true, .compact = true}, &err);
        else if (l->kind == 'B' && first) rc = pdf_flow_bar(f, bars, &(pdf_bar_opts){.label_col = "name", .value_cols = {"v"}, .n_values = 1, .height_pt = 240}, &err);
        if (rc != KAM_OK) fprintf(stderr, "%s\n", err.msg), exit(1);
    }
    return f;
}

int main(int argc, char **argv)
{
    if (argc != 5 && argc != 6) return fprintf(stderr, "usage: bench_pdf PLAN FONT N FILE ?tagged?\n"), 2;
    kam_err err = KAM_ERR_INIT;
    pdf_fonts *fonts;
    plan p;
    plan_read(&p, argv[1]);
    if (pdf_fonts_open(argv[2], &fonts, &err) != KAM_OK) return fprintf(stderr, "%s\n", err.msg), 77;
    kam_table *rows = rows_of(&p), *bars = bars_of(&p);
    kam_str out = KAM_STR_INIT;
    pdf_report r = {0};
    for (int k = 1; k <= atoi(argv[3]); k++) {
        pdf_flow *f = flow_of(&p, k, argc == 6, rows, bars);
        kam_str_clear(&out);
        if (pdf_flow_bytes(f, fonts, &out, &r, &err) != KAM_OK) fprintf(stderr, "%s\n", err.msg), exit(1);
        pdf_flow_free(f);
    }
    FILE *f = fopen(argv[4], "wb");
    if (!f || fwrite(out.s, 1, out.len, f) != out.len || fclose(f) != 0) return 1;
    printf("%zu\n", r.pages);
    kam_str_release(&out);
    kam_table_unref(rows);
    kam_table_unref(bars);
    pdf_fonts_free(fonts);
    return 0;
}
