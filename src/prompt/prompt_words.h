/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prompt_words: reads the text left of the cursor as Tcl and says which word is being typed, in which command.
 *
 * Pure: text in, words out; never evaluates anything. It follows Tcl's quoting (braces, quotes, backslashes,
 * command substitution, comments) and goes into the innermost command that is still open: after `[`, and into
 * an open brace when the command around it is one that takes a body (if, while, foreach, proc …).
 * Offsets are bytes of the given text. O(n). */
#ifndef PROMPT_WORDS_H
#define PROMPT_WORDS_H
#include <stdbool.h>
#include <stddef.h>

typedef enum {
    PROMPT_BARE,     /* an unquoted word, perhaps empty */
    PROMPT_QUOTED,   /* inside "… */
    PROMPT_BRACED,   /* inside {… */
    PROMPT_VARIABLE, /* after $ or ${; start is that of the dollar sign */
    PROMPT_NOWHERE   /* in a comment: nothing to complete */
} prompt_word_kind;

typedef struct prompt_words {
    char **word; /* finished words of the command, quotes and backslashes removed */
    size_t n, cap;
    char *prefix; /* what has been typed of the present word, decoded */
    size_t start; /* where that word begins, its opening quote included */
    prompt_word_kind kind;
} prompt_words;
#define PROMPT_WORDS_INIT {NULL, 0, 0, NULL, 0, PROMPT_NOWHERE}

void prompt_words_parse(prompt_words *w, const char *text, size_t len);
void prompt_words_release(prompt_words *w);

/* `value` spelled as one Tcl word in the given style (caller frees). `force` braces or quotes even a plain one, so
 * that several candidates share their beginning. */
char *prompt_words_quote(const char *value, prompt_word_kind style, bool force);
bool prompt_words_plain(const char *value); /* needs no quoting */
/* `value` as it stands within an open word of that style, without the marks around it (caller frees); NULL: it cannot
 * stand there (braces that do not fit, in a braced word). */
char *prompt_words_within(const char *value, prompt_word_kind style);
#endif
