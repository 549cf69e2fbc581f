using SessionFunctions.Client;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>A session that was validated with a passport, for the life of the passport.</summary>
/// <param name="session">The session as the API told it.</param>
/// <param name="passport">The passport.</param>
/// <param name="asked">When the API was asked: the life counts from then.</param>
internal sealed class KeptSession(Session session, IssuedPassport passport, AskedAt asked)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private int _isRenewing;

    public Session Session => session;

    /// <summary>Gets when the session was known to be live, by the clock of the API; both members are rounded down.</summary>
    public DateTimeOffset KnownLiveAt => passport.ExpiresAt - passport.ExpiresIn - OneSecond;

    /// <summary>Whether the passport is valid still.</summary>
    public bool IsValid(TimeProvider timeProvider) => asked.Elapsed(timeProvider) < passport.ExpiresIn;

    /// <summary>Returns true to one caller, who renews, once half of the life is over. It also reports the activity of the user.</summary>
    public bool TakeRenewal(TimeProvider timeProvider) =>
        asked.Elapsed(timeProvider) >= passport.ExpiresIn / 2 && Interlocked.CompareExchange(ref _isRenewing, 1, 0) == 0;

    /// <summary>Lets the next caller renew: an attempt came to nothing.</summary>
    public void ReleaseRenewal() => Volatile.Write(ref _isRenewing, 0);

    /// <summary>Returns the lookup of a request now.</summary>
    public SessionLookup LookupNow(TimeProvider timeProvider, string token, bool isBearer)
    {
        var elapsed = asked.Elapsed(timeProvider);
        return new SessionLookup
        {
            Session = session with { ExpiresIn = Left(session.ExpiresIn, elapsed), IdleExpiresIn = Left(session.IdleExpiresIn, elapsed) },
            Passport = passport with { ExpiresIn = Left(passport.ExpiresIn, elapsed) },
            Token = token,
            IsBearer = isBearer,
        };
    }

    private static TimeSpan Left(TimeSpan time, TimeSpan elapsed) => time > elapsed ? time - elapsed : TimeSpan.Zero;
}

/// <summary>When the API was asked, by both clocks of this machine: one may stand still in a suspended machine, the other may be set back.</summary>
internal readonly record struct AskedAt(long Timestamp, DateTimeOffset Wall)
{
    public static AskedAt Now(TimeProvider timeProvider) => new(timeProvider.GetTimestamp(), timeProvider.GetUtcNow());

    public TimeSpan Elapsed(TimeProvider timeProvider)
    {
        var counted = timeProvider.GetElapsedTime(Timestamp);
        var told = timeProvider.GetUtcNow() - Wall;
        return counted > told ? counted : told;
    }
}
