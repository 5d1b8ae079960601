/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_pdf_text: words on a drawing, and how much room they take. */
#include "cmd_pdf.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

struct text_args {
    double x, y, size, leading, width, height, angle;
    const char *text, *color, *font, *url;
    int align, valign;
    int64_t to_page;
    bool bold, italic, marks;
};
static const char *const ALIGNS[] = {"left", "right", "centre", "justify", NULL}; /* in the order of pdf_set */
static const char *const VALIGNS[] = {"top", "middle", "bottom", NULL};           /* of pdf_valign */

/* Each font is looked up once a drawing. */
static kam_rc named_font(cmd_session *s, cmd_pdf *p, const char *font, int *named, kam_err *err)
{
    *named = 0;
    if (!font) return KAM_OK;
    if (strchr(font, '/') && cmd_session_confined(s)) {
        kam_err_set(err, KAM_USAGE, "%s: a template that is not trusted may not name files", "-font");
        return kam_err_word(err, "pdf");
    }
    for (size_t i = 0; i < p->n_names; i++)
        if (kam_streq(p->name[i].font, font)) return *named = p->name[i].named, KAM_OK;
    if (p->n_names == PDF_NAMED_MAX) {
        kam_err_set(err, KAM_LIMIT, "no room for a further font: %s", font);
        return kam_err_word(err, "fonts");
    }
    kam_rc rc = pdf_fonts_name_face(p->fonts, font, named, err);
    if (rc) return rc;
    p->name[p->n_names].font = kam_strdup(font);
    p->name[p->n_names++].named = *named;
    return KAM_OK;
}

static kam_rc say_of(cmd_session *s, cmd_pdf *p, const struct text_args *a, pdf_say *out, kam_err *err)
{
    double u = p->unit;
    *out = (pdf_say){.text = a->text, .x = a->x * u, .y = a->y * u, .width = isnan(a->width) ? 0 : a->width * u,
                     .height = isnan(a->height) ? 0 : a->height * u, .valign = (pdf_valign)a->valign,
                     .size = isnan(a->size) ? 0 : a->size, .leading = isnan(a->leading) ? 0 : a->leading, .angle = a->angle,
                     .style = (uint8_t)((a->bold ? PDF_BOLD : 0) | (a->italic ? PDF_OBLIQUE : 0)), .set = (pdf_set)a->align,
                     .marks = a->marks, .uri = a->url, .to_page = (size_t)a->to_page};
    if (!isnan(a->height) && isnan(a->width)) {
        kam_err_set(err, KAM_USAGE, "pdf text: -height goes with -width");
        return kam_err_word(err, "pdf text");
    }
    if (a->marks && !isnan(a->height)) {
        kam_err_set(err, KAM_USAGE, "pdf text: -marks and -height do not go together; what is left over would lose its marks");
        return kam_err_word(err, "pdf text");
    }
    kam_rc rc = cmd_pdf_colour(p, a->color, pdf_canvas_theme(p->canvas)->ink, &out->colour, err);
    return rc ? rc : named_font(s, p, a->font, &out->named, err);
}

static void answer(const cmd_pdf *p, const pdf_said *d, bool placed, bool rest, cmd_value *out)
{
    static const char *const names[] = {"x", "y", "width", "height", "bottom"};
    const double v[] = {d->x, d->y, d->w, d->h, d->y + d->h};
    cmd_pdf_dict(p, out, placed ? names : names + 2, placed ? v : v + 2, placed ? 5 : 2);
    Tcl_ListObjAppendElement(NULL, out->obj, Tcl_NewStringObj("lines", -1));
    Tcl_ListObjAppendElement(NULL, out->obj, Tcl_NewWideIntObj((Tcl_WideInt)d->lines));
    if (!rest) return;
    Tcl_ListObjAppendElement(NULL, out->obj, Tcl_NewStringObj("rest", -1));
    Tcl_ListObjAppendElement(NULL, out->obj, cmd_value_text_obj(kam_str_cstr(&d->rest), d->rest.len));
}

static kam_rc run_text(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct text_args *a = args;
    cmd_pdf *p = NULL;
    pdf_say say;
    pdf_said said;
    kam_rc rc = cmd_pdf_page(s, &p, err);
    if (!rc) rc = say_of(s, p, a, &say, err);
    if (!rc) rc = pdf_canvas_text(p->canvas, &say, &said, err);
    if (rc) return rc;
    answer(p, &said, true, say.height > 0, out);
    kam_str_release(&said.rest);
    return KAM_OK;
}

static kam_rc run_measure(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct text_args *a = args;
    cmd_pdf *p = NULL;
    pdf_say say;
    pdf_said said;
    kam_rc rc = cmd_pdf_get(s, &p, err);
    if (!rc) rc = say_of(s, p, a, &say, err);
    if (!rc) rc = pdf_canvas_measure(p->canvas, &say, &said, err);
    if (rc) return rc;
    answer(p, &said, false, false, out);
    kam_str_release(&said.rest);
    return KAM_OK;
}

#define LOOK_ARGS                                                                                              \
    {.name = "-size", .kind = CMD_REAL, .offset = offsetof(struct text_args, size), .min = 1, .max = 600,        \
     .help = {"type size in points (default: the theme's body)", "字号（磅，默认为主题正文）"}},                   \
    PDF_FLAG(struct text_args, bold, "-bold", "bold: the font's own, or drawn heavier", "粗体：字体自带，或加重描画"), \
    PDF_FLAG(struct text_args, italic, "-italic", "slanted; Han a little heavier instead", "斜体；汉字改为略重"),   \
    PDF_STR(struct text_args, font, "-font", "family or file tried before the document's fonts", "优先使用的字体族或字体文件"), \
    {.name = "-width", .kind = CMD_REAL, .offset = offsetof(struct text_args, width), .min = 0.1, .max = PDF_FAR,  \
     .help = {"wrap to this width", "按此宽度换行"}},                                                           \
    {.name = "-leading", .kind = CMD_REAL, .offset = offsetof(struct text_args, leading), .min = 0.5, .max = 5,    \
     .help = {"distance of lines ÷ size (default: the theme's)", "行距 ÷ 字号（默认为主题值）"}},                  \
    PDF_FLAG(struct text_args, marks, "-marks", "read **bold** and __emphasis__", "识别 **粗体** 与 __强调__")

static const cmd_arg text_args[] = {
    PDF_COORD(struct text_args, x, "x", "where it stands", "横坐标"),
    PDF_COORD(struct text_args, y, "y", "baseline of the first line; with -width the top of the box", "首行基线；给出 -width 时为文本框上边"),
    {.name = "text", .kind = CMD_STRING, .offset = offsetof(struct text_args, text), .flags = CMD_REQUIRED,
     .help = {"the words; a line break breaks the line", "文字；换行符即换行"}},
    LOOK_ARGS,
    PDF_COLOUR(struct text_args, color, "-color", "#rrggbb, black, white or a colour of the theme (default: ink)", "#rrggbb、black、white 或主题颜色名（默认 ink）"),
    {.name = "-align", .kind = CMD_ENUM, .offset = offsetof(struct text_args, align), .values = ALIGNS, .def = "left",
     .help = {"to which side of x, or of the box", "相对于 x 或文本框的对齐"}},
    {.name = "-height", .kind = CMD_REAL, .offset = offsetof(struct text_args, height), .min = 0.1, .max = PDF_FAR,
     .help = {"height of the box: lines beyond are not drawn but given back as `rest`", "文本框高度：放不下的行不画，作为 rest 返回"}},
    {.name = "-valign", .kind = CMD_ENUM, .offset = offsetof(struct text_args, valign), .values = VALIGNS, .def = "top",
     .help = {"where in the height", "在高度内的位置"}},
    {.name = "-rotate", .kind = CMD_REAL, .offset = offsetof(struct text_args, angle), .def = "0", .min = -3600, .max = 3600,
     .help = {"degrees, anticlockwise, about x y", "绕 x y 逆时针旋转的度数"}},
    PDF_LINK_ARGS(struct text_args),
    CMD_ARGS_END};
static const cmd_example text_examples[] = {
    {{"a wrapped box: how many lines, and what found no room", "文本框：行数与放不下的部分"},
     "set box [pdf text 20 20 {one two\nthree} -width 60 -height 7 -size 11]; list [dict get $box lines] [dict get $box rest]", "1 three"},
    {{"right-aligned: it ends at x", "右对齐：止于 x"},
     "set box [pdf text 100 30 Total -align right]; format %.2f [expr {[dict get $box x]+[dict get $box width]}]", "100.00"},
    {{"a colour that is not one", "不存在的颜色"}, "pdf text 20 20 x -color acent", "error: KAM USAGE colour acent"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_text_spec = {
    .name = "pdf text",
    .summary = {"words: a line, or a box in which they wrap", "文字：一行，或自动换行的文本框"},
    .detail = {"Set as in reports: a fallback chain of fonts, a quarter em between Han and Latin, squeezed punctuation, no closing mark at the "
               "start of a line. The result says where the text stands (before it is turned), so that the next thing can be put beside or below it; "
               "`rest` goes into the next box.",
               "排版与报告相同：字体回退链、汉字与西文间四分空、标点挤压、行首避闭合标点。结果给出文字所占位置（旋转之前），便于接着放置；rest 可放入下一个文本框。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct text_args),
    .args = text_args,
    .returns = {"a dict: x y width height bottom lines, with -height also rest", "字典：x y width height bottom lines，给出 -height 时还有 rest"},
    .setup = PDF_SETUP,
    .examples = text_examples,
    .run = run_text,
    .topic = "output"};

static const cmd_arg measure_args[] = {
    {.name = "text", .kind = CMD_STRING, .offset = offsetof(struct text_args, text), .flags = CMD_REQUIRED, .help = {"the words", "文字"}},
    LOOK_ARGS,
    {.name = "-align", .kind = CMD_ENUM, .offset = offsetof(struct text_args, align), .values = ALIGNS, .def = "left",
     .help = {"as of `pdf text`; changes nothing", "同 pdf text；不影响结果"}},
    {.name = "-height", .kind = CMD_REAL, .offset = offsetof(struct text_args, height), .min = 0.1, .max = PDF_FAR,
     .help = {"count only lines that fit", "只计放得下的行"}},
    CMD_ARGS_END};
static const cmd_example measure_examples[] = {
    {{"lines of a wrapped text", "换行后的行数"}, "dict get [pdf measure {a\nb\nc} -size 10] lines", "3"},
    {{"twice the size, twice the width", "字号加倍，宽度加倍"},
     "format %.2f [expr {[dict get [pdf measure 客户 -size 24] width] / [dict get [pdf measure 客户 -size 12] width]}]", "2.00"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_measure_spec = {.name = "pdf measure",
                                       .summary = {"how much room words take", "文字所占的空间"},
                                       .detail = {"With the fonts the PDF will have; draws nothing.", "按 PDF 将用的字体计算，不作画。"},
                                       .effect = CMD_CONTROLS,
                                       .args_size = sizeof(struct text_args),
                                       .args = measure_args,
                                       .returns = {"a dict: width height lines", "字典：width height lines"},
                                       .setup = PDF_SETUP,
                                       .examples = measure_examples,
                                       .run = run_measure,
                                       .topic = "output"};
