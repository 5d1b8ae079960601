# SPDX-License-Identifier: GPL-3.0-or-later
# What the last quarter brought with one account, beside the quarter before and the year before: purchases, what was agreed and
# done, service, what comes next. Made to be gone through with the customer; the internal edition adds deals, people and rivals.
template quarterly-review {
    summary    {en {Quarterly review with progress} zh 季度回顾与进展}
    parameters {
        account {kind account required 1 help {en {the account} zh 客户}}
        edition {kind enum values {internal customer} default internal help {en {the customer's drops deals, attitudes and rivals} zh 客户版不含商机、态度与对手}}
        since   {kind date help {en {first day of the period; default: three months before the as-of day} zh 起始日；默认截止日前三个月}}
    }
} {
    set code [dict get $p account]
    set asof [dict get $p asof]
    set since [expr {[dict exists $p since] ? [dict get $p since] : [days_before $asof 91]}]
    if {$since > $asof} {error [say "quarterly-review: -since $since is after the as-of day $asof" "quarterly-review：-since $since 晚于截止日 $asof"] {} {KAM USAGE {report run}}}
    set internal [expr {![customer? $p]}]
    set name [name_of account $code]
    set kind [say {Quarterly review} 季度回顾]
    begin $p $kind $name
    report title $name -kicker $kind -facts [list [say Period 期间] "$since – $asof" [say {As of} 截至] $asof]
    review_money $code $since $asof $internal
    set before [snapshot_before $code $since $asof]
    if {$before ne {} || $internal} {
        report heading 1 [say {Progress since the last review} 上次回顾以来的进展]
        changes_block $code $asof $before $internal
    }
    report heading 1 [say {Agreed and done} 约定与完成]
    review_actions $code $since $asof $internal
    report heading 1 [say {Service} 服务]
    review_service $code $since $asof
    if {$internal} {
        report heading 1 [say {Deals} 商机]
        review_deals $code $since $asof
        report heading 1 [say {People and rivals} 人员与对手]
        review_people $code $since $asof
    }
    report break -unless 58
    report heading 1 [say {The next quarter} 下一季度]
    report lines 4 -prompt [say {What we agree on: who, what, by when} 双方约定：谁、做什么、何时完成]
}
proc ::kam::template::review_money {code since asof internal} {
    set span [expr {([clock scan $asof -gmt 1 -format %Y-%m-%d] - [clock scan $since -gmt 1 -format %Y-%m-%d]) / 86400 + 1}]
    set before [days_before $since $span]
    set year [days_before $since 365]
    set year_end [days_before $asof 365]
    set table [::kam::sql {
        WITH line AS (SELECT COALESCE(p.category, '–') AS category, t.day * 86400 AS s, t.amount_minor AS v
                      FROM transactions t JOIN accounts a ON a.id = t.account_id LEFT JOIN products p ON p.id = t.product_id WHERE a.code = :code),
             sums AS (SELECT category, SUM(CASE WHEN s BETWEEN unixepoch(:since) AND unixepoch(:asof) THEN v ELSE 0 END) AS now_v,
                             SUM(CASE WHEN s >= unixepoch(:before) AND s < unixepoch(:since) THEN v ELSE 0 END) AS old_v,
                             SUM(CASE WHEN s BETWEEN unixepoch(:year) AND unixepoch(:year_end) THEN v ELSE 0 END) AS year_v
                      FROM line GROUP BY category)
        SELECT category, now_v AS now_minor, old_v AS before_minor, year_v AS year_minor, now_v * 1.0 / NULLIF(old_v, 0) - 1 AS change
        FROM sums WHERE now_v <> 0 OR old_v <> 0 OR year_v <> 0 ORDER BY now_v DESC, category
    }]
    set table [worded $table {}]
    if {[empty? $table]} {
        missing {Nothing was bought in these periods.} 这些期间没有购买。 "transaction add -account $code -date … -amount …" {{No purchase is on record for these periods.} 这些期间没有采购记录。}
        return
    }
    set tiles {}
    set now [sum $table now_minor]
    foreach {column en zh} {before_minor {the quarter before} 上一期 year_minor {the year before} 上年同期} {
        set old [sum $table $column]
        set change [expr {$old > 0 ? double($now) / $old - 1 : {}}]
        lappend tiles [list [say "Beside $en" "与${zh}相比"] [expr {$change eq {} ? "–" : "[string map {- −} [format %+.0f [expr {100 * $change}]]]\u00A0%"}] [say "from [short_money $old]" "原为 [short_money $old]"] \
            [expr {$change eq {} ? {none} : $change >= 0 ? {up} : {down}}]]
    }
    ::kam::report tiles [linsert $tiles 0 [list [expr {$internal ? [say {Revenue of the period} 本期收入] : [say {Purchases of the period} 本期采购额]}] [short_money $now] "$since – $asof"]]
    ::kam::report heading 1 [say Purchases 采购]
    ::kam::report bar [first_rows $table 8] -label category -values {now_minor before_minor year_minor} -format short \
        -series [list [say {this period} 本期] [say {the one before} 上一期] [say {a year ago} 上年同期]]
    ::kam::report table [worded $table {}] -totals [say Total 合计] -columns [list [list category -label [say Category 品类] -weight 1] \
        [list now_minor -label [say {This period} 本期] -decimals 0 -total] [list before_minor -label [say {The one before} 上一期] -decimals 0 -total] \
        [list year_minor -label [say {A year ago} 上年同期] -decimals 0 -total] [list change -label [say Change 变化] -format percent -decimals 0]]
}
proc ::kam::template::review_actions {code since asof internal} {
    set rows {}
    set done 0
    set late 0
    set goals {}
    set actions [in_tongue [actions_of $code $asof] $code what]
    if {!$internal} {set actions [agreed $actions $code $asof]}
    ::kam::table each row [objectives_of $code $asof] {
        if {!$internal && ![dict exists $row agreed_on]} continue
        lappend goals [dict create measure [tongue [dict get $row measure]] target [expr {[dict exists $row target] ? [tongue [dict get $row target]] : "–"}]]
    }
    ::kam::table each row $actions {
        set was_done [expr {[dict exists $row done_on] && [dict get $row done_on] <= $asof}]
        if {$was_done && [dict get $row done_on] < $since} continue
        if {[dict get $row status] eq "dropped"} continue
        set overdue [expr {!$was_done && [dict exists $row due] && [dict get $row due] < $asof}]
        incr done $was_done
        incr late $overdue
        set one [dict create what [tongue [dict get $row what]] tone [expr {$was_done ? {good} : $overdue ? {bad} : {warn}}] \
            state [expr {$was_done ? [say "done [dict get $row done_on]" "[dict get $row done_on] 完成"] : $overdue ? [say overdue 逾期] : [say open 进行中]}]]
        foreach key {due owner} {if {[dict exists $row $key]} {dict set one $key [dict get $row $key]}}
        lappend rows [spoken_row $one {what owner}]
    }
    if {[llength $goals]} {
        ::kam::report table [lrange $goals 0 39] -compact -columns [list [list measure -label [say Objective 目标] -weight 2] [list target -label [say Target 目标值] -weight 1]]
        if {[llength $goals] > 40} {::kam::report text [expr {$internal
            ? [say "The first 40 of [llength $goals] objectives. All of them: objective list." "仅列出 [llength $goals] 个目标中的前 40 个。全部见：objective list。"]
            : [say "The first 40 of [llength $goals] objectives." "仅列出 [llength $goals] 个目标中的前 40 个。"]}] -small}
    }
    if {![llength $rows]} {
        missing {No action was agreed or open in this period.} 本期没有约定或进行中的行动。 "action add -account $code -what … -due …" {{We agreed on no action for this period.} 本期双方没有约定行动。}
        return
    }
    set table [::kam::table make {what text due day owner text state text tone text} $rows]
    ::kam::report text [say "● $done done, ■ $late overdue, ▲ [expr {[llength $rows] - $done - $late}] open." "● 完成 $done 项，■ 逾期 $late 项，▲ 进行中 [expr {[llength $rows] - $done - $late}] 项。"]
    ::kam::report timeline [first_rows $table 30] -label what -due due -owner owner -tone tone -asof $asof
    ::kam::report table [first_rows $table 60] -compact -zebra -columns [list [list what -label [say Action 行动] -weight 2] [list due -label [say Due 期限]] \
        [list owner -label [say Owner 负责人]] [list state -label [say Status 状态]]]
    say_rest $table 60 "action list -where \"account = $code\""
}
proc ::kam::template::review_service {code since asof} {
    ::kam::report columns -weights {1.3 1} {review_contacts $code $since $asof} {review_surveys $code $asof}
}
proc ::kam::template::review_contacts {code since asof} {
    set met [::kam::interaction list -where "account = $code" -where "date >= $since" -where "date <= $asof"]
    set count {}
    set complaints 0
    ::kam::table each row $met {
        dict incr count [dict get $row kind]
        if {[dict get $row kind] eq "complaint"} {incr complaints}
    }
    if {![dict size $count]} {
        missing {No contact is recorded in this period.} 本期没有往来记录。 "interaction add -account $code …" {{No meeting or call is on record for this period.} 本期没有会面或通话记录。}
    } else {
        set rows {}
        dict for {key n} $count {lappend rows [dict create kind [word $key] n $n]}
        ::kam::report bar [lsort -index 3 -integer -decreasing $rows] -label kind -values n -series [list [say Contacts 往来次数]] -caption [say {Contacts in the period} 本期往来]
    }
}
proc ::kam::template::review_surveys {code asof} {
    set rows {}
    ::kam::table each row [::kam::survey list -where "account = $code" -sort date] {
        if {[dict get $row date] > $asof || ![dict exists $row expectation] || ![dict exists $row perceived]} continue
        lappend rows [dict create date [dict get $row date] expected [dict get $row expectation] got [dict get $row perceived] gap [expr {[dict get $row perceived] - [dict get $row expectation]}]]
    }
    if {[llength $rows]} {
        ::kam::report heading 3 [say {Satisfaction, 0–10} 满意度（0–10）]
        ::kam::report table [::kam::table make {date day expected real got real gap real} [lrange $rows end-3 end]] -compact -columns [list [list date -label [say Survey 调查] -weight 1] \
            [list expected -label [say Expected 期望] -decimals 1] [list got -label [say {As received} 感受] -decimals 1] [list gap -label [say Gap 差距] -format signed -decimals 1]]
    } else {
        missing {No survey was made.} 尚无满意度调查。 "survey add -account $code …" {{We would like to ask for your opinion; no survey is on record yet.} 尚无调查记录，期待征询您的意见。}
    }
}
proc ::kam::template::review_deals {code since asof} {
    set rows {}
    ::kam::table each row [::kam::opportunity list -where "account = $code"] {
        set opp [dict get $row code]
        set closed [expr {[dict exists $row closed_on] && [dict get $row closed_on] <= $asof}]
        if {$closed && [dict get $row closed_on] < $since} continue
        if {[dict exists $row opened_on] && [dict get $row opened_on] > $asof} continue
        set from {}
        set to {}
        ::kam::table each change [::kam::stage-change list -where "opportunity = $opp" -sort date] {
            if {[dict get $change date] < $since} {set from [dict get $change stage]}
            if {[dict get $change date] <= $asof} {set to [dict get $change stage]}
        }
        lappend rows [dict create code $opp name [tongue [expr {[dict exists $row name] ? [dict get $row name] : $opp}]] from [expr {$from eq {} ? [say new 新增] : [word $from]}] \
            to [expr {$closed ? [result_word [dict get $row result]] : [word [expr {$to eq {} ? {lead} : $to}]]}] \
            moved [expr {$closed ? [say closed 已了结] : $from ne $to ? [say moved 有变化] : $from eq {} ? [say new 新增] : [say {did not move} 未推进]}]]
    }
    if {![llength $rows]} {
        missing {No deal was open in this period.} 本期没有商机。 "opportunity add CODE -account $code -name …"
        return
    }
    set table [::kam::table make {code text name text from text to text moved text} $rows]
    ::kam::report table [first_rows $table 40] -compact -zebra -columns [list [list code -label [say Code 编码]] [list name -label [say Opportunity 商机] -weight 2] \
        [list from -label [say Before 期初]] [list to -label [say Now 期末] -bold] [list moved -label [say Progress 进展]]]
    say_rest $table 40 "opportunity list -where \"account = $code\""
}
proc ::kam::template::review_people {code since asof} {
    if {[empty? [people_table $code $asof]]} {
        missing {Nobody is known at this account.} 该客户尚无联系人。 "contact add CODE -account $code -name … -title …"
    } else {
        people_map $code $asof 1 {} 24 1
    }
    set seen [::kam::sighting list -where "account = $code" -where "date >= $since" -where "date <= $asof" -sort -date]
    listed [worded [first_rows $seen 40] {kind truth}] {No rival was seen in this period.} 本期未发现对手动态。 "sighting add -account $code -competitor … -date … -kind order|advert|rumour -what …" {} -compact -columns [list [list date -label [say Date 日期]] \
        [list competitor -label [say Competitor 对手]] [list what -label [say {What was seen} 内容] -weight 2] [list truth -label [say True? 真伪]]]
    say_rest $seen 40 "sighting list -where \"account = $code\""
}
