using System.ComponentModel.DataAnnotations;

namespace SessionCore.Sessions;

/// <summary>The longest lives of sessions of one assurance level. A single session may be given shorter ones.</summary>
public sealed class SessionProfile
{
    /// <summary>Gets or sets how long a session lives whatever its use.</summary>
    /// <value>1 minute to 400 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "400.00:00:00")]
    public TimeSpan AbsoluteLifetime { get; set; }

    /// <summary>Gets or sets how long a session lives without use.</summary>
    /// <value>1 minute to 400 days; not longer than <see cref="AbsoluteLifetime"/>.</value>
    [Range(typeof(TimeSpan), "00:01:00", "400.00:00:00")]
    public TimeSpan IdleTimeout { get; set; }
}
