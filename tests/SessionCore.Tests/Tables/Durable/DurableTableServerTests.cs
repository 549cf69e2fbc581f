using SessionCore.Tables;
using Support.Servers;

namespace SessionCore.Tests.Tables.Durable;

/// <summary>The REST client against our own table server: it does what the real one does.</summary>
public sealed class DurableTableServerTests(RunningTableServer server) : TableConformance, IClassFixture<RunningTableServer>
{
    protected override Task<ITable> OpenAsync() => Task.FromResult(server.Table(AzuriteServer.NewTableName()));

    protected override Task<ITable> OpenMissingAsync() => Task.FromResult(server.Table(AzuriteServer.NewTableName("missing")));
}
