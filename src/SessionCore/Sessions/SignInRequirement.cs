namespace SessionCore.Sessions;

/// <summary>What a call requires of the user's sign-in (RFC 9470).</summary>
public sealed record SignInRequirement
{
    /// <summary>Gets the longest time since the user was authenticated; null for any.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Gets the lowest level of assurance; null for any.</summary>
    public AssuranceLevel? MinLevel { get; init; }

    /// <summary>Gets the authentication methods, all of which must have been used.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Gets a value indicating whether nothing is required.</summary>
    public bool IsEmpty => MaxAge is null && MinLevel is null && Methods.Count == 0;

    /// <summary>Returns what a session lacks. An anonymous session lacks everything: nobody has signed in to it.</summary>
    /// <returns>Null when it lacks nothing.</returns>
    public SignInRequirement? MissingFrom(LiveSession session, DateTimeOffset now)
    {
        if (session.IsAnonymous)
        {
            return IsEmpty ? null : this;
        }

        var signIn = session.ReadSignIn();
        var missing = new SignInRequirement
        {
            MaxAge = now - signIn.AuthenticatedAt > MaxAge ? MaxAge : null,
            MinLevel = session.AssuranceLevel < MinLevel ? MinLevel : null,
            Methods = [.. Methods.Except(signIn.Methods, StringComparer.Ordinal)],
        };
        return missing.IsEmpty ? null : missing;
    }
}
