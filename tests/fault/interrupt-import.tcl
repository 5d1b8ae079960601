# SPDX-License-Identifier: GPL-3.0-or-later
# ^C in the middle of an import of 1,000,000 rows: status 130, and the database is as it was. Only one that comes while the
# last of it is written to the disk is too late, and then the error says that all of it was kept.
source [file join $env(KAM_SRCDIR) tests fault libfault.tcl]
set slow [expr {[info exists env(KAM_SLOW_MEMORY)] && $env(KAM_SLOW_MEMORY) ne ""}]
set blocks [expr {$slow ? 50 : 1000}]
fault::make p.kam
set rows ""
for {set i 0} {$i < 1000} {incr i} {append rows A[expr {1 + $i % 2}],20[expr {10 + $i % 15}]-0[expr {1 + $i % 9}]-1[expr {$i % 10}],$i.5\n}
fault::write rows.csv "account,date,amount\n[string repeat $rows $blocks]"
file copy p.kam whole.kam
set start [clock milliseconds]
fault::works "an import that is left alone" whole.kam -c {import transaction rows.csv -quiet}
set took [expr {[clock milliseconds] - $start}]
fault::intact whole.kam 2 [expr {40 + 1000 * $blocks}] "takes every row"
file delete {*}[glob whole.kam*]

set stopped 0
foreach share {0.2 0.4 0.7} {
    set pipe [open |[list $env(KAMSH) -X p.kam -c {puts go; flush stdout} -c {import transaction rows.csv -quiet} -c {puts never} 2>said] r]
    gets $pipe
    after [expr {int($took * $share)}]
    catch {exec kill -INT [pid $pipe]}
    set out [read $pipe]
    set status 0
    if {[catch {close $pipe} - info]} {set status [lindex [dict get $info -errorcode] 2]}
    if {$status == 0} {
        # It was faster this time; then all of it is there, and the next round starts from nothing again.
        tap::ok [string match *never* $out] "interrupted after $share: it had ended before"
        fault::works "taken back" p.kam -c {undo -yes}
        continue
    }
    tap::is [list $status $out] {130 {}} "interrupted after $share: status 130, and the next -c does not run"
    tap::ok [regexp {^kamsh: .*interrupted} [fault::bytes said]] "and says so" [fault::bytes said]
    # A ^C that comes when the rows are being committed, or were a moment ago, stops what follows, not what was done.
    if {[fault::count p.kam] == 40 + 1000 * $blocks} {
        fault::intact p.kam 2 [expr {40 + 1000 * $blocks}] "it came after the commit: every row is there"
        fault::works "taken back" p.kam -c {undo -yes}
        continue
    }
    incr stopped
    fault::intact p.kam 2 40 "the database is as it was"
}
tap::ok [expr {$stopped > 0}] "at least one came in the middle"
fault::done
