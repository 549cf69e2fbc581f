using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Bench.Peers.AspNetCoreAuthentication;

/// <summary>The keys of passports for <c>JwtBearer</c>, which checks them as it checks any token: what it lacks is the end of a session.</summary>
internal static class PassportKeySet
{
    public static async Task<JsonWebKeySet> ReadAsync(Uri address)
    {
        using var client = new HttpClient();
        return new JsonWebKeySet(await client.GetStringAsync(address));
    }

    public static void Apply(JwtBearerOptions options, JsonWebKeySet keys, string issuer, string audience) => options.TokenValidationParameters = new TokenValidationParameters
    {
        ValidIssuer = issuer,
        ValidAudience = audience,
        ValidAlgorithms = ["ES256"],
        ValidTypes = ["session-passport+jwt"],
        IssuerSigningKeys = keys.GetSigningKeys(),
    };
}
