# SPDX-License-Identifier: GPL-3.0-or-later
# The story of one deal from lead to lesson: qualify it, see whether talks move it, prepare a visit, enter what came of it, look at the
# forecast and at what would change it, close it, and learn from it.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]
setting set asof 2026-06-30 -quiet

puts "== A lead: is it worth our time?"
opportunity add OPP-NEW -account YUNSHAN -name {冷库改造 | Cold store refit} -opened_on 2026-03-02 -competitors C-BETA -quiet
stage-change add OPP-NEW 2026-03-02 -stage lead -quiet
foreach {attribute value} {owner R04 amount 480000 expected_close 2026-08-20} {
    assessment add opportunity OPP-NEW $attribute 2026-03-02 -value $value -quiet
}
foreach {criterion mark control evidence} {
    project 1 yes {requirements in writing}      funding 0 partly {budget round in May}    urgency 1 no {new hygiene rule from January}
    business 1 no {grows by a tenth a year}      solution-fit 1 yes {pilot data}           relationship 1 yes {four years of orders}
    inside-support -1 yes {no coach yet}         profitability 1 partly {list price holds} long-revenue 1 no {two more sites}
} {
    assess-opportunity OPP-NEW -mark $criterion $mark -control $control -evidence $evidence -date 2026-03-10 -quiet
}
show [table select [assess-opportunity OPP-NEW -asof 2026-03-31] verdict sum_opportunity sum_compete sum_win sum_worth unknown work_on]
show [table select [table head [assess-opportunity OPP-NEW -show work -asof 2026-03-31] 3] criterion mark control advice]

puts "\n== Two talks, kind words only"
stage-change add OPP-NEW 2026-03-25 -stage intent -quiet
foreach day {2026-04-14 2026-05-12} {
    debrief YUNSHAN -kind call -date $day -rep R04 -opportunity OPP-NEW -contacts YUNSHAN-01 -objections {too dear} -outcome continuation -quiet
}
show [table select [table where [call-outcomes -show flags -asof 2026-05-31] {$opportunity eq "OPP-NEW"}] flag date evidence]
show [table select [table where [why OPP-NEW call-outcomes -show opportunities -asof 2026-05-31] {$part in {"input" "setting"}}] part item value date source]

puts "\n== Before the visit"
show [table select [table where [visit-brief YUNSHAN -opportunity OPP-NEW -asof 2026-05-31] {$section in {"deals" "repeated"}}] section item detail]

puts "\n== The visit: a concrete step, confirmed in writing"
debrief YUNSHAN -date 2026-06-03 -rep R04 -opportunity OPP-NEW -contacts YUNSHAN-01 -objections {too dear} -answers {total cost over five years} \
    -outcome advance -next_step {pilot in cold room 2} -next_on 2026-06-24 -confirmed yes -quiet
foreach {factor mark} {knows 8 needs 7 worth 4 trusts 6} {
    assessment add contact YUNSHAN-01 $factor 2026-06-03 -opportunity OPP-NEW -value $mark -evidence {the visit} -quiet
}
show [table select [buying-factors OPP-NEW] contact lowest force coverage]
show [table select [deal-kind -opportunity OPP-NEW] opportunity class why]
stage-change add OPP-NEW 2026-06-05 -stage proposal -quiet
show [table select [buying-phase -opportunity OPP-NEW] stage phase topics]

puts "\n== The forecast, and what negotiation would do to it"
keep-forecast -quiet
begin -what-if
stage-change add OPP-NEW 2026-06-30 -stage negotiation -quiet
show [table select [forecast -compare] period measure before after difference]
rollback
show [table select [table where [forecast -plan -month 2026-08 -rep R04] {$opportunity eq "OPP-NEW"}] kind due status what]

puts "\n== August: won, and what it taught us"
stage-change add OPP-NEW 2026-07-20 -stage negotiation -quiet
stage-change add OPP-NEW 2026-08-18 -stage won -quiet
opportunity set OPP-NEW -result won -closed_on 2026-08-18 -quiet
setting set asof 2026-08-31 -quiet
show [table select [table where [win-loss -show missing] {$opportunity eq "OPP-NEW"}] opportunity result cycle_days flag]
opportunity set OPP-NEW -reason {试用打消顾虑 | the pilot took the fear away} -lesson {先问总成本再谈价格 | total cost before price} -quiet
show [table select [table where [win-loss -show deals] {$opportunity eq "OPP-NEW"}] opportunity result reason lesson flag]
show [table select [table where [forecast -backtest -source kept -show deals] {$opportunity eq "OPP-NEW"}] origin period stage probability came_true error]
