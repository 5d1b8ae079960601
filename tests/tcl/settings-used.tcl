# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests settings-used*.test share: ways of asking, other values, and the comparison. Sourced from the folder of the source.
set argv {}
source examples/data/load.tcl

# The ways of asking that together read everything a command may read.
set ways {
    classify {
        {classify} {classify -by pyramid} {classify -by pyramid -basis margin} {classify -by pyramid -basis lifetime-value}
        {classify -by pyramid -show measures} {classify -by rfm} {classify -by lifecycle} {classify -by ladder}
        {classify -summary} {classify -by quality} {classify -by fit} {classify -by potential} {classify -by key} {classify -by rfm -key}
        {classify -by segments -show segments} {classify -by segments} {classify -by segments -cross size -show segments} {classify -by segments -cross size}
    }
    {card list} {{card list}}
    {card show} {{card show quality HUAXIN} {card show potential HUAXIN}}
    lifetime-value {
        {lifetime-value} {lifetime-value -model bg-nbd} {lifetime-value -show portfolio} {lifetime-value -model contractual}
        {lifetime-value -show fit} {lifetime-value -show spend} {lifetime-value -show tracking}
        {lifetime-value -model contractual -margin 100 -retention 0.8} {lifetime-value -show residual} {lifetime-value -show new}
        {lifetime-value -show months} {lifetime-value -show counts -account HUAXIN} {lifetime-value -show models}
    }
    cost-to-serve {{cost-to-serve} {cost-to-serve -kinds} {cost-to-serve -show whale} {cost-to-serve -show measures}}
    complaint-cost {{complaint-cost} {complaint-cost -show accounts} {complaint-cost -show measures} {complaint-cost -show recovery}}
    what-if {
        {what-if -model bg-nbd -retention 5 -margin 0.05 -discount 0.08 -acquisition 0.1} {what-if -show keep} {what-if -model contractual}
    }
    next-purchase {
        {next-purchase} {next-purchase -all} {next-purchase -show collections} {next-purchase -show payers} {next-purchase -show rhythm}
    }
    churn-risk {
        {churn-risk} {churn-risk -show alive} {churn-risk -show reasons -account HUAXIN} {churn-risk -show model}
        {churn-risk -show calibration} {churn-risk -show measures}
    }
    complaints {{complaints} {complaints -show clocks} {complaints -show owners} {complaints -show recovery}}
    retention {{retention} {retention -by month} {retention -by quarter} {retention -by year}}
    satisfaction {
        {satisfaction} {satisfaction -show time} {satisfaction -show factors} {satisfaction -show rates} {satisfaction -show behaviour}
        {satisfaction -show audit} {satisfaction -show shifts}
    }
    silence {{silence} {silence -summary}}
    coverage {{coverage} {coverage -view accounts} {coverage -view sponsors}}
    effort-mix {{effort-mix} {effort-mix -by rep}}
    {allocation list} {{allocation list}}
    {allocation bids} {{allocation bids}}
    {allocation transfer} {{allocation transfer TUOLING R03 -dryrun}}
    account-audit {{account-audit} {account-audit -summary}}
    portfolio {{portfolio} {portfolio -show flow}}
    completeness {{completeness HUAXIN}}
    health {{health -each}}
    next-step {{next-step}}
    competence {{competence}}
    care {{care} {care -summary}}
    funnel {{funnel} {funnel -show opportunities} {funnel -reestimate}}
    cross-sell {{cross-sell} {cross-sell -show rules}}
    lookalike {{lookalike} {lookalike -product TRN-D}}
    wallet-share {{wallet-share} {wallet-share -show measures}}
    whitespace {{whitespace} {whitespace -account DENGTA}}
    reminders {{reminders} {reminders -kinds purchase -days 10}}
    campaign {{campaign} {campaign -mailing M-02}}
    forecast {{forecast} {forecast -by rep} {forecast -reestimate} {forecast -plan} {forecast -backtest}}
    keep-forecast {{keep-forecast -dryrun} {keep-forecast -dryrun -reestimate}}
    assess-opportunity {{assess-opportunity OPP-004} {assess-opportunity OPP-002} {assess-opportunity OPP-004 -show work}}
    call-outcomes {{call-outcomes} {call-outcomes -show opportunities} {call-outcomes -show flags}}
    competitor-watch {{competitor-watch} {competitor-watch -show rivals}}
    buying-phase {{buying-phase}}
    deal-kind {{deal-kind}}
    visit-brief {{visit-brief HUAXIN} {visit-brief SHILIU} {visit-brief CHIYAN} {visit-brief YUNSHAN}}
    stakeholder-map {
        {stakeholder-map HUAXIN} {stakeholder-map HUAXIN -view flags} {stakeholder-map HUAXIN -view grid}
        {stakeholder-map HUAXIN -view roles} {stakeholder-map HUAXIN -view needs} {stakeholder-map SHILIU -view flags}
        {stakeholder-map HUAXIN -view coaches} {stakeholder-map CHIYAN -view flags}
        {stakeholder-map HUAXIN -view circle} {stakeholder-map HUAXIN -view route} {stakeholder-map HUAXIN -view account}
        {stakeholder-map SHANHU -view circle} {stakeholder-map LIUXING -view route} {stakeholder-map DOUYA -view feeling} {stakeholder-map SHILIU -view feeling}
    }
}
# Another value of a setting; those without one here are numbers and are halved, doubled or shifted.
set other {
    currency - asof - language - own-company - max-list-rows - pdf-font - report-tagged - quality-weights 10/10/20/20/40 effort-model 20/40/40
    pyramid-split 10/20/30/40 pyramid-basis margin stage-probability 0.2/0.4/0.6/0.8/1 time-unit month default-margin 0.9
    key-account-revenue 1000 market-share 0.5 level 0.5 stakeholder-bad-attitude 3 stakeholder-coach-attitude -5 lifecycle-overdue-days 1
    stakeholder-cut 7 stakeholder-policy-days 1 stakeholder-met-days 10 stakeholder-new-days 2000
    potential-weights 1/2/3/4/5/6/7/8 segment-size 500/5000 segment-sample 20 segment-max 2 segment-min-reach 0.99 quality-entered-risk 1
    segment-max-spread 0.1 segment-min-pull 6 segment-min-share 0.4 segment-distinct 4 risk-alive-drop 0 large-share 0.5
    quality-serve-share 0.01 key-account-lenses 3 receivable-days 10 receivable-share 0.01 risk-margin-ratio 1.1
    small-good-growth 9 small-good-percentile 1 lifecycle-lost-days 20 significance 0.0001 spend-correlation 0.9 lifecycle-lost-gaps 40
    churn-lambda 5 churn-sample 100 churn-min-lost 500
    audit-debrief-days 200 bid-weights 1/2/3 care-answer-days 0/0/0/0 care-attentions 99/99/99/99 care-sponsor 0/0/1/1
    care-visits 99/99/99/99 effort-models 10/10/80/80/10/10/5/5/90
    effort-support 50/60/70 health-activity-days 1/400 health-bands 95/90 health-gap 50/5 health-order-level 30 health-risk-points 60/60 health-weights 1/2/3/4/5/6/7
    loop-days 1/1/1/1 audit-thank-days 20 market-rule-high 20/90/1 market-rule-low 45/60/10/20 load-high 3 load-low 1 unworked-days 10 competence-low 9
    reminder-purchases 40 lookalike-weights 3/0/1/1/1/1/1/1 lookalike-coverage 0.95 lookalike-sample 3 whitespace-max-rows 9 next-purchase-lost 0.3
}
# Listed, but the example has nothing it decides, with the reason.
set exempt {
    {completeness stakeholder-cut} {one circle of the example is complete, and stays so; stakeholder-portfolio.test covers it}
    {completeness winning-circle-coaches} {the same}
    {completeness winning-circle-deciders} {the same}
    {completeness winning-circle-influencers} {the same}
    {{allocation bids} load-high} {every representative of the example has a capacity of his own; a unit test covers it}
    {{allocation transfer} load-high} {the same; allocation.test covers it}
    {portfolio market-rule-low} {the example's market share is not known; portfolio.test covers it}
    {portfolio market-rule-high} {the same}
    {stakeholder-map stakeholder-policy-days} {the example's policy notes were reviewed on one day; a unit test covers it}
    {classify default-margin} {every purchase of the example has a cost; classify.test and the ledger's tests cover it}
    {lifetime-value default-margin} {the same}
    {cost-to-serve default-margin} {the same}
    {what-if default-margin} {the same}
    {{card show} default-margin} {the same}
    {classify segment-min-reach} {every account of the example has a contact; a unit test covers it}
    {classify small-good-percentile} {its one small but good account also grows; a unit test covers it}
    {classify segment-sample} {the example is smaller than any sample; a unit test covers it}
}

# The same for one question, where the value above decides nothing.
set other_of {{completeness winning-circle-attitude} 3 {silence lifecycle-lost-days} 5000}

proc another {name command} {
    if {[dict exists $::other_of [list $command $name]]} {return [dict get $::other_of [list $command $name]]}
    if {[dict exists $::other $name]} {return [dict get $::other $name]}
    set v [setting get $name]
    if {![string is double -strict $v]} {return -}
    foreach try [list [expr {$v / 2}] [expr {$v * 3}] [expr {$v + 1}]] {
        if {[string is integer -strict $v]} {set try [expr {int($try)}]}
        if {![catch {setting set $name $try -dryrun}] && $try != $v} {return $try}
    }
    return -
}
proc answers {command} {
    set out {}
    foreach way [dict get $::ways $command] {
        catch {render [{*}$way] -as table} text; # with its notes
        lappend out $text
    }
    return $out
}
# Names of the settings that change an answer of the command: those it lists one by one, the others all at once, and one by
# one only where that makes a difference.
proc moving {command} {
    set before [answers $command]
    set moving {}
    set others {}
    table each row [setting list] {
        set name [dict get $row name]
        set value [another $name $command]
        if {$value eq "-"} continue
        if {$name ni [listed $command]} {
            lappend others $name $value
            continue
        }
        setting set $name $value
        if {[answers $command] ne $before} {lappend moving $name}
        setting reset $name
    }
    foreach {name value} $others {setting set $name $value}
    set differs [expr {[answers $command] ne $before}]
    foreach {name value} $others {setting reset $name}
    if {!$differs} {return $moving}
    foreach {name value} $others {
        setting set $name $value
        if {[answers $command] ne $before} {lappend moving $name}
        setting reset $name
    }
    return $moving
}
# What the records say, read once: all of them take 20 ms.
foreach r [::kam::records] {set listed([dict get $r name]) [lsort -unique [lmap s [dict get $r settings] {lindex $s 0}]]}
unset r
proc listed {command} {return $::listed($command)}

# Two tests for each of the questions.
proc compare {prefix commands} {
    global exempt; # a test runs where it stands
    set i 0
    foreach command $commands {
        incr i
        set moves [moving $command]
        test $prefix-1.$i "$command: every setting it lists counts, or is exempt with a reason" -body {
            lmap s [listed $command] {
                if {$s in $moves || [dict exists $exempt [list $command $s]]} continue
                set s
            }
        } -result {}
        test $prefix-2.$i "$command: a setting that counts is listed" -body {
            lmap s $moves {if {$s in [listed $command]} continue; set s}
        } -result {}
    }
}
set apart {
    worth {lifetime-value cost-to-serve complaint-cost what-if next-purchase}
    run {coverage effort-mix {allocation list} {allocation bids} {allocation transfer} account-audit}
    work {portfolio completeness health next-step competence care}
    care {churn-risk complaints retention satisfaction silence}
    deals {funnel forecast keep-forecast assess-opportunity call-outcomes competitor-watch buying-phase deal-kind visit-brief}
    people {stakeholder-map}
    cards {{card list} {card show}}
    next {cross-sell lookalike wallet-share whitespace reminders campaign}
}
