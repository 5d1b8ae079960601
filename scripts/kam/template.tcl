# SPDX-License-Identifier: GPL-3.0-or-later
# Templates: finding, loading, running. A template is a Tcl file that declares itself once:
#
#   template NAME {
#       summary    {en {…} zh {…}}
#       parameters {
#           account {kind account required 1 help {en {…} zh {…}}}
#           edition {kind enum values {internal customer} default internal help {en {…} zh {…}}}
#       }
#   } { body }
#
# A parameter is typed as `report run NAME -edition customer`. Its kind is account, contact, opportunity, product, rep (a
# record that must be there), text, int, real, date, flag or enum; it may have default, required, help and (int, real, date) min and max. A plain list of
# names, `parameters {account}`, declares required ones. The body runs as a procedure with one argument `p`, a dict: lang,
# asof, theme, out and the parameters. It calls `report begin` and block commands (or `pdf begin` and draws); what it leaves in the making is saved
# by `report run`. A handout module is the same with `module` (templates/handout). `say EN ZH` picks the words of the
# report's language; template_tools.tcl has more of these small words. A file that makes the namespace ::kam::template::NAME (dashes
# as underscores) has its own procs there, and its body runs there.
namespace eval ::kam::template {
    namespace path ::kam
    variable meta    ;# kind,NAME → dict: summary parameters file body
    variable lang en
    variable for_customer 0 ;# is what is being made for the customer's eyes
    variable tagged {} ;# yes or no, while something runs that was told so
    variable person {} ;# who started a report in another language reads errors in this one
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
    return -code error -level 2 -errorcode [list KAM {*}$words] [expr {[reads] eq "zh" ? $zh : $en}]
}
proc ::kam::template::reads {} {
    variable person
    return [expr {$person ne {} ? $person : [::kam::display get lang]}]
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
# A name, or the path of a file: what has a slash in it or ends in .tcl.
proc ::kam::template::find {kind name} {
    if {[string match */* $name] || [string match *.tcl $name]} {
        if {[file isfile $name]} {return [file normalize $name]}
        return [no_file $kind $name]
    }
    set files [files $kind]
    if {[dict exists $files $name]} {return [dict get $files $name]}
    set near [lrange [nearest $name [dict keys $files]] 0 2]
    if {[file isfile $name.tcl]} {set near [linsert [lrange $near 0 1] 0 $name.tcl]}
    lassign [kind_words $kind] word word_zh
    refuse [list NOTFOUND $word $name] \
        "no $word `$name`[meant $near]; there are: [join [dict keys $files] {, }]" "没有$word_zh“$name”[meant_zh $near]；可用的有：[join [dict keys $files] 、]"
}
proc ::kam::template::kind_words {kind} {return [expr {$kind eq "module" ? {module 模块} : {template 模板}}]}
# " (did you mean a, b or c?)", as the program's other errors; nothing when nothing is near.
proc ::kam::template::meant {near} {
    if {![llength $near]} {return {}}
    return " (did you mean [join [lrange $near 0 end-1] {, }][expr {[llength $near] > 1 ? { or } : {}}][lindex $near end]?)"
}
proc ::kam::template::meant_zh {near} {
    if {![llength $near]} {return {}}
    return "（是否指 [join [lrange $near 0 end-1] 、][expr {[llength $near] > 1 ? { 或 } : {}}][lindex $near end]？）"
}
# The error for a path that leads to no file: what stands there, or what is called so.
proc ::kam::template::no_file {kind name} {
    lassign [kind_words $kind] word word_zh
    set folder [file dirname $name]
    if {[file isdirectory $name]} {refuse [list NOTFOUND $word $name] "$name is a folder, no $word" "$name 是文件夹，不是$word_zh"}
    set near [lmap tail [nearest [file tail $name] [glob -nocomplain -tails -directory $folder *.tcl]] {
        expr {$folder eq {.} && ![string match */* $name] ? $tail : [file join $folder $tail]}
    }]
    if {[file rootname [file tail $name]] in [dict keys [files $kind]]} {lappend near [file rootname [file tail $name]]}
    set near [lrange $near 0 2]
    refuse [list NOTFOUND $word $name] "there is no file $name[meant $near]" "没有文件 $name[meant_zh $near]"
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
# The namespace of a template's own procs, where its file makes one; its body runs there then. Two templates may have procs of one name.
proc ::kam::template::own_namespace {name} {return ::kam::template::[string map {- _} $name]}
proc ::kam::template::has_namespace {name} {return [expr {[regexp {^[\w-]+$} $name] && [namespace exists [own_namespace $name]]}]}
# What was declared, with the body as what `apply` takes, so that Tcl compiles it once however many documents it makes.
proc ::kam::template::declared {kind name} {
    variable meta
    set own [expr {[has_namespace $name] ? [own_namespace $name] : "::kam::template"}]
    return [dict replace $meta($kind,$name) lambda [list p [dict get $meta($kind,$name) body] $own]]
}
proc ::kam::template::load {kind name} {
    variable meta
    variable loading [find $kind $name]
    set plain [file rootname [file tail $loading]]
    unset -nocomplain meta($kind,$plain)
    if {[has_namespace $plain]} {namespace delete [own_namespace $plain]} ;# what it no longer says is gone
    source -encoding utf-8 $loading
    if {![info exists meta($kind,$plain)]} {
        refuse {USAGE template} "$loading does not declare `$kind $plain`" "$loading 没有声明“$kind $plain”"
    }
    return [declared $kind $plain]
}
# The text of a template's file, without the mark some editors put before it.
proc ::kam::template::source_text {name} {return [file_text [find template $name]]}
proc ::kam::template::file_text {file} {
    return [string map {\r\n \n \r \n} [string trimleft [encoding convertfrom utf-8 [file_bytes $file]] \ufeff]]
}
proc ::kam::template::file_bytes {file} {
    set f [open $file rb]
    try {return [read $f]} finally {close $f}
}
# Every template at hand. One of the user's that cannot be loaded stands there with the reason.
proc ::kam::template::catalogue {lang {kind template}} {
    set rows {}
    foreach {name file} [files $kind] {
        try {
            set facts [load $kind $name]
            lappend rows [dict create name $name summary [dict get $facts summary $lang] parameters [join [signature $facts] { }] file $file]
        } on error message {
            lappend rows [dict create name $name summary [say2 "cannot be loaded: [lindex [split $message \n] 0]" "无法载入：[lindex [split $message \n] 0]"] file $file]
        }
    }
    return [::kam::table make {name text summary text parameters text file text} $rows]
}

# --- parameters ---------------------------------------------------------------------------------------------------
# Name → dict with kind, required …; a plain list of names declares required ones.
proc ::kam::template::parameters {facts} {
    set declared [dict get $facts parameters]
    set plain 1
    foreach word $declared {
        if {[llength $word] > 1} {set plain 0}
    }
    if {!$plain} {return $declared}
    set result {}
    foreach name $declared {
        dict set result $name [dict create kind [expr {$name in {account contact opportunity product rep} ? $name : "text"}] required 1]
    }
    return $result
}
proc ::kam::template::signature {facts} {
    set result {}
    dict for {name d} [parameters $facts] {
        set value [expr {[dict exists $d values] ? [join [dict get $d values] |] : [string toupper [dict get $d kind]]}]
        set word "-$name $value"
        lappend result [expr {[dict exists $d required] && [dict get $d required] ? $word : "?$word?"}]
    }
    return $result
}
# The values of `p` checked against what the template declares; defaults filled in.
proc ::kam::template::fill {facts p {command {report run}}} {
    set declared [parameters $facts]
    set plain [dict get $facts name]
    foreach name [dict keys $p] {
        if {$name in {lang out theme asof each tagged} || [dict exists $declared $name] || ![dict size $declared]} continue
        set near [nearest $name [dict keys $declared]]
        refuse [list USAGE $command] "$command: template $plain has no parameter -$name[expr {$near ne {} ? "; did you mean -[lindex $near 0]?" : {}}] (it has: [join [signature $facts] { }])" \
            "$command：模板 $plain 没有参数 -$name[expr {$near ne {} ? "；是否指 -[lindex $near 0]？" : {}}]（参数有：[join [signature $facts] { }]）"
    }
    dict for {name d} $declared {
        if {![dict exists $p $name]} {
            if {[dict exists $d default]} {dict set p $name [dict get $d default]; continue}
            if {![dict exists $d required] || ![dict get $d required]} continue
            refuse [list USAGE $command] "$command: template $plain needs -$name (for example: $command $plain -$name [expr {$name eq {account} ? {HUAXIN} : {VALUE}}])" \
                "$command：模板 $plain 需要 -$name（例如：$command $plain -$name [expr {$name eq {account} ? {HUAXIN} : {VALUE}}]）"
        }
        set value [dict get $p $name]
        if {[dict get $d kind] in {account contact opportunity product rep}} {
            try {
                ::kam::[dict get $d kind] show $value
            } trap {KAM NOTFOUND} {message info} {
                return -code error -errorcode [dict get $info -errorcode] [say2 "$command: -$name: $message" "$command：-$name：$message"]
            }
            continue
        }
        set wrong [misfit $d $value]
        if {[llength $wrong]} {
            refuse [list USAGE $command] "$command: -$name must be [lindex $wrong 0], not `$value`" "$command：-$name 必须是[lindex $wrong 1]，而不是 $value"
        }
    }
    return $p
}
# What a value ought to be that it is not, {EN ZH}; {} when it fits.
proc ::kam::template::misfit {d value} {
    switch [dict get $d kind] {
        int {
            if {![string is wideinteger -strict $value]} {return [list "a whole number[bounds $d]" "整数[bounds_zh $d]"]}
        }
        real {
            if {![string is double -strict $value] || $value != $value} {return [list "a number[bounds $d]" "数[bounds_zh $d]"]}
        }
        flag {
            if {![string is boolean -strict $value]} {return {{1 or 0} {1 或 0}}}
            return {}
        }
        date {
            if {![a_day? $value]} {return {{a day such as 2026-01-31} {日期，如 2026-01-31}}}
        }
        enum {
            if {$value in [dict get $d values]} {return {}}
            return [list "one of [join [dict get $d values] {, }]" "以下之一：[join [dict get $d values] 、]"]
        }
        default {return {}}
    }
    # days compare as texts do
    if {([dict exists $d min] && $value < [dict get $d min]) || ([dict exists $d max] && $value > [dict get $d max])} {
        switch [dict get $d kind] {
            int {return [list "a whole number[bounds $d]" "整数[bounds_zh $d]"]}
            real {return [list "a number[bounds $d]" "数[bounds_zh $d]"]}
            date {return [list "a day[bounds $d]" "日期[bounds_zh $d]"]}
        }
    }
    return {}
}
proc ::kam::template::a_day? {text} {
    return [expr {[regexp {^\d{4}-\d\d-\d\d$} $text] && ![catch {clock scan $text -format %Y-%m-%d -gmt 1} t] && [clock format $t -format %Y-%m-%d -gmt 1] eq $text}]
}
# " from 1 to 100", " of at least 1", " of at most 100"; of days " not before …", " not after …".
proc ::kam::template::bounds {d} {
    lassign [expr {[dict get $d kind] eq "date" ? {{not before} {not after}} : {{of at least} {of at most}}}] least most
    if {![dict exists $d min]} {return [expr {[dict exists $d max] ? " $most [dict get $d max]" : {}}]}
    return [expr {[dict exists $d max] ? " from [dict get $d min] to [dict get $d max]" : " $least [dict get $d min]"}]
}
proc ::kam::template::bounds_zh {d} {
    lassign [expr {[dict get $d kind] eq "date" ? {不早于 不晚于} : {不小于 不超过}}] least most
    if {![dict exists $d min]} {return [expr {[dict exists $d max] ? "（$most [dict get $d max]）" : {}}]}
    return [expr {[dict exists $d max] ? "（[dict get $d min] 至 [dict get $d max]）" : "（$least [dict get $d min]）"}]
}
# For completion: {option note} of a template, and the values of one of its options ({} when they are of a kind of record).
proc ::kam::template::options {name} {
    set result {}
    if {![trusted [find template $name]]} {return {}}
    set lang [expr {[info exists ::kam::lang] ? $::kam::lang : "en"}]
    dict for {parameter d} [parameters [load template $name]] {
        set help [expr {[dict exists $d help] ? [dict get $d help] : {}}]
        lappend result -$parameter [expr {[dict exists $help $lang] ? [dict get $help $lang] : [dict exists $help en] ? [dict get $help en] : {}}]
    }
    return $result
}
proc ::kam::template::option_values {name option} {
    if {![trusted [find template $name]]} {return {{} {}}}
    set declared [parameters [load template $name]]
    set parameter [string range $option 1 end]
    if {![dict exists $declared $parameter]} {return {{} {}}}
    set d [dict get $declared $parameter]
    set kind [dict get $d kind]
    return [list [expr {$kind in {account contact opportunity product rep} ? $kind : {}}] \
        [expr {[dict exists $d values] ? [dict get $d values] : $kind eq {flag} ? {0 1} : {}}]]
}

# --- running ------------------------------------------------------------------------------------------------------
proc ::kam::template::say {en zh} {
    variable lang
    return [expr {$lang eq "zh" ? $zh : $en}]
}
proc ::kam::template::run {name p} {
    set file [find template $name]
    set safe [expr {[dict get $p trusted] || [trusted $file]}]
    if {[dict exists $p each]} {
        if {$safe} {
            # what is wrong with the words is said once and not for every account
            takes_account [load template $file]
            set one [::kam::account list -limit 1]
            if {[::kam::table rows $one]} {fill [load template $file] [dict merge [own $p] [list account [::kam::table get $one 0 code]]]}
        }
        if {!$safe} {check_confined $file {} [dict get $p seconds] 1}
        return [run_each $file $p]
    }
    if {!$safe} {return [run_confined $file $p]}
    set facts [load template $file]
    set plain [dict get $facts name]
    set p [fill $facts [own $p]]
    if {![dict exists $p out]} {
        set who {}
        foreach parameter {account opportunity contact} {
            if {[dict exists $p $parameter]} {append who "-[string map {/ _} [dict get $p $parameter]]"}
        }
        if {[customer? $p]} {append who -customer}
        dict set p out "$plain$who.[dict get $p lang].pdf"
    }
    return [make $facts $p]
}
# With -each a template is to take an account, or all documents would be the same.
proc ::kam::template::takes_account {facts} {
    if {[dict exists [parameters $facts] account]} return
    set plain [dict get $facts name]
    refuse {USAGE {report run}} "report run: -each account: template $plain takes no -account, so all documents would be the same; run it without -each, or let it declare `parameters {account}`" \
        "report run：-each account：模板 $plain 没有参数 -account，各份文件将完全相同；请去掉 -each，或在模板中声明 parameters {account}"
}
proc ::kam::template::make {facts p} {
    return [lay $facts $p [list ::kam::template::save [dict get $p out] [drawing?]]]
}
# Is a drawing (`pdf begin`) in the making?
proc ::kam::template::drawing? {} {
    return [expr {![catch {::kam::pdf size}]}]
}
# What the body made: a report, or a drawing when it began one and no report.
proc ::kam::template::drawn? {had} {
    return [expr {!$had && [drawing?] && [catch {::kam::report dump}]}]
}
proc ::kam::template::save {out had} {
    if {[drawn? $had]} {return [::kam::pdf save $out]}
    return [::kam::report save $out]
}
proc ::kam::template::faults {had} {
    if {[drawn? $had]} {return [::kam::pdf faults]}
    return [::kam::report faults]
}
# `report begin` of what runs with these parameters is told whether to tag.
proc ::kam::template::mind_tags {p} {variable tagged [expr {[dict exists $p tagged] ? [dict get $p tagged] : {}}]}
# Evaluate a body and end what it made with a command. An error leaves no file and no report in the making.
proc ::kam::template::lay {facts p ending} {
    variable lang
    variable for_customer [customer? $p]
    set before $lang
    mind_tags $p
    set lang [dict get $p lang]
    names_of_whom [expr {[dict exists $p account] ? [dict get $p account] : {}}]
    set had [drawing?]
    try {
        apply [dict get $facts lambda] $p
        return [eval $ending]
    } finally {
        ::kam::report discard
        if {!$had} {::kam::pdf discard}
        set lang $before
        mind_tags {}
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
