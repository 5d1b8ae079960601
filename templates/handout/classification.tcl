# SPDX-License-Identifier: GPL-3.0-or-later
# Course module A1: yielding, incubating and potential customers, and the shape of the funnel.
module classification {
    summary {en {Classes of customers and the funnel} zh 客户分类与漏斗}
} {
    lesson {Who are our customers?} 我们的客户是谁？ {Module A1 · classification and funnel} {模块 A1 · 客户分类与漏斗} {
        Hours 学时 {2 (lecture 40 min, exercises 60 min, discussion 20 min)} {2 学时（讲授 40 分钟，练习 60 分钟，讨论 20 分钟）}
        Method 授课方法 {lecture, own portfolio, case, guided discussion} 讲授、自有客户练习、案例、引导讨论
        {Key points} 重点 {the three classes and the fact that decides each} 三类客户的判定依据
        {Difficult points} 难点 {judging by facts, not by feeling; reading the funnel} 用事实而非感觉判断；读懂漏斗的形状
    }
    section 1 Aim 学习目标
    points {
        {sort your own accounts into **yielding (A)**, **incubating (B)** and **potential (C)** by what happened, not by what you hope}
        {read the shape of the funnel C → B → A and say what will go wrong two quarters from now}
        {choose this month's work accordingly: prospect, incubate, or deliver and renew}
    } {
        {依据已发生的事实，把自己的客户分为**产出客户（A）**、**孵化客户（B）**和**潜在客户（C）**}
        {看懂漏斗 C → B → A 的形状，说出两个季度后会出现的问题}
        {据此安排本月工作：开发、孵化，还是交付与续购}
    }

    section 1 {Three classes, three facts} 三类客户，三个事实
    para {A customer is not “good” or “important” because we know the people or because the logo is famous. For planning our own time only one question counts: **what has this account done lately?**} \
        {一个客户并不因为我们熟悉其中的人、或因为招牌响亮就“好”或“重要”。安排自己的时间，只需问一个问题：**这个客户最近做了什么？**}
    ::kam::report table [class_rules] -columns [list [list class -label [say Class 类别] -bold -width 22 -format plain] \
        [list name -label [say Name 名称] -width 28] [list rule -label [say {The fact that decides} 判定事实] -weight 3] \
        [list work -label [say {Our work} 我们的工作] -weight 2]] -zebra
    para {The days are settings, not laws of nature: choose windows that fit the rhythm of your trade and keep them for a year, or the figures cannot be compared. A net purchase that only corrects an earlier one (a return) is no purchase day.} \
        {天数是可调的设置，不是定律：按行业的节奏选定，并至少保持一年不变，否则数字无法比较。仅为冲销的净额（如退货）不算购买日。}
    ::kam::report note [say {An account that bought fourteen months ago and is silent since is **potential**, not yielding. It is marked “lapsed”: we know the people and the reasons, so the way back is shorter than to a stranger, but it brings nothing today.} \
        {十四个月前购买、此后再无动静的客户属于**潜在客户**，而不是产出客户。系统会标上“曾购买”：我们认识人、知道原因，回来的路比开发新客户短，但它今天不带来产出。}] \
        -marks -title [say {The usual quarrel} 常见的争论]
    trainer_note 10 {**SAY** the rule before the names of the classes. **ASK** for one account the group believes to be A, and for the day of its last order. Most groups name an account that has not bought for a year. Do not correct it yet; exercise 1 will.} \
        {**先讲**规则，再讲类别名称。**请**学员举一个他们认为是 A 的客户，并说出最近一次下单日期。多数小组会举出一年没有购买的客户。先不要纠正，留给练习 1。}

    ::kam::report break -unless 75
    section 1 {A worked example} 示例
    para {Five accounts of an invented supplier, seen on 30 June. Read the facts in each row, then the class.} \
        {一家虚构供应商的五个客户，观察日为 6 月 30 日。先读每行的事实，再看类别。}
    ::kam::report table [worked_rows] -columns [list [list account -label [say Account 客户] -bold] [list facts -label [say {What we know} 已知事实] -weight 3] \
        [list class -label [say Class 类别] -align centre -width 16 -format plain] [list why -label [say Why 理由] -weight 2]] -zebra
    para {Count: A 2, B 1, C 2. More at the top than in the middle, more at the bottom than in the middle: little is **incubating**. Today’s output has no successor.} \
        {计数：A 2 个，B 1 个，C 2 个。中间少于两头，说明**孵化不足**：今天的产出后继无人。}

    section 1 {The shape of the funnel} 漏斗的形状
    para {Put potential on top, incubating in the middle, yielding at the bottom. The shape tells what to do before the numbers do.} \
        {把潜在客户放在上面，孵化客户居中，产出客户在下。形状往往比数字更早告诉我们该做什么。}
    set n 0
    foreach pair {{0 1} {2 3}} {
        ::kam::report columns [list shape [lindex $pair 0]] [list shape [lindex $pair 1]]
    }
    trainer_note 10 {**DO** cover the names and let the group name the shapes. The diagnosis kamsh prints is the first that fits: barren (no A), healthy (C ≥ B ≥ A), starved (C smaller than the larger of A and B), else blocked.} \
        {**先盖住**名称，让学员为形状命名。软件给出的诊断取首个符合者：无产出（A 为 0）、健康（C ≥ B ≥ A）、缺源（C 小于 A、B 中较大者）、其余为堵塞。}

    ::kam::report break
    exercise {Count your own A, B and C} {数一数自己的 A、B、C} {
        para {There is no printed key to the reader’s own accounts. Run classify -by yield on the group’s data and compare account by account; the column “why” names the deciding fact.} \
            {学员自己的客户没有印好的答案。请在学员的数据上运行 classify -by yield，逐个客户对照；“理由”列给出判定事实。}
        portfolio_key $p
    }
    para {Five minutes alone: write down up to ten of your present accounts and the class you would give each **by feel**. Then ten minutes in pairs: look up the last order, the open opportunity and the last meeting that moved something, and write the class **by fact**.} \
        {独立五分钟：写下至多十个现有客户，**凭感觉**填上类别。然后两人一组十分钟：查最近一次订单、进行中的商机、最近一次有进展的会谈，**凭事实**再填一次。}
    ::kam::report table [blank_rows] -columns [list [list no -label # -width 10 -align centre] [list account -label [say Account 客户] -weight 3] \
        [list feel -label [say {By feel} 凭感觉] -width 20] [list order -label [say {Last order} 最近订单] -width 28] \
        [list deal -label [say {Open deal or advance} 商机或进展] -weight 3] [list fact -label [say {By fact} 凭事实] -width 20]] -blank -row 9
    ::kam::report choices [say {My count by fact} 凭事实的计数] [list "A  ______" "B  ______" "C  ______"]
    room 2 [say {Where did feeling and fact differ, and why?} 感觉与事实在哪里不同？为什么？]
    ::kam::report note {classify -by yield} -title [say {The same by machine} 用软件核对]
    trainer_note 20 {Five minutes alone, ten in pairs, five for the count on the board. The usual differences: an old friend counted as A; a request for a quotation counted as B though nothing was agreed; a silent contract customer overlooked.} \
        {独立五分钟，两人十分钟，板书汇总五分钟。常见差异：把老朋友当作 A；只要了报价、没有约定行动，却算作 B；忽略了默默按合同购买的客户。}

    ::kam::report break -unless 105
    exercise {Read the accounts of the example} {判断示例客户} {
        exercise_key $p
    }
    para "Here are eight accounts with what is on record on [exercise_day $p]. Write A, B or C beside each, and mark those that have lapsed." \
        "下表为八个客户截至 [exercise_day $p] 的记录。在旁边写上 A、B 或 C，并标出“曾购买”的客户。"
    ::kam::report table [exercise_rows $p] -columns [list [list label -label [say Account 客户] -bold] [list last_purchase -label [say {Last purchase} 最近购买]] \
        [list revenue -label [say {Revenue, 365 days} 近365天收入] -align right] [list open_amount -label [say {Open deals} 进行中商机] -align right] \
        [list movement -label [say {Stage, agreed action} 阶段与约定行动] -weight 1] [list answer -label [say {A, B or C} {A、B 或 C}] -width 20] \
        [list lapsed -label [say Lapsed? 曾购买？] -width 19]] -blank -row 8.5

    exercise {Four funnels} {四种漏斗} {
        points {
            {**wide top, narrowing**: healthy. Keep prospecting at the same pace; do not celebrate by stopping.}
            {**narrow top**: starved. In two quarters the middle runs dry. This month: new names, referrals, exhibitions.}
            {**hour-glass**: blocked. Prospects are there, sales are there, nothing moves between. This month: agree a next action with the ten best prospects.}
            {**the harvest** (many yielding, hardly anything above): starved as well, and the most dangerous, because results still look good.}
        } {
            {**上宽下窄**：健康。按同样的节奏继续开发，不要因为好看就停手。}
            {**上窄**：缺源。两个季度后中间会干涸。本月：开拓新名单、请老客户转介绍、参加展会。}
            {**沙漏形**：堵塞。有潜在客户，有成交客户，中间不动。本月：与最好的十个潜在客户各约定一个具体行动。}
            {**收获形**（产出很多，上面几乎没有）：同样是缺源，而且最危险，因为业绩看起来还很好。}
        } -kind numbers
    }
    para {Name each of the four funnel shapes shown earlier, say what goes wrong in two quarters, and what you would do **this month**.} \
        {为前面四种漏斗形状命名，说出两个季度后的问题，以及**本月**你会做什么。}
    foreach i {1 2 3 4} {room 2 [say "Shape $i" "形状 $i"]}

    ::kam::report break -unless 90
    section 1 {A case: the proud workshop} 案例：骄傲的车间
    para {A maker of pump parts (invented) has 40 accounts. 28 of them bought this year and the sales team won a prize for it. Four people look after these 28 from morning to evening. Nine accounts are strangers from an exhibition two years ago; nobody has called them since the autumn before last. With three accounts an engineer is testing samples.} \
        {某泵件厂（虚构）有 40 个客户，今年有 28 个购买，销售团队因此获奖。四个人从早到晚围着这 28 个客户转。另有九个客户是两年前展会上认识的，前年秋天以后再没人打过电话。还有三个客户，工程师正在试样。}
    room 3 [say {1. Count A, B and C and name the shape.} {1. 数出 A、B、C，并说出形状。}]
    room 2 [say {2. Five of the 28 will stop next year, as every year. What does the prize-winning team look like in two years?} {2. 和往年一样，明年 28 个中会有五个停止购买。两年后，这支获奖团队会怎样？}]
    room 2 [say {3. You may give one of the four people another task. Which?} {3. 你可以给四人中的一人另派任务。派什么？}]
    trainer_note 15 {A 28, B 3, C 9: starved (9 is smaller than 28), the shape of the harvest. Losing five a year and gaining at most three leaves about 24 after two years. A good answer gives one person the nine strangers and fifteen new names, with an advance agreed on each talk as the measure.} \
        {A 28、B 3、C 9：缺源（9 小于 28），属于收获形。每年失去五个、至多补上三个，两年后约剩 24 个。好的答案是：让一个人负责那九个旧名单再加十五个新名单，以每次会谈约定的具体进展来衡量。}

    ::kam::report break -unless 70
    section 1 Quiz 小测验
    quiz {
        {An account asked for a quotation last week; no stage, no agreed action. Its class is} {某客户上周要了报价，没有立项，也没有约定行动。它属于} {A B C} C
            {Asking is not yet an agreed action: no advance is on record, no opportunity at stage intent.} {要报价不等于约定了行动：没有进展记录，也没有到意向阶段的商机。}
        {Its only movement in a year is a return of goods. Its class is} {一年内唯一的往来是一次退货。它属于} {A B C} C
            {A day whose net is not above zero is no purchase day.} {当日净额不大于零，不算购买日。}
        {A bought five times this year and has an open complaint. Its class is} {某客户今年购买五次，并有一件未结投诉。它属于} {A B C} A
            {Yield asks only for purchases; the complaint belongs to the life cycle (module A4).} {产出分类只看购买；投诉属于生命周期分类（模块 A4）。}
        {Counts C 12, B 5, A 9. The diagnosis is} {C 12、B 5、A 9。诊断为} {healthy starved blocked} blocked
            {C is the largest, so not starved; B is smaller than A, so not healthy.} {C 最大，所以不是缺源；B 小于 A，所以不是健康。}
    }
    ::kam::report break -unless 42
    section 1 {What I take away} 我的行动
    ::kam::report items [say {{One account I had in the wrong class: ______________________} {One name I will move from C to B this month: ______________________} {The windows (days) that fit our trade: ______ / ______}} \
        {{我原来分错的一个客户：______________________} {本月我要从 C 推进到 B 的一个客户：______________________} {适合我们行业的统计期（天）：______ / ______}}] -kind checks
}

# --- the data of this module ----------------------------------------------------------------------------------------
proc ::kam::template::class_rules {} {
    return [list \
        [dict create class A name [say yielding 产出客户] rule [say {bought (net above zero) on a day in the last 365 days} {近 365 天内有购买日（当日净额大于零）}] work [say {deliver, renew, widen} 交付、续购、扩大]] \
        [dict create class B name [say incubating 孵化客户] rule [say {not A, and an open opportunity at stage intent or later, or a talk in the last 180 days that ended in an order or an agreed action} {不属于 A，且有意向及以后阶段的商机，或近 180 天内有会谈以订单或约定行动结束}] work [say {move one step, confirm in writing} 推进一步，书面确认]] \
        [dict create class C name [say potential 潜在客户] rule [say {all others; “lapsed” if it bought before} 其余客户；以前买过的标为“曾购买”] work [say {find need and people} 寻找需求与关键人]]]
}
proc ::kam::template::worked_rows {} {
    set rows {}
    foreach {account en zh class why_en why_zh} {
        甲厂 {ordered on 3 May; complaint open} {5 月 3 日下单；有未结投诉} A {a purchase day 58 days ago} {58 天前有购买日}
        乙行 {last order 14 months ago; no talk since} {14 个月前最后下单；此后无往来} C {no purchase in the window: lapsed} {统计期内无购买：曾购买}
        丙院 {never bought; offer handed over, stage proposal} {从未购买；已递交方案，处于方案阶段} B {open opportunity at stage proposal} {有方案阶段的商机}
        丁店 {buys a little every month} {每月少量购买} A {a purchase day 12 days ago} {12 天前有购买日}
        戊所 {friendly call in April, “let us stay in touch”} {4 月通话友好：“保持联系”} C {kind words, no agreed action} {只有客气话，没有约定行动}
    } {
        set name [say [dict get {甲厂 {Plant Jia} 乙行 {Bank Yi} 丙院 {Clinic Bing} 丁店 {Shop Ding} 戊所 {Bureau Wu}} $account] $account]
        lappend rows [dict create account $name facts [say $en $zh] class $class why [say $why_en $why_zh]]
    }
    return $rows
}
proc ::kam::template::shape {i} {
    lassign [lindex {
        {{1 · C 24, B 12, A 6} 24 12 6} {{2 · C 5, B 12, A 10} 5 12 10} {{3 · C 18, B 4, A 14} 18 4 14} {{4 · C 3, B 2, A 22} 3 2 22}
    } $i] caption c b a
    ::kam::report funnel [list [dict create stage "C [say potential 潜在]" n $c] [dict create stage "B [say incubating 孵化]" n $b] \
        [dict create stage "A [say yielding 产出]" n $a]] -label stage -value n -value-label {} -caption [say "Shape $caption" "形状 $caption"] -height 42
}
proc ::kam::template::blank_rows {} {
    set rows {}
    for {set i 1} {$i <= 10} {incr i} {lappend rows [dict create no $i account {} feel {} order {} deal {} fact {}]}
    return $rows
}
# Eight accounts for the exercise: of the open database with -live (by letter unless -names), else invented ones that stand in the
# database only while `classify` looks at them, on a private copy that is rolled back. Either way the key is computed.
proc ::kam::template::exercise_source {p} {
    if {![dict get $p live]} {return [exercise_invented]}
    set all [::kam::classify -by yield -asof [dict get $p asof]]
    set order {}
    set n [::kam::table rows $all]
    for {set i 0} {$i < $n} {incr i} {
        # A fixed scramble by the seed: every class has its chance, and the same seed draws the same accounts.
        lappend order [list [expr {($i * 7919 + [dict get $p seed] * 104729) % 10007}] $i]
    }
    # Up to three of A and C and two of B, so that there is something to tell apart; then filled up in the same order.
    set quota [dict create A 3 B 2 C 3]
    set drawn {}
    set rest {}
    foreach pair [lsort -integer -index 0 $order] {
        set class [cell $all class [lindex $pair 1]]
        if {[dict get $quota $class] > 0} {
            dict incr quota $class -1
            lappend drawn $pair
        } else {
            lappend rest $pair
        }
    }
    set drawn [lsort -integer -index 0 [lrange [concat $drawn $rest] 0 7]]
    set rows {}
    foreach pair $drawn {
        set i [lindex $pair 1]
        set no [expr {[llength $rows] + 1}]
        lappend rows [exercise_row $all $i [expr {[dict get $p names] ? [name_of account [cell $all account $i]] : [say "Account $no" "客户 $no"]}] [dict get $p asof]]
    }
    return $rows
}
# What moved: stages of the open deals, and the last talk that ended in an order or an agreed action.
proc ::kam::template::exercise_movement {code asof} {
    set words {}
    ::kam::table each row [::kam::funnel -show opportunities -account $code -asof $asof] {
        lappend words [say "deal: [dict get $row stage]" "商机：[dict get {lead 潜在 intent 意向 proposal 方案 negotiation 商务谈判 won 成交} [dict get $row stage]]"]
    }
    set last {}
    ::kam::table each row [::kam::interaction list -where "account = $code" -where "date <= $asof" -sort date -columns {date outcome}] {
        if {[dict exists $row outcome] && [dict get $row outcome] in {advance order}} {set last [dict get $row date]}
    }
    if {$last ne {}} {lappend words [say "agreed action $last" "约定行动 $last"]}
    return [join [lrange $words end-2 end] [say {, } ，]]
}
proc ::kam::template::exercise_invented {} {
    ::kam::begin -what-if
    try {
        # last purchase, its amount, open deal: stage and amount, agreed action on
        set codes {}
        foreach {bought amount stage deal advance} {
            2026-06-12 184000 {} {} {}           2025-04-02 36000 {} {} {}        {} {} proposal 420000 {}
            2026-01-20 12600 lead 90000 {}       {} {} {} {} {}                   2024-11-15 8800 intent 260000 {}
            2025-07-01 5300 {} {} {}             {} {} {} {} 2026-05-06
        } {
            set code [format EXERCISE-%d [expr {[llength $codes] + 1}]]
            lappend codes $code
            ::kam::account add $code -name $code -known_since 2024-01-01 -quiet
            if {$bought ne {}} {::kam::transaction add -account $code -date $bought -amount $amount -quiet}
            if {$stage ne {}} {
                ::kam::opportunity add $code -account $code -opened_on 2026-03-02 -quiet
                ::kam::stage-change add $code 2026-03-02 -stage $stage -quiet
                ::kam::assessment add opportunity $code amount 2026-03-02 -value $deal -quiet
            }
            if {$advance ne {}} {::kam::interaction add -account $code -date $advance -kind visit -outcome advance -quiet}
        }
        set all [::kam::classify -by yield -asof 2026-06-30]
        set rows {}
        for {set i 0} {$i < [::kam::table rows $all]} {incr i} {
            set no [expr {[lsearch -exact $codes [cell $all account $i]] + 1}]
            if {$no > 0} {lappend rows [exercise_row $all $i [say "Account $no" "客户 $no"] 2026-06-30]}
        }
    } finally {
        ::kam::rollback
    }
    return $rows
}
# One account of a classification as the exercise and its key need it.
proc ::kam::template::exercise_row {all i label asof} {
    return [dict create label $label movement [exercise_movement [cell $all account $i] $asof] last_purchase [cell $all last_purchase $i] revenue [cell $all window_revenue $i 0] \
        open_amount [cell $all open_amount $i 0] class [cell $all class $i] lapsed [cell $all lapsed $i 0] why [cell $all why $i]]
}
proc ::kam::template::exercise_day {p} {
    return [expr {[dict get $p live] ? [dict get $p asof] : "2026-06-30"}]
}
proc ::kam::template::exercise_rows {p} {
    return [lmap row [exercise_source $p] {
        dict create label [dict get $row label] last_purchase [dict get $row last_purchase] movement [dict get $row movement] revenue [thousands [dict get $row revenue]] \
            open_amount [thousands [dict get $row open_amount]] answer {} lapsed {}
    }]
}
proc ::kam::template::exercise_key {p} {
    set rows [lmap row [exercise_source $p] {
        dict create label [dict get $row label] class [dict get $row class] lapsed [expr {[dict get $row lapsed] ? [say lapsed 曾购买] : {}}] why [dict get $row why]
    }]
    ::kam::report table $rows -columns [list [list label -label [say Account 客户] -bold] [list class -label [say Class 类别] -align centre -format plain] \
        [list lapsed -label [say Lapsed 曾购买]] [list why -label [say Why 理由] -weight 3]] -zebra
    set count [dict create A 0 B 0 C 0]
    foreach row $rows {dict incr count [dict get $row class]}
    para "Count: A [dict get $count A], B [dict get $count B], C [dict get $count C]." "计数：A [dict get $count A]，B [dict get $count B]，C [dict get $count C]。"
}
# With -live: the count of the whole portfolio, computed.
proc ::kam::template::portfolio_key {p} {
    if {![dict get $p live]} return
    set summary [::kam::classify -by yield -summary -asof [dict get $p asof]]
    ::kam::report table $summary -columns [list [list class -label [say Class 类别] -bold -format plain] [list count -label [say Count 数量]] \
        [list share -label [say Share 占比] -format percent] [list basis -label [say Revenue 收入] -format short]] \
        -caption [say "The open portfolio on [dict get $p asof]" "当前客户组合，[dict get $p asof]"]
}
proc ::kam::template::thousands {n} {
    set n [expr {entier($n)}]
    while {[regsub {^(-?\d+)(\d{3})} $n {\1,\2} n]} {}
    return $n
}
# Questions with boxes; the trainer's edition gives the right one with its reason in the key.
proc ::kam::template::quiz {items} {
    variable keys
    set key {}
    set no 0
    foreach {en zh choices answer why_en why_zh} $items {
        incr no
        ::kam::report choices "$no. [say $en $zh]" [lmap choice $choices {say $choice [class_word $choice]}]
        append key [list ::kam::report text "$no.  [say $answer [class_word $answer]] — [say $why_en $why_zh]"]\n
    }
    lappend keys [say Quiz 小测验] $key
}
proc ::kam::template::class_word {word} {
    return [switch -- $word {healthy {expr {"健康"}} starved {expr {"缺源"}} blocked {expr {"堵塞"}} barren {expr {"无产出"}} default {set word}}]
}
