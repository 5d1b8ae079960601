#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# embed.tcl OUT.c FILE.tcl… writes the files, one after the other, as the C string cmd_boot_script: the part of the Tcl
# library that kamsh carries in itself.
set out [open [lindex $argv 0] w]
fconfigure $out -encoding utf-8 -translation lf
puts $out "/* SPDX-License-Identifier: GPL-3.0-or-later */"
puts $out "/* Made by scripts/dev/embed.tcl from scripts/kam; do not edit. */"
puts $out "extern const char cmd_boot_script\[\];"
puts $out "const char cmd_boot_script\[\] ="
foreach file [lsort [lrange $argv 1 end]] {
    set in [open $file r]
    fconfigure $in -encoding utf-8
    while {[gets $in line] >= 0} {
        puts $out "    \"[string map {\\ \\\\ \" \\\" \t \\t ? \\?} $line]\\n\""
    }
    close $in
}
puts $out "    \"\";"
close $out
