using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionCore.Maintenance;

/// <summary>Options of purge and rebuild. Bound from the section <see cref="SectionName"/>.</summary>
public sealed class MaintenanceOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Maintenance";

    /// <summary>Gets or sets a value indicating whether the timers of SessionServer run. The operations work either way.</summary>
    /// <value>Default true. A Functions app has timer triggers instead and ignores this.</value>
    public bool Timers { get; set; } = true;

    /// <summary>Gets or sets the delay between the end of a session and its purge; covers clock differences and late writes.</summary>
    /// <value>Default 5 minutes; from 1 minute to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the interval of the purge. The <c>PurgeSchedule</c> of a Functions app must match.</summary>
    /// <value>Default 5 minutes; from 1 minute to 1 day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan PurgeInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets the interval of the rebuild of user indexes. The <c>RebuildSchedule</c> of a Functions app must match.
    /// </summary>
    /// <value>Default 24 hours; from 10 minutes to 30 days; not shorter than <see cref="PurgeInterval"/>.</value>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan RebuildInterval { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Gets or sets the time budget of one run; the next run continues the rest. Keep it below the platform's limit for a function.
    /// </summary>
    /// <value>Default 4 minutes; from 1 second to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan TimeBudget { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Gets or sets the time budget of a run that an operator starts; the next run continues the rest.</summary>
    /// <value>Default 20 seconds; from 1 second to 200 seconds (Azure ends a request after 230).</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:03:20", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan OperationBudget { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets or sets the maximum random delay before a timer's run, so that instances do not start at the same time.</summary>
    /// <value>Default 30 seconds; from 0 to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan StartDelayMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the lifetime of the lease of a range.</summary>
    /// <value>Default 60 seconds; from 10 seconds to 10 minutes. Renewed after a third of it.</value>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets the maximum number of rows of a transaction.</summary>
    /// <value>Default 100 (the limit of an entity group transaction); from 2 to 100.</value>
    [Range(2, 100)]
    public int BatchRows { get; set; } = 100;

    /// <summary>Gets or sets how many users of a range are processed concurrently.</summary>
    /// <value>Default 8; from 1 to 64.</value>
    [Range(1, 64)]
    public int Parallelism { get; set; } = 8;

    /// <summary>Gets or sets the number of ranges of the purge, which is the maximum number of instances that share it.</summary>
    /// <value>Default 4; from 1 to 256.</value>
    [Range(1, 256)]
    public int PurgeRanges { get; set; } = 4;

    /// <summary>Gets or sets the number of ranges of the rebuild, which is the maximum number of instances that share it.</summary>
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
