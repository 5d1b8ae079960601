/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people_build: people written short, for the tests of calc_stakeholder's later methods. D = 2025-12-31. */
#ifndef PEOPLE_BUILD_H
#define PEOPLE_BUILD_H
#include "calc_build.h"
#include "calc_stakeholder.h"

#define PEOPLE                                                                                                          \
    "contact:text name:text title:text reports_to:text known_since:day placeholder:flag has_means:flag layer:text "     \
    "buying_role:text authority:real participation:real attitude:real org_need:text org_fit:real person_need:text "     \
    "person_fit:real last_met:day last_visit:day role_changed:day open_actions:int thinking:text coach_win:text"
#define PARAMS CALC_STAKEHOLDER_PARAMS(day_of("2025-12-31"), CALC_EN)
#define NOVEMBER "2025-11-01" /* within the last 90 days */

/* Rows "code|reports to|roles|authority|attitude|last met|org fit|person fit|thinking|placeholder"; the name is "N" + code. */
static inline kam_table *build_people(const char *rows)
{
    kam_str b = KAM_STR_INIT;
    char *copy = kam_strdup(rows), *rest = copy, *line;
    while ((line = next_part(&rest, '\n'))) {
        char *c[10];
        if (!*line) continue;
        for (int i = 0; i < 10; i++)
            if (!(c[i] = next_part(&line, '|'))) KAM_BUG("a person of %d cells", i);
        kam_str_addf(&b, "%s|N%s|-|%s|-|%s|1|-|%s|%s|-|%s|-|%s|-|%s|%s|-|-|0|%s|-\n", c[0], c[0], c[1], c[9], c[2], c[3], c[4], c[6], c[7], c[5], c[8]);
    }
    kam_table *t = build_table(PEOPLE, kam_str_cstr(&b));
    kam_str_release(&b);
    kam_free(copy);
    return t;
}

#define LINKS "contact:text other:text kind:text"

typedef kam_rc (*people_view)(const calc_people *, const calc_stakeholder_params *, kam_table **, kam_err *);

/* A view of people and links (NULL: none), by the parameters p. */
static inline kam_table *view_of(people_view view, const char *people, const char *links, calc_stakeholder_params p)
{
    calc_people f = CALC_PEOPLE_INIT;
    kam_table *t = NULL;
    f.people = build_people(people);
    f.links = links ? build_table(LINKS, links) : NULL;
    if (view(&f, &p, &t, NULL) != KAM_OK) KAM_BUG("the view failed");
    kam_table_unref((kam_table *)f.people);
    kam_table_unref((kam_table *)f.links);
    return t;
}
#endif
