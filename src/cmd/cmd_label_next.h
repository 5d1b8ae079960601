/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_label_next: headings and words of what is next: G1–G6, in both languages; for cmd_label.c alone. First the columns of
 * result tables, then the words their cells hold, as in cmd_label_calc.h. */
#ifndef CMD_LABEL_NEXT_H
#define CMD_LABEL_NEXT_H
#include "cmd_label.h"

static const cmd_label cmd_label_next[] = {
    /* G1 */
    {"cross.offers", "What to offer", "推荐产品"},
    {"cross.rules", "What goes with what", "产品关联规则"},
    {"cross.account", "account", "客户编码"},
    {"cross.name", "name", "客户名称"},
    {"cross.rank", "rank", "次序"},
    {"cross.offer", "offer", "推荐产品"},
    {"cross.product", "first product", "前一产品"},
    {"cross.product_name", "product name", "产品名称"},
    {"cross.next", "second product", "后一产品"},
    {"cross.next_name", "its name", "后者名称"},
    {"cross.because", "because of", "因已购"},
    {"cross.because_name", "its name", "已购名称"},
    {"cross.pattern", "pattern", "模式"},
    {"cross.count", "with both", "两者皆有"},
    {"cross.base", "with the first", "含前者"},
    {"cross.support", "support", "支持度"},
    {"cross.confidence", "confidence", "置信度"},
    {"cross.lift", "lift", "提升度"},
    {"cross.p", "p", "p 值"},
    {"cross.q", "q", "q 值"},
    {"cross.lag_days", "usual lag (days)", "通常间隔（天）"},
    {"cross.lag_n", "n of the lag", "间隔样本数"},
    {"cross.due", "due", "预计日"},
    {"cross.overdue", "overdue", "已过期"},
    {"cross.why", "why", "理由"},
    {"pattern.together", "together", "同购"},
    {"pattern.then", "then", "先后"},

    /* G2 */
    {"look.title", "Who is most alike", "最相似的客户"},
    {"look.detail", "Likeness by column", "逐列相似度"},
    {"look.rank", "rank", "名次"},
    {"look.account", "account", "客户编码"},
    {"look.name", "name", "客户名称"},
    {"look.likeness", "likeness", "相似度"},
    {"look.coverage", "coverage", "已知覆盖"},
    {"look.n", "neighbours", "近邻数"},
    {"look.nearest", "nearest", "最近客户"},
    {"look.nearest_name", "its name", "最近客户名称"},
    {"look.columns", "columns that made it so", "主要列"},
    {"look.why", "why", "理由"},
    {"look.column", "column", "列"},
    {"look.value", "value", "值"},
    {"look.nearest_value", "value of the nearest", "最近客户的值"},
    {"look.weight", "weight", "权重"},
    {"look.adds", "adds", "贡献"},
};
#endif
