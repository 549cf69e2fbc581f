using System.Globalization;
using System.Text.Json;
using SessionApi.Contract;
using SessionCore.Maintenance;

namespace SessionFunctions.Tests;

/// <summary>host.json agrees with the code, and lets through what alerts look for.</summary>
public sealed class HostFileTests : IDisposable
{
    private readonly JsonDocument _host = JsonDocument.Parse(Checkout.Read("host.json"));

    public void Dispose() => _host.Dispose();

    [Fact]
    public void The_route_prefix_is_the_base_path_of_the_operations() =>
        Assert.Equal(Operation.BasePath, "/" + Value("extensions", "http", "routePrefix"));

    [Fact]
    public void A_timers_run_may_take_longer_than_its_budget()
    {
        var limit = TimeSpan.Parse(Value("functionTimeout")!, CultureInfo.InvariantCulture);

        // A purge and what is left of a rebuild, one after the other.
        Assert.True(limit > 2 * new MaintenanceOptions().TimeBudget);
    }

    [Fact]
    public void The_host_exports_as_the_worker_does() => Assert.Equal("OpenTelemetry", Value("telemetryMode"));

    [Theory]
    [InlineData("Function.RevokeSession.User", "Warning")]
    [InlineData("Function.PurgeExpiredSessions.User", "Information")]
    [InlineData("Function.RebuildUserIndexes.User", "Information")]
    [InlineData("Host.Results", "Information")]
    [InlineData("Host.Aggregator", "Information")]
    public void The_log_keeps_warnings_and_what_the_timers_and_the_alerts_need(string category, string level)
    {
        // The longest name that the category begins with decides, as in every log of .NET.
        var rule = _host.RootElement.GetProperty("logging").GetProperty("logLevel").EnumerateObject()
            .Where(entry => entry.Name == "default" || category == entry.Name || category.StartsWith(entry.Name + ".", StringComparison.Ordinal))
            .MaxBy(entry => entry.Name == "default" ? 0 : entry.Name.Length);

        Assert.Equal(level, rule.Value.GetString());
    }

    private string? Value(params string[] path) =>
        path.Aggregate(_host.RootElement, (element, name) => element.GetProperty(name)).GetString();
}
