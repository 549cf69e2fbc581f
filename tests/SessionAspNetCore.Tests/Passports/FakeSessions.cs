using System.Text.Json;
using SessionFunctions.Client;
using SessionFunctions.Client.Passports;
using Support.Http;

namespace SessionAspNetCore.Tests.Passports;

/// <summary>The API as far as validation goes: keys, feed, and what it says of tokens and sids. Anything may fail.</summary>
internal sealed class FakeSessions : SessionsClient
{
    private int _introspections;
    private int _endingsAsked;
    private int _keysAsked;

    /// <summary>Gets or sets what is published.</summary>
    public IReadOnlyList<PassportKey> Keys { get; set; } = [];

    /// <summary>Gets or sets the next page of the feed; null for a feed that fails.</summary>
    public EndingsBody? Page { get; set; } = new();

    /// <summary>Gets or sets a value indicating whether nothing but the feed answers.</summary>
    public bool IsDown { get; set; }

    /// <summary>Gets the live sessions by their tokens.</summary>
    public Dictionary<string, Session> Live { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the sids of ended sessions.</summary>
    public HashSet<string> Ended { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the life of the passports.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets the clock of the API.</summary>
    public Func<DateTimeOffset> Now { get; set; } = static () => PassportVectors.Now;

    /// <summary>Gets or sets what runs while an introspection is under way.</summary>
    public Func<Task> Meanwhile { get; set; } = static () => Task.CompletedTask;

    /// <summary>Gets the last options of an introspection.</summary>
    public IntrospectionOptions? LastOptions { get; private set; }

    public int Introspections => _introspections;

    public int EndingsAsked => _endingsAsked;

    public int KeysAsked => _keysAsked;

    public override async Task<Introspection> IntrospectAsync(string token, IntrospectionOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _introspections);
        LastOptions = options;
        var session = Live.GetValueOrDefault(token);
        await Meanwhile();
        FailIfDown();
        return session is null
            ? new Introspection { Active = false }
            : new Introspection
            {
                Active = true,
                Session = session,
                Passport = Issue(session.Sid, options?.PassportAudience),
            };
    }

    public override Task<SessionEnd?> FindEndAsync(string token, CancellationToken cancellationToken = default) => Task.FromResult<SessionEnd?>(null);

    public override Task<Revocation?> RevokeAsync(string sid, string? reason = null, CancellationToken cancellationToken = default)
    {
        FailIfDown();
        foreach (var (token, _) in Live.Where(pair => pair.Value.Sid == sid).ToList())
        {
            Live.Remove(token);
        }

        return Task.FromResult<Revocation?>(new Revocation());
    }

    public override Task<IssuedSession?> RotateAsync(string sid, Rotation? rotation = null, CancellationToken cancellationToken = default)
    {
        var (old, session) = Live.Single(pair => pair.Value.Sid == sid);
        Live.Remove(old);
        Live[old + "-rotated"] = session;
        return Task.FromResult<IssuedSession?>(new IssuedSession { Sid = sid, Token = old + "-rotated", Session = session });
    }

    public override Task<IReadOnlyList<PassportKey>> GetPassportKeysAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _keysAsked);
        FailIfDown();
        return Task.FromResult(Keys);
    }

    public override Task<bool> HasEndedAsync(string sid, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _endingsAsked);
        FailIfDown();
        return Task.FromResult(Ended.Contains(sid));
    }

    internal override Task<EndingsPage?> ReadEndingsAsync(string? cursor, int waitSeconds, CancellationToken cancellationToken) => Page is { } page
        ? Task.FromResult(EndingsPage.Parse(page.ToBytes()))
        : throw new SessionsUnavailableException("The feed is down.");

    private void FailIfDown()
    {
        if (IsDown)
        {
            throw new SessionsUnavailableException("The API is down.");
        }
    }

    private IssuedPassport? Issue(string sid, string? audience) => audience is null
        ? null
        : new IssuedPassport { Token = "ey.of." + sid, Audience = audience, ExpiresIn = Lifetime, ExpiresAt = Now() + Lifetime };
}

/// <summary>The test vectors of all verifiers.</summary>
internal static class PassportVectors
{
    private static readonly JsonElement Root = JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "passports.json")));

    public static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(Root.GetProperty("now").GetInt64());

    public static string Issuer => Root.GetProperty("issuer").GetString()!;

    public static string Audience => Root.GetProperty("audience").GetString()!;

    public static IReadOnlyList<PassportKey> Keys => Root.GetProperty("jwks").GetProperty("keys").Deserialize<List<PassportKey>>(JsonSerializerOptions.Web)!;

    public static EndingsBody Feed => new()
    {
        CompleteAsOf = Now,
        Lifetime = TimeSpan.FromSeconds(Root.GetProperty("feed").GetProperty("lifetimeSeconds").GetInt32()),
        Keep = TimeSpan.FromSeconds(Root.GetProperty("feed").GetProperty("keepSeconds").GetInt32()),
        HeldSince = Root.GetProperty("feed").GetProperty("heldSince").GetDateTimeOffset(),
        RevokedBefore = Root.GetProperty("feed").GetProperty("revokedBefore").GetDateTimeOffset(),
        Endings = [(EndedSid, TimeSpan.FromSeconds(5))],
    };

    /// <summary>Gets the session that the feed tells: the hash in the file is that of its sid.</summary>
    public static string EndedSid => "ses_" + Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(System.Security.Cryptography.SHA256.HashData("ended"u8));

    public static string EndedHash => Root.GetProperty("feed").GetProperty("endings")[0].GetProperty("hash").GetString()!;

    public static IEnumerable<(string Name, string Passport, string Expected)> All => Root.GetProperty("passports").EnumerateArray()
        .Select(static vector => (vector.GetProperty("name").GetString()!, vector.GetProperty("passport").GetString()!, vector.GetProperty("expected").GetString()!));

    public static string PassportOf(string name) => All.Single(vector => vector.Name == name).Passport;
}
