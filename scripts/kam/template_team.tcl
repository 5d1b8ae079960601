# SPDX-License-Identifier: GPL-3.0-or-later
# Who works for an account and how often: blocks for plans and reviews. Names are those that `worded` put into the tables given.
# Who of ours works at an account beside those that are known (its owner, the sponsor): whoever has an open action, or met or called in the year.
proc ::kam::template::team_of {code asof actions known} {
    set team {}
    ::kam::table each row $actions {
        if {[dict get $row status] eq "open" && [dict exists $row owner]} {dict incr team [dict get $row owner]}
    }
    set talks [::kam::interaction list -where "account = $code" -where "date <= $asof" -where "date > [days_before $asof 365]" -columns {rep}]
    ::kam::table each row $talks {
        if {[dict exists $row rep]} {dict incr team [called_one rep [dict get $row rep]]}
    }
    # who works most here first
    set order [lsort -stride 2 -index 0 $team]
    return [lmap {name -} [lsort -stride 2 -index 1 -integer -decreasing $order] {if {$name in $known} continue; set name}]
}
# Who answers for an objective and who works on it, as the owners of objectives and of their actions say: a letter a person.
proc ::kam::template::responsible_block {objectives actions sponsor} {
    variable for_customer
    set most 8 ;# people side by side
    set cells {}
    set people {ours {} theirs {}}
    set rows {}
    set shape {goal text}
    ::kam::table each row $objectives {dict set rows [dict get $row code] [short [dict get $row measure] 60]}
    foreach {table field side letter} [list $objectives owner ours A $actions owner ours R $actions customer_owner theirs R] {
        ::kam::table each row $table {
            set goal [expr {$letter eq "A" ? [dict get $row code] : [dict exists $row objective] ? [dict get $row objective] : {}}]
            if {![dict exists $rows $goal] || ![dict exists $row $field] || ($letter eq "R" && [dict get $row status] eq "dropped")} continue
            set who [dict get $row $field]
            if {$who ni [dict get $people $side]} {dict lappend people $side $who}
            set had [expr {[dict exists $cells $goal $who] ? [dict get $cells $goal $who] : {}}]
            if {[string first $letter $had] < 0} {dict set cells $goal $who $had$letter}
        }
    }
    set worked [dict filter $rows script {goal -} {dict exists $cells $goal}]
    set all [concat [dict get $people ours] [dict get $people theirs]]
    if {![dict size $worked] || [llength $all] < 2} return
    set informed [expr {$sponsor ne {} && $sponsor in $all ? $sponsor : {}}]
    if {$sponsor ne {} && $informed eq {} && [llength $all] < $most} {
        dict lappend people ours $sponsor
        set all [concat [dict get $people ours] [dict get $people theirs]]
        set informed $sponsor
    }
    set shown [lrange $all 0 $most-1]
    set columns [list [list goal -label [say Objective 目标] -weight 1]]
    set i 0
    foreach who $shown {
        lappend shape p$i text
        lappend columns [list p$i -label $who -width 15 -align centre -bold]
        incr i
    }
    set table {}
    set orphans 0
    dict for {goal words} $worked {
        set line [dict create goal $words]
        set i -1
        foreach who $shown {
            incr i
            set letters [expr {[dict exists $cells $goal $who] ? [dict get $cells $goal $who] : $who eq $informed ? {I} : {}}]
            if {$letters ne {}} {dict set line p$i [join [split $letters {}] { · }]}
        }
        incr orphans [expr {[lsearch -glob [dict values [dict get $cells $goal]] *A*] < 0}]
        lappend table $line
    }
    ::kam::report heading 2 [say {Who answers, who works} 责任分工（RACI）]
    ::kam::report table [::kam::table make $shape $table] -compact -blank -columns $columns
    ::kam::report text [say {A answers for the objective (its owner), R works on it (owners of its actions), I is kept informed (the sponsor).} {A 对目标负责（目标负责人），R 执行（行动负责人），I 知会（高层关怀）。}] -small
    if {$orphans && !$for_customer} {
        ::kam::report text [say "[counted $orphans {objective has} {objectives have}] nobody who answers for it: objective set CODE -owner REP." "有 $orphans 个目标无人负责：objective set CODE -owner REP。"] -small
    }
    if {[llength $all] > $most} {::kam::report text [say "[expr {[llength $all] - $most}] more people are left out." "另有 [expr {[llength $all] - $most}] 人未列出。"] -small}
}
# How often we promised to be there, by the grade of the account, and how often we were.
proc ::kam::template::rhythm_block {code asof} {
    set care [asked ::kam::care -account $code -asof $asof]
    if {[empty? $care] || [cell $care visits_promised] eq {}} return
    set rows {}
    foreach {key promise en zh} {visits visits_promised {Visits and meetings} 拜访与会议 attentions attentions_promised {Calls, mails, mailings} 电话与邮件 answer_days answer_promised {Days to the first answer to a complaint} 投诉首次答复天数} {
        set held [cell $care $key]
        set promised [cell $care $promise]
        if {$promised eq {} && $held eq {}} continue
        set broken [expr {[lindex [split $key _] 0] in [split [string map {{, } { } , { } ; { }} [cell $care broken]] { }]}]
        lappend rows [dict create what [say $en $zh] promised [expr {$promised eq {} ? "–" : [trim_number $promised]}] held [expr {$held eq {} ? "–" : [trim_number $held]}] \
            kept [expr {$promised eq {} || $held eq {} ? "–" : $broken ? [say {not kept} 未兑现] : [say kept 已兑现]}] tone [expr {$promised eq {} || $held eq {} ? {none} : $broken ? {bad} : {good}}]]
    }
    if {![llength $rows]} return
    ::kam::report heading 2 [say {Rhythm of contact} 往来节奏]
    ::kam::report table [::kam::table make {what text promised text held text kept text tone text} $rows] -compact -columns [list [list what -label [say {What this grade is promised} 该级别的承诺] -weight 1] \
        [list promised -label [say {Promised, in the window} 期内承诺] -align right] [list held -label [say Held 实际] -align right] [list kept -label {} -tone tone]]
}
