# SPDX-License-Identifier: GPL-3.0-or-later
# How the portfolio is run: who owns and sponsors which account, duty calls, bids, what was promised. Nothing here is drawn by chance, so that
# the rest of the portfolio stays as it is. Two accounts have no owner, one owner changed, one sponsor is late, one small account was forgotten.
proc story::run {} {
    variable asof
    foreach {code name en industry kind ownership region role} $words::accounts {
        if {$code in {YEMA TUOLING}} continue
        set back [expr {$role in {new selling potential incubating first-time} ? 120 : 700}]
        emit assessment [list subject_kind account subject $code attribute owner date [cal::date [expr {$asof - $back}]] \
            value [owner_of $code $role] by R01]
    }
    # Handed over two months ago, with the reason on record.
    emit assessment [list subject_kind account subject YANSHI attribute owner date [cal::date [expr {$asof - 60}]] value R02 by R01 \
        evidence {R03 超出容量，经竞标移交 | R03 was above capacity; handed over after bids}]
    foreach {code sponsor} {HUAXIN R05 CHIYAN R05 SHILIU R01 LINGYANG R01} {
        emit assessment [list subject_kind account subject $code attribute sponsor date [cal::date [expr {$asof - 400}]] value $sponsor by R01]
    }
    foreach {code sponsor ago topic} {
        HUAXIN R05 40 {年度回顾 | yearly review} SHILIU R01 55 {节能规划 | energy plan} CHIYAN R05 150 {份额下降 | falling share}
    } {
        emit interaction [list account $code date [cal::date [expr {$asof - $ago}]] kind meeting rep $sponsor activity process hours 2 prepared 1 debriefed 1 \
            duty_call 1 topic $topic outcome continuation]
    }
    foreach {rep ago plan} {R02 18 {经转介绍约见场长，先做一次现场诊断 | A referral to the manager, then a survey on site} R03 15 {随春季检修带上备件方案 | Bring spare parts to the spring overhaul}} {
        emit bid [list account YEMA rep $rep date [cal::date [expr {$asof - $ago}]] plan $plan]
    }
    # Nobody has thanked this one for more than a year: what was talked about lies longer back. The rows stay where they are, and so do their numbers.
    set since [cal::date [expr {$asof - 380}]]
    set moved {}
    foreach row $out::rows(interaction) {
        if {[dict get $row account] eq "QICHUAN" && [dict get $row date] >= $since} {
            dict set row date [cal::date [expr {$asof - 400}]]
            set row [dict remove $row next_on next_step]
        }
        lappend moved $row
    }
    set out::rows(interaction) $moved
}
