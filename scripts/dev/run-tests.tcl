#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the suite. Every test file is a process that prints TAP; this script finds them, runs them a few at a time in
# a fixed environment, counts their points and says at the very end: N passed, N failed, N skipped.
#
#   run-tests.tcl -srcdir DIR -builddir DIR ?option value…? ?FILE…?
#     -jobs N       at a time (2)            -timeout S   a file (120); then its process group is killed
#     -strict 1     a skip is a failure, unless its reason begins with "no shared data"
#     -only GLOB    files whose name matches  -find 0     run only the FILEs named, do not look in the folders
#     -wrap WORDS   put in front of unit programs and of the program in tests/tcl (valgrind …)
#     -kinds LIST   of unit tcl pty fault golden fuzz examples dev script (all)
# FILE: a unit or fuzz program from make (path in the build folder), or a script. Folders are searched by name, so
# that adding a test is adding a file:
#   tests/tcl/*.test         run as: kamsh -X -f tests/tcl/run.tcl FILE
#   tests/{pty,fault,golden,fuzz,examples,dev}/*   .exp .tcl .sh .test .py, or executable without one of these
#   examples/NN-*.tcl        with NN-*.expected beside it: output of kamsh -X -f FILE is compared with it
# A name that begins with "lib" or "_" is a helper, not a test.
# A file fails as a whole, as one more failed point, when it crashes, runs out of time, has no plan or a plan that
# does not fit, or ends with a status that its points do not explain.

array set opt {
    -srcdir . -builddir . -jobs 2 -timeout 120 -strict 0 -only * -find 1 -wrap {}
    -kinds {unit tcl pty fault golden fuzz examples dev script}
}

proc fatal {text} {
    puts stderr "run-tests: $text"
    exit 2
}

proc kind_of {file} {
    set dir [file tail [file dirname $file]]
    if {$dir eq "unit"} {return unit}
    if {$dir eq "fuzz" && [string match fuzz_* [file tail $file]]} {return fuzz}
    if {$dir in {tcl pty fault golden fuzz examples dev}} {return $dir}
    return script
}

# The command that runs a test file.
proc command_of {file} {
    global opt kamsh
    set src $opt(-srcdir)
    switch -- [kind_of $file] {
        unit {return [list {*}$opt(-wrap) $file]}
        tcl {return [list {*}$opt(-wrap) $kamsh -X -f $src/tests/tcl/run.tcl $file]}
        fuzz {
            if {[string match fuzz_* [file tail $file]] && [file extension $file] eq ""} {
                set name [string range [file tail $file] 5 end]
                return [list $file $src/tests/fuzz/corpus/$name]
            }
        }
        examples {
            if {[file exists [file rootname $file].expected]} {
                return [list [info nameofexecutable] $src/scripts/dev/run-example.tcl $file]
            }
        }
    }
    switch -- [file extension $file] {
        .exp {return [list expect -f $file]}
        .tcl {return [list [info nameofexecutable] $file]}
        .test {return [list $kamsh -X -f $src/tests/tcl/run.tcl $file]}
        .sh {return [list sh $file]}
        .py {return [list python3 $file]}
        default {return [list $file]}
    }
}

proc find_tests {} {
    global opt
    set found {}
    set src $opt(-srcdir)
    lappend found {*}[lsort [glob -nocomplain $src/tests/tcl/*.test]]
    foreach dir {pty fault golden fuzz examples dev} {
        foreach file [lsort [glob -nocomplain -types f $src/tests/$dir/*]] {
            set name [file tail $file]
            if {[string match lib* $name] || [string match _* $name]} continue
            set ext [file extension $name]
            if {$ext in {.exp .tcl .sh .test .py} || ($ext eq "" && [file executable $file])} {lappend found $file}
        }
    }
    foreach file [lsort [glob -nocomplain $src/examples/*.tcl]] {
        if {[file exists [file rootname $file].expected]} {lappend found $file}
    }
    return $found
}

# What every test may rely on. Nothing of the caller's locale, time zone, home or terminal shows through.
proc environment {home} {
    global opt kamsh env
    foreach dir {config state cache data tmp run} {file mkdir $home/$dir}
    set vars [list \
        LC_ALL=C.UTF-8 LANG=C.UTF-8 TZ=UTC INPUTRC=/dev/null TERM=xterm CMOCKA_MESSAGE_OUTPUT=TAP \
        HOME=$home XDG_CONFIG_HOME=$home/config XDG_STATE_HOME=$home/state XDG_CACHE_HOME=$home/cache \
        XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home/run TMPDIR=$home/tmp \
        KAMSH=$kamsh KAM_SRCDIR=$opt(-srcdir) KAM_BUILDDIR=$opt(-builddir) KAMSH_DATADIR=$opt(-srcdir) \
        "ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99" \
        "UBSAN_OPTIONS=print_stacktrace=1:exitcode=99" \
        "LSAN_OPTIONS=suppressions=$opt(-srcdir)/scripts/dev/lsan.supp:print_suppressions=0"]
    foreach name [array names env] {
        if {[string match LC_* $name] || $name in {LANGUAGE NO_COLOR COLUMNS LINES PAGER MAKEFLAGS MFLAGS MAKELEVEL}} {
            lappend drop -u $name
        }
    }
    set reset [expr {[catch {exec env --default-signal=INT true}] ? {} : {--default-signal=INT,QUIT,PIPE}}]
    return [list env {*}$reset {*}[expr {[info exists drop] ? $drop : {}}] {*}$vars]
}

# --- running ----------------------------------------------------------------------------------------------------

set waiting {}
set running 0
set total(passed) 0
set total(failed) 0
set total(skipped) 0
set failures {}
set serial 0

proc start_some {} {
    global waiting running opt
    while {$running < $opt(-jobs) && [llength $waiting] > 0} {
        set waiting [lassign $waiting file]
        start $file
    }
    if {$running == 0} {set ::done 1}
}

proc start {file} {
    global running opt job serial
    set id [incr serial]
    set home $opt(-builddir)/tests/run/$id
    file delete -force $home
    file mkdir $home
    set log $home.log
    # The shell is the leader of the new process group and tells the status; the test itself may die as it likes.
    set runner {echo $$; log=$1; shift; "$@" >"$log" 2>&1 </dev/null; echo $?}
    set pipe [open |[list setsid {*}[environment $home] sh -c $runner sh $log {*}[command_of $file] 2>/dev/null] r]
    fconfigure $pipe -blocking 0
    set job($id) [dict create file $file log $log home $home started [clock milliseconds] group [gets_wait $pipe] \
        late 0 status "" timer [after [expr {$opt(-timeout) * 1000}] [list too_late $id]]]
    fileevent $pipe readable [list heard $id $pipe]
    incr running
}

proc gets_wait {pipe} {
    fconfigure $pipe -blocking 1
    set line [gets $pipe]
    fconfigure $pipe -blocking 0
    return $line
}

proc too_late {id} {
    global job
    dict set job($id) late 1
    end_group $id
}

proc end_group {id} {
    global job
    set group [dict get $job($id) group]
    if {[string is integer -strict $group]} {catch {exec kill -KILL -- -$group 2>/dev/null}}
}

proc heard {id pipe} {
    global job running
    if {[gets $pipe line] >= 0} {
        dict set job($id) status $line
        return
    }
    if {![eof $pipe]} return
    after cancel [dict get $job($id) timer]
    catch {close $pipe}
    end_group $id
    finish $id
    incr running -1
    start_some
}

# --- counting ---------------------------------------------------------------------------------------------------

# Reads TAP: returns passed, failed, skipped counts, the plan (or "") and the skips that a strict run does not forgive.
proc count_points {text} {
    set c [dict create passed 0 failed 0 skipped 0 plan "" unforgiven {}]
    set reason ""
    foreach line [split $text \n] {
        if {[regexp {^\s*1\.\.(\d+)(?:\s*#\s*(?:[Ss][Kk][Ii][Pp])\S*\s*(.*))?\s*$} $line - n why]} {
            dict set c plan [expr {[dict get $c plan] eq "" ? $n : [dict get $c plan] + $n}]
            if {$n == 0} {note_skip c $why}
        } elseif {[regexp {^# skip: *(.*)$} $line - reason]} {
            continue
        } elseif {[regexp {^(not )?ok\M(.*)$} $line - not rest]} {
            if {[regexp -nocase {#\s*skip\S*\s*(.*)$} $rest - why]} {
                # cmocka's own skip() names no reason; unit.h prints it on the line before.
                note_skip c [expr {$reason ne "" ? $reason : $why}]
            } else {
                dict incr c [expr {$not ne "" ? "failed" : "passed"}]
            }
            set reason ""
        }
    }
    return $c
}

proc note_skip {counts why} {
    upvar 1 $counts c
    dict incr c skipped
    if {![string match "no shared data*" [string trim $why]]} {dict lappend c unforgiven [string trim $why]}
}

proc whole_file_trouble {id c} {
    global job
    set status [dict get $job($id) status]
    set points [expr {[dict get $c passed] + [dict get $c failed] + [dict get $c skipped]}]
    if {[dict get $job($id) late]} {return "ran out of time ($::opt(-timeout) s)"}
    if {$status eq ""} {return "was killed"}
    if {$status > 128} {return "died of signal [expr {$status - 128}]"}
    if {[dict get $c plan] eq ""} {return "printed no plan (exit status $status)"}
    if {[dict get $c plan] != 0 && [dict get $c plan] != $points} {
        return "planned [dict get $c plan] points and made $points (exit status $status)"
    }
    if {$status != 0 && [dict get $c failed] == 0} {return "ended with status $status though no point failed"}
    return ""
}

proc finish {id} {
    global job total failures opt
    set file [dict get $job($id) file]
    set text ""
    catch {
        set f [open [dict get $job($id) log] r]
        fconfigure $f -encoding utf-8
        set text [read $f]
        close $f
    }
    set c [count_points $text]
    set trouble [whole_file_trouble $id $c]
    if {$trouble ne ""} {dict incr c failed}
    if {$opt(-strict)} {
        set n [llength [dict get $c unforgiven]]
        if {$n > 0} {
            dict incr c skipped -$n
            dict incr c failed $n
            append trouble [expr {$trouble eq "" ? "" : "; "}] "skipped: [join [lsort -unique [dict get $c unforgiven]] {; }]"
        }
    }
    foreach what {passed failed skipped} {incr total($what) [dict get $c $what]}
    set seconds [format %.1f [expr {([clock milliseconds] - [dict get $job($id) started]) / 1000.0}]]
    set mark [expr {[dict get $c failed] > 0 ? "FAIL" : "ok"}]
    set line [format "%-4s %-44s %4d passed" $mark [short_name $file] [dict get $c passed]]
    if {[dict get $c failed]} {append line ", [dict get $c failed] failed"}
    if {[dict get $c skipped]} {append line ", [dict get $c skipped] skipped"}
    append line "  ${seconds} s"
    if {$trouble ne ""} {append line "  -- $trouble"}
    puts $line
    flush stdout
    if {$mark eq "FAIL"} {
        lappend failures [list $file $trouble $text]
    } else {
        catch {file delete -force [dict get $job($id) home]}
    }
}

proc short_name {file} {
    global opt
    foreach root [list $opt(-builddir)/ $opt(-srcdir)/] {
        if {[string match $root* $file]} {set file [string range $file [string length $root] end]}
    }
    return $file
}

# --- the run ----------------------------------------------------------------------------------------------------

encoding system utf-8
fconfigure stdout -encoding utf-8
set files {}
while {[llength $argv] > 0} {
    set argv [lassign $argv word]
    if {[info exists opt($word)]} {
        if {[llength $argv] == 0} {fatal "$word wants a value"}
        set argv [lassign $argv opt($word)]
    } elseif {[string match -* $word]} {
        fatal "unknown option $word"
    } else {
        lappend files $word
    }
}
set opt(-srcdir) [file normalize $opt(-srcdir)]
set opt(-builddir) [file normalize $opt(-builddir)]
set kamsh $opt(-builddir)/kamsh
set files [lmap f $files {expr {[file exists $f] ? [file normalize $f] : "$opt(-builddir)/$f"}}]
if {$opt(-find)} {lappend files {*}[find_tests]}
foreach f $files {
    if {[kind_of $f] in $opt(-kinds) && [string match $opt(-only) [file tail $f]]} {lappend waiting $f}
}
file mkdir $opt(-builddir)/tests/run
foreach old [glob -nocomplain $opt(-builddir)/tests/run/*] {file delete -force $old}
start_some
if {![info exists done]} {vwait done}
foreach f $failures {
    lassign $f file trouble text
    puts "\n==== [short_name $file][expr {$trouble ne "" ? ": $trouble" : ""}] ===="
    puts [string trimright $text]
}
if {[llength $failures] > 0} {puts ""}
puts "$total(passed) passed, $total(failed) failed, $total(skipped) skipped"
exit [expr {$total(failed) > 0}]
