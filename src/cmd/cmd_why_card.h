/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why_card: what the explanations of methods on score cards share (A6–A8, A11, A12). */
#ifndef CMD_WHY_CARD_H
#define CMD_WHY_CARD_H
#include "cmd_classify.h"

/* Place of the asked account among the accounts of a run; SIZE_MAX: not known on that day. */
size_t cmd_why_account_row(const cmd_why *w, const kam_table *accounts);
/* One input a criterion of a run's card: its mark, since when, and the record it stands in ("mark account ACME quality teaches
 * 2025-06-30"); measured ones say so. */
void cmd_why_marks(cmd_why *w, const calc_marks *m, const kam_table *marks, size_t row);
/* The newest records of an entity of the asked account in (D − days, D]; days 0: all up to D. */
kam_rc cmd_why_recent(cmd_why *w, cmd_text item, const char *entity, const char *value_field, kam_day asof, int days, size_t limit,
                      kam_err *err);
/* Append a command, "; " between several: printf with %s for words that hold no braces. */
void cmd_why_add_try(kam_str *try, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "card set CARD CODE CRITERION MARK -date D -quiet" appended. */
void cmd_why_set_mark(cmd_why *w, kam_str *try, const char *card, const char *criterion, double mark, kam_day asof);
#endif
