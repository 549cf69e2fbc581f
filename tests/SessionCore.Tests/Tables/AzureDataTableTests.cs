using SessionCore.Tables;
using Support.Servers;
using Support.Tables;

namespace SessionCore.Tests.Tables;

/// <summary>The adapter of the Azure SDK against the real table service of Azurite.</summary>
public sealed class AzureDataTableTests : TableConformance
{
    protected override Task<ITable> OpenAsync() => AzuriteTables.OpenAsync(AzuriteServer.NewTableName());

    protected override Task<ITable> OpenMissingAsync() => AzuriteTables.OpenAsync(AzuriteServer.NewTableName("missing"));
}
