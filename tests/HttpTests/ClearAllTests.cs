using System.Globalization;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>"Clear all" ends every session there is, so it has a server and tables of its own.</summary>
public sealed class ClearAllTests
{
    [Fact]
    public async Task Clear_all_is_revoke_before()
    {
        var tables = await AzuriteServer.SharedAsync();
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis: null, settings: null, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (_, token) = await api.CreateAsync("alice");
        Assert.True(await api.IsActiveAsync(token));

        var instant = TimeProvider.System.GetUtcNow().AddSeconds(1).ToString("O", CultureInfo.InvariantCulture);
        var answer = await api.OperatorAsync("POST", "/v1/operations/revoke-before", $"{{\"instant\":\"{instant}\"}}");

        Assert.Equal(202, (int)answer.Status);
        Assert.True(answer.Json.TryGetProperty("effectiveBy", out _));
        var strong = await api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}", ("Session-Consistency", "strong"));
        Assert.False(strong.Json.GetProperty("active").GetBoolean());
    }
}
