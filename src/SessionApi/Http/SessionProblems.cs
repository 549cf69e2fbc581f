using System.Text.Json;
using SessionCore.Sessions;

namespace SessionApi.Http;

/// <summary>
/// All problems of this API, pre-rendered where the detail is fixed. They reveal nothing to strangers: one 401 for every bad
/// credential, one 404 for a foreign and an unknown session.
/// </summary>
internal static class SessionProblems
{
    private const int StoreRetryAfterSeconds = 1;

    public static Problem Unauthenticated { get; } = new(ProblemTypes.Unauthenticated);

    public static Problem Forbidden { get; } = new(ProblemTypes.Forbidden);

    public static Problem AudienceRefused { get; } = new(ProblemTypes.AudienceRefused);

    public static Problem CredentialAmbiguous { get; } = new(
        ProblemTypes.CredentialAmbiguous, "Several credentials. Send exactly one: an Authorization header or the session cookie.");

    public static Problem ClientCredentialAmbiguous { get; } = new(
        ProblemTypes.CredentialAmbiguous, "Several credentials. Send exactly one: an Authorization header, or client_id and client_secret in the form.");

    public static Problem FormUnreadable { get; } = new(
        ProblemTypes.BodyUnreadable, "The form has a percent sign that does not begin UTF-8 in percent-encoding. Allowed: application/x-www-form-urlencoded in UTF-8.");

    public static Problem CredentialInQuery { get; } = new(
        ProblemTypes.CredentialInQuery, "The URL has leaked the credential to logs. End its session, and send tokens in the Authorization header or the body.");

    public static Problem PassportsOff { get; } = new(ProblemTypes.PassportsOff);

    public static Problem RouteNotFound { get; } = new(ProblemTypes.RouteNotFound);

    public static Problem SessionNotFound { get; } = new(ProblemTypes.SessionNotFound);

    public static Problem JobNotFound { get; } = new(ProblemTypes.JobNotFound);

    public static Problem JobLimit { get; } = new(ProblemTypes.JobLimit, "Wait for one of them, or cancel one.");

    public static Problem JobFinished { get; } = new(ProblemTypes.JobFinished);

    public static Problem JobWithoutResult { get; } = new(ProblemTypes.JobWithoutResult);

    public static Problem FilterTooLarge { get; } = new(ProblemTypes.FilterTooLarge, "Split the users between several jobs.");

    public static Problem RequestTimeout { get; } = new(ProblemTypes.RequestTimeout);

    public static Problem SessionHasUser { get; } = new(ProblemTypes.SessionHasUser);

    public static Problem SessionHasKey { get; } = new(
        ProblemTypes.SessionHasKey, "It has no token. With userId in PUT /v1/keyed-sessions/{key} it becomes that user's.");

    public static Problem KeyMalformed { get; } = Parameter(
        "key", "Not a key. Allowed: the SHA-256 value of your own id, in base64url without padding: 43 characters, such as 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU.");

    public static Problem KeyIsFree { get; } = new(ProblemTypes.VersionMismatch, "The key has no session.");

    public static Problem BodyTooLarge { get; } = new(ProblemTypes.BodyTooLarge);

    public static Problem DataTooLarge { get; } = new(ProblemTypes.DataTooLarge);

    public static Problem ClaimsTooLarge { get; } = new(ProblemTypes.ClaimsTooLarge);

    public static Problem MediaTypeUnsupported { get; } = new(ProblemTypes.MediaTypeUnsupported) { Accept = RequestMediaType.Json };

    public static Problem PatchTypeUnsupported { get; } =
        new(ProblemTypes.MediaTypeUnsupported) { AcceptPatch = $"{RequestMediaType.MergePatch}, {RequestMediaType.Json}" };

    public static Problem FormTypeRequired { get; } = new(ProblemTypes.MediaTypeUnsupported) { Accept = RequestMediaType.Form };

    public static Problem ContentCodingUnsupported { get; } = new(ProblemTypes.ContentCodingUnsupported) { AcceptEncoding = "identity" };

    public static Problem NotConditional { get; } = new(
        ProblemTypes.VersionMismatch, "If-None-Match is not supported here: the target exists and has no version to compare.");

    public static Problem IdempotencyKeyReused { get; } = new(ProblemTypes.IdempotencyKeyReused, "Use a new key for a new request.");

    public static Problem EventsOff { get; } = new(ProblemTypes.EventsOff, "Set Events:Enabled and Events:Log:Enabled to true.");

    public static Problem CursorForeign { get; } = new(ProblemTypes.CursorForeign, "Start again without a cursor.");

    public static Problem CursorExpired { get; } = new(
        ProblemTypes.CursorExpired, "Start again without a cursor: events between the cursor and the oldest one that is kept are lost to this reader.");

    public static Problem InternalError { get; } = new(ProblemTypes.InternalError);

    public static Problem StoreUnavailable { get; } =
        new(ProblemTypes.StoreUnavailable) { RetryAfterSeconds = StoreRetryAfterSeconds };

    public static Problem IdentityUnavailable { get; } =
        new(ProblemTypes.IdentityUnavailable) { RetryAfterSeconds = 5 };

    public static Problem EncodingMalformed { get; } = new(
        ProblemTypes.Validation, "The path or query has invalid percent-encoding. Allowed: percent-encoded UTF-8 (RFC 3986 section 2.1).");

    public static Problem PlusInQuery { get; } = new(
        ProblemTypes.Validation, "The query has a '+', which is ambiguous. Write %2B for a plus and %20 for a space.");

    private static Problem RateLimitedPrototype { get; } = new(ProblemTypes.RateLimited);

    public static Problem RateLimited(int retryAfterSeconds) => RateLimitedPrototype.After(retryAfterSeconds);

    public static Problem StoreUnavailableFor(TimeSpan? retryAfter) =>
        retryAfter is { TotalSeconds: > StoreRetryAfterSeconds } wait
            ? StoreUnavailable.After((int)Math.Min(Math.Ceiling(wait.TotalSeconds), 60))
            : StoreUnavailable;

    public static Problem CsrfRefused(string detail) => new(ProblemTypes.CsrfRefused, detail);

    public static Problem MethodNotAllowed(string allow) => new(ProblemTypes.MethodNotAllowed) { Allow = allow };

    public static Problem SessionLimit(int limit) => new(
        ProblemTypes.SessionLimit,
        "End one of the user's sessions first, or let the policy evict the oldest.",
        json => json.WriteNumber("limit"u8, limit));

    public static Problem VersionMismatch(string entityTag) => new(
        ProblemTypes.VersionMismatch, "The ETag header holds the current version. Read the session again and repeat the change with that ETag.")
    {
        EntityTag = entityTag,
    };

    /// <summary>Returns the 401 for the holder of the secret of an ended session, with the reason for the end.</summary>
    public static Problem Ended(string reason, DateTimeOffset endedAt) => new(
        ProblemTypes.Unauthenticated,
        members: json =>
        {
            json.WriteString("reason"u8, reason);
            json.WriteString("endedAt"u8, endedAt.UtcDateTime);
        });

    /// <summary>The 401 for a live session that lacks what the request requires (RFC 9470).</summary>
    /// <param name="required">All that is required, for the challenge.</param>
    /// <param name="missing">The part that is missing; methods that RFC 8176 does not register count as "other": problems repeat no text of a request.</param>
    public static Problem SignInInsufficient(SignInRequirement required, SignInRequirement missing) => new(
        ProblemTypes.SignInInsufficient,
        members: json =>
        {
            json.WritePropertyName("insufficient"u8);
            RequirementText.Write(json, missing with
            {
                Methods = [.. missing.Methods.Select(name => AuthenticationMethods.IsRegistered(name) ? name : "other").Distinct(StringComparer.Ordinal)],
            });
        })
    {
        Challenge = RequirementText.Challenge(required),
    };

    /// <summary>The 409 of a save under a key whose session was ended: nothing was saved.</summary>
    public static Problem KeyedEnded(string reason, DateTimeOffset endedAt) => new(
        ProblemTypes.SessionEnded,
        "Use a new key, or give the user a new session.",
        json =>
        {
            json.WriteString("reason"u8, reason);
            json.WriteString("endedAt"u8, endedAt.UtcDateTime);
        });

    public static Problem BodyUnreadable(string detail) => new(ProblemTypes.BodyUnreadable, detail);

    /// <summary>Returns the problem of a member that is missing, unknown, or has a value that is not allowed.</summary>
    /// <param name="pointer">JSON pointer (RFC 6901) in fragment form; documented names only.</param>
    /// <param name="detail">The allowed values; never the value sent.</param>
    public static Problem Member(string pointer, string detail) => Invalid("pointer", pointer, detail);

    /// <summary>Returns the problem of a value outside the configured policy.</summary>
    /// <param name="fault">What is wrong; a client may repeat the request with its maximum.</param>
    public static Problem OutsidePolicy(PolicyFault fault) => new(
        ProblemTypes.Validation,
        fault.Detail,
        json => WriteErrors(json, "pointer", $"#/{fault.Member}", fault.Detail, fault.Maximum));

    public static Problem Header(string name, string detail) => Invalid("header", name, detail);

    public static Problem UnknownParameter(string name, IReadOnlyList<string> allowed) => Invalid(
        "parameter", null, $"Unknown parameter{RequestText.QuotedName(name)}. Allowed: {(allowed.Count == 0 ? "none" : string.Join(", ", allowed))}.");

    public static Problem Parameter(string name, string detail) => Invalid("parameter", name, detail);

    private static Problem Invalid(string kind, string? name, string detail) => new(
        ProblemTypes.Validation,
        members: json => WriteErrors(json, kind, name, detail));

    private static void WriteErrors(Utf8JsonWriter json, string kind, string? name, string detail, long? maximum = null)
    {
        json.WriteStartArray("errors"u8);
        json.WriteStartObject();
        if (name is not null)
        {
            json.WriteString(kind, name);
        }

        json.WriteString("detail"u8, detail);
        if (maximum is { } most)
        {
            json.WriteNumber("maximum"u8, most);
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }
}
