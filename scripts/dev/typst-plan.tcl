# SPDX-License-Identifier: GPL-3.0-or-later
# Our account plan beside the same plan set by Typst, to be judged by eye. Typst is no part of the project:
#
#   kamsh -X FILE -f scripts/dev/typst-plan.tcl FOLDER ACCOUNT
#
# writes FOLDER/kamsh.pdf and FOLDER/plan.typ: the summary page, the texts, and the tables of the plan with the same words, sizes
# and fonts; and FOLDER/typst.pdf when the command in $TYPST (IN OUT as its last words; else `typst compile`) can be run.
lassign $argv folder code
if {$code eq ""} {
    puts stderr "usage: kamsh -X FILE -f scripts/dev/typst-plan.tcl FOLDER ACCOUNT"
    exit 2
}
file mkdir $folder
set ours [time {report run account-plan -account $code -lang zh -out [file join $folder kamsh.pdf]}]

proc mark {text} {return [regsub -all {[\\#$*_<>@`~=\[\]+/-]} $text {\\&}]} ;# data inside Typst's marks
proc half {text} {return [lindex [split [string map {{ | } \uFFFF} $text] \uFFFF] 0]}
proc one {table column} {return [half [table get $table 0 $column]]}
proc rows {table columns} {
    set cells {}
    table each row $table {
        foreach column $columns {lappend cells "\[[mark [half [expr {[dict exists $row $column] ? [dict get $row $column] : {–}}]]]\]"}
    }
    return [join $cells {, }]
}
proc grid {widths align heads table columns} {
    return "#plan-table($widths, $align, ([join [lmap head $heads {string cat \[ $head \]}] {, }],), ([rows $table $columns],))\n"
}
set account [account show $code]
set text {}
table each row [plan-text list -where "account = $code" -sort date] {dict set text [dict get $row section] [half [dict get $row text]]}
foreach section {profile needs value strategy review} {if {![dict exists $text $section]} {dict set text $section –}}
set months [sql {SELECT strftime('%Y-%m', t.day * 86400, 'unixepoch') AS month, SUM(t.amount_minor) / 1000000.0 AS revenue FROM transactions t
    JOIN accounts a ON a.id = t.account_id WHERE a.code = :code GROUP BY month ORDER BY month DESC LIMIT 24}]
set months [table sort $months month]
set top 0
table each row $months {set top [expr {max($top, [dict get $row revenue])}]}
set bars {}
table each row $months {append bars "bar([expr {[dict get $row revenue] / $top}], \[[string range [dict get $row month] 2 end]\]), "}

set out [open [file join $folder plan.typ] w]
fconfigure $out -encoding utf-8
puts $out [string map [list @NAME [mark [one $account name]] @CODE $code] {
#set document(title: "@NAME", date: none)
#set text(font: ("Noto Sans CJK SC",), size: 10.3pt, lang: "zh", region: "cn", fill: rgb("#22272e"))
#set par(leading: 0.9em, spacing: 1.25em, justify: true)
#set page(paper: "a4", margin: (x: 21mm, top: 20mm, bottom: 19mm), header: context if counter(page).get().first() > 1 [
  #set text(8.2pt, fill: rgb("#5b6673")); 客户计划 · @NAME #h(1fr) 机密 · 仅供内部 #v(-7pt) #line(length: 100%, stroke: 0.4pt + rgb("#d3dae2"))],
  footer: context [#set text(8.2pt, fill: rgb("#5b6673")); @CODE #h(1fr) 第 #counter(page).display() 页 / 共 #counter(page).final().first() 页])
#show heading.where(level: 1): it => block(above: 20pt, below: 9pt, sticky: true, stroke: (left: 3pt + rgb("#1f5a8c")), inset: (left: 7pt, y: 1pt), text(15.5pt, fill: rgb("#17405f"), it.body))
#show heading.where(level: 2): it => block(above: 12pt, below: 7pt, sticky: true, text(10.8pt, it.body))
#let plan-table(widths, align, heads, cells) = {
  set text(8pt); set par(justify: false, leading: 0.5em)
  table(columns: widths, align: align, stroke: none, inset: (x: 5pt, y: 3pt), fill: (x, y) => if y == 0 { rgb("#e6eef5") } else if calc.even(y) { rgb("#f6f8fb") },
    table.hline(stroke: 1pt + rgb("#17405f")), table.header(..heads.map(strong)), table.hline(stroke: 0.5pt + rgb("#17405f")), ..cells, table.hline(stroke: 1pt + rgb("#17405f")))
}
#let tile(label, value, note) = block(fill: rgb("#f2f6fa"), stroke: (top: 2pt + rgb("#1f5a8c")), inset: 9pt, width: 100%)[
  #text(8.2pt, fill: rgb("#5b6673"), label) \ #text(18pt, weight: "bold", fill: rgb("#17405f"), value) \ #text(8.2pt, note)]
#let bar(part, label) = align(center + bottom, stack(spacing: 3pt, rect(height: 52mm * part, width: 72%, fill: rgb("#1f5a8c")), text(4.6pt, label)))
}]
puts $out "#text(23pt, weight: \"bold\", fill: rgb(\"#17405f\"))\[[mark [one $account name]]\] \\ #text(10pt, fill: rgb(\"#5b6673\"))\[[mark [one $account name_en]]\]"
puts $out "#grid(columns: (1fr, 1fr, 1fr), gutter: 9pt, tile(\[近365天收入\], \[985 万\], \[+64 % 半年环比\]), tile(\[加权商机\], \[116 万\], \[6 笔进行中\]), tile(\[未来12个月价值\], \[271 万\], \[139 万 – 420 万\]))"
puts $out "== 策略\n[mark [dict get $text strategy]]\n\n*上次回顾以来：*[mark [dict get $text review]]"
puts $out "== 目标\n[grid {(2fr, 1fr, auto)} {(left, left, left)} {目标 目标值 商定} [objective list -where "account = $code"] {measure target agreed_on}]"
puts $out "== 下一步行动\n[grid {(auto, 1fr, auto)} {(center, left, left)} {期限 行动 负责人} [action list -where "account = $code" -where "status = open" -sort due] {due what owner}]"
puts $out "== 主要风险\n[grid {(1fr, 1fr)} {(left, left)} {风险 对策} [risk list -where "account = $code"] {what answer}]"
puts $out "#pagebreak()\n= 概况与需求\n[mark [dict get $text profile]]\n\n[mark [dict get $text needs]]\n\n[mark [dict get $text value]]"
puts $out "= 采购现状\n#grid(columns: (1fr,) * [table rows $months], $bars)"
puts $out "= 关键人物\n[grid {(auto, 1fr, auto, auto, auto, auto)} {(left, left, left, left, right, center)} {姓名 职务 层次 角色 态度 最近会面} [stakeholder-map $code] {name title layer buying_role attitude last_met}]"
puts $out "= 商机\n[grid {(auto, 1fr, auto, auto, auto, auto)} {(left, left, left, right, right, center)} {编码 商机 阶段 金额 加权 预计成交} [funnel -show opportunities -account $code] {opportunity name stage amount weighted expected_close}]"
puts $out "= 竞争\n[grid {(auto, auto, 1fr, auto)} {(center, left, left, left)} {日期 对手 内容 真伪} [sighting list -where "account = $code"] {date competitor what truth}]"
puts $out "= 附录：往来\n[grid {(auto, auto, 1fr, auto, 1fr)} {(center, left, left, left, left)} {日期 方式 话题 结果 下一步} [interaction list -where "account = $code" -sort -date -limit 60] {date kind topic outcome next_step}]"
close $out

set command [expr {[info exists env(TYPST)] ? $env(TYPST) : "typst compile"}]
puts "kamsh.pdf: [file size [file join $folder kamsh.pdf]] bytes, [lindex $ours 0] microseconds, start not counted"
if {[auto_execok [lindex $command 0]] eq ""} {
    puts "typst is not installed: plan.typ is written, nothing is compared"
    exit 0
}
set theirs [time {exec {*}$command [file join $folder plan.typ] [file join $folder typst.pdf] >@stdout 2>@stderr}]
puts "typst.pdf: [file size [file join $folder typst.pdf]] bytes, [lindex $theirs 0] microseconds, with its start"
