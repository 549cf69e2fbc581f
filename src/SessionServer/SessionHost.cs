using System.Text;
using SessionApi;
using SessionApi.Contract;
using SessionApi.Operations;
using SessionHosting;

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

            // Browsers and their extensions send such bytes in these two, and nothing is decided by them. Elsewhere a byte that is
            // not UTF-8 stays a bad request.
            kestrel.RequestHeaderEncodingSelector = static name => name is "User-Agent" or "Cookie" ? Encoding.Latin1 : null;
        });

        // Nothing here blocks, so a request goes on where its bytes were read instead of being queued to another thread.
        builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);

        // With it each request makes an activity and a log scope, a tenth of what a validation costs, to log paths that may hold ids.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = DrainTime);
        builder.Logging.AddStartFilter();
        builder.Services.AddSessionHost(builder.Environment.IsDevelopment());
        builder.Services.AddHostedService<TablePreparation>();
        builder.Services.AddHostedService<TimedMaintenance>();
        builder.Services.AddSessionTelemetry(builder.Configuration, static telemetry => telemetry
            .WithMetrics(static metrics => metrics.AddMeter("Microsoft.AspNetCore.Server.Kestrel"))
            .WithTracing(static traces => traces.AddSource("Microsoft.AspNetCore")));

        var app = builder.Build();

        HostStart.CheckOptions(app.Services);
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
