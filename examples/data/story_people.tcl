# SPDX-License-Identifier: GPL-3.0-or-later
# Contacts with reporting lines, what is known of them (dated assessments), and who of us knows whom. Names go through the
# surnames and the ten stems, so no two persons share one. Gaps are left on purpose: accounts without a coach, unvisited
# buyers, unfilled seats: the red flags of DOMAIN B5 need something to find.
namespace eval story {
    variable person_no 0
    variable people {} ;# account → list of {code seat-index attitude}
}
proc story::people {} {
    set n 0
    foreach {code name en industry kind ownership region role} $words::accounts {
        incr n
        set seats [switch -- $role {
            flagship {set count 14}
            growing-member - large-stable - large-declining - advocate {set count [rng::int 8 10]}
            potential - first-time - parent {set count [rng::int 2 3]}
            lost - repeat-small - returns - no-value {set count [rng::int 3 4]}
            default {set count [rng::int 5 7]}
        }]
        account_people $code $role $seats $n
    }
}
proc story::person_name {} {
    variable person_no
    set s [expr {$person_no % 40}]
    set g [expr {($person_no / 40 + $person_no * 3) % 10}]
    incr person_no
    return [list "[lindex $words::surnames [expr {2 * $s}]][lindex $words::stems [expr {2 * $g}]]" \
        "[lindex $words::surnames [expr {2 * $s + 1}]] [lindex $words::stems [expr {2 * $g + 1}]]" $person_no]
}
proc story::account_people {code role count n} {
    variable asof
    variable people
    set order [expr {$role eq "flagship" ? {0 1 2 3 4 5 6 7 8 9 10 11 12 13} : [concat {0} [lsort -integer [lrange [rng::shuffle {1 2 3 4 5 6 7 8 9 10 12 13}] 0 [expr {$count - 2}]]]]}]
    set seat_code {}
    foreach seat $order {
        lassign [lrange $words::seats [expr {$seat * 7}] [expr {$seat * 7 + 6}]] title title_en department layer buying authority participation
        lassign [person_name] name en number
        set contact [format %s-%02d $code [expr {[llength [dict keys $seat_code]] + 1}]]
        dict set seat_code $seat $contact
        set open_seat [expr {$role ne "flagship" && $seat == 12 && [rng::chance 0.6]}]
        set known [expr {$asof - [rng::int 120 700]}]
        # A new core person nobody has met yet (red flag 6), here and there.
        if {$seat == 2 && $n % 7 == 3} {set known [expr {$asof - [rng::int 10 40]}]}
        set row [list code $contact account $code name $name name_en $en title "$title | $title_en" department $department]
        set boss [boss_of $seat $seat_code]
        if {$boss ne ""} {lappend row reports_to $boss}
        lappend row known_since [cal::date $known]
        if {$open_seat} {
            emit contact [dict replace $row name （空缺） name_en "(vacant)" placeholder 1]
            continue
        }
        lappend row birthday [format 19%02d-%02d-%02d [rng::int 62 95] [rng::int 1 12] [rng::int 1 28]]
        if {!($n % 9 == 5 && $seat == 4)} {
            lappend row email [string tolower $contact]@example.com phone [format 000-5550-%04d $number]
        }
        if {[rng::chance 0.3]} {
            lappend row temperament [rng::pick {opinionated welcoming doubting would-be-expert weathercock ill-intentioned reserved grand}]
        }
        if {$role eq "flagship" && $seat == 5} {lappend row coach_win "改造项目由他主持，成功即可申报集团奖 | the rebuilding is his project; when it succeeds it is put up for the group's prize"}
        if {$seat == 0} {lappend row preferences [rng::pick {
            {喜欢先看数据，再谈方案 | wants to see figures before solutions} {重视守时，不喜欢应酬 | punctual, no friend of entertaining}
            {爱好书法，忌谈竞争对手 | loves calligraphy; do not speak of rivals} {偏好书面材料，提前一天送达 | wants papers, a day ahead}}]}
        emit contact $row
        assess $code $contact $role $seat $n $known $layer $buying $authority $participation
    }
    relations $code $role $seat_code
    relation_type $code $role
}
# How the two firms deal with each other, and how we want to (B10): dated, with what it rests on. Nothing is noted of those who
# never bought. No dice here: what comes after stays as it was.
proc story::relation_type {code role} {
    variable asof
    set types [switch -- $role {
        flagship {list cooperation alliance} advocate {list alliance alliance} growing-member {list preferred cooperation}
        loyal {list preferred preferred} large-stable {list preferred cooperation} captive {list trade preferred}
        large-declining - declining {list preferred preferred} problem-unhappy - problem-survey - problem-complaint {list trade preferred}
        lost - winning-back {list trade trade} default {list}
    }]
    if {![llength $types]} return
    set why [dict get {trade {只按订单往来 | orders only} preferred {框架协议，优先询价 | frame contract, asked first}
        cooperation {联合改造项目 | joint rebuilding project} alliance {双方签署的共同目标 | joint aims signed on both sides}} [lindex $types 0]]
    if {[lindex $types 0] ne "trade"} {
        emit assessment [list subject_kind account subject $code attribute relation_present date [cal::date [expr {$asof - 900}]] value trade by R01 \
            evidence {开始供货 | first deliveries}]
    }
    emit assessment [list subject_kind account subject $code attribute relation_present date [cal::date [expr {$asof - 400}]] value [lindex $types 0] by R01 evidence $why]
    emit assessment [list subject_kind account subject $code attribute relation_wanted date [cal::date [expr {$asof - 180}]] value [lindex $types 1] by R01 \
        evidence {年度计划 | yearly plan}]
}
# Seat 0 leads; directors report to it; managers to a director where there is one; staff to a manager.
proc story::boss_of {seat seat_code} {
    set chain [dict get {0 {} 1 {0} 2 {1 0} 3 {0} 4 {3 0} 5 {2 0} 6 {12 5 0} 7 {5 2 0} 8 {2 0} 9 {6 0} 10 {4 3 0} 11 {1 0} 12 {1 0} 13 {2 0}} $seat]
    foreach candidate $chain {
        if {[dict exists $seat_code $candidate]} {return [dict get $seat_code $candidate]}
    }
    return {}
}
proc story::assess {code contact role seat n known layer buying authority participation} {
    variable asof
    variable people
    set mood [switch -- $role {
        flagship - advocate - growing-member - loyal {expr 2} captive - problem-unhappy - problem-survey {expr -2}
        large-declining - declining - problem-complaint {expr -1} lost - winning-back {expr -1} default {expr 0}
    }]
    set attitude [expr {max(-5, min(5, int([rng::normal $mood 1.7] + 0.5)))}]
    if {$role eq "flagship"} {set attitude [lindex {2 1 3 1 2 4 2 1 0 1 -1 0 1 -3} $seat]}
    set coach [expr {$role eq "flagship" ? $seat == 5 : ($n % 5 != 2 && $seat == 5) || ($n % 4 == 1 && $seat == 7)}]
    if {$coach} {set attitude [expr {max(2, $attitude)}]}
    dict lappend people $code [list $contact $seat $attitude $buying]
    set first [expr {max($known, $asof - [rng::int 380 500])}]
    set second [expr {max($known, $asof - [rng::int 20 170])}]
    # What we know of some people is thin: the role is missing (red flags 1 and 2).
    set thin [expr {$role ne "flagship" && $n % 6 == 4 && $seat in {2 4}}]
    set facts [list authority [expr {max(0, min(10, $authority + [rng::int -1 1]))}] \
        participation [expr {max(0, min(10, $participation + [rng::int -2 2]))}]]
    lappend facts layer $layer
    if {!$thin} {
        if {$buying ne ""} {lappend facts buying_role [expr {$coach ? "coach" : $buying}]}
        lappend facts account_role [switch -- $buying {decider {expr {"decider"}} purchaser {expr {"purchaser"}} user {expr {"user"}} default {expr {"interface"}}}]
    }
    lappend facts org_need [rng::pick {financial performance image}] org_fit [fit $mood] \
        person_need [rng::pick {power achievement recognition acceptance order safety}] person_fit [fit $mood] \
        thinking [rng::pick {A B C D}]
    set author [rng::pick {R02 R03 R04}]
    foreach {attribute value} $facts {
        emit assessment [list subject_kind contact subject $contact attribute $attribute date [cal::date $first] value $value by $author]
    }
    emit assessment [list subject_kind contact subject $contact attribute attitude date [cal::date $first] value [expr {max(-5, $attitude - [rng::int 0 1])}] by $author]
    if {$second > $first} {
        emit assessment [list subject_kind contact subject $contact attribute attitude date [cal::date $second] value $attitude by $author \
            evidence [rng::pick {{拜访中主动提出试用 | offered a trial when visited} {会上未表态 | said nothing at the meeting}
                {转述了内部意见 | passed on what they think inside} {询问交付周期 | asked how soon we deliver} {}}]]
        emit assessment [list subject_kind contact subject $contact attribute person_fit date [cal::date $second] value [fit $mood] by $author]
        # The buying role of a core buyer changed and nobody went (red flag 5).
        if {$n % 8 == 6 && $seat == 3} {
            emit assessment [list subject_kind contact subject $contact attribute buying_role date [cal::date [expr {$asof - 8}]] value decider by $author]
        }
    }
}
proc story::fit {mood} {
    return [expr {max(0, min(10, int([rng::normal [expr {4.8 + 1.1 * $mood}] 1.8] + 0.5)))}]
}
proc story::relations {code role seat_code} {
    variable asof
    set contacts [dict values $seat_code]
    if {[llength $contacts] < 3} return
    set since [cal::date [expr {$asof - 300}]]
    emit link [list contact [lindex $contacts end] other [lindex $contacts 0] kind influence since $since]
    if {[llength $contacts] >= 6} {
        emit link [list contact [lindex $contacts 4] other [lindex $contacts 1] kind influence since $since]
        if {[rng::chance 0.5]} {emit link [list contact [lindex $contacts 2] other [lindex $contacts 3] kind conflict since $since]}
    }
    set levels {vendor credible-source problem-solver trusted-adviser}
    foreach contact [lrange $contacts 0 4] rep {R01 R02 R02 R03 R03} {
        if {$contact eq {}} break
        set present [rng::int 0 [expr {$role in {flagship advocate growing-member} ? 3 : 2}]]
        emit relationship [list rep $rep contact $contact date [cal::date [expr {$asof - [rng::int 30 250]}]] \
            present [lindex $levels $present] wanted [lindex $levels [expr {min(3, $present + [rng::int 0 2])}]]]
    }
}
