using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dev.Up;
using SessionCore.Protection;

namespace Repository.Tests.Commands;

public sealed class HostSettingsTests
{
    private const string Tables = "TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;";

    [Fact]
    public void A_key_is_of_the_grammar_and_only_its_hash_is_configured()
    {
        var settings = new HostSettings(port: 1, Tables, redis: null);
        var variables = settings.ToEnvironment();

        foreach (var (key, entry) in new[] { (settings.ServiceKey, "ServiceKeys__0__"), (settings.OperatorKey, "ServiceKeys__1__") })
        {
            Assert.Matches("^ssk_[a-z0-9-]{1,32}_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}$", key);
            Assert.True(Checksum.IsRight(key));
            var secret = key[^49..^6];
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret))), variables[entry + "Hash"]);
            Assert.DoesNotContain(variables.Values, value => value.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Only_the_operator_operates()
    {
        var variables = new HostSettings(port: 1, Tables, redis: null).ToEnvironment();

        Assert.Equal(["sessions.operate"], ScopesOf("ServiceKeys__1__"));
        Assert.Equal(
            ["sessions.create", "sessions.introspect", "sessions.read", "sessions.data", "sessions.touch", "sessions.revoke", "sessions.keyed", "sessions.support", "sessions.endings", "sessions.events", "sessions.audit"],
            ScopesOf("ServiceKeys__0__"));

        string[] ScopesOf(string entry) => [.. variables.Where(variable => variable.Key.StartsWith(entry + "Scopes__", StringComparison.Ordinal)).Select(variable => variable.Value)];
    }

    [Fact]
    public void Every_start_draws_keys_of_its_own()
    {
        var (one, other) = (new HostSettings(port: 1, Tables, redis: null), new HostSettings(port: 1, Tables, redis: null));

        Assert.NotEqual(one.ServiceKey, other.ServiceKey);
        Assert.NotEqual(one.OperatorKey, other.OperatorKey);
        Assert.NotEqual(one.ToEnvironment()["Keys__Ring__0__Key"], other.ToEnvironment()["Keys__Ring__0__Key"]);
    }

    [Fact]
    public void Keys_expire_in_the_future_and_within_what_the_api_allows()
    {
        var expiry = DateTimeOffset.Parse(new HostSettings(port: 1, Tables, redis: null).ToEnvironment()["ServiceKeys__0__ExpiresAt"], CultureInfo.InvariantCulture);

        Assert.InRange(expiry - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1), TimeSpan.FromDays(90));
    }

    [Fact]
    public void A_run_without_a_cache_configures_none() =>
        Assert.Empty(new HostSettings(port: 1, Tables, redis: null).ToEnvironment()["Cache__ConnectionString"]);
}
