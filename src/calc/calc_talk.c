/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B7, thinking preference 全脑四象限: what to prepare for each way of thinking. The points are ours, written for this
 * program after the rule of DOMAIN B7; a preference is not an ability, and everybody uses all four. */
#include "calc_people.h"
#include "calc_stakeholder.h"
#include "kam_mem.h"
#include <string.h>

enum { WAYS = 4, POINTS = 4 };
static const char *const ways[WAYS] = {"A", "B", "C", "D"};

static const calc_text talk[WAYS][POINTS] = {
    {{"talk.a1", "open with the result in figures: cost, gain, pay-back time", "开门见山讲结果：成本、收益、回收期，用数字说话"},
     {"talk.a2", "show where each figure comes from, and one calculation that can be checked", "说明每个数字的来源，并给出一道可以核算的算式"},
     {"talk.a3", "compare the alternatives by the same criteria, the weak sides too", "用同一组标准比较各方案，弱点也写上"},
     {"talk.a4", "be short, keep to the point, leave the chat out", "简短扣题，不闲聊"}},
    {{"talk.b1", "send agenda and papers a day ahead; keep to the time", "提前一天送议程和材料，守时"},
     {"talk.b2", "show the plan step by step: who, what, by when", "分步讲计划：谁、做什么、何时完成"},
     {"talk.b3", "bring proof that it has worked elsewhere, and what happens when it fails", "拿出别处用得好的证明，以及出问题时怎么办"},
     {"talk.b4", "confirm in writing afterwards, every detail as agreed", "事后书面确认，约定的细节一项不漏"}},
    {{"talk.c1", "take time for the person before the matter", "先叙人情，再谈事情"},
     {"talk.c2", "say whom it touches, and how their work becomes easier", "讲清影响到哪些人，他们的工作怎样变轻松"},
     {"talk.c3", "bring somebody who uses it and can tell of it", "带一位用过的人来讲讲体会"},
     {"talk.c4", "ask how colleagues would take it, and listen to the end", "问一问同事们会怎么看，听完再说"}},
    {{"talk.d1", "begin with the whole picture on one page", "先用一页纸讲全局"},
     {"talk.d2", "draw it, compare it with something known, use an image", "画出来，打个比方，用图像说明"},
     {"talk.d3", "say what it makes possible in three years", "讲三年后它能带来什么可能"},
     {"talk.d4", "leave room for ideas of their own; keep details for the annex", "给对方留出发挥的余地，细节放在附件里"}}};
static const calc_text round_talk[WAYS][3] = {
    {{"round.a1", "Are facts and figures there, and can they be checked?", "事实和数字齐全吗？查得到出处吗？"},
     {"round.a2", "Is there one clear line that leads to a conclusion?", "有没有一条清楚的思路通向结论？"},
     {"round.a3", "Is what it costs and what it brings said in one sentence?", "花多少、得多少，一句话说清了吗？"}},
    {{"round.b1", "Are the steps in order, each with a person and a date?", "步骤有序吗？每步有人、有日期吗？"},
     {"round.b2", "Are the details and the risks there, with a way out?", "细节和风险都写了吗？有没有退路？"},
     {"round.b3", "Is there proof from somewhere it runs already?", "有没有已在运行之处的证明？"}},
    {{"round.c1", "Is it clear who is affected and what they gain?", "影响到谁、对他们有什么好处，清楚吗？"},
     {"round.c2", "Does everybody present get a chance to speak?", "在场的人都有机会说话吗？"},
     {"round.c3", "Is there a story of a person in it?", "有没有一个人的故事？"}},
    {{"round.d1", "Does one page show the whole?", "一页纸能看到全貌吗？"},
     {"round.d2", "Are there images, comparisons, something to see?", "有图、有比喻、有看得见的东西吗？"},
     {"round.d3", "Is it said where this leads in the years to come?", "讲了今后几年走向哪里吗？"}}};
static const calc_text not_known = {"talk.unknown", "not known: prepare one point of each kind, watch what is asked first, and note it",
                                    "偏好未知：四类要点各备一条，留意对方先问什么，并记录下来"},
    note_unknown = {"round.unknown", "preference not known: {1}; so all four kinds are listed", "偏好未知：{1}；因此列出全部四类"};

static int way_of(const calc_crowd *w, size_t i)
{
    for (int k = 0; k < WAYS; k++)
        if (calc_text_is(w->c[P_THINKING], i, ways[k])) return k;
    return -1;
}

static const char *say(const calc_stakeholder_params *p, const calc_text *t) { return p->lang == CALC_ZH ? t->zh : t->en; }

kam_rc calc_people_talk(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {{"contact", KAM_TEXT, "stakeholder.contact"}, {"name", KAM_TEXT, "stakeholder.name"},
                                    {"thinking", KAM_TEXT, "talk.thinking"}, {"point", KAM_TEXT, "talk.point"}};
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    kam_column *c[CALC_COUNT(cols)];
    kam_table *t = calc_out_new("talk.title", f->people, cols, CALC_COUNT(cols), c);
    for (size_t i = 0; i < w.n; i++) {
        if (calc_crowd_placeholder(&w, i)) continue;
        int way = way_of(&w, i);
        for (int k = 0; k < (way < 0 ? 1 : POINTS); k++) {
            kam_col_push_from(c[0], w.c[P_CONTACT], i);
            kam_col_push_from(c[1], w.c[P_NAME], i);
            kam_col_push_text(c[2], way < 0 ? NULL : ways[way]);
            kam_col_push_text(c[3], say(p, way < 0 ? &not_known : &talk[way][k]));
        }
    }
    kam_table_seal(t);
    *out = t;
    return KAM_OK;
}

/* Rows of the contacts asked for, each once; KAM_NOTFOUND. */
static kam_rc present(const calc_crowd *w, const char *const *contact, size_t n, bool *here, kam_err *err)
{
    size_t *order = calc_crowd_order(w);
    kam_rc rc = KAM_OK;
    for (size_t k = 0; k < n && !rc; k++) {
        size_t i = calc_crowd_find(w, order, contact[k]);
        if (i != SIZE_MAX) here[i] = true;
        else {
            rc = kam_err_set(err, KAM_NOTFOUND, "%s is not among the people of this account on that day", contact[k]);
            kam_err_word(err, "contact");
            kam_err_word(err, contact[k]);
        }
    }
    kam_free(order);
    return rc;
}

static void walk_round(const calc_crowd *w, const bool *here, kam_table *t, kam_column *const c[3])
{
    kam_str names[WAYS + 1] = {KAM_STR_INIT, KAM_STR_INIT, KAM_STR_INIT, KAM_STR_INIT, KAM_STR_INIT};
    for (size_t i = 0; i < w->n; i++)
        if (here[i]) calc_crowd_name(&names[way_of(w, i) < 0 ? WAYS : way_of(w, i)], w, i);
    for (int k = 0; k < WAYS; k++) {
        if (!names[k].len && !names[WAYS].len) continue;
        for (size_t q = 0; q < CALC_COUNT(round_talk[k]); q++) {
            kam_col_push_text(c[0], ways[k]);
            kam_col_push_text(c[1], say(w->p, &round_talk[k][q]));
            kam_col_push_text(c[2], names[k].len ? kam_str_cstr(&names[k]) : NULL);
        }
    }
    if (names[WAYS].len) calc_note_say(t, w->p->lang, &note_unknown, CALC_ARGS(calc_arg_text(kam_str_cstr(&names[WAYS]))));
    for (int k = 0; k <= WAYS; k++) kam_str_release(&names[k]);
}

kam_rc calc_people_meeting(const calc_people *f, const calc_stakeholder_params *p, const char *const *contact, size_t n,
                           kam_table **out, kam_err *err)
{
    static const calc_col cols[] = {{"thinking", KAM_TEXT, "talk.thinking"}, {"point", KAM_TEXT, "talk.point"},
                                    {"names", KAM_TEXT, "stakeholder.names"}};
    calc_crowd w;
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    bool *here = kam_calloc(w.n + 1, sizeof *here);
    rc = present(&w, contact, n, here, err);
    if (!rc) {
        kam_column *c[CALC_COUNT(cols)];
        *out = calc_out_new("talk.meeting", f->people, cols, CALC_COUNT(cols), c);
        walk_round(&w, here, *out, c);
        kam_table_seal(*out);
    }
    kam_free(here);
    return rc;
}
