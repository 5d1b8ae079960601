# SPDX-License-Identifier: GPL-3.0-or-later
# Who decides at HUAXIN, how do they see us, and where are the mines (B1–B5)?
source -encoding utf-8 [file join [file dirname [file normalize [info script]]] data load.tcl]

show [table select [stakeholder-map HUAXIN] name title layer buying_role quadrant attitude relationship]
show [stakeholder-map HUAXIN -view layers]
show [table select [stakeholder-map HUAXIN -view org] line title authority influence]
show [table select [stakeholder-map SHANHU -view flags] flag kind name evidence]
