using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionServer.Tests;

/// <summary>Metrics and traces leave by OTLP where the standard variable names a collector, and nothing secret is in them.</summary>
public sealed class TelemetryExportTests
{
    [Fact]
    public async Task A_collector_gets_the_metrics_and_traces_of_what_was_done_and_no_secret()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var tables = await AzuriteServer.SharedAsync();
        await using var server = await SessionServerProcess.StartAsync(
            tables.ConnectionString,
            redis: null,
            new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url.AbsoluteUri, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" },
            CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);
        var (_, token) = await api.CreateAsync("alice-of-the-export");
        Assert.True(await api.IsActiveAsync(token));

        // What is not sent yet is sent at the end.
        server.Send(Signal.Terminate);
        Assert.Equal(0, await server.WaitForExitAsync(CancellationToken.None));

        var metrics = collector.TextOf("/v1/metrics");
        Assert.Contains("session.api.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("session.created", metrics, StringComparison.Ordinal);
        Assert.NotEmpty(collector.TextOf("/v1/traces"));
        var all = metrics + collector.TextOf("/v1/traces");
        foreach (var secret in (string[])[token, token[4..], server.ServiceKey, server.OperatorKey, "alice-of-the-export"])
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_collector_that_is_not_there_costs_no_request()
    {
        var tables = await AzuriteServer.SharedAsync();
        var nobody = new Uri($"http://127.0.0.1:{FreePort.Next().ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        await using var server = await SessionServerProcess.StartAsync(
            tables.ConnectionString, redis: null, new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = nobody.AbsoluteUri }, CancellationToken.None);
        using var api = new ApiClient(server.Url, server.ServiceKey, server.OperatorKey);

        var (_, token) = await api.CreateAsync("alice");

        Assert.True(await api.IsActiveAsync(token));
    }
}
