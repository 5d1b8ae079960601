# SPDX-License-Identifier: GPL-3.0-or-later
# Are they content, and who will leave? F1–F8 on the example portfolio, of which story_crowd.tcl says why accounts leave; then churn on a longer
# made-up log with a simpler truth, which is found to the digit. Figures of fitted models are rounded.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

puts "-- perceived against expected: the worst, and how it went (F1)"
show [table select [table head [satisfaction] 4] account class expectation perceived change]
table each row [satisfaction -show time -by year] {
    puts [format "%s  gap %+.2f (%.2f … %.2f)  below %d  as expected %d  above %d" [dict get $row period] [dict get $row gap] \
        [dict get $row gap_low] [dict get $row gap_high] [dict get $row dissatisfied] [dict get $row satisfied] [dict get $row delighted]]
}
puts "-- what to improve first"
table each row [satisfaction -show factors] {
    puts [format "%-9s %-8s importance %.1f  perceived %.1f  gap %+.1f" [dict get $row factor] [dict get $row class] [dict get $row importance] \
        [dict get $row perceived] [dict get $row gap]]
}
puts "-- rates, with n and interval (F2)"
table each row [table where [satisfaction -show rates] {$measure in {repurchase referral named_first favourable nps}}] {
    puts [format "%-11s %8.3f (%.3f … %.3f) n %d" [dict get $row measure] [dict get $row value] [dict get $row low] [dict get $row high] [dict get $row n]]
}
puts "-- satisfaction as behaviour: who does what content customers do (F7)"
show [table select [table head [satisfaction -show behaviour] 3] account yes known why]
puts "-- and we? (F6, F8)"
show [table select [table where [satisfaction -show audit] {$mark < 5}] criterion mark change advice]
table each row [table where [satisfaction -show audit] {$criterion eq "decides"}] {
    puts [format "time to fulfil: %g days; promises kept %.0f %%" [dict get $row fulfil_days] [expr {100 * [dict get $row kept_share]}]]
}
show [table select [table where [satisfaction -show shifts] {$criterion eq "total"}] card mark change]

puts "-- who fell silent? (F3)"
show [table select [table where [silence] {$class in {alarm warning}}] account class why]
puts "-- the complaint desk (F5)"
show [table select [complaints -open] account class owner age_days next due upper_bound]
show [table select [complaints -show clocks] clock days met late running overdue]
show [table select [complaints -search label] account resolution lesson]
puts "-- the bucket"
show [table select [retention] period opening new won_back lost closing kept]

puts "-- who will leave? (F4) What those who left were like"
proc measured {names} {
    set ::wanted $names
    table each row [table where [churn-risk -show measures] {$measure in $::wanted}] {
        puts [format "%-8s %g" [dict get $row measure] [expr {round(100 * [dict get $row value]) / 100.0}]]
    }
}
measured {auc rows lost}
table each row [table where [churn-risk -show model] {$trait in {complaints unresolved gap overdue rivals contacts}}] {
    puts [format "%-10s %s" [dict get $row trait] [expr {[dict get $row coefficient] > 0 ? "more likely to leave" : "more likely to stay"}]]
}
puts "-- and who is like them now: high, watch, low; the first three, with what speaks for it and against it"
puts [lmap k {high watch low} {table rows [table where [churn-risk] {$class eq $k}]}]
table each row [table head [churn-risk] 3] {
    puts [format "%-8s risk %.2f  %s" [dict get $row account] [dict get $row risk] [dict get $row why]]
}
puts "-- by the rhythm of purchases alone"
table each row [table head [churn-risk -show alive] 3] {
    puts [format "%-8s %-5s silent %3d days  P(alive) %.2f" [dict get $row account] [dict get $row class] [dict get $row silent_days] [dict get $row p_alive]]
}

# Four years of 600 accounts that buy every five weeks or so. Each summer every account has complained 0 to 2 times and says how content it is; the
# unhappy ones stop more often: log odds of stopping −2 + 1.2 × log(1 + complaints) − 0.6 × gap.
puts "-- a log of which the truth is known"
database close -force
rng::seed 11
set asof [cal::day 2026-06-30]
foreach {entity head} {account code,name,known_since transaction account,date,amount interaction account,date,kind survey account,date,expectation,perceived} {
    set lines($entity) [list $head]
}
for {set i 0} {$i < 600} {incr i} {
    set code [format S%03d $i]
    lappend lines(account) "$code,Sample $i,2021-01-01"
    set stop [expr {$asof + 1}]
    foreach cut [list [expr {$asof - 1095}] [expr {$asof - 730}] [expr {$asof - 365}]] {
        if {$stop <= $asof} break
        set complaints [rng::int 0 2]
        set gap [rng::int -3 3]
        for {set k 0} {$k < $complaints} {incr k} {lappend lines(interaction) "$code,[cal::date [expr {$cut - 20 - 60 * $k}]],complaint"}
        lappend lines(survey) "$code,[cal::date [expr {$cut - 15}]],5,[expr {5 + $gap}]"
        if {[rng::chance [expr {1 / (1 + exp(2 - 1.2 * log(1 + $complaints) + 0.6 * $gap))}]]} {set stop $cut}
    }
    for {set day [expr {$asof - 1400}]} {$day <= $asof && $day < $stop - 2} {incr day [rng::int 20 50]} {
        lappend lines(transaction) "$code,[cal::date $day],[rng::int 100 900]"
    }
}
foreach entity {account transaction interaction survey} {
    set handle [file tempfile name .csv]
    puts $handle [join $lines($entity) \n]
    close $handle
    import $entity $name
    file delete $name
}
setting set asof 2026-06-30
measured {auc periods rows lost}
table each row [table where [churn-risk -show model] {$trait in {complaints gap}}] {
    puts [format "%-10s true %+.1f  found %+.1f" [dict get $row trait] [dict get {complaints 1.2 gap -0.6} [dict get $row trait]] \
        [expr {[dict get $row coefficient] / [dict get $row sd]}]]
}
puts "-- said and seen on accounts held out"
table each row [churn-risk -show calibration] {
    puts [format "said %.2f  seen %.2f  n %d" [dict get $row predicted] [dict get $row observed] [dict get $row accounts]]
}
