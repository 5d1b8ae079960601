# SPDX-License-Identifier: GPL-3.0-or-later
# What is next: a second mailing sent to more people, with who answered, and a saved segment. It draws from a seed of its own and comes last, so
# that nothing told before changes.
proc story::next {seed} {
    variable asof
    variable people
    rng::seed [expr {$seed + 7}]
    emit mailing [list code M-02 name {新品控制器试用邀请 | Trial of the new controller} date [cal::date [expr {$asof - 95}]] cost 18000.00]
    set n 0
    foreach {code name en industry kind ownership region role} $words::accounts {
        if {![dict exists $people $code] || [incr n] % 3} continue
        foreach person [lrange [dict get $people $code] 0 1] {
            set sent [expr {$asof - 93 + [rng::int 0 3]}]
            set row [list mailing M-02 contact [lindex $person 0] sent_on [cal::date $sent]]
            if {[rng::chance 0.35]} {
                lappend row response [rng::pick {attended declined question}] responded_on [cal::date [expr {$sent + [rng::int 2 12]}]]
            }
            emit recipient $row
        }
    }
    emit segment [list code NORTH name {北方客户 | Accounts of the north} saved_on [cal::date [expr {$asof - 20}]] \
        script {account list -where {region ~ 华北}}]
    emit segment [list code PILOT name {试点客户 | Pilot accounts} saved_on [cal::date [expr {$asof - 20}]]]
    foreach account {HUAXIN BAILU YUNSHAN LINGYANG} {
        emit segment-member [list segment PILOT account $account]
    }
}
