# SPDX-License-Identifier: GPL-3.0-or-later
# Accounts, products, contracts and what was bought: per role a rhythm (mean days between purchase days), a size, a trend and
# the days on which buying starts and ends. Rates differ between accounts by a gamma factor, as the models of DOMAIN C3 assume.
namespace eval story {
    # role → gap in days, lines a purchase day, size, yearly growth, first day (0 = start), last day before as-of (0 = none)
    variable rhythm {
        flagship          {5  3.2 2.6  1.45 0 0}    growing-member    {8  2.6 1.8 1.7  0 0}
        advocate          {9  2.4 1.5  1.35 0 0}    problem-complaint {9  2.4 1.6 1.05 0 0}
        captive           {8  2.6 1.7  1.0  0 0}    large-declining   {6  3.0 2.8 0.7  0 62}
        large-stable      {6  3.0 2.3  1.0  0 0}    growing           {9  2.4 1.3 1.7  0 0}
        stable            {10 2.4 1.0  1.0  0 0}    problem-overdue   {9  2.4 1.3 1.0  0 0}
        no-value          {24 1.4 0.3  1.0  0 0}    new               {9  2.0 0.9 1.2  -150 0}
        declining         {9  2.4 1.2  0.45 0 0}    slowing           {6  1.6 0.5 0.8  0 70}    problem-survey    {10 2.4 1.1 1.0  0 0}
        loyal             {10 2.4 1.2  1.1  0 0}    loyal-member      {10 2.4 1.2 1.1 0 0}
           lost              {14 2.2 0.9 0.8  0 480}
        first-time        {0  2.0 0.6  1.0  0 0}    repeat-small      {40 1.6 0.35 1.0 0 0}
        small-good        {45 1.8 0.5  2.2  0 0}    winning-back      {15 2.2 1.0 0.8  0 450}
        lapsed-incubating {20 2.0 0.8  0.8  0 400}  problem-unhappy   {12 2.2 0.8 0.9  0 0}
        returns           {25 1.4 0.25 0.9  0 0}
    }
    variable products {}
    # How many units an account can store, where we know it.
    variable room {HUAXIN 80 MAYI 30 LIULI 25 TIECHUI 40 WUGUI 25 LANJING 60 HEMA 20 ZHUXI 30}
}
proc story::sales {} {
    variable products
    variable asof
    foreach {sku name en category price cost life} $words::products {
        emit product [list sku $sku name $name name_en $en category $category list_price $price unit_cost $cost use_days $life]
        lappend products [list $sku $category $price $cost]
    }
    foreach {code name en title executive capacity} $words::reps {
        emit rep [list code $code name "$name | $en" title $title executive $executive capacity $capacity]
    }
    foreach {code name en} $words::competitors {
        emit competitor [list code $code name $name name_en $en]
    }
    set n 0
    foreach {code name en industry kind ownership region role} $words::accounts {
        account [incr n] $code $name $en $industry $kind $ownership $region $role
    }
}
proc story::account {n code name en industry kind ownership region role} {
    variable rhythm
    variable asof
    variable first
    variable buyer
    variable room
    set known [expr {$first - [rng::int 30 1500]}]
    if {$role in {new selling potential incubating}} {set known [expr {$asof - [rng::int 170 420]}]}
    if {$role in {first-time}} {set known [expr {$asof - [rng::int 320 500]}]}
    set row [list code $code name "$name（例）" name_en "$en (sample)" kind $kind industry [dict get $words::industries $industry] region [dict get $words::regions $region] \
        ownership $ownership known_since [cal::date $known] \
        source [rng::weighted {referral 3 exhibition 2 {cold call} 2 media 1 lookalike 1}] \
        acquisition_cost [expr {[rng::int 5 60] * 1000}].00 employees [expr {[rng::int 4 300] * 20}] \
        exit_cost [rng::int 2 8] pay_day [rng::pick {5 10 15 20 25}]]
    if {$code in {OUDUAN HAIXING TENGMAN}} {lappend row parent DAXIANG}
    if {[dict exists $room $code]} {lappend row storage_capacity [dict get $room $code]}
    set bought 0
    if {[dict exists $rhythm $role]} {set bought [purchases $code $role {*}[dict get $rhythm $role]]}
    # Spend in our category makes the share of wallet: high where the story says loyal, unknown for some.
    set share [switch -- $role {
        flagship {expr 0.72} growing-member - advocate - loyal - loyal-member {expr 0.9} captive {expr 0.95}
        large-declining {expr 0.35} first-time - new {expr 0.3} default {rng::pick {0.25 0.4 0.55 0.7 0}}
    }]
    if {$bought > 0 && $share > 0} {
        lappend row annual_spend [expr {int($bought / $share / 1000) * 1000}].00
    } elseif {!$bought && $role ni {potential}} {
        lappend row annual_spend [expr {[rng::int 20 400] * 10000}].00
    }
    if {$role in {growing-member advocate flagship loyal-member}} {
        lappend row member_since [cal::date [expr {$asof - [rng::int 300 500]}]]
    }
    if {$role eq "flagship"} {
        dict set row employees 4000
        lappend row key_account 1 key_reason {行业标杆，联合研发伙伴 | leads its industry, develops together with us}
    }
    if {$role eq "problem-unhappy"} {lappend row bad_debt 1}
    if {$role eq "returns"} {lappend row off_strategy 1}
    if {$role in {captive}} {set row [dict replace $row exit_cost 9]}
    emit account $row
    set buyer($code) $bought
}
# The purchases of one account; returns its revenue of the last 365 days in yuan.
proc story::purchases {code role gap lines size growth start silent} {
    variable asof
    variable first
    variable sold
    set from [expr {$start < 0 ? $asof + $start + [rng::int 0 40] : $first + [rng::int 0 12]}]
    set to [expr {$asof - $silent}]
    if {$role eq "first-time"} {
        set day [cal::workday_before [expr {$asof - [rng::int 60 300]}]]
        return [purchase_day $code $role $day 3 $size]
    }
    set heterogeneity [rng::gamma 6 [expr {1.0 / 6}]]
    set gap [expr {$gap * 0.92 / min(1.8, max(0.55, $heterogeneity))}]
    set revenue 0
    set favourites [lrange [rng::shuffle {0 1 2 3 4 5 6 7 8 9 10}] 0 [rng::int 3 5]]
    set sold($code) $favourites
    set day [expr {double($from)}]
    while {$day <= $to} {
        set d [cal::workday_before [expr {int($day)}]]
        if {$d >= $first && $d <= $to} {
            set years [expr {($d - ($asof - 365)) / 365.0}]
            set season [expr {[string range [cal::date $d] 5 6] in {02 10} ? 0.8 : 1.0}]
            set got [purchase_day $code $role $d $lines [expr {$size * $season * $growth ** ($years * 0.55)}]]
            if {$d > $asof - 365} {set revenue [expr {$revenue + $got}]}
        }
        set years [expr {($day - ($asof - 365)) / 365.0}]
        set step [expr {$gap / ($growth ** ($years * 0.45)) * [rng::gamma 2.2 [expr {1 / 2.2}]]}]
        set day [expr {$day + max(1.0, $step)}]
    }
    return $revenue
}
proc story::purchase_day {code role day lines size} {
    variable products
    variable asof
    variable sold
    variable invoice_no
    set invoice [format F%s-%05d [string range [cal::date $day] 2 3] [incr invoice_no]]
    set due [expr {$day + [rng::pick {30 45 60}]}]
    set paid [expr {$due + int([rng::normal -1 6])}]
    if {$role eq "problem-overdue"} {incr paid [rng::int 5 45]}
    if {$role eq "pays-late"} {incr paid [rng::int 15 50]}
    # Its last invoices, paid when it had long gone.
    if {$role eq "holds-back"} {set paid [expr {max($paid, $asof - 365 + [rng::int 10 70])}]}
    if {$role in {problem-overdue problem-unhappy} && $day > $asof - 150} {set paid [expr {$asof + 1}]}
    # A large account that lets one invoice stand (a receivable older than 90 days, A6).
    if {$role eq "large-declining" && $day > $asof - 112 && $day <= $asof - 100} {set paid [expr {$asof + 1}]}
    set favourites [expr {[info exists sold($code)] ? $sold($code) : {0 2 4 9}}]
    set total 0.0
    set n [expr {max(1, int([rng::normal $lines 0.9] + 0.5))}]
    for {set i 0} {$i < $n} {incr i} {
        set p [rng::pick [expr {[rng::chance 0.9] ? $favourites : {0 1 2 3 4 5 6 7 8 9 10 11 12 13}}]]
        lassign [lindex $products $p] sku category price cost
        set quantity [expr {max(1, int([rng::gamma 1.6 1] * $size * (6000.0 / $price) * 1.1 + 0.5))}]
        set discount [expr {[rng::int 0 14] / 100.0}]
        if {$role eq "no-value"} {set discount 0.35}
        if {$role eq "large-declining"} {set discount 0.22}
        set back [expr {[rng::chance [expr {$role eq "returns" ? 0.3 : 0.012}]]}]
        if {$back} {set quantity [expr {-$quantity}]}
        set amount [format %.2f [expr {$quantity * $price * (1 - $discount)}]]
        set row [list account $code date [cal::date $day] amount $amount product $sku quantity $quantity invoice_no $invoice \
            due_on [cal::date $due]]
        # One line in six carries its own cost; the others take the product's.
        if {[rng::chance 0.16]} {lappend row cost [format %.2f [expr {$quantity * $cost * (0.95 + [rng::int 0 10] / 100.0)}]]}
        # Discounts and special service eat the margin of the large account that leaves.
        if {$role eq "large-declining"} {dict set row cost [format %.2f [expr {$quantity * $cost * 1.18}]]}
        if {$paid <= $asof} {lappend row paid_on [cal::date [expr {max($day, $paid)}]]}
        emit transaction $row
        set total [expr {$total + $amount}]
    }
    return $total
}
