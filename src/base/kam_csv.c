/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How it works: input stands in one buffer. A record is parsed where it stands: the byte that ends a field becomes
 * its NUL, and only a quoted field with doubled quotes is moved (to the left, within itself). When the data runs out
 * in the middle of a record, the record's part is moved to the front of the buffer, more is read behind it, and
 * scanning goes on where it stopped; so every byte is scanned once. A NUL stands behind the data as a sentinel. */
#include "kam_csv.h"
#include "kam_mem.h"
#include "kam_utf8.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAP = 1 << 18 };
enum { PLAIN = 0, STOP = 1, HIGH = 2 };

typedef enum { GOOD = 0, AFTER_QUOTE, NUL_BYTE, BAD_UTF8 } flaw;

struct kam_csv {
    kam_csv_read_fn read;
    void *ctx;
    char delimiter;
    bool begun, eof, dead, skip_lf;
    unsigned char kind[256]; /* of a byte of an unquoted field */
    char *buf;
    size_t cap, end; /* data are buf[rec..end) */
    size_t rec, r;   /* the record's start; the next byte to read */
    size_t n_fields, off_cap, quoted_cap, ptr_cap;
    size_t *off; /* field starts, counted from rec */
    bool *quoted;
    const char **ptr;
    size_t line, rec_line; /* the line of r; the first of the record */
    /* the first thing wrong in this record: which field, how many bytes into its text */
    flaw flaw;
    size_t flaw_field, flaw_at;
};

kam_csv *kam_csv_new(kam_csv_read_fn read, void *ctx, char delimiter)
{
    kam_csv *c = kam_zalloc(sizeof *c);
    c->read = read;
    c->ctx = ctx;
    c->delimiter = delimiter;
    for (int i = 0x80; i < 0x100; i++)
        c->kind[i] = HIGH;
    c->kind['\0'] = c->kind['\n'] = c->kind['\r'] = c->kind[(unsigned char)delimiter] = STOP;
    c->cap = FIRST_CAP;
    c->buf = kam_alloc(c->cap + 1);
    c->buf[0] = '\0';
    c->line = c->rec_line = 1;
    return c;
}

void kam_csv_free(kam_csv *c)
{
    if (c == NULL) return;
    kam_free(c->buf);
    kam_free(c->off);
    kam_free(c->quoted);
    kam_free(c->ptr);
    kam_free(c);
}

/* --- places ---------------------------------------------------------------------------------------------------- */

/* Line and column of the byte `at` bytes into field `i`, from the parsed text: characters, plus the quotes that
 * parsing took away, plus one delimiter a field. Costs a walk over the record, paid only when somebody asks. */
static void locate(const kam_csv *c, size_t i, size_t at, size_t *line, size_t *column)
{
    *line = c->rec_line;
    *column = 1;
    for (size_t f = 0;; f++) {
        const char *s = c->buf + c->rec + c->off[f];
        size_t n = f == i ? at : strlen(s);
        if (f == i && at == 0) return; /* the field's own beginning, at its quote if it has one */
        *column += c->quoted[f];
        for (size_t k = 0; k < n; k++) {
            if (s[k] == '\n' || (s[k] == '\r' && s[k + 1] != '\n')) {
                ++*line;
                *column = 1;
            } else if (c->quoted[f] && s[k] == '"') {
                *column += 2;
            } else if (((unsigned char)s[k] & 0xC0) != 0x80) {
                ++*column;
            }
        }
        if (f == i) return;
        *column += c->quoted[f] + 1u;
    }
}

static kam_rc fail_at(kam_err *err, kam_rc code, size_t line, size_t column, const char *what)
{
    char word[2][24];
    snprintf(word[0], sizeof word[0], "%zu", line);
    snprintf(word[1], sizeof word[1], "%zu", column);
    if (err != NULL && err->code != KAM_OK) return code;
    kam_err_set(err, code, "line %zu, column %zu: %s", line, column, what);
    kam_err_word(err, "");
    kam_err_word(err, word[0]);
    kam_err_word(err, word[1]);
    return code;
}

static kam_rc die_at(kam_csv *c, kam_rc code, size_t field, const char *what, kam_err *err)
{
    size_t line, column;
    locate(c, field, 0, &line, &column);
    c->dead = true;
    return fail_at(err, code, line, column, what);
}

static void note_flaw(kam_csv *c, flaw what, size_t field, size_t at)
{
    /* Text is checked when its field ends, so a flaw in it may be found after one that stands behind it. */
    if (c->flaw != GOOD && !(c->flaw == AFTER_QUOTE && c->flaw_field == field && what != AFTER_QUOTE)) return;
    c->flaw = what;
    c->flaw_field = field;
    c->flaw_at = at;
}

static kam_rc report_flaw(kam_csv *c, kam_err *err)
{
    size_t line, column;
    locate(c, c->flaw_field, c->flaw_at, &line, &column);
    switch (c->flaw) {
    case AFTER_QUOTE:
        if (c->flaw_at == 0) column++; /* the opening quote of "" */
        return fail_at(err, KAM_DATA, line, column + 1,
                       "text after a closing quote; double the quotes that belong to the field");
    case NUL_BYTE: return fail_at(err, KAM_DATA, line, column, "a NUL byte; is this a text file?");
    default: return fail_at(err, KAM_DATA, line, column, "bytes that are not UTF-8; name the file's encoding");
    }
}

/* --- input ----------------------------------------------------------------------------------------------------- */

/* More data behind c->end, or eof. Moves the record to the front of the buffer. */
static kam_rc refill(kam_csv *c, kam_err *err)
{
    if (c->eof) return KAM_OK;
    if (c->rec > 0) {
        memmove(c->buf, c->buf + c->rec, c->end - c->rec);
        c->r -= c->rec;
        c->end -= c->rec;
        c->rec = 0;
    }
    if (c->end >= KAM_CSV_MAX_RECORD) return die_at(c, KAM_DATA, 0, "the record is too long; is a quote missing?", err);
    if (c->end > c->cap / 2) {
        c->cap *= 2;
        c->buf = kam_realloc(c->buf, c->cap + 1);
    }
    size_t got = 0;
    kam_rc rc = c->read(c->ctx, c->buf + c->end, c->cap - c->end, &got, err);
    if (rc != KAM_OK) {
        c->dead = true;
        c->buf[c->end] = '\0';
        return rc;
    }
    KAM_ASSERT(got <= c->cap - c->end);
    c->end += got;
    c->buf[c->end] = '\0';
    c->eof = got == 0;
    return KAM_OK;
}

/* At least one byte at c->r, or eof. */
static kam_rc need_byte(kam_csv *c, kam_err *err)
{
    kam_rc rc = KAM_OK;
    while (rc == KAM_OK && c->r == c->end && !c->eof)
        rc = refill(c, err);
    return rc;
}

/* A byte-order mark is no text. */
static kam_rc skip_mark(kam_csv *c, kam_err *err)
{
    kam_rc rc = KAM_OK;
    while (rc == KAM_OK && c->end < 3 && !c->eof)
        rc = refill(c, err);
    if (rc == KAM_OK && c->end >= 3 && memcmp(c->buf, "\xEF\xBB\xBF", 3) == 0) c->rec = c->r = 3;
    c->begun = true;
    return rc;
}

/* --- fields ---------------------------------------------------------------------------------------------------- */

typedef enum { MORE_FIELDS, RECORD_ENDS } ending;

/* Stand behind the delimiter or line end at c->r. */
static ending pass_end(kam_csv *c)
{
    if (c->r == c->end) return RECORD_ENDS;
    char e = c->buf[c->r++];
    if (e == c->delimiter) return MORE_FIELDS;
    c->skip_lf = e == '\r';
    c->line++;
    return RECORD_ENDS;
}

static void check_text(kam_csv *c, size_t field, size_t n)
{
    const char *s = c->buf + c->rec + c->off[field];
    if (kam_utf8_valid(s, n)) return;
    size_t at = 0, used = 1;
    while (at < n && s[at] != '\0') {
        if (kam_utf8_next(s + at, n - at, &used) == 0xFFFD && used == 1) break;
        at += used;
    }
    note_flaw(c, at < n && s[at] == '\0' ? NUL_BYTE : BAD_UTF8, field, at);
}

static kam_rc unquoted(kam_csv *c, size_t field, ending *how, kam_err *err)
{
    bool check = false;
    for (;;) {
        const unsigned char *p = (const unsigned char *)c->buf + c->r;
        while (c->kind[*p] == PLAIN)
            p++;
        while (c->kind[*p] != STOP) {
            check = true;
            p++;
        }
        c->r = (size_t)(p - (const unsigned char *)c->buf);
        if (c->r - c->rec - c->off[field] > KAM_CSV_MAX_FIELD) return die_at(c, KAM_DATA, field, "the field is too long", err);
        if (*p != '\0') break;
        if (c->r < c->end) {
            check = true;
            c->r++;
            continue;
        }
        if (c->eof) break;
        kam_rc rc = refill(c, err);
        if (rc != KAM_OK) return rc;
    }
    size_t text_end = c->r;
    if (check) check_text(c, field, text_end - c->rec - c->off[field]);
    *how = pass_end(c);
    c->buf[text_end] = '\0';
    return KAM_OK;
}

/* Skip what stands between a closing quote and the next delimiter. */
static kam_rc skip_rest(kam_csv *c, kam_err *err)
{
    for (;;) {
        kam_rc rc = need_byte(c, err);
        if (rc != KAM_OK || c->r == c->end) return rc;
        char e = c->buf[c->r];
        if (e == c->delimiter || e == '\n' || e == '\r') return KAM_OK;
        c->r++;
    }
}

static void count_lines(kam_csv *c, const char *s, size_t n)
{
    for (const char *p = s, *stop = s + n; p < stop; p++) {
        if (*p == '\n' || (*p == '\r' && !(p + 1 < stop && p[1] == '\n'))) c->line++;
    }
}

/* The field's text goes to buf[rec + off + len…), always at or before c->r. */
static kam_rc quoted(kam_csv *c, size_t field, ending *how, kam_err *err)
{
    size_t len = 0;
    for (;;) {
        const char *from = c->buf + c->r, *to = memchr(from, '"', c->end - c->r);
        size_t n = to != NULL ? (size_t)(to - from) : c->end - c->r;
        char *text = c->buf + c->rec + c->off[field];
        if (n > KAM_CSV_MAX_FIELD || len + n > KAM_CSV_MAX_FIELD)
            return die_at(c, KAM_DATA, field, "the quoted field is too long; is its closing quote missing?", err);
        if (text + len != from) memmove(text + len, from, n);
        len += n;
        c->r += n;
        kam_rc rc;
        if (to == NULL) {
            if (c->eof) return die_at(c, KAM_DATA, field, "the quote opened here is never closed", err);
            if ((rc = refill(c, err)) != KAM_OK) return rc;
            continue;
        }
        c->r++; /* behind the quote, whose byte is ours now */
        if ((rc = need_byte(c, err)) != KAM_OK) return rc;
        if (c->r == c->end || c->buf[c->r] != '"') break;
        c->buf[c->rec + c->off[field] + len++] = '"';
        c->r++;
    }
    char *text = c->buf + c->rec + c->off[field];
    count_lines(c, text, len);
    check_text(c, field, len);
    if (c->r < c->end && c->buf[c->r] != c->delimiter && c->buf[c->r] != '\n' && c->buf[c->r] != '\r') {
        note_flaw(c, AFTER_QUOTE, field, len);
        text[len] = '\0';
        kam_rc rc = skip_rest(c, err);
        if (rc != KAM_OK) return rc;
    }
    *how = pass_end(c);
    c->buf[c->rec + c->off[field] + len] = '\0';
    return KAM_OK;
}

/* Field `c->n_fields`, which begins at c->r. */
static kam_rc one_field(kam_csv *c, ending *how, kam_err *err)
{
    size_t i = c->n_fields;
    KAM_GROW(c->off, c->off_cap, i + 1);
    KAM_GROW(c->quoted, c->quoted_cap, i + 1);
    c->off[i] = c->r - c->rec;
    c->quoted[i] = false;
    if (i >= KAM_CSV_MAX_FIELDS) return die_at(c, KAM_DATA, i, "too many fields in one record", err);
    kam_rc rc = need_byte(c, err);
    if (rc != KAM_OK) return rc;
    if (c->r < c->end && c->buf[c->r] == '"' && c->delimiter != '"') {
        c->quoted[i] = true;
        c->off[i]++;
        c->r++;
        rc = quoted(c, i, how, err);
    } else {
        rc = unquoted(c, i, how, err);
    }
    if (rc == KAM_OK) c->n_fields++;
    return rc;
}

/* One record into c->off; none at the end of input. */
static kam_rc parse_record(kam_csv *c, kam_err *err)
{
    c->rec = c->r;
    c->n_fields = 0;
    c->flaw = GOOD;
    c->rec_line = c->line;
    kam_rc rc = need_byte(c, err);
    if (rc == KAM_OK && c->skip_lf && c->r < c->end) {
        c->skip_lf = false;
        if (c->buf[c->r] == '\n') {
            c->rec = ++c->r;
            rc = need_byte(c, err);
        }
    }
    if (rc != KAM_OK || c->r == c->end) return rc;
    for (ending how = MORE_FIELDS; how == MORE_FIELDS;) {
        rc = one_field(c, &how, err);
        if (rc != KAM_OK) return rc;
    }
    return KAM_OK;
}

kam_rc kam_csv_next(kam_csv *c, const char *const **fields, size_t *n_fields, kam_err *err)
{
    if (c->dead) return kam_err_set(err, KAM_DATA, "reading cannot go on after the error before");
    kam_rc rc = c->begun ? KAM_OK : skip_mark(c, err);
    bool blank;
    do {
        if (rc == KAM_OK) rc = parse_record(c, err);
        if (rc != KAM_OK) {
            c->n_fields = 0;
            return rc;
        }
        blank = c->n_fields == 1 && !c->quoted[0] && c->flaw == GOOD && c->buf[c->rec + c->off[0]] == '\0';
    } while (blank);
    if (c->flaw != GOOD) return report_flaw(c, err);
    KAM_GROW(c->ptr, c->ptr_cap, c->n_fields);
    for (size_t i = 0; i < c->n_fields; i++)
        c->ptr[i] = c->buf + c->rec + c->off[i];
    *fields = c->ptr;
    *n_fields = c->n_fields;
    return KAM_OK;
}

bool kam_csv_dead(const kam_csv *c)
{
    return c->dead;
}

size_t kam_csv_line(const kam_csv *c)
{
    return c->rec_line;
}

size_t kam_csv_column(const kam_csv *c, size_t i)
{
    size_t line, column = 1;
    if (i < c->n_fields) locate(c, i, 0, &line, &column);
    return column;
}

bool kam_csv_quoted(const kam_csv *c, size_t i)
{
    return i < c->n_fields && c->quoted[i];
}

/* --- writing --------------------------------------------------------------------------------------------------- */

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

void kam_csv_put(kam_str *out, const char *field, char delimiter)
{
    const char specials[] = {delimiter, '"', '\r', '\n', '\0'};
    size_t n = strlen(field);
    bool mark = strncmp(field, "\xEF\xBB\xBF", 3) == 0; /* would be eaten at the start of a file */
    if (n == 0 || (!mark && !is_blank(field[0]) && !is_blank(field[n - 1]) && field[strcspn(field, specials)] == '\0')) {
        kam_str_addn(out, field, n);
        return;
    }
    kam_str_addc(out, '"');
    for (const char *q; (q = strchr(field, '"')) != NULL; field = q + 1) {
        kam_str_addn(out, field, (size_t)(q - field) + 1);
        kam_str_addc(out, '"');
    }
    kam_str_add(out, field);
    kam_str_addc(out, '"');
}
