# SPDX-License-Identifier: GPL-3.0-or-later
# Opportunities with their stages, amounts, owners and expected closes; won and lost ones with reason and lesson; competitors;
# monthly targets; marks on the card `opportunity`.
namespace eval story {
    variable deal_no 0
    variable stages {lead intent proposal negotiation won}
    variable deals {}
}
proc story::deals {} {
    variable asof
    foreach {code name en industry kind ownership region role} $words::accounts {
        set open 0
        set closed 0
        switch -- $role {
            flagship {set open 6; set closed 7}
            growing-member - advocate - large-stable {set open 3; set closed 4}
            growing - stable - loyal - large-declining - captive {set open [rng::int 0 2]; set closed [rng::int 1 3]}
            problem-complaint - problem-overdue - problem-survey - declining {set open [rng::int 0 1]; set closed [rng::int 0 2]}
            selling - winning-back - new {set open [rng::int 1 2]}
            incubating {set open 2}
            lost {set closed 1}
        }
        for {set i 0} {$i < $open} {incr i} {open_deal $code $role $i}
        for {set i 0} {$i < $closed} {incr i} {closed_deal $code $role}
    }
    targets
}
proc story::new_deal {code opened} {
    variable deal_no
    set i [rng::int 0 [expr {[llength $words::opportunity_topics] / 2 - 1}]]
    return [list code [format OPP-%03d [incr deal_no]] account $code name "[lindex $words::opportunity_topics [expr {2 * $i}]] | [lindex $words::opportunity_topics [expr {2 * $i + 1}]]" \
        product [lindex [rng::pick $story::products] 0] opened_on [cal::date $opened]]
}
proc story::deal_facts {deal code amount close day owner} {
    foreach {attribute value} [list owner $owner amount $amount expected_close $close] {
        if {$value ne ""} {
            emit assessment [list subject_kind opportunity subject $deal attribute $attribute date [cal::date $day] value $value by $owner]
        }
    }
}
proc story::owner_of {code role} {
    return [switch -- $role {
        flagship {expr {"R01"}}
        default {lindex {R02 R03 R04} [expr {[scan [string index $code 0] %c] % 3}]}
    }]
}
proc story::amount {role} {
    set scale [switch -- $role {flagship {expr 9} large-stable - large-declining {expr 7} growing-member - advocate {expr 4} default {expr 2}}]
    return [format %.2f [expr {max(3, int([rng::gamma 1.6 [expr {$scale * 5.0}]])) * 10000}]]
}
proc story::open_deal {code role i} {
    variable asof
    variable stages
    variable deals
    set age [expr {int([rng::gamma 1.7 60]) + 5}]
    if {$i == 0 && $role in {flagship declining large-stable}} {set age [rng::int 240 330]}
    set opened [expr {$asof - min(400, $age)}]
    set row [new_deal $code $opened]
    set deal [dict get $row code]
    set reach [switch -- $role {
        flagship {lindex {3 2 1 3 2 0} $i}
        selling {expr 0}
        incubating {expr {1 + $i}}
        default {rng::weighted {0 3 1 3 2 2 3 1}}
    }]
    lappend row result open
    if {$role in {flagship large-stable growing} || [rng::chance 0.45]} {lappend row competitors [lindex [rng::pick {C-ALPHA C-BETA C-GAMMA}] 0]}
    emit opportunity $row
    set day $opened
    emit stage-change [list opportunity $deal date [cal::date $day] stage lead]
    for {set s 1} {$s <= $reach} {incr s} {
        set day [expr {min($asof - 1, $day + max(3, ($asof - $opened) / ($reach + 2) + [rng::int -4 4]))}]
        emit stage-change [list opportunity $deal date [cal::date $day] stage [lindex $stages $s]]
    }
    set close [cal::date [cal::workday [expr {$asof + [rng::int 5 190]}]]]
    if {[rng::chance 0.12]} {set close [cal::date [expr {$asof - [rng::int 5 60]}]]}
    if {[rng::chance 0.07]} {set close {}}
    deal_facts $deal $code [amount $role] $close $opened [owner_of $code $role]
    lappend deals [list $deal $code]
    if {$reach >= 1 && $role in {flagship large-stable growing-member}} {qualify $deal}
}
proc story::closed_deal {code role} {
    variable asof
    variable stages
    set opened [expr {$asof - [rng::int 120 700]}]
    set row [new_deal $code $opened]
    set deal [dict get $row code]
    set won [rng::chance [expr {$role in {flagship advocate growing-member loyal} ? 0.6 : 0.4}]]
    set length [expr {min($asof - $opened - 1, 40 + int([rng::gamma 2 45]))}]
    set closed [expr {$opened + $length}]
    set reach [expr {$won ? 3 : [rng::weighted {0 2 1 3 2 2 3 1}]}]
    lappend row closed_on [cal::date $closed] result [expr {$won ? "won" : "lost"}] \
        reason [expr {$won ? [rng::pick {{方案契合 | solution fits} {交付快 | quick delivery} {关系好 | good relationship}}] : [rng::pick {{价格高 | price} {对手关系深 | rival is close} {预算取消 | budget cut} {技术不符 | technical misfit}}]}] \
        lesson [expr {$won ? [rng::pick {{及早接触使用层 | meet the users early} {用试点打消风险顾虑 | a pilot takes away the fear of risk}}] : [rng::pick {{没有向导就不要进入报价 | no quotation without a coach} {先弄清非正式决策标准 | find the informal criteria first} {预算要早核实 | check the budget early}}]}]
    if {[rng::chance 0.6]} {lappend row competitors [rng::pick {C-ALPHA C-BETA C-GAMMA}]}
    emit opportunity $row
    set day $opened
    emit stage-change [list opportunity $deal date [cal::date $day] stage lead]
    for {set s 1} {$s <= $reach} {incr s} {
        # One in eight jumps a stage.
        if {$s < $reach && [rng::chance 0.12]} continue
        set day [expr {min($closed - 1, $day + max(2, $length / ($reach + 1)))}]
        emit stage-change [list opportunity $deal date [cal::date $day] stage [lindex $stages $s]]
    }
    if {$won} {emit stage-change [list opportunity $deal date [cal::date $closed] stage won]}
    deal_facts $deal $code [amount $role] [cal::date $closed] $opened [owner_of $code $role]
}
proc story::qualify {deal} {
    variable asof
    variable criteria
    foreach criterion $criteria {
        if {[rng::chance 0.2]} continue
        emit mark [list subject_kind opportunity subject $deal card opportunity criterion $criterion date [cal::date [expr {$asof - [rng::int 10 60]}]] \
            mark [rng::weighted {1 5 0 2 -1 2}] control [rng::pick {yes partly no}] evidence [rng::pick {{客户邮件 | the customer's mail} {会议纪要 | minutes of the meeting} {向导告知 | told by the coach} {公开资料 | public sources}}]]
    }
}
namespace eval story {
    variable criteria {project business finances funding urgency decision-criteria solution-fit sales-resources relationship
        unique-value inside-support executive-credibility cultural-fit informal-criteria political-alignment short-revenue
        long-revenue profitability risk strategic-value}
}
proc story::targets {} {
    foreach {rep base} {R01 90 R02 60 R03 55 R04 45} {
        foreach month {2026-04 2026-05 2026-06 2026-07 2026-08 2026-09 2026-10 2026-11 2026-12} {
            emit target [list period $month rep $rep amount [expr {($base + [rng::int -8 8]) * 10000}].00]
        }
    }
}
