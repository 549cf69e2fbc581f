using Microsoft.Extensions.Options;
using SessionCore.Tables;

namespace SessionCore.Maintenance;

/// <summary>Where runs and leases are kept, and by which clock.</summary>
internal sealed class MaintenanceStore(SessionTables tables, TimeProvider timeProvider, IOptions<MaintenanceOptions> options)
{
    public ITable Table { get; } = tables.Sessions;

    public TimeProvider Time { get; } = timeProvider;

    public TimeSpan LeaseTime { get; } = options.Value.LeaseTime;
}
