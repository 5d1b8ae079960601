/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_base: messages said in base, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_BASE_H
#define KAM_MESSAGE_BASE_H
#include "kam_message.h"

static const kam_message kam_message_base_rows[] = {
    {"line %zu, column %zu: %s", "第 {1} 行第 {2} 列：{3}"},
    {"%s: interrupted", "{1}：已中断"},
    {"reading cannot go on after the error before", "前面出错之后无法继续读取"},
    {"text after a closing quote; double the quotes that belong to the field", "右引号之后还有文字；属于字段内容的引号请写两个"},
    {"a NUL byte; is this a text file?", "有 NUL 字节；这是文本文件吗？"},
    {"bytes that are not UTF-8; name the file's encoding", "有不是 UTF-8 的字节；请指明文件的编码"},
    {"the record is too long; is a quote missing?", "记录过长；是否缺少引号？"},
    {"the field is too long", "字段过长"},
    {"the quoted field is too long; is its closing quote missing?", "引号中的字段过长；是否缺少右引号？"},
    {"the quote opened here is never closed", "此处的左引号没有对应的右引号"},
    {"too many fields in one record", "一条记录的字段过多"},
    {"%s: ", "{1}："},
    {" (did you mean %.200s?)", "（是否指 {1}？）"},
    {" (did you mean %.200s or %.200s?)", "（是否指 {1} 或 {2}？）"},
    {" (did you mean %.200s, %.200s or %.200s?)", "（是否指 {1}、{2} 或 {3}？）"},
};
#endif
