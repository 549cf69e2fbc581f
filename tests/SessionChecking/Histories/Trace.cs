using System.Globalization;
using SessionChecking.Schedules;
using SessionChecking.Workloads;
using SessionCore.Sessions;
using SessionCore.Tables;
using Support.Caching;
using Support.Tables;

namespace SessionChecking.Histories;

/// <summary>What happened, line by line, for a person to read. Off while many histories run.</summary>
internal sealed class Trace(IMoments schedule, bool isOn)
{
    private readonly List<string> _lines = [];

    public bool IsOn => isOn;

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string line)
    {
        if (isOn)
        {
            var passed = (schedule.Now - Schedule.Noon).TotalSeconds;
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{schedule.Step,5} {passed,9:0.000}s  {line}"));
        }
    }

    public void Add(TableOperation operation, Truth truth, string? fate = null)
    {
        if (isOn)
        {
            var result = operation.Result is { } written ? written.Outcome.ToString() : $"{operation.RowsRead} rows";
            Add($"    {Whose()}{operation.Table}: {Describe(operation, truth.Names)}: {fate ?? result}");
        }
    }

    public void Add(CacheOperation operation, Names names, string? fate = null)
    {
        if (isOn)
        {
            Add($"    {Whose()}cache: {operation.Kind} {names.Of(operation.Key)}: {fate ?? "done"}");
        }
    }

    private static string Whose() => Caller.Current is { } call ? string.Create(CultureInfo.InvariantCulture, $"(#{call.Number}) ") : "";

    public static string Describe(TableOperation operation, Names names) => operation.Writes.Count > 0
        ? string.Join("; ", operation.Writes.Select(write => $"{write.Kind} {Describe(write.Row.PartitionKey, write.Row.RowKey, names)}{Describe(write)}"))
        : $"{operation.Kind} {Describe(operation.PartitionKey ?? "", operation.RowKey ?? "", names)}";

    private static string Describe(TableWrite write)
    {
        if (write.Row.GetInt64("version") is { } version)
        {
            var what = write.Row.GetBinary("body") is null ? "seen" : "change";
            return string.Create(CultureInfo.InvariantCulture, $" v{version} {write.Row.GetString("state") ?? what}");
        }

        return write.Row.GetInt64("count") is { } count ? string.Create(CultureInfo.InvariantCulture, $" = {count}") : "";
    }

    private static string Describe(string partitionKey, string rowKey, Names names)
    {
        if (SessionLocator.TryParseKeys(partitionKey, rowKey, out var session))
        {
            return names.Of(session);
        }

        if (rowKey.Length > 64 && SessionLocator.TryParseKeys(rowKey[..32], rowKey[32..], out session))
        {
            return $"due {partitionKey[..10]} {names.Of(session)}";
        }

        return rowKey.Length > 2 && rowKey[1] == '_' ? $"{rowKey[..2]} row" : rowKey;
    }
}
