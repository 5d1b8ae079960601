/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What F reads, cut at the as-of day; and the rule that nothing closes without an outcome. D is 2024-06-30. */
#include "store_io.h"

#include "store_query.h"

static kam_day D;

static store *base(void)
{
    store *s = io_store();
    assert_true(kam_day_parse("2024-06-30", &D));
    io_load(s, "rep", "code,name\nR1,one\n");
    io_load(s, "product", "sku,name,category,list_price\nP1,one,tools,10\nP2,two,,5\nP3,three,tools,\n");
    io_load(s, "account", "code,name,known_since\nB,bee,2024-01-01\nA,ay,2023-01-01\nL,late,2024-07-01\n");
    return s;
}

static void expect(store *s, kam_table *t, const char *names, const char *text)
{
    (void)s;
    io_expect(t, names, text);
    kam_table_unref(t);
}

static void test_surveys(void **state)
{
    (void)state;
    store *s = base();
    kam_table *t = NULL;
    io_load(s, "survey", "account,date,expectation,perceived,buy_again,recommend,named_first,favourable\nB,2024-06-30,7,8,1,9,0,\nA,2024-01-01,,5,,,,\nA,2024-07-01,1,1,1,1,1,1\nL,2024-01-01,1,1,,,,\n");
    io_load(s, "survey-factor", "survey,factor,importance,perceived\n1,price,8,4\n1,delivery,9,\n3,price,1,1\n");
    OK(store_query_answers(s, D, &t, io_err));
    expect(s, t, "row survey date expectation perceived recommend buy_again named_first favourable", "0|2|2024-01-01||5||||\n1|1|2024-06-30|7|8|9|1|0|\n");
    OK(store_query_survey_factors(s, D, &t, io_err));
    expect(s, t, "row date factor importance expectation perceived", "1|2024-06-30|delivery|9||\n1|2024-06-30|price|8||4\n");
    io_close(s);
}

static void test_cases(void **state)
{
    (void)state;
    store *s = base();
    kam_table *t = NULL;
    io_load(s, "interaction", "account,date,kind,topic,complaint_owner,progress_on,written_on,visited_on,filed_on,resolved_on,resolution,lesson\n"
                              "B,2024-06-01,complaint,late,R1,2024-06-02,2024-07-01,,,2024-06-30,sent,check\nA,2024-06-20,complaint,,,,,,,2024-07-02,later,\n"
                              "A,2024-06-21,visit,,,,,,,,,\nA,2024-07-01,complaint,,,,,,,,,\n");
    OK(store_query_cases(s, D, &t, io_err));
    expect(s, t, "row complaint date topic owner progress_on written_on resolved_on resolution lesson",
           "0|2|2024-06-20|||||||\n1|1|2024-06-01|late|R1|2024-06-02||2024-06-30|sent|check\n");
    io_close(s);
}

static void test_lines_prices(void **state)
{
    (void)state;
    store *s = base();
    kam_table *t = NULL;
    /* A: P1 at 9 of 10 in the last 100 days, 8 of 10 before; P2 is its own line; P3 has no list price; a return and a later purchase do not count. */
    io_load(s, "transaction", "account,date,amount,product,quantity\nA,2024-06-30,18,P1,2\nA,2024-03-01,8,P1,1\nA,2024-01-05,5,P2,1\nA,2024-06-01,7,P3,1\nA,2023-12-01,-3,P2,-1\nA,2024-07-01,9,P2,1\n"
                              "B,2024-06-30,4,,1\nB,2024-06-30,4,P2,\n");
    OK(store_query_lines(s, D, &t, io_err));
    expect(s, t, "row line first", "0|P2|2024-01-05\n0|tools|2024-03-01\n1|P2|2024-06-30\n");
    OK(store_query_prices(s, D, 100, &t, io_err));
    expect(s, t, "row paid list paid_before list_before", "0|18.00|20.00|13.00|15.00\n");
    io_close(s);
}

static void test_promises(void **state)
{
    (void)state;
    store *s = base();
    kam_table *t = NULL;
    io_load(s, "action", "account,what,due,done_on,status\nA,x,2024-06-30,2024-06-29,done\nA,y,2024-06-01,2024-07-01,done\nA,z,2024-06-01,,dropped\nB,w,2024-07-01,,\n");
    OK(store_query_promises(s, D, &t, io_err));
    expect(s, t, "row due done_on", "0|2024-06-01|\n0|2024-06-30|2024-06-29\n");
    io_close(s);
}

static void test_nothing(void **state)
{
    (void)state;
    store *s = io_store();
    kam_table *t = NULL;
    assert_true(kam_day_parse("2024-06-30", &D));
    kam_rc (*const all[])(store *, kam_day, kam_table **, kam_err *) = {store_query_answers, store_query_survey_factors, store_query_cases, store_query_lines, store_query_promises};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        OK(all[i](s, D, &t, io_err));
        assert_int_equal(kam_table_rows(t), 0);
        kam_table_unref(t);
    }
    io_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_surveys), cmocka_unit_test(test_cases), cmocka_unit_test(test_lines_prices), cmocka_unit_test(test_promises),
                                       cmocka_unit_test(test_nothing)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, io_setup, io_teardown);
}
