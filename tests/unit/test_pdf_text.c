/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"
#include "kam_utf8.h"
#include "pdf_break.h"
#include "pdf_flow.h"
#include "pdf_line.h"
#include "pdf_text.h"
#include <math.h>
#include <string.h>

static const char *const texts[] = {
    "决策者：张伟（CFO），影响者：李娜、王芳；竞争对手“甲骨文”与《用友》。我们的目标是（a）提高占有率；（b）降低流失率！真的吗？当然——请看下文……",
    "本季度收入为￥12,500,000.50，同比增长18.5%，Q4预计$3.2M（约合人民币2,300万元）。联系 zhang.wei@example.com 或访问 https://www.example.com/key-account/plan?id=42 了解更多。",
    "客户说：“我们需要‘更快’的交付。”然后他在《年度规划》（2026版）中写道：【重要】「必须」在Q1完成。",
    "Key-account management（KAM，大客户管理）is a long-term discipline. A/B 测试、T+1 结算、C++ 开发、24/7 支持、100% 满意度。",
    "第12章第3节：截至2026年10月18日，共有38家客户、1,024笔订单，气温23℃，中·文间隔，北京·上海。",
    "“Don’t wait,” she said; the customer’s budget (about $2.5M) closes on 31 December—sooner, perhaps.",
};

static void wrap(pdf_text *t, const char *s, double size, double width)
{
    pdf_break_init();
    pdf_text_init(t, pdf_metrics_synthetic(), &(pdf_run){s, 0, 0}, 1);
    pdf_text_wrap(t, size, width);
}

static bool in(const char *set, uint32_t cp)
{
    for (size_t i = 0, n = strlen(set), used; i < n; i += used)
        if (kam_utf8_next(set + i, n - i, &used) == cp) return true;
    return false;
}

/* 避头尾 over many widths; nothing lost, nothing twice, no line wider than asked (a stop may hang by half an em). */
static void test_forbidden_places(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(texts); k++)
        for (int width = 110; width <= 700; width += 3) {
            pdf_text t;
            wrap(&t, texts[k], 10, width);
            size_t at = 0;
            for (size_t i = 0; i < t.n_lines; i++) {
                const pdf_line *l = &t.line[i];
                assert_true(l->to > l->from);
                for (; at < l->from; at++) assert_int_equal(t.c[at].cp, ' ');
                uint32_t first = t.c[l->from].cp, last = t.c[l->to - 1].cp;
                if (i > 0) assert_false(in("，。、；：？！）》」』】〕％…—·,.;:?!)]}%℃", first));
                if (i > 0) assert_false(first == 0x201D || first == 0x2019);
                if (i + 1 < t.n_lines) assert_false(in("（《「『【〔〈([{￥$第", last));
                if (i + 1 < t.n_lines && pdf_is_han(t.c[0].cp)) assert_false(last == 0x201C || last == 0x2018);
                assert_true(l->width * 10 / 1000.0 <= width + 0.01);
                at = l->to;
            }
            for (; at < t.n; at++) assert_int_equal(t.c[at].cp, ' ');
            pdf_text_release(&t);
        }
}

/* Does any width break the text inside `token`? */
static bool ever_broken(const char *text, const char *token)
{
    const char *p = strstr(text, token);
    char head[256] = {0};
    memcpy(head, text, (size_t)(p - text));
    size_t from = kam_utf8_count(head), to = from + kam_utf8_count(token);
    bool broken = false;
    for (int width = 80; width <= 500 && !broken; width += 2) {
        pdf_text t;
        wrap(&t, text, 10, width);
        for (size_t i = 1; i < t.n_lines; i++)
            if (t.line[i].from > from && t.line[i].from < to) broken = true;
        pdf_text_release(&t);
    }
    return broken;
}

static void test_tokens_stay_whole(void **state)
{
    (void)state;
    const char *s = "我们用C++和A/B测试，T+1结算与24/7支持，到2026年10月18日完成第12章，占18.5%，共300万元，先看——再说……好，中·文";
    const char *whole[] = {"C++", "A/B", "T+1", "24/7", "2026年", "10月", "18日", "第12章", "18.5%", "300万", "看——", "说……", "中·"};
    for (size_t i = 0; i < COUNT_OF(whole); i++)
        if (ever_broken(s, whole[i])) fail_msg("%s was broken", whole[i]);
    assert_true(ever_broken(s, "测试")); /* the check itself can fail */
    assert_false(ever_broken("She said that they don’t and won’t do it for us.", "don’t"));
}

static void test_long_token_makes_progress(void **state)
{
    (void)state;
    char url[600];
    memset(url, 'x', sizeof url - 1);
    url[sizeof url - 1] = '\0';
    double widths[] = {0, 1, 50, 123.4};
    for (size_t k = 0; k < COUNT_OF(widths); k++) {
        pdf_text t;
        wrap(&t, url, 10, widths[k]);
        assert_int_equal(t.line[t.n_lines - 1].to, 599);
        assert_true(t.n_lines >= 2 && t.n_lines <= 599);
        pdf_text_release(&t);
    }
}

/* 5 Han characters and 3 Latin letters: 客户KAM管理 = 2 Han + gap + K(540→640)AM + gap + 2 Han; by the synthetic
 * table: 1000·4 + 640 + 640 + 860 + 2·250 = 6640. */
static void test_quarter_em_gap(void **state)
{
    (void)state;
    pdf_text t;
    wrap(&t, "客户KAM管理", 10, 1000);
    assert_int_equal(t.n_lines, 1);
    assert_int_equal(t.line[0].width, 6640);
    assert_int_equal(t.c[1].extra, 250);
    assert_int_equal(t.c[4].extra, 250);
    assert_int_equal(t.c[2].extra, 0);
    pdf_text_release(&t);
    wrap(&t, "客户 KAM", 10, 1000); /* a blank that is there already is room enough */
    for (size_t i = 0; i < t.n; i++) assert_int_equal(t.c[i].extra, 0);
    pdf_text_release(&t);
    /* at the end of a line the gap is gone: 3 Han fit into 30 pt although Latin follows */
    wrap(&t, "客户们KAM", 10, 30);
    assert_int_equal(t.line[0].to, 3);
    assert_int_equal(t.line[0].width, 3000);
    pdf_text_release(&t);
}

static void test_squeeze(void **state)
{
    (void)state;
    pdf_text t;
    wrap(&t, "他说：“好。”（完）", 10, 1000);
    /* 他 说 ： “ 好 。 ” （ 完 ）: between ： and “, 。 and ”, ” and （ most of half an em each is given up */
    assert_int_equal(t.n, 10);
    assert_int_equal(t.c[2].extra, -440);
    assert_int_equal(t.c[3].extra, 0);
    assert_int_equal(t.c[5].extra, -440);
    assert_int_equal(t.c[6].extra, -440);
    assert_int_equal(t.c[7].extra, 0);
    assert_int_equal(t.line[0].width, 8680);
    pdf_text_release(&t);
    /* a stop at the end of a line may hang by its blank half: 5 characters in 4.5 em */
    wrap(&t, "一二三四，五六七八", 10, 45);
    assert_int_equal(t.line[0].to, 5);
    assert_int_equal(t.line[0].width, 4500);
    pdf_text_release(&t);
    /* an opening mark at the start of a line loses its blank half */
    wrap(&t, "一二三四（五六）七八九", 10, 40);
    assert_int_equal(t.line[1].from, 4);
    assert_int_equal(t.line[1].shift, -500);
    pdf_text_release(&t);
}

static int dot_advance(void *ctx, uint32_t cp, bool bold)
{
    return cp == 0xB7 ? 1000 : pdf_metrics_synthetic()->advance(ctx, cp, bold);
}

/* Where the font's middle dot is a full em, the blanks around it give way: 280 + 1000 + 280 becomes 100 + 1000 + 100. */
static void test_middle_dot(void **state)
{
    (void)state;
    pdf_metrics m = *pdf_metrics_synthetic();
    m.advance = dot_advance;
    pdf_text t;
    pdf_text_init(&t, &m, &(pdf_run){"客户 · 伙伴", 0, 0}, 1);
    pdf_text_wrap(&t, 10, 1000);
    assert_int_equal(t.line[0].width, 4 * 1000 + 1200);
    pdf_text_release(&t);
    wrap(&t, "客户 · 伙伴", 10, 1000); /* a narrow dot keeps them */
    assert_int_equal(t.line[0].width, 4 * 1000 + 2 * 280 + t.c[3].adv);
    assert_true(t.c[3].adv < 900);
    pdf_text_release(&t);
}

static void test_quotes_by_language(void **state)
{
    (void)state;
    pdf_text t;
    wrap(&t, "the customer’s “plan”", 10, 1000);
    for (size_t i = 0; i < t.n; i++)
        if (t.c[i].cp > 0x2000) assert_true(t.c[i].narrow && t.c[i].adv < 500);
    pdf_text_release(&t);
    wrap(&t, "客户的“计划”与customer’s", 10, 1000);
    size_t wide = 0;
    for (size_t i = 0; i < t.n; i++)
        if (t.c[i].cp == 0x201C || t.c[i].cp == 0x201D) wide += !t.c[i].narrow;
        else if (t.c[i].cp == 0x2019) assert_true(t.c[i].narrow);
    assert_int_equal(wide, 2);
    pdf_text_release(&t);
    wrap(&t, "met 柏丁 on Monday, “all is well”", 10, 1000); /* a name does not make it Chinese */
    for (size_t i = 0; i < t.n; i++)
        if (t.c[i].cp > 0x2000 && t.c[i].cp < 0x2100) assert_true(t.c[i].narrow);
    pdf_text_release(&t);
}

static void test_justified_lines_fill_the_measure(void **state)
{
    (void)state;
    kam_arena arena = KAM_ARENA_INIT;
    size_t filled = 0, lines = 0;
    for (int width = 200; width < 480; width += 7) {
        pdf_text t;
        wrap(&t, texts[0], 10, width);
        for (size_t i = 0; i < t.n_lines; i++) {
            pdf_ops o;
            pdf_ops_init(&o, &arena);
            double end = pdf_text_put(&t, i, &o, 50, 0, 10, width, PDF_SET_JUSTIFY);
            bool last = i + 1 == t.n_lines;
            assert_true(end <= 50 + width + 5.01); /* a hanging stop: half an em at most */
            if (!last) lines++, filled += end > 50 + width - 0.02;
            if (last) assert_true(end - 50 <= t.line[i].width / 100.0 + 5.01);
            pdf_ops_release(&o);
        }
        pdf_text_release(&t);
    }
    assert_true(lines > 50 && filled * 10 >= lines * 9);
    kam_arena_release(&arena);
}

static void test_forced_breaks_and_blanks(void **state)
{
    (void)state;
    pdf_text t;
    wrap(&t, "one\ntwo  \n\nfour", 10, 500);
    assert_int_equal(t.n_lines, 4);
    assert_int_equal(t.line[1].to - t.line[1].from, 3); /* trailing blanks are not part of the line */
    assert_int_equal(t.line[2].to, t.line[2].from);
    pdf_text_release(&t);
    wrap(&t, "", 10, 500);
    assert_int_equal(t.n_lines, 1); /* an empty paragraph is a blank line */
    pdf_text_release(&t);
}

/* libunibreak would end the program at these. */
static void test_flags_and_noncharacters(void **state)
{
    (void)state;
    const uint32_t cp[] = {'a', 0x1F1E8, 0x1F1F3, 0x1F1E9, 0x1F1EA, 0x4E2D, 0x1F1E8, 'b', 0xFFFF, 'c'};
    const char want[] = {PDF_BRK_MAY, PDF_BRK_NO, PDF_BRK_MAY, PDF_BRK_NO, PDF_BRK_MAY, PDF_BRK_MAY, PDF_BRK_MAY};
    char brk[COUNT_OF(cp)];
    pdf_break_init();
    pdf_break_find(cp, COUNT_OF(cp), brk);
    assert_memory_equal(brk, want, COUNT_OF(want));
}

/* The dash of an option stays with its name; one within a word, before a number or between blanks is no such dash. */
static void test_options(void **state)
{
    (void)state;
    static const char text[] = "set -kind x-y - z";
    uint32_t cp[sizeof text];
    const size_t n = sizeof text - 1;
    for (size_t i = 0; i < n; i++) cp[i] = (unsigned char)text[i];
    char brk[sizeof text];
    pdf_break_init();
    pdf_break_find(cp, n, brk);
    assert_int_equal(brk[3], PDF_BRK_MAY);  /* before -kind */
    assert_int_equal(brk[4], PDF_BRK_NO);   /* -|kind */
    assert_int_equal(brk[11], PDF_BRK_MAY); /* x-|y */
    assert_int_equal(brk[15], PDF_BRK_MAY); /* - |z */
}

static void test_ellipsis(void **state)
{
    (void)state;
    kam_arena arena = KAM_ARENA_INIT;
    for (int max = 20; max < 120; max += 5) {
        pdf_ops o;
        pdf_ops_init(&o, &arena);
        double w = pdf_put_text(&o, pdf_metrics_synthetic(), 0, 0, 10, 0, 0, "华瑞精密制造有限公司", PDF_SET_LEFT, max);
        assert_true(w <= max + 0.01);
        if (max < 100) assert_non_null(strstr(o.v[0].text, "…"));
        else assert_null(strstr(o.v[0].text, "…"));
        pdf_ops_release(&o);
    }
    kam_arena_release(&arena);
}

/* 近365天收入: 365天 stays whole, so its narrowest two lines are 近365天 and 收入 (at 10 pt: 10 + 2.5 + 3 × 5.4 + 2.5 + 10 = 41.2).
 * Even lines: 停留天数 in a column of three characters is 停留 and 天数, not 停留天 and 数; words stay whole. */
static void test_even_lines(void **state)
{
    (void)state;
    pdf_text t;
    wrap(&t, "近365天收入", 10, 500);
    assert_float_equal(pdf_text_halves(&t, 10), 41.2, 0.01);
    pdf_text_even(&t, 10, 45);
    assert_int_equal(t.n_lines, 2);
    assert_int_equal(t.line[1].from, 5);
    pdf_text_release(&t);
    wrap(&t, "停留天数", 10, 30);
    assert_int_equal(t.line[1].from, 3);
    pdf_text_even(&t, 10, 30);
    assert_int_equal(t.n_lines, 2);
    assert_int_equal(t.line[1].from, 2);
    pdf_text_release(&t);
    wrap(&t, "Opportunity name", 10, 500);
    pdf_text_even(&t, 10, 70);
    assert_int_equal(t.n_lines, 2);
    assert_int_equal(t.line[1].from, 12);
    pdf_text_release(&t);
}

/* The ellipsis of a cut text, and one that was written, is a Latin one (U+FE00 behind it) in Latin text and a Chinese one in Chinese,
 * whatever names stand in it. */
static void test_ellipsis_by_language(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } is[] = {{"Alexander Montgomery of the mills", "…\xEF\xB8\x80"}, {"华瑞精密制造有限公司示例", "…"}, {"华瑞精密 and 制造有限公司", "…"}, {"to be… continued", "…\xEF\xB8\x80"}};
    kam_arena arena = KAM_ARENA_INIT;
    for (size_t i = 0; i < COUNT_OF(is); i++) {
        pdf_ops o;
        pdf_ops_init(&o, &arena);
        assert_true(pdf_put_text(&o, pdf_metrics_synthetic(), 0, 0, 10, 0, 0, is[i].text, PDF_SET_LEFT, i < 3 ? 90 : 0) < 91);
        const char *at = strstr(o.v[0].text, "…");
        assert_non_null(at);
        assert_int_equal(strncmp(at, is[i].want, strlen(is[i].want)), 0);
        assert_int_equal(strncmp(at + 3, "\xEF\xB8\x80", 3) == 0, strlen(is[i].want) > 3);
        pdf_ops_release(&o);
    }
    kam_arena_release(&arena);
}

/* Cut to two lines of eight characters: the second ends in an ellipsis, no stop before it; a forced break is not crossed. */
static void test_cut_to_lines(void **state)
{
    (void)state;
    pdf_text t;
    wrap(&t, "一二三四五六七八一二三四五六，八九十", 10, 80);
    assert_int_equal(t.n_lines, 3);
    pdf_text_cut(&t, pdf_metrics_synthetic(), 10, 80, 2);
    assert_int_equal(t.n_lines, 2);
    assert_int_equal(t.n, 15);
    assert_int_equal(t.c[13].cp, 0x516D); /* 六 */
    assert_int_equal(t.c[14].cp, 0x2026);
    assert_true(t.line[1].width <= 8000 && t.line[1].last);
    pdf_text_release(&t);
    wrap(&t, "一二\n三四", 10, 80);
    pdf_text_cut(&t, pdf_metrics_synthetic(), 10, 80, 1);
    assert_int_equal(t.n_lines, 1);
    assert_int_equal(t.n, 3);
    pdf_text_release(&t);
    wrap(&t, "一二三", 10, 80);
    pdf_text_cut(&t, pdf_metrics_synthetic(), 10, 80, 1);
    assert_int_equal(t.n, 3);
    assert_int_equal(t.c[2].cp, 0x4E09);
    pdf_text_release(&t);
}

/* A name of sixty letters after 与 goes on where it begins; one that fits a line of its own still begins a line. */
static void test_endless_piece_begins_at_once(void **state)
{
    (void)state;
    char s[80] = "与";
    memset(s + 3, 'n', 60);
    pdf_text t;
    wrap(&t, s, 10, 150);
    assert_true(t.line[0].to > 20);
    pdf_text_release(&t);
    s[3 + 27] = '\0'; /* 145.8 of 150 pt */
    wrap(&t, s, 10, 150);
    assert_int_equal(t.line[0].to, 1);
    pdf_text_release(&t);
}

/* Lines fill the measure or are shorter, nothing is lost or twice, no stop begins a line, and the demerits are never more than those of
 * the first fit; over many widths. A text that fits on a line and one that first fit sets well are left as they are. */
static void test_filled_is_never_worse(void **state)
{
    (void)state;
    size_t better = 0;
    for (size_t k = 0; k < COUNT_OF(texts); k++)
        for (int width = 3; width <= 700; width += 3) {
            pdf_text t;
            wrap(&t, texts[k], 10, width);
            double first = pdf_text_demerits(&t, 10, width);
            pdf_text_fill(&t, 10, width);
            double filled = pdf_text_demerits(&t, 10, width);
            assert_true((isfinite(filled) || width < 15) && (isinf(first) || filled <= first + 1e-6));
            better += filled < first - 1;
            size_t at = 0;
            for (size_t i = 0; i < t.n_lines; i++) {
                const pdf_line *l = &t.line[i];
                for (; at < l->from; at++) assert_int_equal(t.c[at].cp, ' ');
                if (i > 0 && width > 110) assert_false(in("，。、；：？！）》」』】〕％…—·,.;:?!)]}%℃", t.c[l->from].cp));
                at = l->to;
            }
            for (; at < t.n; at++) assert_int_equal(t.c[at].cp, ' ');
            assert_true(t.line[t.n_lines - 1].last);
            pdf_text_release(&t);
        }
    assert_true(better > 200);
    pdf_text t;
    wrap(&t, "一二三四", 10, 50);
    pdf_text_fill(&t, 10, 50);
    assert_int_equal(t.n_lines, 1);
    pdf_text_release(&t);
}

/* The least demerits of breaking [from, n) by trying every way. */
static double by_force(pdf_text *t, size_t from, double size, double width, size_t *ways)
{
    double best = INFINITY;
    for (size_t to = from + 1; to <= t->n; to++) {
        if (t->c[to - 1].brk == PDF_BRK_NO && to < t->n) continue;
        pdf_text one = *t; /* the characters are shared, the lines are not */
        one.line = NULL, one.n_lines = one.cap_lines = 0;
        pdf_line_add(&one, from, to, pdf_line_limit(size, width), to == t->n);
        if (one.line[0].from == 0) one.line[0].shift = 0;
        double here = pdf_text_demerits(&one, size, width);
        if (to == t->n && from > 0 && one.line[0].width < 2000) here += 20000; /* alone it counts as a first line */
        kam_free(one.line);
        ++*ways;
        if (!isfinite(here)) continue;
        double rest = to < t->n ? by_force(t, to, size, width, ways) : 0;
        if (here + rest < best) best = here + rest;
    }
    return best;
}

static void test_filled_is_the_best(void **state)
{
    (void)state;
    static const char *const short_texts[] = {
        "收入1,250万，同比增长18.5%；请看。", "客户说：“更快的交付。”然后写道", "Key account management of（大客户）", "our aim is to be the first of all",
    };
    for (size_t k = 0; k < COUNT_OF(short_texts); k++)
        for (int width = 62; width <= 150; width += 4) {
            pdf_text t;
            size_t ways = 0;
            wrap(&t, short_texts[k], 10, width);
            bool whole = true; /* a text that has to be cut inside a word is not tried */
            for (size_t i = 1; i < t.n_lines; i++) whole = whole && t.c[t.line[i].from - 1].brk != PDF_BRK_NO;
            double first = pdf_text_demerits(&t, 10, width);
            pdf_text_fill(&t, 10, width);
            double filled = pdf_text_demerits(&t, 10, width), best = by_force(&t, 0, 10, width, &ways);
            bool calm = filled == first; /* first fit was good enough, or is the best */
            if (whole && !calm) assert_float_equal(filled, best, 1e-6);
            if (whole) assert_true(best <= filled + 1e-6);
            pdf_text_release(&t);
        }
}

/* Eleven characters and a stop in lines of ten: first fit leaves 字。 alone; together they stand on lines of nine and three. Fourteen
 * em with two blanks of a stop that can give a quarter each go into 13.5. */
static void test_no_orphan_and_squeezed(void **state)
{
    (void)state;
    pdf_text t;
    wrap(&t, "这是一行有十个字的字。", 10, 100);
    assert_int_equal(t.n_lines, 2);
    pdf_text_fill(&t, 10, 100);
    assert_true(t.n_lines == 1 || t.line[1].width >= 2000);
    pdf_text_release(&t);
    const char *s = "今天下雨，明天晴，再出门去看";
    wrap(&t, s, 10, 135);
    assert_int_equal(t.n_lines, 2);
    pdf_text_fill(&t, 10, 135);
    assert_int_equal(t.n_lines, 1);
    kam_arena arena = KAM_ARENA_INIT;
    pdf_ops o;
    pdf_ops_init(&o, &arena);
    assert_float_equal(pdf_text_put(&t, 0, &o, 0, 0, 10, 135, PDF_SET_JUSTIFY), 135, 0.02);
    pdf_ops_release(&o);
    kam_arena_release(&arena);
    pdf_text_release(&t);
}

static void test_marks(void **state)
{
    (void)state;
    kam_arena a = KAM_ARENA_INIT;
    pdf_run *r;
    assert_int_equal(pdf_mark_parse(&a, "plain **bold** and __slant__.", 0, 1, 2, &r), 5);
    assert_string_equal(r[0].text, "plain ");
    assert_string_equal(r[1].text, "bold");
    assert_int_equal(r[1].style, PDF_BOLD);
    assert_string_equal(r[3].text, "slant");
    assert_int_equal(r[3].style, PDF_OBLIQUE);
    assert_int_equal(r[3].colour, 2);
    assert_string_equal(r[4].text, ".");
    /* stars of data survive: unclosed, single, escaped */
    assert_int_equal(pdf_mark_parse(&a, "*ST 长油 **", 0, 1, 2, &r), 1);
    assert_string_equal(r[0].text, "*ST 长油 **");
    kam_str s = KAM_STR_INIT;
    pdf_mark_escape(&s, "**ST** a_b__c \\");
    assert_int_equal(pdf_mark_parse(&a, kam_str_cstr(&s), 0, 1, 2, &r), 1);
    assert_string_equal(r[0].text, "**ST** a_b__c \\");
    kam_str_release(&s);
    kam_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forbidden_places),
        cmocka_unit_test(test_tokens_stay_whole),
        cmocka_unit_test(test_long_token_makes_progress),
        cmocka_unit_test(test_quarter_em_gap),
        cmocka_unit_test(test_squeeze),
        cmocka_unit_test(test_middle_dot),
        cmocka_unit_test(test_quotes_by_language),
        cmocka_unit_test(test_justified_lines_fill_the_measure),
        cmocka_unit_test(test_forced_breaks_and_blanks), cmocka_unit_test(test_flags_and_noncharacters),
        cmocka_unit_test(test_options), cmocka_unit_test(test_ellipsis), cmocka_unit_test(test_ellipsis_by_language), cmocka_unit_test(test_even_lines), cmocka_unit_test(test_cut_to_lines),
        cmocka_unit_test(test_endless_piece_begins_at_once),
        cmocka_unit_test(test_filled_is_never_worse), cmocka_unit_test(test_filled_is_the_best), cmocka_unit_test(test_no_orphan_and_squeezed),
        cmocka_unit_test(test_marks),
    };
    return cmocka_run_group_tests_name("pdf_text", tests, NULL, NULL);
}
