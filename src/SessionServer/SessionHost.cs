using System.Text;
using SessionApi;
using SessionApi.Contract;
using SessionApi.Operations;
using SessionCore.Configuration;
using SessionHosting;
using SessionServer.OperatorConsole;

namespace SessionServer;

/// <summary>Composes the host.</summary>
internal static class SessionHost
{
    // The API limits bodies to 64 KiB, those of jobs to 1 MiB, and answers 413; this only bounds what is read before that answer.
    private const long MaxRequestBytes = 2 * 1024 * 1024;

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;

            // Browsers and their extensions send bytes that are not UTF-8 in these two, and no decision depends on them. In other
            // headers such bytes stay a bad request.
            kestrel.RequestHeaderEncodingSelector = static name => name is "User-Agent" or "Cookie" ? Encoding.Latin1 : null;
        });

        // No handler blocks, so a request runs on the thread that read it instead of being queued to another.
        builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);

        // This logger makes an activity and a log scope for each request, a tenth of the cost of a validation, and logs paths that may
        // hold ids.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = DrainTime);
        builder.Logging.AddStartFilter();
        builder.Services.AddSessionHost(builder.Environment.IsDevelopment());
        builder.Services.AddConfiguredOptions<ConsoleOptions, ConsoleOptionsValidator>(ConsoleOptions.SectionName);
        builder.Services.AddHostedService<TablePreparation>();
        builder.Services.AddHostedService<TimedMaintenance>();
        builder.Services.AddEventLoop();
        builder.Services.AddHostedService<TimedJobs>();
        builder.Services.AddSessionTelemetry(builder.Configuration, static telemetry => telemetry
            .WithMetrics(static metrics => metrics.AddMeter("Microsoft.AspNetCore.Server.Kestrel"))
            .WithTracing(static traces => traces.AddSource("Microsoft.AspNetCore")));

        var app = builder.Build();

        HostStart.CheckOptions(app.Services);
        DocsPage.Map(app);
        ConsolePage.Map(app);
        DevelopmentSignIn.Map(app);
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

            // Orchestrators probe health at the root.
            if (operation.Route.StartsWith("health/", StringComparison.Ordinal))
            {
                app.MapMethods($"/{operation.Route}", operation.Methods, run);
            }
        }

        // Not a fallback route: as a second candidate it would allocate route values for every request that matches another route.
        app.Run(context => context.GetEndpoint() is RouteEndpoint { RequestDelegate: { } run } ? run(context) : dispatcher.RunUnmatchedAsync(context));
    }
}
