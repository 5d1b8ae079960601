# SPDX-License-Identifier: GPL-3.0-or-later
# `report check`: what is wrong with a template, as far as it can be told without running its body (cmd_inspect.h), and with -run by
# laying it out. A template nobody vouches for is looked over in a worker that may do nothing else.

proc ::kam::template::check {name {p {}} {trusted 0} {seconds 30}} {
    set file [find template $name]
    check_encoding $file
    if {!$trusted && ![trusted $file]} {return [check_confined $file $p $seconds]}
    inspected [file tail $file] [source_text $name]
    check_declared [set facts [load template $name]]
    if {[dict size $p] == 0} {return ok}
    set p [fill $facts $p {report check}]
    laid_well [dict get $facts name] [lay $facts $p [list ::kam::template::faults [drawing?]]]
    return ok
}
# A file in GB 18030 or Latin-1 would run, and print nonsense.
proc ::kam::template::check_encoding {file} {
    set bytes [file_bytes $file]
    if {[encoding convertto utf-8 [encoding convertfrom utf-8 $bytes]] eq $bytes} return
    set line 0
    foreach one [split $bytes \n] {
        incr line
        if {[encoding convertto utf-8 [encoding convertfrom utf-8 $one]] ne $one} break
    }
    set tail [file tail $file]
    refuse [list USAGE template $line] "$tail:$line: this is not UTF-8; save the file in that encoding" "$tail:$line：此处不是 UTF-8；请把文件另存为 UTF-8 编码"
}
# An error that names what was found, a line each.
proc ::kam::template::inspected {tail text} {
    set found [::kam::inspect $text]
    if {![llength $found]} return
    set lines [lmap one $found {
        lassign $one line what
        say2 "$tail:$line: $what" "$tail:$line：$what"
    }]
    return -code error -errorcode [list KAM USAGE template [lindex $found 0 0]] [join $lines \n]
}
proc ::kam::template::laid_well {name faults} {
    if {$faults eq {}} return
    return -code error -errorcode [list KAM PDF layout $name] "template $name: [lindex [split $faults \n] 0] (faults: [llength [split $faults \n]])"
}
# What a template says of its parameters.
proc ::kam::template::check_declared {facts} {
    set plain [dict get $facts name]
    dict for {parameter d} [parameters $facts] {
        if {![dict exists $d kind]} {refuse {USAGE report} "template $plain: parameter $parameter has no kind" "模板 $plain：参数 $parameter 没有类型（kind）"}
        set kinds {account contact opportunity product rep text int real date flag enum}
        if {[dict get $d kind] ni $kinds} {
            refuse {USAGE report} "template $plain: parameter $parameter: kind [dict get $d kind] is none of [join $kinds {, }]" "模板 $plain：参数 $parameter 的类型 [dict get $d kind] 不在 [join $kinds {、}] 之中"
        }
        if {[dict get $d kind] eq "enum" && (![dict exists $d values] || ![llength [dict get $d values]])} {
            refuse {USAGE report} "template $plain: parameter $parameter is an enum without values" "模板 $plain：参数 $parameter 为 enum，却没有取值（values）"
        }
        if {([dict exists $d min] || [dict exists $d max]) && [dict get $d kind] ni {int real date}} {
            refuse {USAGE report} "template $plain: parameter $parameter: min and max go with int, real and date, not [dict get $d kind]" "模板 $plain：参数 $parameter：min 与 max 只用于 int、real 与 date，而不是 [dict get $d kind]"
        }
        foreach end {min max} {
            if {![dict exists $d $end] || ![llength [set wrong [misfit [dict remove $d min max] [dict get $d $end]]]]} continue
            refuse {USAGE report} "template $plain: parameter $parameter: $end must be [lindex $wrong 0], not `[dict get $d $end]`" "模板 $plain：参数 $parameter：$end 必须是[lindex $wrong 1]，而不是 [dict get $d $end]"
        }
        if {[dict exists $d min] && [dict exists $d max] && [dict get $d min] > [dict get $d max]} {
            refuse {USAGE report} "template $plain: parameter $parameter: min [dict get $d min] is above max [dict get $d max], so no value fits" "模板 $plain：参数 $parameter：min [dict get $d min] 大于 max [dict get $d max]，没有符合的取值"
        }
        if {[dict exists $d required] && ![string is boolean -strict [dict get $d required]]} {
            refuse {USAGE report} "template $plain: parameter $parameter: required must be 1 or 0, not `[dict get $d required]`" "模板 $plain：参数 $parameter：required 必须是 1 或 0，而不是 [dict get $d required]"
        }
        if {[dict exists $d default] && [dict get $d kind] ni {account contact opportunity product rep} && [llength [set wrong [misfit $d [dict get $d default]]]]} {
            refuse {USAGE report} "template $plain: parameter $parameter: the default must be [lindex $wrong 0], not `[dict get $d default]`" "模板 $plain：参数 $parameter 的默认值必须是[lindex $wrong 1]，而不是 [dict get $d default]"
        }
        if {![regexp {^[a-z][a-z0-9_-]*$} $parameter] || $parameter in {lang out theme asof each where among with trusted jobs seconds memory run tagged}} {
            refuse {USAGE report} "template $plain: `$parameter` cannot name a parameter" "模板 $plain：$parameter 不能用作参数名"
        }
    }
}

# --- in a worker ------------------------------------------------------------------------------------------------------
proc ::kam::template::check_confined {file p seconds {each 0}} {
    close [file tempfile path]
    file delete $path
    set lay [expr {[dict size $p] > 0}]
    set p [dict merge [list memory 1024 seconds $seconds lang [reads]] $p [list check 1 lay $lay of_each $each out [file join [file dirname $path] check.pdf]]]
    set request [dict replace [confined_request $file $p one] check 1 {*}[expr {$lay ? {} : {bare 1}}]]
    set answer [dict get [work [list $request] 1 [dict get $p lang]] one]
    if {[lindex $answer 0] eq "ok"} {return ok}
    lassign $answer - message code
    return -code error -errorcode $code $message
}
# There, when it is confined already: `text` is the file's. With of_each only whether it takes an account.
proc ::kam::template::check_here {name text p} {
    variable meta
    lassign [list [dict get $p lay] [dict get $p of_each]] lay each
    set p [dict remove $p check lay of_each]
    if {$each} {return [takes_account [evaluated $name $text]]}
    inspected $name $text
    set facts [evaluated $name $text]
    check_declared $facts
    if {!$lay} return
    set p [fill $facts $p {report check}]
    laid_well [dict get $facts name] [lay $facts $p [list ::kam::template::faults 0]]
}

# Our own words, beside which a template's are its own.
apply {{} {
    foreach name [info commands ::kam::template::*] {set ::kam::template::tools([namespace tail $name]) 1}
}}
