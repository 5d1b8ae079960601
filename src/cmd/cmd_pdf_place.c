/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_pdf_place: pictures, links and entries of the outline of a drawing. */
#include "cmd_pdf.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include <math.h>
#include <stddef.h>

/* --- pdf image --- */
struct image_args {
    const char *file, *url;
    double x, y, width, height, angle;
    int64_t to_page;
    bool stretch;
};
static kam_rc run_image(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct image_args *a = args;
    cmd_pdf *p = NULL;
    double at[4];
    kam_rc rc = cmd_pdf_page(s, &p, err);
    if (rc) return rc;
    double u = p->unit;
    pdf_picture m = {.path = a->file, .x = a->x * u, .y = a->y * u, .w = isnan(a->width) ? 0 : a->width * u,
                     .h = isnan(a->height) ? 0 : a->height * u, .angle = a->angle, .stretch = a->stretch, .uri = a->url,
                     .to_page = (size_t)a->to_page};
    rc = pdf_canvas_image(p->canvas, &m, at, err);
    if (rc) return rc;
    static const char *const names[] = {"x", "y", "width", "height", "bottom"};
    cmd_pdf_dict(p, out, names, (double[]){at[0], at[1], at[2], at[3], at[1] + at[3]}, 5);
    return KAM_OK;
}
#define EXTENT(field, option, en_, zh_)                                                                        \
    {.name = option, .kind = CMD_REAL, .offset = offsetof(struct image_args, field), .min = 0.001, .max = PDF_FAR, .help = {en_, zh_}}
static const cmd_arg image_args[] = {
    {.name = "file", .kind = CMD_FILE, .offset = offsetof(struct image_args, file), .flags = CMD_REQUIRED,
     .help = {"a PNG or JPEG file", "PNG 或 JPEG 文件"}},
    PDF_COORD(struct image_args, x, "x", "left edge", "左边"),
    PDF_COORD(struct image_args, y, "y", "upper edge", "上边"),
    EXTENT(width, "-width", "its width (default: follows from -height, else 150 pixels to the inch)", "宽（默认由 -height 推出，否则每英寸 150 像素）"),
    EXTENT(height, "-height", "its height; with -width: as large as fits into both, in the middle", "高；与 -width 同时给出时按比例放入并居中"),
    PDF_FLAG(struct image_args, stretch, "-stretch", "fill width and height, whatever its form", "拉伸至给定宽高"),
    {.name = "-rotate", .kind = CMD_REAL, .offset = offsetof(struct image_args, angle), .def = "0", .min = -3600, .max = 3600,
     .help = {"degrees, anticlockwise, about x y", "绕 x y 逆时针旋转的度数"}},
    PDF_LINK_ARGS(struct image_args),
    CMD_ARGS_END};
static const cmd_example image_examples[] = {
    {{"a file that is not there", "文件不存在"}, "pdf image no-such.png 20 20", "error: KAM NOTFOUND image no-such.png"}, CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_image_spec = {
    .name = "pdf image",
    .summary = {"a picture from a file", "插入图片"},
    .detail = {"PNG of every kind, with transparency, and JPEG, the right way up. Both are decoded whole first: a damaged file is refused. "
               "However often a file is drawn, it stands in the PDF once.",
               "支持各类 PNG（含透明）与 JPEG（按拍摄方向摆正）。先完整解码，损坏的文件会被拒绝。同一文件无论画多少次，PDF 中只存一份。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct image_args),
    .args = image_args,
    .returns = {"a dict: x y width height bottom (before it is turned)", "字典：x y width height bottom（旋转之前）"},
    .setup = PDF_SETUP,
    .examples = image_examples,
    .run = run_image,
    .topic = "output"};

/* --- pdf link --- */
struct link_args {
    double x, y, w, h;
    const char *url;
    int64_t to_page;
};
static kam_rc run_link(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct link_args *a = args;
    cmd_pdf *p = NULL;
    (void)out;
    kam_rc rc = cmd_pdf_page(s, &p, err);
    if (rc) return rc;
    double u = p->unit;
    return pdf_canvas_link(p->canvas, a->x * u, a->y * u, a->w * u, a->h * u, a->url, (size_t)a->to_page, err);
}
#define SIDE(field, option, en_, zh_)                                                                          \
    {.name = option, .kind = CMD_REAL, .offset = offsetof(struct link_args, field), .flags = CMD_REQUIRED, .min = 0.001, .max = PDF_FAR, \
     .help = {en_, zh_}}
static const cmd_arg link_args[] = {
    PDF_COORD(struct link_args, x, "x", "left edge", "左边"),
    PDF_COORD(struct link_args, y, "y", "upper edge", "上边"),
    SIDE(w, "width", "its width", "宽"),
    SIDE(h, "height", "its height", "高"),
    PDF_STR(struct link_args, url, "-url", "to this address (http, https, mailto, tel)", "指向该地址（http、https、mailto、tel）"),
    {.name = "-page", .kind = CMD_INT, .offset = offsetof(struct link_args, to_page), .def = "0", .min = 0, .max = 10000,
     .help = {"to this page, which may come later", "指向该页（可以是后面的页）"}},
    CMD_ARGS_END};
static const cmd_example link_examples[] = {
    {{"an address; Chinese in it is escaped", "地址；其中的中文会转义"},
     "pdf link 20 20 60 10 -url https://example.com/客户; string match {*uri=https://example.com/%E5%AE%A2%E6%88%B7*} [pdf dump]", "1"},
    {{"neither address nor page", "既无地址也无页"}, "pdf link 20 20 60 10", "error: KAM USAGE link"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_link_spec = {.name = "pdf link",
                                    .summary = {"a rectangle that leads to an address or a page", "指向地址或页面的区域"},
                                    .detail = {"Draws nothing itself. Texts and pictures have options of the same name.",
                                               "本身不画任何内容。文字与图片另有同名选项。"},
                                    .effect = CMD_CONTROLS,
                                    .args_size = sizeof(struct link_args),
                                    .args = link_args,
                                    .returns = PDF_NOTHING,
                                    .setup = PDF_SETUP,
                                    .examples = link_examples,
                                    .run = run_link,
                                    .topic = "output"};

/* --- pdf outline --- */
struct outline_args {
    const char *text;
    int64_t level;
    double y;
};
static kam_rc run_outline(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct outline_args *a = args;
    cmd_pdf *p = NULL;
    (void)out;
    kam_rc rc = cmd_pdf_page(s, &p, err);
    return rc ? rc : pdf_canvas_outline(p->canvas, (int)a->level, a->text, a->y * p->unit, err);
}
static const cmd_arg outline_args[] = {
    {.name = "text", .kind = CMD_STRING, .offset = offsetof(struct outline_args, text), .flags = CMD_REQUIRED, .help = {"the entry", "条目文字"}},
    {.name = "-level", .kind = CMD_INT, .offset = offsetof(struct outline_args, level), .def = "1", .min = 1, .max = 3,
     .help = {"1, 2 or 3", "1、2 或 3"}},
    {.name = "-y", .kind = CMD_REAL, .offset = offsetof(struct outline_args, y), .def = "0", .min = -PDF_FAR, .max = PDF_FAR,
     .help = {"where on the page it leads to (default: its top)", "指向页内的纵坐标（默认页首）"}},
    CMD_ARGS_END};
static const cmd_example outline_examples[] = {
    {{"an entry for this page", "本页的书签"}, "pdf outline {People map}; regexp {outline 0 level=1 page=1 \"People map\"} [pdf dump]", "1"}, CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_outline_spec = {.name = "pdf outline",
                                       .summary = {"an entry in the outline readers show beside the pages", "阅读器侧栏中的书签"},
                                       .detail = {"It leads to the page that is drawn on.", "指向当前页。"},
                                       .effect = CMD_CONTROLS,
                                       .args_size = sizeof(struct outline_args),
                                       .args = outline_args,
                                       .returns = PDF_NOTHING,
                                       .setup = PDF_SETUP,
                                       .examples = outline_examples,
                                       .run = run_outline,
                                       .topic = "output"};
