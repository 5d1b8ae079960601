/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_value_levels: C8, which value does each account look for, what do we deliver, what is missing? */
#include "calc_levels.h"
#include "cmd_facts.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include "cmd_worth.h"
#include <stddef.h>

static const char *const SHOW[] = {"levels", "measures", NULL};

static kam_rc answer(const cmd_levels_args *a, const cmd_facts *f, const kam_table *notes, const calc_levels_params *p, kam_table **out, kam_err *err)
{
    if (a->show == CMD_LEVELS_MEASURES) return calc_levels_measures(&f->calc, notes, p, out, err);
    if (!a->account.id) return calc_levels_accounts(&f->calc, notes, p, out, err);
    const kam_column *code = kam_table_find(f->held.accounts, "account");
    for (size_t i = 0; i < kam_col_rows(code); i++)
        if (kam_streq(kam_col_text(code, i), a->account.code)) return calc_levels_account(&f->calc, notes, i, p, out, err);
    kam_err_set(err, KAM_NOTFOUND, "value-levels: account %s is not known yet on the as-of date", a->account.code);
    kam_err_word(err, "account");
    return kam_err_word(err, a->account.code);
}

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_levels_args *a = args;
    cmd_facts f = CMD_FACTS_INIT;
    calc_levels_params p = {a->asof, cmd_facts_lang(s)};
    kam_table *notes = NULL, *t = NULL;
    if (a->show == CMD_LEVELS_MEASURES && a->account.id) {
        kam_err_set(err, KAM_USAGE, "value-levels: -show measures is of all accounts; leave the account out");
        return kam_err_word(err, "value-levels");
    }
    kam_rc rc = cmd_facts_load(s, a->asof, 0, &f, err);
    if (!rc) rc = store_query_value_notes(cmd_session_store(s), a->asof, &notes, err);
    if (!rc) rc = answer(a, &f, notes, &p, &t, err);
    kam_table_unref(notes);
    cmd_facts_release(&f);
    if (!rc) cmd_value_take_table(out, t);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "account", .kind = CMD_REF, .offset = offsetof(cmd_levels_args, account), .of = "account",
     .help = {"level by level for this account; without it one row an account", "逐层列出该客户；不给则每个客户一行"}},
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_levels_args, show), .values = SHOW, .def = "levels",
     .help = {"levels; measures: how many accounts are noted, covered, and what they look for", "levels 层次；measures 有记录、已覆盖的客户占比与所求种类"}},
    CMD_ARG_ASOF(cmd_levels_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"code of the account", "客户编码"}, "without an account"},
    {"name", KAM_TEXT, {"its name", "名称"}, "without an account"},
    {"basic", KAM_INT, {"notes on basic value", "基本价值记录数"}, "without an account"},
    {"expected", KAM_INT, {"notes on expected value: its own aims beyond the product", "期望价值记录数（产品之外客户自己的目标）"}, "without an account"},
    {"beyond", KAM_INT, {"notes on value beyond expectation", "超越期望的价值记录数"}, "without an account"},
    {"delivered", KAM_TEXT, {"what we deliver (without an account: how many notes say it)", "我们给予什么（不给客户时为写明的记录数）"}, NULL},
    {"kinds", KAM_TEXT, {"kinds of value it looks for: use, safety, commercial, emotional, opportunity", "所求价值：use 使用、safety 安全、commercial 商业、emotional 情感、opportunity 机会"}, "without an account"},
    {"missing", KAM_TEXT, {"levels on which we deliver nothing known", "没有写明给予的层次"}, "without an account"},
    {"coverage", KAM_REAL, {"share of the three levels covered", "三个层次的覆盖率"}, "without an account"},
    {"level", KAM_TEXT, {"basic, expected, beyond", "层次"}, "with an account"},
    {"kind", KAM_TEXT, {"kind of value", "价值种类"}, "with an account"},
    {"aim", KAM_TEXT, {"what it looks for", "客户追求"}, "with an account"},
    {"date", KAM_DAY, {"day of the note", "记录日期"}, "with an account"},
    {"gap", KAM_FLAG, {"nothing noted, or nothing delivered", "没有记录，或没有给予"}, "with an account"},
    {"why", KAM_TEXT, {"what is missing", "缺什么"}, "with an account"},
    CMD_COLUMNS_END};

static const cmd_example examples[] = {
    {{"level by level", "逐层"}, "table select [value-levels ACME] level kind delivered gap",
     "level\tkind\tdelivered\tgap\nbasic\tuse\tOn time\t0\nexpected\tsafety\t\t1\nbeyond\t\t\t1"},
    {{"who is covered how far", "覆盖到哪里"}, "table select [value-levels] account kinds missing", "account\tkinds\tmissing\nACME\tuse;safety\texpected;beyond"},
    CMD_EXAMPLES_END};

const cmd_spec cmd_value_levels_spec = {
    .name = "value-levels",
    .summary = {"basic, expected and beyond-expected value: what an account looks for, what we deliver, what is missing", "价值层次：基本、期望、超越期望；客户追求什么，我们给予什么，还缺什么"},
    .detail = {"From value notes (`value-note add`). Basic: the product does what it should. Expected: the customer's own aims beyond the product. Beyond: what "
               "nobody expected of us. Of notes on the same level and kind the latest counts. A level is covered when a note says what we "
               "deliver; a level without a note is a gap, and so is an aim without a delivery.",
               "依据价值记录（value-note add）。基本价值：产品做到本分。期望价值：客户在产品之外自己的目标。超越期望：客户没有指望的。同一层次与种类以最新记录为准。"
               "记录写明我们给予什么，该层次才算覆盖；没有记录是缺口，有追求而无给予也是缺口。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_levels_args),
    .args = spec_args,
    .columns = columns,
    .setup = "account add ACME -name Acme; value-note add -account ACME -date 2025-05-01 -level basic -kind use -delivered {On time}; "
             "value-note add -account ACME -date 2025-05-01 -level expected -kind safety -aim {No stop of the line}",
    .examples = examples,
    .run = run,
    .why = cmd_levels_why,
    .topic = "questions"};
