using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Verifies the chain of one partition, from its head to the oldest link.</summary>
internal sealed class AuditCheck(SessionTables tables, AuditChain chain, GenuineRows genuine)
{
    private const int MaxReadings = 5;

    private readonly ITable _sessions = tables.Sessions;

    /// <summary>Verifies a chain.</summary>
    /// <returns>How many links it has, and what is wrong.</returns>
    /// <exception cref="StoreUnavailableException">The table does not answer, or a link is under a key that this instance does not have yet.</exception>
    public async ValueTask<AuditReading> CheckAsync(string partitionKey, CancellationToken cancellationToken)
    {
        for (var reading = 1; ; reading++)
        {
            // An append or the purge meanwhile changes the head, and the reading is repeated.
            var (row, head) = await chain.FindHeadAsync(partitionKey, cancellationToken);
            var found = await ReadAsync(partitionKey, row, head, cancellationToken);
            if (found.Findings.Count == 0 || reading == MaxReadings || (await chain.FindHeadAsync(partitionKey, cancellationToken)).Row?.ETag == row?.ETag)
            {
                return found;
            }
        }
    }

    private async ValueTask<AuditReading> ReadAsync(string partitionKey, TableRow? row, AuditHead? head, CancellationToken cancellationToken)
    {
        var walk = new AuditWalk(head);
        var query = new TableQuery { PartitionKey = partitionKey, RowFrom = AuditRow.FirstKey, RowTo = AuditRow.AfterAll, PageSize = TableRules.MaxPageRows };
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            foreach (var link in page.Rows)
            {
                walk.Meet(AuditRow.NumberOf(link.RowKey), await genuine.ReadAuditAsync(link, cancellationToken));
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return walk.End(hasRow: row is not null);
    }
}

/// <summary>Walk along a chain, the newest link first.</summary>
/// <param name="head">The head; null when it is gone or does not verify.</param>
internal sealed class AuditWalk(AuditHead? head)
{
    private readonly List<AuditFinding> _findings = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private long _expected = head?.Count ?? 0;
    private byte[]? _tag = head?.Last;
    private int _links;

    /// <summary>Meets the next row.</summary>
    /// <param name="number">The number in its row key; 0 when it has none.</param>
    /// <param name="link">The link; null when it does not verify.</param>
    public void Meet(long number, AuditRow? link)
    {
        _links++;
        if (head is null)
        {
            Found(link is null ? AuditFault.Altered : AuditFault.Apart, number);
            return;
        }

        var isOfChain = number <= head.Count && number >= head.First;
        if (!isOfChain)
        {
            Found(link is null ? AuditFault.Altered : AuditFault.Apart, number);
            return;
        }

        Skip(number);
        _expected = number - 1;
        if (link is null)
        {
            Found(AuditFault.Altered, number);
            _tag = null;
            return;
        }

        if ((_tag is not null && !_tag.AsSpan().SequenceEqual(link.Tag)) || !_ids.Add(link.Event.Id))
        {
            Found(AuditFault.Apart, number);
        }

        _tag = link.Before;
    }

    /// <summary>Ends the walk after the oldest row.</summary>
    public AuditReading End(bool hasRow)
    {
        if (head is null)
        {
            if (hasRow || _links > 0)
            {
                Found(AuditFault.Head, 0);
            }
        }
        else
        {
            Skip(head.First - 1);
            if (_tag is not null && !_tag.AsSpan().SequenceEqual(head.Anchor))
            {
                Found(AuditFault.Apart, head.First);
            }
        }

        return new AuditReading(head is null && !hasRow && _links == 0 ? 0 : 1, _links, _findings);
    }

    // What is missing between the last link and this number.
    private void Skip(long number)
    {
        if (_expected > number)
        {
            _findings.Add(new AuditFinding(AuditFault.Missing, _expected, _expected - number));
            _expected = number;
            _tag = null;
        }
    }

    private void Found(AuditFault fault, long number) => _findings.Add(new AuditFinding(fault, number, 1));
}

/// <summary>Result of the verification of a chain.</summary>
/// <param name="Chains">1; 0 when the partition has none.</param>
/// <param name="Links">The links that exist.</param>
/// <param name="Findings">What is wrong; none when the chain is intact.</param>
internal sealed record AuditReading(int Chains, int Links, IReadOnlyList<AuditFinding> Findings);

/// <summary>Finding of a verification.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Number">The number of the record in its chain, of the newest of several; 0 for the head.</param>
/// <param name="Count">How many records.</param>
public sealed record AuditFinding(AuditFault Fault, long Number, long Count);

/// <summary>Kind of a finding.</summary>
public enum AuditFault
{
    /// <summary>A record does not verify: changed, copied, or written without a key.</summary>
    Altered,

    /// <summary>A record is gone.</summary>
    Missing,

    /// <summary>A record verifies, but the chain does not lead to it.</summary>
    Apart,

    /// <summary>The head is gone or does not verify, so the newest records may be gone as well.</summary>
    Head,
}
