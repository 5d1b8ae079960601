/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_words: which word of which command stands left of the cursor, and how a name is spelled as a Tcl word. */
#include "unit.h"
#include "kam_mem.h"
#include "kam_str.h"
#include "prompt_words.h"
#include <string.h>

/* `want`: finished words joined by |, then @, kind letter, start, =prefix. */
static void check(const char *text, const char *want)
{
    prompt_words w = PROMPT_WORDS_INIT;
    kam_str b = KAM_STR_INIT;
    prompt_words_parse(&w, text, strlen(text));
    for (size_t i = 0; i < w.n; i++) kam_str_addf(&b, "%s%s", i ? "|" : "", w.word[i]);
    kam_str_addf(&b, "@%c%zu=%s", "bqc$n"[w.kind], w.start, w.prefix);
    if (strcmp(b.s, want) != 0) print_message("# for: %s\n", text);
    assert_string_equal(b.s, want);
    kam_str_release(&b);
    prompt_words_release(&w);
}

static void test_plain(void **state)
{
    (void)state;
    check("", "@b0=");
    check("cla", "@b0=cla");
    check("classify ", "classify@b9=");
    check("classify -by yi", "classify|-by@b13=yi");
    check("  classify\t-by", "classify@b11=-by");
    check("set x 1; account sh", "account@b17=sh");
    check("set x 1\naccount sh", "account@b16=sh");
    check("a \\\n b", "a@b5=b");
}

static void test_quotes(void **state)
{
    (void)state;
    check("show \"a b", "show@q5=a b");
    check("show {a b", "show@c5=a b");
    check("show {a {b} c", "show@c5=a {b} c");
    check("show {a b} c", "show|a b@b11=c");
    check("show \"a b\" c", "show|a b@b11=c");
    check("show a\\ b", "show@b5=a b");
    check("show \"a\\\"b", "show@q5=a\"b");
    check("show {a\\}b", "show@c5=a\\}b");
    check("show {} x", "show|@b8=x");
    check("{*}a b", "a@b5=b");
}

static void test_inner_commands(void **state)
{
    (void)state;
    check("show [account li", "account@b14=li");
    check("show [account list] x", "show|[account list]@b20=x");
    check("show \"n: [account li", "account@b18=li");
    check("show [a [b c", "b@b11=c");
    check("foreach a [account list] {classify -b", "classify@b35=-b");
    check("if {$x} {\n  sho", "@b12=sho");
    check("if {[table rows [acc", "@b17=acc");
    check("table where $t {[acc", "@b17=acc");
    check("table each r $t {show [acc", "@b23=acc");
    check("table each -columns {na", "table|each|-columns@c20=na");
    check("report columns {report te", "report@b23=te");
    check("report run x -with {acc", "report|run|x|-with@c19=acc");
    check("segment save S -script {acc", "@b24=acc");
    check("segment save S -filter {acc", "segment|save|S|-filter@c23=acc");
    check("watch 5 {\nif {1} {\nshow [acc", "@b25=acc");
    check("proc p {} {\n set x 1\n health ", "health@b29=");
    check("import account f.csv -map {code nu", "import|account|f.csv|-map@c26=code nu");
}

static void test_variables(void **state)
{
    (void)state;
    check("show $ab", "show@$5=ab");
    check("show $", "show@$5=");
    check("show ${a b", "show@$5=a b");
    check("show $::kam::da", "show@$5=::kam::da");
    check("show $a b", "show|$a@b8=b");
    check("show \"x $ab", "show@$8=ab");
}

static void test_comments(void **state)
{
    (void)state;
    check("# class", "@n7=");
    check("# class\nfun", "@b8=fun");
    check("show #x", "show@b5=#x");
}

static void test_chinese(void **state)
{
    (void)state;
    check("stakeholder-map 华", "stakeholder-map@b16=华");
    check("stakeholder-map {华为 技", "stakeholder-map@c16=华为 技");
}

static void test_depth_is_bounded(void **state)
{
    (void)state;
    kam_str b = KAM_STR_INIT;
    kam_str_pad(&b, '[', 100000);
    prompt_words w = PROMPT_WORDS_INIT;
    prompt_words_parse(&w, b.s, b.len);
    assert_int_equal(w.kind, PROMPT_NOWHERE);
    prompt_words_release(&w);
    kam_str_release(&b);
}

static void spells(const char *value, prompt_word_kind style, bool force, const char *want)
{
    char *got = prompt_words_quote(value, style, force);
    assert_string_equal(got, want);
    kam_free(got);
}

static void test_spelling(void **state)
{
    (void)state;
    spells("华为", PROMPT_BARE, false, "华为");
    spells("华为", PROMPT_BARE, true, "{华为}");
    spells("华为 技术", PROMPT_BARE, false, "{华为 技术}");
    spells("a\"b $c", PROMPT_QUOTED, false, "\"a\\\"b \\$c\"");
    spells("a}b", PROMPT_BARE, false, "a\\}b");
    spells("#1", PROMPT_BARE, false, "{#1}");
    spells("a\\b", PROMPT_BARE, false, "a\\\\b");
}

static void within(const char *value, prompt_word_kind style, const char *want)
{
    char *got = prompt_words_within(value, style);
    if (want) assert_string_equal(got, want);
    else assert_null(got);
    kam_free(got);
}

static void test_within(void **state)
{
    (void)state;
    within("华东 | East", PROMPT_BRACED, "华东 | East");
    within("a{b}c", PROMPT_BRACED, "a{b}c");
    within("a}b", PROMPT_BRACED, NULL);
    within("a\\", PROMPT_BRACED, NULL);
    within("a}b [c] $d \"e\"", PROMPT_QUOTED, "a}b \\[c\\] \\$d \\\"e\\\"");
    within("", PROMPT_BRACED, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),     cmocka_unit_test(test_quotes),   cmocka_unit_test(test_inner_commands),
        cmocka_unit_test(test_variables), cmocka_unit_test(test_comments), cmocka_unit_test(test_chinese),
        cmocka_unit_test(test_depth_is_bounded), cmocka_unit_test(test_spelling), cmocka_unit_test(test_within),
    };
    return cmocka_run_group_tests_name("prompt_words", tests, NULL, NULL);
}
