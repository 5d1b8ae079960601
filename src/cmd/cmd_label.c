/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_label.h"
#include "cmd_label_calc.h"
#include "cmd_label_card.h"
#include "cmd_label_care.h"
#include "cmd_label_deals.h"
#include "cmd_label_next.h"
#include "cmd_label_people.h"
#include "cmd_label_run.h"
#include "cmd_label_session.h"
#include "cmd_label_worth.h"
#include "cmd_plan.h"
#include "cmd_spec.h"
#include "store_field.h"
#include "store_setting.h"
#include <string.h>

/* Labels of the tables made in cmd/ itself. Looked up linearly only while a table is drawn. */
static const cmd_label own[] = {
    {"action", "action", "操作"},
    {"added", "added", "新增"},
    {"after", "after", "变更后"},
    {"before", "before", "变更前"},
    {"check", "check", "检查项"},
    {"columns", "columns", "列"},
    {"command", "command", "命令"},
    {"count", "count", "数量"},
    {"created", "created", "自动建立"},
    {"currency", "currency", "货币"},
    {"describe.about", "about", "方面"},
    {"describe.what", "what", "结论"},
    {"default", "default", "默认值"},
    {"delimiter", "delimiter", "分隔符"},
    {"done", "done", "已完成"},
    {"effect", "effect", "作用"},
    {"encoding", "encoding", "编码"},
    {"entity", "entity", "对象类型"},
    {"entry", "entry", "流水号"},
    {"field", "field", "字段"},
    {"file", "file", "文件"},
    {"greeting", "greeting", "问候语"},
    {"argument.help", "meaning", "说明"},
    {"kind", "kind", "类型"},
    {"column.label", "heading", "标题"},
    {"line", "line", "行"},
    {"column", "column", "列"},
    {"meaning", "meaning", "含义"},
    {"measure", "measure", "项目"},
    {"message", "message", "信息"},
    {"name", "name", "名称"},
    {"number", "number", "序号"},
    {"object", "object", "对象"},
    {"part", "part", "部分"},
    {"problem", "problem", "问题"},
    {"read", "read", "读取"},
    {"reason", "reason", "原因"},
    {"rejected", "rejected", "拒绝"},
    {"removed", "removed", "删除"},
    {"rows", "rows", "行数"},
    {"source", "source", "出处"},
    {"state", "state", "状态"},
    {"summary", "summary", "概要"},
    {"text", "text", "文本"},
    {"topic", "topic", "主题"},
    {"type", "type", "类型"},
    {"unchanged", "unchanged", "未变"},
    {"parameters", "parameters", "参数"},
    {"required", "required", "必填"},
    {"values", "values", "可取的值"},
    {"unit", "unit", "单位"},
    {"updated", "updated", "更新"},
    {"value", "value", "值"},
    {"when", "when", "时间"},
    {"who", "who", "操作人"},
    {"changed", "changed", "已改"},
    /* lifetime value */
    {"actual", "actual", "实际"},
    {"actual_mean", "actual mean", "实际均值"},
    {"accounts", "accounts", "客户数"},
    {"age", "age", "客龄"},
    {"chi_square", "chi-square", "卡方"},
    {"covered", "covered", "区间覆盖率"},
    {"cumulative_actual", "actual, cumulative", "累计实际"},
    {"cumulative_expected", "expected, cumulative", "累计预期"},
    {"estimate", "estimate", "估计值"},
    {"expected", "expected", "预期"},
    {"expected_mean", "expected mean", "预期均值"},
    {"expected_purchases", "purchases ahead", "预期购买次数"},
    {"expected_purchases_high", "purchases, high", "次数上限"},
    {"expected_purchases_low", "purchases, low", "次数下限"},
    {"expected_value", "value of a purchase", "每次购买价值"},
    {"future_high", "value, high", "价值上限"},
    {"future_low", "value, low", "价值下限"},
    {"future_value", "future value", "未来价值"},
    {"in_fit", "in the fit", "用于拟合"},
    {"last_purchase_at", "last purchase", "最近购买"},
    {"lifetime_value", "lifetime value", "终身价值"},
    {"low", "low", "下限"},
    {"high", "high", "上限"},
    {"mae", "mean absolute error", "平均绝对误差"},
    {"p_alive", "still a customer", "仍为客户概率"},
    {"parameter", "parameter", "参数"},
    {"past_value", "past value", "过去价值"},
    {"period", "period", "期"},
    {"repeat_purchases", "repeat purchases", "重复购买"},
    {"rmse", "root mean square error", "均方根误差"},
    {"std_error", "standard error", "标准误"},
    {"until", "until", "截至"},
    {"lifetime.periods", "periods", "已历期数"},
    {"lifetime.ended", "ended", "已终止"},
    {"lifetime.retention", "retention", "下期保留率"},
    {"lifetime.residual_periods", "periods ahead", "剩余期数（折现）"},
    {"lifetime.future_value", "future value", "未来价值"},
    {"measure.measure", "measure", "项目"},
    {"measure.value", "value", "值"},
    {"report.file", "file", "文件"},
    {"report.pages", "pages", "页数"},
    {"report.bytes", "bytes", "字节数"},
    {"report.missing_characters", "missing characters", "缺字数"},
    {"report.warnings", "warnings", "提醒"},
};

/* Every list of rows: our own, then one a family of methods. */
#define PART(list) {list, sizeof list / sizeof *list}
static const struct {
    const cmd_label *rows;
    size_t n;
} parts[] = {PART(own),           PART(cmd_label_calc), PART(cmd_label_card), PART(cmd_label_people),
             PART(cmd_label_deals), PART(cmd_label_worth), PART(cmd_label_run), PART(cmd_label_next), PART(cmd_label_care),
             PART(cmd_label_session)};
enum { N_PARTS = sizeof parts / sizeof *parts };

const cmd_label *cmd_label_list(size_t part, size_t *n)
{
    *n = part < N_PARTS ? parts[part].n : 0;
    return part < N_PARTS ? parts[part].rows : NULL;
}

/* A bare name is a field's only where every entity that has such a field calls it the same: "price" is no label. */
static const char *bare_field(const char *name, bool zh)
{
    size_t n;
    const store_entity *e = store_entities(&n);
    const char *found = NULL;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(e[i].name, name) == 0) return zh ? e[i].zh : e[i].en;
        const store_field *f = store_field_find(&e[i], name);
        if (!f) continue;
        const char *s = zh ? f->zh : f->en;
        if (found && strcmp(found, s) != 0) return NULL;
        found = s;
    }
    return found;
}

const char *cmd_label_text(const char *id, int lang)
{
    for (size_t part = 0; part < N_PARTS; part++)
        for (size_t i = 0; i < parts[part].n; i++)
            if (strcmp(parts[part].rows[i].id, id) == 0)
                return lang == CMD_LANG_ZH ? parts[part].rows[i].zh : parts[part].rows[i].en;
    return strchr(id, '.') ? store_label_text(id, lang == CMD_LANG_ZH) : bare_field(id, lang == CMD_LANG_ZH);
}

/* Titles of answers are ids without a dot, too: a column that happens to be called `plan` is no plan of the month. */
static bool is_title(const char *id)
{
    for (size_t part = 1; part < N_PARTS; part++)
        for (size_t i = 0; i < parts[part].n; i++)
            if (strcmp(parts[part].rows[i].id, id) == 0) return parts[part].rows[i].en[0] >= 'A' && parts[part].rows[i].en[0] <= 'Z';
    return false;
}

/* As "funnel.stage": nothing a person would write over a column. */
static bool is_id(const char *label)
{
    const char *dot = strchr(label, '.');
    return dot && dot > label && dot[1] && strspn(label, "abcdefghijklmnopqrstuvwxyz0123456789_-.") == strlen(label);
}

const char *cmd_label_column(const kam_column *c, int lang)
{
    const char *label = kam_col_label(c), *s = is_title(label) ? NULL : cmd_label_text(label, lang);
    if (s) return s;
    /* A heading given in words (-label) is one already; an unknown message id is not shown to anybody. */
    return is_id(label) ? kam_col_name(c) : label;
}

/* Columns of keys, and the last but one part of their words' ids. */
static const struct {
    const char *column, *part;
} word_columns[] = {
    {"action", "journal_action"},
    {"activity", "activity"},
    {"after", "class"},
    {"authority", "half"},
    {"basis", "basis"},
    {"before", "class"},
    {"broken", "promise"},
    {"buying_role", "buying_role"},
    {"buys_for", "buys_for"},
    {"by", "by"},
    {"class", "class"},
    {"clock", "clock"},
    {"change", "change"},
    {"check", "check"},
    {"control", "control"},
    {"diagnosis", "diagnosis"},
    {"effect", "effect"},
    {"feeling", "feeling"},
    {"filed", "clock_state"},
    {"flag", "flag"},
    {"flag", "state"},
    {"flow", "flow"},
    {"force", "force"},
    {"from", "class"},
    {"gap_in", "class"},
    {"group", "stage"},
    {"how", "how"},
    {"item", "item"},
    {"ingredient", "ingredient"},
    {"kind", "flag"},
    {"kind", "argument_kind"},
    {"kinds", "value_kind"},
    {"ladder", "class"},
    {"last_stage", "stage"},
    {"layer", "layer"},
    {"lever", "lever"},
    {"lowest", "factor"},
    {"measure", "measure"},
    {"missing", "level"},
    {"month", "period"},
    {"next", "clock"},
    {"next_step", "step"},
    {"org_need", "org_need"},
    {"over", "over"},
    {"parameter", "parameter"},
    {"parameters", "parameter"},
    {"part", "part"},
    {"participation", "half"},
    {"pattern", "pattern"},
    {"person_need", "person_need"},
    {"period", "period"},
    {"phase", "class"},
    {"present", "known_level"},
    {"progress", "clock_state"},
    {"quadrant", "quadrant"},
    {"question", "question"},
    {"reading", "diagnosis"},
    {"relation_present", "relation_type"},
    {"relation_wanted", "relation_type"},
    {"relationship", "relationship"},
    {"repeat_purchases", "count_row"},
    {"reminder", "reminder"},
    {"revenue_of", "source"},
    {"rule", "rule"},
    {"seat", "seat"},
    {"section", "section"},
    {"sign", "sign"},
    {"stage", "stage"},
    {"state", "state"},
    {"status", "status"},
    {"subjects", "subject"},
    {"thinking", "thinking"},
    {"topic", "topic"},
    {"to", "class"},
    {"trait", "trait"},
    {"trend", "trend"},
    {"unit", "unit"},
    {"value", "mode"},
    {"value", "class"},
    {"value", "known_level"},
    {"verdict", "verdict"},
    {"visit", "clock_state"},
    {"wanted", "class"},
    {"wanted", "known_level"},
    {"way", "way"},
    {"weakest", "criterion"},
    {"weakest", "ingredient"},
    {"weakest", "section"},
    {"weakest", "weakest"},
    {"written", "clock_state"},
};

/* Is id "….PART.VALUE", or "PART.VALUE"? */
static bool id_ends(const char *id, const char *part, const char *value)
{
    size_t n = strlen(id), p = strlen(part), v = strlen(value);
    if (n < p + v + 1 || strcmp(id + n - v, value) != 0 || id[n - v - 1] != '.') return false;
    const char *at = id + n - v - 1 - p;
    return strncmp(at, part, p) == 0 && (at == id || at[-1] == '.');
}

/* Keys of columns that hold the names of entities, of attributes, of what settings and attributes may be. */
static const char *model_word(const char *column, const char *value)
{
    size_t n;
    static const char *const of_entities[] = {"entity", "record", "measure", "kind", "type", "subjects"};
    for (size_t i = 0; i < sizeof of_entities / sizeof *of_entities; i++)
        if (strcmp(of_entities[i], column) == 0) {
            const store_entity *e = store_entity_find(value);
            return e ? e->zh : NULL;
        }
    if (strcmp(column, "columns") == 0) {
        const store_field *of_account = store_field_find(store_entity_find("account"), value);
        return of_account ? of_account->zh : NULL;
    }
    const store_attribute *a = store_attributes(&n);
    bool of_values = false;
    static const char *const hold_values[] = {"value", "default", "before", "after"};
    for (size_t i = 0; i < sizeof hold_values / sizeof *hold_values; i++) of_values = of_values || strcmp(column, hold_values[i]) == 0;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(column, "attribute") == 0 && strcmp(a[i].name, value) == 0) return a[i].zh;
        for (const store_enum *v = of_values ? a[i].values : NULL; v && v->name; v++)
            if (strcmp(v->name, value) == 0) return v->zh;
    }
    const store_entity *e = store_entities(&n);
    for (size_t i = 0; strcmp(column, "field") == 0 && i < n; i++) { /* the same name means the same in all of them */
        const store_field *f = store_field_find(&e[i], value);
        if (f) return f->zh;
    }
    for (size_t i = 0; of_values && i < n; i++)
        for (size_t j = 0; j < e[i].n_fields; j++)
            for (const store_enum *v = e[i].fields[j].kind == STORE_ENUM ? e[i].fields[j].values : NULL; v && v->name; v++)
                if (strcmp(v->name, value) == 0) return v->zh;
    const store_setting *f = store_settings(&n);
    for (size_t i = 0; of_values && i < n; i++)
        for (const store_enum *v = f[i].kind == STORE_S_ENUM ? f[i].values : NULL; v && v->name; v++)
            if (strcmp(v->name, value) == 0) return v->zh;
    return NULL;
}

static const char *enum_word(const kam_column *c, const char *value)
{
    const char *id = kam_col_label(c), *dot = strchr(id, '.');
    char name[64];
    if (!dot || (size_t)(dot - id) >= sizeof name) return NULL;
    memcpy(name, id, (size_t)(dot - id));
    name[dot - id] = '\0';
    const store_entity *e = store_entity_find(name);
    const store_field *f = e ? store_field_find(e, dot + 1) : NULL;
    for (const store_enum *v = f && f->kind == STORE_ENUM ? f->values : NULL; v && v->name; v++)
        if (strcmp(v->name, value) == 0) return v->zh;
    return NULL;
}

static bool same(const char *word, const char *text, size_t n) { return word && strlen(word) == n && memcmp(word, text, n) == 0; }

static const char *entity_word(const store_entity *e, const char *value)
{
    for (size_t i = 0; e && i < e->n_fields; i++)
        for (const store_enum *v = e->fields[i].kind == STORE_ENUM ? e->fields[i].values : NULL; v && v->name; v++)
            if (strcmp(v->name, value) == 0) return v->zh;
    return NULL;
}

/* Is it a word of the key, in any column? */
static bool word_of(const char *key, const char *text, size_t n)
{
    const size_t k = strlen(key);
    for (size_t part = 1; part < N_PARTS; part++)
        for (size_t i = 0; i < parts[part].n; i++) {
            const char *id = parts[part].rows[i].id;
            const size_t len = strlen(id);
            if (len > k && id[len - k - 1] == '.' && strcmp(id + len - k, key) == 0 && same(parts[part].rows[i].zh, text, n)) return true;
        }
    size_t entities;
    const store_entity *e = store_entities(&entities);
    for (size_t i = 0; i < entities; i++)
        for (size_t f = 0; f < e[i].n_fields; f++)
            for (const store_enum *v = e[i].fields[f].kind == STORE_ENUM ? e[i].fields[f].values : NULL; v && v->name; v++)
                if (strcmp(v->name, key) == 0 && same(v->zh, text, n)) return true;
    return false;
}

const char *cmd_label_why(const char *value, const char *meaning, const char *source, int lang, size_t *n)
{
    if (lang != CMD_LANG_ZH) return NULL;
    const char *end = meaning ? strstr(meaning, "：") : NULL;
    if (meaning) {
        *n = end ? (size_t)(end - meaning) : strlen(meaning);
        if (word_of(value, meaning, *n)) return meaning;
    }
    char name[64];
    const size_t len = source ? strcspn(source, " ") : 0;
    if (!len || len >= sizeof name) return NULL;
    memcpy(name, source, len);
    name[len] = '\0';
    const char *word = entity_word(store_entity_find(name), value);
    if (word) *n = strlen(word);
    return word;
}

/* Columns of plan versions (cmd_plan.h): parts and fields have their words in calc; a value has one where it means the same in every field. */
static const char *plan_word(const char *label, const char *value)
{
    if (strcmp(label, "version.kind") == 0) {
        const calc_version_kind *k = calc_version_kind_find(value);
        return k ? k->zh : NULL;
    }
    if (strcmp(label, "version.field") == 0) {
        const calc_version_field *f = calc_version_field_find(NULL, value);
        return f ? f->zh : NULL;
    }
    size_t n;
    const calc_version_field *f = calc_version_fields(&n);
    const char *word = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *w = f[i].form == CALC_V_KEY && f[i].words ? cmd_plan_word(NULL, f[i].words, value, CALC_ZH) : NULL;
        if (w && word && strcmp(w, word) != 0) return NULL; /* 流失 of a life cycle, 丢单 of an opportunity: the sentence says which */
        if (w) word = w;
    }
    return word;
}

/* A word of exactly this column: "run.health.class" and "good" are "run.health.class.good". */
static const char *label_word(const char *label, const char *value)
{
    size_t n = strlen(label);
    for (size_t part = 1; part < N_PARTS; part++)
        for (size_t k = 0; k < parts[part].n; k++) {
            const char *id = parts[part].rows[k].id;
            if (strncmp(id, label, n) == 0 && id[n] == '.' && strcmp(id + n + 1, value) == 0) return parts[part].rows[k].zh;
        }
    return NULL;
}

const char *cmd_label_word(const kam_column *c, const char *value, int lang)
{
    static const char *const of_plans[] = {"version.kind", "version.field", "version.before", "version.after", "version.value"};
    if (lang != CMD_LANG_ZH || kam_col_type(c) != KAM_TEXT) return NULL;
    for (size_t i = 0; i < sizeof of_plans / sizeof *of_plans; i++)
        if (strcmp(kam_col_label(c), of_plans[i]) == 0) return plan_word(of_plans[i], value);
    if (strcmp(kam_col_label(c), "why.value") == 0) return NULL; /* its rows are of many kinds: `why` knows which are keys */
    const char *word = label_word(kam_col_label(c), value);
    for (size_t i = 0; !word && i < sizeof word_columns / sizeof *word_columns; i++) {
        if (strcmp(word_columns[i].column, kam_col_name(c)) != 0) continue;
        for (size_t part = 1; part < N_PARTS; part++)
            for (size_t k = 0; k < parts[part].n; k++)
                if (id_ends(parts[part].rows[k].id, word_columns[i].part, value)) return parts[part].rows[k].zh;
    }
    if (word) return word;
    word = enum_word(c, value);
    return word ? word : model_word(kam_col_name(c), value);
}

const char *cmd_label_kind(const char *kind, int lang)
{
    if (lang != CMD_LANG_ZH) return kind;
    const store_entity *e = store_entity_find(kind);
    for (size_t k = 0; k < sizeof cmd_label_session / sizeof *cmd_label_session; k++)
        if (id_ends(cmd_label_session[k].id, "argument_kind", kind)) return cmd_label_session[k].zh;
    return e ? e->zh : kind;
}
