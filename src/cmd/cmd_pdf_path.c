/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_pdf_path: lines, shapes and clips of a drawing. */
#include "cmd_pdf.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

/* --- how a line or shape is drawn --- */
struct look {
    const char *fill, *stroke;
    double line;
    cmd_words dash;
    bool even_odd;
};

static kam_rc dash_of(cmd_session *s, const char *command, const cmd_words *w, pdf_ink *ink, kam_err *err)
{
    double *v = NULL;
    size_t n;
    if (w->n == 0) return KAM_OK;
    kam_rc rc = cmd_pdf_numbers(s, command, w, 1, 2, 1, &v, &n, err);
    if (rc) return rc;
    ink->dash = v[0], ink->gap = n > 1 ? v[1] : v[0];
    kam_free(v);
    if (ink->dash > 0 && ink->gap > 0) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "%s: -dash takes the length of a dash and of the gap, both above 0", command);
    return kam_err_word(err, command);
}

/* Without either colour a thing is outlined. */
static kam_rc ink_of(cmd_session *s, const cmd_pdf *p, const char *command, const struct look *l, pdf_ink *ink, kam_err *err)
{
    *ink = (pdf_ink){.line = l->line, .even_odd = l->even_odd};
    kam_rc rc = cmd_pdf_colour(p, l->fill, PDF_NONE, &ink->fill, err);
    if (!rc) rc = cmd_pdf_colour(p, l->stroke, l->fill ? PDF_NONE : pdf_canvas_theme(p->canvas)->ink, &ink->stroke, err);
    return rc ? rc : dash_of(s, command, &l->dash, ink, err);
}

#define LOOK_ARGS(type)                                                                                        \
    PDF_COLOUR(type, look.fill, "-fill", "colour inside: #rrggbb, black, white, none or a colour of the theme (default: none)", \
            "填充色：#rrggbb、black、white、none 或主题颜色名（默认不填充）"),                                        \
    PDF_COLOUR(type, look.stroke, "-stroke", "colour of the line (default: ink, or none where -fill is given)", "线条颜色（默认 ink；给出 -fill 时不描边）"), \
    {.name = "-line", .kind = CMD_REAL, .offset = offsetof(type, look.line), .def = "0.7", .min = 0.05, .max = 500, \
     .help = {"width of the line in points", "线宽（磅）"}},                                                     \
    {.name = "-dash", .kind = CMD_LIST, .offset = offsetof(type, look.dash),                                      \
     .help = {"dash and gap in points: {4 2}, or 3 for both", "虚线的段长与间隔（磅）：{4 2}，或以 3 表示两者"}}

/* --- pdf line, pdf curve --- */
struct line_args {
    cmd_words points;
    struct look look;
    bool close;
};

static kam_rc put_points(cmd_session *s, const struct line_args *a, const char *command, bool curve, kam_err *err)
{
    cmd_pdf *p = NULL;
    double *v = NULL;
    size_t n = 0;
    pdf_ink ink;
    pdf_path path = PDF_PATH_INIT;
    kam_rc rc = cmd_pdf_page(s, &p, err);
    if (!rc) rc = ink_of(s, p, command, &a->look, &ink, err);
    if (!rc) rc = cmd_pdf_numbers(s, command, &a->points, curve ? 8 : 4, 2 * PDF_PATH_POINTS, p->unit, &v, &n, err);
    if (!rc && (curve ? (n - 2) % 6 : n % 2)) {
        kam_err_set(err, KAM_USAGE, curve ? "%s: a point, then three points for each curve: 2 + 6 × n numbers, not %zu"
                                          : "%s: pairs x y are needed, not %zu numbers", command, n);
        rc = kam_err_word(err, command);
    }
    if (!rc) {
        pdf_path_move(&path, v[0], v[1]);
        for (size_t i = 2; i < n; i += curve ? 6 : 2)
            if (curve) pdf_path_curve(&path, v + i);
            else pdf_path_line(&path, v[i], v[i + 1]);
        if (a->close) pdf_path_close(&path);
        rc = pdf_canvas_path(p->canvas, &path, &ink, err);
    }
    pdf_path_release(&path);
    kam_free(v);
    return rc;
}
static kam_rc run_line(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)out;
    return put_points(s, args, "pdf line", false, err);
}
static kam_rc run_curve(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)out;
    return put_points(s, args, "pdf curve", true, err);
}

#define POINTS_ARGS(en_, zh_)                                                                                  \
    {.name = "points", .kind = CMD_STRING, .offset = offsetof(struct line_args, points), .flags = CMD_REQUIRED | CMD_REST, \
     .help = {en_, zh_}},                                                                                      \
    LOOK_ARGS(struct line_args), PDF_FLAG(struct line_args, close, "-close", "back to the first point", "回到起点")
static const cmd_arg line_args[] = {POINTS_ARGS("x y x y …, as words or as one list", "x y x y …，逐词给出或作为一个列表"), CMD_ARGS_END};
static const cmd_arg curve_args[] = {
    POINTS_ARGS("x y, then for each curve two handles and the end: x1 y1 x2 y2 x y; as words or as one list",
                "起点 x y，此后每段曲线为两个控制点与终点：x1 y1 x2 y2 x y；逐词给出或作为一个列表"), CMD_ARGS_END};
static const cmd_example line_examples[] = {
    {{"a dashed line", "虚线"}, "pdf line 20 50 190 50 -dash {4 2} -stroke muted", ""},
    {{"a filled triangle", "填色三角形"}, "pdf line {20 60 40 60 30 40} -close -fill good", ""},
    {{"a number that has no partner", "坐标不成对"}, "pdf line 1 2 3 4 5", "error: KAM USAGE {pdf line}"},
    CMD_EXAMPLES_END};
static const cmd_example curve_examples[] = {{{"a wave", "波形"}, "pdf curve 20 50 60 20 100 80 140 50 -stroke accent -line 1.5", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_line_spec = {.name = "pdf line",
                                    .summary = {"a line through points, or a polygon", "过各点的折线，或多边形"},
                                    .detail = {"With -close and -fill it is a polygon.", "加 -close 与 -fill 即为多边形。"},
                                    .effect = CMD_CONTROLS,
                                    .args_size = sizeof(struct line_args),
                                    .args = line_args,
                                    .returns = PDF_NOTHING,
                                    .setup = PDF_SETUP,
                                    .examples = line_examples,
                                    .run = run_line,
                                    .topic = "output"};
const cmd_spec cmd_pdf_curve_spec = {.name = "pdf curve",
                                     .summary = {"Bezier curves", "贝塞尔曲线"},
                                     .detail = {"Each begins where the one before it ends.", "每段从前一段的终点开始。"},
                                     .effect = CMD_CONTROLS,
                                     .args_size = sizeof(struct line_args),
                                     .args = curve_args,
                                     .returns = PDF_NOTHING,
                                     .setup = PDF_SETUP,
                                     .examples = curve_examples,
                                     .run = run_curve,
                                     .topic = "output"};

/* --- pdf rect, pdf circle --- */
struct shape_args {
    double x, y, w, h; /* circle: w and h are its radii */
    double radius;
    struct look look;
};
static kam_rc run_rect(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct shape_args *a = args;
    cmd_pdf *p = NULL;
    pdf_ink ink;
    (void)out;
    kam_rc rc = cmd_pdf_page(s, &p, err);
    if (!rc) rc = ink_of(s, p, "pdf rect", &a->look, &ink, err);
    if (rc) return rc;
    double u = p->unit;
    return pdf_canvas_rect(p->canvas, a->x * u, a->y * u, a->w * u, a->h * u, a->radius * u, &ink, err);
}
static kam_rc run_circle(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct shape_args *a = args;
    cmd_pdf *p = NULL;
    pdf_ink ink;
    (void)out;
    kam_rc rc = cmd_pdf_page(s, &p, err);
    if (!rc) rc = ink_of(s, p, "pdf circle", &a->look, &ink, err);
    if (rc) return rc;
    double u = p->unit;
    return pdf_canvas_oval(p->canvas, a->x * u, a->y * u, a->w * u, (isnan(a->h) ? a->w : a->h) * u, &ink, err);
}
#define EXTENT(field, option, flag, en_, zh_)                                                                  \
    {.name = option, .kind = CMD_REAL, .offset = offsetof(struct shape_args, field), .flags = flag, .min = 0.001, .max = PDF_FAR, \
     .help = {en_, zh_}}
static const cmd_arg rect_args[] = {
    PDF_COORD(struct shape_args, x, "x", "left edge", "左边"),
    PDF_COORD(struct shape_args, y, "y", "upper edge", "上边"),
    EXTENT(w, "width", CMD_REQUIRED, "its width", "宽"),
    EXTENT(h, "height", CMD_REQUIRED, "its height", "高"),
    {.name = "-radius", .kind = CMD_REAL, .offset = offsetof(struct shape_args, radius), .def = "0", .min = 0, .max = PDF_FAR,
     .help = {"of rounded corners", "圆角半径"}},
    LOOK_ARGS(struct shape_args), CMD_ARGS_END};
static const cmd_arg circle_args[] = {
    PDF_COORD(struct shape_args, x, "x", "its middle", "圆心横坐标"),
    PDF_COORD(struct shape_args, y, "y", "its middle", "圆心纵坐标"),
    EXTENT(w, "radius", CMD_REQUIRED, "its radius", "半径"),
    EXTENT(h, "-ry", 0, "upright radius of an ellipse", "椭圆的纵向半径"),
    LOOK_ARGS(struct shape_args), CMD_ARGS_END};
static const cmd_example rect_examples[] = {{{"a card", "卡片"}, "pdf rect 20 20 60 30 -radius 2 -fill tint -stroke faint", ""}, CMD_EXAMPLES_END};
static const cmd_example circle_examples[] = {{{"a ring", "圆环"}, "pdf circle 50 50 4 -stroke good -line 2", ""},
                                              {{"an ellipse", "椭圆"}, "pdf circle 50 50 20 -ry 8 -fill tint", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_rect_spec = {.name = "pdf rect",
                                    .summary = {"a rectangle", "矩形"},
                                    .detail = {"Outlined unless a colour is given.", "未给出颜色时只描边。"},
                                    .effect = CMD_CONTROLS,
                                    .args_size = sizeof(struct shape_args),
                                    .args = rect_args,
                                    .returns = PDF_NOTHING,
                                    .setup = PDF_SETUP,
                                    .examples = rect_examples,
                                    .run = run_rect,
                                    .topic = "output"};
const cmd_spec cmd_pdf_circle_spec = {.name = "pdf circle",
                                      .summary = {"a circle or an ellipse", "圆或椭圆"},
                                      .detail = {"Outlined unless a colour is given.", "未给出颜色时只描边。"},
                                      .effect = CMD_CONTROLS,
                                      .args_size = sizeof(struct shape_args),
                                      .args = circle_args,
                                      .returns = PDF_NOTHING,
                                      .setup = PDF_SETUP,
                                      .examples = circle_examples,
                                      .run = run_circle,
                                      .topic = "output"};

/* --- pdf path --- */
struct path_args {
    const char *data;
    struct look look;
};
static kam_rc run_path(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct path_args *a = args;
    cmd_pdf *p = NULL;
    pdf_ink ink;
    pdf_path path = PDF_PATH_INIT;
    (void)out;
    kam_rc rc = cmd_pdf_page(s, &p, err);
    if (!rc) rc = ink_of(s, p, "pdf path", &a->look, &ink, err);
    if (!rc) rc = pdf_path_parse(&path, a->data, p->unit, err);
    if (!rc) rc = pdf_canvas_path(p->canvas, &path, &ink, err);
    pdf_path_release(&path);
    return rc;
}
static const cmd_arg path_args[] = {
    {.name = "data", .kind = CMD_STRING, .offset = offsetof(struct path_args, data), .flags = CMD_REQUIRED,
     .help = {"path data as in SVG, without arcs: M L H V C S Q T Z; small letters are relative",
              "与 SVG 相同的路径数据（不含弧线）：M L H V C S Q T Z；小写为相对坐标"}},
    LOOK_ARGS(struct path_args),
    PDF_FLAG(struct path_args, look.even_odd, "-even-odd", "what is enclosed twice is a hole", "被围两次之处为孔"),
    CMD_ARGS_END};
static const cmd_example path_examples[] = {
    {{"an arrow", "箭头"}, "pdf path {M 20 20 h 30 v -5 l 10 8 -10 8 v -5 h -30 z} -fill accent", ""},
    {{"what is wrong stands with its place", "错误说明位置"}, "pdf path {M 1 2 X 3}", "error: KAM USAGE path"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_path_spec = {.name = "pdf path",
                                    .summary = {"any shape, written as path data", "任意形状，以路径数据书写"},
                                    .detail = {"Several parts may stand in one path.", "一条路径可含多个部分。"},
                                    .effect = CMD_CONTROLS,
                                    .args_size = sizeof(struct path_args),
                                    .args = path_args,
                                    .returns = PDF_NOTHING,
                                    .setup = PDF_SETUP,
                                    .examples = path_examples,
                                    .run = run_path,
                                    .topic = "output"};

/* --- pdf clip --- */
struct clip_args {
    const char *shape;
    Tcl_Obj *script;
    bool even_odd;
};

/* {rect X Y W H}, {circle X Y R}, or path data. */
static kam_rc shape_path(cmd_session *s, const cmd_pdf *p, const char *shape, pdf_path *path, kam_err *err)
{
    bool rect = kam_str_starts(shape, "rect "), circle = kam_str_starts(shape, "circle ");
    if (!rect && !circle) return pdf_path_parse(path, shape, p->unit, err);
    const char *list = shape + (rect ? 5 : 7);
    double *v = NULL;
    size_t n = rect ? 4 : 3, m;
    kam_rc rc = cmd_pdf_numbers(s, "pdf clip", &(cmd_words){1, &list}, n, n, p->unit, &v, &m, err);
    if (rc) return rc;
    if (rect) pdf_path_rect(path, v[0], v[1], v[2], v[3]);
    else pdf_path_oval(path, v[0], v[1], v[2], v[2]);
    kam_free(v);
    return KAM_OK;
}

static kam_rc run_clip(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct clip_args *a = args;
    cmd_pdf *p = NULL;
    pdf_path path = PDF_PATH_INIT;
    (void)out;
    kam_rc rc = cmd_pdf_page(s, &p, err);
    if (!rc) rc = shape_path(s, p, a->shape, &path, err);
    pdf_canvas *canvas = rc ? NULL : p->canvas;
    if (!rc) rc = pdf_canvas_clip(canvas, &path, a->even_odd, err);
    pdf_path_release(&path);
    if (rc) return rc;
    int code = Tcl_EvalObjEx(cmd_session_interp(s), a->script, 0);
    if (code != TCL_OK) rc = cmd_value_from_tcl(s, code, err);
    if (p->canvas == canvas) pdf_canvas_unclip(canvas);
    else if (!rc) {
        kam_err_set(err, KAM_USAGE, "pdf clip: its script began or ended a drawing");
        rc = kam_err_word(err, "pdf clip");
    }
    return rc;
}
static const cmd_arg clip_args[] = {
    {.name = "shape", .kind = CMD_STRING, .offset = offsetof(struct clip_args, shape), .flags = CMD_REQUIRED,
     .help = {"{rect X Y WIDTH HEIGHT}, {circle X Y RADIUS} or path data as of `pdf path`", "{rect X Y 宽 高}、{circle X Y 半径} 或 pdf path 的路径数据"}},
    {.name = "script", .kind = CMD_SCRIPT, .offset = offsetof(struct clip_args, script), .flags = CMD_REQUIRED,
     .help = {"what it draws is seen within the shape only", "其所画内容只在该形状内可见"}},
    PDF_FLAG(struct clip_args, even_odd, "-even-odd", "what is enclosed twice is a hole", "被围两次之处为孔"),
    CMD_ARGS_END};
static const cmd_example clip_examples[] = {
    {{"stripes in a circle", "圆内条纹"}, "pdf clip {circle 50 50 20} {for {set y 30} {$y < 70} {incr y 4} {pdf line 30 $y 70 $y}}", ""},
    {{"a page cannot begin within", "其中不能换页"}, "pdf clip {rect 0 0 10 10} {pdf page}", "error: KAM USAGE clip"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_clip_spec = {.name = "pdf clip",
                                    .summary = {"draw within a shape only", "只在某形状内作画"},
                                    .detail = {"Clips may stand within each other, 22 at most; each ends with its script, also after an error.",
                                               "可以嵌套，至多 22 层；脚本结束（包括出错）时即结束。"},
                                    .effect = CMD_CONTROLS,
                                    .args_size = sizeof(struct clip_args),
                                    .args = clip_args,
                                    .returns = PDF_NOTHING,
                                    .setup = PDF_SETUP,
                                    .examples = clip_examples,
                                    .run = run_clip,
                                    .topic = "output"};
