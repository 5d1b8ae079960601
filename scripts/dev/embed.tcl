#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# embed.tcl OUT.c NAME FILE.tcl… writes the files, in the order given, as the C string NAME: a part of the Tcl
# library that kamsh carries in itself.
lassign $argv path name
set out [open $path w]
fconfigure $out -encoding utf-8 -translation lf
puts $out "/* SPDX-License-Identifier: GPL-3.0-or-later */"
puts $out "/* Made by scripts/dev/embed.tcl from scripts/kam; do not edit. */"
puts $out "extern const char ${name}\[\];"
puts $out "const char ${name}\[\] ="
foreach file [lrange $argv 2 end] {
    set in [open $file r]
    fconfigure $in -encoding utf-8
    while {[gets $in line] >= 0} {
        puts $out "    \"[string map {\\ \\\\ \" \\\" \t \\t ? \\?} $line]\\n\""
    }
    close $in
}
puts $out "    \"\";"
close $out
