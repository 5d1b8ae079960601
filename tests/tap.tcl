# SPDX-License-Identifier: GPL-3.0-or-later
# TAP for scripts run by a plain tclsh or expect (tests/pty, tests/fault, tests/golden):
#   source [file join $env(KAM_SRCDIR) tests tap.tcl]
#   tap::ok BOOLEAN NAME ?DETAIL?    tap::is GOT WANT NAME    tap::skip NAME REASON    tap::done
# tap::kamsh ARG… runs the program and returns a dict: status, out, err. tap::done prints the plan and exits.
namespace eval tap {
    variable n 0
    variable failed 0
}

proc tap::ok {good name {detail ""}} {
    variable n
    variable failed
    incr n
    if {!$good} {incr failed}
    puts "[expr {$good ? "" : "not "}]ok $n - [string map {\n " " # "no."} $name]"
    if {!$good && $detail ne ""} {tap::note $detail}
    flush stdout
    return $good
}

proc tap::is {got want name} {
    tap::ok [expr {$got eq $want}] $name "got:  $got\nwant: $want"
}

proc tap::note {text} {
    foreach line [split $text \n] {puts "# $line"}
}

proc tap::skip {name reason} {
    variable n
    puts "ok [incr n] - $name # SKIP $reason"
}

proc tap::done {} {
    variable n
    variable failed
    puts "1..$n"
    flush stdout
    exit [expr {$failed > 0}]
}

# -stdin TEXT may come first.
proc tap::kamsh {args} {
    set input ""
    if {[lindex $args 0] eq "-stdin"} {set args [lassign $args - input]}
    set errfile [file join $::env(TMPDIR) stderr.[pid].[incr ::tap::calls]]
    set bad [catch {exec -keepnewline -- $::env(KAMSH) {*}$args << $input 2>$errfile} out info]
    set status 0
    if {$bad} {
        set code [dict get $info -errorcode]
        switch -- [lindex $code 0] {
            CHILDSTATUS {set status [lindex $code 2]}
            CHILDKILLED {set status [lindex $code 2]}
            default {set status -1}
        }
        # exec adds this line of its own
        regsub {\n?(child process exited abnormally|child killed: [^\n]*)\n?$} $out "" out
    }
    set f [open $errfile r]
    fconfigure $f -encoding utf-8
    set err [read $f]
    close $f
    file delete $errfile
    return [dict create status $status out $out err $err]
}
