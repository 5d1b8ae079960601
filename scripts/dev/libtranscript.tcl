# SPDX-License-Identifier: GPL-3.0-or-later
# Transcripts: what a person typed at the prompt, and what the terminal showed. Sourced by expect.
#
# A transcript (examples/transcripts/NN-*.txt) is text: lines before the first `$ kamsh …` say what it is about; that line says
# how the program was started (portfolio.kam is the example portfolio, made new); each line that begins with a prompt is a line
# typed there, and what follows up to the next one is what was shown. In a typed line ⇥ is the TAB key, and what stands behind it
# is what it completed to; ⌃R at its beginning is that key, and what stands behind → is the command it found. transcript::replay types the lines into the program in a
# terminal of 90 columns and returns the transcript as it is now.
namespace eval transcript {
    variable prompt {^(?:kam[^ >]*|\.\.\.)> }
    variable patience 60
}

proc transcript::read {path} {
    set f [open $path r]
    fconfigure $f -encoding utf-8
    set text [::read $f]
    close $f
    return $text
}

proc transcript::write {path text} {
    set f [open $path w]
    fconfigure $f -encoding utf-8 -translation lf
    puts -nonewline $f $text
    close $f
}

# The example portfolio, made once a run; each transcript works on a copy.
proc transcript::portfolio {folder source} {
    set master [file join $folder master.kam]
    if {![file exists $master]} {
        exec $::env(KAMSH) -X --create $master -f [file join $source examples data load.tcl] >@stderr
    }
    file copy -force $master [file join $folder portfolio.kam]
}

proc transcript::replay {path folder source} {
    variable prompt
    set lines [split [string trimright [read $path] \n] \n]
    set out {}
    set n 0
    foreach line $lines {
        lappend out $line
        incr n
        if {[string match {$ kamsh*} $line]} break
    }
    portfolio $folder $source
    start [lrange $line 2 end] $folder
    foreach typed [lrange $lines $n end] {
        if {![regexp $prompt $typed mark]} continue
        set words [string range $typed [string length $mark] end]
        set tab [string first ⇥ $words]
        if {[regexp {^⌃R(.*?)(?:→.*)?$} $words - sought]} {
            lassign [type "\022$sought"] shown line
            set words "⌃R$sought→ $line"
        } else {
            lassign [type [expr {$tab < 0 ? $words : "[string range $words 0 $tab-1]\t"}]] shown line
            if {$tab >= 0} {set words "[string range $words 0 $tab]→ $line"}
        }
        lappend out "$::transcript::mark$words"
        if {$shown ne ""} {lappend out $shown}
        set ::transcript::mark $::transcript::next
    }
    finish
    return "[join $out \n]\n"
}

# Readline says \033[?2004h before it reads a line and \033[?2004l when it hands it over: what stands between the two
# is what was shown.
proc transcript::start {options folder} {
    set ::stty_init "rows 60 columns 90"
    set here [pwd]
    cd $folder
    ::spawn -noecho env TERM=xterm HOME=$folder INPUTRC=/dev/null LC_ALL=C.UTF-8 TZ=UTC $::env(KAMSH) -X --color never --pager never {*}$options
    cd $here
    set ::transcript::id $spawn_id
    wait_for_prompt
    set ::transcript::mark $::transcript::next
}

proc transcript::wait_for_prompt {} {
    set shown ""
    expect {
        -i $::transcript::id -timeout $::transcript::patience
        -re "^(.*?)\033\\\[\\?2004h\[\r\]?((?:kam\[^ >\r\n\]*|\\.\\.\\.)> )\$" {
            set shown $expect_out(1,string)
            set ::transcript::next $expect_out(2,string)
        }
        timeout {error "no prompt came back in $::transcript::patience s: $expect_out(buffer)"}
        eof {error "the program ended"}
    }
    return $shown
}

# Keys that come in one go are a paste, in which a TAB is text: the TAB waits for what stands before it to be seen, and Return
# for what the TAB did.
proc transcript::complete {text} {
    send -i $::transcript::id -- $text
    set shown [wait_for "[string index $text end]\$"]
    send -i $::transcript::id -- "\t"
    return $shown[wait_for {.+}]
}

# The search is on when its prompt is there, and has found something when the command is shown behind what was sought.
proc transcript::search {sought} {
    send -i $::transcript::id -- "\022"
    set shown [wait_for {i-search\)`': $}]
    send -i $::transcript::id -- $sought
    return $shown[wait_for {': [^ ].*}]
}

proc transcript::wait_for {pattern} {
    expect {
        -i $::transcript::id -timeout $::transcript::patience
        -re $pattern {return $expect_out(buffer)}
        timeout {error "not seen in $::transcript::patience s: $pattern"}
        eof {error "the program ended"}
    }
}

proc transcript::type {text} {
    set shown ""
    if {[string match *\t $text]} {
        set shown [complete [string trimright $text \t]]
        set text ""
    } elseif {[string match \022* $text]} {
        set shown [search [string range $text 1 end]]
        set text ""
    }
    send -i $::transcript::id -- "$text\r"
    append shown [wait_for_prompt]
    set at [string first "\033\[?2004l" $shown]
    set line [edited [string range $shown 0 $at-1]]
    set shown [string range $shown $at+8 end]
    regsub -all {\033\[[0-9;?]*[A-Za-z]} $shown "" shown
    return [list [string trim [string map [list \r\n \n \r ""] $shown] \n] $line]
}

# What stands in the line after all that Readline wrote to edit it: cells of the screen, Chinese in two.
proc transcript::edited {echo} {
    set cells [split $::transcript::mark ""]
    set at [llength $cells]
    while {$echo ne ""} {
        if {[regexp {^\033\[([0-9]*)([A-Za-z@])} $echo all n what]} {
            set n [expr {$n eq "" ? 1 : $n}]
            switch $what {
                K {set cells [lrange $cells 0 $at-1]}
                P {set cells [lreplace $cells $at [expr {$at + $n - 1}]]}
                @ {set cells [linsert $cells $at {*}[lrepeat $n " "]]}
                C {incr at $n}
                D {incr at -$n}
            }
        } elseif {[set all [string index $echo 0]] eq "\b"} {
            incr at -1
        } elseif {$all eq "\r"} {
            set at 0
        } elseif {[scan $all %c] >= 32} {
            set cell [expr {[scan $all %c] >= 0x2E80 ? [list $all ""] : [list $all]}]
            while {[llength $cells] <= $at} {lappend cells ""}
            set cells [lreplace $cells $at [expr {$at + [llength $cell] - 1}] {*}$cell]
            incr at [llength $cell]
        }
        set echo [string range $echo [string length $all] end]
    }
    return [string trimright [string range [join $cells ""] [string length $::transcript::mark] end]]
}

proc transcript::finish {} {
    send -i $::transcript::id "\004"
    expect -i $::transcript::id -timeout 10 eof {} "d = discard" {send -i $::transcript::id "d\r"; exp_continue} \
        "r = roll back" {send -i $::transcript::id "r\r"; exp_continue}
    catch {close -i $::transcript::id}
    catch {wait -i $::transcript::id}
}

# README.md with the transcript between its marks, set in by four blanks as Markdown wants it.
proc transcript::into_readme {readme text} {
    regsub -line -all {^(?=.)} [string trimright [string range $text [string first {$ kamsh} $text] end] \n] "    " block
    set from [string first "<!-- transcript begins -->" $readme]
    set to [string first "<!-- transcript ends -->" $readme]
    if {$from < 0 || $to < $from} {error "README.md lacks the marks of the transcript"}
    return "[string range $readme 0 $from-1]<!-- transcript begins -->\n\n$block\n\n[string range $readme $to end]"
}
