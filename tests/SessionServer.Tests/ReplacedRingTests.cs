using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionServer.Tests;

/// <summary>The drill of docs/operations.md, "Replace the whole ring", step by step.</summary>
public sealed class ReplacedRingTests
{
    [Fact]
    public async Task After_the_whole_ring_was_replaced_nothing_is_answered_from_the_table_until_revoke_before_is_set()
    {
        var azurite = await AzuriteServer.SharedAsync();
        var settings = new Dictionary<string, string> { ["Maintenance:Timers"] = "false" };
        var (first, sid, token) = await EndedServerAsync(azurite, settings);
        var replaced = new Dictionary<string, string>(first.Settings, StringComparer.OrdinalIgnoreCase)
        {
            ["Keys:Ring:0:Id"] = "2",
            ["Keys:Ring:0:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
        await using var server = await SessionServerProcess.StartLiveAsync(azurite.ConnectionString, redis: null, replaced, CancellationToken.None);
        using var api = new ApiClient(server.Url, first.ServiceKey, first.OperatorKey);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.UntilReadinessIsAsync(HttpStatusCode.ServiceUnavailable)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.ServiceAsync("POST", "/v1/sessions", """{"userId":"alice"}""")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.ServiceAsync("GET", $"/v1/sessions/{sid}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.UserAsync(token, "GET", "/v1/session")).Status);

        var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        Assert.Equal(HttpStatusCode.Accepted, (await api.OperatorAsync("POST", "/v1/operations/revoke-before", $$"""{"instant":"{{now}}"}""")).Status);

        Assert.Equal(HttpStatusCode.OK, (await api.UntilReadinessIsAsync(HttpStatusCode.OK)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.UserAsync(token, "GET", "/v1/session")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.ServiceAsync("GET", $"/v1/sessions/{sid}")).Status);
        var (newSid, newToken) = await api.CreateAsync("alice");
        Assert.True(await api.IsActiveAsync(newToken));
        var listed = (await api.ServiceAsync("GET", "/v1/sessions?userId=alice&state=all")).Json.GetProperty("sessions");
        Assert.Equal([newSid], listed.EnumerateArray().Select(session => session.GetProperty("sid").GetString()));
    }

    private static async Task<(SessionServerProcess Server, string Sid, string Token)> EndedServerAsync(AzuriteServer azurite, Dictionary<string, string> settings)
    {
        await using var server = await SessionServerProcess.StartAsync(azurite.ConnectionString, redis: null, settings, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (sid, token) = await api.CreateAsync("alice");
        return (server, sid, token);
    }
}
