/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report: begin and end of a report. */
#include "cmd_report.h"
#include "cmd_label.h"
#include "cmd_session_int.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include "store_setting.h"
#include <stddef.h>
#include <string.h>

const char *const cmd_report_no_yes[] = {"no", "yes", NULL};

/* What hangs on the interpreter while a report is in the making. */
typedef struct report_state {
    pdf_flow *flow;
    int lang;
    pdf_fonts *fonts; /* kept from report to report: a batch opens them once */
    char *fonts_of;   /* the setting pdf-font they were opened for */
} report_state;

static const char *const ASSOC = "kam.report";

const char *const cmd_report_formats[] = {"auto", "plain", "percent", "signed", "short", NULL};

static void state_free(ClientData data, Tcl_Interp *interp)
{
    report_state *st = data;
    (void)interp;
    pdf_flow_free(st->flow);
    pdf_fonts_free(st->fonts);
    kam_free(st->fonts_of);
    kam_free(st);
}

static report_state *state_get(cmd_session *s)
{
    Tcl_Interp *interp = cmd_session_interp(s);
    report_state *st = Tcl_GetAssocData(interp, ASSOC, NULL);
    if (!st) {
        st = kam_zalloc(sizeof *st);
        Tcl_SetAssocData(interp, ASSOC, state_free, st);
    }
    return st;
}

/* The fonts of the setting as it is now; when none can be opened the former ones stay. */
static kam_rc open_fonts(cmd_session *s, report_state *st, kam_err *err)
{
    const char *font = store_setting_text(cmd_session_store(s), "pdf-font");
    pdf_fonts *fonts = NULL;
    if (!font) font = "";
    if (st->fonts && kam_streq(st->fonts_of, font)) return KAM_OK;
    kam_rc rc = pdf_fonts_open(*font ? font : NULL, &fonts, err);
    if (rc) return rc;
    pdf_fonts_free(st->fonts);
    kam_free(st->fonts_of);
    st->fonts = fonts, st->fonts_of = kam_strdup(font);
    return KAM_OK;
}

kam_rc cmd_report_flow(cmd_session *s, pdf_flow **out, kam_err *err)
{
    report_state *st = state_get(s);
    if (!st->flow) {
        kam_err_set(err, KAM_USAGE, "no report is in the making; start one with `report begin`, or run a template with "
                                    "`report run`");
        return kam_err_word(err, "report begin");
    }
    *out = st->flow;
    return KAM_OK;
}

bool cmd_report_open(cmd_session *s)
{
    return state_get(s)->flow != NULL;
}

int cmd_report_lang(cmd_session *s)
{
    report_state *st = state_get(s);
    return st->flow ? st->lang : cmd_session_lang(s);
}

static void state_drop(report_state *st)
{
    pdf_flow_free(st->flow);
    st->flow = NULL;
}

/* --- report begin --------------------------------------------------------------------------------------------- */
struct begin_args {
    int lang, paper, tagged;
    const char *theme;
    bool landscape, mirrored, plain;
    const char *title, *subject, *header_left, *header_right, *footer;
};
static const char *const LANGS[] = {"en", "zh", NULL};
static const char *const PAPERS[] = {"a4", "a3", "letter", NULL};

/* As {base print accent #7a1f2b body 11 logo FILE}. */
kam_rc cmd_report_theme(Tcl_Interp *interp, const char *text, pdf_theme *th, char **logo, kam_err *err)
{
    const pdf_theme *named = pdf_theme_find(text);
    int n = 0;
    const char **w = NULL;
    *th = named ? *named : *pdf_theme_screen();
    if (named) return KAM_OK;
    if (Tcl_SplitList(interp, text, &n, &w) != TCL_OK || n % 2) {
        if (w) Tcl_Free((char *)w);
        kam_err_set(err, KAM_USAGE, "theme %s: neither screen nor print, nor a list of pairs: name value …", text);
        kam_err_word(err, "theme");
        return kam_err_word(err, text);
    }
    kam_rc rc = KAM_OK;
    for (int i = 0; i < n && !rc; i += 2) {
        if (strcmp(w[i], "base") != 0) continue;
        named = pdf_theme_find(w[i + 1]);
        if (named) *th = *named;
        else {
            kam_err_set(err, KAM_USAGE, "theme: base is screen or print, not %s", w[i + 1]);
            kam_err_word(err, "theme");
            rc = kam_err_word(err, "base");
        }
    }
    for (int i = 0; i < n && !rc; i += 2)
        if (strcmp(w[i], "logo") == 0) kam_free(*logo), *logo = kam_strdup(w[i + 1]);
        else if (strcmp(w[i], "base") != 0) rc = pdf_theme_set(th, w[i], w[i + 1], err);
    Tcl_Free((char *)w);
    return rc;
}

static const char *word_of(const kam_column *c, const char *value, pdf_lang lang)
{
    return cmd_label_word(c, value, lang == PDF_ZH ? CMD_LANG_ZH : CMD_LANG_EN);
}

/* As the option says, else as what runs the template was told, else as the setting says. */
static bool is_tagged(cmd_session *s, int option)
{
    if (option >= 0) return option > 0;
    const char *told = Tcl_GetVar2(cmd_session_interp(s), "::kam::template::tagged", NULL, TCL_GLOBAL_ONLY);
    return kam_streq(told && *told ? told : store_setting_text(cmd_session_store(s), "report-tagged"), "yes");
}

static kam_rc run_begin(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct begin_args *a = args;
    report_state *st = state_get(s);
    pdf_theme theme;
    (void)out;
    char *logo = NULL;
    kam_rc rc = cmd_report_theme(cmd_session_interp(s), a->theme, &theme, &logo, err);
    if (rc) {
        kam_free(logo);
        return rc;
    }
    state_drop(st);
    st->lang = a->lang < 0 ? cmd_session_lang(s) : a->lang == 0 ? CMD_LANG_EN : CMD_LANG_ZH;
    pdf_doc_opts o = {.lang = st->lang == CMD_LANG_ZH ? PDF_ZH : PDF_EN,
                      .paper = (pdf_paper)a->paper,
                      .landscape = a->landscape,
                      .theme = &theme,
                      .title = a->title,
                      .subject = a->subject,
                      .header_left = a->header_left,
                      .header_right = a->header_right,
                      .footer_left = a->footer,
                      .mirrored = a->mirrored,
                      .first_page_plain = a->plain,
                      .word = word_of,
                      .tagged = is_tagged(s, a->tagged)};
    st->flow = pdf_flow_new(&o);
    pdf_flow_watch(st->flow, cmd_session_progress(s));
    pdf_flow_unsynced(st->flow, s->unsynced);
    if (logo && cmd_session_confined(s)) {
        rc = kam_err_set(err, KAM_USAGE, "report begin: a template that is not trusted may not name a logo");
        kam_err_word(err, "report begin");
    } else if (logo) rc = pdf_flow_logo(st->flow, logo, err);
    if (rc) state_drop(st);
    kam_free(logo);
    return rc;
}

static const cmd_arg begin_spec_args[] = {
    {.name = "-lang", .kind = CMD_ENUM, .offset = offsetof(struct begin_args, lang), .values = LANGS,
     .help = {"language of the report (default: the session's)", "报告语言（默认：会话语言）"}},
    REPORT_STR(struct begin_args, title, "-title", "title in the document's properties", "文档属性中的标题"),
    REPORT_STR(struct begin_args, subject, "-subject", "subject in the document's properties", "文档属性中的主题"),
    REPORT_STR(struct begin_args, header_left, "-header-left", "running head, left", "页眉左侧"),
    REPORT_STR(struct begin_args, header_right, "-header-right", "running head, right", "页眉右侧"),
    REPORT_STR(struct begin_args, footer, "-footer", "foot line, left (page x of y stands at the right)",
               "页脚左侧（右侧为页码）"),
    {.name = "-theme", .kind = CMD_STRING, .offset = offsetof(struct begin_args, theme), .def = "screen",
     .help = {"`screen`, `print` (black and white), or a dict of values over one of them: {base screen accent #7a1f2b body 11 logo logo.png}",
              "screen 彩色、print 黑白，或在其一之上改动的字典：{base screen accent #7a1f2b body 11 logo logo.png}"}},
    {.name = "-paper", .kind = CMD_ENUM, .offset = offsetof(struct begin_args, paper), .values = PAPERS, .def = "a4",
     .help = {"paper size", "纸张"}},
    REPORT_FLAG(struct begin_args, landscape, "-landscape", "landscape pages", "横向页面"),
    REPORT_FLAG(struct begin_args, mirrored, "-mirrored", "page number on the outer edge, for bound copies",
                "页码在外侧，便于装订"),
    REPORT_FLAG(struct begin_args, plain, "-first-page-plain", "of the running head the first page has its right part only", "首页只有右侧页眉"),
    REPORT_TAGGED(struct begin_args),
    CMD_ARGS_END};
static const cmd_example begin_examples[] = {
    {{"start a report in English", "开始一份英文报告"}, "report begin -lang en -title Hello", ""},
    {{"a theme of your own", "自定主题"}, "report begin -theme {base print accent #7a1f2b margin-left 25 ragged 1}", ""},
    {{"an unknown name is refused", "未知名称会被拒绝"}, "report begin -theme {acent #7a1f2b}", "error: KAM USAGE theme acent"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_begin_spec = {
    .name = "report begin",
    .summary = {"start a report; blocks are added to it until `report save`", "开始一份报告，逐块添加内容，直到 report save"},
    .detail = {"One report is in the making at a time; beginning another one drops it.",
               "同一时间只有一份报告在编写；再次 begin 会丢弃前一份。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct begin_args),
    .args = begin_spec_args,
    .returns = {"nothing", "无"},
    .examples = begin_examples,
    .run = run_begin,
    .topic = "output"};

/* --- report save ---------------------------------------------------------------------------------------------- */
struct save_args {
    const char *file;
};

kam_rc cmd_report_write(cmd_session *s, const char *path, kam_table **out, kam_err *err)
{
    report_state *st = state_get(s);
    pdf_flow *flow = NULL;
    kam_rc rc = cmd_report_flow(s, &flow, err);
    if (rc) return rc;
    rc = open_fonts(s, st, err);
    if (rc) return rc;
    pdf_report made;
    if (s->checking) {
        kam_str bytes = KAM_STR_INIT;
        rc = pdf_flow_bytes(flow, st->fonts, &bytes, &made, err);
        kam_str_release(&bytes);
    } else rc = pdf_flow_save(flow, st->fonts, path, &made, err);
    if (rc) return rc;
    state_drop(st);
    *out = cmd_report_made(s, path, &made);
    return KAM_OK;
}

static kam_rc run_save(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    kam_table *t = NULL;
    kam_rc rc = cmd_report_write(s, ((const struct save_args *)args)->file, &t, err);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg save_spec_args[] = {{.name = "file", .kind = CMD_FILE, .offset = offsetof(struct save_args, file),
                                          .flags = CMD_REQUIRED, .help = {"the PDF to write", "要写入的 PDF 文件"}},
                                         CMD_ARGS_END};
static const cmd_column save_columns[] = {
    {"file", KAM_TEXT, {"what was written", "写入的文件"}, NULL},
    {"pages", KAM_INT, {"its pages", "页数"}, NULL},
    {"bytes", KAM_INT, {"its size", "字节数"}, NULL},
    {"missing_characters", KAM_INT, {"distinct characters no font has (printed as boxes)", "字体中缺少的字符数（印为方框）"},
     NULL},
    CMD_REPORT_WARNINGS,
    CMD_COLUMNS_END};
static const cmd_example save_examples[] = {
    {{"nothing to save", "没有可保存的报告"}, "report discard; report save x.pdf", "error: KAM USAGE {report begin}"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_save_spec = {
    .name = "report save",
    .summary = {"write the report in the making as a PDF", "将正在编写的报告写成 PDF"},
    .detail = {"The file appears complete under its name or not at all. The same data, fonts and library versions give the "
               "same bytes.",
               "文件要么完整出现，要么不出现。相同的数据、字体与库版本得到逐字节相同的文件。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct save_args),
    .args = save_spec_args,
    .columns = save_columns,
    .examples = save_examples,
    .run = run_save,
    .topic = "output"};

/* --- report discard, report dump ------------------------------------------------------------------------------ */
static kam_rc run_discard(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)args;
    (void)out;
    (void)err;
    state_drop(state_get(s));
    return KAM_OK;
}
static const cmd_example discard_examples[] = {{{"drop it", "丢弃"}, "report discard", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_report_discard_spec = {
    .name = "report discard",
    .summary = {"drop the report in the making", "丢弃正在编写的报告"},
    .detail = {"Harmless when there is none.", "没有报告时不做任何事。"},
    .effect = CMD_CONTROLS,
    .returns = {"nothing", "无"},
    .examples = discard_examples,
    .run = run_discard,
    .topic = "output"};

static kam_rc run_faults(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)args;
    report_state *st = state_get(s);
    pdf_flow *flow = NULL;
    size_t n = 0;
    kam_str text = KAM_STR_INIT;
    kam_rc rc = cmd_report_flow(s, &flow, err);
    if (!rc) rc = open_fonts(s, st, err);
    if (!rc) rc = pdf_flow_faults(flow, st->fonts, &n, &text, err);
    if (!rc) {
        while (text.len && text.s[text.len - 1] == '\n') text.s[--text.len] = '\0';
        cmd_value_set_text(out, kam_str_cstr(&text));
    }
    kam_str_release(&text);
    return rc;
}
static const cmd_example faults_examples[] = {
    {{"a sound page has none", "正常页面没有问题"}, "report heading 1 Hello; report faults", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_report_faults_spec = {
    .name = "report faults",
    .summary = {"what a reader of the report in the making would stumble over", "正在编写的报告中会妨碍阅读之处"},
    .detail = {"Texts that overlap; texts, lines, areas and pictures that leave their page; references to no heading. One a line, the first 50; empty when the layout is sound. Laid out with the fonts the PDF would have.",
               "互相重叠的文字；超出页面的文字、线条、色块与图片；没有对应标题的页码引用。每行一处，至多 50 处；排版正常时为空。按 PDF 将用的字体排版。"},
    .effect = CMD_CONTROLS,
    .returns = {"text", "文本"},
    .setup = REPORT_SETUP,
    .examples = faults_examples,
    .run = run_faults,
    .topic = "output"};

static kam_rc run_dump(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    (void)args;
    pdf_flow *flow = NULL;
    kam_str text = KAM_STR_INIT;
    kam_rc rc = cmd_report_flow(s, &flow, err);
    if (!rc) rc = pdf_flow_dump(flow, &text, err);
    if (!rc) cmd_value_set_text(out, kam_str_cstr(&text));
    kam_str_release(&text);
    return rc;
}
static const cmd_example dump_examples[] = {
    {{"the first line of a dump", "排版结果的首行"}, "report heading 1 Hello; expr {[string length [report dump]] > 0}", "1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_dump_spec = {
    .name = "report dump",
    .summary = {"the laid-out report as text, one drawing operation a line", "以文本列出排版结果，每行一个绘图操作"},
    .detail = {"Laid out with synthetic metrics, so that it does not depend on installed fonts; tests compare it.",
               "使用合成字宽排版，不依赖已装字体；供测试比较。"},
    .effect = CMD_CONTROLS,
    .returns = {"text", "文本"},
    .setup = REPORT_SETUP,
    .examples = dump_examples,
    .run = run_dump,
    .topic = "output"};
