/* SPDX-License-Identifier: GPL-3.0-or-later */
/* B6, the winning circle: seats × people as a bipartite graph, and the largest matching (augmenting paths). There are a
 * handful of seats, so this is linear in the people. */
#include "calc_circle.h"
#include "kam_mem.h"
#include <math.h>
#include <string.h>

const char *const calc_seat_keys[SEAT_KINDS] = {"coach", "user-side", "technical-side", "influencer", "decider"};
static const calc_text seat_names[SEAT_KINDS] = {{"seat.coach", "coach", "向导"},
                                                 {"seat.user-side", "influencer of the user side", "使用方影响者"},
                                                 {"seat.technical-side", "influencer of the technical or financial side", "技术/财务方影响者"},
                                                 {"seat.influencer", "influencer", "影响者"},
                                                 {"seat.decider", "decider", "决策人"}};

const char *calc_seat_name(calc_seat s, calc_lang lang) { return lang == CALC_ZH ? seat_names[s].zh : seat_names[s].en; }

bool calc_seat_role(const calc_crowd *w, size_t i, calc_seat s)
{
    bool user = calc_crowd_has_role(w, i, "user");
    bool technical = calc_crowd_has_role(w, i, "gatekeeper") || calc_crowd_has_role(w, i, "purchaser");
    switch (s) {
    case SEAT_COACH: return calc_crowd_has_role(w, i, "coach");
    case SEAT_USER: return user;
    case SEAT_TECHNICAL: return technical;
    case SEAT_INFLUENCER: return user || technical;
    default: return calc_crowd_has_role(w, i, "decider");
    }
}

unsigned calc_seat_lacks(const calc_crowd *w, size_t i, calc_seat s)
{
    unsigned lacks = 0;
    bool influencer = s == SEAT_USER || s == SEAT_TECHNICAL || s == SEAT_INFLUENCER;
    if (influencer && !(calc_known(w->c[P_AUTHORITY], i) && kam_col_real(w->c[P_AUTHORITY], i) < w->p->cut)) lacks |= LACKS_AUTHORITY;
    if (!calc_crowd_met_lately(w, i)) lacks |= LACKS_MEETING;
    if (!(calc_known(w->c[P_ATTITUDE], i) && kam_col_real(w->c[P_ATTITUDE], i) >= w->p->circle_attitude)) lacks |= LACKS_ATTITUDE;
    return lacks;
}

/* --- the matching -------------------------------------------------------------------------------------------------- */

typedef struct matching {
    const calc_crowd *w;
    calc_circle *c;
    const size_t *order; /* people, best disposed first */
    size_t n_order;
    size_t *seat_of;     /* seat a row sits in, SIZE_MAX: none */
    size_t *seen;        /* the round a row was tried in */
    size_t round;
} matching;

static bool fits(const matching *m, size_t seat, size_t i)
{
    return calc_seat_role(m->w, i, m->c->seat[seat]) && calc_seat_lacks(m->w, i, m->c->seat[seat]) == 0;
}

/* Fill the seat with somebody free, else by moving others to other seats. As deep as there are seats. */
static bool fill(matching *m, size_t seat)
{
    for (int moving = 0; moving < 2; moving++)
        for (size_t k = 0; k < m->n_order; k++) {
            size_t i = m->order[k];
            if ((m->seat_of[i] != SIZE_MAX) != (moving == 1) || m->seen[i] == m->round || !fits(m, seat, i)) continue;
            m->seen[i] = m->round;
            if (moving && !fill(m, m->seat_of[i])) continue;
            m->seat_of[i] = seat;
            m->c->person[seat] = i;
            return true;
        }
    return false;
}

static unsigned count_lacks(unsigned lacks) { return ((lacks >> 2) & 1) + ((lacks >> 1) & 1) + 2 * (lacks & 1); }

/* Known holders of the role who sit nowhere and are nobody's nearest yet: who lacks least, then the best disposed. */
static size_t nearest(const matching *m, size_t seat, const size_t *all, size_t n_all)
{
    size_t best = SIZE_MAX;
    unsigned least = 0;
    for (size_t k = 0; k < n_all; k++) {
        size_t i = all[k];
        if (m->seat_of[i] != SIZE_MAX || calc_crowd_placeholder(m->w, i) || !calc_seat_role(m->w, i, m->c->seat[seat])) continue;
        unsigned lacks = count_lacks(calc_seat_lacks(m->w, i, m->c->seat[seat]));
        if (best != SIZE_MAX && lacks >= least) continue;
        best = i;
        least = lacks;
    }
    return best;
}

static void make_seats(const calc_stakeholder_params *p, calc_circle *c)
{
    size_t coaches = (size_t)(p->coaches > 0 ? p->coaches : 0), influencers = (size_t)(p->influencers > 0 ? p->influencers : 0),
           deciders = (size_t)(p->deciders > 0 ? p->deciders : 0);
    c->n = coaches + influencers + deciders;
    c->seat = kam_calloc(c->n + 1, sizeof *c->seat);
    c->person = kam_calloc(c->n + 1, sizeof *c->person);
    c->nearest = kam_calloc(c->n + 1, sizeof *c->nearest);
    for (size_t k = 0; k < c->n; k++) {
        size_t place = k - coaches;
        c->seat[k] = k < coaches                 ? SEAT_COACH
                     : place >= influencers      ? SEAT_DECIDER
                     : influencers == 1          ? SEAT_INFLUENCER
                     : place % 2                 ? SEAT_TECHNICAL
                                                 : SEAT_USER;
        c->person[k] = c->nearest[k] = SIZE_MAX;
    }
}

/* Everybody: first who is disposed at all, best first, then the rest by code. Caller frees. */
static size_t *everybody(const calc_crowd *w, size_t *n)
{
    size_t *all = calc_crowd_disposed(w, -INFINITY, n), *by_code = calc_crowd_order(w);
    for (size_t k = 0; k < w->n; k++)
        if (!calc_known(w->c[P_ATTITUDE], by_code[k]) || calc_crowd_placeholder(w, by_code[k])) all[(*n)++] = by_code[k];
    kam_free(by_code);
    return all;
}

void calc_circle_open(const calc_crowd *w, calc_circle *out)
{
    size_t n_all;
    size_t *all = everybody(w, &n_all);
    matching m = {.w = w, .c = out, .order = all, .seat_of = kam_calloc(w->n + 1, sizeof(size_t)),
                  .seen = kam_calloc(w->n + 1, sizeof(size_t))};
    while (m.n_order < n_all && calc_known(w->c[P_ATTITUDE], all[m.n_order]) && !calc_crowd_placeholder(w, all[m.n_order])) m.n_order++;
    make_seats(w->p, out);
    for (size_t i = 0; i < w->n; i++) m.seat_of[i] = SIZE_MAX;
    for (size_t k = 0; k < out->n; k++) {
        m.round = k + 1;
        fill(&m, k);
    }
    for (size_t k = 0; k < out->n; k++)
        if (out->person[k] == SIZE_MAX && (out->nearest[k] = nearest(&m, k, all, n_all)) != SIZE_MAX) m.seat_of[out->nearest[k]] = k;
    kam_free(m.seat_of);
    kam_free(m.seen);
    kam_free(all);
}

void calc_circle_release(calc_circle *c)
{
    kam_free(c->seat);
    kam_free(c->person);
    kam_free(c->nearest);
}

/* --- the answer ---------------------------------------------------------------------------------------------------- */

static const calc_text sits = {"circle.sits", "{1}: attitude {2}, last met {3}", "{1}：态度 {2}，上次会面 {3}"},
    nobody = {"circle.nobody", "nobody known is {1}", "没有已知的{1}"},
    taken = {"circle.taken", "who is {1} sits in another seat already: {2}", "{1}已占其他席位：{2}"},
    find = {"circle.find", "find out who the {1} is: see the route", "查明谁是{1}：见路线"},
    complete = {"circle.complete", "complete: {1} of {2} seats", "成功圈已完整：{1}/{2} 席"},
    incomplete = {"circle.incomplete", "{1} of {2} seats filled; missing: {3}", "已占 {1}/{2} 席；缺：{3}"};
static const calc_text not_met = {"circle.not-met", "last met on {1}, {2} days ago", "上次会面 {1}，已 {2} 天"},
    never_met = {"circle.never-met", "never met", "从未会面"},
    attitude_low = {"circle.attitude", "attitude {1} is below {2}", "态度 {1} 低于 {2}"},
    attitude_unknown = {"circle.attitude-unknown", "attitude unknown", "态度未知"},
    authority_high = {"circle.authority", "authority {1} makes a decider, not an influencer", "权力 {1}，是决策者而非影响者"},
    authority_unknown = {"circle.authority-unknown", "authority unknown", "权力未知"};
static const calc_text do_meet = {"circle.meet", "meet {1}", "与 {1} 会面"}, do_win = {"circle.win-over", "win {1} over", "争取 {1} 的支持"},
    do_learn = {"circle.learn", "find out what {1} thinks of us", "了解 {1} 对我们的态度"},
    do_weigh = {"circle.weigh", "find out how far the word of {1} carries", "弄清 {1} 的分量"},
    do_other = {"circle.other", "look for another person for this seat", "为此席另找一人"};

static void add_sentence(kam_str *b, calc_lang lang, const calc_text *t, const calc_arg *args, size_t n)
{
    if (b->len) kam_str_add(b, lang == CALC_ZH ? "；" : "; ");
    calc_say(b, lang, t, args, n);
}

static calc_arg name_arg(const calc_crowd *w, size_t i)
{
    return calc_arg_text(calc_crowd_called(w, i));
}

/* What keeps the nearest person out, and what to do about it. */
static void say_lacks(const calc_crowd *w, size_t i, unsigned lacks, kam_str *why, kam_str *next)
{
    calc_lang lang = w->p->lang;
    calc_arg who = name_arg(w, i);
    if (lacks & LACKS_AUTHORITY) {
        bool known = calc_known(w->c[P_AUTHORITY], i);
        add_sentence(why, lang, known ? &authority_high : &authority_unknown,
                     CALC_ARGS(calc_arg_real(known ? kam_col_real(w->c[P_AUTHORITY], i) : 0, 1)));
        add_sentence(next, lang, known ? &do_other : &do_weigh, &who, 1);
    }
    if (lacks & LACKS_MEETING) {
        bool ever = calc_known(w->c[P_MET], i);
        int64_t met = ever ? kam_col_int(w->c[P_MET], i) : 0;
        add_sentence(why, lang, ever ? &not_met : &never_met, CALC_ARGS(calc_arg_day(met), calc_arg_int(w->p->asof - met)));
        add_sentence(next, lang, &do_meet, &who, 1);
    }
    if (lacks & LACKS_ATTITUDE) {
        bool known = calc_known(w->c[P_ATTITUDE], i);
        add_sentence(why, lang, known ? &attitude_low : &attitude_unknown,
                     CALC_ARGS(calc_arg_real(known ? kam_col_real(w->c[P_ATTITUDE], i) : 0, 1), calc_arg_real(w->p->circle_attitude, 1)));
        add_sentence(next, lang, known ? &do_win : &do_learn, &who, 1);
    }
}

/* Nobody is left for the seat: nobody holds the role, or who does sits elsewhere. */
static void say_nobody(const calc_crowd *w, calc_seat seat, kam_str *why, kam_str *next)
{
    calc_lang lang = w->p->lang;
    kam_str names = KAM_STR_INIT;
    for (size_t i = 0; i < w->n; i++)
        if (!calc_crowd_placeholder(w, i) && calc_seat_role(w, i, seat)) calc_crowd_name(&names, w, i);
    calc_arg args[] = {calc_arg_text(calc_seat_name(seat, lang)), calc_arg_text(kam_str_cstr(&names))};
    calc_say(why, lang, names.len ? &taken : &nobody, args, 2);
    calc_say(next, lang, names.len ? &do_other : &find, args, 2);
    kam_str_release(&names);
}

enum { C_SEAT, C_FILLED, C_CONTACT, C_NAME, C_ATTITUDE, C_MET, C_WHY, C_NEXT, C_COLS };

static void push_seat(const calc_crowd *w, const calc_circle *circle, size_t k, kam_column **c)
{
    calc_lang lang = w->p->lang;
    calc_seat seat = circle->seat[k];
    size_t i = circle->person[k] != SIZE_MAX ? circle->person[k] : circle->nearest[k];
    kam_str why = KAM_STR_INIT, next = KAM_STR_INIT;
    kam_col_push_text(c[C_SEAT], calc_seat_keys[seat]);
    kam_col_push_int(c[C_FILLED], circle->person[k] != SIZE_MAX);
    if (i == SIZE_MAX) {
        for (int j = C_CONTACT; j <= C_MET; j++) kam_col_push_missing(c[j]);
        say_nobody(w, seat, &why, &next);
    } else {
        kam_col_push_from(c[C_CONTACT], w->c[P_CONTACT], i);
        kam_col_push_from(c[C_NAME], w->c[P_NAME], i);
        kam_col_push_real(c[C_ATTITUDE], calc_known(w->c[P_ATTITUDE], i) ? kam_col_real(w->c[P_ATTITUDE], i) : NAN);
        kam_col_push_from(c[C_MET], w->c[P_MET], i);
        if (circle->person[k] == SIZE_MAX) say_lacks(w, i, calc_seat_lacks(w, i, seat), &why, &next);
        else
            calc_say(&why, lang, &sits, CALC_ARGS(name_arg(w, i), calc_arg_real(kam_col_real(w->c[P_ATTITUDE], i), 1),
                                                  calc_arg_day(kam_col_int(w->c[P_MET], i))));
    }
    kam_col_push_text(c[C_WHY], kam_str_cstr(&why));
    kam_col_push_text(c[C_NEXT], next.len ? kam_str_cstr(&next) : NULL);
    kam_str_release(&why);
    kam_str_release(&next);
}

static void say_whole(const calc_crowd *w, const calc_circle *circle, kam_table *t)
{
    kam_str missing = KAM_STR_INIT;
    size_t filled = 0;
    for (size_t k = 0; k < circle->n; k++) {
        if (circle->person[k] != SIZE_MAX) {
            filled++;
            continue;
        }
        if (missing.len) kam_str_add(&missing, w->p->lang == CALC_ZH ? "、" : ", ");
        kam_str_add(&missing, calc_seat_name(circle->seat[k], w->p->lang));
    }
    calc_arg args[] = {calc_arg_int((int64_t)filled), calc_arg_int((int64_t)circle->n), calc_arg_text(kam_str_cstr(&missing))};
    calc_note_say(t, w->p->lang, filled == circle->n ? &complete : &incomplete, args, 3);
    kam_str_release(&missing);
}

kam_rc calc_people_circle(const calc_people *f, const calc_stakeholder_params *p, kam_table **out, kam_err *err)
{
    static const calc_col cols[C_COLS] = {
        {"seat", KAM_TEXT, "circle.seat"},              {"filled", KAM_FLAG, "circle.filled"},
        {"contact", KAM_TEXT, "stakeholder.contact"},   {"name", KAM_TEXT, "stakeholder.name"},
        {"attitude", KAM_REAL, "stakeholder.attitude"}, {"last_met", KAM_DAY, "stakeholder.last_met"},
        {"why", KAM_TEXT, "classify.why"},              {"next_step", KAM_TEXT, "stakeholder.next_step"}};
    calc_crowd w;
    calc_circle circle;
    kam_column *c[C_COLS];
    kam_rc rc = calc_crowd_open(f, p, &w, err);
    if (rc) return rc;
    calc_circle_open(&w, &circle);
    kam_table *t = calc_out_new("circle.title", f->people, cols, C_COLS, c);
    for (size_t k = 0; k < circle.n; k++) push_seat(&w, &circle, k, c);
    say_whole(&w, &circle, t);
    kam_table_seal(t);
    calc_circle_release(&circle);
    *out = t;
    return KAM_OK;
}
