# SPDX-License-Identifier: GPL-3.0-or-later
# The Monday page: what one of our people should know before the first coffee is cold, in both languages. First what went well, then five things to
# do today, the week, money, deals that are stuck, accounts at risk, and what the audit finds. On the example portfolio it is R03's:
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
    setting set asof 2026-06-29 ;# the last Monday of the example
}
set me [expr {[llength $argv] ? [lindex $argv 0] : "R03"}] ;# not `rep`: inside `table where` that is the column
set today [setting get asof]

# --- small words ------------------------------------------------------------------------------------------------------------
proc say {en zh} {return [expr {[display get lang] eq "zh" ? $zh : $en}]}
proc cell {row name} {return [expr {[dict exists $row $name] ? [dict get $row $name] : ""}]}
proc rows {t} {
    set all {}
    table each row $t {lappend all $row}
    return $all
}
# 1,234,567.89 as 1.23 M, 0.12 M: nobody adds cents on a Monday.
proc money {amount} {
    if {$amount eq ""} {return -}
    return [say [format "%.2f M" [expr {$amount / 1e6}]] [format "%.1f 万元" [expr {$amount / 1e4}]]]
}
proc plus {date days} {return [clock format [clock add [clock scan $date -format %Y-%m-%d -gmt 1] $days days -gmt 1] -format %Y-%m-%d -gmt 1]}
proc weekday {date} {
    set n [clock format [clock scan $date -format %Y-%m-%d -gmt 1] -format %w -gmt 1]
    return [say [lindex {Sun Mon Tue Wed Thu Fri Sat} $n] 周[lindex {日 一 二 三 四 五 六} $n]]
}
# The half of a text in both languages that the reader reads.
proc half {text} {
    set at [string first " | " $text]
    if {$at < 0} {return $text}
    return [say [string range $text $at+3 end] [string range $text 0 $at-1]]
}
proc days_ago {date} {return [expr {([clock scan $::today -format %Y-%m-%d -gmt 1] - [clock scan $date -format %Y-%m-%d -gmt 1]) / 86400}]}
# "CHIYAN Red Flame Energy (sample)": the code to type, the name to recognise.
proc who {code} {
    set name [cell $::known($code) name_en]
    return "$code [expr {[display get lang] eq "zh" || $name eq "" ? [dict get $::known($code) name] : $name}]"
}
proc wide {text} {expr {[string length $text] + [regexp -all {[\u2e80-\uffef]} $text]}}
# Filled up to a width on the screen, on which a Chinese character takes two places.
proc pad {text width} {return $text[string repeat " " [expr {max(0, $width - [wide $text])}]]}
proc part {title} {puts "\n── $title [string repeat ─ [expr {72 - [wide $title]}]]"}
proc count {n one many} {return "$n [expr {$n == 1 ? $one : $many}]"}
proc nothing {} {puts [say "   nothing, well done" "   没有，很好"]}

# --- what is on the page ----------------------------------------------------------------------------------------------------
# The rows are asked for once a language: words of results are in the language that was asked in.
proc gather {} {
    uplevel #0 {
        set risk [expr {[catch {churn-risk} answer] ? [churn-risk -show alive] : $answer}]
        set risk [rows [table where $risk {$account in $::mine && $class ne "low"}]]
        set desk [rows [table where [complaints -open] {$account in $::mine}]]
        set due [rows [reminders -rep $me -days 7 -kinds {birthday renewal end step purchase}]]
        set stuck [rows [table sort [table where [funnel -show opportunities] {$rep eq $::me && $stuck}] -amount]]
        set slipped [rows [table where [forecast -plan -rep $me] {$kind eq "deal" && $status eq "overdue"}]]
        set found [rows [account-audit -rep $me]]
        set unhealthy [rows [table sort [table where [health -each -since [plus $today -90]] {$account in $::mine && !missing(health) && $health < 50}] health]]
    }
}
proc head {} {
    set load [table get [coverage -rep $::me] 0]
    puts "# [half [dict get $load name]] ($::me) · [weekday $::today] $::today"
    puts [say "[count [dict get $load accounts] "account of yours" "accounts of yours"], [dict get $load key_accounts] of them key; room for [cell $load room] more; [dict get $load unworked] not touched for long." \
        "您负责 [dict get $load accounts] 个客户，其中大客户 [dict get $load key_accounts] 个；还可接 [cell $load room] 个；久未接触 [dict get $load unworked] 个。"]
}
proc good_news {} {
    part [say "Good news of last week" 上周好消息]
    set since [plus $::today -7]
    set bought [table where [transaction list -where "date > $since" -where "date <= $::today"] {$account in $::mine}]
    set sum 0.0
    foreach row [rows $bought] {set sum [expr {$sum + [dict get $row amount]}]}
    set steps [table where [interaction list -where "date > $since" -where "date <= $::today"] {$account in $::mine && $outcome in {order advance}}]
    set buyers [llength [lsort -unique [lmap row [rows $bought] {dict get $row account}]]]
    puts [say "   [money $sum] of orders from [count $buyers account accounts]; [count [table rows $steps] talk talks] ended in an order or a step forward" \
        "   $buyers 个客户下单 [money $sum]；[table rows $steps] 次谈话取得订单或进展"]
    foreach row [rows [table where [opportunity list -where {result = won} -where "closed_on > [plus $::today -60]" -where "closed_on <= $::today"] {$account in $::mine}]] {
        puts [say "   won on [dict get $row closed_on]: [half [dict get $row name]], [who [dict get $row account]]; because: [half [cell $row reason]]" \
            "   [dict get $row closed_on] 成交：[half [dict get $row name]]，[who [dict get $row account]]；原因：[half [cell $row reason]]"]
    }
}
# One of each kind first, the most pressing of its kind: a customer who waits, a promise, money that is owed, an account that goes, a deal that slips.
proc first_things {} {
    global risk desk due found slipped
    part [say "Five things for today" 今天五件事]
    set lines {}
    foreach row [lrange $desk 0 0] {
        lappend lines [say "Answer [who [dict get $row account]]: complaint “[half [cell $row topic]]” is open for [dict get $row age_days] days" \
            "答复 [who [dict get $row account]]：投诉“[half [cell $row topic]]”已 [dict get $row age_days] 天未结"]
    }
    foreach row [lrange [lmap row $due {if {[dict get $row reminder] ne "step" || [dict get $row in_days] >= 0} continue; set row}] 0 0] {
        lappend lines [say "Keep your word at [who [dict get $row account]]: “[half [dict get $row what]]” was due on [dict get $row date]" \
            "兑现对 [who [dict get $row account]]的承诺：“[half [dict get $row what]]”应于 [dict get $row date] 完成"]
    }
    foreach row [lrange [lmap row $found {if {[dict get $row rule] ne "receivables"} continue; set row}] 0 0] {
        lappend lines [say "Collect from [who [dict get $row account]]: [dict get $row why]" "向 [who [dict get $row account]]收款：[dict get $row why]"]
    }
    foreach row [lrange $risk 0 0] {
        lappend lines [say "See [who [dict get $row account]] before it goes: [money [dict get $row window_revenue]] a year, [reason $row]" \
            "去看 [who [dict get $row account]]，趁还未流失：年收入 [money [dict get $row window_revenue]]，[reason $row]"]
    }
    foreach row [lrange [lsort -decreasing -command {apply {{a b} {expr {[dict get $a weighted] - [dict get $b weighted] > 0 ? 1 : -1}}}} $slipped] 0 0] {
        lappend lines [say "Give [dict get $row opportunity] of [who [dict get $row account]] a new date or an end: [money [dict get $row amount]], expected on [dict get $row due]" \
            "[who [dict get $row account]]的 [dict get $row opportunity] 须改期或了结：[money [dict get $row amount]]，原定 [dict get $row due]"]
    }
    set n 0
    foreach line $lines {puts "   [incr n]. $line"}
    if {!$n} nothing
}
# The strongest reason of a risk that speaks for leaving, without its figure.
proc reason {row} {
    foreach one [split [dict get $row why] ";；"] {
        if {![string match *(-* $one] && ![string match *（-* $one]} {return [string trim [regsub {\s*[(（][+].*$} $one {}]]}
    }
    return ""
}
proc week {} {
    global due
    part [say "The week" 本周]
    if {![llength $due]} {return [nothing]}
    set label ""
    foreach row $due {
        set late [expr {[dict get $row in_days] < 0}]
        set day [expr {$late ? [say overdue 已逾期] : "[weekday [dict get $row date]] [string range [dict get $row date] 5 end]"}]
        set kind [say [dict get $row reminder] [dict get {birthday 生日 renewal 续约 end 到期 step 约定 purchase 采购} [dict get $row reminder]]]
        puts "   [pad [expr {$day eq $label ? "" : $day}] 10] [pad $kind 8] [dict get $row account][say ": " ：][string trim [string map [list [cell $row name] ""] [half [dict get $row what]]]]"
        set label $day
    }
}
proc month {} {
    part [say "The money" 业绩]
    foreach row [rows [table head [table where [forecast -by rep] {$rep eq $::me && $period ni {overdue undated}}] 3]] {
        set chance [expr {[cell $row p_target] eq "" ? "-" : [format %.0f [expr {100 * [dict get $row p_target]}]]}]
        puts [say "   [dict get $row period]: won [money [dict get $row committed]] of a target of [money [cell $row target]]; with [count [dict get $row count] {open deal} {open deals}] about [money [dict get $row weighted]]; chance to reach it $chance %" \
            "   [dict get $row period]：已成交 [money [dict get $row committed]]，目标 [money [cell $row target]]；含在谈 [dict get $row count] 单约 [money [dict get $row weighted]]；达成可能 $chance %"]
    }
}
proc deals {} {
    global stuck
    part [say "Deals that are stuck ([llength $stuck])" "停滞的商机（[llength $stuck]）"]
    if {![llength $stuck]} {return [nothing]}
    foreach row [lrange $stuck 0 4] {
        puts "   [pad [dict get $row opportunity] 8] [pad [money [dict get $row amount]] 10] [half [dict get $row name]][say ", " ，][who [dict get $row account]][say ": [count [dict get $row age] day days]" "：[dict get $row age] 天"]"
    }
}
# What the model of the lost says, and health where it is low; an account of both has one line.
proc at_risk {} {
    global risk unhealthy
    part [say "Accounts at risk" 有风险的客户]
    if {![llength $risk] && ![llength $unhealthy]} {return [nothing]}
    set weak {profile 档案 circle 成功圈 relationship 关系 satisfaction 满意 activity 活动 orders 订单 risks 风险}
    foreach row $unhealthy {
        set change [cell $row change]
        set health([dict get $row account]) [say "health [format %.0f [dict get $row health]][expr {$change eq "" ? "" : [format " (%+.0f in a quarter)" $change]}], weakest: [dict get $row weakest]" \
            "健康度 [format %.0f [dict get $row health]][expr {$change eq "" ? "" : [format "（一季 %+.0f）" $change]}]，最弱：[dict get $weak [dict get $row weakest]]"]
    }
    foreach row [lrange $risk 0 4] {
        set code [dict get $row account]
        set p [expr {[dict exists $row risk] ? "[format %.0f [expr {100 * [dict get $row risk]}]] %" : [dict get $row class]}]
        puts [say "   [who $code]: risk $p, [money [dict get $row window_revenue]] a year; [reason $row]" \
            "   [who $code]：流失风险 $p，年收入 [money [dict get $row window_revenue]]；[reason $row]"][expr {[info exists health($code)] ? [say "; $health($code)" "；$health($code)"] : ""}]
        unset -nocomplain health($code)
    }
    foreach row $unhealthy {
        set code [dict get $row account]
        if {[info exists health($code)]} {puts "   [who $code][say ": " ：]$health($code)"}
    }
}
# A line a rule: how many offences, at which accounts, and the latest of them.
proc audit {} {
    global found
    part [say "What the audit finds" 审核发现]
    if {![llength $found]} {return [nothing]}
    set rules {file receivables exceptions thanks visits complaints post-mortems largest}
    set words {file 客户档案 receivables 应收账款 exceptions 例外 thanks 答谢 visits 拜访 complaints 投诉 post-mortems 复盘 largest 大客户}
    foreach rule $rules {
        set of [lmap row $found {if {[dict get $row rule] ne $rule} continue; set row}]
        if {![llength $of]} continue
        set accounts [lsort -unique [lmap row $of {dict get $row account}]]
        set latest [lindex [lsort -decreasing -command {apply {{a b} {string compare [cell $a date] [cell $b date]}}} $of] 0]
        puts "   [pad [say $rule [dict get $words $rule]] 12] [pad [say "[llength $of] at [count [llength $accounts] account accounts]" "[llength $accounts] 个客户 [llength $of] 次"] 18] [dict get $latest account][say ": " ：][dict get $latest why]"
    }
}
proc page {} {
    gather
    foreach section {head good_news first_things week month deals at_risk audit} {$section}
}

table each row [account list] {set known([dict get $row code]) $row}
set mine {}
table each row [coverage -view accounts -rep $me] {lappend mine [dict get $row account]}
foreach lang {en zh} {
    display set lang $lang
    page
    puts ""
}
