using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Pooling;
using SessionCore.Protection;

namespace SessionApi.Operations;

/// <summary>Validation of a token. The hot path: called for every request of every user.</summary>
internal sealed class IntrospectSession(Introspector introspector, SessionAnswers answers, KeyRing keys) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.IntrospectSession,
        Methods = [HttpMethods.Post],
        Route = "v1/sessions/introspect",
        Group = "Sessions",
        Access = Access.Service(Scopes.Introspect),
        Summary = "Validates a token and returns its session. Counts as activity unless touch is false. The format is this API's own; that of RFC 7662 is at /v1/introspect.",
        RequestSchema = "Introspection",
        TakesConsistency = true,
        Answers = [new(StatusCodes.Status200OK, "The session, or active: false.", "IntrospectionResult")],
        Problems = [ProblemTypes.AudienceRefused],
        Handler = typeof(IntrospectSession),
    };

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        IntrospectRequest request;
        using (var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken))
        {
            if (body.Fault is { } unreadable)
            {
                return unreadable;
            }

            request = IntrospectRequest.Read(body.Json, keys, out var fault);
            if (fault is not null)
            {
                return fault;
            }
        }

        var result = await introspector.RunAsync(request, call, cancellationToken);
        if (result.Problem is null)
        {
            await AnswerAsync(call.Http, request, result);
        }

        return result.Problem;
    }

    private async ValueTask AnswerAsync(HttpContext context, IntrospectRequest request, IntrospectResult result)
    {
        if (result.Reading is { } reading)
        {
            answers.Tell(context, reading);
        }

        if (result.Live is not { } live)
        {
            await Answer.JsonAsync(context, StatusCodes.Status200OK, Introspector.Inactive);
            return;
        }

        using var buffer = new AnswerBuffer();
        introspector.Append(buffer, request, live);
        context.Response.Headers.ETag = EntityTag.Of(live.Version);
        await Answer.JsonAsync(context, StatusCodes.Status200OK, buffer.Written);
    }
}
