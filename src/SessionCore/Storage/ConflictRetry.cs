using System.Security.Cryptography;
using SessionCore.Tables;

namespace SessionCore.Storage;

/// <summary>Bounded retry of a conditional write that another writer has overtaken.</summary>
/// <param name="timeProvider">The clock of the growing random delay between attempts; null for no delay, where writers are few.</param>
/// <param name="subject">The subject of the error message.</param>
/// <param name="maxAttempts">The most attempts.</param>
/// <example>
/// <code>
/// for (var retry = new ConflictRetry(timeProvider, "The session"); ; await retry.NextAsync(cancellationToken))
/// {
///     // read, decide, write; return when the write was applied
/// }
/// </code>
/// </example>
internal sealed class ConflictRetry(TimeProvider? timeProvider, string subject, int maxAttempts = ConflictRetry.DefaultAttempts)
{
    /// <summary>
    /// Default number of attempts. Locks serialise writers within a process, so conflicts come from other instances; the operation's
    /// deadline usually ends first.
    /// </summary>
    public const int DefaultAttempts = 60;

    private const int LongestDelayMs = 80;

    /// <summary>Gets the number of the current attempt, from 1.</summary>
    public int Attempt { get; private set; } = 1;

    /// <summary>Begins the next attempt, after a delay.</summary>
    /// <exception cref="StoreUnavailableException">All attempts were overtaken.</exception>
    public async ValueTask NextAsync(CancellationToken cancellationToken)
    {
        if (!await TryNextAsync(cancellationToken))
        {
            throw new StoreUnavailableException($"{subject} was changed by other writers during all {maxAttempts} attempts. Try again.");
        }
    }

    /// <summary>Begins the next attempt, after a delay; returns false when all attempts are used up.</summary>
    public async ValueTask<bool> TryNextAsync(CancellationToken cancellationToken)
    {
        if (Attempt == maxAttempts)
        {
            return false;
        }

        if (timeProvider is not null)
        {
            // Random, so that writers that conflicted once do not conflict again.
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, Math.Min(4 + (4 * Attempt), LongestDelayMs))), timeProvider, cancellationToken);
        }

        Attempt++;
        return true;
    }
}
