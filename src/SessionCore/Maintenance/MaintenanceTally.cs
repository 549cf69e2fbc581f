using System.Text.Json;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Counts of a range or a run. Thread-safe for additions.</summary>
internal sealed class MaintenanceTally
{
    private static readonly string[] Names =
        [.. Enum.GetNames<MaintenanceCount>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private readonly long[] _counts = new long[Names.Length];

    public long this[MaintenanceCount what] => Volatile.Read(ref _counts[(int)what]);

    public static MaintenanceTally Read(TableRow row)
    {
        var tally = new MaintenanceTally();
        for (var i = 0; i < Names.Length; i++)
        {
            tally._counts[i] = row.GetInt64(Names[i]) ?? 0;
        }

        return tally;
    }

    public void Add(MaintenanceCount what, long number = 1) => Interlocked.Add(ref _counts[(int)what], number);

    public void Add(MaintenanceTally other)
    {
        foreach (var what in Enum.GetValues<MaintenanceCount>())
        {
            Add(what, other[what]);
        }
    }

    /// <summary>Sets a property for each non-zero count.</summary>
    public TableRow WriteTo(TableRow row)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            row.Set(Names[i], Volatile.Read(ref _counts[i]) is > 0 and var count ? count : null);
        }

        return row;
    }

    public IReadOnlyDictionary<MaintenanceCount, long> ToDictionary() =>
        Enum.GetValues<MaintenanceCount>().ToDictionary(what => what, what => this[what]);
}
