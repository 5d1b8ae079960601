/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_all: the list of hand-written commands. A new command adds one extern line and one entry, nothing else. */
#include "cmd_spec.h"

extern const cmd_spec cmd_hello_spec;
extern const cmd_spec cmd_render_spec;
extern const cmd_spec cmd_show_spec;
extern const cmd_spec cmd_undo_spec;
extern const cmd_spec cmd_redo_spec;
extern const cmd_spec cmd_changes_spec;
extern const cmd_spec cmd_begin_spec;
extern const cmd_spec cmd_commit_spec;
extern const cmd_spec cmd_rollback_spec;
extern const cmd_spec cmd_setting_get_spec;
extern const cmd_spec cmd_setting_list_spec;
extern const cmd_spec cmd_setting_set_spec;
extern const cmd_spec cmd_setting_reset_spec;
extern const cmd_spec cmd_display_get_spec;
extern const cmd_spec cmd_display_set_spec;
extern const cmd_spec cmd_display_list_spec;
extern const cmd_spec cmd_database_open_spec;
extern const cmd_spec cmd_database_close_spec;
extern const cmd_spec cmd_database_save_spec;
extern const cmd_spec cmd_database_backup_spec;
extern const cmd_spec cmd_database_info_spec;
extern const cmd_spec cmd_database_check_spec;
extern const cmd_spec cmd_database_repair_spec;
extern const cmd_spec cmd_sql_spec;
extern const cmd_spec cmd_import_spec;
extern const cmd_spec cmd_export_spec;
extern const cmd_spec cmd_help_spec;
extern const cmd_spec cmd_describe_spec;
extern const cmd_spec cmd_table_columns_spec;
extern const cmd_spec cmd_table_rows_spec;
extern const cmd_spec cmd_table_get_spec;
extern const cmd_spec cmd_table_each_spec;
extern const cmd_spec cmd_table_select_spec;
extern const cmd_spec cmd_table_where_spec;
extern const cmd_spec cmd_table_sort_spec;
extern const cmd_spec cmd_table_head_spec;
extern const cmd_spec cmd_table_group_spec;
extern const cmd_spec cmd_table_join_spec;
extern const cmd_spec cmd_table_add_spec;
extern const cmd_spec cmd_table_rename_spec;
extern const cmd_spec cmd_table_total_spec;
extern const cmd_spec cmd_table_make_spec;
extern const cmd_spec cmd_plot_bar_spec;
extern const cmd_spec cmd_plot_funnel_spec;
extern const cmd_spec cmd_plot_line_spec;
extern const cmd_spec cmd_plot_scatter_spec;
extern const cmd_spec cmd_plot_spark_spec;
extern const cmd_spec cmd_card_list_spec;
extern const cmd_spec cmd_card_show_spec;
extern const cmd_spec cmd_card_set_spec;
extern const cmd_spec cmd_card_add_spec;
extern const cmd_spec cmd_classify_spec;
extern const cmd_spec cmd_contact_assess_spec;
extern const cmd_spec cmd_flag_act_spec;
extern const cmd_spec cmd_stakeholder_map_spec;
extern const cmd_spec cmd_lifetime_value_spec;
extern const cmd_spec cmd_complaint_cost_spec;
extern const cmd_spec cmd_satisfaction_spec;
extern const cmd_spec cmd_silence_spec;
extern const cmd_spec cmd_churn_risk_spec;
extern const cmd_spec cmd_complaints_spec;
extern const cmd_spec cmd_retention_spec;
extern const cmd_spec cmd_cost_to_serve_spec;
extern const cmd_spec cmd_funnel_spec;
extern const cmd_spec cmd_next_purchase_spec;
extern const cmd_spec cmd_value_levels_spec;
extern const cmd_spec cmd_watch_spec;
extern const cmd_spec cmd_what_if_spec;
extern const cmd_spec cmd_forecast_spec;
extern const cmd_spec cmd_assess_opportunity_spec;
extern const cmd_spec cmd_visit_brief_spec;
extern const cmd_spec cmd_debrief_spec;
extern const cmd_spec cmd_keep_forecast_spec;
extern const cmd_spec cmd_call_outcomes_spec;
extern const cmd_spec cmd_competitor_watch_spec;
extern const cmd_spec cmd_win_loss_spec;
extern const cmd_spec cmd_buying_phase_spec;
extern const cmd_spec cmd_buying_factors_spec;
extern const cmd_spec cmd_deal_kind_spec;
extern const cmd_spec cmd_coverage_spec;
extern const cmd_spec cmd_effort_mix_spec;
extern const cmd_spec cmd_allocation_list_spec;
extern const cmd_spec cmd_allocation_bids_spec;
extern const cmd_spec cmd_allocation_transfer_spec;
extern const cmd_spec cmd_account_audit_spec;
extern const cmd_spec cmd_portfolio_spec;
extern const cmd_spec cmd_health_spec;
extern const cmd_spec cmd_completeness_spec;
extern const cmd_spec cmd_next_step_spec;
extern const cmd_spec cmd_competence_spec;
extern const cmd_spec cmd_care_spec;
extern const cmd_spec cmd_why_spec;
extern const cmd_spec cmd_cross_sell_spec;
extern const cmd_spec cmd_log_off_spec;
extern const cmd_spec cmd_log_on_spec;
extern const cmd_spec cmd_lookalike_spec;
extern const cmd_spec cmd_wallet_share_spec;
extern const cmd_spec cmd_reminders_spec;
extern const cmd_spec cmd_plan_snapshot_spec;
extern const cmd_spec cmd_plan_list_spec;
extern const cmd_spec cmd_plan_show_spec;
extern const cmd_spec cmd_plan_diff_spec;
extern const cmd_spec cmd_segment_save_spec;
extern const cmd_spec cmd_segment_members_spec;
extern const cmd_spec cmd_segment_export_spec;
extern const cmd_spec cmd_campaign_spec;
extern const cmd_spec cmd_whitespace_spec;
extern const cmd_spec cmd_pdf_begin_spec;
extern const cmd_spec cmd_pdf_page_spec;
extern const cmd_spec cmd_pdf_size_spec;
extern const cmd_spec cmd_pdf_save_spec;
extern const cmd_spec cmd_pdf_discard_spec;
extern const cmd_spec cmd_pdf_dump_spec;
extern const cmd_spec cmd_pdf_faults_spec;
extern const cmd_spec cmd_pdf_text_spec;
extern const cmd_spec cmd_pdf_measure_spec;
extern const cmd_spec cmd_pdf_line_spec;
extern const cmd_spec cmd_pdf_curve_spec;
extern const cmd_spec cmd_pdf_rect_spec;
extern const cmd_spec cmd_pdf_circle_spec;
extern const cmd_spec cmd_pdf_path_spec;
extern const cmd_spec cmd_pdf_clip_spec;
extern const cmd_spec cmd_pdf_image_spec;
extern const cmd_spec cmd_pdf_link_spec;
extern const cmd_spec cmd_pdf_outline_spec;
extern const cmd_spec cmd_report_run_spec;
extern const cmd_spec cmd_report_list_spec;
extern const cmd_spec cmd_report_show_spec;
extern const cmd_spec cmd_report_check_spec;
extern const cmd_spec cmd_report_new_spec;
extern const cmd_spec cmd_report_begin_spec;
extern const cmd_spec cmd_report_save_spec;
extern const cmd_spec cmd_report_discard_spec;
extern const cmd_spec cmd_report_dump_spec;
extern const cmd_spec cmd_report_title_spec;
extern const cmd_spec cmd_report_heading_spec;
extern const cmd_spec cmd_report_text_spec;
extern const cmd_spec cmd_report_items_spec;
extern const cmd_spec cmd_report_note_spec;
extern const cmd_spec cmd_report_tiles_spec;
extern const cmd_spec cmd_report_lines_spec;
extern const cmd_spec cmd_report_choices_spec;
extern const cmd_spec cmd_report_break_spec;
extern const cmd_spec cmd_report_faults_spec;
extern const cmd_spec cmd_report_image_spec;
extern const cmd_spec cmd_report_contents_spec;
extern const cmd_spec cmd_report_columns_spec;
extern const cmd_spec cmd_report_table_spec;
extern const cmd_spec cmd_report_bar_spec;
extern const cmd_spec cmd_report_funnel_spec;
extern const cmd_spec cmd_report_quadrant_spec;
extern const cmd_spec cmd_report_line_spec;
extern const cmd_spec cmd_report_people_spec;
extern const cmd_spec cmd_report_heat_spec;
extern const cmd_spec cmd_report_whale_spec;
extern const cmd_spec cmd_report_histogram_spec;
extern const cmd_spec cmd_report_timeline_spec;
extern const cmd_spec cmd_handout_spec;

const cmd_spec *const cmd_all[] = {
    &cmd_hello_spec,
    &cmd_render_spec,
    &cmd_show_spec,
    &cmd_undo_spec,
    &cmd_redo_spec,
    &cmd_changes_spec,
    &cmd_begin_spec,
    &cmd_commit_spec,
    &cmd_rollback_spec,
    &cmd_setting_get_spec,
    &cmd_setting_list_spec,
    &cmd_setting_set_spec,
    &cmd_setting_reset_spec,
    &cmd_display_get_spec,
    &cmd_display_set_spec,
    &cmd_display_list_spec,
    &cmd_database_open_spec,
    &cmd_database_close_spec,
    &cmd_database_save_spec,
    &cmd_database_backup_spec,
    &cmd_database_info_spec,
    &cmd_database_check_spec,
    &cmd_database_repair_spec,
    &cmd_sql_spec,
    &cmd_import_spec,
    &cmd_export_spec,
    &cmd_help_spec,
    &cmd_describe_spec,
    &cmd_table_columns_spec,
    &cmd_table_rows_spec,
    &cmd_table_get_spec,
    &cmd_table_each_spec,
    &cmd_table_select_spec,
    &cmd_table_where_spec,
    &cmd_table_sort_spec,
    &cmd_table_head_spec,
    &cmd_table_group_spec,
    &cmd_table_join_spec,
    &cmd_table_add_spec,
    &cmd_table_rename_spec,
    &cmd_table_total_spec,
    &cmd_table_make_spec,
    &cmd_plot_bar_spec,
    &cmd_plot_funnel_spec,
    &cmd_plot_line_spec,
    &cmd_plot_scatter_spec,
    &cmd_plot_spark_spec,
    &cmd_card_list_spec,
    &cmd_card_show_spec,
    &cmd_card_set_spec,
    &cmd_card_add_spec,
    &cmd_classify_spec,
    &cmd_contact_assess_spec,
    &cmd_flag_act_spec,
    &cmd_stakeholder_map_spec,
    &cmd_lifetime_value_spec,
    &cmd_complaint_cost_spec,
    &cmd_satisfaction_spec,
    &cmd_silence_spec,
    &cmd_churn_risk_spec,
    &cmd_complaints_spec,
    &cmd_retention_spec,
    &cmd_cost_to_serve_spec,
    &cmd_funnel_spec,
    &cmd_next_purchase_spec,
    &cmd_value_levels_spec,
    &cmd_watch_spec,
    &cmd_what_if_spec,
    &cmd_forecast_spec,
    &cmd_assess_opportunity_spec,
    &cmd_visit_brief_spec,
    &cmd_debrief_spec,
    &cmd_keep_forecast_spec,
    &cmd_call_outcomes_spec,
    &cmd_competitor_watch_spec,
    &cmd_win_loss_spec,
    &cmd_buying_phase_spec,
    &cmd_buying_factors_spec,
    &cmd_deal_kind_spec,
    &cmd_coverage_spec,
    &cmd_effort_mix_spec,
    &cmd_allocation_list_spec,
    &cmd_allocation_bids_spec,
    &cmd_allocation_transfer_spec,
    &cmd_account_audit_spec,
    &cmd_plan_snapshot_spec,
    &cmd_plan_list_spec,
    &cmd_plan_show_spec,
    &cmd_plan_diff_spec,
    &cmd_portfolio_spec,
    &cmd_health_spec,
    &cmd_completeness_spec,
    &cmd_next_step_spec,
    &cmd_competence_spec,
    &cmd_care_spec,
    &cmd_why_spec,
    &cmd_cross_sell_spec,
    &cmd_log_off_spec,
    &cmd_log_on_spec,
    &cmd_lookalike_spec,
    &cmd_wallet_share_spec,
    &cmd_reminders_spec,
    &cmd_segment_save_spec,
    &cmd_segment_members_spec,
    &cmd_segment_export_spec,
    &cmd_campaign_spec,
    &cmd_whitespace_spec,
    &cmd_pdf_begin_spec,
    &cmd_pdf_page_spec,
    &cmd_pdf_size_spec,
    &cmd_pdf_save_spec,
    &cmd_pdf_discard_spec,
    &cmd_pdf_dump_spec,
    &cmd_pdf_faults_spec,
    &cmd_pdf_text_spec,
    &cmd_pdf_measure_spec,
    &cmd_pdf_line_spec,
    &cmd_pdf_curve_spec,
    &cmd_pdf_rect_spec,
    &cmd_pdf_circle_spec,
    &cmd_pdf_path_spec,
    &cmd_pdf_clip_spec,
    &cmd_pdf_image_spec,
    &cmd_pdf_link_spec,
    &cmd_pdf_outline_spec,
    &cmd_report_run_spec,
    &cmd_report_list_spec,
    &cmd_report_show_spec,
    &cmd_report_check_spec,
    &cmd_report_new_spec,
    &cmd_report_begin_spec,
    &cmd_report_save_spec,
    &cmd_report_discard_spec,
    &cmd_report_dump_spec,
    &cmd_report_title_spec,
    &cmd_report_heading_spec,
    &cmd_report_text_spec,
    &cmd_report_items_spec,
    &cmd_report_note_spec,
    &cmd_report_tiles_spec,
    &cmd_report_lines_spec,
    &cmd_report_choices_spec,
    &cmd_report_break_spec,
    &cmd_report_faults_spec,
    &cmd_report_image_spec,
    &cmd_report_contents_spec,
    &cmd_report_columns_spec,
    &cmd_report_table_spec,
    &cmd_report_bar_spec,
    &cmd_report_funnel_spec,
    &cmd_report_quadrant_spec,
    &cmd_report_line_spec,
    &cmd_report_people_spec,
    &cmd_report_heat_spec,
    &cmd_report_whale_spec,
    &cmd_report_histogram_spec,
    &cmd_report_timeline_spec,
    &cmd_handout_spec,
    NULL};
