using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;

namespace SessionApi.Operations;

internal sealed class ResumeJob(SessionJobs jobs) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.ResumeJob,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/jobs/{id}/resume",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Continues a cancelled job where it was. Idempotent.",
        Deadline = TimeSpan.FromSeconds(10),
        Answers = [new(StatusCodes.Status200OK, "The job.", "Job")],
        Problems = [ProblemTypes.JobNotFound, ProblemTypes.JobFinished],
        Handler = typeof(ResumeJob),
    };

    public ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken) =>
        JobAnswers.ChangedAsync(call, id => jobs.ResumeAsync(id, cancellationToken));
}
