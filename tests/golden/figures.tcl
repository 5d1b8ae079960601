# SPDX-License-Identifier: GPL-3.0-or-later
# The figures' display lists (synthetic font) against figures.LANG.txt; after a wanted change: KAM_UPDATE=1, and look at the pages.
source [file join $env(KAM_SRCDIR) tests tap.tcl]
set here [file join $env(KAM_SRCDIR) tests golden]
encoding system utf-8
proc read_text {path} {
    set f [open $path r]
    fconfigure $f -encoding utf-8 -translation lf
    try {return [read $f]} finally {close $f}
}
proc first_difference {got want} {
    foreach a [split $got \n] b [split $want \n] {
        if {$a ne $b} {return "want: $b\ngot:  $a"}
    }
    return ""
}
foreach lang {zh en} {
    set raw [file join $env(TMPDIR) figures.$lang]
    exec [file join $env(KAM_BUILDDIR) kamsh] -X -f [file join $here figures.doc] $lang > $raw
    set golden [file join $here figures.$lang.txt]
    if {[info exists env(KAM_UPDATE)]} {file copy -force $raw $golden}
    set want [expr {[file exists $golden] ? [read_text $golden] : ""}]
    set got [read_text $raw]
    tap::ok [expr {$got eq $want}] "display list of the figures, $lang" [first_difference $got $want]
}
tap::done
