# SPDX-License-Identifier: GPL-3.0-or-later
# The runner itself: what it must never take for a success.
source [file join $env(KAM_SRCDIR) tests tap.tcl]
set src $env(TMPDIR)/src
set build $env(TMPDIR)/build
file mkdir $src/tests/fault $build

proc script {name body} {
    set f [open $::src/tests/fault/$name.sh w]
    puts $f $body
    close $f
}

# Runs the suite of $src; returns {status last-line output}.
proc suite {args} {
    set bad [catch {exec [info nameofexecutable] $::env(KAM_SRCDIR)/scripts/dev/run-tests.tcl \
        -srcdir $::src -builddir $::build {*}$args 2>@1} out info]
    set status [expr {$bad ? [lindex [dict get $info -errorcode] 2] : 0}]
    regsub {\n?child process exited abnormally$} $out "" out
    return [list $status [lindex [split $out \n] end] $out]
}

# One script alone: its totals.
proc alone {name body want_status want_line args} {
    foreach old [glob -nocomplain $::src/tests/fault/*] {file delete $old}
    script $name $body
    lassign [suite {*}$args] status last out
    tap::ok [expr {$status == $want_status && $last eq $want_line}] $name "status $status, want $want_status\n$out"
}

alone good {echo 1..2; echo "ok 1 - a"; echo "ok 2 - b"} 0 "2 passed, 0 failed, 0 skipped"
alone plan-last {echo "ok 1 - a"; echo 1..1} 0 "1 passed, 0 failed, 0 skipped"
alone a-failed-point {echo 1..2; echo "ok 1"; echo "not ok 2"; exit 1} 1 "1 passed, 1 failed, 0 skipped"
alone failed-point-status-0 {echo 1..1; echo "not ok 1"} 1 "0 passed, 1 failed, 0 skipped"
alone no-plan {echo "ok 1"} 1 "1 passed, 1 failed, 0 skipped"
alone silent {true} 1 "0 passed, 1 failed, 0 skipped"
alone too-few {echo 1..3; echo "ok 1"} 1 "1 passed, 1 failed, 0 skipped"
alone too-many {echo 1..1; echo "ok 1"; echo "ok 2"} 1 "2 passed, 1 failed, 0 skipped"
alone bad-status {echo 1..1; echo "ok 1"; exit 3} 1 "1 passed, 1 failed, 0 skipped"
alone killed {echo 1..1; echo "ok 1"; kill -SEGV $$} 1 "1 passed, 1 failed, 0 skipped"
alone too-late {echo 1..1; echo "ok 1"; sleep 60} 1 "1 passed, 1 failed, 0 skipped" -timeout 1
alone skip {echo 1..2; echo "ok 1"; echo "ok 2 - x # SKIP no tool"} 0 "1 passed, 0 failed, 1 skipped"
alone skip-strict {echo 1..2; echo "ok 1"; echo "ok 2 - x # SKIP no tool"} 1 "1 passed, 1 failed, 0 skipped" -strict 1
alone skip-shared {echo 1..1; echo "ok 1 - x # SKIP no shared data: y.csv"} 0 "0 passed, 0 failed, 1 skipped" -strict 1
alone skip-all {echo "1..0 # SKIP no shared data"} 0 "0 passed, 0 failed, 1 skipped" -strict 1
alone skip-all-strict {echo "1..0 # SKIP no expect"} 1 "0 passed, 1 failed, 0 skipped" -strict 1
alone skip-cmocka {echo 1..1; echo "# skip: no shared data"; echo "not ok 1 # SKIP t"} 0 "0 passed, 0 failed, 1 skipped" -strict 1
alone leftover-process {sleep 300 & echo 1..1; echo "ok 1"} 0 "1 passed, 0 failed, 0 skipped" -timeout 20
alone environment {
    echo 1..1
    test "$LC_ALL.$TZ.$INPUTRC.$CMOCKA_MESSAGE_OUTPUT" = C.UTF-8.UTC./dev/null.TAP && test -d "$XDG_CONFIG_HOME" &&
        test -z "$(ls -A "$XDG_CONFIG_HOME")" && test -n "$KAMSH" && test -d "$KAM_SRCDIR" && echo "ok 1" || echo "not ok 1"
} 0 "1 passed, 0 failed, 0 skipped"

foreach old [glob -nocomplain $src/tests/fault/*] {file delete $old}
script one {echo 1..1; echo "ok 1"}
script two {echo 1..1; echo "not ok 1 - the culprit"}
script libhelper {exit 9}
lassign [suite] status last out
tap::ok [expr {$status == 1 && $last eq "1 passed, 1 failed, 0 skipped"}] "totals over files" $out
tap::ok [regexp {==== tests/fault/two.sh ====\n.*the culprit} $out] "the failing file's output is shown" $out
lassign [suite -only one*] status last out
tap::is "$status $last" "0 1 passed, 0 failed, 0 skipped" "-only chooses by name"
tap::done
