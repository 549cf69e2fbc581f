using Support.Http;
using Support.Time;

namespace HttpTests;

/// <summary>What a verification of the audit counts, whatever host runs: events of sessions and actions of operators apart.</summary>
public sealed class AuditVerificationTests(RunningHost host) : HttpSuite(host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Faults = ["altered", "missing", "apart", "heads"];

    [Fact]
    public async Task Actions_of_operators_are_counted_apart_from_events()
    {
        await using var server = await AuditedServer.StartAsync();
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
        await using var server = await AuditedServer.StartAsync();
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

    // Events are recorded when they are delivered. A verification is an action as well.
    private static async Task<ApiAnswer> VerifyAsync(ApiClient api, int actions, int events)
    {
        var calls = 0;
        var verified = await Eventually.AnswerAsync(
            async () =>
            {
                calls++;
                var answer = await api.OperatorAsync("POST", "/v1/operations/verify-audit");
                Assert.Equal(200, (int)answer.Status);
                return answer;
            },
            answer => answer.Json.GetProperty("finished").GetBoolean() && NumberOf(answer, "records") - NumberOf(answer, "actions") == events,
            Patience);
        Assert.Equal(actions + calls, NumberOf(verified, "actions"));
        return verified;
    }

    private static string JobFor(string user) => $$$"""{"kind":"revoke","filter":{"userIds":["{{{user}}}"]}}""";

    private static int NumberOf(ApiAnswer answer, string name) => answer.Json.GetProperty(name).GetInt32();
}
