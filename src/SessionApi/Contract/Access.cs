namespace SessionApi.Contract;

/// <summary>Access rule of an operation. Each operation has exactly one; there is no default.</summary>
internal sealed record Access
{
    private Access(CallerKind kind, Scopes scope, Scopes alternative = Scopes.None)
    {
        Kind = kind;
        Scope = scope;
        Alternative = alternative;
    }

    /// <summary>Gets the rule for an operation without a credential.</summary>
    public static Access Anyone { get; } = new(CallerKind.Anyone, Scopes.None);

    /// <summary>Gets the rule for an operation on the user's own sessions.</summary>
    public static Access User { get; } = new(CallerKind.User, Scopes.None);

    /// <summary>Gets the kind of caller.</summary>
    public CallerKind Kind { get; }

    /// <summary>Gets the scope that a service needs.</summary>
    public Scopes Scope { get; }

    /// <summary>Gets the scope that will do as well; <see cref="Scopes.None"/> for none.</summary>
    public Scopes Alternative { get; }

    /// <summary>Gets the scopes of which one is needed.</summary>
    public IReadOnlyList<Scopes> AnyOf => Alternative is Scopes.None ? [Scope] : [Scope, Alternative];

    /// <summary>Returns the rule for an operation that services with a scope may call.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="alternative">Another one that will do.</param>
    public static Access Service(Scopes scope, Scopes alternative = Scopes.None) => new(CallerKind.Service, scope, alternative);

    /// <summary>Whether a service with these scopes may call.</summary>
    public bool Allows(Scopes granted) => (granted & (Scope | Alternative)) != Scopes.None;
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
