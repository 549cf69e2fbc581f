using Microsoft.AspNetCore.Http;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Http;
using SessionCore.Maintenance;

namespace SessionApi.Operations;

internal sealed class GetMaintenanceStatus(SessionMaintenance maintenance) : IOperationHandler
{
    public static Operation Operation { get; } = new()
    {
        Name = OperationNames.GetMaintenanceStatus,
        Methods = [HttpMethods.Get],
        Route = "v1/operations/status",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Tells the last and the next run of purge and rebuild, the backlog's age and the drift found; the same on every instance.",
        Answers = [new(StatusCodes.Status200OK, "How maintenance stands.", "MaintenanceStatus")],
        Handler = typeof(GetMaintenanceStatus),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await MaintenanceAnswers.StatusAsync(call.Http, await maintenance.GetStatusAsync(cancellationToken));
        return null;
    }
}
