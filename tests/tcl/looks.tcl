# SPDX-License-Identifier: GPL-3.0-or-later
# What looks*.test share: every template that comes with the program, and the handout, filled with 0, 1, 60 or 2,000 rows whose
# names are one or eighty characters long, in both languages and all editions. Each run is a real file in the fonts of this
# system: no two texts may stand over each other, none may leave its page, qpdf must find no fault, and the number of
# pages must be in reason. LOOKS_KEEP=FOLDER keeps the files, to be looked at: pdftoppm -r 60 -png.
testConstraint qpdf [expr {[auto_execok qpdf] ne ""}]
testConstraint pdftotext [expr {[auto_execok pdftotext] ne ""}]

# Names of one or eighty characters. The mixed one has a run of letters that cannot be broken, `lw` is one such run.
set long {
    zh  {华东精密制造与智能装备研究发展集团有限公司示例分公司第二事业部客户服务中心}
    la  {A company with a rather long name that somebody really registered like this }
    lw  {Unbreakablylongregisterednamewithoutspaces}
    mix {客户Unbreakablylongregisterednamewithoutspace数字化 Line 3 产线改造（二期）}
}
proc name_of_kind {kind} {
    global long
    if {[string length $kind] == 1} {return $kind}
    return [string range [string repeat [dict get $long $kind] 4] 0 78][expr {$kind eq "lw" ? "x" : "例"}]
}
proc day {k} {return [clock format [expr {1751241600 - 86400 * $k}] -format %Y-%m-%d -gmt 1]} ;# k days before 2025-06-30
proc pick {list k} {return [lindex $list [expr {$k % [llength $list]}]]}

# A file of n records is imported; `fields` is a script that gives the k-th (from 1) as a dict.
proc bring {entity n name fields} {
    if {$n <= 0} return
    set lines {}
    for {set k 1} {$k <= $n} {incr k} {
        set row [apply [list {k name n} $fields] $k $name $n]
        lappend lines [join [lmap value [dict values $row] {string cat \" $value \"}] ,]
    }
    set result [import $entity [tmpfile $entity.csv "[join [dict keys $row] ,]\n[join $lines \n]\n"]]
    if {[table get $result 0 rejected]} {error "$entity: [import $entity [tmpfile $entity.csv] -rejections -dryrun]"}
}
# An account BIG that has n of everything and a deal O1, beside n - 1 other accounts.
proc fill {n name} {
    account add BIG -name $name -known_since 2023-01-01 -annual_spend 100000 -industry $name -region $name -kind company
    opportunity add O1 -account BIG -name $name -opened_on 2025-01-05
    if {!$n} return
    bring rep 3 $name {dict create code R$k name $name}
    bring competitor 2 $name {dict create code X$k name $name}
    bring account [expr {$n - 1}] $name {dict create code C$k name $name known_since 2023-01-01 region $name}
    bring product $n $name {dict create sku P$k name $name category [string range $name 0 end-[expr {$k % 9}]] unit_cost 5}
    bring contact $n $name {dict create code K$k account BIG name $name title $name reports_to [expr {$k > 1 ? "K[expr {($k + 2) / 4}]" : {}}]}
    bring assessment [expr {6 * $n}] $name {
        set what [pick {attitude authority participation buying_role org_fit person_fit} $k]
        dict create subject_kind contact subject K[expr {($k + 5) / 6}] attribute $what date 2025-05-01 \
            value [dict get [list attitude [pick {-5 0 3 5} [expr {$k / 6}]] authority [pick {2 8 5} [expr {$k / 6}]] participation [pick {1 9 6 3} [expr {$k / 6}]] \
                buying_role [pick {decider user gatekeeper purchaser} [expr {$k / 6}]] org_fit [pick {3 8} [expr {$k / 6}]] person_fit [pick {8 2 6} [expr {$k / 6}]]] $what]
    }
    bring link [expr {min($n / 4, 60)}] $name {dict create contact K[expr {3 * $k}] other K$k kind [pick {influence conflict} $k] since 2025-01-01}
    bring relationship [expr {$n / 2}] $name {dict create rep R[expr {$k % 3 + 1}] contact K$k date 2025-05-01 present vendor wanted trusted-adviser}
    bring transaction $n $name {
        dict create account [expr {$k % 2 ? "BIG" : "C[expr {$k / 2}]"}] date [day [expr {$k % 700}]] amount [expr {1000 + $k * 37}] quantity 1 product P[expr {$k % 60 % $n + 1}]
    }
    bring service-cost [expr {$n / 3}] $name {dict create account [expr {$k % 2 ? "BIG" : "C$k"}] date [day [expr {$k % 300}]] amount [expr {$k * 20}] kind serve}
    bring opportunity $n $name {dict create code D$k account [expr {$k % 3 || $k >= $n ? "BIG" : "C$k"}] name $name opened_on [day [expr {100 + $k % 200}]]}
    bring stage-change $n $name {dict create opportunity D$k date [day [expr {90 - $k % 60}]] stage [pick {lead intent proposal negotiation} $k]}
    bring assessment [expr {3 * $n}] $name {
        set deal [expr {($k + 2) / 3}]
        dict create subject_kind opportunity subject D$deal attribute [pick {amount expected_close owner} $k] date 2025-05-01 \
            value [pick [list [expr {1000 * $deal}] [day [expr {30 - $deal % 200}]] R[expr {$deal % 3 + 1}]] $k]
    }
    stage-change add O1 2025-05-06 -stage proposal
    bring objective $n $name {dict create code G$k account BIG measure $name target $name owner R1 agreed_on [expr {$k % 2 ? {2025-01-01} : {}}]}
    bring action $n $name {dict create account BIG what $name due [day [expr {20 - $k % 90}]] owner R[expr {$k % 3 + 1}] objective G$k customer_owner K$k status open}
    bring risk $n $name {dict create account BIG what $name likelihood [expr {$k % 11}] effect [expr {$k % 7}] answer $name date 2025-01-01}
    bring sighting $n $name {dict create account BIG competitor X[expr {$k % 2 && $n > 0 ? 1 : 2}] date [day [expr {$k % 80}]] kind [pick {order rumour} $k] what $name truth [pick {true false unknown} $k]}
    bring interaction $n $name {
        dict create account BIG date [day [expr {$k % 300}]] kind [pick {visit call mail complaint} $k] contacts K$k rep R1 topic $name \
            outcome [pick {advance continuation {} {}} $k] next_step $name next_on [day [expr {$k % 40 - 20}]]
    }
    bring survey $n $name {dict create account BIG date [day [expr {$k % 700}]] contact K$k expectation 7 perceived [expr {$k % 11}]}
    set criteria {project business finances funding urgency decision-criteria solution-fit sales-resources relationship unique-value inside-support executive-credibility}
    bring mark 12 [list $name {*}$criteria] {
        dict create subject_kind opportunity subject O1 card opportunity criterion [lindex $name $k] date 2025-05-01 mark [pick {1 0 -1} $k] evidence [lindex $name 0]
    }
    bring contract $n $name {dict create code H$k account [expr {$k % 2 ? "BIG" : "C[expr {$k / 2}]"}] start 2023-01-01 end [day [expr {$k % 120 - 60}]] price [expr {10 * $k}] period month}
    plan snapshot BIG -asof 2025-03-31 -name [string range $name 0 39] -quiet
    foreach section {strategy profile needs value} {
        plan-text add BIG $section 2025-05-01 -audience [expr {$section eq "strategy" ? "internal" : "customer"}] -text [string repeat "$name。" [expr {$n > 1 ? 4 : 1}]]
    }
}
set runs {
    account-plan/ account-plan/customer stakeholder-map/ stakeholder-map/customer quarterly-review/ quarterly-review/customer
    visit-brief/ opportunity-qualification/ portfolio-review/ funnel-forecast/ churn-watch/ handout/participant handout/trainer
}
# The words of one run.
proc words_of {run lang} {
    lassign [split $run /] name edition
    set words [list -lang $lang]
    if {$edition ne ""} {lappend words -edition $edition}
    switch $name {
        handout {return [list handout classification -live -names {*}$words]}
        opportunity-qualification {lappend words -opportunity O1}
        portfolio-review - funnel-forecast - churn-watch {}
        default {lappend words -account BIG}
    }
    return [list report run $name {*}$words]
}
# Saving also says what a reader would stumble over.
set stumbles {}
rename ::kam::report ::kam::report_unseen
proc ::kam::report {args} {
    if {[lindex $args 0] eq "save"} {lappend ::stumbles {*}[split [::kam::report_unseen faults] \n]}
    tailcall ::kam::report_unseen {*}$args
}
# One run: {} when all is well, else what is wrong. `most`: pages at most.
proc look {case run lang most} {
    global stumbles
    set stumbles {}
    set file [tmpfile "$case.[string map {/ -} $run].$lang.pdf"]
    set began [clock milliseconds]
    set row [table get [{*}[words_of $run $lang] -out $file] 0]
    set wrong [lrange $stumbles 0 4]
    if {[info exists ::env(LOOKS_KEEP)]} {
        file copy -force $file $::env(LOOKS_KEEP)
        puts stderr "[file tail $file] [dict get $row pages] pages, [expr {[clock milliseconds] - $began}] ms"
    }
    if {[dict get $row pages] < 1 || [dict get $row pages] > $most} {lappend wrong "[dict get $row pages] pages"}
    if {$run eq "account-plan/" && [testConstraint pdftotext]} {
        set page [exec pdftotext -f 1 -l 1 -enc UTF-8 $file -]
        if {![string match [dict get {zh *主要风险* en {*Top risks*}} $lang] $page]} {lappend wrong "the summary is more than one page"}
    }
    if {[dict get $row missing_characters]} {lappend wrong "[dict get $row missing_characters] missing characters"}
    if {[testConstraint qpdf] && [catch {exec qpdf --check $file 2>@1} said]} {lappend wrong $said}
    file delete $file
    return $wrong
}
# All runs over a portfolio of n rows for each kind of name.
proc looks {n kinds langs most} {
    foreach kind $kinds {
        database open [tmpfile looks-$n-$kind.kam] -create
        setting set asof 2025-06-30
        fill $n [name_of_kind $kind]
        foreach run $::runs {
            # a visit brief is one page, unless everything in it has a name of eighty characters
            set pages [expr {$run ne "visit-brief/" ? $most : [string length $kind] == 1 || $n == 0 ? 1 : 2}]
            foreach lang $langs {
                test looks-$n.$kind.[string map {/ .} $run].$lang {nothing over anything, nothing off a page, sound, not too long} \
                    -body [list look $n-$kind $run $lang $pages] -result {}
            }
        }
    }
}
