# SPDX-License-Identifier: GPL-3.0-or-later
# What the bodies of templates share: words, numbers, tables in the language of the report.
namespace eval ::kam::template {namespace path ::kam}

# Of a text that holds both languages, "中文 | English", the part in the language of the report; other texts as they are.
proc ::kam::template::tongue {text} {
    set bar [string first { | } $text]
    if {$bar < 0} {return $text}
    return [expr {[say en zh] eq "zh" ? [string range $text 0 $bar-1] : [string range $text $bar+3 end]}]
}

# A text cut to a width, counted in half characters (a Han character is two), at the end of a word where there is one near.
proc ::kam::template::short {text width} {
    set room $width
    set end 0
    foreach c [split $text {}] {
        incr room [expr {[scan $c %c] >= 0x2E80 ? -2 : -1}]
        if {$room < 0} break
        incr end
    }
    if {$end >= [string length $text]} {return $text}
    set cut [string range $text 0 [expr {$end - 2}]]
    set space [string last { } $cut]
    if {$space > [string length $cut] - 12 && $space > 0} {set cut [string range $cut 0 $space-1]}
    return "[string trimright $cut { ,;:.，；：、。}]…"
}
# Data inside a text with marks.
proc ::kam::template::marks_off {text} {return [string map {\\ \\\\ * \\* _ \\_ \{ \\\{} $text]}
# A theme with some values changed; what a user's own theme says goes first.
proc ::kam::template::theme_with {theme values} {
    if {[llength $theme] == 1} {return [list base $theme {*}$values]}
    return [dict merge $values $theme]
}

# As the tables write short amounts: 63.3 k, 1.83 M, 6.33万 (set with a quarter em), never broken before the unit.
proc ::kam::template::short_money {x} {
    if {$x eq {}} {return –}
    set m [expr {double($x)}]
    foreach {unit sign} [say {1e9 B 1e6 M 1e3 k} {1e8 亿 1e4 万}] {
        if {abs($m) >= 0.9995 * $unit} {return "[trim_number [expr {$m / $unit}]][say \u00A0 {}]$sign"}
    }
    return [trim_number [expr {round($m)}]]
}
# Three digits or so, zeros cut, thousands apart, a true minus.
proc ::kam::template::trim_number {x} {
    set text [format %.[expr {abs($x) >= 99.95 ? 0 : abs($x) >= 9.995 ? 1 : 2}]f $x]
    if {[string first . $text] >= 0} {set text [string trimright [string trimright $text 0] .]}
    while {[regsub {^(-?\d+)(\d{3})} $text {\1,\2} text]} {}
    return [string map {- −} $text]
}
# What is not quite all is not 100 %, what is not quite nothing not 0 %: such a share gets more digits.
proc ::kam::template::percent {x {digits 0}} {
    if {$x eq {}} {return –}
    set share [expr {100.0 * $x}]
    set text {}
    for {set d $digits} {$d < 3} {incr d} {
        set rounded [format %.${d}f $share]
        if {($rounded == 0 || abs($rounded) == 100) && abs($rounded - $share) > 1e-9} continue
        set text $rounded
        break
    }
    if {$text eq {}} {set text [expr {$rounded == 0 ? "< 0.01" : $share < 100 && $share > 0 ? "> 99.99" : $rounded}]}
    return "[string map {- −} $text]\u00A0%"
}
# A difference with its sign. (Not through expr, which would write +1 as 1.)
proc ::kam::template::signed {x} {
    if {$x == 0} {return 0}
    return [string map {- −} [format %+g $x]]
}
# How a deal ended.
proc ::kam::template::result_word {key} {return [dict get [dict create won [say won 赢单] lost [say lost 丢单] open [say open 进行中]] $key]}
# The words of a class, stage or role in the language of the report.
proc ::kam::template::word {key} {
    variable words
    if {$key eq {}} {return –}
    if {![dict exists $words $key]} {return $key}
    return [lindex [dict get $words $key] [expr {[say en zh] eq "zh"}]]
}
namespace eval ::kam::template {
    variable words {
        A {{A yielding} {A 产出}} B {{B incubating} {B 孵化}} C {{C potential} {C 潜在}}
        top {VIP 重要客户} major {{major account} 主要客户} ordinary {{ordinary account} 普通客户} small {{small account} 小客户} inactive {inactive 未购买}
        value {{important value} 重要价值} develop {{important, develop} 重要发展} keep {{important, keep} 重要保持} win-back {{important, win back} 重要挽留}
        general-value {{general value} 一般价值} general-develop {{general, develop} 一般发展} general-keep {{general, keep} 一般保持} general-win-back {{general, win back} 一般挽留}
        potential {potential 潜在客户} selling {selling 销售客户} relationship {relationship 关系客户} lost {lost 流失客户} new {new 新客户}
        no-value {{no value} 无价值客户} problem {problem 问题客户} growing {growing 成长客户} declining {declining 衰退客户} stable {stable 稳定客户}
        prospect {prospect 预期客户} first-time {{first-time buyer} 首次购买} repeat {{repeat buyer} 重复购买} loyal {loyal 忠诚客户} member {member 成员} advocate {advocate 拥护者}
        pool {{target pool} 目标客户群} lead {lead 潜在} intent {intent 意向} proposal {proposal 方案} negotiation {negotiation 商务谈判} won {won 成交}
        image {image 形象层} decision {decision 决策层} implementation {implementation 实施层} use {use 使用层}
        decider {decider 决策人} gatekeeper {gatekeeper 技术/财务把关者} purchaser {purchaser 采购人员} user {user 使用者} coach {coach 向导}
        champion {champion 倡导者} owner {owner 拥有者} adviser {adviser 建议者} approver {approver 审批者}
        outsider {outsider 局外人} friend {friend 朋友} supplier {supplier 供应商} partner {partner 伙伴}
        open {open 进行中} done {done 完成} dropped {dropped 放弃} order {order 订单} advert {advert 广告} rumour {rumour 传闻}
        true {true 属实} false {false 不实} unknown {unknown 不明}
        advance {advance 进展} continuation {continuation 延续} refusal {refusal 拒绝}
        visit {visit 拜访} call {call 电话} meeting {meeting 会议} mail {mail 邮件} complaint {complaint 投诉} service {service 服务} suggestion {suggestion 建议}
        company {company 企业} middleman {middleman 中间商} end-user {{end user} 最终用户} consumer {consumer 消费者}
        referral {referral 转介绍} exhibition {exhibition 展会} {cold call} {{cold call} 陌生拜访} media {media 媒体} lookalike {{data lookalike} 数据类比}
        pursue {pursue 跟进} qualify {{qualify further} 继续评审} walk-away {{walk away} 放弃} key {{key sale} 大客户销售} simple {{simple sale} 简单销售}
        knows {{knows us} 了解} needs {{needs it} 需要} worth {{finds it worth it} 值得} trusts {{trusts us} 相信} satisfied {{is satisfied} 满意}
        introduce {{introduce us} 介绍} bring-out-need {{bring out the need} 挖掘需求} show-value {{show the value} 展示价值} build-trust {{build trust} 建立信任} go-beyond {{go beyond} 超越期望}
        vendor {vendor 供货者} credible-source {{credible source} 可信来源} problem-solver {{problem solver} 问题解决者} trusted-adviser {{trusted adviser} 可信顾问}
        user-side {{user side} 使用方} technical-side {{technical side} 技术方} overdue {overdue 逾期} running {running 处理中} stuck {stuck 停滞} due {due 到期} undated {{no date} 无日期}
        birthday {birthday 生日} festival {festival 节日} anniversary {anniversary 周年} renewal {renewal 续签} step {{next step} 下一步} purchase {{purchase due} 预计采购} contract {contract 合同}
        private {private 民营} state {state-owned 国有} joint-venture {{joint venture} 合资} government {government 政府} listed {listed 上市}
    }
}
# The same table as a reader hears it: the keys of some columns put into words, codes into names (template_names.tcl), of texts in both
# languages the reader's half; types stay.
proc ::kam::template::worded {table columns} {
    set shape {}
    set texts {}
    ::kam::table each column [::kam::table columns $table -types] {
        lappend shape [dict get $column name] [dict get $column type]
        if {[dict get $column type] eq "text"} {lappend texts [dict get $column name]}
    }
    set rows {}
    ::kam::table each row $table {
        foreach column $columns {
            if {[dict exists $row $column]} {
                set parts [lmap key [split [dict get $row $column] ";, "] {if {$key eq {}} continue; word $key}]
                dict set row $column [join $parts [say {, } 、]]
            }
        }
        foreach column $texts {
            if {[dict exists $row $column]} {dict set row $column [tongue [dict get $row $column]]}
        }
        lappend rows [spoken_row $row $texts]
    }
    return [::kam::table make $shape $rows -like $table]
}

# --- what the templates share ---------------------------------------------------------------------------------------
# A box that says what is missing and how to enter it: an empty database makes a sensible page. The customer reads no command of ours; `theirs`
# {EN ZH} is how to tell him, where the words for us do not do.
proc ::kam::template::missing {en zh {command {}} {theirs {}}} {
    variable for_customer
    if {$for_customer} {
        if {[llength $theirs]} {lassign $theirs en zh}
        ::kam::report note [say $en $zh] -kind info
        return
    }
    set how [expr {$command eq {} ? {} : "\n[say {Enter it with: } 录入命令：]$command"}]
    ::kam::report note "[say $en $zh]$how" -kind warn -title [say Missing 缺少] -align ragged ;# a command is not drawn apart
}
# A table, or, where it has no row, the box.
proc ::kam::template::listed {table en zh command theirs args} {
    if {[empty? $table]} {
        missing $en $zh $command $theirs
    } else {
        ::kam::report table $table {*}$args
    }
}
# The customer's edition leaves out attitudes, politics and competitors.
proc ::kam::template::customer? {p} {return [expr {[dict exists $p edition] && [dict get $p edition] eq "customer"}]}
# " · our company", when the database knows its name. It stands last: where the room ends, the name is cut and not the mark before it.
proc ::kam::template::company {} {
    set own [::kam::setting get own-company]
    return [expr {$own eq "" ? "" : " · $own"}]
}
# "Revenue, 365 days": a sum over the window of the analyses, whatever the setting says it is.
proc ::kam::template::in_window {en zh} {
    set days [::kam::setting get window]
    return [say "$en, $days days" "近${days}天$zh"]
}
# What every amount of a report is in, for the foot of its pages.
proc ::kam::template::amounts_in {} {return "[say {amounts in } 金额单位：][::kam::setting get currency]"}
# Left at the foot of a page: our code, which the customer does not read, and the day.
proc ::kam::template::foot {p} {
    set day "[say {as of} 截至] [dict get $p asof]"
    return [expr {[dict exists $p account] && ![customer? $p] ? "[dict get $p account] · $day" : $day}]
}
# `report begin` with the furniture that all templates have.
proc ::kam::template::begin {p kind {name {}} args} {
    set title [expr {$name eq {} ? $kind : "$kind · $name"}]
    # a long name in the size of a title would fill the first page
    if {[short $name 52] ne $name} {dict set p theme [theme_with [dict get $p theme] {title 15}]}
    set secret [expr {[customer? $p] ? [say "For $name" "供${name}使用"] : [say {Confidential · internal} {机密 · 仅供内部}]}]
    set foot "[foot $p] · [amounts_in]"
    ::kam::report begin -lang [dict get $p lang] -theme [dict get $p theme] -title $title -header-left $title \
        -header-right "$secret[company]" {*}[expr {"-footer" in $args ? {} : [list -footer $foot]}] -first-page-plain {*}$args
}
# Contents as the parameter `contents` says: yes, no, or (auto) in a document that would have more than eight pages without them.
proc ::kam::template::contents_block {p {levels 2}} {
    switch [dict get $p contents] {
        yes {::kam::report contents -levels $levels}
        auto {::kam::report contents -levels $levels -beyond 8}
    }
}
# Name of an account, contact, product … in the language of the report; the code when nothing is known.
proc ::kam::template::name_of {entity code} {
    if {[catch {::kam::$entity show $code} row]} {return $code}
    if {[say en zh] eq "en" && [has_column $row name_en] && [cell $row name_en] ne {}} {return [cell $row name_en]}
    return [tongue [cell $row name 0 $code]]
}
proc ::kam::template::has_column {table column} {return [expr {$column in [::kam::table columns $table]}]}
# Names of all objects of a kind, code → name, read once.
proc ::kam::template::names {entity args} {
    set result {}
    set english [expr {[say en zh] eq "en"}]
    set table [::kam::$entity list {*}$args]
    set key [lindex [::kam::table columns $table] 0]
    ::kam::table each row $table {
        set name [expr {$english && [dict exists $row name_en] ? [dict get $row name_en] : [dict exists $row name] ? [tongue [dict get $row name]] : {}}]
        dict set result [dict get $row $key] [expr {$name eq {} ? [dict get $row $key] : $name}]
    }
    return $result
}
# The same for a column of a table, where a name of eighty characters would fill six lines.
proc ::kam::template::short_names {entity args} {return [dict map {code name} [names $entity {*}$args] {short $name 48}]}
# "1 deal", "2 deals".
proc ::kam::template::counted {n one many} {return "$n [expr {$n == 1 ? $one : $many}]"}
# For sentences in an English report that hold a name: code → {name name_en}, for `string map`; empty in a Chinese one.
proc ::kam::template::english_names {entity args} {
    set result {}
    if {[say en zh] eq "zh"} {return {}}
    ::kam::table each row [::kam::$entity list {*}$args] {
        if {[dict exists $row name] && [dict exists $row name_en]} {dict set result [dict get $row code] [list [dict get $row name] [dict get $row name_en]]}
    }
    return $result
}
# Of the actions of an account those that serve an objective agreed with the customer. One about a person or about a deal of ours is a plan
# with people: he reads it only where somebody of his does it.
proc ::kam::template::agreed {actions code asof} {
    set goals {}
    ::kam::table each row [objectives_of $code $asof] {
        if {[dict exists $row agreed_on]} {lappend goals [dict get $row code]}
    }
    return [::kam::table where $actions {!missing(objective) && $objective in $goals && (!missing(customer_owner) || (missing(contact) && missing(opportunity)))}]
}
# Objectives and actions as they stood on a day: what was agreed or done after it was not yet.
proc ::kam::template::objectives_of {code asof} {
    return [undated_after [::kam::objective list -where "account = $code"] agreed_on $asof {}]
}
proc ::kam::template::actions_of {code asof} {
    return [undated_after [::kam::action list -where "account = $code" -sort due] done_on $asof {status open}]
}
# Risks that were seen by the day, and not yet over.
proc ::kam::template::risks_of {code asof} {
    return [::kam::table where [::kam::risk list -where "account = $code"] {(missing(date) || $date <= $asof) && (missing(closed_on) || $closed_on > $asof)}]
}
# The table without a date where it lies after the day; such a row also gets `instead`.
proc ::kam::template::undated_after {table column asof instead} {
    set shape {}
    ::kam::table each one [::kam::table columns $table -types] {lappend shape [dict get $one name] [dict get $one type]}
    set rows {}
    ::kam::table each row $table {
        if {[dict exists $row $column] && [dict get $row $column] > $asof} {
            dict unset row $column
            set row [dict merge $row $instead]
        }
        lappend rows $row
    }
    return [::kam::table make $shape $rows]
}
# The table with the codes of a column put into names.
proc ::kam::template::named {table column names {target {}}} {
    if {$target eq {}} {set target $column}
    return [mapped $table $target [list apply {{names column row} {
        if {![dict exists $row $column]} {return {}}
        set code [dict get $row $column]
        return [expr {[dict exists $names $code] ? [dict get $names $code] : $code}]
    }} $names $column]]
}
# The table with a text column `target` made by `command ROW` ({} is missing), a command as the caller knows it; other columns stay as they are.
proc ::kam::template::mapped {table target command} {
    set known [uplevel 1 [list namespace which -command [lindex $command 0]]]
    if {$known ne {}} {set command [lreplace $command 0 0 $known]}
    set shape {}
    ::kam::table each column [::kam::table columns $table -types] {
        if {[dict get $column name] ne $target} {lappend shape [dict get $column name] [dict get $column type]}
    }
    lappend shape $target text
    set rows {}
    ::kam::table each row $table {
        set value [{*}$command $row]
        dict unset row $target
        if {$value ne {}} {dict set row $target $value}
        lappend rows $row
    }
    return [::kam::table make $shape $rows -like $table]
}
# Sum of a column; missing cells count nothing.
proc ::kam::template::sum {table column} {
    set total 0
    ::kam::table each row $table {
        if {[dict exists $row $column]} {set total [expr {$total + [dict get $row $column]}]}
    }
    return $total
}
# The same, but "" where there are rows and none of them has a value: what nobody knows is not zero.
proc ::kam::template::known_sum {table column} {
    if {[::kam::table rows $table] && ![::kam::table rows [::kam::table where $table "!missing($column)"]]} {return {}}
    return [sum $table $column]
}
# A question that the data cannot answer yet gives an empty table, and the page says what is missing; other errors go on.
proc ::kam::template::asked {args} {
    try {
        return [uplevel 1 $args]
    } trap {KAM CALC} {} {
        return {}
    } trap {KAM NOTFOUND command} {} {
        return {}
    }
}
proc ::kam::template::empty? {table} {return [expr {$table eq {} || [::kam::table rows $table] == 0}]}
# First rows of a table, with a line under it that says how many there are.
proc ::kam::template::first_rows {table n} {
    return [expr {[::kam::table rows $table] > $n ? [::kam::table head $table $n] : $table}]
}
# The word before a sum over the rows that are printed.
proc ::kam::template::total_of {table n} {return [expr {[::kam::table rows $table] > $n ? [say {Of those listed} 所列合计] : [say Total 合计]}]}
proc ::kam::template::say_rest {table n {command {}}} {
    set rows [::kam::table rows $table]
    if {$rows <= $n} return
    variable for_customer
    set all [expr {$command eq {} || $for_customer ? {} : [say " All of them: $command." "全部见：$command。"]}]
    ::kam::report text "[say "The first $n of $rows rows." "仅列出 $rows 行中的前 $n 行。"]$all" -small
}
proc ::kam::template::days_after {day n} {return [clock format [clock add [clock scan $day -gmt 1 -format %Y-%m-%d] $n days -gmt 1] -gmt 1 -format %Y-%m-%d]}
proc ::kam::template::days_before {day n} {return [clock format [clock add [clock scan $day -gmt 1 -format %Y-%m-%d] -$n days -gmt 1] -gmt 1 -format %Y-%m-%d]}

# --- what changed (J6) ------------------------------------------------------------------------------------------------
# The snapshot of an account's plan to compare with, as a dict (number, date, name …); {} when there is none. The last one on or before
# `day`; where there is none, the first one after it, but none of the as-of day itself: a plan stays the same when it is kept.
proc ::kam::template::snapshot_before {code day asof} {
    set found {}
    ::kam::table each row [::kam::table sort [::kam::plan list $code -asof $asof] date number] {
        if {[dict get $row date] >= $asof} continue
        if {$found eq {} || [dict get $row date] <= $day} {set found $row}
    }
    return $found
}
# Rows of `plan diff` for a page: one row for all who were met, one for all of whom the same flag came or went.
proc ::kam::template::changes_rows {changes} {
    set rows {}
    set met {}
    set flags {}
    set rivals {}
    if {[say en zh] eq "en"} {::kam::table each row [::kam::competitor list -where {name_en present}] {lappend rivals [tongue [dict get $row name]] [dict get $row name_en]}}
    ::kam::table each row $changes {
        set kind [dict get $row kind]
        set field [expr {[dict exists $row field] ? [dict get $row field] : {}}]
        set name [expr {[dict exists $row name] ? [tongue [dict get $row name]] : [dict get $row object]}]
        if {$field eq "last_met"} {lappend met $name; continue}
        if {$kind eq "flag" && $field eq {}} {
            set words [split_flag [dict get $row text]]
            dict lappend flags [lindex $words 0] [lindex $words 1]
            dict set sign [lindex $words 0] [dict get $row sign]
            continue
        }
        if {$name ne {}} {dict set row text [string map [list $name [short $name 44]] [dict get $row text]]} ;# what changed stands behind the name
        if {$kind eq "rival"} {dict set row text [string map $rivals [dict get $row text]]}
        dict set row text [spoken_text [dict get $row text]]
        lappend rows [dict filter $row key kind sign text since by]
    }
    if {[llength $met]} {lappend rows [dict create kind person sign better text "[say {met since: } {此后会面：}][some_names [lsort $met]]"]}
    dict for {words names} $flags {
        set names [lmap name $names {if {$name eq {}} continue; set name}]
        lappend rows [dict create kind flag sign [dict get $sign $words] text "$words[expr {[llength $names] ? "[say {: } ：][some_names $names]" : {}}]"]
    }
    return $rows
}
# The first of many names.
proc ::kam::template::some_names {names {most 8}} {
    set rest [expr {[llength $names] - $most}]
    set shown [join [lmap name [lrange $names 0 [expr {$rest > 1 ? $most - 1 : {end}}]] {short $name 30}] [say {, } 、]]
    return [expr {$rest > 1 ? [say "$shown and $rest more" "${shown}等 [llength $names] 人"] : $shown}]
}
# "new red flag: not met, Wang" in two: what, whom.
proc ::kam::template::split_flag {text} {
    set comma [say {, } ，]
    set at [string last $comma $text]
    return [expr {$at < 0 ? [list $text {}] : [list [string range $text 0 $at-1] [string range $text $at+[string length $comma] end]]}]
}
# As blocks of the report: a line that counts, and the table with at most `most` rows a part. `snapshot` from snapshot_before.
proc ::kam::template::changes_block {code asof snapshot internal {most 12}} {
    if {$snapshot eq {}} {
        ::kam::report text [expr {$internal
            ? [say "No version of this plan was kept before $asof, so nothing can be said of what changed. To keep one: plan snapshot $code." "$asof 之前没有留存该计划的版本，无法说明变化。留存命令：plan snapshot $code。"]
            : [say "No earlier version of this plan was kept." 没有留存该计划的更早版本。]}]
        return
    }
    set edition [expr {$internal ? {internal} : {customer}}]
    set changes [in_tongue [asked ::kam::plan diff $code [dict get $snapshot number] now -edition $edition -asof $asof] $code]
    set name [expr {$internal && [dict exists $snapshot name] ? [say " “[tongue [dict get $snapshot name]]”" "“[tongue [dict get $snapshot name]]”"] : {}}]
    if {[empty? $changes]} {
        ::kam::report text [say "Nothing changed since the version$name of [dict get $snapshot date]." "自 [dict get $snapshot date] 的版本${name}以来没有变化。"]
        return
    }
    set better [::kam::table rows [::kam::table where $changes {$sign eq "better"}]]
    set worse [::kam::table rows [::kam::table where $changes {$sign eq "worse"}]]
    set all [::kam::table rows $changes]
    set day [dict get $snapshot date]
    set count [say "[expr {$all == 1 ? {1 change} : "$all changes"}] since the version$name of $day" "自 $day 的版本${name}以来共 $all 处变化"]
    ::kam::report text [expr {!$internal ? "$count[say . 。]" : "$count[say ": $better for the better, $worse for the worse. Every value: plan diff $code [dict get $snapshot number]." \
        "：$better 处好转，$worse 处变差。逐项见：plan diff $code [dict get $snapshot number]。"]"}]
    set order {figure class opportunity person objective action risk complaint flag rival text account setting}
    set kinds [dict create figure [say Figures 数字] class [say Classes 类别] opportunity [say Deals 商机] person [say People 人员] objective [say Objectives 目标] \
        action [say Actions 行动] risk [say Risks 风险] complaint [say Complaints 投诉] flag [say {Red flags} 雷区] rival [say Rivals 对手] text [say Texts 文字] \
        account [say Account 客户] setting [say Settings 设置]]
    set rows [changes_rows $changes]
    set shown {}
    set last {}
    foreach kind [concat $order [lsort -unique [lmap row $rows {if {[dict get $row kind] in $order} continue; dict get $row kind}]]] {
        set mine [lmap row $rows {if {[dict get $row kind] ne $kind} continue; set row}]
        set rest [expr {[llength $mine] - $most}]
        if {$rest > 1} {
            set mine [lrange $mine 0 $most-1]
            lappend mine [dict create kind $kind text [say "… and $rest more" "……另有 $rest 处"]]
        }
        foreach row $mine {
            dict set row text [short [dict get $row text] 140]
            set part [expr {[dict exists $kinds $kind] ? [dict get $kinds $kind] : $kind}]
            dict set row part [expr {$part eq $last ? {} : $part}]
            set last $part
            set sign [expr {[dict exists $row sign] ? [dict get $row sign] : {}}]
            dict set row mark [expr {$sign eq {better} ? [say {▲ better} {▲ 好转}] : $sign eq {worse} ? [say {▼ worse} {▼ 变差}] : {}}]
            set when {}
            if {[dict exists $row since]} {lappend when [dict get $row since]}
            if {$internal && [dict exists $row by]} {lappend when [called_one rep [dict get $row by]]}
            dict set row when [join $when { · }]
            lappend shown [dict filter $row key part text mark when]
        }
    }
    set table [::kam::table make {part text text text mark text when text} $shown]
    ::kam::report table $table -compact -columns [list [list part -label [say Part 部分] -bold] [list text -label [say {What changed} 变化] -weight 1] \
        {*}[expr {$internal ? [list [list mark -label [say {For us} 好坏]]] : {}}] [list when -label [expr {$internal ? [say {Since, by} 何时何人] : [say Since 自]}]]] ;# better for us is no word for the customer
}

# --- people ---------------------------------------------------------------------------------------------------------
# People under the name of the report's language, also inside sentences: in these columns, or in every text of the table.
proc ::kam::template::in_tongue {table code {columns {}}} {
    if {[say en zh] eq "zh" || $table eq {}} {return $table}
    set names {}
    ::kam::table each row [::kam::contact list -where "account = $code" -columns {code name name_en}] {
        if {[dict exists $row name_en]} {lappend names [dict get $row name] [dict get $row name_en]}
    }
    lassign [shape_and_texts $table $columns] shape texts
    set rows {}
    ::kam::table each row $table {
        foreach column $texts {
            if {[dict exists $row $column]} {dict set row $column [string map $names [dict get $row $column]]}
        }
        lappend rows $row
    }
    return [::kam::table make $shape $rows -like $table]
}
proc ::kam::template::people_named {table code} {
    return [spoken [in_tongue $table $code {name evidence next_step}] {name evidence next_step}]
}
# Influence as reports print it, on the map and in tables: 0 to 10, of the person in the account who has most; a dict by contact.
proc ::kam::template::influence_scaled {code asof} {
    set scaled {}
    ::kam::table each row [asked ::kam::stakeholder-map $code -view org -asof $asof] {
        if {[dict exists $row scaled]} {dict set scaled [dict get $row contact] [expr {round([dict get $row scaled]) / 10.0}]}
    }
    return $scaled
}
# The people map of an account. Its columns: contact name title role reports_to influence attitude coverage decider star vacant.
proc ::kam::template::people_table {code asof} {
    set english [expr {[say en zh] eq "en"}]
    set names {}
    ::kam::table each row [::kam::contact list -where "account = $code"] {
        dict set names [dict get $row code] [expr {$english && [dict exists $row name_en] ? [dict get $row name_en] : [dict exists $row name] ? [dict get $row name] : [dict get $row code]}]
    }
    set scaled [influence_scaled $code $asof]
    ::kam::table each row [asked ::kam::stakeholder-map $code -view org -asof $asof] {
        if {[dict exists $row reports_to]} {dict set up [dict get $row contact] [dict get $row reports_to]}
    }
    set levels {vendor credible-source problem-solver trusted-adviser}
    set cover {}
    ::kam::table each row [asked ::kam::stakeholder-map $code -view coverage -asof $asof] {
        if {![dict exists $row present]} continue
        set level [expr {[lsearch -exact $levels [dict get $row present]] + 1}]
        set who [dict get $row contact]
        if {![dict exists $cover $who] || [dict get $cover $who] < $level} {dict set cover $who $level}
    }
    set shape {contact text name text title text role text reports_to text influence real attitude real coverage int decider flag star flag vacant flag}
    set rows {}
    ::kam::table each row [asked ::kam::stakeholder-map $code -asof $asof] {
        set who [dict get $row contact]
        set one [dict create contact $who name [expr {[dict exists $names $who] ? [dict get $names $who] : $who}]]
        if {[dict exists $row title]} {dict set one title [tongue [dict get $row title]]}
        set role [expr {[dict exists $row buying_role] ? [dict get $row buying_role] : {}}]
        if {$role ne {}} {dict set one role [join [lmap key [split $role {,; }] {if {$key eq {}} continue; word $key}] [say {, } 、]]}
        if {[info exists up] && [dict exists $up $who]} {dict set one reports_to [dict get $up $who]}
        if {[dict exists $scaled $who]} {dict set one influence [dict get $scaled $who]}
        if {[dict exists $row attitude]} {dict set one attitude [dict get $row attitude]}
        if {[dict exists $cover $who]} {dict set one coverage [dict get $cover $who]}
        dict set one vacant [expr {[dict exists $row placeholder] && [dict get $row placeholder]}]
        dict set one decider [expr {[string match *decider* $role]}]
        dict set one star [expr {[string match *coach* $role] || ([dict exists $row quadrant] && [dict get $row quadrant] eq "champion" && [dict exists $row attitude] && [dict get $row attitude] > 0)}]
        lappend rows $one
    }
    return [::kam::table make $shape $rows]
}
proc ::kam::template::people_links {code asof} {
    set here {}
    ::kam::table each row [::kam::contact list -where "account = $code" -columns code] {dict set here [dict get $row code] 1}
    set rows {}
    if {[dict size $here]} {
        ::kam::table each row [::kam::link list] {
            if {![dict exists $here [dict get $row contact]] || ![dict exists $here [dict get $row other]]} continue
            if {[dict exists $row since] && [dict get $row since] > $asof} continue
            if {[dict exists $row until] && [dict get $row until] <= $asof} continue
            lappend rows [dict create from [dict get $row contact] to [dict get $row other] kind [dict get $row kind]]
        }
    }
    return [::kam::table make {from text to text kind text} $rows]
}
# As a block of the report; `politics` 0 for the customer's edition.
# `most`: when there are more people, those with most influence and their superiors; how many are left out is said under the map.
# `turned`: where it would be cut here it may stand at the head of the next page, or on a landscape page, while the text goes on.
proc ::kam::template::people_map {code asof politics {caption {}} {most 0} {turned 0}} {
    set people [people_table $code $asof]
    if {!$politics} {set people [people_seated $people]}
    set all [::kam::table rows $people]
    if {$most && $all > $most} {set people [people_first $people $most]}
    set words [list -id contact -name name -title title -reports-to reports_to]
    if {$caption ne {}} {lappend words -caption $caption}
    if {$turned} {lappend words -turned [say "People: [short [name_of account $code] 60]" "关键人物：[short [name_of account $code] 60]"]}
    if {$politics} {
        lappend words -role role -influence influence -attitude attitude -coverage coverage -decider decider -star star -links [people_links $code $asof]
    }
    ::kam::report people $people {*}$words
    set left [expr {$all - [::kam::table rows $people]}]
    if {$left > 0} {
        ::kam::report text [expr {$politics ? [say "The map shows those with most influence; [counted $left {more person stands} {more people stand}] in: report run stakeholder-map -account $code." "图中为影响力最大的人；另有 $left 人见：report run stakeholder-map -account $code。"]
            : [say "The chart leaves out [counted $left {more person} {more people}]." "图中另有 $left 人未列出。"]}] -small
    }
}
# Without the seats whose holder we do not know; who reports to one stands under the next above.
proc ::kam::template::people_seated {people} {
    set up {}
    set vacant {}
    ::kam::table each row $people {
        if {[dict exists $row reports_to]} {dict set up [dict get $row contact] [dict get $row reports_to]}
        if {[dict get $row vacant]} {dict set vacant [dict get $row contact] 1}
    }
    if {![dict size $vacant]} {return $people}
    return [mapped [::kam::table where $people {!$vacant}] reports_to [list apply {{up vacant row} {
        set chief [expr {[dict exists $row reports_to] ? [dict get $row reports_to] : {}}]
        for {set n [dict size $vacant]} {$n > 0 && [dict exists $vacant $chief]} {incr n -1} {set chief [expr {[dict exists $up $chief] ? [dict get $up $chief] : {}}]}
        return [expr {[dict exists $vacant $chief] ? {} : $chief}]
    }} $up $vacant]]
}
proc ::kam::template::people_first {people most} {
    set up {}
    ::kam::table each row $people {if {[dict exists $row reports_to]} {dict set up [dict get $row contact] [dict get $row reports_to]}}
    set keep {}
    ::kam::table each row [::kam::table sort $people -influence] {
        set who [dict get $row contact]
        set line {}
        while {$who ne {} && ![dict exists $keep $who] && $who ni $line} {
            lappend line $who
            set who [expr {[dict exists $up $who] ? [dict get $up $who] : {}}]
        }
        if {[dict size $keep] + [llength $line] > $most} continue
        foreach who $line {dict set keep $who 1}
    }
    return [::kam::table where $people {[dict exists $keep $contact]}]
}
# White space of one account as cells of a grid: category × product.
proc ::kam::template::whitespace_cells {table rivals} {
    set state {sold owned untouched gap lost competitor pipeline pipeline competitor competitor blocked blocked}
    set rows {}
    ::kam::table each row $table {
        set word [dict get $row state]
        set one [dict create account [dict get $row account] product [expr {[dict exists $row product_name] ? [dict get $row product_name] : [dict get $row product]}] \
            state [expr {[dict exists $state $word] ? [dict get $state $word] : $word}]]
        if {[dict get $one state] ne "owned" && [dict exists $row opportunity]} {dict set one state pipeline; dict set one note [dict get $row opportunity]}
        if {[dict get $one state] eq "gap" && $rivals && [dict exists $row competitor]} {dict set one state competitor; dict set one note [dict get $row competitor]}
        if {!$rivals && [dict get $one state] eq "competitor"} {dict set one state gap}
        if {[dict get $one state] eq "owned" && [dict exists $row amount]} {dict set one amount [dict get $row amount]}
        if {[dict get $one state] eq "gap" && $rivals && [dict exists $row estimate]} {dict set one amount [dict get $row estimate]}
        lappend rows $one
    }
    return [::kam::table make {account text product text state text amount real note text} $rows]
}
