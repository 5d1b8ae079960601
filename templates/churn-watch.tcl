# SPDX-License-Identifier: GPL-3.0-or-later
# Who may be lost, why, what is at stake, and what to do by when. It works with whatever is known: with too few lost accounts for the
# model of churn-risk the probability of being alive ranks; with too few purchases for that, silence, complaints and contracts do.
# There is no customer's edition: nothing in it is for customers.
template churn-watch {
    summary    {en {Churn watch: who may be lost, and what to do (internal only)} zh {流失预警：谁可能流失，该做什么（仅供内部）}}
    parameters {
        rows       {kind int default 40 min 1 help {en {accounts listed at most} zh 列出客户数上限}}
        days       {kind int default 90 min 1 help {en {contracts that end or renew within so many days} zh 多少天内到期或续签的合同}}
        near       {kind int default 75 min 1 help {en {silent for this share of the days after which an account counts as lost, in percent} zh 未购买天数达到流失界限的百分比}}
        high-days  {kind int default 7 min 1  help {en {days to act on a high risk} zh 高风险须在几天内行动}}
        watch-days {kind int default 21 min 1 help {en {days to act on the others} zh 其余须在几天内行动}}
    }
} {
    set asof [dict get $p asof]
    set kind [say {Churn watch} 流失预警]
    begin $p $kind
    set w [watch_data $p]
    report title $kind -facts [list [say {As of} 截至] $asof [say Accounts 客户数] [dict get $w accounts] [say {Ranked by} 排序依据] [dict get $w method]]
    if {![dict get $w accounts]} {
        missing {There is no account yet, so none can be lost.} 尚无客户，也就谈不上流失。 "account add CODE -name …  ·  import account FILE"
        return
    }
    watch_tiles $w
    watch_method $w
    report heading 1 [say {Who may be lost} 谁可能流失]
    watch_who $w $p
    report heading 1 [say {What to do, by when} 何时做什么]
    watch_steps $w $p
    report heading 1 [say {Complaints that are open} 未结投诉]
    watch_complaints $w $p
    report heading 1 [say {Fallen silent} 沉默的客户]
    watch_silence $w $p
    report heading 1 [say {Contracts that end} 到期合同]
    watch_contracts $w $p
}
# Everything the sections share. who: code → dict of class, risk, reasons, steps …
proc ::kam::template::watch_data {p} {
    set asof [dict get $p asof]
    set w [dict create asof $asof refused {}]
    set life [asked ::kam::classify -by lifecycle -asof $asof]
    set ours [expr {[empty? $life] ? {} : [::kam::table where $life {$class ne "lost"}]}]
    dict set w accounts [expr {[empty? $life] ? 0 : [::kam::table rows $life]}]
    dict set w lost [expr {[empty? $life] ? 0 : [::kam::table rows $life] - [::kam::table rows $ours]}]
    try {
        set churn [::kam::churn-risk -asof $asof]
        dict set w method [say {risk of the model on lost accounts} 流失模型的风险]
        dict set w measures [asked ::kam::churn-risk -show measures -asof $asof]
    } trap {KAM CALC} {message} {
        dict set w refused $message
        set churn [asked ::kam::churn-risk -show alive -asof $asof]
        dict set w method [say {probability of being alive} 活跃概率]
    }
    if {[empty? $churn] || [empty? [::kam::table where $churn {!missing(class)}]]} {dict set w method [say {silence, complaints, contracts} 沉默、投诉与合同]}
    dict set w churn $churn
    dict set w silence [asked ::kam::silence -asof $asof]
    dict set w complaints [asked ::kam::complaints -open -asof $asof]
    dict set w contracts [watch_contract_rows $asof [dict get $p days]]
    dict set w owners [watch_owners $asof]
    return [watch_gather $w $p $ours]
}
proc ::kam::template::watch_owners {asof} {
    set owners {}
    set coverage [asked ::kam::coverage -view accounts -asof $asof]
    if {[empty? $coverage]} {return {}}
    ::kam::table each row [::kam::table where $coverage {!missing(owner)}] {dict set owners [dict get $row account] [called_one rep [dict get $row owner]]}
    return $owners
}
# Contracts that renew or end within the days ahead, or ended within as many days behind without another one going on.
proc ::kam::template::watch_contract_rows {asof days} {
    set ahead [days_after $asof $days]
    set behind [days_before $asof $days]
    return [::kam::sql {
        SELECT a.code AS account, c.code AS contract, c.renewal_day AS renewal_day, c.end_day AS end_day,
               CASE c.period WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 WHEN 'half-year' THEN 2 WHEN 'year' THEN 1 END * c.price_minor AS yearly_minor,
               c.end_day * 86400 < unixepoch(:asof) AS ended
        FROM contracts c JOIN accounts a ON a.id = c.account_id
        WHERE c.start_day * 86400 <= unixepoch(:asof)
          AND ((c.end_day IS NULL OR c.end_day * 86400 >= unixepoch(:asof)) AND MIN(COALESCE(c.renewal_day, c.end_day), COALESCE(c.end_day, c.renewal_day)) * 86400 <= unixepoch(:ahead)
               OR c.end_day * 86400 < unixepoch(:asof) AND c.end_day * 86400 >= unixepoch(:behind)
                  AND NOT EXISTS (SELECT 1 FROM contracts d WHERE d.account_id = c.account_id AND d.id <> c.id AND d.start_day * 86400 <= unixepoch(:ahead)
                                  AND (d.end_day IS NULL OR d.end_day > c.end_day)))
        ORDER BY COALESCE(c.renewal_day, c.end_day), c.code
    }]
}
# Notes on an account: a reason, and a step with its day; whose it is, where it is not that of the account's owner.
proc ::kam::template::watch_note {whoVar code class reason day step {whose {}}} {
    upvar 1 $whoVar who
    if {![dict exists $who $code]} {dict set who $code [dict create class $class reasons {} steps {} money 0]}
    if {$class eq "high"} {dict set who $code class high}
    dict with who $code {
        if {$reason ne {}} {lappend reasons $reason}
        if {$step ne {}} {lappend steps [list $day $step $whose]}
    }
}
# Of the reasons of the model those that speak for leaving, in words: what weighs how much stands in `why`.
proc ::kam::template::watch_why {why} {
    set kept {}
    set all {}
    foreach reason [split [string map {； ;} $why] {;}] {
        set reason [string trim $reason]
        set plain [regsub {\s*[(（][-+−][0-9.]+[)）]$} $reason {}]
        lappend all $plain
        if {![regexp {[(（][-−][0-9.]+[)）]$} $reason]} {lappend kept $plain}
    }
    return [join [expr {[llength $kept] ? $kept : $all}] [say {; } ；]]
}
proc ::kam::template::watch_gather {w p ours} {
    set asof [dict get $w asof]
    set soon [days_after $asof [dict get $p high-days]]
    set later [days_after $asof [dict get $p watch-days]]
    set who {}
    set facts {}
    set high 0
    set watch 0
    set risk_sum 0
    if {![empty? [dict get $w churn]]} {
        foreach class {high watch} {
            set rows [::kam::table where [dict get $w churn] [format {!missing(class) && $class eq "%s"} $class]]
            set $class [::kam::table rows $rows]
            set risk_sum [expr {$risk_sum + [sum $rows at_risk]}]
            ::kam::table each row [first_rows [::kam::table sort $rows -at_risk] 2000] {
                set code [dict get $row account]
                dict set facts $code $row
                watch_note who $code $class [watch_why [dict get $row why]] [expr {$class eq {high} ? $soon : $later}] \
                    [expr {$class eq {high} ? [say {see them: what has changed, what would keep them} 上门：有何变化，怎样才能留住] : [say {call them and fix the next order} 致电，落实下一次订货]}]
            }
        }
    }
    if {![empty? $ours]} {
        set near [dict get $p near]
        ::kam::table each row [first_rows [::kam::table sort [::kam::table where $ours [format {$lost_after > 0 && $silent_days * 100.0 >= %d * $lost_after} $near]] -window_revenue] 2000] {
            set code [dict get $row account]
            watch_note who $code watch [say "no purchase for [counted [dict get $row silent_days] day days]; counts as lost after [trim_number [dict get $row lost_after]]" \
                "[dict get $row silent_days] 天未购买，[trim_number [dict get $row lost_after]] 天即算流失"] [expr {[dict exists $facts $code] ? {} : $later}] \
                [expr {[dict exists $facts $code] ? {} : [say {ask why they stopped buying} 询问停购原因]}]
        }
    }
    watch_gather_silence $w who $later
    watch_gather_complaints $w who
    watch_gather_contracts $w who
    foreach {key value} [list who $who facts $facts high $high watch $watch at_risk $risk_sum life [watch_life $ours $who]] {dict set w $key $value}
    return $w
}
# What the life cycle says of those on the list: code → row.
proc ::kam::template::watch_life {ours who} {
    set life {}
    if {[empty? $ours]} {return {}}
    ::kam::table each row $ours {if {[dict exists $who [dict get $row account]]} {dict set life [dict get $row account] $row}}
    return $life
}
proc ::kam::template::watch_gather_silence {w whoVar later} {
    upvar 1 $whoVar who
    if {[empty? [dict get $w silence]]} return
    ::kam::table each row [::kam::table where [dict get $w silence] {$class in {"alarm" "warning"}}] {
        watch_note who [dict get $row account] watch [say "used to complain, silent for [counted [dict get $row silent_days] day days]" "过去会投诉，已沉默 [dict get $row silent_days] 天"] \
            $later [say {ask for their opinion: a survey or a visit} 主动征求意见：调查或拜访]
    }
}
proc ::kam::template::watch_clock {key} {
    return [switch $key {
        progress {say {progress call} 进度通报} written {say {written result} 书面答复} visit {say {visit} 登门回访} filed {say {file the lesson} 归档教训} default {say {close it} 了结}
    }]
}
# One reason an account, however many it has: rows are by urgency, and its most urgent clock is the step.
proc ::kam::template::watch_gather_complaints {w whoVar} {
    upvar 1 $whoVar who
    if {[empty? [dict get $w complaints]]} return
    set first {}
    ::kam::table each row [dict get $w complaints] {
        set code [dict get $row account]
        dict incr count $code
        dict set oldest $code [expr {max([dict exists $first $code] ? [dict get $oldest $code] : 0, [dict get $row age_days])}]
        if {![dict exists $first $code]} {dict set first $code $row}
    }
    dict for {code row} $first {
        set n [dict get $count $code]
        set age [dict get $oldest $code]
        set topic [expr {[dict exists $row topic] ? [say ": [short [tongue [dict get $row topic]] 50]" "：[short [tongue [dict get $row topic]] 50]"] : {}}]
        set reason [expr {$n > 1 ? [say "$n complaints open, the oldest for [counted $age day days]" "$n 件投诉未结，最久 $age 天"]
            : $age == 0 ? [say "complaint of the day$topic" "当日投诉$topic"] : [say "complaint open for [counted $age day days]$topic" "投诉未结 $age 天$topic"]}]
        set next [watch_clock [expr {[dict exists $row next] ? [dict get $row next] : {}}]]
        watch_note who $code watch $reason [expr {[dict exists $row due] ? [dict get $row due] : [dict get $w asof]}] \
            [say "[expr {$n == 1 ? {complaint} : {most urgent complaint}}]$topic – $next" "[expr {$n == 1 ? {投诉} : {最急的投诉}}]$topic，$next"] [expr {[dict exists $row owner] ? [called_one rep [dict get $row owner]] : {}}]
    }
}
proc ::kam::template::watch_gather_contracts {w whoVar} {
    upvar 1 $whoVar who
    ::kam::table each row [dict get $w contracts] {
        set code [dict get $row contract]
        if {[dict get $row ended]} {
            watch_note who [dict get $row account] watch [say "contract $code ended on [dict get $row end_day], nothing followed" "合同 $code 已于 [dict get $row end_day] 到期，未续"] \
                [dict get $w asof] [say "offer a new contract for $code" "就合同 $code 提出续约方案"]
            continue
        }
        set day [expr {[dict exists $row renewal_day] ? [dict get $row renewal_day] : [dict get $row end_day]}]
        watch_note who [dict get $row account] watch [expr {$day < [dict get $w asof] ? [say "renewal of contract $code was due on $day" "合同 $code 应于 $day 续签，已过期"]
            : [say "contract $code is up for renewal on $day" "合同 $code 将于 $day 续签"]}] $day [say "settle the renewal of $code" "谈妥合同 $code 的续签"]
    }
}
proc ::kam::template::watch_tiles {w} {
    set open [expr {[empty? [dict get $w complaints]] ? 0 : [::kam::table rows [dict get $w complaints]]}]
    set late [expr {$open ? [::kam::table rows [::kam::table where [dict get $w complaints] {$class eq "overdue"}]] : 0}]
    set contracts [::kam::table rows [dict get $w contracts]]
    ::kam::report tiles [list \
        [list [say {High risk} 高风险] [dict get $w high] [say "[dict get $w watch] to watch" "另 [dict get $w watch] 家需关注"] [expr {[dict get $w high] ? {bad} : {good}}]] \
        [list [say {Revenue at risk} 风险金额] [short_money [dict get $w at_risk]] [say {risk × revenue} {风险 × 收入}]] \
        [list [say {Open complaints} 未结投诉] $open [say "$late overdue" "$late 件逾期"] [expr {$late ? {bad} : $open ? {warn} : {good}}]] \
        [list [say {Contracts due} 待谈合同] $contracts {} [expr {$contracts ? {warn} : {good}}]] \
        [list [say {Lost already} 已流失] [dict get $w lost] [say {not listed here} 不在此列]]]
}
# On what the ranking rests, and how far it can be trusted.
proc ::kam::template::watch_method {w} {
    if {[dict get $w refused] ne {}} {
        set churn [dict get $w churn]
        set instead [expr {![empty? $churn] && ![empty? [::kam::table where $churn {!missing(class)}]]
            ? [say {The accounts are ranked by P(alive) of the model of purchases instead, which needs no losses: risk here is 1 − P(alive).} {因此改按购买模型的活跃概率排序，它不需要流失样本：此处风险为 1 − 活跃概率。}]
            : [say {There are too few purchases for P(alive), too: silence, complaints and contracts make the list.} 购买也太少，活跃概率亦无法估计：名单依沉默、投诉与合同而定。]}]
        regsub {[;；][^;；]*-show alive$} [dict get $w refused] [say . 。] refused
        ::kam::report note "$refused\n$instead" -kind info -title [say {Why no model of churn} 为何没有流失模型]
        return
    }
    set measures [dict get $w measures]
    if {[empty? $measures]} return
    set said {}
    ::kam::table each row $measures {
        if {[dict get $row measure] ni {auc brier} || ![dict exists $row value]} continue
        set range [expr {[dict exists $row low] && [dict exists $row high] ? " ([trim_number [dict get $row low]] – [trim_number [dict get $row high]])" : {}}]
        lappend said [expr {[dict get $row measure] eq "auc"
            ? [say "of one account that left and one that stayed, the model ranks the one that left first in [percent [dict get $row value]] of the pairs (AUC [trim_number [dict get $row value]]$range)" \
                "一个流失客户与一个留存客户相比，模型在 [percent [dict get $row value]] 的情形下把流失者排在前面（AUC [trim_number [dict get $row value]]$range）"]
            : [say "mean squared error of the risk [trim_number [dict get $row value]]$range (Brier)" "风险的均方误差 [trim_number [dict get $row value]]$range（Brier）"]}]
    }
    if {[llength $said]} {::kam::report text "[say {Checked on accounts held out: } {以留出客户检验：}][join $said [say {; } ；]][say . 。]" -small}
}
proc ::kam::template::watch_risk {row} {
    foreach {key sign} {risk 1 p_alive -1} {
        if {[dict exists $row $key]} {return [expr {$sign > 0 ? [dict get $row risk] : 1 - [dict get $row p_alive]}]}
    }
    return {}
}
# Codes of the list: high first, then by what is at risk, then by revenue, then by code.
proc ::kam::template::watch_order {w} {
    set keyed {}
    dict for {code one} [dict get $w who] {
        set row [expr {[dict exists $w facts $code] ? [dict get $w facts $code] : {}}]
        set life [expr {[dict exists $w life $code] ? [dict get $w life $code] : {}}]
        set at [expr {[dict exists $row at_risk] ? [dict get $row at_risk] : 0}]
        set revenue [expr {[dict exists $life window_revenue] ? [dict get $life window_revenue] : 0}]
        lappend keyed [list $code [expr {[dict get $one class] ne "high"}] [expr {-$at}] [expr {-$revenue}]]
    }
    return [lmap k [lsort -integer -index 1 [lsort -real -index 2 [lsort -real -index 3 [lsort -index 0 $keyed]]]] {lindex $k 0}]
}
proc ::kam::template::watch_name {row} {return [name_of account [dict get $row account]]}
# An account may have sixty contracts that end; its row names the first.
proc ::kam::template::first_reasons {reasons most} {
    set rest [expr {[llength $reasons] - $most}]
    if {$rest < 2} {return $reasons}
    return [concat [lrange $reasons 0 $most-1] [list [say "… and $rest more" "……另有 $rest 项"]]]
}
proc ::kam::template::watch_who {w p} {
    set order [watch_order $w]
    if {![llength $order]} {
        ::kam::report text [say {Nobody stands out: nobody is at high risk or to be watched, no complaint is open, no contract ends.} 没有需要关注的客户：无高风险或需关注者，无未结投诉，无到期合同。]
        return
    }
    set rows {}
    foreach code $order {
        set one [dict get $w who $code]
        set row [expr {[dict exists $w facts $code] ? [dict get $w facts $code] : {}}]
        set life [expr {[dict exists $w life $code] ? [dict get $w life $code] : {}}]
        set out [dict create account $code name [expr {[llength $rows] < max(25, [dict get $p rows]) ? [watch_name [list account $code]] : $code}] group [expr {[dict get $one class] eq {high} ? [say high 高] : [say watch 关注]}] class [expr {[dict get $one class] eq {high} ? [say {▲ high} {▲ 高}] : [say watch 关注]}] \
            why [join [first_reasons [dict get $one reasons] 4] \n]]
        if {[set risk [watch_risk $row]] ne {}} {dict set out risk $risk}
        foreach key {silent_days window_revenue} {if {[dict exists $life $key]} {dict set out $key [dict get $life $key]}}
        if {[dict exists $row at_risk]} {dict set out at_risk [dict get $row at_risk]}
        if {[dict exists $w owners $code]} {dict set out owner [dict get $w owners $code]}
        lappend rows $out
    }
    set table [::kam::table make {account text name text group text class text owner text risk real silent_days int window_revenue money at_risk money why text} $rows]
    set drawn [first_rows [::kam::table where $table {!missing(risk) && !missing(window_revenue)}] 25]
    if {[::kam::table rows $drawn] >= 3} {
        set top 0
        ::kam::table each row $drawn {set top [expr {max($top, double([dict get $row window_revenue]))}]}
        set top [expr {$top > 0 ? 1.1 * $top : 1}]
        ::kam::report quadrant $drawn -x risk -y window_revenue -label name -group group -height [expr {45 + 1.6 * [::kam::table rows $drawn]}] -range [list 0 1 0 $top] -split [list [::kam::setting get churn-high] [expr {$top / 2}]] -x-format percent -y-format short -x-label [say Risk 风险] -y-label [in_window Revenue 收入] \
            -caption [say {Right and high up: much to lose, and soon} 越靠右上：越可能流失，损失越大]
    }
    ::kam::report table [spoken [first_rows $table [dict get $p rows]] why] -compact -zebra -columns [list [list name -label [say Account 客户] -weight 1.2 -bold -lines 3] [list class -label [say Class 级别]] \
        [list owner -label [say Owner 负责人]] [list risk -label [say Risk 风险] -format percent] [list silent_days -label [say {Silent, days} 未购买天数]] \
        [list window_revenue -label [in_window Revenue 收入] -format short] [list at_risk -label [say {At risk} 风险额] -format short] [list why -label [say Why 原因] -weight 2]]
    say_rest $table [dict get $p rows] [expr {[dict get $w refused] eq {} ? {churn-risk} : {churn-risk -show alive}}]
}
proc ::kam::template::watch_steps {w p} {
    set rows {}
    foreach code [lrange [watch_order $w] 0 [dict get $p rows]-1] { ;# those listed above
        foreach step [dict get $w who $code steps] {
            lassign $step day words whose
            set late [expr {$day < [dict get $w asof]}]
            set out [dict create by $day name [watch_name [list account $code]] step $words state [expr {$late ? [say overdue 逾期] : {}}] tone [expr {$late ? {bad} : {none}}]]
            if {$whose ne {}} {dict set out owner $whose} elseif {[dict exists $w owners $code]} {dict set out owner [dict get $w owners $code]}
            lappend rows $out
        }
    }
    if {![llength $rows]} {
        ::kam::report text [say {Nothing has to be done.} 没有要做的事。]
        return
    }
    set table [::kam::table sort [::kam::table make {by day name text owner text step text state text tone text} $rows] by]
    ::kam::report table $table -compact -zebra -columns [list [list by -label [say {By when} 期限]] [list state -label {} -tone tone] [list name -label [say Account 客户] -weight 1.2 -lines 1] \
        [list owner -label [say Owner 负责人]] [list step -label [say {What to do} 做什么] -weight 1.6]]
    ::kam::report text [say {Make a step an action with: action add -account CODE -what … -due DATE -owner REP} {转为行动：action add -account 客户 -what … -due 日期 -owner 客户经理}] -small
}
proc ::kam::template::watch_complaints {w p} {
    set table [dict get $w complaints]
    if {[empty? $table]} {
        ::kam::report text [say {No complaint is open.} 没有未结的投诉。]
        return
    }
    set table [mapped [mapped [first_rows $table [dict get $p rows]] name watch_name] next [list apply {{row} {::kam::template::watch_clock [expr {[dict exists $row next] ? [dict get $row next] : {}}]}}]]
    set table [mapped $table topic [list apply {{row} {expr {[dict exists $row topic] ? [::kam::template::tongue [dict get $row topic]] : {}}}}]]
    ::kam::report table [worded $table {class}] -compact -columns [list [list name -label [say Account 客户] -weight 1 -lines 2] [list date -label [say {Complaint on} 投诉日期]] \
        [list topic -label [say Topic 内容] -weight 1 -lines 2] [list owner -label [say Owner 负责人]] [list age_days -label [say {Days open} 天数]] [list next -label [say {Next clock} 下一时限]] \
        [list due -label [say Due 期限]] [list class -label [say State 状态]]]
    say_rest [dict get $w complaints] [dict get $p rows] {complaints -open}
}
proc ::kam::template::watch_silence {w p} {
    set table [dict get $w silence]
    set table [expr {[empty? $table] ? {} : [::kam::table where $table {$class in {"alarm" "warning"}}]}]
    if {[empty? $table]} {
        ::kam::report text [say {Nobody who used to complain has fallen silent.} 没有“过去会投诉、如今沉默”的客户。]
        return
    }
    set all $table
    set table [mapped [mapped [first_rows $table [dict get $p rows]] name watch_name] class [list apply {{row} {
        expr {[dict get $row class] eq {alarm} ? [::kam::template::say {▲ alarm} {▲ 警报}] : [::kam::template::say warning 警告]}
    }}]]
    ::kam::report table $table -compact -columns [list [list name -label [say Account 客户] -weight 1 -lines 2] [list class -label [say Class 级别]] \
        [list silent_days -label [say {Days silent} 沉默天数]] [list complaints -label [say {Complaints before} 此前投诉]] [list order_ratio -label [say {Orders ÷ before} 订货环比] -format percent] \
        [list last_gap -label [say {Last survey's gap} 最近调查差距] -format signed -decimals 1]]
    say_rest $all [dict get $p rows] silence
}
proc ::kam::template::watch_contracts {w p} {
    set table [dict get $w contracts]
    if {[empty? $table]} {
        ::kam::report text [say "No contract ends or is up for renewal within [counted [dict get $p days] day days]." "[dict get $p days] 天内没有合同到期或续签。"]
        return
    }
    set table [mapped [mapped [first_rows $table [dict get $p rows]] name watch_name] state [list apply {{asof row} {
        expr {[dict get $row ended] ? [::kam::template::say {▲ ended, nothing followed} {▲ 已到期未续}]
            : [dict exists $row renewal_day] && [dict get $row renewal_day] < $asof ? [::kam::template::say {▲ renewal day passed} {▲ 续签日已过}] : [::kam::template::say {to settle} 待谈]}
    }} [dict get $w asof]]]
    ::kam::report table $table -compact -columns [list [list name -label [say Account 客户] -weight 2 -lines 1] [list contract -label [say Contract 合同]] \
        [list renewal_day -label [say {Renewal on} 续签日]] [list end_day -label [say Ends 到期]] [list yearly_minor -label [say {A year} 每年金额] -decimals 0] [list state -label [say State 状态] -weight 1]]
    say_rest [dict get $w contracts] [dict get $p rows] {contract list}
}
