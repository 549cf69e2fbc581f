using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionFunctions.Client;
using SessionFunctions.Client.Passports;

namespace SessionFunctions.AspNetCore.Passports;

/// <summary>Verifies passports without a call, as long as the feed of endings is fresh.</summary>
internal sealed class PassportVerifier(SessionsClient client, EndingsFeed feed, PassportKeys keys, VerifiedPassports verified, TimeProvider timeProvider)
{
    public const string Algorithm = SecurityAlgorithms.EcdsaSha256;
    public const string Type = "session-passport+jwt";

    // Claims of 4 KiB in base64url, and the rest.
    private const int MaxLength = 16 * 1024;
    private const int MostSeconds = 600;
    private const int ClockSkewSeconds = 30;

    // Each lets the sender choose the key, or demands what is not understood.
    private static readonly string[] RefusedHeaders = ["crit", "jku", "jwk", "x5u", "x5c"];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Verifies a passport.</summary>
    public async ValueTask<PassportResult> VerifyAsync(string text, SessionPassportOptions options, CancellationToken cancellationToken)
    {
        if (text.Length > MaxLength)
        {
            return PassportResult.Refused(PassportRefusal.Malformed);
        }

        if (verified.Find(text, options.Parameters) is not { } passport)
        {
            var result = await CheckAsync(text, options, cancellationToken).ConfigureAwait(false);
            if (result.Passport is null)
            {
                return result;
            }

            passport = result.Passport;
        }

        return TimeFault(passport) is { } late
            ? PassportResult.Refused(late)
            : await JudgeAsync(passport, options, cancellationToken).ConfigureAwait(false);
    }

    // What stays as it is: form, signature, issuer and audience.
    private async ValueTask<PassportResult> CheckAsync(string text, SessionPassportOptions options, CancellationToken cancellationToken)
    {
        if (Read(text) is not { } token)
        {
            return PassportResult.Refused(PassportRefusal.Malformed);
        }

        if (HeaderFault(token) is { } fault)
        {
            return PassportResult.Refused(fault);
        }

        try
        {
            if (!await keys.ExistsAsync(token.Kid, cancellationToken).ConfigureAwait(false))
            {
                return PassportResult.Refused(PassportRefusal.Key);
            }
        }
        catch (SessionsException e)
        {
            return PassportResult.Unknown(e);
        }

        // Taken before the check: when the keys are read meanwhile, what is kept by these is not found.
        var key = keys.Known(token.Kid);
        var result = await _handler.ValidateTokenAsync(token, options.Parameters).ConfigureAwait(false);
        if (!result.IsValid)
        {
            return PassportResult.Refused(RefusalOf(result.Exception));
        }

        if (PassportFacts.Of(Base64UrlEncoder.DecodeBytes(token.EncodedPayload)) is not { } passport)
        {
            return PassportResult.Refused(PassportRefusal.Malformed);
        }

        if (passport.Audience != options.Audience)
        {
            return PassportResult.Refused(PassportRefusal.Audience);
        }

        verified.Keep(text, options.Parameters, token.Kid, key, passport);
        return PassportResult.Accepted(passport);
    }

    private async ValueTask<PassportResult> JudgeAsync(Passport passport, SessionPassportOptions options, CancellationToken cancellationToken)
    {
        switch (feed.Judge(passport.Sid, passport.CreatedAt, passport.IssuedAt, options.MaxFeedAge))
        {
            case EndingsVerdict.NotEnded:
                return PassportResult.Accepted(passport);
            case EndingsVerdict.Ended:
                return PassportResult.Refused(PassportRefusal.Ended);
        }

        // An application without a host, or whose first request is faster than the feed.
        feed.Follow(options.MaxFeedAge);
        try
        {
            return await client.HasEndedAsync(passport.Sid, cancellationToken).ConfigureAwait(false)
                ? PassportResult.Refused(PassportRefusal.Ended)
                : PassportResult.Accepted(passport);
        }
        catch (SessionsException e)
        {
            return options.AcceptUntilExpiryWhenUnavailable ? PassportResult.Accepted(passport) : PassportResult.Unknown(e);
        }
    }

    private static JsonWebToken? Read(string text)
    {
        try
        {
            var token = new JsonWebToken(text);
            return token.IsEncrypted ? null : token;
        }
        catch (Exception e) when (e is ArgumentException or JsonException or FormatException)
        {
            return null;
        }
    }

    private static PassportRefusal? HeaderFault(JsonWebToken token)
    {
        if (token.Alg != Algorithm)
        {
            return PassportRefusal.Algorithm;
        }

        if (token.Typ != Type)
        {
            return PassportRefusal.Type;
        }

        foreach (var name in RefusedHeaders)
        {
            if (token.TryGetHeaderValue<object>(name, out _))
            {
                return PassportRefusal.Header;
            }
        }

        return string.IsNullOrEmpty(token.Kid) ? PassportRefusal.Key : null;
    }

    private static PassportRefusal RefusalOf(Exception? exception) => exception switch
    {
        SecurityTokenSignatureKeyNotFoundException => PassportRefusal.Key,
        SecurityTokenInvalidSignatureException => PassportRefusal.Signature,
        SecurityTokenInvalidIssuerException => PassportRefusal.Issuer,
        SecurityTokenInvalidAudienceException => PassportRefusal.Audience,
        SecurityTokenInvalidAlgorithmException => PassportRefusal.Algorithm,
        SecurityTokenInvalidTypeException => PassportRefusal.Type,
        _ => PassportRefusal.Malformed,
    };

    private PassportRefusal? TimeFault(Passport passport)
    {
        var now = timeProvider.GetUtcNow();
        if (passport.IssuedAt > now.AddSeconds(ClockSkewSeconds))
        {
            return PassportRefusal.IssuedInFuture;
        }

        if (now >= passport.ExpiresAt)
        {
            return PassportRefusal.Expired;
        }

        var longest = TimeSpan.FromSeconds(MostSeconds);
        if (feed.PassportLifetime is { } lifetime && lifetime < longest)
        {
            longest = lifetime;
        }

        return passport.ExpiresAt - passport.IssuedAt > longest ? PassportRefusal.Lifetime : null;
    }
}
