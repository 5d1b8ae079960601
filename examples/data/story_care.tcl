# SPDX-License-Identifier: GPL-3.0-or-later
# What happens between us and the accounts: visits and calls with their outcomes, complaints and their clocks, surveys,
# competitor sightings, referrals, contracts, service costs, plans, actions, risks, policy notes, exceptions, bids, campaigns.
proc story::care {} {
    variable asof
    variable first
    variable buyer
    variable people
    foreach {code name en industry kind ownership region role} $words::accounts {
        set contacts [expr {[dict exists $people $code] ? [dict get $people $code] : {}}]
        interactions $code $role $contacts
        surveys $code $role $contacts
        costs $code $role
        sightings $code $role
    }
    complaints
    referrals
    contracts
    plans
    notes
}
proc story::interactions {code role contacts} {
    variable asof
    if {![llength $contacts]} return
    set mean [switch -- $role {
        flagship {expr 9} growing-member - advocate - large-stable - large-declining {expr 16}
        potential - lost - repeat-small - returns {expr 110} default {expr 28}
    }]
    set from [expr {$role in {new potential selling incubating first-time} ? $asof - 160 : $asof - 720}]
    set until [expr {$role in {lost} ? $asof - 430 : $asof}]
    set day $from
    set topics {{交付周期 | lead time} {价格与付款 | price and payment} {备件供应 | spare parts} {方案演示 | demonstration} {年度回顾 | yearly review} {新项目需求 | new project} {培训安排 | training} {质量反馈 | quality}}
    while 1 {
        set day [expr {$day + 1 + int([rng::exponential $mean])}]
        if {$day > $until} break
        set d [cal::workday_before $day]
        # Some buyers are never visited: the last third of the list stays away from meetings.
        set reachable [lrange $contacts 0 [expr {max(0, int([llength $contacts] * ($role eq "flagship" ? 1.0 : 0.7)) - 1)}]]
        set kind [rng::weighted {visit 5 call 6 meeting 3 mail 4 service 2 suggestion 0.3}]
        set who [lindex [rng::pick $reachable] 0]
        if {$kind eq "meeting"} {
            set other [lindex [rng::pick $reachable] 0]
            if {$other ne $who} {append who ";$other"}
        }
        set row [list account $code date [cal::date $d] kind $kind contacts $who rep [owner_of $code $role] \
            activity [rng::weighted {selection 2 process 6 administration 2}] hours [rng::pick {0.5 1 1.5 2 3}]]
        if {$kind in {visit meeting}} {lappend row cost [rng::int 100 900].00 prepared [rng::chance 0.8] debriefed [rng::chance 0.7]}
        if {$role eq "flagship" && $kind eq "meeting" && [rng::chance 0.3]} {set row [dict replace $row rep R05 duty_call 1]}
        lappend row topic [rng::pick $topics]
        if {[rng::chance 0.25]} {
            lassign [rng::pick {{{价格偏高 | too dear} {用总成本说明 | showed the cost over five years}} {{担心停机 | afraid of downtime} {建议周末切换 | offered to switch over a weekend}} {{已有供应商 | has a supplier already} {提出并行试用 | offered a trial side by side}}}] objection answer
            lappend row objections $objection answers $answer
        }
        if {$kind in {visit meeting call}} {
            set outcome [rng::weighted [expr {$role in {lost declining problem-unhappy captive} ? {order 1 advance 2 continuation 6 refusal 2} : {order 2 advance 4 continuation 4 refusal 0.5}}]]
            lappend row outcome $outcome
            if {$outcome eq "advance"} {
                lappend row confirmed [rng::chance 0.75] next_step [rng::pick {{安排技术交流 | technical meeting} {提交报价 | hand over the offer} {组织现场试用 | trial on site} {约见副总 | meet the deputy}}] \
                    next_on [cal::date [expr {$d + [rng::int 5 25]}]]
            }
        }
        emit interaction $row
    }
    # The advance that makes this account "incubating" though it has no deal.
    if {$role in {lapsed-incubating incubating}} {
        emit interaction [list account $code date [cal::date [expr {$asof - 33}]] kind visit contacts [lindex $contacts 0 0] \
            rep [owner_of $code $role] activity process hours 2 prepared 1 debriefed 1 topic {新项目需求 | new project} outcome advance \
            confirmed 1 next_step {组织现场试用 | trial on site} next_on [cal::date [expr {$asof + 8}]]]
    }
    if {$role eq "flagship"} {
        # Everybody in the winning circle was met lately.
        foreach person $contacts {
            lassign $person contact seat
            if {$seat in {0 1 2 3 4 5 6 7 9}} {
                emit interaction [list account $code date [cal::date [expr {$asof - 10 - 6 * $seat}]] kind visit contacts $contact rep R01 \
                    activity process hours 2 cost 350.00 prepared 1 debriefed 1 topic {年度合作规划 | plan for the year} outcome advance confirmed 1 \
                    next_step {联合评审 | joint review} next_on [cal::date [expr {$asof + 12}]]]
            }
        }
    }
}
proc story::surveys {code role contacts} {
    variable asof
    variable buyer
    if {!$buyer($code) && $role ni {lost winning-back}} return
    foreach back [list 640 330 [rng::int 25 120]] {
        set day [expr {$asof - $back}]
        if {$role eq "new" && $back > 200} continue
        if {[rng::chance 0.25] && $role ni {problem-survey captive flagship}} continue
        set expectation [rng::int 6 8]
        set gap [switch -- $role {
            flagship {rng::int 1 2} advocate - growing-member - loyal {rng::int 0 2} captive - problem-survey - problem-unhappy {rng::int -4 -1}
            declining - large-declining - lost {rng::int -3 1} default {rng::int -1 2}
        }]
        set perceived [expr {max(0, min(10, $expectation + $gap))}]
        set row [list account $code]
        if {[llength $contacts]} {lappend row contact [lindex [rng::pick $contacts] 0]}
        emit survey [concat $row [list date [cal::date $day] expectation $expectation perceived $perceived \
            buy_again [expr {$perceived >= 6}] recommend [expr {max(0, min(10, $perceived + [rng::int -1 1]))}] \
            named_first [rng::chance [expr {$perceived / 14.0}]] favourable [expr {$perceived >= $expectation}]]]
    }
}
proc story::costs {code role} {
    variable asof
    variable buyer
    if {!$buyer($code)} return
    set share [switch -- $role {no-value {expr 0.9} problem-unhappy {expr 0.25} large-declining {expr 0.12} default {expr {[rng::int 2 7] / 100.0}}}]
    for {set q 0} {$q < 8} {incr q} {
        set day [expr {$asof - 20 - 90 * $q}]
        foreach kind {promote maintain serve} part {0.2 0.3 0.5} {
            emit service-cost [list account $code date [cal::date $day] amount [format %.2f [expr {$buyer($code) * $share * $part / 4 * (0.8 + [rng::int 0 40] / 100.0)}]] kind $kind]
        }
    }
}
proc story::sightings {code role} {
    variable asof
    set kinds [switch -- $role {
        captive - large-declining - declining - lost {list order advert rumour} flagship {list rumour}
        stable - large-stable {expr {[rng::chance 0.4] ? {order} : {}}} default {expr {[rng::chance 0.15] ? {rumour} : {}}}
    }]
    foreach kind $kinds {
        set row [list account $code competitor [rng::pick {C-ALPHA C-BETA C-GAMMA}] date [cal::date [expr {$asof - [rng::int 15 300]}]] \
            kind $kind what [dict get {order {客户向其采购同类产品 | bought the same from them} advert {客户案例出现在其广告中 | is a reference in their advert} rumour {听说正在洽谈 | said to be in talks}} $kind] truth [expr {$kind eq "rumour" ? "unknown" : "true"}]]
        if {[rng::chance 0.5]} {lappend row answered_on [cal::date [expr {$asof - 5}]] explanation {价格差异，已约技术交流 | price; a technical meeting is arranged}}
        emit sighting $row
    }
}
proc story::complaints {} {
    variable asof
    foreach {code ago done} {LANJING 35 {} HEMA 90 {} HEMA 200 9 MAYI 150 14 QINGHE 120 20 HUAXIN 260 4 LINGYANG 75 6 YANSHI 310 25 XINIU 25 8 LIULI 9 {} SHILIU 400 7} {
        set row [list account $code date [cal::date [expr {$asof - $ago}]] kind complaint rep R02 activity administration hours 1 \
            topic [rng::pick {{交货延迟 | late delivery} {质量缺陷 | defect} {发票错误 | wrong invoice} {服务响应慢 | slow service}}] complaint_owner R02]
        if {$done ne ""} {
            lappend row progress_on [cal::date [expr {$asof - $ago + 1}]] written_on [cal::date [expr {$asof - $ago + min($done, 3)}]] \
                resolved_on [cal::date [expr {$asof - $ago + $done}]] resolution {已更换并致歉，客户确认 | replaced with an apology, the customer agrees} \
                lesson {发货前增加复检 | check once more before delivery}
        }
        emit interaction $row
    }
    # Two that were answered late, and nothing was bought afterwards: what service recovery is about.
    foreach {code ago done} {OUDUAN 483 40 PUGONG 481 28} {
        emit interaction [list account $code date [cal::date [expr {$asof - $ago}]] kind complaint rep R02 activity administration hours 1 \
            topic {交货延迟 | late delivery} complaint_owner R02 progress_on [cal::date [expr {$asof - $ago + 6}]] \
            resolved_on [cal::date [expr {$asof - $ago + $done}]] resolution {补发并致歉 | sent again, with an apology}]
    }
}
proc story::referrals {} {
    variable asof
    foreach {from to ago} {BAILU YINGHUO 120 YUNSHAN DENGTA 140 HUAXIN MIFENG 80 BAILU XINGQIU 130} {
        emit referral [list account $from referred $to date [cal::date [expr {$asof - $ago}]]]
    }
}
proc story::contracts {} {
    variable asof
    foreach {code account start months price} {CT-001 HUAXIN 330 12 30000 CT-002 LINGYANG 200 24 18000 CT-003 LIUXING 420 12 15000 CT-004 BAILU 90 12 8000 CT-005 SHILIU 600 24 22000} {
        set from [expr {$asof - $start}]
        emit contract [list code $code account $account start [cal::date $from] end [cal::date [expr {$from + int($months * 30.4375)}]] \
            price $price.00 period month renewal_on [cal::date [expr {$from + int($months * 30.4375) - 60}]]]
    }
}
proc story::plans {} {
    variable asof
    set d [cal::date [expr {$asof - 40}]]
    # what the customer may read is marked for him; the needs stand twice, in our words and, a day before, in words for him
    foreach {section audience text} {
        strategy internal {以联合研发带动核心产线份额，从单品供应走向平台合作；三年内进入其海外工厂配套。 | Use joint development to win the core lines, move from single products to a platform, and supply the overseas plant within three years.}
        profile customer {国内电子制造企业（示例），三个生产基地，约四千名员工。2026 年的三项重点：产线自动化、单位能耗下降一成、质量追溯。 | A maker of electronics (sample) with three plants and about four thousand people. Three priorities for 2026: line automation, ten per cent less energy a unit, and traceable quality.}
        needs internal {组织看重绩效与形象：停机时间、良率和行业标杆地位；个人诉求集中在成就与被赏识。 | The organisation looks for performance and image: downtime, yield, standing in its industry; its people for achievement and recognition.}
        value customer {以“试点—复制—平台”三步降低风险；给每条产线一页纸的投入产出表。 | Pilot, copy, platform: three steps that keep the risk small, with one page of costs and gains for every line.}
        environment-customer internal {海外订单占比升到三成，交期压力大于价格压力。 | Orders from abroad are up to three tenths; dates press harder than prices.}
        environment-customers internal {整机厂要求 2027 年起逐件质量追溯。 | The makers of devices ask for a trace of every part from 2027 on.}
        environment-competitors internal {贝塔控制以低价切入备件，阿尔法自动化主攻四号产线。 | Beta Controls enters by cheap spare parts; Alpha Automation is after line 4.}
        environment-suppliers internal {两家机器人供应商并用，接口各不相同。 | Two makers of robots side by side, with different interfaces.}
        environment-ourselves internal {华东服务站两小时到场，是对手没有的。 | Our station in the east is there within two hours, which no rival offers.}
        value-choose internal {以停机小时数立题，不谈单价。 | Talk of hours of downtime, not of unit prices.}
        value-provide internal {每条产线先试点六周，再按图复制。 | Six weeks of pilot on each line, then a copy by the drawings.}
        value-tell internal {每季度一页纸成效表，由生产主管与我方共同签字。 | A page of results each quarter, signed by their head of production and us.}
        review internal {上季度完成两条产线改造，视觉检测试点延后一个月。 | Two lines were refitted last quarter; the vision pilot is a month late.}
    } {
        emit plan-text [list account HUAXIN section $section date $d text $text audience $audience]
    }
    emit plan-text [list account HUAXIN section needs date [cal::date [expr {$asof - 41}]] audience customer \
        text {减少停机，提高良率，让新产线成为行业标杆。 | Less downtime, a better yield, and new lines the industry looks up to.}]
    foreach {account section text} {
        LINGYANG strategy {守住控制系统份额，以维护合同锁定年度回顾。 | Keep the share of controls; tie the yearly review to the maintenance contract.}
        SHILIU strategy {从机房环境监控切入，逐步覆盖网点节能。 | Enter with the monitoring of computer rooms, then save energy in the branches.}
        CHIYAN strategy {先止跌：查清竞争对手进入的三个场站，再谈框架协议。 | Stop the fall first: find out about the three stations the rival entered, then talk about a frame agreement.}
    } {
        emit plan-text [list account $account section $section date $d text $text audience internal]
    }
    foreach {code account measure target owner agreed} {
        OBJ-01 HUAXIN {年度销售额 | sales of the year} {1200 万元 | 12 M} R01 2026-01-15 OBJ-02 HUAXIN {单位能耗 | energy a unit} {下降 10 % | 10 % less} R01 2026-01-15
        OBJ-03 HUAXIN {客户满意差距 | satisfaction gap} {不低于 +1 | at least +1} R02 {} OBJ-04 LINGYANG {维护合同续签 | renewal of maintenance} {2026-12 前 | by 2026-12} R03 2026-02-20
        OBJ-05 CHIYAN {恢复月均采购 | monthly purchases back} {80 万元 | 0.8 M} R03 {}
    } {
        set row [list code $code account $account measure $measure target $target owner $owner]
        if {$agreed ne ""} {lappend row agreed_on $agreed}
        emit objective $row
    }
    foreach {account objective what owner theirs due done status} {
        HUAXIN OBJ-01 {提交三号产线改造方案 | Hand over the proposal for line 3} R01 HUAXIN-03 12 {} open
        HUAXIN OBJ-01 {组织副总参观样板产线 | Show the deputy general manager a reference line} R05 HUAXIN-02 25 {} open
        HUAXIN OBJ-02 {与采购经理核对年度品类支出 | Go through the year's spend with purchasing} R01 HUAXIN-05 -9 {} open
        HUAXIN OBJ-02 {完成视觉检测试点验收 | Have the vision pilot accepted} R02 HUAXIN-10 40 {} open
        HUAXIN OBJ-03 {回访三号产线停机问题 | Call back about the stops of line 3} R02 HUAXIN-07 -30 -34 done
        HUAXIN {} {与研发经理单独沟通接口疑虑 | Talk to the R&D manager about interfaces, alone} R02 HUAXIN-14 6 {} open
        LINGYANG OBJ-04 {约见财务总监讨论续签 | Meet the finance director about the renewal} R03 {} 18 {} open
        CHIYAN OBJ-05 {走访三个场站并写出对手分析 | Visit three stations and write up the rival} R03 {} -4 {} open
        SHILIU {} {提交节能测算 | Hand over the energy calculation} R04 {} 30 {} open
    } {
        set row [list account $account]
        if {$objective ne ""} {lappend row objective $objective}
        lappend row what $what owner $owner
        if {$theirs ne ""} {lappend row customer_owner $theirs}
        lappend row due [cal::date [expr {$asof + $due}]]
        if {$done ne ""} {lappend row done_on [cal::date [expr {$asof + $done}]]}
        emit action [concat $row [list status $status]]
    }
    foreach {account what likelihood effect answer} {
        HUAXIN {阿尔法自动化以低价切入四号产线 | Alpha goes for line 4 with a low price} medium high {提前锁定试点并给出总拥有成本对比 | Agree the pilot early and compare total cost of ownership}
        HUAXIN {研发经理反对统一平台 | The R&D manager is against one platform} medium medium {由技术总监牵头做接口联合测试 | Joint interface test under the technical director}
        HUAXIN {扩产项目推迟到明年 | The extension moves to next year} low high {先签备件与维护框架 | Sign spare parts and maintenance first}
        CHIYAN {份额继续流向对手 | More share goes to the rival} high high {由副总出面重启季度会 | Restart the quarterly meeting with the deputy}
        LINGYANG {续签价格压力 | Price pressure at the renewal} medium medium {用停机成本说明价值 | Show the cost of downtime}
    } {
        emit risk [list account $account what $what likelihood [dict get {low 2 medium 5 high 8} $likelihood] effect [dict get {low 2 medium 5 high 8} $effect] date $d answer $answer]
    }
}
proc story::notes {} {
    variable asof
    foreach {code industry ago reviewed effect} {P-01 electronics 200 60 {鼓励设备更新，技改贷款贴息 | new equipment is encouraged, loans for it are subsidised}
        P-02 energy 320 300 {配电设备能效新规 | new rules on the efficiency of power distribution} P-03 automotive 150 90 {供应链本地化比例要求 | a share of local supplies is required}
        P-04 healthcare 100 45 {医疗设备集中采购试点 | trial of central purchasing of medical equipment}} {
        emit policy-note [list code $code industry [dict get $words::industries $industry] date [cal::date [expr {$asof - $ago}]] effect $effect reviewed_on [cal::date [expr {$asof - $reviewed}]]]
    }
    emit exception [list account SHANHU date [cal::date [expr {$asof - 70}]] what {账期延长至九十天 | ninety days to pay} approved_by R05]
    emit exception [list account CHIYAN date [cal::date [expr {$asof - 45}]] what {要求额外返点 | asked for an extra rebate}]
    emit post-mortem [list account OUDUAN date [cal::date [expr {$asof - 90}]] text {交货两次延迟后转向本地供应商；教训：备货点要前移。 | Turned to a local supplier after two late deliveries; lesson: keep stock nearer to them.}]
    emit bid [list account YEMA rep R04 date [cal::date [expr {$asof - 20}]] plan {先从备件小单进入，三个月内完成首次拜访全部关键人 | begin with small orders of spare parts; visit everybody who matters within three months}]
    emit mailing [list code M-01 name {春季技术研讨会邀请 | Invitation to the technical seminar in spring} date [cal::date [expr {$asof - 110}]] cost 12000.00]
    foreach contact {HUAXIN-05 LINGYANG-02 SHILIU-02 YUNSHAN-03} {
        emit recipient [list mailing M-01 contact $contact sent_on [cal::date [expr {$asof - 108}]] response [rng::pick {attended declined none}]]
    }
    foreach {account level kind aim what} {
        HUAXIN basic use {产线不停 | lines that run} {按期交付合格产品 | good parts on time}
        HUAXIN expected safety {停机风险可控 | no surprises when a line stops} {停机四小时内到场 | on site within four hours}
        HUAXIN beyond opportunity {} {联合申报示范项目 | a joint application as a model plant}
        LINGYANG basic use {备件不断供 | spare parts without gaps} {安全库存 | a safety stock}
        LINGYANG expected commercial {单车成本下降 | a lower cost a car} {}
        SHILIU basic use {网点设备可用 | branches that work} {月度巡检 | a check every month}
        SHILIU expected safety {监管检查无忧 | no worry about inspections} {合规报告 | a report for the regulator}
        SHILIU expected emotional {在总行面前有面子 | a good name with head office} {}
        BAILU basic use {设备一次验收 | accepted at once} {}
    } {
        set row [list account $account level $level kind $kind]
        if {$aim ne ""} {lappend row aim $aim}
        if {$what ne ""} {lappend row delivered $what}
        emit value-note [concat $row [list date [cal::date [expr {$asof - 60}]]]]
    }
}
