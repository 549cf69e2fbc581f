using System.Globalization;

namespace SessionChaos.Load;

/// <summary>
/// One user, the anonymous sessions that may become the user's, and every call about them. Nothing else has to do with these, so the
/// group's calls are a history that can be checked by itself.
/// </summary>
internal sealed class UserGroup(int number)
{
    private readonly Lock _lock = new();
    private readonly List<RawCall> _calls = [];
    private readonly List<HeldSession> _sessions = [];
    private int _marks;

    public int Number => number;

    public string UserId { get; } = string.Create(CultureInfo.InvariantCulture, $"user-{number}");

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _calls.Count;
            }
        }
    }

    /// <summary>Gets the calls in the order they were added, which is about the order they began.</summary>
    public IReadOnlyList<RawCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Gets the sessions as known now, with their tokens.</summary>
    public IReadOnlyList<HeldSession> Sessions
    {
        get
        {
            lock (_lock)
            {
                return [.. _sessions.Select(Copy)];
            }
        }
    }

    /// <summary>A number that was not given before.</summary>
    public int NextNumber() => Interlocked.Increment(ref _marks);

    /// <summary>A mark that was not given before, in this group or another.</summary>
    public string NextMark(string prefix) => string.Create(CultureInfo.InvariantCulture, $"g{number}-{prefix}{NextNumber()}");

    /// <summary>Takes a call in when it begins.</summary>
    public void Add(RawCall call)
    {
        lock (_lock)
        {
            call.Start = TimeProvider.System.GetTimestamp();
            _calls.Add(call);
        }
    }

    /// <summary>Keeps a session and a token that a call answered with.</summary>
    public void Learn(string sid, string token, string mark)
    {
        lock (_lock)
        {
            var known = _sessions.Find(session => session.Sid == sid);
            if (known is null)
            {
                known = new HeldSession(sid, mark);
                _sessions.Add(known);
            }

            if (!known.Tokens.Contains(token, StringComparer.Ordinal))
            {
                known.Tokens.Add(token);
            }
        }
    }

    private static HeldSession Copy(HeldSession session)
    {
        var copy = new HeldSession(session.Sid, session.Mark);
        copy.Tokens.AddRange(session.Tokens);
        return copy;
    }
}
