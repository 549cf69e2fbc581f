using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;

namespace SessionApi.Operations;

internal sealed class GetJob(SessionJobs jobs) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetJob,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/operations/jobs/{id}",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Progress of a job, with a sample of the sessions that fit.",
        Deadline = TimeSpan.FromSeconds(10),
        Answers = [new(StatusCodes.Status200OK, "The job.", "Job")],
        Problems = [ProblemTypes.JobNotFound],
        Handler = typeof(GetJob),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.TryGetJob(out var id) || await jobs.FindAsync(id, cancellationToken) is not { } job)
        {
            return SessionProblems.JobNotFound;
        }

        await JobAnswers.JobAsync(call.Http, StatusCodes.Status200OK, job, await jobs.SampleAsync(id, cancellationToken));
        return null;
    }
}
