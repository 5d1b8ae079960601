# SPDX-License-Identifier: GPL-3.0-or-later
# What the questions on contentment need beside the rest: factors of surveys, customers that fell silent, complaints whose clocks were kept, and the
# seven questions on ourselves. Drawn after everything else, so that what stands before stays as it was.
proc story::contentment {} {
    survey_factors
    fallen_silent
    kept_clocks
    seven_questions
}
# The factors of every second survey. Delivery matters most and disappoints; advice matters and is good; manuals are better than anybody asks for.
proc story::survey_factors {} {
    set n 0
    foreach survey $out::rows(survey) {
        if {[incr n] % 2} continue
        set perceived [dict get $survey perceived]
        foreach {factor importance level} {delivery 9 -2 quality 9 1 advice 8 1 price 7 -1 invoices 4 -2 manuals 3 2} {
            emit survey-factor [list survey $n factor $factor importance [expr {$importance + [rng::int -1 0]}] expectation [dict get $survey expectation] \
                perceived [expr {max(0, min(10, $perceived + $level + [rng::int -1 1]))}]]
        }
    }
}
# They complained twice in a quarter, were answered, and have said nothing since: one buys as before, one buys less and less.
proc story::fallen_silent {} {
    variable asof
    foreach {code ago topic} {YANSHI 345 {交货延迟 | late delivery} SHILIU 450 {服务响应慢 | slow service}} {
        complaint $code $ago $topic {1 3 6 9} 5 {已补货，客户接受 | sent again, accepted} {旺季前备货 | stock up before the season}
    }
}
# Days of the four clocks after the complaint; - not done; resolved after `done` days.
proc story::complaint {code ago topic clocks done {resolution {}} {lesson {}}} {
    variable asof
    set day [expr {$asof - $ago}]
    set row [list account $code date [cal::date $day] kind complaint rep R03 activity administration hours 1 topic $topic complaint_owner R03]
    foreach field {progress_on written_on visited_on filed_on} after $clocks {
        if {$after ne "-"} {lappend row $field [cal::date [expr {$day + $after}]]}
    }
    if {$done ne "-"} {lappend row resolved_on [cal::date [expr {$day + $done}]] resolution $resolution}
    if {$lesson ne ""} {lappend row lesson $lesson}
    emit interaction $row
}
proc story::kept_clocks {} {
    # Handled as it should be, handled late, just come in, and answered in time but not filed yet.
    complaint BAILU 70 {标签印错 | wrong label} {1 2 5 10} 4 {重印并上门更换 | printed again and changed on site} {出货前核对标签样张 | check a label before dispatch}
    complaint LIUXING 95 {培训改期 | training moved} {2 5 12 20} 12 {另行安排培训 | another day was found} {排期须双方签字 | both sides sign a schedule}
    complaint LINGYANG 0 {备件型号不符 | wrong spare part} {- - - -} -
    complaint YUNSHAN 6 {包装破损 | damaged packing} {1 3 6 -} 5 {换货并加固包装 | replaced, with better packing}
}
proc story::seven_questions {} {
    foreach {criterion then now} {view 4 5 built 3 4 ease 6 7 share 2 3 keep 5 5 trust 6 7 decides 3 4} {
        mark ourselves - audit $criterion 370 $then evidence {管理层研讨 | management workshop}
        mark ourselves - audit $criterion 20 $now evidence {管理层研讨 | management workshop}
    }
}
