# SPDX-License-Identifier: GPL-3.0-or-later
# The point "messages" of lint.tcl: every English text of an error stands in the catalogue (src/base/kam_message_*.h) with its
# Chinese, once, is used, and its holes {1} {2} … are the conversions of the English. Sourced by lint.tcl, whose slurp it uses.
# With --list (lint.tcl --messages) the texts that lack a row are printed as rows to be filled in.

# Where a function takes texts: file pattern, function, index of the argument that is a text (further arguments of the
# kam_err functions and store_bad are looked at too: a word in them is shown to somebody). The first pattern that fits counts.
# Helpers that take the error and a `const char *why` (or reason, sentence, wrong, fmt) are found by themselves.
set message_takers {
    * kam_err_set 2
    * kam_err_vset 2
    * kam_err_prefix 1
    * kam_err_append 1
    * KAM_MSG 0
    * store_bad 5
    * store_sql_error 2
    * store_sql_error_at 3
    * file_error 1
    */calc_value.c usage 1
    */calc_whatif.c usage 1
    */cmd_bind.c bad_value 3
    */cmd_declare.c refuse 1
    */kam_csv.c fail_at 4
    */kam_csv.c die_at 3
    */prompt_history.c io_error 2
    */store_text.c io_error 1
    */store.c io_error 1
    */store_database.c io_error 1
    */cmd_segment.c no_accounts 0
    */cmd_segment.c codes_of 1
    */cmd_classify_segment.c unknown 1
    */cmd_card.c not_found 1
}

# The helpers of a piece of C, as in message_takers; PATTERN is the file's name, those that are not static are everybody's.
proc message_helpers {file code} {
    set helpers {}
    foreach {- static name parameters} [regexp -all -inline {\n(static )?kam_rc (\w+)\(([^()]*)\)} \n$code] {
        if {![string match "*kam_err \\*err*" $parameters] || [string match kam_err_* $name]} continue
        set index 0
        foreach parameter [split $parameters ,] {
            if {[regexp {const char \*(why|reason|sentence|wrong|fmt)\s*$} $parameter]} {
                lappend helpers [expr {$static eq "" ? "*" : $file}] $name $index
                break
            }
            incr index
        }
    }
    return $helpers
}
set string_literal {"(?:[^"\\]|\\.)*"}

# The literals of a piece of C, neighbours joined, escapes of quotes and Unicode undone.
proc message_texts {code} {
    global string_literal
    set texts {}
    foreach group [regexp -all -inline "(?:$string_literal\\s*)+" $code] {
        set text ""
        foreach l [regexp -all -inline $string_literal $group] {append text [string range $l 1 end-1]}
        lappend texts [string map {\\\" \" \\n \n \\\\ \\} $text]
    }
    return $texts
}

# The arguments of the call whose "(" stands at position AT of CODE.
proc call_arguments {code at} {
    set arguments {}
    set depth 0
    set from [expr {$at + 1}]
    set re {"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)+'|[][(){},;]}
    set i $at
    while {[regexp -indices -start $i -- $re $code where]} {
        lassign $where a b
        set i [expr {$b + 1}]
        switch -- [string range $code $a $b] {
            "(" - "\{" - "\[" {incr depth}
            ")" - "\}" - "\]" {
                if {[incr depth -1] == 0} {
                    lappend arguments [string range $code $from $a-1]
                    break
                }
            }
            "," {if {$depth == 1} {lappend arguments [string range $code $from $a-1]; set from $i}}
            ";" {break}
        }
    }
    return $arguments
}

# C without comments; strings stay.
proc code_with_strings {path} {
    set text [slurp $path]
    set out ""
    set at 0
    set re {/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'}
    while {[regexp -indices -start $at -- $re $text where]} {
        lassign $where a b
        append out [string range $text $at $a-1]
        if {[string index $text $a] ne "/"} {append out [string range $text $a $b]}
        set at [expr {$b + 1}]
    }
    return [append out [string range $text $at end]]
}

# Is this something somebody reads? Punctuation, options, and names of ours in capitals are not.
proc is_message {text} {
    regsub -all {%[-+ #0-9.*]*(?:hh|h|ll|l|z|j|t)?[a-zA-Z%]} $text {} rest
    return [regexp {[[:alpha:]]{2}} $rest]
}

# Dictionary text → file of its first use.
proc used_messages {} {
    global message_takers sources
    set used [dict create]
    set takers $message_takers
    foreach file $sources {
        if {![string match *.c $file]} continue
        set codes($file) [code_with_strings $file]
        lappend takers {*}[message_helpers $file $codes($file)]
    }
    foreach file [lsort [array names codes]] {
        set code $codes($file)
        # A reason chosen before it is told: why = "…".
        foreach {- value} [regexp -all -inline {\m(?:why|what|wrong|hint|refused|reason)\s*=((?:"(?:[^"\\]|\\.)*"|[^;"])*);} $code] {
            if {[regexp {[^[:ascii:]]} $value]} continue
            foreach text [message_texts $value] {if {[regexp {[a-z][;,:]? [a-z]} $text]} {dict append used $text "$file\n"}}
        }
        set done {}
        foreach {pattern function index} $takers {
            if {$function in $done || ![string match $pattern $file]} continue
            lappend done $function
            foreach where [regexp -all -inline -indices "\\m$function\\s*\\(" $code] {
                set arguments [call_arguments $code [lindex $where 1]]
                if {[llength $arguments] <= $index || [regexp {^\s*(?:const\s+)?\w+\s+\*?\w+\s*$} [lindex $arguments 0]]} continue
                # A conversion without a word, as "%s: %s", is a format all the same.
                foreach text [message_texts [lindex $arguments $index]] {
                    if {$text ni {"" "%s"} && ([is_message $text] || $function in {kam_err_set kam_err_prefix kam_err_append})} {dict append used $text "$file\n"}
                }
                if {![string match kam_err_* $function] && $function ne "store_bad"} continue
                foreach argument [lrange $arguments $index+1 end] {
                    if {[regexp {^\s*\w+\(.*\)\s*$} $argument]} continue
                    foreach text [message_texts $argument] {
                        if {[is_message $text] && ![string match -* $text]} {dict append used $text "$file\n"}
                    }
                }
            }
        }
    }
    return $used
}

# Dictionary English → list of Chinese (one each, if all is well); rows of words nobody in src/ says literally
# (kam_message_entity.h, _foreign.h, _system.h) go to FREE.
proc catalogue_rows {freeName} {
    global string_literal
    upvar 1 $freeName free
    set rows [dict create]
    set free [dict create]
    foreach file [lsort [glob -nocomplain src/base/kam_message_*.h]] {
        set code [code_with_strings $file]
        foreach group [regexp -all -inline "\\{\\s*(?:$string_literal\\s*)+,\\s*(?:$string_literal\\s*)+,?\\s*\\}" $code] {
            set parts {}
            foreach part [call_arguments $group 0] {lappend parts [lindex [message_texts $part] 0]}
            dict lappend rows [lindex $parts 0] [lindex $parts 1]
            if {[regexp {_(entity|foreign|system)\.h$} $file]} {dict set free [lindex $parts 0] 1}
        }
    }
    return $rows
}

# What is wrong with the holes of a row, "" if nothing.
proc holes_wrong {en zh} {
    regsub -all {%%} $en {} en
    set n [regexp -all {%[-+ #0-9.*]*(?:hh|h|ll|l|z|j|t)?[a-zA-Z]} $en]
    set seen {}
    foreach {- k} [regexp -all -inline {\{(\d+)\}} $zh] {lappend seen $k}
    set seen [lsort -integer -unique $seen]
    set want {}
    for {set k 1} {$k <= $n} {incr k} {lappend want $k}
    if {$n > 9} {return "more than 9 conversions"}
    if {[regexp {%[-+ #0-9.*]*[a-z]} $zh]} {return "a conversion in the Chinese; write {1}"}
    foreach k $seen {if {$k ni $want} {return "{$k} has no conversion"}}
    foreach k $want {if {$k ni $seen} {return "conversion $k is not shown"}}
    return ""
}

proc check_messages {} {
    set found {}
    set rows [catalogue_rows free]
    set used [used_messages]
    dict for {text files} $used {
        if {![dict exists $rows $text]} {lappend found "[lindex [split $files \n] 0]: no Chinese for \"$text\""}
    }
    dict for {en zh} $rows {
        if {[llength $zh] > 1} {lappend found "two rows for \"$en\""}
        if {![dict exists $used $en] && ![dict exists $free $en]} {lappend found "nobody says \"$en\""}
        set wrong [holes_wrong $en [lindex $zh 0]]
        if {$wrong ne ""} {lappend found "\"$en\": $wrong"}
    }
    return $found
}
