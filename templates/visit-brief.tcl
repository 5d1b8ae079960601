# SPDX-License-Identifier: GPL-3.0-or-later
# One or two pages to read in the car: what the visit is for, whom one meets, what is promised and open, what may be said.
template visit-brief {
    summary    {en {Visit brief} zh 拜访提要}
    parameters {
        account     {kind account required 1 help {en {whom we visit} zh 拜访的客户}}
        opportunity {kind opportunity help {en {the deal the visit is about} zh 本次拜访涉及的商机}}
    }
} {
    set code [dict get $p account]
    set asof [dict get $p asof]
    set name [name_of account $code]
    set kind [say {Visit brief} 拜访提要]
    begin $p $kind $name
    set words {}
    if {[dict exists $p opportunity]} {lappend words -opportunity [dict get $p opportunity]}
    set brief [in_tongue [asked visit-brief $code {*}$words -asof $asof] $code]
    report title $name -kicker $kind -facts [list [say Code 编码] $code [say {As of} 截至] $asof]
    set said 0
    foreach {section en zh column_en column_zh} {
        aims {What we want} 目标 Aim 目标 deals {Open deals} 进行中商机 Deal 商机 people {Whom you meet} 会见对象 Person 人员
        promises {What was promised} 已作承诺 Promise 承诺 complaints Complaints 投诉 Complaint 投诉 repeated {What they raised more than once} 对方反复提及 Topic 话题
        objections {Objections and what answered them} 异议与应对 Objection 异议 rumours {What is said about rivals} 对手传闻 Rumour 传闻
        sensitive {Handle with care} 敏感话题 Topic 话题 flags {Red flags} 雷区 Flag 雷区 circle {Winning circle} 成功圈 Seat 席位
    } {
        set part [expr {$brief eq {} ? {} : [table where $brief [format {$section eq "%s"} $section]]}]
        if {[empty? $part]} continue
        set said 1
        report break -unless 28
        report heading 2 [say $en $zh]
        report table [worded [first_rows $part 8] {}] -compact -no-notes -columns [list [list item -label [say $column_en $column_zh] -bold -weight 1] \
            [list detail -label [say {What to know and do} 要点与做法] -weight 2.4] [list date -label [say Date 日期]]]
        say_rest $part 8 "visit-brief $code"
    }
    if {!$said} {
        missing {Nothing is known that would help on this visit.} 没有可供本次拜访参考的信息。 "interaction add -account $code …  ·  objective add …  ·  contact add …"
    }
    report heading 2 [say {After the visit} 拜访之后]
    report text [say "Enter it with: debrief $code" "录入命令：debrief $code"] -small
    report lines 3 -prompt [say {Who, what was agreed, next step and its day} 见到谁、达成什么、下一步及期限]
}
