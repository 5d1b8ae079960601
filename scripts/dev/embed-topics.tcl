#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# embed-topics.tcl OUT.c FILE.txt… writes the help topics (scripts/kam/help) as a C table, in the order given.
#
# A file: lines "key: value" (en and zh are the titles; words: other names it is found by; commands: what it explains, "; "
# between them; needs: a command without which the topic is not shown), then "--- en" and "--- zh" with the text. Lines that
# begin with two blanks are kept as they are, "  % …" is an example that runs, "  - …" an item that goes on in lines with four
# blanks, "3  …" a step; neighbouring others are one paragraph.
proc fail {file text} {
    puts stderr "$file: $text"
    exit 1
}

proc c_string {text} {
    return [string map {\\ \\\\ \" \\\" \t \\t ? \\? \n "\\n\"\n     \""} $text]
}

proc glue {a b lang} {
    return [expr {$lang eq "zh" && (![regexp {[ -~]$} $a] || ![regexp {^[ -~]} $b]) ? "" : " "}]
}

# Lines joined to paragraphs, with a blank between Latin words and none between Chinese.
proc paragraphs {lines lang} {
    set out {}
    set open 0
    foreach line $lines {
        if {[regexp {^    \S} $line] && [string match "  - *" [lindex $out end]]} {
            set last [lindex $out end]
            lset out end $last[glue $last [string trim $line] $lang][string trim $line]
            continue
        }
        if {$line eq "" || [string match "  *" $line]} {
            lappend out $line
            set open 0
        } elseif {$open && ![regexp {^\d+  } $line]} {
            set last [lindex $out end]
            lset out end $last[glue $last $line $lang]$line
        } else {
            lappend out $line
            set open 1
        }
    }
    return [string trim [join $out \n] \n]
}

proc read_topic {file} {
    set in [open $file r]
    fconfigure $in -encoding utf-8
    set lines [split [read $in] \n]
    close $in
    set topic [dict create name [file rootname [file tail $file]] words "" commands "" needs "" en "" zh ""]
    set part ""
    foreach line $lines {
        if {[regexp {^--- (en|zh)$} $line - part]} {
            dict set topic body_$part {}
        } elseif {$part ne ""} {
            dict lappend topic body_$part [string trimright $line]
        } elseif {[regexp {^(\w+): (.*)$} $line - key value] && [dict exists $topic $key]} {
            dict set topic $key $value
        } elseif {$line ne "" && [string index $line 0] ne "#"} {
            fail $file "not understood: $line"
        }
    }
    foreach key {en zh body_en body_zh} {
        if {![dict exists $topic $key] || [dict get $topic $key] eq ""} {fail $file "$key is missing"}
    }
    return $topic
}

set files [lassign $argv path]
set out [open $path w]
fconfigure $out -encoding utf-8 -translation lf
puts $out "/* SPDX-License-Identifier: GPL-3.0-or-later */"
puts $out "/* Made by scripts/dev/embed-topics.tcl from scripts/kam/help; do not edit. */"
puts $out "#include \"cmd_topic.h\"\n"
set names {}
puts $out "const cmd_topic cmd_topics\[\] = \{"
foreach file $files {
    set t [read_topic $file]
    lappend names [dict get $t name]
    dict with t {
        puts $out "    {\"$name\", \"[c_string $needs]\", {\"[c_string $en]\", \"[c_string $zh]\"}, \"[c_string $words]\", \"[c_string $commands]\","
        puts $out "     {\"[c_string [paragraphs $body_en en]]\",\n     \"[c_string [paragraphs $body_zh zh]]\"}},"
    }
}
puts $out "    {0}};"
puts $out "const char *const cmd_topic_names\[\] = {[join [lmap n $names {string cat \" $n \"}] {, }], 0};"
close $out
