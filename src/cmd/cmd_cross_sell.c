/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_cross_sell: G1, what accounts that bought X buy with it or next, and what to offer whom. */
#include "cmd_next.h"
#include "cmd_spec.h"
#include "cmd_value.h"
#include <math.h>
#include <stddef.h>

static const char *const SHOW[] = {"offers", "rules", NULL};
static const char *const BASKET[] = {"account", "day", NULL};

static kam_rc run(cmd_session *s, const void *args, cmd_value *out, kam_err *err)
{
    const cmd_cross_args *a = args;
    if (a->show == CMD_CROSS_RULES && a->account.id) return cmd_next_usage("cross-sell", "-account belongs to -show offers", err);
    calc_cross_params p = CALC_CROSS_PARAMS(a->asof, cmd_facts_lang(s));
    p.basket = (calc_basket)a->basket;
    p.min_support = isnan(a->support) ? cmd_next_real(s, "cross-sell-support") : a->support;
    p.q = cmd_next_real(s, "cross-sell-q");
    p.top = a->top > 0 ? (int)a->top : cmd_next_int(s, "cross-sell-offers");
    p.progress = cmd_session_progress(s);
    cmd_next_sales x;
    calc_cross c;
    kam_rc rc = cmd_next_sales_load(s, a->asof, &x, err);
    if (rc) return rc;
    rc = calc_cross_build(&x.sales, &p, &c, err);
    if (!rc) {
        kam_table *t = NULL;
        size_t only = a->account.id ? cmd_next_place(x.accounts, "account", a->account.code) : SIZE_MAX;
        if (a->show == CMD_CROSS_RULES) t = calc_cross_rules(&c, x.products);
        else rc = calc_cross_offers(&c, x.accounts, x.products, only, &t, err);
        if (!rc && a->account.id && only == SIZE_MAX) { /* not known on that day: no rows */
            kam_table *none = kam_table_pick(t, NULL, 0);
            kam_table_unref(t);
            t = none;
        }
        if (!rc) cmd_value_take_table(out, t);
        calc_cross_release(&c);
    }
    cmd_next_sales_release(&x);
    return rc;
}

static const cmd_arg spec_args[] = {
    {.name = "-show", .kind = CMD_ENUM, .offset = offsetof(cmd_cross_args, show), .values = SHOW, .def = "offers",
     .help = {"offers: the best unsold products of each account; rules: what goes with what", "offers：各客户最值得推荐的未购产品；rules：产品关联规则"}},
    {.name = "-account", .kind = CMD_REF, .offset = offsetof(cmd_cross_args, account), .of = "account",
     .help = {"only this account's offers (rules from all accounts)", "只看该客户的推荐（规则仍取自全体客户）"}},
    {.name = "-min-support", .setting = "cross-sell-support", .kind = CMD_REAL, .offset = offsetof(cmd_cross_args, support), .min = 0, .max = 1e12,
     .help = {"least support of a rule: below 1 a share of the baskets, else their number; else the setting cross-sell-support",
              "规则的最低支持度：小于 1 为占比，否则为篮数；缺省为设置 cross-sell-support"}},
    {.name = "-basket", .kind = CMD_ENUM, .offset = offsetof(cmd_cross_args, basket), .values = BASKET, .def = "account",
     .help = {"what is bought together: all an account ever bought, or what it bought on one day", "“一起购买”的范围：客户历来所购，或同一天所购"}},
    {.name = "-top", .setting = "cross-sell-offers", .kind = CMD_INT, .offset = offsetof(cmd_cross_args, top), .def = "0", .min = 0, .max = 1000,
     .help = {"offers an account; 0: the setting cross-sell-offers", "每个客户的推荐数；0 为设置 cross-sell-offers"}},
    CMD_ARG_ASOF(cmd_cross_args),
    CMD_ARGS_END};

static const cmd_column columns[] = {
    {"account", KAM_TEXT, {"the account", "客户"}, "offers"},
    {"name", KAM_TEXT, {"its name", "名称"}, "offers"},
    {"rank", KAM_INT, {"place among its offers", "推荐次序"}, "offers"},
    {"product", KAM_TEXT, {"the product to offer; in a rule the one bought first", "推荐产品；规则中为先购产品"}, NULL},
    {"product_name", KAM_TEXT, {"its name", "产品名称"}, NULL},
    {"because", KAM_TEXT, {"the product the account has, from which the offer follows", "据以推荐的已购产品"}, "offers"},
    {"because_name", KAM_TEXT, {"its name", "已购产品名称"}, "offers"},
    {"pattern", KAM_TEXT, {"together (in one basket) or then (on a later day)", "together 同购，then 先后购买"}, NULL},
    {"next", KAM_TEXT, {"the product bought with it or later", "同购或后购的产品"}, "rules"},
    {"next_name", KAM_TEXT, {"its name", "名称"}, "rules"},
    {"count", KAM_INT, {"baskets with both", "两者都有的篮数"}, "rules"},
    {"base", KAM_INT, {"baskets with the first (for then: without the second until that day)", "含前者的篮数（先后模式中当时尚无后者）"}, "rules"},
    {"support", KAM_REAL, {"count as a share of all baskets", "支持度"}, "rules"},
    {"confidence", KAM_REAL, {"count ÷ base", "置信度"}, NULL},
    {"lift", KAM_REAL, {"confidence against the product's share among all", "提升度"}, NULL},
    {"p", KAM_REAL, {"Fisher's exact test, one-sided", "费希尔精确检验（单侧）"}, "rules"},
    {"q", KAM_REAL, {"p corrected for the number of pairs (Benjamini–Hochberg)", "多重检验校正后的 q 值（Benjamini–Hochberg）"}, NULL},
    {"lag_days", KAM_INT, {"median days from the first to the second, where the second came later", "通常间隔天数（中位数）"}, NULL},
    {"lag_n", KAM_INT, {"accounts in which the second came later", "后购的客户数"}, "rules"},
    {"due", KAM_DAY, {"first purchase of `because` plus the usual lag", "预计到期日：首购日加通常间隔"}, "offers"},
    {"overdue", KAM_FLAG, {"that day has passed", "已过预计日"}, "offers"},
    {"why", KAM_TEXT, {"the reason in words", "推荐理由"}, "offers"},
    CMD_COLUMNS_END};

/* Ten accounts take A and later B, ten take neither; Z has A only. */
#define CROSS_SETUP                                                                                                        \
    "foreach p {A B C} {product add $p -name $p}; "                                                                        \
    "proc buys {account product date} {transaction add -account $account -product $product -date $date -amount 100}; "     \
    "for {set i 0} {$i < 10} {incr i} {account add X$i -name X$i -known_since 2024-01-01; buys X$i A 2024-03-01; "         \
    "buys X$i B 2024-04-15; account add Y$i -name Y$i -known_since 2024-01-01; buys Y$i C 2024-02-01}; "                    \
    "account add Z -name Z -known_since 2024-01-01; buys Z A 2025-06-01"
static const cmd_example examples[] = {
    {{"Z has A; others bought B 45 days later", "Z 已有 A；其他客户 45 天后购买 B"},
     "table select [cross-sell -account Z] product because confidence lag_days due",
     "product\tbecause\tconfidence\tlag_days\tdue\nB\tA\t0.9090909090909091\t45\t2025-07-16"},
    {{"the rules behind it", "背后的规则"}, "table select [table where [cross-sell -show rules] {$pattern eq \"then\"}] product next count base lag_n",
     "product\tnext\tcount\tbase\tlag_n\nA\tB\t10\t11\t10"},
    CMD_EXAMPLES_END};

static const cmd_setting used[] = {
    {"cross-sell-support", NULL},
    {"cross-sell-q", NULL},
    {"cross-sell-offers", "-show offers"},
    CMD_SETTINGS_END};

const cmd_spec cmd_cross_sell_spec = {
    .name = "cross-sell",
    .summary = {"what to offer whom: products that go with those an account has, tested, with the usual lag", "交叉销售：按已购产品推荐，附检验、通常间隔与到期日"},
    .detail = {"Rules are pairs in one basket (together) and sequences of first purchases (then), by support, confidence and lift. Each is "
               "tested by Fisher's exact test, and the q-values hold the share of false rules at the setting cross-sell-q among all that are "
               "shown. With -basket day the baskets of one account are not independent of each other, so that favourites of a few "
               "large accounts may look like rules; accounts are the safer basket. Accounts that bought the first product lately had little time to buy the second: "
               "a confidence of `then` is on the low side.",
               "规则包括同购（together）与首购先后（then），以支持度、置信度和提升度衡量。每条规则经费希尔精确检验，并以 q 值把所示规则中的误报比例控制在设置 "
               "cross-sell-q 之内。-basket day 时同一客户的多个购物篮并不独立，少数大客户的偏好可能看似规则；以客户为篮更稳妥。近期才买前者的客户来不及买后者，"
               "故 then 的置信度偏低。"},
    .effect = CMD_READS,
    .args_size = sizeof(cmd_cross_args),
    .args = spec_args,
    .columns = columns,
    .setup = CROSS_SETUP,
    .settings = used,
    .examples = examples,
    .run = run,
    .why = cmd_cross_why,
    .topic = "questions"};
