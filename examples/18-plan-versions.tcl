# SPDX-License-Identifier: GPL-3.0-or-later
# A plan kept at the end of March and again at the end of May, and what changed: the review with the team in ten lines, the
# one for the customer in fewer.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

plan snapshot HUAXIN -name {first quarter} -asof 2026-03-31 -quiet
plan snapshot HUAXIN -asof 2026-05-31 -quiet
puts "Kept:"
puts [render [table select [plan list HUAXIN] number date name] -as box]

puts "\nThe figures since the first quarter:"
puts [render [table select [table where [plan diff HUAXIN {first quarter}] {$kind eq "figure"}] text sign] -as box]

puts "\nDeals and people, in sentences, newest first:"
set changes [table where [plan diff HUAXIN 1] {$kind in {"opportunity" "person"} && !missing(since)}]
table each row [table sort $changes -since] {
    set by [expr {[dict exists $row by] ? ", [dict get $row by]" : {}}]
    puts "  [dict get $row since]  [dict get $row text]$by"
}

puts "\nFor the worse, in June alone:"
table each row [table where [plan diff HUAXIN 2026-05-31] {$sign eq "worse"}] {puts "  [dict get $row text]"}

puts "\nWhat the customer may read:"
table each row [plan diff HUAXIN 1 -edition customer] {puts "  [dict get $row text]"}

puts "\nA value of March, asked with sql:"
puts [render [sql {
    SELECT f.object, f.value, f.by_who FROM plan_facts f JOIN plan_snapshots p ON p.id = f.snapshot_id
    WHERE p.code = 'HUAXIN-1' AND f.field = 'attitude' ORDER BY CAST(f.value AS REAL), f.object LIMIT 3
}] -as box]
