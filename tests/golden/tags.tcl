# SPDX-License-Identifier: GPL-3.0-or-later
# Tagged documents, read back as a reader of PDF does: every template and the handout in both languages, and a flow made for it. Of an
# uncompressed copy (qpdf) all content and the whole structure tree are read; nothing of the program's own is used to check it.
source [file join $env(KAM_SRCDIR) tests tap.tcl]
encoding system utf-8
set here [file join $env(KAM_SRCDIR) tests golden]
set kamsh [file join $env(KAM_BUILDDIR) kamsh]

# --- objects: {ref N} {name X} {str BYTES} {num V} {array {…}} {dict {key value …}} ---------------------------------------
set token {\((?:[^\\()]|\\.)*\)|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|/[^\s/\[\]()<>{}%]*|[^\s/\[\]()<>{}%]+}
proc value {tokens at} {
    upvar 1 $at i
    set t [lindex $tokens $i]
    incr i
    switch -glob -- $t {
        << {
            set d {}
            while {[lindex $tokens $i] ne ">>"} {
                set key [string range [lindex $tokens $i] 1 end]
                incr i
                dict set d $key [value $tokens i]
            }
            incr i
            return [list dict $d]
        }
        \\\[ {
            set l {}
            while {[lindex $tokens $i] ne "\]"} {lappend l [value $tokens i]}
            incr i
            return [list array $l]
        }
        /* {return [list name [string range $t 1 end]]}
        (* - <* {return [list str $t]}
    }
    if {[lindex $tokens $i+1] eq "R" && [string is digit -strict $t]} {
        incr i 2
        return [list ref $t]
    }
    return [list num $t]
}
# object N → its value, stream,N → its bytes
proc read_pdf {file} {
    global token objects
    array unset objects
    set f [open $file rb]
    set bytes [read $f]
    close $f
    set at 0
    while {[regexp -indices -start $at {\n(\d+) 0 obj\n} $bytes all n]} {
        set number [string range $bytes {*}$n]
        set from [expr {[lindex $all 1] + 1}]
        regexp -indices -start $from {\n(stream|endobj)\n} $bytes mark word
        set i 0
        set objects($number) [value [regexp -all -inline $token [string range $bytes $from [lindex $mark 0]]] i]
        set at [lindex $mark 0]
        if {[string range $bytes {*}$word] ne "stream"} continue
        set end [string first \nendstream $bytes $at]
        set objects(stream,$number) [string range $bytes [lindex $mark 1]+1 $end]
        set at $end
    }
    regexp {trailer (<<.*)startxref} $bytes - trailer
    set i 0
    set objects(trailer) [value [regexp -all -inline $token $trailer] i]
    return [string range $bytes 0 7]
}
proc get {v args} {
    global objects
    foreach key $args {
        while {[lindex $v 0] eq "ref"} {set v $objects([lindex $v 1])}
        if {[lindex $v 0] ne "dict" || ![dict exists [lindex $v 1] $key]} {return {}}
        set v [dict get [lindex $v 1] $key]
    }
    while {[lindex $v 0] eq "ref"} {set v $objects([lindex $v 1])}
    return $v
}
proc items {v} {return [expr {[lindex $v 0] eq "array" ? [lindex $v 1] : $v eq {} ? {} : [list $v]}]}
proc raw {v key} {
    set d [lindex [get $v] 1]
    return [expr {[dict exists $d $key] ? [dict get $d $key] : {}}]
}
proc pages {node} {
    if {[lindex [get [list ref $node] Type] 1] eq "Page"} {return [list $node]}
    set out {}
    foreach kid [items [get [list ref $node] Kids]] {lappend out {*}[pages [lindex $kid 1]]}
    return $out
}

# --- content: every operator that paints stands in marked content, each number once ----------------------------------------
proc content {bytes} {
    global token
    set numbers {}
    set faults {}
    set open {}
    set shown 0
    set before {}
    foreach t [regexp -all -inline $token $bytes] {
        switch -- $t {
            BDC - BMC {
                if {$open ne {}} {lappend faults "marked content within marked content"}
                set open $t
                if {$t eq "BDC"} {
                    if {[regexp {/(\w+) << /MCID (\d+) >>$} [join [lrange $before end-4 end]] - - n]} {lappend numbers $n} else {lappend faults "BDC [lrange $before end-5 end]"}
                } elseif {[lindex $before end] ne "/Artifact"} {lappend faults "BMC of [lindex $before end]"}
            }
            EMC {
                if {$open eq {}} {lappend faults "EMC without beginning"}
                set open {}
            }
            Tj - TJ - ' - \" - f - F - f* - S - s - B - B* - b - b* - Do - sh - EI {
                incr shown
                if {$open eq {}} {lappend faults "$t stands in no marked content"}
            }
        }
        lappend before $t
        if {[llength $before] > 400} {set before [lrange $before end-8 end]}
    }
    if {$open ne {}} {lappend faults "marked content is not ended"}
    if {$numbers ne [lsort -integer -unique $numbers]} {lappend faults "numbers are not unique and in order: $numbers"}
    return [list $numbers $faults $shown]
}

# --- the tree: kinds in reading order, content of every element -------------------------------------------------------------
set within {TR Table TH TR TD TR LI L Lbl LI LBody LI TOCI TOC Reference TOCI}
proc walk {element parent depth} {
    global kinds owns faults within order seen
    set e [get [list ref $element]]
    if {[info exists seen($element)]} {lappend faults "element $element twice in the tree"; return}
    set seen($element) 1
    set kind [lindex [get $e S] 1]
    lappend order $kind
    incr kinds($kind)
    if {[lindex [raw $e P] 1] != $parent} {lappend faults "$kind $element: its parent is another"}
    set above [expr {$depth ? [lindex [get [list ref $parent] S] 1] : {}}]
    if {[dict exists $within $kind] && $above ne [dict get $within $kind]} {lappend faults "$kind within $above"}
    if {$kind eq "Figure" && [string length [lindex [get $e Alt] 1]] < 12} {lappend faults "a figure says nothing"}
    if {$kind eq "Note" && [get $e ID] eq {}} {lappend faults "a note without a name"}
    if {$kind eq "TH" && [lindex [get $e A Scope] 1] ne "Column"} {lappend faults "TH without scope"}
    set cells 0
    foreach kid [items [raw $e K]] {
        lassign $kid form v
        if {$form eq "num"} {
            lappend owns([lindex [raw $e Pg] 1],$v) $element
        } elseif {$form eq "dict" && [dict exists $v MCID]} {
            lappend owns([lindex [dict get $v Pg] 1],[lindex [dict get $v MCID] 1]) $element
        } elseif {$form eq "dict"} {
            lappend owns(object,[lindex [dict get $v Obj] 1]) $element
        } else {
            walk $v $element [expr {$depth + 1}]
            set span [lindex [get [list ref $v] A ColSpan] 1]
            incr cells [expr {$span eq {} ? 1 : $span}]
        }
    }
    if {$kind eq "TR"} {lappend ::rows($parent) $cells}
    if {$cells == 0 && [raw $e K] eq {} && $kind ni {TD TH}} {lappend faults "$kind $element is empty"}
}
# A list of faults of the tagged document; `kinds`, `order` and `pages_shown` are left behind.
proc check {file} {
    global env objects kinds owns faults order seen rows
    foreach a {kinds owns seen rows} {unset -nocomplain ::$a; array set ::$a {}}
    set faults {}
    set order {}
    set plain [file join $env(TMPDIR) plain.pdf]
    exec qpdf --qdf --object-streams=disable $file $plain
    read_pdf $plain
    set root [get $objects(trailer) Root]
    if {[get $root MarkInfo Marked] ne {num true}} {lappend faults "not marked"}
    if {[get $root ViewerPreferences DisplayDocTitle] ne {num true}} {lappend faults "the title is not displayed"}
    if {[lindex [get $root Lang] 1] ni {(zh-CN) (en)}} {lappend faults "no language"}
    set tree [raw $root StructTreeRoot]
    set top [raw [get $root StructTreeRoot] K]
    walk [lindex $top 1] [lindex $tree 1] 0
    array set parents {}
    foreach {n v} [items [get $root StructTreeRoot ParentTree Nums]] {set parents([lindex $n 1]) $v}
    foreach page [pages [lindex [raw $root Pages] 1]] {
        set p [list ref $page]
        if {[lindex [get $p Tabs] 1] ne "S"} {lappend faults "page $page: tab order"}
        lassign [content $objects(stream,[lindex [raw [get $p] Contents] 1])] numbers bad shown
        lappend faults {*}$bad
        if {$shown < 5} {lappend faults "page $page: $shown operators that show something"}
        set key [lindex [get $p StructParents] 1]
        set list [items [get $parents($key)]]
        unset parents($key)
        if {[llength $list] != [llength $numbers]} {lappend faults "page $page: [llength $numbers] pieces, [llength $list] parents"}
        foreach n $numbers {
            set owner [expr {[info exists owns($page,$n)] ? $owns($page,$n) : {}}]
            if {[llength $owner] != 1 || [lindex $list $n 1] != $owner} {lappend faults "page $page, $n: of $owner, parent [lindex $list $n]"}
            unset -nocomplain owns($page,$n)
        }
        foreach a [items [get $p Annots]] {
            set key [lindex [get $a StructParent] 1]
            set owner [expr {[info exists owns(object,[lindex $a 1])] ? $owns(object,[lindex $a 1]) : {}}]
            if {$key eq {} || [lindex $parents($key) 1] ne $owner || [get $a Contents] eq {}} {lappend faults "annotation [lindex $a 1] is not in the tree"}
            unset -nocomplain parents($key) owns(object,[lindex $a 1])
        }
    }
    if {[array size owns]} {lappend faults "in the tree, not on a page: [array names owns]"}
    if {[array size parents]} {lappend faults "parents of nothing: [array names parents]"}
    foreach table [array names rows] {
        if {[llength [lsort -unique $rows($table)]] != 1} {lappend faults "rows of unequal length: $rows($table)"}
    }
    set level 0
    foreach kind $order {
        if {![regexp {^H(\d)$} $kind - n]} continue
        if {$n > $level + 1} {lappend faults "H$n after H$level"}
        set level $n
    }
    return $faults
}

# what is looked for would be found
foreach {bytes fault} {
    {BT (a) Tj ET} {Tj stands in no marked content} {/P<</MCID 0>>BDC f EMC /P<</MCID 0>>BDC f EMC} {numbers are not unique and in order: 0 0}
    {/Artifact BMC /P<</MCID 0>>BDC S EMC} {marked content within marked content} {/Artifact BMC (\) EMC) Tj} {marked content is not ended}
    {/P<</MCID 0>>BDC (EMC) Tj EMC} {}
} {
    tap::is [lindex [content $bytes] 1 0] $fault "found in $bytes"
}
if {[auto_execok qpdf] eq ""} {
    tap::skip "tagged documents" "qpdf is not installed"
    tap::done
}
set script [file join $env(TMPDIR) make.tcl]
set out $env(TMPDIR)
set f [open $script w]
puts $f "source [list [file join $env(KAM_SRCDIR) examples data load.tcl]]"
set made {}
foreach lang {zh en} {
    foreach {name words} {
        account-plan {-account HUAXIN -contents yes} churn-watch {} funnel-forecast {} opportunity-qualification {-opportunity OPP-001}
        portfolio-review {-contents yes} quarterly-review {-account HUAXIN} stakeholder-map {-account HUAXIN} visit-brief {-account HUAXIN}
    } {
        puts $f "report run $name $words -lang $lang -asof 2026-06-30 -tagged yes -out [list $out/$name.$lang.pdf]"
        lappend made $name.$lang
    }
    puts $f "report run stakeholder-map -account HUAXIN -edition customer -lang $lang -asof 2026-06-30 -tagged yes -out [list $out/customer.$lang.pdf]"
    lappend made customer.$lang
    foreach edition {participant trainer} {
        puts $f "handout classification -edition $edition -lang $lang -asof 2026-06-30 -tagged yes -out [list $out/$edition.$lang.pdf]"
        lappend made $edition.$lang
    }
}
close $f
set bad [catch {exec $kamsh -X -f $script 2>@1} text]
if {$bad && [string match "*no font with Chinese*" $text]} {
    tap::skip "tagged documents" "no font with Chinese characters"
    tap::done
}
tap::ok [expr {!$bad}] "all documents are made" $text
foreach {name words} {flow {-tagged yes} flow2 {-tagged yes} off {} no {-tagged no}} {
    set f [open $out/$name.tcl w]
    puts $f "set words [list $words]\nset out [list $out/$name.pdf]"
    puts $f "source [list [file join $here tags.doc]]"
    close $f
    exec $kamsh -X -f $out/$name.tcl
}
foreach name $made {
    set faults [check $out/$name.pdf]
    tap::ok [expr {$faults eq {}}] "$name: all that is drawn is in the tree or an ornament, the tree holds together" [join [lrange $faults 0 9] \n]
}
foreach lang {zh en} {
    check $out/account-plan.$lang.pdf
    tap::ok [expr {$kinds(Figure) >= 4 && $kinds(Table) >= 8 && $kinds(TOCI) > 10 && $kinds(H2) > 3}] "the plan has its figures, tables, contents and headings, $lang" [array get kinds]
}

# What is said of figures in the document looked at last.
proc alts {} {
    global objects
    set out {}
    foreach n [array names objects] {
        if {![string is digit $n]} continue
        set hex [lindex [get [list ref $n] Alt] 1]
        if {[regexp {^<[Ff][Ee][Ff][Ff]([0-9A-Fa-f]*)>$} $hex - hex]} {
            foreach {a b c d} [split $hex {}] {append out [format %c 0x$a$b$c$d]}
        } else {append out $hex}
    }
    return $out
}
set secret {supporter|opponent|neutral|decider|gatekeeper|支持|反对|中立|决策|把关|态度}
foreach lang {zh en} {
    check $out/stakeholder-map.$lang.pdf
    set ours [alts]
    check $out/customer.$lang.pdf
    set his [alts]
    tap::ok [expr {[regexp {上级：李癸|reports to Li Gui} $ours] && [regexp $secret $ours] && [regexp {上级：李癸|reports to Li Gui} $his] && ![regexp $secret $his]}] \
        "the map says who reports to whom; the customer's says nothing of attitudes and roles, $lang" $his
}

tap::is [check $out/flow.pdf] {} "a document of everything holds together"
set want {Document P P P P TOC Caption TOCI Reference Link TOCI Reference Link H1 P L LI LBody LI LBody L LI LBody L LI Lbl LBody LI Lbl LBody
    Note P P L LI LBody Span Span LI LBody P P H1 P L LI LBody LI LBody P H2 Figure Caption P Figure Table Caption}
set first [lsearch $order Table]
tap::is [string map {Title P} [lrange $order 0 $first+1]] [join $want] "elements stand in the order of the blocks"
# 90 rows, a head and a sum over several pages, and a table that says that it is empty
tap::is [list $kinds(Table) $kinds(TR) $kinds(TH) [expr {$kinds(TD) == 91 * 2 + 1}] [expr {[llength [pages [lindex [raw [get $objects(trailer) Root] Pages] 1]]] >= 3}]] \
    {2 94 4 1 1} "a table that breaks over pages is one, its head is read once"
if {[auto_execok pdfinfo] eq ""} {tap::skip "text of the tree" "poppler-utils is not installed"} else {
    set text [exec pdfinfo -struct-text $out/flow.pdf]
    tap::ok [regexp {"A paragraph that is long enough to break over several lines: .* for who listens hears no lines\."} $text] "the blank of a line's end is read"
    tap::ok [regexp {"Person 90 with a name that takes more than one line in so narrow a column"} $text] "a cell of several lines is one cell"
    tap::ok [regexp {P \(block\)\s+"Owner Li Yi"} $text] "a fact is read with its name"
}

proc bytes {file} {
    set f [open $file rb]
    try {return [read $f]} finally {close $f}
}
tap::ok [expr {[bytes $out/flow.pdf] eq [bytes $out/flow2.pdf]}] "made twice, the same bytes"
tap::ok [expr {[bytes $out/off.pdf] eq [bytes $out/no.pdf] && [string first StructTree [bytes $out/no.pdf]] < 0 && [string range [bytes $out/no.pdf] 0 7] eq "%PDF-1.3"}] "not tagged unless asked"
tap::ok [expr {[file size $out/flow.pdf] < 1.5 * [file size $out/off.pdf]}] "half as large again at most" [list [file size $out/flow.pdf] [file size $out/off.pdf]]
foreach file {flow account-plan.zh} {
    set bad [catch {exec qpdf --check $out/$file.pdf 2>@1} text]
    tap::ok [expr {!$bad && ![string match *WARNING* $text]}] "qpdf finds no fault, $file" $text
}
tap::done
