# SPDX-License-Identifier: GPL-3.0-or-later
# The Monday page: what one of our people should know before the first coffee is cold, in both languages: load, what the audit finds, what is due
# this week, deals that are stuck, accounts at risk. On the example portfolio it is R03's:
#
#   kamsh -X -f examples/17-monday.tcl ?REP? ?DATABASE?
#
# With a DATABASE it is your own page: read only, as of today or the database's as-of day.
if {[llength $argv] > 1} {
    database open [lindex $argv 1] -readonly -force
} else {
    set rep_asked $argv
    set argv {}
    source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]
    set argv $rep_asked
}
set rep [expr {[llength $argv] ? [lindex $argv 0] : "R03"}]

proc say {en zh} {return [expr {[display get lang] eq "zh" ? $zh : $en}]}
# A heading with its count, and at most `limit` rows under it.
proc part {title t columns {limit 8}} {
    set n [table rows $t]
    puts "\n## $title ($n)"
    if {$n == 0} {
        puts [say "   nothing, well done" "   没有，很好"]
        return
    }
    puts [render [table select [table head $t $limit] {*}$columns] -as box]
    if {$n > $limit} {puts [say "   and [expr {$n - $limit}] more" "   另有 [expr {$n - $limit}] 条"]}
}
# Of several offences against one rule at one account the first is enough for a page.
proc first_of_each {t} {
    set seen {}
    set kept {}
    table each row $t {
        set key [list [dict get $row rule] [dict get $row account]]
        if {[dict exists $seen $key]} {continue}
        dict set seen $key 1
        lappend kept $row
    }
    return $kept
}

proc page {rep} {
    set load [table get [coverage -rep $rep] 0]
    puts "# [say "Monday page of " "周一页："][dict get $load name] ($rep), [setting get asof]"
    puts "[say "Load: " "负荷："][dict get $load why][say "; key accounts: " "；大客户 "][dict get $load key_accounts][say "; not touched for long: " "；久未接触 "][dict get $load unworked]"

    part [say "This week" 本周到期] [reminders -rep $rep -days 7 -kinds {birthday renewal end step purchase}] {date reminder account what} 10
    part [say "Deals that are stuck" 停滞的商机] [table sort [table where [funnel -show opportunities] {$rep eq $::rep && $stuck}] -amount] {opportunity account stage amount age} 6

    # At risk: what the model of the lost says, or where too few were lost what the rhythm of purchases does; then what stands worst, and how it
    # stood a quarter ago.
    if {[catch {churn-risk} risk]} {set risk [churn-risk -show alive]}
    part [say "Most likely to leave" 最可能流失] \
        [table where $risk {$account in $::mine && $class ne "low"}] {account name class p_alive silent_days window_revenue} 6
    set since [clock format [clock add [clock scan [setting get asof] -format %Y-%m-%d -gmt 1] -90 days -gmt 1] -format %Y-%m-%d -gmt 1]
    part [say "Accounts at risk: health below 50" "有风险的客户：健康度低于 50"] \
        [table sort [table where [health -each -since $since] {$account in $::mine && !missing(health) && $health < 50}] health] {account name health change weakest} 6
    part [say "What the audit finds" 审核发现] [first_of_each [account-audit -rep $rep]] {account rule why} 10
}

set mine {}
table each row [coverage -view accounts -rep $rep] {lappend mine [dict get $row account]}
foreach lang {en zh} {
    display set lang $lang
    page $rep
    puts ""
}
