using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SessionCore.Sessions;

/// <summary>Options of requests that wait for news (<c>Prefer: wait</c>). Bound from the section <see cref="SectionName"/>.</summary>
public sealed class WaitOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Waiting";

    /// <summary>Gets or sets the longest time that a request may wait. Zero answers every request at once, with <c>Retry-After</c>.</summary>
    /// <value>Default 25 seconds; 0 on a Functions app, where a request that waits takes a place of another. From 0 to 55 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:55", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Longest { get; set; } = TimeSpan.FromSeconds(25);
}

[OptionsValidator]
internal sealed partial class WaitOptionsValidator : IValidateOptions<WaitOptions>;
