using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionCore.Maintenance;

/// <summary>How the store is kept clean. Bound from the section <see cref="SectionName"/>.</summary>
public sealed class MaintenanceOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Maintenance";

    /// <summary>Gets or sets whether a host that keeps its own timers runs them. The operations work either way.</summary>
    /// <value>Default true. A Functions app has triggers instead and does not read this.</value>
    public bool Timers { get; set; } = true;

    /// <summary>Gets or sets how long after its end a session is left alone: covers clocks that differ and writes that are late.</summary>
    /// <value>Default 5 minutes; from 1 minute to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how often the purge runs. A Functions app's <c>PurgeSchedule</c> says the same.</summary>
    /// <value>Default 5 minutes; from 1 minute to 1 day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan PurgeInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how often the user indexes are rebuilt. A Functions app's <c>RebuildSchedule</c> says the same.</summary>
    /// <value>Default 24 hours; from 10 minutes to 30 days; not shorter than <see cref="PurgeInterval"/>.</value>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan RebuildInterval { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets how long one run works before it leaves the rest to the next; below the platform's limit of a function.</summary>
    /// <value>Default 4 minutes; from 1 second to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan TimeBudget { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Gets or sets how long a run that an operator asks for works before it answers; what is left is the next run's.</summary>
    /// <value>Default 20 seconds; from 1 second to 200 seconds (the platform ends a request after 230).</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:03:20", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan OperationBudget { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets or sets the longest random delay before a timer's run, so that instances do not all begin at once.</summary>
    /// <value>Default 30 seconds; from 0 to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan StartDelayMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long a range stays with an instance that no longer says so.</summary>
    /// <value>Default 60 seconds; from 10 seconds to 10 minutes. Renewed after a third of it.</value>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets the most rows of one transaction.</summary>
    /// <value>Default 100 (what an entity group transaction takes); from 2 to 100.</value>
    [Range(2, 100)]
    public int BatchRows { get; set; } = 100;

    /// <summary>Gets or sets how many users a range works on at once.</summary>
    /// <value>Default 8; from 1 to 64.</value>
    [Range(1, 64)]
    public int Parallelism { get; set; } = 8;

    /// <summary>Gets or sets how many ranges of users the purge is divided in: the most instances that can share it.</summary>
    /// <value>Default 4; from 1 to 256.</value>
    [Range(1, 256)]
    public int PurgeRanges { get; set; } = 4;

    /// <summary>Gets or sets how many ranges of users the rebuild is divided in: the most instances that can share it.</summary>
    /// <value>Default 16; from 1 to 256.</value>
    [Range(1, 256)]
    public int RebuildRanges { get; set; } = 16;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (RebuildInterval < PurgeInterval)
        {
            yield return new ValidationResult(
                $"Maintenance:RebuildInterval ({RebuildInterval}) may not be shorter than Maintenance:PurgeInterval ({PurgeInterval}).",
                [nameof(RebuildInterval)]);
        }
    }
}

[OptionsValidator]
internal sealed partial class MaintenanceOptionsValidator : IValidateOptions<MaintenanceOptions>;
