# SPDX-License-Identifier: GPL-3.0-or-later
# Rules that the example portfolio keeps:   account-audit -rules examples/rules-sound.tcl
# A rule's script returns the offenders; none: the rule is kept.

rule every-deal-has-an-amount {进行中的商机都有金额 | every open opportunity has an amount} {
    table where [funnel -show opportunities] {missing(amount)}
} -because {商机 {opportunity}（{account}）没有金额 | opportunity {opportunity} of {account} has no amount}

rule nobody-above-forty {没有人负责超过 40 个客户 | nobody owns more than 40 accounts} {
    table where [coverage] {!missing(rep) && $accounts > 40}
} -because {{name}（{rep}）负责 {accounts} 个客户 | {name} ({rep}) owns {accounts} accounts}

rule accounts-keep-their-history {每个客户都有相识日期 | every account has a day since we know it} {
    account list -where {known_since missing} -columns code
} -because {{code} 没有相识日期 | {code} has no day since we know it}
