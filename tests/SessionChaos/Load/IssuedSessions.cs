using System.Globalization;
using Support.Http;

namespace SessionChaos.Load;

/// <summary>Sessions to ask for, and what has to be said of each.</summary>
internal sealed class IssuedSessions
{
    private readonly IssuedSession[] _sessions;

    private IssuedSessions(IssuedSession[] sessions) => _sessions = sessions;

    public int Count => _sessions.Length;

    public IssuedSession this[int index] => _sessions[index];

    /// <summary>Creates sessions, each of a user of its own.</summary>
    public static async Task<IssuedSessions> CreateAsync(ApiClient api, int count, CancellationToken cancellationToken)
    {
        var sessions = new IssuedSession[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (i, _) =>
        {
            var (sid, token) = await api.CreateAsync(string.Create(CultureInfo.InvariantCulture, $"user-{i}"));
            sessions[i] = new IssuedSession(sid, token);
        });
        return new IssuedSessions(sessions);
    }
}
