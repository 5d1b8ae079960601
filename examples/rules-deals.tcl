# SPDX-License-Identifier: GPL-3.0-or-later
# Rules on open opportunities, the first of them the one everybody wants: a deal above 1 M has an owner who met the customer in 30 days.

rule big-deals-are-met {百万以上的商机，其负责人 30 天内见过客户 | the owner of every open opportunity above 1 M met the customer in 30 days} {
    set offenders {}
    set from [expr {$asof_day - 30}]
    table each row [table where [funnel -show opportunities] {!missing(amount) && $amount > 1000000}] {
        set account [dict get $row account]
        set rep [expr {[dict exists $row rep] ? [dict get $row rep] : ""}]
        set met [sql {SELECT count(*) AS n FROM interactions i JOIN accounts a ON a.id = i.account_id JOIN reps r ON r.id = i.rep_id
            WHERE a.code = :account AND r.code = :rep AND i.kind IN ('visit', 'meeting') AND i.day > :from AND i.day <= :asof_day}]
        if {[table get $met 0 n] == 0} {lappend offenders $row}
    }
    return $offenders
} -because {{opportunity}（{account}，{amount}）：负责人 {rep} 30 天内没有见客户 | {opportunity} of {account} ({amount}): {rep} has not met the customer in 30 days}

rule dated {五十万以上的商机都有预计成交日 | every open opportunity above 500,000 has an expected close} {
    table where [funnel -show opportunities] {!missing(amount) && $amount > 500000 && missing(expected_close)}
} -because {{opportunity} 没有预计成交日 | {opportunity} has no expected close}
