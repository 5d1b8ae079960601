/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B2, coach candidates: who wishes us well, wants to achieve something, and has access to who decides. */
#include "calc_people.h"
#include "calc_stakeholder.h"
#include "kam_mem.h"
#include <stdlib.h>
#include <string.h>

static const calc_text why_coach = {"people.coach", "attitude {1}, need {2}, lines to a decider {3}, last met {4}",
                                    "态度 {1}，需求 {2}，距决策人 {3} 步，上次会面 {4}"};

/* Personal needs as sentences say them (B4). */
static const calc_text needs[] = {{"power", "power", "权力"}, {"achievement", "achievement", "成就"}, {"recognition", "recognition", "被赏识"},
                                  {"acceptance", "acceptance", "被接纳"}, {"order", "order", "有条理"}, {"safety", "safety", "安全感"}};

static const char *need_name(const char *key, calc_lang lang)
{
    for (size_t i = 0; key && i < CALC_COUNT(needs); i++)
        if (strcmp(needs[i].id, key) == 0) return lang == CALC_ZH ? needs[i].zh : needs[i].en;
    return key;
}

typedef struct candidate {
    double attitude;
    bool achiever;
    size_t access; /* lines to the nearest decider; SIZE_MAX: none within reach */
    int64_t met;   /* INT64_MIN: never */
    const char *code;
    size_t row;
} candidate;

static int better_coach(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->attitude != y->attitude) return x->attitude > y->attitude ? -1 : 1;
    if (x->achiever != y->achiever) return x->achiever ? -1 : 1;
    if (x->access != y->access) return x->access < y->access ? -1 : 1;
    if (x->met != y->met) return x->met > y->met ? -1 : 1;
    return strcmp(x->code, y->code);
}

/* Lines from everybody to the nearest known decider. */
static kam_rc measure_access(const calc_crowd *w, const calc_people *f, size_t *access, kam_err *err)
{
    calc_roads roads = {0};
    kam_rc rc = calc_roads_open(w, f, &roads, err);
    if (rc) return rc;
    size_t *deciders = kam_calloc(w->n + 1, sizeof *deciders), n = 0;
    for (size_t i = 0; i < w->n; i++)
        if (!calc_crowd_placeholder(w, i) && calc_crowd_has_role(w, i, "decider")) deciders[n++] = i;
    calc_roads_walk(&roads, deciders, n, access, NULL);
    kam_free(deciders);
    calc_roads_release(&roads);
    return KAM_OK;
}

static candidate *find_candidates(const calc_crowd *w, const size_t *access, size_t *n)
{
    size_t *rows = calc_crowd_disposed(w, w->p->coach_attitude, n);
    candidate *who = kam_calloc(*n + 1, sizeof *who);
    for (size_t k = 0; k < *n; k++) {
        size_t i = rows[k];
        who[k] = (candidate){kam_col_real(w->c[P_ATTITUDE], i), calc_text_is(w->c[P_PERSON_NEED], i, "achievement"), access[i],
                             calc_known(w->c[P_MET], i) ? kam_col_int(w->c[P_MET], i) : INT64_MIN,
                             kam_col_text(w->c[P_CONTACT], i), i};
    }
    kam_free(rows);
    qsort(who, *n, sizeof *who, better_coach);
    return who;
}

enum { C_RANK, C_CONTACT, C_NAME, C_ATTITUDE, C_ACHIEVEMENT, C_ACCESS, C_MET, C_COACH, C_WIN, C_WHY, C_COLS };

static void push_candidate(const calc_crowd *w, const candidate *x, size_t rank, kam_column *const c[C_COLS], kam_str *buf)
{
    bool reach = x->access != SIZE_MAX;
    kam_col_push_int(c[C_RANK], (int64_t)rank);
    kam_col_push_from(c[C_CONTACT], w->c[P_CONTACT], x->row);
    kam_col_push_from(c[C_NAME], w->c[P_NAME], x->row);
    kam_col_push_real(c[C_ATTITUDE], x->attitude);
    kam_col_push_int(c[C_ACHIEVEMENT], x->achiever);
    calc_push_opt(c[C_ACCESS], reach, (int64_t)x->access);
    kam_col_push_from(c[C_MET], w->c[P_MET], x->row);
    kam_col_push_int(c[C_COACH], calc_crowd_has_role(w, x->row, "coach"));
    kam_col_push_text(c[C_WIN], calc_text_at(w->c[P_WIN], x->row));
    calc_push_say(c[C_WHY], buf, w->p->lang, &why_coach,
                  CALC_ARGS(calc_arg_real(x->attitude, 1), calc_arg_text(need_name(calc_text_at(w->c[P_PERSON_NEED], x->row), w->p->lang)),
                            reach ? calc_arg_int((int64_t)x->access) : calc_arg_text(NULL),
                            x->met == INT64_MIN ? calc_arg_text(NULL) : calc_arg_day(x->met)));
}

kam_rc calc_people_coaches(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[C_COLS] = {
        {"rank", KAM_INT, "stakeholder.rank"},          {"contact", KAM_TEXT, "stakeholder.contact"},
        {"name", KAM_TEXT, "stakeholder.name"},         {"attitude", KAM_REAL, "stakeholder.attitude"},
        {"achievement", KAM_FLAG, "stakeholder.achievement"}, {"access", KAM_INT, "stakeholder.access"},
        {"last_met", KAM_DAY, "stakeholder.last_met"},  {"coach", KAM_FLAG, "stakeholder.coach"},
        {"win", KAM_TEXT, "stakeholder.win"},           {"why", KAM_TEXT, "classify.why"}};
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    size_t n, *access = kam_calloc(w.n + 1, sizeof *access);
    rc = measure_access(&w, f, access, err);
    if (!rc) {
        candidate *who = find_candidates(&w, access, &n);
        kam_column *c[C_COLS];
        kam_table *t = calc_out_new("stakeholder.coaches", f->people, cols, C_COLS, c);
        kam_str buf = KAM_STR_INIT;
        for (size_t k = 0; k < n; k++) push_candidate(&w, &who[k], k + 1, c, &buf);
        kam_table_seal(t);
        kam_str_release(&buf);
        kam_free(who);
        *out = t;
    }
    kam_free(access);
    return rc;
}
