using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SessionCore.Configuration;
using SessionCore.Tables.AzureData;

namespace SessionCore.Tables;

/// <summary>Registers the tables.</summary>
public static class TableStorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="SessionTables"/> on Azure Table Storage. Invalid options stop the host at start; nothing is contacted before the
    /// first call. <see cref="SessionTables"/> registered before are kept, and a registered <see cref="TokenCredential"/> replaces the
    /// default one.
    /// </summary>
    public static IServiceCollection AddTableStorage(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddConfiguredOptions<TableStorageOptions, TableStorageOptionsValidator>(TableStorageOptions.SectionName)
            .PostConfigure<IServiceProvider>(static (options, provider) =>
                options.IsDevelopment = provider.GetService<IHostEnvironment>()?.IsDevelopment() ?? false);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TableMetrics>();
        services.TryAddSingleton(static provider => new AzureDataConnection(
            provider.GetRequiredService<IOptions<TableStorageOptions>>().Value,
            provider.GetService<TokenCredential>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton(Tables);
        return services;
    }

    private static SessionTables Tables(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<TableStorageOptions>>().Value;
        var account = provider.GetRequiredService<AzureDataConnection>().AccountName;
        return new SessionTables(
            Table(provider, options.SessionsTable), Table(provider, options.DueTable), $"{account}/{options.SessionsTable}/{options.DueTable}");
    }

    private static InstrumentedTable Table(IServiceProvider provider, string name) => new(
        provider.GetRequiredService<AzureDataConnection>().Table(name),
        provider.GetRequiredService<TableMetrics>(),
        provider.GetRequiredService<TimeProvider>());
}
