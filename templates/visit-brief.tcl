# SPDX-License-Identifier: GPL-3.0-or-later
# One page to read in the car park, the most important first: what we want, what was promised, whom one meets, what they may say and
# what we answer. What does not fit stands behind the command named at the foot.
template visit-brief {
    summary    {en {Visit brief} zh 拜访提要}
    parameters {
        account     {kind account required 1 help {en {whom we visit} zh 拜访的客户}}
        opportunity {kind opportunity help {en {the deal the visit is about} zh 本次拜访涉及的商机}}
    }
} {
    set code [dict get $p account]
    set asof [dict get $p asof]
    set kind [say {Visit brief} 拜访提要]
    set words [expr {[dict exists $p opportunity] ? [list -opportunity [dict get $p opportunity]] : {}}]
    set brief [brief_spoken [in_tongue [asked visit-brief $code {*}$words -asof $asof] $code]]
    set deals [asked funnel -show opportunities -account $code -asof $asof]
    dict set p theme [theme_with [dict get $p theme] {body 9 leading 1.38 table 8.8 small 8 title 18 heading-2 10.6 heading-3 9.6
        margin-top 15 margin-bottom 15 margin-left 18 margin-right 18 block-gap 5 para-gap 3}]
    begin $p $kind [name_of account $code] -footer "[say "All of it: visit-brief $code · afterwards: debrief $code" "完整内容：visit-brief $code · 拜访后录入：debrief $code"] · [amounts_in]"
    report title [name_of account $code] -kicker $kind -facts [brief_facts $code $asof $brief $deals]
    if {[empty? $brief]} {
        missing {Nothing is known that would help on this visit.} 没有可供本次拜访参考的信息。 "interaction add -account $code …  ·  objective add …  ·  contact add …"
    } else {
        brief_pair [list [brief_deals $brief $deals] [say {What we want} 我们要什么]] [list [brief_promises $brief $asof] [say {Open between us} 未了之事]]
        brief_people $brief $code
        brief_pair [list [brief_objections $brief] [say {What they may say} 对方可能会说]] [list [brief_lines $brief {rumours 2} 60 130] [say {Said about rivals} 对手传闻]]
        brief_pair [list [brief_lines $brief {sensitive 3} 60] [say {Handle with care} 敏感话题]] [list [brief_flags $brief] [say {Red flags} 雷区]]
    }
    report heading 2 [say {After the visit: whom we met, what was agreed, next step and its day} 拜访之后：见到谁、达成什么、下一步及期限]
    report lines 3
}
# Names in place of codes; a deal under its name, its code in a column of its own.
proc ::kam::template::brief_spoken {brief} {
    if {[empty? $brief]} {return $brief}
    set brief [mapped $brief deal {apply {row {expr {[dict get $row section] eq "deals" ? [lindex [split [dict get $row item]] 0] : {}}}}}]
    return [mapped [spoken $brief detail] item {apply {row {
        expr {![dict exists $row item] ? {} : [dict exists $row deal] ? [called_one opportunity [dict get $row deal]] : [spoken_text [dict get $row item]]}
    } ::kam::template}}]
}
proc ::kam::template::brief_part {brief section} {return [::kam::table where $brief [format {$section eq "%s"} $section]]}
proc ::kam::template::brief_facts {code asof brief deals} {
    set facts [list [say {As of} 截至] "$asof · $code"]
    set met {}
    ::kam::table each row [asked ::kam::stakeholder-map $code -asof $asof] {
        if {[dict exists $row last_met] && [dict get $row last_met] > $met} {set met [dict get $row last_met]}
    }
    lappend facts [say {Last met} 上次会面] [expr {$met eq {} ? "–" : $met}]
    if {![empty? $deals]} {
        lappend facts [say {Open deals} 进行中商机] [expr {[set weighted [known_sum $deals weighted]] eq {}
            ? [say "[::kam::table rows $deals], amount not known" "[::kam::table rows $deals] 笔，金额未知"]
            : [say "[::kam::table rows $deals], weighted [short_money $weighted]" "[::kam::table rows $deals] 笔，加权 [short_money $weighted]"]}]
    }
    set open [expr {[empty? $brief] ? 0 : [::kam::table rows [brief_part $brief complaints]]}]
    if {$open} {lappend facts [say {Open complaints} 未结投诉] $open}
    return $facts
}
# Two blocks side by side, each {items heading}; one without items leaves the whole width to the other.
proc ::kam::template::brief_pair {left right} {
    lassign $left a a_title
    lassign $right b b_title
    if {[llength $a] && [llength $b]} {
        ::kam::report columns {brief_block $a $a_title} {brief_block $b $b_title}
    } elseif {[llength $a]} {
        brief_block $a $a_title
    } else {
        brief_block $b $b_title
    }
}
proc ::kam::template::brief_block {items title} {
    if {![llength $items]} return
    ::kam::report heading 2 $title
    ::kam::report items $items -marks
}
# What it is in bold, what to know and do after it.
proc ::kam::template::brief_line {row width detail_width} {
    set line "**[marks_off [short [dict get $row item] $width]]**"
    if {$detail_width && [dict exists $row detail]} {append line [say {: } ：] [marks_off [clauses [dict get $row detail] $detail_width]]}
    return $line
}
# The first parts of a text, as many as fit and at least one: half an advice is none.
proc ::kam::template::clauses {text width} {
    set kept {}
    foreach part [regexp -all -inline {[^;；。]+?(?:[;；。]+\s*|\.\s+|$)} $text] {
        if {$kept ne {} && [short $kept$part $width] ne "$kept$part"} break
        append kept $part
    }
    return [short [string trimright $kept { ;；。.}] $width]
}
# The first lines of some sections.
proc ::kam::template::brief_lines {brief sections width {detail_width {}}} {
    if {$detail_width eq {}} {set detail_width [expr {2 * $width}]}
    set items {}
    foreach {section n} $sections {
        set part [brief_part $brief $section]
        set seen 0
        ::kam::table each row $part {
            if {![dict exists $row item]} continue
            if {[incr seen] > $n} break
            lappend items [brief_line $row $width $detail_width]
        }
    }
    return $items
}
# The number of a flag, then what it says.
proc ::kam::template::brief_flags {brief} {
    return [lmap line [brief_lines $brief {flags 3} 120 0] {regsub {^\*\*(\w+) } $line "**[say {No. } 第]\\1[say {} 号]** · **"}]
}
# Aims, then the deals by weight; the first with what to talk about.
proc ::kam::template::brief_deals {brief deals} {
    set items [brief_lines $brief {aims 3} 50]
    set order {}
    if {![empty? $deals]} {::kam::table each row [::kam::table sort $deals -weighted] {lappend order [dict get $row opportunity]}}
    set found {}
    ::kam::table each row [brief_part $brief deals] {
        set place [lsearch -exact $order [dict get $row deal]]
        lappend found [list [expr {$place < 0 ? 9999 : $place}] $row]
    }
    set n 0
    foreach pair [lrange [lsort -integer -index 0 $found] 0 2] {
        set row [lindex $pair 1]
        if {[incr n] > 1 && [dict exists $row detail]} {dict set row detail [lindex [split [string map {； ;} [dict get $row detail]] {;}] 0]}
        lappend items [brief_line $row 50 130]
    }
    return $items
}
# Objections with what answered them; those they came back to first, with how often.
proc ::kam::template::brief_objections {brief} {
    set often {}
    ::kam::table each row [brief_part $brief repeated] {
        if {[dict exists $row item]} {dict set often [dict get $row item] $row}
    }
    set first {}
    set rest {}
    ::kam::table each row [brief_part $brief objections] {
        if {![dict exists $row item]} continue
        set item [dict get $row item]
        if {[dict exists $often $item]} {
            set times [regexp -inline {\d+} [dict get $often $item detail]]
            dict set row item [short $item 50][expr {$times eq {} ? {} : " ×$times"}]
            dict unset often $item
            lappend first [brief_line $row 60 120]
        } else {
            lappend rest [brief_line $row 60 120]
        }
    }
    return [lrange [concat [lmap row [dict values $often] {brief_line $row 60 120}] $first $rest] 0 2]
}
# Complaints, then what was promised, the overdue first.
proc ::kam::template::brief_promises {brief asof} {
    set items [brief_lines $brief {complaints 2} 60]
    set late {}
    set rest {}
    ::kam::table each row [brief_part $brief promises] {
        if {![dict exists $row item]} continue
        set line [brief_line $row 60 80]
        set due {}
        regexp {\d{4}-\d\d-\d\d} [expr {[dict exists $row detail] ? [dict get $row detail] : {}}] due
        if {$due ne {} && $due < $asof} {lappend late [list $due $line]} else {lappend rest [list [expr {$due eq {} ? {9} : $due}] $line]}
    }
    # the latest of what is overdue, then what comes next
    set late [lmap pair [lsort -decreasing -index 0 $late] {lindex $pair 1}]
    set rest [lmap pair [lsort -index 0 $rest] {lindex $pair 1}]
    return [concat $items [lrange [concat $late $rest] 0 [expr {4 - [llength $items]}]]]
}
proc ::kam::template::brief_people {brief code} {
    set people [brief_part $brief people]
    if {[empty? $people]} {
        missing {Nobody is known at this account.} 该客户尚无联系人。 "contact add CODE -account $code -name … -title …"
        return
    }
    ::kam::report heading 2 [say {Whom you meet} 会见对象]
    set people [mapped [first_rows $people 6] detail {apply {row {expr {[dict exists $row detail] ? [clauses [dict get $row detail] 170] : {}}} ::kam::template}}]
    set people [mapped $people item {apply {row {short [dict get $row item] 60} ::kam::template}}]
    ::kam::report table $people -compact -no-notes -columns [list [list item -label [say Person 人员] -bold -weight 1] \
        [list detail -label [say {What to know and do} 要点与做法] -weight 2.6] [list date -label [say {Last met} 最近会面]]]
}
