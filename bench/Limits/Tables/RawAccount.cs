namespace Bench.Limits.Tables;

/// <summary>A storage account by its connection string, with one pool of connections for all its tables.</summary>
internal sealed class RawAccount(HttpClient http, Uri endpoint, SharedKey key)
{
    public static RawAccount Parse(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        var key = new SharedKey(parts["AccountName"], Convert.FromBase64String(parts["AccountKey"]), TimeProvider.System);
        var http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        });
        return new RawAccount(http, new Uri(parts["TableEndpoint"]), key);
    }

    public RawTable Table(string name) => new(http, endpoint, key, name);
}
