using Microsoft.Extensions.Options;
using SessionApi;
using SessionApi.Contract;
using SessionApi.Operations;
using SessionCore;
using SessionCore.Caching;
using SessionCore.Protection;
using SessionCore.Tables;

namespace SessionServer;

/// <summary>Composes the host.</summary>
internal static class SessionHost
{
    // Bodies are limited to 64 KiB by the API itself, with a problem that says so; this only bounds what is read to say it.
    private const long MaxRequestBytes = 1024 * 1024;

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        });

        // Nothing here blocks, so a request goes on where its bytes were read instead of being queued to another thread.
        builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);

        // With it each request makes an activity and a log scope, a tenth of what a validation costs, to log paths that may hold ids.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = DrainTime);
        builder.Services.AddTableStorage();
        builder.Services.AddSessionCache();
        builder.Services.AddSessionCore();
        builder.Services.AddSessionApi();
        builder.Services.AddHostedService<TablePreparation>();
        builder.Services.AddHostedService<TimedMaintenance>();
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.PostConfigure<KeyRingOptions>(DevelopmentKeys.AddIfNone);
        }

        if (builder.Configuration[TelemetryExport.EndpointVariable] is { Length: > 0 })
        {
            builder.Services.AddHostedService<TelemetryExport>();
        }

        var app = builder.Build();

        // Before anything is built from the options, so that every fault is told, not only the first.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        DocsPage.Map(app);
        MapOperations(app);
        return app;
    }

    private static void MapOperations(WebApplication app)
    {
        var dispatcher = app.Services.GetRequiredService<Dispatcher>();
        foreach (var operation in OperationTable.All)
        {
            var name = operation.Name;
            RequestDelegate run = context => dispatcher.RunAsync(name, context);
            app.MapMethods($"{Operation.BasePath}/{operation.Route}", operation.Methods, run);

            // Orchestrators look for health at the root.
            if (operation.Route.StartsWith("health/", StringComparison.Ordinal))
            {
                app.MapMethods($"/{operation.Route}", operation.Methods, run);
            }
        }

        // Not a fallback route: as a second candidate it would cost every request that matches another the values of its own.
        app.Run(context => context.GetEndpoint() is RouteEndpoint { RequestDelegate: { } run } ? run(context) : dispatcher.RunUnmatchedAsync(context));
    }
}
