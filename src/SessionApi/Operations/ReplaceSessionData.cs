using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class ReplaceSessionData(SessionService sessions) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.ReplaceSessionData,
        Methods = [HttpMethods.Put],
        Route = "v1/sessions/{sid}/data",
        Group = "Sessions",
        Access = Access.Service(Scopes.Data),
        Summary = "Replaces the data of a live session. Never creates or revives one.",
        RequestSchema = "Data",
        IsConditional = true,
        Answers = [new(StatusCodes.Status200OK, "The new data.", "Data")],
        Problems = [ProblemTypes.SessionNotFound, ProblemTypes.DataTooLarge],
        Handler = typeof(ReplaceSessionData),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        if (FreeJson.MinifyObject(body.Json) is not { } data)
        {
            return FreeJson.Refused;
        }

        if (data.Length > NewSession.MaxDataBytes)
        {
            return SessionProblems.DataTooLarge;
        }

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        return await ContentAnswers.DataWrittenAsync(call.Http, await sessions.ReplaceDataAsync(id, data, Preconditions.OfWrite(call.Http.Request.Headers), cancellationToken));
    }
}
