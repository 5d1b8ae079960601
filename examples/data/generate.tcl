# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the example portfolio: one CSV file per entity, the same bytes from the same seed.
#
#   tclsh generate.tcl FOLDER ?SEED?
#
# 132 accounts in several sectors, about 500 contacts with reporting lines, 24 months of about 11,000 transactions,
# opportunities with their stages, dated assessments, interactions, complaints, surveys and the rest of the data model.
# 60 accounts play a role in a story (last word of their row in words.tcl), so that every class, flag and quadrant of the
# methods occurs; 72 smaller ones come and go as a rule written down in story_crowd.tcl says. Nothing is dated after the as-of day but due dates, renewals and expected closes.
set here [file dirname [file normalize [info script]]]
foreach part {rng words words_crowd calendar story_sales story_people story_deals story_care story_cards story_talks story_next story_contentment story_run
    story_crowd} {
    source -encoding utf-8 [file join $here $part.tcl]
}

# --- rows: emit ENTITY {field value …}; columns appear in the order of their first use ----------------------------
namespace eval out {
    variable columns {}
    variable rows
    array set rows {}
}
proc emit {entity pairs} {
    foreach {field value} $pairs {
        if {![dict exists $out::columns $entity] || $field ni [dict get $out::columns $entity]} {
            dict lappend out::columns $entity $field
        }
    }
    lappend out::rows($entity) $pairs
}
proc out::field {text} {
    if {[regexp {[",\n\r]|^\s|\s$} $text]} {
        return "\"[string map {\" \"\"} $text]\""
    }
    return $text
}
proc out::write {folder} {
    variable columns
    variable rows
    file mkdir $folder
    foreach entity [dict keys $columns] {
        set f [open [file join $folder $entity.csv] w]
        fconfigure $f -encoding utf-8 -translation lf
        set names [dict get $columns $entity]
        puts $f [join $names ,]
        foreach pairs $rows($entity) {
            set line {}
            foreach name $names {
                # Not through expr: it would write 60000.00 as 60000.0.
                set value {}
                if {[dict exists $pairs $name]} {set value [dict get $pairs $name]}
                lappend line [field $value]
            }
            puts $f [join $line ,]
        }
        close $f
    }
}

proc generate {folder {seed 2026}} {
    rng::seed $seed
    array unset out::rows
    set out::columns {}
    story::sales
    story::people
    story::deals
    story::care
    story::cards
    story::talks
    story::next $seed
    story::contentment
    story::run
    story::crowd $seed
    out::write $folder
}
if {[info exists argv0] && [file normalize $argv0] eq [file normalize [info script]]} {
    if {[llength $argv] < 1} {
        puts stderr "usage: generate.tcl FOLDER ?SEED?"
        exit 2
    }
    generate {*}$argv
}
