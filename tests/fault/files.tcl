# SPDX-License-Identifier: GPL-3.0-or-later
# Broken files of rows: refused whole, or row by row with line, column and reason; never half a row.
source [file join $env(KAM_SRCDIR) tests fault libfault.tcl]
fault::make p.kam

# --- the file as a whole ---
fault::write open.csv "code,name\nB1,one\nB2,\"two\nB3,three\n"
fault::fails 3 {open\.csv: line 3, column 4: the quote opened here is never closed; nothing was imported} \
    "a quote without an end names the place where it was opened" p.kam -c {import account open.csv}
fault::write lacks.csv "account,amount\nA1,5\n"
fault::fails 3 {lacks\.csv:1: the header lacks date \(日期\).*-map} "a missing column is named in both languages" p.kam \
    -c {import transaction lacks.csv}
fault::write twice.csv "code,name,name\nB1,one,two\n"
fault::fails 2 {both name the field name} "two columns for one field" p.kam -c {import account twice.csv}
fault::write undecodable.csv "code,name\nB1,ab\xff\xfe\x80cd\nB2,ok\n" binary
fault::fails 3 {undecodable\.csv:2:6: byte 0xFF is not text in encoding .*-encoding} "bytes of no encoding" p.kam \
    -c {import account undecodable.csv}
fault::fails 2 {latin-99|encoding} "an encoding nobody knows" p.kam -c {import account open.csv -encoding latin-99}
fault::fails 4 {no\.csv: cannot open: No such file} "a file that is not there" p.kam -c {import account no.csv}
fault::fails 4 {is a folder} "a folder" p.kam -c {import account .}
fault::write empty.csv ""
fault::fails 3 {empty\.csv} "an empty file" p.kam -c {import account empty.csv}
fault::fails 2 {has no field "nmae" \(did you mean name or name_en\?\)} "a mapping to a field that is none" p.kam \
    -c {import account lacks.csv -map {nmae amount}}
fault::intact p.kam 2 40 "nothing came in so far"

# --- rows ---
proc rejects {name words want} {
    set result [tap::kamsh -X p.kam --format csv -c $words]
    tap::is [list [dict get $result status] {*}[lrange [split [string trim [dict get $result out]] \n] 1 end]] $want $name
}
fault::write days.csv "account,date,amount\nA1,2024-13-45,5\nA1,2024-02-30,5\nA1,2024-02-29,7\nA1,,7\n"
rejects "bad days" {import transaction days.csv -dryrun} [list 3 {transaction,add,41,,,account=A1; date=2024-02-29; amount=7.00}]
set result [tap::kamsh -X p.kam -c {import transaction days.csv -strict}]
tap::is [dict get $result status] 3 "-strict refuses the file for one of them"
tap::ok [regexp {days\.csv:2:4: .*2024-13-45.*nothing was imported} [dict get $result err]] "and names the first" [dict get $result err]
fault::intact p.kam 2 40 "and takes nothing"
set result [tap::kamsh -X p.kam --format csv -c {import transaction days.csv -rejections -errors bad.csv}]
tap::ok [regexp {2,4,date,2024-13-45,[^\n]*\n3,4,date,2024-02-30,[^\n]*\n5,4,date,,} [dict get $result out]] \
    "each with line, column, field and value" [dict get $result out]
tap::is [llength [split [string trim [encoding convertfrom utf-8 [fault::bytes bad.csv]]] \n]] 4 "-errors keeps them with their reasons"
fault::intact p.kam 2 41 "the good row was taken, whole"

fault::write nul.csv "code,name\nB1,a\x00b\nB2,ok\n" binary
set result [tap::kamsh -X p.kam --format csv -c {import account nul.csv -rejections}]
tap::is [dict get $result status] 3 "a NUL rejects its row"
tap::ok [regexp {2,5,,,a NUL byte} [dict get $result out]] "and says where" [dict get $result out]
fault::intact p.kam 3 41 "the row after it was taken"

fault::write errors.csv "code,name\nC1,one\n,two\n"
fault::fails 4 {gone/bad\.csv: cannot write} "rejected rows that cannot be written refuse the import" p.kam \
    -c {import account errors.csv -errors gone/bad.csv}
fault::intact p.kam 3 41 "and nothing of it stays"

# --- what only looks broken ---
fault::write gb.csv "代码,名称\nG1,华为终端\nG2,中国移动\n" cp936
fault::works "a file in GB18030 is read" p.kam -c {import account gb.csv -quiet}
tap::is [string trim [fault::works "and its names are found" p.kam -c {table get [account show G2] 0 name}]] 中国移动 "as they were meant"
# 𠮷 (U+20BB7) has four bytes in GB18030 and none in GBK
fault::write gb4.csv "code,name\nG3,\x95\x34\xb2\x35\xd2\xb0\xbc\xd2\n" binary
fault::works "characters of four bytes" p.kam -c {import account gb4.csv -encoding gb18030 -quiet}
tap::is [fault::works "𠮷野家 is there" p.kam --format tsv -c {account show 𠮷野家}] \
    [fault::works "under its code" p.kam --format tsv -c {account show G3}] "and is found by name"
fault::write bom.csv "\ufeffcode,name\r\nG4,\"a\r\nb\"\r\n"
fault::works "a mark at the beginning, line ends of Windows, a line end in quotes" p.kam -c {import account bom.csv -quiet}
fault::write u16.csv "\ufeffcode,name\nG5,十六\n" unicode
fault::works "UTF-16" p.kam -c {import account u16.csv -quiet}
fault::intact p.kam 8 41 "all of them came in"
fault::done
