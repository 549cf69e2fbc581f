using static SessionServer.Tests.Documents.AssuranceRow;

namespace SessionServer.Tests.Documents;

/// <summary>OWASP ASVS 5.0, the rows outside V7 that apply to an API of this kind.</summary>
internal static class AssuranceOfTheApi
{
    private const string Matrix = "AuthorizationMatrixTests.A_caller_passes_exactly_where_the_table_grants_it";
    private const string Fuzz = "HostileInputTests.No_input_fails_the_service_leaves_the_contract_or_shows_in_a_problem_or_the_log";
    private const string Canaries = "SecretCanaryTests.Nothing_confided_to_the_API_is_told_by_logs_traces_metrics_problems_or_stores";
    private const string Hardening = "HardeningTests.";
    private const string Raw = "RawRequestTests.";
    private const string Histories = "HistoryTests.Every_promise_holds_in_every_history";
    private const string Head = "PlantedFaultTests.A_head_apart_from_its_rows_is_caught";

    public static IReadOnlyList<AssuranceRow> Rows { get; } =
    [
        Shown("1.2.4", "No text of a request reaches a query's grammar: user ids are hashed into keys.", Fuzz, "BadInputTests.A_bad_query_is_a_problem"),
        Shown("1.3.6, 13.2.4", "No address comes from a caller; a target of events is configuration, and what is not public is refused where the connection is made.", "WebhookTargetTests.A_private_address_is_not_connected_to_by_number_or_by_name", "PublicAddressesTests.What_only_this_network_answers_is_not_public", "EveryTargetTests.The_address_that_was_judged_is_the_one_that_is_connected_to_whatever_the_name_service_answers_next", "EveryTargetTests.A_redirect_is_not_followed"),
        Shown("1.5.2", "No type named in a body is ever made.", Fuzz, "BadInputTests.A_bad_body_of_create_is_a_problem_and_creates_nothing"),
        Shown("2.2.1", "Every field has a bound.", Fuzz, "BadInputTests.Seconds_out_of_range_are_a_problem_and_change_nothing"),
        Shown("2.3.3", "An operation happens whole or not at all.", Histories, Head, "PlantedFaultTests.A_limit_that_two_creations_pass_at_once_is_caught", "EventHistoryTests.An_event_apart_from_its_change_is_caught", "AzureDataTransactionFaultTests.The_position_of_a_failure_comes_from_the_message_or_from_the_part"),
        Shown("2.4.1", "Guessing is slowed down.", "RateLimitTests.The_failure_after_the_twentieth_is_429_until_the_window_ends", "RateLimitTests.A_caller_has_a_bucket_when_a_rate_is_configured"),
        Shown("3.3.1–3.3.5", "The cookie is Secure, HttpOnly, `__Host-`, SameSite and short.", "CookieModeTests.A_persistent_strict_cookie_ends_with_the_session", "CookieModeTests.Cookies_beside_it_do_not_matter_and_look_alikes_are_none"),
        Shown("3.4.1, 3.4.4–3.4.6, 14.3.2", "Every answer forbids caching, sniffing, framing and plain HTTP.", "HeaderTests.Every_answer_forbids_caching_sniffing_framing_and_embedding"),
        Shown("3.4.3", "Pages of the console load from their own host only, and nothing inline.", "ServingTests.The_policy_allows_nothing_but_this_host_and_nothing_inline", "EntraTests.The_policy_names_the_authority_and_the_development_sign_in_is_absent"),
        Shown("3.4.2", "Other origins are allowed by exact name only.", "CorsTests.An_origin_is_compared_exactly", "CorsTests.Without_origins_there_is_no_CORS_at_all"),
        Shown("3.5.1, 3.5.2", "A write by cookie shows that it comes from the application.", "CookieModeTests.A_write_needs_Fetch_Metadata_or_Origin_and_the_CSRF_header", "CookieModeTests.A_CSRF_value_is_bound_to_its_session"),
        Shown("3.5.3", "Reading changes nothing.", "OwnSessionTests.Asking_who_I_am_a_hundred_times_changes_nothing"),
        Shown("4.1.1", "Every error is problem+json.", Fuzz),
        Shown("4.1.2", "Plain HTTP is refused at the platform's edge, and nothing is ever redirected.", Hardening + "Everything_is_reached_over_https_or_tls_only", Raw + "A_request_that_means_to_be_another_is_answered_as_documented"),
        Shown("4.1.3, 15.3.4", "Forwarding and override headers of a client change nothing.", "HeaderTests.Headers_that_would_change_method_or_path_change_nothing", "RateLimitTests.Other_forwarding_headers_are_not_believed", Fuzz),
        Shown("4.1.4", "A method that an operation does not declare is 405.", "BadInputTests.A_path_or_method_that_there_is_not_never_reaches_an_operation", Fuzz),
        Shown("4.1.5", "What is told to others is signed: webhooks by Standard Webhooks, security event tokens by ES256.", "WebhookSignatureTests.The_reference_vector_is_met", "WebhookTargetTests.It_gets_a_signed_CloudEvent", "CaepTargetTests.It_gets_a_signed_token_of_the_session_that_was_revoked"),
        Shown("4.2.1", "A request has one framing: what is framed wrongly or twice takes its connection with it.", Raw + "A_request_that_is_not_framed_clearly_is_refused_with_its_connection", Raw + "A_request_that_is_framed_twice_is_the_last_of_its_connection"),
        Shown("8.1.1, 8.2.1", "Each operation says who may call it, and nobody else may.", Matrix),
        Shown("8.2.2", "A user reaches own sessions only.", Matrix),
        Shown("8.2.3", "A user never sees server-only data.", "SessionLifeTests.The_users_view_has_no_data_and_a_list_item_no_claims"),
        Shown("8.3.1", "The rule stands in the dispatcher, below every host.", Matrix),
        Partly("8.3.2", "A change takes effect at once, on every instance.", "the same for passports, which tell a session as it was when they were issued, for `Passports:Lifetime` at most.", "SessionRevocationTests.A_revoked_session_is_refused_by_every_instance_and_tells_why_to_its_own_token_only"),
        Inapplicable("8.4.1", "Tenants never cross.", "one deployment serves one tenant."),
        Shown("9.1.1–9.2.4", "A JWT counts by signature, algorithm, issuer, audience, kind and time; keys named in it do not.", "EntraTokenTests.A_token_with_any_character_changed_is_401", "EntraTokenTests.Only_algorithms_on_the_list_are_taken", "EntraTokenTests.A_token_signed_by_HMAC_under_the_published_key_is_401", "EntraTokenTests.A_key_that_comes_with_the_token_is_not_looked_at", "EntraTokenTests.A_token_of_another_tenant_audience_or_kind_is_401", "EntraTokenTests.Times_count_with_a_minute_of_skew"),
        Shown("9.1.1–9.2.4, passports", "A passport counts by signature, algorithm, type, issuer, audience and time, and never as a credential of this API.", "PassportVectorTests.A_vector_gets_its_verdict", "PassportVerifierTests.A_forged_passport_is_refused_without_a_question_also_with_an_old_feed", "PassportCredentialTests.A_passport_is_no_credential_of_this_api"),
        Shown("10.3.1–10.3.3", "Roles of the token decide; the caller is its principal.", "EntraTokenTests.Roles_grant_scopes_and_nothing_else_does", "EntraTokenTests.Applications_are_told_apart_by_their_principal"),
        Inapplicable("10.3.5", "Tokens bound to their sender.", "tokens are bearer secrets; not claimed."),
        Inapplicable("10.5.5", "Logout tokens of an identity provider are checked.", "the service is no relying party and takes none. Others learn of ended sessions by [events](events.md): webhooks, security event tokens of CAEP, or polls."),
        Shown("11.2.2", "Keys have numbers and can be replaced; former ones still read.", "SessionTokenTests.A_token_of_a_former_key_still_reads_while_the_key_is_in_the_ring", "KeyRingOptionsTests.Two_active_keys_none_active_or_one_number_twice_are_refused"),
        Shown("11.2.4", "Secrets are compared in constant time; an unknown and a wrong credential are the same work and the same answer.", "EqualWorkTests.An_unknown_and_a_wrong_session_token_cost_the_same_and_say_the_same", "EqualWorkTests.An_unknown_and_a_wrong_service_key_cost_the_same_and_say_the_same"),
        Shown("11.2.5", "What does not decrypt is no session, whatever is wrong with it.", "BodyProtectorTests.Every_byte_of_the_envelope_counts", "SessionCacheTests.Every_byte_of_an_entry_is_authenticated_and_a_poisoned_one_is_replaced"),
        Shown("11.3.1–11.3.3", "AES-GCM, bound to its place.", "BodyProtectorTests.A_row_cannot_be_moved_owned_anew_prolonged_raised_or_given_another_token"),
        Shown("11.3.4", "No nonce is used twice under a key.", "BodyProtectorTests.No_two_envelopes_share_salt_and_nonce"),
        Shown("11.5.1", "Secrets are 256 random bits.", "SessionTokenTests.No_two_tokens_are_equal_and_no_position_prefers_a_character"),
        Shown("12.1.1, 12.2.1", "TLS 1.2 at least, everywhere.", Hardening + "Tls_below_1_2_is_refused", Hardening + "Everything_is_reached_over_https_or_tls_only"),
        Shown("12.3.1–12.3.3", "Stores are reached by TLS only outside development.", "CacheOptionsTests.A_connection_to_another_machine_is_encrypted_outside_development", "TableStorageOptionsTests.Http_to_another_machine_is_for_development_only_and_never_with_the_published_key"),
        Shown("13.1.1–13.1.4", "Time-outs, retries and limits are documented as they are.", "TimeoutTableTests.The_page_gives_the_default_of_the_code", "ReferenceTests.Every_option_is_in_the_table_with_its_value_and_meaning"),
        Shown("13.2.1", "Stores are reached by managed identity.", Hardening + "Identity_is_the_only_credential", Hardening + "Shared_keys_and_local_authentication_are_off"),
        Shown("13.2.2", "Roles are as few as needed.", Hardening + "Roles_equal_the_allow_list"),
        Shown("13.2.6", "A store in trouble is treated as documented.", "AzureDataTableFaultTests.A_store_that_refuses_one_call_in_four_gets_a_tenth_more_calls_at_most", "RedisFaultTests.A_frozen_server_costs_a_deadline_and_no_more"),
        Shown("13.3.1", "Secrets are in a vault.", Hardening + "A_secret_setting_is_a_vault_reference", Hardening + "No_output_gives_a_secret_away"),
        Shown("14.2.1", "No credential in a URL.", "BadInputTests.A_credential_in_the_query_is_refused"),
        Shown("14.2.2", "The cache holds nothing in clear.", "SecretsAtRestTests.Table_and_Redis_hold_no_token_secret_claim_data_value_user_agent_or_address_in_clear", Canaries),
        Shown("14.2.4, 14.2.7", "What has expired is deleted on schedule.", "ExpiredSessionPurgeTests.A_lapsed_session_goes_with_its_entry_and_its_users_head", "ExpiredSessionPurgeTests.An_ended_session_stays_for_its_retention_and_then_goes_without_a_write_to_the_head"),
        Shown("14.2.6", "Answers hold no more than the caller needs.", "SessionLifeTests.The_users_view_has_no_data_and_a_list_item_no_claims"),
        Partly("15.1.2", "Dependencies are listed and pinned.", "a bill of materials and lock files of NuGet. Versions of NuGet packages are exact and in one file ([ADR 14](adr/0014-official-packages-plainly-referenced.md)), the npm lock files are exact, and a package with a known vulnerability fails the build.", "LayoutTests.The_lock_file_names_no_registry"),
        Shown("15.3.1, 15.3.3", "Unknown members are refused.", "BadInputTests.A_bad_body_of_create_is_a_problem_and_creates_nothing"),
        Shown("15.3.7", "A parameter or credential that is there twice is refused.", "BadInputTests.A_bad_query_is_a_problem", "BadInputTests.Two_credentials_at_once_are_refused"),
        Shown("15.4.1, 15.4.2", "Check and act are one step.", "RaceTests.Sixty_four_merges_of_different_keys_at_once_are_all_kept", "RaceTests.The_same_idempotency_key_fifty_times_at_once_gives_one_session_and_one_token", "SourceTests.No_row_is_written_unconditionally"),
        Shown("16.2.5", "No credential and no content in logs, traces and metrics.", Canaries, "HostTraceTests.No_activity_of_the_host_tells_a_query_a_credential_or_a_user_agent", "SecretTests.Whatever_goes_wrong_no_key_signature_or_row_is_told"),
        Shown("16.3.1–16.3.3", "Refusals and attempts to bypass are logged.", "CredentialTests.Refusals_are_logged_and_never_with_the_credential"),
        Shown("16.3.4", "Failures of the stores are logged.", "AzureDataTableFaultTests.Refused_credentials_are_unavailable_and_an_error_that_names_the_role"),
        Shown("16.4.1", "No text of a request makes a line of the log.", Fuzz),
        Partly("16.4.2", "A record of the audit cannot be changed, removed, moved or added unnoticed.", "that a chain which is gone or put back as a whole is noticed ([threat model](threat-model.md#accepted-risks)).", "AuditTamperingTests.Each_changed_property_of_a_record_is_found", "AuditTamperingTests.A_removed_record_is_found_wherever_it_stood", "AuditTamperingTests.Removing_the_newest_records_or_the_head_is_found", "AuditTamperingTests.A_record_beside_the_chain_is_found_even_with_a_key", "AuditTests.Timelines_tell_who_did_what_and_verify"),
        Shown("16.5.1", "Errors are generic.", Fuzz),
        Shown("16.5.2", "Without the cache the table answers.", "CacheLossTests.Redis_flushed_or_killed_between_any_two_steps_leaves_the_answers_the_same"),
        Shown("16.5.3", "Never open in doubt.", Histories, "PlantedFaultTests.A_validation_that_is_open_while_the_cache_fails_is_caught", "PlantedFaultTests.A_failure_of_the_cache_that_confirms_an_end_is_caught", "PoisonedStoreTests.A_poisoned_cache_value_neither_fails_a_request_nor_gives_away_another_session"),
        Inapplicable("4.3, 4.4, V5, V6, V17", "GraphQL, WebSocket, files, passwords, WebRTC.", "there are none here."),
    ];
}
