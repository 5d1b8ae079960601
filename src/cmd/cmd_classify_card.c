/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_classify_card: the methods of `classify` on score cards (A6–A8, A11) and key accounts (A12). */
#include "cmd_classify.h"
#include "kam_mem.h"

static kam_rc keep_rows(kam_rc rc, cmd_card_run *r, kam_table **rows)
{
    if (!rc) {
        *rows = kam_table_ref(r->rows);
        cmd_card_run_release(r);
    }
    return rc;
}

static kam_rc quality_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_card_run r;
    return keep_rows(cmd_quality_run(s, asof, (int)a->window, &r, err), &r, rows);
}

static kam_rc quality_measures(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    (void)s;
    (void)a;
    return calc_quality_measures(rows, out, err);
}

static kam_rc fit_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_card_run r;
    return keep_rows(cmd_fit_run(s, asof, (int)a->window, &r, err), &r, rows);
}

static kam_rc potential_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_card_run r;
    (void)a;
    return keep_rows(cmd_potential_run(s, asof, &r, err), &r, rows);
}

static kam_rc discipline_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    cmd_card_run r;
    (void)a;
    return keep_rows(cmd_discipline_run(s, asof, &r, err), &r, rows);
}

static kam_rc key_rows(cmd_session *s, const cmd_classify_args *a, kam_day asof, kam_table **rows, kam_err *err)
{
    return cmd_key_rows(s, asof, (int)a->window, rows, err);
}

/* Every mark of the card behind the method, in the long form, of the accounts in `rows`. */
static kam_rc criteria(cmd_session *s, const cmd_classify_args *a, const kam_table *rows, kam_table **out, kam_err *err)
{
    cmd_card_run r;
    kam_table *all = NULL;
    kam_rc rc = a->by == CMD_BY_QUALITY ? cmd_quality_run(s, a->asof, (int)a->window, &r, err)
                : a->by == CMD_BY_FIT   ? cmd_fit_run(s, a->asof, (int)a->window, &r, err)
                : a->by == CMD_BY_POTENTIAL ? cmd_potential_run(s, a->asof, &r, err)
                                            : cmd_discipline_run(s, a->asof, &r, err);
    if (rc) return rc;
    size_t only = SIZE_MAX;
    const kam_column *code = kam_table_find(r.facts.held.accounts, "account");
    for (size_t i = 0; a->account.id && i < kam_col_rows(code); i++)
        if (kam_streq(kam_col_text(code, i), a->account.code)) only = i;
    rc = calc_marks_table(&r.marks, r.facts.held.accounts, r.marks_table, r.weighted ? r.weights : NULL, cmd_facts_lang(s), only, &all, err);
    if (!rc && a->key) {
        kam_table *key = NULL;
        rc = cmd_key_rows(s, a->asof, (int)a->window, &key, err);
        if (!rc) *out = cmd_key_only(all, key);
        kam_table_unref(key);
    } else if (!rc) *out = kam_table_ref(all);
    (void)rows;
    kam_table_unref(all);
    cmd_card_run_release(&r);
    return rc;
}

const cmd_method cmd_method_quality = {"window_revenue", calc_quality_classes, quality_rows, quality_measures, criteria, CMD_SHOW_CRITERIA};
const cmd_method cmd_method_fit = {NULL, calc_fit_classes, fit_rows, NULL, criteria, CMD_SHOW_CRITERIA};
const cmd_method cmd_method_potential = {NULL, calc_potential_classes, potential_rows, NULL, criteria, CMD_SHOW_CRITERIA};
const cmd_method cmd_method_discipline = {NULL, calc_discipline_classes, discipline_rows, NULL, criteria, CMD_SHOW_CRITERIA};
const cmd_method cmd_method_key = {"window_revenue", calc_key_classes, key_rows, NULL, NULL, 0};
