# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the example portfolio with kamsh's own import:
#
#   kamsh --create portfolio.kam -f examples/data/load.tcl ?SEED?
#
# The database carries its own as-of day, so that it does not age.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] generate.tcl]
set handle [file tempfile folder]
close $handle
file delete $folder
try {
    generate $folder [expr {[llength $argv] ? [lindex $argv 0] : 2026}]
    setting set currency CNY
    # In this order references point backwards.
    foreach entity {rep competitor product account contact opportunity stage-change transaction contract service-cost assessment link
        relationship mark interaction target objective action risk plan-text value-note sighting survey survey-factor referral exception
        post-mortem bid mailing recipient segment segment-member policy-note} {
        set result [import $entity [file join $folder $entity.csv]]
        if {[table get $result 0 rejected] > 0} {
            error "$entity: [table get $result 0 rejected] rows rejected"
        }
    }
    setting set asof 2026-06-30
} finally {
    file delete -force $folder
}
