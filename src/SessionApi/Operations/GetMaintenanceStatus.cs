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
        Methods = [HttpMethods.Get, HttpMethods.Head],
        Route = "v1/operations/status",
        Group = "Operations",
        Access = Access.Service(Scopes.Operate),
        Summary = "Status of purge and rebuild: last and next run, age of the backlog, drift found. The same on every instance.",
        Answers = [new(StatusCodes.Status200OK, "Status of maintenance.", "MaintenanceStatus")],
        Handler = typeof(GetMaintenanceStatus),
    };

    public async ValueTask<Problem?> HandleAsync(Call call, CancellationToken cancellationToken)
    {
        await MaintenanceAnswers.StatusAsync(call.Http, await maintenance.GetStatusAsync(cancellationToken));
        return null;
    }
}
