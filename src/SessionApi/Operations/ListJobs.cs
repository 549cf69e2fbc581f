using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;

namespace SessionApi.Operations;

internal sealed class ListJobs(SessionJobs jobs) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.ListJobs,
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/operations/jobs",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Lists jobs over sessions, newest first, at most 100. A job is kept for seven days.",
        Deadline = TimeSpan.FromSeconds(10),
        Answers = [new(StatusCodes.Status200OK, "The jobs.", "Jobs")],
        Handler = typeof(ListJobs),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await JobAnswers.JobsAsync(call.Http, await jobs.ListAsync(cancellationToken));
        return null;
    }
}
