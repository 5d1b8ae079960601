/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_query: what the analytics read, as tables in the shapes their headers document (src/calc/calc_facts.h,
 * calc_stakeholder.h, calc_forecast.h, calc_pyramid.h, calc_value.h, calc_next.h …).
 *
 * Every table honours the as-of day D: no row dated after it; of values that change over time (assessments, stage)
 * the latest ≤ D; a closing, payment, resolution after D is missing. `row` INT is the account's place in
 * store_query_accounts and in the ledger of the same day; rows of accounts not known on D are left out.
 * Tables are new and sealed, the caller unrefs. Errors: those of the store. Each is one indexed query, O(rows log rows). store_facts_load and
 * store_people_load read one state of the data; tables asked for one by one may straddle what another process commits.
 *
 * Of assessments with the same date the one given for the opportunity asked about wins over the general one; an
 * opportunity's own always wins, whatever its date. */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H
#include "store.h"
#include "store_ledger.h"

/* --- the portfolio (calc_facts.h) ----------------------------------------------------------------------------- */
/* account TEXT code · name TEXT · known_since DAY · member_since DAY · annual_spend MONEY; further: name_en, kind,
 * industry, region, source, ownership TEXT · acquisition_cost MONEY · employees INT · bad_debt, off_strategy, key_account
 * FLAG · key_reason TEXT. */
kam_rc store_query_accounts(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · opportunity TEXT · name TEXT · result TEXT · stage TEXT · opened_on DAY · closed_on DAY · expected_close DAY ·
 * amount MONEY · rep TEXT; further: product TEXT · reason TEXT (once closed) · opportunity_id INT. By code. */
kam_rc store_query_opportunities(store *s, kam_day asof, kam_table **out, kam_err *err);
/* opportunity INT (row in opportunities) · date DAY · stage TEXT. By opportunity, date, order of entry. */
kam_rc store_query_stages(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · outcome TEXT (advance, order); all such interactions ≤ D. */
kam_rc store_query_progress(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · kind TEXT · rep TEXT · outcome TEXT · hours REAL · cost MONEY · activity TEXT · interaction INT (id) */
kam_rc store_query_interactions(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · resolved_on DAY · owner TEXT (a rep's code) */
kam_rc store_query_complaints(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · due DAY · paid_on DAY (missing: unpaid on D) · date DAY · invoice_no TEXT · amount MONEY. Unpaid ones only. */
kam_rc store_query_invoices(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · expectation REAL · perceived REAL · contact TEXT (may be missing). Both marks known. */
kam_rc store_query_surveys(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · kind TEXT · amount MONEY */
kam_rc store_query_service_costs(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · kind TEXT · truth TEXT · competitor TEXT */
kam_rc store_query_sightings(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT (who referred) · date DAY · referred TEXT (code) */
kam_rc store_query_referrals(store *s, kam_day asof, kam_table **out, kam_err *err);

/* Is any account at all a member of a programme on D? Whatever the scope. */
kam_rc store_query_programme(store *s, kam_day asof, bool *out, kam_err *err);

enum { /* which tables of store_facts to fill */
    STORE_F_OPPORTUNITIES = 1 << 0,
    STORE_F_STAGES = 1 << 1,
    STORE_F_PROGRESS = 1 << 2,
    STORE_F_COMPLAINTS = 1 << 3,
    STORE_F_INVOICES = 1 << 4,
    STORE_F_SURVEYS = 1 << 5,
    STORE_F_SERVICE_COSTS = 1 << 6,
    STORE_F_SIGHTINGS = 1 << 7,
    STORE_F_REFERRALS = 1 << 8,
    STORE_F_LEDGER = 1 << 9,
    STORE_F_ALL = (1 << 10) - 1,
    STORE_F_FEW = 1 << 10 /* of the accounts only account, name, known_since, member_since and acquisition_cost: half the time and memory where there are many */
};
/* All of the above in one call; accounts always. Members not asked for stay NULL. The ledger is lent (store_ledger.h). */
typedef struct store_facts {
    kam_table *accounts;
    const kam_ledger *ledger;
    kam_table *opportunities, *stages, *progress, *complaints, *invoices, *surveys, *service_costs, *sightings,
        *referrals;
} store_facts;
#define STORE_FACTS_INIT {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL}
kam_rc store_facts_load(store *s, kam_day asof, unsigned which, store_facts *out, kam_err *err);
/* For an answer that places one account among all of them: every table holds that account alone (nothing when it is not known on the day), the
 * ledger everybody; *row: its place there, SIZE_MAX: not known. The scope is STORE_SCOPE_ALL, before and after; scopes must be followed
 * (store_scope_followed). */
kam_rc store_facts_among(store *s, kam_day asof, int64_t account, unsigned which, store_facts *out, size_t *row, kam_err *err);
void store_facts_release(store_facts *f);

/* --- forecast, pyramid of products and reps, value ------------------------------------------------------------- */
/* period TEXT (YYYY-MM) · rep TEXT (missing: a target of an account) · account TEXT · amount MONEY. Targets carry no date;
 * yearly and quarterly ones are split evenly over their months (the remainder on the last). */
kam_rc store_query_targets(store *s, kam_table **out, kam_err *err);
/* key TEXT · name TEXT · basis MONEY · bought FLAG, of the window (D − window_days, D]; basis revenue or margin (known
 * margins only; missing when none is known). `of` is "product" or "rep": a rep's revenue is that of the accounts he owns
 * on D. By key. KAM_USAGE for another word. */
kam_rc store_query_items(store *s, kam_day asof, const char *of, int window_days, bool margin, kam_table **out,
                         kam_err *err);
/* rep TEXT · name TEXT · title TEXT · executive FLAG · capacity INT · accounts INT (owned on D). By code. */
kam_rc store_query_reps(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · owner TEXT · sponsor TEXT, latest ≤ D; accounts that have either. By row. */
kam_rc store_query_owners(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · amount MONEY (negative: what we spent) · kind TEXT (attract … serve, acquisition). Acquisition costs
 * are dated at known since, else at the account's first purchase, else at D. For calc_flows. */
kam_rc store_query_flows(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · contract TEXT · start DAY · end DAY (only if ≤ D) · price MONEY (a period) · period TEXT · renewal DAY ·
 * periods INT (whole periods from the start to the end or D) · ended FLAG. Contracts begun ≤ D, by row, code. */
kam_rc store_query_contracts(store *s, kam_day asof, kam_table **out, kam_err *err);

/* --- next purchase, collections, value levels (calc_next.h, calc_collect.h, calc_levels.h) ------------------------ */
/* row INT · storage_capacity REAL · pay_day INT (day of the month); accounts that have either. By row. */
kam_rc store_query_habits(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · product TEXT · date DAY · quantity REAL, netted per account, product and day; lines with a quantity and a product
 * only. By row, product (each in one run), date. */
kam_rc store_query_quantities(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · invoice_no TEXT · date DAY · due DAY · paid_on DAY (missing: unpaid on D) · amount MONEY; lines with a due date, those of
 * one invoice as one. By row, due. */
kam_rc store_query_payments(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · level TEXT · kind TEXT · aim TEXT · delivered TEXT; undated ones first. By row, date. */
kam_rc store_query_value_notes(store *s, kam_day asof, kam_table **out, kam_err *err);
/* --- talks, rivals, past forecasts (calc_outcomes.h, calc_watch.h, calc_backtest.h, calc_winloss.h, calc_sale.h) ---- */
/* `opps` is store_query_opportunities of the same day; `opportunity` INT is a row of it.
 * opportunity INT · date DAY · attribute TEXT (amount, expected_close, owner, forecast) · amount MONEY · day DAY · rep TEXT ·
 * probability REAL: every value given for an opportunity, whatever came later. By opportunity, date, order of entry. */
kam_rc store_query_deal_values(store *s, kam_day asof, const kam_table *opps, kam_table **out, kam_err *err);
/* opportunity INT · competitor TEXT: who takes part. Undated. */
kam_rc store_query_deal_rivals(store *s, const kam_table *opps, kam_table **out, kam_err *err);
/* opportunity INT · reason TEXT · lesson TEXT of closed ones (blank: missing). */
kam_rc store_query_deal_notes(store *s, kam_day asof, const kam_table *opps, kam_table **out, kam_err *err);
/* opportunity INT · deciders INT (people of the account whose buying role is decider or whose authority
 * reaches `authority`; missing: of nobody either is known) · buys_for TEXT. */
kam_rc store_query_deal_signs(store *s, kam_day asof, double authority, const kam_table *opps, kam_table **out, kam_err *err);
/* row INT · date DAY · kind TEXT · rep TEXT · outcome TEXT · opportunity TEXT · confirmed FLAG · next_step TEXT · next_on DAY ·
 * interaction INT (id): interactions with an outcome. By row, date. */
kam_rc store_query_talks(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · kind TEXT (visit: an agreed next step after D; action: open on D, overdue ones too) · due DAY · rep TEXT · what TEXT ·
 * opportunity TEXT · record INT (id of the interaction or action). By row, due. */
kam_rc store_query_steps(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · competitor TEXT · name TEXT · kind TEXT · truth TEXT · what TEXT · answered_on DAY · explanation TEXT (both
 * only if ≤ D) · sighting INT (id). By row, date. */
kam_rc store_query_seen(store *s, kam_day asof, kam_table **out, kam_err *err);
/* contact TEXT · name TEXT · name_en TEXT · attribute TEXT (knows … satisfied) · date DAY · value REAL · evidence TEXT · own FLAG (given
 * for this opportunity; else given for all, or a mark of the card buying-factors). People of the opportunity's account who have any. By contact, attribute. */
kam_rc store_query_factors(store *s, kam_day asof, const char *opportunity, kam_table **out, kam_err *err);
/* criterion TEXT · opponent TEXT (missing: ours) · date DAY · mark REAL · control TEXT · evidence TEXT: the latest mark of an opportunity on
 * each criterion of the card `opportunity` and for each side. */
kam_rc store_query_deal_marks(store *s, kam_day asof, const char *opportunity, kam_table **out, kam_err *err);

/* --- score cards and what quality reads (calc_quality.h, calc_fit.h, calc_segment.h) ------------------------------------- */
/* row INT · criterion TEXT · date DAY · mark REAL · control TEXT · evidence TEXT · by TEXT · record TEXT (mark or
 * assessment): the latest mark ≤ D of every account and criterion of a card, those given to opponents left out. An assessment `reputation` of an account (A7) is a mark
 * of the card `fit`; the later of the two wins, the mark on the same day. By row, criterion. */
kam_rc store_query_marks(store *s, kam_day asof, const char *card, kam_table **out, kam_err *err);
/* criterion TEXT · date DAY · mark REAL: the same of the marks of ourselves. */
kam_rc store_query_own_marks(store *s, kam_day asof, const char *card, kam_table **out, kam_err *err);
/* row INT · date DAY · what TEXT · approved FLAG · exception INT (id) */
kam_rc store_query_exceptions(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · invoices INT · delay_days INT: invoice lines due in (D − window_days, D] and the sum of days between due and paid
 * (early: negative); what is unpaid on D was late up to D so far. One scan of the index of due days. */
kam_rc store_query_payment_delay(store *s, kam_day asof, int window_days, kam_table **out, kam_err *err);
/* row INT · contacts INT: people known ≤ D and still there; unfilled seats do not count. */
kam_rc store_query_reach(store *s, kam_day asof, kam_table **out, kam_err *err);

/* --- satisfaction, the complaint desk (calc_satisfaction.h, calc_behaviour.h, calc_desk.h) ----------------------------- */
/* row INT · survey INT (id) · date DAY · expectation, perceived, recommend REAL · buy_again, named_first, favourable FLAG. By row, date. */
kam_rc store_query_answers(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · date DAY · factor TEXT · importance, expectation, perceived REAL. By row, date, factor. */
kam_rc store_query_survey_factors(store *s, kam_day asof, kam_table **out, kam_err *err);
/* Complaints: row INT · complaint INT (id of the interaction) · date DAY · topic TEXT · owner TEXT (a rep's code) · progress_on, written_on,
 * visited_on, filed_on, resolved_on DAY (missing after D) · resolution TEXT (of those resolved by D) · lesson, notes TEXT. By row, date. */
kam_rc store_query_cases(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · due DAY (≤ D) · done_on DAY (missing after D): actions that were not dropped. By row. */
kam_rc store_query_promises(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · line TEXT (category, else product) · first DAY: the day of the first purchase. By row. */
kam_rc store_query_lines(store *s, kam_day asof, kam_table **out, kam_err *err);
/* row INT · paid, list MONEY of (D − window, D] · paid_before, list_before MONEY of the window before: lines with a quantity of a product with
 * a list price. Missing where there is none. By row. */
kam_rc store_query_prices(store *s, kam_day asof, int window_days, kam_table **out, kam_err *err);

/* --- one account's people (calc_stakeholder.h) ----------------------------------------------------------------- */
/* opportunity NULL or "": general assessments only. Account and opportunity by code; KAM_NOTFOUND. Members not asked for
 * in `which` stay NULL. */
enum {
    STORE_P_LEVELS = 1 << 0,   /* our people with theirs (J4) */
    STORE_P_HISTORY = 1 << 1,  /* every fit and authority ever noted (B4 over time) */
    STORE_P_RELATIONS = 1 << 2 /* relation types noted of the account (B10) */
};
typedef struct store_people {
    kam_table *people, *links, *opportunities, *levels, *history, *relations;
    bool has_policy_review;
    kam_day policy_review;
} store_people;
#define STORE_PEOPLE_INIT {NULL, NULL, NULL, NULL, NULL, NULL, false, 0}
kam_rc store_people_load(store *s, const char *account, const char *opportunity, kam_day asof, unsigned which,
                         store_people *out, kam_err *err);
void store_people_release(store_people *p);
/* What B9 reads (calc_feeling.h) of one account, by code, with a window of window_days. Both tables or neither. */
kam_rc store_query_feeling(store *s, kam_day asof, const char *account, int window_days, kam_table **accounts,
                           kam_table **attitudes, kam_err *err);
#endif
