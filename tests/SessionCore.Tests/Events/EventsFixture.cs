using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Events;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;
using Support;
using Support.Tables;
using Support.Time;

namespace SessionCore.Tests.Events;

/// <summary>Tables in memory, and instances over them with events on.</summary>
internal sealed class EventsFixture
{
    private readonly IReadOnlyList<KeyOptions> _keys = KeyRing.Random();

    public EventsFixture()
    {
        Sessions = new InMemoryTable("sessions", operation => AtTable?.Invoke(operation) ?? ValueTask.CompletedTask);
        Due = new InMemoryTable("due", operation => AtTable?.Invoke(operation) ?? ValueTask.CompletedTask);
    }

    public ManualTimeProvider Time { get; } = new();

    public InMemoryTable Sessions { get; }

    public InMemoryTable Due { get; }

    /// <summary>Gets or sets what happens at each call to a table.</summary>
    public Func<TableOperation, ValueTask>? AtTable { get; set; }

    public CoreHarness Instance(params IReadOnlyList<IEventTarget> targets) => Instance(isOn: true, new Dictionary<string, string?>(), targets);

    public CoreHarness Instance(bool isOn, IReadOnlyDictionary<string, string?> settings, params IReadOnlyList<IEventTarget> targets)
    {
        var all = new Dictionary<string, string?>(settings) { ["Events:Enabled"] = isOn ? "true" : "false" };
        return new CoreHarness(new SessionTables(Sessions, Due), cache: null, Time, _keys, all, targets);
    }

    /// <summary>The events that are in the table, in the order of their keys.</summary>
    public async Task<IReadOnlyList<EventRow>> EventsAsync(CoreHarness core)
    {
        var rows = new List<EventRow>();
        foreach (var row in (await AllAsync(Sessions)).Where(EventRow.Is))
        {
            rows.Add(await core.Services.GetRequiredService<GenuineRows>().ReadEventAsync(row, CancellationToken.None) ?? throw new InvalidOperationException("An event is not genuine."));
        }

        return rows;
    }

    /// <summary>The notices that are in the table.</summary>
    public async Task<IReadOnlyList<EventNotice>> NoticesAsync() => [.. (await AllAsync(Due)).Select(EventNotice.Read).OfType<EventNotice>()];

    /// <summary>Signs a user out by a transaction that storage has not applied when the request gives up; its notice is there.</summary>
    /// <returns>What the transaction writes.</returns>
    public async Task<IReadOnlyList<TableWrite>> SignOutLateAsync(CoreHarness core, UInt128 user)
    {
        IReadOnlyList<TableWrite> late = [];
        AtTable = operation =>
        {
            if (operation.Moment is TableMoment.Before && operation.Writes.Any(write => EventRow.Is(write.Row)))
            {
                late = operation.Writes;
                throw new StoreUnavailableException("on its way");
            }

            return ValueTask.CompletedTask;
        };
        await Assert.ThrowsAsync<StoreUnavailableException>(() => core.Sessions.RevokeAllAsync(user, except: null, EndReasons.SignedOut, dryRun: false, CancellationToken.None));
        AtTable = null;
        return late;
    }

    /// <summary>Delivers until nothing is delivered any more.</summary>
    public static async Task DeliverAsync(CoreHarness core)
    {
        int delivered;
        do
        {
            delivered = await core.Events.RunOnceAsync(CancellationToken.None);
        }
        while (delivered > 0);
    }

    public static JsonElement DataOf(SessionEvent told) => JsonElement.Parse(Encoding.UTF8.GetString(told.DataJson.Span));

    private static async Task<IReadOnlyList<TableRow>> AllAsync(InMemoryTable table) =>
        (await table.QueryAsync(new TableQuery { PageSize = 1000 }, CancellationToken.None)).Rows;
}
