/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_image.h"
#include "kam_str.h"
#include "pdf_jpeg.h"
#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static kam_rc refuse(const char *what, const char *why, kam_err *err)
{
    kam_err_set(err, KAM_PDF, "image %s cannot be used: %s", what, why);
    kam_err_word(err, "image");
    return kam_err_word(err, what);
}

static bool too_large(uint32_t w, uint32_t h)
{
    return w == 0 || h == 0 || w > 30000 || h > 30000 || (uint64_t)w * h > PDF_IMAGE_PIXELS;
}

/* --- PNG --- */
/* Colour and transparency lie in one row of bytes; the PDF wants them apart. */
static void split(kam_arena *a, pdf_image *m, const uint8_t *p, int step)
{
    size_t n = (size_t)m->w * (size_t)m->h, c = (size_t)m->channels;
    uint8_t *colour = kam_arena_alloc(a, n * c), *alpha = step > m->channels ? kam_arena_alloc(a, n) : NULL;
    bool opaque = true;
    for (size_t i = 0; i < n; i++, p += step) {
        memcpy(colour + i * c, p, c);
        if (alpha) alpha[i] = p[c], opaque = opaque && p[c] == 255;
    }
    m->data = colour, m->n = n * c, m->alpha = opaque ? NULL : alpha;
}

typedef struct source { /* the bytes libpng has not had yet, and what it holds while reading them */
    const uint8_t *p;
    size_t n;
    png_structp png;
    png_infop info;
    uint8_t *pixels;
    uint8_t **row;
    const char *why;
} source;

static void give(png_structp png, png_bytep to, size_t n)
{
    source *s = png_get_io_ptr(png);
    if (n > s->n) png_error(png, "cut");
    memcpy(to, s->p, n);
    s->p += n, s->n -= n;
}

static void on_error(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
    (void)png, (void)text;
}

/* Between setjmp and the end nothing is kept in local variables. (The simplified interface of libpng 1.6.39 puts the rows of
 * interlaced 16-bit pictures in the wrong order.) */
static bool read_png(source *s, pdf_image *m)
{
    if (setjmp(png_jmpbuf(s->png))) return false;
    png_set_read_fn(s->png, s, give);
    png_set_user_limits(s->png, 30000, 30000);
    png_read_info(s->png, s->info);
    if (too_large(png_get_image_width(s->png, s->info), png_get_image_height(s->png, s->info))) {
        s->why = "it has too many pixels";
        return false;
    }
    png_set_expand(s->png);
    png_set_scale_16(s->png);
    png_set_interlace_handling(s->png);
    png_read_update_info(s->png, s->info);
    m->w = (int)png_get_image_width(s->png, s->info), m->h = (int)png_get_image_height(s->png, s->info);
    m->channels = png_get_channels(s->png, s->info); /* with transparency, until it is split off */
    s->pixels = kam_alloc((size_t)m->w * (size_t)m->h * (size_t)m->channels);
    s->row = kam_calloc((size_t)m->h, sizeof *s->row);
    for (int i = 0; i < m->h; i++) s->row[i] = s->pixels + (size_t)i * (size_t)m->w * (size_t)m->channels;
    png_read_image(s->png, s->row);
    png_read_end(s->png, NULL);
    return true;
}

static kam_rc decode_png(kam_arena *a, const uint8_t *bytes, size_t n, const char *what, const pdf_image **out, kam_err *err)
{
    source s = {.p = bytes, .n = n, .why = "the PNG is damaged"};
    pdf_image *m = kam_arena_alloc(a, sizeof *m);
    *m = (pdf_image){0};
    s.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    s.info = s.png ? png_create_info_struct(s.png) : NULL;
    bool ok = s.info && read_png(&s, m);
    if (ok) {
        int step = m->channels;
        m->channels = step < 3 ? 1 : 3;
        split(a, m, s.pixels, step);
    }
    png_destroy_read_struct(&s.png, &s.info, NULL);
    kam_free(s.pixels);
    kam_free(s.row);
    if (!ok) return refuse(what, s.why, err);
    *out = m;
    return KAM_OK;
}

/* --- JPEG --- */
static kam_rc decode_jpeg(kam_arena *a, const uint8_t *bytes, size_t n, const char *what, const pdf_image **out, kam_err *err)
{
    pdf_image *m = kam_arena_alloc(a, sizeof *m);
    const char *why = pdf_jpeg_read(a, bytes, n, m);
    if (why) return refuse(what, why, err);
    *out = m;
    return KAM_OK;
}

kam_rc pdf_image_decode(kam_arena *a, const void *bytes, size_t n, const char *what, const pdf_image **out, kam_err *err)
{
    const uint8_t *p = bytes;
    if (n > 8 && memcmp(p, "\x89PNG\r\n\x1a\n", 8) == 0) return decode_png(a, p, n, what, out, err);
    if (n > 4 && p[0] == 0xFF && p[1] == 0xD8) return decode_jpeg(a, p, n, what, out, err);
    return refuse(what, "it is neither PNG nor JPEG", err);
}

kam_rc pdf_image_load(kam_arena *a, const char *path, const pdf_image **out, kam_err *err)
{
    struct stat st;
    FILE *f = fopen(path, "rb");
    if (!f || fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode)) {
        int e = f ? EINVAL : errno;
        if (f) fclose(f);
        kam_err_set(err, e == ENOENT ? KAM_NOTFOUND : KAM_IO, "cannot read image %s: %s", path, strerror(e));
        kam_err_word(err, "image");
        return kam_err_word(err, path);
    }
    if (st.st_size > PDF_IMAGE_BYTES) {
        fclose(f);
        return refuse(path, "the file is larger than 64 MB", err);
    }
    uint8_t *bytes = kam_alloc((size_t)st.st_size + 1);
    size_t n = fread(bytes, 1, (size_t)st.st_size, f);
    fclose(f);
    kam_rc rc = pdf_image_decode(a, bytes, n, path, out, err);
    kam_free(bytes);
    return rc;
}
