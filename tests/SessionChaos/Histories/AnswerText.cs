using System.Text;
using System.Text.Json;
using SessionChaos.Load;
using SessionCore.Sessions;
using Support.Http;

namespace SessionChaos.Histories;

/// <summary>Reads sessions out of answers, as what the core had answered the API with.</summary>
internal static class AnswerText
{
    /// <summary>The session's representation in an answer; null when there is none.</summary>
    public static JsonElement? SessionIn(ApiAnswer answer)
    {
        if (answer.Text.Length == 0 || answer.Json is not { ValueKind: JsonValueKind.Object } json)
        {
            return null;
        }

        if (json.TryGetProperty("session", out var inner))
        {
            return inner;
        }

        return json.TryGetProperty("state", out _) ? json : null;
    }

    /// <summary>Returns the version in an answer; null without one.</summary>
    public static long? VersionOf(RawCall call) =>
        call.Status == 200 && SessionIn(call.Answer!) is { } session && session.TryGetProperty("version", out var version) ? version.GetInt64() : null; // a status means an answer

    /// <summary>Whether the table or the cache answered.</summary>
    public static ReadSource SourceOf(ApiAnswer answer) => answer.Header("Session-Source") == "cache" ? ReadSource.Cache : ReadSource.Table;

    public static bool IsDegraded(ApiAnswer answer) => answer.Header("Session-Degraded") is not null;

    public static DateTimeOffset? EffectiveByOf(ApiAnswer answer) =>
        answer.Text.Length > 0 && answer.Json.TryGetProperty("effectiveBy", out var instant) ? instant.GetDateTimeOffset() : null;

    /// <summary>The session as the core had it: what the answer says, and from the log what no answer says.</summary>
    /// <returns>Null when it is not live.</returns>
    public static LiveSession? ReadLive(JsonElement json, StoreLog log)
    {
        if (json.GetProperty("state").GetString() != "live" || !SessionId.TryParse(json.GetProperty("sid").GetString(), out var id))
        {
            return null;
        }

        var version = json.GetProperty("version").GetInt64();
        var written = log.Find(id.Locator, version);
        var session = new Session
        {
            Locator = id.Locator,
            UserId = json.GetProperty("userId").GetString(),
            CreatedAt = json.GetProperty("createdAt").GetDateTimeOffset(),
            AuthenticatedAt = json.GetProperty("authenticatedAt").GetDateTimeOffset(),
            LastSeenAt = json.GetProperty("lastSeenAt").GetDateTimeOffset(),
            IdleTimeout = TimeSpan.FromSeconds(json.GetProperty("idleTimeoutSeconds").GetInt32()),
            IdleExpiresAt = json.GetProperty("idleExpiresAt").GetDateTimeOffset(),
            AbsoluteExpiresAt = json.GetProperty("absoluteExpiresAt").GetDateTimeOffset(),
            AssuranceLevel = Enum.Parse<AssuranceLevel>(json.GetProperty("assuranceLevel").GetString() ?? "", ignoreCase: true),
            Version = version,
            DataVersion = written?.Session.DataVersion ?? 0,
            Secret = written?.Session.Secret ?? new SessionSecret(default),
            ETag = "",
        };

        // Lists and the user's own view have no data: there is nothing to compare, so what was written stands in.
        var data = json.TryGetProperty("data", out var told) ? Encoding.UTF8.GetBytes(told.GetRawText()) : written?.Body?.Data ?? "{}"u8.ToArray();
        return LiveSession.From(session, new SessionBody("{}"u8.ToArray(), "{}"u8.ToArray(), data), DateTimeOffset.UnixEpoch);
    }

    /// <summary>Returns the session after a write of data, from the data and version in the answer.</summary>
    /// <returns>Null when that version was never written.</returns>
    public static LiveSession? ReadData(SessionLocator locator, ApiAnswer answer, StoreLog log)
    {
        var version = long.Parse(answer.Header("ETag")!.Trim('"'), System.Globalization.CultureInfo.InvariantCulture); // every answer with data has one
        return log.Find(locator, version) is { Body: not null } written
            ? LiveSession.From(written.Session with { ETag = "" }, written.Body with { Data = Encoding.UTF8.GetBytes(answer.Text) }, DateTimeOffset.UnixEpoch)
            : null;
    }
}
