using System.Text.RegularExpressions;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>Redis flushed or killed between any two steps changes no answer.</summary>
public sealed partial class CacheLossTests
{
    [Fact]
    public async Task Redis_flushed_or_killed_between_any_two_steps_leaves_the_answers_the_same()
    {
        var tables = await AzuriteServer.SharedAsync();
        await using var redis = await RedisServer.StartAsync(CancellationToken.None);
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis.Address, settings: null, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var steps = (await RunAsync(api, _ => Task.CompletedTask)).Count;
        var expected = await RunAsync(api, _ => Task.CompletedTask);

        for (var lossAt = 0; lossAt < steps; lossAt++)
        {
            var at = lossAt;
            Assert.Equal(expected, await RunAsync(api, step => step == at ? FlushAsync(redis) : Task.CompletedTask));
        }

        for (var lossAt = 0; lossAt < steps; lossAt++)
        {
            var at = lossAt;
            var answers = await RunAsync(api, step => step == at ? redis.KillAsync() : Task.CompletedTask);
            Assert.Equal(expected.Select(Confirmed), answers.Select(Confirmed));
            await redis.RestartAsync(CancellationToken.None);
        }
    }

    // Without Redis an end is answered by 202 and the instant it holds from: the same end, said honestly.
    private static string Confirmed(string answer) => answer switch
    {
        "202 {}" => "204 ",
        _ when answer.StartsWith("202 {\"ended\"", StringComparison.Ordinal) => $"200{answer[3..].Replace(",}", "}", StringComparison.Ordinal)}",
        _ => answer,
    };

    private static Task FlushAsync(RedisServer redis) => RedisContent.FlushAsync(redis);

    private static async Task<List<string>> RunAsync(ApiClient api, Func<int, Task> before)
    {
        var answers = new List<string>();
        var user = $"user-{Guid.CreateVersion7():N}";
        await StepAsync(() => api.ServiceAsync("POST", "/v1/sessions", $"{{\"userId\":\"{user}\",\"data\":{{\"n\":1}}}}"));
        var created = await api.ServiceAsync("POST", "/v1/sessions", $"{{\"userId\":\"{user}\",\"data\":{{\"n\":1}}}}");
        var (sid, token) = (created.TextOf("sid"), created.TextOf("token"));
        await StepAsync(() => api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}"));
        await StepAsync(() => api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}"));
        await StepAsync(() => api.ServiceAsync("PATCH", $"/v1/sessions/{sid}/data", """{"m":2}"""));
        await StepAsync(() => api.ServiceAsync("GET", $"/v1/sessions/{sid}/data"));
        await StepAsync(() => api.ServiceAsync("GET", $"/v1/sessions?userId={user}&countOnly=true"));
        await StepAsync(() => api.UserAsync(token, "GET", "/v1/session"));
        await StepAsync(() => api.ServiceAsync("DELETE", $"/v1/sessions/{sid}"));
        await StepAsync(() => api.ServiceAsync("POST", "/v1/sessions/introspect", $"{{\"token\":\"{token}\"}}"));
        await StepAsync(() => api.UserAsync(token, "GET", "/v1/session"));
        await StepAsync(() => api.ServiceAsync("DELETE", $"/v1/sessions?userId={user}"));
        await StepAsync(() => api.ServiceAsync("GET", $"/v1/sessions?userId={user}"));
        return answers;

        async Task StepAsync(Func<Task<ApiAnswer>> call)
        {
            await before(answers.Count);
            var answer = await call();

            // What differs between two runs by nature: ids, tokens, instants, remaining seconds.
            var text = Varying().Replace(answer.Text, "");
            answers.Add($"{(int)answer.Status} {text.Replace(user, "", StringComparison.Ordinal)}");
        }
    }

    [GeneratedRegex("(ses|sst)_[A-Za-z0-9_-]+|\"[0-9-]+T[0-9:.]+Z\"|Seconds\":[0-9]+|\"effectiveBy\":|\"trace[A-Za-z]*\":\"[^\"]*\"|[0-9a-f]{32}-[0-9a-f]{16}", RegexOptions.ExplicitCapture)]
    private static partial Regex Varying();
}
