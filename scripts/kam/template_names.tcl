# SPDX-License-Identifier: GPL-3.0-or-later
# Codes become names, in one place: a document speaks of people, rivals, products and accounts by name, in the language of the
# report. `worded` does it with every table it is given, `spoken` with tables and `spoken_text` with texts that come another way. A code stays a code where
# a reader must type it: in a column of its own (code, opportunity, contract) and in commands.
namespace eval ::kam::template {
    variable called {} ;# KIND,ACCOUNT → code → name, read when first asked for in a document
    variable about {}  ;# the account whose people and deals the document speaks of
    # What the codes of a column stand for.
    variable stands_for {rep rep rep_name rep owner rep competitor competitor contact contact contacts contact customer_owner contact other contact product product account account parent account}
    # How many half characters a name may take: one of eighty characters would fill six lines of a column.
    variable widest {rep 20 competitor 30 contact 30 product 40 account 48 opportunity 40}
}
# A document begins: nothing is known of names yet.
proc ::kam::template::names_of_whom {account} {
    variable called {}
    variable about $account
}
proc ::kam::template::called {kind} {
    variable called
    variable about
    variable widest
    if {![dict exists $called $kind]} {
        set columns [list -columns [dict get {rep {code name} competitor {code name name_en} contact {code name name_en} opportunity {code name}
            product {sku name name_en}} $kind]]
        set names [expr {$kind ni {contact opportunity} ? [names $kind {*}$columns] : $about eq {} ? {} : [names $kind {*}$columns -where "account = $about"]}]
        set width [dict get $widest $kind]
        set names [dict map {code name} $names {short $name $width}]
        dict set called $kind [expr {$kind eq "opportunity" ? [told_apart $names] : $names}]
    }
    return [dict get $called $kind]
}
# Two deals of one name are told apart by their codes.
proc ::kam::template::told_apart {names} {
    set count {}
    dict for {code name} $names {dict incr count $name}
    return [dict map {code name} $names {expr {[dict get $count $name] > 1 && $name ne $code ? [say "$name ($code)" "${name}（$code）"] : $name}}]
}
# Deals under the name of the report's language; one without a name under its code.
proc ::kam::template::deals_named {table} {
    return [mapped $table name {apply {row {tongue [expr {[dict exists $row name] ? [dict get $row name] : [dict get $row opportunity]}]} ::kam::template}}]
}
# Accounts one by one: there may be a million of them, and a document names a few.
proc ::kam::template::called_account {code} {
    variable called
    variable widest
    if {![dict exists $called account $code]} {
        set names [expr {$code eq {} ? {} : [names account -columns {code name name_en} -where "code = $code"]}]
        dict set called account $code [expr {[dict exists $names $code] ? [short [dict get $names $code] [dict get $widest account]] : $code}]
    }
    return [dict get $called account $code]
}
# The name behind a code; the code, where there is none.
proc ::kam::template::called_one {kind code} {
    variable about
    variable widest
    if {$kind eq "account"} {return [called_account $code]}
    if {$about eq {} && $kind in {contact opportunity}} {return [short [name_of $kind $code] [dict get $widest $kind]]} ;# in a document about all accounts
    set names [called $kind]
    return [expr {[dict exists $names $code] ? [dict get $names $code] : $code}]
}
# A cell that holds a code, or several with ";" between them.
proc ::kam::template::called_all {kind codes} {
    return [join [lmap code [split $codes {;}] {called_one $kind [string trim $code]}] [say {, } 、]]
}
# A text with the codes within it put into names. A word is taken for a code only when it looks like one (a digit or a dash in it, or three
# capitals and more), so that a code A does not meet the article. A number below zero gets its true
# minus, and a sum of thousands loses its cents, as in the tables.
proc ::kam::template::spoken_text {text} {
    if {![regexp {[0-9]|[A-Z]{3}|[A-Za-z]-[A-Za-z]} $text]} {return $text}
    regsub -all {(^|[\s(（：，、“"])-(?=\d)} $text {\1−} text
    foreach amount [lsort -unique [regexp -all -inline {\m\d{1,3}(?:,\d{3})+\.\d\d\M} $text]] {
        set text [string map [list $amount [trim_number [expr {round([string map {, {}} $amount])}]]] $text]
    }
    if {![regexp {[A-Z]{3}|[A-Za-z][-_.]?[0-9]|[0-9][-_.]?[A-Za-z]|[A-Za-z]-[A-Za-z]} $text]} {return $text}
    set result {}
    set at 0
    foreach span [regexp -all -inline -indices {[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*} $text] {
        lassign $span from to
        set word [string range $text $from $to]
        if {![regexp {[A-Za-z]} $word] || ![regexp {[-0-9]|^[A-Z]{3,}$} $word]} continue
        foreach kind {rep competitor contact opportunity product} {
            set names [called $kind]
            if {![dict exists $names $word]} continue
            append result [string range $text $at $from-1] [dict get $names $word]
            set at [expr {$to + 1}]
            break
        }
    }
    return $result[string range $text $at end]
}
# One row; `texts` are the columns that hold text.
proc ::kam::template::spoken_row {row texts} {
    variable stands_for
    foreach column $texts {
        if {![dict exists $row $column]} continue
        if {[dict exists $stands_for $column]} {
            dict set row $column [called_all [dict get $stands_for $column] [dict get $row $column]]
        } elseif {$column ni {code opportunity objective contract source sku} && ![string match *_code $column]} {
            dict set row $column [spoken_text [dict get $row $column]]
        }
    }
    return $row
}
# The columns of a table with their types, and the names of those that hold text: all, or of these.
proc ::kam::template::shape_and_texts {table columns} {
    set shape {}
    set texts {}
    ::kam::table each column [::kam::table columns $table -types] {
        lappend shape [dict get $column name] [dict get $column type]
        if {[dict get $column type] eq "text" && ($columns eq {} || [dict get $column name] in $columns)} {lappend texts [dict get $column name]}
    }
    return [list $shape $texts]
}
# A table; `columns` to change these only.
proc ::kam::template::spoken {table {columns {}}} {
    if {[empty? $table]} {return $table}
    lassign [shape_and_texts $table $columns] shape texts
    set rows {}
    ::kam::table each row $table {lappend rows [spoken_row $row $texts]}
    return [::kam::table make $shape $rows -like $table]
}
