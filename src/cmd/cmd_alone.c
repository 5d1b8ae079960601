/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_alone.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <string.h>

size_t cmd_alone_row(const cmd_facts *f, const char *code)
{
    const kam_column *c = kam_table_find(f->held.accounts, "account");
    size_t lo = 0, hi = kam_col_rows(c);
    while (lo < hi) { /* by code ascending */
        size_t mid = lo + (hi - lo) / 2;
        int cmp = strcmp(kam_col_text(c, mid), code);
        if (cmp == 0) return mid;
        if (cmp < 0) lo = mid + 1;
        else hi = mid;
    }
    return SIZE_MAX;
}

/* The account's rows of a table of facts, as rows of account 0. */
static kam_table *rows_of(const kam_table *t, size_t account)
{
    if (!t) return NULL;
    const kam_column *row = kam_table_find(t, "row");
    size_t n = 0, *keep = kam_calloc(kam_table_rows(t) + 1, sizeof *keep);
    for (size_t i = 0; i < kam_table_rows(t); i++)
        if (!kam_col_missing(row, i) && (size_t)kam_col_int(row, i) == account) keep[n++] = i;
    kam_table *picked = kam_table_pick(t, keep, n), *out = kam_table_new();
    kam_free(keep);
    kam_table_set_currency(out, kam_table_currency(t), kam_table_exponent(t));
    kam_column *zero = kam_table_add_column(out, "row", KAM_INT, NULL);
    for (size_t i = 0; i < n; i++) kam_col_push_int(zero, 0);
    for (size_t i = 0; i < kam_table_columns(picked); i++) {
        const kam_column *c = kam_table_column(picked, i);
        if (!kam_streq(kam_col_name(c), "row")) kam_table_share_column(out, c, NULL);
    }
    kam_table_seal(out);
    kam_table_unref(picked);
    return out;
}

static void take_ledger(const kam_ledger *l, size_t row, kam_ledger *out)
{
    size_t from = l->start[row], n = l->start[row + 1] - from;
    *out = (kam_ledger){.n_accounts = 1, .n_entries = n, .start = kam_calloc(2, sizeof *out->start),
                        .day = kam_calloc(n + 1, sizeof *out->day), .net_minor = kam_calloc(n + 1, sizeof *out->net_minor),
                        .lines = l->lines, .lines_no_cost = l->lines_no_cost};
    out->start[1] = n;
    if (n) memcpy(out->day, l->day + from, n * sizeof *out->day);
    if (n) memcpy(out->net_minor, l->net_minor + from, n * sizeof *out->net_minor);
    if (!l->margin_minor) return;
    out->margin_minor = kam_calloc(n + 1, sizeof *out->margin_minor);
    out->margin_missing = kam_calloc(n + 1, sizeof *out->margin_missing);
    if (n) memcpy(out->margin_minor, l->margin_minor + from, n * sizeof *out->margin_minor);
    if (n) memcpy(out->margin_missing, l->margin_missing + from, n * sizeof *out->margin_missing);
}

void cmd_alone_take(const cmd_facts *f, size_t row, cmd_alone *out)
{
    const store_facts *h = &f->held;
    const kam_table *from[CMD_ALONE_TABLES] = {h->opportunities, h->progress, h->complaints, h->invoices,
                                               h->surveys, h->service_costs, h->sightings, h->referrals};
    *out = (cmd_alone){.accounts = kam_table_pick(h->accounts, &row, 1)};
    for (size_t i = 0; i < CMD_ALONE_TABLES; i++) out->owned[i] = rows_of(from[i], row);
    if (h->ledger) take_ledger(h->ledger, row, &out->ledger);
    out->facts = (calc_facts){.accounts = out->accounts, .ledger = &out->ledger, .opportunities = out->owned[0],
                              .progress = out->owned[1], .complaints = out->owned[2], .invoices = out->owned[3],
                              .surveys = out->owned[4], .service_costs = out->owned[5], .sightings = out->owned[6],
                              .referrals = out->owned[7]};
}

void cmd_alone_release(cmd_alone *a)
{
    kam_table_unref(a->accounts);
    for (size_t i = 0; i < CMD_ALONE_TABLES; i++) kam_table_unref(a->owned[i]);
    kam_ledger_release(&a->ledger);
    memset(a, 0, sizeof *a);
}

/* Room for one more entry at `at`. */
static void open_gap(kam_ledger *l, size_t at)
{
    size_t n = l->n_entries, moved = n - at;
#define MOVE(array)                                                                \
    do {                                                                           \
        l->array = kam_realloc(l->array, (n + 2) * sizeof *l->array);              \
        memmove(l->array + at + 1, l->array + at, moved * sizeof *l->array);       \
        memset(l->array + at, 0, sizeof *l->array);                                \
    } while (0)
    MOVE(day);
    MOVE(net_minor);
    if (l->margin_minor) {
        MOVE(margin_minor);
        MOVE(margin_missing);
    }
#undef MOVE
    l->start[1] = l->n_entries = n + 1;
}

void cmd_alone_buy(cmd_alone *a, kam_day day, int64_t net_minor)
{
    kam_ledger *l = &a->ledger;
    size_t at = 0;
    while (at < l->n_entries && l->day[at] < day) at++;
    if (at == l->n_entries || l->day[at] != day) open_gap(l, at);
    l->day[at] = (int32_t)day;
    l->net_minor[at] += net_minor;
    if (l->margin_minor) l->margin_minor[at] += net_minor;
}

void cmd_alone_until(cmd_alone *a, kam_day day)
{
    kam_ledger *l = &a->ledger;
    while (l->n_entries > 0 && l->day[l->n_entries - 1] > day) l->n_entries--;
    l->start[1] = l->n_entries;
}

cmd_alone_days cmd_alone_bought(const kam_ledger *l, size_t account)
{
    cmd_alone_days d = {0};
    for (size_t k = l->start[account]; k < l->start[account + 1]; k++) {
        if (l->net_minor[k] <= 0) continue;
        if (d.n == 0) d.first = l->day[k];
        if (d.n == 1) d.second = l->day[k];
        d.last = l->day[k];
        d.last_net_minor = l->net_minor[k];
        d.net_minor += l->net_minor[k];
        d.n++;
    }
    return d;
}
