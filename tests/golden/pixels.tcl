# SPDX-License-Identifier: GPL-3.0-or-later
# All 6,763 Han characters of GB 2312 in every supported font of this system, and in its bold where it has one: our subset
# beside the whole font, both by pdftoppm at 150 dpi, glyph by glyph; embedded, subset, with ToUnicode; sound for qpdf; the
# text out again by poppler and mupdf; twice the same bytes. See pdf_pixels.c. A font that is not installed is left out with
# a reason a strict run forgives: bootstrap does not force 90 MB of Noto Sans CJK on anyone.
source [file join $env(KAM_SRCDIR) tests tap.tcl]
encoding system utf-8
set tool [file join $env(KAM_BUILDDIR) tests golden pdf_pixels]
set dpi 150

proc run {args} {
    set bad [catch {exec {*}$args 2>@1} out]
    return [list $bad $out]
}
proc read_text {path} {
    set f [open $path]
    fconfigure $f -encoding utf-8
    set text [read $f]
    close $f
    return $text
}
# The characters of a text, without what a reader puts between lines and pages.
proc bare {text} {return [regsub -all {[\s\f]+} $text {}]}

foreach program {pdftoppm pdffonts pdftotext qpdf} {
    if {[auto_execok $program] eq ""} {
        tap::skip "pixels" "$program is not installed"
        tap::done
        exit
    }
}
set seen 0
set kept {}
foreach {family weight} {
    {Noto Sans CJK SC} regular  {Noto Sans CJK SC} bold  {WenQuanYi Micro Hei} regular  {WenQuanYi Zen Hei} regular
    {LXGW WenKai} regular  {LXGW WenKai} bold  {AR PL UMing CN} regular  {AR PL UKai CN} regular
} {
    set what "$family $weight"
    set folder [file join $env(TMPDIR) pixels.[string map {{ } -} $what]]
    file mkdir $folder
    lassign [run $tool make $family $weight $folder 1] bad out
    if {$bad} {
        tap::ok [expr {[lindex $::errorCode 2] == 77}] "$what: made, or not there" $out
        continue
    }
    incr seen
    foreach name {ours whole} {exec pdftoppm -r $dpi -gray [file join $folder $name.pdf] [file join $folder $name]}
    array set sum {worst 0 lost 0 glyphs 0 different 0}
    foreach page [lsort [glob [file join $folder ours-*.pgm]]] {
        regexp {ours-0*(\d+)\.pgm$} $page - n
        set other [string map {ours- whole-} $page]
        lassign [exec $tool compare $page $other [file join $folder cells.txt] $n $dpi] - worst cp - lost - glyphs - different
        if {$worst > $sum(worst)} {set sum(worst) $worst}
        incr sum(lost) $lost
        incr sum(glyphs) $glyphs
        incr sum(different) $different
    }
    tap::is $sum(glyphs) 6763 "$what: every character was looked at"
    tap::is $sum(lost) 0 "$what: none lost"
    tap::ok [expr {$sum(worst) <= 10 && $sum(different) == 0}] "$what: at most one pixel in a hundred differs" \
        "worst $sum(worst) in a thousand, $sum(different) glyphs"
    set pdf [file join $folder ours.pdf]
    tap::ok [expr {![lindex [run cmp $pdf [file join $folder again.pdf]] 0]}] "$what: the same bytes twice"
    lassign [run qpdf --check $pdf] bad out
    tap::ok [expr {!$bad && ![string match *WARNING* $out]}] "$what: qpdf finds no fault" $out
    set fonts [lrange [split [exec pdffonts $pdf] \n] 2 end]
    tap::ok [expr {[llength $fonts] == 1 && [regexp {CID (TrueType|Type 0C)\s+Identity-H\s+yes yes yes} [lindex $fonts 0]]}] \
        "$what: embedded, subset, with a way back to Unicode" $fonts
    set want [read_text [file join $folder text.txt]]
    exec pdftotext -enc UTF-8 $pdf [file join $folder out.txt]
    tap::ok [expr {[bare [read_text [file join $folder out.txt]]] eq $want}] "$what: text by poppler"
    if {[auto_execok mutool] eq ""} {
        tap::skip "$what: text by mupdf" "no shared data: mupdf-tools is not installed"
    } else {
        exec mutool draw -q -F txt -o [file join $folder mu.txt] $pdf 2>@1
        tap::ok [expr {[bare [read_text [file join $folder mu.txt]]] eq $want}] "$what: text by mupdf"
    }
    lappend kept $folder
}
tap::ok [expr {$seen > 0}] "some supported font is installed"
# The comparison can fail: two fonts are not alike.
if {[llength $kept] < 2} {
    tap::skip "two fonts differ" "no shared data: only one of the supported fonts is installed"
} else {
    lassign $kept a b
    set out [exec $tool compare [lindex [lsort [glob $a/ours-*.pgm]] 0] [lindex [lsort [glob $b/ours-*.pgm]] 0] [file join $a cells.txt] 1 $dpi]
    tap::ok [expr {[lindex $out end] > 900}] "two fonts differ" $out
}
tap::done
