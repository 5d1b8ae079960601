# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 in the middle of an import of 1,000,000 rows that makes its accounts: the next start finds an intact database
# that holds none of it or all of it, and the import can be done again.
source [file join $env(KAM_SRCDIR) tests tap.tcl]
set driver [file join $env(KAM_BUILDDIR) tests fault import_driver]
set slow [expr {[info exists env(KAM_SLOW_MEMORY)] && $env(KAM_SLOW_MEMORY) ne ""}]
set rows [expr {$slow ? 50000 : 1000000}]
set accounts [expr {$rows / 20}]
if {![file executable $driver]} {
    tap::ok 0 "tests/fault/import_driver was built"
    tap::done
}
cd $env(TMPDIR)

# A generator of our own: the same rows on every machine.
set f [open rows.csv w]
fconfigure $f -translation lf -buffersize 1000000
puts $f account,date,amount
set x 12345
for {set i 0} {$i < $rows} {incr i} {
    set x [expr {($x * 1103515245 + 12345) & 0x7fffffff}]
    puts $f A[expr {$x % $accounts}],20[expr {10 + $x % 15}]-0[expr {1 + $x / 16 % 9}]-1[expr {$x / 256 % 10}],[expr {$x % 99991}].5
}
close $f

proc check {db} {exec $::driver check $db}

set start [clock milliseconds]
set all [exec $driver import whole.kam transaction rows.csv account]
set took [expr {[clock milliseconds] - $start}]
tap::is [lrange $all 0 2] [list $rows $rows 0] "an import that is left alone takes every row"
set whole [check whole.kam]
tap::is [lrange $whole 1 2] [list $rows 0] "and leaves a database without fault"

set none 0
foreach share {0.2 0.7 0.97} {
    set db killed-$share.kam
    set pid [exec $driver import $db transaction rows.csv account >@stderr 2>@stderr &]
    after [expr {int($took * $share)}]
    set killed [expr {![catch {exec kill -9 $pid}]}]
    # The parent must see it end before the file is looked at.
    while {![catch {exec kill -0 $pid 2>@1}] && [catch {exec sh -c "ps -o stat= -p $pid | grep -q Z"}]} {after 10}
    if {[catch {check $db} now]} {
        tap::ok 0 "killed after $share: the database opens" $now
        continue
    }
    set empty [expr {$now eq "0 0 0"}]
    incr none $empty
    tap::ok [expr {$empty || $now eq $whole}] "killed after $share of the time: none or all" "check says: $now"
    if {$share == 0.2} {
        if {$empty} {exec $driver import $db transaction rows.csv account}
        tap::is [check $db] $whole "the import can be done again"
    }
    file delete {*}[glob -nocomplain $db*]
}
tap::ok [expr {$none > 0}] "at least one kill came in the middle"
file delete {*}[glob -nocomplain whole.kam*] rows.csv
tap::done
