using SessionApi.Activity;
using SessionApi.Contract;
using SessionApi.Creation;
using SessionApi.DataWrites;
using SessionApi.Expiry;
using SessionApi.Health;
using SessionApi.Introspection;
using SessionApi.Maintenance;
using SessionApi.MyDevices;
using SessionApi.OwnSession;
using SessionApi.Reading;
using SessionApi.Revocation;
using SessionApi.Rotation;

namespace SessionApi;

/// <summary>The single list of operations. Hosts map exactly these; the contract documents exactly these.</summary>
public static class Operations
{
    /// <summary>Where the routes begin, in every host.</summary>
    public const string BasePath = "/api";

    /// <summary>Gets the operations.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        CreateSession.Operation,
        IntrospectSession.Operation,
        GetSession.Operation,
        GetSessionData.Operation,
        ReplaceSessionData.Operation,
        MergeSessionData.Operation,
        TouchSession.Operation,
        SetSessionExpiry.Operation,
        RotateSession.Operation,
        RevokeSession.Operation,
        ListUserSessions.Operation,
        RevokeUserSessions.Operation,
        GetOwnSession.Operation,
        TouchOwnSession.Operation,
        RotateOwnSession.Operation,
        EndOwnSession.Operation,
        ListMySessions.Operation,
        EndMySession.Operation,
        EndMySessions.Operation,
        PurgeSessions.Operation,
        RebuildIndexes.Operation,
        RevokeBefore.Operation,
        GetMaintenanceStatus.Operation,
        GetLiveness.Operation,
        GetReadiness.Operation,
        GetOpenApi.Operation,
    ];
}
