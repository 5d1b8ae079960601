#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks that a compiler does not make; prints TAP, one point a rule. Run by make check.
#   layers      who includes whom (the arrows of HACKING.md) and which library's headers may stand where
#   headers     every header compiles alone, with the include paths of its layer (LINT_CC, LINT_INC_<layer>)
#   units       a unit test links and includes its own layer and base only
#   spdx        the licence line comes first
#   clock       no clock call outside main and cmd_session
#   statics     no file-level variable that is not const, outside cmd_session and prompt
#   banned      calls that cannot be used safely, or that hide a locale
#   length      files of more than 700 lines, functions of more than 90, unless scripts/dev/lint-allow.txt says why
#   paths       no absolute path of somebody's machine
#   words       no unfinished business
#   bilingual   a record with an English text has the Chinese one
#   messages    every text of an error has one row in the catalogue, and every row its text (lint-messages.tcl)
# Exceptions: lines `rule file: reason` in scripts/dev/lint-allow.txt.
encoding system utf-8
fconfigure stdout -encoding utf-8
set root [file normalize [expr {[info exists env(KAM_SRCDIR)] ? $env(KAM_SRCDIR) : "."}]]
set here [pwd]
set beside [file dirname [file normalize [info script]]]
cd $root
set n 0
set failed 0

proc point {rule found} {
    global n failed
    set found [lsort -unique $found]
    incr n
    if {[llength $found] == 0} {
        puts "ok $n - lint: $rule"
        return
    }
    incr failed
    puts "not ok $n - lint: $rule"
    foreach f $found {puts "#   $f"}
}

proc slurp {path} {
    global cache
    if {![info exists cache($path)]} {
        set f [open $path r]
        fconfigure $f -encoding utf-8
        set cache($path) [read $f]
        close $f
    }
    return $cache($path)
}

# The code without comments, strings and character constants; line numbers stay.
proc bare_code {path} {
    global bare
    if {[info exists bare($path)]} {return $bare($path)}
    set out ""
    set text [slurp $path]
    set at 0
    # No non-greedy .*? here: with alternatives Tcl takes the longest match all the same.
    set re {/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'}
    while {[regexp -indices -start $at -- $re $text where]} {
        lassign $where from to
        append out [string range $text $at $from-1]
        set piece [string range $text $from $to]
        append out [expr {[string index $piece 0] eq "\"" ? "\"\"" : " "}]
        append out [string repeat \n [regexp -all \n $piece]]
        set at [expr {$to + 1}]
    }
    append out [string range $text $at end]
    return [set bare($path) $out]
}

proc files_under {dir patterns} {
    set found {}
    foreach sub [lsort [glob -nocomplain -types d $dir/*]] {lappend found {*}[files_under $sub $patterns]}
    foreach p $patterns {lappend found {*}[lsort [glob -nocomplain -types f $dir/$p]]}
    return $found
}

proc layer_of {file} {
    set parts [file split $file]
    return [expr {[llength $parts] == 2 ? "main" : [lindex $parts 1]}]
}

array set allowed {}
if {[file exists scripts/dev/lint-allow.txt]} {
    foreach line [split [slurp scripts/dev/lint-allow.txt] \n] {
        if {[regexp {^\s*(#|$)} $line]} continue
        if {![regexp {^(\w+) (\S+): (.{10,})$} $line - rule file why]} {
            point "lint-allow.txt: every exception has a reason" [list $line]
            continue
        }
        if {![file exists $file]} {point "lint-allow.txt names files that exist" [list $line]}
        set allowed($rule,$file) $why
    }
}
proc excepted {rule file} {
    return [info exists ::allowed($rule,$file)]
}

set sources [files_under src {*.c *.h}]
set c_files [concat $sources [files_under tests {*.c *.h}]]
set scripts [concat [files_under scripts {*.tcl *.pl *.sh *.py}] [files_under tests {*.tcl *.test *.exp *.sh *.py}] \
    [files_under templates {*.tcl}] [files_under examples {*.tcl *.py}]]

# --- layers -------------------------------------------------------------------------------------------------------

array set may_include {
    base {base}
    calc {base calc}
    store {base store}
    pdf {base pdf}
    cmd {base calc store pdf cmd}
    prompt {base prompt}
    main {base cmd prompt}
}
# Headers of libraries: where they may stand. A second word names the only kind of file.
set libraries {
    tcl*.h {cmd prompt main}
    sqlite3*.h {store}
    hpdf*.h {pdf}
    linebreak.h {pdf}
    hb*.h {pdf}
    unibreak*.h {pdf}
    fontconfig/* {pdf}
    zlib.h {pdf}
    png.h {pdf}
    jpeglib.h {pdf}
    jerror.h {pdf}
    gsl/* {calc}
    readline/* {prompt}
}
proc check_layers {} {
    global sources may_include libraries
    set found {}
    foreach file $sources {
        set layer [layer_of $file]
        if {![info exists may_include($layer)]} {
            lappend found "$file: src/$layer is no layer of the design"
            continue
        }
        set prefix [expr {$layer eq "base" ? "kam" : $layer}]
        if {$layer ne "main" && ![string match ${prefix}* [file tail $file]]} {
            lappend found "$file: a file of $layer is named ${prefix}_…"
        }
        set line_no 0
        foreach line [split [slurp $file] \n] {
            incr line_no
            if {![regexp {^\s*#\s*include\s*([<"])([^>"]+)[>"]} $line - kind name]} continue
            if {$kind eq "\""} {
                set from [expr {[string match kam_* $name] ? "base" : [regexp {^(calc|store|pdf|cmd|prompt)(_|\.)} $name - l] ? $l : ""}]
                if {$from ne "" && $from ni $may_include($layer)} {
                    lappend found "$file:$line_no: $layer may not include $name of $from"
                }
            }
            foreach {pattern where} $libraries {
                if {![string match $pattern $name]} continue
                if {$layer ni $where} {lappend found "$file:$line_no: <$name> belongs to [join $where {, }]"}
                if {$pattern eq "gsl/*" && [string match *.h $file]} {lappend found "$file:$line_no: <$name> in a header"}
            }
        }
    }
    return $found
}
point "layers: includes follow the arrows" [check_layers]

proc check_headers {} {
    global sources env root here
    set cc [expr {[info exists env(LINT_CC)] ? $env(LINT_CC) : "cc"}]
    set found {}
    foreach file $sources {
        if {[string match *.h $file]} {lappend by([layer_of $file]) $file}
    }
    cd $here ;# the include paths come from make
    foreach layer [array names by] {
        set inc [expr {[info exists env(LINT_INC_$layer)] ? $env(LINT_INC_$layer) : "-I$root/src/base -I$root/src/$layer"}]
        if {[catch {exec {*}$cc -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-unused-const-variable \
                -fsyntax-only {*}$inc {*}[concat {*}[lmap h $by($layer) {list -x c $root/$h}]] 2>@1} out]} {
            foreach line [split $out \n] {
                if {[string match *error:* $line]} {lappend found $line}
            }
            if {[llength $found] == 0} {lappend found "$layer: $out"}
        }
    }
    cd $root
    return $found
}
point "headers: each compiles alone" [check_headers]

# A unit test links its own layer and base, nothing else.
proc check_unit_links {} {
    set found {}
    set text [expr {[file exists Makefile.am] ? [slurp Makefile.am] : ""}]
    regsub -all {\\\n} $text " " text
    foreach {- name value} [regexp -all -inline -line {^tests_unit_(\w+)_LDADD\s*=\s*(.*)$} $text] {
        if {![regexp {^test_(base|calc|store|pdf|prompt|cmd)} $name - layer]} {
            lappend found "$name: a unit test is named test_LAYER_…"
            continue
        }
        foreach other {CALC STORE PDF CMD} {
            if {[string toupper $layer] ne $other && [string match "*(${other}_LIBS)*" $value]} {
                lappend found "$name links $other"
            }
        }
    }
    foreach file [glob -nocomplain tests/unit/*.c] {
        if {![regexp {^test_([a-z]+)} [file tail $file] - layer]} continue
        foreach {- name} [regexp -all -inline -line {^#include "((?:calc|store|pdf|cmd|prompt)[_.][^"]*)"} [slurp $file]] {
            if {![string match $layer* $name]} {lappend found "$file includes $name"}
        }
    }
    return $found
}
point "units: a unit test links its own layer and base only" [check_unit_links]

# --- text rules ---------------------------------------------------------------------------------------------------

proc check_spdx {} {
    global c_files scripts
    set found {}
    foreach file [concat $c_files $scripts [glob -nocomplain Makefile.am configure.ac bootstrap .ci/run]] {
        set head [join [lrange [split [slurp $file] \n] 0 1] \n]
        if {[string match "#!*" $head]} {set head [lindex [split $head \n] 1]} else {set head [lindex [split $head \n] 0]}
        if {![string match "*SPDX-License-Identifier: GPL-3.0-or-later*" $head]} {lappend found $file}
    }
    return $found
}
point "spdx: the licence line comes first" [check_spdx]

# Every match of RE in the code of FILES, as file:line: TEXT.
proc grep {rule files re} {
    set found {}
    foreach file $files {
        if {[excepted $rule $file]} continue
        set line_no 0
        foreach line [split [bare_code $file] \n] {
            incr line_no
            if {[regexp $re $line]} {lappend found "$file:$line_no: [string trim $line]"}
        }
    }
    return $found
}

proc without {files patterns} {
    return [lmap f $files {
        set hit 0
        foreach p $patterns {if {[string match $p $f]} {set hit 1}}
        if {$hit} continue
        set f
    }]
}
point "clock: only main and cmd_session look at it" [grep clock [without $sources {src/main.c src/cmd/cmd_session*.c}] \
    {\m(time|gettimeofday|clock_gettime|clock|localtime|localtime_r|gmtime|ftime|Tcl_GetTime)\s*\(}]
point "banned: unsafe or locale-bound calls" [concat \
    [grep banned $sources {\m(strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atoll|atof|strtok|alloca|mktemp|tmpnam)\s*\(}] \
    [grep banned [without $sources src/main.c] {\msetlocale\s*\(}]]

# A line at the left margin that declares a variable without const. Cheap, but it knows our style.
proc check_statics {} {
    global sources
    set found {}
    foreach file $sources {
        if {[string match src/cmd/cmd_session* $file] || [layer_of $file] in {prompt} || [excepted statics $file]} continue
        set line_no 0
        foreach line [split [bare_code $file] \n] {
            incr line_no
            if {[regexp {^(static|_Thread_local)\M} $line] && ![regexp {\mconst\M|\(|\minline\M|_Static_assert|^static (struct|union|enum) \w+ *\{? *$} $line]} {
                lappend found "$file:$line_no: [string trim $line]"
            }
            # A table of pointers is constant only if the pointers are.
            if {[regexp {^static const char \*\w+(\[[^]]*\])? *=} $line]} {
                lappend found "$file:$line_no: the pointer is not const: [string trim $line]"
            }
        }
    }
    return $found
}
point "statics: no variables at file level" [check_statics]

proc check_length {} {
    global c_files scripts
    set found {}
    foreach file [concat $c_files $scripts] {
        set lines [llength [split [string trimright [slurp $file] \n] \n]]
        if {$lines > 700 && ![excepted length $file]} {lappend found "$file: $lines lines"}
    }
    foreach file $c_files {
        if {![string match *.c $file] || [excepted length $file]} continue
        set line_no 0
        set start 0
        set name ""
        foreach line [split [bare_code $file] \n] {
            incr line_no
            if {[regexp {^[A-Za-z_].*?(\w+)\(} $line - word]} {set name $word}
            if {$line eq "\{"} {set start $line_no}
            if {$line eq "\}" && $start > 0} {
                if {$line_no - $start > 90} {lappend found "$file:$start: $name has [expr {$line_no - $start - 1}] lines"}
                set start 0
            }
        }
    }
    return $found
}
point "length: files and functions stay readable" [check_length]

proc check_words {} {
    global c_files scripts
    set found {}
    set re "\\m(TO[]DO|FIX[]ME|XX[]X|HA[]CK)\\M"
    regsub -all {\[\]} $re {} re
    foreach file [concat $c_files $scripts [glob -nocomplain *.md Makefile.am configure.ac bootstrap .ci/run]] {
        set line_no 0
        foreach line [split [slurp $file] \n] {
            incr line_no
            if {[regexp $re $line]} {lappend found "$file:$line_no: [string trim $line]"}
        }
    }
    return $found
}
point "words: nothing is left for later in the text" [check_words]

proc check_paths {} {
    global c_files scripts
    set found {}
    foreach file [concat $c_files $scripts [glob -nocomplain *.md Makefile.am configure.ac bootstrap .ci/run]] {
        if {[excepted paths $file]} continue
        set line_no 0
        foreach line [split [slurp $file] \n] {
            incr line_no
            if {[regexp {(^|[^\w.])/(home|root|work|Users|mnt|opt)/} $line]} {lappend found "$file:$line_no: [string trim $line]"}
        }
    }
    return $found
}
point "paths: none of somebody's machine" [check_paths]

# Brace groups of nothing but strings (neighbouring literals joined): a list of lists.
proc string_groups {text} {
    set groups {}
    set literal {"(?:[^"\\]|\\.)*"}
    foreach group [regexp -all -inline "\\{\\s*(?:(?:$literal\\s*)+,?\\s*)+\\}" $text] {
        set strings {}
        foreach part [regexp -all -inline "(?:$literal\\s*)+" $group] {
            lappend strings [join [lmap l [regexp -all -inline $literal $part] {string range $l 1 end-1}] ""]
        }
        lappend groups $strings
    }
    return $groups
}

# Records keep both languages side by side, English before Chinese: {…, "en", "zh"}. Equal words may be names.
proc one_sided {strings} {
    if {[llength $strings] < 2} {return 1}
    lassign [lrange $strings end-1 end] en zh
    return [expr {$zh ne $en && ![regexp {[^\x00-\x7f]|\\x} $zh]}]
}

proc check_bilingual {} {
    global sources
    set found {}
    foreach file $sources {
        if {![string match *.c $file] || [excepted bilingual $file]} continue
        set text [slurp $file]
        set records {\mconst (?:cmd_text|calc_text|prompt_text|cmd_label)\M[^;=(){}]*=\s*\{}
        foreach where [regexp -all -inline -indices $records $text] {
            set from [lindex $where 1]
            foreach strings [string_groups [string range $text $from [string first "\};" $text $from]]] {
                if {[one_sided $strings]} {lappend found "$file: only one language: [lrange $strings 0 end]"}
            }
        }
        foreach {- body} [regexp -all -inline {\.(?:help|summary|detail|heading|say)\s*=\s*(\{[^{}]*\})} $text] {
            foreach strings [string_groups $body] {
                if {[one_sided $strings]} {lappend found "$file: only one language: [lindex $strings 0]"}
            }
        }
        set code [bare_code $file]
        foreach field {"" _name _help _summary _detail _label _text} {
            set en [regexp -all "\\.en$field\\s*=\[^=\]" $code]
            set zh [regexp -all "\\.zh$field\\s*=\[^=\]" $code]
            if {$en != $zh} {lappend found "$file: $en times .en$field, $zh times .zh$field"}
        }
        set en [regexp -all "\\.\\w+_en\\s*=\[^=\]" $code]
        set zh [regexp -all "\\.\\w+_zh\\s*=\[^=\]" $code]
        if {$en != $zh} {lappend found "$file: $en fields …_en, $zh fields …_zh"}
    }
    # msgcat: every language file has the same ids.
    foreach file [files_under scripts {*.msg}] {
        set ids {}
        foreach {- id} [regexp -all -inline -line {^\s*(?:::msgcat::)?(?:mcset \S+|mcflset) (\S+)} [slurp $file]] {lappend ids $id}
        set catalog([file tail $file]) [lsort -unique $ids]
    }
    if {[info exists catalog(en.msg)] && [info exists catalog(zh.msg)]} {
        foreach id $catalog(en.msg) {if {$id ni $catalog(zh.msg)} {lappend found "zh.msg lacks $id"}}
        foreach id $catalog(zh.msg) {if {$id ni $catalog(en.msg)} {lappend found "en.msg lacks $id"}}
    }
    return $found
}
point "bilingual: every text in both languages" [check_bilingual]

source $beside/lint-messages.tcl
point "messages: the catalogue has every error in Chinese" [check_messages]

puts "1..$n"
exit [expr {$failed > 0}]
