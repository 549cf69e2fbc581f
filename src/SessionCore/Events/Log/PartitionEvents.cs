using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Events.Log;

/// <summary>Reader of all events of a partition of the sessions table, however many there are.</summary>
internal sealed class PartitionEvents(SessionTables tables, GenuineRows genuine)
{
    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Reads the events that were committed before the call, in the order within each session.</summary>
    /// <exception cref="StoreUnavailableException">The table does not answer.</exception>
    public async ValueTask<IReadOnlyList<EventRow>> ReadAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var query = new TableQuery { PartitionKey = partitionKey, RowFrom = EventRow.First, RowTo = EventRow.AfterAll, PageSize = TableRules.MaxPageRows };
        var first = await _sessions.QueryAsync(query, cancellationToken);
        if (first.Continuation is null)
        {
            return EventOrder.Of(await GenuineAsync(first.Rows, cancellationToken), isWhole: true);
        }

        // Pages are read at different times. The events of several sessions are read first, so none comes before one that it follows.
        var userWide = await AllAsync(query with { RowFrom = EventRow.FirstUserWide }, cancellationToken);
        var ofSessions = await AllAsync(query with { RowTo = EventRow.FirstUserWide }, cancellationToken);
        return EventOrder.Of([.. ofSessions, .. userWide], isWhole: true);
    }

    private async ValueTask<List<EventRow>> AllAsync(TableQuery query, CancellationToken cancellationToken)
    {
        var rows = new List<EventRow>();
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            rows.AddRange(await GenuineAsync(page.Rows, cancellationToken));
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return rows;
    }

    private async ValueTask<List<EventRow>> GenuineAsync(IReadOnlyList<TableRow> rows, CancellationToken cancellationToken)
    {
        var found = new List<EventRow>(rows.Count);
        foreach (var row in rows)
        {
            if (await genuine.ReadEventAsync(row, cancellationToken) is { } read)
            {
                found.Add(read);
            }
        }

        return found;
    }
}
