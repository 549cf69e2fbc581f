using System.Net;
using System.Text.Json;

namespace SessionFunctions.Client.Http;

/// <summary>Introspections of tokens. A session that the caller knows is not told again while its version stays (docs/adr/0083).</summary>
internal sealed class TokenIntrospections(SharedIntrospections shared, TimeProvider timeProvider)
{
    private static readonly Introspection Inactive = new() { Active = false };

    private readonly MissingFeature _knownVersions = new(timeProvider);

    /// <summary>Validates a token.</summary>
    public async Task<Introspection> IntrospectAsync(string token, IntrospectionOptions? options, CancellationToken cancellationToken)
    {
        var known = _knownVersions.IsMissing ? null : options?.Known;
        var beganAt = timeProvider.GetTimestamp(); // the time-out holds for both calls together
        try
        {
            if (Read(await SendAsync(token, options, known, beganAt, cancellationToken).ConfigureAwait(false), known) is { } told)
            {
                return told;
            }
        }
        catch (SessionsException e) when (known is not null && e.Status is (int)HttpStatusCode.BadRequest)
        {
            // The version or another member may be the cause.
            var answer = await SendAsync(token, options, known: null, beganAt, cancellationToken).ConfigureAwait(false);
            _knownVersions.Note();
            return ReadWhole(answer);
        }

        // The token is of another session than the caller thought, which has the same version.
        return ReadWhole(await SendAsync(token, options, known: null, beganAt, cancellationToken).ConfigureAwait(false));
    }

    private Task<ApiAnswer> SendAsync(string token, IntrospectionOptions? options, Session? known, long beganAt, CancellationToken cancellationToken)
    {
        var passport = options?.PassportAudience is { } audience ? new WirePassportRequest(audience) : null;
        var body = new WireIntrospection(token, options?.Touch ?? true, options?.IpAddress, options?.Requires, passport, known?.Version);
        var request = new ApiRequest("IntrospectSession", HttpMethod.Post, "v1/sessions/introspect")
        {
            IsRepeatable = true,
            Consistency = options?.Consistency,
            BeganAt = beganAt,
            Body = JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Wire.WireIntrospection),
        };
        return shared.IntrospectAsync(request, cancellationToken);
    }

    private static Introspection ReadWhole(ApiAnswer answer) => Read(answer, known: null) ?? throw ApiAnswer.NotOurs(answer.Status, inner: null);

    // Null when another session than the known one is unchanged.
    private static Introspection? Read(ApiAnswer answer, Session? known)
    {
        if (known is not null && UnchangedAnswer.Read(answer.Body.Span, known) is { } usual)
        {
            return usual.IsOfKnown
                ? new Introspection { Active = true, IsUnchanged = true, Session = WithTimeLeft(known, usual.IdleExpiresInSeconds, usual.ExpiresInSeconds) }
                : null;
        }

        var told = answer.Read(WireJson.Wire.WireIntrospectionAnswer);
        return told switch
        {
            { Active: false } => Inactive,
            { Active: true, Session: { } session } => Active(told, session with { ETag = answer.ETag ?? session.VersionTag }, isUnchanged: false),
            { Active: true, Unchanged: { IdleExpiresInSeconds: { } idle, ExpiresInSeconds: { } left } same } when known is not null =>
                same.Sid == known.Sid ? Active(told, WithTimeLeft(known, idle, left), isUnchanged: true) : null,
            _ => throw ApiAnswer.NotOurs(answer.Status, inner: null),
        };
    }

    private static Introspection Active(WireIntrospectionAnswer told, Session session, bool isUnchanged) =>
        new() { Active = true, Session = session, IsUnchanged = isUnchanged, Insufficient = told.Insufficient, Passport = told.Passport };

    private static Session WithTimeLeft(Session known, long idleSeconds, long seconds) =>
        known with { IdleExpiresIn = TimeSpan.FromSeconds(idleSeconds), ExpiresIn = TimeSpan.FromSeconds(seconds) };
}
