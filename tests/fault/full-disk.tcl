# SPDX-License-Identifier: GPL-3.0-or-later
# A full disk, played by a limit on the size of files and by /dev/full: an error that says so, and no part of a file.
source [file join $env(KAM_SRCDIR) tests fault libfault.tcl]
if {[fault::limit 0] eq ""} {
    tap::skip "full disk" "no prlimit(1) here"
    fault::done
}
fault::make p.kam
set rows "account,date,amount\n"
for {set i 0} {$i < 6000} {incr i} {append rows "A1,2023-0[expr {1 + $i % 9}]-1[expr {$i / 9 % 10}],$i.5\n"}
fault::write rows.csv $rows
fault::write bad.csv "code,name\nB1,one\n,two\n"
# SQLite's shared memory beside the database has 32 KiB, so that no smaller limit can be set once it is open.
set room [expr {max(40000, [file size p.kam] / 2)}]

# --- the database itself ---
fault::fails 4 {p\.kam: reading or writing the file failed; nothing was kept} "importing" -through [fault::limit 60000] \
    p.kam -c {import transaction rows.csv -quiet}
fault::intact p.kam 2 40 "nothing of it came in"
foreach bytes {5000 50000 150000 300000} {
    fault::fails 4 {new\.kam: reading or writing the file failed} "a new database with room for $bytes bytes" \
        -through [fault::limit $bytes] --create new.kam -c {account add A1 -name x}
}
# Room for the log, but not for the data base: what was said to be kept is in the log.
fault::works "room for the log only" -through [fault::limit [file size p.kam]] p.kam -c {import transaction rows.csv -quiet}
fault::intact p.kam 2 6040 "the log brings it in"

# --- what is written from it ---
fault::fails 4 {out\.csv: cannot write: File too large} "export" -through [fault::limit 40000] p.kam -c {export transaction out.csv}
fault::fails 4 {out\.kam: .*nothing was kept} "backup" -through [fault::limit $room] p.kam -c {database backup out.kam}
fault::fails 4 {out\.kam: .*nothing was kept} "save" -through [fault::limit $room] -c {account add A1 -name x; database save out.kam}
set result [fault::run [fault::limit 2000] {-c {report begin -lang zh -title 计划; report heading 1 华为技术; report save out.pdf}}]
tap::is [dict get $result status] 4 "a report"
tap::ok [regexp {cannot write out\.pdf: File too large; nothing was left there} [dict get $result err]] "says what and why" $result
tap::is [glob -nocomplain *out.pdf* .*out.pdf*] "" "and leaves nothing"
fault::fails 4 {cannot write .*plan\.tcl: file too large; nothing was left there} "a copy of a template" -through [fault::limit 2000] -c {report new plan -from account-plan -out plan.tcl}
tap::is [glob -nocomplain plan.tcl] "" "and no part of it"
# A file that was there stays as it was.
fault::works "an export that fits" p.kam -c {export account out.csv}
set before [fault::bytes out.csv]
fault::fails 4 {out\.csv: cannot write} "replacing it" -through [fault::limit 40000] p.kam -c {export transaction out.csv -force}
tap::is [fault::bytes out.csv] $before "the old one is still there"

# --- /dev/full ---
if {![file writable /dev/full]} {
    tap::skip "/dev/full" "there is none here"
    fault::done
}
fault::fails 4 {/dev/full: cannot write: No space left} "rejected rows" p.kam -c {import account bad.csv -errors /dev/full}
fault::fails 4 {cannot write /dev/full: No space left} "a report on a full device" p.kam \
    -c {report run account-plan -account A1 -out /dev/full}
fault::fails 4 {cannot write /dev/full} "a backup never takes the place of a device" p.kam -c {database backup /dev/full -force}
tap::is [file type /dev/full] characterSpecial "which is still one"
foreach {name words} {
    "a value" {p.kam -c {account list}}
    "a long value" {p.kam -c {transaction list}}
    "show" {p.kam -f show.tcl}
    "puts" {p.kam -f puts.tcl}
    "the help" {--help}
    "the version" {--version}
} {
    fault::write show.tcl {show [transaction list]}
    fault::write puts.tcl {puts -nonewline x}
    set bad [catch {exec $env(KAMSH) {*}$words >/dev/full 2>said} - info]
    tap::is [lindex [dict get $info -errorcode] 2] 4 "$name on a full standard output"
    tap::ok [regexp {cannot write to standard output|no space left} [fault::bytes said]] "$name: and says so" [fault::bytes said]
}
fault::done
