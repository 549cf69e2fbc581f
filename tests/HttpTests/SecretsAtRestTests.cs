using System.Text;
using Support.Hosts;
using Support.Http;
using Support.Servers;
using Support.Tables;

namespace HttpTests;

/// <summary>What the stores hold of what was confided to the API: nothing that can be read.</summary>
public sealed class SecretsAtRestTests
{
    [Fact]
    public async Task Table_and_Redis_hold_no_token_secret_claim_data_value_user_agent_or_address_in_clear()
    {
        var azurite = await AzuriteServer.SharedAsync();
        await using var redis = await RedisServer.StartAsync(CancellationToken.None);
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, azurite.ConnectionString, redis.Address, settings: null, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var created = await api.ServiceAsync(
            "POST",
            "/v1/sessions",
            """{"userId":"alice","claims":{"role":"canary-claim"},"data":{"cart":"canary-data"},"device":{"label":"canary-label","userAgent":"canary-agent","ipAddress":"192.0.2.77"}}""",
            ("Idempotency-Key", "canary-key"));
        var token = created.TextOf("token");
        await api.IsActiveAsync(token);
        await api.UserAsync(token, "POST", "/v1/session/touch");
        var rotated = (await api.UserAsync(token, "POST", "/v1/session/rotate")).TextOf("token");
        await api.IsActiveAsync(rotated);

        var stored = new StringBuilder(await RedisContent.ReadAllAsync(redis));
        stored.Append(await TableDump.ReadAllAsync(azurite.ConnectionString, server.Settings["Tables:SessionsTable"]));
        stored.Append(await TableDump.ReadAllAsync(azurite.ConnectionString, server.Settings["Tables:DueTable"]));

        Assert.Contains("alice", stored.ToString(), StringComparison.Ordinal);
        foreach (var canary in new[] { "canary", "192.0.2.77", token[4..64], token[64..], rotated[4..64], rotated[64..] })
        {
            Assert.DoesNotContain(canary, stored.ToString(), StringComparison.Ordinal);
        }
    }
}
