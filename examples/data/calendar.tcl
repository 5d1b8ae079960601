# SPDX-License-Identifier: GPL-3.0-or-later
# Days since 1970-01-01 without a clock, and the fixed dates of the example.
namespace eval cal {
    variable cache
}
proc cal::day {text} {
    scan $text %d-%d-%d y m d
    set y [expr {$m <= 2 ? $y - 1 : $y}]
    set era [expr {$y / 400}]
    set yoe [expr {$y - $era * 400}]
    set doy [expr {(153 * ($m + ($m > 2 ? -3 : 9)) + 2) / 5 + $d - 1}]
    return [expr {$era * 146097 + $yoe * 365 + $yoe / 4 - $yoe / 100 + $doy - 719468}]
}
proc cal::date {day} {
    variable cache
    if {[info exists cache($day)]} {return $cache($day)}
    set z [expr {$day + 719468}]
    set era [expr {$z / 146097}]
    set doe [expr {$z - $era * 146097}]
    set yoe [expr {($doe - $doe / 1460 + $doe / 36524 - $doe / 146096) / 365}]
    set doy [expr {$doe - (365 * $yoe + $yoe / 4 - $yoe / 100)}]
    set mp [expr {(5 * $doy + 2) / 153}]
    set d [expr {$doy - (153 * $mp + 2) / 5 + 1}]
    set m [expr {$mp < 10 ? $mp + 3 : $mp - 9}]
    set y [expr {$yoe + $era * 400 + ($m <= 2)}]
    return [set cache($day) [format %04d-%02d-%02d $y $m $d]]
}
# The next working day (Monday to Friday).
proc cal::workday {day} {
    set w [expr {($day + 3) % 7}]
    return [expr {$w >= 5 ? $day + 7 - $w : $day}]
}
proc cal::workday_before {day} {
    set w [expr {($day + 3) % 7}]
    return [expr {$w >= 5 ? $day - ($w - 4) : $day}]
}
namespace eval story {
    variable asof [cal::day 2026-06-30]
    variable first [cal::day 2024-07-01]
}
