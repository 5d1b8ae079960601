# SPDX-License-Identifier: GPL-3.0-or-later
# Two of four seats of the winning circle at LIUXING are filled. Who is missing, who takes us there, what do we say, and whom of
# ours do they know (B6, B7, J4)? Then a red flag becomes an action, and a visit is tried out before it is made (B5, J1, J7).
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

show [table select [stakeholder-map LIUXING -view circle] seat filled name why next_step]
show [table select [stakeholder-map LIUXING -view route] seat step from_name to_name over by why]

# What to prepare for those who will be met on the way, and for all of them together.
set faces [lsort -unique [lmap row [stakeholder-map LIUXING -view route] {
    if {![dict exists $row to]} continue
    dict get $row to
}]]
set talk [stakeholder-map LIUXING -view talk]
show [table select [table where $talk {$contact in $faces}] name thinking point]
show [stakeholder-map LIUXING -view talk -meeting $faces]

# Our people and theirs: where there are steps to climb, and who is looked after by nobody.
set coverage [stakeholder-map LIUXING -view coverage]
show [table select [table where $coverage {missing(rep) || $steps > 0}] name title rep_name present wanted steps next_step]

# The account as a whole.
show [table select [stakeholder-map LIUXING -view feeling] feeling buys likes at_risk why]
show [table select [stakeholder-map LIUXING -view relation] relation_present relation_wanted steps next_step]

# Why is a seat empty, and what would fill it? The change named is tried on a private copy.
foreach row [table where [why LIUXING stakeholder-map LIUXING -view circle] {$part eq "change"}] {
    begin -what-if
    eval [dict get $row try]
    puts "[dict get $row meaning] -> [table get [stakeholder-map LIUXING -view account] 0 circle]"
    rollback
}

# A flag becomes an action in one command.
set flag [table get [stakeholder-map LIUXING -view flags] 0 flag]
show [table select [flag act LIUXING $flag -due 2026-07-15] flag name what due owner]
