using System.Buffers.Binary;
using System.Text.Json;
using SessionCore.Caching;
using SessionCore.Maintenance;
using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionCore.Incidents;

/// <summary>Row of a job: what is asked, sealed, because a filter may hold addresses of people; its state; and its counts once it is finished.</summary>
/// <remarks>
/// Partition <c>~jobs</c>, which sorts after the users' partitions. Properties: state, finished, spec and users (each sealed under the row's
/// name, so that nobody else can ask for a job or change what one does), and the counts.
/// </remarks>
internal sealed record JobRow
{
    public const string PartitionKey = "~jobs";

    private const string StateName = "state";
    private const string FinishedName = "finished";
    private const string SpecName = "spec";
    private const string RangesName = "ranges";
    private const int PartitionBytes = 16;
    private const int PropertyBytes = 60 * 1024;

    // 160 KB of users in parts of 60 KB.
    private static readonly string[] UsersNames = ["users0", "users1", "users2"];

    // What a list of jobs needs.
    private static readonly IReadOnlyList<string> Outline =
        [StateName, FinishedName, SpecName, RangesName, .. Enum.GetNames<MaintenanceCount>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public required JobId Id { get; init; }

    public required JobRequest Request { get; init; }

    /// <summary>Gets the number of users; null for all.</summary>
    public int? UserCount { get; init; }

    public required JobState State { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets the number of ranges; 0 before it is finished.</summary>
    public int Ranges { get; init; }

    /// <summary>Gets the counts, once it is finished.</summary>
    public MaintenanceTally Tally { get; init; } = new();

    public string? ETag { get; init; }

    /// <summary>Gets a value indicating whether all of its filter was read: one without its users would fit everybody.</summary>
    public bool IsWhole => (Request.Filter.Users?.Count ?? 0) == (UserCount ?? 0) && !Request.Filter.IsEmpty;

    /// <summary>Returns the query for all jobs, without their users; newest first.</summary>
    public static TableQuery Query => new() { PartitionKey = PartitionKey, Select = Outline };

    /// <summary>Reads a row.</summary>
    /// <returns>Null when it is malformed, or was sealed by something else than this deployment.</returns>
    public static JobRow? Read(TableRow row, CacheSealer sealer)
    {
        if (!JobId.TryParseKey(row.RowKey, out var id)
            || !Enum.TryParse<JobState>(row.GetString(StateName), out var state)
            || Open(row, SpecName, sealer) is not { } spec
            || JobSpec.Read(spec) is not var (request, userCount))
        {
            return null;
        }

        return new JobRow
        {
            Id = id,
            Request = request with { Filter = request.Filter with { Users = UsersOf(row, sealer) } },
            UserCount = userCount,
            State = state,
            FinishedAt = row.GetTime(FinishedName),
            Ranges = (int)Math.Clamp(row.GetInt64(RangesName) ?? 0, 0, ShardRange.Shards),
            Tally = MaintenanceTally.Read(row),
            ETag = row.ETag,
        };
    }

    /// <summary>Returns the write of a new job.</summary>
    public TableWrite ToInsert(CacheSealer sealer)
    {
        var row = new TableRow(PartitionKey, Id.Key).Set(StateName, State.ToString());
        row.Set(SpecName, sealer.Seal(NameOf(row, SpecName), default, JobSpec.Write(Request)));
        if (Request.Filter.Users is { } users)
        {
            foreach (var (i, part) in users.Chunk(PropertyBytes / PartitionBytes).Index())
            {
                row.Set(UsersNames[i], sealer.Seal(NameOf(row, UsersNames[i]), default, BytesOf(part)));
            }
        }

        return TableWrite.Insert(row);
    }

    /// <summary>Returns the write that changes the state of the row as read.</summary>
    public TableWrite ToMerge() => TableWrite.Merge(
        Tally.WriteTo(new TableRow(PartitionKey, Id.Key).Set(StateName, State.ToString()).Set(FinishedName, FinishedAt).Set(RangesName, Ranges > 0 ? Ranges : null)),
        ETag!); // as read

    /// <summary>Reads the state of a row alone.</summary>
    public static JobState? StateOf(TableRow row) => Enum.TryParse<JobState>(row.GetString(StateName), out var state) ? state : null;

    private static string NameOf(TableRow row, string property) => $"job:{row.RowKey}:{property}";

    private static ReadOnlyMemory<byte>? Open(TableRow row, string property, CacheSealer sealer) =>
        row.GetBinary(property) is { } value && sealer.OpenInPlace(NameOf(row, property), [.. value], headerLength: 0, out var body) is Opening.Opened ? body : null;

    private static UInt128[]? UsersOf(TableRow row, CacheSealer sealer)
    {
        var users = new List<UInt128>();
        foreach (var name in UsersNames)
        {
            if (Open(row, name, sealer) is { } part)
            {
                for (var rest = part.Span; rest.Length >= PartitionBytes; rest = rest[PartitionBytes..])
                {
                    users.Add(BinaryPrimitives.ReadUInt128BigEndian(rest));
                }
            }
        }

        return users.Count == 0 ? null : [.. users];
    }

    private static byte[] BytesOf(UInt128[] users)
    {
        var bytes = new byte[PartitionBytes * users.Length];
        for (var i = 0; i < users.Length; i++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(PartitionBytes * i), users[i]);
        }

        return bytes;
    }
}
