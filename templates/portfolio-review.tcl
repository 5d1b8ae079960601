# SPDX-License-Identifier: GPL-3.0-or-later
# All accounts on a few pages: how revenue and profit are spread, in which classes the accounts stand, where the white space
# is, and the accounts one by one.
template portfolio-review {
    summary    {en {Portfolio review} zh 客户组合回顾}
    parameters {
        rows {kind int default 60 min 1 help {en {accounts listed one by one at most} zh 逐一列出的客户数上限}}
        contents {kind enum values {auto yes no} default auto help {en {list of contents; auto: beyond eight pages} zh 目录；auto：超过八页时列出}}
    }
} {
    set asof [dict get $p asof]
    set kind [say {Portfolio review} 客户组合回顾]
    begin $p $kind
    set yield [asked classify -by yield -asof $asof]
    set deals [asked funnel -show opportunities -asof $asof]
    set serve [asked cost-to-serve -asof $asof]
    report title $kind -facts [list [say {As of} 截至] $asof [say Accounts 客户数] [expr {[empty? $yield] ? 0 : [table rows $yield]}]]
    if {[empty? $yield]} {
        missing {There is no account yet.} 尚无客户。 "account add CODE -name …  ·  import account FILE"
        return
    }
    portfolio_tiles $yield $deals $serve
    contents_block $p 1
    report heading 1 [say {Where the money comes from} 收入与利润来源]
    if {[empty? $serve]} {
        missing {Without purchases nothing can be said about profit.} 没有交易，无法评价利润。 "import transaction FILE"
    } else {
        report whale $serve -value profit -height 75 -x-label [say {accounts, by profit} 客户（按利润排序）] -y-label [say {cumulated share of profit} 累计利润占比] \
            -caption [say {Profit after cost to serve} 扣除服务成本后的利润] -empty [say {No account brings a profit yet. Purchases come in with: import transaction FILE} {尚无客户带来利润。录入购买：import transaction FILE}]
    }
    report heading 1 [say Classes 客户分类]
    portfolio_classes $asof
    report heading 1 [say {Account by account} 客户一览]
    portfolio_accounts $p $yield $deals $serve
    report heading 1 [say {What is due} 到期事项]
    set due [asked reminders -asof $asof]
    if {[empty? $due]} {
        report text [say {Nothing is due.} 没有到期事项。]
    } else {
        set all $due
        set due [mapped [named [first_rows $due 25] account [short_names account] name] what [list apply {{english row} {
            if {![dict exists $row what]} {return {}}
            set code [expr {[dict exists $row account] ? [dict get $row account] : {}}]
            set names [expr {[dict exists $english $code] ? [dict get $english $code] : {}}]
            if {[dict exists $row contact] && [dict exists $row person]} {lappend names [dict get $row person] [name_of contact [dict get $row contact]]}
            set what [string map $names [dict get $row what]]
            set whose [expr {[llength $names] ? [lindex $names 1] : [dict exists $row name] ? [dict get $row name] : {}}]
            # the account stands in a column of its own
            if {$whose ne {} && [string first $whose $what] == 0} {set what [regsub {^ *(?:is )?} [string range $what [string length $whose] end] {}]}
            return $what
        }} [english_names account]]]
        set due [mapped $due tone [list apply {{asof row} {expr {[dict get $row date] < $asof ? {bad} : {none}}}} $asof]]
        report table [worded $due {reminder}] -compact -zebra -columns [list [list date -label [say Date 日期] -tone tone] [list reminder -label [say Kind 种类]] \
            [list name -label [say Account 客户] -weight 1] [list rep -label [say Owner 负责人]] [list what -label [say {What (■ overdue)} {事项（■ 逾期）}] -weight 1.6]]
        say_rest $all 25 reminders
    }
}
proc ::kam::template::portfolio_tiles {yield deals serve} {
    set bought 0
    ::kam::table each row $yield {if {[dict exists $row window_revenue] && [dict get $row window_revenue] > 0} {incr bought}}
    set tiles [list [list [in_window Revenue 收入] [short_money [sum $yield window_revenue]] [say "[counted $bought account accounts] bought" "$bought 个客户有购买"]]]
    if {![empty? $serve]} {
        set loss 0
        ::kam::table each row $serve {if {[dict exists $row profit] && [dict get $row profit] < 0} {incr loss}}
        lappend tiles [list [say {Profit after cost to serve} 扣除服务成本后利润] [short_money [sum $serve profit]] \
            [say "[counted $loss account accounts] at a loss" "$loss 个客户亏损"] [expr {$loss ? {warn} : {good}}]]
    }
    if {$deals ne {}} {
        lappend tiles [list [say {Weighted pipeline} 加权商机] [short_money [known_sum $deals weighted]] [say "[counted [::kam::table rows $deals] {open deal} {open deals}]" "[::kam::table rows $deals] 笔进行中"]]
    }
    set lapsed 0
    ::kam::table each row $yield {if {[dict exists $row lapsed] && [dict get $row lapsed]} {incr lapsed}}
    lappend tiles [list [say {Lapsed accounts} 停购客户] $lapsed {} [expr {$lapsed ? {warn} : {good}}]]
    ::kam::report tiles $tiles
}
proc ::kam::template::portfolio_classes {asof} {
    set made 0
    foreach {by en zh} {pyramid {the pyramid} 客户金字塔 lifecycle {By life cycle} 按生命周期 yield {By yield} 按产出} {
        set summary [asked ::kam::classify -by $by -summary -asof $asof]
        if {[empty? $summary]} continue
        set made 1
        # the pyramid may rest on margin or on lifetime value, which has no window
        set key [expr {$by eq "pyramid" ? [::kam::setting get pyramid-basis] : "revenue"}]
        set basis [dict get [dict create revenue [say Revenue 收入] margin [say Margin 毛利] lifetime-value [say {Lifetime value} 终身价值]] $key]
        if {$by eq "pyramid"} {set en "By [string tolower $basis]: $en"; set zh "按${basis}：$zh"}
        ::kam::report table [worded $summary {class}] -caption [say $en $zh] -compact -totals [say Total 合计] -columns [list \
            [list class -label [say Class 类别] -bold -weight 1] [list count -label [say Accounts 客户数] -total] [list share -label [say {Of all} 占比] -format percent] \
            [list basis -label [expr {$key eq "lifetime-value" ? $basis : [in_window $basis $basis]}] -format short -total] [list basis_share -label [say "Of [string tolower $basis]" "${basis}占比"] -format percent]]
    }
    if {!$made} {missing {No class can be given yet.} 尚无法分类。 {import transaction FILE}}
}
proc ::kam::template::portfolio_accounts {p yield deals serve} {
    set asof [dict get $p asof]
    set names [names account]
    foreach table [list $deals $serve] key {weighted profit} {
        if {$table eq {}} continue
        ::kam::table each row $table {
            if {[dict exists $row $key]} {dict set extra $key,[dict get $row account] [expr {([info exists extra] && [dict exists $extra $key,[dict get $row account]] ? [dict get $extra $key,[dict get $row account]] : 0) + [dict get $row $key]}]}
        }
    }
    set class {}
    ::kam::table each row [asked ::kam::classify -by pyramid -asof $asof] {if {[dict exists $row class]} {dict set class [dict get $row account] [dict get $row class]}}
    set life {}
    ::kam::table each row [asked ::kam::classify -by lifecycle -asof $asof] {if {[dict exists $row class]} {dict set life [dict get $row account] [dict get $row class]}}
    set rows {}
    ::kam::table each row [::kam::table sort $yield -window_revenue] {
        set code [dict get $row account]
        set one [dict create account $code name [expr {[dict exists $names $code] ? [dict get $names $code] : $code}]]
        if {[dict exists $class $code]} {dict set one class [word [dict get $class $code]]}
        if {[dict exists $life $code]} {dict set one life [word [dict get $life $code]]}
        if {[dict exists $row window_revenue]} {dict set one revenue [dict get $row window_revenue]}
        if {[dict exists $row last_purchase]} {dict set one last [dict get $row last_purchase]}
        foreach key {profit weighted} {
            if {[info exists extra] && [dict exists $extra $key,$code]} {dict set one $key [dict get $extra $key,$code]}
        }
        lappend rows $one
    }
    set table [::kam::table make {account text name text class text life text revenue money profit money weighted money last day} $rows]
    ::kam::report table [first_rows $table [dict get $p rows]] -compact -zebra -columns [list [list account -label [say Code 编码]] \
        [list name -label [say Account 客户] -weight 1.6] [list class -label [say Class 类别]] [list life -label [say {Life cycle} 生命周期]] \
        [list revenue -label [say Revenue 收入] -format short] [list profit -label [say Profit 利润] -format short] \
        [list weighted -label [say Pipeline 商机] -format short] [list last -label [say {Last purchase} 最近购买]]]
    say_rest $table [dict get $p rows] "classify -by yield"
}
