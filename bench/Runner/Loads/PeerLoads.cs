using System.Text;
using Bench.Driver;
using Bench.Runner.Contests;
using Bench.Runner.Servers;

namespace Bench.Runner.Loads;

/// <summary>The work of the peers. A peer's token is the cookie that it set when it created the session.</summary>
internal static class PeerLoads
{
    private const int HotSessions = 1000;
    private static readonly TimeSpan NoLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PreparationLimit = TimeSpan.FromSeconds(4);

    public static Contender Read(BenchServer peer)
    {
        IReadOnlyList<byte[]>? requests = null;
        return new Contender(
            peer.Name,
            peer,
            async (_, token) => ContenderLoad.Repeat(requests ??= Render("GET", "/read", await CreateAsync(peer, HotSessions, NoLimit, token))));
    }

    public static Contender Create(BenchServer peer)
    {
        var user = 0L;
        return new Contender(peer.Name, peer, (_, _) => Task.FromResult(new ContenderLoad(_ => CreateRequest(user++), 201)));
    }

    public static Contender Update(BenchServer peer)
    {
        IReadOnlyList<byte[]>? requests = null;
        return new Contender(
            peer.Name,
            peer,
            async (_, token) => ContenderLoad.Repeat(
                requests ??= Render("POST", "/update", await CreateAsync(peer, HotSessions, NoLimit, token), SampleSession.Patch)));
    }

    /// <summary>Every round ends sessions of its own, made before; a slow peer makes fewer.</summary>
    public static Contender End(BenchServer peer, int sessions) => new(
        peer.Name, peer, async (_, token) => ContenderLoad.Once(Render("POST", "/end", await CreateAsync(peer, sessions, PreparationLimit, token)), 204));

    private static byte[] CreateRequest(long user) => HttpRequestBytes.Render("POST", "/create", [], SampleSession.Of(user));

    private static byte[][] Render(string method, string path, IReadOnlyList<string> cookies, string? body = null)
        => [.. cookies.Select(cookie => HttpRequestBytes.Render(method, path, ["Cookie: " + cookie], body))];

    private static async Task<IReadOnlyList<string>> CreateAsync(BenchServer peer, int count, TimeSpan limit, CancellationToken cancellationToken)
    {
        var cookies = new List<string>(count);
        await Arena.DriveAsync(
            new LoadPlan
            {
                Endpoint = peer.Endpoint,
                Requests = index => index < count ? CreateRequest(index) : default(ReadOnlyMemory<byte>),
                Expected = [201],
                WarmUp = TimeSpan.Zero,
                Window = limit,
                Observer = (_, head, _) => cookies.Add(CookieOf(head)),
            },
            cancellationToken);
        return cookies;
    }

    private static string CookieOf(ReadOnlySpan<byte> head)
    {
        const string Name = "set-cookie: ";
        var text = Encoding.ASCII.GetString(head);
        var at = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            throw new InvalidDataException("The peer set no cookie: " + text);
        }

        var cookie = text.AsSpan(at + Name.Length);
        var end = cookie.IndexOfAny(';', '\r');
        return cookie[..(end < 0 ? cookie.Length : end)].ToString();
    }
}
