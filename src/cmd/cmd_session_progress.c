/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What long work tells a person who waits: one line on standard error, only where that is a terminal, only after a second,
 * ten times a second at most, and gone when the work is done. Those who tell know neither clock nor terminal. */
#include "cmd_session_int.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 1000, BETWEEN_MS = 100, STALE_MS = 2000 };

/* What the phases are called, and in what they count. */
static const struct {
    const char *what;
    cmd_text name, unit; /* no unit: the count means nothing to a person */
    bool bytes;
} phases[] = {
    {"alive", {"who is alive", "存续概率"}, {NULL, NULL}, false},
    {"batch", {"documents", "文档"}, {"files", "份"}, false},
    {"copy", {"copying the database", "复制数据库"}, {"pages", "页"}, false},
    {"cross-validation", {"choosing the penalty", "选择惩罚系数"}, {NULL, NULL}, false},
    {"database", {"database", "数据库"}, {"rows", "行"}, false},
    {"equity", {"customer equity", "客户资产"}, {NULL, NULL}, false},
    {"export", {"exporting", "导出"}, {"rows", "行"}, false},
    {"fit", {"fitting the model", "拟合模型"}, {"passes", "轮"}, false},
    {"import", {"importing", "导入"}, {NULL, NULL}, true},
    {"lags", {"usual lags", "通常间隔"}, {"accounts", "个"}, false},
    {"lookalike", {"likeness", "相似度"}, {"accounts", "个"}, false},
    {"money", {"values of accounts", "客户价值"}, {"accounts", "个"}, false},
    {"offers", {"offers", "推荐"}, {"accounts", "个"}, false},
    {"references", {"importing: references", "导入：引用"}, {"rows", "行"}, false},
    {"report", {"report", "报告"}, {NULL, NULL}, false},
    {"risk", {"risk of accounts", "客户流失风险"}, {"accounts", "个"}, false},
    {"rows", {"rows of the answer", "结果行"}, {"rows", "行"}, false},
    {"rules", {"rules", "关联规则"}, {"products", "种"}, false},
    {"score", {"accounts", "客户"}, {"accounts", "个"}, false},
    {"segment", {"segment", "细分"}, {"accounts", "个"}, false},
    {"segments", {"segments", "聚类"}, {NULL, NULL}, false},
    {"sql", {"rows of the answer", "结果行"}, {"rows", "行"}, false},
    {"table each", {"table each", "table each"}, {"rows", "行"}, false},
    {"traits", {"traits of accounts", "客户特征"}, {"accounts", "个"}, false},
    {"undo", {"undo", "撤销"}, {NULL, NULL}, false},
    {"what-if", {"what if", "假设分析"}, {NULL, NULL}, false},
    {"whitespace", {"white space", "空白机会"}, {"accounts", "个"}, false},
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* "1,234,567" is too long for a line that changes: 1.2 M. */
static void put_count(kam_str *b, double v)
{
    static const char *const suffix[] = {"", " k", " M", " G"};
    int i = 0;
    for (; v >= 10000 && i < 3; i++) v /= 1000;
    kam_str_addf(b, v < 10 && i > 0 ? "%.1f%s" : "%.0f%s", v, suffix[i]);
}

static void put_time(kam_str *b, double seconds, bool zh)
{
    if (seconds < 90) kam_str_addf(b, zh ? "%.0f 秒" : "%.0f s", seconds);
    else if (seconds < 5400) kam_str_addf(b, zh ? "%.0f 分钟" : "%.0f min", seconds / 60);
    else kam_str_addf(b, zh ? "%.1f 小时" : "%.1f h", seconds / 3600);
}

static void put_line(const cmd_session *s, int64_t now, kam_str *b)
{
    bool zh = cmd_session_reader(s) == CMD_LANG_ZH, bytes = false;
    const char *name = s->told.what, *unit = NULL;
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        if (strcmp(phases[i].what, s->told.what) == 0) {
            name = zh ? phases[i].name.zh : phases[i].name.en;
            unit = phases[i].bytes ? "B" : zh ? phases[i].unit.zh : phases[i].unit.en;
            bytes = phases[i].bytes;
        }
    kam_str_add(b, name);
    double part = s->told.total ? (double)s->told.done / (double)s->told.total : 0;
    double seconds = (double)(now - s->told.since) / 1000, moved = (double)(s->told.done - s->told.first);
    if (s->told.total) kam_str_addf(b, "  %.0f %%", 100 * (part > 1 ? 1 : part));
    if (unit && moved > 0 && seconds > 0) {
        kam_str_add(b, "  ");
        put_count(b, moved / seconds);
        kam_str_addf(b, bytes ? "%s/s" : zh ? " %s/秒" : " %s/s", unit);
    }
    if (s->told.total && moved > 0 && s->told.done < s->told.total) {
        kam_str_add(b, zh ? "  还需 " : "  ");
        put_time(b, (double)(s->told.total - s->told.done) * seconds / moved, zh);
        kam_str_add(b, zh ? "" : " left");
    } else if (!s->told.total) {
        kam_str_add(b, "  ");
        put_time(b, (double)(now - s->told.begun) / 1000, zh);
    }
}

static void show_line(cmd_session *s, int64_t now)
{
    struct winsize w;
    kam_str b = KAM_STR_INIT;
    size_t columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 1 ? w.ws_col : 80, width;
    put_line(s, now, &b);
    size_t fit = kam_utf8_fit(b.s, columns - 1, s->wide, &width);
    fprintf(stderr, "\r%.*s\033[K", (int)fit, b.s);
    fflush(stderr);
    kam_str_release(&b);
    s->told.shown = now;
    s->told.open = true;
}

static void tell(void *ctx, const char *what, uint64_t done, uint64_t total)
{
    cmd_session *s = ctx;
    int64_t now = now_ms();
    if (now - s->told.shown < BETWEEN_MS && s->told.what) return;
    /* Statements of the database run within everything else and know no end: they speak only when nothing else does. */
    bool other = !s->told.what || strcmp(what, s->told.what) != 0;
    if (other && !total && s->told.what && s->told.total && now - s->told.shown < STALE_MS) return;
    if (other || done < s->told.done) {
        s->told.what = what;
        s->told.first = done;
        s->told.since = now;
    }
    s->told.done = done;
    s->told.total = total;
    if (now - s->told.begun >= PATIENCE_MS) show_line(s, now);
    else s->told.shown = now - BETWEEN_MS / 2;
}

void cmd_session_tell_init(cmd_session *s)
{
    const char *term = getenv("TERM");
    if (!isatty(STDERR_FILENO) || !term || strcmp(term, "dumb") == 0) return;
    s->progress.tell = tell;
    s->progress.ctx = s;
}

void cmd_session_tell_begin(cmd_session *s)
{
    cmd_session_tell_end(s);
    memset(&s->told, 0, sizeof s->told);
    if (s->progress.tell) s->told.begun = now_ms();
}

void cmd_session_tell_end(cmd_session *s)
{
    if (!s->told.open) return;
    s->told.open = false;
    fputs("\r\033[K", stderr);
    fflush(stderr);
}
