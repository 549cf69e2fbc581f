namespace SessionApi.Contract;

/// <summary>Access rule of an operation. Each operation has exactly one; there is no default.</summary>
internal sealed record Access
{
    private Access(CallerKind kind, Scopes scope)
    {
        Kind = kind;
        Scope = scope;
    }

    /// <summary>Gets the rule for an operation without a credential.</summary>
    public static Access Anyone { get; } = new(CallerKind.Anyone, Scopes.None);

    /// <summary>Gets the rule for an operation on the user's own sessions.</summary>
    public static Access User { get; } = new(CallerKind.User, Scopes.None);

    /// <summary>Gets the kind of caller.</summary>
    public CallerKind Kind { get; }

    /// <summary>Gets the scope that a service needs.</summary>
    public Scopes Scope { get; }

    /// <summary>Returns the rule for an operation that services with a scope may call.</summary>
    public static Access Service(Scopes scope) => new(CallerKind.Service, scope);
}

/// <summary>Kind of caller.</summary>
internal enum CallerKind
{
    /// <summary>Anyone, without a credential.</summary>
    Anyone,

    /// <summary>A user, authenticated by a session token.</summary>
    User,

    /// <summary>A service or an operator, authenticated by a service key or an Entra ID token with the operation's scope.</summary>
    Service,
}
