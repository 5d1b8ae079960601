/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kam_err.h"
#include "kam_message.h"
#include "kam_str.h"
#include "kam_utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A cut must not leave half a character: the text goes to terminals and to Tcl. */
static void cut_at_character(char *s, size_t len)
{
    size_t i = len;
    while (i > 0 && ((unsigned char)s[i - 1] & 0xC0) == 0x80)
        i--;
    if (i == 0) return;
    unsigned char lead = (unsigned char)s[i - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (len - (i - 1) < need) s[i - 1] = '\0';
}

static void copy_cut(char *dst, size_t cap, const char *src)
{
    size_t n = strlen(src);
    if (n < cap) {
        memcpy(dst, src, n + 1);
        return;
    }
    memcpy(dst, src, cap - 1);
    dst[cap - 1] = '\0';
    cut_at_character(dst, cap - 1);
}

/* "%.100s" of a long Chinese name ends inside a character: what is left of it goes. */
static void drop_broken(char *s)
{
    char *out = s;
    for (size_t left = strlen(s), used; left > 0; s += used, left -= used) {
        if (kam_utf8_next(s, left, &used) == 0xFFFD && used == 1) continue;
        memmove(out, s, used);
        out += used;
    }
    *out = '\0';
}

static void tidy(char *s, int n)
{
    if (n < 0) s[0] = '\0';
    if (n >= KAM_ERR_MSG_MAX) cut_at_character(s, KAM_ERR_MSG_MAX - 1);
    if (!kam_utf8_valid(s, strlen(s))) drop_broken(s);
}

/* Both languages of a text; out and zh have room for KAM_ERR_MSG_MAX bytes. */
static void format_both(char *out, char *zh, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    tidy(out, vsnprintf(out, KAM_ERR_MSG_MAX, fmt, ap));
    kam_message_vformat(zh, KAM_ERR_MSG_MAX, fmt, again);
    tidy(zh, (int)strlen(zh));
    va_end(again);
}

kam_rc kam_err_vset(kam_err *err, kam_rc code, const char *fmt, va_list ap)
{
    if (err == NULL || err->code != KAM_OK) return code;
    err->code = code;
    err->n_words = 0;
    format_both(err->msg, err->msg_zh, fmt, ap);
    return code;
}

kam_rc kam_err_set(kam_err *err, kam_rc code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    kam_err_vset(err, code, fmt, ap);
    va_end(ap);
    return code;
}

kam_rc kam_err_word(kam_err *err, const char *word)
{
    if (err == NULL) return KAM_LIMIT; /* which failure is not known here, but it is one */
    if (word != NULL && err->code != KAM_OK && err->n_words < KAM_ERR_WORDS)
        copy_cut(err->word[err->n_words++], KAM_ERR_WORD_MAX, word);
    return err->code;
}

static void put_together(char *msg, const char *front, const char *back)
{
    char whole[2 * KAM_ERR_MSG_MAX];
    snprintf(whole, sizeof whole, "%s%s", front, back);
    copy_cut(msg, KAM_ERR_MSG_MAX, whole);
}

void kam_err_prefix(kam_err *err, const char *fmt, ...)
{
    if (err == NULL || err->code == KAM_OK) return;
    char part[KAM_ERR_MSG_MAX], zh[KAM_ERR_MSG_MAX];
    va_list ap;
    va_start(ap, fmt);
    format_both(part, zh, fmt, ap);
    va_end(ap);
    put_together(err->msg, part, err->msg);
    put_together(err->msg_zh, zh, err->msg_zh);
}

void kam_err_append(kam_err *err, const char *fmt, ...)
{
    if (err == NULL || err->code == KAM_OK) return;
    char part[KAM_ERR_MSG_MAX], zh[KAM_ERR_MSG_MAX];
    va_list ap;
    va_start(ap, fmt);
    format_both(part, zh, fmt, ap);
    va_end(ap);
    put_together(err->msg, err->msg, part);
    put_together(err->msg_zh, err->msg_zh, zh);
}

void kam_err_prefix_both(kam_err *err, const char *en, const char *zh)
{
    if (err == NULL || err->code == KAM_OK) return;
    put_together(err->msg, en, err->msg);
    put_together(err->msg_zh, zh, err->msg_zh);
}

size_t kam_err_nearest(kam_err *err, const char *word, const char *const *names, size_t n)
{
    size_t best[3], k = n > 0 ? kam_nearest(word, names, n, best, 3) : 0;
    if (k == 1) kam_err_append(err, " (did you mean %.200s?)", names[best[0]]);
    if (k == 2) kam_err_append(err, " (did you mean %.200s or %.200s?)", names[best[0]], names[best[1]]);
    if (k == 3) kam_err_append(err, " (did you mean %.200s, %.200s or %.200s?)", names[best[0]], names[best[1]], names[best[2]]);
    return k;
}

const char *kam_err_text(const kam_err *err, bool zh)
{
    return zh && err->msg_zh[0] ? err->msg_zh : err->msg;
}

void kam_err_in_file(kam_err *err, const char *file)
{
    if (err == NULL || err->code == KAM_OK) return;
    if (err->n_words > 0 && err->word[0][0] == '\0') copy_cut(err->word[0], KAM_ERR_WORD_MAX, file);
    kam_err_prefix(err, "%s: ", file);
}

void kam_err_clear(kam_err *err)
{
    if (err == NULL) return;
    err->code = KAM_OK;
    err->n_words = 0;
    err->msg[0] = err->msg_zh[0] = '\0';
}

const char *kam_rc_name(kam_rc code)
{
    switch (code) {
    case KAM_OK: return "OK";
    case KAM_USAGE: return "USAGE";
    case KAM_NOTFOUND: return "NOTFOUND";
    case KAM_CONSTRAINT: return "CONSTRAINT";
    case KAM_DATA: return "DATA";
    case KAM_BUSY: return "BUSY";
    case KAM_IO: return "IO";
    case KAM_DATABASE: return "DATABASE";
    case KAM_PDF: return "PDF";
    case KAM_CALC: return "CALC";
    case KAM_INTERRUPT: return "INTERRUPT";
    case KAM_LIMIT: return "LIMIT";
    }
    return "UNKNOWN";
}

int kam_rc_exit_status(kam_rc code)
{
    switch (code) {
    case KAM_OK: return 0;
    case KAM_USAGE:
    case KAM_NOTFOUND: return 2;
    case KAM_CONSTRAINT:
    case KAM_DATA: return 3;
    case KAM_BUSY:
    case KAM_IO:
    case KAM_DATABASE:
    case KAM_PDF: return 4;
    case KAM_INTERRUPT: return 130;
    case KAM_CALC:
    case KAM_LIMIT: return 1;
    }
    return 1;
}

_Noreturn void kam_bug(const char *file, int line, const char *fmt, ...)
{
    va_list ap;
    fflush(stdout);
    fprintf(stderr, "kamsh: bug at %s:%d: ", file, line);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputs(" (please report)\n", stderr);
    abort();
}
