namespace SessionCore.Sessions;

/// <summary>View of a session's representation, which determines its members.</summary>
public enum SessionView
{
    /// <summary>For a service: all members.</summary>
    Service,

    /// <summary>For the user: without <c>data</c>.</summary>
    User,

    /// <summary>In a service's list: without <c>claims</c> and <c>data</c>.</summary>
    ServiceListItem,

    /// <summary>In the user's list: as in a service's list, plus <c>current</c> for the session of the request.</summary>
    UserListItem,
}
