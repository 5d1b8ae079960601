# SPDX-License-Identifier: GPL-3.0-or-later
# Where in their life are our accounts, who moved since last year, and how far up the ladder of loyalty are they (A3–A5)?
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

show [classify -by lifecycle -summary]
show [table select [table where [classify -by lifecycle] {$class in {"problem" "declining" "lost"}}] account class why]

# From a year ago to today: only the moves that happened.
show [table select [table where [classify -by yield -since 2025-06-30] {$count > 0}] from to count]

show [classify -by ladder -summary]
show [classify -by rfm -summary]
