# SPDX-License-Identifier: GPL-3.0-or-later
# 300 account plans of the example portfolio by `report run account-plan -each account`, with one worker and with one a processor:
# processor time of all processes together and time on the clock. In turn, three rounds, the least of each counts: a busy
# neighbour only adds. (On a machine whose processors are taken, two workers cannot be faster than one; then the processor
# time is what can be compared.) Each is followed by whether the bytes are the same.
encoding system utf-8
fconfigure stdout -encoding utf-8
set folder [exec mktemp -d]
set accounts [expr {[info exists env(BENCH_ACCOUNTS)] ? $env(BENCH_ACCOUNTS) : 300}]
proc kamsh {args} {exec $::env(KAMSH) -X {*}$args < /dev/null}
proc measure {args} {exec [file join $::env(KAM_BUILDDIR) tests bench measure] $::env(KAMSH) -X {*}$args 2>@stderr}
try {
    set base [file join $folder b.kam]
    kamsh --create $base -f [file join $env(KAM_SRCDIR) examples data load.tcl]
    # the example has 60 accounts; the rest have a few people and purchases each
    kamsh $base -c "begin; for {set i \[table rows \[account list\]\]} {\$i < $accounts} {incr i} {
        account add X\$i -name 客户\$i有限公司
        for {set k 0} {\$k < 6} {incr k} {contact add X\$i-\$k -account X\$i -name 联系人\$k}
        for {set k 1} {\$k < 7} {incr k} {transaction add -account X\$i -date 2026-0\$k-11 -amount \[expr {100 * \$i + \$k}]}
    }; commit"
    set cores [kamsh -c "::kam::worker cores"]
    foreach round {1 2 3} {
        foreach jobs [lsort -unique -integer [list 1 $cores]] {
            set out [file join $folder out$jobs]
            file delete -force $out
            set start [clock microseconds]
            lassign [measure $base -c "report run account-plan -each account -lang zh -out {$out} -jobs $jobs"] status cpu
            set wall [expr {([clock microseconds] - $start) / 1000.0}]
            if {$status != 0} {error "the batch ended with $status"}
            foreach {what value} [list cpu $cpu wall $wall] {
                if {![info exists least($what,$jobs)] || $value < $least($what,$jobs)} {set least($what,$jobs) $value}
            }
        }
    }
    foreach jobs [lsort -unique -integer [list 1 $cores]] {
        puts [format "batch: %3d plans, %d workers  %8.0f ms processor time (%.1f a plan)  %8.0f ms on the clock  %.2f processors busy" $accounts $jobs \
            $least(cpu,$jobs) [expr {$least(cpu,$jobs) / $accounts}] $least(wall,$jobs) [expr {$least(cpu,$jobs) / $least(wall,$jobs)}]]
    }
    if {$cores > 1} {
        puts [format "batch: %d workers: %.2f times as fast on the clock, for %.2f times the processor time" $cores \
            [expr {$least(wall,1) / $least(wall,$cores)}] [expr {$least(cpu,$cores) / $least(cpu,1)}]]
        puts "batch: the same bytes: [expr {[catch {exec diff -rq [file join $folder out1] [file join $folder out$cores]}] ? "NO" : "yes"}]"
    }
} finally {
    file delete -force $folder
}
