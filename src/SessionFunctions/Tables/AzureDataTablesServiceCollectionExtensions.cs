using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionFunctions.Tables;

/// <summary>Registers the tables through the Azure SDK. Nothing is contacted before the first call.</summary>
internal static class AzureDataTablesServiceCollectionExtensions
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Adds <see cref="SessionTables"/>, under the options that every host has.</summary>
    public static IServiceCollection AddAzureDataTables(this IServiceCollection services)
    {
        services.AddSingleton(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<TableStorageOptions>>().Value;
            var client = Client(options, provider.GetService<TokenCredential>());
            return new SessionTables(Table(provider, client, options.SessionsTable), Table(provider, client, options.DueTable));
        });
        return services;
    }

    private static InstrumentedTable Table(IServiceProvider provider, TableServiceClient client, string name)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var options = provider.GetRequiredService<IOptions<TableStorageOptions>>().Value;
        return new InstrumentedTable(
            new AzureDataTable(client.GetTableClient(name), options.TotalTimeout, time), provider.GetRequiredService<TableMetrics>(), time);
    }

    private static TableServiceClient Client(TableStorageOptions options, TokenCredential? credential)
    {
        var sdk = new TableClientOptions();
        sdk.Retry.Mode = RetryMode.Exponential;
        sdk.Retry.MaxRetries = options.MaxRetries;
        sdk.Retry.Delay = FirstPause;
        sdk.Retry.MaxDelay = options.TryTimeout;
        sdk.Retry.NetworkTimeout = options.TryTimeout;
        return options.Endpoint is { Length: > 0 } endpoint
            ? new TableServiceClient(new Uri(endpoint), credential ?? AppIdentity.Credential(options.ManagedIdentityClientId), sdk)
            : new TableServiceClient(options.ConnectionString!, sdk); // valid options have one of the two
    }
}
