# SPDX-License-Identifier: GPL-3.0-or-later
# The sample document of tests/golden/pdf_demo.c. Its display list (synthetic font) is compared with pdf_demo.LANG.txt;
# after a wanted change: KAM_UPDATE=1 tclsh tests/golden/pdf.tcl writes them anew, and you look at the pages. Then real
# files, with the fonts of this system.
source [file join $env(KAM_SRCDIR) tests tap.tcl]
set demo [file join $env(KAM_BUILDDIR) tests golden pdf_demo]
set here [file join $env(KAM_SRCDIR) tests golden]

proc read_text {path} {
    set f [open $path r]
    fconfigure $f -encoding utf-8 -translation lf
    set text [read $f]
    close $f
    return $text
}

proc run {args} {
    set bad [catch {exec {*}$args 2>@1} out]
    return [list $bad $out]
}

proc first_difference {got want} {
    foreach a [split $got \n] b [split $want \n] {
        if {$a ne $b} {return "want: $b\ngot:  $a"}
    }
    return ""
}

encoding system utf-8
foreach lang {zh en} {
    set raw [file join $env(TMPDIR) dump.$lang]
    exec $demo $lang screen dump > $raw
    set got [read_text $raw]
    set golden [file join $here pdf_demo.$lang.txt]
    if {[info exists env(KAM_UPDATE)]} {file copy -force $raw $golden}
    set want [expr {[file exists $golden] ? [read_text $golden] : ""}]
    tap::ok [expr {$got eq $want}] "display list, $lang" [first_difference $got $want]
}
set raw [file join $env(TMPDIR) dump.print]
exec $demo zh print dump > $raw
proc texts {path} {
    set out {}
    foreach line [split [read_text $path] \n] {
        if {[regexp {^text (\S+ \S+) .*?(".*)$} $line - at text]} {lappend out "$at $text"}
    }
    return $out
}
tap::ok [expr {[texts $raw] eq [texts [file join $env(TMPDIR) dump.zh]]}] "both themes set every text at the same place"

set first [run $demo zh screen [file join $env(TMPDIR) zh.pdf]]
if {[lindex $first 0] && [string match "*no font with Chinese*" [lindex $first 1]]} {
    tap::skip "real documents" "no font with Chinese characters"
    tap::done
}
foreach lang {zh en} word {华瑞精密制造有限公司 "Huarui Precision Manufacturing"} {
    set pdf [file join $env(TMPDIR) $lang.pdf]
    lassign [run $demo $lang screen $pdf] bad out
    tap::ok [expr {!$bad && [string match "* 0 missing characters" $out]}] "a real document, $lang" $out
    exec $demo $lang screen $pdf.again
    tap::ok [expr {![lindex [run cmp $pdf $pdf.again] 0]}] "made twice, the same bytes, $lang"
    tap::ok [expr {[file size $pdf] < 150000}] "small, $lang" [file size $pdf]
    if {[auto_execok qpdf] eq ""} {tap::skip "qpdf, $lang" "qpdf is not installed"} else {
        lassign [run qpdf --check $pdf] bad out
        tap::ok [expr {!$bad && ![string match *WARNING* $out]}] "qpdf finds no fault, $lang" $out
    }
    if {[auto_execok pdftotext] eq ""} {
        tap::skip "text, $lang" "poppler-utils is not installed"
        continue
    }
    lassign [run pdftotext -enc UTF-8 $pdf -] bad text
    tap::ok [expr {!$bad && [string first $word $text] >= 0}] "text can be found, $lang"
    tap::ok [expr {![string match "*Syntax*" $text]}] "poppler has no complaint, $lang"
    if {$lang eq "zh"} {
        # the quarter em between Han and Latin, squeezed marks and the stretch of justified lines are no blanks
        tap::ok [expr {[string first 近12个月净收入1,286万元 $text] >= 0}] "mixed text comes out as it went in"
    }
    set fonts [lrange [split [exec pdffonts $pdf] \n] 2 end]
    set loose {}
    foreach line $fonts {
        if {![regexp {CID (TrueType|Type 0C)\s+Identity-H\s+yes yes yes} $line]} {lappend loose $line}
    }
    tap::ok [expr {[llength $fonts] >= 1 && $loose eq {}}] "fonts are embedded subsets with a way back to Unicode, $lang" $loose
    set info [exec pdfinfo -enc UTF-8 $pdf]
    tap::ok [regexp {Title: +\S*(大客户规划|Key)} $info] "the title is in the information, $lang" $info
    tap::ok [expr {![regexp {Date:} $info]}] "no dates, $lang"
}
tap::done
