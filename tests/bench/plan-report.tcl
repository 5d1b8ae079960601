# SPDX-License-Identifier: GPL-3.0-or-later
# The plan of plan.txt through the report commands: kamsh -X -f plan-report.tcl PLAN FILE. Used by pdf_peers.tcl.
lassign $argv plan out
setting set pdf-font {WenQuanYi Micro Hei}
set f [open $plan]
fconfigure $f -encoding utf-8
set rows {}
set bars {}
report begin -lang zh -title 大客户规划 -header-left 大客户规划 -footer {截至 2026-09-30}
foreach line [split [string map {{{N}} 1} [read $f]] \n] {
    set text [string range $line 2 end]
    switch [string index $line 0] {
        R {lappend rows [split $text |]}
        B {lappend bars [split $text |]}
        default {
            if {[llength $rows] && $bars eq {}} {
                report table [lmap r $rows {lassign $r a b c d e f; dict create no $a name $b grade $c amount $d share $e last $f}] -zebra -compact
                set rows {}
            }
            switch [string index $line 0] {
                T {report title $text}
                H {report heading 1 $text}
                P {report text $text}
            }
        }
    }
}
report bar [lmap b $bars {dict create name [lindex $b 0] v [lindex $b 1]}] -label name -values v -height 85
report save $out
