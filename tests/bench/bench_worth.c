/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_worth: `lifetime-value` from a log in the store to the intervals, at 1,000,000 accounts (argument: how many).
 *
 * The log is simulated from the assumptions of BG/NBD and Gamma-Gamma, written as two csv files and imported in a process
 * of its own: lines by date, accounts in the order of their first purchase under codes in no order. What is measured is
 * processor time (user and system) of one thread, the least of several rounds; each round of the summary opens the
 * database anew, its pages being in the system's cache. Prints seconds, what they must not exceed, peak memory, and the
 * ratio to plain peers in the same run. A second argument names a database made before (BENCH_KEEP=1 keeps it). */
#include "calc_special.h"
#include "calc_value.h"
#include "kam_date.h"
#include "kam_mem.h"
#include "store.h"
#include "store_import.h"
#include "store_ledger.h"
#include "worth_peer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, DAY0 = 19000, LAST = DAY0 + 727, CODES = 1000003 /* a prime: steps through all codes */ };
static const double truth[4] = {.243, 4.414 * 7, .793, 2.426};

static int failed(const char *what, const kam_err *err)
{
    fprintf(stderr, "bench_worth: %s: %s\n", what, err->msg);
    return 1;
}

/* Processor time of this process, all of it in one thread: what a step takes on a free core, whoever else is busy. */
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* --- the log in the store ------------------------------------------------------------------------------------ */

/* Lines of one customer come one after the other, days ascending. */
typedef void (*line_fn)(void *ctx, size_t customer, int32_t day, int64_t amount_minor);

/* First purchases on days 0 … 363, lives observed to day 727, parameters in days, Gamma-Gamma amounts. */
static void simulate(size_t n, const double par[4], line_fn fn, void *ctx)
{
    calc_rng r;
    calc_rng_seed(&r, 1);
    for (size_t i = 0; i < n; i++) {
        const double rate = calc_rng_gamma(&r, par[0]) / par[1], p = calc_rng_beta(&r, par[2], par[3]);
        const double nu = calc_rng_gamma(&r, 3.74) / 15.44;
        double t = floor(364 * calc_rng_uniform(&r));
        for (bool first = true; t < 728; first = false) {
            fn(ctx, i, (int32_t)t, (int64_t)ceil(100 * calc_rng_gamma(&r, 6.25) / nu));
            if (!first && calc_rng_uniform(&r) < p) break;
            t += calc_rng_exp(&r) / rate;
        }
    }
}

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
    simulate(n, truth, keep_line, &l);
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
    const double t0 = now();
    kam_rc rc = store_entry_begin(s, &stamp, err);
    if (rc != KAM_OK) return rc;
    rc = store_import(s, store_entity_find(entity), &spec, &r, err);
    if (rc == KAM_OK) rc = store_entry_commit(s, NULL, err);
    else store_entry_rollback(s);
    const double took = now() - t0;
    if (rc == KAM_OK)
        printf("%-36s %7.3f s  %llu rows, %.0f ns a row\n", strcmp(entity, "account") ? "import transactions" : "import accounts",
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

static void report(const char *what, double took, double most)
{
    printf("%-36s %7.3f s", what, took);
    if (most > 0) printf("  must be <= %.2f: %s", most, took <= most ? "yes" : "NO");
    putchar('\n');
}

static void against(const char *what, double took, const char *peer_is, double peer)
{
    printf("%-36s %7.3f s  %6.1f times as fast as %s, %.2f s\n", what, took, peer / took, peer_is, peer);
}

static kam_rc summarise(const char *database, calc_summary *s, double *scan, double *both, size_t *lines, kam_err *err)
{
    for (int k = 0; k < ROUNDS; k++) {
        store *st = NULL;
        const kam_ledger *l = NULL;
        kam_rc rc = store_open(database, STORE_OPEN_READONLY, &st, err);
        if (rc != KAM_OK) return rc;
        const double t0 = now();
        rc = store_ledger(st, LAST, &l, err);
        const double t1 = now();
        if (rc == KAM_OK) {
            if (k > 0) calc_summary_release(s);
            calc_summary_build(l, LAST, CALC_UNIT_DAY, CALC_BASIS_AMOUNT, 2, s);
            *lines = l->lines;
        }
        const double t2 = now();
        kam_rc closed = store_close(st, rc == KAM_OK ? err : NULL);
        if (rc != KAM_OK || closed != KAM_OK) return rc != KAM_OK ? rc : closed;
        if (k == 0 || t1 - t0 < *scan) *scan = t1 - t0;
        if (k == 0 || t2 - t0 < *both) *both = t2 - t0;
    }
    return KAM_OK;
}

typedef struct results {
    calc_summary s;
    double summary;
    calc_btyd_fit bg, pareto;
    calc_spend_fit spend;
    calc_value_spec spec;
} results;

static kam_rc fit(const calc_summary *s, size_t n, calc_btyd_model m, calc_btyd_fit *f, double *least, kam_err *err)
{
    const calc_btyd_data d = {n, s->x, s->tx, s->T, NULL};
    for (int k = 0; k < ROUNDS; k++) {
        const double t0 = now();
        kam_rc rc = calc_btyd_fit_model(&d, m, f, err);
        if (rc != KAM_OK) return rc;
        const double took = now() - t0;
        if (k == 0 || took < *least) *least = took;
    }
    return KAM_OK;
}

static kam_rc fit_spend(const calc_summary *s, size_t n, calc_spend_fit *f, double *least, kam_err *err)
{
    for (int k = 0; k < ROUNDS; k++) {
        const double t0 = now();
        kam_rc rc = calc_spend_fit_model(n, s->spend_days, s->spend, f, err);
        if (rc != KAM_OK) return rc;
        const double took = now() - t0;
        if (k == 0 || took < *least) *least = took;
    }
    return KAM_OK;
}

static int measure_fits(results *r)
{
    kam_err err = KAM_ERR_INIT;
    double least = 0;
    static const double most[CALC_BTYD_MODELS] = {[CALC_BTYD_BG] = 0.15, [CALC_BTYD_PARETO] = 0.8};
    for (int m = 0; m < CALC_BTYD_MODELS; m++) {
        calc_btyd_fit f;
        if (fit(&r->s, r->s.n, (calc_btyd_model)m, &f, &least, &err) != KAM_OK) return failed("fit", &err);
        char what[64];
        snprintf(what, sizeof what, "%s fit", calc_btyd_model_name(f.model));
        report(what, least, most[m]);
        printf("    %zu groups, %d passes, %s, log-likelihood %.6f,", f.n_groups, f.evaluations, calc_fit_flag_name(f.flag),
               f.log_likelihood);
        for (int i = 0; i < f.n_params; i++) printf(" %s %.9g", calc_btyd_param_name(f.model, i), f.param[i]);
        putchar('\n');
        if (m == CALC_BTYD_BG) r->bg = f;
        if (m == CALC_BTYD_PARETO) r->pareto = f;
    }
    for (size_t i = 0; i < r->s.n; i++) r->s.T[i] += 91; /* a log that ended a quarter ago: an optimum at a limit */
    const double t0 = now();
    calc_btyd_fit late;
    const calc_btyd_data d = {r->s.n, r->s.x, r->s.tx, r->s.T, NULL};
    if (calc_btyd_fit_best(&d, &late, NULL, &err) != KAM_OK) return failed("fit", &err);
    report("best of three, log 91 days old", now() - t0, 0);
    for (size_t i = 0; i < r->s.n; i++) r->s.T[i] -= 91;
    if (fit_spend(&r->s, r->s.n, &r->spend, &least, &err) != KAM_OK) return failed("gamma-gamma", &err);
    report("gamma-gamma fit", least, 0.15);
    printf("    %zu accounts, %d passes, %s, log-likelihood %.6f,", r->spend.n_accounts, r->spend.evaluations,
           calc_spend_flag_name(r->spend.flag), r->spend.log_likelihood);
    for (int i = 0; i < CALC_SPEND_PARAMS; i++) printf(" %s %.9g", calc_spend_param_name(i), r->spend.param[i]);
    putchar('\n');
    return 0;
}

static int measure_scores(const results *r, const calc_btyd_fit *f)
{
    kam_err err = KAM_ERR_INIT;
    double score = 0, equity = 0;
    char what[64];
    for (int k = 0; k < ROUNDS; k++) {
        calc_value_scores v;
        calc_equity e;
        const double t0 = now();
        if (calc_value_score(&r->s, f, &r->spend, &r->spec, &v, &err) != KAM_OK) return failed("scores", &err);
        const double t1 = now();
        calc_value_scores_release(&v);
        const double t2 = now();
        if (calc_value_equity(&r->s, f, &r->spend, &r->spec, 1, 2000, &e, &err) != KAM_OK) return failed("equity", &err);
        const double t3 = now();
        if (k == 0 || t1 - t0 < score) score = t1 - t0;
        if (k == 0 || t3 - t2 < equity) equity = t3 - t2;
    }
    snprintf(what, sizeof what, "scores with intervals, %s", calc_btyd_model_name(f->model));
    report(what, score, 2);
    snprintf(what, sizeof what, "equity with interval, %s", calc_btyd_model_name(f->model));
    report(what, equity, 0);
    return 0;
}

static int measure(const char *database, results *r)
{
    kam_err err = KAM_ERR_INIT;
    double scan = 0;
    size_t lines = 0;
    if (summarise(database, &r->s, &scan, &r->summary, &lines, &err) != KAM_OK) return failed("summary", &err);
    printf("%zu accounts, %zu lines, %llu purchase days; least processor time of %d rounds\n", r->s.n, lines,
           (unsigned long long)r->s.purchase_days, ROUNDS);
    report("ledger from the store", scan, 0);
    report("summary (with the ledger)", r->summary, 0.6);
    r->spec = (calc_value_spec){12, 30.4375, .008, .8, 2, NULL};
    if (measure_fits(r) || measure_scores(r, &r->bg) || measure_scores(r, &r->pareto)) return 1;
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    const double mb = (double)u.ru_maxrss * 1024 / 1e6;
    printf("%-36s %7.0f MB must be < 400: %s\n", "peak resident memory", mb, mb < 400 ? "yes" : "NO");
    return 0;
}

/* --- the same the plain way, on as many accounts as keep it short -------------------------------------------------- */

static void same_optimum(double ours, double theirs, int passes)
{
    printf("    log-likelihood %.4f, theirs %.4f after %d passes\n", ours, theirs, passes);
}

static int compare(const char *database, const results *r)
{
    kam_err err = KAM_ERR_INIT;
    const calc_summary *s = &r->s;
    peer_rows rows = {s->n < 100000 ? s->n : 100000, s->x, s->tx, s->T, s->spend_days, s->spend};
    double least = 0, par[4], t0;
    int passes;
    calc_btyd_fit f;
    calc_spend_fit g;
    calc_value_scores v;
    printf("against plain peers (worth_peer.h), the fits on the first %zu accounts\n", rows.n);
    t0 = now();
    peer_sql_summary(database);
    against("summary, all accounts", r->summary, "GROUP BY in SQL", now() - t0);
    t0 = now();
    double ll = peer_bg(&rows, par, &passes), took = now() - t0;
    if (fit(s, rows.n, CALC_BTYD_BG, &f, &least, &err) != KAM_OK) return failed("fit", &err);
    against("bg-nbd fit", least, "a simplex over rows", took);
    same_optimum(f.log_likelihood, ll, passes);
    t0 = now();
    ll = peer_spend(&rows, par, &passes);
    took = now() - t0;
    if (fit_spend(s, rows.n, &g, &least, &err) != KAM_OK) return failed("gamma-gamma", &err);
    against("gamma-gamma fit", least, "a simplex over rows", took);
    same_optimum(g.log_likelihood, ll, passes);
    t0 = now();
    const double sum = peer_bg_scores(&rows, r->bg.param, r->spec.month_units);
    took = now() - t0;
    calc_summary part = *s;
    part.n = rows.n;
    t0 = now();
    if (calc_value_score(&part, &r->bg, &r->spend, &r->spec, &v, &err) != KAM_OK) return failed("scores", &err);
    least = now() - t0;
    double ours = 0;
    for (size_t i = 0; i < v.n; i++) ours += v.expected[i];
    against("scores with intervals", least, "12 2F1 a row, no interval", took);
    printf("    purchases expected %.6f, theirs %.6f\n", ours, sum);
    calc_value_scores_release(&v);
    rows.n = rows.n < 20000 ? rows.n : 20000;
    t0 = now();
    ll = peer_pareto(&rows, par, &passes);
    took = now() - t0;
    if (fit(s, rows.n, CALC_BTYD_PARETO, &f, &least, &err) != KAM_OK) return failed("fit", &err);
    against("pareto-nbd fit (20000 accounts)", least, "a simplex over rows", took);
    same_optimum(f.log_likelihood, ll, passes);
    return 0;
}

int main(int argc, char **argv)
{
    const size_t n = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 1000000;
    char dir[] = "bench-worth.XXXXXX", database[64], accounts[64], transactions[64];
    results r = {.s = CALC_SUMMARY_INIT};
    if (argc > 2) return measure(argv[2], &r) || compare(argv[2], &r);
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
    if (status == 0) status = measure(database, &r) || compare(database, &r);
    calc_summary_release(&r.s);
    static const char *const end[] = {"", "-wal", "-shm"};
    if (getenv("BENCH_KEEP")) return status != 0;
    for (size_t i = 0; i < sizeof end / sizeof *end; i++) {
        char name[72];
        snprintf(name, sizeof name, "%s%s", database, end[i]);
        remove(name);
    }
    remove(accounts);
    remove(transactions);
    rmdir(dir);
    return status != 0;
}
