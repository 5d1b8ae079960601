# SPDX-License-Identifier: GPL-3.0-or-later
# `report new`: a commented skeleton, or a copy of a template that runs on its own and can be changed.
proc ::kam::template::create {name out from {vouched 0}} {
    if {![regexp {^[a-z][a-z0-9-]*$} $name]} {
        refuse {USAGE {report new}} "report new: a name has small letters, digits and dashes, not `$name`" "report new：名称由小写字母、数字与短横线组成，而不是 $name"
    }
    set shipped [file join $::kam::datadir templates $name.tcl]
    if {$out eq {} && [file exists $shipped]} {
        refuse [list CONSTRAINT file $shipped] "report new: `$name` is a template of the program, and yours would stand in for it; choose another name (report new my-$name -from $name copies it)" \
            "report new：$name 是程序自带的模板，同名文件会取代它；请换个名称（report new my-$name -from $name 可复制它）"
    }
    set text [expr {$from eq {} ? [string map [list @NAME@ $name @+@ \\] $::kam::template::skeleton] : [copied $from $name]}]
    if {$out eq {}} {
        if {[llength [folders template]] < 2} {
            refuse {USAGE {report new}} {report new: neither XDG_CONFIG_HOME nor HOME says where your templates stand; give -out FILE} "report new：XDG_CONFIG_HOME 与 HOME 均未设置，无法确定个人模板目录；请用 -out 指定文件"
        }
        set out [file join [lindex [folders template] 0] $name.tcl]
    } elseif {[file rootname [file tail $out]] ne $name} {
        refuse {USAGE {report new}} "report new: a template is found by the name of its file; -out must end in $name.tcl, not [file tail $out]" "report new：模板按文件名查找；-out 须以 $name.tcl 结尾，而不是 [file tail $out]"
    }
    # in that folder it would run, also when templates are only listed, as if its reader had written it
    if {$from ne {} && !$vouched && [trusted $out] && ![trusted [find template $from]]} {
        refuse [list CONSTRAINT trust $from] "report new: $from is from elsewhere, and a copy in your folder of templates would run unconfined; read it and add -trusted, or keep the copy elsewhere with -out FILE" \
            "report new：$from 是外来文件，放入个人模板目录的副本运行时不受限；请先阅读，再加 -trusted，或用 -out 文件 把副本放在别处"
    }
    if {[file exists $out]} {
        refuse [list CONSTRAINT file $out] "report new: $out is there already; choose another name or remove it" "report new：$out 已存在；请换个名称或先删除它"
    }
    if {[catch {
        file mkdir [file dirname $out]
        set f [open $out {WRONLY CREAT EXCL}]
    } message]} {
        refuse [list IO $out] "report new: cannot write $out: [why_not $message]" "report new：无法写入 $out：[why_not $message]"
    }
    if {[catch {
        fconfigure $f -encoding utf-8
        puts -nonewline $f $text
        close $f
    } message]} {
        catch {close $f}
        file delete $out
        refuse [list IO $out] "report new: cannot write $out: [why_not $message]; nothing was left there" "report new：无法写入 $out：[why_not $message]；没有留下任何文件"
    }
    return $out
}
# Of Tcl's "error writing "file5": no space left on device" what is after the name.
proc ::kam::template::why_not {message} {return [string trim [lindex [split $message :] end]]}
# The text of a template under another name, its own procs in a namespace of its own, so that neither knows of the other.
proc ::kam::template::copied {from name} {
    set text [source_text $from]
    set old [file rootname [file tail [find template $from]]]
    if {![regexp -indices "(?n)^template\\s+[quoted $old]\\s" $text at]} {
        refuse {USAGE {report new}} "report new: $from has no line that begins with `template $old`, so it cannot be copied" "report new：$from 中没有以“template $old”开头的行，无法复制"
    }
    set own [own_namespace $name]
    set text [string replace $text {*}$at "namespace eval $own {namespace path {::kam::template ::kam}}\ntemplate $name "]
    if {$name ne $old} {
        # what is a copy already has a namespace
        set text [string map [list "namespace eval [own_namespace $old] {namespace path {::kam::template ::kam}}\n" {}] $text]
        regsub -all "[own_namespace $old]\\M" $text $own text
    }
    regsub -all {(?n)^namespace eval ::kam::template \{namespace path ::kam\}\n+} $text {} text
    foreach {- helper} [regexp -all -inline {(?n)^proc ::kam::template::([^:\s]+)\s} $text] {
        regsub -all "::kam::template::[quoted $helper](?!\[\\w:?!-\])" $text ${own}::$helper text
    }
    regsub -all {::kam::template\}} $text "$own\}" text ;# of a lambda
    regsub {(?n)^# A copy of the template `[^\n]*\n} $text {} text
    set note "# A copy of the template `$old`. Change what you like; `report check $name` looks it over, `report run $name` makes it.\n"
    regexp -indices {^# SPDX[^\n]*\n} $text head
    return [expr {[info exists head] ? [string replace $text {*}$head "[string range $text {*}$head]$note"] : "$note$text"}]
}
# A word as a regular expression that matches it and nothing else.
proc ::kam::template::quoted {word} {return [regsub -all {\W} $word {\\&}]}
# Lines that go on end in @+@: a backslash would join them here.
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
    report tiles [list @+@
        [list [say {Open deals} 进行中商机] [table rows $deals]] @+@
        [list [say Weighted 加权] [short_money [known_sum $deals weighted]]]]

    # Any table can be printed; a question without an answer should say what is missing.
    if {[empty? $deals]} {
        missing {No open opportunity.} 没有进行中的商机。 "opportunity add CODE -account $code -name …"
    } else {
        # Columns of our questions have headings in both languages; -label puts another one in its place.
        report table [worded [first_rows $deals [dict get $p rows]] {stage}] -zebra -totals [total_of $deals [dict get $p rows]] @+@
            -columns [list opportunity {name -weight 2} stage {amount -total} [list weighted -total -label [say {By probability} 按概率]]]
        say_rest $deals [dict get $p rows]

        # So can a table of your own; its columns are headed by their names unless you say otherwise.
        table each row $deals {dict incr count [dict get $row stage]}
        set rows [lmap {stage n} $count {dict create stage [word $stage] n $n}]
        report table [table make {stage text n int} $rows -labels {stage {阶段 | Stage} n {件数 | Deals}}] -caption [say {Deals by stage} 各阶段商机数]
    }
}
}

