/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cross-sell's rule miner on 1,000,000 baskets (mean size 4) of 10,000 products, beside a plain self-join in the sqlite3
 * shell on the same baskets: processor time and largest resident memory of each. Arguments: baskets, products, and `skew` (0:
 * all products alike; 1: the usual long tail). Both count the pairs of at least 3 common baskets and must agree on their number. */
#include "calc_rules.h"
#include "kam_mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* one thread: processor time is what it takes on a free core */
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t rnd(uint64_t *seed)
{
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Sizes 1 … 7, each alike: 4 on average. Skewed: product i with a frequency that falls as 1/(i+9). */
static calc_baskets make(size_t n, size_t items, int skew)
{
    uint64_t seed = 2026;
    size_t *start = kam_calloc(n + 1, sizeof *start), at = 0;
    uint32_t *item = kam_calloc(7 * n, sizeof *item);
    double *sum = kam_calloc(items + 1, sizeof *sum);
    for (size_t i = 0; i < items; i++) sum[i + 1] = sum[i] + (skew ? 1.0 / (double)(i + 9) : 1.0);
    for (size_t i = 0; i < n; i++) {
        size_t size = 1 + rnd(&seed) % 7, from = at;
        while (at < from + size) {
            double u = (double)(rnd(&seed) >> 11) / 9007199254740992.0 * sum[items];
            size_t lo = 0, hi = items;
            while (hi - lo > 1) {
                size_t mid = (lo + hi) / 2;
                if (sum[mid] <= u) lo = mid;
                else hi = mid;
            }
            size_t k = from;
            while (k < at && item[k] != lo) k++;
            if (k == at) item[at++] = (uint32_t)lo;
        }
        start[i + 1] = at;
    }
    kam_free(sum);
    return (calc_baskets){n, items, start, item, NULL};
}

static void write_csv(const calc_baskets *b, const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f) exit(1);
    for (size_t i = 0; i < b->n; i++)
        for (size_t k = b->start[i]; k < b->start[i + 1]; k++) fprintf(f, "%zu,%u\n", i, b->item[k]);
    if (fclose(f)) exit(1);
}

/* Import, index and self-join in the shell; false: it counted another number of pairs. */
static int plain_sql(const char *csv, size_t pairs)
{
    char import[512];
    snprintf(import, sizeof import, ".import %s t", csv);
    struct rusage u;
    int status;
    int to[2];
    if (pipe(to)) exit(1);
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(to[1], 1);
        close(to[0]);
        close(to[1]);
        execlp("sqlite3", "sqlite3", "-bail", "-csv", ":memory:",
               "CREATE TABLE t(basket INTEGER, item INTEGER, PRIMARY KEY(basket, item)) WITHOUT ROWID;", import,
               "SELECT count(*) FROM (SELECT a.item, b.item FROM t a JOIN t b ON b.basket = a.basket AND b.item > a.item "
               "GROUP BY 1, 2 HAVING count(*) >= 3);", (char *)NULL);
        _exit(127);
    }
    close(to[1]);
    char said[64] = "";
    FILE *in = fdopen(to[0], "r");
    unsigned long long count = in && fgets(said, sizeof said, in) ? strtoull(said, NULL, 10) : 0;
    if (in) fclose(in);
    if (pid < 0 || wait4(pid, &status, 0, &u) < 0) return 0;
    clock_gettime(CLOCK_MONOTONIC, &b);
    if (!WIFEXITED(status) || WEXITSTATUS(status)) {
        printf("%-28s skipped: no sqlite3 shell, or it failed\n", "sqlite3 self-join");
        return 1;
    }
    printf("%-28s %7.3f s processor (%.3f s by the clock) with the import, %ld MiB, %llu pairs\n", "sqlite3 self-join",
           (double)u.ru_utime.tv_sec + (double)u.ru_utime.tv_usec * 1e-6 + (double)u.ru_stime.tv_sec + (double)u.ru_stime.tv_usec * 1e-6,
           (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) * 1e-9, u.ru_maxrss / 1024, count);
    return count == pairs;
}

static int bench(size_t n, size_t items, int skew)
{
    calc_baskets b = make(n, items, skew);
    printf("%zu baskets, %zu products, %zu entries, %s\n", n, items, b.start[n], skew ? "long tail" : "all alike");
    fflush(stdout);
    char csv[] = "/tmp/bench-rules-XXXXXX";
    int fd = mkstemp(csv);
    if (fd < 0) exit(1);
    close(fd);
    write_csv(&b, csv);
    /* A process of its own, so that its memory can be told. */
    int to[2];
    if (pipe(to)) exit(1);
    pid_t pid = fork();
    if (pid == 0) {
        struct rusage before, after;
        getrusage(RUSAGE_SELF, &before);
        const calc_rules_params every = {3, 1, NULL}, p = {3, .05, NULL};
        calc_rules r;
        double t0 = now();
        if (calc_rules_mine(&b, &p, 0, &r, NULL) != KAM_OK) _exit(1);
        double took = now() - t0;
        getrusage(RUSAGE_SELF, &after);
        printf("%-28s %7.3f s, %ld MiB with the baskets (%ld MiB before), %zu pairs, %zu rules\n", "pairs, tested, q < .05", took,
               after.ru_maxrss / 1024, before.ru_maxrss / 1024, r.n_supported, r.n);
        if (write(to[1], &r.n_supported, sizeof r.n_supported) != (ssize_t)sizeof r.n_supported) _exit(1);
        calc_rules_release(&r);
        t0 = now();
        if (calc_rules_mine(&b, &every, 0, &r, NULL) != KAM_OK) _exit(1);
        printf("%-28s %7.3f s, %zu pairs commoner than chance\n", "pairs, all with lift > 1", now() - t0, r.n);
        calc_rules_release(&r);
        int32_t *when = kam_calloc(b.start[n] + 1, sizeof *when);
        uint64_t seed = 7;
        for (size_t k = 0; k < b.start[n]; k++) when[k] = (int32_t)(rnd(&seed) % 700);
        b.when = when;
        t0 = now();
        if (calc_rules_mine(&b, &p, 1, &r, NULL) != KAM_OK) _exit(1);
        printf("%-28s %7.3f s, %zu rules\n", "sequences, tested, q < .05", now() - t0, r.n);
        fflush(stdout);
        _exit(0);
    }
    int status;
    size_t pairs = 0;
    if (pid < 0 || waitpid(pid, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status)) exit(1);
    if (read(to[0], &pairs, sizeof pairs) != (ssize_t)sizeof pairs) exit(1);
    close(to[0]);
    close(to[1]);
    int agree = plain_sql(csv, pairs);
    if (!agree) printf("the two do not agree\n");
    unlink(csv);
    kam_free((void *)b.start);
    kam_free((void *)b.item);
    return agree ? 0 : 1;
}

int main(int argc, char **argv)
{
    const size_t n = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 1000000;
    const size_t items = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 10000;
    if (argc > 3) return bench(n, items, atoi(argv[3]));
    return bench(n, items, 0) | bench(n, items, 1);
}
