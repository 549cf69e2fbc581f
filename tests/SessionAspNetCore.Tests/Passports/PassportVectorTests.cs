using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using SessionFunctions.AspNetCore.Passports;
using SessionFunctions.Client;

namespace SessionAspNetCore.Tests.Passports;

/// <summary>The vectors that every verifier must agree on: clients/test-vectors.</summary>
public sealed class PassportVectorTests
{
    public static TheoryData<string> Names => [.. PassportVectors.All.Select(static vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_vector_gets_its_verdict(string name)
    {
        using var verifier = new TestedVerifier();
        await verifier.PollAsync();
        var (_, passport, expected) = PassportVectors.All.Single(vector => vector.Name == name);

        var result = await verifier.VerifyAsync(passport);

        Assert.Equal(expected, result.Passport is null ? NameOf(result.Refusal) : "accepted");
        Assert.Null(result.Failure);
        Assert.Equal(0, verifier.Api.EndingsAsked);
    }

    [Fact]
    public async Task The_facts_are_those_of_the_claims()
    {
        using var verifier = new TestedVerifier();
        await verifier.PollAsync();

        var full = (await verifier.VerifyAsync(PassportVectors.PassportOf("a user with all claims"))).Passport!;
        var acted = (await verifier.VerifyAsync(PassportVectors.PassportOf("an actor"))).Passport!;
        var anonymous = (await verifier.VerifyAsync(PassportVectors.PassportOf("an anonymous session"))).Passport!;

        Assert.Equal(("alice", AssuranceLevel.Aal2, 3L), (full.UserId, full.AssuranceLevel, full.Version));
        Assert.Equal(["pwd", "otp"], full.Methods);
        Assert.Equal("admin", full.Claims?.GetProperty("role").GetString());
        Assert.Equal(PassportVectors.Now.AddSeconds(-30), full.IssuedAt);
        Assert.Equal(PassportVectors.Now.AddSeconds(60), full.ExpiresAt);
        Assert.Equal(PassportVectors.Now.AddSeconds(-3000), full.AuthenticatedAt);
        Assert.Equal(PassportVectors.Now.AddSeconds(-3000).AddMilliseconds(123), full.CreatedAt);
        Assert.Equal(new SessionActor { Sub = "bob", Reason = "ticket 4711" }, acted.Actor);
        Assert.Null(acted.Methods);
        Assert.Null(anonymous.UserId);
    }

    [Fact]
    public void The_feed_names_a_session_by_the_first_half_of_its_hash() =>
        Assert.Equal(PassportVectors.EndedHash, WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(PassportVectors.EndedSid)).AsSpan(0, 16)));

    private static string? NameOf(PassportRefusal? refusal) => refusal switch
    {
        PassportRefusal.IssuedInFuture => "issued-in-future",
        null => null,
        _ => refusal.ToString()!.ToLowerInvariant(),
    };
}
