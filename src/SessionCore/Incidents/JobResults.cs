using System.Globalization;
using SessionCore.Caching;
using SessionCore.Maintenance;
using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionCore.Incidents;

/// <summary>Results of jobs: lines of JSON, sealed, in rows of a partition of each job.</summary>
/// <remarks>
/// Partition <c>~job-</c> and the job's key; row key: number within the range (6 digits), hyphen, range (3 digits). A row counts once its
/// range has saved a checkpoint behind it, so a page that is worked on twice replaces its rows.
/// </remarks>
internal sealed class JobResults(SessionTables tables, CacheSealer sealer)
{
    private const int PropertyBytes = 60 * 1024;
    private const int Parts = 8;

    // Sealing adds 48 bytes to each part.
    private const int MaxRowBytes = Parts * (PropertyBytes - 64);

    private static readonly string[] PartNames = [.. Enumerable.Range(0, Parts).Select(i => string.Create(CultureInfo.InvariantCulture, $"lines{i}"))];

    private readonly ITable _table = tables.Sessions;

    /// <summary>Writes lines as the next rows of a range.</summary>
    /// <returns>The number of rows.</returns>
    public async ValueTask<int> WriteAsync(JobId job, int range, long first, IReadOnlyList<byte[]> lines, CancellationToken cancellationToken)
    {
        var rows = 0;
        for (var done = 0; done < lines.Count; rows++)
        {
            var (bytes, taken) = Take(lines, done);
            await ReplaceAsync(RowOf(job, range, first + rows, bytes), cancellationToken);
            done += taken;
        }

        return rows;
    }

    /// <summary>Reads the next row that counts.</summary>
    /// <param name="job">The job.</param>
    /// <param name="ranges">The ranges, with the numbers of their rows.</param>
    /// <param name="after">The row key of the row before; null for the first.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The lines, each with a line feed, and the key of the row; null at the end.</returns>
    public async ValueTask<(byte[] Lines, string RowKey)?> ReadAsync(JobId job, IReadOnlyList<RangeRow> ranges, string? after, CancellationToken cancellationToken)
    {
        var counted = ranges.ToDictionary(range => range.Index, range => range.Tally[MaintenanceCount.ResultRows]);
        var query = new TableQuery { PartitionKey = PartitionOf(job), RowFrom = after is null ? null : after + " ", PageSize = 1 };
        do
        {
            var page = await _table.QueryAsync(query, cancellationToken);
            foreach (var row in page.Rows)
            {
                if (TryReadKey(row.RowKey, out var number, out var range) && number < counted.GetValueOrDefault(range))
                {
                    return (LinesOf(row), row.RowKey);
                }
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return null;
    }

    /// <summary>Deletes the rows of a job.</summary>
    public async ValueTask DeleteAsync(JobId job, CancellationToken cancellationToken)
    {
        var query = new TableQuery { PartitionKey = PartitionOf(job), Select = [] };
        do
        {
            var page = await _table.QueryAsync(query, cancellationToken);
            foreach (var some in page.Rows.Chunk(TableRules.MaxTransactionRows))
            {
                _ = await _table.WriteAllAsync([.. some.Select(row => TableWrite.Delete(row.PartitionKey, row.RowKey, row.ETag!))], cancellationToken); // as read
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);
    }

    /// <summary>Whether a text can be the key of a row.</summary>
    public static bool TryReadKey(string text, out long number, out int range)
    {
        range = -1;
        number = -1;
        return text is [_, _, _, _, _, _, '-', _, _, _]
            && long.TryParse(text.AsSpan(0, 6), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && int.TryParse(text.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out range);
    }

    private static string PartitionOf(JobId job) => "~job-" + job.Key;

    private static (byte[] Bytes, int Taken) Take(IReadOnlyList<byte[]> lines, int first)
    {
        var (length, taken) = (0, 0);
        while (first + taken < lines.Count && (taken == 0 || length + lines[first + taken].Length + 1 <= MaxRowBytes))
        {
            length += lines[first + taken].Length + 1;
            taken++;
        }

        var bytes = new byte[length];
        var at = 0;
        for (var i = first; i < first + taken; i++)
        {
            lines[i].CopyTo(bytes, at);
            at += lines[i].Length;
            bytes[at++] = (byte)'\n';
        }

        return (bytes, taken);
    }

    private TableRow RowOf(JobId job, int range, long number, byte[] bytes)
    {
        var row = new TableRow(PartitionOf(job), string.Create(CultureInfo.InvariantCulture, $"{number:d6}-{range:d3}"));
        foreach (var (i, part) in bytes.Chunk(PropertyBytes - 64).Index())
        {
            row.Set(PartNames[i], sealer.Seal(NameOf(row, i), default, part));
        }

        return row;
    }

    private byte[] LinesOf(TableRow row)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < Parts; i++)
        {
            if (row.GetBinary(PartNames[i]) is not { } part)
            {
                break;
            }

            if (sealer.OpenInPlace(NameOf(row, i), part, headerLength: 0, out var lines) is not Opening.Opened)
            {
                throw new StoreUnavailableException("A row of a job's result does not verify: something else than this service wrote it, or its key is gone from Keys:Ring.");
            }

            bytes.AddRange(lines.Span);
        }

        return [.. bytes];
    }

    private static string NameOf(TableRow row, int part) => string.Create(CultureInfo.InvariantCulture, $"{row.PartitionKey}:{row.RowKey}:{part}");

    private async ValueTask ReplaceAsync(TableRow row, CancellationToken cancellationToken)
    {
        if ((await _table.WriteAsync(TableWrite.Insert(row), cancellationToken)).IsWritten)
        {
            return;
        }

        // Left by a holder of the range that died before its checkpoint. Another conflict is another holder, whose range this is now.
        if (await _table.FindAsync(row.PartitionKey, row.RowKey, cancellationToken) is { ETag: { } etag })
        {
            _ = await _table.WriteAsync(TableWrite.Replace(row, etag), cancellationToken);
        }
    }
}
