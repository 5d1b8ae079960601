/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_next.h"
#include "kam_mem.h"
#include "store_setting.h"

kam_rc cmd_next_sales_load(cmd_session *s, kam_day asof, cmd_next_sales *out, kam_err *err)
{
    cmd_next_sales x = {NULL, NULL, KAM_SALES_INIT};
    kam_rc rc = store_query_accounts(cmd_session_store(s), asof, &x.accounts, err);
    if (!rc) rc = store_sales(cmd_session_store(s), asof, &x.sales, &x.products, err);
    if (!rc) *out = x;
    else cmd_next_sales_release(&x);
    return rc;
}

void cmd_next_sales_release(cmd_next_sales *x)
{
    kam_table_unref(x->accounts);
    kam_table_unref(x->products);
    kam_sales_release(&x->sales);
    x->accounts = x->products = NULL;
}

size_t cmd_next_place(const kam_table *t, const char *column, const char *code)
{
    const kam_column *c = kam_table_find(t, column);
    for (size_t i = 0; c && i < kam_col_rows(c); i++)
        if (!kam_col_missing(c, i) && kam_streq(kam_col_text(c, i), code)) return i;
    return SIZE_MAX;
}

kam_rc cmd_next_usage(const char *command, const char *sentence, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "%s: %s", command, sentence);
    return kam_err_word(err, command);
}

int cmd_next_int(cmd_session *s, const char *setting)
{
    int64_t v = 0;
    if (!store_setting_int(cmd_session_store(s), setting, &v)) KAM_BUG("setting %s has no value", setting);
    return (int)v;
}

double cmd_next_real(cmd_session *s, const char *setting)
{
    double v = 0;
    if (!store_setting_real(cmd_session_store(s), setting, &v)) KAM_BUG("setting %s has no value", setting);
    return v;
}
