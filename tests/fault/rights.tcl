# SPDX-License-Identifier: GPL-3.0-or-later
# Files and folders without the right to write or read. Root may write anywhere, so root runs this as nobody.
source [file join $env(KAM_SRCDIR) tests fault libfault.tcl]
set as {}
set home $fault::dir
if {[exec id -u] == 0} {
    # The build folder may be out of nobody's reach; a copy of the program and a folder under /tmp are not.
    set as [list {*}[auto_execok setpriv] --reuid=65534 --regid=65534 --clear-groups]
    set fault::dir [string trim [exec mktemp -d /tmp/kamsh-rights.XXXXXX]]
    file attributes $fault::dir -permissions 0755
    file copy $env(KAMSH) $fault::dir/kamsh
    file mkdir $fault::dir/data
    foreach part {templates scripts} {file copy [file join $env(KAM_SRCDIR) $part] $fault::dir/data/$part}
    exec chmod -R a+rX $fault::dir
    set env(KAMSH) $fault::dir/kamsh
    set env(KAMSH_DATADIR) $fault::dir/data
    cd $fault::dir
    file delete -force $home
    if {[auto_execok setpriv] eq "" || [catch {exec {*}$as $env(KAMSH) --version}]} {
        tap::skip "rights" "no way to be another user here"
        fault::done
    }
}
file mkdir ro
fault::make ro/p.kam
fault::write rows.csv "code,name\nB1,one\n,two\n"
fault::write secret.csv "code,name\nB1,one\n"
file copy ro/p.kam hidden.kam
file copy ro/p.kam fixed.kam
foreach {file mode} {ro/p.kam 0644 rows.csv 0644 secret.csv 0000 hidden.kam 0000 fixed.kam 0444 ro 0555} {
    file attributes $file -permissions $mode
}
# The owner of the folder is root; nobody may only look. Without root it is the test itself that may only look.
proc fails {status pattern name args} {
    fault::fails $status $pattern $name {*}[expr {$::as eq "" ? {} : [list -through $::as]}] {*}$args
}
proc works {name args} {
    fault::works $name {*}[expr {$::as eq "" ? {} : [list -through $::as]}] {*}$args
}
fails 4 {cannot write ro/plan\.tcl: permission denied} "a copy of a template in a folder that may not be written" -c {report new plan -from account-plan -out ro/plan.tcl}
fails 4 {cannot make ro/new\.kam: Permission denied} "a new database in a folder that may not be written" --create ro/new.kam -c {account list}
fails 4 {cannot write.*fixed\.kam: Permission denied} "a database that may not be written" fixed.kam -c {account add B1 -name x}
fails 4 {cannot read hidden\.kam: Permission denied} "one that may not be read" --readonly hidden.kam -c {account list}
tap::is [string trim [works "reading in a folder that may not be written" --readonly ro/p.kam -c {table rows [account list]}]] 2 \
    "gives the records"
fails 4 {open for reading only} "writing there" --readonly ro/p.kam -c {account add B1 -name x}
if {$as eq ""} {
    fails 4 {ro/p\.kam: .*check its rights} "opening for writing there" ro/p.kam -c {account add B1 -name x}
} else {
    fails 4 {cannot write.*ro/p\.kam: Permission denied} "opening for writing there" ro/p.kam -c {account add B1 -name x}
    file attributes ro/p.kam -permissions 0666
    fails 4 {ro/p\.kam: .*check its rights and those of its folder} "only the folder may not be written" ro/p.kam -c {account add B1 -name x}
}
fails 4 {ro/x\.csv: cannot write: Permission denied} "export" --readonly ro/p.kam -c {export account ro/x.csv}
fails 4 {cannot write ro/x\.kam: Permission denied} "backup" --readonly ro/p.kam -c {database backup ro/x.kam}
fails 4 {cannot write ro/x\.kam: Permission denied} "save" -c {account add B1 -name x; database save ro/x.kam}
fails 4 {cannot write ro/x\.pdf: Permission denied} "report" --readonly ro/p.kam -c {report run account-plan -account A1 -out ro/x.pdf}
fails 4 {secret\.csv: cannot open: Permission denied} "rows that may not be read" -c {import account secret.csv}
fails 4 {ro/x\.csv: cannot write: Permission denied} "rejected rows" -c {import account rows.csv -errors ro/x.csv}
fails 4 {cannot read the script secret\.csv: Permission denied} "a script that may not be read" -f secret.csv
file attributes ro -permissions 0755
fault::intact ro/p.kam 2 40 "nothing was changed"
fault::done
