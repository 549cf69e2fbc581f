using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Maintenance;

namespace SessionApi.Operations;

internal sealed class RebuildIndexes(SessionMaintenance maintenance) : IOperationHandler
{
    private static readonly QueryParameter User = RequestUser.Parameter with { Summary = "Limits the rebuild to this user.", IsRequired = false };

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.RebuildIndexes,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/rebuild-indexes",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Repairs the user indexes within a time budget and reports the drift found. Joins a run in progress; the next run continues the rest.",
        Query = [User],
        Deadline = MaintenanceAnswers.Deadline,
        Answers = [new(StatusCodes.Status200OK, "Progress of the run.", "MaintenanceRun")],
        Handler = typeof(RebuildIndexes),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        if (!call.Http.Request.Query.ContainsKey(User.Name))
        {
            await MaintenanceAnswers.RunAsync(call.Http, await maintenance.RebuildAsync(RunStart.Demanded, cancellationToken));
            return null;
        }

        if (!RequestUser.TryRead(call, out var partition))
        {
            return RequestUser.Refused;
        }

        var counts = await maintenance.RebuildUserAsync(partition, cancellationToken);
        await MaintenanceAnswers.RunAsync(call.Http, new MaintenanceReport { IsFinished = true, Counts = counts });
        return null;
    }
}
