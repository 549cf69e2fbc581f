using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class RotateSession(SessionService sessions, SessionAnswers answers) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.RotateSession,
        Methods = [HttpMethods.Post],
        Route = "v1/sessions/{sid}/rotate",
        Group = "Sessions",
        Access = Access.Service(Scopes.Create),
        Summary = "Issues a new token and ends the old one. With userId, an anonymous session becomes that user's, under a new sid. With claims or authenticationMethods, they replace the old ones.",
        RequestSchema = "Rotation",
        IsRequestOptional = true,
        Answers = [new(StatusCodes.Status200OK, "The session and its new token.", "IssuedSession")],
        Problems = [ProblemTypes.SessionNotFound, ProblemTypes.SessionHasUser, ProblemTypes.SessionHasKey, ProblemTypes.SessionLimit],
        Handler = typeof(RotateSession),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadOptionalAsync(call.Http, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        var request = RotateRequest.Read(body.Json, out var fault);
        if (fault is not null)
        {
            return fault;
        }

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var rotation = await sessions.RotateAsync(id, request, cancellationToken);
        switch (rotation.Outcome)
        {
            case RotationOutcome.HasUser:
                return SessionProblems.SessionHasUser;
            case RotationOutcome.Keyed:
                return SessionProblems.SessionHasKey;
            case RotationOutcome.LimitReached:
                return SessionProblems.SessionLimit(rotation.Limit);
            case RotationOutcome.Rotated when rotation.Session is { } session:
                await answers.RotatedAsync(call.Http, rotation, session, SessionView.Service, rotation.Token);
                return null;
            default:
                return SessionProblems.SessionNotFound;
        }
    }
}

/// <summary>Optional body of a rotation.</summary>
internal static class RotateRequest
{
    private static readonly MemberNames Members = new("userId", "assuranceLevel", "claims", "authenticationMethods", "persistent");

    public static RotationRequest Read(ReadOnlyMemory<byte> json, out Problem? fault)
    {
        var request = new RotationRequest();
        fault = null;
        if (json.IsEmpty)
        {
            return request;
        }

        var reader = new StrictJsonReader(json);
        for (var member = reader.Next(Members); member >= 0; member = reader.Next(Members))
        {
            request = member switch
            {
                0 => request with { UserId = reader.ReadUserId() },
                1 => request with { AssuranceLevel = RequestLevel.Read(ref reader) },
                2 => request with { ClaimsJson = reader.ReadFreeObject(NewSession.MaxClaimsBytes) },
                3 => request with { AuthenticationMethods = RequestMethods.Read(ref reader) },
                _ => request with { IsPersistent = reader.ReadBoolean() },
            };
        }

        fault = reader.Fault ?? FaultOf(request);
        return request;
    }

    private static Problem? FaultOf(RotationRequest request) => request switch
    {
        { IsPersistent: not null, AssuranceLevel: null, UserId: null } => SessionProblems.Member(
            "#/persistent", "Allowed only with assuranceLevel or userId, because it belongs to a sign-in."),
        { IsPersistent: true, AssuranceLevel: AssuranceLevel.Aal3 } => SessionProblems.Member(
            "#/persistent", "The value must be false at the assurance level aal3. Allowed: aal1, aal2."),
        _ => null,
    };
}
