using Azure.Data.Tables;
using SessionCore.Tables;
using SessionCore.Tests.Tables;
using SessionFunctions.Tables;
using SessionTesting.Servers;

namespace SessionFunctions.Tests;

/// <summary>The adapter of the Azure SDK against the real table service of Azurite.</summary>
public sealed class AzureDataTableTests : TableConformance
{
    // Generous: a busy machine must not make a test of meaning fail on time.
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(60);

    protected override Task<ITable> OpenAsync() => OpenAsync(AzuriteServer.NewTableName());

    protected override Task<ITable> OpenMissingAsync() => OpenAsync(AzuriteServer.NewTableName("missing"));

    private static async Task<ITable> OpenAsync(string name)
    {
        var azurite = await AzuriteServer.SharedAsync();
        return new AzureDataTable(new TableServiceClient(azurite.ConnectionString).GetTableClient(name), TotalTimeout, TimeProvider.System);
    }
}
