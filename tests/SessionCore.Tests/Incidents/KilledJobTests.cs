using System.Security.Cryptography;
using SessionCore.Incidents;
using SessionCore.Sessions;

namespace SessionCore.Tests.Incidents;

/// <summary>A process that dies in the middle of a job: from one store call on it makes no other, and gives no lease back.</summary>
public sealed class KilledJobTests : JobFixture
{
    private const int Runs = 60;

    // A job takes more calls than the first runs make together, so these die.
    private const int LeastKills = 5;
    private const int FewCalls = 10;
    private const int ManyCalls = 120;
    private const string Death = "The process has died.";

    [Theory]
    [InlineData(JobKind.Revoke)]
    [InlineData(JobKind.Export)]
    public async Task Killed_again_and_again_a_job_finds_each_session_once(JobKind kind)
    {
        var (bad, good) = await PlantAsync();
        await using var operators = Instance();
        var job = await StartAsync(operators, Ask(kind, OfCurl));
        var killed = 0;
        for (var run = 0; run < Runs; run++)
        {
            var most = run < LeastKills ? FewCalls : ManyCalls;
            killed += await RunKilledAsync(callsToLive: RandomNumberGenerator.GetInt32(1, most)) ? 1 : 0;
            Time.Advance(TimeSpan.FromMinutes(3));
        }

        await operators.Jobs.RunAsync(Never);

        var done = (await operators.Jobs.FindAsync(job.Id, Never))!;
        Assert.InRange(killed, LeastKills, Runs);
        Assert.Equal((JobState.Finished, bad.Count), (done.State, done.Progress.Matched));
        Assert.Equal(kind is JobKind.Revoke ? bad.Count : 0, done.Progress.Ended);
        Assert.Equal(bad.Select(id => id.ToString()).Order(StringComparer.Ordinal), (await ResultAsync(operators, job.Id)).Order(StringComparer.Ordinal));
        foreach (var id in bad)
        {
            Assert.Equal(kind is not JobKind.Revoke, await IsLiveAsync(operators, id));
        }

        foreach (var id in good)
        {
            Assert.True(await IsLiveAsync(operators, id));
        }
    }

    private async Task<(IReadOnlyList<SessionId> Bad, IReadOnlyList<SessionId> Good)> PlantAsync()
    {
        await using var instance = Instance();
        var (bad, good) = (new List<SessionId>(), new List<SessionId>());
        for (var i = 0; i < 150; i++)
        {
            bad.Add(await CreateAsync(instance, $"user {i % 40}", "curl/8.5"));
            good.Add(await CreateAsync(instance, $"user {i % 40}", "Mozilla/5.0"));
        }

        return (bad, good);
    }

    // Runs until a call is reached, and then never again: what comes after a death reaches no store.
    private async Task<bool> RunKilledAsync(int callsToLive)
    {
        var calls = 0;
        Hook = _ => Interlocked.Increment(ref calls) > callsToLive ? throw new InvalidOperationException(Death) : ValueTask.CompletedTask;
        try
        {
            await using var instance = Instance();
            await instance.Jobs.RunAsync(Never);
        }
        catch (Exception exception) when (exception is InvalidOperationException { Message: Death } or AggregateException)
        {
            // The death itself.
        }
        finally
        {
            Hook = null;
        }

        return calls > callsToLive;
    }
}
