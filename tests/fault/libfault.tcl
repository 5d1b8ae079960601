# SPDX-License-Identifier: GPL-3.0-or-later
# Bad input and bad surroundings, on the program as a user starts it. After every failure the folder must hold the same
# files with the same contents as before.
#   fault::make FILE                      a small database: accounts A1 华为技术, A2, a product, 40 transactions
#   fault::write FILE TEXT ?ENCODING?     a file; encoding binary takes bytes
#   fault::fails STATUS PATTERN NAME ?-through WORDS? ?-may GLOB? ARG…
#                                         one error line on standard error that matches PATTERN, the status, nothing
#                                         changed (but files named like GLOB may)
#   fault::works NAME ?-through WORDS? ARG…   status 0, nothing on standard error; returns standard output
#   fault::intact FILE ACCOUNTS TRANSACTIONS NAME
source [file join $env(KAM_SRCDIR) tests tap.tcl]
encoding system utf-8
namespace eval fault {
    variable dir [file join $::env(TMPDIR) fault-[pid]]
}
file mkdir $fault::dir
cd $fault::dir

proc fault::write {file text {encoding utf-8}} {
    set f [open $file w]
    if {$encoding eq "binary"} {fconfigure $f -translation binary} else {fconfigure $f -encoding $encoding -translation lf}
    puts -nonewline $f $text
    close $f
}

proc fault::bytes {file} {
    set f [open $file rb]
    set bytes [read $f]
    close $f
    return $bytes
}

proc fault::make {file} {
    set rows account,date,amount\n
    for {set i 0} {$i < 40} {incr i} {append rows A[expr {1 + $i % 2}],2024-[format %02d [expr {1 + $i % 12}]]-15,[expr {100 + $i}].50\n}
    fault::write make-rows.csv $rows
    fault::works "the fixture $file is made" --create $file -c {account add A1 -name 华为技术} -c {account add A2 -name {Nord Pumps}} \
        -c {product add P1 -name Pump} -c {import transaction make-rows.csv -quiet}
    file delete make-rows.csv
}

# Names, sizes and contents of everything in the folder; what SQLite keeps beside an open database does not count.
proc fault::state {may} {
    set state {}
    foreach file [lsort [glob -nocomplain -types f * .*]] {
        if {[string match *-shm $file] || ($may ne "" && [string match $may $file])} continue
        if {[string match *-wal $file] && [file size $file] == 0} continue
        if {[file readable $file]} {lappend state $file [file size $file] [zlib crc32 [fault::bytes $file]]}
    }
    return $state
}

# Runs the program through other words (prlimit …), which tap::kamsh puts before it.
proc fault::run {through words} {
    if {$through eq ""} {return [tap::kamsh -X {*}$words]}
    set program $::env(KAMSH)
    set ::env(KAMSH) [lindex $through 0]
    set result [tap::kamsh {*}[lrange $through 1 end] $program -X {*}$words]
    set ::env(KAMSH) $program
    return $result
}

proc fault::options {words} {
    upvar 1 through through may may
    set through ""
    set may ""
    while {[lindex $words 0] in {-through -may}} {
        set words [lassign $words option [string range [lindex $words 0] 1 end]]
    }
    return $words
}

proc fault::fails {status pattern name args} {
    set words [fault::options $args]
    set before [fault::state $may]
    set result [fault::run $through $words]
    set after [fault::state $may]
    set err [dict get $result err]
    set trouble {}
    if {[dict get $result status] != $status} {lappend trouble "status [dict get $result status], wanted $status"}
    set lines [regexp -all -line {^kamsh: } $err]
    if {$lines != 1} {lappend trouble "$lines errors instead of one"}
    if {![regexp -- $pattern $err]} {lappend trouble "the error does not match: $pattern"}
    if {$before ne $after} {lappend trouble "files before: $before\nfiles after: $after"}
    tap::ok [expr {$trouble eq ""}] $name "[join $trouble \n]\nerr: $err\nout: [dict get $result out]"
}

proc fault::works {name args} {
    set words [fault::options $args]
    set result [fault::run $through $words]
    tap::ok [expr {[dict get $result status] == 0 && [dict get $result err] eq ""}] $name $result
    return [dict get $result out]
}

proc fault::intact {file accounts transactions name} {
    set result [tap::kamsh -X $file -c {table rows [database check]} -c {table rows [account list]} \
        -c {table rows [transaction list]}]
    tap::is [regexp -all -inline {\S+} [dict get $result out]] [list 0 $accounts $transactions] $name
    if {[dict get $result err] ne ""} {tap::note [dict get $result err]}
}

# Transactions a database holds.
proc fault::count {file} {
    return [string trim [dict get [tap::kamsh -X $file -c {sql {SELECT count(*) AS n FROM transactions}} --format tsv] out] "n \n"]
}

# Words that limit the size of files the program may write; "" where there is no prlimit.
proc fault::limit {bytes} {
    if {[auto_execok prlimit] eq ""} {return ""}
    return [list {*}[auto_execok prlimit] --fsize=$bytes]
}

proc fault::done {} {
    cd /
    file delete -force $::fault::dir
    tap::done
}
