using SessionChecking.PlantedFaults;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionChecking.Tests;

/// <summary>Planted fault: events are read in the reverse order of their keys.</summary>
internal sealed class EventsBackwards(ITable inner) : ForwardingTable(inner)
{
    public override async ValueTask<TablePage> QueryAsync(TableQuery query, CancellationToken cancellationToken)
    {
        var page = await Inner.QueryAsync(query, cancellationToken);
        return query.RowFrom == EventRow.First ? page with { Rows = [.. page.Rows.Reverse()] } : page;
    }
}
