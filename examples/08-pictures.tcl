# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures in the terminal, drawn from the answers: classes, the funnel with its conversion, who buys how much, and the
# amounts of the past year by month.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]
display set lang zh
show [plot bar [classify -by pyramid -summary] -y basis -title 客户金字塔 -width 64]
show [plot funnel [funnel] -width 64]
display set lang en
show [plot bar [table where [funnel] {!missing(conversion)}] -y conversion -width 64]
show [plot scatter [classify -by rfm] -x recency -y monetary -width 64 -height 12]
set months [sql {select substr(date(day * 86400, 'unixepoch'), 1, 7) as month, sum(amount_minor) as revenue_minor
    from transactions where day > 20270 group by month order by month}]
show [plot line $months -width 64 -height 10]
show [plot spark $months -width 64]
