#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# man.tcl KAMSH OUT writes the manual page kamsh(1): the program's own words from `kamsh --help`, the commands from their
# records through the program itself (::kam::man). Nothing is written twice, so nothing can disagree.
encoding system utf-8
lassign $argv kamsh out
set ::env(LC_ALL) C.UTF-8
set ::env(LANG) C.UTF-8
proc ask {args} {
    set pipe [open |[list {*}$args 2>@stderr] r]
    fconfigure $pipe -encoding utf-8
    set text [read $pipe]
    close $pipe
    return $text
}
set version [lindex [ask $kamsh --version] 1]
set help [ask $kamsh --lang en --help]
# The list of commands at its end is said better below.
regsub {\n\nCommands .*} $help "" help
set commands [ask $kamsh -X --lang en -c ::kam::man]

proc roff {text} {
    set text [string map {\\ \\e - \\-} $text]
    return [regsub -all -line {^([.'])} $text {\\\&\1}]
}
set f [open $out w]
fconfigure $f -encoding utf-8 -translation lf
puts $f ".\\\" Made by scripts/dev/man.tcl from the program; do not edit."
puts $f ".TH KAMSH 1 \"\" \"kamsh $version\" \"User Commands\""
puts $f ".SH NAME\nkamsh \\- the key\\-account management shell"
puts $f ".SH SYNOPSIS\n.B kamsh\n\[OPTION | DATABASE\]... \[\\-f SCRIPT \[ARG...\]\]"
puts $f ".SH DESCRIPTION\n.nf\n[roff [string trim $help]]\n.fi"
puts $f [string trimright $commands]
puts $f ".SH FILES\n.IP ~/.config/kamsh/init.tcl 4\nread when the program starts, unless \\-X is given\n.IP ~/.local/state/kamsh/history 4\nwhat was typed at the prompt"
puts $f ".SH SEE ALSO\n.BR tclsh (1),\n.BR sqlite3 (1)"
close $f
