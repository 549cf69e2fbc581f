using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionCore.Tables;

namespace SessionFunctions.Tables;

/// <summary>Registers the tables on the Azure.Data.Tables package; before the core's own, which then stay aside.</summary>
internal static class AzureDataTablesExtensions
{
    /// <summary>Adds <see cref="SessionTables"/>; nothing is contacted before the first request.</summary>
    public static IServiceCollection AddAzureDataTables(this IServiceCollection services) => services.AddSingleton(provider =>
    {
        var options = provider.GetRequiredService<IOptions<TableStorageOptions>>().Value;
        var client = new TableClientOptions();

        // Suited to an interactive request, where the package's own defaults are for batch work.
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.MaxRetries;
        client.Retry.Delay = TimeSpan.FromMilliseconds(50);
        client.Retry.MaxDelay = TimeSpan.FromMilliseconds(500);
        client.Retry.NetworkTimeout = options.TryTimeout;
        var service = options.ConnectionString is { Length: > 0 } connectionString
            ? new TableServiceClient(connectionString, client)
            : new TableServiceClient(new Uri(options.Endpoint!), CredentialOf(provider, options), client);
        return new SessionTables(
            new AzureDataTable(service.GetTableClient(options.SessionsTable)), new AzureDataTable(service.GetTableClient(options.DueTable)));
    });

    private static TokenCredential CredentialOf(IServiceProvider provider, TableStorageOptions options) =>
        provider.GetService<TokenCredential>()
        ?? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ManagedIdentityClientId });
}
