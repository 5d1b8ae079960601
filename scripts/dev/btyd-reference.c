/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference values for tests/unit/test_calc_btyd_fit.c, independent of src/calc: the likelihoods as the papers print
 * them, in 113-bit arithmetic, maximised by Newton with difference quotients (their error, 1e-16, is far below what is
 * compared). By hand:
 *   gcc -O2 scripts/dev/btyd-reference.c -o btyd-reference -lquadmath -lm
 *   ./btyd-reference simulate > tests/data/seeded_log.csv
 *   ./btyd-reference fit tests/data/seeded_log.csv
 * The log: 400 accounts, first purchases in the first 90 days, BG/NBD lives in days, Gamma-Gamma amounts; 2020-01-01 …,
 * observed to day 539 (fit to day 364). */
#include <math.h>
#include <quadmath.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef __float128 q;
enum { MAX = 2000, END = 364, LAST = 539 };

/* --- simulation ------------------------------------------------------------------------------------------------- */
static uint64_t state = 20200101;
static double uniform(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(state >> 12) + 0.5) / 4503599627370496.0;
}

static double exponential(void) { return -log(uniform()); }

static double gamma_draw(double a) /* sums of squares of normals are not needed at this size: Marsaglia–Tsang */
{
    if (a < 1) return gamma_draw(a + 1) * pow(uniform(), 1 / a);
    const double d = a - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        const double z = sqrt(-2 * log(uniform())) * cos(2 * M_PI * uniform()), v = pow(1 + c * z, 3);
        if (v > 0 && log(uniform()) < 0.5 * z * z + d - d * v + d * log(v)) return d * v;
    }
}

static void simulate(void)
{
    puts("customer_id,day,minor");
    for (int i = 1; i <= 400; i++) {
        const double first = floor(90 * uniform()), rate = gamma_draw(0.6) / 25, nu = gamma_draw(4) / 300;
        const double x = gamma_draw(0.9), y = gamma_draw(3.0), p = x / (x + y);
        double t = first;
        for (;;) {
            printf("%d,%d,%lld\n", i, (int)t, (long long)ceil(100 * gamma_draw(5) / nu));
            if (t > first && uniform() < p) break;
            t += exponential() / rate;
            if (t > LAST) break;
        }
    }
}

/* --- data -------------------------------------------------------------------------------------------------------- */
static int n, x[MAX], tx[MAX], T[MAX];
static q m[MAX];

static void read_log(const char *path)
{
    FILE *f = fopen(path, "r");
    char line[128];
    int last_id = -1, last_day = -1, first = 0;
    if (!f) exit(1);
    while (fgets(line, sizeof line, f)) {
        int id, day;
        long long minor;
        if (sscanf(line, "%d,%d,%lld", &id, &day, &minor) != 3 || day > END) continue;
        if (id != last_id) {
            last_id = id;
            first = last_day = day;
            x[n] = tx[n] = 0;
            T[n] = END - day;
            m[n++] = 0;
            continue;
        }
        const int k = n - 1;
        if (day != last_day) x[k]++;
        if (day > first) m[k] += (q)minor / 100; /* sum of the repeat days, made a mean below */
        tx[k] = day - first;
        last_day = day;
    }
    for (int i = 0; i < n; i++)
        if (x[i]) m[i] /= x[i];
    fclose(f);
}

/* --- likelihoods as printed ----------------------------------------------------------------------------------------- */
static q lbeta(q a, q b) { return lgammaq(a) + lgammaq(b) - lgammaq(a + b); }

static q bg(const q *v) /* Fader, Hardie & Lee 2005, eq. 6 */
{
    const q r = v[0], al = v[1], a = v[2], b = v[3];
    q sum = 0;
    for (int i = 0; i < n; i++) {
        q t = expq(lbeta(a, b + x[i]) - lbeta(a, b) - (r + x[i]) * logq(al + T[i]));
        if (x[i]) t += expq(lbeta(a + 1, b + x[i] - 1) - lbeta(a, b) - (r + x[i]) * logq(al + tx[i]));
        sum += lgammaq(r + x[i]) - lgammaq(r) + r * logq(al) + logq(t);
    }
    return sum;
}

static q mbg(const q *v) /* Batislam, Denizel & Filiztekin 2007 */
{
    const q r = v[0], al = v[1], a = v[2], b = v[3];
    q sum = 0;
    for (int i = 0; i < n; i++) {
        const q t = expq(lbeta(a, b + x[i] + 1) - lbeta(a, b) - (r + x[i]) * logq(al + T[i])) +
                    expq(lbeta(a + 1, b + x[i]) - lbeta(a, b) - (r + x[i]) * logq(al + tx[i]));
        sum += lgammaq(r + x[i]) - lgammaq(r) + r * logq(al) + logq(t);
    }
    return sum;
}

static q f21(q a, q b, q c, q z)
{
    q t = 1, s = 1;
    for (int k = 0; k < 200000 && fabsq(t) > 1e-33Q * fabsq(s); k++) s += t *= (a + k) * (b + k) / (c + k) / (k + 1) * z;
    return s;
}

static q pareto(const q *v) /* Fader & Hardie note 009: the two 2F1 subtracted */
{
    const q r = v[0], al = v[1], s = v[2], be = v[3];
    q sum = 0;
    for (int i = 0; i < n; i++) {
        const q k = r + s + x[i], big = al >= be ? al : be, small = al >= be ? be : al;
        const q second = al >= be ? s + 1 : r + x[i];
        const q a0 = f21(k, second, k + 1, (big - small) / (big + tx[i])) / powq(big + tx[i], k) -
                     f21(k, second, k + 1, (big - small) / (big + T[i])) / powq(big + T[i], k);
        sum += lgammaq(r + x[i]) - lgammaq(r) + r * logq(al) + s * logq(be) +
               logq(powq(al + T[i], -(r + x[i])) * powq(be + T[i], -s) + s / k * a0);
    }
    return sum;
}

static q nbd(const q *v)
{
    q sum = 0;
    for (int i = 0; i < n; i++)
        sum += lgammaq(v[0] + x[i]) - lgammaq(v[0]) + v[0] * logq(v[1]) - (v[0] + x[i]) * logq(v[1] + T[i]);
    return sum;
}

static q gg(const q *v) /* note 025 */
{
    const q p = v[0], c = v[1], g = v[2];
    q sum = 0;
    for (int i = 0; i < n; i++)
        if (x[i])
            sum += lgammaq(p * x[i] + c) - lgammaq(p * x[i]) - lgammaq(c) + c * logq(g) + (p * x[i] - 1) * logq(m[i]) +
                   p * x[i] * logq((q)x[i]) - (p * x[i] + c) * logq(g + m[i] * x[i]);
    return sum;
}

/* --- Newton in logarithms --------------------------------------------------------------------------------------------- */
typedef q (*likelihood)(const q *);

static q at(likelihood f, int k, const q *l, int i, q di, int j, q dj)
{
    q v[4];
    for (int a = 0; a < k; a++) v[a] = expq(l[a] + (a == i ? di : 0) + (a == j ? dj : 0));
    return f(v);
}

static void invert(int k, q A[4][4])
{
    for (int i = 0; i < k; i++) {
        const q d = A[i][i];
        A[i][i] = 1;
        for (int j = 0; j < k; j++) A[i][j] /= d;
        for (int r = 0; r < k; r++) {
            if (r == i) continue;
            const q g = A[r][i];
            A[r][i] = 0;
            for (int j = 0; j < k; j++) A[r][j] -= g * A[i][j];
        }
    }
}

static void fit(const char *name, likelihood f, int k, const double *start)
{
    q l[4], g[4], H[4][4];
    const q h = 1e-8Q, f_h = 1e-7Q;
    for (int i = 0; i < k; i++) l[i] = logq(start[i]);
    for (int it = 0; it < 12; it++) {
        const q f0 = at(f, k, l, -1, 0, -1, 0);
        for (int i = 0; i < k; i++) {
            g[i] = (at(f, k, l, i, h, -1, 0) - at(f, k, l, i, -h, -1, 0)) / (2 * h);
            for (int j = 0; j <= i; j++)
                H[i][j] = H[j][i] = -(at(f, k, l, i, f_h, j, f_h) - at(f, k, l, i, f_h, j, -f_h) -
                                      at(f, k, l, i, -f_h, j, f_h) + at(f, k, l, i, -f_h, j, -f_h)) / (4 * f_h * f_h);
        }
        (void)f0;
        invert(k, H);
        q longest = 0, step[4];
        for (int i = 0; i < k; i++) {
            step[i] = 0;
            for (int j = 0; j < k; j++) step[i] += H[i][j] * g[j];
            if (fabsq(step[i]) > longest) longest = fabsq(step[i]);
        }
        for (int i = 0; i < k; i++) l[i] += longest > 1 ? step[i] / longest : step[i];
        if (longest < 1e-15Q) break;
    }
    char buf[64];
    quadmath_snprintf(buf, sizeof buf, "%.16Qg", at(f, k, l, -1, 0, -1, 0));
    printf("%s LL %s", name, buf);
    for (int i = 0; i < k; i++) {
        quadmath_snprintf(buf, sizeof buf, "%.16Qg", expq(l[i]));
        printf(" %s", buf);
        quadmath_snprintf(buf, sizeof buf, "%.8Qg", expq(l[i]) * sqrtq(H[i][i]));
        printf(" (%s)", buf);
    }
    putchar('\n');
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "simulate") == 0) {
        simulate();
        return 0;
    }
    if (argc != 3) return 2;
    read_log(argv[2]);
    long sx = 0, st = 0, sT = 0;
    for (int i = 0; i < n; i++) {
        sx += x[i];
        st += tx[i];
        sT += T[i];
    }
    printf("n %d, sums %ld %ld %ld\n", n, sx, st, sT);
    fit("bg-nbd", bg, 4, (const double[]){.6, 25, .9, 3});
    fit("mbg-nbd", mbg, 4, (const double[]){.8, 30, .9, 2.5});
    fit("pareto-nbd", pareto, 4, (const double[]){.7, 30, .6, 80});
    fit("nbd", nbd, 2, (const double[]){.5, 40});
    fit("gamma-gamma", gg, 3, (const double[]){5, 4, 300});
    return 0;
}
