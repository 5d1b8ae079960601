/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_plan: J6, what the commands on plan versions share. */
#ifndef CMD_PLAN_H
#define CMD_PLAN_H
#include "calc_version.h"
#include "cmd_session.h"

/* The state an account plan is made of on a day, in the shape of calc_version.h: records, and what the methods make of them. A method
 * that has no answer (too few purchases) is left out. KAM_CALC NODATA: the account was not known then. */
kam_rc cmd_plan_state(cmd_session *s, const cmd_ref *account, kam_day asof, kam_table **out, kam_err *err);

/* One version of a plan: a snapshot, or the state of the as-of day (number 0). The texts are owned; release after use. */
typedef struct cmd_plan_version {
    int64_t number;
    char *snapshot, *name; /* code and name; NULL */
    kam_day day;
} cmd_plan_version;
#define CMD_PLAN_VERSION_INIT {0, NULL, NULL, 0}
/* word: `now`; a number; a day (the last snapshot on or before it); a name or code; NULL or `last`: the last one. KAM_NOTFOUND with what
 * there is. Nothing dated after the day is found. */
kam_rc cmd_plan_find(cmd_session *s, const char *account, const char *word, kam_day asof, cmd_plan_version *out, kam_err *err);
void cmd_plan_version_release(cmd_plan_version *v);
/* Its state; `now` is worked out. */
kam_rc cmd_plan_load(cmd_session *s, const cmd_ref *account, const cmd_plan_version *v, kam_day asof, kam_table **out, kam_err *err);
/* Table t under the headings version.COLUMN. Takes t. */
kam_table *cmd_plan_headed(kam_table *t, const char *title);
/* Words of keys for calc_version_params.word. */
const char *cmd_plan_word(void *ctx, const char *words, const char *key, calc_lang lang);
#endif
