# SPDX-License-Identifier: GPL-3.0-or-later
# Marks on score cards (A6–A8, A11, E10, F6) and reputations (A7): what people judge where no figure answers. Drawn last, so that
# everything before stays as it was. By role; each cell of every method occurs.
namespace eval story {
    # role → level of potential, reputation (- unknown), values and costs as the account sees them, discipline given and wanted
    variable judged {
        flagship          {8 9 8 2 intimacy intimacy}       growing-member    {7 7 8 3 intimacy product}
        advocate          {7 8 9 2 product product}         problem-complaint {6 6 5 5 operations intimacy}
        captive           {4 5 3 6 operations intimacy}     large-declining   {6 8 4 6 operations operations}
        large-stable      {7 8 6 4 tied operations}         growing           {8 6 7 3 product intimacy}
        stable            {5 5 6 4 operations operations}   problem-overdue   {4 3 6 3 operations operations}
        no-value          {2 3 6 2 operations operations}   new               {6 - 6 4 product product}
        declining         {3 4 4 5 operations product}      loyal             {6 6 7 3 intimacy intimacy}
        loyal-member      {5 6 8 3 intimacy intimacy}       lost              {3 4 2 7 - operations}
        first-time        {3 - 5 5 product -}               repeat-small      {2 3 6 3 operations operations}
        small-good        {9 6 8 2 product product}         problem-unhappy   {2 2 2 7 operations intimacy}
        incubating        {8 7 - - - intimacy}              selling           {6 6 4 5 - product}
        problem-survey    {5 5 3 6 operations intimacy}     potential         {4 - - - - -}
    }
}
proc story::cards {} {
    variable asof
    variable judged
    own_marks
    set n 0
    foreach {code name en industry kind ownership region role} $words::accounts {
        incr n
        if {![dict exists $judged $role]} continue
        lassign [dict get $judged $role] potential reputation values costs given wanted
        potential $code $potential
        if {$reputation ne "-"} {
            emit assessment [list subject_kind account subject $code attribute reputation date [cal::date [expr {$asof - [rng::int 40 300]}]] \
                value $reputation by [owner_of $code $role] evidence {行业评价 | what its industry says}]
        }
        if {$values ne "-"} {delivered $code $values $costs}
        discipline $code $given $wanted
        # Every fourth account has never been judged for quality: its coverage shows it.
        if {$n % 4 && $role ne "potential"} {quality $code $role $potential $values}
    }
    risks
}
proc story::mark {kind subject card criterion ago mark args} {
    variable asof
    emit mark [list subject_kind $kind subject $subject card $card criterion $criterion date [cal::date [expr {$asof - $ago}]] \
        mark [expr {max(0, min(10, $mark))}] {*}$args]
}
proc story::potential {code level} {
    foreach criterion {expansion research market-power strategy culture technology-cycle deciders} {
        if {[rng::chance 0.15]} continue
        mark account $code potential $criterion [rng::int 30 320] [expr {$level + [rng::int -1 1]}] evidence [rng::pick {{走访所见 | seen on a visit} {年报 | annual report} {行业协会资料 | papers of the trade association}}] by R01
    }
}
proc story::delivered {code values costs} {
    foreach criterion {product service people image} {
        mark account $code fit $criterion [rng::int 20 200] [expr {$values + [rng::int -1 1]}] evidence {客户座谈 | round table with the customer} by R02
    }
    foreach criterion {money time energy effort} {
        mark account $code fit $criterion [rng::int 20 200] [expr {$costs + [rng::int -1 1]}] evidence {客户座谈 | round table with the customer} by R02
    }
}
proc story::discipline {code given wanted} {
    foreach side {given wanted} strongest [list $given $wanted] {
        if {$strongest eq "-"} continue
        foreach d {operations product intimacy} {
            set m [expr {$d eq $strongest ? 8 : [rng::int 3 6]}]
            if {$strongest eq "tied" && $d ne "product"} {set m 7}
            mark account $code discipline $d-$side [rng::int 30 250] $m evidence {问卷 | questionnaire} by R02
        }
    }
}
# Judged twice: what counts is the latest on or before the as-of day.
proc story::quality {code role potential values} {
    set teaches [expr {$values eq "-" ? 5 : $values}]
    if {$role in {problem-unhappy no-value returns}} {set teaches 1}
    mark account $code quality buying-power 400 [expr {$potential + [rng::int -2 0]}] evidence {上年评估 | last year's review} by R01
    mark account $code quality buying-power 50 [expr {$potential + [rng::int 0 1]}] evidence {预算与在建项目 | budget and projects} by R01
    mark account $code quality teaches 50 $teaches evidence {建议与联合试验 | suggestions and joint trials} by R02
}
proc story::risks {} {
    mark account HEMA risks unhappy 30 8 evidence {三次换货仍投诉 | replaced three times, still complaining} by R02
    mark account LIUXING risks makes-itself 60 8 evidence {已购置同类产线 | has bought a line like ours} by R03
    mark account YUNSHAN risks makes-itself 60 2 evidence {无自制计划 | no plan to make it themselves} by R03
}
# Ourselves: what we can supply to anybody, and where one account needs more; our people; our firm.
proc story::own_marks {} {
    foreach {criterion now} {technology 7 people 6 finance 7 management 7} {
        mark ourselves - capability $criterion 120 $now evidence {年度自评 | yearly review}
    }
    mark account SHILIU capability technology 45 4 evidence {缺少金融行业资质 | no licence for its sector} by R04
    mark account MENGMA capability finance 45 3 evidence {要求垫资两年 | wants two years of credit} by R04
    foreach {rep marks} {R01 {9 8 8 7 8 9} R02 {8 7 6 5 8 8} R03 {6 7 5 4 7 8} R04 {5 5 3 4 6 7}} {
        foreach criterion {product company business-rules current-affairs appearance attitude} m $marks {
            mark rep $rep competence $criterion 75 $m evidence {季度陪访 | joint visits}
        }
    }
    foreach {criterion then now} {relationship 4 6 keeping 3 5 customer 4 5 equity 2 4} {
        mark ourselves - shifts $criterion 370 $then evidence {管理层研讨 | workshop of the management}
        mark ourselves - shifts $criterion 20 $now evidence {管理层研讨 | workshop of the management}
    }
    foreach {criterion m} {strategy 6 tactics 5 processes 4 skills 6 technique 5} {
        mark ourselves - practice $criterion 20 $m evidence {管理层研讨 | workshop of the management}
    }
}
