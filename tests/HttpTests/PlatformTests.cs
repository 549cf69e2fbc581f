using HttpTests.RawRequests;
using Support.Hosts;

namespace HttpTests;

/// <summary>What the platform of Functions does by itself, beside what SessionServer does: rows of the table in src/SessionFunctions/README.md.</summary>
public sealed class PlatformTests(RunningHost host) : HttpSuite(host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_path_outside_the_API_is_404_with_a_problem_or_empty_from_the_platform()
    {
        var answer = await GetAsync("/nothing");

        Assert.Equal([404], answer.Statuses);
        Assert.Equal(TestedHost.Kind is HostKind.Kestrel, answer.Text.Contains("application/problem+json", StringComparison.Ordinal));
        Assert.Equal(TestedHost.Kind is HostKind.Functions, IsEmpty(answer));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Probes_are_answered_below_the_API_and_at_the_root_on_Kestrel_alone(string path)
    {
        Assert.Equal([200], (await GetAsync("/api" + path)).Statuses);
        Assert.Equal([TestedHost.Kind is HostKind.Kestrel ? 200 : 404], (await GetAsync(path)).Statuses);
    }

    [Fact]
    public async Task An_invocation_id_from_a_client_is_ignored_or_never_answered()
    {
        var answer = await GetAsync("/api/v1/session", $"x-ms-invocation-id: {Guid.CreateVersion7()}\r\n");

        Assert.Equal(TestedHost.Kind is HostKind.Kestrel ? [401] : [], answer.Statuses);
    }

    private static bool IsEmpty(RawExchange answer) => answer.Text.EndsWith("\r\n\r\n", StringComparison.Ordinal);

    private Task<RawExchange> GetAsync(string path, string headers = "") =>
        RawExchange.SendAsync(Api.Url, $"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n", Patience);
}
