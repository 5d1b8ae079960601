/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_query_sales: shapes and the cut at the as-of day D = 2024-06-30: the day is read, the day after is not. */
#include "store_io.h"
#include "store_query.h"

static kam_day D;

static store *base(void)
{
    store *s = io_store();
    assert_true(kam_day_parse("2024-06-30", &D));
    io_load(s, "rep", "code,name\nR1,Li\nR2,Wang\n");
    io_load(s, "competitor", "code,name\nK1,Rival\nK2,Other\n");
    io_load(s, "account", "code,name,known_since\nB,bee,2024-01-01\nA,ay,2023-01-01\nL,late,2024-07-01\n");
    io_load(s, "contact", "code,account,name,left_on\nC1,A,one,\nC2,A,two,2024-06-30\nC3,A,three,\nC4,B,four,\n");
    io_load(s, "opportunity", "code,account,opened_on,closed_on,result,reason,lesson,competitors\nO1,A,2024-01-01,2024-06-30,lost,price, ,K2;K1\n"
                              "O2,A,2024-01-01,2024-07-01,won,pilot,early,K1\nO3,B,2024-07-01,,open,,,K1\nO4,B,2024-02-01,,open,,,\n");
    return s;
}

static void table_is(kam_table *t, const char *names, const char *text)
{
    io_expect(t, names, text);
    kam_table_unref(t);
}

static void test_deals(void **state)
{
    (void)state;
    store *s = base();
    kam_table *opps = NULL, *t = NULL;
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value\nopportunity,O1,amount,2024-01-01,50\nopportunity,O1,amount,2024-06-30,70\n"
                             "opportunity,O1,amount,2024-07-01,90\nopportunity,O1,expected_close,2024-01-01,2024-08-01\nopportunity,O1,owner,2024-01-01,R2\n"
                             "opportunity,O2,forecast,2024-05-31,0.5\nopportunity,O2,buys_for,2024-05-31,value\nopportunity,O2,buys_for,2024-07-01,features\n");
    OK(store_query_opportunities(s, D, &opps, io_err));
    OK(store_query_deal_values(s, D, opps, &t, io_err));
    table_is(t, "opportunity date attribute amount day rep probability",
             "0|2024-01-01|amount|50.00|||\n0|2024-01-01|expected_close||2024-08-01||\n0|2024-01-01|owner|||R2|\n0|2024-06-30|amount|70.00|||\n"
             "1|2024-05-31|forecast||||0.5\n");
    OK(store_query_deal_rivals(s, opps, &t, io_err));
    table_is(t, "opportunity competitor", "0|K1\n0|K2\n1|K1\n"); /* O3 is not known yet */
    OK(store_query_deal_notes(s, D, opps, &t, io_err));
    table_is(t, "opportunity reason lesson", "0|price|\n"); /* blanks are nothing; O2 is closed a day later */
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value,opportunity\ncontact,C1,buying_role,2024-01-01,user,\ncontact,C2,buying_role,2024-01-01,user,\n"
                             "contact,C3,buying_role,2024-07-01,user,\ncontact,C3,buying_role,2024-06-30,decider,O2\n");
    OK(store_query_deal_signs(s, D, 5, opps, &t, io_err)); /* C1 is no decider; C2 has left; C3 decides on O2 only; nobody known at B */
    table_is(t, "opportunity deciders buys_for", "0|0|\n1|1|value\n2||\n");
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value\ncontact,C1,authority,2024-01-01,4\ncontact,C1,authority,2024-06-30,5\n"
                             "contact,C1,authority,2024-07-01,3\n");
    OK(store_query_deal_signs(s, D, 5, opps, &t, io_err)); /* authority decides too; the latest up to the day */
    table_is(t, "opportunity deciders buys_for", "0|1|\n1|2|value\n2||\n");
    OK(store_query_deal_signs(s, D, 6, opps, &t, io_err));
    table_is(t, "opportunity deciders buys_for", "0|0|\n1|1|value\n2||\n");
    kam_table_unref(opps);
    io_close(s);
}

static void test_talks(void **state)
{
    (void)state;
    store *s = base();
    kam_table *t = NULL;
    io_load(s, "interaction", "account,date,kind,rep,outcome,opportunity,confirmed,next_step,next_on\nB,2024-06-30,visit,R1,advance,O4,1,trial,2024-07-01\n"
                              "A,2024-06-01,call,,refusal,,,,\nA,2024-06-02,call,,,,,step,2024-06-30\nA,2024-07-01,call,,order,,,x,2024-07-09\nL,2024-06-01,call,,order,,,,\n");
    OK(store_query_talks(s, D, &t, io_err));
    table_is(t, "row date kind rep outcome opportunity confirmed next_step next_on interaction",
             "0|2024-06-01|call||refusal|||||2\n1|2024-06-30|visit|R1|advance|O4|1|trial|2024-07-01|1\n");
    io_load(s, "action", "account,what,owner,due,status,done_on\nA,late,R1,2024-01-01,open,\nA,done,R1,2024-01-01,done,2024-06-30\n"
                         "A,done later,R2,2024-01-01,done,2024-07-01\nA,dropped,R1,2024-01-01,dropped,\nA,undated,R1,,open,\n");
    OK(store_query_steps(s, D, &t, io_err)); /* a step due on D itself is past; one agreed on after D is not known */
    table_is(t, "row kind due rep what opportunity record", "0|action|2024-01-01|R1|late||1\n0|action|2024-01-01|R2|done later||3\n1|visit|2024-07-01|R1|trial|O4|1\n");
    io_close(s);
}

static void test_seen(void **state)
{
    (void)state;
    store *s = base();
    kam_table *t = NULL;
    io_load(s, "sighting", "account,competitor,date,kind,what,truth,answered_on,explanation\nA,K1,2024-06-30,order,lines,true,2024-07-01,later\n"
                           "A,K2,2024-06-01,rumour,,,2024-06-30,now\nA,K1,2024-07-01,order,,,,\n");
    OK(store_query_seen(s, D, &t, io_err));
    table_is(t, "row date competitor name kind truth what answered_on explanation sighting",
             "0|2024-06-01|K2|Other|rumour|unknown||2024-06-30|now|2\n0|2024-06-30|K1|Rival|order|true|lines|||1\n");
    io_close(s);
}

static void test_marks(void **state)
{
    (void)state;
    store *s = base();
    kam_table *t = NULL;
    io_load(s, "mark", "subject_kind,subject,card,criterion,date,opponent,mark,control,evidence\nopportunity,O1,opportunity,risk,2024-01-01,,-1,no,a\n"
                       "opportunity,O1,opportunity,risk,2024-06-30,,1,yes,b\nopportunity,O1,opportunity,risk,2024-07-01,,0,,c\n"
                       "opportunity,O1,opportunity,risk,2024-01-01,K1,1,,d\nopportunity,O2,opportunity,risk,2024-01-01,,1,,e\nopportunity,O1,buying-factors,trusts,2024-01-01,,1,,f\n"
                       "contact,C1,buying-factors,trusts,2024-05-01,,4,,mark\ncontact,C1,buying-factors,worth,2024-05-01,,4,,mark\n");
    OK(store_query_deal_marks(s, D, "O1", &t, io_err));
    table_is(t, "criterion opponent date mark control evidence", "risk||2024-06-30|1|yes|b\nrisk|K1|2024-01-01|1||d\n");
    OK(store_query_deal_marks(s, D, "O4", &t, io_err));
    table_is(t, "criterion", "");
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value,opportunity,evidence\ncontact,C1,trusts,2024-05-01,5,,same day\ncontact,C1,worth,2024-04-01,6,,older\n"
                             "contact,C1,knows,2024-01-01,2,O1,own\ncontact,C1,knows,2024-06-01,9,,general\ncontact,C3,knows,2024-07-01,9,,later\n"
                             "contact,C2,knows,2024-01-01,9,,gone\ncontact,C4,knows,2024-01-01,9,,elsewhere\n");
    OK(store_query_factors(s, D, "O1", &t, io_err)); /* own before general; on one day the assessment before the mark; else the latest */
    table_is(t, "contact attribute date value evidence own", "C1|knows|2024-01-01|2|own|1\nC1|trusts|2024-05-01|5|same day|0\nC1|worth|2024-05-01|4|mark|0\n");
    OK(store_query_factors(s, D, "O2", &t, io_err));
    table_is(t, "contact attribute value own", "C1|knows|9|0\nC1|trusts|5|0\nC1|worth|4|0\n");
    io_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_deals), cmocka_unit_test(test_talks), cmocka_unit_test(test_seen), cmocka_unit_test(test_marks)};
    return cmocka_run_group_tests_name("store_sales", tests, io_setup, io_teardown);
}
