/* SPDX-License-Identifier: GPL-3.0-or-later */
/* describe NAME of an account, a contact or an opportunity: one screen of 80 columns and 24 lines, in either language. */
#include "cmd_describe.h"
#include "cmd_facts.h"
#include "cmd_glance.h"
#include "kam_mem.h"
#include "store_field.h"
#include <stdio.h>
#include <string.h>

enum { FLAGS = 4 };

#define SAY CMD_GLANCE_SAY

static void add_all(cmd_glance *g, const kam_table *t, const char *const *fields)
{
    for (; *fields; fields++) cmd_glance_add_cell(g, t, 0, *fields, "");
}

static void title(cmd_glance *g, const kam_table *t, const char *about, const char *const *fields)
{
    char *name = cmd_glance_cell(g, t, 0, "name");
    if (!cmd_glance_addf(g, SAY(g, "%s (%s)", "%s（%s）"), name, g->code)) cmd_glance_add_cut(g, name);
    add_all(g, t, fields);
    cmd_glance_line(g, about);
    kam_free(name);
}

/* --- a contact ---------------------------------------------------------------------------------------------------------- */

static void contact_role(cmd_glance *g, const char *account)
{
    kam_table *all = CMD_GLANCE_ASK(g, "stakeholder-map", account);
    kam_table *map = all ? cmd_rows_where(all, "contact", g->code) : NULL;
    static const char *const role[] = {"buying_role", "quadrant", "layer", "relationship", NULL};
    add_all(g, map, role);
    cmd_glance_line(g, SAY(g, "role", "角色"));
    cmd_glance_add_cell(g, map, 0, "attitude", SAY(g, "attitude ", "态度 "));
    cmd_glance_add_cell(g, map, 0, "influence", SAY(g, "influence ", "影响力 "));
    cmd_glance_add_cell(g, map, 0, "authority", SAY(g, "authority ", "权力 "));
    cmd_glance_add_cell(g, map, 0, "participation", SAY(g, "participation ", "参与程度 "));
    cmd_glance_add_cell(g, map, 0, "last_met", SAY(g, "met ", "会面 "));
    cmd_glance_line(g, SAY(g, "standing", "态度"));
    kam_table_unref(map);
    kam_table_unref(all);
}

/* How to talk to this person, by thinking preference and type. */
static void contact_talk(cmd_glance *g, const char *account)
{
    kam_table *all = CMD_GLANCE_ASK(g, "stakeholder-map", account, "-view", "talk");
    kam_table *t = all ? cmd_rows_where(all, "contact", g->code) : NULL;
    char *points = cmd_glance_cell(g, t, 0, "point");
    cmd_glance_add_cut(g, points);
    cmd_glance_line(g, SAY(g, "talk", "谈法"));
    kam_free(points);
    kam_table_unref(t);
    kam_table_unref(all);
}

static void contact_flags(cmd_glance *g, const char *account)
{
    kam_table *all = CMD_GLANCE_ASK(g, "stakeholder-map", account, "-view", "flags");
    kam_table *t = all ? cmd_rows_where(all, "contact", g->code) : NULL;
    for (size_t i = 0; t && i < kam_table_rows(t) && i < FLAGS; i++) {
        char *what = cmd_glance_cell(g, t, i, "evidence"), *step = cmd_glance_cell(g, t, i, "next_step");
        cmd_glance_add_cut(g, what);
        cmd_glance_line(g, SAY(g, "red flag", "雷区"));
        cmd_glance_add_cut(g, step);
        cmd_glance_line(g, SAY(g, "to do", "要做的事"));
        kam_free(what);
        kam_free(step);
    }
    kam_table_unref(t);
    kam_table_unref(all);
}

static void glance_contact(cmd_glance *g)
{
    kam_table *t = CMD_GLANCE_ASK(g, "contact", "show", g->code);
    char where[256], *account = cmd_glance_cell(g, t, 0, "account"), *taste = cmd_glance_cell(g, t, 0, "preferences");
    static const char *const who[] = {"name_en", "title", "department", "account", NULL}, *const reach[] = {"phone", "email", NULL};
    title(g, t, SAY(g, "contact", "联系人"), who);
    add_all(g, t, reach);
    cmd_glance_line(g, SAY(g, "reach", "联系方式"));
    contact_role(g, account);
    contact_talk(g, account);
    cmd_glance_add_cut(g, taste);
    cmd_glance_line(g, SAY(g, "likes", "习惯禁忌"));
    snprintf(where, sizeof where, "contacts ~ %s", g->code);
    cmd_glance_contact(g, where, true);
    contact_flags(g, account);
    kam_free(account);
    kam_free(taste);
    kam_table_unref(t);
}

/* --- an opportunity ------------------------------------------------------------------------------------------------------ */

static void opportunity_stage(cmd_glance *g)
{
    char where[256], until[KAM_DATE_MAX + 8] = "date <= ";
    kam_day_format(cmd_session_asof(g->s), until + strlen(until));
    snprintf(where, sizeof where, "opportunity = %s", g->code);
    kam_table *t = CMD_GLANCE_ASK(g, "stage-change", "list", "-where", where, "-where", until, "-sort", "-date", "-limit", "1");
    cmd_glance_add_cell(g, t, 0, "stage", "");
    cmd_glance_add_cell(g, t, 0, "date", SAY(g, "since ", "始于 "));
    cmd_glance_line(g, SAY(g, "stage", "阶段"));
    kam_table_unref(t);
    kam_table *open = CMD_GLANCE_ASK(g, "funnel", "-show", "opportunities");
    t = open ? cmd_rows_where(open, "opportunity", g->code) : NULL;
    cmd_glance_add_cell(g, t, 0, "amount", "");
    cmd_glance_add_cell(g, t, 0, "weighted", SAY(g, "weighted ", "加权 "));
    cmd_glance_add_cell(g, t, 0, "expected_close", SAY(g, "expected ", "预计成交 "));
    cmd_glance_add_cell(g, t, 0, "rep", "");
    cmd_glance_line(g, SAY(g, "amount", "金额"));
    if (cmd_glance_real(t, 0, "stuck", 0) > 0) {
        char *why = cmd_glance_cell(g, t, 0, "why");
        cmd_glance_add_cut(g, why);
        cmd_glance_line(g, SAY(g, "stuck", "停滞"));
        kam_free(why);
    }
    kam_table_unref(t);
    kam_table_unref(open);
}

static void opportunity_standing(cmd_glance *g)
{
    kam_table *t = CMD_GLANCE_ASK(g, "assess-opportunity", g->code);
    char *why = cmd_glance_cell(g, t, 0, "why");
    cmd_glance_add_cell(g, t, 0, "verdict", "");
    cmd_glance_add_cut(g, why);
    cmd_glance_line(g, SAY(g, "verdict", "判断"));
    cmd_glance_add_cell(g, t, 0, "unknown", SAY(g, "unknown marks: ", "不明项 "));
    cmd_glance_line(g, SAY(g, "marks", "评分"));
    kam_free(why);
    kam_table_unref(t);
}

static void glance_opportunity(cmd_glance *g)
{
    kam_table *t = CMD_GLANCE_ASK(g, "opportunity", "show", g->code);
    char where[256];
    static const char *const what[] = {"account", "product", "result", NULL};
    title(g, t, SAY(g, "deal", "商机"), what);
    opportunity_stage(g);
    opportunity_standing(g);
    cmd_glance_add_cell(g, t, 0, "competitors", "");
    cmd_glance_line(g, SAY(g, "rivals", "竞争对手"));
    cmd_glance_add_cell(g, t, 0, "opened_on", SAY(g, "opened ", "建立于 "));
    cmd_glance_add_cell(g, t, 0, "closed_on", SAY(g, "closed ", "结束于 "));
    cmd_glance_line(g, SAY(g, "dates", "日期"));
    snprintf(where, sizeof where, "opportunity = %s", g->code);
    cmd_glance_contact(g, where, true);
    kam_table_unref(t);
}

/* --- which of them ------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *entity;
    void (*run)(cmd_glance *g);
    const char *more; /* commands that say more, @ the code */
} kinds[] = {{"account", cmd_glance_account, "visit-brief @ · stakeholder-map @ · why @ classify"},
             {"contact", glance_contact, "contact show @ · contact assess @"},
             {"opportunity", glance_opportunity, "assess-opportunity @ · why @ assess-opportunity"}};

static void note_more(cmd_glance *g, const char *more)
{
    kam_str note = KAM_STR_INIT;
    kam_str_add(&note, SAY(g, "more: ", "更多："));
    for (const char *p = more; *p; p++) {
        if (*p == '@') kam_str_add(&note, g->code);
        else kam_str_addc(&note, *p);
    }
    kam_table_add_note(g->t, note.s);
    kam_str_release(&note);
}

kam_rc cmd_describe_glance(cmd_session *s, const char *name, kam_table **out, kam_err *err)
{
    *out = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *code = NULL;
        int64_t id;
        kam_err own = KAM_ERR_INIT;
        kam_rc rc = store_lookup(cmd_session_store(s), store_entity_find(kinds[i].entity), name, &id, &code, &own);
        if (rc == KAM_NOTFOUND) continue;
        if (rc != KAM_OK) { /* ambiguous, or the database: the first that says so */
            if (err) *err = own;
            return rc;
        }
        cmd_glance g = {.s = s, .code = code, .t = kam_table_new()};
        kam_table_set_title(g.t, "describe.glance");
        g.about = kam_table_add_column(g.t, "about", KAM_TEXT, "describe.about");
        g.what = kam_table_add_column(g.t, "what", KAM_TEXT, "describe.what");
        kinds[i].run(&g);
        note_more(&g, kinds[i].more);
        kam_table_seal(g.t);
        kam_str_release(&g.text);
        kam_free(code);
        *out = g.t;
        return KAM_OK;
    }
    return KAM_OK;
}
