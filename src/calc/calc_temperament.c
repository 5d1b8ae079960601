/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_temperament.h"

#define TYPE(key, en, zh, looks_en, looks_zh, hint_en, hint_zh, avoid_en, avoid_zh)                                               \
    {key, {key, en, zh}, {key, looks_en, looks_zh}, {key, hint_en, hint_zh}, {key, avoid_en, avoid_zh}}

static const calc_temperament types[] = {
    TYPE("opinionated", "opinionated", "自以为是",
         "Holds to a view of their own and says so.", "坚持己见，并明说出来。",
         "Let them speak first, agree where you honestly can, and put the proposal as a question that builds on their view.",
         "先请其发表看法，真诚认同可认同之处，再以提问的方式把方案建立在其观点之上。",
         "Do not contradict in front of others.", "不要当众反驳。"),
    TYPE("welcoming", "welcomes every supplier", "兼收并蓄",
         "Every supplier is a guest, so are your rivals.", "来者都是客，对手也一样受欢迎。",
         "Do not take kindness for progress; ask for one concrete step with a date and compare it with what rivals were given.",
         "不要把客气当成进展；请对方定下一项有日期的具体行动，并与对手得到的作比较。",
         "Do not count on promises without a date.", "不要指望没有日期的许诺。"),
    TYPE("doubting", "doubting", "将信将疑",
         "Asks the same thing twice and wants to see it.", "同一件事问两遍，要亲眼看到。",
         "Bring proof: references to ring up, figures, a trial on a small scale; answer the same question the same way each time.",
         "带上证据：可致电的样板客户、数据、小规模试用；同一问题每次回答一致。",
         "Do not press for a decision or exaggerate.", "不要催促决定，也不要夸大。"),
    TYPE("would-be-expert", "would-be expert", "冒充内行",
         "Uses technical words, unsure beneath.", "满口术语，心里没底。",
         "Explain as if reminding, give them material with which they look good before their own people.",
         "以“提醒”的口吻讲解，给其能在同事面前增光的资料。",
         "Do not expose a mistake.", "不要揭穿其错误。"),
    TYPE("weathercock", "weathercock", "见风使舵",
         "Hard on the weak, soft on the strong; turns with the wind.", "欺软怕硬，随风而转。",
         "Show that those above are with us, keep friendly and firm, and have agreements confirmed in writing.",
         "让其知道上级支持我们，态度友好而坚定，约定事项书面确认。",
         "Do not show weakness, nor rest the deal on this person.", "不要示弱，也不要把成败系于此人。"),
    TYPE("ill-intentioned", "ill-intentioned", "心术不正",
         "Sweet words, and something else in mind.", "甜言蜜语，另有所图。",
         "Keep to the rules, go in twos, write down what was said, and build a second way to the decision.",
         "守住规矩，两人同往，记录谈话，并另辟通往决策的途径。",
         "No favours, no confidential figures.", "不给好处，不透露机密数字。"),
    TYPE("reserved", "reserved", "性格内向",
         "Few words, little warmth.", "话少，不热络。",
         "Bring something in writing, ask open questions and wait; talk of facts first and meet in a small circle.",
         "准备书面材料，提开放式问题并耐心等待；先谈事实，小范围见面。",
         "Do not fill every silence.", "不要急于打破每一次沉默。"),
    TYPE("grand", "grand manner and free promises", "真假豪气",
         "Promises with open hands; it may be real or not.", "豪爽许诺，真假难辨。",
         "Enjoy the welcome, then ask who else has to agree, from which budget and by when; have it written down the same week.",
         "领受热情，再问还须谁同意、出自哪笔预算、何时落实；当周书面确认。",
         "Do not plan deliveries on a word.", "不要凭一句话安排交货。"),
};

const calc_temperament *calc_temperaments(size_t *n)
{
    *n = sizeof types / sizeof *types;
    return types;
}

const calc_temperament *calc_temperament_find(const char *key)
{
    for (size_t i = 0; key && i < sizeof types / sizeof *types; i++)
        if (kam_streq(types[i].key, key)) return &types[i];
    return NULL;
}
