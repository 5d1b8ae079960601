# SPDX-License-Identifier: GPL-3.0-or-later
# A small terminal: what a person sees after all that a program wrote. Sourced by libpty.tcl.
#   screen::begin ROWS COLUMNS   an empty screen
#   screen::size ROWS COLUMNS    a new size: lines that wrapped are wrapped anew, as most terminals do; or cut, as xterm does
#                                (when XTERM_VERSION is set, by which xterm says who it is), the console of Linux, and a VT100
#   screen::feed TEXT            what the program wrote
#   screen::rows                 the lines of the screen, without blanks at their ends
#   screen::input                the lines from the last one that begins with a prompt, ‸ where the cursor is
#   screen::wrapped TEXT         the same for a text that is written from the first column on, as a terminal wraps it
#   screen::places CHAR LINE     columns in which CHAR stands in a line
#   screen::width TEXT           columns it takes
#   screen::crooked              lines of tables drawn in boxes whose rules do not stand under those of the first line; {none} when
#                                there is no table
# A cell holds a character and what combines with it; a character of two columns stands in its left cell, the right one is "".
# Widths are those of the characters tests use, and are not taken from the program.
namespace eval screen {
    variable on 0 rows 24 columns 80 cells {} soft {} row 0 column 0 full 0 insert 0 rest "" strange {}
}

# Characters beyond 16 bits are two for Tcl 8.6 (one for its split, in some versions): the first of them takes the columns; those
# flags are made of take one each, tags none.
proc screen::width {text} {
    set n 0
    set chars [split $text ""]
    foreach c $chars next [lrange $chars 1 end] {
        if {$c eq ""} break
        set u [scan $c %c]
        if {$u == 0xD83C && $next ne "" && [scan $next %c] >= 0xDDE6 && [scan $next %c] <= 0xDDFF} {
            incr n
            continue
        }
        if {$u == 0xDB40 || ($u >= 0xE0000 && $u <= 0xE0FFF)} continue
        if {($u >= 0x300 && $u <= 0x36F) || ($u >= 0x200B && $u <= 0x200D) || ($u >= 0x20D0 && $u <= 0x20FF) || ($u >= 0xFE00 && $u <= 0xFE0F) || ($u >= 0xDC00 && $u <= 0xDFFF)} continue
        incr n [expr {[screen::ambiguous $c] || ($u >= 0x1100 && $u <= 0x115F) || ($u >= 0x2E80 && $u <= 0xA4CF && $u != 0x303F) || ($u >= 0xAC00 && $u <= 0xD7A3) ||
            ($u >= 0xD800 && $u <= 0xDBFF) || ($u >= 0xF900 && $u <= 0xFAFF) || ($u >= 0xFE30 && $u <= 0xFE6F) || ($u >= 0xFF01 && $u <= 0xFF60) ||
            ($u >= 0xFFE0 && $u <= 0xFFE6) || $u >= 0x1F300 ? 2 : 1}]
    }
    return $n
}

# Tests of terminals that draw such characters in two columns say which they use.
proc screen::ambiguous {c} {return 0}

proc screen::cuts {} {return [expr {[info exists ::env(XTERM_VERSION)] || [string match {linux*} $::env(TERM)] || [string match {vt*} $::env(TERM)]}]}

proc screen::begin {height width} {
    variable on 1 rows $height columns $width cells {} soft [lrepeat $height 0] row 0 column 0 full 0 insert 0 rest "" strange {}
    for {set i 0} {$i < $height} {incr i} {lappend cells [lrepeat $width " "]}
}

proc screen::size {height width} {
    variable rows; variable columns; variable cells; variable soft; variable row; variable column; variable full
    if {[screen::cuts]} {
        set cells [lmap line $cells {lrange [concat $line [lrepeat $width " "]] 0 $width-1}]
        set column [expr {min($column, $width - 1)}]
    } elseif {$width != $columns} {
        screen::wrap_anew $width
    }
    # blank lines below go first, then those above
    while {[llength $cells] > $height} {
        if {$row < [llength $cells] - 1} {set from 0} else {set from 1; incr row -1}
        set cells [lrange $cells $from end-[expr {!$from}]]
        set soft [lrange $soft $from end-[expr {!$from}]]
    }
    while {[llength $cells] < $height} {lappend cells [lrepeat $width " "]; lappend soft 0}
    set rows $height
    set columns $width
    set full 0
}

# A row is soft when the next one goes on with its line. The cursor keeps its place in the line.
proc screen::wrap_anew {width} {
    variable cells; variable soft; variable row; variable column; variable full
    set new {}
    set flags {}
    set line {}
    set at -1
    set here $row
    for {set i 0} {$i < [llength $cells]} {incr i} {
        if {$i == $here} {set at [expr {[llength $line] + $column + $full}]}
        set line [concat $line [lindex $cells $i]]
        if {[lindex $soft $i]} continue
        while {[llength $line] > max($at, 0) && [lindex $line end] eq " "} {set line [lrange $line 0 end-1]}
        set from 0
        while 1 {
            set to [expr {min($from + $width, [llength $line])}]
            if {$to < [llength $line] && [lindex $line $to] eq ""} {incr to -1}
            if {$at >= $from && ($at < $to || $to >= [llength $line])} {
                set row [llength $new]
                set column [expr {min($at - $from, $width - 1)}]
                set at -1
            }
            lappend new [lrange [concat [lrange $line $from $to-1] [lrepeat $width " "]] 0 $width-1]
            lappend flags [expr {$to < [llength $line]}]
            set from $to
            if {$from >= [llength $line]} break
        }
        set line {}
        set at -1
    }
    while {[llength $new] > $row + 1 && [string trim [join [lindex $new end] ""]] eq ""} {
        set new [lrange $new 0 end-1]
        set flags [lrange $flags 0 end-1]
    }
    set cells $new
    set soft $flags
}

proc screen::down {} {
    variable rows; variable columns; variable cells; variable soft; variable row
    if {[incr row] < $rows} return
    set row [expr {$rows - 1}]
    set cells [concat [lrange $cells 1 end] [list [lrepeat $columns " "]]]
    set soft [concat [lrange $soft 1 end] 0]
}

# No half of a wide character is left alone where something else was written.
proc screen::mend {line} {
    set i 0
    foreach cell $line {
        if {$cell eq "" && ($i == 0 || [screen::width [lindex $line $i-1]] != 2)} {lset line $i " "}
        if {$cell ne "" && [screen::width $cell] == 2 && [lindex $line $i+1] ne ""} {lset line $i " "}
        incr i
    }
    return $line
}

proc screen::put {char} {
    variable columns; variable cells; variable soft; variable row; variable column; variable full; variable insert
    set w [screen::width $char]
    if {$w == 0} {
        set at [expr {$full ? $column : $column - 1}]
        if {$at > 0 && [lindex $cells $row $at] eq ""} {incr at -1}
        if {$at >= 0} {lset cells $row $at [lindex $cells $row $at]$char}
        return
    }
    if {$full || $column + $w > $columns} {
        lset soft $row 1
        screen::down
        set column 0
        set full 0
    }
    set line [lindex $cells $row]
    if {$insert} {set line [lrange [linsert $line $column {*}[lrepeat $w " "]] 0 $columns-1]}
    lset line $column $char
    if {$w == 2} {lset line $column+1 ""}
    lset cells $row [screen::mend $line]
    incr column $w
    if {$column >= $columns} {
        set column [expr {$columns - 1}]
        set full 1
    }
}

proc screen::erase {line from to} {
    for {set i $from} {$i <= $to} {incr i} {lset line $i " "}
    return $line
}

proc screen::sequence {mark n what} {
    variable rows; variable columns; variable cells; variable soft; variable row; variable column; variable full; variable insert; variable strange
    set k [expr {[string is integer -strict $n] ? max($n, 1) : 1}]
    if {$mark eq "?" || $what in {m t}} return
    set line [lindex $cells $row]
    set last [expr {$columns - 1}]
    if {[string match {vt*} $::env(TERM)] && $what in {G P @ X h l}} {
        lappend strange $n$what
        return
    }
    if {$what ni {h l}} {set full 0}
    switch $what {
        A {set row [expr {max($row - $k, 0)}]}
        B {set row [expr {min($row + $k, $rows - 1)}]}
        C {set column [expr {min($column + $k, $last)}]}
        D {set column [expr {max($column - $k, 0)}]}
        G {set column [expr {min($k, $columns) - 1}]}
        H {
            lassign [split $n ";"] r c
            set row [expr {$r eq "" ? 0 : min($r, $rows) - 1}]
            set column [expr {$c eq "" ? 0 : min($c, $columns) - 1}]
        }
        K {lset cells $row [screen::mend [screen::erase $line [expr {$n in {1 2} ? 0 : $column}] [expr {$n eq "1" ? $column : $last}]]]}
        J {
            if {$n ne "2"} {lset cells $row [screen::mend [screen::erase $line $column $last]]; lset soft $row 0}
            for {set i [expr {$n eq "2" ? 0 : $row + 1}]} {$i < $rows} {incr i} {lset cells $i [lrepeat $columns " "]; lset soft $i 0}
        }
        P {lset cells $row [screen::mend [concat [lreplace $line $column [expr {min($column + $k - 1, $last)}]] [lrepeat [expr {min($k, $columns - $column)}] " "]]]}
        @ {lset cells $row [screen::mend [lrange [linsert $line $column {*}[lrepeat $k " "]] 0 $last]]}
        X {lset cells $row [screen::mend [screen::erase $line $column [expr {min($column + $k - 1, $last)}]]]}
        h {if {$n eq "4"} {set insert 1}}
        l {if {$n eq "4"} {set insert 0}}
        default {lappend strange $n$what}
    }
}

proc screen::feed {text} {
    variable column; variable full; variable rest; variable row; variable strange
    set text $rest$text
    set rest ""
    while {$text ne ""} {
        if {[regexp {^\033\[([?>]?)([0-9;]*)([A-Za-z@])} $text all mark n what]} {
            screen::sequence $mark $n $what
        } elseif {[regexp {^\033(\[[?>]?[0-9;]*)?$} $text]} {
            set rest $text
            return
        } elseif {[regexp {^\033M} $text all]} {
            set row [expr {max($row - 1, 0)}]
            set full 0
        } elseif {[regexp {^\033(\][^\a]*\a|[()].|[=>78])} $text all]} {
        } else {
            set all [string index $text 0]
            switch -- $all {
                \r {set column 0; set full 0}
                \n {screen::down; set full 0}
                \b {set column [expr {max($column - 1, 0)}]; set full 0}
                \t {for {set i [expr {8 - $column % 8}]} {$i > 0} {incr i -1} {screen::put " "}}
                \a - \0 {}
                \033 {lappend strange [string range $text 0 5]}
                default {
                    if {[regexp {^[\uD800-\uDBFF]$} $text]} {
                        set rest $text
                        return
                    }
                    regexp {^[\uD800-\uDBFF][\uDC00-\uDFFF]} $text all
                    screen::put $all
                }
            }
        }
        set text [string range $text [string length $all] end]
    }
}

proc screen::lines {mark} {
    variable cells; variable row; variable column; variable full
    set out {}
    set r 0
    foreach line $cells {
        if {$mark && $r == $row} {
            while {$column > 0 && [lindex $line $column] eq ""} {incr column -1}
            set line [linsert $line [expr {$column + $full}] ‸]
        }
        lappend out [string trimright [join $line ""]]
        incr r
    }
    return $out
}

proc screen::rows {} {return [screen::lines 0]}

proc screen::input {} {
    set lines [screen::lines 1]
    set from [lindex [lsearch -all -regexp $lines {^(kam[^ >]*|\.\.\.)‸?> ?|^\(.*i-search\)}] end]
    if {$from eq ""} {return ""}
    return [string trimright [join [lrange $lines $from end] \n] \n]
}

proc screen::wrapped {text} {
    variable columns
    set lines {}
    set line ""
    set at 0
    set chars [split $text ""]
    foreach c $chars next [concat [lrange $chars 1 end] [list ""]] {
        # the cursor stands where what follows it stands
        set w [screen::width [expr {$c eq "‸" ? [expr {$next eq "\n" ? "" : $next}] : [regexp {^[\uD800-\uDBFF]$} $c] ? "$c$next" : $c}]]
        if {$c eq "\n"} {
            lappend lines $line
            set line ""
            set at 0
            continue
        }
        if {$at + $w > $columns || ($c eq "‸" && $at >= $columns)} {
            lappend lines $line
            set line ""
            set at 0
        }
        append line $c
        if {$c ne "‸"} {incr at $w}
    }
    return [string trimright [join [lmap line [concat $lines [list $line]] {string trimright $line}] \n] \n]
}

proc screen::places {char line} {
    set out {}
    set at 0
    foreach c [split $line ""] {
        if {$c eq $char} {lappend out $at}
        incr at [screen::width $c]
    }
    return $out
}

proc screen::crooked {} {
    set out none
    set rules {}
    foreach line [screen::rows] {
        set first [string index $line 0]
        if {$first eq "┌"} {
            set rules [concat [screen::places ┌ $line] [screen::places ┬ $line] [screen::places ┐ $line]]
            if {$out eq "none"} {set out {}}
        } elseif {$first eq "│" && [screen::places │ $line] ne $rules} {
            lappend out $line
        } elseif {$first eq "└" && [concat [screen::places └ $line] [screen::places ┴ $line] [screen::places ┘ $line]] ne $rules} {
            lappend out $line
        }
    }
    return $out
}
