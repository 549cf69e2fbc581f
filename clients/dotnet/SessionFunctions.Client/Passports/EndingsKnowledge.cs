namespace SessionFunctions.Client.Passports;

/// <summary>What a feed has told so far, and how old that is. Thread-safe: a verdict and the age that it stands on are of the same moment.</summary>
internal sealed class EndingsKnowledge(TimeProvider timeProvider)
{
    // docs/http-api.md, Passports: how far the clocks of the API and of a verifier may differ.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private readonly RecentEndings _recent = new();
#if NET9_0_OR_GREATER
    private readonly Lock _gate = new();
#else
    private readonly object _gate = new();
#endif
    private readonly long _start = timeProvider.GetTimestamp();
    private FeedMoment? _asked;
    private TimeSpan _ageWhenAsked;
    private DateTimeOffset _revokedBefore = DateTimeOffset.MinValue;
    private DateTimeOffset _heldSince = DateTimeOffset.MinValue;
    private TimeSpan? _lifetime;
    private bool _isClockBehind;

    /// <summary>Gets how old the knowledge is; null while there is none.</summary>
    public TimeSpan? Age
    {
        get
        {
            lock (_gate)
            {
                return AgeNow();
            }
        }
    }

    /// <summary>Gets the longest life of a passport that the API issues now; null while it is not known.</summary>
    public TimeSpan? Lifetime
    {
        get
        {
            lock (_gate)
            {
                return _lifetime;
            }
        }
    }

    /// <summary>Gets a value indicating whether the clock of this machine is so far behind that it accepts passports whose endings are forgotten.</summary>
    public bool IsClockBehind
    {
        get
        {
            lock (_gate)
            {
                return _isClockBehind;
            }
        }
    }

    /// <summary>Takes a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="asked">When it was asked for. What happened after that it may not tell, whenever it arrives.</param>
    public void Take(EndingsPage page, FeedMoment asked)
    {
        var now = MillisecondsNow();
        lock (_gate)
        {
            _recent.Prune(now);
            for (var index = 0; index < page.Count; index++)
            {
                var (sid, endedAgo) = page.EntryAt(index);
                if (endedAgo < page.Keep)
                {
                    _recent.Add(sid, now, page.Keep - endedAgo, page.Keep);
                }
            }

            _revokedBefore = page.RevokedBefore > _revokedBefore ? page.RevokedBefore.Value : _revokedBefore;
            _heldSince = page.HeldSince > _heldSince ? page.HeldSince : _heldSince;
            _lifetime = page.Lifetime;
            if (page.More)
            {
                return;
            }

            // The API cannot have held the request for longer than the answer took.
            var took = timeProvider.GetElapsedTime(asked.Timestamp);
            var ageWhenAsked = page.Age - (page.Held < took ? page.Held : took);
            _isClockBehind = page.CompleteAsOf + page.Age > timeProvider.GetUtcNow() + ClockSkew;
            if (AgeNow() is not { } known || asked.Elapsed(timeProvider) + ageWhenAsked < known)
            {
                _asked = asked;
                _ageWhenAsked = ageWhenAsked;
            }
        }
    }

    /// <summary>Tells what is known of a session.</summary>
    public EndingsVerdict Judge(SidHash sid, DateTimeOffset createdAt, DateTimeOffset knownLiveAt, TimeSpan maxAge)
    {
        lock (_gate)
        {
            if (createdAt < _revokedBefore || _recent.Contains(sid))
            {
                return EndingsVerdict.Ended;
            }

            return !_isClockBehind && knownLiveAt >= _heldSince && AgeNow() is { } age && age <= maxAge ? EndingsVerdict.NotEnded : EndingsVerdict.Unknown;
        }
    }

    private TimeSpan? AgeNow() => _asked is { } asked ? asked.Elapsed(timeProvider) + _ageWhenAsked : null;

    private long MillisecondsNow() => (long)timeProvider.GetElapsedTime(_start).TotalMilliseconds;
}
