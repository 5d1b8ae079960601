/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_message_system: what the C library and SQLite say, and words our code hands on by name (kinds, types). They stand in no
 * literal of an error, so lint does not ask who says them; see kam_message.h. For kam_message.c alone. */
#ifndef KAM_MESSAGE_SYSTEM_H
#define KAM_MESSAGE_SYSTEM_H
#include "kam_message.h"

static const kam_message kam_message_system_rows[] = {
    /* strerror */
    {"No such file or directory", "没有该文件或文件夹"},
    {"Permission denied", "没有权限"},
    {"Operation not permitted", "不允许的操作"},
    {"Is a directory", "是文件夹"},
    {"Not a directory", "不是文件夹"},
    {"File exists", "文件已存在"},
    {"File too large", "文件过大"},
    {"File name too long", "文件名过长"},
    {"No space left on device", "磁盘空间不足"},
    {"Disk quota exceeded", "超出磁盘配额"},
    {"Read-only file system", "只读文件系统"},
    {"Input/output error", "输入/输出错误"},
    {"Invalid argument", "参数无效"},
    {"Broken pipe", "管道已断开"},
    {"Too many open files", "打开的文件过多"},
    {"Too many levels of symbolic links", "符号链接层数过多"},
    {"Device or resource busy", "设备或资源忙"},
    {"Text file busy", "文件正被使用"},
    {"No such device or address", "没有该设备或地址"},
    {"Bad file descriptor", "文件描述符无效"},
    {"Bad address", "地址无效"},
    {"Illegal seek", "无法定位"},
    {"Cannot allocate memory", "内存不足"},
    {"Success", "成功"},
    /* SQLite */
    {"incomplete input", "语句不完整"},
    {"database disk image is malformed", "数据库文件已损坏"},
    {"attempt to write a readonly database", "数据库是只读的"},
    {"unable to open database file", "无法打开数据库文件"},
    {"disk I/O error", "磁盘读写错误"},
    {"database or disk is full", "磁盘已满"},
    {"database is locked", "数据库被锁定"},
    {"file is not a database", "文件不是数据库"},
    {"string or blob too big", "文本过长"},
    {"integer overflow", "整数溢出"},
    /* kinds of arguments, types of columns */
    {"entity", "对象类型"},
    {"field", "字段"},
    {"int", "整数"},
    {"real", "实数"},
    {"text", "文本"},
    {"day", "日期"},
    {"money", "金额"},
    {"flag", "是否"},
};
#endif
