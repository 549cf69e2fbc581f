using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>Makes what the library checks: algorithm, type, key, signature, issuer and audience. Times and endings are ours.</summary>
internal sealed class SessionPassportPostConfiguration(PassportKeys keys) : IPostConfigureOptions<SessionPassportOptions>
{
    public void PostConfigure(string? name, SessionPassportOptions options) => options.Parameters = new TokenValidationParameters
    {
        ValidAlgorithms = [PassportVerifier.Algorithm],
        ValidTypes = [PassportVerifier.Type],
        ValidIssuer = options.Issuer,
        ValidAudience = options.Audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        ValidateLifetime = false,
        TryAllIssuerSigningKeys = false,
        IssuerSigningKeyResolver = (_, _, kid, _) => keys.Known(kid),
    };
}
