namespace SessionApi.Callers;

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
