/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_import: records from and to files; the reading and writing is the store's. */
#include "cmd_bind.h"
#include "cmd_difference.h"
#include "cmd_session.h"
#include "cmd_value.h"
#include "kam_str.h"
#include "store_export.h"
#include "store_import.h"
#include "kam_mem.h"
#include <string.h>

/* --- import ------------------------------------------------------------------------------------------------------ */

struct import_args {
    const char *entity, *file, *encoding, *delimiter, *errors;
    cmd_words map, create, key;
    int mode;
    int64_t preview;
    bool template, force, strict, dryrun, quiet, rejections;
};

static const char *const modes[] = {"insert", "update", "upsert", NULL};

static kam_rc usage(kam_err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static kam_rc usage(kam_err *err, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    kam_err_vset(err, KAM_USAGE, fmt, ap);
    va_end(ap);
    return kam_err_word(err, "import");
}

static kam_rc fill_spec(const struct import_args *a, store_import_spec *spec, store_import_map *map, kam_err *err)
{
    if (a->map.n % 2) return usage(err, "import: -map: field %s has no column; give pairs of field and column", a->map.word[a->map.n - 1]);
    for (size_t i = 0; i < a->map.n; i += 2) map[i / 2] = (store_import_map){a->map.word[i], a->map.word[i + 1]};
    spec->path = a->file;
    spec->encoding = a->encoding;
    spec->map = map;
    spec->n_map = a->map.n / 2;
    spec->create = a->create.word;
    spec->n_create = a->create.n;
    spec->key = a->key.word;
    spec->n_key = a->key.n;
    spec->mode = a->mode < 0 ? STORE_IMPORT_DEFAULT : (store_import_mode)(a->mode + 1);
    spec->errors_path = a->errors;
    spec->strict = a->strict;
    spec->dryrun = a->dryrun;
    spec->preview = (size_t)a->preview;
    if (!a->delimiter) return KAM_OK;
    spec->delimiter = strcmp(a->delimiter, "tab") == 0 || strcmp(a->delimiter, "\\t") == 0 ? '\t' : a->delimiter[0];
    if (!a->delimiter[0] || (a->delimiter[1] && spec->delimiter != '\t')) return usage(err, "import: -delimiter \"%s\" is not one character", a->delimiter);
    return KAM_OK;
}

/* The first rejected rows are told on standard error, so that the result stays what it is. */
static void tell_rejections(cmd_session *s, const store_import_result *r, const char *file)
{
    Tcl_Channel chan = Tcl_GetStdChannel(TCL_STDERR);
    if (!chan || !r->rejections) return;
    size_t n = kam_table_rows(r->rejections);
    const kam_column *line = kam_table_find(r->rejections, "line"), *column = kam_table_find(r->rejections, "column");
    const kam_column *reason = kam_table_find(r->rejections, "reason");
    kam_str b = KAM_STR_INIT;
    for (size_t i = 0; i < n; i++)
        kam_str_addf(&b, "%s:%lld:%lld: %s\n", file, (long long)kam_col_int(line, i), (long long)kam_col_int(column, i),
                     kam_col_text(reason, i));
    if (r->rejected > n)
        kam_str_addf(&b, cmd_session_lang(s) == CMD_LANG_ZH ? "%s: 还有 %llu 行被拒绝（-errors 文件 可全部写出）\n"
                                                              : "%s: %llu more rows rejected (-errors FILE writes them all)\n",
                     file, (unsigned long long)(r->rejected - n));
    Tcl_WriteChars(chan, kam_str_cstr(&b), -1);
    Tcl_Flush(chan);
    kam_str_release(&b);
}

/* Below the difference stand the counts and what the import itself said. */
static kam_table *difference(cmd_session *s, const store_import_result *r)
{
    kam_str b = KAM_STR_INIT;
    bool zh = cmd_session_lang(s) == CMD_LANG_ZH;
    kam_str_addf(&b, zh ? "读取 %llu 行：新增 %llu，更新 %llu，不变 %llu，拒绝 %llu" : "%llu rows read: %llu to add, %llu to update, %llu unchanged, %llu rejected",
                 (unsigned long long)r->read, (unsigned long long)r->added, (unsigned long long)r->updated, (unsigned long long)r->unchanged,
                 (unsigned long long)r->rejected);
    for (size_t i = 0; i < kam_table_notes(r->summary); i++) kam_table_add_note(r->difference, kam_table_note(r->summary, i));
    cmd_difference_finish(s, r->difference, r->more, b.s);
    kam_str_release(&b);
    return kam_table_ref(r->difference);
}

static kam_rc run_import(cmd_session *s, const struct import_args *a, const store_entity *e, store_import_spec *spec,
                         store_import_result *r, kam_err *err)
{
    spec->progress = cmd_session_progress(s);
    /* Dry runs and previews take back what they did themselves, but want an entry all the same. */
    kam_rc rc = cmd_write_begin(s, err);
    if (rc != KAM_OK) return rc;
    rc = store_import(cmd_session_store(s), e, spec, r, err);
    if (rc == KAM_OK) rc = kam_progress_step(spec->progress, "import", 0, 0, err); /* the last moment at which ^C can stop it */
    if (rc == KAM_OK && !a->dryrun && !a->preview) return cmd_write_end(s, NULL, err);
    cmd_write_abort(s);
    return rc;
}

/* Who asked for a template is new here: what comes next is said with it. */
static kam_rc write_template(cmd_session *s, const struct import_args *a, const store_entity *e, cmd_value *out, kam_err *err)
{
    kam_str own = KAM_STR_INIT, b = KAM_STR_INIT;
    kam_str_addf(&own, "%s.csv", e->name);
    const char *file = a->file ? a->file : own.s;
    kam_rc rc = store_import_template(e, file, a->force, err);
    if (rc != KAM_OK || a->quiet) {
        kam_str_release(&own);
        return rc;
    }
    kam_str_addf(&b,
                 cmd_session_lang(s) == CMD_LANG_ZH
                     ? "%s 中是各列（* 为必填）和一行示例：请换成自己的数据，先看 import %s %s -preview，再 import %s %s"
                     : "%s has the columns (* must be filled in) and an example row: put your own in its place, look with import %s %s -preview, then import %s %s",
                 file, e->name, file, e->name, file);
    cmd_value_set_text(out, b.s);
    kam_str_release(&b);
    kam_str_release(&own);
    return KAM_OK;
}

static kam_rc import_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct import_args *a = args;
    const store_entity *e = store_entity_find(a->entity);
    if (a->template) return write_template(s, a, e, out, err);
    if (!a->file) {
        kam_err_set(err, KAM_USAGE, "import: name the file that holds the %s rows, or write one to fill in with import %.100s -template", e->name, e->name);
        return kam_err_word(err, "import");
    }
    store_import_spec spec = {0};
    store_import_result r = STORE_IMPORT_RESULT_INIT;
    store_import_map *map = kam_calloc(a->map.n / 2 + 1, sizeof *map);
    kam_rc rc = fill_spec(a, &spec, map, err);
    spec.max_difference = cmd_session_max_rows(s);
    spec.chinese = cmd_session_lang(s) == CMD_LANG_ZH;
    if (rc == KAM_OK) rc = run_import(s, a, e, &spec, &r, err);
    if (r.rejected) {
        if (!a->quiet && !a->rejections && !a->preview) tell_rejections(s, &r, a->file);
        if (!a->preview) cmd_session_set_exit_status(s, kam_rc_exit_status(KAM_DATA));
    }
    if (rc == KAM_OK && !a->quiet) {
        kam_table *t = a->rejections ? r.rejections : r.summary;
        t = r.difference && !a->rejections ? difference(s, &r) : t ? kam_table_ref(t) : NULL;
        if (t) cmd_value_take_table(out, t);
    }
    store_import_result_release(&r);
    kam_free(map);
    return rc;
}

static const cmd_arg import_arg[] = {
    {.name = "entity", .kind = CMD_ENTITY, .offset = offsetof(struct import_args, entity), .flags = CMD_REQUIRED,
     .help = {"what the rows are", "每行是什么对象"}},
    {.name = "file", .kind = CMD_FILE, .offset = offsetof(struct import_args, file),
     .help = {"the file: csv, or any delimited text; with -template it may be left out: ENTITY.csv", "文件：csv 或其他分隔文本；-template 时可省略，即 ENTITY.csv"}},
    {.name = "-map", .kind = CMD_LIST, .offset = offsetof(struct import_args, map),
     .help = {"pairs of field and column, where the header does not say it", "成对的字段和列名，用于表头不能自明时"}},
    {.name = "-create", .kind = CMD_LIST, .offset = offsetof(struct import_args, create),
     .help = {"entities to make when a row names an unknown one", "行中引用的对象不存在时自动建立的类型"}},
    {.name = "-key", .kind = CMD_LIST, .offset = offsetof(struct import_args, key),
     .help = {"fields that tell which record a row is; makes a second import harmless", "判定记录的字段；使重复导入无害"}},
    {.name = "-mode", .kind = CMD_ENUM, .offset = offsetof(struct import_args, mode), .values = modes,
     .help = {"insert new ones, update known ones, or both (the default with -key); else insert", "新增、更新或两者（有 -key 时默认两者），否则新增"}},
    {.name = "-encoding", .kind = CMD_STRING, .offset = offsetof(struct import_args, encoding), .def = "auto",
     .help = {"encoding of the file; auto finds UTF-8, UTF-16 and GB18030", "文件编码；auto 可识别 UTF-8、UTF-16、GB18030"}},
    {.name = "-delimiter", .kind = CMD_STRING, .offset = offsetof(struct import_args, delimiter),
     .help = {"one character, or tab; else found", "一个字符或 tab；默认自动识别"}},
    {.name = "-errors", .kind = CMD_FILE, .offset = offsetof(struct import_args, errors),
     .help = {"write the rejected rows into this file, with the reason", "把被拒绝的行及原因写入此文件"}},
    {.name = "-rejections", .kind = CMD_FLAG, .offset = offsetof(struct import_args, rejections),
     .help = {"return the rejected rows instead of the counts", "返回被拒绝的行而不是计数"}},
    {.name = "-strict", .kind = CMD_FLAG, .offset = offsetof(struct import_args, strict),
     .help = {"one rejected row refuses the whole file", "只要一行被拒绝就拒绝整个文件"}},
    {.name = "-preview", .kind = CMD_INT, .offset = offsetof(struct import_args, preview), .def = "0", .min = 0, .max = 100000, .alone = "10",
     .help = {"only show the first so many rows as understood, and what would become of them; without a number ten", "只显示前若干行的解读结果和将如何处理；不写行数即 10 行"}},
    {.name = "-template", .kind = CMD_FLAG, .offset = offsetof(struct import_args, template),
     .help = {"write a file with the columns and an example row instead", "改为写出含列名和示例行的模板文件"}},
    {.name = "-force", .kind = CMD_FLAG, .offset = offsetof(struct import_args, force),
     .help = {"-template: replace a file that is there", "写模板时覆盖已有文件"}},
    CMD_ARG_DRYRUN(struct import_args), CMD_ARG_QUIET(struct import_args), CMD_ARGS_END};
static const cmd_column import_columns[] = {
    {"read", KAM_INT, {"rows read", "读取的行数"}, NULL},
    {"added", KAM_INT, {"records added", "新增的记录数"}, NULL},
    {"updated", KAM_INT, {"records changed", "更新的记录数"}, NULL},
    {"unchanged", KAM_INT, {"records that were so already", "未变的记录数"}, NULL},
    {"rejected", KAM_INT, {"rows not taken", "被拒绝的行数"}, NULL},
    {"created", KAM_INT, {"objects made by -create", "由 -create 建立的对象数"}, NULL},
    {"encoding", KAM_TEXT, {"encoding found", "识别出的编码"}, NULL},
    {"delimiter", KAM_TEXT, {"delimiter found", "识别出的分隔符"}, NULL},
    {"entity", KAM_TEXT, {"what kind of record", "记录类型"}, "-dryrun"},
    {"action", KAM_TEXT, {"add, set or remove", "新增、修改或删除"}, "-dryrun"},
    {"object", KAM_TEXT, {"which record", "哪条记录"}, "-dryrun"},
    {"field", KAM_TEXT, {"which field", "哪个字段"}, "-dryrun"},
    {"before", KAM_TEXT, {"value before", "变更前"}, "-dryrun"},
    {"after", KAM_TEXT, {"value after; of an added record all of them", "变更后；新增的记录列出各字段"}, "-dryrun"},
    {"line", KAM_INT, {"line of the file; behind it the fields as understood", "文件的行号；其后是各字段的解读结果"}, "-preview"},
    {"action", KAM_TEXT, {"add, set, unchanged or reject: what an import would do with the row", "导入时对该行的处理：add 新增、set 修改、unchanged 不变、reject 拒绝"}, "-preview"},
    {"problem", KAM_TEXT, {"everything that is wrong with the row", "该行的全部问题"}, "-preview"},
    CMD_COLUMNS_END};
static const char import_setup[] =
    "set f [open kamsh-example.csv w]; puts $f {code,name\nA1,华夏\nA2,Nord\n,nobody}; close $f";
static const cmd_example import_examples[] = {
    {{"A row is taken whole or rejected.", "一行要么完整接收，要么拒绝。"},
     "set t [import account kamsh-example.csv -quiet]; file delete kamsh-example.csv; table rows [account list]", "2"},
    {{"What would change, before it does.", "导入前先看会改什么。"},
     "set t [import account kamsh-example.csv -dryrun]; file delete kamsh-example.csv; table select $t action object after",
     "action\tobject\tafter\nadd\tA1\tname=华夏\nadd\tA2\tname=Nord"},
    {{"Which rows, and why.", "哪些行、为什么。"},
     "set t [import account kamsh-example.csv -dryrun -rejections]; file delete kamsh-example.csv; table get $t 0 line", "4"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_import_spec = {
    .name = "import",
    .summary = {"Take records from a file.", "从文件导入记录。"},
    .detail = {"One journal entry, one step of undo. A row is taken whole or rejected with line, column and reason; taken rows stay "
               "unless -strict, and the program ends with status 3. With -dryrun the difference is returned instead of the counts: at most "
               "max-rows rows of it, the counts below. Columns are found by their English or Chinese names. A file that "
               "cannot be read to its end is refused as a whole.",
               "整个导入为一条流水，一步可撤销。一行要么完整接收，要么拒绝并注明行、列和原因；除非 -strict，已接收的行保留，程序以状态 3 结束。-dryrun 返回差异而非计数：最多 max-rows 行，计数注在表下。"
               "列按英文名或中文名识别。读不到末尾的文件整体拒绝。"},
    .effect = CMD_WRITES, .args_size = sizeof(struct import_args), .args = import_arg, .columns = import_columns,
    .setup = import_setup, .examples = import_examples, .run = import_run, .topic = "data"};

/* --- export ----------------------------------------------------------------------------------------------------------- */

struct export_args {
    Tcl_Obj *what;
    const char *file;
    bool force;
};

static kam_rc export_run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const struct export_args *a = args;
    uint64_t rows = 0;
    kam_rc rc;
    kam_str hold = KAM_STR_INIT;
    const store_entity *e = cmd_value_is_table(a->what) ? NULL : store_entity_find(cmd_value_text(a->what, &hold));
    if (e) {
        rc = store_export_entity(cmd_session_store(s), e, a->file, a->force, &rows, err);
    } else {
        kam_table *t = NULL;
        kam_err none = KAM_ERR_INIT;
        rc = cmd_value_table_get(s, a->what, &t, &none);
        if (rc != KAM_OK) {
            size_t n;
            const store_entity *all = store_entities(&n);
            const char **names = kam_calloc(n + 1, sizeof *names);
            for (size_t i = 0; i < n; i++) names[i] = all[i].name;
            const char *word = cmd_value_text(a->what, &hold);
            kam_err_set(err, KAM_NOTFOUND, "export: \"%.100s\" is neither an entity nor a table", word);
            kam_err_nearest(err, word, names, n);
            kam_free(names);
            kam_err_word(err, "entity");
            rc = kam_err_word(err, word);
        } else {
            rows = kam_table_rows(t);
            rc = store_export_table(t, a->file, a->force, err);
            kam_table_unref(t);
        }
    }
    kam_str_release(&hold);
    if (rc == KAM_OK) cmd_value_set_int(out, (int64_t)rows);
    return rc;
}

static const cmd_arg export_arg[] = {
    {.name = "what", .kind = CMD_VALUE, .offset = offsetof(struct export_args, what), .flags = CMD_REQUIRED,
     .help = {"an entity, or a table", "对象类型，或表"}},
    {.name = "file", .kind = CMD_FILE, .offset = offsetof(struct export_args, file), .flags = CMD_REQUIRED,
     .help = {"the file; its name ends in csv, tsv, json, jsonl or md", "文件；以 csv、tsv、json、jsonl 或 md 结尾"}},
    {.name = "-force", .kind = CMD_FLAG, .offset = offsetof(struct export_args, force),
     .help = {"replace a file that is there", "覆盖已有文件"}},
    CMD_ARGS_END};
static const cmd_example export_examples[] = {
    {{"A table into a file.", "把表写入文件。"},
     "export {{a 1 b x}} kamsh-example.csv; set f [open kamsh-example.csv]; set text [read $f]; close $f; file delete "
     "kamsh-example.csv; string trim $text", "a,b\n1,x"},
    {{"A slip.", "写错名称。"}, "export accuont x.csv", "error: KAM NOTFOUND entity accuont"},
    CMD_EXAMPLES_END};
const cmd_spec cmd_export_spec = {
    .name = "export",
    .summary = {"Write records or a table into a file.", "把记录或表写入文件。"},
    .detail = {"The file appears whole or not at all. What is exported as csv or tsv can be imported again and gives the same records.",
               "文件要么完整写出，要么不出现。以 csv、tsv 导出的内容可重新导入，得到相同的记录。"},
    .effect = CMD_CONTROLS, .args_size = sizeof(struct export_args), .args = export_arg,
    .returns = {"the number of rows written", "写出的行数"}, .examples = export_examples, .run = export_run, .topic = "data"};
