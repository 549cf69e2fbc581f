using static SessionServer.Tests.Documents.AssuranceRow;

namespace SessionServer.Tests.Documents;

/// <summary>OWASP API Security Top 10 (2023).</summary>
internal static class AssuranceOfApiRisks
{
    private const string Matrix = "AuthorizationMatrixTests.A_caller_passes_exactly_where_the_table_grants_it";

    public static IReadOnlyList<AssuranceRow> Rows { get; } =
    [
        Shown("API1", "Objects: a user reaches own sessions only; another's answers as an unknown one.", Matrix, "BadInputTests.An_id_of_no_session_is_one_and_the_same_404"),
        Shown("API2", "Authentication: one way in for each kind of credential, failures limited.", "CredentialTests.Unknown_malformed_expired_and_revoked_tokens_get_one_and_the_same_401", "RateLimitTests.The_failure_after_the_twentieth_is_429_until_the_window_ends", "CredentialTests.Two_credentials_at_once_are_400"),
        Shown("API3", "Properties: a view for each caller, unknown members refused.", "SessionLifeTests.The_users_view_has_no_data_and_a_list_item_no_claims", "BadInputTests.A_bad_body_of_create_is_a_problem_and_creates_nothing"),
        Shown("API4", "Resources: bounds on bodies, depth, pages, time and rate.", "BadBodyTests.A_body_of_64_KiB_is_read_and_one_byte_more_is_413", "BadBodyTests.Claims_and_data_nest_16_deep_and_no_deeper", "BadBodyTests.A_body_that_does_not_arrive_is_408_at_the_deadline", "RateLimitTests.A_caller_has_a_bucket_when_a_rate_is_configured"),
        Shown("API5", "Functions: denied unless the table of operations grants it.", Matrix),
        Shown("API6", "Business flows: only services create, and a user has a limit.", Matrix, "RaceTests.A_limit_of_5_under_50_creates_at_once_is_exactly_5"),
        Shown("API7", "Server-side requests: no address of a caller's is ever fetched, and none inside the network for a webhook.", "WebhookTargetTests.A_private_address_is_not_connected_to_by_number_or_by_name", "PublicAddressesTests.What_only_this_network_answers_is_not_public", "EntraTokenTests.A_key_that_comes_with_the_token_is_not_looked_at", "EntraTokenTests.Garbage_is_401_without_a_look_at_the_network"),
        Shown("API8", "Misconfiguration: safe defaults, wrong settings stop the start.", "HardeningTests.Everything_is_reached_over_https_or_tls_only", "TableStorageRegistrationTests.Options_that_make_no_sense_stop_the_host_at_start_with_a_line_each", "AddSessionCacheTests.A_wrong_connection_stops_the_start"),
        Shown("API9", "Inventory: what is documented is what there is.", "ReferenceTests.Every_operation_is_in_the_table_with_its_caller", "BadInputTests.A_path_or_method_that_there_is_not_never_reaches_an_operation"),
        Shown("API10", "What the stores answer is input like any other.", "PoisonedStoreTests.A_poisoned_cache_value_neither_fails_a_request_nor_gives_away_another_session", "PoisonedStoreTests.A_poisoned_property_of_a_row_is_never_a_fault_of_the_service", "AzureDataTableFaultTests.An_answer_that_makes_no_sense_is_unavailable"),
    ];
}
