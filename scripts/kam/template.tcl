# SPDX-License-Identifier: GPL-3.0-or-later
# Templates: finding, loading, running. A template is a Tcl file that declares itself once:
#
#   template NAME {
#       summary    {en {…} zh {…}}
#       parameters {account}            ;# parameters it must be given
#   } { body }
#
# The body runs as a procedure with one argument `p`, a dict: lang, asof, theme, account, out … and the further parameters
# given with -with. It calls `report begin` and block commands; what it leaves in the making is saved by `report run`.
# A handout module is the same with `module` (templates/handout). `say EN ZH` picks the words of the report's language.
namespace eval ::kam::template {
    namespace path ::kam
    variable meta    ;# kind,NAME → dict: summary parameters file body
    variable lang en
    array set meta {}
}

# Folders searched, best first: the user's own, then the installed ones.
proc ::kam::template::folders {kind} {
    global env
    set config [expr {[info exists env(XDG_CONFIG_HOME)] && $env(XDG_CONFIG_HOME) ne {} ? $env(XDG_CONFIG_HOME)
        : [info exists env(HOME)] ? [file join $env(HOME) .config] : {}}]
    set sub [expr {$kind eq "module" ? "templates/handout" : "templates"}]
    set result {}
    if {$config ne {}} {lappend result [file join $config kamsh $sub]}
    lappend result [file join $::kam::datadir $sub]
    return $result
}
# End the caller's command with an error in the language of the session (not of the report).
proc ::kam::template::refuse {words en zh} {
    return -code error -level 2 -errorcode [list KAM {*}$words] [expr {[::kam::display get lang] eq "zh" ? $zh : $en}]
}
proc ::kam::template::files {kind} {
    set found [dict create]
    foreach folder [folders $kind] {
        foreach file [lsort [glob -nocomplain -directory $folder *.tcl]] {
            set name [file rootname [file tail $file]]
            if {![dict exists $found $name]} {dict set found $name $file}
        }
    }
    return [lsort -stride 2 -index 0 $found]
}
proc ::kam::template::find {kind name} {
    if {[string match */* $name] && [file exists $name]} {return [file normalize $name]}
    set files [files $kind]
    if {[dict exists $files $name]} {return [dict get $files $name]}
    set near [nearest $name [dict keys $files]]
    set word [expr {$kind eq "module" ? "module" : "template"}]
    set word_zh [expr {$kind eq "module" ? "模块" : "模板"}]
    refuse [list NOTFOUND $word $name] \
        "no $word `$name`[expr {$near ne {} ? " (did you mean [join $near { or }]?)" : {}}]; there are: [join [dict keys $files] {, }]" \
        "没有$word_zh“$name”[expr {$near ne {} ? "（是否指 [join $near { 或 }]？）" : {}}]；可用的有：[join [dict keys $files] 、]"
}
# Names with an edit distance of at most a third of their length, nearest first.
proc ::kam::template::nearest {word names} {
    set scored {}
    foreach name $names {
        set d [distance $word $name]
        if {$d <= max(1, [string length $name] / 3)} {lappend scored [list $d $name]}
    }
    return [lmap pair [lsort -index 0 -integer $scored] {lindex $pair 1}]
}
proc ::kam::template::distance {a b} {
    set row {}
    for {set j 0} {$j <= [string length $b]} {incr j} {lappend row $j}
    for {set i 1} {$i <= [string length $a]} {incr i} {
        set next [list $i]
        for {set j 1} {$j <= [string length $b]} {incr j} {
            set cost [expr {[string index $a $i-1] ne [string index $b $j-1]}]
            lappend next [expr {min([lindex $next end] + 1, [lindex $row $j] + 1, [lindex $row $j-1] + $cost)}]
        }
        set row $next
    }
    return [lindex $row end]
}

# --- loading ------------------------------------------------------------------------------------------------------
proc ::kam::template::template {name facts body} {declare template $name $facts $body}
proc ::kam::template::module {name facts body} {declare module $name $facts $body}
proc ::kam::template::declare {kind name facts body} {
    variable meta
    variable loading
    foreach lang {en zh} {
        if {![dict exists $facts summary $lang]} {
            refuse {USAGE template} "$kind $name: the summary lacks its $lang text" "$kind $name：summary 缺少 $lang 文字"
        }
    }
    if {![info complete $body\n]} {
        refuse {USAGE template} "$kind $name: the body is not complete Tcl (a brace or quote is open)" \
            "$kind $name：正文不是完整的 Tcl（花括号或引号未闭合）"
    }
    set meta($kind,$name) [dict merge {parameters {}} $facts [list file $loading body $body name $name]]
}
proc ::kam::template::load {kind name} {
    variable meta
    variable loading [find $kind $name]
    set plain [file rootname [file tail $loading]]
    unset -nocomplain meta($kind,$plain)
    source -encoding utf-8 $loading
    if {![info exists meta($kind,$plain)]} {
        refuse {USAGE template} "$loading does not declare `$kind $plain`" "$loading 没有声明“$kind $plain”"
    }
    return $meta($kind,$plain)
}
proc ::kam::template::source_text {name} {
    set f [open [find template $name]]
    fconfigure $f -encoding utf-8
    try {return [read $f]} finally {close $f}
}
# With parameters the body runs as well and its pages are looked over; nothing is written.
proc ::kam::template::check {name {p {}}} {
    set facts [load template $name]
    if {[dict size $p] == 0} {return ok}
    need $facts $p {report check}
    set faults [lay $facts $p {::kam::report faults}]
    if {$faults ne {}} {
        return -code error -errorcode [list KAM PDF layout $name] "template $name: [lindex [split $faults \n] 0] (faults: [llength [split $faults \n]])"
    }
    return ok
}
proc ::kam::template::catalogue {lang {kind template}} {
    set rows {}
    foreach {name file} [files $kind] {
        set facts [load $kind $name]
        lappend rows [dict create name $name summary [dict get $facts summary $lang] \
            parameters [join [dict get $facts parameters] { }] file $file]
    }
    return $rows
}

# --- running ------------------------------------------------------------------------------------------------------
proc ::kam::template::say {en zh} {
    variable lang
    return [expr {$lang eq "zh" ? $zh : $en}]
}
proc ::kam::template::need {facts p command} {
    set plain [dict get $facts name]
    foreach parameter [dict get $facts parameters] {
        if {![dict exists $p $parameter]} {
            return -code error -errorcode [list KAM USAGE $command] \
                "$command: template $plain needs -$parameter (for example: $command $plain -$parameter [expr {$parameter eq {account} ? {HUAXIN} : {VALUE}}])"
        }
    }
}
proc ::kam::template::run {name p} {
    set facts [load template $name]
    set plain [dict get $facts name]
    if {[dict exists $p each]} {return [run_each $facts $p]}
    need $facts $p {report run}
    if {![dict exists $p out]} {
        set who [expr {[dict exists $p account] ? "-[dict get $p account]" : {}}]
        dict set p out "$plain$who.[dict get $p lang].pdf"
    }
    return [make $facts $p]
}
proc ::kam::template::run_each {facts p} {
    if {[dict get $p each] ne "account"} {
        refuse {USAGE {report run}} "report run: -each knows only `account`" "report run：-each 只能是 account"
    }
    set folder [expr {[dict exists $p out] ? [dict get $p out] : "."}]
    file mkdir $folder
    set rows {}
    foreach row [::kam::account list -columns {code}] {
        set code [dict get $row code]
        set one [dict replace $p account $code out [file join $folder "[dict get $facts name]-$code.[dict get $p lang].pdf"]]
        lappend rows {*}[make $facts [dict remove $one each]]
    }
    return $rows
}
proc ::kam::template::make {facts p} {
    return [lay $facts $p [list ::kam::report save [dict get $p out]]]
}
# Evaluate a body and end what it made with a command. An error leaves no file and no report in the making.
proc ::kam::template::lay {facts p ending} {
    variable lang
    set before $lang
    set lang [dict get $p lang]
    try {
        apply [list p [dict get $facts body] ::kam::template] $p
        return [eval $ending]
    } finally {
        ::kam::report discard
        set lang $before
    }
}

# --- small words for bodies ---------------------------------------------------------------------------------------
# One cell of a table, or `other` when missing or when there is no such row.
proc ::kam::template::cell {table column {row 0} {other {}}} {
    if {[::kam::table rows $table] <= $row} {return $other}
    set value [::kam::table get $table $row $column]
    # Not through expr, which would write 12.50 as 12.5 and 007 as 7.
    if {$value eq {}} {return $other}
    return $value
}
