using System.Security.Cryptography;
using SessionCore.Sessions;

namespace SessionCore.Tests.Sessions;

public sealed class EventOptionsTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly EventOptionsValidator _validator = new();

    public static TheoryData<string, Action<EventOptions>> Faults => new()
    {
        { "Events:Source", options => options.Source = "sessions" },
        { "Events:Source", options => options.Source = "" },
        { "Events:Enabled is false", options => options.Enabled = false },
        { "Events:Targets:App 1: the name", options => options.Targets["App 1"] = Good() },
        { "Events:Targets:app:Url", options => options.Targets["app"].Url = "" },
        { "Events:Targets:app:Url", options => options.Targets["app"].Url = "http://example.com/hook" },
        { "Events:Targets:app:Url", options => options.Targets["app"].Url = "https://user:pass@example.com/hook" },
        { "Events:Targets:app:Url", options => options.Targets["app"].Url = "ftp://example.com/hook" },
        { "Events:Targets:app:Url", options => (options.Targets["app"].Url, options.Targets["app"].AllowPrivateAddresses) = ("file:///etc/passwd", true) },
        { "Events:Targets:app:Secret", options => options.Targets["app"].Secret = "" },
        { "Events:Targets:app:Secret", options => options.Targets["app"].Secret = "whsec_c2hvcnQ=" },
        { "Events:Targets:app:Secret", options => options.Targets["app"].Secret = Secret[6..] },
        { "Events:Targets:app:PreviousSecret", options => options.Targets["app"].PreviousSecret = "x" },
        { "Events:Targets:app:Types: unknown type 'session.begun'", options => options.Targets["app"].Types.Add("session.begun") },
        { "Events:Targets:app:Timeout", options => options.Targets["app"].Timeout = TimeSpan.FromSeconds(31) },
        { "Events:Targets:app:Timeout", options => options.Targets["app"].Timeout = TimeSpan.Zero },
        { "Events:Targets:app:AccessKey belongs to a target of kind EventGrid", options => options.Targets["app"].AccessKey = Secret },
        { "Events:Targets:app:Caep belongs to a target of kind Caep", options => options.Targets["app"].Caep.SigningKey = Secret },
        { "Events:Targets:grid:Secret belongs to a target of kind Webhook", options => options.Targets["grid"].Secret = Secret },
        { "Events:Targets:grid:AccessKey is empty", options => (options.Targets["grid"].Url, options.Targets["grid"].AllowPrivateAddresses) = ("http://10.0.0.1/api/events", true) },
        { "Events:Targets:caep:Caep:Issuer", options => options.Targets["caep"].Caep.Issuer = "http://sessions.example.com" },
        { "Events:Targets:caep:Caep:Audience", options => options.Targets["caep"].Caep.Audience = " " },
        { "Events:Targets:caep:Caep:SigningKey", options => options.Targets["caep"].Caep.SigningKey = Secret[6..] },
        { "Events:Targets:caep:Caep:SigningKey", options => options.Targets["caep"].Caep.SigningKey = KeyOf(ECCurve.NamedCurves.nistP384) },
        { "Events:Targets:caep:Caep:Authorization", options => options.Targets["caep"].Caep.Authorization = $"Bearer {Secret[6..]}\r\n" },
        { "Events:Targets:caep:Types: unknown type 'session.created'. Allowed: session.ended, session.assigned", options => options.Targets["caep"].Types.Add(SessionEventTypes.Created) },
    };

    [Fact]
    public void The_defaults_are_valid_and_off()
    {
        Assert.True(_validator.Validate(name: null, new EventOptions()).Succeeded);
        Assert.False(new EventOptions().Enabled);
    }

    [Fact]
    public void A_target_with_two_secrets_and_http_where_private_addresses_are_allowed_is_valid()
    {
        var options = Options();
        options.Targets["app"].PreviousSecret = Secret;
        options.Targets["app"].Types.Add(SessionEventTypes.Ended);
        options.Targets["local"] = Good();
        options.Targets["local"].Url = "http://127.0.0.1:5000/hook";
        options.Targets["local"].AllowPrivateAddresses = true;

        Assert.True(_validator.Validate(name: null, options).Succeeded);
    }

    [Fact]
    public void Targets_of_every_kind_are_valid_together() => Assert.True(_validator.Validate(name: null, Options()).Succeeded);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var options = Options();
        options.Targets["app"].Secret = "";
        options.Targets["grid"].Url = "";
        options.Targets["caep"].Caep.Issuer = "";
        options.Targets["caep"].Caep.SigningKey = "";

        Assert.Equal(4, _validator.Validate(name: null, options).Failures!.Count());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_wrong_is_told_by_name_and_without_the_secret(string named, Action<EventOptions> change)
    {
        var options = Options();
        change(options);

        var failure = Assert.Single(_validator.Validate(name: null, options).Failures!);
        Assert.Contains(named, failure, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret[6..], failure, StringComparison.Ordinal);
    }

    private static EventOptions Options() => new() { Enabled = true, Targets = { ["app"] = Good(), ["grid"] = Grid(), ["caep"] = Caep() } };

    private static EventTargetOptions Grid() => new() { Kind = EventTargetKind.EventGrid, Url = "https://topic.westeurope-1.eventgrid.azure.net/api/events" };

    private static EventTargetOptions Caep() => new()
    {
        Kind = EventTargetKind.Caep,
        Url = "https://receiver.example.com/events",
        Caep = new CaepTargetOptions { Issuer = "https://sessions.example.com", Audience = "receiver", SigningKey = KeyOf(ECCurve.NamedCurves.nistP256) },
    };

    private static string KeyOf(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private static EventTargetOptions Good() => new() { Url = "https://example.com/hook", Secret = Secret };
}
