using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using SessionFunctions.Client;
using Support.Faults;
using Support.Time;

namespace SessionClient.Tests;

/// <summary>Names and tags of metric and activities are contract.</summary>
[Collection(nameof(RunningApi))]
public sealed class TelemetryTests(RunningApi api)
{
    [Fact]
    public async Task Each_call_is_measured_by_operation_and_outcome_and_is_an_activity()
    {
        await using var proxy = await api.StartProxyAsync();
        await using var client = new TestedClient(RunningApi.AddressOf(proxy.Port), api.ServiceKey);
        var seen = new ConcurrentQueue<(object? Operation, object? Outcome)>();
        var activities = new ConcurrentQueue<Activity>();
        using var listener = Listen(seen);
        using var tracer = Trace(activities);

        await client.Sessions.IntrospectAsync("sst_any");
        await client.Sessions.GetAsync("ses_unknown");
        await Assert.ThrowsAsync<SessionsException>(() => client.Sessions.CreateAsync(new NewSession { UserId = "" }));
        proxy.Fate = _ => HttpFault.Answer(503, "Busy", retryAfterSeconds: 60);
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => client.Sessions.GetAsync("ses_any"));
        proxy.Fate = _ => HttpFault.Answer(429, "Busy", retryAfterSeconds: 60);
        await Assert.ThrowsAsync<SessionsException>(() => client.Sessions.GetAsync("ses_any"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Sessions.GetAsync("ses_any", cancellationToken: new CancellationToken(canceled: true)));

        (object?, object?)[] expected =
        [
            ("IntrospectSession", "ok"), ("GetSession", "declined"), ("CreateSession", "refused"),
            ("GetSession", "unavailable"), ("GetSession", "limited"), ("GetSession", "canceled"),
        ];
        Assert.Equal(expected, seen);
        Assert.Equal(expected, activities.Select(activity => ((object?)activity.OperationName, activity.GetTagItem("outcome"))));
        Assert.Equal(ActivityStatusCode.Error, activities.ElementAt(3).Status);
    }

    [Fact]
    public async Task Introspections_that_share_a_call_are_measured_each_and_the_call_besides()
    {
        using var scripted = new ScriptedApi();
        var client = scripted.NewClient(new ManualTimeProvider());
        var seen = new ConcurrentQueue<(object? Operation, object? Outcome)>();
        var activities = new ConcurrentQueue<Activity>();
        using var listener = Listen(seen);
        using var tracer = Trace(activities);
        using var request = new Activity("request").Start();

        var first = client.IntrospectAsync("first");
        var alone = await scripted.NextAsync();
        Task[] waiting = [client.IntrospectAsync("a"), client.IntrospectAsync("b")];
        alone.Answer();
        (await scripted.NextAsync()).Answer();
        await Task.WhenAll([first, .. waiting]);

        Assert.Equal(
            [("IntrospectSession", "ok"), ("IntrospectSession", "ok"), ("IntrospectSession", "ok"), ("IntrospectSessions", "ok")],
            seen.Order());
        Assert.All(
            activities,
            activity => Assert.Equal(activity.OperationName == "IntrospectSessions" ? null : request, activity.Parent));
    }

    private static ActivityListener Trace(ConcurrentQueue<Activity> activities)
    {
        var tracer = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "SessionFunctions.Client",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(tracer);
        return tracer;
    }

    private static MeterListener Listen(ConcurrentQueue<(object? Operation, object? Outcome)> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: "SessionFunctions.Client", Name: "sessions.client.request.duration", Unit: "s" })
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
            seen.Enqueue((named["operation"], named["outcome"]));
        });
        listener.Start();
        return listener;
    }
}
