/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_report_text: the blocks of a report that are made of words: title, heading, paragraph, items, note, tiles, room to
 * write, columns, page structure. Each handler is one call of pdf_flow. */
#include "cmd_report.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_mem.h"
#include <stddef.h>
#include <string.h>

/* Words are data unless the template says -marks: then **bold** and __emphasis__ are read. */
static void style(pdf_flow *f, bool marks, int align)
{
    pdf_flow_markup(f, marks);
    pdf_flow_align(f, (pdf_para)align);
}
static const char *const PARA_ALIGNS[] = REPORT_ALIGNS;

static kam_rc usage(kam_err *err, const char *command, const char *why)
{
    kam_err_set(err, KAM_USAGE, "%s: %s", command, why);
    return kam_err_word(err, command);
}

/* --- title --- */
struct title_args {
    const char *title, *kicker, *subtitle;
    cmd_words facts;
};
static kam_rc run_title(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct title_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    if (a->facts.n % 2) return usage(err, "report title", "-facts takes pairs: name value name value …");
    pdf_fact *facts = kam_calloc(a->facts.n / 2 + 1, sizeof *facts);
    for (size_t i = 0; i + 1 < a->facts.n; i += 2) facts[i / 2] = (pdf_fact){a->facts.word[i], a->facts.word[i + 1]};
    pdf_title t = {a->kicker, a->title, a->subtitle, facts, a->facts.n / 2};
    pdf_flow_title(f, &t);
    kam_free(facts);
    return KAM_OK;
}
static const cmd_arg title_args[] = {
    {.name = "title", .kind = CMD_STRING, .offset = offsetof(struct title_args, title), .flags = CMD_REQUIRED,
     .help = {"the title", "标题"}},
    REPORT_STR(struct title_args, kicker, "-kicker", "small line above it", "标题上方的小字"),
    REPORT_STR(struct title_args, subtitle, "-subtitle", "line below it", "副标题"),
    {.name = "-facts", .kind = CMD_LIST, .offset = offsetof(struct title_args, facts),
     .help = {"pairs of name and value set in two columns", "名称与值成对，分两栏排列"}},
    CMD_ARGS_END};
static const cmd_example title_examples[] = {
    {{"a title with two facts", "带两项信息的标题"}, "report title {Huaxin} -kicker {Account plan} -facts {Owner R01 Period 2026}", ""},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_title_spec = {.name = "report title",
                                   .summary = {"the title block", "标题区"},
                                   .detail = {"Usually the first block of a report.", "通常是报告的第一块。"},
                                   .effect = CMD_CONTROLS,
                                   .args_size = sizeof(struct title_args),
                                   .args = title_args,
                                   .returns = REPORT_NOTHING,
                                   .setup = REPORT_SETUP,
                                   .examples = title_examples,
                                   .run = run_title,
                                   .topic = "output"};

/* --- heading --- */
struct heading_args {
    int64_t level;
    const char *text, *name;
};
static kam_rc run_heading(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct heading_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (!rc) pdf_flow_heading(f, (int)a->level, a->text);
    if (!rc && a->name) pdf_flow_name(f, a->name);
    return rc;
}
static const cmd_arg heading_args[] = {
    {.name = "level", .kind = CMD_INT, .offset = offsetof(struct heading_args, level), .flags = CMD_REQUIRED, .min = 1, .max = 3,
     .help = {"1, 2 or 3", "1、2 或 3"}},
    {.name = "text", .kind = CMD_STRING, .offset = offsetof(struct heading_args, text), .flags = CMD_REQUIRED,
     .help = {"its words", "文字"}},
    REPORT_STR(struct heading_args, name, "-name", "a name: {page:NAME} in a text with -marks is the number of its page",
               "名称：在带 -marks 的文字中写 {page:名称} 即得其页码"),
    CMD_ARGS_END};
static const cmd_example heading_examples[] = {
    {{"a section", "一节"}, "report heading 1 {Where we stand}", ""},
    {{"a section others point to", "可供引用的一节"},
     "report text {Risks: page {page:risks}} -marks; report break; report heading 1 Risks -name risks; "
     "regexp {Risks: page 2} [report dump]", "1"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_heading_spec = {
    .name = "report heading",
    .summary = {"a heading; it goes into outline and contents", "标题；进入书签与目录"},
    .detail = {"A heading never stands alone at the foot of a page.", "标题不会单独留在页脚。"},
    .effect = CMD_CONTROLS,
    .args_size = sizeof(struct heading_args),
    .args = heading_args,
    .returns = REPORT_NOTHING,
    .setup = REPORT_SETUP,
    .examples = heading_examples,
    .run = run_heading,
    .topic = "output"};

/* --- text --- */
struct text_args {
    const char *text;
    int align;
    bool small, marks, keep;
};
static kam_rc run_text(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct text_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    style(f, a->marks, a->align);
    if (a->small) pdf_flow_small(f, a->text);
    else pdf_flow_paragraph(f, a->text);
    if (a->keep) pdf_flow_keep(f);
    style(f, false, 0);
    return KAM_OK;
}
static const cmd_arg text_args[] = {
    {.name = "text", .kind = CMD_STRING, .offset = offsetof(struct text_args, text), .flags = CMD_REQUIRED,
     .help = {"the paragraph; a line break breaks the line", "段落文字；换行符即换行"}},
    REPORT_FLAG(struct text_args, small, "-small", "small print", "小字"),
    REPORT_ALIGN(struct text_args, PARA_ALIGNS),
    REPORT_FLAG(struct text_args, keep, "-keep", "on one page with the beginning of what comes next", "与下一块的开头同页"),
    REPORT_FLAG(struct text_args, marks, "-marks", "read **bold**, __emphasis__ and {page:NAME}", "识别 **粗体**、__强调__ 与 {page:名称}"),
    CMD_ARGS_END};
static const cmd_example text_examples[] = {
    {{"a paragraph with a bold word", "含粗体的段落"}, "report text {This is **important**.} -marks", ""},
    {{"both edges straight, as in a book", "两端对齐"}, "report text [string repeat {A long sentence. } 20] -align justified", ""},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_text_spec = {.name = "report text",
                                  .summary = {"a paragraph", "段落"},
                                  .detail = {"Words are taken as they are unless -marks is given, so data needs no quoting.",
                                             "除非给出 -marks，文字按原样排印，数据无需转义。"},
                                  .effect = CMD_CONTROLS,
                                  .args_size = sizeof(struct text_args),
                                  .args = text_args,
                                  .returns = REPORT_NOTHING,
                                  .setup = REPORT_SETUP,
                                  .examples = text_examples,
                                  .run = run_text,
                                  .topic = "output"};

/* --- items --- */
struct items_args {
    cmd_words items;
    int kind, align;
    bool marks;
    int64_t level, start;
};
static const char *const ITEM_KINDS[] = {"bullets", "numbers", "checks", NULL};
static kam_rc run_items(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct items_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    style(f, a->marks, a->align);
    if (a->items.n) pdf_flow_list(f, (pdf_list_kind)a->kind, a->items.word, a->items.n), pdf_flow_list_at(f, (int)a->level, (int)a->start);
    style(f, false, 0);
    return KAM_OK;
}
static const cmd_arg items_args[] = {
    {.name = "items", .kind = CMD_LIST, .offset = offsetof(struct items_args, items), .flags = CMD_REQUIRED,
     .help = {"a list of texts", "文字列表"}},
    {.name = "-kind", .kind = CMD_ENUM, .offset = offsetof(struct items_args, kind), .values = ITEM_KINDS, .def = "bullets",
     .help = {"dots, numbers, or boxes to tick", "圆点、编号或勾选框"}},
    {.name = "-level", .kind = CMD_INT, .offset = offsetof(struct items_args, level), .def = "1", .min = 1, .max = 3,
     .help = {"2 and 3 stand further to the right, within the item above", "2、3 级缩进，从属于上一项"}},
    {.name = "-start", .kind = CMD_INT, .offset = offsetof(struct items_args, start), .def = "1", .min = 0, .max = 100000,
     .help = {"number of the first item", "首项的编号"}},
    REPORT_ALIGN(struct items_args, PARA_ALIGNS),
    REPORT_FLAG(struct items_args, marks, "-marks", "read **bold**, __emphasis__ and {page:NAME}", "识别 **粗体**、__强调__ 与 {page:名称}"),
    CMD_ARGS_END};
static const cmd_example items_examples[] = {
    {{"three steps", "三个步骤"}, "report items {Look Ask Act} -kind numbers", ""},
    {{"a list within a list", "列表中的列表"},
     "report items {Look} -kind numbers; report items {{their site} {their reports}} -level 2; report items {Ask Act} -kind numbers -start 2", ""},
    CMD_EXAMPLES_END};
const cmd_spec cmd_report_items_spec = {.name = "report items",
                                   .summary = {"a list of items", "项目列表"},
                                   .detail = {"An empty list adds nothing.", "空列表不添加内容。"},
                                   .effect = CMD_CONTROLS,
                                   .args_size = sizeof(struct items_args),
                                   .args = items_args,
                                   .returns = REPORT_NOTHING,
                                   .setup = REPORT_SETUP,
                                   .examples = items_examples,
                                   .run = run_items,
                                   .topic = "output"};

/* --- note --- */
struct note_args {
    const char *text, *title;
    int kind, align;
    bool marks;
};
static const char *const NOTE_KINDS[] = {"info", "good", "warn", "bad", "trainer", NULL};
static kam_rc run_note(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct note_args *a = args;
    pdf_flow *f = NULL;
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    style(f, a->marks, a->align);
    pdf_flow_note(f, (pdf_note_kind)a->kind, a->title, a->text);
    style(f, false, 0);
    return KAM_OK;
}
static const cmd_arg note_args[] = {
    {.name = "text", .kind = CMD_STRING, .offset = offsetof(struct note_args, text), .flags = CMD_REQUIRED,
     .help = {"its words", "文字"}},
    REPORT_STR(struct note_args, title, "-title", "a bold first line", "粗体首行"),
    {.name = "-kind", .kind = CMD_ENUM, .offset = offsetof(struct note_args, kind), .values = NOTE_KINDS, .def = "info",
     .help = {"what kind of box", "提示框种类"}},
    REPORT_ALIGN(struct note_args, PARA_ALIGNS),
    REPORT_FLAG(struct note_args, marks, "-marks", "read **bold**, __emphasis__ and {page:NAME}", "识别 **粗体**、__强调__ 与 {page:名称}"),
    CMD_ARGS_END};
static const cmd_example note_examples[] = {
    {{"a warning", "一条警示"}, "report note {No coach is known.} -kind warn -title {Red flag 3}", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_report_note_spec = {.name = "report note",
                                  .summary = {"a boxed note", "提示框"},
                                  .detail = {"Its colour has a second sign, so that print says the same.",
                                             "颜色另有符号标记，黑白打印意思不变。"},
                                  .effect = CMD_CONTROLS,
                                  .args_size = sizeof(struct note_args),
                                  .args = note_args,
                                  .returns = REPORT_NOTHING,
                                  .setup = REPORT_SETUP,
                                  .examples = note_examples,
                                  .run = run_note,
                                  .topic = "output"};

/* --- tiles --- */
struct tiles_args {
    cmd_words tiles;
};
static const char *const TONES[] = {"none", "good", "warn", "bad", "up", "down", NULL};
enum { TILES_MAX = 12 };

static kam_rc tile_parse(Tcl_Interp *interp, const char *word, pdf_tile *tile, const char ***parts, kam_err *err)
{
    int n;
    if (Tcl_SplitList(interp, word, &n, parts) != TCL_OK || n < 2 || n > 4)
        return usage(err, "report tiles", "a tile is a list: label value ?delta? ?tone?");
    *tile = (pdf_tile){(*parts)[0], (*parts)[1], n > 2 && *(*parts)[2] ? (*parts)[2] : NULL, PDF_TONE_NONE};
    if (n < 4 || !*(*parts)[3]) return KAM_OK;
    for (int i = 0; TONES[i]; i++) {
        if (strcmp(TONES[i], (*parts)[3]) == 0) {
            tile->tone = (pdf_tone)i;
            return KAM_OK;
        }
    }
    return usage(err, "report tiles", "a tone is none, good, warn, bad, up or down");
}
static kam_rc run_tiles(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct tiles_args *a = args;
    pdf_flow *f = NULL;
    pdf_tile tile[TILES_MAX];
    const char **parts[TILES_MAX] = {NULL};
    (void)out;
    kam_rc rc = cmd_report_flow(s, &f, err);
    if (rc) return rc;
    if (a->tiles.n > TILES_MAX) return usage(err, "report tiles", "at most 12 tiles");
    for (size_t i = 0; !rc && i < a->tiles.n; i++)
        rc = tile_parse(cmd_session_interp(s), a->tiles.word[i], &tile[i], &parts[i], err);
    if (!rc && a->tiles.n) pdf_flow_tiles(f, tile, a->tiles.n);
    for (size_t i = 0; i < TILES_MAX; i++)
        if (parts[i]) Tcl_Free((char *)parts[i]);
    return rc;
}
static const cmd_arg tiles_args[] = {{.name = "tiles", .kind = CMD_LIST, .offset = offsetof(struct tiles_args, tiles),
                                      .flags = CMD_REQUIRED,
                                      .help = {"a list of {label value ?delta? ?none|good|warn|bad|up|down?}",
                                               "列表：{名称 值 ?变化? ?none|good|warn|bad|up|down?}"}},
                                     CMD_ARGS_END};
static const cmd_example tiles_examples[] = {
    {{"two key figures", "两个关键数字"}, "report tiles {{Revenue 1.2M +8% up} {Flags 3 {} warn}}", ""}, CMD_EXAMPLES_END};
const cmd_spec cmd_report_tiles_spec = {.name = "report tiles",
                                   .summary = {"key figures in a row of tiles", "一排关键数字"},
                                   .detail = {"More than four make two rows; twelve at most.", "超过四个排成两行；至多十二个。"},
                                   .effect = CMD_CONTROLS,
                                   .args_size = sizeof(struct tiles_args),
                                   .args = tiles_args,
                                   .returns = REPORT_NOTHING,
                                   .setup = REPORT_SETUP,
                                   .examples = tiles_examples,
                                   .run = run_tiles,
                                   .topic = "output"};
