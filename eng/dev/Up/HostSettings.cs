using System.Globalization;
using SessionTesting.Hosts;

namespace Dev.Up;

/// <summary>What a host is started with.</summary>
/// <param name="port">Where it listens.</param>
/// <param name="tables">The connection string of the table store.</param>
/// <param name="redis">Host and port of Redis; null without a cache.</param>
internal sealed class HostSettings(int port, string tables, string? redis)
{
    private readonly HostConfiguration _configuration = new(tables, redis);

    public int Port => port;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    public string Tables => tables;

    public string? Redis => redis;

    /// <summary>Gets a key that may do everything a service may.</summary>
    public string ServiceKey => _configuration.Service.Reveal();

    /// <summary>Gets a key for maintenance.</summary>
    public string OperatorKey => _configuration.Operator.Reveal();

    /// <summary>Gives the environment variables that carry all of it.</summary>
    public IReadOnlyDictionary<string, string> ToEnvironment() => HostConfiguration.ToEnvironment(_configuration.Settings, new Uri(Url));
}
