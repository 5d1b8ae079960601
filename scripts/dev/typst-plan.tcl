# SPDX-License-Identifier: GPL-3.0-or-later
# A report of ours beside the same report set by Typst, to be judged by eye. Typst is no part of the project:
#
#   kamsh -X FILE -f scripts/dev/typst-plan.tcl FOLDER TEMPLATE ?-OPTION VALUE …?     (account-plan -account HUAXIN -lang zh)
#
# runs the template and listens to its blocks: FOLDER/kamsh.pdf is ours, FOLDER/plan.typ has the same words, numbers, sizes and colours in
# the same order, and FOLDER/typst.pdf is made of it when the command in $TYPST (IN OUT as its last words; else `typst compile`) can be run.
# Bars, funnels, quadrants and grids are drawn with what Typst has; a map of people stays out, it has nothing for that.
set options [lassign $argv folder template]
if {$template eq ""} {
    puts stderr "usage: kamsh -X FILE -f scripts/dev/typst-plan.tcl FOLDER TEMPLATE ?-OPTION VALUE …?"
    exit 2
}
namespace eval typst {
    variable out "" depth 0 lang en head "" running ""
    variable blue {rgb("#17405f")} grey {rgb("#5b6673")}
    variable tones {good {{#2e7d32} ●} bad {{#c62828} ■} warn {{#b26a00} ◆} up {{#2e7d32} ▲} down {{#c62828} ▼} unknown {{#5b6673} ○}}
}

# --- words --------------------------------------------------------------------------------------------------------
proc typst::mark {text} {return [string map [list \n { \ }] [regsub -all {[\\#$*_<>@`~=\[\]+/-]} $text {\\&}]]}
proc typst::block {text} {append typst::out $text \n\n}
proc typst::sign {tone} {
    variable tones
    if {![dict exists $tones $tone]} {return ""}
    lassign [dict get $tones $tone] colour sign
    return "#text(fill: rgb(\"$colour\"), size: 0.8em)\[$sign\] "
}
proc typst::grouped {number} {
    while {[regsub {^([-−]?\d+)(\d{3})} $number {\1,\2} number]} {}
    return $number
}
proc typst::short {number} {
    variable lang
    if {$lang eq "zh"} {
        foreach {size word} {1e8 亿 1e4 万} {if {abs($number) >= $size} {return "[format %.3g [expr {$number / $size}]] $word"}}
    } else {
        foreach {size word} {1e9 B 1e6 M 1e3 k} {if {abs($number) >= $size} {return "[format %.3g [expr {$number / $size}]] $word"}}
    }
    return [format %.3g $number]
}
# A cell in the words of the report.
proc typst::cell {name value spec} {
    if {$value eq ""} {return –}
    set format [expr {[dict exists $spec -format] ? [dict get $spec -format] : "auto"}]
    if {![string is double -strict $value]} {return [mark $value]}
    switch $format {
        percent {return "[format %.1f [expr {100.0 * $value}]] %"}
        short {return [mark [short $value]]}
        signed {return [mark [string map {- −} [format "%+.[expr {[dict exists $spec -decimals] ? [dict get $spec -decimals] : 1}]f" $value]]]}
    }
    if {[dict exists $spec -decimals]} {return [mark [format "%.[dict get $spec -decimals]f" $value]]}
    return [mark [expr {[string match *_minor $name] ? [grouped [format %.2f $value]] : $value}]]
}
proc typst::option {words name {other ""}} {
    set at [lsearch -exact $words $name]
    return [expr {$at < 0 ? $other : [lindex $words $at+1]}]
}
proc typst::rows {table} {
    set rows {}
    ::kam::table each row $table {lappend rows $row}
    return $rows
}
proc typst::field {row name} {return [expr {[dict exists $row $name] ? [dict get $row $name] : ""}]}

# --- blocks -------------------------------------------------------------------------------------------------------
proc typst::begin {args} {
    variable out ""
    variable lang [option $args -lang en]
    variable running [option $args -header]
    variable title [option $args -title]
}
proc typst::title {title args} {
    variable blue
    variable grey
    block "#line(length: 16mm, stroke: 2.5pt + rgb(\"#1f5a8c\"))"
    if {[set kicker [option $args -kicker]] ne ""} {block "#text(10pt, weight: \"bold\", fill: rgb(\"#1f5a8c\"))\[[mark $kicker]\]"}
    block "#text(23pt, weight: \"bold\", fill: $blue)\[[mark $title]\]"
    if {[set under [option $args -subtitle]] ne ""} {block "#text(13pt, fill: $grey)\[[mark $under]\]"}
    set cells {}
    foreach {name value} [option $args -facts] {lappend cells "\[#text(fill: $grey)\[[mark $name]\]\], \[[mark $value]\]"}
    if {[llength $cells]} {
        block "#line(length: 100%, stroke: 0.4pt + rgb(\"#d3dae2\"))"
        block "#text(9pt, grid(columns: (20mm, 1fr, 20mm, 1fr), row-gutter: 6pt, [join $cells {, }]))"
        block "#line(length: 100%, stroke: 0.4pt + rgb(\"#d3dae2\"))"
    }
}
proc typst::heading {level text args} {block "[string repeat = $level] [mark $text]"}
proc typst::text {text args} {
    set words [mark $text]
    if {"-marks" in $args} {regsub -all {\\\*\\\*(.*?)\\\*\\\*} $words {*\1*} words}
    block [expr {"-small" in $args ? "#small\[$words\]" : $words}]
}
proc typst::note {text args} {
    set name [option $args -title]
    block "#block(fill: rgb(\"#f2f6fa\"), inset: 8pt, width: 100%, stroke: (left: 3pt + rgb(\"#1f5a8c\")))\[[expr {$name eq {} ? {} : "*[mark $name]* \\ "}][mark $text]\]"
}
proc typst::tiles {tiles} {
    set cells {}
    foreach tile $tiles {
        lassign $tile label value note tone
        lappend cells "tile(\[[mark $label]\], \[[mark $value]\], \[[sign $tone][mark $note]\])"
    }
    block "#grid(columns: (1fr,) * [expr {[llength $cells] > 4 ? 3 : [llength $cells]}], gutter: 9pt, [join $cells {, }])"
}
proc typst::table {table args} {
    set rows [rows $table]
    if {![llength $rows]} {
        block "#small\[[mark [option $args -empty –]]\]"
        return
    }
    set columns [lmap column [option $args -columns [::kam::table columns $table]] {
        set rest [lassign $column name]
        set spec {}
        for {set i 0} {$i < [llength $rest]} {incr i} {
            if {[lindex $rest $i] in {-bold -total}} {dict set spec [lindex $rest $i] 1} else {dict set spec [lindex $rest $i] [lindex $rest [incr i]]}
        }
        list $name $spec
    }]
    set widths {}
    set aligns {}
    set heads {}
    set cells {}
    set sums {}
    foreach column $columns {
        lassign $column name spec
        set numbers [expr {![llength [lsearch -all -inline -not -regexp [lmap row $rows {field $row $name}] {^[-+]?[0-9.]*$}]]}]
        lappend widths [expr {[dict exists $spec -weight] ? "[dict get $spec -weight]fr" : "auto"}]
        lappend aligns [expr {[dict exists $spec -align] ? [string map {centre center} [dict get $spec -align]] : $numbers ? "right" : "left"}]
        lappend heads "\[[mark [expr {[dict exists $spec -label] ? [dict get $spec -label] : $name}]]\]"
    }
    if {![llength [lsearch -all -inline $widths *fr]]} {lset widths 0 1fr}
    foreach row $rows {
        foreach column $columns {
            lassign $column name spec
            set value [field $row $name]
            set words [cell $name $value $spec]
            if {[dict exists $spec -tone]} {set words [sign [field $row [dict get $spec -tone]]]$words}
            lappend cells "\[[expr {[dict exists $spec -bold] ? "#strong\[$words\]" : $words}]\]"
            if {[dict exists $spec -total] && $value ne ""} {dict set sums $name [expr {[field $sums $name] eq "" ? $value : [dict get $sums $name] + $value}]}
        }
    }
    if {[set total [option $args -totals]] ne ""} {
        foreach column $columns {
            lassign $column name spec
            lappend cells "\[#strong\[[expr {$column eq [lindex $columns 0] ? [mark $total] : [dict exists $sums $name] ? [cell $name [dict get $sums $name] $spec] : {}}]\]\]"
        }
    }
    if {[set words [option $args -caption]] ne ""} {block "*[mark $words]*"}
    block "#plan-table(([join $widths {, }],), ([join $aligns {, }],), ([join $heads {, }],), ([join $cells {, }],))"
}
proc typst::columns {args} {
    set scripts [lsearch -all -inline -not $args -weights]
    set weights [option $args -weights]
    if {$weights ne ""} {set scripts [lsearch -all -inline -not -exact $scripts $weights]}
    return [list $scripts [expr {$weights eq "" ? [lrepeat [llength $scripts] 1] : $weights}]]
}
# Typst cannot ask how much of a page is left without running in circles: a large demand is a new page, a small one none.
proc typst::break {args} {
    if {"-unless" ni $args || [option $args -unless] >= 70} {block "#pagebreak(weak: true)"}
}

# --- figures ------------------------------------------------------------------------------------------------------
proc typst::caption {args} {
    if {[set words [option $args -caption]] ne ""} {block "#text(9pt, weight: \"bold\", fill: $typst::blue)\[[mark $words]\]"}
}
proc typst::most {numbers} {return [::tcl::mathfunc::max 1e-9 {*}[lmap n $numbers {expr {$n eq "" ? 0 : abs($n)}}]]}
proc typst::bar {table args} {
    caption {*}$args
    set rows [lrange [rows $table] end-23 end]
    set name [lindex [option $args -values] 0]
    set top [most [lmap row $rows {field $row $name}]]
    set bars [lmap row $rows {string cat "bar([expr {[field $row $name] / double($top)}], \[" [mark [string range [field $row [option $args -label]] 2 end]] "\])"}]
    block "#grid(columns: (1fr,) * [llength $bars], [join $bars {, }])"
}
proc typst::funnel {table args} {
    caption {*}$args
    set rows [rows $table]
    set top [most [lmap row $rows {field $row [option $args -value]}]]
    foreach row $rows {
        set value [field $row [option $args -value]]
        block "#grid(columns: (24mm, 1fr, 12mm, 20mm), align: (left + horizon, center + horizon, right + horizon, right + horizon), \[[mark [field $row [option $args -label]]]\], rect(height: 9mm, width: [expr {100.0 * $value / $top}]%, fill: rgb(\"#1f5a8c\")), \[$value\], \[[mark [short [field $row [option $args -second]]]]\])"
    }
}
proc typst::quadrant {table args} {
    caption {*}$args
    set points ""
    foreach row [rows $table] {
        set x [field $row [option $args -x]]
        set y [field $row [option $args -y]]
        if {$x eq "" || $y eq ""} continue
        append points "#place(left + top, dx: [expr {$x * 10}]%, dy: [expr {100 - $y * 10}]%)\[#text(8pt)\[● [mark [field $row [option $args -label]]]\]\]\n"
    }
    block "#rect(width: 100%, height: [option $args -height 80]mm, stroke: 0.5pt + $typst::grey)\[$points\]"
}
proc typst::heat {table args} {
    caption {*}$args
    set lines {}
    foreach row [rows $table] {dict lappend lines [field $row [option $args -row]] $row}
    set cells {}
    dict for {name row} $lines {
        lappend cells "\[[mark $name]\]"
        foreach place {0 1 2 3} {
            set one [lindex $row $place]
            set owned [expr {[field $one state] eq "owned"}]
            lappend cells "table.cell(fill: [expr {$owned ? $typst::blue : {white}}])\[#set text(fill: [expr {$owned ? {white} : {black}}]); [mark [expr {[field $one amount] eq {} ? {} : [short [field $one amount]]}]] \\ [mark [field $one [option $args -note]]]\]"
        }
    }
    block "#text(8pt, table(columns: (22mm, 1fr, 1fr, 1fr, 1fr), align: center, stroke: 0.5pt + $typst::grey, [join $cells {, }]))"
}
proc typst::people {table args} {block "#rect(width: 100%, inset: 8pt, stroke: (dash: \"dashed\"))\[#small\[[llength [rows $table]] × – (map of people)\]\]"}

# Ours does its work, Typst's words are written down beside it.
rename ::kam::report ::kam::report_of_ours
proc ::kam::report {what args} {
    if {$what eq "columns"} {
        lassign [::typst::columns {*}$args] scripts weights
        set before $::typst::out
        set ::typst::cells {}
        set wrapped [lmap script $scripts {string cat {set ::typst::out {}; } \n $script \n {lappend ::typst::cells "\[$::typst::out\]"}}]
        uplevel 1 [list ::kam::report_of_ours columns {*}$wrapped {*}[expr {"-weights" in $args ? [list -weights $weights] : {}}]]
        set ::typst::out $before
        ::typst::block "#grid(columns: ([join [lmap weight $weights {string cat $weight fr}] {, }]), gutter: 14pt, [join $::typst::cells {, }])"
        return
    }
    if {$what ni {begin save discard faults dump contents} || $what eq "begin"} {
        if {[info procs ::typst::$what] ne ""} {::typst::$what {*}$args}
    }
    if {$what eq "save"} {set ::typst::done $::typst::out}
    uplevel 1 [list ::kam::report_of_ours $what {*}$args]
}

file mkdir $folder
set ours [time {::kam::report_of_ours run $template {*}$options -out [file join $folder kamsh.pdf]}]
set out [open [file join $folder plan.typ] w]
fconfigure $out -encoding utf-8
puts $out [string map [list @LANG $typst::lang @HEAD [typst::mark $typst::title]] {
#set document(date: none)
#set text(font: ("Noto Sans CJK SC",), size: 10.3pt, lang: "@LANG", fill: rgb("#22272e"))
#set par(leading: 0.9em, spacing: 1.25em, justify: true)
#set page(paper: "a4", margin: (x: 21mm, top: 20mm, bottom: 19mm), header: context if counter(page).get().first() > 1 [
  #set text(8.2pt, fill: rgb("#5b6673")); @HEAD #v(-7pt) #line(length: 100%, stroke: 0.4pt + rgb("#d3dae2"))],
  footer: context [#set text(8.2pt, fill: rgb("#5b6673")); #h(1fr) #counter(page).display() / #counter(page).final().first()])
#show heading: it => block(above: 12pt, below: 7pt, sticky: true, text(if it.level == 2 { 12.5pt } else { 10.8pt }, it.body))
#show heading.where(level: 1): it => block(above: 20pt, below: 9pt, sticky: true, stroke: (left: 3pt + rgb("#1f5a8c")), inset: (left: 7pt, y: 1pt), text(15.5pt, fill: rgb("#17405f"), it.body))
#let small(body) = text(8.2pt, fill: rgb("#5b6673"), body)
#let plan-table(widths, align, heads, cells) = {
  set text(8pt); set par(justify: false, leading: 0.5em)
  table(columns: widths, align: align, stroke: (x, y) => (bottom: 0.4pt + rgb("#d3dae2")), inset: (x: 5pt, y: 4pt), fill: (x, y) => if y == 0 { rgb("#e6eef5") },
    table.hline(stroke: 1pt + rgb("#17405f")), table.header(..heads.map(strong)), table.hline(stroke: 0.5pt + rgb("#17405f")), ..cells, table.hline(stroke: 1pt + rgb("#17405f")))
}
#let tile(label, value, note) = block(fill: rgb("#f2f6fa"), stroke: (top: 2pt + rgb("#1f5a8c")), inset: 9pt, width: 100%)[
  #set par(leading: 0.6em)
  #text(8.2pt, fill: rgb("#5b6673"), label) \ #text(18pt, weight: "bold", fill: rgb("#17405f"), value) \ #text(8.2pt, note)]
#let bar(part, label) = align(center + bottom, stack(spacing: 3pt, rect(height: 52mm * part, width: 72%, fill: rgb("#1f5a8c")), text(4.6pt, label)))
}]
puts $out $typst::done
close $out

set command [expr {[info exists env(TYPST)] ? $env(TYPST) : "typst compile"}]
puts "kamsh.pdf: [file size [file join $folder kamsh.pdf]] bytes, [lindex $ours 0] microseconds, start not counted"
if {[auto_execok [lindex $command 0]] eq ""} {
    puts "typst is not installed: plan.typ is written, nothing is compared"
    exit 0
}
set theirs [time {exec {*}$command [file join $folder plan.typ] [file join $folder typst.pdf] >@stdout 2>@stderr}]
puts "typst.pdf: [file size [file join $folder typst.pdf]] bytes, [lindex $theirs 0] microseconds, with its start"
