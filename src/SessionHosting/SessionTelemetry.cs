using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using SessionCore.Protection;

namespace SessionHosting;

/// <summary>Sends metrics, traces and logs of a host to an OTLP collector, to Azure Monitor, or to both.</summary>
public static class SessionTelemetry
{
    /// <summary>
    /// Environment variable with the address of an OTLP collector; the other OTEL_EXPORTER_OTLP_* variables are read as well.
    /// </summary>
    public const string OtlpVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Environment variable with the connection string of an Application Insights component.</summary>
    public const string AzureMonitorVariable = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>
    /// Environment variable with the identity that writes to a component without local authentication:
    /// <c>Authorization=AAD;ClientId=…</c>.
    /// </summary>
    public const string AzureMonitorLoginVariable = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    // Exported logs are billed by volume, and every sign-in logs at Information. So the export begins at Warning, except for
    // maintenance, which logs rarely and which alerts read.
    private const string RareCategory = "SessionCore.Maintenance";

    /// <summary>Adds the export; nothing is added where neither variable is set.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="addOfHost">Adds what this host alone emits.</param>
    public static IServiceCollection AddSessionTelemetry(
        this IServiceCollection services, IConfiguration configuration, Action<OpenTelemetryBuilder> addOfHost)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(addOfHost);
        var toOtlp = configuration[OtlpVariable] is { Length: > 0 };
        var toAzureMonitor = configuration[AzureMonitorVariable] is { Length: > 0 };
        if (!toOtlp && !toAzureMonitor)
        {
            return services;
        }

        services.AddLogging(static logging => logging
            .AddFilter<OpenTelemetryLoggerProvider>(category: null, LogLevel.Warning)
            .AddFilter<OpenTelemetryLoggerProvider>(RareCategory, LogLevel.Information));
        var telemetry = services.AddOpenTelemetry()
            .WithMetrics(static metrics => metrics.AddMeter("SessionCore*", "SessionApi*", "System.Runtime"))
            .WithTracing(static traces => traces.AddSource("SessionCore*", "SessionApi*"))
            .WithLogging(configureBuilder: null, static logs => logs.IncludeFormattedMessage = true);
        addOfHost(telemetry);
        if (toOtlp)
        {
            telemetry
                .WithMetrics(static metrics => metrics.AddOtlpExporter())
                .WithTracing(static traces => traces.AddOtlpExporter())
                .WithLogging(static logs => logs.AddOtlpExporter());
        }

        if (toAzureMonitor)
        {
            var credential = CredentialFor(configuration[AzureMonitorLoginVariable]);
            telemetry
                .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure, credential))
                .WithTracing(traces => traces.AddAzureMonitorTraceExporter(Configure, credential))
                .WithLogging(logs => logs.AddAzureMonitorLogExporter(Configure, credential));
        }

        return services;

        void Configure(AzureMonitorExporterOptions options) => ConfigureAzureMonitor(options, configuration[AzureMonitorVariable]!);
    }

    internal static void ConfigureAzureMonitor(AzureMonitorExporterOptions options, string connectionString)
    {
        options.ConnectionString = connectionString;

        // Alerts read single lines, so logs of unsampled traces are exported as well.
        options.EnableTraceBasedLogsSampler = false;
    }

    internal static TokenCredential? CredentialFor(string? login)
    {
        var parts = (login ?? string.Empty)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        return parts.GetValueOrDefault("Authorization") is "AAD" ? AppIdentity.Credential(parts.GetValueOrDefault("ClientId")) : null;
    }
}
