# SPDX-License-Identifier: GPL-3.0-or-later
# The many smaller accounts, of whom a third was lost within the last year: what `churn-risk` learns from. The truth behind them is written down
# here, so that what it finds can be judged. A year before the as-of day each account has a number of complaints, unanswered ones among them, a
# gap between perceived and expected, rivals seen, late payments and a number of our calls and visits; the log odds of leaving are
#
#   -1.6 + 0.8 × complaints + 0.8 × unanswered - 0.6 × gap + 1.4 × rivals seen + 0.9 × pays late - 0.4 × (calls and visits - 4)
#
# Who leaves buys less for four months, stops within the three before that day, and hears less from us afterwards. Those who stay get the same traits anew in the
# year that ends today: some look much like those who left. Drawn last and from a seed of its own, so that nothing told before changes.
proc story::crowd {seed} {
    variable asof
    rng::seed [expr {$seed + 40}]
    set n 0
    foreach {code name en industry ownership region} $words::crowd {
        crowd_account [incr n] $code $name $en $industry $ownership $region
    }
    lived_through
}
# Rivals were about the larger accounts too a year earlier, and they stayed: an order seen elsewhere is a warning, no sentence.
proc story::lived_through {} {
    variable asof
    variable buyer
    foreach {code name en industry kind ownership region role} $words::accounts {
        if {!$buyer($code) || $role in {new first-time} || [rng::chance 0.6]} continue
        set day [expr {$asof - [rng::int 385 700]}]
        emit sighting [list account $code competitor [rng::pick {C-ALPHA C-BETA C-GAMMA}] date [cal::date $day] kind [rng::pick {order order advert}] \
            what {客户向其采购同类产品 | bought the same from them} truth true answered_on [cal::date [expr {$day + [rng::int 4 20]}]] \
            explanation {试用后仍选我们 | tried them and stayed with us}]
    }
}
# What an account goes through in a year; some years hurt, as things go wrong together.
proc story::hardship {p} {
    set hard [rng::chance $p]
    set complaints [rng::weighted [expr {$hard ? {1 4 2 4 3 2} : {0 7 1 3}}]]
    return [list complaints $complaints unanswered [expr {$complaints && [rng::chance [expr {$hard ? 0.6 : 0.15}]]}] \
        gap [expr {$hard ? [rng::int -4 0] : [rng::int -1 2]}] rivals [rng::chance [expr {$hard ? 0.6 : 0.15}]] \
        late [rng::chance [expr {$hard ? 0.45 : 0.15}]] calls [expr {$hard ? [rng::int 1 4] : [rng::int 3 8]}]]
}
proc story::leaving {year} {
    dict with year {
        return [expr {1 / (1 + exp(1.6 - 0.8 * $complaints - 0.8 * $unanswered + 0.6 * $gap - 1.4 * $rivals - 0.9 * $late + 0.4 * ($calls - 4)))}]
    }
}
# Two people of our own look after them, by region; some stand with the others.
proc story::crowd_owner {n region} {
    if {$n % 14 == 5} {return R02}
    return [expr {$region in {华东 华南 华中} ? "R06" : "R07"}]
}
proc story::crowd_account {n code name en industry ownership region} {
    variable asof
    variable first
    variable sold
    set owner [crowd_owner $n $region]
    set cut [expr {$asof - 365}]
    set before [hardship 0.36]
    set leaves [rng::chance [leaving $before]]
    set stop [expr {$leaves ? $cut - [rng::int 2 80] : $asof}]
    set from [expr {min($stop - 60, $first + [rng::weighted {0 2 1 3}] * [rng::int 20 300] + [rng::int 0 30])}]
    set gap [expr {22 * min(2.2, max(0.5, [rng::gamma 4 0.25]))}]
    set size [expr {0.2 + [rng::gamma 2 0.15]}]
    set sold($code) [lrange [rng::shuffle {0 2 3 4 5 6 7 8 9 10}] 0 [rng::int 1 3]]
    set bought 0
    set days {}
    for {set day [expr {double($from)}]} {$day <= $stop} {set day [expr {$day + max(2.0, $gap * [rng::gamma 2.2 [expr {1 / 2.2}]])}]} {
        lappend days [cal::workday_before [expr {int($day)}]]
    }
    # It did buy shortly before it stopped.
    if {$leaves && [lindex $days end] < $stop - 20} {lappend days [cal::workday_before $stop]}
    set today [expr {$leaves ? {} : [hardship 0.2]}]
    foreach day $days {
        set year [expr {$day <= $cut ? $before : $today}]
        set ending [expr {$leaves ? $stop : $asof}]
        set fading [expr {$day > $ending - 120 && ($leaves || [leaving $year] > 0.6)}]
        set pays [expr {![dict get $year late] ? "crowd" : $leaves && $day > $stop - 70 ? "holds-back" : "pays-late"}]
        set net [purchase_day $code $pays $day 1.6 [expr {$fading ? 0.55 * $size : $size}]]
        if {$day > $cut} {set bought [expr {$bought + $net}]}
    }
    set row [list code $code name "$name（例）" name_en "$en (sample)" kind company industry [dict get $words::industries $industry] \
        region [dict get $words::regions $region] ownership $ownership known_since [cal::date [expr {$from - [rng::int 20 900]}]] \
        source [rng::weighted {referral 2 exhibition 2 {cold call} 3 media 1 lookalike 1}] acquisition_cost [expr {[rng::int 2 15] * 1000}].00 \
        employees [expr {[rng::int 2 40] * 10}] exit_cost [rng::int 1 6] pay_day [rng::pick {5 10 15 20 25}]]
    if {$bought > 0 && [rng::chance 0.6]} {lappend row annual_spend [expr {int($bought / [rng::pick {0.3 0.45 0.6 0.85}] / 1000 + 1) * 1000}].00}
    emit account $row
    emit assessment [list subject_kind account subject $code attribute owner date [cal::date $from] value $owner by R01]
    set contacts [crowd_people $n $code $from $leaves]
    year_of $code $owner $contacts $before $cut [expr {min($stop, $cut)}] $leaves
    if {$leaves} {
        # One call after the last order, to ask why; then the card is put away. Four in five have been written up.
        emit interaction [list account $code date [cal::date [cal::workday_before [expr {$asof - [rng::int 20 330]}]]] kind call contacts [lindex $contacts 0] rep $owner \
            activity process hours 0.5 topic {为何停止采购 | why they stopped} outcome refusal]
        if {[rng::chance 0.8]} {
            emit post-mortem [list account $code date [cal::date [expr {$asof - [rng::int 10 200]}]] text [rng::pick $words::farewells]]
        }
    } else {
        year_of $code $owner $contacts $today $asof $asof 0
        upkeep $code $bought
    }
}
proc story::crowd_people {n code from leaves} {
    variable crowd_no
    set codes {}
    foreach seat {0 4} {
        lassign [lrange $words::seats [expr {$seat * 7}] [expr {$seat * 7 + 6}]] title title_en department layer buying authority participation
        set k [incr crowd_no]
        set s [expr {2 * ($k % 40)}]
        set b [expr {2 * (($k / 40 + $k * 5) % 12)}]
        set contact [format %s-%02d $code [expr {[llength $codes] + 1}]]
        set row [list code $contact account $code name "[lindex $words::surnames $s][lindex $words::branches $b]" \
            name_en "[lindex $words::surnames $s+1] [lindex $words::branches $b+1]" title "$title | $title_en" department $department]
        if {$seat == 4} {lappend row reports_to [lindex $codes 0]}
        lappend row known_since [cal::date $from] birthday [format 19%02d-%02d-%02d [rng::int 62 95] [rng::int 1 12] [rng::int 1 28]] \
            email [string tolower $contact]@example.com
        emit contact $row
        lappend codes $contact
        foreach {attribute value} [list layer $layer buying_role $buying authority $authority participation $participation \
                                       attitude [expr {$leaves ? [rng::int -3 0] : [rng::int -1 2]}]] {
            emit assessment [list subject_kind contact subject $contact attribute $attribute date [cal::date [expr {$from + 90}]] value $value by R01]
        }
    }
    return $codes
}
# The traits of the year before `cut`, as rows; nothing lies after `last`, the day the account stopped buying.
proc story::year_of {code owner contacts year cut last leaves} {
    set room [expr {340 - ($cut - $last)}]
    dict with year {
        for {set k 0} {$k < $complaints} {incr k} {
            set day [cal::workday_before [expr {int($last - 10 - $room * ($k + [rng::uniform] * 0.8) / 3)}]]
            set row [list account $code date [cal::date $day] kind complaint contacts [lindex $contacts 1] rep $owner activity administration hours 1 \
                topic [rng::pick {{交货延迟 | late delivery} {质量缺陷 | defect} {发票错误 | wrong invoice} {服务响应慢 | slow service}}] complaint_owner $owner]
            # The latest stays unanswered until it no longer matters.
            set took [expr {$unanswered && $k == 0 ? $cut - $day + [rng::int 10 60] : [rng::int 3 20]}]
            # The four clocks: kept by habit when somebody cared, an apology when nobody did.
            if {$took <= 30} {
                foreach {field after} {progress_on 1 written_on 3 visited_on 6 filed_on 9} {
                    set kept [expr {$day + $after + !($day % 7)}]
                    if {$kept <= $story::asof && ($day % 5 || $field ne "visited_on")} {lappend row $field [cal::date $kept]}
                }
            }
            if {$day + $took <= $story::asof} {
                lappend row resolved_on [cal::date [expr {$day + $took}]] \
                    resolution [expr {$took > 30 ? {迟到的道歉 | an apology that came late} : {已处理，客户确认 | settled, the customer agreed}}]
            }
            emit interaction $row
        }
        if {[rng::chance 0.8]} {
            set expected [rng::int 6 8]
            set perceived [expr {max(0, min(10, $expected + $gap))}]
            emit survey [list account $code contact [lindex $contacts 1] date [cal::date [expr {$last - [rng::int 12 110]}]] expectation $expected perceived $perceived \
                buy_again [expr {$perceived >= 6}] recommend [expr {max(0, min(10, $perceived + [rng::int -1 1]))}] \
                named_first [rng::chance [expr {$perceived / 14.0}]] favourable [expr {$perceived >= $expected}]]
        }
        if {$rivals} {
            emit sighting [list account $code competitor [rng::pick {C-ALPHA C-BETA C-GAMMA}] date [cal::date [expr {$last - [rng::int 5 150]}]] kind [rng::pick {order order advert}] \
                what {客户向其采购同类产品 | bought the same from them} truth true answered_on [cal::date [expr {$last - 2}]] explanation {价格差异 | price}]
        }
        for {set k 0} {$k < $calls} {incr k} {
            set day [cal::workday_before [expr {int($last - $room * ($k + [rng::uniform]) / $calls)}]]
            set kind [rng::weighted {call 6 visit 2 mail 2}]
            set row [list account $code date [cal::date $day] kind $kind contacts [rng::pick $contacts] rep $owner activity [rng::weighted {selection 2 process 5 administration 2}] \
                hours [rng::pick {0.5 0.5 1}]]
            if {$kind eq "visit"} {lappend row cost [rng::int 100 400].00 prepared 1 debriefed [rng::chance 0.9]}
            lappend row topic [rng::pick {{备件供应 | spare parts} {价格与付款 | price and payment} {交付周期 | lead time} {年度回顾 | yearly review}}]
            if {$kind ne "mail"} {lappend row outcome [rng::weighted [expr {$leaves ? {order 1 continuation 6 refusal 2} : {order 4 continuation 4 refusal 0.5}}]]}
            emit interaction $row
        }
    }
}
proc story::upkeep {code bought} {
    variable asof
    for {set q 0} {$q < 4} {incr q} {
        emit service-cost [list account $code date [cal::date [expr {$asof - 20 - 90 * $q}]] amount [format %.2f [expr {$bought * [rng::int 2 6] / 400.0}]] kind serve]
    }
}
