using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Operations;
using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionApi.Operations;

/// <summary>Several introspections in one request, for back ends with many requests at once (docs/adr/0081). Each is answered as it would be alone.</summary>
internal sealed partial class IntrospectSessions(
    Introspector introspector, SessionService sessions, SessionAnswers answers, Authenticator authenticator, KeyRing keys, ILogger<IntrospectSessions> logger)
    : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.IntrospectSessions,
        Methods = [HttpMethods.Post],
        Route = "v1/sessions/introspections",
        Group = "Sessions",
        Access = Access.Service(Scopes.Introspect),
        Summary = "Validates several tokens. Each is answered as it would be alone, in the order of the request, and counts alone for the rate of the caller.",
        RequestSchema = "Introspections",
        TakesConsistency = true,
        Deadline = TimeSpan.FromSeconds(1), // sooner than callers give up, so that one that takes long does not keep the answers of the others
        Answers = [new(StatusCodes.Status200OK, "An answer for each; a problem in place of one that there would be alone.", "IntrospectionResults")],
        Handler = typeof(IntrospectSessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        List<IntrospectRequest> requests;
        using (var body = await RequestBody.ReadAsync(call.Http, isMergePatch: false, cancellationToken))
        {
            if (body.Fault is { } unreadable)
            {
                return unreadable;
            }

            requests = IntrospectRequest.ReadAll(body.Json, keys, out var fault);
            if (fault is not null)
            {
                return fault;
            }
        }

        var results = await Task.WhenAll(BeginAll(requests, call, cancellationToken));
        if (Array.TrueForAll(results, static result => result.Problem is { Type.Status: >= StatusCodes.Status500InternalServerError }))
        {
            return results[0].Problem;
        }

        answers.Tell(call.Http, results);
        using var buffer = new AnswerBuffer();
        Append(buffer, requests, results);
        await Answer.JsonAsync(call.Http, StatusCodes.Status200OK, buffer.Written);
        return null;
    }

    // All begin before the first is awaited, and their reads share a command (docs/adr/0012).
    private Task<IntrospectResult>[] BeginAll(List<IntrospectRequest> requests, Call call, CancellationToken cancellationToken)
    {
        var running = new Task<IntrospectResult>[requests.Count];
        using var gathering = sessions.Gather();
        for (var i = 0; i < running.Length; i++)
        {
            // The authenticator has counted the request, and with it the first.
            running[i] = i > 0 && authenticator.Limit(call.Service!) is { } limited // the operation is for services
                ? Task.FromResult(new IntrospectResult(limited))
                : RunAsync(requests[i], call, cancellationToken);
        }

        return running;
    }

    // What fails for one is no answer to the others.
    private async Task<IntrospectResult> RunAsync(IntrospectRequest request, Call call, CancellationToken cancellationToken)
    {
        try
        {
            return await introspector.RunAsync(request, call, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            LogUndecided(exception);
            return new IntrospectResult(SessionProblems.StoreUnavailableFor(exception.RetryAfter));
        }
        catch (OperationCanceledException exception)
        {
            LogUndecided(exception);
            return new IntrospectResult(SessionProblems.StoreUnavailable);
        }
#pragma warning disable CA1031 // as in the dispatcher: any other failure is logged and answered by one generic problem
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(exception);
            return new IntrospectResult(SessionProblems.InternalError);
        }
    }

    private void Append(AnswerBuffer buffer, List<IntrospectRequest> requests, IntrospectResult[] results)
    {
        buffer.Append("{\"answers\":["u8);
        for (var i = 0; i < results.Length; i++)
        {
            if (i > 0)
            {
                buffer.Append(","u8);
            }

            if (results[i].Problem is { } problem)
            {
                AppendProblem(buffer, problem);
            }
            else if (results[i].Live is { } live)
            {
                introspector.Append(buffer, requests[i], live);
            }
            else
            {
                buffer.Append(Introspector.Inactive);
            }
        }

        buffer.Append("]}"u8);
    }

    private static void AppendProblem(AnswerBuffer buffer, Problem problem)
    {
        buffer.Append("{\"problem\":"u8);
        problem.AppendTo(buffer);
        if (problem.RetryAfterSeconds is { } seconds)
        {
            buffer.Append(",\"retryAfterSeconds\":"u8);
            buffer.Append(seconds);
        }

        buffer.Append("}"u8);
    }

    [LoggerMessage(2300, LogLevel.Warning, "The store did not tell the session of one of several introspections; that one is answered by a problem.")]
    private partial void LogUndecided(Exception exception);

    [LoggerMessage(2301, LogLevel.Error, "One of several introspections failed with an unexpected exception; that one is answered by a problem.")]
    private partial void LogFailed(Exception exception);
}
