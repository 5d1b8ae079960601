/* SPDX-License-Identifier: GPL-3.0-or-later */
/* J6: what changed between two states of a plan, in which direction, and in words. */
#include "unit.h"
#include "calc_build.h"
#include "calc_version.h"

#define STATE "kind:text object:text name:text field:text value:text since:day by:text"
static const calc_version_params EN = {CALC_EN, false, NULL, NULL}, ZH = {CALC_ZH, false, NULL, NULL}, CUSTOMER = {CALC_EN, true, NULL, NULL};

static kam_table *diff(const char *before, const char *after, const calc_version_params *p)
{
    kam_table *a = build_table(STATE, before), *b = build_table(STATE, after), *t = NULL;
    assert_int_equal(calc_version_diff(a, b, p, &t, NULL), KAM_OK);
    kam_table_unref(a);
    kam_table_unref(b);
    return t;
}

/* "change sign text" of every row. */
static void expect(const char *before, const char *after, const calc_version_params *p, const char *const *want)
{
    kam_table *t = diff(before, after, p);
    for (size_t i = 0; want[i]; i++) {
        char line[400];
        assert_true(i < kam_table_rows(t));
        snprintf(line, sizeof line, "%s %s %s", kam_col_text(kam_table_find(t, "change"), i),
                 kam_col_missing(kam_table_find(t, "sign"), i) ? "-" : kam_col_text(kam_table_find(t, "sign"), i), kam_col_text(kam_table_find(t, "text"), i));
        assert_string_equal(line, want[i]);
        if (!want[i + 1]) assert_int_equal(kam_table_rows(t), i + 1);
    }
    kam_table_unref(t);
}

/* Money and shares as a reader sees them; more red flags are worse, more revenue better; a number that did not change is no row.
 * 1,201.50 − 1,000.00 = 201.50, told in whole units: +202. 0.72 − 0.657 = 0.063. */
static void figures(void **state)
{
    (void)state;
    kam_table *t = diff("figure|A|Ay|window_revenue|1000.00|-|-\nfigure|A|Ay|red_flags|3|-|-\nfigure|A|Ay|health|70|-|-\nfigure|A|Ay|wallet_share|0.657|-|-",
                        "figure|A|Ay|wallet_share|0.72|-|-\nfigure|A|Ay|window_revenue|1201.50|-|-\nfigure|A|Ay|red_flags|5|-|-\nfigure|A|Ay|health|70|-|-", &EN);
    assert_int_equal(kam_table_rows(t), 3);
    assert_cell(t, 0, "text", "revenue of the window: 1,000.00 → 1,201.50 (+202)");
    assert_cell(t, 0, "difference", "201.5");
    assert_cell(t, 0, "sign", "better");
    assert_cell(t, 1, "text", "share of wallet: 65.7 % → 72 % (+6.3 %)");
    assert_cell(t, 1, "difference", "0.063");
    assert_cell(t, 2, "text", "red flags: 3 → 5 (+2)");
    assert_cell(t, 2, "sign", "worse");
    assert_string_equal(kam_table_note(t, 0), "3 changes: 2 for the better, 1 for the worse");
    kam_table_unref(t);
    static const char *const zh[] = {"added - 健康度：现已知，70", NULL}, *const gone[] = {"removed - health: no longer known, was 70", NULL};
    expect("", "figure|A|Ay|health|70|-|-", &ZH, zh);
    expect("figure|A|Ay|health|70|-|-", "", &EN, gone);
}

/* A C-account became a B; RFM has no best class; a key that is in no order has no sign. */
static void classes(void **state)
{
    (void)state;
    static const char *const want[] = {"changed better yield (A1): C → B", "changed worse pyramid (A2): top → small", "changed - RFM (A3): value → keep",
                                       "changed - life cycle (A4): stable → odd", NULL};
    expect("class|A|Ay|yield|C|-|-\nclass|A|Ay|rfm|value|-|-\nclass|A|Ay|lifecycle|stable|-|-\nclass|A|Ay|pyramid|top|-|-",
           "class|A|Ay|yield|B|-|-\nclass|A|Ay|rfm|keep|-|-\nclass|A|Ay|lifecycle|odd|-|-\nclass|A|Ay|pyramid|small|-|-", &EN, want);
}

/* The verdict says it all: what else changed with it is left out. A probability follows its stage, but not when the stage stayed. */
static void deals(void **state)
{
    (void)state;
    static const char *const won[] = {"changed better won: Pumps, price", NULL}, *const lost[] = {"changed worse 丢单：Pumps，price", NULL};
    static const char *const again[] = {"changed worse open again: Pumps", NULL}, *const moved[] = {"changed better Pumps: stage lead → intent", "changed worse Pumps: expected close 2025-05-01 → 2025-06-01", NULL};
    static const char *const odds[] = {"changed better Pumps: probability 10 % → 20 %", NULL}, *const came[] = {"added better new opportunity: Pumps, proposal, 50,000.00", NULL};
    static const char *const came_lost[] = {"added worse new opportunity: Pumps, lost", NULL};
    const char *open = "opportunity|D1|Pumps|result|open|-|-\nopportunity|D1|Pumps|stage|lead|-|-\nopportunity|D1|Pumps|probability|0.1|-|-\nopportunity|D1|Pumps|expected_close|2025-05-01|-|-";
    const char *closed = "opportunity|D1|Pumps|result|won|2025-06-01|-\nopportunity|D1|Pumps|reason|price|-|-";
    expect(open, closed, &EN, won);
    expect(open, "opportunity|D1|Pumps|result|lost|2025-06-01|-\nopportunity|D1|Pumps|reason|price|-|-", &ZH, lost);
    expect(closed, open, &EN, again);
    expect(open, "opportunity|D1|Pumps|result|open|-|-\nopportunity|D1|Pumps|stage|intent|-|-\nopportunity|D1|Pumps|probability|0.3|-|-\nopportunity|D1|Pumps|expected_close|2025-06-01|-|-", &EN, moved);
    expect(open, "opportunity|D1|Pumps|result|open|-|-\nopportunity|D1|Pumps|stage|lead|-|-\nopportunity|D1|Pumps|probability|0.2|-|-\nopportunity|D1|Pumps|expected_close|2025-05-01|-|-", &EN, odds);
    expect("", "opportunity|D1|Pumps|result|open|-|-\nopportunity|D1|Pumps|stage|proposal|-|-\nopportunity|D1|Pumps|amount|50000.00|-|-", &EN, came);
    expect("", "opportunity|D1|Pumps|result|lost|-|-", &EN, came_lost);
}

/* Who judged it and since when come with the new value; one row for somebody who is new or gone. */
static void people(void **state)
{
    (void)state;
    kam_table *t = diff("person|C1|Wang|attitude|-2|2025-01-01|Ann\nperson|C2|Li|title|Buyer|-|-\nperson|C2|Li|attitude|1|-|-",
                        "person|C1|Wang|attitude|1|2025-05-20|Bob\nperson|C1|Wang|level|vendor|-|-\nperson|C3|Zhao|title|Chief|-|-\nperson|C3|Zhao|attitude|4|-|-", &EN);
    assert_int_equal(kam_table_rows(t), 4);
    assert_cell(t, 0, "text", "Wang: attitude −2 → +1");
    assert_cell(t, 0, "sign", "better");
    assert_cell(t, 0, "since", "2025-05-20");
    assert_cell(t, 0, "by", "Bob");
    assert_cell(t, 1, "text", "Wang: level of relationship noted: vendor");
    assert_cell(t, 2, "text", "no longer there: Li");
    assert_cell(t, 2, "since", "-");
    assert_cell(t, 3, "text", "newly known: Zhao, Chief");
    assert_cell(t, 3, "field", "-");
    kam_table_unref(t);
}

/* Of a name in both languages the reader's half. */
static void halves(void **state)
{
    (void)state;
    kam_table *none = build_table(STATE, ""), *one = kam_table_new(), *t = NULL;
    static const char *const names[] = {"kind", "object", "name", "field", "value"}, *const cells[] = {"person", "C1", "王芳 | Wang", "title", "采购 | Buyer"};
    for (int i = 0; i < 5; i++) kam_col_push_text(kam_table_add_column(one, names[i], KAM_TEXT, NULL), cells[i]);
    kam_table_seal(one);
    assert_int_equal(calc_version_diff(none, one, &EN, &t, NULL), KAM_OK);
    assert_cell(t, 0, "text", "newly known: Wang, Buyer");
    kam_table_unref(t);
    assert_int_equal(calc_version_diff(one, none, &ZH, &t, NULL), KAM_OK);
    assert_cell(t, 0, "text", "已离开：王芳");
    kam_table_unref(t);
    kam_table_unref(one);
    kam_table_unref(none);
}

/* Actions by number: 9 before 10. Complaints tell how they ended; flags that are gone are good; texts are rewritten; settings have a default. */
static void rest(void **state)
{
    (void)state;
    static const char *const want[] = {"changed better done: Nine", "added - new action: Ten, 2025-07-01, R1", "changed better complaint resolved: Leak, refund",
                                       "removed better red flag gone: not-met, Wang", "added worse a rival was seen: Beta", "changed - strategy: rewritten",
                                       "changed - industry: Food → Steel", "added - setting window: default → 180", "changed - Ay: shoe 1 → 2", NULL};
    expect("action|9|Nine|status|open|-|-\ncomplaint|3|Leak|state|open|-|-\nflag|4b:C1|Wang|flag|not-met|-|-\ntext|strategy|strategy|text|old|-|-\n"
           "account|A|Ay|industry|Food|-|-\nodd|A|Ay|shoe|1|-|-",
           "odd|A|Ay|shoe|2|-|-\naction|10|Ten|status|open|-|-\naction|10|Ten|owner|R1|-|-\naction|10|Ten|due|2025-07-01|-|-\naction|9|Nine|status|done|-|-\n"
           "complaint|3|Leak|state|resolved|-|-\ncomplaint|3|Leak|resolution|refund|-|-\nrival|K|Beta|sightings|1|-|-\ntext|strategy|strategy|text|new|-|-\n"
           "account|A|Ay|industry|Steel|-|-\nsetting|A|Ay|window|180|-|-", &EN, want);
}

/* The customer reads revenue, service, what was agreed with him and texts marked for him (`shared`); nothing of attitudes, deals, rivals, flags,
 * settings, other actions, other texts, seats and actions that are ours alone; of a new person no role. */
static void customer(void **state)
{
    (void)state;
    static const char *const want[] = {"changed better purchases of the period: 1.00 → 2.00 (+1)", "changed - Wang: title Buyer → Chief", "added better new contact: Lee, Buyer", "added better new objective: Uptime, 99",
                                       "changed better done: Agreed", "added worse new complaint: Leak", "changed - needs: rewritten", NULL};
    expect("figure|A|Ay|window_revenue|1.00|-|-\nfigure|A|Ay|health|1|-|-\nclass|A|Ay|yield|C|-|-\nperson|C1|Wang|attitude|1|-|-\nperson|C1|Wang|title|Buyer|-|-\n"
           "action|1|Agreed|status|open|-|-\naction|1|Agreed|agreed_on|2025-01-01|-|-\naction|2|Ours|status|open|-|-\ntext|needs|needs|text|a|-|-\ntext|needs|needs|shared|for them|-|-\ntext|profile|p|text|a|-|-\ntext|strategy|s|text|a|-|-\n"
           "opportunity|D|d|result|open|-|-",
           "figure|A|Ay|window_revenue|2.00|-|-\nfigure|A|Ay|health|2|-|-\nclass|A|Ay|yield|A|-|-\nperson|C1|Wang|attitude|2|-|-\nperson|C1|Wang|title|Chief|-|-\n"
           "person|C2|Lee|title|Buyer|-|-\nperson|C2|Lee|buying_role|gatekeeper|-|-\nperson|C3|Seat|name|Seat|-|-\nperson|C3|Seat|ours|1|-|-\n"
           "action|3|Round him|status|open|-|-\naction|3|Round him|agreed_on|2025-01-01|-|-\naction|3|Round him|ours|1|-|-\n"
           "objective|Z|Uptime|target|99|-|-\nobjective|Z|Uptime|agreed_on|2025-02-01|-|-\nobjective|Y|Margin|target|9|-|-\n"
           "action|1|Agreed|status|done|-|-\naction|1|Agreed|agreed_on|2025-01-01|-|-\naction|2|Ours|status|done|-|-\ncomplaint|4|Leak|state|open|-|-\n"
           "risk|1|x|state|open|-|-\nflag|3|3|flag|no-coach|-|-\nrival|K|Beta|sightings|1|-|-\ntext|needs|needs|text|b|-|-\ntext|needs|needs|shared|for them, too|-|-\ntext|profile|p|text|b|-|-\ntext|strategy|s|text|b|-|-\n"
           "opportunity|D|d|result|won|-|-\nsetting|A|Ay|window|9|-|-\nodd|A|Ay|x|1|-|-", &CUSTOMER, want);
}

/* Ours has the texts themselves: that one of them is for the customer as well makes no second row. */
static void shared(void **state)
{
    (void)state;
    static const char *const want[] = {"changed - needs: rewritten", NULL}, *const theirs[] = {"changed - needs: rewritten", NULL};
    static const char before[] = "text|needs|needs|shared|a|-|-\ntext|needs|needs|text|a|-|-", after[] = "text|needs|needs|shared|b|-|-\ntext|needs|needs|text|b|-|-";
    expect(before, after, &EN, want);
    expect(before, after, &CUSTOMER, theirs);
    static const char *const none[] = {NULL};
    expect("text|needs|needs|text|a|-|-", "text|needs|needs|text|b|-|-", &CUSTOMER, none);
}

/* That something is ours alone is no change we would tell ourselves. */
static void ours(void **state)
{
    (void)state;
    kam_table *t = diff("action|3|Round him|what|Round him|-|-", "action|3|Round him|what|Round him|-|-\naction|3|Round him|ours|1|-|-", &EN);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
}

/* Nothing against nothing; a state against itself; what is new one way is gone the other; a column that is absent. */
static void properties(void **state)
{
    (void)state;
    const char *some = "figure|A|Ay|health|70|-|-\nclass|A|Ay|yield|C|-|-\nperson|C1|Wang|attitude|1|-|-\naction|1|x|status|open|-|-\nflag|3|3|flag|no-coach|-|-";
    kam_table *t = diff("", "", &EN);
    assert_int_equal(kam_table_rows(t), 0);
    assert_string_equal(kam_table_note(t, 0), "nothing changed");
    kam_table_unref(t);
    t = diff(some, some, &ZH);
    assert_int_equal(kam_table_rows(t), 0);
    assert_string_equal(kam_table_note(t, 0), "没有变化");
    kam_table_unref(t);
    kam_table *there = diff("", some, &EN), *back = diff(some, "", &EN);
    assert_int_equal(kam_table_rows(there), 5);
    assert_int_equal(kam_table_rows(back), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_cell(there, i, "change", "added");
        assert_cell(back, i, "change", "removed");
        assert_string_equal(kam_col_text(kam_table_find(there, "object"), i), kam_col_text(kam_table_find(back, "object"), i));
    }
    kam_table_unref(there);
    kam_table_unref(back);
    kam_table *bad = build_table("kind:text object:text field:text", ""), *good = build_table(STATE, "");
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_version_diff(good, bad, &EN, &t, &err), KAM_CALC);
    assert_string_equal(err.word[0], "NODATA");
    kam_table_unref(bad);
    kam_table_unref(good);
}

/* Every kind and field has both languages, belongs to a kind, and stands once. */
static void tables(void **state)
{
    (void)state;
    size_t n, m;
    const calc_version_kind *k = calc_version_kinds(&n);
    const calc_version_field *f = calc_version_fields(&m);
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(calc_version_kind_find(k[i].key), &k[i]);
        assert_true(*k[i].en && *k[i].zh);
        if (!k[i].single) assert_true(k[i].came.en && k[i].came.zh && k[i].went.en && k[i].went.zh);
        if (k[i].verdict) assert_non_null(calc_version_field_find(k[i].key, k[i].verdict));
    }
    for (size_t i = 0; i < m; i++) {
        assert_ptr_equal(calc_version_field_find(f[i].kind, f[i].field), &f[i]);
        assert_non_null(calc_version_kind_find(f[i].kind));
        assert_true(*f[i].en && *f[i].zh);
        assert_true(!f[i].customer || calc_version_kind_find(f[i].kind)->customer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(figures), cmocka_unit_test(classes), cmocka_unit_test(deals),      cmocka_unit_test(people),
                                       cmocka_unit_test(halves),  cmocka_unit_test(rest), cmocka_unit_test(customer), cmocka_unit_test(shared), cmocka_unit_test(ours), cmocka_unit_test(properties), cmocka_unit_test(tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
