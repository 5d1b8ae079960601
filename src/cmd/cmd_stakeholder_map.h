/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_stakeholder_map: what the handler of `stakeholder-map` and its explanations (cmd_why_people.c) share. */
#ifndef CMD_STAKEHOLDER_MAP_H
#define CMD_STAKEHOLDER_MAP_H
#include "cmd_facts.h"
#include "cmd_why.h"

/* In the order of the values of -view. */
typedef enum {
    CMD_VIEW_PEOPLE, CMD_VIEW_ACCOUNT, CMD_VIEW_LAYERS, CMD_VIEW_ROLES, CMD_VIEW_COACHES, CMD_VIEW_GRID, CMD_VIEW_NEEDS,
    CMD_VIEW_COURSE, CMD_VIEW_FLAGS, CMD_VIEW_CIRCLE, CMD_VIEW_ROUTE, CMD_VIEW_TALK, CMD_VIEW_ORG, CMD_VIEW_COVERAGE,
    CMD_VIEW_FEELING, CMD_VIEW_RELATION, CMD_VIEWS
} cmd_map_view;

typedef struct cmd_map_args {
    cmd_ref account, opportunity;
    int view;
    cmd_words meeting;
    kam_day asof;
} cmd_map_args;

/* The account's people on the day, and the thresholds; release after use. `which` as in store_people_load. */
typedef struct cmd_map {
    store_people held;
    calc_people people;
    calc_stakeholder_params params;
} cmd_map;
kam_rc cmd_map_load(cmd_session *s, const cmd_map_args *a, unsigned which, cmd_map *out, kam_err *err);
void cmd_map_release(cmd_map *m);

/* B9 of the account, one row (calc_feeling.h). */
kam_rc cmd_map_feeling(cmd_session *s, const char *account, kam_day asof, kam_table **out, kam_err *err);
/* The account in one row: what the views say of it as a whole (cmd_stakeholder_account.c). */
kam_rc cmd_map_account(cmd_session *s, const cmd_map_args *a, kam_table **out, kam_err *err);
kam_rc cmd_map_why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
#endif
