using Microsoft.Extensions.DependencyInjection;
using SessionCore.Operations;
using SessionCore.Storage;
using SessionCore.Tables;
using SessionCore.Tests.Events;
using Support.Tables;

namespace SessionCore.Tests.Operations;

/// <summary>What operators do is recorded in a chain of its own, before it is done.</summary>
public sealed class OperatorTrailTests
{
    private readonly EventsFixture _world = new();

    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task Actions_are_links_of_one_chain()
    {
        await using var core = _world.Instance(isOn: true, new Dictionary<string, string?> { ["Audit:Enabled"] = "true" });
        var trail = core.Services.GetRequiredService<OperatorTrail>();
        await trail.RecordAsync("job-started", "key:ops", new Dictionary<string, string> { ["job"] = "7" }, Never);
        await trail.RecordAsync("job-cancelled", "key:ops", details: null, Never);

        var page = await _world.Sessions.QueryAsync(new TableQuery { PartitionKey = AuditChain.OfOperators }, Never);
        var links = page.Rows.Select(AuditRow.Read).OfType<AuditRow>().ToArray();
        Assert.Equal(["operator.job-cancelled", "operator.job-started"], links.Select(link => link.Event.Type));
        Assert.Equal([2, 1], links.Select(link => link.Number));
        Assert.Equal(links[1].Tag, links[0].Before);
        Assert.Equal("7", EventsFixture.DataOf(links[1].Event).GetProperty("details").GetProperty("job").GetString());
        Assert.Equal("key:ops", EventsFixture.DataOf(links[0].Event).GetProperty("actor").GetString());
    }

    [Fact]
    public async Task An_action_whose_record_is_not_certain_is_not_made()
    {
        await using var core = _world.Instance(isOn: true, new Dictionary<string, string?> { ["Audit:Enabled"] = "true" });
        var trail = core.Services.GetRequiredService<OperatorTrail>();
        _world.AtTable = _ => throw new StoreUnavailableException("down");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => trail.RecordAsync("purge", "key:ops", details: null, Never).AsTask());
    }

    [Fact]
    public async Task Without_the_audit_no_call_is_made()
    {
        await using var core = _world.Instance();
        var trail = core.Services.GetRequiredService<OperatorTrail>();
        var calls = new List<TableOperation>();
        _world.AtTable = operation =>
        {
            calls.Add(operation);
            return ValueTask.CompletedTask;
        };

        await trail.RecordAsync("purge", "key:ops", details: null, Never);

        Assert.Empty(calls);
    }
}
