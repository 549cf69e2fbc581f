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
        Summary = "Deletes expired rows within a time budget. Joins a run in progress; the next run continues the rest.",
        Deadline = MaintenanceAnswers.Deadline,
        Answers = [new(StatusCodes.Status200OK, "Progress of the run.", "MaintenanceRun")],
        Handler = typeof(PurgeSessions),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await MaintenanceAnswers.RunAsync(call.Http, await maintenance.PurgeAsync(RunStart.Demanded, cancellationToken));
        return null;
    }
}
