/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_card_int.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <math.h>
#include <string.h>

static const calc_card *const cards[] = {
    &calc_card_quality,     &calc_card_risks,          &calc_card_fit,        &calc_card_capability, &calc_card_potential,
    &calc_card_discipline,
    &calc_card_opportunity, &calc_card_buying_factors, &calc_card_competence, &calc_card_shifts,    &calc_card_practice, &calc_card_audit,
};

const calc_card *const *calc_cards(size_t *n)
{
    *n = sizeof cards / sizeof *cards;
    return cards;
}

const char *calc_card_text(const calc_text *t, calc_lang lang)
{
    return lang == CALC_ZH ? t->zh : t->en;
}

const calc_card *calc_card_find(const char *key)
{
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++)
        if (kam_streq(cards[i]->key, key)) return cards[i];
    return NULL;
}

const calc_criterion *calc_card_criterion(const calc_card *c, const char *key)
{
    for (size_t i = 0; i < c->n; i++)
        if (kam_streq(c->criteria[i].key, key)) return &c->criteria[i];
    return NULL;
}

bool calc_card_takes(const calc_card *c, const char *subject_kind)
{
    size_t n = strlen(subject_kind);
    for (const char *s = c->subjects; (s = strstr(s, subject_kind)); s += n)
        if ((s == c->subjects || s[-1] == ' ') && (s[n] == ' ' || s[n] == '\0')) return true;
    return false;
}

size_t calc_card_nearest(const calc_card *c, const char *word, const char **out, size_t max)
{
    size_t n = c ? c->n : sizeof cards / sizeof *cards, best[8];
    const char **names = kam_calloc(n, sizeof *names);
    for (size_t i = 0; i < n; i++) names[i] = c ? c->criteria[i].key : cards[i]->key;
    size_t found = kam_nearest(word, names, n, best, max < 8 ? max : 8);
    for (size_t i = 0; i < found; i++) out[i] = names[best[i]];
    kam_free(names);
    return found;
}

/* Σ of the known marks and their number, over one group; group −1: all. */
static double sum_known(const calc_card *c, int group, const double *marks, size_t *known)
{
    double sum = 0;
    *known = 0;
    for (size_t i = 0; i < c->n; i++) {
        if ((group >= 0 && c->criteria[i].group != group) || isnan(marks[i])) continue;
        sum += marks[i];
        (*known)++;
    }
    return sum;
}

static bool mean_score(const calc_card *c, const double *weights, const double *marks, double *total, double *coverage)
{
    double sum = 0, known = 0, all = 0;
    for (size_t i = 0; i < c->n; i++) {
        double w = weights ? weights[i] : c->criteria[i].weight;
        all += w;
        if (isnan(marks[i])) continue;
        known += w;
        sum += w * marks[i];
    }
    *coverage = all > 0 ? known / all : 0;
    if (!(known > 0)) return false;
    *total = sum / known;
    return true;
}

static bool balance_score(const calc_card *c, const double *marks, double *total, double *coverage)
{
    double side[2][16];
    size_t n[2] = {0, 0}, known = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (c->criteria[i].group > 1) continue; /* what is noted on the card but not weighed in it (reputation) */
        int k = c->criteria[i].reversed;
        if (n[k] < 16) side[k][n[k]++] = marks[i];
        known += !isnan(marks[i]);
    }
    *coverage = n[0] + n[1] ? (double)known / (double)(n[0] + n[1]) : 0;
    return calc_card_balance(side[0], n[0], side[1], n[1], total);
}

bool calc_card_score(const calc_card *c, const double *weights, const double *marks, double *total, double *coverage)
{
    size_t known;
    double sum = sum_known(c, -1, marks, &known), lowest = INFINITY;
    *coverage = c->n ? (double)known / (double)c->n : 0;
    switch (c->total) {
    case CALC_CARD_MEAN: return mean_score(c, weights, marks, total, coverage);
    case CALC_CARD_BALANCE: return balance_score(c, marks, total, coverage);
    case CALC_CARD_PROFILE: return false;
    case CALC_CARD_SUM: *total = sum; return known > 0;
    case CALC_CARD_LOWEST: break;
    }
    for (size_t i = 0; i < c->n; i++)
        if (!isnan(marks[i]) && marks[i] < lowest) lowest = marks[i];
    if (known) *total = lowest;
    return known > 0;
}

double calc_card_group_sum(const calc_card *c, int group, const double *marks, size_t *missing, size_t *zero)
{
    size_t known, all = 0, nought = 0;
    double sum = sum_known(c, group, marks, &known);
    for (size_t i = 0; i < c->n; i++) {
        if (c->criteria[i].group != group) continue;
        all++;
        nought += marks[i] == 0;
    }
    if (missing) *missing = all - known;
    if (zero) *zero = nought;
    return sum;
}

static bool mean_known(const double *x, size_t n, double *out)
{
    double sum = 0;
    size_t known = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) continue;
        sum += x[i];
        known++;
    }
    if (known) *out = sum / (double)known;
    return known > 0;
}

bool calc_card_balance(const double *values, size_t n_values, const double *costs, size_t n_costs, double *out)
{
    double v, k;
    if (!mean_known(values, n_values, &v) || !mean_known(costs, n_costs, &k)) return false;
    *out = 50 + 1.25 * (v * (double)n_values - k * (double)n_costs);
    return true;
}
