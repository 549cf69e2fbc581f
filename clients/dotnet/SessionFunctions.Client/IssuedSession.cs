namespace SessionFunctions.Client;

/// <summary>A session with a new token.</summary>
public sealed record IssuedSession
{
    /// <summary>Gets the id of the session. It is no secret.</summary>
    public required string Sid { get; init; }

    /// <summary>Gets the token, a bearer secret: never log it.</summary>
    public required string Token { get; init; }

    /// <summary>Gets the session.</summary>
    public required Session Session { get; init; }

    /// <summary>Gets the value of the header <c>Set-Cookie</c> to forward to the browser; null unless asked for. It contains the token.</summary>
    public string? SetCookie { get; init; }

    /// <summary>Gets the instant by which the old token is refused everywhere; null when it is already.</summary>
    public DateTimeOffset? EffectiveBy { get; init; }

    /// <summary>Returns the id of the session, without the token.</summary>
    public override string ToString() => $"{nameof(IssuedSession)} {{ {nameof(Sid)} = {Sid} }}";
}
