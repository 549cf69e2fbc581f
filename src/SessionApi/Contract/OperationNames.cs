namespace SessionApi.Contract;

/// <summary>Names of the operations, for hosts that declare one entry point per operation.</summary>
public static class OperationNames
{
    /// <summary><c>POST /v1/sessions</c>.</summary>
    public const string CreateSession = nameof(CreateSession);

    /// <summary><c>POST /v1/sessions/introspect</c>.</summary>
    public const string IntrospectSession = nameof(IntrospectSession);

    /// <summary><c>POST /v1/sessions/introspections</c>.</summary>
    public const string IntrospectSessions = nameof(IntrospectSessions);

    /// <summary><c>POST /v1/introspect</c>.</summary>
    public const string IntrospectToken = nameof(IntrospectToken);

    /// <summary><c>GET, HEAD /v1/sessions/{sid}</c>.</summary>
    public const string GetSession = nameof(GetSession);

    /// <summary><c>GET, HEAD /v1/sessions/{sid}/data</c>.</summary>
    public const string GetSessionData = nameof(GetSessionData);

    /// <summary><c>PUT /v1/sessions/{sid}/data</c>.</summary>
    public const string ReplaceSessionData = nameof(ReplaceSessionData);

    /// <summary><c>PATCH /v1/sessions/{sid}/data</c>.</summary>
    public const string MergeSessionData = nameof(MergeSessionData);

    /// <summary><c>PUT /v1/sessions/{sid}/claims</c>.</summary>
    public const string ReplaceSessionClaims = nameof(ReplaceSessionClaims);

    /// <summary><c>POST /v1/sessions/{sid}/touch</c>.</summary>
    public const string TouchSession = nameof(TouchSession);

    /// <summary><c>PUT /v1/sessions/{sid}/expiry</c>.</summary>
    public const string SetSessionExpiry = nameof(SetSessionExpiry);

    /// <summary><c>POST /v1/sessions/{sid}/rotate</c>.</summary>
    public const string RotateSession = nameof(RotateSession);

    /// <summary><c>DELETE /v1/sessions/{sid}</c>.</summary>
    public const string RevokeSession = nameof(RevokeSession);

    /// <summary><c>GET, HEAD /v1/sessions</c>.</summary>
    public const string ListUserSessions = nameof(ListUserSessions);

    /// <summary><c>DELETE /v1/sessions</c>.</summary>
    public const string RevokeUserSessions = nameof(RevokeUserSessions);

    /// <summary><c>PUT /v1/keyed-sessions/{key}</c>.</summary>
    public const string SaveKeyedSession = nameof(SaveKeyedSession);

    /// <summary><c>GET, HEAD /v1/keyed-sessions/{key}</c>.</summary>
    public const string GetKeyedSession = nameof(GetKeyedSession);

    /// <summary><c>PATCH /v1/keyed-sessions/{key}</c>.</summary>
    public const string MergeKeyedSession = nameof(MergeKeyedSession);

    /// <summary><c>POST /v1/keyed-sessions/{key}/touch</c>.</summary>
    public const string TouchKeyedSession = nameof(TouchKeyedSession);

    /// <summary><c>DELETE /v1/keyed-sessions/{key}</c>.</summary>
    public const string EndKeyedSession = nameof(EndKeyedSession);

    /// <summary><c>DELETE /v1/keyed-sessions</c>.</summary>
    public const string EndKeyedSessions = nameof(EndKeyedSessions);

    /// <summary><c>GET, HEAD /v1/session</c>.</summary>
    public const string GetOwnSession = nameof(GetOwnSession);

    /// <summary><c>GET, HEAD /v1/session/changes</c>.</summary>
    public const string AwaitOwnChanges = nameof(AwaitOwnChanges);

    /// <summary><c>POST /v1/session/touch</c>.</summary>
    public const string TouchOwnSession = nameof(TouchOwnSession);

    /// <summary><c>POST /v1/session/rotate</c>.</summary>
    public const string RotateOwnSession = nameof(RotateOwnSession);

    /// <summary><c>DELETE /v1/session</c>.</summary>
    public const string EndOwnSession = nameof(EndOwnSession);

    /// <summary><c>POST /v1/session/passport</c>.</summary>
    public const string IssuePassport = nameof(IssuePassport);

    /// <summary><c>GET, HEAD /v1/me/sessions</c>.</summary>
    public const string ListMySessions = nameof(ListMySessions);

    /// <summary><c>DELETE /v1/me/sessions/{sid}</c>.</summary>
    public const string EndMySession = nameof(EndMySession);

    /// <summary><c>DELETE /v1/me/sessions</c>.</summary>
    public const string EndMySessions = nameof(EndMySessions);

    /// <summary><c>GET, HEAD /v1/passport-keys</c>.</summary>
    public const string GetPassportKeys = nameof(GetPassportKeys);

    /// <summary><c>GET /v1/endings</c>.</summary>
    public const string GetEndings = nameof(GetEndings);

    /// <summary><c>GET /v1/endings/{sid}</c>.</summary>
    public const string GetEnding = nameof(GetEnding);

    /// <summary><c>POST /v1/operations/purge</c>.</summary>
    public const string PurgeSessions = nameof(PurgeSessions);

    /// <summary><c>POST /v1/operations/rebuild-indexes</c>.</summary>
    public const string RebuildIndexes = nameof(RebuildIndexes);

    /// <summary><c>POST /v1/operations/revoke-before</c>.</summary>
    public const string RevokeBefore = nameof(RevokeBefore);

    /// <summary><c>POST /v1/operations/replay-events</c>.</summary>
    public const string ReplayEvents = nameof(ReplayEvents);

    /// <summary><c>GET, HEAD /v1/events</c>.</summary>
    public const string ReadEvents = nameof(ReadEvents);
    /// <summary><c>POST /v1/operations/verify-audit</c>.</summary>
    public const string VerifyAudit = nameof(VerifyAudit);

    /// <summary><c>GET, HEAD /v1/operations/timeline</c>.</summary>
    public const string GetOperatorTimeline = nameof(GetOperatorTimeline);

    /// <summary><c>GET, HEAD /v1/sessions/{sid}/timeline</c>.</summary>
    public const string GetSessionTimeline = nameof(GetSessionTimeline);

    /// <summary><c>GET, HEAD /v1/users/timeline</c>.</summary>
    public const string GetUserTimeline = nameof(GetUserTimeline);

    /// <summary><c>GET, HEAD /v1/operations/status</c>.</summary>
    public const string GetMaintenanceStatus = nameof(GetMaintenanceStatus);

    /// <summary><c>GET, HEAD /v1/operations/overview</c>.</summary>
    public const string GetOverview = nameof(GetOverview);

    /// <summary><c>GET, HEAD /v1/operations/sessions</c>.</summary>
    public const string FindSessions = nameof(FindSessions);

    /// <summary><c>GET, HEAD /v1/operations/me</c>.</summary>
    public const string GetOperator = nameof(GetOperator);

    /// <summary><c>POST /v1/operations/jobs</c>.</summary>
    public const string CreateJob = nameof(CreateJob);

    /// <summary><c>GET, HEAD /v1/operations/jobs</c>.</summary>
    public const string ListJobs = nameof(ListJobs);

    /// <summary><c>GET, HEAD /v1/operations/jobs/{id}</c>.</summary>
    public const string GetJob = nameof(GetJob);

    /// <summary><c>POST /v1/operations/jobs/{id}/cancel</c>.</summary>
    public const string CancelJob = nameof(CancelJob);

    /// <summary><c>POST /v1/operations/jobs/{id}/resume</c>.</summary>
    public const string ResumeJob = nameof(ResumeJob);

    /// <summary><c>GET, HEAD /v1/operations/jobs/{id}/result</c>.</summary>
    public const string GetJobResult = nameof(GetJobResult);

    /// <summary><c>GET, HEAD /health/live</c>.</summary>
    public const string GetLiveness = nameof(GetLiveness);

    /// <summary><c>GET, HEAD /health/ready</c>.</summary>
    public const string GetReadiness = nameof(GetReadiness);

    /// <summary><c>GET, HEAD /openapi/v1.json</c>.</summary>
    public const string GetOpenApi = nameof(GetOpenApi);

    /// <summary><c>GET, HEAD /asyncapi/v1.json</c>.</summary>
    public const string GetAsyncApi = nameof(GetAsyncApi);
}
