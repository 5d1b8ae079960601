/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_pdf: begin, pages and end of a drawing. */
#include "cmd_pdf.h"
#include "cmd_report.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "store_setting.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

static const char *const ASSOC = "kam.pdf";

static void drop_fonts(cmd_pdf *p)
{
    pdf_fonts_free(p->fonts);
    kam_free(p->fonts_of);
    p->fonts = NULL, p->fonts_of = NULL;
}

/* Fonts that texts have named would change the numbers of later ones, and with them the bytes. */
static void drop(cmd_pdf *p)
{
    pdf_canvas_free(p->canvas);
    if (p->n_names) drop_fonts(p);
    for (size_t i = 0; i < p->n_names; i++) kam_free(p->name[i].font);
    *p = (cmd_pdf){.unit = 1, .fonts = p->fonts, .fonts_of = p->fonts_of};
}

static void state_free(ClientData data, Tcl_Interp *interp)
{
    (void)interp;
    drop(data);
    drop_fonts(data);
    kam_free(data);
}

static cmd_pdf *state_get(cmd_session *s)
{
    Tcl_Interp *interp = cmd_session_interp(s);
    cmd_pdf *p = Tcl_GetAssocData(interp, ASSOC, NULL);
    if (!p) {
        p = kam_zalloc(sizeof *p);
        Tcl_SetAssocData(interp, ASSOC, state_free, p);
    }
    return p;
}

bool cmd_pdf_open(cmd_session *s)
{
    return state_get(s)->canvas != NULL;
}

kam_rc cmd_pdf_get(cmd_session *s, cmd_pdf **out, kam_err *err)
{
    *out = state_get(s);
    if ((*out)->canvas) return KAM_OK;
    kam_err_set(err, KAM_USAGE, "no drawing is in the making; start one with `pdf begin`");
    return kam_err_word(err, "pdf begin");
}

kam_rc cmd_pdf_page(cmd_session *s, cmd_pdf **out, kam_err *err)
{
    kam_rc rc = cmd_pdf_get(s, out, err);
    if (rc || pdf_canvas_pages((*out)->canvas)) return rc;
    return pdf_canvas_page((*out)->canvas, (*out)->page_w, (*out)->page_h, err);
}

/* --- shared --- */
const char *const cmd_pdf_colours[] = {"ink", "muted", "faint", "accent", "accent-dark", "tint", "zebra", "head-fill", "head-ink", "good", "warn", "bad",
                                       "unknown", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6", "black", "white",
                                       "none", NULL};

static kam_rc bad_number(const char *command, const char *word, kam_err *err)
{
    kam_err_set(err, KAM_USAGE, "%s: \"%.100s\" is not a number from %d to %d", command, word, -PDF_FAR, PDF_FAR);
    return kam_err_word(err, command);
}

static kam_rc numbers_of(const char *command, const char *const *w, size_t n, double scale, double *v, kam_err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!kam_parse_real(w[i], &v[i]) || fabs(v[i]) > PDF_FAR) return bad_number(command, w[i], err);
        v[i] *= scale;
    }
    return KAM_OK;
}

/* The words themselves, or the one word as a list. */
kam_rc cmd_pdf_numbers(cmd_session *s, const char *command, const cmd_words *w, size_t least, size_t most, double scale, double **v,
                       size_t *n, kam_err *err)
{
    const char **split = NULL, *const *word = w->word;
    int m = (int)w->n;
    if (w->n == 1 && Tcl_SplitList(cmd_session_interp(s), w->word[0], &m, &split) != TCL_OK) return bad_number(command, w->word[0], err);
    if (split) word = split;
    *n = (size_t)m;
    *v = kam_calloc(*n + 1, sizeof **v);
    kam_rc rc = numbers_of(command, word, *n, scale, *v, err);
    if (!rc && (*n < least || *n > most)) {
        if (least == most) kam_err_set(err, KAM_USAGE, "%s: %zu numbers are needed, not %zu", command, least, *n);
        else kam_err_set(err, KAM_USAGE, "%s: %zu to %zu numbers are needed, not %zu", command, least, most, *n);
        rc = kam_err_word(err, command);
    }
    if (split) Tcl_Free((char *)split);
    if (rc) kam_free(*v), *v = NULL;
    return rc;
}

kam_rc cmd_pdf_colour(const cmd_pdf *p, const char *text, pdf_rgb other, pdf_rgb *out, kam_err *err)
{
    *out = other;
    return text ? pdf_colour_parse(pdf_canvas_theme(p->canvas), text, out, err) : KAM_OK;
}

void cmd_pdf_dict(const cmd_pdf *p, cmd_value *out, const char *const *names, const double *points, size_t n)
{
    Tcl_Obj *d = Tcl_NewListObj(0, NULL);
    for (size_t i = 0; i < n; i++) {
        double v = floor(points[i] / p->unit * 1000 + 0.5) / 1000; /* thousandths of a millimetre are enough to read */
        Tcl_ListObjAppendElement(NULL, d, Tcl_NewStringObj(names[i], -1));
        Tcl_ListObjAppendElement(NULL, d, Tcl_NewDoubleObj(v == 0 ? 0 : v));
    }
    cmd_value_set_obj(out, d);
}

/* --- pages --- */
/* in the order of pdf_paper */
static const char *const PAPERS[] = {"a4", "a3", "letter", "a5", NULL};
static const char *const LANGS[] = {"en", "zh", NULL};
static const char *const UNITS[] = {"mm", "cm", "in", "pt", NULL};
static const double UNIT_PT[] = {72 / 25.4, 72 / 2.54, 72, 1};

struct page_form {
    int paper;
    cmd_words size;
    bool landscape;
};

/* Width and height in points: a size, else a paper, else what was there before. */
static kam_rc form_of(cmd_session *s, const char *command, const struct page_form *f, double unit, double *w, double *h, kam_err *err)
{
    if (f->size.n) {
        double *v = NULL;
        size_t n;
        kam_rc rc = cmd_pdf_numbers(s, command, &f->size, 2, 2, unit, &v, &n, err);
        if (rc) return rc;
        *w = v[0], *h = v[1];
        kam_free(v);
    } else if (f->paper >= 0) {
        pdf_paper_size((pdf_paper)f->paper, w, h);
    }
    if (f->landscape && *w < *h) {
        double side = *w;
        *w = *h, *h = side;
    }
    return KAM_OK;
}

#define FORM_ARGS(type)                                                                                        \
    {.name = "-size", .kind = CMD_LIST, .offset = offsetof(type, form.size), .help = {"width and height of the page", "页面的宽与高"}}, \
    PDF_FLAG(type, form.landscape, "-landscape", "the longer side lies", "横向")

/* --- pdf begin --- */
struct begin_args {
    struct page_form form;
    int lang, unit;
    const char *theme, *font, *title, *author, *subject;
};

/* `asked` is NULL for the setting's, which is the user's own. *out is NULL when those at hand are right. */
static kam_rc open_fonts(cmd_session *s, const cmd_pdf *p, const char *asked, const char *font, pdf_fonts **out, kam_err *err)
{
    if (asked && strchr(asked, '/') && cmd_session_confined(s)) {
        kam_err_set(err, KAM_USAGE, "%s: a template that is not trusted may not name files", "-font");
        return kam_err_word(err, "pdf");
    }
    if (p->fonts && p->n_names == 0 && kam_streq(p->fonts_of, font)) return KAM_OK;
    return pdf_fonts_open(font, out, err);
}

static kam_rc run_begin(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct begin_args *a = args;
    cmd_pdf *p = state_get(s);
    pdf_theme theme;
    char *logo = NULL;
    double w = 0, h = 0;
    pdf_fonts *fonts = NULL;
    (void)out;
    kam_rc rc = cmd_report_theme(cmd_session_interp(s), a->theme, &theme, &logo, err);
    if (!rc && logo) {
        kam_err_set(err, KAM_USAGE, "pdf begin: a logo belongs to reports; draw it with `pdf image`");
        rc = kam_err_word(err, "pdf begin");
    }
    kam_free(logo);
    if (!rc) rc = form_of(s, "pdf begin -size", &a->form, UNIT_PT[a->unit], &w, &h, err);
    const char *font = a->font ? a->font : store_setting_text(cmd_session_store(s), "pdf-font");
    if (!rc) rc = open_fonts(s, p, a->font, font ? font : "", &fonts, err);
    if (rc) return rc;
    drop(p);
    if (fonts) {
        drop_fonts(p);
        p->fonts = fonts, p->fonts_of = kam_strdup(font ? font : "");
    }
    bool zh = (a->lang < 0 ? cmd_session_lang(s) : a->lang == 0 ? CMD_LANG_EN : CMD_LANG_ZH) == CMD_LANG_ZH;
    pdf_doc_opts o = {.lang = zh ? PDF_ZH : PDF_EN, .theme = &theme, .title = a->title, .author = a->author, .subject = a->subject};
    p->canvas = pdf_canvas_new(&o, p->fonts), p->unit = UNIT_PT[a->unit], p->page_w = w, p->page_h = h;
    return KAM_OK;
}

static const cmd_arg begin_args[] = {
    {.name = "-paper", .kind = CMD_ENUM, .offset = offsetof(struct begin_args, form.paper), .values = PAPERS, .def = "a4",
     .help = {"paper of its pages", "纸张"}},
    FORM_ARGS(struct begin_args),
    {.name = "-unit", .kind = CMD_ENUM, .offset = offsetof(struct begin_args, unit), .values = UNITS, .def = "mm",
     .help = {"of all coordinates; type and line widths are points", "坐标单位；字号与线宽总以磅计"}},
    {.name = "-lang", .kind = CMD_ENUM, .offset = offsetof(struct begin_args, lang), .values = LANGS,
     .help = {"language of the document: leading, and what readers are told (default: the session's)", "文档语言，影响行距（默认：会话语言）"}},
    {.name = "-theme", .kind = CMD_STRING, .offset = offsetof(struct begin_args, theme), .def = "screen",
     .help = {"`screen`, `print` or a dict of values, as of `report begin`; its colours can be named", "screen、print 或取值字典，同 report begin；其颜色可按名使用"}},
    PDF_STR(struct begin_args, font, "-font", "family or file tried before all others (default: setting pdf-font)", "优先使用的字体族或字体文件（默认：设置 pdf-font）"),
    PDF_STR(struct begin_args, title, "-title", "title in the document's properties", "文档属性中的标题"),
    PDF_STR(struct begin_args, author, "-author", "author in the document's properties", "文档属性中的作者"),
    PDF_STR(struct begin_args, subject, "-subject", "subject in the document's properties", "文档属性中的主题"),
    CMD_ARGS_END};
static const cmd_example begin_examples[] = {
    {{"an A4 drawing in millimetres", "A4 图，以毫米计"}, "pdf begin -title {A map} -landscape; pdf size", "width 297.0 height 210.0 page 0 pages 0"},
    {{"a card, in points", "一张卡片，以磅计"}, "pdf begin -unit pt -size {240 150}; pdf page; pdf size", "width 240.0 height 150.0 page 1 pages 1"},
    {{"an unknown paper", "未知纸张"}, "pdf begin -paper a44", "error: KAM USAGE {pdf begin}"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_begin_spec = {
    .name = "pdf begin",
    .summary = {"start a drawing: pages on which you place every word and line", "开始一份绘图：逐一放置文字与线条的页面"},
    .detail = {"Coordinates count from the upper left corner of the page, to the right and downwards. The first page comes by itself; "
               "`pdf page` begins the next. One drawing is in the making at a time; beginning another one drops it. "
               "Documents whose text flows over pages are better made with `report begin`.",
               "坐标从页面左上角起，向右、向下增大。第一页自动生成，此后用 pdf page 换页。同一时间只有一份绘图；再次 begin 会丢弃前一份。"
               "文字需要跨页排版的文档更宜用 report begin。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct begin_args),
    .args = begin_args,
    .returns = PDF_NOTHING,
    .examples = begin_examples,
    .run = run_begin,
    .topic = "output"};

/* --- pdf page --- */
struct page_args {
    struct page_form form;
    bool portrait;
};
static kam_rc run_page(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct page_args *a = args;
    cmd_pdf *p;
    kam_rc rc = cmd_pdf_get(s, &p, err);
    if (rc) return rc;
    double w = p->page_w, h = p->page_h;
    rc = form_of(s, "pdf page -size", &a->form, p->unit, &w, &h, err);
    if (rc) return rc;
    if (a->portrait && w > h) {
        double side = w;
        w = h, h = side;
    }
    rc = pdf_canvas_page(p->canvas, w, h, err);
    if (!rc) cmd_value_set_int(out, (int64_t)pdf_canvas_pages(p->canvas));
    return rc;
}
static const cmd_arg page_args[] = {
    {.name = "-paper", .kind = CMD_ENUM, .offset = offsetof(struct page_args, form.paper), .values = PAPERS,
     .help = {"paper of this page (default: that of `pdf begin`)", "本页纸张（默认同 pdf begin）"}},
    FORM_ARGS(struct page_args),
    PDF_FLAG(struct page_args, portrait, "-portrait", "the longer side stands", "纵向"),
    CMD_ARGS_END};
static const cmd_example page_examples[] = {
    {{"a second page, lying", "第二页，横向"}, "pdf page; pdf page -landscape; pdf size", "width 297.0 height 210.0 page 2 pages 2"}, CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_page_spec = {.name = "pdf page",
                                    .summary = {"begin a page", "新的一页"},
                                    .detail = {"What follows is drawn on it; there is no way back to an earlier page. At most 10,000 pages.",
                                               "此后的内容画在该页上，不能回到前面的页。至多 10,000 页。"},
                                    .effect = CMD_CONTROLS,
                                    .args_size = sizeof(struct page_args),
                                    .args = page_args,
                                    .returns = {"its number", "页号"},
                                    .setup = PDF_SETUP,
                                    .examples = page_examples,
                                    .run = run_page,
                                    .topic = "output"};

/* --- pdf size --- */
static kam_rc run_size(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    cmd_pdf *p;
    double v[2];
    (void)args;
    kam_rc rc = cmd_pdf_get(s, &p, err);
    if (rc) return rc;
    pdf_canvas_size(p->canvas, &v[0], &v[1]);
    int pages = (int)pdf_canvas_pages(p->canvas);
    if (pages == 0) v[0] = p->page_w, v[1] = p->page_h;
    static const char *const names[] = {"width", "height"};
    cmd_pdf_dict(p, out, names, v, 2);
    for (int i = 0; i < 2; i++) {
        Tcl_ListObjAppendElement(NULL, out->obj, Tcl_NewStringObj(i ? "pages" : "page", -1));
        Tcl_ListObjAppendElement(NULL, out->obj, Tcl_NewIntObj(pages));
    }
    return KAM_OK;
}
static const cmd_example size_examples[] = {{{"A4", "A4"}, "pdf size", "width 210.0 height 297.0 page 0 pages 0"}, CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_size_spec = {.name = "pdf size",
                                    .summary = {"the page that is drawn on: its size and number", "当前页的尺寸与页号"},
                                    .detail = {"In the unit of the drawing. Before the first page: the size it will have, and page 0.",
                                               "以绘图单位计。尚无页面时给出将有的尺寸，页号为 0。"},
                                    .effect = CMD_CONTROLS,
                                    .returns = {"a dict: width height page pages", "字典：width height page pages"},
                                    .setup = PDF_SETUP,
                                    .examples = size_examples,
                                    .run = run_size,
                                    .topic = "output"};

/* --- pdf save, discard, dump, faults --- */
struct save_args {
    const char *file;
};
kam_rc cmd_pdf_write(cmd_session *s, const char *path, kam_table **out, kam_err *err)
{
    cmd_pdf *p;
    pdf_report made;
    kam_rc rc = cmd_pdf_get(s, &p, err);
    if (!rc) rc = pdf_canvas_save(p->canvas, path, !s->unsynced, cmd_session_progress(s), &made, err);
    if (rc) return rc;
    drop(p);
    *out = cmd_report_made(s, path, &made);
    return KAM_OK;
}
static kam_rc run_save(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = cmd_pdf_write(s, ((const struct save_args *)args)->file, &t, err);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}
static const cmd_arg save_args[] = {{.name = "file", .kind = CMD_FILE, .offset = offsetof(struct save_args, file), .flags = CMD_REQUIRED,
                                     .help = {"the PDF to write", "要写入的 PDF 文件"}},
                                    CMD_ARGS_END};
static const cmd_column save_columns[] = {
    {"file", KAM_TEXT, {"what was written", "写入的文件"}, NULL},
    {"pages", KAM_INT, {"its pages", "页数"}, NULL},
    {"bytes", KAM_INT, {"its size", "字节数"}, NULL},
    {"missing_characters", KAM_INT, {"distinct characters no font has (printed as boxes)", "字体中缺少的字符数（印为方框）"}, NULL},
    CMD_REPORT_WARNINGS,
    CMD_COLUMNS_END};
static const cmd_example save_examples[] = {
    {{"nothing was drawn", "什么也没有画"}, "pdf save x.pdf", "error: KAM USAGE page"},
    {{"a link that leads nowhere", "链接的目标页不存在"}, "pdf text 20 20 {see page 3} -page 3; pdf save x.pdf", "error: KAM USAGE link"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_save_spec = {
    .name = "pdf save",
    .summary = {"write the drawing as a PDF and end it", "将绘图写成 PDF 并结束"},
    .detail = {"The file appears complete under its name or not at all; after an error, or ^C, the drawing is still there. The same script, "
               "fonts and library versions give the same bytes.",
               "文件要么完整出现，要么不出现；出错或按 ^C 之后绘图仍在。相同的脚本、字体与库版本得到逐字节相同的文件。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct save_args),
    .args = save_args,
    .columns = save_columns,
    .setup = PDF_SETUP,
    .examples = save_examples,
    .run = run_save,
    .topic = "output"};

static kam_rc run_discard(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)args, (void)out, (void)err;
    drop(state_get(s));
    return KAM_OK;
}
static const cmd_example discard_examples[] = {{{"drop it", "丢弃"}, "pdf discard", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_discard_spec = {.name = "pdf discard",
                                       .summary = {"drop the drawing in the making", "丢弃正在编写的绘图"},
                                       .detail = {"Harmless when there is none.", "没有绘图时不做任何事。"},
                                       .effect = CMD_CONTROLS,
                                       .returns = PDF_NOTHING,
                                       .examples = discard_examples,
                                       .run = run_discard,
                                       .topic = "output"};

static kam_rc run_dump(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    cmd_pdf *p;
    (void)args;
    kam_rc rc = cmd_pdf_get(s, &p, err);
    if (rc) return rc;
    kam_str text = KAM_STR_INIT;
    pdf_canvas_dump(p->canvas, &text);
    cmd_value_set_text(out, kam_str_cstr(&text));
    kam_str_release(&text);
    return KAM_OK;
}
static const cmd_example dump_examples[] = {
    {{"what was drawn", "画了什么"}, "pdf rect 10 10 20 5 -fill accent; lindex [split [pdf dump] \\n] 2", "rect 28.35 28.35 56.69 14.17 fill=#1f5a8c"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_dump_spec = {.name = "pdf dump",
                                    .summary = {"the drawing as a list of operations, for tests", "绘图的操作清单，供测试用"},
                                    .detail = {"One a line, in points from the upper left corner of the page.", "每行一项，以磅计，从页面左上角算起。"},
                                    .effect = CMD_CONTROLS,
                                    .returns = {"text", "文本"},
                                    .setup = PDF_SETUP,
                                    .examples = dump_examples,
                                    .run = run_dump,
                                    .topic = "output"};

static kam_rc run_faults(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    cmd_pdf *p;
    (void)args;
    kam_rc rc = cmd_pdf_get(s, &p, err);
    if (rc) return rc;
    kam_str text = KAM_STR_INIT;
    pdf_canvas_faults(p->canvas, &text);
    while (text.len && text.s[text.len - 1] == '\n') text.s[--text.len] = '\0';
    cmd_value_set_text(out, kam_str_cstr(&text));
    kam_str_release(&text);
    return KAM_OK;
}
static const cmd_example faults_examples[] = {
    {{"a word beyond the edge", "超出页边的文字"}, "pdf text 209 20 Hello; pdf faults", "page 1: \"Hello\" leaves the page"}, CMD_EXAMPLES_END};
const cmd_spec cmd_pdf_faults_spec = {
    .name = "pdf faults",
    .summary = {"texts of the drawing that overlap or leave their page", "绘图中互相重叠或超出页面的文字"},
    .detail = {"One a line, the first 50; empty when there is none. Texts at a slant are looked at for the page only.",
               "每行一处，至多 50 处；没有时为空。斜置的文字只检查是否超出页面。"},
    .effect = CMD_CONTROLS,
    .returns = {"text", "文本"},
    .setup = PDF_SETUP,
    .examples = faults_examples,
    .run = run_faults,
    .topic = "output"};
