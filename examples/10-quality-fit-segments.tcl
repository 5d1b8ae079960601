# SPDX-License-Identifier: GPL-3.0-or-later
# Large is not good, small may be good: quality and its risks (A6), match of rank (A7), potential (A8), value disciplines (A11), segments
# (A10) and key accounts (A12), each able to say why.
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

# Good and poor, and how much of the card is known.
show [classify -by quality -summary]
show [table select [table head [table sort [table where [classify -by quality] {!missing(quality)}] -quality] 8] account name class quality coverage how]

# Every poor customer has its reason.
show [table select [table where [classify -by quality] {$class eq "poor"}] account why]

# Large is not good: four risks of the accounts in the top fifth by revenue …
show [table select [table where [classify -by quality] {$large}] account window_revenue risk_financial risk_profit risk_management risk_churn]
# … and small may be good.
show [table select [table where [classify -by quality] {$small_good}] account window_revenue quality growth]

# The card behind one of them: what is measured, what somebody judged, and when.
show [table select [card show quality SONGGUO] criterion mark how weight date by]

# A new judgement changes it, as a try-out that is taken back.
begin -what-if
card set quality SONGGUO teaches 0 -evidence {the trial was called off} -quiet
show [table select [classify -by quality -account SONGGUO] account class quality]
rollback

# Match of rank: whom to pursue, and what holds us down where we overreach.
show [classify -by fit -summary]
show [table select [table where [classify -by fit] {$class eq "overreach"}] account value capability weakest why]

# What it sees in us and what it wants.
show [table select [table head [table sort [table where [classify -by discipline] {!missing(widest)}] -widest] 5] account class wanted gap_in widest]

# Potential, the highest first.
show [table select [table head [table sort [table where [classify -by potential] {!missing(potential) && $coverage >= 0.5}] -potential] 5] account class potential coverage]

# Segments: by what the data say, and by crossing what we know.
show [table select [classify -by segments -show segments] segment count value pull usable description]
show [table select [table head [classify -by segments -cross size,ownership -show segments] 5] segment count value growth usable]

# Key accounts, and by which lens.
show [table select [table where [classify -by key] {$class eq "key"}] account lenses named by_margin by_loyalty by_profit]

# Why is the large account that leaves at risk, and what would change it?
show [table select [table where [why CHIYAN classify -by quality -column risk_financial] {$part in {result rule setting change}}] part item value meaning]
