# SPDX-License-Identifier: GPL-3.0-or-later
# The people of an account on one large sheet: who reports to whom, who sways whom, whom we know and what is missing.
# The customer's edition shows the organisation only: no attitudes, no influence, no quarrels.
template stakeholder-map {
    summary    {en {Stakeholder map, a poster} zh 关键人物关系图（海报）}
    parameters {
        account {kind account required 1 help {en {the account} zh 客户}}
        edition {kind enum values {internal customer} default internal help {en {the customer's shows no attitudes and no politics} zh 客户版不含态度与内部关系}}
        paper   {kind enum values {a3 a4} default a3 help {en {size of the sheet} zh 纸张}}
    }
} {
    set code [dict get $p account]
    set asof [dict get $p asof]
    set name [name_of account $code]
    set internal [expr {![customer? $p]}]
    set kind [expr {$internal ? [say {Stakeholder map} 关键人物关系图] : [say {Organisation and contacts} 组织与联系人]}]
    begin $p $kind $name -footer [foot $p] -landscape -paper [dict get $p paper]
    set people [people_table $code $asof]
    if {!$internal} {set people [people_seated $people]}
    set facts [list {*}[expr {$internal ? [list [say Code 编码] $code] : {}}] [say {As of} 截至] $asof [expr {$internal ? [say {People known} 已知人数] : [say {People named} 联系人数]}] [table rows $people]]
    if {$internal} {
        set circle [people_named [asked stakeholder-map $code -view circle -asof $asof] $code]
        set filled 0
        table each row $circle {if {[dict get $row filled]} {incr filled}}
        lappend facts [say {Winning circle} 成功圈] "$filled / [table rows $circle]"
    }
    if {[table rows $people] <= [expr {[dict get $p paper] eq "a3" ? 20 : 8}]} {
        report title $name -kicker $kind -facts $facts
    } else {
        # the map begins on this page: its title must not take the room of a row of cards
        report heading 1 "[short $name 90] · $kind"
        report text [join [lmap {what value} $facts {string cat "$what " $value}] "  ·  "] -small
    }
    if {[empty? $people]} {
        missing {Nobody is known at this account.} 该客户尚无联系人。 "contact add CODE -account $code -name … -title …" \
            {{No contacts of yours are named yet.} 尚未记录贵公司的联系人。}
        return
    }
    if {!$internal} {
        people_map $code $asof 0
    } elseif {[dict get $p paper] eq "a3" && [table rows $people] <= 20} {
        report columns -weights {2.5 1} {people_map $code $asof 1} {map_gaps $code $asof $circle}
    } else {
        people_map $code $asof 1
        report heading 1 [say {What is missing} 缺口]
        report columns -weights {1 1.4} {map_circle $circle} {map_flags $code $asof 12 120}
    }
}
proc ::kam::template::map_gaps {code asof circle} {
    map_circle $circle
    map_flags $code $asof 8 60
}
proc ::kam::template::map_circle {circle} {
    ::kam::report heading 2 [say {Winning circle} 成功圈]
    set todo [expr {[empty? $circle] ? 0 : [::kam::table rows [::kam::table where $circle {!missing(next_step) && $next_step ne {}}]]}]
    ::kam::report table [worded $circle {seat}] -compact -empty [say {not defined} 未定义] -columns [list [list seat -label [say Seat 席位] -bold] \
        [list name -label [say Who 人选]] [list last_met -label [say {Last met} 最近会面]] {*}[expr {$todo ? [list [list next_step -label [say {Next step} 下一步] -weight 2]] : {}}]]
}
proc ::kam::template::map_flags {code asof most width} {
    ::kam::report heading 2 [say {Red flags} 雷区]
    set flags [people_named [asked ::kam::stakeholder-map $code -view flags -asof $asof] $code]
    set rows [first_rows $flags $most]
    foreach column {evidence next_step} {
        set rows [mapped $rows $column [list apply {{column width row} {expr {[dict exists $row $column] ? [short [dict get $row $column] $width] : {}}} ::kam::template} $column $width]]
    }
    ::kam::report table $rows -compact -empty [say {No red flag.} 没有雷区。] -columns [list [list flag -label № -width 10 -align centre] \
        [list evidence -label [say Evidence 依据] -weight 1.2] [list next_step -label [say {Next step} 下一步] -weight 1]]
    say_rest $flags $most "stakeholder-map $code -view flags"
}
