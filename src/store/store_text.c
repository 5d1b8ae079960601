/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_text.h"

#include "kam_mem.h"
#include "kam_str.h"
#include "kam_utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 18, NAME_MAX_ = 48, SNIFF = 4096 };

struct store_text {
    int fd;
    char *path;
    char encoding[NAME_MAX_];
    uint64_t size, n_read;
    bool convert;     /* through iconv, else the bytes are passed on */
    iconv_t cd;
    char *in;         /* undecoded bytes: in[in_pos .. in_len) */
    size_t in_pos, in_len;
    bool at_end;
    size_t line, column; /* of the next decoded character, for errors */
};

/* What one pass over the bytes tells. Line and column are of the first byte that is not UTF-8. */
typedef struct {
    uint64_t n_bytes, n_nul, n_multi, n_bad;
    size_t line, column, bad_line, bad_column;
    unsigned char bad_byte;
    uint64_t nul_even, nul_odd, sniffed;
} text_scan;

static kam_rc io_error(const store_text *t, const char *what, kam_err *err)
{
    kam_err_set(err, KAM_IO, "%s: cannot %s: %s", t->path, what, strerror(errno));
    return kam_err_word(err, t->path);
}

static kam_rc data_error(const store_text *t, size_t line, size_t column, kam_err *err)
{
    char l[32], c[32];
    snprintf(l, sizeof l, "%zu", line);
    snprintf(c, sizeof c, "%zu", column);
    kam_err_word(err, t->path);
    kam_err_word(err, l);
    return kam_err_word(err, c);
}

static kam_rc read_some(store_text *t, char *buf, size_t cap, size_t *got, kam_err *err)
{
    ssize_t n;
    do n = read(t->fd, buf, cap);
    while (n < 0 && errno == EINTR);
    if (n < 0) return io_error(t, "read", err);
    *got = (size_t)n;
    return KAM_OK;
}

/* --- looking at the bytes once ------------------------------------------------------------------------------ */

static bool word_is_ascii(const unsigned char *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
    if (w & UINT64_C(0x8080808080808080)) return false;
    /* A NUL or a line feed needs the slow path: the first is counted, the second moves the line. */
    uint64_t lf = w ^ UINT64_C(0x0a0a0a0a0a0a0a0a);
    return !(((w - UINT64_C(0x0101010101010101)) & ~w & UINT64_C(0x8080808080808080)) ||
             ((lf - UINT64_C(0x0101010101010101)) & ~lf & UINT64_C(0x8080808080808080)));
}

/* Scan buf[0..n); returns the bytes consumed: fewer than n when a character is cut at the end and more may come. */
static size_t scan_chunk(text_scan *s, const unsigned char *buf, size_t n, bool last)
{
    size_t i = 0;
    while (i < n) {
        if (n - i >= 8 && word_is_ascii(buf + i)) {
            i += 8;
            s->column += 8;
            continue;
        }
        unsigned char b = buf[i];
        if (b < 0x80) {
            if (b == 0) s->n_nul++;
            if (b == '\n') {
                s->line++;
                s->column = 1;
            } else {
                s->column++;
            }
            i++;
            continue;
        }
        size_t want = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2, used = 0;
        if (n - i < want && !last) break;
        uint32_t cp = kam_utf8_next((const char *)buf + i, n - i, &used);
        if (cp == 0xfffd && used == 1) {
            if (s->n_bad++ == 0) {
                s->bad_line = s->line;
                s->bad_column = s->column;
                s->bad_byte = b;
            }
        } else {
            s->n_multi++;
        }
        s->column++;
        i += used;
    }
    return i;
}

static void sniff_nul(text_scan *s, const unsigned char *buf, size_t n)
{
    s->sniffed = n;
    for (size_t i = 0; i < n; i++)
        if (buf[i] == 0) (i & 1 ? s->nul_odd++ : s->nul_even++);
}

static kam_rc scan_file(store_text *t, text_scan *s, kam_err *err)
{
    unsigned char *buf = kam_alloc(CHUNK);
    size_t have = 0;
    kam_rc rc = KAM_OK;
    bool first = true;
    *s = (text_scan){.line = 1, .column = 1};
    for (;;) {
        size_t got = 0;
        rc = read_some(t, (char *)buf + have, CHUNK - have, &got, err);
        if (rc != KAM_OK) break;
        s->n_bytes += got;
        have += got;
        if (first) {
            sniff_nul(s, buf, have < SNIFF ? have : SNIFF);
            first = false;
        }
        size_t used = scan_chunk(s, buf, have, got == 0);
        memmove(buf, buf + used, have - used);
        have -= used;
        if (got == 0) break;
    }
    kam_free(buf);
    if (rc == KAM_OK && lseek(t->fd, 0, SEEK_SET) < 0) return io_error(t, "rewind", err);
    return rc;
}

/* --- opening ------------------------------------------------------------------------------------------------ */

/* Detection needs a second reading, so a pipe goes to a file of its own that vanishes with the descriptor. */
static kam_rc spool(store_text *t, kam_err *err)
{
    const char *dir = getenv("TMPDIR");
    kam_str name = KAM_STR_INIT;
    kam_str_addf(&name, "%s/kamsh-XXXXXX", dir && *dir ? dir : "/tmp");
    int fd = mkstemp(name.s);
    if (fd >= 0) unlink(name.s);
    kam_str_release(&name);
    if (fd < 0) return io_error(t, "make a temporary copy of", err);
    char *buf = kam_alloc(CHUNK);
    kam_rc rc = KAM_OK;
    for (size_t got = 1; rc == KAM_OK && got > 0;) {
        rc = read_some(t, buf, CHUNK, &got, err);
        for (size_t done = 0; rc == KAM_OK && done < got;) {
            ssize_t w = write(fd, buf + done, got - done);
            if (w < 0 && errno == EINTR) continue;
            if (w < 0) rc = io_error(t, "make a temporary copy of", err);
            else done += (size_t)w;
        }
    }
    kam_free(buf);
    if (rc == KAM_OK && lseek(fd, 0, SEEK_SET) < 0) rc = io_error(t, "rewind", err);
    if (rc != KAM_OK) {
        close(fd);
        return rc;
    }
    close(t->fd);
    t->fd = fd;
    return KAM_OK;
}

static kam_rc open_file(store_text *t, kam_err *err)
{
    struct stat st;
    t->fd = open(t->path, O_RDONLY | O_CLOEXEC);
    if (t->fd < 0) return io_error(t, "open", err);
    if (fstat(t->fd, &st) < 0) return io_error(t, "look at", err);
    if (S_ISDIR(st.st_mode)) {
        kam_err_set(err, KAM_IO, "%s is a folder, not a file of rows", t->path);
        return kam_err_word(err, t->path);
    }
    if (!S_ISREG(st.st_mode)) {
        kam_rc rc = spool(t, err);
        if (rc != KAM_OK) return rc;
        if (fstat(t->fd, &st) < 0) return io_error(t, "look at", err);
    }
    t->size = (uint64_t)st.st_size;
    return KAM_OK;
}

typedef struct {
    const char *name;
    unsigned char mark[4];
    size_t n;
} text_mark;
/* UTF-32LE begins like UTF-16LE, so it comes first. */
static const text_mark marks[] = {
    {"utf-32le", {0xff, 0xfe, 0x00, 0x00}, 4}, {"utf-32be", {0x00, 0x00, 0xfe, 0xff}, 4},
    {"utf-16le", {0xff, 0xfe}, 2},             {"utf-16be", {0xfe, 0xff}, 2},
    {"utf-8", {0xef, 0xbb, 0xbf}, 3},
};

static const text_mark *find_mark(store_text *t)
{
    unsigned char head[4];
    ssize_t n = pread(t->fd, head, sizeof head, 0);
    for (size_t i = 0; n > 0 && i < sizeof marks / sizeof *marks; i++)
        if ((size_t)n >= marks[i].n && memcmp(head, marks[i].mark, marks[i].n) == 0) return &marks[i];
    return NULL;
}

static void set_encoding(store_text *t, const char *name)
{
    size_t i = 0;
    for (; name[i] && i + 1 < sizeof t->encoding; i++)
        t->encoding[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
    t->encoding[i] = 0;
}

static bool is_utf8_name(const char *s)
{
    return strcasecmp(s, "utf-8") == 0 || strcasecmp(s, "utf8") == 0;
}

static kam_rc start_decoder(store_text *t, const char *name, kam_err *err)
{
    set_encoding(t, name);
    if (is_utf8_name(name) || strcasecmp(name, "ascii") == 0) return KAM_OK;
    t->cd = iconv_open("UTF-8", name);
    if (t->cd == (iconv_t)-1) {
        kam_err_set(err, KAM_USAGE, "import: unknown encoding \"%s\"; use auto, utf-8, gb18030, utf-16le, utf-16be "
                    "or another name that `iconv -l` lists", name);
        return kam_err_word(err, "import");
    }
    t->convert = true;
    t->in = kam_alloc(CHUNK);
    return KAM_OK;
}

/* A few bad bytes among many good characters: text of another encoding never looks so much like UTF-8. */
static bool is_damaged_utf8(const text_scan *s)
{
    return s->n_multi >= 8 && s->n_bad * 8 <= s->n_multi;
}

static kam_rc detect(store_text *t, const char **name, kam_err *err)
{
    text_scan s;
    kam_rc rc = scan_file(t, &s, err);
    if (rc != KAM_OK) return rc;
    if (s.sniffed >= 4 && (s.nul_even + s.nul_odd) * 4 > s.sniffed && (s.nul_even == 0 || s.nul_odd == 0)) {
        const char *guess = s.nul_odd ? "utf-16le" : "utf-16be";
        kam_err_set(err, KAM_DATA, "%s: line 1: every other byte is NUL: this looks like UTF-16 without a byte-order "
                    "mark; say -encoding %s", t->path, guess);
        return data_error(t, 1, 1, err);
    }
    if (s.n_bad == 0) {
        *name = s.n_multi ? "utf-8" : "ascii";
        return KAM_OK;
    }
    if (is_damaged_utf8(&s)) {
        kam_err_set(err, KAM_DATA, "%s:%zu:%zu: byte 0x%02X is not UTF-8, though the rest of the file is: repair the "
                    "place, or say -encoding gb18030 if the file is meant to be that", t->path, s.bad_line,
                    s.bad_column, s.bad_byte);
        return data_error(t, s.bad_line, s.bad_column, err);
    }
    *name = "gb18030";
    return KAM_OK;
}

static kam_rc choose(store_text *t, const char *encoding, kam_err *err)
{
    const text_mark *mark = find_mark(t);
    bool automatic = !encoding || !*encoding || strcasecmp(encoding, "auto") == 0;
    const char *name = encoding;
    kam_rc rc = KAM_OK;
    if (automatic && mark) name = mark->name;
    else if (automatic) rc = detect(t, &name, err);
    else if (strcasecmp(encoding, "utf-16") == 0 || strcasecmp(encoding, "utf-32") == 0) {
        bool named = mark && strncasecmp(mark->name, encoding, 6) == 0;
        name = named ? mark->name : strcasecmp(encoding, "utf-16") == 0 ? "utf-16le" : "utf-32le";
    }
    if (rc == KAM_OK) rc = start_decoder(t, name, err);
    if (rc != KAM_OK) return rc;
    /* The mark is no part of the text, whoever named the encoding. */
    bool skip = mark && strcasecmp(mark->name, is_utf8_name(name) ? "utf-8" : name) == 0;
    if (skip && lseek(t->fd, (off_t)mark->n, SEEK_SET) < 0) return io_error(t, "rewind", err);
    if (skip && is_utf8_name(name)) snprintf(t->encoding, sizeof t->encoding, "utf-8 (BOM)");
    return KAM_OK;
}

kam_rc store_text_open(const char *path, const char *encoding, store_text **out, kam_err *err)
{
    store_text *t = kam_zalloc(sizeof *t);
    t->fd = -1;
    t->cd = (iconv_t)-1;
    t->path = kam_strdup(path);
    t->line = t->column = 1;
    kam_rc rc = open_file(t, err);
    if (rc == KAM_OK) rc = choose(t, encoding, err);
    if (rc != KAM_OK) {
        store_text_close(t);
        return rc;
    }
    *out = t;
    return KAM_OK;
}

void store_text_close(store_text *t)
{
    if (!t) return;
    if (t->cd != (iconv_t)-1) iconv_close(t->cd);
    if (t->fd >= 0) close(t->fd);
    kam_free(t->in);
    kam_free(t->path);
    kam_free(t);
}

/* --- delivering --------------------------------------------------------------------------------------------- */

static void advance(store_text *t, const char *s, size_t n)
{
    for (const char *p; n > 0 && (p = memchr(s, '\n', n)); s = p + 1) {
        t->line++;
        t->column = 1;
        n -= (size_t)(p + 1 - s);
    }
    for (size_t i = 0; i < n; i++) t->column += ((unsigned char)s[i] & 0xc0) != 0x80;
}

static kam_rc undecodable(store_text *t, bool cut, kam_err *err)
{
    unsigned char b = (unsigned char)t->in[t->in_pos];
    if (cut)
        kam_err_set(err, KAM_DATA, "%s:%zu:%zu: the file ends inside a character of encoding %s: it was cut short, or "
                    "the encoding is another (-encoding)", t->path, t->line, t->column, t->encoding);
    else
        kam_err_set(err, KAM_DATA, "%s:%zu:%zu: byte 0x%02X is not text in encoding %s; name the right one with "
                    "-encoding", t->path, t->line, t->column, b, t->encoding);
    return data_error(t, t->line, t->column, err);
}

static kam_rc refill(store_text *t, kam_err *err)
{
    size_t left = t->in_len - t->in_pos, got = 0;
    memmove(t->in, t->in + t->in_pos, left);
    t->in_pos = 0;
    t->in_len = left;
    kam_rc rc = read_some(t, t->in + left, CHUNK - left, &got, err);
    if (rc != KAM_OK) return rc;
    t->in_len += got;
    t->n_read += got;
    t->at_end = got == 0;
    return KAM_OK;
}

static kam_rc read_converted(store_text *t, char *buf, size_t cap, size_t *got, kam_err *err)
{
    for (bool cut = false;;) {
        if (t->in_pos == t->in_len || cut) {
            if (t->at_end) {
                if (t->in_pos < t->in_len) return undecodable(t, true, err);
                *got = 0;
                return KAM_OK;
            }
            kam_rc rc = refill(t, err);
            if (rc != KAM_OK) return rc;
            if (t->in_pos == t->in_len) continue;
        }
        char *in = t->in + t->in_pos, *out = buf;
        size_t in_left = t->in_len - t->in_pos, out_left = cap;
        size_t r = iconv(t->cd, &in, &in_left, &out, &out_left);
        int why = r == (size_t)-1 ? errno : 0;
        t->in_pos = t->in_len - in_left;
        size_t n = cap - out_left;
        advance(t, buf, n);
        if (n > 0) { /* a bad byte behind good text is reported by the next call */
            *got = n;
            return KAM_OK;
        }
        if (why == EILSEQ) return undecodable(t, false, err);
        cut = why == EINVAL;
    }
}

kam_rc store_text_read(void *ctx, char *buf, size_t cap, size_t *got, kam_err *err)
{
    store_text *t = ctx;
    if (t->convert) return read_converted(t, buf, cap, got, err);
    kam_rc rc = read_some(t, buf, cap, got, err);
    if (rc == KAM_OK) t->n_read += *got;
    return rc;
}

const char *store_text_encoding(const store_text *t) { return t->encoding; }
uint64_t store_text_bytes_read(const store_text *t) { return t->n_read; }
uint64_t store_text_size(const store_text *t) { return t->size; }
