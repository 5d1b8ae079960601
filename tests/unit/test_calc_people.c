/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B3 (the published worked case), B6 winning circle and route, B7 talks, B8 influence. */
#include "unit.h"
#include "people_build.h"
#include <math.h>

/* --- B3 -------------------------------------------------------------------------------------------------------------- */

/* The worked example of the courses: seven people and the quadrant each belongs to (TEACHING B3). The marks are ours, on
 * the sides of the border the quadrants say: sales & marketing director adviser (low, low), information services
 * director approver (high, low), marketing manager champion (low, high), systems manager owner (high, high), operations
 * manager, development and testing advisers. */
static void seven_people(void **state)
{
    (void)state;
    static const char *const want[] = {"adviser", "approver", "champion", "owner", "adviser", "adviser", "adviser"};
    calc_people f = CALC_PEOPLE_INIT;
    calc_stakeholder_params p = PARAMS;
    kam_table *t;
    f.people = build_table("contact:text name:text title:text reports_to:text known_since:day placeholder:flag has_means:flag layer:text "
                           "buying_role:text authority:real participation:real attitude:real org_need:text org_fit:real person_need:text "
                           "person_fit:real last_met:day last_visit:day role_changed:day open_actions:int",
                           "1|smd|Sales and marketing director|-|-|0|1|-|-|4|2|-|-|-|-|-|-|-|-|-\n"
                           "2|isd|Information services director|-|-|0|1|-|-|9|3|-|-|-|-|-|-|-|-|-\n"
                           "3|mm|Marketing manager|1|-|0|1|-|-|3|8|-|-|-|-|-|-|-|-|-\n"
                           "4|sm|Systems manager|2|-|0|1|-|-|6|9|-|-|-|-|-|-|-|-|-\n"
                           "5|om|Operations manager|2|-|0|1|-|-|4|4|-|-|-|-|-|-|-|-|-\n"
                           "6|dev|Development|4|-|0|1|-|-|1|4|-|-|-|-|-|-|-|-|-\n"
                           "7|test|Testing|4|-|0|1|-|-|1|2|-|-|-|-|-|-|-|-|-");
    assert_int_equal(calc_people_map(&f, &p, &t, NULL), KAM_OK);
    for (size_t i = 0; i < COUNT_OF(want); i++) assert_cell(t, i, "quadrant", want[i]);
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.people);
}

/* --- B8 -------------------------------------------------------------------------------------------------------------- */

/* a listens to b and b to a: a = 4 + b/2, b = 2 + a/2, so ¾ a = 5: a = 20/3, b = 16/3. c reports to a and listens to b, half
 * of its half each: with c = 8, a = 4 + 2 + b/2, b = 2 + 2 + a/2, ¾ a = 8: a = 32/3, b = 28/3. */
static void influence_in_a_cycle(void **state)
{
    (void)state;
    kam_table *t = view_of(calc_people_tree, "a|-|-|4|-|-|-|-|-|0\nb|-|-|2|-|-|-|-|-|0", "a|b|influence\nb|a|influence", (calc_stakeholder_params)PARAMS);
    assert_true(fabs(real_of(t, row_where(t, "contact", "a"), "influence") - 20.0 / 3) < 1e-9);
    assert_true(fabs(real_of(t, row_where(t, "contact", "b"), "influence") - 16.0 / 3) < 1e-9);
    assert_cell(t, row_where(t, "contact", "a"), "scaled", "100");
    assert_cell(t, row_where(t, "contact", "b"), "scaled", "80");
    assert_cell(t, row_where(t, "contact", "a"), "follows", "Nb");
    kam_table_unref(t);
    t = view_of(calc_people_tree, "a|-|-|4|-|-|-|-|-|0\nb|-|-|2|-|-|-|-|-|0\nc|a|-|8|-|-|-|-|-|0",
                "a|b|influence\nb|a|influence\nc|b|influence\na|c|conflict\nc|zz|conflict", (calc_stakeholder_params)PARAMS);
    assert_true(fabs(real_of(t, row_where(t, "contact", "a"), "influence") - 32.0 / 3) < 1e-9);
    assert_true(fabs(real_of(t, row_where(t, "contact", "b"), "influence") - 28.0 / 3) < 1e-9);
    assert_cell(t, row_where(t, "contact", "a"), "conflicts", "Nc");
    assert_cell(t, row_where(t, "contact", "c"), "conflicts", "Na");
    assert_cell(t, row_where(t, "contact", "c"), "follows", "Nb");
    kam_table_unref(t);
    /* another share: a = 4 + 0.25 b, b = 2 + 0.25 a: a = 4.8 */
    calc_stakeholder_params p = PARAMS;
    p.influence_share = 0.25;
    t = view_of(calc_people_map, "a|-|-|4|-|-|-|-|-|0\nb|-|-|2|-|-|-|-|-|0", "a|b|influence\nb|a|influence", p);
    assert_true(fabs(real_of(t, 0, "influence") - 4.8) < 1e-9);
    kam_table_unref(t);
    /* what reaches one person: each line with what it brings */
    calc_people f = CALC_PEOPLE_INIT;
    p.influence_share = 0.5;
    f.people = build_people("a|-|-|4|-|-|-|-|-|0\nb|-|-|2|-|-|-|-|-|0\nc|a|-|8|-|-|-|-|-|0");
    f.links = build_table(LINKS, "c|b|influence");
    assert_int_equal(calc_people_influence(&f, &p, "a", &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "lines", "2");
    assert_cell(t, 0, "passes", "2");
    assert_cell(t, 0, "over", "reporting");
    kam_table_unref(t);
    kam_table_unref((kam_table *)f.people);
    kam_table_unref((kam_table *)f.links);
}

enum { CROWD = 30 };

/* Random authorities, lines of both kinds, cycles among them. `raised`: this person has 1 more. */
static void random_crowd(uint64_t seed, int raised, kam_str *people, kam_str *links)
{
    kam_str_clear(people);
    kam_str_clear(links);
    for (int i = 0; i < CROWD; i++)
        kam_str_addf(people, "p%02d|p%02d|-|%d|-|-|-|-|-|0\n", i, (int)(rnd(&seed) % (CROWD + 5)), (int)(rnd(&seed) % 10) + (i == raised));
    for (int i = 0; i < 40; i++)
        kam_str_addf(links, "p%02d|p%02d|influence\n", (int)(rnd(&seed) % CROWD), (int)(rnd(&seed) % CROWD));
}

/* More authority of anybody lowers nobody's influence and raises his own; rows in any order; nobody has less than the own
 * authority, nobody more than all authorities together, since each passes on half at most. */
static void more_authority_never_lowers(void **state)
{
    (void)state;
    kam_str people = KAM_STR_INIT, links = KAM_STR_INIT;
    for (uint64_t round = 1; round <= 30; round++) {
        int who = (int)(round % CROWD);
        random_crowd(round, -1, &people, &links);
        kam_table *before = view_of(calc_people_map, kam_str_cstr(&people), kam_str_cstr(&links), (calc_stakeholder_params)PARAMS);
        random_crowd(round, who, &people, &links);
        kam_table *after = view_of(calc_people_map, kam_str_cstr(&people), kam_str_cstr(&links), (calc_stakeholder_params)PARAMS);
        double all = 0, own;
        for (size_t i = 0; i < CROWD; i++) all += real_of(before, i, "authority");
        for (size_t i = 0; i < CROWD; i++) {
            double was = kam_col_real(kam_table_find(before, "influence"), i), is = kam_col_real(kam_table_find(after, "influence"), i);
            assert_true(is >= was - 1e-9);
            assert_true(isfinite(was) && was >= real_of(before, i, "authority") - 1e-9 && was <= 2 * all + 1e-9);
        }
        own = kam_col_real(kam_table_find(after, "influence"), (size_t)who) - kam_col_real(kam_table_find(before, "influence"), (size_t)who);
        assert_true(own >= 1 - 1e-9);
        kam_table_unref(before);
        kam_table_unref(after);
    }
    kam_str_release(&people);
    kam_str_release(&links);
}

/* --- B6 -------------------------------------------------------------------------------------------------------------- */

/* "coach:a user-side:- technical-side:? decider:d": who sits, - nobody known, ?x who comes nearest. */
static const char *circle_of(const char *people, calc_stakeholder_params p)
{
    static char buf[512];
    kam_table *t = view_of(calc_people_circle, people, NULL, p);
    buf[0] = 0;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        size_t at = strlen(buf);
        bool filled = strcmp(cell_of(t, i, "filled"), "1") == 0;
        snprintf(buf + at, sizeof buf - at, "%s%s:%s%s", at ? " " : "", cell_of(t, i, "seat"), filled || cell_of(t, i, "contact")[0] == '-' ? "" : "?", cell_of(t, i, "contact"));
    }
    kam_table_unref(t);
    return buf;
}

static void circle(void **state)
{
    (void)state;
    calc_stakeholder_params p = PARAMS;
    /* complete */
    assert_string_equal(circle_of("a|-|coach|2|3|" NOVEMBER "|-|-|-|0\nb|-|user|3|1|" NOVEMBER "|-|-|-|0\n"
                                  "c|-|gatekeeper|4.9|2|" NOVEMBER "|-|-|-|0\nd|-|decider|9|1|" NOVEMBER "|-|-|-|0", p),
                        "coach:a user-side:b technical-side:c decider:d");
    /* the best disposed would sit as coach, but only he can sit as user: a second coach moves in; greedy would leave one empty */
    assert_string_equal(circle_of("a|-|coach,user|2|5|" NOVEMBER "|-|-|-|0\nb|-|coach|2|1|" NOVEMBER "|-|-|-|0", p),
                        "coach:b user-side:a technical-side:- decider:-");
    /* a chain of two moves: a coach/user, b user/purchaser, c purchaser; and d only coach */
    assert_string_equal(circle_of("a|-|coach,user|2|5|" NOVEMBER "|-|-|-|0\nb|-|user,purchaser|2|4|" NOVEMBER "|-|-|-|0\n"
                                  "d|-|coach|2|1|" NOVEMBER "|-|-|-|0", p),
                        "coach:d user-side:a technical-side:b decider:-");
    /* one person one seat: who is everything sits once */
    assert_string_equal(circle_of("a|-|coach,user,gatekeeper,decider|2|5|" NOVEMBER "|-|-|-|0", p), "coach:a user-side:- technical-side:- decider:-");
    /* not met within 90 days (2025-10-02 is the 91st day back), attitude below 1, unknown; an influencer's authority too high, unknown */
    assert_string_equal(circle_of("a|-|coach|2|3|2025-10-02|-|-|-|0\nb|-|user|5|1|" NOVEMBER "|-|-|-|0\n"
                                  "c|-|purchaser|-|2|" NOVEMBER "|-|-|-|0\nd|-|decider|9|0.9|" NOVEMBER "|-|-|-|0", p),
                        "coach:?a user-side:?b technical-side:?c decider:?d");
    assert_string_equal(circle_of("a|-|coach|2|3|2025-10-03|-|-|-|0\nd|-|decider|9|-|" NOVEMBER "|-|-|-|0", p),
                        "coach:a user-side:- technical-side:- decider:?d");
    /* placeholders sit nowhere and come nearest to nothing */
    assert_string_equal(circle_of("d|-|decider|9|5|" NOVEMBER "|-|-|-|1", p), "coach:- user-side:- technical-side:- decider:-");
    /* ties: attitude, then met last, then code; the nearest lacks least */
    assert_string_equal(circle_of("d|-|decider|9|1|" NOVEMBER "|-|-|-|0\nb|-|decider|9|1|" NOVEMBER "|-|-|-|0\nc|-|decider|9|1|2025-11-02|-|-|-|0", p),
                        "coach:- user-side:- technical-side:- decider:c");
    assert_string_equal(circle_of("b|-|decider|9|0|-|-|-|-|0\nc|-|decider|9|0|" NOVEMBER "|-|-|-|0", p),
                        "coach:- user-side:- technical-side:- decider:?c");
    /* the pattern is a setting: one influencer of either side, none, three in turn; no seats at all */
    static const char two[] = "b|-|user|3|1|" NOVEMBER "|-|-|-|0\nc|-|gatekeeper|4|2|" NOVEMBER "|-|-|-|0\ne|-|user|4|2|" NOVEMBER "|-|-|-|0";
    p.influencers = 1;
    assert_string_equal(circle_of(two, p), "coach:- influencer:c decider:-");
    p.influencers = 3;
    assert_string_equal(circle_of(two, p), "coach:- user-side:e technical-side:c user-side:b decider:-");
    p.influencers = p.coaches = p.deciders = 0;
    assert_string_equal(circle_of(two, p), "");
    /* nobody */
    p = (calc_stakeholder_params)PARAMS;
    assert_string_equal(circle_of("", p), "coach:- user-side:- technical-side:- decider:-");
}

static void circle_says(void **state)
{
    (void)state;
    calc_stakeholder_params p = PARAMS;
    static const char people[] = "a|-|coach,user|2|3|" NOVEMBER "|-|-|-|0\nc|-|purchaser|-|-|2025-10-02|-|-|-|0\nd|-|decider|9|-1|-|-|-|-|0";
    kam_table *t = view_of(calc_people_circle, people, NULL, p);
    assert_cell(t, 0, "why", "Na: attitude 3, last met 2025-11-01");
    assert_cell(t, 0, "next_step", "-");
    assert_cell(t, 1, "why", "who is influencer of the user side sits in another seat already: Na");
    assert_cell(t, 2, "why", "authority unknown; last met on 2025-10-02, 90 days ago; attitude unknown");
    assert_cell(t, 2, "next_step", "find out how far the word of Nc carries; meet Nc; find out what Nc thinks of us");
    assert_cell(t, 3, "why", "never met; attitude -1 is below 1");
    assert_string_equal(kam_table_note(t, 0), "1 of 4 seats filled; missing: influencer of the user side, influencer of the technical or financial side, decider");
    kam_table_unref(t);
    p.lang = CALC_ZH;
    t = view_of(calc_people_circle, people, NULL, p);
    assert_cell(t, 3, "why", "从未会面；态度 -1 低于 1");
    assert_string_equal(kam_table_note(t, 0), "已占 1/4 席；缺：使用方影响者、技术/财务方影响者、决策人");
    kam_table_unref(t);
}

/* The most seats that can be filled, by trying every choice. seat k may take the people in fits[k]. */
static int most_seats(const unsigned *fits, int k, int seats, unsigned taken)
{
    if (k == seats) return 0;
    int best = most_seats(fits, k + 1, seats, taken);
    for (unsigned i = 0; i < 8; i++)
        if ((fits[k] >> i & 1) && !(taken >> i & 1)) {
            int with = 1 + most_seats(fits, k + 1, seats, taken | 1u << i);
            if (with > best) best = with;
        }
    return best;
}

/* Random roles of up to 7 people: as many seats as can be filled at all; the rows reversed give the same table. */
static void circle_fills_most(void **state)
{
    (void)state;
    static const char *const roles[] = {"coach", "user", "purchaser", "gatekeeper", "decider"};
    uint64_t seed = 11;
    calc_stakeholder_params p = PARAMS;
    for (int round = 0; round < 300; round++) {
        kam_str rows = KAM_STR_INIT, back = KAM_STR_INIT;
        unsigned fits[4] = {0};
        int n = (int)(rnd(&seed) % 8);
        for (int i = 0; i < n; i++) {
            unsigned mine = (unsigned)(rnd(&seed) % 32);
            char row[160], list[80] = "";
            for (int k = 0; k < 5; k++)
                if (mine >> k & 1) snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", *list ? "," : "", roles[k]);
            int attitude = (int)(rnd(&seed) % 5) - 1, authority = (int)(rnd(&seed) % 8);
            bool met = rnd(&seed) % 4 > 0;
            snprintf(row, sizeof row, "p%d|-|%s|%d|%d|%s|-|-|-|0\n", i, *list ? list : "-", authority, attitude, met ? NOVEMBER : "-");
            kam_str_add(&rows, row);
            kam_str old = back;
            back = (kam_str)KAM_STR_INIT;
            kam_str_addf(&back, "%s%s", row, kam_str_cstr(&old));
            kam_str_release(&old);
            if (!met || attitude < 1) continue;
            fits[0] |= (mine & 1u) << i;
            if (authority < 5) {
                fits[1] |= (mine >> 1 & 1u) << i;
                fits[2] |= ((mine >> 2 | mine >> 3) & 1u) << i;
            }
            fits[3] |= (mine >> 4 & 1u) << i;
        }
        kam_table *a = view_of(calc_people_circle, kam_str_cstr(&rows), NULL, p), *b = view_of(calc_people_circle, kam_str_cstr(&back), NULL, p);
        assert_int_equal(sum_of(a, "filled"), most_seats(fits, 0, 4, 0));
        for (size_t i = 0; i < 4; i++) assert_string_equal(cell_of(a, i, "contact"), cell_of(b, i, "contact"));
        kam_table_unref(a);
        kam_table_unref(b);
        kam_str_release(&rows);
        kam_str_release(&back);
    }
}

/* "decider: c3>c2 influence 2026-01-14, c2>c1 reporting 2026-01-28; …", only the seats named (NULL: all). */
static const char *route_of(const char *people, const char *links, const char *seat, calc_stakeholder_params p)
{
    static char buf[1024];
    kam_table *t = view_of(calc_people_route, people, links, p);
    buf[0] = 0;
    for (size_t i = 0; i < kam_table_rows(t); i++) {
        if (seat && strcmp(cell_of(t, i, "seat"), seat) != 0) continue;
        size_t at = strlen(buf);
        snprintf(buf + at, sizeof buf - at, "%s%s>%s %s %s", at ? ", " : "", cell_of(t, i, "from"), cell_of(t, i, "to"), cell_of(t, i, "over"), cell_of(t, i, "by"));
    }
    kam_table_unref(t);
    return buf;
}

/* D = 2025-12-31, 14 days an introduction: by 2026-01-14, 2026-01-28, 2026-02-11. c3 is best disposed; c2 listens to c3 and reports to
 * c1, the decider, not met. */
static void routes(void **state)
{
    (void)state;
    calc_stakeholder_params p = PARAMS;
    static const char people[] = "c1|-|decider|9|0|-|-|-|-|0\nc2|c1|user|4|0|-|-|-|-|0\nc3|-|-|2|4|2025-12-01|-|-|-|0";
    assert_string_equal(route_of(people, "c2|c3|influence", "decider", p), "c3>c2 influence 2026-01-14, c2>c1 reporting 2026-01-28");
    assert_string_equal(route_of(people, "c2|c3|influence", "user-side", p), "c3>c2 influence 2026-01-14");
    /* nobody holds the role: whom to ask */
    assert_string_equal(route_of(people, "c2|c3|influence", "coach", p), "c3>- direct 2026-01-14");
    /* a conflict between the two closes the line; without any line: directly */
    assert_string_equal(route_of(people, "c2|c3|influence\nc3|c2|conflict", "decider", p), "->c1 direct 2026-01-14");
    assert_string_equal(route_of(people, NULL, "decider", p), "->c1 direct 2026-01-14");
    p.route_days = 7;
    assert_string_equal(route_of(people, "c2|c3|influence", "decider", p), "c3>c2 influence 2026-01-07, c2>c1 reporting 2026-01-14");
    p.route_days = 14;
    /* a known person before a placeholder, though farther; the placeholder when there is no other */
    assert_string_equal(route_of("c1|c2|decider|9|0|-|-|-|-|0\nc2|c3|-|4|0|-|-|-|-|0\nc3|-|-|2|4|2025-12-01|-|-|-|0\nc4|c3|decider|-|-|-|-|-|-|1", NULL, "decider", p),
                        "c3>c2 reporting 2026-01-14, c2>c1 reporting 2026-01-28");
    assert_string_equal(route_of("c3|-|-|2|4|2025-12-01|-|-|-|0\nc4|c3|decider|-|-|-|-|-|-|1", NULL, "decider", p), "c3>c4 reporting 2026-01-14");
    /* the best disposed is the one who is missing */
    assert_string_equal(route_of("c1|-|decider|9|3|-|-|-|-|0", NULL, "decider", p), "->c1 direct 2026-01-14");
    /* where the best disposed knows nobody, the next best */
    assert_string_equal(route_of("c1|-|decider|9|0|-|-|-|-|0\nc2|c1|-|4|1|-|-|-|-|0\nc3|-|-|2|4|-|-|-|-|0", NULL, "decider", p), "c2>c1 reporting 2026-01-14");
    /* nobody is well disposed; nobody at all */
    assert_string_equal(route_of("c1|-|decider|9|0|-|-|-|-|0", NULL, "decider", p), "->c1 direct 2026-01-14");
    assert_string_equal(route_of("", NULL, "decider", p), "->- direct 2026-01-14");
    kam_table *t = view_of(calc_people_route, people, "c2|c3|influence", p);
    size_t at = row_where(t, "seat", "decider");
    assert_cell(t, at, "why", "Nc3 introduces us to Nc2: Nc2 listens to Nc3");
    assert_cell(t, at + 1, "why", "Nc2 introduces us to Nc1: Nc2 reports to Nc1");
    kam_table_unref(t);
    /* a complete circle needs none */
    t = view_of(calc_people_route, "a|-|coach|2|3|" NOVEMBER "|-|-|-|0\nb|-|user|3|1|" NOVEMBER "|-|-|-|0\n"
                                   "c|-|gatekeeper|4.9|2|" NOVEMBER "|-|-|-|0\nd|-|decider|9|1|" NOVEMBER "|-|-|-|0", NULL, p);
    assert_int_equal(kam_table_rows(t), 0);
    assert_int_equal(kam_table_notes(t), 1);
    kam_table_unref(t);
}

/* Random trees with one decider out of favour: as many introductions as there are lines between the best disposed (p00) and the
 * decider (the last), counted by relaxing all pairs. */
static void routes_are_shortest(void **state)
{
    (void)state;
    enum { N = 12 };
    uint64_t seed = 5;
    calc_stakeholder_params p = PARAMS;
    for (int round = 0; round < 60; round++) {
        int d[N][N];
        kam_str rows = KAM_STR_INIT, links = KAM_STR_INIT;
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) d[i][j] = i == j ? 0 : 1000;
        for (int i = 0; i < N; i++) {
            int boss = (int)(rnd(&seed) % N);
            if (boss != i) d[i][boss] = d[boss][i] = 1;
            kam_str_addf(&rows, "p%02d|p%02d|%s|9|%d|-|-|-|-|0\n", i, boss, i == N - 1 ? "decider" : "-", i == 0 ? 5 : 0);
        }
        for (int k = 0; k < 5; k++) {
            int a = (int)(rnd(&seed) % N), b = (int)(rnd(&seed) % N);
            if (a != b) d[a][b] = d[b][a] = 1;
            kam_str_addf(&links, "p%02d|p%02d|influence\n", a, b);
        }
        for (int k = 0; k < N; k++)
            for (int i = 0; i < N; i++)
                for (int j = 0; j < N; j++)
                    if (d[i][k] + d[k][j] < d[i][j]) d[i][j] = d[i][k] + d[k][j];
        kam_table *t = view_of(calc_people_route, kam_str_cstr(&rows), kam_str_cstr(&links), p);
        int steps = 0;
        bool direct = false;
        for (size_t i = 0; i < kam_table_rows(t); i++) {
            if (strcmp(cell_of(t, i, "seat"), "decider") != 0) continue;
            steps++;
            direct = strcmp(cell_of(t, i, "over"), "direct") == 0;
        }
        if (d[0][N - 1] >= 1000) assert_true(direct && steps == 1);
        else assert_true(!direct && steps == d[0][N - 1]);
        kam_table_unref(t);
        kam_str_release(&rows);
        kam_str_release(&links);
    }
}

/* --- B2: access of a coach --------------------------------------------------------------------------------------------- */

/* Equal attitude, nobody looks for achievement: b reports to the decider (1 line), a to b (2 lines), c to nobody. */
static void access_of_coaches(void **state)
{
    (void)state;
    kam_table *t = view_of(calc_people_coaches, "a|b|-|2|2|-|-|-|-|0\nb|d|-|2|2|-|-|-|-|0\nc|-|-|2|2|2025-12-30|-|-|-|0\nd|-|decider|9|0|-|-|-|-|0", NULL,
                           (calc_stakeholder_params)PARAMS);
    static const char *const want[][2] = {{"b", "1"}, {"a", "2"}, {"c", "-"}};
    assert_int_equal(kam_table_rows(t), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_cell(t, i, "contact", want[i][0]);
        assert_cell(t, i, "access", want[i][1]);
    }
    kam_table_unref(t);
}

/* --- B7 -------------------------------------------------------------------------------------------------------------- */

static void talks(void **state)
{
    (void)state;
    static const char people[] = "a|-|-|-|-|-|-|-|A|0\nb|-|-|-|-|-|-|-|C|0\nc|-|-|-|-|-|-|-|-|0\nd|-|-|-|-|-|-|-|A|0\ns|-|-|-|-|-|-|-|B|1";
    calc_stakeholder_params p = PARAMS;
    kam_table *t = view_of(calc_people_talk, people, NULL, p);
    assert_int_equal(kam_table_rows(t), 4 + 4 + 1 + 4); /* c is not known: one row; the seat is nobody */
    assert_cell(t, 8, "thinking", "-");
    assert_cell(t, 8, "contact", "c");
    assert_string_not_equal(cell_of(t, 0, "point"), cell_of(t, 4, "point"));
    kam_table_unref(t);
    p.lang = CALC_ZH;
    t = view_of(calc_people_talk, people, NULL, p);
    assert_cell(t, 3, "point", "简短扣题，不闲聊");
    kam_table_unref(t);
    t = view_of(calc_people_talk, "", NULL, p);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
}

static void meetings(void **state)
{
    (void)state;
    calc_people f = CALC_PEOPLE_INIT;
    calc_stakeholder_params p = PARAMS;
    kam_table *t;
    kam_err err = KAM_ERR_INIT;
    f.people = build_people("a|-|-|-|-|-|-|-|A|0\nb|-|-|-|-|-|-|-|C|0\nc|-|-|-|-|-|-|-|-|0\nd|-|-|-|-|-|-|-|A|0");
    /* two who think in A and one in C, one named twice: three questions each */
    assert_int_equal(calc_people_meeting(&f, &p, (const char *const[]){"d", "b", "a", "b"}, 4, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 6);
    assert_cell(t, 0, "thinking", "A");
    assert_cell(t, 0, "names", "Na, Nd");
    assert_cell(t, 5, "names", "Nb");
    assert_int_equal(kam_table_notes(t), 0);
    kam_table_unref(t);
    /* one who is not known: all four kinds, and a note names whom */
    assert_int_equal(calc_people_meeting(&f, &p, (const char *const[]){"a", "c"}, 2, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 12);
    assert_cell(t, 11, "names", "-");
    assert_non_null(strstr(kam_table_note(t, 0), "Nc"));
    kam_table_unref(t);
    assert_int_equal(calc_people_meeting(&f, &p, NULL, 0, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    kam_table_unref(t);
    assert_int_equal(calc_people_meeting(&f, &p, (const char *const[]){"zz"}, 1, &t, &err), KAM_NOTFOUND);
    assert_string_equal(err.word[1], "zz");
    kam_table_unref((kam_table *)f.people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seven_people),      cmocka_unit_test(influence_in_a_cycle), cmocka_unit_test(more_authority_never_lowers),
        cmocka_unit_test(circle),            cmocka_unit_test(circle_says),          cmocka_unit_test(circle_fills_most),
        cmocka_unit_test(routes),            cmocka_unit_test(routes_are_shortest),  cmocka_unit_test(access_of_coaches),
        cmocka_unit_test(talks),             cmocka_unit_test(meetings),
    };
    return cmocka_run_group_tests_name("calc_people", tests, NULL, NULL);
}
