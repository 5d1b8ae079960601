# SPDX-License-Identifier: GPL-3.0-or-later
# Handouts: course modules (templates/handout/NAME.tcl) printed in a participant's or a trainer's edition. Both come from the
# same blocks: what only one edition shows stands in `trainer {…}` or `participant {…}`. Exercises are numbered as they come,
# and the answer key at the end of the trainer's edition goes by the same numbers.
namespace eval ::kam::template {
    variable edition participant
    variable exercise_no 0
    variable keys {} ;# number, title, script of the answer: printed at the end
}
proc ::kam::template::handout {modules p} {
    variable edition
    variable lang
    if {$modules eq {list}} {return [catalogue [dict get $p lang] module]}
    set facts [lmap name $modules {load module $name}]
    set edition [dict get $p edition]
    set lang [dict get $p lang]
    if {![dict exists $p out]} {
        dict set p out "handout-[join $modules -][expr {$edition eq {trainer} ? {-trainer} : {}}].$lang.pdf"
    }
    try {
        mind_tags $p
        begin_handout $facts $p
        foreach module $facts {run_module $module $p}
        return [::kam::report save [dict get $p out]]
    } finally {
        ::kam::report discard
        mind_tags {}
        set lang en
        set edition participant
    }
}
proc ::kam::template::begin_handout {facts p} {
    set title [join [lmap module $facts {dict get $module summary [dict get $p lang]}] [say {, } {、}]]
    set which [expr {[dict get $p edition] eq "trainer" ? [say {Trainer's edition} 讲师版] : [say {Participant's edition} 学员版]}]
    ::kam::report begin -lang [dict get $p lang] -theme [dict get $p theme] -title "$title · $which" \
        -header-left $title -header-right $which -footer [say {Key-account management course} 大客户管理课程] -mirrored -first-page-plain
}
proc ::kam::template::run_module {module p} {
    variable exercise_no 0
    variable keys {}
    apply [list p [dict get $module body] ::kam::template] $p
    if {[dict get $p edition] eq "trainer" && [llength $keys]} {
        ::kam::report break
        ::kam::report heading 1 [say {Answer key} 参考答案]
        foreach {title script} $keys {
            ::kam::report heading 2 $title
            apply [list p $script ::kam::template] $p
        }
    }
}

# --- the words of modules -----------------------------------------------------------------------------------------
proc ::kam::template::trainer {script} {
    variable edition
    if {$edition eq "trainer"} {uplevel 1 $script}
}
proc ::kam::template::participant {script} {
    variable edition
    if {$edition ne "trainer"} {uplevel 1 $script}
}
# The lesson plan every module opens with: hours, aim, key points, difficult points, method, one list each, EN ZH pairs.
proc ::kam::template::lesson {title_en title_zh kicker_en kicker_zh facts} {
    set pairs {}
    foreach {name_en name_zh en zh} $facts {lappend pairs [say $name_en $name_zh] [say $en $zh]}
    ::kam::report title [say $title_en $title_zh] -kicker [say $kicker_en $kicker_zh] -facts $pairs
}
proc ::kam::template::section {level en zh} {::kam::report heading $level [say $en $zh]}
proc ::kam::template::para {en zh} {::kam::report text [say $en $zh] -marks}
proc ::kam::template::points {en zh args} {::kam::report items [say $en $zh] -marks {*}$args}
# A box only the trainer sees: minutes and what to do, say, ask.
proc ::kam::template::trainer_note {minutes en zh} {
    trainer {
        ::kam::report note [say $en $zh] -kind trainer -marks -title [say "Trainer · $minutes min" "讲师提示 · $minutes 分钟"]
    }
}
# Room to write under a question; the trainer, who does not write, gets one line.
proc ::kam::template::room {lines question} {
    variable edition
    ::kam::report lines [expr {$edition eq "trainer" ? 1 : $lines}] -prompt $question
}
# A numbered exercise; returns its title. The key is a script printed at the end of the trainer's edition.
proc ::kam::template::exercise {en zh {key {}}} {
    variable exercise_no
    variable keys
    incr exercise_no
    set title [say "Exercise $exercise_no · $en" "练习 $exercise_no · $zh"]
    ::kam::report heading 2 $title
    if {$key ne {}} {lappend keys $title $key}
    return $title
}
