#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# run-example.tcl FILE: runs an example with the program ($KAMSH -X -f FILE) in a scratch copy of its folder's data
# and compares what it writes with FILE's .expected. One TAP point. KAM_UPDATE=1 writes .expected instead.
encoding system utf-8
fconfigure stdout -encoding utf-8
set file [file normalize [lindex $argv 0]]
set expected [file rootname $file].expected
proc slurp {path} {
    set f [open $path r]
    fconfigure $f -encoding utf-8
    set text [read $f]
    close $f
    return $text
}
cd [file dirname $file]
set bad [catch {exec -ignorestderr -keepnewline $env(KAMSH) -X -f $file 2>@stderr </dev/null} got info]
if {[info exists env(KAM_UPDATE)] && !$bad} {
    set f [open $expected w]
    fconfigure $f -encoding utf-8
    puts -nonewline $f $got
    close $f
}
puts "1..1"
set want [slurp $expected]
if {$bad} {
    puts "not ok 1 - [file tail $file]: [lindex [split $got \n] end]"
} elseif {$got eq $want} {
    puts "ok 1 - [file tail $file]"
} else {
    puts "not ok 1 - [file tail $file]: output differs"
    set scratch [file join $env(TMPDIR) got]
    set f [open $scratch w]
    fconfigure $f -encoding utf-8
    puts -nonewline $f $got
    close $f
    catch {exec diff -u $expected $scratch} diff
    foreach line [split $diff \n] {puts "# $line"}
}
exit [expr {$bad || $got ne $want}]
