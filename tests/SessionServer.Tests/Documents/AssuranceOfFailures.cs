using static SessionServer.Tests.Documents.AssuranceRow;

namespace SessionServer.Tests.Documents;

/// <summary>Failures of cache, table and network, and the tests that show that they break no promise.</summary>
internal static class AssuranceOfFailures
{
    private const string Histories = "HistoryTests.Every_promise_holds_in_every_history";
    private const string CacheLost = "CacheLossTests.Redis_flushed_or_killed_between_any_two_steps_leaves_the_answers_the_same";
    private const string Planted = "PlantedFaultTests.";
    private const string Passports = "PassportHistoryTests.";
    private const string Events = "EventHistoryTests.";
    private const string Log = "EventLogHistoryTests.";
    private const string Table = "AzureDataTableFaultTests.";
    private const string Processes = "ChaosRoundTests.Every_promise_holds_while_processes_die_stand_still_and_fail_over";
    private const string Availability = "AvailabilityTests.";
    private const string Runs = "MaintenanceRunTests.";

    public static IReadOnlyList<AssuranceRow> Rows { get; } =
    [
        Shown("1", "A fill that was read before a revocation arrives after it.", Histories, Planted + "A_fill_without_its_lease_is_caught", "SessionCacheTests.An_entry_that_reached_Redis_before_a_revocation_does_not_outlive_it"),
        Shown("2", "The cache does not take what the table has taken.", Histories, Planted + "A_failure_of_the_cache_that_confirms_an_end_is_caught", "SessionRaceTests.A_users_rotation_asked_for_again_confirms_what_the_cache_had_not"),
        Shown("3", "A write to the cache is applied late.", Histories, "CacheConformance.A_stale_fill_after_a_tombstone_is_refused", "RedisFaultTests.A_write_that_timed_out_is_applied_once_at_most"),
        Shown("4", "The cache is down.", CacheLost, "RedisFaultTests.A_server_that_dies_is_unavailable_at_once_and_used_again_when_it_is_back", "GuardedCacheTests.A_cache_that_keeps_failing_is_left_alone", Availability + "Redis_killed_again_and_again_leaves_validations_answered_and_right"),
        Shown("5", "The table is down.", Table + "A_store_that_stays_in_trouble_is_unavailable", Table + "A_silent_store_costs_the_caller_no_more_than_the_deadline", Planted + "A_validation_that_is_open_while_the_cache_fails_is_caught", Processes),
        Shown("6", "The table is throttled.", Table + "A_store_that_refuses_one_call_in_four_gets_a_tenth_more_calls_at_most", Table + "A_store_that_asks_for_more_patience_than_there_is_is_not_asked_again_and_its_wish_is_passed_on", Availability + "A_quarter_of_table_calls_refused_leaves_requests_answered_and_is_not_made_worse"),
        Shown("7", "The answer to a write that was applied is lost.", Histories, Table + "A_write_whose_answer_was_cut_off_is_not_sure_who_stands_in_its_way", "SessionRaceTests.A_write_whose_answer_is_lost_and_that_is_overwritten_is_neither_told_nor_denied", Availability + "A_write_whose_answer_is_lost_has_happened_once"),
        Shown("8", "A crash between two rows.", Histories, Planted + "A_due_entry_after_its_session_is_caught", Planted + "A_head_apart_from_its_rows_is_caught", Processes),
        Shown("9", "Clocks differ.", Histories, Runs + "A_clock_thirty_seconds_off_purges_nothing_early_and_steals_no_lease"),
        Shown("10", "A create is repeated.", Planted + "An_idempotency_key_that_is_checked_and_then_inserted_is_caught", "RaceTests.The_same_idempotency_key_fifty_times_at_once_gives_one_session_and_one_token", "RepeatedCreationTests.A_repeated_creation_does_not_bring_back_a_session_that_has_lapsed"),
        Shown("11", "A sign-out everywhere stops half-way.", Histories, "SessionRaceTests.A_sign_out_everywhere_answers_for_a_session_whose_tombstone_is_missing"),
        Shown("12", "The purge meets a renewal.", Planted + "A_purge_without_its_entity_tag_is_caught", "PurgeRaceTests.A_touch_that_was_confirmed_is_never_purged_before_its_new_end"),
        Shown("13", "The rebuild meets a create or a revocation.", "UserIndexRebuildTests.A_session_created_during_the_rebuild_is_left_to_the_next", "UserIndexRebuildTests.A_head_that_others_change_meanwhile_ends_up_exact", "UserIndexRebuildTests.A_revocation_that_found_no_head_cannot_pass_the_repair_of_it"),
        Shown("14", "A cache value is poisoned.", "PoisonedStoreTests.A_poisoned_cache_value_neither_fails_a_request_nor_gives_away_another_session", "SessionCacheTests.Every_byte_of_an_entry_is_authenticated_and_a_poisoned_one_is_replaced"),
        Shown("15", "The cache evicts.", Histories, Planted + "A_fill_by_version_only_is_caught", "RedisFaultTests.A_server_without_memory_refuses_writes_and_still_reads"),
        Shown("16", "A fail-over loses what the cache had acknowledged.", Histories, Planted + "A_deletion_in_place_of_a_tombstone_is_caught", "ReplicaAcknowledgementTests.A_server_that_lost_the_tombstone_between_write_and_WAIT_does_not_confirm_it", Processes),
        Shown("17", "An instance still reads a former primary.", Planted + "An_entry_of_any_age_is_caught", Planted + "An_age_that_counts_from_after_the_read_is_caught", "SessionCacheTests.An_old_entry_that_outlives_its_time_in_Redis_is_not_believed"),
        Shown("18", "A herd meets a cold cache.", "CacheConformance.Of_many_leases_at_once_one_is_granted", "CacheConformance.A_lease_is_granted_to_one_and_shown_to_the_next", Availability + "A_cold_cache_costs_about_one_read_for_each_session"),
        Shown("19", "One session is asked for very often.", "SessionCacheTests.An_entry_counts_up_to_its_age_and_is_read_anew_after_it", "RedisCacheTests.A_read_is_one_command_and_no_script"),
        Shown("20", "A flood of random tokens.", "SessionCacheTests.Of_an_unknown_session_nothing_stays_in_Redis", "RateLimitTests.The_failure_after_the_twentieth_is_429_until_the_window_ends"),
        Shown("21", "A user has thousands of rows.", "ExpiredSessionPurgeTests.A_users_thousands_of_tombstones_are_not_read_when_three_sessions_are_due", "SessionCreationTests.Fifty_creations_at_once_leave_exactly_the_limit"),
        Shown("22", "One partition is busy.", "ExpiredSessionPurgeTests.A_partition_that_does_not_answer_keeps_no_other_from_being_purged", Runs + "A_range_that_always_fails_does_not_hold_up_the_others"),
        Shown("23", "A page is empty and goes on.", "AzureDataWireTests.A_continuation_goes_back_as_it_came_and_an_empty_page_ends_nothing", "HttpFaultProxyTests.Empty_pages_lose_no_row", Histories),
        Shown("24", "A timer fires late, twice, at once or never.", Runs + "A_missed_schedule_is_caught_up_by_what_is_due_and_not_by_ticks", Runs + "A_timer_that_fires_twice_costs_a_look", Runs + "Two_runs_that_overlap_over_the_same_entries_purge_each_session_once_and_keep_heads_exact", Runs + "A_holder_that_wakes_up_late_finds_its_fencing_number_stale_and_stops"),
        Shown("25", "The purge is cut off.", "KilledRunTests.Killed_a_hundred_times_purge_and_rebuild_leave_nothing_expired_and_touch_nothing_live", Runs + "A_run_whose_time_is_spent_goes_on_where_it_stopped"),
        Shown("26", "A storm of touches.", "SessionLifeTests.Touches_within_the_slack_write_nothing"),
        Shown("27", "Two write the same data.", "RaceTests.Sixty_four_merges_of_different_keys_at_once_are_all_kept", Planted + "A_touch_without_its_entity_tag_is_caught"),
        Shown("28", "Keys or settings are wrong.", "KeyRingOptionsTests.An_empty_ring_says_how_to_fill_it", "TableStorageRegistrationTests.Options_that_make_no_sense_stop_the_host_at_start_with_a_line_each"),
        Shown("29", "The identity provider is down, or has new keys.", "EntraKeysTests.An_outage_neither_opens_nor_closes_what_is_known", "EntraKeysTests.A_new_key_is_found_and_an_unknown_one_looked_for_once_in_five_minutes"),
        Shown("30", "Old data is restored.", "ClearAllTests.Clear_all_is_revoke_before", Planted + "A_revoke_before_that_is_read_only_once_is_caught"),
        Shown("31", "A row is poisoned.", "PoisonedStoreTests.A_poisoned_property_of_a_row_is_never_a_fault_of_the_service", "ExpiredSessionPurgeTests.A_hundred_unreadable_rows_are_put_aside_and_the_scan_goes_on"),
        Shown("32", "A stop in the middle of requests.", Runs + "A_stop_gives_the_lease_back_with_its_checkpoint", "DrainTests.A_request_that_is_under_way_when_the_server_is_asked_to_end_is_answered_whole"),
        Shown("33", "Bodies that are large, deep or slow.", "BadBodyTests.A_body_of_64_KiB_is_read_and_one_byte_more_is_413", "BadBodyTests.Claims_and_data_nest_16_deep_and_no_deeper", "BadBodyTests.A_body_that_does_not_arrive_is_408_at_the_deadline"),
        Shown("34", "A back end hears of an end late, or not at all.", Passports + "No_passport_is_accepted_later_than_the_feeds_age_after_its_sessions_end", Passports + "A_cursor_that_skips_is_caught", Passports + "A_set_that_is_pruned_too_early_is_caught", Passports + "An_age_that_counts_from_the_arrival_is_caught", Passports + "A_fallback_that_accepts_is_caught"),
        Shown("35", "A writer or a deliverer of events dies between any two calls.", Events + "Every_promise_holds_in_every_history", Events + "An_event_apart_from_its_change_is_caught", Events + "A_notice_that_is_not_written_is_caught", Events + "A_notice_after_its_change_is_caught", Events + "An_event_of_a_change_that_failed_is_caught"),
        Shown("36", "A target of events fails, for a moment or for days.", Events + "An_event_that_is_removed_when_its_target_fails_is_caught", Events + "Events_that_are_read_against_their_order_are_caught", "EventPumpTests.A_target_that_fails_is_tried_again_in_order_and_holds_up_no_other", "EventPumpTests.An_event_is_parked_after_72_hours_and_replayed_with_the_same_id"),
        Shown("37", "A reader of the event log meets two writers, and writes that come late.", Log + "Every_promise_holds_in_every_history", Log + "An_event_that_is_removed_without_the_log_is_caught", Log + "A_writer_that_overwrites_another_is_caught", Log + "Completeness_past_a_notice_that_was_not_seen_is_caught", Log + "A_row_that_is_missing_is_caught", Log + "Events_that_are_logged_against_their_order_are_caught"),
        Shown("38", "A record of the audit is lost, or written twice.", Events + "An_event_that_is_removed_before_it_is_recorded_is_caught", Events + "An_event_that_is_recorded_before_it_is_removed_is_caught", Events + "A_head_of_the_audit_apart_from_its_record_is_caught", "AuditTests.Another_instance_that_moves_the_same_event_cannot_fork_the_chain"),
        Shown("39", "A job over sessions is cut off.", "KilledJobTests.A_job_whose_processes_are_killed_ends_exactly_what_fits_once", "KilledJobTests.Killed_again_and_again_a_job_finds_each_session_once", "SessionJobTests.A_session_that_fits_no_more_when_it_would_end_stays"),
    ];
}
