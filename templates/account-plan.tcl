# SPDX-License-Identifier: GPL-3.0-or-later
# The account plan: one page a reader takes in within five minutes, then the sections behind it. Everything is read from the
# open database as of one day; a section without data says what is missing and how to enter it.
template account-plan {
    summary    {en {Key account plan} zh 大客户计划}
    parameters {
        account {kind account required 1 help {en {the account} zh 客户}}
        edition {kind enum values {internal customer} default internal help {en {the customer's drops attitudes, politics, worth and rivals} zh 客户版不含态度、内部关系、价值与对手}}
        rows    {kind int default 30 min 1 help {en {rows of a table at most} zh 每张表的行数上限}}
        contents {kind enum values {auto yes no} default auto help {en {list of contents; auto: beyond eight pages} zh 目录；auto：超过八页时列出}}
    }
} {
    set code [dict get $p account]
    set internal [expr {![customer? $p]}]
    set d [plan_data $code [dict get $p asof]]
    dict set d internal $internal
    dict set d most [dict get $p rows]
    if {!$internal} {
        # the customer reads what was agreed with him, and what serves it
        dict set d actions [agreed [dict get $d actions] $code [dict get $p asof]]
        dict set d objectives [table where [dict get $d objectives] {!missing(agreed_on)}]
    }
    set name [plan_name $d]
    dict set p theme [theme_with [dict get $p theme] {margin-top 18 margin-bottom 17 para-gap 4}]
    begin $p [plan_kind $d] $name
    plan_summary $d $p
    report break -unless [expr {$internal ? 80 : 70}] ;# the summary is a page by itself, where it fills one
    contents_block $p
    plan_profile $d
    plan_environment $d
    plan_purchases $d
    plan_people $d
    if {$internal} {
        plan_whitespace $d
        plan_worth $d
        plan_opportunities $d
    }
    plan_actions $d
    responsible_block [dict get $d objectives] [dict get $d actions] [plan_assessed $d sponsor]
    if {$internal} {
        rhythm_block $code [dict get $d asof]
        plan_competition $d
    }
    plan_changes $d
    plan_appendix $d $p
}

# --- data ---------------------------------------------------------------------------------------------------------
namespace eval ::kam::template {namespace path ::kam}


# Everything the sections share, read once.
proc ::kam::template::plan_data {code asof} {
    set d [dict create code $code asof $asof]
    dict set d account [::kam::account show $code]
    dict set d yield [::kam::classify -by yield -account $code -asof $asof]
    dict set d lifecycle [::kam::classify -by lifecycle -account $code -asof $asof]
    dict set d ladder [::kam::classify -by ladder -account $code -asof $asof]
    dict set d pyramid [::kam::classify -by pyramid -account $code -asof $asof]
    dict set d rfm [::kam::classify -by rfm -account $code -asof $asof]
    dict set d people [people_named [::kam::stakeholder-map $code -asof $asof] $code]
    dict set d circle [asked ::kam::stakeholder-map $code -view circle -asof $asof]
    dict set d flags [people_named [::kam::stakeholder-map $code -view flags -asof $asof] $code]
    dict set d deals [::kam::table sort [::kam::funnel -show opportunities -account $code -asof $asof] -weighted]
    dict set d funnel [::kam::funnel -account $code -asof $asof]
    dict set d value {}
    catch {dict set d value [::kam::lifetime-value -account $code -horizon 12 -asof $asof]}
    dict set d actions [in_tongue [worded [actions_of $code $asof] {}] $code what] ;# an action for a red flag names somebody
    dict set d risks [worded [risks_of $code $asof] {}]
    dict set d objectives [worded [objectives_of $code $asof] {}]
    dict set d surveys [plan_rows survey $code date]
    dict set d texts [::kam::plan-text list -where "account = $code" -where "date <= $asof" -sort date]
    return $d
}
# Records of one account, as a table.
proc ::kam::template::plan_rows {entity code args} {
    set sort {}
    if {[llength $args]} {set sort [list -sort [lindex $args 0]]}
    return [worded [::kam::$entity list -where "account = $code" {*}$sort] {}]
}
proc ::kam::template::plan_name {d} {
    set name [cell [dict get $d account] name]
    set english [cell [dict get $d account] name_en]
    return [expr {[say en zh] eq "en" && $english ne {} ? $english : $name}]
}
# The latest plan text of a section on or before the day, for the customer the latest that is marked for him; "" when there is none.
proc ::kam::template::plan_text {d section} {
    set found {}
    ::kam::table each row [dict get $d texts] {
        if {[dict get $row section] ne $section} continue
        if {![dict get $d internal] && (![dict exists $row audience] || [dict get $row audience] ne "customer")} continue
        set found [dict get $row text]
    }
    return [tongue $found]
}
# Text of a section, or a line that says it is missing.
proc ::kam::template::plan_say {d section missing_en missing_zh {theirs {}}} {
    set text [plan_text $d $section]
    if {$text ne {}} {
        ::kam::report text $text
    } else {
        missing $missing_en $missing_zh "plan-text add [dict get $d code] $section DATE -text …" $theirs
    }
}
proc ::kam::template::plan_kind {d} {return [plan_none $d {Key account plan} 大客户计划 {Account plan} 合作计划]}
# Words for us, or for the customer.
proc ::kam::template::plan_none {d en zh theirs_en theirs_zh} {
    return [expr {[dict get $d internal] ? [say $en $zh] : [say $theirs_en $theirs_zh]}]
}
# The latest value of what is assessed of the account itself: owner, sponsor; "" when unknown.
proc ::kam::template::plan_assessed {d attribute} {
    set found {}
    ::kam::table each row [::kam::assessment list -where "subject_kind = account" -where "subject = [dict get $d code]" -where "attribute = $attribute" -where "date <= [dict get $d asof]" -sort date] {
        set found [dict get $row value]
    }
    return [called_one rep $found]
}

# --- page 1 -------------------------------------------------------------------------------------------------------
proc ::kam::template::plan_summary {d p} {
    set account [dict get $d account]
    set english [cell $account name_en]
    set since [cell $account known_since]
    set other [expr {$english eq {} ? {} : [say [cell $account name] $english]}]
    set facts [list [say {As of} 截至] "[dict get $d asof][expr {[dict get $d internal] ? " · [dict get $d code]" : {}}]" {*}[expr {$since eq {} || $since > [dict get $d asof] ? {} : [list [plan_none $d {Known since} 相识 {In touch since} 往来始于] $since]}]]
    set trade [join [lmap field {industry region} {if {[cell $account $field] eq {}} continue; tongue [cell $account $field]}] { · }]
    if {$trade ne {}} {lappend facts [say Industry 行业] [short $trade 60]}
    foreach {attribute en zh en_theirs zh_theirs} {owner Owner 负责人 {Your contact} 我方联系人 sponsor Sponsor 高层关怀 {Executive contact} 我方高层联系人} {
        set who [plan_assessed $d $attribute]
        if {$who ne {}} {lappend facts [plan_none $d $en $zh $en_theirs $zh_theirs] [short $who 40]}
    }
    set team [team_of [dict get $d code] [dict get $d asof] [dict get $d actions] [list [plan_assessed $d owner] [plan_assessed $d sponsor]]]
    if {[llength $team]} {lappend facts [say Team 团队] [join [lrange $team 0 2] [say {, } 、]][expr {[llength $team] > 3 ? " +[expr {[llength $team] - 3}]" : {}}]}
    if {[dict get $d internal] && [set reviewed [plan_reviewed $d]] ne {}} {lappend facts [say {Last review} 最近回顾] $reviewed}
    set classes [lmap m {pyramid lifecycle ladder} {if {[cell [dict get $d $m] class] eq {}} continue; word [cell [dict get $d $m] class]}]
    if {[dict get $d internal] && [llength $classes]} {lappend facts [say Class 类别] [join $classes { · }]}
    ::kam::report title [plan_name $d] -kicker [plan_kind $d] -subtitle [short $other 84] -facts $facts
    if {[dict get $d internal] && $since > [dict get $d asof]} {
        ::kam::report note [say "On [dict get $d asof] this account was not known yet: we know it since $since, so there is little to show." "[dict get $d asof] 时尚不认识该客户（$since 起相识），可示内容很少。"] -kind info
    }
    ::kam::report tiles [plan_tiles $d]
    if {[dict get $d internal]} {
        ::kam::report heading 3 [say Strategy 策略]
        set strategy [plan_text $d strategy]
        if {$strategy eq {}} {
            plan_say $d strategy {No strategy is written for this account.} 尚未为该客户写下策略。
        } else {
            ::kam::report text [short $strategy 220]
        }
        set review [plan_text $d review]
        if {$review ne {}} {::kam::report text "**[say {Since the last review:} 上次回顾以来：]**[say { } {}][marks_off [short $review 150]]" -marks}
        ::kam::report columns -weights {1.15 1} {plan_top_objectives $d} {plan_top_people $d}
    } else {
        plan_top_objectives $d
    }
    ::kam::report heading 3 [say {Next actions} 下一步行动]
    plan_next_actions $d
    if {[dict get $d internal]} {
        ::kam::report columns -weights {1.6 1} {plan_top_risks $d} {plan_news $d}
    }
}
# The day of the latest text of a review.
proc ::kam::template::plan_reviewed {d} {
    set day {}
    ::kam::table each row [dict get $d texts] {if {[dict get $row section] eq "review"} {set day [dict get $row date]}}
    return $day
}
proc ::kam::template::plan_tiles {d} {
    set revenue [cell [dict get $d yield] window_revenue]
    set recent [cell [dict get $d lifecycle] recent_revenue]
    set prior [cell [dict get $d lifecycle] prior_revenue]
    set tiles {}
    set delta {}
    set tone none
    if {$recent ne {} && $prior ne {} && $prior > 0} {
        set change [expr {double($recent) / $prior - 1}]
        set delta "[string map {- −} [format %+.0f [expr {100 * $change}]]]\u00A0% [plan_trend]"
        set tone [expr {$change >= 0 ? "up" : "down"}]
    }
    lappend tiles [list [plan_bought_in $d] [short_money $revenue] $delta $tone]
    if {![dict get $d internal]} {
        if {[set last [plan_last_survey $d]] ne {}} {
            lappend tiles [list [say {Your last rating} 贵方最近评价] [trim_number [dict get $last perceived]] [say "of 10, [dict get $last date]" "满分 10，[dict get $last date]"]]
        }
        lappend tiles [list [say {Open actions} 进行中行动] [::kam::table rows [::kam::table where [dict get $d actions] {$status eq "open"}]]]
        return $tiles
    }
    set open [::kam::table rows [dict get $d deals]]
    lappend tiles [list [say {Weighted pipeline} 加权商机] [short_money [known_sum [dict get $d deals] weighted]] [say [counted $open {open deal} {open deals}] "$open 笔进行中"]]
    set value [dict get $d value]
    if {$value ne {} && [cell $value future_value] ne {}} {
        lappend tiles [list [say {Future value, 12 months} 未来12个月价值] [short_money [cell $value future_value]] \
            "[short_money [cell $value future_low]] – [short_money [cell $value future_high]]"]
    }
    lappend tiles [list [say {Share of wallet} 客户份额] [percent [cell [dict get $d ladder] wallet_share]] [plan_spend $d]]
    set last [plan_last_survey $d]
    if {$last ne {}} {
        set gap [expr {[dict get $last perceived] - [dict get $last expectation]}]
        lappend tiles [list [say {Satisfaction gap} 满意度差距] [signed $gap] [say "survey of [dict get $last date]" "[dict get $last date] 调查"] [expr {$gap >= 0 ? {good} : {bad}}]]
    }
    set flags [::kam::table rows [dict get $d flags]]
    set on {}
    foreach {column one many zh} {name person people {%d 人} opportunity deal deals {%d 笔商机}} {
        set n [::kam::table rows [::kam::table group [::kam::table where [dict get $d flags] "!missing($column)"] $column]]
        if {$n} {lappend on [say [counted $n $one $many] [format $zh $n]]}
    }
    lappend tiles [list [say {Red flags} 雷区] $flags [join $on [say {, } 、]] [expr {$flags == 0 ? {good} : $flags > 5 ? {bad} : {warn}}]]
    return $tiles
}
# What we earn is what he buys.
proc ::kam::template::plan_trend {} {
    set days [::kam::setting get lifecycle-trend-days]
    return [expr {$days in {180 181 182 183} ? [say {half-year on half-year} 半年环比] : [say "$days days on those before" "${days}天环比"]}]
}
proc ::kam::template::plan_bought {d} {return [plan_none $d Revenue 收入 Purchases 采购额]}
proc ::kam::template::plan_bought_in {d} {return [in_window [plan_none $d Revenue Revenue Purchases Purchases] [plan_none $d 收入 收入 采购额 采购额]]}
# What it spends in our category, of which the share of wallet is a share.
proc ::kam::template::plan_spend {d} {
    set spend [cell [dict get $d account] annual_spend]
    return [expr {$spend eq {} ? {} : [say "of [short_money $spend] a year" "年支出 [short_money $spend]"]}]
}
proc ::kam::template::plan_last_survey {d} {
    set last {}
    ::kam::table each row [dict get $d surveys] {
        if {[dict get $row date] <= [dict get $d asof] && [dict exists $row perceived] && [dict exists $row expectation]} {set last $row}
    }
    return $last
}
# The first page holds what has to be known; everything is cut to a line or two there and stands in full in its section.
proc ::kam::template::plan_top_objectives {d} {
    ::kam::report heading 3 [say Objectives 目标]
    set rows {}
    ::kam::table each row [first_rows [dict get $d objectives] 3] {
        lappend rows [dict create what [dict get $row measure] target [expr {[dict exists $row target] ? [dict get $row target] : "–"}]]
    }
    if {![llength $rows]} {
        ::kam::report text [plan_none $d {No objective is recorded.} 尚未记录目标。 {No objective is agreed with you yet.} 尚未与贵公司商定目标。]
        return
    }
    ::kam::report table $rows -compact -columns [list [list what -label [say Objective 目标] -weight 2 -lines 2] [list target -label [say Target 目标值] -align left -lines 2]]
}
# Those with most influence: who they are, how they stand to us, when we met.
proc ::kam::template::plan_top_people {d} {
    set seats [dict get $d circle]
    set filled [expr {[empty? $seats] ? 0 : [::kam::table rows [::kam::table where $seats {$filled}]]}]
    ::kam::report heading 3 "[say {Key people} 关键人物][expr {[empty? $seats] ? {} : [say " – winning circle: $filled of [::kam::table rows $seats]" "（成功圈 $filled / [::kam::table rows $seats]）"]}]"
    set rows {}
    ::kam::table each row [first_rows [::kam::table sort [dict get $d people] -influence] 4] {
        set view [expr {[dict exists $row attitude] ? [dict get $row attitude] : {}}]
        lappend rows [dict create who [dict get $row name] role "[expr {[dict exists $row buying_role] ? [short [join [lmap key [split [dict get $row buying_role] {,; }] {if {$key eq {}} continue; word $key}] [say {, } 、]] 20] : [dict exists $row title] ? [short [tongue [dict get $row title]] 20] : {–}}]" \
            {*}[expr {$view eq {} ? {} : [list attitude $view]}] tone [expr {$view eq {} ? {unknown} : $view > 0 ? {good} : $view < 0 ? {bad} : {warn}}] \
            met [expr {[dict exists $row last_met] ? [dict get $row last_met] : [say never 从未]}]]
    }
    if {![llength $rows]} {
        ::kam::report text [say {Nobody is known.} 尚无联系人。]
        return
    }
    ::kam::report table [::kam::table make {who text role text attitude real tone text met text} $rows] -compact -columns [list [list who -label [say Who 人员] -weight 1.2 -lines 1] [list role -label [say Role 角色] -weight 1 -lines 1] \
        [list attitude -label [say {To us} 态度] -format signed -decimals 0 -tone tone] [list met -label [say {Last met} 最近会面]]]
}
proc ::kam::template::plan_next_actions {d} {
    set rows {}
    set open 0
    ::kam::table each row [dict get $d actions] {
        if {[dict get $row status] ne "open"} continue
        if {[incr open] > 5} continue
        set late [expr {[dict exists $row due] && [dict get $row due] < [dict get $d asof]}]
        lappend rows [dict create due [expr {[dict exists $row due] ? [dict get $row due] : [say {no date} 无期限]}] tone [expr {$late ? {bad} : {none}}] \
            what [dict get $row what] owner [short [plan_rep $d $row] 20]]
    }
    if {![llength $rows]} {
        ::kam::report text [plan_none $d {No open action.} 没有未完成的行动。 {No action is open at the moment.} 目前没有进行中的行动。]
        return
    }
    ::kam::report table $rows -compact -columns [list [list due -label [say Due 期限] -tone tone] [list what -label [say "Action (■ overdue)[expr {$open > 5 ? " – the first 5 of $open" : {}}]" "行动（■ 逾期）[expr {$open > 5 ? "，$open 项中的前 5 项" : {}}]"] -weight 1 -lines 1] \
        [list owner -label [say Owner 负责人] -lines 1]]
}
proc ::kam::template::plan_rep {d row} {
    if {![dict exists $row owner]} {return –}
    return [called_one rep [dict get $row owner]]
}
proc ::kam::template::plan_top_risks {d} {
    ::kam::report heading 3 [say {Top risks} 主要风险]
    set scored {}
    ::kam::table each row [dict get $d risks] {
        set score 0
        if {[dict exists $row likelihood] && [dict exists $row effect]} {set score [expr {[dict get $row likelihood] * [dict get $row effect]}]}
        lappend scored [list $score $row]
    }
    set rows [lmap pair [lrange [lsort -real -decreasing -index 0 $scored] 0 2] {
        set row [lindex $pair 1]
        dict create what [dict get $row what] answer [expr {[dict exists $row answer] ? [dict get $row answer] : {–}}]
    }]
    if {![llength $rows]} {
        ::kam::report text [say {No risk is recorded.} 尚未记录风险。]
        return
    }
    set lines [expr {[short [plan_name $d] 52] eq [plan_name $d] ? 2 : 1}] ;# a name of two lines costs others theirs: the summary is one page
    ::kam::report table $rows -compact -columns [list [list what -label [say Risk 风险] -weight 1 -lines $lines] [list answer -label [say Answer 对策] -weight 1 -lines $lines]]
}
# Wins and frictions of the year: deals won and lost, complaints and invoices that are open.
proc ::kam::template::plan_news {d} {
    ::kam::report heading 3 [say {Wins and frictions, 365 days} 近一年得失]
    set year [days_before [dict get $d asof] 365]
    set rows {}
    foreach {result tone} {won good lost bad} {
        set n 0
        ::kam::table each row [::kam::opportunity list -where "account = [dict get $d code]" -where "result = $result" -where "closed_on > $year" -where "closed_on <= [dict get $d asof]" -sort -closed_on] {
            if {[incr n] > 1} continue
            set why [expr {[dict exists $row reason] && $result eq "lost" ? "[say { – } ——][tongue [dict get $row reason]]" : {}}]
            lappend rows [dict create tone $tone what "[result_word $result][say {: } ：][short [tongue [expr {[dict exists $row name] ? [dict get $row name] : [dict get $row code]}]]$why 90]" date [dict get $row closed_on]]
        }
    }
    set code [dict get $d code]
    set asof [dict get $d asof]
    set owed [::kam::sql {SELECT COUNT(*) AS n, SUM(t.amount_minor) AS owed_minor, date(MIN(t.due_day) * 86400, 'unixepoch') AS since FROM transactions t JOIN accounts a ON a.id = t.account_id
        WHERE a.code = :code AND t.due_day < unixepoch(:asof) / 86400 AND t.day <= unixepoch(:asof) / 86400 AND (t.paid_day IS NULL OR t.paid_day > unixepoch(:asof) / 86400)}]
    set n [cell $owed n 0 0]
    if {$n > 0} {lappend rows [dict create tone bad what [say "[counted $n invoice invoices] overdue, [short_money [cell $owed owed_minor]]" "$n 张发票逾期，[short_money [cell $owed owed_minor]]"] date [cell $owed since]]}
    set late {}
    ::kam::table each row [asked ::kam::complaints -account $code -asof $asof] {
        if {![dict exists $row resolved_on]} {lappend late $row}
    }
    if {[llength $late]} {
        lappend rows [dict create tone bad what [short "[say {open complaint: } 未结投诉：][tongue [expr {[dict exists [lindex $late 0] topic] ? [dict get [lindex $late 0] topic] : {}}]]" 90] date [dict get [lindex $late 0] date]]
    }
    if {![llength $rows]} {
        ::kam::report text [say {No deal was closed, nothing is overdue.} 没有了结的商机，也没有逾期事项。]
        return
    }
    ::kam::report table $rows -compact -columns [list [list what -label [say {What happened} 事项] -weight 1 -tone tone -lines 2] [list date -label [say Day 日期]]]
}

# --- sections -----------------------------------------------------------------------------------------------------
proc ::kam::template::plan_profile {d} {
    set account [dict get $d account]
    ::kam::report heading 1 [say {Profile and needs} {概况与需求}]
    plan_say $d profile {No profile is written.} 尚未写下客户概况。 \
        {{Here we would like to describe your company in words we agree on with you; please tell us what belongs here.} 此处拟以双方认可的文字介绍贵公司，请告知应写入的内容。}
    set rows {}
    foreach {field en zh} {kind Kind 类型 ownership Ownership 所有制 employees Employees 员工数 annual_spend {Spend in our category, a year} 品类年支出 source Source 来源 parent {Parent account} 上级客户} {
        set value [cell $account $field]
        if {$value eq {} || (![dict get $d internal] && $field in {annual_spend source})} continue
        if {$field in {kind ownership}} {set value [word $value]}
        if {$field eq "parent"} {set value [called_one account $value]}
        if {$field eq "source"} {set value [word $value]}
        if {$field eq "annual_spend"} {set value [short_money $value]}
        if {$field eq "employees"} {set value [trim_number $value]}
        lappend rows [dict create fact [say $en $zh] value $value]
    }
    set needs {
        ::kam::report heading 3 [plan_none $d {What it needs} 客户需求 {What you need} 贵公司的需求]
        plan_say $d needs {No needs are written.} 尚未写下客户需求。 \
            {{Here we would like to write down with you what you need.} 此处拟与您共同写下贵公司的需求。}
        set value [plan_text $d value]
        if {$value ne {}} {
            ::kam::report heading 3 [say {What we offer} 价值主张]
            ::kam::report text $value
        }
    }
    if {[llength $rows] || [dict get $d internal]} {
        ::kam::report columns -weights {1 1.3} {
            ::kam::report heading 3 [say Facts 基本情况]
            listed $rows {Nothing is entered of the company itself.} 尚未录入企业基本信息。 "account set [dict get $d code] -kind … -employees … -annual_spend …" {} \
                -columns [list [list fact -label [say Fact 项目] -weight 1.3] [list value -label [say Value 内容] -weight 1 -align left]] -compact
        } $needs
    } else {
        eval $needs
    }
    if {![dict get $d internal]} return
    set strategy [plan_text $d strategy]
    if {[short $strategy 220] ne $strategy} {
        ::kam::report heading 3 [say {Strategy in full} 策略全文]
        ::kam::report text $strategy
    }
    ::kam::report heading 3 [say {Where it stands} 所处类别]
    ::kam::report table [plan_classes $d] -columns [list [list method -label [say Method 方法]] [list class -label [say Class 类别] -bold] \
        [list why -label [say Why 依据] -weight 3]] -compact
}
# Who and what is around the customer, and how the value reaches him: texts, a line a part. Of parts that nobody has described one line
# says so; to the customer nothing.
proc ::kam::template::plan_environment {d} {
    set internal [dict get $d internal]
    set open {}
    foreach {heading whole parts} [list \
        [say Environment 环境] environment {environment-customer {The customer} 客户自身 environment-customers {Its customers} 客户的客户 environment-competitors Competitors 竞争者
            environment-intermediaries Intermediaries 中间商 environment-suppliers {Its suppliers} 供应商 environment-ourselves Ourselves 我们自己} \
        [say {Value chain} 价值链] {} {value-choose {Choose the value} 选择价值 value-provide {Provide it} 提供价值 value-tell {Tell it} 传播价值}] {
        set all [expr {$whole eq {} ? {} : [plan_text $d $whole]}]
        set rows {}
        foreach {section en zh} $parts {
            set text [expr {!$internal && $section eq "environment-competitors" ? {} : [plan_text $d $section]}]
            if {$text ne {}} {lappend rows [dict create part [say $en $zh] text $text]} elseif {$all eq {}} {dict set open $section [say $en $zh]}
        }
        if {![llength $rows] && $all eq {}} continue
        ::kam::report heading 2 $heading
        if {$all ne {}} {::kam::report text $all}
        if {[llength $rows]} {
            ::kam::report table $rows -compact -columns [list [list part -label [say Part 方面] -bold] [list text -label [say {What matters to us} 要点] -weight 1]]
        }
    }
    if {!$internal || ![dict size $open]} return
    set first [lindex [dict keys $open] 0]
    set names [expr {[dict size $open] == 9 ? [say {environment and value chain} 环境与价值链] : [join [dict values $open] [say {, } 、]]}]
    ::kam::report text [say "Not described yet: $names (plan-text add [dict get $d code] $first DATE -text …)." "尚未描述：$names（plan-text add [dict get $d code] $first DATE -text …）。"] -small
}
proc ::kam::template::plan_classes {d} {
    set rows {}
    foreach {key en zh} {yield Yield 产出分类 pyramid Pyramid 客户金字塔 rfm RFM RFM lifecycle {Life cycle} 生命周期 ladder Loyalty 忠诚阶梯} {
        set table [dict get $d $key]
        if {![::kam::table rows $table]} continue
        lappend rows [dict create method [say $en $zh] class [word [cell $table class]] why [spoken_text [cell $table why]]]
    }
    return $rows
}
proc ::kam::template::plan_people {d} {
    ::kam::report heading 1 [plan_none $d People 关键人物 {Your people} 贵公司人员]
    if {![::kam::table rows [dict get $d people]]} {
        missing {Nobody is known at this account.} 该客户尚无联系人。 "contact add CODE -account [dict get $d code] -name … -title …" \
            {{No contacts of yours are named yet.} 尚未记录贵公司的联系人。}
        return
    }
    people_map [dict get $d code] [dict get $d asof] [dict get $d internal] {} 24 1
    if {![dict get $d internal]} return
    set people [::kam::table sort [dict get $d people] -influence]
    set placed [::kam::table where $people {!missing(participation) && !missing(authority)}] ;# a vacancy stands nowhere
    ::kam::report quadrant [worded [mapped [first_rows $placed [dict get $d most]] relationship {apply {row {expr {[dict exists $row relationship] ? [dict get $row relationship] : {unknown}}}}}] {relationship}] \
        -empty [say {Nobody's authority and participation are assessed: contact assess CODE -authority … -participation …} {尚未评估任何人的权力与参与度：contact assess CODE -authority … -participation …}] -x participation -y authority -label name -group relationship -height 80 \
        -range {0 10 0 10} -split {5 5} -x-label [say Participation 参与度] -y-label [say Authority 权力] \
        -corners [lmap q {approver owner adviser champion} {word $q}] \
        -caption [say {Authority and participation; colour and shape show how they see us} 权力与参与度；颜色与形状表示对方眼中的我们]
    set scaled [influence_scaled [dict get $d code] [dict get $d asof]]
    set shown [mapped [first_rows $people [dict get $d most]] influence [list apply {{scaled row} {expr {[dict exists $scaled [dict get $row contact]] ? [format %.1f [dict get $scaled [dict get $row contact]]] : {}}}} $scaled]]
    ::kam::report table [worded $shown {layer buying_role quadrant relationship}] -compact -zebra -columns [list \
        [list name -label [say Name 姓名] -bold] [list title -label [say Title 职务] -weight 1.4] [list layer -label [say Layer 层次]] \
        [list buying_role -label [say Role 角色]] [list quadrant -label [say Quadrant 象限]] \
        [list attitude -label [say Attitude 态度] -format signed -decimals 0] [list influence -label [say {Influence 0–10} 影响力（0–10）] -align right] \
        [list relationship -label [say Relation 关系]] [list last_met -label [say {Last met} 最近会面]]]
    say_rest $people [dict get $d most] "stakeholder-map [dict get $d code]"
    set circle [people_named [dict get $d circle] [dict get $d code]]
    if {![empty? $circle]} {
        ::kam::report heading 2 [say {Winning circle} 成功圈]
        ::kam::report table [worded $circle {seat}] -compact -columns [list [list seat -label [say Seat 席位] -bold] [list name -label [say Who 人选]] \
            [list attitude -label [say Attitude 态度] -format signed -decimals 0] [list last_met -label [say {Last met} 最近会面]] \
            {*}[expr {[::kam::table rows [::kam::table where $circle {!missing(next_step) && $next_step ne {}}]] ? [list [list next_step -label [say {Next step} 下一步] -weight 1]] : {}}]]
    }
    set cover [people_named [asked ::kam::stakeholder-map [dict get $d code] -view coverage -asof [dict get $d asof]] [dict get $d code]]
    if {![empty? $cover]} {plan_cover $d $cover}
    ::kam::report heading 2 [say {Red flags} 雷区]
    set flags [plan_flag_rows $d]
    ::kam::report table [lrange $flags 0 [dict get $d most]-1] -compact -empty [say {No red flag.} 没有雷区。] -columns [list \
        [list flag -label № -width 10 -align centre] [list who -label [say {Whom or what} 对象]] [list evidence -label [say Evidence 依据] -weight 1.2] \
        [list next_step -label [say {Next step} 下一步] -weight 1]]
    say_rest [dict get $d flags] [dict get $d most] "stakeholder-map [dict get $d code] -view flags"
}
# Whom of ours they see below what we want; those whom nobody of ours looks after are named in one line.
proc ::kam::template::plan_cover {d cover} {
    set alone {}
    set vacant {}
    ::kam::table each row [dict get $d people] {if {[dict exists $row placeholder] && [dict get $row placeholder]} {lappend vacant [dict get $row contact]}}
    ::kam::table each row [::kam::table where $cover {missing(present)}] {if {[dict get $row contact] in $vacant} continue; lappend alone [short [dict get $row name] 24]}
    set weak [::kam::table where $cover {!missing(present) && $steps > 0}]
    if {![llength $alone] && [empty? $weak]} return
    ::kam::report heading 2 [say {Where our coverage is thin} 覆盖不足之处]
    if {![empty? $weak]} {
        ::kam::report table [worded [first_rows $weak 20] {present wanted}] -compact -columns [list [list name -label [say Name 姓名] -bold] [list rep_name -label [say Ours 我方]] \
            [list present -label [say {How they see us} 现在]] [list wanted -label [say Wanted 目标]] [list next_step -label [say {Next step} 下一步] -weight 1]]
        say_rest $weak 20 "stakeholder-map [dict get $d code] -view coverage"
    }
    if {[llength $alone]} {
        set names [join [lrange $alone 0 14] [say {, } 、]]
        set more [expr {[llength $alone] - 15}]
        if {$more > 0} {append names [say " and $more more" " 等，另有 $more 人"]}
        ::kam::report text [say "Nobody of ours looks after: $names." "尚无我方人员对应：$names。"]
    }
}
proc ::kam::template::plan_flag_rows {d} {
    set rows {}
    ::kam::table each row [dict get $d flags] {
        set who {}
        foreach field {name opportunity} {
            if {[dict exists $row $field]} {lappend who [expr {$field eq {name} ? [dict get $row $field] : [called_one opportunity [dict get $row $field]]}]}
        }
        lappend rows [dict create flag [dict get $row flag] who [join $who { · }] evidence [dict get $row evidence] next_step [dict get $row next_step]]
    }
    return $rows
}
proc ::kam::template::plan_purchases {d} {
    ::kam::report heading 1 [say {Purchases} {采购现状}]
    set months [plan_months $d]
    if {![::kam::table rows $months]} {
        missing {Nothing was bought in the last 24 months.} 近24个月没有购买。 "import transaction FILE  ·  transaction add -account [dict get $d code] -date … -amount …" \
            {{No purchase of the last 24 months is on record.} 近24个月没有采购记录。}
        return
    }
    ::kam::report bar $months -label month -values revenue_minor -series [list [plan_bought $d]] -vertical -format short \
        -max 24 -height 60 -caption [plan_none $d {Net revenue by month} 按月净收入 {Net purchases by month} 按月采购净额]
    set days [::kam::setting get window]
    ::kam::report table [worded [plan_products $d] {}] -columns [list [list category -label [say Category 品类] -weight 1] \
        [list revenue_minor -label [plan_bought_in $d] -decimals 0 -total] [list before_minor -label [say "The $days days before" "此前${days}天"] -decimals 0 -total] \
        {*}[expr {[dict get $d internal] ? [list [list margin_minor -label [in_window Margin 毛利] -decimals 0 -total]] : {}}] [list share -label [say Share 占比] -format percent]] \
        -totals [say Total 合计] -empty [say {Nothing was bought in these two periods.} 这两段时间没有购买。]
}
proc ::kam::template::plan_whitespace {d} {
    ::kam::report break -unless 75
    ::kam::report heading 1 [say {White space} 空白机会]
    set grid [asked ::kam::whitespace -account [dict get $d code] -asof [dict get $d asof]]
    if {[empty? $grid]} {
        missing {There is no product to compare with.} 没有可对照的产品。 {product add CODE -name …}
        return
    }
    set category {}
    set names [names product]
    set grid [named $grid product $names product_name]
    ::kam::table each row [::kam::product list] {
        if {[dict exists $row category]} {dict set category [dict get $row sku] [tongue [dict get $row category]]}
    }
    set cells [whitespace_cells $grid [dict get $d internal]]
    set rows {}
    set i 0
    ::kam::table each cell $cells {
        set product [::kam::table get $grid $i product]
        incr i
        dict set cell account [expr {[dict exists $category $product] ? [dict get $category $product] : "–"}]
        lappend rows $cell
    }
    # a line a category, its products side by side in the order of the list
    set all [llength $rows]
    set rows [lrange [lsort -real -index 0 [lmap row $rows {list [plan_rank $row] $row}]] 0 59]
    set rows [lsort -command {apply {{a b} {string compare [dict get $a account] [dict get $b account]}}} [lmap pair $rows {lindex $pair 1}]]
    set line {}
    foreach row $rows {
        set key [dict get $row account]
        dict incr line $key
        dict set row place [dict get $line $key]
        set words [dict get $row product]
        if {[dict exists $row note] && [dict get $row state] ne "owned"} {append words " · [dict get $row note]"}
        dict set row note $words
        lappend placed $row
    }
    ::kam::report heat [::kam::table make {account text place int state text amount real note text} [lmap row $placed {dict filter $row key account place state amount note}]] \
        -row account -column place -state state -value amount -note note -format short -row-label [say Category 品类] \
        -caption [say {Products we sell here, and those we do not} 已售与未售产品]
    if {$all > 60} {::kam::report text [say "The 60 that matter most of $all products. All of them: whitespace -account [dict get $d code]." "仅列出 $all 种产品中最重要的 60 种。全部见：whitespace -account [dict get $d code]。"] -small}
}
# What is in the pipeline or with a rival first, then what is sold, then gaps, the largest amounts first.
proc ::kam::template::plan_rank {cell} {
    set amount [expr {[dict exists $cell amount] ? [dict get $cell amount] : 0}]
    return [expr {1e15 * [lsearch -exact {pipeline competitor owned gap blocked} [dict get $cell state]] - $amount}]
}
# Month by month from the first purchase of two years on; a month without one is a month without revenue.
proc ::kam::template::plan_months {d} {
    set code [dict get $d code]
    set asof [dict get $d asof]
    return [::kam::sql {
        WITH RECURSIVE bought AS (SELECT strftime('%Y-%m', t.day * 86400, 'unixepoch') AS month, SUM(t.amount_minor) AS v
                                  FROM transactions t JOIN accounts a ON a.id = t.account_id
                                  WHERE a.code = :code AND t.day <= unixepoch(:asof) / 86400 AND t.day > unixepoch(:asof, 'start of month', '-23 months') / 86400 - 1
                                  GROUP BY month),
             span(first) AS (SELECT (SELECT MIN(month) FROM bought) || '-01' UNION ALL SELECT date(first, '+1 month') FROM span WHERE first < date(:asof, 'start of month'))
        SELECT substr(first, 1, 7) AS month, COALESCE(v, 0) AS revenue_minor FROM span LEFT JOIN bought ON month = substr(first, 1, 7)
        WHERE first IS NOT NULL ORDER BY first
    }]
}
proc ::kam::template::plan_products {d} {
    set code [dict get $d code]
    set asof [dict get $d asof]
    set window [::kam::setting get window]
    return [::kam::sql {
        WITH line AS (SELECT COALESCE(p.category, '–') AS category, t.day, t.amount_minor,
                             t.amount_minor - COALESCE(t.cost_minor, CAST(ROUND(t.quantity * p.unit_cost_minor) AS INTEGER)) AS margin_minor
                      FROM transactions t JOIN accounts a ON a.id = t.account_id LEFT JOIN products p ON p.id = t.product_id
                      WHERE a.code = :code AND t.day <= unixepoch(:asof) / 86400),
             sums AS (SELECT category,
                             SUM(CASE WHEN day > unixepoch(:asof) / 86400 - :window THEN amount_minor ELSE 0 END) AS now_minor,
                             SUM(CASE WHEN day BETWEEN unixepoch(:asof) / 86400 - 2 * :window + 1 AND unixepoch(:asof) / 86400 - :window THEN amount_minor ELSE 0 END) AS old_minor,
                             SUM(CASE WHEN day > unixepoch(:asof) / 86400 - :window THEN margin_minor ELSE 0 END) AS margin_minor
                      FROM line GROUP BY category)
        SELECT category, now_minor AS revenue_minor, old_minor AS before_minor, margin_minor AS margin_minor,
               now_minor * 1.0 / NULLIF((SELECT SUM(now_minor) FROM sums), 0) AS share
        FROM sums WHERE now_minor <> 0 OR old_minor <> 0 ORDER BY now_minor DESC, category
    }]
}
proc ::kam::template::plan_worth {d} {
    ::kam::report heading 1 [say {Worth} {客户价值}]
    set value [dict get $d value]
    if {$value eq {} || [cell $value p_alive] eq {}} {
        ::kam::report text [say {There are too few purchases to estimate what this account is worth: it takes a few days of purchase on record.} 购买太少，无法估计该客户的价值：需先有若干次购买记录。]
        return
    }
    ::kam::report tiles [list \
        [list [say {Still a customer, probability} 仍为客户的概率] [percent [cell $value p_alive]] {}] \
        [list [say {Purchases, 12 months} 未来12个月购买次数] [trim_number [cell $value expected_purchases]] \
            "[trim_number [cell $value expected_purchases_low]] – [trim_number [cell $value expected_purchases_high]]"] \
        [list [say {Past value} 过去价值] [short_money [cell $value past_value]] {}] \
        [list [say {Lifetime value} 终身价值] [short_money [cell $value lifetime_value]] {}]]
    ::kam::report text [say {Past value: the margin so far after cost to serve, compounded. Lifetime value adds the discounted margin expected in the next twelve months. The range holds 80 % of the outcomes the model thinks possible.} 过去价值：迄今毛利减服务与获客成本，按复利计。终身价值再加上今后十二个月预期毛利的折现。区间包含模型认为可能结果的八成。] -small
}
proc ::kam::template::plan_opportunities {d} {
    ::kam::report heading 1 [say {Opportunities} {商机}]
    if {![::kam::table rows [dict get $d deals]]} {
        missing {There is no open opportunity.} 没有进行中的商机。 "opportunity add CODE -account [dict get $d code] -name … -opened_on …"
        return
    }
    set stages [worded [::kam::table where [dict get $d funnel] {$stage ni {"pool" "won"}}] {stage}]
    ::kam::report funnel $stages -label stage -value count -second weighted -second-format short -height 50 \
        -value-label [say Count 数量] -second-label [say Weighted 加权] \
        -caption [say {Open deals by stage, with weighted amount} 各阶段进行中的商机数与加权金额]
    set most [dict get $d most]
    ::kam::report table [worded [deals_named [first_rows [dict get $d deals] $most]] {stage}] -zebra -columns [list [list opportunity -label [say Code 编码]] \
        [list name -label [say Opportunity 商机] -weight 1.5] [list stage -label [say Stage 阶段]] [list amount -label [say Amount 金额] -total -format short] \
        [list weighted -label [say Weighted 加权] -total -format short] [list age -label [say {Days in stage} 停留天数]] [list stuck -label [say Stuck 停滞]] \
        [list expected_close -label [say {Expected close} 预计成交]]] -totals [total_of [dict get $d deals] $most]
    say_rest [dict get $d deals] $most "funnel -show opportunities -account [dict get $d code]"
    set rows {}
    ::kam::table each row [::kam::table head [dict get $d deals] 12] {
        set verdict [asked ::kam::assess-opportunity [dict get $row opportunity] -asof [dict get $d asof]]
        if {[empty? $verdict]} continue
        lappend rows [dict create opportunity [called_one opportunity [dict get $row opportunity]] verdict [word [cell $verdict verdict]] why [spoken_text [cell $verdict why]] work [cell $verdict work_on]]
    }
    if {[llength $rows]} {
        ::kam::report heading 2 [say Qualification 商机评审]
        ::kam::report table $rows -compact -columns [list [list opportunity -label [say Opportunity 商机] -weight 0.8] [list verdict -label [say Verdict 结论] -bold] \
            [list why -label [say Why 依据] -weight 1.2] [list work -label [say {Work on} 着手] -weight 1]]
    }
}
proc ::kam::template::plan_actions {d} {
    ::kam::report heading 1 [say {Objectives and actions} {目标与行动}]
    set most [dict get $d most]
    set goals [first_rows [dict get $d objectives] $most]
    listed $goals {No objective is recorded.} 尚未记录目标。 "objective add CODE -account [dict get $d code] -measure … -target … -owner …" {{No objective is agreed with you yet.} 尚未与贵公司商定目标。} -columns [list \
        [list measure -label [say Objective 目标] -weight 1.5] [list target -label [say Target 目标值]] \
        [list owner -label [say Owner 负责人]] [list agreed_on -label [plan_none $d {Agreed with the customer} 与客户商定 {Agreed on} 商定日期]]]
    say_rest [dict get $d objectives] $most "objective list -where \"account = [dict get $d code]\""
    set rows {}
    set shape {due day what text objective text owner text theirs text state text tone text}
    set measures {}
    ::kam::table each row [dict get $d objectives] {dict set measures [dict get $row code] [short [dict get $row measure] 40]}
    # when not all fit, what is open goes before what is done
    set actions [dict get $d actions]
    set open [::kam::table where $actions {$status eq "open"}]
    ::kam::table each row [first_rows [expr {[::kam::table rows $actions] > $most && [::kam::table rows $open] ? $open : $actions}] $most] {
        set late [expr {[dict get $row status] eq "open" && [dict exists $row due] && [dict get $row due] < [dict get $d asof]}]
        dict set row state "[word [dict get $row status]][expr {$late ? [say {, overdue} ，逾期] : {}}]"
        dict set row tone [expr {$late ? {bad} : {none}}]
        if {[dict exists $row customer_owner]} {dict set row theirs [dict get $row customer_owner]}
        if {[dict exists $row objective]} {dict set row objective [expr {[dict exists $measures [dict get $row objective]] ? [dict get $measures [dict get $row objective]] : [dict get $row objective]}]}
        lappend rows [dict filter $row script {key value} {dict exists $shape $key}]
    }
    listed [::kam::table make $shape $rows] {No action is recorded.} 尚未记录行动。 "action add -account [dict get $d code] -what … -due … -owner …" {{No action is agreed with you yet.} 尚未与贵公司商定行动。} -zebra -columns [list \
        [list due -label [say Due 期限]] [list what -label [say Action 行动] -weight 2] [list objective -label [say Objective 目标]] \
        [list owner -label [say Ours 我方]] [list theirs -label [plan_none $d Theirs 客户方 Yours 贵方]] [list state -label [say Status 状态] -tone tone]]
    say_rest $actions $most "action list -where \"account = [dict get $d code]\""
}
proc ::kam::template::plan_competition {d} {
    ::kam::report heading 1 [say {Competition and risks} {竞争与风险}]
    set sightings [::kam::sighting list -where "account = [dict get $d code]" -where "date <= [dict get $d asof]" -sort -date]
    set most [dict get $d most]
    listed [worded [first_rows $sightings $most] {kind truth}] {No rival was seen here.} 未发现竞争对手动态。 "sighting add -account [dict get $d code] -competitor … -date … -kind order|advert|rumour -what …" {} -columns [list \
        [list date -label [say Date 日期]] [list competitor -label [say Competitor 对手]] [list kind -label [say Kind 种类]] \
        [list what -label [say {What was seen} 内容] -weight 2] [list truth -label [say True? 真伪]]]
    say_rest $sightings $most "sighting list -where \"account = [dict get $d code]\""
    listed [first_rows [dict get $d risks] $most] {No risk is recorded.} 尚未记录风险。 "risk add -account [dict get $d code] -what … -likelihood … -effect … -answer …" {} -columns [list \
        [list what -label [say Risk 风险] -weight 1.2] [list likelihood -label [say {Likely 0–10} {可能性 0–10}] -decimals 0] \
        [list effect -label [say {Effect 0–10} {影响 0–10}] -decimals 0] [list answer -label [say {Our answer} 对策] -weight 1.2]]
    say_rest [dict get $d risks] $most "risk list -where \"account = [dict get $d code]\""
}
# Against the last version that was kept before the as-of day.
proc ::kam::template::plan_changes {d} {
    set asof [dict get $d asof]
    set before [snapshot_before [dict get $d code] $asof $asof]
    if {$before eq {} && ![dict get $d internal]} return ;# that we kept no version is not his concern
    ::kam::report heading 1 [say {What changed} {变化}]
    changes_block [dict get $d code] $asof $before [dict get $d internal]
}
proc ::kam::template::plan_appendix {d p} {
    set recent [::kam::table head [::kam::interaction list -where "account = [dict get $d code]" -where "date <= [dict get $d asof]" -sort -date] 10]
    if {[empty? $recent] && ![dict get $d internal]} return
    ::kam::report break -unless 45
    ::kam::report heading 1 [say {Appendix: recent contacts} 附录：近期往来]
    ::kam::report text [expr {[dict get $d internal]
        ? [say "Made by kamsh from the data as of [dict get $p asof]. Thresholds: see setting list. The same data give the same plan." \
            "由 kamsh 根据截至 [dict get $p asof] 的数据生成。阈值见 setting list。数据相同，计划相同。"]
        : [say "Meetings and calls on record on [dict get $p asof]." "截至 [dict get $p asof] 记录的会面与通话。"]}] -small -keep
    set rows {}
    ::kam::table each row [worded $recent {kind outcome}] {
        # what was noted of a talk, and with whom of his it was, is for us: his superior reads this, too
        lappend rows [dict filter $row key date kind rep {*}[expr {[dict get $d internal] ? {contacts topic outcome next_step} : {}}]]
    }
    listed [::kam::table make {date day kind text contacts text rep text topic text outcome text next_step text} $rows] {No contact is recorded.} 没有往来记录。 "interaction add -account [dict get $d code] -date … -kind visit -topic …" {} -compact -columns [list \
        [list date -label [say Date 日期]] [list kind -label [say Kind 方式]] {*}[expr {[dict get $d internal] ? [list [list contacts -label [say People 联系人] -weight 1]] : {}}] \
        [list rep -label [plan_none $d Ours 我方 {Who came or called} 我方人员] -weight [expr {[dict get $d internal] ? 0 : 1}]] \
        {*}[expr {[dict get $d internal] ? [list [list topic -label [say Topic 话题] -weight 1] [list outcome -label [say Outcome 结果]] \
            [list next_step -label [say {Next step} 下一步] -weight 1]] : {}}]]
}
