using System.Diagnostics;
using System.Text.Json.Nodes;
using SessionFunctions.Client;
using Support.Faults;
using Support.Servers;
using Support.Time;

namespace SessionClient.Tests;

/// <summary>Bad days: what stands between client and host delays, cuts, refuses and answers rubbish.</summary>
[Collection(nameof(RunningApi))]
public sealed class FaultTests(RunningApi api) : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private HttpFaultProxy? _proxy;
    private TestedClient? _client;

    private HttpFaultProxy Proxy => _proxy ?? throw new InvalidOperationException("Not started.");

    private SessionsClient Sessions => _client?.Sessions ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        _proxy = await api.StartProxyAsync();
        _client = new TestedClient(RunningApi.AddressOf(_proxy.Port), api.ServiceKey);
    }

    public async Task DisposeAsync()
    {
        await _client!.DisposeAsync();
        await _proxy!.DisposeAsync();
    }

    [Fact]
    public async Task A_creation_whose_answer_is_lost_makes_one_session()
    {
        var user = RunningApi.NewUser();
        First(HttpFault.CutAnswer);

        var issued = await Sessions.CreateAsync(new NewSession { UserId = user });

        Assert.Equal(2, Proxy.Calls);
        Assert.True((await Sessions.IntrospectAsync(issued.Token)).Active);
        Assert.Equal(1, await Sessions.CountAsync(user));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        var sid = (await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() })).Sid;
        First(HttpFault.Reset, HttpFault.CutAnswer);

        Assert.Equal(sid, (await Sessions.GetAsync(sid))?.Sid);
    }

    [Fact]
    public async Task A_keyed_save_whose_answer_is_lost_is_saved_once()
    {
        var key = RunningApi.NewKey();
        First(HttpFault.CutAnswer);

        var save = await Sessions.Keyed.SaveAsync(key, new KeyedSession { Data = [] });

        Assert.Equal(KeyedSaveOutcome.Saved, save.Outcome); // the first one created it
        Assert.NotNull(await Sessions.Keyed.GetAsync(key));
    }

    [Fact]
    public async Task What_is_not_safe_to_repeat_is_not_repeated()
    {
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() });
        var key = RunningApi.NewKey();
        Func<Task>[] calls =
        [
            () => Sessions.RotateAsync(issued.Sid),
            () => Sessions.MergeDataAsync(issued.Sid, new JsonObject { ["a"] = 1 }),
            () => Sessions.ReplaceDataAsync(issued.Sid, [], ifMatch: issued.Session.ETag),
            () => Sessions.Keyed.SaveAsync(key, new KeyedSession { Data = [] }, SaveCondition.MustCreate),
        ];

        foreach (var call in calls)
        {
            First(HttpFault.CutAnswer);
            var before = Proxy.Calls;
            await Assert.ThrowsAsync<SessionsUnavailableException>(call);
            Assert.Equal(1, Proxy.Calls - before);
        }
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_even_by_what_is_not_repeated_otherwise()
    {
        var sid = (await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() })).Sid;
        First(HttpFault.Answer(429, "Busy", retryAfterSeconds: 1));
        var start = Stopwatch.GetTimestamp();

        Assert.NotNull(await Sessions.RotateAsync(sid));

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.95), Timeout);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_told_at_once()
    {
        Proxy.Fate = _ => HttpFault.Answer(429, "Busy", retryAfterSeconds: 60);
        var limited = await Assert.ThrowsAsync<SessionsException>(() => Sessions.GetAsync("ses_any"));
        Proxy.Fate = _ => HttpFault.Answer(503, "Busy", retryAfterSeconds: 7);
        var unavailable = await Assert.ThrowsAsync<SessionsUnavailableException>(() => Sessions.GetAsync("ses_any"));

        Assert.Equal((429, TimeSpan.FromSeconds(60)), (limited.Status, limited.RetryAfter));
        Assert.Equal((503, TimeSpan.FromSeconds(7)), (unavailable.Status, unavailable.RetryAfter));
        Assert.Equal(2, Proxy.Calls);
    }

    [Fact]
    public async Task The_wait_of_an_unavailable_api_is_honoured()
    {
        var sid = (await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() })).Sid;
        First(HttpFault.Answer(503, "Busy", retryAfterSeconds: 1));
        var start = Stopwatch.GetTimestamp();

        Assert.NotNull(await Sessions.GetAsync(sid));

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(0.95), Timeout);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_failing_api_is_unavailable_after_two_more_attempts(int status)
    {
        Proxy.Fate = _ => HttpFault.Answer(status, "Failing");

        var unavailable = await Assert.ThrowsAsync<SessionsUnavailableException>(() => Sessions.IntrospectAsync("sst_any"));

        Assert.Equal(status, unavailable.Status);
        Assert.Equal(3, Proxy.Calls);
    }

    [Fact]
    public async Task A_stalled_answer_is_asked_for_again_and_the_call_ends_in_time()
    {
        await using var hasty = new TestedClient(RunningApi.AddressOf(Proxy.Port), api.ServiceKey, options => options.Timeout = TimeSpan.FromSeconds(2));
        Proxy.Fate = _ => HttpFault.BlackHole;
        var start = Stopwatch.GetTimestamp();

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => hasty.Sessions.IntrospectAsync("sst_any"));

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(4));
        Assert.InRange(Proxy.Calls, 2, 3);
    }

    [Fact]
    public async Task One_stalled_answer_does_not_fail_a_call()
    {
        var sid = (await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() })).Sid;
        First(HttpFault.BlackHole);

        Assert.NotNull(await Sessions.GetAsync(sid));
    }

    [Fact]
    public async Task A_cancellation_of_the_caller_is_no_failure()
    {
        Proxy.Fate = _ => HttpFault.BlackHole;
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sessions.GetAsync("ses_any", cancellationToken: source.Token));
    }

    [Fact]
    public async Task A_page_of_HTML_is_no_answer()
    {
        Proxy.Fate = _ => HttpFault.Html;

        var unavailable = await Assert.ThrowsAsync<SessionsUnavailableException>(() => Sessions.IntrospectAsync("sst_any"));

        Assert.Contains("BaseAddress", unavailable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_answer_is_no_answer()
    {
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser() });
        Proxy.Fate = _ => HttpFault.HalfAnswer;

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => Sessions.IntrospectAsync(issued.Token));
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => Sessions.GetAsync(issued.Sid));
    }

    [Fact]
    public async Task A_404_of_anything_but_the_api_is_no_absent_session()
    {
        Proxy.Fate = _ => HttpFault.Answer(404, "NotFound");
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => Sessions.GetAsync("ses_any"));

        Proxy.Fate = null;
        await using var elsewhere = new TestedClient(new Uri($"http://127.0.0.1:{Proxy.Port}/elsewhere"), api.ServiceKey);
        var unknown = await Assert.ThrowsAnyAsync<SessionsException>(() => elsewhere.Sessions.GetAsync("ses_any"));
        Assert.NotEqual("session-not-found", unknown.ProblemType);
    }

    [Fact]
    public async Task A_service_that_is_down_is_unavailable_at_once()
    {
        await using var down = new TestedClient(RunningApi.AddressOf(FreePort.Next()), api.ServiceKey);
        var start = Stopwatch.GetTimestamp();

        var unavailable = await Assert.ThrowsAsync<SessionsUnavailableException>(() => down.Sessions.IntrospectAsync("sst_any"));

        Assert.Null(unavailable.Status);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task After_many_failures_the_api_is_not_asked_for_a_while()
    {
        var failing = true;
        Proxy.Fate = _ => Volatile.Read(ref failing) ? HttpFault.Answer(503, "Failing") : null;
        await using var patient = new TestedClient(RunningApi.AddressOf(Proxy.Port), api.ServiceKey, options =>
        {
            options.MaxRetries = 0;
            options.BreakDuration = TimeSpan.FromSeconds(0.5);
        });

        for (var i = 0; i < 30; i++)
        {
            await Assert.ThrowsAsync<SessionsUnavailableException>(() => patient.Sessions.GetAsync("ses_any"));
        }

        Assert.Equal(20, Proxy.Calls);
        Volatile.Write(ref failing, false);
        Assert.Null(await Eventually.SucceedsAsync<Session?, SessionsUnavailableException>(() => patient.Sessions.GetAsync("ses_any")));
    }

    [Fact]
    public async Task A_wrong_key_is_an_error_with_one_line_in_the_log()
    {
        await using var wrong = new TestedClient(api.Address, "ssk_" + new string('x', 40));

        for (var i = 0; i < 3; i++)
        {
            var refusal = await Assert.ThrowsAsync<SessionsException>(() => wrong.Sessions.IntrospectAsync("sst_any"));
            Assert.Equal((401, "unauthenticated"), (refusal.Status, refusal.ProblemType));
        }

        Assert.Single(wrong.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_scope_is_an_error_with_one_line_in_the_log()
    {
        await using var without = new TestedClient(api.Address, api.OperatorKey);

        var refusal = await Assert.ThrowsAsync<SessionsException>(() => without.Sessions.IntrospectAsync("sst_any"));

        Assert.Equal((403, "forbidden"), (refusal.Status, refusal.ProblemType));
        Assert.Single(without.Lines, line => line.StartsWith("Error 9002", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_is_logged_or_thrown_holds_a_secret()
    {
        const string Secret = "s3cret-of-the-data";
        var issued = await Sessions.CreateAsync(new NewSession { UserId = RunningApi.NewUser(), Data = new JsonObject { ["secret"] = Secret } });
        var texts = new List<string> { issued.ToString(), issued.Session.ToString(), (await Sessions.IntrospectAsync(issued.Token)).ToString() };
        HttpFault?[] faults = [null, HttpFault.Html, HttpFault.HalfAnswer, HttpFault.CutAnswer, HttpFault.Answer(500, "Failing"), HttpFault.Answer(401, "No")];
        foreach (var fault in faults)
        {
            Proxy.Fate = _ => fault;
            texts.AddRange((await Task.WhenAll(
                TextOfAsync(Sessions.IntrospectAsync(issued.Token)),
                TextOfAsync(Sessions.FindEndAsync(issued.Token)),
                TextOfAsync(Sessions.CreateAsync(new NewSession { UserId = issued.Token + "\n", Data = new JsonObject { ["secret"] = Secret } })),
                TextOfAsync(Sessions.ReplaceDataAsync(issued.Sid, new JsonObject { ["secret"] = Secret })))).OfType<string>());
        }

        var all = texts.Concat(_client!.Lines).ToArray();
        Assert.NotEmpty(all);
        Assert.DoesNotContain(all, text =>
            text.Contains(issued.Token, StringComparison.Ordinal) || text.Contains(api.ServiceKey, StringComparison.Ordinal) || text.Contains(Secret, StringComparison.Ordinal));
    }

    private static async Task<string?> TextOfAsync(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (SessionsException e)
        {
            return e.ToString();
        }
    }

    private void First(params HttpFault[] faults)
    {
        var left = new Queue<HttpFault>(faults);
        Proxy.Fate = _ =>
        {
            lock (left)
            {
                return left.TryDequeue(out var fault) ? fault : null;
            }
        };
    }
}
