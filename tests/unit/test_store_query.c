/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_query: each table's shape and its cut at the as-of day. D is 2024-06-30; the day before (or D itself) is read, the
 * day after is not. Columns and types are those the headers in src/calc document. */
#include "store_io.h"

#include "store_query.h"

static kam_day D;

static store *base(void)
{
    store *s = io_store();
    assert_true(kam_day_parse("2024-06-30", &D));
    io_load(s, "rep", "code,name,capacity\nR1,Li,3\nR2,Wang,\n");
    io_load(s, "competitor", "code,name\nK1,Rival\nK2,Other\n");
    io_load(s, "product", "sku,name,unit_cost\nP1,one,2\nP2,two,\n");
    io_load(s, "account", "code,name,known_since,member_since,annual_spend,acquisition_cost,industry,region\n"
                          "B,bee,2024-01-01,2024-07-01,1000,,steel,\n"
                          "A,ay,2023-01-01,2024-06-30,,50,,N\n"
                          "L,late,2024-07-01,,,9,,\n"
                          "U,unknown,,,,8,,\n");
    io_load(s, "contact", "code,account,name,known_since,left_on,reports_to,email,title\n"
                          "C1,A,one,,,,a@b,boss\nC2,A,two,2024-06-30,,C1,,\nC3,A,new,2024-07-01,,,,\n"
                          "C4,A,gone,,2024-06-30,,,\nC5,A,going,,2024-07-01,,,\nC6,B,other,,,,,\n");
    return s;
}

static void shape(const kam_table *t, const char *columns)
{
    kam_str s = KAM_STR_INIT;
    for (size_t i = 0; i < kam_table_columns(t); i++) {
        const kam_column *c = kam_table_column(t, i);
        kam_str_addf(&s, "%s%s:%s", i ? " " : "", kam_col_name(c), kam_type_name(kam_col_type(c)));
    }
    if (strncmp(kam_str_cstr(&s), columns, strlen(columns)) != 0) fail_msg("%s\nis not\n%s", kam_str_cstr(&s), columns);
    kam_str_release(&s);
}

typedef kam_rc (*query)(store *, kam_day, kam_table **, kam_err *);

static void expect(store *s, query q, const char *columns, const char *names, const char *text)
{
    kam_table *t = NULL;
    OK(q(s, D, &t, io_err));
    shape(t, columns);
    io_expect(t, names, text);
    kam_table_unref(t);
}

static void test_accounts(void **state)
{
    (void)state;
    store *s = base();
    expect(s, store_query_accounts, "account:text name:text known_since:day member_since:day annual_spend:money",
           "account known_since member_since annual_spend",
           "A|2023-01-01|2024-06-30|\nB|2024-01-01||1000.00\nU|||\n");
    io_load(s, "transaction", "account,date,amount\nU,2024-07-01,5\n"); /* from now on U is known since then */
    expect(s, store_query_accounts, "account:text", "account", "A\nB\n");
    io_close(s);
}

static void test_events(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "interaction", "account,date,kind,outcome,rep,resolved_on,complaint_owner,hours,resolution\n"
                              "B,2024-06-30,visit,advance,R1,,,2,\nA,2024-06-29,call,order,,,,,\nA,2024-06-28,call,refusal,,,,,\n"
                              "A,2024-07-01,visit,advance,,,,,\nL,2024-06-01,visit,order,,,,,\n"
                              "A,2024-05-01,complaint,,,2024-07-01,R2,,late\nB,2024-05-02,complaint,,,2024-06-30,,,paid\n"
                              "B,2024-07-02,complaint,,,,,,\n");
    expect(s, store_query_progress, "row:int date:day outcome:text", "row date outcome",
           "0|2024-06-29|order\n1|2024-06-30|advance\n");
    expect(s, store_query_complaints, "row:int date:day resolved_on:day owner:text", "row date resolved_on owner",
           "0|2024-05-01||R2\n1|2024-05-02|2024-06-30|\n");
    expect(s, store_query_interactions, "row:int date:day kind:text rep:text outcome:text hours:real cost:money",
           "row date kind rep hours",
           "0|2024-05-01|complaint||\n0|2024-06-28|call||\n0|2024-06-29|call||\n1|2024-05-02|complaint||\n1|2024-06-30|visit|R1|2\n");
    io_load(s, "transaction", "account,date,amount,invoice_no,due_on,paid_on\nA,2024-06-01,5,F1,2024-06-20,\n"
                              "A,2024-06-01,6,F2,2024-06-20,2024-06-30\nA,2024-06-02,7,F3,2024-08-01,2024-07-01\n"
                              "B,2024-07-01,8,F4,2024-06-20,\nB,2024-06-01,9,F5,,\n");
    expect(s, store_query_invoices, "row:int due:day paid_on:day", "row due paid_on invoice_no amount",
           "0|2024-06-20||F1|5.00\n0|2024-08-01||F3|7.00\n");
    io_load(s, "survey", "account,date,contact,expectation,perceived\nA,2024-06-30,C1,7,8\nA,2024-07-01,,1,1\nB,2024-01-01,,5,\n");
    expect(s, store_query_surveys, "row:int date:day expectation:real perceived:real", "row date expectation perceived contact",
           "0|2024-06-30|7|8|C1\n");
    io_load(s, "service-cost", "account,date,amount,kind\nB,2024-06-30,5,serve\nB,2024-07-01,6,serve\n");
    expect(s, store_query_service_costs, "row:int date:day kind:text amount:money", "row date kind amount",
           "1|2024-06-30|serve|5.00\n");
    io_load(s, "sighting", "account,competitor,date,kind,truth\nA,K1,2024-06-30,order,true\nA,K2,2024-07-01,order,\n");
    expect(s, store_query_sightings, "row:int date:day kind:text truth:text", "row date kind truth competitor",
           "0|2024-06-30|order|true|K1\n");
    io_load(s, "referral", "account,referred,date\nA,B,2024-06-30\nB,A,2024-07-01\n");
    expect(s, store_query_referrals, "row:int date:day", "row date referred", "0|2024-06-30|B\n");
    io_close(s);
}

static void load_opportunities(store *s)
{
    io_load(s, "opportunity", "code,account,name,opened_on,closed_on,result,reason,competitors,product\n"
                              "O3,A,three,2024-06-30,,open,,K1;K2,P1\nO1,B,one,2024-01-01,2024-07-01,won,price,,\n"
                              "O2,A,two,2024-01-01,2024-06-30,lost,late,,\nO4,A,four,2024-07-01,,open,,,\nO5,L,five,2024-01-01,,open,,,\n");
    io_load(s, "stage-change", "opportunity,date,stage\nO1,2024-01-01,lead\nO1,2024-06-30,negotiation\nO1,2024-07-01,won\n"
                               "O2,2024-02-01,intent\nO4,2024-07-01,lead\n");
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value\n"
                             "opportunity,O1,amount,2024-01-01,100\nopportunity,O1,amount,2024-06-30,250.50\n"
                             "opportunity,O1,amount,2024-07-01,999\nopportunity,O1,owner,2024-01-01,R1\n"
                             "opportunity,O1,owner,2024-07-01,R2\nopportunity,O1,expected_close,2024-05-01,2024-09-30\n"
                             "opportunity,O3,owner,2024-06-30,R2\n"
                             "account,A,owner,2024-01-01,R1\naccount,A,owner,2024-06-30,R2\naccount,A,owner,2024-07-01,R1\n"
                             "account,B,owner,2024-01-01,R2\naccount,B,sponsor,2024-01-01,R1\naccount,L,owner,2024-01-01,R1\n");
}

static void test_opportunities(void **state)
{
    (void)state;
    store *s = base();
    load_opportunities(s);
    expect(s, store_query_opportunities,
           "row:int opportunity:text name:text result:text stage:text opened_on:day closed_on:day expected_close:day "
           "amount:money rep:text",
           "row opportunity result stage opened_on closed_on expected_close amount rep product reason",
           "1|O1|open|negotiation|2024-01-01||2024-09-30|250.50|R1||\n"
           "0|O2|lost|intent|2024-01-01|2024-06-30|||||late\n"
           "0|O3|open||2024-06-30||||R2|P1|\n");
    expect(s, store_query_stages, "opportunity:int date:day stage:text", "opportunity date stage",
           "0|2024-01-01|lead\n0|2024-06-30|negotiation\n1|2024-02-01|intent\n");
    expect(s, store_query_owners, "row:int owner:text sponsor:text", "row owner sponsor", "0|R2|\n1|R2|R1\n");
    expect(s, store_query_reps, "rep:text name:text title:text executive:flag capacity:int accounts:int",
           "rep capacity accounts", "R1|3|0\nR2||2\n");
    io_close(s);
}

static void test_targets(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "target", "period,rep,account,amount\n2024,R1,,1200\n2024-Q2,R1,,100\n2024-05,R1,,77\n2024-06,,A,5\n");
    kam_table *t = NULL;
    OK(store_query_targets(s, &t, io_err));
    shape(t, "period:text rep:text account:text amount:money");
    io_expect(t, "period rep account amount",
              "2024-01|R1||100.00\n2024-02|R1||100.00\n2024-03|R1||100.00\n2024-04|R1||33.33\n2024-05|R1||77.00\n"
              "2024-06||A|5.00\n2024-06|R1||33.34\n2024-07|R1||100.00\n2024-08|R1||100.00\n2024-09|R1||100.00\n"
              "2024-10|R1||100.00\n2024-11|R1||100.00\n2024-12|R1||100.00\n");
    kam_table_unref(t);
    io_close(s);
}

static void test_items_and_flows(void **state)
{
    (void)state;
    store *s = base();
    load_opportunities(s);
    io_load(s, "transaction", "account,date,amount,product,quantity,cost\n"
                              "A,2024-06-30,100,P1,10,\n" /* margin 80 by unit cost */
                              "A,2024-06-30,-100,P2,,\n"  /* cost unknown; the day of P2 nets below 0 */
                              "B,2024-06-01,50,P2,,20\n"
                              "A,2024-07-01,999,P1,1,1\nL,2024-06-01,999,P1,1,1\nA,2023-06-30,999,P1,1,1\n"
                              "U,2024-06-30,7,,,\n");
    kam_table *t = NULL;
    OK(store_query_items(s, D, "product", 365, false, &t, io_err));
    shape(t, "key:text name:text basis:money bought:flag");
    io_expect(t, "key basis bought", "P1|100.00|1\nP2|-50.00|1\n");
    kam_table_unref(t);
    OK(store_query_items(s, D, "product", 365, true, &t, io_err));
    io_expect(t, "key basis bought", "P1|80.00|1\nP2|30.00|1\n");
    kam_table_unref(t);
    OK(store_query_items(s, D, "rep", 365, false, &t, io_err)); /* R2 owns A and B on D */
    io_expect(t, "key name basis bought", "R1|Li|0.00|0\nR2|Wang|50.00|1\n");
    kam_table_unref(t);
    OK(store_query_items(s, D, "rep", 365, true, &t, io_err)); /* A's only day has a line without cost */
    io_expect(t, "key basis bought", "R1|0.00|0\nR2|30.00|1\n");
    kam_table_unref(t);
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(store_query_items(s, D, "region", 365, true, &t, &err), KAM_USAGE);
    io_load(s, "service-cost", "account,date,amount,kind\nB,2024-06-30,5,serve\nB,2024-07-01,6,serve\n");
    /* A: acquisition at known since; U: no such day, so at its first purchase */
    expect(s, store_query_flows, "row:int date:day amount:money kind:text", "row date amount kind",
           "1|2024-06-30|-5.00|serve\n0|2023-01-01|-50.00|acquisition\n2|2024-06-30|-8.00|acquisition\n");
    io_close(s);
}

static void test_contracts(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "contract", "code,account,start,end,price,period,renewal_on\nH1,A,2023-01-31,,10,month,2024-12-31\n"
                           "H2,A,2023-01-01,2023-12-31,20,year,\nH3,B,2024-01-01,2024-12-31,30,quarter,\n"
                           "H4,B,2024-07-01,,1,month,\nH5,B,2024-06-30,,,,\n");
    expect(s, store_query_contracts, "row:int contract:text start:day end:day price:money period:text renewal:day periods:int "
                                     "ended:flag",
           "row contract end price period renewal periods ended",
           "0|H1||10.00|month|2024-12-31|17|0\n0|H2|2023-12-31|20.00|year||1|1\n1|H3||30.00|quarter||1|0\n1|H5||||||0\n");
    io_close(s);
}

/* What the later views read: J4, B4 over time, B10, B9. D is 2024-06-30. */
static void test_people_more(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "relationship", "rep,contact,date,present,wanted\nR2,C1,2024-06-30,vendor,\nR1,C1,2024-06-01,vendor,problem-solver\n"
                               "R1,C1,2024-07-01,trusted-adviser,\n");
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value,by,evidence\n"
                             "contact,C1,org_fit,2024-03-01,6,,\ncontact,C2,person_fit,2024-02-01,4,,\ncontact,C1,authority,2024-02-01,7,,\n"
                             "contact,C1,org_fit,2024-07-01,1,,\ncontact,C1,attitude,2024-02-01,-2,,\ncontact,C1,attitude,2024-01-01,3,,\n"
                             "contact,C2,attitude,2024-06-30,1,,\ncontact,C2,attitude,2024-07-01,5,,\n"
                             "account,A,relation_present,2024-05-01,preferred,Li,asked first\naccount,A,relation_present,2024-01-01,trade,,\n"
                             "account,A,relation_wanted,2024-07-01,alliance,,\naccount,A,owner,2024-01-01,R1,,\n");
    io_load(s, "transaction", "account,date,amount\nA,2024-06-30,100\nA,2024-06-30,-30\nA,2024-06-29,-5\nA,2023-07-02,40\nA,2023-07-01,7\n"
                              "A,2023-06-30,900\nA,2024-07-01,999\nB,2024-06-30,1\n");
    io_load(s, "survey", "account,date,expectation,perceived\nA,2024-06-01,8,6\nA,2024-05-01,5,9\nA,2024-06-30,7,\nA,2024-07-01,1,9\n");
    store_people p = STORE_PEOPLE_INIT;
    OK(store_people_load(s, "A", NULL, D, STORE_P_LEVELS | STORE_P_HISTORY | STORE_P_RELATIONS, &p, io_err));
    shape(p.levels, "rep:text rep_name:text contact:text date:day present:text wanted:text");
    io_expect(p.levels, "rep rep_name contact date present wanted", "R1|Li|C1|2024-06-01|vendor|problem-solver\nR2|Wang|C1|2024-06-30|vendor|\n");
    shape(p.history, "contact:text name:text attribute:text date:day mark:real from:day until:day");
    io_expect(p.history, "contact attribute date mark", "C2|person_fit|2024-02-01|4\nC1|authority|2024-02-01|7\nC1|org_fit|2024-03-01|6\n");
    shape(p.relations, "attribute:text date:day value:text by:text evidence:text");
    io_expect(p.relations, "attribute date value by evidence", "relation_present|2024-01-01|trade||\nrelation_present|2024-05-01|preferred|Li|asked first\n");
    store_people_release(&p);
    OK(store_people_load(s, "A", NULL, D, 0, &p, io_err));
    assert_null(p.levels);
    assert_null(p.history);
    assert_null(p.relations);
    store_people_release(&p);
    /* the window of 365 days begins on 2023-07-02; the day of −5 is none of a purchase */
    kam_table *accounts = NULL, *attitudes = NULL;
    OK(store_query_feeling(s, D, "A", 365, &accounts, &attitudes, io_err));
    shape(accounts, "account:text name:text recent:money before:money purchase_days:int annual_spend:money exit_cost:real survey_gap:real survey_on:day");
    io_expect(accounts, "account recent before purchase_days survey_gap survey_on", "A|105.00|907.00|2|-2|2024-06-01\n");
    shape(attitudes, "row:int attitude:real authority:real");
    io_expect(attitudes, "row attitude authority", "0|-2|7\n0|1|\n");
    kam_table_unref(accounts);
    kam_table_unref(attitudes);
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(store_query_feeling(s, D, "nobody", 365, &accounts, &attitudes, &err), KAM_NOTFOUND);
    io_close(s);
}

static void test_people(void **state)
{
    (void)state;
    store *s = base();
    load_opportunities(s);
    io_load(s, "assessment", "subject_kind,subject,attribute,date,opportunity,value\n"
                             "contact,C1,authority,2024-01-01,,3\ncontact,C1,authority,2024-06-30,,8\n"
                             "contact,C1,authority,2024-07-01,,1\ncontact,C1,authority,2024-02-01,O3,6\n"
                             "contact,C1,authority,2024-07-01,O3,2\n"
                             "contact,C1,buying_role,2024-01-01,,user\ncontact,C1,buying_role,2024-03-01,,user;decider\n"
                             "contact,C1,buying_role,2024-04-01,,user;decider\ncontact,C1,layer,2024-01-01,,use\n"
                             "contact,C2,layer,2024-06-30,,image\ncontact,C1,attitude,2024-01-01,,-2\n");
    io_load(s, "interaction", "account,date,kind,contacts\nA,2024-06-01,visit,C1\nA,2024-06-10,meeting,C1;C2\n"
                              "A,2024-06-20,call,C1\nA,2024-07-01,visit,C1\n");
    io_load(s, "action", "account,what,contact,done_on,status\nA,x,C1,,open\nA,y,C1,2024-06-30,done\nA,z,C1,2024-07-01,done\n"
                         "A,v,C1,,dropped\nA,w,C1,,done\n");
    io_load(s, "link", "contact,other,kind,since,until\nC2,C1,influence,2024-06-30,\nC1,C2,conflict,2024-07-01,\n"
                       "C5,C1,influence,,2024-06-30\nC5,C2,influence,,2024-06-29\nC1,C6,influence,,\n");
    io_load(s, "sighting", "account,competitor,date,kind\nA,K1,2024-06-30,order\nA,K2,2024-07-01,order\nB,K2,2024-01-01,order\n");
    io_load(s, "policy-note", "code,industry,region,date,reviewed_on\nN1,,N,2024-01-01,2024-06-01\nN2,,N,2024-01-01,2024-07-01\n"
                              "N3,steel,,2024-01-01,2024-06-15\n");
    store_people p = STORE_PEOPLE_INIT;
    OK(store_people_load(s, "A", NULL, D, STORE_P_LEVELS | STORE_P_HISTORY | STORE_P_RELATIONS, &p, io_err));
    shape(p.people, "contact:text name:text title:text reports_to:text known_since:day placeholder:flag has_means:flag "
                    "layer:text buying_role:text account_role:text authority:real participation:real attitude:real "
                    "org_need:text org_fit:real person_need:text person_fit:real last_met:day last_visit:day "
                    "role_changed:day open_actions:int");
    io_expect(p.people, "contact title reports_to placeholder has_means layer buying_role authority attitude last_met last_visit "
                        "role_changed open_actions",
              "C1|boss||0|1|use|user,decider|8|-2|2024-06-10|2024-06-01|2024-03-01|2\n"
              "C2||C1|0|0|image||||2024-06-10|||0\nC5|||0|0||||||||0\n");
    io_expect(p.links, "contact other kind", "C2|C1|influence\nC5|C1|influence\n");
    io_expect(p.opportunities, "opportunity name competitor_facts", "O3|three|3\n");
    assert_true(p.has_policy_review);
    char day[KAM_DATE_MAX];
    kam_day_format(p.policy_review, day);
    assert_string_equal(day, "2024-06-01");
    store_people_release(&p);
    OK(store_people_load(s, "A", "O3", D, 0, &p, io_err)); /* the opportunity's own mark wins, though it is older */
    assert_true(kam_col_real(kam_table_find(p.people, "authority"), 0) > 5.9);
    assert_true(kam_col_real(kam_table_find(p.people, "authority"), 0) < 6.1);
    store_people_release(&p);
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(store_people_load(s, "A", "O1", D, 0, &p, &err), KAM_NOTFOUND);
    kam_err_clear(&err);
    assert_int_equal(store_people_load(s, "nobody", NULL, D, STORE_P_LEVELS | STORE_P_HISTORY | STORE_P_RELATIONS, &p, &err), KAM_NOTFOUND);
    io_close(s);
}

static void test_facts(void **state)
{
    (void)state;
    store *s = base();
    load_opportunities(s);
    store_facts f = STORE_FACTS_INIT;
    OK(store_facts_load(s, D, STORE_F_ALL, &f, io_err));
    assert_int_equal(kam_table_rows(f.accounts), 3);
    assert_int_equal(f.ledger->n_accounts, 3);
    assert_int_equal(kam_table_rows(f.opportunities), 3);
    assert_non_null(f.stages);
    assert_non_null(f.referrals);
    store_facts_release(&f);
    OK(store_facts_load(s, D, STORE_F_SURVEYS, &f, io_err));
    assert_non_null(f.surveys);
    assert_null(f.opportunities);
    assert_null(f.ledger);
    store_facts_release(&f);
    io_close(s);
}

/* Marks: the latest ≤ D of each account and criterion; those to opponents, of other cards and of later days are left out; an
 * assessment of reputation counts as a mark of `fit`. */
static void test_marks(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "mark", "subject_kind,subject,card,criterion,date,mark,opponent,control,evidence,by\n"
                       "account,A,quality,teaches,2024-01-01,3,,,,\naccount,A,quality,teaches,2024-06-30,5,,yes,seen,Li\n"
                       "account,A,quality,teaches,2024-07-01,9,,,,\naccount,A,quality,loyalty,2024-02-01,0,,,,\n"
                       "account,B,quality,teaches,2024-07-01,9,,,,\naccount,B,quality,loyalty,2024-01-01,7,K1,,,\n"
                       "account,B,potential,growth,2024-01-01,4,,,,\nourselves,-,capability,people,2024-03-01,6,,,,\n"
                       "ourselves,-,capability,people,2024-07-03,1,,,,\naccount,A,fit,reputation,2024-02-01,2,,,,\n"
                       "account,B,fit,reputation,2024-02-01,3,,,,\n");
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value\naccount,A,reputation,2024-03-01,8\n"
                             "account,B,reputation,2024-02-01,9\n");
    kam_table *t = NULL;
    OK(store_query_marks(s, D, "quality", &t, io_err));
    shape(t, "row:int criterion:text date:day mark:real control:text evidence:text by:text record:text");
    io_expect(t, "row criterion date mark control evidence by", "0|loyalty|2024-02-01|0|||\n0|teaches|2024-06-30|5|yes|seen|Li\n");
    kam_table_unref(t);
    OK(store_query_marks(s, D, "fit", &t, io_err));
    io_expect(t, "row criterion date mark record", "0|reputation|2024-03-01|8|assessment\n1|reputation|2024-02-01|3|mark\n");
    kam_table_unref(t);
    OK(store_query_own_marks(s, D, "capability", &t, io_err));
    io_expect(t, "criterion date mark", "people|2024-03-01|6\n");
    kam_table_unref(t);
    io_close(s);
}

/* Payments of the last 30 days: A was 5 days late, 2 early, and 9 days late so far on D (paid the day after): 12 days in 3
 * lines; a line due before the window and one due after D do not count. */
static void test_quality_facts(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "transaction", "account,date,amount,due_on,paid_on\nA,2024-05-01,1,2024-06-10,2024-06-15\n"
                              "A,2024-05-01,1,2024-06-11,2024-06-09\nA,2024-05-01,1,2024-06-21,2024-07-01\n"
                              "A,2024-05-01,1,2024-05-31,\nB,2024-05-01,1,2024-07-01,\n");
    kam_table *t = NULL;
    OK(store_query_payment_delay(s, D, 30, &t, io_err));
    io_expect(t, "row invoices delay_days", "0|3|12\n");
    kam_table_unref(t);
    io_load(s, "exception", "account,date,what,approved_by\nA,2024-06-30,more credit,boss\nB,2024-06-01,extra rebate,\n"
                            "B,2024-07-01,later,\n");
    expect(s, store_query_exceptions, "row:int date:day what:text approved:flag exception:int", "row date what approved",
           "0|2024-06-30|more credit|1\n1|2024-06-01|extra rebate|0\n");
    expect(s, store_query_reach, "row:int contacts:int", "row contacts", "0|3\n1|1\n"); /* C1 C2 C5; C6 */
    io_close(s);
}

/* A held store shows one state of the data, whatever others write, and gives the same tables again; by other days others.
 * One that may write is held too, but keeps looking. */
static void test_held(void **state)
{
    (void)state;
    store *a = NULL, *b = NULL;
    store_facts f = STORE_FACTS_INIT, g = STORE_FACTS_INIT, h = STORE_FACTS_INIT;
    assert_true(kam_day_parse("2024-06-30", &D));
    OK(store_open(io_path("held.kam"), STORE_OPEN_CREATE, &a, io_err));
    io_load(a, "account", "code,name\nA,ay\nB,bee\n");
    OK(store_open(io_path("held.kam"), STORE_OPEN_READONLY, &b, io_err));
    OK(store_hold(b, io_err));
    uint64_t version = store_version(b);
    OK(store_facts_load(b, D, STORE_F_COMPLAINTS, &f, io_err));
    io_load(a, "interaction", "account,date,kind\nA,2024-06-29,complaint\n");
    OK(store_facts_load(b, D, STORE_F_COMPLAINTS, &g, io_err));
    OK(store_facts_load(b, D + 1, STORE_F_COMPLAINTS, &h, io_err));
    assert_int_equal(store_version(b), version);
    assert_int_equal(kam_table_rows(f.complaints), 0);
    assert_ptr_equal(f.complaints, g.complaints);
    assert_ptr_not_equal(f.complaints, h.complaints);
    assert_int_equal(kam_table_rows(h.complaints), 0);
    store_facts_release(&f);
    store_facts_release(&g);
    store_facts_release(&h);
    OK(store_close(b, io_err));
    OK(store_hold(a, io_err));
    version = store_version(a);
    io_load(a, "interaction", "account,date,kind\nB,2024-06-29,complaint\n");
    assert_true(store_version(a) > version);
    OK(store_facts_load(a, D, STORE_F_COMPLAINTS, &f, io_err));
    assert_int_equal(kam_table_rows(f.complaints), 2);
    store_facts_release(&f);
    OK(store_close(a, io_err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accounts),        cmocka_unit_test(test_events),    cmocka_unit_test(test_opportunities),
        cmocka_unit_test(test_targets),         cmocka_unit_test(test_items_and_flows),
        cmocka_unit_test(test_contracts),       cmocka_unit_test(test_people), cmocka_unit_test(test_people_more),    cmocka_unit_test(test_facts),
        cmocka_unit_test(test_marks),           cmocka_unit_test(test_quality_facts), cmocka_unit_test(test_held),
    };
    return cmocka_run_group_tests_name("store_query", tests, io_setup, io_teardown);
}
