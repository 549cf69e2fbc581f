using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Diagnostics;
using SessionApi.Http;

namespace SessionApi.Operations;

internal sealed class GetReadiness(StoreReadiness store) : IOperationHandler
{
    private static readonly byte[] Ready = "{\"status\":\"ready\"}"u8.ToArray();

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetReadiness,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "health/ready",
        Group = "Health",
        Access = Access.Anyone,
        IgnoresUnknownQuery = true,
        Summary = "Readiness: the key ring is loaded and the store answers.",
        Answers = [new(StatusCodes.Status200OK, "Ready.", "Health")],
        Handler = typeof(GetReadiness),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!await store.IsReadyAsync(cancellationToken))
        {
            return SessionProblems.StoreUnavailable;
        }

        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, Ready);
        return null;
    }
}
