using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionApi;
using SessionApi.Callers;
using SessionApi.Contract;
using SessionApi.Operations;
using SessionCore.Tables;
using SessionHosting;
using Support.Tables;

namespace Bench.Runner.Probes;

/// <summary>The product on Kestrel in this process, over tables in memory, with two webhooks beside it.</summary>
internal sealed class EventHost : IAsyncDisposable
{
    private readonly WebApplication _hooks;
    private readonly WebApplication _api;

    private EventHost(WebApplication hooks, WebApplication api, string key)
    {
        _hooks = hooks;
        _api = api;
        Key = key;
    }

    /// <summary>Gets where the API answers.</summary>
    public Uri Url => new(_api.Urls.Single());

    /// <summary>Gets the key of a service.</summary>
    public string Key { get; }

    /// <summary>Gets the webhook that always answers.</summary>
    public Hook Good { get; } = new();

    /// <summary>Gets the webhook that is down at times.</summary>
    public Hook Bad { get; } = new();

    public static async Task<EventHost> StartAsync(CancellationToken cancellationToken)
    {
        var hooks = Listen();
        var key = ServiceKey.New("bench");
        await using var starting = new Starting(hooks);
        EventHost? host = null;

        // Before the start: what is mapped later is not found. Nothing posts before there is a host.
        hooks.MapPost("/good", context => host!.Good.TakeAsync(context));
        hooks.MapPost("/bad", context => host!.Bad.TakeAsync(context));
        await hooks.StartAsync(cancellationToken);
        var api = Compose(key, new Uri(hooks.Urls.Single()));
        host = new EventHost(hooks, api, key.Reveal());
        await api.StartAsync(cancellationToken);
        starting.IsDone = true;
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _hooks.DisposeAsync();
    }

    private static WebApplication Compose(ServiceKey key, Uri hooks)
    {
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection(Settings(key, hooks));
        builder.Services.AddSingleton(new SessionTables(new InMemoryTable("sessions"), new InMemoryTable("due")));
        builder.Services.AddSessionHost(isDevelopment: false);
        builder.Services.AddEventLoop();
        var api = builder.Build();
        var dispatcher = api.Services.GetRequiredService<Dispatcher>();
        foreach (var operation in OperationTable.All)
        {
            var name = operation.Name;
            api.MapMethods($"{Operation.BasePath}/{operation.Route}", operation.Methods, context => dispatcher.RunAsync(name, context));
        }

        return api;
    }

    private static WebApplication Listen() => Builder().Build();

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        return builder;
    }

    private static Dictionary<string, string?> Settings(ServiceKey key, Uri hooks)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Keys:Ring:0:Id"] = "1",
            ["Keys:Ring:0:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Keys:Ring:0:State"] = "Active",
            ["Tables:ConnectionString"] = "UseDevelopmentStorage=true",
            ["ServiceKeys:0:Id"] = key.Id,
            ["ServiceKeys:0:Hash"] = key.Hash,
            ["ServiceKeys:0:ExpiresAt"] = TimeProvider.System.GetUtcNow().AddDays(30).ToString("O", CultureInfo.InvariantCulture),
            ["Events:Enabled"] = "true",
        };
        for (var scope = 0; scope < ScopeNames.All.Count; scope++)
        {
            settings[string.Create(CultureInfo.InvariantCulture, $"ServiceKeys:0:Scopes:{scope}")] = ScopeNames.All[scope];
        }

        foreach (var name in (string[])["good", "bad"])
        {
            settings[$"Events:Targets:{name}:Url"] = new Uri(hooks, name).ToString();
            settings[$"Events:Targets:{name}:Secret"] = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
            settings[$"Events:Targets:{name}:AllowPrivateAddresses"] = "true";
        }

        return settings;
    }

    // Stops what has started if the rest does not.
    private sealed class Starting(WebApplication hooks) : IAsyncDisposable
    {
        public bool IsDone { get; set; }

        public ValueTask DisposeAsync() => IsDone ? ValueTask.CompletedTask : hooks.DisposeAsync();
    }
}

/// <summary>A webhook that keeps which events have come and how long each took.</summary>
internal sealed class Hook
{
    private readonly ConcurrentDictionary<string, double> _milliseconds = new(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether it answers 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>Gets the number of events that have come.</summary>
    public int Count => _milliseconds.Count;

    /// <summary>Returns the milliseconds from change to arrival within which a share of the events came; infinity when fewer have come.</summary>
    /// <param name="share">The share.</param>
    /// <param name="changes">How many events there have to be.</param>
    public double Percentile(double share, int changes)
    {
        double[] sorted = [.. _milliseconds.Values.Order()];
        var index = Math.Max(1, (int)Math.Ceiling(changes * share)) - 1;
        return index < sorted.Length ? sorted[index] : double.PositiveInfinity;
    }

    /// <summary>Notes that an event has come.</summary>
    public void Note(string id, double milliseconds) => _milliseconds.TryAdd(id, milliseconds);

    public async Task TakeAsync(HttpContext context)
    {
        if (IsDown)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var told = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var took = TimeProvider.System.GetUtcNow() - told.RootElement.GetProperty("time").GetDateTimeOffset();
        Note(told.RootElement.GetProperty("id").GetString()!, took.TotalMilliseconds); // every CloudEvent has one
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
