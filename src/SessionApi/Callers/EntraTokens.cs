using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionApi.Contract;

namespace SessionApi.Callers;

/// <summary>Checks Entra ID access tokens of applications (RFC 8725, RFC 9068; ASVS 5.0 V9).</summary>
internal sealed partial class EntraTokens(
    IOptions<EntraOptions> options, EntraKeys keys, TimeProvider timeProvider, ILogger<EntraTokens> logger)
{
    private const int MaxTokenCharacters = 8 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    // An app registration issues tokens of version 1.0 unless its manifest asks for 2.0. They are recognised to log how to change that.
    private static readonly string[] Version1Instances = ["https://sts.windows.net", "https://sts.chinacloudapi.cn"];

    private readonly EntraOptions _options = options.Value;
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenCharacters };

    public bool IsEnabled => _options.IsEnabled;

    public async ValueTask<EntraVerdict> CheckAsync(string text, CancellationToken cancellationToken)
    {
        if (KeyIdOf(text) is not { } keyId)
        {
            return EntraVerdict.Refused;
        }

        var (key, isCertain) = await keys.FindAsync(keyId, cancellationToken);
        if (key is null)
        {
            return isCertain ? EntraVerdict.Refused : EntraVerdict.Undecided;
        }

        if (Verify(text, key) is not { } token)
        {
            return EntraVerdict.Refused;
        }

        if (token.Issuer == _options.Authority)
        {
            return EntraVerdict.Of(CallerOf(token));
        }

        LogVersion1Refused();
        return EntraVerdict.Refused;
    }

    // Reads the header only. The algorithm must be on the list, and keys are identified by kid alone; jku, x5u, jwk and x5c are
    // ignored. A JWE has five parts and is refused.
    private static string? KeyIdOf(string text)
    {
        if (text.Length > MaxTokenCharacters || text.AsSpan().Count('.') != 2)
        {
            return null;
        }

        try
        {
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(text[..text.IndexOf('.', StringComparison.Ordinal)]));
            var root = header.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("alg"u8, out var algorithm)
                && algorithm.ValueKind == JsonValueKind.String
                && Algorithms.Contains(algorithm.GetString())
                && !root.TryGetProperty("crit"u8, out _)
                && root.TryGetProperty("kid"u8, out var keyId)
                && keyId.ValueKind == JsonValueKind.String
                ? keyId.GetString()
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    private JsonWebToken? Verify(string text, SecurityKey key)
    {
        var parameters = new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            ValidIssuers = [_options.Authority, .. Version1Instances.Select(instance => $"{instance}/{_options.TenantId}/")],
            ValidAudiences = _options.Audiences,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            LifetimeValidator = IsInTime,
        };

        // ValidateTokenAsync is not in the oldest supported version of the library; both do the same, without I/O.
#pragma warning disable CS0618
        var result = _handler.ValidateToken(text, parameters);
#pragma warning restore CS0618
        return result.IsValid ? result.SecurityToken as JsonWebToken : null;
    }

    private bool IsInTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Skew && (notBefore is not { } start || now >= start - Skew);
    }

    // App-only: a delegated token has scp, an ID token has neither azp nor idtyp, and an application is its own subject.
    private Caller? CallerOf(JsonWebToken token)
    {
        var type = Text(token, "idtyp");
        var client = Text(token, "azp") ?? Text(token, "appid");
        var subject = Text(token, "oid");
        if (Text(token, "tid") != _options.TenantId
            || subject is null
            || client is null
            || type is not (null or "app")
            || (type is null && subject != token.Subject)
            || token.TryGetPayloadValue<object>("scp", out _)
            || token.TryGetPayloadValue<object>("nonce", out _)
            || (_options.Clients.Count > 0 && !_options.Clients.Contains(client)))
        {
            return null;
        }

        var scopes = token.Claims
            .Where(claim => claim.Type == "roles")
            .Aggregate(Scopes.None, (scopes, claim) => scopes | ScopesOf(claim.Value));
        return new Caller($"entra:{_options.TenantId}:{subject}", scopes);
    }

    private Scopes ScopesOf(string role) =>
        ScopeNames.Parse(role) | (_options.RoleScopes.TryGetValue(role, out var names) ? ScopeNames.Parse(names) : Scopes.None);

    private static string? Text(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var value) && !string.IsNullOrEmpty(value) ? value : null;

    [LoggerMessage(2250, LogLevel.Warning, "An Entra ID token of version 1.0 was refused. Set requestedAccessTokenVersion to 2 in the manifest of this API's app registration.")]
    private partial void LogVersion1Refused();
}

/// <summary>Verdict on a presented token: the caller, no caller, or undecided while the keys cannot be read.</summary>
internal readonly record struct EntraVerdict(Caller? Caller, bool IsUndecided)
{
    public static EntraVerdict Refused => default;

    public static EntraVerdict Of(Caller? caller) => new(caller, IsUndecided: false);

    public static EntraVerdict Undecided => new(null, IsUndecided: true);
}
