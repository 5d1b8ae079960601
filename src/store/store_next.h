/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_next: what the questions about what is next (DOMAIN G) read, in the shapes calc's headers document. As in
 * store_query.h every table honours the as-of day, `row` is the account's place in store_query_accounts of that day,
 * tables are new and sealed, and the caller unrefs. Planned days (renewals, due dates) may lie after the as-of day. */
#ifndef STORE_NEXT_H
#define STORE_NEXT_H
#include "kam_sales.h"
#include "store.h"

/* Everything bought of products up to the day, and the products: product TEXT (SKU) · name · name_en · category TEXT · list_price
 * MONEY, by SKU. One scan of the transactions, O(n log n) only within an account. The caller releases both. */
kam_rc store_sales(store *s, kam_day asof, kam_sales *out, kam_table **products, kam_err *err);

/* row INT · account · name · industry · kind · ownership · region · source TEXT · employees INT · annual_spend MONEY ·
 * exit_cost REAL. One row an account, by row. */
kam_rc store_query_profiles(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · product TEXT · competitor TEXT (codes joined by ';') · opportunity TEXT · date DAY (lost on). Opportunities for a
 * product, lost up to the day, with a competitor on record. */
kam_rc store_query_rivals(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · contact · name · name_en · title · email · phone TEXT · birthday DAY. People who are there on the day, no
 * unfilled seats. By row, code. */
kam_rc store_query_persons(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · contract TEXT · renewal DAY · end DAY. Contracts begun up to the day. */
kam_rc store_query_renewals(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · source TEXT ("action 7", "interaction 12") · rep TEXT · what TEXT · due DAY. Open actions with a due date; next steps agreed in
 * an interaction where none of the account followed on or after their day. */
kam_rc store_query_due_steps(store *s, kam_day asof, kam_table **out, kam_err *err);
/* mailing TEXT · name TEXT · date DAY · cost MONEY. By code; those dated after the day are left out. */
kam_rc store_query_mailings(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · mailing TEXT · contact TEXT · sent_on DAY · responded FLAG. What was sent up to the day; a response is a day of response
 * up to the day, or, without a day, a word that is not `none`, `no` or 无. mailing NULL: all. */
kam_rc store_query_recipients(store *s, kam_day asof, const char *mailing, kam_table **out, kam_err *err);
#endif
