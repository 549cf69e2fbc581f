using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Sessions;

namespace SessionApi.Operations;

internal sealed class GetAsyncApi : IOperationHandler
{
    private static readonly Lazy<byte[]> Document = new(() => AsyncApiDocument.Render(EventDefinition.All));

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetAsyncApi,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "asyncapi/v1.json",
        Group = "Contract",
        Access = Access.Anyone,
        Summary = "The events as AsyncAPI 3.",
        NeedsStore = false,
        Answers = [new(StatusCodes.Status200OK, "The document.", "AsyncApi")],
        Handler = typeof(GetAsyncApi),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, Document.Value);
        return null;
    }
}
