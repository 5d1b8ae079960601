/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_driver: the store without its shell, for tests that kill it and for timing.
 *   import_driver import DATABASE ENTITY FILE [CREATE…]   one entry; prints "READ ADDED REJECTED SECONDS"
 *   import_driver check DATABASE                          prints "ACCOUNTS TRANSACTIONS PROBLEMS"
 *   import_driver ledger DATABASE DAY                     prints "ACCOUNTS ENTRIES LINES SECONDS" (DAY: YYYY-MM-DD)
 * The database is made when it does not exist. Errors go to standard error; exit status 1. */
#include "kam_date.h"
#include "store.h"
#include "store_import.h"
#include "store_ledger.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static kam_rc import(store *s, int argc, char **argv, kam_err *err)
{
    const store_stamp stamp = {1700000000, "driver", "import"};
    const store_entity *e = store_entity_find(argv[0]);
    store_import_spec spec = {.path = argv[1], .create = (const char *const *)argv + 2, .n_create = (size_t)(argc - 2)};
    store_import_result r = STORE_IMPORT_RESULT_INIT;
    double start = now();
    if (!e) return kam_err_set(err, KAM_USAGE, "no entity %s", argv[0]);
    kam_rc rc = store_entry_begin(s, &stamp, err);
    if (rc != KAM_OK) return rc;
    rc = store_import(s, e, &spec, &r, err);
    if (rc == KAM_OK) rc = store_entry_commit(s, NULL, err);
    else store_entry_rollback(s);
    if (rc == KAM_OK)
        printf("%llu %llu %llu %.2f\n", (unsigned long long)r.read, (unsigned long long)r.added,
               (unsigned long long)r.rejected, now() - start);
    store_import_result_release(&r);
    return rc;
}

static kam_rc check(store *s, kam_err *err)
{
    int64_t accounts = 0, transactions = 0;
    kam_table *problems = NULL;
    kam_rc rc = store_count(s, store_entity_find("account"), &accounts, err);
    if (rc == KAM_OK) rc = store_count(s, store_entity_find("transaction"), &transactions, err);
    if (rc == KAM_OK) rc = store_check(s, &problems, err);
    if (rc != KAM_OK) return rc;
    printf("%lld %lld %zu\n", (long long)accounts, (long long)transactions, kam_table_rows(problems));
    kam_table_unref(problems);
    return KAM_OK;
}

static kam_rc ledger(store *s, const char *text, kam_err *err)
{
    const kam_ledger *l = NULL;
    kam_day day = 0;
    if (!kam_day_parse(text, &day)) return kam_err_set(err, KAM_USAGE, "%s is not a day", text);
    double start = now();
    kam_rc rc = store_ledger(s, day, &l, err);
    if (rc == KAM_OK)
        printf("%zu %zu %llu %.3f\n", l->n_accounts, l->n_entries, (unsigned long long)l->lines, now() - start);
    return rc;
}

int main(int argc, char **argv)
{
    kam_err err = KAM_ERR_INIT;
    store *s = NULL;
    const char *what = argc > 1 ? argv[1] : "";
    kam_rc rc = argc > 2 ? store_open(argv[2], STORE_OPEN_CREATE, &s, &err) : KAM_USAGE;
    if (rc == KAM_OK && strcmp(what, "import") == 0 && argc > 4) rc = import(s, argc - 3, argv + 3, &err);
    else if (rc == KAM_OK && strcmp(what, "check") == 0) rc = check(s, &err);
    else if (rc == KAM_OK && strcmp(what, "ledger") == 0 && argc > 3) rc = ledger(s, argv[3], &err);
    else if (rc == KAM_OK) rc = KAM_USAGE;
    kam_rc closed = store_close(s, rc == KAM_OK ? &err : NULL);
    if (rc == KAM_OK) rc = closed;
    if (rc != KAM_OK) fprintf(stderr, "import_driver: %s\n", err.msg[0] ? err.msg : "wrong use; see the source");
    return rc == KAM_OK ? 0 : 1;
}
