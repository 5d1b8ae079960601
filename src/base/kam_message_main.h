/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_main: messages said in main and prompt, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_MAIN_H
#define KAM_MESSAGE_MAIN_H
#include "kam_message.h"

static const kam_message kam_message_main_rows[] = {
    {"--new: %s is there already; leave --new out to open it", "--new：{1} 已存在；去掉 --new 即可打开"},
    {"--new asks questions, so it needs a terminal; in scripts: --create %s -c 'setting set currency CNY'", "--new 需要提问，只能在终端使用；脚本中请用：--create {1} -c 'setting set currency CNY'"},
    {"%s and %s do not go together", "{1} 与 {2} 不能同时使用"},
    {"%s takes no value", "{1} 不带值"},
    {"%s wants a value", "{1} 需要一个值"},
    {"cannot %s the history file %s: %s", "无法{1}历史文件 {2}：{3}"},
    {"rewrite", "改写"},
    {"read", "读取"},
    {"open", "打开"},
    {"write", "写入"},
    {"cannot write to standard output: %s; what was written there is not complete", "无法写入标准输出：{1}；已写出的内容不完整"},
    {"there is no database %s", "没有数据库 {1}"},
    {"cannot read the script %s: %s", "无法读取脚本 {1}：{2}"},
    {"Tcl cannot start: %s", "Tcl 无法启动：{1}"},
    {"; --create makes one", "；--create 可新建"},
    {"unknown option %s", "没有选项 {1}"},
    {"%s wants one of %s; not %s", "{1} 须为 {2} 之一，而不是 {3}"},
    {"--asof wants a day as YYYY-MM-DD, not %s", "--asof 须为 YYYY-MM-DD 形式的日期，而不是 {1}"},
    {"one database at a time: %s is already named, so what is %s? (a script is -f %s)",
     "一次只能用一个数据库：已指定 {1}，{2} 是什么？（脚本请写 -f {3}）"},
    {"the name of the database is empty", "数据库的名称为空"},
    {"-c and -f do not go together; in the script, or in -c, use: source FILE", "-c 与 -f 不能同用；请在脚本或 -c 中写：source 文件"},
    {"--create wants the name of the database to make", "--create 需要所建数据库的名称"},
    {"--create and --readonly do not go together", "--create 与 --readonly 不能同用"},
    {"; kamsh --help lists them", "；kamsh --help 列出全部选项"},
    {"; kamsh --help lists the options (-- before a file name that begins with -)",
     "；kamsh --help 列出全部选项（以 - 开头的文件名之前请加 --）"},
};
#endif
