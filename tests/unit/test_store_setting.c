/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: defaults, validation, reset, journal, the currency. */
#include "store_fixture.h"

static kam_rc set(store *s, const char *name, const char *value, kam_err *err)
{
    kam_rc rc = store_entry_begin(s, STAMP("setting"), err);
    if (rc != KAM_OK) return rc;
    rc = store_setting_set(s, name, value, err);
    if (rc == KAM_OK) return store_entry_commit(s, NULL, err);
    store_entry_rollback(s);
    return rc;
}

/* Every default passes its own validation and is in canonical form; every setting explains itself. */
static void the_table(void **state)
{
    (void)state;
    store *s = fx_open();
    size_t n;
    const store_setting *t = store_settings(&n);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) assert_true(strcmp(t[i - 1].name, t[i].name) < 0);
        assert_true(t[i].zh[0] && t[i].en[0] && t[i].source[0]);
        if (!t[i].dflt) continue;
        FX_OK(set(s, t[i].name, t[i].dflt, err));
        assert_true(store_setting_is_default(s, t[i].name));
        assert_string_equal(store_setting_text(s, t[i].name), t[i].dflt);
    }
    assert_int_equal(fx_count(s, "setting"), 0); /* a value equal to the default is not stored */
    fx_close(s);
}

static void typed(void **state)
{
    (void)state;
    store *s = fx_open();
    int64_t i;
    double r, split[4];
    kam_day d;
    assert_true(store_setting_int(s, "window", &i));
    assert_int_equal(i, 365);
    assert_false(store_setting_day(s, "asof", &d));
    assert_false(store_setting_real(s, "default-margin", &r));
    assert_int_equal(store_setting_reals(s, "pyramid-split", split, 4), 4);
    assert_true(split[3] > 79.9 && split[3] < 80.1);
    FX_OK(set(s, "window", "90", err));
    FX_OK(set(s, "asof", "2025-06-30", err));
    FX_OK(set(s, "pyramid-split", "1/19/30/50", err));
    FX_OK(set(s, "discount", "0.080", err));
    assert_true(store_setting_int(s, "window", &i));
    assert_int_equal(i, 90);
    assert_true(store_setting_day(s, "asof", &d));
    assert_int_equal(d, kam_day_from_ymd(2025, 6, 30));
    assert_string_equal(store_setting_text(s, "discount"), "0.08");
    FX_OK(store_undo(s, 4, NULL, err)); /* settings are in the journal */
    assert_true(store_setting_is_default(s, "window"));
    FX_OK(store_redo(s, 1, NULL, err));
    assert_false(store_setting_is_default(s, "window"));
    FX_OK(set(s, "window", NULL, err));
    assert_true(store_setting_is_default(s, "window"));
    kam_table *t;
    FX_OK(store_setting_list(s, NULL, &t, err));
    size_t n;
    store_settings(&n);
    assert_int_equal(kam_table_rows(t), n);
    kam_table_unref(t);
    FX_OK(store_setting_list(s, "window", &t, err));
    assert_string_equal(fx_cell(t, "value", 0), "365");
    assert_string_equal(fx_cell(t, "source", 0), "conventions");
    kam_table_unref(t);
    fx_close(s);
}

static void refused(void **state)
{
    (void)state;
    store *s = fx_open();
    FX_FAILS(set(s, "widnow", "1", err), KAM_NOTFOUND, "setting");
    FX_FAILS(set(s, "window", "0", err), KAM_CONSTRAINT, "range");
    FX_FAILS(set(s, "window", "1.5", err), KAM_CONSTRAINT, "value");
    FX_FAILS(set(s, "asof", "yesterday", err), KAM_CONSTRAINT, "value");
    FX_FAILS(set(s, "currency", "ABC", err), KAM_CONSTRAINT, "value");
    FX_FAILS(set(s, "pyramid-split", "1/2/3", err), KAM_CONSTRAINT, "value");
    FX_FAILS(set(s, "pyramid-split", "1/2/3/x", err), KAM_CONSTRAINT, "value");
    FX_FAILS(set(s, "stage-probability", "0.1/0.3/0.5/0.7/2", err), KAM_CONSTRAINT, "range");
    FX_FAILS(set(s, "time-unit", "year", err), KAM_CONSTRAINT, "value");
    assert_int_equal(fx_count(s, "setting"), 0);
    fx_close(s);
}

static void currency(void **state)
{
    (void)state;
    store *s = fx_open();
    assert_string_equal(store_currency(s), "CNY");
    FX_OK(set(s, "currency", "KWD", err));
    assert_int_equal(store_exponent(s), 3);
    fx_add(s, "account", "code=A1", "name=x", "annual_spend=1.234");
    fx_is(s, "account", "A1", "annual_spend", "1.234");
    FX_FAILS(set(s, "currency", "JPY", err), KAM_CONSTRAINT, "currency");
    FX_OK(set(s, "currency", "KWD", err)); /* what it is already */
    fx_set(s, "account", "A1", "annual_spend=");
    FX_OK(set(s, "currency", "JPY", err));
    assert_int_equal(store_exponent(s), 0);
    FX_OK(set(s, "key-account-revenue", "5000", err));
    FX_FAILS(set(s, "currency", "CNY", err), KAM_CONSTRAINT, "currency");
    fx_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table), cmocka_unit_test(typed), cmocka_unit_test(refused), cmocka_unit_test(currency),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
