/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "main_args.h"
#include "kam_date.h"
#include "kam_mem.h"
#include "kam_str.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef enum { OPT_FLAG, OPT_WORD, OPT_CHOICE, OPT_TEXT, OPT_SCRIPT } opt_kind;

typedef struct option {
    const char *name;
    opt_kind kind;
    size_t offset;              /* of a bool, a const char * or, for OPT_CHOICE with values, see choose() */
    const char *const *choices; /* NULL-terminated; NULL: any word */
} option;

static const char *const formats[] = {"box", "table", "tsv", "csv", "json", "jsonl", "markdown", "html", "line", "tcl", NULL};
static const char *const langs[] = {"en", "zh", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL}; /* the order of cmd_color */
static const char *const pagers[] = {"auto", "never", NULL};

static const option options[] = {
    {"-c", OPT_TEXT, 0, NULL},
    {"-f", OPT_SCRIPT, 0, NULL},
    {"-i", OPT_FLAG, offsetof(main_args, prompt), NULL},
    {"-X", OPT_FLAG, offsetof(main_args, no_startup), NULL},
    {"--create", OPT_FLAG, offsetof(main_args, create), NULL},
    {"--new", OPT_WORD, offsetof(main_args, database), NULL},
    {"--format", OPT_WORD, offsetof(main_args, format), formats},
    {"--lang", OPT_WORD, offsetof(main_args, lang), langs},
    {"--asof", OPT_WORD, offsetof(main_args, asof), NULL},
    {"--readonly", OPT_FLAG, offsetof(main_args, readonly), NULL},
    {"--color", OPT_CHOICE, offsetof(main_args, color), colors},
    {"--verbose", OPT_FLAG, offsetof(main_args, verbose), NULL},
    {"-verbose", OPT_FLAG, offsetof(main_args, verbose), NULL},
    {"--pager", OPT_CHOICE, offsetof(main_args, no_pager), pagers},
    {"--help", OPT_FLAG, offsetof(main_args, help), NULL},
    {"-h", OPT_FLAG, offsetof(main_args, help), NULL},
    {"--version", OPT_FLAG, offsetof(main_args, version), NULL},
};
enum { N_OPTIONS = sizeof options / sizeof *options };

static kam_rc usage(kam_err *err, const char *word)
{
    kam_err_word(err, "kamsh");
    return kam_err_word(err, word);
}

static kam_rc unknown_option(const char *word, kam_err *err)
{
    const char *names[N_OPTIONS];
    for (size_t i = 0; i < N_OPTIONS; i++) names[i] = options[i].name;
    kam_err_set(err, KAM_USAGE, "unknown option %s", word);
    if (kam_err_nearest(err, word, names, N_OPTIONS)) kam_err_append(err, "; kamsh --help lists them");
    else kam_err_append(err, "; kamsh --help lists the options (-- before a file name that begins with -)");
    return usage(err, word);
}

static int choose(const option *o, const char *value, kam_err *err)
{
    kam_str all = KAM_STR_INIT;
    int found = -1;
    for (int i = 0; o->choices[i] && found < 0; i++) {
        if (strcmp(o->choices[i], value) == 0) found = i;
        kam_str_addf(&all, "%s%s", i ? ", " : "", o->choices[i]);
    }
    if (found < 0) {
        kam_err_set(err, KAM_USAGE, "%s wants one of %s; not %s", o->name, all.s, value);
        usage(err, value);
    }
    kam_str_release(&all);
    return found;
}

static kam_rc take_database(main_args *a, const char *word, kam_err *err)
{
    if (a->database) {
        kam_err_set(err, KAM_USAGE, "one database at a time: %s is already named, so what is %s? (a script is -f %s)", a->database, word, word);
        return usage(err, word);
    }
    if (!*word) {
        kam_err_set(err, KAM_USAGE, "the name of the database is empty");
        return usage(err, word);
    }
    a->database = word;
    return KAM_OK;
}

static kam_rc take_value(main_args *a, const option *o, const char *value, kam_err *err)
{
    char *field = (char *)a + o->offset;
    int choice = o->choices ? choose(o, value, err) : 0;
    if (choice < 0) return KAM_USAGE;
    if (o->kind == OPT_TEXT) {
        a->texts[a->n_texts++] = value;
    } else if (o->kind == OPT_SCRIPT) {
        a->script = value;
    } else if (strcmp(o->name, "--new") == 0) {
        a->fresh = true;
        return take_database(a, value, err);
    } else if (o->offset == offsetof(main_args, color)) {
        a->color = (cmd_color)choice;
    } else if (o->offset == offsetof(main_args, no_pager)) {
        a->no_pager = choice == 1;
    } else {
        memcpy(field, &value, sizeof value);
    }
    if (o->offset == offsetof(main_args, asof) && o->kind == OPT_WORD) {
        kam_day day;
        if (!kam_day_parse(value, &day)) {
            kam_err_set(err, KAM_USAGE, "--asof wants a day as YYYY-MM-DD, not %s", value);
            return usage(err, value);
        }
    }
    return KAM_OK;
}

/* "--name" or "--name=value"; *inline_value is NULL without the latter. */
static const option *find(const char *word, const char **inline_value)
{
    const char *equals = kam_str_starts(word, "--") ? strchr(word, '=') : NULL;
    size_t n = equals ? (size_t)(equals - word) : strlen(word);
    *inline_value = equals ? equals + 1 : NULL;
    for (size_t i = 0; i < N_OPTIONS; i++)
        if (strlen(options[i].name) == n && strncmp(options[i].name, word, n) == 0) return &options[i];
    return NULL;
}

static kam_rc check(const main_args *a, kam_err *err)
{
    if (a->script && a->n_texts > 0) {
        kam_err_set(err, KAM_USAGE, "-c and -f do not go together; in the script, or in -c, use: source FILE");
        return usage(err, "-f");
    }
    if (a->create && !a->database) {
        kam_err_set(err, KAM_USAGE, "--create wants the name of the database to make");
        return usage(err, "--create");
    }
    if (a->fresh && a->readonly) {
        kam_err_set(err, KAM_USAGE, "%s and %s do not go together", "--new", "--readonly");
        return usage(err, "--readonly");
    }
    if (a->create && a->readonly) {
        kam_err_set(err, KAM_USAGE, "--create and --readonly do not go together");
        return usage(err, "--readonly");
    }
    return KAM_OK;
}

kam_rc main_args_parse(main_args *a, int argc, char **argv, kam_err *err)
{
    *a = (main_args){.color = CMD_COLOR_AUTO};
    a->texts = kam_calloc((size_t)argc + 1, sizeof *a->texts);
    bool words_only = false;
    for (int i = 1; i + 1 < argc && !a->lang; i++) /* an error on the way is told in it, too */
        if (strcmp(argv[i], "--lang") == 0) a->lang = argv[i + 1];
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i], *value;
        if (words_only || word[0] != '-' || !word[1]) {
            if (take_database(a, word, err) != KAM_OK) return err ? err->code : KAM_USAGE;
            continue;
        }
        if (strcmp(word, "--") == 0) {
            words_only = true;
            continue;
        }
        const option *o = find(word, &value);
        if (!o) return unknown_option(word, err);
        if (o->kind == OPT_FLAG) {
            if (value) {
                kam_err_set(err, KAM_USAGE, "%s takes no value", o->name);
                return usage(err, word);
            }
            *(bool *)((char *)a + o->offset) = true;
            continue;
        }
        if (!value && i + 1 >= argc) {
            kam_err_set(err, KAM_USAGE, "%s wants a value", o->name);
            return usage(err, o->name);
        }
        if (!value) value = argv[++i];
        if (take_value(a, o, value, err) != KAM_OK) return KAM_USAGE;
        if (o->kind == OPT_SCRIPT) {
            a->rest = argv + i + 1;
            a->n_rest = argc - i - 1;
            break;
        }
    }
    return check(a, err);
}

void main_args_release(main_args *a)
{
    kam_free(a->texts);
    a->texts = NULL;
}

const char *main_args_usage(bool chinese)
{
    static const char en[] =
        "kamsh, the key-account management shell: classify customers, map who decides, value and forecast,\n"
        "at a prompt, in scripts and on paper.\n\n"
        "usage: kamsh [OPTION | DATABASE]… [-f SCRIPT [ARG…]]\n\n"
        "  DATABASE          the file to work on; none: a temporary one (`database save FILE` keeps it)\n"
        "  -c TEXT           evaluate TEXT and show its value; may be repeated, the first error stops\n"
        "  -f SCRIPT         evaluate a file (- is standard input); what follows is the script's argv\n"
        "  -i                go on at the prompt afterwards\n"
        "  -X                read no start-up file\n"
        "  --create          make DATABASE if it does not exist\n"
        "  --new DATABASE    make it and ask for language, currency and your company's name\n"
        "  --format F        box table tsv csv json jsonl markdown html line tcl (box on a terminal, else tsv)\n"
        "  --lang zh|en      language of headings and messages (default: from the locale)\n"
        "  --asof DATE       see everything as of that day (YYYY-MM-DD)\n"
        "  --readonly        change nothing\n"
        "  --verbose         errors show Tcl's stack, results the settings they used\n"
        "  --color auto|always|never    --pager auto|never\n"
        "  -h  --help  --version   --  (ends options)\n\n"
        "Exit status: 0 well, 1 error, 2 wrong words or unknown name, 3 bad data or broken rule, 4 file, database\n"
        "or PDF trouble, 130 interrupted.\n";
    static const char zh[] =
        "kamsh，大客户管理 shell：客户分类、关键人物、客户价值与预测，可在提示符、脚本与打印文件中使用。\n\n"
        "用法：kamsh [选项 | 数据库]… [-f 脚本 [参数…]]\n\n"
        "  数据库            要使用的文件；省略则用临时数据库（database save 文件 可保存）\n"
        "  -c 文本           执行文本并显示结果；可重复，遇错即停\n"
        "  -f 脚本           执行文件（- 为标准输入）；其后的词是脚本的 argv\n"
        "  -i                之后进入提示符\n"
        "  -X                不读启动文件\n"
        "  --create          数据库不存在时新建\n"
        "  --new 数据库      新建，并询问语言、货币和本公司名称\n"
        "  --format F        box table tsv csv json jsonl markdown html line tcl（终端默认 box，否则 tsv）\n"
        "  --lang zh|en      标题与消息的语言（默认取自区域设置）\n"
        "  --asof 日期       以该日为截止日（YYYY-MM-DD）\n"
        "  --readonly        只读\n"
        "  --verbose         出错时显示 Tcl 调用栈，结果注明所用设置\n"
        "  --color auto|always|never    --pager auto|never\n"
        "  -h  --help  --version   --（选项结束）\n\n"
        "退出状态：0 正常，1 错误，2 用词或名称有误，3 数据或规则有误，4 文件、数据库或 PDF 出错，130 被中断。\n";
    return chinese ? zh : en;
}
