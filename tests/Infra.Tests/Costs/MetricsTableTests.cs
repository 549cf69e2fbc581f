using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using SessionCore.Maintenance;

namespace Infra.Tests.Costs;

public sealed class MetricsTableTests
{
    [Fact]
    public async Task The_page_names_the_instruments_of_maintenance_with_their_units()
    {
        var published = new List<string>();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope == factory)
                {
                    published.Add($"{instrument.Name} {instrument.Unit}");
                }
            },
        };
        listener.Start();

        _ = new MaintenanceMetrics(factory);

        var named = OperationsPage.Table("maintenance instrument", "unit").Select(row => $"{row[0]} {row[1]}");
        Assert.Equal(published.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }
}
