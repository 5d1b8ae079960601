/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sales_build: kam_sales written as text: one line an account, "P date net P date net …" with P the product's number, sorted by
 * product and day; each line ended by '\n'. Include after calc_build.h. */
#ifndef SALES_BUILD_H
#define SALES_BUILD_H
#include "kam_sales.h"

static inline kam_sales build_sales(size_t n_products, const char *text)
{
    kam_sales s = KAM_SALES_INIT;
    s.n_products = n_products;
    s.start = kam_calloc(strlen(text) + 2, sizeof *s.start);
    s.product = kam_calloc(strlen(text) + 1, sizeof *s.product);
    s.day = kam_calloc(strlen(text) + 1, sizeof *s.day);
    s.net_minor = kam_calloc(strlen(text) + 1, sizeof *s.net_minor);
    char *copy = kam_strdup(text), *rest = copy, *line, *word;
    while (rest && *rest && (line = next_part(&rest, '\n'))) {
        while ((word = next_part(&line, ' '))) {
            if (!*word) continue;
            s.product[s.n_lines] = (uint32_t)atoi(word);
            s.day[s.n_lines] = (int32_t)day_of(next_part(&line, ' '));
            s.net_minor[s.n_lines++] = atoll(next_part(&line, ' '));
        }
        s.start[++s.n_accounts] = s.n_lines;
    }
    kam_free(copy);
    return s;
}

static inline kam_table *build_products(const char *codes)
{
    kam_str rows = KAM_STR_INIT;
    char *copy = kam_strdup(codes), *rest = copy, *code;
    while ((code = next_part(&rest, ' ')))
        if (*code) kam_str_addf(&rows, "%s|Product %s|-|-\n", code, code);
    kam_table *t = build_table("product:text name:text name_en:text category:text", kam_str_cstr(&rows));
    kam_str_release(&rows);
    kam_free(copy);
    return t;
}
#endif
