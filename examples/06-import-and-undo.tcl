# SPDX-License-Identifier: GPL-3.0-or-later
# Bringing data in: a file with two bad rows, what is said of them, and taking it all back.
set handle [file tempfile folder]
close $handle
file delete $folder
file mkdir $folder
set file [file join $folder orders.csv]
set f [open $file w]
fconfigure $f -encoding utf-8
puts $f "客户,日期,金额"
puts $f "ACME,2026-01-05,1200.50"
puts $f "ACME,2026-13-05,80"
puts $f "BETA,2026-01-07,99"
puts $f "BETA,2026-01-09,a lot"
close $f

set result [import transaction $file -create account -errors [file join $folder rejected.csv]]
show [table select $result read added rejected]
set f [open [file join $folder rejected.csv]]
fconfigure $f -encoding utf-8
puts [read $f]
close $f

# Two accounts were made on the way; everything is one journal entry and goes with one undo. A script says -yes: several records go.
puts "accounts [table rows [account list]], transactions [table rows [transaction list]]"
undo -yes
puts "accounts [table rows [account list]], transactions [table rows [transaction list]]"
redo
puts "accounts [table rows [account list]], transactions [table rows [transaction list]]"
file delete -force $folder
exit 0
