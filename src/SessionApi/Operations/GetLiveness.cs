using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;

namespace SessionApi.Operations;

internal sealed class GetLiveness : IOperationHandler
{
    private static readonly byte[] Live = "{\"status\":\"live\"}"u8.ToArray();

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetLiveness,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "health/live",
        Group = "Health",
        Access = Access.Anyone,
        IgnoresUnknownQuery = true,
        Summary = "Liveness: the process answers. Checks no dependency.",
        NeedsStore = false,
        Answers = [new(StatusCodes.Status200OK, "Live.", "Health")],
        Handler = typeof(GetLiveness),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, Live);
        return null;
    }
}
