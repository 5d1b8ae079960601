# SPDX-License-Identifier: GPL-3.0-or-later
# C4–C8 on the example portfolio: who eats the profit, what a complaint may cost, what would five points of retention bring, who runs out next
# and when they pay, and what they look for. Figures of fitted models are rounded, because the last digits of an optimum may differ between
# machines.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]
proc cell {row column {format %s}} {
    if {![dict exists $row $column]} {return -}
    return [format $format [dict get $row $column]]
}

puts "-- who brings the profit, and who eats it (C4)"
show [table select [table head [cost-to-serve] 3] account profit profit_margin peak_share]
show [table select [table where [cost-to-serve] {$profit < 0}] account margin service_cost acquisition profit peak_share]
show [table select [table where [cost-to-serve -show measures] {$measure in {peak_profit eaten eaten_share}}] measure value n]

puts "-- what stands behind the open complaints, at most, and do they come back? (C5)"
show [table select [complaint-cost -open] account date days annual_revenue upper_bound]
table each row [complaint-cost -show recovery] {
    puts [format "%-10s n %d  bought again %d  %s (%s-%s)  usually quoted %s" [dict get $row class] [dict get $row complaints] [dict get $row repurchased] \
        [cell $row share %.2f] [cell $row low %.2f] [cell $row high %.2f] [cell $row quoted]]
}

puts "-- what would another retention, margin or acquisition cost be worth? (C6)"
table each row [what-if -retention 5 -margin 0.05 -acquisition -0.1 -model bg-nbd] {
    puts [format "%-12s %+5.1f %% of equity, n %d" [dict get $row lever] [expr {100 * [dict get $row relative]}] [dict get $row n]]
}
table each row [what-if -show keep -model bg-nbd] {
    puts [format "%-8s success %.2f  cost of a success %s  against acquiring x %.0f" [dict get $row way] [dict get $row success_rate] \
        [dict get $row cost] [dict get $row advantage]]
}

puts "-- the call list of the next three days, the rice-jar rule (C7)"
show [table select [table head [next-purchase -days 3] 12] account class product last_quantity expected quantity storage_capacity]
puts "-- whose money comes this week, and whom to ask for it"
set money [next-purchase -show collections -days 7]
show [table select [table head [table where $money {$class eq "chase"}] 4] account due late_days pay_day expected amount]
show [table select [table head [table where $money {$class ne "chase"}] 4] account class due pay_day expected amount]

puts "-- what they look for, and what is missing (C8)"
show [table select [table where [value-levels] {$basic + $expected + $beyond > 0}] account kinds missing coverage]
show [table select [value-levels SHILIU] level kind aim delivered gap]

puts "-- the time ahead"
table each row [table where [lifetime-value -show new -model bg-nbd -horizon 12] {$month in {3 6 12}}] {
    puts [format "a new account after %2d months: %4.1f repeat purchases (%.1f-%.1f)" [dict get $row month] [dict get $row expected_purchases] \
        [dict get $row low] [dict get $row high]]
}
table each row [lifetime-value -show models] {
    puts [format "%-11s AIC above the best %6.1f%s" [dict get $row model] [dict get $row aic_difference] [expr {[dict get $row chosen] ? "  in use" : ""}]]
}
