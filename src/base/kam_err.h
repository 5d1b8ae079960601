/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kam_err: how every layer reports failure.
 *
 * A fallible function returns kam_rc and takes `kam_err *err` last. On failure it fills *err once (the first
 * error wins: a filled kam_err is not overwritten) and leaves its outputs untouched. A kam_err owns nothing:
 * it is a plain value, initialised with KAM_ERR_INIT, and may be copied. `err` may be NULL: the caller then
 * only wants the code.
 *
 * The message is one line: what failed, which object, why, and what to do. The words are the machine-readable
 * detail and become the Tcl error code `KAM <CODE> word word …` (cmd_value.c is the only place that does so).
 */
#ifndef KAM_ERR_H
#define KAM_ERR_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
    KAM_OK = 0,
    KAM_USAGE,      /* KAM USAGE command            exit 2 */
    KAM_NOTFOUND,   /* KAM NOTFOUND kind name       exit 2 */
    KAM_CONSTRAINT, /* KAM CONSTRAINT rule object   exit 3 */
    KAM_DATA,       /* KAM DATA file line column    exit 3 */
    KAM_BUSY,       /* KAM BUSY what                exit 4 */
    KAM_IO,         /* KAM IO path                  exit 4 */
    KAM_DATABASE,   /* KAM DATABASE code            exit 4 */
    KAM_PDF,        /* KAM PDF code                 exit 4 */
    KAM_CALC,       /* KAM CALC NODATA|NOCONV|UNIDENTIFIED  exit 1 */
    KAM_INTERRUPT,  /* KAM INTERRUPT                exit 130 */
    KAM_LIMIT       /* KAM LIMIT what               exit 1 */
} kam_rc;

enum { KAM_ERR_WORDS = 4, KAM_ERR_WORD_MAX = 256, KAM_ERR_MSG_MAX = 1024 };

typedef struct kam_err {
    kam_rc code;
    int n_words;
    char word[KAM_ERR_WORDS][KAM_ERR_WORD_MAX];
    char msg[KAM_ERR_MSG_MAX];
    char msg_zh[KAM_ERR_MSG_MAX]; /* the same in Chinese, by the catalogue of kam_message.h */
} kam_err;

/* Marks a text that reaches a message by detours (a table of reasons, a function that returns one); lint wants its Chinese. */
#define KAM_MSG(text) text

#define KAM_ERR_INIT {KAM_OK, 0, {{0}}, {0}, {0}}

/* Fill *err (unless it already holds an error) and return `code`. Cut at KAM_ERR_MSG_MAX on a character
 * boundary; bytes that are no UTF-8, such as half a character before the end of a "%.100s", are left out. */
kam_rc kam_err_set(kam_err *err, kam_rc code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
kam_rc kam_err_vset(kam_err *err, kam_rc code, const char *fmt, va_list ap) __attribute__((format(printf, 3, 0)));

/* Add one detail word to an error just set; a NULL word or a full list is ignored. Returns err->code; with err NULL, where
 * the code is not known, KAM_LIMIT: `return kam_err_word(err, x)` is a failure in any case. */
kam_rc kam_err_word(kam_err *err, const char *word);

/* Put text in front of the message ("file.csv:12: "), or behind it ("; nothing was imported"). */
void kam_err_prefix(kam_err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void kam_err_append(kam_err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The same for words of a model that holds both languages itself. */
void kam_err_prefix_both(kam_err *err, const char *en, const char *zh);

/* " (did you mean X?)" behind the message, with up to three of the names that are near to the word; nothing if none is.
 * Returns how many. */
size_t kam_err_nearest(kam_err *err, const char *word, const char *const *names, size_t n);

/* An error of a reader that knows line and column but not the file (its words are "", line, column): puts the file
 * into the first word and in front of the message. */
void kam_err_in_file(kam_err *err, const char *file);

void kam_err_clear(kam_err *err);
const char *kam_err_text(const kam_err *err, bool zh); /* the message in one of the two languages */

/* "USAGE", "NOTFOUND" … as used in Tcl error codes. */
const char *kam_rc_name(kam_rc code);

/* Exit status of an uncaught error of that code (COMMANDS: 2, 3, 4, 130, else 1). */
int kam_rc_exit_status(kam_rc code);

/* A bug in kamsh itself: prints file:line and aborts. Never for user input. */
_Noreturn void kam_bug(const char *file, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
#define KAM_BUG(...) kam_bug(__FILE__, __LINE__, __VA_ARGS__)
#define KAM_ASSERT(cond) ((cond) ? (void)0 : kam_bug(__FILE__, __LINE__, "assertion failed: %s", #cond))
#endif
