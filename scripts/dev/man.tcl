#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# man.tcl KAMSH OUT ?LANG? writes the manual page kamsh(1) in English, or in Chinese (LANG zh): the program's own words from
# `kamsh --help`, the commands from their records through the program itself (::kam::man). Nothing is written twice, so nothing can disagree.
encoding system utf-8
lassign $argv kamsh out lang
set zh [expr {$lang eq "zh"}]
set lang [expr {$zh ? "zh" : "en"}]
proc say {en zh} {return [expr {$::zh ? $zh : $en}]}
set ::env(LC_ALL) C.UTF-8
set ::env(LANG) C.UTF-8
proc ask {args} {
    set pipe [open |[list {*}$args 2>@stderr] r]
    fconfigure $pipe -encoding utf-8
    set text [read $pipe]
    close $pipe
    return $text
}
set version [lindex [ask $kamsh --version] 1]
set help [ask $kamsh --lang $lang --help]
# The list of commands at its end is said better below.
regsub {\n\n(Commands|命令（).*} $help "" help
set commands [ask $kamsh -X --lang $lang -c ::kam::man]

proc roff {text} {
    set text [string map {\\ \\e - \\-} $text]
    return [regsub -all -line {^([.'])} $text {\\\&\1}]
}
set f [open $out w]
fconfigure $f -encoding utf-8 -translation lf
puts $f ".\\\" Made by scripts/dev/man.tcl from the program; do not edit."
puts $f ".TH KAMSH 1 \"\" \"kamsh $version\" \"[say {User Commands} {用户命令}]\""
puts $f ".SH [say NAME 名称]\nkamsh \\- [say {the key\-account management shell} {大客户管理 shell}]"
puts $f ".SH [say SYNOPSIS 概要]\n.B kamsh\n\[[say OPTION 选项] | [say DATABASE 数据库]\]... \[\\-f [say SCRIPT 脚本] \[[say ARG 参数]...\]\]"
puts $f ".SH [say DESCRIPTION 描述]\n.nf\n[roff [string trim $help]]\n.fi"
puts $f [string trimright $commands]
puts $f ".SH [say FILES 文件]\n.IP ~/.config/kamsh/init.tcl 4\n[say {read when the program starts, unless \-X is given} {程序启动时读取，给出 \-X 时除外}]\n.IP ~/.local/state/kamsh/history 4\n[say {what was typed at the prompt} {在提示符下输入过的内容}]"
puts $f ".SH [say {SEE ALSO} 另请参阅]\n.BR tclsh (1),\n.BR sqlite3 (1)"
close $f
