using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using SessionCore.Protection;

namespace SessionCore.Tables.AzureData;

/// <summary>
/// Connections, credential and retry budget shared by all tables of an account. Nothing is sent before the first call.
/// </summary>
internal sealed class AzureDataConnection : IDisposable
{
    // Long enough to amortise the handshake, short enough to follow a change of the account's DNS record.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // Shorter than the service's own idle time-out, so that no request meets a connection that the service has closed.
    private static readonly TimeSpan ConnectionIdle = TimeSpan.FromMinutes(1);

    private readonly TableStorageOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILoggerFactory _loggerFactory;
    private readonly HttpClient _client;
    private readonly HttpClientTransport _transport;
    private readonly TableServiceClient _service;

    /// <summary>Creates the connection.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="credential">The credential when the options have none; null for the default credential.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="loggerFactory">The logger factory.</param>
    /// <param name="handler">The HTTP handler; null for the default one.</param>
    public AzureDataConnection(
        TableStorageOptions options,
        TokenCredential? credential,
        TimeProvider timeProvider,
        ILoggerFactory loggerFactory,
        HttpMessageHandler? handler = null)
    {
        _options = options;
        _timeProvider = timeProvider;
        _loggerFactory = loggerFactory;
        _client = new HttpClient(handler ?? Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
        _transport = new HttpClientTransport(_client);
        _service = Service(credential);
    }

    /// <summary>Gets the name of the storage account.</summary>
    public string AccountName => _service.AccountName;

    /// <summary>Returns a table without checking that it exists.</summary>
    public ITable Table(string name) => new AzureDataTable(
        _service.GetTableClient(name), _options.TotalTimeout, _timeProvider, new AzureDataFaults(name, _loggerFactory.CreateLogger<AzureDataTable>()));

    /// <inheritdoc/>
    public void Dispose()
    {
        _transport.Dispose();
        _client.Dispose();
    }

    private static SocketsHttpHandler Handler(TableStorageOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null, // InstrumentedTable makes the span of the call
        ConnectTimeout = options.TryTimeout,
        MaxConnectionsPerServer = options.MaxConnections,
        PooledConnectionLifetime = ConnectionLifetime,
        PooledConnectionIdleTimeout = ConnectionIdle,
    };

    private TableServiceClient Service(TokenCredential? credential) => _options.Account() switch
    {
        { Name: { } name, Key: { } key } account => new TableServiceClient(account.Endpoint, key.For(name), ClientOptions()),
        { Sas: { } sas } account => new TableServiceClient(account.Endpoint, new AzureSasCredential(sas), ClientOptions()),
        var account => new TableServiceClient(
            account.Endpoint,
            new SharedTokenCredential(credential ?? AppIdentity.Credential(_options.ManagedIdentityClientId), _timeProvider),
            ClientOptions()),
    };

    private TableClientOptions ClientOptions()
    {
        var options = new TableClientOptions
        {
            Transport = _transport,
            RetryPolicy = new BudgetedRetryPolicy(_options.MaxRetries, _loggerFactory.CreateLogger<BudgetedRetryPolicy>()),
            Retry = { NetworkTimeout = _options.TryTimeout },

            // InstrumentedTable measures and traces, and the SDK's logs would contain addresses with keys of rows.
            Diagnostics = { IsDistributedTracingEnabled = false, IsLoggingEnabled = false, IsTelemetryEnabled = false },
        };
        options.AddPolicy(new DeleteBodyPolicy(), HttpPipelinePosition.PerCall);
        options.AddPolicy(new FailedPartPolicy(), HttpPipelinePosition.PerRetry);
        return options;
    }
}
