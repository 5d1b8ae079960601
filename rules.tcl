rule named {客户都有行业 | every account has an industry} {account list -where {industry missing} -columns code} -because {{code} 没有行业 | {code} has no industry}
