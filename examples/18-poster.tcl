# SPDX-License-Identifier: GPL-3.0-or-later
# A poster drawn on pages of its own: the customer pyramid with the money each layer brings, and on a second page a card for each of the
# largest accounts, linked both ways. Once in Chinese, once in English.
#
#   kamsh -X -f examples/18-poster.tcl ?FOLDER?
#
# With a FOLDER the two PDFs stay there; without, they are only made and looked at.
set keep_in [lindex $argv 0]
set argv {}
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

proc say {en zh} {return [expr {$::lang eq "zh" ? $zh : $en}]}
proc layer {key} {
    return [dict get {top {重要客户 Top} major {主要客户 Major} ordinary {普通客户 Ordinary} small {小客户 Small} inactive {未购买 {No purchase}}} $key]
}
proc word {key} {return [lindex [layer $key] [expr {$::lang ne "zh"}]]}
# 9852794.90 as 9.85 M or 985 万.
proc money {x} {return [say "[format %.2f [expr {$x / 1e6}]] M" "[format %.0f [expr {$x / 1e4}]] 万"]}

# A trapezium of the pyramid: `from` and `to` are heights counted from its tip.
proc slab {middle top slope from to colour} {
    set a [expr {$from * $slope}]
    set b [expr {$to * $slope}]
    pdf line [list [expr {$middle - $a}] [expr {$top + $from}] [expr {$middle + $a}] [expr {$top + $from}] \
        [expr {$middle + $b}] [expr {$top + $to - 1.2}] [expr {$middle - $b}] [expr {$top + $to - 1.2}]] -close -fill $colour
}

proc poster {lang file} {
    set ::lang $lang
    display set lang $lang ;# the sentences of answers
    set layers [classify -by pyramid -summary]
    set largest [table head [table sort [table where [classify -by pyramid] {$class in {top major ordinary}}] -basis] 8]
    table each row [account list -columns {code name_en}] {dict set english [dict get $row code] [dict get $row name_en]}
    pdf begin -lang $lang -paper a4 -landscape -title [say "Customer pyramid" 客户金字塔]
    pdf outline [say Pyramid 金字塔]
    pdf text 20 28 [say "Customer pyramid" 客户金字塔] -size 28 -bold -color accent-dark
    pdf text 20 36 [say "Sample portfolio, twelve months to [setting get asof]" "示例数据，截至 [setting get asof] 的十二个月"] -color muted
    set from 12
    set colours {accent-dark accent series-3 series-5 faint}
    table each row $layers {
        set to [expr {$from + 26}]
        slab 105 32 0.52 $from $to [lindex $colours 0]
        set colours [lrange $colours 1 end]
        set y [expr {32 + ($from + $to) / 2.0}]
        pdf line [expr {108 + $to * 0.52}] $y 196 $y -stroke unknown -line 0.4 -dash 1.5
        set name [pdf text 200 $y [word [dict get $row class]] -size 13 -bold]
        pdf text [expr {[dict get $name x] + [dict get $name width] + 3}] $y "× [dict get $row count]" -size 13 -color muted
        pdf text 200 [expr {$y + 6}] "[money [dict get $row basis]]  ·  [format %.1f [expr {100 * [dict get $row basis_share]}]] %" -color muted
        set from $to
    }
    pdf text 277 196 [say "The largest accounts →" "最大的客户 →"] -align right -color accent -page 2

    pdf page
    pdf outline [say "Largest accounts" 最大的客户]
    pdf text 20 28 [say "The largest accounts" 最大的客户] -size 20 -bold -color accent-dark
    set n 0
    table each row $largest {
        set x [expr {20 + ($n % 2) * 131}]
        set y [expr {38 + $n / 2 * 37}]
        pdf rect $x $y 126 32 -radius 2 -fill tint -stroke faint -line 0.5
        pdf clip [list rect $x $y 3 32] {pdf rect $x $y 126 32 -radius 2 -fill accent}
        set name [say [dict get $english [dict get $row account]] [dict get $row name]]
        pdf text [expr {$x + 8}] [expr {$y + 10}] $name -size 13 -bold
        pdf text [expr {$x + 8}] [expr {$y + 18}] [word [dict get $row class]] -size 9 -color muted
        pdf text [expr {$x + 120}] [expr {$y + 10}] [money [dict get $row basis]] -size 13 -align right -color accent-dark -bold
        pdf text [expr {$x + 8}] [expr {$y + 20}] [dict get $row why] -size 8 -width 112 -height 9 -color muted
        incr n
    }
    pdf text 277 196 [say "← Back to the pyramid" "← 回到金字塔"] -align right -color accent -page 1
    puts "$lang: [expr {[pdf faults] eq {} ? {nothing overlaps} : [pdf faults]}], $n cards, [dict get [pdf size] pages] pages"
    set made [table get [pdf save $file] 0]
    puts "    saved: [dict get $made pages] pages"
}

foreach lang {zh en} {
    if {$keep_in ne ""} {
        poster $lang [file join $keep_in poster.$lang.pdf]
    } else {
        close [file tempfile file poster.pdf]
        poster $lang $file
        file delete $file
    }
}
