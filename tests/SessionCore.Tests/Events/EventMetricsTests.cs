using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Sessions;
using Support;
using Support.Events;

namespace SessionCore.Tests.Events;

/// <summary>What delivery measures: names, units and tags are what dashboards and alerts read.</summary>
public sealed class EventMetricsTests : IDisposable
{
    private readonly EventsFixture _world = new();
    private readonly RecordingTarget _up = new("up");
    private readonly RecordingTarget _down = new("down") { IsUp = false };
    private readonly MeterListener _listener = new();
    private readonly List<string> _measured = [];
    private readonly Dictionary<string, double> _ages = new(StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Each_delivery_and_each_failure_is_counted_with_its_target_and_its_latency()
    {
        await using var core = Listened();
        await core.CreateAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(3));

        await core.Events.RunOnceAsync(CancellationToken.None);

        Assert.Equal(
            ["session.events.delivered {event} target=up 1", "session.events.failed {attempt} target=down 1", "session.events.latency s 3"],
            _measured.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_age_of_the_oldest_undelivered_event_grows_and_returns_to_zero()
    {
        await using var core = Listened();
        await core.CreateAsync();
        await core.Events.RunOnceAsync(CancellationToken.None);
        Assert.Equal(0, _ages.Values.Max());

        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await core.Events.RunOnceAsync(CancellationToken.None);
        Assert.Equal(600, _ages.Values.Max());
        Assert.Equal(["lane=0", "lane=1", "lane=2", "lane=3"], _ages.Keys.Order(StringComparer.Ordinal));

        _down.IsUp = true;
        _world.Time.Advance(TimeSpan.FromHours(1));
        await EventsFixture.DeliverAsync(core);
        Assert.Equal(0, _ages.Values.Max());
    }

    [Fact]
    public async Task The_age_of_an_event_that_pauses_grows_although_nothing_looks_at_it()
    {
        await using var core = Listened();
        await core.CreateAsync();
        await core.Events.RunOnceAsync(CancellationToken.None);

        for (var second = 1; second < 5; second++)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(1));
            await core.Events.RunOnceAsync(CancellationToken.None);
            Assert.Equal(second, _ages.Values.Max());
        }
    }

    [Fact]
    public async Task An_event_that_another_instance_has_delivered_meanwhile_has_no_age()
    {
        await using var core = Listened();
        await using var other = _world.Instance(_up, _down);
        await CreateAsync(core, "user");

        // Long enough for pauses that outlast what follows.
        await LookAsync(core, times: 600);
        Assert.Equal(600, _ages.Values.Max());
        await core.Events.ReleaseAsync(CancellationToken.None);

        await CreateAsync(other, "later user");
        await LookAsync(other, times: 1);
        _down.IsUp = true;
        await LookAsync(other, times: 15);
        Assert.Empty(await _world.EventsAsync(other));
        await other.Events.ReleaseAsync(CancellationToken.None);

        await LookAsync(core, times: 6);
        Assert.Equal(0, _ages.Values.Max());
    }

    [Fact]
    public async Task A_parked_event_is_counted_once_for_each_target_that_has_not_got_it()
    {
        await using var core = Listened();
        var (id, _) = await core.CreateAsync();
        await core.Sessions.RevokeAsync(id, EndReasons.SignedOut, CancellationToken.None);
        for (var hour = 0; hour < 75; hour++)
        {
            await core.Events.RunOnceAsync(CancellationToken.None);
            _world.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(2, _measured.Count(line => line == "session.events.parked {event} target=down 1"));
        Assert.DoesNotContain("session.events.parked {event} target=up 1", _measured);
    }

    // Enough for the circuit of a target that is down.
    private static async Task CreateAsync(CoreHarness core, string name)
    {
        for (var user = 0; user < 20; user++)
        {
            await core.CreateAsync($"{name} {user}");
        }
    }

    private async Task LookAsync(CoreHarness core, int times)
    {
        for (var look = 0; look < times; look++)
        {
            _world.Time.Advance(TimeSpan.FromSeconds(1));
            await core.Events.RunOnceAsync(CancellationToken.None);
        }
    }

    private CoreHarness Listened()
    {
        var core = _world.Instance(_up, _down);
        var meters = core.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name == "SessionCore.Events")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
        return core;
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        lock (_measured)
        {
            if (instrument.Name == "session.events.undelivered.age")
            {
                Assert.Equal("s", instrument.Unit);
                _ages[labels] = value;
                return;
            }

            string?[] parts = [instrument.Name, instrument.Unit, labels, value.ToString(CultureInfo.InvariantCulture)];
            _measured.Add(string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part))));
        }
    }
}
