/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt_say.h"
#include "kam_utf8.h"
#include "prompt_pager.h"
#include "prompt_width.h"

const prompt_text say_transaction = {
    "A transaction is open. c = commit, r = roll back, anything else = stay: ",
    "有未结束的事务。c = 提交，r = 撤回，其他 = 留下："};
const prompt_text say_unsaved = {
    "This data is in no file and would be lost. A file name = save there, d = discard, empty = stay: ",
    "这些数据还没有存到文件，离开就会丢失。输入文件名 = 保存，d = 丢弃，回车 = 留下："};
const prompt_text say_welcome = {
    "Tab completes, help explains, Ctrl-D leaves.",
    "Tab 补全，help 查看帮助，Ctrl-D 离开。"};
const prompt_text say_and = {"… and ", "……另有 "};
const prompt_text say_more = {" more", " 项"};
const prompt_text say_empty = {
    "No customers yet. To begin:\n"
    "  import account FILE -template   writes a file with the columns to fill in\n"
    "  import account FILE -preview    shows what would be taken in; without -preview: takes it in\n"
    "  account add CODE -name NAME     adds one\n"
    "  help tour                       one minute to begin",
    "还没有客户。可以这样开始：\n"
    "  import account 文件 -template   写出含列名的文件，供填写\n"
    "  import account 文件 -preview    先看会导入什么；去掉 -preview 即导入\n"
    "  account add 编码 -name 名称     新增一个客户\n"
    "  help tour                       一分钟入门"};

void prompt_say_lines(FILE *out, const char *text)
{
    int rows, columns = 80;
    (void)prompt_screen_size(fileno(out), &rows, &columns);
    while (*text) {
        size_t skip, n = kam_utf8_line(text, (size_t)columns, prompt_width_wide(), &skip);
        fprintf(out, "%.*s\n", (int)n, text);
        text += n + skip;
    }
}
