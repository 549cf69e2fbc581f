using Azure.Core;

namespace SessionFunctions.Client;

/// <summary>Options of <see cref="SessionsClient"/>.</summary>
public sealed class SessionsClientOptions
{
    /// <summary>
    /// Gets or sets the address of the API with its base path, such as <c>http://localhost:7071/api</c>. When it is not set, it is <c>SESSIONS_URL</c> of
    /// the application's configuration.
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>
    /// Gets or sets the key of this service, <c>ssk_…</c>. When neither it nor <see cref="Credential"/> is set, it is <c>SESSIONS_KEY</c> of the
    /// application's configuration. Read for each request, so that it can be replaced while the application runs.
    /// </summary>
    public string? ServiceKey { get; set; }

    /// <summary>Gets or sets the credential of this service at Entra ID, in place of a service key. Needs <see cref="Scope"/>.</summary>
    public TokenCredential? Credential { get; set; }

    /// <summary>Gets or sets the scope that <see cref="Credential"/> asks for, such as <c>api://sessions/.default</c>.</summary>
    public string? Scope { get; set; }

    /// <summary>Gets or sets the time for a call, retries included. Default 3 seconds; 0.1 seconds to 5 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets how often a request that is safe to repeat is sent again at most. Default 2; 0 to 5.</summary>
    public int MaxRetries { get; set; } = 2;

    /// <summary>
    /// Gets or sets for how long the API is not asked after half of at least 20 requests in 10 seconds have failed. Default 2 seconds; 0.5 seconds to
    /// 5 minutes.
    /// </summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(2);
}
