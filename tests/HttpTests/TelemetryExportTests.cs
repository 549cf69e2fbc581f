using System.Globalization;
using System.Text.Json;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace HttpTests;

/// <summary>Metrics, traces and logs leave the host by OTLP and to Application Insights, and nothing secret is in them.</summary>
public sealed class TelemetryExportTests
{
    // Read by alerts: AlertQueryTests compares.
    private static readonly string[] AlertMetrics = ["session.purge.backlog.age", "session.maintenance.run.duration", "session.events.undelivered.age"];

    private static readonly string[] Metrics = ["session.created", "session.api.duration", .. AlertMetrics];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task By_the_end_an_OTLP_collector_has_metrics_and_traces_and_no_secret()
    {
        await using var collector = await TelemetryCollector.StartAsync();

        await WorkAsync(collector, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url.AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });

        var metrics = collector.TextOf("/v1/metrics");
        Assert.All(Metrics, name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.Contains("SessionCore.Tables", collector.TextOf("/v1/traces"), StringComparison.Ordinal);
        Assert.Empty(collector.TextOf(TelemetryCollector.Track));
    }

    [Fact]
    public async Task By_the_end_Application_Insights_has_metrics_traces_and_logs_and_no_secret()
    {
        await using var collector = await TelemetryCollector.StartAsync();

        await WorkAsync(collector, new Dictionary<string, string>
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey={Guid.CreateVersion7()};IngestionEndpoint={collector.Url};LiveEndpoint={collector.Url}",

            // Figures about the exporter itself go to Microsoft, wherever the component is.
            ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true",
        });

        var items = collector.TextOf(TelemetryCollector.Track).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var metrics = DataOf(items, "MetricData").SelectMany(data => data.GetProperty("metrics").EnumerateArray()).Select(metric => metric.GetProperty("name").GetString());
        Assert.Empty(Metrics.Except(metrics, StringComparer.Ordinal));
        Assert.NotEmpty(DataOf(items, "RemoteDependencyData"));
        Assert.Empty(collector.TextOf("/v1/metrics"));

        // The alert on a purge that does not run tells runs by these.
        var run = DataOf(items, "MetricData").First(data => data.GetProperty("metrics")[0].GetProperty("name").GetString() == "session.maintenance.run.duration");
        Assert.Equal(("purge", "finished"), (run.GetProperty("properties").GetProperty("job").GetString(), run.GetProperty("properties").GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_collector_that_is_not_there_costs_no_request()
    {
        var nobody = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        var tables = await AzuriteServer.SharedAsync();
        var settings = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = nobody,
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey={Guid.CreateVersion7()};IngestionEndpoint={nobody}/;LiveEndpoint={nobody}/",
            ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true",
        };
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis: null, settings, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);

        var (_, token) = await api.CreateAsync("alice");

        Assert.True(await api.IsActiveAsync(token));
    }

    // What is not sent yet is sent at the end.
    private static async Task WorkAsync(TelemetryCollector collector, Dictionary<string, string> settings)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var queues = await AzuriteQueues.SharedAsync();
        foreach (var (name, value) in EventSettings.To(receiver, queues, await queues.CreateAsync(CancellationToken.None)))
        {
            settings[name] = value;
        }

        settings["Maintenance:Timers"] = "false";
        var tables = await AzuriteServer.SharedAsync();
        await using var server = await SessionServerProcess.StartAsync(TestedHost.Kind, tables.ConnectionString, redis: null, settings, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (sid, token) = await api.CreateAsync("alice-of-the-export");
        Assert.True(await api.IsActiveAsync(token));
        Assert.Equal(200, (int)(await api.OperatorAsync("POST", "/v1/operations/purge")).Status);

        using var limit = new CancellationTokenSource(Limit);
        await receiver.WaitAsync(count: 1, limit.Token);

        // The look that delivers the second event comes after the end of the first, which is when a look tells its figures.
        Assert.Equal(204, (int)(await api.ServiceAsync("DELETE", $"/v1/sessions/{sid}")).Status);
        await receiver.WaitAsync(count: 1, limit.Token);
        server.Send(Signal.Terminate);
        Assert.Equal(0, await server.WaitForExitAsync(limit.Token));

        var all = collector.AllText();
        Assert.All((string[])[token, token[4..], server.ServiceKey, server.OperatorKey, "alice-of-the-export"], secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
    }

    private static IEnumerable<JsonElement> DataOf(IEnumerable<JsonElement> items, string type) =>
        from item in items
        let data = item.GetProperty("data")
        where data.GetProperty("baseType").GetString() == type
        select data.GetProperty("baseData");
}
