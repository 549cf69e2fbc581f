namespace SessionCore.Sessions;

/// <summary>Who reads a session's representation, and so what it holds.</summary>
public enum SessionView
{
    /// <summary>A service reads one session: everything.</summary>
    Service,

    /// <summary>The user reads the own session: without <c>data</c>.</summary>
    User,

    /// <summary>A service lists sessions: without <c>claims</c> and <c>data</c>.</summary>
    ServiceListItem,

    /// <summary>The user lists the own sessions: as the service's list, and <c>current</c> where it is the one asking.</summary>
    UserListItem,
}
