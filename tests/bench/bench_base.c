/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_base: what the base layer must carry: a million csv rows, ten million table rows. Prints one line a
 * measurement: seconds, rate, resident megabytes. */
#include "kam_csv.h"
#include "kam_mem.h"
#include "kam_table.h"
#include "kam_utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
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

typedef struct source {
    const char *s;
    size_t n;
} source;

static kam_rc give(void *ctx, char *buf, size_t cap, size_t *got, kam_err *err)
{
    (void)err;
    source *src = ctx;
    size_t n = src->n < cap ? src->n : cap;
    memcpy(buf, src->s, n);
    src->s += n;
    src->n -= n;
    *got = n;
    return KAM_OK;
}

static void csv(const char *name, const char *format, int rows)
{
    kam_str text = KAM_STR_INIT;
    for (int i = 0; i < rows; i++) {
        kam_str_addf(&text, "A%05d,", i % 5000);
        kam_str_add(&text, format);
        kam_str_addf(&text, ",%d.%02d\n", i % 9000, i % 100);
    }
    source src = {kam_str_cstr(&text), text.len};
    double start = now();
    kam_csv *c = kam_csv_new(give, &src, ',');
    const char *const *f;
    size_t n, fields = 0;
    while (kam_csv_next(c, &f, &n, NULL) == KAM_OK && n > 0)
        fields += n;
    double took = now() - start;
    printf("csv %-9s %8d rows %9zu fields  %.3f s  %4.0f MB/s\n", name, rows, fields, took, (double)text.len / 1e6 / took);
    kam_csv_free(c);
    kam_str_release(&text);
}

static kam_table *fill(size_t rows)
{
    kam_table *t = kam_table_new();
    kam_column *account = kam_table_add_column(t, "account", KAM_TEXT, NULL);
    kam_column *day = kam_table_add_column(t, "day", KAM_DAY, NULL);
    kam_column *amount = kam_table_add_column(t, "amount", KAM_MONEY, NULL);
    kam_column *score = kam_table_add_column(t, "score", KAM_REAL, NULL);
    uint64_t x = 88172645463325252u;
    for (size_t i = 0; i < rows; i++) {
        char code[16];
        int n = snprintf(code, sizeof code, "A%07zu", i / 3);
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        kam_col_push_textn(account, code, (size_t)n);
        kam_col_push_int(day, (int64_t)(x % 3650));
        kam_col_push_int(amount, (int64_t)(x >> 8 & 0xFFFFFF));
        if (x >> 60)
            kam_col_push_real(score, (double)(x >> 40));
        else
            kam_col_push_missing(score);
    }
    kam_table_seal(t);
    return t;
}

static void table(size_t rows)
{
    double before = resident_mb(), start = now();
    kam_table *t = fill(rows);
    printf("table fill     %8zu rows x 4 columns  %.3f s  %.0f MB\n", rows, now() - start, resident_mb() - before);
    start = now();
    double sum = 0;
    const kam_column *amount = kam_table_find(t, "amount"), *score = kam_table_find(t, "score");
    for (size_t i = 0; i < rows; i++)
        if (!kam_col_missing(score, i)) sum += (double)kam_col_int(amount, i) + kam_col_real(score, i);
    printf("table scan     %8zu rows  %.3f s  (%.3g)\n", rows, now() - start, sum);
    static const struct {
        const char *what;
        size_t n, cols[2];
        bool desc[2];
    } sorts[] = {{"int", 1, {1, 0}, {true, false}}, {"real", 1, {3, 0}, {false, false}},
                 {"text", 1, {0, 0}, {true, false}}, {"int+money", 2, {1, 2}, {false, true}}};
    for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++) {
        start = now();
        size_t *order = kam_table_order(t, sorts[i].cols, sorts[i].desc, sorts[i].n);
        double took = now() - start;
        start = now();
        kam_table *p = kam_table_pick(t, order, rows);
        printf("table order by %-9s %8zu rows  %.3f s, pick %.3f s\n", sorts[i].what, rows, took, now() - start);
        kam_table_unref(p);
        kam_free(order);
    }
    kam_table_unref(t);
}

static void width(void)
{
    static const char *const text[] = {"plain ASCII of a table cell", "华为技术有限公司（深圳）", "Müller & Söhne GmbH"};
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
        size_t total = 0, rounds = 1000000;
        double start = now();
        for (size_t k = 0; k < rounds; k++)
            total += kam_utf8_width(text[i], false);
        double took = now() - start;
        printf("width of \"%s\": %.0f ns (%zu)\n", text[i], took * 1e9 / (double)rounds, total / rounds);
    }
}

int main(int argc, char **argv)
{
    size_t rows = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000000;
    csv("plain", "2024-02-29,SKU-4711,12", 1000000);
    csv("chinese", "2024-02-29,华为技术有限公司,12", 1000000);
    csv("quoted", "\"2024-02-29\",\"say \"\"yes\"\"\",\"12\"", 1000000);
    width();
    table(rows);
    return 0;
}
