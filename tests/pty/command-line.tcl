#!/usr/bin/env tclsh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program's own words: every option, what is written, exit statuses, scripts from files, pipes and shebang lines.
source [file join $env(KAM_SRCDIR) tests tap.tcl]
set tmp $env(TMPDIR)

# STATUS OUT ERR-PATTERN of kamsh ARG…: one point
proc gives {name status out err args} {
    set r [tap::kamsh {*}$args]
    set good [expr {[dict get $r status] == $status && ($out eq "*" || [string trimright [dict get $r out] \n] eq [string trimright $out \n]) &&
        [string match $err [dict get $r err]]}]
    tap::ok $good $name "args: $args\nstatus: [dict get $r status] (want $status)\nout: [dict get $r out]\nerr: [dict get $r err]"
}

proc file_with {name text} {
    set path [file join $::tmp $name]
    set f [open $path w]
    fconfigure $f -encoding utf-8 -translation lf
    puts -nonewline $f $text
    close $f
    return $path
}

# --- -c ------------------------------------------------------------------------------------------------------------
gives "-c shows a value" 0 "42\n" "" -X -c {expr {6*7}}
gives "each -c shows its own" 0 "1\n\n2\n" "" -X -c {expr 1} -c {expr 2}
gives "an empty value shows nothing" 0 "" "" -X -c {set x {}}
gives "the first error stops" 1 "1\n" "*boom*" -X -c {expr 1} -c {error boom} -c {expr 3}
gives "Chinese goes in and out" 0 "华为😀\n" "" -X -c {set x 华为😀}
gives "so do combining marks, as they are" 0 "e\u0301 é 中\u0301\n" "" -X -c "set x {e\u0301 é 中\u0301}"
gives "json: text is a JSON string" 0 "\"a\\\"b\"\n" "" -X --format json -c {set x a\"b}
gives "options may follow the words they go with" 0 "\"1\"\n" "" -X -c {expr 1} --format json
gives "--option=value" 0 "\"1\"\n" "" -X -c {expr 1} --format=json
gives "a script that ends within a transaction has lost its work, and says so" 1 "" "*not committed*rolled back*" -X -c {begin; account add Z1 -name x -quiet}
gives "so does exit, in the reader's language" 1 "" "*没有 commit*" -X --lang zh -c {begin; account add Z1 -name x -quiet; exit}
gives "a what-if has nothing to keep" 0 "" "" -X -c {begin -what-if; account add Z1 -name x -quiet}
gives "a value may begin with -" 2 "" "*no command \"-x\"*" -X -c -x

# --- -f, standard input ------------------------------------------------------------------------------------------------
set script [file_with 脚本.tcl "puts \[list \$argv0 \$argc \$argv\]\nset x 1\n"]
gives "-f evaluates a file, the rest is argv; values are not written" 0 "[list $script 3 {a -c --help}]\n" "" -X -f $script a -c --help
gives "standard input that is no terminal is a script" 0 "hi\n" "" -stdin "puts hi\nset x 1\n" -X
gives "-f - is standard input, with argv" 0 "{a b}\n" "" -stdin "puts \[list \$argv\]" -X -f - a b
gives "exit N decides" 7 "" "" -stdin "exit 7" -X
gives "return ends a script well" 0 "a\n" "" -stdin "puts a\nreturn\nputs b" -X
gives "a script that is not there" 4 "" "kamsh: cannot read the script *nothing.tcl: No such file*" -X -f $tmp/nothing.tcl
gives "its nearest neighbour is named" 4 "" "*did you mean $script?*" -X -f [file join $tmp 脚本.tc]
gives "a folder is no script" 4 "" "*Is a directory*" -X -f $tmp
gives "-c and -f do not go together" 2 "" "*-c and -f do not go together*" -X -c 1 -f $script
set she [file_with she.tcl "#!/usr/bin/env -S $env(KAMSH) -X -f\nputs \[join \$argv +\]\n"]
file attributes $she -permissions 0755
tap::is [exec $she a b] "a+b" "a shebang line"

tap::is [dict get [tap::kamsh -h] out] [dict get [tap::kamsh --help] out] "-h is --help"

# --- errors with file, line, word ------------------------------------------------------------------------------------
set bad [file_with bad.tcl "set a 1\nforeach x {1 2} \{\n    classify -by nonsense\n\}\n"]
gives "an error names file and line, shows the line and the word" 2 "" \
    "kamsh: $bad:3: *\n    classify -by nonsense\n                 ^\n" -X -f $bad
gives "so does one from standard input" 1 "" "kamsh: stdin:2: oops\n    error oops\n    ^\n" -stdin "set a 1\nerror oops\n" -X
set outer [file_with outer.tcl "set a 1\nsource $bad\n"]
gives "and one in a file that was sourced" 2 "" "kamsh: $bad:3: *" -X -f $outer
# within procedures: the line in there, and below it the one that called
set lib [file_with lib.tcl "# a library\nnamespace eval my {\n    proc deep {x} {\n        set text \"a \\\n            b\"\n        account show \$x\n    }\n    proc outer {} {deep NOBODY}\n}\n"]
set caller [file_with caller.tcl "source $lib\nproc run {} {\n    foreach a {1 2} {\n        my::outer\n    }\n}\n\nrun\n"]
gives "an error in a procedure names the line in its file, continued lines and all" 2 "" \
    "kamsh: $lib:6: no account*\n    account show \$x\n    ^\n    called from $caller:8\n" -X -f $caller
gives "in Chinese" 2 "" "kamsh: $lib:6: *\n    由 $caller:8 调用\n" -X --lang zh -f $caller
gives "in the same script" 1 "" "kamsh: stdin:3: oops\n    error oops\n    ^\n    called from stdin:5\n" -stdin "set a 1\nproc p {} {\n    error oops\n}\np\n" -X
gives "on the same line it is said once" 1 "" "kamsh: -c:1: oops\n    proc p {} {error oops}; p\n               ^\n" -X -c {proc p {} {error oops}; p}
gives "of two equal bodies the one of that name" 1 "" "kamsh: -c:2: oops\n*" -X -c "proc q {} {error oops}\nproc p {} {error oops}\np"
gives "a file sourced by an earlier text is known" 2 "" "kamsh: $lib:6: *called from -c:1\n" -X -c "source $lib" -c my::outer
gives "a body that stands in no text has its own lines" 1 "" "kamsh: proc p:2: oops\n    error oops\n    ^\n*" -X -c {proc p {} [list error oops]; proc p {} "set a 1\nerror oops"; p}
gives "Tcl's own procedures are not meant" 1 "" "kamsh: -c:1: *isn't an array\n    parray x\n*" -X -c {parray x}

# near names in SQL
gives "a wrong column of SQL: the nearest, and the word" 2 "" "kamsh: -c:1: sql: no such column: a.nam (at character 8) (did you mean name or name_en?)\n*" -X -c {sql {SELECT a.nam FROM accounts a}}
gives "a wrong table" 2 "" "*no such table: account (did you mean accounts?)\n*" -X -c {sql {SELECT 1 FROM account}}
gives "the beginning of a column" 2 "" "*no such column: amount (at character 8) (did you mean amount_minor?)\n*" -X -c {sql {SELECT amount FROM transactions}}
gives "nothing is near: what there is" 2 "" "*no such column: xyzzy (at character 8); there is id, code, name*, …\n*" -X -c {sql {SELECT xyzzy FROM accounts}}
gives "in Chinese, with the word" 2 "" "kamsh: -c:1: sql：没有列 nam（第 8 个字符处）（是否指 name 或 name_en？）\n    sql {SELECT nam FROM accounts}\n                ^\n" -X --lang zh -c {sql {SELECT nam FROM accounts}}

gives "-c: the line within it" 1 "" "kamsh: -c:2: oops\n*" -X -c "set a 1\nerror oops"
gives "an unbalanced script" 1 "" "kamsh: stdin*missing close-brace*" -stdin "set a \{\n" -X

# --- exit statuses by error code -------------------------------------------------------------------------------------
foreach {code status} {USAGE 2 NOTFOUND 2 DATA 3 CONSTRAINT 3 IO 4 BUSY 4 PDF 4 DATABASE 4 CALC 1 LIMIT 1 INTERRUPT 130} {
    gives "KAM $code ends with $status" $status "" * -X -c "throw {KAM $code x} oops"
}
gives "an error of Tcl ends with 1" 1 "" * -X -c {open /no/such/file}
set rows [file_with rows.csv "code,name\nA1,好\n,no code\n"]
gives "rejected rows: 3, and later -c run" 3 "*" "*rows.csv:3:*" -X -c "import account $rows" -c {expr 1}
gives "exit without a number keeps that" 3 "*" "*" -X -c "import account $rows" -c exit
gives "exit 0 decides" 0 "*" "*" -X -c "import account $rows" -c {exit 0}
gives "another error decides" 1 "*" "*oops*" -X -c "import account $rows" -c {error oops}

# --- the database ------------------------------------------------------------------------------------------------------
set db [file join $tmp 客户.kam]
gives "a script does not make a database by a slip" 2 "" "*there is no database*--create*" -X $db -c 1
tap::ok [expr {![file exists $db]}] "nothing was made"
gives "--create does" 0 "A1\n" "" -X --create $db -c {account add A1 -name 测试}
tap::is [format %o [expr {[file attributes $db -permissions] & 0777}]] 600 "for its owner only"
gives "the nearest file is named" 2 "" "*did you mean $db?*" -X [file join $tmp 客户.ka] -c 1
gives "--create opens one that exists" 0 "1\n" "" -X --create $db -c {llength [account list]}
gives "the database may be named before, between and after" 0 "1\n" "" -X -c {llength [account list]} $db
gives "--readonly reads" 0 "1\n" "" -X --readonly $db -c {llength [account list]}
gives "--readonly changes nothing" 4 "" "*" -X --readonly $db -c {account add A2 -name x}
gives "two databases are one too many" 2 "" "*one database*" -X $db other.kam -c 1
gives "a file that is no database" 4 "" "kamsh: *" -X $script -c 1
gives "-- ends options" 2 "" "*there is no database -c*" -X -- -c
gives "without a name data is temporary" 0 "A1\n\n1\n" "" -X -c {account add A1 -name x} -c {llength [account list]}
set left [glob -nocomplain -directory $tmp *.kam]
tap::is $left [list $db] "and leaves no file behind"
gives "an exit in a script closes the database" 5 "" "" -X $db -c {account add A3 -name x -quiet} -c {exit 5}
gives "and what was written is there" 0 "2\n" "" -X $db -c {llength [account list]}

# --- the other options -------------------------------------------------------------------------------------------------
gives "--version" 0 "kamsh [lindex [exec $env(KAMSH) --version] 1]\n" "" --version
set help [dict get [tap::kamsh --help --lang en] out]
foreach word {-c -f -i -X --create --format --lang --asof --readonly --color --pager --help --version classify account import} {
    tap::ok [regexp -- "(^|\[\\s])$word\\M" $help] "--help names $word"
}
tap::ok [string match *用法* [dict get [tap::kamsh --help --lang zh] out]] "--help in Chinese"
gives "an unknown option, with the nearest" 2 "" "*unknown option --colour (did you mean --color?)*" --colour never
gives "the same in Chinese, before there is a session" 2 "" "*没有选项 --colour（是否指 --color？）*" --colour never --lang zh
gives "a database that is not there, in Chinese" 2 "" "*没有数据库*" -X --lang zh [file join $tmp nosuch.kam] -c 1
gives "the word an error in Chinese is about is marked" 2 "" "*没有客户“Q9”*\n    account show Q9\n                 ^\n" -X --lang zh -c {account show Q9}
gives "an option without its value" 2 "" "*--format wants a value*" -X --format
gives "a value that is none" 2 "" "*--format wants one of*xml*" --format xml
gives "a flag with a value" 2 "" "*--create takes no value*" --create=yes x
gives "--create without a name" 2 "" "*--create wants the name*" --create -c 1
gives "--create with --readonly" 2 "" "*do not go together*" --create --readonly x
gives "a wrong day" 2 "" "*YYYY-MM-DD*" --asof 2025-02-30 -c 1
gives "--lang zh" 0 "*" "" -X --lang zh -c {help}
gives "a wrong language" 2 "" "*--lang wants one of*" --lang fr -c 1
gives "--color always colours errors" 1 "" "*\033\\\[31m*" -X --color always -c {error x}
gives "--color never does not" 1 "" "kamsh: -c:1: x\n*" -X --color never -c {error x}
proc colored {name want args} {
    set out [exec env {*}$args $::env(KAMSH) -X --format box -c {table make {a int t text} {{a -5 t lost} {a 5 t plain}}} 2>@stderr]
    tap::is [list [string match *\033* $out] [string match "*\033\\\[31m-5\033*" $out] [string match "*\033\\\[31mlost\033*" $out] [string match "*31mplain*" $out]] \
        $want $name
}
colored "no colour where there is no terminal" {0 0 0 0}
colored "CLICOLOR_FORCE colours there, by meaning: a negative number, bad news" {1 1 1 0} CLICOLOR_FORCE=1
colored "CLICOLOR_FORCE=0 does not" {0 0 0 0} CLICOLOR_FORCE=0
colored "NO_COLOR goes before it" {0 0 0 0} NO_COLOR=1 CLICOLOR_FORCE=1
colored "an empty NO_COLOR says nothing" {1 1 1 0} NO_COLOR= CLICOLOR_FORCE=1
foreach word {--verbose -verbose} {
    gives "$word gives Tcl's stack" 2 "" "kamsh: proc p:1: *no account*while executing*procedure \"p\"*" -X $word -c {proc p {} {account show NOBODY}} -c p
}
gives "without it the stack is not shown" 2 "" "kamsh: proc p:1: *no account*^\n    called from -c:1\n" -X -c {proc p {} {account show NOBODY}} -c p
gives "timing goes to standard error" 0 "7\n" "*time: * s to run, * s to draw*" -X -c {display set timing on} -c {expr 7}
gives "--pager never" 0 "1\n" "" -X --pager never -c {expr 1}
gives "-i goes on at the prompt, which ends with the input" 0 "*" "*" -stdin "" -X -i -c {expr 1}

# --- what is written -----------------------------------------------------------------------------------------------------
set json [dict get [tap::kamsh -X $db --format json -c {account list -columns {code name}} -c {expr 1}] out]
set reader {import json,sys
d=json.JSONDecoder();t=sys.stdin.read().strip();n=0
while t:
    v,k=d.raw_decode(t);t=t[k:].strip();n+=1
print(n)}
tap::is [exec python3 -c $reader << $json] 2 "json: documents one after the other"
foreach format {box table tsv csv json jsonl markdown html line tcl} {
    gives "--format $format" 0 "*" "" -X $db --format $format -c {account list -columns {code name}}
}
gives "tsv apart by an empty line" 0 "code\nA1\nA3\n\ncode\nA1\nA3\n" "" -X $db -c {account list -columns code} -c {account list -columns code}
gives "tsv is the format of a pipe" 0 "code\tname\nA1\t测试\nA3\tx\n" "" -X $db -c {account list -columns {code name}}

# --- start-up file ---------------------------------------------------------------------------------------------------------
set config [file join $env(XDG_CONFIG_HOME) kamsh]
file mkdir $config
set init [open [file join $config init.tcl] w]
puts $init "proc mine {} {return my-own}"
close $init
gives "the start-up file is read" 0 "my-own\n" "" -c mine
gives "-X leaves it out" 2 "" "*no command \"mine\"*" -X -c mine
set init [open [file join $config init.tcl] w]
puts $init "set a 1\nerror in-init"
close $init
gives "its errors are told and do not keep anyone from working" 0 "1\n" "kamsh: */init.tcl:2: in-init*" -c {expr 1}
file delete [file join $config init.tcl]

# --- a closed pipe, another locale -----------------------------------------------------------------------------------------
set line "$env(KAMSH) -X -c 'for {set i 0} {\$i < 100000} {incr i} {puts \$i}' 2>$tmp/err | head -n 1; cat $tmp/err"
tap::is [exec sh -c $line] "0" "a reader that goes away ends it quietly"
set line "$env(KAMSH) -X -c 'string repeat 0123456789 100000' 2>$tmp/err | head -c 3; cat $tmp/err"
tap::is [exec sh -c $line] "012" "also while a value is written"
tap::is [exec env LC_ALL=C $env(KAMSH) -X -c {string length 华为}] 2 "UTF-8 in the C locale"
tap::is [exec env LC_ALL=POSIX LANG=de_DE $env(KAMSH) -X -c {expr {1.5 + 1}}] 2.5 "numbers are never the locale's"
tap::done
