using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SessionCore.Caching;
using SessionCore.Pooling;
using SessionCore.Sessions;

namespace SessionCore.Operations;

/// <summary>Validation of tokens. Throws when the result is uncertain; a negative answer is always certain.</summary>
internal sealed partial class SessionValidation(
    SessionReader reader,
    SessionRevocation revocation,
    TokenMatcher tokens,
    TokenVerdicts verdicts,
    RepeatedEvents repeated,
    SessionMetrics metrics,
    SessionPolicy policy,
    ILogger<SessionValidation> logger)
{
    private const int ReuseEvent = 1251;

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<SessionReading> ValidateAsync(SessionToken token, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        if (Recall(token) is { } known)
        {
            metrics.Validated("cache", OutcomeOf(known));
            return known;
        }

        var reading = await reader.ReadAsync(token.Locator, consistency, cancellationToken);
        var isGood = IsGood(token, reading);
        if (!isGood && reading is { Live: not null, Source: ReadSource.Cache })
        {
            // The cache entry may be older than the rotation that issued this token, so only the table can refuse it.
            reading = await reader.ReadAsync(token.Locator, ReadConsistency.Strong, cancellationToken);
            isGood = IsGood(token, reading);
        }

        if (isGood)
        {
            verdicts.Accept(token);
        }

        var answer = isGood ? reading : await RefuseAsync(token, reading, cancellationToken);
        metrics.Validated(reading.Source is ReadSource.Cache ? "cache" : "table", OutcomeOf(answer));
        return answer;
    }

    /// <summary>Returns the answer to a token with a recent final refusal, for any consistency; null without one.</summary>
    public SessionReading? Recall(in SessionToken token)
    {
        if (verdicts.Find(token) is not { } refusal)
        {
            return null;
        }

        if (refusal.Reuse is { } reuse)
        {
            CountReuse(reuse);
        }

        return new SessionReading(Live: null, refusal.Ended, ReadSource.Cache, Degraded: false);
    }

    /// <summary>Ends the session of a token that was read as live or ended. Once confirmed, a repetition reads no store.</summary>
    public async Task<Revocation> RevokeOwnAsync(SessionToken token, string reason, CancellationToken cancellationToken)
    {
        if (verdicts.Find(token) is { Ended: not null, IsConfirmed: true })
        {
            return new Revocation { Found = true };
        }

        var ended = await revocation.RevokeAsync(token.Locator, reason, cancellationToken);
        if (ended.EffectiveBy is null)
        {
            verdicts.Confirm(token);
        }

        return ended;
    }

    /// <summary>Whether this process accepted the token at its last validation.</summary>
    public bool WasAccepted(in SessionToken token) => verdicts.WasAccepted(token);

    /// <summary>Returns what the holder of a token may know of its ended session, and keeps the verdict if it is final.</summary>
    /// <returns>Null when the secret is not the session's: only the holder of the right secret learns the reason of the end.</returns>
    public EndedSession? Refuse(in SessionToken token, EndedSession ended)
    {
        var told = ended.Secret.Matches(token.SecretHash) ? ended : null;
        verdicts.Forget(token);
        if (verdicts.IsFinal(ended))
        {
            verdicts.Refuse(token, told, reuse: null);
        }

        return told;
    }

    /// <summary>Counts and logs an old token, and ends the session where the policy says so.</summary>
    public async ValueTask ReportReuseAsync(SessionToken token, LiveSession session, CancellationToken cancellationToken)
    {
        var reuse = policy.ReuseOf(session.Client);
        CountReuse(reuse);
        verdicts.Forget(token);
        if (reuse is ReusePolicy.End)
        {
            await revocation.RevokeAsync(token.Locator, EndReasons.ReuseDetected, cancellationToken);
        }

        verdicts.Refuse(token, ended: null, reuse);
    }

    private void CountReuse(ReusePolicy reuse)
    {
        metrics.SecurityEvent("token-reuse");
        if (repeated.ShouldLog(ReuseEvent, out var count))
        {
            LogReuse(logger, reuse, count);
        }
    }

    private static string OutcomeOf(in SessionReading reading)
    {
        if (reading.Live is not null)
        {
            return "live";
        }

        return reading.Ended is null ? "unknown" : "ended";
    }

    private bool IsGood(in SessionToken token, in SessionReading reading) =>
        reading.Live is { } live && tokens.Match(token, live) is TokenMatch.Current or TokenMatch.InGrace;

    private async ValueTask<SessionReading> RefuseAsync(SessionToken token, SessionReading reading, CancellationToken cancellationToken)
    {
        if (reading.Ended is { } ended)
        {
            return reading with { Ended = Refuse(token, ended) };
        }

        if (reading.Live is { } live && tokens.Match(token, live) is TokenMatch.Old)
        {
            await ReportReuseAsync(token, live, cancellationToken);
        }

        return reading with { Live = null };
    }

    [LoggerMessage(ReuseEvent, LogLevel.Warning, "A rotated session token was presented after its grace; policy {Policy}; {Count} times since the last such line")]
    private static partial void LogReuse(ILogger logger, ReusePolicy policy, long count);
}
