/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What C7 and C8 read: shapes, netting, and the cut at the as-of day. D is 2024-06-30. */
#include "store_io.h"

#include "store_query.h"

static kam_day D;

static store *base(void)
{
    store *s = io_store();
    assert_true(kam_day_parse("2024-06-30", &D));
    io_load(s, "product", "sku,name\nP2,two\nP1,one\n");
    io_load(s, "account", "code,name,known_since,storage_capacity,pay_day\nB,bee,2024-01-01,,31\nA,ay,2023-01-01,12.5,\n"
                          "L,late,2024-07-01,9,5\nN,none,2024-01-01,,\n");
    return s;
}

typedef kam_rc (*query)(store *, kam_day, kam_table **, kam_err *);

static void expect(store *s, query q, const char *names, const char *text)
{
    kam_table *t = NULL;
    OK(q(s, D, &t, io_err));
    io_expect(t, names, text);
    kam_table_unref(t);
}

static void test_habits(void **state)
{
    (void)state;
    store *s = base(); /* rows: A 0, B 1, N 2; L is not known on D */
    expect(s, store_query_habits, "row storage_capacity pay_day", "0|12.5|\n1||31\n");
    io_close(s);
}

/* Netted by day; without a product or a quantity a line is not there; a product's days in one run. */
static void test_quantities(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "transaction", "account,date,amount,product,quantity\nA,2024-06-30,1,P1,5\nA,2024-06-30,1,P1,-2\nA,2024-01-05,1,P1,4\n"
                              "A,2024-02-01,1,P2,1\nA,2024-07-01,1,P1,9\nA,2024-03-01,1,P1,\nA,2024-03-02,1,,7\nB,2024-03-01,1,P2,2.5\n"
                              "L,2024-03-01,1,P2,3\n");
    kam_table *t = NULL;
    OK(store_query_quantities(s, D, &t, io_err));
    assert_int_equal(kam_table_rows(t), 4);
    for (size_t i = 1; i < 4; i++) /* by row, then product by product */
        assert_true(kam_col_int(kam_table_find(t, "row"), i - 1) <= kam_col_int(kam_table_find(t, "row"), i));
    kam_table_unref(t);
    expect(s, store_query_quantities, "row product date quantity", "0|P2|2024-02-01|1\n0|P1|2024-01-05|4\n0|P1|2024-06-30|3\n1|P2|2024-03-01|2.5\n");
    io_close(s);
}

/* Lines of one invoice are one row, lines without a number are each their own; paid after D is open on D. */
static void test_payments(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "transaction", "account,date,amount,invoice_no,due_on,paid_on\nA,2024-05-02,10,F1,2024-06-01,2024-06-30\nA,2024-05-01,5,F1,2024-06-01,2024-06-30\n"
                              "A,2024-05-01,7,F2,2024-06-02,2024-07-01\nA,2024-05-01,1,,2024-06-03,\nA,2024-05-01,2,,2024-06-03,\nA,2024-05-01,9,F9,,\n"
                              "A,2024-07-01,9,F8,2024-08-01,\nL,2024-05-01,9,F7,2024-08-01,\nB,2024-05-01,3,F1,2024-06-01,\n");
    expect(s, store_query_payments, "row invoice_no date due paid_on amount",
           "0|F1|2024-05-01|2024-06-01|2024-06-30|15.00\n0|F2|2024-05-01|2024-06-02||7.00\n0||2024-05-01|2024-06-03||1.00\n"
           "0||2024-05-01|2024-06-03||2.00\n1|F1|2024-05-01|2024-06-01||3.00\n");
    io_close(s);
}

static void test_value_notes(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "value-note", "account,date,level,kind,aim,delivered\nA,2024-06-30,basic,use,works,on time\nA,,expected,,old,\nA,2024-07-01,beyond,,,x\n"
                             "B,2024-01-01,beyond,opportunity,,fair\nL,2024-01-01,beyond,,,x\n");
    expect(s, store_query_value_notes, "row date level kind aim delivered",
           "0||expected||old|\n0|2024-06-30|basic|use|works|on time\n1|2024-01-01|beyond|opportunity||fair\n");
    io_close(s);
}

static void test_nothing(void **state)
{
    (void)state;
    store *s = io_store();
    assert_true(kam_day_parse("2024-06-30", &D));
    const query all[] = {store_query_habits, store_query_quantities, store_query_payments, store_query_value_notes};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        kam_table *t = NULL;
        OK(all[i](s, D, &t, io_err));
        assert_int_equal(kam_table_rows(t), 0);
        kam_table_unref(t);
    }
    io_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_habits), cmocka_unit_test(test_quantities), cmocka_unit_test(test_payments),
                                       cmocka_unit_test(test_value_notes), cmocka_unit_test(test_nothing)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, io_setup, io_teardown);
}
