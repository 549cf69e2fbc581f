using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;

namespace SessionApi.Operations;

internal sealed class GetReadiness(SessionService sessions) : IOperationHandler
{
    private static readonly byte[] Ready = "{\"status\":\"ready\"}"u8.ToArray();

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetReadiness,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "health/ready",
        Group = "Health",
        Access = Access.Anyone,
        Summary = "Tells whether requests can be served: the key ring is there and the store answers.",
        Answers = [new(StatusCodes.Status200OK, "They can.", "Health")],
        Handler = typeof(GetReadiness),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!await sessions.IsReadyAsync(cancellationToken))
        {
            return SessionProblems.StoreUnavailable;
        }

        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, Ready);
        return null;
    }
}
