namespace SessionApi.Contract;

/// <summary>Who may call an operation. Each operation has exactly one; there is no default.</summary>
public sealed record Access
{
    private Access(CallerKind kind, Scopes scope)
    {
        Kind = kind;
        Scope = scope;
    }

    /// <summary>Gets the access to an operation without a credential.</summary>
    public static Access Anyone { get; } = new(CallerKind.Anyone, Scopes.None);

    /// <summary>Gets the access to an operation on the caller's own session and its siblings.</summary>
    public static Access User { get; } = new(CallerKind.User, Scopes.None);

    /// <summary>Gets who calls.</summary>
    public CallerKind Kind { get; }

    /// <summary>Gets what a service must have been granted.</summary>
    public Scopes Scope { get; }

    /// <summary>The access to an operation for services of a scope.</summary>
    public static Access Service(Scopes scope) => new(CallerKind.Service, scope);
}

/// <summary>Who may call an operation.</summary>
public enum CallerKind
{
    /// <summary>Anyone, without a credential.</summary>
    Anyone,

    /// <summary>A user, by the own session token.</summary>
    User,

    /// <summary>A service or an operator, by a service key or an Entra ID token that carries the operation's scope.</summary>
    Service,
}
