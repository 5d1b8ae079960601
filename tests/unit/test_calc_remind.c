/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reminders by hand, festivals against published days, and the calendar read back by a small parser of RFC 5545. */
#include "unit.h"
/* after unit.h */
#include "calc_build.h"
#include "calc_festival.h"
#include "calc_ics.h"
#include "calc_remind.h"

/* --- festivals -------------------------------------------------------------------------------------------------------- */

static const char *festival_day(int year, const char *id)
{
    static char buf[KAM_DATE_MAX];
    calc_festival f[CALC_FESTIVALS_A_YEAR];
    size_t n = calc_festivals(year, f);
    for (size_t i = 0; i < n; i++)
        if (strcmp(f[i].name->id, id) == 0) {
            kam_day_format(f[i].day, buf);
            return buf;
        }
    return "-";
}

/* Days of the public holidays as they were announced (2020–2026), and 2027, 2030, 2033, 2034 as published: the years that formulas get
 * wrong (new moons near midnight; the leap month after the eleventh of 2033). */
static void festivals(void **state)
{
    (void)state;
    static const char *const want[][4] = {
        {"2020-01-25", "2020-06-25", "2020-10-01", "2020-10-25"}, {"2021-02-12", "2021-06-14", "2021-09-21", "2021-10-14"},
        {"2023-01-22", "2023-06-22", "2023-09-29", "2023-10-23"}, {"2024-02-10", "2024-06-10", "2024-09-17", "2024-10-11"},
        {"2025-01-29", "2025-05-31", "2025-10-06", "2025-10-29"}, {"2026-02-17", "2026-06-19", "2026-09-25", "2026-10-18"},
        {"2027-02-06", "2027-06-09", "2027-09-15", "2027-10-08"}, {"2030-02-03", "2030-06-05", "2030-09-12", "2030-10-05"},
        {"2033-01-31", "2033-06-01", "2033-09-08", "2033-10-01"}, {"2034-02-19", "2034-06-20", "2034-09-27", "2034-10-20"}};
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        int year = atoi(want[i][0]);
        assert_string_equal(festival_day(year, "spring"), want[i][0]);
        assert_string_equal(festival_day(year, "dragon-boat"), want[i][1]);
        assert_string_equal(festival_day(year, "mid-autumn"), want[i][2]);
        assert_string_equal(festival_day(year, "double-ninth"), want[i][3]);
        assert_string_equal(festival_day(year, "national") + 4, "-10-01");
    }
    assert_string_equal(festival_day(2026, "new-year-eve"), "2026-02-16");
    assert_string_equal(festival_day(2026, "lantern"), "2026-03-03");
    assert_string_equal(festival_day(2041, "spring"), "-");
    assert_string_equal(festival_day(2041, "new-year"), "2041-01-01");
    /* between two Spring Festivals lie 12 or 13 moons of 29 or 30 days */
    for (int y = CALC_FESTIVAL_FIRST; y < CALC_FESTIVAL_LAST; y++) {
        kam_day a = day_of(festival_day(y, "spring")), b = day_of(festival_day(y + 1, "spring"));
        assert_true(b - a == 354 || b - a == 355 || b - a == 383 || b - a == 384 || b - a == 385);
        assert_int_equal(day_of(festival_day(y, "lantern")) - a, 14);
        calc_festival f[CALC_FESTIVALS_A_YEAR];
        assert_int_equal(calc_festivals(y, f), CALC_FESTIVALS_A_YEAR);
        for (int i = 1; i < CALC_FESTIVALS_A_YEAR; i++) assert_true(f[i - 1].day <= f[i].day);
    }
}

static void yearly(void **state)
{
    (void)state;
    assert_int_equal(calc_remind_yearly(day_of("1988-02-29"), 2025), day_of("2025-02-28"));
    assert_int_equal(calc_remind_yearly(day_of("1988-02-29"), 2028), day_of("2028-02-29"));
    assert_int_equal(calc_remind_yearly(day_of("1988-02-29"), 2100), day_of("2100-02-28"));
    assert_int_equal(calc_remind_yearly(day_of("1988-12-31"), 2025), day_of("2025-12-31"));
}

/* --- reminders --------------------------------------------------------------------------------------------------------------- */

#define ACC "account:text name:text known_since:day member_since:day"
#define PERSONS "row:int contact:text name:text birthday:day"
#define RENEWALS "row:int contract:text renewal:day end:day"
#define STEPS "row:int source:text rep:text what:text due:day"
#define OWNERS "row:int owner:text"

/* The same table with " | " for every '~' of its texts, which build_table cannot write. */
static kam_table *bilingual(kam_table *from)
{
    kam_table *t = kam_table_new();
    for (size_t c = 0; c < kam_table_columns(from); c++) {
        const kam_column *in = kam_table_column(from, c);
        kam_column *out = kam_table_add_column(t, kam_col_name(in), kam_col_type(in), NULL);
        for (size_t i = 0; i < kam_table_rows(from); i++) {
            if (kam_col_type(in) != KAM_TEXT || kam_col_missing(in, i)) {
                kam_col_push_from(out, in, i);
                continue;
            }
            kam_str b = KAM_STR_INIT;
            for (const char *s = kam_col_text(in, i); *s; s++) kam_str_addn(&b, *s == '~' ? " | " : s, *s == '~' ? 3 : 1);
            kam_col_push_text(out, kam_str_cstr(&b));
            kam_str_release(&b);
        }
    }
    kam_table_seal(t);
    kam_table_unref(from);
    return t;
}

typedef struct world {
    calc_remind_in in;
    kam_table *t[5];
    kam_ledger l;
} world;

static void world_make(world *w, const char *acc, const char *ledger, const char *persons, const char *renewals, const char *steps, const char *owners)
{
    w->t[0] = bilingual(build_table(ACC, acc));
    w->t[1] = bilingual(build_table(PERSONS, persons));
    w->t[2] = build_table(RENEWALS, renewals);
    w->t[3] = bilingual(build_table(STEPS, steps));
    w->t[4] = build_table(OWNERS, owners);
    w->l = build_ledger(ledger);
    w->in = (calc_remind_in){{.accounts = w->t[0], .ledger = &w->l}, w->t[1], w->t[2], w->t[3], w->t[4], NULL, NULL};
}
static void world_release(world *w)
{
    for (int i = 0; i < 5; i++) kam_table_unref(w->t[i]);
    kam_ledger_release(&w->l);
}

/* D = 2025-02-20, 10 days: to 2025-03-02. */
static void full_world(world *w)
{
    world_make(w, "A|Ann Ltd|2020-02-25|2024-03-01\nB|乙~Bee|2025-02-22|-\nC|Cee|-|-",
               /* A every 10 days, last on the 15th; B twice only; C: gap 5, last on 1 Feb. Pooled, calc_next (tested in its own
                * test) expects A on the 23rd and C on the 9th, 11 days ago: beyond the 10. */
               "2025-01-26 5 2025-02-05 5 2025-02-15 5\n2025-02-01 5 2025-02-11 5\n2025-01-22 5 2025-01-27 5 2025-02-01 5\n",
               "0|P1|Zoe|1988-02-29\n1|P2|王芳~Fang|1900-03-02\n2|P3|Old|1988-03-03\n0|P4|None|-",
               /* renewal today; one passed, contract running; one passed with the contract; an end within reach */
               "0|K1|2025-02-20|2026-01-01\n1|K2|2025-01-05|2025-12-31\n2|K3|2024-01-05|2024-12-31\n2|K4|-|2025-03-01\n2|K5|-|2025-03-03",
               "0|action 7|R2|Call back|2025-01-31\n1|interaction 9|-|报价~Offer|2025-02-28\n1|action 8|R1|-|2025-03-03\n2|action 9|R1|Late|-",
               "0|R1\n1|R1");
}

static void by_hand(void **state)
{
    (void)state;
    world w;
    kam_table *t;
    full_world(&w);
    calc_remind_params p = CALC_REMIND_PARAMS(day_of("2025-02-20"), CALC_EN);
    p.days = 10;
    assert_int_equal(calc_remind(&w.in, &p, &t, NULL), KAM_OK);
    static const struct { const char *date, *kind, *account, *rep, *what, *uid; } want[] = {
        {"2025-01-05", "renewal", "B", "R1", "contract K2 is to be renewed", "renewal-K2"},
        {"2025-01-31", "step", "A", "R2", "Call back", "step-action-7"},
        {"2025-02-20", "renewal", "A", "R1", "contract K1 is to be renewed", "renewal-K1"},
        {"2025-02-23", "purchase", "A", "R1", "Ann Ltd is expected to buy; last on 2025-02-15", "purchase-A"},
        {"2025-02-25", "known", "A", "R1", "we have known Ann Ltd for 5 years", "known-A-2025"},
        {"2025-02-28", "birthday", "A", "R1", "Zoe turns 37", "birthday-P1-2025"},
        {"2025-02-28", "step", "B", "R1", "报价 | Offer", "step-interaction-9"},
        {"2025-03-01", "member", "A", "R1", "Ann Ltd has been a member for a year", "member-A-2025"},
        {"2025-03-01", "end", "C", "-", "contract K4 ends", "end-K4"},
        {"2025-03-02", "birthday", "B", "R1", "birthday of Fang", "birthday-P2-2025"}};
    assert_int_equal(kam_table_rows(t), COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        assert_cell(t, i, "date", want[i].date);
        assert_cell(t, i, "reminder", want[i].kind);
        assert_cell(t, i, "account", want[i].account);
        assert_cell(t, i, "rep", want[i].rep);
        assert_cell(t, i, "what", want[i].what);
        assert_cell(t, i, "uid", want[i].uid);
    }
    assert_cell(t, 1, "in_days", "-20");
    assert_cell(t, 5, "source", "contact P1");
    kam_table_unref(t);

    p.rep = "R2"; /* a step is of who is to do it */
    assert_int_equal(calc_remind(&w.in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    assert_cell(t, 0, "what", "Call back");
    kam_table_unref(t);
    p.rep = NULL;
    p.only = 2;
    assert_int_equal(calc_remind(&w.in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 1);
    kam_table_unref(t);
    p.only = SIZE_MAX;
    p.kinds = 1u << CALC_REMIND_PURCHASE;
    p.days = 14; /* now C, 11 days overdue, is within reach too */
    assert_int_equal(calc_remind(&w.in, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "date", "2025-02-09");
    assert_int_equal(kam_table_rows(t), 2);
    assert_cell(t, 0, "account", "C");
    kam_table_unref(t);
    p.purchases = 2; /* B too */
    assert_int_equal(calc_remind(&w.in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 3);
    kam_table_unref(t);
    /* more than a year: a birthday comes twice, with two uids */
    p.kinds = 1u << CALC_REMIND_BIRTHDAY;
    p.days = 380;
    assert_int_equal(calc_remind(&w.in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 6);
    kam_table_unref(t);
    p.kinds = 1u << CALC_REMIND_FESTIVAL;
    p.lang = CALC_ZH;
    assert_int_equal(calc_remind(&w.in, &p, &t, NULL), KAM_OK);
    assert_cell(t, 0, "what", "妇女节");
    assert_cell(t, row_where(t, "uid", "festival-mid-autumn-2025"), "date", "2025-10-06");
    kam_table_unref(t);
    world_release(&w);
}

static void nobody(void **state)
{
    (void)state;
    world w;
    kam_table *t;
    world_make(&w, "", "", "", "", "", "");
    calc_remind_params p = CALC_REMIND_PARAMS(day_of("2050-06-01"), CALC_EN);
    assert_int_equal(calc_remind(&w.in, &p, &t, NULL), KAM_OK);
    assert_int_equal(kam_table_rows(t), 0);
    assert_string_equal(kam_table_note(t, 0), "lunar festivals are known for 2020–2040 only");
    kam_table_unref(t);
    kam_table *bad = build_table("row:int", "0");
    w.in.steps = bad;
    kam_err err = KAM_ERR_INIT;
    assert_int_equal(calc_remind(&w.in, &p, &t, &err), KAM_CALC);
    kam_table_unref(bad);
    world_release(&w);
}

/* --- the calendar ------------------------------------------------------------------------------------------------------------ */

static bool valid_utf8(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)s[i];
        size_t more = c < 0x80 ? 0 : (c & 0xe0) == 0xc0 ? 1 : (c & 0xf0) == 0xe0 ? 2 : (c & 0xf8) == 0xf0 ? 3 : 9;
        if (more == 9 || i + more >= n + (more == 0)) return false;
        for (size_t k = 1; k <= more; k++)
            if (((unsigned char)s[i + k] & 0xc0) != 0x80) return false;
        i += more + 1;
    }
    return true;
}

/* Checks every physical line (CRLF, at most 75 octets, whole characters), unfolds, and returns the content lines, each ended by '\n'. */
static char *unfold(const char *s)
{
    kam_str out = KAM_STR_INIT;
    while (*s) {
        const char *end = strstr(s, "\r\n");
        assert_non_null(end);
        size_t n = (size_t)(end - s);
        assert_true(n <= 75 && n > 0);
        assert_true(valid_utf8(s, n));
        assert_null(memchr(s, '\n', n));
        assert_null(memchr(s, '\r', n));
        if (*s == ' ') {
            assert_true(out.len > 0);
            out.s[--out.len] = '\0'; /* the break of the line before */
            kam_str_addn(&out, s + 1, n - 1);
        } else {
            kam_str_addn(&out, s, n);
        }
        kam_str_addc(&out, '\n');
        s = end + 2;
    }
    return kam_str_detach(&out);
}

/* Value of the n-th line with this name, unescaped; NULL: none. Caller frees. */
static char *value_of(const char *lines, const char *name, int nth)
{
    size_t len = strlen(name);
    for (const char *s = lines; *s; s = strchr(s, '\n') + 1) {
        if (strncmp(s, name, len) != 0 || s[len] != ':' || nth-- > 0) continue;
        kam_str v = KAM_STR_INIT;
        for (s += len + 1; *s != '\n'; s++) {
            if (*s == '\\') {
                s++;
                assert_true(*s == '\\' || *s == ';' || *s == ',' || *s == 'n');
                kam_str_addc(&v, *s == 'n' ? '\n' : *s);
            } else {
                kam_str_addc(&v, *s);
            }
        }
        char *out = kam_strdup(kam_str_cstr(&v));
        kam_str_release(&v);
        return out;
    }
    return NULL;
}

/* BEGIN and END nest; an event has each of what it must have once, an alarm its three. Returns the number of events. */
static int check_structure(const char *lines)
{
    const char *stack[4];
    int depth = 0, events = 0, uid = 0, stamp = 0, start = 0, alarm = 0;
    for (const char *s = lines; *s; s = strchr(s, '\n') + 1) {
        assert_true(strchr(s, ':') && strchr(s, ':') < strchr(s, '\n'));
        if (strncmp(s, "BEGIN:", 6) == 0) {
            assert_true(depth < 4);
            stack[depth++] = s + 6;
            if (strncmp(s, "BEGIN:VEVENT", 12) == 0) uid = stamp = start = alarm = 0;
        } else if (strncmp(s, "END:", 4) == 0) {
            assert_true(depth > 0);
            const char *begun = stack[--depth];
            assert_true(strncmp(begun, s + 4, (size_t)(strchr(s, '\n') - s - 3)) == 0);
            if (strncmp(s, "END:VEVENT", 10) == 0) {
                assert_true(uid == 1 && stamp == 1 && start == 1 && alarm == 3);
                events++;
            }
        } else if (depth == 2) {
            uid += strncmp(s, "UID:", 4) == 0;
            stamp += strncmp(s, "DTSTAMP:", 8) == 0;
            start += strncmp(s, "DTSTART;VALUE=DATE:", 19) == 0;
        } else if (depth == 3) {
            alarm += strncmp(s, "ACTION:", 7) == 0 || strncmp(s, "TRIGGER:", 8) == 0 || strncmp(s, "DESCRIPTION:", 12) == 0;
        }
    }
    assert_int_equal(depth, 0);
    return events;
}

static void expect(const char *lines, const char *name, int nth, const char *want)
{
    char *v = value_of(lines, name, nth);
    assert_non_null(v);
    assert_string_equal(v, want);
    kam_free(v);
}

static void calendar(void **state)
{
    (void)state;
    world w;
    kam_table *t;
    full_world(&w);
    calc_remind_params p = CALC_REMIND_PARAMS(day_of("2025-02-20"), CALC_EN);
    p.days = 10;
    assert_int_equal(calc_remind(&w.in, &p, &t, NULL), KAM_OK);
    kam_str a = KAM_STR_INIT, b = KAM_STR_INIT;
    calc_ics_params ip = {p.asof, CALC_EN, 1};
    assert_int_equal(calc_ics(t, &ip, &a, NULL), KAM_OK);
    assert_int_equal(calc_ics(t, &ip, &b, NULL), KAM_OK);
    assert_string_equal(kam_str_cstr(&a), kam_str_cstr(&b));
    char *lines = unfold(kam_str_cstr(&a));
    assert_int_equal(check_structure(lines), 10);
    expect(lines, "VERSION", 0, "2.0");
    expect(lines, "UID", 5, "birthday-P1-2025@kamsh");
    expect(lines, "DTSTAMP", 5, "20250220T000000Z");
    expect(lines, "DTSTART;VALUE=DATE", 5, "20250228");
    expect(lines, "DTEND;VALUE=DATE", 5, "20250301");
    expect(lines, "SUMMARY", 5, "Birthday: Zoe turns 37 (Ann Ltd)");
    expect(lines, "SUMMARY", 6, "Next step: Offer (Bee)");
    expect(lines, "DESCRIPTION", 2, "Account: A\nRepresentative: R2\nSource: action 7"); /* of the second event: before it one and its alarm's */
    expect(lines, "TRIGGER", 0, "-P1D");
    kam_free(lines);
    kam_str_clear(&a);
    ip.lang = CALC_ZH;
    ip.alarm_days = 0;
    assert_int_equal(calc_ics(t, &ip, &a, NULL), KAM_OK);
    lines = unfold(kam_str_cstr(&a));
    assert_int_equal(check_structure(lines), 10);
    expect(lines, "SUMMARY", 6, "下一步：报价（乙）");
    expect(lines, "TRIGGER", 0, "PT0S");
    kam_free(lines);
    kam_table_unref(t);
    world_release(&w);

    /* awkward texts come back whole: separators, line breaks, long Chinese and four-byte characters at every offset of the fold */
    for (int shift = 0; shift < 80; shift++) {
        kam_str what = KAM_STR_INIT, row = KAM_STR_INIT;
        kam_str_pad(&what, 'x', (size_t)shift);
        for (int i = 0; i < 30; i++) kam_str_add(&what, i % 3 == 0 ? "汉" : i % 3 == 1 ? "😀" : "a,b;c\\d");
        kam_str_addf(&row, "2025-03-01|step|-|-|-|%s|-|u", kam_str_cstr(&what));
        kam_table *one = build_table("date:day reminder:text account:text name:text rep:text what:text source:text uid:text", kam_str_cstr(&row));
        kam_str_clear(&a);
        ip.lang = CALC_EN;
        assert_int_equal(calc_ics(one, &ip, &a, NULL), KAM_OK);
        lines = unfold(kam_str_cstr(&a));
        assert_int_equal(check_structure(lines), 1);
        kam_str want = KAM_STR_INIT;
        kam_str_addf(&want, "Next step: %s", kam_str_cstr(&what));
        expect(lines, "SUMMARY", 0, kam_str_cstr(&want));
        kam_free(lines);
        kam_table_unref(one);
        kam_str_release(&want);
        kam_str_release(&what);
        kam_str_release(&row);
    }
    kam_str_clear(&b);
    calc_ics_escape(&b, "a\nb\tc\x01,\\;");
    assert_string_equal(kam_str_cstr(&b), "a\\nb c\\,\\\\\\;");
    kam_str_release(&a);
    kam_str_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(festivals), cmocka_unit_test(yearly), cmocka_unit_test(by_hand), cmocka_unit_test(nobody),
                                       cmocka_unit_test(calendar)};
    return cmocka_run_group_tests_name("calc_remind", tests, NULL, NULL);
}
