/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt_words.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <string.h>

enum { MAX_DEPTH = 64 };

typedef struct scan {
    const char *s;
    size_t len, at;
    prompt_words *out;
    bool done; /* the end of the text was met: out holds the answer */
    int depth;
} scan;

static void scan_script(scan *p, char closer);

static bool one_of(const char *word, const char *const *names)
{
    while (*names && strcmp(word, *names) != 0) names++;
    return *names != NULL;
}

/* Commands whose braced words are scripts, or hold some in brackets; of ours those subcommands that take one, unless the braces
 * are the value of another option. */
static bool takes_body(const prompt_words *w)
{
    static const char *const names[] = {"if", "while", "for", "foreach", "lmap", "proc", "catch", "try", "eval", "expr", "namespace", "time",
        "timerate", "after", "uplevel", "apply", "coroutine", "interp", "dict", "watch", "switch", "test", "rule", "template", NULL};
    if (w->n == 0) return false;
    const char *last = w->word[w->n - 1];
    if (one_of(w->word[0], names)) return true;
    if (strcmp(w->word[0], "segment") == 0) return strcmp(last, "-script") == 0;
    if (w->n < 2 || last[0] == '-') return false;
    if (strcmp(w->word[0], "report") == 0) return strcmp(w->word[1], "columns") == 0;
    return strcmp(w->word[0], "table") == 0 && one_of(w->word[1], (const char *const[]){"each", "where", "add", NULL});
}

static void words_clear(prompt_words *w)
{
    for (size_t i = 0; i < w->n; i++) kam_free(w->word[i]);
    w->n = 0;
}

static void answer(scan *p, prompt_word_kind kind, size_t start, kam_str *prefix)
{
    p->done = true;
    p->out->kind = kind;
    p->out->start = start;
    kam_free(p->out->prefix);
    p->out->prefix = kam_str_detach(prefix);
    if (!p->out->prefix) p->out->prefix = kam_strdup("");
}

static bool is_name(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           c >= 0x80;
}

/* One backslash sequence at p->at; its meaning is added to b. */
static void scan_backslash(scan *p, kam_str *b)
{
    p->at++;
    if (p->at >= p->len) return;
    char c = p->s[p->at++];
    switch (c) {
    case 'n': kam_str_addc(b, '\n'); break;
    case 't': kam_str_addc(b, '\t'); break;
    case '\n': kam_str_addc(b, ' '); break;
    default: kam_str_addc(b, c);
    }
}

/* A $name; when it reaches the end of the text it is the word being typed. */
static void scan_variable(scan *p, kam_str *b)
{
    size_t start = p->at++;
    bool brace = p->at < p->len && p->s[p->at] == '{';
    if (brace) p->at++;
    size_t from = p->at;
    while (p->at < p->len && (brace ? p->s[p->at] != '}' : is_name((unsigned char)p->s[p->at]))) p->at++;
    /* an array's element, while its parenthesis is open */
    if (!brace && p->at > from && p->at < p->len && p->s[p->at] == '(') {
        size_t end = p->at;
        while (end < p->len && p->s[end] && !strchr(")[]{}\" ;\n", p->s[end])) end++;
        if (end == p->len) p->at = end;
    }
    if (p->at >= p->len) {
        kam_str name = KAM_STR_INIT;
        kam_str_addn(&name, p->s + from, p->at - from);
        answer(p, PROMPT_VARIABLE, start, &name);
        return;
    }
    if (brace) p->at++;
    kam_str_addn(b, p->s + start, p->at - start);
}

static void scan_bracket(scan *p, kam_str *b)
{
    size_t start = p->at++;
    /* The words found so far belong to the outer command: set them aside while the inner one is read. */
    prompt_words outer = *p->out;
    p->out->word = NULL;
    p->out->n = p->out->cap = 0;
    scan_script(p, ']');
    if (p->done) {
        words_clear(&outer);
        kam_free(outer.word);
        return;
    }
    words_clear(p->out);
    kam_free(p->out->word);
    p->out->word = outer.word;
    p->out->n = outer.n;
    p->out->cap = outer.cap;
    kam_str_addn(b, p->s + start, p->at - start);
}

/* A word in braces. True when it was closed. */
static bool scan_braced(scan *p, kam_str *b)
{
    size_t start = p->at;
    int open = 0;
    for (size_t i = start; i < p->len; i++) {
        char c = p->s[i];
        if (c == '\\' && i + 1 < p->len) {
            i++;
        } else if (c == '{') {
            open++;
        } else if (c == '}' && --open == 0) {
            kam_str_addn(b, p->s + start + 1, i - start - 1);
            p->at = i + 1;
            return true;
        }
    }
    if (takes_body(p->out) && p->depth < MAX_DEPTH) {
        words_clear(p->out);
        p->at = start + 1;
        scan_script(p, '\0');
        if (p->done) return false;
    }
    kam_str inner = KAM_STR_INIT;
    kam_str_addn(&inner, p->s + start + 1, p->len - start - 1);
    answer(p, PROMPT_BRACED, start, &inner);
    return false;
}

static void scan_quoted(scan *p, kam_str *b)
{
    size_t start = p->at++;
    while (!p->done) {
        if (p->at >= p->len) {
            kam_str prefix = KAM_STR_INIT;
            kam_str_add(&prefix, kam_str_cstr(b));
            answer(p, PROMPT_QUOTED, start, &prefix);
            return;
        }
        char c = p->s[p->at];
        if (c == '"') {
            p->at++;
            return;
        }
        if (c == '\\') scan_backslash(p, b);
        else if (c == '[') scan_bracket(p, b);
        else if (c == '$') scan_variable(p, b);
        else {
            kam_str_addc(b, c);
            p->at++;
        }
    }
}

static bool ends_word(char c, char closer)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';' || (closer && c == closer);
}

static void scan_bare(scan *p, kam_str *b, char closer)
{
    size_t start = p->at;
    while (!p->done) {
        if (p->at >= p->len) {
            kam_str prefix = KAM_STR_INIT;
            kam_str_add(&prefix, kam_str_cstr(b));
            answer(p, PROMPT_BARE, start, &prefix);
            return;
        }
        char c = p->s[p->at];
        if (ends_word(c, closer)) return;
        if (c == '\\') scan_backslash(p, b);
        else if (c == '[') scan_bracket(p, b);
        else if (c == '$') scan_variable(p, b);
        else {
            kam_str_addc(b, c);
            p->at++;
        }
    }
}

static void scan_word(scan *p, char closer)
{
    kam_str b = KAM_STR_INIT;
    if (p->len - p->at > 3 && strncmp(p->s + p->at, "{*}", 3) == 0 && !ends_word(p->s[p->at + 3], closer))
        p->at += 3;
    char c = p->s[p->at];
    if (c == '{') scan_braced(p, &b);
    else if (c == '"') scan_quoted(p, &b);
    else scan_bare(p, &b, closer);
    if (p->done) {
        kam_str_release(&b);
        return;
    }
    /* Text glued to a closing quote is an error Tcl will name; step over it. */
    while (p->at < p->len && !ends_word(p->s[p->at], closer)) p->at++;
    KAM_GROW(p->out->word, p->out->cap, p->out->n + 1);
    char *word = kam_str_detach(&b);
    p->out->word[p->out->n++] = word ? word : kam_strdup("");
}

static void scan_comment(scan *p)
{
    while (p->at < p->len && p->s[p->at] != '\n') p->at += p->s[p->at] == '\\' && p->at + 1 < p->len ? 2 : 1;
    if (p->at < p->len) return;
    kam_str none = KAM_STR_INIT;
    answer(p, PROMPT_NOWHERE, p->at, &none);
}

/* Commands up to `closer` (NUL: the end of the text). On return p->at stands after the closer, or p->done. */
static void scan_script(scan *p, char closer)
{
    if (++p->depth > MAX_DEPTH) {
        kam_str none = KAM_STR_INIT;
        answer(p, PROMPT_NOWHERE, p->at, &none);
    }
    while (!p->done) {
        if (p->at >= p->len) {
            kam_str none = KAM_STR_INIT;
            answer(p, PROMPT_BARE, p->len, &none);
            break;
        }
        char c = p->s[p->at];
        if (closer && c == closer) {
            p->at++;
            break;
        }
        if (c == '\n' || c == ';') {
            words_clear(p->out);
            p->at++;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            p->at++;
        } else if (c == '\\' && p->at + 1 < p->len && p->s[p->at + 1] == '\n') {
            p->at += 2;
        } else if (c == '#' && p->out->n == 0) {
            scan_comment(p);
        } else {
            scan_word(p, closer);
        }
    }
    p->depth--;
}

void prompt_words_parse(prompt_words *w, const char *text, size_t len)
{
    words_clear(w);
    scan p = {text, len, 0, w, false, 0};
    scan_script(&p, '\0');
}

void prompt_words_release(prompt_words *w)
{
    words_clear(w);
    kam_free(w->word);
    kam_free(w->prefix);
    *w = (prompt_words)PROMPT_WORDS_INIT;
}

bool prompt_words_plain(const char *value)
{
    return *value && *value != '#' && !strpbrk(value, " \t\r\n\"{}[]$;\\");
}

static bool braces_fit(const char *value)
{
    int open = 0;
    for (const char *c = value; *c; c++) {
        if (*c == '\\') return false;
        if (*c == '{') open++;
        if (*c == '}' && --open < 0) return false;
    }
    return open == 0;
}

char *prompt_words_within(const char *value, prompt_word_kind style)
{
    kam_str b = KAM_STR_INIT;
    if (style == PROMPT_BRACED && !braces_fit(value)) return NULL;
    for (const char *c = value; *c; c++) {
        if (style == PROMPT_QUOTED && strchr("\"[]$\\", *c)) kam_str_addc(&b, '\\');
        kam_str_addc(&b, *c);
    }
    char *s = kam_str_detach(&b);
    return s ? s : kam_strdup("");
}

char *prompt_words_quote(const char *value, prompt_word_kind style, bool force)
{
    kam_str b = KAM_STR_INIT;
    if (style == PROMPT_QUOTED || !braces_fit(value)) {
        if (style == PROMPT_QUOTED) kam_str_addc(&b, '"');
        for (const char *c = value; *c; c++) {
            bool escape = style == PROMPT_QUOTED ? strchr("\"[]$\\", *c) != NULL : strchr(" \t\"{}[]$;\\#", *c) != NULL;
            if (escape) kam_str_addc(&b, '\\');
            kam_str_addc(&b, *c);
        }
        if (style == PROMPT_QUOTED) kam_str_addc(&b, '"');
    } else if (style == PROMPT_BRACED || force || !prompt_words_plain(value)) {
        kam_str_addf(&b, "{%s}", value);
    } else {
        kam_str_add(&b, value);
    }
    return kam_str_detach(&b);
}
