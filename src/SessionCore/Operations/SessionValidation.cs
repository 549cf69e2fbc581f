using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Pooling;
using SessionCore.Sessions;

namespace SessionCore.Operations;

/// <summary>Validates tokens. When it cannot tell, it throws; a negative answer is always certain.</summary>
internal sealed partial class SessionValidation(
    SessionReader reader,
    SessionRevocation revocation,
    TokenMatcher tokens,
    SessionMetrics metrics,
    IOptions<SessionPolicyOptions> policy,
    ILogger<SessionValidation> logger)
{
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<SessionReading> ValidateAsync(SessionToken token, ReadConsistency consistency, CancellationToken cancellationToken)
    {
        var reading = await reader.ReadAsync(token.Locator, consistency, cancellationToken);
        var isGood = IsGood(token, reading);
        if (!isGood && reading is { Live: not null, Source: ReadSource.Cache })
        {
            // The entry may be from before a rotation that this token comes from: only the table can say no.
            reading = await reader.ReadAsync(token.Locator, ReadConsistency.Strong, cancellationToken);
            isGood = IsGood(token, reading);
        }

        var answer = isGood ? reading : await RefuseAsync(token, reading, cancellationToken);
        metrics.Validated(reading.Source is ReadSource.Cache ? "cache" : "table", OutcomeOf(answer));
        return answer;
    }

    /// <summary>Counts and logs an old token, and ends the session where the policy says so.</summary>
    public async ValueTask ReportReuseAsync(SessionLocator locator, CancellationToken cancellationToken)
    {
        metrics.SecurityEvent("token-reuse");
        LogReuse(logger, policy.Value.ReuseOfOldToken);
        if (policy.Value.ReuseOfOldToken is ReusePolicy.End)
        {
            await revocation.RevokeAsync(locator, EndReasons.ReuseDetected, cancellationToken);
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
            // Only the holder of the right secret learns why the session has ended.
            return ended.Secret.Matches(token.SecretHash) ? reading : reading with { Ended = null };
        }

        if (reading.Live is { } live && tokens.Match(token, live) is TokenMatch.Old)
        {
            await ReportReuseAsync(token.Locator, cancellationToken);
        }

        return reading with { Live = null };
    }

    [LoggerMessage(1251, LogLevel.Warning, "A session token was presented after it had been rotated away; policy {Policy}")]
    private static partial void LogReuse(ILogger logger, ReusePolicy policy);
}
