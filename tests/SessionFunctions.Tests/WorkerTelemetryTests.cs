using System.Globalization;
using System.Net;
using Support.Hosts;
using Support.Http;
using Support.Servers;

namespace SessionFunctions.Tests;

/// <summary>Metrics, traces and logs leave the worker process by OTLP, and nothing secret is in them.</summary>
public sealed class WorkerTelemetryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_collector_gets_the_metrics_and_traces_of_the_worker_and_no_secret()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var tables = await AzuriteServer.SharedAsync();
        var configuration = new HostConfiguration(tables.ConnectionString, redis: null);
        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        await using var host = await StartAsync(configuration, url, collector.Url);
        using var api = new ApiClient(url, configuration.Service.Reveal(), configuration.Operator.Reveal());
        using var limit = new CancellationTokenSource(Limit);

        var (_, token) = await api.CreateAsync("alice-of-the-export");
        Assert.True(await api.IsActiveAsync(token));
        Assert.Equal(HttpStatusCode.OK, (await api.OperatorAsync("POST", "/v1/operations/purge")).Status);

        await collector.WaitForAsync("/v1/metrics", "session.created", limit.Token);
        await collector.WaitForAsync("/v1/metrics", "session.api.duration", limit.Token);
        await collector.WaitForAsync("/v1/metrics", "session.purge.backlog.age", limit.Token);
        await collector.WaitForAsync("/v1/traces", "SessionCore.Tables", limit.Token);
        var all = collector.TextOf("/v1/metrics") + collector.TextOf("/v1/traces") + collector.TextOf("/v1/logs");
        foreach (var secret in (string[])[token, token[4..], configuration.Service.Reveal(), configuration.Operator.Reveal(), "alice-of-the-export"])
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    private static async Task<ServerProcess> StartAsync(HostConfiguration configuration, Uri url, Uri collector)
    {
        var variables = new Dictionary<string, string>(HostConfiguration.ToEnvironment(configuration.Settings, url), StringComparer.Ordinal)
        {
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development",
            ["Tables__SessionsTable"] = AzuriteServer.NewTableName("sessions"),
            ["Tables__DueTable"] = AzuriteServer.NewTableName("sessiondue"),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        };
        variables.Remove("ASPNETCORE_URLS");
        string[] arguments =
        [
            BuiltAssembly.Find("tests", "FunctionsHost"), "--app", Path.GetDirectoryName(BuiltAssembly.Find("src", "SessionFunctions"))!,
            "--port", url.Port.ToString(CultureInfo.InvariantCulture),
        ];
        using var client = new HttpClient();
        return await ServerProcess.StartAsync(
            new ServerProgram(DotnetHost.Program, arguments, "Build the solution first: 'dotnet build'.") { Environment = variables },
            async token => await IsReadyAsync(client, new Uri(url, "/api/health/ready"), token),
            CancellationToken.None);
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(url, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
