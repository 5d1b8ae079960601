/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_pdf: messages said in pdf, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_PDF_H
#define KAM_MESSAGE_PDF_H
#include "kam_message.h"

static const kam_message kam_message_pdf_rows[] = {
    {"libharu cannot be started", "无法启动 libharu"},
    {"the PDF could not be made: %s (libharu error %s, detail %lu)", "无法生成 PDF：{1}（libharu 错误 {2}，细节 {3}）"},
    {"the document has more objects than fit into a PDF", "文档的对象数超过 PDF 的上限"},
    {"out of memory", "内存不足"},
    {"writing failed", "写入失败"},
    {"a string is too long", "字符串过长"},
    {"the page size is out of range", "页面尺寸超出范围"},
    {"an object was refused", "某个对象被拒绝"},
    {"%s: the table has no column \"%s\"", "{1}：表中没有列“{2}”"},
    {"%s: column \"%s\" is text, a number is needed", "{1}：列“{2}”是文本，此处需要数值"},
    {"%s: takes 1 to %d value columns", "{1}：数值列须为 1 至 {2} 个"},
    {"no font family \"%s\" is installed; fc-list : family names those that are", "没有安装字体“{1}”；fc-list : family 可列出已安装的字体"},
    {"fontconfig cannot be started; is its configuration installed (package fontconfig-config)?",
     "无法启动 fontconfig；是否安装了其配置（软件包 fontconfig-config）？"},
    {"no font with Chinese characters is installed; install one of the packages fonts-wqy-microhei, fonts-wqy-zenhei, fonts-lxgw-wenkai, fonts-arphic-uming",
     "没有安装含中文的字体；请安装软件包 fonts-wqy-microhei、fonts-wqy-zenhei、fonts-lxgw-wenkai、fonts-arphic-uming 之一"},
    {"the document has more than %d pages; leave out rows or split it", "文档超过 {1} 页；请减少行数或拆分"},
    {"cannot write %s: %s; nothing was left there", "无法写入 {1}：{2}；没有留下任何内容"},
    {"it is too short to be a font", "文件过短，不是字体"},
    {"the collection has no such face", "字体集中没有该字面"},
    {"it is not a collection of faces", "不是字体集"},
    {"it is not a TrueType font", "不是 TrueType 字体"},
    {"font %s cannot be used: %s", "字体 {1} 无法使用：{2}"},
    {"font file %s: %s", "字体文件 {1}：{2}"},
    {"cannot read font %s: %s", "无法读取字体 {1}：{2}"},
    {"cannot map font %s: %s", "无法映射字体 {1}：{2}"},
};
#endif
