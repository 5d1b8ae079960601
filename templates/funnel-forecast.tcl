# SPDX-License-Identifier: GPL-3.0-or-later
# The open deals and what they may bring: funnel, months ahead with their range, what is stuck, and the deals one by one.
template funnel-forecast {
    summary    {en {Funnel and forecast} zh 商机漏斗与预测}
    parameters {
        rows {kind int default 60 min 1 help {en {deals listed at most} zh 列出商机数上限}}
    }
} {
    set asof [dict get $p asof]
    set kind [say {Funnel and forecast} 商机漏斗与预测]
    begin $p $kind
    set deals [asked funnel -show opportunities -asof $asof]
    set funnel [asked funnel -asof $asof]
    set forecast [asked forecast -asof $asof]
    report title $kind -facts [list [say {As of} 截至] $asof [say {Open deals} 进行中商机] [expr {$deals eq {} ? 0 : [table rows $deals]}]]
    if {[empty? $deals]} {
        missing {There is no open opportunity.} 没有进行中的商机。 "opportunity add CODE -account … -name …  ·  stage-change add CODE DATE -stage lead"
        return
    }
    set stuck 0
    table each row $deals {if {[dict exists $row stuck] && [dict get $row stuck]} {incr stuck}}
    set unknown [table rows [table where $deals {missing(amount)}]]
    set unknown [expr {$unknown ? [say "[counted $unknown deal deals] without an amount" "另有 $unknown 笔金额未知"] : {}}]
    report tiles [list [list [say {Open amount} 进行中金额] [short_money [known_sum $deals amount]] $unknown] [list [say Weighted 加权] [short_money [known_sum $deals weighted]]] \
        [list [say {Stuck deals} 停滞商机] $stuck {} [expr {$stuck ? {warn} : {good}}]]]
    report heading 1 [say Funnel 漏斗]
    report funnel [worded [table where $funnel {$stage ni {"pool" "won"}}] {stage}] -label stage -value count -second weighted -second-format short -height 60 \
        -value-label [say Count 数量] -second-label [say Weighted 加权]
    report table [worded [table where $funnel {$stage ne "pool"}] {stage}] -compact -columns [list [list stage -label [say Stage 阶段] -bold -weight 1] [list count -label [say Count 数量]] \
        [list amount -label [say Amount 金额] -decimals 0] [list conversion -label [say Conversion 转化率] -format percent] [list age -label [say {Days in stage} 停留天数] -decimals 0] \
        [list median_stay -label [say {Usual stay} 通常停留] -decimals 0] [list stuck -label [say Stuck 停滞]]]
    report heading 1 [say {Months ahead} 今后各月]
    forecast_months $forecast
    report heading 1 [say {What needs a decision} 待决事项]
    set plan [asked forecast -plan -asof $asof]
    if {[empty? $plan]} {
        report text [say {Nothing.} 无。]
    } else {
        set plan [named [table where $plan {$kind eq "deal"}] account [short_names account] name]
        set plan [named $plan opportunity [dict map {code name} [names opportunity] {short $name 40}] deal]
        report table [worded [first_rows $plan 25] {status}] -compact -zebra -empty [say {Nothing.} 无。] -columns [list [list opportunity -label [say Code 编码]] \
            [list name -label [say Account 客户] -weight 1.2] [list deal -label [say Opportunity 商机] -weight 1.2] [list rep -label [say Owner 负责人]] [list what -label [say What 事项] -weight 2] [list amount -label [say Amount 金额] -decimals 0]]
        say_rest $plan 25 "forecast -plan"
    }
    report heading 1 [say {Deal by deal} 商机一览]
    set deals [table sort $deals -weighted]
    report table [worded [deals_named [first_rows $deals [dict get $p rows]]] {stage}] -compact -zebra -totals [total_of $deals [dict get $p rows]] -columns [list [list opportunity -label [say Code 编码]] \
        [list account -label [say Account 客户] -weight 1.2] [list name -label [say Opportunity 商机] -weight 1.5] [list stage -label [say Stage 阶段]] \
        [list amount -label [say Amount 金额] -decimals 0 -total] [list weighted -label [say Weighted 加权] -decimals 0 -total] [list expected_close -label [say {Expected close} 预计成交]]]
    say_rest $deals [dict get $p rows] "funnel -show opportunities"
}
proc ::kam::template::forecast_months {forecast} {
    if {[empty? $forecast]} {
        missing {No forecast can be made yet.} 尚无法预测。 "stage-change add OPP DATE -stage …"
        return
    }
    set months [::kam::table where $forecast {$period ni {"overdue" "undated"}}]
    set overdue [::kam::table where $forecast {$period in {"overdue" "undated"}}]
    if {![empty? $months]} {
        set targets [::kam::table rows [::kam::table where $months {!missing(target)}]]
        ::kam::report bar $months -label period -values [expr {$targets ? {weighted target} : {weighted}}] \
            -series [expr {$targets ? [list [say Weighted 加权] [say Target 目标]] : [list [say Weighted 加权]]}] -vertical -format short -height 58
        ::kam::report table $months -compact -columns [list [list period -label [say Month 月份] -bold] [list count -label [say {Open deals} 进行中]] \
            [list committed -label [say Committed 已承诺] -format short] [list weighted -label [say Weighted 加权] -format short] \
            [list p10 -label [say {Low (10 %)} 低（10%）] -format short] [list p50 -label [say Middle 中位] -format short] [list p90 -label [say {High (90 %)} 高（90%）] -format short] \
            [list target -label [say Target 目标] -format short] [list p_target -label [say {Reaches it} 达成概率] -format percent]]
    }
    # one box for both: it says what is wrong with the table above
    set words {}
    ::kam::table each row $overdue {
        set n [dict get $row count]
        if {$n == 0} continue
        set money [expr {[dict exists $row weighted] ? [say ", [short_money [dict get $row weighted]] weighted," "（加权 [short_money [dict get $row weighted]]）"]
            : [say {, of unknown amount,} （金额未知）]}]
        lappend words [expr {[dict get $row period] eq "overdue"
            ? [say "[counted $n deal deals]$money passed the expected close: [expr {$n == 1 ? {it needs} : {each needs}}] a new date or an end." "$n 笔商机${money}已过预计成交日：需改期或结束。"]
            : [say "[counted $n deal deals]$money [expr {$n == 1 ? {has} : {have}}] no expected close and [expr {$n == 1 ? {stands} : {stand}}] in none of the months." "$n 笔商机${money}没有预计成交日，未计入任何月份。"]}]
    }
    if {[llength $words]} {::kam::report note [join $words [say { } {}]] -kind warn}
}
