using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionApi.Passports;

namespace SessionApi.Operations;

internal sealed class GetPassportKeys(PassportKeys keys) : IOperationHandler
{
    private static readonly StringValues Cached = "public, max-age=300";

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetPassportKeys,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/passport-keys",
        Group = "Passports",
        Access = Access.Anyone,
        Summary = "The public keys of passports as a JWK set (RFC 7517). May be cached for five minutes. Empty where passports are off.",
        IsConditional = true,
        NeedsStore = false,
        Answers = [new(StatusCodes.Status200OK, "The keys.", "PassportKeys")],
        Handler = typeof(GetPassportKeys),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        call.Http.Response.Headers.CacheControl = Cached;
        await Answer.RepresentationAsync(call.Http, keys.Tag, keys.Json);
        return null;
    }
}
