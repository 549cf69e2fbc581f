namespace SessionApi.Maintenance;

/// <summary>How long an operation that runs a job may take.</summary>
internal static class MaintenanceDeadline
{
    /// <summary>Longer than the largest <c>Maintenance:OperationBudget</c>, shorter than the 230 seconds after which Azure's load balancer cuts a request off.</summary>
    public static readonly TimeSpan Value = TimeSpan.FromSeconds(225);
}
