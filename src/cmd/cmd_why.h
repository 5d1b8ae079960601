/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_why: how a class, score, flag or verdict came about (DOMAIN J1).
 *
 *     why SUBJECT COMMAND-WORDS… ?-column NAME?
 *
 * runs the command, finds the subject's rows in its result and asks the command's own `why` function (cmd_spec) for the
 * rest. The answer is one table, a row a fact:
 *   part     result   what the command said of the subject (made by `why` itself)
 *            rule     the rule applied, by its DOMAIN code and name
 *            input    what it was applied to, with the day and the record it stands in
 *            setting  a threshold with the value in force
 *            change   what would make the result another one
 *   item, value, date, source ("transaction 17", "assessment contact H-1 authority 2026-03-01"), meaning (a sentence), and
 *   try: for a change, the command that brings it about, so that `begin -what-if` shows that it is true (a test does).
 *
 * A command that can say why sets `.why` in its record and writes the function beside its handler (or in cmd_why_NAME.c
 * when the file would become long):
 *     static kam_rc why(cmd_session *s, const void *args, cmd_why *w, kam_err *err);
 * It must not change anything. Texts are taken in the session's language; values are written as cells are. */
#ifndef CMD_WHY_H
#define CMD_WHY_H
#include "calc_text.h"
#include "cmd_session.h"
#include "store.h"

/* --- what was asked ------------------------------------------------------------------------------------------------ */
/* "account", "contact", "opportunity", "rep", "product"; else the name of the result's first column, when the subject is
 * a value of it ("2026-09" of `forecast`: "period") and no object bears that name. */
const char *cmd_why_kind(const cmd_why *w);
int64_t cmd_why_id(const cmd_why *w);         /* its row id; 0 for a value of the first column */
const char *cmd_why_code(const cmd_why *w);   /* its code */
/* The column asked about; without -column the first of class, verdict, quadrant, relationship, flag, score … the result
 * has (the list stands in cmd_why.c). NULL: the result has none of them. */
const char *cmd_why_column(const cmd_why *w);
/* The command's result, and the subject's rows in it (all rows when the result has no column of the subject's kind). */
const kam_table *cmd_why_table(const cmd_why *w);
size_t cmd_why_rows(const cmd_why *w);
size_t cmd_why_row(const cmd_why *w, size_t i);
/* Say the results of these rows instead: for a subject the result has no column of (an opportunity of a month). */
void cmd_why_pick(cmd_why *w, const size_t *rows, size_t n);
/* A cell of the subject's first row; NULL: no row, no such column, or missing. Lent until the next call. */
const char *cmd_why_cell(cmd_why *w, const char *column);
/* Its number (money in minor units, days as days, widened); false when missing. */
bool cmd_why_number(const cmd_why *w, const char *column, double *out);

/* --- what is answered ---------------------------------------------------------------------------------------------- */
/* A rule by code and name ("A1", {"yield", "产出"}), stated in one sentence. */
void cmd_why_rule(cmd_why *w, const char *code, cmd_text name, cmd_text rule);
/* One input. value NULL: missing, which is said. day CMD_UNSET_DAY and source NULL: none. */
void cmd_why_input(cmd_why *w, cmd_text item, const char *value, kam_day day, const char *source);
void cmd_why_input_int(cmd_why *w, cmd_text item, int64_t value, kam_day day, const char *source);
void cmd_why_input_real(cmd_why *w, cmd_text item, double value, kam_day day, const char *source); /* NaN: missing; six digits */
void cmd_why_input_money(cmd_why *w, cmd_text item, int64_t minor, kam_day day, const char *source);
/* A cell of the subject's row as an input ("not on record" when missing). */
void cmd_why_input_cell(cmd_why *w, cmd_text item, const char *column, kam_day day);
/* One input row for each record of an entity that fulfils all of `where` (at most `limit`, newest first where the entity
 * has the field `day_field`), its source the record's key. value_field may be NULL. *found (may be NULL) gets the number.
 * where, like everything read, must name a date bound itself where one is due ("date" STORE_LE the as-of day). */
kam_rc cmd_why_records(cmd_why *w, cmd_text item, const char *entity, const store_where *where, size_t n_where,
                       const char *value_field, const char *day_field, size_t limit, size_t *found, kam_err *err);
/* An input with a sentence of its own. value NULL: missing. The sentence's arguments as in calc_say. */
void cmd_why_fact(cmd_why *w, cmd_text item, const char *value, kam_day day, const char *source, cmd_text sentence,
                  const calc_arg *args, size_t n);
/* A step of a rule that goes through conditions in order: a row `rule` whose value is yes, no or unknown. `item` names what
 * holds when the condition is met; `source` the record that decided. */
typedef enum { CMD_WHY_NO, CMD_WHY_YES, CMD_WHY_UNKNOWN } cmd_why_met;
void cmd_why_check(cmd_why *w, cmd_text item, cmd_why_met met, kam_day day, const char *source, cmd_text sentence,
                   const calc_arg *args, size_t n);
/* The source of the first record (in the order of `sort`, a field or "-field"; NULL: by key) that fulfils `where`:
 * "interaction 42". *out stays empty when there is none. */
kam_rc cmd_why_source(cmd_why *w, const char *entity, const store_where *where, size_t n_where, const char *sort, kam_str *out,
                      kam_err *err);
/* A setting in force, by name; its meaning comes from the table of settings. */
void cmd_why_setting(cmd_why *w, const char *name);
/* The same when an option of the command was given in its place: item "-window", value as given. NULL: the setting. */
void cmd_why_setting_or(cmd_why *w, const char *name, const char *option, const char *given);
/* What would make the result another one. `try`: the commands that do it, or NULL where no single change can. The
 * sentence's arguments as in calc_say. */
void cmd_why_change(cmd_why *w, const char *try, cmd_text sentence, const calc_arg *args, size_t n);
/* Anything else worth saying, as a row `rule` without a name: e.g. why a value is missing. */
void cmd_why_note(cmd_why *w, cmd_text sentence, const calc_arg *args, size_t n);

/* --- building `try` ------------------------------------------------------------------------------------------------ */
/* Appends a command of the words up to NULL, each quoted as Tcl needs it; a second command follows "; ". */
void cmd_why_try(kam_str *out, ...) __attribute__((sentinel));
/* Appends the removal of an account's records of an entity with a number (transaction, sighting, …) that are dated on `from` or later (CMD_UNSET_DAY: of
 * any day) and fulfil `more` ("level = basic"; NULL: nothing more), by the entity's own commands, so that it could be undone. */
void cmd_why_try_remove(kam_str *out, const char *entity, const char *account, kam_day from, const char *more);
/* Label of a key in the session's language: ("classify.rfm.class", "keep") → "keep", "重要保持". Lent; never NULL. */
const char *cmd_why_label(const cmd_why *w, const char *id, const char *key);

#define CMD_WHY_ARGS(...) ((const calc_arg[]){__VA_ARGS__}), (sizeof((const calc_arg[]){__VA_ARGS__}) / sizeof(calc_arg))

/* The session a handler explains for. */
cmd_session *cmd_why_session(const cmd_why *w);
#endif
