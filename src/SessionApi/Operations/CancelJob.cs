using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;

namespace SessionApi.Operations;

internal sealed class CancelJob(SessionJobs jobs) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.CancelJob,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/jobs/{id}/cancel",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Stops a job. What it has done stays done. Idempotent.",
        Deadline = TimeSpan.FromSeconds(10),
        Answers = [new(StatusCodes.Status200OK, "The job.", "Job")],
        Problems = [ProblemTypes.JobNotFound, ProblemTypes.JobFinished],
        Handler = typeof(CancelJob),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.TryGetJob(out var id) || await jobs.CancelAsync(id, cancellationToken) is not { } job)
        {
            return SessionProblems.JobNotFound;
        }

        if (job.State is JobState.Finished)
        {
            return SessionProblems.JobFinished;
        }

        await JobAnswers.JobAsync(call.Http, StatusCodes.Status200OK, job, sample: null);
        return null;
    }
}
