using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using SessionCore.Caching;

namespace SessionCore.Tests.Caching;

public sealed class CacheOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_mean_no_cache()
    {
        var options = new CacheOptions();

        Assert.False(options.IsConfigured);
        Assert.Empty(FaultsOf(options));
        Assert.Equal(TimeSpan.FromSeconds(30), options.MaxAge);
        Assert.Equal(TimeSpan.FromSeconds(2), options.ClockSkew);
        Assert.Equal(TimeSpan.FromSeconds(5), options.LeaseTime);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.OperationTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(10), options.BusyWait);
        Assert.Equal(0, options.ReplicaAcks);
        Assert.Equal(TimeSpan.FromMilliseconds(100), options.ReplicaAckTimeout);
        Assert.Equal(string.Empty, options.KeyPrefix);
    }

    [Theory]
    [InlineData(nameof(CacheOptions.MaxAge), 5_000, 300_000)]
    [InlineData(nameof(CacheOptions.ClockSkew), 0, 60_000)]
    [InlineData(nameof(CacheOptions.LeaseTime), 1_000, 60_000)]
    [InlineData(nameof(CacheOptions.OperationTimeout), 10, 5_000)]
    [InlineData(nameof(CacheOptions.BusyWait), 0, 250)]
    [InlineData(nameof(CacheOptions.ReplicaAckTimeout), 1, 2_000)]
    public void A_time_is_valid_within_its_bounds_only(string name, int leastMs, int mostMs)
    {
        Assert.Empty(FaultsWith(name, leastMs));
        Assert.Empty(FaultsWith(name, mostMs));
        Assert.Contains(name, Assert.Single(FaultsWith(name, leastMs - 1)), StringComparison.Ordinal);
        Assert.Contains(name, Assert.Single(FaultsWith(name, mostMs + 1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Replicas_to_wait_for_are_none_to_five(int replicas, bool valid) =>
        Assert.Equal(valid, FaultsOf(new CacheOptions { ReplicaAcks = replicas }).Count == 0);

    [Theory]
    [InlineData("", true)]
    [InlineData("blue:", true)]
    [InlineData("{blue}:", false)]
    [InlineData("a b", false)]
    public void A_key_prefix_has_no_braces_and_no_white_space(string prefix, bool valid) =>
        Assert.Equal(valid, FaultsOf(new CacheOptions { KeyPrefix = prefix }).Count == 0);

    [Fact]
    public void A_key_prefix_has_64_characters_at_most()
    {
        Assert.Empty(FaultsOf(new CacheOptions { KeyPrefix = new string('p', 64) }));
        Assert.Single(FaultsOf(new CacheOptions { KeyPrefix = new string('p', 65) }));
    }

    [Fact]
    public void A_lease_outlasts_one_step()
    {
        var options = new CacheOptions { LeaseTime = TimeSpan.FromSeconds(3), OperationTimeout = TimeSpan.FromSeconds(3) };

        Assert.Contains(nameof(CacheOptions.LeaseTime), Assert.Single(FaultsOf(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_string_and_endpoint_exclude_each_other() =>
        Assert.Single(FaultsOf(new CacheOptions { ConnectionString = "localhost", Endpoint = "host:10000" }));

    [Theory]
    [InlineData("localhost", "Production", true)]
    [InlineData("localhost:6379", "Production", true)]
    [InlineData("127.0.0.1:6379,password=secret", "Production", true)]
    [InlineData("redis:6379", "Development", true)]
    [InlineData("redis:6379", "Production", false)]
    [InlineData("10.0.0.4:6379", "Staging", false)]
    [InlineData("redis:6380,ssl=true", "Production", true)]
    [InlineData("redis:6380,ssl=false", "Production", false)]
    [InlineData("localhost,redis:6379", "Production", false)]
    public void A_connection_to_another_machine_is_encrypted_outside_development(string connectionString, string environment, bool valid)
    {
        var faults = ConnectionFaultsOf(new CacheOptions { ConnectionString = connectionString }, environment);

        Assert.Equal(valid, faults.Count == 0);
        Assert.All(faults, fault => Assert.Contains("add ssl=true", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_known_environment_the_rules_are_those_of_production() =>
        Assert.True(new CacheConnectionValidator().Validate(null, new CacheOptions { ConnectionString = "redis:6379" }).Failed);

    [Theory]
    [InlineData("redis:6380,pass word=hunter2,ssl=true")]
    [InlineData("redis:6380,password=a,hunter2=b,ssl=true")]
    [InlineData("redis:6380,password=hunter2,connectTimeout=soon")]
    [InlineData("password=hunter2,ssl=true")]
    [InlineData(",,,")]
    public void A_connection_string_that_cannot_be_read_is_one_fault_that_shows_nothing_of_it(string connectionString)
    {
        var fault = Assert.Single(ConnectionFaultsOf(new CacheOptions { ConnectionString = connectionString }, "Production"));

        Assert.StartsWith("Cache:ConnectionString: ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_of_host_and_port_is_valid() =>
        Assert.Empty(ConnectionFaultsOf(new CacheOptions { Endpoint = "name.region.redis.azure.net:10000" }, "Production"));

    [Theory]
    [InlineData("host:10000,ssl=false")]
    [InlineData("password=x")]
    public void An_endpoint_is_host_and_port_only(string endpoint) =>
        Assert.Single(ConnectionFaultsOf(new CacheOptions { Endpoint = endpoint }, "Production"));

    private static List<string> FaultsWith(string name, int milliseconds)
    {
        // The other times step aside, so that only the bounds speak.
        var options = new CacheOptions { LeaseTime = TimeSpan.FromSeconds(60), OperationTimeout = TimeSpan.FromMilliseconds(10) };
        typeof(CacheOptions).GetProperty(name)!.SetValue(options, TimeSpan.FromMilliseconds(milliseconds));
        return FaultsOf(options);
    }

    private static List<string> FaultsOf(CacheOptions options)
    {
        var attributes = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), attributes, validateAllProperties: true);
        var generated = new CacheOptionsValidator().Validate(null, options);
        Assert.Equal(attributes.Count > 0, generated.Failed);
        return [.. generated.Failures ?? []];
    }

    private static List<string> ConnectionFaultsOf(CacheOptions options, string environment) =>
        [.. new CacheConnectionValidator(new Environment { EnvironmentName = environment }).Validate(null, options).Failures ?? []];

    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = string.Empty;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = string.Empty;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
