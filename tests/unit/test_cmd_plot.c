/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures in characters: what a table cannot hold (arrays with any double), and sizes of every kind. Exact pictures are in
 * tests/tcl/plot.test. */
#include "unit.h"
#include "cmd_plot_draw.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 200 };

static void every_line_fits(const kam_str *b, size_t width)
{
    size_t lines = 0;
    for (const char *p = kam_str_cstr(b); *p; lines++) {
        const char *end = strchr(p, '\n');
        assert_non_null(end);
        char *line = kam_strndup(p, (size_t)(end - p));
        assert_true(kam_utf8_valid(line, strlen(line)));
        assert_true(kam_utf8_width(line, false) <= width);
        assert_true(!*line || end[-1] != ' ');
        kam_free(line);
        p = end + 1;
    }
    assert_true(lines > 0);
}

static uint32_t seed = 7;
static double any_number(void)
{
    static const double odd[] = {NAN, INFINITY, -INFINITY, 0, -0.0, 1e308, -1e308, 5e-324, 1, -1, 1e15, 0.1};
    seed = seed * 1664525u + 1013904223u;
    const uint32_t r = seed >> 16;
    return r % 3 ? (double)(int)(r % 2001) - 1000 : odd[r % (sizeof odd / sizeof *odd)];
}

static void test_any_numbers_and_sizes(void **state)
{
    (void)state;
    static const char *const words[] = {"", "a", "华兴科技（例）", "a name that is longer than any window is wide", "\n\t"};
    double x[N], a[N], b[N];
    const char *text[N];
    uint8_t group[N];
    for (int round = 0; round < 300; round++) {
        const size_t n = (size_t)(round % N);
        for (size_t i = 0; i < n; i++) {
            x[i] = any_number(), a[i] = any_number(), b[i] = any_number();
            text[i] = words[(i + (size_t)round) % COUNT_OF(words)];
            group[i] = (uint8_t)(i % 3);
        }
        const cmd_plot_look k = {(size_t)(20 + round % 90), (size_t)(3 + round % 30), false, round % 2 == 0, words[round % 5], false};
        const cmd_plot_series s[] = {{words[1], a, b, x, text}, {words[3], b, NULL, NULL, text}};
        static const kam_type types[] = {KAM_INT, KAM_REAL, KAM_MONEY};
        const cmd_plot_axis ax = {words[3], types[round % 3], NULL}, names = {words[2], KAM_TEXT, text}, ay = {words[2], types[round % 3], NULL};
        double row[N];
        for (size_t i = 0; i < n; i++) row[i] = (double)i;
        for (int f = 0; f < 6; f++) {
            kam_str out = KAM_STR_INIT;
            if (f == 0) cmd_plot_bar(&k, n, text, 2, s, &out);
            else if (f == 1) cmd_plot_line(&k, n, &ax, x, &ay, 2, s, &out);
            else if (f == 2) cmd_plot_line(&k, n, &names, row, &ay, 1, s, &out);
            else if (f == 3) cmd_plot_scatter(&k, n, &ax, x, &ay, a, NULL, NULL, 0, &out);
            else if (f == 4) cmd_plot_scatter(&k, n, &ax, x, &ay, a, group, words, 3, &out);
            else cmd_plot_spark(&k, n, 2, s, &out);
            if (out.len) every_line_fits(&out, k.width);
            kam_str_release(&out);
        }
    }
}

static void test_funnel_of_any_width(void **state)
{
    (void)state;
    const double v[] = {0, 3, 1e300, NAN, 7};
    const char *const label[] = {"线索", "intent", "方案", "x", "won"}, *const text[] = {"0", "3", "1e300", "", "7"};
    const char *const beside[] = {"→ 50 %", "→ 1 %", "", "", ""};
    const cmd_plot_series s = {"count", v, NULL, NULL, text};
    for (size_t w = 20; w < 130; w++)
        for (size_t h = 3; h < 7; h++) {
            const cmd_plot_look k = {w, h, false, true, NULL, false};
            kam_str out = KAM_STR_INIT;
            cmd_plot_funnel(&k, 5, label, &s, w % 2 ? beside : NULL, &out);
            every_line_fits(&out, w);
            kam_str_release(&out);
        }
}

/* A day axis over one day to two thousand years has at least one tick that fits. */
static void test_days_of_any_span(void **state)
{
    (void)state;
    for (double span = 1; span < 8e5; span *= 1.7)
        for (size_t w = 20; w < 120; w += 13) {
            const double x[] = {20000 - span / 2 < -719162 ? -719162 : floor(20000 - span / 2), floor(20000 + span / 2)}, y[] = {1, 2};
            const cmd_plot_look k = {w, 5, false, false, NULL, false};
            const cmd_plot_axis ax = {"day", KAM_DAY, NULL}, ay = {"y", KAM_INT, NULL};
            const cmd_plot_series s = {"y", y, NULL, NULL, NULL};
            kam_str out = KAM_STR_INIT;
            cmd_plot_line(&k, 2, &ax, x, &ay, 1, &s, &out);
            every_line_fits(&out, w);
            if (w >= 59) assert_non_null(strstr(kam_str_cstr(&out), "┬"));
            kam_str_release(&out);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_numbers_and_sizes),
        cmocka_unit_test(test_funnel_of_any_width),
        cmocka_unit_test(test_days_of_any_span),
    };
    return cmocka_run_group_tests_name("cmd_plot", tests, NULL, NULL);
}
