/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_run: messages of running the portfolio (cmd_run and its commands, cmd_why_run); see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_RUN_H
#define KAM_MESSAGE_RUN_H
#include "kam_message.h"

static const kam_message kam_message_run_rows[] = {
    {"allocation transfer: %.100s owns %.100s already", "allocation transfer：{1} 已负责 {2}"},
    {"allocation transfer: %.100s has %lld accounts and can serve %lld; choose another, or raise it: rep set %.100s -capacity %lld",
     "allocation transfer：{1} 已有 {2} 个客户，最多 {3} 个；请另选他人，或提高容量：rep set {4} -capacity {5}"},
    {"FROM is `now`: name the version to compare it with", "FROM 是 now：请指明与哪个版本相比"},
    {"a name must not be a number, a day, `now` or `last`, which plan diff reads otherwise", "名称不能是数字、日期、now 或 last，plan diff 另有所指"},
    {"plan snapshot: snapshot %lld of %.100s is named \"%.100s\" already; take another name", "plan snapshot：{2} 的快照 {1} 已名为“{3}”，请另取名称"},
    {"plan: %.100s was not known on %s", "plan：{2} 尚不认识 {1}"},
    {"; plan list %.100s shows them", "；plan list {1} 可列出"},
    {"plan: %.100s has no snapshot \"%.100s\"", "plan：{1} 没有快照“{2}”"},
    {"plan: no snapshot of %.100s is dated %s or before; plan list %.100s -asof DAY shows later ones",
     "plan：{1} 在 {2} 及以前没有快照；plan list {3} -asof 日期 可列出以后的"},
    {"plan: no snapshot of %.100s is dated %s or before; plan list %.100s shows those there are", "plan：{1} 在 {2} 及以前没有快照；plan list {3} 列出已有的"},
    {"plan: no snapshot of %.100s was kept; plan snapshot %.100s keeps one", "plan：尚未留存 {1} 的快照；plan snapshot {2} 可留存"},
    {"health: %.100s was not known on %s", "health：{2} 尚不认识 {1}"},
    {"completeness: %.100s was not known on %s", "completeness：{2} 尚不认识 {1}"},
    {"-summary counts all accounts; leave out -account, -rep and -key", "-summary 统计全部客户，不与 -account、-rep、-key 同用"},
    {"-rules FILE runs the file's own rules; leave out -rule, -rep and -key", "-rules 文件 执行文件中的规则，不与 -rule、-rep、-key 同用"},
    {"an account, or -each for all of them, not both", "给一个客户，或用 -each 看全部，不能同时"},
    {"which account? completeness ACCOUNT, or completeness -each", "哪个客户？completeness 客户，或 completeness -each"},
    {"which account? health ACCOUNT, or health -each", "哪个客户？health 客户，或 health -each"},
    {"-key goes with -each", "-key 与 -each 同用"},
    {"-key goes with -view accounts or duty", "-key 与 -view accounts 或 duty 同用"},
    {"-by and -show exclude each other", "-by 与 -show 不能同用"},
    {"-since goes with -show flow or moves", "-since 与 -show flow 或 moves 同用"},
    {"coverage -view duty is about accounts", "coverage -view duty 须问客户"},
    {"about a sponsor ask coverage -view duty, account by account", "高层支持者请逐个客户问 coverage -view duty"},
    {"ask about a rep (coverage) or an account (coverage -view accounts)", "请问客户经理（coverage）或客户（coverage -view accounts）"},
    {"ask about a rep or an account: effort-mix -by rep, effort-mix -by account", "请问客户经理或客户：effort-mix -by rep、effort-mix -by account"},
    {"allocation list is about accounts", "allocation list 须问客户"},
    {"ask about a bidder: why REP allocation bids ACCOUNT", "请问竞标人：why 客户经理 allocation bids 客户"},
    {"ask about an account, without -summary and -rules", "请问客户，不带 -summary 与 -rules"},
    {"ask about an account of the flow: why ACCOUNT portfolio -show moves", "请问流量中的客户：why 客户 portfolio -show moves"},
    {"health is about accounts: why ACCOUNT health ACCOUNT", "health 须问客户：why 客户 health 客户"},
    {"ask about one account: why ACCOUNT completeness ACCOUNT", "请问一个客户：why 客户 completeness 客户"},
    {"next-step is about accounts", "next-step 须问客户"},
    {"competence is about reps: why REP competence", "competence 须问客户经理：why 客户经理 competence"},
    {"ask about an account, without -summary", "请问客户，不带 -summary"},
};
#endif
