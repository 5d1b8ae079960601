# SPDX-License-Identifier: GPL-3.0-or-later
# Wrong words: what is wrong, which word, what is near, and the exit status.
source [file join $env(KAM_SRCDIR) tests fault libfault.tcl]
fault::make p.kam

fault::fails 2 {unknown option --bogus.*--help} "an option the program does not know" --bogus
fault::fails 2 {--readonyl \(did you mean --readonly\?\)} "an option written almost right" --readonyl p.kam
fault::fails 2 {--asof wants a value} "an option without its value" p.kam --asof
fault::fails 2 {--asof wants a day as YYYY-MM-DD, not 2024-13-01} "a day that is none" p.kam --asof 2024-13-01
fault::fails 2 {--format wants one of .*; not xlss} "a format that is none" p.kam --format xlss -c {account list}
fault::fails 2 {no database q\.kam \(did you mean p\.kam\?.*--create} "a database that is not there" q.kam -c {account list}
fault::fails 4 {cannot read the script load\.tlc: .*} "a script that is not there" p.kam -f load.tlc

fault::fails 2 {-c:1: account list: unknown option -nope; usage: account list} "a command's option" p.kam -c {account list -nope 3}
fault::fails 2 {classify: .*-summry.*did you mean -summary\?} "a command's option written almost right" p.kam -c {classify -summry}
fault::fails 2 {-by "piramid" is none of .*did you mean pyramid\?} "a value that is none of the possible ones" p.kam -c {classify -by piramid}
fault::fails 2 {no account "华位技术" \(did you mean 华为技术\?\)} "an account's name with one wrong character" p.kam -c {account show 华位技术}
fault::fails 2 {no account "华为" \(did you mean 华为技术\?\)} "the beginning of an account's name" p.kam -c {stakeholder-map 华为}
fault::fails 2 {no account "Nord Pmups" \(did you mean Nord Pumps\?\)} "two letters swapped" p.kam -c {classify -account {Nord Pmups}}
fault::fails 2 {no account "zzzzzz"; `account list` shows} "nothing is near: where to look" p.kam -c {account show zzzzzz}
fault::fails 2 {there is no entity "acount" \(did you mean account\?\)} "an entity's name" p.kam -c {import acount x.csv}
fault::fails 2 {no template `acount-plan` \(did you mean account-plan\?\)} "a template's name" p.kam -c {report run acount-plan -account A1 -out x.pdf}
fault::fails 2 {no module `clasification` \(did you mean classification\?\)} "a module's name" p.kam -c {handout clasification -out x.pdf}
fault::fails 2 {-asof "2025-02-30" is not a date} "a day of the calendar's gaps" p.kam -c {classify -asof 2025-02-30}
fault::fails 3 {account\.employees: -5 is out of range} "a value out of its range" p.kam -c {account set A1 -employees -5}
fault::fails 3 {already an account A1} "a code that is taken" p.kam -c {account add A1 -name x}
fault::fails 2 {sql: no such table: nope} "a table SQL does not know" p.kam -c {sql {select * from nope}}
fault::fails 2 {sql: it writes; use sql -write} "SQL that writes without saying so" p.kam -c {sql {delete from transactions}}
fault::fails 1 {nothing to fit|no account to fit} "a model without data" -c lifetime-value

# An option on a later line of its command is the line that is shown.
set f [open lines.tcl w]
puts $f "set a 1\naccount list \\\n    -columns code \\\n    -limt 3"
close $f
fault::fails 2 {lines.tcl:2: .*\n    -limt 3\n    \^} "an option on a later line" p.kam -f lines.tcl
# The first error stops: what stands behind it does not run, what stood before it was done.
set result [tap::kamsh -X p.kam -c {account add A3 -name x} -c {account show nobody} -c {account add A4 -name y}]
tap::is [dict get $result status] 2 "the first error stops"
fault::intact p.kam 3 40 "and only what stood before it was done"
# One that is inside a transaction takes all of it back.
set result [tap::kamsh -X p.kam -c {begin; account add A4 -name x; account show nobody; commit}]
tap::is [dict get $result status] 2 "an error inside of begin … commit"
fault::intact p.kam 3 40 "takes the transaction back"
fault::done
