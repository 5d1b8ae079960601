# SPDX-License-Identifier: GPL-3.0-or-later
# Files that are no database, not ours, damaged, newer; a database that another process holds.
source [file join $env(KAM_SRCDIR) tests fault libfault.tcl]
fault::make p.kam

proc change {from to offset bytes} {
    file copy -force $from $to
    set f [open $to r+b]
    seek $f $offset
    puts -nonewline $f $bytes
    close $f
}

fault::write text.kam "hello, I am a letter\n"
fault::fails 4 {text\.kam: it is not a database; name a file} "a text file" text.kam -c {account list}
fault::fails 4 {-c:1: .*text\.kam: it is not a database} "and with database open" p.kam -c {database open text.kam}
fault::write noise.kam [string repeat "\x01\xfe\x80\x00\x33" 2000] binary
fault::fails 4 {noise\.kam: it is not a database} "a file of noise" noise.kam -c {account list}
change p.kam newer.kam 60 [binary format I 999]
fault::fails 4 {newer\.kam was made by a newer kamsh; install that version} "one of a newer kamsh" newer.kam -c {account list}
fault::fails 4 {newer\.kam was made by a newer kamsh} "also for reading only" --readonly newer.kam -c {account list}
change p.kam foreign.kam 68 [binary format I 0]
fault::fails 4 {foreign\.kam is a SQLite database, but not one of kamsh} "somebody else's" foreign.kam -c {account list}
file mkdir folder
fault::fails 4 {cannot open folder: Is a directory} "a folder" folder -c {account list}
fault::fails 4 {gone/x\.kam: No such file or directory} "in a folder that is not there" --create gone/x.kam -c {account list}

# --- damage ---
set whole [fault::bytes p.kam]
set page 4096
foreach share {0.9 0.5 0.1} {
    fault::write cut.kam [string range $whole 0 [expr {int([string length $whole] * $share) - 1}]] binary
    fault::fails 4 {cut\.kam: the file is damaged; go back to a backup} "cut off at $share" cut.kam -c {database check}
    fault::fails 4 {cut\.kam: the file is damaged; go back to a backup} "cut off at $share, reading only" --readonly cut.kam -c {database check}
}
# A page full of rubbish: told by the first command that meets it, and by the check, which never calls it sound.
set unseen 0
set pages [expr {[string length $whole] / $page}]
for {set i 1} {$i < $pages} {incr i [expr {max(1, $pages / 12)}]} {
    change p.kam rubbish.kam [expr {$i * $page}] [string repeat \xa5 $page]
    set result [tap::kamsh -X rubbish.kam -c {table rows [database check]}]
    set out [string trim [dict get $result out]]
    set told [expr {[dict get $result status] == 4 && [regexp {damaged} [dict get $result err]]}]
    if {!$told && !([dict get $result status] == 0 && [string is integer -strict $out] && $out > 0)} {
        incr unseen
        tap::note "page $i: $result"
    }
}
tap::is $unseen 0 "rubbish in any page is found"
file delete {*}[glob rubbish.kam*]

# --- held by another process ---
fault::write hold.tcl "begin\naccount add B1 -name held\nputs locked\nflush stdout\ngets stdin\nrollback\n"
set holder [open |[list $env(KAMSH) -X p.kam -f hold.tcl 2>@1] r+]
tap::is [gets $holder] locked "another process holds the database"
tap::is [string trim [fault::works "reading goes on" p.kam -c {table rows [account list]}]] 2 "with what was there before"
fault::fails 4 {another process holds the database; try again when it has finished} "writing says that it is busy" \
    -may p.kam-wal p.kam -c {account add B2 -name x}
fault::fails 4 {another process holds the database} "importing, too" -may p.kam-wal p.kam -c {account set A1 -name other}
puts $holder go
flush $holder
tap::ok [expr {![catch {close $holder}]}] "the other one ends"
fault::works "and then it can be written" p.kam -c {account add B2 -name x -quiet}
fault::intact p.kam 3 40 "nothing was lost or doubled"
fault::done
