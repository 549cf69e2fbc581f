using System.Globalization;
using SessionCore.Maintenance;
using SessionCore.Protection;
using SessionCore.Sessions;
using SessionCore.Storage;
using SessionCore.Tables;

namespace SessionCore.Incidents;

/// <summary>Search for the session of a token, by the digest of its secret.</summary>
/// <remarks>
/// The locator in a token is masked with its secret, so the digest alone does not say where the row is: the whole table is read, without
/// content, several shards at a time. A call works for a few seconds; the next one continues. Calls of one process take turns.
/// </remarks>
public sealed class TokenSearch : IDisposable
{
    /// <summary>The length of a digest, in bytes.</summary>
    public const int DigestBytes = Digest.ByteLength;

    private const int ShardsAtOnce = 16;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);
    private static readonly IReadOnlyList<string> Secrets = [SessionRow.Secret, SessionRow.Previous];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ITable _sessions;
    private readonly SessionTable _table;
    private readonly TimeProvider _timeProvider;

    internal TokenSearch(SessionTables tables, SessionTable table, TimeProvider timeProvider)
    {
        _sessions = tables.Sessions;
        _table = table;
        _timeProvider = timeProvider;
    }

    /// <summary>Searches a part of the table.</summary>
    /// <param name="digest">SHA-256 of the token's secret: <see cref="DigestBytes"/> bytes.</param>
    /// <param name="continuation">That of the answer before; null for the first part.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="StoreUnavailableException">The table does not answer.</exception>
    public async ValueTask<TokenSearchResult> FindAsync(ReadOnlyMemory<byte> digest, string? continuation, CancellationToken cancellationToken)
    {
        var first = 0;
        if (continuation is not null && !TryReadShard(continuation, out first))
        {
            return new TokenSearchResult { ContinuationRefused = true };
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await FindAsync(Digest.Read(digest.Span), first, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async ValueTask<TokenSearchResult> FindAsync(Digest secret, int first, CancellationToken cancellationToken)
    {
        var window = new WorkWindow(_timeProvider, Budget);
        for (var shard = first; shard < ShardRange.Shards; shard += ShardsAtOnce)
        {
            if (window.IsSpent && shard > first)
            {
                return new TokenSearchResult { Continuation = shard.ToString(CultureInfo.InvariantCulture) };
            }

            var found = await Task.WhenAll(Enumerable.Range(shard, Math.Min(ShardsAtOnce, ShardRange.Shards - shard))
                .Select(it => FindInAsync(secret, it, cancellationToken)));
            foreach (var locator in found.OfType<SessionLocator>())
            {
                if (await _table.FindAsync(locator, cancellationToken) is { } session && session.Secret.Has(secret))
                {
                    return new TokenSearchResult { Found = new SessionId(locator) };
                }
            }
        }

        return new TokenSearchResult();
    }

    private static bool TryReadShard(string text, out int shard) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out shard) && shard is > 0 and < ShardRange.Shards;

    private async Task<SessionLocator?> FindInAsync(Digest secret, int shard, CancellationToken cancellationToken)
    {
        var query = new TableQuery
        {
            PartitionFrom = ShardRange.NameOf(shard),
            PartitionTo = ShardRange.UsersBefore(shard + 1),
            RowFrom = SessionLocator.RowPrefix,
            Select = Secrets,
            PageSize = TableRules.MaxPageRows,
        };
        do
        {
            var page = await _sessions.QueryAsync(query, cancellationToken);
            foreach (var row in page.Rows)
            {
                if (SessionRow.ClaimsSecret(row, secret) && SessionLocator.TryParseKeys(row.PartitionKey, row.RowKey, out var locator))
                {
                    return locator;
                }
            }

            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return null;
    }
}

/// <summary>Result of a search.</summary>
public sealed record TokenSearchResult
{
    /// <summary>Gets the session that has, or recently had, the token; null when it was not found.</summary>
    public SessionId? Found { get; init; }

    /// <summary>Gets where the search continues; null when nothing is left to search.</summary>
    public string? Continuation { get; init; }

    /// <summary>Gets a value indicating whether the given continuation token was invalid.</summary>
    public bool ContinuationRefused { get; init; }
}
