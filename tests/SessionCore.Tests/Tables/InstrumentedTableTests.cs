using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Tables;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Tables;

public sealed class InstrumentedTableTests : TableConformance, IDisposable
{
    private readonly ServiceProvider _provider = new ServiceCollection().AddMetrics().AddSingleton<TableMetrics>().BuildServiceProvider();
    private readonly ManualTimeProvider _clock = new();
    private readonly MeterListener _listener = new();
    private readonly List<string> _calls = [];
    private readonly List<double> _seconds = [];

    public InstrumentedTableTests()
    {
        var meters = _provider.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            _seconds.Add(value);
            _calls.Add($"{instrument.Meter.Name} {instrument.Name} {instrument.Unit} {Text(tags)}");
        });
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _calls.Add($"{instrument.Meter.Name} {instrument.Name} {instrument.Unit} {Text(tags)} = {value}"));
        _listener.Start();
    }

    [Fact]
    public async Task Each_call_is_counted_by_operation_and_outcome()
    {
        var row = new TableRow("p", "r");
        var etag = await InsertAsync(row);
        await Table.WriteAsync(TableWrite.Insert(row), CancellationToken.None);
        await Table.WriteAsync(TableWrite.Replace(row, "W/\"x\""), CancellationToken.None);
        await Table.WriteAsync(TableWrite.Merge(new TableRow("p", "s"), "W/\"x\""), CancellationToken.None);
        await Table.WriteAsync(TableWrite.Delete("p", "r", etag), CancellationToken.None);
        await Table.WriteAllAsync([TableWrite.Insert(row), TableWrite.Insert(new TableRow("p", "s"))], CancellationToken.None);
        await Table.FindAsync("p", "r", CancellationToken.None);
        await Table.FindAsync("p", "x", CancellationToken.None);
        await Table.QueryAsync(new TableQuery(), CancellationToken.None);

        Assert.Equal(
            [
                "operation=ensure outcome=ok", "operation=insert outcome=written", "operation=insert outcome=already_exists", "operation=replace outcome=conflict",
                "operation=merge outcome=not_found", "operation=delete outcome=written", "operation=transaction outcome=written",
                "operation=find outcome=found", "operation=find outcome=absent", "operation=query outcome=ok",
            ],
            _calls.Where(call => call.Contains("outcome", StringComparison.Ordinal)).Select(call => call["SessionCore.Tables session.table.duration s ".Length..]));
        Assert.Equal(
            ["SessionCore.Tables session.table.rows.read {row} operation=find = 1", "SessionCore.Tables session.table.rows.read {row} operation=query = 2"],
            _calls.Where(call => call.Contains("rows.read", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_call_that_throws_is_counted_and_throws_on()
    {
        var unavailable = new StoreUnavailableException("x");
        foreach (var (thrown, outcome) in ((Exception, string)[])
            [(unavailable, "unavailable"), (new OperationCanceledException(), "cancelled"), (new InvalidOperationException(), "failed")])
        {
            var table = Instrumented(new InMemoryTable(hook: _ => throw thrown));
            _calls.Clear();
            Assert.Same(thrown, await Record.ExceptionAsync(async () => await table.FindAsync("p", "r", CancellationToken.None)));
            Assert.Same(thrown, await Record.ExceptionAsync(async () => await table.QueryAsync(new TableQuery(), CancellationToken.None)));
            Assert.Same(thrown, await Record.ExceptionAsync(() => table.EnsureExistsAsync(CancellationToken.None)));
            Assert.Same(thrown, await Record.ExceptionAsync(async () => await table.WriteAsync(TableWrite.Insert(new TableRow("p", "r")), CancellationToken.None)));
            Assert.Same(thrown, await Record.ExceptionAsync(async () => await table.WriteAllAsync([TableWrite.Insert(new TableRow("p", "r"))], CancellationToken.None)));

            Assert.Equal(5, _calls.Count);
            Assert.All(_calls, call => Assert.EndsWith($"outcome={outcome}", call, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_time_of_a_call_is_measured_in_seconds()
    {
        var table = Instrumented(new InMemoryTable(hook: _ =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(125));
            return ValueTask.CompletedTask;
        }));
        _seconds.Clear();
        await table.FindAsync("p", "r", CancellationToken.None);

        Assert.Equal([0.25], _seconds);
    }

    [Fact]
    public async Task A_call_is_a_span_that_tells_no_key()
    {
        var spans = new List<Activity>();
        using var source = new ActivitySource("tests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name is "SessionCore.Tables" or "tests",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => spans.Add(span),
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = source.StartActivity("test");
        await Table.FindAsync("secret-p", "secret-r", CancellationToken.None);
        await Record.ExceptionAsync(async () => await Instrumented(new InMemoryTable(exists: false)).FindAsync("p", "r", CancellationToken.None));

        var own = spans.Where(span => span.ParentSpanId == parent?.SpanId && span.TraceId == parent.TraceId).ToList();
        Assert.Equal([("table find", "absent", ActivityStatusCode.Unset), ("table find", "unavailable", ActivityStatusCode.Error)],
            own.Select(span => (span.OperationName, (string?)span.GetTagItem("outcome") ?? string.Empty, span.Status)));
        Assert.All(own, span => Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) is true));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _provider.Dispose();
    }

    protected override Task<ITable> OpenAsync() => Task.FromResult<ITable>(Instrumented(new InMemoryTable()));

    protected override Task<ITable> OpenMissingAsync() => Task.FromResult<ITable>(Instrumented(new InMemoryTable(exists: false)));

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new List<string>();
        foreach (var (name, value) in tags)
        {
            texts.Add($"{name}={value}");
        }

        return string.Join(' ', texts);
    }

    private InstrumentedTable Instrumented(InMemoryTable table) =>
        new InstrumentedTable(table, _provider.GetRequiredService<TableMetrics>(), _clock);
}
