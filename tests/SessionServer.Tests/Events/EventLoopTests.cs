using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Events;
using SessionCore.Operations;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Tables;
using SessionHosting;
using SessionHosting.Events;
using Support.Tables;
using Support.Time;

namespace SessionServer.Tests.Events;

/// <summary>When the Kestrel host delivers, as it is composed, under a clock of the test's.</summary>
public sealed class EventLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly IReadOnlyList<KeyOptions> _keys = KeyRing.Random();
    private readonly Receiver _receiver = new();
    private readonly InMemoryTable _sessions = new("sessions");
    private readonly InMemoryTable _due;
    private int _looks;

    public EventLoopTests()
    {
        _lifetime.NotifyStarted();
        _due = new InMemoryTable("due", operation =>
        {
            _ = operation is { Kind: TableOperationKind.Query, Moment: TableMoment.Before } ? Interlocked.Increment(ref _looks) : 0;
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task A_commit_in_this_process_is_delivered_while_the_clock_stands()
    {
        await using var host = await StartAsync();

        await CreateAsync(host);

        await _receiver.ArrivedAsync(1);
        Assert.Equal(_time.GetUtcNow(), Assert.Single(_receiver.Got).At);
    }

    [Fact]
    public async Task A_commit_of_another_instance_is_delivered_at_the_next_look()
    {
        await using var host = await StartAsync();
        await using var other = Compose(deliver: false);
        await CreateAsync(other);
        Assert.Empty(_receiver.Got);

        _time.Advance(EventLoop.Interval);

        await _receiver.ArrivedAsync(1);
    }

    [Fact]
    public async Task Commits_during_a_pass_lead_to_one_more_pass()
    {
        await using var host = await StartAsync();
        _receiver.Hold();
        await CreateAsync(host);
        await _receiver.ArrivedAsync(1);
        Assert.Equal(1, _looks);

        await CreateAsync(host);
        await CreateAsync(host);
        Assert.Equal(1, _looks);
        _receiver.Release();
        await _receiver.ArrivedAsync(3);
        await StopAsync(host);

        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task A_commit_makes_only_its_lane_looked_at()
    {
        await using var host = await StartAsync();
        await CreateAsync(host);
        await _receiver.ArrivedAsync(1);
        await StopAsync(host);

        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task A_replayed_event_is_delivered_while_the_clock_stands()
    {
        _receiver.IsDown = true;
        await using (var before = Compose())
        {
            await CreateAsync(before);
            var pump = before.GetRequiredService<EventPump>();
            for (var hour = 0; hour < 75; hour++)
            {
                await pump.RunOnceAsync(CancellationToken.None);
                _time.Advance(TimeSpan.FromHours(1));
            }

            await pump.ReleaseAsync(CancellationToken.None);
        }

        _receiver.IsDown = false;
        await using var next = await StartAsync();

        Assert.Equal(1, await next.GetRequiredService<EventPump>().ReplayAsync(CancellationToken.None));

        await _receiver.ArrivedAsync(1);
    }

    [Fact]
    public async Task A_stop_waits_for_no_hint_and_gives_the_lanes_back()
    {
        await using var host = await StartAsync();
        await CreateAsync(host);
        await _receiver.ArrivedAsync(1);
        await StopAsync(host);

        await using var next = await StartAsync();
        await CreateAsync(next);

        await _receiver.ArrivedAsync(2);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_target_that_never_answers()
    {
        await using var host = await StartAsync();
        _receiver.Hold();
        await CreateAsync(host);
        await _receiver.ArrivedAsync(1);

        await StopAsync(host);
        _receiver.Release();
        await using var next = await StartAsync();
        await CreateAsync(next);

        await _receiver.ArrivedAsync(3);
        Assert.Equal(2, _receiver.Got.Select(told => told.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task An_instance_that_leaves_delivery_to_others_looks_at_nothing()
    {
        await using var host = await StartAsync(deliver: false);
        await CreateAsync(host);

        _time.Advance(TimeSpan.FromMinutes(1));
        await StopAsync(host);

        Assert.Equal(0, _looks);
    }

    private static async Task CreateAsync(ServiceProvider host)
    {
        var creation = await host.GetRequiredService<SessionService>().CreateAsync(new NewSession { UserId = "alice" }, key: null, CancellationToken.None);
        Assert.Equal(CreationOutcome.Created, creation.Outcome);
    }

    private static EventLoop LoopOf(ServiceProvider host) => host.GetServices<IHostedService>().OfType<EventLoop>().Single();

    private static Task StopAsync(ServiceProvider host) => LoopOf(host).StopAsync(CancellationToken.None).WaitAsync(Patience);

    private async Task<ServiceProvider> StartAsync(bool deliver = true)
    {
        var host = Compose(deliver);
        var timers = _time.ActiveTimers;
        await LoopOf(host).StartAsync(CancellationToken.None);

        // It has begun on another thread; it is where it waits once its timer is there.
        while (deliver && _time.ActiveTimers == timers)
        {
            await Task.Yield();
        }

        return host;
    }

    private ServiceProvider Compose(bool deliver = true)
    {
        var settings = new Dictionary<string, string?> { ["Events:Enabled"] = "true", ["Events:Deliver"] = deliver ? "true" : "false" };
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton<IHostApplicationLifetime>(_lifetime)
            .AddSingleton(new SessionTables(_sessions, _due))
            .Configure<KeyRingOptions>(ring =>
            {
                foreach (var key in _keys)
                {
                    ring.Ring.Add(key);
                }
            })
            .AddSessionHost(isDevelopment: false)
            .AddEventLoop()
            .AddSingleton<IReadOnlyList<IEventTarget>>([_receiver]);
        return services.BuildServiceProvider(validateScopes: true);
    }

    private sealed class Receiver : IEventTarget
    {
        private readonly ConcurrentQueue<SessionEvent> _got = new();
        private readonly Channel<SessionEvent> _arrivals = Channel.CreateUnbounded<SessionEvent>();
        private volatile TaskCompletionSource _gate = Open();

        public string Name => "one";

        public IReadOnlyCollection<SessionEvent> Got => _got;

        public bool IsDown { get; set; }

        public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _gate.TrySetResult();

        public bool Wants(string type) => true;

        public async ValueTask<bool> DeliverAsync(SessionEvent delivered, CancellationToken cancellationToken)
        {
            if (IsDown)
            {
                return false;
            }

            _got.Enqueue(delivered);
            _arrivals.Writer.TryWrite(delivered);
            await _gate.Task.WaitAsync(cancellationToken);
            return true;
        }

        /// <summary>Waits until so many events have arrived in all.</summary>
        public async Task ArrivedAsync(int count)
        {
            using var deadline = new CancellationTokenSource(Patience);
            while (_got.Count < count)
            {
                await _arrivals.Reader.ReadAsync(deadline.Token);
            }
        }

        private static TaskCompletionSource Open()
        {
            var open = new TaskCompletionSource();
            open.SetResult();
            return open;
        }
    }
}
