/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_pdf: a plan of four pages (title, tiles, two pages of mixed text, a table of 60 rows, a bar chart) made 200
 * times with one font set. Prints milliseconds of CPU and bytes a document, and resident megabytes. The goals of the
 * design are 5 ms and 90 KB. */
#include "pdf_flow.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static double resident_mb(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    long pages = 0;
    if (f != NULL) {
        if (fscanf(f, "%*d %ld", &pages) != 1) pages = 0;
        fclose(f);
    }
    return (double)pages * 4096 / 1e6;
}

static kam_table *accounts(size_t n)
{
    static const char *const names[] = {"华瑞精密制造", "东海生物制药", "启明电网工程", "北辰智能装备", "沃德 Automation（苏州）"};
    kam_table *t = kam_table_new();
    kam_column *name = kam_table_add_column(t, "name", KAM_TEXT, "客户"), *amount = kam_table_add_column(t, "amount", KAM_MONEY, "净收入");
    kam_column *share = kam_table_add_column(t, "share", KAM_REAL, "份额"), *last = kam_table_add_column(t, "last", KAM_DAY, "最近购买");
    for (size_t i = 0; i < n; i++) {
        kam_col_push_text(name, names[i % 5]);
        kam_col_push_int(amount, (int64_t)(i * 7919 % 9973) * 12345);
        kam_col_push_real(share, (double)(i * 31 % 97) / 100);
        kam_col_push_int(last, 20500 + (int64_t)i);
    }
    kam_table_seal(t);
    return t;
}

static pdf_flow *plan(void)
{
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.title = "客户规划", .header_left = "客户规划 · 华瑞精密", .header_right = "内部", .footer_left = "截至 2026-09-30"});
    pdf_flow_title(f, &(pdf_title){"大客户规划", "华瑞精密制造有限公司", "从供应商走向伙伴", NULL, 0});
    pdf_flow_tiles(f, (pdf_tile[]){{"近 12 月收入", "¥1,286 万", "+18.5%", PDF_TONE_UP}, {"钱包份额", "34%", NULL, PDF_TONE_NONE}}, 2);
    for (int part = 0; part < 6; part++) {
        pdf_flow_heading(f, 1 + part % 2, "三、竞争态势与雷区");
        for (int i = 0; i < 3; i++)
            pdf_flow_paragraph(f, "华瑞精密是我们在华东区收入排名第二的客户，近12个月净收入1,286万元，同比增长18.5%。信息服务总监（审批者）已在内部会议上明确支持“预测看板”项目，"
                                  "但采购部长仍倾向于现有供应商；若在Q4之前拿不到预算窗口，项目将顺延至2027年。先解决三起未结投诉，再以 A/B 测试证明看板可把缺料停线时间缩短 20% 以上。");
    }
    kam_table *t = accounts(60);
    kam_err err = KAM_ERR_INIT;
    kam_rc rc = pdf_flow_table(f, t, &(pdf_table_opts){.zebra = true}, &err);
    kam_table_unref(t);
    t = accounts(12);
    if (rc == KAM_OK) rc = pdf_flow_bar(f, t, &(pdf_bar_opts){.label_col = "name", .value_cols = {"amount"}, .n_values = 1, .format = PDF_FORMAT_SHORT}, &err);
    kam_table_unref(t);
    if (rc != KAM_OK) fprintf(stderr, "%s\n", err.msg), exit(1);
    return f;
}

int main(void)
{
    enum { TIMES = 200 };
    kam_err err = KAM_ERR_INIT;
    pdf_fonts *fonts;
    double start = cpu_ms();
    if (pdf_fonts_open(NULL, &fonts, &err) != KAM_OK) {
        fprintf(stderr, "bench_pdf: %s\n", err.msg);
        return 1;
    }
    printf("pdf: open the fonts             %8.2f ms\n", cpu_ms() - start);
    pdf_report r = {0};
    for (int round = 0; round < 2; round++) {
        int times = round ? TIMES : 1;
        start = cpu_ms();
        for (int i = 0; i < times; i++) {
            pdf_flow *f = plan();
            kam_str out = KAM_STR_INIT;
            if (pdf_flow_bytes(f, fonts, &out, &r, &err) != KAM_OK) fprintf(stderr, "%s\n", err.msg), exit(1);
            kam_str_release(&out);
            pdf_flow_free(f);
        }
        printf("pdf: a plan of %zu pages, %-8s %8.2f ms, %zu bytes, %.1f MB resident\n", r.pages, round ? "batch" : "first",
               (cpu_ms() - start) / times, r.bytes, resident_mb());
    }
    pdf_fonts_free(fonts);
    return 0;
}
