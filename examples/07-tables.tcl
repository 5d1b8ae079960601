# SPDX-License-Identifier: GPL-3.0-or-later
# The table that flows: every answer is a table, and tables can be filtered, joined, grouped and written in any form.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

# Revenue of the last year by region: accounts joined with their class.
set classes [table select [classify -by yield] account class window_revenue]
set accounts [table rename [account list -columns {code region}] code account]
set joined [table join $classes $accounts -on account]
show [table sort [table group $joined region -sum window_revenue -count accounts] -window_revenue_sum]

# As JSON, with exact money.
puts [render [table head $classes 2] -as json]

# Row by row, without turning the table into a list.
set silent 0
table each row [classify -by lifecycle] {
    if {[dict exists $row silent_days] && [dict get $row silent_days] > 180} {incr silent}
}
puts "silent for more than 180 days: $silent"
