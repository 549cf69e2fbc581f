using SessionChecking.Histories;
using SessionCore.Sessions;

namespace SessionChecking.Workloads;

/// <summary>A session that clients know of: they tell each other, as the services behind an API do.</summary>
/// <param name="Locator">Which.</param>
/// <param name="Mark">The mark it was created with.</param>
internal sealed record KnownSession(SessionLocator Locator, string Mark)
{
    public List<HeldToken> Tokens { get; } = [];

    /// <summary>Gets or sets the instant from which it is no longer live, by the latest answer.</summary>
    public DateTimeOffset EndsAt { get; set; }
}
