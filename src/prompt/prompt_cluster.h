/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_cluster: the line is edited by what a person sees as one character.
 *
 * Readline knows characters with combining marks; families joined by ZWJ, flags (two regional indicators), skin tones, keycaps and
 * variation selectors it cuts into parts. So whatever key the user has for a character forward or back, for deleting one on
 * either side and for exchanging two gets a function that goes by clusters (kam_utf8_cluster; UAX #29 without Hangul jamo and
 * Indic conjuncts). The commands of vi's movement mode are left as they are. */
#ifndef PROMPT_CLUSTER_H
#define PROMPT_CLUSTER_H

void prompt_cluster_bind(void); /* after each rl_prep_terminal, which binds keys, as the user's inputrc did before */
#endif
