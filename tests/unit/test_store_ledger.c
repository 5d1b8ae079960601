/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_ledger against a recomputation by brute force on random data: netting, the cost rule, the as-of cut, who
 * counts, the order, and that a kept ledger is never stale. */
#include "store_io.h"

#include "store_int.h"
#include "store_ledger.h"

#include <math.h>

enum { ACCOUNTS = 60, PRODUCTS = 8, LINES = 3000, DAYS = 120, DAY0 = 19000 };

typedef struct {
    int account, day, product; /* product -1: none */
    long long amount, cost;
    bool has_cost, has_quantity;
    int quantity;
} line;

typedef struct {
    line l[LINES];
    int known[ACCOUNTS];        /* -1: unknown */
    long long unit[PRODUCTS];   /* -1: none */
} world;

static uint32_t seed;
static int pick(int n)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (uint32_t)n);
}

static void day_text(int day, char out[KAM_DATE_MAX]) { kam_day_format(DAY0 + day, out); }

/* Codes run against the order of entry, so that ids and codes disagree. */
static void account_code(int i, char out[16]) { snprintf(out, 16, "A%03d", (i * 37) % ACCOUNTS); }

static world *make_world(store *s, uint32_t with, bool costs)
{
    world *w = kam_zalloc(sizeof *w);
    char day[KAM_DATE_MAX], code[16];
    kam_str csv = KAM_STR_INIT;
    seed = with;
    kam_str_add(&csv, "code,name,known_since\n");
    for (int i = 0; i < ACCOUNTS; i++) {
        w->known[i] = i % 3 ? -1 : pick(DAYS);
        account_code(i, code);
        if (w->known[i] >= 0) day_text(w->known[i], day);
        kam_str_addf(&csv, "%s,n,%s\n", code, w->known[i] >= 0 ? day : "");
    }
    io_load(s, "account", csv.s);
    kam_str_clear(&csv);
    kam_str_add(&csv, "sku,name,unit_cost\n");
    for (int i = 0; i < PRODUCTS; i++) {
        w->unit[i] = costs && i % 2 ? 100 + pick(900) : -1;
        kam_str_addf(&csv, "P%d,p,", i);
        if (w->unit[i] >= 0) kam_str_addf(&csv, "%lld.%02lld", w->unit[i] / 100, w->unit[i] % 100);
        kam_str_addc(&csv, '\n');
    }
    io_load(s, "product", csv.s);
    kam_str_clear(&csv);
    kam_str_add(&csv, "account,date,amount,product,quantity,cost\n");
    for (int i = 0; i < LINES; i++) {
        line *l = &w->l[i];
        l->account = pick(ACCOUNTS - 5); /* the last ones never buy */
        l->day = pick(DAYS);
        l->amount = pick(200000) - 40000;
        l->product = pick(3) ? pick(PRODUCTS) : -1;
        l->has_quantity = pick(4) > 0;
        l->quantity = 1 + pick(20);
        l->has_cost = costs && pick(3) == 0;
        l->cost = pick(90000);
        account_code(l->account, code);
        day_text(l->day, day);
        kam_str_addf(&csv, "%s,%s,%.2f,", code, day, (double)l->amount / 100);
        if (l->product >= 0) kam_str_addf(&csv, "P%d", l->product);
        kam_str_addc(&csv, ',');
        if (l->has_quantity) kam_str_addf(&csv, "%d", l->quantity);
        kam_str_addc(&csv, ',');
        if (l->has_cost) kam_str_addf(&csv, "%lld.%02lld", l->cost / 100, l->cost % 100);
        kam_str_addc(&csv, '\n');
    }
    io_load(s, "transaction", csv.s);
    kam_str_release(&csv);
    return w;
}

static bool counts(const world *w, int account, int asof)
{
    if (w->known[account] >= 0) return w->known[account] <= asof;
    int first = -1;
    for (int i = 0; i < LINES; i++)
        if (w->l[i].account == account && (first < 0 || w->l[i].day < first)) first = w->l[i].day;
    return first < 0 || first <= asof;
}

/* The straightforward way: every account, every day, every line. */
static void check(store *s, const world *w, int asof, double default_margin)
{
    const kam_ledger *l = NULL;
    OK(store_ledger(s, DAY0 + asof, &l, io_err));
    bool any = false;
    for (int i = 0; i < LINES; i++) {
        const line *x = &w->l[i];
        if (x->day > asof || !counts(w, x->account, asof)) continue;
        any |= x->has_cost || (x->product >= 0 && w->unit[x->product] >= 0 && x->has_quantity) || default_margin >= 0;
    }
    size_t row = 0, entry = 0;
    uint64_t lines = 0, no_cost = 0;
    for (int code = 0; code < ACCOUNTS; code++) {
        int a = 0;
        while ((a * 37) % ACCOUNTS != code) a++;
        if (!counts(w, a, asof)) continue;
        assert_int_equal(l->start[row], entry);
        for (int d = 0; d <= asof; d++) {
            long long net = 0, margin = 0;
            bool bought = false, missing = false;
            for (int i = 0; i < LINES; i++) {
                const line *x = &w->l[i];
                if (x->account != a || x->day != d) continue;
                bought = true;
                lines++;
                net += x->amount;
                if (x->has_cost) margin += x->amount - x->cost;
                else if (x->product >= 0 && w->unit[x->product] >= 0 && x->has_quantity)
                    margin += x->amount - w->unit[x->product] * x->quantity;
                else {
                    no_cost++;
                    if (default_margin >= 0) margin += llround((double)x->amount * default_margin);
                    else missing = true;
                }
            }
            if (!bought) continue;
            assert_true(entry < l->n_entries);
            assert_int_equal(l->day[entry], DAY0 + d);
            assert_int_equal(l->net_minor[entry], net);
            if (any) {
                assert_int_equal(l->margin_missing[entry], missing);
                if (!missing) assert_int_equal(l->margin_minor[entry], margin);
            }
            entry++;
        }
        row++;
    }
    assert_int_equal(l->n_accounts, row);
    assert_int_equal(l->start[row], entry);
    assert_int_equal(l->n_entries, entry);
    assert_int_equal(l->lines, lines);
    assert_int_equal(l->lines_no_cost, no_cost);
    assert_int_equal(l->margin_minor != NULL, any);
}

static void test_random(void **state)
{
    (void)state;
    for (uint32_t k = 1; k <= 3; k++) {
        store *s = io_store();
        world *w = make_world(s, k * 7919, k != 3);
        static const int days[] = {0, 17, 60, DAYS - 1, DAYS + 50};
        for (size_t i = 0; i < sizeof days / sizeof *days; i++) check(s, w, days[i], -1);
        OK(store_entry_begin(s, &io_stamp, io_err));
        OK(store_setting_set(s, "default-margin", "0.3", io_err));
        OK(store_entry_commit(s, NULL, io_err));
        check(s, w, 60, 0.3);
        check(s, w, DAYS - 1, 0.3);
        kam_free(w);
        io_close(s);
    }
}

/* Without its index the log comes in the order of entry: the scan notices and asks for it sorted. */
static void test_unordered(void **state)
{
    (void)state;
    store *s = io_store();
    world *w = make_world(s, 31337, true);
    OK(store_exec(s, "DROP INDEX transactions_ledger", io_err));
    check(s, w, 60, -1);
    check(s, w, DAYS + 50, -1);
    kam_free(w);
    io_close(s);
}

static void test_kept_and_renewed(void **state)
{
    (void)state;
    store *s = io_store();
    const kam_ledger *a = NULL, *b = NULL;
    io_load(s, "account", "code,name\nA,a\nB,b\n");
    io_load(s, "transaction", "account,date,amount\nA,2024-01-01,10\nB,2024-01-05,7\n");
    kam_day d = 0;
    assert_true(kam_day_parse("2024-01-31", &d));
    OK(store_ledger(s, d, &a, io_err));
    OK(store_ledger(s, d, &b, io_err));
    assert_ptr_equal(a, b);
    assert_int_equal(a->n_entries, 2);
    assert_null(a->margin_minor);
    io_load(s, "transaction", "account,date,amount\nA,2024-01-01,-3\n");
    OK(store_ledger(s, d, &a, io_err));
    assert_int_equal(a->n_entries, 2);
    assert_int_equal(a->net_minor[0], 700);
    OK(store_undo(s, 1, NULL, io_err));
    OK(store_ledger(s, d, &a, io_err));
    assert_int_equal(a->net_minor[0], 1000);
    for (int i = 0; i < 6; i++) OK(store_ledger(s, d - 30 + i, &a, io_err)); /* more days than are kept */
    assert_int_equal(a->n_accounts, 2);
    assert_int_equal(a->day[1], d - 26);
    size_t row = 9;
    int64_t id = 0;
    OK(store_lookup(s, store_entity_find("account"), "B", &id, NULL, io_err));
    assert_true(store_ledger_row(s, d, id, &row));
    assert_int_equal(row, 1);
    assert_false(store_ledger_row(s, d - 30, id, &row)); /* first record on 5 January */
    assert_false(store_ledger_row(s, d, 999, &row));
    io_close(s);
}

/* Known from an interaction before the first purchase; always, when there is no record at all. */
static void test_first_record(void **state)
{
    (void)state;
    store *s = io_store();
    const kam_ledger *l = NULL;
    io_load(s, "account", "code,name,known_since\nA,a,\nB,b,\nC,c,2024-03-01\nD,d,\n");
    io_load(s, "transaction", "account,date,amount\nA,2024-02-01,10\nB,2024-02-01,10\nC,2024-02-01,10\n");
    io_load(s, "interaction", "account,date,kind\nB,2024-01-10,visit\n");
    kam_day d = 0;
    assert_true(kam_day_parse("2024-01-15", &d));
    OK(store_ledger(s, d, &l, io_err));
    assert_int_equal(l->n_accounts, 2); /* B, D */
    assert_int_equal(l->n_entries, 0);
    OK(store_ledger(s, d + 30, &l, io_err));
    assert_int_equal(l->n_accounts, 3); /* A, B, D; C is not known yet, though it bought */
    assert_int_equal(l->n_entries, 2);
    OK(store_ledger(s, d + 60, &l, io_err));
    assert_int_equal(l->n_entries, 3);
    io_close(s);
}

static void test_empty(void **state)
{
    (void)state;
    store *s = io_store();
    const kam_ledger *l = NULL;
    OK(store_ledger(s, DAY0, &l, io_err));
    assert_int_equal(l->n_accounts, 0);
    assert_int_equal(l->n_entries, 0);
    assert_non_null(l->start);
    io_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_unordered),
        cmocka_unit_test(test_kept_and_renewed),
        cmocka_unit_test(test_first_record),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests_name("store_ledger", tests, io_setup, io_teardown);
}
