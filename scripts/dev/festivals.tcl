#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# Computes the days of China's lunar festivals; prints the rows of src/calc/calc_festival.c.
#
#   tclsh scripts/dev/festivals.tcl 2020 2040
#
# Rules of GB/T 33661-2017: Beijing time (UTC+8); a month begins on the day of the new moon; the month of the winter solstice is
# the eleventh; where thirteen months begin between two of them, the first without a principal term is a leap month.
# New moons and the sun's longitude after J. Meeus, Astronomical Algorithms, 2nd ed., chapters 49 and 25 (seconds, and
# hundredths of a degree); Delta T taken as 72 s. Standard error tells of new moons within ten minutes of midnight.
set rad [expr {acos(-1) / 180}]
proc s {deg} {expr {sin(fmod($deg, 360) * $::rad)}}

# Julian day (UTC) of the k-th new moon since January 2000.
proc new_moon {k} {
    set t [expr {$k / 1236.85}]
    set e [expr {1 - 0.002516 * $t - 0.0000074 * $t * $t}]
    set m [expr {2.5534 + 29.10535670 * $k - 0.0000014 * $t * $t}]
    set a [expr {201.5643 + 385.81693528 * $k + 0.0107582 * $t * $t + 0.00001238 * $t ** 3}]
    set f [expr {160.7108 + 390.67050284 * $k - 0.0016118 * $t * $t - 0.00000227 * $t ** 3}]
    set o [expr {124.7746 - 1.56375588 * $k + 0.0020672 * $t * $t + 0.00000215 * $t ** 3}]
    set jd [expr {2451550.09766 + 29.530588861 * $k + 0.00015437 * $t * $t - 0.000000150 * $t ** 3}]
    set jd [expr {$jd - 0.40720 * [s $a] + 0.17241 * $e * [s $m] + 0.01608 * [s [expr {2 * $a}]] + 0.01039 * [s [expr {2 * $f}]]
        + 0.00739 * $e * [s [expr {$a - $m}]] - 0.00514 * $e * [s [expr {$a + $m}]] + 0.00208 * $e * $e * [s [expr {2 * $m}]]
        - 0.00111 * [s [expr {$a - 2 * $f}]] - 0.00057 * [s [expr {$a + 2 * $f}]] + 0.00056 * $e * [s [expr {2 * $a + $m}]]
        - 0.00042 * [s [expr {3 * $a}]] + 0.00042 * $e * [s [expr {$m + 2 * $f}]] + 0.00038 * $e * [s [expr {$m - 2 * $f}]]
        - 0.00024 * $e * [s [expr {2 * $a - $m}]] - 0.00017 * [s $o] - 0.00007 * [s [expr {$a + 2 * $m}]]
        + 0.00004 * [s [expr {2 * $a - 2 * $f}]] + 0.00004 * [s [expr {3 * $m}]] + 0.00003 * [s [expr {$a + $m - 2 * $f}]]
        + 0.00003 * [s [expr {2 * $a + 2 * $f}]] - 0.00003 * [s [expr {$a + $m + 2 * $f}]] + 0.00003 * [s [expr {$a - $m + 2 * $f}]]
        - 0.00002 * [s [expr {$a - $m - 2 * $f}]] - 0.00002 * [s [expr {3 * $a + $m}]] + 0.00002 * [s [expr {4 * $a}]]}]
    foreach {at rate size} {299.77 0.107408 325 251.88 0.016321 165 251.83 26.651886 164 349.42 36.412478 126 84.66 18.206239 110
        141.74 53.303771 62 207.14 2.453732 60 154.84 7.306860 56 34.52 27.261239 47 207.19 0.121824 42 291.34 1.844379 40
        161.72 24.198154 37 239.56 25.513099 35 331.55 3.592518 23} {
        set jd [expr {$jd + $size * 1e-6 * [s [expr {$at + $rate * $k - ($size == 325 ? 0.009173 * $t * $t : 0)}]]}]
    }
    return [expr {$jd - 72 / 86400.0}]
}
# Apparent longitude of the sun in degrees at a Julian day.
proc sun {jd} {
    set t [expr {($jd + 72 / 86400.0 - 2451545.0) / 36525}]
    set l [expr {280.46646 + 36000.76983 * $t + 0.0003032 * $t * $t}]
    set m [expr {357.52911 + 35999.05029 * $t - 0.0001537 * $t * $t}]
    set c [expr {(1.914602 - 0.004817 * $t) * [s $m] + (0.019993 - 0.000101 * $t) * [s [expr {2 * $m}]] + 0.000289 * [s [expr {3 * $m}]]}]
    return [expr {fmod($l + $c - 0.00569 - 0.00478 * [s [expr {125.04 - 1934.136 * $t}]] + 720, 360)}]
}
# Day number (days since 1970) in Beijing.
proc day {jd} {return [expr {int(floor($jd + 8 / 24.0 - 2440587.5))}]}
proc iso {day} {return [clock format [expr {$day * 86400}] -gmt 1 -format %Y-%m-%d]}
# The principal term (0 = March equinox … 9 = winter solstice) reached by the beginning of a day in Beijing.
proc term {day} {return [expr {int([sun [expr {$day + 2440587.5 - 8 / 24.0}]] / 30)}]}

# Months of the span: {first day, number or "leap"}.
lassign $argv from to
set k [expr {int(($from - 2000 - 1.5) * 12.3685)}]
set starts {}
while 1 {
    set jd [new_moon $k]
    set past [expr {fmod($jd + 8 / 24.0 - 0.5, 1) * 1440}]
    if {$past < 10 || $past > 1430} {puts stderr "[iso [day $jd]]: new moon [format %.1f [expr {$past > 720 ? $past - 1440 : $past}]] minutes after midnight"}
    lappend starts [day $jd]
    if {[clock format [expr {[day $jd] * 86400}] -gmt 1 -format %Y] > $to + 1} break
    incr k
}
set months {}
set terms [lmap d $starts {term $d}]
# A month holds a term when the one reached changes until the next month begins.
set winter {}
for {set i 0} {$i < [llength $starts] - 1} {incr i} {
    if {[lindex $terms $i] in {7 8} && [lindex $terms $i+1] in {9 10}} {lappend winter $i}
}
foreach a [lrange $winter 0 end-1] b [lrange $winter 1 end] {
    if {$b eq ""} break
    set leap [expr {$b - $a == 13}]
    set number 11
    for {set i $a} {$i < $b} {incr i} {
        if {$leap && $i > $a && [lindex $terms $i] == [lindex $terms $i+1]} {
            lappend months [lindex $starts $i] leap
            set leap 0
            continue
        }
        lappend months [lindex $starts $i] $number
        set number [expr {$number % 12 + 1}]
    }
}
foreach {first number} $months {
    foreach {m d name} {1 1 spring 1 15 lantern 5 5 dragon 8 15 moon 9 9 ninth} {
        if {$m eq $number} {set out([string range [iso $first] 0 3]-$name) [string range [iso [expr {$first + $d - 1}]] 5 end]}
    }
}
for {set y $from} {$y <= $to} {incr y} {
    puts "    {$y, [join [lmap n {spring lantern dragon moon ninth} {scan $out($y-$n) %d-%d a b; expr {$a * 100 + $b}}] {, }]},"
}
