/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns of a long table stay when the window is too narrow for all of them. Nothing is lost without a word: a column
 * that is empty or says the same in every row is told in a line below, the others are named there. */
#include "cmd_label.h"
#include "cmd_render_box.h"
#include "cmd_spec.h"
#include "kam_mem.h"
#include <string.h>

/* FIRST: columns that tell which row it is; FEWEST: a table of less is no table; SCREEN: lines within which the whole of
 * every record can be read at once. */
enum { FIRST = 2, FEWEST = 4, SCREEN = 20 };

/* By title of the table, columns in the order in which they are given up; then it goes on from the right. */
static const struct {
    const char *title, *give_up;
} orders[] = {
    {"account", "name_en parent source acquisition_cost exit_cost storage_capacity pay_day bad_debt off_strategy tags member_since employees ownership"},
    {"changes", "state who when command"},
    {"circle.title", "why contact last_met"},
    {"classify.lifecycle", "prior_revenue recent_revenue service_cost window_margin winning_back lost_after first_purchase phase silent_days last_purchase"},
    {"classify.pyramid", "why percentile cumulative_share"},
    {"classify.rfm", "why r f m window_revenue"},
    {"classify.yield", "lapsed why"},
    {"complaint-cost.register", "revenue_of annual_revenue resolved_on owner days"},
    {"complaints", "upper_bound lesson resolution resolved_on filed visit written progress age_days"},
    {"cost-to-serve", "unknown_days peak_share acquisition profit_margin rank service_cost"},
    {"coverage.title", "rep_name placeholder date"},
    {"cross.offers", "why because_name because pattern product overdue lag_days lift"},
    {"forecast", "p_target gap no_amount target"},
    {"funnel", "no_amount left conversion_low conversion_high median_stay"},
    {"funnel.opportunities", "why median_stay probability weighted name"},
    {"lifetime-value.accounts",
     "last_purchase_at age expected_purchases_low expected_purchases_high past_value expected_value repeat_purchases future_low future_high expected_purchases"},
    {"next-purchase", "why basis gaps own_days days own_weight last_quantity last_purchase storage_capacity latest earliest"},
    {"next-purchase.collections", "date late_days pay_day paid mean_delay usual_delay earliest latest"},
    {"remind.title", "uid source contact in_days rep person"},
    {"retention.periods", "value_high value_low value_retention value_lost value retention_high retention_low defection kept partial until from"},
    {"run.audit.title", "record date owner"},
    {"run.health.title", "why risks orders activity satisfaction relationship circle profile"},
    {"run.loop.title", "why name current"},
    {"stakeholder.flags", "kind opportunity"},
    {"stakeholder.people", "why placeholder participation authority layer quadrant relationship"},
    {"wallet.title", "before share_before gap trend"},
    {"watch.list", "sighting explanation why last_order days_late list_on name"},
};

/* Missing in every row, or the same in every row. */
static bool says_nothing(const kam_column *c, size_t rows)
{
    if (kam_streq(kam_col_name(c), "class") || kam_streq(kam_col_name(c), "why")) return false;
    for (size_t r = 0; r < rows; r++) {
        if (kam_col_missing(c, r) != kam_col_missing(c, 0)) return false;
        if (kam_col_missing(c, r)) continue;
        switch (kam_col_type(c)) {
        case KAM_TEXT:
            if (strcmp(kam_col_text(c, r), kam_col_text(c, 0)) != 0) return false;
            break;
        case KAM_REAL:
            if (kam_col_real(c, r) < kam_col_real(c, 0) || kam_col_real(c, r) > kam_col_real(c, 0)) return false;
            break;
        default:
            if (kam_col_int(c, r) != kam_col_int(c, 0)) return false;
        }
    }
    return true;
}

static size_t needed(const size_t *least, const bool *keep, size_t n, bool box)
{
    size_t sum = box ? 1 : 0, kept = 0;
    for (size_t i = 0; i < n; i++)
        if (keep[i]) sum += least[i] + (box ? 3 : kept++ ? 2 : 0);
    return sum;
}

static size_t count(const bool *keep, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) kept += keep[i];
    return kept;
}

/* An English reader can do without the name rather than without the name in English, where all have one. */
static bool english(const kam_table *t, const cmd_render_options *o)
{
    const kam_column *c = kam_table_find(t, "name_en");
    bool all = c && o->lang == CMD_LANG_EN && kam_table_find(t, "name");
    for (size_t r = 0; all && r < cmd_render_rows(t, o); r++) all = !kam_col_missing(c, r);
    return all;
}

/* The next column of the title's list that is still there; n: none. */
static size_t listed(const kam_table *t, const bool *keep, bool in_english)
{
    size_t n = kam_table_columns(t);
    const char *p = NULL;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (kam_streq(orders[i].title, kam_table_title(t))) p = orders[i].give_up;
    while (p && *p) {
        char name[64];
        size_t len = strcspn(p, " ");
        memcpy(name, p, len < sizeof name ? len : 0);
        name[len < sizeof name ? len : 0] = '\0';
        int at = kam_table_index(t, in_english && strcmp(name, "name_en") == 0 ? "name" : name);
        if (at > 0 && keep[at]) return (size_t)at;
        p += len + (p[len] == ' ');
    }
    return n;
}

bool cmd_render_brief_columns(const kam_table *t, const cmd_render_options *o, const size_t *least, bool *keep)
{
    size_t n = kam_table_columns(t), rows = cmd_render_rows(t, o);
    bool box = o->format == CMD_F_BOX;
    if (!kam_table_title(t) || rows < 2 || rows * (n + 1) <= SCREEN) return false;
    for (size_t i = 0; i < n; i++) keep[i] = true;
    for (size_t i = n; i-- > FIRST && needed(least, keep, n, box) > o->width;)
        if (says_nothing(kam_table_column(t, i), rows)) keep[i] = false;
    bool in_english = english(t, o);
    for (size_t last = n; needed(least, keep, n, box) > o->width;) {
        if (count(keep, n) <= FEWEST) return false;
        size_t at = listed(t, keep, in_english);
        if (at == n) {
            while (!keep[last - 1]) last--;
            at = last - 1;
        }
        keep[at] = false;
    }
    return true;
}

static void put_line(const cmd_render_options *o, const kam_str *line, kam_str *out)
{
    if (line->len) cmd_render_note(line->s, o, out);
}

void cmd_render_brief_notes(const kam_table *t, const cmd_render_options *o, const bool *keep, kam_str *out)
{
    bool zh = o->lang == CMD_LANG_ZH;
    kam_str same = KAM_STR_INIT, left = KAM_STR_INIT;
    for (size_t i = 0; i < kam_table_columns(t); i++) {
        const kam_column *c = kam_table_column(t, i);
        if (keep[i]) continue;
        const char *head = cmd_label_column(c, o->lang), *next = zh ? "、" : ", ";
        if (!says_nothing(c, cmd_render_rows(t, o))) {
            kam_str_addf(&left, "%s%s", left.len ? next : zh ? "未列出的列：" : "columns left out: ", head);
        } else if (!kam_col_missing(c, 0)) {
            kam_str_addf(&same, "%s%s ", same.len ? zh ? "；" : "; " : zh ? "各行相同：" : "the same in all rows: ", head);
            cmd_render_cell(t, i, 0, kam_col_type(c) == KAM_REAL ? cmd_render_decimals(c) : 0, o->lang, &same);
        }
    }
    if (left.len) kam_str_add(&left, zh ? "（display set wide-tables records 逐条显示全部）" : " (display set wide-tables records shows all, record by record)");
    put_line(o, &same, out);
    put_line(o, &left, out);
    kam_str_release(&same);
    kam_str_release(&left);
}
