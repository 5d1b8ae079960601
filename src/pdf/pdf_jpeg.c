/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pdf_jpeg.h"
#include "kam_str.h"
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <jpeglib.h>
#include <jerror.h>

static const char *const DAMAGED = KAM_MSG("the JPEG is damaged");
static const char *const TOO_LARGE = KAM_MSG("it has too many pixels");

/* --- decoding: proof that every line is there --- */
typedef struct decoder {
    struct jpeg_decompress_struct d;
    struct jpeg_error_mgr error;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    jmp_buf out;
    const char *why;
    uint8_t *line;
} decoder;

static void give_up(j_common_ptr c, const char *why)
{
    decoder *r = c->client_data;
    if (!r->why) r->why = why;
    longjmp(r->out, 1);
}

static void on_error(j_common_ptr c)
{
    int code = c->err->msg_code;
    give_up(c, code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE ? TOO_LARGE : DAMAGED);
}

/* libjpeg warns where it goes on with invented pixels. All of that is damage, but for a handful of bytes before the end, which
 * some cameras write. */
static void on_message(j_common_ptr c, int level)
{
    enum { STRAY_BYTES = 16 };
    const struct jpeg_error_mgr *e = c->err;
    if (level >= 0) return;
    if (e->msg_code == JWRN_EXTRANEOUS_DATA && e->msg_parm.i[0] <= STRAY_BYTES && e->msg_parm.i[1] == JPEG_EOI) return;
    if (e->msg_code == JWRN_JFIF_MAJOR || e->msg_code == JWRN_ADOBE_XFORM) return;
    give_up(c, DAMAGED);
}

static void on_text(j_common_ptr c)
{
    (void)c;
}

static void on_pass(j_common_ptr c)
{
    if (((j_decompress_ptr)c)->input_scan_number > PDF_JPEG_SCANS) give_up(c, KAM_MSG("the JPEG has more scans than a picture needs"));
}

static void source_none(j_decompress_ptr d)
{
    (void)d;
}

static boolean source_more(j_decompress_ptr d)
{
    give_up((j_common_ptr)d, KAM_MSG("the JPEG ends too early"));
    return FALSE;
}

static void source_skip(j_decompress_ptr d, long n)
{
    if (n <= 0) return;
    if ((size_t)n > d->src->bytes_in_buffer) source_more(d);
    d->src->next_input_byte += n;
    d->src->bytes_in_buffer -= (size_t)n;
}

static void decoder_init(decoder *r, const uint8_t *p, size_t n)
{
    const long most = 400L << 20; /* all coefficients of a progressive picture of PDF_IMAGE_PIXELS */
    r->d.err = jpeg_std_error(&r->error);
    r->error.error_exit = on_error;
    r->error.emit_message = on_message;
    r->error.output_message = on_text;
    r->d.client_data = r;
    if (setjmp(r->out)) return;
    jpeg_create_decompress(&r->d);
    r->source = (struct jpeg_source_mgr){p, n, source_none, source_more, source_skip, jpeg_resync_to_restart, source_none};
    r->d.src = &r->source;
    r->progress.progress_monitor = on_pass;
    r->d.progress = &r->progress;
    r->d.mem->max_memory_to_use = most;
}

/* Between setjmp and the end nothing is kept in local variables. Colours are left as they are stored: nobody looks at them. */
static bool decode(decoder *r)
{
    if (r->why || setjmp(r->out)) return false;
    jpeg_read_header(&r->d, TRUE);
    if (r->d.image_width > 30000 || r->d.image_height > 30000 ||
        (uint64_t)r->d.image_width * r->d.image_height > PDF_IMAGE_PIXELS)
        give_up((j_common_ptr)&r->d, TOO_LARGE);
    r->d.out_color_space = r->d.jpeg_color_space;
    r->d.do_fancy_upsampling = FALSE;
    r->d.do_block_smoothing = FALSE;
    r->d.dct_method = JDCT_FASTEST;
    jpeg_start_decompress(&r->d);
    r->line = kam_alloc((size_t)r->d.output_width * (size_t)r->d.output_components);
    while (r->d.output_scanline < r->d.output_height) jpeg_read_scanlines(&r->d, &r->line, 1);
    jpeg_finish_decompress(&r->d);
    return true;
}

/* --- the segments before the picture --- */
static unsigned be16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

/* TIFF within APP1, in either byte order. */
static unsigned tiff(const uint8_t *p, size_t n, size_t at, size_t bytes)
{
    unsigned v = 0;
    if (bytes > n || at > n - bytes) return 0;
    for (size_t i = 0; i < bytes; i++) v = v << 8 | p[at + (p[0] == 'I' ? bytes - 1 - i : i)];
    return v;
}

/* How the camera was held, 1–8 as Exif counts; 1 when it does not say. */
static int orientation(const uint8_t *p, size_t n)
{
    if (n < 14 || memcmp(p, "Exif\0", 6) != 0) return 1;
    p += 6, n -= 6;
    size_t ifd = tiff(p, n, 4, 4);
    for (unsigned i = 0, count = tiff(p, n, ifd, 2); i < count && i < 200; i++) {
        size_t at = ifd + 2 + 12 * (size_t)i;
        if (tiff(p, n, at, 2) != 0x0112) continue;
        int v = (int)tiff(p, n, at + 8, 2);
        return v >= 1 && v <= 8 ? v : 1;
    }
    return 1;
}

/* What a PDF may hold (PDF 1.7, 7.4.8: baseline and progressive, 8 bits). */
static const char *check_frame(unsigned marker, const uint8_t *body, unsigned len)
{
    if (marker > 0xC2) return KAM_MSG("JPEGs of that kind cannot stand in a PDF (lossless or arithmetic coding)");
    if (len < 8 || body[0] != 8) return KAM_MSG("the JPEG has not 8 bits a channel");
    if (body[5] != 1 && body[5] != 3 && body[5] != 4) return DAMAGED;
    return NULL;
}

/* Walks up to the first scan. Segments that say how to decode go to `out`, those of cameras and programs do not. *scan: where
 * the scan begins. */
static const char *read_segments(pdf_image *m, const uint8_t *p, size_t n, kam_str *out, size_t *scan)
{
    bool frame = false;
    kam_str_addn(out, (const char *)p, 2);
    for (size_t at = 2; at + 4 <= n;) {
        if (p[at] != 0xFF) return DAMAGED;
        unsigned marker = p[at + 1], len = be16(p + at + 2);
        if (marker == 0xFF) { /* padding */
            at++;
            continue;
        }
        if (len < 2 || len > n - at - 2) return DAMAGED;
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            const char *why = check_frame(marker, p + at + 4, len);
            if (why) return why;
            frame = true;
        }
        if (marker == 0xDA) {
            *scan = at;
            return frame ? NULL : DAMAGED;
        }
        if (marker == 0xE1 && m->turn == 1) m->turn = orientation(p + at + 4, len - 2);
        bool talk = marker == 0xFE || (marker >= 0xE1 && marker <= 0xEF && marker != 0xEE); /* APP0 JFIF, APP14 Adobe stay */
        if (!talk) kam_str_addn(out, (const char *)p + at, 2 + len);
        at += 2 + len;
    }
    return DAMAGED;
}

/* --- both --- */
static const char *take(kam_arena *a, decoder *r, const uint8_t *p, size_t n, kam_str *out, size_t scan, pdf_image *m)
{
    decoder_init(r, p, n);
    if (!decode(r)) return r->why;
    size_t end = n - r->source.bytes_in_buffer; /* what stands behind the end of the picture is none of it */
    if (end < scan) return DAMAGED;
    kam_str_addn(out, (const char *)p + scan, end - scan);
    bool aside = m->turn >= 5;
    m->w = (int)(aside ? r->d.image_height : r->d.image_width), m->h = (int)(aside ? r->d.image_width : r->d.image_height);
    m->channels = r->d.num_components;
    m->inverted = r->d.saw_Adobe_marker && m->channels == 4;
    m->as_stored = r->d.jpeg_color_space == JCS_RGB || r->d.jpeg_color_space == JCS_CMYK;
    uint8_t *copy = kam_arena_alloc(a, out->len);
    memcpy(copy, out->s, out->len);
    m->data = copy, m->n = out->len;
    return NULL;
}

const char *pdf_jpeg_read(kam_arena *a, const uint8_t *p, size_t n, pdf_image *m)
{
    kam_str out = KAM_STR_INIT;
    size_t scan = 0;
    *m = (pdf_image){.jpeg = true, .turn = 1};
    const char *why = read_segments(m, p, n, &out, &scan);
    if (!why) {
        decoder *r = kam_zalloc(sizeof *r); /* on the heap: longjmp leaves what stands there alone */
        why = take(a, r, p, n, &out, scan, m);
        jpeg_destroy_decompress(&r->d);
        kam_free(r->line);
        kam_free(r);
    }
    kam_str_release(&out);
    return why;
}
