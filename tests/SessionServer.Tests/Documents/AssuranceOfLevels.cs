using static SessionServer.Tests.Documents.AssuranceRow;

namespace SessionServer.Tests.Documents;

/// <summary>NIST SP 800-63B-4: how long sessions may last at each assurance level, and what their secrets are.</summary>
internal static class AssuranceOfLevels
{
    private const string Limits = "SessionLifeTests.Each_level_has_the_limits_of_NIST_63B";

    public static IReadOnlyList<AssuranceRow> Rows { get; } =
    [
        Shown("2.1.3", "AAL1: at most 30 days in all; here 14 days idle.", Limits),
        Partly("2.2.3", "AAL2, the default: at most 24 hours, 1 hour idle.", "the same for a session that is created as `persistent` (\"remember me\"): it has the limits of `Sessions:Persistent`.", Limits, "SessionFactsTests.A_persistent_session_has_limits_of_its_own_and_keeps_them"),
        Shown("2.3.3", "AAL3: at most 12 hours, 15 minutes idle; a longer policy stops the start, and no session is persistent.", Limits, "SessionFactsTests.A_persistent_session_at_aal3_is_400_and_a_step_up_to_aal3_has_the_limits_of_aal3", "SessionPolicyOptionsTests.A_policy_out_of_bounds_or_against_itself_is_refused_by_name"),
        Shown("3.2.12", "Secrets come from an approved generator.", "SessionTokenTests.No_two_tokens_are_equal_and_no_position_prefers_a_character"),
        Shown("5.1 (1, 2)", "The session's host makes its secret, of at least 64 bits.", "SessionTokenTests.A_token_reads_back_its_locator_and_the_hash_of_its_secret"),
        Shown("5.1 (3)", "The session is erased when it ends.", "SessionRevocationTests.An_ended_session_keeps_neither_claims_nor_data"),
        Shown("5.1 (4)", "The secret travels over an authenticated, protected channel only: TLS ends at the platform, which takes nothing else.", "HardeningTests.Everything_is_reached_over_https_or_tls_only", "HardeningTests.Tls_below_1_2_is_refused"),
        Shown("5.1 (5)", "The session ends when its time is over.", "SessionLifeTests.A_session_lapses_at_its_idle_timeout", "SessionLifeTests.Touches_never_carry_a_session_beyond_its_absolute_lifetime"),
        Shown("5.1 (6)", "What lies between or below does not see the secret.", "SecretsAtRestTests.Table_and_Redis_hold_no_token_secret_claim_data_value_user_agent_or_address_in_clear", "SecretCanaryTests.Nothing_confided_to_the_API_is_told_by_logs_traces_metrics_problems_or_stores"),
        Inapplicable("5.1 (storage)", "Secrets do not stay in the browser's storage.", "where a client keeps its token is the client's to decide; the documentation says how."),
        Shown("5.1 (AAL)", "A session is never of a higher level than its authentication; a user cannot raise it.", "SessionRotationTests.A_level_reached_begins_both_limits_anew", "BodyProtectorTests.A_row_cannot_be_moved_owned_anew_prolonged_raised_or_given_another_token"),
        Shown("5.1.1", "Cookies: Secure, HttpOnly, SameSite, `__Host-`, opaque; writes are guarded against CSRF.", "CookieModeTests.A_persistent_strict_cookie_ends_with_the_session", "CookieModeTests.A_write_needs_Fetch_Metadata_or_Origin_and_the_CSRF_header"),
        Shown("5.2", "Activity renews the idle limit, authentication both; either ends the session.", "SessionLifeTests.A_touch_beyond_the_slack_is_one_conditional_write_and_moves_the_idle_end", "SessionRotationTests.A_level_reached_begins_both_limits_anew", "SessionLifeTests.A_session_lapses_at_its_idle_timeout"),
    ];
}
