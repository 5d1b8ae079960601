# SPDX-License-Identifier: GPL-3.0-or-later
# A first look: load the example portfolio, then ask who our customers are and what shape the funnel has.
#   kamsh -X -f examples/01-first-look.tcl
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

puts "accounts [table rows [account list]], contacts [table rows [contact list]], products [table rows [product list]]"

# A yielding, B incubating, C potential (A1).
show [classify -by yield -summary]
show [table select [classify -by yield -show measures] measure value reading]

# Twelve accounts, each with the fact that decided.
show [table select [table head [classify -by yield] 12] account name class why]
