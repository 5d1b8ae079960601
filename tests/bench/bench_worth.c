/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_worth: `lifetime-value` from a log in the store to the intervals, at 1,000,000 accounts (or the number given).
 *
 * The log is simulated (btyd_bench.h), written as two csv files and imported in a process of its own: lines by date,
 * accounts in the order of their first purchase under codes in no order. What is measured is processor time (user and
 * system) of one thread, the least of several rounds; each round of the summary opens the database anew, its pages
 * being in the system's cache. Prints seconds, what they must not exceed, and the ratio to a plain peer. */
#include "btyd_bench.h"
#include "calc_value.h"
#include "kam_date.h"
#include "kam_str.h"
#include "store.h"
#include "store_import.h"
#include "store_ledger.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 5, DAY0 = 19000, LAST = DAY0 + 727, CODES = 1000003 /* a prime: steps through all codes */ };
static const double truth[4] = {.243, 4.414 * 7, .793, 2.426};

static int failed(const char *what, const kam_err *err)
{
    fprintf(stderr, "bench_worth: %s: %s\n", what, err->msg);
    return 1;
}

/* --- the log in the store ------------------------------------------------------------------------------------ */

typedef struct log_line {
    uint32_t customer;
    int32_t day;
    int64_t amount_minor;
} log_line;

typedef struct log_lines {
    log_line *line;
    size_t n, cap;
} log_lines;

static void keep_line(void *ctx, size_t customer, int32_t day, int64_t amount_minor)
{
    log_lines *l = ctx;
    KAM_GROW(l->line, l->cap, l->n + 1);
    l->line[l->n++] = (log_line){(uint32_t)customer, day, amount_minor};
}

/* Stable, so that the lines of a day stand in the order of the customers. */
static void sort_by_day(log_lines *l)
{
    size_t first[729] = {0};
    log_line *out = kam_alloc((l->n + 1) * sizeof *out);
    for (size_t i = 0; i < l->n; i++) first[l->line[i].day + 1]++;
    for (int d = 0; d < 728; d++) first[d + 1] += first[d];
    for (size_t i = 0; i < l->n; i++) out[first[l->line[i].day]++] = l->line[i];
    kam_free(l->line);
    l->line = out;
}

static void code_of(uint32_t customer, size_t n, char out[16])
{
    snprintf(out, 16, "A%08zu", (size_t)((uint64_t)customer * 7919 % (n > CODES ? n : CODES)));
}

static bool write_log(size_t n, const char *accounts, const char *transactions)
{
    log_lines l = {NULL, 0, 0};
    bench_lives(n, truth, keep_line, &l);
    sort_by_day(&l);
    FILE *a = fopen(accounts, "w"), *t = fopen(transactions, "w");
    bool *seen = kam_calloc(n + 1, sizeof *seen);
    if (a) fputs("code,name\n", a);
    if (t) fputs("account,date,amount\n", t);
    for (size_t i = 0; a && t && i < l.n; i++) {
        char code[16], day[KAM_DATE_MAX];
        const log_line *p = &l.line[i];
        code_of(p->customer, n, code);
        kam_day_format(DAY0 + p->day, day);
        if (!seen[p->customer]) fprintf(a, "%s,Customer %u\n", code, p->customer);
        seen[p->customer] = true;
        fprintf(t, "%s,%s,%lld.%02lld\n", code, day, (long long)p->amount_minor / 100, (long long)p->amount_minor % 100);
    }
    kam_free(seen);
    kam_free(l.line);
    const bool ok = (a && fclose(a) == 0) & (t && fclose(t) == 0);
    return ok;
}

static kam_rc import(store *s, const char *entity, const char *path, kam_err *err)
{
    const store_stamp stamp = {1700000000, "bench", "import"};
    store_import_spec spec = {.path = path};
    store_import_result r = STORE_IMPORT_RESULT_INIT;
    const double t0 = bench_now();
    kam_rc rc = store_entry_begin(s, &stamp, err);
    if (rc != KAM_OK) return rc;
    rc = store_import(s, store_entity_find(entity), &spec, &r, err);
    if (rc == KAM_OK) rc = store_entry_commit(s, NULL, err);
    else store_entry_rollback(s);
    const double took = bench_now() - t0;
    if (rc == KAM_OK)
        printf("%-34s %7.3f s  %llu rows, %.0f ns a row\n", strcmp(entity, "account") ? "import transactions" : "import accounts",
               took, (unsigned long long)r.added, took * 1e9 / (double)(r.added ? r.added : 1));
    store_import_result_release(&r);
    return rc;
}

static int make_database(size_t n, const char *database, const char *accounts, const char *transactions)
{
    kam_err err = KAM_ERR_INIT;
    store *s = NULL;
    if (!write_log(n, accounts, transactions)) return fprintf(stderr, "bench_worth: cannot write %s\n", accounts), 1;
    kam_rc rc = store_open(database, STORE_OPEN_CREATE, &s, &err);
    if (rc == KAM_OK) rc = import(s, "account", accounts, &err);
    if (rc == KAM_OK) rc = import(s, "transaction", transactions, &err);
    kam_rc closed = store_close(s, rc == KAM_OK ? &err : NULL);
    return rc != KAM_OK || closed != KAM_OK ? failed("import", &err) : 0;
}

/* --- what is measured ---------------------------------------------------------------------------------------- */

static void report(const char *what, double took, double most, double peer, const char *peer_is)
{
    printf("%-34s %7.3f s", what, took);
    if (most > 0) printf("  must be <= %.2f: %s", most, took <= most ? "yes" : "NO");
    if (peer > 0) printf("  %.1f x faster than %s (%.2f s)", peer / took, peer_is, peer);
    putchar('\n');
}

static kam_rc summarise(const char *database, calc_summary *s, double *scan, double *both, size_t *lines, kam_err *err)
{
    for (int k = 0; k < ROUNDS; k++) {
        store *st = NULL;
        const kam_ledger *l = NULL;
        kam_rc rc = store_open(database, STORE_OPEN_READONLY, &st, err);
        if (rc != KAM_OK) return rc;
        const double t0 = bench_now();
        rc = store_ledger(st, LAST, &l, err);
        const double t1 = bench_now();
        if (rc == KAM_OK) {
            if (k > 0) calc_summary_release(s);
            calc_summary_build(l, LAST, CALC_UNIT_DAY, CALC_BASIS_AMOUNT, 2, s);
            *lines = l->lines;
        }
        const double t2 = bench_now();
        kam_rc closed = store_close(st, rc == KAM_OK ? err : NULL);
        if (rc != KAM_OK || closed != KAM_OK) return rc != KAM_OK ? rc : closed;
        if (k == 0 || t1 - t0 < *scan) *scan = t1 - t0;
        if (k == 0 || t2 - t0 < *both) *both = t2 - t0;
    }
    return KAM_OK;
}

static kam_rc fit(const calc_btyd_data *d, calc_btyd_model m, calc_btyd_fit *f, double *least, kam_err *err)
{
    for (int k = 0; k < ROUNDS; k++) {
        const double t0 = bench_now();
        kam_rc rc = calc_btyd_fit_model(d, m, f, err);
        if (rc != KAM_OK) return rc;
        const double took = bench_now() - t0;
        if (k == 0 || took < *least) *least = took;
    }
    return KAM_OK;
}

static int measure(const char *database)
{
    kam_err err = KAM_ERR_INIT;
    calc_summary s = CALC_SUMMARY_INIT;
    double scan = 0, both = 0, least = 0;
    size_t lines = 0;
    if (summarise(database, &s, &scan, &both, &lines, &err) != KAM_OK) return failed("summary", &err);
    printf("%zu accounts, %zu lines\n", s.n, lines);
    report("ledger from the store", scan, 0, 0, NULL);
    report("summary (with the ledger)", both, 0.6, 0, NULL);
    const calc_btyd_data d = {s.n, s.x, s.tx, s.T};
    calc_btyd_fit bg = {0}, f = {0};
    static const double most[CALC_BTYD_MODELS] = {0.15, 0, 0.8, 0};
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        if (fit(&d, (calc_btyd_model)m, &f, &least, &err) != KAM_OK) return failed("fit", &err);
        char what[64];
        snprintf(what, sizeof what, "%s fit", calc_btyd_model_name(f.model));
        report(what, least, most[m], 0, NULL);
        printf("    %zu groups, %d evaluations, %s, ll %.6f:", f.n_groups, f.evaluations, calc_fit_flag_name(f.flag),
               f.log_likelihood);
        for (int i = 0; i < f.n_params; i++) printf(" %s %.9g", calc_btyd_param_name(f.model, i), f.param[i]);
        putchar('\n');
        if (m == CALC_BTYD_BG) bg = f;
    }
    calc_spend_fit g;
    for (int k = 0; k < ROUNDS; k++) {
        const double t0 = bench_now();
        if (calc_spend_fit_model(s.n, s.spend_days, s.spend, &g, &err) != KAM_OK) return failed("spend", &err);
        const double took = bench_now() - t0;
        if (k == 0 || took < least) least = took;
    }
    report("gamma-gamma fit", least, 0.15, 0, NULL);
    printf("    %zu accounts, %d evaluations, p %.9g q %.9g v %.9g\n", g.n_accounts, g.evaluations, g.param[0], g.param[1],
           g.param[2]);
    const calc_value_spec spec = {12, 30.4375, .008, .8, 2};
    for (int k = 0; k < 3; k++) {
        calc_value_scores v;
        const double t0 = bench_now();
        if (calc_value_score(&s, &bg, &g, &spec, &v, &err) != KAM_OK) return failed("scores", &err);
        const double took = bench_now() - t0;
        if (k == 0 || took < least) least = took;
        calc_value_scores_release(&v);
    }
    report("scores with intervals", least, 2, 0, NULL);
    calc_equity e;
    const double t0 = bench_now();
    if (calc_value_equity(&s, &bg, &g, &spec, 1, 2000, &e, &err) != KAM_OK) return failed("equity", &err);
    report("equity with interval", bench_now() - t0, 0, 0, NULL);
    calc_summary_release(&s);
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    const double mb = (double)u.ru_maxrss * 1024 / 1e6;
    printf("%-34s %7.0f MB  must be < 400: %s\n", "peak resident memory", mb, mb < 400 ? "yes" : "NO");
    return 0;
}

int main(int argc, char **argv)
{
    const size_t n = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 1000000;
    char dir[] = "bench-worth.XXXXXX", database[64], accounts[64], transactions[64];
    if (argc > 2) return measure(argv[2]);
    if (!mkdtemp(dir)) return perror("bench_worth"), 1;
    snprintf(database, sizeof database, "%s/log.kam", dir);
    snprintf(accounts, sizeof accounts, "%s/accounts.csv", dir);
    snprintf(transactions, sizeof transactions, "%s/transactions.csv", dir);
    const pid_t child = fork(); /* so that the memory of the import is not counted */
    if (child == 0) {
        const int rc = make_database(n, database, accounts, transactions);
        fflush(stdout);
        _exit(rc);
    }
    int status = 1;
    if (child > 0) waitpid(child, &status, 0);
    if (status == 0) status = measure(database);
    if (getenv("BENCH_KEEP")) return status != 0;
    remove(database);
    remove(accounts);
    remove(transactions);
    rmdir(dir);
    return status != 0;
}
