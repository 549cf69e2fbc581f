using System.Text;
using Bench.Driver;
using Bench.Runner.Contests;
using Bench.Runner.Servers;

namespace Bench.Runner.Loads;

/// <summary>Makes sessions over HTTP for the contests. User numbers are never used twice over a run.</summary>
internal sealed class OurSessions(BenchServer maker, OurRequests requests)
{
    private const int MaxAttempts = 10;
    private long _users;

    /// <summary>Returns the next unused user number.</summary>
    public long NextUser() => _users++;

    /// <summary>Sessions of as many users.</summary>
    public Task<IReadOnlyList<OurSession>> CreateAsync(int count, CancellationToken cancellationToken)
    {
        var first = _users;
        _users += count;
        return CreateAsync(count, index => first + index, connections: 32, cancellationToken);
    }

    /// <summary>As many sessions for each of as many new users; returns the users.</summary>
    public async Task<IReadOnlyList<long>> CreateUsersAsync(int users, int sessionsEach, CancellationToken cancellationToken)
    {
        var first = _users;
        _users += users;

        // One after the other of a user, so that they do not wait for one another's transactions.
        await CreateAsync(users * sessionsEach, index => first + (index % users), Math.Min(users, 32), cancellationToken);
        return [.. Enumerable.Range(0, users).Select(user => first + user)];
    }

    /// <summary>Sessions under as many keys; returns the numbers of the keys.</summary>
    public async Task<IReadOnlyList<long>> CreateKeyedAsync(int count, CancellationToken cancellationToken)
    {
        var first = _users;
        _users += count;
        var keys = Enumerable.Range(0, count).Select(index => first + index).ToArray();
        var open = new Queue<long>(keys);
        for (var attempt = 0; attempt < MaxAttempts && open.Count > 0; attempt++)
        {
            var asked = new Dictionary<long, long>();
            await Arena.DriveAsync(
                new LoadPlan
                {
                    Endpoint = maker.Endpoint,
                    Requests = index =>
                    {
                        if (!open.TryDequeue(out var key))
                        {
                            return default;
                        }

                        asked.Add(index, key);
                        return requests.CreateKeyed(key);
                    },
                    Expected = [200, 201, 503],
                    Connections = 32,
                    WarmUp = TimeSpan.Zero,
                    Window = TimeSpan.FromMinutes(10),
                    Observer = (index, head, _) =>
                    {
                        if (head.StartsWith("HTTP/1.1 503"u8))
                        {
                            open.Enqueue(asked[index]);
                        }
                    },
                },
                cancellationToken);
        }

        return open.Count == 0
            ? keys
            : throw new InvalidOperationException($"{open.Count} keyed sessions could not be made: the service answers 503. The logs are in artifacts/bench/logs.");
    }

    /// <summary>As many new sessions, and a passport of each.</summary>
    public async Task<IReadOnlyList<(OurSession Session, string Passport)>> CreateWithPassportsAsync(int count, CancellationToken cancellationToken)
    {
        var sessions = await CreateAsync(count, cancellationToken);
        var issued = new List<(OurSession, string)>(count);
        await Arena.DriveAsync(
            new LoadPlan
            {
                Endpoint = maker.Endpoint,
                Requests = index => index < sessions.Count ? requests.IssuePassport(sessions[(int)index].Token) : default(ReadOnlyMemory<byte>),
                WarmUp = TimeSpan.Zero,
                Window = TimeSpan.FromMinutes(10),
                Observer = (index, _, body) => issued.Add((sessions[(int)index], Member(body[body.LastIndexOf("\"passport\":"u8)..], "\"token\":\""u8))),
            },
            cancellationToken);
        return issued;
    }

    // A store that is cold or busy may answer 503; like any caller, this one asks again.
    private async Task<IReadOnlyList<OurSession>> CreateAsync(int count, Func<long, long> userOf, int connections, CancellationToken cancellationToken)
    {
        var sessions = new List<OurSession>(count);
        var open = new Queue<long>(Enumerable.Range(0, count).Select(index => userOf(index)));
        for (var attempt = 0; attempt < MaxAttempts && open.Count > 0; attempt++)
        {
            var asked = new Dictionary<long, long>();
            await Arena.DriveAsync(
                new LoadPlan
                {
                    Endpoint = maker.Endpoint,
                    Requests = index =>
                    {
                        if (!open.TryDequeue(out var user))
                        {
                            return default;
                        }

                        asked.Add(index, user);
                        return requests.Create(user);
                    },
                    Expected = [201, 503],
                    Connections = connections,
                    WarmUp = TimeSpan.Zero,
                    Window = TimeSpan.FromMinutes(10),
                    Observer = (index, head, body) =>
                    {
                        if (head.StartsWith("HTTP/1.1 503"u8))
                        {
                            open.Enqueue(asked[index]);
                            return;
                        }

                        sessions.Add(new OurSession(Member(body, "\"sid\":\""u8), Member(body, "\"token\":\""u8)));
                    },
                },
                cancellationToken);
        }

        return open.Count == 0
            ? sessions
            : throw new InvalidOperationException($"{open.Count} sessions could not be made: the service answers 503. The logs are in artifacts/bench/logs.");
    }

    private static string Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> start)
    {
        var at = json.IndexOf(start);
        if (at < 0)
        {
            throw new InvalidDataException("The answer to a create has no sid or token: " + Encoding.UTF8.GetString(json));
        }

        var rest = json[(at + start.Length)..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
