using static SessionServer.Tests.Documents.AssuranceRow;

namespace SessionServer.Tests.Documents;

/// <summary>OWASP ASVS 5.0, V7: session management, all of it.</summary>
internal static class AssuranceOfSessions
{
    public static IReadOnlyList<AssuranceRow> Rows { get; } =
    [
        Shown("7.1.1", "Idle and absolute limits are configured, bounded and documented.", "SessionPolicyOptionsTests.A_policy_out_of_bounds_or_against_itself_is_refused_by_name", "ReferenceTests.Every_option_is_in_the_table_with_its_value_and_meaning"),
        Shown("7.1.2", "How many sessions a user may have, and what happens at the limit.", "RaceTests.A_limit_of_5_under_50_creates_at_once_is_exactly_5", "SessionRevocationTests.The_limit_evicts_the_oldest_or_the_least_recently_used_or_refuses"),
        Inapplicable("7.1.3", "Who owns life times where an identity provider stands in front.", "the service knows no identity provider of users; the application that creates a session decides."),
        Shown("7.2.1", "Every decision about a session is taken by the service, or by a back end that checks a passport it signed.", "SessionLifeTests.Introspection_tells_a_live_session_and_says_nothing_of_any_other", "SessionRevocationTests.A_revoked_session_is_refused_by_every_instance_and_tells_why_to_its_own_token_only", "PassportVectorTests.A_vector_gets_its_verdict"),
        Shown("7.2.2", "A token is minted for each session; a service key never acts as one.", "AuthorizationMatrixTests.A_caller_passes_exactly_where_the_table_grants_it", "SessionLifeTests.Introspection_tells_a_live_session_and_says_nothing_of_any_other"),
        Shown("7.2.3", "Tokens are 256 random bits, unique, without a pattern.", "SessionTokenTests.No_two_tokens_are_equal_and_no_position_prefers_a_character", "SessionTokenTests.Two_tokens_of_a_user_agree_in_no_more_bytes_than_tokens_of_two_users"),
        Shown("7.2.4", "A new token at authentication, the old one ended in the same step.", "SessionRotationTests.A_services_rotation_ends_the_old_token_at_once", "SessionRotationTests.An_anonymous_session_becomes_its_users_with_its_data_and_the_old_one_ends"),
        Shown("7.3.1", "The idle timeout is enforced by the service.", "SessionLifeTests.A_session_lapses_at_its_idle_timeout", "SessionCacheTests.An_old_entry_that_outlives_its_time_in_Redis_is_not_believed"),
        Shown("7.3.2", "The absolute lifetime is enforced, and no activity extends it.", "SessionLifeTests.Touches_never_carry_a_session_beyond_its_absolute_lifetime"),
        Partly("7.4.1", "An ended session is never accepted again, and its content is gone.", "that back ends that accept passports (off by default) refuse it at once; they do within `MaxFeedAge`.", "RaceTests.Nothing_done_to_an_ended_session_revives_it", "SessionCacheTests.An_entry_that_reached_Redis_before_a_revocation_does_not_outlive_it", "SessionRevocationTests.An_ended_session_keeps_neither_claims_nor_data", "PassportHistoryTests.No_passport_is_accepted_later_than_the_feeds_age_after_its_sessions_end"),
        Shown("7.4.2", "All sessions of a user can be ended at once.", "RaceTests.A_hundred_creates_at_once_then_sign_out_everywhere_leave_none_valid_and_none_listed", "SessionRevocationTests.Sign_out_everywhere_leaves_none_and_removes_the_head"),
        Shown("7.4.3", "All others can be ended after a factor has changed.", "SessionRevocationTests.All_but_one_keeps_exactly_that_one", "SessionLifeTests.Signing_a_user_out_everywhere_can_be_tried_first_and_spares_one"),
        Shown("7.4.4", "Signing out is one call that always works; the button is the application's.", "SessionRevocationTests.Ending_twice_is_found_both_times_and_keeps_the_first_reason", "CacheLossTests.Redis_flushed_or_killed_between_any_two_steps_leaves_the_answers_the_same"),
        Shown("7.4.5", "An administrator can end one user's sessions, those that meet a filter, or all.", "SessionJobTests.A_dry_run_lists_what_the_run_ends_and_nothing_else_ends", "ClearAllTests.Clear_all_is_revoke_before", "SessionLifeTests.Revoke_before_ends_every_older_session_and_no_newer_one"),
        Shown("7.5.1", "Each call can require a recent or stronger sign-in; what it lacks is named, and a user is challenged (RFC 9470).", "SignInRequirementTests.Introspect_names_what_is_missing_and_stays_active", "SignInRequirementTests.The_users_own_calls_are_challenged", "SessionRotationTests.A_level_reached_begins_both_limits_anew"),
        Partly("7.5.2", "Users can list and end their sessions, after a fresh factor.", "a policy that always asks for one: the call states the requirement ([ADR 43](adr/0043-requirements-are-stated-per-call.md)), and without it none is checked.", "SignInRequirementTests.What_is_refused_changes_nothing_and_is_no_failure", "OwnSessionTests.A_user_ends_one_device_then_the_others_then_all", "CredentialTests.A_foreign_and_an_unknown_sid_get_one_and_the_same_404"),
        Shown("7.5.3", "The level of a session is raised by a service only, and with a new token.", "SessionRotationTests.A_level_reached_begins_both_limits_anew", "AuthorizationMatrixTests.A_caller_passes_exactly_where_the_table_grants_it"),
        Inapplicable("7.6.1", "Life times agreed between an identity provider and its relying party.", "no federation here; a session may be given a shorter life at creation."),
        Shown("7.6.2", "Only an explicit act of a service creates a session.", "SessionDataTests.Nothing_written_creates_or_revives_a_session", "SessionCacheTests.Of_an_unknown_session_nothing_stays_in_Redis", "AuthorizationMatrixTests.A_caller_passes_exactly_where_the_table_grants_it"),
    ];
}
