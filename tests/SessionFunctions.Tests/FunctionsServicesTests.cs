using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SessionApi;
using SessionCore.Events;
using SessionCore.Maintenance;

namespace SessionFunctions.Tests;

/// <summary>What the start of the function app does: it checks the configuration, and nothing else before the first request.</summary>
public sealed class FunctionsServicesTests
{
    [Fact]
    public async Task A_start_contacts_neither_store_and_builds_no_connection()
    {
        using var tables = Listen();
        using var redis = Listen();
        await using var services = Compose(isDevelopment: false, Settings(tables, redis));

        services.GetRequiredService<IStartupValidator>().Validate();
        foreach (var hosted in services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        // What the platform makes for a request and for a timer, before either runs.
        services.GetRequiredService<Dispatcher>();
        services.GetRequiredService<SessionMaintenance>();
        services.GetRequiredService<EventPump>();
        services.GetRequiredService<QueuedHints>();

        Assert.False(tables.Pending());
        Assert.False(redis.Pending());
    }

    [Fact]
    public async Task Nothing_runs_beside_the_functions_but_counts_jobs_and_what_a_developers_machine_needs()
    {
        using var listener = Listen();
        await using var deployed = Compose(isDevelopment: false, Settings(listener, listener));
        await using var atHome = Compose(isDevelopment: true, Settings(listener, listener));

        Assert.Equal(
            ["JobLoop", "LiveCountKeeper"],
            deployed.GetServices<IHostedService>().Select(service => service.GetType().Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["DevelopmentTables", "JobLoop", "LiveCountKeeper"],
            atHome.GetServices<IHostedService>().Select(service => service.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wrong_configuration_stops_the_start()
    {
        using var listener = Listen();
        var settings = Settings(listener, listener);
        settings["Maintenance:LeaseTime"] = "00:00:01";
        await using var services = Compose(isDevelopment: false, settings);

        var fault = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("LeaseTime", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_settings_are_all_that_a_start_on_a_developers_machine_needs()
    {
        using var sample = JsonDocument.Parse(Checkout.Read("local.settings.sample.json"));
        var settings = sample.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(
            setting => setting.Name.Replace("__", ":", StringComparison.Ordinal), setting => setting.Value.GetString(), StringComparer.OrdinalIgnoreCase);
        await using var services = Compose(isDevelopment: true, settings);

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.NotNull(services.GetRequiredService<Dispatcher>());
        Assert.Equal("dotnet-isolated", settings["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal("Development", settings["AZURE_FUNCTIONS_ENVIRONMENT"]);
    }

    private static ServiceProvider Compose(bool isDevelopment, IReadOnlyDictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddSessionFunctions(isDevelopment)
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    private static Dictionary<string, string?> Settings(TcpListener tables, TcpListener redis) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Tables:ConnectionString"] = string.Create(
            CultureInfo.InvariantCulture, $"DefaultEndpointsProtocol=http;AccountName=sessions;AccountKey=c2VjcmV0;TableEndpoint=http://{tables.LocalEndpoint}/sessions;"),
        ["Cache:ConnectionString"] = redis.LocalEndpoint.ToString(),
        ["Keys:Ring:0:Id"] = "1",
        ["Keys:Ring:0:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Keys:Ring:0:State"] = "Active",
    };

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return listener;
    }
}
