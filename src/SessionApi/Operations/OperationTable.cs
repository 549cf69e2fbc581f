using SessionApi.Contract;

namespace SessionApi.Operations;

/// <summary>The single list of operations, which hosts map and the contract documents.</summary>
public static class OperationTable
{
    /// <summary>Gets the operations.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        CreateSession.Operation,
        IntrospectSession.Operation,
        IntrospectToken.Operation,
        GetSession.Operation,
        GetSessionData.Operation,
        ReplaceSessionData.Operation,
        MergeSessionData.Operation,
        ReplaceSessionClaims.Operation,
        TouchSession.Operation,
        SetSessionExpiry.Operation,
        RotateSession.Operation,
        RevokeSession.Operation,
        ListUserSessions.Operation,
        RevokeUserSessions.Operation,
        SaveKeyedSession.Operation,
        GetKeyedSession.Operation,
        MergeKeyedSession.Operation,
        TouchKeyedSession.Operation,
        EndKeyedSession.Operation,
        EndKeyedSessions.Operation,
        GetOwnSession.Operation,
        AwaitOwnChanges.Operation,
        TouchOwnSession.Operation,
        RotateOwnSession.Operation,
        EndOwnSession.Operation,
        IssuePassport.Operation,
        ListMySessions.Operation,
        EndMySession.Operation,
        EndMySessions.Operation,
        GetPassportKeys.Operation,
        GetEndings.Operation,
        GetEnding.Operation,
        PurgeSessions.Operation,
        RebuildIndexes.Operation,
        RevokeBefore.Operation,
        ReplayEvents.Operation,
        ReadEvents.Operation,
        GetMaintenanceStatus.Operation,
        GetOverview.Operation,
        FindSessions.Operation,
        GetOperator.Operation,
        CreateJob.Operation,
        ListJobs.Operation,
        GetJob.Operation,
        CancelJob.Operation,
        ResumeJob.Operation,
        GetJobResult.Operation,
        GetLiveness.Operation,
        GetReadiness.Operation,
        GetOpenApi.Operation,
        GetAsyncApi.Operation,
    ];
}
