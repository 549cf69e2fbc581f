using System.Globalization;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>What a verification of the audit counts, whatever host runs: events of sessions and actions of operators apart.</summary>
public sealed class AuditVerificationTests(RunningHost host) : HttpSuite(host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Faults = ["altered", "missing", "apart", "heads"];

    [Fact]
    public async Task Actions_of_operators_are_counted_apart_from_events()
    {
        await using var server = await StartAsync();
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var user = NewUser("audited");
        for (var session = 0; session < 2; session++)
        {
            Assert.Equal(201, (int)(await api.ServiceAsync("POST", "/v1/sessions", $$"""{"userId":"{{user}}"}""")).Status);
        }

        Assert.Equal(202, (int)(await api.OperatorAsync("POST", "/v1/operations/revoke-before", """{"instant":"2020-01-01T00:00:00Z"}""")).Status);
        Assert.Equal(200, (int)(await api.OperatorAsync("POST", "/v1/operations/purge")).Status);
        Assert.Equal(202, (int)(await api.OperatorAsync("POST", "/v1/operations/jobs", JobFor(user))).Status);

        // Two sessions began, the job ends them, and the revocation is an event of the deployment.
        var verified = await VerifyAsync(api, actions: 3, events: 5);

        Assert.Equal(3, NumberOf(verified, "chains"));
        Assert.Equal(0, Faults.Sum(fault => NumberOf(verified, fault)));
    }

    [Fact]
    public async Task Reading_is_no_action_and_a_user_has_none()
    {
        await using var server = await StartAsync();
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var user = NewUser("audited");
        Assert.Equal(201, (int)(await api.ServiceAsync("POST", "/v1/sessions", $$"""{"userId":"{{user}}"}""")).Status);
        foreach (var path in (string[])["overview", "status", "timeline", "jobs", "me", $"sessions?userId={user}"])
        {
            Assert.Equal(200, (int)(await api.OperatorAsync("GET", $"/v1/operations/{path}")).Status);
        }

        _ = await VerifyAsync(api, actions: 0, events: 1);

        var ofUser = await api.OperatorAsync("POST", $"/v1/operations/verify-audit?userId={user}");
        Assert.Equal((1, 1, 0), (NumberOf(ofUser, "chains"), NumberOf(ofUser, "records"), NumberOf(ofUser, "actions")));
    }

    private static async Task<SessionServerProcess> StartAsync()
    {
        var tables = await AzuriteServer.SharedAsync();
        var redis = await RedisServer.SharedAsync();
        var queues = await AzuriteQueues.SharedAsync();
        var settings = new Dictionary<string, string>
        {
            ["Events:Enabled"] = "true",
            ["Audit:Enabled"] = "true",
            ["AzureWebJobsStorage"] = queues.ConnectionString,
            ["EventQueue"] = await queues.CreateAsync(CancellationToken.None),
        };
        return await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings, CancellationToken.None);
    }

    // Events are recorded when they are delivered. A verification is an action as well.
    private static async Task<ApiAnswer> VerifyAsync(ApiClient api, int actions, int events)
    {
        using var deadline = new CancellationTokenSource(Patience);
        for (var calls = 1; ; calls++)
        {
            var verified = await api.OperatorAsync("POST", "/v1/operations/verify-audit");
            Assert.Equal(200, (int)verified.Status);
            var (records, found) = (NumberOf(verified, "records"), NumberOf(verified, "actions"));
            if (verified.Json.GetProperty("finished").GetBoolean() && records - found == events)
            {
                Assert.Equal(actions + calls, found);
                return verified;
            }

            Assert.False(deadline.IsCancellationRequested, string.Create(CultureInfo.InvariantCulture, $"{records} records, {found} actions"));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
        }
    }

    private static string JobFor(string user) => $$$"""{"kind":"revoke","filter":{"userIds":["{{{user}}}"]}}""";

    private static int NumberOf(ApiAnswer answer, string name) => answer.Json.GetProperty(name).GetInt32();
}
