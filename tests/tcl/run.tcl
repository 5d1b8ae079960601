# SPDX-License-Identifier: GPL-3.0-or-later
# Runs one test file inside the program itself:   kamsh -X -f tests/tcl/run.tcl NAME.test
# and prints TAP. The file sees `test` as tcltest has it:
#   test NAME DESCRIPTION ?-setup S? ?-body S? ?-cleanup S? ?-result R? ?-match exact|glob|regexp|number|list?
#        ?-returnCodes LIST? ?-errorCode GLOB? ?-constraints LIST?
# With -errorCode the body must fail with that code (a glob), and -result is compared only when given.
# -match number compares as numbers to a relative 1e-9; -match list compares as lists.
# Helpers: tmpfile ?NAME? ?TEXT?    a path in a folder of its own, written when TEXT is given
#          tmpdb ?NAME?             a path for a database that does not exist yet
#          readfile PATH            its text
#          errcode SCRIPT           the error code SCRIPT fails with; "" when it does not fail
#          leakcheck NAME SCRIPT    fails when resident memory keeps rising while SCRIPT is repeated (2 s, 20,000 times)
#          testConstraint NAME ?BOOLEAN?      skip NAME REASON
#          shared NAME              path in ../shared/data beside the project; "" when there is none
namespace eval ktest {
    variable n 0
    variable failed 0
    variable constraints
    array set constraints {}
    variable dir [file join [expr {[info exists ::env(TMPDIR)] ? $::env(TMPDIR) : "/tmp"}] ktest-[pid]]
    variable files 0
    variable level global
}

proc ktest::say {good name {detail ""}} {
    variable n
    variable failed
    incr n
    if {!$good} {incr failed}
    puts "[expr {$good ? "" : "not "}]ok $n - [string map {\n " " # "no."} $name]"
    if {!$good} {foreach line [split $detail \n] {puts "#   $line"}}
    flush stdout
}

proc ktest::skip {name reason} {
    variable n
    puts "ok [incr n] - [string map {# no.} $name] # SKIP $reason"
}

proc ktest::constraint {name args} {
    variable constraints
    if {[llength $args] > 0} {set constraints($name) [expr {bool([lindex $args 0])}]}
    return [expr {[info exists constraints($name)] && $constraints($name)}]
}

proc ktest::matches {how want got} {
    switch -- $how {
        exact {return [string equal $want $got]}
        glob {return [string match $want $got]}
        regexp {return [regexp -- $want $got]}
        list {
            if {[llength $want] != [llength $got]} {return 0}
            foreach a $want b $got {if {$a ne $b} {return 0}}
            return 1
        }
        number {
            foreach a $want b $got {
                if {![string is double -strict $a] || ![string is double -strict $b]} {
                    if {$a ne $b} {return 0}
                } elseif {abs($a - $b) > 1e-9 * max(1.0, abs($a))} {
                    return 0
                }
            }
            return [expr {[llength $want] == [llength $got]}]
        }
        default {error "unknown -match $how"}
    }
}

proc ktest::test {name description args} {
    if {[string index [lindex $args 0] 0] ne "-"} {
        # The short form: ?CONSTRAINTS? BODY RESULT
        if {[llength $args] == 3} {set args [list -constraints [lindex $args 0] -body [lindex $args 1] -result [lindex $args 2]]
        } elseif {[llength $args] == 2} {set args [list -body [lindex $args 0] -result [lindex $args 1]]
        } else {error "test $name: wants -options or ?constraints? body result"}
    }
    set o [dict create -setup "" -body "" -cleanup "" -match exact -returnCodes {ok return} -constraints {}]
    foreach {key value} $args {
        if {$key ni {-setup -body -cleanup -result -match -returnCodes -errorCode -constraints -output -errorOutput}} {
            error "test $name: unknown option $key"
        }
        dict set o $key $value
    }
    set title "$name $description"
    foreach c [dict get $o -constraints] {
        if {![ktest::constraint $c]} {return [ktest::skip $title "needs $c"]}
    }
    if {[dict exists $o -errorCode] && "-returnCodes" ni [dict keys [dict create {*}$args]]} {dict set o -returnCodes error}
    set trouble ""
    if {[catch {uplevel 1 [dict get $o -setup]} got info]} {
        set trouble "setup failed: [dict get $info -errorinfo]"
    } else {
        set code [catch {uplevel 1 [dict get $o -body]} got info]
        set trouble [ktest::judge $o $code $got $info]
    }
    if {[catch {uplevel 1 [dict get $o -cleanup]} got info]} {
        append trouble "\ncleanup failed: [dict get $info -errorinfo]"
    }
    ktest::say [expr {$trouble eq ""}] $title $trouble
}

# "" or what is wrong.
proc ktest::judge {o code got info} {
    set names [list ok error return break continue]
    set said [expr {$code < 5 ? [lindex $names $code] : $code}]
    if {$said ni [dict get $o -returnCodes] && $code ni [dict get $o -returnCodes]} {
        set detail "ended with $said, wanted [join [dict get $o -returnCodes] { or }]\ngot:  $got"
        if {$code == 1} {append detail "\ncode: [dict get $info -errorcode]\n[dict get $info -errorinfo]"}
        return $detail
    }
    if {[dict exists $o -errorCode] && ![string match [dict get $o -errorCode] [dict get $info -errorcode]]} {
        return "error code: [dict get $info -errorcode]\nwanted:     [dict get $o -errorCode]\nmessage:    $got"
    }
    if {[dict exists $o -errorCode] && ![dict exists $o -result]} {return ""}
    # Not by expr, which would make 24.0 of 24.00.
    set want ""
    if {[dict exists $o -result]} {set want [dict get $o -result]}
    if {![ktest::matches [dict get $o -match] $want $got]} {
        return "got:  $got\nwant: $want[expr {[dict get $o -match] eq "exact" ? "" : " ([dict get $o -match])"}]"
    }
    return ""
}

# --- helpers ------------------------------------------------------------------------------------------------------

proc ktest::tmpfile {args} {
    variable dir
    variable files
    file mkdir $dir
    set name [expr {[llength $args] > 0 ? [lindex $args 0] : "file[incr files]"}]
    set path [file join $dir $name]
    if {[llength $args] > 1} {
        set f [open $path w]
        fconfigure $f -encoding utf-8 -translation lf
        puts -nonewline $f [lindex $args 1]
        close $f
    }
    return $path
}

proc ktest::tmpdb {{name ""}} {
    variable files
    if {$name eq ""} {set name db[incr files].kam}
    set path [ktest::tmpfile $name]
    file delete $path $path-wal $path-shm
    return $path
}

proc ktest::readfile {path} {
    set f [open $path r]
    fconfigure $f -encoding utf-8
    set text [read $f]
    close $f
    return $text
}

proc ktest::errcode {script} {
    if {[catch {uplevel 1 $script} - info] == 1} {return [dict get $info -errorcode]}
    return ""
}

proc ktest::shared {name} {
    set path [file normalize [file join $::env(KAM_SRCDIR) .. shared data $name]]
    return [expr {[file exists $path] ? $path : ""}]
}

proc ktest::resident_pages {} {
    set f [open /proc/self/statm r]
    set line [gets $f]
    close $f
    return [lindex $line 1]
}

proc ktest::cpu_ticks {} {
    set f [open /proc/self/stat r]
    set line [gets $f]
    close $f
    set rest [lrange [split [string range $line [string last ) $line]+2 end]] 11 12]
    return [expr {[lindex $rest 0] + [lindex $rest 1]}]
}

# Leaked Tcl values are invisible to valgrind and LeakSanitizer. The first part warms caches; of the rest, five
# stretches of equal length must not all end higher than they began.
proc ktest::leakcheck {name script} {
    set title "$name leaks no memory"
    if {[info exists ::env(KAM_SLOW_MEMORY)] || ![file readable /proc/self/statm]} {
        # Counted as nothing: the plain run of the same suite does it.
        puts "# $title: left to the plain run"
        return
    }
    set ticks 200
    set most 20000
    set start [ktest::cpu_ticks]
    set step 1
    set count 0
    if {[catch {
        while {$count < $most / 5 && [ktest::cpu_ticks] - $start < $ticks / 5} {
            uplevel #0 $script
            incr count
        }
    } message info]} {
        return [ktest::say 0 $title "the script failed: [dict get $info -errorinfo]"]
    }
    set per [expr {max(1, $count * 4 / 5)}]
    set before [ktest::resident_pages]
    set rises {}
    for {set part 0} {$part < 5} {incr part} {
        for {set i 0} {$i < $per} {incr i} {uplevel #0 $script}
        set now [ktest::resident_pages]
        lappend rises [expr {$now - $before}]
        set before $now
    }
    set total [tcl::mathop::+ {*}$rises]
    set always [expr {[tcl::mathfunc::min {*}$rises] >= 1}]
    set bytes [expr {$total * 4096.0 / ($per * 5)}]
    ktest::say [expr {!($always && $total >= 16)}] $title \
        "[format %.0f $bytes] bytes a call, pages gained in each fifth of [expr {$per * 5}] calls: $rises"
}

foreach cmd {test skip tmpfile tmpdb readfile errcode shared leakcheck} {
    interp alias {} ::$cmd {} ::ktest::$cmd
}
interp alias {} ::testConstraint {} ::ktest::constraint
# A file that was written for tcltest may ask for it and clean up at its end.
namespace eval tcltest {}
proc ::tcltest::cleanupTests {} {}

ktest::constraint slowMemory [info exists ::env(KAM_SLOW_MEMORY)]
ktest::constraint fastMemory [expr {![info exists ::env(KAM_SLOW_MEMORY)]}]
ktest::constraint root [expr {[info exists ::tcl_platform(user)] && $::tcl_platform(user) eq "root"}]

fconfigure stdout -encoding utf-8
if {[llength $argv] != 1} {
    puts stderr "usage: kamsh -X -f run.tcl FILE.test"
    exit 2
}
if {[catch {uplevel #0 [list source -encoding utf-8 [lindex $argv 0]]} ktest::message ktest::info]} {
    ktest::say 0 "[file tail [lindex $argv 0]] runs to its end" [dict get $ktest::info -errorinfo]
}
puts "1..$ktest::n"
flush stdout
catch {file delete -force $ktest::dir}
exit [expr {$ktest::failed > 0}]
