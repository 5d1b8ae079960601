# SPDX-License-Identifier: GPL-3.0-or-later
# A batch of reports that is ended by a signal, as when its terminal is closed: no copy of the data stays behind, no half-made
# document, no worker.
source [file join $env(KAM_SRCDIR) tests fault libfault.tcl]
set config [file join [pwd] config kamsh templates]
file mkdir $config
set env(XDG_CONFIG_HOME) [file join [pwd] config]
fault::write [file join $config slow.tcl] {template slow {summary {en X zh 测} parameters {account}} {
    begin $p Slow
    report text [dict get $p account]
    after 200
}}
fault::write make.tcl {begin; for {set i 1} {$i <= 60} {incr i} {account add [format A%02d $i] -name x}; commit}
fault::works "the accounts" --create p.kam -f make.tcl
set temporary [file join [pwd] temporary]
file mkdir $temporary
set env(TMPDIR) $temporary
foreach signal {TERM HUP} status {143 129} {
    set pipe [open |[list $env(KAMSH) -X p.kam -c {puts go; flush stdout} -c {report run slow -each account -out out -jobs 2} 2>said] r]
    gets $pipe
    for {set i 0} {$i < 500 && ![llength [glob -nocomplain out/*.pdf]]} {incr i} {after 20}
    exec kill -$signal [pid $pipe]
    read $pipe
    catch {close $pipe} - info
    set ended [lindex [dict get $info -errorcode] 2]
    tap::ok [expr {$ended == $status || $ended eq "SIG$signal"}] "SIG$signal ends it" $info
    tap::is [glob -nocomplain -directory $temporary -tails *] {} "SIG$signal: no copy of the data stays"
    tap::is [glob -nocomplain -directory out -tails .kamsh*] {} "nor a folder of what was being made"
    set whole 1
    foreach file [glob out/*.pdf] {if {![string match "*%%EOF*" [string range [fault::bytes $file] end-8 end]]} {set whole 0}}
    tap::ok $whole "what stands there is whole"
    file delete -force out
}
tap::done
