using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Support.TableServer.Storage;
using Support.TableServer.Wire;

namespace Support.TableServer;

/// <summary>
/// Speaks the part of Table Storage's REST interface that SessionCore's client uses, on a loopback port. Signatures are not checked:
/// it is for tests on one machine.
/// </summary>
public sealed class TableHost : IAsyncDisposable
{
    /// <summary>The account's name in every address.</summary>
    public const string Account = "devstoreaccount1";

    // Clients need a key to sign with; it is not checked.
    private const string AnyKey = "bm90LWEtcmVhbC1rZXktYnV0LTMyLWJ5dGVzLWxvbmc=";

    private readonly WebApplication _app;

    private TableHost(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    /// <summary>Gets where it listens.</summary>
    public int Port { get; }

    /// <summary>Gets the connection string of the tables here.</summary>
    public string ConnectionString => ConnectionStringFor(Port);

    /// <summary>Gives the connection string of a server, or of a proxy before it, on a loopback port.</summary>
    public static string ConnectionStringFor(int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AnyKey};TableEndpoint=http://127.0.0.1:{port}/{Account};");

    /// <summary>Begins to listen.</summary>
    /// <param name="tables">What it serves.</param>
    /// <param name="port">Where; 0 for any free port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TableHost> StartAsync(DurableTables tables, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        app.Run(new TableRequests(tables).AnswerAsync);
        await app.StartAsync(cancellationToken);
        return new TableHost(app, new Uri(app.Urls.First()).Port);
    }

    /// <summary>Waits until the process is asked to end.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
