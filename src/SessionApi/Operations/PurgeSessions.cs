using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Maintenance;

namespace SessionApi.Operations;

internal sealed class PurgeSessions(SessionMaintenance maintenance) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.PurgeSessions,
        Methods = [HttpMethods.Post],
        Route = "v1/operations/purge",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Deletes what is past its time now, with whoever is at it; what is left is the next run's.",
        Deadline = MaintenanceAnswers.Deadline,
        Answers = [new(StatusCodes.Status200OK, "How far the run is.", "MaintenanceRun")],
        Handler = typeof(PurgeSessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await MaintenanceAnswers.RunAsync(call.Http, await maintenance.PurgeAsync(RunStart.Demanded, cancellationToken));
        return null;
    }
}
