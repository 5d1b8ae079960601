/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calc_card_int: the cards, a file a family; for calc_card_table.c and the files that define them. */
#ifndef CALC_CARD_INT_H
#define CALC_CARD_INT_H
#include "calc_card.h"

extern const calc_card calc_card_opportunity, calc_card_buying_factors;                       /* calc_card_deals.c */
extern const calc_card calc_card_quality, calc_card_risks, calc_card_fit, calc_card_capability, calc_card_potential,
    calc_card_discipline;                                                                     /* calc_card_accounts.c */
extern const calc_card calc_card_competence, calc_card_shifts, calc_card_practice, calc_card_audit;            /* calc_card_ourselves.c */
#endif
