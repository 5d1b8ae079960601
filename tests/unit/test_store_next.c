/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is next: the queries and the sales honour the as-of day D = 2024-06-30 on both sides of it. */
#include "store_io.h"
/* after store_io.h */
#include "kam_date.h"
#include "store_next.h"
#include "store_query.h"

static kam_day day_at(const char *s)
{
    kam_day d;
    assert_true(kam_day_parse(s, &d));
    return d;
}

/* A, B known; Z only from 1 July on; rows A 0, B 1. */
static store *base(void)
{
    store *s = io_store();
    io_load(s, "account", "code,name,known_since,industry,employees,annual_spend\nB,Bee,2024-06-30,,,\nA,Aye,2020-01-01,steel,70,1000\nZ,Zed,2024-07-01,,,\n");
    io_load(s, "product", "sku,name,category,list_price\nQ,Queue,,\nP,Pump,pumps,12.50\n");
    io_load(s, "competitor", "code,name\nK1,Kontra\nK2,Other\n");
    io_load(s, "rep", "code,name\nR1,Rita\n");
    io_load(s, "contact", "code,account,name,birthday,known_since,left_on,placeholder,email\nC1,A,Cy,1980-02-29,,,,c@a.example\nC2,A,Gone,,,2024-06-30,,\n"
                          "C3,A,Here,,2024-06-30,2024-07-01,,\nC4,B,Seat,,,,1,\nC5,B,Later,,2024-07-01,,,\nC6,Z,Zoe,,,,,\n");
    return s;
}

static void sales(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "transaction", "account,date,amount,product\nB,2024-06-30,5,Q\nA,2024-05-01,10,Q\nA,2024-05-01,2.50,Q\nA,2024-05-01,1,P\nA,2024-04-01,7,Q\n"
                              "A,2024-07-01,99,Q\nA,2024-05-02,3,\nZ,2024-05-01,8,P\nA,2024-05-03,-4,P\n");
    kam_sales x = KAM_SALES_INIT;
    kam_table *products = NULL;
    OK(store_sales(s, day_at("2024-06-30"), &x, &products, io_err));
    io_expect(products, "product name category list_price", "P|Pump|pumps|12.50\nQ|Queue||\n");
    static const struct { uint32_t product; const char *day; int64_t net; } want[] = {
        {0, "2024-05-01", 100}, {0, "2024-05-03", -400}, {1, "2024-04-01", 700}, {1, "2024-05-01", 1250}, {1, "2024-06-30", 500}};
    assert_int_equal(x.n_accounts, 2);
    assert_int_equal(x.n_products, 2);
    assert_int_equal(x.n_lines, 5);
    assert_int_equal(x.start[1], 4);
    assert_int_equal(x.start[2], 5);
    assert_int_equal(x.read, 7);
    assert_int_equal(x.no_product, 1);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(x.product[i], want[i].product);
        assert_int_equal(x.day[i], day_at(want[i].day));
        assert_int_equal(x.net_minor[i], want[i].net);
    }
    kam_sales_release(&x);
    kam_table_unref(products);
    OK(store_sales(s, day_at("2019-01-01"), &x, &products, io_err));
    assert_int_equal(x.n_accounts, 0);
    assert_int_equal(x.n_lines, 0);
    kam_sales_release(&x);
    kam_table_unref(products);
    store_close(s, NULL);
}

#define EXPECT(query, columns, rows)                          \
    do {                                                      \
        kam_table *t_ = NULL;                                 \
        OK(query(s, day_at("2024-06-30"), &t_, io_err));      \
        io_expect(t_, columns, rows);                         \
        kam_table_unref(t_);                                  \
    } while (0)

static void people_and_profiles(void **state)
{
    (void)state;
    store *s = base();
    EXPECT(store_query_profiles, "row account name industry employees annual_spend", "0|A|Aye|steel|70|1000.00\n1|B|Bee|||\n");
    EXPECT(store_query_persons, "row contact name email birthday", "0|C1|Cy|c@a.example|1980-02-29\n0|C3|Here||\n");
    io_load(s, "contract", "code,account,start,end,renewal_on\nK1,A,2024-06-30,2025-06-29,2025-05-01\nK2,A,2024-07-01,2025-06-30,\nK3,B,2020-01-01,2021-01-01,\n");
    EXPECT(store_query_renewals, "row contract renewal end", "0|K1|2025-05-01|2025-06-29\n1|K3||2021-01-01\n");
    store_close(s, NULL);
}

static void steps(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "action", "account,what,owner,due,done_on,status\nA,open,R1,2024-08-01,,open\nA,undated,R1,,,open\nA,done,R1,2024-06-01,2024-06-30,done\n"
                         "A,done later,,2024-06-02,2024-07-01,done\nA,dropped,,2024-06-03,,dropped\nA,done undated,,2024-06-04,,done\nZ,z,,2024-06-05,,open\n");
    io_load(s, "interaction", "account,date,kind,rep,next_step,next_on\nA,2024-06-01,visit,R1,followed,2024-06-10\nA,2024-06-10,call,,later,2024-07-10\n"
                              "B,2024-05-01,visit,R1,missed,2024-05-20\nB,2024-07-01,call,R1,of July,2024-07-20\n");
    EXPECT(store_query_due_steps, "row source rep what due",
           "0|action 4||done later|2024-06-02\n0|interaction 2||later|2024-07-10\n0|action 1|R1|open|2024-08-01\n1|interaction 3|R1|missed|2024-05-20\n");
    store_close(s, NULL);
}

static void rivals_and_mailings(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "opportunity", "code,account,product,opened_on,closed_on,result,competitors\nO1,A,P,2024-01-01,2024-06-30,lost,K2;K1\nO2,A,P,2024-01-01,2024-07-01,lost,K1\n"
                              "O3,A,P,2024-01-01,2024-03-01,lost,\nO4,A,,2024-01-01,2024-03-01,lost,K1\nO5,B,Q,2024-01-01,2024-03-01,won,K1\n");
    EXPECT(store_query_rivals, "row product competitor opportunity date", "0|P|K1;K2|O1|2024-06-30\n");
    io_load(s, "mailing", "code,name,date,cost\nM1,One,2024-06-30,10\nM2,Two,2024-07-01,\nM3,Three,,\n");
    io_load(s, "recipient", "mailing,contact,sent_on,response,responded_on\nM1,C1,2024-06-30,,2024-07-01\nM1,C2,2024-06-01,yes,\nM1,C3,2024-06-01,None,\n"
                            "M1,C5,2024-07-01,yes,\nM3,C1,2024-01-01,,2024-02-01\nM3,C3,,yes,\nM3,C6,2024-01-01,yes,\nM3,C2,2024-01-01,无,\n");
    EXPECT(store_query_mailings, "mailing name date cost", "M1|One|2024-06-30|10.00\nM3|Three||\n");
    kam_table *t = NULL;
    OK(store_query_recipients(s, day_at("2024-06-30"), NULL, &t, io_err));
    io_expect(t, "row mailing contact sent_on responded",
              "0|M1|C1|2024-06-30|0\n0|M1|C2|2024-06-01|1\n0|M1|C3|2024-06-01|0\n0|M3|C1|2024-01-01|1\n0|M3|C2|2024-01-01|0\n");
    kam_table_unref(t);
    OK(store_query_recipients(s, day_at("2024-06-30"), "M3", &t, io_err));
    assert_int_equal(kam_table_rows(t), 2);
    kam_table_unref(t);
    store_close(s, NULL);
}

/* A text into a file: whole, not over another one unless forced. */
static void bytes(void **state)
{
    (void)state;
    kam_err err = KAM_ERR_INIT;
    OK(store_export_bytes(io_path("b.ics"), false, "one\r\n", 5, io_err));
    assert_int_equal(store_export_bytes(io_path("b.ics"), false, "two", 3, &err), KAM_CONSTRAINT);
    assert_string_equal(err.word[0], "exists");
    OK(store_export_bytes(io_path("b.ics"), true, "two", 3, io_err));
    kam_err_clear(&err);
    assert_int_equal(store_export_bytes("no/such/folder/b.ics", false, "x", 1, &err), KAM_IO);
    FILE *f = fopen(io_path("b.ics"), "rb");
    char buf[8] = "";
    assert_non_null(f);
    assert_int_equal(fread(buf, 1, sizeof buf, f), 3);
    fclose(f);
    assert_memory_equal(buf, "two", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sales), cmocka_unit_test(people_and_profiles), cmocka_unit_test(steps),
                                       cmocka_unit_test(rivals_and_mailings), cmocka_unit_test(bytes)};
    return cmocka_run_group_tests_name("store_next", tests, io_setup, io_teardown);
}
