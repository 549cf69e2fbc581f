using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;
using SessionCore.Protection;

namespace SessionCore.Tables.Rest;

/// <summary>The connections, credentials and retry budget that all tables of an account share. Nothing is sent before the first call.</summary>
internal sealed class RestConnection : IDisposable
{
    private static readonly string[] Scopes = ["https://storage.azure.com/.default"];

    // Long enough to be worth the handshake, short enough to follow a fail-over of the account's address.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // The service closes idle connections; one that we close first is not found dead by a request.
    private static readonly TimeSpan ConnectionIdle = TimeSpan.FromMinutes(1);

    private readonly TableAccount _account;
    private readonly ILoggerFactory _loggerFactory;
    private readonly HttpClient _client;
    private readonly HttpClientTransport _transport;
    private readonly RestSender _sender;

    /// <summary>Prepares what tables need.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="credential">The credential where the options hold none; null for the default one.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="loggerFactory">The log.</param>
    /// <param name="handler">What sends; null for sockets.</param>
    public RestConnection(
        TableStorageOptions options,
        TokenCredential? credential,
        TimeProvider timeProvider,
        ILoggerFactory loggerFactory,
        HttpMessageHandler? handler = null)
    {
        _account = options.Account();
        _loggerFactory = loggerFactory;
        _client = new HttpClient(handler ?? Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
        _transport = new HttpClientTransport(_client);
        var authentication = Authentication(_account, options, credential, timeProvider);
        var pipeline = new HttpPipeline(_transport, authentication is null ? [] : [authentication]);
        _sender = new RestSender(pipeline, options, timeProvider, loggerFactory.CreateLogger<RestSender>());
    }

    /// <summary>Gives one table; whether it exists is not looked at.</summary>
    public ITable Table(string name) =>
        new RestTable(name, _sender, new RestAddresses(_account, name), new RestFaults(name, _loggerFactory.CreateLogger<RestTable>()));

    public void Dispose()
    {
        _transport.Dispose();
        _client.Dispose();
    }

    private static SocketsHttpHandler Handler(TableStorageOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null, // the span of the call is ours to make (InstrumentedTable)
        ConnectTimeout = options.TryTimeout,
        MaxConnectionsPerServer = options.MaxConnections,
        PooledConnectionLifetime = ConnectionLifetime,
        PooledConnectionIdleTimeout = ConnectionIdle,
    };

    private static HttpPipelinePolicy? Authentication(
        TableAccount account, TableStorageOptions options, TokenCredential? credential, TimeProvider timeProvider)
    {
        if (account.UsesToken)
        {
            credential ??= AppIdentity.Credential(options.ManagedIdentityClientId);
            return new BearerTokenAuthenticationPolicy(new SharedTokenCredential(credential, timeProvider), Scopes);
        }

        return account is { Name: { } name, Key: { } key } ? new SharedKeyLitePolicy(name, key, new ServiceDate(timeProvider)) : null;
    }
}
