# SPDX-License-Identifier: GPL-3.0-or-later
# What we ask of key accounts (A12). It fails on the example portfolio, each offender is explained, and the program ends with status 1:
#   kamsh -X portfolio.kam -c 'account-audit -rules examples/rules-key-accounts.tcl'; echo $?

# A procedure of the file's own: the rows of a table whose account is key.
proc key_only {rows} {
    set key {}
    table each row [classify -by key] {
        if {[dict get $row class] eq "key"} {lappend key [dict get $row account]}
    }
    set kept {}
    table each row $rows {
        if {[dict get $row account] in $key} {lappend kept $row}
    }
    return $kept
}

rule touched-in-a-month {大客户 30 天内有接触 | every key account was touched in the last 30 days} {
    set since [day -30]
    key_only [table where [coverage -view accounts] {missing(last_contact) || $last_contact < $since}]
} -because {{account} 最近接触在 {last_contact}（负责人 {owner}） | {account} was touched last on {last_contact} (owner {owner})}

rule healthy {大客户健康度不低于 50 | health of every key account is at least 50} {
    key_only [table where [health -each] {$health < 50}]
} -because {{account} 健康度 {health}，失分最多的是 {weakest} | {account} stands at {health}; {weakest} costs most}

rule plan-written {大客户都有策略文字 | every key account has a text on its strategy} {
    key_only [sql {SELECT a.code AS account, a.name FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM plan_texts p
        WHERE p.account_id = a.id AND p.section = 'strategy' AND p.day <= :asof_day)}]
} -because {{account} 没有策略文字 | {account} has no text on its strategy}
