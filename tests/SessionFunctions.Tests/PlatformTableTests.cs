using HttpTests;
using HttpTests.RawRequests;

namespace SessionFunctions.Tests;

/// <summary>The table of the README that says what differs from SessionServer: each row is shown by a test that runs on both hosts, or named as not shown here.</summary>
public sealed class PlatformTableTests
{
    private const string NotHere = "";

    private static readonly Dictionary<string, string> ShownBy = new(StringComparer.Ordinal)
    {
        ["more than `maxOutstandingRequests` (400) at once"] = NotHere,
        ["a body that stalls"] = nameof(StalledBodyTests.A_body_that_stalls_is_given_up_and_creates_nothing),
        ["a byte that is not UTF-8 in `User-Agent` or `Cookie`"] = nameof(StandardsTests.A_Latin1_byte_in_a_header_of_browsers_is_served),
        ["a body whose chunks are framed wrongly"] = nameof(RawRequestTests.A_body_that_is_not_framed_clearly_is_refused_with_its_connection),
        ["a client that sends `x-ms-invocation-id`"] = nameof(PlatformTests.An_invocation_id_from_a_client_is_ignored_or_never_answered),
        ["a function that the worker cannot run (it ended, or is out of memory)"] = NotHere,
        ["a line of a request's head that ends with LF alone"] = nameof(RawRequestTests.A_line_that_ends_with_LF_is_refused_or_ends_the_line_for_every_reader),
        ["a path outside `/api`"] = nameof(PlatformTests.A_path_outside_the_API_is_404_with_a_problem_or_empty_from_the_platform),
        ["probes"] = nameof(PlatformTests.Probes_are_answered_below_the_API_and_at_the_root_on_Kestrel_alone),
        ["two `Authorization` headers"] = nameof(BadInputTests.Two_credentials_at_once_are_refused),
        ["`X-Forwarded-For`, `-Host` and `-Proto`"] = nameof(TrustedProxyTests.The_last_address_before_the_trusted_proxy_counts_on_Kestrel_and_the_connection_on_Functions),
    };

    [Fact]
    public void Every_row_is_shown_by_a_test_or_named_as_seen_on_the_real_host_alone()
    {
        var rows = Checkout.Read("src/SessionFunctions/README.md")
            .Split("| what | SessionServer | here |\n|---|---|---|\n")[1]
            .Split('\n')
            .TakeWhile(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split(" | "))
            .ToDictionary(cells => cells[0][2..].TrimEnd(' ', '*'), cells => cells[0].EndsWith(" *", StringComparison.Ordinal), StringComparer.Ordinal);

        Assert.Equal(ShownBy.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(ShownBy[row.Key] == NotHere, row.Value));
    }
}
