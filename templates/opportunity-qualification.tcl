# SPDX-License-Identifier: GPL-3.0-or-later
# One deal: is it real, can we compete, can we win, is it worth it; who decides and where each of them stands. Internal only.
template opportunity-qualification {
    summary    {en {Opportunity qualification} zh 商机评审}
    parameters {
        opportunity {kind opportunity required 1 help {en {the deal} zh 商机}}
    }
} {
    set code [dict get $p opportunity]
    set asof [dict get $p asof]
    set deal [opportunity show $code]
    set account [cell $deal account]
    names_of_whom $account
    set name [tongue [cell $deal name 0 $code]]
    set kind [say {Opportunity qualification} 商机评审]
    begin $p $kind $name
    set row [asked table where [funnel -show opportunities -account $account -asof $asof] [format {$opportunity eq "%s"} $code]]
    report title $name -kicker "$kind · [name_of account $account]" -facts [list [say Code 编码] $code [say Opened 建立] [cell $deal opened_on 0 –] \
        [say Stage 阶段] [expr {[empty? $row] ? "–" : [word [cell $row stage]]}] [say {Expected close} 预计成交] [expr {[empty? $row] ? "–" : [cell $row expected_close 0 –]}]]
    if {![empty? $row]} {
        report tiles [list [list [say Amount 金额] [short_money [cell $row amount]]] [list [say Weighted 加权] [short_money [cell $row weighted]]] \
            [list [say {Days in stage} 停留天数] [cell $row age 0 –] {} [expr {[cell $row stuck] eq "1" ? {warn} : {none}}]]]
    }
    set phase [asked buying-phase -opportunity $code -asof $asof]
    set sort [asked deal-kind -opportunity $code -asof $asof]
    qualification_verdict [asked assess-opportunity $code -asof $asof] $code [asked assess-opportunity $code -show card -asof $asof]
    qualification_work $code $asof
    if {![empty? $phase] && [cell $phase topics] ne {}} {
        report heading 2 [say {What to talk about now} 现阶段话题]
        report items [lmap topic [split [cell $phase topics] {;；}] {string trim $topic}]
    }
    if {![empty? $sort]} {report text "[say {Kind of sale: } 销售类型：][word [cell $sort class]] – [cell $sort why]" -small}
    report heading 1 [say {Those who decide} 决策人]
    set people [asked stakeholder-map $account -opportunity $code -asof $asof]
    if {[empty? $people]} {
        missing {Nobody is known at this account.} 该客户尚无联系人。 "contact add CODE -account $account -name … -title …"
    } else {
        people_map $account $asof 1 {} 24 1
    }
    set factors [asked buying-factors $code -asof $asof]
    if {![empty? $factors]} {
        report heading 2 [say {What moves them} 购买因素]
        report table [worded [named [first_rows $factors 40] contact [names contact -where "account = $account"] name] {lowest force}] -compact -columns [list [list name -label [say Name 姓名] -bold] \
            [list lowest -label [say {Weakest point} 最弱环节]] [list force -label [say Force 作用力]] [list why -label [say Why 依据] -weight 2]]
        say_rest $factors 40 "buying-factors $code"
    }
    report heading 1 [say {The twenty questions} 二十问]
    qualification_marks $code $asof
}
# What would lift the marks most, on the first page: it is what the reader does next.
proc ::kam::template::qualification_work {code asof} {
    set work [asked ::kam::assess-opportunity $code -show work -asof $asof]
    if {[empty? $work]} return
    ::kam::report heading 2 [say {What to work on, first things first} 先做什么]
    ::kam::report table [first_rows $work 8] -compact -no-notes -columns [list [list place -label № -width 8 -align centre] [list name -label [say Criterion 标准] -bold -weight 1] \
        [list advice -label [say {What to do} 做法] -weight 2]]
}
proc ::kam::template::qualification_verdict {verdict code card} {
    if {[empty? $verdict]} {
        missing {This deal was not assessed yet.} 尚未评审该商机。 "assess-opportunity $code -mark CRITERION 1 -evidence …"
        return
    }
    set key [cell $verdict verdict]
    set tone [dict get [dict merge {pursue good qualify warn drop bad leave bad} [list $key [expr {$key eq "pursue" ? {good} : $key in {drop leave withdraw} ? {bad} : {warn}}]]] $key]
    ::kam::report note [spoken_text [cell $verdict why]] -title "[say {Verdict: } 结论：][word $key]" -kind $tone
    # a sum of marks that nobody knows is not 0
    set marks {}
    if {![empty? $card]} {
        ::kam::table each row $card {
            if {![dict exists $row criterion] || ![dict exists $row question]} continue
            set question [dict get $row question]
            dict incr marks $question,all
            dict incr marks $question,known [expr {[dict exists $row mark] && [dict get $row mark] != 0}]
        }
    }
    set tiles {}
    foreach {column en zh} {sum_opportunity {Is there one?} 是否存在商机 sum_compete {Can we compete?} 能否竞争 sum_win {Can we win?} 能否赢 sum_worth {Is it worth it?} 是否值得} {
        set value [cell $verdict $column]
        set question [string range $column 4 end]
        set said {}
        if {[dict exists $marks $question,all]} {
            set known [dict get $marks $question,known]
            set said [say "$known of [dict get $marks $question,all] known" "[dict get $marks $question,all] 项中已知 $known 项"]
            if {!$known} {set value {}}
        }
        lappend tiles [list [say $en $zh] [if {$value eq {}} {set - –} else {signed [expr {round($value)}]}] $said [expr {$value eq {} ? {none} : $value >= 2 ? {good} : $value < 0 ? {bad} : {warn}}]]
    }
    ::kam::report tiles $tiles
    if {[cell $verdict unknown] > 0} {::kam::report text [say "[counted [cell $verdict unknown] {mark is} {marks are}] unknown: ask before you go on." "有 [cell $verdict unknown] 项未知：先问清再继续。"] -small}
}
proc ::kam::template::qualification_marks {code asof} {
    set card [asked ::kam::assess-opportunity $code -show card -asof $asof]
    if {[empty? $card]} {
        missing {No mark is entered.} 尚无评分。 "assess-opportunity $code -mark CRITERION 1 -evidence …"
        return
    }
    set rows {}
    ::kam::table each row $card {
        if {![dict exists $row criterion]} continue
        set mark [expr {[dict exists $row mark] ? round([dict get $row mark]) : {}}]
        set one [dict create name [tongue [dict get $row name]] mark [dict get {1 "+ 1" 0 "0 ?" -1 "− 1" {} –} $mark] tone [dict get {1 good 0 unknown -1 bad {} unknown} $mark]]
        if {[dict exists $row question]} {dict set one question [tongue [dict get $row question]]}
        foreach key {evidence date} {
            if {[dict exists $row $key]} {dict set one $key [tongue [dict get $row $key]]}
        }
        if {$mark in {0 {}} && [dict exists $row ask]} {dict set one evidence "→ [tongue [dict get $row ask]]"}
        lappend rows $one
    }
    ::kam::report table [::kam::table make {question text name text mark text tone text date day evidence text} $rows] -compact -zebra -columns [list \
        [list name -label [say Criterion 标准] -weight 1.4] [list mark -label [say Mark 评分] -align centre -bold] [list date -label [say Date 日期]] \
        [list evidence -label [say {Evidence, or what to find out} 依据或待查] -weight 1.8]]
    qualification_rivals [asked ::kam::assess-opportunity $code -show compare -asof $asof]
}
# The sums of the four questions, and the criteria on which a rival was marked.
proc ::kam::template::qualification_rivals {compare} {
    if {[empty? $compare]} return
    set rivals [lrange [lmap column [::kam::table columns $compare] {if {$column in {question criterion name ours}} continue; set column}] 0 4]
    set rows {}
    set marked 0
    ::kam::table each row $compare {
        set known 0
        foreach rival $rivals {if {[dict exists $row $rival]} {set known 1}}
        set sum [expr {![dict exists $row criterion]}]
        if {$known} {set marked 1}
        if {!$known && !$sum} continue
        dict set row name [tongue [dict get $row name]]
        lappend rows $row
    }
    if {!$marked} return
    ::kam::report heading 2 [say {Beside the rivals} 与对手相比]
    set shape {name text ours real}
    set columns [list [list name -label [say {Question or criterion} 问题或标准] -weight 2] [list ours -label [say Ours 我方] -format signed -decimals 0 -bold]]
    foreach rival $rivals {
        lappend shape $rival real
        lappend columns [list $rival -label [short [name_of competitor $rival] 24] -format signed -decimals 0]
    }
    ::kam::report table [::kam::table make $shape [lmap row $rows {dict filter $row script {key value} {dict exists $shape $key}}]] -compact -zebra -columns $columns
}
