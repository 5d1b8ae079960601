/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_temperament: A9, eight types of persons 客户类型 with a hint on how to deal with each, for the visit brief (D7).
 *
 * A type is a guess about behaviour, noted on a contact; it is no label on a person and may be taken away again. Keys are
 * those of the field `temperament` of a contact. Const, no state.
 */
#ifndef CALC_TEMPERAMENT_H
#define CALC_TEMPERAMENT_H
#include "calc_text.h"

typedef struct calc_temperament {
    const char *key;       /* "opinionated" */
    calc_text name;
    calc_text looks;       /* what one sees */
    calc_text hint;        /* how to deal with it */
    calc_text avoid;       /* what not to do */
} calc_temperament;

const calc_temperament *calc_temperaments(size_t *n);
const calc_temperament *calc_temperament_find(const char *key); /* NULL: absent, and for key NULL */
#endif
