using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Incidents;

namespace SessionApi.Operations;

internal sealed class CreateJob(SessionJobs jobs) : IOperationHandler
{
    // 10,000 ids of 100 bytes.
    private const int MaxBytes = 1024 * 1024;

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.CreateJob,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/jobs",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Starts a job over all live sessions that fit a filter: ends them, lists them or counts them. It goes on in the background, on several servers.",
        RequestSchema = "NewJob",
        Deadline = TimeSpan.FromSeconds(10),
        Answers = [new(StatusCodes.Status202Accepted, "The job; read it again for its progress.", "Job")],
        Problems = [ProblemTypes.JobLimit, ProblemTypes.FilterTooLarge],
        Handler = typeof(CreateJob),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        using var body = await RequestBody.ReadAsync(call.Http, MaxBytes, SessionProblems.FilterTooLarge, cancellationToken);
        if (body.Fault is { } unreadable)
        {
            return unreadable;
        }

        if (CreateJobRequest.Read(body.Json, call.Service!, out var fault) is not { } request) // the operation is for services
        {
            return fault;
        }

        if (await jobs.CreateAsync(request, cancellationToken) is not { } job)
        {
            return SessionProblems.JobLimit;
        }

        call.Http.Response.Headers.Location = $"{Contract.Operation.BasePath}/v1/operations/jobs/{job.Id}";
        await JobAnswers.JobAsync(call.Http, StatusCodes.Status202Accepted, job, sample: null);
        return null;
    }
}
