/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_query_run: shapes, and the cut at the as-of day. D is 2024-06-30: what is dated on D is read, what is dated on the day after is not, and
 * what ended after D is open. */
#include "store_io.h"

#include "store_query_run.h"

static kam_day D;

static store *base(void)
{
    store *s = io_store();
    assert_true(kam_day_parse("2024-06-30", &D));
    io_load(s, "rep", "code,name,executive\nR1,Li,0\nR2,Wang,1\n");
    io_load(s, "account", "code,name,known_since,industry,source,employees\nB,bee,2024-01-01,steel,,5\nA,ay,2023-01-01,,fair,\nL,late,2024-07-01,,,\n");
    io_load(s, "contact", "code,account,name,left_on,placeholder\nC1,A,one,,0\nC2,A,gone,2024-06-30,0\nC3,A,seat,,1\nC4,B,two,2024-07-01,0\n");
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

static void work(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value\naccount,A,owner,2024-03-01,R1\naccount,A,owner,2024-06-01,R2\n");
    io_load(s, "interaction", "account,date,kind,rep,activity,hours,duty_call,progress_on,written_on,resolved_on,resolution,complaint_owner\n"
                              "A,2024-02-01,visit,R1,process,2,,,,,,\n"  /* nobody owned it yet */
                              "A,2024-05-01,visit,R1,process,,,,,,,\n"  /* the owner of then */
                              "A,2024-06-02,visit,R1,,,1,,,,,\n"        /* no longer his */
                              "B,2024-06-30,complaint,,,,,2024-07-01,2024-06-30,2024-07-02,done,R2\n"
                              "B,2024-07-01,call,R1,,,,,,,,\nA,2024-01-01,call,R1,,,,,,,,\n");
    kam_table *t = NULL;
    kam_day after;
    assert_true(kam_day_parse("2024-01-01", &after));
    OK(store_query_work(s, D, after, &t, io_err));
    io_expect(t, "row date kind rep own hours duty_call answered_on resolved_on owner",
              "0|2024-02-01|visit|R1||2|0|||\n0|2024-05-01|visit|R1|1||0|||\n0|2024-06-02|visit|R1|0||1|||\n1|2024-06-30|complaint||||0|2024-06-30||R2\n");
    kam_table_unref(t);
    /* For the audit: visits after the day, complaints of any day, no calls. */
    assert_true(kam_day_parse("2024-05-01", &after));
    OK(store_query_audited(s, D, after, &t, io_err));
    io_expect(t, "row date kind resolved_on has_resolution", "0|2024-06-02|visit||0\n1|2024-06-30|complaint||1\n");
    kam_table_unref(t);
    expect(s, store_query_assessed, "row", ""); /* of accounts much, of people nothing */
    expect(s, store_query_touched, "row date", "0|2024-06-02\n"); /* a complaint is not a touch of ours */
    io_close(s);
}

static void files(void **state)
{
    (void)state;
    store *s = base();
    expect(s, store_query_profile, "row industry source employees known_since contacts", "0|0|1|0|1|1\n1|1|0|1|1|1\n");
    io_load(s, "plan-text", "account,section,date,text\nA,needs,2024-06-30,x\nA,needs,2024-01-01,y\nA,strategy,2024-07-01,z\n");
    expect(s, store_query_plan, "row section date", "0|needs|2024-06-30\n");
    io_load(s, "action", "account,what,owner,due,done_on,status\nA,a,R1,2024-07-01,2024-07-01,done\nA,b,,,2024-06-30,done\nA,c,,2024-05-01,,dropped\nB,d,R2,2024-05-01,,open\n");
    expect(s, store_query_actions, "row open owner due done_on", "0|0|||2024-06-30\n0|1|R1|2024-07-01|\n1|1|R2|2024-05-01|\n");
    io_load(s, "risk", "account,what,date,likelihood,effect,answer,closed_on\nA,x,2024-06-30,2,3,do,2024-07-01\nA,y,2024-07-01,2,3,,\nB,z,,4,,,2024-06-30\n");
    expect(s, store_query_risks, "row likelihood effect has_answer open", "0|2|3|1|1\n1|4||0|0\n");
    io_load(s, "objective", "code,account,measure,target,owner,agreed_on\nZ1,A,m,t,R1,2024-06-30\nZ2,A,m,,,2024-07-01\n");
    expect(s, store_query_objectives, "row objective measurable owner agreed_on", "0|Z1|1|R1|2024-06-30\n0|Z2|0||\n");
    io_load(s, "post-mortem", "account,date,text\nB,2024-06-30,x\nB,2024-07-01,y\nB,2024-01-01,z\n");
    expect(s, store_query_post_mortems, "row date", "1|2024-06-30\n");
    io_close(s);
}

static void rest(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "bid", "account,rep,date,plan\nA,R1,2024-06-01,old\nA,R1,2024-06-30,new\nA,R1,2024-07-01,late\nA,R2,2024-07-01,late\n");
    expect(s, store_query_bids, "row rep date plan", "0|R1|2024-06-30|new\n");
    io_load(s, "mailing", "code\nM1\nM2\n");
    io_load(s, "recipient", "mailing,contact,sent_on\nM1,C1,2024-06-30\nM2,C1,2024-07-01\nM1,C4,2024-01-01\n");
    kam_table *t = NULL;
    kam_day after;
    assert_true(kam_day_parse("2024-01-01", &after));
    OK(store_query_mailed(s, D, after, &t, io_err));
    io_expect(t, "row date", "0|2024-06-30\n");
    kam_table_unref(t);
    io_load(s, "mark", "subject_kind,subject,card,criterion,date,mark\nrep,R1,competence,product,2024-06-30,4\nrep,R1,competence,product,2024-01-01,9\n"
                       "rep,R1,competence,company,2024-07-01,9\nrep,R1,other,product,2024-01-01,1\naccount,A,quality,power,2024-05-01,7\n");
    OK(store_query_rep_marks(s, D, "competence", &t, io_err));
    io_expect(t, "rep criterion date mark", "R1|product|2024-06-30|4\n");
    kam_table_unref(t);
    io_load(s, "value-note", "account,date,level\nA,2024-04-01,basic\nA,2024-07-01,basic\n");
    io_load(s, "survey", "account,date\nB,2024-06-30\n");
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value\naccount,B,relation_wanted,2024-02-01,alliance\naccount,B,owner,2024-02-01,R1\n");
    expect(s, store_query_loop, "row step date source", "0|value|2024-04-01|value-note\n0|value|2024-05-01|mark\n1|differentiate|2024-02-01|assessment\n1|monitor|2024-06-30|survey\n");
    io_close(s);
}

/* Values of the day in their one form; an action done after D is open, one dropped is dropped; a closed deal says how, an open one where it
 * stands; a person who left or is not known yet is not there; the latest judgement counts, with its day and author. */
static void plan_state(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value,by\naccount,A,owner,2024-03-01,R1,\ncontact,C1,attitude,2024-01-01,-2,Li\n"
                             "contact,C1,attitude,2024-06-30,1,Wang\ncontact,C1,attitude,2024-07-01,5,Wang\n");
    io_load(s, "action", "account,what,owner,due,done_on,status\nA,a,R1,2024-07-01,2024-07-01,done\nA,b,,,2024-06-30,done\nA,c,,,,dropped\n");
    io_load(s, "opportunity", "code,account,opened_on,closed_on,result,reason\nO1,A,2024-05-01,2024-07-01,won,soon\nO2,A,2024-05-01,2024-06-30,lost,price\nO3,A,2024-07-01,,open,\n");
    io_load(s, "assessment", "subject_kind,subject,attribute,date,value\nopportunity,O1,amount,2024-05-02,12.5\n");
    kam_table *t = NULL;
    OK(store_query_plan_state(s, D, "A", &t, io_err));
    io_expect(t, "kind object field value since by",
              "account|A|owner|R1|2024-03-01|\nperson|C1|name|one||\nperson|C3|name|seat||\nperson|C3|ours|1||\nperson|C1|attitude|1|2024-06-30|Wang\n"
              "opportunity|O1|result|open|2024-05-01|\nopportunity|O2|result|lost|2024-06-30|\nopportunity|O2|reason|price|2024-06-30|\n"
              "opportunity|O1|stage|lead||\nopportunity|O1|amount|12.50|2024-05-02|\n"
              "action|1|what|a||\naction|2|what|b||\naction|3|what|c||\naction|1|status|open||R1\naction|2|status|done|2024-06-30|\naction|3|status|dropped||\n"
              "action|1|due|2024-07-01||\naction|1|owner|R1||\n");
    kam_table_unref(t);
    OK(store_query_plan_state(s, D, "none", &t, io_err));
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    io_close(s);
}

/* Snapshots up to D, of one account or of all, and what one keeps, in the order in which it was kept. */
static void plan_snapshots(void **state)
{
    (void)state;
    store *s = base();
    io_load(s, "plan-snapshot", "code,account,number,date,name,notes\nB-1,B,1,2024-02-01,,\nA-2,A,2,2024-06-30,two,why\nA-1,A,1,2024-01-31,one,\nA-3,A,3,2024-07-01,,\n");
    io_load(s, "plan-fact", "snapshot,kind,object,field,name,value,since,by\nA-2,figure,A,health,Ay,70,,\nA-2,class,A,yield,Ay,B,2024-06-01,Li\n");
    kam_table *t = NULL;
    OK(store_query_plan_snapshots(s, D, NULL, &t, io_err));
    io_expect(t, "number snapshot account date name note facts", "1|A-1|A|2024-01-31|one||0\n2|A-2|A|2024-06-30|two|why|2\n1|B-1|B|2024-02-01|||0\n");
    kam_table_unref(t);
    OK(store_query_plan_snapshots(s, D, "B", &t, io_err));
    assert_int_equal(kam_table_rows(t), 1);
    kam_table_unref(t);
    OK(store_query_plan_facts(s, D, "A-2", &t, io_err));
    io_expect(t, "kind object field name value since by", "figure|A|health|Ay|70||\nclass|A|yield|Ay|B|2024-06-01|Li\n");
    kam_table_unref(t);
    OK(store_query_plan_facts(s, D - 1, "A-2", &t, io_err)); /* not kept yet */
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    io_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(work), cmocka_unit_test(plan_state), cmocka_unit_test(plan_snapshots), cmocka_unit_test(files), cmocka_unit_test(rest)};
    return cmocka_run_group_tests_name("store_query_run", tests, io_setup, io_teardown);
}
