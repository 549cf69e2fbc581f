using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Diagnostics;
using SessionApi.Http;
using SessionApi.Operations;
using SessionApi.Tests.Passports;
using SessionCore.Operations;
using SessionCore.Sessions;
using SessionCore.Tables;

namespace SessionApi.Tests;

public sealed class DispatcherTests : IAsyncDisposable
{
    private const string Canary = "zz-canary-zz";

    private readonly ApiFixture _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_store_that_cannot_tell_is_503_with_Retry_After_and_never_401_or_404()
    {
        await using var api = new ApiFixture(PassportSetup.Settings(), withCache: false);
        var (sid, token) = await api.CreateAsync();
        api.TableHook = _ => throw new StoreUnavailableException($"{Canary} is down.");
        api.DueHook = api.TableHook;
        foreach (var operation in OperationTable.All.Where(operation => operation.NeedsStore && operation.Access!.Scope is not (Scopes.Operate or Scopes.Support)))
        {
            var path = operation.Route
                .Replace("{sid}", sid, StringComparison.Ordinal)
                .Replace("{key}", new string('A', SessionKey.TextLength), StringComparison.Ordinal);
            var target = $"/api/{path}{(operation.Query.Any(q => q.IsRequired) ? "?userId=alice" : "")}";
            var credential = operation.Access!.Kind is CallerKind.User ? token : api.Service.Reveal();
            var body = operation.RequestSchema switch
            {
                "Introspection" => $$"""{"token":"{{token}}"}""",
                "Introspections" => $$"""{"introspections":[{"token":"{{token}}"}]}""",
                "TokenIntrospection" => $"token={token}",
                "Expiry" => """{"expiresInSeconds":60}""",
                "KeyedSession" => """{"data":{}}""",
                "PassportRequest" => """{"audience":"orders"}""",
                null => null,
                _ => "{}",
            };
            (string, string)[] type = operation.IsOAuth ? [("Content-Type", "application/x-www-form-urlencoded")] : [];
            var answer = await api.SendAsUserAsync(credential, operation.Methods[0], target, body, type);
            Assert.True(answer.Status == 503, $"{operation.Name}: {answer.Status} {answer.Body}");
            Assert.Equal(("store-unavailable", "1"), (answer.Problem, answer.Header("Retry-After")));
            Assert.DoesNotContain(Canary, answer.Body, StringComparison.Ordinal);
        }

        api.TableHook = null;
        Assert.Equal(200, (await api.SendAsUserAsync(token, "GET", "/api/v1/session")).Status);
    }

    [Fact]
    public async Task The_stores_own_waiting_time_is_passed_on_up_to_a_minute()
    {
        foreach (var (seconds, header) in new[] { (0, "1"), (7, "7"), (3600, "60") })
        {
            _api.TableHook = _ => throw new StoreUnavailableException("busy") { RetryAfter = TimeSpan.FromSeconds(seconds) };
            var answer = await _api.SendAsync("GET", "/api/v1/sessions?userId=alice", null, ("Session-Consistency", "strong"));
            Assert.Equal((503, header), (answer.Status, answer.Header("Retry-After")));
        }
    }

    [Fact]
    public async Task A_handler_that_fails_is_one_generic_500_and_one_error_in_the_log()
    {
        var answer = await RunAsync((_, _) => throw new InvalidOperationException(Canary));
        Assert.Equal((500, "internal-error"), (answer.Status, answer.Problem));
        Assert.DoesNotContain(Canary, answer.Body, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(2002, Assert.Single(_api.Logs.Entries, entry => entry.Level >= LogLevel.Error).Id.Id);
    }

    [Fact]
    public async Task A_handler_that_does_not_end_is_503_at_its_deadline()
    {
        var run = RunAsync(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _api.Clock, cancellationToken);
            return null;
        });
        _api.Clock.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.False(run.IsCompleted);
        _api.Clock.Advance(TimeSpan.FromTicks(1));
        var answer = await run;
        Assert.Equal((503, "store-unavailable"), (answer.Status, answer.Problem));
        Assert.Contains(2001, _api.Logs.Ids);
    }

    [Fact]
    public async Task A_client_that_leaves_gets_no_answer_and_leaves_no_error()
    {
        using var left = new CancellationTokenSource();
        var context = _api.NewContext("GET", "/api/health/live");
        context.RequestAborted = left.Token;
        await using var dispatcher = NewDispatcher(async (_, _) =>
        {
            await left.CancelAsync();
            throw new IOException(Canary);
        });
        await dispatcher.GetRequiredService<Dispatcher>().RunAsync("Test", context);

        Assert.Equal(0, context.Response.Body.Length);
        Assert.DoesNotContain(_api.Logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task An_answer_that_fails_half_way_is_cut_off()
    {
        var lifetime = new Lifetime();
        var context = _api.NewContext("GET", "/api/health/live");
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Features.Set<IHttpResponseFeature>(new StartedResponse());
        await using var dispatcher = NewDispatcher((_, _) => throw new InvalidOperationException(Canary));
        await dispatcher.GetRequiredService<Dispatcher>().RunAsync("Test", context);
        Assert.True(lifetime.IsAborted);
    }

    [Fact]
    public async Task An_operation_that_does_not_say_who_may_call_stops_the_start()
    {
        await using var services = NewDispatcher((_, _) => ValueTask.FromResult<Problem?>(null), access: null);
        var fault = Assert.Throws<InvalidOperationException>(services.GetRequiredService<Dispatcher>);
        Assert.Equal("The operation Test declares no access. Set Access.", fault.Message);
    }

    [Fact]
    public async Task An_operation_there_is_not_cannot_be_run() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _api.Services.GetRequiredService<Dispatcher>().RunAsync("Nope", new DefaultHttpContext()));

    [Fact]
    public async Task Readiness_says_no_more_than_yes_or_no()
    {
        Assert.Equal((200, """{"status":"ready"}"""), Told(await _api.SendRawAsync("GET", "/api/health/ready", null)));
        _api.TableHook = _ => throw new StoreUnavailableException(Canary);
        _api.Clock.Advance(TimeSpan.FromHours(1));
        var answer = await _api.SendRawAsync("GET", "/api/health/ready", null);
        Assert.Equal(503, answer.Status);
        Assert.DoesNotContain(Canary, answer.Body, StringComparison.Ordinal);
        Assert.Equal((200, """{"status":"live"}"""), Told(await _api.SendRawAsync("GET", "/api/health/live", null)));
    }

    private static (int, string) Told(ApiAnswer answer) => (answer.Status, answer.Body);

    private async Task<ApiAnswer> RunAsync(Func<Call, CancellationToken, ValueTask<Problem?>> handle)
    {
        var context = _api.NewContext("GET", "/api/health/live");
        using var answered = new MemoryStream();
        context.Response.Body = answered;
        await using var services = NewDispatcher(handle);
        await services.GetRequiredService<Dispatcher>().RunAsync("Test", context);
        await context.Response.BodyWriter.FlushAsync();
        return new ApiAnswer(
            context.Response.StatusCode,
            context.Response.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            System.Text.Encoding.UTF8.GetString(answered.ToArray()));
    }

    private ServiceProvider NewDispatcher(Func<Call, CancellationToken, ValueTask<Problem?>> handle) => NewDispatcher(handle, Access.Anyone);

    private ServiceProvider NewDispatcher(Func<Call, CancellationToken, ValueTask<Problem?>> handle, Access? access)
    {
        var operation = new Operation
        {
            Name = "Test",
            Methods = ["GET"],
            Route = "test",
            Group = "Test",
            Summary = "For tests.",
            Access = access,
            Answers = [],
            Handler = typeof(Handler),
        };
        var services = new ServiceCollection();
        SessionApiServiceCollectionExtensions.AddOperations(services, [operation]);
        services.AddSingleton(new Handler(handle));
        services.AddSingleton(_api.Services.GetRequiredService<Authenticator>());
        services.AddSingleton(_api.Services.GetRequiredService<CorsPolicy>());
        services.AddSingleton(_api.Services.GetRequiredService<ApiMetrics>());
        services.AddSingleton(_api.Services.GetRequiredService<ILogger<Dispatcher>>());
        services.AddSingleton(_api.Services.GetRequiredService<IOptions<EventOptions>>());
        services.AddSingleton(_api.Services.GetRequiredService<OperatorTrail>());
        services.AddSingleton<TimeProvider>(_api.Clock);
        return services.BuildServiceProvider();
    }

    private sealed class Handler(Func<Call, CancellationToken, ValueTask<Problem?>> handle) : IOperationHandler
    {
        public ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken) => handle(call, cancellationToken);
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }

    private sealed class StartedResponse : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
