/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_label_worth: headings and words of what accounts are worth: C4–C8, in both languages; for cmd_label.c alone. First the
 * columns of result tables, then the words their cells hold, as in cmd_label_calc.h. */
#ifndef CMD_LABEL_WORTH_H
#define CMD_LABEL_WORTH_H
#include "cmd_label.h"

static const cmd_label cmd_label_worth[] = {
    /* C4 */
    {"cost-to-serve", "Profit after cost to serve", "扣除服务成本后的利润"},
    {"cost-to-serve.whale", "Whale curve of profit", "利润鲸鱼曲线"},
    {"cost-to-serve.measures", "Who brings and who eats the profit", "谁带来利润，谁吃掉利润"},
    {"cost-to-serve.rank", "rank by profit", "利润名次"},
    {"cost-to-serve.revenue", "revenue", "销售额"},
    {"cost-to-serve.margin", "margin", "毛利"},
    {"cost-to-serve.attract", "cost to attract", "吸引成本"},
    {"cost-to-serve.promote", "cost to promote", "推广成本"},
    {"cost-to-serve.maintain", "cost to maintain", "维护成本"},
    {"cost-to-serve.serve", "cost to serve", "服务成本"},
    {"cost-to-serve.service_cost", "service cost, all kinds", "服务成本合计"},
    {"cost-to-serve.acquisition", "acquisition cost", "获客成本"},
    {"cost-to-serve.profit", "profit", "利润"},
    {"cost-to-serve.profit_margin", "profit margin", "利润率"},
    {"cost-to-serve.peak_share", "share of the peak", "占峰值利润"},
    {"cost-to-serve.unknown_days", "days of unknown margin", "毛利未知日数"},
    {"cost-to-serve.account_share", "share of accounts", "客户占比"},
    {"cost-to-serve.cumulative", "cumulative profit", "累计利润"},
    {"cost-to-serve.cumulative_peak", "share of the peak so far", "累计占峰值"},
    {"cost-to-serve.peak", "the peak", "峰值"},
    {"cost-to-serve.measure.revenue", "revenue", "销售额"},
    {"cost-to-serve.measure.margin", "margin", "毛利"},
    {"cost-to-serve.measure.attract", "cost to attract", "吸引成本"},
    {"cost-to-serve.measure.promote", "cost to promote", "推广成本"},
    {"cost-to-serve.measure.maintain", "cost to maintain", "维护成本"},
    {"cost-to-serve.measure.serve", "cost to serve", "服务成本"},
    {"cost-to-serve.measure.service_cost", "service cost, all kinds", "服务成本合计"},
    {"cost-to-serve.measure.acquisition", "acquisition cost", "获客成本"},
    {"cost-to-serve.measure.profit", "profit", "利润"},
    {"cost-to-serve.measure.serve_ratio", "service cost / revenue", "服务成本率"},
    {"cost-to-serve.measure.peak_profit", "profit at the peak", "峰值利润"},
    {"cost-to-serve.measure.peak_accounts", "share of accounts up to the peak", "峰值处客户占比"},
    {"cost-to-serve.measure.eaten", "eaten behind the peak", "峰值之后被吃掉的利润"},
    {"cost-to-serve.measure.eaten_share", "share of the peak eaten", "被吃掉的份额"},
    {"cost-to-serve.measure.unknown_profit", "profit unknown", "利润未知"},
};
#endif
