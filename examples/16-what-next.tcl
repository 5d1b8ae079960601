# SPDX-License-Identifier: GPL-3.0-or-later
# What is next (G)? What to offer whom, who is like our best, where there is room, whom to write to, what that brought, and what not to
# forget. Numbers are rounded here because the last digits may differ between machines.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

# What to offer: products that go with those an account has, and when they are usually bought.
table each row [table head [table where [cross-sell] {!$overdue}] 6] {
    puts [format "%-9s offer %-9s because of %-9s due %s" [dict get $row account] [dict get $row product] [dict get $row because] [dict get $row due]]
}

# Prospects most like the loyal accounts, and what made it so.
table each row [lookalike -top 4] {
    puts [format "%d %-8s like %-8s %.2f  %s" [dict get $row rank] [dict get $row account] [dict get $row nearest] \
        [dict get $row likeness] [dict get $row columns]]
}

# Where is room? One account's share of wallet, and its empty cells with what similar accounts spend on them.
show [table select [wallet-share -account CHIYAN] account ours annual_spend gap trend]
show [table select [table head [table sort [table where [whitespace -account CHIYAN] {$state ne "sold"}] -estimate] 4] product state competitor estimate n of]

# Whom to write to: a saved question as a mailing list. Nobody gets the same mailing twice.
set list [segment export NORTH what-next.csv -mailing M-02]
puts "[table rows $list] people of NORTH; again: [table rows [segment export NORTH what-next-2.csv -mailing M-02]]"
file delete what-next.csv what-next-2.csv
undo -yes

# What the last mailing brought, against the accounts it did not touch.
table each row [table where [campaign -mailing M-02] {$measure in {response_rate order_rate order_rate_rest difference}}] {
    puts [format "%-16s %.2f  (%.2f to %.2f, n = %d)" [dict get $row measure] [dict get $row value] [dict get $row low] [dict get $row high] [dict get $row n]]
}

# What not to forget in the next days, on paper and in the calendar of the phone.
show [table select [table head [reminders -days 10 -kinds {birthday renewal end member}] 6] date reminder account what]
reminders -days 10 -kinds {birthday festival known member renewal end step} -out what-next.ics
set f [open what-next.ics]
puts "[regexp -all -line {^BEGIN:VEVENT} [read $f]] events in the calendar"
close $f
file delete what-next.ics
