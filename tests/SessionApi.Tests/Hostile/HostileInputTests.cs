using System.Globalization;
using Microsoft.Extensions.Logging;
using SessionApi.Operations;
using Support;

namespace SessionApi.Tests.Hostile;

/// <summary>
/// Every operation under hostile bodies, headers, queries, paths, methods and credentials. <c>HOSTILE_INPUTS</c> sets how many in
/// all (default 110,000) and <c>HOSTILE_SEED</c> which; a failure names the seed and the request.
/// </summary>
public sealed class HostileInputTests
{
    private const int DefaultInputs = 110_000;
    private const int DefaultSeed = 20_251_121;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, string?> WithoutFailureLimit = new() { ["RateLimit:Failures"] = "1000000" };

    private static readonly int Inputs = Setting("HOSTILE_INPUTS", DefaultInputs);
    private static readonly int Seed = Setting("HOSTILE_SEED", DefaultSeed);

    public static TheoryData<string> OperationNames => [.. OperationTable.All.Select(operation => operation.Name)];

    private static int InputsPerOperation => (Inputs + OperationTable.All.Count - 1) / OperationTable.All.Count;

    [Theory]
    [MemberData(nameof(OperationNames))]
    public async Task No_input_fails_the_service_leaves_the_contract_or_shows_in_a_problem_or_the_log(string name)
    {
        var operation = OperationTable.All.Single(candidate => candidate.Name == name);
        await using var api = new ApiFixture(WithoutFailureLimit);
        var (sid, token) = await api.CreateAsync();
        var requests = new HostileRequests(operation, api.Service.Reveal(), token, Seed);
        string[] secrets = [HostileValues.Canary, token[4..], api.Service.Reveal()[4..]];
        Assert.True(requests.CorpusSize < InputsPerOperation, $"{requests.CorpusSize} inputs of the corpus leave no room for random ones.");

        for (var i = 0; i < InputsPerOperation; i++)
        {
            // Many operations end or rotate the session; a fresh one from time to time keeps the paths behind it under fire.
            if (i % 20 == 0)
            {
                await api.SendAsync("DELETE", "/api/v1/sessions?userId=alice");
                (sid, token) = await api.CreateAsync();
            }

            var request = requests.Next(i, sid, token);
            var begun = TimeProvider.System.GetTimestamp();
            var answer = await api.SendBytesAsync(request.Method, request.Target, request.Body, [.. request.Headers]);
            if (TimeProvider.System.GetElapsedTime(begun) > Longest)
            {
                // A machine can be busy once; an input that is slow is slow again.
                begun = TimeProvider.System.GetTimestamp();
                await api.SendBytesAsync(request.Method, request.Target, request.Body, [.. request.Headers]);
                Assert.True(TimeProvider.System.GetElapsedTime(begun) <= Longest, $"More than {Longest}.\nHOSTILE_SEED={Seed} input {i} of {name}:\n{request}");
            }

            var broken = AnswerRules.Broken(request, answer, [.. secrets, token[4..]]);
            Assert.True(broken is null, $"{broken}\nHOSTILE_SEED={Seed} input {i} of {name}:\n{request}\n\n{answer.Status} {answer.Body}");
        }

        AssertClean(api.Logs, secrets);
    }

    private static void AssertClean(CapturedLog logs, IReadOnlyList<string> secrets)
    {
        Assert.DoesNotContain(logs.Entries, entry => entry.Level >= LogLevel.Error);
        Assert.DoesNotContain(logs.Entries, entry => entry.Text.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0);
        Assert.DoesNotContain(logs.Entries, entry => secrets.Any(secret => entry.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private static int Setting(string name, int byDefault) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : byDefault;
}
