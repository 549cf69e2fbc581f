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

    public ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken) =>
        JobAnswers.ChangedAsync(call, id => jobs.CancelAsync(id, cancellationToken));
}
