# SPDX-License-Identifier: GPL-3.0-or-later
# Seeded random numbers for the example portfolio: L'Ecuyer's combined multiplicative generator (1988), which stays
# inside 64-bit integers, and the distributions drawn from it. The same seed gives the same portfolio on any machine:
# whatever comes out of a logarithm is rounded to whole days or cents before it is used.
namespace eval rng {
    variable a 12345 b 67890
}
proc rng::seed {n} {
    variable a [expr {1 + ($n * 7919 + 12345) % 2147483562}]
    variable b [expr {1 + ($n * 104729 + 67890) % 2147483398}]
    for {set i 0} {$i < 20} {incr i} uniform
}
# Uniform on the open interval (0, 1).
proc rng::uniform {} {
    variable a
    variable b
    set a [expr {$a * 40014 % 2147483563}]
    set b [expr {$b * 40692 % 2147483399}]
    set z [expr {$a - $b}]
    if {$z < 1} {incr z 2147483562}
    return [expr {$z / 2147483563.0}]
}
proc rng::int {low high} {
    return [expr {$low + int([uniform] * ($high - $low + 1))}]
}
proc rng::chance {p} {
    return [expr {[uniform] < $p}]
}
proc rng::pick {list} {
    return [lindex $list [int 0 [expr {[llength $list] - 1}]]]
}
# pairs: value weight value weight …
proc rng::weighted {pairs} {
    set sum 0.0
    foreach {v w} $pairs {set sum [expr {$sum + $w}]}
    set u [expr {[uniform] * $sum}]
    foreach {v w} $pairs {
        set u [expr {$u - $w}]
        if {$u < 0} {return $v}
    }
    return [lindex $pairs end-1]
}
proc rng::normal {mean sd} {
    return [expr {$mean + $sd * sqrt(-2 * log([uniform])) * cos(6.283185307179586 * [uniform])}]
}
proc rng::exponential {mean} {
    return [expr {-$mean * log([uniform])}]
}
# Marsaglia and Tsang (2000); mean shape × scale.
proc rng::gamma {shape scale} {
    if {$shape < 1} {
        return [expr {[gamma [expr {$shape + 1.0}] $scale] * pow([uniform], 1.0 / $shape)}]
    }
    set d [expr {$shape - 1.0 / 3}]
    set c [expr {1 / sqrt(9 * $d)}]
    while 1 {
        set x [normal 0 1]
        set v [expr {(1 + $c * $x) ** 3}]
        if {$v <= 0} continue
        if {log([uniform]) < 0.5 * $x * $x + $d - $d * $v + $d * log($v)} {
            return [expr {$d * $v * $scale}]
        }
    }
}
# A shuffled copy (Fisher–Yates).
proc rng::shuffle {list} {
    for {set i [expr {[llength $list] - 1}]} {$i > 0} {incr i -1} {
        set j [int 0 $i]
        set t [lindex $list $i]
        lset list $i [lindex $list $j]
        lset list $j $t
    }
    return $list
}
