/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sample document with every block, in either language: for goldens (its display list as text), for checks of a
 * real file, and for looking at.   pdf_demo zh|en screen|print dump|FILE.pdf */
#include "kam_date.h"
#include "pdf_flow.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool zh;

static const char *tr(const char *chinese, const char *english)
{
    return zh ? chinese : english;
}

static void must(kam_rc rc, const kam_err *err)
{
    if (rc == KAM_OK) return;
    fprintf(stderr, "pdf_demo: %s\n", err->msg);
    exit(1);
}

static kam_column *text_col(kam_table *t, const char *name, const char *const *v, size_t n)
{
    kam_column *c = kam_table_add_column(t, name, KAM_TEXT, NULL);
    for (size_t i = 0; i < n; i++) kam_col_push_text(c, v[i]);
    return c;
}

static void int_col(kam_table *t, const char *name, kam_type type, const int64_t *v, size_t n)
{
    kam_column *c = kam_table_add_column(t, name, type, NULL);
    for (size_t i = 0; i < n; i++) kam_col_push_int(c, v[i]);
}

static void real_col(kam_table *t, const char *name, const double *v, size_t n)
{
    kam_column *c = kam_table_add_column(t, name, KAM_REAL, NULL);
    for (size_t i = 0; i < n; i++) kam_col_push_real(c, v[i]);
}

/* --- data --- */
static kam_table *action_table(void)
{
    const char *what_zh[] = {"与信息服务总监确认年度预算窗口，取得书面时间表", "安排售后团队回访三起投诉，七日内给出书面结论",
                             "向市场部演示预测看板，邀请系统经理到场", "与采购负责人商定 2027 年框架协议（含 3 年期价格条款）",
                             "补齐运营经理的联系记录，每月至少一次拜访", "复盘 Q3 丢单：写出三条可执行的改进"};
    const char *what_en[] = {"Confirm the budget window with the information services director, in writing",
                             "Have service revisit the three complaints and answer in writing within seven days",
                             "Show the forecast board to marketing with the systems manager in the room",
                             "Agree the 2027 frame contract with purchasing, three-year price clause included",
                             "Close the gaps in the operations manager's record: one visit a month at least",
                             "Review the deal lost in Q3 and write down three things we can do"};
    const char *own_zh[] = {"周启明", "陈晓岚", "周启明", "韩立群", "陈晓岚", "周启明"};
    const char *own_en[] = {"Q. Zhou", "X. Chen", "Q. Zhou", "L. Han", "X. Chen", "Q. Zhou"};
    const char *st_zh[] = {"进行中", "已逾期", "未开始", "进行中", "已完成", "未开始"};
    const char *st_en[] = {"under way", "overdue", "open", "under way", "done", "open"};
    const char *tone[] = {"warn", "bad", "unknown", "warn", "good", "unknown"};
    int64_t no[] = {1, 2, 3, 4, 5, 6};
    int64_t due[] = {20729, 20691, 20760, 20803, 20675, 20744};
    kam_table *t = kam_table_new();
    int_col(t, "no", KAM_INT, no, 6);
    text_col(t, "action", zh ? what_zh : what_en, 6);
    text_col(t, "owner", zh ? own_zh : own_en, 6);
    int_col(t, "due", KAM_DAY, due, 6);
    text_col(t, "status", zh ? st_zh : st_en, 6);
    text_col(t, "tone", tone, 6);
    kam_table_seal(t);
    return t;
}

static kam_table *portfolio_table(size_t n)
{
    static const char *name_zh[] = {"华瑞精密制造", "东海生物制药", "启明电网工程", "北辰智能装备", "南方冷链物流", "晨光新材料",
                                    "联创医疗器械", "金禾农业科技", "沃德 Automation（苏州）", "天枢 AI 研究院"};
    static const char *name_en[] = {"Huarui Precision", "Donghai Pharma", "Qiming Grid Works", "Beichen Robotics",
                                    "Southern Cold Chain", "Chenguang Materials", "Lianchuang Medical",
                                    "Jinhe Agritech", "Word Automation (Suzhou)", "Tianshu AI Institute"};
    static const char *grade[] = {"A", "A", "B", "B", "C"};
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, "CNY", 2);
    kam_column *no = kam_table_add_column(t, "no", KAM_INT, NULL), *name = kam_table_add_column(t, "name", KAM_TEXT, NULL);
    kam_column *gr = kam_table_add_column(t, "grade", KAM_TEXT, NULL), *am = kam_table_add_column(t, "amount", KAM_MONEY, NULL);
    kam_column *sh = kam_table_add_column(t, "share", KAM_REAL, NULL), *or = kam_table_add_column(t, "orders", KAM_INT, NULL);
    kam_column *last = kam_table_add_column(t, "last", KAM_DAY, NULL);
    uint64_t s = 42;
    for (size_t i = 0; i < n; i++) {
        s = s * 6364136223846793005u + 1442695040888963407u;
        int64_t minor = (int64_t)(s >> 40) * 97 / (int64_t)(i / 4 + 1);
        char label[128];
        snprintf(label, sizeof label, "%s%s%zu", zh ? name_zh[i % 10] : name_en[i % 10], zh ? "" : " ", i / 10 + 1);
        kam_col_push_int(no, (int64_t)i + 1);
        kam_col_push_text(name, label);
        kam_col_push_text(gr, grade[i * 5 / (n ? n : 1)]);
        kam_col_push_int(am, minor);
        if (i % 13 == 7) kam_col_push_missing(sh);
        else kam_col_push_real(sh, (double)(s >> 50) / 20000.0);
        kam_col_push_int(or, (int64_t)(s >> 58) + 1);
        kam_col_push_int(last, 20600 + (int64_t)(s >> 57));
    }
    kam_table_add_note(t, tr("金额为最近 12 个月净额，退货已扣除；“–” 表示无法计算。",
                             "Amounts are net of returns over the last 12 months; “–” means not defined."));
    kam_table_seal(t);
    return t;
}

static kam_table *funnel_table(void)
{
    const char *st_zh[] = {"线索", "意向", "方案", "谈判", "签约"}, *st_en[] = {"lead", "intent", "proposal", "negotiation", "won"};
    int64_t n[] = {64, 41, 23, 12, 7};
    int64_t amount[] = {182000000, 96500000, 64200000, 38800000, 21500000};
    kam_table *t = kam_table_new();
    kam_table_set_currency(t, "CNY", 2);
    text_col(t, "stage", zh ? st_zh : st_en, 5);
    int_col(t, "amount", KAM_MONEY, amount, 5);
    int_col(t, "n", KAM_INT, n, 5);
    kam_table_seal(t);
    return t;
}

static kam_table *people_table(void)
{
    const char *n_zh[] = {"林致远（总经理）", "郑雅文（信息总监）", "何建国（采购部长）", "苏敏（市场经理）", "罗一鸣（系统经理）",
                          "唐晓燕（运营经理）", "高翔（测试）", "许可（研发）", "马骏（财务）"};
    const char *n_en[] = {"Lin (general manager)", "Zheng (IT director)", "He (purchasing)", "Su (marketing)",
                          "Luo (systems)", "Tang (operations)", "Gao (test)", "Xu (development)", "Ma (finance)"};
    const char *role_zh[] = {"决策者", "决策者", "守门人", "向导", "使用者", "使用者", "影响者", "影响者", "守门人"};
    const char *role_en[] = {"decider", "decider", "gatekeeper", "coach", "user", "user", "influencer", "influencer", "gatekeeper"};
    double x[] = {0.3, 0.8, -0.6, 1.7, 1.2, -0.2, 0.4, 0.45, -1.1}, y[] = {4.9, 4.2, 3.6, 2.8, 2.2, 2.6, 1.1, 1.25, 3.3};
    double w[] = {5, 4, 4, 3, 3, 2, 1, 1, 2};
    kam_table *t = kam_table_new();
    text_col(t, "name", zh ? n_zh : n_en, 9);
    text_col(t, "role", zh ? role_zh : role_en, 9);
    real_col(t, "attitude", x, 9);
    real_col(t, "influence", y, 9);
    real_col(t, "weight", w, 9);
    kam_table_seal(t);
    return t;
}

static kam_table *month_table(void)
{
    int64_t day[12];
    double fc[12], won[12];
    for (int i = 0; i < 12; i++) {
        day[i] = kam_day_add_months(20454, i);
        fc[i] = 320 + 25 * i + (i % 3) * 30;
        won[i] = 300 + 31 * i - (i % 4) * 45;
    }
    kam_table *t = kam_table_new();
    int_col(t, "month", KAM_DAY, day, 12);
    real_col(t, "forecast", fc, 12);
    real_col(t, "won", won, 12);
    kam_table_seal(t);
    return t;
}

static kam_table *pareto_table(void)
{
    const char *n[] = {"A1", "A2", "A3", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "C5"};
    double v[] = {412, 305, 188, 120, 96, 71, 55, 40, 31, 22, 14, 9};
    kam_table *t = kam_table_new();
    text_col(t, "name", n, 12);
    real_col(t, "profit", v, 12);
    kam_table_seal(t);
    return t;
}

/* --- the document --- */
static void part_front(pdf_flow *f)
{
    pdf_fact facts[] = {{tr("负责人", "Owner"), tr("周启明", "Zhou Qiming")},
                        {tr("期间", "Period"), "2026-10 – 2027-09"},
                        {tr("高层主管", "Sponsor"), tr("韩立群（副总裁）", "Han Liqun, vice president")},
                        {tr("数据截止", "As of"), "2026-09-30"}};
    pdf_flow_title(f, &(pdf_title){tr("大客户规划", "Key account plan"),
                                   tr("华瑞精密制造有限公司", "Huarui Precision Manufacturing"),
                                   tr("从设备供应商走向产线合作伙伴", "From supplier of machines to partner of the line"), facts, 4});
    pdf_tile tiles[] = {{tr("近 12 月收入", "Revenue, 12 months"), tr("¥1,286 万", "¥12.86M"), tr("同比 +18.5%", "+18.5% on last year"), PDF_TONE_UP},
                        {tr("钱包份额", "Share of wallet"), "34%", tr("目标 45%", "target 45%"), PDF_TONE_WARN},
                        {tr("在途商机", "Open pipeline"), tr("¥2,150 万", "¥21.5M"), tr("加权 ¥870 万", "¥8.7M weighted"), PDF_TONE_NONE},
                        {tr("健康度", "Health"), "71 / 100", tr("下降 6 分", "down 6 points"), PDF_TONE_DOWN}};
    pdf_flow_tiles(f, tiles, 4);
    pdf_flow_heading(f, 1, tr("一页摘要", "The plan on a page"));
    pdf_flow_paragraph(f, tr("华瑞精密是我们在华东区收入排名第二的客户，近12个月净收入1,286万元，同比增长18.5%。信息服务总监（**审批者**）已在内部会议上明确支持“预测看板”项目，但采购部长仍倾向于现有供应商；若在Q4之前拿不到预算窗口，项目将顺延至2027年。",
                             "Huarui is our second largest account in the region: ¥12.86M net in twelve months, 18.5% more than the year before. The information services director, who **approves**, backs the forecast board; purchasing still leans towards the present supplier. Without a budget window before Q4 the project slips into 2027."));
    pdf_flow_paragraph(f, tr("我们的策略分三步：先解决三起未结投诉——这是运营经理最在意的事；再以 A/B 测试证明看板可把缺料停线时间缩短 20% 以上；最后把 3 年期框架协议与 T+1 备件服务一并谈定。__凡是没有客户行动佐证的进展，一律不计入预测。__",
                             "Three steps: settle the three open complaints, which matter most to operations; prove with an A/B test that the board cuts line stops by a fifth; then agree the three-year frame contract together with next-day spares. __Progress without an act of the customer does not enter the forecast.__"));
    const char *wins_zh[] = {"三个季度准时交付率保持在 98% 以上，**客户质量奖**评审中排名第一",
                             "系统经理主动邀请我们参加 2027 年产线规划会（10月18日）",
                             "备件库存由我方托管后，紧急订单从每月 14 次降到 5 次"};
    const char *wins_en[] = {"On-time delivery above 98% for three quarters; **first in the customer's quality award**",
                             "The systems manager asked us into the 2027 line planning meeting (18 October)",
                             "Since we keep the spares, urgent orders fell from 14 to 5 a month"};
    pdf_flow_list(f, PDF_BULLETS, zh ? wins_zh : wins_en, 3);
    pdf_flow_note(f, PDF_NOTE_WARN, tr("雷区：采购部长从未被拜访", "Mine: purchasing was never called on"),
                  tr("四类购买影响者中，采购（守门人）自 2025-11-03 起没有任何互动记录，而竞争对手“甲辰自动化”在此期间至少到访两次。建议由副总裁出面，在 30 天内完成首次会面。",
                     "Of the four buying influences, the gatekeeper has no contact on record since 2025-11-03, while a rival called at least twice. The vice president should meet him within 30 days."));
}

static void part_tables(pdf_flow *f, kam_err *err)
{
    pdf_flow_heading(f, 1, tr("行动计划", "Action plan"));
    pdf_flow_paragraph(f, tr("按到期日排列；每项行动都有唯一负责人。", "Sorted by due date; every action has one owner."));
    kam_table *t = action_table();
    pdf_col cols[] = {{.name = "no", .label = "#"},
                      {.name = "action", .label = tr("行动", "Action"), .weight = 1},
                      {.name = "owner", .label = tr("负责人", "Owner")},
                      {.name = "due", .label = tr("到期", "Due")},
                      {.name = "status", .label = tr("状态", "Status"), .tone_col = "tone"}};
    must(pdf_flow_table(f, t, &(pdf_table_opts){.cols = cols, .n_cols = 5, .caption = tr("未来 90 天", "The next 90 days")}, err), err);
    kam_table_unref(t);
    pdf_flow_heading(f, 2, tr("客户群概览", "The portfolio"));
    t = portfolio_table(60);
    pdf_col pc[] = {{.name = "no", .label = "#"},
                    {.name = "name", .label = tr("客户", "Account")},
                    {.name = "grade", .label = tr("等级", "Grade"), .align = PDF_CENTRE},
                    {.name = "amount", .label = tr("净收入（元）", "Net revenue, CNY"), .total = true},
                    {.name = "share", .label = tr("份额", "Share"), .format = PDF_FORMAT_PERCENT},
                    {.name = "orders", .label = tr("订单数", "Orders"), .total = true},
                    {.name = "last", .label = tr("最近购买", "Last purchase")}};
    must(pdf_flow_table(f, t, &(pdf_table_opts){.cols = pc, .n_cols = 7, .zebra = true, .totals_label = tr("合计", "Total"),
                                                .caption = tr("六十个客户，按等级", "Sixty accounts by grade")}, err), err);
    kam_table_unref(t);
}

/* A landscape page within the portrait report: a wide table with a row after each grade. */
static void part_wide(pdf_flow *f, kam_err *err)
{
    pdf_flow_turn(f, true);
    pdf_flow_heading(f, 1, tr("横向页：按等级小计", "A landscape page: subtotals by grade"));
    kam_table *t = portfolio_table(18);
    pdf_col pc[] = {{.name = "name", .label = tr("客户", "Account")},
                    {.name = "amount", .label = tr("净收入（元）", "Net revenue, CNY"), .total = true},
                    {.name = "orders", .label = tr("订单数", "Orders"), .total = true},
                    {.name = "last", .label = tr("最近购买", "Last purchase")}};
    must(pdf_flow_table(f, t, &(pdf_table_opts){.cols = pc, .n_cols = 4, .subtotal_col = "grade", .compact = true,
                                                .totals_label = tr("合计", "Total")}, err), err);
    kam_table_unref(t);
    pdf_flow_turn(f, false);
}

static void part_charts(pdf_flow *f, kam_err *err)
{
    pdf_flow_heading(f, 1, tr("图表", "Figures"));
    kam_table *t = portfolio_table(8);
    must(pdf_flow_bar(f, t, &(pdf_bar_opts){.label_col = "name", .value_cols = {"amount"}, .n_values = 1, .format = PDF_FORMAT_SHORT,
                                            .caption = tr("收入前八名客户", "The eight largest accounts"),
                                            .axis = tr("净收入（元）", "net revenue, CNY")}, err), err);
    kam_table_unref(t);
    t = funnel_table();
    must(pdf_flow_funnel(f, t, &(pdf_funnel_opts){.label_col = "stage", .value_col = "amount", .second_col = "n", .format = PDF_FORMAT_SHORT,
                                                  .value_label = tr("金额", "amount"), .second_label = tr("商机数", "deals"),
                                                  .rate_label = tr("转化", "passed on"), .caption = tr("销售漏斗", "Sales funnel")}, err), err);
    kam_table_unref(t);
    t = people_table();
    must(pdf_flow_quadrant(f, t, &(pdf_quadrant_opts){.x_col = "attitude", .y_col = "influence", .label_col = "name", .size_col = "weight",
                               .group_col = "role", .x_label = tr("态度（反对 ← → 支持）", "attitude: against ← → for us"),
                               .y_label = tr("影响力", "influence"), .x_split = 0, .y_split = 2.5, .split_given = true,
                               .x_min = -2, .x_max = 2, .y_min = 0, .y_max = 5,
                               .corner = {tr("化解", "win over"), tr("依靠", "rely on"), tr("观察", "watch"), tr("培养", "grow")},
                               .caption = tr("影响力与态度", "Influence and attitude")}, err), err);
    kam_table_unref(t);
    t = month_table();
    must(pdf_flow_line(f, t, &(pdf_line_opts){.x_col = "month", .value_cols = {"forecast", "won"}, .n_values = 2, .from_zero = true,
                               .series = {tr("预测", "forecast"), tr("实际", "won")}, .y_label = tr("万元", "CNY 10,000"),
                               .caption = tr("预测与实际", "Forecast and result")}, err), err);
    kam_table_unref(t);
    t = pareto_table();
    must(pdf_flow_line(f, t, &(pdf_line_opts){.x_col = "name", .value_cols = {"profit"}, .n_values = 1, .pareto = true,
                               .series = {tr("利润（万元）", "profit, CNY 10,000")},
                               .caption = tr("利润的帕累托曲线", "Pareto curve of profit")}, err), err);
    kam_table_unref(t);
    t = month_table();
    must(pdf_flow_bar(f, t, &(pdf_bar_opts){.label_col = "month", .value_cols = {"forecast", "won"}, .n_values = 2, .vertical = true,
                               .series = {tr("预测", "forecast"), tr("实际", "won")},
                               .caption = tr("逐月对比", "Month by month")}, err), err);
    kam_table_unref(t);
}

static void part_handout(pdf_flow *f, kam_err *err)
{
    pdf_flow_page_break(f);
    pdf_flow_heading(f, 1, tr("练习", "Exercise"));
    pdf_flow_heading(f, 2, tr("练习一：凭感觉数一数 A、B、C", "Count your A, B and C accounts by feel"));
    pdf_flow_paragraph(f, tr("独自用五分钟列出你现有的客户，凭感觉给每一个打上 A、B 或 C；再与同伴讨论十分钟。",
                             "Five minutes alone: list your accounts and mark each A, B or C by feel. Ten minutes in pairs."));
    const char *c_zh[] = {"5 个以内", "6–15 个", "16–30 个", "30 个以上"}, *c_en[] = {"up to 5", "6–15", "16–30", "more than 30"};
    pdf_flow_choices(f, tr("你管理多少个客户？", "How many accounts are yours?"), zh ? c_zh : c_en, 4);
    pdf_flow_answer_lines(f, tr("写下与系统分类不同的三个客户，并说明原因：", "Write down three accounts that the program classes differently, and why:"), 5);
    pdf_flow_columns_begin(f, 2, NULL);
    pdf_flow_heading(f, 3, tr("左栏：我们承诺什么", "What we promise"));
    pdf_flow_answer_lines(f, NULL, 4);
    pdf_flow_columns_next(f);
    pdf_flow_heading(f, 3, tr("右栏：我们停止什么", "What we stop doing"));
    pdf_flow_answer_lines(f, NULL, 4);
    pdf_flow_columns_end(f);
    pdf_flow_note(f, PDF_NOTE_TRAINER, tr("讲师提示", "For the trainer"),
                  tr("先让学员动手，再运行 classify -by yield；差异本身就是讨论材料。", "Let them work first, then run classify -by yield; the differences are the lesson."));
    const char *ck_zh[] = {"已拜访决策者", "已核实预算", "已取得书面承诺"}, *ck_en[] = {"decider visited", "budget verified", "commitment in writing"};
    pdf_flow_list(f, PDF_CHECKS, zh ? ck_zh : ck_en, 3);
    const char *st_zh[] = {"列出客户", "打分", "对照系统结果"}, *st_en[] = {"list the accounts", "mark them", "compare with the program"};
    pdf_flow_list(f, PDF_NUMBERS, zh ? st_zh : st_en, 3);
    kam_table *t = kam_table_new();
    kam_column *a = kam_table_add_column(t, "account", KAM_TEXT, NULL), *b = kam_table_add_column(t, "feel", KAM_TEXT, NULL);
    kam_column *c = kam_table_add_column(t, "why", KAM_TEXT, NULL);
    for (int i = 0; i < 4; i++) kam_col_push_missing(a), kam_col_push_missing(b), kam_col_push_missing(c);
    kam_table_seal(t);
    pdf_col cols[] = {{.name = "account", .label = tr("客户", "Account"), .weight = 2}, {.name = "feel", .label = "A/B/C", .width_pt = 50},
                      {.name = "why", .label = tr("为什么", "Why"), .weight = 3}};
    must(pdf_flow_table(f, t, &(pdf_table_opts){.cols = cols, .n_cols = 3, .blank_rows = true, .min_row_pt = PDF_MM(8.5)}, err), err);
    kam_table_unref(t);
    pdf_flow_rule(f);
    pdf_flow_small(f, tr("示例数据均为虚构。", "All data are made up."));
    (void)err;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: pdf_demo zh|en screen|print dump|FILE.pdf\n");
        return 2;
    }
    zh = strcmp(argv[1], "zh") == 0;
    kam_err err = KAM_ERR_INIT;
    pdf_flow *f = pdf_flow_new(&(pdf_doc_opts){.lang = zh ? PDF_ZH : PDF_EN, .theme = pdf_theme_find(argv[2]),
        .title = tr("大客户规划：华瑞精密制造", "Key account plan: Huarui Precision"), .author = "kamsh",
        .header_left = tr("大客户规划 · 华瑞精密制造", "Key account plan · Huarui Precision"),
        .header_right = tr("内部资料", "internal"), .footer_left = tr("华瑞精密制造 · 截至 2026-09-30", "Huarui Precision · as of 2026-09-30"),
        .first_page_plain = true});
    pdf_flow_markup(f, true);
    part_front(f);
    pdf_flow_toc(f, NULL, 2);
    part_tables(f, &err);
    part_wide(f, &err);
    part_charts(f, &err);
    part_handout(f, &err);
    if (strcmp(argv[3], "dump") == 0) {
        kam_str out = KAM_STR_INIT;
        must(pdf_flow_dump(f, &out, &err), &err);
        fputs(kam_str_cstr(&out), stdout);
        kam_str_release(&out);
    } else {
        pdf_report r;
        must(pdf_flow_save(f, NULL, argv[3], &r, &err), &err);
        printf("%zu pages, %zu bytes, %zu missing characters\n", r.pages, r.bytes, r.n_missing);
    }
    pdf_flow_free(f);
    return 0;
}
