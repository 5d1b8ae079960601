/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_pdf: the drawing in the making, for scripts that place every word and line themselves (`pdf …`); reports flow, drawings
 * are placed. One drawing per interpreter beside the report in the making; it dies with the interpreter.
 *
 * Users count from the upper left corner in the unit of `pdf begin` (millimetres); type and line widths are always points. */
#ifndef CMD_PDF_H
#define CMD_PDF_H
#include "cmd_spec.h"
#include "pdf_canvas.h"

enum { PDF_NAMED_MAX = 16, PDF_FAR = 20000 /* in the user's unit: beyond is a slip */ };

typedef struct cmd_pdf {
    pdf_canvas *canvas; /* NULL: no drawing is in the making */
    pdf_fonts *fonts;   /* kept for the next drawing with the same, unless texts named others */
    char *fonts_of;     /* what they were opened for */
    double unit;      /* points to one of the user's units */
    double page_w, page_h; /* of pages that name no size of their own, points */
    struct {
        char *font;
        int named;
    } name[PDF_NAMED_MAX]; /* fonts that texts have named */
    size_t n_names;
} cmd_pdf;

/* The drawing in the making; KAM_USAGE {pdf begin} when none was begun. */
kam_rc cmd_pdf_get(cmd_session *s, cmd_pdf **out, kam_err *err);
/* The same with a page to draw on: the first one comes by itself. */
kam_rc cmd_pdf_page(cmd_session *s, cmd_pdf **out, kam_err *err);
bool cmd_pdf_open(cmd_session *s);
/* Save and end the drawing; *out as of cmd_report_write. */
kam_rc cmd_pdf_write(cmd_session *s, const char *file, kam_table **out, kam_err *err);

/* Numbers of a list, scaled; KAM_USAGE command: not `least` to `most` of them. *v is the caller's to free. */
kam_rc cmd_pdf_numbers(cmd_session *s, const char *command, const cmd_words *w, size_t least, size_t most, double scale, double **v,
                       size_t *n, kam_err *err);
/* NULL text: `other`. */
kam_rc cmd_pdf_colour(const cmd_pdf *p, const char *text, pdf_rgb other, pdf_rgb *out, kam_err *err);
/* A dict of numbers, points turned into the user's unit, as the result. */
void cmd_pdf_dict(const cmd_pdf *p, cmd_value *out, const char *const *names, const double *points, size_t n);

#define PDF_COORD(type, field, option, en_, zh_)                                                                \
    {.name = option, .kind = CMD_REAL, .offset = offsetof(type, field), .flags = CMD_REQUIRED, .min = -PDF_FAR, .max = PDF_FAR, \
     .help = {en_, zh_}}
#define PDF_STR(type, field, option, en_, zh_)                                                                  \
    {.name = option, .kind = CMD_STRING, .offset = offsetof(type, field), .help = {en_, zh_}}
extern const char *const cmd_pdf_colours[]; /* for completion */
#define PDF_COLOUR(type, field, option, en_, zh_)                                                               \
    {.name = option, .kind = CMD_STRING, .offset = offsetof(type, field), .values = cmd_pdf_colours, .help = {en_, zh_}}
#define PDF_FLAG(type, field, option, en_, zh_)                                                                 \
    {.name = option, .kind = CMD_FLAG, .offset = offsetof(type, field), .help = {en_, zh_}}
/* Link of a text or picture; `type` has `const char *url` and `int64_t to_page`. */
#define PDF_LINK_ARGS(type)                                                                                     \
    PDF_STR(type, url, "-url", "makes it a link to this address (http, https, mailto, tel)", "设为链接，指向该地址（http、https、mailto、tel）"), \
    {.name = "-page", .kind = CMD_INT, .offset = offsetof(type, to_page), .def = "0", .min = 0, .max = 10000,     \
     .help = {"makes it a link to this page, which may come later", "设为链接，指向该页（可以是后面的页）"}}
#define PDF_NOTHING {"nothing", "无"}
#define PDF_SETUP "pdf begin -lang en"
#endif
