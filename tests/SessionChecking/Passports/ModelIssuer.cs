using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SessionApi.Http;
using SessionApi.Passports;
using SessionCore.Sessions;

namespace SessionChecking.Passports;

/// <summary>The issuer of an instance, which is the real one, and the rule for what it issues: a passport tells the session as it is.</summary>
/// <param name="fault">A fault to plant.</param>
internal sealed class ModelIssuer(PassportFault fault)
{
    private const string Audience = "back ends";

    private static readonly TimeSpan LongestReuse = TimeSpan.FromSeconds(PassportSignatures.MaxAgeSeconds);
    private static readonly IOptions<PassportOptions> Options = Create();
    private static readonly PassportKeys Keys = new(Options);

    private readonly PassportIssuer _issuer = new(Keys, Options);
    private readonly HashSet<string> _issued = [];
    private readonly Dictionary<SessionId, (string Text, DateTimeOffset At)> _latest = [];

    /// <summary>Gets how often a passport was given again.</summary>
    public int Reused { get; private set; }

    /// <summary>Issues a passport.</summary>
    /// <param name="live">The session, as the instance reads it.</param>
    /// <param name="now">The time by the clock of the instance.</param>
    /// <param name="breach">What is wrong with it; null for nothing.</param>
    public ModelPassport Issue(LiveSession live, DateTimeOffset now, out string? breach)
    {
        var text = Text(live, now);
        Reused += _issued.Add(text) ? 0 : 1;
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(text.Split('.')[1]));
        var passport = new ModelPassport(
            SessionId.TryParse(claims.GetProperty("sid").GetString(), out var id) ? id : default,
            DateTimeOffset.FromUnixTimeMilliseconds(claims.GetProperty("created_ms").GetInt64()),
            DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("iat").GetInt64()),
            DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()),
            claims.GetProperty("ver").GetInt64(),
            claims.GetProperty("claims").GetRawText());
        var isTrue = passport.Session == live.Id && passport.Version == live.Version && passport.Claims == Encoding.UTF8.GetString(live.ClaimsJson)
            && passport.ExpiresAt <= live.IdleExpiresAt && passport.ExpiresAt <= live.AbsoluteExpiresAt
            && passport.IssuedAt <= now && now - passport.IssuedAt < LongestReuse + TimeSpan.FromSeconds(1);
        breach = isTrue ? null : string.Create(CultureInfo.InvariantCulture, $"{passport} was issued at {now:HH:mm:ss.fff} for version {live.Version}, which ends {live.IdleExpiresAt:HH:mm:ss.fff}");
        return passport;
    }

    private string Text(LiveSession live, DateTimeOffset now)
    {
        if (fault is PassportFault.ReusedAfterChange && _latest.TryGetValue(live.Id, out var latest) && now >= latest.At && now - latest.At < LongestReuse)
        {
            return latest.Text;
        }

        using var buffer = new AnswerBuffer();
        _issuer.Append(buffer, live, Audience, now);
        var text = JsonElement.Parse(buffer.Written.Span).GetProperty("token").GetString()!; // the issuer writes a text
        _latest[live.Id] = (text, now);
        return text;
    }

    private static OptionsWrapper<PassportOptions> Create()
    {
        var options = new PassportOptions { Enabled = true, Issuer = "https://sessions.example.com", Audiences = { new PassportAudienceOptions { Name = Audience } } };
        options.Draw();
        return new OptionsWrapper<PassportOptions>(options);
    }
}
