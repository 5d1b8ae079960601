# SPDX-License-Identifier: GPL-3.0-or-later
# Rule files of `account-audit -rules FILE` (J5). A rule file is Tcl; each rule is
#
#   rule NAME {中文 | English} SCRIPT ?-because {中文 {column} … | English {column} …}?
#
# SCRIPT returns the offenders: a table (or a list of dicts), one row each; no row: the rule is kept. It sees asof (the as-of
# day) and asof_day (its number, for SQL), and `day N`, the as-of day N days on. The file runs in a namespace of its own that is
# gone afterwards, so that it may have procedures and variables of its own. All rules are collected first, then run in order.
namespace eval ::kam::rules {
    namespace path ::kam
    variable collected {} ;# flat: name text script because …
}

# The reader's half of a text in both languages.
proc ::kam::rules::half {text} {
    set at [string first " | " $text]
    if {$at < 0} {return $text}
    return [expr {[display get lang] eq "zh" ? [string range $text 0 $at-1] : [string range $text $at+3 end]}]
}

proc ::kam::rules::rule {name text script args} {
    variable collected
    set because ""
    foreach {option value} $args {
        if {$option ne "-because" || [llength $args] % 2} {
            return -code error -errorcode {KAM USAGE rule} "rule $name: [list $option]; usage: rule NAME {中文 | English} SCRIPT ?-because TEXT?"
        }
        set because $value
    }
    foreach {other - - -} $collected {
        if {$other eq $name} {return -code error -errorcode [list KAM CONSTRAINT duplicate $name] "rule $name: there is a rule of this name already; choose another"}
    }
    lappend collected $name $text $script $because
    return
}

# The as-of day n days on, as a date.
proc ::kam::rules::shift {asof n} {
    return [clock format [clock add [clock scan $asof -format %Y-%m-%d -gmt 1] $n days -gmt 1] -format %Y-%m-%d -gmt 1]
}

# Why a row offends: the rule's own sentence with {column} filled in, else its first columns by name.
proc ::kam::rules::explain {because row} {
    if {$because eq ""} {
        set parts {}
        foreach {column value} [lrange $row 0 9] {lappend parts "$column [half $value]"}
        return [join $parts {, }]
    }
    set holes {}
    foreach {column value} $row {lappend holes "{$column}" [half $value]}
    # What the row lacks is said to be missing, not left as a hole.
    return [regsub -all {\{[a-z_0-9]+\}} [string map $holes [half $because]] ?]
}

# What the row is about, beside its account: the first of these columns it has.
proc ::kam::rules::object {row} {
    foreach column {opportunity contact interaction rep objective contract action} {
        if {[dict exists $row $column]} {return "$column [dict get $row $column]"}
    }
    return ""
}

# Rows {rule text offenders account object why}, one an offender; of a rule that is kept one without account.
proc ::kam::rules::apply_rule {asof day name text script because} {
    set offenders [apply [list {asof asof_day} $script ::kam::rules::file] $asof $day]
    set rows {}
    set said {}
    # Asking a table for its string would make a list of it.
    if {[string match "value is a kam_table*" [tcl::unsupported::representation $offenders]] || $offenders ne ""} {
        table each row $offenders {
            set account [expr {[dict exists $row account] ? [dict get $row account] : ""}]
            lappend said [list $account [object $row] [explain $because $row]]
        }
    }
    set n [llength $said]
    foreach one $said {lappend rows [list $name [half $text] $n {*}$one]}
    if {$n == 0} {lappend rows [list $name [half $text] 0 "" "" ""]}
    return $rows
}

proc ::kam::rules::run {path asof day} {
    variable collected
    set before $collected
    set collected {}
    catch {namespace delete ::kam::rules::file}
    namespace eval ::kam::rules::file {namespace path {::kam::rules ::kam}}
    proc ::kam::rules::file::day {n} "::kam::rules::shift $asof \$n"
    try {
        try {
            set handle [open $path r]
        } on error message {
            return -code error -errorcode [list KAM IO $path] "account-audit: $message"
        }
        try {
            fconfigure $handle -encoding utf-8
            set text [read $handle]
        } finally {
            close $handle
        }
        namespace eval ::kam::rules::file $text
        if {![llength $collected]} {
            return -code error -errorcode [list KAM DATA $path 1 1] "$path: has no rule; write: rule NAME {中文 | English} SCRIPT"
        }
        set rows {}
        foreach {name words script because} $collected {
            try {
                lappend rows {*}[apply_rule $asof $day $name $words $script $because]
            } on error {message options} {
                return -options $options "$path: rule $name: $message"
            }
        }
        return $rows
    } finally {
        set collected $before
        catch {namespace delete ::kam::rules::file}
    }
}
