using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionHosting;

namespace SessionFunctions;

/// <summary>Composes the app.</summary>
internal static class FunctionsHost
{
    /// <summary>Builds the host. Outside Development neither this nor its start contacts anything.</summary>
    /// <param name="args">The arguments that the Functions host passes.</param>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();

        // ASP.NET Core logs four or five lines a request at Information, and the worker sends each to the host.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddStartFilter();
        builder.Services.AddSessionFunctions(builder.Environment.IsDevelopment());
        builder.Services.AddSessionTelemetry(builder.Configuration, static telemetry => telemetry.UseFunctionsWorkerDefaults());
        var host = builder.Build();
        HostStart.CheckOptions(host.Services);
        return host;
    }
}
