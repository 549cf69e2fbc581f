using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;

namespace SessionApi.Operations;

internal sealed class GetJobResult(SessionJobs jobs) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetJobResult,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/operations/jobs/{id}/result",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "A page of the result, one session a line: those that fit, of a revocation those that were ended. Complete once the job is finished.",
        Deadline = TimeSpan.FromSeconds(10),
        Query = [RequestPage.ContinuationParameter],
        Answers = [new(StatusCodes.Status200OK, "Sessions, one a line; the header Session-Continuation requests the next page.", "JobResult") { MediaType = "application/x-ndjson" }],
        Problems = [ProblemTypes.JobNotFound, ProblemTypes.JobWithoutResult],
        Handler = typeof(GetJobResult),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.TryGetJob(out var id) || await jobs.FindAsync(id, cancellationToken) is not { } job)
        {
            return SessionProblems.JobNotFound;
        }

        if (job.Request.Kind is JobKind.Count)
        {
            return SessionProblems.JobWithoutResult;
        }

        if (await jobs.ReadResultAsync(id, call.Query(RequestPage.ContinuationParameter.Name), cancellationToken) is not { } page)
        {
            return RequestPage.ContinuationRefused;
        }

        var response = call.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers.ContentType = ContentTypes.JsonLines;
        if (page.Continuation is { } continuation)
        {
            response.Headers[SessionHeaders.Continuation] = continuation;
        }

        await Answer.SendAsync(call.Http, page.Lines);
        return null;
    }
}
