using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;

namespace SessionApi.Operations;

internal sealed class GetOpenApi : IOperationHandler
{
    private static readonly Lazy<byte[]> Document = new(() => OpenApiDocument.Render(OperationTable.All));

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetOpenApi,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "openapi/v1.json",
        Group = "Contract",
        Access = Access.Anyone,
        Summary = "The contract as OpenAPI 3.1.",
        NeedsStore = false,
        Answers = [new(StatusCodes.Status200OK, "The document.", "OpenApi")],
        Handler = typeof(GetOpenApi),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, Document.Value);
        return null;
    }
}
