/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "kam_money.h"
#include "pdf_format.h"
#include <math.h>
#include <string.h>

static void is_value(const char *want, pdf_lang lang, kam_type type, double v, int exponent, pdf_format f, int decimals)
{
    kam_str s = KAM_STR_INIT;
    pdf_format_value(&s, lang, type, v, exponent, f, decimals);
    assert_string_equal(kam_str_cstr(&s), want);
    kam_str_release(&s);
}

static void test_numbers(void **state)
{
    (void)state;
    is_value("1,234,567", PDF_EN, KAM_INT, 1234567, 0, PDF_FORMAT_AUTO, 0);
    is_value("−1,234.50", PDF_EN, KAM_MONEY, -123450, 2, PDF_FORMAT_AUTO, 0);
    is_value("18.5\xC2\xA0%", PDF_EN, KAM_REAL, 0.185, 0, PDF_FORMAT_PERCENT, 0);
    is_value("19\xC2\xA0%", PDF_EN, KAM_REAL, 0.185, 0, PDF_FORMAT_PERCENT, -1);
    is_value("+3.14", PDF_EN, KAM_REAL, 3.14159, 0, PDF_FORMAT_SIGNED, 2);
    is_value("0", PDF_EN, KAM_REAL, -0.0001, 0, PDF_FORMAT_AUTO, -1); /* never "-0" */
    is_value("1,286万", PDF_ZH, KAM_MONEY, 1286000000, 2, PDF_FORMAT_SHORT, 0);
    is_value("1.23亿", PDF_ZH, KAM_REAL, 123000000, 0, PDF_FORMAT_SHORT, 0);
    is_value("12.9\xC2\xA0M", PDF_EN, KAM_MONEY, 1286000000, 2, PDF_FORMAT_SHORT, 0);
    is_value("950", PDF_EN, KAM_REAL, 950, 0, PDF_FORMAT_SHORT, 0);
    is_value("1\xC2\xA0M", PDF_EN, KAM_REAL, 999999, 0, PDF_FORMAT_SHORT, 0); /* not "1,000 k" */
    is_value("−63.3\xC2\xA0k", PDF_EN, KAM_REAL, -63300, 0, PDF_FORMAT_SHORT, 0);
    is_value("−35.8\xC2\xA0%", PDF_ZH, KAM_REAL, -0.358, 0, PDF_FORMAT_PERCENT, 0);
    /* not quite all, not quite nothing, and exactly all or nothing (also where the sum of thirds misses 1 by a bit of the double) */
    is_value("> 99.9\xC2\xA0%", PDF_EN, KAM_REAL, 0.9997, 0, PDF_FORMAT_PERCENT, 0);
    is_value("> 99\xC2\xA0%", PDF_EN, KAM_REAL, 0.997, 0, PDF_FORMAT_PERCENT, -1);
    is_value("< 0.1\xC2\xA0%", PDF_ZH, KAM_REAL, 0.0002, 0, PDF_FORMAT_PERCENT, 0);
    is_value("> −0.1\xC2\xA0%", PDF_ZH, KAM_REAL, -0.0002, 0, PDF_FORMAT_PERCENT, 0);
    is_value("100.0\xC2\xA0%", PDF_EN, KAM_REAL, 1 - 1e-15, 0, PDF_FORMAT_PERCENT, 0);
    is_value("0.0\xC2\xA0%", PDF_EN, KAM_REAL, 0, 0, PDF_FORMAT_PERCENT, 0);
    is_value("100.0\xC2\xA0%", PDF_EN, KAM_REAL, 1.0004, 0, PDF_FORMAT_PERCENT, 0);
    is_value("1.5", PDF_EN, KAM_REAL, 1.5, 0, PDF_FORMAT_SHORT, 0);
}

static void test_cells(void **state)
{
    (void)state;
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, "CNY", 2);
    kam_column *m = kam_table_add_column(t, "m", KAM_MONEY, NULL), *d = kam_table_add_column(t, "d", KAM_DAY, NULL);
    kam_column *r = kam_table_add_column(t, "r", KAM_REAL, NULL), *b = kam_table_add_column(t, "b", KAM_FLAG, NULL);
    kam_col_push_int(m, 9007199254740993LL); /* 2^53 + 1: must not pass through a double */
    kam_col_push_int(d, 0);
    kam_col_push_real(r, 2.5);
    kam_col_push_int(b, 1);
    kam_col_push_missing(m), kam_col_push_missing(d), kam_col_push_missing(r), kam_col_push_missing(b);
    kam_table_seal(t);
    const char *want[2][4] = {{"90,071,992,547,409.93", "1970-01-01", "2.50", "✓"}, {"–", "–", "–", "–"}};
    for (size_t row = 0; row < 2; row++)
        for (size_t c = 0; c < 4; c++) {
            kam_str s = KAM_STR_INIT;
            pdf_format_cell(&s, t, c, row, PDF_EN, NULL, PDF_FORMAT_AUTO, c == 2 ? pdf_column_decimals(r, PDF_FORMAT_AUTO) : 0);
            assert_string_equal(kam_str_cstr(&s), want[row][c]);
            kam_str_release(&s);
        }
    kam_table_unref(t);
}

static const char *star(const kam_column *c, const char *value, pdf_lang lang)
{
    (void)c;
    return lang == PDF_ZH && strcmp(value, "star") == 0 ? "明星" : NULL;
}

/* Texts in both languages show the reader's half, keys their word; what is meant for machines shows neither. */
static void test_texts(void **state)
{
    (void)state;
    kam_table *t = kam_table_new();
    kam_column *c = kam_table_add_column(t, "c", KAM_TEXT, NULL);
    const char *const cell[] = {"软件 | Software", "star", "a|b", " | "};
    for (size_t i = 0; i < COUNT_OF(cell); i++) kam_col_push_text(c, cell[i]);
    kam_table_seal(t);
    const struct {
        pdf_lang lang;
        pdf_format format;
        const char *want[COUNT_OF(cell)];
    } way[] = {{PDF_ZH, PDF_FORMAT_AUTO, {"软件", "明星", "a|b", ""}},
               {PDF_EN, PDF_FORMAT_AUTO, {"Software", "star", "a|b", ""}},
               {PDF_ZH, PDF_FORMAT_PLAIN, {"软件 | Software", "star", "a|b", " | "}}};
    for (size_t w = 0; w < COUNT_OF(way); w++)
        for (size_t i = 0; i < COUNT_OF(cell); i++) {
            kam_str s = KAM_STR_INIT;
            pdf_format_cell(&s, t, 0, i, way[w].lang, star, way[w].format, 0);
            assert_string_equal(kam_str_cstr(&s), way[w].want[i]);
            kam_str_release(&s);
        }
    kam_table_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests_name("pdf_format", tests, NULL, NULL);
}
