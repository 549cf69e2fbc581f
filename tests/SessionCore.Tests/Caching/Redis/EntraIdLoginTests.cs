using System.Buffers.Text;
using System.Text;
using Azure.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SessionCore.Caching;
using SessionCore.Caching.Redis;
using StackExchange.Redis;
using Support.Time;

namespace SessionCore.Tests.Caching.Redis;

/// <summary>Signing in with tokens of a fake issuer, at a real server whose user has the token as its password.</summary>
public sealed class EntraIdLoginTests : IAsyncLifetime
{
    private const string ObjectId = "11111111-2222-3333-4444-555555555555";

    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly LogOf<EntraIdLogin> _log = new();
    private readonly Issuer _issuer;
    private TlsRedis? _redis;
    private ConnectionMultiplexer? _admin;

    public EntraIdLoginTests() => _issuer = new Issuer(_time);

    public async Task InitializeAsync()
    {
        _redis = await TlsRedis.StartAsync();
        _admin = await ConnectionMultiplexer.ConnectAsync(_redis.Server.Address + ",allowAdmin=true");
        await AcceptOnlyAsync(Issuer.TokenOf(1));
    }

    public async Task DisposeAsync()
    {
        await _admin!.DisposeAsync();
        await _redis!.DisposeAsync();
    }

    [Fact]
    public async Task The_connection_enters_as_the_tokens_identity_over_TLS()
    {
        using var login = Login();
        var configuration = await ConfigureAsync(login);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(configuration);

        Assert.True(configuration.Ssl);
        Assert.Equal(ObjectId, (string?)await connection.GetDatabase().ExecuteAsync("ACL", "WHOAMI"));
        Assert.Equal("https://redis.azure.com/.default", Assert.Single(_issuer.Scopes));
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_lapses_and_shown_on_the_open_connection()
    {
        using var login = Login();
        await using var connection = await OpenAsync(login);
        await AcceptOnlyAsync(Issuer.TokenOf(1), Issuer.TokenOf(2));

        _time.Advance(TokenLife - TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, _issuer.Issued);
        _time.Advance(TimeSpan.FromSeconds(1));

        await UntilAsync(async () => await AuthCallsAsync() > 0);
        Assert.Equal(2, _issuer.Issued);
        Assert.Equal(ObjectId, (string?)await connection.GetDatabase().ExecuteAsync("ACL", "WHOAMI"));
    }

    [Fact]
    public async Task A_connection_that_is_lost_later_enters_with_the_renewed_token()
    {
        using var login = Login();
        await using var connection = await OpenAsync(login);
        await AcceptOnlyAsync(Issuer.TokenOf(1), Issuer.TokenOf(2));
        _time.Advance(TokenLife);
        await UntilAsync(async () => await AuthCallsAsync() > 0);

        await AcceptOnlyAsync(Issuer.TokenOf(2));
        await _admin!.GetDatabase().ExecuteAsync("CLIENT", "KILL", "USER", ObjectId);

        await UntilAsync(async () => (string?)await connection.GetDatabase().ExecuteAsync("ACL", "WHOAMI") == ObjectId);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_asked_again_and_named_by_its_failure_only()
    {
        using var login = Login();
        await using var connection = await OpenAsync(login);
        await AcceptOnlyAsync(Issuer.TokenOf(1), Issuer.TokenOf(2));

        _issuer.Failure = new HttpRequestException("secret of the issuer");
        _time.Advance(TokenLife - TimeSpan.FromMinutes(5));
        await UntilAsync(() => Task.FromResult(_log.Lines.Count > 0));
        _issuer.Failure = null;
        await UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            return await AuthCallsAsync() > 0;
        });

        Assert.Contains("Warning 3301", _log.Lines[0], StringComparison.Ordinal);
        Assert.Contains(nameof(HttpRequestException), _log.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_issuer_that_is_away_at_the_start_leaves_the_cache_unavailable_until_it_is_back()
    {
        _issuer.Failure = new HttpRequestException("away");
        using var multiplexer = new RedisMultiplexer(new TrustingLogin(Login(), this), NullLogger.Instance);
        var connection = new RedisConnection(multiplexer.ConnectAsync, TimeProvider.System);
        await Assert.ThrowsAsync<CacheUnavailableException>(async () => await connection.OpenAsync(Limit, CancellationToken.None));

        _issuer.Failure = null;
        await AcceptOnlyAsync(Issuer.TokenOf(_issuer.Issued + 1));
        var database = await connection.OpenAsync(Limit, CancellationToken.None);

        Assert.Equal(ObjectId, (string?)await database.ExecuteAsync("ACL", "WHOAMI"));
    }

    private EntraIdLogin Login() => new(new CacheOptions { Endpoint = _redis!.Endpoint }, _issuer, _time, _log);

    private async Task<ConnectionMultiplexer> OpenAsync(EntraIdLogin login)
    {
        var configuration = await ConfigureAsync(login);
        var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        await connection.GetDatabase().PingAsync();
        await _admin!.GetDatabase().ExecuteAsync("CONFIG", "RESETSTAT");
        login.Opened(connection, configuration);
        return connection;
    }

    private async Task<ConfigurationOptions> ConfigureAsync(EntraIdLogin login)
    {
        var configuration = await login.ConfigureAsync();
        configuration.CertificateValidation += (_, certificate, _, _) => certificate?.GetCertHashString() == _redis!.Thumbprint;
        return configuration;
    }

    private Task<RedisResult> AcceptOnlyAsync(params string[] tokens) => _admin!.GetDatabase().ExecuteAsync(
        "ACL", ["SETUSER", ObjectId, "reset", "on", "~*", "&*", "+@all", .. tokens.Select(token => ">" + token)]);

    private async Task<long> AuthCallsAsync() =>
        RedisStatistics.CallsOf("auth", (string?)await _admin!.GetDatabase().ExecuteAsync("INFO", "commandstats"));

    private static Task UntilAsync(Func<Task<bool>> condition) => Eventually.TrueAsync(() => IsTrueAsync(condition));

    private static async Task<bool> IsTrueAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (RedisException)
        {
            // The connection is on its way back.
            return false;
        }
    }

    private sealed class TrustingLogin(EntraIdLogin login, EntraIdLoginTests tests) : IRedisLogin
    {
        public Task<ConfigurationOptions> ConfigureAsync() => tests.ConfigureAsync(login);

        public void Opened(IConnectionMultiplexer multiplexer, ConfigurationOptions configuration) => login.Opened(multiplexer, configuration);

        public void Dispose() => login.Dispose();
    }

    private sealed class Issuer(ManualTimeProvider time) : TokenCredential
    {
        public int Issued { get; private set; }

        public List<string> Scopes { get; } = [];

        public Exception? Failure { get; set; }

        public static string TokenOf(int number) =>
            $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"oid":"{{ObjectId}}","jti":{{number}}}"""))}.c2ln";

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken(TokenOf(++Issued), time.GetUtcNow() + TokenLife);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
