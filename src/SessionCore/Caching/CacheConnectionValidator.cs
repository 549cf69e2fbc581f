using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SessionCore.Caching.Redis;

namespace SessionCore.Caching;

/// <summary>Refuses a connection that is malformed, unsupported by this build, or unencrypted to another machine.</summary>
internal sealed class CacheConnectionValidator(IHostEnvironment? environment = null) : IValidateOptions<CacheOptions>
{
    public ValidateOptionsResult Validate(string? name, CacheOptions options)
    {
        var fault = Fault(options);
        return fault is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{CacheOptions.SectionName}:{fault}");
    }

    private string? Fault(CacheOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.Endpoint))
        {
            return EndpointFault(options.Endpoint);
        }

        return string.IsNullOrWhiteSpace(options.ConnectionString) ? null : ConnectionStringFault(options);
    }

    private static string? EndpointFault(string endpoint)
    {
        var isPlain = !endpoint.Contains(',', StringComparison.Ordinal) && !endpoint.Contains('=', StringComparison.Ordinal);
        return isPlain ? null : $"{nameof(CacheOptions.Endpoint)}: must be host and port only, such as 'name.region.redis.azure.net:10000'.";
    }

    private string? ConnectionStringFault(CacheOptions options)
    {
        try
        {
            var configuration = RedisConfiguration.FromConnectionString(options);
            var isExposed = !configuration.Ssl && environment?.IsDevelopment() != true && !configuration.EndPoints.All(IsLocal);
            return isExposed
                ? $"{nameof(CacheOptions.ConnectionString)}: connects to another machine without TLS: add ssl=true."
                : null;
        }
        catch (FormatException e)
        {
            return $"{nameof(CacheOptions.ConnectionString)}: {e.Message}";
        }
    }

    private static bool IsLocal(EndPoint endpoint) => endpoint switch
    {
        IPEndPoint ip => IPAddress.IsLoopback(ip.Address),
        DnsEndPoint dns => dns.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase),
        _ => endpoint.AddressFamily == AddressFamily.Unix,
    };
}
