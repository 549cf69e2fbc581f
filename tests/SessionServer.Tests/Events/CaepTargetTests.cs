using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SessionCore.Events;
using SessionCore.Sessions;
using Support;
using Support.Http;

namespace SessionServer.Tests.Events;

/// <summary>A receiver of CAEP gets security event tokens (RFC 8417) by RFC 8935, and its answers count as that says.</summary>
public sealed class CaepTargetTests : IAsyncLifetime
{
    private readonly CapturedLog _log = new();
    private WebhookReceiver? _receiver;

    private WebhookReceiver Receiver => _receiver ?? throw new InvalidOperationException("The receiver has not started.");

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        Answer(StatusCodes.Status202Accepted);
    }

    public async Task DisposeAsync() => await Receiver.DisposeAsync();

    [Fact]
    public async Task It_gets_a_signed_token_of_the_session_that_was_revoked()
    {
        Assert.True(await DeliverAsync(TargetUnderTest.Ended));

        var got = Assert.Single(Receiver.Received);
        Assert.Equal(
            ("application/secevent+jwt", "application/json", $"Bearer {TargetUnderTest.PushToken}"),
            (got.Headers["Content-Type"], got.Headers["Accept"], got.Headers["Authorization"]));
        var token = await ReadAsync(got);
        Assert.Equal(("ES256", "secevent+jwt", Thumbprint()), (token.Alg, token.Typ, token.Kid));
        Assert.False(token.TryGetPayloadValue<object>("exp", out _));
        Assert.False(token.TryGetPayloadValue<object>("sub", out _));
        var claims = Claims(token);
        Assert.Equal(
            (TargetUnderTest.Issuer, TargetUnderTest.Audience, TargetUnderTest.Ended.Id, TargetUnderTest.Ended.Id),
            (token.Issuer, token.Audiences.Single(), token.Id, claims.GetProperty("txn").GetString()));
        Assert.Equal(
            """{"format":"complex","session":{"format":"opaque","id":"ses_x"},"user":{"format":"iss_sub","iss":"https://sessions.example.com","sub":"alice"}}""",
            claims.GetProperty("sub_id").GetRawText());
        Assert.Equal(
            """{"https://schemas.openid.net/secevent/caep/event-type/session-revoked":{"event_timestamp":1893499200,"initiating_entity":"user","reason_admin":{"en":"signed-out"}}}""",
            claims.GetProperty("events").GetRawText());
    }

    [Fact]
    public async Task The_subject_is_the_sid_alone_where_the_receiver_wants_that()
    {
        Assert.True(await DeliverAsync(TargetUnderTest.Ended, caep => caep.Subject = CaepSubject.Opaque));

        Assert.Equal("""{"format":"opaque","id":"ses_x"}""", Claims(await ReadAsync(Receiver.Received[0])).GetProperty("sub_id").GetRawText());
    }

    [Fact]
    public async Task The_user_may_belong_to_another_issuer_and_the_key_have_a_name()
    {
        Assert.True(await DeliverAsync(TargetUnderTest.Ended, caep => (caep.UserIssuer, caep.KeyId) = ("https://idp.example.com", "2030")));

        var token = await ReadAsync(Receiver.Received[0]);
        Assert.Equal("2030", token.Kid);
        Assert.Equal("https://idp.example.com", Claims(token).GetProperty("sub_id").GetProperty("user").GetProperty("iss").GetString());
    }

    [Fact]
    public async Task A_sign_out_everywhere_is_a_token_for_each_session_with_the_same_ids_in_every_repetition()
    {
        Assert.True(await DeliverAsync(TargetUnderTest.SignedOut));
        Assert.True(await DeliverAsync(TargetUnderTest.SignedOut));

        var tokens = new List<JsonWebToken>();
        foreach (var got in Receiver.Received)
        {
            tokens.Add(await ReadAsync(got));
        }

        Assert.Equal(["fedcba9876543210.0", "fedcba9876543210.1", "fedcba9876543210.0", "fedcba9876543210.1"], tokens.Select(token => token.Id));
        Assert.Equal(["ses_x", "ses_y"], tokens.Take(2).Select(token => Claims(token).GetProperty("sub_id").GetProperty("session").GetProperty("id").GetString()));
        Assert.All(tokens, token => Assert.Equal(TargetUnderTest.SignedOut.Id, Claims(token).GetProperty("txn").GetString()));
    }

    [Fact]
    public async Task A_sign_out_everywhere_is_acknowledged_when_every_token_is()
    {
        var answers = new Queue<int>([202, 400]);
        Receiver.Answer = context =>
        {
            context.Response.StatusCode = answers.Dequeue();
            return Task.CompletedTask;
        };

        Assert.False(await DeliverAsync(TargetUnderTest.SignedOut));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task Success_without_202_is_no_acknowledgement(int status)
    {
        Answer(status);

        Assert.False(await DeliverAsync(TargetUnderTest.Ended));
    }

    [Theory]
    [InlineData("""{"err":"invalid_key","description":"canary"}""", "'invalid_key'")]
    [InlineData("""{"err":"access_denied"}""", "'access_denied'")]
    [InlineData("""{"err":"canary"}""", "400;")]
    [InlineData("""{"err":7}""", "400;")]
    [InlineData("[]", "400;")]
    [InlineData("<html>canary", "400;")]
    [InlineData("", "400;")]
    public async Task An_error_of_RFC_8935_is_told_by_its_code_and_never_by_the_receivers_text(string body, string told)
    {
        Receiver.Answer = async context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(body);
        };

        Assert.False(await DeliverAsync(TargetUnderTest.Ended));
        Assert.Contains(told, Assert.Single(_log.Entries).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", _log.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public void It_wants_what_ends_a_session_only()
    {
        var target = TargetUnderTest.Of(TargetUnderTest.OptionsOf(EventTargetKind.Caep, Receiver.Url), _log.Factory());

        Assert.Equal(
            [SessionEventTypes.Ended, SessionEventTypes.Assigned, SessionEventTypes.SignedOutEverywhere],
            SessionEventTypes.All.Where(target.Wants));
    }

    private static string Thumbprint() => Base64UrlEncoder.Encode(new ECDsaSecurityKey(TargetUnderTest.PublicKey).ComputeJwkThumbprint());

    private static JsonElement Claims(JsonWebToken token) => JsonElement.Parse(Base64UrlEncoder.Decode(token.EncodedPayload));

    private static async Task<JsonWebToken> ReadAsync(ReceivedWebhook got)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(Encoding.ASCII.GetString(got.Body), new TokenValidationParameters
        {
            ValidIssuer = TargetUnderTest.Issuer,
            ValidAudience = TargetUnderTest.Audience,
            ValidTypes = ["secevent+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = new ECDsaSecurityKey(TargetUnderTest.PublicKey),
            RequireExpirationTime = false,
            TryAllIssuerSigningKeys = true,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return (JsonWebToken)result.SecurityToken;
    }

    private async Task<bool> DeliverAsync(SessionEvent told, Action<CaepTargetOptions>? change = null)
    {
        var options = TargetUnderTest.OptionsOf(EventTargetKind.Caep, Receiver.Url);
        change?.Invoke(options.Caep);
        IEventTarget target = TargetUnderTest.Of(options, _log.Factory());
        using var disposed = (IDisposable)target;
        return await target.DeliverAsync(told, CancellationToken.None);
    }

    private void Answer(int status) => Receiver.Answer = context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };
}
