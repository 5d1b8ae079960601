# SPDX-License-Identifier: GPL-3.0-or-later
# What a person at the prompt waits for: Tab at 1,000,000 accounts (20 ms, any prefix), a question about one of them (200 ms; where it is placed among all of them: the first, and the next), the start (2.5 times tclsh doing
# nothing) and ^C (200 ms from loops, waiting, SQL, an import, a fit, and at random moments of the questions; BENCH_STOPS=N tries N moments
# of each instead of two, BENCH_BASE=FILE measures ^C alone in a database that is there). Each line: what, measured, the peer beside it where there
# is one (the same question as a plain LIKE in the sqlite3 shell), the limit, ok or SLOW. Needs 500 MB in TMPDIR for a
# minute; without sqlite3 or Expect their lines are left out, and said so.
encoding system utf-8
fconfigure stdout -encoding utf-8
set folder [exec mktemp -d]
set base [file join $folder big.kam]

proc line {what ms limit {peer ""}} {
    puts [format "prompt  %-44s %9.2f ms  limit %6.1f ms  %-5s%s" $what $ms $limit [expr {$ms <= $limit ? "ok" : "SLOW"}] $peer]
    flush stdout
}
# The least of n runs, in ms.
proc best {n body} {
    set best 1e9
    for {set i 0} {$i < $n} {incr i} {
        set start [clock microseconds]
        uplevel 1 $body
        set best [expr {min($best, ([clock microseconds] - $start) / 1000.0)}]
    }
    return $best
}
proc kamsh {args} {exec $::env(KAMSH) -X {*}$args < /dev/null}

# 1,000,000 names of 4 to 12 characters, 200,000 accounts with purchases.
proc make {} {
    expr {srand(20)}
    set cities {北京 上海 广州 深圳 天津 重庆 厦门 长春 长沙 杭州 南京 武汉 成都 西安 青岛 大连}
    set middle {华 兴 盛 泰 和 通 达 信 诚 金 银 宏 恒 创 新 源 安 康 瑞 丰 顺 利 美 德 天 海 宇 星 龙 凯 长 行 乐 重}
    set trades {科技 贸易 电子 机械 化工 食品 医药 物流 建设 汽车 银行 Pumps}
    proc one {list} {lindex $list [expr {int(rand() * [llength $list])}]}
    set f [open [file join $::folder accounts.csv] w]
    fconfigure $f -encoding utf-8
    puts $f code,name
    for {set i 0} {$i < 1000000} {incr i} {puts $f A[format %07d $i],[one $cities][one $middle][one $middle][one $trades]}
    close $f
    set f [open [file join $::folder products.csv] w]
    puts $f sku,name,category,use_days
    for {set i 0} {$i < 8} {incr i} {puts $f "P$i,Product $i,C[expr {$i % 3}],30"}
    close $f
    set f [open [file join $::folder lines.csv] w]
    puts $f account,date,amount,product,quantity
    for {set i 0} {$i < 200000} {incr i} {
        for {set k 0; set n [expr {1 + int(rand() * 4)}]} {$k < $n} {incr k} {
            puts $f [format "A%07d,2024-%02d-%02d,%d,P%d,%d" $i [expr {1 + int(rand() * 12)}] [expr {1 + int(rand() * 28)}] [expr {1 + int(rand() * 900)}] \
                [expr {int(rand() * 8)}] [expr {1 + int(rand() * 9)}]]
        }
    }
    close $f
    kamsh --create $::base -c "import account [list [file join $::folder accounts.csv]]" \
        -c "import product [list [file join $::folder products.csv]]" -c "import transaction [list [file join $::folder lines.csv]]" -c {setting set asof 2025-01-31}
}

proc latency {} {
    set prefixes {A 北 北京华 b bj bjhx z 长 zs xmh A0000001 sm}
    set script {
        foreach prefix $prefixes {
            set best 1e9
            for {set i 0} {$i < 7} {incr i} {
                set start [clock microseconds]
                set found [::kam::complete {account show} $prefix]
                set best [expr {min($best, ([clock microseconds] - $start) / 1000.0)}]
            }
            if {[llength [lindex $found 1]] < 2} {error "nothing found for $prefix"}
            lappend out $prefix $best
        }
        set out
    }
    set worst [list "" 0]
    set all [kamsh $::base -c "set prefixes [list $prefixes]; $script"]
    foreach {prefix ms} $all {if {$ms > [lindex $worst 1]} {set worst [list $prefix $ms]}}
    set peer ""
    if {[auto_execok sqlite3] ne ""} {
        set said [exec sqlite3 $::base << ".timer on\n.output /dev/null\nSELECT code, name FROM accounts WHERE name LIKE '北%' OR sort_key LIKE '北%' LIMIT 50;\n.output\nSELECT 1;\n\
            SELECT count(*) FROM accounts WHERE name LIKE 'b%' OR sort_key LIKE 'b%';\n"]
        set real [lindex [regexp -all -inline {real ([0-9.]+)} $said] end]
        set peer [format "  %.3f of a counted LIKE in sqlite3 (%.0f ms)" [expr {[dict get $all b] / ($real * 1000)}] [expr {$real * 1000}]]
    } else {set peer "  (no sqlite3 beside it)"}
    foreach {prefix ms} $all {if {$prefix in {A b}} {line "Tab after `$prefix`, 1,000,000 accounts" $ms 20 [expr {$prefix eq "b" ? $peer : ""}]}}
    line "Tab, the slowest of [llength $prefixes] (`[lindex $worst 0]`)" [lindex $worst 1] 20
}

proc start {} {
    set tclsh [info nameofexecutable]
    set mine [set theirs 1e9]
    for {set i 0} {$i < 40} {incr i} { ;# in turn, so that a busy neighbour meets both
        set mine [expr {min($mine, [best 1 {kamsh -c {}}])}]
        set theirs [expr {min($theirs, [best 1 {exec $tclsh << ""}])}]
    }
    line "start" $mine [expr {2.5 * $theirs}] [format "  %.2f times tclsh (%.2f ms)" [expr {$mine / $theirs}] $theirs]
}

# From ^C to the prompt; the command has run for a while.
proc interrupt {what command} {
    send -- "$command\r"
    expect -timeout 20 -re {\?2004l}
    after 400
    set from [clock microseconds]
    send -- "\003"
    expect -timeout 20 -re {interrupted.*kam[^ ]*> $} {set ok 1} timeout {set ok 0} eof {set ok 0}
    set ms [expr {([clock microseconds] - $from) / 1000.0}]
    if {$ok} {line "^C in $what" $ms 200} else {puts "prompt  ^C in $what: it was not interrupted after 400 ms (or never)"}
}
# What is asked of one account must not cost a walk through all of them: the slowest of three accounts, one after the other, in 0.2 s.
proc one_account {} {
    foreach command {{account show A0000005} {describe A0000005} {classify -account A0000005} {classify -by lifecycle -account A0000005} {health A0000005}
            {completeness A0000005} {stakeholder-map A0000005} {visit-brief A0000005} {complaints -account A0000005} {why A0000005 classify}} {
        set ms [exec $::env(KAMSH) -X $::base -c "
            set worst 0
            foreach n {5 6 7} {
                set from \[clock microseconds\]
                eval \[string map \[list A0000005 A000000\$n\] {$command}\]
                set worst \[expr {max(\$worst, (\[clock microseconds\] - \$from) / 1000.0)}\]
            }
            set worst" < /dev/null]
        line "$command of 1,000,000" [lindex $ms end] 200
    }
}
# What places one account among all of them walks through all once; what is asked of the next accounts has that at hand, also after a version of
# a plan was written. The first in a session, and the slowest of three after it.
proc first_and_next {} {
    set pdf [list [file join $::folder plan.pdf]]
    foreach {command first next} [list {classify -by rfm -account A0000005} 1000 100  {classify -by pyramid -account A0000005} 1000 100 \
            {lifetime-value -account A0000005} 2500 50  {whitespace -account A0000005} 2000 50  {funnel -account A0000005} 500 100 \
            "report run account-plan -account A0000005 -out $pdf" 4500 300  "report run quarterly-review -account A0000005 -out $pdf" 300 200 \
            {plan snapshot A0000005} 9000 400] {
        set ms [exec $::env(KAMSH) -X $::base -c "
            set ms {}
            foreach n {5 6 7 8} {
                set from \[clock microseconds\]
                eval \[string map \[list A0000005 A000000\$n\] {$command}\]
                lappend ms \[expr {(\[clock microseconds\] - \$from) / 1000.0}\]
            }
            set ms" < /dev/null]
        set ms [lindex [split $ms \n] end]
        set what [lrange [string map [list " -out $pdf" {}] $command] 0 3]
        line "$what of 1,000,000, the first" [lindex $ms 0] $first
        line "$what, the next" [tcl::mathfunc::max {*}[lrange $ms 1 end]] $next
    }
}
# The worst of some moments, spread at random over the time the command takes. What it keeps for the next time is dropped before each.
set stops {
    classify {classify -by rfm} {classify -by pyramid} {classify -by lifecycle} {classify -by key} {classify -by quality} {classify -by fit}
    {classify -by segments} {classify -since 2024-06-30} {whitespace -category C1} {lookalike -product P3}
    {churn-risk -show alive} {health -each} coverage {allocation list} account-audit {cross-sell -show rules} {cross-sell} funnel forecast
    reminders {completeness -each} portfolio satisfaction {retention -by cohort} next-step next-purchase cost-to-serve wallet-share care
    {describe A0000005} {lifetime-value -account A0000005} {whitespace -account A0000005} {classify -by pyramid -account A0000005}
    {next-purchase -account A0000005} {plan snapshot A0000005 -dryrun} {account list -limit 1000000} {sql {SELECT code, name FROM accounts}} {sql {SELECT name FROM accounts ORDER BY name}}
    {export account $file -force}
    {table sort $big -name} {table where $big {$employees > 500}} {table group $big name -count n} {table join $big $big -on code}
    {render $big -as csv} {render $big -as json}
}
proc moments {command n} {
    set worst 0
    set took 60000
    for {set i 0} {$i <= $n} {incr i} {
        send -- "setting set asof 2025-01-[expr {30 + ($i & 1)}] -quiet\r"
        expect -timeout 20 -re {\?2004l.*kam[^ ]*> $}
        send -- "$command; list\r" ;# the answer is made, not drawn: that is what render below is for
        expect -timeout 20 -re {\?2004l}
        set from [clock milliseconds]
        if {$i > 0} {
            after [expr {int(20 + rand() * max(30, $took - 40))}]
            set from [clock milliseconds]
            send -- "\003"
        }
        expect -timeout 60 -re {kam[^ ]*> $} {set ok 1} timeout {set ok 0} eof {set ok 0}
        set ms [expr {[clock milliseconds] - $from}]
        if {!$ok} {puts "prompt  ^C in $command: no prompt"; return $worst}
        if {$i == 0} {
            set took $ms
            if {[regexp {kamsh: |error} $expect_out(buffer)]} {puts "prompt  ^C in $command: not measured, [string range $expect_out(buffer) 0 200]"; return 0}
        } elseif {$ms > $worst} {set worst $ms}
    }
    line "^C in $command (takes [format %.1f [expr {$took / 1000.0}]] s)" $worst 200
    return $worst
}
proc every_question {} {
    set n [expr {[info exists ::env(BENCH_STOPS)] ? $::env(BENCH_STOPS) : 2}]
    set worst 0
    send -- "set file [list [file join $::folder all.csv]]; setting set whitespace-max-rows 10000000 -quiet; set big \[sql {SELECT code, name, employees FROM accounts}\]; table rows \$big\r"
    expect -timeout 60 -re {\?2004l.*kam[^ ]*> $}
    foreach command $::stops {set worst [expr {max($worst, [moments $command $n])}]}
    line "^C at $n moments of [llength $::stops] commands, the worst" $worst 200
}
proc interrupts {} {
    if {[catch {package require Expect}]} {
        puts "prompt  ^C: no Expect for Tcl, not measured"
        return
    }
    log_user 0
    set ::stty_init "rows 24 columns 80"
    uplevel #0 [list spawn -noecho $::env(KAMSH) -X --color never --pager never $::base]
    set spawn_id $::spawn_id
    expect -timeout 20 -re {kam[^ ]*> $}
    interrupt "a Tcl loop" {while 1 {}}
    interrupt "vwait" {vwait forever}
    interrupt "SQL" {sql {WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n}}
    if {[file exists [file join $::folder accounts.csv]]} {
        interrupt "an import of 1,000,000" "import account [list [file join $::folder accounts.csv]] -mode update"
    }
    interrupt "fits" {while 1 {lifetime-value -show model -model pareto-nbd; setting set horizon-months 12}}
    every_question
    send "exit\r"
    expect -timeout 5 eof
}

try {
    if {[info exists env(BENCH_BASE)]} {
        set base $env(BENCH_BASE)
        expr {srand(7)}
        interrupts
        return
    }
    make
    latency
    one_account
    first_and_next
    start
    interrupts
} finally {
    file delete -force $folder
}
