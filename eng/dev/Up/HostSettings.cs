using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Support.Hosts;

namespace Dev.Up;

/// <summary>What a host is started with.</summary>
/// <param name="port">Where it listens.</param>
/// <param name="tables">The connection string of the table store.</param>
/// <param name="redis">Host and port of Redis; null without a cache.</param>
/// <param name="keys">The keys of an earlier run; null to draw new ones.</param>
internal sealed class HostSettings(int port, string tables, string? redis, DevelopmentKeys? keys = null)
{
    private const int CodeBytes = 32;

    // Once used, the host names another one in its log.
    private readonly string _signInCode = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
    private readonly HostConfiguration _configuration = new(tables, redis);
    private readonly DevelopmentKeys _keys = keys ?? DevelopmentKeys.New();

    public int Port => port;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    public string Tables => tables;

    public string? Redis => redis;

    /// <summary>Gets a key that may do everything a service may.</summary>
    public string ServiceKey => _keys.Service;

    /// <summary>Gets a key for maintenance.</summary>
    public string OperatorKey => _keys.Operator;

    /// <summary>Gets the address of the console, with a code that signs an operator in once. The fragment is sent to nobody.</summary>
    public string ConsoleUrl => $"{Url}/console/#code={_signInCode}";

    /// <summary>Gives the environment variables that carry all of it.</summary>
    public IReadOnlyDictionary<string, string> ToEnvironment() => HostConfiguration.ToEnvironment(_keys.ApplyTo(_configuration.Settings), new Uri(Url));

    /// <summary>Gives the environment variables for the sign-in to the console, for the host that serves it.</summary>
    public IReadOnlyDictionary<string, string> ToSignInEnvironment() => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DevelopmentSignIn__Code"] = _signInCode,
        ["DevelopmentSignIn__Credential"] = OperatorKey,
    };
}
