/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_pdf: messages said in pdf, in the order of the source; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_PDF_H
#define KAM_MESSAGE_PDF_H
#include "kam_message.h"

static const kam_message kam_message_pdf_rows[] = {
    {"%s: column `%s` must hold days", "{1}：列 {2} 必须是日期"},
    {"%s: column `%s` holds no numbers", "{1}：列 {2} 不是数值"},
    {"%s: the table has no column `%s`", "{1}：表中没有列 {2}"},
    {"font %s cannot be used: %s", "字体 {1} 无法使用：{2}"},
    {"font file %s: %s", "字体文件 {1}：{2}"},
    {"cannot read font %s: %s", "无法读取字体 {1}：{2}"},
    {"cannot map font %s: %s", "无法映射字体 {1}：{2}"},
    {"it is too short to be a font", "文件太短，不是字体"},
    {"the collection has no such face", "字体集中没有这一款"},
    {"it is not a collection of faces", "它不是字体集"},
    {"it is not a TrueType font", "它不是 TrueType 或 OpenType 字体"},
    {"it has CFF outlines; this kamsh was built without HarfBuzz", "其轮廓为 CFF 格式，而此 kamsh 编译时未含 HarfBuzz"},
    {"its CFF outlines are damaged", "其 CFF 轮廓已损坏"},
    {"HarfBuzz finds no glyphs in it", "HarfBuzz 在其中找不到字形"},
    {"a table is missing or damaged", "缺少数据表或数据表已损坏"},
    {"its sizes contradict each other", "其各项尺寸互相矛盾"},
    {"it has no Unicode character map", "它没有 Unicode 字符映射"},
    {"its licence (fsType) forbids embedding", "其许可（fsType）禁止嵌入"},
    {"its licence (fsType) forbids subsetting", "其许可（fsType）禁止取子集"},
    {"its licence (fsType) allows only bitmaps to be embedded", "其许可（fsType）只允许嵌入点阵"},
    {"no font family \"%s\" is installed; fc-list : family names those that are", "未安装字体族“{1}”；fc-list : family 可列出已安装的"},
    {"no font with Chinese characters is installed; install one of the packages "
     "fonts-wqy-microhei, fonts-wqy-zenhei, fonts-lxgw-wenkai, fonts-arphic-uming, fonts-noto-cjk",
     "未安装含中文字符的字体；请安装下列软件包之一：fonts-wqy-microhei、fonts-wqy-zenhei、fonts-lxgw-wenkai、"
     "fonts-arphic-uming、fonts-noto-cjk"},
    {"image %s cannot be used: %s", "图片 {1} 无法使用：{2}"},
    {"cannot read image %s: %s", "无法读取图片 {1}：{2}"},
    {"the PNG is damaged", "PNG 已损坏"},
    {"the JPEG is damaged", "JPEG 已损坏"},
    {"the JPEG ends too early", "JPEG 不完整"},
    {"the JPEG has not 8 bits a channel", "JPEG 每通道不是 8 位"},
    {"JPEGs of that kind cannot stand in a PDF (lossless or arithmetic coding)", "此类 JPEG（无损或算术编码）不能放入 PDF"},
    {"it has too many pixels", "像素过多"},
    {"it is neither PNG nor JPEG", "既不是 PNG 也不是 JPEG"},
    {"the file is larger than 64 MB", "文件超过 64 MB"},
    {"theme: no value is called %s; there are %s", "主题：没有名为 {1} 的值；可用的有 {2}"},
    {"theme: %s is a colour like #1f5a8c, not %s", "主题：{1} 应为 #1f5a8c 这样的颜色，而不是 {2}"},
    {"theme: %s is a number from %g to %g, not %s", "主题：{1} 应为 {2} 到 {3} 之间的数，而不是 {4}"},
    {"libharu cannot be started", "无法启动 libharu"},
};
#endif
