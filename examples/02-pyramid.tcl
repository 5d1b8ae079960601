# SPDX-License-Identifier: GPL-3.0-or-later
# Who brings the money? The customer pyramid (A2), by revenue and by margin, and how concentrated it is.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

show [classify -by pyramid -summary]
show [classify -by pyramid -basis margin -summary]
show [table select [table head [classify -by pyramid] 10] rank account name class basis cumulative_share]
show [table select [classify -by pyramid -show measures] measure value n]

# The same question of products.
show [table select [table head [classify -by pyramid -of products] 5] rank product name class basis]
