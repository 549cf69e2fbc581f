using System.ComponentModel.DataAnnotations;

namespace SessionCore.Tables;

/// <summary>Address and time-outs of the tables. Bound from the section <see cref="SectionName"/>.</summary>
public sealed partial class TableStorageOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tables";

    private const string TableNamePattern = "^[A-Za-z][A-Za-z0-9]{2,62}$";

    /// <summary>Gets or sets a connection string with a key or a shared access signature, or <c>UseDevelopmentStorage=true</c>.</summary>
    /// <value>Default none. Prefer <see cref="Endpoint"/>, which needs no secret.</value>
    public string? ConnectionString { get; set; }

    /// <summary>Gets or sets the address of the Table service, accessed with an Entra ID token.</summary>
    /// <value>Default none; https. The identity needs the role Storage Table Data Contributor.</value>
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets the client id of a user-assigned managed identity.</summary>
    /// <value>Default none: the one that AZURE_CLIENT_ID names, else the system-assigned one, or the developer's own sign-in on a development machine.</value>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>Gets or sets the name of the table of sessions.</summary>
    /// <value>Default <c>sessions</c>; 3 to 63 letters and digits, beginning with a letter.</value>
    [Required]
    [RegularExpression(TableNamePattern)]
    public string SessionsTable { get; set; } = "sessions";

    /// <summary>Gets or sets the name of the table of due entries.</summary>
    /// <value>Default <c>sessiondue</c>; 3 to 63 letters and digits, beginning with a letter.</value>
    [Required]
    [RegularExpression(TableNamePattern)]
    public string DueTable { get; set; } = "sessiondue";

    /// <summary>Gets or sets the time-out of one try.</summary>
    /// <value>Default 1 second; from 50 milliseconds to 30 seconds; not longer than <see cref="TotalTimeout"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the time-out of a call, including all tries and the pauses between them.</summary>
    /// <value>Default 3 seconds; from 50 milliseconds to 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets the maximum number of retries of a call, within a budget of about one retry in ten calls.</summary>
    /// <value>Default 2; from 0 to 10.</value>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 2;

    /// <summary>Gets or sets the maximum number of connections to the store.</summary>
    /// <value>Default 128; from 1 to 1,000. Further calls wait within their deadline.</value>
    [Range(1, 1000)]
    public int MaxConnections { get; set; } = 128;

    /// <summary>
    /// Gets or sets a value indicating whether the environment is Development; set by the host, not by configuration.
    /// </summary>
    internal bool IsDevelopment { get; set; }
}
