using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class MergeSessionData(SessionService sessions) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.MergeSessionData,
        Methods = [HttpMethods.Patch],
        Route = "v1/sessions/{sid}/data",
        Group = "Sessions",
        Access = Access.Service(Scopes.Data),
        Summary = "Applies a JSON merge patch (RFC 7396) to the data of a live session. Without If-Match, concurrent patches are all kept.",
        RequestSchema = "Data",
        IsMergePatch = true,
        IsConditional = true,
        Answers = [new(StatusCodes.Status200OK, "The new data.", "Data")],
        Problems = [ProblemTypes.SessionNotFound, ProblemTypes.DataTooLarge],
        Handler = typeof(MergeSessionData),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(call.Http, isMergePatch: true, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        using var patch = FreeJson.ParseObject(body.Json);
        if (patch is null)
        {
            return FreeJson.Refused;
        }

        if (!call.TryGetSid(out var id))
        {
            return SessionProblems.SessionNotFound;
        }

        var change = await sessions.MergeDataAsync(id, patch.RootElement, Preconditions.OfWrite(call.Http.Request.Headers), cancellationToken);
        return await ContentAnswers.DataWrittenAsync(call.Http, change);
    }
}
