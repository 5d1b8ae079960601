/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unit.h: what every unit test includes: cmocka with the headers it wants before it, and skipping with a reason. */
#ifndef KAM_UNIT_H
#define KAM_UNIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
/* after these four */
#include <cmocka.h>

/* cmocka's skip() cannot say why; the test runner reads this line. A strict run forgives only "no shared data". */
#define SKIP_BECAUSE(reason)              \
    do {                                  \
        printf("# skip: %s\n", (reason)); \
        fflush(stdout);                   \
        skip();                           \
    } while (0)

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#endif
