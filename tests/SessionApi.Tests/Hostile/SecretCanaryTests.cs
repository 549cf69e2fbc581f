using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Tables;
using Support.Tables;

namespace SessionApi.Tests.Hostile;

/// <summary>What is confided to the API shows nowhere but in the answers it is meant for; the user id in rows of the table besides.</summary>
public sealed class SecretCanaryTests
{
    private const string User = "canary-user-5f1c";
    private const string Body =
        """{"userId":"canary-user-5f1c","claims":{"canary-member":"canary-claim"},"data":{"k":"canary-data"},"device":{"label":"canary-label","userAgent":"canary-agent","ipAddress":"198.51.100.77"}}""";

    private static readonly string[] Confided = ["canary-", "198.51.100.", "192.0.2.1"];

    [Fact]
    public async Task Nothing_confided_to_the_API_is_told_by_logs_traces_metrics_problems_or_stores()
    {
        using var telemetry = new RecordedTelemetry();
        await using var api = new ApiFixture();
        var problems = new StringBuilder();
        var secrets = await UseAsync(api, problems);
        secrets.Add(api.Service.Reveal()[4..]);
        telemetry.Observe();
        var tables = api.Services.GetRequiredService<SessionTables>();
        var stored = await TableDump.ReadAllAsync(tables.Sessions) + await TableDump.ReadAllAsync(tables.Due);

        // Without these the rest would show nothing.
        Assert.Contains("session.api.duration", telemetry.Metrics, StringComparison.Ordinal);
        Assert.NotEmpty(api.Logs.Entries);
        Assert.NotEmpty(api.Cache.Keys);
        Assert.Contains(User, stored, StringComparison.Ordinal);
        Assert.True(problems.Length > 0, "No problem was answered.");

        foreach (var secret in Confided.Concat(secrets))
        {
            AssertAbsent(secret, "logs", api.Logs.AllText);
            AssertAbsent(secret, "traces", telemetry.Traces);
            AssertAbsent(secret, "metrics", telemetry.Metrics);
            AssertAbsent(secret, "problems", problems.ToString());
            AssertAbsent(secret, "cache", await CacheDumpAsync(api));
            AssertAbsent(secret, "tables", stored.Replace(User, "", StringComparison.Ordinal));
        }
    }

    private static async Task<List<string>> UseAsync(ApiFixture api, StringBuilder problems)
    {
        (string, string)[] headers = [("User-Agent", "canary-client"), ("X-Forwarded-For", "198.51.100.78"), ("Idempotency-Key", "canary-key")];
        var created = await api.SendAsync("POST", "/api/v1/sessions", Body, headers);
        var (sid, token) = (created.Text("sid"), created.Text("token"));
        var introspection = JsonSerializer.Serialize(new { token, ipAddress = "198.51.100.79" });
        foreach (var (method, target, json) in new (string, string, string?)[]
        {
            ("POST", "/api/v1/sessions/introspect", introspection),
            ("POST", "/api/v1/sessions/introspect", introspection),
            ("GET", $"/api/v1/sessions/{sid}", null),
            ("PATCH", $"/api/v1/sessions/{sid}/data", """{"more":"canary-merged"}"""),
            ("POST", $"/api/v1/sessions/{sid}/touch", """{"ipAddress":"198.51.100.80"}"""),
            ("GET", $"/api/v1/sessions?userId={User}", null),
            ("POST", "/api/v1/sessions", Body.Replace("canary-claim", "canary-other", StringComparison.Ordinal)),
            ("POST", "/api/v1/sessions", """{"canary-unknown":"canary-value"}"""),
            ("POST", "/api/v1/sessions", "{canary-broken"),
            ("GET", $"/api/v1/sessions?userId={User}&canary-parameter=1", null),
            ("GET", $"/api/v1/sessions/{sid}?token={token}", null),
            ("GET", "/api/v1/sessions/canary-sid", null),
            ("GET", "/api/v1/canary-path", null),
        })
        {
            Keep(await api.SendAsync(method, target, json, headers), problems);
        }

        Keep(await api.SendAsUserAsync($"{token[..^1]}-", "GET", "/api/v1/session", null, headers), problems);
        Keep(await api.SendAsUserAsync("canary-credential", "GET", "/api/v1/session", null, headers), problems);
        var rotated = (await api.SendAsUserAsync(token, "POST", "/api/v1/session/rotate", null, headers)).Text("token");
        Keep(await api.SendAsUserAsync(rotated, "GET", "/api/v1/session", null, headers), problems);
        api.TableHook = _ => throw new StoreUnavailableException("The test's store is away.");
        Keep(await api.SendAsUserAsync(rotated, "GET", "/api/v1/session", null, [.. headers, ("Session-Consistency", "strong")]), problems);
        api.TableHook = null;

        // The first characters of a token are its kind and its key's number, the last its checksum.
        return [token[6..], token[8..48], rotated[6..], rotated[8..48]];
    }

    private static void Keep(ApiAnswer answer, StringBuilder problems)
    {
        if (answer.Status >= 400)
        {
            problems.AppendLine(answer.Body).AppendJoin('\n', answer.Headers.Values);
        }
    }

    private static async Task<string> CacheDumpAsync(ApiFixture api)
    {
        var text = new StringBuilder();
        foreach (var key in api.Cache.Keys)
        {
            text.AppendLine(key).AppendLine(Encoding.Latin1.GetString(await api.Cache.GetAsync(key, CancellationToken.None) ?? []));
        }

        return text.ToString();
    }

    private static void AssertAbsent(string secret, string place, string text) =>
        Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"The {place} tell {secret}.");
}
