# SPDX-License-Identifier: GPL-3.0-or-later
# The plan of plan.txt (two pages of mixed text, a table of 60 rows, a bar chart) by us and by other PDF makers, the same run,
# the same font: CPU milliseconds a document within a batch of 200, bytes, pages, peak resident memory, and a cold start (one
# document, the process included; for kamsh with Tcl, a database in memory and the script of the plan). Who is not installed
# is left out. Goals for WenQuanYi: 4.5 ms, 90 KB, 12 MB, 30 ms; for Noto Sans CJK 25 ms.
set build $env(KAM_BUILDDIR)
set here [file join $env(KAM_SRCDIR) tests bench]
set plan [file join $here plan.txt]
set out [file join $build bench-plan.pdf]
encoding system utf-8
fconfigure stdout -encoding utf-8
set batch [expr {[info exists env(BENCH_BATCH)] ? $env(BENCH_BATCH) : 200}]

proc measure {args} {return [exec [file join $::build tests bench measure] {*}$args 2>@stderr]}
proc font_file {family} {
    if {[auto_execok fc-list] eq ""} {return ""}
    set found [lsort [split [exec fc-list "$family" file] \n]]
    return [string trimright [string trim [lindex $found 0]] :]
}
# The least of three: a busy neighbour only adds.
proc least {words} {
    set best {}
    for {set i 0} {$i < 3} {incr i} {
        lassign [measure {*}$words] status ms kb
        if {$status != 0} {return [list $status 0 0]}
        if {$best eq {} || $ms < [lindex $best 1]} {set best [list $status $ms $kb]}
    }
    return $best
}
proc row {who words file} {
    global out plan batch
    file delete $out
    lassign [least [string map [list %N 1] $words]] status cold cold_kb
    if {$status != 0} {
        puts [format "pdf: %-34s not there" $who]
        return {}
    }
    lassign [measure {*}[string map [list %N $batch] $words]] status all kb
    set each [expr {($all - $cold) / ($batch - 1)}]
    set pages [expr {[auto_execok pdfinfo] eq "" ? "?" : [lindex [regexp -inline {Pages: +(\d+)} [exec pdfinfo $out 2>@stderr]] 1]}]
    puts [format "pdf: %-34s %7.2f ms %8d bytes  %2s pages  %6.1f MB  cold %7.1f ms" $who $each [file size $out] $pages \
        [expr {$kb / 1024.0}] $cold]
    return $each
}
puts [format "pdf: a plan of four pages, batch of %d" $batch]
foreach family {{WenQuanYi Micro Hei} {WenQuanYi Zen Hei} {LXGW WenKai} {Noto Sans CJK SC}} {
    set ms($family) [row "kamsh, $family" [list [file join $build tests bench bench_pdf] $plan $family %N $out] $out]
}
# Beside each peer ours again, before and after, so that both meet the same neighbours on the machine.
proc ours {family} {
    global plan batch out
    set words [list [file join $::build tests bench bench_pdf] $plan $family %N $out]
    lassign [measure {*}[string map {%N 1} $words]] - one
    lassign [measure {*}[string map [list %N $batch] $words]] - all
    return [expr {($all - $one) / ($batch - 1)}]
}
set python ""
foreach candidate {/usr/bin/python3 python3} {
    if {$python eq "" && ![catch {exec $candidate -c {import reportlab} 2>@1}]} {set python $candidate}
}
# Typst by its compiler for Node, in a folder of yours: npm install @myriaddreamin/typst-ts-node-compiler, BENCH_TYPST=FOLDER.
set typst [expr {[info exists env(BENCH_TYPST)] && [auto_execok node] ne "" ? $env(BENCH_TYPST) : ""}]
if {$typst eq ""} {puts "pdf: Typst                              not present (BENCH_TYPST names a folder with its compiler for Node)"}
foreach {family goals} {"WenQuanYi Micro Hei" {cairo 4 reportlab 5 Typst 12} "WenQuanYi Zen Hei" {cairo 4 reportlab 5 Typst 12}} {
    set font [font_file $family]
    if {$font eq ""} continue
    set peers {}
    if {$family eq "WenQuanYi Micro Hei"} {
        lappend peers "libharu itself" [list [file join $build tests bench pdf_peer_haru] $plan $font %N $out]
    }
    if {[file exists [file join $build tests bench pdf_peer_cairo]]} {
        lappend peers "cairo and pango" [list [file join $build tests bench pdf_peer_cairo] $plan $family %N $out]
    }
    if {$python ne ""} {lappend peers "reportlab" [list $python [file join $here pdf_peer_reportlab.py] $plan $font %N $out]}
    if {$typst ne ""} {
        set words [list node [file join $here pdf_peer_typst.mjs] $plan $font %N $out $typst]
        lappend peers "Typst" [list {*}$words 0] "Typst, remembering" [list {*}$words 10]
    }
    foreach {who words} $peers {
        set before [ours $family]
        set each [row "$who, $family" $words $out]
        if {$each eq {}} continue
        set goal [expr {[dict exists $goals [lindex $who 0]] && $who ne "Typst, remembering" ? "  (goal: [dict get $goals [lindex $who 0]])" : ""}]
        set mine [expr {($before + [ours $family]) / 2}]
        puts [format "pdf: %-34s %7.1f times ours (%.2f ms beside it)%s" "" [expr {$each / $mine}] $mine $goal]
    }
}
# Cold start of the whole program.
file delete $out
lassign [least [list $env(KAMSH) -X -f [file join $here plan-report.tcl] $plan $out]] status cold kb
if {$status != 0} {error "kamsh -f plan-report.tcl ended with $status"}
puts [format "pdf: %-34s %7s    %8d bytes  %2s        %6.1f MB  cold %7.1f ms" "kamsh -f, WenQuanYi Micro Hei" "" [file size $out] "" [expr {$kb / 1024.0}] $cold]
file delete $out
