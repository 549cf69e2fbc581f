using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SessionApi.Callers;

namespace SessionApi.Tests.Callers;

/// <summary>A tenant of our own: signing keys, a metadata document, and a network that only it answers on and that counts.</summary>
internal sealed class FakeEntra : HttpMessageHandler
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string Audience = "api://sessions";
    public const string Client = "66666666-7777-8888-9999-000000000000";
    public const string Principal = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    public const string Issuer = $"https://login.microsoftonline.com/{Tenant}/v2.0";

    // Making a key takes long; one is enough for all tests.
    private static readonly RSA FirstKey = NewRsa(2048);

    public List<string> Requests { get; } = [];

    public bool IsDown { get; set; }

    /// <summary>Gets the keys the tenant publishes, by id.</summary>
    public Dictionary<string, AsymmetricAlgorithm> Published { get; } = new(StringComparer.Ordinal) { ["key-1"] = FirstKey };

    public string MetadataIssuer { get; set; } = Issuer;

    public string KeysAddress { get; set; } = "https://login.microsoftonline.com/keys";

    /// <summary>Gets or sets a change of what is published of each key.</summary>
    public Action<JsonObject>? AlterKey { get; set; }

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Entra:TenantId"] = Tenant,
        ["Entra:Audiences:0"] = Audience,
        ["RateLimit:Failures"] = "1000000",
    };

    public ApiFixture NewApi(params (string Name, string Value)[] settings) => new(
        new Dictionary<string, string?>(Settings.Concat(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))),
        services => services.AddSingleton(provider => new EntraBackchannel(this, provider.GetRequiredService<TimeProvider>())));

    /// <summary>A key that exists already, unlike that of <see cref="RSA.Create(int)"/>, which is made when it is first used.</summary>
    public static RSA NewRsa(int bits)
    {
        var key = RSA.Create(bits);
        key.ExportParameters(includePrivateParameters: false);
        return key;
    }

    /// <summary>The claims of a good app-only access token.</summary>
    public static JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = Audience,
        ["tid"] = Tenant,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.ToUnixTimeSeconds() + 3600,
        ["azp"] = Client,
        ["oid"] = Principal,
        ["sub"] = Principal,
        ["idtyp"] = "app",
        ["roles"] = new JsonArray("sessions.read"),
    };

    public static JsonObject Header(string algorithm = "RS256", string keyId = "key-1") => new() { ["typ"] = "JWT", ["alg"] = algorithm, ["kid"] = keyId };

    /// <summary>Signs with a published key, as its header says.</summary>
    public string Sign(JsonObject header, JsonObject claims)
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var keyId = (string?)header["kid"] ?? "key-1";
        var key = Published.GetValueOrDefault(keyId) ?? Published.Values.First();
        var signature = ((string?)header["alg"], key) switch
        {
            ("RS256", RSA rsa) => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ("RS384", RSA rsa) => rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
            ("PS256", RSA rsa) => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            ("ES256", ECDsa ec) => ec.SignData(bytes, HashAlgorithmName.SHA256),
            ("HS256", RSA rsa) => HMACSHA256.HashData(Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), bytes),
            _ => [],
        };
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.AbsoluteUri;
        lock (Requests)
        {
            Requests.Add(address);
        }

        if (IsDown)
        {
            throw new HttpRequestException("The network is down.");
        }

        var text = address switch
        {
            Issuer + "/.well-known/openid-configuration" => JsonSerializer.Serialize(new { issuer = MetadataIssuer, jwks_uri = KeysAddress }),
            "https://login.microsoftonline.com/keys" => new JsonObject { ["keys"] = new JsonArray([.. Published.Select(Publish)]) }.ToJsonString(),
            _ => null,
        };
        return Task.FromResult(text is null
            ? new HttpResponseMessage(HttpStatusCode.NotFound)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") });
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private JsonObject Publish(KeyValuePair<string, AsymmetricAlgorithm> key)
    {
        var jwk = new JsonObject { ["kid"] = key.Key, ["use"] = "sig" };
        if (key.Value is RSA rsa)
        {
            var parameters = rsa.ExportParameters(includePrivateParameters: false);
            jwk["kty"] = "RSA";
            jwk["n"] = Base64Url.EncodeToString(parameters.Modulus);
            jwk["e"] = Base64Url.EncodeToString(parameters.Exponent);
        }
        else if (key.Value is ECDsa ec)
        {
            var parameters = ec.ExportParameters(includePrivateParameters: false);
            jwk["kty"] = "EC";
            jwk["crv"] = "P-256";
            jwk["x"] = Base64Url.EncodeToString(parameters.Q.X);
            jwk["y"] = Base64Url.EncodeToString(parameters.Q.Y);
        }

        AlterKey?.Invoke(jwk);
        return jwk;
    }
}
