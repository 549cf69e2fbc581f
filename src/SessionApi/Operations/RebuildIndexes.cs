using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Maintenance;

namespace SessionApi.Operations;

internal sealed class RebuildIndexes(SessionMaintenance maintenance) : IOperationHandler
{
    private static readonly QueryParameter User = RequestUser.Parameter with { Summary = "Only this user's.", IsRequired = false };

    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.RebuildIndexes,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/rebuild-indexes",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Puts user indexes right now, with whoever is at it, and tells the drift found; what is left is the next run's.",
        Query = [User],
        Deadline = MaintenanceAnswers.Deadline,
        Answers = [new(StatusCodes.Status200OK, "How far the run is.", "MaintenanceRun")],
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
