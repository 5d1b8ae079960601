# SPDX-License-Identifier: GPL-3.0-or-later
# What are accounts worth (C1–C3), and what will the next months bring (D2, D3)? Numbers are rounded here because the last
# digits of an optimum may differ between machines.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

set values [table sort [lifetime-value -horizon 12 -model bg-nbd] -lifetime_value]
table each row [table head $values 5] {
    puts [format "%-9s alive %.2f  purchases %.0f (%.0f-%.0f)" [dict get $row account] [dict get $row p_alive] \
        [dict get $row expected_purchases] [dict get $row expected_purchases_low] [dict get $row expected_purchases_high]]
}
show [table select [funnel] stage count amount weighted stuck]
show [table select [table where [funnel -show opportunities] {$stuck}] opportunity account stage age median_stay]
show [table select [table head [forecast] 8] period count weighted p10 p50 p90 target]
