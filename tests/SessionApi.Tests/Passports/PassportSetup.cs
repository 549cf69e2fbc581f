using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SessionApi.Passports;

namespace SessionApi.Tests.Passports;

/// <summary>Settings of an API that issues passports, and a reading of them that shares no code with their making.</summary>
internal static class PassportSetup
{
    public const string Issuer = "https://sessions.example.com";
    public const string Audience = "orders";

    public static string FirstKey { get; } = PassportKeyOptions.New().Key;

    public static string SecondKey { get; } = PassportKeyOptions.New().Key;

    public static Dictionary<string, string?> Settings(params (string Name, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Events:Enabled"] = "true",
            ["Events:Log:Enabled"] = "true",
            ["Passports:Enabled"] = "true",
            ["Passports:Issuer"] = Issuer,
            ["Passports:Audiences:0:Name"] = Audience,
            ["Passports:Audiences:0:Clients:0"] = "service",
            ["Passports:Audiences:1:Name"] = "billing",
            ["Passports:Audiences:1:Clients:0"] = "another",
            ["Passports:Keys:0:Key"] = FirstKey,
            ["Passports:Keys:0:State"] = "Active",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }

    public static JsonElement Header(string passport) => Part(passport, 0);

    public static JsonElement Claims(string passport) => Part(passport, 1);

    /// <summary>Whether a published key verifies a passport.</summary>
    public static bool IsSignedBy(string passport, JsonElement jwk)
    {
        var parts = passport.Split('.');
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(jwk.GetProperty("y").GetString()) },
        });
        return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256);
    }

    private static JsonElement Part(string passport, int part) => JsonElement.Parse(Base64Url.DecodeFromChars(passport.Split('.')[part]));
}
