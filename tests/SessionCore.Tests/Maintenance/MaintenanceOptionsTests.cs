using SessionCore.Maintenance;

namespace SessionCore.Tests.Maintenance;

public sealed class MaintenanceOptionsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly MaintenanceOptionsValidator _validator = new();

    public static TheoryData<string, TimeSpan, TimeSpan> Spans => new()
    {
        { nameof(MaintenanceOptions.Grace), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1) },
        { nameof(MaintenanceOptions.PurgeInterval), TimeSpan.FromMinutes(1), TimeSpan.FromDays(1) },
        { nameof(MaintenanceOptions.RebuildInterval), TimeSpan.FromMinutes(10), TimeSpan.FromDays(30) },
        { nameof(MaintenanceOptions.TimeBudget), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1) },
        { nameof(MaintenanceOptions.OperationBudget), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(200) },
        { nameof(MaintenanceOptions.StartDelayMax), TimeSpan.Zero, TimeSpan.FromMinutes(10) },
        { nameof(MaintenanceOptions.LeaseTime), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10) },
    };

    public static TheoryData<string, int, int> Numbers => new()
    {
        { nameof(MaintenanceOptions.BatchRows), 2, 100 },
        { nameof(MaintenanceOptions.Parallelism), 1, 64 },
        { nameof(MaintenanceOptions.PurgeRanges), 1, 256 },
        { nameof(MaintenanceOptions.RebuildRanges), 1, 256 },
    };

    [Fact]
    public void The_defaults_are_valid() => Assert.Null(FaultOf(new MaintenanceOptions()));

    [Theory]
    [MemberData(nameof(Spans))]
    public void A_time_is_valid_at_its_bounds_and_refused_by_name_beyond(string option, TimeSpan least, TimeSpan most)
    {
        Assert.Null(FaultOf(With(option, least)));
        Assert.Null(FaultOf(With(option, most)));
        Assert.Contains(option, FaultOf(With(option, least - Tick)), StringComparison.Ordinal);
        Assert.Contains(option, FaultOf(With(option, most + Tick)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_is_valid_at_its_bounds_and_refused_by_name_beyond(string option, int least, int most)
    {
        Assert.Null(FaultOf(With(option, least)));
        Assert.Null(FaultOf(With(option, most)));
        Assert.Contains(option, FaultOf(With(option, least - 1)), StringComparison.Ordinal);
        Assert.Contains(option, FaultOf(With(option, most + 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rebuild_may_not_run_more_often_than_the_purge()
    {
        var options = new MaintenanceOptions { PurgeInterval = TimeSpan.FromHours(2), RebuildInterval = TimeSpan.FromHours(1) };

        Assert.Contains("Maintenance:RebuildInterval", FaultOf(options), StringComparison.Ordinal);
    }

    // The other interval gives way, so that only the bounds are in question.
    private static MaintenanceOptions With(string option, object value)
    {
        var options = new MaintenanceOptions { PurgeInterval = TimeSpan.FromMinutes(1), RebuildInterval = TimeSpan.FromDays(1) };
        typeof(MaintenanceOptions).GetProperty(option)!.SetValue(options, value);
        return options;
    }

    private string? FaultOf(MaintenanceOptions options) => _validator.Validate(name: null, options).FailureMessage;
}
