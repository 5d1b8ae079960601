/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_effort: E3, effort mix 投入比例: time and money by selection 大客户选择, selling process 营销过程 and sales administration 销售管理
 * against a chosen model (40/30/30, 20/60/20, 10/80/10), support on top (30, 30, 10 for the three).
 *
 * work: store_query_work of the window: row INT · date DAY · rep TEXT · activity TEXT · hours REAL · cost MONEY · own FLAG (the rep owned
 * the account on that day). Own work, and work at accounts nobody owned, makes the three shares; work of somebody else than the owner is
 * support and comes on top: its share is of the three together. What has no activity noted is counted beside, as `unknown`; hours not noted are
 * missing, not zero, and counted.
 */
#ifndef CALC_EFFORT_H
#define CALC_EFFORT_H
#include "calc_text.h"
#include "kam_date.h"
#include "kam_err.h"
#include "kam_table.h"

enum { CALC_EFFORTS = 3, CALC_EFFORT_MODELS = 3 };
extern const char *const calc_effort_keys[]; /* selection process administration */

typedef struct calc_effort_params {
    kam_day asof;
    calc_lang lang;
    int window_days;                                   /* 365 */
    double model[CALC_EFFORTS];                        /* 40 30 30: setting effort-model, per cent */
    double known[CALC_EFFORT_MODELS][CALC_EFFORTS];    /* setting effort-models */
    double support[CALC_EFFORT_MODELS];                /* 30 30 10: setting effort-support, per cent on top of each */
} calc_effort_params;
#define CALC_EFFORT_PARAMS(asof, lang) \
    {(asof), (lang), 365, {40, 30, 30}, {{40, 30, 30}, {20, 60, 20}, {10, 80, 10}}, {30, 30, 10}}

/* Index of the model nearest to the shares (squared distance; of equally near ones the first). */
int calc_effort_nearest(const double share[CALC_EFFORTS], const calc_effort_params *p);
/* "40/30/30" of a model. buf of 48 bytes. */
const char *calc_effort_name(const double model[CALC_EFFORTS], char buf[48]);

/* Rows selection, process, administration, support, and unknown (only if any): activity TEXT · interactions INT · hours REAL ·
 * hours_share REAL · cost MONEY · cost_share REAL · model_share REAL (of the chosen model; of support where the chosen one is among
 * the known) · gap REAL (hours_share − model_share) · why TEXT. Shares missing when nothing is noted. Notes: nearest model, what is
 * not noted. */
kam_rc calc_effort_mix(const kam_table *work, const calc_effort_params *p, kam_table **out, kam_err *err);

/* One row a rep, or account (names: code TEXT sorted · name TEXT; by_rep: codes are reps, else row INT is the place): rep|account TEXT ·
 * name TEXT · interactions INT · hours REAL · selection, process, administration REAL (shares of own hours) · support_hours REAL · cost MONEY ·
 * nearest TEXT · distance REAL (percentage points, root of the mean square, to the chosen model) · why TEXT. Who did nothing is left out. */
kam_rc calc_effort_by(const kam_table *work, const kam_table *names, bool by_rep, const calc_effort_params *p, kam_table **out, kam_err *err);
#endif
