using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionApi.Contract;

namespace SessionApi.Callers;

/// <summary>Checks Entra ID access tokens of applications, and of users who are operators (RFC 8725, RFC 9068; ASVS 5.0 V9).</summary>
internal sealed partial class EntraTokens(
    IOptions<EntraOptions> options, EntraKeys keys, TimeProvider timeProvider, ILogger<EntraTokens> logger)
{
    private const int MaxTokenCharacters = 8 * 1024;

    private const Scopes OperatorScopes = Scopes.Operate | Scopes.Support;

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

    // An ID token has neither azp nor idtyp, and it has a nonce when a browser asked for it.
    private Caller? CallerOf(JsonWebToken token)
    {
        var client = Text(token, "azp") ?? Text(token, "appid");
        var subject = Text(token, "oid");
        if (Text(token, "tid") != _options.TenantId
            || subject is null
            || client is null
            || token.TryGetPayloadValue<object>("nonce", out _)
            || (_options.Clients.Count > 0 && !_options.Clients.Contains(client)))
        {
            return null;
        }

        var id = $"entra:{_options.TenantId}:{subject}";
        if (IsAppOnly(token, subject))
        {
            return new Caller(id, RolesOf(token)) { Kind = CredentialHolder.Application, Name = client };
        }

        // A user is an operator: roles that are for services grant a user nothing.
        return IsDelegated(token)
            ? new Caller(id, RolesOf(token) & OperatorScopes) { Kind = CredentialHolder.User, Name = Text(token, "preferred_username") ?? Text(token, "name") ?? subject }
            : null;
    }

    // A delegated token has scp, and an application is its own subject.
    private static bool IsAppOnly(JsonWebToken token, string subject) =>
        !token.TryGetPayloadValue<object>("scp", out _)
        && Text(token, "idtyp") is var type
        && (type is "app" || (type is null && subject == token.Subject));

    // What the user may do is in the roles; scp only says that the user has let the client ask.
    private bool IsDelegated(JsonWebToken token) =>
        Text(token, "idtyp") is null or "user"
        && Text(token, "scp") is { } permissions
        && permissions.Split(' ').Any(permission => _options.UserPermissions.Contains(permission));

    private Scopes RolesOf(JsonWebToken token) => token.Claims
        .Where(claim => claim.Type == "roles")
        .Aggregate(Scopes.None, (scopes, claim) => scopes | ScopesOf(claim.Value));

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
