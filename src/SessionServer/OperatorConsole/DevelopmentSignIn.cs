using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SessionApi.Callers;

namespace SessionServer.OperatorConsole;

/// <summary>Exchange of a one-time code for the operator key of a development machine, so that no key is in an address.</summary>
/// <remarks>
/// Only in Development, and only with both settings of <see cref="SectionName"/>, which <c>dotnet dev.cs up</c> makes. The code is in the
/// fragment of the console's address, which browsers send to nobody.
/// </remarks>
internal sealed partial class DevelopmentSignIn(string code, string credential, DateTimeOffset expiresAt, ILogger<DevelopmentSignIn> logger)
{
    /// <summary>The configuration section: <c>Code</c> and <c>Credential</c>.</summary>
    public const string SectionName = "DevelopmentSignIn";

    private const string Route = "/console/sign-in";
    private const int CodeBytes = 32;
    private const int MaxBodyBytes = 1024;

    private readonly Lock _gate = new();
    private string _code = code;

    /// <summary>Maps the exchange where it is configured.</summary>
    public static void Map(WebApplication app)
    {
        var section = app.Configuration.GetSection(SectionName);
        if (!app.Environment.IsDevelopment() || section["Code"] is not { Length: > 0 } code || section["Credential"] is not { Length: > 0 } credential)
        {
            return;
        }

        var keys = app.Services.GetRequiredService<IOptions<ServiceKeysOptions>>().Value.Keys;
        var key = keys.FirstOrDefault(key => credential.StartsWith($"{ServiceKey.Prefix}{key.Id}_", StringComparison.Ordinal));
        var signIn = new DevelopmentSignIn(code, credential, key?.ExpiresAt ?? default, app.Services.GetRequiredService<ILogger<DevelopmentSignIn>>());
        app.MapPost(Route, (RequestDelegate)signIn.ExchangeAsync);
    }

    private async Task ExchangeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var result = await ReadCodeAsync(context.Request) is { } presented && TryUse(presented, out var next)
            ? Accept(context.Request, next)
            : Results.Problem(title: "The code is not valid, or was used. The log of the server has a new address.", statusCode: StatusCodes.Status403Forbidden);
        await result.ExecuteAsync(context);
    }

    // A page of another origin cannot send JSON without a preflight, which nothing here answers.
    private static async Task<string?> ReadCodeAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType() || request.ContentLength is not (> 0 and <= MaxBodyBytes))
        {
            return null;
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return body.RootElement.ValueKind is JsonValueKind.Object && body.RootElement.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.String
                ? code.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IResult Accept(HttpRequest request, string next)
    {
        LogAddress(logger, $"{request.Scheme}://{request.Host}/console/#code={next}");
        return Results.Json(new Dictionary<string, object>(StringComparer.Ordinal) { ["credential"] = credential, ["expiresAt"] = expiresAt });
    }

    private bool TryUse(string presented, out string next)
    {
        next = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
        lock (_gate)
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(_code)))
            {
                return false;
            }

            _code = next;
            return true;
        }
    }

    [LoggerMessage(1934, LogLevel.Information, "The sign-in code of the console was used. The next sign-in: {Address}")]
    private static partial void LogAddress(ILogger logger, string address);
}
