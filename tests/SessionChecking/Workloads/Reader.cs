using SessionChecking.Histories;
using SessionCore.Sessions;
using Support;

namespace SessionChecking.Workloads;

/// <summary>The calls of a client that look.</summary>
internal sealed class Reader(Caller caller, Dice dice)
{
    public async Task<SessionReading?> ValidateAsync(KnownSession known, bool isStrong)
    {
        if (known.Tokens.Count == 0)
        {
            return await FindAsync(known, isStrong);
        }

        // Mostly the newest token; an older one should be refused.
        var token = dice.Chance(0.7) ? known.Tokens[^1] : dice.Pick(known.Tokens);
        return await ValidateAsync(token, isStrong);
    }

    public async Task<SessionReading?> ValidateAsync(HeldToken token, bool isStrong)
    {
        var call = caller.New(CallKind.Validate, token.Read.Locator, token: token, isStrong: isStrong);
        return await caller.MakeValueAsync(call, () => caller.Sessions.ValidateAsync(token.Read, ConsistencyOf(isStrong), CancellationToken.None));
    }

    public async Task<SessionReading?> FindAsync(KnownSession known, bool isStrong)
    {
        var call = caller.New(CallKind.Find, known.Locator, isStrong: isStrong);
        return await caller.MakeValueAsync(call, () => caller.Sessions.FindAsync(new SessionId(known.Locator), ConsistencyOf(isStrong), CancellationToken.None));
    }

    public async Task TouchAsync(KnownSession known)
    {
        if (await ValidateAsync(known, isStrong: false) is not { Live: not null } reading)
        {
            return;
        }

        var address = dice.Chance(0.2) ? dice.Pick(["192.0.2.1", "192.0.2.2"]) : null;
        var call = caller.New(CallKind.Touch, known.Locator, detail: address, basis: reading.Live);
        var touched = await caller.MakeValueAsync(call, () => caller.Sessions.TouchAsync(reading, address, CancellationToken.None));
        known.EndsAt = (touched?.Live ?? reading.Live).IdleExpiresAt;
    }

    /// <summary>Lists a user's sessions page by page.</summary>
    public async Task ListAsync(CallKind kind, UInt128 partition)
    {
        var state = kind switch
        {
            CallKind.ListEnded => SessionListState.Ended,
            CallKind.ListAll => SessionListState.All,
            _ => SessionListState.Live,
        };
        var call = caller.New(kind, partition: partition);
        await caller.MakeAsync(call, async () =>
        {
            var found = new List<SessionReading>();
            string? continuation = null;
            do
            {
                var page = await caller.Sessions.ListAsync(partition, state, pageSize: 2, continuation, ReadConsistency.Cached, CancellationToken.None);
                found.AddRange(page.Sessions);
                continuation = page.Continuation;
            }
            while (continuation is not null);

            return new SessionPage { Sessions = found };
        });
    }

    public async Task CountAsync(UInt128 partition, bool isStrong)
    {
        var call = caller.New(CallKind.Count, partition: partition, isStrong: isStrong);
        await caller.MakeValueAsync(call, () => new ValueTask<SessionCount>(
            caller.Sessions.CountAsync(partition, ConsistencyOf(isStrong), CancellationToken.None)));
    }

    private static ReadConsistency ConsistencyOf(bool isStrong) => isStrong ? ReadConsistency.Strong : ReadConsistency.Cached;
}
