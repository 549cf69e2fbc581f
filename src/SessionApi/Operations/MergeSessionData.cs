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
        Summary = "Merges into the data of a live session (RFC 7396); without If-Match no concurrent change is lost.",
        RequestSchema = "Data",
        IsMergePatch = true,
        TakesIfMatch = true,
        Answers = [new(StatusCodes.Status200OK, "The new data.", "Data")],
        Problems = [ProblemTypes.SessionNotFound, ProblemTypes.VersionMismatch, ProblemTypes.DataTooLarge],
        Handler = typeof(MergeSessionData),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!DataChange.TryReadPrecondition(call.Http.Request, out var version))
        {
            return DataChange.PreconditionRefused;
        }

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

        var change = await sessions.MergeDataAsync(id, patch.RootElement, version, cancellationToken);
        return await DataChange.AnswerAsync(call.Http, change);
    }
}
