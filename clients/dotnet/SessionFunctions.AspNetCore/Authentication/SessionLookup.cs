using Microsoft.AspNetCore.Authentication;
using SessionFunctions.Client;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.AspNetCore.Authentication;

/// <summary>What is known of the credential of a request.</summary>
internal sealed record SessionLookup
{
    /// <summary>Gets the lookup of a request without a credential.</summary>
    public static SessionLookup None { get; } = new();

    /// <summary>Gets the live session; null when there is none.</summary>
    public Session? Session { get; init; }

    /// <summary>Gets what holds the ticket of the session; null to read it of the session.</summary>
    public KnownSession? Known { get; init; }

    /// <summary>Gets the passport of the session; null when none was issued.</summary>
    public IssuedPassport? Passport { get; init; }

    /// <summary>Gets the token of the live session; null otherwise. Never log it.</summary>
    public string? Token { get; init; }

    /// <summary>Gets the token of an ended or unknown session; null otherwise. Never log it.</summary>
    public string? EndedToken { get; init; }

    /// <summary>Gets why nothing is known; null when something is.</summary>
    public SessionsException? Failure { get; init; }

    /// <summary>Gets a value indicating whether the credential came in the header <c>Authorization</c>.</summary>
    public bool IsBearer { get; init; }

    /// <summary>Gets a ticket of the fallback scheme that counts for this request only; null otherwise.</summary>
    public AuthenticationTicket? OldTicket { get; init; }
}
