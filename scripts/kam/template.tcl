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
# record that must be there), text, int, real, date, flag or enum; it may have default, required and help. A plain list of
# names, `parameters {account}`, declares required ones. The body runs as a procedure with one argument `p`, a dict: lang,
# asof, theme, out and the parameters. It calls `report begin` and block commands (or `pdf begin` and draws); what it leaves in the making is saved
# by `report run`. A handout module is the same with `module` (templates/handout). `say EN ZH` picks the words of the
# report's language; template_tools.tcl has more of these small words.
namespace eval ::kam::template {
    namespace path ::kam
    variable meta    ;# kind,NAME → dict: summary parameters file body
    variable lang en
    variable for_customer 0 ;# is what is being made for the customer's eyes
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
    # the body as what `apply` takes, so that Tcl compiles it once however many documents it makes
    set meta($kind,$name) [dict merge {parameters {}} $facts [list file $loading body $body name $name lambda [list p $body ::kam::template]]]
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
proc ::kam::template::check {name {p {}} {trusted 0}} {
    set file [find template $name]
    if {!$trusted && ![trusted $file]} {
        refuse {USAGE {report check}} "report check: loading $file would run it; look at it with `report show`, then give -trusted" "report check：载入 $file 即会运行它；请先用 report show 查看，再加 -trusted"
    }
    set facts [load template $name]
    dict for {parameter d} [parameters $facts] {
        if {![dict exists $d kind]} {refuse {USAGE report} "template [dict get $facts name]: parameter $parameter has no kind" "模板 [dict get $facts name]：参数 $parameter 没有类型（kind）"}
        set kinds {account contact opportunity product rep text int real date flag enum}
        if {[dict get $d kind] ni $kinds} {
            refuse {USAGE report} "template [dict get $facts name]: parameter $parameter: kind [dict get $d kind] is none of [join $kinds {, }]" "模板 [dict get $facts name]：参数 $parameter 的类型 [dict get $d kind] 不在 [join $kinds {、}] 之中"
        }
        if {[dict get $d kind] eq "enum" && ![dict exists $d values]} {
            refuse {USAGE report} "template [dict get $facts name]: parameter $parameter is an enum without values" "模板 [dict get $facts name]：参数 $parameter 为 enum，却没有取值（values）"
        }
        if {![regexp {^[a-z][a-z0-9_-]*$} $parameter] || $parameter in {lang out theme asof each with trusted jobs seconds memory run}} {
            refuse {USAGE report} "template [dict get $facts name]: `$parameter` cannot name a parameter" "模板 [dict get $facts name]：$parameter 不能用作参数名"
        }
    }
    if {[dict size $p] == 0} {return ok}
    set p [fill $facts $p {report check}]
    set faults [lay $facts $p [list ::kam::template::faults [drawing?]]]
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
            parameters [join [signature $facts] { }] file $file]
    }
    return $rows
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
        if {$name in {lang out theme asof each} || [dict exists $declared $name] || ![dict size $declared]} continue
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
        switch [dict get $d kind] {
            account - contact - opportunity - product - rep {::kam::[dict get $d kind] show $value}
            int {if {![string is entier -strict $value]} {refuse [list USAGE $command] "$command: -$name must be a whole number, not `$value`" "$command：-$name 必须是整数，而不是 $value"}}
            real {if {![string is double -strict $value]} {refuse [list USAGE $command] "$command: -$name must be a number, not `$value`" "$command：-$name 必须是数，而不是 $value"}}
            flag {if {![string is boolean -strict $value]} {refuse [list USAGE $command] "$command: -$name must be 1 or 0, not `$value`" "$command：-$name 必须是 1 或 0，而不是 $value"}}
            date {if {![regexp {^\d{4}-\d\d-\d\d$} $value]} {refuse [list USAGE $command] "$command: -$name must be a day such as 2026-01-31, not `$value`" "$command：-$name 必须是日期，如 2026-01-31，而不是 $value"}}
            enum {
                if {$value ni [dict get $d values]} {
                    refuse [list USAGE $command] "$command: -$name must be one of [join [dict get $d values] {, }], not `$value`" \
                        "$command：-$name 只能是 [join [dict get $d values] {、}]，而不是 $value"
                }
            }
        }
    }
    return $p
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

# --- a new template -----------------------------------------------------------------------------------------------
proc ::kam::template::create {name out} {
    if {![regexp {^[a-z][a-z0-9-]*$} $name]} {
        refuse {USAGE {report new}} "report new: a name has small letters, digits and dashes, not `$name`" "report new：名称由小写字母、数字与短横线组成，而不是 $name"
    }
    set shipped [file join $::kam::datadir templates $name.tcl]
    if {$out eq {} && [file exists $shipped]} {
        refuse [list CONSTRAINT file $shipped] "report new: `$name` is a template of the program, and yours would stand in for it; choose another name (report show $name prints it, to copy from)" \
            "report new：$name 是程序自带的模板，同名文件会取代它；请换个名称（report show $name 可查看其内容以便复制）"
    }
    if {$out eq {}} {set out [file join [lindex [folders template] 0] $name.tcl]}
    if {[file exists $out]} {
        refuse [list CONSTRAINT file $out] "report new: $out is there already; choose another name or remove it" "report new：$out 已存在；请换个名称或先删除它"
    }
    file mkdir [file dirname $out]
    set f [open $out {WRONLY CREAT EXCL}]
    fconfigure $f -encoding utf-8
    puts -nonewline $f [string map [list @NAME@ $name] $::kam::template::skeleton]
    close $f
    return $out
}
set ::kam::template::skeleton {# A template of your own. Change it and run it:  report run @NAME@ -account CODE
# `report check @NAME@` tells whether it can be loaded; `help report` lists the blocks.
template @NAME@ {
    summary {en {A page about one account} zh 客户一页纸}
    parameters {
        account {kind account required 1 help {en {the account} zh 客户}}
        rows    {kind int default 10 help {en {rows of the table at most} zh 表格最多行数}}
    }
} {
    # p is a dict: account, rows, lang, asof, theme. Everything is asked as of [dict get $p asof].
    set code [dict get $p account]
    set asof [dict get $p asof]
    set name [name_of account $code]

    # Running head, confidentiality and page numbers come with `begin`.
    begin $p [say {One page} 一页纸] $name
    report title $name -kicker [say {One page} 一页纸] -facts [list [say Code 编码] $code [say {As of} 截至] $asof]

    # `say EN ZH` picks the words of the report's language.
    report heading 1 [say {What it buys} 采购]
    set deals [funnel -show opportunities -account $code -asof $asof]
    report tiles [list \
        [list [say {Open deals} 进行中商机] [table rows $deals]] \
        [list [say Weighted 加权] [short_money [sum $deals weighted]]]]

    # Any table can be printed; a question without an answer should say what is missing.
    if {[empty? $deals]} {
        missing {No open opportunity.} 没有进行中的商机。 "opportunity add CODE -account $code -name …"
    } else {
        report table [worded [first_rows $deals [dict get $p rows]] {stage}] -zebra \
            -columns {opportunity {name -weight 2} stage {amount -total} {weighted -total}} -totals [say Total 合计]
        say_rest $deals [dict get $p rows]
    }
}
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
            set one [::kam::account list -limit 1]
            if {[::kam::table rows $one]} {fill [load template $file] [dict merge [own $p] [list account [::kam::table get $one 0 code]]]}
        }
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
# Evaluate a body and end what it made with a command. An error leaves no file and no report in the making.
proc ::kam::template::lay {facts p ending} {
    variable lang
    variable for_customer [customer? $p]
    set before $lang
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
