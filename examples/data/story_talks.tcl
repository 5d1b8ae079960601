# SPDX-License-Identifier: GPL-3.0-or-later
# What the questions on deals need (D1–D11), so that each verdict, outcome, flag, phase, force, status and kind of sale occurs: talks that name
# their opportunity, cards with a verdict, a rival's card, buying factors, slipping deals with kept forecasts, closed deals without reason or
# lesson, sightings with an owner. Nothing here is drawn by chance, so that what comes before stays as it was.
namespace eval story {
    # criterion → mark on the card that says pursue, and on the one that says walk away
    variable cards {
        project {1 0} business {1 1} finances {1 -1} funding {1 -1} urgency {0 -1}
        decision-criteria {1 1} solution-fit {1 1} sales-resources {0 0} relationship {1 1} unique-value {1 0}
        inside-support {1 1} executive-credibility {1 0} cultural-fit {0 1} informal-criteria {1 -1} political-alignment {0 0}
        short-revenue {1 0} long-revenue {1 1} profitability {1 -1} risk {0 -1} strategic-value {1 1}
    }
}
proc story::ago {n} {
    variable asof
    return [cal::date [expr {$asof - $n}]]
}
proc story::with_role {wanted} {
    foreach {code name en industry kind ownership region role} $words::accounts {if {$role eq $wanted} {return $code}}
}
proc story::talks {} {
    set flagship [with_role flagship]
    outcomes $flagship
    verdicts
    factors $flagship
    slips $flagship
    unexplained $flagship
    watched $flagship [with_role lost]
    ordinary [with_role first-time]
}
proc story::talk {account ago outcome args} {
    emit interaction [list account $account date [ago $ago] kind call rep R01 activity process hours 0.5 outcome $outcome {*}$args]
}
proc story::outcomes {account} {
    set words {topic {新项目需求 | new project}}
    foreach ago {41 24 9} {talk $account $ago continuation opportunity OPP-003 contacts $account-05 {*}$words}
    talk $account 12 advance opportunity OPP-005 contacts $account-03 {*}$words confirmed 0 next_step {组织现场试用 | trial on site} next_on [ago -6]
    talk $account 20 refusal opportunity OPP-002 contacts $account-04 topic {价格与付款 | price and payment} objections {预算取消 | the budget was cut}
    talk $account 15 advance opportunity OPP-004 contacts $account-01 {*}$words confirmed 1 next_step {约见副总 | meet the deputy} next_on [ago -9]
    talk $account 33 order opportunity OPP-004 contacts $account-05 topic {备件供应 | spare parts} confirmed 1
}
proc story::card {opportunity criterion mark control args} {
    emit mark [list subject_kind opportunity subject $opportunity card opportunity criterion $criterion date [ago 4] mark $mark control $control \
        evidence {评审会 | review of the deal} {*}$args]
}
proc story::verdicts {} {
    variable cards
    set n 0
    foreach {criterion marks} $cards {
        set control [lindex {yes partly no} [expr {[incr n] % 3}]]
        card OPP-004 $criterion [lindex $marks 0] $control
        card OPP-002 $criterion [lindex $marks 1] $control
    }
    # The rival as we see it.
    foreach {criterion mark} {project 1 decision-criteria -1 solution-fit 1 relationship 1 inside-support -1 executive-credibility 1 profitability -1 risk 0} {
        card OPP-004 $criterion $mark partly opponent C-BETA
    }
}
proc story::factors {account} {
    # Five people, each with another weakest factor; the last two are known in part.
    foreach {seat marks} {01 {3 7 6 7 8} 02 {7 2 6 5 6} 03 {8 8 3 7 7} 05 {9 7 6 4 -} 06 {8 - 7 6 3}} {
        foreach factor {knows needs worth trusts satisfied} mark $marks {
            if {$mark eq "-"} continue
            emit assessment [list subject_kind contact subject $account-$seat attribute $factor date [ago 18] opportunity OPP-004 value $mark by R01 \
                evidence {最近谈话 | last talk}]
        }
    }
    emit assessment [list subject_kind opportunity subject OPP-004 attribute buys_for date [ago 30] value value by R01 evidence {客户自己算的收益 | the customer's own figures}]
}
proc story::past {code account opened stages values args} {
    emit opportunity [list code $code account $account opened_on [ago $opened] {*}$args]
    foreach {ago stage} $stages {emit stage-change [list opportunity $code date [ago $ago] stage $stage]}
    foreach {ago attribute value} $values {
        emit assessment [list subject_kind opportunity subject $code attribute $attribute date [ago $ago] value $value by R01]
    }
}
# Deals that were put off month after month, and what was forecast of them at the time.
proc story::slips {account} {
    set name {name {视觉检测线 | Vision inspection line}}
    past OPP-911 $account 330 {330 lead 300 intent 250 proposal 150 negotiation 118 won} \
        [list 330 owner R01 330 amount 420000.00 330 expected_close [ago 240] 245 expected_close [ago 185] 190 expected_close [ago 120] \
             272 forecast 0.3 211 forecast 0.5 181 forecast 0.5 150 forecast 0.7] {*}$name \
        closed_on [ago 118] result won reason {用试点证明 | proved by a pilot} lesson {日期要由客户确认 | let the customer confirm the date} competitors C-BETA
    past OPP-912 $account 300 {300 lead 280 intent 240 proposal} \
        [list 300 owner R01 300 amount 260000.00 300 expected_close [ago 200] 205 expected_close [ago 140] 145 expected_close [ago 80] \
             211 forecast 0.5 150 forecast 0.5 91 forecast 0.5] name {能耗监测 | Energy monitoring} \
        closed_on [ago 70] result lost reason {预算取消 | budget cut} lesson {预算要早核实 | check the budget early} competitors C-ALPHA
}
proc story::unexplained {account} {
    past OPP-921 $account 260 {260 lead 230 intent} {260 owner R01 260 amount 90000.00} closed_on [ago 170] result lost
    past OPP-922 $account 250 {250 lead 220 proposal} {250 owner R01 250 amount 60000.00} closed_on [ago 160] result lost reason {价格高 | price}
    past OPP-923 $account 240 {240 lead 200 negotiation 150 won} {240 owner R01 240 amount 80000.00} closed_on [ago 150] result won lesson {先做小单 | begin with a small order}
}
proc story::watched {flagship lost} {
    emit assessment [list subject_kind account subject $lost attribute owner date [ago 400] value R02 by R05]
    foreach {ago kind competitor more} {
        52 order C-ALPHA {}
        6 advert C-GAMMA {}
        75 order C-BETA {answered 60}
    } {
        set row [list account $lost competitor $competitor date [ago $ago] kind $kind truth true what {客户向其采购同类产品 | bought the same from them}]
        if {$more ne ""} {lappend row answered_on [ago [lindex $more 1]] explanation {价格差异，已约技术交流 | price; a technical meeting is arranged}}
        emit sighting $row
    }
    foreach {ago truth what} {14 false {说我们要退出市场 | says we leave the market} 11 true {说我们上月交货迟了 | says we delivered late last month}} {
        emit sighting [list account $flagship competitor C-BETA date [ago $ago] kind rumour truth $truth what $what]
    }
}
# A short sale to one buyer who wants functions: the other way of selling.
proc story::ordinary {account} {
    past OPP-931 $account 60 {60 intent 48 proposal 41 won} {60 owner R03 60 amount 30000.00 58 buys_for features} name {手持仪表 | Hand-held meters} \
        closed_on [ago 41] result won reason {功能合适 | the functions fit} lesson {报价当天发出 | quote on the same day}
}
