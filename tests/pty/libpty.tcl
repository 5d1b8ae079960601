# SPDX-License-Identifier: GPL-3.0-or-later
# For tests that sit at the prompt. Expect waits for what must appear and never sleeps; a point fails when it did not
# appear in time.
#   pty::start ?ARG…?          a prompt in a terminal of 24 × 80, without colour and start-up file
#   pty::spawn ?ARG…?          the program, nothing read yet        pty::resize ROWS COLUMNS
#   pty::type TEXT             as from the keyboard          pty::line TEXT    the same and Return
#   pty::see PATTERN NAME      the screen shows it: one point (regular expression)
#   pty::value TEXT NAME       a line that is TEXT (regular expression), then the prompt: one point
#   pty::ready ?MARK?          the prompt is back (MARK: what stands before "> ", default "kam[^ ]*")
#   pty::resized ROWS COLUMNS  a new size, and the prompt is back in it
#   pty::running               the command typed last has begun: the terminal is in its ordinary mode again
#   pty::ends STATUS NAME      the program ends with that status
#   pty::fixture               path of a database with a few accounts
source [file join $env(KAM_SRCDIR) tests tap.tcl]
namespace eval pty {
    variable patience 20
    if {[info exists ::env(KAM_SLOW_MEMORY)]} {set patience 100}
    if {[info exists ::env(KAM_PATIENCE)]} {set patience $::env(KAM_PATIENCE)}
}
log_user 0
match_max -d 200000
set stty_init "rows 24 columns 80"

proc pty::start {args} {
    pty::spawn --color never {*}$args
    return [pty::ready]
}

# The program in a terminal, with nothing read yet.
proc pty::spawn {args} {
    ::spawn -noecho $::env(KAMSH) -X {*}$args
    set ::pty::id $spawn_id
    set ::pty::terminal $spawn_out(slave,name)
}

proc pty::resize {rows columns} {
    stty rows $rows columns $columns < $::pty::terminal
}

# The prompt is drawn again for the new size, so a prompt that is seen next may still be that one: a command in between
# makes it sure.
proc pty::resized {rows columns} {
    pty::resize $rows $columns
    pty::line {string repeat w 3}
    pty::value {www} "the window has $rows rows and $columns columns now"
}

proc pty::type {text} {
    send -i $::pty::id -- $text
}

proc pty::line {text} {
    send -i $::pty::id -- "$text\r"
}

proc pty::wait_for {pattern} {
    set got ""
    expect {
        -i $::pty::id -timeout $::pty::patience
        -re $pattern {set got seen}
        timeout {set got "nothing like it came in time"}
        eof {set got "the program ended"}
    }
    if {$got eq "seen"} {return ""}
    if {$got ne "the program ended"} {
        expect -i $::pty::id -timeout 0 -re {.+} {append got "; there was: [list $expect_out(buffer)]"} timeout {} eof {}
    }
    return $got
}

proc pty::see {pattern name} {
    set trouble [pty::wait_for $pattern]
    tap::ok [expr {$trouble eq ""}] $name "$trouble\nwanted: $pattern"
}

proc pty::value {pattern name} {
    pty::see "\[\n\r\](?:$pattern)\r\n.*kam\[^ >\]*> $" $name
}

proc pty::ready {{mark {kam[^ >]*}}} {
    set trouble [pty::wait_for "$mark> \$"]
    if {$trouble ne ""} {tap::ok 0 "the prompt comes back" $trouble}
}

# Readline turns bracketed paste off when it gives the terminal back, just before a command runs.
proc pty::running {} {
    set trouble [pty::wait_for {\[\?2004l}]
    if {$trouble ne ""} {tap::ok 0 "the command starts" $trouble}
}

proc pty::ends {status name} {
    set trouble [pty::wait_for {\Z(?!)}]
    if {$trouble ne "the program ended" && ![string match "the program ended*" $trouble]} {
        tap::ok 0 $name $trouble
        return
    }
    lassign [wait -i $::pty::id] - - failed got
    tap::is $got $status $name
}

proc pty::fixture {{name fixture.kam}} {
    set path [file join $::env(TMPDIR) $name]
    set result [tap::kamsh -X --create $path \
        -c {account add H1 -name 华为技术} -c {account add H2 -name 华夏银行} -c {account add H3 -name {华北 能源}} \
        -c {account add N1 -name {Nord Pumps}}]
    if {[dict get $result status] != 0} {tap::ok 0 "the fixture is made" [dict get $result err]}
    return $path
}
