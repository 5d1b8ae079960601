/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store_model: the fields of the entities by subject (store_model_*.c), gathered into entities by store_field.c;
 * included nowhere else. */
#ifndef STORE_MODEL_H
#define STORE_MODEL_H
#include "store_field.h"

/* Shorthand of the flag columns. */
enum {
    M_REQ = STORE_REQUIRED,
    M_KEY = STORE_REQUIRED | STORE_KEY, /* positional */
    M_OPTKEY = STORE_KEY,
    M_RANGE = STORE_RANGED,
    M_LONG = STORE_HIDDEN
};
#define M_FIELDS(a) (a), sizeof(a) / sizeof((a)[0])
/* The automatic number that is the key of records without a code. */
#define M_ID                                                                                        \
    {"id", "id", STORE_AUTO, STORE_KEY | STORE_READONLY, NULL, NULL, 0, 0, NULL, "编号", "number", \
     "自动编号", "automatic number", NULL}
#define M_NOTES                                                                                       \
    {"notes", "notes", STORE_TEXT, STORE_HIDDEN, NULL, NULL, 0, 0, NULL, "备注", "notes", "任意文字", \
     "any text", NULL}
#define M_SORT_KEY                                                                                             \
    {"sort_key", "sort_key", STORE_TEXT, STORE_DERIVED | STORE_HIDDEN, NULL, NULL, 0, 0, NULL, "排序键",       \
     "sort key", "排序与查找用，缺省为拼音首字母", "for sorting and finding; by default the pinyin initials", \
     NULL}
#define M_NAME_EN                                                                                       \
    {"name_en", "name_en", STORE_TEXT, 0, NULL, NULL, 0, 0, NULL, "英文名", "English name", "英文名称", \
     "name in English", NULL}

/* The sizes are checked by the compiler against the definitions. */
extern const store_field store_rep_fields[6];
extern const store_field store_competitor_fields[5];
extern const store_field store_product_fields[9];
extern const store_field store_account_fields[24];
extern const store_field store_contact_fields[18];
extern const store_field store_opportunity_fields[11];
extern const store_field store_stage_change_fields[3];
extern const store_field store_transaction_fields[10];
extern const store_field store_contract_fields[8];
extern const store_field store_service_cost_fields[6];
extern const store_field store_assessment_fields[8];
extern const store_field store_link_fields[6];
extern const store_field store_relationship_fields[6];
extern const store_field store_mark_fields[10];
extern const store_field store_interaction_fields[29];
extern const store_field store_target_fields[4];
extern const store_field store_objective_fields[7];
extern const store_field store_action_fields[12];
extern const store_field store_risk_fields[8];
extern const store_field store_plan_text_fields[5];
extern const store_field store_plan_snapshot_fields[6];
extern const store_field store_plan_fact_fields[8];
extern const store_field store_value_note_fields[7];
extern const store_field store_sighting_fields[9];
extern const store_field store_survey_fields[11];
extern const store_field store_survey_factor_fields[5];
extern const store_field store_referral_fields[4];
extern const store_field store_exception_fields[5];
extern const store_field store_post_mortem_fields[3];
extern const store_field store_bid_fields[4];
extern const store_field store_mailing_fields[5];
extern const store_field store_recipient_fields[5];
extern const store_field store_segment_fields[5];
extern const store_field store_segment_member_fields[2];
extern const store_field store_policy_note_fields[6];
extern const store_field store_setting_fields[2];
extern const store_field store_change_fields[10];

extern const store_enum store_need_org[], store_need_person[], store_layers[], store_buying_roles[];
extern const store_enum store_stages[], store_levels[];
#endif
