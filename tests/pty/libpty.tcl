# SPDX-License-Identifier: GPL-3.0-or-later
# For tests that sit at the prompt. Expect waits for what must appear and never sleeps; a point fails when it did not
# appear in time.
#   pty::start ?ARG…?          a prompt in a terminal of 24 × 80, without colour and start-up file
#   pty::spawn ?ARG…?          the program, nothing read yet        pty::resize ROWS COLUMNS
#   pty::take ID TERMINAL      another program that was spawned
#   pty::type TEXT             as from the keyboard          pty::line TEXT    the same and Return
#   pty::see PATTERN NAME      the screen shows it: one point (regular expression)
#   pty::value TEXT NAME       a line that is TEXT (regular expression), then the prompt: one point
#   pty::ready ?MARK?          the prompt is back (MARK: what stands before "> ", default "kam[^ ]*")
#   pty::resized ROWS COLUMNS  a new size, and the prompt is back in it
#   pty::running               the command typed last has begun: the terminal is in its ordinary mode again
#   pty::ends STATUS NAME      the program ends with that status
#   pty::fixture               path of a database with a few accounts
# What the terminal shows after all that was written, where bytes do not tell (libscreen.tcl):
#   pty::screen ROWS COLUMNS   a terminal of that size, cleared; what is written from here on is drawn in it
#   pty::edits TEXT NAME       the line being edited is TEXT (‸: the cursor) and stands wrapped as a terminal wraps it: one point
#   pty::shows CONDITION NAME  an expression about the screen becomes true: one point
source [file join $env(KAM_SRCDIR) tests tap.tcl]
source [file join $env(KAM_SRCDIR) tests pty libscreen.tcl]
namespace eval pty {
    variable patience 20
    if {[info exists ::env(KAM_SLOW_MEMORY)]} {set patience 100}
    if {[info exists ::env(KAM_PATIENCE)]} {set patience $::env(KAM_PATIENCE)}
}
log_user 0
unset -nocomplain env(XTERM_VERSION) env(TMUX) ;# by which terminals say who they are
match_max -d 200000
set stty_init "rows 24 columns 80"

proc pty::start {args} {
    pty::spawn --color never {*}$args
    return [pty::ready]
}

# The program in a terminal, with nothing read yet.
proc pty::spawn {args} {
    ::spawn -noecho $::env(KAMSH) -X {*}$args
    pty::take $spawn_id $spawn_out(slave,name)
}

# Bytes, which are decoded here: Tcl 8.6 takes the first byte of an emoji for a character when the rest of it comes with the
# next read.
proc pty::take {id terminal} {
    variable text "" bytes "" ended 0
    set screen::on 0
    set ::pty::id $id
    set ::pty::terminal $terminal
    fconfigure $id -encoding binary
}

# What has come within so many seconds, at once if something has; false when the program has ended.
proc pty::read {seconds} {
    variable text
    variable bytes
    variable ended
    if {$ended} {return 0}
    expect {
        -i $::pty::id -timeout $seconds
        -re {.+} {append bytes $expect_out(buffer)}
        timeout {}
        eof {set ended 1}
    }
    # all but a character that is not whole yet
    regexp {[\xC0-\xFF][\x80-\xBF]*$} $bytes tail
    if {![info exists tail] || [string length $tail] >= [string map {C 2 D 2 E 3 F 4} [format %.1X [expr {[scan $tail %c] >> 4}]]]} {set tail ""}
    append text [encoding convertfrom utf-8 [string range $bytes 0 end-[string length $tail]]]
    set bytes $tail
    return [expr {!$ended}]
}

# The first N characters of what has come.
proc pty::taken {n} {
    variable text
    variable last [string range $text 0 $n-1] ;# what was looked at last
    if {$screen::on} {screen::feed [string range $text 0 $n-1]}
    set text [string range $text $n end]
}

proc pty::resize {rows columns} {
    if {$screen::on} {
        # what was written for the old size is drawn in it: the bell of ^G comes behind it
        pty::type "\007"
        pty::wait_for {\a}
        screen::size $rows $columns
    }
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
    send -i $::pty::id -- [encoding convertto utf-8 $text]
}

proc pty::line {text} {
    pty::type "$text\r"
}

# "" when what has come ends with it or holds it; else what is wrong.
proc pty::wait_for {pattern} {
    variable text
    set until [expr {[clock milliseconds] + 1000 * $pty::patience}]
    while {![regexp -indices -- $pattern $text at]} {
        set left [expr {$until - [clock milliseconds]}]
        if {$left <= 0} {
            set was $text
            pty::taken [string length $text]
            return "nothing like it came in time; there was: [list $was]"
        }
        if {![pty::read [expr {$left / 1000 + 1}]] && ![regexp -- $pattern $text]} {return "the program ended"}
    }
    pty::taken [expr {[lindex $at 1] + 1}]
    return ""
}

# What has come and nobody has looked at.
proc pty::drain {{seconds 0}} {
    pty::read $seconds
    pty::taken [string length $pty::text]
}

proc pty::screen {rows columns} {
    pty::resized $rows $columns
    screen::begin $rows $columns
    pty::type "\f"
    pty::shows {[string match {kam*> ‸} [screen::input]]} "a screen of $rows rows and $columns columns"
}

proc pty::shows {condition name} {
    set until [expr {[clock seconds] + $pty::patience}]
    set good [uplevel 1 [list expr $condition]]
    while {!$good && [clock seconds] < $until} {
        pty::drain 1
        set good [uplevel 1 [list expr $condition]]
    }
    return [tap::ok $good $name "wanted: $condition\nstrange: $screen::strange\n[string trimright [join [screen::lines 1] \n] \n]"]
}

proc pty::edits {text name} {
    set until [expr {[clock seconds] + $pty::patience}]
    set mark ""
    while 1 {
        set now [screen::input]
        regexp {^(kam[^ >]*|\.\.\.)> } $now mark
        set want [screen::wrapped $mark$text]
        if {$now eq $want || [clock seconds] >= $until} break
        pty::drain 1
    }
    return [tap::is $now $want $name]
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
