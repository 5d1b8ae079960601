# SPDX-License-Identifier: GPL-3.0-or-later
# What stakeholder-map must carry: an account with 2,000 contacts on 12 levels, 22,000 assessments, 500 informal lines and 1,000
# visits; each view within 100 ms. Prints one line a view: milliseconds (the best of five) and rows.
encoding system utf-8
fconfigure stdout -encoding utf-8
set folder [exec mktemp -d]
set script {
    proc make {entity columns lines} {
        set path [file join $::folder $entity.csv]
        set f [open $path w]
        puts $f [join [concat [list $columns] $lines] \n]
        close $f
        import $entity $path
    }
    account add BIG -name Big
    set contacts {}
    set marks {}
    set links {}
    set visits {}
    for {set i 0} {$i < 2000} {incr i} {
        lappend contacts [format "P%04d,BIG,N%04d,T,%s,2024-01-01" $i $i [expr {$i == 0 ? "" : [format P%04d [expr {($i - 1) / 2}]]}]]
        foreach {attribute value} [list layer [lindex {image decision implementation use} [expr {$i % 4}]] \
                buying_role [lindex {user gatekeeper purchaser decider coach} [expr {$i % 5}]] authority [expr {$i * 7 % 11}] \
                participation [expr {$i * 5 % 11}] attitude [expr {$i % 11 - 5}] org_need financial org_fit [expr {$i * 3 % 11}] \
                person_need order person_fit [expr {$i * 9 % 11}] thinking [lindex {A B C D} [expr {$i % 4}]]] {
            lappend marks [format "contact,P%04d,%s,2025-0%d-0%d,%s" $i $attribute [expr {$i % 6 + 1}] [expr {$i % 9 + 1}] $value]
        }
        if {$i % 4 == 0} {lappend links [format "P%04d,P%04d,%s" $i [expr {($i * 2 + 1) % 2000}] [expr {$i % 20 ? "influence" : "conflict"}]]}
        if {$i % 2 == 0} {lappend visits [format "BIG,2025-0%d-1%d,visit,P%04d" [expr {$i % 6 + 1}] [expr {$i % 9}] $i]}
        lappend marks [format "contact,P%04d,attitude,2024-06-01,0" $i]
    }
    make contact code,account,name,title,reports_to,known_since $contacts
    make assessment subject_kind,subject,attribute,date,value $marks
    make link contact,other,kind $links
    make interaction account,date,kind,contacts $visits
    setting set asof 2025-06-30
    foreach view {people account layers roles coaches grid needs course flags circle route talk org coverage feeling relation} {
        set best 1e9
        for {set k 0} {$k < 5} {incr k} {
            set start [clock microseconds]
            set rows [table rows [stakeholder-map BIG -view $view]]
            set best [expr {min($best, ([clock microseconds] - $start) / 1000.0)}]
        }
        puts [format "stakeholder-map 2,000 people  %-9s %6.1f ms  %5d rows" $view $best $rows]
    }
}
try {
    puts [exec $env(KAMSH) -X << "set folder [list $folder]\n$script"]
} finally {
    file delete -force $folder
}
